//! `copydesk parse`: one field read from each line.

use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::args::ThreadArgs;
use super::{Exit, refuse_stdout, tell};
use crate::batch;
use crate::cleaner::day::{day, moment};
use crate::cleaner::{ParseOptions, parse_byline, parse_caption, parse_dateline, parse_timestamps};
use crate::error::Result;
use crate::io::input::Source;
use crate::io::lines::Lines;
use crate::io::output::Output;
use crate::shown;
use crate::text::lang::Lang;

/// Read a dateline, byline, timestamps or a caption
///
/// Prints a line of JSON for the text given, or for every line of standard input: a dateline or byline, or null where there is
/// none; for "timestamp" the list of all times in the line; for "caption" its text and credit. Positions are bytes of the
/// line.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// What is to be read
    kind: Kind,
    /// The text, - for the lines of standard input
    #[arg(default_value = "-", hide_default_value = true)]
    text: String,
    /// Language of the text: "en", "en-GB", "English"
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<Lang>,
    /// Day of publication, as in ISO 8601 or in a feed: resolves dates that name no year, and "yesterday"
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    /// When the line was read: resolves "2 hours ago" too
    #[arg(long, value_name = "TIME", value_parser = moment)]
    now: Option<DateTime>,
    #[command(flatten)]
    threads: ThreadArgs,
}

/// The fields that a line can hold.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    /// Place, date and agency at the head of a story
    Dateline,
    /// Who wrote it
    Byline,
    /// When it was published or updated
    Timestamp,
    /// A caption and its credit
    Caption,
}

const EXAMPLES: &str = "\
Examples:
  copydesk parse dateline 'PARIS, May 4 (Reuters) - It rained all day.' --published 2016-05-05
  copydesk parse byline 'By Nora Quill and Tom Berg, Senior Editor'
  copydesk parse timestamp '2 hours ago' --now 2016-05-04T09:30
  copydesk parse caption < captions.txt | jq -r .credit";

pub(super) fn run(args: &Args) -> Result<Exit> {
    let mut output = Output::stdout()?;
    if args.text != "-" {
        output.write(batch::guarded(|| args.line(&args.text))?.as_bytes())?;
        return Ok(Exit::Done);
    }
    let mut exit = Exit::Done;
    let source = Source::Stdin;
    refuse_stdout(&[Source::Stdin])?;
    let mut lines = Lines::new(source.open_checked()?);
    while let Some(chunk) = lines.next_chunk().map_err(|error| source.error(error))? {
        let read = |i| args.line(&String::from_utf8_lossy(chunk.line(i)));
        let made = batch::map(chunk.len(), args.threads.count(), || false, read).unwrap_or_default();
        let mut out = String::new();
        for (i, made) in made.into_iter().enumerate() {
            // A line for each line, come what may.
            out += &made.unwrap_or_else(|fault| {
                tell(&fault.context(format_args!("line {}", chunk.number(i))));
                exit = Exit::Failed;
                "null\n".to_owned()
            });
        }
        output.write(out.as_bytes())?;
    }
    Ok(exit)
}

impl Args {
    fn line(&self, text: &str) -> String {
        let known = ParseOptions { lang: self.lang, published: self.published, now: self.now };
        let found = match self.kind {
            Kind::Dateline => json(&parse_dateline(text, &known)),
            Kind::Byline => json(&parse_byline(text, &known)),
            Kind::Timestamp => json(&parse_timestamps(text, &known)),
            Kind::Caption => json(&parse_caption(text, &known)),
        };
        shown::json(found) + "\n"
    }
}

/// What was found, with its keys in their order.
fn json(found: &impl Serialize) -> String {
    // Numbers, texts and keys that are texts: none of it can fail.
    serde_json::to_string(found).unwrap_or_default()
}
