//! Datelines: place, date and agency at the head of a story.
//!
//! One grammar serves the wires of the world: `[agency] [places] [date] [clock] [agency] separator`, each piece read by
//! its own reader. What was found then decides whether the piece is a dateline at all: a date and an agency need little
//! more, a bare name needs capitals or a known place, and a story behind it that is no headline.

mod asia;
#[cfg(test)]
mod tests;

use super::Context;
use super::date::{self, Found};
use super::place::{self, Places};
use super::tokens::{Head, Kind, window};
use crate::document::Dateline;
use crate::offsets::Span;
use crate::pack;

/// A dateline stands in this many characters, with a look at the story behind it.
const LIMIT: usize = 260;
/// A longer one is none.
const LONGEST: usize = 160;

/// The dateline at the head of `text`.
pub(crate) fn dateline(text: &str, context: &Context) -> Option<Dateline> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    if opens_a_sentence(rest, context) {
        return None;
    }
    let shown = window(rest, LIMIT);
    let parts = asia::parse(shown, context).or_else(|| {
        let head = Head::new(shown, LIMIT);
        western(&head, rest.len() > shown.len(), context)
    })?;
    // A day of the week in capitals opens an entry of a diary, not a report from there.
    if parts.agency.is_none() && parts.places.places.iter().any(|place| context.packs.is_weekday(&place.name)) {
        return None;
    }
    let end = start + parts.end;
    Some(Dateline {
        raw: text[start..end].to_owned(),
        span: Span::new(start, end),
        places: parts.places.places,
        date: parts.date,
        agency_id: parts.agency.as_deref().and_then(|agency| agency_id(agency, context)),
        agency: parts.agency,
        score: parts.score,
    })
}

/// True when `text` opens as most paragraphs do: "The mayor said", "Nora Quill walks". Behind plain words with capitals stands
/// one in small letters with which no part of a dateline begins; the grammar would take the capitals for a place and find
/// no separator behind. This is told from the first bytes, without the tokens that the grammar needs.
fn opens_a_sentence(text: &str, context: &Context) -> bool {
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    // Fewer words than a name of a place can have, so that what ends the name is the small letter.
    for word in text.split(' ').take(place::LONGEST) {
        let ascii = word.bytes().all(|byte| byte.is_ascii_alphabetic());
        if ascii && word.starts_with(|c: char| c.is_ascii_uppercase()) {
            continue;
        }
        if word.starts_with(char::is_lowercase) {
            let packs = context.packs;
            let begins_more = || packs.wires.goes_on(word) || packs.month(word).is_some() || packs.is_weekday(word);
            return word.chars().all(char::is_lowercase) && !begins_more();
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
pub(super) struct Parts {
    pub places: Places,
    pub date: Option<crate::document::PartialDate>,
    pub agency: Option<String>,
    /// Where the story begins, in bytes.
    pub end: usize,
    pub score: f32,
}

/// The id of the agency in a name as printed: `dpa/lno`, `CNN Business`.
pub(super) fn agency_id(agency: &str, context: &Context) -> Option<String> {
    let wires = &context.packs.wires;
    let first = || agency.split(['/', ' ', '-']).next().and_then(|word| wires.agency(word));
    wires.agency(agency).or_else(first).map(str::to_owned)
}

/// What stands between dateline and story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    Dash,
    /// `.-`
    DotDash,
    Dot,
    Colon,
    Pipe,
    None,
}

/// What was read so far.
#[derive(Debug, Default)]
struct Reading {
    places: Places,
    date: Option<(Found, Span)>,
    /// The date stands behind a dash, as in captions: `CITY - MAY 4: A man walks`.
    dash_before_date: bool,
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
        read_date(head, &mut reading, found, first);
    } else {
        let found = place::find(head, first, context)?;
        reading.next = found.next;
        let name = head.slice(first, found.next);
        let known = context.packs.wires.agency(name).is_some();
        if !known && !is_domain(name) {
            read_tail(head, &mut reading, context);
            // Most paragraphs open with names, and go on with neither date nor agency nor separator.
            if reading.is_bare() && separator(head, reading.next).0 == Separator::None {
                return None;
            }
            reading.places = found.read(head, context);
            return judge(head, reading, cut, context);
        }
        let places = found.read(head, context);
        if places.famous {
            reading.places = places;
        } else {
            reading.agency = Some(Name { text: name.to_owned(), known, marked: false });
        }
    }
    read_tail(head, &mut reading, context);
    judge(head, reading, cut, context)
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
        read_date(head, &mut reading, found, first + 1);
        reading.next = close + 1;
        return judge(head, reading, cut, context);
    }
    if pack::place(inside).is_some_and(|known| known.alone) && head.is(close + 1, Kind::Dash) {
        reading.places = place::at(head, first + 1, context).filter(|places| places.next == close)?;
        return judge(head, reading, cut, context);
    }
    let name = agency_name(head, first + 1, close, context)?;
    reading.agency = Some(name);
    reading.agency_first = true;
    // The agency first, then places of which there is no doubt, else the story.
    let behind = if head.is(close + 1, Kind::Dash) { close + 2 } else { close + 1 };
    if let Some(places) = place::at(head, behind, context) {
        let mut more = Reading { next: places.next, places, agency_first: true, ..Reading::default() };
        more.agency = reading.agency.take();
        read_tail(head, &mut more, context);
        let sure = more.places.caps && (more.date.is_some() || more.places.known_qualifier || more.places.known_city);
        if sure && matches!(separator(head, more.next), (Separator::Dash | Separator::DotDash, _)) {
            return judge(head, more, cut, context);
        }
        reading.agency = more.agency;
    }
    judge(head, reading, cut, context)
}

