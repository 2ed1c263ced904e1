//! The evidence of a document that is asked for it: its blocks are observed and labelled a second time.

use super::{Inner, custom, head, pages};
use crate::document::{Document, Evidence, Explain, Observed};
use crate::observe::{Lines, observe};
use crate::offsets::Span;

impl Explain for Inner {
    fn explain(&self, document: &Document, known: &Observed) -> Vec<Vec<Evidence>> {
        let blocks = &document.blocks.texts;
        let pieces = known.pieces.as_ref().unwrap_or(blocks);
        let lines = Lines { text: &document.repaired, spans: pieces, marks: &known.marks };
        let labeller = self.labeller.of_lines(pieces);
        let observed = observe(lines, known.title.as_deref(), &self.packs, true);
        let mut explained = labeller.explain(&observed);
        if let Some(shown) = &known.shown {
            let words: Vec<_> = explained.iter().map(|(labelled, _)| labelled.shares).collect();
            explained = pages::labeller().explain(&words, |at| shown.of(at));
        }
        head::explain(&mut explained, lines, &self.packs);
        custom::explain(&mut explained, lines, &self.packs.custom, known.source.as_deref());
        let explained = explained.into_iter().map(|(_, evidence)| evidence);
        if known.pieces.is_none() {
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
    #[cfg(any(feature = "_state", test))]
    fn model(&self) -> Option<&str> {
        match &self.options.model {
            super::builder::ModelChoice::Named(name) if self.options.packs.is_empty() => Some(name),
            _ => None,
        }
    }
}

/// What explains the labels of a document that the model of that name labelled. It is made when it is first asked: whoever unpickles
/// a million documents may ask for none of their reasons.
#[cfg(any(feature = "_state", test))]
pub(crate) fn by_model(name: &str) -> Option<std::sync::Arc<dyn Explain>> {
    let name = crate::weights::Model::NAMES.into_iter().find(|known| *known == name)?;
    Some(std::sync::Arc::new(ByModel(name)))
}

#[cfg(any(feature = "_state", test))]
struct ByModel(&'static str);

#[cfg(any(feature = "_state", test))]
impl ByModel {
    fn inner(&self) -> &'static Inner {
        static FAST: crate::once::Lazy<super::Cleaner> = crate::once::Lazy::new(|| {
            super::Cleaner::builder().model("fast").build().expect("the models that come with copydesk are tested")
        });
        if self.0 == "fast" { &FAST.0 } else { &super::standard().0 }
    }
}

#[cfg(any(feature = "_state", test))]
impl Explain for ByModel {
    fn explain(&self, document: &Document, observed: &Observed) -> Vec<Vec<Evidence>> {
        self.inner().explain(document, observed)
    }

    #[cfg(any(feature = "_state", test))]
    fn model(&self) -> Option<&str> {
        Some(self.0)
    }
}
