//! Scores: the sum of the weights of a line's evidence, for each label.
//!
//! Sums are made of 16-bit integers, which are narrow and so quick, for as many rows as cannot overflow, and then added to
//! 32-bit ones. Either way they are exact, so their order does not matter.

use wide::i16x8;

use crate::features::SEEN_AROUND;
use crate::labels::Label;
use crate::observations::Observations;
use crate::weights::{ChainWeights, LANES, Row};

/// A score for each label.
pub(super) type Scores = [i32; LANES];

/// The weights, arranged for summing.
#[derive(Debug)]
pub(super) struct Scorer {
    /// What a feature of the line itself weighs for the line itself, the line after it and the line before it, side by side.
    line: Vec<Bounded<TRIPLE>>,
    /// The other features, from the first one on.
    context: Vec<Bounded<ROW>>,
    words: Vec<Bounded<ROW>>,
}

/// Vectors of a row, and of the three rows of a feature that is seen around.
const ROW: usize = LANES / 8;
const TRIPLE: usize = 3 * ROW;
/// The first feature that is not observed on neighbours.
const CONTEXT: usize = 3 * SEEN_AROUND as usize;

/// Rows in vectors, and the largest of their weights by size.
#[derive(Clone, Debug)]
struct Bounded<const V: usize> {
    row: [i16x8; V],
    most: u32,
}

impl<const V: usize> Bounded<V> {
    fn of(rows: &[Row]) -> Self {
        let mut eights = rows.iter().flat_map(|row| row.as_chunks::<8>().0);
        let row = std::array::from_fn(|_| i16x8::new(eights.next().copied().unwrap_or_default()));
        let sizes = rows.iter().flatten().map(|weight| weight.unsigned_abs());
        Self { row, most: sizes.max().unwrap_or(0).min(i16::MAX.unsigned_abs()).into() }
    }
}

impl Scorer {
    pub fn new(weights: &ChainWeights) -> Self {
        let around = usize::from(SEEN_AROUND);
        let triple = |feature: usize| {
            let rows = [feature, feature + around, feature + 2 * around].map(|at| weights.features[at]);
            Bounded::of(&rows)
        };
        let bounded = |rows: &[Row]| rows.iter().map(|row| Bounded::of(&[*row])).collect();
        Self {
            line: (0..around).map(triple).collect(),
            context: bounded(&weights.features[CONTEXT..]),
            words: bounded(&weights.words),
        }
    }

    /// The scores of some of the lines of one document.
    pub fn scores_of(&self, weights: &ChainWeights, observed: &Observations, lines: &[usize]) -> Vec<Scores> {
        let mut known = Vec::new();
        let score = |line: &usize| {
            let mut scores = weights.bias.map(i32::from);
            let shown_by = [Some(*line), line.checked_sub(1), Some(line + 1).filter(|next| *next < observed.len())];
            for (seen_from, by) in shown_by.into_iter().enumerate() {
                let Some(by) = by else { continue };
                let mut shown = [0; 3 * LANES];
                add(&mut shown, observed.line_features(by), |feature| &self.line[usize::from(*feature)]);
                let shown = &shown.as_chunks::<LANES>().0[seen_from];
                (0..LANES).for_each(|i| scores[i] += shown[i]);
            }
            self.add_own(weights, observed, *line, &mut known, &mut scores);
            scores
        };
        lines.iter().map(score).collect()
    }

    /// Adds what the context and the words of a line say of it.
    fn add_own(
        &self,
        weights: &ChainWeights,
        observed: &Observations,
        line: usize,
        known: &mut Vec<usize>,
        scores: &mut Scores,
    ) {
        add(scores, observed.context_features(line), |feature| &self.context[usize::from(*feature) - CONTEXT]);
        known.clear();
        weights.find_words(observed.own_words(line), known);
        known.extend(observed.words_around(line).filter_map(|hash| weights.word(hash)));
        add(scores, known, |word| &self.words[*word]);
    }

    /// The scores of the lines of one document.
    pub fn scores(&self, weights: &ChainWeights, observed: &Observations) -> Vec<Scores> {
        let lines = observed.len();
        let mut scores: Vec<Scores> = vec![weights.bias.map(i32::from); lines];
        let mut known = Vec::new();
        for line in 0..lines {
            let mut shown = [0; 3 * LANES];
            add(&mut shown, observed.line_features(line), |feature| &self.line[usize::from(*feature)]);
            let to = [Some(line), Some(line + 1), line.checked_sub(1)];
            for (to, shown) in to.into_iter().zip(shown.as_chunks::<LANES>().0) {
                if let Some(scores) = to.and_then(|to| scores.get_mut(to)) {
                    (0..LANES).for_each(|i| scores[i] += shown[i]);
                }
            }
            self.add_own(weights, observed, line, &mut known, &mut scores[line]);
        }
        scores
    }
}

/// Adds the rows of some items to a sum of 8 lanes a vector.
fn add<'r, T, const V: usize>(wide: &mut [i32], mut items: &[T], row: impl Fn(&T) -> &'r Bounded<V>) {
    while !items.is_empty() {
        let mut narrow = [i16x8::ZERO; V];
        let (mut few, mut most) = (0, 0);
        for item in items {
            let bounded = row(item);
            most += bounded.most;
            // Never the first one.
            if most > u32::from(i16::MAX.unsigned_abs()) {
                break;
            }
            for (sum, eight) in narrow.iter_mut().zip(&bounded.row) {
                *sum += *eight;
            }
            few += 1;
        }
        for (wide, narrow) in wide.as_chunks_mut::<8>().0.iter_mut().zip(&narrow) {
            wide.iter_mut().zip(narrow.as_array_ref()).for_each(|(wide, narrow)| *wide += i32::from(*narrow));
        }
        items = &items[few..];
    }
}

const _: () = assert!(Label::COUNT <= LANES && LANES.is_multiple_of(8));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{FEATURES, Family};

    /// The scores as the definition has them: row by row.
    fn plainly(weights: &ChainWeights, observed: &Observations, line: usize) -> Scores {
        let mut scores = weights.bias.map(i32::from);
        let features = observed.features(line).map(|feature| weights.features[usize::from(feature)]);
        let words = observed.words(line).filter_map(|hash| Some(weights.words[weights.word(hash)?]));
        features.chain(words).for_each(|row| (0..LANES).for_each(|i| scores[i] += i32::from(row[i])));
        scores
    }

    #[test]
    fn sums_are_those_of_the_rows() {
        let weights = ChainWeights::embedded();
        let scorer = Scorer::new(&weights);
        let mut observed = Observations::with_capacity(0, false);
        let mut random = 1u32;
        let mut below = |n: u32| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 8) % n
        };
        for _ in 0..50 {
            (0..below(40)).for_each(|_| observed.push_line_feature(below(SEEN_AROUND.into()) as u16));
            let words = ["the", "share", "photo", "said", "copyright"].into_iter().take(below(5) as usize);
            observed.push_words(Family::Word, words, crate::text::words::hash_word, str::to_owned);
            observed.end_line((below(2) == 0).then(|| below(1000)));
        }
        let context = 3 * SEEN_AROUND..FEATURES;
        for line in 0..50 {
            let features: Vec<u16> =
                (0..below(30)).map(|_| context.start + below(context.len() as u32) as u16).collect();
            observed.push_context(line, &features);
        }
        let scores = scorer.scores(&weights, &observed);
        for (line, scores) in scores.iter().enumerate() {
            assert_eq!(*scores, plainly(&weights, &observed, line));
        }
    }
}
