//! What each piece of evidence does in the network, to first order: its weight times the slope of the scores there (gradient
//! times input: Shrikumar et al., "Not just a black box", 2016). As long as no unit of the network switches on or off without the
//! piece, that is what leaving it out would do.
//!
//! The slopes of a line are found by going back through the network once, from the difference of two labels' scores to the line's
//! bag. What it sees in its neighbours counts as it is, although they might see something else in it without the piece. A neighbour's
//! features that count for the line by themselves are pieces too; all else that is seen before or after it counts together, as the
//! pieces "sequence.before" and "sequence.after".

use std::ops::Range;

use super::super::rivals::Rivals;
use super::matrix::Matrix;
use super::{Chosen, LANES, Runner};
use crate::features::SEEN_AROUND;
use crate::observations::Observations;
use crate::weights::{Dense, Network, SCORE_BITS};

/// Slopes are rounded to whole numbers of this size at most, to be multiplied as activations are; those of a bag to smaller ones,
/// because a feature may weigh more than a weight of a layer.
const STEEPEST: f32 = 8191.0;
const STEEPEST_IN_BAG: f32 = 1023.0;

/// The matrices of a network's layers, the other way round.
#[derive(Debug)]
pub(super) struct Back {
    first: Layer,
    /// What a layer that looks around sees before, here and after.
    taps: Vec<[Layer; 3]>,
}

#[derive(Debug)]
struct Layer {
    matrix: Matrix,
    /// Slopes of this size at most can be multiplied without overflow.
    steepest: f32,
    /// What a sum counts in the units of what is made of it.
    unit: f32,
}

impl Layer {
    /// Of the weights of some of a layer's inputs.
    fn of(layer: &Dense, inputs: Range<usize>) -> Self {
        let weight = |input: usize, output: usize| layer.weights[output * layer.inputs + inputs.start + input];
        let sum = |input| (0..layer.outputs()).map(|output| f32::from(weight(input, output)).abs()).sum::<f32>();
        let most = (0..inputs.len()).map(sum).fold(1.0, f32::max);
        Self {
            matrix: Matrix::of(layer.outputs(), inputs.len(), weight),
            steepest: STEEPEST.min((2e9 / most).floor()),
            unit: 1.0 / (1u32 << layer.shift) as f32,
        }
    }
}

impl Back {
    pub fn of(network: &Network) -> Self {
        let width = network.width;
        let parts = |layer: &Dense| [0, 1, 2].map(|part| Layer::of(layer, part * width..(part + 1) * width));
        Self { first: Layer::of(&network.first, 0..network.bag), taps: network.taps.iter().map(parts).collect() }
    }
}

/// A piece of evidence that the network may know.
#[derive(Clone, Copy, Debug)]
pub(in crate::label) enum Known {
    Feature(u16),
    /// By its number in the network, and how often it is there.
    Word(usize, i32),
    /// What is seen before the line (0), or after it (1).
    Sequence(usize),
}

/// A network's vectors of a document's lines before each of its layers and after the last.
pub(in crate::label) struct Seen {
    layers: Vec<Vec<i16>>,
}

/// What speaks in the network for a label against another, on some lines in a row: in 1/1024 nats.
pub(in crate::label) struct Slopes {
    bag: usize,
    /// For each line of a number of its bag, in parts of its unit.
    bags: Vec<i16>,
    units: Vec<f32>,
    /// For each line, what is seen before it and after it.
    around: Vec<[f32; 2]>,
}

impl Runner {
    /// Runs over a document and keeps what it sees.
    pub fn look(&self, observed: &Observations) -> Seen {
        let mut layers = Vec::new();
        self.run(observed, &mut vec![[0; LANES]; observed.len()], |lines| layers.push(lines.to_vec()));
        Seen { layers }
    }

