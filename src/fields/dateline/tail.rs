//! What stands after the places of a dateline: the day, the hour, the agency, the reporters, the sign that ends it.

use super::{Name, Reading, agency_id};
use crate::fields::Context;
use crate::fields::date::{self, DateMatch};
use crate::fields::place::is_domain;
use crate::fields::tokens::{Head, Kind, is_bullet, is_small, is_title_case};
use crate::offsets::Span;
use crate::pack::{self, Use, caption_kind, with_lower};

/// No agency in brackets has more tokens, a date beside it counted.
const REACH: usize = 12;

/// What stands between dateline and story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Dash,
    /// `.-`
    DotDash,
    Dot,
    Colon,
    Pipe,
    Slash,
    /// `ST. LOUIS • `
    Bullet,
    None,
}

/// The separator at token `i` and the token after it.
pub(super) fn separator(head: &Head, i: usize) -> (Separator, usize) {
    let mut at = i;
    let dashes = |mut at: usize| {
        while head.is(at, Kind::Dash) {
            at += 1;
        }
        at
    };
    match head.kind(at) {
        Some(Kind::Dot) if head.is(at + 1, Kind::Dash) => (Separator::DotDash, at + 2),
        Some(Kind::Dot) => (Separator::Dot, at + 1),
        Some(Kind::Dash) => {
            at = dashes(at);
            (Separator::Dash, at)
        }
        // `लखनऊ:- `
        Some(Kind::Colon) => (Separator::Colon, dashes(at + 1)),
        Some(Kind::Pipe) => (Separator::Pipe, at + 1),
        Some(Kind::Slash) => (Separator::Slash, at + 1),
        Some(Kind::Other) if is_bullet(head.word(at)) => (Separator::Bullet, at + 1),
        // `ORLA (AP) _ `: wires without a long dash send this one.
        Some(_) if head.word(at) == "_" && head.spaced(at) && head.spaced(at + 1) => (Separator::Dash, at + 1),
        _ => (Separator::None, at),
    }
}

/// Date, clock and agency after the places, as many as there are.
pub(super) fn read_tail(head: &Head, reading: &mut Reading, context: &Context) {
    if reading.date.is_none() {
        read_date_after_places(head, reading, context);
    }
    if head.is(reading.next, Kind::Comma) && head.is(reading.next + 1, Kind::Dash) {
        reading.next += 1;
    }
    reading.next = clock(head, reading.next, reading.date.is_some());
    if let Some(close) = head.close(reading.next, 6)
        && is_staff(head.slice(reading.next + 1, close), context)
    {
        reading.by_staff = true;
        reading.next = close + 1;
    }
    read_agency(head, reading, context);
    reading.next = clock(head, reading.next, false);
}

/// Whether somebody of the paper is meant, by office or by name: `Staff Reporter`, `Nora Quill`.
fn is_staff(inside: &str, context: &Context) -> bool {
    let wires = &context.packs.wires;
    let outlet = |word: &str| with_lower(word, |word| context.packs.reading.outlets.contains(word));
    let source = |word: &str| {
        wires.is_agency_word(word)
            || wires.is_source_word(word)
            || wires.is_place_word(word)
            || wires.is_organisation(word)
            || outlet(word)
            || wires.is_common_word(word)
            || pack::place(word).is_some()
            || wires.agency(word).is_some()
    };
    let words = || inside.split(' ');
    let named = words().count() == 2 && words().all(|word| is_title_case(word) && !source(word));
    wires.is(Use::Staff, inside) || named && agency_id(inside, context).is_none() && !wires.is_kicker(inside)
}

