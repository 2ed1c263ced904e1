//! The folders of an output that is written by what documents are, named as Hive names them: lang=en, site=orla.example.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::args::By;
use crate::document::Document;
use crate::io::pieces::unnamed;
use crate::pack::host;

/// What readers of such folders take for null.
const NULL: &str = "__HIVE_DEFAULT_PARTITION__";

/// The longest name of a host that is the name of a folder as it is: few systems allow more than 255 bytes.
const LONGEST_BYTES: usize = 200;

impl By {
    const fn name(self) -> &'static str {
        match self {
            Self::Lang => "lang",
            Self::Verdict => "verdict",
            Self::Site => "site",
        }
    }

    /// What a document, where there is one, is of; its record was of that `source`.
    pub fn value(self, document: Option<&Document>, source: Option<&str>) -> String {
        let found = match self {
            Self::Lang => document.map(|document| document.lang().unwrap_or("und").to_owned()),
            Self::Verdict => document.map(|document| document.verdict().name().to_owned()),
            Self::Site => source.or_else(|| document?.url()).and_then(host).map(short),
        };
        found.unwrap_or_else(|| NULL.to_owned())
    }

    /// The folder of a value. None of the values holds what Hive would write in another way.
    pub fn folder(self, value: &str) -> String {
        format!("{}={value}", self.name())
    }

    /// Whether a name is one in the folder of a value.
    pub fn is_in(self, below: &Path) -> bool {
        let first = below.components().next().map(|part| part.as_os_str().to_string_lossy());
        first.is_some_and(|first| first.starts_with(&self.folder("")))
    }

    /// The files of an earlier run below a folder, by what they are called in theirs; and those that have no name yet.
    pub fn there(self, root: &Path) -> (HashMap<PathBuf, Vec<PathBuf>>, HashMap<PathBuf, Vec<PathBuf>>) {
        let (mut named, mut left) = (HashMap::new(), HashMap::new());
        let begins = self.folder("");
        for entry in fs::read_dir(root).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&begins) {
                files(&entry.path(), Path::new(""), &mut named, &mut left);
            }
        }
        (named, left)
    }
}

/// Adds the files of a folder under their names below the first one.
fn files(
    folder: &Path,
    below: &Path,
    named: &mut HashMap<PathBuf, Vec<PathBuf>>,
    left: &mut HashMap<PathBuf, Vec<PathBuf>>,
) {
    let end = unnamed(Path::new("x")).to_string_lossy().trim_start_matches(".x").to_owned();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            files(&path, &below.join(&name), named, left);
            continue;
        }
        let hidden = name.to_str().and_then(|name| name.strip_prefix('.')?.strip_suffix(&*end));
        let (to, name) = match hidden {
            Some(name) => (&mut *left, below.join(name)),
            None => (&mut *named, below.join(&name)),
        };
        to.entry(name).or_default().push(path);
    }
}

/// A name that a folder can have.
fn short(host: String) -> String {
    let cut = |at: &(usize, char)| at.0 <= LONGEST_BYTES;
    match host.len() {
        0..=LONGEST_BYTES => host,
        _ => {
            let end = host.char_indices().take_while(cut).last().map_or(0, |(at, _)| at);
            format!("{}-{:08x}", host.split_at(end).0, crc32fast::hash(host.as_bytes()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_names_of_folders() {
        let document = crate::clean("The ferry left the harbour at half past six in the rain.");
        let value = |by: By, source| by.folder(&by.value(Some(&document), source));
        assert_eq!(value(By::Lang, None), "lang=en");
        assert_eq!(value(By::Site, Some("https://www.Orla.example/1")), "site=orla.example");
        assert_eq!(value(By::Site, Some("../..")), "site=__HIVE_DEFAULT_PARTITION__");
        assert_eq!(By::Verdict.value(None, None), NULL);
        let long = ["ü".repeat(59), "a".repeat(59), "b".repeat(60)].join(".");
        let (one, two) = (value(By::Site, Some(&long)), value(By::Site, Some(&(long.clone() + "c"))));
        assert!(one.len() < 255 && two.len() < 255 && one != two, "{one} {two}");
    }
}
