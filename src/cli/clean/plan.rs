//! What a run reads and writes, looked at before it begins.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::args::Args;
use crate::cli::tell;
use crate::error::{Error, Result};
use crate::io::codec::Codec;
use crate::io::format::{Format, refusal};
use crate::io::input::Source;
use crate::io::search::Search;
use crate::io::target::{Target, folder as folder_of, refuse_read, refuse_same};
use crate::shown;

/// The inputs and outputs of a run.
pub(super) struct Plan {
    /// The inputs of each output.
    pub inputs: Vec<Vec<Source>>,
    pub outputs: Vec<Planned>,
    pub rejects: Option<Target>,
    pub summary: Option<Target>,
    /// Where the journal lies, where a run can be continued.
    pub journal: Option<PathBuf>,
    /// Each input has its output in a folder.
    pub folder: bool,
    /// An input could not be opened.
    pub failed: bool,
    /// Files of folders that are of no format that is read.
    pub passed: u64,
    /// Bytes of all inputs, where that is known.
    pub bytes: Option<u64>,
    /// The files as they are, to be told from others.
    pub files: String,
}

/// An output.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub target: Target,
    pub format: Format,
    pub codec: Codec,
    /// It is there already.
    pub finished: bool,
}

impl Plan {
    /// Looks for the files that are meant, whether they can be read, and where each goes.
    ///
    /// # Errors
    /// When nothing can be read, or something would be lost if it were written.
    pub fn of(args: &Args) -> Result<Option<Self>> {
        let search = Search::of(&args.files)?;
        let from = if args.form.jsonl { Some(Format::Jsonl) } else { args.form.from };
        let many = search.many;
        let new_folder =
            |output: &Path| many && !output.exists() && output != Path::new("-") && Format::of_name(output).is_none();
        let is_folder = |output: &&PathBuf| output.is_dir() || new_folder(output);
        let folder = args.output.as_ref().filter(is_folder);
        let model: Vec<Source> = args.what.model.files().collect();
        let (mut found, mut formats, mut failed) = (Vec::new(), Vec::new(), false);
        for file in search.found {
            match file.source.look_any(from) {
                Ok(format) => {
                    formats.push(format.unwrap_or(Format::Text));
                    found.push(file);
                }
                Err(error) => {
                    tell(&error);
                    failed = true;
                }
            }
        }
        if found.is_empty() {
            if failed {
                return Ok(None);
            }
            return Err(Error::config("there is no file that can be read: name files, or a folder that holds some"));
        }
        let read: Vec<Source> = found.iter().map(|file| file.source.clone()).chain(model).collect();
        let rejects = args.records.rejects.as_deref().map(|path| Target::named(Some(path)));
        let summary = args.manner.summary.as_deref().map(|path| Target::named(Some(path)));
        let mut plan = Self {
            inputs: Vec::new(),
            outputs: Vec::new(),
            journal: None,
            folder: folder.is_some(),
            failed,
            passed: search.passed,
            bytes: found.iter().map(|file| fs::metadata(file.source.path()?).ok().map(|about| about.len())).sum(),
            files: read.iter().map(fingerprint).collect(),
            rejects,
            summary,
        };
        let written = [("--rejects", &plan.rejects), ("--summary", &plan.summary)];
        let mut written: Vec<_> =
            written.iter().filter_map(|(option, target)| Some((*option, target.as_ref()?))).collect();
        match folder {
            Some(folder) => {
                let mut names = HashMap::new();
                for (file, format) in found.iter().zip(formats) {
                    let (name, format, codec) = output_of(args, &file.below, format);
                    let path = folder.join(&name);
                    if let Some(other) = names.insert(name, file.source.shown()) {
                        let shown = shown::name(&path);
                        let why = format!("{other} and {} would both be written to {shown}", file.source.shown());
                        return Err(Error::config(format!("{why}: clean them into folders of their own")));
                    }
                    let target = Target::named(Some(&path));
                    plan.inputs.push(vec![file.source.clone()]);
                    plan.outputs.push(Planned { target, format, codec, finished: false });
                }
                refuse_read("--output", plan.outputs.iter().map(|planned| &planned.target), &read)?;
                refuse_same(&written, &read)?;
                plan.journal = Some(folder.join(".copydesk-run.journal"));
            }
            None => {
                let (format, codec) = form_of(args, &formats);
                let target = Target::named(args.output.as_deref());
                if let Some(why) = args.output.as_deref().and_then(refusal) {
                    return Err(Error::config(format!("--output {}: {why}", target.shown())));
                }
                written.insert(0, ("--output", &target));
                refuse_same(&written, &read)?;
                if let Target::File { path, .. } = &target
                    && target.is_file()
                    && folder_of(path).is_dir()
                {
                    plan.journal = Some(crate::io::journal::beside(path, "journal"));
                }
                plan.inputs.push(found.into_iter().map(|file| file.source).collect());
                plan.outputs.push(Planned { target, format, codec, finished: false });
            }
        }
        plan.look(args)?;
        Ok(Some(plan))
    }

