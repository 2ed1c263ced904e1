//! The cases of tests/repair, whose format is in the README there.

use std::collections::HashSet;

use copydesk::{Bidi, Form, Normalizer};
use serde::Deserialize;

use crate::known;
use crate::support::root;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    kind: Kind,
    #[expect(dead_code, reason = "for the reader")]
    lang: Option<String>,
    options: Option<Normalizer>,
    text: String,
    want: String,
    known: Option<String>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Wild,
    Synthetic,
    Negative,
}

/// The step `encoding` alone.
fn encoding_only() -> Normalizer {
    Normalizer {
        entities: false,
        control: false,
        terminal_escapes: false,
        surrogates: false,
        line_breaks: false,
        spaces: false,
        zero_width: false,
        bidi: Bidi::Keep,
        ligatures: false,
        widths: false,
        soft_hyphens: false,
        marks: None,
        dehyphenate: false,
        form: Form::None,
        ..Normalizer::default()
    }
}

/// The cases, each with the options that it runs with.
fn cases() -> Vec<(Case, Normalizer)> {
    let folder = std::fs::read_dir(root().join("tests/repair")).unwrap();
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        for (i, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            let case: Case = serde_json::from_str(line)
                .unwrap_or_else(|error| panic!("{}, line {}: {error}", path.display(), i + 1));
            let usual = if path.ends_with("encoding.jsonl") { encoding_only() } else { Normalizer::default() };
            let options = case.options.clone().unwrap_or(usual);
            cases.push((case, options));
        }
    }
    assert!(cases.len() >= 300);
    cases
}

#[test]
fn cases_are_as_they_say() {
    let mut names = HashSet::new();
    for (case, _) in cases() {
        assert!(names.insert(case.name.clone()), "there are two cases {:?}", case.name);
        let stays = case.text == case.want;
        assert!(stays || case.kind != Kind::Negative, "{:?} is negative and changes", case.name);
    }
}

#[test]
fn cases_are_repaired() {
    let mut wrong = Vec::new();
    known::check("repair", cases().iter().filter(|(case, _)| case.known.is_some()).count());
    for (case, options) in cases() {
        let normalized = options.normalize(&case.text);
        match (normalized.text() == case.want, &case.known) {
            (true, Some(_)) => wrong.push(format!("{}: no longer fails, drop \"known\"", case.name)),
            (false, None) => {
                wrong.push(format!(
                    "{}: {:?} gives {:?}, not {:?}",
                    case.name,
                    case.text,
                    normalized.text(),
                    case.want
                ));
            }
            _ => {}
        }
        assert_eq!(options.normalize(normalized.text()).text(), normalized.text(), "{}: repaired twice", case.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
