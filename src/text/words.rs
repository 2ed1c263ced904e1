//! Words: the unit of cues and of word evidence. A word is a run of letters, digits and marks; in scripts written without
//! spaces every character is one.
//!
//! Words of ASCII are cut from the bits of a block and hashed sixteen letters at a time. Only a stretch that holds another
//! character is read character by character.

use std::cell::RefCell;

pub(crate) use super::kinds::is_unspaced;
use super::kinds::{self, ALONE, Block, Blocks, Folded, Kind, LOWER, NUMERIC, UPPER, WORD, folded};
use crate::text::part::PartOf;

/// A word of a text: where it stands, and the hash of its lower-case form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub start: u32,
    pub end: u32,
    pub hash: u32,
    /// What its first character is, and [`ALONE`] or [`DIGITS`].
    kind: Kind,
}

/// The word is made of ASCII digits alone.
const DIGITS: Kind = 1 << 7;

impl Word {
    /// One of which only the hash is known.
    pub fn of_hash(hash: u32) -> Self {
        Self { hash, ..Self::default() }
    }

    /// It is as written in `text`, the text that it was split from.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.part(self.start as usize..self.end as usize)
    }

    /// Length in bytes.
    pub fn len(&self) -> u32 {
        self.end - self.start
    }

    /// Begins with a capital.
    pub fn is_upper(&self) -> bool {
        self.kind & UPPER != 0
    }

    /// Begins with a small letter.
    pub fn is_lower(&self) -> bool {
        self.kind & LOWER != 0
    }

    /// Is long, or a capitalised one or a number, and not short.
    pub fn is_telling(&self) -> bool {
        let least = if self.kind & (UPPER | NUMERIC) != 0 { 3 } else { 6 };
        self.len() >= least
    }

    /// Is a character of a script without spaces.
    pub fn is_unspaced(&self) -> bool {
        self.kind & ALONE != 0
    }

    /// Is made of ASCII digits alone.
    pub fn is_digits(&self) -> bool {
        self.kind & DIGITS != 0
    }
}

/// The hash of a text in lower case, made sixteen bytes of it at a time: the halves of their product, folded. An apostrophe
/// counts as `'` whichever way it is written.
struct Hash {
    state: u64,
    /// Bytes not yet mixed in, and how many bits they are.
    chunk: u128,
    filled: u32,
}

impl Hash {
    const NEW: Self = Self { state: 0x243f_6a88_85a3_08d3, chunk: 0, filled: 0 };

    fn mix(state: u64, low: u64, high: u64) -> u64 {
        let product = u128::from(low ^ state) * u128::from(high ^ 0x9e37_79b9_7f4a_7c15);
        (product ^ (product >> 64)) as u64
    }

    fn mix_chunk(&self) -> u64 {
        Self::mix(self.state, self.chunk as u64, (self.chunk >> 64) as u64)
    }

    fn push_byte(&mut self, byte: u8) {
        if self.filled == u128::BITS {
            *self = Self { state: self.mix_chunk(), ..Self::NEW };
        }
        self.chunk |= u128::from(byte) << self.filled;
        self.filled += u8::BITS;
    }

    #[inline]
    fn push(&mut self, c: Folded) {
        let filled = self.filled + u32::from(c.bits);
        if filled <= u128::BITS {
            self.chunk |= u128::from(c.bytes) << self.filled;
            self.filled = filled;
        } else {
            self.push_bytes(c);
        }
    }

    #[cold]
    fn push_bytes(&mut self, c: Folded) {
        c.bytes.to_le_bytes()[..usize::from(c.bits) / 8].iter().for_each(|byte| self.push_byte(*byte));
    }

    fn end(&self) -> u32 {
        Self::fold(if self.filled > 0 { self.mix_chunk() } else { self.state })
    }

    fn fold(state: u64) -> u32 {
        (state ^ (state >> 32)) as u32
    }
}

/// The hash of a word given alone.
pub(crate) fn hash_word(word: &str) -> u32 {
    if is_short(word.as_bytes()) {
        return hash_short(word.as_bytes());
    }
    let mut hash = Hash::NEW;
    word.chars().for_each(|c| hash.push(folded(c)));
    hash.end()
}

/// Whether it is a word of a few ASCII letters and digits.
fn is_short(word: &[u8]) -> bool {
    (1..=Blocks::CHUNK).contains(&word.len()) && word.iter().all(u8::is_ascii_alphanumeric)
}

/// The hash of such a word.
fn hash_short(word: &[u8]) -> u32 {
    let mut chunk = [0; Blocks::CHUNK];
    chunk[..word.len()].copy_from_slice(word);
    let chunk = (u128::from_le_bytes(chunk) | LOWER_CASE) & BYTES[word.len()];
    Hash::fold(Hash { chunk, ..Hash::NEW }.mix_chunk())
}

/// Calls `take` with the hash of each word of a phrase: as [`split_words`] has them, and several times as fast where the text is short.
pub(crate) fn hash_words(phrase: &str, mut take: impl FnMut(u32)) {
    let words = || phrase.as_bytes().split(|byte| *byte == b' ');
    if words().all(is_short) {
        words().for_each(|word| take(hash_short(word)));
    } else {
        read_words(phrase, 0, phrase.len(), &mut |word| take(word.hash));
    }
}

