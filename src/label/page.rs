//! Labels of the pieces of a page: a second chain over what the words alone say of each piece and what the page shows of it.
//!
//! The words' own model has been taught on text, and stays as it is for text. What it says of a piece, as logarithms of
//! probabilities, is evidence here beside what the page shows (stacking: Wolpert, 1992).

use std::sync::Arc;

use super::chain::{Chain, Marginal};
use super::score::Scores;
use super::temperature::InverseTemperature;
use super::{Labelled, Labels, number};
use crate::document::{Evidence, Shares, four_places};
use crate::features::{PageFamily, SEQUENCE};
use crate::labels::Label;
use crate::number::ln;
use crate::weights::{LANES, PageWeights, SCALE, Thresholds};

/// The weights of pages made ready to label with.
#[derive(Debug)]
pub(crate) struct PageLabeller {
    weights: Arc<PageWeights>,
    chain: Chain,
    scaling: Option<InverseTemperature>,
    /// The logarithm of each probability that can be told, in units of the weights.
    logs: Box<[i32]>,
}

/// Probabilities are told in so many parts; one that was rounded to nothing counts as half a part.
const PARTS: u16 = 10_000;

/// So many pieces of evidence are told.
const TOLD: usize = 5;

impl PageLabeller {
    pub fn new(weights: Arc<PageWeights>) -> Self {
        let log = |parts: u16| {
            let share = if parts == 0 { 0.5 } else { f64::from(parts) };
            (ln(share / f64::from(PARTS)) * f64::from(SCALE)).round() as i32
        };
        Self {
            chain: Chain::new(&weights.transitions),
            scaling: InverseTemperature::new(weights.inverse_temperature),
            logs: (0..=PARTS).map(log).collect(),
            weights,
        }
    }

    pub fn thresholds(&self) -> &Thresholds {
        &self.weights.thresholds
    }

    /// The numbers of the values that have weights, of those with these hashes.
    pub fn numbers(&self, hashes: &[u32]) -> impl Iterator<Item = u32> {
        hashes.iter().filter_map(|hash| self.weights.value(*hash))
    }

    /// The labels of pieces of which the words say this and the page shows these values, by their numbers.
    pub fn label<'s>(&self, words: &[Shares], shown: impl Fn(usize) -> &'s [u32]) -> Labels {
        let mut labels = vec![Label::ALL[0]; words.len()];
        let shares = self.run(words, shown, |at, line| {
            let labelled = Labelled::of(&line, self.scaling.as_ref());
            labels[at] = labelled.label;
            labelled.shares
        });
        Labels { labels, shares }
    }

    /// The same, with the evidence for each label, heaviest first.
    pub fn explain<'s>(&self, words: &[Shares], shown: impl Fn(usize) -> &'s [u32]) -> Vec<(Labelled, Vec<Evidence>)> {
        let mut explained = Vec::with_capacity(words.len());
        self.run(words, &shown, |at, line| {
            let labelled = Labelled::of(&line, self.scaling.as_ref());
            explained.push((labelled, self.evidence(&words[at], shown(at), &line)));
            labelled.shares
        });
        // The chain ends with the first piece.
        explained.reverse();
        explained
    }

    fn run<'s>(
        &self,
        words: &[Shares],
        shown: impl Fn(usize) -> &'s [u32],
        mut found: impl FnMut(usize, Marginal) -> Shares,
    ) -> Vec<Shares> {
        let score = |(at, words): (usize, &Shares)| self.chain.said(&self.scores(words, shown(at)));
        let mut said: Vec<_> = words.iter().enumerate().map(score).collect();
        self.chain.run(&mut said, |at, line| found(at, line).0);
        said.into_iter().map(Shares).collect()
    }

    fn scores(&self, words: &Shares, shown: &[u32]) -> Scores {
        let mut scores = self.weights.bias.map(i32::from);
        for number in shown {
            let Some(row) = self.weights.values.get(*number as usize) else { continue };
            (0..LANES).for_each(|i| scores[i] += i32::from(row[i]));
        }
        let of_words = self.of_words(words);
        (0..LANES).for_each(|i| scores[i] += of_words[i]);
        scores
    }

    /// What the words add to the score of each label.
    fn of_words(&self, words: &Shares) -> Scores {
        let mut sums = [0i64; LANES];
        for (parts, row) in words.0.iter().zip(&self.weights.said) {
            let log = i64::from(self.logs[usize::from((*parts).min(PARTS))]);
            (0..LANES).for_each(|i| sums[i] += log * i64::from(row[i]));
        }
        sums.map(|sum| (sum / i64::from(SCALE)) as i32)
    }

    /// What weighed most for the label of a piece against its runner-up: the log odds of the two are the sum of all.
    fn evidence(&self, words: &Shares, shown: &[u32], line: &Marginal) -> Vec<Evidence> {
        let (first, second) = (line.best(), line.best_but(line.best()));
        let inverse = self.weights.inverse_temperature;
        let over = Some(Label::ALL[second]);
        let mut told = Vec::new();
        let mut tell = |nats: f32, name: &str, detail: String| {
            let weight = four_places(inverse * nats);
            if weight != 0.0 {
                told.push(Evidence { name: name.to_owned().into(), weight, detail: detail.into(), over });
            }
        };
        let nats = |score: i32| score as f32 / SCALE as f32;
        let of_words = self.of_words(words);
        tell(nats(of_words[first] - of_words[second]), "page.words", "what its words alone say".to_owned());
        for ((name, detail), said) in SEQUENCE.iter().zip([&line.before, &line.after]) {
            tell(number::ln(said[first]) - number::ln(said[second]), name, (*detail).to_owned());
        }
        for number in shown {
            let at = *number as usize;
            let (Some(row), Some(spelled)) = (self.weights.values.get(at), self.weights.spelled.get(at)) else {
                continue;
            };
            let (name, value) = spelled.split_once('=').unwrap_or((spelled, ""));
            let meaning = PageFamily::ALL.iter().find(|(family, _)| *family == name).map_or("", |(_, meaning)| meaning);
            tell(nats(i32::from(row[first]) - i32::from(row[second])), name, format!("{meaning}: {value}"));
        }
        told.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        told.truncate(TOLD);
        told
    }
}
