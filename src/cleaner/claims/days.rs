//! When a page was published and updated.

use jiff::civil::Date;

use super::voices::{Voice, agreed, best};
use super::{ADDRESS, GIVEN, Others, Page, of_line};
use crate::document::{FieldName, FieldSource, Fields, Timestamp, TimestampKind};
use crate::fields::Context;
use crate::fields::timestamp::timestamps;
use crate::labels::Label;
use crate::offsets::Span;
use crate::page::said::{Claim, Form, Said};
use crate::text::address;

/// A time that a page tells.
#[derive(Clone, Debug)]
struct When {
    day: Date,
    time: Timestamp,
}

impl When {
    fn of(time: Timestamp) -> Option<Self> {
        let day = time.iso.as_deref()?.get(..DAY)?.parse().ok()?;
        Some(Self { day, time })
    }

    /// A day of publication that stands at `span`: nowhere in the page, where that is empty.
    fn at(day: Date, span: Span) -> Option<Self> {
        let text = day.to_string();
        Self::of(Timestamp { iso: Some(text.clone()), text, span, kind: TimestampKind::Published })
    }

    fn iso(&self) -> &str {
        self.time.iso.as_deref().unwrap_or_default()
    }
}

/// Bytes of a day, and of a day and a time of day to the minute, in ISO 8601.
const DAY: usize = "2016-02-04".len();
const MINUTE: usize = "2016-02-04T09:30".len();

/// A bare time that stands where the time of the story does.
const BARE_IN_PLACE: u8 = 4;

/// The day of publication as a page says beside its lines: what lines without a year mean.
pub(crate) fn day(said: &Said, source: Option<&str>, context: &Context<'_>) -> Option<Date> {
    let said = said.claims.iter().filter(|claim| claim.of == FieldName::Published && claim.form != Form::Bare);
    let voice = |claim: &Claim| Some(Voice { value: read(claim, context)?.day, from: claim.from, trust: claim.trust });
    let mut voices: Vec<_> = said.filter_map(voice).collect();
    let named = source.and_then(address::day);
    voices.extend(named.map(|day| Voice { value: day, from: FieldSource::Url, trust: ADDRESS }));
    best(&voices, |one, other| one == other).map(|voice| voice.value)
}

/// The time that a claim tells.
fn read(claim: &Claim, context: &Context<'_>) -> Option<When> {
    let kind = if claim.of == FieldName::Updated { TimestampKind::Updated } else { TimestampKind::Published };
    let known = Context { published: None, now: None, ..*context };
    let text = claim.text.trim();
    let spelled = || timestamps(text, "", &known).into_iter().find_map(|time| time.iso.filter(|iso| iso.len() >= DAY));
    let iso = standard(text).or_else(|| compact(text)).or_else(|| seconds(text)).or_else(spelled)?;
    let when = When::of(Timestamp { text: text.to_owned(), span: claim.span, iso: Some(iso), kind })?;
    (1900..2100).contains(&when.day.year()).then_some(when)
}

/// Dates of ISO 8601 as most are written, in the form that [`timestamps`] gives them: a quick way to the same.
fn standard(text: &str) -> Option<String> {
    let day: Date = text.get(..DAY)?.parse().ok().filter(|_| text.as_bytes().get(4) == Some(&b'-'))?;
    let rest = text.get(DAY..)?;
    if rest.is_empty() {
        return Some(day.to_string());
    }
    let time = rest.strip_prefix('T').filter(|time| time.is_ascii())?;
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone)?;
    let clock = clock.split('.').next().unwrap_or_default();
    let number = |part: &str, most: u8| {
        let is_two = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u8>().ok().filter(|number| is_two && *number <= most)
    };
    let mut parts = clock.split(':');
    let (hour, minute) = (number(parts.next()?, 23)?, number(parts.next()?, 59)?);
    let mut iso = format!("{day}T{hour:02}:{minute:02}");
    if let Some(second) = parts.next() {
        iso.push_str(&format!(":{:02}", number(second, 59)?));
    }
    if parts.next().is_some() {
        return None;
    }
    match zone {
        "" => {}
        "Z" => iso.push_str("+00:00"),
        zone => {
            let (hours, minutes) = (number(zone.get(1..3)?, 14)?, zone.get(3..)?);
            let minutes = number(minutes.strip_prefix(':').unwrap_or(minutes), 59)?;
            iso.push_str(&format!("{}{hours:02}:{minutes:02}", zone.get(..1)?));
        }
    }
    Some(iso)
}

/// Seconds or milliseconds since 1970: `1715938200`.
fn seconds(text: &str) -> Option<String> {
    let count: i64 = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    let seconds = match text.len() {
        10 => count,
        13 => count / 1000,
        _ => return None,
    };
    let time = jiff::Timestamp::from_second(seconds).ok()?;
    Some(format!("{}+00:00", jiff::tz::Offset::UTC.to_datetime(time)))
}

