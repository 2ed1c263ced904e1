//! Where answers go: whole lines at a time, to a file or to standard output.
//!
//! A file gets its name when it is whole. Until then it lies beside, under a name that says so, and what was there before
//! stays.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeSet, HashSet};
use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::descriptors::{Descriptor, was_closed};
use super::journal::beside;
use super::target::{Target, folder};
use crate::error::{Error, Result};
use crate::shown;

/// Held while lines are written, so that nothing ends the program in the middle of one.
static WRITING: Mutex<()> = Mutex::new(());

/// The files that have no name of their own yet. Held while one is made or named.
static UNNAMED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Files that stay when a run is stopped, because it can be continued with them.
static KEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A longer name is not repeated in that of the file beside it: few systems allow more than 255 bytes.
const LONGEST_BYTES: usize = 150;

/// A file, or standard output.
pub(crate) struct Output {
    to: Box<dyn Write>,
    shown: String,
    is_stdout: bool,
    /// Bytes written to it.
    length: u64,
    /// The file that is still to be named.
    unnamed: Option<Unnamed>,
}

impl Output {
    /// Standard output.
    ///
    /// # Errors
    /// When it was closed before the program began.
    pub fn stdout() -> Result<Self> {
        Self::through(io::stdout())
    }

    /// Standard output, through a writer that changes what it is given: one that takes the colours out.
    ///
    /// # Errors
    /// When it was closed before the program began.
    pub fn through(writer: impl Write + 'static) -> Result<Self> {
        let output =
            Self { to: Box::new(writer), shown: Target::Stdout.shown(), is_stdout: true, length: 0, unnamed: None };
        if was_closed(Descriptor::Stdout) {
            return Err(output.error(io::Error::other("it is closed; send it to a file, or to /dev/null")));
        }
        Ok(output)
    }

    /// Begins an output. A file that is there already is replaced when the new one is whole ([`finish`]); what is no
    /// regular file, such as a named pipe or a device, is written to as it is.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn begin(target: &Target) -> Result<Self> {
        let opened = match target {
            Target::Stdout => return Self::stdout(),
            // After what is there: so it is when the shell has opened it.
            Target::Descriptor(_) => File::options().append(true).open(target.shown()).map(|file| (file, None)),
            Target::File { path, .. } => open(path, Unnamed::new),
        };
        Self::opened(target, opened, 0)
    }

    /// The same of one that a run can be continued with: the file lies beside under a name that is always the same, and is
    /// continued after `length` bytes. From [`checkpoint`](Self::checkpoint) on it stays when the run is stopped.
    ///
    /// # Errors
    /// As [`begin`](Self::begin), and when there is less of it than there should be.
    pub fn continued(target: &Target, length: u64) -> Result<Self> {
        match target {
            Target::File { path, .. } => {
                Self::opened(target, open(path, |name, old| Unnamed::continued(name, old, length)), length)
            }
            _ => Self::begin(target),
        }
    }

    fn opened(target: &Target, opened: io::Result<(File, Option<Unnamed>)>, length: u64) -> Result<Self> {
        let shown = target.shown();
        match opened {
            Ok((file, unnamed)) => Ok(Self { to: Box::new(file), shown, is_stdout: false, length, unnamed }),
            Err(error) => Err(Error::io("write", Path::new(&shown), error)),
        }
    }

    /// Has all of it on the disk, and gives its length; from now on it stays when the run is stopped.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn checkpoint(&self) -> Result<u64> {
        if let Some(unnamed) = &self.unnamed {
            sync(&unnamed.file).map_err(|error| self.error(error))?;
            keep(&unnamed.lies);
        }
        Ok(self.length)
    }

    /// Leaves nothing of it, and what was there before.
    pub fn abandon(self) {
        if let Some(unnamed) = &self.unnamed {
            forget(&unnamed.lies);
            let _ = fs::remove_file(&unnamed.lies);
        }
    }

    /// Bytes written to it.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Writes `lines`, each with its end, and passes them on at once.
    ///
    /// # Errors
    /// What the operating system says: a full disk, a pipe that nobody reads any more.
    pub fn write(&mut self, lines: &[u8]) -> Result<()> {
        let _writing = lock(&WRITING);
        let written = self.to.write_all(lines).and_then(|()| self.to.flush());
        self.length += lines.len() as u64;
        written.map_err(|error| self.error(error))
    }

    /// Whether an old file is replaced when this one is whole.
    pub fn replaces(&self) -> bool {
        self.unnamed.as_ref().is_some_and(|unnamed| unnamed.name.exists())
    }

    /// Where it goes, for messages.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What the operating system said when this was written.
    pub fn error(&self, error: io::Error) -> Error {
        // Only of standard output may the reader go when it has seen enough, as `head` does.
        let error = match error.kind() {
            ErrorKind::BrokenPipe if !self.is_stdout => io::Error::other("its reader went away before all was written"),
            _ => error,
        };
        Error::io("write", Path::new(&self.shown), error)
    }
}

