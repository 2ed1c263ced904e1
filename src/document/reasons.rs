//! Why the blocks of a document have their labels: made when it is first asked for. Few ask, and it is most of the work.

use std::borrow::Cow;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Document, decimal};
use crate::labels::Label;
#[cfg(any(feature = "_state", test))]
use crate::offsets::Span;
use crate::offsets::Spans;
use crate::once::Once;

/// One reason for a label, or for a [`Dateline`](super::Dateline).
///
/// ```
/// let document = copydesk::clean("Share this article");
/// for reason in document.blocks().next().unwrap().evidence() {
///     println!("{:+.2} {}", reason.weight, reason.detail);
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Stable id from the one table of evidence (docs/evidence.md); of a dateline, of the clue, or of several that came together,
    /// joined by "+".
    pub name: Cow<'static, str>,
    /// For the label, against the runner-up, or for a dateline: nats of log odds, rounded to 4 places.
    #[serde(serialize_with = "decimal::serialize")]
    pub weight: f32,
    /// For people.
    pub detail: Cow<'static, str>,
    /// The label that the weight counts against; against all others where there is none.
    pub over: Option<Label>,
}

/// The evidence of a document's blocks, and what it is made from.
#[derive(Clone, Default)]
pub(crate) struct Reasons {
    known: Once<Vec<Vec<Evidence>>>,
    source: Option<(Arc<Observed>, Arc<dyn Explain>)>,
}

/// What is to be known of a document, beside the document, to observe it again: to keep what was observed, for the few documents
/// that are asked, would cost all of them more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Observed {
    /// The pieces that were labelled, where they are not the blocks.
    pub pieces: Option<Spans>,
    /// Leftovers of markup in the line of each piece, which its repaired text no longer shows.
    pub marks: Vec<u8>,
    /// The headline that was given.
    pub title: Option<String>,
    /// Where the text came from.
    pub source: Option<String>,
    /// What the page showed of each piece, where the text is a page's.
    pub shown: Option<Shown>,
}

/// What a page shows of each piece: numbers of the values that have weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Shown {
    numbers: Vec<u32>,
    ends: Vec<usize>,
}

impl Shown {
    /// Adds the next piece.
    pub fn push(&mut self, numbers: impl Iterator<Item = u32>) {
        self.numbers.extend(numbers);
        self.ends.push(self.numbers.len());
    }

    /// The values of a piece.
    pub fn of(&self, piece: usize) -> &[u32] {
        let start = piece.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(piece).copied());
        range.and_then(|(start, end)| self.numbers.get(start..end)).unwrap_or_default()
    }
}

/// Says why the blocks of a document have their labels. Every kind of model has its own way: one whose scores are sums reads
/// the weights, another may leave pieces of evidence out and score again.
pub(crate) trait Explain: Send + Sync + UnwindSafe + RefUnwindSafe {
    /// The evidence of each block, heaviest first. The document must not be asked for its evidence meanwhile.
    fn explain(&self, document: &Document, observed: &Observed) -> Vec<Vec<Evidence>>;

    /// The name of the model where that is all there is to know of it: one that comes with copydesk, without packs of one's own.
    #[cfg(any(feature = "_state", test))]
    fn model(&self) -> Option<&str>;
}

impl Reasons {
    /// To be found by `explain`.
    pub fn by(observed: Observed, explain: Arc<dyn Explain>) -> Self {
        Self { known: Once::new(), source: Some((Arc::new(observed), explain)) }
    }

    /// What they are made from, and the name of the model, where it has one.
    #[cfg(any(feature = "_state", test))]
    pub fn source(&self) -> Option<(&str, &Observed)> {
        let (observed, explain) = self.source.as_ref()?;
        Some((explain.model()?, observed))
    }

    /// Whether what was read from a file can be observed again, of a document of so many blocks.
    ///
    /// # Errors
    /// What is wrong with it.
    #[cfg(any(feature = "_state", test))]
    pub fn check(&self, repaired: &str, blocks: usize) -> Result<(), &'static str> {
        let Some((observed, _)) = &self.source else { return Ok(()) };
        let lines = observed.pieces.as_ref().map_or(blocks, Spans::len);
        let mut end = 0;
        let is_next = |span: Span| {
            let is_next = end <= span.start && repaired.get(span.range()).is_some();
            end = span.end;
            is_next
        };
        let fits = observed.marks.len() == lines && observed.pieces.iter().flat_map(Spans::iter).all(is_next);
        if fits { Ok(()) } else { Err("its evidence is of other blocks") }
    }
}

impl Document {
    /// The evidence of each block; of none where it cannot be told.
    pub(super) fn reasons(&self) -> &[Vec<Evidence>] {
        let explain = || self.reasons.source.as_ref().map(|(observed, explain)| explain.explain(self, observed));
        self.reasons.known.get_or_init(|| Box::new(explain().unwrap_or_default()))
    }
}
