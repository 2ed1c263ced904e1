//! Which elements are open where a tag or text stands: tree construction as the HTML standard describes it, in one pass.
//!
//! What the standard moves elsewhere stays where it was written, because lines follow the page: text that stands in a table outside of
//! its cells, formatting that ends in the middle of a block. Every step takes the same time however deep the page is.

use std::collections::HashMap;

use super::Page;
use super::attributes::{Attribute, Attributes};
use super::head;
use super::lines::{Marks, Writer};
use super::markup;
use super::nodes::{NO_NODE, Nodes};
use super::pictures;
use super::said::Said;
use super::shown::Inline;
use super::tables::Tables;
use crate::document::{Markup, NONE as NO_LINK, Style, leads};
use crate::offsets::{OffsetMap, Span};
use crate::text::elements::{Element, Kind};

/// An open element.
#[derive(Clone, Copy, Debug)]
struct Open {
    element: Option<Element>,
    /// Which name it has, of all names of the page.
    name: u32,
    node: u32,
    /// The open element of the same name below it.
    below: u32,
    /// Its end tag has been read, while elements in it are still open.
    ended: bool,
}

const NONE: u32 = u32::MAX;

/// As in browsers: what stands deeper stands beside, not within.
const DEEPEST: usize = 512;

/// Shorter texts for pictures are names and the like.
const SHORTEST_ALT_BYTES: usize = 12;

/// The elements that are open, and what has been read.
pub(super) struct Tree<'h> {
    open: Vec<Open>,
    /// Open elements that are too deep to be told apart.
    deeper: usize,
    /// The topmost open element of each name.
    topmost: Vec<u32>,
    /// Names that HTML does not have.
    names: HashMap<Box<[u8]>, u32>,
    /// Open elements that are boundaries of scope, that are special, and paragraphs.
    scopes: Vec<u32>,
    specials: Vec<u32>,
    /// Where SVG or MathML is open.
    foreign: Option<u32>,
    /// How many open elements show no text.
    unshown: u32,
    /// The text that is read apart from the lines.
    apart: Option<Apart>,
    /// Where the tag at hand stands in the page.
    pub tag: Span,
    nodes: Nodes,
    alts: Vec<String>,
    pictures: pictures::Reader,
    /// Links: the element of each, in order.
    links: Vec<u32>,
    /// What is shown of the page, as far as it is known before its lines are.
    markup: Markup,
    tables: Tables,
    head: head::Reader<'h>,
    lines: Writer<'h>,
}

/// Text that is no line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Apart {
    Title,
    Data,
}

impl<'h> Tree<'h> {
    pub fn of(html: &'h str) -> Self {
        Self {
            open: Vec::with_capacity(64),
            deeper: 0,
            topmost: vec![NONE; Element::COUNT],
            names: HashMap::new(),
            scopes: Vec::new(),
            specials: Vec::new(),
            foreign: None,
            unshown: 0,
            apart: None,
            tag: Span::default(),
            nodes: Nodes::default(),
            alts: Vec::new(),
            pictures: pictures::Reader::default(),
            links: Vec::new(),
            markup: Markup::default(),
            tables: Tables::default(),
            head: head::Reader::of(html),
            lines: Writer::of(html),
        }
    }

    /// Whether text that is read now is used.
    #[inline]
    pub fn takes_text(&self) -> bool {
        self.unshown == 0 || self.apart.is_some()
    }

    /// Whether markup is SVG or MathML here.
    pub fn is_foreign(&self) -> bool {
        self.foreign.is_some()
    }

    /// Text, of stretch `source` of the page.
    pub fn text(&mut self, text: &[u8], source: Span, copied: bool) {
        match self.apart {
            Some(Apart::Title) => self.head.title(text, source),
            Some(Apart::Data) => self.head.data(source),
            None => {
                let strong = self.is_open(Element::B) || self.is_open(Element::Strong);
                let apart = [Element::Time, Element::Button, Element::Label].into_iter().any(|it| self.is_open(it));
                let linked = self.top(Element::A as u32);
                let inline = Inline { style: self.style(strong), link: linked.map_or(NO_LINK, |at| self.link(at)) };
                let link = linked.map_or(NO_NODE, |at| self.open[at].node);
                let marks = Marks { node: self.node(), link, strong, apart, inline };
                self.lines.text(text, source, copied, marks, &self.nodes);
            }
        }
    }

