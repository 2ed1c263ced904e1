//! Observes: every line's evidence, from its own look, its words, and its place in the document.

mod context;
mod look;
mod shape;
mod vocabulary;
mod word;

use crate::evidence::{Cue, Look, Observations, SEEN_AROUND};
use crate::pack::Packs;
use crate::text::words::{Word, split_words};

use look::{Facts, Scratch};

/// What is known of a line beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Line<'a> {
    /// Repaired.
    pub text: &'a str,
    /// Which leftovers of markup stood in it: a bit for each value of the row "markup".
    pub markup: u8,
}

/// All evidence for the labels of `lines`. With `spelled`, words are kept beside their hashes.
pub(crate) fn observe(lines: &[Line<'_>], title: Option<&str>, packs: &Packs, spelled: bool) -> Observations {
    let mut scratch = Scratch::default();
    let mut words = Vec::new();
    let mut looks = Vec::new();
    let mut facts = Vec::with_capacity(lines.len());
    for line in lines {
        split_words(line.text, &mut scratch.words);
        let seen = (looks.len(), words.len());
        let mut fact = look::look(line.text, packs, &mut scratch, &mut looks);
        for mark in 0..7 {
            if line.markup & (1 << mark) != 0 {
                looks.push(Look::Markup.feature(mark));
            }
        }
        // Body text is long: head and tail of a line say what kind of line it is, all of it only what the story is about.
        words.extend_from_slice(&scratch.words);
        fact.looks = seen.0..looks.len();
        fact.words = seen.1..words.len();
        facts.push(fact);
    }
    let document = context::Context::new(lines, &facts, &words, title);
    let mut observations = Observations::new(spelled);
    for i in 0..lines.len() {
        for (at, shift) in [(Some(i), 0), (i.checked_sub(1), SEEN_AROUND), (Some(i + 1), 2 * SEEN_AROUND)] {
            if let Some(fact) = at.and_then(|at| facts.get(at)) {
                looks[fact.looks.clone()].iter().for_each(|feature| observations.push(feature + shift));
            }
        }
        facts[i].places.iter().for_each(|feature| observations.push(*feature));
        document.observe(i, &mut observations);
        word::observe(i, lines, &facts, &words, &mut observations);
        observations.end_line();
    }
    observations
}

/// A bit for a cue, to remember which were found.
const fn bit(cue: Cue) -> u32 {
    1 << cue as u32
}

/// The words of a line.
fn words_of<'w>(fact: &Facts, words: &'w [Word]) -> &'w [Word] {
    &words[fact.words.clone()]
}

/// The index of the first bound that is above `n`; how many bounds there are when none is.
fn bucket(n: usize, bounds: &[usize]) -> u16 {
    bounds.partition_point(|bound| *bound <= n) as u16
}
