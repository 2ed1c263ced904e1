//! Captions: the sentence told from the picture credit, the people and agencies the credit names, and who stands where.

use crate::text::part::PartOf;

mod credit;
mod line;
mod names;
mod sides;
#[cfg(test)]
mod tests;

use super::Context;
use crate::document::{Caption, CaptionKind, Side};
use crate::offsets::Span;
use crate::pack::{CaptionKinds, caption_kind as kind};

use credit::{Credit, credit, is_credit_in_brackets};
use line::{CaptionLine, gap};

/// A caption in its parts, as spans of the text given.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CaptionParts {
    /// The sentence; empty when the line is a credit alone.
    pub text: Span,
    /// The credit, without brackets.
    pub credit: Option<Span>,
    /// People and agencies.
    pub credits: Vec<String>,
    pub kind: CaptionKind,
    pub sides: Vec<Side>,
}

impl CaptionParts {
    /// The caption of block `block`, whose text was `text`; spans are of the text.
    pub fn of(self, text: &str, block: usize) -> Caption {
        Caption {
            image: None,
            text: text.part(self.text.range()).to_owned(),
            credit: self.credit.map(|span| text.part(span.range()).to_owned()),
            credits: self.credits,
            kind: self.kind,
            sides: self.sides,
            block,
            span: Span::new(0, text.len()),
            text_span: self.text,
            credit_span: self.credit,
        }
    }
}

/// Parts a caption from its credit.
pub(crate) fn caption(text: &str, context: &Context) -> CaptionParts {
    let line = CaptionLine::of(text, context.packs);
    let (from, to) = without_buttons(&line);
    let opening = opening(&line, from, to);
    let (from, to) = (opening.from, opening.to);
    let found = opening.credit.or_else(|| credit(&line, from, to));
    let (start, end) = match found {
        Some(credit) if credit.from >= from => (line_start(&line, from), credit.sentence_end),
        _ => (line_start(&line, from), line_end(&line, to)),
    };
    let (end, label) = without_label(&line, from, start.max(end));
    let kind = opening.kind.or_else(|| found.and_then(|credit| kind_of_credit(&line, &credit))).or(label);
    let kind = kind.or_else(|| kind_of_sentence(&line, from, to));
    CaptionParts {
        text: trimmed(text, Span::new(start, end.max(start))),
        credit: found.map(|credit| credit.span),
        credits: found.map_or_else(Vec::new, |credit| names::names(&line, &credit)),
        kind: kind.unwrap_or(CaptionKind::Unknown),
        sides: sides::sides(
            &line,
            from,
            found.filter(|credit| credit.from > from).map_or(to, |credit| credit.from),
            context,
        ),
    }
}

/// The credit in brackets after the last sentence of a paragraph: the brackets too, and the white space before them. One
/// before the full stop is part of the sentence: "joined the agency (AP)."
pub(crate) fn trailing_credit(text: &str, context: &Context) -> Option<Span> {
    const LONGEST_BYTES: usize = 160;
    // Most paragraphs end with a letter or mark that is not a bracket.
    let closing = text.bytes().rev().find(|byte| !matches!(byte, b'.' | b' '))?;
    if closing.is_ascii_graphic() && !matches!(closing, b')' | b']') {
        return None;
    }
    let closed = text.trim_end_matches(['.', ' ']);
    let (open, close) = match closed.chars().next_back()? {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        '）' => ('（', '）'),
        '】' => ('【', '】'),
        _ => return None,
    };
    let mut from = closed.len().saturating_sub(LONGEST_BYTES);
    while !closed.is_char_boundary(from) {
        from += 1;
    }
    let at = from + closed.part(from..).rfind(open)?;
    let before = text.part(..at).trim_end();
    let quoted = before.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', '\u{bb}']);
    if !quoted.ends_with(['.', '!', '?', '\u{2026}', '\u{3002}', '\u{ff01}', '\u{ff1f}', '\u{964}', '\u{61f}']) {
        return None;
    }
    let inside = closed.part(at + open.len_utf8()..closed.len() - close.len_utf8());
    let line = CaptionLine::of(inside, context.packs);
    let weight = line.weigh(0, line.len());
    // What stands in a paragraph has to say that it is a credit: a name alone is none.
    let mark = line.phrase(0, kind::MARK);
    let marked =
        mark.is_some_and(|mark| line.gap(mark) & (gap::COLON | gap::SIGN | gap::SLASH) != 0 && mark < line.len());
    let filler =
        weight.fillers && line.phrase(0, kind::FILLER).is_some() && kind_of(&line, 0, 1) != Some(CaptionKind::Video);
    let signed = line.len() > 0 && line.gap(0) & gap::SIGN != 0;
    let says = weight.agency || marked || filler || signed || line.phrase(0, kind::SURE).is_some();
    let is_credit = line.len() > 0 && says && is_credit_in_brackets(&line, 0, 0, line.len());
    is_credit.then(|| Span::new(before.len(), text.trim_end().len()))
}

