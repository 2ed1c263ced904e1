//! HTML entities: `&eacute;`, `&#233;`, `&#xE9;`.

/// The longest entity looked for, in bytes: the longest name is 31 letters long.
pub(super) const LONGEST: usize = 33;

/// What windows-1252 means by 128 to 159, which is what authors of `&#150;` meant.
const HIGH: [u16; 32] = [
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d,
    0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d,
    0x17e, 0x178,
];

/// The entity that ends `text`, whose last byte is `;`: where it begins, and the one or two characters it stands for.
pub(super) fn at_end(text: &str) -> Option<(usize, [Option<char>; 2])> {
    let bytes = text.as_bytes();
    let from = bytes.len().saturating_sub(LONGEST);
    let start = from + memchr::memrchr(b'&', &bytes[from..])?;
    let name = &bytes[start + 1..bytes.len() - 1];
    let chars = match name {
        [b'#', digits @ ..] => [Some(numbered(digits)?), None],
        _ => named(name)?,
    };
    Some((start, chars))
}

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
        number = number.checked_mul(radix)?.checked_add(digit)?;
    }
    match number {
        0 => None,
        0x80..=0x9f => char::from_u32(HIGH[number as usize - 0x80].into()),
        _ => char::from_u32(number),
    }
}

fn named(name: &[u8]) -> Option<[Option<char>; 2]> {
    // Most entities are one of these.
    let usual = match name {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"quot" => '"',
        b"nbsp" => '\u{a0}',
        _ => '\0',
    };
    if usual != '\0' {
        return Some([Some(usual), None]);
    }
    let table = &html_escape::NAMED_ENTITIES;
    let at = table.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    let mut chars = table[at].1.chars();
    Some([chars.next(), chars.next()])
}
