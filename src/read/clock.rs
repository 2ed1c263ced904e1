//! Times of day: `9:30 a.m. EST`, `09.30 Uhr`, `17h29`, `오후 8:06`, and their zones.

use jiff::civil::{Date, Weekday};

use super::Context;
use super::tokens::{Head, Kind, digit};
use crate::text::part::PartOf;

/// What is known of a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u32,
    pub minute: u32,
    pub second: Option<u32>,
    pub zone: Option<Zone>,
}

/// How far from Greenwich.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Minutes to the east.
    Minutes(i32),
    /// An abbreviation of America's that others use too: certain only beside a date written as Americans do.
    American(i32),
    /// America's `ET`: so many minutes in winter, 60 more in summer.
    Seasonal(i32),
    /// Moscow, whose distance changed.
    Moscow,
    /// `CST`, `IST`, `BST`: known, and meaning several zones.
    Ambiguous,
}

impl Clock {
    /// With its day, in ISO 8601.
    pub fn iso(&self, day: Date, month_first: bool) -> String {
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
}

impl Zone {
    /// Whether none but Americans use it.
    pub fn is_american(self) -> bool {
        matches!(self, Self::Seasonal(_))
    }

    fn minutes(self, day: Date, month_first: bool) -> Option<i32> {
        match self {
            Self::Minutes(minutes) => Some(minutes),
            Self::American(minutes) => month_first.then_some(minutes),
            Self::Seasonal(minutes) => in_summer_time(day).map(|summer| minutes + if summer { 60 } else { 0 }),
            Self::Moscow => (!(2011..=2014).contains(&day.year())).then_some(180),
            Self::Ambiguous => None,
        }
    }
}

/// Whether America has summer time on that day, by the law of 2007; `None` before it and on the days of the change.
fn in_summer_time(day: Date) -> Option<bool> {
    let sunday = |month, nth| Date::new(day.year(), month, 1).ok()?.nth_weekday_of_month(nth, Weekday::Sunday).ok();
    let (begins, ends) = (sunday(3, 2)?, sunday(11, 1)?);
    (day.year() >= 2007 && day != begins && day != ends).then_some(begins < day && day < ends)
}

/// The time of day at token `i`, and the token behind it. Beside a date `9.30` and `15h` are one too.
pub(super) fn at(head: &Head, i: usize, by_date: bool, context: &Context) -> Option<(Clock, usize)> {
    let word = head.word(i);
    if head.is(i, Kind::Word) {
        // `T09:30:00Z` behind an ISO date.
        if let Some(hour) = word.strip_prefix('T').and_then(two_digits) {
            return (!head.spaced(i) && head.is(i + 1, Kind::Colon)).then(|| read(head, hour, i + 1, true, context))?;
        }
        // `오후 8:06`, `下午3点`
        let (afternoon, next) = half_of_day(head, i, context)?;
        let hour = head.number(next).filter(|hour| *hour <= 24 && head.word(next).chars().count() <= 2)?;
        let (mut clock, next) = read(head, hour, next + 1, by_date, context)?;
        clock.hour = in_half(clock.hour, afternoon);
        return Some((clock, next));
    }
    let hour = head.number(i).filter(|_| word.chars().count() <= 2)?;
    let dotted = by_date || clock_word_before(head, i);
    // `12/10:30` is none.
    if i > 0 && !head.spaced(i) && head.is(i - 1, Kind::Slash) {
        return None;
    }
    let (mut clock, next) = read(head, hour, i + 1, dotted, context)?;
    if clock.zone.is_none() && i > 0 && matches!(head.word(i - 1), "GMT" | "UTC") {
        clock.zone = Some(Zone::Minutes(0));
    }
    Some((clock, next))
}

/// `kl`, `klo`, `um`, `à`: before a time of day.
fn clock_word_before(head: &Head, i: usize) -> bool {
    let at = i.checked_sub(1).map(|at| if head.is(at, Kind::Dot) { at.saturating_sub(1) } else { at });
    let word = at.map_or("", |at| head.word(at));
    ["kl", "klo", "kello", "um", "à", "às", "ore", "alle", "las", "kl.", "at", "lúc", "o", "ob"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

fn in_half(hour: u32, afternoon: bool) -> u32 {
    if hour <= 12 { hour % 12 + if afternoon { 12 } else { 0 } } else { hour }
}

/// What follows the hour, from token `i` on. `by_date`: whether a bare `9.30` or `15h` is a time.
fn read(head: &Head, hour: u32, i: usize, by_date: bool, context: &Context) -> Option<(Clock, usize)> {
    let mut clock = Clock { hour, minute: 0, second: None, zone: None };
    let mut next = i;
    let two = |at: usize| head.number(at).filter(|n| *n < 60 && head.word(at).chars().count() == 2);
    let minute_at = |at: usize| two(at).filter(|_| !head.spaced(at));
    let is_hour_sign = |word: &str| matches!(word, "h" | "H" | "hs" | "HS" | "hrs" | "h.");
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
            let more = head.is(next, Kind::Dot) && head.is(next + 1, Kind::Number) && !head.spaced(next + 1);
            told = by_date && !more;
        }
        (Some(Kind::Word), "時" | "시" | "点" | "點" | "时") => {
            told = true;
            next = i + 1;
            if let Some(minute) = head.number(next).filter(|n| *n < 60) {
                let signed = head.word(next + 1).starts_with(['分', '분']);
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
        (Some(Kind::Word), word) if word.eq_ignore_ascii_case("uhr") => {
            next = i + 1;
            told = true;
        }
        _ => {}
    }
    if head.word(next).eq_ignore_ascii_case("uhr") {
        next += 1;
        told = true;
    }
    if let Some((afternoon, after)) = half_of_day(head, next, context) {
        if !((1..=12).contains(&clock.hour) || clock.hour < 24 && told) {
            return None;
        }
        clock.hour = in_half(clock.hour, afternoon);
        next = after;
        told = true;
    }
    if !told || clock.hour > 23 || clock.minute > 59 {
        return None;
    }
    if is_hour_sign(head.word(next)) {
        next += 1;
    }
    if let Some((zone, after)) = zone_behind(head, next, clock.second.is_some()) {
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

/// `AM`, `p.m.`, `p. m.` and the words of the packs: whether it is the second half of the day, and the token behind.
fn half_of_day(head: &Head, i: usize, context: &Context) -> Option<(bool, usize)> {
    for len in [3, 2, 1] {
        if !head.is(i, Kind::Word) || (i..i + len).any(|at| !matches!(head.kind(at), Some(Kind::Word | Kind::Dot))) {
            continue;
        }
        let word: String =
            head.slice(i, i + len).chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        let reading = &context.packs.reading;
        let dot = head.is(i + len, Kind::Dot) && !head.spaced(i + len) && head.slice(i, i + len).contains('.');
        let after = i + len + usize::from(dot);
        if word == "am" || reading.am.contains(&word) {
            return Some((false, after));
        }
        if word == "pm" || reading.pm.contains(&word) {
            return Some((true, after));
        }
    }
    None
}

/// Abbreviations that stand for one offset in all the world's news, and those that do not.
const ZONES: &[(&str, Zone)] = &[
    ("Z", Zone::Minutes(0)),
    ("UTC", Zone::Minutes(0)),
    ("GMT", Zone::Minutes(0)),
    ("WEST", Zone::Minutes(60)),
    ("CET", Zone::Minutes(60)),
    ("CEST", Zone::Minutes(120)),
    ("MEZ", Zone::Minutes(60)),
    ("MESZ", Zone::Minutes(120)),
    ("WAT", Zone::Minutes(60)),
    ("CAT", Zone::Minutes(120)),
    ("EAT", Zone::Minutes(180)),
    ("SAST", Zone::Minutes(120)),
    ("EET", Zone::Minutes(120)),
    ("EEST", Zone::Minutes(180)),
    ("TRT", Zone::Minutes(180)),
    ("MSK", Zone::Moscow),
    ("МСК", Zone::Moscow),
    ("PKT", Zone::Minutes(300)),
    ("NPT", Zone::Minutes(345)),
    ("ICT", Zone::Minutes(420)),
    ("WIB", Zone::Minutes(420)),
    ("WITA", Zone::Minutes(480)),
    ("WIT", Zone::Minutes(540)),
    ("HKT", Zone::Minutes(480)),
    ("MYT", Zone::Minutes(480)),
    ("SGT", Zone::Minutes(480)),
    ("PHT", Zone::Minutes(480)),
    ("JST", Zone::Minutes(540)),
    ("KST", Zone::Minutes(540)),
    ("AEST", Zone::Minutes(600)),
    ("AEDT", Zone::Minutes(660)),
    ("ACST", Zone::Minutes(570)),
    ("ACDT", Zone::Minutes(630)),
    ("AWST", Zone::Minutes(480)),
    ("NZST", Zone::Minutes(720)),
    ("NZDT", Zone::Minutes(780)),
    ("BRT", Zone::Minutes(-180)),
    ("EDT", Zone::Minutes(-240)),
    ("CDT", Zone::American(-300)),
    ("MDT", Zone::Minutes(-360)),
    ("PDT", Zone::Minutes(-420)),
    ("AKDT", Zone::Minutes(-480)),
    ("HST", Zone::Minutes(-600)),
    ("EST", Zone::American(-300)),
    ("MST", Zone::American(-420)),
    ("PST", Zone::American(-480)),
    ("ET", Zone::Seasonal(-300)),
    ("CT", Zone::Seasonal(-360)),
    ("PT", Zone::Seasonal(-480)),
    ("CST", Zone::Ambiguous),
    ("IST", Zone::Ambiguous),
    ("BST", Zone::Ambiguous),
    ("AST", Zone::Ambiguous),
];

/// The zone at token `i`, in brackets or not, and the token behind it.
pub(super) fn zone(head: &Head, i: usize) -> Option<(Zone, usize)> {
    zone_behind(head, i, false)
}

/// `bare`: whether an offset can stand without a name.
fn zone_behind(head: &Head, i: usize, bare: bool) -> Option<(Zone, usize)> {
    let open = usize::from(head.is(i, Kind::Open));
    let closed = |next: usize| next + usize::from(open > 0 && head.is(next, Kind::Close));
    let at = i + open;
    let named = ZONES.iter().find(|(name, _)| *name == head.word(at)).map(|(_, zone)| *zone);
    let sign_at = at + usize::from(named.is_some());
    let alone = || named.map(|zone| (zone, closed(at + 1)));
    let sign = match head.word(sign_at) {
        "+" => 1,
        "-" | "\u{2212}" => -1,
        _ => return alone(),
    };
    // A dash with a space behind it is a separator; `9:00-10:00` is a stretch of time.
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
        Ok(minutes) if minutes <= 14 * 60 => Some((Zone::Minutes(sign * minutes), closed(next))),
        _ => alone(),
    }
}
