//! What stands between the parts of a line that was torn: a space, or nothing.

use super::chars::is_space;
use crate::text::kinds::is_unspaced;
use crate::text::part::PartOf;

/// So far back a quotation mark is sought.
const FAR: usize = 200;

/// Whether a space stands between `before`, the text made so far, and `after`, which was on the next line. `gap` is the white
/// space that was between them: a no-break space in it is one that the language sets, as French does before `!`.
pub(super) fn sets_space(before: &str, gap: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return false };
    if gap.contains(['\u{a0}', '\u{202f}']) {
        return true;
    }
    !(is_run_on(last, first) || closes(before, first, after) || opens(before, last) || is_elided(before, first))
}

/// Between letters and marks of scripts that set no spaces. Thai sets some where other scripts begin; Han and kana none.
fn is_run_on(last: char, first: char) -> bool {
    let east = |c: char| matches!(c, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}');
    east(last) || east(first) || is_unspaced(last) && is_unspaced(first)
}

/// Whether `after` begins with a mark that follows what is before it.
fn closes(before: &str, first: char, after: &str) -> bool {
    let next = after.chars().nth(1);
    let before_letter = next.is_some_and(char::is_alphanumeric);
    match first {
        ')' | ']' | '}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}' => true,
        // Not ".5" and no row of dots.
        ',' | '.' | ';' | ':' | '!' | '?' => !before_letter && next != Some('.'),
        '\u{bb}' if !before_letter => {
            let mut back = before.chars().rev().take(FAR);
            let mut inside = None;
            let open = back.any(|c| {
                let is_open = c == '\u{ab}';
                if !is_open {
                    inside = Some(c);
                }
                is_open
            });
            !(open && inside.is_some_and(is_space))
        }
        // "Orla" and "'s".
        '\'' | '\u{2019}' if before_letter => {
            let letters = after.chars().skip(1).take_while(|c| c.is_lowercase()).take(3).count();
            (1..=2).contains(&letters) && before.ends_with(char::is_alphanumeric)
        }
        '"' | '\'' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{203a}' | '\u{2039}' => {
            // A mark that ends the text, or that another one or a space follows, ends something; one that begins it has nothing
            // before it that it could end.
            next.is_none_or(|c| is_space(c) || c.is_ascii_punctuation() || matches!(c, '\n' | '\r'))
        }
        _ => false,
    }
}

/// Whether the text made ends with a mark that opens: a bracket, or a quotation mark after a space.
fn opens(before: &str, last: char) -> bool {
    match last {
        '(' | '[' | '{' | '\u{bf}' | '\u{a1}' | '\u{201e}' | '\u{201a}' => true,
        '"' | '\'' | '\u{2018}' | '\u{201c}' | '\u{201d}' | '\u{2019}' | '\u{ab}' | '\u{bb}' | '\u{2039}' => {
            let left = before.chars().nth_back(1);
            left.is_none_or(|c| is_space(c) || matches!(c, '(' | '[' | '{' | '\u{2014}'))
        }
        _ => false,
    }
}

/// Whether the text made ends with a word that lost its vowel before the next one: `l'`, `qu'`, `dell'`. In English an apostrophe
/// stands at the end of plurals.
fn is_elided(before: &str, first: char) -> bool {
    let Some(word) = before.strip_suffix(['\'', '\u{2019}']).filter(|_| first.is_alphabetic()) else { return false };
    let from = word.char_indices().rev().take(8).find(|(_, c)| !c.is_alphabetic());
    let word = from.map_or(word, |(at, c)| word.part(at + c.len_utf8()..));
    let count = word.chars().take(8).count();
    count == 1 || (2..8).contains(&count) && !word.ends_with(['s', 'S', 'n', 'N', 'z'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces() {
        for (before, gap, after, want) in [
            ("the quay", "\n", "was closed", "the quay was closed"),
            ("Judge Tom Vale", "\n", ", who signed", "Judge Tom Vale, who signed"),
            ("the report", "\n", ".", "the report."),
            ("costs", "\n", ".5 crowns", "costs .5 crowns"),
            ("said, \u{201c}", "\n", "This quay", "said, \u{201c}This quay"),
            ("a century.", "\n", "\u{201d}", "a century.\u{201d}"),
            ("a century.", "\n", "\u{201d} he said", "a century.\u{201d} he said"),
            ("sa han", "\n", "\u{201d}Vi går", "sa han \u{201d}Vi går"),
            ("said \"", "\n", "now", "said \"now"),
            ("now", "\n", "\", she said", "now\", she said"),
            ("the harbour (", "\n", "Port Ellin", "the harbour (Port Ellin"),
            ("Port Ellin", "\n", ") closed", "Port Ellin) closed"),
            ("l\u{2019}", "\n", "Union", "l\u{2019}Union"),
            ("dell'", "\n", "Unione", "dell'Unione"),
            ("the workers\u{2019}", "\n", "strike", "the workers\u{2019} strike"),
            ("Orla", "\n", "\u{2019}s mayor", "Orla\u{2019}s mayor"),
            ("elle dit : «\u{a0}Non", "\n", "»", "elle dit : «\u{a0}Non »"),
            ("sagte er: «Nein", "\n", "»", "sagte er: «Nein»"),
            ("quelle honte", "\u{a0}\n", "!", "quelle honte !"),
            ("港町の夜行", "\n", "連絡船", "港町の夜行連絡船"),
            ("ท่าเรือ", "\n", "ปิด", "ท่าเรือปิด"),
            ("ท่าเรือ", "\n", "Ellin", "ท่าเรือ Ellin"),
            ("항구 도시", "\n", "의회", "항구 도시 의회"),
        ] {
            let space = if sets_space(before, gap, after) { " " } else { "" };
            assert_eq!(format!("{before}{space}{after}"), want);
        }
    }
}
