//! Single characters to the eye of an editor: quotation marks, bullets, arrows, and what a line begins and ends with.

use crate::text::kinds::{ALPHABETIC, LOWER, NUMERIC, UPPER, kind};
use crate::text::sentence::is_stop;

/// Values of the row "script".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Greek,
    ArabicHebrew,
    HanKana,
    Hangul,
    Indic,
    Other,
    #[default]
    None,
}

pub(super) fn script(c: char) -> Script {
    match c {
        '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{590}'..='\u{8ff}' => Script::ArabicHebrew,
        '\u{900}'..='\u{dff}' => Script::Indic,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => Script::HanKana,
        '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        _ => Script::Other,
    }
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{300c}'..='\u{300f}' | '\u{2039}' | '\u{203a}')
}

pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '\u{2022}' | '\u{b7}' | '\u{25cf}' | '\u{25cb}' | '\u{25aa}' | '\u{25a0}' | '\u{30fb}' | '\u{2023}' | '*'
    )
}

pub(super) fn is_arrow(c: char) -> bool {
    matches!(
        c,
        '\u{203a}' | '\u{bb}' | '>' | '\u{2190}'..='\u{21ff}' | '\u{25b6}' | '\u{25ba}' | '\u{27a1}' | '\u{2794}'
    )
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{ff0d}')
}

/// Values of the row "starts".
pub(super) fn starts(c: char) -> u16 {
    match c {
        _ if kind(c) & UPPER != 0 => 0,
        _ if kind(c) & LOWER != 0 => 1,
        _ if kind(c) & NUMERIC != 0 => 3,
        _ if kind(c) & ALPHABETIC != 0 => 2,
        _ if is_quote(c) => 4,
        _ if is_bullet(c) => 5,
        _ if is_dash(c) => 6,
        '(' | '[' | '{' | '\u{3010}' | '\u{ff3b}' | '\u{ff08}' => 7,
        '@' => 8,
        '#' => 9,
        '\u{a9}' => 10,
        _ if is_arrow(c) => 11,
        _ => 12,
    }
}

/// Values of the row "ends".
pub(super) fn ends(text: &str) -> u16 {
    let mut back = text.chars().rev();
    let Some(last) = back.next() else { return 13 };
    match last {
        '.' if text.ends_with("...") => 3,
        '?' | '\u{ff1f}' | '\u{61f}' | '\u{37e}' | '\u{1367}' => 1,
        '!' | '\u{ff01}' => 2,
        '\u{2026}' | '\u{22ef}' => 3,
        _ if is_stop(last) => 0,
        ':' | '\u{ff1a}' => 4,
        ',' | ';' | '\u{3001}' | '\u{ff0c}' | '\u{60c}' => 5,
        _ if is_quote(last) => {
            let before = back.find(|c| !is_quote(*c) && !c.is_whitespace());
            if before.is_some_and(is_stop) { 7 } else { 6 }
        }
        ')' | ']' | '}' | '\u{ff09}' | '\u{3011}' => 8,
        _ if is_dash(last) => 9,
        _ if kind(last) & NUMERIC != 0 => 10,
        _ if kind(last) & ALPHABETIC != 0 => 11,
        _ if is_arrow(last) => 12,
        _ => 13,
    }
}