    /// How text is set.
    fn style(&self, strong: bool) -> Style {
        let mut style = if strong { Style::STRONG } else { Style::default() };
        if self.is_open(Element::I) || self.is_open(Element::Em) {
            style = style.and(Style::EMPHASIS);
        }
        if [Element::Code, Element::Kbd, Element::Samp, Element::Tt].iter().any(|element| self.is_open(*element)) {
            style = style.and(Style::CODE);
        }
        style
    }

    /// The number of the link that an open element is, if it leads anywhere.
    fn link(&self, at: usize) -> u32 {
        let node = self.open[at].node;
        if self.links.last() == Some(&node) {
            return self.links.len() as u32 - 1;
        }
        self.links.binary_search(&node).map_or(NO_LINK, |at| at as u32)
    }

    fn begin_link(&mut self, attributes: &Attributes) {
        let address = attributes.get(Attribute::Href).and_then(|address| std::str::from_utf8(address).ok());
        if let Some(address) = address.filter(|address| leads(address)) {
            self.links.push(self.node());
            self.markup.addresses.push(address.to_owned());
        }
    }

    fn picture(&mut self, attributes: &Attributes) {
        let unscripted = self.is_open(Element::Noscript);
        self.pictures.picture(self.lines.place(), self.node(), attributes, &self.nodes, unscripted);
    }

    /// Something that stands apart begins or ends: but not in what is one line by its nature.
    fn part(&mut self) {
        use Element::{Blockquote, Caption, Figcaption, H1, H2, H3, H4, H5, H6};
        if ![H1, H2, H3, H4, H5, H6, Figcaption, Caption, Blockquote].into_iter().any(|whole| self.is_open(whole)) {
            self.lines.part();
        }
    }

    fn node(&self) -> u32 {
        self.open.last().map_or(NO_NODE, |open| open.node)
    }

    fn name(&mut self, element: Option<Element>, name: &[u8]) -> u32 {
        if let Some(element) = element {
            return element as u32;
        }
        if let Some(known) = self.names.get(name) {
            return *known;
        }
        let new = self.topmost.len() as u32;
        self.topmost.push(NONE);
        self.names.insert(name.into(), new);
        new
    }

    /// A start tag: whether its element is one of HTML.
    pub fn start(
        &mut self,
        element: Option<Element>,
        name: &[u8],
        attributes: &Attributes,
        closes_itself: bool,
    ) -> bool {
        let foreign = self.foreign.is_some() && !self.breaks_out(element);
        // What stands in a declarative shadow root is shown.
        let is_shadow = element == Some(Element::Template) && attributes.get(Attribute::Shadowrootmode).is_some();
        let element = element.filter(|_| !foreign && !is_shadow);
        let Some(known) = element else {
            if name == b"amp-img" && self.unshown == 0 {
                self.picture(attributes);
            }
            if !(foreign && closes_itself) {
                self.push(None, name, attributes);
            }
            return false;
        };
        let kind = known.kind();
        if !is_of_head(known) {
            self.end_if_last(Element::Head);
        }
        self.end_before(known);
        self.head.start(known, attributes, self.tag);
        match known {
            Element::Html | Element::Body | Element::Head if self.is_open(known) => return true,
            Element::Source => self.pictures.source(self.node(), attributes),
            _ => {}
        }
        if kind.has(Kind::BLOCK) {
            self.lines.end_line(&self.nodes);
        }
        if kind.has(Kind::APART) {
            self.part();
        }
        if kind.has(Kind::VOID) {
            if matches!(known, Element::Img | Element::Image) {
                self.lines.image();
                if self.unshown == 0 {
                    self.picture(attributes);
                }
                let alt = attributes.get(Attribute::Alt).filter(|alt| alt.len() >= SHORTEST_ALT_BYTES);
                self.alts.extend(alt.map(|alt| String::from_utf8_lossy(alt).into_owned()));
            }
            return true;
        }
        // Not where it is too deep to be open.
        let is_open = self.open.len() < DEEPEST;
        match known {
            Element::Table if is_open => self.tables.begin(),
            Element::Tr if is_open => {
                self.tables.begin_row();
                self.lines.begin_row();
            }
            Element::Td | Element::Th if is_open => {
                let column = self.tables.cell(attributes);
                self.lines.begin_cell(column);
            }
            Element::Pre | Element::Listing | Element::Plaintext | Element::Xmp if is_open => self.lines.begin_pre(),
            Element::Title if self.head.wants_title() => self.apart = Some(Apart::Title),
            Element::Script if attributes.get(Attribute::Type).is_some_and(is_linked_data) => {
                self.head.begin_data();
                self.apart = Some(Apart::Data);
            }
            Element::Svg | Element::Math => {
                if !closes_itself && is_open {
                    self.push(element, name, attributes);
                    self.foreign = Some(self.open.len() as u32 - 1);
                }
                return true;
            }
            _ => {}
        }
        self.push(element, name, attributes);
        if known == Element::A && is_open {
            self.begin_link(attributes);
        }
        true
    }

