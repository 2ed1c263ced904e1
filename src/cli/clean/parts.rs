//! The parts of an output that is written in several, each with a number: clean-00000.jsonl.gz, clean-00001.jsonl.gz.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::io::codec::Codec;
use crate::io::format::Format;
use crate::io::target::{Target, folder};

/// The part of that number of an output.
pub(super) fn part(target: &Target, number: u64) -> Target {
    let Target::File { path, .. } = target else { return target.clone() };
    Target::named(Some(&numbered(path, number)))
}

/// The name of the part of that number.
pub(super) fn numbered(path: &Path, number: u64) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = stem(Path::new(&name));
    let rest = name.get(stem.len()..).unwrap_or_default();
    path.with_file_name(format!("{stem}-{number:05}{rest}"))
}

/// The output that a file of that name would be a part of, and its number.
pub(super) fn whole(part: &Path) -> Option<(PathBuf, u64)> {
    let name = part.file_name()?.to_str()?;
    let numbered = stem(Path::new(name));
    let (stem, digits) = numbered.rsplit_once('-')?;
    let number: u64 = digits.parse().ok()?;
    let rest = name.get(numbered.len()..)?;
    (digits == format!("{number:05}")).then(|| (part.with_file_name(format!("{stem}{rest}")), number))
}

/// The parts of some outputs that are there.
pub(super) fn there<'t>(outputs: impl Iterator<Item = &'t Target>) -> HashMap<PathBuf, Vec<Target>> {
    let mut found: HashMap<PathBuf, Vec<Target>> = HashMap::new();
    for output in outputs {
        if let Target::File { path, .. } = output {
            found.insert(path.clone(), Vec::new());
        }
    }
    let folders: HashSet<PathBuf> =
        found.keys().map(|path| path.parent().unwrap_or(Path::new("")).to_owned()).collect();
    for below in folders {
        let Ok(entries) = fs::read_dir(folder(&below.join("x"))) else { continue };
        for entry in entries.flatten() {
            let path = below.join(entry.file_name());
            if let Some(parts) = whole(&path).and_then(|(whole, _)| found.get_mut(&whole)) {
                parts.push(Target::named(Some(&path)));
            }
        }
    }
    found
}

/// Removes the parts that an earlier run has left after the `last` one of this: those that follow it without a gap. What
/// comes after a gap may be something else, as clean-20240131.jsonl is.
///
/// # Errors
/// When one cannot be removed.
pub(super) fn remove_after(target: &Target, last: u64) -> Result<()> {
    let left = (last + 1..).map(|number| part(target, number));
    let left: Vec<PathBuf> = left
        .map_while(|part| match part {
            Target::File { given, path } => path.is_file().then_some(given),
            _ => None,
        })
        .collect();
    // From the last one on, so that there is no gap when this is stopped.
    for path in left.iter().rev() {
        fs::remove_file(path).map_err(|error| Error::io("remove", path, error))?;
    }
    Ok(())
}

/// A name without what says its format and how it is compressed.
pub(super) fn stem(name: &Path) -> String {
    let mut stem = name.to_path_buf();
    if Codec::of_name(&stem) != Codec::Plain {
        stem.set_extension("");
    }
    if Format::of_name(&stem).is_some() {
        stem.set_extension("");
        // A WET file is called x.warc.wet.
        if Format::of_name(&stem) == Some(Format::Warc) {
            stem.set_extension("");
        }
    }
    stem.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_numbered() {
        for (name, want) in
            [("out/clean.jsonl.gz", "out/clean-00003.jsonl.gz"), ("a", "a-00003"), ("a.b.parquet", "a.b-00003.parquet")]
        {
            let given = PathBuf::from(name);
            let target = Target::File { given: given.clone(), path: given.clone() };
            let Target::File { path, .. } = part(&target, 3) else { panic!() };
            if name.ends_with("parquet") && cfg!(not(feature = "columnar")) {
                continue;
            }
            assert_eq!(path, Path::new(want));
            assert_eq!(whole(&path), Some((given, 3)));
        }
        for name in ["clean.jsonl", "clean-1.jsonl", "clean-000001.jsonl", "clean-0000x.jsonl"] {
            assert_eq!(whole(Path::new(name)), None, "{name}");
        }
        assert_eq!(stem(Path::new("CC-0.warc.wet.gz")), "CC-0");
    }
}
