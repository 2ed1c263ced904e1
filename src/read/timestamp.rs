//! Times of publication and update, as written and as ISO 8601.

use jiff::ToSpan;
use jiff::civil::Date;

use super::date::{self, Found};
use super::tokens::{Head, Kind, digit};
use super::{Context, phrase};
use crate::document::{Timestamp, TimestampKind};
use crate::pack::with_lower;

/// A timestamp stands in this many characters.
const LIMIT: usize = 400;

/// The first time that `text` tells, `None` when it tells none. What is not certain is left out of the ISO form.
pub(crate) fn timestamp(text: &str, context: &Context) -> Option<Timestamp> {
    let head = Head::new(text, LIMIT);
    let dated = first_date(&head, context);
    let (iso, start) = match dated {
        Some((first, found)) => {
            let day = found.resolve(context.published);
            let clock = clock_near(&head, first, found.next, context);
            let month_first = date::month(&head, first, context).is_some();
            (day.map(|day| iso(day, clock, month_first)), head.start(first))
        }
        None => {
            let (day, start) = relative(&head, context)?;
            (day.map(|day| day.to_string()), start)
        }
    };
    Some(Timestamp { text: text.trim().to_owned(), iso, kind: kind(&head, start, context) })
}

/// The first date with a year, else the first with month and day.
fn first_date(head: &Head, context: &Context) -> Option<(usize, Found)> {
    let mut second = None;
    let mut i = 0;
    while head.token(i).is_some() {
        match date::at(head, i, context) {
            Some(found) if found.day.is_some() && found.month.is_some() || found.unclear => {
                if found.year.is_some() {
                    return Some((i, found));
                }
                second.get_or_insert((i, found));
                i = found.next;
            }
            _ => i += 1,
        }
    }
    second
}

/// What is known of the time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    hour: u32,
    minute: u32,
    second: Option<u32>,
    offset: Offset,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offset {
    Unknown,
    /// Minutes east of Greenwich.
    Minutes(i32),
    /// An abbreviation of America's: certain only beside a date written as Americans do.
    American(i32),
}

fn iso(day: Date, clock: Option<Clock>, month_first: bool) -> String {
    let Some(clock) = clock else { return day.to_string() };
    let mut text = format!("{day}T{:02}:{:02}", clock.hour, clock.minute);
    if let Some(second) = clock.second {
        text += &format!(":{second:02}");
    }
    let minutes = match clock.offset {
        Offset::Minutes(minutes) => Some(minutes),
        Offset::American(minutes) => month_first.then_some(minutes),
        Offset::Unknown => None,
    };
    if let Some(minutes) = minutes {
        let sign = if minutes < 0 { '-' } else { '+' };
        text += &format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
    }
    text
}

/// The time of day beside the date in tokens `first..next`: soon behind it, else soon before it.
fn clock_near(head: &Head, first: usize, next: usize, context: &Context) -> Option<Clock> {
    let behind = (next..next + 6)
        .take_while(|&i| head.token(i).is_some())
        .take_while(|&i| i == next || date::at(head, i, context).is_none_or(|d| d.month.is_none()));
    let behind = behind.filter_map(|i| clock_at(head, i, context)).next();
    behind.or_else(|| {
        let before = first.saturating_sub(9)..first;
        before.filter_map(|i| clock_at(head, i, context)).next()
    })
}

/// `9:30`, `09:30:15`, `9.30 Uhr`, `17h29`, `9 AM`, `9時30分`, `T09:30`.
fn clock_at(head: &Head, i: usize, context: &Context) -> Option<Clock> {
    let word = head.word(i);
    if head.is(i, Kind::Word) {
        // `T09:30:00Z` behind an ISO date.
        let hour = two_digits(word.strip_prefix('T')?)?;
        return (!head.spaced(i) && head.is(i + 1, Kind::Colon)).then(|| clock_from(head, hour, i + 1, context))?;
    }
    let hour = head.number(i).filter(|_| word.chars().count() <= 2)?;
    // Not a part of `12/10:30` or of `+03:30`.
    if i > 0 && !head.spaced(i) && matches!(head.word(i - 1), "+" | "-") {
        return None;
    }
    clock_from(head, hour, i + 1, context)
}

