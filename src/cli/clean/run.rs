//! A run under way: what was made goes to its outputs, in order, and how far it has come is noted.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::args::{Args, Dedup};
use super::known::Known;
use super::parts::{part, remove_after};
use super::plan::{Plan, Planned};
use super::progress::Progress;
use super::tally::{Tally, add};
use super::work::Made;
use super::{note, progress};
use crate::RULES_VERSION;
use crate::cli::rejects::Rejects;
use crate::cli::{Exit, tell};
use crate::error::{Error, Result};
use crate::io::format::Format;
use crate::io::input::Count;
use crate::io::journal::{Earlier, Journal};
use crate::io::output::{Output, finish, name_whole};
use crate::io::sheet::{Added, Form, Sheet};
use crate::io::target::{Target, folder as folder_of};

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
    /// The next unit of it.
    unit: u64,
    /// The part of it that was under way, and its length.
    shard: u64,
    output: u64,
    /// Its columns.
    names: Option<Vec<String>>,
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
    noted_at: Instant,
    every: Duration,
    tally: Tally,
    progress: Progress,
    failed: bool,
    overwrite: bool,
    /// Outputs that are there, and are not made again.
    finished: Vec<bool>,
}

struct Open {
    output: Output,
    sheet: Sheet,
    shard: u64,
    /// An input of it could be read.
    read: bool,
    /// A record of it was written.
    written: bool,
    /// An input of it could not be read, or not to its end.
    failed: bool,
    /// A record of it was refused.
    rejected: bool,
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
        if plan.folder
            && let Some(folder) = plan.journal.as_deref().map(folder_of)
        {
            make_folder(folder)?;
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
            whole: Vec::new(),
            last: Vec::new(),
            rejects,
            journal,
            known,
            taken: noted.unit,
            noted_at: Instant::now(),
            every: note_every(),
            tally: noted.tally.clone(),
            progress: Progress::new(args, plan, count, noted.tally.clone())?,
            failed: plan.failed || noted.failed,
            overwrite: manner.overwrite || noted.overwrite,
            finished,
            noted,
        };
        // A folder or file that cannot be written to is told of before the work begins.
        if !all_done
            && !plan.folder
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

    /// The output and its unit with which the work begins.
    pub fn place(&self) -> (usize, u64) {
        (self.noted.job, self.noted.unit)
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
        self.taken = made.number + 1;
        if self.is_finished(made.job) {
            (self.noted.job, self.taken) = (made.job + usize::from(made.end), 0);
            return Ok(());
        }
        if self.open.is_none() {
            self.open = Some(self.opened(planned)?);
        }
        let mut tally = made.tally;
        if !made.rejects.is_empty() || !made.failed.is_empty() {
            self.progress.clear();
        }
        for reject in &made.rejects {
            self.rejects.add(&reject.source, reject.at, &reject.reason, &reject.record)?;
        }
        for message in &made.failed {
            self.failed = true;
            tell(&Error::format(message.clone()));
        }
        if let Some(open) = &mut self.open {
            open.read |= made.read;
            open.failed |= !made.failed.is_empty();
            open.rejected |= !made.rejects.is_empty();
            if let Some(block) = made.block {
                let (known, mut again) = (&mut self.known, 0);
                let keep = |i: usize| {
                    let is_new = made.keys.get(i).is_none_or(|keys| known.is_new(keys));
                    again += u64::from(!is_new);
                    is_new
                };
                let (bytes, refused) = open.sheet.write(block, keep).map_err(|error| open.output.error(error))?;
                if again > 0 {
                    tally.written -= again;
                    add(&mut tally.left_out, "dedup", again);
                }
                open.rejected |= !refused.is_empty();
                for (i, reason) in refused {
                    let Some((input, at)) = made.places.get(i).copied() else { continue };
                    tally.written -= 1;
                    tally.rejected += 1;
                    self.rejects.add(&self.plan.inputs[made.job][input], at, &reason, b"")?;
                }
                open.written |= tally.written > 0;
                if !bytes.is_empty() {
                    open.output.write(&bytes)?;
                }
            }
        }
        self.tally.merge(tally);
        self.show();
        if made.end {
            self.close(made.job)?;
        } else {
            self.roll(planned)?;
        }
        let due = self.noted_at.elapsed() >= self.every || self.whole.len() >= MOST_WHOLE;
        if due { self.note() } else { Ok(()) }
    }

