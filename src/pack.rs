//! What copydesk knows of languages: packs of words and phrases, read from TOML, a file a language.
//!
//! A pack is data that a native speaker can mend (`packs/en.toml` says how). All packs are asked at once, whatever the
//! language of the document: pages mix languages, and a wrong guess must not cost a story.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::evidence::Cue;
use crate::labels::Label;
use crate::once::Lazy;
use crate::text::hash::Map;
use crate::text::words::{Word, hash_word, join_hash, split_words};

pub(crate) use captions::{
    CaptionWords, Captions, Found as CaptionPhrase, Kinds as CaptionKinds, SIDES, kind as caption_kind,
};
pub(crate) use inline::{InlineWords, Inlines};
pub(crate) use openers::Openers;
pub(crate) use own::host;
pub(crate) use places::{Code, Known, country, place, region};
pub(crate) use reading::Reading;
pub(crate) use wires::{Wires, with_lower};

mod captions;
pub(crate) mod check;
mod inline;
mod openers;
pub(crate) mod own;
mod places;
mod reading;
mod wires;

/// The packs that come with the crate: name of the file without its ending, and its text.
const EMBEDDED: &[(&str, &str)] = &[
    ("en", include_str!("../packs/en.toml")),
    ("de", include_str!("../packs/de.toml")),
    ("es", include_str!("../packs/es.toml")),
    ("fr", include_str!("../packs/fr.toml")),
    ("it", include_str!("../packs/it.toml")),
    ("pt", include_str!("../packs/pt.toml")),
    ("nl", include_str!("../packs/nl.toml")),
    ("pl", include_str!("../packs/pl.toml")),
    ("ru", include_str!("../packs/ru.toml")),
    ("ja", include_str!("../packs/ja.toml")),
    ("zh", include_str!("../packs/zh.toml")),
    ("ar", include_str!("../packs/ar.toml")),
    ("tr", include_str!("../packs/tr.toml")),
    ("ko", include_str!("../packs/ko.toml")),
    ("sv", include_str!("../packs/sv.toml")),
    ("da", include_str!("../packs/da.toml")),
    ("nb", include_str!("../packs/nb.toml")),
    ("fi", include_str!("../packs/fi.toml")),
    ("cs", include_str!("../packs/cs.toml")),
    ("uk", include_str!("../packs/uk.toml")),
    ("he", include_str!("../packs/he.toml")),
    ("fa", include_str!("../packs/fa.toml")),
    ("hi", include_str!("../packs/hi.toml")),
    ("id", include_str!("../packs/id.toml")),
    ("vi", include_str!("../packs/vi.toml")),
];
const COMMON: &str = include_str!("../packs/common.toml");

/// One language pack, as its TOML file says it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pack {
    /// A caller's pack that is of no language leaves it out.
    #[serde(default)]
    pub code: String,
    #[allow(dead_code, reason = "for people who read the file")]
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub cues: HashMap<String, Vec<String>>,
    #[serde(default)]
    pub byline: BylineWords,
    #[serde(default)]
    pub caption: CaptionWords,
    #[serde(default)]
    pub inline: InlineWords,
    #[serde(default)]
    pub dates: DateWords,
    /// Phrases of single sites; in a caller's packs.
    #[serde(default)]
    pub site: Vec<own::Site>,
}

/// Words around names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct BylineWords {
    /// Before a name: "by", "written by".
    pub lead: Vec<String>,
    /// The word for "by" alone, and others that end what stands before a name: "of".
    pub by: Vec<String>,
    /// Between names: "and".
    pub joiners: Vec<String>,
    /// Before the name of a helper: "with".
    pub with: Vec<String>,
    /// Before whom a person writes for: "for".
    pub employer: Vec<String>,
    /// Before where a person is: "in".
    pub place: Vec<String>,
    /// What a person is: "editor".
    pub roles: Vec<String>,
    /// The same, where it is no evidence for a byline: "president".
    pub jobs: Vec<String>,
    /// What stands before a role: "senior".
    pub titles: Vec<String>,
    /// What makes a name that of a paper, a firm, an office: "gazette".
    pub outlets: Vec<String>,
    /// Writers who are not named: "newsroom".
    pub staff: Vec<String>,
    /// What stands where a name could and is none: "our correspondent", "share".
    pub nobody: Vec<String>,
    /// Behind the names of helpers: "contributed to this report".
    pub contributed: Vec<String>,
    /// Before names, and saying what their bearers did for the story.
    pub authors: Vec<String>,
    pub contributors: Vec<String>,
    pub editors: Vec<String>,
    pub translators: Vec<String>,
    pub photographers: Vec<String>,
    pub illustrators: Vec<String>,
}