fn clock_from(head: &Head, hour: u32, i: usize, context: &Context) -> Option<Clock> {
    let mut clock = Clock { hour, minute: 0, second: None, offset: Offset::Unknown };
    let mut next = i;
    let minute_at =
        |at: usize| head.number(at).filter(|n| *n < 60 && head.word(at).chars().count() == 2 && !head.spaced(at));
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
            told = head.word(next).eq_ignore_ascii_case("uhr");
        }
        (Some(Kind::Word), "時" | "시" | "点" | "點" | "时") => {
            told = true;
            next = i + 1;
            if let Some(minute) = head.number(next).filter(|n| *n < 60) {
                clock.minute = minute;
                next += 2;
            }
        }
        (Some(Kind::Word), word) if !head.spaced(i) && matches!(word.as_bytes(), [b'h' | b'H', _, _]) => {
            clock.minute = two_digits(&word[1..])?;
            next = i + 1;
            told = true;
        }
        (Some(Kind::Word), word) if word.eq_ignore_ascii_case("uhr") => {
            next = i + 1;
            told = true;
        }
        _ => {}
    }
    if let Some((afternoon, after)) = half_of_day(head, next, context) {
        if !((1..=12).contains(&clock.hour) || clock.hour < 24 && told) {
            return None;
        }
        if clock.hour <= 12 {
            clock.hour = clock.hour % 12 + if afternoon { 12 } else { 0 };
        }
        next = after;
        told = true;
    }
    if !told || clock.hour > 23 || clock.minute > 59 {
        return None;
    }
    if head.word(next).eq_ignore_ascii_case("uhr") {
        next += 1;
    }
    clock.offset = offset(head, next);
    Some(clock)
}

fn two_digits(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let (tens, ones) = (digit(chars.next()?)?, digit(chars.next()?)?);
    (chars.next().is_none()).then_some(tens * 10 + ones)
}

/// `AM`, `p.m.`, `p. m.` and the words of the packs: whether it is the second half of the day, and the token behind.
fn half_of_day(head: &Head, i: usize, context: &Context) -> Option<(bool, usize)> {
    for len in [3, 2, 1] {
        if (i..i + len).any(|at| !matches!(head.kind(at), Some(Kind::Word | Kind::Dot))) {
            continue;
        }
        let word: String =
            head.slice(i, i + len).chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        let reading = &context.packs.reading;
        let after = i + len + usize::from(head.is(i + len, Kind::Dot));
        if word == "am" || reading.am.contains(&word) {
            return Some((false, after));
        }
        if word == "pm" || reading.pm.contains(&word) {
            return Some((true, after));
        }
    }
    None
}

