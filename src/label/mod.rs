//! Labels, by a linear-chain conditional random field over the lines of a document (Lafferty, McCallum and Pereira, 2001),
//! with or without a small network over the lines ([`network`]) beside it.
//!
//! Each line's score for each label is the sum of its evidence's weights, in integers; a network adds a score of its own. The
//! chain adds what the neighbours' labels say: the forward-backward algorithm gives the probability of each label on each
//! line, all others summed out. A network alone is a chain whose neighbours say nothing.

mod alike;
mod chain;
mod explain;
mod network;
mod number;
mod page;
mod rivals;
mod score;
mod temperature;

use std::ops::Range;
use std::sync::Arc;

use crate::document::{Evidence, Shares};
use crate::labels::Label;
use crate::observations::Observations;
use crate::offsets::Spans;
use crate::weights::{ChainWeights, LANES, Model};

use alike::Groups;
use chain::{Chain, Lanes, Marginal, Said};
use explain::reasons;
use network::Runner;
pub(crate) use page::PageLabeller;
use score::{Scorer, Scores};
use temperature::InverseTemperature;

/// What the model says of one line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labelled {
    pub shares: Shares,
    /// The most probable; of two alike, the first in order.
    pub label: Label,
}

impl Labelled {
    /// What the chain says, made honest.
    fn of(line: &Marginal, scaling: Option<&InverseTemperature>) -> Self {
        let shares = match scaling {
            Some(scaling) => Marginal::rounded(&scaling.scaled(&line.joint)),
            None => Marginal::rounded(&line.joint),
        };
        Self { shares, label: Label::ALL[line.best()] }
    }
}

/// What it says of the lines of a document.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    pub labels: Vec<Label>,
    pub shares: Vec<Shares>,
}

impl Labels {
    /// What is said of line `at`, to be changed.
    pub fn change(&mut self, at: usize, change: impl FnOnce(&mut Labelled)) {
        if let (Some(label), Some(shares)) = (self.labels.get_mut(at), self.shares.get_mut(at)) {
            let mut labelled = Labelled { shares: *shares, label: *label };
            change(&mut labelled);
            (*shares, *label) = (labelled.shares, labelled.label);
        }
    }
}

/// A model made ready to label with.
#[derive(Debug)]
pub(crate) struct Labeller {
    linear: Option<Arc<Linear>>,
    network: Option<Runner>,
    /// The same without the network.
    plain: Option<Box<Labeller>>,
    chain: Chain,
    inverse_temperature: f32,
    /// What makes the chain's probabilities honest; none where that is 1, which changes nothing.
    scaling: Option<InverseTemperature>,
}

/// The linear part of the scores.
#[derive(Debug)]
struct Linear {
    weights: Arc<ChainWeights>,
    scorer: Scorer,
}

impl Labeller {
    pub fn new(model: &Model) -> Self {
        let (weights, network, inverse_temperature) = match model {
            Model::Chain(weights) => (Some(weights.clone()), None, weights.inverse_temperature),
            Model::Network(network) => {
                (network.chain.clone(), Some(Runner::new(network.clone())), network.inverse_temperature)
            }
        };
        let linear = weights.map(|weights| Arc::new(Linear { scorer: Scorer::new(&weights), weights }));
        let plain = network.as_ref().and(linear.clone()).map(|linear| {
            let inverse_temperature = linear.weights.inverse_temperature;
            Box::new(Self::of_parts(Some(linear), None, None, inverse_temperature))
        });
        Self::of_parts(linear, network, plain, inverse_temperature)
    }

    fn of_parts(
        linear: Option<Arc<Linear>>,
        network: Option<Runner>,
        plain: Option<Box<Self>>,
        inverse_temperature: f32,
    ) -> Self {
        let chain = linear.as_ref().map_or_else(Chain::silent, |linear| Chain::new(&linear.weights.transitions));
        Self {
            linear,
            network,
            plain,
            chain,
            inverse_temperature,
            scaling: InverseTemperature::new(inverse_temperature),
        }
    }

    /// The labeller of a document of these lines. Thousands of scraps (a text set one letter a line, a column of numbers) are
    /// left to the chain: the network takes as long for a letter as for a paragraph, and has seen no such document.
    pub fn of_lines(&self, lines: &Spans) -> &Self {
        let scraps = lines.len() > STRETCH && lines.iter().all(|line| line.len() < SCRAP);
        self.plain.as_deref().filter(|_| scraps).unwrap_or(self)
    }

