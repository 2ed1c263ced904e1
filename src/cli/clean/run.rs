//! A run under way: what was made goes to its outputs, in order, and how far it has come is noted.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::args::{Args, Dedup};
use super::folders::{Folders, Refused};
use super::known::Known;
use super::parts::{part, remove_after};
use super::plan::{Plan, Planned};
use super::progress::Progress;
use super::tally::{Example, Tally};
use super::work::{Made, Reject, Stood};
use super::{note, progress};
use crate::RULES_VERSION;
use crate::cli::rejects::Rejects;
use crate::cli::{Exit, tell};
use crate::error::{Error, Result};
use crate::io::feed::Before;
use crate::io::format::Format;
use crate::io::input::Count;
use crate::io::journal::{Earlier, Journal};
use crate::io::output::{Output, finish, name_whole};
use crate::io::sheet::{Added, Form, Sheet};
use crate::io::target::Target;
use crate::shown;

/// How often it is noted how far the run has come.
fn note_every() -> Duration {
    // For the tests of this command, which run it as built for debugging.
    #[cfg(debug_assertions)]
    if let Some(given) = std::env::var("COPYDESK_NOTE_EVERY").ok().and_then(|given| given.parse().ok()) {
        return Duration::from_millis(given);
    }
    Duration::from_secs(1)
}

/// So many files are whole at most before that is noted and they get their names.
const MOST_WHOLE: usize = 256;

/// How far a run has come.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Noted {
    /// The output that was under way; one more than there are where all were whole.
    job: usize,
    /// The next unit of it, and what tells those before from others.
    unit: u64,
    digest: u32,
    /// The part of it that was under way, and its length.
    shard: u64,
    output: u64,
    /// Its columns, and those that it has should no row come.
    names: Option<Vec<String>>,
    otherwise: Option<Vec<String>>,
    /// Something of it was read.
    read: bool,
    /// An input of it could not be read, or not to its end.
    open_failed: bool,
    /// A record of it was refused.
    open_rejected: bool,
    /// Something could not be read, of any output.
    failed: bool,
    /// Outputs that were there are replaced.
    overwrite: bool,
    /// Outputs that were whole, and their parts.
    whole: Vec<(usize, u64)>,
    /// Outputs of which all parts were whole, and the last one.
    last: Vec<(usize, u64)>,
    rejects: u64,
    known: u64,
    /// Bytes of the log of folders.
    folders: u64,
    /// Outputs that were there when the run began.
    finished: usize,
    seconds: f64,
    tally: Tally,
}

impl Noted {
    /// Whether something was done for its output.
    const fn is_under_way(&self) -> bool {
        self.unit > 0 || self.output > 0 || self.shard > 0
    }
}

/// A run under way.
pub(super) struct Run<'a> {
    args: &'a Args,
    plan: &'a Plan,
    added: Option<Added>,
    /// The output under way.
    open: Option<Open>,
    /// The folders that it is written to, with --by.
    folders: Option<Folders<'a>>,
    /// Those that are whole, and have no name yet.
    whole: Vec<(usize, u64, Output)>,
    /// Outputs of which all parts are whole, and the last one.
    last: Vec<(usize, u64)>,
    rejects: Rejects,
    journal: Option<Journal>,
    known: Known,
    noted: Noted,
    /// Units that were taken, of the output under way.
    taken: u64,
    digest: u32,
    noted_at: Instant,
    every: Duration,
    tally: Tally,
    progress: Progress,
    failed: bool,
    overwrite: bool,
    /// Outputs that are there, and are not made again.
    finished: Vec<bool>,
    /// How many of them there were when the run began.
    finished_before: usize,
}

struct Open {
    /// Its file; nothing where it goes to folders.
    file: Option<OneFile>,
    state: State,
}

/// What became of the records of an output.
#[derive(Clone, Copy)]
struct State {
    /// An input of it could be read.
    read: bool,
    /// A record of it was written.
    written: bool,
    /// An input of it could not be read, or not to its end.
    failed: bool,
    /// A record of it was refused.
    rejected: bool,
}

struct OneFile {
    output: Output,
    sheet: Sheet,
    shard: u64,
}

