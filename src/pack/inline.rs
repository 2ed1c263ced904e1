//! The phrases by which furniture inside paragraphs is known, of all packs together.

use super::{InlineWords, Openers, Pack};

/// Phrases of all languages, one list a use, and a quick way to see that a text opens with none of them: every sentence of
/// every story is asked.
#[derive(Debug)]
pub(crate) struct Inlines {
    pub read_more: Openers,
    pub ad: Openers,
    pub ad_alone: Openers,
    pub ui: Openers,
    pub footnotes: Openers,
    /// The first two letters of the phrases of ASCII: for each first one, a bit a second.
    pairs: [u32; 32],
}

impl Inlines {
    pub fn new(packs: &[Pack]) -> Self {
        let openers =
            |list: fn(&InlineWords) -> &Vec<String>| Openers::new(packs.iter().flat_map(|pack| list(&pack.inline)));
        let mut pairs = [0; 32];
        for phrase in packs.iter().flat_map(|pack| pack.inline.read_more.iter().chain(&pack.inline.ad)) {
            if let [first, second, ..] = phrase.as_bytes() {
                pairs[usize::from(first % 32)] |= 1 << (second % 32);
            }
        }
        Self {
            read_more: openers(|words| &words.read_more),
            ad: openers(|words| &words.ad),
            ad_alone: openers(|words| &words.ad_alone),
            ui: openers(|words| &words.ui),
            footnotes: openers(|words| &words.footnotes),
            pairs,
        }
    }

    /// Whether a phrase that stands between sentences may begin with these two bytes.
    pub fn may_begin(&self, first: u8, second: u8) -> bool {
        // The case of a letter is not among the lowest five bits; of other characters this asks enough.
        !first.is_ascii() || !second.is_ascii() || self.pairs[usize::from(first % 32)] & 1 << (second % 32) != 0
    }
}
