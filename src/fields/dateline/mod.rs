//! Datelines: place, date and agency at the head of a story.
//!
//! One grammar serves the wires of the world: `[agency] [places] [date] [clock] [agency] separator`, each piece read by
//! its own reader. The grammar says what was read and where the story begins. Whether it is a dateline at all is weighed then, by
//! the clues in it: a date and an agency need little more, a bare name needs capitals or a known place, and a story after it
//! that is no headline.

use crate::text::part::PartOf;

mod asia;
mod clues;
mod decide;
mod tail;
#[cfg(test)]
mod tests;

use self::clues::{clues_of, observed, separator_clues};
use self::decide::decide;
#[cfg(feature = "fuzzing")]
pub(crate) use self::decide::markdown;
use self::tail::{Separator, agency_name, read_date, read_tail, separator};
use super::Context;
use super::date::{self, DateMatch};
use super::phrase;
use super::place::{self, Places, is_domain};
use super::tokens::{Head, Kind, is_bullet, is_small, window};
use crate::document::{Clue, Clues, Dateline, PartialDate, Place};
use crate::offsets::Span;
use crate::pack;

/// A dateline stands in this many characters, with a look at the story after it.
const LIMIT: usize = 260;
/// A longer one is none.
const LONGEST_CHARS: usize = 160;

/// The dateline at the head of `text`.
pub(crate) fn dateline(text: &str, context: &Context) -> Option<Dateline> {
    let (start, parts) = read(text, context)?;
    parts.decided(text, start, context)
}

/// What the grammar reads at the head of `text`, and the byte where it begins.
fn read(text: &str, context: &Context) -> Option<(usize, Parts)> {
    let start = text.len() - text.trim_start().len();
    let rest = text.part(start..);
    if opens_a_sentence(rest, context) {
        return None;
    }
    let shown = window(rest, LIMIT);
    let parts = asia::parse(shown, context).or_else(|| {
        let head = Head::new(shown, LIMIT);
        western(&head, rest.len() > shown.len(), context)
    })?;
    // A day of the week in capitals opens an entry of a diary, not a report from there.
    if parts.agency.is_none() && parts.places.iter().any(|place| context.packs.is_weekday(&place.name)) {
        return None;
    }
    // A headline or a byline stands on the line before: `BREAKING NEWS⏎Nairobi (dpa) - `. A comma goes on.
    let raw = text.part(start..start + parts.end).trim_end();
    let whole = |line: &str| line.trim_end().ends_with([',', '،', '、', '/']);
    if raw.split_inclusive(['\n', '\r']).any(|line| line.ends_with(['\n', '\r']) && !whole(line)) {
        return None;
    }
    Some((start, parts))
}

/// No dateline on a line of its own has more characters.
const LINE: usize = 80;

/// The dateline that `text` is, nothing after it: `Ankara`, `LONDON, March 4`. `labelled` says that the line is known to be one.
pub(crate) fn whole_line(text: &str, labelled: bool, context: &Context) -> Option<Dateline> {
    let (start, parts) = read_line(text, labelled, context)?;
    parts.decided(text, start, context)
}

/// What the grammar reads on a line of its own, and the byte where it begins.
fn read_line(text: &str, labelled: bool, context: &Context) -> Option<(usize, Parts)> {
    let start = text.len() - text.trim_start().len();
    let shown = text.part(start..).trim_end();
    if shown.chars().nth(LINE).is_some() {
        return None;
    }
    let head = Head::new(shown, LINE);
    // `Em Orla`
    let in_word = &context.packs.reading.between(context.lang).place;
    let first = usize::from(phrase::longest_at_start(head.word(0), in_word) == Some(head.word(0).len()));
    let found = place::find(&head, first, context)?;
    let mut reading = Reading { next: found.next, ..Reading::default() };
    read_tail(&head, &mut reading, context);
    let (separator, end) = separator(&head, reading.next);
    if head.token(end).is_some() {
        return None;
    }
    reading.places = found.read(&head, context);
    let area = |name: &str| pack::place(name).is_some_and(pack::Known::is_area);
    reading.places.known_city |= reading.places.places.iter().all(|place| area(&place.name));
    let mut clues = clues_of(&head, &reading, context);
    separator_clues(&mut clues, &head, separator, end, context);
    clues.set(Clue::OwnLine, true);
    clues.set(Clue::Labelled, labelled);
    Some((start, Parts::of(&head, reading, text.len() - start, clues, context)))
}