    /// Inside SVG or MathML: whether a start tag ends these.
    fn breaks_out(&mut self, element: Option<Element>) -> bool {
        let Some(root) = self.foreign else { return true };
        if !element.is_some_and(|element| element.is(Kind::BREAKS_OUT)) {
            return false;
        }
        self.pop_to(root as usize);
        true
    }

    /// Ends what cannot go on where an element begins.
    fn end_before(&mut self, element: Element) {
        if element.is(Kind::ENDS_P) {
            self.end_p();
        }
        match element {
            heading if heading.heading().is_some() => self.end_if_last_is(|last| last.heading().is_some()),
            Element::Li => self.end_item(&[Element::Li]),
            Element::Dd | Element::Dt => self.end_item(&[Element::Dd, Element::Dt]),
            Element::Option => self.end_if_last(Element::Option),
            Element::Optgroup => {
                self.end_if_last(Element::Option);
                self.end_if_last(Element::Optgroup);
            }
            Element::A | Element::Nobr => self.end_formatting(element as u32),
            Element::Button => {
                if let Some(at) = self.in_scope(Element::Button as u32) {
                    self.pop_to(at);
                }
            }
            Element::Caption | Element::Colgroup | Element::Thead | Element::Tbody | Element::Tfoot => {
                self.end_to_table(&[Element::Table]);
            }
            Element::Tr => self.end_to_table(&[Element::Table, Element::Tbody, Element::Thead, Element::Tfoot]),
            Element::Td | Element::Th => {
                self.end_to_table(&[Element::Table, Element::Tbody, Element::Thead, Element::Tfoot, Element::Tr]);
            }
            // A table that begins inside another one, outside of its cells, ends it.
            Element::Table => {
                let innermost = self.specials.last().and_then(|at| self.open[*at as usize].element);
                if matches!(
                    innermost,
                    Some(Element::Table | Element::Tbody | Element::Thead | Element::Tfoot | Element::Tr)
                ) && let Some(at) = self.top(Element::Table as u32)
                {
                    self.pop_to(at);
                }
            }
            _ => {}
        }
    }

    fn end_p(&mut self) {
        let Some(at) = self.top(Element::P as u32) else { return };
        // Buttons bound the scope of paragraphs too.
        let button = self.top(Element::Button as u32).unwrap_or(0);
        if at >= button && self.is_in_scope(at) {
            self.pop_to(at);
        }
    }

    /// Ends an item of a list that is open here.
    fn end_item(&mut self, items: &[Element]) {
        // Other special elements bound it, but addresses, divisions and paragraphs do not.
        let passed =
            |at: &&u32| !matches!(self.open[**at as usize].element, Some(Element::Address | Element::Div | Element::P));
        let innermost = self.specials.iter().rev().take(DEEPEST).find(passed).copied();
        if let Some(at) = innermost.map(|at| at as usize)
            && self.open[at].element.is_some_and(|element| items.contains(&element))
        {
            self.pop_to(at);
        }
        self.end_p();
    }

    fn end_if_last(&mut self, element: Element) {
        self.end_if_last_is(|last| last == element);
    }

    fn end_if_last_is(&mut self, is: impl Fn(Element) -> bool) {
        if self.open.last().and_then(|open| open.element).is_some_and(is) {
            self.pop_to(self.open.len() - 1);
        }
    }

