//! A small map of hashes to numbers, used again for every document.

use crate::text::hash::Seed;

/// Open addressing, at most a quarter full, so that the first look nearly always decides. The keys are hashes already, but of words
/// that the text's writer chose: the seed keeps them apart.
#[derive(Debug, Default)]
pub(super) struct Table {
    slots: Vec<(u32, u32)>,
    seed: Seed,
}

/// No value: it marks a free slot.
pub(super) const NONE: u32 = u32::MAX;

impl Table {
    /// Empties it, with room for so many keys.
    pub fn reset(&mut self, keys: usize) {
        self.slots.clear();
        self.slots.resize((keys * 4).next_power_of_two().max(256), (0, NONE));
    }

    /// The place of a key's value, [`NONE`] where it has none yet; a value must be put there.
    pub fn value(&mut self, key: u32) -> &mut u32 {
        let at = self.slot(key);
        self.slots[at].0 = key;
        &mut self.slots[at].1
    }

    /// The value of a key, [`NONE`] when it has none.
    pub fn get(&self, key: u32) -> u32 {
        self.slots.get(self.slot(key)).map_or(NONE, |slot| slot.1)
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
