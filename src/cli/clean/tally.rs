//! What a run did, counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::io::fields::words;
use crate::io::input::Source;
use crate::io::unit::At;
use crate::shown;

/// Counts, which add up from one unit to the next and are written down with how far a run has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    /// Records and files that were read.
    pub records: u64,
    /// Records that were written.
    pub written: u64,
    pub rejected: u64,
    /// Records without a text: null.
    pub null: u64,
    /// Bytes of the texts that were cleaned.
    pub text_bytes: u64,
    pub verdicts: Counts,
    pub langs: Counts,
    pub words_kept: Counts,
    pub words_removed: Counts,
    /// Documents in which each field was found.
    pub fields: Counts,
    /// Records that were left out, by the option that did so.
    pub left_out: Counts,
    /// Hints that could not be read, by the field that held them.
    pub hints_unread: Counts,
    /// Files that could not be read at all.
    pub files_failed: u64,
    /// Records of crawls that hold neither page nor text.
    pub passed_over: u64,
    /// The first records that were left out or rejected, by what did so.
    pub examples: BTreeMap<String, Vec<Example>>,
}

/// So many examples are named of each.
const EXAMPLES: usize = 3;

/// A record that something can be shown with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Example {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Its number, where there are no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
    /// What its --id-field holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<serde_json::Value>,
}

impl Example {
    /// A record of that place, and its id as JSON.
    pub fn new(source: &Source, at: At, id: Option<&str>) -> Self {
        let (line, number) = at.parts();
        let file = source.path().map(shown::json_name);
        Self { file, line, number, id: id.and_then(|id| serde_json::from_str(id).ok()) }
    }
}

pub(super) type Counts = BTreeMap<String, u64>;

/// Adds to a count.
pub(super) fn add(counts: &mut Counts, name: &str, more: u64) {
    match counts.get_mut(name) {
        Some(count) => *count += more,
        None => drop(counts.insert(name.to_owned(), more)),
    }
}

impl Tally {
    /// Counts what was made of a text of so many bytes.
    pub fn add(&mut self, document: &Document, bytes: usize) {
        self.text_bytes += bytes as u64;
        add(&mut self.verdicts, document.verdict().name(), 1);
        add(&mut self.langs, document.lang().unwrap_or("und"), 1);
        for block in document.blocks() {
            let counts = if block.kept() { &mut self.words_kept } else { &mut self.words_removed };
            add(counts, block.label().name(), words(block.text()));
        }
        for (name, found) in [
            ("title", document.title().is_some()),
            ("byline", document.byline().is_some()),
            ("published", document.published().is_some()),
            ("dateline", document.dateline().is_some()),
            ("captions", !document.captions().is_empty()),
        ] {
            if found {
                add(&mut self.fields, name, 1);
            }
        }
    }

    /// Counts a record that was left out, and names it where there are few of them.
    pub fn leave_out(&mut self, why: &str, example: impl FnOnce() -> Example) {
        add(&mut self.left_out, why, 1);
        self.example(why, example);
    }

    /// Counts a record that was rejected, and names it where there are few of them.
    pub fn reject(&mut self, example: impl FnOnce() -> Example) {
        self.rejected += 1;
        self.example("rejected", example);
    }

    fn example(&mut self, why: &str, example: impl FnOnce() -> Example) {
        match self.examples.get_mut(why) {
            Some(all) if all.len() >= EXAMPLES => {}
            Some(all) => all.push(example()),
            None => drop(self.examples.insert(why.to_owned(), vec![example()])),
        }
    }

    /// Adds the counts of others, which came later.
    pub fn merge(&mut self, other: Self) {
        self.records += other.records;
        self.written += other.written;
        self.rejected += other.rejected;
        self.null += other.null;
        self.text_bytes += other.text_bytes;
        self.files_failed += other.files_failed;
        self.passed_over += other.passed_over;
        for (why, examples) in other.examples {
            examples.into_iter().for_each(|example| self.example(&why, || example));
        }
        for (counts, more) in [
            (&mut self.verdicts, other.verdicts),
            (&mut self.langs, other.langs),
            (&mut self.words_kept, other.words_kept),
            (&mut self.words_removed, other.words_removed),
            (&mut self.fields, other.fields),
            (&mut self.left_out, other.left_out),
            (&mut self.hints_unread, other.hints_unread),
        ] {
            more.iter().for_each(|(name, more)| add(counts, name, *more));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up() {
        let (one, two) = ("It rained all day in the old town.", "Share this article");
        let mut all = Tally::default();
        for text in [one, two] {
            let mut tally = Tally { records: 1, ..Tally::default() };
            tally.add(&crate::clean(text), text.len());
            all.merge(tally);
        }
        let sum = |counts: &Counts| counts.values().sum::<u64>();
        assert_eq!((all.records, all.text_bytes, sum(&all.verdicts)), (2, 52, 2));
        assert_eq!(sum(&all.words_kept) + sum(&all.words_removed), 11);
        let json = serde_json::to_string(&all).unwrap();
        assert_eq!(serde_json::from_str::<Tally>(&json).unwrap(), all);
    }
}
