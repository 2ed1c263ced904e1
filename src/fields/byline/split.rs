//! The pieces of a segment: what stands between commas, "and" and "with".

use super::super::phrase;
use super::cut::Cut;
use super::{Reader, words};
use crate::text::part::PartOf;

/// What stands before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    Comma,
    And,
    With,
    /// A bracket.
    Open,
}

impl Reader<'_> {
    /// The stretches between commas, brackets and joiners; with each, what stands before it.
    pub(super) fn pieces<'t>(&self, segment: Cut<'t>) -> Vec<(Cut<'t>, Join)> {
        let between = &self.known.packs.reading.between_all;
        let text = segment.text;
        let mut pieces = Vec::new();
        let (mut start, mut before, mut skip_to) = (0, Join::Comma, 0);
        for (at, c) in text.char_indices() {
            if at < skip_to {
                continue;
            }
            let piece = text.part(start..at);
            let begins = c.is_alphabetic() && (at == 0 || text.part(..at).ends_with(char::is_whitespace));
            let (len, join) = match c {
                ',' | '、' | '，' | '،' | '+' | '(' | ')' | '（' | '）' | '[' | ']' | '<' | '>' => {
                    (c.len_utf8(), if matches!(c, '(' | '（' | '[') { Join::Open } else { Join::Comma })
                }
                '.' if self.ends_a_sentence(piece, text.part(at + 1..)) => (1, Join::Comma),
                '/' | '／' if self.known.packs.wires.agency(text.part(start..).trim()).is_none() => {
                    (c.len_utf8(), Join::Comma)
                }
                '&' if !self.is_name_of_work(piece, text.part(at + 1..)) => (1, Join::And),
                _ if begins => {
                    let rest = text.part(at..);
                    let joiner = |words| {
                        let len = phrase::longest_spoken(rest, words, self.known.spoken)?;
                        (rest.part(len..).starts_with(char::is_whitespace)
                            && is_small(rest.part(..len), piece, rest.part(len..)))
                        .then_some(len)
                    };
                    let and = || {
                        joiner(&between.and).filter(|_| {
                            (!piece.trim().is_empty() || !pieces.is_empty()) && !self.is_organisation(piece)
                        })
                    };
                    match joiner(&between.with).map(|len| (len, Join::With)).or_else(|| Some((and()?, Join::And))) {
                        Some(found) => found,
                        None if self.is_prefixed(segment, start, at) => (c.len_utf8(), Join::And),
                        None => continue,
                    }
                }
                _ => continue,
            };
            pieces.push((segment.slice(start, at), before));
            before = join;
            start = at + len;
            skip_to = start;
        }
        pieces.push((segment.from(start), before));
        pieces.retain(|(piece, _)| !piece.text.trim().is_empty());
        pieces
    }

    /// `News & Culture Writer`, `Telegram & Gazette`: one name.
    fn is_name_of_work(&self, before: &str, after: &str) -> bool {
        let known = |word: Option<&str>| {
            word.is_some_and(|word| {
                words::is_outlet(word, &self.known)
                    || words::is_title(word, &self.known)
                    || words::is_role(word, &self.known)
            })
        };
        known(before.split_whitespace().next_back()) || known(after.split_whitespace().next())
    }

    /// `National Institute of Allergy`, after which "and" joins no people; but `Ann Orla of The Times`.
    fn is_organisation(&self, piece: &str) -> bool {
        let employer = &self.known.packs.reading.between_all.employer;
        for (named, word) in piece.split_whitespace().enumerate() {
            if words::is_outlet(word, &self.known) {
                return piece
                    .split_whitespace()
                    .skip(1)
                    .any(|word| self.known.packs.names.is_inside_organisation(word));
            }
            if named >= 2 && phrase::longest_at_start(word, employer) == Some(word.len()) {
                return false;
            }
        }
        false
    }

    /// A full stop after a word that is not an abbreviation.
    fn ends_a_sentence(&self, before: &str, after: &str) -> bool {
        let word = before.split_whitespace().next_back().unwrap_or_default();
        after.starts_with(char::is_whitespace)
            && word.chars().filter(|c| c.is_alphabetic()).count() > 3
            && !self.known.packs.names.is_abbreviation(word)
            && !word.contains('.')
    }

    /// Arabic and Hebrew write "and" as the first letter of the second name.
    fn is_prefixed(&self, segment: Cut, start: usize, at: usize) -> bool {
        let rest = segment.text.part(at..);
        if !rest.starts_with(['و', 'ו']) {
            return false;
        }
        let word = rest.split_whitespace().next().unwrap_or_default();
        let before = segment.text.part(start..at).split_whitespace().count();
        word.chars().count() > 2
            && before >= 2
            && rest.split_whitespace().count() >= 2
            && !self.known.packs.names.is_joined(word)
    }
}

/// A joiner is written small, or in capitals between words in capitals.
fn is_small(joiner: &str, before: &str, after: &str) -> bool {
    let shouted = |word: Option<&str>| word.is_none_or(|word| !word.contains(char::is_lowercase));
    !joiner.contains(char::is_uppercase)
        || joiner.chars().count() > 1
            && !joiner.contains(char::is_lowercase)
            && shouted(before.split_whitespace().next_back())
            && shouted(after.split_whitespace().next())
}
