//! The options of `copydesk clean`.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cleaner::{Cleaner, Keep};
use crate::cli::args::{ModelArgs, ThreadArgs, escaped, keep, label};
use crate::document::{MarkdownOptions, Verdict};
use crate::error::{Error, Result};
use crate::io::codec::Codec;
use crate::io::fields::Field;
use crate::io::format::Format;
use crate::labels::Label;
use crate::text::lang::Lang;

/// Clean scraped articles
///
/// A text file is one article, and its clean text is printed; those of several files come one after the other, a blank line
/// between. JSON lines, CSV and crawls (WARC, WET) hold an article a record, and every record is written with one field more: the clean text,
/// the verdict and what else was read. The other fields stay as they were, in their order; empty lines are passed over. What a file
/// is is told by its name or its first bytes; gzip, zstd, lz4, bzip2 and xz are unpacked. A record that cannot be read, or has no text, is
/// rejected: the rest go on. docs/corpora.md tells more.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Args {
    /// Files, folders, patterns ('crawl/*.jsonl.gz'), @FILE for a list of them; - for standard input [default: -]
    pub(super) files: Vec<PathBuf>,
    /// Write to a file, or into a folder (one that is there, or a name that ends in /), where each input has its output; what the
    /// name ends in says the format (.jsonl.gz). It appears when it is whole, and lies beside until then
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) manner: Manner,
    #[command(flatten)]
    pub(super) threads: ThreadArgs,

    #[command(flatten, next_help_heading = "What is read and written")]
    pub(super) form: FormArgs,

    #[command(flatten, next_help_heading = "What is kept of a text")]
    pub(super) what: What,

    #[command(flatten, next_help_heading = "Records")]
    pub(super) records: RecordArgs,

    #[command(flatten, next_help_heading = "Which records are written")]
    pub(super) filters: Filters,
}

/// How a run goes, which changes nothing of what it writes.
#[derive(clap::Args)]
pub(super) struct Manner {
    /// Replace outputs that are there already
    #[arg(long)]
    pub overwrite: bool,
    /// Go on where an earlier run with the same files and options was stopped; begin where there was none
    #[arg(long)]
    pub resume: bool,
    /// Show no progress and no summary
    #[arg(long, short)]
    pub quiet: bool,
    /// Write the summary to a file, as JSON
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    /// Write nothing, and show so many documents as they came and as they would be written, side by side
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "3", conflicts_with_all = ["output", "resume"])]
    pub dry_run: Option<u64>,
}

#[derive(clap::Args, Debug)]
pub(super) struct FormArgs {
    /// Read all files as that, whatever they are called
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<Format>,
    /// Write that, whatever the output is called: jsonl, csv, tsv, text; compressed as jsonl.gz, jsonl.zst, jsonl.lz4
    #[arg(long, value_name = "FORMAT", value_parser = written)]
    pub to: Option<(Format, Codec)>,
    /// Read JSON lines, whatever the files are called: --from jsonl
    #[arg(long, conflicts_with = "from")]
    pub jsonl: bool,
    /// Read the files as pages (HTML), whatever they are called; those that end in .html or begin as a page does are read so anyway
    #[arg(long)]
    pub html: bool,
    /// Print the whole document as JSON, one a line; of records, put it into the added field
    #[arg(long, conflicts_with = "fields")]
    pub json: bool,
    /// With --json, print why each block has its label; takes several times as long
    #[arg(long, requires = "json")]
    pub evidence: bool,
    /// With --json, print how probable each label of each block is
    #[arg(long, requires = "json")]
    pub probabilities: bool,
    /// What the clean text is printed as; of records, the added field gets one more, "markdown"
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = TextFormat::Text, conflicts_with = "json")]
    pub format: TextFormat,
    /// In Markdown, show links with their addresses; with --json, print the links of each block
    #[arg(long)]
    pub links: bool,
    /// In Markdown, show the pictures that stand amid the text
    #[arg(long)]
    pub images: bool,
    /// Print the file's name over each clean text
    #[arg(long, conflicts_with = "json")]
    pub heading: bool,
    /// Write into folders by what a document is, as pyarrow, DuckDB and Spark read them: OUTPUT/lang=en/NAME. --output is a folder then
    #[arg(long, value_name = "WHAT", requires = "output")]
    pub by: Option<By>,
    /// How hard gzip (1 to 9) and zstd (1 to 19) work for a smaller output [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=19))]
    pub level: Option<u8>,
    /// Begin a new file whenever one has so many bytes: clean-00000.jsonl.gz, clean-00001.jsonl.gz …; as 200M, 2G
    #[arg(long, value_name = "SIZE", value_parser = size, requires = "output")]
    pub shard_size: Option<u64>,
    /// The largest record that is read; a larger one is rejected
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "256M")]
    pub max_record: u64,
    /// How many times its size a compressed file may unpack to, above 1G; a larger one is rejected there
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub max_ratio: u64,
}

/// What tells the folders of an output from one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum By {
    /// The language; "und" is one that is not certain
    Lang,
    /// Whether it holds a story
    Verdict,
    /// The host of the address, without "www."
    Site,
}

