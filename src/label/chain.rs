//! The chain: what the labels of the neighbours say, by the forward-backward algorithm.
//!
//! Sums are made in one fixed order, lane by lane, so that they are the same with vectors of any width.

use wide::f32x4;

use super::number::{self, Exp, four_places_each};
use super::score::Scores;
use crate::document::Shares;
use crate::labels::Label;
use crate::weights::{Row, SCALE};

/// A value for each label, padded to whole vectors with zeros.
pub(super) type Lanes = [f32; WIDTH];

const WIDTH: usize = Label::COUNT.next_multiple_of(4);
const FOURS: usize = WIDTH / 4;

/// Factors from each label to each.
type Factors = [Lanes; Label::COUNT];

/// The transitions, made ready to run.
#[derive(Debug)]
pub(super) struct Chain {
    pub exp: Exp,
    /// e to the transitions' weights, `[from][to]`, and the same the other way round.
    forward: Box<Factors>,
    backward: Box<Factors>,
}

/// What the chain says of one line.
pub(super) struct Marginal {
    /// What the lines before and after say of each label.
    pub before: Lanes,
    pub after: Lanes,
    /// In proportion to the probabilities.
    pub joint: Lanes,
}

impl Chain {
    pub fn new(transitions: &[Row; Label::COUNT]) -> Self {
        let exp = Exp::new(SCALE);
        let mut forward = Box::new([[0.0; WIDTH]; Label::COUNT]);
        let mut backward = Box::new([[0.0; WIDTH]; Label::COUNT]);
        for from in 0..Label::COUNT {
            for to in 0..Label::COUNT {
                let factor = exp.of(i32::from(transitions[from][to]));
                forward[from][to] = factor;
                backward[to][from] = factor;
            }
        }
        Self { exp, forward, backward }
    }

    /// A chain whose neighbours say nothing.
    pub fn silent() -> Self {
        let rows = || Box::new([ONES; Label::COUNT]);
        Self { exp: Exp::new(SCALE), forward: rows(), backward: rows() }
    }

    /// Calls `found` for every line, the last one first, and puts what it gives in the place of what was said of the line.
    ///
    /// What the lines before say is not kept for all lines at once: only where a stretch begins, and for the lines of one stretch.
    pub fn run(&self, lines: &mut [Said], mut found: impl FnMut(usize, Marginal) -> Said) {
        let mut starts = Vec::with_capacity(lines.len() / STRETCH + 1);
        let mut before = ONES;
        let (mut forward, mut backward) = (Steps::by(&self.forward), Steps::by(&self.backward));
        let mut stretches = lines.chunks(STRETCH).peekable();
        while let Some(stretch) = stretches.next() {
            starts.push(before);
            for said in stretch.iter().filter(|_| stretches.peek().is_some()) {
                before = forward.step(&product(&before, &self.own(said)));
            }
        }
        let mut after = ONES;
        let mut known: Vec<(Lanes, Lanes)> = Vec::with_capacity(lines.len().min(STRETCH));
        for (i, stretch) in lines.chunks_mut(STRETCH).enumerate().rev() {
            // Each line's own say, and that of the lines before it.
            let mut before = starts[i];
            known.clear();
            for said in &*stretch {
                let own = self.own(said);
                known.push((own, before));
                before = forward.step(&product(&before, &own));
            }
            for (at, (said, (own, before))) in stretch.iter_mut().zip(&known).enumerate().rev() {
                let own_and_after = product(own, &after);
                let joint = product(before, &own_and_after);
                *said = found(i * STRETCH + at, Marginal { before: *before, after, joint });
                after = backward.step(&own_and_after);
            }
        }
    }

    /// What scores say of a line.
    pub fn said(&self, scores: &Scores) -> Said {
        let scores = &scores[..Label::COUNT];
        let best = scores.iter().copied().max().unwrap_or(0);
        let mut said = [0; Label::COUNT];
        for (below, score) in said.iter_mut().zip(scores) {
            *below = (best - score).min(u16::MAX.into()) as u16;
        }
        said
    }

