//! Phrases that a text can open with, found by their first two letters.

use crate::text::hash::Map;

/// A list of phrases of all packs, to ask which of them a text opens with: a text is compared with those few that begin as it
/// does, so that a question costs the same however many languages there are.
#[derive(Debug, Default)]
pub(crate) struct Openers {
    /// By the first letter, folded.
    by_first: Map<char, Vec<Opener>>,
    /// The ASCII characters that begin one, a bit each: most texts are turned away without a look-up.
    ascii: u128,
}

#[derive(Debug, PartialEq)]
struct Opener {
    phrase: String,
    /// Its second letter, folded.
    second: Option<char>,
}

impl Openers {
    pub fn new<'p>(phrases: impl IntoIterator<Item = &'p String>) -> Self {
        let mut openers = Self::default();
        for phrase in phrases {
            let mut letters = phrase.chars().map(fold);
            let Some(first) = letters.next() else { continue };
            if first.is_ascii() {
                openers.ascii |= 1 << first as u32;
            }
            let opener = Opener { phrase: phrase.clone(), second: letters.next() };
            let list = openers.by_first.entry(first).or_default();
            if !list.contains(&opener) {
                list.push(opener);
            }
        }
        openers
    }

    /// The phrases that begin with the two letters that `text` begins with, whatever their case and the shape of an apostrophe or
    /// a space.
    pub fn alike(&self, text: &str) -> impl Iterator<Item = &str> {
        let mut letters = text.chars();
        let list = letters.next().map_or(&[][..], |first| self.begun_by(first));
        let second = if list.is_empty() { None } else { letters.next().map(fold) };
        let alike = list.iter().filter(move |opener| opener.second.is_none() || opener.second == second);
        alike.map(|opener| opener.phrase.as_str())
    }

    /// Whether a phrase begins with the letter `first`.
    pub fn may_begin(&self, first: char) -> bool {
        !self.begun_by(first).is_empty()
    }

    fn begun_by(&self, first: char) -> &[Opener] {
        let first = fold(first);
        if first.is_ascii() && self.ascii & (1 << first as u32) == 0 {
            return &[];
        }
        self.by_first.get(&first).map_or(&[], Vec::as_slice)
    }
}

fn fold(c: char) -> char {
    match c {
        _ if c.is_ascii_graphic() => c.to_ascii_lowercase(),
        '\u{2019}' => '\'',
        _ if c.is_whitespace() => ' ',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_phrases_that_begin_alike() {
        let phrases = ["foto", "Фото", "'n foto", "foto", "f", "fn", "a foto"].map(str::to_owned);
        let openers = Openers::new(&phrases);
        let alike = |text: &str| openers.alike(text).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(alike("FOTO: x"), ["foto", "f"]);
        assert_eq!(alike("f"), ["f"]);
        assert_eq!(alike("фото"), ["Фото"]);
        assert_eq!(alike("\u{2019}n"), ["'n foto"]);
        assert_eq!(alike("A\u{a0}foto"), ["a foto"]);
        for text in ["bild", "Ж", ""] {
            assert!(alike(text).is_empty(), "{text}");
        }
        assert!(openers.may_begin('Ф') && !openers.may_begin('b') && !openers.may_begin('Ж'));
    }
}
