//! Dates as written: `March 4, 2016`, `4. März`, `21 mar`, `04.02.2016`, `2016-02-04`, `2016年2月4日`.

use jiff::civil::Date;

use super::Context;
use super::tokens::{Head, Kind};
use crate::document::PartialDate;
use crate::pack::{Mark, Named};
use crate::text::part::PartOf;

/// Parts of a date and where in the tokens it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DateMatch {
    pub month: Option<i8>,
    pub day: Option<i8>,
    pub year: Option<i16>,
    /// Token after it.
    pub next: usize,
    /// Nothing says which day is meant: both numbers can be the month, or the year is none of the Gregorian calendar.
    pub unclear: bool,
    /// The two numbers that can be the month.
    pub either: Option<(i8, i8)>,
}

impl DateMatch {
    /// Of this month, if it is certain which.
    fn of(month: Month) -> Self {
        Self { month, unclear: month.is_none(), ..Self::default() }
    }

    /// As the document shows it.
    pub fn partial(&self, raw: &str, context: &Context) -> PartialDate {
        PartialDate {
            raw: raw.to_owned(),
            month: self.month,
            day: self.day,
            year: self.year,
            resolved: self.resolve(context.published),
        }
    }

    /// The day meant: of a full date itself, else the one nearest the day of publication.
    pub fn resolve(&self, published: Option<Date>) -> Option<Date> {
        if self.unclear {
            return None;
        }
        let distance = |date: &Date| published.map_or(0, |near| (*date - near).get_days().abs());
        match (self.year, self.month, self.day) {
            (Some(year), Some(month), Some(day)) => Date::new(year, month, day).ok(),
            (None, Some(month), Some(day)) => {
                let near = published?.year();
                (near - 1..=near + 1).filter_map(|year| Date::new(year, month, day).ok()).min_by_key(distance)
            }
            (None, None, Some(day)) => {
                let first = published?.first_of_month();
                let months = [first.yesterday().ok()?.first_of_month(), first, first.last_of_month().tomorrow().ok()?];
                let days = months.iter().filter_map(|month| Date::new(month.year(), month.month(), day).ok());
                days.min_by_key(distance)
            }
            _ => None,
        }
    }
}

/// The date that begins at token `i`.
pub(super) fn at(head: &Head, i: usize, context: &Context) -> Option<DateMatch> {
    match head.kind(i)? {
        Kind::Word => {
            // Most words have no number after them, at the latest after two names of two words.
            if !(i + 1..i + 6).any(|at| head.is(at, Kind::Number)) {
                return None;
            }
            let (month, next) = month_name(head, i, context)?;
            let found = after_month(head, next, month, context)?;
            let calendar = &context.packs.calendar;
            if calendar.short_weekday(head.word(i), None).is_none() {
                return Some(found);
            }
            // `mar 3 mag 2016`, `mar. 03/05/2016`: a day of the week, where the number begins a date of its own.
            let number = (next..next + 3).find(|at| head.is(*at, Kind::Number))?;
            let of_its_own = |found: DateMatch| found.month.is_some() || found.unclear;
            if from_number(head, number, context).is_some_and(of_its_own) {
                return None;
            }
            // `mar 3`: March or a Tuesday, where the language has both.
            let both = found.year.is_none() && calendar.has_short_weekday(head.word(i), context.lang);
            Some(DateMatch { unclear: found.unclear || both, ..found })
        }
        Kind::Number => from_number(head, i, context),
        _ => None,
    }
}

/// The two days that a date like 03/04/2016 can be.
pub(super) fn readings(found: &DateMatch) -> impl Iterator<Item = Date> {
    let dates = found.either.zip(found.year).map(|((a, b), year)| [Date::new(year, a, b), Date::new(year, b, a)]);
    dates.into_iter().flatten().flatten()
}

/// A month that is named; `None` where the name is of one in one language and of another in the next.
pub(super) type Month = Option<i8>;

