//! The words of a line as evidence: which of them count is for the model's lexicon to say.

use super::look::Facts;
use super::{Line, shape, words_of};
use crate::evidence::{Family, Observations};
use crate::text::words::{Word, hash_word, join_hash};

/// Of a longer line only this many words from either end.
const HEAD: usize = 10;
const TAIL: usize = 5;
/// A line of no more words is also one piece of evidence.
const SHORT: usize = 5;
/// A line of no more bytes has a collapsed form.
const FORM: usize = 48;

/// Pushes the words of line `i`.
pub(super) fn observe(i: usize, lines: &[Line<'_>], facts: &[Facts], all: &[Word], observations: &mut Observations) {
    let text = lines[i].text;
    let words = words_of(&facts[i], all);
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
    if (1..=SHORT).contains(&words.len()) {
        observations.push_word(Family::Line, join_all(words), || spell(words));
    }
    for (family, at) in [(Family::Before, i.checked_sub(1)), (Family::After, Some(i + 1))] {
        let Some((line, fact)) = at.and_then(|at| Some((lines.get(at)?, facts.get(at)?))) else { continue };
        let words = words_of(fact, all);
        if (1..=SHORT).contains(&words.len()) {
            observations.push_word(family, join_all(words), || self::spell(line.text, words));
        }
    }
    if !text.is_empty() && text.len() <= FORM {
        let form = shape::collapse(text);
        observations.push_word(Family::Shape, hash_word(&form), || form.clone());
    }
}

/// The hash of several words in order: what the lexicon makes of their spelling too.
fn join_all(words: &[Word]) -> u32 {
    words.iter().fold(0, |hash, word| join_hash(hash, word.hash))
}

/// Words in lower case, a space between.
fn spell(text: &str, words: &[Word]) -> String {
    let words: Vec<_> = words.iter().map(|word| text[word.start as usize..word.end as usize].to_lowercase()).collect();
    words.join(" ")
}
