//! The words of a line as evidence: which of them count is for the model's lexicon to say.

use super::shape::Form;
use crate::features::Family;
use crate::observations::Observations;
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
    let (hash, spell) = (|word: &Word| word.hash, |word: &Word| spell(text, std::slice::from_ref(word)));
    for part in [head, tail] {
        observations.push_words(Family::Word, part.iter(), hash, spell);
    }
    observations.push_words(Family::First, words.first().into_iter(), hash, spell);
    observations.push_words(Family::Last, words.last().into_iter(), hash, spell);
    let spell = |words: &[Word]| self::spell(text, words);
    for part in [head, tail] {
        observations.push_words(Family::Pair, part.windows(2), join_two, spell);
    }
    let whole = (1..=SHORT).contains(&words.len()).then(|| join_all(words));
    observations.push_words(Family::Line, whole.into_iter(), |whole| whole, |_| spell(words));
    if !text.is_empty() && text.len() <= FORM {
        let form = Form::of(text);
        observations.push_words(Family::Shape, std::iter::once(&form), Form::hash, |form| form.as_str().to_owned());
    }
    whole
}

/// The hash of several words in order: what the lexicon makes of their spelling too.
fn join_all(words: &[Word]) -> u32 {
    words.iter().fold(0, |hash, word| join_hash(hash, word.hash))
}

/// The same for two, without a loop.
fn join_two(words: &[Word]) -> u32 {
    let [one, two] = words else { return join_all(words) };
    join_hash(join_hash(0, one.hash), two.hash)
}

/// Words in lower case, a space between.
fn spell(text: &str, words: &[Word]) -> String {
    let words: Vec<_> = words.iter().map(|word| word.of(text).to_lowercase()).collect();
    words.join(" ")
}
