//! Times of publication and update, as written and as ISO 8601.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{SignedDuration, ToSpan};

use super::clock::{self, Clock};
use super::date::{self, DateMatch};
use super::tokens::{Head, Kind, window};
use super::unglue::Unglued;
use super::{Context, phrase};
use crate::document::{Timestamp, TimestampKind};
use crate::offsets::Span;
use crate::pack::with_lower;
use crate::text::part::PartOf;

/// Timestamps stand in this many characters of a line.
const LIMIT: usize = 400;
/// More times are none.
const MOST: usize = 12;
/// So many tokens can stand between the parts of one time.
const REACH: usize = 6;

/// The times that `text` tells, in its order. What is not certain is left out of the ISO forms. `before` is what stood on
/// the line before, where that was the start of this one ("Updated:").
pub(crate) fn timestamps(text: &str, before: &str, context: &Context) -> Vec<Timestamp> {
    let apart = Unglued::new(window(text, LIMIT), ' ', context);
    let head = Head::new(&apart.text, LIMIT * 2);
    let times = times(&head, context);
    let kinds = kinds(&apart.text, &times, before, context);
    let mut found: Vec<Timestamp> = Vec::with_capacity(times.len());
    for (time, kind) in times.iter().zip(kinds) {
        let span = apart.back(time.span);
        let iso = time.iso(context);
        // The same again says nothing.
        let again = |known: &Timestamp| {
            iso.is_none() && (&known.text, known.kind) == (&text.part(span.range()).to_owned(), kind)
        };
        if iso.is_none() && !found.iter().any(again)
            || iso.is_some() && !found.iter().any(|known| (&known.iso, known.kind) == (&iso, kind))
        {
            found.push(Timestamp { text: text.part(span.range()).to_owned(), span, iso, kind });
        }
    }
    found
}

/// Where the times in a line stand.
pub(super) fn stretches(text: &str, context: &Context) -> Vec<Span> {
    let head = Head::new(text, LIMIT * 2);
    times(&head, context).iter().map(|time| time.span).collect()
}

/// A part of a time, and the tokens it takes.
#[derive(Clone, Copy, Debug)]
struct Item {
    told: Told,
    first: usize,
    next: usize,
}

#[derive(Clone, Copy, Debug)]
enum Told {
    Date(DateMatch),
    Clock(Clock),
    /// So many days before now.
    Day(i64),
    Weekday(Weekday),
    Ago(Ago),
}

/// A count of something before now.
#[derive(Clone, Copy, Debug)]
enum Ago {
    Minutes(i64),
    Days(i64),
    /// Weeks, months, years: the day is not certain.
    Longer,
}

/// The parts of one time.
#[derive(Clone, Copy, Debug, Default)]
struct Time {
    span: Span,
    next: usize,
    date: Option<DateMatch>,
    clock: Option<Clock>,
    days_before: Option<i64>,
    weekday: Option<Weekday>,
    ago: Option<Ago>,
    /// Written as Americans do.
    month_first: bool,
}

/// The times of a line, in its order.
fn times(head: &Head, context: &Context) -> Vec<Time> {
    let mut times = Vec::new();
    let mut building: Option<Time> = None;
    for item in items(head, context) {
        // What was read as a zone is not a time.
        if building.as_ref().is_some_and(|time| item.first < time.next) {
            continue;
        }
        if building.as_mut().is_some_and(|time| time.takes(&item, head, context)) {
            continue;
        }
        times.extend(building.take());
        let mut time = Time { span: Span::new(head.start(item.first), head.start(item.first)), ..Time::default() };
        time.add(&item, head, context);
        building = Some(time);
    }
    times.extend(building);
    debug_assert!(times.is_sorted_by(|one, next| one.span.end <= next.span.start), "times overlap: {times:?}");
    let dated = times.iter().any(Time::is_dated);
    let mut end = 0;
    times.retain(|time| {
        let led = || kind_before(head.text.part(end..time.span.start), context).is_some();
        let kept = match (time.is_dated(), time.clock) {
            (true, _) => time.days_before.is_none() || time.clock.is_some() || is_alone(head.text, time.span, context),
            (false, Some(_)) => !dated || time.weekday.is_some() || led(),
            (false, None) => false,
        };
        end = if kept { time.span.end } else { end };
        kept
    });
    times.truncate(MOST);
    times
}