/// What a clean text is printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum TextFormat {
    /// As it is
    Text,
    /// As CommonMark, with tables
    Markdown,
}

impl Args {
    /// Refuses options of Markdown where none is written.
    fn check_format(&self) -> Result<()> {
        let FormArgs { format, links, images, json, .. } = self.form;
        let fields = self.records.fields.as_ref();
        let markdown = format == TextFormat::Markdown || fields.is_some_and(|all| all.contains(&Some(Field::Markdown)));
        if !markdown && (images || links && !json) {
            return Err(Error::config(
                "--images needs --format markdown or the field \"markdown\", and --links one of these or --json",
            ));
        }
        Ok(())
    }

    /// Refuses options that say nothing without another one, or with what is written.
    pub fn check(&self) -> Result<()> {
        self.check_format()?;
        if self.filters.dedup == Some(Dedup::Id) && self.records.id_field.is_none() {
            return Err(Error::config("--dedup id needs --id-field, the field that tells records from one another"));
        }
        Ok(())
    }

    pub fn markdown(&self) -> MarkdownOptions {
        MarkdownOptions::default().links(self.form.links).images(self.form.images)
    }
}

#[derive(clap::Args, Debug)]
pub(super) struct What {
    /// Labels that make the clean text, with commas between
    #[arg(long, value_name = "LABELS", value_delimiter = ',', default_value = "body,heading", value_parser = label())]
    keep: Vec<Label>,
    #[command(flatten)]
    pub model: ModelArgs,
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

impl What {
    pub fn cleaner(&self) -> Result<Cleaner> {
        let mut builder = Cleaner::builder();
        builder.keep(self.keep.iter().copied()).dateline(self.dateline).inline(self.inline).separator(&*self.separator);
        self.model.apply(&mut builder)?;
        builder.build()
    }
}

#[derive(clap::Args, Debug)]
pub(super) struct RecordArgs {
    /// The field that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub field: String,
    /// The field that holds a page (HTML), in the place of --field
    #[arg(long, value_name = "NAME", conflicts_with = "field")]
    pub html_field: Option<String>,
    /// The field that is added
    #[arg(long, value_name = "NAME", default_value = "copydesk")]
    pub output_field: String,
    /// What is in the added field, with commas between (docs/corpora.md tells what each is); "none" adds no field [default: all but
    /// "markdown", "words", "removed", "blocks"]
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = field())]
    pub fields: Option<Vec<Option<Field>>>,
    /// Put the clean text into a field of its own, as a string; that of the text itself, too
    #[arg(long, value_name = "NAME")]
    pub text_to: Option<String>,
    /// A field that holds the headline
    #[arg(long, value_name = "NAME")]
    pub title_field: Option<String>,
    /// A field that holds the language: "en", "en-GB", "English"
    #[arg(long, value_name = "NAME")]
    pub lang_field: Option<String>,
    /// A field that holds the day of publication, as in ISO 8601 or in a feed: "2024-05-31…", "Fri, 31 May 2024 09:30:00 GMT"
    #[arg(long, value_name = "NAME")]
    pub date_field: Option<String>,
    /// A field that holds the site or address; of crawls it is known
    #[arg(long, value_name = "NAME")]
    pub source_field: Option<String>,
    /// A field that tells a record from all others: it is named in --rejects and in the examples of --summary
    #[arg(long, value_name = "NAME")]
    pub id_field: Option<String>,
    /// Write what cannot be read to a file, each with its place and the reason; it appears as that of --output does
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
}

#[derive(clap::Args, Debug, Default)]
pub(super) struct Filters {
    /// Only documents of that verdict, with commas between
    #[arg(long, value_name = "VERDICTS", value_delimiter = ',', value_parser = verdict())]
    pub verdict: Vec<Verdict>,
    /// Only documents of that language, with commas between; "und" is one that is not certain
    #[arg(long, value_name = "LANGUAGES", value_delimiter = ',', value_parser = lang)]
    pub lang: Vec<String>,
    /// Only documents with so many words of clean text at least
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub min_words: u64,
    /// Only records of those hosts and of what is below them: a file with one a line (# begins a comment). What is looked at is
    /// --source-field, or the address in a crawl
    #[arg(long, value_name = "FILE")]
    pub hosts: Option<PathBuf>,
    /// No records of those hosts, nor of what is below them
    #[arg(long, value_name = "FILE")]
    pub not_hosts: Option<PathBuf>,
    /// Only records of those addresses, a line each; scheme, "www.", fragment and a slash at the end make no difference
    #[arg(long, value_name = "FILE")]
    pub urls: Option<PathBuf>,
    /// No records of those addresses
    #[arg(long, value_name = "FILE")]
    pub not_urls: Option<PathBuf>,
    /// Leave out documents that came before; the first one stays
    #[arg(long, value_name = "HOW")]
    pub dedup: Option<Dedup>,
    /// Memory for that; a key takes 20 bytes, and a document one key, or with "near" 14. When it is full, the oldest are forgotten
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "1G", requires = "dedup")]
    pub dedup_memory: u64,
    /// Only such a part of the records, as 0.01; which ones does not depend on the threads
    #[arg(long, value_name = "RATE", value_parser = rate)]
    pub sample: Option<f64>,
    /// Another choice of records for --sample
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, requires = "sample")]
    pub seed: u64,
}

