//! Why, by leaving out: what the log odds of a label against its runner-up lose when a piece of evidence is taken away.
//!
//! A network's scores are no sums, so each piece is really taken away and the line worked out again: its bag, its first
//! vector, and in every layer what it sees in itself. What it sees in its neighbours stays as it is, although they might see
//! something else in it without the piece. A neighbour's features that count for the line by themselves are pieces too;
//! all else that is seen before or behind it is taken away together, as the pieces "sequence.before" and "sequence.after".
//!
//! Where a chain is mixed in, the piece is taken away there as well, which is exact for the line: its weight goes from the
//! line's score, or what the lines before or behind say falls silent. The log odds are those of the mixed probabilities.

use std::borrow::Cow;

use super::super::chain::{Lanes, Marginal, best_but};
use super::super::explain::{SEQUENCE_DETAILS, TOLD, spell};
use super::super::{Field, mixed, number};
use super::{Chosen, Runner};
use crate::document::{Evidence, four_places};
use crate::evidence::{FEATURE_TABLE, Observations, SEEN_AROUND, SEQUENCE};
use crate::label::score::Scores;
use crate::weights::{LANES, MOST, Network, SCORE_BITS, Weights};

/// The heaviest pieces for each line of a document.
pub(in crate::label) fn explain(
    network: &Runner,
    chain: Option<&Field>,
    share: f32,
    observed: &Observations,
) -> Vec<Vec<Evidence>> {
    let seen = network.look(observed);
    let explain = |line: usize, marginal: Option<&Marginal>| {
        let mixture = Mixture { network, chain: chain.zip(marginal), share };
        let pieces = pieces(network, observed, line);
        let scores = network.scores_without(&seen, observed, line, &pieces);
        mixture.explain(observed, line, &seen.scores[line], &pieces, &scores)
    };
    let Some(chain) = chain else { return (0..observed.len()).map(|line| explain(line, None)).collect() };
    let mut explained = Vec::with_capacity(observed.len());
    chain.run(observed, |marginal| explained.push(explain(observed.len() - 1 - explained.len(), Some(&marginal))));
    explained.reverse();
    explained
}

/// A network's vectors of a document's lines before each of its layers and behind the last, and the scores.
pub(super) struct Seen {
    layers: Vec<Vec<i16>>,
    scores: Vec<Scores>,
}

/// What can be taken away from a line.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece {
    Feature(u16),
    /// By its place among the line's words and how often it is there; its number in the network.
    Word(usize, u16, Option<usize>),
    Sequence(usize),
}

fn pieces(network: &Runner, observed: &Observations, line: usize) -> Vec<Piece> {
    let mut pieces = vec![Piece::Sequence(0), Piece::Sequence(1)];
    pieces.extend(observed.features(line).map(Piece::Feature));
    let own = observed.own_words(line);
    let words: Vec<u32> = observed.words(line).collect();
    let mut number = Vec::new();
    for (at, word) in words.iter().enumerate().take(MOST) {
        if words[..at].contains(word) {
            continue;
        }
        number.clear();
        if at < own.len() {
            network.network.find_words(&[*word], &mut number);
        }
        let count = words.iter().filter(|other| *other == word).count();
        pieces.push(Piece::Word(at, u16::try_from(count).unwrap_or(u16::MAX), number.first().copied()));
    }
    pieces
}

impl Runner {
    /// Runs over a document and keeps what it sees.
    fn look(&self, observed: &Observations) -> Seen {
        let mut layers = Vec::new();
        let scores = self.run(observed, |lines| layers.push(lines.to_vec()));
        Seen { layers, scores }
    }