/// The parts of times that stand in a line.
fn items(head: &Head, context: &Context) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut i = 0;
    while head.token(i).is_some() && items.len() < 4 * MOST {
        let by_date = items.last().is_some_and(|last| matches!(last.told, Told::Date(_)) && i - last.next <= 2);
        // A word belongs to one time: the first that takes it.
        let free = items.last().map_or(0, |last| last.next);
        match item(head, i, free, by_date, context) {
            Some(item) => {
                i = item.next.max(i + 1);
                items.push(item);
            }
            None => i += 1,
        }
    }
    items
}

/// The part that begins at token `i`. It takes no token before `free`.
fn item(head: &Head, i: usize, free: usize, by_date: bool, context: &Context) -> Option<Item> {
    let of = |told, next| Some(Item { told, first: i, next });
    if !matches!(head.kind(i)?, Kind::Word | Kind::Number) {
        return None;
    }
    // After a date `06.05.00` is a clock with its seconds.
    let clock = || clock::at(head, i, true, context).filter(|(clock, _)| clock.second.is_some());
    if let Some((clock, next)) = by_date.then(clock).flatten() {
        return of(Told::Clock(clock), next);
    }
    let found = date::at(head, i, context).or_else(|| short_date(head, i, context));
    let found = found.map(|found| with_short_year(head, found, context));
    let is_told =
        |found: &DateMatch| found.month.is_some() && (found.day.is_some() || found.year.is_some()) || found.unclear;
    if let Some(mut found) = found.filter(is_told) {
        found.unclear |= found.year.is_none() && found.day.is_some() && has_a_year_near(head, i, free, found.next);
        return of(Told::Date(found), found.next);
    }
    if let Some(item) = ago(head, i, free, context) {
        return Some(item);
    }
    if let Some((clock, next)) = clock::at(head, i, by_date, context) {
        return of(Told::Clock(clock), next);
    }
    if head.is(i, Kind::Number) {
        return None;
    }
    if let Some((days, next)) = named_day(head, i, context) {
        return of(Told::Day(days), next);
    }
    let weekday = |next| context.packs.calendar.weekday(head.slice(i, next), context.lang);
    let two = head.is(i + 1, Kind::Word).then(|| weekday(i + 2)).flatten().map(|day| (day, i + 2));
    let (day, next) = two.or_else(|| Some((weekday(i + 1)?, i + 1))).or_else(|| short_weekday(head, i, context))?;
    of(Told::Weekday(Weekday::from_monday_one_offset(day as i8).ok()?), next)
}

/// Whether a year that nobody could read into the date stands a few words before or after it: `2016 թ. հունվարի 3`. What
/// stands before token `free` is another's.
fn has_a_year_near(head: &Head, i: usize, free: usize, next: usize) -> bool {
    let passed = |at: &usize| matches!(head.kind(*at), Some(Kind::Word | Kind::Dot));
    let is_year = |at: usize| {
        head.number(at).is_some_and(|number| (1700..2200).contains(&number)) && head.word(at).chars().nth(3).is_some()
    };
    let before = (free..i).rev().take(3).find(|at| !passed(at));
    let after = (next..next + 5).find(|at| !passed(at));
    let apart = |at: usize| !matches!(head.kind(at), Some(Kind::Colon | Kind::Dash | Kind::Slash));
    before.is_some_and(is_year) || after.is_some_and(|at| at > next && is_year(at) && apart(at + 1))
}

