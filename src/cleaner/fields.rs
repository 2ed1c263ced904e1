//! The document's fields, read from the blocks that hold them.

use std::borrow::Cow;

use super::copy::Copy;
use super::{Hints, Keep};
use crate::document::{BlockData, Byline, Caption, Dateline, Inline, Timestamp, TimestampKind};
use crate::labels::Label;
use crate::offsets::Span;
use crate::read::Context;
use crate::read::byline::byline;
use crate::read::caption::{caption, trailing_credit};
use crate::read::dateline::{dateline, whole_line};
use crate::read::timestamp::timestamp;

/// A dateline opens the story: it is looked for in so many of its first paragraphs.
const OPENING: usize = 3;
/// How sure it must be where a second story may begin.
const SURE: f32 = 0.8;

/// What was read.
pub(super) struct Fields {
    pub title: Option<String>,
    pub deck: Option<String>,
    pub byline: Option<Byline>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// Each with the block it stands in; the spans are those of the repaired text until `place`.
    pub datelines: Vec<(usize, Dateline)>,
    pub captions: Vec<Caption>,
    /// Credits inside kept blocks: the block, and the stretch of the repaired text with its brackets.
    credits: Vec<(usize, Span)>,
}

impl Fields {
    pub fn read(blocks: &[BlockData], copy: &Copy<'_>, hints: &Hints, context: &Context<'_>) -> Self {
        let of =
            |label: Label| blocks.iter().filter(move |block| block.label == label).map(|block| copy.text(block.text));
        // A byline may hold the date too; a line of its own goes before it.
        let mut times: Vec<_> =
            of(Label::Timestamp).chain(of(Label::Byline)).filter_map(|text| timestamp(text, context)).collect();
        times.sort_by_key(|time| time.iso.is_none());
        let mut first = |kind| times.iter().position(|time| time.kind == kind).map(|at| times.remove(at));
        let published = first(TimestampKind::Published);
        // A dateline that names no year means the one of publication: as given, else as the page says.
        let day = published.as_ref().and_then(|time| time.iso.as_deref()?.get(..10)?.parse().ok());
        let context = &Context { published: context.published.or(day), ..*context };
        let title = || of(Label::Title).find(|text| !text.is_empty()).map(str::to_owned);
        let mut fields = Self {
            title: hints.title.clone().or_else(title),
            deck: of(Label::Deck).map(str::to_owned).reduce(|deck, line| deck + "\n" + &line),
            byline: byline(&of(Label::Byline).collect::<Vec<_>>(), context),
            published,
            updated: first(TimestampKind::Updated),
            datelines: find_datelines(blocks, copy, context),
            captions: Vec::new(),
            credits: Vec::new(),
        };
        fields.read_captions(blocks, copy, context);
        fields.find_credits(blocks, copy, context);
        fields
    }

    /// Captions; a credit on the next line belongs to the caption before it.
    fn read_captions(&mut self, blocks: &[BlockData], copy: &Copy<'_>, context: &Context<'_>) {
        for (i, block) in blocks.iter().enumerate().filter(|(_, block)| block.label == Label::Caption) {
            let text = copy.text(block.text);
            let parts = caption(text, context);
            let credit = parts.credit.map(|span| text[span.range()].to_owned());
            let words = &text[parts.text.range()];
            match self.captions.last_mut() {
                Some(before) if words.is_empty() && before.credit.is_none() && before.block + 1 == i => {
                    before.credit = credit;
                    before.credits = parts.credits;
                }
                _ => self.captions.push(Caption {
                    text: words.to_owned(),
                    credit,
                    credits: parts.credits,
                    kind: parts.kind,
                    block: i,
                }),
            }
        }
    }

    fn find_credits(&mut self, blocks: &[BlockData], copy: &Copy<'_>, context: &Context<'_>) {
        for (i, block) in blocks.iter().enumerate().filter(|(_, block)| block.kept) {
            if let Some(credit) = trailing_credit(copy.text(block.text), context) {
                let start = block.text.start;
                self.credits.push((i, Span::new(start + credit.start, start + credit.end)));
            }
        }
    }

    /// The stretches of the repaired text that are left out of the clean text, each with its block, in order.
    pub fn gaps(&self, dateline: Keep, inline: Keep) -> Vec<(usize, Span)> {
        let mut gaps = if inline == Keep::Strip { self.credits.clone() } else { Vec::new() };
        if dateline == Keep::Strip {
            for (block, found) in &self.datelines {
                gaps.insert(gaps.partition_point(|(before, _)| before < block), (*block, found.span));
            }
        }
        gaps
    }

    /// Moves spans from the repaired text to the input, and tells the blocks what stands inside them.
    pub fn place(&mut self, copy: &Copy<'_>, blocks: &mut [BlockData]) {
        for (block, dateline) in &mut self.datelines {
            let (raw, span) = copy.opening(*block, dateline.span);
            dateline.raw = raw.to_owned();
            dateline.span = span;
            blocks[*block].inline.push(Inline { kind: Cow::Borrowed("dateline"), span: dateline.span });
        }
        for (block, credit) in &self.credits {
            blocks[*block].inline.push(Inline { kind: Cow::Borrowed("credit"), span: copy.in_input(*credit) });
        }
    }
}

/// The datelines, in the order of the blocks: on lines of their own, at the head of the story's first paragraphs, and where
/// another story may begin.
fn find_datelines(blocks: &[BlockData], copy: &Copy<'_>, context: &Context<'_>) -> Vec<(usize, Dateline)> {
    let mut found = Vec::new();
    let mut paragraphs = 0;
    for (i, block) in blocks.iter().enumerate() {
        let text = || copy.text(block.text);
        let next = || blocks.get(i + 1).is_some_and(|next| next.label == Label::Body);
        let dateline = match block.label {
            Label::Dateline => dateline(text(), context).or_else(|| whole_line(text(), true, context)),
            Label::Timestamp if paragraphs == 0 && next() => whole_line(text(), false, context),
            Label::Body => {
                let first = i.checked_sub(1).is_some_and(|before| opens_a_story(blocks[before].label));
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
            found.push((i, dateline));
        }
    }
    found
}

/// Whether a paragraph behind a line of this label may open a story.
fn opens_a_story(label: Label) -> bool {
    use Label::{Byline, Dateline, Deck, Heading, Timestamp, Title};
    matches!(label, Title | Deck | Byline | Timestamp | Dateline | Heading)
}
