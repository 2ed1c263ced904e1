//! The blocks of a document, held slim: a page of three million lines of one letter is a few bytes a line and no string.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Inline, Probabilities};
use crate::labels::Label;
use crate::offsets::{Span, Spans};

/// What is known of a document's blocks, each thing in a row of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Blocks {
    labels: Vec<Label>,
    kept: Vec<bool>,
    shares: Vec<Shares>,
    /// In `Document::repaired`.
    pub texts: Spans,
    /// In the input.
    pub spans: Spans,
    /// What stands inside the blocks, in the input, and the block that each stands in, in order.
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
        kept: impl Fn(&Shares) -> bool,
    ) -> Self {
        debug_assert!([shares.len(), texts.len(), spans.len()] == [labels.len(); 3], "each block has all of its parts");
        let kept = shares.iter().map(kept).collect();
        Self { labels, kept, shares, texts, spans, inline: Vec::new(), holders: Vec::new() }
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

    /// Gives all places in the input by what `moved` makes of them.
    pub fn move_spans(&mut self, moved: impl Fn(Span) -> Span) {
        self.spans.each(&moved);
        self.inline.iter_mut().for_each(|inline| inline.span = moved(inline.span));
    }
}

/// A block as it is written.
#[derive(Serialize, Deserialize)]
struct Written {
    label: Label,
    kept: bool,
    probabilities: Probabilities,
    text: Span,
    span: Span,
    inline: Vec<Inline>,
}

impl Serialize for Blocks {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().enumerate().map(|(at, block)| Written {
            label: block.label,
            kept: block.kept,
            probabilities: block.shares.probabilities(),
            text: block.text,
            span: block.span,
            inline: self.inline(at).to_vec(),
        }))
    }
}

impl<'de> Deserialize<'de> for Blocks {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut blocks = Self::default();
        for (at, block) in Vec::<Written>::deserialize(from)?.into_iter().enumerate() {
            blocks.labels.push(block.label);
            blocks.kept.push(block.kept);
            blocks.shares.push(Shares::of(&block.probabilities));
            blocks.texts.push(block.text);
            blocks.spans.push(block.span);
            blocks.holders.resize(blocks.holders.len() + block.inline.len(), at);
            blocks.inline.extend(block.inline);
        }
        Ok(blocks)
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