impl<'a> Run<'a> {
    /// Begins a run, or continues one; nothing where all is done.
    ///
    /// # Errors
    /// When the outputs cannot be written, or an earlier run has left what is not to be lost.
    pub fn begin(args: &'a Args, plan: &'a Plan, added: Option<Added>, count: Arc<Count>) -> Result<Option<Self>> {
        let manner = &args.manner;
        let earlier = match (manner.resume, manner.overwrite) {
            (true, _) => Earlier::Continue,
            (false, true) => Earlier::Forget,
            (false, false) => Earlier::Refuse,
        };
        if let Some(root) = &plan.root {
            make_folder(root)?;
        }
        let mut journal = None;
        let mut noted: Option<Noted> = None;
        if let Some(path) = &plan.journal {
            let (opened, found) = Journal::open(path.clone(), &told_apart(args, plan), earlier)?;
            (journal, noted) = (Some(opened), found);
        }
        let continued = noted.is_some();
        let noted = noted.unwrap_or_default();
        if continued {
            for (job, part) in &noted.whole {
                plan.outputs.get(*job).map_or(Ok(()), |planned| name_whole(&part_of(args, planned, *part)))?;
            }
            if manner.overwrite || noted.overwrite {
                remove_left(args, plan, &noted.last)?;
            }
            note(args, &format!("continued after {} records", noted.tally.records));
        }
        let mut finished: Vec<bool> = plan.outputs.iter().map(|planned| planned.finished && !noted.overwrite).collect();
        if let Some(finished) = finished.get_mut(noted.job)
            && noted.is_under_way()
        {
            *finished = false;
        }
        let finished_before = match continued {
            true => noted.finished,
            false => finished.iter().filter(|finished| **finished).count(),
        };
        if !continued && finished.iter().all(|finished| *finished) {
            note(args, &progress::finished(plan));
            if let Some(journal) = journal {
                journal.remove();
            }
            return Ok(None);
        }
        if !continued && manner.resume && !manner.overwrite {
            plan.refuse_beside()?;
        }
        let (keys, memory) = (args.filters.dedup.map_or(1, Dedup::keys), args.filters.dedup_memory);
        let known = match (args.filters.dedup, &plan.journal) {
            (Some(_), Some(path)) => Known::open(path.with_extension("keys"), noted.known, keys, memory)?,
            _ => Known::new(keys, memory),
        };
        let all_done = continued && noted.job >= plan.outputs.len();
        let folders = match &plan.journal {
            Some(path) => {
                let (path, names, added) = (path.with_extension("folders"), noted.names.clone(), added.clone());
                let form = move |planned: &Planned| form(planned, added.clone());
                Folders::open(args, plan, path, noted.folders, noted.job, names, form)?
            }
            None => None,
        };
        let rejected = noted.tally.rejected;
        let rejects = match &plan.rejects {
            Some(target) if all_done => {
                name_whole(target)?;
                Rejects::new(None, false, 0, rejected)?
            }
            target => Rejects::new(target.as_ref(), journal.is_some(), noted.rejects, rejected)?,
        };
        let mut run = Self {
            args,
            plan,
            added,
            open: None,
            folders,
            whole: Vec::new(),
            last: Vec::new(),
            rejects,
            journal,
            known,
            taken: noted.unit,
            digest: noted.digest,
            noted_at: Instant::now(),
            every: note_every(),
            tally: noted.tally.clone(),
            progress: Progress::new(args, plan, count, noted.tally.clone(), noted.seconds)?,
            failed: plan.failed || noted.failed,
            overwrite: manner.overwrite || noted.overwrite,
            finished,
            finished_before,
            noted,
        };
        if let Some(folders) = &mut run.folders {
            folders.name(run.noted.job, run.overwrite)?;
        }
        // A folder or file that cannot be written to is told of before the work begins.
        if !all_done
            && plan.root.is_none()
            && !run.is_finished(0)
            && let Some(planned) = plan.outputs.first()
        {
            run.open = Some(run.opened(planned)?);
        }
        Ok(Some(run))
    }

    /// Whether an output is there, and is not made again.
    pub fn is_finished(&self, job: usize) -> bool {
        self.finished.get(job).copied().unwrap_or(false)
    }

    /// The output with which the work begins, and what was read of it before.
    pub fn place(&self) -> (usize, Option<Before>) {
        let Noted { job, unit, digest, .. } = self.noted;
        (job, (unit > 0).then_some(Before { units: unit, digest }))
    }

