//! The people and agencies that a credit names.

use super::credit::Credit;
use super::line::{CaptionLine, gap};
use crate::pack::caption_kind as kind;
use crate::text::part::PartOf;

/// A name has no more words.
const LONGEST_WORDS: usize = 8;

const BEFORE: u32 = kind::MARK | kind::SURE | kind::FILLER | kind::FROM | kind::SENTENCE;

/// The names of a credit, in the order written, each once.
pub(super) fn names(line: &CaptionLine<'_>, credit: &Credit) -> Vec<String> {
    let mut found = Vec::new();
    let (mut from, to) = (credit.from, credit.to);
    // The copyright sign as a letter; a word that the sentence before it runs into.
    let letter = line.word(from).eq_ignore_ascii_case("c") && line.gap(from) & gap::OPEN != 0;
    let glued = line.start(from) < credit.span.start;
    if letter || glued && line.kinds_of(line.text.part(credit.span.start..line.end(from + 1))) & kind::MARK != 0 {
        from += 1;
    }
    let mut start = from;
    // A phrase is no place for a name to end.
    let mut within = start + line.phrase_within(start, to, BEFORE).unwrap_or(0);
    for i in from + 1..=to {
        if i < to && (i < within || !is_between(line, start, i, to)) {
            continue;
        }
        name(line, start, i, credit.span.start, &mut found);
        // "via", "and": they belong to neither name.
        start =
            if i < to && is_joiner(line, i, to) { i + line.phrase_within(i, to, kind::FROM).unwrap_or(1) } else { i };
        within = start + line.phrase_within(start, to, BEFORE).unwrap_or(0);
    }
    found
}

/// Whether a name ends before word `i`.
fn is_between(line: &CaptionLine<'_>, from: usize, i: usize, to: usize) -> bool {
    let gap = line.gap(i);
    let apart = gap & gap::APART & !gap::STOP != 0
        // "A. Quill", "St. Orla": an initial or a short word does not end a name.
        || gap & gap::STOP != 0 && line.phrase_within(i, to, kind::FILLER).is_some()
        || gap & gap::STOP != 0 && (line.word(i - 1).chars().count() > 2 || line.nth(i - 1).is_lower())
        || gap & gap::SPACE != 0
            && line.nth(i).is_unspaced()
            && line.nth(i - 1).is_unspaced()
            // Thai sets a space between the names of one person.
            && !line.word(i).starts_with(is_thai);
    apart || i > from && is_joiner(line, i, to)
}

fn is_thai(c: char) -> bool {
    ('\u{0e00}'..='\u{0e7f}').contains(&c)
}

/// Whether word `i`, in small letters or of a script that has none, stands between two names.
fn is_joiner(line: &CaptionLine<'_>, i: usize, to: usize) -> bool {
    let (word, covers) = (line.nth(i), line.covers(i));
    if word.is_upper()
        || word.is_digits()
        || line.gap(i) & gap::SPACE == 0
        || covers & (kind::FROM | kind::SMALL) == 0
        || i + 1 >= to
    {
        return false;
    }
    // "de", "van" and the like stand inside names.
    let from = covers & kind::FROM != 0 && covers & kind::SMALL == 0 && line.phrase(i, kind::FROM).is_some();
    let and = covers & kind::SMALL != 0 && line.is_joining(i);
    (from || and) && line.is_name(i + 1)
}

/// Adds the name in words `from..to`, without what names nobody and what stands before byte `begin`.
fn name(line: &CaptionLine<'_>, mut from: usize, mut to: usize, begin: usize, found: &mut Vec<String>) {
    while from < to {
        // The longest name hides the others that begin so: "Getty Images/iStockphoto".
        let whole = || (line.covers(from) & kind::AGENCY != 0 && line.is_agency(from, to)).then_some(to - from);
        let agency = line.agency_within(from, to).or_else(whole);
        // "AP Photo" is AP, "Alamy Stock Photo" is called so.
        if agency.is_some_and(|len| from + len == to && (len > 2 || line.covers(to - 1) & kind::AFTER == 0)) {
            break;
        }
        // "stock" is a part of "stock.adobe.com", "Dr" of "Dr. Orla".
        let apart = |len: &usize| {
            let gap = if from + len == to { gap::EDGE } else { line.gap(from + len) };
            let marks = line.phrase_within(from, from + len, BEFORE & !kind::FILLER) == Some(*len);
            gap != 0 && (marks || gap & gap::STOP == 0) || line.nth(from).is_unspaced()
        };
        // "for Map Foundation": after "for" a capital begins a name.
        let begins = from > 0
            && from + 1 < to
            && line.covers(from - 1) & kind::FROM != 0
            && line.nth(from - 1).is_lower()
            && line.nth(from).is_upper()
            && line.nth(from + 1).is_upper()
            && line.gap(from + 1) & !gap::SPACE == 0;
        let before = line.phrase_within(from, to, BEFORE).filter(apart).filter(|_| !begins);
        if let Some(len) = before.filter(|_| agency.is_none()) {
            from += len;
        } else if let Some(len) = after(line, from, to) {
            to -= len;
        } else if line.nth(to - 1).is_digits() {
            to -= 1;
        } else if line.nth(from).is_digits() && line.nth(from).len() == 4 {
            // "Copyright 2026 The AP".
            from += 1;
        } else if let Some(len) = agency.filter(|_| line.nth(from).is_unspaced()) {
            // 新华社记者: what follows is another name.
            push(line.stretch(from, from + len), found);
            from += len;
        } else {
            break;
        }
    }
    let named = (from..to).any(|i| line.word(i).chars().any(char::is_alphabetic));
    let words = line.weigh(from, to).words;
    if named && words <= LONGEST_WORDS {
        push(line.text.part(line.start(from).max(begin)..line.end(to)), found);
    }
}

/// How many words at the end of a name say "photo" or the like: "Orla Times file photo", "AFP Photo", and not "UN Photo".
fn after(line: &CaptionLine<'_>, from: usize, to: usize) -> Option<usize> {
    let len = line.phrase_before(from, to, kind::FILLER | kind::AFTER)?;
    let capital = line.nth(to - len).is_upper();
    let agency = || line.is_agency(from, to - len);
    (!capital || len == to - from || agency()).then_some(len)
}

fn push(name: &str, found: &mut Vec<String>) {
    if !name.is_empty() && !found.iter().any(|known| known == name) {
        found.push(name.to_owned());
    }
}
