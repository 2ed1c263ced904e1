//! The laws of any text, on texts of the grammar, and on every text that once broke one (tests/robustness).
//!
//! A seed makes the texts: the same ones in every run, unless COPYDESK_FUZZ_SEED says another. COPYDESK_FUZZ_SECONDS is how long to
//! go on: `make fuzz-grammar`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::time::{Duration, Instant};

use copydesk::fuzzing::pack_entries;

use crate::grammar::{Grammar, Random};
use crate::laws;
use crate::markdown::text_is_shown;
use crate::support::root;

/// A law: its name, and the law, of a text and a number that picks what else there is to pick.
type Law = (&'static str, fn(&str, u64));

const LAWS: [Law; 5] = [
    ("clean", |text, _| laws::text(text)),
    ("bytes", |text, choice| laws::bytes(&damaged(text, choice))),
    ("normalize", |text, choice| {
        laws::normalize(&laws::options(if choice.is_multiple_of(3) { 0 } else { choice as u32 }), text);
    }),
    ("parse", |text, choice| laws::parse(text, choice as usize)),
    ("markdown", |text, _| text_is_shown(text)),
];

fn law(name: &str) -> Law {
    *LAWS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("there is no law {name:?}"))
}

/// The bytes of a text, a few of them other ones.
fn damaged(text: &str, choice: u64) -> Vec<u8> {
    let mut random = Random::new(choice);
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(3) {
        if let Some(len @ 1..) = Some(bytes.len()) {
            bytes[random.below(len)] = random.next() as u8;
        }
    }
    bytes
}

thread_local! {
    /// Whether this thread's panics are looked for, so that each need not be told.
    static QUIET: Cell<bool> = const { Cell::new(false) };
    /// Where the last of them was.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A law that is broken: the line of code that says so, and what it says.
struct Breach {
    place: String,
    why: String,
}

/// How a text breaks a law, if it does.
fn breach((_, law): Law, text: &str, choice: u64) -> Option<Breach> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if QUIET.get() {
                PLACE.set(info.location().map(ToString::to_string).unwrap_or_default());
            } else {
                usual(info);
            }
        }));
    });
    QUIET.set(true);
    let found = panic::catch_unwind(AssertUnwindSafe(|| law(text, choice)));
    QUIET.set(false);
    let reason = found.err()?;
    let said = reason.downcast_ref::<String>().cloned();
    let why = said.or_else(|| reason.downcast_ref::<&str>().map(|&said| said.to_owned())).unwrap_or_default();
    Some(Breach { place: PLACE.take(), why })
}

/// The text with as much left out as can be while the law stays broken in the same place.
fn shrunk(law: Law, text: &str, choice: u64, place: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let mut size = chars.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < chars.len() {
            let mut fewer = chars.clone();
            fewer.drain(at..(at + size).min(chars.len()));
            if breach(law, &fewer.iter().collect::<String>(), choice).is_some_and(|it| it.place == place) {
                chars = fewer;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    chars.into_iter().collect()
}

fn number(name: &str) -> Option<u64> {
    let given = std::env::var(name).ok()?;
    Some(given.parse().unwrap_or_else(|_| panic!("{name} is {given:?}: give a whole number")))
}

/// Holds a law up to so many texts of the grammar, or for as long as is asked for.
fn hold(name: &'static str, texts: u64) {
    let law = law(name);
    let seed = number("COPYDESK_FUZZ_SEED").unwrap_or(10);
    let time = number("COPYDESK_FUZZ_SECONDS").map(Duration::from_secs);
    let grammar = Grammar::of(pack_entries(&mut std::iter::empty()));
    let start = Instant::now();
    let (mut count, mut wrong) = (0, BTreeMap::<String, String>::new());
    while time.map_or(count < texts, |time| start.elapsed() < time) {
        // Each text has a seed of its own, so that it can be made alone.
        let mut random = Random::new(seed.wrapping_mul(0x1_0000_0001).wrapping_add(count));
        let text = grammar.text(&mut random);
        let choice = random.next();
        // One text for each place is enough.
        if let Some(Breach { place, .. }) = breach(law, &text, choice)
            && !wrong.contains_key(&place)
        {
            let least = shrunk(law, &text, choice, &place);
            let why = breach(law, &least, choice).map(|it| it.why).unwrap_or_default();
            let case = format!("{{\"law\": {name:?}, \"choice\": {choice}, \"text\": {}}}", json(&least));
            eprintln!("text {count} of seed {seed}: {place}: {case}");
            wrong.insert(place, format!("{case}\n    {why}"));
        }
        count += 1;
    }
    eprintln!("{name}: {count} texts of seed {seed} in {:.0?}", start.elapsed());
    let wrong: Vec<_> = wrong.into_iter().map(|(place, what)| format!("{place}: {what}")).collect();
    assert!(wrong.is_empty(), "seed {seed} (the objects are for tests/robustness):\n{}", wrong.join("\n"));
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[test]
fn any_text_can_be_cleaned() {
    hold("clean", 1000);
}

#[test]
fn any_bytes_can_be_cleaned() {
    hold("bytes", 1000);
}

#[test]
fn any_text_can_be_repaired() {
    hold("normalize", 4000);
}

#[test]
fn any_line_can_be_read() {
    hold("parse", 4000);
}

#[test]
fn any_text_can_be_shown_as_markdown() {
    hold("markdown", 4000);
}

#[test]
fn a_batch_is_its_texts() {
    let grammar = Grammar::of(pack_entries(&mut std::iter::empty()));
    let mut random = Random::new(number("COPYDESK_FUZZ_SEED").unwrap_or(10));
    let mut texts: Vec<String> = Vec::new();
    while texts.len() < 300 {
        texts.push(grammar.text(&mut random));
    }
    laws::batch(&texts);
}

/// A text that once broke a law.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    law: String,
    text: String,
    /// What else the law picks by; without it several are tried.
    choice: Option<u64>,
}

#[test]
fn what_was_broken_once_holds() {
    let text = std::fs::read_to_string(root().join("tests/robustness/laws.jsonl")).unwrap();
    let mut wrong = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let case: Case = serde_json::from_str(line).unwrap_or_else(|error| panic!("line {}: {error}", i + 1));
        let choices = case.choice.map_or(0..60, |choice| choice..choice + 1);
        for choice in choices {
            if let Some(it) = breach(law(&case.law), &case.text, choice) {
                wrong.push(format!("line {}: {:?} ({choice}): {}: {}", i + 1, case.text, it.place, it.why));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
