//! A small network over the lines of a document, in integers.
//!
//! The features and words of a line are summed to its *bag*, and a layer makes the line's first vector of it. Then the
//! lines look around: in every layer each adds to its vector what it sees in its own and in those of the lines before and
//! after it, a little farther away from layer to layer (dilated convolutions). Scores come from the line's last and first
//! vectors, and straight from the features of the line and its neighbours and from its words (the *wide* part).
//!
//! ```text
//! x = relu(b + Σ F[feature] + Σ W[word])                      the bag
//! v = relu(L0 x + b0)                                         the first vector; s = v
//! s = s + relu(A s[i - far] + B s[i] + C s[i + far] + c)      for each distance; outside the document s is 0
//! scores = O [s; v] + o + Σ P0[feature] + Σ P1[feature of the line before] + Σ P2[… after] + Σ Q[word]
//! ```
//!
//! All of it is in fixed-point numbers. After a layer a sum is rounded to the places of the activations, halves upwards, and
//! held between 0 and the bound that the file states. Sums are exact, so that labels are the same on every processor.

pub(super) mod explain;
mod matrix;
mod repeated;

use std::ops::Range;
use std::sync::Arc;

use super::score::Scores;
use crate::labels::Label;
use crate::observations::Observations;
use crate::once::Once;
use crate::weights::{LANES, MOST, Network, SCORE_BITS};

use explain::Back;
use matrix::{Machine, Matrix};

/// A network made ready to run.
#[derive(Debug)]
pub(super) struct Runner {
    network: Arc<Network>,
    machine: Machine,
    /// What a feature adds to the scores of its own line, the line after it and the line before it, side by side.
    feature_scores: Vec<[i16; AROUND]>,
    word_scores: Vec<[i8; LANES]>,
    first: Matrix,
    taps: Vec<Taps>,
    last: Matrix,
    /// The layers the other way round, made when reasons are first asked for.
    back: Once<Back>,
}

const AROUND: usize = 3 * LANES;

/// Lines whose bags are made together.
const TOGETHER: usize = 64;

/// Rows of this many numbers are summed in registers.
const SPAN: usize = 32;

/// So many features fit in a 16-bit sum, and so many words.
const FEATURES_AT_ONCE: usize = 16;
const WORDS_AT_ONCE: usize = 256;

/// A layer that looks around.
#[derive(Debug)]
struct Taps {
    far: usize,
    before: Matrix,
    here: Matrix,
    after: Matrix,
    /// The weights of all three, and those around less those here.
    all: Matrix,
    around: Matrix,
    bias: Vec<i32>,
    shift: u32,
}

/// Which rows a line's evidence chooses.
#[derive(Default)]
struct Chosen {
    features: Vec<usize>,
    words: Vec<usize>,
}

impl Runner {
    pub fn new(network: Arc<Network>) -> Self {
        let width = network.width;
        let taps = network.dilations.iter().zip(&network.taps).map(|(far, layer)| {
            let part =
                |at: usize| Matrix::of(width, width, move |o, i| layer.weights[o * layer.inputs + at * width + i]);
            let sum = |sign: i16| {
                Matrix::of(width, width, move |o, i| {
                    let row = &layer.weights[o * layer.inputs..];
                    // In this order no sum on the way is too large either.
                    row[i] + row[i + 2 * width] + sign * row[i + width]
                })
            };
            Taps {
                far: *far,
                before: part(0),
                here: part(1),
                after: part(2),
                all: sum(1),
                around: sum(-1),
                bias: layer.bias.clone(),
                shift: layer.shift,
            }
        });
        let [own, after, before] = &network.feature_scores;
        let labels = |i: usize| i * Label::COUNT..(i + 1) * Label::COUNT;
        let feature_scores = (0..own.len() / Label::COUNT).map(|i| {
            let mut row = [0; AROUND];
            for (to, from) in row.chunks_exact_mut(LANES).zip([own, after, before]) {
                to[..Label::COUNT].copy_from_slice(&from[labels(i)]);
            }
            row
        });
        let word_scores = network.word_scores.chunks_exact(Label::COUNT).map(|from| {
            let mut row = [0; LANES];
            row[..Label::COUNT].copy_from_slice(from);
            row
        });
        Self {
            machine: Machine::best(),
            feature_scores: feature_scores.collect(),
            word_scores: word_scores.collect(),
            first: Matrix::of_layer(&network.first),
            taps: taps.collect(),
            last: Matrix::of_layer(&network.last),
            back: Once::new(),
            network,
        }
    }

