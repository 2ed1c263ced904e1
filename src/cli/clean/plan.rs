//! What a run reads and writes, looked at before it begins.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::args::Args;
use super::folders::of_outputs;
use super::parts::{self, stem};
use crate::cli::tell;
use crate::error::{Error, Result};
use crate::io::codec::{Codec, Packing};
use crate::io::format::{Format, refusal};
use crate::io::input::Source;
use crate::io::output::names_folder;
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
    /// The folder in which each input has its output.
    pub root: Option<PathBuf>,
    /// With --by, the files that are there of outputs, by their places; and those that have no name yet.
    pub old: HashMap<usize, Vec<PathBuf>>,
    pub left: Vec<PathBuf>,
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
    pub packing: Packing,
    /// Its name below the folder that it goes to.
    pub below: PathBuf,
    /// It is there already.
    pub finished: bool,
}

impl Plan {
    /// Looks for the files that are meant, whether they can be read, and where each goes.
    ///
    /// # Errors
    /// When nothing can be read, or something would be lost if it were written.
    pub fn of(args: &Args) -> Result<Option<Self>> {
        let search = Search::of(&args.files, args.output.as_deref())?;
        let from = if args.form.jsonl { Some(Format::Jsonl) } else { args.form.from };
        let many = search.many;
        let new_folder = |output: &Path| many && !output.exists() && output != Path::new("-") && !names_file(output);
        let by = args.form.by;
        let is_folder =
            |output: &&PathBuf| by.is_some() || output.is_dir() || names_folder(output) || new_folder(output);
        let folder = args.output.as_ref().filter(is_folder);
        refuse_by(args, folder)?;
        let lists = args.filters.lists().into_iter().filter_map(|(_, path)| Some(Source::named(path?)));
        let beside: Vec<Source> = args.what.model.files().chain(lists).collect();
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
        refuse_lists(args, &formats)?;
        if found.is_empty() {
            if failed {
                return Ok(None);
            }
            return Err(Error::config("there is no file that can be read: name files, or a folder that holds some"));
        }
        let read: Vec<Source> = found.iter().map(|file| file.source.clone()).chain(beside).collect();
        let rejects = args.records.rejects.as_deref().map(|path| Target::named(Some(path)));
        let summary = args.manner.summary.as_deref().map(|path| Target::named(Some(path)));
        let mut plan = Self {
            inputs: Vec::new(),
            outputs: Vec::new(),
            journal: None,
            root: folder.cloned(),
            old: HashMap::new(),
            left: Vec::new(),
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
                    if let Some(other) = names.insert(name.clone(), file.source.shown()) {
                        let shown = shown::name(&path);
                        let why = format!("{other} and {} would both be written to {shown}", file.source.shown());
                        return Err(Error::config(format!("{why}: clean them into folders of their own")));
                    }
                    let target = Target::named(Some(&path));
                    plan.inputs.push(vec![file.source.clone()]);
                    let packing = Packing::new(codec, args.form.level);
                    plan.outputs.push(Planned { target, format, packing, below: name, finished: false });
                }
                if let Some(by) = by {
                    let (named, left) = by.there(folder);
                    let of = |there, gaps| of_outputs(&plan.outputs, args.form.shard_size, there, gaps);
                    plan.left = of(left, true).into_values().flatten().collect();
                    plan.old = of(named, false);
                    let old: Vec<_> = plan.old.values().flatten().map(|path| Target::named(Some(path))).collect();
                    refuse_read("--output", &old, &read)?;
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
                let packing = Packing::new(codec, args.form.level);
                plan.outputs.push(Planned { target, format, packing, below: PathBuf::new(), finished: false });
            }
        }
        plan.refuse_level(args)?;
        let outputs = || plan.outputs.iter().map(|planned| &planned.target);
        let parts = if args.form.shard_size.is_some() { parts::there(outputs()) } else { HashMap::new() };
        refuse_read("--output", parts.values().flatten(), &read)?;
        plan.refuse_outputs(args)?;
        plan.look(args, &parts)?;
        Ok(Some(plan))
    }

    /// A level is one that the outputs have.
    fn refuse_level(&self, args: &Args) -> Result<()> {
        let Some(level) = args.form.level else { return Ok(()) };
        let known: Vec<_> = self
            .outputs
            .iter()
            .filter_map(|planned| Some((planned.packing.codec, planned.packing.codec.levels()?)))
            .collect();
        if known.is_empty() {
            return Err(Error::config(
                "--level is for outputs in gzip and zstd, and there is none: name one, as with --to jsonl.gz",
            ));
        }
        match known.iter().find(|(_, levels)| !levels.contains(&level)) {
            Some((codec, levels)) => {
                let (name, (least, most)) = (format!("{codec:?}").to_lowercase(), (levels.start(), levels.end()));
                Err(Error::config(format!("--level {level}: {name} has levels {least} to {most}")))
            }
            None => Ok(()),
        }
    }

    /// What is written beside the outputs is none of them.
    fn refuse_outputs(&self, args: &Args) -> Result<()> {
        let parts = args.form.shard_size.is_some();
        for (option, target) in self.beside() {
            let whole = match target {
                Target::File { path, .. } if parts => parts::whole(path).map(|(whole, _)| Target::named(Some(&whole))),
                _ => None,
            };
            let is_output =
                |output: &Target| output.is_same(target) || whole.as_ref().is_some_and(|whole| output.is_same(whole));
            let in_folders = args.form.by.zip(self.root.as_deref()).is_some_and(|(by, root)| match target {
                Target::File { given, .. } => given.strip_prefix(root).is_ok_and(|below| by.is_in(below)),
                _ => false,
            });
            if in_folders || self.outputs.iter().any(|planned| is_output(&planned.target)) {
                let shown = target.shown();
                return Err(Error::config(format!(
                    "--output and {option} both go to {shown}: give each a file of its own"
                )));
            }
        }
        Ok(())
    }

    /// What is written beside the outputs, with the options that say so.
    fn beside(&self) -> impl Iterator<Item = (&'static str, &Target)> {
        [("--rejects", &self.rejects), ("--summary", &self.summary)]
            .into_iter()
            .filter_map(|(option, target)| Some((option, target.as_ref()?)))
    }

    /// What is written beside the outputs and is there already is not written over.
    ///
    /// # Errors
    /// When it is there.
    pub fn refuse_beside(&self) -> Result<()> {
        self.beside().find(|(_, target)| is_there(target)).map_or(Ok(()), |(option, target)| Err(there(option, target)))
    }

    /// Nothing that is there already is written over, unless that is wanted.
    fn look(&mut self, args: &Args, parts: &HashMap<PathBuf, Vec<Target>>) -> Result<()> {
        if args.manner.overwrite || args.manner.dry_run.is_some() {
            return Ok(());
        }
        for (job, planned) in self.outputs.iter_mut().enumerate() {
            if args.form.by.is_some() {
                planned.finished = self.old.contains_key(&job);
                continue;
            }
            let parts = match &planned.target {
                Target::File { path, .. } => parts.get(path).map_or(&[][..], Vec::as_slice),
                _ => &[],
            };
            let part = parts.iter().find(|part| is_there(part));
            planned.finished = is_there(&planned.target) || part.is_some();
            if planned.finished && self.root.is_none() && !args.manner.resume {
                return Err(there("--output", part.unwrap_or(&planned.target)));
            }
        }
        if args.manner.resume { Ok(()) } else { self.refuse_beside() }
    }
}

