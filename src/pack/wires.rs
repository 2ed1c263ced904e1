//! What datelines need to know beside places: agencies, kickers that are no place, small words.

use serde::Deserialize;

use super::{Agency, DatelineWords, Openers, Pack, embedded};
use crate::error::Result;
use crate::once::Lazy;
use crate::text::hash::{Map, Set};

const DATELINE_WORDS: &str = packed!("dateline");
const COMMON_WORDS: &str = include_str!("../../packs/words.txt");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kickers: Vec<String>,
    organisations: Vec<String>,
    place_words: Vec<String>,
    particles: Vec<String>,
    joiners: Vec<String>,
    whole: Vec<String>,
    agency_words: Vec<String>,
    name_particles: Vec<String>,
    before_dates: Vec<String>,
    before_numbers: Vec<String>,
    speech: Vec<String>,
    media: Vec<String>,
    ends: Vec<String>,
    ends_if_marked: Vec<String>,
    articles: Vec<String>,
    players: Vec<String>,
    paper_words: Vec<String>,
    source_words: Vec<String>,
    wire_ends: Vec<String>,
    domain_ends: Vec<String>,
    short_names: Vec<String>,
    named_as_people: Vec<String>,
}

/// What a word of a dateline is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Use {
    Mark,
    Own,
    Reporter,
    Helper,
    Source,
    Note,
    Staff,
    River,
}

/// Look-up of what stands in datelines.
#[derive(Debug)]
pub(crate) struct Wires {
    agencies: Map<String, Vec<(String, String)>>,
    kickers: Set<String>,
    organisations: Set<String>,
    place_words: Set<String>,
    before_dates: Set<String>,
    before_numbers: Set<String>,
    speech: Set<String>,
    media: Set<String>,
    ends: Set<String>,
    ends_if_marked: Set<String>,
    articles: Set<String>,
    players: Openers,
    paper_words: Set<String>,
    source_words: Set<String>,
    wire_ends: Vec<String>,
    domain_ends: Set<String>,
    short_names: Set<String>,
    named_as_people: Set<String>,
    /// Words of the packs, by what they are in a dateline.
    words: [Vec<String>; 8],
    states: Set<String>,
    states_by_language: Map<String, String>,
    particles: Set<String>,
    joiners: Set<String>,
    whole: Set<String>,
    agency_words: Set<String>,
    name_particles: Set<String>,
    /// Words that in small letters can go on after the first word of a dateline: particles, and agencies.
    going_on: Set<String>,
    /// Names of agencies in scripts without spaces, longest first.
    unspaced: Vec<String>,
}

/// Lower case, without dots, hyphens as spaces.
fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '.' => {}
            '-' | '\u{a0}' => folded.push(' '),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// Calls `look_up` with the word in small letters, without an allocation where it is short and ASCII.
pub(crate) fn with_lower<T>(word: &str, look_up: impl FnOnce(&str) -> T) -> T {
    let mut lower = [0; 48];
    match lower.get_mut(..word.len()) {
        Some(lower) if word.is_ascii() => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            look_up(std::str::from_utf8(lower).unwrap_or_default())
        }
        _ => look_up(&word.to_lowercase()),
    }
}

/// Calls `look_up` with the name folded. What is short and ASCII, as most names asked for are, is folded where it costs no
/// allocation.
pub(super) fn with_folded<T>(name: &str, look_up: impl FnOnce(&str) -> T) -> T {
    let mut folded = [0; 48];
    if name.len() > folded.len() || !name.is_ascii() {
        return look_up(&fold(name));
    }
    let mut len = 0;
    for byte in name.bytes().filter(|byte| *byte != b'.') {
        folded[len] = if byte == b'-' { b' ' } else { byte.to_ascii_lowercase() };
        len += 1;
    }
    look_up(std::str::from_utf8(&folded[..len]).unwrap_or_default())
}

fn folded(names: &[String]) -> Set<String> {
    names.iter().map(|name| fold(name)).collect()
}

