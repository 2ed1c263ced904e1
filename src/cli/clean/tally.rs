//! What a run did, counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::io::fields::words;

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

    /// Adds the counts of others.
    pub fn merge(&mut self, other: Self) {
        self.records += other.records;
        self.written += other.written;
        self.rejected += other.rejected;
        self.null += other.null;
        self.text_bytes += other.text_bytes;
        self.files_failed += other.files_failed;
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
