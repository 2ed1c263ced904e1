//! Files that are written piece by piece, each piece with the file opened for it: there may be more files than can be open.
//!
//! As all outputs they lie beside their names until they are whole.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::journal::beside;
use super::output::{self, PARTIAL};
use super::target::folder;
use crate::error::{Error, Result};
use crate::shown;

/// Of more files than so many the whole file system is asked to have them on the disk, where it can be.
const EACH: usize = 32;

/// Where a file lies until it gets its name.
pub(crate) fn unnamed(name: &Path) -> PathBuf {
    beside(name, PARTIAL)
}

/// Writes a piece after the first `length` bytes of a file, which is made where that is none, with its folder.
///
/// # Errors
/// What the operating system says.
pub(crate) fn append(name: &Path, length: u64, piece: &[u8]) -> Result<()> {
    let lies = unnamed(name);
    let done = || {
        let mut file = if length == 0 {
            let below = folder(name);
            fs::create_dir_all(below)?;
            if let Err(error) = fs::remove_file(&lies)
                && error.kind() != ErrorKind::NotFound
            {
                return Err(error);
            }
            let old = fs::metadata(name).ok().filter(fs::Metadata::is_file);
            let file = output::create(&lies, old.as_ref())?;
            output::register(&lies);
            file
        } else {
            File::options().write(true).open(&lies)?
        };
        file.seek(SeekFrom::Start(length))?;
        file.write_all(piece)
    };
    done().map_err(|error| Error::io("write", name, error))
}

/// Takes what was written of a file after `length` bytes away, and keeps the rest when the run is stopped.
///
/// # Errors
/// When there is less of it, and what the operating system says.
pub(crate) fn cut(name: &Path, length: u64) -> Result<()> {
    let lies = unnamed(name);
    let done = || {
        let file = File::options().write(true).open(&lies)?;
        if file.metadata()?.len() < length {
            let why = format!("{} is shorter than when the run was stopped", shown::name(&lies));
            return Err(io::Error::new(ErrorKind::InvalidData, why));
        }
        output::keep(&lies);
        file.set_len(length)
    };
    done().map_err(|error| Error::io("write", name, error))
}

/// Has files below a folder on the disk; from now on they stay when the run is stopped.
///
/// # Errors
/// What the operating system says.
pub(crate) fn sync(names: &[PathBuf], root: &Path) -> Result<()> {
    if names.len() <= EACH || !sync_system(root) {
        for name in names {
            let done = File::open(unnamed(name)).and_then(|file| output::sync(&file));
            done.map_err(|error| Error::io("write", name, error))?;
        }
        names.iter().for_each(|name| output::sync_names(folder(name)));
    }
    names.iter().for_each(|name| output::keep(&unnamed(name)));
    Ok(())
}

/// Has all that was written to a file system on the disk, where that can be asked for.
#[cfg(target_os = "linux")]
fn sync_system(root: &Path) -> bool {
    File::open(root).is_ok_and(|root| rustix::fs::syncfs(&root).is_ok())
}

#[cfg(not(target_os = "linux"))]
fn sync_system(_: &Path) -> bool {
    false
}

/// Gives a file its name; one that has it already keeps it.
///
/// # Errors
/// When it cannot get it.
pub(crate) fn name(name: &Path) -> Result<()> {
    let lies = unnamed(name);
    let done = fs::rename(&lies, name).or_else(|error| match error.kind() {
        ErrorKind::NotFound if name.exists() => Ok(()),
        _ => output::copy(&lies, name, error),
    });
    output::forget(&lies);
    done.map_err(|error| Error::io("write", name, error))
}

/// Has the names in folders on the disk.
pub(crate) fn sync_names<'n>(names: impl ExactSizeIterator<Item = &'n PathBuf>, root: &Path) {
    if names.len() <= EACH || !sync_system(root) {
        names.for_each(|name| output::sync_names(folder(name)));
    }
}

/// Leaves nothing of a file that has no name, nor of a folder that has nothing else in it.
pub(crate) fn remove(name: &Path) {
    let lies = unnamed(name);
    output::forget(&lies);
    let _ = fs::remove_file(lies);
    let _ = fs::remove_dir(folder(name));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_grows_and_gets_its_name() {
        let root = std::env::temp_dir().join(format!("copydesk-pieces-{}", std::process::id()));
        let part = root.join("lang=en/a-00000.jsonl");
        append(&part, 0, b"one\n").unwrap();
        append(&part, 4, b"two\n").unwrap();
        sync(std::slice::from_ref(&part), &root).unwrap();
        cut(&part, 4).unwrap();
        assert!(cut(&part, 5).unwrap_err().to_string().contains("is shorter than"));
        append(&part, 4, b"2\n").unwrap();
        for _ in 0..2 {
            name(&part).unwrap();
            assert_eq!(fs::read(&part).unwrap(), b"one\n2\n");
        }
        append(&part, 0, b"new").unwrap();
        remove(&part);
        assert!(!unnamed(&part).exists() && part.exists());
        fs::remove_dir_all(root).unwrap();
    }
}
