//! HTML entities: `&eacute;`, `&#233;`, `&#xE9;`.

use crate::text::part::PartOf;

/// The longest entity looked for, in bytes: the longest name is 31 letters long.
pub(super) const LONGEST_BYTES: usize = 33;

/// What windows-1252 means by 128 to 159, which is what authors of `&#150;` meant.
const HIGH: [u16; 32] = [
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d,
    0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d,
    0x17e, 0x178,
];

/// What an entity stands for: up to three characters; none, where browsers show none.
pub(super) type Chars = [Option<char>; 3];

/// The entity that ends `text`, whose last byte is `;`: where it begins, and what it stands for.
pub(super) fn at_end(text: &str) -> Option<(usize, Chars)> {
    let bytes = text.as_bytes();
    let from = bytes.len().saturating_sub(LONGEST_BYTES);
    let start = from + memchr::memrchr(b'&', &bytes[from..])?;
    let chars = match text.part(start + 1..bytes.len() - 1) {
        "" => return None,
        number if number.starts_with('#') => [Some(numbered(&number.as_bytes()[1..])?), None, None],
        name => named(name)?,
    };
    Some((start, chars.map(|c| c.filter(|c| !is_unwritten(*c)))))
}

/// What windows-1252 has in the place of a C1 control, where it has something.
pub(super) fn windows_1252(c: char) -> Option<char> {
    let high = (c as usize).checked_sub(0x80).and_then(|at| HIGH.get(at))?;
    char::from_u32((*high).into())
}

/// The character of a number, read as HTML 5 says.
fn numbered(digits: &[u8]) -> Option<char> {
    let (digits, radix) = match digits {
        [b'x' | b'X', hex @ ..] => (hex, 16),
        _ => (digits, 10),
    };
    if digits.is_empty() {
        return None;
    }
    let mut number = 0u32;
    for &digit in digits {
        let digit = char::from(digit).to_digit(radix)?;
        number = number.saturating_mul(radix).saturating_add(digit);
    }
    let c = match number {
        0 => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    Some(windows_1252(c).unwrap_or(c))
}

/// True for controls and noncharacters, which no number can ask for.
fn is_unwritten(c: char) -> bool {
    matches!(c, '\u{1}'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fdd0}'..='\u{fdef}')
        || c as u32 & 0xfffe == 0xfffe
}

fn named(name: &str) -> Option<Chars> {
    // Most entities are one of these.
    let usual = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        _ => '\0',
    };
    if usual != '\0' {
        return Some([Some(usual), None, None]);
    }
    if let Some(known) = listed(name) {
        return Some(first_three(known.chars()));
    }
    // A text put in capitals, entities and all: `P&EACUTE;REZ`.
    if name.bytes().any(|byte| !byte.is_ascii_uppercase() && !byte.is_ascii_digit()) {
        return None;
    }
    Some(first_three(listed(&name.to_ascii_lowercase())?.chars().flat_map(char::to_uppercase)))
}

/// What HTML 5 lists for `name`.
fn listed(name: &str) -> Option<&'static str> {
    let table = &html_escape::NAMED_ENTITIES;
    let at = table.binary_search_by(|(known, _)| (*known).cmp(name.as_bytes())).ok()?;
    Some(table[at].1)
}

fn first_three(mut chars: impl Iterator<Item = char>) -> Chars {
    std::array::from_fn(|_| chars.next())
}
