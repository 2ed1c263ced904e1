//! Why: the pieces of evidence that weighed most for the label of a line against its runner-up.
//!
//! The log odds of two labels are the difference of their scores and of what the lines before and after say of them through
//! the chain, times the inverse temperature that makes probabilities honest. In the linear part they are, exactly, a sum over the line's
//! evidence, so each piece's share is known. What a piece does in a network is told to first order ([`network::explain`]): the two
//! are added.

use std::borrow::Cow;

use super::chain::Marginal;
use super::network::explain::{Known, Slopes};
use super::rivals::Rivals;
use super::{Labeller, Linear, number};
use crate::document::{Evidence, four_places};
use crate::features::{FEATURE_TABLE, SEQUENCE};
use crate::labels::Label;
use crate::observations::Observations;
use crate::weights::{MOST, SCALE};

/// So many pieces are told.
const TOLD: usize = 5;

/// So many lines are explained together.
const TOGETHER: usize = 64;

/// What is told of.
#[derive(Clone, Copy, Debug)]
enum Piece {
    Feature(u16),
    /// By its place among the line's words.
    Word(usize),
    /// What is seen before the line (0), or after it (1).
    Sequence(usize),
}

/// The reasons for the label of each line, heaviest first; `marginals` is what the chain says of each.
pub(super) fn reasons(labeller: &Labeller, observed: &Observations, marginals: &[Marginal]) -> Vec<Vec<Evidence>> {
    let seen = labeller.network.as_ref().map(|network| network.look(observed));
    let mut told = Vec::with_capacity(marginals.len());
    let (mut words, mut weighed) = (Vec::new(), Vec::new());
    for start in (0..marginals.len()).step_by(TOGETHER) {
        let marginals = &marginals[start..marginals.len().min(start + TOGETHER)];
        let rivals: Vec<_> = marginals.iter().map(Rivals::of).collect();
        let network = labeller.network.as_ref().zip(seen.as_ref());
        let slopes = network.map(|(network, seen)| network.slopes(seen, observed, start, &rivals));
        for (at, (chain, rivals)) in marginals.iter().zip(&rivals).enumerate() {
            let line =
                ExplainedLine { labeller, observed, slopes: slopes.as_ref(), at, line: start + at, rivals: *rivals };
            line.weigh(chain, &mut words, &mut weighed);
            told.push(weighed.drain(..).map(|(weight, _, piece)| line.tell(weight, piece)).collect());
        }
    }
    told
}

/// A line that is explained.
struct ExplainedLine<'a> {
    labeller: &'a Labeller,
    observed: &'a Observations,
    /// The network's, and the line's number among those that they are of.
    slopes: Option<&'a Slopes>,
    at: usize,
    line: usize,
    rivals: Rivals,
}

impl ExplainedLine<'_> {
    /// The heaviest pieces, each with its weight and its number in the order of the line's evidence.
    fn weigh(&self, chain: &Marginal, words: &mut Vec<u32>, weighed: &mut Vec<(f32, usize, Piece)>) {
        let Rivals { first, second } = self.rivals;
        let mut add = |score: f32, piece| {
            let weight = four_places(self.labeller.inverse_temperature * score);
            if weight != 0.0 {
                weighed.push((weight, weighed.len(), piece));
            }
        };
        for (side, said) in [&chain.before, &chain.after].into_iter().enumerate() {
            let said = number::ln(said[first]) - number::ln(said[second]);
            add(self.of_network(Known::Sequence(side)) + said, Piece::Sequence(side));
        }
        let linear = self.labeller.linear.as_deref();
        for feature in self.observed.features(self.line) {
            let linear = linear.map_or(0, |linear| linear.of_feature(feature, self.rivals));
            add(self.of_network(Known::Feature(feature)) + nats(linear as f32), Piece::Feature(feature));
        }
        words.clear();
        words.extend(self.observed.words(self.line).take(MOST));
        let own = self.observed.own_words(self.line).len();
        for (at, word) in words.iter().enumerate() {
            let by_linear = linear.map_or(0, |linear| linear.of_word(*word, self.rivals));
            let network = self.labeller.network.as_ref().filter(|_| at < own);
            let known = network.and_then(|network| network.number_of(*word));
            // Each word once, as often as it is there.
            if (by_linear == 0 && known.is_none()) || words[..at].contains(word) {
                continue;
            }
            let count = words[at..].iter().filter(|other| *other == word).count() as i32;
            let by_network = known.map_or(0.0, |number| self.of_network(Known::Word(number, count)));
            add(by_network + nats((by_linear * count) as f32), Piece::Word(at));
        }
        let heavier = |a: &(f32, usize, Piece), b: &(f32, usize, Piece)| {
            b.0.abs().total_cmp(&a.0.abs()).then_with(|| a.1.cmp(&b.1))
        };
        if weighed.len() > TOLD {
            weighed.select_nth_unstable_by(TOLD - 1, heavier);
            weighed.truncate(TOLD);
        }
        weighed.sort_unstable_by(heavier);
    }

    /// What a piece does in the network, in nats.
    fn of_network(&self, piece: Known) -> f32 {
        match (&self.labeller.network, self.slopes) {
            (Some(network), Some(slopes)) => {
                nats(network.share(slopes, self.at, piece, self.observed, self.line, self.rivals))
            }
            _ => 0.0,
        }
    }

    fn tell(&self, weight: f32, piece: Piece) -> Evidence {
        let (name, detail) = match piece {
            Piece::Feature(feature) => {
                let feature = &FEATURE_TABLE[usize::from(feature)];
                (Cow::Borrowed(feature.name.as_str()), Cow::Borrowed(feature.detail.as_str()))
            }
            Piece::Word(at) => spell(&self.observed.spelled_word(self.line, at).unwrap_or_default()),
            Piece::Sequence(side) => (Cow::Borrowed(SEQUENCE[side].0), Cow::Borrowed(SEQUENCE[side].1)),
        };
        Evidence { name, weight, detail, over: Some(Label::ALL[self.rivals.second]) }
    }
}

/// Scores are in 1/1024 nats.
fn nats(score: f32) -> f32 {
    score / SCALE as f32
}

impl Linear {
    /// What a feature adds to the score of the first, against the second.
    fn of_feature(&self, feature: u16, rivals: Rivals) -> i32 {
        let weights = &self.weights.features[usize::from(feature)];
        i32::from(weights[rivals.first]) - i32::from(weights[rivals.second])
    }

    /// The same of a word.
    fn of_word(&self, word: u32, rivals: Rivals) -> i32 {
        let Some(number) = self.weights.word(word) else { return 0 };
        let weights = &self.weights.words[number];
        i32::from(weights[rivals.first]) - i32::from(weights[rivals.second])
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
