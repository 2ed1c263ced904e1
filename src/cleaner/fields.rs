//! The document's fields, read from the blocks that hold them.

use std::borrow::Cow;

use super::prepare::Prepared;
use super::{Hints, Keep};
use crate::document::{
    Blocks, Byline, CaptionKind, Dateline, FieldName, FieldSource, Fields, Inline, InlineKind, Timestamp, TimestampKind,
};
use crate::fields::Context;
use crate::fields::byline::byline;
use crate::fields::caption::caption;
use crate::fields::dateline::{dateline, whole_line};
use crate::fields::front::Front;
use crate::fields::inline::inline;
use crate::fields::timestamp::timestamps;
use crate::fields::title::{Known, is_headline, title};
use crate::labels::Label;
use crate::offsets::Span;
use crate::text::part::PartOf;

/// A dateline opens the story: it is looked for in so many of its first paragraphs.
const OPENING: usize = 3;
/// How sure it must be where a second story may begin: in the midst of a story a sentence cut costs more.
const SURE: f32 = 0.8;

/// What was read: its places are those of the repaired text until [`place`](Self::place).
pub(super) struct ReadFields {
    pub fields: Fields,
    /// Where each dateline stands, with its block.
    datelines: Vec<(usize, Span)>,
    /// Furniture inside kept blocks: the block, and the stretch.
    inline: Vec<(usize, Inline)>,
    /// Keys before the story itself, "Text: …": the block, and the stretch. They are in no clean text.
    keys: Vec<(usize, Span)>,
}

impl ReadFields {
    pub fn of(blocks: &Blocks, prepared: &Prepared<'_>, front: &Front, hints: &Hints, context: &Context<'_>) -> Self {
        let page = Page { blocks, prepared, front };
        // A byline may hold the date too; a line of its own goes before it.
        let mut times = read_times(page, Label::Timestamp, context);
        times.append(&mut read_times(page, Label::Byline, context));
        times.sort_by_key(|time| time.iso.is_none());
        let mut first = |kind| times.iter().position(|time| time.kind == kind).map(|at| times.remove(at));
        let published = first(TimestampKind::Published);
        // A dateline that names no year means the one of publication: as given, else as the page says.
        let day = published.as_ref().and_then(|time| time.iso.as_deref()?.get(..10)?.parse().ok());
        let context = &Context { published: context.published.or(day), ..*context };
        let (dateline, datelines) = find_datelines(page, context);
        let (deck, deck_span) = read_deck(page);
        let fields = Fields {
            deck,
            deck_span,
            byline: read_byline(page, context),
            published,
            updated: first(TimestampKind::Updated),
            dateline,
            ..Fields::default()
        };
        let mut reading = Self { fields, datelines, inline: Vec::new(), keys: read_keys(page) };
        reading.read_title(page, hints, context);
        reading.fields.say_lines();
        reading.read_captions(blocks, prepared, context);
        reading.find_inline(blocks, prepared, context);
        reading
    }

    /// No field, and what is in no clean text.
    pub fn keys_alone(blocks: &Blocks, prepared: &Prepared<'_>, front: &Front) -> Self {
        let keys = read_keys(Page { blocks, prepared, front });
        Self { fields: Fields::default(), datelines: Vec::new(), inline: Vec::new(), keys }
    }

    /// The headline: as given, else the first line labelled so that can be one.
    fn read_title(&mut self, page: Page<'_>, hints: &Hints, context: &Context<'_>) {
        let lines = page.titles();
        let (at, text) = match (&hints.title, lines.iter().find(|(_, line)| is_headline(line))) {
            (Some(given), _) => (None, given.as_str()),
            (None, Some((span, line))) => (Some(*span), &**line),
            (None, None) => return,
        };
        let titles: Vec<_> = lines.iter().map(|(_, line)| &**line).filter(|line| *line != text).collect();
        let furniture: Vec<_> = page
            .blocks
            .iter()
            .filter(|block| matches!(block.label, Label::Legal | Label::Nav | Label::Promo | Label::Ui))
            .map(|block| page.prepared.text(block.text))
            .filter(|line| !line.is_empty() && line.len() < 400)
            .collect();
        let known = Known { titles: &titles, furniture: &furniture, source: hints.source.as_deref() };
        let parts = title(text, &known, &context.packs.wires);
        let headline = text.part(parts.headline.range());
        self.fields.title = Some(headline.to_owned());
        self.fields.site = parts.site.map(|span| text.part(span.range()).to_owned());
        if at.is_none() {
            self.fields.sources.set(FieldName::Title, Some(FieldSource::Given));
            self.fields.sources.set(FieldName::Site, self.fields.site.as_ref().map(|_| FieldSource::Given));
        }
        self.fields.title_span = match at {
            // One that stands on several lines of a header is the whole of them.
            Some(span) if span.len() > text.len() => Some(span),
            Some(span) => Some(Span::new(span.start + parts.headline.start, span.start + parts.headline.end)),
            // A given one may stand in a line, with the site or without.
            // A search looks at all of what it looks for, however short the line.
            None => {
                let mut long =
                    lines.iter().filter(|(span, line)| line.len() >= headline.len() && span.len() == line.len());
                let found = long.find_map(|(span, line)| Some(span.start + line.find(headline)?));
                found.map(|start| Span::new(start, start + headline.len()))
            }
        };
    }

