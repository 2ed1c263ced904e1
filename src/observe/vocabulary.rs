//! The words that a story is told with.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::text::words::{Word, is_unspaced, join_hash};

/// In how many lines of the story's core each content word stands.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    lines: HashMap<u32, (u32, u32), BuildHasherDefault<Spread>>,
}

/// Spreads a hash that is one already over the table.
#[derive(Default)]
pub(super) struct Spread(u64);

impl std::hash::Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, hash: u32) {
        self.0 = u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Vocabulary {
    /// Counts the content words of one line of the core, each once.
    pub fn add(&mut self, line: usize, text: &str, words: &[Word]) {
        content(text, words, |hash| {
            let entry = self.lines.entry(hash).or_insert((0, u32::MAX));
            if entry.1 != line as u32 {
                *entry = (entry.0 + 1, line as u32);
            }
        });
    }

    /// How many content words a line has, and how many of them at least `lines` lines of the core use.
    pub fn share(&self, text: &str, words: &[Word], lines: u32) -> (usize, usize) {
        let (mut all, mut known) = (0, 0);
        content(text, words, |hash| {
            all += 1;
            known += usize::from(self.lines.get(&hash).is_some_and(|entry| entry.0 >= lines));
        });
        (all, known)
    }
}

/// Only this many words of a line are looked at.
const MOST: usize = 120;

/// Calls `found` for the content words: long words, capitalised ones, numbers of three digits; pairs of characters where no
/// spaces are written.
fn content(text: &str, words: &[Word], mut found: impl FnMut(u32)) {
    let mut before = None;
    for word in words.iter().take(MOST) {
        let len = word.end - word.start;
        let first = text[word.start as usize..].chars().next().unwrap_or(' ');
        if is_unspaced(first) {
            if let Some(before) = before {
                found(join_hash(before, word.hash));
            }
            before = Some(word.hash);
            continue;
        }
        before = None;
        if len >= 6 || (len >= 3 && (first.is_uppercase() || first.is_numeric())) {
            found(word.hash);
        }
    }
}