    /// Takes what was made of the next unit.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn take(&mut self, made: Option<Made>) -> Result<()> {
        let Some(made) = made else {
            self.show();
            return Ok(());
        };
        let planned = &self.plan.outputs[made.job];
        (self.taken, self.digest) = (made.number + 1, made.digest);
        if self.is_finished(made.job) {
            (self.noted.job, self.taken) = (made.job + usize::from(made.end), 0);
            return Ok(());
        }
        if self.open.is_none() {
            self.open = Some(self.opened(planned)?);
        }
        if !made.rejects.is_empty() || !made.failed.is_empty() {
            self.progress.clear();
        }
        for message in &made.failed {
            self.failed = true;
            tell(&Error::format(message.clone()));
        }
        if let Some(open) = &mut self.open {
            open.state.read |= made.read;
            open.state.failed |= !made.failed.is_empty();
        }
        let (job, end) = (made.job, made.end);
        self.write(made)?;
        self.show();
        if end {
            self.close(job)?;
        } else {
            self.roll(planned)?;
        }
        // What was gathered for folders cannot be noted.
        let gathers = self.folders.as_ref().is_some_and(|folders| !folders.is_written());
        let due = self.noted_at.elapsed() >= self.every || self.whole.len() >= MOST_WHOLE;
        if due && !gathers { self.note() } else { Ok(()) }
    }

    /// Writes what was made of a unit, and counts it.
    fn write(&mut self, made: Made) -> Result<()> {
        let Made { job, block, split, records, names, mut rejects, mut tally, end, .. } = made;
        let source = |stood: &Stood| &self.plan.inputs[job][stood.input];
        let (known, mut again) = (&mut self.known, Vec::new());
        let mut keep = |stood: &Stood| {
            let is_new = known.is_new(&stood.keys);
            if !is_new {
                again.push(Example::new(source(stood), stood.at, stood.id.as_deref()));
            }
            is_new
        };
        let mut refused: Refused = Vec::new();
        if let Some(folders) = &mut self.folders {
            match block {
                Some(block) if split.is_empty() => refused = folders.gather(block, &records, &mut keep),
                _ => split.into_iter().for_each(|split| folders.gather_split(split, &records)),
            }
            if folders.is_full() || end {
                refused.extend(folders.write(job, &mut keep)?);
            }
        } else if let Some(OneFile { output, sheet, .. }) = self.open.as_mut().and_then(|open| open.file.as_mut()) {
            names.iter().for_each(|names| sheet.offer(names));
            if let Some(block) = block {
                let keep = |i: usize| records.get(i).is_none_or(&mut keep);
                let (bytes, wrong) = sheet.write(block, keep).map_err(|error| output.error(error))?;
                if !bytes.is_empty() {
                    output.write(&bytes)?;
                }
                refused = wrong.into_iter().filter_map(|(i, why)| Some((records.get(i)?.clone(), why))).collect();
            }
        }
        // Of columns by folders, those of earlier units of the round, too.
        let lost = (again.len() + refused.len()) as u64;
        again.into_iter().for_each(|example| tally.leave_out("dedup", || example));
        for (stood, reason) in refused {
            let source = source(&stood).clone();
            tally.reject(|| Example::new(&source, stood.at, stood.id.as_deref()));
            let Stood { at, order, id, .. } = stood;
            rejects.push(Reject { source, at, order, id: id.map(Into::into), reason, record: Vec::new() });
        }
        if let Some(open) = &mut self.open {
            open.state.rejected |= !rejects.is_empty();
            open.state.written |= tally.written > lost;
        }
        // In the order of the input: what is refused when a round is written comes after what was rejected in its units.
        rejects.sort_by_key(|reject| reject.order);
        for Reject { source, at, id, reason, record, .. } in &rejects {
            self.rejects.add(source, *at, id.as_deref(), reason, record)?;
        }
        self.tally.merge(tally);
        self.tally.written -= lost;
        Ok(())
    }

    /// Opens an output, or what there is of it.
    fn opened(&mut self, planned: &Planned) -> Result<Open> {
        let noted = &self.noted;
        let Noted { read, open_failed: failed, open_rejected: rejected, .. } = *noted;
        if let Some(folders) = &mut self.folders {
            if noted.unit == 0 {
                folders.begin(planned);
            }
            let written = folders.has(noted.job);
            return Ok(Open { file: None, state: State { read, written, failed, rejected } });
        }
        let target = part_of(self.args, planned, noted.shard);
        if self.plan.root.is_some()
            && let Target::File { path, .. } = &target
            && let Some(folder) = path.parent()
        {
            make_folder(folder)?;
        }
        let output = match self.journal {
            Some(_) => Output::continued(&target, noted.output)?,
            None => Output::begin(&target)?,
        };
        let empty = noted.output == 0;
        let mut sheet = Sheet::new(form(planned, self.added.clone()), noted.names.clone(), empty);
        noted.otherwise.iter().for_each(|names| sheet.offer(names));
        let file = Some(OneFile { output, sheet, shard: noted.shard });
        Ok(Open { file, state: State { read, written: !empty, failed, rejected } })
    }

    /// Begins another part of an output that is large enough.
    fn roll(&mut self, planned: &Planned) -> Result<()> {
        let Some(most) = self.args.form.shard_size else { return Ok(()) };
        let is_large = |file: &mut OneFile| file.output.length() >= most;
        let Some(open) = &mut self.open else { return Ok(()) };
        let Some(mut file) = open.file.take_if(is_large) else { return Ok(()) };
        let bytes = file.sheet.end().map_err(|error| file.output.error(error))?;
        file.output.write(&bytes)?;
        let State { read, failed: open_failed, rejected: open_rejected, .. } = open.state;
        let (job, shard) = (self.noted.job, file.shard + 1);
        self.whole.push((job, file.shard, file.output));
        self.noted = Noted { job, shard, read, open_failed, open_rejected, ..Noted::default() };
        self.open = Some(self.opened(planned)?);
        self.note()
    }

    /// An output is whole.
    fn close(&mut self, job: usize) -> Result<()> {
        if let Some(Open { file, state }) = self.open.take() {
            match (file, &mut self.folders) {
                (Some(file), _) => self.close_file(job, file, &state)?,
                (None, Some(folders)) => {
                    let shown = || shown::name(&self.plan.outputs[job].below);
                    let nothing = !folders.has(job);
                    if state.failed {
                        note(self.args, &format!("{} is in no folder: its input could not be read", shown()));
                        folders.abandon(job);
                    } else if nothing && state.rejected {
                        // As with a wrong --field.
                        if self.plan.old.contains_key(&job) {
                            note(self.args, &format!("{} stays as it was", shown()));
                        }
                    } else if nothing && self.overwrite {
                        folders.remove_all(job)?;
                    }
                }
                (None, None) => {}
            }
        }
        self.noted = Noted { job: job + 1, ..Noted::default() };
        self.taken = 0;
        Ok(())
    }

    fn close_file(&mut self, job: usize, file: OneFile, state: &State) -> Result<()> {
        let State { read, written, failed, rejected } = *state;
        let OneFile { mut output, mut sheet, shard } = file;
        // Where nothing came of the records, as with a wrong --field, what was made before is worth more.
        let useless = rejected && !written && output.replaces();
        // One that is there is not made again.
        let part = self.plan.root.is_some() && failed;
        if part {
            note(self.args, &format!("{} is not written: its input could not be read", output.shown()));
            output.abandon();
        } else if shard > 0 && sheet.is_empty() {
            // Nothing came after the part that was large enough.
            self.last.push((job, shard - 1));
            output.abandon();
        } else if useless {
            note(self.args, &format!("{} stays as it was", output.shown()));
            output.abandon();
        } else if read || !self.failed {
            let bytes = sheet.end().map_err(|error| output.error(error))?;
            output.write(&bytes)?;
            self.last.push((job, shard));
            self.whole.push((job, shard, output));
        } else {
            output.abandon();
        }
        Ok(())
    }

    /// Notes how far the run has come, and gives the files that are whole their names.
    fn note(&mut self) -> Result<()> {
        self.noted_at = Instant::now();
        let Some(journal) = &mut self.journal else {
            return self.name();
        };
        let (job, overwrite, failed) = (self.noted.job, self.overwrite, self.failed);
        let mut noted = Noted { job, overwrite, failed, last: self.last.clone(), ..Noted::default() };
        if let Some(open) = &self.open {
            match &open.file {
                // One that cannot be continued begins anew, and so does what was counted of it.
                Some(file) if !file.sheet.continues() && !file.sheet.is_empty() => return Ok(()),
                Some(file) => {
                    noted.output = file.output.checkpoint()?;
                    (noted.shard, noted.names, noted.otherwise) =
                        (file.shard, file.sheet.names(), file.sheet.offered());
                }
                None => noted.names = self.folders.as_ref().and_then(Folders::names),
            }
            (noted.read, noted.open_failed) = (open.state.read, open.state.failed);
            noted.open_rejected = open.state.rejected;
            (noted.unit, noted.digest) = (self.taken, self.digest);
        }
        for (job, part, output) in &self.whole {
            output.checkpoint()?;
            noted.whole.push((*job, *part));
        }
        if let Some(folders) = &mut self.folders {
            noted.folders = folders.checkpoint()?;
        }
        noted.rejects = self.rejects.checkpoint()?;
        noted.known = self.known.checkpoint()?;
        noted.tally = self.tally.clone();
        (noted.finished, noted.seconds) = (self.finished_before, self.progress.seconds());
        journal.note(&noted)?;
        if let Some(folders) = &mut self.folders
            && folders.name(job, self.overwrite)?
            && noted.folders > 0
        {
            noted.folders = 0;
            journal.note(&noted)?;
            folders.clear()?;
        }
        // Many files take long to be on the disk: no more than a tenth of the time is for that.
        self.every = note_every().max(9 * self.noted_at.elapsed());
        self.noted_at = Instant::now();
        self.name()
    }

    /// Gives the files that are whole their names, and removes what an earlier run has left after the last part of them.
    fn name(&mut self) -> Result<()> {
        finish(self.whole.drain(..).map(|(_, _, output)| output))?;
        let last = std::mem::take(&mut self.last);
        if self.overwrite { remove_left(self.args, self.plan, &last) } else { Ok(()) }
    }

    /// Shows how far it is, when it is time to.
    fn show(&mut self) {
        let done = if self.plan.root.is_some() { self.noted.job } else { 0 };
        self.progress.show(&self.tally, done);
    }

    /// Gives the files that were written their names.
    ///
    /// # Errors
    /// When one cannot be written, or cannot get its name.
    pub fn end(mut self) -> Result<Exit> {
        self.progress.clear();
        if self.open.is_some() {
            return Err(Error::fault("not all that is to be written was read"));
        }
        let (rejected, rejects) = self.rejects.close(self.tally.records);
        let whole = self.whole.iter().map(|(job, part, _)| (*job, *part)).collect();
        let outputs: Vec<Output> = self.whole.into_iter().map(|(_, _, output)| output).chain(rejects).collect();
        if let Some(journal) = &mut self.journal {
            for output in &outputs {
                output.checkpoint()?;
            }
            let job = self.plan.outputs.len();
            let (last, tally) = (self.last.clone(), self.tally.clone());
            let (overwrite, failed) = (self.overwrite, self.failed);
            let (finished, seconds) = (self.finished_before, self.progress.seconds());
            let folders = self.folders.as_mut().map_or(Ok(0), Folders::checkpoint)?;
            let noted =
                Noted { job, whole, last, overwrite, failed, folders, finished, seconds, tally, ..Noted::default() };
            journal.note(&noted)?;
        }
        if let Some(folders) = &mut self.folders {
            folders.name(self.plan.outputs.len(), self.overwrite)?;
        }
        finish(outputs)?;
        if self.overwrite {
            remove_left(self.args, self.plan, &self.last)?;
        }
        let told = self.plan.outputs.iter().any(|planned| planned.target.is_file());
        self.progress.end(&self.tally, self.finished_before, told)?;
        // The journal is what says that there are others.
        self.known.remove();
        if let Some(folders) = self.folders {
            folders.remove();
        }
        if let Some(journal) = self.journal {
            journal.remove();
        }
        Ok(if self.failed {
            Exit::Failed
        } else if rejected {
            Exit::Rejected
        } else {
            Exit::Done
        })
    }
}

