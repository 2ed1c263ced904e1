//! A prefilter: what in a text a repair may have to do with.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};
use wide::u8x16;

use super::super::chars::{is_width_form, ligature, straight_quote};
use super::super::encoding;
use super::passes::{StandIns, entity, is_foreign_break, is_removed};
use crate::once::Lazy;
use crate::text::part::PartOf;

/// What was seen: a bit for each kind of thing.
pub(super) type Seen = u16;

pub(super) const ENTITY: Seen = 1;
pub(super) const ESCAPE: Seen = 1 << 1;
pub(super) const CONTROL: Seen = 1 << 2;
pub(super) const BREAK: Seen = 1 << 3;
pub(super) const QUOTE: Seen = 1 << 4;
pub(super) const LIGATURE: Seen = 1 << 5;
pub(super) const WIDTH: Seen = 1 << 6;
pub(super) const C1: Seen = 1 << 7;
/// A character that may not stay as it is in NFC.
pub(super) const COMPOSES: Seen = 1 << 8;
pub(super) const HIGH: Seen = 1 << 9;
pub(super) const SURROGATE: Seen = 1 << 10;
/// What may be the start of mojibake.
pub(super) const SUSPECT: Seen = 1 << 11;

/// The part of Unicode that is looked up.
const LISTED: u32 = 0x3100;

static CLASSES: Lazy<Vec<Seen>> = Lazy::new(|| (0..LISTED).map(|c| char::from_u32(c).map_or(0, class)).collect());

fn class(c: char) -> Seen {
    let mut class = 0;
    let mut add = |is: bool, bits: Seen| class |= if is { bits } else { 0 };
    add(c == '\u{1b}', ESCAPE);
    add(is_removed(c), CONTROL);
    add(is_foreign_break(c), BREAK);
    add(straight_quote(c).is_some(), QUOTE);
    add(ligature(c).is_some(), LIGATURE);
    add(is_width_form(c), WIDTH);
    add(matches!(c, '\u{80}'..='\u{9f}'), C1);
    add(canonical_combining_class(c) != 0 || is_nfc_quick([c].into_iter()) != IsNormalized::Yes, COMPOSES);
    add(!c.is_ascii(), HIGH);
    class
}

/// Something seen: `len` bytes from `at` on.
pub(super) struct Sight {
    pub at: usize,
    pub len: usize,
    pub seen: Seen,
}

/// Looks over a text from start to end.
pub(super) struct FtfyPrefilter<'t> {
    pub text: &'t str,
    /// How far it has come.
    pub at: usize,
    classes: &'static [Seen],
    stand_ins: Option<StandIns>,
}

impl<'t> FtfyPrefilter<'t> {
    pub(super) fn over(text: &'t str, stand_ins: Option<StandIns>) -> Self {
        Self { text, at: 0, classes: &CLASSES, stand_ins }
    }

    /// The next character or entity of which one of `wanted` is true.
    #[inline]
    pub(super) fn next(&mut self, wanted: Seen) -> Option<Sight> {
        let bytes = self.text.as_bytes();
        loop {
            self.at += quiet(&bytes[self.at..]);
            // Characters above ASCII come in rows.
            while let Some(&byte) = bytes.get(self.at) {
                let at = self.at;
                let (seen, len) = match byte {
                    ..0x80 => {
                        let entity = byte == b'&' && wanted & ENTITY != 0 && entity(self.text.part(at..)).is_some();
                        (if entity { ENTITY } else { self.classes[usize::from(byte)] }, 1)
                    }
                    _ => self.high(wanted),
                };
                self.at += len;
                if seen & wanted != 0 {
                    return Some(Sight { at, len, seen: seen & wanted });
                }
                if bytes.get(self.at).is_none_or(u8::is_ascii) {
                    break;
                }
            }
            if self.at >= bytes.len() {
                return None;
            }
        }
    }

