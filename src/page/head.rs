//! What a page says of itself: its title, its meta tags, its linked data.

use super::attributes::{Attribute, Attributes};
use crate::offsets::Span;

/// What is read of it as the page is.
pub(super) struct Reader<'h> {
    html: &'h str,
    read: Head,
    /// The linked data at hand, in the page.
    data: Option<Span>,
}

/// What a page says of itself, as it is written there.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub title: String,
    /// Meta tags: name or property, in small letters, and content.
    pub meta: Vec<(String, String)>,
    /// Linked data: JSON.
    pub data: Vec<String>,
}

impl<'h> Reader<'h> {
    pub fn of(html: &'h str) -> Self {
        Self { html, read: Head::default(), data: None }
    }

    pub fn wants_title(&self) -> bool {
        self.read.title.is_empty()
    }

    pub fn title(&mut self, text: &[u8]) {
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
        if let Some(data) = self.data.take().and_then(|span| self.html.get(span.range())) {
            self.read.data.push(data.to_owned());
        }
    }

    pub fn meta(&mut self, attributes: &Attributes) {
        let text = |value: &[u8]| String::from_utf8_lossy(value).trim().to_owned();
        let Some(content) = attributes.get(Attribute::Content).map(text).filter(|content| !content.is_empty()) else {
            return;
        };
        let keys = [Attribute::Property, Attribute::Name, Attribute::Itemprop, Attribute::HttpEquiv];
        if let Some(key) = keys.iter().find_map(|key| attributes.get(*key)) {
            self.read.meta.push((text(key).to_ascii_lowercase(), content));
        }
    }

    pub fn done(mut self) -> Head {
        self.end_data();
        self.read
    }
}
