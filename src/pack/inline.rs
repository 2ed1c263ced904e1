//! The phrases by which furniture inside paragraphs is known, of all packs together.

use serde::Deserialize;

use super::{Openers, Pack};

/// Furniture inside paragraphs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct InlineWords {
    /// Before the headline of another story: "read more".
    pub read_more: Vec<String>,
    /// Around an advertisement: "story continues below".
    pub ad: Vec<String>,
    /// Of those, words that open no sentence with a name after them: in English they would need an article.
    pub ad_alone: Vec<String>,
    /// Buttons: "click to enlarge".
    pub ui: Vec<String>,
    /// In square brackets: "citation needed".
    pub footnotes: Vec<String>,
    /// The sentence that a feed adds below a story, with … for the headline; the name of the site follows.
    pub feed: Vec<String>,
}

impl InlineWords {
    /// All lists of phrases by name.
    pub fn lists(&self) -> [(&'static str, &Vec<String>); 5] {
        [
            ("inline.read_more", &self.read_more),
            ("inline.ad", &self.ad),
            ("inline.ad_alone", &self.ad_alone),
            ("inline.ui", &self.ui),
            ("inline.footnotes", &self.footnotes),
        ]
    }
}

/// Phrases of all languages, one list a use, and a quick way to see that a text opens with none of them: every sentence of every
/// story is asked.
#[derive(Debug)]
pub(crate) struct Inlines {
    pub read_more: Openers,
    pub ad: Openers,
    pub ad_alone: Openers,
    pub ui: Openers,
    pub footnotes: Openers,
    /// What may stand between sentences, and what in brackets.
    pub between: Begun,
    pub enclosed: Begun,
}

/// The first three letters of phrases of ASCII, a bit each: 4 kB that say for nearly every text that none begins so.
#[derive(Debug)]
pub(crate) struct Begun(Box<[u32; 1 << 10]>);

impl Begun {
    pub fn of<'p>(phrases: impl Iterator<Item = &'p String>) -> Self {
        let mut begun = Self(Box::new([0; 1 << 10]));
        for phrase in phrases {
            // Shorter ones are asked for by what stands after them.
            if let [a, b, c, ..] = *phrase.as_bytes() {
                begun.0[Self::slot(a, b)] |= 1 << (c % 32);
            }
        }
        begun
    }

    /// The case of a letter is not among its lowest five bits.
    fn slot(a: u8, b: u8) -> usize {
        usize::from(a % 32) << 5 | usize::from(b % 32)
    }

    /// Whether a phrase may begin with these bytes: all that hold a character outside ASCII may.
    pub fn may_be(&self, text: &[u8]) -> bool {
        match *text {
            [a, b, c, ..] => (a | b | c) >= 0x80 || self.0[Self::slot(a, b)] & 1 << (c % 32) != 0,
            _ => false,
        }
    }
}

impl Inlines {
    pub fn new(packs: &[Pack]) -> Self {
        let openers =
            |list: fn(&InlineWords) -> &Vec<String>| Openers::new(packs.iter().flat_map(|pack| list(&pack.inline)));
        Self {
            read_more: openers(|words| &words.read_more),
            ad: openers(|words| &words.ad),
            ad_alone: openers(|words| &words.ad_alone),
            ui: openers(|words| &words.ui),
            footnotes: openers(|words| &words.footnotes),
            between: Begun::of(packs.iter().flat_map(|pack| pack.inline.read_more.iter().chain(&pack.inline.ad))),
            enclosed: Begun::of(packs.iter().flat_map(|pack| pack.inline.lists()).flat_map(|(_, list)| list)),
        }
    }
}
