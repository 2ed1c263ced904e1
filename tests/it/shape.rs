//! Texts of any shape (tests/shape/cases.jsonl): stories in one line, tags for line ends, torn lines, heads and tails glued on, pages
//! that are none. Each case says what must be found; `known` names one that fails today.

use copydesk::{Cleaner, Document};
use serde::Deserialize;

use crate::known;
use crate::support::root;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    #[serde(rename = "kind")]
    _kind: String,
    input: String,
    /// Of each block in turn, alternatives set apart by a bar.
    labels: Option<Vec<String>>,
    /// Alternatives, set apart by a bar.
    verdict: Option<String>,
    /// Stretches that stand in the clean text, and that do not.
    #[serde(default)]
    keeps: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
    /// The clean text.
    text: Option<String>,
    /// How many paragraphs it has.
    paragraphs: Option<usize>,
    /// The headline; "" where there must be none.
    title: Option<String>,
    dateline: Option<String>,
    /// Why it fails today.
    known: Option<String>,
}

fn faults(case: &Case, document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    let says = case.labels.is_some() || case.verdict.is_some() || case.text.is_some() || case.paragraphs.is_some();
    let says =
        says || case.title.is_some() || case.dateline.is_some() || !case.keeps.is_empty() || !case.lacks.is_empty();
    assert!(says, "{} says nothing that must be found", case.id);
    let is_one_of = |found: &str, wanted: &str| wanted.split('|').any(|wanted| wanted == found);
    if let Some(labels) = &case.labels {
        let found: Vec<_> = document.blocks().map(|block| block.label().name()).collect();
        if found.len() != labels.len() || found.iter().zip(labels).any(|(found, wanted)| !is_one_of(found, wanted)) {
            faults.push(format!("labels {found:?}"));
        }
    }
    if let Some(verdict) = &case.verdict
        && !is_one_of(document.verdict().name(), verdict)
    {
        faults.push(format!("verdict {}", document.verdict().name()));
    }
    faults
        .extend(case.keeps.iter().filter(|kept| !document.text().contains(*kept)).map(|kept| format!("lost: {kept}")));
    faults.extend(case.lacks.iter().filter(|gone| document.text().contains(*gone)).map(|gone| format!("kept: {gone}")));
    if case.text.as_deref().is_some_and(|text| text != document.text()) {
        faults.push(format!("text {:?}", document.text()));
    }
    let paragraphs = document.text().split("\n\n").count();
    if case.paragraphs.is_some_and(|wanted| wanted != paragraphs) {
        faults.push(format!("{paragraphs} paragraphs: {:?}", document.text()));
    }
    if case.title.as_deref().is_some_and(|title| title != document.title().unwrap_or_default()) {
        faults.push(format!("title {:?}", document.title()));
    }
    let dateline = document.dateline().map_or("", |dateline| &dateline.raw);
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    if case.dateline.as_deref().is_some_and(|wanted| words(wanted) != words(dateline)) {
        faults.push(format!("dateline {dateline:?}"));
    }
    faults
}

#[test]
fn texts_of_any_shape_are_read() {
    let text = std::fs::read_to_string(root().join("tests/shape/cases.jsonl")).unwrap();
    let cleaner = Cleaner::default();
    let mut wrong = Vec::new();
    let (mut count, mut known) = (0, 0);
    for line in text.lines() {
        let case: Case = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let faults = faults(&case, &cleaner.clean(&*case.input));
        count += 1;
        known += usize::from(case.known.is_some());
        match (&case.known, faults.is_empty()) {
            (None, false) => wrong.push(format!("{}: {}", case.id, faults.join("; "))),
            (Some(_), true) => wrong.push(format!("{} is right now: take its `known` away", case.id)),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 30, "only {count} cases");
    known::check("shape", known);
}