impl Wires {
    /// From the embedded file, with the agencies of `packs/common.toml`.
    pub fn with(agencies: &[Agency], packs: &[Pack]) -> Result<Self> {
        let file: File = embedded::read("dateline", DATELINE_WORDS)?;
        let mut by_name: Map<String, Vec<(String, String)>> = Map::default();
        let mut unspaced = Vec::new();
        for agency in agencies {
            for name in agency.names.iter().chain(&agency.more) {
                by_name.entry(fold(name)).or_default().push((name.clone(), agency.id.clone()));
                if name.chars().next().is_some_and(crate::text::words::is_unspaced) {
                    unspaced.push(name.clone());
                }
            }
        }
        let mut going_on = folded(&file.particles);
        // `ap` is none, and of several words the first alone says nothing.
        let printed_small = |name: &String| name.chars().count() > 4 || name.starts_with(char::is_lowercase);
        let names = agencies.iter().flat_map(|agency| agency.names.iter().chain(&agency.more));
        going_on.extend(names.filter(|name| !name.contains(' ') && printed_small(name)).map(|name| fold(name)));
        unspaced.sort_by_key(|name| std::cmp::Reverse(name.len()));
        unspaced.dedup();
        Ok(Self {
            organisations: folded(&file.organisations),
            place_words: folded(&file.place_words),
            before_dates: folded(&file.before_dates),
            before_numbers: folded(&file.before_numbers),
            speech: folded(&file.speech),
            media: folded(&file.media),
            ends: folded(&file.ends),
            ends_if_marked: folded(&file.ends_if_marked),
            articles: file.articles.into_iter().collect(),
            players: Openers::new(&file.players),
            paper_words: folded(&file.paper_words),
            source_words: folded(&file.source_words),
            wire_ends: file.wire_ends,
            domain_ends: folded(&file.domain_ends),
            short_names: folded(&file.short_names),
            named_as_people: file.named_as_people.into_iter().collect(),
            words: std::array::from_fn(|at| {
                let list = |dateline: &DatelineWords| dateline.lists().get(at).map(|(_, list)| (*list).clone());
                packs.iter().filter_map(|pack| list(&pack.dateline)).flatten().collect()
            }),
            states: packs.iter().map(|pack| pack.dateline.states.clone()).filter(|code| !code.is_empty()).collect(),
            states_by_language: packs
                .iter()
                .filter(|pack| !pack.dateline.states.is_empty())
                .map(|pack| (pack.code.clone(), pack.dateline.states.clone()))
                .collect(),
            agencies: by_name,
            kickers: folded(&file.kickers),
            particles: folded(&file.particles),
            joiners: folded(&file.joiners),
            whole: folded(&file.whole),
            agency_words: folded(&file.agency_words),
            name_particles: folded(&file.name_particles),
            going_on,
            unspaced,
        })
    }

    /// All names of agencies, as printed.
    pub fn agency_names(&self) -> impl Iterator<Item = &str> {
        self.agencies.values().flatten().map(|(name, _)| name.as_str())
    }

    /// The words in small letters inside names.
    pub fn name_particles(&self) -> impl Iterator<Item = &str> {
        self.name_particles.iter().map(String::as_str)
    }

    /// The id of the agency so named. Short names count only as they are printed: "AP", never "ap".
    pub fn agency(&self, name: &str) -> Option<&str> {
        let found = with_folded(name, |name| self.agencies.get(name))?;
        let printed = found.iter().find(|(printed, _)| printed == name);
        let any = || found.iter().find(|_| name.chars().count() > 4);
        printed.or_else(any).map(|(_, id)| id.as_str())
    }

    /// The longest agency name that `text` begins with, in scripts without spaces.
    pub fn agency_at_start(&self, text: &str) -> Option<&str> {
        self.unspaced.iter().map(String::as_str).find(|name| text.starts_with(name))
    }

    /// The longest agency name that `text` ends with, in scripts without spaces.
    pub fn agency_at_end(&self, text: &str) -> Option<&str> {
        self.unspaced.iter().map(String::as_str).find(|name| text.ends_with(name))
    }

    /// Whether it says that copy ends or goes on: "ends", "more".
    pub fn is_end(&self, phrase: &str) -> bool {
        with_folded(phrase, |phrase| self.ends.contains(phrase))
    }

    /// Whether it says so between marks alone: "(MORE)".
    pub fn goes_on_if_marked(&self, phrase: &str) -> bool {
        with_folded(phrase, |phrase| self.ends_if_marked.contains(phrase))
    }

    /// Whether it opens the name of a paper, as printed: "The".
    pub fn is_article(&self, word: &str) -> bool {
        self.articles.contains(word)
    }

