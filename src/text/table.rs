//! The one hash table of numbers: of hashes of words, which are looked up for every word of a text.
//!
//! It does without the standard library's hashing and buckets: the keys are hashes already, a look is one multiplication and nearly
//! always one slot, and it says nothing of a key and its number that a caller must unpack. The keys are of words that a
//! stranger may choose (a pack, a model, the text itself): [`Seed`] keeps them apart.

use super::hash::Seed;

/// Hashes to numbers, by open addressing, at most half full. `FREE` is the number that no key has: it marks a free slot.
#[derive(Debug)]
pub(crate) struct HashTable<const FREE: u32> {
    /// Keys and numbers; none, or as many as a power of two.
    slots: Vec<(u32, u32)>,
    used: usize,
    seed: Seed,
}

impl<const FREE: u32> Default for HashTable<FREE> {
    /// Empty, without a slot.
    fn default() -> Self {
        Self { slots: Vec::new(), used: 0, seed: Seed::default() }
    }
}

/// [`HashTable::reset`] makes room for so many keys at most; for more it is made when they come: most lines of a very long document
/// are alike, or most words.
const AT_FIRST: usize = 1 << 13;

impl<const FREE: u32> HashTable<FREE> {
    /// With room for so many keys: half full then.
    pub fn with_capacity(keys: usize) -> Self {
        Self { slots: vec![(0, FREE); (keys * 2 + 1).next_power_of_two()], used: 0, seed: Seed::default() }
    }

    /// Empties it, to be used for so many keys: a quarter full then, so that the first look nearly always decides.
    pub fn reset(&mut self, keys: usize) {
        self.slots.clear();
        self.slots.resize((keys.min(AT_FIRST) * 4).next_power_of_two().max(256), (0, FREE));
        self.used = 0;
    }

    /// Gives back the room for very many keys.
    pub fn shrink(&mut self) {
        if self.slots.len() > 4 * AT_FIRST {
            *self = Self::default();
        }
    }

    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// The number of a key, `FREE` when it has none.
    #[inline]
    pub fn get(&self, key: u32) -> u32 {
        self.slots.get(self.slot(key)).map_or(FREE, |slot| slot.1)
    }

    /// The place of a key's number, `FREE` where it has none yet; a number must be put there.
    #[inline]
    pub fn entry(&mut self, key: u32) -> &mut u32 {
        let mut at = self.slot(key);
        if self.slots.get(at).is_none_or(|slot| slot.1 == FREE) {
            self.used += 1;
            if self.used * 2 > self.slots.len() {
                self.grow();
                at = self.slot(key);
            }
        }
        self.slots[at].0 = key;
        &mut self.slots[at].1
    }

    /// The slot that is looked at first for a key: what another key may have taken, and its number.
    #[inline]
    pub fn first_look(&self, key: u32) -> (u32, u32) {
        self.slots.get(self.seed.mix(key) as usize & self.last()).copied().unwrap_or((0, FREE))
    }

    #[inline]
    fn last(&self) -> usize {
        self.slots.len().wrapping_sub(1)
    }

    /// Where a key stands or would.
    #[inline]
    fn slot(&self, key: u32) -> usize {
        let last = self.last();
        let mut at = self.seed.mix(key) as usize & last;
        // One branch for both: which of them it is cannot be foreseen.
        while self.slots.get(at).is_some_and(|slot| (slot.1 != FREE) & (slot.0 != key)) {
            at = (at + 1) & last;
        }
        at
    }

    #[cold]
    fn grow(&mut self) {
        let more = (self.slots.len() * 2).max(16);
        for (key, number) in std::mem::replace(&mut self.slots, vec![(0, FREE); more]) {
            if number != FREE {
                let at = self.slot(key);
                self.slots[at] = (key, number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: u32 = u32::MAX;

    #[test]
    fn keeps_what_was_put() {
        let mut table = HashTable::<NONE>::default();
        assert_eq!(table.get(7), NONE);
        assert_eq!(table.first_look(7).1, NONE);
        table.reset(0);
        for key in 0..3000 {
            *table.entry(key * 64) = key;
        }
        assert!((0..3000).all(|key| table.get(key * 64) == key));
        for round in 1..4 {
            table.reset(1000);
            for key in 0..1000 {
                assert_eq!(*table.entry(key * round * 128), NONE);
                *table.entry(key * round * 128) = key;
            }
            assert!((0..1000).all(|key| table.get(key * round * 128) == key));
            assert_eq!(table.get(1), NONE);
        }
    }

    #[test]
    fn grows_from_nothing_and_takes_what_it_has_room_for() {
        let mut table = HashTable::<0>::default();
        assert!(table.is_empty());
        for key in 0..100 {
            *table.entry(key) |= 1 << (key % 32);
            *table.entry(key) |= 1 << (key % 7);
        }
        assert!(!table.is_empty() && (0..100).all(|key| table.get(key) == 1 << (key % 32) | 1 << (key % 7)));
        let mut table = HashTable::<0>::with_capacity(100);
        let room = table.slots.len();
        (0..100).for_each(|key| *table.entry(key) = key + 1);
        assert_eq!((table.slots.len(), table.get(99), table.get(100)), (room, 100, 0));
    }
}
