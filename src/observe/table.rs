//! A small map of hashes to numbers, used again for every document.

use crate::text::hash::Seed;

/// Open addressing, a quarter full unless there are very many keys, so that the first look nearly always decides. The keys are
/// hashes already, but of words that the text's writer chose: the seed keeps them apart.
#[derive(Debug, Default)]
pub(super) struct Table {
    slots: Vec<(u32, u32)>,
    used: usize,
    seed: Seed,
}

/// There is room for so many keys from the start; for more it is made when they come: most lines of a very long document
/// are alike, or most words.
const AT_FIRST: usize = 1 << 13;

/// No value: it marks a free slot.
pub(super) const NONE: u32 = u32::MAX;

impl Table {
    /// Empties it, with room for so many keys.
    pub fn reset(&mut self, keys: usize) {
        self.slots.clear();
        self.slots.resize((keys.min(AT_FIRST) * 4).next_power_of_two().max(256), (0, NONE));
        self.used = 0;
    }

    /// Gives back the room for many keys.
    pub fn shrink(&mut self) {
        if self.slots.len() > 4 * AT_FIRST {
            *self = Self::default();
        }
    }

    /// The place of a key's value, [`NONE`] where it has none yet; a value must be put there.
    pub fn value(&mut self, key: u32) -> &mut u32 {
        let mut at = self.slot(key);
        if self.slots[at].1 == NONE {
            self.used += 1;
            if self.used * 2 > self.slots.len() {
                self.grow();
                at = self.slot(key);
            }
        }
        self.slots[at].0 = key;
        &mut self.slots[at].1
    }

    /// The value of a key, [`NONE`] when it has none.
    pub fn get(&self, key: u32) -> u32 {
        self.slots.get(self.slot(key)).map_or(NONE, |slot| slot.1)
    }

    #[cold]
    fn grow(&mut self) {
        let more = self.slots.len() * 2;
        for (key, value) in std::mem::replace(&mut self.slots, vec![(0, NONE); more]) {
            if value != NONE {
                let at = self.slot(key);
                self.slots[at] = (key, value);
            }
        }
    }

    fn slot(&self, key: u32) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        let mut at = self.seed.mix(key) as usize & last;
        // One branch for both: which of them it is cannot be foreseen.
        while self.slots.get(at).is_some_and(|slot| (slot.1 != NONE) & (slot.0 != key)) {
            at = (at + 1) & last;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_put() {
        let mut table = Table::default();
        assert_eq!(table.get(7), NONE);
        table.reset(0);
        for key in 0..3000 {
            *table.value(key * 64) = key;
        }
        assert!((0..3000).all(|key| table.get(key * 64) == key));
        for round in 1..4 {
            table.reset(1000);
            for key in 0..1000 {
                assert_eq!(*table.value(key * round * 128), NONE);
                *table.value(key * round * 128) = key;
            }
            assert!((0..1000).all(|key| table.get(key * round * 128) == key));
            assert_eq!(table.get(1), NONE);
        }
    }
}