/// Which documents are taken for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Dedup {
    /// The same words in the same order, whatever their case and the marks between them
    Exact,
    /// Most runs of five words in common: 92 % of those are found that share 0.8 of them, 5 % of those that share half
    Near,
    /// The same value of --id-field; a record without one is no duplicate
    Id,
}

impl Filters {
    /// The lists of hosts and addresses, each with the name that it has in the summary.
    pub fn lists(&self) -> [(&'static str, Option<&Path>); 4] {
        [
            ("hosts", self.hosts.as_deref()),
            ("not_hosts", self.not_hosts.as_deref()),
            ("urls", self.urls.as_deref()),
            ("not_urls", self.not_urls.as_deref()),
        ]
    }
}

const EXAMPLES: &str = "\
Examples:
  copydesk clean article.txt
  copydesk clean page.html --format markdown --links
  copydesk clean crawl/ --output clean/ --resume
  copydesk clean crawl.warc.gz --output clean.jsonl.gz --verdict story --rejects bad.jsonl";

/// What stands for no field.
const NO_FIELD: &str = "none";

/// A field, or nothing for "none".
fn field() -> impl TypedValueParser<Value = Option<Field>> {
    let names = Field::NAMES.into_iter().chain([NO_FIELD]);
    PossibleValuesParser::new(names).try_map(|name| match &*name {
        NO_FIELD => Ok(None),
        name => Field::from_name(name).map(Some),
    })
}

fn verdict() -> impl TypedValueParser<Value = Verdict> {
    PossibleValuesParser::new(Verdict::NAMES).try_map(|name| Verdict::from_name(&name))
}

/// The code of a language.
fn lang(given: &str) -> Result<String> {
    Ok(Lang::hint(given)?.map_or("und", |lang| lang.code()).to_owned())
}

fn rate(given: &str) -> Result<f64> {
    let rate = given.parse().ok().filter(|rate| (0.0..=1.0).contains(rate));
    rate.ok_or_else(|| Error::config(format!("{given:?} is no part of all: use a number from 0 to 1")))
}

/// A format, and how it is compressed.
fn written(given: &str) -> Result<(Format, Codec)> {
    let name = PathBuf::from(format!("x.{}", given.trim_start_matches('.')));
    let packed = Codec::of_name(&name);
    // "text" is the name of a format that files do not end in.
    let found = match given.split('.').next() {
        Some("text") => Some(Format::Text),
        _ => Format::of_name(&name),
    };
    let writable = |format: &Format| packed.is_written() && !matches!(format, Format::Warc | Format::Html);
    match found.filter(writable) {
        Some(format) if !(format.is_columnar() && packed != Codec::Plain) => Ok((format, packed)),
        Some(_) => Err(Error::config(format!("{given:?} is compressed inside: leave out what it ends in"))),
        None => Err(Error::config(format!(
            "{given:?} is not written: use one of jsonl, csv, tsv, text{COLUMNAR}, or jsonl.gz"
        ))),
    }
}

#[cfg(feature = "columnar")]
const COLUMNAR: &str = ", parquet, arrow, arrows";
#[cfg(not(feature = "columnar"))]
const COLUMNAR: &str = "";

/// A number of bytes, as "200M".
fn size(given: &str) -> Result<u64> {
    let wrong =
        || Error::config(format!("{given:?} is no size: use a number of bytes, or one with K, M, G or T after it"));
    let digits = given.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match given.get(digits.len()..).unwrap_or_default().trim_end_matches(['B', 'b']).trim_end_matches('i') {
        "" => 0,
        "K" | "k" => 10,
        "M" | "m" => 20,
        "G" | "g" => 30,
        "T" | "t" => 40,
        _ => return Err(wrong()),
    };
    let number: u64 = digits.parse().map_err(|_| wrong())?;
    number.checked_mul(1 << unit).filter(|size| *size > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!((size("7").unwrap(), size("256M").unwrap(), size("2GiB").unwrap()), (7, 256 << 20, 2 << 30));
        assert!(["", "M", "1X", "-1", "0", "99999999T"].into_iter().all(|wrong| size(wrong).is_err()));
    }

    #[test]
    fn what_is_written() {
        assert_eq!(written("jsonl.gz").unwrap(), (Format::Jsonl, Codec::Gzip));
        assert_eq!(written("text").unwrap(), (Format::Text, Codec::Plain));
        assert_eq!(written("text.zst").unwrap(), (Format::Text, Codec::Zstd));
        assert!(["warc", "html", "docx", "jsonl.bz2", "csv.xz", ""].into_iter().all(|wrong| written(wrong).is_err()));
    }
}
