//! The cases of tests/repair, whose format is in the README there.

use std::collections::HashSet;

use copydesk::Normalizer;
use serde::Deserialize;

use crate::support::root;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    kind: Kind,
    #[serde(default)]
    #[expect(dead_code, reason = "for people who read the file")]
    lang: Option<String>,
    #[serde(default)]
    options: Normalizer,
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

fn cases() -> Vec<Case> {
    let folder = std::fs::read_dir(root().join("tests/repair")).unwrap();
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        for (i, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            let case = serde_json::from_str(line);
            cases.push(case.unwrap_or_else(|error| panic!("{}, line {}: {error}", path.display(), i + 1)));
        }
    }
    assert!(cases.len() > 100);
    cases
}

#[test]
fn cases_are_as_they_say() {
    let mut names = HashSet::new();
    for case in cases() {
        assert!(names.insert(case.name.clone()), "there are two cases {:?}", case.name);
        let changes = case.text != case.want;
        assert!(!changes || case.kind != Kind::Negative, "{:?} is negative and changes", case.name);
    }
}

#[test]
fn cases_are_repaired() {
    let mut wrong = Vec::new();
    for case in cases() {
        let normalized = case.options.normalize(&case.text);
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
        assert_eq!(
            case.options.normalize(normalized.text()).text(),
            normalized.text(),
            "{}: repaired twice",
            case.name
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
