//! How far a run has come, written down beside its output, so that one that was stopped can be continued.
//!
//! A journal is lines of JSON: the first says of which run it is, each other how far it had come. What a line speaks of is on the disk before
//! the line is, and the last whole line counts.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::output;
use crate::error::{Error, Result};
use crate::shown;

/// A longer name is not repeated in that of the file beside it: few systems allow more than 255 bytes.
const LONGEST_BYTES: usize = 200;

/// The journal of a run.
pub(crate) struct Journal {
    file: File,
    path: PathBuf,
}

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head {
    copydesk: String,
    run: String,
}

/// What is done about an earlier run that was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Earlier {
    /// It is an error.
    Refuse,
    Continue,
    Forget,
}

impl Journal {
    /// Opens the journal of a run, which is told from others by the text `run`; and what the earlier run noted last, where there was
    /// one that is to be continued.
    ///
    /// # Errors
    /// When it cannot be written; when another process has it open; when there was an earlier run that is to be refused, or that
    /// was of other files or options.
    pub fn open<C: DeserializeOwned>(path: PathBuf, run: &str, earlier: Earlier) -> Result<(Self, Option<C>)> {
        let failed = |error| Error::io("write", &path, error);
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        if !lock(&file) {
            return Err(Error::config(format!(
                "another run writes there now: {} is its journal; wait for its end, or end it",
                shown::name(&path)
            )));
        }
        output::register(&path);
        let mut text = String::new();
        // Half a line at the end may be half a character.
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        bytes.truncate(bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1));
        text.push_str(&String::from_utf8_lossy(&bytes));
        let mut lines = text.lines();
        let head: Option<Head> = lines.next().and_then(|line| serde_json::from_str(line).ok());
        let noted: Option<C> = lines.rev().find_map(|line| serde_json::from_str(line).ok());
        let noted = match (noted, earlier) {
            (Some(_), Earlier::Refuse) => {
                output::keep(&path);
                return Err(Error::config(format!(
                    "an earlier run was stopped before its end, as {} says: --resume continues it, --overwrite begins anew",
                    shown::name(&path)
                )));
            }
            (Some(noted), Earlier::Continue) => {
                output::keep(&path);
                if !head.is_some_and(|head| head.copydesk == env!("CARGO_PKG_VERSION") && head.run == run) {
                    return Err(Error::config(format!(
                        "the run that {} is of had other files, other options or another version of copydesk: give those to continue \
                         it, or --overwrite to begin anew",
                        shown::name(&path)
                    )));
                }
                Some(noted)
            }
            _ => None,
        };
        let mut journal = Self { file, path };
        if noted.is_none() {
            journal.file.set_len(0).map_err(|error| Error::io("write", &journal.path, error))?;
            journal.file.seek(SeekFrom::Start(0)).map_err(|error| Error::io("write", &journal.path, error))?;
            journal.write(&Head { copydesk: env!("CARGO_PKG_VERSION").to_owned(), run: run.to_owned() })?;
        } else {
            // After the last whole line.
            journal.file.set_len(bytes.len() as u64).map_err(|error| Error::io("write", &journal.path, error))?;
            journal.file.seek(SeekFrom::End(0)).map_err(|error| Error::io("write", &journal.path, error))?;
        }
        Ok((journal, noted))
    }

    /// Notes how far the run has come. All that it speaks of is on the disk.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note(&mut self, noted: &impl Serialize) -> Result<()> {
        self.write(noted)?;
        output::keep(&self.path);
        Ok(())
    }

    fn write(&mut self, line: &impl Serialize) -> Result<()> {
        let mut json = serde_json::to_vec(line).unwrap_or_default();
        json.push(b'\n');
        let written = self.file.write_all(&json).and_then(|()| output::sync(&self.file));
        written.map_err(|error| Error::io("write", &self.path, error))
    }

    /// The run has come to its end.
    pub fn remove(self) {
        output::forget(&self.path);
        let _ = fs::remove_file(&self.path);
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        output::discard(&self.path);
    }
}

/// Takes it for this process; false where another one has it.
#[cfg(unix)]
fn lock(file: &File) -> bool {
    use rustix::fs::{FlockOperation, flock};
    // Some file systems have no locks.
    !matches!(flock(file, FlockOperation::NonBlockingLockExclusive), Err(rustix::io::Errno::WOULDBLOCK))
}

#[cfg(not(unix))]
fn lock(_: &File) -> bool {
    true
}

/// The name of a file that a run keeps beside `name`: ".clean.jsonl.copydesk-run.journal".
pub(crate) fn beside(name: &Path, what: &str) -> PathBuf {
    let mut made = std::ffi::OsString::from(".");
    match name.file_name().unwrap_or_default() {
        name if name.len() <= LONGEST_BYTES => made.push(name),
        name => made.push(format!("{:08x}", crc32fast::hash(name.as_encoded_bytes()))),
    }
    made.push(".copydesk-run.");
    made.push(what);
    name.with_file_name(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_whole_line_counts() {
        let folder = std::env::temp_dir().join(format!("copydesk-journal-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("journal");
        let open = |run: &str, earlier| Journal::open::<u64>(path.clone(), run, earlier);
        let (mut journal, noted) = open("a", Earlier::Refuse).unwrap();
        assert_eq!(noted, None);
        if cfg!(unix) {
            assert!(open("a", Earlier::Continue).err().unwrap().to_string().contains("another run writes there"));
        }
        (0..3).for_each(|i| journal.note(&i).unwrap());
        drop(journal);
        // Stopped in the middle of a line.
        File::options().append(true).open(&path).unwrap().write_all(b"3\xff").unwrap();
        assert!(open("a", Earlier::Refuse).err().unwrap().to_string().contains("--resume continues it"));
        assert!(open("b", Earlier::Continue).err().unwrap().to_string().contains("other files"));
        let (mut journal, noted) = open("a", Earlier::Continue).unwrap();
        assert_eq!(noted, Some(2));
        journal.note(&7).unwrap();
        drop(journal);
        let (journal, noted) = open("a", Earlier::Continue).unwrap();
        assert_eq!(noted, Some(7));
        drop(journal);
        let (journal, noted) = open("b", Earlier::Forget).unwrap();
        assert_eq!(noted, None);
        journal.remove();
        assert!(!path.exists());
        fs::remove_dir_all(folder).unwrap();
    }
}
