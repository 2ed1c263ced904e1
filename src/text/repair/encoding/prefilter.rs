//! A prefilter: where mojibake may be, so that sound text costs no more than that.

use super::chars::{EDGE, ENCODINGS, Set, Tables, after, pair, tables};
use super::line::EncodedLine;
use super::sequence::{LOST, may_begin};
use crate::text::part::PartOf;
use crate::text::prefilter::each_high;

/// Whether `text` holds a sequence that is worth reading by itself; most text holds none.
pub(super) fn any(text: &str) -> bool {
    let bytes = text.as_bytes();
    let look = |at: usize| match letters(&bytes[at..]) {
        0 => (!begins(text, at)).then(|| len_utf8(bytes[at])),
        len => Some(len),
    };
    each_high(bytes, look).is_some()
}

/// The encodings in which a sequence may begin anywhere in `text`, worth reading or not.
pub(super) fn encodings(text: &str) -> Set {
    let tables = tables();
    let mut found = 0;
    each_high(text.as_bytes(), |at| {
        found |= may_begin_at(tables, text, at);
        Some(len_utf8(text.as_bytes()[at]))
    });
    found
}

/// Length of the character that begins with `byte`, not of ASCII.
fn len_utf8(byte: u8) -> usize {
    match byte {
        0xf0.. => 4,
        0xe0.. => 3,
        _ => 2,
    }
}

/// Length of a row of letters of the large scripts, with which `bytes` begin, none of which begins a sequence, told by bytes.
#[inline]
pub(in crate::text::repair) fn letters(bytes: &[u8]) -> usize {
    let mut end = 0;
    // A letter that an encoding has begins no sequence where a letter follows that is not a follower.
    let mut open = 0;
    loop {
        (end, open) = match bytes[end..] {
            // Russian and Greek.
            [0xd0, 0x90..=0xbf, ..] | [0xd1, 0x80..=0x8f, ..] => (end + 2, 2),
            [0xce, 0xac..=0xbf, ..] | [0xcf, 0x81..=0x8e, ..] => (end + 2, 2),
            // Hebrew, Arabic.
            [0xd7, 0x90..=0xbf, ..] | [0xd8, 0xa0..=0xbf, ..] | [0xd9, 0x80..=0x8a, ..] | [0xda, ..] => (end + 2, 0),
            // Kana, ideographs, Hangul.
            [0xe3, 0x81 | 0x83..=0xbf, ..] | [0xe4..=0xe9 | 0xeb | 0xec, ..] => (end + 3, 0),
            _ => return end - open,
        };
    }
}

/// Whether a sequence that is worth reading begins at byte `at`, where a character outside ASCII does.
#[inline]
pub(super) fn begins(text: &str, at: usize) -> bool {
    if is_plain(&text.as_bytes()[at..]) {
        return false;
    }
    let tables = tables();
    let may = may_begin_at(tables, text, at);
    may != 0 && is_worth_reading(tables, text, at, may)
}

/// Whether the bytes tell that no sequence begins with their first character: most of what is written in the large scripts.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    match *bytes {
        // No encoding has Hebrew, Arabic and what comes after them but for punctuation and symbols.
        [0xd4..=0xe1 | 0xe3..=0xee | 0xf0.., ..] => true,
        // Small letters and punctuation begin no sequence of two of which a space may be part.
        [0xc3, 0xa0..=0xbf, ref rest @ ..]
        | [0xce, 0xac..=0xbf, ref rest @ ..]
        | [0xd0, 0xb0..=0xbf, ref rest @ ..]
        | [0xd1, 0x80..=0x8f, ref rest @ ..]
        | [0xe2, _, _, ref rest @ ..] => {
            is_no_follower(rest) || matches!(rest, [b' ', after @ ..] if is_no_follower(after))
        }
        [0xef, _, _, ref rest @ ..] | [_, _, ref rest @ ..] => is_no_follower(rest),
        _ => true,
    }
}

/// Whether the bytes tell that their first character follows no lead.
#[inline]
fn is_no_follower(bytes: &[u8]) -> bool {
    match *bytes {
        [] | [0..=0x1f | 0x21..0x80, ..] => true,
        [0xd4..=0xe1 | 0xe3..=0xee | 0xf0.., ..] => true,
        // Greek and Russian letters but for a few.
        [0xce, 0xac..=0xbf, ..] | [0xcf, 0x81..=0x8e, ..] => true,
        [0xd0, 0x90..=0xbf, ..] | [0xd1, 0x80..=0x8f, ..] => true,
        _ => false,
    }
}