/// Opens what is there where that is not a regular file, else a file that is still to be named.
fn open(
    path: &Path,
    make: impl Fn(&Path, Option<&Metadata>) -> io::Result<(File, Unnamed)>,
) -> io::Result<(File, Option<Unnamed>)> {
    let refuse = |kind: ErrorKind, why: String| Err(io::Error::new(kind, why));
    let shown = || shown::name(folder(path));
    let old = match fs::metadata(path) {
        Ok(about) if about.is_dir() => {
            return refuse(ErrorKind::IsADirectory, "it is a directory; name a file in it".to_owned());
        }
        // What may not be written to may not be replaced.
        Ok(about) => {
            let file = File::options().write(true).open(path)?;
            if !about.is_file() {
                return Ok((file, None));
            }
            Some(about)
        }
        Err(_) if names_folder(path) => {
            return refuse(ErrorKind::IsADirectory, "it names a folder; name a file in it".to_owned());
        }
        Err(error) if error.kind() == ErrorKind::NotFound && folder(path).is_dir() => None,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return refuse(error.kind(), format!("there is no folder {}; make it first", shown()));
        }
        Err(error) => return Err(error),
    };
    match make(path, old.as_ref()) {
        Ok((file, unnamed)) => Ok((file, Some(unnamed))),
        Err(error) if old.is_some() => {
            let why = format!("the new file has no place beside it in the folder {} until it is whole", shown());
            refuse(error.kind(), format!("{why}: {error}"))
        }
        Err(error) => Err(error),
    }
}

/// Whether a name ends as that of a folder does, there or not.
pub(crate) fn names_folder(path: &Path) -> bool {
    let name = path.as_os_str().as_encoded_bytes();
    let name = name.strip_suffix(b".").unwrap_or(name);
    name.last().is_some_and(|last| std::path::is_separator(char::from(*last)))
}

/// Gives the files their names: all of them are whole.
///
/// # Errors
/// When one is not on the disk, or cannot get its name; then it stays where it lies, and the message says where.
pub(crate) fn finish(outputs: impl IntoIterator<Item = Output>) -> Result<()> {
    let outputs: Vec<Output> = outputs.into_iter().collect();
    for output in &outputs {
        if let Some(unnamed) = &output.unnamed {
            sync(&unnamed.file).map_err(|error| output.error(error))?;
        }
    }
    // No signal comes between one name and the next.
    let mut known = lock(&UNNAMED);
    let mut named = Ok(());
    for output in &outputs {
        let Some(Unnamed { lies, name, .. }) = &output.unnamed else { continue };
        let done = fs::rename(lies, name).or_else(|error| copy(lies, name, error)).map_err(|error| {
            let whole = format!("{error}; all of it lies in {}", shown::name(lies));
            output.error(io::Error::new(error.kind(), whole))
        });
        known.remove(lies);
        lock(&KEPT).remove(lies);
        named = named.and(done);
    }
    // The outputs ask for it when they go.
    drop(known);
    let folders: HashSet<&Path> =
        outputs.iter().filter_map(|output| output.unnamed.as_ref().map(|unnamed| folder(&unnamed.name))).collect();
    folders.into_iter().for_each(sync_names);
    named
}

