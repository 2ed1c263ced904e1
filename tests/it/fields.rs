//! The labelled lines of tests/fields, by the functions that read one line. tests/python/test_fields.py reads them through the
//! other doors.

use std::cell::Cell;
use std::collections::HashSet;

use copydesk::fuzzing::parse_title;
use copydesk::{Cleaner, Keep, Label, parse_byline, parse_caption, parse_dateline, parse_inline, parse_timestamps};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::known;
use crate::support::{knowing, root};

/// A line and what is to be read from it. A key that is not known is an error.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    kind: Kind,
    lang: Option<String>,
    text: String,
    published: Option<String>,
    now: Option<String>,
    /// Of a headline: other headlines of its document, its menus and copyright lines, its address.
    #[serde(default)]
    titles: Vec<String>,
    #[serde(default)]
    furniture: Vec<String>,
    source: Option<String>,
    /// The keys that are compared, exactly; null where nothing is to be found.
    want: Value,
    /// Why it is not read rightly yet. A case that is read rightly and has this is an error.
    known: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// As sites write it.
    Wild,
    /// Made to try a rule.
    Synthetic,
    /// Looks like one and is none.
    Negative,
}

/// A file has so many cases at the least.
const LEAST: usize = 40;

/// The cases of a file of tests/fields.
fn cases(file: &str) -> Vec<Case> {
    let path = root().join("tests/fields").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut names = HashSet::new();
    let case = |(number, line): (usize, &str)| {
        let case: Case =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{file}, line {}: {error}", number + 1));
        assert!(names.insert(case.name.clone()), "{file}: {} stands twice", case.name);
        case
    };
    let cases: Vec<Case> = text.lines().enumerate().map(case).collect();
    assert!(cases.len() >= LEAST, "{file} has {} cases; it had {LEAST} at least", cases.len());
    let kinds: HashSet<_> = cases.iter().map(|case| case.kind).collect();
    assert_eq!(kinds.len(), 3, "{file} has cases of all kinds");
    cases
}

/// Where what was found is not what is wanted. What is wanted and cannot be found at all is an error of the case.
fn differs(want: &Value, got: &Value, path: &str) -> Option<String> {
    match (want, got) {
        (Value::Object(keys), Value::Object(found)) => keys.iter().find_map(|(key, want)| {
            let got = found.get(key).unwrap_or_else(|| panic!("{path}.{key}: there is no such key"));
            differs(want, got, &format!("{path}.{key}"))
        }),
        (Value::Array(want), Value::Array(got)) if want.len() == got.len() => {
            want.iter().zip(got).enumerate().find_map(|(i, (want, got))| differs(want, got, &format!("{path}[{i}]")))
        }
        _ => (want != got).then(|| format!("{path}: wanted {want}, got {got}")),
    }
}

/// Reads all cases of a file, and says of each how many are read rightly of how many, by kind.
fn check(file: &str, read: impl Fn(&Case) -> Value) {
    let mut wrong = Vec::new();
    let mut right = 0;
    let cases = cases(file);
    for case in &cases {
        let found = differs(&case.want, &read(case), "");
        right += usize::from(found.is_none());
        match (found, &case.known) {
            (Some(what), None) => wrong.push(format!("{}: {:?}: {what}", case.name, case.text)),
            (None, Some(reason)) => {
                wrong.push(format!("{}: read rightly, so it is no known failure any more ({reason})", case.name));
            }
            _ => {}
        }
    }
    known::check(file, cases.iter().filter(|case| case.known.is_some()).count());
    println!("{file}: {right} of {} read rightly", cases.len());
    assert!(wrong.is_empty(), "{} of {} in {file}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn date(text: &Option<String>) -> Option<jiff::civil::Date> {
    text.as_ref().map(|text| text.parse().unwrap())
}

#[test]
fn bylines() {
    check("bylines.jsonl", |case| {
        let found = parse_byline(&case.text, &knowing(case.lang.as_deref(), None, None));
        for person in found.iter().flat_map(|byline| &byline.people) {
            assert_eq!(case.text[person.span.range()], person.name, "{}", case.name);
        }
        json!(found)
    });
}

#[test]
fn timestamps() {
    check("timestamps.jsonl", |case| {
        let now = case.now.as_ref().map(|now| now.parse().unwrap());
        let times = parse_timestamps(&case.text, &knowing(case.lang.as_deref(), date(&case.published), now));
        for time in &times {
            assert_eq!(case.text[time.span.range()], time.text, "{}", case.name);
        }
        if times.is_empty() { Value::Null } else { json!({ "times": times }) }
    });
}

#[test]
fn datelines() {
    check("datelines.jsonl", |case| {
        let found = parse_dateline(&case.text, &knowing(case.lang.as_deref(), date(&case.published), None));
        if let Some(found) = &found {
            assert_eq!(case.text[found.span.range()], found.raw, "{}", case.name);
        }
        json!(found)
    });
}

#[test]
fn captions() {
    check("captions.jsonl", |case| {
        let found = parse_caption(&case.text, &knowing(case.lang.as_deref(), None, None));
        if let Some(span) = found.credit_span {
            assert_eq!(Some(&case.text[span.range()]), found.credit.as_deref(), "{}", case.name);
        }
        let sides: Vec<_> = found.sides.iter().map(|side| side.side.clone()).collect();
        assert!(sides.is_empty() || case.want.get("sides").is_some(), "{}: sides {sides:?}", case.name);
        let mut found = json!(found);
        found["sides"] = json!(sides);
        found
    });
}

#[test]
fn inline() {
    let cleaner = Cleaner::builder().keep(Label::ALL).inline(Keep::Strip).build().unwrap();
    let of_story = Cleaner::builder().inline(Keep::Strip).build().unwrap();
    let compared = Cell::new(0);
    check("inline.jsonl", |case| {
        let found = parse_inline(&case.text, &knowing(case.lang.as_deref(), None, None));
        let document = cleaner.clean(&case.text);
        // A line that was cut before the furniture has it in a block of its own, which is no part of the story.
        let whole = document.blocks().count() == 1;
        if whole {
            // The spans are those of the input.
            let placed: Vec<_> = document.blocks().flat_map(|block| block.inline().to_vec()).collect();
            assert_eq!(found, placed, "{}", case.name);
            compared.set(compared.get() + usize::from(!found.is_empty()));
        }
        let stretches: Vec<_> = found.iter().map(|it| json!([it.kind.name(), &case.text[it.span.range()]])).collect();
        assert!(stretches.is_empty() || case.want.get("inline").is_some(), "{}: {stretches:?}", case.name);
        let clean = if whole { document.text().to_owned() } else { of_story.clean(&case.text).text().to_owned() };
        json!({ "inline": stretches, "clean": clean })
    });
    assert!(compared.get() >= LEAST, "only {} cases have furniture in a block of their own", compared.get());
}

#[test]
fn titles() {
    check("titles.jsonl", |case| {
        let titles: Vec<_> = case.titles.iter().map(String::as_str).collect();
        let furniture: Vec<_> = case.furniture.iter().map(String::as_str).collect();
        let (title, site) = parse_title(&case.text, &titles, &furniture, case.source.as_deref());
        json!({ "title": title, "site": site })
    });
}