    /// Ends what is open in a table above the topmost of these elements: cells, rows.
    fn end_to_table(&mut self, context: &[Element]) {
        let Some(table) = self.top(Element::Table as u32) else { return };
        // A table in a template, or behind another boundary, is another one.
        let bound =
            self.scopes.iter().rev().take(DEEPEST).find(|at| {
                !matches!(self.open[**at as usize].element, Some(Element::Td | Element::Th | Element::Caption))
            });
        if bound.is_some_and(|at| *at as usize > table) {
            return;
        }
        let topmost = context.iter().filter_map(|element| self.top(*element as u32)).filter(|at| *at >= table).max();
        if let Some(at) = topmost {
            self.pop_to(at + 1);
        }
    }

    /// An end tag.
    pub fn end(&mut self, element: Option<Element>, name: &[u8]) {
        if let Some(root) = self.foreign {
            // The elements of SVG and MathML have names of their own.
            let within = self.names.get(name).map(|name| self.topmost[*name as usize]).filter(|at| *at != NONE);
            if let Some(at) = within.filter(|at| *at > root) {
                return self.pop_to(at as usize);
            }
            if element.is_some() && self.open[root as usize].element == element {
                return self.pop_to(root as usize);
            }
        }
        let shadow = self.names.get(&b"template"[..]).and_then(|name| self.top(*name));
        if let Some(at) = shadow.filter(|_| element == Some(Element::Template)) {
            return self.pop_to(at);
        }
        if element.is_none() && !self.names.contains_key(name) {
            return;
        }
        let name = self.name(element, name);
        let topmost = self.topmost[name as usize];
        if self.deeper > 0 && (topmost == NONE || (topmost as usize) < DEEPEST) {
            self.deeper -= 1;
            if element.is_some_and(|element| element.is(Kind::BLOCK)) {
                self.lines.end_line(&self.nodes);
            }
            return;
        }
        let Some(known) = element else {
            self.end_ordinary(name);
            return;
        };
        match known {
            Element::Html | Element::Body => self.lines.end_line(&self.nodes),
            Element::Head => self.end_ordinary(name),
            Element::P => {
                self.lines.end_line(&self.nodes);
                self.end_p();
            }
            Element::Br | Element::Hr => self.lines.end_line(&self.nodes),
            Element::H1 | Element::H2 | Element::H3 | Element::H4 | Element::H5 | Element::H6 => {
                let headings = Element::H1 as u32..=Element::H6 as u32;
                let topmost = headings.filter_map(|heading| self.in_scope(heading)).max();
                if let Some(at) = topmost {
                    self.pop_to(at);
                }
            }
            Element::Td | Element::Th | Element::Tr | Element::Tbody | Element::Thead | Element::Tfoot => {
                self.end_in_table(known);
            }
            Element::Table | Element::Caption => self.end_in_table(known),
            Element::Li => {
                // Lists bound it too.
                let list = self.top(Element::Ul as u32).max(self.top(Element::Ol as u32));
                if let Some(at) = self.in_scope(name).filter(|at| list.is_none_or(|list| *at > list)) {
                    self.pop_to(at);
                }
            }
            Element::Form => {
                self.lines.end_line(&self.nodes);
                self.end_formatting(name);
            }
            _ if known.is(Kind::FORMATTING) => self.end_formatting(name),
            _ if known.is(Kind::SPECIAL) => {
                if let Some(at) = self.in_scope(name) {
                    self.pop_to(at);
                }
            }
            _ => self.end_ordinary(name),
        }
    }

    /// Ends an element of a table, when no other table is open in it.
    fn end_in_table(&mut self, element: Element) {
        let (own, table) = (self.top(element as u32), self.top(Element::Table as u32));
        if let Some(at) = own.filter(|at| table.is_none_or(|table| *at >= table)) {
            self.pop_to(at);
        }
    }

    /// Ends an element and all that is open in it, unless something special is.
    fn end_ordinary(&mut self, name: u32) {
        let special = self.specials.last().copied();
        if let Some(at) = self.top(name).filter(|at| special.is_none_or(|special| *at as u32 >= special)) {
            self.pop_to(at);
        }
    }

