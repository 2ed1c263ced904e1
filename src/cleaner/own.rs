//! A caller's own phrases weigh in: each shifts the odds of its label on its line by a fixed amount, whatever the model.

use std::borrow::Cow;

use crate::document::{Evidence, Probabilities, Shares, four_places};
use crate::label::{Labelled, Labels};
use crate::labels::Label;
use crate::number::exp;
use crate::observe::Lines;
use crate::pack::own::{Found, Own, PLACES, find};
use crate::text::part::PartOf;
use crate::text::words::{Word, split_words};

/// A probability that was rounded to nothing counts as half of the smallest one.
const LEAST: f32 = 0.00005;

/// Shifts the labels of the lines that phrases of the caller's are, open or end.
pub(super) fn weigh(labels: &mut Labels, lines: Lines<'_>, own: &Own, source: Option<&str>) {
    each(lines, own, source, |at, found, _| labels.change(at, |labelled| shift(labelled, found)));
}

/// Adds those phrases to the evidence of the lines' labels, which the model gave.
pub(super) fn explain(explained: &mut [(Labelled, Vec<Evidence>)], lines: Lines<'_>, own: &Own, source: Option<&str>) {
    each(lines, own, source, |at, found, words| {
        let (labelled, evidence) = &mut explained[at];
        let before = top_two(&labelled.shares.probabilities());
        shift(labelled, found);
        let after = top_two(&labelled.shares.probabilities());
        // What the model told is of its own first label against its second.
        if after == [before[1], before[0]] {
            evidence.iter_mut().for_each(|evidence| evidence.weight = -evidence.weight);
        } else if after != before {
            evidence.clear();
        }
        let told = found.iter().filter(|found| after.contains(&(found.label as usize)));
        let own = told.map(|found| {
            let (place, weight) = PLACES[found.place];
            let (first, last) = (words[found.first], words[found.first + found.len - 1]);
            let phrase = lines.get(at).text.part(first.start as usize..last.end as usize);
            Evidence {
                name: Cow::Owned(format!("own.{}", found.label)),
                weight: if found.label as usize == after[0] { weight } else { -weight },
                detail: Cow::Owned(format!("a phrase of your own, {place}: \u{201c}{phrase}\u{201d}")),
            }
        });
        evidence.splice(..0, own.collect::<Vec<_>>());
    });
}

/// Calls `tell` for each line that has such phrases: its number, the phrases, its words.
fn each(lines: Lines<'_>, own: &Own, source: Option<&str>, mut tell: impl FnMut(usize, &[Found], &[Word])) {
    let phrases = own.of_source(source);
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

fn shift(labelled: &mut Labelled, found: &[Found]) {
    let mut shares = labelled.shares.probabilities().map(|p| f64::from(p.max(LEAST)));
    for found in found {
        shares[found.label as usize] *= exp(f64::from(PLACES[found.place].1));
    }
    let sum: f64 = shares.iter().sum();
    labelled.shares = Shares::of(&shares.map(|share| four_places((share / sum) as f32)));
    labelled.label = Label::ALL[top_two(&labelled.shares.probabilities())[0]];
}

/// The two most probable labels; of two alike, the first in order.
fn top_two(probabilities: &Probabilities) -> [usize; 2] {
    let best = |but: usize| {
        let others = (0..Label::COUNT).filter(|i| *i != but);
        others.fold(
            usize::MAX,
            |best, i| if best == usize::MAX || probabilities[i] > probabilities[best] { i } else { best },
        )
    };
    let first = best(usize::MAX);
    [first, best(first)]
}
