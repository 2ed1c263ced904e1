//! Phrases that a text can open with, found by their first letters.

use std::str::Chars;

use crate::text::hash::Map;

/// A list of phrases of all packs, to ask which of them a text opens with: a text is compared with those few that begin as it
/// does, so that a question costs the same however many phrases there are.
#[derive(Debug, Default)]
pub(crate) struct Openers {
    /// By the first letter; folded, in order, each once.
    by_first: Map<char, Vec<Box<str>>>,
    /// The ASCII characters that begin one, a bit each: most texts are turned away without a look-up.
    ascii: u128,
}

/// So many phrases are compared with a text as they are; of more, those with another third letter, fourth letter … go first.
const FEW: usize = 8;

impl Openers {
    pub fn new<'p>(phrases: impl IntoIterator<Item = &'p String>) -> Self {
        let mut openers = Self::default();
        for phrase in phrases {
            let Some(first) = phrase.chars().next().map(fold) else { continue };
            if first.is_ascii() {
                openers.ascii |= 1 << first as u32;
            }
            openers.by_first.entry(first).or_default().push(Self::folded(phrase));
        }
        for list in openers.by_first.values_mut() {
            list.sort_unstable();
            list.dedup();
        }
        openers
    }

    /// A phrase as [`Openers::alike`] gives it.
    pub fn folded(phrase: &str) -> Box<str> {
        if phrase.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
            return phrase.to_ascii_lowercase().into_boxed_str();
        }
        phrase.chars().map(fold).collect()
    }

    /// All phrases that `text` opens with, and few others, in small letters: whatever the case of its letters, the shape of its
    /// apostrophes, and the width of its spaces.
    pub fn alike<'o, 't>(&'o self, text: &'t str) -> Alike<'o, 't> {
        let mut letters = text.chars();
        let first = letters.next().map(fold);
        let list = first.map_or(&[][..], |first| self.begun_by(first));
        Alike { list, letters, depth: first.map_or(0, char::len_utf8), narrowed: false }
    }

    /// Whether a phrase begins with the letter `first`.
    pub fn may_begin(&self, first: char) -> bool {
        !self.begun_by(first).is_empty()
    }

    fn begun_by(&self, first: char) -> &[Box<str>] {
        let first = fold(first);
        if first.is_ascii() && self.ascii & (1 << first as u32) == 0 {
            return &[];
        }
        self.by_first.get(&first).map_or(&[], Vec::as_slice)
    }
}

/// Phrases that begin as a text does.
pub(crate) struct Alike<'o, 't> {
    /// They have `depth` bytes in common with the text.
    list: &'o [Box<str>],
    letters: Chars<'t>,
    depth: usize,
    /// More than the first letter is the same.
    narrowed: bool,
}

impl Alike<'_, '_> {
    /// Leaves those that go on as the text does.
    fn narrow(&mut self) {
        self.narrowed = true;
        let Some(next) = self.letters.next().map(fold) else {
            self.list = &[];
            return;
        };
        let depth = self.depth;
        let letter = |phrase: &str| phrase.get(depth..).and_then(|rest| rest.chars().next());
        let from = self.list.partition_point(|phrase| letter(phrase) < Some(next));
        let list = self.list.get(from..).unwrap_or_default();
        self.list = list.get(..list.partition_point(|phrase| letter(phrase) == Some(next))).unwrap_or_default();
        self.depth += next.len_utf8();
        if next == ' ' {
            // A space of the phrase is any width of them in the text.
            let rest = self.letters.as_str().trim_start();
            self.letters = rest.chars();
        }
    }
}

impl<'o> Iterator for Alike<'o, '_> {
    type Item = &'o str;

    fn next(&mut self) -> Option<&'o str> {
        loop {
            let (first, rest) = self.list.split_first()?;
            // A phrase that ends here stands before those that go on.
            if first.len() == self.depth || self.narrowed && self.list.len() <= FEW {
                self.list = rest;
                return Some(first);
            }
            self.narrow();
        }
    }
}

/// A character of a phrase as it is compared.
pub(super) fn fold(c: char) -> char {
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
        assert_eq!(alike("FOTO: x"), ["f", "foto"]);
        assert_eq!(alike("f"), ["f"]);
        assert_eq!(alike("фото"), ["фото"]);
        assert_eq!(alike("\u{2019}n"), ["'n foto"]);
        assert_eq!(alike("A\u{a0}foto"), ["a foto"]);
        assert_eq!(alike("a  foto"), ["a foto"]);
        for text in ["bild", "Ж", ""] {
            assert!(alike(text).is_empty(), "{text}");
        }
        assert!(openers.may_begin('Ф') && !openers.may_begin('b') && !openers.may_begin('Ж'));
    }

    #[test]
    fn of_many_phrases_few_are_compared() {
        let phrases: Vec<String> = (0..20_000).map(|i| format!("more of the quay {i}")).collect();
        let openers = Openers::new(&phrases);
        let alike = |text: &str| openers.alike(text).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(alike("More of  the Quay 12"), ["more of the quay 1", "more of the quay 12"]);
        assert!(alike("More of the ships").is_empty());
        assert!(alike("More of the quay 19999 and more").len() <= 5 + FEW);
        assert!(alike("more").is_empty());
    }
}