fn trimmed(text: &str, span: Span) -> Span {
    const SEPARATORS: &[char] = &['|', '•', '·', '｜', '—', '–', '-', '/', '=', '＝', ',', ':', '(', '['];
    let inside = text.part(span.range());
    let cut = inside.trim_end_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(&c));
    let cut = if cut.is_empty() || span.end == text.len() { inside.trim_end() } else { cut };
    let start = cut.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '•' | '·'));
    Span::new(span.start + (cut.len() - start.len()), span.start + cut.len())
}

/// Where the text of words from `from` on begins: with the brackets and quotes before the first.
fn line_start(line: &CaptionLine<'_>, from: usize) -> usize {
    if from == 0 {
        return 0;
    }
    let (start, end) = (line.end(from), line.start(from));
    let between = line.text.part(start..end);
    let opening = between.trim_end_matches(|c: char| {
        matches!(c, '"' | '\'' | '\u{201c}' | '\u{201e}' | '\u{2018}' | '«' | '»' | '(' | '[' | '「' | '『' | '¿' | '¡')
    });
    start + opening.len()
}

/// Where the text of words up to `to` ends.
fn line_end(line: &CaptionLine<'_>, to: usize) -> usize {
    if to == line.len() { line.text.len() } else { line.end(to) + stops_after(line, to) }
}

fn stops_after(line: &CaptionLine<'_>, to: usize) -> usize {
    let between = line.text.part(line.end(to)..line.start(to));
    between.len() - between.trim_start_matches(['.', '!', '?', '"', '\u{201d}', ')', '。']).len()
}

/// The words without the buttons at either end: "hide caption".
fn without_buttons(line: &CaptionLine<'_>) -> (usize, usize) {
    let (mut from, mut to) = (0, line.len());
    // "Used with permission." is a sentence of its own after the credit.
    if let Some(len) = line.phrase_before(from, to, kind::RIGHTS).filter(|len| from + len < to)
        && line.gap(to - len) & (gap::STOP | gap::COMMA | gap::CLOSE) != 0
    {
        to -= len;
    }
    while let Some(len) = line.phrase_before(from, to, kind::BUTTON).filter(|len| from + len < to) {
        to -= len;
    }
    while let Some(len) = line.phrase(from, kind::BUTTON).filter(|len| from + len < to)
        && line.gap(from + len) & (gap::APART) != 0
    {
        from += len;
    }
    (from, to)
}

/// What a caption opens with.
struct Opening {
    /// Where the sentence and the credit after it stand.
    from: usize,
    to: usize,
    kind: Option<CaptionKind>,
    /// A credit before the sentence.
    credit: Option<Credit>,
}

/// `FILE PHOTO: …`, `Image copyright Reuters Image caption …`, `© Ann Orla | …`.
fn opening(line: &CaptionLine<'_>, from: usize, to: usize) -> Opening {
    const LABEL: u32 =
        kind::PHOTO | kind::VIDEO | kind::GRAPHIC | kind::FILLER | kind::SENTENCE | kind::MARK | kind::AFTER;
    let none = Opening { from, to, kind: None, credit: None };
    if let Some(found) = credit_first(line, from, to) {
        return found;
    }
    let Some(label) = line.phrase(from, LABEL).filter(|len| from + len < to) else { return none };
    let begin = from + label;
    let gap = line.gap(begin);
    let enclosed = line.gap(from) & gap::OPEN != 0 && gap & gap::CLOSE != 0;
    let is_sentence = line.phrase(from, kind::SENTENCE) == Some(label);
    // "Media caption The mayor …".
    let spelled = is_sentence && label > 1 && line.is_name(begin);
    if gap & (gap::COLON | gap::BAR | gap::DASH) == 0 && !enclosed && !spelled {
        return none;
    }
    // `Photo: Ann Orla/Reuters` is a credit, `FILE PHOTO: A man walks …` a caption.
    let rest = line.weigh(begin, to.min(begin + 40));
    let credited = credit(line, from, to).is_some_and(|credit| credit.from == from);
    if !is_sentence && (credited || rest.words < 3) || enclosed && line.covers(from) & kind::FILLER == 0 {
        return none;
    }
    let of_file = line.covers(from) & kind::FILLER != 0;
    let kind = kind_of(line, from, begin).or(of_file.then_some(CaptionKind::Photo));
    Opening { from: begin, kind, ..none }
}