/// The hash of a word of ASCII letters and digits that stands in a text cut into blocks.
#[inline]
pub(crate) fn hash_ascii(blocks: &Blocks, start: usize, end: usize) -> u32 {
    Hash::fold(match BYTES.get(end - start) {
        Some(bytes) => Hash { chunk: (blocks.chunk(start) | LOWER_CASE) & bytes, ..Hash::NEW }.mix_chunk(),
        None => Word::long_hash(blocks, start, end),
    })
}

/// The hash of a collapsed form, in which case tells: `Aa` is not `aa`.
pub(crate) fn hash_form(form: &str) -> u32 {
    let mut hash = Hash::NEW;
    form.bytes().for_each(|byte| hash.push_byte(byte));
    hash.end()
}

/// Puts two hashes, in order, into one.
pub(crate) fn join_hash(a: u32, b: u32) -> u32 {
    (a ^ b.rotate_left(15)).wrapping_mul(0x9e37_79b1) ^ (a >> 13)
}

/// Makes lower case of ASCII letters, and leaves ASCII digits and the apostrophe as they are.
const LOWER_CASE: u128 = u128::from_ne_bytes([0x20; Blocks::CHUNK]);

/// The bits of so many bytes.
const BYTES: [u128; Blocks::CHUNK + 1] = {
    let mut bytes = [0; Blocks::CHUNK + 1];
    let mut len = 1;
    while len <= Blocks::CHUNK {
        bytes[len] = u128::MAX >> (u128::BITS as usize - 8 * len);
        len += 1;
    }
    bytes
};

