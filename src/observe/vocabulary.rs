//! The words that a story is told with.

use super::table::{NONE, Table};
use crate::text::words::{Word, join_hash};

/// In which lines of the story's core each content word stands.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The last line so far, doubled, and 1 when it stands in another one too.
    lines: Table,
}

/// Lines beyond are not told apart.
const LAST: usize = (NONE >> 1) as usize - 1;

impl Vocabulary {
    /// Empties it, with room for so many words.
    pub fn reset(&mut self, words: usize) {
        self.lines.reset(words);
    }

    /// Adds the content words of one line of the core.
    pub fn add(&mut self, line: usize, content: &[u32]) {
        let line = line.min(LAST) as u32;
        for hash in content {
            let value = self.lines.value(*hash);
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

/// Only this many words of a line are looked at.
const MOST: usize = 120;

/// Adds the content words of a line to `content`: long words, capitalised ones, numbers of three digits; pairs of characters
/// where no spaces are written.
pub(super) fn content(words: &[Word], content: &mut Vec<u32>) {
    let words = &words[..words.len().min(MOST)];
    let mut count = content.len();
    content.resize(count + words.len(), 0);
    let mut before = None;
    for word in words {
        // Which words count cannot be foreseen: all are written, and those that do not are written over.
        content[count] = word.hash;
        if word.is_unspaced() {
            content[count] = join_hash(before.unwrap_or_default(), word.hash);
            count += usize::from(before.is_some());
            before = Some(word.hash);
        } else {
            let telling = (word.len() >= 3) & (word.is_upper() | word.is_numeric());
            count += usize::from((word.len() >= 6) | telling);
            before = None;
        }
    }
    content.truncate(count);
}
