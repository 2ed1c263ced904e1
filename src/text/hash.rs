//! Tables of words: looked up often, so they do without the standard library's hashing, which takes longer than all the rest of a
//! look-up. What stands in them may be a stranger's (a pack, a model, the text itself), who could choose words that all fall into
//! one slot: which slot a word takes is drawn by lot, so that nobody can. Nothing that is ever told depends on it.

use std::hash::{BuildHasher, Hasher, RandomState};

/// A map that is only looked up: its order is another one every time.
pub(crate) type Map<K, V> = std::collections::HashMap<K, V, Seed>;
/// A set that is only looked up.
pub(crate) type Set<K> = std::collections::HashSet<K, Seed>;

/// What a table's hashes begin with: drawn by lot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seed(u64);

impl Default for Seed {
    fn default() -> Self {
        Self(RandomState::new().build_hasher().finish())
    }
}

impl Seed {
    /// A hash of a hash of 32 bits.
    #[inline]
    pub fn mix(self, key: u32) -> u64 {
        let mut hasher = self.build_hasher();
        hasher.add(key.into());
        hasher.0
    }
}

impl BuildHasher for Seed {
    type Hasher = Multiply;

    #[inline]
    fn build_hasher(&self) -> Multiply {
        Multiply(self.0)
    }
}

/// Multiplies and folds, eight bytes at a time.
#[derive(Clone, Copy, Debug)]
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

/// Which hashes may be in a table, by two bits each: small enough to stay in a near cache, where the table does not. It errs on one
/// side only. Its bits are given in words of 64, a power of two.
#[derive(Debug)]
pub(crate) struct Sieve<const WORDS: usize>(Box<[u64; WORDS]>);

impl<const WORDS: usize> Default for Sieve<WORDS> {
    fn default() -> Self {
        const { assert!(WORDS.is_power_of_two() && WORDS <= 1 << 20) };
        Self(Box::new([0; WORDS]))
    }
}

impl<const WORDS: usize> Sieve<WORDS> {
    /// Which word, and which bits of it.
    #[inline]
    fn place(hash: u32) -> (usize, u64) {
        (hash as usize / 64 % WORDS, 1 << (hash % 64) | 1 << (hash >> 26))
    }

    pub fn insert(&mut self, hash: u32) {
        let (word, bits) = Self::place(hash);
        self.0[word] |= bits;
    }

    #[inline]
    pub fn may_have(&self, hash: u32) -> bool {
        let (word, bits) = Self::place(hash);
        self.0[word] & bits == bits
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::Hash;

    use super::*;

    #[test]
    fn a_sieve_lets_pass_what_was_put_in_and_little_else() {
        let mut sieve = Sieve::<2048>::default();
        let hash = |i: u32| (Seed(3).mix(i) >> 7) as u32;
        (0..10_000).for_each(|i| sieve.insert(hash(i)));
        assert!((0..10_000).all(|i| sieve.may_have(hash(i))));
        let passed = (10_000..20_000).filter(|i| sieve.may_have(hash(*i))).count();
        assert!(passed < 600, "{passed}");
    }

    #[test]
    fn words_that_are_alike_differ() {
        let words: Vec<String> = (0..5000).map(|i| format!("{}{i}", "word ".repeat(i % 4))).collect();
        let hash = |word: &str| {
            let mut hasher = Multiply(0);
            word.hash(&mut hasher);
            hasher.finish()
        };
        assert_eq!(words.iter().map(|word| hash(word)).collect::<BTreeSet<_>>().len(), words.len());
        // A table takes its slot from the low bits and its tag from the high ones.
        let low: BTreeSet<_> = words.iter().map(|word| hash(word) & 0xffff).collect();
        let high: BTreeSet<_> = words.iter().map(|word| hash(word) >> 57).collect();
        assert!(low.len() > 4700 && high.len() == 128, "{} {}", low.len(), high.len());
    }

    #[test]
    fn the_slots_of_numbers_are_spread_and_differ_between_tables() {
        let slots = |seed: Seed, step: u32| (0..4096).map(|i| seed.mix(i * step) & 0x3fff).collect::<BTreeSet<_>>();
        let (one, two) = (Seed::default(), Seed::default());
        for step in [1, 128, 1 << 14, 1 << 20] {
            let found = slots(one, step).len();
            assert!(found > 3300, "{found}");
            assert_ne!(slots(one, step), slots(two, step));
        }
    }
}
