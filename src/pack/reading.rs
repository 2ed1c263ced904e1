//! The words by which bylines and times are read, of all packs together.

use std::collections::BTreeSet;

use super::{BylineWords, DateWords, Openers, Pack};
use crate::document::Part;
use crate::text::hash::Set;

/// Phrases and words of all languages, one list a use.
#[derive(Debug)]
pub(crate) struct Reading {
    /// Before a name: "by".
    pub leads: Openers,
    /// "by", "of": the last word before a name.
    pub by: Set<String>,
    /// Before names, and saying what their bearers did.
    pub parts: [(Part, Openers); 6],
    /// Behind the names of helpers: "contributed to this report".
    pub contributed: Openers,
    /// What a person is: "editor"; what stands before it: "senior".
    pub roles: Set<String>,
    pub role_phrases: Openers,
    pub titles: Set<String>,
    /// What makes a name that of a paper, a firm, an office.
    pub outlets: Set<String>,
    /// Writers who are not named.
    pub staff: Set<String>,
    /// What stands where a name could and is none.
    pub nobodies: Openers,
    /// Words between names, in all languages, and in English and each other one.
    between: Between,
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
    pub and: Openers,
    /// "with"
    pub with: Openers,
    /// "for"
    pub employer: Openers,
    /// "in"
    pub place: Openers,
}

impl Reading {
    pub fn new(packs: &[Pack]) -> Self {
        let byline = |list: fn(&BylineWords) -> &Vec<String>| phrases(packs, |pack| list(&pack.byline));
        let dates = |list: fn(&DateWords) -> &Vec<String>| phrases(packs, |pack| list(&pack.dates));
        let english = |pack: &&Pack| pack.code == "en";
        let with_english =
            |code: &str| (code.to_owned(), Between::new(packs.iter().filter(|one| english(one) || one.code == code)));
        let languages: BTreeSet<&str> = packs
            .iter()
            .filter(|pack| pack.evidence)
            .map(|pack| pack.code.as_str())
            .filter(|code| !code.is_empty())
            .collect();
        Self {
            leads: byline(|words| &words.lead),
            by: words(packs, |pack| &pack.byline.by),
            parts: [
                (Part::Author, byline(|words| &words.authors)),
                (Part::Contributor, byline(|words| &words.contributors)),
                (Part::Editor, byline(|words| &words.editors)),
                (Part::Translator, byline(|words| &words.translators)),
                (Part::Photographer, byline(|words| &words.photographers)),
                (Part::Illustrator, byline(|words| &words.illustrators)),
            ],
            contributed: byline(|words| &words.contributed),
            roles: packs.iter().flat_map(|pack| pack.byline.roles.iter().chain(&pack.byline.jobs)).cloned().collect(),
            role_phrases: byline(|words| &words.roles),
            titles: words(packs, |pack| &pack.byline.titles),
            outlets: words(packs, |pack| &pack.byline.outlets),
            staff: words(packs, |pack| &pack.byline.staff),
            nobodies: byline(|words| &words.nobody),
            between: Between::new(packs.iter()),
            between_in: languages.into_iter().map(with_english).collect(),
            published: dates(|words| &words.published),
            updated: Openers::new(packs.iter().flat_map(|pack| pack.dates.updated.iter().chain(&pack.dates.changed))),
            other: dates(|words| &words.other),
            minutes: dates(|words| &words.minutes),
            hours: dates(|words| &words.hours),
            days: dates(|words| &words.days),
            ago: dates(|words| &words.ago),
            one: words(packs, |pack| &pack.dates.one),
            today: dates(|words| &words.today),
            yesterday: dates(|words| &words.yesterday),
        }
    }

    /// The words between names in a language, with those of English; in all languages when it is not known.
    pub fn between(&self, lang: Option<&str>) -> &Between {
        let found = lang.and_then(|lang| self.between_in.iter().find(|(code, _)| code == lang));
        found.map_or(&self.between, |(_, between)| between)
    }
}

impl Between {
    fn new<'p>(packs: impl Iterator<Item = &'p Pack> + Clone) -> Self {
        let byline =
            |list: fn(&BylineWords) -> &Vec<String>| Openers::new(packs.clone().flat_map(|pack| list(&pack.byline)));
        Self {
            and: byline(|words| &words.joiners),
            with: byline(|words| &words.with),
            employer: byline(|words| &words.employer),
            place: byline(|words| &words.place),
        }
    }
}

fn phrases(packs: &[Pack], list: impl Fn(&Pack) -> &Vec<String>) -> Openers {
    Openers::new(packs.iter().flat_map(list))
}

fn words(packs: &[Pack], list: impl Fn(&Pack) -> &Vec<String>) -> Set<String> {
    packs.iter().flat_map(list).cloned().collect()
}
