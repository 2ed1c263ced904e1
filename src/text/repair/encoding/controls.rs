//! C1 controls: hardly ever meant, but what windows-1252 makes characters of and Latin-1 does not.

use super::chars::WINDOWS_1252;
use super::tables::HIGH;
use super::{Mended, Step};
use crate::text::part::PartOf;
use crate::text::repair::output::{self, Run, push};

/// What windows-1252 has in the place of a C1 control, if it has anything.
fn meant(c: char) -> Option<char> {
    match c {
        '\u{80}'..='\u{9f}' => char::from_u32(HIGH[WINDOWS_1252][c as usize - 0x80].into()).filter(|meant| *meant != c),
        _ => None,
    }
}

/// Whether there is one that can be replaced.
pub(super) fn any(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xc2, bytes)
        .any(|at| matches!(bytes[at + 1], 0x80..=0x9f) && text.part(at..).chars().next().and_then(meant).is_some())
}

/// `line` with its C1 controls replaced, unless NEL is the only one and ends lines, as it may where no space and no mark comes
/// next.
pub(super) fn replace(line: &str, nel_ends_lines: bool) -> Option<Mended> {
    let ends_line = |at: usize, c: char| {
        let next = line.part(at + c.len_utf8()..).chars().next();
        nel_ends_lines && c == '\u{85}' && !next.is_some_and(|next| next == ' ' || next.is_ascii_punctuation())
    };
    let is_replaced = |(at, c): (usize, char)| meant(c).is_some() && !ends_line(at, c);
    if memchr::memchr(0xc2, line.as_bytes()).is_none() || !line.char_indices().any(is_replaced) {
        return None;
    }
    let mut mended = Mended { text: String::with_capacity(line.len()), runs: Vec::new(), plan: Vec::new() };
    for c in line.chars() {
        let len = c.len_utf8();
        match meant(c) {
            None => {
                mended.text.push(c);
                push(&mut mended.runs, Run { count: len, out: 1, src: 1, steps: 0 });
            }
            Some(meant) => {
                mended.text.push(meant);
                push(&mut mended.runs, Run { count: 1, out: meant.len_utf8(), src: len, steps: output::ENCODING });
            }
        }
    }
    mended.plan = if line.chars().all(|c| c <= '\u{ff}') {
        vec![Step::Encode("latin-1"), Step::Decode("sloppy-windows-1252")]
    } else {
        vec![Step::Apply("fix_c1_controls")]
    };
    Some(mended)
}
