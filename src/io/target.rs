//! Where output is to go, and that it goes to nothing that is read.

use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use super::descriptors::{Descriptor, about};
use super::input::Source;
use crate::error::{Error, Result};
use crate::shown;

/// Links that are followed from one to the next.
const MOST_LINKS: usize = 40;

/// Where output is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Stdout,
    /// Another descriptor that is open already, by its number.
    Descriptor(u32),
    File {
        /// The name as given.
        given: PathBuf,
        /// The same after all links.
        path: PathBuf,
    },
}

impl Target {
    /// The target of that name: "-" is standard output, and so is none.
    pub fn named(name: Option<&Path>) -> Self {
        let Some(name) = name.filter(|name| *name != Path::new("-")) else { return Self::Stdout };
        let mut path = name.to_owned();
        for _ in 0..MOST_LINKS {
            match descriptor(&path) {
                Some(1) => return Self::Stdout,
                Some(number) => return Self::Descriptor(number),
                None => {}
            }
            let Ok(to) = fs::read_link(&path) else { break };
            path = path.parent().unwrap_or(Path::new("")).join(to);
        }
        Self::File { given: name.to_owned(), path }
    }

    /// For messages.
    pub fn shown(&self) -> String {
        match self {
            Self::Stdout => "standard output".to_owned(),
            Self::Descriptor(number) => format!("/dev/fd/{number}"),
            Self::File { given, .. } => shown::name(given),
        }
    }

    /// Whether it is a file that can be replaced when it is whole: no stream, device or pipe.
    pub fn is_file(&self) -> bool {
        let Self::File { path, .. } = self else { return false };
        fs::metadata(path).map_or(true, |about| about.is_file())
    }

    fn identity(&self) -> Option<Identity> {
        match self {
            Self::Stdout => about(Descriptor::Stdout).and_then(of),
            Self::Descriptor(_) => identity(Path::new(&self.shown())),
            Self::File { path, .. } => identity(path),
        }
    }

    /// Whether both are one file, there already or not.
    pub fn is_same(&self, other: &Self) -> bool {
        let place = |target: &Self| match target {
            Self::File { path, .. } => Some((folder(path).canonicalize().ok()?, path.file_name()?.to_owned())),
            _ => None,
        };
        self == other
            || self.identity().is_some_and(|one| other.identity() == Some(one))
            || place(self).is_some_and(|one| place(other) == Some(one))
    }
}

/// The folder that a file is in.
pub(crate) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The number in a name of the kind of "/dev/fd/3".
fn descriptor(path: &Path) -> Option<u32> {
    if !cfg!(unix) {
        return None;
    }
    match path.to_str()? {
        "/dev/stdin" => Some(0),
        "/dev/stdout" => Some(1),
        "/dev/stderr" => Some(2),
        name => {
            let number = name.strip_prefix("/dev/fd/").or_else(|| name.strip_prefix("/proc/self/fd/"))?;
            number.parse().ok()
        }
    }
}

/// That none of the `written`, each with the option that names it, is one of the files that are `read` or another one of
/// them: a file that is read would be lost.
///
/// # Errors
/// When one is.
pub(crate) fn refuse_same(written: &[(&str, &Target)], read: &[Source]) -> Result<()> {
    for (i, (option, target)) in written.iter().enumerate() {
        refuse_read(option, [*target], read)?;
        if let Some((other, _)) = written.iter().take(i).find(|(_, other)| other.is_same(target)) {
            let shown = target.shown();
            return Err(Error::config(format!("{other} and {option} both go to {shown}: give each a file of its own")));
        }
    }
    Ok(())
}

/// That none of the files that are `written`, as that option says, is one of those that are `read`.
///
/// # Errors
/// When one is.
pub(crate) fn refuse_read<'t>(
    option: &str,
    written: impl IntoIterator<Item = &'t Target>,
    read: &[Source],
) -> Result<()> {
    let identity = |source: &Source| match source {
        Source::Stdin => about(Descriptor::Stdin).and_then(of),
        Source::File(path) => identity(path),
    };
    let known: HashSet<Identity> = read.iter().filter_map(identity).collect();
    for target in written {
        if target.identity().is_some_and(|one| known.contains(&one)) {
            let what = match target {
                Target::Stdout => "standard output".to_owned(),
                _ => format!("{option} {}", target.shown()),
            };
            return Err(Error::config(format!("{what} is one of the files to read: write to another one")));
        }
    }
    Ok(())
}

/// What tells one regular file from another, by whichever name.
#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = same_file::Handle;

fn identity(path: &Path) -> Option<Identity> {
    let about = fs::metadata(path).ok().filter(Metadata::is_file)?;
    #[cfg(unix)]
    return of(about);
    #[cfg(not(unix))]
    return same_file::Handle::from_path(path).ok().filter(|_| about.is_file());
}

#[cfg(unix)]
fn of(about: Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    about.is_file().then(|| (about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn of(_: Metadata) -> Option<Identity> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_output_has_many_names() {
        for name in [None, Some("-")] {
            assert_eq!(Target::named(name.map(Path::new)), Target::Stdout);
        }
        if cfg!(unix) {
            for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
                assert_eq!(Target::named(Some(Path::new(name))), Target::Stdout);
            }
            assert_eq!(Target::named(Some(Path::new("/dev/stderr"))), Target::Descriptor(2));
        }
        let file = Target::File { given: "a/b".into(), path: "a/b".into() };
        assert_eq!(Target::named(Some(Path::new("a/b"))), file);
    }
}
