//! Words: the unit of cues and of word evidence. A word is a run of letters, digits and marks; in scripts written without
//! spaces every character is one.
//!
//! Words of ASCII are cut from the bits of a block and hashed sixteen letters at a time. Only a stretch that holds another
//! character is read character by character.

use super::kinds::{self, ALPHABETIC, Block, Kind, LOWER, NUMERIC, UPPER};

/// A word of a text: where it stands, and the hash of its lower-case form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub start: u32,
    pub end: u32,
    pub hash: u32,
    /// What its first character is, and [`ALONE`] or [`DIGITS`].
    kind: Kind,
}

/// The word is a character of a script without spaces.
const ALONE: Kind = 1 << 6;
/// The word is made of ASCII digits alone.
const DIGITS: Kind = 1 << 7;

impl Word {
    /// It is as written in `text`, the text that it was split from.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
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

    /// Begins with a digit of any script.
    pub fn is_numeric(&self) -> bool {
        self.kind & NUMERIC != 0
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

/// What a character is to the word splitter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    /// A word of its own: ideographs, kana, Thai, Lao, Khmer, Burmese.
    Alone,
    Apostrophe,
    Other,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Letter,
        '\'' | '\u{2019}' => Class::Apostrophe,
        '\0'..='\u{bf}' => match c {
            'ª' | 'µ' | 'º' => Class::Letter,
            _ => Class::Other,
        },
        _ if is_unspaced(c) => Class::Alone,
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' => Class::Letter,
        _ if kinds::kind(c) & (ALPHABETIC | NUMERIC) != 0 => Class::Letter,
        // Marks of the Indic and Semitic scripts are not alphabetic all of them, but never end a word.
        '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}' => Class::Letter,
        _ => Class::Other,
    }
}

/// True for characters of scripts that set no space between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    c >= '\u{e00}'
        && matches!(c,
            '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
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

    fn push(&mut self, c: char) {
        match c {
            '\0'..='\x7f' => self.push_byte(c.to_ascii_lowercase() as u8),
            '\u{2019}' => self.push_byte(b'\''),
            // The two Turkish letters i, so that a headline in capitals meets its phrase.
            'İ' | 'ı' => self.push_byte(b'i'),
            _ => kinds::lower(c).encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.push_byte(byte)),
        }
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
    let mut hash = Hash::NEW;
    word.chars().for_each(|c| hash.push(c));
    hash.end()
}

/// Puts two hashes, in order, into one.
pub(crate) fn join_hash(a: u32, b: u32) -> u32 {
    (a ^ b.rotate_left(15)).wrapping_mul(0x9e37_79b1) ^ (a >> 13)
}

/// The bits of so many bytes of sixteen, low and high ones.
const BITS: [(u64, u64); 17] = {
    let mut bits = [(0, 0); 17];
    let mut len = 1;
    while len <= 16 {
        let all = u128::MAX >> (128 - 8 * len);
        bits[len] = (all as u64, (all >> 64) as u64);
        len += 1;
    }
    bits
};

/// Hashes the words of a text that are of ASCII letters, digits and apostrophes: in all of them one bit makes lower case.
struct Ascii<'t> {
    text: &'t [u8],
    /// All of a text that is shorter than eight bytes.
    short: u64,
}

impl<'t> Ascii<'t> {
    fn new(text: &'t str) -> Self {
        let text = text.as_bytes();
        let short = if text.len() < 8 { text.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)) } else { 0 };
        Self { text, short }
    }

    /// Eight bytes in lower case, or as many as `bytes` has bits for: never read from beyond the text, but from before `at`
    /// and the rest shifted out.
    fn load(&self, at: usize, bytes: u64) -> u64 {
        let loaded = match self.text.len().checked_sub(8) {
            Some(last) => {
                let from = at.min(last);
                let bytes = self.text[from..].first_chunk().copied().unwrap_or_default();
                u64::from_le_bytes(bytes).wrapping_shr(8 * (at - from) as u32)
            }
            None => self.short.wrapping_shr(8 * at as u32),
        };
        const LOWER_CASE: u64 = 0x2020_2020_2020_2020;
        (loaded | LOWER_CASE) & bytes
    }

    fn hash(&self, mut start: usize, end: usize) -> u32 {
        let mut state = Hash::NEW.state;
        while end - start > 16 {
            state = Hash::mix(state, self.load(start, u64::MAX), self.load(start + 8, u64::MAX));
            start += 16;
        }
        let (low, high) = BITS[end - start];
        Hash::fold(Hash::mix(state, self.load(start, low), self.load(start + 8, high)))
    }

    fn word(&self, start: usize, end: usize) -> Word {
        let kind = match self.text[start] {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            _ if self.text[start..end].iter().all(u8::is_ascii_digit) => NUMERIC | DIGITS,
            _ => NUMERIC,
        };
        Word { start: start as u32, end: end as u32, hash: self.hash(start, end), kind }
    }
}

/// The words of `text`, into `words`, which is cleared first. Texts over 4 GB are read up to there.
pub(crate) fn split_words(text: &str, words: &mut Vec<Word>) {
    let mut blocks = Vec::new();
    kinds::split_blocks(text, &mut blocks);
    cut_words(text, &blocks, words);
}

