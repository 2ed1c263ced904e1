//! Labels: a linear-chain conditional random field over the lines of a document (Lafferty, McCallum and Pereira, 2001).
//!
//! Each line's score for each label is the sum of its evidence's weights, in integers. The chain adds what the neighbours'
//! labels say: the forward-backward algorithm gives the exact probability of each label on each line, all others summed out.

mod explain;
mod number;

use crate::document::{Evidence, Probabilities, four_places};
use crate::evidence::Observations;
use crate::labels::Label;
use crate::weights::{LANES, Row, SCALE, Weights};

use number::Exp;

/// What the model says of one line.
#[derive(Clone, Debug)]
pub(crate) struct Labelled {
    /// Rounded to 4 places.
    pub probabilities: Probabilities,
    /// The most probable; of two alike, the first in order.
    pub label: Label,
    pub evidence: Vec<Evidence>,
}

/// Weights made ready to label with.
#[derive(Debug)]
pub(crate) struct Labeller {
    weights: std::sync::Arc<Weights>,
    exp: Exp,
    /// e to the transitions' weights, `[from][to]`, and the same the other way round.
    forward: Box<[[f32; LANES]; Label::COUNT]>,
    backward: Box<[[f32; LANES]; Label::COUNT]>,
}

type Lanes = [f32; LANES];

impl Labeller {
    pub fn new(weights: std::sync::Arc<Weights>) -> Self {
        let exp = Exp::new(SCALE);
        let mut forward = Box::new([[0.0; LANES]; Label::COUNT]);
        let mut backward = Box::new([[0.0; LANES]; Label::COUNT]);
        for from in 0..Label::COUNT {
            for to in 0..Label::COUNT {
                let factor = exp.of(i32::from(weights.transitions[from][to]));
                forward[from][to] = factor;
                backward[to][from] = factor;
            }
        }
        Self { weights, exp, forward, backward }
    }

    /// Labels the lines of one document.
    pub fn label(&self, observed: &Observations) -> Vec<Labelled> {
        let lines = observed.len();
        let scores: Vec<[i32; LANES]> = (0..lines).map(|line| self.score(observed, line)).collect();
        let emissions: Vec<Lanes> = scores.iter().map(|scores| self.emission(scores)).collect();
        // What the lines before say of each label of a line, and what the lines behind say.
        let mut before = vec![[0.0; LANES]; lines];
        let mut after = vec![[0.0; LANES]; lines];
        let mut carried = ones();
        for line in 0..lines {
            before[line] = carried;
            carried = step(&self.forward, &product(&carried, &emissions[line]));
        }
        carried = ones();
        for line in (0..lines).rev() {
            after[line] = carried;
            carried = step(&self.backward, &product(&carried, &emissions[line]));
        }
        (0..lines)
            .map(|line| {
                let joint = product(&product(&before[line], &emissions[line]), &after[line]);
                let total: f32 = joint[..Label::COUNT].iter().sum();
                let mut probabilities = [0.0; Label::COUNT];
                for (p, weight) in probabilities.iter_mut().zip(joint) {
                    *p = four_places(weight / total);
                }
                let (first, second) = top_two(&joint);
                let around = explain::Around { before: &before[line], after: &after[line] };
                Labelled {
                    probabilities,
                    label: Label::ALL[first],
                    evidence: explain::explain(&self.weights, observed, line, around, first, second),
                }
            })
            .collect()
    }

    /// The sum of the weights of a line's evidence, for each label.
    fn score(&self, observed: &Observations, line: usize) -> [i32; LANES] {
        let mut sum = self.weights.bias.map(i32::from);
        let mut add = |row: &Row| sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
        observed.features(line).for_each(|feature| add(&self.weights.features[usize::from(feature)]));
        for hash in observed.words(line) {
            if let Some(word) = self.weights.word(hash) {
                add(&self.weights.words[word]);
            }
        }
        sum
    }

    /// e to the scores, the best of them 1.
    fn emission(&self, scores: &[i32; LANES]) -> Lanes {
        let best = scores[..Label::COUNT].iter().copied().max().unwrap_or(0);
        let mut emission = [0.0; LANES];
        for (emission, score) in emission.iter_mut().zip(&scores[..Label::COUNT]) {
            *emission = self.exp.of(score - best);
        }
        emission
    }
}

fn ones() -> Lanes {
    let mut lanes = [0.0; LANES];
    lanes[..Label::COUNT].fill(1.0);
    lanes
}

fn product(a: &Lanes, b: &Lanes) -> Lanes {
    std::array::from_fn(|i| a[i] * b[i])
}

/// One step along the chain, scaled so that the values sum to 1.
fn step(factors: &[Lanes; Label::COUNT], from: &Lanes) -> Lanes {
    let mut to = [0.0; LANES];
    for (weight, row) in from.iter().zip(factors) {
        to.iter_mut().zip(row).for_each(|(to, factor)| *to += weight * factor);
    }
    let total: f32 = to[..Label::COUNT].iter().sum();
    to.map(|value| value / total)
}

fn top_two(values: &Lanes) -> (usize, usize) {
    let (mut first, mut second) = (0, 1);
    if values[1] > values[0] {
        (first, second) = (1, 0);
    }
    for i in 2..Label::COUNT {
        if values[i] > values[first] {
            (first, second) = (i, first);
        } else if values[i] > values[second] {
            second = i;
        }
    }
    (first, second)
}
