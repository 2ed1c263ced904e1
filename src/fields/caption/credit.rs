//! Where the credit of a caption stands.
//!
//! A credit goes on to the end of the caption, so the question is where it begins. Every word near the end is asked, the
//! first one that can begin a credit does. A sentence must never be taken for one: without a mark ("Photo:", "©") all words have
//! to look like names, and an agency, a slash or brackets have to say what they are.

use super::line::{CaptionLine, Gap, Weight, gap};
use crate::offsets::Span;
use crate::pack::caption_kind as kind;
use crate::text::part::PartOf;

/// A credit has no more words: of a script without spaces, characters.
const LONGEST_WORDS: usize = 28;

/// A credit that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Credit {
    /// Where the sentence ends, in bytes.
    pub sentence_end: usize,
    /// As written, without brackets, in bytes.
    pub span: Span,
    /// Its words.
    pub from: usize,
    pub to: usize,
}

/// The credit at the end of words `from..to`.
pub(super) fn credit(line: &CaptionLine<'_>, from: usize, to: usize) -> Option<Credit> {
    bracketed(line, from, to).or_else(|| signed(line, from, to)).or_else(|| {
        let first = from.max(to.saturating_sub(LONGEST_WORDS));
        (first..to).find_map(|i| begins(line, from, i, to).map(|start| Credit::at(line, start, i, to)))
    })
}

impl Credit {
    fn at(line: &CaptionLine<'_>, start: usize, from: usize, to: usize) -> Self {
        // A bracket that closes after the last word opened inside the credit: "(2)", "[CC BY-SA 4.0]".
        let mut end = line.end(to);
        let after = line.text.part(end..).chars().next().filter(|c| matches!(c, ')' | ']' | '）'));
        if let Some(closing) = after.filter(|_| line.text.part(start..end).contains(['(', '[', '（'])) {
            end += closing.len_utf8();
        }
        Self { sentence_end: start, span: Span::new(start, end), from, to }
    }
}

/// `… (AP Photo/Ann Orla)`: brackets at the end whose content is a credit.
fn bracketed(line: &CaptionLine<'_>, from: usize, to: usize) -> Option<Credit> {
    let (open, first) = last_brackets(line, from, to)?;
    if !is_credit_in_brackets(line, from, first, to) {
        return None;
    }
    Some(Credit { sentence_end: open, span: Span::new(line.start(first), line.end(to)), from: first, to })
}

/// The brackets that close after the last word: where they open, and their first word.
fn last_brackets(line: &CaptionLine<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    if line.gap(to) & gap::CLOSE == 0 {
        return None;
    }
    let least = from.max(to.saturating_sub(LONGEST_WORDS));
    let mut depth =
        line.text.part(line.end(to)..line.start(to)).chars().take(4).filter(|c| is_closing(*c)).count().max(1);
    for i in (least..to).rev() {
        if line.gap(i) & (gap::OPEN | gap::CLOSE) == 0 {
            continue;
        }
        let start = line.end(i);
        for (at, c) in line.text.part(start..line.start(i)).char_indices().rev() {
            if is_closing(c) {
                depth += 1;
            } else if matches!(c, '(' | '[' | '（' | '【' | '［' | '〔') {
                depth -= 1;
                if depth == 0 {
                    return Some((start + at, i));
                }
            }
        }
    }
    None
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '）' | '】' | '］' | '〕')
}

/// Whether words `first..to`, which stand in brackets, are a credit.
pub(super) fn is_credit_in_brackets(line: &CaptionLine<'_>, from: usize, first: usize, to: usize) -> bool {
    let weight = line.weigh(first, to);
    let before = line.gap(first);
    if weight.words > 20 || to - first == 1 && line.is_medium(first) {
        return false;
    }
    if before & gap::SIGN != 0 || line.phrase_before(first, to, kind::AFTER).is_some_and(|len| first + len < to) {
        return weight.foreign <= 1;
    }
    if let Some(mark) = line.phrase(first, kind::MARK) {
        let after = line.gap(first + mark);
        let rest = line.weigh((first + mark).min(to), to);
        return after & (gap::COLON | gap::SIGN) != 0 && rest.foreign <= 4
            || rest.foreign == 0 && rest.words > 0 && line.is_name(first + mark)
            || weight.fillers;
    }
    let housed =
        || (first..to).any(|i| line.phrase(i, kind::HOUSE).is_some() && is_house(line, i) || line.agency(i).is_some());
    if weight.foreign > 0 {
        // "mlharing / iStock": a name of a user.
        return weight.foreign == 1 && weight.slashes > 0 && weight.words <= 5 && housed();
    }
    let stopped = before & (gap::STOP | gap::CLOSE | gap::QUOTE | gap::EDGE) != 0 || first == from;
    let digits = (first..to).any(|i| line.nth(i).is_digits());
    weight.agency
        || weight.fillers && is_name_less(line, first, to)
        || weight.slashes > 0 && is_name_and_house(line, first, to)
        || stopped
            && !digits
            && line.nth(first).is_upper()
            && (2..=4).contains(&weight.words)
            && weight.slashes == 0
            && line.covers(first) & kind::SIDE == 0
        || line.phrase(first, kind::HOUSE) == Some(to - first) && line.nth(first).is_upper()
}

