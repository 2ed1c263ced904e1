//! `copydesk eval`: labels against gold.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use super::args::{ModelArgs, ThreadArgs, escaped};
use super::{Exit, refuse_stdout};
use crate::batch;
use crate::cleaner::Cleaner;
use crate::error::{Error, Result};
use crate::eval::{Figures, Gold, Group, Guess, Guesses, figures, is_kept, joined, project, wrong_words};
use crate::io::input::Source;
use crate::io::lines::Lines;
use crate::io::output::Output;
use crate::shown;

/// Columns of a line's text that the worst documents show.
const SHOWN: usize = 100;

/// Score labels against gold
///
/// GOLD holds a document a line: {"id", "lang", "lines": […], "labels": [one a line]}, and may say "source" and
/// "publisher_key". The model is run over it; or the labels of a file of predictions are scored, {"id", "labels": […],
/// "kept": [true or false a line; without it, body and heading are kept]} a line.
///
/// word F: keeping and removing, weighted by words; loss: share of the story's words that were removed; junk: share of the
/// kept words that are not of the story; macro F: mean over labels with 20 gold lines or more; clean: share of documents without a
/// wrong decision. Lines that gold calls "embed" count for labels only.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The gold documents
    gold: PathBuf,
    /// Score these predictions instead of running the model
    #[arg(long, value_name = "FILE", conflicts_with_all = ["model", "balance", "packs", "sep", "threads"])]
    pred: Option<PathBuf>,
    #[command(flatten)]
    model: ModelArgs,
    /// Figures for each group of documents too
    #[arg(long, value_name = "GROUP", value_parser = group())]
    by: Option<Group>,
    /// What joins the lines to the text that is cleaned; \n and \t are understood
    #[arg(long, value_name = "TEXT", default_value = r"\n", value_parser = escaped)]
    sep: String,
    /// Show the N documents with the most words wrongly kept or removed, line by line
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    worst: usize,
    /// Print the figures as one JSON object
    #[arg(long, conflicts_with = "worst")]
    json: bool,
    #[command(flatten)]
    threads: ThreadArgs,
}

const EXAMPLES: &str = "\
Examples:
  copydesk eval gold.jsonl --by publisher --worst 3
  copydesk eval gold.jsonl --pred predictions.jsonl --json";

fn group() -> impl TypedValueParser<Value = Group> {
    let known = |name: String| Group::ALL.into_iter().find(|group| group.name() == name);
    PossibleValuesParser::new(Group::ALL.map(Group::name)).try_map(move |name| {
        known(name.clone()).ok_or_else(|| Error::unknown("group", &name, Group::ALL.map(Group::name)))
    })
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    let mut read_too: Vec<Source> = args.model.files().collect();
    read_too.extend([Some(&args.gold), args.pred.as_ref()].into_iter().flatten().map(|path| Source::named(path)));
    refuse_stdout(&read_too)?;
    let gold = read(&args.gold, Gold::from_json)?;
    if gold.is_empty() {
        return Err(Error::format(format!(
            "{} holds no gold document: give a document a line",
            Source::named(&args.gold).shown()
        )));
    }
    let guesses = match &args.pred {
        Some(path) => predicted(&gold, path)?,
        None => args.guess(&gold)?,
    };
    let docs: Vec<Doc> = gold.iter().zip(guesses.iter().map(Vec::as_slice)).collect();
    let report = if args.json { shown::json(args.json(&docs)) } else { args.report(&docs) };
    Output::stdout()?.write(report.as_bytes())?;
    Ok(Exit::Done)
}

type Doc<'a> = (&'a Gold, &'a [Guess]);

/// The records of a file, which are all needed.
fn read<T>(path: &Path, parse: impl Fn(&[u8]) -> Result<T>) -> Result<Vec<T>> {
    let source = Source::named(path);
    let mut lines = Lines::new(source.open_lines()?);
    let mut records = Vec::new();
    while let Some(chunk) = lines.next_chunk().map_err(|error| source.error(error))? {
        for i in (0..chunk.len()).filter(|i| !chunk.line(*i).trim_ascii().is_empty()) {
            let place = || format!("{}, line {}", source.shown(), chunk.number(i));
            records.push(parse(chunk.line(i)).map_err(|error| error.context(place()))?);
        }
    }
    Ok(records)
}

