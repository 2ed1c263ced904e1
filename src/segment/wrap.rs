//! Whether a document as a whole is hard-wrapped, and at which width.

use memchr::memmem;

use super::RawLine;
use crate::offsets::count_bytes;
use crate::text::part::PartOf;

/// Columns between which the lines of hard-wrapped prose end.
const WRAP: std::ops::RangeInclusive<usize> = 55..=90;

/// The width at which the document is hard-wrapped, or `None` when it is not: most of its long lines must end between
/// columns 55 and 90 without an end stop, go on in the next line, and hardly any line may be longer.
pub(super) fn wrap_width(text: &str, lines: &[RawLine]) -> Option<usize> {
    // A line over four bytes a column is too long whatever it holds; one such line in twenty is let pass.
    let too_long = lines.iter().filter(|line| line.span.len() > 4 * WRAP.end()).count();
    if lines.len() < 6 || too_long * 20 > lines.len() {
        return None;
    }
    let (mut long, mut longer) = (0, 0);
    // The lines of a wrapped one's width, each with the one that follows.
    let mut within = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let content = text.part(line.span.range());
        if content.len() < 40 {
            continue;
        }
        let width = line.indent.min(8) + columns(content);
        if width < 40 {
            continue;
        }
        long += 1;
        longer += usize::from(width > *WRAP.end());
        // Few documents need more than a look at their first paragraphs.
        if longer * 20 > lines.len() {
            return None;
        }
        if let Some(next) = lines.get(i + 1).filter(|next| !next.set_off && WRAP.contains(&width)) {
            within.push((content, width, next));
        }
    }
    // Most documents show by the lengths of their lines alone that nothing is wrapped.
    let enough = |wrapped: usize| wrapped >= 4 && wrapped * 10 >= long * 4 && longer * 10 <= long;
    if !enough(within.len()) {
        return None;
    }
    let (mut wrapped, mut small) = (0, 0);
    let mut widths = [0usize; *WRAP.end() + 1];
    for (content, width, next) in within {
        if !ends_sentence(content) && is_running(content) {
            wrapped += 1;
            widths[width] += 1;
            small += usize::from(text.part(next.span.start..).starts_with(goes_on));
        }
    }
    if !enough(wrapped) {
        return None;
    }
    // The width that nine in ten keep within: a stray longer line must not stretch it.
    let mut seen = 0;
    let width = widths.iter().position(|&n| {
        seen += n;
        seen * 10 >= wrapped * 9
    })?;
    // A program breaks a line only where the next word no longer fits; headlines in a list end anywhere.
    let pairs = || lines.windows(2).filter(|pair| !pair[1].set_off);
    let full = pairs().filter(|pair| is_full(text, &pair[0], &pair[1], width)).count();
    // Where hardly a line could have held a word more, that alone tells; else most of the long lines must be wrapped, and the
    // middle of a sentence mostly goes on with a small letter, where the script has any: headlines, contacts and the rows of a
    // table do not.
    let (of_long, over, of_small) = if full * 20 >= pairs().count() * 19 { (4, 10, 25) } else { (6, 20, 40) };
    let is_wrapped = full * 10 >= wrapped * 8
        && wrapped * 10 >= long * of_long
        && longer * over <= long
        && small * 100 >= wrapped * of_small;
    is_wrapped.then_some(width)
}

/// A letter that may stand in the middle of a sentence for all that its case says: a small one, or one of a script without case.
fn goes_on(c: char) -> bool {
    c.is_lowercase() || (c.is_alphabetic() && !c.is_uppercase())
}

/// Words with one space between: no row of a table, no code, no address. Scripts that set no spaces are never taken as
/// hard-wrapped: the space that joins two lines would be wrong in them.
fn is_running(line: &str) -> bool {
    memchr::memchr2(b'|', b'\t', line.as_bytes()).is_none()
        && memmem::find(line.as_bytes(), b"   ").is_none()
        && line.split_ascii_whitespace().take(5).count() == 5
}

/// Whether the first word of `next` would not have fitted after `line`.
fn is_full(text: &str, line: &RawLine, next: &RawLine, width: usize) -> bool {
    let content = text.part(line.span.range());
    if content.len() > 4 * (WRAP.end() + 30) {
        return false;
    }
    let word = text.part(next.span.range()).split_whitespace().next().unwrap_or("");
    let used = line.indent.min(8) + columns(content);
    used <= width + 12 && used + 1 + columns(word) > width
}

/// Which lines of a text wrapped at `width` go on the line before. A line is a paragraph's last when a blank line or an
/// indented line follows, or when the first word of the next line would still have fitted after it.
pub(super) fn goes_on_lines(text: &str, lines: &[RawLine], width: usize) -> Vec<bool> {
    // The margin: the indentation of most lines. A line set in further opens a paragraph.
    let mut indents: Vec<usize> = lines.iter().map(|line| line.indent).collect();
    indents.sort_unstable();
    let margin = indents.get(indents.len() / 2).copied().unwrap_or_default();
    let pairs = lines.windows(2).map(|pair| {
        !pair[1].set_off
            && pair[1].indent <= margin + 1
            && is_full(text, &pair[0], &pair[1], width)
            && !opens_item(text.part(pair[1].span.range()))
    });
    pairs.collect()
}

/// Columns a text takes: characters, wide ones counting two.
pub(super) fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // By the bytes of UTF-8: of the characters below U+2E80, which is 0xe2 0xba …, only Hangul that begins with 0xe1 is wide.
    let bytes = text.as_bytes();
    if memchr::memchr(0xe1, bytes).is_none() {
        let chars = count_bytes(bytes, |byte| byte as i8 >= -0x40);
        let wide = count_bytes(bytes, |byte| byte >= 0xe3);
        let radicals = memchr::memchr_iter(0xe2, bytes).filter(|at| bytes[at + 1] >= 0xba).count();
        return chars + wide + radicals;
    }
    text.chars().map(|c| 1 + usize::from(('\u{1100}'..='\u{115f}').contains(&c) || c >= '\u{2e80}')).sum()
}

/// Ends as a sentence does, closing quotes and brackets passed over.
fn ends_sentence(text: &str) -> bool {
    let rest = text.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', '\u{bb}', ')', ']']);
    rest.ends_with(['.', '!', '?', '\u{2026}', ':', '\u{3002}', '\u{ff01}', '\u{ff1f}', '\u{964}'])
}

/// Opens a list item or a quoted mail line, which is never the middle of a paragraph.
pub(super) fn opens_item(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('*' | '\u{2022}' | '>' | '-' | '\u{2013}' | '\u{b7}') => chars.next().is_some_and(char::is_whitespace),
        // 12. or 3) and a space; a number alone may be the middle of a sentence.
        Some('0'..='9') => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            text.len() - rest.len() <= 3 && (rest.starts_with(". ") || rest.starts_with(") "))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_bytes_and_by_characters() {
        for (text, want) in
            [("ab", 2), ("é“—”", 4), ("日本 x", 6), ("⺀⹿", 3), ("ᄀᅠ", 3), ("한", 2), ("😀", 2), ("ạ", 1), ("", 0)]
        {
            assert_eq!(columns(text), want, "{text}");
        }
    }
}