    /// The slopes on some lines, of each for its own rivals.
    pub fn slopes(&self, seen: &Seen, observed: &Observations, first: usize, rivals: &[Rivals]) -> Slopes {
        let back = self.back.get_or_init(|| Box::new(Back::of(&self.network)));
        let (network, width) = (&*self.network, self.network.width);
        let lines = first..first + rivals.len();
        // Of the lines' vectors after the last layer, and of their first ones.
        let (mut slopes, mut of_first) = (Vec::new(), Vec::new());
        let unit = 1.0 / (1u32 << network.last.shift) as f32;
        for rivals in rivals {
            let [one, other] =
                [rivals.first, rivals.second].map(|label| &network.last.weights[label * 2 * width..][..2 * width]);
            let mut differences = one.iter().zip(other).map(|(one, other)| f32::from(*one) - f32::from(*other));
            slopes.extend(differences.by_ref().take(width).map(|difference| difference * unit));
            of_first.extend(differences.map(|difference| difference * unit));
        }
        let mut around = vec![[0.0; 2]; rivals.len()];
        let (mut whole, mut units, mut sums) = (Vec::new(), Vec::new(), Vec::new());
        let stretch = lines.start * width..lines.end * width;
        for (at, (far, back)) in network.dilations.iter().zip(&back.taps).enumerate().rev() {
            let (before, after) = (&seen.layers[at], &seen.layers[at + 1][stretch.clone()]);
            // Where the layer added something, and the bound did not stop it, a little more would have been added too.
            let open = before[stretch.clone()].iter().zip(after);
            let open = open.map(|(before, after)| before < after && *after < network.bound);
            let through: Vec<f32> =
                slopes.iter().zip(open).map(|(slope, open)| if open { *slope } else { 0.0 }).collect();
            let [seen_before, here, seen_after] = back;
            for (side, layer) in [seen_before, seen_after].into_iter().enumerate() {
                self.back_through(layer, &through, width, &mut whole, &mut units, &mut sums);
                for (i, line) in lines.clone().enumerate() {
                    let there = if side == 0 { line.checked_sub(*far) } else { Some(line + far) };
                    let Some(vector) = there.and_then(|there| before.get(there * width..(there + 1) * width)) else {
                        continue;
                    };
                    let sums = &sums[i * layer.matrix.padded()..][..width];
                    let sum: i64 = sums.iter().zip(vector).map(|(sum, seen)| i64::from(*sum) * i64::from(*seen)).sum();
                    around[i][side] += sum as f32 * units[i];
                }
            }
            self.back_through(here, &through, width, &mut whole, &mut units, &mut sums);
            add(&mut slopes, &sums, here.matrix.padded(), width, &units);
        }
        let vectors = &seen.layers[0][stretch];
        let open = vectors.iter().map(|number| 0 < *number && *number < network.bound);
        let through: Vec<f32> = slopes
            .iter()
            .zip(&of_first)
            .zip(open)
            .map(|((slope, of_first), open)| if open { slope + of_first } else { 0.0 })
            .collect();
        self.back_through(&back.first, &through, width, &mut whole, &mut units, &mut sums);
        let mut slopes = vec![0.0; rivals.len() * network.bag];
        add(&mut slopes, &sums, back.first.matrix.padded(), network.bag, &units);
        self.close_bags(observed, lines, &mut slopes);
        let mut bags = Vec::with_capacity(slopes.len());
        units.clear();
        for slopes in slopes.chunks_exact(network.bag) {
            units.push(round(slopes, STEEPEST_IN_BAG, &mut bags));
        }
        Slopes { bag: network.bag, bags, units, around }
    }

    /// The products of a layer the other way round with slopes, each line's in parts of its unit.
    fn back_through(
        &self,
        layer: &Layer,
        slopes: &[f32],
        width: usize,
        whole: &mut Vec<i16>,
        units: &mut Vec<f32>,
        sums: &mut Vec<i32>,
    ) {
        whole.clear();
        units.clear();
        for slopes in slopes.chunks_exact(width) {
            units.push(round(slopes, layer.steepest, whole) * layer.unit);
        }
        self.multiply(&layer.matrix, whole, sums);
    }

    /// Where a number of a bag is 0 or at the bound, a little more or less changes nothing.
    fn close_bags(&self, observed: &Observations, lines: Range<usize>, slopes: &mut [f32]) {
        let (mut chosen, mut bag) = (Chosen::default(), vec![0; self.network.bag]);
        for (line, slopes) in lines.zip(slopes.chunks_exact_mut(self.network.bag)) {
            self.choose(observed, line, &mut chosen);
            self.machine.vectorize(
                #[inline(always)]
                || {
                    self.fill_bag(&chosen, &mut bag);
                    for (slope, number) in slopes.iter_mut().zip(&bag) {
                        if *number <= 0 || *number >= self.network.bound {
                            *slope = 0.0;
                        }
                    }
                },
            );
        }
    }