/// `mar. 3 mai 2016`, `12/04 (вт)`: the day that a short name is of, where a date stands after it or a bracket around it. Such
/// names are words of other languages too: another language's counts beside a date that falls on that day.
fn short_weekday(head: &Head, i: usize, context: &Context) -> Option<(u8, usize)> {
    let calendar = &context.packs.calendar;
    let word = head.word(i);
    let day = calendar.short_weekday(word, context.lang)?.one()?;
    let own = calendar.has_short_weekday(word, context.lang);
    // `12/04 (вт)`
    if i >= 2 && head.is(i - 1, Kind::Open) && head.is(i + 1, Kind::Close) {
        return (own && head.is(i - 2, Kind::Number)).then_some((day, i + 1));
    }
    let after = i + 1 + usize::from(matches!(head.kind(i + 1), Some(Kind::Dot | Kind::Comma)));
    let after = after + usize::from(head.is(after, Kind::Comma));
    let found = head.is(after, Kind::Number).then(|| date::at(head, after, context)).flatten()?;
    let falls = |date: Date| u8::try_from(date.weekday().to_monday_one_offset()).is_ok_and(|on| on == day);
    let there = found.resolve(None).map(falls);
    (there == Some(true) || there.is_none() && own && (found.month.is_some() || found.unclear)).then_some((day, i + 1))
}

/// `27 Mar 20 at 9:21`: two digits between a day and a clock are a year.
fn with_short_year(head: &Head, found: DateMatch, context: &Context) -> DateMatch {
    let number = head.number(found.next).filter(|_| head.word(found.next).chars().count() == 2);
    let clock = || (1..=2).any(|more| clock::at(head, found.next + more, false, context).is_some());
    let itself = || clock::at(head, found.next, true, context).is_some();
    match number {
        Some(year) if found.year.is_none() && found.month.is_some() && found.day.is_some() && !itself() && clock() => {
            let year = if year < 70 { 2000 + year } else { 1900 + year };
            DateMatch { year: i16::try_from(year).ok(), next: found.next + 1, ..found }
        }
        _ => found,
    }
}

/// `04/2016`; `2/21` where the language puts years first.
fn short_date(head: &Head, i: usize, context: &Context) -> Option<DateMatch> {
    let (a, b) = (head.number(i)?, head.number(i + 2)?);
    let apart = i > 0 && !head.spaced(i) && head.is(i - 1, Kind::Slash);
    if apart || !head.is(i + 1, Kind::Slash) || head.spaced(i + 1) || head.spaced(i + 2) || head.is(i + 3, Kind::Slash)
    {
        return None;
    }
    let month = i8::try_from(a).ok().filter(|month| (1..=12).contains(month));
    let found = DateMatch { month, next: i + 3, ..DateMatch::default() };
    if (1900..2100).contains(&b) {
        return month.map(|_| DateMatch { year: i16::try_from(b).ok(), ..found });
    }
    let years_first = context.packs.order(context.lang) == "ymd";
    let day = i8::try_from(b).ok().filter(|day| (1..=31).contains(day));
    (years_first && month.is_some() && day.is_some()).then_some(DateMatch { day, ..found })
}

/// `today`, `yesterday`: days before now, and the token after.
fn named_day(head: &Head, i: usize, context: &Context) -> Option<(i64, usize)> {
    let (reading, rest) = (&context.packs.reading, head.text.part(head.start(i)..));
    let after = |len: usize| head.tokens(i).find(|(_, token)| token.start >= head.start(i) + len).map(|(at, _)| at);
    let named = |words| phrase::longest_at_start(rest, words);
    let (days, len) = named(&reading.today).map(|len| (0, len)).or_else(|| Some((1, named(&reading.yesterday)?)))?;
    // `USA TODAY` is a paper.
    let shouted = rest.part(..len).chars().all(|c| !c.is_lowercase()) && rest.part(..len).contains(char::is_uppercase);
    (!shouted).then(|| (days, after(len).unwrap_or_else(|| head.tokens(i).last().map_or(i, |(at, _)| at + 1))))
}