    /// Labels the lines of one document, of which `observe` observes the lines asked for: all of a short document at once, a
    /// long one a stretch at a time, with the lines around it that its lines see.
    pub fn label(&self, lines: usize, mut observe: impl FnMut(Range<usize>, &mut dyn FnMut(&Observations))) -> Labels {
        let mut said = Vec::with_capacity(lines);
        for start in (0..lines).step_by(self.stretch()) {
            let end = lines.min(start + self.stretch());
            let from = start.saturating_sub(self.sees());
            observe(from..lines.min(end + self.sees()), &mut |observed| {
                self.say(observed, start - from..end - from, &mut said);
            });
        }
        let mut labels = vec![Label::ALL[0]; said.len()];
        let mut last: Option<(Lanes, Labelled)> = None;
        self.chain.run(&mut said, |at, line| {
            // Of lines in a row that are alike much the same is said, soon to the last bit.
            let labelled = match last {
                Some((joint, labelled)) if joint == line.joint => labelled,
                _ => Labelled::of(&line, self.scaling.as_ref()),
            };
            last = Some((line.joint, labelled));
            labels[at] = labelled.label;
            labelled.shares.0
        });
        Labels { labels, shares: said.into_iter().map(Shares).collect() }
    }

    /// Adds what scores say of some of the lines observed.
    fn say(&self, observed: &Observations, wanted: Range<usize>, said: &mut Vec<Said>) {
        if self.say_of_alike(observed, wanted.clone(), said).is_none() {
            let scores = self.scores(observed);
            said.extend(scores.iter().take(wanted.end).skip(wanted.start).map(|scores| self.chain.said(scores)));
        }
    }

    /// The same where most lines are alike, in their evidence and in that of the lines they see; none where they are not.
    fn say_of_alike(&self, observed: &Observations, wanted: Range<usize>, said: &mut Vec<Said>) -> Option<()> {
        let alike = Groups::by_evidence(observed)?;
        let near = alike.seeing(1)?;
        let layers = self.network.as_ref().map(|network| network.groups(&alike)).unwrap_or(Some(Vec::new()))?;
        let mut scores = match &self.linear {
            Some(linear) => linear.scorer.scores_of(&linear.weights, observed, near.examples()),
            None => vec![[0; LANES]; near.examples().len()],
        };
        let mut deep = Vec::new();
        if let Some(network) = &self.network {
            network.add_wide_of(observed, near.examples(), &mut scores);
            deep = network.scores_of(observed, &alike, &layers);
        }
        let far = layers.last().unwrap_or(&alike);
        let mut last = None;
        for line in wanted {
            let groups = (near.of(line), far.of(line));
            let told = match last {
                Some((before, told)) if before == groups => told,
                _ => {
                    let mut sum = scores[groups.0];
                    if let Some(deep) = deep.get(groups.1) {
                        (0..LANES).for_each(|i| sum[i] += deep[i]);
                    }
                    self.chain.said(&sum)
                }
            };
            last = Some((groups, told));
            said.push(told);
        }
        Some(())
    }

    /// Whether all lines of so long a document are observed at once.
    pub fn takes_whole(&self, lines: usize) -> bool {
        lines <= self.stretch()
    }

    /// Lines that are labelled together.
    fn stretch(&self) -> usize {
        STRETCH.max(8 * self.sees())
    }

    /// How many lines away a line is seen.
    fn sees(&self) -> usize {
        self.network.as_ref().map_or(1, Runner::sees).max(1)
    }

    /// The labels, each with the evidence for it, heaviest first.
    pub fn explain(&self, observed: &Observations) -> Vec<(Labelled, Vec<Evidence>)> {
        let mut said: Vec<_> = self.scores(observed).iter().map(|scores| self.chain.said(scores)).collect();
        let (mut labelled, mut marginals) = (Vec::with_capacity(said.len()), Vec::with_capacity(said.len()));
        self.chain.run(&mut said, |_, line| {
            let one = Labelled::of(&line, self.scaling.as_ref());
            labelled.push(one);
            marginals.push(line);
            one.shares.0
        });
        // The chain ends with the first line.
        marginals.reverse();
        labelled.into_iter().rev().zip(reasons(self, observed, &marginals)).collect()
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
}

/// A document of more lines is labelled so many at a time.
const STRETCH: usize = 2048;
/// Shorter lines are scraps.
const SCRAP: usize = 16;