/// Date, clock and agency behind the places, as many as there are.
fn read_tail(head: &Head, reading: &mut Reading, context: &Context) {
    if reading.date.is_none() {
        let at = reading.next;
        let comma = usize::from(head.is(at, Kind::Comma));
        let dash = usize::from(head.is(at + comma, Kind::Dash));
        let mut to = at + comma + dash;
        if context.packs.is_weekday(head.word(to)) {
            to += 1 + usize::from(head.is(to + 1, Kind::Comma));
        }
        let bracket = usize::from(head.is(to, Kind::Open));
        if let Some(found) =
            date::at(head, to + bracket, context).filter(|f| bracket == 0 || head.is(f.next, Kind::Close))
        {
            read_date(head, reading, found, to + bracket);
            reading.next += bracket;
            reading.dash_before_date = dash > 0;
        } else if let (1, Some(day @ 1..=31)) = (comma, head.number(to)) {
            // `ORLA, 12 (EUROPA PRESS) - `: the day alone, only before an agency in brackets.
            if head.close(to + 1, 8).is_some() {
                let found = Found { day: i8::try_from(day).ok(), next: to + 1, ..Found::default() };
                read_date(head, reading, found, to);
            }
        } else if let (1, Some(month)) = (comma, date::month(head, to, context)) {
            let dotted = usize::from(head.is(to + 1, Kind::Dot));
            if head.close(to + 1 + dotted, 8).is_some() {
                let found = Found { month: Some(month), next: to + 1 + dotted, ..Found::default() };
                read_date(head, reading, found, to);
            }
        } else if let (1, Some(month), Some(year @ 1900..=2199)) =
            (dash, date::month(head, to, context), head.number(to + 1))
        {
            let found = Found { month: Some(month), year: i16::try_from(year).ok(), next: to + 2, ..Found::default() };
            read_date(head, reading, found, to);
        }
    }
    if head.is(reading.next, Kind::Comma) && head.is(reading.next + 1, Kind::Dash) {
        reading.next += 1;
    }
    reading.next = clock(head, reading.next);
    if reading.agency.is_none()
        && let Some((name, next)) = agency(head, reading.next, context)
    {
        reading.agency = Some(name);
        reading.next = next;
    }
    reading.next = clock(head, reading.next);
}

fn read_date(head: &Head, reading: &mut Reading, found: Found, first: usize) {
    reading.date = Some((found, Span::new(head.start(first), head.end_before(found.next))));
    reading.next = found.next;
}

/// Steps over `/ 04:26 am` and `(2:45 A.M.)`.
fn clock(head: &Head, i: usize) -> usize {
    let mut at = i + usize::from(matches!(head.kind(i), Some(Kind::Slash | Kind::Comma | Kind::Open)));
    if !(head.is(at, Kind::Number) && head.is(at + 1, Kind::Colon) && head.is(at + 2, Kind::Number)) || at == i {
        return i;
    }
    at += 3;
    while head.is(at, Kind::Word) || head.is(at, Kind::Dot) {
        if at > i + 8 {
            return i;
        }
        at += 1;
    }
    if head.is(i, Kind::Open) {
        return if head.is(at, Kind::Close) { at + 1 } else { i };
    }
    at
}