/// `2 hours ago`, `vor 2 Stunden`, `an hour ago`, `1 day, 2 hours ago`, `3小时前`. What stands before token `free` is
/// another's: "2 hours ago 5 comments" tells one time.
fn ago(head: &Head, i: usize, free: usize, context: &Context) -> Option<Item> {
    let reading = &context.packs.reading;
    let (mut ago, at) = counted(head, i, context)?;
    let before = || {
        let open = head.text.part(..head.start(i));
        phrase::last(open, &reading.ago).filter(|hit| hit.end == open.trim_end().len())
    };
    // `1 year, 2 days ago`
    let longer = i >= 3 && !head.is(i - 1, Kind::Number) && head.is(i - 2, Kind::Word) && head.is(i - 3, Kind::Number);
    if longer && ago.is_some() && before().is_none() {
        ago = Some(Ago::Longer);
    }
    // A unit that is not known: weeks, months, years.
    let known = ago.is_some();
    let next = if known { at } else { i + 2 };
    let word_at = |next: usize| {
        let len = phrase::longest_at_start(head.text.part(head.start(next)..), &reading.ago)?;
        (head.spaced(next) || !head.word(next).is_ascii()).then(|| head.after(next, head.start(next) + len))
    };
    // "5 comments", "5 |" are no count of time: in `5 Kommentare vor 2 Stunden` the word is the second one's.
    let unit = || {
        head.is(i + 1, Kind::Word)
            && phrase::longest_at_start(head.text.part(head.start(i + 1)..), &reading.nobodies).is_none()
            && !context.packs.calendar.is_oclock(head.word(i + 1))
    };
    let told = Told::Ago(ago.unwrap_or(Ago::Longer));
    if let Some(next) = word_at(next).filter(|_| known || unit()) {
        return Some(Item { told, first: i, next });
    }
    let free = before().filter(|hit| hit.start >= head.start(free));
    let hit = free.filter(|_| known || head.is(i, Kind::Number) && unit())?;
    let first = (0..i).rev().find(|at| head.start(*at) <= hit.start)?;
    Some(Item { told, first, next })
}

/// What `2 hours`, `1 day, 2 hours` at token `i` come to, and the token after; nothing of a unit that is not known. `None`
/// where no count stands.
fn counted(head: &Head, i: usize, context: &Context) -> Option<(Option<Ago>, usize)> {
    let reading = &context.packs.reading;
    let count = |i: usize| match head.number(i) {
        Some(count) => Some(i64::from(count)),
        None => with_lower(head.word(i), |word| reading.one.contains(word)).then_some(1),
    };
    let (mut ago, mut at, mut counted) = (None, i, count(i)?);
    for _ in 0..2 {
        let start = head.start(at + 1);
        // A number and a word of many letters cannot be glued.
        let unit = |words| phrase::longest_at_start(head.text.part(start..), words);
        let (more, len) = if let Some(len) = unit(&reading.minutes) {
            (Ago::Minutes(counted), len)
        } else if let Some(len) = unit(&reading.hours) {
            (Ago::Minutes(counted * 60), len)
        } else if let Some(len) = unit(&reading.days) {
            (Ago::Days(counted), len)
        } else {
            break;
        };
        ago = match (ago, more) {
            (None, more) => Some(more),
            (Some(Ago::Minutes(a)), Ago::Minutes(b)) => Some(Ago::Minutes(a + b)),
            (Some(Ago::Days(a)), Ago::Minutes(b)) => Some(Ago::Minutes(a * 24 * 60 + b)),
            (some, _) => some,
        };
        at = head.after(i, start + len);
        match count(at + usize::from(head.is(at, Kind::Comma))) {
            Some(count) if head.is(at, Kind::Comma) || head.is(at, Kind::Number) => {
                at += usize::from(head.is(at, Kind::Comma));
                counted = count;
            }
            _ => break,
        }
    }
    Some((ago, at))
}

