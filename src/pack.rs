//! What copydesk knows of languages: packs of words and phrases, read from TOML, a file a language.
//!
//! A pack is data that a native speaker can mend (`packs/en.toml` says how). All packs are asked at once, whatever the
//! language of the document: pages mix languages, and a wrong guess must not cost a story.

use std::sync::Arc;

use crate::error::Result;
use crate::features::Cue;
use crate::once::Lazy;
use crate::text::words::Word;

use agencies::Common;
pub(crate) use agencies::{Agency, AgencyKind};
pub(crate) use calendar::{Calendar, Half, Mark, Named};
pub(crate) use captions::{CaptionPhrase, Captions, Kinds as CaptionKinds, SIDES, kind as caption_kind};
use embedded::{EMBEDDED, READ};
use feed::Feeds;
pub(crate) use field_words::{FieldWords, Languages, Spoken, Words};
pub(crate) use file::Pack;
pub(crate) use headers::{Headers, Holds, Key};
pub(crate) use host::host;
pub(crate) use inline::Inlines;
pub(crate) use names::Names;
pub(crate) use openers::Openers;
use phrases::Phrases;
pub(crate) use places::{Code, Known, country, place, region, state};
pub(crate) use sections::{BylineWords, DateWords, DatelineWords};
pub(crate) use wires::{Use, Wires, with_lower};
pub(crate) use zones::{Zone, Zones};

mod agencies;
mod bounds;
mod calendar;
mod captions;
#[cfg(feature = "fuzzing")]
pub(crate) mod check;
pub(crate) mod custom;
mod embedded;
mod feed;
mod field_words;
mod file;
mod headers;
mod host;
mod inline;
mod label_phrases;
mod names;
mod openers;
mod phrases;
mod places;
mod sections;
mod sites;
mod wires;
mod zones;

/// For serde.
fn yes() -> bool {
    true
}

/// All packs, compiled for look-up.
#[derive(Debug)]
pub(crate) struct Packs {
    pub packs: Vec<Pack>,
    phrases: Phrases,
    /// Names of months, of days and of halves of the day, by language.
    pub calendar: Calendar,
    /// Names of time zones.
    pub zones: Zones,
    /// Words around names, times and credits.
    pub reading: FieldWords,
    /// Phrases of captions and credits.
    pub captions: Captions,
    /// Phrases of furniture inside paragraphs.
    pub inline: Inlines,
    /// The sentences that feeds add.
    pub feeds: Feeds,
    /// Agencies and places of datelines.
    pub wires: Wires,
    /// Words of people's names.
    pub names: Names,
    /// Keys of the headers above a story.
    pub headers: Headers,
    /// What a caller's packs say, by label and site.
    pub custom: custom::CustomPhrases,
}

impl Packs {
    /// The packs that come with the crate, compiled once.
    pub fn embedded() -> Arc<Self> {
        static PACKS: Lazy<Arc<Packs>> =
            Lazy::new(|| Arc::new(Packs::with(&[]).expect("the embedded packs are tested")));
        PACKS.clone()
    }

    /// The embedded packs and a caller's own: pairs of a name for messages and TOML text.
    pub fn with(own: &[(&str, &str)]) -> Result<Self> {
        let common = Common::embedded()?;
        let of_caller = |(name, text): &(&str, &str)| {
            Pack::of_caller(text).map_err(|error| error.context(format!("language pack {name}")))
        };
        // The caller's first: what is refused is refused at once.
        let own_packs = own.iter().map(of_caller).collect::<Result<Vec<_>>>()?;
        let embedded = EMBEDDED.iter().chain(READ).map(|(name, json)| Pack::embedded(name, json));
        let mut packs = embedded.collect::<Result<Vec<_>>>()?;
        packs.extend(own_packs);
        let mut phrases = Phrases::default();
        for pack in packs.iter().filter(|pack| pack.evidence) {
            for (cue, list) in &pack.cues {
                // A label that is not a cue (body, heading …) is told by the caller's phrases alone.
                if let Ok(cue) = Cue::from_name(cue) {
                    list.iter().for_each(|phrase| phrases.add(phrase, cue));
                }
            }
            for (cue, list) in [
                (Cue::Byline, &pack.byline.lead),
                (Cue::Role, &pack.byline.roles),
                (Cue::Credit, &pack.caption.credit),
                (Cue::Published, &pack.dates.published),
                (Cue::Published, &pack.dates.updated),
                (Cue::Relative, &pack.dates.relative),
            ] {
                list.iter().for_each(|phrase| phrases.add(phrase, cue));
            }
            pack.dates.weekdays.iter().flatten().for_each(|name| phrases.add(name, Cue::Weekday));
            pack.dates.months.iter().flatten().for_each(|name| phrases.add(name, Cue::Month));
        }
        for agency in common.agency.iter().filter(|agency| agency.sure) {
            let cue = match agency.kind {
                AgencyKind::News | AgencyKind::Pr => Cue::Agency,
                AgencyKind::Photo => Cue::Credit,
            };
            agency.names.iter().for_each(|name| phrases.add(name, cue));
        }
        let wires = Wires::with(&common.agency, &packs)?;
        let names = Names::embedded()?;
        let headers = Headers::embedded()?;
        let reading = FieldWords::new(&packs);
        let calendar = Calendar::new(&packs);
        let zones = Zones::embedded()?;
        let captions = Captions::new(&packs, &wires);
        let inline = Inlines::new(&packs);
        let feeds = Feeds::new(&packs);
        let mut custom = custom::CustomPhrases::default();
        for ((name, _), pack) in own.iter().zip(&mut packs[EMBEDDED.len() + READ.len()..]) {
            let added = custom.add(&pack.cues).and_then(|()| custom.add_sites(std::mem::take(&mut pack.site)));
            added.map_err(|error| error.context(format!("language pack {name}")))?;
            pack.keep_what_is_asked();
        }
        Ok(Self { packs, phrases, calendar, zones, reading, captions, inline, feeds, wires, names, headers, custom })
    }

