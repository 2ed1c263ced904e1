//! The texts that were written, to leave out those that come again.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use crate::error::{Error, Result};

/// What tells the texts apart, 16 bytes each; and the file in which they are kept, so that a run can be continued.
#[derive(Default)]
pub(super) struct Known {
    keys: HashSet<u128>,
    file: Option<(PathBuf, File)>,
    /// Not yet in the file.
    fresh: Vec<u8>,
    written: u64,
}

impl Known {
    /// Those that are in the first `length` bytes of the file.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn open(path: Option<PathBuf>, length: u64) -> Result<Self> {
        let Some(path) = path else { return Ok(Self::default()) };
        let failed = |error| Error::io("write", &path, error);
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        file.set_len(length).map_err(failed)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        let keys = bytes.as_chunks::<16>().0.iter().map(|bytes| u128::from_le_bytes(*bytes)).collect();
        Ok(Self { keys, file: Some((path, file)), fresh: Vec::new(), written: length })
    }

    /// Whether a text comes for the first time.
    pub fn is_new(&mut self, key: u128) -> bool {
        let new = self.keys.insert(key);
        if new && self.file.is_some() {
            self.fresh.extend(key.to_le_bytes());
        }
        new
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
        }
        Ok(self.written)
    }

    /// The run has come to its end.
    pub fn remove(self) {
        if let Some((path, _)) = self.file {
            let _ = fs::remove_file(path);
        }
    }
}
