//! `copydesk dateline`: the dateline at the head of each line.

use jiff::civil::Date;

use super::Exit;
use super::args::ThreadArgs;
use crate::batch;
use crate::cleaner::day::day;
use crate::cleaner::parse_dateline;
use crate::document::Dateline;
use crate::error::Result;
use crate::io::input::Source;
use crate::io::lines::Lines;
use crate::io::output::Output;

/// Read the dateline that opens a story
///
/// Prints a line of JSON for the text given, or for every line of standard input: the dateline, or null where there is none.
/// Positions are bytes of the line; the story begins at "end".
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The opening of a story, - for the lines of standard input
    #[arg(default_value = "-", hide_default_value = true)]
    text: String,
    /// Language of the text, ISO 639-1
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Day of publication: resolves dates that name no year
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    #[command(flatten)]
    threads: ThreadArgs,
}

const EXAMPLES: &str = "\
Examples:
  copydesk dateline 'PARIS, May 4 (Reuters) - It rained all day.' --published 2016-05-05
  copydesk dateline < openings.txt | jq -r '.places[0].name'";

pub(super) fn run(args: &Args) -> Result<Exit> {
    let mut output = Output::stdout();
    if args.text != "-" {
        output.write(args.line(&args.text).as_bytes())?;
        return Ok(Exit::Done);
    }
    let source = Source::Stdin;
    let mut lines = Lines::new(source.open()?);
    while let Some(chunk) = lines.next_chunk().map_err(|error| source.error(error))? {
        let read = |i| args.line(&String::from_utf8_lossy(chunk.line(i)));
        let made = batch::map(chunk.len(), args.threads.count(), || false, read).unwrap_or_default();
        output.write(made.concat().as_bytes())?;
    }
    Ok(Exit::Done)
}

impl Args {
    fn line(&self, text: &str) -> String {
        let found = parse_dateline(text, self.lang.as_deref(), self.published);
        format!("{}\n", found.as_ref().map_or(serde_json::Value::Null, Dateline::to_value))
    }
}