    /// e to the scores, the best of them 1.
    fn own(&self, said: &Said) -> Lanes {
        let mut own = [0.0; WIDTH];
        for (own, below) in own.iter_mut().zip(said) {
            *own = self.exp.up_to_one(-i32::from(*below));
        }
        own
    }
}

/// How far the score of each label is below the best one's, which is all that counts; what is too far for it to be held is
/// far too low to count.
pub(super) type Said = [u16; Label::COUNT];

const _: () = assert!(number::LOWEST * -SCALE <= u16::MAX as i32);

/// Lines of which all is held at once.
const STRETCH: usize = 1024;

impl Marginal {
    /// Probabilities in proportion to some shares, rounded.
    pub fn rounded(shares: &Lanes) -> Shares {
        Shares(four_places_each(shares, 1.0 / total(&fours(shares))))
    }

    /// The most probable label; of two alike, the first.
    pub fn best(&self) -> usize {
        best_but(&self.joint, Label::COUNT)
    }

    /// The most probable label of the others.
    pub fn best_but(&self, not: usize) -> usize {
        best_but(&self.joint, not)
    }
}

/// The most probable label but one; of two alike, the first.
pub(super) fn best_but(probabilities: &Lanes, not: usize) -> usize {
    let others = (0..Label::COUNT).filter(|label| *label != not);
    others.reduce(|best, label| if probabilities[label] > probabilities[best] { label } else { best }).unwrap_or(0)
}

const ONES: Lanes = {
    let mut lanes = [0.0; WIDTH];
    let mut i = 0;
    while i < Label::COUNT {
        lanes[i] = 1.0;
        i += 1;
    }
    lanes
};

fn product(a: &Lanes, b: &Lanes) -> Lanes {
    let (a, b) = (fours(a), fours(b));
    lanes(std::array::from_fn(|i| a[i] * b[i]))
}

/// Steps along the chain, the last of which is remembered: in a row of lines that are alike it is soon taken again and again.
struct Steps<'c> {
    factors: &'c Factors,
    from: Lanes,
    to: Lanes,
}

impl<'c> Steps<'c> {
    fn by(factors: &'c Factors) -> Self {
        Self { factors, from: ONES, to: step(factors, &ONES) }
    }

    fn step(&mut self, from: &Lanes) -> Lanes {
        if *from != self.from {
            (self.from, self.to) = (*from, step(self.factors, from));
        }
        self.to
    }
}

/// One step along the chain, scaled so that the values sum to 1.
fn step(factors: &Factors, from: &Lanes) -> Lanes {
    let mut to = [f32x4::ZERO; FOURS];
    for (weight, row) in from.iter().zip(factors) {
        let weight = f32x4::splat(*weight);
        let row = fours(row);
        for i in 0..FOURS {
            to[i] += weight * row[i];
        }
    }
    let scale = f32x4::splat(1.0 / total(&to));
    lanes(to.map(|four| four * scale))
}

/// The sum of all lanes: every fourth together, and then those four.
fn total(fours: &[f32x4; FOURS]) -> f32 {
    let mut sums = f32x4::ZERO;
    for four in fours {
        sums += *four;
    }
    let [a, b, c, d] = sums.to_array();
    (a + c) + (b + d)
}

fn fours(lanes: &Lanes) -> [f32x4; FOURS] {
    let (fours, _) = lanes.as_chunks::<4>();
    std::array::from_fn(|i| f32x4::new(fours[i]))
}

fn lanes(fours: [f32x4; FOURS]) -> Lanes {
    let mut lanes = [0.0; WIDTH];
    for (lanes, four) in lanes.as_chunks_mut::<4>().0.iter_mut().zip(fours) {
        *lanes = four.to_array();
    }
    lanes
}
