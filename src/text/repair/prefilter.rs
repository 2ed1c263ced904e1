//! A prefilter, the fast path: how far a text can be copied without a look at its characters one by one.

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::chars::{is_break, ligature};
use super::{Dashes, Form, Normalizer, Quotes, encoding, entities};
use crate::offsets::Span;
use crate::text::part::PartOf;
use crate::text::prefilter::{Prefilter, Watch, each_loud};

/// What makes a character worth a look, for one set of options.
#[derive(Clone, Copy)]
pub(super) struct RepairPrefilter {
    /// Whether line feeds are to become spaces.
    pub joins_lines: bool,
    /// Whether what may begin mojibake is not plain.
    encoding: bool,
    curly: bool,
    straight: bool,
    dashes: bool,
    form: Form,
    /// Whether the letters of [`ordinary`] are left alone.
    ordinary: bool,
}

impl RepairPrefilter {
    pub(super) fn new(options: &Normalizer) -> Self {
        Self {
            joins_lines: false,
            encoding: options.encoding,
            curly: options.quotes == Quotes::Curly,
            straight: options.quotes == Quotes::Straight,
            dashes: options.dashes == Dashes::Ascii,
            form: options.form,
            ordinary: matches!(options.form, Form::Nfc | Form::None)
                && options.quotes != Quotes::Straight
                && options.dashes == Dashes::Keep,
        }
    }

    /// For the rewriter, which has nothing to do with encodings.
    pub(super) fn of_rewriter(options: &Normalizer) -> Self {
        Self { encoding: false, ..Self::new(options) }
    }

    /// Length of the start of `text` that no step changes, standing after `prev`.
    pub(super) fn plain(&self, prev: Option<char>, text: &str) -> usize {
        let bytes = text.as_bytes();
        // The first character is judged with what stands before it; from there on bytes speak for themselves.
        let before = match prev {
            None => b'\n',
            Some(prev) if is_break(prev) => b'\n',
            Some(prev) if prev.is_ascii() => prev as u8,
            Some(_) => b'x',
        };
        let watch = Watch { breaks: self.joins_lines, quotes: self.curly };
        let look = |at: usize| match bytes[at] {
            b';' if !may_end_entity(text.part(..=at), prev.is_none()) => Some(1),
            0..0x80 => None,
            _ => self.harmless_row(text, at),
        };
        each_loud(before, bytes, watch, look).unwrap_or(bytes.len())
    }

    /// Whether no step changes block `span` of `text`, told from what a look over the text has shown.
    pub(super) fn is_sound(&self, text: &str, span: Span, prefilter: &Prefilter) -> bool {
        let bytes = text.as_bytes();
        let mut from = span.start;
        while let Some(loud) = prefilter.loud(from..span.end) {
            from = loud;
            match bytes[from] {
                // Nothing was changed before it, so that it ends an entity only where one is written.
                b';' if entities::at_end(text.part(span.start..=from)).is_none() => from += 1,
                0..0x80 => return false,
                _ => match self.harmless_row(text.part(span.range()), from - span.start) {
                    Some(len) => from += len,
                    None => return false,
                },
            }
        }
        !self.curly || memchr::memchr2(b'"', b'\'', &bytes[span.range()]).is_none()
    }

    /// Length of the characters above ASCII from byte `at` on, which come in rows, when no step changes them whatever stands
    /// around them.
    #[inline]
    fn harmless_row(&self, text: &str, at: usize) -> Option<usize> {
        let mut end = at;
        while text.as_bytes().get(end).is_some_and(|byte| *byte >= 0x80) {
            let letters = if self.ordinary { encoding::letters(&text.as_bytes()[end..]) } else { 0 };
            end += if letters > 0 { letters } else { self.harmless(text, end)? };
        }
        Some(end - at)
    }

    /// Length of the character above ASCII at byte `at`, when no step changes it whatever stands around it.
    #[inline]
    fn harmless(&self, text: &str, at: usize) -> Option<usize> {
        if self.encoding && encoding::may_begin(text, at) {
            return None;
        }
        if self.ordinary {
            let len = ordinary(&text.as_bytes()[at..]);
            if len > 0 {
                return Some(len);
            }
        }
        let c = text.part(at..).chars().next()?;
        (!self.is_special(c)).then_some(c.len_utf8())
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
            '\u{a1}'..='\u{2ff}' => ligature(c).is_some() || self.straight && c == '\u{2bc}',
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

/// Whether the `;` that ends `text` may end an entity; `whole` when nothing stands before `text`.
fn may_end_entity(text: &str, whole: bool) -> bool {
    let bytes = text.as_bytes();
    match memchr::memrchr(b'&', &bytes[bytes.len().saturating_sub(entities::LONGEST_BYTES)..]) {
        Some(_) => entities::at_end(text).is_some(),
        None => !whole && bytes.len() < entities::LONGEST_BYTES,
    }
}

/// Length of the character that `bytes`, of UTF-8, begin with, when it is a letter or mark that no repair touches unless it
/// begins mojibake, told by its bytes: most of what texts in the large scripts are made of. 0 when a closer look is needed.
#[inline]
fn ordinary(bytes: &[u8]) -> usize {
    match *bytes {
        // ŉ and the ligature of i and j, which are spelt out.
        [0xc5, 0x89, ..] | [0xc4, 0xb2 | 0xb3, ..] => 0,
        // Other accented Latin letters.
        [0xc3..=0xc5, ..] => 2,
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
    fn ordinary_characters_are_not_special() {
        let prefilter = RepairPrefilter::new(&Normalizer::default());
        let mut found = 0;
        for c in '\u{80}'..=char::MAX {
            let len = ordinary(c.to_string().as_bytes());
            if len > 0 {
                assert_eq!(len, c.len_utf8(), "{c:?}");
                assert!(!prefilter.is_special(c), "{c:?}");
                found += 1;
            }
        }
        assert!(found > 30_000);
    }
}
