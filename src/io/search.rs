//! Which files are meant: names, folders, patterns, lists.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::format::Format;
use super::input::Source;
use crate::error::{Error, Result};
use crate::shown;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub source: Source,
    /// Its name below the folder that was searched; else the last part of its name.
    pub below: PathBuf,
}

/// The files that were meant.
#[derive(Debug, Default)]
pub(crate) struct Search {
    pub found: Vec<Found>,
    /// A folder was named, or a pattern.
    pub many: bool,
    /// Files of folders that are of no format that is read.
    pub passed: u64,
    /// Where output goes: a folder that is no input where it lies in one.
    output: Option<PathBuf>,
}

impl Search {
    /// The files of those names; standard input where none is given. "-" is standard input, "@FILE" a list of names, a line each. A
    /// folder means the files in it and in its folders whose names say what they hold, in the order of their names; what begins
    /// with a dot is left out, and so is the folder of the `output`. A name with `*`, `?` or `[` of which there is no file is a pattern, where `**` is any folders but that.
    ///
    /// # Errors
    /// When a list or a folder cannot be read, and when a pattern is none or fits no file.
    pub fn of(names: &[PathBuf], output: Option<&Path>) -> Result<Self> {
        let mut search = Self { output: output.and_then(|output| output.canonicalize().ok()), ..Self::default() };
        if names.is_empty() {
            search.add(Path::new("-"), None);
        }
        for name in names {
            match name.to_str().and_then(|name| name.strip_prefix('@')) {
                Some(list) if !name.exists() => {
                    let list = Source::named(Path::new(list));
                    let text = list.read_text()?;
                    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                    for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
                        search.name(Path::new(line))?;
                    }
                    search.many = true;
                }
                _ => search.name(name)?,
            }
        }
        Ok(search)
    }

    fn name(&mut self, name: &Path) -> Result<()> {
        if name.is_dir() {
            self.many = true;
            return self.folder(name, name);
        }
        match name.to_str().filter(|pattern| pattern.contains(['*', '?', '[']) && !name.exists()) {
            Some(pattern) => self.pattern(pattern),
            None => {
                self.add(name, None);
                Ok(())
            }
        }
    }

    fn add(&mut self, name: &Path, below: Option<&Path>) {
        let below = below.map_or_else(|| name.file_name().map(PathBuf::from).unwrap_or_default(), Path::to_owned);
        self.found.push(Found { source: Source::named(name), below });
    }

    fn pattern(&mut self, pattern: &str) -> Result<()> {
        self.many = true;
        let refuse = |why: String| Error::config(format!("{}: {why}", shown::line(pattern)));
        let found = glob::glob(pattern).map_err(|error| refuse(format!("no pattern of names: {error}")))?;
        let before = self.found.len();
        let output = self.output_amid(pattern);
        for path in found {
            let path = path.map_err(|error| {
                let name = error.path().to_owned();
                Error::io("read", &name, error.into())
            })?;
            let is_output = |output: &Path| path.canonicalize().is_ok_and(|path| path.starts_with(output));
            if path.is_file() && !is_hidden(&path, pattern) && !output.as_deref().is_some_and(is_output) {
                self.add(&path, None);
            }
        }
        if self.found.len() == before {
            return Err(refuse("there is no such file".to_owned()));
        }
        Ok(())
    }

    /// The folder of the output, where a pattern may meet it: where it does not begin in it.
    fn output_amid(&self, pattern: &str) -> Option<PathBuf> {
        let plain = |part: &Component<'_>| !part.as_os_str().to_string_lossy().contains(['*', '?', '[']);
        let base: PathBuf = Path::new(pattern).components().take_while(plain).collect();
        let base = if base.as_os_str().is_empty() { Path::new(".") } else { &base };
        let begins = |output: &&PathBuf| base.canonicalize().is_ok_and(|base| base.starts_with(output));
        self.output.as_ref().filter(|output| output.is_dir() && !begins(output)).cloned()
    }

    fn folder(&mut self, folder: &Path, root: &Path) -> Result<()> {
        let failed = |error: std::io::Error| Source::File(folder.to_owned()).error(error);
        let entries = fs::read_dir(folder).map_err(failed)?;
        let mut entries = entries.collect::<std::io::Result<Vec<_>>>().map_err(failed)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            // A link to a folder is not followed: it may lead back.
            if entry.file_type().map_err(failed)?.is_dir() {
                if self.output.is_none() || path.canonicalize().ok() != self.output {
                    self.folder(&path, root)?;
                }
            } else if Format::of_name(&path).is_some() && path.is_file() {
                self.add(&path, path.strip_prefix(root).ok());
            } else {
                self.passed += 1;
            }
        }
        Ok(())
    }
}

/// Whether a name or one of its folders begins with a dot, and the pattern names none that does: as in a shell, and as in folders.
/// The option of `glob` for that leaves out what `.a*` names, too, and panics at names that are not UTF-8.
fn is_hidden(path: &Path, pattern: &str) -> bool {
    let dotted: Vec<glob::Pattern> = pattern
        .split(std::path::is_separator)
        .filter(|part| part.starts_with('.'))
        .filter_map(|part| glob::Pattern::new(part).ok())
        .collect();
    path.components().any(|part| match part {
        Component::Normal(name) => {
            let name = name.to_string_lossy();
            name.starts_with('.') && !dotted.iter().any(|part| part.matches(&name))
        }
        _ => false,
    })
}
