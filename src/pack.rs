//! What copydesk knows of languages: packs of words and phrases, read from TOML, a file a language.
//!
//! A pack is data that a native speaker can mend (`packs/en.toml` says how). All packs are asked at once, whatever the
//! language of the document: pages mix languages, and a wrong guess must not cost a story.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::features::Cue;
use crate::once::Lazy;
use crate::text::words::Word;

pub(crate) use calendar::{Calendar, Half, Mark, Named};
pub(crate) use captions::{CaptionPhrase, CaptionWords, Captions, Kinds as CaptionKinds, SIDES, kind as caption_kind};
pub(crate) use custom::host;
pub(crate) use field_words::{FieldWords, Languages, Spoken, Words};
pub(crate) use headers::{Headers, Holds, Key};
pub(crate) use inline::{InlineWords, Inlines};
pub(crate) use names::Names;
pub(crate) use openers::Openers;
use phrases::Phrases;
pub(crate) use places::{Code, Known, country, place, region, state};
pub(crate) use wires::{Use, Wires, with_lower};
pub(crate) use zones::{Zone, Zones};

mod bounds;
mod calendar;
mod captions;
#[cfg(feature = "fuzzing")]
pub(crate) mod check;
pub(crate) mod custom;
mod field_words;
mod headers;
mod inline;
mod names;
mod openers;
mod phrases;
mod places;
mod sites;
mod wires;
mod zones;

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
/// Packs of words by which dates, bylines and captions are read, without evidence for labels.
const READ: &[(&str, &str)] = &[
    ("lt", include_str!("../packs/lt.toml")),
    ("lv", include_str!("../packs/lv.toml")),
    ("hu", include_str!("../packs/hu.toml")),
    ("sk", include_str!("../packs/sk.toml")),
    ("sl", include_str!("../packs/sl.toml")),
    ("hr", include_str!("../packs/hr.toml")),
    ("sr", include_str!("../packs/sr.toml")),
    ("bg", include_str!("../packs/bg.toml")),
    ("ro", include_str!("../packs/ro.toml")),
    ("el", include_str!("../packs/el.toml")),
    ("et", include_str!("../packs/et.toml")),
    ("is", include_str!("../packs/is.toml")),
    ("sq", include_str!("../packs/sq.toml")),
    ("mk", include_str!("../packs/mk.toml")),
    ("ka", include_str!("../packs/ka.toml")),
    ("hy", include_str!("../packs/hy.toml")),
    ("bn", include_str!("../packs/bn.toml")),
    ("th", include_str!("../packs/th.toml")),
    ("ur", include_str!("../packs/ur.toml")),
    ("sw", include_str!("../packs/sw.toml")),
    ("cy", include_str!("../packs/cy.toml")),
    ("ca", include_str!("../packs/ca.toml")),
    ("gl", include_str!("../packs/gl.toml")),
    ("be", include_str!("../packs/be.toml")),
    ("ms", include_str!("../packs/ms.toml")),
    ("af", include_str!("../packs/af.toml")),
    ("az", include_str!("../packs/az.toml")),
    ("uz", include_str!("../packs/uz.toml")),
    ("kk", include_str!("../packs/kk.toml")),
    ("tl", include_str!("../packs/tl.toml")),
    ("ta", include_str!("../packs/ta.toml")),
    ("te", include_str!("../packs/te.toml")),
    ("mr", include_str!("../packs/mr.toml")),
    ("gu", include_str!("../packs/gu.toml")),
    ("pa", include_str!("../packs/pa.toml")),
];
const COMMON: &str = include_str!("../packs/common.toml");

/// One language pack, as its TOML file says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pack {
    /// A caller's pack that is of no language leaves it out.
    #[serde(default)]
    pub code: String,
    #[allow(dead_code, reason = "for people who read the file")]
    #[serde(default)]
    pub name: String,
    /// Whether its words are evidence for labels. The models have learnt with those of most packs; of the others the readers of
    /// fields alone make use.
    #[serde(default = "yes")]
    pub evidence: bool,
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
    #[serde(default)]
    pub dateline: DatelineWords,
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
    /// After the names of helpers: "contributed to this report".
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
    /// More names of months, as `months`: short ones that mean other things too, and no evidence for a label.
    pub more_months: Vec<Vec<String>>,
    /// More names of days, as `weekdays`: short ones, which count beside a date.
    pub more_weekdays: Vec<Vec<String>>,
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
    /// After or before the count: "ago".
    pub ago: Vec<String>,
    /// A count of one: "an".
    pub one: Vec<String>,
    pub today: Vec<String>,
    pub yesterday: Vec<String>,
    pub am: Vec<String>,
    pub pm: Vec<String>,
    /// From evening to morning: "at night".
    pub night: Vec<String>,
    /// Around twelve: "noon".
    pub noon: Vec<String>,
    /// Of hours that are counted from six in the morning.
    pub from_dawn: Vec<String>,
    /// Before a time of day: "at".
    pub at: Vec<String>,
    /// After an hour, and makes it a time of day: "o'clock".
    pub oclock: Vec<String>,
    /// After an hour or a time of day that other signs show to be one: "h".
    pub hour_signs: Vec<String>,
    /// Glued after a day: "th".
    pub ordinals: Vec<String>,
    /// Between a day and a month: "of".
    pub of: Vec<String>,
    /// After a year: "г."
    pub year_words: Vec<String>,
    /// After the numbers of a date or time: "年".
    pub year_marks: Vec<String>,
    pub month_marks: Vec<String>,
    pub day_marks: Vec<String>,
    pub hour_marks: Vec<String>,
    pub minute_marks: Vec<String>,
    /// From what years of an era are counted: the year before its first.
    pub eras: BTreeMap<String, i16>,
}