fn told(named: Named) -> Month {
    named.one().and_then(|month| i8::try_from(month).ok())
}

/// The month named by token `i`.
pub(super) fn month(head: &Head, i: usize, context: &Context) -> Option<Month> {
    if !head.is(i, Kind::Word) {
        return None;
    }
    month_of(head.word(i), context)
}

/// The month of that name. `listopada` is one month in Croatian and another in Polish.
pub(super) fn month_of(name: &str, context: &Context) -> Option<Month> {
    let month = |name: &str| context.packs.calendar.month(name, context.lang).map(told);
    // `d’abril`
    let elided = || name.split_once(['\'', '\u{2019}']).filter(|(article, _)| article.len() == 1);
    month(name).or_else(|| elided().and_then(|(_, name)| month(name)))
}

/// The month named by token `i`, or by it and the next one (`tháng 4`, `تشرين الأول`), and the token after the name; a
/// second name for the same month goes with it (`آب/أغسطس`).
fn month_name(head: &Head, i: usize, context: &Context) -> Option<(Month, usize)> {
    if !head.is(i, Kind::Word) {
        return None;
    }
    if let Some((len, month)) = context.packs.calendar.unspaced_month(head.text.part(head.start(i)..)) {
        return Some((i8::try_from(month).ok(), head.after(i, head.start(i) + len)));
    }
    let of = |first: usize, next: usize| month_of(head.slice(first, next), context);
    let two = |i: usize| matches!(head.kind(i + 1), Some(Kind::Word | Kind::Number)).then(|| of(i, i + 2)).flatten();
    let name = |i: usize| two(i).map(|month| (month, i + 2)).or_else(|| Some((of(i, i + 1)?, i + 1)));
    let (month, next) = name(i)?;
    let again = head.is(next, Kind::Slash).then(|| name(next + 1)).flatten();
    Some(again.filter(|(second, _)| *second == month).unwrap_or((month, next)))
}

/// The month that token `i` shortens, after a day: `12 out 2021`, `14 ago. (`. Such words mean other things too, so that a
/// year, a bracket or a dash must follow.
fn short_month(head: &Head, i: usize, context: &Context) -> Option<(Month, usize)> {
    let after = i + 1 + usize::from(head.is(i + 1, Kind::Dot) && !head.spaced(i + 1));
    let ends = matches!(head.kind(after), Some(Kind::Open | Kind::Slash | Kind::Dash)) || year(head, after).is_some();
    let word = (ends && head.is(i, Kind::Word)).then(|| head.word(i))?;
    context.packs.calendar.short_month(word, context.lang).map(|month| (told(month), i + 1))
}

/// `Month 4`, `Month 4, 2016`, `Month 2016`, `Month-04-2016`.
fn after_month(head: &Head, next: usize, month: Month, context: &Context) -> Option<DateMatch> {
    let mut next = next;
    let dash = head.is(next, Kind::Dash) && !head.spaced(next) && !head.spaced(next + 1);
    if head.is(next, Kind::Dot) && !head.spaced(next) || dash && head.is(next + 2, Kind::Dash) {
        next += 1;
    }
    let number = head.number(next)?;
    if let Some(year) = year(head, next) {
        return Some(DateMatch { year: Some(year), next: next + 1, ..DateMatch::of(month) });
    }
    let day = day(number)?;
    next = ordinal(head, next + 1, context);
    let mut found = DateMatch { day: Some(day), next, ..DateMatch::of(month) };
    let comma = head.is(next, Kind::Comma) || head.is(next, Kind::Slash) && !head.spaced(next);
    let at = if comma || dash && head.is(next, Kind::Dash) { next + 1 } else { next };
    with_year(head, at, &mut found);
    Some(found)
}