/// Has the names in a folder on the disk, where a folder can be asked for that.
pub(super) fn sync_names(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Where the old file may be written to but not be replaced, as one that is mounted, or in a folder where files are only
/// for their owners to move: what is whole takes the place of what is in it.
///
/// # Errors
/// Why it could not be `renamed`, where that is something else, and what the operating system says.
pub(super) fn copy(from: &Path, to: &Path, renamed: io::Error) -> io::Result<()> {
    let kinds = [ErrorKind::ResourceBusy, ErrorKind::PermissionDenied, ErrorKind::CrossesDevices];
    if !kinds.contains(&renamed.kind()) {
        return Err(renamed);
    }
    let mut whole = File::open(from)?;
    let mut old = File::options().write(true).truncate(true).open(to)?;
    io::copy(&mut whole, &mut old)?;
    sync(&old)?;
    let _ = fs::remove_file(from);
    Ok(())
}

/// Names a file that was whole when its run was stopped.
///
/// # Errors
/// When it cannot get its name.
pub(crate) fn name_whole(target: &Target) -> Result<()> {
    let Target::File { path, .. } = target else { return Ok(()) };
    let lies = beside(path, PARTIAL);
    if !lies.exists() {
        return Ok(());
    }
    let done = fs::rename(&lies, path).or_else(|error| copy(&lies, path, error));
    done.map_err(|error| Error::io("write", Path::new(&target.shown()), error))
}

/// A file goes when the run is stopped, unless it is to be kept.
pub(crate) fn register(path: &Path) {
    lock(&UNNAMED).insert(path.to_owned());
}

/// A file stays when the run is stopped.
pub(crate) fn keep(path: &Path) {
    let (mut known, mut kept) = (lock(&UNNAMED), lock(&KEPT));
    known.remove(path);
    kept.insert(path.to_owned());
}

/// A file is no longer of the run.
pub(crate) fn forget(path: &Path) {
    lock(&UNNAMED).remove(path);
    lock(&KEPT).remove(path);
}

/// A file goes now, unless it is to be kept.
pub(crate) fn discard(path: &Path) {
    let mut known = lock(&UNNAMED);
    if known.remove(path) {
        let _ = fs::remove_file(path);
    }
}

/// The files that stay, for a run that is stopped now.
pub(crate) fn kept() -> BTreeSet<PathBuf> {
    lock(&KEPT).clone()
}

/// Has it written to the disk, so that an error of the disk is known before anything goes.
pub(super) fn sync(file: &File) -> io::Result<()> {
    match file.sync_all() {
        // Some file systems cannot be asked.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

/// A file that has no name of its own yet. It goes with this, unless it was named.
struct Unnamed {
    file: File,
    lies: PathBuf,
    name: PathBuf,
}

impl Unnamed {
    /// Makes a file that will be called `name` in place of the `old` one.
    fn new(name: &Path, old: Option<&Metadata>) -> io::Result<(File, Self)> {
        let mut known = lock(&UNNAMED);
        let (file, lies) = loop {
            let lies = name.with_file_name(temporary(name));
            match create(&lies, old) {
                Ok(file) => break (file, lies),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        };
        known.insert(lies.clone());
        drop(known);
        let unnamed = Self { file, lies, name: name.to_owned() };
        let file = unnamed.file.try_clone()?;
        Ok((file, unnamed))
    }

    /// Makes the same under the name that it has in every run, or goes on with the first `length` bytes of the one that is there.
    fn continued(name: &Path, old: Option<&Metadata>, length: u64) -> io::Result<(File, Self)> {
        let mut known = lock(&UNNAMED);
        let lies = beside(name, PARTIAL);
        let file = if length == 0 {
            match fs::remove_file(&lies) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => create(&lies, old)?,
            }
        } else {
            let mut file = File::options().write(true).open(&lies)?;
            if file.metadata()?.len() < length {
                let why = format!("{} is shorter than when the run was stopped", shown::name(&lies));
                return Err(io::Error::new(ErrorKind::InvalidData, why));
            }
            file.set_len(length)?;
            file.seek(SeekFrom::End(0))?;
            file
        };
        known.insert(lies.clone());
        drop(known);
        if length > 0 {
            keep(&lies);
        }
        let unnamed = Self { file, lies, name: name.to_owned() };
        let file = unnamed.file.try_clone()?;
        Ok((file, unnamed))
    }
}

impl Drop for Unnamed {
    fn drop(&mut self) {
        discard(&self.lies);
    }
}

/// What the name of a file ends in that is not whole.
pub(crate) const PARTIAL: &str = "partial";

/// ".clean.jsonl.copydesk-5f3a….partial": nobody can know it beforehand.
fn temporary(name: &Path) -> OsString {
    let chance = RandomState::new().build_hasher().finish();
    let mut made = OsString::from(".");
    if let Some(name) = name.file_name().filter(|name| name.len() <= LONGEST_BYTES) {
        made.push(name);
        made.push(".");
    }
    made.push(format!("copydesk-{chance:016x}.partial"));
    made
}

/// Makes a file, and one for the same people as the `old` one.
#[cfg(unix)]
pub(super) fn create(path: &Path, old: Option<&Metadata>) -> io::Result<File> {
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
    let mode = old.map_or(0o666, |old| old.mode() & 0o777);
    let file = File::options().write(true).create_new(true).mode(mode).open(path)?;
    if let Some(old) = old {
        // Only some may give a file away, and some file systems know of neither owners nor modes.
        if file.metadata().is_ok_and(|new| (new.uid(), new.gid()) != (old.uid(), old.gid())) {
            let _ = fchown(&file, Some(old.uid()), Some(old.gid()));
        }
        let _ = file.set_permissions(old.permissions());
    }
    Ok(file)
}

#[cfg(not(unix))]
pub(super) fn create(path: &Path, _: Option<&Metadata>) -> io::Result<File> {
    File::options().write(true).create_new(true).open(path)
}

fn lock<T>(mutex: &'static Mutex<T>) -> MutexGuard<'static, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The program is about to end: waits until no line is half written, but no longer than `patience`, because a pipe that
/// nobody reads is never done; then takes away the files that have no name yet. What it gives keeps others from being made.
pub(crate) fn settle(patience: Duration) -> impl Sized {
    let end = Instant::now() + patience;
    let quiet = loop {
        match WRITING.try_lock() {
            Ok(guard) => break Some(guard),
            Err(_) if Instant::now() >= end => break None,
            Err(_) => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let mut known = lock(&UNNAMED);
    for lies in std::mem::take(&mut *known) {
        let _ = fs::remove_file(lies);
    }
    (quiet, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_renamed_is_copied() {
        let folder = std::env::temp_dir().join(format!("copydesk-copied-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (new, old) = (folder.join("new"), folder.join("old"));
        for kind in [ErrorKind::ResourceBusy, ErrorKind::PermissionDenied, ErrorKind::CrossesDevices] {
            fs::write(&new, "new").unwrap();
            fs::write(&old, "old, and longer").unwrap();
            copy(&new, &old, kind.into()).unwrap();
            assert_eq!((fs::read_to_string(&old).unwrap().as_str(), new.exists()), ("new", false));
        }
        fs::write(&new, "newer").unwrap();
        assert_eq!(copy(&new, &old, ErrorKind::StorageFull.into()).unwrap_err().kind(), ErrorKind::StorageFull);
        // What is not there is not made: it could have been renamed to.
        assert!(copy(&new, &folder.join("none"), ErrorKind::PermissionDenied.into()).is_err());
        assert_eq!((fs::read_to_string(&old).unwrap().as_str(), new.exists()), ("new", true));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn names_of_folders() {
        assert!(["new/", "new/.", "a/b//"].iter().all(|name| names_folder(Path::new(name))));
        assert!(!["new", "a/b", "b.", ".b", "."].iter().any(|name| names_folder(Path::new(name))));
    }
}
