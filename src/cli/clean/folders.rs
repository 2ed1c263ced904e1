//! An output by folders: what comes for each is gathered, and written when enough of all is there.
//!
//! How much that is depends on what was made alone, never on time, and a run is continued where all that was gathered is written. So
//! the files are the same, to the byte, however often it was stopped. No more than one of them is open at once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::args::{Args, By};
use super::parts::{numbered, whole};
use super::plan::{Plan, Planned};
use super::work::{Split, Stood};
use crate::batch;
use crate::error::{Error, Result};
use crate::io::codec::{Codec, Packing};
use crate::io::format::Format;
use crate::io::log::Log;
use crate::io::pieces;
use crate::io::sheet::{Block, Form, Sheet};
use crate::io::table::{Dialect, Table};

/// Gathered of all folders before it is written.
const ROUND_BYTES: usize = 64 << 20;

/// What is written is compressed in pieces of so many bytes, by all threads.
const PIECE_BYTES: usize = 1 << 20;

fn round_bytes() -> usize {
    // For the tests of this command, which run it as built for debugging.
    #[cfg(debug_assertions)]
    if let Some(given) = std::env::var("COPYDESK_ROUND_BYTES").ok().and_then(|given| given.parse().ok()) {
        return given;
    }
    ROUND_BYTES
}

/// The folders of a run.
pub(super) struct Folders<'a> {
    by: By,
    plan: &'a Plan,
    root: &'a Path,
    form: Box<dyn Fn(&Planned) -> Form + 'a>,
    /// Bytes of a part, where an output is written in parts.
    part: Option<u64>,
    threads: Option<usize>,
    /// The files that have no name yet, by their outputs and folders.
    files: BTreeMap<usize, BTreeMap<String, Written>>,
    /// Gathered for the folders of the output under way.
    round: BTreeMap<String, Gathered>,
    held: usize,
    most: usize,
    /// The columns of that output.
    table: Option<Table>,
    log: Log,
    /// Files that were written to since the last checkpoint.
    touched: Vec<PathBuf>,
    /// Files that are to go once it is noted that they are not wanted, and whether they have their names.
    unwanted: Vec<(PathBuf, bool)>,
}

/// How far the file of a folder has come.
#[derive(Clone, Copy, Debug, Default)]
struct Written {
    /// The part under way, or the last one.
    part: u64,
    length: u64,
    /// Parts that have their names.
    named: u64,
}

/// What is still to be written of a folder.
#[derive(Default)]
struct Gathered {
    /// Lines, or rows of a table of texts.
    plain: Vec<u8>,
    /// Blocks of columns, each with what its rows are.
    blocks: Vec<(Block, Vec<Stood>)>,
}

/// A line of the log: the output, the folder, the part and its length; without these its file is not wanted.
type Noted = (usize, String, Option<(u64, u64)>);

/// Records that could not be written, and why.
pub(super) type Refused = Vec<(Stood, String)>;

impl<'a> Folders<'a> {
    /// Those of a run that has come to output `job` and noted so many bytes in the log.
    ///
    /// # Errors
    /// When what was noted is not there, or cannot be written.
    pub fn open(
        args: &Args,
        plan: &'a Plan,
        log: PathBuf,
        noted: u64,
        job: usize,
        names: Option<Vec<String>>,
        form: impl Fn(&Planned) -> Form + 'a,
    ) -> Result<Option<Self>> {
        let (Some(by), Some(root)) = (args.form.by, plan.root.as_deref()) else { return Ok(None) };
        let mut files: BTreeMap<usize, BTreeMap<String, Written>> = BTreeMap::new();
        let log = Log::open(log, noted, |lines| {
            for line in lines.split(b'\n') {
                let Ok((job, value, found)) = serde_json::from_slice::<Noted>(&line?) else { continue };
                let of = files.entry(job).or_default();
                match found {
                    Some((part, length)) => drop(of.insert(value, Written { part, length, named: 0 })),
                    None => drop(of.remove(&value)),
                }
            }
            Ok(())
        })?;
        let table = plan.outputs.get(job).and_then(|planned| table(planned.format, names));
        let folders = Self {
            by,
            plan,
            root,
            form: Box::new(form),
            part: args.form.shard_size,
            threads: args.threads.count(),
            files,
            round: BTreeMap::new(),
            held: 0,
            most: round_bytes(),
            table,
            log,
            touched: Vec::new(),
            unwanted: Vec::new(),
        };
        // What an earlier run has left and this one does not continue.
        if noted == 0 && job == 0 {
            plan.left.iter().for_each(|path| drop(fs::remove_file(path)));
        }
        for (value, file) in folders.files.get(&job).into_iter().flatten() {
            pieces::cut(&folders.written_as(job, value, file.part), file.length)?;
        }
        Ok(Some(folders))
    }

