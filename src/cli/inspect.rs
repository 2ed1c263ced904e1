//! `copydesk inspect`: a document in the terminal, block by block.

use std::io;
use std::path::PathBuf;

use jiff::civil::Date;

use super::args::ModelArgs;
use super::columns::{cut, printable, wrap};
use super::paint::{self, Color, PLAIN, QUIET, STRONG, paint};
use super::{Exit, refuse_stdout};
use crate::batch;
use crate::cleaner::day::day;
use crate::cleaner::{Cleaner, Hints};
use crate::document::{
    Block, Byline, Dateline, Document, FieldName, FieldSource, Part, PartialDate, Person, Timestamp,
};
use crate::error::Result;
use crate::eval::words;
use crate::io::input::Source;
use crate::io::output::Output;
use crate::labels::Label;
use crate::text::lang::Lang;

/// Columns before the text: mark, label, probability, rule.
const GUTTER: usize = 20;
/// Columns before a field: its name.
const FIELD: usize = 11;
/// Columns before a reason: its weight.
const WEIGHT: usize = 8;
/// Where neither a terminal nor COLUMNS says how wide it is.
const WIDTH: usize = 80;
/// The text has so many columns at least.
const NARROWEST: usize = 20;

/// Show what each line of an article was taken for, and why
///
/// The fields of the document come first: title, byline, dates and so on. Blocks marked + are kept; the number is the
/// probability of the label.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The file to read, a text or a page (HTML), - for standard input
    #[arg(default_value = "-", hide_default_value = true)]
    file: PathBuf,
    /// Read the file as a page (HTML), whatever it is called; one that ends in .html or begins as a page does is read so anyway
    #[arg(long)]
    html: bool,
    /// Show the five reasons that weighed most for each label over the next most probable one (docs/evidence.md)
    #[arg(long)]
    why: bool,
    /// Show the three most probable labels of each block
    #[arg(long)]
    all_probabilities: bool,
    /// Show the whole text of each block and field, not only its head
    #[arg(long)]
    wrap: bool,
    #[command(flatten)]
    model: ModelArgs,
    /// The headline, when it is known
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The language, when it is known: "en", "en-GB", "English"
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<Lang>,
    /// The day of publication, when it is known
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    /// Columns to fill [default: as wide as the terminal]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    width: Option<u16>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

const EXAMPLES: &str = "\
Examples:
  copydesk inspect article.txt
  copydesk inspect page.html
  copydesk inspect article.txt --why --wrap --color always | less -R";

pub(super) fn run(args: &Args) -> Result<Exit> {
    let source = Source::named(&args.file);
    let read = [vec![source.clone()], args.model.files().collect()].concat();
    refuse_stdout(&read)?;
    let mut builder = Cleaner::builder();
    args.model.apply(&mut builder)?;
    let cleaner = builder.build()?;
    let bytes = source.read_checked()?;
    let mut hints = Hints::new();
    (hints.title, hints.lang, hints.published) = (args.title.clone(), args.lang, args.published);
    let view = || args.view(&cleaner.clean_with(source.input(&bytes, args.html), &hints));
    let view = batch::guarded(view).map_err(|fault| fault.context(source.shown()))?;
    let mut output = Output::through(anstream::AutoStream::new(io::stdout(), args.color.choice()))?;
    output.write(view.as_bytes())?;
    Ok(Exit::Done)
}

impl Args {
    fn view(&self, document: &Document) -> String {
        let width = self.width().max(GUTTER + NARROWEST);
        let mut rows = head(document, width, self.wrap);
        for block in document.blocks() {
            self.block(block, width - GUTTER, &mut rows);
        }
        rows.push(String::new());
        rows.push(paint(QUIET, &cut(&foot(document), width)));
        rows.push(String::new());
        rows.join("\n")
    }

    fn width(&self) -> usize {
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let told = || std::env::var("COLUMNS").ok()?.parse().ok();
        self.width.map(usize::from).or_else(terminal).or_else(told).unwrap_or(WIDTH)
    }

    /// The rows of a block; its text has `width` columns.
    fn block(&self, block: Block<'_>, width: usize, rows: &mut Vec<String>) {
        let label = paint::label(block.label());
        let style = if block.kept() { PLAIN } else { QUIET };
        let mark = if block.kept() { paint(label.bold(), "+") } else { " ".to_owned() };
        let name = paint(if block.kept() { label.bold() } else { label }, &format!("{:9}", block.label()));
        let score = paint(style, &format!("{:.2}", block.score()));
        let text = printable(block.text());
        let lines = if self.wrap { wrap(&text, width) } else { vec![text.as_str()] };
        for (i, line) in lines.into_iter().enumerate() {
            let gutter = if i == 0 { format!("{mark} {name}  {score}") } else { " ".repeat(GUTTER - 3) };
            rows.push(format!("{gutter} {} {}", paint(QUIET, "│"), paint(style, &cut(line, width))));
        }
        let mut below = |text: &str| {
            rows.push(format!("{}{} {}", " ".repeat(GUTTER - 2), paint(QUIET, "│"), paint(QUIET, &cut(text, width))));
        };
        if self.all_probabilities {
            below(&probable(block));
        }
        if self.why {
            let mut told = None;
            for evidence in block.evidence() {
                // The labels that weights count for and against stand once, above them.
                if told != Some(evidence.over) {
                    below(&format!("for {} over {}:", block.label(), evidence.over.map_or("all others", Label::name)));
                    told = Some(evidence.over);
                }
                let mut weight = format!("{:+6.2}", evidence.weight);
                for line in wrap(&printable(&evidence.detail), width - WEIGHT) {
                    below(&format!("{weight:6}  {line}"));
                    weight.clear();
                }
            }
        }
    }
}