    /// How many lines away a line is seen.
    pub fn sees(&self) -> usize {
        self.taps.iter().map(|taps| taps.far).sum()
    }

    /// Adds the network's scores of each line.
    pub fn add_scores(&self, observed: &Observations, scores: &mut [Scores]) {
        self.run(observed, scores, |_| ());
    }

    /// The same; `see` is shown the vectors of the lines before each layer that looks around, and after the last.
    fn run(&self, observed: &Observations, scores: &mut [Scores], mut see: impl FnMut(&[i16])) {
        let first = self.first_vectors(observed, scores);
        see(&first);
        let (mut last, mut next, mut room) = (first.clone(), Vec::new(), Room::default());
        for taps in &self.taps {
            self.look_around(taps, &last, &mut next, &mut room);
            std::mem::swap(&mut last, &mut next);
            see(&last);
        }
        self.add_last(&first, &last, scores);
    }

    /// The rows that a line's evidence chooses.
    fn choose(&self, observed: &Observations, line: usize, chosen: &mut Chosen) {
        chosen.features.clear();
        let features = observed.line_features(line).iter().chain(observed.context_features(line)).take(MOST);
        chosen.features.extend(features.map(|feature| Network::own(*feature)));
        chosen.words.clear();
        self.network.find_words(observed.own_words(line), &mut chosen.words);
        chosen.words.truncate(MOST);
    }

    /// The first vectors of the lines; the wide part is added to the scores.
    fn first_vectors(&self, observed: &Observations, scores: &mut [Scores]) -> Vec<i16> {
        let mut vectors = Vec::with_capacity(observed.len() * self.network.width);
        let mut chosen = Chosen::default();
        let (mut bags, mut sums) = (Vec::new(), Vec::new());
        for start in (0..observed.len()).step_by(TOGETHER) {
            let lines = start..observed.len().min(start + TOGETHER);
            bags.resize(lines.len() * self.network.bag, 0);
            for (line, bag) in lines.clone().zip(bags.chunks_exact_mut(self.network.bag)) {
                self.choose(observed, line, &mut chosen);
                self.machine.vectorize(
                    #[inline(always)]
                    || {
                        self.fill_bag(&chosen, bag);
                        self.add_wide(&chosen, line, scores);
                    },
                );
            }
            self.first_of(&bags, &mut sums, &mut vectors);
        }
        vectors
    }

    /// Adds the first vectors of some bags.
    fn first_of(&self, bags: &[i16], sums: &mut Vec<i32>, vectors: &mut Vec<i16>) {
        let (layer, width) = (&self.network.first, self.network.width);
        self.multiply(&self.first, bags, sums);
        let start = vectors.len();
        vectors.resize(start + bags.len() / self.network.bag * width, 0);
        let (bias, rounding) = (&layer.bias[..width], Rounding { shift: layer.shift, bound: self.network.bound });
        self.machine.vectorize(
            #[inline(always)]
            || {
                let vectors = vectors[start..].chunks_exact_mut(width);
                for (vector, sums) in vectors.zip(sums.chunks_exact(self.first.padded())) {
                    for ((to, sum), bias) in vector.iter_mut().zip(sums).zip(bias) {
                        *to = rounding.of(sum + bias);
                    }
                }
            },
        );
    }