impl BylineWords {
    /// The lists that are no evidence for labels, each with its name.
    pub fn lists(&self) -> [(&'static str, &Vec<String>); 17] {
        [
            ("byline.by", &self.by),
            ("byline.joiners", &self.joiners),
            ("byline.with", &self.with),
            ("byline.employer", &self.employer),
            ("byline.place", &self.place),
            ("byline.jobs", &self.jobs),
            ("byline.titles", &self.titles),
            ("byline.outlets", &self.outlets),
            ("byline.staff", &self.staff),
            ("byline.nobody", &self.nobody),
            ("byline.contributed", &self.contributed),
            ("byline.authors", &self.authors),
            ("byline.contributors", &self.contributors),
            ("byline.editors", &self.editors),
            ("byline.translators", &self.translators),
            ("byline.photographers", &self.photographers),
            ("byline.illustrators", &self.illustrators),
        ]
    }
}

/// Words of dates and times.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DateWords {
    /// Order of numeric dates: "dmy", "mdy", "ymd", "" when not certain.
    pub order: String,
    /// Twelve lists, January first.
    pub months: Vec<Vec<String>>,
    /// Seven lists, Monday first.
    pub weekdays: Vec<Vec<String>>,
    pub published: Vec<String>,
    pub updated: Vec<String>,
    /// The same as `updated`, where it is no evidence for a timestamp: "as of".
    pub changed: Vec<String>,
    /// Before a date that is neither: "printed".
    pub other: Vec<String>,
    /// What a time counted from now holds: "hours ago", "yesterday".
    pub relative: Vec<String>,
    /// Units that such times are counted in.
    pub minutes: Vec<String>,
    pub hours: Vec<String>,
    pub days: Vec<String>,
    /// Behind or before the count: "ago".
    pub ago: Vec<String>,
    /// A count of one: "an".
    pub one: Vec<String>,
    pub today: Vec<String>,
    pub yesterday: Vec<String>,
    pub am: Vec<String>,
    pub pm: Vec<String>,
}

impl DateWords {
    /// The lists that are no evidence for labels, each with its name.
    pub fn lists(&self) -> [(&'static str, &Vec<String>); 11] {
        [
            ("dates.changed", &self.changed),
            ("dates.other", &self.other),
            ("dates.minutes", &self.minutes),
            ("dates.hours", &self.hours),
            ("dates.days", &self.days),
            ("dates.ago", &self.ago),
            ("dates.one", &self.one),
            ("dates.today", &self.today),
            ("dates.yesterday", &self.yesterday),
            ("dates.am", &self.am),
            ("dates.pm", &self.pm),
        ]
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    #[serde(default)]
    agency: Vec<Agency>,
}

/// A news agency.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agency {
    /// Stable: "reuters".
    pub id: String,
    /// As printed.
    pub names: Vec<String>,
    /// Names that are read and no evidence for a label.
    #[serde(default)]
    pub more: Vec<String>,
    /// Whether a name of it needs no further sign that an agency is meant.
    #[serde(default = "yes")]
    pub sure: bool,
    /// What it sends out.
    #[serde(default)]
    pub kind: AgencyKind,
}

/// What an agency sends out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AgencyKind {
    /// Reports of its own.
    #[default]
    News,
    /// Pictures.
    Photo,
    /// What others pay it to spread.
    Pr,
}

fn yes() -> bool {
    true
}

/// All packs, compiled for look-up.
#[derive(Debug)]
pub(crate) struct Packs {
    pub packs: Vec<Pack>,
    phrases: Phrases,
    months: Map<u32, u8>,
    weekdays: Map<u32, u8>,
    /// Words around names, times and credits.
    pub reading: Reading,
    /// Phrases of captions and credits.
    pub captions: Captions,
    /// Phrases of furniture inside paragraphs.
    pub inline: Inlines,
    /// Agencies and places of datelines.
    pub wires: Wires,
    /// What a caller's packs say, by label and site.
    pub own: own::Own,
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
        let common: Common =
            toml::from_str(COMMON).map_err(|error| Error::format(format!("language pack common: {error}")))?;
        let packs: Vec<Pack> = EMBEDDED
            .iter()
            .chain(own)
            .map(|(name, text)| Pack::parse(text).map_err(|error| error.context(format!("language pack {name}"))))
            .collect::<Result<_>>()?;
        let mut phrases = Phrases::default();
        let mut months = Map::default();
        let mut weekdays = Map::default();
        for pack in &packs {
            for (cue, list) in &pack.cues {
                // A label that is no cue (body, heading …) is told by the caller's phrases alone.
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
            for (day, names) in (1..).zip(&pack.dates.weekdays) {
                for name in names {
                    phrases.add(name, Cue::Weekday);
                    weekdays.entry(hash_word(name)).or_insert(day);
                }
            }
            for (month, names) in (1..).zip(&pack.dates.months) {
                for name in names {
                    phrases.add(name, Cue::Month);
                    months.entry(hash_word(name)).or_insert(month);
                }
            }
        }
        for agency in common.agency.iter().filter(|agency| agency.sure) {
            let cue = match agency.kind {
                AgencyKind::News | AgencyKind::Pr => Cue::Agency,
                AgencyKind::Photo => Cue::Credit,
            };
            agency.names.iter().for_each(|name| phrases.add(name, cue));
        }
        let wires = Wires::with(&common.agency)?;
        let reading = Reading::new(&packs);
        let captions = Captions::new(&packs, &wires);
        let inline = Inlines::new(&packs);
        let mut callers = own::Own::default();
        for ((name, _), pack) in own.iter().zip(&packs[EMBEDDED.len()..]) {
            callers.add(&pack.cues, &pack.site).map_err(|error| error.context(format!("language pack {name}")))?;
        }
        Ok(Self { packs, phrases, months, weekdays, reading, captions, inline, wires, own: callers })
    }

