//! The words of a line as evidence: which of them count is for the model's lexicon to say.

use super::shape::Form;
use crate::evidence::{Family, Observations};
use crate::text::words::{Word, join_hash};

/// Of a longer line only this many words from either end.
const HEAD: usize = 10;
const TAIL: usize = 5;
/// A line of no more words is also one piece of evidence, for itself and its neighbours.
const SHORT: usize = 5;
/// A line of no more bytes has a collapsed form.
const FORM: usize = 48;

/// Pushes the words of a line; gives all of them as one when it is short.
pub(super) fn observe(text: &str, words: &[Word], observations: &mut Observations) -> Option<u32> {
    let (head, tail) =
        if words.len() <= HEAD + TAIL { (words, &words[..0]) } else { (&words[..HEAD], &words[words.len() - TAIL..]) };
    let spell = |words: &[Word]| spell(text, words);
    for word in head.iter().chain(tail) {
        observations.push_word(Family::Word, word.hash, || spell(&[*word]));
    }
    if let [first, .., last] | [first @ last] = words {
        observations.push_word(Family::First, first.hash, || spell(&[*first]));
        observations.push_word(Family::Last, last.hash, || spell(&[*last]));
    }
    for part in [head, tail] {
        for pair in part.windows(2) {
            observations.push_word(Family::Pair, join_all(pair), || spell(pair));
        }
    }
    let whole = (1..=SHORT).contains(&words.len()).then(|| join_all(words));
    if let Some(whole) = whole {
        observations.push_word(Family::Line, whole, || spell(words));
    }
    if !text.is_empty() && text.len() <= FORM {
        let form = Form::of(text);
        observations.push_word(Family::Shape, form.hash(), || form.as_str().to_owned());
    }
    whole
}

/// The hash of several words in order: what the lexicon makes of their spelling too.
fn join_all(words: &[Word]) -> u32 {
    words.iter().fold(0, |hash, word| join_hash(hash, word.hash))
}

/// Words in lower case, a space between.
fn spell(text: &str, words: &[Word]) -> String {
    let words: Vec<_> = words.iter().map(|word| word.of(text).to_lowercase()).collect();
    words.join(" ")
}
