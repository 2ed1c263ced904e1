//! The document's fields, read from the blocks that hold them.

use super::copy::Copy;
use super::{Hints, Keep};
use crate::document::{Blocks, Byline, Caption, CaptionKind, Dateline, Inline, InlineKind, Timestamp, TimestampKind};
use crate::labels::Label;
use crate::offsets::Span;
use crate::read::Context;
use crate::read::byline::byline;
use crate::read::caption::caption;
use crate::read::dateline::{dateline, whole_line};
use crate::read::inline::inline;
use crate::read::timestamp::timestamps;
use crate::read::title::{Known, title};
use crate::text::part::PartOf;

/// A dateline opens the story: it is looked for in so many of its first paragraphs.
const OPENING: usize = 3;
/// How sure it must be where a second story may begin.
const SURE: f32 = 0.8;

/// What was read.
pub(super) struct Fields {
    /// Spans are of the repaired text until `place`.
    pub title: Option<String>,
    pub title_span: Option<Span>,
    pub site: Option<String>,
    pub deck: Option<String>,
    pub deck_span: Option<Span>,
    pub byline: Option<Byline>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// The first of all; its span is that of the repaired text until `place`.
    pub dateline: Option<Dateline>,
    /// Where each stands, with its block: in the repaired text until `place`.
    datelines: Vec<(usize, Span)>,
    pub captions: Vec<Caption>,
    /// Furniture inside kept blocks: the block, and the stretch of the repaired text.
    inline: Vec<(usize, Inline)>,
}

impl Fields {
    pub fn read(blocks: &Blocks, copy: &Copy<'_>, hints: &Hints, context: &Context<'_>) -> Self {
        let of =
            |label: Label| blocks.iter().filter(move |block| block.label == label).map(|block| copy.text(block.text));
        // A byline may hold the date too; a line of its own goes before it.
        let mut times = read_times(blocks, Label::Timestamp, copy, context);
        times.append(&mut read_times(blocks, Label::Byline, copy, context));
        times.sort_by_key(|time| time.iso.is_none());
        let mut first = |kind| times.iter().position(|time| time.kind == kind).map(|at| times.remove(at));
        let published = first(TimestampKind::Published);
        // A dateline that names no year means the one of publication: as given, else as the page says.
        let day = published.as_ref().and_then(|time| time.iso.as_deref()?.get(..10)?.parse().ok());
        let context = &Context { published: context.published.or(day), ..*context };
        let (dateline, datelines) = find_datelines(blocks, copy, context);
        let mut fields = Self {
            title: None,
            title_span: None,
            site: None,
            deck: of(Label::Deck).map(str::to_owned).reduce(|deck, line| deck + "\n" + &line),
            deck_span: whole(blocks.iter().filter(|block| block.label == Label::Deck).map(|block| block.text)),
            byline: read_byline(blocks, copy, context),
            published,
            updated: first(TimestampKind::Updated),
            dateline,
            datelines,
            captions: Vec::new(),
            inline: Vec::new(),
        };
        fields.read_title(blocks, copy, hints, context);
        fields.read_captions(blocks, copy, context);
        fields.find_inline(blocks, copy, context);
        fields
    }

