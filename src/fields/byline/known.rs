//! What is known of a byline's language: word lists count in the document's language and in that of the byline's own words
//! for "by" ([`super::opener`]).

use crate::fields::Context;
use crate::pack::{Languages, Packs};

/// The packs, and the languages whose words count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub context: &'a Context<'a>,
    pub packs: &'a Packs,
    /// The document's language; none when it is not known or has no pack.
    pub own: Languages,
    /// Whose single words count: the document's, English, and that of what opens the byline; all, when nothing is known.
    pub spoken: Languages,
}

impl Known<'_> {
    /// Whether the language is not known or has no pack: a word before a colon and names is one for "by" then.
    pub fn is_strange(&self) -> bool {
        self.own == 0
    }
}
