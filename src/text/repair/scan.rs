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
}

const BLOCK: usize = 32;

impl Scanner {
    pub(super) fn new(options: &Normalizer) -> Self {
        Self {
            joins_lines: false,
            curly: options.quotes == Quotes::Curly,
            straight: options.quotes == Quotes::Straight,
            dashes: options.dashes == Dashes::Ascii,
            form: options.form,
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
        loop {
            while let Some(block) = bytes.get(at..at + BLOCK) {
                if !self.block_is_plain(before, block) {
                    break;
                }
                before = block[BLOCK - 1];
                at += BLOCK;
            }
            let stop = (at + BLOCK).min(bytes.len());
            while at < stop {
                let byte = bytes[at];
                if byte < 0x80 {
                    if self.ascii_is_special(before, byte) {
                        return at;
                    }
                    before = byte;
                    at += 1;
                    continue;
                }
                let mut chars = text[at..].chars();
                let Some(c) = chars.next() else { return at };
                if self.is_special(c) || is_lead(c) && chars.next().is_none_or(|next| follower(next).is_some()) {
                    return at;
                }
                before = b'x';
                at += c.len_utf8();
            }
            if at >= bytes.len() {
                return bytes.len();
            }
        }
    }

    #[inline]
    fn block_is_plain(&self, before: u8, block: &[u8]) -> bool {
        if self.curly || self.joins_lines || self.ascii_is_special(before, block[0]) {
            return false;
        }
        let mut special = block[0] >= 0x7f;
        for i in 1..BLOCK {
            let (a, b) = (block[i - 1], block[i]);
            special |= (b < 0x20 && b != b'\n')
                | (b >= 0x7f)
                | (b == b';')
                | ((a == b' ' || a == b'\n') & (b == b' '))
                | ((a == b' ') & (b == b'\n'));
        }
        !special
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