/// That folders are wanted, with --by.
fn refuse_by(args: &Args, folder: Option<&PathBuf>) -> Result<()> {
    let is_file = |folder: &&PathBuf| {
        !folder.is_dir() && (folder.as_path() == Path::new("-") || folder.exists() || names_file(folder))
    };
    match folder.filter(|folder| args.form.by.is_some() && is_file(folder)) {
        Some(folder) => {
            let shown = shown::name(folder);
            Err(Error::config(format!("--by writes into folders, and --output {shown} is none: name a folder")))
        }
        None => Ok(()),
    }
}

/// That something can be looked for in the lists of hosts and addresses.
fn refuse_lists(args: &Args, read: &[Format]) -> Result<()> {
    let list = args.filters.lists().into_iter().find(|(_, path)| path.is_some());
    match list {
        Some((option, _)) if args.records.source_field.is_none() && !read.contains(&Format::Warc) => {
            let option = option.replace('_', "-");
            Err(Error::config(format!("--{option} needs --source-field, the field that holds the address of a record")))
        }
        _ => Ok(()),
    }
}

/// That it is not written over.
fn there(option: &str, target: &Target) -> Error {
    Error::config(format!("{option} {} is there already: --overwrite replaces it", target.shown()))
}

/// Whether a name ends as that of a file does.
fn names_file(name: &Path) -> bool {
    Format::of_name(name).is_some() || Codec::of_name(name) != Codec::Plain || refusal(name).is_some()
}

/// Whether there is a file that holds something.
fn is_there(target: &Target) -> bool {
    let Target::File { path, .. } = target else { return false };
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() > 0)
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
    let below = if below == Path::new("-") { Path::new("stdin") } else { below };
    let (to, codec) = args.form.to.unwrap_or_else(|| (same(format, args), Codec::of_name(below)));
    let codec = match codec {
        _ if to.is_columnar() => Codec::Plain,
        // What only others write is written as the usual one.
        codec if !codec.is_written() => Codec::Gzip,
        codec => codec,
    };
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