    /// The scores of a line without each of some pieces.
    fn scores_without(&self, seen: &Seen, observed: &Observations, line: usize, pieces: &[Piece]) -> Vec<Scores> {
        let width = self.network.width;
        let mut chosen = Chosen::default();
        self.choose(observed, line, &mut chosen);
        // First of all the line with everything, then one without each piece that needs it to be worked out again.
        let whole = self.bag_sum(&chosen);
        let mut bags: Vec<i16> = self.bag_of(&whole).collect();
        let again: Vec<Piece> = pieces.iter().copied().filter(|piece| piece.is_own()).collect();
        for piece in &again {
            let mut sum = whole.clone();
            self.take_from_bag(*piece, &mut sum);
            bags.extend(self.bag_of(&sum));
        }
        let (mut sums, mut first) = (Vec::new(), Vec::new());
        self.first_of(&bags, &mut sums, &mut first);
        let mut last = first.clone();
        for (taps, lines) in self.taps.iter().zip(&seen.layers) {
            self.multiply(&taps.here, &last, &mut sums);
            let at = [line.checked_sub(taps.far), Some(line + taps.far)];
            let sides = at.map(|at| at.and_then(|at| lines.get(at * width..(at + 1) * width)));
            for (side, (vector, matrix)) in sides.into_iter().zip([&taps.before, &taps.after]).enumerate() {
                let Some(vector) = vector else { continue };
                let mut around = vec![0; matrix.padded()];
                matrix.add(self.machine, vector, &mut around);
                for (row, sums) in sums.chunks_exact_mut(matrix.padded()).enumerate() {
                    if row.checked_sub(1).is_none_or(|row| again[row] != Piece::Sequence(side)) {
                        sums.iter_mut().zip(&around).for_each(|(sum, around)| *sum = sum.wrapping_add(*around));
                    }
                }
            }
            for (vector, sums) in last.chunks_exact_mut(width).zip(sums.chunks_exact(taps.here.padded())) {
                self.add_seen(taps, sums, vector);
            }
        }
        let mut made = vec![[0; LANES]; again.len() + 1];
        self.add_last(&first, &last, &mut made);
        let scores = seen.scores[line];
        let mut again = made[1..].iter();
        let without = |piece: &Piece| {
            let wide = self.wide_of(*piece, observed, line);
            let deep = if piece.is_own() { again.next().unwrap_or(&made[0]) } else { &made[0] };
            std::array::from_fn(|i| scores[i] - made[0][i] + deep[i] - wide[i])
        };
        pieces.iter().map(without).collect()
    }

    /// The sum that a bag is made of.
    fn bag_sum(&self, chosen: &Chosen) -> Vec<i32> {
        let mut sum = self.network.bag_bias.clone();
        chosen.features.iter().for_each(|row| self.add_feature(*row, 1, &mut sum));
        chosen.words.iter().for_each(|row| self.add_word(*row, 1, &mut sum));
        sum
    }

    fn add_feature(&self, row: usize, times: i32, sum: &mut [i32]) {
        let up = self.network.bits.bag_sum() - self.network.bits.features;
        let row = &self.network.features[row * sum.len()..][..sum.len()];
        sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += times * (i32::from(*weight) << up));
    }

    fn add_word(&self, row: usize, times: i32, sum: &mut [i32]) {
        let up = self.network.bits.bag_sum() - self.network.bits.words;
        let row = &self.network.words[row * sum.len()..][..sum.len()];
        sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += times * (i32::from(*weight) << up));
    }

    fn take_from_bag(&self, piece: Piece, sum: &mut [i32]) {
        match piece {
            Piece::Feature(feature) => self.add_feature(Network::own(feature), -1, sum),
            Piece::Word(_, count, Some(number)) => self.add_word(number, -i32::from(count), sum),
            Piece::Word(..) | Piece::Sequence(_) => {}
        }
    }

    /// What a piece adds to the line's scores by itself.
    fn wide_of(&self, piece: Piece, observed: &Observations, line: usize) -> Scores {
        let bits = &self.network.bits;
        let mut wide = [0; LANES];
        let mut add = |feature: u16, seen_from: usize| {
            let row = &self.feature_scores[Network::own(feature)].as_chunks::<LANES>().0[seen_from];
            (0..LANES).for_each(|i| wide[i] += i32::from(row[i]) << (SCORE_BITS - bits.feature_scores));
        };
        match piece {
            // 0: the feature is the line's own, 1: of the line before, 2: of the line behind.
            Piece::Feature(feature) if feature < 3 * SEEN_AROUND => {
                add(feature % SEEN_AROUND, usize::from(feature / SEEN_AROUND));
            }
            Piece::Feature(feature) => add(feature, 0),
            Piece::Word(_, count, Some(number)) => {
                let row = &self.word_scores[number];
                let up = SCORE_BITS - bits.word_scores;
                wide = std::array::from_fn(|i| i32::from(count) * (i32::from(row[i]) << up));
            }
            Piece::Word(..) => {}
            Piece::Sequence(side) => {
                let neighbour = if side == 0 { line.checked_sub(1) } else { Some(line + 1) };
                let neighbour = neighbour.filter(|line| *line < observed.len());
                let places = neighbour.into_iter().flat_map(|line| observed.places(line));
                places.for_each(|feature| add(*feature, side + 1));
            }
        }
        wide
    }
}