    /// The pack of a language, by ISO 639-1 code.
    pub fn language(&self, code: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.code == code)
    }

    /// The month, 1 to 12, that a word names in any language.
    pub fn month(&self, word: &str) -> Option<u8> {
        self.months.get(&hash_word(word)).copied()
    }

    /// The day of the week, Monday 1 to Sunday 7, that a word names in any language.
    pub fn weekday(&self, word: &str) -> Option<u8> {
        self.weekdays.get(&hash_word(word)).copied()
    }

    /// Whether a word names a day of the week in any language.
    pub fn is_weekday(&self, word: &str) -> bool {
        self.weekday(word).is_some()
    }

    /// Calls `found` for the longest phrase of each cue at each word: the cue, the first word and how many.
    pub fn cues(&self, words: &[Word], found: impl FnMut(Cue, usize, usize)) {
        self.phrases.scan(words, found);
    }
}

impl Pack {
    fn parse(text: &str) -> Result<Self> {
        let pack: Self = toml::from_str(text).map_err(|error| {
            Error::format(format!("{}\ndocs/packs.md says what a pack is", error.to_string().trim_end()))
        })?;
        for cue in pack.cues.keys() {
            own::check_key(cue)?;
        }
        for (what, given, want) in [("months", pack.dates.months.len(), 12), ("weekdays", pack.dates.weekdays.len(), 7)]
        {
            if given != 0 && given != want {
                return Err(Error::format(format!("{what} has {given} lists: give {want}, one a name")));
            }
        }
        if !["", "dmy", "mdy", "ymd"].contains(&pack.dates.order.as_str()) {
            return Err(Error::unknown("order", &pack.dates.order, ["dmy", "mdy", "ymd"]));
        }
        Ok(pack)
    }
}

/// Phrases as rows of word hashes: every prefix of a phrase is an entry of one table, open-addressed, at most a quarter full.
///
/// Most words begin no phrase; a small set of bits, which stays in the nearest cache, says so without a look at the table.
#[derive(Debug)]
pub(crate) struct Phrases {
    /// A slot is free when it has no cues.
    slots: Vec<(u32, Cues)>,
    used: usize,
    /// First words, and the first two.
    firsts: Bits,
    seconds: Bits,
}

/// A bit for each of many hashes, by their lowest bits.
#[derive(Debug)]
struct Bits(Box<[u64; Bits::SIZE / 64]>);

impl Bits {
    const SIZE: usize = 1 << 16;

    fn insert(&mut self, hash: u32) {
        self.0[hash as usize % Self::SIZE / 64] |= 1 << (hash % 64);
    }

    fn may_have(&self, hash: u32) -> bool {
        self.0[hash as usize % Self::SIZE / 64] >> (hash % 64) & 1 != 0
    }
}

/// Which cues the words up to here are a phrase of, a bit each, and [`GOES_ON`].
type Cues = u32;

/// A longer phrase goes on.
const GOES_ON: Cues = 1 << 31;

const _: () = assert!(Cue::ALL.len() <= 31 && Label::COUNT <= 31);

/// Longer phrases are cut here: no cue needs more words.
const LONGEST: usize = 24;

impl Default for Phrases {
    fn default() -> Self {
        let bits = || Bits(Box::new([0; Bits::SIZE / 64]));
        Self { slots: vec![(0, 0); 1 << 4], used: 0, firsts: bits(), seconds: bits() }
    }
}

impl Phrases {
    fn add(&mut self, phrase: &str, cue: Cue) {
        self.add_bit(phrase, cue as u32);
    }

