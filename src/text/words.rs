//! Words: the unit of cues and of word evidence. A word is a run of letters, digits and marks; in scripts written without
//! spaces every character is one.
//!
//! Words of ASCII are cut from the bits of a block and hashed sixteen letters at a time. Only a stretch that holds another
//! character is read character by character.

use super::kinds::{self, ALPHABETIC, Block, Blocks, Kind, LOWER, NUMERIC, UPPER};

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
        let chunk = blocks.chunk(start);
        let hash = match BYTES.get(end - start) {
            Some(bytes) => Hash { chunk: (chunk | LOWER_CASE) & bytes, ..Hash::NEW }.mix_chunk(),
            None => Self::long_hash(blocks, start, end),
        };
        let mut kind = KINDS[usize::from(chunk as u8 % 128)];
        if kind == NUMERIC && (start..end).all(|at| (blocks.chunk(at) as u8).is_ascii_digit()) {
            kind |= DIGITS;
        }
        Self { start: start as u32, end: end as u32, hash: Hash::fold(hash), kind }
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

/// The words of `text`, into `words`, which is cleared first. Texts over 4 GB are read up to there.
pub(crate) fn split_words(text: &str, words: &mut Vec<Word>) {
    let mut blocks = Blocks::default();
    blocks.cut(text);
    cut_words(text, &blocks, words);
}

/// The same for a text that is cut into blocks.
pub(crate) fn cut_words(text: &str, blocks: &Blocks, words: &mut Vec<Word>) {
    words.clear();
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
            read_stretch(text, blocks, start, at + edges.trailing_zeros() as usize, words);
            open = None;
            edges &= edges - 1;
        }
        while edges != 0 {
            let (first, rest) = (edges.trailing_zeros() as usize, edges & (edges - 1));
            if rest == 0 {
                open = Some(at + first);
                break;
            }
            let behind = rest.trailing_zeros() as usize;
            if block.high == 0 || block.high & ((1 << behind) - (1 << first)) == 0 {
                words.push(Word::ascii(blocks, at + first, at + behind));
            } else {
                read_words(text, at + first, at + behind, words);
            }
            edges = rest & (rest - 1);
        }
    }
    if let Some(start) = open {
        read_stretch(text, blocks, start, text.len().min(all.len() * Block::SIZE), words);
    }
}

/// The words of a stretch that crosses the edge of a block.
fn read_stretch(text: &str, blocks: &Blocks, start: usize, end: usize, words: &mut Vec<Word>) {
    match text.get(start..end) {
        Some(stretch) if stretch.is_ascii() => words.push(Word::ascii(blocks, start, end)),
        Some(_) => read_words(text, start, end, words),
        // Cut off at 4 GB, inside a character.
        None => {}
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
