//! The first steps: decode, segment, normalize. What comes out is the text cut into blocks and repaired, with the way back.

use std::borrow::Cow;
use std::cell::RefCell;

use super::{Input, Keep};
use crate::observe::Lines;
use crate::offsets::{OffsetMap, Span, Spans};
use crate::pack::Packs;
use crate::page::{self, Page};
use crate::segment::{cut::Cutter, segment};
use crate::text::decode::{Decoded, decode, decode_page};
use crate::text::kinds::Blocks;
use crate::text::markup;
use crate::text::part::PartOf;
use crate::text::prefilter::Prefilter;
use crate::text::repair::Normalizer;

/// A text cut into blocks and repaired.
pub(super) struct Prepared<'a> {
    /// As it was decoded, before repair.
    decoded: Cow<'a, str>,
    /// From `repaired` to `decoded`, where that is not the input itself.
    repairs: Option<OffsetMap>,
    /// From `repaired` to the input.
    pub map: OffsetMap,
    /// The pieces in the input.
    pub spans: Spans,
    /// The texts of the lines, a line feed between.
    pub repaired: String,
    /// The pieces in `repaired`: lines, or parts of them.
    pub texts: Spans,
    /// Leftovers of markup found in the line of each piece: a bit for each value of the row "markup".
    pub marks: Vec<u8>,
    /// How many lines there are.
    lines: usize,
    /// What was read of the page, where the input is one.
    pub page: Option<Page>,
}

/// The text of an input.
struct Source<'a> {
    text: Cow<'a, str>,
    /// From the text to the input, where it is not the input itself.
    map: Option<OffsetMap>,
    page: Option<Page>,
}

impl<'a> Source<'a> {
    fn of(input: &'a Input<'_>) -> Self {
        match input {
            Input::Text(text) => Self::of_text(text),
            Input::Bytes(bytes) => Self::of_bytes(decode(bytes)),
            Input::Html(html) => Self::of_text(html).into_page(),
            Input::HtmlBytes(html) => Self::of_bytes(decode_page(html)).into_page(),
        }
    }

    fn of_text(text: &'a str) -> Self {
        // The mark that opens a file is none of its characters, whoever has read it.
        let (text, map) = match text.strip_prefix('\u{feff}') {
            Some(rest) => {
                let mut map = OffsetMap::starting_at(text.len() - rest.len());
                map.push_copy(rest.len());
                (rest, Some(map))
            }
            None => (text, None),
        };
        Self { text: Cow::Borrowed(text), map, page: None }
    }

    fn of_bytes(decoded: Decoded<'a>) -> Self {
        Self { text: decoded.text, map: decoded.map, page: None }
    }

    /// The lines of the page that the text is.
    fn into_page(self) -> Self {
        let (text, map, mut page) = page::read(&self.text);
        let map = match &self.map {
            Some(decoded) => {
                for claim in &mut page.said.claims {
                    claim.span = decoded.source_span(&self.text, claim.span.start, claim.span.end);
                }
                map.through(decoded)
            }
            None => map,
        };
        Self { text: Cow::Owned(text), map: Some(map), page: Some(page) }
    }
}

/// Where the repaired text is put together: blocks that need no repair and stand a line feed apart are copied as one.
struct Desk<'t> {
    text: &'t str,
    /// The stretch of `text` that is to be copied.
    waiting: Span,
    /// Whether there is a block yet.
    begun: bool,
    out: String,
    map: OffsetMap,
}

impl<'t> Desk<'t> {
    fn of(text: &'t str) -> Self {
        let map = OffsetMap::starting_at(0);
        Self { text, waiting: Span::default(), begun: false, out: String::with_capacity(text.len()), map }
    }

    /// Puts block `span` there as it is: where it stands in the text made.
    fn copy(&mut self, span: Span) -> Span {
        if self.waiting.is_empty() || self.text.part(self.waiting.end..span.start) != "\n" {
            self.settle();
            self.pass(span);
            self.waiting = Span::new(span.start, span.start);
        }
        self.waiting.end = span.end;
        let end = self.out.len() + self.waiting.len();
        Span::new(end - span.len(), end)
    }

