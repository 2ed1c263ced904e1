//! The blocks of a document, held slim: a page of three million lines of one letter is a few bytes a line and no string.

use serde::{Deserialize, Serialize};

use super::{Inline, Probabilities};
use crate::labels::Label;
use crate::offsets::{Span, Spans};

/// What is known of a document's blocks, each thing in a row of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Blocks {
    labels: Vec<Label>,
    kept: Vec<bool>,
    shares: Vec<Shares>,
    /// In `Document::repaired`.
    pub texts: Spans,
    /// In the input.
    pub spans: Spans,
    /// What stands inside the blocks, in the input, and the block that each stands in, in order.
    #[cfg_attr(any(feature = "_state", test), serde(with = "super::state::as_json"))]
    inline: Vec<Inline>,
    holders: Vec<usize>,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BlockData<'d> {
    pub label: Label,
    pub kept: bool,
    pub shares: &'d Shares,
    /// In `Document::repaired`.
    pub text: Span,
    /// In the input.
    pub span: Span,
}

/// Probabilities as they are told: in units of 1/10000, in the order of [`Label::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shares(pub [u16; Label::COUNT]);

/// So many are the whole.
const WHOLE: f64 = 10_000.0;

impl Shares {
    /// Of probabilities, which are rounded.
    pub fn of(probabilities: &Probabilities) -> Self {
        Self(probabilities.map(|p| (f64::from(p) * WHOLE).round() as u16))
    }

    /// Of one label.
    pub fn get(&self, label: Label) -> f32 {
        probability(self.0[label as usize])
    }

    pub fn probabilities(&self) -> Probabilities {
        self.0.map(probability)
    }
}

/// The nearest number to so many parts of 10000.
fn probability(parts: u16) -> f32 {
    (f64::from(parts) / WHOLE) as f32
}

impl Blocks {
    /// The blocks of these texts and spans, labelled; which are kept is for `kept` to say.
    pub fn new(
        labels: Vec<Label>,
        shares: Vec<Shares>,
        texts: Spans,
        spans: Spans,
        kept: impl Fn(Label, &Shares) -> bool,
    ) -> Self {
        debug_assert!([shares.len(), texts.len(), spans.len()] == [labels.len(); 3], "each block has all of its parts");
        let kept = labels.iter().zip(&shares).map(|(label, shares)| kept(*label, shares)).collect();
        Self { labels, kept, shares, texts, spans, inline: Vec::new(), holders: Vec::new() }
    }

    /// Keeps those of which `kept` says so.
    pub fn keep(&mut self, kept: impl Fn(&Shares) -> bool) {
        self.kept = self.shares.iter().map(kept).collect();
    }

    /// Makes one block of neighbours that say the same: of a block and the one before it where `goes_on` says of its number
    /// that it goes on what that one began, and both have one label and are both kept or both not. What it is likely to be is the
    /// mean over its text.
    pub fn merge(&mut self, goes_on: impl Fn(usize) -> bool) {
        let (mut texts, mut spans) = (Spans::default(), Spans::default());
        let mut last: Option<Joined> = None;
        let mut done = 0;
        for at in 0..self.labels.len() {
            let (Some(text), Some(span)) = (self.texts.get(at), self.spans.get(at)) else { break };
            let same = |with: &Joined| self.labels[at] == with.label && self.kept[at] == with.kept;
            if let Some(block) = last.as_mut().filter(|block| goes_on(at) && same(block)) {
                block.add(text, span, &self.shares[at]);
                continue;
            }
            let next = Joined::of(self.labels[at], self.kept[at], text, span, &self.shares[at]);
            if let Some(block) = last.replace(next) {
                self.put(done, block, &mut texts, &mut spans);
                done += 1;
            }
        }
        if let Some(block) = last {
            self.put(done, block, &mut texts, &mut spans);
            done += 1;
        }
        self.labels.truncate(done);
        self.kept.truncate(done);
        self.shares.truncate(done);
        (self.texts, self.spans) = (texts, spans);
    }

    fn put(&mut self, at: usize, block: Joined, texts: &mut Spans, spans: &mut Spans) {
        self.labels[at] = block.label;
        self.kept[at] = block.kept;
        self.shares[at] = block.mean();
        texts.push(block.text);
        spans.push(block.span);
    }

