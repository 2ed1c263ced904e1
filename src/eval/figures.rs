//! The figures.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::gold::{Gold, Guess, is_kept};
use super::words::words;

/// A label with fewer gold lines does not count in the macro F.
const MACRO_MIN: usize = 20;

/// How good guesses are.
#[derive(Debug, Serialize)]
pub(crate) struct Figures {
    pub docs: usize,
    pub lines: usize,
    /// F of keep and remove, each line weighing its words.
    pub word_f: f64,
    /// Share of the story's words that were removed.
    pub loss: f64,
    /// Share of the kept words that are not of the story.
    pub junk: f64,
    /// F of keep and remove, each line weighing one.
    pub line_f: f64,
    /// Mean F of the labels that have enough gold lines.
    pub macro_f: f64,
    /// Share of lines that have the right label.
    pub accuracy: f64,
    /// Share of documents whose keep and remove decisions are all right.
    pub clean_docs: f64,
    /// By label of the gold.
    pub labels: BTreeMap<String, LabelFigures>,
}

/// How good guesses of one label are.
#[derive(Debug, Serialize)]
pub(crate) struct LabelFigures {
    pub precision: f64,
    pub recall: f64,
    pub f: f64,
    /// Gold lines.
    pub gold: usize,
}

/// Weight of what was rightly kept, wrongly kept and wrongly removed.
#[derive(Clone, Copy, Default)]
struct Counts {
    right: usize,
    junk: usize,
    lost: usize,
}

impl Counts {
    fn add(&mut self, gold: bool, kept: bool, weight: usize) {
        match (gold, kept) {
            (true, true) => self.right += weight,
            (false, true) => self.junk += weight,
            (true, false) => self.lost += weight,
            (false, false) => {}
        }
    }

    fn precision(self) -> f64 {
        ratio(self.right, self.right + self.junk)
    }

    fn recall(self) -> f64 {
        ratio(self.right, self.right + self.lost)
    }

    fn f(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.junk + self.lost)
    }
}

/// A share; 0 of nothing.
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The figures of documents and of the guesses for their lines.
pub(crate) fn figures<'a>(docs: impl IntoIterator<Item = (&'a Gold, &'a [Guess])>) -> Figures {
    let (mut by_word, mut by_line) = (Counts::default(), Counts::default());
    let mut confusion: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut count, mut lines, mut clean) = (0, 0, 0);
    for (gold, guesses) in docs {
        let mut right = true;
        for (text, label, guess) in rows(gold, guesses) {
            *confusion.entry((label, &guess.label)).or_default() += 1;
            if label != "embed" {
                right &= is_kept(label) == guess.kept;
                by_word.add(is_kept(label), guess.kept, words(text, &gold.lang));
                by_line.add(is_kept(label), guess.kept, 1);
            }
        }
        count += 1;
        lines += gold.lines.len();
        clean += usize::from(right);
    }
    let labels: BTreeMap<_, _> = confusion
        .keys()
        .map(|(label, _)| *label)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|label| (label.to_owned(), of_label(label, &confusion)))
        .collect();
    let big: Vec<f64> = labels.values().filter(|label| label.gold >= MACRO_MIN).map(|label| label.f).collect();
    let right = confusion.iter().filter(|((label, guess), _)| label == guess).map(|(_, n)| n).sum();
    Figures {
        docs: count,
        lines,
        word_f: by_word.f(),
        loss: 1.0 - by_word.recall(),
        junk: 1.0 - by_word.precision(),
        line_f: by_line.f(),
        // From 0 on: the sum of no numbers is -0 in Rust.
        macro_f: big.iter().fold(0.0, |sum, f| sum + f) / big.len().max(1) as f64,
        accuracy: ratio(right, confusion.values().sum()),
        clean_docs: ratio(clean, count),
        labels,
    }
}

fn of_label(label: &str, confusion: &BTreeMap<(&str, &str), usize>) -> LabelFigures {
    let mut counts = Counts::default();
    confusion.iter().for_each(|((gold, guess), n)| counts.add(*gold == label, *guess == label, *n));
    LabelFigures {
        precision: counts.precision(),
        recall: counts.recall(),
        f: counts.f(),
        gold: counts.right + counts.lost,
    }
}

/// Words of a document that were wrongly kept or wrongly removed.
pub(crate) fn wrong_words(gold: &Gold, guesses: &[Guess]) -> usize {
    rows(gold, guesses)
        .filter(|(_, label, guess)| *label != "embed" && is_kept(label) != guess.kept)
        .map(|(text, ..)| words(text, &gold.lang))
        .sum()
}

fn rows<'a>(gold: &'a Gold, guesses: &'a [Guess]) -> impl Iterator<Item = (&'a str, &'a str, &'a Guess)> {
    let lines = gold.lines.iter().zip(&gold.labels).zip(guesses);
    lines.map(|((text, label), guess)| (text.as_str(), label.as_str(), guess))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_by_hand() {
        let gold = Gold::from_json(
            br#"{"id": "a", "lang": "en", "lines": ["a b c", "d", "e f", "g h"], "labels": ["body", "nav", "body", "embed"]}"#,
        )
        .unwrap();
        let guess = |label: &str, kept| Guess { label: label.to_owned(), kept };
        let guesses = [guess("body", true), guess("body", true), guess("nav", false), guess("ad", true)];
        let found = figures([(&gold, &guesses[..])]);
        assert_eq!((found.docs, found.lines), (1, 4));
        assert_eq!((found.word_f, found.loss, found.junk), (6.0 / 9.0, 1.0 - 3.0 / 5.0, 1.0 - 3.0 / 4.0));
        assert_eq!((found.line_f, found.accuracy, found.clean_docs, found.macro_f), (0.5, 0.25, 0.0, 0.0));
        assert_eq!(found.labels["body"].gold, 2);
        assert_eq!(found.labels["body"].precision, 0.5);
        assert_eq!(wrong_words(&gold, &guesses), 3);
    }

    #[test]
    fn nothing_is_nought() {
        let found = figures([]);
        assert_eq!((found.docs, found.word_f, found.loss), (0, 0.0, 1.0));
    }
}
