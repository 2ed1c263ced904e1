//! What characters are, for code that looks at every one of them: ASCII by the block, 64 bytes at a time into a bit each,
//! other characters by a table. Both say what `char`'s own methods say, which are too slow to ask for every character.

use wide::{CmpEq, CmpGt, i8x16};

pub(crate) use super::character::{ALONE, ALPHABETIC, Folded, Kind, LOWER, NUMERIC, SPACE, UPPER, WORD, is_unspaced};
use super::character::{TABLE_END, ask, ask_folded, utf8};

const fn row(bytes: u32, bits: u8, kind: Kind) -> Folded {
    Folded { bytes, bits, kind }
}

/// By code.
static TABLE: [Folded; TABLE_END as usize] = include!(concat!(env!("OUT_DIR"), "/characters.rs"));

/// What the bulk of the characters are that have no row: ideographs, kana and syllables, which have no case, and wide marks.
fn without_row(c: char) -> Option<Kind> {
    match c {
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => {
            Some(ALPHABETIC | ALONE)
        }
        '\u{ac00}'..='\u{d7a3}' => Some(ALPHABETIC | WORD),
        '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3011}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' => {
            Some(0)
        }
        _ => None,
    }
}

/// What a character is.
#[inline]
pub(crate) fn kind(c: char) -> Kind {
    match TABLE.get(c as usize) {
        Some(row) => row.kind,
        None => without_row(c).unwrap_or_else(|| ask(c)),
    }
}

/// What a character is, and what it counts as in a hash.
#[inline]
pub(crate) fn folded(c: char) -> Folded {
    match TABLE.get(c as usize) {
        Some(row) => *row,
        None => match without_row(c) {
            Some(kind) => Folded { kind, ..utf8(c) },
            None => ask_folded(c),
        },
    }
}

/// What up to 64 bytes of a text are: a bit each, the first byte's the lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// ASCII capitals.
    pub upper: u64,
    /// ASCII small letters.
    pub lower: u64,
    /// ASCII digits.
    pub digits: u64,
    /// Of a character outside ASCII.
    pub high: u64,
    /// The typewriter's apostrophe, U+0027.
    pub apostrophes: u64,
    pub spaces: u64,
    /// There is a byte.
    pub bytes: u64,
}

impl Block {
    pub const SIZE: usize = 64;

    pub fn letters(&self) -> u64 {
        self.upper | self.lower
    }

    /// ASCII that is neither letter, digit nor U+0020.
    pub fn marks(&self) -> u64 {
        self.bytes & !(self.letters() | self.digits | self.high | self.spaces)
    }
}

/// A text cut into blocks: room that is used again for the next text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks {
    blocks: Vec<Block>,
    /// The text, and zeros after it so that whole blocks and chunks can be read everywhere.
    padded: Vec<u8>,
}

impl Blocks {
    /// What can be read in one piece from any byte of the text.
    pub const CHUNK: usize = 16;

    /// Cuts up a text, in place of the one before.
    pub fn cut(&mut self, text: &str) {
        self.padded.clear();
        self.padded.extend_from_slice(text.as_bytes());
        self.padded.extend_from_slice(&[0; Block::SIZE + Self::CHUNK]);
        let (blocks, _) = self.padded.as_chunks::<{ Block::SIZE }>();
        let masks = (0..text.len()).step_by(Block::SIZE).map(|at| match text.len() - at {
            rest @ ..Block::SIZE => (1 << rest) - 1,
            _ => u64::MAX,
        });
        self.blocks.clear();
        self.blocks.extend(blocks.iter().zip(masks).map(|(bytes, mask)| block(bytes, mask)));
    }

    /// The blocks of the text; only the last one may be short.
    pub fn all(&self) -> &[Block] {
        &self.blocks
    }

    /// Bytes of the text from a place on, the first the lowest; zeros after its end.
    pub fn chunk(&self, at: usize) -> u128 {
        let bytes = self.padded[at..].first_chunk();
        bytes.map_or(0, |bytes| u128::from_le_bytes(*bytes))
    }

    /// Memory that is held, in bytes of text.
    pub fn capacity(&self) -> usize {
        self.padded.capacity()
    }
}

fn block(text: &[u8; Block::SIZE], bytes: u64) -> Block {
    let mut block = Block { bytes, ..Block::default() };
    for (i, sixteen) in text.as_chunks::<16>().0.iter().enumerate() {
        // Bytes outside ASCII are negative.
        let text = i8x16::new(sixteen.map(|byte| byte as i8));
        let between = |first: u8, last: u8| {
            text.cmp_gt(i8x16::splat(first as i8 - 1)) & i8x16::splat(last as i8 + 1).cmp_gt(text)
        };
        let is = |byte: u8| text.cmp_eq(i8x16::splat(byte as i8));
        let mask = |bytes: i8x16| (bytes.move_mask() as u64 & 0xffff) << (16 * i);
        block.upper |= mask(between(b'A', b'Z'));
        block.lower |= mask(between(b'a', b'z'));
        block.digits |= mask(between(b'0', b'9'));
        block.high |= mask(text);
        block.spaces |= mask(is(b' '));
        block.apostrophes |= mask(is(b'\''));
    }
    block
}

/// The bits that are set, from the lowest.
pub(crate) fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let bit = set.trailing_zeros() as usize;
            set &= set - 1;
            bit
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_table_says_what_char_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(kind(c), ask(c), "{c:?}");
            assert_eq!(folded(c), ask_folded(c), "{c:?}");
            assert!(c == 'İ' || c.to_lowercase().count() == 1, "{c:?} has no single lower case");
        }
    }

    #[test]
    fn every_byte_has_its_bits() {
        for first in (0..=255u8).step_by(Block::SIZE) {
            let bytes: [u8; Block::SIZE] = std::array::from_fn(|i| first + i as u8);
            let block = block(&bytes, u64::MAX);
            for (i, byte) in bytes.iter().enumerate() {
                let is = |set: u64| set & 1 << i != 0;
                assert_eq!(is(block.upper), byte.is_ascii_uppercase());
                assert_eq!(is(block.lower), byte.is_ascii_lowercase());
                assert_eq!(is(block.digits), byte.is_ascii_digit());
                assert_eq!(is(block.high), !byte.is_ascii());
                assert_eq!(is(block.spaces), *byte == b' ');
                assert_eq!(is(block.apostrophes), *byte == b'\'');
            }
        }
    }

    proptest! {
        #[test]
        fn blocks_are_those_of_the_text(text in "[ -~éж’東]{0,150}") {
            let mut cut = Blocks::default();
            cut.cut("what stood there before, which must be gone: a text of more than one block, to be sure");
            cut.cut(&text);
            let blocks = cut.all();
            prop_assert_eq!(blocks.len(), text.len().div_ceil(Block::SIZE));
            for (i, byte) in text.bytes().enumerate() {
                let block = &blocks[i / Block::SIZE];
                let is = |set: u64| set & 1 << (i % Block::SIZE) != 0;
                prop_assert!(is(block.bytes));
                prop_assert_eq!(is(block.letters()), byte.is_ascii_alphabetic());
                prop_assert_eq!(is(block.high), !byte.is_ascii());
                prop_assert_eq!(is(block.marks()), byte.is_ascii_punctuation());
            }
            prop_assert_eq!(blocks.iter().map(|block| block.bytes.count_ones() as usize).sum::<usize>(), text.len());
        }
    }
}