    /// Ends a formatting element; blocks that are open in it go on without it.
    fn end_formatting(&mut self, name: u32) {
        let Some(at) = self.in_scope(name) else { return };
        if self.specials.last().is_none_or(|special| (*special as usize) <= at) {
            self.pop_to(at);
            return;
        }
        self.topmost[name as usize] = self.open[at].below;
        self.open[at].ended = true;
    }

    /// The topmost open element of this name.
    fn top(&self, name: u32) -> Option<usize> {
        let at = self.topmost[name as usize];
        (at != NONE).then_some(at as usize)
    }

    fn is_open(&self, element: Element) -> bool {
        self.top(element as u32).is_some()
    }

    /// The same, where no boundary of scope is open in it.
    fn in_scope(&self, name: u32) -> Option<usize> {
        self.top(name).filter(|at| self.is_in_scope(*at))
    }

    fn is_in_scope(&self, at: usize) -> bool {
        self.scopes.last().is_none_or(|scope| *scope as usize <= at)
    }

    fn push(&mut self, element: Option<Element>, name: &[u8], attributes: &Attributes) {
        // What shows no text must be known to.
        if self.open.len() >= DEEPEST && !element.is_some_and(|element| element.is(Kind::UNSHOWN)) {
            self.deeper += 1;
            return;
        }
        let name = self.name(element, name);
        let at = self.open.len() as u32;
        let within = self.node();
        let node = self.nodes.push(within, element, attributes);
        if self.nodes.is_hidden(node) != self.nodes.is_hidden(within) {
            self.lines.end_line(&self.nodes);
        }
        if let Some(element) = element {
            let kind = element.kind();
            if kind.has(Kind::SCOPE) {
                self.scopes.push(at);
            }
            if kind.has(Kind::SPECIAL) {
                self.specials.push(at);
            }
            self.unshown += u32::from(kind.has(Kind::UNSHOWN));
        }
        let below = std::mem::replace(&mut self.topmost[name as usize], at);
        self.open.push(Open { element, name, node, below, ended: false });
    }

    /// Ends the open elements from `at` on.
    fn pop_to(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(open) = self.open.pop() else { return };
            let at = self.open.len() as u32;
            if !open.ended {
                self.topmost[open.name as usize] = open.below;
            }
            if self.scopes.last() == Some(&at) {
                self.scopes.pop();
            }
            if self.specials.last() == Some(&at) {
                self.specials.pop();
            }
            if self.foreign == Some(at) {
                self.foreign = None;
            }
            if self.nodes.is_hidden(open.node) != self.nodes.is_hidden(self.node()) {
                self.lines.end_line(&self.nodes);
            }
            let Some(element) = open.element else { continue };
            let kind = element.kind();
            if kind.has(Kind::UNSHOWN) {
                self.unshown -= 1;
                self.apart = None;
            }
            if kind.has(Kind::BLOCK) {
                self.lines.end_line(&self.nodes);
            }
            if kind.has(Kind::APART) {
                self.part();
            }
            match element {
                Element::Table => self.tables.end(),
                Element::Tr => self.lines.end_row(&self.nodes),
                Element::Pre | Element::Listing | Element::Plaintext | Element::Xmp => self.lines.pre -= 1,
                _ => {}
            }
        }
    }

    /// All that was read.
    pub fn done(mut self) -> (String, OffsetMap, Page) {
        self.pop_to(0);
        let (text, map, lines, shown) = self.lines.done(&self.nodes);
        let (mut markup, pictures) = (self.markup, self.pictures.read);
        (markup.runs, markup.cells, markup.white) = (shown.runs, shown.cells, shown.white);
        markup::finish(&mut markup, &lines, &self.nodes, &pictures);
        let said = Said::of(&self.head.done());
        markup.base.clone_from(&said.base);
        (text, map, Page { lines, nodes: self.nodes, said, alts: self.alts, pictures, markup })
    }
}

/// Whether it stands in the head of a page.
fn is_of_head(element: Element) -> bool {
    use Element::*;
    matches!(
        element,
        Base | Basefont | Bgsound | Html | Link | Meta | Noframes | Noscript | Script | Style | Template | Title | Head
    )
}

fn is_linked_data(kind: &[u8]) -> bool {
    kind.trim_ascii().eq_ignore_ascii_case(b"application/ld+json")
}
