//! The words by which bylines and times are read, of all packs together.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::{BylineWords, DateWords, Openers, Pack};
use crate::document::Part;
use crate::text::hash::{Map, Set};

/// Languages, a bit each. One bit may stand for several where there are many.
pub(crate) type Languages = u64;

/// Phrases, and the languages that each is of.
#[derive(Debug)]
pub(crate) struct Spoken {
    openers: Openers,
    languages: Map<Box<str>, Languages>,
}

impl Spoken {
    fn new<'p>(phrases: impl Iterator<Item = (Languages, &'p String)> + Clone) -> Self {
        let mut languages = Map::default();
        for (of, phrase) in phrases.clone() {
            *languages.entry(Openers::folded(phrase)).or_insert(0) |= of;
        }
        Self { openers: Openers::new(phrases.map(|(_, phrase)| phrase)), languages }
    }

    /// The languages of a phrase as [`Openers::alike`] gives it.
    pub fn of(&self, phrase: &str) -> Languages {
        self.languages.get(phrase).copied().unwrap_or_default()
    }
}

/// Whatever the language.
impl Deref for Spoken {
    type Target = Openers;

    fn deref(&self) -> &Openers {
        &self.openers
    }
}

/// Words, and the languages that each is of.
#[derive(Debug, Default)]
pub(crate) struct Words(Map<String, Languages>);

impl Words {
    fn new<'p>(words: impl Iterator<Item = (Languages, &'p String)>) -> Self {
        let mut all = Self::default();
        words.for_each(|(of, word)| *all.0.entry(word.clone()).or_insert(0) |= of);
        all
    }

    /// The languages of a word in small letters.
    pub fn of(&self, word: &str) -> Languages {
        self.0.get(word).copied().unwrap_or_default()
    }

    /// Whether it is a word of any language.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }
}

/// Phrases and words of all languages, one list a use.
#[derive(Debug)]
pub(crate) struct FieldWords {
    /// Before a name: "by".
    pub leads: Spoken,
    /// "by", "of": the last word before a name.
    pub by: Words,
    /// Before names, and saying what their bearers did.
    pub parts: [(Part, Spoken); 6],
    /// After the names of helpers: "contributed to this report".
    pub contributed: Openers,
    /// What a person is: "editor"; what stands before it: "senior".
    pub roles: Words,
    pub role_phrases: Spoken,
    pub titles: Words,
    /// What makes a name that of a paper, a firm, an office.
    pub outlets: Words,
    /// Writers who are not named.
    pub staff: Words,
    /// What stands where a name could and is none.
    pub nobodies: Spoken,
    /// The languages of the packs, a bit each.
    languages: Map<String, Languages>,
    /// Words between names, in all languages, and in English and each other one.
    pub between_all: Between,
    between_in: Vec<(String, Between)>,
    /// Before a date: "published", "updated", and what is neither.
    pub published: Openers,
    pub updated: Openers,
    pub other: Openers,
    /// Times counted from now.
    pub minutes: Openers,
    pub hours: Openers,
    pub days: Openers,
    pub ago: Openers,
    pub one: Set<String>,
    pub today: Openers,
    pub yesterday: Openers,
}

/// Words between people, and between a person and what belongs to them.
#[derive(Debug)]
pub(crate) struct Between {
    /// "and"
    pub and: Spoken,
    /// "with"
    pub with: Spoken,
    /// "for"
    pub employer: Spoken,
    /// "in"
    pub place: Spoken,
}

