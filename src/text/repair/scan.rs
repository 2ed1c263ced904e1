//! The fast path: how far a text can be copied without a look at its characters one by one.

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::chars::is_break;
use super::encoding::{follower, is_lead};
use super::{Dashes, Form, Normalizer, Quotes};

/// What makes a character worth a look, for one set of options.
#[derive(Clone, Copy)]
pub(super) struct Scanner {
    /// Whether line feeds are to become spaces.
    pub joins_lines: bool,
    curly: bool,
    straight: bool,
    dashes: bool,
    form: Form,
    /// Whether the letters of [`ordinary`] are left alone.
    ordinary: bool,
}

impl Scanner {
    pub(super) fn new(options: &Normalizer) -> Self {
        Self {
            joins_lines: false,
            curly: options.quotes == Quotes::Curly,
            straight: options.quotes == Quotes::Straight,
            dashes: options.dashes == Dashes::Ascii,
            form: options.form,
            ordinary: matches!(options.form, Form::Nfc | Form::None)
                && options.quotes != Quotes::Straight
                && options.dashes == Dashes::Keep,
        }
    }

    /// Length of the start of `text` that no step changes, standing behind `prev`.
    pub(super) fn plain(&self, prev: Option<char>, text: &str) -> usize {
        let bytes = text.as_bytes();
        let Some(first) = text.chars().next() else { return 0 };
        // The first character is judged with what stands before it; from there on bytes speak for themselves.
        let mut before = match prev {
            None => b'\n',
            Some(prev) if is_break(prev) => b'\n',
            Some(prev) if prev.is_ascii() => prev as u8,
            // What follows may end mojibake that begins in what stands before.
            Some(prev) if follower(first).is_some() && (is_lead(prev) || follower(prev).is_some()) => return 0,
            Some(_) => b'x',
        };
        let mut at = 0;
        while at < bytes.len() {
            if !self.curly {
                let quiet = quiet(before, &bytes[at..]);
                if quiet > 0 {
                    at += quiet;
                    before = bytes[at - 1];
                }
            }
            let Some(&byte) = bytes.get(at) else { break };
            if byte < 0x80 {
                if self.ascii_is_special(before, byte) {
                    return at;
                }
                before = byte;
                at += 1;
                continue;
            }
            before = b'x';
            let mut len = if self.ordinary { ordinary(&bytes[at..]) } else { 0 };
            if len == 0 {
                let mut chars = text[at..].chars();
                let Some(c) = chars.next() else { return at };
                if self.is_special(c) || is_lead(c) && chars.next().is_none_or(|next| follower(next).is_some()) {
                    return at;
                }
                len = c.len_utf8();
            }
            at += len;
        }
        bytes.len()
    }

    #[inline]
    fn ascii_is_special(&self, before: u8, byte: u8) -> bool {
        match byte {
            b' ' => before == b' ' || before == b'\n',
            b'\n' => before == b' ' || self.joins_lines,
            0..0x20 | 0x7f | b';' => true,
            b'"' | b'\'' => self.curly,
            _ => false,
        }
    }

    /// True for characters above ASCII that some step may change, whatever stands around them.
    fn is_special(&self, c: char) -> bool {
        let quote = || matches!(c, '\u{2018}'..='\u{201f}');
        let dash = || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}');
        match self.form {
            Form::Nfc | Form::None => {}
            Form::Nfd if c < '\u{c0}' => {}
            Form::Nfd => {
                if !unicode_normalization::is_nfd(c.encode_utf8(&mut [0; 4])) {
                    return true;
                }
            }
            Form::Nfkc | Form::Nfkd => {
                let mut compatible = std::iter::once(c).nfkd();
                if compatible.next() != Some(c) || compatible.next().is_some() {
                    return true;
                }
            }
        }
        match c {
            '\u{80}'..='\u{a0}' | '\u{ad}' => true,
            '\u{a1}'..='\u{2ff}' => matches!(c, '\u{132}' | '\u{133}'),
            '\u{300}'..='\u{36f}' => true,
            '\u{370}'..='\u{482}' => matches!(c, '\u{374}' | '\u{37e}' | '\u{387}'),
            '\u{48a}'..='\u{590}' | '\u{5d0}'..='\u{60f}' | '\u{620}'..='\u{64a}' | '\u{660}'..='\u{66f}' => false,
            '\u{671}'..='\u{6d5}' => false,
            '\u{1e00}'..='\u{1eff}' => false,
            '\u{2010}'..='\u{2027}' => self.straight && quote() || self.dashes && dash(),
            '\u{2030}'..='\u{205e}' | '\u{2070}'..='\u{20cf}' => false,
            '\u{2100}'..='\u{2cee}' => {
                matches!(c, '\u{2126}' | '\u{212a}' | '\u{212b}' | '\u{2329}' | '\u{232a}' | '\u{2adc}')
                    || self.dashes && dash()
            }
            '\u{3001}'..='\u{3029}' | '\u{3030}'..='\u{3098}' | '\u{309b}'..='\u{a4cf}' => false,
            '\u{ac00}'..='\u{d7a3}' | '\u{e000}'..='\u{f8ff}' => false,
            '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{2f7ff}' => false,
            '\u{61c}'
            | '\u{1680}'
            | '\u{2000}'..='\u{206f}'
            | '\u{3000}'
            | '\u{fb00}'..='\u{fb06}'
            | '\u{feff}'..='\u{ffff}' => true,
            _ => {
                unicode_normalization::char::is_combining_mark(c) || is_nfc_quick([c].into_iter()) != IsNormalized::Yes
            }
        }
    }
}

