//! The evidence of a document that is asked for it.

use super::{Cleaner, head, own};
use crate::document::{Document, Evidence, Explain};
use crate::observe::{Lines, observe};

/// Observes and labels a document's blocks a second time: to keep what was observed, for the few documents that are asked,
/// would cost all of them more.
pub(super) struct Again {
    pub cleaner: Cleaner,
    /// Leftovers of markup in each block, which its repaired text no longer shows.
    pub marks: Vec<u8>,
    /// The headline that was given.
    pub title: Option<String>,
    /// Where the text came from.
    pub source: Option<String>,
}

impl Explain for Again {
    fn explain(&self, document: &Document) -> Vec<Vec<Evidence>> {
        let lines = Lines { text: &document.repaired, spans: &document.blocks.texts, marks: &self.marks };
        let labeller = self.cleaner.0.labeller.of_lines(&document.blocks.texts);
        let observed = observe(lines, self.title.as_deref(), &self.cleaner.0.packs, true);
        let mut explained = labeller.explain(&observed);
        head::explain(&mut explained, lines, &self.cleaner.0.packs);
        own::explain(&mut explained, lines, &self.cleaner.0.packs.own, self.source.as_deref());
        explained.into_iter().map(|(_, evidence)| evidence).collect()
    }
}
