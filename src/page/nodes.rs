//! The elements of a page: which stands in which, and what their attributes say.

use super::attributes::{Attribute, Attributes, number};
use crate::text::elements::Element;

/// The number of no element.
pub(crate) const NO_NODE: u32 = u32::MAX;

/// One element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// The element that it stands in.
    pub parent: u32,
    /// None where HTML has no element of its name.
    pub element: Option<Element>,
    /// It and all that stands in it is not shown.
    pub hidden: bool,
    /// How many elements it stands in.
    pub depth: u16,
    /// Its attributes, among all: the first, and behind the last.
    attributes: (u32, u32),
}

/// All elements, in the order of their start tags.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    nodes: Vec<Node>,
    attributes: Vec<(Attribute, u32, u32)>,
    values: Vec<u8>,
}

/// Attributes whose values are kept with their elements; those that number lists are, too.
const KEPT: &[Attribute] = &[
    Attribute::AriaLabel,
    Attribute::Class,
    Attribute::DataComponent,
    Attribute::DataTestid,
    Attribute::Href,
    Attribute::Id,
    Attribute::Itemprop,
    Attribute::Itemtype,
    Attribute::Property,
    Attribute::Rel,
    Attribute::Role,
];

/// So much of a value is kept.
const LONGEST_VALUE_BYTES: usize = 256;

impl Nodes {
    /// Adds an element that stands in `parent`: its number.
    pub fn push(&mut self, parent: u32, element: Option<Element>, attributes: &Attributes) -> u32 {
        let above = self.get(parent).copied();
        let first = self.attributes.len() as u32;
        let mut hidden = above.is_some_and(|above| above.hidden) || element == Some(Element::Noscript);
        for (attribute, value) in attributes.iter() {
            hidden |= hides(attribute, value);
            let kept = KEPT.contains(&attribute) && !value.is_empty()
                || matches!(attribute, Attribute::Reversed | Attribute::Start) && element == Some(Element::Ol)
                || attribute == Attribute::Value && element == Some(Element::Li);
            if kept && self.attributes.len() < u32::MAX as usize {
                let start = self.values.len() as u32;
                self.values.extend_from_slice(&value[..value.len().min(LONGEST_VALUE_BYTES)]);
                self.attributes.push((attribute, start, self.values.len() as u32));
            }
        }
        let depth = above.map_or(0, |above| above.depth.saturating_add(1));
        self.nodes.push(Node { parent, element, hidden, depth, attributes: (first, self.attributes.len() as u32) });
        self.nodes.len() as u32 - 1
    }

    pub fn get(&self, at: u32) -> Option<&Node> {
        self.nodes.get(at as usize)
    }

    pub fn is_hidden(&self, at: u32) -> bool {
        self.get(at).is_some_and(|node| node.hidden)
    }

    /// The attributes of an element that are kept.
    pub fn attributes(&self, at: u32) -> impl Iterator<Item = (Attribute, &[u8])> {
        let (first, end) = self.get(at).map_or((0, 0), |node| node.attributes);
        let own = self.attributes.get(first as usize..end as usize).unwrap_or_default();
        own.iter().map(|(attribute, start, end)| {
            (*attribute, self.values.get(*start as usize..*end as usize).unwrap_or_default())
        })
    }

    /// What a kept attribute of an element says.
    pub fn attribute(&self, at: u32, wanted: Attribute) -> Option<&[u8]> {
        self.attributes(at).find(|(attribute, _)| *attribute == wanted).map(|(_, value)| value)
    }

    /// The number that a kept attribute of an element holds.
    pub fn number(&self, at: u32, wanted: Attribute) -> Option<i32> {
        number(self.attribute(at, wanted)?)
    }

    /// An element and those that it stands in, innermost first.
    pub fn up(&self, at: u32) -> impl Iterator<Item = (u32, &Node)> {
        std::iter::successors(self.get(at).map(|node| (at, node)), |(_, node)| {
            self.get(node.parent).map(|above| (node.parent, above))
        })
    }

    /// The innermost element that both stand in.
    pub fn common(&self, one: u32, other: u32) -> u32 {
        let (mut one, mut other) = (one, other);
        while one != other {
            let (Some(first), Some(second)) = (self.get(one), self.get(other)) else { return NO_NODE };
            if first.depth >= second.depth {
                one = first.parent;
            } else {
                other = second.parent;
            }
        }
        one
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = (u32, &Node)> {
        (0..).zip(&self.nodes)
    }
}

/// Whether an attribute says that its element is not shown.
fn hides(attribute: Attribute, value: &[u8]) -> bool {
    match attribute {
        Attribute::Hidden => !value.eq_ignore_ascii_case(b"until-found"),
        Attribute::AriaHidden => value.eq_ignore_ascii_case(b"true"),
        Attribute::Style => {
            let mut style = value.to_ascii_lowercase();
            style.retain(|byte| !byte.is_ascii_whitespace());
            ["display:none", "visibility:hidden"]
                .iter()
                .any(|rule| memchr::memmem::find(&style, rule.as_bytes()).is_some())
        }
        _ => false,
    }
}
