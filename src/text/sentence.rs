//! Sentences: one list of the marks that end one, for all scripts, and how many a text has.

use crate::text::kinds::{ALONE, ALPHABETIC, LOWER, NUMERIC, SPACE, UPPER, kind};
use crate::text::part::PartOf;

/// A mark that ends a sentence, in any script (the property `Sentence_Terminal` of UAX #44 where news is written, and the
/// ellipsis).
pub(crate) fn is_stop(c: char) -> bool {
    match c {
        '.' | '!' | '?' => true,
        '\0'..='\u{37d}' => c == '\u{203c}',
        _ => matches!(
            c,
            '\u{37e}' | '\u{589}' | '\u{61f}' | '\u{6d4}' | '\u{700}'..='\u{702}' | '\u{7f9}' | '\u{964}' | '\u{965}'
            | '\u{df4}' | '\u{e2f}' | '\u{f0d}' | '\u{f0e}' | '\u{104a}' | '\u{104b}' | '\u{1362}' | '\u{1367}' | '\u{1368}'
            | '\u{166e}' | '\u{17d4}' | '\u{17d5}' | '\u{1803}' | '\u{1809}' | '\u{1c7e}' | '\u{1c7f}' | '\u{2026}'
            | '\u{203c}' | '\u{203d}' | '\u{2047}'..='\u{2049}' | '\u{22ef}' | '\u{3002}' | '\u{abeb}' | '\u{fe52}'
            | '\u{fe56}' | '\u{fe57}' | '\u{ff01}' | '\u{ff0e}' | '\u{ff1f}' | '\u{ff61}'
        ),
    }
}

/// A stop of a script whose sentences may follow each other without a space.
pub(crate) fn is_wide_stop(c: char) -> bool {
    matches!(c, '\u{3002}' | '\u{ff01}' | '\u{ff1f}' | '\u{ff0e}' | '\u{ff61}' | '\u{104b}' | '\u{17d4}' | '\u{17d5}')
}

/// A mark that may close what a sentence ends in, behind its stop: a quotation mark or a bracket.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | ')' | ']' | '}' | '\u{201d}' | '\u{2019}' | '\u{201c}' | '\u{bb}' | '\u{203a}' | '\u{300d}' | '\u{300f}'
        | '\u{3011}' | '\u{300b}' | '\u{3009}' | '\u{ff09}' | '\u{ff3d}'
    )
}

/// Ends as a sentence does, closing quotes and brackets passed over. A colon counts when asked for.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let last = text.chars().rev().find(|c| !is_closing(*c) && kind(*c) & SPACE == 0);
    last.is_some_and(|c| is_stop(c) || is_double_wordspace(text))
}

/// Two Ethiopic word spaces stand for a full stop where a keyboard has none.
fn is_double_wordspace(text: &str) -> bool {
    text.trim_end().ends_with("\u{1361}\u{1361}")
}

/// About how many sentences a text has: stops behind which another sentence begins, and the last one. What has no stop is one.
pub(crate) fn count(text: &str) -> usize {
    let mut sentences = 0;
    let mut chars = text.char_indices();
    let mut before = ' ';
    let mut open = false;
    while let Some((at, c)) = chars.next() {
        if is_stop(c) && open && opens_behind(text.part(at + c.len_utf8()..), is_wide_stop(c)) && !is_initial(before, c) {
            sentences += 1;
            open = false;
        } else if kind(c) & (ALPHABETIC | NUMERIC) != 0 {
            open = true;
        }
        if kind(c) & SPACE == 0 {
            before = c;
        }
    }
    sentences + usize::from(open)
}

/// A full stop behind a capital is that of an abbreviation.
fn is_initial(before: char, stop: char) -> bool {
    stop == '.' && kind(before) & UPPER != 0
}

/// Whether a sentence begins behind a stop: after white space (`wide`: when none is needed), not with a small letter or a digit;
/// or the text ends there.
fn opens_behind(behind: &str, wide: bool) -> bool {
    let mut spaced = wide;
    for c in behind.chars() {
        let kind = kind(c);
        if kind & SPACE != 0 {
            spaced = true;
        } else if spaced {
            return kind & (LOWER | NUMERIC) == 0 || kind & ALONE != 0;
        } else if is_stop(c) || !is_closing(c) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_counted() {
        for (text, want) in [
            ("", 0),
            ("...", 0),
            ("The ferry left", 1),
            ("The ferry left. It was late!", 2),
            ("“It left.” It was late…", 2),
            ("J. R. Orr of the U.S. Navy paid 3.5 crowns, e.g. for the net.", 1),
            ("渡し船は出た。遅かった。", 2),
            ("जहाज़ गया। वह देर से गया।", 2),
            ("መርከቡ ሄደ። ዘግይቷል።", 2),
            ("جہاز چلا گیا۔ وہ دیر سے تھا۔", 2),
        ] {
            assert_eq!(count(text), want, "{text}");
        }
    }

    #[test]
    fn ends_of_sentences() {
        for (text, want) in [("It left.”", true), ("It left (late.)", true), ("It left", false), ("", false), ("ሄደ፡፡", true)] {
            assert_eq!(ends_sentence(text), want, "{text}");
        }
    }
}