impl Time {
    /// Whether a day or a distance from now is told.
    fn is_dated(&self) -> bool {
        self.date.is_some() || self.days_before.is_some() || self.ago.is_some()
    }

    /// Takes the item in, when it can be a part of the same time.
    fn takes(&mut self, item: &Item, head: &Head, context: &Context) -> bool {
        let free = match item.told {
            Told::Date(found) => {
                self.ago.is_none()
                    && self
                        .date
                        .is_none_or(|known| known.resolve(None).is_some() && known.resolve(None) == found.resolve(None))
            }
            Told::Clock(_) => self.ago.is_none() && self.clock.is_none() && (self.is_dated() || self.weekday.is_some()),
            Told::Day(_) => self.ago.is_none() && self.days_before.is_none() && self.date.is_none(),
            Told::Weekday(_) => self.ago.is_none() && self.weekday.is_none(),
            Told::Ago(_) => false,
        };
        let fits = free && item.first >= self.next && item.first - self.next <= REACH && {
            let gap = head.text.part(self.span.end..head.start(item.first));
            let words =
                (self.next..item.first).filter(|i| head.is(*i, Kind::Word) && head.word(*i).chars().count() > 3);
            let numbers = (self.next..item.first).any(|i| head.is(i, Kind::Number));
            let dash = matches!(item.told, Told::Date(_)) && self.date.is_none() && self.clock.is_none();
            let dashed = dash && (self.next..item.first).any(|i| head.is(i, Kind::Dash));
            words.count() <= 1 && !numbers && !dashed && kind_before(gap, context).is_none()
        };
        if fits {
            self.add(item, head, context);
        }
        fits
    }

    fn add(&mut self, item: &Item, head: &Head, context: &Context) {
        match item.told {
            Told::Date(found) => {
                self.date.get_or_insert(found);
                self.month_first |= date::month(head, item.first, context).is_some();
            }
            Told::Clock(clock) => self.clock = Some(clock),
            Told::Day(days) => self.days_before = Some(days),
            Told::Weekday(day) => self.weekday = Some(day),
            Told::Ago(ago) => self.ago = Some(ago),
        }
        self.span.start = self.span.start.min(head.start(item.first));
        self.span.end = self.span.end.max(head.end_before(item.next));
        self.next = item.next;
        self.take_zone(head, context);
        self.take_year(head);
    }

    /// A zone after the date whose time stands before it: `22:00, 11 July 2021 GMT`.
    fn take_zone(&mut self, head: &Head, context: &Context) {
        if let Some(clock) = &mut self.clock
            && clock.zone.is_none()
            && let Some((zone, next)) = clock::zone(head, self.next, context)
        {
            clock.zone = Some(zone);
            self.span.end = head.end_before(next);
            self.next = next;
        }
    }

    /// The year after the clock, as programs write it: `Tue Apr 12 09:30:00 UTC 2022`.
    fn take_year(&mut self, head: &Head) {
        let Some(clock) = self.clock.filter(|clock| clock.second.is_some()) else { return };
        let year = head.number(self.next).filter(|year| (1900..2100).contains(year));
        if let Some(found) = &mut self.date
            && found.year.is_none()
            && found.day.is_some()
            && (self.weekday.is_some() || clock.zone.is_some())
            && let Some(year) = year.and_then(|year| i16::try_from(year).ok())
        {
            found.year = Some(year);
            self.next += 1;
            self.span.end = head.end_before(self.next);
        }
    }

