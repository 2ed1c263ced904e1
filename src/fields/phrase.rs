//! Phrases of the packs in running text: whole words, case folded.

use crate::pack::{Languages, Openers, Spoken};
use crate::text::part::PartOf;

/// Where a phrase stands in a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub start: usize,
    pub end: usize,
}

/// How many bytes of `text` the phrase takes at its very start, whole words; spaces of any width match one.
pub(super) fn at_start(text: &str, phrase: &str) -> Option<usize> {
    // Most phrases differ from the text in a letter of ASCII after others that are the same.
    let letters = |(a, b): &(u8, u8)| a.eq_ignore_ascii_case(b) && a.is_ascii_alphabetic();
    let first = text.bytes().zip(phrase.bytes()).find(|pair| !letters(pair));
    if first.is_some_and(|(a, b)| a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() && a != b) {
        return None;
    }
    let mut chars = text.char_indices().peekable();
    for want in phrase.chars() {
        let (_, c) = chars.next()?;
        let same = c == want
            || if c.is_ascii() && want.is_ascii() {
                c.eq_ignore_ascii_case(&want)
            } else {
                c.to_lowercase().eq(want.to_lowercase())
            }
            || c.is_whitespace() && want == ' '
            || matches!((c, want), ('\u{2019}', '\'') | ('İ', 'i'));
        if !same {
            return None;
        }
        if want == ' ' {
            while chars.peek().is_some_and(|(_, c)| c.is_whitespace()) {
                chars.next();
            }
        }
    }
    Some(chars.peek().map_or(text.len(), |(at, _)| *at))
}

/// True when no word goes on from `before` to `at`.
pub(super) fn is_edge(text: &str, at: usize) -> bool {
    let joins = |c: char| c.is_alphanumeric() && !crate::text::words::is_unspaced(c);
    let before = text.part(..at).chars().next_back();
    let after = text.part(at..).chars().next();
    !(before.is_some_and(joins) && after.is_some_and(joins))
}

/// The longest of the phrases that opens `text` as whole words.
pub(super) fn longest_at_start(text: &str, phrases: &Openers) -> Option<usize> {
    let found = phrases.alike(text).filter_map(|phrase| at_start(text, phrase));
    found.filter(|&end| end > 0 && is_edge(text, end)).max()
}

/// The same for phrases of `languages`; one of several words needs no language.
pub(super) fn longest_spoken(text: &str, phrases: &Spoken, languages: Languages) -> Option<usize> {
    let spoken = |phrase: &&str| phrase.contains(' ') || phrases.of(phrase) & languages != 0;
    let found = phrases.alike(text).filter(spoken).filter_map(|phrase| at_start(text, phrase));
    found.filter(|&end| end > 0 && is_edge(text, end)).max()
}

/// The last place in `text` where one of the phrases stands as whole words.
pub(super) fn last(text: &str, phrases: &Openers) -> Option<Hit> {
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices().rev() {
        // Most characters stand inside a word of ASCII.
        if c.is_ascii() && at.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        if phrases.may_begin(c)
            && c.is_alphabetic()
            && is_edge(text, at)
            && let Some(len) = longest_at_start(text.part(at..), phrases)
        {
            return Some(Hit { start: at, end: at + len });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_whole_words() {
        let phrases = Openers::new(&["by".to_owned(), "written by".to_owned()]);
        assert_eq!(longest_at_start("Written  by Ann", &phrases), Some(11));
        assert_eq!(longest_at_start("Byron", &phrases), None);
        assert_eq!(last("posted by Ann", &phrases), Some(Hit { start: 7, end: 9 }));
    }
}
