//! Where answers go: whole lines at a time, to a file or to standard output.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// Held while lines are written, so that nothing ends the program in the middle of one.
static WRITING: Mutex<()> = Mutex::new(());

/// A file, or standard output.
pub(crate) struct Output {
    to: Box<dyn Write>,
    name: PathBuf,
}

impl Output {
    /// Standard output.
    pub fn stdout() -> Self {
        Self::through(io::stdout())
    }

    /// Standard output, through a writer that changes what it is given: one that takes the colours out.
    pub fn through(writer: impl Write + 'static) -> Self {
        Self { to: Box::new(writer), name: PathBuf::from("standard output") }
    }

    /// A new file; one that is there already is emptied.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn create(path: &Path) -> Result<Self> {
        let file = File::create(path).map_err(|error| Error::io("write", path, error))?;
        Ok(Self { to: Box::new(file), name: path.to_owned() })
    }

    /// Writes `lines`, each with its end, and passes them on at once.
    ///
    /// # Errors
    /// What the operating system says: a full disk, a pipe that nobody reads any more.
    pub fn write(&mut self, lines: &[u8]) -> Result<()> {
        let _writing = lock();
        let written = self.to.write_all(lines).and_then(|()| self.to.flush());
        written.map_err(|error| Error::io("write", &self.name, error))
    }
}

fn lock() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until no line is half written, but no longer than `patience`: a pipe that nobody reads is never done.
pub(crate) fn settle(patience: Duration) -> Option<MutexGuard<'static, ()>> {
    let end = Instant::now() + patience;
    loop {
        match WRITING.try_lock() {
            Ok(guard) => return Some(guard),
            Err(_) if Instant::now() >= end => return None,
            Err(_) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// Whether both names lead to one file.
pub(crate) fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other && one.is_file(),
        // Neither is there yet, or only one: then only the same name in the same folder is the same file.
        (Err(_), Err(_)) => {
            let place = |path: &Path| {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                Some((folder.canonicalize().ok()?, path.file_name()?.to_owned()))
            };
            place(one).is_some_and(|one| Some(one) == place(other))
        }
        _ => false,
    }
}
