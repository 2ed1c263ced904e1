//! The texts that were written, to leave out those that come again.

use std::collections::HashSet;
use std::io::Read;
use std::path::PathBuf;

use crate::error::Result;
use crate::io::log::Log;

/// Bytes that a key takes in a table that is half full.
const KEY_BYTES: u64 = 20;

/// The keys of the texts that came before. No more are remembered than there is memory for: the oldest are forgotten, half of them at
/// once, so that it does not depend on anything but the texts.
pub(super) struct Known {
    new: HashSet<u64>,
    old: HashSet<u64>,
    /// As many as each of them may hold.
    most: usize,
    /// The file in which they are kept, so that a run can be continued.
    log: Option<Log>,
}

impl Known {
    /// None yet; of each text `keys` are remembered, in `memory` bytes.
    pub fn new(keys: usize, memory: u64) -> Self {
        let most = usize::try_from(memory / KEY_BYTES / 2).unwrap_or(usize::MAX).max(keys);
        Self { new: HashSet::new(), old: HashSet::new(), most, log: None }
    }

    /// Those that are in the first `length` bytes of a file, which is made where there is none.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn open(path: PathBuf, length: u64, keys: usize, memory: u64) -> Result<Self> {
        let mut known = Self::new(keys, memory);
        let log = Log::open(path, length, |from| {
            let mut text = vec![0; 8 * keys];
            for _ in 0..length / (8 * keys) as u64 {
                from.read_exact(&mut text)?;
                let keys: Vec<u64> = text.as_chunks::<8>().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect();
                known.remember(&keys);
            }
            Ok(())
        })?;
        known.log = Some(log);
        Ok(known)
    }

    /// Whether a text comes for the first time; it is remembered then. One without keys always does.
    pub fn is_new(&mut self, keys: &[u64]) -> bool {
        if keys.iter().any(|key| self.new.contains(key) || self.old.contains(key)) {
            return false;
        }
        self.remember(keys);
        if let Some(log) = &mut self.log {
            keys.iter().for_each(|key| log.push(&key.to_le_bytes()));
        }
        true
    }

    fn remember(&mut self, keys: &[u64]) {
        if self.new.len() + keys.len() > self.most {
            self.old = std::mem::take(&mut self.new);
        }
        self.new.extend(keys);
    }

    /// Has all of them on the disk, and gives the length of the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn checkpoint(&mut self) -> Result<u64> {
        self.log.as_mut().map_or(Ok(0), Log::checkpoint)
    }

    /// The run has come to its end.
    pub fn remove(self) {
        if let Some(log) = self.log {
            log.remove();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_before_is_known_and_the_oldest_forgotten() {
        let mut known = Known::new(1, 8 * KEY_BYTES);
        assert!((0..4).all(|key| known.is_new(&[key])) && (0..4).all(|key| !known.is_new(&[key])));
        assert!(known.is_new(&[]) && known.is_new(&[]));
        assert!((4..9).all(|key| known.is_new(&[key])));
        assert!(known.is_new(&[0]) && !known.is_new(&[5]));
    }

    #[test]
    fn a_run_that_is_continued_knows_the_same() {
        let path = std::env::temp_dir().join(format!("copydesk-known-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let mut known = Known::open(path.clone(), 0, 2, 1000).unwrap();
        assert!((0..40).all(|key| known.is_new(&[key, key + 100])));
        let length = known.checkpoint().unwrap();
        assert_eq!(length, 40 * 16);
        // Stopped before the next was noted.
        assert!(known.is_new(&[77, 177]));
        known.checkpoint().unwrap();
        let mut again = Known::open(path, length, 2, 1000).unwrap();
        assert!(!again.is_new(&[39, 0]) && again.is_new(&[77, 177]));
        again.remove();
    }
}