/// Reads the year at token `i`, where one stands.
fn with_year(head: &Head, i: usize, found: &mut DateMatch) {
    let quoted = head.is(i, Kind::Quote) && !head.spaced(i + 1);
    if let Some(year) = year(head, i) {
        found.year = Some(year);
        found.next = i + 1;
    } else if let Some(year) = short_year(head, i + 1).filter(|_| quoted) {
        found.year = Some(year);
        found.next = i + 2;
    } else if other_year(head, i) || long_number(head, i) {
        found.unclear = true;
        found.next = i + 1;
    }
}

fn from_number(head: &Head, i: usize, context: &Context) -> Option<DateMatch> {
    let number = head.number(i)?;
    let next = i + 1;
    // 2016年2月4日, 2월 4일
    if let Some(found) = with_unit_words(head, i, context) {
        return Some(found);
    }
    // 2016-02-04, 2016/02/04, 2016.02.04
    if let (Some(year), Some(kind @ (Kind::Dash | Kind::Slash | Kind::Dot))) = (year(head, i), head.kind(next)) {
        // `2016. 2. 4.` has spaces after its dots.
        let glued = (next..next + 4).all(|at| !head.spaced(at) || kind == Kind::Dot && (at - next) % 2 == 1);
        if glued && head.is(next + 1, Kind::Number) && head.is(next + 2, kind) && head.word(next).len() == 1 {
            let (month, day) = (self::month_number(head, next + 1)?, day(head.number(next + 3)?)?);
            // `2020.08.19.08.00`: a time of day.
            let two = |at: usize| head.is(at, Kind::Number) && head.word(at).chars().count() == 2;
            let timed = two(next + 5) && head.is(next + 6, kind) && two(next + 7);
            if kind == Kind::Dot && !timed && is_part_of_a_number(head, i, next + 4, kind) {
                return None;
            }
            let (month, day) = (Some(month), Some(day));
            return Some(DateMatch { month, day, year: Some(year), next: next + 4, ..DateMatch::default() });
        }
    }
    if let Some(year) = year(head, i) {
        return with_year_first(head, next, year, context);
    }
    // 04.02.2016, 4/2/2016, 4 / 2 / 2016, 4 | 2 | 2016
    if let Some(kind @ (Kind::Dash | Kind::Slash | Kind::Dot | Kind::Pipe)) = head.kind(next)
        && head.is(next + 2, kind)
        && head.is(next + 1, Kind::Number)
    {
        let spaces = (next..next + 4).filter(|at| head.spaced(*at)).count();
        let glued = (next..next + 3).all(|at| !head.spaced(at) || kind == Kind::Dot && (at - next) % 2 == 1);
        let whole = year(head, next + 3).filter(|_| glued || spaces == 4 && kind != Kind::Dash);
        if matches!(kind, Kind::Dot | Kind::Dash)
            && (is_part_of_a_number(head, i, next + 4, kind) || whole.is_none() && is_counted_so(head, i, context))
        {
            return None;
        }
        if let Some(year) = whole.or_else(|| short_year(head, next + 3).filter(|_| glued)) {
            let middle = head.number(next + 1)?;
            // `16. 2. 4.`: two digits of a year stand first where whole years do.
            if whole.is_none() && order(context) == "ymd" {
                let (year, month, day) =
                    (short_year(head, i)?, month_number(head, next + 1)?, day(head.number(next + 3)?)?);
                let (month, day) = (Some(month), Some(day));
                return Some(DateMatch { month, day, year: Some(year), next: next + 4, ..DateMatch::default() });
            }
            let found = numeric(kind, number, middle, year, context);
            // 20-09-26 can be a year, a month and a day too.
            let other = || month_number(head, next + 1).is_some();
            let unclear = kind == Kind::Dash && whole.is_none() && number <= 31 && other() && order(context).is_empty();
            // `17. 2. 14.` can be Korean.
            let dotted =
                kind == Kind::Dot && head.spaced(next + 1) && head.is(next + 4, kind) && !head.spaced(next + 4);
            let unclear = unclear || dotted && whole.is_none() && order(context).is_empty();
            return found.map(|found| DateMatch { next: next + 4, unclear: found.unclear || unclear, ..found });
        }
    }
    // 4 March 2016, 4. März 2016, 4 de marzo de 2016, 4th of March
    let day = day(number)?;
    let mut at = ordinal(head, next, context);
    if head.is(at, Kind::Dot) && !head.spaced(at) {
        at += 1;
    }
    // 4-Mar-2016, 4 / March / 2016
    let between = [Kind::Dash, Kind::Slash, Kind::Pipe, Kind::Comma].into_iter().find(|kind| head.is(at, *kind));
    if context.packs.calendar.is_of(head.word(at)) || between.is_some() {
        at += 1;
    }
    let (month, after) = month_name(head, at, context).or_else(|| short_month(head, at, context))?;
    at = after;
    // `4-yanvar, 2016`: a dash between day and month alone.
    let comma = usize::from(head.is(at, Kind::Comma));
    let loose = between == Some(Kind::Dash) && !head.is(at, Kind::Dash) && year(head, at + comma).is_some();
    if let Some(kind) = between.filter(|_| !loose) {
        let year = year(head, at + 1).filter(|_| head.is(at, kind));
        return year.map(|year| DateMatch { day: Some(day), year: Some(year), next: at + 2, ..DateMatch::of(month) });
    }
    let mut found = DateMatch { day: Some(day), next: at, ..DateMatch::of(month) };
    let mut dotted = at;
    if head.is(at, Kind::Dot) && !head.spaced(at) {
        dotted += 1;
    }
    let mut to = dotted;
    if context.packs.calendar.is_of(head.word(to)) || head.is(to, Kind::Comma) {
        to += 1;
    }
    with_year(head, to, &mut found);
    if found.next == at
        && dotted > at
        && (!head.is(dotted, Kind::Dash) || head.spaced(dotted))
        && head.word(at - 1).chars().count() <= 5
    {
        // The dot of an abbreviated month; in `28 May.- ` it is the separator's.
        found.next = dotted;
    }
    Some(found)
}

