//! Line ends that are written out: `\n` as two characters, tags of blocks, bars and other marks that stood for line ends when a
//! table or a list of strings was printed.

use std::ops::Range;

use memchr::memmem;

use crate::offsets::Span;
use crate::text::kinds::{LOWER, kind};
use crate::text::markup::each_block_tag;
use crate::text::part::PartOf;
use crate::text::prefilter::Prefilter;
use crate::text::sentence::ends_sentence;

/// Where line ends are written out in `text`: sorted and disjoint.
pub(super) fn written_ends(text: &str, prefilter: &Prefilter) -> Vec<Range<usize>> {
    let mut ends = Vec::new();
    let marked = prefilter.is_marked(Span::new(0, text.len()));
    if marked {
        each_block_tag(text, |tag| ends.push(tag));
    }
    escapes(text, &mut ends);
    marks(text, marked, &mut ends);
    list(text, &mut ends);
    if ends.len() > 1 {
        ends.sort_unstable_by_key(|end| (end.start, std::cmp::Reverse(end.end)));
        let mut seen_to = 0;
        ends.retain(|end| {
            let apart = end.start >= seen_to;
            seen_to = seen_to.max(end.end);
            apart
        });
    }
    ends
}

/// `\n`, `\r` and `\t` as two characters, with all backslashes before: where no small letter follows, as one does in a path, or
/// where most of them in the text are so.
fn escapes(text: &str, ends: &mut Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut breaks, mut tabs) = (0, 0);
    let mut at = 0;
    while let Some(slash) = bytes.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        let start = at + slash;
        let slashes = bytes[start..].iter().take_while(|byte| **byte == b'\\').count();
        at = start + slashes;
        if slashes <= 4
            && let Some(letter @ (b'n' | b'r' | b't')) = bytes.get(at)
        {
            at += 1;
            let clear = !text.part(at..).starts_with(|c| kind(c) & LOWER != 0);
            match letter {
                b't' => tabs += usize::from(clear),
                _ => breaks += usize::from(clear),
            }
            found.push((start..at, *letter, clear));
        }
    }
    let all = |of: fn(u8) -> bool| found.iter().filter(|(_, letter, _)| of(*letter)).count();
    let all_breaks = breaks >= 3 && breaks * 4 >= all(|letter| letter != b't') * 3;
    let all_tabs = tabs * 4 >= all(|letter| letter == b't') * 3 && (tabs >= 3 || breaks > 0);
    ends.extend(found.into_iter().filter_map(|(range, letter, clear)| {
        let written = if letter == b't' { all_tabs } else { clear || all_breaks };
        written.then_some(range)
    }));
}

/// What data sets write for a line end: each is one wherever it stands. Before it a byte of it that few texts hold.
const SEPARATORS: &[(u8, &str)] = &[
    (b'[', "[SEP]"),
    (b'[', "[sep]"),
    (b'<', "<sep>"),
    (b'<', "<SEP>"),
    (b'[', "[PAR]"),
    (b'[', "[NEWLINE]"),
    (b'<', "<newline>"),
    (b'<', "<NEWLINE>"),
    (b'<', "<n>"),
    (b'<', "<nl>"),
    (b'<', "</s> <s>"),
    (b'<', "</s><s>"),
    (b'<', "<s> "),
    (b'<', " </s>"),
    (b'<', "<eop>"),
    (b'<', "<eos>"),
    (b'<', "<par>"),
    (b'<', "<para>"),
    (b'<', "<t> "),
    (b'<', " </t>"),
    (b'|', "|||||"),
    (b'|', "|||"),
    (b'_', "NEWLINE_CHAR"),
    (b'_', "story_separator_special_tag"),
    (b'<', "<doc-sep>"),
    (0x90, "\u{2424}"),
    (b'<', "<|endofparagraph|>"),
];

/// Marks that can stand for a line end, with spaces around, and a byte of each.
const BARS: &[(u8, &str)] = &[
    (b'|', " | "),
    (b'|', " || "),
    (0xa6, " \u{a6} "),
    (0xb6, " \u{b6} "),
    (0x9c, " \u{ff5c} "),
    (0xa2, " \u{2022} "),
    (0xb7, " \u{b7} "),
    (0x8f, " \u{25cf} "),
    (0xaa, " \u{25aa} "),
    (0xa0, " \u{25a0} "),
    (b'*', " * "),
];

/// Separators, and bars between what is too long for the cells of a row or the items of a menu.
fn marks(text: &str, marked: bool, ends: &mut Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    // Most texts have none of the bytes; those that markup is made of too were looked for before.
    let mut asked = [None; 256];
    let mut has = |byte: u8| {
        let is_markup = matches!(byte, b'<' | b'[' | b'_' | b'*');
        let look = || (marked || !is_markup) && memchr::memchr(byte, bytes).is_some();
        *asked[usize::from(byte)].get_or_insert_with(look)
    };
    for (_, separator) in SEPARATORS.iter().filter(|(byte, _)| has(*byte)) {
        ends.extend(memmem::find_iter(bytes, separator).map(|at| at..at + separator.len()));
    }
    for (_, bar) in BARS.iter().filter(|(byte, _)| has(*byte)) {
        let mut finder = memmem::find_iter(bytes, bar).peekable();
        if finder.peek().is_none() {
            continue;
        }
        // Line by line of the text.
        let mut places: Vec<usize> = Vec::new();
        let mut line_end = 0;
        for at in finder {
            if at >= line_end {
                bars(text, &places, bar, ends);
                places.clear();
                line_end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |len| at + len);
            }
            places.push(at);
        }
        bars(text, &places, bar, ends);
    }
}

