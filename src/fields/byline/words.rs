//! What the words of a byline are: names, roles, outlets.

use super::super::phrase;
use super::super::tokens::is_letter;
use super::cut::Cut;
use super::known::Known;
use crate::pack::{Spoken, Words, with_lower};
use crate::text::part::PartOf;
use crate::text::words::is_unspaced;

/// Without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a list has the word for the languages that are spoken here. What can be no name counts in all: a long word, and
/// one of another script.
fn has(list: &Words, word: &str, known: &Known<'_>) -> bool {
    const LONG: usize = 7;
    let of = list.of(word);
    let names = &known.packs.names;
    let no_name = || {
        (word.chars().count() >= LONG || !word.starts_with(is_latin))
            && !names.is_given_too(word)
            && !names.is_surname(word)
    };
    of & known.spoken != 0 || of != 0 && no_name()
}

pub(super) fn is_latin(c: char) -> bool {
    c < '\u{370}'
}

/// `editor`, `Editor-in-Chief`, `Wirtschaftsredakteur`.
pub(super) fn is_role(word: &str, known: &Known<'_>) -> bool {
    let roles = &known.packs.reading.roles;
    with_lower(bare(word), |word| {
        has(roles, word, known)
            || word.strip_suffix('s').is_some_and(|one| one.len() > 4 && has(roles, one, known))
            // `Medizinredakteurin`
            || word.len() > 12
                && word.char_indices().skip(3).any(|(at, _)| word.len() - at > 6 && roles.contains(word.part(at..)))
            || word.contains('-')
                && (word.rsplit('-').next().is_some_and(|last| has(roles, last, known))
                    || word.split('-').next().is_some_and(|first| first.len() > 3 && has(roles, first, known)))
    })
}

/// `Senior`, `Staff`: before a role.
pub(super) fn is_title(word: &str, known: &Known<'_>) -> bool {
    with_lower(bare(word), |word| has(&known.packs.reading.titles, word, known))
}

/// What makes a name that of a paper or a firm.
pub(super) fn is_outlet(word: &str, known: &Known<'_>) -> bool {
    let bare = bare(word);
    with_lower(bare, |word| has(&known.packs.reading.outlets, word, known))
        || known.packs.wires.is_agency_word(bare)
        || is_domain(word)
}

/// `orla.example`, `Orla.com`.
pub(super) fn is_domain(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',']);
    word.rsplit_once('.').is_some_and(|(left, right)| {
        left.chars().count() > 1
            && (2..=6).contains(&right.len())
            && right.bytes().all(|byte| byte.is_ascii_lowercase())
            && left.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.'))
    })
}

/// A word for no one: "staff", "share". `whole`: the text is no more than that.
pub(super) fn is_nobody(text: &str, known: &Known<'_>) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let nobodies = &known.packs.reading.nobodies;
    phrase::longest_spoken(text, nobodies, known.spoken) == Some(text.len())
}

/// A word for writers who are not named, in any language: "staff", "Online-Redaktion".
pub(super) fn is_staff(word: &str, known: &Known<'_>) -> bool {
    let word = bare(word).rsplit(['-', '\u{2010}']).next().unwrap_or_default();
    with_lower(word, |word| known.packs.reading.staff.contains(word))
}

/// `by`, in any language, and what else ends the words before a name: "of", "from".
pub(super) fn is_by(word: &str, known: &Known<'_>) -> bool {
    with_lower(word, |word| known.packs.reading.by.contains(word))
}

/// Begins as a name does: with a capital, or with a letter of a script that has none.
pub(super) fn capital(word: &str) -> bool {
    let first = word.chars().find(|c| c.is_alphabetic());
    // `Ó hAlmhain`
    let mut letters = word.chars();
    let lenited = matches!(letters.next(), Some('h' | 'n' | 't' | 'd' | 'g' | 'b' | 'm'))
        && letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase);
    lenited
        || first.is_some_and(|c| !c.is_lowercase() || is_georgian(c))
        || word.contains(['\'', '\u{2019}']) && word.contains(char::is_uppercase)
}