/// How an output is written.
fn form(planned: &Planned, added: Option<Added>) -> Form {
    let Planned { format, packing, .. } = *planned;
    Form { format, packing, gaps: format == Format::Text, added }
}

/// What tells a run from others: its files, and all that changes what it writes.
fn told_apart(args: &Args, plan: &Plan) -> String {
    let Args { form, what, records, filters, .. } = args;
    let all = format!("{RULES_VERSION} {form:?} {what:?} {records:?} {filters:?}\n{}", plan.files);
    // The files of a large folder would make it long.
    let half = |seed: u32| {
        let mut hasher = crc32fast::Hasher::new_with_initial(seed);
        hasher.update(all.as_bytes());
        hasher.finalize()
    };
    format!("{:08x}{:08x}{:x}", half(0), half(0x5eed), all.len())
}

/// A part of an output, or all of it where it has none.
fn part_of(args: &Args, planned: &Planned, number: u64) -> Target {
    if args.form.shard_size.is_some() { part(&planned.target, number) } else { planned.target.clone() }
}

/// Removes the parts that an earlier run has left after the last ones of outputs.
fn remove_left(args: &Args, plan: &Plan, last: &[(usize, u64)]) -> Result<()> {
    if args.form.shard_size.is_none() {
        return Ok(());
    }
    let known = |(job, last): &(usize, u64)| Some((plan.outputs.get(*job)?, *last));
    last.iter().filter_map(known).try_for_each(|(planned, last)| remove_after(&planned.target, last))
}

fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| Error::io("write", folder, error))
}