    /// Puts block `span` there as `repair` makes it: where it stands in the text made.
    fn repair(&mut self, span: Span, repair: impl FnOnce(&mut String, &mut OffsetMap)) -> Span {
        self.settle();
        self.pass(span);
        let start = self.out.len();
        repair(&mut self.out, &mut self.map);
        Span::new(start, self.out.len())
    }

    /// Copies what is waiting.
    fn settle(&mut self) {
        self.out.push_str(self.text.part(self.waiting.range()));
        self.map.push_copy(self.waiting.len());
        self.waiting = Span::default();
    }

    /// Passes over the white space before block `span`; between blocks a line feed stands for it.
    fn pass(&mut self, span: Span) {
        if self.begun {
            self.out.push('\n');
        }
        self.map.push_edit(usize::from(self.begun), span.start - self.map.source_end());
        self.begun = true;
    }

    /// The text made, and the way back.
    fn done(mut self) -> (String, OffsetMap) {
        self.settle();
        (self.out, self.map)
    }
}

impl<'a> Prepared<'a> {
    pub fn of(
        input: &'a Input<'_>,
        normalizer: &Normalizer,
        keep_markup: Keep,
        packs: &Packs,
        cutter: &Cutter,
    ) -> Self {
        let Source { text: decoded, map: inner, page } = Source::of(input);
        let prefilter = Prefilter::of(&decoded);
        let spans = segment(&decoded, &prefilter);
        let mut texts = Spans::with_capacity(spans.len());
        let mut marks = Vec::with_capacity(spans.len());
        let mut desk = Desk::of(&decoded);
        for span in &spans {
            let source = decoded.part(span.range());
            let (found, mut markup) = markup::leftovers(source, prefilter.is_marked(*span));
            // What looks like markup in the text of a page was written to be seen.
            if keep_markup == Keep::Keep || page.is_some() {
                markup.clear();
            }
            marks.push(found.bits());
            texts.push(if markup.is_empty() && normalizer.leaves(&decoded, *span, &prefilter) {
                desk.copy(*span)
            } else {
                desk.repair(*span, |out, map| normalizer.repair_block(source, &markup, out, map))
            });
        }
        let (repaired, repairs) = desk.done();
        let lines = texts.len();
        let (texts, mut spans, marks) = pieces(&decoded, &repaired, &repairs, texts, &spans, marks, packs, cutter);
        let (map, repairs) = match &inner {
            Some(inner) => {
                spans.each(|span| *span = inner.source_span(&decoded, span.start, span.end));
                (repairs.through(inner), Some(repairs))
            }
            None => (repairs, None),
        };
        Self { decoded, repairs, map, spans, repaired, texts, marks, lines, page }
    }

