//! Reads fields out of lines whose kind is known: datelines, bylines, times, captions; and finds the header above a story.

// What is read comes from lines of any kind: no place in a list is taken on trust.
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

use crate::pack::Packs;

pub(crate) mod byline;
pub(crate) mod caption;
mod clock;
mod date;
pub(crate) mod dateline;
pub(crate) mod front;
pub(crate) mod inline;
pub(crate) mod marks;
mod phrase;
mod place;
#[cfg(test)]
mod testing;
pub(crate) mod timestamp;
pub(crate) mod title;
mod tokens;
mod unglue;

/// What the readers know beside the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// Words of all languages.
    pub packs: &'a Packs,
    /// Language of the document, ISO 639-1, when known.
    pub lang: Option<&'a str>,
    /// Day of publication, when known: resolves dates that are partial.
    pub published: Option<jiff::civil::Date>,
    /// When the text was read, when known: what "2 hours ago" counts from.
    pub now: Option<jiff::civil::DateTime>,
}
