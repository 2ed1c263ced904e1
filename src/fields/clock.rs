//! Times of day: `9:30 a.m. EST`, `09.30 Uhr`, `17h29`, `오후 8:06`, and their zones.

use jiff::civil::Date;

use super::Context;
use super::tokens::{Head, Kind, digit};
use crate::pack::{Half, Mark, Zone};
use crate::text::part::PartOf;

/// What is known of a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u32,
    pub minute: u32,
    pub second: Option<u32>,
    pub zone: Option<Zone>,
    /// Which hour is meant is not certain.
    pub unclear: bool,
}

impl Clock {
    /// With its day, in ISO 8601; the day alone when the hour is not certain.
    pub fn iso(&self, day: Date, month_first: bool) -> String {
        if self.unclear {
            return day.to_string();
        }
        let mut text = format!("{day}T{:02}:{:02}", self.hour, self.minute);
        if let Some(second) = self.second {
            text += &format!(":{second:02}");
        }
        if let Some(minutes) = self.zone.and_then(|zone| zone.minutes(day, month_first)) {
            let sign = if minutes < 0 { '-' } else { '+' };
            text += &format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
        }
        text
    }

    /// Says in which part of the day it is.
    fn set_half(&mut self, half: Half) {
        let twelve = self.hour % 12;
        match half {
            _ if self.hour > 12 => {}
            Half::Am => self.hour = twelve,
            Half::Pm => self.hour = twelve + 12,
            // Twelve at night is midnight; six to eleven are in the evening, one to five before the morning.
            Half::Night => self.hour = if twelve >= 6 { twelve + 12 } else { twelve },
            Half::Noon => self.hour = if twelve >= 10 { twelve } else { twelve + 12 },
            Half::FromDawn => self.unclear = true,
        }
    }
}

/// The time of day at token `i`, and the token after it. Beside a date `9.30` and `15h` are one too.
pub(super) fn at(head: &Head, i: usize, by_date: bool, context: &Context) -> Option<(Clock, usize)> {
    let word = head.word(i);
    if head.is(i, Kind::Word) {
        // `T09:30:00Z` after an ISO date.
        if let Some(hour) = word.strip_prefix('T').and_then(two_digits) {
            return (!head.spaced(i) && head.is(i + 1, Kind::Colon)).then(|| read(head, hour, i + 1, true, context))?;
        }
        // `오후 8:06`, `下午3点`
        let (half, next) = half_of_day(head, i, context)?;
        let hour = head.number(next).filter(|hour| *hour <= 24 && head.word(next).chars().count() <= 2)?;
        let (mut clock, next) = read(head, hour, next + 1, by_date, context)?;
        clock.set_half(half);
        return Some((clock, next));
    }
    let hour = head.number(i).filter(|_| word.chars().count() <= 2)?;
    let dotted = by_date || clock_word_before(head, i, context);
    // `12/10:30` is none.
    if i > 0 && !head.spaced(i) && head.is(i - 1, Kind::Slash) {
        return None;
    }
    let (mut clock, next) = read(head, hour, i + 1, dotted, context)?;
    if clock.zone.is_none() && i > 0 && is_utc(head.word(i - 1), context) {
        clock.zone = Some(Zone::Minutes(0));
    }
    Some((clock, next))
}

/// `kl`, `klo`, `um`, `à`: before a time of day.
fn clock_word_before(head: &Head, i: usize, context: &Context) -> bool {
    let at = i.checked_sub(1).map(|at| if head.is(at, Kind::Dot) { at.saturating_sub(1) } else { at });
    at.is_some_and(|at| context.packs.calendar.is_at(head.word(at)))
}

/// Whether it is a name of the time of Greenwich, and no letter alone.
fn is_utc(word: &str, context: &Context) -> bool {
    word.len() > 1 && context.packs.zones.get(word) == Some(Zone::Minutes(0))
}

