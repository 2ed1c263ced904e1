//! `copydesk clean`: files in, clean copy out.

use std::path::PathBuf;

use serde::Serialize;

use super::args::{ModelArgs, ThreadArgs, escaped, keep, label};
use super::rejects::Rejects;
use super::{Exit, readable, tell};
use crate::batch;
use crate::cleaner::day::day;
use crate::cleaner::{Cleaner, Hints, Input, Keep};
use crate::document::{Dateline, Detail, Document, MarkdownOptions, decimal};
use crate::error::{Error, Result};
use crate::io::input::Source;
use crate::io::lines::{CHUNK_BYTES, Lines};
use crate::io::output::{Output, finish};
use crate::io::record::Record;
use crate::io::target::{Target, refuse_same};
use crate::labels::Label;
use crate::shown;

/// So many text files are held at once.
const CHUNK_FILES: usize = 1024;

/// Clean scraped articles
///
/// A text file is one article, and its clean text is printed; those of several files come one after the other, a blank line
/// between. A file of JSON lines (named .jsonl or .ndjson, or with --jsonl) holds an article a record, and every record is
/// printed with one field more: the clean text, the verdict and what else was read. The other fields stay as they were
/// written, in their order; empty lines are passed over. A line that is not a record, or has no text, is rejected: the rest go on.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Files to read, - for standard input [default: -]
    files: Vec<PathBuf>,
    /// Print the whole document as JSON, one a line; of JSON lines, put it into the added field
    #[arg(long)]
    json: bool,
    /// With --json, print why each block has its label; takes several times as long
    #[arg(long, requires = "json")]
    evidence: bool,
    /// With --json, print how probable each label of each block is
    #[arg(long, requires = "json")]
    probabilities: bool,
    /// What the clean text is printed as; of JSON lines, the added field gets one more, "markdown"
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text, conflicts_with = "json")]
    format: Format,
    /// With --format markdown, show links with their addresses; with --json, print the links of each block
    #[arg(long)]
    links: bool,
    /// With --format markdown, show the pictures that stand amid the text
    #[arg(long)]
    images: bool,
    /// Read the files as pages (HTML), whatever they are called; those that end in .html or begin as a page does are read so anyway
    #[arg(long)]
    html: bool,
    /// Print the file's name over each clean text
    #[arg(long, conflicts_with = "json")]
    heading: bool,
    /// Write to a file instead of standard output; it replaces one that is there when it is whole, and lies beside it until
    /// then, so that its folder must be writable
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    threads: ThreadArgs,

    #[command(flatten, next_help_heading = "What is kept")]
    what: What,

    #[command(flatten, next_help_heading = "JSON lines")]
    records: RecordArgs,
}

/// What the clean text is printed as.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// As it is
    Text,
    /// As CommonMark, with tables
    Markdown,
}

#[derive(clap::Args)]
struct What {
    /// Labels that make the clean text, with commas between
    #[arg(long, value_name = "LABELS", value_delimiter = ',', default_value = "body,heading", value_parser = label())]
    keep: Vec<Label>,
    #[command(flatten)]
    model: ModelArgs,
    /// Whether the dateline that opens the story stays in its text
    #[arg(long, value_name = "CHOICE", default_value = Keep::Keep.name(), value_parser = keep())]
    dateline: Keep,
    /// Whether furniture inside kept paragraphs stays in the text: credits, "READ MORE: …", advertisements, footnote marks
    #[arg(long, value_name = "CHOICE", default_value = Keep::Keep.name(), value_parser = keep())]
    inline: Keep,
    /// What joins the kept blocks; \n and \t are understood
    #[arg(long, value_name = "TEXT", default_value = r"\n\n", value_parser = escaped)]
    separator: String,
}