/// The clues in what the grammar reads at the head of `text`, or on it as a line of its own that is labelled so or not, and the byte
/// where the story begins: for training.
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "training is in Python"))]
pub(crate) fn clues_in(text: &str, line: Option<bool>, context: &Context) -> Option<(usize, Vec<&'static str>)> {
    let (start, parts) = match line {
        Some(labelled) => read_line(text, labelled, context)?,
        None => read(text, context)?,
    };
    Some((start + parts.end, parts.clues.iter().map(Clue::name).collect()))
}

/// True when `text` opens as most paragraphs do: "The mayor said", "Nora Quill walks". After plain words with capitals stands
/// one in small letters with which no part of a dateline begins; the grammar would take the capitals for a place and find
/// no separator after. This is told from the first bytes, without the tokens that the grammar needs.
fn opens_a_sentence(text: &str, context: &Context) -> bool {
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    // Fewer words than a name of a place can have, so that what ends the name is the small letter.
    let mut end = 0;
    for (i, word) in text.split(' ').take(place::LONGEST_WORDS).enumerate() {
        end += word.len() + usize::from(i > 0);
        let ascii = word.bytes().all(|byte| byte.is_ascii_alphabetic());
        if ascii && word.starts_with(|c: char| c.is_ascii_uppercase()) {
            continue;
        }
        if word.starts_with(char::is_lowercase) {
            let small = word.len() - word.trim_start_matches(char::is_lowercase).len();
            // "mayor, who": what follows the letters is no part of a name, as in "al-Orla".
            if word.part(small..).starts_with(|c: char| cased(c) || matches!(c, '-' | '.' | '&' | '\'' | '\u{2019}')) {
                return false;
            }
            let name = end - (word.len() - small);
            let (packs, word) = (context.packs, word.part(..small));
            let begins_more = || {
                packs.wires.goes_on(word)
                    || packs.is_month(word)
                    || packs.is_weekday(word)
                    // `New orla`: a slip of the key.
                    || i == 1
                        && !text.part(name..).trim_start_matches(' ').starts_with(char::is_alphabetic)
                        && pack::place(text.part(..name)).is_some_and(|known| known.city)
            };
            return !begins_more();
        }
        // "Nora", "Orla’s"
        if !word.split(['\'', '\u{2019}']).all(|part| !part.is_empty() && part.chars().all(cased)) {
            return false;
        }
    }
    false
}

/// What a grammar found.
#[derive(Debug, Default)]
struct Parts {
    places: Vec<Place>,
    date: Option<PartialDate>,
    agency: Option<String>,
    /// Where the story begins, in bytes.
    end: usize,
    /// What speaks for and against a dateline.
    clues: Clues,
}

impl Parts {
    /// What was read of `head`, up to byte `end`.
    fn of(head: &Head, reading: Reading, end: usize, clues: Clues, context: &Context) -> Self {
        let date = reading.date.map(|(found, span)| found.partial(head.text.part(span.range()), context));
        Self { places: reading.places.places, date, agency: reading.agency.map(|name| name.text), end, clues }
    }

    /// The dateline of `text`, in which these parts begin at byte `start`, when they are one.
    fn decided(self, text: &str, start: usize, context: &Context) -> Option<Dateline> {
        let score = decide(self.clues)?;
        let end = start + self.end;
        Some(Dateline {
            raw: text.part(start..end).to_owned(),
            span: Span::new(start, end),
            places: self.places,
            date: self.date,
            agency_id: self.agency.as_deref().and_then(|agency| agency_id(agency, context)),
            agency: self.agency,
            score,
            clues: self.clues,
        })
    }
}

