//! What is noted of many files while a run is under way: lines of JSON, of which those up to a length count.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::output;
use crate::error::{Error, Result};
use crate::shown;

/// A file of such lines.
pub(crate) struct Log {
    path: PathBuf,
    file: File,
    /// Not yet in the file.
    fresh: Vec<u8>,
    written: u64,
}

impl Log {
    /// Opens it, and makes it where there is none; gives `each` of its lines, up to that length, and forgets what comes after.
    ///
    /// # Errors
    /// When it cannot be read or written, or there is less of it.
    pub fn open<T: DeserializeOwned>(path: PathBuf, length: u64, mut each: impl FnMut(T)) -> Result<Self> {
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
        for line in BufReader::new((&file).take(length)).split(b'\n') {
            if let Ok(line) = serde_json::from_slice(&line.map_err(failed)?) {
                each(line);
            }
        }
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        Ok(Self { path, file, fresh: Vec::new(), written: length })
    }

    /// Notes a line, which is on the disk after the next [`checkpoint`](Self::checkpoint).
    pub fn push(&mut self, line: &impl Serialize) {
        // Numbers and texts: none of it can fail.
        let _ = serde_json::to_writer(&mut self.fresh, line);
        self.fresh.push(b'\n');
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
            let mut found = Vec::new();
            Log::open(path.clone(), length, |line: (u64, String)| found.push(line)).map(|log| (log, found))
        };
        let (mut log, found) = open(0).unwrap();
        assert!(found.is_empty());
        log.push(&(1, "en"));
        let length = log.checkpoint().unwrap();
        log.push(&(2, "de"));
        assert!(log.checkpoint().unwrap() > length);
        drop(log);
        let (mut log, found) = open(length).unwrap();
        assert_eq!(found, [(1, "en".to_owned())]);
        log.clear().unwrap();
        log.push(&(3, "fr"));
        let length = log.checkpoint().unwrap();
        drop(log);
        let (log, found) = open(length).unwrap();
        assert_eq!(found, [(3, "fr".to_owned())]);
        log.remove();
        assert!(!path.exists());
        assert!(open(1).err().unwrap().to_string().contains("is shorter than"));
        let _ = fs::remove_file(&path);
    }
}