/// Length of a start of `bytes` that is ASCII with nothing in it to look at, standing behind `before`. What ends it may still
/// prove harmless.
fn quiet(mut before: u8, bytes: &[u8]) -> usize {
    // Blocks first, which compilers turn into a few wide instructions; then words, to find the place in a loud block.
    let mut at = 0;
    if bytes.len() > BLOCK && !(matches!(before, b' ' | b'\n') && bytes[0] == b' ') {
        while let Some(block) = bytes.get(at..=at + BLOCK)
            && !is_loud(block)
        {
            at += BLOCK;
            before = block[BLOCK - 1];
        }
    }
    at + quiet_by_words(before, &bytes[at..])
}

const BLOCK: usize = 32;

/// Whether a byte of a block needs a look; the one behind the block is only seen as the second of two spaces.
#[inline]
fn is_loud(block: &[u8]) -> bool {
    let Ok(block) = <&[u8; BLOCK + 1]>::try_from(block) else { return true };
    let mut loud = 0;
    for &byte in &block[..BLOCK] {
        loud |= u8::from(byte < b' ') | u8::from(byte >= 0x7f) | u8::from(byte == b';');
    }
    for i in 0..BLOCK {
        loud |= u8::from(block[i] == b' ') & u8::from(block[i + 1] == b' ');
    }
    loud != 0
}

/// The same, eight bytes at a time, each a lane of a word.
fn quiet_by_words(before: u8, bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    // Lanes below 0x80 never carry into one another: these three are exact for them.
    let below = |lanes: u64, bound: u8| !(lanes + ONES * u64::from(0x80 - bound)) & HIGH;
    let equal = |lanes: u64, byte: u8| below(lanes ^ (ONES * u64::from(byte)), 1);
    let mut space_before = u64::from(matches!(before, b' ' | b'\n')) << 7;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [b'x'; 8];
    last[..rest.len()].copy_from_slice(rest);
    for (i, word) in words.iter().chain([&last]).enumerate() {
        let word = u64::from_le_bytes(*word);
        let lanes = word & !HIGH;
        let spaces = equal(lanes, b' ');
        let double = spaces & (spaces << 8 | space_before);
        let loud = word & HIGH | below(lanes, b' ') | equal(lanes, 0x7f) | equal(lanes, b';') | double;
        if loud != 0 {
            return 8 * i + loud.trailing_zeros() as usize / 8;
        }
        space_before = spaces >> 56;
    }
    bytes.len()
}

/// Length of the character that `bytes`, of UTF-8, begin with, when it is a letter or mark that no repair touches, told by its
/// bytes: most of what texts in the large scripts are made of. 0 when a closer look is needed.
fn ordinary(bytes: &[u8]) -> usize {
    match *bytes {
        // An accented letter of Latin-1 may begin mojibake, unless ASCII follows.
        [0xc3, _, 0..0x80, ..] => 2,
        // Greek, Cyrillic, Hebrew, Arabic.
        [0xce, 0x88..=0xbf, ..] | [0xcf..=0xd1, ..] | [0xd7, 0x90..=0xbf, ..] => 2,
        [0xd8, 0xa0..=0xbf, ..] | [0xd9, 0x80..=0x8a | 0xa0..=0xaf | 0xb1..=0xbf, ..] | [0xda, ..] => 2,
        // Quotation marks, dashes and the ellipsis; not the spaces and controls around them.
        [0xe2, 0x80, 0x90..=0xa7, ..] => 3,
        // Kana, ideographs, Hangul.
        [0xe3, 0x81 | 0x83..=0xbf, ..] | [0xe4..=0xe9 | 0xeb | 0xec, ..] => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_ends_where_a_look_is_needed() {
        let text = "The quick brown fox jumps over the lazy dog, as it does on every day of the week.";
        assert_eq!(quiet(b'x', text.as_bytes()), text.len());
        for at in 0..=text.len() {
            for loud in ["\n", "\u{7f}", ";", "\t", "é", "\u{1f}"] {
                let (before, behind) = text.split_at(at);
                assert_eq!(quiet(b'x', format!("{before}{loud}{behind}").as_bytes()), at, "{loud:?} at {at}");
            }
        }
        for (at, _) in text.match_indices(' ') {
            let (before, behind) = text.split_at(at);
            assert_eq!(quiet(b'x', format!("{before} {behind}").as_bytes()), at + 1, "{at}");
        }
        assert_eq!((quiet(b' ', b" leading"), quiet(b'\n', b" leading"), quiet(b'x', b" leading")), (0, 0, 8));
        assert_eq!((quiet(b'x', b""), quiet(b'x', b"a"), quiet(b'x', b"a  ")), (0, 1, 2));
    }

    #[test]
    fn ordinary_characters_are_not_special() {
        let scanner = Scanner::new(&Normalizer::default());
        let mut found = 0;
        for c in '\u{80}'..=char::MAX {
            let text = format!("{c} ");
            let len = ordinary(text.as_bytes());
            if len > 0 {
                assert_eq!(len, c.len_utf8(), "{c:?}");
                assert!(!scanner.is_special(c), "{c:?}");
                assert!(!is_lead(c) || ordinary(c.to_string().as_bytes()) == 0, "{c:?}");
                found += 1;
            }
        }
        assert!(found > 30_000);
    }
}
