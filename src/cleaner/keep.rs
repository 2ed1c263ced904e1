//! Which pieces are kept: those that are likely enough to be of the labels that make the clean text.
//!
//! How likely is enough follows from the balance, and from the document: where nearly all of it is story, as behind an extractor,
//! a doubtful piece is more likely one more paragraph than one more button, and the threshold sinks.

use super::Balance;
use crate::document::Shares;
use crate::labels::Label;
use crate::weights::Thresholds;

/// What decides.
#[derive(Debug)]
pub(super) struct Keeper {
    /// The labels that make the clean text, each once and in their order.
    labels: Vec<Label>,
    balance: Balance,
    threshold: f64,
    /// The part of the threshold that is left where all is story.
    alone: f64,
}

/// Between these shares of story the threshold sinks.
const RAMP: [f64; 2] = [0.6, 0.95];

/// What is expected to be story in a document, and all of it: bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Story {
    story: f64,
    all: f64,
}

impl Story {
    /// Of pieces: their probabilities and lengths.
    pub fn of<'s>(pieces: impl Iterator<Item = (&'s Shares, usize)>) -> Self {
        let mut found = Self::default();
        for (shares, len) in pieces {
            found.all += len as f64;
            found.story += len as f64 * f64::from(shares.get(Label::Body) + shares.get(Label::Heading));
        }
        found
    }

    fn share(self) -> f64 {
        if self.all > 0.0 { self.story / self.all } else { 0.0 }
    }
}

impl Keeper {
    pub fn new(labels: Vec<Label>, balance: Balance, thresholds: &Thresholds) -> Self {
        let threshold = match balance {
            Balance::KeepStory => thresholds.keep_story,
            Balance::Balanced => thresholds.balanced,
            Balance::DropJunk => thresholds.drop_junk,
        };
        Self { labels, balance, threshold, alone: thresholds.alone }
    }

    /// From which probability of its labels on a piece of a document is kept.
    pub fn threshold(&self, story: Story) -> f64 {
        let way = ((story.share() - RAMP[0]) / (RAMP[1] - RAMP[0])).clamp(0.0, 1.0);
        self.threshold * (1.0 - (1.0 - self.alone) * way)
    }

    /// Whether a piece is kept. One whose likeliest label is kept is kept, but where no junk at all is wanted.
    pub fn keeps(&self, label: Label, shares: &Shares, threshold: f64) -> bool {
        (self.balance != Balance::DropJunk && self.labels.contains(&label)) || self.probability(shares) >= threshold
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
