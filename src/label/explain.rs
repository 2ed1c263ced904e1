//! Why: the pieces of evidence that weighed most for a label against its runner-up.
//!
//! The log odds of two labels are, exactly, the sum over the line's evidence of the difference of their weights, and of what
//! the lines before and behind say through the chain; so each piece's share is known, not estimated.

use std::borrow::Cow;

use super::chain::Marginal;
use super::number;
use crate::document::{Evidence, four_places};
use crate::evidence::{FEATURE_TABLE, Observations, SEQUENCE};
use crate::weights::{Row, SCALE, Weights};

/// So many pieces are told.
pub(super) const TOLD: usize = 5;

/// What the neighbours' labels give, in words.
pub(super) const SEQUENCE_DETAILS: [&str; 2] = ["what the lines before it are", "what the lines behind it are"];

#[derive(Clone, Copy)]
enum Piece {
    Feature(u16),
    Word(usize),
    Sequence(usize),
}

/// The heaviest pieces for the most probable label against the runner-up.
pub(super) fn explain(weights: &Weights, observed: &Observations, line: usize, chain: &Marginal) -> Vec<Evidence> {
    let first = chain.best();
    let second = chain.best_but(first);
    let mut top: [(f32, Piece); TOLD] = [(0.0, Piece::Sequence(0)); TOLD];
    let mut offer = |weight: f32, piece: Piece| {
        let at = top.partition_point(|(held, _)| held.abs() >= weight.abs());
        if at < TOLD && weight != 0.0 {
            top[at..].rotate_right(1);
            top[at] = (weight, piece);
        }
    };
    let odds = |row: &Row| (i32::from(row[first]) - i32::from(row[second])) as f32 / SCALE as f32;
    for feature in observed.features(line) {
        offer(odds(&weights.features[usize::from(feature)]), Piece::Feature(feature));
    }
    for word in observed.words(line).filter_map(|hash| weights.word(hash)) {
        offer(odds(&weights.words[word]), Piece::Word(word));
    }
    for (side, lanes) in [&chain.before, &chain.after].into_iter().enumerate() {
        offer(number::ln(lanes[first]) - number::ln(lanes[second]), Piece::Sequence(side));
    }
    top.iter()
        .filter(|(weight, _)| *weight != 0.0)
        .map(|(weight, piece)| {
            let (name, detail) = match *piece {
                Piece::Feature(feature) => {
                    let feature = &FEATURE_TABLE[usize::from(feature)];
                    (Cow::Borrowed(feature.name.as_str()), Cow::Borrowed(feature.detail.as_str()))
                }
                Piece::Word(word) => spell(&weights.spelled[word]),
                Piece::Sequence(side) => (Cow::Borrowed(SEQUENCE[side]), Cow::Borrowed(SEQUENCE_DETAILS[side])),
            };
            Evidence { name, weight: four_places(*weight), detail }
        })
        .collect()
}

/// A word of a family, in words.
pub(super) fn spell(entry: &str) -> (Cow<'static, str>, Cow<'static, str>) {
    let (family, value) = entry.split_once('=').unwrap_or((entry, ""));
    let detail = match family {
        "word" => format!("the word \u{201c}{value}\u{201d}"),
        "word.first" => format!("begins with \u{201c}{value}\u{201d}"),
        "word.last" => format!("ends with \u{201c}{value}\u{201d}"),
        "word.pair" => format!("the words \u{201c}{value}\u{201d}"),
        "word.line" => format!("the line is \u{201c}{value}\u{201d}"),
        "word.before" => format!("the line before is \u{201c}{value}\u{201d}"),
        "word.after" => format!("the line behind is \u{201c}{value}\u{201d}"),
        _ => format!("has the form \u{201c}{value}\u{201d}"),
    };
    (Cow::Owned(family.to_owned()), Cow::Owned(detail))
}
