//! Tags and text of a page, with where they stand in it: html5gum's tokenizer, which does as the HTML standard says, drives the tree.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State};

use super::attributes::{Attribute, Attributes};
use super::tree::Tree;
use crate::offsets::Span;
use crate::text::elements::{Element, Kind};

/// Takes what the tokenizer finds, and hands tags and text to the tree.
pub(super) struct Tokens<'h> {
    html: &'h [u8],
    pub tree: Tree<'h>,
    /// Up to where the tokenizer has read.
    position: usize,
    /// Up to where something has been made of it.
    taken: usize,
    /// The tag or comment at hand.
    tag: Tag,
    name: Vec<u8>,
    closes_itself: bool,
    attributes: Attributes,
    /// The name of the attribute at hand.
    key: Vec<u8>,
    attribute: Option<Attribute>,
    last_start: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Start,
    End,
}

impl<'h> Tokens<'h> {
    pub fn of(html: &'h str) -> Self {
        Self {
            html: html.as_bytes(),
            tree: Tree::of(html),
            position: 0,
            taken: 0,
            tag: Tag::Start,
            name: Vec::new(),
            closes_itself: false,
            attributes: Attributes::default(),
            key: Vec::new(),
            attribute: None,
            last_start: Vec::new(),
        }
    }

    /// Where in the page the text comes from that was made of what was read last, and whether it is a copy of it.
    fn source(&self, text: &[u8]) -> (Span, bool) {
        let (start, end) = (self.taken.min(self.position), self.position.min(self.html.len()));
        let read = self.html.get(start..end).unwrap_or_default();
        if read == text {
            return (Span::new(start, end), true);
        }
        // What makes no text, as `</>`, may stand before it.
        if read.ends_with(text) && !read.starts_with(b"&") {
            return (Span::new(end - text.len(), end), true);
        }
        (Span::new(start, end), false)
    }

    fn end_attribute(&mut self) {
        if self.attribute.take().is_none() && !self.key.is_empty() {
            // An attribute without a value.
            if let Some(attribute) = Attribute::of(&self.key) {
                self.attributes.begin(attribute);
            }
        }
        self.key.clear();
    }
}

impl Emitter for &mut Tokens<'_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend_from_slice(name.unwrap_or_default());
    }

    fn emit_eof(&mut self) {}

    fn emit_error(&mut self, _: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, text: &[u8]) {
        if self.tree.takes_text() {
            let (span, copied) = self.source(text);
            self.tree.text(text, span, copied);
        }
        self.taken = self.position;
    }

    fn init_start_tag(&mut self) {
        self.tag = Tag::Start;
        self.name.clear();
        self.closes_itself = false;
        self.attributes.clear();
        self.key.clear();
        self.attribute = None;
    }

    fn init_end_tag(&mut self) {
        self.init_start_tag();
        self.tag = Tag::End;
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        self.tree.tag = Span::new(self.taken.min(self.position), self.position.min(self.html.len()));
        self.taken = self.position;
        let element = Element::of(&self.name);
        if self.tag == Tag::End {
            self.tree.end(element, &self.name);
            return None;
        }
        let is_html = self.tree.start(element, &self.name, &self.attributes, self.closes_itself);
        std::mem::swap(&mut self.last_start, &mut self.name);
        // In SVG and MathML nothing is raw.
        let kind = element.filter(|_| is_html)?.kind();
        match element? {
            Element::Script => Some(State::ScriptData),
            Element::Plaintext => Some(State::PlainText),
            _ if kind.has(Kind::RAW) => Some(State::RawText),
            _ if kind.has(Kind::RAW_TEXT) => Some(State::RcData),
            _ => None,
        }
    }

    fn emit_current_comment(&mut self) {
        self.taken = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.taken = self.position;
    }

    fn set_self_closing(&mut self) {
        self.closes_itself = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.extend_from_slice(name);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.key.extend_from_slice(name);
    }

    fn init_attribute_value(&mut self) {
        self.attribute = Attribute::of(&self.key).filter(|_| self.tag == Tag::Start);
        if let Some(attribute) = self.attribute {
            self.attributes.begin(attribute);
        } else {
            self.key.clear();
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.attribute.is_some() {
            self.attributes.push(value);
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag == Tag::End && self.name == self.last_start
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.tree.is_foreign()
    }

    #[inline]
    fn move_position(&mut self, by: isize) {
        self.position = self.position.saturating_add_signed(by);
    }
}