/// Words that name nobody and say that this is a credit: "File", never "Video" alone.
fn is_name_less(line: &CaptionLine<'_>, first: usize, to: usize) -> bool {
    let of_the_picture = kind::PHOTO | kind::VIDEO | kind::GRAPHIC;
    let alone = to - first == 1;
    !alone
        || line.covers(first) & (kind::FILLER | kind::HOUSE) != 0 && line.covers(first) & of_the_picture == 0
        || line.covers(first) & kind::FILLER != 0 && line.covers(first) & kind::MARK == 0
}

/// `… © Ann Orla`: from the sign on, with a mark before it.
fn signed(line: &CaptionLine<'_>, from: usize, to: usize) -> Option<Credit> {
    let least = from.max(to.saturating_sub(LONGEST_WORDS));
    for i in least..to {
        let before = line.gap(i);
        let letter = line.word(i).eq_ignore_ascii_case("c")
            && before & gap::OPEN != 0
            && line.gap(i + 1) & gap::CLOSE != 0
            && i + 1 < to
            && (line.word(i) == "c" || i == from || line.nth(i + 1).is_unspaced() || line.agency(i + 1).is_some());
        let circled = matches!(line.word(i).chars().next(), Some('Ⓒ' | 'ⓒ'));
        if before & gap::SIGN == 0 && !letter && !circled {
            continue;
        }
        let rest = line.weigh(i, to);
        if rest.words > 20 || rest.foreign > 5 {
            continue;
        }
        let mut start = match line.text.part(line.end(i)..line.start(i)).rfind(['©', '(']) {
            Some(at) if !circled => line.end(i) + at,
            _ => line.start(i),
        };
        let mut first = i;
        // "Bild © Ann Orla": the mark belongs to it.
        while let Some(len) = line.phrase_before(from, first, kind::MARK).filter(|_| line.gap(first) & gap::STOP == 0) {
            first -= len;
            start = line.start(first);
        }
        return Some(Credit::at(line, start, first, to));
    }
    None
}

/// Where the credit begins, in bytes, when word `i` of the caption `from..to` is its first.
fn begins(line: &CaptionLine<'_>, from: usize, i: usize, to: usize) -> Option<usize> {
    let before = if i == from { line.gap(i) | gap::EDGE } else { line.gap(i) };
    let here = line.start(i);
    let fresh = before & (gap::FRESH | gap::EDGE) != 0;
    if line.covers(i) & kind::MARK != 0 && is_marked(line, from, i, to, before) {
        return Some(here);
    }
    if before & (gap::EQUALS | gap::COMMA) == 0 && !fresh {
        let apart = is_apart(line, i, to) || is_agency_photo(line, i, to);
        return if apart { Some(here) } else { glued(line, from, i, to) };
    }
    if let Some(start) = glued(line, from, i, to) {
        return Some(start);
    }
    if !line.is_name(i) && line.agency(i).is_none() && before & gap::EDGE == 0 {
        return None;
    }
    // A label that is a sentence of its own, "Archivbild.", is none of the credit's.
    if let Some(label) = line.phrase(i, kind::FILLER | kind::PHOTO)
        && i + label < to
        && line.gap(i + label) & (gap::STOP | gap::CLOSE) != 0
    {
        return None;
    }
    let weight = line.weigh(i, to);
    if weight.foreign > 0 || weight.words > 12 {
        return None;
    }
    is_unmarked(line, from, i, to, before, &weight).then_some(here)
}