#[derive(clap::Args)]
struct RecordArgs {
    /// Read JSON lines, whatever the files are called
    #[arg(long)]
    jsonl: bool,
    /// The field that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    field: String,
    /// The field that holds a page (HTML), in the place of --field
    #[arg(long, value_name = "NAME", conflicts_with = "field")]
    html_field: Option<String>,
    /// The field that is added
    #[arg(long, value_name = "NAME", default_value = "copydesk")]
    output_field: String,
    /// A field that holds the headline
    #[arg(long, value_name = "NAME")]
    title_field: Option<String>,
    /// A field that holds the language: "en", "en-GB", "English"
    #[arg(long, value_name = "NAME")]
    lang_field: Option<String>,
    /// A field that holds the day of publication, as in ISO 8601 or in a feed: "2024-05-31…", "Fri, 31 May 2024 09:30:00 GMT"
    #[arg(long, value_name = "NAME")]
    date_field: Option<String>,
    /// A field that holds the site or address
    #[arg(long, value_name = "NAME")]
    source_field: Option<String>,
    /// Write the rejected records to a file, each with its line number and the reason; it appears as that of --output does
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  copydesk clean article.txt
  copydesk clean --keep title,body,heading --dateline strip < article.txt
  copydesk clean page.html
  copydesk clean --format markdown --links page.html
  copydesk clean crawl.jsonl --field content --rejects bad.jsonl --output clean.jsonl";

pub(super) fn run(args: &Args) -> Result<Exit> {
    if args.format == Format::Text && (args.images || args.links && !args.json) {
        return Err(Error::config("--images needs --format markdown, and --links needs it or --json"));
    }
    let sources = Source::all(&args.files);
    let output = Target::named(args.output.as_deref());
    let rejects = args.records.rejects.as_deref().map(|path| Target::named(Some(path)));
    let read = [sources.clone(), args.what.model.files().collect()].concat();
    let written = [Some(("--output", &output)), rejects.as_ref().map(|rejects| ("--rejects", rejects))];
    refuse_same(&written.into_iter().flatten().collect::<Vec<_>>(), &read)?;
    let cleaner = args.what.cleaner()?;
    let given = sources.len();
    let lines = |source: &Source| args.records.jsonl || source.is_jsonl();
    let sources = readable(sources, lines);
    if sources.is_empty() {
        return Ok(Exit::Failed);
    }
    let mut run = Run {
        args,
        cleaner,
        output: Output::begin(&output)?,
        rejects: Rejects::new(rejects.as_ref())?,
        records: 0,
        printed: false,
        made: false,
        written: false,
        failed: sources.len() < given,
    };
    let mut texts = Vec::new();
    let mut held = 0;
    for source in sources {
        if lines(&source) {
            run.texts(&mut texts)?;
            run.json_lines(&source)?;
            continue;
        }
        match source.read_checked() {
            Ok(bytes) => {
                held += bytes.len();
                texts.push((source, bytes));
            }
            Err(error) => run.fail(&error),
        }
        if held >= CHUNK_BYTES || texts.len() >= CHUNK_FILES {
            run.texts(&mut texts)?;
            held = 0;
        }
    }
    run.texts(&mut texts)?;
    run.end()
}

impl Args {
    /// A record with its field added, as a line; or why there is none.
    fn record(&self, cleaner: &Cleaner, line: &[u8]) -> Result<Vec<u8>> {
        let args = &self.records;
        let record = Record::of(line)?;
        let document = match &args.html_field {
            Some(field) => cleaner.clean_with(Input::html(record.text(field)?), &args.hints(&record)),
            None => cleaner.clean_with(record.text(&args.field)?, &args.hints(&record)),
        };
        let added = match self.json {
            true => self.whole(&document),
            false => Summary { markdown: self.markdown(&document), ..Summary::of(&document) }.to_json(),
        };
        let added = shown::json(added);
        let mut out = Vec::with_capacity(line.len() + added.len() + 32);
        record.write_with(&args.output_field, &added, &mut out);
        out.push(b'\n');
        Ok(out)
    }

    /// The document as JSON.
    fn whole(&self, document: &Document) -> String {
        document
            .to_json_with(Detail::default().evidence(self.evidence).probabilities(self.probabilities).links(self.links))
    }

    /// The clean text as Markdown, where it is wanted.
    fn markdown(&self, document: &Document) -> Option<String> {
        let options = MarkdownOptions::default().links(self.links).images(self.images);
        (self.format == Format::Markdown).then(|| document.markdown_with(options))
    }

    /// The same as a line, with the file it came from.
    fn json_line(&self, source: &Source, document: &Document) -> String {
        let json = shown::json(self.whole(document));
        match (source.path(), json.strip_prefix('{')) {
            (Some(path), Some(fields)) => {
                let name = shown::json(serde_json::Value::from(shown::json_name(path)).to_string());
                format!("{{\"file\":{name},{fields}\n")
            }
            _ => json + "\n",
        }
    }
}

impl What {
    fn cleaner(&self) -> Result<Cleaner> {
        let mut builder = Cleaner::builder();
        builder.keep(self.keep.iter().copied()).dateline(self.dateline).inline(self.inline).separator(&*self.separator);
        self.model.apply(&mut builder)?;
        builder.build()
    }
}

/// A run under way.
struct Run<'a> {
    args: &'a Args,
    cleaner: Cleaner,
    output: Output,
    rejects: Rejects,
    records: u64,
    /// Something was printed, so that a blank line is due before the next text.
    printed: bool,
    /// A text was cleaned, or a file of records could be read.
    made: bool,
    /// A text or a record was cleaned.
    written: bool,
    /// A file could not be read.
    failed: bool,
}

