//! What is known beside the model shifts the odds of labels by fixed amounts, whatever the model; and says so in the evidence.

use std::borrow::Cow;

use crate::document::{Evidence, Probabilities, Shares, four_places};
use crate::label::Labelled;
use crate::labels::Label;
use crate::number::exp;

/// A probability that was rounded to nothing counts as half of the smallest one.
const LEAST: f32 = 0.00005;

/// Shifts the odds of labels, each by its amount in nats.
pub(super) fn shift(labelled: &mut Labelled, amounts: impl IntoIterator<Item = (Label, f32)>) {
    let mut shares = labelled.shares.probabilities().map(|p| f64::from(p.max(LEAST)));
    for (label, amount) in amounts {
        shares[label as usize] *= exp(f64::from(amount));
    }
    let sum: f64 = shares.iter().sum();
    labelled.shares = Shares::of(&shares.map(|share| four_places((share / sum) as f32)));
    labelled.label = Label::ALL[top_two(&labelled.shares.probabilities())[0]];
}

/// Shifts them, and adds what did to the evidence that the model gave: `tell` says of each in turn its name and detail.
pub(super) fn explain(
    (labelled, evidence): &mut (Labelled, Vec<Evidence>),
    amounts: &[(Label, f32)],
    mut tell: impl FnMut(usize) -> (String, String),
) {
    let before = top_two(&labelled.shares.probabilities());
    shift(labelled, amounts.iter().copied());
    let after = top_two(&labelled.shares.probabilities());
    let first = Label::ALL[after[0]];
    // What the model told is of its own first label against its second: it stays where that label does, is turned round where the
    // two have changed places, and goes where another label is asked about.
    let [was, _] = before.map(|i| Label::ALL[i]);
    if after == [before[1], before[0]] {
        for evidence in evidence.iter_mut().filter(|evidence| evidence.over == Some(first)) {
            (evidence.weight, evidence.over) = (-evidence.weight, Some(was));
        }
        evidence.retain(|evidence| evidence.over == Some(was));
    } else if first != was {
        evidence.clear();
    }
    let told = amounts.iter().enumerate().filter(|(_, (label, _))| after.contains(&(*label as usize)));
    let told = told.map(|(i, (label, amount))| {
        let (name, detail) = tell(i);
        let (weight, over) = if *label == first { (*amount, None) } else { (-amount, Some(*label)) };
        Evidence { name: Cow::Owned(name), weight, detail: Cow::Owned(detail), over }
    });
    evidence.splice(..0, told.collect::<Vec<_>>());
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
