//! Phrases that a text can open with, found by their first letter.

use std::collections::HashMap;

/// A list of phrases of all packs, to ask which of them a text opens with: a text is compared with those few that begin as it
/// does, so that a question costs the same however many languages there are.
#[derive(Debug, Default)]
pub(crate) struct Openers {
    /// By the first letter, folded.
    by_first: HashMap<char, Vec<String>>,
    /// The ASCII characters that begin one, a bit each: most texts are turned away without a look-up.
    ascii: u128,
}

impl Openers {
    pub fn new<'p>(phrases: impl IntoIterator<Item = &'p String>) -> Self {
        let mut openers = Self::default();
        for phrase in phrases {
            let Some(first) = phrase.chars().next().map(fold_first) else { continue };
            if first.is_ascii() {
                openers.ascii |= 1 << first as u32;
            }
            let list = openers.by_first.entry(first).or_default();
            if !list.contains(phrase) {
                list.push(phrase.clone());
            }
        }
        openers
    }

    /// The phrases that begin with the letter that `text` begins with, whatever its case and the shape of an apostrophe.
    pub fn alike(&self, text: &str) -> &[String] {
        let Some(first) = text.chars().next().map(fold_first) else { return &[] };
        if first.is_ascii() && self.ascii & (1 << first as u32) == 0 {
            return &[];
        }
        self.by_first.get(&first).map_or(&[], Vec::as_slice)
    }
}

fn fold_first(c: char) -> char {
    match c {
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        '\u{2019}' => '\'',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_phrases_that_begin_alike() {
        let openers = Openers::new(&["foto".to_owned(), "Фото".to_owned(), "'n foto".to_owned(), "foto".to_owned()]);
        assert_eq!(openers.alike("FOTO: x"), ["foto"]);
        assert_eq!(openers.alike("фото"), ["Фото"]);
        assert_eq!(openers.alike("\u{2019}n"), ["'n foto"]);
        assert!(openers.alike("bild").is_empty() && openers.alike("Ж").is_empty() && openers.alike("").is_empty());
    }
}
