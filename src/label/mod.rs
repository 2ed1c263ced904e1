//! Labels, by a linear-chain conditional random field over the lines of a document (Lafferty, McCallum and Pereira, 2001),
//! with or without a small network over the lines ([`network`]) beside it.
//!
//! Each line's score for each label is the sum of its evidence's weights, in integers; a network adds a score of its own. The
//! chain adds what the neighbours' labels say: the forward-backward algorithm gives the probability of each label on each
//! line, all others summed out. A network alone is a chain whose neighbours say nothing.

mod chain;
mod explain;
mod network;
mod number;
mod power;
mod score;

use std::sync::Arc;

use crate::document::{Evidence, Probabilities};
use crate::evidence::Observations;
use crate::labels::Label;
use crate::weights::{LANES, Model, Weights};

use chain::{Chain, Lanes, Marginal};
use explain::Reasons;
use network::Runner;
use power::Power;
use score::{Scorer, Scores};

/// What the model says of one line.
#[derive(Clone, Debug)]
pub(crate) struct Labelled {
    /// Rounded to 4 places.
    pub probabilities: Probabilities,
    /// The most probable; of two alike, the first in order.
    pub label: Label,
}

/// A model made ready to label with.
#[derive(Debug)]
pub(crate) struct Labeller {
    linear: Option<Linear>,
    network: Option<Runner>,
    chain: Chain,
    power: f32,
    /// What makes the chain's probabilities honest; none where the power is 1.
    raised: Option<Power>,
}

/// The linear part of the scores.
#[derive(Debug)]
struct Linear {
    weights: Arc<Weights>,
    scorer: Scorer,
}

impl Labeller {
    pub fn new(model: &Model) -> Self {
        let (weights, network, power) = match model {
            Model::Chain(weights) => (Some(weights.clone()), None, weights.power),
            Model::Network(network) => (network.chain.clone(), Some(Runner::new(network.clone())), network.power),
        };
        Self {
            chain: weights.as_ref().map_or_else(Chain::silent, |weights| Chain::new(weights)),
            linear: weights.map(|weights| Linear { scorer: Scorer::new(&weights), weights }),
            network,
            power,
            raised: Power::new(power),
        }
    }

    /// Labels the lines of one document.
    pub fn label(&self, observed: &Observations) -> Vec<Labelled> {
        self.run(&self.scores(observed), |_, line| self.labelled(line))
    }

    /// The labels, each with the evidence for it, heaviest first.
    pub fn explain(&self, observed: &Observations) -> Vec<(Labelled, Vec<Evidence>)> {
        let reasons = Reasons::new(self, observed);
        self.run(&self.scores(observed), |at, line| (self.labelled(line), reasons.of(at, line)))
    }

    /// The network's scores of each line, in 1/1024 nats; none where there is no network.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "the reference of the network is in Python"))]
    pub fn network_scores(&self, observed: &Observations) -> Option<Vec<[i32; Label::COUNT]>> {
        let mut scores = vec![[0; LANES]; observed.len()];
        self.network.as_ref()?.add_scores(observed, &mut scores);
        Some(scores.iter().map(|scores| std::array::from_fn(|i| scores[i])).collect())
    }

    fn scores(&self, observed: &Observations) -> Vec<Scores> {
        let mut scores = match &self.linear {
            Some(linear) => linear.scorer.scores(&linear.weights, observed),
            None => vec![[0; LANES]; observed.len()],
        };
        if let Some(network) = &self.network {
            network.add_scores(observed, &mut scores);
        }
        scores
    }

    fn run<T>(&self, scores: &[Scores], mut tell: impl FnMut(usize, &Marginal) -> T) -> Vec<T> {
        let mut told = Vec::with_capacity(scores.len());
        self.chain.run(scores, |line| told.push(tell(scores.len() - 1 - told.len(), &line)));
        // The chain ends with the first line.
        told.reverse();
        told
    }

    fn labelled(&self, line: &Marginal) -> Labelled {
        let raised: Lanes;
        let shares = match &self.raised {
            Some(power) => {
                raised = power.of(&line.joint);
                &raised
            }
            None => &line.joint,
        };
        Labelled { probabilities: Marginal::rounded(shares), label: Label::ALL[line.best()] }
    }
}
