//! Labels: a linear-chain conditional random field over the lines of a document (Lafferty, McCallum and Pereira, 2001).
//!
//! Each line's score for each label is the sum of its evidence's weights, in integers. The chain adds what the neighbours'
//! labels say: the forward-backward algorithm gives the exact probability of each label on each line, all others summed out.

mod chain;
mod explain;
mod number;
mod score;

use std::sync::Arc;

use crate::document::{Evidence, Probabilities};
use crate::evidence::Observations;
use crate::labels::Label;
use crate::weights::Weights;

use chain::{Chain, Marginal};
use score::Scorer;

/// What the model says of one line.
#[derive(Clone, Debug)]
pub(crate) struct Labelled {
    /// Rounded to 4 places.
    pub probabilities: Probabilities,
    /// The most probable; of two alike, the first in order.
    pub label: Label,
}

/// Weights made ready to label with.
#[derive(Debug)]
pub(crate) struct Labeller {
    weights: Arc<Weights>,
    scorer: Scorer,
    chain: Chain,
}

impl Labeller {
    pub fn new(weights: Arc<Weights>) -> Self {
        Self { scorer: Scorer::new(&weights), chain: Chain::new(&weights), weights }
    }

    /// Labels the lines of one document.
    pub fn label(&self, observed: &Observations) -> Vec<Labelled> {
        self.run(observed, |_, line| labelled(line))
    }

    /// The same, each with the evidence for its label, heaviest first.
    pub fn explain(&self, observed: &Observations) -> Vec<(Labelled, Vec<Evidence>)> {
        self.run(observed, |at, line| (labelled(line), explain::explain(&self.weights, observed, at, line)))
    }

    fn run<T>(&self, observed: &Observations, mut tell: impl FnMut(usize, &Marginal) -> T) -> Vec<T> {
        let mut told = Vec::with_capacity(observed.len());
        self.chain.run(&self.scorer.scores(&self.weights, observed), |line| {
            told.push(tell(observed.len() - 1 - told.len(), &line));
        });
        // The chain ends with the first line.
        told.reverse();
        told
    }
}

fn labelled(line: &Marginal) -> Labelled {
    Labelled { probabilities: line.probabilities(), label: Label::ALL[line.best()] }
}