    /// The same for any set of at most 31 kinds.
    fn add_bit(&mut self, phrase: &str, bit: u32) {
        let mut words = Vec::new();
        split_words(phrase, &mut words);
        words.truncate(LONGEST);
        let mut hash = 0;
        for (i, word) in words.iter().enumerate() {
            hash = join_hash(hash, word.hash);
            match i {
                0 => self.firsts.insert(word.hash),
                1 => self.seconds.insert(hash),
                _ => {}
            }
            self.insert(hash, if i + 1 == words.len() { 1 << bit } else { GOES_ON });
        }
    }

    fn insert(&mut self, hash: u32, cues: Cues) {
        if (self.used + 1) * 4 > self.slots.len() {
            let free = vec![(0, 0); self.slots.len() * 2];
            let old = std::mem::replace(&mut self.slots, free);
            self.used = 0;
            old.into_iter().filter(|slot| slot.1 != 0).for_each(|(hash, cues)| self.insert(hash, cues));
        }
        let at = self.slot(hash);
        self.used += usize::from(self.slots[at].1 == 0);
        self.slots[at] = (hash, self.slots[at].1 | cues);
    }

    /// Where a hash stands or would.
    fn slot(&self, hash: u32) -> usize {
        let last = self.slots.len() - 1;
        let mut at = hash as usize & last;
        // One branch for both: which of them it is cannot be foreseen.
        while (self.slots[at].1 != 0) & (self.slots[at].0 != hash) {
            at = (at + 1) & last;
        }
        at
    }

    /// The cues of the words with that hash; none when no phrase begins with them.
    fn get(&self, hash: u32) -> Cues {
        self.slots[self.slot(hash)].1
    }

    fn is_empty(&self) -> bool {
        self.used == 0
    }

    fn scan(&self, words: &[Word], mut found: impl FnMut(Cue, usize, usize)) {
        self.scan_bits(words, |bit, first, len| found(Cue::ALL[bit as usize], first, len));
    }

    /// Calls `found` for the longest phrase of each kind at each word: the kind, the first word and how many.
    fn scan_bits(&self, words: &[Word], mut found: impl FnMut(u32, usize, usize)) {
        // Whether a word begins a phrase cannot be foreseen: those that may are set apart without a branch.
        let mut firsts = [0; 64];
        for (chunk, some) in words.chunks(firsts.len()).enumerate() {
            let mut count = 0;
            for (i, word) in some.iter().enumerate() {
                firsts[count] = i;
                count += usize::from(self.firsts.may_have(word.hash));
            }
            for first in &firsts[..count] {
                self.phrases_at(words, chunk * firsts.len() + first, &mut found);
            }
        }
    }

    /// Calls `found` for the longest phrase of each cue that begins with a word.
    fn phrases_at(&self, words: &[Word], first: usize, found: &mut impl FnMut(u32, usize, usize)) {
        let mut tell = |mut cues: Cues, len: usize| {
            while cues != 0 {
                found(cues.trailing_zeros(), first, len);
                cues &= cues - 1;
            }
        };
        let mut hash = join_hash(0, words[first].hash);
        let cues = self.get(hash);
        let goes_on = |second: &Word| cues & GOES_ON != 0 && self.seconds.may_have(join_hash(hash, second.hash));
        if !words.get(first + 1).is_some_and(goes_on) {
            return tell(cues & !GOES_ON, 1);
        }
        let mut ends = [0; LONGEST];
        ends[0] = cues;
        let mut longest = 1;
        while ends[longest - 1] & GOES_ON != 0 && longest < LONGEST && first + longest < words.len() {
            hash = join_hash(hash, words[first + longest].hash);
            ends[longest] = self.get(hash);
            longest += 1;
        }
        // The longest phrase of a cue says most; the shorter ones inside it add nothing.
        let mut told = GOES_ON;
        for len in (1..=longest).rev() {
            tell(ends[len - 1] & !told, len);
            told |= ends[len - 1];
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// The hashes of the words of a phrase: what look-up compares.
    fn hashes(phrase: &str) -> Vec<u32> {
        let mut words = Vec::new();
        split_words(phrase, &mut words);
        words.iter().map(|word| word.hash).collect()
    }

    #[test]
    fn packs_parse() {
        let packs = Packs::with(&[]).unwrap();
        assert_eq!(packs.packs.len(), EMBEDDED.len());
        for ((name, _), pack) in EMBEDDED.iter().zip(&packs.packs) {
            assert_eq!(*name, pack.code);
            assert_eq!((pack.dates.months.len(), pack.dates.weekdays.len()), (12, 7), "{name}");
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
                    assert!(hashes.len() <= LONGEST, "{}: {list}: {phrase:?} is too long", pack.code);
                    assert!(seen.insert(hashes), "{}: {list}: {phrase:?} stands twice", pack.code);
                }
            }
        }
    }

    #[test]
    fn agencies_and_their_names_stand_once() {
        let common: Common = toml::from_str(COMMON).unwrap();
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
