//! The datelines of tests/fields/datelines.jsonl: agencies, languages and look-alikes, one case a line.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::root;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    kind: Kind,
    lang: String,
    text: String,
    published: Option<String>,
    want: Option<Value>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// As agencies print them.
    Wild,
    /// To find limits.
    Synthetic,
    /// No dateline.
    Negative,
}

fn cases() -> Vec<Case> {
    let path = root().join("tests/fields/datelines.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let case = |(i, line)| serde_json::from_str(line).unwrap_or_else(|error| panic!("line {}: {error}", i + 1));
    text.lines().enumerate().map(case).collect()
}

fn shown(found: &copydesk::Dateline) -> Value {
    let date = found.date.as_ref().map(|date| {
        let resolved = date.resolved.map(|day| day.to_string());
        json!({ "month": date.month, "day": date.day, "year": date.year, "resolved": resolved })
    });
    json!({
        "raw": found.raw, "places": found.places, "date": date, "agency": found.agency, "agency_id": found.agency_id,
    })
}

#[test]
fn cases_are_many_and_named_once() {
    let cases = cases();
    let names: HashSet<_> = cases.iter().map(|case| &case.name).collect();
    let languages: HashSet<_> = cases.iter().map(|case| &case.lang).collect();
    assert_eq!(names.len(), cases.len());
    assert!(cases.len() >= 400 && languages.len() >= 45);
    assert!(cases.iter().all(|case| (case.kind == Kind::Negative) == case.want.is_none()));
}

#[test]
fn cases_are_read_as_wanted() {
    let mut wrong = Vec::new();
    for case in cases() {
        let published = case.published.map(|day| day.parse().unwrap());
        let found = copydesk::parse_dateline(&case.text, Some(&case.lang), published);
        if let Some(found) = &found {
            assert_eq!(&case.text[found.span.range()], found.raw, "{}", case.name);
        }
        let got = found.as_ref().map(shown);
        if got != case.want {
            wrong.push(format!("{}\n  want {:?}\n  got  {got:?}", case.name, case.want));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
