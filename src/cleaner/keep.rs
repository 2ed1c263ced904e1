//! Which pieces are kept: those that are likely enough to be of the labels that make the clean text, and, but where no junk is wanted
//! at all, those whose likeliest label is one of them.
//!
//! How likely is enough does not depend on the document: the model has learnt from what extractors leave beside whole pages, and
//! tells itself that a doubtful line of a text that is nearly all story is more likely one more of its lines.

use super::Balance;
use crate::document::Shares;
use crate::labels::Label;
use crate::weights::Thresholds;

/// What decides.
#[derive(Debug)]
pub(super) struct Keeper {
    /// The labels that make the clean text, each once and in their order.
    labels: Vec<Label>,
    threshold: f64,
    /// A piece whose likeliest label is one of them is kept, however unlikely it is.
    by_label: bool,
}

impl Keeper {
    pub fn new(labels: Vec<Label>, balance: Balance, thresholds: &Thresholds) -> Self {
        let threshold = match balance {
            Balance::KeepStory => thresholds.keep_story,
            Balance::Balanced => thresholds.balanced,
            Balance::DropJunk => thresholds.drop_junk,
        };
        Self { labels, threshold, by_label: balance != Balance::DropJunk }
    }

    /// Whether a piece is kept.
    pub fn keeps(&self, label: Label, shares: &Shares) -> bool {
        self.by_label && self.labels.contains(&label) || self.probability(shares) >= self.threshold
    }

    /// Whether the story is wanted.
    pub fn wants_story(&self) -> bool {
        self.labels.contains(&Label::Body)
    }

    /// How likely a piece is to be of the labels that are kept.
    pub fn probability(&self, shares: &Shares) -> f64 {
        self.labels.iter().map(|label| f64::from(shares.get(*label))).sum()
    }
}