    /// Opens an output, or what there is of it.
    fn opened(&self, planned: &Planned) -> Result<Open> {
        let noted = &self.noted;
        let target = part_of(self.args, planned, noted.shard);
        if self.plan.folder
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
        let form = Form {
            format: planned.format,
            codec: planned.codec,
            gaps: planned.format == Format::Text,
            added: self.added.clone(),
        };
        let sheet = Sheet::new(form, noted.names.clone(), empty);
        let Noted { shard, read, open_failed: failed, open_rejected: rejected, .. } = *noted;
        Ok(Open { output, sheet, shard, read, written: !empty, failed, rejected })
    }

    /// Begins another part of an output that is large enough.
    fn roll(&mut self, planned: &Planned) -> Result<()> {
        let Some(most) = self.args.form.shard_size else { return Ok(()) };
        let Some(open) = self.open.as_mut().filter(|open| open.output.length() >= most) else { return Ok(()) };
        let bytes = open.sheet.end().map_err(|error| open.output.error(error))?;
        open.output.write(&bytes)?;
        let Open { shard, read, failed: open_failed, rejected: open_rejected, .. } = *open;
        let job = self.noted.job;
        self.whole.extend(self.open.take().map(|open| (job, open.shard, open.output)));
        self.noted = Noted { job, shard: shard + 1, read, open_failed, open_rejected, ..Noted::default() };
        self.open = Some(self.opened(planned)?);
        self.note()
    }

    /// An output is whole.
    fn close(&mut self, job: usize) -> Result<()> {
        if let Some(mut open) = self.open.take() {
            // Where nothing came of the records, as with a wrong --field, what was made before is worth more.
            let useless = open.rejected && !open.written && open.output.replaces();
            // One that is there is not made again.
            let part = self.plan.folder && open.failed;
            if part {
                note(self.args, &format!("{} is not written: its input could not be read", open.output.shown()));
                open.output.abandon();
            } else if open.shard > 0 && open.sheet.is_empty() {
                // Nothing came after the part that was large enough.
                self.last.push((job, open.shard - 1));
                open.output.abandon();
            } else if useless {
                note(self.args, &format!("{} stays as it was", open.output.shown()));
                open.output.abandon();
            } else if open.read || !self.failed {
                let bytes = open.sheet.end().map_err(|error| open.output.error(error))?;
                open.output.write(&bytes)?;
                self.last.push((job, open.shard));
                self.whole.push((job, open.shard, open.output));
            } else {
                open.output.abandon();
            }
        }
        self.noted = Noted { job: job + 1, ..Noted::default() };
        self.taken = 0;
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
        match &self.open {
            // One that cannot be continued begins anew, and so does what was counted of it.
            Some(open) if !open.sheet.continues() && !open.sheet.is_empty() => return Ok(()),
            Some(open) => {
                noted.output = open.output.checkpoint()?;
                (noted.shard, noted.read, noted.names) = (open.shard, open.read, open.sheet.names());
                (noted.open_failed, noted.open_rejected) = (open.failed, open.rejected);
                noted.unit = self.taken;
            }
            None => {}
        }
        for (job, part, output) in &self.whole {
            output.checkpoint()?;
            noted.whole.push((*job, *part));
        }
        noted.rejects = self.rejects.checkpoint()?;
        noted.known = self.known.checkpoint()?;
        noted.tally = self.tally.clone();
        journal.note(&noted)?;
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
        let done = if self.plan.folder { self.noted.job } else { 0 };
        self.progress.show(&self.tally, done);
    }

    /// Gives the files that were written their names.
    ///
    /// # Errors
    /// When one cannot be written, or cannot get its name.
    pub fn end(mut self, passed: u64) -> Result<Exit> {
        self.progress.clear();
        if let Some(open) = &self.open {
            return Err(open.output.error(std::io::Error::other("not all that goes there was read")));
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
            journal.note(&Noted { job, whole, last, overwrite, failed, tally, ..Noted::default() })?;
        }
        finish(outputs)?;
        if self.overwrite {
            remove_left(self.args, self.plan, &self.last)?;
        }
        let told = self.plan.outputs.iter().any(|planned| planned.target.is_file());
        let finished = self.finished.iter().filter(|finished| **finished).count();
        self.progress.end(&self.tally, finished, passed, told)?;
        // The journal is what says that there are others.
        self.known.remove();
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
