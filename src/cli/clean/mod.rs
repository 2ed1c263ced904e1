//! `copydesk clean`: files in, clean copy out.

mod args;
mod by;
mod folders;
mod known;
mod lists;
mod parts;
mod plan;
mod preview;
mod progress;
mod punycode;
mod raw;
#[cfg(feature = "columnar")]
mod rows;
mod run;
mod same;
mod tally;
mod work;

use std::sync::Arc;

use super::{Exit, say};
use crate::batch::flow;
use crate::error::{Error, Result};
use crate::io::feed::{Feed, Reading};
use crate::io::fields::Field;
use crate::io::input::Count;
use crate::io::sheet::Added;
use crate::shown;

pub(super) use args::Args;
use args::TextFormat;
use lists::Lists;
use plan::Plan;
use run::Run;
use work::Worker;

pub(super) fn run(args: &Args) -> Result<Exit> {
    args.check()?;
    let lists = Lists::read(&args.filters)?;
    let Some(plan) = Plan::of(args)? else { return Ok(Exit::Failed) };
    if plan.passed > 0 {
        note(args, &format!("{} files in the folders are of no format that is read, by their names", plan.passed));
    }
    let cleaner = args.what.cleaner()?;
    let fields = fields(args);
    let added = added(args, &fields);
    let worker = Worker {
        args,
        plan: &plan,
        cleaner: &cleaner,
        fields: &fields,
        lists: &lists,
        added: added.clone(),
        shows: args.manner.dry_run.is_some(),
    };
    let count: Arc<Count> = Arc::default();
    let reading = Reading {
        format: if args.form.jsonl { Some(crate::io::format::Format::Jsonl) } else { args.form.from },
        html: args.form.html,
        record: usize::try_from(args.form.max_record).unwrap_or(usize::MAX),
        ratio: args.form.max_ratio,
    };
    if let Some(most) = args.manner.dry_run {
        return preview::show(&worker, &plan, Feed::new(plan.inputs.clone(), reading, count, 0, None), most);
    }
    let Some(mut run) = Run::begin(args, &plan, added, Arc::clone(&count))? else {
        return Ok(if plan.failed { Exit::Failed } else { Exit::Done });
    };
    let (job, before) = run.place();
    // What was finished before is not read again.
    let inputs: Vec<_> = plan
        .inputs
        .iter()
        .enumerate()
        .map(|(at, sources)| if at < job || run.is_finished(at) { Vec::new() } else { sources.clone() })
        .collect();
    let mut feed = Feed::new(inputs, reading, count, job, before);
    let other = Arc::clone(&feed.other);
    flow(args.threads.count(), move || feed.next(), |unit| worker.make(unit), |made| run.take(made))?;
    let refuse = |why: &str| Err(Error::config(format!("the input is {why}: give all of it to continue the run")));
    if other.is_shorter() {
        return refuse("shorter than when the run was stopped");
    }
    if other.is_changed() {
        return refuse("not what was read when the run was stopped");
    }
    run.end()
}

/// What is in the field that is added.
fn fields(args: &Args) -> Vec<Field> {
    match &args.records.fields {
        Some(fields) => fields.iter().copied().flatten().collect(),
        // Once is enough.
        None => {
            let mut fields = Field::usual();
            if args.form.format == TextFormat::Markdown {
                fields.insert(1, Field::Markdown);
            }
            fields.retain(|field| args.records.text_to.is_none() || *field != Field::Text);
            fields
        }
    }
}

/// The field that is added.
fn added(args: &Args, fields: &[Field]) -> Option<Added> {
    let of = (!args.form.json).then(|| fields.to_vec());
    (args.form.json || !fields.is_empty()).then(|| Added { name: args.records.output_field.clone(), fields: of })
}

/// Tells of something that is worth to be known, on standard error.
fn note(args: &Args, message: &str) {
    if !args.manner.quiet {
        say("note", &shown::line(message));
    }
}
