//! Scores: the sum of the weights of a line's evidence, for each label.
//!
//! Sums are made of 16-bit integers, which are narrow and so quick, for as many rows as cannot overflow, and then added to
//! 32-bit ones. Either way they are exact, so their order does not matter.

use crate::evidence::{Observations, SEEN_AROUND};
use crate::labels::Label;
use crate::weights::{LANES, Row, Weights};

/// A score for each label.
pub(super) type Scores = [i32; LANES];

/// The weights of the table's features, arranged for summing.
#[derive(Debug)]
pub(super) struct Scorer {
    /// What a feature of a line's look weighs for the line itself, the line behind it and the line before it, side by side.
    looks: Vec<[i16; LOOK]>,
    /// So many rows can be added in 16 bits.
    batch: usize,
}

/// The three rows of a look.
const LOOK: usize = 3 * LANES;

impl Scorer {
    pub fn new(weights: &Weights) -> Self {
        let around = usize::from(SEEN_AROUND);
        let look = |feature: usize| {
            let rows = [feature, feature + around, feature + 2 * around].map(|at| weights.features[at]);
            std::array::from_fn(|i| rows[i / LANES][i % LANES])
        };
        let rows = weights.features.iter().chain(&weights.words);
        let most = rows.flatten().map(|weight| weight.unsigned_abs()).max().unwrap_or(0);
        let batch = i16::MAX.unsigned_abs() / most.clamp(1, i16::MAX.unsigned_abs());
        Self { looks: (0..around).map(look).collect(), batch: batch.into() }
    }

    /// The scores of the lines of one document.
    pub fn scores(&self, weights: &Weights, observed: &Observations) -> Vec<Scores> {
        let lines = observed.len();
        let mut scores: Vec<Scores> = vec![weights.bias.map(i32::from); lines];
        let mut known = Vec::new();
        for line in 0..lines {
            let mut shown = [0; LOOK];
            for looks in observed.looks(line).chunks(self.batch) {
                widen(&mut shown, &sum(looks.iter().map(|look| &self.looks[usize::from(*look)])));
            }
            add(&mut scores[line], &shown[..LANES]);
            if let Some(behind) = scores.get_mut(line + 1) {
                add(behind, &shown[LANES..2 * LANES]);
            }
            if let Some(before) = line.checked_sub(1) {
                add(&mut scores[before], &shown[2 * LANES..]);
            }
            for places in observed.places(line).chunks(self.batch) {
                widen(&mut scores[line], &sum(places.iter().map(|place| &weights.features[usize::from(*place)])));
            }
            known.clear();
            weights.find_words(observed.own_words(line), &mut known);
            known.extend(observed.words_around(line).filter_map(|hash| weights.word(hash)));
            for words in known.chunks(self.batch) {
                widen(&mut scores[line], &sum(words.iter().map(|word| &weights.words[*word])));
            }
        }
        scores
    }
}

/// The sum of so few rows that it fits.
fn sum<'r, const N: usize>(rows: impl Iterator<Item = &'r [i16; N]>) -> [i16; N] {
    let mut sum = [0i16; N];
    for row in rows {
        for i in 0..N {
            sum[i] = sum[i].wrapping_add(row[i]);
        }
    }
    sum
}

fn widen(wide: &mut [i32], narrow: &[i16]) {
    wide.iter_mut().zip(narrow).for_each(|(wide, narrow)| *wide += i32::from(*narrow));
}

fn add(to: &mut Scores, scores: &[i32]) {
    to.iter_mut().zip(scores).for_each(|(to, score)| *to += score);
}

const _: () = assert!(std::mem::size_of::<Row>() == LANES * 2 && Label::COUNT <= LANES);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{FEATURES, Family};

    /// The scores as the definition has them: row by row.
    fn plainly(weights: &Weights, observed: &Observations, line: usize) -> Scores {
        let mut scores = weights.bias.map(i32::from);
        let features = observed.features(line).map(|feature| weights.features[usize::from(feature)]);
        let words = observed.words(line).filter_map(|hash| Some(weights.words[weights.word(hash)?]));
        features.chain(words).for_each(|row| widen(&mut scores, &row));
        scores
    }

    #[test]
    fn sums_are_those_of_the_rows() {
        let weights = Weights::embedded();
        let scorer = Scorer::new(&weights);
        let mut observed = Observations::with_capacity(0, false);
        let mut random = 1u32;
        let mut below = |n: u32| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 8) % n
        };
        for _ in 0..50 {
            (0..below(40)).for_each(|_| observed.push_look(below(SEEN_AROUND.into()) as u16));
            let words = ["the", "share", "photo", "said", "copyright"].into_iter().take(below(5) as usize);
            observed.push_words(Family::Word, words, crate::text::words::hash_word, str::to_owned);
            observed.end_look((below(2) == 0).then(|| below(1000)));
        }
        let places = 3 * SEEN_AROUND..FEATURES;
        for line in 0..50 {
            let places: Vec<u16> = (0..below(30)).map(|_| places.start + below(places.len() as u32) as u16).collect();
            observed.push_places(line, &places);
        }
        let scores = scorer.scores(&weights, &observed);
        for line in 0..50 {
            assert_eq!(scores[line], plainly(&weights, &observed, line));
        }
    }
}