    /// What a piece of a line's evidence adds to the score of the first of its rivals, against the second; line `at` of those that
    /// the slopes are of.
    pub fn share(
        &self,
        slopes: &Slopes,
        at: usize,
        piece: Known,
        observed: &Observations,
        line: usize,
        rivals: Rivals,
    ) -> f32 {
        let bits = &self.network.bits;
        let difference = |row: &[i16]| i32::from(row[rivals.first]) - i32::from(row[rivals.second]);
        // A row's scores count for the line itself (0), the line after it (1) and the line before it (2).
        let wide = |feature: u16, seen_from: usize| {
            let row = &self.feature_scores[Network::own(feature)].as_chunks::<LANES>().0[seen_from];
            difference(row) << (SCORE_BITS - bits.feature_scores)
        };
        match piece {
            Known::Feature(feature) if (SEEN_AROUND..3 * SEEN_AROUND).contains(&feature) => {
                wide(feature % SEEN_AROUND, usize::from(feature / SEEN_AROUND)) as f32
            }
            Known::Feature(feature) => {
                let row = &self.network.features[Network::own(feature) * slopes.bag..][..slopes.bag];
                let deep = slopes.along(self, at, row, bits.features);
                deep + wide(feature, 0) as f32
            }
            Known::Word(number, count) => {
                let row = &self.network.words[number * slopes.bag..][..slopes.bag];
                let deep = slopes.along(self, at, row, bits.words);
                let row = &self.word_scores[number];
                let wide =
                    (i32::from(row[rivals.first]) - i32::from(row[rivals.second])) << (SCORE_BITS - bits.word_scores);
                count as f32 * (deep + wide as f32)
            }
            Known::Sequence(side) => {
                let neighbour = if side == 0 { line.checked_sub(1) } else { Some(line + 1) };
                let neighbour = neighbour.filter(|line| *line < observed.len());
                let features = neighbour.into_iter().flat_map(|line| observed.context_features(line));
                slopes.around[at][side] + features.map(|feature| wide(*feature, side + 1)).sum::<i32>() as f32
            }
        }
    }

    /// The number of a word, where the network knows it.
    pub fn number_of(&self, word: u32) -> Option<usize> {
        let mut numbers = Vec::new();
        self.network.find_words(&[word], &mut numbers);
        numbers.pop()
    }
}

impl Slopes {
    /// What a row of so many binary places adds to a line's score through its bag.
    fn along<T: Copy + Into<i32>>(&self, runner: &Runner, at: usize, row: &[T], bits: u32) -> f32 {
        let slopes = &self.bags[at * self.bag..][..self.bag];
        let sum = runner.machine.vectorize(
            #[inline(always)]
            || {
                let mut sum = 0i32;
                for (slope, weight) in slopes.iter().zip(row) {
                    sum = sum.wrapping_add(i32::from(*slope).wrapping_mul((*weight).into()));
                }
                sum
            },
        );
        let unit = (1u32 << runner.network.bits.bag) as f32 / (1u32 << bits) as f32;
        sum as f32 * self.units[at] * unit
    }
}

/// Adds products, which are in parts of each line's unit.
fn add(to: &mut [f32], sums: &[i32], padded: usize, width: usize, units: &[f32]) {
    for ((to, sums), unit) in to.chunks_exact_mut(width).zip(sums.chunks_exact(padded)).zip(units) {
        to.iter_mut().zip(sums).for_each(|(to, sum)| *to += *sum as f32 * unit);
    }
}

/// Slopes as whole numbers, the steepest as `steepest`; and what one of them counts.
fn round(slopes: &[f32], steepest: f32, to: &mut Vec<i16>) -> f32 {
    let most = slopes.iter().fold(0.0, |most: f32, slope| most.max(slope.abs()));
    if most == 0.0 {
        to.resize(to.len() + slopes.len(), 0);
        return 0.0;
    }
    let times = steepest / most;
    to.extend(slopes.iter().map(|slope| (slope * times) as i16));
    most / steepest
}
