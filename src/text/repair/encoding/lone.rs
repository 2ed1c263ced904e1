//! Whether one sequence alone is evidence enough. A letter and a mark beside it may be what they seem, wherever type is set so;
//! what spoilt one character of a line has mostly spoilt others.

use super::chars::{MACROMAN, is_set, languages};
use super::line::{EncodedLine, LineReading, PlacedSequence};
use super::sequence::LOST;
use super::tables::{ACCENT, BOX, GREEK_LOWER, GREEK_UPPER, INVISIBLE, LATIN, MATHS, PICTURE, SCRIPTS, WIDE};
use crate::text::part::PartOf;

/// How many sequences are few.
const FEW: usize = 2;

/// Whether `reading` is more than a sequence or two that may be sound text.
pub(super) fn is_sure(line: &EncodedLine, reading: &LineReading) -> bool {
    let found = &reading.sequences[..];
    found.len() > FEW || touch(line, found) || found.iter().any(|one| is_sure_alone(line, reading, one))
}

/// Whether there are two that stand side by side, as no two words do between marks.
fn touch(line: &EncodedLine, found: &[PlacedSequence]) -> bool {
    let [first, second] = found else { return false };
    let touches = first.place + first.sequence.len == second.place && !line.places[second.place].begins;
    touches && !is_set(line.chars[first.place])
}

fn is_sure_alone(
    line: &EncodedLine,
    reading: &LineReading,
    &PlacedSequence { place, sequence, encoding }: &PlacedSequence,
) -> bool {
    let chars = &line.chars[place..place + sequence.len];
    let [first, mark, ..] = *chars else { return true };
    if chars.iter().any(|c| matches!(c, '\u{80}'..='\u{9f}')) {
        return true;
    }
    let (at, end) = (line.places[place].at, line.places[place + sequence.len - 1]);
    let (left, right) = (line.text.part(..at), line.text.part(end.at + end.c.len_utf8()..));
    let (before, after) = (left.chars().next_back(), right.chars().next());
    if reading.whole.is_none() && sequence.len == 2 && mark == '¥' {
        // A yen sign stands after letters in prices: whatever spoils a letter would have spoilt the rest, as in “– DrÃ¥ber”.
        return false;
    }
    let is_capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let capitals = is_capital(before) && is_capital(after);
    if encoding == MACROMAN && sequence.len == 2 && is_set(first)
        || mark == '\u{a0}' && is_capital(before) && !matches!(first, 'Ã' | 'Â')
        || matches!(mark, '–' | '—') && capitals
        || closes(left, end.c, right)
    {
        // A dash or a space between words, in any alphabet, or the end of a quotation.
        return false;
    }
    let script = |c: char| SCRIPTS[usize::from(line.tables.kind(c).0)];
    if other_letters(line, reading, script) {
        return true;
    }
    let kind = line.tables.kind(sequence.c).0;
    let one_alone = reading.sequences.len() == 1 || encoding == MACROMAN;
    if kind == ACCENT && first != 'Â'
        || sequence.c == '\0'
        || script(sequence.c) > LATIN && sequence.len == 2 && one_alone
    {
        return false;
    }
    if sequence.len > 2 {
        let is_picture = matches!(kind, PICTURE | WIDE | BOX | INVISIBLE);
        return !(sequence.restored || is_picture && matches!(end.c, '»' | '”'));
    }
    let begins_word = !before.is_some_and(char::is_alphabetic);
    if sequence.restored && !matches!(first, 'Ã' | 'Â') && begins_word {
        return false;
    }
    let ends_word = !after.is_some_and(char::is_alphabetic);
    if mark == LOST {
        // The letter may be the last of a word, and what was lost a dash.
        return begins_word || !ends_word || before.is_some_and(char::is_lowercase);
    }
    let of_latin = script(first) == LATIN && script(mark) == LATIN;
    match line.tables.bytes(first).bytes[encoding] {
        // The letters of the west.
        0xc3 if first == 'Ã' => match mark {
            'Œ' | 'Ž' | 'Š' | '…' | '’' => false,
            '¥' => before.is_some_and(|c| c == ' ' || c.is_lowercase()),
            '“' | '‘' | '„' => !ends_word || begins_word,
            _ => true,
        },
        // Not the root of π.
        0xc3 if first == '√' && is_quantity(mark) => !begins_word || !ends_word,
        0xc3 if of_latin => of_no_language(first, mark),
        0xc3 if script(first) == LATIN && ends_word && is_set(mark) => before.is_some_and(|c| c.is_ascii_lowercase()),
        0xc3 => true,
        // Its signs.
        0xc2 if mark == '¥' => after.is_some_and(|c| c.is_ascii_digit()) && !before.is_some_and(char::is_alphanumeric),
        0xc2 => {
            before.is_none_or(|c| c.is_ascii())
                && !of_latin
                && !(first == '¬' && mark.is_alphabetic() && !matches!(mark, 'ª' | 'º'))
        }
        _ if script(sequence.c) != LATIN && !matches!(kind, GREEK_LOWER | GREEK_UPPER) => false,
        // Signs that no letter follows, but for those of which faces are drawn.
        0xc4 if first == 'ƒ' => {
            reading.whole.is_some() && !matches!(mark, 'Ò'..='Ö' | 'Ù'..='Ü' | 'ò'..='ö' | 'ø'..='ü' | '´' | '°')
        }
        0xce | 0xcf if encoding == MACROMAN => reading.whole.is_some() && !is_set(mark),
        _ if encoding == MACROMAN => line.tables.kind(first).0 == MATHS,
        _ if of_latin => of_no_language(first, mark),
        _ if script(first) == LATIN => is_no_setting(before, mark, after),
        _ => true,
    }
}