/// A credit before the sentence.
fn credit_first(line: &CaptionLine<'_>, from: usize, to: usize) -> Option<Opening> {
    const LONGEST_WORDS: usize = 14;
    let signed = line.gap(from) & gap::SIGN != 0;
    let mark = line.phrase(from, kind::MARK);
    if mark.is_none() && !signed {
        return None;
    }
    let opening = |end: usize, next: usize| {
        let start =
            if signed { line.text.part(..line.start(from)).rfind('©').unwrap_or_default() } else { line.start(from) };
        let span = Span::new(start, line.end(end));
        let credit = Credit { sentence_end: start, span, from, to: end };
        let kind = kind_of(line, from, end);
        Opening { from: next, to, kind, credit: Some(Credit { sentence_end: line_end(line, to), ..credit }) }
    };
    let last = to.min(from + LONGEST_WORDS);
    for i in from + 1..last {
        if let Some(len) = line.phrase(i, kind::SENTENCE).filter(|len| i + len < to)
            && line.nth(i).is_upper() | !line.nth(i).is_lower()
        {
            let found = opening(i, i + len);
            return Some(Opening { kind: found.kind.or(Some(CaptionKind::Photo)), ..found });
        }
    }
    let mark = mark.unwrap_or_default();
    let certain =
        signed || line.phrase(from, kind::SURE).is_some() || line.gap(from + mark) & (gap::COLON | gap::SIGN) != 0;
    if !certain {
        return None;
    }
    // "PHOTO BY ANN ORLA The mayor …": the capitals end where the sentence begins.
    let capitals = |i: usize| line.word(i).chars().all(char::is_uppercase) && line.word(i).len() > 1;
    if mark > 1 && (from..from + mark).all(capitals) {
        let name = from + mark;
        // The mark may be all that there is, and end after `last`.
        let end = (name..last).find(|i| !capitals(*i)).unwrap_or(last);
        if (name + 2..=name + 4).contains(&end) && to - end >= 4 && line.nth(end).is_upper() {
            return Some(opening(end, end));
        }
    }
    let end = (from + mark + 1..last).find(|i| line.gap(*i) & (gap::BAR | gap::LINE | gap::DASH) != 0)?;
    let name = line.weigh(from + mark, end);
    let rest = line.weigh(end, to.min(end + 40));
    (name.foreign == 0 && name.words > 0 && rest.words >= 4 && rest.foreign > 0 && !rest.agency)
        .then(|| opening(end, end))
}

/// A label after the sentence, "(Archivbild)" or "Archivbild.", is not part of it: where the sentence ends without it, and what
/// it says.
fn without_label(line: &CaptionLine<'_>, from: usize, end: usize) -> (usize, Option<CaptionKind>) {
    let to = line.words.partition_point(|word| (word.end as usize) <= end);
    let enclosed = to > from && line.gap(to - 1) & gap::OPEN != 0 && line.gap(to) & gap::CLOSE != 0;
    if enclosed && line.is_medium(to - 1) {
        let kept = if to == from + 1 { 0 } else { line.end(to - 1) + stops_after(line, to - 1) };
        return (kept, kind_of(line, to - 1, to));
    }
    if to == line.len() || to <= from + 1 {
        return (end, None);
    }
    let Some(len) = line.phrase_before(from, to, kind::FILLER).filter(|len| from + len < to) else {
        return (end, None);
    };
    let first = to - len;
    let before = line.gap(first);
    if before & gap::OPEN == 0 && before & gap::STOP == 0 || !line.is_name(first) {
        return (end, None);
    }
    let start = line.end(first);
    let kept = line.text.part(start..line.start(first)).trim_end_matches(['(', '[', '（', ' ']).len();
    (start + kept, Some(kind_of(line, first, to).unwrap_or(CaptionKind::Photo)))
}

/// What a credit says it is the credit of.
fn kind_of_credit(line: &CaptionLine<'_>, credit: &Credit) -> Option<CaptionKind> {
    // "Photo by Ann Orla for the Film Institute": what the mark says goes before what a name holds.
    let mark = line
        .phrase_within(credit.from, credit.to, kind::MARK)
        .filter(|len| line.gap(credit.from + len) & (gap::SLASH | gap::JOIN) == 0 && line.is_name(credit.from + len));
    if let Some(kind) = mark.and_then(|len| kind_of(line, credit.from, credit.from + len)) {
        return Some(kind);
    }
    let glued = line.start(credit.from) < credit.span.start;
    let first = if glued { line.kinds_of(line.text.part(credit.span.start..line.end(credit.from + 1))) } else { 0 };
    named(first).or_else(|| kind_of(line, credit.from + usize::from(glued), credit.to))
}

/// "File photo of the mayor": what the sentence says of its picture.
fn kind_of_sentence(line: &CaptionLine<'_>, from: usize, to: usize) -> Option<CaptionKind> {
    let len = line.phrase_within(from, to, kind::FILLER | kind::PHOTO).filter(|len| *len > 1)?;
    (!line.nth(from).is_unspaced() && line.covers(from) & kind::FILLER != 0)
        .then(|| kind_of(line, from, from + len))
        .flatten()
}

/// What words `from..to` say; of an agency's name only the "photo" after it does.
fn kind_of(line: &CaptionLine<'_>, from: usize, to: usize) -> Option<CaptionKind> {
    let says = |i: &usize| line.covers(*i) & (kind::AGENCY | kind::AFTER) != kind::AGENCY;
    named((from..to).filter(says).fold(0, |kinds, i| kinds | line.covers(i)))
}

fn named(kinds: CaptionKinds) -> Option<CaptionKind> {
    let named =
        [(kind::VIDEO, CaptionKind::Video), (kind::GRAPHIC, CaptionKind::Graphic), (kind::PHOTO, CaptionKind::Photo)];
    named.into_iter().find(|(kind, _)| kinds & kind != 0).map(|(_, kind)| kind)
}