    /// The products of a matrix with the vectors of some lines.
    fn multiply(&self, matrix: &Matrix, lines: &[i16], sums: &mut Vec<i32>) {
        sums.clear();
        sums.resize(lines.len() / matrix.inputs() * matrix.padded(), 0);
        matrix.add(self.machine, lines, sums);
    }

    /// The sum of a line's rows.
    #[inline(always)]
    fn fill_bag(&self, chosen: &Chosen, bag: &mut [i16]) {
        let mut at = 0;
        while at + SPAN <= bag.len() {
            self.fill_span::<SPAN>(chosen, at, bag);
            at += SPAN;
        }
        while at < bag.len() {
            self.fill_span::<8>(chosen, at, bag);
            at += 8;
        }
    }

    #[inline(always)]
    fn fill_span<const N: usize>(&self, chosen: &Chosen, at: usize, bag: &mut [i16]) {
        let network = &*self.network;
        let (bits, size) = (&network.bits, bag.len());
        let mut features = [0; N];
        add_rows(&mut features, FEATURES_AT_ONCE, &chosen.features, |row| &network.features[row * size + at..][..N]);
        let mut words = [0; N];
        add_rows(&mut words, WORDS_AT_ONCE, &chosen.words, |row| &network.words[row * size + at..][..N]);
        let (features_up, words_up) = (bits.bag_sum() - bits.features, bits.bag_sum() - bits.words);
        let bias = &network.bag_bias[at..][..N];
        // Loops, and not closures that are given to others: those are not compiled for the processor.
        let mut sum = [0; N];
        for i in 0..N {
            sum[i] = bias[i] + (features[i] << features_up) + (words[i] << words_up);
        }
        for (to, number) in bag[at..][..N].iter_mut().zip(self.bag_of(&sum)) {
            *to = number;
        }
    }

    /// A bag, made of its sum.
    #[inline(always)]
    fn bag_of(&self, sum: &[i32]) -> impl Iterator<Item = i16> {
        let down = self.network.bits.bag_sum() - self.network.bits.bag;
        let (half, bound) = ((1 << down) / 2, i32::from(self.network.bound));
        sum.iter().map(move |sum| ((sum + half) >> down).max(0).min(bound) as i16)
    }

    /// Adds the wide part of a line's evidence to the scores of the line and its neighbours.
    #[inline(always)]
    fn add_wide(&self, chosen: &Chosen, line: usize, scores: &mut [Scores]) {
        let bits = &self.network.bits;
        let mut shown = [0; AROUND];
        add_rows(&mut shown, FEATURES_AT_ONCE, &chosen.features, |row| &self.feature_scores[row][..]);
        let up = SCORE_BITS - bits.feature_scores;
        let to = [Some(line), Some(line + 1), line.checked_sub(1)];
        for (to, shown) in to.into_iter().zip(shown.as_chunks::<LANES>().0) {
            if let Some(scores) = to.and_then(|to| scores.get_mut(to)) {
                (0..LANES).for_each(|i| scores[i] += shown[i] << up);
            }
        }
        let mut said = [0; LANES];
        add_rows(&mut said, WORDS_AT_ONCE, &chosen.words, |row| &self.word_scores[row][..]);
        let up = SCORE_BITS - bits.word_scores;
        (0..LANES).for_each(|i| scores[line][i] += said[i] << up);
    }