/// `20240517`, `20240517T093000Z`, `202405170930`, `2024051709`
fn compact(text: &str) -> Option<String> {
    let (day, rest) = text.split_at_checked("20240517".len())?;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let date: Date =
        day.parse().ok().filter(|date: &Date| digits(day) == day.len() && (1990..2100).contains(&date.year()))?;
    let rest = rest.strip_prefix('T').unwrap_or(rest);
    let (clock, zone) = rest.split_at_checked(digits(rest))?;
    let part = |at: usize| clock.get(at..at + 2);
    match clock.len() {
        0 if zone.is_empty() => Some(date.to_string()),
        2 if zone.is_empty() && part(0)? < "24" => Some(date.to_string()),
        4 => standard(&format!("{date}T{}:{}{zone}", part(0)?, part(2)?)),
        6 => standard(&format!("{date}T{}:{}:{}{zone}", part(0)?, part(2)?, part(4)?)),
        _ => None,
    }
}

/// When it was published: as a line says, and what else agrees with it makes it exact; else as the page says.
pub(super) fn published(page: &Page<'_>, fields: &mut Fields, others: &Others) {
    let mut voices = Vec::new();
    if let Some(when) = fields.published.clone().and_then(When::of) {
        voices.push(Voice { value: when, from: FieldSource::Line, trust: of_line(FieldName::Published) });
    }
    let modified =
        page.claims(FieldName::Updated).filter_map(|claim| read(claim, page.context)).map(|when| when.day).max();
    let place = Place::of(page, fields);
    let times = page.claims(FieldName::Published).filter(|claim| claim.from == FieldSource::Html).count();
    for claim in page.claims_of_story(FieldName::Published, others) {
        let is_html = claim.from == FieldSource::Html;
        let in_place = is_html && place.holds(claim.span, page);
        // Of teasers and comments; the only one may be the story's wherever it stands.
        if is_html && !in_place && (times > 1 || page.is_elsewhere(claim.span)) {
            continue;
        }
        let Some(when) = read(claim, page.context) else { continue };
        let trust = match in_place {
            true => claim.trust.max(BARE_IN_PLACE),
            // A page cannot have been changed before it was published: the day is one of its building.
            false if modified.is_some_and(|modified| when.day > modified) => 1,
            false => claim.trust,
        };
        voices.push(Voice { value: when, from: claim.from, trust });
    }
    voices.extend(of_address(page, fields));
    if !agreed(&voices, is_same_day) {
        voices.extend(marked(page, FieldName::Published));
    }
    let given = page.published.and_then(|day| When::at(day, Span::default()));
    voices.extend(given.map(|value| Voice { value, from: FieldSource::Given, trust: GIVEN }));
    let Some(chosen) = best(&voices, is_same_day) else { return };
    let exact = exact(chosen, &voices);
    let time = if chosen.from == FieldSource::Line {
        Timestamp { iso: exact.value.time.iso.clone(), ..chosen.value.time.clone() }
    } else {
        exact.value.time.clone()
    };
    let from = if chosen.from == FieldSource::Line { chosen.from } else { exact.from };
    fields.published = Some(time);
    fields.sources.set(FieldName::Published, Some(from));
}

/// Whether two are of one day, which another zone may call the next or the one before.
fn is_same_day(one: &When, other: &When) -> bool {
    let apart = (one.day - other.day).get_days().abs();
    let zoned = |when: &When| when.iso().len() > MINUTE;
    apart == 0 || apart == 1 && zoned(one) != zoned(other)
}

/// The day in the address.
fn of_address(page: &Page<'_>, fields: &Fields) -> Option<Voice<When>> {
    let named = |address: &str| Some((address::day(address)?, Span::default()));
    let told = || {
        let claim = page.claims(FieldName::Url).find(|claim| Some(&*claim.text) == fields.url.as_deref())?;
        Some((address::day(&claim.text)?, claim.span))
    };
    let (day, span) = told().or_else(|| page.address().and_then(named))?;
    Some(Voice { value: When::at(day, span)?, from: FieldSource::Url, trust: ADDRESS })
}

/// The first time of its kind in a line that the markup says is of one.
fn marked(page: &Page<'_>, of: FieldName) -> Option<Voice<When>> {
    let kind = if of == FieldName::Updated { TimestampKind::Updated } else { TimestampKind::Published };
    page.marked(of).find_map(|line| {
        let times = timestamps(line.text, "", page.context);
        // A class that says "updated" says so of a line with a bare date too.
        let time = times.into_iter().find(|time| time.kind == kind || of == FieldName::Updated)?;
        let value = When::of(Timestamp { span: line.span, kind, ..time })?;
        Some(Voice { value, from: FieldSource::Line, trust: line.mark.trust })
    })
}

/// Of the voices that tell the same day as the chosen one, the one that tells most of its time, where they do not differ in it.
fn exact<'v>(chosen: &'v Voice<When>, voices: &'v [Voice<When>]) -> &'v Voice<When> {
    let mut exact = chosen;
    for voice in voices.iter().filter(|voice| voice.value.day == chosen.value.day) {
        let (known, more) = (exact.value.iso(), voice.value.iso());
        let goes_on = known.len() == DAY || more.get(..MINUTE) == known.get(..MINUTE);
        // Where nobody knew the time of day it is midnight.
        let is_midnight = more.get(DAY..MINUTE) == Some("T00:00");
        if more.len() > known.len() && goes_on && !is_midnight {
            exact = voice;
        }
    }
    exact
}

