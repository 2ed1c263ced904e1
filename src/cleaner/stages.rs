//! The steps of cleaning by themselves, for benches/throughput.rs: what comes before each is made once.

use super::fields::ReadFields;
use super::prepare::Prepared;
use super::{Cleaner, Hints, Input, head};
use crate::document::Blocks;
use crate::fields::Context;
use crate::fields::front::Front;
use crate::observations::Observations;
use crate::observe::{Lines, observe};
use crate::segment::segment;
use crate::text::decode::decode;
use crate::text::language;
use crate::text::prefilter::Prefilter;

/// How many bytes of text some bytes are, decoded.
pub fn decoded_len(bytes: &[u8]) -> usize {
    decode(bytes).text.len()
}

/// How many lines a text has.
pub fn lines(text: &str) -> usize {
    segment(text, &Prefilter::of(text)).len()
}

/// A text of which each step can be done again.
pub struct Stages<'a> {
    cleaner: &'a Cleaner,
    prepared: Prepared<'a>,
    observed: Observations,
    front: Front,
    lang: Option<&'static str>,
    blocks: Blocks,
}

impl<'a> Stages<'a> {
    /// Does all steps up to the fields; none where the text has so many lines that they are not observed at once.
    pub fn of(cleaner: &'a Cleaner, input: &'a Input<'_>) -> Option<Self> {
        let inner = &*cleaner.0;
        let (options, packs) = (&inner.options, &inner.packs);
        let prepared = Prepared::of(input, &options.normalizer, options.markup, packs, &inner.cutter);
        let lines = prepared.lines();
        if !inner.labeller.of_lines(&prepared.texts).takes_whole(lines.len()) {
            return None;
        }
        let observed = observe(lines, None, packs, false);
        let mut labels = inner.label(&prepared, None);
        let mut front = head::read(lines, packs);
        head::weigh(&mut labels, lines, &front, packs);
        let lang = language::detect(lines.iter().map(|line| line.text));
        let (texts, spans) = (prepared.texts.clone(), prepared.spans.clone());
        let keeps = |label, shares: &_| inner.keeper.keeps(label, shares);
        let mut blocks = Blocks::new(labels.labels, labels.shares, texts, spans, keeps);
        if prepared.has_parts() {
            blocks.merge(|at| !lines.lies(at).begins);
            head::by_blocks(&mut front, Lines { spans: &blocks.texts, ..lines });
        }
        Some(Self { cleaner, observed, front, lang, blocks, prepared })
    }

    /// Observes the lines: how many were.
    pub fn observe(&self) -> usize {
        observe(self.prepared.lines(), None, &self.cleaner.0.packs, false).len()
    }

    /// Labels the lines observed, by the cleaner's model: how many were.
    pub fn label(&self) -> usize {
        let labeller = self.cleaner.0.labeller.of_lines(&self.prepared.texts);
        labeller.label(self.prepared.texts.len(), |_, take| take(&self.observed)).labels.len()
    }

    /// Reads the fields: whether a headline is among them.
    pub fn fields(&self) -> bool {
        let context = Context { packs: &self.cleaner.0.packs, lang: self.lang, published: None, now: None };
        ReadFields::of(&self.blocks, &self.prepared, &self.front, &Hints::default(), &context).fields.title.is_some()
    }
}
