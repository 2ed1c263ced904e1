//! What was read from a document's blocks: the one list of its fields, and of their places in the input.

use serde::{Deserialize, Serialize};

use super::pair::or_none;
use super::{Byline, Caption, Dateline, FieldName, FieldSource, Sources, Timestamp};
use crate::offsets::Span;

/// See the methods of [`Document`](super::Document) that are called so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fields {
    pub title: Option<String>,
    #[serde(with = "or_none")]
    pub title_span: Option<Span>,
    pub site: Option<String>,
    pub deck: Option<String>,
    #[serde(with = "or_none")]
    pub deck_span: Option<Span>,
    pub byline: Option<Byline>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub dateline: Option<Dateline>,
    pub captions: Vec<Caption>,
    pub url: Option<String>,
    pub section: Option<String>,
    pub tags: Vec<String>,
    pub image: Option<String>,
    pub sources: Sources,
}

impl Fields {
    /// Says of all that was found, and of which nothing else is said, that lines told it.
    pub fn say_lines(&mut self) {
        for (field, found) in [
            (FieldName::Title, self.title.is_some()),
            (FieldName::Site, self.site.is_some()),
            (FieldName::Deck, self.deck.is_some()),
            (FieldName::Byline, self.byline.is_some()),
            (FieldName::Published, self.published.is_some()),
            (FieldName::Updated, self.updated.is_some()),
        ] {
            if found && self.sources.get(field).is_none() {
                self.sources.set(field, Some(FieldSource::Line));
            }
        }
    }

    /// Lets `change` change where each of them, and each part of one, stands.
    pub fn each_span(&mut self, mut change: impl FnMut(&mut Span)) {
        for span in [&mut self.title_span, &mut self.deck_span].into_iter().flatten() {
            change(span);
        }
        if let Some(byline) = &mut self.byline {
            byline.each_span(&mut change);
        }
        for time in self.published.iter_mut().chain(&mut self.updated) {
            change(&mut time.span);
        }
        if let Some(dateline) = &mut self.dateline {
            change(&mut dateline.span);
        }
        for caption in &mut self.captions {
            caption.each_span(&mut change);
        }
    }
}