    /// A layer that looks around: the new vectors of the lines.
    ///
    /// Lines are worked out two at a time, `i` and `i + far`, by four products where six would be expected (Winograd's
    /// F(2, 3)): with `d` the vectors of the lines `i - far` to `i + 2 far`,
    ///
    /// ```text
    /// one = A (d0 - d2)   two = (A + B + C) (d1 + d2)   three = (A - B + C) (d2 - d1)   four = C (d1 - d3)
    /// line i: one + (two + three) / 2        line i + far: (two - three) / 2 - four
    /// ```
    ///
    /// The sums that are halved are even, so this is exact.
    fn look_around(&self, taps: &Taps, lines: &[i16], next: &mut Vec<i16>, room: &mut Room) {
        let (width, far) = (self.network.width, taps.far);
        let count = lines.len() / width;
        next.clear();
        next.extend_from_slice(lines);
        let last = count.saturating_sub(far);
        let pairs = (0..last).step_by(2 * far).flat_map(|start| start..last.min(start + far));
        let mut pairs = pairs.peekable();
        while pairs.peek().is_some() {
            room.pairs.clear();
            room.pairs.extend(pairs.by_ref().take(TOGETHER));
            self.pairs(taps, lines, next, room);
        }
        // The lines that are left have none `far` after them; of two blocks of `far` lines they are in the first.
        let start = count / (2 * far) * (2 * far);
        let alone = start.max(last.min(start + far))..count.min(start + far);
        for from in alone.clone().step_by(TOGETHER) {
            self.alone(taps, lines, from..alone.end.min(from + TOGETHER), next, room);
        }
    }

    /// Lines that have one `far` after them, and those.
    fn pairs(&self, taps: &Taps, lines: &[i16], next: &mut [i16], room: &mut Room) {
        let (width, far) = (self.network.width, taps.far);
        let Room { pairs, inputs, sums } = room;
        inputs.iter_mut().for_each(|inputs| inputs.resize(pairs.len() * width, 0));
        let vector = |line: usize| lines.get(line * width..(line + 1) * width);
        self.machine.vectorize(
            #[inline(always)]
            || {
                let parts = inputs.each_mut().map(|inputs| inputs.chunks_exact_mut(width));
                let [ones, twos, threes, fours] = parts;
                for ((line, (one, two)), (three, four)) in pairs.iter().zip(ones.zip(twos)).zip(threes.zip(fours)) {
                    let [d1, d2] = [*line, line + far].map(|line| vector(line).unwrap_or_default());
                    // Lines outside the document are 0.
                    let d0 = line.checked_sub(far).and_then(vector).unwrap_or(&ZEROS[..width]);
                    let d3 = vector(line + 2 * far).unwrap_or(&ZEROS[..width]);
                    let all = one.len();
                    let (two, three, four) = (&mut two[..all], &mut three[..all], &mut four[..all]);
                    let (d0, d1, d2, d3) = (&d0[..all], &d1[..all], &d2[..all], &d3[..all]);
                    for i in 0..all {
                        one[i] = d0[i] - d2[i];
                        two[i] = d1[i] + d2[i];
                        three[i] = d2[i] - d1[i];
                        four[i] = d1[i] - d3[i];
                    }
                }
            },
        );
        let matrices = [&taps.before, &taps.all, &taps.around, &taps.after];
        for ((matrix, inputs), sums) in matrices.into_iter().zip(&*inputs).zip(&mut *sums) {
            self.multiply(matrix, inputs, sums);
        }
        let padded = taps.before.padded();
        let (bias, rounding) = (&taps.bias[..width], Rounding { shift: taps.shift, bound: self.network.bound });
        self.machine.vectorize(
            #[inline(always)]
            || {
                for (at, line) in pairs.iter().enumerate() {
                    let [one, two, three, four] = sums.each_ref().map(|sums| &sums[at * padded..][..width]);
                    let here = &mut next[line * width..][..width];
                    for i in 0..width {
                        let sum = one[i].wrapping_add(two[i].wrapping_add(three[i]) >> 1);
                        rounding.add(&mut here[i], sum.wrapping_add(bias[i]));
                    }
                    let there = &mut next[(line + far) * width..][..width];
                    for i in 0..width {
                        let sum = (two[i].wrapping_sub(three[i]) >> 1).wrapping_sub(four[i]);
                        rounding.add(&mut there[i], sum.wrapping_add(bias[i]));
                    }
                }
            },
        );
    }

