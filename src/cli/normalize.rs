//! `copydesk normalize`: characters repaired, nothing else.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::json;

use super::{Exit, readable, refuse_stdout, tell};
use crate::batch;
use crate::error::{Error, Result};
use crate::io::input::Source;
use crate::io::output::Output;
use crate::shown;
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
    /// A step to leave out, such as encoding or spaces; may be given several times (docs/repair.md says what each does)
    #[arg(long, value_name = "STEP", value_parser = switch)]
    skip: Vec<String>,
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
  copydesk normalize --skip spaces --skip widths table.txt
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

/// The options by name, as they stand in the one list of them.
fn options(of: &Normalizer) -> serde_json::Map<String, serde_json::Value> {
    match serde_json::to_value(of) {
        Ok(serde_json::Value::Object(options)) => options,
        _ => serde_json::Map::new(),
    }
}

/// The name of one that is on or off.
fn switch(name: &str) -> Result<String> {
    let options = options(&Normalizer::default());
    let switches = || options.iter().filter(|(_, value)| value.is_boolean()).map(|(name, _)| name.as_str());
    match switches().find(|switch| *switch == name) {
        Some(switch) => Ok(switch.to_owned()),
        None => Err(Error::unknown("step", name, switches())),
    }
}

impl Args {
    fn normalizer(&self) -> Result<Normalizer> {
        let chosen = Normalizer {
            quotes: self.quotes,
            dashes: self.dashes,
            bidi: self.bidi,
            form: self.form,
            ..Normalizer::default()
        };
        let mut options = options(&chosen);
        options.extend(self.skip.iter().map(|name| (name.clone(), false.into())));
        serde_json::from_value(options.into()).map_err(|error| Error::config(format!("--skip: {error}")))
    }
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    let normalizer = args.normalizer()?;
    let given = Source::all(&args.files);
    refuse_stdout(&given)?;
    let mut output = Output::stdout()?;
    let most = given.len();
    let sources = readable(given, |_| false);
    let mut exit = if sources.len() < most { Exit::Failed } else { Exit::Done };
    for source in sources {
        let bytes = match source.read_checked() {
            Ok(bytes) => bytes,
            Err(error) => {
                tell(&error);
                exit = Exit::Failed;
                continue;
            }
        };
        let made = batch::guarded(|| {
            let decoded = decode(&bytes);
            let normalized = normalizer.normalize(&decoded.text);
            if args.changes {
                normalized.changes().map(|change| line(&source, &change)).collect()
            } else {
                normalized.into_text().into_owned()
            }
        });
        match made {
            Ok(made) => output.write(made.as_bytes())?,
            Err(fault) => {
                tell(&fault.context(source.shown()));
                exit = Exit::Failed;
            }
        }
    }
    Ok(exit)
}

fn line(source: &Source, change: &Change<'_>) -> String {
    let value = json!({
        "file": source.path().map(shown::json_name),
        "step": change.step,
        "start": change.start,
        "end": change.end,
        "before": change.before,
        "after": change.after,
    });
    shown::json(value.to_string()) + "\n"
}
