//! What a page shows, made ready for the document: the containers that its lines stand in, by the elements around them.

use super::attributes::Attribute;
use super::nodes::{NO_NODE, Nodes};
use super::pictures::Picture;
use super::{Page, lines::Line};
use crate::document::{self, Container, ContainerKind, Markup, NONE};
use crate::text::elements::Element;

/// The markup of a page whose lines, elements and pictures were read, beside what was noted as its text was.
pub(super) fn finish(markup: &mut Markup, lines: &[Line], nodes: &Nodes, pictures: &[Picture]) {
    let (of_nodes, containers) = containers(nodes);
    let container = |line: &Line| of_nodes.get(line.node as usize).copied().unwrap_or(NONE);
    let mut kept = Kept { containers: &containers, numbers: vec![NONE; containers.len()], kept: Vec::new() };
    for line in lines {
        let Ok(at) = u32::try_from(line.span.start) else { break };
        let own = kept.keep(container(line));
        if own != NONE || markup.lines.last().is_some_and(|(_, before)| *before != NONE) {
            markup.lines.push((at, own));
        }
    }
    markup.containers = kept.kept;
    for picture in pictures {
        let (Some(address), Ok(at)) = (&picture.address, u32::try_from(picture.at)) else { continue };
        let hidden = nodes.up(picture.node).find(|(_, node)| node.element == Some(Element::Noscript)).map_or_else(
            || nodes.is_hidden(picture.node),
            // One is shown where no script runs.
            |(_, noscript)| nodes.is_hidden(noscript.parent),
        );
        if hidden {
            continue;
        }
        let number = markup.addresses.len() as u32;
        markup.addresses.push(address.clone());
        let inline = picture.inline;
        markup.pictures.push(document::Picture { at, inline, address: number, alt: picture.alt.clone() });
    }
}

/// The container that each element is or stands in, and all of them.
fn containers(nodes: &Nodes) -> (Vec<u32>, Vec<Container>) {
    let mut of_nodes = Vec::with_capacity(nodes.len());
    let mut all: Vec<Container> = Vec::new();
    // What the next item of each list is numbered, and by how much they count on; of other containers nothing.
    let mut counts: Vec<(i32, i32)> = Vec::new();
    // The last item of each list.
    let mut items: Vec<u32> = Vec::new();
    let backward = backward(nodes);
    for (at, node) in nodes.iter() {
        let within = of_nodes.get(node.parent as usize).copied().unwrap_or(NONE);
        let mut parent = within;
        let around = |all: &[Container]| all.get(within as usize).map(|container| container.kind);
        let kind = match node.element {
            Some(Element::Blockquote) => Some(ContainerKind::Quote),
            Some(Element::Ul | Element::Ol | Element::Menu | Element::Dir) => Some(ContainerKind::List),
            Some(Element::Li) => Some(ContainerKind::Item(number(nodes, at, parent, &mut counts))),
            Some(Element::Pre | Element::Listing | Element::Plaintext | Element::Xmp) => Some(ContainerKind::Pre),
            Some(Element::Table) => Some(ContainerKind::Table),
            Some(Element::Tr) => Some(ContainerKind::Row(heads(nodes, node.parent))),
            Some(Element::Td) if matches!(around(&all), Some(ContainerKind::Row(_))) => {
                // A row of headings alone heads a table; what has a cell of data is data.
                if let Some(row) = all.get_mut(parent as usize)
                    && !nodes.get(node.parent).is_some_and(|row| heads(nodes, row.parent))
                {
                    row.kind = ContainerKind::Row(false);
                    counts[parent as usize] = (1, 0);
                }
                None
            }
            Some(Element::Th) if matches!(around(&all), Some(ContainerKind::Row(_))) => {
                if counts[parent as usize] == (0, 0) {
                    all[parent as usize].kind = ContainerKind::Row(true);
                }
                None
            }
            Some(element) => element.heading().map(ContainerKind::Heading),
            None => None,
        };
        let Some(kind) = kind else {
            of_nodes.push(parent);
            continue;
        };
        let own = all.len() as u32;
        of_nodes.push(own);
        match (kind, items.get_mut(parent as usize)) {
            (ContainerKind::Item(_), Some(last)) => *last = own,
            // A list that stands between the items of another belongs to the one before it.
            (ContainerKind::List, Some(last)) if around(&all) == Some(ContainerKind::List) && *last != NONE => {
                parent = *last
            }
            _ => {}
        }
        items.push(NONE);
        all.push(Container { parent, kind });
        counts.push(match node.element {
            Some(Element::Ol) => {
                let by = if nodes.attribute(at, Attribute::Reversed).is_some() { -1 } else { 1 };
                let first = if by < 0 { backward.get(&at).copied().unwrap_or(1) } else { 1 };
                (nodes.number(at, Attribute::Start).unwrap_or(first), by)
            }
            _ => (0, 0),
        });
    }
    (of_nodes, all)
}