    /// Looks at a character above ASCII.
    #[inline]
    fn high(&self, wanted: Seen) -> (Seen, usize) {
        let rest = self.text.part(self.at..);
        let Some(c) = rest.chars().next() else { return (0, 1) };
        let class = match c as u32 {
            listed @ ..LISTED => self.classes[listed as usize],
            0x3400..=0x9fff | 0xac00..=0xd7a3 | 0x1_f000..=0x1_faff => return (HIGH, c.len_utf8()),
            _ if self.stand_ins.is_some_and(|them| them.surrogate(c).is_some()) => HIGH | SURROGATE,
            _ => class(c),
        };
        let suspect = wanted & SUSPECT != 0 && encoding::may_begin(self.text, self.at);
        (class | if suspect { SUSPECT } else { 0 }, c.len_utf8())
    }
}

/// Everything of `wanted` that is in `text`.
pub(super) fn all(text: &str, stand_ins: Option<StandIns>, wanted: Seen) -> Seen {
    let mut prefilter = FtfyPrefilter::over(text, stand_ins);
    let mut seen = 0;
    while seen != wanted {
        let Some(sight) = prefilter.next(wanted & !seen) else { break };
        seen |= sight.seen;
    }
    seen
}

/// Whether right before or after a quotation mark there may be mojibake, which is judged by its neighbours: by a straight mark
/// otherwise than by a curly one.
pub(super) fn may_touch_mojibake(text: &str, start: usize, end: usize) -> bool {
    // What single-byte encodings have begins with one of these bytes.
    let may_be_of_it = |text: &str| matches!(text.as_bytes(), [0xc2..=0xd3 | 0xe2 | 0xef, ..]);
    let goes_on = |c: char| !c.is_ascii() || matches!(c, ' ' | '?');
    let mut before = text.part(..start).chars().rev();
    let mut after = text.part(end..).chars();
    before.next().is_some_and(goes_on) && before.next().is_some_and(|c| !c.is_ascii())
        || may_be_of_it(text.part(end..)) && after.nth(1).is_some_and(goes_on)
}

/// How many bytes from the first on are ASCII that no repair has to do with by itself.
#[inline]
fn quiet(bytes: &[u8]) -> usize {
    let (whole, rest) = bytes.as_chunks::<16>();
    for (i, &sixteen) in whole.iter().enumerate() {
        let loud = loud(sixteen);
        if loud != 0 {
            return 16 * i + loud.trailing_zeros() as usize;
        }
    }
    let mut last = [b'x'; 16];
    last[..rest.len()].copy_from_slice(rest);
    (bytes.len() - rest.len()) + (loud(last).trailing_zeros() as usize).min(rest.len())
}

/// A bit for each of sixteen bytes that is `&`, DEL, above ASCII, or a control but for tab and line feed.
#[inline]
fn loud(bytes: [u8; 16]) -> u32 {
    let bytes = u8x16::new(bytes);
    let are = |byte: u8| bytes.cmp_eq(u8x16::splat(byte));
    let controls = bytes.min(u8x16::splat(0x1f)).cmp_eq(bytes);
    let white = are(b'\n') | are(b'\t');
    // What is above ASCII has its highest bit set, which is all that a mask looks at.
    ((controls & !white) | are(b'&') | are(0x7f) | bytes).move_mask() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_stops_where_there_is_something() {
        let plain = "a\t\n".repeat(14);
        for at in 0..40 {
            for loud in ["&", "\r", "\u{7f}", "é", "\u{0}"] {
                let text = format!("{}{loud}{plain}", &plain[..at]);
                assert_eq!(quiet(text.as_bytes()), at, "{text:?}");
            }
            assert_eq!(quiet(&plain.as_bytes()[..at]), at);
        }
    }

    #[test]
    fn mojibake_is_suspect() {
        for (text, suspect) in [("é a", false), ("Ã©", true), ("“‘", false), ("日é", false), ("a\u{85}", true)]
        {
            assert_eq!(all(text, None, SUSPECT) != 0, suspect, "{text:?}");
        }
    }
}