    /// The columns of the output under way, to continue it with.
    pub fn names(&self) -> Option<Vec<String>> {
        self.table.as_ref()?.names().map(<[String]>::to_vec)
    }

    /// Whether something was written for an output.
    pub fn has(&self, job: usize) -> bool {
        self.files.get(&job).is_some_and(|files| !files.is_empty())
    }

    /// Whether there is enough to be written.
    pub const fn is_full(&self) -> bool {
        self.held >= self.most
    }

    /// Whether all that was gathered is written.
    pub fn is_written(&self) -> bool {
        self.round.is_empty()
    }

    /// Another output begins.
    pub fn begin(&mut self, planned: &Planned) {
        self.table = table(planned.format, None);
    }

    /// Gathers the records of a block that `keep` says, which is asked once of each that can be written; and tells those that cannot be.
    pub fn gather(&mut self, block: Block, stood: &[Stood], mut keep: impl FnMut(&Stood) -> bool) -> Refused {
        let mut refused = Vec::new();
        match (block, &mut self.table) {
            (Block::Bytes(bytes), _) => {
                for (record, stood) in bytes.records().zip(stood).filter(|(_, stood)| keep(stood)) {
                    gathered(&mut self.round, &stood.value).plain.extend_from_slice(record);
                    self.held += record.len();
                }
            }
            (Block::Table(rows), Some(table)) => {
                for (row, stood) in rows.iter().zip(stood) {
                    match table.refusal(row) {
                        Some(reason) => refused.push((stood.clone(), reason)),
                        None if keep(stood) => {
                            let to = &mut gathered(&mut self.round, &stood.value).plain;
                            let before = to.len();
                            table.row(row, to);
                            self.held += to.len() - before;
                        }
                        None => {}
                    }
                }
            }
            // Columns come split.
            _ => {}
        }
        refused
    }

    /// Gathers rows of columns. Which of them are kept is asked when they are written.
    pub fn gather_split(&mut self, split: Split, stood: &[Stood]) {
        let stood = split.records.iter().filter_map(|i| stood.get(*i).cloned()).collect();
        gathered(&mut self.round, &split.value).blocks.push((split.block, stood));
        self.held += split.bytes;
    }