    /// What is observed: the pieces' texts and marks.
    pub fn lines(&self) -> Lines<'_> {
        Lines { text: &self.repaired, spans: &self.texts, marks: &self.marks }
    }

    /// The line of the page that each piece is of, by number.
    pub fn page_lines(&self) -> Vec<usize> {
        self.texts.iter().filter_map(|piece| self.page_line(piece)).collect()
    }

    /// The line of the page that a stretch of the repaired text is of, by number.
    pub fn page_line(&self, piece: Span) -> Option<usize> {
        let page = self.page.as_ref()?;
        let start = self.repairs().source_span(&self.repaired, piece.start, piece.end).start;
        Some(page.lines.partition_point(|line| line.span.start <= start).saturating_sub(1))
    }

    /// From the repaired text to the decoded one.
    pub fn repairs(&self) -> &OffsetMap {
        self.repairs.as_ref().unwrap_or(&self.map)
    }

    /// Whether some line was cut into pieces.
    pub fn has_parts(&self) -> bool {
        self.texts.len() > self.lines
    }

    /// A stretch of the repaired text.
    pub fn text(&self, span: Span) -> &str {
        self.repaired.part(span.range())
    }

    /// Where a stretch of the repaired text stands in the input.
    pub fn in_input(&self, span: Span) -> Span {
        self.map.source_span(&self.repaired, span.start, span.end)
    }

    /// What opens the block that stands at `block` in the input, of whose repaired text `span` is the beginning, as it was written and where it stands in
    /// the input: with all the white space after it, and whole where markup stands in it.
    pub fn opening(&self, block: Option<Span>, span: Span) -> (&str, Span) {
        let repairs = self.repairs();
        let decoded = |span: Span| repairs.source_span(&self.repaired, span.start, span.end);
        let (mut source, mut input) = (decoded(span), self.in_input(span));
        let after = self.decoded.get(source.end..).unwrap_or_default();
        let white = after.len() - after.trim_start_matches(|c: char| c.is_whitespace() && c != '\n').len();
        if let Some(next) = self.repaired.part(span.end..).chars().next().filter(|_| white > 0) {
            let next = Span::new(span.end, span.end + next.len_utf8());
            if decoded(next).start == source.end + white {
                source.end += white;
                input.end = self.in_input(next).start;
            }
        }
        // `<b>ORLA</b> — `: the tag that opens is not a character of the repaired text.
        let repaired = self.text(span);
        let written = self.decoded.get(source.range()).unwrap_or_default();
        if ['<', '*', '_', '[', ']'].into_iter().any(|mark| written.contains(mark) && !repaired.contains(mark)) {
            let line = self.decoded.part(..source.start).rfind('\n').map_or(0, |at| at + 1);
            let before = self.decoded.part(line..source.start);
            source.start -= before.trim_start().len();
            input.start = block.map_or(input.start, |block| block.start);
        }
        (self.decoded.get(source.range()).unwrap_or_default(), input)
    }
}

/// Lines cut into pieces: where each stands in the repaired text and in the decoded one, and the marks of its line.
#[expect(clippy::too_many_arguments, reason = "what the steps before have made")]
fn pieces(
    decoded: &str,
    repaired: &str,
    repairs: &OffsetMap,
    lines: Spans,
    in_decoded: &[Span],
    marks: Vec<u8>,
    packs: &Packs,
    cutter: &Cutter,
) -> (Spans, Spans, Vec<u8>) {
    let mut texts = Spans::with_capacity(lines.len());
    let mut spans = Spans::with_capacity(lines.len());
    let mut of_pieces = Vec::with_capacity(lines.len());
    thread_local! {
        static BLOCKS: RefCell<Blocks> = RefCell::default();
    }
    let mut blocks = BLOCKS.take();
    for ((line, source), mark) in lines.iter().zip(in_decoded).zip(marks) {
        let (mut from, mut place) = (line.start, source.start);
        cutter.cut(repaired.part(line.range()), lines.len(), packs, &mut blocks, |piece| {
            let piece = Span::new(from, line.start + piece.end);
            if piece == line {
                texts.push(piece);
                spans.push(*source);
                of_pieces.push(mark);
                return;
            }
            let (end, next) = if piece.end == line.end {
                (source.end, source.end)
            } else {
                // What is removed between two pieces is the first one's: a tag that closes.
                let after = repaired.part(piece.end..line.end);
                let white = after.len() - after.trim_start().len();
                let len = if white > 0 { white } else { after.chars().next().map_or(0, char::len_utf8) };
                let gap = repairs.source_span(repaired, piece.end, piece.end + len);
                // White space that was written out, as an entity, is the first one's too.
                let blank = white > 0 && decoded.part(gap.range()).chars().all(char::is_whitespace);
                if blank || white == 0 {
                    (gap.start, if white > 0 { gap.end } else { gap.start })
                } else {
                    (gap.end, gap.end)
                }
            };
            // Where repair made both sides out of one stretch of the source they stay together.
            if place < end && end <= next && (next < source.end || piece.end == line.end) {
                texts.push(piece);
                spans.push(Span::new(place, end));
                of_pieces.push(mark);
                from = next_start(repaired, piece.end);
                place = next;
            }
        });
    }
    BLOCKS.set(blocks);
    (texts, spans, of_pieces)
}

/// Where what stands after a place begins.
fn next_start(text: &str, at: usize) -> usize {
    let after = text.part(at..);
    at + after.len() - after.trim_start().len()
}
