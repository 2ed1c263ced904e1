//! Names and texts as they are shown: nothing in them that a terminal would obey rather than show.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;

/// Whether a terminal may obey a character rather than show it: control characters (escape sequences begin with them), and
/// changes of direction, which show what follows in another order.
pub(crate) fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The name of a file, on one line. What is obeyed becomes `\x1b` or `\u{202e}`, and so does a byte that is not text.
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "files are named only in io and cli"))]
pub(crate) fn name(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let mut name = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        push(chunk.valid(), |_| false, &mut name);
        for byte in chunk.invalid() {
            // Writing to a string does not fail.
            let _ = write!(name, "\\x{byte:02x}");
        }
    }
    name
}

/// The name of a file in JSON, where nothing needs to be escaped that is text.
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "files are named only in io and cli"))]
pub(crate) fn json_name(path: &Path) -> String {
    path.to_str().map_or_else(|| name(path), str::to_owned)
}

/// A text on one line; tabs are no harm.
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "files are named only in io and cli"))]
pub(crate) fn line(given: &str) -> String {
    let mut shown = String::with_capacity(given.len());
    push(given, |c| c == '\t', &mut shown);
    shown
}

/// A text, with its lines; what else is obeyed is escaped.
pub(crate) fn text(given: &str) -> Cow<'_, str> {
    let passes = |c| matches!(c, '\n' | '\t');
    if !given.contains(|c| is_obeyed(c) && !passes(c)) {
        return Cow::Borrowed(given);
    }
    let mut shown = String::with_capacity(given.len() + 16);
    push(given, passes, &mut shown);
    Cow::Owned(shown)
}

fn push(text: &str, passes: impl Fn(char) -> bool, to: &mut String) {
    for c in text.chars() {
        // Writing to a string does not fail.
        let _ = match c {
            '\n' if !passes(c) => to.write_str("\\n"),
            '\0'..='\x7f' if is_obeyed(c) && !passes(c) => write!(to, "\\x{:02x}", u32::from(c)),
            _ if is_obeyed(c) && !passes(c) => write!(to, "\\u{{{:x}}}", u32::from(c)),
            _ => to.write_char(c),
        };
    }
}

/// JSON as it was written, with what is obeyed escaped in its strings. JSON allows it nowhere else, and has escaped the
/// controls of ASCII itself.
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "files are named only in io and cli"))]
pub(crate) fn json(mut written: String) -> String {
    let escape = |c| is_obeyed(c) && c >= '\x7f';
    if written.contains(escape) {
        let mut shown = String::with_capacity(written.len() + 16);
        for c in written.chars() {
            let _ = if escape(c) { write!(shown, "\\u{:04x}", u32::from(c)) } else { shown.write_char(c) };
        }
        written = shown;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_on_one_line() {
        assert_eq!(name(Path::new("büro/a b.txt")), "büro/a b.txt");
        assert_eq!(name(Path::new("a\x1b[31m\n\u{9b}\u{61c}\u{202e}.txt")), r"a\x1b[31m\n\u{9b}\u{61c}\u{202e}.txt");
        assert_eq!(json_name(Path::new("a\x1b")), "a\x1b");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_can_be_told() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"caf\xe9\x1b.txt"));
        assert_eq!((name(path), json_name(path)), (r"caf\xe9\x1b.txt".to_owned(), r"caf\xe9\x1b.txt".to_owned()));
    }

    #[test]
    fn texts_keep_their_lines() {
        assert_eq!(text("two\n\tlines \u{7f}"), "two\n\tlines \\x7f");
        assert_eq!(line("two\n\tlines"), "two\\n\tlines");
        assert!(matches!(text("wie üblich\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_stays_the_same_value() {
        let value = serde_json::json!({ "a\u{9b}": "\x1b\u{7f}\u{85}\u{61c}\u{2067} ü 東" });
        let shown = json(value.to_string());
        assert!(!shown.contains(is_obeyed), "{shown:?}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
        assert!(shown.contains("ü 東"));
    }
}
