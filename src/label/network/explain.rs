//! What a piece of evidence does in the network, by leaving it out.
//!
//! A network's scores are no sums, so each piece is really taken away and the line worked out again: its bag, its first
//! vector, and in every layer what it sees in itself. What it sees in its neighbours stays as it is, although they might see
//! something else in it without the piece. A neighbour's features that count for the line by themselves are pieces too;
//! all else that is seen before or behind it is taken away together, as the pieces "sequence.before" and "sequence.after".

use super::super::explain::Piece;
use super::{Chosen, Runner};
use crate::evidence::{Observations, SEEN_AROUND};
use crate::label::score::Scores;
use crate::weights::{LANES, Network, SCORE_BITS};

/// A network's vectors of a document's lines before each of its layers and behind the last.
pub(in crate::label) struct Seen {
    layers: Vec<Vec<i16>>,
}

impl Runner {
    /// Runs over a document and keeps what it sees.
    pub fn look(&self, observed: &Observations) -> Seen {
        let mut layers = Vec::new();
        self.run(observed, &mut vec![[0; LANES]; observed.len()], |lines| layers.push(lines.to_vec()));
        Seen { layers }
    }

    /// What each of some pieces adds to the scores of a line.
    pub fn shares(&self, seen: &Seen, observed: &Observations, line: usize, pieces: &[Piece]) -> Vec<Scores> {
        let width = self.network.width;
        let mut chosen = Chosen::default();
        self.choose(observed, line, &mut chosen);
        // First of all the line with everything, then one without each piece that needs it to be worked out again.
        let whole = self.bag_sum(&chosen);
        let mut bags: Vec<i16> = self.bag_of(&whole).collect();
        let own = observed.own_words(line);
        let again: Vec<Piece> = pieces.iter().copied().filter(|piece| piece.is_own(own.len())).collect();
        for piece in &again {
            let mut sum = whole.clone();
            self.take_from_bag(*piece, own, &mut sum);
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
        let mut again = made[1..].iter();
        let share = |piece: &Piece| {
            let wide = self.wide_of(*piece, observed, line);
            let without = if piece.is_own(own.len()) { again.next().unwrap_or(&made[0]) } else { &made[0] };
            std::array::from_fn(|i| made[0][i] - without[i] + wide[i])
        };
        pieces.iter().map(share).collect()
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

    fn take_from_bag(&self, piece: Piece, own: &[u32], sum: &mut [i32]) {
        match piece {
            Piece::Feature(feature) => self.add_feature(Network::own(feature), -1, sum),
            Piece::Word(at, count) => {
                if let Some(number) = self.number_of(own, at) {
                    self.add_word(number, -count, sum);
                }
            }
            Piece::Sequence(_) => {}
        }
    }

    /// The number of one of the line's own words.
    fn number_of(&self, own: &[u32], at: usize) -> Option<usize> {
        let mut numbers = Vec::new();
        self.network.find_words(own.get(at..=at)?, &mut numbers);
        numbers.pop()
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
            Piece::Word(at, count) => {
                if let Some(number) = self.number_of(observed.own_words(line), at) {
                    let row = &self.word_scores[number];
                    let up = SCORE_BITS - bits.word_scores;
                    wide = std::array::from_fn(|i| count * (i32::from(row[i]) << up));
                }
            }
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
    /// Whether the line's vectors must be worked out again without it; the line has so many words of its own.
    fn is_own(self, words: usize) -> bool {
        match self {
            Self::Feature(feature) => !(SEEN_AROUND..3 * SEEN_AROUND).contains(&feature),
            Self::Word(at, _) => at < words,
            Self::Sequence(_) => true,
        }
    }
}