/// When it was updated: after it was published, and not at once.
pub(super) fn updated(page: &Page<'_>, fields: &mut Fields, others: &Others) {
    let mut voices = Vec::new();
    if let Some(when) = fields.updated.clone().and_then(When::of) {
        voices.push(Voice { value: when, from: FieldSource::Line, trust: of_line(FieldName::Updated) });
    }
    let published = fields.published.clone().and_then(When::of);
    let place = Place::of(page, fields);
    for claim in page.claims_of_story(FieldName::Updated, others) {
        let Some(when) = read(claim, page.context) else { continue };
        let is_later = published.as_ref().is_none_or(|published| is_later(published, &when));
        if is_later && (claim.from != FieldSource::Html || place.holds(claim.span, page)) {
            voices.push(Voice { value: when, from: claim.from, trust: claim.trust });
        }
    }
    if !agreed(&voices, is_same_day) {
        let later = |voice: &Voice<When>| published.as_ref().is_none_or(|published| is_later(published, &voice.value));
        voices.extend(marked(page, FieldName::Updated).filter(later));
    }
    let Some(chosen) = best(&voices, is_same_day) else { return };
    let exact = exact(chosen, &voices);
    let is_line = chosen.from == FieldSource::Line;
    let (shown, from) = if is_line { (chosen, chosen.from) } else { (exact, exact.from) };
    fields.updated = Some(Timestamp { iso: exact.value.time.iso.clone(), ..shown.value.time.clone() });
    fields.sources.set(FieldName::Updated, Some(from));
}

/// Whether it is more than a minute later.
fn is_later(published: &When, when: &When) -> bool {
    let moment = |when: &When| when.iso().parse::<jiff::Timestamp>().ok();
    match (moment(published), moment(when)) {
        (Some(published), Some(when)) => when.as_second() > published.as_second() + 60,
        _ => {
            when.day > published.day
                || when.day == published.day && when.iso().get(..MINUTE) > published.iso().get(..MINUTE)
        }
    }
}

/// Where the time of a story stands: with a line that tells times, and between the headline and the story.
struct Place {
    first: usize,
    last: usize,
}

impl Place {
    fn of(page: &Page<'_>, fields: &Fields) -> Self {
        let is_line = fields.sources.get(FieldName::Title) == Some(FieldSource::Line);
        let first = fields.title_span.filter(|_| is_line).map_or(0, |span| page.block_at(span));
        let story = page.blocks.iter().skip(first).position(|block| block.kept && block.label == Label::Body);
        Self { first, last: first + story.unwrap_or(0) }
    }

    fn holds(&self, time: Span, page: &Page<'_>) -> bool {
        let at = page.block_at(time);
        let tells = page.blocks.get(at).is_some_and(|block| matches!(block.label, Label::Timestamp | Label::Byline));
        tells && !page.is_elsewhere(time) || (self.first..self.last).contains(&at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    #[test]
    fn the_quick_way_gives_the_same() {
        let context = Context { packs: &Packs::embedded(), lang: None, published: None, now: None };
        for text in [
            "2024-05-17",
            "2024-05-17T09:30",
            "2024-05-17T09:30:05",
            "2024-05-17T09:30:05Z",
            "2024-05-17T09:30:05.123Z",
            "2024-05-17T09:30:05.123456+02:00",
            "2024-05-17T09:30:05+0200",
            "2024-05-17T09:30Z",
        ] {
            let spelled = timestamps(text, "", &context).into_iter().find_map(|time| time.iso);
            assert_eq!((standard(text), text), (spelled, text));
        }
        // In a line it may be from one hour to another.
        assert_eq!(standard("2024-05-17T09:30-05:00").as_deref(), Some("2024-05-17T09:30-05:00"));
        for text in [
            "2024-13-17",
            "2024-05-17 09:30",
            "2024-05-17T9:30",
            "2024-05-17T24:30",
            "20240517T093005Z",
            "",
            "2024-05-17T09:30:05+2",
        ] {
            assert_eq!(standard(text), None, "{text}");
        }
    }

    #[test]
    fn dates_without_marks() {
        assert_eq!(seconds("1715938200").as_deref(), Some("2024-05-17T09:30:00+00:00"));
        assert_eq!(seconds("1715938200123"), seconds("1715938200"));
        assert_eq!((seconds("17159382"), seconds("99999999999999999999")), (None, None));
        assert_eq!(compact("20240517").as_deref(), Some("2024-05-17"));
        assert_eq!((compact("20241317"), compact("202405171"), compact("2024")), (None, None, None));
        assert_eq!(compact("2024051709").as_deref(), Some("2024-05-17"));
        assert_eq!(compact("20240517T093000Z"), standard("2024-05-17T09:30:00Z"));
        assert_eq!(compact("202405170930"), standard("2024-05-17T09:30"));
        assert_eq!((compact("1715938200"), compact("2024051799"), seconds("-171593820")), (None, None, None));
    }
}
