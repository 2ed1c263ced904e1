//! Tables of words that come with the crate: looked up often, filled once, by nobody who could wish them slow. So they do without
//! the standard library's hashing, which is safe against crafted keys and takes longer than all the rest of a look-up.

use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are the crate's or the caller's own.
pub(crate) type Map<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Multiply>>;
/// A set of words that are the crate's or the caller's own.
pub(crate) type Set<K> = std::collections::HashSet<K, BuildHasherDefault<Multiply>>;

/// Multiplies and folds, eight bytes at a time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Multiply(u64);

impl Multiply {
    #[inline]
    fn add(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word ^ 0x9e37_79b9_7f4a_7c15) * 0xd6e8_feb8_6659_fd93;
        self.0 = product as u64 ^ (product >> 64) as u64;
    }
}

impl Hasher for Multiply {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let last = rest.iter().rev().fold(0, |last, byte| last << 8 | u64::from(*byte));
        self.add(last << 4 | rest.len() as u64);
    }

    #[inline]
    fn write_u8(&mut self, byte: u8) {
        self.add(byte.into());
    }

    #[inline]
    fn write_u32(&mut self, word: u32) {
        self.add(word.into());
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::Hash;

    use super::*;

    #[test]
    fn words_that_are_alike_differ() {
        let words: Vec<String> = (0..5000).map(|i| format!("{}{i}", "word ".repeat(i % 4))).collect();
        let hash = |word: &str| {
            let mut hasher = Multiply::default();
            word.hash(&mut hasher);
            hasher.finish()
        };
        assert_eq!(words.iter().map(|word| hash(word)).collect::<BTreeSet<_>>().len(), words.len());
        // A table takes its slot from the low bits and its tag from the high ones.
        let low: BTreeSet<_> = words.iter().map(|word| hash(word) & 0xffff).collect();
        let high: BTreeSet<_> = words.iter().map(|word| hash(word) >> 57).collect();
        assert!(low.len() > 4700 && high.len() == 128, "{} {}", low.len(), high.len());
    }
}
