//! What a page says of itself, as it is written there: its title, its meta tags, its linked data, its times and links.

use super::attributes::{Attribute, Attributes};
use crate::document::leads;
use crate::offsets::Span;
use crate::text::elements::Element;

/// What is read of it as the page is.
pub(super) struct Reader<'h> {
    html: &'h str,
    read: Head,
    /// The linked data at hand, in the page.
    data: Option<Span>,
}

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub title: String,
    pub title_span: Span,
    /// Meta tags: name or property, in small letters, and content.
    pub meta: Vec<Written>,
    /// The same of other elements that have a property and a content.
    pub properties: Vec<Written>,
    /// Linked data: JSON, and where it stands.
    pub data: Vec<(String, Span)>,
    /// The language of the page.
    pub lang: Option<Written>,
    /// Links to what the page is: relation and address.
    pub links: Vec<Written>,
    /// Times that are written for programs: what their element says they are the time of, and the time.
    pub times: Vec<Written>,
    /// What addresses are relative to.
    pub base: Option<String>,
}

/// A key and a value, and where in the page the value stands; the tag, where it is not written there as it is.
#[derive(Debug, PartialEq)]
pub(super) struct Written {
    pub key: String,
    pub value: String,
    pub span: Span,
}

impl<'h> Reader<'h> {
    pub fn of(html: &'h str) -> Self {
        Self { html, read: Head::default(), data: None }
    }

    pub fn wants_title(&self) -> bool {
        self.read.title.is_empty()
    }

    pub fn title(&mut self, text: &[u8], source: Span) {
        if self.read.title.is_empty() {
            self.read.title_span = source;
        }
        self.read.title_span.end = source.end;
        self.read.title.push_str(&String::from_utf8_lossy(text));
    }

    pub fn begin_data(&mut self) {
        self.end_data();
    }

    /// A stretch of the page that is linked data.
    pub fn data(&mut self, source: Span) {
        let start = self.data.map_or(source.start, |data| data.start);
        self.data = Some(Span::new(start, source.end));
    }

    fn end_data(&mut self) {
        if let Some(span) = self.data.take()
            && let Some(data) = self.html.get(span.range())
        {
            self.read.data.push((data.to_owned(), span));
        }
    }

    /// A start tag, which stands at `tag`.
    pub fn start(&mut self, element: Element, attributes: &Attributes, tag: Span) {
        match element {
            Element::Meta => {
                let meta = self.property(attributes, tag);
                self.read.meta.extend(meta);
            }
            Element::Link => {
                let written = attributes.get(Attribute::Rel).zip(attributes.get(Attribute::Href));
                self.read.links.extend(written.and_then(|(rel, href)| self.written(rel, href, tag)));
            }
            Element::Base if self.read.base.is_none() => {
                self.read.base = attributes.get(Attribute::Href).map(text).filter(|address| leads(address));
            }
            Element::Html if self.read.lang.is_none() => {
                self.read.lang = attributes.get(Attribute::Lang).and_then(|lang| self.written(b"", lang, tag));
            }
            Element::Time | Element::Abbr => {
                // `<abbr class="published" title="2024-05-17T08:00:00Z">`, as hAtom has it
                let written = if element == Element::Abbr { Attribute::Title } else { Attribute::Datetime };
                let time = attributes.get(written).filter(|time| element == Element::Time || begins_as_day(time));
                let Some(time) = time else { return };
                let pubdate = attributes.get(Attribute::Pubdate).map_or(&b""[..], |_| b"pubdate");
                let [property, class] =
                    [Attribute::Itemprop, Attribute::Class].map(|it| attributes.get(it).unwrap_or_default());
                self.read.times.extend(self.written(&[property, class, pubdate].join(&b' '), time, tag));
            }
            // `<span itemprop="datePublished" content="2024-05-17">`
            _ if attributes.get(Attribute::Itemprop).is_some() => {
                let property = self.property(attributes, tag);
                self.read.properties.extend(property);
            }
            _ => {}
        }
    }

    /// The property and the content of a tag.
    fn property(&self, attributes: &Attributes, tag: Span) -> Option<Written> {
        let keys = [Attribute::Property, Attribute::Name, Attribute::Itemprop, Attribute::HttpEquiv];
        let key = keys.iter().find_map(|key| attributes.get(*key))?;
        self.written(key, attributes.get(Attribute::Content)?, tag)
    }

    /// None where the value is empty.
    fn written(&self, key: &[u8], value: &[u8], tag: Span) -> Option<Written> {
        let value = text(value);
        let span = self.place(&value, tag).unwrap_or(tag);
        (!value.is_empty()).then(|| Written { key: text(key).to_ascii_lowercase(), value, span })
    }

    /// Where in a tag a value stands, if it is written there as it is.
    fn place(&self, value: &str, tag: Span) -> Option<Span> {
        let written = self.html.get(tag.range())?;
        let edge = |c: char| matches!(c, '"' | '\'' | '=' | '>') || c.is_whitespace();
        let stands = |at: &usize| {
            let (before, after) = (written.get(..*at), written.get(at + value.len()..));
            before.is_some_and(|text| text.ends_with(edge)) && after.is_some_and(|text| text.starts_with(edge))
        };
        let at = written.match_indices(value).map(|(at, _)| at).find(stands)?;
        Some(Span::new(tag.start + at, tag.start + at + value.len()))
    }

    pub fn done(mut self) -> Head {
        self.end_data();
        self.read
    }
}

/// `2024-05-17`
fn begins_as_day(value: &[u8]) -> bool {
    value
        .trim_ascii_start()
        .split(|byte| *byte == b'-')
        .map(|part| part.iter().take_while(|byte| byte.is_ascii_digit()).count())
        .take(3)
        .eq([4, 2, 2])
}

fn text(value: &[u8]) -> String {
    String::from_utf8_lossy(value).trim().to_owned()
}