/// Takes the date found from token `first` on, with the words that belong to it.
pub(super) fn read_date(head: &Head, reading: &mut Reading, mut found: DateMatch, first: usize, context: &Context) {
    // `14 مايو أيار 2021`: the month in both ways of naming it.
    if found.year.is_none() && found.month.is_some() {
        let again = |len: usize| match len {
            1 => date::month(head, found.next, context).flatten(),
            _ => date::month_of(head.slice(found.next, found.next + len), context).flatten(),
        };
        if let Some(len) = (1..=2).rev().find(|len| again(*len) == found.month) {
            found.next += len;
            if let Some(year) = head.number(found.next).filter(|year| (1900..=2199).contains(year)) {
                found.year = i16::try_from(year).ok();
                found.next += 1;
            }
        }
    }
    let raw = Span::new(head.start(first), head.end_before(found.next));
    // `2021 р.`, `14 d.`, `14., péntek`
    if context.packs.calendar.is_year_word(head.word(found.next)) {
        found.next += 1;
        found.next += usize::from(head.is(found.next, Kind::Dot) && !head.spaced(found.next));
    }
    let dot = usize::from(head.is(found.next, Kind::Dot) && !head.spaced(found.next));
    let day = found.next + dot + 1;
    let is_day = context.packs.is_weekday(head.word(day))
        || head.word(day).starts_with(char::is_lowercase) && head.is(day + 1, Kind::Open);
    if head.is(day - 1, Kind::Comma) && is_day {
        found.next = day + 1;
    }
    reading.date = Some((found, raw));
    reading.next = found.next;
}

fn read_date_after_places(head: &Head, reading: &mut Reading, context: &Context) {
    let at = reading.next;
    // `MOSCOW. Nov 14 (Interfax)`: the dot counts where a date follows.
    let comma = usize::from(head.is(at, Kind::Comma) || head.is(at, Kind::Dot) && !head.is(at + 1, Kind::Dash));
    let dash = usize::from(head.is(at + comma, Kind::Dash));
    let mut to = at + comma + dash;
    let weekday = context.packs.is_weekday(head.word(to));
    if weekday {
        to += 1 + usize::from(head.is(to + 1, Kind::Comma));
    } else if context.packs.wires.is_before_dates(head.word(to)) && !head.is(to + 1, Kind::Comma) {
        to += 1;
    }
    let bracket = usize::from(head.is(to, Kind::Open));
    if let Some(found) = date::at(head, to + bracket, context).filter(|f| bracket == 0 || head.is(f.next, Kind::Close))
    {
        read_date(head, reading, found, to + bracket, context);
        reading.next += bracket;
        reading.dash_before_date = dash > 0;
    } else if weekday && comma == 1 && head.close(to, REACH).is_some() {
        // `ORLA, Monday (AP)`
        reading.next = to;
    } else if let (1, Some(day @ 1..=31)) = (comma, head.number(to)) {
        // `ORLA, 12 (EUROPA PRESS) - `: the day alone, only before an agency in brackets.
        if head.close(to + 1, 8).is_some() {
            let found = DateMatch { day: i8::try_from(day).ok(), next: to + 1, ..DateMatch::default() };
            read_date(head, reading, found, to, context);
        }
    } else if let (1, Some(Some(month))) = (comma, date::month(head, to, context)) {
        let dotted = usize::from(head.is(to + 1, Kind::Dot));
        if head.close(to + 1 + dotted, 8).is_some() {
            let found = DateMatch { month: Some(month), next: to + 1 + dotted, ..DateMatch::default() };
            read_date(head, reading, found, to, context);
        }
    } else if let (1, Some(Some(month)), Some(year @ 1900..=2199)) =
        (dash, date::month(head, to, context), head.number(to + 1))
    {
        let found =
            DateMatch { month: Some(month), year: i16::try_from(year).ok(), next: to + 2, ..DateMatch::default() };
        read_date(head, reading, found, to, context);
    } else if let (1, Some(day @ 1..=31), Some(month @ 1..=12)) = (dash, head.number(to), head.number(to + 2))
        && head.is(to + 1, Kind::Dash)
        && head.close(to + 3, 8).is_some()
    {
        // `الكويت - 14 - 5 (كونا)`
        let (day, month) = (i8::try_from(day).ok(), i8::try_from(month).ok());
        read_date(head, reading, DateMatch { day, month, next: to + 3, ..DateMatch::default() }, to, context);
    }
}

