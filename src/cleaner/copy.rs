//! The first steps: decode, segment, normalize. What comes out is the text cut into blocks and repaired, with the way back.

use std::borrow::Cow;

use super::{Input, Keep};
use crate::observe::Line;
use crate::offsets::{OffsetMap, Span};
use crate::segment::segment;
use crate::text::decode::decode;
use crate::text::markup;
use crate::text::repair::Normalizer;

/// A text cut into blocks and repaired.
pub(super) struct Copy<'a> {
    /// As it was decoded, before repair.
    decoded: Cow<'a, str>,
    /// From `repaired` to `decoded`, where that is not the input itself.
    repairs: Option<OffsetMap>,
    /// From `repaired` to the input.
    pub map: OffsetMap,
    /// The blocks in the input.
    pub spans: Vec<Span>,
    /// The blocks' texts, a line feed between.
    pub repaired: String,
    /// The blocks in `repaired`.
    pub texts: Vec<Span>,
    /// Leftovers of markup found in each block: a bit for each value of the row "markup".
    pub marks: Vec<u8>,
}

impl<'a> Copy<'a> {
    pub fn of(input: Input<'a>, normalizer: &Normalizer, keep_markup: Keep) -> Self {
        let (decoded, bytes) = match input {
            Input::Text(text) => (Cow::Borrowed(text), None),
            Input::Bytes(bytes) => {
                let decoded = decode(bytes);
                (decoded.text, decoded.map)
            }
        };
        let mut spans = segment(&decoded);
        let mut repaired = String::with_capacity(decoded.len());
        let mut repairs = OffsetMap::starting_at(0);
        let mut texts = Vec::with_capacity(spans.len());
        let mut marks = Vec::with_capacity(spans.len());
        for span in &spans {
            let gap = span.start - repairs.source_end();
            if texts.is_empty() {
                repairs.push_edit(0, gap);
            } else {
                repaired.push('\n');
                repairs.push_edit(1, gap);
            }
            let start = repaired.len();
            let source = &decoded[span.range()];
            let (found, mut markup) = markup::leftovers(source);
            if keep_markup == Keep::Keep {
                markup.clear();
            }
            normalizer.repair_block(source, &markup, &mut repaired, &mut repairs);
            marks.push(found.bits());
            texts.push(Span::new(start, repaired.len()));
        }
        let (map, repairs) = match &bytes {
            Some(bytes) => {
                spans.iter_mut().for_each(|span| *span = bytes.source_span(&decoded, span.start, span.end));
                (repairs.through(bytes), Some(repairs))
            }
            None => (repairs, None),
        };
        Self { decoded, repairs, map, spans, repaired, texts, marks }
    }

    /// What is observed: the blocks' texts and marks.
    pub fn lines(&self) -> Vec<Line<'_>> {
        self.texts
            .iter()
            .zip(&self.marks)
            .map(|(span, marks)| Line { text: self.text(*span), markup: *marks })
            .collect()
    }

    /// A stretch of the repaired text.
    pub fn text(&self, span: Span) -> &str {
        &self.repaired[span.range()]
    }

    /// Where a stretch of the repaired text stands in the input.
    pub fn in_input(&self, span: Span) -> Span {
        self.map.source_span(&self.repaired, span.start, span.end)
    }

    /// A stretch of the repaired text as it was written.
    pub fn as_written(&self, span: Span) -> &str {
        let repairs = self.repairs.as_ref().unwrap_or(&self.map);
        let span = repairs.source_span(&self.repaired, span.start, span.end);
        self.decoded.get(span.range()).unwrap_or_default()
    }
}