    pub fn get(&self, at: usize) -> Option<BlockData<'_>> {
        Some(BlockData {
            label: *self.labels.get(at)?,
            kept: *self.kept.get(at)?,
            shares: self.shares.get(at)?,
            text: self.texts.get(at)?,
            span: self.spans.get(at)?,
        })
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = BlockData<'_>> + DoubleEndedIterator + Clone {
        let places = self.texts.iter().zip(self.spans.iter());
        let said = self.labels.iter().zip(&self.kept).zip(&self.shares);
        said.zip(places).map(|(((label, kept), shares), (text, span))| BlockData {
            label: *label,
            kept: *kept,
            shares,
            text,
            span,
        })
    }

    /// The numbers and texts of those that are kept.
    pub fn kept(&self) -> impl Iterator<Item = (usize, Span)> + Clone {
        self.kept
            .iter()
            .zip(self.texts.iter())
            .enumerate()
            .filter(|(_, (kept, _))| **kept)
            .map(|(at, (_, text))| (at, text))
    }

    /// What stands inside block `at`.
    pub fn inline(&self, at: usize) -> &[Inline] {
        let from = self.holders.partition_point(|holder| *holder < at);
        let many = self.holders.iter().skip(from).take_while(|holder| **holder == at).count();
        self.inline.get(from..from + many).unwrap_or_default()
    }

    /// Puts things inside blocks, those of one block in the order given.
    pub fn put_inside(&mut self, mut things: Vec<(usize, Inline)>) {
        things.sort_by_key(|(at, _)| *at);
        (self.holders, self.inline) = things.into_iter().unzip();
    }

    /// Lets `change` change where each of them, and what stands inside, stands in the input.
    pub fn each_span(&mut self, mut change: impl FnMut(&mut Span)) {
        self.spans.each(&mut change);
        self.inline.iter_mut().for_each(|inline| change(&mut inline.span));
    }

    /// Block `at` alone, its text at `text`.
    #[cfg(any(feature = "_state", test))]
    pub fn only(&self, at: usize, text: Span) -> Option<Self> {
        let inline = self.inline(at).to_vec();
        let block = self.get(at)?;
        Some(Self {
            labels: vec![block.label],
            kept: vec![block.kept],
            shares: vec![*block.shares],
            texts: std::iter::once(text).collect(),
            spans: std::iter::once(block.span).collect(),
            holders: vec![0; inline.len()],
            inline,
        })
    }

    /// Whether each block has all of its parts, and each thing inside a block has one.
    #[cfg(any(feature = "_state", test))]
    pub fn are_whole(&self) -> bool {
        let blocks = self.labels.len();
        [self.kept.len(), self.shares.len(), self.texts.len(), self.spans.len()] == [blocks; 4]
            && self.inline.len() == self.holders.len()
            && self.holders.is_sorted()
            && self.holders.last().is_none_or(|last| *last < blocks)
    }
}

/// Blocks that are becoming one.
struct Joined {
    label: Label,
    kept: bool,
    text: Span,
    span: Span,
    /// Of all of them, as often as they have bytes.
    shares: [u64; Label::COUNT],
    bytes: u64,
    first: Shares,
    many: bool,
}

impl Joined {
    fn of(label: Label, kept: bool, text: Span, span: Span, shares: &Shares) -> Self {
        let bytes = text.len() as u64;
        let weighed = shares.0.map(|share| u64::from(share) * bytes);
        Self { label, kept, text, span, shares: weighed, bytes, first: *shares, many: false }
    }

    fn add(&mut self, text: Span, span: Span, shares: &Shares) {
        let bytes = text.len() as u64;
        self.shares.iter_mut().zip(shares.0).for_each(|(sum, share)| *sum += u64::from(share) * bytes);
        self.bytes += bytes;
        self.text.end = text.end;
        self.span.end = span.end;
        self.many = true;
    }

    fn mean(&self) -> Shares {
        if !self.many || self.bytes == 0 {
            return self.first;
        }
        Shares(self.shares.map(|sum| ((sum + self.bytes / 2) / self.bytes) as u16))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::four_places;

    #[test]
    fn every_probability_that_is_told_is_held_exactly() {
        for parts in 0..=10_000u16 {
            let told = four_places(f32::from(parts) / 1e4);
            assert_eq!(probability(parts), told);
            assert_eq!(Shares::of(&[told; Label::COUNT]), Shares([parts; Label::COUNT]));
        }
    }

    #[test]
    fn what_stands_inside_is_found_by_its_block() {
        let inline = |start| Inline { kind: super::super::InlineKind::Ad, span: Span::new(start, start + 1) };
        let mut blocks = Blocks::default();
        blocks.put_inside(vec![(4, inline(8)), (1, inline(2)), (4, inline(5))]);
        assert_eq!(blocks.inline(1), [inline(2)]);
        assert_eq!(blocks.inline(4), [inline(8), inline(5)]);
        assert!(blocks.inline(0).is_empty() && blocks.inline(9).is_empty());
    }
}