/// The agency at token `i`: `(AP)`, `/TASS/`, `--(WIRE)`, `— РИА Новости`, `, Reuter`, or bare.
fn agency(head: &Head, i: usize, context: &Context) -> Option<(Name, usize)> {
    let skipped = |kind| usize::from(head.is(i, kind));
    let dot = skipped(Kind::Dot);
    let at = i + dot;
    if let Some(close) = head.close(at, 8) {
        return Some((agency_name(head, at + 1, close, context)?, close + 1));
    }
    if head.is(at, Kind::Slash) {
        let close = (at + 2..at + 8).find(|&close| head.is(close, Kind::Slash))?;
        let name = agency_name(head, at + 1, close, context)?;
        return Some((name, close + 1));
    }
    let dash = skipped(Kind::Dash);
    if dash == 1
        && let Some(close) = head.close(i + 1, 8)
    {
        let name = agency_name(head, i + 2, close, context)?;
        return (head.is(close + 1, Kind::Dash)).then_some((name, close + 1));
    }
    let first = i + dash.max(skipped(Kind::Comma));
    let longest = (1..=3).rev().find_map(|len| {
        let end = first + len;
        let text = head.slice(first, end);
        let words = (first..end).all(|at| head.is(at, Kind::Word));
        let closed = match head.kind(end) {
            Some(Kind::Dash) => true,
            Some(Kind::Dot) => dash == 1,
            _ => false,
        };
        (words && closed && context.packs.wires.agency(text).is_some()).then_some((text, end))
    });
    longest.map(|(text, end)| (Name { text: text.to_owned(), known: true, marked: false }, end))
}

/// The name in tokens `first..end`, when it can be that of an agency.
fn agency_name(head: &Head, first: usize, end: usize, context: &Context) -> Option<Name> {
    let wires = &context.packs.wires;
    let text = head.slice(first, end);
    let words = (first..end).filter(|&i| head.is(i, Kind::Word)).count();
    let plain = (first..end).all(|i| {
        matches!(head.kind(i), Some(Kind::Word | Kind::Slash | Kind::Dot | Kind::Dash)) || head.word(i) == "&"
    });
    if !plain
        || words == 0
        || words > 5
        || text.len() > 60
        || wires.is_kicker(text)
        || date::at(head, first, context).is_some()
    {
        return None;
    }
    let known = agency_id(text, context).is_some();
    Some(Name { text: text.to_owned(), known, marked: true })
}

/// The separator at token `i` and the token behind it.
fn separator(head: &Head, i: usize) -> (Separator, usize) {
    let mut at = i;
    match head.kind(at) {
        Some(Kind::Dot) if head.is(at + 1, Kind::Dash) => (Separator::DotDash, at + 2),
        Some(Kind::Dot) => (Separator::Dot, at + 1),
        Some(Kind::Dash) => {
            while head.is(at, Kind::Dash) {
                at += 1;
            }
            (Separator::Dash, at)
        }
        Some(Kind::Colon) => (Separator::Colon, at + 1),
        Some(Kind::Pipe) => (Separator::Pipe, at + 1),
        _ => (Separator::None, at),
    }
}

/// Decides whether what was read is a dateline, and how sure that is.
fn judge(head: &Head, reading: Reading, cut: bool, context: &Context) -> Option<Parts> {
    let (separator, story) = separator(head, reading.next);
    if separator == Separator::None && reading.is_bare() {
        return None;
    }
    let end = head.start(story);
    if head.text[..end].chars().nth(LONGEST).is_some() {
        return None;
    }
    let rest = Rest::new(head, story, cut);
    let Reading { places, date, agency, .. } = &reading;
    let score = if let Some(agency) = agency {
        with_agency(head, &reading, agency, separator, &rest, context)?
    } else if let Some((found, _)) = date {
        with_date(head, &reading, *found, separator, story, &rest)?
    } else {
        bare(head, places, separator, story, &rest, context)?
    };
    let date = date.as_ref().map(|(found, span)| found.partial(&head.text[span.range()], context));
    let agency = reading.agency.map(|name| name.text);
    Some(Parts { places: reading.places, date, agency, end, score })
}

/// The story behind a dateline.
struct Rest {
    empty: bool,
    /// Opens as a sentence does: no small letter.
    opens: bool,
    /// Nearly every longer word has a capital.
    headline: bool,
    /// No small letter in it.
    shouts: bool,
    /// Long enough for a paragraph, or ends as a sentence does.
    sentence: bool,
    /// Opens with a quotation mark.
    quoted: bool,
    /// A second dash stands soon behind the first.
    aside: bool,
}