    /// The words of the packs that are this in a dateline, as printed.
    pub fn words(&self, used: Use) -> &[String] {
        self.words.get(used as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is this in a dateline.
    pub fn is(&self, used: Use, word: &str) -> bool {
        self.words(used).iter().any(|known| with_folded(word, |word| with_folded(known, |known| word == known)))
    }

    /// Whether the states of this country stand in brackets by their letters.
    pub fn has_states_in_brackets(&self, country: &str) -> bool {
        self.states.contains(country)
    }

    /// The country whose states stand so in a language.
    pub fn states_of(&self, language: &str) -> Option<&str> {
        self.states_by_language.get(language).map(String::as_str)
    }

    /// Whether it makes a name before it that of a paper: "News".
    pub fn is_paper_word(&self, word: &str) -> bool {
        with_folded(word, |word| self.paper_words.contains(word))
    }

    /// Whether it makes a name in brackets that of a paper: "avisa".
    pub fn is_source_word(&self, word: &str) -> bool {
        with_folded(word, |word| self.source_words.contains(word))
    }

    /// Whether a name that opens with a number is a wire's by its end: "24-7PressRelease".
    pub fn ends_a_wire(&self, word: &str) -> bool {
        with_folded(word, |word| self.wire_ends.iter().any(|end| word.ends_with(end.as_str())))
    }

    /// Whether the name of a site ends so: "com".
    pub fn ends_a_domain(&self, end: &str) -> bool {
        with_folded(end, |end| self.domain_ends.contains(end))
    }

    /// Whether a dot after it is that of a shortened word in the name of a place: "Ste."
    pub fn is_short_name(&self, word: &str) -> bool {
        with_folded(word, |word| self.short_names.contains(word))
    }

    /// Whether towns of this country are called as people are.
    pub fn is_named_as_people(&self, country: &str) -> bool {
        self.named_as_people.contains(country)
    }

    /// What players say where they cannot play.
    pub fn players(&self) -> &Openers {
        &self.players
    }

    /// Words for what a headline may have beside it: "PHOTOS", "VIDEO".
    pub fn is_media(&self, word: &str) -> bool {
        with_folded(word, |word| self.media.contains(word))
    }

    /// Whether it is a label and no place.
    pub fn is_kicker(&self, phrase: &str) -> bool {
        with_folded(phrase, |phrase| self.kickers.contains(phrase))
    }

    /// Whether a company, a body or a team is so called, and no place.
    pub fn is_organisation(&self, phrase: &str) -> bool {
        with_folded(phrase, |phrase| self.organisations.contains(phrase))
    }

    /// Whether it makes a name of several words that of a place: "springs".
    pub fn is_place_word(&self, word: &str) -> bool {
        with_folded(word, |word| self.place_words.contains(word))
    }

    /// Whether it may stand between a place and its date: "den".
    pub fn is_before_dates(&self, word: &str) -> bool {
        with_folded(word, |word| self.before_dates.contains(word))
    }

    /// Whether the numbers after it are not a date: "version".
    pub fn is_before_numbers(&self, word: &str) -> bool {
        with_folded(word, |word| self.before_numbers.contains(word))
    }

    /// Whether it opens what somebody says, and hardly a report: "I".
    pub fn opens_speech(&self, word: &str) -> bool {
        with_folded(word, |word| self.speech.contains(word))
    }

    /// Whether newspapers write the word small.
    pub fn is_common_word(&self, word: &str) -> bool {
        static WORDS: Lazy<Set<&str>> = Lazy::new(|| COMMON_WORDS.lines().skip(1).collect());
        WORDS.contains(word.to_lowercase().as_str())
    }

    /// Whether it is a small word inside the names of places.
    pub fn is_particle(&self, word: &str) -> bool {
        with_folded(word, |word| self.particles.contains(word))
    }

    /// Whether `word`, in small letters, can stand after the first word of a dateline.
    pub fn goes_on(&self, word: &str) -> bool {
        self.going_on.contains(word)
    }

    /// Whether it joins two places.
    pub fn is_joiner(&self, word: &str) -> bool {
        with_folded(word, |word| self.joiners.contains(word))
    }

    /// Whether it is one place although it has a slash.
    pub fn is_whole(&self, name: &str) -> bool {
        with_folded(name, |name| self.whole.contains(name))
    }

    /// Whether it makes a name that of a news source.
    pub fn is_agency_word(&self, word: &str) -> bool {
        with_folded(word, |word| self.agency_words.contains(word))
    }

    /// Whether it is a small word inside the names of people.
    pub fn is_name_particle(&self, word: &str) -> bool {
        with_folded(word, |word| self.name_particles.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::AgencyKind;

    #[test]
    fn lowers_alike_with_and_without_allocation() {
        for word in ["", "Von", "ÉTAT", &"LONG".repeat(13)] {
            with_lower(word, |lower| assert_eq!(lower, word.to_lowercase()));
        }
    }

    #[test]
    fn folds_alike_with_and_without_allocation() {
        for name in ["", "St. Louis", "N.-Y.", "...", "ÉTAT-Unis", &"Long ".repeat(20), "Wilkes\u{a0}Barre"] {
            with_folded(name, |folded| assert_eq!(folded, fold(name)));
        }
    }

    #[test]
    fn looks_up() -> Result<()> {
        let agency = |id: &str, names: [&str; 1], more: [&str; 1]| Agency {
            id: id.to_owned(),
            names: names.map(str::to_owned).to_vec(),
            more: more.map(str::to_owned).to_vec(),
            sure: true,
            kind: AgencyKind::News,
        };
        let wires = Wires::with(
            &[
                agency("ap", ["AP"], ["The AP"]),
                agency("bernama", ["Bernama"], ["Bernama TV"]),
                agency("xinhua", ["新华"], ["新华社"]),
            ],
            &[],
        )?;
        assert_eq!(wires.agency("AP"), Some("ap"));
        assert_eq!(wires.agency("ap"), None);
        assert_eq!(wires.agency("BERNAMA"), Some("bernama"));
        assert_eq!(wires.agency_at_start("新华社北京"), Some("新华社"));
        Ok(())
    }
}
