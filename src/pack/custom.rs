//! A caller's own phrases: by label, everywhere or on one site. They weigh a fixed amount beside what the model has learnt.

use std::collections::HashMap;

use super::host::host;
use super::label_phrases::each_phrase;
use super::phrases::{LONGEST_WORDS, PhraseTable as _, Phrases};
use super::sites::{Gathered, Site, Sites};
use crate::error::Result;
use crate::labels::Label;
use crate::text::words::Word;

/// Where in a line a phrase stands, and what it is worth there, in nats for its label against every other.
pub(crate) const PLACES: [(&str, f32); 3] = [("the whole line", 8.0), ("opens it", 5.0), ("ends it", 2.0)];

/// A phrase of the caller's that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CustomMatch {
    pub label: Label,
    /// Index into [`PLACES`].
    pub place: usize,
    /// The phrase's words: the first, and how many.
    pub first: usize,
    pub len: usize,
}

/// All phrases of all packs of the caller's.
#[derive(Debug, Default)]
pub(crate) struct CustomPhrases {
    everywhere: Phrases,
    sites: Sites,
}

impl CustomPhrases {
    /// Adds what a pack of the caller's says everywhere: its phrases by label.
    pub fn add(&mut self, cues: &HashMap<String, Vec<String>>) -> Result<()> {
        each_phrase(cues, |phrase, _, label| self.everywhere.add_bit(phrase, label as u32))
    }

    /// Adds the sites of a pack.
    pub fn add_sites(&mut self, sites: Gathered) -> Result<()> {
        self.sites.add(sites)
    }

    /// What counts for a text of this source: its host is the site's or a part of it ("m.example.com" of "example.com").
    pub fn of_source(&self, source: Option<&str>) -> OfSource<'_> {
        let everywhere = (!self.everywhere.is_empty()).then_some(&self.everywhere);
        OfSource { everywhere, sites: source.and_then(host).map_or(Vec::new(), |host| self.sites.of_host(&host)) }
    }
}

/// The caller's phrases that count for a text.
pub(crate) struct OfSource<'a> {
    everywhere: Option<&'a Phrases>,
    sites: Vec<Site<'a>>,
}

impl OfSource<'_> {
    pub fn is_empty(&self) -> bool {
        self.everywhere.is_none() && self.sites.is_empty()
    }

    fn scan(&self, words: &[Word], mut found: impl FnMut(u32, usize, usize)) {
        if let Some(phrases) = self.everywhere {
            phrases.scan_bits(words, &mut found);
        }
        self.sites.iter().for_each(|site| site.scan_bits(words, &mut found));
    }
}

/// The caller's phrases that are, open or end a line, of each label the one that weighs most. Lone numbers at either end are
/// passed over, as everywhere.
pub(crate) fn find(phrases: &OfSource<'_>, text: &str, words: &[Word]) -> Vec<CustomMatch> {
    let number = |word: &Word| text.as_bytes()[word.start as usize..word.end as usize].iter().all(u8::is_ascii_digit);
    let first = words.iter().position(|word| !number(word)).unwrap_or(0);
    let last = words.iter().rposition(|word| !number(word)).map_or(0, |at| at + 1);
    let mut best: [Option<CustomMatch>; Label::COUNT] = [None; Label::COUNT];
    let mut scan = |from: usize, to: usize| {
        phrases.scan(&words[from..to], |bit, at, len| {
            let at = from + at;
            let place = match (at <= first, at + len >= last) {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (false, false) => return,
            };
            let slot = &mut best[bit as usize];
            if slot.is_none_or(|found| found.place > place) {
                *slot = Some(CustomMatch { label: Label::ALL[bit as usize], place, first: at, len });
            }
        });
    };
    // Only a phrase at one of the ends counts.
    let reach = LONGEST_WORDS;
    let head = (first + reach).min(words.len());
    scan(0, head);
    if head < words.len() {
        scan(last.saturating_sub(reach).max(first + 1), words.len());
    }
    best.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::split_words;

    #[test]
    fn phrases_are_found_at_the_ends_of_a_line() {
        let mut own = CustomPhrases::default();
        let cues = HashMap::from([
            ("promo".to_owned(), vec!["the harbour letter".to_owned()]),
            ("nav".to_owned(), vec!["harbour".to_owned()]),
        ]);
        own.add(&cues).unwrap();
        let mut words = Vec::new();
        let mut found = |text: &str| {
            split_words(text, &mut words);
            let found = find(&own.of_source(None), text, &words);
            found.iter().map(|found| (found.label, PLACES[found.place].0, found.len)).collect::<Vec<_>>()
        };
        assert_eq!(found("The Harbour Letter"), [(Label::Promo, "the whole line", 3)]);
        assert_eq!(found("3 The Harbour Letter 12"), [(Label::Promo, "the whole line", 3)]);
        assert_eq!(found("The harbour letter comes at six"), [(Label::Promo, "opens it", 3)]);
        assert_eq!(found("Read the harbour letter"), [(Label::Promo, "ends it", 3)]);
        assert_eq!(found("Read the harbour letter today"), []);
        let long = format!("{} of the harbour", "word ".repeat(60));
        assert_eq!(found(&long), [(Label::Nav, "ends it", 1)]);
    }
}