impl Rest {
    fn new(head: &Head, story: usize, cut: bool) -> Self {
        let text = &head.text[head.start(story)..];
        let words = || head.tokens(story).map(|(_, token)| token).filter(|token| token.kind == Kind::Word);
        let first_letter = text.chars().find(|c| c.is_alphanumeric());
        let (mut long, mut capital) = (0, 0);
        for token in words().skip(1).take(14) {
            let word = &head.text[token.start..token.end];
            if word.chars().count() >= 4 {
                long += 1;
                capital += usize::from(word.chars().next().is_some_and(char::is_uppercase));
            }
        }
        let cased = text.chars().any(char::is_uppercase);
        Self {
            empty: text.trim().is_empty(),
            opens: first_letter.is_some_and(|c| !c.is_lowercase()),
            headline: long >= 3 && capital * 10 >= long * 8,
            shouts: cased && !text.chars().any(char::is_lowercase),
            sentence: cut
                || text.trim_end().ends_with(['.', '!', '?', '"', '\u{201d}', '…', '।', '»', '\'', ')', ':'])
                || text.len() > 160,
            quoted: head.is(story, Kind::Quote),
            aside: has_second_dash(head, story),
        }
    }
}

fn with_agency(
    head: &Head,
    reading: &Reading,
    agency: &Name,
    separator: Separator,
    rest: &Rest,
    context: &Context,
) -> Option<f32> {
    let named = !reading.places.places.is_empty();
    let dated = reading.date.is_some();
    if agency.known && rest.shouts {
        return None;
    }
    let kicker = named && context.packs.wires.is_kicker(&reading.places.places[0].name);
    if kicker {
        return None;
    }
    match separator {
        // `NASA — which runs the bridge — said`: a bare name may open an aside.
        Separator::Dash | Separator::DotDash if !agency.marked && !named && !dated => {
            (rest.opens && rest.sentence && !rest.aside && !rest.headline).then_some(0.8)
        }
        Separator::Dash | Separator::DotDash if agency.known => Some(0.99),
        Separator::Dash | Separator::DotDash if named || dated => {
            let Places { caps, known_city, known_qualifier, .. } = reading.places;
            let sure = dated || caps || known_city || known_qualifier;
            if sure {
                return Some(0.97);
            }
            // `Name (Party) - `, `Film (Germany) - `: a lower-case or short word in the brackets is an agency.
            // A company and its ticker have several words: `Orla Inc (ORL) - `.
            let small = !agency.text.contains(char::is_uppercase);
            let one_word = named && !reading.places.places[0].name.contains(' ');
            let short = small || one_word && agency.text.chars().count() <= 5;
            (short && rest.opens && !rest.headline && rest.sentence && reading.places.cased).then_some(0.8)
        }
        Separator::Dash | Separator::DotDash => (agency.text.chars().next().is_some_and(char::is_uppercase)
            && rest.opens
            && rest.sentence
            && !rest.headline)
            .then_some(0.7),
        Separator::Colon if agency.known && (named || dated) => Some(0.95),
        Separator::Dot if agency.known => Some(0.97),
        Separator::Dot if named => {
            let short = agency.text.chars().count() <= 12 && agency.marked && !agency.text.contains(' ');
            (short
                && rest.opens
                && rest.sentence
                && (reading.places.caps || agency.text.chars().all(|c| !c.is_uppercase())))
            .then_some(0.8)
        }
        Separator::None if rest.empty => (agency.known && agency.marked && (named && dated)).then_some(0.9),
        Separator::None if agency.known && agency.marked && rest.opens => {
            // Behind a bracket a story may follow at once; a name before it may also be an aside: `Orla (AP) said`.
            Some(if named && !dated && !reading.agency_first { 0.9 } else { 0.95 })
        }
        Separator::None if agency.marked && rest.opens && dated && named => Some(0.85),
        Separator::None if reading.agency_first && rest.opens && rest.sentence && !rest.headline => {
            let word = |w: &str| context.packs.wires.is_agency_word(w);
            let source = agency.text.split(' ').skip(1).any(word) || is_run_together(&agency.text);
            (source && head.text.len() > 80).then_some(0.7)
        }
        _ => None,
    }
}

/// `NaturalNews`, `Orla.com`: a name that only a source is written like.
fn is_run_together(name: &str) -> bool {
    let mut before = ' ';
    let mut inner = 0;
    for c in name.chars() {
        inner += usize::from(c.is_uppercase() && before.is_lowercase());
        before = c;
    }
    !name.contains(' ') && (inner > 0 || is_domain(name))
}

