//! A prefilter, one pass over all bytes of a text, sixteen at a time: where lines may end, what repair may have to do with, what markup is
//! made of. Whoever comes after looks only where there is something to be seen.

use std::ops::Range;

use wide::u8x16;

use crate::offsets::Span;

/// What one pass over a text shows, a bit for each byte.
#[derive(Debug)]
pub(crate) struct Prefilter {
    blocks: Vec<Block>,
    /// Whether U+0085, U+2028 or U+2029 stands in the text.
    pub rare_breaks: bool,
}

/// Of 64 bytes, the first one's bit lowest.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    /// Below 0x20: line ends are among them.
    controls: u64,
    /// Bytes that some repair may have to do with.
    loud: u64,
    /// `<`, `>`, `[`, `*`, `_`, `#`, `&`.
    marks: u64,
}

const BLOCK: usize = u64::BITS as usize;

impl Prefilter {
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut prefilter = Self { blocks: Vec::with_capacity(bytes.len() / BLOCK + 1), rare_breaks: false };
        let mut space_before = 0;
        let (whole, rest) = bytes.as_chunks::<BLOCK>();
        let mut last = [b'x'; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        for block in whole.iter().chain([&last]) {
            let mut seen = Block::default();
            let (mut high, mut spaces, mut breaks) = (0, 0, 0);
            for (i, sixteen) in block.as_chunks::<16>().0.iter().enumerate() {
                let sixteen = Sixteen::at(*sixteen);
                seen.controls |= sixteen.controls() << (16 * i);
                seen.loud |= sixteen.odd() << (16 * i);
                seen.marks |= sixteen.marks() << (16 * i);
                spaces |= sixteen.spaces() << (16 * i);
                high |= sixteen.high() << (16 * i);
            }
            if high != 0 {
                for (i, sixteen) in block.as_chunks::<16>().0.iter().enumerate() {
                    breaks |= Sixteen::at(*sixteen).may_end_rare_break() << (16 * i);
                }
                let base = prefilter.blocks.len() * BLOCK;
                prefilter.rare_breaks |=
                    bits(breaks).any(|bit| ends_rare_break(&bytes[..bytes.len().min(base + bit + 1)]));
            }
            seen.loud |= seen.controls | high | spaces & (spaces << 1 | space_before);
            space_before = spaces >> (BLOCK - 1);
            prefilter.blocks.push(seen);
        }
        prefilter
    }

    /// Calls `found` with the place of each byte below 0x20, in order.
    pub fn each_control(&self, mut found: impl FnMut(usize)) {
        for (i, block) in self.blocks.iter().enumerate() {
            bits(block.controls).for_each(|bit| found(i * BLOCK + bit));
        }
    }

    /// How many bytes are below 0x20.
    pub fn count_controls(&self) -> usize {
        self.blocks.iter().map(|block| block.controls.count_ones() as usize).sum()
    }

    /// The first byte of a stretch that some repair may have to do with: a control, DEL, what is not ASCII, `;`, and the second
    /// of two spaces.
    pub fn loud(&self, stretch: Range<usize>) -> Option<usize> {
        self.first(stretch, |block| block.loud)
    }

    /// Whether a character of a stretch is one that markup is made of.
    pub fn is_marked(&self, stretch: Span) -> bool {
        self.first(stretch.range(), |block| block.marks).is_some()
    }

    #[inline]
    fn first(&self, stretch: Range<usize>, bits: impl Fn(&Block) -> u64) -> Option<usize> {
        if stretch.is_empty() {
            return None;
        }
        let mut at = stretch.start / BLOCK;
        let mut found = bits(&self.blocks[at]) >> (stretch.start % BLOCK) << (stretch.start % BLOCK);
        while found == 0 {
            at += 1;
            if at * BLOCK >= stretch.end {
                return None;
            }
            found = bits(&self.blocks[at]);
        }
        let first = at * BLOCK + found.trailing_zeros() as usize;
        (first < stretch.end).then_some(first)
    }
}

/// Numbers of the bits that are set, in order.
fn bits(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        next
    })
}

fn ends_rare_break(bytes: &[u8]) -> bool {
    ["\u{85}", "\u{2028}", "\u{2029}"].iter().any(|rare| bytes.ends_with(rare.as_bytes()))
}