/// `… AP Photo/Ann Orla`, even in the middle of a line.
fn is_agency_photo(line: &CaptionLine<'_>, i: usize, to: usize) -> bool {
    let photo = line.agency(i).filter(|len| *len > 1 && line.covers(i + len - 1) & kind::AFTER != 0);
    photo.is_some_and(|len| {
        let rest = line.weigh(i, to);
        line.gap(i + len) & gap::SLASH != 0 && rest.foreign == 0 && rest.words <= 8
    })
}

/// `… 林梅 摄`: a space before a name, where none are written, and a word after it that says so.
fn is_apart(line: &CaptionLine<'_>, i: usize, to: usize) -> bool {
    const LONGEST_WORDS: usize = 8;
    line.nth(i).is_unspaced()
        && line.gap(i) & gap::SPACE != 0
        && (2..=LONGEST_WORDS).contains(&(to - i))
        && line.phrase_before(i + 1, to, kind::AFTER).is_some()
}

/// `Photo: Ann Orla`, `Courtesy of Ann Orla`, `Foto dpa`.
fn is_marked(line: &CaptionLine<'_>, from: usize, i: usize, to: usize, before: Gap) -> bool {
    let Some(mark) = line.phrase(i, kind::MARK) else { return false };
    let fresh = before & (gap::FRESH | gap::EDGE) != 0;
    let mut name = i + mark;
    let mut sure = line.phrase(i, kind::SURE).is_some();
    // "Fotos/Illustration:", "Photograph courtesy of".
    while line.gap(name) & (gap::APART & !gap::SLASH) == 0
        && let Some(more) = line.phrase(name, kind::MARK)
    {
        sure |= line.phrase(name, kind::SURE).is_some();
        name += more;
    }
    if name >= to {
        return false;
    }
    let upper = line.nth(i).is_upper();
    let cased = upper || line.nth(i).is_lower();
    let after = line.gap(name);
    let rest = line.weigh(name, to);
    if after & (gap::COLON | gap::SIGN) != 0 {
        let short = rest.words <= if cased { 14 } else { 8 };
        let whole = before & gap::EDGE != 0;
        let of_any = line.covers(i) & (kind::PHOTO | kind::VIDEO | kind::GRAPHIC) == 0;
        // "Photo: a man walks through the harbour" is a caption after its label.
        // "PHOTOS: Fifteen years of Orla" is a headline after its label.
        let headline = !of_any
            && rest.foreign > 0
            && rest.words > 3
            && !rest.agency
            && rest.slashes == 0
            && !line.nth(name).is_lower()
            && line.phrase(name, kind::SURE | kind::FROM | kind::FILLER).is_none();
        let named = if whole {
            !headline
                && (rest.foreign == 0 && (rest.words <= 8 || rest.agency)
                    || (rest.foreign <= 2 && rest.words <= 6
                        || of_any && rest.foreign * 4 <= rest.words && rest.words <= 12)
                        && !stops(line, to))
        } else if fresh {
            rest.foreign <= 4
        } else {
            rest.foreign == 0 && (upper || !cased || before & gap::COMMA != 0) && rest.words <= 10
        };
        return short && named;
    }
    // "Copyright 2016 Ann Orla".
    let year = sure && line.nth(name).is_digits() && line.is_name(name + 1);
    let first = year || line.is_name(name) || line.agency(name).is_some();
    // "Fot. Ann Orla" goes on, "Archivbild. Ann Orla" does not.
    if after & (gap::STOP | gap::CLOSE) != 0 && line.nth(name - 1).len() > 4 {
        return false;
    }
    if rest.foreign > 0 || !first || !(fresh || before & gap::COMMA != 0) {
        return false;
    }
    let least = if before & gap::EDGE != 0 && !cased { 0 } else { 4 };
    if sure {
        return rest.words <= if cased { 12 } else { least };
    }
    rest.words <= 8 && (rest.agency || rest.fillers || rest.slashes > 0 && is_name_and_house(line, name, to))
        || (before & (gap::STOP | gap::BAR | gap::SLASH | gap::DASH) != 0
            || line.word(i).chars().nth(1).is_some_and(char::is_uppercase))
            && before & gap::EDGE == 0
            && upper
            && rest.words <= 4
        || rest.agency && rest.words <= 12 && from == i && !is_begun_later(line, i, to)
}

/// Whether the text ends as a sentence does.
fn stops(line: &CaptionLine<'_>, to: usize) -> bool {
    line.gap(to) & gap::STOP != 0
}

