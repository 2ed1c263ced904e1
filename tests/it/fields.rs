//! The labelled cases under tests/fields: a line or paragraph and what is to be read from it. Case files are strict: a key that is
//! not known and a name that stands twice are errors, and so is a known failure that no longer fails.

use std::collections::HashSet;

use copydesk::{Cleaner, Keep, Label, parse_caption, parse_inline, parse_title};
use serde_json::{Value, json};

use crate::support::root;

/// The cases of a file, checked.
fn cases(file: &str, given: &[&str], wanted: &[&str]) -> Vec<Value> {
    const KEYS: [&str; 5] = ["name", "kind", "lang", "want", "known"];
    let text = std::fs::read_to_string(root().join("tests/fields").join(file)).unwrap();
    let mut names = HashSet::new();
    let mut cases = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let case: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{file}:{number}: {error}"));
        let keys = |value: &Value, known: &[&str]| {
            for key in value.as_object().unwrap_or_else(|| panic!("{file}:{number}: no object")).keys() {
                assert!(known.contains(&key.as_str()), "{file}:{number}: unknown key {key:?}");
            }
        };
        keys(&case, &[&KEYS, given].concat());
        keys(&case["want"], wanted);
        for key in ["name", "kind", "lang"] {
            assert!(case[key].is_string(), "{file}:{number}: no {key}");
        }
        let kind = case["kind"].as_str().unwrap();
        assert!(["wild", "synthetic", "negative"].contains(&kind), "{file}:{number}: kind {kind:?}");
        assert!(names.insert(case["name"].as_str().unwrap().to_owned()), "{file}:{number}: the name stands twice");
        cases.push(case);
    }
    cases
}

/// Reads every case, and tells what differs from what is wanted.
fn run(file: &str, given: &[&str], wanted: &[&str], read: impl Fn(&Value) -> Value) {
    let cases = cases(file, given, wanted);
    let mut wrong = Vec::new();
    for case in &cases {
        let got = read(case);
        let mut differs = Vec::new();
        for key in wanted {
            let want = case["want"].get(*key).cloned().unwrap_or_else(|| json!([]));
            if got[*key] != want {
                differs.push(format!("{key}: {} for {want}", got[*key]));
            }
        }
        let known = case.get("known").is_some();
        match (differs.is_empty(), known) {
            (false, false) => wrong.push(format!("{}: {}\n    {}", case["name"], case["text"], differs.join("\n    "))),
            (true, true) => wrong.push(format!("{}: is read rightly now: take its \"known\" away", case["name"])),
            _ => {}
        }
    }
    println!("{file}: {} of {} cases as wanted", cases.len() - wrong.len(), cases.len());
    assert!(wrong.is_empty(), "{file}: {} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn captions() {
    run("captions.jsonl", &["text"], &["text", "credit", "credits", "kind", "sides"], |case| {
        let caption = parse_caption(case["text"].as_str().unwrap(), case["lang"].as_str());
        json!({
            "text": caption.text,
            "credit": caption.credit,
            "credits": caption.credits,
            "kind": caption.kind.name(),
            "sides": caption.sides.iter().map(|side| &side.side).collect::<Vec<_>>(),
        })
    });
}

#[test]
fn inline() {
    let cleaner = Cleaner::builder().keep(Label::ALL).inline(Keep::Strip).build().unwrap();
    run("inline.jsonl", &["text"], &["inline", "clean"], |case| {
        let text = case["text"].as_str().unwrap();
        let found = parse_inline(text, case["lang"].as_str());
        let stretches: Vec<_> = found.iter().map(|it| json!([it.kind.name(), &text[it.span.range()]])).collect();
        let document = cleaner.clean(text);
        // The spans are those of the input, and what is left is as it was written.
        for (found, block) in found.iter().zip(document.blocks().flat_map(|block| block.inline().to_vec())) {
            assert_eq!(*found, block, "{text}");
        }
        json!({ "inline": stretches, "clean": document.text() })
    });
}

#[test]
fn titles() {
    run("titles.jsonl", &["text", "titles", "furniture", "source"], &["title", "site"], |case| {
        let lines = |key: &str| -> Vec<&str> {
            case[key].as_array().map_or_else(Vec::new, |lines| lines.iter().filter_map(Value::as_str).collect())
        };
        let text = case["text"].as_str().unwrap();
        let (title, site) = parse_title(text, &lines("titles"), &lines("furniture"), case["source"].as_str());
        json!({ "title": title, "site": site })
    });
}
