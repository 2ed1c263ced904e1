//! `copydesk normalize`: characters repaired, nothing else.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::json;

use super::{Exit, tell};
use crate::error::Result;
use crate::io::input::Source;
use crate::io::output::Output;
use crate::text::decode::decode;
use crate::text::repair::{Bidi, Change, Dashes, Form, Normalizer, Quotes};

/// Repair the characters of a text
///
/// Prints the text in UTF-8 with its wrong decodings, entities, odd spaces, broken marks and the like repaired; lines and
/// words stay. The charset is found out. Several files are printed one after the other.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Files to read, - for standard input [default: -]
    files: Vec<PathBuf>,
    /// Print what was changed instead of the text: a line of JSON a change, positions in bytes of the decoded text
    #[arg(long)]
    changes: bool,
    /// Whether quotation marks are changed
    #[arg(long, value_name = "CHOICE", default_value = Quotes::Keep.name(), value_parser = quotes())]
    quotes: Quotes,
    /// Whether dashes are changed
    #[arg(long, value_name = "CHOICE", default_value = Dashes::Keep.name(), value_parser = dashes())]
    dashes: Dashes,
    /// What becomes of controls of direction
    #[arg(long, value_name = "CHOICE", default_value = Bidi::Balance.name(), value_parser = bidi())]
    bidi: Bidi,
    /// Unicode normalization form
    #[arg(long, value_name = "FORM", default_value = Form::Nfc.name(), value_parser = form())]
    form: Form,
}

const EXAMPLES: &str = "\
Examples:
  copydesk normalize scraped.txt > repaired.txt
  copydesk normalize --changes scraped.txt | jq -r .step | sort | uniq -c";

fn quotes() -> impl TypedValueParser<Value = Quotes> {
    let names = [Quotes::Keep, Quotes::Straight, Quotes::Curly].map(Quotes::name);
    PossibleValuesParser::new(names).try_map(|name| Quotes::from_name(&name))
}

fn dashes() -> impl TypedValueParser<Value = Dashes> {
    PossibleValuesParser::new([Dashes::Keep, Dashes::Ascii].map(Dashes::name)).try_map(|name| Dashes::from_name(&name))
}

fn bidi() -> impl TypedValueParser<Value = Bidi> {
    let names = [Bidi::Balance, Bidi::Strip, Bidi::Keep].map(Bidi::name);
    PossibleValuesParser::new(names).try_map(|name| Bidi::from_name(&name))
}

fn form() -> impl TypedValueParser<Value = Form> {
    let names = [Form::Nfc, Form::Nfd, Form::Nfkc, Form::Nfkd, Form::None].map(Form::name);
    PossibleValuesParser::new(names).try_map(|name| Form::from_name(&name))
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    let normalizer = Normalizer {
        quotes: args.quotes,
        dashes: args.dashes,
        bidi: args.bidi,
        form: args.form,
        ..Normalizer::default()
    };
    let mut sources: Vec<_> = args.files.iter().map(|name| Source::named(name)).collect();
    if sources.is_empty() {
        sources.push(Source::Stdin);
    }
    let mut output = Output::stdout();
    let mut exit = Exit::Done;
    for source in sources {
        let bytes = match source.read() {
            Ok(bytes) => bytes,
            Err(error) => {
                tell(&error);
                exit = Exit::Failed;
                continue;
            }
        };
        let decoded = decode(&bytes);
        let normalized = normalizer.normalize(&decoded.text);
        if args.changes {
            let lines: String = normalized.changes().map(|change| line(&source, &change)).collect();
            output.write(lines.as_bytes())?;
        } else {
            output.write(normalized.text().as_bytes())?;
        }
    }
    Ok(exit)
}

fn line(source: &Source, change: &Change<'_>) -> String {
    let value = json!({
        "file": source.path().map(|path| path.display().to_string()),
        "step": change.step,
        "start": change.start,
        "end": change.end,
        "before": change.before,
        "after": change.after,
    });
    format!("{value}\n")
}
