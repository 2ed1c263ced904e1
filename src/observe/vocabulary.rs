//! The words that a story is told with.

use crate::text::table::HashTable;

/// No line.
const NONE: u32 = u32::MAX;

/// In which lines of the story's core each content word stands.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The last line so far, doubled, and 1 when it stands in another one too.
    lines: HashTable<NONE>,
}

/// Lines beyond are not told apart.
const LAST: usize = (NONE >> 1) as usize - 1;

impl Vocabulary {
    /// Empties it, with room for so many words.
    pub fn reset(&mut self, words: usize) {
        self.lines.reset(words);
    }

    /// Gives back the room for very many words.
    pub fn shrink(&mut self) {
        self.lines.shrink();
    }

    /// Adds the content words of one line of the core.
    pub fn add(&mut self, line: usize, content: &[u32]) {
        let line = line.min(LAST) as u32;
        for hash in content {
            let value = self.lines.entry(*hash);
            if *value == NONE {
                *value = line << 1;
            } else if *value >> 1 != line {
                *value = line << 1 | 1;
            }
        }
    }

    /// How many of a line's content words stand in the core; with `twice`, in two of its lines.
    pub fn known(&self, content: &[u32], twice: bool) -> usize {
        let known = |hash: &u32| {
            let value = self.lines.get(*hash);
            usize::from((value != NONE) & (!twice | (value & 1 != 0)))
        };
        content.iter().map(known).sum()
    }
}