/// `2016. máj. 3.`, `2016 m. gegužės 3`, `2016. gada 3. maijs`, `2016-May-3`: what stands at token `i` after the year.
fn with_year_first(head: &Head, i: usize, year: i16, context: &Context) -> Option<DateMatch> {
    if head.is(i, Kind::Dash) && (i..i + 4).all(|at| !head.spaced(at)) {
        let (month, next) = month_name(head, i + 1, context)?;
        let day = head.is(next, Kind::Dash).then(|| head.number(next + 1).and_then(day)).flatten()?;
        return Some(DateMatch { day: Some(day), year: Some(year), next: next + 2, ..DateMatch::of(month) });
    }
    let dot = |at: usize| usize::from(head.is(at, Kind::Dot) && !head.spaced(at));
    let mut at = i + dot(i);
    let dotted = at > i;
    let word = context.packs.calendar.is_year_word(head.word(at)) && head.is(at, Kind::Word);
    if word {
        at += 1 + dot(at + 1);
    }
    let day_first = || {
        let day = day(head.number(at).filter(|_| word)?)?;
        let (month, next) = month_name(head, at + 1 + dot(at + 1), context)?;
        Some(DateMatch { day: Some(day), next, ..DateMatch::of(month) })
    };
    let month_first = || {
        let (month, after) = month_name(head, at, context)?;
        after_month(head, after, month, context)
    };
    let found = month_first().or_else(day_first).filter(|found| found.day.is_some() && found.year.is_none())?;
    let dot = if dotted { dot(found.next) } else { 0 };
    Some(DateMatch { year: Some(year), next: found.next + dot, ..found })
}

/// Whether more numbers are glued before token `i` or at token `next`, as in `10.11.20.16`; a time of day may be.
fn is_part_of_a_number(head: &Head, i: usize, next: usize, kind: Kind) -> bool {
    let glued = |at: usize| head.is(at, kind) && !head.spaced(at) && !head.spaced(at + 1);
    let before = i >= 2 && glued(i - 1) && head.is(i - 2, Kind::Number);
    let after = glued(next) && head.is(next + 1, Kind::Number) && !head.is(next + 2, Kind::Colon);
    before || after
}