    /// Captions, their spans of the repaired text; a credit on the next line belongs to the caption before it.
    fn read_captions(&mut self, blocks: &Blocks, prepared: &Prepared<'_>, context: &Context<'_>) {
        for (i, block) in blocks.iter().enumerate().filter(|(_, block)| block.label == Label::Caption) {
            let text = prepared.text(block.text);
            let mut read = caption(text, context).of(text, i);
            read.each_span(|span| *span = Span::new(span.start + block.text.start, span.end + block.text.start));
            match self.fields.captions.last_mut() {
                Some(before) if read.text.is_empty() && before.credit.is_none() && before.block + 1 == i => {
                    before.credit = read.credit;
                    before.credits = read.credits;
                    before.credit_span = read.credit_span;
                    before.span.end = read.span.end;
                    if before.kind == CaptionKind::Unknown {
                        before.kind = read.kind;
                    }
                }
                _ => self.fields.captions.push(read),
            }
        }
    }

    /// The dateline in block `at`.
    fn dateline_of(&self, at: usize) -> Option<Span> {
        let found = self.datelines.binary_search_by_key(&at, |(block, _)| *block).ok()?;
        self.datelines.get(found).map(|(_, span)| *span)
    }

    fn find_inline(&mut self, blocks: &Blocks, prepared: &Prepared<'_>, context: &Context<'_>) {
        for (i, block) in blocks.iter().enumerate().filter(|(_, block)| block.kept) {
            let start = block.text.start;
            let dateline = self.dateline_of(i).map_or(start, |found| found.end);
            let found = inline(prepared.text(block.text), context)
                .into_iter()
                .map(|inline| Inline { span: Span::new(start + inline.span.start, start + inline.span.end), ..inline });
            // What is inside a dateline is the dateline's.
            self.inline.extend(found.filter(|inline| inline.span.start >= dateline).map(|inline| (i, inline)));
        }
    }

    /// The stretches of the repaired text that are left out of the clean text, each with its block, in order.
    pub fn gaps(&self, dateline: Keep, inline: Keep) -> Vec<(usize, Span)> {
        // Of one block, a key stands first, and then its dateline.
        let mut gaps = self.keys.clone();
        if dateline == Keep::Strip {
            gaps.extend(&self.datelines);
        }
        if inline == Keep::Strip {
            gaps.extend(self.inline.iter().map(|(block, inline)| (*block, inline.span)));
        }
        gaps.sort_by_key(|(block, _)| *block);
        gaps
    }

    /// Moves spans from the repaired text to the input, and tells the blocks what stands inside them.
    pub fn place(mut self, prepared: &Prepared<'_>, blocks: &mut Blocks) -> Fields {
        // Of one block, its dateline stands first.
        let mut inside = Vec::with_capacity(self.datelines.len() + self.inline.len());
        let mut dateline = self.fields.dateline.take();
        let mut first = dateline.as_mut();
        for (block, span) in self.datelines {
            let (raw, span) = prepared.opening(blocks.spans.get(block), span);
            if let Some(dateline) = first.take() {
                dateline.raw = raw.to_owned();
                dateline.span = span;
            }
            inside.push((block, Inline { kind: InlineKind::Dateline, span }));
        }
        self.fields.each_span(|span| *span = prepared.in_input(*span));
        self.fields.dateline = dateline;
        inside.extend(
            self.inline
                .iter()
                .map(|(block, inline)| (*block, Inline { span: prepared.in_input(inline.span), ..*inline })),
        );
        blocks.put_inside(inside);
        self.fields
    }
}

/// What is read: the blocks, their text, and the header that was found above them.
#[derive(Clone, Copy)]
struct Page<'p> {
    blocks: &'p Blocks,
    prepared: &'p Prepared<'p>,
    front: &'p Front,
}

impl<'p> Page<'p> {
    /// The blocks of a label: the number of each, and where in the repaired text what it says stands, without the key of a header.
    fn of(self, label: Label) -> impl Iterator<Item = (usize, Span)> {
        let blocks = self.blocks.iter().enumerate().filter(move |(_, block)| block.label == label);
        blocks.map(move |(at, block)| (at, self.value(at, block.text)))
    }