impl Run<'_> {
    /// A file that cannot be read does not keep the others from being read.
    fn fail(&mut self, error: &Error) {
        tell(error);
        self.failed = true;
    }

    /// Gives the files that were written their names, unless nothing could be read for them.
    fn end(self) -> Result<Exit> {
        // Where nothing came of the records, as with a wrong --field, what was made before is worth more.
        let useless = self.rejects.any() && !self.written && self.output.replaces();
        let kept = useless.then(|| self.output.shown().to_owned());
        let (rejected, rejects) = self.rejects.close(self.records, kept.as_deref());
        if self.made {
            finish([kept.is_none().then_some(self.output), rejects].into_iter().flatten())?;
        }
        Ok(if self.failed {
            Exit::Failed
        } else if rejected {
            Exit::Rejected
        } else {
            Exit::Done
        })
    }

    /// Cleans texts, and prints them in order.
    fn texts(&mut self, texts: &mut Vec<(Source, Vec<u8>)>) -> Result<()> {
        let clean = |i: usize| {
            let (source, bytes) = &texts[i];
            self.cleaner.clean(source.input(bytes, self.args.html))
        };
        let cleaned = batch::map(texts.len(), self.args.threads.count(), || false, clean);
        for ((source, _), document) in texts.drain(..).zip(cleaned.unwrap_or_default()) {
            let document = match document {
                Ok(document) => document,
                Err(fault) => {
                    self.fail(&fault.context(source.shown()));
                    continue;
                }
            };
            self.made = true;
            self.written = true;
            let lines = if self.args.json {
                self.args.json_line(&source, &document)
            } else {
                self.text_lines(&source, &document)
            };
            self.output.write(lines.as_bytes())?;
        }
        Ok(())
    }

    fn text_lines(&mut self, source: &Source, document: &Document) -> String {
        let heading = if self.args.heading { format!("==> {} <==\n", source.shown()) } else { String::new() };
        let markdown = self.args.markdown(document);
        let text = markdown.as_deref().map_or(document.text(), str::trim_end);
        if heading.is_empty() && text.is_empty() {
            return String::new();
        }
        let gap = if self.printed { "\n" } else { "" };
        self.printed = true;
        let end = if text.is_empty() { "" } else { "\n" };
        format!("{gap}{heading}{text}{end}")
    }

    /// Cleans the records of a file, and prints them in order.
    fn json_lines(&mut self, source: &Source) -> Result<()> {
        let mut lines = match source.open_lines() {
            Ok(from) => Lines::new(from),
            Err(error) => {
                self.fail(&error);
                return Ok(());
            }
        };
        self.made = true;
        loop {
            let chunk = match lines.next_chunk() {
                Ok(Some(chunk)) => chunk,
                Ok(None) => return Ok(()),
                Err(error) => {
                    self.fail(&source.error(error));
                    return Ok(());
                }
            };
            let (args, cleaner) = (self.args, &self.cleaner);
            let work = |i| {
                let line = chunk.line(i);
                (!line.trim_ascii().is_empty()).then(|| args.record(cleaner, line))
            };
            let made = batch::map(chunk.len(), args.threads.count(), || false, work).unwrap_or_default();
            let mut out = Vec::new();
            for (i, made) in made.into_iter().enumerate() {
                let Some(made) = made.transpose().map(|made| made.and_then(|made| made)) else { continue };
                self.records += 1;
                match made {
                    Ok(line) => out.extend(line),
                    Err(reason) => self.rejects.add(source, chunk.number(i), &reason.to_string(), chunk.line(i))?,
                }
            }
            self.written |= !out.is_empty();
            self.output.write(&out)?;
        }
    }
}

impl RecordArgs {
    /// What the record's fields say of its text. A field that is not there, or does not hold what it should, says nothing.
    fn hints(&self, record: &Record<'_>) -> Hints {
        let of = |field: &Option<String>| field.as_ref().and_then(|field| record.text(field).ok());
        let mut hints = Hints::new();
        hints.source = of(&self.source_field);
        hints.lang = of(&self.lang_field).and_then(|lang| lang.parse().ok());
        hints.published = of(&self.date_field).and_then(|date| day(&date).ok());
        hints.title = of(&self.title_field);
        hints
    }
}

/// What is added to a record.
#[derive(Serialize)]
struct Summary<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
    verdict: crate::document::Verdict,
    #[serde(serialize_with = "decimal::serialize")]
    verdict_score: f32,
    lang: Option<&'a str>,
    title: Option<&'a str>,
    site: Option<&'a str>,
    deck: Option<&'a str>,
    byline: Option<&'a crate::document::Byline>,
    published: Option<&'a crate::document::Timestamp>,
    updated: Option<&'a crate::document::Timestamp>,
    dateline: Option<&'a Dateline>,
}

impl<'a> Summary<'a> {
    fn of(document: &'a Document) -> Self {
        Self {
            text: document.text(),
            markdown: None,
            verdict: document.verdict(),
            verdict_score: document.verdict_score(),
            lang: document.lang(),
            title: document.title(),
            site: document.site(),
            deck: document.deck(),
            byline: document.byline(),
            published: document.published(),
            updated: document.updated(),
            dateline: document.dateline(),
        }
    }

    fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
