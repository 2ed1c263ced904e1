//! A line cut into words, and what can be told of them while they are in hand.

use crate::text::kinds::Blocks;
use crate::text::words::{Word, cut_words, join_hash};

/// Of a line only this many words can be content words.
const MOST: usize = 120;
/// Room for them and for one more that does not count.
const ROOM: usize = 128;
const _: () = assert!(ROOM > MOST && ROOM.is_power_of_two());

/// A line opens like another when so many words are the same.
const OPENING: usize = 5;

/// Room that is used again for every line.
#[derive(Debug)]
pub(super) struct Cut {
    pub blocks: Blocks,
    pub words: Vec<Word>,
    /// Words whose first letter is small, words whose first letter is a capital, and words that are a character of a script
    /// without spaces.
    pub lower: usize,
    pub upper: usize,
    pub unspaced: usize,
    joined: u64,
    content: [u32; ROOM],
    contents: usize,
}

impl Default for Cut {
    fn default() -> Self {
        Self {
            blocks: Blocks::default(),
            words: Vec::new(),
            lower: 0,
            upper: 0,
            unspaced: 0,
            joined: 0,
            content: [0; ROOM],
            contents: 0,
        }
    }
}

impl Cut {
    /// Cuts up a line, in place of the one before.
    pub fn cut(&mut self, text: &str) {
        self.blocks.cut(text);
        self.words.clear();
        (self.lower, self.upper, self.unspaced, self.joined, self.contents) = (0, 0, 0, 0, 0);
        let blocks = std::mem::take(&mut self.blocks);
        cut_words(text, &blocks, &mut |word| self.take(word));
        self.blocks = blocks;
    }

    #[inline(always)]
    fn take(&mut self, word: Word) {
        self.joined = self.joined.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(u64::from(word.hash));
        self.lower += usize::from(word.is_lower());
        self.upper += usize::from(word.is_upper());
        // Which words count cannot be foreseen: all are written, and those that do not are written over.
        let content = &mut self.content[self.contents % ROOM];
        let counts = if word.is_unspaced() {
            self.unspaced += 1;
            let before = self.words.last().filter(|before| before.is_unspaced());
            *content = join_hash(before.map_or(0, |before| before.hash), word.hash);
            before.is_some()
        } else {
            *content = word.hash;
            word.is_telling()
        };
        self.contents += usize::from(counts & (self.words.len() < MOST));
        self.words.push(word);
    }

    /// The content words: long words, capitalised ones, numbers of three digits; pairs of characters where no spaces are
    /// written.
    pub fn content(&self) -> &[u32] {
        &self.content[..self.contents]
    }

    /// All words as one hash, when there are any.
    pub fn line(&self) -> Option<u32> {
        let joined = join_hash(self.joined as u32, (self.joined >> 32) as u32);
        (!self.words.is_empty()).then(|| join_hash(joined, self.words.len() as u32))
    }
    /// The first words as one hash, when there are so many.
    pub fn opening(&self) -> Option<u32> {
        Some(self.words.get(..OPENING)?.iter().fold(OPENING as u32, |hash, word| join_hash(hash, word.hash)))
    }
}
