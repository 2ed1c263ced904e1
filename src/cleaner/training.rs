//! What training learns from and is compared with: the evidence of texts, by name and as numbers, and a network's scores.

use std::sync::Arc;

use super::pages::observed;
use super::prepare::Prepared;
use super::{Cleaner, Input, Keep};
use crate::document::Shares;
use crate::error::{Error, Result};
use crate::features::FEATURE_TABLE;
use crate::label::Labeller;
use crate::labels::Label;
use crate::observe::observe;
use crate::offsets::Span;
use crate::pack::Packs;
use crate::segment::cut::{Cutter, each_evidence};
use crate::text::repair::Normalizer;
use crate::weights::{Cuts, Model};

/// A text prepared with the default options.
fn prepared<'a>(input: &'a Input<'_>, cutter: &Cutter) -> Prepared<'a> {
    Prepared::of(input, &Normalizer::default(), Keep::Strip, &Packs::embedded(), cutter)
}

/// The evidence of every piece of a text, for training: the piece's span in bytes, and its evidence by name. Needs no model; lines are
/// cut by `cuts`, the bytes of their weights.
pub(crate) fn observe_text(text: &str, cuts: &[u8]) -> Result<Vec<(Span, Vec<String>)>> {
    let input = Input::from(text);
    let prepared = prepared(&input, &Cutter::new(Arc::new(Cuts::from_bytes(cuts)?)));
    let observed = observe(prepared.lines(), None, &Packs::embedded(), true);
    let table = &*FEATURE_TABLE;
    let named = |line: usize| {
        let features = observed.features(line).map(|feature| table[usize::from(feature)].id.clone());
        features.chain(observed.spelled(line)).collect()
    };
    Ok(prepared.spans.iter().enumerate().map(|(line, span)| (span, named(line))).collect())
}

/// A piece's span, features and words.
pub(crate) type Numbers = (Span, Vec<u16>, Vec<u32>);

/// The same as numbers: the span; the features of the line's own and of its context by their numbers in the table, which its
/// neighbours' features follow from; the hashes of its own words as the lexicon has them, without those of the lines around it.
pub(crate) fn observe_numbers(text: &str, cuts: &[u8]) -> Result<Vec<Numbers>> {
    let input = Input::from(text);
    let prepared = prepared(&input, &Cutter::new(Arc::new(Cuts::from_bytes(cuts)?)));
    let observed = observe(prepared.lines(), None, &Packs::embedded(), false);
    let numbers = |(line, span): (usize, Span)| {
        (
            span,
            [observed.line_features(line), observed.context_features(line)].concat(),
            observed.own_words(line).to_vec(),
        )
    };
    Ok(prepared.spans.iter().enumerate().map(numbers).collect())
}

/// What speaks for and against each cut that is possible in a text, for training: where in the text, in bytes, what stands after
/// it begins, and the hashes of the evidence. Needs no weights.
pub(crate) fn observe_cuts(text: &str) -> Vec<(usize, Vec<u32>)> {
    let input = Input::from(text);
    let prepared = prepared(&input, &Cutter::none());
    let mut found = Vec::new();
    let mut start = 0;
    let lines = prepared.repaired.split('\n').count();
    for line in prepared.repaired.split('\n') {
        each_evidence(line, lines, &Packs::embedded(), |gap, evidence| {
            let at = start + gap.start;
            found.push((prepared.in_input(Span::new(at, at + 1)).start, evidence.to_vec()));
        });
        start += line.len() + 1;
    }
    found
}

/// The scores that a network's file gives the labels of every block, in 1/1024 nats, to compare with the reference.
///
/// # Errors
/// When the bytes are not a network.
pub(crate) fn network_scores(text: &str, model: &[u8]) -> Result<Vec<[i32; Label::COUNT]>> {
    let model = Model::from_bytes(model)?;
    let input = Input::from(text);
    let prepared = prepared(&input, &Cutter::new(model.cuts()));
    let observed = observe(prepared.lines(), None, &Packs::embedded(), false);
    let scores = Labeller::new(&model).network_scores(&observed);
    scores.ok_or_else(|| Error::format("the model is a chain: only a network has scores of its own"))
}

/// A piece of a page: its text, what words alone say of it, and what the page shows.
pub(crate) struct ObservedPiece {
    pub text: String,
    pub shares: Shares,
    pub shown: Vec<String>,
    /// The line of the page that it is of, by number.
    pub line: usize,
}

impl Cleaner {
    /// The pieces of a page.
    pub(crate) fn observe_page(&self, html: &[u8]) -> Vec<ObservedPiece> {
        let options = &self.0.options;
        let input = Input::html(html);
        let prepared = Prepared::of(&input, &options.normalizer, options.markup, &self.0.packs, &self.0.cutter);
        let labels = self.0.label(&prepared, None);
        let Some(observed) = observed(&prepared, &labels.shares, true) else { return Vec::new() };
        let piece = |(at, (shares, line)): (usize, (&Shares, usize))| ObservedPiece {
            text: prepared.lines().get(at).text.to_owned(),
            shares: *shares,
            shown: observed.spelled(at).to_vec(),
            line,
        };
        labels.shares.iter().zip(prepared.page_lines()).enumerate().map(piece).collect()
    }
}

/// The lines of a page, repaired.
pub(crate) fn page_lines(html: &[u8]) -> Vec<String> {
    let input = Input::html(html);
    let prepared = prepared(&input, &Cutter::none());
    prepared.lines().iter().map(|line| line.text.to_owned()).collect()
}
