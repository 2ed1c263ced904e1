//! What copydesk knows of languages: packs of words and phrases, read from TOML, a file a language.
//!
//! A pack is data that a native speaker can mend (`packs/en.toml` says how). All packs are asked at once, whatever the
//! language of the document: pages mix languages, and a wrong guess must not cost a story.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::evidence::Cue;
use crate::once::Lazy;
use crate::text::hash::Map;
use crate::text::words::{Word, hash_word};

pub(crate) use captions::{
    CaptionWords, Captions, Found as CaptionPhrase, Kinds as CaptionKinds, SIDES, kind as caption_kind,
};
pub(crate) use headers::{Headers, Holds, Key};
pub(crate) use inline::{InlineWords, Inlines};
pub(crate) use openers::Openers;
pub(crate) use own::host;
use phrases::{LONGEST, Phrases};
pub(crate) use places::{Code, Known, country, place, region};
pub(crate) use reading::Reading;
pub(crate) use wires::{Wires, with_lower};

mod bounds;
mod captions;
pub(crate) mod check;
mod headers;
mod inline;
mod openers;
pub(crate) mod own;
mod phrases;
mod places;
mod reading;
mod sites;
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
#[derive(Debug, Default, Deserialize)]
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
    pub site: sites::Gathered,
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
    /// Keys of the headers above a story.
    pub headers: Headers,
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
        let named =
            |(name, pack): (&&str, Result<Pack>)| pack.map_err(|error| error.context(format!("language pack {name}")));
        // The caller's first: what is refused is refused at once.
        let own_packs =
            own.iter().map(|(name, text)| named((name, Pack::of_caller(text)))).collect::<Result<Vec<_>>>()?;
        let embedded = EMBEDDED.iter().map(|(name, text)| named((name, Pack::parse(text))));
        let mut packs = embedded.collect::<Result<Vec<_>>>()?;
        packs.extend(own_packs);
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
        let headers = Headers::embedded()?;
        let reading = Reading::new(&packs);
        let captions = Captions::new(&packs, &wires);
        let inline = Inlines::new(&packs);
        let mut callers = own::Own::default();
        for ((name, _), pack) in own.iter().zip(&mut packs[EMBEDDED.len()..]) {
            let added = callers.add(&pack.cues).and_then(|()| callers.add_sites(std::mem::take(&mut pack.site)));
            added.map_err(|error| error.context(format!("language pack {name}")))?;
            pack.keep_what_is_asked();
        }
        Ok(Self { packs, phrases, months, weekdays, reading, captions, inline, wires, headers, own: callers })
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

    /// Calls `found` for the longest phrase of each cue that the first word begins: the cue, and how many words.
    pub fn opening_cues(&self, words: &[Word], found: impl FnMut(Cue, usize)) {
        self.phrases.scan_first(words, found);
    }
}

impl Pack {
    fn parse(text: &str) -> Result<Self> {
        let pack: Self = toml::from_str(text).map_err(|error| bounds::told(text, &error))?;
        pack.check()?;
        Ok(pack)
    }

    /// A pack of the caller's, which may be of any size.
    fn of_caller(text: &str) -> Result<Self> {
        bounds::check_size(text)?;
        let pack = match sites::apart(text) {
            Some((head, sites)) => {
                let mut pack = Self::parse(head)?;
                if pack.site.said {
                    // Sites that are given as a list cannot be given as sections too: the whole says so.
                    Self::parse(text)?
                } else {
                    pack.site.append(sites);
                    pack
                }
            }
            None => Self::parse(text)?,
        };
        bounds::check(&pack)?;
        Ok(pack)
    }

    /// Lets go of what was compiled for look-up, and keeps what is asked by language.
    fn keep_what_is_asked(&mut self) {
        let sides = std::mem::take(&mut self.caption.sides);
        let order = std::mem::take(&mut self.dates.order);
        *self = Self {
            code: std::mem::take(&mut self.code),
            caption: CaptionWords { sides, ..CaptionWords::default() },
            dates: DateWords { order, ..DateWords::default() },
            ..Self::default()
        };
    }

    fn check(&self) -> Result<()> {
        for cue in self.cues.keys() {
            own::check_key(cue)?;
        }
        for (what, given, want) in [("months", self.dates.months.len(), 12), ("weekdays", self.dates.weekdays.len(), 7)]
        {
            if given != 0 && given != want {
                return Err(Error::format(format!("{what} has {given} lists: give {want}, one a name")));
            }
        }
        if !["", "dmy", "mdy", "ymd"].contains(&self.dates.order.as_str()) {
            return Err(Error::unknown("order", &self.dates.order, ["dmy", "mdy", "ymd"]));
        }
        Ok(())
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
