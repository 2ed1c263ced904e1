//! Labels, by a linear-chain conditional random field over the lines of a document (Lafferty, McCallum and Pereira, 2001), by a
//! small network over the lines ([`network`]), or by the mean of both.
//!
//! In the chain each line's score for each label is the sum of its evidence's weights, in integers. The chain adds what the neighbours'
//! labels say: the forward-backward algorithm gives the exact probability of each label on each line, all others summed out.

mod chain;
mod explain;
mod network;
mod number;
mod score;

use std::sync::Arc;

use crate::document::{Evidence, Probabilities};
use crate::evidence::Observations;
use crate::labels::Label;
use crate::weights::{Model, Weights};

use chain::{Chain, Lanes, Marginal, best_but};
use network::Runner;
use number::four_places_each;
use score::Scorer;

/// What the model says of one line.
#[derive(Clone, Debug)]
pub(crate) struct Labelled {
    /// Rounded to 4 places.
    pub probabilities: Probabilities,
    /// The most probable; of two alike, the first in order.
    pub label: Label,
}

/// A model made ready to label with: a network, a chain, or both, whose probabilities are mixed.
#[derive(Debug)]
pub(crate) struct Labeller {
    network: Option<Runner>,
    chain: Option<Field>,
    /// What the chain's probabilities count in the mean.
    share: f32,
}

impl Labeller {
    pub fn new(model: &Model) -> Self {
        match model {
            Model::Chain(weights) => Self { network: None, chain: Some(Field::new(weights.clone())), share: 1.0 },
            Model::Network(network) => {
                let (chain, share) = network.chain.clone().unzip();
                let network = Some(Runner::new(network.clone()));
                Self { network, chain: chain.map(Field::new), share: share.unwrap_or(0.0) }
            }
        }
    }

    /// Labels the lines of one document.
    pub fn label(&self, observed: &Observations) -> Vec<Labelled> {
        let mut labelled = Vec::with_capacity(observed.len());
        let mut network = self.network.as_ref().map(|network| network.probabilities(observed));
        let Some(chain) = &self.chain else {
            labelled.extend(network.iter().flatten().map(Labelled::of));
            return labelled;
        };
        chain.run(observed, |line| {
            let said = network.as_mut().and_then(Vec::pop);
            labelled.push(match said {
                Some(said) => Labelled::of(&mixed(&said, &line.shares(), self.share)),
                None => Labelled { probabilities: line.probabilities(), label: Label::ALL[line.best()] },
            });
        });
        // The chain ends with the first line.
        labelled.reverse();
        labelled
    }

    /// Whether the evidence must hold the words themselves to be explained: a network knows only their hashes.
    pub fn names_words(&self) -> bool {
        self.network.is_some()
    }

    /// The evidence for the label of each line of a document, heaviest first.
    pub fn explain(&self, observed: &Observations) -> Vec<Vec<Evidence>> {
        let mut explained = Vec::with_capacity(observed.len());
        match (&self.network, &self.chain) {
            (Some(network), chain) => return network::explain::explain(network, chain.as_ref(), self.share, observed),
            (None, Some(chain)) => chain.run(observed, |line| {
                let at = observed.len() - 1 - explained.len();
                explained.push(explain::explain(&chain.weights, observed, at, &line));
            }),
            (None, None) => {}
        }
        explained.reverse();
        explained
    }

    /// The probabilities of each line, not rounded.
    #[cfg(test)]
    fn shares(&self, observed: &Observations) -> Vec<Lanes> {
        let mut shares = self.network.as_ref().map(|network| network.probabilities(observed)).unwrap_or_default();
        let mut at = observed.len();
        if let Some(chain) = &self.chain {
            shares.resize(at, Lanes::default());
            let share = self.share;
            chain.run(observed, |line| {
                at -= 1;
                shares[at] = mixed(&shares[at], &line.shares(), share);
            });
        }
        shares
    }

    /// The network's scores of each line, in 1/1024 nats; none where there is no network.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "the reference of the network is in Python"))]
    pub fn network_scores(&self, observed: &Observations) -> Option<Vec<[i32; Label::COUNT]>> {
        let scores = self.network.as_ref()?.scores(observed);
        Some(scores.iter().map(|scores| std::array::from_fn(|i| scores[i])).collect())
    }
}

impl Labelled {
    /// Of probabilities that are not rounded.
    fn of(probabilities: &Lanes) -> Self {
        let label = Label::ALL[best_but(probabilities, Label::COUNT)];
        Self { probabilities: four_places_each(probabilities, 1.0), label }
    }
}

/// The mean of what the network and the chain say, of which the chain has a share.
fn mixed(network: &Lanes, chain: &Lanes, share: f32) -> Lanes {
    std::array::from_fn(|i| network[i] * (1.0 - share) + chain[i] * share)
}

/// The weights of a chain made ready to label with.
#[derive(Debug)]
struct Field {
    weights: Arc<Weights>,
    scorer: Scorer,
    chain: Chain,
}

impl Field {
    fn new(weights: Arc<Weights>) -> Self {
        Self { scorer: Scorer::new(&weights), chain: Chain::new(&weights), weights }
    }

    /// Calls `found` for every line, the last one first.
    fn run(&self, observed: &Observations, found: impl FnMut(Marginal)) {
        self.chain.run(&self.scorer.scores(&self.weights, observed), found);
    }
}