fn read_agency(head: &Head, reading: &mut Reading, context: &Context) {
    if reading.agency.is_some() {
        return;
    }
    let Some((name, next)) = agency(head, reading.next, reading.date.is_some(), context) else { return };
    let (marked, known) = (name.marked, name.known);
    reading.agency = Some(name);
    let inside = reading.next;
    reading.next = next;
    if reading.date.is_some() {
        return;
    }
    if !marked {
        // `ORLA - Media OutReach Newswire - 12 March 2024 - `
        if let Some(found) =
            date::at(head, next + 1, context).filter(|found| found.day.is_some() && found.year.is_some())
            && known
            && head.is(next, Kind::Dash)
            && head.is(found.next, Kind::Dash)
        {
            read_date(head, reading, found, next + 1, context);
        }
        return;
    }
    // `(Newsfile Corp. - June 8, 2021)`
    let dash = (inside..next).find(|&i| head.is(i, Kind::Dash) && date::at(head, i + 1, context).is_some());
    if let Some(dash) = dash.filter(|&dash| dash > inside + 1)
        && let Some(found) = date::at(head, dash + 1, context).filter(|found| found.next + 1 == next)
    {
        read_date(head, reading, found, dash + 1, context);
        reading.next = next;
    } else if let Some(found) = date::at(head, next, context).filter(|found| found.day.is_some()) {
        // `(PRWEB) October 3, 2018 -- `, `/ ACCESSWIRE / April 5, 2021 / `
        if !matches!(separator(head, found.next).0, Separator::None | Separator::Dot) {
            read_date(head, reading, found, next, context);
        }
    }
}

