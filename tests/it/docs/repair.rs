//! docs/repair.md: the steps of repair, as the docs of their options say, with cases out of tests/repair.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use copydesk::Normalizer;
use serde_json::Value;

use crate::support::root;

const HEAD: &str = "\
# Repair

What `copydesk.normalize`, `Normalizer` and `copydesk normalize` do to the characters of a text, step by step. Every step is an \
option of `Normalizer` of the same name; `copydesk normalize --skip STEP` leaves one out. The steps work together until none has \
anything left to do, so that repairing twice gives what repairing once gives. `Normalized.changes` names the step that made each change, and \
replaying the changes gives the text.

This page is made from the docs of the options and the cases in tests/repair (`UPDATE_DOCS=1 cargo test --features cli docs` \
writes it).
";

/// Cases shown of each step.
const SHOWN: usize = 6;

pub fn page() -> String {
    let source = std::fs::read_to_string(root().join("src/text/repair/options.rs")).unwrap();
    let Ok(Value::Object(options)) = serde_json::to_value(Normalizer::default()) else {
        panic!("options are an object")
    };
    let examples = examples();
    let mut page = HEAD.to_owned();
    for (name, default) in options {
        let manual = manual(&source, &name);
        let Some((_, what)) = manual.split_once(". ").filter(|(first, _)| first.starts_with("Default ")) else {
            panic!("the docs of {name} begin with its default");
        };
        write!(page, "\n## {name}\n\nDefault `{default}`. {what}\n").unwrap();
        if let Value::String(choice) = &default {
            page.push('\n');
            for (choice, what) in choices(&source, &name) {
                writeln!(page, "- `{choice:?}`: {what}").unwrap();
            }
            assert!(page.contains(&format!("- `{choice:?}`")), "{name} lists its choices");
        }
        if let Some(examples) = examples.get(&name) {
            page.push_str("\n| text | repaired |\n|---|---|\n");
            for (before, after) in examples {
                writeln!(page, "| {} | {} |", shown(before), shown(after)).unwrap();
            }
        }
    }
    page
}

/// The doc comment of a field.
fn manual(source: &str, field: &str) -> String {
    let end = source.find(&format!("\n    pub {field}: ")).unwrap_or_else(|| panic!("{field} has docs"));
    comment(&source[..end])
}

/// The names of the choices of an option, each with its doc comment.
fn choices<'s>(source: &'s str, field: &str) -> Vec<(&'s str, String)> {
    let start = source.find(&format!(" \"{field}\" {{")).unwrap_or_else(|| panic!("{field} is a choice"));
    let body = &source[start..start + source[start..].find("\n}").unwrap()];
    let variants = body.match_indices(" = \"");
    variants
        .map(|(at, _)| (body[at + 4..].split('"').next().unwrap(), comment(&body[..body[..at].rfind('\n').unwrap()])))
        .collect()
}

/// The doc comment that ends `source`, as Markdown that needs no Rust.
fn comment(source: &str) -> String {
    let lines = source.lines().rev().map(str::trim).take_while(|line| line.starts_with("///"));
    let mut lines: Vec<_> = lines.map(|line| line.trim_start_matches('/').trim()).collect();
    lines.reverse();
    let mut text = String::new();
    for part in lines.join(" ").split('[') {
        // [`Form::Nfc`] and [`normalize`](Self::normalize) are links in Rust alone.
        match part.split_once(']') {
            Some((name, rest)) if name.starts_with('`') => {
                let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
                text += name;
                text += rest;
            }
            _ if text.is_empty() => text += part,
            _ => text = text + "[" + part,
        }
    }
    text
}

/// Cases that one step alone repairs with the default options, by step.
fn examples() -> BTreeMap<String, Vec<(String, String)>> {
    let mut examples: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut files: Vec<_> =
        std::fs::read_dir(root().join("tests/repair")).into_iter().flatten().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    for line in files
        .iter()
        .flat_map(|file| std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>())
    {
        let case: Value = serde_json::from_str(&line).unwrap();
        let (Some(text), Some(want)) = (case["text"].as_str(), case["want"].as_str()) else { continue };
        let normalized = Normalizer::default().normalize(text);
        let mut steps: Vec<_> = normalized.changes().map(|change| change.step.into_owned()).collect();
        steps.dedup();
        if let [step] = &steps[..]
            && normalized.text() == want
            && text.len() < 120
        {
            let of_step = examples.entry(step.clone()).or_default();
            if of_step.len() < SHOWN {
                of_step.push((text.to_owned(), want.to_owned()));
            }
        }
    }
    examples
}

/// Text in a table: what cannot be seen is written as its code.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        match c {
            '|' => shown.push_str("\\|"),
            '`' => shown.push('\u{2019}'),
            ' '..='~' => shown.push(c),
            _ if c.is_alphanumeric()
                || matches!(c, '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}') =>
            {
                shown.push(c)
            }
            _ if c.is_control()
                || c.is_whitespace()
                || !('\u{2030}'..='\u{ffff}').contains(&c)
                || matches!(c, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{feff}' | '\u{fff0}'..='\u{ffff}') =>
            {
                write!(shown, "⟨{:04X}⟩", u32::from(c)).unwrap();
            }
            _ => shown.push(c),
        }
    }
    format!("`{shown}`")
}