/// `Ann Orla/Reuters`, `Getty Images`, `Ann Orla for The Orla Times` after a sentence or alone.
fn is_unmarked(line: &CaptionLine<'_>, from: usize, i: usize, to: usize, before: Gap, weight: &Weight) -> bool {
    let whole = before & gap::EDGE != 0;
    let cased = line.nth(i).is_upper() || line.nth(i).is_lower();
    let stopped = before & (gap::STOP | gap::BAR | gap::DASH | gap::CLOSE | gap::LINE | gap::QUOTE) != 0;
    if before & gap::EQUALS != 0 {
        return weight.agency && weight.words <= 3;
    }
    if before & gap::COMMA != 0 && !stopped && !whole {
        return false;
    }
    if !cased {
        let says = weight.slashes > 0 || weight.fillers || line.agency(i).is_some();
        let inside = (i + 1..to).any(|at| line.gap(at) & (gap::STOP | gap::OPEN | gap::EQUALS) != 0);
        if weight.words > 5 || inside || whole && !says {
            return false;
        }
    }
    if whole && (stops(line, to) && weight.slashes == 0 || is_begun_later(line, i, to)) {
        return false;
    }
    // "Ada Brandt / J. Stone / ORT nuotr.": who is seen, and whose picture it is.
    if whole && weight.slashes > 1 && cased && line.nth(to - 1).is_lower() && line.covers(to - 1) & kind::AFTER != 0 {
        return false;
    }
    if before & gap::SLASH != 0 && !stopped && !whole {
        // "Ada Brandt, mayor of Orla / AFP": what is before the slash is not a name of a photographer.
        let after = line.phrase_before(i, to, kind::AFTER).is_some();
        return only_agencies(line, i, to)
            || weight.fillers && line.covers(i) & kind::FILLER != 0
            || after && weight.words <= 5;
    }
    let after = line.phrase_before(i + 1, to, kind::AFTER).is_some();
    let small = cased && line.nth(to - 1).is_lower();
    if after && (!cased && stopped || small && (whole && weight.words <= 6 || stopped && weight.words <= 4)) {
        return true;
    }
    if weight.agency {
        return !whole || opens_with_name(line, i, to);
    }
    if weight.fillers && weight.slashes > 0 {
        return true;
    }
    if weight.fillers {
        let single = to - i == 1;
        let named = line.covers(i) & kind::FILLER != 0 && !(single && line.covers(i) & kind::MARK != 0)
            || line.phrase(i, kind::HOUSE).is_some_and(|len| i + len == to) && (!single || is_house(line, i));
        return named || !single && !whole;
    }
    if weight.slashes == 1 && is_name_and_house(line, i, to) && (whole || stopped) {
        return true;
    }
    if (whole || before & gap::STOP != 0) && is_for_a_house(line, i, to) {
        return true;
    }
    // "… on Sunday.Ann Orla": between sentences a space stands.
    let glued = before & gap::STOP != 0 && before & gap::SPACE == 0 && i >= from + 4;
    if glued && line.nth(i).is_upper() && weight.words <= 4 && !stops(line, to) {
        return true;
    }
    before & gap::BAR != 0 && cased && i >= from + 4 && weight.words <= 5 && weight.slashes == 0
}

/// Whether a sentence ends inside words `i..to` or another mark stands there: the credit begins after it.
fn is_begun_later(line: &CaptionLine<'_>, i: usize, to: usize) -> bool {
    (i + 2..to).any(|at| {
        let before = line.nth(at - 1);
        let stops = line.gap(at) & gap::STOP != 0 && (before.len() > 3 || before.is_unspaced());
        let marked = line.phrase(at, kind::MARK).is_some_and(|mark| line.gap(at + mark) & gap::COLON != 0);
        stops || marked || line.phrase(at, kind::SURE).is_some_and(|len| len > 1)
    })
}

/// A house that is not a word for a kind of picture.
fn is_house(line: &CaptionLine<'_>, i: usize) -> bool {
    line.covers(i) & (kind::PHOTO | kind::VIDEO | kind::GRAPHIC | kind::MARK) == 0
}

/// Whether words `i..to` are names of agencies and what may stand beside them.
fn only_agencies(line: &CaptionLine<'_>, mut i: usize, to: usize) -> bool {
    const BESIDE: u32 = kind::FILLER | kind::FROM | kind::MARK | kind::AFTER;
    let mut found = false;
    while i < to {
        if let Some(len) = line.agency(i).filter(|len| i + len <= to) {
            found = true;
            i += len;
        } else if let Some(len) = line.phrase(i, kind::HOUSE).filter(|len| i + len <= to) {
            found = true;
            i += len;
        } else if let Some(len) = line.phrase(i, BESIDE) {
            i += len;
        } else {
            return false;
        }
    }
    found
}

