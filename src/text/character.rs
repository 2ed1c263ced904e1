//! What a character is, and what it counts as in a word: asked of the standard library, which is slow. build.rs asks once for
//! those that are met most, and makes the table in kinds.rs of it.

/// What a character is: a set of the constants below.
pub(crate) type Kind = u8;

/// `char::is_uppercase`.
pub(crate) const UPPER: Kind = 1 << 0;
/// `char::is_lowercase`.
pub(crate) const LOWER: Kind = 1 << 1;
/// `char::is_alphabetic`.
pub(crate) const ALPHABETIC: Kind = 1 << 2;
/// `char::is_numeric`.
pub(crate) const NUMERIC: Kind = 1 << 3;
/// `char::is_whitespace`.
pub(crate) const SPACE: Kind = 1 << 4;

/// Part of a word: a letter, a digit, or a mark that never ends one.
pub(crate) const WORD: Kind = 1 << 5;
/// A word of its own: a character of a script that sets no spaces.
pub(crate) const ALONE: Kind = 1 << 6;

/// Characters below have a row in the table: the scripts with case, the Semitic and Indic ones, general punctuation.
pub(crate) const TABLE_END: u32 = 0x2100;

/// What words need of a character: what it is, and what it counts as in a hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    /// In lower case, as UTF-8, the first byte the lowest; an apostrophe is `'` and the Turkish letters `İ` and `ı` are `i`,
    /// so that a headline in capitals meets its phrase.
    pub bytes: u32,
    /// How many bits these are.
    pub bits: u8,
    pub kind: Kind,
}

/// What `char`'s own methods and the rules for words say of a character.
pub(crate) fn ask(c: char) -> Kind {
    let flags = [
        (UPPER, c.is_uppercase()),
        (LOWER, c.is_lowercase()),
        (ALPHABETIC, c.is_alphabetic()),
        (NUMERIC, c.is_numeric()),
        (SPACE, c.is_whitespace()),
    ];
    let kind = flags.iter().filter(|(_, is)| *is).fold(0, |kind, (flag, _)| kind | flag);
    match c {
        _ if is_unspaced(c) => kind | ALONE,
        _ if is_in_words(c, kind) => kind | WORD,
        _ => kind,
    }
}

fn is_in_words(c: char, kind: Kind) -> bool {
    match c {
        '\0'..='\u{bf}' => c.is_ascii_alphanumeric() || matches!(c, 'ª' | 'µ' | 'º'),
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' => true,
        // Marks of the Indic and Semitic scripts are not alphabetic all of them, but never end a word.
        '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}' => true,
        _ => kind & (ALPHABETIC | NUMERIC) != 0,
    }
}

/// True for characters of scripts that set no space between words: ideographs, kana, Thai, Lao, Khmer, Burmese.
pub(crate) fn is_unspaced(c: char) -> bool {
    c >= '\u{e00}'
        && matches!(c,
            '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The same, and what it counts as in a hash.
pub(crate) fn ask_folded(c: char) -> Folded {
    let lower = match c {
        '\u{2019}' => '\'',
        'İ' | 'ı' => 'i',
        // Of the others, each has one character for its lower case.
        _ => c.to_lowercase().next().unwrap_or(c),
    };
    Folded { kind: ask(c), ..utf8(lower) }
}

/// A character in UTF-8, of no kind yet.
pub(crate) fn utf8(c: char) -> Folded {
    let mut bytes = [0; 4];
    let bits = c.encode_utf8(&mut bytes).len() as u8 * 8;
    Folded { bytes: u32::from_le_bytes(bytes), bits, kind: 0 }
}