    /// Writes all that was gathered, in the order of the folders; of columns the rows that `keep` says.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, job: usize, mut keep: impl FnMut(&Stood) -> bool) -> Result<Refused> {
        self.held = 0;
        let round = std::mem::take(&mut self.round);
        let Some(planned) = self.plan.outputs.get(job) else { return Ok(Vec::new()) };
        let mut refused = Vec::new();
        for (value, Gathered { plain, blocks }) in round {
            if planned.format.is_columnar() {
                let whole = self.columns(planned, blocks, &mut keep, &mut refused)?;
                if !whole.is_empty() {
                    self.append(job, value, |_| Ok(whole))?;
                }
            } else {
                let table = self.table.clone();
                let threads = self.threads;
                self.append(job, value, |is_first| {
                    let mut plain = plain;
                    if is_first && planned.format == Format::Text && plain.starts_with(b"\n") {
                        plain.remove(0);
                    }
                    if let Some(table) = table.filter(|_| is_first) {
                        plain.splice(..0, table.header(&[]));
                    }
                    pack(&plain, planned.packing, threads)
                })?;
            }
        }
        Ok(refused)
    }

    /// A file of the rows of some blocks; nothing where none is kept.
    fn columns(
        &self,
        planned: &Planned,
        blocks: Vec<(Block, Vec<Stood>)>,
        keep: &mut impl FnMut(&Stood) -> bool,
        refused: &mut Refused,
    ) -> Result<Vec<u8>> {
        let failed = |error| Error::io("write", Path::new(&planned.target.shown()), error);
        let mut sheet = Sheet::new((self.form)(planned), None, true);
        let (mut whole, mut some) = (Vec::new(), false);
        for (block, stood) in blocks {
            let keep = |i: usize| stood.get(i).is_some_and(&mut *keep).then(|| some = true).is_some();
            let (bytes, wrong) = sheet.write(block, keep).map_err(failed)?;
            whole.extend(bytes);
            refused.extend(wrong.into_iter().filter_map(|(i, reason)| Some((stood.get(i)?.clone(), reason))));
        }
        if !some {
            return Ok(Vec::new());
        }
        whole.extend(sheet.end().map_err(failed)?);
        Ok(whole)
    }

    /// Writes what `make` makes to the file of a folder, or to the next part of it; it is told whether that is new.
    fn append(&mut self, job: usize, value: String, make: impl FnOnce(bool) -> Result<Vec<u8>>) -> Result<()> {
        let columnar = self.plan.outputs.get(job).is_some_and(|planned| planned.format.is_columnar());
        let mut file = self.files.get(&job).and_then(|files| files.get(&value)).copied().unwrap_or_default();
        // A file of columns has its end, and nothing can come after it.
        if file.length > 0 && (columnar || self.part.is_some_and(|part| file.length >= part)) {
            (file.part, file.length) = (file.part + 1, 0);
        }
        let bytes = make(file.length == 0)?;
        let name = self.written_as(job, &value, file.part);
        pieces::append(&name, file.length, &bytes)?;
        file.length += bytes.len() as u64;
        self.noted(job, &value, Some((file.part, file.length)));
        self.touched.push(name);
        self.files.entry(job).or_default().insert(value, file);
        Ok(())
    }

    /// Nothing of an output is wanted.
    pub fn abandon(&mut self, job: usize) {
        self.round.clear();
        self.held = 0;
        for (value, file) in self.files.remove(&job).unwrap_or_default() {
            self.noted(job, &value, None);
            for part in 0..=file.part {
                self.unwanted.push((self.written_as(job, &value, part), part < file.named));
            }
        }
        let unwanted: HashSet<&PathBuf> = self.unwanted.iter().map(|(path, _)| path).collect();
        self.touched.retain(|path| !unwanted.contains(path));
    }

    /// Notes how far a file has come, or that it is not wanted.
    fn noted(&mut self, job: usize, value: &str, found: Option<(u64, u64)>) {
        // Numbers and texts: none of it can fail.
        let line = serde_json::to_vec(&(job, value, found)).unwrap_or_default();
        self.log.push(&line);
        self.log.push(b"\n");
    }

    /// Has all that was written on the disk, and gives the length of the log that says so.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn checkpoint(&mut self) -> Result<u64> {
        self.touched.sort_unstable();
        self.touched.dedup();
        // What was gathered may be nothing as yet, and so may be the folder.
        if !self.touched.is_empty() {
            pieces::sync(&self.touched, self.root)?;
            self.touched.clear();
        }
        self.log.checkpoint()
    }

    /// Gives the files that are whole their names, now that it is noted that they are: those of the outputs before `job`, and the parts
    /// of that before the last one of each folder. Where `overwrite` says so, what an earlier run has left of these outputs goes. True
    /// where the log is of no use any more.
    ///
    /// # Errors
    /// When one cannot get its name.
    pub fn name(&mut self, job: usize, overwrite: bool) -> Result<bool> {
        for (path, has_name) in self.unwanted.drain(..) {
            if has_name {
                let _ = fs::remove_file(&path);
            }
            pieces::remove(&path);
        }
        let mut named = Vec::new();
        let mut files = std::mem::take(&mut self.files);
        for (of, folders) in &mut files {
            for (value, file) in folders {
                let end = if *of < job { file.part + 1 } else { file.part };
                for part in file.named..end {
                    let name = self.written_as(*of, value, part);
                    pieces::name(&name)?;
                    named.push(name);
                }
                file.named = end;
            }
        }
        named.sort_unstable_by(|one, other| one.parent().cmp(&other.parent()));
        let mut once: Vec<&PathBuf> = named.iter().collect();
        once.dedup_by(|one, other| one.parent() == other.parent());
        pieces::sync_names(once.into_iter(), self.root);
        if overwrite {
            for (of, folders) in files.range(..job) {
                self.remove_old(*of, folders)?;
            }
        }
        files.retain(|of, _| *of >= job);
        self.files = files;
        Ok(self.files.is_empty() && self.touched.is_empty())
    }

    /// Removes what an earlier run has left of an output, in these folders and in others.
    fn remove_old(&self, job: usize, folders: &BTreeMap<String, Written>) -> Result<()> {
        let names = |(value, file): (&String, &Written)| {
            (0..=file.part).map(|part| self.written_as(job, value, part)).collect::<Vec<_>>()
        };
        let new: HashSet<PathBuf> = folders.iter().flat_map(names).collect();
        // From the last part on, so that there is no gap when this is stopped.
        for path in self.plan.old.get(&job).into_iter().flatten().rev().filter(|path| !new.contains(*path)) {
            match fs::remove_file(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::io("remove", path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Nothing came of the records of an output: what an earlier run has left of it goes, too.
    ///
    /// # Errors
    /// When that cannot be removed.
    pub fn remove_all(&self, job: usize) -> Result<()> {
        self.remove_old(job, &BTreeMap::new())
    }

    /// Forgets the log.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn clear(&mut self) -> Result<()> {
        self.log.clear()
    }

    /// The run has come to its end.
    pub fn remove(self) {
        self.log.remove();
    }

    /// The name of a part.
    fn written_as(&self, job: usize, value: &str, part: u64) -> PathBuf {
        let folder = self.root.join(self.by.folder(value));
        match self.plan.outputs.get(job) {
            Some(planned) if planned.in_parts(self.part) => numbered(&folder.join(&planned.below), part),
            Some(planned) => folder.join(&planned.below),
            None => folder,
        }
    }
}

fn gathered<'r>(round: &'r mut BTreeMap<String, Gathered>, value: &str) -> &'r mut Gathered {
    round.entry(value.to_owned()).or_default()
}

