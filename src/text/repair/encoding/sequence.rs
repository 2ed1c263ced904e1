//! One character of UTF-8, found where its bytes were read as several characters.

use super::EncodingOptions;
use super::chars::{A0, ENCODINGS, Set, Tables};

/// What stands for bytes that were lost.
pub(super) const LOST: char = '\u{fffd}';
/// The longest sequence, in characters: a lead and three accents that a space carries.
pub(super) const LONGEST_CHARS: usize = 7;

/// A sequence: how many characters it takes, and the one that they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sequence {
    pub len: usize,
    pub c: char,
    /// Whether a space was read as the byte A0.
    pub restored: bool,
    /// Whether it is none of standard UTF-8.
    pub variant: bool,
}

/// The encodings in which some sequence may begin with `first`, when `rest` comes next. Says yes too often, and never no
/// where there is one.
#[inline]
pub(super) fn may_begin(tables: &Tables, first: char, rest: &mut impl Iterator<Item = char>) -> Set {
    let lead = tables.bytes(first);
    let leads = lead.leads();
    if leads == 0 {
        return 0;
    }
    let Some(second) = rest.next() else { return 0 };
    let follows = |c: char| match c {
        ' ' => A0,
        LOST => Set::MAX,
        _ => tables.bytes(c).follows,
    };
    let mut both = leads & follows(second);
    if both == 0 {
        return 0;
    }
    let third = rest.next();
    if second == ' ' {
        if third.is_some_and(|third| accent(third).is_some()) {
            return leads;
        }
        both &= !lead.leads[0] | lead.before_space;
    }
    if both & !lead.leads[0] != 0 {
        let third = match third {
            Some('?') if second != ' ' => Set::MAX,
            // One space is enough.
            Some(' ') if second == ' ' => 0,
            Some(third) => follows(third),
            None => 0,
        };
        both &= lead.leads[0] | third;
    }
    both
}

/// What NFKC makes a space and a combining mark of.
pub(super) fn accent(mark: char) -> Option<char> {
    Some(match mark {
        '\u{301}' => '´',
        '\u{303}' => '˜',
        '\u{304}' => '¯',
        '\u{306}' => '˘',
        '\u{307}' => '˙',
        '\u{308}' => '¨',
        '\u{30a}' => '˚',
        '\u{30b}' => '˝',
        '\u{327}' => '¸',
        '\u{328}' => '˛',
        _ => return None,
    })
}

/// The sequence that begins `chars` in `encoding`.
pub(super) fn read(tables: &Tables, chars: &[char], encoding: usize, options: EncodingOptions) -> Option<Sequence> {
    debug_assert!(encoding < ENCODINGS);
    let byte = |c: char| tables.bytes(c).bytes[encoding];
    let first = byte(*chars.first()?);
    let len = match first {
        0xc0 | 0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    let (mut restored, mut lost) = (false, false);
    let mut taken = 1;
    for i in 1..len {
        let c = *chars.get(taken)?;
        taken += 1;
        bytes[i] = match c {
            ' ' => match chars.get(taken).and_then(|mark| accent(*mark)) {
                Some(accent) => {
                    taken += 1;
                    byte(accent)
                }
                None if options.restore_byte_a0
                    && !restored
                    && A0 & 1 << encoding != 0
                    && (len > 2 || tables.bytes(chars[0]).before_space & 1 << encoding != 0) =>
                {
                    restored = true;
                    0xa0
                }
                None => return None,
            },
            LOST if options.replace_lossy_sequences => {
                lost = true;
                // The nearest that is not an overlong form.
                if i == 1 && matches!(first, 0xe0 | 0xf0) { 0xa0 } else { 0x80 }
            }
            // â€? is a quotation mark or a dash.
            '?' if options.replace_lossy_sequences && i == 2 && bytes[..2] == [0xe2, 0x80] => {
                lost = true;
                0x80
            }
            _ => byte(c),
        };
        if !(0x80..=0xbf).contains(&bytes[i]) {
            return None;
        }
    }
    if bytes[..2] == [0xc0, 0x80] {
        return (!lost && !restored).then_some(Sequence { len, c: '\0', restored, variant: true });
    }
    if first == 0xed && bytes[1] >= 0xa0 {
        let unit = |bytes: [u8; 2]| u32::from(bytes[0] & 0x3f) << 6 | u32::from(bytes[1] & 0x3f);
        let high = unit([bytes[1], bytes[2]]);
        let rest = [byte(*chars.get(3)?), byte(*chars.get(4)?), byte(*chars.get(5)?)];
        let [0xed, 0xb0..=0xbf, 0x80..=0xbf] = rest else { return None };
        let low = unit([rest[1], rest[2]]);
        if high >= 0xc00 || lost || restored {
            return None;
        }
        let c = char::from_u32(0x1_0000 + ((high & 0x3ff) << 10 | low & 0x3ff))?;
        return Some(Sequence { len: 6, c, restored, variant: true });
    }
    let c = std::str::from_utf8(&bytes[..len]).ok()?.chars().next()?;
    if !lost && !tables.is_assigned(c) {
        return None;
    }
    Some(Sequence { len: taken, c: if lost { LOST } else { c }, restored, variant: false })
}

/// `à` whose byte A0 became a space: alone when a space stands for it and the one after the word, else with the space.
pub(super) fn grave_a(before: &str, after: &str) -> Sequence {
    let ends_word = before.ends_with(char::is_alphanumeric);
    let mut next = after.chars();
    let first = next.next();
    let begins_word = first.is_some_and(char::is_alphanumeric);
    // Before a bar, a dash, an opening bracket there was a space.
    let closes =
        first.is_none_or(|c| matches!(c, ' ' | ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '»' | '”' | '’' | '…'));
    // Portuguese has words that begin with it: às, àquele, àquilo.
    let portuguese = after.starts_with("quel")
        || after.starts_with("quil")
        || after.starts_with('s') && !next.next().is_some_and(char::is_alphanumeric);
    let len = if begins_word && (ends_word || !portuguese) || !begins_word && !closes { 1 } else { 2 };
    Sequence { len, c: 'à', restored: true, variant: false }
}
