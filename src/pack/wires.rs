//! What datelines need to know: agencies, places that need no more words, kickers that are no place.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Agency, Openers};
use crate::error::{Error, Result};
use crate::text::hash::{Map, Set};

const DATELINES: &str = include_str!("../../packs/reading.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kickers: Vec<String>,
    particles: Vec<String>,
    joiners: Vec<String>,
    whole: Vec<String>,
    agency_words: Vec<String>,
    tasks: Vec<String>,
    people_joiners: Vec<String>,
    for_words: Vec<String>,
    in_words: Vec<String>,
    name_particles: Vec<String>,
    today: Vec<String>,
    yesterday: Vec<String>,
    days: Vec<String>,
    agency: Vec<Agency>,
    regions: BTreeMap<String, Vec<String>>,
    countries: BTreeMap<String, Country>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Country {
    names: Vec<String>,
    cities: Vec<String>,
}

/// A name of a place in the packs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// ISO 3166-1 alpha-2 of the country so called or the one the city so called lies in.
    pub country: Option<String>,
    /// ISO 3166-2 of the state so called.
    pub region: Option<String>,
    /// A city is so called.
    pub city: bool,
    /// A country or state is so called.
    pub is_area: bool,
}

/// Look-up of what stands in datelines.
#[derive(Debug)]
pub(crate) struct Wires {
    places: Map<String, Known>,
    agencies: Map<String, Vec<(String, String)>>,
    kickers: Set<String>,
    particles: Set<String>,
    joiners: Set<String>,
    whole: Set<String>,
    agency_words: Set<String>,
    name_particles: Set<String>,
    /// "and", between two people.
    pub people_joiners: Set<String>,
    /// "for", between a person and whom they write for.
    pub for_words: Set<String>,
    /// "in", between a person and where they are.
    pub in_words: Set<String>,
    /// "reporting by".
    pub tasks: Openers,
    pub today: Set<String>,
    pub yesterday: Set<String>,
    /// "days", in any language.
    pub days: Set<String>,
    /// Words that in small letters can go on behind the first word of a dateline: particles, the second words of places,
    /// the first ones of agencies.
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
fn with_folded<T>(name: &str, look_up: impl FnOnce(&str) -> T) -> T {
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
    /// From the embedded file, with the agencies of the other packs.
    pub fn with(agencies: &[Agency]) -> Result<Self> {
        let file: File =
            toml::from_str(DATELINES).map_err(|error| Error::format(format!("packs/reading.toml: {error}")))?;
        let mut places: Map<String, Known> = Map::default();
        for (code, country) in &file.countries {
            for name in &country.names {
                let known = places.entry(fold(name)).or_default();
                known.country = Some(code.clone());
                known.is_area = true;
            }
            for name in &country.cities {
                let known = places.entry(fold(name)).or_default();
                known.city = true;
                known.country.get_or_insert_with(|| code.clone());
            }
        }
        for (code, names) in &file.regions {
            for name in names {
                let known = places.entry(fold(name)).or_default();
                known.region = Some(code.clone());
                known.is_area = true;
            }
        }
        let mut by_name: Map<String, Vec<(String, String)>> = Map::default();
        let mut unspaced = Vec::new();
        for agency in agencies.iter().chain(&file.agency) {
            for name in &agency.names {
                by_name.entry(fold(name)).or_default().push((name.clone(), agency.id.clone()));
                if name.chars().next().is_some_and(crate::text::words::is_unspaced) {
                    unspaced.push(name.clone());
                }
            }
        }
        let mut going_on = folded(&file.particles);
        going_on.extend(places.keys().filter_map(|name| name.split(' ').nth(1)).map(str::to_owned));
        going_on.extend(by_name.keys().filter_map(|name| name.split(' ').next()).map(str::to_owned));
        unspaced.sort_by_key(|name| std::cmp::Reverse(name.len()));
        unspaced.dedup();
        Ok(Self {
            places,
            agencies: by_name,
            kickers: folded(&file.kickers),
            particles: folded(&file.particles),
            joiners: folded(&file.joiners),
            whole: folded(&file.whole),
            agency_words: folded(&file.agency_words),
            name_particles: folded(&file.name_particles),
            people_joiners: folded(&file.people_joiners),
            for_words: folded(&file.for_words),
            in_words: folded(&file.in_words),
            tasks: Openers::new(&file.tasks),
            today: folded(&file.today),
            yesterday: folded(&file.yesterday),
            days: folded(&file.days),
            going_on,
            unspaced,
        })
    }

    /// What is known of a place of this name.
    pub fn place(&self, name: &str) -> Option<&Known> {
        with_folded(name, |name| self.places.get(name))
    }

    /// All names of agencies, as printed.
    pub fn agency_names(&self) -> impl Iterator<Item = &str> {
        self.agencies.values().flatten().map(|(name, _)| name.as_str())
    }

    /// The words inside names and between two of them.
    pub fn small_words(&self) -> impl Iterator<Item = &str> {
        self.name_particles.iter().chain(&self.people_joiners).map(String::as_str)
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

    /// Whether it is a label and no place.
    pub fn is_kicker(&self, phrase: &str) -> bool {
        with_folded(phrase, |phrase| self.kickers.contains(phrase))
    }

    /// Whether it is a small word inside the names of places.
    pub fn is_particle(&self, word: &str) -> bool {
        with_folded(word, |word| self.particles.contains(word))
    }

    /// Whether `word`, in small letters, can stand behind the first word of a dateline.
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
        let wires = Wires::with(&[])?;
        let code = |name: &str| wires.place(name).and_then(|known| known.region.as_deref());
        assert_eq!(
            (code("Calif."), code("N.Y."), code("dc"), code("Nowhere")),
            (Some("US-CA"), Some("US-NY"), Some("US-DC"), None)
        );
        assert!(wires.place("ST. LOUIS").is_some_and(|known| known.city));
        assert_eq!(wires.agency("AP"), Some("ap"));
        assert_eq!(wires.agency("ap"), None);
        assert_eq!(wires.agency("BERNAMA"), Some("bernama"));
        assert_eq!(wires.agency_at_start("新华社北京"), Some("新华社"));
        Ok(())
    }
}