/// Whether a word is in a list that is asked of bylines, a word for "by" or "in" among them, so that alone it would be no name.
pub(super) fn is_listed(word: &str, known: &Known<'_>) -> bool {
    let between = &known.packs.reading.between_all;
    let small = [&between.and, &between.with, &between.employer, &between.place];
    let leads = known.packs.reading.parts.iter().map(|(_, words)| words).chain([&known.packs.reading.leads]);
    is_role(word, known)
        || is_title(word, known)
        || is_outlet(word, known)
        || is_staff(word, known)
        || is_nobody(word, known)
        || is_by(word, known)
        || known.packs.wires.agency(bare(word)).is_some()
        || small.into_iter().chain(leads).any(|words| phrase::longest_at_start(word, words) == Some(word.len()))
}

/// How many of the words are a name, at their start, although a word of it is in a list: a given name of those that are words
/// too, or a family name of those beside a given name; 0 when it is none.
pub(super) fn named_in_spite(words: &[Cut], among: bool, known: &Known<'_>) -> usize {
    let [first, ..] = words else { return 0 };
    let names = &known.packs.names;
    let name = |word: &str| capital(word) && is_lettered(word) && !is_domain(word);
    let listed = |word: &Cut| is_listed(word.text, known);
    let open = bare(first.text);
    if !name(first.text) {
        return 0;
    }
    let given_too = names.is_given_too(open);
    // The family name stands after initials and small words: "Tim A. van der Berg".
    let small = |word: &Cut| {
        let inside = word.at < words.last().map_or(0, |last| last.at);
        is_name_particle(word.text, known) && inside
            || word.text.ends_with('.') && word.text.chars().count() < 4 && word.text.starts_with(char::is_uppercase)
    };
    let Some(at) = words.iter().skip(1).position(|word| !small(word)).map(|at| at + 1) else { return 0 };
    let Some(last) = words.get(at).filter(|word| name(word.text) && at < 5) else { return 0 };
    let end = at + 1;
    let other = bare(last.text);
    // Most words of names are in no list: those few look-ups say so.
    let may_be = || {
        names.is_surname(other)
            || names.is_given_too(other)
            || is_role(other, known)
            || known.packs.wires.agency(other).is_some()
    };
    if !given_too && (!may_be() || listed(first)) {
        return 0;
    }
    if !listed(last) {
        if !given_too || !listed(first) {
            return 0;
        }
        // What is not a name goes on after it: "Petra Krüger Schmidt" is one, "Tim Hollis Harbour Herald" none.
        let more = words.part(end..).iter().take_while(|word| name(word.text) && !listed(word)).count();
        return if end + more == words.len() && end + more <= 4 { end + more } else { end };
    }
    let surname = bare(last.text);
    let ends = words.len() == end;
    let given = names.is_given(open);
    let outlet = is_outlet(surname, known) || known.packs.wires.agency(surname).is_some();
    let common = || known.packs.wires.is_common_word(open) || known.packs.is_weekday(open) || names.is_direction(open);
    let placed = || crate::pack::place(first.text).is_some();
    let beside_given = given && (!outlet || among || !placed());
    let in_its_place = ends && !common() && (!outlet || among && !placed());
    // "Ann Reuters" is nobody's paper.
    let shouted = !surname.chars().any(char::is_lowercase) && surname.chars().any(char::is_uppercase);
    let alone = known.packs.wires.agency(surname).is_some() && !shouted;
    let plainly = ends && at == 1 && given && !given_too && among && (alone || is_job(surname, known));
    // "Nagy Petra": some write the family name first.
    let turned = ends && at == 1 && alone && names.is_given_too(surname) && open.chars().count() > 1;
    let is_name = names.is_surname(surname) && (beside_given || in_its_place) || plainly || turned;
    if is_name { end } else { 0 }
}

