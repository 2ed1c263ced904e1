//! What is noted beside an output while a run is under way: a file to which is added, and of which what stands before a length counts.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Take, Write};
use std::path::PathBuf;

use super::output;
use crate::error::{Error, Result};
use crate::shown;

/// Such a file.
pub(crate) struct Log {
    path: PathBuf,
    file: File,
    /// Not yet in the file.
    fresh: Vec<u8>,
    written: u64,
}

impl Log {
    /// Opens it, and makes it where there is none; has what stands before that length read, and forgets what comes after.
    ///
    /// # Errors
    /// When it cannot be read or written, or there is less of it.
    pub fn open(
        path: PathBuf,
        length: u64,
        read: impl FnOnce(&mut BufReader<Take<&File>>) -> io::Result<()>,
    ) -> Result<Self> {
        let failed = |error| Error::io("write", &path, error);
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        if length > 0 {
            output::keep(&path)
        } else {
            output::register(&path)
        }
        if file.metadata().map_err(failed)?.len() < length {
            let shown = shown::name(&path);
            return Err(Error::config(format!(
                "{shown} is shorter than when the run was stopped: --overwrite begins anew"
            )));
        }
        file.set_len(length).map_err(failed)?;
        read(&mut BufReader::new((&file).take(length))).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        Ok(Self { path, file, fresh: Vec::new(), written: length })
    }

    /// Adds to it, which is on the disk after the next [`checkpoint`](Self::checkpoint).
    pub fn push(&mut self, bytes: &[u8]) {
        self.fresh.extend_from_slice(bytes);
    }

    /// Has all of it on the disk, and gives its length.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn checkpoint(&mut self) -> Result<u64> {
        if !self.fresh.is_empty() {
            let written = self.file.write_all(&self.fresh).and_then(|()| output::sync(&self.file));
            written.map_err(|error| Error::io("write", &self.path, error))?;
            self.written += self.fresh.len() as u64;
            self.fresh.clear();
            output::keep(&self.path);
        }
        Ok(self.written)
    }

    /// Forgets all of it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn clear(&mut self) -> Result<()> {
        self.fresh.clear();
        self.written = 0;
        let done = self.file.set_len(0).and_then(|()| self.file.seek(SeekFrom::Start(0)));
        done.map(drop).map_err(|error| Error::io("write", &self.path, error))
    }

    /// The run has come to its end.
    pub fn remove(self) {
        output::forget(&self.path);
        let _ = fs::remove_file(&self.path);
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        output::discard(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_after_the_length_is_forgotten() {
        let path = std::env::temp_dir().join(format!("copydesk-log-{}", std::process::id()));
        let _ = fs::remove_file(&path);
        let open = |length| {
            let mut found = String::new();
            let log = Log::open(path.clone(), length, |from| from.read_to_string(&mut found).map(drop));
            log.map(|log| (log, found))
        };
        let (mut log, found) = open(0).unwrap();
        assert!(found.is_empty());
        log.push(b"en");
        let length = log.checkpoint().unwrap();
        log.push(b"de");
        assert!(log.checkpoint().unwrap() > length);
        drop(log);
        let (mut log, found) = open(length).unwrap();
        assert_eq!(found, "en");
        log.clear().unwrap();
        log.push(b"fr");
        let length = log.checkpoint().unwrap();
        drop(log);
        let (log, found) = open(length).unwrap();
        assert_eq!(found, "fr");
        log.remove();
        assert!(!path.exists());
        assert!(open(1).err().unwrap().to_string().contains("is shorter than"));
        let _ = fs::remove_file(&path);
    }
}