    /// The pack of a language, by ISO 639-1 code; none where its words are not evidence.
    pub fn language(&self, code: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.code == code && pack.evidence)
    }

    /// The languages that have a pack.
    #[cfg(test)]
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.packs.iter().map(|pack| &*pack.code).filter(|code| !code.is_empty())
    }

    /// The order of numbers in dates of a language: "dmy", "mdy", "ymd", "" when not certain.
    pub fn order(&self, lang: Option<&str>) -> &str {
        let pack =
            lang.and_then(|lang| self.packs.iter().find(|pack| pack.code == lang && !pack.dates.order.is_empty()));
        pack.map_or("", |pack| pack.dates.order.as_str())
    }

    /// Whether a word names a month in any language.
    pub fn is_month(&self, word: &str) -> bool {
        self.calendar.month(word, None).is_some()
    }

    /// Whether a word names a day of the week in any language.
    pub fn is_weekday(&self, word: &str) -> bool {
        self.calendar.is_weekday(word)
    }

    /// Calls `found` for the longest phrase of each cue at each word: the cue, the first word and how many.
    pub fn cues(&self, words: &[Word], found: impl FnMut(Cue, usize, usize)) {
        self.phrases.scan(words, found);
    }

    /// Calls `found` for the longest phrase of each cue that the first word begins: the cue, and how many words.
    pub fn opening_cues(&self, words: &[Word], found: impl FnMut(Cue, usize)) {
        self.phrases.scan_first(words, found);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::text::words::split_words;

    /// The hashes of the words of a phrase: what look-up compares.
    fn hashes(phrase: &str) -> Vec<u32> {
        let mut words = Vec::new();
        split_words(phrase, &mut words);
        words.iter().map(|word| word.hash).collect()
    }

    #[test]
    fn packs_parse() {
        let packs = Packs::with(&[]).unwrap();
        assert_eq!(packs.packs.len(), EMBEDDED.len() + READ.len());
        for ((name, _), pack) in EMBEDDED.iter().chain(READ).zip(&packs.packs) {
            assert_eq!(*name, pack.code);
            assert!(matches!((pack.dates.months.len(), pack.dates.weekdays.len()), (12, 7) | (0, 0)), "{name}");
            assert_eq!(pack.evidence, EMBEDDED.iter().any(|(evident, _)| evident == name), "{name}");
            // What is not evidence moves no label.
            let evidence = [&pack.byline.lead, &pack.byline.roles, &pack.caption.credit, &pack.dates.relative];
            assert!(pack.evidence || pack.cues.is_empty() && evidence.iter().all(|list| list.is_empty()), "{name}");
        }
    }

    #[test]
    fn phrases_are_lower_case_not_empty_and_stand_once_in_a_cue() {
        for pack in &Packs::embedded().packs {
            let (byline, caption, dates) = (&pack.byline, &pack.caption, &pack.dates);
            let mut lists: Vec<(&str, Vec<&String>)> =
                pack.cues.iter().map(|(cue, list)| (cue.as_str(), list.iter().collect())).collect();
            lists.push(("byline.lead", byline.lead.iter().collect()));
            lists.push(("byline.roles", byline.roles.iter().collect()));
            lists.extend(caption.lists().map(|(name, list)| (name, list.iter().collect())));
            lists.extend(pack.inline.lists().map(|(name, list)| (name, list.iter().collect())));
            lists.push(("dates.published", dates.published.iter().chain(&dates.updated).collect()));
            lists.push(("dates.relative", dates.relative.iter().collect()));
            lists.push(("dates.months", dates.months.iter().flatten().collect()));
            lists.push(("dates.weekdays", dates.weekdays.iter().flatten().collect()));
            lists.extend(
                byline.lists().into_iter().chain(dates.lists()).map(|(name, list)| (name, list.iter().collect())),
            );
            for (list, phrases) in lists {
                let mut seen = HashSet::new();
                for phrase in phrases {
                    let hashes = hashes(phrase);
                    assert_eq!(*phrase, phrase.to_lowercase(), "{}: {list}", pack.code);
                    assert!(!hashes.is_empty(), "{}: {list}: {phrase:?} has no word", pack.code);
                    assert!(hashes.len() <= phrases::LONGEST_WORDS, "{}: {list}: {phrase:?} is too long", pack.code);
                    assert!(seen.insert(hashes), "{}: {list}: {phrase:?} stands twice", pack.code);
                }
            }
        }
    }

    #[test]
    fn agencies_and_their_names_stand_once() {
        let common = Common::embedded().unwrap();
        let mut ids = HashSet::new();
        for agency in &common.agency {
            assert!(ids.insert(&agency.id), "{} stands twice", agency.id);
            let mut seen = HashSet::new();
            for name in agency.names.iter().chain(&agency.more) {
                assert!(!hashes(name).is_empty(), "{}: {name:?} has no word", agency.id);
                assert!(seen.insert(name), "{}: {name:?} stands twice", agency.id);
            }
        }
    }
}
