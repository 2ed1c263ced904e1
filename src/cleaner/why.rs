//! The evidence of a document that is asked for it.

use super::{Cleaner, head, own};
use crate::document::{Document, Evidence, Explain};
use crate::observe::{Lines, observe};
use crate::offsets::{Span, Spans};

/// Observes and labels a document's blocks a second time: to keep what was observed, for the few documents that are asked,
/// would cost all of them more.
pub(super) struct Again {
    pub cleaner: Cleaner,
    /// The pieces that were labelled, where they are not the blocks.
    pub pieces: Option<Spans>,
    /// Leftovers of markup in the line of each piece, which its repaired text no longer shows.
    pub marks: Vec<u8>,
    /// The headline that was given.
    pub title: Option<String>,
    /// Where the text came from.
    pub source: Option<String>,
}

impl Explain for Again {
    fn explain(&self, document: &Document) -> Vec<Vec<Evidence>> {
        let blocks = &document.blocks.texts;
        let pieces = self.pieces.as_ref().unwrap_or(blocks);
        let lines = Lines { text: &document.repaired, spans: pieces, marks: &self.marks };
        let labeller = self.cleaner.0.labeller.of_lines(pieces);
        let observed = observe(lines, self.title.as_deref(), &self.cleaner.0.packs, true);
        let mut explained = labeller.explain(&observed);
        head::explain(&mut explained, lines, &self.cleaner.0.packs);
        own::explain(&mut explained, lines, &self.cleaner.0.packs.own, self.source.as_deref());
        let explained = explained.into_iter().map(|(_, evidence)| evidence);
        if self.pieces.is_none() {
            return explained.collect();
        }
        // What is said of the longest piece of a block is said of the block.
        let mut of_pieces = pieces.iter().zip(explained).peekable();
        let of_block = |block: Span| {
            let mut longest = (0, Vec::new());
            while let Some((piece, evidence)) = of_pieces.next_if(|(piece, _)| piece.end <= block.end) {
                if piece.len() >= longest.0 {
                    longest = (piece.len(), evidence);
                }
            }
            longest.1
        };
        blocks.iter().map(of_block).collect()
    }
}