    /// As much as is certain.
    fn iso(&self, context: &Context) -> Option<String> {
        let today = context.now.map(DateTime::date).or(context.published);
        let before = |days: i64| today?.checked_sub(days.days()).ok();
        let day = match (self.date, self.days_before, self.ago) {
            (Some(found), ..) => match self.day(&found, today) {
                Some(day) => Some(day),
                None if found.day.is_none() && !found.unclear => {
                    return Some(format!("{:04}-{:02}", found.year?, found.month?));
                }
                None => None,
            },
            (None, Some(days), _) => before(days),
            (None, None, Some(Ago::Days(days))) => before(days),
            (None, None, Some(Ago::Minutes(minutes))) => {
                let then = context.now?.checked_sub(SignedDuration::from_secs(minutes * 60)).ok()?;
                return Some(format!("{}T{:02}:{:02}", then.date(), then.hour(), then.minute()));
            }
            (None, None, Some(Ago::Longer)) => None,
            // The last such day.
            (None, None, None) => {
                let weekday = self.weekday?;
                (0..7).filter_map(before).find(|day| day.weekday() == weekday)
            }
        }?;
        Some(self.clock.map_or_else(|| day.to_string(), |clock| clock.iso(day, self.month_first)))
    }

    fn day(&self, found: &DateMatch, today: Option<Date>) -> Option<Date> {
        let weekday = self.weekday.filter(|_| found.unclear);
        let american = self.clock.and_then(|clock| clock.zone).is_some_and(|zone| zone.is_american());
        match weekday {
            // A clock of America's stands beside a date as Americans write it.
            None if american && found.either.is_some() => date::readings(found).next(),
            // Only one of the two days can be a Sunday.
            Some(weekday) => {
                let mut days = date::readings(found).filter(|day| day.weekday() == weekday);
                days.next().filter(|_| days.next().is_none())
            }
            None => found.resolve(today),
        }
    }
}

/// Whether nothing but leads and marks stands around the word for a day in its part of the line.
fn is_alone(text: &str, span: Span, context: &Context) -> bool {
    let marks = |c: char| !c.is_alphanumeric();
    let before = text.part(..span.start).trim_end();
    let led = before.is_empty() || before.ends_with(marks) || kind_before(before, context).is_some();
    led && text.part(span.end..).trim_start().chars().next().is_none_or(marks)
}

/// What the last word for it in `text` says.
fn kind_before(text: &str, context: &Context) -> Option<TimestampKind> {
    if text.len() < 2 {
        return None;
    }
    let reading = &context.packs.reading;
    let kinds = [
        (TimestampKind::Other, &reading.other),
        (TimestampKind::Published, &reading.published),
        (TimestampKind::Updated, &reading.updated),
    ];
    let hits = kinds.into_iter().filter_map(|(kind, words)| Some((phrase::last(text, words)?, kind)));
    hits.max_by_key(|(hit, _)| (hit.end, hit.end - hit.start)).map(|(_, kind)| kind)
}