/// The three most probable labels.
fn probable(block: Block<'_>) -> String {
    let mut all: Vec<_> = Label::ALL.into_iter().zip(block.probabilities()).collect();
    all.sort_by(|one, other| other.1.total_cmp(&one.1));
    let told: Vec<_> = all.iter().take(3).map(|(label, p)| format!("{label} {p:.2}")).collect();
    told.join("   ")
}

/// What is known of the document, over its blocks: a row a field.
fn head(document: &Document, width: usize, whole: bool) -> Vec<String> {
    let time = |time: &Timestamp| time.iso.clone().unwrap_or_else(|| time.text.clone());
    let lang = document.lang().unwrap_or("language unknown");
    let verdict = document.verdict().name().replace('_', " ");
    // What no line says, with where it is from.
    let told = |field: FieldName, value: Option<String>| match document.source_of(field) {
        Some(source @ (FieldSource::JsonLd | FieldSource::Meta | FieldSource::Html | FieldSource::Url)) => {
            value.map(|value| format!("{value} ({source})"))
        }
        _ => value,
    };
    let tags = Some(document.tags().join(", ")).filter(|tags| !tags.is_empty());
    let fields = [
        ("title", told(FieldName::Title, document.title().map(str::to_owned))),
        ("deck", told(FieldName::Deck, document.deck().map(str::to_owned))),
        ("byline", told(FieldName::Byline, document.byline().map(byline))),
        ("published", told(FieldName::Published, document.published().map(time))),
        ("updated", told(FieldName::Updated, document.updated().map(time))),
        ("dateline", document.dateline().map(dateline)),
        ("captions", captions(document)),
        ("section", told(FieldName::Section, document.section().map(str::to_owned))),
        ("tags", told(FieldName::Tags, tags)),
        ("url", told(FieldName::Url, document.url().map(str::to_owned))),
        ("image", told(FieldName::Image, document.image().map(str::to_owned))),
        ("verdict", Some(format!("{verdict} {:.2} · {lang}", document.verdict_score()))),
    ];
    let mut rows = Vec::new();
    for (name, value) in fields {
        let Some(value) = value.map(|value| printable(&value)).filter(|value| !value.is_empty()) else { continue };
        let style = match name {
            "title" => STRONG,
            "verdict" => QUIET,
            _ => PLAIN,
        };
        let lines = if whole { wrap(&value, width - FIELD) } else { vec![value.as_str()] };
        for (i, line) in lines.into_iter().enumerate() {
            let name = if i == 0 { name } else { "" };
            rows.push(format!("{} {}", paint(QUIET, &format!("{name:10}")), paint(style, &cut(line, width - FIELD))));
        }
    }
    rows.push(String::new());
    rows
}

/// "Nora Quill, Tom Berg (editor), Reuters"
fn byline(found: &Byline) -> String {
    let person = |person: &Person| match person.part {
        Part::Author => person.recased(),
        part => format!("{} ({})", person.recased(), part.name()),
    };
    let named: Vec<_> = found.people.iter().map(person).chain(found.agencies.iter().cloned()).collect();
    if named.is_empty() { found.text.clone() } else { named.join(", ") }
}

/// "2, credited Nora Quill/AFP; Reuters"
fn captions(document: &Document) -> Option<String> {
    let captions = document.captions();
    let credits: Vec<_> = captions.iter().filter_map(|caption| caption.credit.clone()).collect();
    let by = if credits.is_empty() { String::new() } else { format!(", credited {}", credits.join("; ")) };
    (!captions.is_empty()).then(|| format!("{}{by}", captions.len()))
}

/// "PARIS, France · 2016-05-04 · Reuters"
fn dateline(found: &Dateline) -> String {
    let place = |place: &crate::document::Place| match &place.qualifier {
        Some(qualifier) => format!("{}, {qualifier}", place.name),
        None => place.name.clone(),
    };
    let day = |date: &PartialDate| date.resolved.map_or_else(|| date.raw.clone(), |day| day.to_string());
    let places = found.places.iter().map(place).collect::<Vec<_>>().join(" / ");
    let parts = [Some(places).filter(|places| !places.is_empty()), found.date.as_ref().map(day), found.agency.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Counts, below the blocks.
fn foot(document: &Document) -> String {
    let lang = document.lang().unwrap_or_default();
    let count = |block: &Block<'_>| if block.text().is_empty() { 0 } else { words(block.text(), lang) };
    let kept = document.blocks().filter(|block| block.kept());
    let (all, kept_words): (usize, usize) =
        (document.blocks().map(|b| count(&b)).sum(), kept.clone().map(|b| count(&b)).sum());
    let plural = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    format!(
        "{}, {} kept · {}, {kept_words} kept",
        plural(document.blocks().len(), "block"),
        kept.count(),
        plural(all, "word")
    )
}