/// Whether a word before token `i` says that the numbers there are no date: `version 10.4.11`, `Tel.: 01-02-03`.
fn is_counted_so(head: &Head, i: usize, context: &Context) -> bool {
    let marks = |at: usize| matches!(head.kind(at), Some(Kind::Dot | Kind::Colon));
    let word = (0..i).rev().take(3).find(|at| !marks(*at));
    word.is_some_and(|at| context.packs.wires.is_before_numbers(head.word(at)))
}

/// `Month` distinguished from `day` in two numbers: dots mean day first, else the language's order, else numbers above 12.
fn numeric(kind: Kind, a: u32, b: u32, year: i16, context: &Context) -> Option<DateMatch> {
    let day_first = match (kind, order(context)) {
        _ if a > 12 => Some(true),
        _ if b > 12 => Some(false),
        _ if a == b => Some(true),
        (Kind::Dot | Kind::Pipe, _) | (_, "dmy") => Some(true),
        (_, "mdy") => Some(false),
        _ => None,
    };
    let (day_number, month_number) = if day_first.unwrap_or(true) { (a, b) } else { (b, a) };
    let (Some(day), 1..=12) = (day(day_number), month_number) else { return None };
    let month = month_number as i8;
    let either = day_first.is_none().then_some((a as i8, b as i8));
    Some(DateMatch {
        month: day_first.is_some().then_some(month),
        day: day_first.is_some().then_some(day),
        year: Some(year),
        next: 0,
        unclear: day_first.is_none(),
        either,
    })
}

/// The order of numbers in dates of the text's language.
fn order<'a>(context: &Context<'a>) -> &'a str {
    context.packs.order(context.lang)
}

/// `2016年2月4日`, `2月4日`, `４日`, and the same in Korean.
fn with_unit_words(head: &Head, i: usize, context: &Context) -> Option<DateMatch> {
    let calendar = &context.packs.calendar;
    let mut found = DateMatch { next: i, ..DateMatch::default() };
    let unit = |at: usize, mark: Mark| head.is(at, Kind::Word) && calendar.is_mark(mark, head.word(at));
    // Years that are counted from another one: Japan's eras and Taiwan's. Words of these scripts are tokens of one character.
    let era = i.checked_sub(2).and_then(|first| calendar.era(head.slice(first, i)));
    let full = if era.is_none() { year(head, i) } else { None };
    let counted = era.and_then(|era| i16::try_from(head.number(i)?).ok().filter(|year| *year < 200).map(|n| era + n));
    if let Some(year) = full.or(counted).filter(|_| unit(i + 1, Mark::Year)) {
        found.year = Some(year);
        found.next += 2;
    }
    if let Some(month) = month_number(head, found.next).filter(|_| unit(found.next + 1, Mark::Month)) {
        found.month = Some(month);
        found.next += 2;
    }
    if let Some(day) = head.number(found.next).and_then(day).filter(|_| unit(found.next + 1, Mark::Day)) {
        found.day = Some(day);
        found.next += 2;
    }
    (found.next > i && (found.month.is_some() || found.day.is_some())).then_some(found)
}

/// `January 1, 99999`: after a comma no count of anything follows a date, and no year has five digits.
fn long_number(head: &Head, i: usize) -> bool {
    i > 0 && head.is(i - 1, Kind::Comma) && head.is(i, Kind::Number) && head.word(i).chars().nth(4).is_some()
}

/// Four digits where a year stands that is none of the Gregorian calendar.
fn other_year(head: &Head, i: usize) -> bool {
    head.number(i).is_some()
        && head.word(i).chars().count() == 4
        && year(head, i).is_none()
        && !head.is(i + 1, Kind::Colon)
}

fn month_number(head: &Head, i: usize) -> Option<i8> {
    head.number(i).filter(|number| (1..=12).contains(number)).map(|number| number as i8)
}