/// `Orla.com`, `ORLA.NET`.
fn is_domain(name: &str) -> bool {
    let ends = |end: &str| {
        matches!(end.to_ascii_lowercase().as_str(), "com" | "org" | "net" | "de" | "co" | "uk" | "tv" | "info")
    };
    !name.contains(' ') && name.rsplit_once('.').is_some_and(|(left, end)| left.len() > 2 && ends(end))
}

fn with_date(
    head: &Head,
    reading: &Reading,
    found: Found,
    separator: Separator,
    story: usize,
    rest: &Rest,
) -> Option<f32> {
    let places = &reading.places;
    let named = !places.places.is_empty();
    let bracketed = head.is(0, Kind::Open);
    if rest.empty && !places.caps && !places.known_city {
        return None;
    }
    match separator {
        Separator::Dash | Separator::DotDash if !named => (bracketed && rest.opens).then_some(0.85),
        Separator::Dash | Separator::DotDash => {
            // A span of days: `Orla, March 3 - 5`, `Orla, March 3 - April 2`.
            if head.is(story, Kind::Number) && head.number(story).is_some_and(|n| n <= 31) && !places.caps {
                return None;
            }
            if places.caps || places.known_city || places.known_qualifier {
                return Some(0.98);
            }
            (rest.opens && !rest.shouts || rest.sentence).then_some(0.9)
        }
        Separator::Colon if named && !reading.dash_before_date => {
            (rest.opens && rest.sentence && (places.caps || places.known_city || places.known_qualifier))
                .then_some(0.85)
        }
        Separator::Dot if named && found.year.is_some() => {
            (rest.opens && rest.sentence && !rest.headline).then_some(0.85)
        }
        Separator::None if named && head.is(reading.next.saturating_sub(1), Kind::Dot) && found.year.is_some() => {
            (rest.opens && rest.sentence).then_some(0.8)
        }
        _ => None,
    }
}

/// Places and a separator, nothing else.
fn bare(
    head: &Head,
    places: &Places,
    separator: Separator,
    story: usize,
    rest: &Rest,
    context: &Context,
) -> Option<f32> {
    let name = &places.places.first()?.name;
    if rest.shouts || context.packs.wires.is_kicker(name) {
        return None;
    }
    let several = places.places.len() > 1;
    if rest.empty {
        let own_line = places.caps && (places.known_city || places.known_qualifier || places.places[0].name.len() >= 5);
        return (own_line && separator == Separator::Dash).then_some(0.6);
    }
    // A caption: `CITY, STATE - MAY 4: A man walks`.
    if !rest.opens || date::at(head, story, context).is_some() {
        return None;
    }
    let words = name.split_whitespace().count();
    match separator {
        Separator::Dash | Separator::DotDash => {
            if places.caps && (places.known_city || places.known_qualifier) {
                return Some(0.97);
            }
            if places.caps {
                let letters = name.chars().filter(|c| c.is_alphabetic()).count();
                let qualified = places.places[0].qualifier.is_some();
                let wide = head.word(story - 1) != "-" || head.spaced(story - 1);
                let long = letters >= 5 && words <= 5;
                return (long && wide && rest.sentence && !rest.headline).then_some(if qualified || several {
                    0.85
                } else {
                    0.75
                });
            }
            if !places.cased {
                return None;
            }
            let aside = rest.aside;
            if places.known_qualifier {
                // `Ann Orla, Chicago – “I saw it.”`: a voice from the street.
                return (rest.sentence && !aside && !rest.quoted && words <= 4).then_some(0.85);
            }
            (places.famous && rest.sentence && !aside && !rest.headline).then_some(0.8)
        }
        Separator::Colon if places.known_city && (places.caps || !places.cased) => {
            (rest.sentence && !rest.headline).then_some(0.85)
        }
        Separator::Colon if places.famous => {
            (rest.sentence && !rest.headline && head.text.len() > 160).then_some(0.65)
        }
        Separator::Pipe => {
            ((places.known_city || places.known_qualifier) && rest.sentence && !rest.headline).then_some(0.75)
        }
        Separator::Dot if places.caps || places.famous => {
            let german = context.lang == Some("de");
            let sure = places.famous || german && words == 1 && name.chars().count() >= 4;
            (sure && words <= 3 && rest.sentence && !rest.headline).then_some(0.7)
        }
        _ => None,
    }
}

/// Another dash soon behind the first, with no end of a sentence between: an aside, no dateline.
fn has_second_dash(head: &Head, story: usize) -> bool {
    let near = head.tokens(story).take(16);
    near.take_while(|(at, token)| !(token.kind == Kind::Dot && head.spaced(at + 1)))
        .any(|(_, token)| token.kind == Kind::Dash && token.spaced)
}