/// What follows the hour, from token `i` on. `by_date`: whether a bare `9.30` or `15h` is a time.
fn read(head: &Head, hour: u32, i: usize, by_date: bool, context: &Context) -> Option<(Clock, usize)> {
    let mut clock = Clock { hour, minute: 0, second: None, zone: None, unclear: false };
    let mut next = i;
    let two = |at: usize| head.number(at).filter(|n| *n < 60 && head.word(at).chars().count() == 2);
    let minute_at = |at: usize| two(at).filter(|_| !head.spaced(at));
    let calendar = &context.packs.calendar;
    let is_hour_sign = |word: &str| calendar.is_hour_sign(word);
    let mut told = false;
    match (head.kind(i), head.word(i)) {
        (Some(Kind::Colon), _) => {
            clock.minute = minute_at(i + 1)?;
            next = i + 2;
            told = true;
            if head.is(next, Kind::Colon)
                && let Some(second) = minute_at(next + 1)
            {
                clock.second = Some(second);
                next += 2;
                if head.is(next, Kind::Dot) && head.is(next + 1, Kind::Number) && !head.spaced(next + 1) {
                    next += 2;
                }
            }
        }
        (Some(Kind::Dot), _) if minute_at(i + 1).is_some() => {
            clock.minute = minute_at(i + 1)?;
            next = i + 2;
            let more = |at: usize| head.is(at, Kind::Dot) && head.is(at + 1, Kind::Number) && !head.spaced(at + 1);
            // `18.40.05`
            if more(next) {
                clock.second = minute_at(next + 1).filter(|_| !more(next + 2));
                next += if clock.second.is_some() { 2 } else { 0 };
            }
            told = by_date && !more(next);
        }
        (Some(Kind::Word), word) if calendar.is_mark(Mark::Hour, word) => {
            told = true;
            next = i + 1;
            if let Some(minute) = head.number(next).filter(|n| *n < 60) {
                let signed = calendar.is_mark(Mark::Minute, head.word(next + 1));
                // `3点30` is a time, `3点1` may be anything.
                if signed || two(next).is_some() {
                    clock.minute = minute;
                    next += 1 + usize::from(signed);
                }
            }
        }
        (Some(Kind::Word), word)
            if !head.spaced(i)
                && matches!(word.as_bytes(), [b'h' | b'H', _, _, ..])
                && two_digits(word.get(1..3)?).is_some() =>
        {
            clock.minute = two_digits(word.part(1..3))?;
            next = i + 1;
            told = matches!(word.part(3..), "" | "min" | "m" | "s");
        }
        (Some(Kind::Word), word)
            if is_hour_sign(word) && two(i + 1).is_some() && head.spaced(i + 1) && !head.is(i + 2, Kind::Word) =>
        {
            clock.minute = two(i + 1)?;
            next = i + 2;
            told = by_date;
        }
        (Some(Kind::Word), word) if is_hour_sign(word) && by_date => {
            next = i + 1;
            told = true;
        }
        (Some(Kind::Word), word) if calendar.is_oclock(word) => {
            next = i + 1;
            told = true;
        }
        _ => {}
    }
    if calendar.is_oclock(head.word(next)) {
        next += 1;
        told = true;
    }
    // "3 nights": no night makes a number an hour.
    let sure = |half: Half| told || matches!(half, Half::Am | Half::Pm);
    if let Some((half, after)) = half_of_day(head, next, context).filter(|(half, _)| sure(*half)) {
        if !((1..=12).contains(&clock.hour) || clock.hour < 24 && told) {
            return None;
        }
        clock.set_half(half);
        next = after;
        told = true;
    } else if (1..=12).contains(&clock.hour) && is_a_half_of_some_language(head, next) {
        clock.unclear = true;
    }
    if !told || clock.hour > 23 || clock.minute > 59 {
        return None;
    }
    if is_hour_sign(head.word(next)) {
        next += 1;
    }
    if let Some((zone, after)) = zone_after(head, next, clock.second.is_some(), context) {
        clock.zone = Some(zone);
        next = after;
    }
    Some((clock, next))
}

fn two_digits(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let (tens, ones) = (digit(chars.next()?)?, digit(chars.next()?)?);
    (chars.next().is_none()).then_some(tens * 10 + ones)
}

