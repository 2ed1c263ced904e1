//! Why: the pieces of evidence that weighed most for a label against its runner-up.
//!
//! The log odds of two labels are the difference of their scores and of what the lines before and behind say of them through
//! the chain, times the power that makes probabilities honest. In the linear part they are, exactly, a sum over the line's
//! evidence, so each piece's share is known. What a piece does in a network is found by leaving it out ([`network::explain`]):
//! the two are added.

use std::borrow::Cow;

use super::chain::Marginal;
use super::network::explain::Seen;
use super::score::Scores;
use super::{Labeller, Linear, number};
use crate::document::{Evidence, four_places};
use crate::evidence::{FEATURE_TABLE, Observations, SEQUENCE, reason};
use crate::labels::Label;
use crate::weights::{LANES, MOST, SCALE};

/// So many pieces are told.
const TOLD: usize = 5;

/// What can be taken away from a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece {
    Feature(u16),
    /// By its place among the line's words, and how often it is there.
    Word(usize, i32),
    /// What is seen before the line, or behind it.
    Sequence(usize),
}

fn pieces(observed: &Observations, line: usize) -> Vec<Piece> {
    let mut pieces = vec![Piece::Sequence(0), Piece::Sequence(1)];
    pieces.extend(observed.features(line).map(Piece::Feature));
    let words: Vec<u32> = observed.words(line).collect();
    for (at, word) in words.iter().enumerate().take(MOST) {
        if !words[..at].contains(word) {
            let count = words.iter().filter(|other| *other == word).count();
            pieces.push(Piece::Word(at, i32::try_from(count).unwrap_or(i32::MAX)));
        }
    }
    pieces
}

/// The reasons of a document's labels, a line at a time.
pub(super) struct Reasons<'a> {
    labeller: &'a Labeller,
    observed: &'a Observations,
    /// What the network sees in it.
    seen: Option<Seen>,
}

impl<'a> Reasons<'a> {
    pub fn new(labeller: &'a Labeller, observed: &'a Observations) -> Self {
        let seen = labeller.network.as_ref().map(|network| network.look(observed));
        Self { labeller, observed, seen }
    }

    /// The heaviest pieces for the most probable label of a line against the runner-up.
    pub fn of(&self, line: usize, chain: &Marginal) -> Vec<Evidence> {
        let first = chain.best();
        let second = chain.best_but(first);
        let pieces = pieces(self.observed, line);
        let by_network = match (&self.labeller.network, &self.seen) {
            (Some(network), Some(seen)) => network.shares(seen, self.observed, line, &pieces),
            _ => vec![[0; LANES]; pieces.len()],
        };
        let words: Vec<u32> = self.observed.words(line).collect();
        let weigh = |(piece, by_network): (&Piece, &Scores)| {
            let linear = self.labeller.linear.as_ref().map_or([0; LANES], |linear| linear.share(*piece, &words));
            let scores = (linear[first] - linear[second]) + (by_network[first] - by_network[second]);
            let said = match piece {
                Piece::Sequence(0) => number::ln(chain.before[first]) - number::ln(chain.before[second]),
                Piece::Sequence(_) => number::ln(chain.after[first]) - number::ln(chain.after[second]),
                _ => 0.0,
            };
            (four_places(self.labeller.power * (scores as f32 / SCALE as f32 + said)), *piece)
        };
        let mut weighed: Vec<_> =
            pieces.iter().zip(&by_network).map(weigh).filter(|(weight, _)| *weight != 0.0).collect();
        let pair = [first, second].map(|i| Label::ALL[i]);
        // A stable sort: of two alike, the first in the order of the line's evidence.
        weighed.sort_by(|(a, _), (b, _)| b.abs().total_cmp(&a.abs()));
        weighed.into_iter().take(TOLD).map(|(weight, piece)| self.tell(line, weight, piece, pair)).collect()
    }

    fn tell(&self, line: usize, weight: f32, piece: Piece, [label, over]: [Label; 2]) -> Evidence {
        let (name, detail) = match piece {
            Piece::Feature(feature) => {
                let feature = &FEATURE_TABLE[usize::from(feature)];
                (Cow::Borrowed(feature.name.as_str()), Cow::Borrowed(feature.detail.as_str()))
            }
            Piece::Word(at, _) => spell(self.observed.spelled(line).get(at).map_or("word=", String::as_str)),
            Piece::Sequence(side) => (Cow::Borrowed(SEQUENCE[side].0), Cow::Borrowed(SEQUENCE[side].1)),
        };
        Evidence { name, weight, detail: Cow::Owned(reason(label, Some(over), &detail)) }
    }
}

impl Linear {
    /// What a piece adds to the scores of its line.
    fn share(&self, piece: Piece, words: &[u32]) -> Scores {
        match piece {
            Piece::Feature(feature) => self.weights.features[usize::from(feature)].map(i32::from),
            Piece::Word(at, count) => match self.weights.word(words[at]) {
                Some(number) => self.weights.words[number].map(|weight| i32::from(weight) * count),
                None => [0; LANES],
            },
            Piece::Sequence(_) => [0; LANES],
        }
    }
}

/// A word of a family, in words.
pub(super) fn spell(entry: &str) -> (Cow<'static, str>, Cow<'static, str>) {
    let (family, value) = entry.split_once('=').unwrap_or((entry, ""));
    let detail = match family {
        "word" => format!("the word \u{201c}{value}\u{201d}"),
        "word.first" => format!("begins with \u{201c}{value}\u{201d}"),
        "word.last" => format!("ends with \u{201c}{value}\u{201d}"),
        "word.pair" => format!("the words \u{201c}{value}\u{201d}"),
        "word.line" => format!("the line is \u{201c}{value}\u{201d}"),
        "word.before" => format!("the line before is \u{201c}{value}\u{201d}"),
        "word.after" => format!("the line after is \u{201c}{value}\u{201d}"),
        _ => format!("has the form \u{201c}{value}\u{201d}"),
    };
    (Cow::Owned(family.to_owned()), Cow::Owned(detail))
}
