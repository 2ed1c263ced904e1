//! Text, so written that Markdown shows it as it is.

/// What stands around a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// The character before it; none at the start of a line.
    pub before: Option<char>,
    /// The character after it; none at the end of a line.
    pub after: Option<char>,
    /// It stands in a link, and in a table.
    pub in_link: bool,
    pub in_table: bool,
}

/// Adds a text to `out`.
pub(super) fn escape(text: &str, around: Around, out: &mut String) {
    let mut before = around.before;
    // A cell holds no blocks.
    let at_start = before.is_none() && !around.in_table;
    let start = if at_start { line_start(text, around.after) } else { None };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c).or(around.after);
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let marked = match c {
            '`' | '[' => true,
            ']' => around.in_link,
            '*' => before.is_none() || !(is_space(before) && is_space(after)),
            '_' => !(is_word(before) && is_word(after)),
            '\\' => after.is_none_or(|after| after.is_ascii_punctuation()),
            '<' => after.is_none_or(|after| after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?')),
            '!' => after == Some('['),
            '~' => after == Some('~') || !is_space(before) && before != Some('/'),
            '&' => is_reference(text.get(at..).unwrap_or_default(), around.after),
            _ => false,
        };
        match c {
            // A line end would end the paragraph, and stands in no block.
            '\n' | '\r' => out.push(' '),
            // What stands before it may be a backslash.
            '|' if around.in_table && before == Some('\\') => out.push_str("&#124;"),
            '|' if around.in_table => out.push_str("\\|"),
            _ => {
                if marked || start == Some(at) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        before = Some(c);
    }
}

/// Where in a text that begins a line the character stands that would make it something else.
fn line_start(text: &str, after: Option<char>) -> Option<usize> {
    let ends =
        |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).or(after).is_none_or(char::is_whitespace);
    let first = text.chars().next()?;
    let dashes = || text.get(1..).and_then(|rest| rest.chars().next()).or(after) == Some('-');
    let is_mark = match first {
        '>' | '=' => true,
        '-' => ends(1) || dashes(),
        '+' => ends(1),
        '#' => ends(text.len() - text.trim_start_matches('#').len()),
        '0'..='9' => {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let is_number = digits <= 9 && text.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']));
            return (is_number && ends(digits + 1)).then_some(digits);
        }
        _ => false,
    };
    is_mark.then_some(0)
}

/// Whether a text begins with a character reference, or may begin with one.
fn is_reference(text: &str, after: Option<char>) -> bool {
    const LONGEST_CHARS: usize = 33;
    let rest = text.strip_prefix('&').unwrap_or_default();
    let mut name = rest.chars().take(LONGEST_CHARS).skip_while(|c| c.is_ascii_alphanumeric() || *c == '#');
    match name.next() {
        Some(c) => c == ';' && !rest.starts_with(';'),
        // It goes on in what stands after the text.
        None => after.is_some() || rest.chars().take(LONGEST_CHARS).count() == LONGEST_CHARS,
    }
}

/// A heading whose text ends in `#` would lose them.
pub(super) fn close_heading(line: &mut String) {
    let marks = line.len() - line.trim_end_matches('#').len();
    let before = line.get(..line.len() - marks).unwrap_or_default();
    if marks > 0 && (before.is_empty() || before.ends_with(char::is_whitespace)) {
        line.insert(line.len() - marks, '\\');
    }
}

/// An address, as a link holds it.
pub(super) fn address(address: &str) -> String {
    let mut made = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '`' | '|' | '"' | '[' | ']' => push_byte(c as u8, &mut made),
            '&' if is_reference(address.get(at..).unwrap_or_default(), None) => made.push_str("&amp;"),
            c if c <= ' ' || c == '\u{7f}' => push_byte(c as u8, &mut made),
            c if c.is_whitespace() => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().for_each(|byte| push_byte(byte, &mut made));
            }
            c => made.push(c),
        }
    }
    made
}

fn push_byte(byte: u8, made: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    made.push('%');
    made.push(char::from(DIGITS[usize::from(byte >> 4)]));
    made.push(char::from(DIGITS[usize::from(byte & 15)]));
}

/// Code, between so many backticks as it does not hold.
pub(super) fn code(text: &str, out: &mut String) {
    let longest = longest_run(text, '`');
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    for part in [&*fence, gap, text, gap, &*fence] {
        out.push_str(part);
    }
}

/// How many times a character stands in a row at most.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(|run| run.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        escape(text, Around::default(), &mut out);
        out
    }

    #[test]
    fn what_looks_like_markdown_is_text() {
        for (text, expected) in [
            ("# 1 in town", "\\# 1 in town"),
            ("#1 in town", "#1 in town"),
            ("####### seven", "\\####### seven"),
            ("- he said", "\\- he said"),
            ("---", "\\---"),
            ("-5 degrees", "-5 degrees"),
            ("+ 1", "\\+ 1"),
            ("1. May", "1\\. May"),
            ("3.5 million", "3.5 million"),
            ("2016) it", "2016\\) it"),
            ("> so", "\\> so"),
            ("===", "\\==="),
            ("5 * 3 and *no*", "5 * 3 and \\*no\\*"),
            ("* a", "\\* a"),
            ("snake_case and _no_", "snake_case and \\_no\\_"),
            ("a < b <b> </b> <!-- <3", "a < b \\<b> \\</b> \\<!-- <3"),
            ("a & b &amp; &#8217; AT&T; R&D", "a & b \\&amp; \\&#8217; AT\\&T; R&D"),
            ("[1] and ![x](y)", "\\[1] and \\!\\[x](y)"),
            ("`a`", "\\`a\\`"),
            ("C:\\dir \\* \\", "C:\\dir \\\\\\* \\\\"),
            ("~5 km ~~gone~~ a~b /~user", "~5 km \\~\\~gone\\~\\~ a\\~b /~user"),
            ("a | b", "a | b"),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_stay_in_their_links() {
        for (given, expected) in [
            ("https://a.example/b_(c)", "https://a.example/b_%28c%29"),
            ("/a?b=1&copy=2", "/a?b=1&copy=2"),
            ("/a?b=1&copy;2", "/a?b=1&amp;copy;2"),
            ("/a b\u{a0}|c", "/a%20b%C2%A0%7Cc"),
        ] {
            assert_eq!(address(given), expected);
        }
    }

    #[test]
    fn code_holds_backticks() {
        for (text, expected) in [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("``a", "``` ``a ```")] {
            let mut out = String::new();
            code(text, &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn headings_keep_their_last_marks() {
        for (line, expected) in [("a #", "a \\#"), ("C#", "C#"), ("##", "\\##"), ("a \\##", "a \\##")] {
            let mut line = line.to_owned();
            close_heading(&mut line);
            assert_eq!(line, expected);
        }
    }
}