/// `m.d.`: two small letters with dots after an hour are a half of the day in a language that nobody told.
fn is_a_half_of_some_language(head: &Head, i: usize) -> bool {
    let mut letters = head.word(i).chars();
    let shape = [letters.next(), letters.next(), letters.next(), letters.next()];
    matches!(shape, [Some(a), Some('.'), Some(b), None] if a.is_lowercase() && b.is_lowercase())
        && head.is(i + 1, Kind::Dot)
}

/// `AM`, `p.m.`, `p. m.`, "in the evening": the part of the day, and the token after.
fn half_of_day(head: &Head, i: usize, context: &Context) -> Option<(Half, usize)> {
    if let Some((len, half)) = context.packs.calendar.unspaced_half(head.text.part(head.start(i)..)) {
        return Some((half, head.after(i, head.start(i) + len)));
    }
    for len in [3, 2, 1] {
        // `’s avonds`
        let words =
            |at: usize| matches!(head.kind(at), Some(Kind::Word | Kind::Dot)) || at == i && head.is(i, Kind::Quote);
        if head.is(i, Kind::Dot) || !(i..i + len).all(words) {
            continue;
        }
        let word: String = head.slice(i, i + len).chars().filter(|c| c.is_alphabetic()).collect();
        let dot = head.is(i + len, Kind::Dot) && !head.spaced(i + len) && head.slice(i, i + len).contains('.');
        let after = i + len + usize::from(dot);
        if let Some(half) = context.packs.calendar.half(&word, context.lang) {
            return Some((half, after));
        }
    }
    None
}

/// The zone at token `i`, in brackets or not, and the token after it. It stands after a date, where no stretch of time is
/// told: an offset needs no name.
pub(super) fn zone(head: &Head, i: usize, context: &Context) -> Option<(Zone, usize)> {
    let signed = head.spaced(i) && !head.spaced(i + 1) && head.word(i + 1).chars().count() == 2;
    let minute = head.number(i + 3).filter(|minute| minute % 15 == 0 && head.word(i + 3).chars().count() == 2);
    let offset = signed && head.is(i + 2, Kind::Colon) && minute.is_some();
    zone_after(head, i, offset, context)
}

/// `bare`: whether an offset can stand without a name.
fn zone_after(head: &Head, i: usize, bare: bool, context: &Context) -> Option<(Zone, usize)> {
    let open = usize::from(head.is(i, Kind::Open));
    let closed = |next: usize| next + usize::from(open > 0 && head.is(next, Kind::Close));
    let at = i + open;
    let named = context.packs.zones.get(head.word(at));
    let sign_at = at + usize::from(named.is_some());
    let alone = || named.map(|zone| (zone, closed(at + 1)));
    let sign = match head.word(sign_at) {
        "+" => 1,
        "-" | "\u{2212}" => -1,
        _ => return alone(),
    };
    // A dash with a space after it is a separator; `9:00-10:00` is a stretch of time.
    let is_utc = named == Some(Zone::Minutes(0));
    let Some(number) = head.number(sign_at + 1).filter(|_| !head.spaced(sign_at + 1)) else { return alone() };
    let digits = head.word(sign_at + 1).chars().count();
    let colon = head.is(sign_at + 2, Kind::Colon) && head.is(sign_at + 3, Kind::Number);
    if named.is_some() && !is_utc || named.is_none() && !(bare || digits == 4 || sign > 0 && colon) {
        return alone();
    }
    let (minutes, next) = match digits {
        4 => (number / 100 * 60 + number % 100, sign_at + 2),
        _ if colon => (number * 60 + head.number(sign_at + 3).unwrap_or(0), sign_at + 4),
        _ => (number * 60, sign_at + 2),
    };
    match i32::try_from(minutes) {
        Ok(minutes) if minutes <= 14 * 60 && minutes % 15 == 0 => Some((Zone::Minutes(sign * minutes), closed(next))),
        // `UTC+99:99`: there is no such zone, and the time is not Greenwich's.
        _ => named.map(|_| (Zone::Unclear, closed(next))),
    }
}