/// The id of the agency in a name as printed: `dpa/lno`, `CNN Business`.
pub(super) fn agency_id(agency: &str, context: &Context) -> Option<String> {
    let wires = &context.packs.wires;
    let first = || agency.split(['/', ' ', '-']).next().and_then(|word| wires.agency(word));
    wires.agency(agency).or_else(first).map(str::to_owned)
}

/// What was read so far.
#[derive(Debug, Default)]
struct Reading {
    places: Places,
    date: Option<(DateMatch, Span)>,
    /// The date stands after a dash, as in captions: `CITY - MAY 4: A man walks`.
    dash_before_date: bool,
    /// Somebody of the paper stands in brackets: `CITY (Staff Reporter): `.
    by_staff: bool,
    agency: Option<Name>,
    /// The agency stands first.
    agency_first: bool,
    next: usize,
}

impl Reading {
    /// Neither date nor agency was read.
    fn is_bare(&self) -> bool {
        self.date.is_none() && self.agency.is_none()
    }
}

/// An agency as printed.
#[derive(Debug)]
struct Name {
    text: String,
    known: bool,
    /// In brackets or between slashes.
    marked: bool,
}

fn western(head: &Head, cut: bool, context: &Context) -> Option<Parts> {
    let mut first = 0;
    while head.is(first, Kind::Star) {
        first += 1;
    }
    if head.is(first, Kind::Open) {
        return lead_in_brackets(head, first, cut, context);
    }
    let mut reading = Reading { next: first, ..Reading::default() };
    if let Some(found) = date::at(head, first, context) {
        read_date(head, &mut reading, found, first, context);
        // `14 мая, Минск /БЕЛТА/. `
        if head.is(reading.next, Kind::Comma)
            && let Some(places) = place::at(head, reading.next + 1, context).filter(|places| places.known_city)
        {
            reading.next = places.next;
            reading.places = places;
        }
    } else if let Some(lead) = lead_before_place(head, first, context) {
        reading = lead;
    } else {
        let found = place::find(head, first, context)?;
        reading.next = found.next;
        if !may_go_on(head, first, found.next, context) {
            return None;
        }
        let name = head.slice(first, found.next);
        let known = context.packs.wires.agency(name).is_some();
        if !known && !is_domain(name, context) && !is_paper(name, context) {
            read_tail(head, &mut reading, context);
            // Most paragraphs open with names, and go on with neither date nor agency nor separator.
            if reading.is_bare() && separator(head, reading.next).0 == Separator::None {
                return None;
            }
            reading.places = found.read(head, context);
            return observed(head, reading, cut, context);
        }
        let places = found.read(head, context);
        if places.famous {
            reading.places = places;
        } else {
            reading.agency = Some(Name { text: name.to_owned(), known, marked: false });
        }
    }
    read_tail(head, &mut reading, context);
    observed(head, reading, cut, context)
}

/// Whether a dateline may go on at token `next`, after the names that begin at token `first`. Most paragraphs open with
/// names and go on otherwise; the rest of the grammar need not ask of each part whether it stands there.
fn may_go_on(head: &Head, first: usize, next: usize, context: &Context) -> bool {
    let wires = &context.packs.wires;
    let word = head.word(next);
    let small = |word: &str| word.starts_with(is_small) && !wires.goes_on(word) && !wires.is_before_dates(word);
    match head.kind(next) {
        Some(Kind::Word) if word.starts_with(is_small) => !small(word),
        Some(Kind::Word) => {
            head.is(next + 1, Kind::Dash) || wires.is_before_dates(word) || date::at(head, next, context).is_some()
        }
        // `Orla, the town`
        Some(Kind::Comma) => {
            let dated = (next + 2..next + 4).any(|at| head.is(at, Kind::Number));
            dated || !small(head.word(next + 1)) || head.is(next + 2, Kind::Open)
        }
        Some(Kind::Dot | Kind::Colon) if !head.is(next + 1, Kind::Dash) => {
            let name = head.slice(first, next);
            place::is_caps(name) || pack::place(name).is_some() || name.contains([',', '/', '&', '.'])
        }
        Some(Kind::Dot | Kind::Colon | Kind::Dash | Kind::Open | Kind::Slash | Kind::Pipe | Kind::Number) => true,
        Some(Kind::Other) => is_bullet(word),
        _ => false,
    }
}