fn table(format: Format, names: Option<Vec<String>>) -> Option<Table> {
    match format {
        Format::Csv => Some(Table::new(Dialect::Csv, names)),
        Format::Tsv => Some(Table::new(Dialect::Tsv, names)),
        _ => None,
    }
}

/// Compresses it, piece by piece.
fn pack(plain: &[u8], packing: Packing, threads: Option<usize>) -> Result<Vec<u8>> {
    if packing.codec == Codec::Plain {
        return Ok(plain.to_vec());
    }
    let pieces: Vec<&[u8]> = plain.chunks(PIECE_BYTES).collect();
    let piece = |i: usize| packing.pack(pieces.get(i).copied().unwrap_or_default());
    let packed = batch::map(pieces.len(), threads, || false, piece).unwrap_or_default();
    let mut whole = Vec::new();
    for piece in packed {
        whole.extend(piece?.map_err(|error| Error::io("write", Path::new("a compressed piece"), error))?);
    }
    Ok(whole)
}

impl Planned {
    /// Whether its files in folders are parts, with numbers: a file of columns has its end, and nothing can come after it.
    const fn in_parts(&self, shard: Option<u64>) -> bool {
        shard.is_some() || self.format.is_columnar()
    }
}

/// The files of an earlier run of some outputs, by what they are called in their folders. Parts follow one another from the first one on, unless
/// there may be `gaps`: what comes after one may be something else.
pub(super) fn of_outputs(
    outputs: &[Planned],
    shard: Option<u64>,
    there: HashMap<PathBuf, Vec<PathBuf>>,
    gaps: bool,
) -> HashMap<usize, Vec<PathBuf>> {
    let of = outputs.iter().enumerate().map(|(job, planned)| ((&*planned.below, planned.in_parts(shard)), job));
    let of: HashMap<(&Path, bool), usize> = of.collect();
    let mut found: HashMap<usize, Vec<PathBuf>> = HashMap::new();
    let mut parts: HashMap<(usize, PathBuf), BTreeMap<u64, PathBuf>> = HashMap::new();
    for (name, paths) in there {
        let part = whole(&name).and_then(|(whole, number)| Some((*of.get(&(&*whole, true))?, number)));
        if let Some((job, number)) = part {
            for path in paths {
                let folder = path.parent().unwrap_or(Path::new("")).to_owned();
                parts.entry((job, folder)).or_default().insert(number, path);
            }
        } else if let Some(job) = of.get(&(&*name, false)) {
            found.entry(*job).or_default().extend(paths);
        }
    }
    for ((job, _), parts) in parts {
        let follows = |(i, (number, _)): &(u64, &(u64, PathBuf))| gaps || i == number;
        let parts: Vec<(u64, PathBuf)> = parts.into_iter().collect();
        let paths: Vec<PathBuf> = (0..).zip(&parts).take_while(follows).map(|(_, (_, path))| path.clone()).collect();
        if !paths.is_empty() {
            found.entry(job).or_default().extend(paths);
        }
    }
    found
}
