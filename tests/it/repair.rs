//! Cases of repair, which are data: tests/repair/README.md says how they are written.

use std::collections::HashSet;
use std::path::Path;

use copydesk::{Bidi, Form, Normalizer};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    kind: Kind,
    #[serde(default)]
    #[expect(dead_code, reason = "for the reader")]
    lang: Option<String>,
    text: String,
    want: String,
    /// Why the case fails as yet.
    #[serde(default)]
    known: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Wild,
    Synthetic,
    Negative,
}

/// With the step `encoding` alone.
fn encoding_only() -> Normalizer {
    Normalizer {
        encoding: true,
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

#[test]
fn encoding() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/repair/encoding.jsonl");
    let normalizer = encoding_only();
    let (mut names, mut wrong) = (HashSet::new(), Vec::new());
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let case: Case = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"));
        assert!(names.insert(case.name.clone()), "two cases are named {:?}", case.name);
        assert_eq!(case.kind == Kind::Negative, case.text == case.want, "{}: what is negative stays", case.name);
        let made = normalizer.normalize(&case.text);
        if (made.text() == case.want) == case.known.is_some() {
            wrong.push(format!("{}: {:?} became {:?}, not {:?}", case.name, case.text, made.text(), case.want));
        }
    }
    assert!(names.len() >= 120);
    assert!(wrong.is_empty(), "{} cases (those known to fail must fail):\n{}", wrong.len(), wrong.join("\n"));
}
