//! The texts that were written, to leave out those that come again.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::io::output;

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
    file: Option<(PathBuf, File)>,
    /// Not yet in the file.
    fresh: Vec<u8>,
    written: u64,
}

impl Known {
    /// None yet; of each text `keys` are remembered, in `memory` bytes.
    pub fn new(keys: usize, memory: u64) -> Self {
        let most = usize::try_from(memory / KEY_BYTES / 2).unwrap_or(usize::MAX).max(keys);
        Self { new: HashSet::new(), old: HashSet::new(), most, file: None, fresh: Vec::new(), written: 0 }
    }

    /// Those that are in the first `length` bytes of a file, which is made where there is none.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn open(path: PathBuf, length: u64, keys: usize, memory: u64) -> Result<Self> {
        let mut known = Self::new(keys, memory);
        let failed = |error| Error::io("write", &path, error);
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        if length > 0 {
            output::keep(&path)
        } else {
            output::register(&path)
        }
        file.set_len(length).map_err(failed)?;
        let mut text = vec![0; 8 * keys];
        let mut from = std::io::BufReader::new(&file);
        for _ in 0..length / (8 * keys) as u64 {
            from.read_exact(&mut text).map_err(failed)?;
            let keys: Vec<u64> = text.as_chunks::<8>().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect();
            known.remember(&keys);
        }
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        (known.file, known.written) = (Some((path, file)), length);
        Ok(known)
    }

    /// Whether a text comes for the first time; it is remembered then. One without keys always does.
    pub fn is_new(&mut self, keys: &[u64]) -> bool {
        if keys.iter().any(|key| self.new.contains(key) || self.old.contains(key)) {
            return false;
        }
        self.remember(keys);
        if self.file.is_some() {
            keys.iter().for_each(|key| self.fresh.extend(key.to_le_bytes()));
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
        if let Some((path, file)) = &mut self.file
            && !self.fresh.is_empty()
        {
            let written = file.write_all(&self.fresh).and_then(|()| file.sync_data());
            written.map_err(|error| Error::io("write", path, error))?;
            self.written += self.fresh.len() as u64;
            self.fresh.clear();
            output::keep(path);
        }
        Ok(self.written)
    }

    /// The run has come to its end.
    pub fn remove(self) {
        if let Some((path, _)) = &self.file {
            output::forget(path);
            let _ = fs::remove_file(path);
        }
    }
}

impl Drop for Known {
    fn drop(&mut self) {
        if let Some((path, _)) = &self.file {
            output::discard(path);
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
        let _ = fs::remove_file(&path);
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
