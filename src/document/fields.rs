//! What was read from a document's blocks: the one list of its fields, and of their places in the input.

use serde::{Deserialize, Serialize};

use super::pair::or_none;
use super::{Byline, Caption, Dateline, Timestamp};
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
}

impl Fields {
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
