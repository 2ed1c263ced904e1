//! A caller's own phrases weigh in: each shifts the odds of its label on its line by a fixed amount, whatever the model.

use super::shift::{self, shift};
use crate::document::Evidence;
use crate::label::{Labelled, Labels};
use crate::labels::Label;
use crate::observe::Lines;
use crate::pack::custom::{CustomMatch, CustomPhrases, PLACES, find};
use crate::text::part::PartOf;
use crate::text::words::{Word, split_words};

/// Shifts the labels of the lines that phrases of the caller's are, open or end.
pub(super) fn weigh(labels: &mut Labels, lines: Lines<'_>, custom: &CustomPhrases, source: Option<&str>) {
    each(lines, custom, source, |at, found, _| labels.change(at, |labelled| shift(labelled, found.iter().map(amount))));
}

/// Adds those phrases to the evidence of the lines' labels, which the model gave.
pub(super) fn explain(
    explained: &mut [(Labelled, Vec<Evidence>)],
    lines: Lines<'_>,
    custom: &CustomPhrases,
    source: Option<&str>,
) {
    each(lines, custom, source, |at, found, words| {
        let amounts: Vec<_> = found.iter().map(amount).collect();
        shift::explain(&mut explained[at], &amounts, |i| {
            let found = found[i];
            let (place, _) = PLACES[found.place];
            let (first, last) = (words[found.first], words[found.first + found.len - 1]);
            let phrase = lines.get(at).text.part(first.start as usize..last.end as usize);
            (format!("own.{}", found.label), format!("a phrase of your own, {place}: \u{201c}{phrase}\u{201d}"))
        });
    });
}

/// What a phrase is worth.
fn amount(found: &CustomMatch) -> (Label, f32) {
    (found.label, PLACES[found.place].1)
}

/// Calls `tell` for each line that has such phrases: its number, the phrases, its words.
fn each(
    lines: Lines<'_>,
    custom: &CustomPhrases,
    source: Option<&str>,
    mut tell: impl FnMut(usize, &[CustomMatch], &[Word]),
) {
    let phrases = custom.of_source(source);
    if phrases.is_empty() {
        return;
    }
    let mut words = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        split_words(line.text, &mut words);
        let found = find(&phrases, line.text, &words);
        if !found.is_empty() {
            tell(at, &found, &words);
        }
    }
}