impl DateWords {
    /// The lists that are no evidence for labels, each with its name.
    pub fn lists(&self) -> [(&'static str, &Vec<String>); 25] {
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
            ("dates.night", &self.night),
            ("dates.noon", &self.noon),
            ("dates.from_dawn", &self.from_dawn),
            ("dates.at", &self.at),
            ("dates.oclock", &self.oclock),
            ("dates.hour_signs", &self.hour_signs),
            ("dates.ordinals", &self.ordinals),
            ("dates.of", &self.of),
            ("dates.year_words", &self.year_words),
            ("dates.year_marks", &self.year_marks),
            ("dates.month_marks", &self.month_marks),
            ("dates.day_marks", &self.day_marks),
            ("dates.hour_marks", &self.hour_marks),
            ("dates.minute_marks", &self.minute_marks),
        ]
    }
}

/// Words of datelines.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DatelineWords {
    /// Ends a dateline: "电".
    pub marks: Vec<String>,
    /// The paper's own report: "本报".
    pub own: Vec<String>,
    /// Beside the name of who reports: "记者".
    pub reporters: Vec<String>,
    /// The same of others who helped: "编辑".
    pub helpers: Vec<String>,
    /// What the name of a source ends with: "社".
    pub sources: Vec<String>,
    /// In brackets after a dateline: "更新".
    pub notes: Vec<String>,
    /// In brackets after a place, where an agency could stand: "staff reporter".
    pub staff: Vec<String>,
    /// In brackets after a place, and part of its name: "Oder".
    pub rivers: Vec<String>,
    /// The country, ISO 3166-1, whose states stand in brackets by their letters.
    pub states: String,
    /// Whether newspapers set a full stop after a place alone: "Berlin. Der Senat".
    pub full_stop: bool,
}

impl DatelineWords {
    /// The lists, each with its name.
    pub fn lists(&self) -> [(&'static str, &Vec<String>); 8] {
        [
            ("dateline.marks", &self.marks),
            ("dateline.own", &self.own),
            ("dateline.reporters", &self.reporters),
            ("dateline.helpers", &self.helpers),
            ("dateline.sources", &self.sources),
            ("dateline.notes", &self.notes),
            ("dateline.staff", &self.staff),
            ("dateline.rivers", &self.rivers),
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

impl Default for Pack {
    fn default() -> Self {
        Self {
            code: String::new(),
            name: String::new(),
            evidence: true,
            cues: HashMap::new(),
            byline: BylineWords::default(),
            caption: CaptionWords::default(),
            inline: InlineWords::default(),
            dates: DateWords::default(),
            dateline: DatelineWords::default(),
            site: sites::Gathered::default(),
        }
    }
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
        let common: Common =
            toml::from_str(COMMON).map_err(|error| Error::format(format!("language pack common: {error}")))?;
        let named =
            |(name, pack): (&&str, Result<Pack>)| pack.map_err(|error| error.context(format!("language pack {name}")));
        // The caller's first: what is refused is refused at once.
        let own_packs =
            own.iter().map(|(name, text)| named((name, Pack::of_caller(text)))).collect::<Result<Vec<_>>>()?;
        let embedded = EMBEDDED.iter().chain(READ).map(|(name, text)| named((name, Pack::parse(text))));
        let mut packs = embedded.collect::<Result<Vec<_>>>()?;
        packs.extend(own_packs);
        let mut phrases = Phrases::default();
        for pack in packs.iter().filter(|pack| pack.evidence) {
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
        let mut custom = custom::CustomPhrases::default();
        for ((name, _), pack) in own.iter().zip(&mut packs[EMBEDDED.len() + READ.len()..]) {
            let added = custom.add(&pack.cues).and_then(|()| custom.add_sites(std::mem::take(&mut pack.site)));
            added.map_err(|error| error.context(format!("language pack {name}")))?;
            pack.keep_what_is_asked();
        }
        Ok(Self { packs, phrases, calendar, zones, reading, captions, inline, wires, names, headers, custom })
    }

    /// The pack of a language, by ISO 639-1 code; none where its words are no evidence.
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
            custom::check_key(cue)?;
        }
        for (what, given, want) in [
            ("months", self.dates.months.len(), 12),
            ("weekdays", self.dates.weekdays.len(), 7),
            ("more_months", self.dates.more_months.len(), 12),
            ("more_weekdays", self.dates.more_weekdays.len(), 7),
        ] {
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
        assert_eq!(packs.packs.len(), EMBEDDED.len() + READ.len());
        for ((name, _), pack) in EMBEDDED.iter().chain(READ).zip(&packs.packs) {
            assert_eq!(*name, pack.code);
            assert!(matches!((pack.dates.months.len(), pack.dates.weekdays.len()), (12, 7) | (0, 0)), "{name}");
            assert_eq!(pack.evidence, EMBEDDED.iter().any(|(evident, _)| evident == name), "{name}");
            // What is no evidence moves no label.
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