/// The predictions for each gold document.
fn predicted(gold: &[Gold], path: &Path) -> Result<Vec<Vec<Guess>>> {
    let mut known: HashMap<String, Vec<Guess>> = HashMap::new();
    for guesses in read(path, Guesses::from_json)? {
        known.insert(guesses.id.clone(), guesses.into_lines());
    }
    let of = |gold: &Gold| {
        let refuse = |what: String| Error::format(format!("{}: {what}", Source::named(path).shown()));
        let guesses =
            known.get(&gold.id).ok_or_else(|| refuse(format!("no predictions for {}", shown::line(&gold.id))))?;
        match (guesses.len(), gold.lines.len()) {
            (labels, lines) if labels == lines => Ok(guesses.clone()),
            (labels, lines) => Err(refuse(format!("{}: {labels} labels for {lines} lines", shown::line(&gold.id)))),
        }
    };
    gold.iter().map(of).collect()
}

impl Args {
    /// What the model says of each gold document.
    fn guess(&self, gold: &[Gold]) -> Result<Vec<Vec<Guess>>> {
        let mut builder = Cleaner::builder();
        self.model.apply(&mut builder)?;
        let cleaner = builder.build()?;
        let guess = |i: usize| {
            let (text, lines) = joined(&gold[i].lines, &self.sep);
            project(&cleaner.clean(&text), &text, &lines)
        };
        let made = batch::map(gold.len(), self.threads.count(), || false, guess).unwrap_or_default();
        gold.iter().zip(made).map(|(gold, made)| made.map_err(|fault| fault.context(shown::line(&gold.id)))).collect()
    }

    fn groups(&self, docs: &[Doc<'_>]) -> Option<BTreeMap<String, Figures>> {
        let by = self.by?;
        let mut groups: BTreeMap<&str, Vec<Doc<'_>>> = BTreeMap::new();
        docs.iter().for_each(|doc| groups.entry(by.of(doc.0)).or_default().push(*doc));
        Some(groups.into_iter().map(|(key, docs)| (key.to_owned(), figures(docs))).collect())
    }

    fn json(&self, docs: &[Doc<'_>]) -> String {
        #[derive(Serialize)]
        struct Report {
            #[serde(flatten)]
            total: Figures,
            #[serde(skip_serializing_if = "Option::is_none")]
            groups: Option<BTreeMap<String, Figures>>,
        }
        let report = Report { total: figures(docs.iter().copied()), groups: self.groups(docs) };
        serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
    }

    fn report(&self, docs: &[Doc<'_>]) -> String {
        let total = figures(docs.iter().copied());
        let mut out = String::new();
        for (name, label) in &total.labels {
            let (precision, recall) = (label.precision, label.recall);
            let figures =
                format!("precision {precision:.3}  recall {recall:.3}  F {:.3}  gold {}", label.f, label.gold);
            out += &format!("  {name:10} {figures}\n");
        }
        for (name, figures) in self.groups(docs).unwrap_or_default() {
            out += &line(&name, &figures);
        }
        let mut worst: Vec<_> = docs.iter().map(|doc| (wrong_words(doc.0, doc.1), *doc)).collect();
        worst.sort_by_key(|(wrong, _)| std::cmp::Reverse(*wrong));
        for (wrong, doc) in worst.into_iter().take(self.worst) {
            out += &rows(doc, wrong);
        }
        out + &line("ALL", &total)
    }
}

/// A document, line by line; wrong decisions are starred.
fn rows((gold, guesses): Doc<'_>, wrong: usize) -> String {
    let [id, publisher, lang] = [&gold.id, Group::Publisher.of(gold), &gold.lang].map(shown::line);
    let mut out = format!("== {id} {publisher} {lang}: {wrong} words wrong\n");
    for ((text, label), guess) in gold.lines.iter().zip(&gold.labels).zip(guesses) {
        let mark = if label != "embed" && is_kept(label) != guess.kept { "**" } else { "  " };
        let kept = if guess.kept { "kept" } else { "" };
        let head = shown::line(&text.chars().take(SHOWN).collect::<String>());
        // Writing to a string does not fail.
        let _ = writeln!(out, "{mark} {label:9} {:9} {kept:4} {head}", shown::line(&guess.label));
    }
    out
}

/// The figures of some documents in a line.
fn line(name: &str, found: &Figures) -> String {
    let name = shown::line(name);
    let Figures { docs, word_f, loss, junk, line_f, macro_f, accuracy, clean_docs, .. } = found;
    format!(
        "{name:24} docs {docs:4}  word F {word_f:.4}  loss {loss:.4}  junk {junk:.4}  line F {line_f:.4}  macro F \
         {macro_f:.3}  accuracy {accuracy:.3}  clean {clean_docs:.3}\n"
    )
}