    /// The headline: as given, else the first line labelled so.
    fn read_title(&mut self, blocks: &Blocks, copy: &Copy<'_>, hints: &Hints, context: &Context<'_>) {
        let of = |labels: &'static [Label]| {
            let blocks = blocks.iter().filter(|block| labels.contains(&block.label) && !block.text.is_empty());
            blocks.map(|block| (block.text.start, copy.text(block.text)))
        };
        let lines: Vec<_> = of(&[Label::Title]).collect();
        let (at, text) = match (&hints.title, lines.first()) {
            (Some(given), _) => (None, given.as_str()),
            (None, Some((at, line))) => (Some(*at), *line),
            (None, None) => return,
        };
        let titles: Vec<_> = lines.iter().map(|(_, line)| *line).filter(|line| *line != text).collect();
        let furniture: Vec<_> = of(&[Label::Legal, Label::Nav, Label::Promo, Label::Ui])
            .map(|(_, line)| line)
            .filter(|line| line.len() < 400)
            .collect();
        let known = Known { titles: &titles, furniture: &furniture, source: hints.source.as_deref() };
        let parts = title(text, &known, &context.packs.wires);
        let headline = text.part(parts.headline.range());
        self.title = Some(headline.to_owned());
        self.site = parts.site.map(|span| text.part(span.range()).to_owned());
        // A given one may stand in a line, with the site or without.
        // A search looks at all of what it looks for, however short the line.
        let mut long = lines.iter().filter(|(_, line)| line.len() >= headline.len());
        let found = long.find_map(|(at, line)| Some(at + line.find(headline)?));
        let start = at.map(|at| at + parts.headline.start).or(found);
        self.title_span = start.map(|start| Span::new(start, start + headline.len()));
    }

    /// Captions, their spans of the repaired text; a credit on the next line belongs to the caption before it.
    fn read_captions(&mut self, blocks: &Blocks, copy: &Copy<'_>, context: &Context<'_>) {
        for (i, block) in blocks.iter().enumerate().filter(|(_, block)| block.label == Label::Caption) {
            let text = copy.text(block.text);
            let mut read = caption(text, context).of(text, i);
            read.each_span(|span| *span = Span::new(span.start + block.text.start, span.end + block.text.start));
            match self.captions.last_mut() {
                Some(before) if read.text.is_empty() && before.credit.is_none() && before.block + 1 == i => {
                    before.credit = read.credit;
                    before.credits = read.credits;
                    before.credit_span = read.credit_span;
                    before.span.end = read.span.end;
                    if before.kind == CaptionKind::Unknown {
                        before.kind = read.kind;
                    }
                }
                _ => self.captions.push(read),
            }
        }
    }

    /// The dateline in block `at`.
    fn dateline_of(&self, at: usize) -> Option<Span> {
        let found = self.datelines.binary_search_by_key(&at, |(block, _)| *block).ok()?;
        self.datelines.get(found).map(|(_, span)| *span)
    }

    fn find_inline(&mut self, blocks: &Blocks, copy: &Copy<'_>, context: &Context<'_>) {
        for (i, block) in blocks.iter().enumerate().filter(|(_, block)| block.kept) {
            let start = block.text.start;
            let dateline = self.dateline_of(i).map_or(start, |found| found.end);
            let found = inline(copy.text(block.text), context)
                .into_iter()
                .map(|inline| Inline { span: Span::new(start + inline.span.start, start + inline.span.end), ..inline });
            // What is inside a dateline is the dateline's.
            self.inline.extend(found.filter(|inline| inline.span.start >= dateline).map(|inline| (i, inline)));
        }
    }

    /// The stretches of the repaired text that are left out of the clean text, each with its block, in order.
    pub fn gaps(&self, dateline: Keep, inline: Keep) -> Vec<(usize, Span)> {
        let mut gaps: Vec<_> = match inline {
            Keep::Strip => self.inline.iter().map(|(block, inline)| (*block, inline.span)).collect(),
            Keep::Keep => Vec::new(),
        };
        if dateline == Keep::Strip {
            // Of one block, its dateline stands first.
            gaps = self.datelines.iter().copied().chain(gaps).collect();
            gaps.sort_by_key(|(block, _)| *block);
        }
        gaps
    }

    /// Moves spans from the repaired text to the input, and tells the blocks what stands inside them.
    pub fn place(&mut self, copy: &Copy<'_>, blocks: &mut Blocks) {
        // Of one block, its dateline stands first.
        let mut inside = Vec::with_capacity(self.datelines.len() + self.inline.len());
        let mut first = self.dateline.as_mut();
        for (block, span) in &mut self.datelines {
            let (raw, placed) = copy.opening(blocks.spans.get(*block), *span);
            if let Some(dateline) = first.take() {
                dateline.raw = raw.to_owned();
                dateline.span = placed;
            }
            *span = placed;
            inside.push((*block, Inline { kind: InlineKind::Dateline, span: placed }));
        }
        if let Some(byline) = &mut self.byline {
            byline.move_spans(|span| copy.in_input(span));
        }
        for time in self.published.iter_mut().chain(&mut self.updated) {
            time.span = copy.in_input(time.span);
        }
        for span in [&mut self.title_span, &mut self.deck_span].into_iter().flatten() {
            *span = copy.in_input(*span);
        }
        for caption in &mut self.captions {
            caption.each_span(|span| *span = copy.in_input(*span));
        }
        inside.extend(
            self.inline.iter().map(|(block, inline)| (*block, Inline { span: copy.in_input(inline.span), ..*inline })),
        );
        blocks.put_inside(inside);
    }
}