impl FieldWords {
    pub fn new(packs: &[Pack]) -> Self {
        let mut languages = Map::default();
        for pack in packs.iter().filter(|pack| !pack.code.is_empty() && !pack.byline.authors.is_empty()) {
            let next = languages.len().min(Languages::BITS as usize - 1);
            languages.entry(pack.code.clone()).or_insert(1 << next);
        }
        let spoken = |list: fn(&BylineWords) -> &Vec<String>| Spoken::new(of_packs(packs, &languages, list));
        let words = |list: fn(&BylineWords) -> &Vec<String>| Words::new(of_packs(packs, &languages, list));
        let dates = |list: fn(&DateWords) -> &Vec<String>| phrases(packs, |pack| list(&pack.dates));
        let english = |pack: &&Pack| pack.code == "en";
        let with_english = |code: &str| {
            let of = packs.iter().filter(|one| english(one) || one.code == code);
            (code.to_owned(), Between::new(of, &languages))
        };
        let codes: BTreeSet<&str> = languages.keys().map(String::as_str).collect();
        let roles = of_packs(packs, &languages, |words| &words.roles);
        Self {
            leads: spoken(|words| &words.lead),
            by: words(|words| &words.by),
            parts: [
                (Part::Author, spoken(|words| &words.authors)),
                (Part::Contributor, spoken(|words| &words.contributors)),
                (Part::Editor, spoken(|words| &words.editors)),
                (Part::Translator, spoken(|words| &words.translators)),
                (Part::Photographer, spoken(|words| &words.photographers)),
                (Part::Illustrator, spoken(|words| &words.illustrators)),
            ],
            contributed: phrases(packs, |pack| &pack.byline.contributed),
            roles: Words::new(roles.chain(of_packs(packs, &languages, |words| &words.jobs))),
            role_phrases: spoken(|words| &words.roles),
            titles: words(|words| &words.titles),
            outlets: words(|words| &words.outlets),
            staff: words(|words| &words.staff),
            nobodies: spoken(|words| &words.nobody),
            between_all: Between::new(packs.iter(), &languages),
            between_in: codes.into_iter().map(with_english).collect(),
            published: dates(|words| &words.published),
            updated: Openers::new(packs.iter().flat_map(|pack| pack.dates.updated.iter().chain(&pack.dates.changed))),
            other: dates(|words| &words.other),
            minutes: dates(|words| &words.minutes),
            hours: dates(|words| &words.hours),
            days: dates(|words| &words.days),
            ago: dates(|words| &words.ago),
            one: packs.iter().flat_map(|pack| &pack.dates.one).cloned().collect(),
            today: dates(|words| &words.today),
            yesterday: dates(|words| &words.yesterday),
            languages,
        }
    }

    /// The words between names in a language, with those of English; in all languages when it is not known.
    pub fn between(&self, lang: Option<&str>) -> &Between {
        let found = lang.and_then(|lang| self.between_in.iter().find(|(code, _)| code == lang));
        found.map_or(&self.between_all, |(_, between)| between)
    }

    /// The bit of a language; none of one that has no pack.
    pub fn language(&self, code: &str) -> Languages {
        let code = match code {
            "no" | "nn" => "nb",
            "bs" | "sh" => "hr",
            "ms" => "id",
            _ => code,
        };
        self.languages.get(code).copied().unwrap_or_default()
    }
}

impl Between {
    fn new<'p>(packs: impl Iterator<Item = &'p Pack> + Clone, languages: &'p Map<String, Languages>) -> Self {
        let spoken = |list: fn(&BylineWords) -> &Vec<String>| Spoken::new(of_packs(packs.clone(), languages, list));
        Self {
            and: spoken(|words| &words.joiners),
            with: spoken(|words| &words.with),
            employer: spoken(|words| &words.employer),
            place: spoken(|words| &words.place),
        }
    }
}

fn phrases(packs: &[Pack], list: impl Fn(&Pack) -> &Vec<String>) -> Openers {
    Openers::new(packs.iter().flat_map(list))
}

/// The phrases of a list of packs, each with its language; a pack that is of no language is of all.
fn of_packs<'p>(
    packs: impl IntoIterator<Item = &'p Pack, IntoIter: Clone>,
    languages: &'p Map<String, Languages>,
    list: fn(&BylineWords) -> &Vec<String>,
) -> impl Iterator<Item = (Languages, &'p String)> + Clone {
    packs.into_iter().flat_map(move |pack| {
        let of = languages.get(&pack.code).copied().unwrap_or(Languages::MAX);
        list(&pack.byline).iter().map(move |phrase| (of, phrase))
    })
}