    /// What block `at`, which stands at `span` in the repaired text, says.
    fn value(self, at: usize, span: Span) -> Span {
        let value = self.front.value(at, self.prepared.text(span));
        Span::new(span.start + value.start, span.start + value.end)
    }

    /// The lines labelled as headlines, and where they stand; one that a header holds on several lines is one.
    fn titles(self) -> Vec<(Span, Cow<'p, str>)> {
        let mut titles: Vec<(Span, Cow<'p, str>)> = Vec::new();
        for (at, span) in self.of(Label::Title).filter(|(_, span)| !span.is_empty()) {
            let goes_on = self.front.field(at).is_some_and(|field| field.goes_on)
                && self.front.field(at.wrapping_sub(1)).is_some_and(|before| before.label == Label::Title);
            match titles.last_mut() {
                Some((whole, text)) if goes_on => {
                    whole.end = span.end;
                    *text = Cow::Owned(format!("{text} {}", self.prepared.text(span)));
                }
                _ => titles.push((span, Cow::Borrowed(self.prepared.text(span)))),
            }
        }
        titles
    }
}

/// The keys before the story itself.
fn read_keys(page: Page<'_>) -> Vec<(usize, Span)> {
    let fields = page.front.fields.iter().filter(|field| field.label == Label::Body);
    let key = |(at, span): (usize, Span)| (at, Span::new(span.start, page.value(at, span).start));
    fields.filter_map(|field| Some(key((field.line, page.blocks.get(field.line)?.text)))).collect()
}

/// A standfirst of more characters is none: a story was taken for one.
const LONGEST_DECK_CHARS: usize = 1000;

/// The standfirst, its lines joined, and where it stands.
fn read_deck(page: Page<'_>) -> (Option<String>, Option<Span>) {
    let lines = || page.of(Label::Deck).map(|(_, span)| span);
    let deck = lines().map(|span| page.prepared.text(span).to_owned()).reduce(|deck, line| deck + "\n" + &line);
    match deck.filter(|deck| deck.chars().nth(LONGEST_DECK_CHARS).is_none()) {
        Some(deck) => (Some(deck), whole(lines())),
        None => (None, None),
    }
}

/// From the start of the first span to the end of the last.
fn whole(spans: impl Iterator<Item = Span>) -> Option<Span> {
    spans.reduce(|first, last| Span::new(first.start, last.end))
}

/// The byline; its positions are those of the repaired text until `ReadFields::place`.
fn read_byline(page: Page<'_>, context: &Context<'_>) -> Option<Byline> {
    let mut lines = Vec::new();
    for block in page.blocks.iter().enumerate().filter(|(_, block)| block.label == Label::Byline) {
        let (at, block) = block;
        let text = page.prepared.text(block.text);
        let values = page.front.values(at, text).into_iter();
        lines.extend(values.map(|span| (block.text.start + span.start, text.part(span.range()))));
    }
    byline(&lines, true, context)
}

/// The first time of each kind in the blocks of a label, with a day and without; their positions are those of the repaired text until `ReadFields::place`.
fn read_times(page: Page<'_>, label: Label, context: &Context<'_>) -> Vec<Timestamp> {
    let mut times = Vec::new();
    // "Updated:" can be a line of its own.
    let mut before = "";
    for (at, block) in page.blocks.iter().enumerate() {
        if block.label != label {
            before = "";
            continue;
        }
        let value = page.value(at, block.text);
        let text = page.prepared.text(value);
        let mut found = timestamps(text, before, context);
        before = if found.is_empty() { text } else { "" };
        for time in &mut found {
            time.span = Span::new(value.start + time.span.start, value.start + time.span.end);
            if page.front.field(at).is_some_and(|field| field.updated) {
                time.kind = TimestampKind::Updated;
            }
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
fn find_datelines(page: Page<'_>, context: &Context<'_>) -> (Option<Dateline>, Vec<(usize, Span)>) {
    let blocks = page.blocks;
    let (mut first, mut found) = (None, Vec::new());
    let mut paragraphs = 0;
    for (i, block) in blocks.iter().enumerate() {
        let value = page.value(i, block.text);
        let text = || page.prepared.text(value);
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
            dateline.span.start += value.start;
            dateline.span.end += value.start;
            found.push((i, dateline.span));
            first.get_or_insert(dateline);
        }
    }
    (first, found)
}

/// Whether a paragraph after a line of this label may open a story.
fn opens_a_story(label: Label) -> bool {
    use Label::{Byline, Dateline, Deck, Heading, Timestamp, Title};
    matches!(label, Title | Deck | Byline | Timestamp | Dateline | Heading)
}
