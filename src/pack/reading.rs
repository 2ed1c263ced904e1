//! The words by which bylines and times are read, of all packs together.

use super::{Openers, Pack};
use crate::text::hash::Set;

/// Phrases and words of all languages, one list a use.
#[derive(Debug)]
pub(crate) struct Reading {
    /// Before a name: "by".
    pub leads: Openers,
    /// What a person is: "editor".
    pub roles: Set<String>,
    pub role_phrases: Openers,
    /// Before a date: "published", "updated", and either of them.
    pub published: Openers,
    pub updated: Openers,
    pub dated: Openers,
    /// "ago", "yesterday".
    pub relative: Set<String>,
    /// Halves of the day.
    pub am: Set<String>,
    pub pm: Set<String>,
}

impl Reading {
    pub fn new(packs: &[Pack]) -> Self {
        let dated = packs.iter().flat_map(|pack| pack.dates.published.iter().chain(&pack.dates.updated));
        Self {
            leads: phrases(packs, |pack| &pack.byline.lead),
            roles: words(packs, |pack| &pack.byline.roles),
            role_phrases: phrases(packs, |pack| &pack.byline.roles),
            published: phrases(packs, |pack| &pack.dates.published),
            updated: phrases(packs, |pack| &pack.dates.updated),
            dated: Openers::new(dated),
            relative: words(packs, |pack| &pack.dates.relative),
            am: words(packs, |pack| &pack.dates.am),
            pm: words(packs, |pack| &pack.dates.pm),
        }
    }
}

fn phrases(packs: &[Pack], list: impl Fn(&Pack) -> &Vec<String>) -> Openers {
    Openers::new(packs.iter().flat_map(list))
}

fn words(packs: &[Pack], list: impl Fn(&Pack) -> &Vec<String>) -> Set<String> {
    packs.iter().flat_map(list).cloned().collect()
}