/// What a word is that begins with an ASCII character.
const KINDS: [Kind; 128] = {
    let mut kinds = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => NUMERIC,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

impl Word {
    /// A word of ASCII letters, digits and apostrophes.
    fn ascii(blocks: &Blocks, start: usize, end: usize) -> Self {
        let hash = hash_ascii(blocks, start, end);
        let mut kind = KINDS[usize::from(blocks.chunk(start) as u8 % 128)];
        if kind == NUMERIC && (start..end).all(|at| (blocks.chunk(at) as u8).is_ascii_digit()) {
            kind |= DIGITS;
        }
        Self { start: start as u32, end: end as u32, hash, kind }
    }

    #[cold]
    fn long_hash(blocks: &Blocks, start: usize, end: usize) -> u64 {
        let mut hash = Hash::NEW;
        for at in (start..end).step_by(Blocks::CHUNK) {
            let bytes = BYTES[(end - at).min(Blocks::CHUNK)];
            hash.chunk = (blocks.chunk(at) | LOWER_CASE) & bytes;
            hash.state = hash.mix_chunk();
        }
        hash.state
    }
}

/// The room of a longer text, in bytes, is not kept for the next one.
const LONG: usize = 1 << 14;

/// The words of `text`, into `words`, which is cleared first. Texts over 4 GB are read up to there.
pub(crate) fn split_words(text: &str, words: &mut Vec<Word>) {
    thread_local! {
        static BLOCKS: RefCell<Blocks> = RefCell::default();
    }
    words.clear();
    BLOCKS.with_borrow_mut(|blocks| {
        blocks.cut(text);
        cut_words(text, blocks, &mut |word| words.push(word));
        if blocks.capacity() > LONG {
            *blocks = Blocks::default();
        }
    });
}

/// The same for a text that is cut into blocks: calls `take` for every word.
pub(crate) fn cut_words(text: &str, blocks: &Blocks, take: &mut impl FnMut(Word)) {
    let letters = |block: &Block| block.letters() | block.digits | block.high;
    // Of the text so far: whether its last byte can be part of a word, and where the stretch in hand began.
    let (mut touches, mut open) = (0, None);
    let all = &blocks.all()[..blocks.all().len().min(u32::MAX as usize / Block::SIZE)];
    for (i, block) in all.iter().enumerate() {
        let at = i * Block::SIZE;
        let body = letters(block);
        let next = all.get(i + 1).map_or(0, |next| letters(next) & 1);
        // An apostrophe inside a word belongs to it: don't, l'État.
        let inside = body | (block.apostrophes & (body << 1 | touches) & (body >> 1 | next << 63));
        touches = body >> 63;
        // Where a stretch of words begins, and what follows its end, by turns.
        let mut edges = inside ^ (inside << 1 | u64::from(open.is_some()));
        if let (Some(start), 1..) = (open, edges) {
            read_stretch(text, blocks, start, at + edges.trailing_zeros() as usize, take);
            open = None;
            edges &= edges - 1;
        }
        while edges != 0 {
            let (first, rest) = (edges.trailing_zeros() as usize, edges & (edges - 1));
            if rest == 0 {
                open = Some(at + first);
                break;
            }
            let after = rest.trailing_zeros() as usize;
            if block.high == 0 || block.high & ((1 << after) - (1 << first)) == 0 {
                take(Word::ascii(blocks, at + first, at + after));
            } else {
                read_words(text, at + first, at + after, take);
            }
            edges = rest & (rest - 1);
        }
    }
    if let Some(start) = open {
        read_stretch(text, blocks, start, text.len().min(all.len() * Block::SIZE), take);
    }
}

/// The words of a stretch that crosses the edge of a block.
#[inline(never)]
fn read_stretch(text: &str, blocks: &Blocks, start: usize, end: usize, take: &mut impl FnMut(Word)) {
    match text.get(start..end) {
        Some(stretch) if stretch.is_ascii() => take(Word::ascii(blocks, start, end)),
        Some(_) => read_words(text, start, end, take),
        // Cut off at 4 GB, inside a character.
        None => {}
    }
}

/// The words of a stretch of a text, character by character; neither what stands before it nor what stands after it is
/// part of a word.
#[inline(never)]
fn read_words(text: &str, start: usize, end: usize, take: &mut impl FnMut(Word)) {
    let mut push = |start: usize, end: usize, hash: &Hash, mut kind: Kind| {
        kind &= UPPER | LOWER | NUMERIC | ALONE;
        if kind == NUMERIC && text.part(start..end).bytes().all(|byte| byte.is_ascii_digit()) {
            kind |= DIGITS;
        }
        take(Word { start: start as u32, end: end as u32, hash: hash.end(), kind });
    };
    let mut chars = text.part(start..end).chars();
    // Where the word in hand began, if there is one, and what it began with.
    let (mut open, mut hash, mut first) = (None, Hash::NEW, 0);
    loop {
        let at = end - chars.as_str().len();
        let Some(c) = chars.next() else { break };
        let folded = folded(c);
        let kind = folded.kind;
        if let Some(start) = open {
            let joins = || chars.clone().next().is_some_and(|next| kinds::kind(next) & WORD != 0);
            if kind & WORD != 0 || matches!(c, '\'' | '\u{2019}') && joins() {
                hash.push(folded);
                continue;
            }
            push(start, at, &hash, first);
            open = None;
        }
        if kind & (WORD | ALONE) != 0 {
            (hash, first) = (Hash::NEW, kind);
            hash.push(folded);
            if kind & ALONE != 0 {
                push(at, at + c.len_utf8(), &hash, kind);
            } else {
                open = Some(at);
            }
        }
    }
    if let Some(start) = open {
        push(start, end, &hash, first);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut words = Vec::new();
        split_words(text, &mut words);
        words.iter().map(|word| &text[word.start as usize..word.end as usize]).collect()
    }

    #[test]
    fn splits() {
        assert_eq!(
            words("Don't \"stop\", l\u{2019}État's AFP/dpa 3,5"),
            ["Don't", "stop", "l\u{2019}État's", "AFP", "dpa", "3", "5"]
        );
        assert_eq!(words("東京 tower"), ["東", "京", "tower"]);
        assert_eq!(words("(서울=연합뉴스)"), ["서울", "연합뉴스"]);
        assert_eq!(words("हिन्दी में"), ["हिन्दी", "में"]);
        assert_eq!(words("' '' -- "), [""; 0]);
    }

    #[test]
    fn hash_folds_case_and_apostrophes() {
        let mut found = Vec::new();
        split_words("ÜBER don\u{2019}t", &mut found);
        assert_eq!(found[0].hash, hash_word("über"));
        assert_eq!(found[1].hash, hash_word("Don't"));
        assert_eq!(hash_word("İLGİLİ"), hash_word("ilgili"));
    }

    #[test]
    fn forms_tell_case() {
        assert_ne!(hash_form("Aa 99"), hash_form("aa 99"));
        assert_eq!(hash_form("aa 99"), hash_word("aa 99"));
    }

    /// A text that is read character by character as one stretch gives the same words.
    fn agree(text: &str) -> Result<(), TestCaseError> {
        let (mut cut, mut read) = (Vec::new(), Vec::new());
        split_words(text, &mut cut);
        read_words(text, 0, text.len(), &mut |word| read.push(word));
        prop_assert_eq!(cut.len(), read.len(), "{:?}", text);
        for (cut, read) in cut.iter().zip(&read) {
            prop_assert_eq!(cut, read, "{:?}", text);
            prop_assert_eq!(cut.hash, hash_word(cut.of(text)), "{:?}", text);
        }
        let mut hashes = Vec::new();
        hash_words(text, |hash| hashes.push(hash));
        prop_assert!(hashes.into_iter().eq(cut.iter().map(|word| word.hash)), "{:?}", text);
        Ok(())
    }

    proptest! {
        #[test]
        fn blocks_and_characters_agree(text in "([a-zA-Z0-9]{0,20}[ ',.\u{2019}éİжเ東\u{e9}\u{300}²]{0,3}){0,20}") {
            agree(&text)?;
        }

        #[test]
        fn any_text_agrees(text in ".{0,140}") {
            agree(&text)?;
        }
    }

    #[test]
    fn words_cross_the_edges_of_blocks() {
        for shift in 0..140 {
            let text = format!("{}don't l\u{2019}État's '12' {}", " ".repeat(shift), "x".repeat(shift));
            agree(&text).unwrap();
        }
    }
}