/// Whether a line that would be a credit as a whole begins with a name of at most four words, a mark or an agency.
fn opens_with_name(line: &CaptionLine<'_>, i: usize, to: usize) -> bool {
    if line.agency(i).is_some() || line.covers(i) & (kind::MARK | kind::FILLER | kind::HOUSE) != 0 {
        return true;
    }
    let parts = |&at: &usize| {
        line.gap(at) & (gap::APART & !gap::STOP) != 0
            || line.covers(at) & kind::FROM != 0 && line.covers(at) & kind::SMALL == 0 && line.nth(at).is_lower()
    };
    let end = (i + 1..to).find(parts).unwrap_or(to);
    let comma = line.gap(end) & gap::COMMA != 0;
    // "Ann Orla, Reuters": a comma is enough before nothing but agencies.
    let words = line.weigh(i, end).words;
    end < to && words <= 4 && (!comma || only_agencies(line, end, to) && words <= 3)
}

/// `Ann Orla/The Orla Times`: a person of one to three names, a slash, a house of at most five words.
fn is_name_and_house(line: &CaptionLine<'_>, i: usize, to: usize) -> bool {
    let Some(slash) = (i + 1..to).find(|at| line.gap(*at) & gap::SLASH != 0) else { return false };
    let capitals =
        |from: usize, to: usize| (from..to).all(|at| line.nth(at).is_upper() || line.covers(at) & kind::SMALL != 0);
    let commas = (i + 1..to).any(|at| line.gap(at) & (gap::COMMA | gap::COLON) != 0);
    let (name, house) = (slash - i, to - slash);
    let named = (2..=3).contains(&name) || name <= 4 && line.covers(i) & (kind::HOUSE | kind::FILLER) != 0;
    !commas
        && named
        && (1..=5).contains(&house)
        && line.nth(i).is_upper()
        && capitals(i, slash)
        && !line.is_small(slash)
}

/// `Ann Orla for The Orla Times`.
fn is_for_a_house(line: &CaptionLine<'_>, i: usize, to: usize) -> bool {
    let is_from = |at: &usize| {
        let covers = line.covers(*at);
        covers & kind::FROM != 0 && covers & kind::SMALL == 0 && line.nth(*at).is_lower()
    };
    let Some(at) = (i + 1..to).find(is_from) else { return false };
    let spaced = |from: usize, to: usize| {
        (from + 1..to).all(|at| line.gap(at) & !gap::SPACE == 0 || line.word(at - 1).len() == 1)
    };
    (2..=3).contains(&(at - i))
        && (1..=5).contains(&(to - at - 1))
        && spaced(i, at)
        && spaced(at + 1, to)
        && line.nth(at + 1).is_upper()
        && (i..at).all(|at| line.nth(at).is_upper())
}

/// `… Präsident NadeschdinBild: dpa`: where the credit begins inside word `i`, that has a capital after a small letter.
fn glued(line: &CaptionLine<'_>, from: usize, i: usize, to: usize) -> Option<usize> {
    // "McDonald" and "iStock" have short heads.
    const HEAD: usize = 3;
    if i == from && to - i < 2 || line.nth(i).len() < 6 {
        return None;
    }
    let word = line.word(i);
    let mut chars = word.char_indices().zip(word.chars().skip(1));
    let inner = |((at, a), b): ((usize, char), char)| {
        ((a.is_lowercase() || a.is_ascii_digit()) && b.is_uppercase()).then_some(at + a.len_utf8())
    };
    let at = chars.by_ref().skip(HEAD - 1).find_map(inner)?;
    let marked = line.gap(i + 1) & gap::COLON != 0
        && line.kinds_of(word.part(at..)) & kind::MARK != 0
        && (1..=14).contains(&line.weigh(i + 1, to).words);
    let rest = || {
        let weight = line.weigh(i, to);
        weight.foreign == 0 && weight.agency && weight.slashes > 0 && weight.words <= 8
    };
    let plain = i > from + 2 && line.gap(i) & (gap::APART | gap::EDGE) == 0;
    (marked || plain && rest()).then(|| line.start(i) + at)
}