/// From the start of the first span to the end of the last.
fn whole(spans: impl Iterator<Item = Span>) -> Option<Span> {
    spans.reduce(|first, last| Span::new(first.start, last.end))
}

/// The byline; its positions are those of the repaired text until `Fields::place`.
fn read_byline(blocks: &Blocks, copy: &Copy<'_>, context: &Context<'_>) -> Option<Byline> {
    let lines = blocks.iter().filter(|block| block.label == Label::Byline);
    let lines: Vec<_> = lines.map(|block| (block.text.start, copy.text(block.text))).collect();
    byline(&lines, context)
}

/// The first time of each kind in the blocks of a label, with a day and without; their positions are those of the repaired text until `Fields::place`.
fn read_times(blocks: &Blocks, label: Label, copy: &Copy<'_>, context: &Context<'_>) -> Vec<Timestamp> {
    let mut times = Vec::new();
    // "Updated:" can be a line of its own.
    let mut before = "";
    for block in blocks.iter() {
        if block.label != label {
            before = "";
            continue;
        }
        let text = copy.text(block.text);
        let mut found = timestamps(text, before, context);
        before = if found.is_empty() { text } else { "" };
        for time in &mut found {
            time.span = Span::new(block.text.start + time.span.start, block.text.start + time.span.end);
        }
        for time in found {
            let same = |it: &Timestamp| it.kind == time.kind && it.iso.is_none() == time.iso.is_none();
            if !times.iter().any(same) {
                times.push(time);
            }
        }
    }
    times
}

/// The first dateline, and where all of them stand, in the order of the blocks: on lines of their own, at the head of the story's first paragraphs, and where
/// another story may begin.
fn find_datelines(blocks: &Blocks, copy: &Copy<'_>, context: &Context<'_>) -> (Option<Dateline>, Vec<(usize, Span)>) {
    let (mut first, mut found) = (None, Vec::new());
    let mut paragraphs = 0;
    for (i, block) in blocks.iter().enumerate() {
        let text = || copy.text(block.text);
        let next = || blocks.get(i + 1).is_some_and(|next| next.label == Label::Body);
        let dateline = match block.label {
            Label::Dateline => dateline(text(), context).or_else(|| whole_line(text(), true, context)),
            Label::Timestamp if paragraphs == 0 && next() => whole_line(text(), false, context),
            Label::Body => {
                let first = i
                    .checked_sub(1)
                    .and_then(|before| blocks.get(before))
                    .is_some_and(|before| opens_a_story(before.label));
                let opening = paragraphs < OPENING;
                paragraphs += 1;
                let read = || dateline(text(), context).filter(|found| opening || found.score >= SURE);
                let whole = || if opening && next() { whole_line(text(), false, context) } else { None };
                if opening || first { read().or_else(whole) } else { None }
            }
            _ => None,
        };
        if let Some(mut dateline) = dateline {
            dateline.span.start += block.text.start;
            dateline.span.end += block.text.start;
            found.push((i, dateline.span));
            first.get_or_insert(dateline);
        }
    }
    (first, found)
}

/// Whether a paragraph behind a line of this label may open a story.
fn opens_a_story(label: Label) -> bool {
    use Label::{Byline, Dateline, Deck, Heading, Timestamp, Title};
    matches!(label, Title | Deck | Byline | Timestamp | Dateline | Heading)
}