/// `Orlateur News`: a name that no word of the language is, and that it is one of a source.
fn is_paper(name: &str, context: &Context) -> bool {
    let wires = &context.packs.wires;
    name.split_once(' ').is_some_and(|(first, last)| {
        last.starts_with(char::is_uppercase)
            && wires.is_paper_word(last)
            && !wires.is_common_word(first)
            && !wires.is_kicker(first)
    })
}

/// An agency and a place that one word or a slash or comma joins: `حلب-سانا`, `ایسنا/اصفهان `, `ORLA.COM, Bandung - `.
fn lead_before_place(head: &Head, first: usize, context: &Context) -> Option<Reading> {
    let wires = &context.packs.wires;
    let word = head.word(first);
    let glued = word.rsplit_once('-').filter(|(_, right)| !right.is_ascii() && wires.agency(right).is_some());
    let (text, next, places) = if let Some((left, right)) = glued {
        (right, first + 1, place::known(left)?)
    } else {
        if !matches!(head.kind(first + 1), Some(Kind::Comma | Kind::Slash)) {
            return None;
        }
        if wires.agency(word).is_none() && !is_domain(word, context)
            || pack::place(word).is_some_and(|known| known.city)
        {
            return None;
        }
        let next = (first + 3..=first + 5).rev().find(|next| place::known(head.slice(first + 2, *next)).is_some())?;
        (word, next, place::known(head.slice(first + 2, next))?)
    };
    let agency = Name { text: text.to_owned(), known: wires.agency(text).is_some(), marked: false };
    Some(Reading { agency: Some(agency), places, next, ..Reading::default() })
}

/// `(CNN) `, `(ANSA) - ORLA, 22 MAR - `, `(2015-09-25) — `, `(Orla) - `.
fn lead_in_brackets(head: &Head, first: usize, cut: bool, context: &Context) -> Option<Parts> {
    let close = head.close(first, 8)?;
    let inside = head.slice(first + 1, close);
    let mut reading = Reading { next: close + 1, ..Reading::default() };
    if let Some(found) = date::at(head, first + 1, context) {
        if found.next != close || found.year.is_none() || !head.is(close + 1, Kind::Dash) {
            return None;
        }
        read_date(head, &mut reading, found, first + 1, context);
        reading.next = close + 1;
        return observed(head, reading, cut, context);
    }
    if pack::place(inside).is_some_and(|known| known.alone) && head.is(close + 1, Kind::Dash) {
        reading.places = place::at(head, first + 1, context).filter(|places| places.next == close)?;
        return observed(head, reading, cut, context);
    }
    let name = agency_name(head, first + 1, close, context)?;
    reading.agency = Some(name);
    reading.agency_first = true;
    // The agency first, then places of which there is no doubt, else the story.
    let after = if head.is(close + 1, Kind::Dash) { close + 2 } else { close + 1 };
    if let Some(places) = place::at(head, after, context) {
        let mut more = Reading { next: places.next, places, agency_first: true, ..Reading::default() };
        more.agency = reading.agency.take();
        read_tail(head, &mut more, context);
        let known = more.places.known_qualifier || more.places.known_city;
        let sure = known && (more.places.caps || more.date.is_some()) || more.places.caps && more.date.is_some();
        if sure && matches!(separator(head, more.next), (Separator::Dash | Separator::DotDash, _)) {
            return observed(head, more, cut, context);
        }
        reading.agency = more.agency;
    }
    observed(head, reading, cut, context)
}
