//! A glance at where mojibake may be, so that sound text costs no more than that.

use super::chars::{EDGE, ENCODINGS, Set, Tables, behind, pair, tables};
use super::line::Line;
use super::sequence::{LOST, may_begin};

/// Whether `text` holds a sequence that is worth reading by itself; most text holds none.
pub(super) fn any(text: &str) -> bool {
    places(text).any(|at| begins(text, at))
}

/// The encodings in which a sequence may begin anywhere in `text`, worth reading or not.
pub(super) fn encodings(text: &str) -> Set {
    let tables = tables();
    places(text).fold(0, |found, at| found | may_begin_at(tables, text, at))
}

/// Where there are characters outside ASCII.
fn places(text: &str) -> impl Iterator<Item = usize> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let at = next + ascii(&text.as_bytes()[next..])?;
        next = at + len_utf8(text.as_bytes()[at]);
        Some(at)
    })
}

/// Length of the character that begins with `byte`, not of ASCII.
fn len_utf8(byte: u8) -> usize {
    match byte {
        0xf0.. => 4,
        0xe0.. => 3,
        _ => 2,
    }
}

/// How many bytes are ASCII before the first that is not.
pub(super) fn ascii(bytes: &[u8]) -> Option<usize> {
    let (chunks, _) = bytes.as_chunks::<32>();
    let skip = chunks.iter().take_while(|chunk| chunk.is_ascii()).count() * 32;
    bytes[skip..].iter().position(|byte| !byte.is_ascii()).map(|rest| skip + rest)
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
    // No encoding has Hebrew, Arabic and what comes behind them but for punctuation and symbols.
    if matches!(bytes[0], 0xd4..=0xe1 | 0xe3..=0xee | 0xf0..) {
        return true;
    }
    match bytes[len_utf8(bytes[0]).min(bytes.len())..] {
        [] | [0..=0x1f | 0x21..0x80, ..] => true,
        [0xd4..=0xe1 | 0xe3..=0xee | 0xf0.., ..] => true,
        // Greek and Russian small letters follow nothing.
        [0xce, 0xac..=0xbf, ..] | [0xcf, 0x81..=0x8e, ..] => true,
        [0xd0, 0xb0..=0xbf, ..] | [0xd1, 0x80..=0x8f, ..] => true,
        _ => false,
    }
}

#[inline]
fn may_begin_at(tables: &Tables, text: &str, at: usize) -> Set {
    let mut chars = text[at..].chars();
    chars.next().map_or(0, |first| may_begin(tables, first, &mut chars))
}

/// By how much, in eighths of a bit, reading some one sequence has to be cheaper for a line to be searched at all.
const LEAST: i32 = 40;

/// Whether in one of `may` the sequence at `at` costs less than the characters it is made of. Where a neighbour may be of
/// another sequence, its part in the cost is left out, so that no sequence is passed over that a search may choose.
#[cold]
fn is_worth_reading(tables: &Tables, text: &str, at: usize, may: Set) -> bool {
    let line = Line::around(text, at);
    let left = line.left(at);
    let mut before = text[..at].chars().rev();
    let follows_one = match before.next() {
        Some(' ' | '?') => before.next().is_some_and(|c| !c.is_ascii()),
        Some(c) => c == LOST || tables.bytes(c).follows != 0,
        None => false,
    };
    for encoding in (0..ENCODINGS).filter(|encoding| may & 1 << encoding != 0) {
        let Some(sequence) = line.sequence(0, encoding) else { continue };
        let len: usize = line.chars[..sequence.len].iter().map(|c| c.len_utf8()).sum();
        let next = text[at + len..].chars().next();
        let right = next.map_or(EDGE, |c| tables.kind(c).0);
        let begins_one = next.is_some_and(|c| tables.bytes(c).leads() != 0);
        let (mut as_it_is, mut last) = (0, left);
        for place in 0..sequence.len {
            let (cost, kind) = line.as_it_is(place, last);
            (as_it_is, last) = (as_it_is + cost, kind);
        }
        as_it_is += pair(last, behind(last, right));
        let (mut as_read, kind) = line.as_read(0, &sequence, left);
        if follows_one {
            as_read -= pair(left, kind);
        }
        if !begins_one {
            as_read += pair(kind, behind(kind, right));
        }
        if as_read + LEAST < as_it_is {
            return true;
        }
    }
    false
}