impl Piece {
    /// Whether the line's vectors must be worked out again without it.
    fn is_own(self) -> bool {
        match self {
            Self::Feature(feature) => !(SEEN_AROUND..3 * SEEN_AROUND).contains(&feature),
            Self::Word(_, _, number) => number.is_some(),
            Self::Sequence(_) => true,
        }
    }
}

/// What is mixed.
struct Mixture<'a> {
    network: &'a Runner,
    chain: Option<(&'a Field, &'a Marginal)>,
    share: f32,
}

impl Mixture<'_> {
    fn explain(
        &self,
        observed: &Observations,
        line: usize,
        whole: &Scores,
        pieces: &[Piece],
        without: &[Scores],
    ) -> Vec<Evidence> {
        let words: Vec<u32> = observed.words(line).collect();
        let whole = self.mix(whole, |joint, _| joint);
        let first = best_but(&whole, whole.len());
        let second = best_but(&whole, first);
        let odds = |lanes: &Lanes| number::ln(lanes[first]) - number::ln(lanes[second]);
        let mut weighed: Vec<(f32, Piece)> = Vec::with_capacity(pieces.len());
        for (piece, scores) in pieces.iter().zip(without) {
            let left = self.mix(scores, |joint, marginal| match (piece, self.chain) {
                (Piece::Sequence(side), _) => {
                    let silent = if *side == 0 { &marginal.before } else { &marginal.after };
                    std::array::from_fn(|i| if silent[i] > 0.0 { joint[i] / silent[i] } else { 0.0 })
                }
                (_, Some((field, _))) => {
                    let row = row_of(*piece, &words, &field.weights);
                    std::array::from_fn(|i| joint[i] * field.chain.exp.of(-row[i]))
                }
                (_, None) => joint,
            });
            weighed.push((odds(&whole) - odds(&left), *piece));
        }
        // A stable sort: of two alike, the first in the order of the line's evidence.
        weighed.sort_by(|(a, _), (b, _)| b.abs().total_cmp(&a.abs()));
        let told = weighed.into_iter().take(TOLD).map(|(weight, piece)| (four_places(weight), piece));
        let spelled = observed.spelled(line);
        told.filter(|(weight, _)| *weight != 0.0)
            .map(|(weight, piece)| {
                let (name, detail) = match piece {
                    Piece::Feature(feature) => {
                        let feature = &FEATURE_TABLE[usize::from(feature)];
                        (Cow::Borrowed(feature.name.as_str()), Cow::Borrowed(feature.detail.as_str()))
                    }
                    Piece::Word(at, ..) => spell(spelled.get(at).map_or("word=", String::as_str)),
                    Piece::Sequence(side) => (Cow::Borrowed(SEQUENCE[side]), Cow::Borrowed(SEQUENCE_DETAILS[side])),
                };
                Evidence { name, weight, detail }
            })
            .collect()
    }

    /// The mixed probabilities; `change` is given what the chain's are in proportion to.
    fn mix(&self, scores: &Scores, change: impl Fn(Lanes, &Marginal) -> Lanes) -> Lanes {
        let network = self.network.softmax(scores);
        let Some((_, marginal)) = self.chain else { return network };
        let joint = change(marginal.joint, marginal);
        let inverse = 1.0 / super::total(&joint);
        mixed(&network, &joint.map(|value| value * inverse), self.share)
    }
}

/// What a piece weighs in the chain.
fn row_of(piece: Piece, words: &[u32], weights: &Weights) -> Scores {
    match piece {
        Piece::Feature(feature) => weights.features[usize::from(feature)].map(i32::from),
        Piece::Word(at, count, _) => match weights.word(words[at]) {
            Some(number) => weights.words[number].map(|weight| i32::from(weight) * i32::from(count)),
            None => [0; LANES],
        },
        Piece::Sequence(_) => [0; LANES],
    }
}