/// The same for a text whose blocks are known.
pub(crate) fn cut_words(text: &str, blocks: &[Block], words: &mut Vec<Word>) {
    words.clear();
    let ascii = Ascii::new(text);
    for stretch in Stretches::of(text, blocks) {
        if stretch.end > u32::MAX as usize {
            break;
        }
        if stretch.high {
            read_words(text, stretch.start, stretch.end, words);
        } else {
            words.push(ascii.word(stretch.start, stretch.end));
        }
    }
}

/// A word of ASCII, or a stretch of a text that has characters outside ASCII between its words.
struct Stretch {
    start: usize,
    end: usize,
    high: bool,
}

/// The stretches of a text, from the bits of its blocks.
struct Stretches<'t> {
    text: &'t str,
    blocks: &'t [Block],
    /// Blocks that were read.
    read: usize,
    /// Of the block in hand: where a stretch begins and what follows its end, and characters outside ASCII.
    edges: u64,
    high: u64,
    /// The last byte of the block can be part of a word.
    touches: u64,
    /// Where the stretch in hand began.
    open: Option<usize>,
}

impl<'t> Stretches<'t> {
    fn of(text: &'t str, blocks: &'t [Block]) -> Self {
        Self { text, blocks, read: 0, edges: 0, high: 0, touches: 0, open: None }
    }

    fn read_block(&mut self, block: &Block) {
        self.read += 1;
        let body = block.letters() | block.digits | block.high;
        let next = self.blocks.get(self.read).map_or(0, |next| (next.letters() | next.digits | next.high) & 1);
        // An apostrophe inside a word belongs to it: don't, l'État.
        let inside = body | (block.apostrophes & (body << 1 | self.touches) & (body >> 1 | next << 63));
        self.edges = inside ^ (inside << 1 | u64::from(self.open.is_some()));
        self.touches = body >> 63;
        self.high = block.high;
    }

    fn stretch(&self, start: usize, end: usize) -> Stretch {
        let block = (self.read - 1) * Block::SIZE;
        let high = match start.checked_sub(block) {
            Some(from) => self.high >> from & !(u64::MAX << (end - start) % Block::SIZE) != 0,
            None => !self.text.as_bytes()[start..end].is_ascii(),
        };
        Stretch { start, end, high }
    }
}

impl Iterator for Stretches<'_> {
    type Item = Stretch;

    fn next(&mut self) -> Option<Stretch> {
        loop {
            while self.edges == 0 {
                match self.blocks.get(self.read) {
                    Some(block) => self.read_block(block),
                    None => {
                        let start = self.open.take()?;
                        return Some(Stretch {
                            high: !self.text.as_bytes()[start..].is_ascii(),
                            start,
                            end: self.text.len(),
                        });
                    }
                }
            }
            let at = (self.read - 1) * Block::SIZE + self.edges.trailing_zeros() as usize;
            self.edges &= self.edges - 1;
            match self.open.take() {
                Some(start) => return Some(self.stretch(start, at)),
                None => self.open = Some(at),
            }
        }
    }
}

/// The words of a stretch of a text, character by character; neither what stands before it nor what stands behind it is
/// part of a word.
fn read_words(text: &str, start: usize, end: usize, words: &mut Vec<Word>) {
    let mut push = |start: usize, end: usize, hash: Hash, mut kind: Kind| {
        kind &= UPPER | LOWER | NUMERIC | ALONE;
        if kind == NUMERIC && text[start..end].bytes().all(|byte| byte.is_ascii_digit()) {
            kind |= DIGITS;
        }
        words.push(Word { start: start as u32, end: end as u32, hash: hash.end(), kind });
    };
    let mut open: Option<(usize, Hash, Kind)> = None;
    let mut chars = text[start..end].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let at = start + at;
        let class = class(c);
        if let Some((_, hash, _)) = &mut open {
            let mut joins = || chars.peek().is_some_and(|(_, next)| self::class(*next) == Class::Letter);
            if class == Class::Letter || class == Class::Apostrophe && joins() {
                hash.push(c);
                continue;
            }
        }
        if let Some((start, hash, kind)) = open.take() {
            push(start, at, hash, kind);
        }
        if matches!(class, Class::Letter | Class::Alone) {
            let mut hash = Hash::NEW;
            hash.push(c);
            match class {
                Class::Alone => push(at, at + c.len_utf8(), hash, kinds::kind(c) | ALONE),
                _ => open = Some((at, hash, kinds::kind(c))),
            }
        }
    }
    if let Some((start, hash, kind)) = open {
        push(start, end, hash, kind);
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

    /// A text that is read character by character as one stretch gives the same words.
    fn agree(text: &str) -> Result<(), TestCaseError> {
        let (mut cut, mut read) = (Vec::new(), Vec::new());
        split_words(text, &mut cut);
        read_words(text, 0, text.len(), &mut read);
        prop_assert_eq!(cut.len(), read.len(), "{:?}", text);
        for (cut, read) in cut.iter().zip(&read) {
            prop_assert_eq!(cut, read, "{:?}", text);
            prop_assert_eq!(cut.hash, hash_word(cut.of(text)), "{:?}", text);
        }
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