/// Bars stand for line ends where there are several, and where what they set apart are sentences.
const FEWEST_BARS: usize = 2;
const SENTENCE: usize = 60;

/// Bars at these places of one line.
fn bars(text: &str, places: &[usize], bar: &str, ends: &mut Vec<Range<usize>>) {
    if places.len() < FEWEST_BARS {
        return;
    }
    let inside = places.windows(2).map(|pair| text.part(pair[0] + bar.len()..pair[1]));
    let line_end = memchr::memchr(b'\n', &text.as_bytes()[places[places.len() - 1]..]);
    let last = line_end.map_or(text.len(), |len| places[places.len() - 1] + len);
    let all = inside.chain([text.part(places[places.len() - 1] + bar.len()..last)]);
    let (mut sentences, mut long, mut count) = (0, 0, 0);
    for part in all {
        count += 1;
        if part.len() >= SENTENCE {
            long += part.len();
            sentences += usize::from(ends_sentence(part));
        }
    }
    // Most of the line is in long parts, and two of them at least end as sentences do.
    let whole = last - places[0];
    if long * 2 > whole && (sentences >= 2 || (count >= 3 && long > SENTENCE * count)) {
        ends.extend(places.iter().map(|at| *at..at + bar.len()));
    }
}

/// A printed list of strings, `['…', '…']` or `["…" "…"]`: its brackets, and what stands between the strings.
fn list(text: &str, ends: &mut Vec<Range<usize>>) {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let Some(inner) = inner.map(str::trim) else { return };
    let quotes = [b'\'', b'"'];
    let (Some(first), Some(last)) = (inner.bytes().next(), inner.bytes().next_back()) else { return };
    if inner.len() < 2 || !quotes.contains(&first) || !quotes.contains(&last) {
        return;
    }
    // Everything is counted from the start of the text.
    let start = text.len() - text.trim_start().len();
    let open = start + 1 + trimmed.part(1..).len() - trimmed.part(1..).trim_start().len();
    ends.push(start..open + 1);
    let close = open + inner.len();
    let bytes = text.as_bytes();
    let mut at = open + 1;
    while at + 1 < close {
        let Some(quote) = memchr::memchr2(b'\'', b'"', &bytes[at..close - 1]).map(|len| at + len) else { break };
        at = quote + 1;
        let rest = &bytes[at..close - 1];
        let spaces = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let comma = usize::from(rest.get(spaces) == Some(&b','));
        let more = rest[spaces + comma..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let next = at + spaces + comma + more;
        if spaces + comma + more > 0 && bytes.get(next).is_some_and(|byte| quotes.contains(byte)) {
            ends.push(quote..next + 1);
            at = next + 1;
        }
    }
    ends.push(close - 1..start + trimmed.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        let mut start = 0;
        let mut parts = Vec::new();
        for end in written_ends(text, &Prefilter::of(text)) {
            parts.push(&text[start..end.start]);
            start = end.end;
        }
        parts.push(&text[start..]);
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    const A: &str = "The harbour board closed the north quay on Tuesday for a whole year.";
    const B: &str = "Divers had found cracks in its footings, the chairwoman told the town.";

    #[test]
    fn line_ends_that_are_written_out() {
        for (between, head, tail) in [
            ("\\n", "", ""),
            ("\\r\\n", "", ""),
            ("\\\\n\\\\n", "", ""),
            ("<br>", "", ""),
            ("<br /><br/>", "", ""),
            ("</p>\n<p class=\"a\">", "<div><p>", "</p></div>"),
            ("&lt;br /&gt;", "", ""),
            (" | ", "", ""),
            (" \u{2022} ", "", ""),
            (" [SEP] ", "", ""),
            ("|||||", "", ""),
            ("', '", "['", "']"),
            ("', \"", "['", "\"]"),
            ("'\n '", "['", "']"),
        ] {
            let text = format!("{head}{A}{between}{B}{between}{A}{tail}");
            assert_eq!(parts(&text), [A, B, A], "{text}");
        }
    }

    #[test]
    fn every_mark_has_its_byte() {
        for (byte, mark) in SEPARATORS.iter().chain(BARS) {
            assert!(mark.bytes().any(|other| other == *byte), "{mark:?}");
        }
    }

    #[test]
    fn what_only_looks_like_a_line_end() {
        for text in [
            "The file is at C:\\new\\reports\\today.txt",
            "Home | News | Sport | Weather | Contact",
            "| Lower Tarn | 4 | 12 | a very good season |",
            "Quay closes for a year | Orla Post",
            "a < b and b > c",
            "[1] A note",
            "['one']s",
            "The order of the court, in \u{b6} 12 and \u{b6} 14, says so.",
        ] {
            assert_eq!(parts(text), [text], "{text}");
        }
    }
}
