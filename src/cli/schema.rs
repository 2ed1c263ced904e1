//! `copydesk schema`: the types of what is written of a document.

use std::fmt::Write;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::{Value, json};

use super::{Exit, refuse_stdout};
use crate::document::SCHEMA_VERSION;
use crate::error::Result;
use crate::io::fields::Field;
use crate::io::output::Output;
use crate::io::schema::Type;

/// Show the types of what is written of a document
///
/// They hang on no data, and are the same in Parquet, Arrow, Polars, Spark and Ray, as columns or as members of one; in JSON, and as JSON in
/// CSV, the same nesting. All may be null. Positions are bytes of the input. What each field is: docs/corpora.md.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The fields, with commas between [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = field())]
    fields: Vec<Field>,
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  copydesk schema
  copydesk schema --fields text,dateline --json";

fn field() -> impl TypedValueParser<Value = Field> {
    PossibleValuesParser::new(Field::NAMES).try_map(|name| Field::from_name(&name))
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    refuse_stdout(&[])?;
    let fields = if args.fields.is_empty() { &Field::ALL[..] } else { &args.fields };
    let kind = Type::of_fields(fields);
    let shown = if args.json {
        let mut json = typed(&kind);
        json["schema"] = SCHEMA_VERSION.into();
        json.to_string() + "\n"
    } else {
        let mut rows = Vec::new();
        push_members(&kind, 0, &mut rows);
        table(&rows)
    };
    Output::stdout()?.write(shown.as_bytes())?;
    Ok(Exit::Done)
}

/// The members of a struct with their types, theirs a step to the right; those of a list of structs as those of one.
fn push_members(kind: &Type, depth: usize, to: &mut Vec<(String, String)>) {
    let members = match kind {
        Type::Struct(members) => members,
        Type::List(item) => return push_members(item, depth, to),
        _ => return,
    };
    for (name, kind) in members {
        let shown = match kind {
            Type::Struct(_) => "struct".to_owned(),
            Type::List(item) if matches!(**item, Type::Struct(_)) => "list<struct>".to_owned(),
            kind => kind.to_string(),
        };
        to.push((format!("{:1$}{name}", "", 2 * depth), shown));
        push_members(kind, depth + 1, to);
    }
}

fn table(rows: &[(String, String)]) -> String {
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut shown = format!("# schema {SCHEMA_VERSION}\n");
    for (name, kind) in rows {
        // Writing to a string does not fail.
        let _ = writeln!(shown, "{name:width$}  {kind}");
    }
    shown
}

/// A type as JSON: its name, or what its parts are.
fn typed(kind: &Type) -> Value {
    match kind {
        Type::List(item) => json!({ "list": typed(item) }),
        Type::Struct(members) => {
            let member = |(name, kind): &(String, Type)| json!({ "name": name, "type": typed(kind) });
            json!({ "struct": members.iter().map(member).collect::<Vec<_>>() })
        }
        kind => kind.to_string().into(),
    }
}
