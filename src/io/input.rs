//! Where text comes from: a file or standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Read at once from a file.
const BUFFER: usize = 1 << 18;

/// A file, or standard input, which is named "-".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Stdin,
    File(PathBuf),
}

impl Source {
    /// The source of that name.
    pub fn named(name: &Path) -> Self {
        if name == Path::new("-") { Self::Stdin } else { Self::File(name.to_owned()) }
    }

    /// For messages: the name as given, or "standard input".
    pub fn shown(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// The file, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin => None,
            Self::File(path) => Some(path),
        }
    }

    /// Whether the name says that it holds JSON, a record a line.
    pub fn is_jsonl(&self) -> bool {
        let extension = self.path().and_then(Path::extension).unwrap_or_default();
        extension.eq_ignore_ascii_case("jsonl") || extension.eq_ignore_ascii_case("ndjson")
    }

    /// Opens it for reading.
    ///
    /// # Errors
    /// When the file is not there, may not be read or is a directory.
    pub fn open(&self) -> Result<Box<dyn BufRead>> {
        match self {
            Self::Stdin => Ok(Box::new(BufReader::with_capacity(BUFFER, io::stdin()))),
            Self::File(path) => {
                let file = File::open(path).map_err(|error| self.error(error))?;
                if file.metadata().is_ok_and(|about| about.is_dir()) {
                    return Err(self.error(io::ErrorKind::IsADirectory.into()));
                }
                Ok(Box::new(BufReader::with_capacity(BUFFER, file)))
            }
        }
    }

    /// All of its bytes.
    ///
    /// # Errors
    /// As [`open`](Self::open), and when reading fails on the way.
    pub fn read(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes).map_err(|error| self.error(error))?;
        Ok(bytes)
    }

    /// All of it, as text.
    ///
    /// # Errors
    /// As [`read`](Self::read), and when it is not UTF-8.
    pub fn read_text(&self) -> Result<String> {
        String::from_utf8(self.read()?).map_err(|_| Error::format(format!("{} is not UTF-8 text", self.shown())))
    }

    /// What the operating system said when this was read.
    pub fn error(&self, error: io::Error) -> Error {
        if error.kind() == io::ErrorKind::IsADirectory {
            let error = io::Error::new(error.kind(), "it is a directory; name the files in it");
            return Error::io("read", Path::new(&self.shown()), error);
        }
        Error::io("read", Path::new(&self.shown()), error)
    }
}