    /// Nothing that is there already is written over, unless that is wanted.
    fn look(&mut self, args: &Args) -> Result<()> {
        if args.manner.overwrite || args.manner.dry_run.is_some() {
            return Ok(());
        }
        for planned in &mut self.outputs {
            planned.finished = is_there(&planned.target) || shard_there(args, &planned.target);
        }
        if args.manner.resume {
            return Ok(());
        }
        let extra = [("--rejects", &self.rejects), ("--summary", &self.summary)];
        let extra =
            extra.iter().filter_map(|(option, target)| Some((*option, target.as_ref().filter(|it| is_there(it))?)));
        let output = self.outputs.first().filter(|output| output.finished && !self.folder);
        match output.map(|output| ("--output", &output.target)).into_iter().chain(extra).next() {
            Some((option, target)) => {
                Err(Error::config(format!("{option} {} is there already: --overwrite replaces it", target.shown())))
            }
            None => Ok(()),
        }
    }
}

/// Whether there is a file that holds something.
fn is_there(target: &Target) -> bool {
    let Target::File { path, .. } = target else { return false };
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() > 0)
}

/// Whether the first part of an output is there that is written in several.
fn shard_there(args: &Args, target: &Target) -> bool {
    args.form.shard_size.is_some() && is_there(&shard(target, 0))
}

/// The part of that number of an output that is written in several: clean-00000.jsonl.gz.
pub(super) fn shard(target: &Target, number: u64) -> Target {
    let Target::File { path, .. } = target else { return target.clone() };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = stem(Path::new(&name));
    let rest = name.get(stem.len()..).unwrap_or_default();
    Target::named(Some(&path.with_file_name(format!("{stem}-{number:05}{rest}"))))
}

/// A name without what says its format and how it is compressed.
fn stem(name: &Path) -> String {
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

/// What tells a file from another one, or from itself at another time.
fn fingerprint(source: &Source) -> String {
    let about = source.path().and_then(|path| fs::metadata(path).ok());
    let time = about.as_ref().and_then(|about| about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok());
    format!("{} {:?} {:?}\n", source.shown(), about.map(|about| about.len()), time.map(|time| time.as_nanos()))
}

/// The format in which what was read as one is written, where nothing says another.
fn same(format: Format, args: &Args) -> Format {
    match format {
        Format::Warc => Format::Jsonl,
        Format::Text | Format::Html if args.form.json => Format::Jsonl,
        Format::Html => Format::Text,
        format => format,
    }
}

/// The name of the output of an input in a folder, its format and how it is compressed.
fn output_of(args: &Args, below: &Path, format: Format) -> (PathBuf, Format, Codec) {
    let (to, codec) = args.form.to.unwrap_or_else(|| (same(format, args), Codec::of_name(below)));
    let codec = if to.is_columnar() { Codec::Plain } else { codec };
    if Format::of_name(below) == Some(to) && to != Format::Warc && Codec::of_name(below) == codec {
        return (below.to_owned(), to, codec);
    }
    let mut name = stem(below);
    for extension in [to.extensions().first(), codec.extensions().first()].into_iter().flatten() {
        name.push('.');
        name.push_str(extension);
    }
    (PathBuf::from(name), to, codec)
}

/// The format of the one output of a run, and how it is compressed.
fn form_of(args: &Args, read: &[Format]) -> (Format, Codec) {
    let name = args.output.as_deref().filter(|name| *name != Path::new("-"));
    if let Some((format, codec)) = args.form.to {
        let named = name.map(Codec::of_name).filter(|_| codec == Codec::Plain && !format.is_columnar());
        return (format, named.unwrap_or(codec));
    }
    let named = name.and_then(Format::of_name).filter(|format| !matches!(format, Format::Warc | Format::Html));
    let codec = name.map(Codec::of_name).unwrap_or_default();
    let records: HashSet<_> =
        read.iter().filter(|format| format.has_fields()).map(|format| extension(*format)).collect();
    let format = named.unwrap_or_else(|| match read.iter().find(|format| format.has_fields()) {
        Some(format) if records.len() == 1 && read.iter().all(|format| format.has_fields()) => {
            let same = same(*format, args);
            // To a terminal, or through a pipe, go lines.
            if same.is_columnar() { Format::Jsonl } else { same }
        }
        // Texts are written as texts then, and records as lines.
        Some(_) if args.form.json => Format::Jsonl,
        Some(_) => Format::Text,
        None if args.form.json => Format::Jsonl,
        None => Format::Text,
    });
    (format, if format.is_columnar() { Codec::Plain } else { codec })
}

fn extension(format: Format) -> Option<&'static str> {
    format.extensions().first().copied()
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
            let target = Target::File { given: given.clone(), path: given };
            let Target::File { path, .. } = shard(&target, 3) else { panic!() };
            if name.ends_with("parquet") && cfg!(not(feature = "columnar")) {
                continue;
            }
            assert_eq!(path, Path::new(want));
        }
        assert_eq!(stem(Path::new("CC-0.warc.wet.gz")), "CC-0");
    }
}