/// How many items each list has that counts backward.
fn backward(nodes: &Nodes) -> std::collections::HashMap<u32, i32> {
    let mut counts = std::collections::HashMap::new();
    for (at, node) in nodes.iter() {
        if node.element == Some(Element::Ol) && nodes.attribute(at, Attribute::Reversed).is_some() {
            counts.insert(at, 0);
        } else if node.element == Some(Element::Li)
            && !counts.is_empty()
            && let Some(count) = counts.get_mut(&node.parent)
        {
            *count += 1;
        }
    }
    counts
}

/// The number of an item that stands in that container, where its list is ordered.
fn number(nodes: &Nodes, item: u32, list: u32, counts: &mut [(i32, i32)]) -> Option<u32> {
    let (next, by) = counts.get_mut(list as usize).filter(|(_, by)| *by != 0)?;
    let number = nodes.number(item, Attribute::Value).unwrap_or(*next);
    *next = number.saturating_add(*by);
    u32::try_from(number).ok()
}

/// Whether an element is the head of a table.
fn heads(nodes: &Nodes, at: u32) -> bool {
    nodes.get(at).is_some_and(|node| node.element == Some(Element::Thead))
}

/// The containers that lines stand in.
struct Kept<'c> {
    containers: &'c [Container],
    /// Of each container, the number that it has among those that are kept.
    numbers: Vec<u32>,
    kept: Vec<Container>,
}

impl Kept<'_> {
    /// Keeps a container and those that it stands in: its number.
    fn keep(&mut self, at: u32) -> u32 {
        let mut wanted = Vec::new();
        let mut above = at;
        while let Some(number) = self.numbers.get(above as usize)
            && *number == NONE
        {
            wanted.push(above);
            above = self.containers[above as usize].parent;
        }
        for at in wanted.into_iter().rev() {
            let Container { parent, kind } = self.containers[at as usize];
            let parent = self.numbers.get(parent as usize).copied().unwrap_or(NONE);
            self.numbers[at as usize] = self.kept.len() as u32;
            self.kept.push(Container { parent, kind });
        }
        self.numbers.get(at as usize).copied().unwrap_or(NONE)
    }
}

/// So many pictures before and after a line are looked at, and so many elements around it.
const NEAREST: usize = 4;
const FURTHEST: u16 = 5;

impl Page {
    /// The address of the picture that line `at` says something of: in the innermost element that the line and a picture stand in, the
    /// nearest before it, else the nearest after it.
    pub fn picture_of(&self, at: usize) -> Option<&str> {
        let line = self.lines.get(at)?;
        let depth = self.nodes.get(line.node)?.depth;
        let middle = self.pictures.partition_point(|picture| picture.at <= line.span.start);
        let before = self.pictures.get(..middle)?.iter().rev().take(NEAREST);
        let after = self.pictures.get(middle..)?.iter().take(NEAREST);
        let mut best: Option<(u16, &str)> = None;
        for picture in before.chain(after) {
            let Some(address) = &picture.address else { continue };
            let common = self.nodes.common(line.node, picture.node);
            if common == NO_NODE {
                continue;
            }
            let Some(within) = self.nodes.get(common) else { continue };
            if depth - within.depth.min(depth) <= FURTHEST && best.is_none_or(|(deepest, _)| within.depth > deepest) {
                best = Some((within.depth, address));
            }
        }
        best.map(|(_, address)| address)
    }
}
