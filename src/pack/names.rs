//! Words of people's names: what stands inside them, before and after, and which words of other lists are names too.

use serde::Deserialize;

use super::{embedded, with_lower};
use crate::error::Result;
use crate::text::hash::Set;

const NAMES: &str = packed!("names");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    particles: Vec<String>,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
    degrees: Vec<String>,
    abbreviations: Vec<String>,
    articles: Vec<String>,
    bodies: Vec<String>,
    directions: Vec<String>,
    joined: Vec<String>,
    given_too: Vec<String>,
    surnames: Vec<String>,
    given: Vec<String>,
}

/// The lists of `packs/names.toml`.
#[derive(Debug)]
pub(crate) struct Names {
    particles: Set<String>,
    prefixes: Set<String>,
    suffixes: Set<String>,
    degrees: Set<String>,
    abbreviations: Set<String>,
    articles: Set<String>,
    bodies: Set<String>,
    directions: Set<String>,
    joined: Set<String>,
    given_too: Set<String>,
    surnames: Set<String>,
    given: Set<String>,
}

impl Names {
    pub fn embedded() -> Result<Self> {
        let file: File = embedded::read("names", NAMES)?;
        let set = |list: Vec<String>| list.into_iter().collect();
        Ok(Self {
            particles: set(file.particles),
            prefixes: set(file.prefixes),
            suffixes: set(file.suffixes),
            degrees: set(file.degrees),
            abbreviations: set(file.abbreviations),
            articles: set(file.articles),
            bodies: set(file.bodies),
            directions: set(file.directions),
            joined: set(file.joined),
            given_too: set(file.given_too),
            surnames: set(file.surnames),
            given: set(file.given),
        })
    }

    /// Whether it is a small word inside names that datelines do not ask for.
    pub fn is_particle(&self, word: &str) -> bool {
        has(&self.particles, word)
    }

    /// Whether a capital after it goes on with the name: "Mc".
    pub fn is_prefix(&self, word: &str) -> bool {
        word.starts_with(char::is_uppercase) && has(&self.prefixes, word)
    }

    /// Whether it stands after a name and belongs to it: "Jr."
    pub fn is_suffix(&self, word: &str) -> bool {
        has(&self.suffixes, word.trim_end_matches('.'))
    }

    /// Whether its letters stand after a name and are none of it: "Ph.D."
    pub fn is_degree(&self, word: &str) -> bool {
        let letters: String = word.chars().filter(|c| c.is_alphabetic()).take(8).collect();
        // "Ma" and "Do" are names.
        letters.chars().skip(1).any(char::is_uppercase) && has(&self.degrees, &letters) || letters == "Esq"
    }

    /// Whether a full stop after it ends no sentence: "Prof."
    pub fn is_abbreviation(&self, word: &str) -> bool {
        has(&self.abbreviations, word)
    }

    /// Whether it opens the name of a paper.
    pub fn is_article(&self, word: &str) -> bool {
        word.starts_with(char::is_uppercase) && has(&self.articles, word)
    }

    /// Whether it is a small word inside the name of a body.
    pub fn is_inside_organisation(&self, word: &str) -> bool {
        self.bodies.contains(word)
    }

    /// Whether it opens the name of a place.
    pub fn is_direction(&self, word: &str) -> bool {
        word.starts_with(char::is_uppercase) && has(&self.directions, word)
    }

    /// Whether its first letter is not a word for "and".
    pub fn is_joined(&self, word: &str) -> bool {
        self.joined.contains(word)
    }

    /// Whether it is a given name, and a word of another list.
    pub fn is_given_too(&self, word: &str) -> bool {
        has(&self.given_too, word)
    }

    /// Whether it is one of the commonest given names.
    pub fn is_given(&self, word: &str) -> bool {
        has(&self.given, word) || self.is_given_too(word)
    }

    /// Whether it is a family name, and a word of another list.
    pub fn is_surname(&self, word: &str) -> bool {
        has(&self.surnames, word)
    }
}

fn has(set: &Set<String>, word: &str) -> bool {
    with_lower(word, |word| set.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_small_and_hold_a_word_once() {
        let file: File = embedded::read("names", NAMES).unwrap();
        for list in [
            &file.particles,
            &file.prefixes,
            &file.suffixes,
            &file.degrees,
            &file.abbreviations,
            &file.articles,
            &file.bodies,
            &file.directions,
            &file.joined,
            &file.given_too,
            &file.surnames,
            &file.given,
        ] {
            let set: Set<&String> = list.iter().collect();
            assert_eq!(set.len(), list.len(), "{list:?}");
            assert!(list.iter().all(|word| *word == word.to_lowercase() && !word.contains(' ')), "{list:?}");
        }
    }

    #[test]
    fn degrees_are_written_in_capitals() {
        let names = Names::embedded().unwrap();
        for (word, want) in [("MD", true), ("Ph.D.", true), ("Ma", false), ("Do", false), ("Esq.", true), ("Esq", true)]
        {
            assert_eq!(names.is_degree(word), want, "{word}");
        }
    }
}