/// `president`: what a person is, and no word of newsrooms.
fn is_job(word: &str, known: &Known<'_>) -> bool {
    let newsrooms = &known.packs.reading.role_phrases;
    is_role(word, known) && phrase::longest_at_start(word, newsrooms) != Some(word.len()) && !is_title(word, known)
}

/// Georgian writes everything in what Unicode calls small letters.
fn is_georgian(c: char) -> bool {
    ('\u{10d0}'..='\u{10ff}').contains(&c)
}

/// A small word inside the names of people.
pub(super) fn is_name_particle(word: &str, known: &Known<'_>) -> bool {
    known.packs.wires.is_name_particle(word) || known.packs.names.is_particle(word)
}

/// Nothing but letters and the marks inside names.
fn is_lettered(word: &str) -> bool {
    word.chars().all(|c| {
        is_letter(c)
            || matches!(
                c,
                '.' | '\''
                    | '\u{2019}'
                    | '\u{2018}'
                    | '`'
                    | '-'
                    | '\u{2010}'
                    | '\u{2011}'
                    | '\u{ad}'
                    | '"'
                    | '\u{201c}'
                    | '\u{201d}'
                    | '·'
                    | '\u{200c}'
                    | '\u{200d}'
            )
    })
}

/// Whether the words are a person's name. A single word is one only where it is `led` by a word for "by".
pub(super) fn is_name(words: &[Cut], led: bool, known: &Known<'_>) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let particle = |word: &str| is_name_particle(word, known);
    let last = last.text;
    let between = &known.packs.reading.between_all;
    // What is written small between names, and in capitals in "In Partnership With"; "Per" is a name too.
    let names = &known.packs.names;
    let spoken = |word: &str, list: &Spoken| phrase::longest_spoken(word, list, known.spoken) == Some(word.len());
    let small = |word: &str| {
        (word.starts_with(char::is_lowercase) || !names.is_given_too(word) && !names.is_surname(word))
            && word.chars().count() > 1
            && !particle(word)
            && (is_by(word, known)
                || [&between.with, &between.employer, &between.place].iter().any(|list| spoken(word, list)))
    };
    let shaped = words.iter().enumerate().all(|(i, word)| {
        is_lettered(word.text)
            && (capital(word.text) || (i > 0 && i + 1 < words.len() || words.len() > 2) && particle(word.text))
    });
    let in_spite = || named_in_spite(words, led, known) == words.len();
    let least = if led { 1 } else { 2 };
    let cased = first.text.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let most = if cased { 6 } else { 4 + usize::from(led) };
    let long = first.text.chars().filter(|c| c.is_alphabetic()).count() > 1;
    shaped
        && (least..=most).contains(&words.len())
        && capital(last)
        && (words.len() > 1 || long && !is_acronym(first.text))
        && (words.len() > 1 || !particle(first.text))
        && (!words.iter().any(|word| small(word.text)) || in_spite())
        && !words.iter().any(|word| word.text.eq_ignore_ascii_case("the"))
        && !last.ends_with("'s")
        && !last.ends_with("\u{2019}s")
        && !(words.len() == 2 && particle(first.text) && is_acronym(last))
        && (led || !words.iter().any(|word| is_title(word.text, known)) || in_spite())
        && (!words.iter().any(|word| is_outlet(word.text, known)) || in_spite())
        && !words.iter().any(|word| is_domain(word.text))
        && !(words.iter().all(|word| word.text.chars().filter(|c| c.is_alphabetic()).count() < 2))
}

/// `CNN`, `ACN`: capitals alone, and few.
pub(super) fn is_acronym(word: &str) -> bool {
    let count = word.chars().count();
    (2..=5).contains(&count) && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether a text is written in a script whose names have no spaces.
pub(super) fn is_east_asian(text: &str) -> bool {
    text.chars().any(is_east_asian_letter)
}

pub(super) fn is_east_asian_letter(c: char) -> bool {
    c >= '\u{3005}' && is_unspaced(c) || is_hangul(c)
}

pub(super) fn is_hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c)
}