#[inline]
fn may_begin_at(tables: &Tables, text: &str, at: usize) -> Set {
    let mut chars = text.part(at..).chars();
    chars.next().map_or(0, |first| may_begin(tables, first, &mut chars))
}

/// By how much, in eighths of a bit, reading some one sequence has to be cheaper for a line to be searched at all.
const LEAST: i32 = 40;

/// Whether in one of `may` the sequence at `at` costs less than the characters it is made of. Where a neighbour may be of
/// another sequence, its part in the cost is left out, so that no sequence is passed over that a search may choose.
#[cold]
fn is_worth_reading(tables: &Tables, text: &str, at: usize, may: Set) -> bool {
    let line = EncodedLine::around(text, at);
    let left = line.left(at);
    let mut before = text.part(..at).chars().rev().map(|c| (c, tables.bytes(c)));
    let follows_one = match before.next() {
        Some((' ', _)) => before.next().is_some_and(|(_, bytes)| bytes.follows | bytes.before_space != 0),
        Some((c, bytes)) => matches!(c, LOST | '?') || bytes.follows != 0,
        None => false,
    };
    for encoding in (0..ENCODINGS).filter(|encoding| may & 1 << encoding != 0) {
        let Some(sequence) = line.sequence(0, encoding) else { continue };
        let len: usize = line.chars[..sequence.len].iter().map(|c| c.len_utf8()).sum();
        let right = text.part(at + len..).chars().next().map_or(EDGE, |c| tables.kind(c).0);
        let begins_one = may_begin_at(tables, text, at + len) != 0;
        let (mut as_it_is, mut last) = (0, left);
        for place in 0..sequence.len {
            let (cost, kind) = line.as_it_is(place, last);
            (as_it_is, last) = (as_it_is + cost, kind);
        }
        as_it_is += pair(last, after(last, right));
        let (mut as_read, kind) = line.as_read(0, &sequence, left);
        if follows_one {
            as_read -= pair(left, kind);
        }
        if !begins_one {
            as_read += pair(kind, after(kind, right));
        }
        if as_read + LEAST < as_it_is {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_begins_nothing() {
        let tables = tables();
        let (mut plain, mut all) = (0, 0);
        let firsts = ('\u{80}'..='\u{2fff}').chain('\u{f800}'..='\u{ffff}');
        let nexts: Vec<char> =
            (' '..='\u{500}').chain('\u{2000}'..='\u{2600}').chain(['\u{f8ff}', '\u{fb01}', LOST]).collect();
        for first in firsts {
            let stride = if tables.bytes(first).leads() == 0 { 997 } else { 7 };
            for second in nexts.iter().skip(first as usize % stride).step_by(stride) {
                for third in [' ', 'a', '?', '©', '»', 'é', LOST, '\u{301}'] {
                    let text = String::from_iter([first, *second, third, '»']);
                    all += 1;
                    if is_plain(text.as_bytes()) {
                        plain += 1;
                        assert_eq!(may_begin_at(tables, &text, 0), 0, "{text:?}");
                    }
                }
            }
        }
        assert!(plain > all / 10);
    }

    #[test]
    fn letters_begin_nothing() {
        let tables = tables();
        let letters_of = |text: &str| text[..letters(text.as_bytes())].chars().count();
        assert_eq!(letters_of("слово"), 4);
        assert_eq!(letters_of("漢字かな"), 4);
        let found = ('\u{370}'..='\u{d7ff}').filter(|c| letters(format!("{c}а").as_bytes()) >= c.len_utf8());
        let found: Vec<char> = found.collect();
        assert!(found.len() > 30_000);
        let next = found.iter().filter(|c| **c < '\u{500}').chain(&found[found.len() - 1..]);
        for second in next {
            for first in found.iter().take_while(|c| **c < '\u{500}') {
                assert_eq!(may_begin_at(tables, &format!("{first}{second}а"), 0), 0, "{first}{second}");
            }
        }
    }
}