/// Whether `mark` does not stand so after a capital that is `before`'s word's last.
fn is_no_setting(before: Option<char>, mark: char, after: Option<char>) -> bool {
    match mark {
        // Accents and figures stand after no letter.
        'ˆ' | 'ˇ' | '˘' | '˙' | '˛' | '˝' | '˜' | '¨' | '¯' | '¸' | '¤' | '¦' | '¬' | 'ª' | 'º' => true,
        '±' | '²' | '³' | '¹' | '¼' | '½' | '¾' | '¶' => true,
        // After a small letter and a capital a word does not end, and what opens or counts does not begin.
        '«' | '¡' | '¿' | '„' | '‚' | '“' | '‘' | '‹' | '•' | '©' | '€' | '£' | '¥' | '¢'
            if before.is_some_and(|c| c.is_ascii_lowercase()) =>
        {
            !matches!(after, Some('»' | '”'))
        }
        // No word goes on after the end of a quotation.
        _ => after.is_some_and(char::is_alphabetic) && !stands_between_letters(mark),
    }
}

/// Whether a root is taken of `mark`.
fn is_quantity(mark: char) -> bool {
    matches!(mark, 'π' | 'Ω' | '∂' | '∑' | '∏' | '∫' | '∞' | '∆' | 'µ')
}

/// Whether no language writes both of two letters, one of them of the east. Two of the west may be two words in any.
fn of_no_language(first: char, second: char) -> bool {
    let is_western = |c: char| c <= '\u{ff}' || matches!(c, 'Œ' | 'œ' | 'Š' | 'š' | 'Ž' | 'ž' | 'Ÿ' | 'ƒ');
    !(is_western(first) && is_western(second)) && languages(first).unwrap_or(0) & languages(second).unwrap_or(0) == 0
}

/// Whether the line has letters outside ASCII that are not read.
fn other_letters(line: &EncodedLine, reading: &LineReading, script: impl Fn(char) -> u8) -> bool {
    let is_read =
        |at: usize| reading.sequences.iter().any(|found| (found.place..found.place + found.sequence.len).contains(&at));
    line.chars.iter().enumerate().any(|(at, c)| !c.is_ascii() && script(*c) != 0 && !is_read(at))
}

/// Whether `mark`, between `left` and `right`, ends a quotation that nothing else ends.
fn closes(left: &str, mark: char, right: &str) -> bool {
    match mark {
        '»' => left.contains('«') && !right.contains('»'),
        '”' => left.contains(['“', '„', '”']) && !right.contains('”'),
        _ => false,
    }
}

/// Marks that stand between letters: `word…word`.
fn stands_between_letters(mark: char) -> bool {
    matches!(
        mark,
        '…' | '–'
            | '—'
            | '’'
            | '‘'
            | '·'
            | '•'
            | '\u{a0}'
            | '\u{ad}'
            | '€'
            | '£'
            | '¥'
            | '¢'
            | '¤'
            | '´'
            | '¦'
            | '×'
    )
}
