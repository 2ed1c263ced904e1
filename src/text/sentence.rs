//! Sentences: one list of the marks that end one, for all scripts, and how many a text has.

use crate::offsets::count_bytes;
use crate::text::kinds::{ALONE, ALPHABETIC, LOWER, NUMERIC, SPACE, UPPER, kind};
use crate::text::part::PartOf;

/// A mark that ends a sentence, in any script (the property `Sentence_Terminal` of UAX #44 where news is written, and the
/// ellipsis).
pub(crate) fn is_stop(c: char) -> bool {
    match c {
        '.' | '!' | '?' => true,
        '\0'..='\u{37d}' => false,
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

/// A mark that may close what a sentence ends in, after its stop: a quotation mark or a bracket.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | ')'
            | ']'
            | '}'
            | '\u{201d}'
            | '\u{2019}'
            | '\u{201c}'
            | '\u{bb}'
            | '\u{203a}'
            | '\u{300d}'
            | '\u{300f}'
            | '\u{3011}'
            | '\u{300b}'
            | '\u{3009}'
            | '\u{ff09}'
            | '\u{ff3d}'
    )
}

/// Ends as a sentence does, closing quotes and brackets passed over.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let last = text.chars().rev().find(|c| !is_closing(*c) && kind(*c) & SPACE == 0);
    last.is_some_and(|c| is_stop(c) || is_double_wordspace(text))
}

/// Two Ethiopic word spaces stand for a full stop where a keyboard has none.
fn is_double_wordspace(text: &str) -> bool {
    text.trim_end().ends_with("\u{1361}\u{1361}")
}

/// About how many sentences a text has: stops after which another sentence begins, and the last one. What has no stop is one, what
/// has neither letter nor digit none.
pub(crate) fn count(text: &str) -> usize {
    let bytes = text.as_bytes();
    // Stops of other scripts: most texts have none of their first bytes.
    // Nor have they any byte above those of Latin letters but that of quotation marks and dashes, which is quicker to see.
    let may_other = count_bytes(bytes, |byte| byte >= 0xcd && byte != 0xe2) > 0;
    let other = may_other && bytes.iter().any(|byte| OTHERS[usize::from(*byte)]);
    let mut sentences = 0;
    // Whether the sentence in hand has a word, looked for up to a place.
    let (mut open, mut seen_to) = (false, 0);
    let mut stop = |at: usize, c: char| {
        open = open || has_word(text.part(seen_to..at));
        seen_to = at + c.len_utf8();
        if open && opens_after(text.part(seen_to..), is_wide_stop(c)) && !is_initial(text.part(..at), c) {
            sentences += 1;
            open = false;
        }
    };
    if other {
        text.char_indices().filter(|(_, c)| is_stop(*c)).for_each(|(at, c)| stop(at, c));
    } else {
        memchr::memchr3_iter(b'.', b'!', b'?', bytes).for_each(|at| stop(at, char::from(bytes[at])));
    }
    sentences + usize::from(open || has_word(text.part(seen_to..)))
}

/// First bytes of the stops that are neither ASCII nor an ellipsis.
const OTHERS: [bool; 256] = {
    let firsts = [0xcd, 0xd6, 0xd8, 0xdb, 0xdc, 0xdf, 0xe0, 0xe1, 0xe3, 0xef];
    let mut others = [false; 256];
    let mut i = 0;
    while i < firsts.len() {
        others[firsts[i]] = true;
        i += 1;
    }
    others
};

fn has_word(text: &str) -> bool {
    text.chars().any(|c| kind(c) & (ALPHABETIC | NUMERIC) != 0)
}

/// A full stop after a capital is that of an abbreviation.
fn is_initial(before: &str, stop: char) -> bool {
    stop == '.' && before.chars().next_back().is_some_and(|c| kind(c) & UPPER != 0)
}

/// Whether a sentence begins after a stop: after white space (`wide`: when none is needed), not with a small letter or a digit;
/// or the text ends there.
fn opens_after(after: &str, wide: bool) -> bool {
    let mut spaced = wide;
    for c in after.chars() {
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

/// Whether a text begins as a sentence or a name does: with a capital, a figure or a letter of a script that has no case.
pub(crate) fn begins_high(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| !c.is_lowercase())
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
        for (text, want) in
            [("It left.”", true), ("It left (late.)", true), ("It left", false), ("", false), ("ሄደ፡፡", true)]
        {
            assert_eq!(ends_sentence(text), want, "{text}");
        }
    }
}
