//! Text in columns of the terminal, where ideographs and most emoji take two and combining marks none.

use unicode_width::UnicodeWidthChar;

use crate::shown::is_obeyed;

/// Columns that a character takes.
fn columns(c: char) -> usize {
    match c {
        // Asks for the picture, two columns wide, of a character that has one column by itself.
        '\u{fe0f}' => 1,
        _ => c.width().unwrap_or(0),
    }
}

/// Columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// `text` on one line, without what a terminal would obey rather than show.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter_map(|c| if c.is_whitespace() { Some(' ') } else { (!is_obeyed(c)).then_some(c) }).collect()
}

/// The head of `text` that fits `width` columns; an ellipsis says that more was there.
pub(super) fn cut(text: &str, width: usize) -> String {
    let (mut used, mut fits) = (0, 0);
    for (at, c) in text.char_indices() {
        used += columns(c);
        if used > width {
            return format!("{}…", text.get(..fits).unwrap_or_default().trim_end());
        }
        // What is kept of a longer text leaves a column for the ellipsis.
        if used < width {
            fits = at + c.len_utf8();
        }
    }
    text.to_owned()
}

/// `text` in rows of `width` columns, broken at spaces where that can be, else between characters. One row at least.
pub(super) fn wrap(text: &str, width: usize) -> Vec<&str> {
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    // Where the row can be broken: its end, where the next one starts, and the columns up to there.
    let mut gap: Option<(usize, usize, usize)> = None;
    for (at, c) in text.char_indices() {
        let wide = columns(c);
        if c == ' ' {
            used += 1;
            gap = Some((at, at + 1, used));
            continue;
        }
        if used + wide > width && at > start {
            let (end, next, before) = gap.take().unwrap_or((at, at, used));
            rows.push(text.get(start..end).unwrap_or_default());
            start = next;
            used -= before;
        }
        used += wide;
        if wide == 2 {
            gap = Some((at + c.len_utf8(), at + c.len_utf8(), used));
        }
    }
    rows.push(text.get(start..).unwrap_or_default());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_columns() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("東京の天気", 10), "東京の天気");
        assert_eq!(cut("東京の天気", 9), "東京の天…");
        assert_eq!(cut("東京の天気", 8), "東京の…");
        assert_eq!(cut("cafe\u{301} au lait", 5), "cafe\u{301}…");
        assert_eq!(cut("", 0), "");
    }

    #[test]
    fn wraps_at_spaces_and_between_ideographs() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one two three", 3), ["one", "two", "thr", "ee"]);
        assert_eq!(wrap("東京の天気", 5), ["東京", "の天", "気"]);
        assert_eq!(wrap("", 5), [""]);
        for n in 2..30 {
            for text in
                ["The ferry left 東京 at half past six, whatever the weather ❤\u{fe0f}.", "aaaaaaaaaaaaaaaaaaaa b"]
            {
                let rows = wrap(text, n);
                assert!(rows.iter().all(|row| width(row) <= n + 1), "{n}: {rows:?}");
                assert_eq!(rows.concat().replace(' ', ""), text.replace(' ', ""));
            }
        }
    }

    #[test]
    fn nothing_is_obeyed() {
        assert_eq!(printable("a\x1b[31m\u{202e}b\tc\u{85}\u{9b}\u{61c}"), "a[31mb c ");
    }
}