fn day(number: u32) -> Option<i8> {
    (1..=31).contains(&number).then_some(number as i8)
}

/// A year of four digits.
fn year(head: &Head, i: usize) -> Option<i16> {
    head.number(i).filter(|number| (1700..=2199).contains(number)).and_then(|number| i16::try_from(number).ok())
}

/// A year of two digits: of this century up to 69, else of the last.
fn short_year(head: &Head, i: usize) -> Option<i16> {
    let number = head.number(i).filter(|_| head.word(i).chars().count() == 2)?;
    i16::try_from(if number < 70 { 2000 + number } else { 1900 + number }).ok()
}

/// Steps over `st`, `nd`, `rd`, `th`, `er`, `º` glued to a number.
fn ordinal(head: &Head, i: usize, context: &Context) -> usize {
    if !head.spaced(i) && context.packs.calendar.is_ordinal(head.word(i)) { i + 1 } else { i }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::testing::{context, packs};

    #[test]
    fn reads() {
        let packs = packs();
        type Case = (&'static str, Option<(i16, i8, i8)>);
        let cases: &[Case] = &[
            ("March 4, 2016", Some((2016, 3, 4))),
            ("Mar. 4 2016", Some((2016, 3, 4))),
            ("4 March 2016", Some((2016, 3, 4))),
            ("4th of March, 2016", Some((2016, 3, 4))),
            ("4. März 2016", Some((2016, 3, 4))),
            ("4 de marzo de 2016", Some((2016, 3, 4))),
            ("4 мая 2016", Some((2016, 5, 4))),
            ("2016-02-04", Some((2016, 2, 4))),
            ("04.02.2016", Some((2016, 2, 4))),
            ("13/02/2016", Some((2016, 2, 13))),
            ("02/13/2016", Some((2016, 2, 13))),
            ("2016年2月4日", Some((2016, 2, 4))),
            ("2016년 2월 4일", Some((2016, 2, 4))),
            ("٤ مارس ٢٠١٦", Some((2016, 3, 4))),
            ("March", None),
            ("45 March", None),
            ("4 men", None),
            ("may 2016", Some((2016, 5, 0))),
            ("March 4", Some((0, 3, 4))),
            ("28 May.", Some((0, 5, 28))),
            ("4-Mar-2016", Some((2016, 3, 4))),
            ("4 / March / 2016", Some((2016, 3, 4))),
            ("Mar-04-2016", Some((2016, 3, 4))),
            ("13 | 02 | 2016", Some((2016, 2, 13))),
            ("2016. 2. 4", Some((2016, 2, 4))),
            ("4 March ’16", Some((2016, 3, 4))),
            ("4 كانون الثاني/يناير 2016", Some((2016, 1, 4))),
            ("4 March 2559", Some((0, 3, 4))),
        ];
        for (text, want) in cases {
            let head = Head::new(text, 100);
            let got = at(&head, 0, &context(&packs));
            let got = got.map(|date| {
                assert_eq!(date.next, head.tokens(0).count(), "{text}");
                (date.year.unwrap_or(0), date.month.unwrap_or(0), date.day.unwrap_or(0))
            });
            assert_eq!(got, *want, "{text}");
        }
    }

    #[test]
    fn resolves() {
        let packs = packs();
        let published = Date::new(2020, 1, 2).ok();
        let read = |text: &str| at(&Head::new(text, 100), 0, &context(&packs)).and_then(|date| date.resolve(published));
        assert_eq!(read("December 30"), Date::new(2019, 12, 30).ok());
        assert_eq!(read("Jan 3"), Date::new(2020, 1, 3).ok());
        assert_eq!(read("Feb 31, 2016"), None);
        assert_eq!(read("Feb 30"), None);
        assert_eq!(read("03/04/2016"), None);
        assert_eq!(read("4 March 2559"), None);
        assert_eq!(read("20-09-26"), None);
    }
}