/// What each time is the time of: the words before it say so, or, where the first has none, those after it
/// (`2016年2月4日公開`).
fn kinds(text: &str, times: &[Time], before: &str, context: &Context) -> Vec<TimestampKind> {
    let ends = || std::iter::once(0).chain(times.iter().map(|time| time.span.end));
    let starts = || times.iter().skip(1).map(|time| time.span.start).chain([text.len()]);
    let leads: Vec<_> =
        ends().zip(times).map(|(end, time)| kind_before(text.part(end..time.span.start), context)).collect();
    let first = leads.first().copied().flatten().or_else(|| kind_before(before, context));
    let after =
        || times.iter().zip(starts()).map(|(time, start)| kind_before(text.part(time.span.end..start), context));
    let told: Vec<_> = match first {
        None if after().last().flatten().is_some() => after().collect(),
        first => std::iter::once(first).chain(leads.into_iter().skip(1)).collect(),
    };
    told.into_iter().map(|kind| kind.unwrap_or(TimestampKind::Published)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::testing::{context, packs};

    fn read(text: &str, lang: Option<&str>, published: Option<Date>) -> Option<Timestamp> {
        let packs = packs();
        timestamps(text, "", &Context { lang, published, ..context(&packs) }).into_iter().next()
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
    fn any_input() {
        let packs = packs();
        for part in ["1", "1 ", "1/", ":", "2016-", "May ", "1 May 2016 ", "1:30 ", "ago ", "1h", "年", "(", "٤", "Z+"]
        {
            let text = part.repeat(2_000_000 / part.len());
            for time in timestamps(&text, &text, &context(&packs)) {
                assert_eq!(text[time.span.range()], time.text);
            }
        }
    }

    #[test]
    fn now() {
        let packs = packs();
        let now = Date::new(2020, 3, 1).ok().map(|day| day.at(1, 30, 0, 0));
        let iso = |text: &str| {
            timestamps(text, "", &Context { now, ..context(&packs) }).into_iter().next().and_then(|stamp| stamp.iso)
        };
        assert_eq!(iso("2 hours ago").as_deref(), Some("2020-02-29T23:30"));
        assert_eq!(iso("yesterday at 5 pm").as_deref(), Some("2020-02-29T17:00"));
        // A Sunday.
        assert_eq!(iso("Friday 9:30 AM").as_deref(), Some("2020-02-28T09:30"));
        assert_eq!(iso("9999 hours ago").as_deref(), Some("2019-01-09T10:30"));
        assert_eq!(iso("2 weeks ago"), None);
        assert_eq!(iso("1 year, 2 days ago"), None);
    }

    #[test]
    fn zones() {
        for (text, want) in [
            ("July 4, 2016 9:30 AM ET", "2016-07-04T09:30-04:00"),
            ("Jan 4, 2016 9:30 AM PT", "2016-01-04T09:30-08:00"),
            ("Jan 4, 2005 9:30 AM ET", "2005-01-04T09:30"),
            ("Mar 13, 2016 9:30 AM ET", "2016-03-13T09:30"),
            ("Jan 4, 2016 9:30 AM IST", "2016-01-04T09:30"),
            ("4.1.2013 09:30 MSK", "2013-01-04T09:30"),
            ("4.1.2016 09:30 MSK", "2016-01-04T09:30+03:00"),
            ("4 Jan 2016 09:30 (GMT+0530)", "2016-01-04T09:30+05:30"),
            ("4 Jan 2016 09:00-10:00", "2016-01-04T09:00"),
        ] {
            assert_eq!(read(text, None, None).and_then(|stamp| stamp.iso).as_deref(), Some(want), "{text}");
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
        assert_eq!(kind("Aktualisiert am 27. April 2021, 20:22 Uhr"), Some(TimestampKind::Updated));
        assert_eq!(kind("Dec 22, 2023"), Some(TimestampKind::Published));
        for (lang, history) in [
            ("en", "Received 17 December 2022, accepted 20 December 2022"),
            ("de", "Eingegangen am 17. Dezember 2022, angenommen am 20. Dezember 2022"),
            ("es", "Recibido el 17 de diciembre de 2022; aceptado el 20 de diciembre de 2022"),
            ("fr", "Reçu le 17 décembre 2022, accepté le 20 décembre 2022"),
            ("pt", "Recebido em 17 de dezembro de 2022; aceito em 20 de dezembro de 2022"),
            ("it", "Ricevuto il 17 dicembre 2022, accettato il 20 dicembre 2022"),
            ("pl", "Otrzymano 17 grudnia 2022, zaakceptowano 20 grudnia 2022"),
            ("nl", "Ontvangen op 17 december 2022, geaccepteerd op 20 december 2022"),
            ("ru", "Поступила 17 декабря 2022, принята к публикации 20 декабря 2022"),
        ] {
            let packs = packs();
            let times = timestamps(history, "", &Context { lang: Some(lang), ..context(&packs) });
            let kinds: Vec<_> = times.iter().map(|time| time.kind).collect();
            assert_eq!(kinds, [TimestampKind::Other; 2], "{history}");
        }
    }
}