/// Abbreviations that stand for one offset in all the world's news.
const ZONES: &[(&str, i32)] = &[
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("CET", 60),
    ("CEST", 120),
    ("MEZ", 60),
    ("MESZ", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("SAST", 120),
    ("JST", 540),
    ("KST", 540),
    ("HKT", 480),
    ("AEST", 600),
    ("AEDT", 660),
    ("ACST", 570),
    ("AWST", 480),
    ("NZST", 720),
    ("NZDT", 780),
    ("EDT", -240),
    ("MDT", -360),
    ("PDT", -420),
    ("AKDT", -480),
    ("HST", -600),
];

/// Certain only in American dates; `CST`, `IST` and `BST` are certain nowhere.
const AMERICAN: &[(&str, i32)] = &[("EST", -300), ("MST", -420), ("PST", -480)];

fn offset(head: &Head, i: usize) -> Offset {
    let open = usize::from(head.is(i, Kind::Open));
    let word = head.word(i + open);
    let find = |table: &[(&str, i32)]| table.iter().find(|(name, _)| *name == word).map(|(_, minutes)| *minutes);
    if let Some(minutes) = find(AMERICAN) {
        return Offset::American(minutes);
    }
    let zone = find(ZONES);
    let sign_at = i + open + usize::from(zone.is_some());
    let sign = match head.word(sign_at) {
        "+" => 1,
        "-" | "\u{2212}" => -1,
        _ => return zone.map_or(Offset::Unknown, Offset::Minutes),
    };
    // A dash with a space behind it is a separator.
    if head.spaced(sign_at + 1) || zone.is_some_and(|zone| zone != 0) {
        return zone.map_or(Offset::Unknown, Offset::Minutes);
    }
    let Some(number) = head.number(sign_at + 1) else { return Offset::Unknown };
    let minutes = match head.word(sign_at + 1).chars().count() {
        4 => number / 100 * 60 + number % 100,
        _ if head.is(sign_at + 2, Kind::Colon) => number * 60 + head.number(sign_at + 3).unwrap_or(0),
        _ => number * 60,
    };
    match i32::try_from(minutes) {
        Ok(minutes) if minutes <= 14 * 60 => Offset::Minutes(sign * minutes),
        _ => Offset::Unknown,
    }
}

/// A day told from the day of publication, or a time of which the day is not known; and where it stands.
fn relative(head: &Head, context: &Context) -> Option<(Option<Date>, usize)> {
    let wires = &context.packs.wires;
    for (i, _) in head.tokens(0) {
        let word = head.word(i);
        let start = head.start(i);
        if with_lower(word, |word| wires.today.contains(word)) {
            return Some((context.published, start));
        }
        if with_lower(word, |word| wires.yesterday.contains(word)) {
            return Some((context.published.and_then(|day| day.yesterday().ok()), start));
        }
        if let Some(count) = head.number(i) {
            let relative = &context.packs.reading.relative;
            let ago = |at: usize| with_lower(head.word(at), |word| relative.contains(word));
            if ago(i + 2) || i > 0 && ago(i - 1) {
                let in_days = with_lower(head.word(i + 1), |unit| wires.days.contains(unit));
                let days = in_days.then(|| context.published?.checked_sub(i64::from(count).days()).ok());
                return Some((days.flatten(), start));
            }
            if clock_at(head, i, context).is_some() {
                return Some((None, start));
            }
        }
    }
    None
}

/// What the words before the date say it is the time of; else those behind it.
fn kind(head: &Head, start: usize, context: &Context) -> TimestampKind {
    let reading = &context.packs.reading;
    let find = |text: &str| {
        let updated = phrase::last(text, &reading.updated);
        let published = phrase::last(text, &reading.published);
        match (updated, published) {
            (Some(updated), Some(published)) => Some(updated.end >= published.end),
            (Some(_), None) => Some(true),
            (None, Some(_)) => Some(false),
            (None, None) => None,
        }
    };
    match find(&head.text[..start]).or_else(|| find(&head.text[start..])) {
        Some(true) => TimestampKind::Updated,
        _ => TimestampKind::Published,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::testing::{context, packs};

    fn read(text: &str, lang: Option<&str>, published: Option<Date>) -> Option<Timestamp> {
        let packs = packs();
        timestamp(text, &Context { lang, published, ..context(&packs) })
    }

    #[test]
    fn iso_forms() {
        let cases: &[(&str, Option<&str>, Option<&str>)] = &[
            ("2016-02-04", None, Some("2016-02-04")),
            ("2016-02-04T09:30:00Z", None, Some("2016-02-04T09:30:00+00:00")),
            ("2016-02-04T09:30:00+03:30", None, Some("2016-02-04T09:30:00+03:30")),
            ("2016-02-04 09:30:00 -0500", None, Some("2016-02-04T09:30:00-05:00")),
            ("Feb 4, 2016 9:30 AM EST", None, Some("2016-02-04T09:30-05:00")),
            ("4 February 2016 9:30 AM EST", None, Some("2016-02-04T09:30")),
            ("Feb. 4, 2016, 9:30 p.m. CST", None, Some("2016-02-04T21:30")),
            ("4 February 2016", None, Some("2016-02-04")),
            ("Thursday, February 4th, 2016 at 12:05 a.m. GMT", None, Some("2016-02-04T00:05+00:00")),
            ("04.02.2016, 09:30 Uhr", None, Some("2016-02-04T09:30")),
            ("4 février 2016 à 17h29", None, Some("2016-02-04T17:29")),
            ("4 de febrero de 2016", None, Some("2016-02-04")),
            ("2016年2月4日 9時30分", None, Some("2016-02-04T09:30")),
            ("14:00, 28 Apr 2024", None, Some("2024-04-28T14:00")),
            ("05/06/2016", None, None),
            ("05/06/2016", Some("en"), None),
            ("05/06/2016", Some("de"), Some("2016-06-05")),
            ("25/06/2016 21h05", None, Some("2016-06-25T21:05")),
            ("Feb 31, 2016", None, None),
            ("31.02.2016", None, None),
            ("Feb 4, 9:30 AM", None, None),
            ("9:30 AM", None, None),
            ("2 hours ago", None, None),
            ("yesterday", None, None),
        ];
        for (text, lang, want) in cases {
            let got = read(text, *lang, None);
            assert!(got.is_some(), "{text}");
            assert_eq!(got.and_then(|stamp| stamp.iso).as_deref(), *want, "{text}");
        }
        for text in ["", "Share this", "3 Comments", "Read 12 more", "Published:", "5 min read", "9.30"] {
            assert_eq!(read(text, None, None), None, "{text}");
        }
    }

    #[test]
    fn against_publication() {
        let published = Date::new(2020, 3, 1).ok();
        let iso = |text: &str| read(text, None, published).and_then(|stamp| stamp.iso);
        assert_eq!(iso("yesterday").as_deref(), Some("2020-02-29"));
        assert_eq!(iso("2 days ago").as_deref(), Some("2020-02-28"));
        assert_eq!(iso("2 hours ago"), None);
        assert_eq!(iso("Dec 31, 9:30 AM").as_deref(), Some("2019-12-31T09:30"));
    }

    #[test]
    fn kinds() {
        let kind = |text: &str| read(text, None, None).map(|stamp| stamp.kind);
        assert_eq!(kind("Updated: Dec 22, 2023"), Some(TimestampKind::Updated));
        assert_eq!(kind("Published Dec 22, 2023 | Updated Dec 23, 2023"), Some(TimestampKind::Published));
        assert_eq!(kind("Aktualisiert am 28. April 2023, 20:22 Uhr"), Some(TimestampKind::Updated));
        assert_eq!(kind("Dec 22, 2023"), Some(TimestampKind::Published));
    }
}