/// What [`each_loud`] takes for loud beside the rest.
#[derive(Clone, Copy, Default)]
pub(crate) struct Watch {
    /// Every line feed. Else those that a space touches.
    pub breaks: bool,
    /// `"` and `'`.
    pub quotes: bool,
}

/// Shows `look` each loud byte of `bytes`, which stand after `before`, in order: a control, DEL, what is not ASCII, `;`, a space
/// after a space or line feed, and what `watch` names.
///
/// `look` says how many bytes it has seen to, and is shown none of these again; `None` ends the walk at that byte.
#[inline]
pub(crate) fn each_loud(
    before: u8,
    bytes: &[u8],
    watch: Watch,
    mut look: impl FnMut(usize) -> Option<usize>,
) -> Option<usize> {
    let (mut space_before, mut break_before) = (u64::from(before == b' '), u64::from(before == b'\n'));
    let (whole, rest) = bytes.as_chunks::<BLOCK>();
    let mut last = [b'x'; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    let mut seen_to = 0;
    for (i, block) in whole.iter().chain([&last]).enumerate() {
        let (mut loud, mut spaces, mut feeds) = (0, 0, 0);
        for (i, sixteen) in block.as_chunks::<16>().0.iter().enumerate() {
            let sixteen = Sixteen::at(*sixteen);
            let feed = sixteen.are(b'\n');
            loud |= sixteen.loud_but(feed) << (16 * i);
            if watch.quotes {
                loud |= sixteen.quotes() << (16 * i);
            }
            spaces |= sixteen.spaces() << (16 * i);
            feeds |= mask(feed) << (16 * i);
        }
        let after_space = spaces << 1 | space_before;
        let after_break = feeds << 1 | break_before;
        loud |= spaces & (after_space | after_break) | if watch.breaks { feeds } else { feeds & after_space };
        space_before = spaces >> (BLOCK - 1);
        break_before = feeds >> (BLOCK - 1);
        while loud != 0 {
            let at = i * BLOCK + loud.trailing_zeros() as usize;
            loud &= loud - 1;
            if at >= seen_to {
                match look(at) {
                    Some(len) => seen_to = at + len,
                    None => return Some(at),
                }
            }
        }
    }
    None
}

/// Shows `look` each byte of `bytes` that is not ASCII, in order, as [`each_loud`] does.
#[inline]
pub(crate) fn each_high(bytes: &[u8], mut look: impl FnMut(usize) -> Option<usize>) -> Option<usize> {
    let (whole, rest) = bytes.as_chunks::<BLOCK>();
    let mut last = [b'x'; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    let mut seen_to = 0;
    for (i, block) in whole.iter().chain([&last]).enumerate() {
        let sixteens = block.as_chunks::<16>().0.iter().enumerate();
        let mut high = sixteens.fold(0, |high, (i, sixteen)| high | Sixteen::at(*sixteen).high() << (16 * i));
        while high != 0 {
            let at = i * BLOCK + high.trailing_zeros() as usize;
            high &= high - 1;
            if at >= seen_to {
                match look(at) {
                    Some(len) => seen_to = at + len,
                    None => return Some(at),
                }
            }
        }
    }
    None
}

/// Sixteen bytes under the glass.
#[derive(Clone, Copy)]
struct Sixteen(u8x16);

impl Sixteen {
    #[inline]
    fn at(bytes: [u8; 16]) -> Self {
        Self(u8x16::new(bytes))
    }

    #[inline]
    fn are(self, byte: u8) -> u8x16 {
        self.0.cmp_eq(u8x16::splat(byte))
    }

    /// Those that are `byte` once the bits of `but` are set.
    #[inline]
    fn are_but(self, but: u8, byte: u8) -> u8x16 {
        (self.0 | u8x16::splat(but)).cmp_eq(u8x16::splat(byte))
    }

    #[inline]
    fn controls(self) -> u64 {
        mask(self.0.min(u8x16::splat(0x1f)).cmp_eq(self.0))
    }

    #[inline]
    fn high(self) -> u64 {
        mask(self.0)
    }

    #[inline]
    fn spaces(self) -> u64 {
        mask(self.are(b' '))
    }

    /// `;` and DEL.
    #[inline]
    fn odd(self) -> u64 {
        mask(self.are(b';') | self.are(0x7f))
    }

    /// Controls but for these line feeds, `;`, DEL, and what is not ASCII.
    #[inline]
    fn loud_but(self, feeds: u8x16) -> u64 {
        let controls = self.0.min(u8x16::splat(0x1f)).cmp_eq(self.0) ^ feeds;
        mask(controls | self.are(b';') | self.are(0x7f) | self.0)
    }

    #[inline]
    fn quotes(self) -> u64 {
        mask(self.are(b'"') | self.are(b'\''))
    }

    #[inline]
    fn marks(self) -> u64 {
        // `<` and `>` differ in one bit, and so do `[` and `_`.
        mask(self.are_but(2, b'>') | self.are_but(4, b'_') | self.are(b'*') | self.are(b'#') | self.are(b'&'))
    }

    /// The last bytes of U+0085, U+2028 and U+2029.
    #[inline]
    fn may_end_rare_break(self) -> u64 {
        mask(self.are(0x85) | self.are_but(1, 0xa9))
    }
}

#[inline]
fn mask(of: u8x16) -> u64 {
    u64::from(of.move_mask() as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every ASCII character, and some that take several bytes, with the places of a text looked at one by one.
    fn texts() -> impl Iterator<Item = String> {
        let any = (0..0x80u8).map(char::from).chain("é\u{85}’\u{2028}\u{2029}日😀".chars());
        any.flat_map(|c| {
            [0, 1, 14, 62, 63, 64, 130].map(|at| format!("{}{c}{}", "x ".repeat(at)[..at].to_owned(), "y z".repeat(30)))
        })
    }

    #[test]
    fn finds_what_a_look_at_each_byte_finds() {
        for text in texts() {
            let prefilter = Prefilter::of(&text);
            let bytes = text.as_bytes();
            let loud = |at: usize| {
                matches!(bytes[at], 0..0x20 | 0x7f.. | b';') || bytes[at] == b' ' && at > 0 && bytes[at - 1] == b' '
            };
            let end = bytes.len();
            for start in 0..=end {
                let first = (start..end).find(|at| loud(*at));
                assert_eq!(prefilter.loud(start..end), first, "{text:?} from {start}");
                if let Some(first) = first {
                    assert_eq!(prefilter.loud(start..first), None);
                }
                let before = if start == 0 { b'x' } else { bytes[start - 1] };
                for breaks in [false, true] {
                    let mut seen = Vec::new();
                    let end = each_loud(before, &bytes[start..], Watch { breaks, quotes: true }, |at| {
                        seen.push(start + at);
                        Some(1)
                    });
                    let walked = |at: &usize| {
                        let before = if *at == 0 { b'x' } else { bytes[at - 1] };
                        match bytes[*at] {
                            b'\n' => breaks || before == b' ',
                            b'"' | b'\'' => true,
                            b' ' => matches!(before, b' ' | b'\n'),
                            _ => loud(*at),
                        }
                    };
                    assert_eq!(
                        (seen, end),
                        ((start..bytes.len()).filter(walked).collect(), None),
                        "{text:?} from {start}"
                    );
                }
                let mark = |at: &usize| b"<>[*_#&".contains(&bytes[*at]);
                assert_eq!(prefilter.is_marked(Span::new(start, end)), (start..end).any(|at| mark(&at)));
            }
            let controls: Vec<_> = (0..end).filter(|at| bytes[*at] < 0x20).collect();
            let mut found = Vec::new();
            prefilter.each_control(|at| found.push(at));
            assert_eq!((found, prefilter.count_controls()), (controls.clone(), controls.len()));
            assert_eq!(prefilter.rare_breaks, text.contains(['\u{85}', '\u{2028}', '\u{2029}']));
        }
    }

    #[test]
    fn a_walk_ends_where_it_is_told_to() {
        let text = "a é b é c";
        let mut seen = Vec::new();
        let mut look = |at| {
            seen.push(at);
            (seen.len() < 2).then_some(2)
        };
        assert_eq!(each_loud(b'x', text.as_bytes(), Watch::default(), &mut look), Some(7));
        assert_eq!(seen, [2, 7]);
        assert_eq!(each_loud(b' ', b" leading", Watch::default(), |_| None), Some(0));
        assert_eq!(each_loud(b'x', b"", Watch::default(), |_| None), None);
    }
}
