//! What the words of a byline are: names, roles, outlets.

use super::super::phrase;
use super::super::tokens::is_letter;
use super::cut::Cut;
use crate::pack::with_lower;
use crate::read::Context;
use crate::text::part::PartOf;
use crate::text::words::is_unspaced;

/// Without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// `editor`, `Editor-in-Chief`, `Wirtschaftsredakteur`.
pub(super) fn is_role(word: &str, context: &Context) -> bool {
    let roles = &context.packs.reading.roles;
    with_lower(bare(word), |word| {
        roles.contains(word)
            || word.strip_suffix('s').is_some_and(|one| one.len() > 4 && roles.contains(one))
            // `Medizinredakteurin`
            || word.len() > 12
                && word.char_indices().skip(3).any(|(at, _)| word.len() - at > 6 && roles.contains(word.part(at..)))
            || word.contains('-')
                && (word.rsplit('-').next().is_some_and(|last| roles.contains(last))
                    || word.split('-').next().is_some_and(|first| first.len() > 3 && roles.contains(first)))
    })
}

/// `Senior`, `Staff`: before a role.
pub(super) fn is_title(word: &str, context: &Context) -> bool {
    with_lower(bare(word), |word| context.packs.reading.titles.contains(word))
}

/// What makes a name that of a paper or a firm.
pub(super) fn is_outlet(word: &str, context: &Context) -> bool {
    let bare = bare(word);
    with_lower(bare, |word| context.packs.reading.outlets.contains(word))
        || context.packs.wires.is_agency_word(bare)
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
pub(super) fn is_nobody(text: &str, context: &Context) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let nobodies = &context.packs.reading.nobodies;
    phrase::longest_at_start(text, nobodies) == Some(text.len())
}

/// A word for writers who are not named: "staff", "Online-Redaktion".
pub(super) fn is_staff(word: &str, context: &Context) -> bool {
    let word = bare(word).rsplit(['-', '\u{2010}']).next().unwrap_or_default();
    with_lower(word, |word| context.packs.reading.staff.contains(word))
}

/// `by`, in any language, and what else ends the words before a name: "of", "from".
pub(super) fn is_by(word: &str, context: &Context) -> bool {
    with_lower(word, |word| context.packs.reading.by.contains(word))
}

/// Begins as a name does: with a capital, or with a letter of a script that has none.
pub(super) fn capital(word: &str) -> bool {
    let first = word.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| !c.is_lowercase()) || word.contains(['\'', '\u{2019}']) && word.contains(char::is_uppercase)
}

/// Words behind a name that belong to it: `Jr.`, `III`.
pub(super) fn is_suffix(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "JR" | "SR" | "II" | "III" | "IV" | "Jr." | "Sr.")
}

/// Letters behind a name that are no part of it: `MD`, `Ph.D.`.
pub(super) fn is_degree(word: &str) -> bool {
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    matches!(
        letters.as_str(),
        "MD" | "PhD"
            | "MA"
            | "MS"
            | "BA"
            | "RD"
            | "RDN"
            | "LD"
            | "JD"
            | "MBA"
            | "MPH"
            | "RN"
            | "DO"
            | "DDS"
            | "Esq"
            | "CFA"
            | "MSc"
            | "BSc"
            | "DPhil"
            | "MP"
            | "AM"
            | "OBE"
    )
}

/// Whether the words are a person's name. A single word is one only where it is `led` by a word for "by".
pub(super) fn is_name(words: &[Cut], led: bool, context: &Context) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let letters = |word: &str| {
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
                )
        })
    };
    let particle = |word: &str| context.packs.wires.is_name_particle(word) || is_particle(word);
    let last = last.text;
    let between = context.packs.reading.between(context.lang);
    let small = |word: &str| {
        let lists = [&between.with, &between.employer, &between.place];
        word.chars().count() > 1
            && !particle(word)
            && (is_by(word, context)
                || lists.iter().any(|list| phrase::longest_at_start(word, list) == Some(word.len())))
    };
    let shaped = words.iter().enumerate().all(|(i, word)| {
        letters(word.text)
            && (capital(word.text) || (i > 0 && i + 1 < words.len() || words.len() > 2) && particle(word.text))
    });
    let least = if led { 1 } else { 2 };
    let cased = first.text.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let most = if cased { 6 } else { 4 + usize::from(led) };
    let long = first.text.chars().filter(|c| c.is_alphabetic()).count() > 1;
    shaped
        && (least..=most).contains(&words.len())
        && capital(last)
        && (words.len() > 1 || long && !is_acronym(first.text))
        && (words.len() > 1 || !particle(first.text))
        && !words.iter().any(|word| small(word.text) || word.text.eq_ignore_ascii_case("the"))
        && !last.ends_with("'s")
        && !last.ends_with("\u{2019}s")
        && !(words.len() == 2 && particle(first.text) && is_acronym(last))
        && (led || !words.iter().any(|word| is_title(word.text, context)))
        && !words.iter().any(|word| is_outlet(word.text, context) || is_domain(word.text))
        && !(words.iter().all(|word| word.text.chars().filter(|c| c.is_alphabetic()).count() < 2))
}

/// Small words inside names that the packs of datelines do not need.
fn is_particle(word: &str) -> bool {
    const PARTICLES: [&str; 17] = [
        "'t", "abu", "af", "ap", "av", "bar", "ben", "das", "des", "dos", "het", "op", "san", "st", "vom", "zum", "zur",
    ];
    PARTICLES.iter().any(|known| word.eq_ignore_ascii_case(known))
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