/// Steps over `/ 04:26 am` and `(2:45 A.M.)`, and over `09:30` after a date.
fn clock(head: &Head, i: usize, dated: bool) -> usize {
    let mut at = i + usize::from(matches!(head.kind(i), Some(Kind::Slash | Kind::Comma | Kind::Open)));
    let time = head.is(at, Kind::Number) && head.is(at + 1, Kind::Colon) && head.is(at + 2, Kind::Number);
    if !time || at == i && !dated {
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
fn agency(head: &Head, i: usize, dated: bool, context: &Context) -> Option<(Name, usize)> {
    let wires = &context.packs.wires;
    let skipped = |kind| usize::from(head.is(i, kind));
    let dot = skipped(Kind::Dot);
    let comma = skipped(Kind::Comma);
    let at = i + dot.max(comma);
    if let Some(close) = head.close(at, REACH) {
        return Some((agency_name(head, at + 1, close, context)?, close + 1));
    }
    if head.is(at, Kind::Slash) {
        let closed = (at + 2..at + 10).find(|&close| head.is(close, Kind::Slash));
        // `/African Press Organization (APO)/`
        let end = |close: usize| match (at + 2..close).find(|&open| head.is(open, Kind::Open)) {
            Some(open) if head.close(open, REACH) == Some(close - 1) => open,
            _ => close,
        };
        if let Some((close, name)) =
            closed.and_then(|close| Some((close, agency_name(head, at + 1, end(close), context)?)))
        {
            return Some((name, close + 1));
        }
        // `إسطنبول / الأناضول `
        let end = (at + 2..=at + 3).rev().find(|&end| wires.agency(head.slice(at + 1, end)).is_some())?;
        let name = Name { text: head.slice(at + 1, end).to_owned(), known: true, marked: true };
        return Some((name, end));
    }
    let dash = skipped(Kind::Dash);
    if dash == 1
        && let Some(close) = head.close(i + 1, REACH)
    {
        let name = agency_name(head, i + 2, close, context)?;
        return (head.is(close + 1, Kind::Dash)).then_some((name, close + 1));
    }
    let first = i + dash.max(comma).max(dot);
    let longest = (1..=3).rev().find_map(|len| {
        let end = first + len;
        let text = head.slice(first, end);
        let words = (first..end).all(|at| head.is(at, Kind::Word));
        if !words || wires.agency(text).is_none() && !(len == 1 && first > i && is_domain(text, context)) {
            return None;
        }
        let next = match head.kind(end) {
            Some(Kind::Dash) => end,
            Some(Kind::Dot) if dash + comma + dot == 1 || head.is(end + 1, Kind::Dash) => end,
            Some(Kind::Colon) if comma + dash == 1 => end,
            Some(Kind::Comma) if dash == 1 => reporters(head, end)?,
            // `الرياض 14 مايو 2021 م واس `, `Baku, June 12, AZERTAC `
            Some(Kind::Word)
                if dated && len == 1 && (comma == 1 || text.chars().all(|c| !is_small(c) && !c.is_uppercase())) =>
            {
                end
            }
            _ => return None,
        };
        Some((text, next))
    });
    longest.map(|(text, end)| {
        let known = wires.agency(text).is_some();
        (Name { text: text.to_owned(), known, marked: false }, end)
    })
}

/// The token after `, Nora Quill` at token `i`, where a dot stands.
fn reporters(head: &Head, i: usize) -> Option<usize> {
    let mut end = i + 1;
    while end < i + 5 && head.is(end, Kind::Word) && head.word(end).starts_with(char::is_uppercase) {
        end += 1;
    }
    (end >= i + 3 && head.is(end, Kind::Dot)).then_some(end)
}

/// `24-7PressRelease`, `3BL Media`, `1888PressRelease`: numbers open the name of a wire whose last word says that it is one.
fn is_numbered_wire(head: &Head, first: usize, end: usize, context: &Context) -> bool {
    let mut at = first;
    while at < end && matches!(head.kind(at), Some(Kind::Number | Kind::Dash | Kind::Slash)) {
        at += 1;
    }
    let last = head.word(end.saturating_sub(1));
    let wires = &context.packs.wires;
    let is_wire = wires.is_agency_word(last) || wires.ends_a_wire(last);
    let named = (at..end).all(|i| head.is(i, Kind::Word) || head.is(i, Kind::Dash));
    head.is(first, Kind::Number) && at > first && at < end && named && is_wire
}

/// The name in tokens `first..end`, when it can be that of an agency.
pub(super) fn agency_name(head: &Head, first: usize, end: usize, context: &Context) -> Option<Name> {
    let wires = &context.packs.wires;
    // `Newsfile Corp. - June 8, 2021`
    let dated =
        |&at: &usize| head.is(at, Kind::Dash) && date::at(head, at + 1, context).is_some_and(|found| found.next == end);
    let end = (first + 1..end).find(dated).unwrap_or(end);
    let text = head.slice(first, end);
    let words = (first..end).filter(|&i| head.is(i, Kind::Word)).count();
    let plain = (first..end).all(|i| {
        matches!(head.kind(i), Some(Kind::Word | Kind::Slash | Kind::Dot | Kind::Dash))
            || head.word(i) == "&"
            // `News 9`
            || i > first && head.is(i, Kind::Number) && head.word(i).len() <= 2
    });
    let known = agency_id(text, context).is_some();
    if !plain && !is_numbered_wire(head, first, end, context)
        || words == 0
        || words > 5
        || text.len() > 60
        || !known && wires.is_kicker(text)
        || context.packs.captions.kinds(head.word(first)) & (caption_kind::FILLER | caption_kind::FROM) != 0
        || date::at(head, first, context).is_some()
    {
        return None;
    }
    (known || text.chars().nth(1).is_some()).then(|| Name { text: text.to_owned(), known, marked: true })
}