    /// Lines that have none `far` after them, nor one that is worked out with them.
    fn alone(&self, taps: &Taps, lines: &[i16], alone: Range<usize>, next: &mut [i16], room: &mut Room) {
        let (width, padded) = (self.network.width, taps.here.padded());
        let sums = &mut room.sums[0];
        let part = |lines: Range<usize>| lines.start * width..lines.end * width;
        self.multiply(&taps.here, &lines[part(alone.clone())], sums);
        let seeing = alone.start.max(taps.far).min(alone.end)..alone.end;
        let first = (seeing.start - alone.start) * padded;
        let before = seeing.start.saturating_sub(taps.far)..seeing.end.saturating_sub(taps.far);
        if !seeing.is_empty() {
            taps.before.add(self.machine, &lines[part(before)], &mut sums[first..]);
        }
        for (line, sums) in alone.zip(sums.chunks_exact(padded)) {
            self.add_seen(taps, sums, &mut next[line * width..][..width]);
        }
    }

    /// Adds to a line's vector what it sees.
    fn add_seen(&self, taps: &Taps, sums: &[i32], vector: &mut [i16]) {
        let rounding = Rounding { shift: taps.shift, bound: self.network.bound };
        for ((here, sum), bias) in vector.iter_mut().zip(sums).zip(&taps.bias) {
            rounding.add(here, sum + bias);
        }
    }

    /// Adds what the last layer makes of the lines' vectors.
    fn add_last(&self, first: &[i16], last: &[i16], scores: &mut [Scores]) {
        let (width, layer) = (self.network.width, &self.network.last);
        let half = (1 << layer.shift) / 2;
        let (mut both, mut sums) = (Vec::new(), Vec::new());
        let lines = last.chunks(TOGETHER * width).zip(first.chunks(TOGETHER * width));
        for (scores, (last, first)) in scores.chunks_mut(TOGETHER).zip(lines) {
            both.clear();
            for (last, first) in last.chunks_exact(width).zip(first.chunks_exact(width)) {
                both.extend_from_slice(last);
                both.extend_from_slice(first);
            }
            self.multiply(&self.last, &both, &mut sums);
            for (scores, sums) in scores.iter_mut().zip(sums.chunks_exact(self.last.padded())) {
                for ((score, sum), bias) in scores.iter_mut().zip(sums).zip(&layer.bias) {
                    *score += (sum + bias + half) >> layer.shift;
                }
            }
        }
    }
}

/// What is made of a sum.
#[derive(Clone, Copy)]
struct Rounding {
    shift: u32,
    bound: i16,
}

impl Rounding {
    /// With fewer binary places, between 0 and the bound.
    #[inline(always)]
    fn of(self, sum: i32) -> i16 {
        let half = (1 << self.shift) / 2;
        // Not `clamp`, which asks each time whether the bounds are in order.
        (sum.wrapping_add(half) >> self.shift).max(0).min(i32::from(self.bound)) as i16
    }

    /// Added to a number that is between the same.
    #[inline(always)]
    fn add(self, to: &mut i16, sum: i32) {
        *to = (*to + self.of(sum)).min(self.bound);
    }
}

/// A vector of a line that is outside the document.
static ZEROS: [i16; 256] = [0; 256];

/// Room for the products of a layer.
#[derive(Default)]
struct Room {
    /// The first line of each pair.
    pairs: Vec<usize>,
    inputs: [Vec<i16>; 4],
    sums: [Vec<i32>; 4],
}

/// Adds chosen rows to a sum; `at_once` of them fit in 16 bits.
#[inline(always)]
fn add_rows<'r, T: Copy + Into<i16> + 'r, const N: usize>(
    sum: &mut [i32; N],
    at_once: usize,
    chosen: &[usize],
    row: impl Fn(usize) -> &'r [T],
) {
    for few in chosen.chunks(at_once) {
        let mut narrow = [0i16; N];
        for at in few {
            if let Some(row) = row(*at).first_chunk::<N>() {
                (0..N).for_each(|i| narrow[i] = narrow[i].wrapping_add(row[i].into()));
            }
        }
        (0..N).for_each(|i| sum[i] += i32::from(narrow[i]));
    }
}

#[cfg(test)]
mod tests;
