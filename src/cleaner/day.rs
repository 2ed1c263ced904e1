//! The day of publication, and the moment of reading, as a caller writes them.

use jiff::civil::{Date, DateTime};

use crate::document::TimestampKind;
use crate::error::{Error, Result, quoted};
use crate::fields::Context;
use crate::fields::timestamp::timestamps;
use crate::pack::Packs;

/// The day of a date or date and time, as it is written there: a time zone does not move it.
pub(crate) fn day(published: &str) -> Result<Date> {
    let given = iso(published);
    let read = || read(given)?.get(..DAY)?.parse().ok();
    given.parse().ok().or_else(read).ok_or_else(|| {
        Error::config(format!(
            "published {} is not a date, or not one that is certain: write it as in ISO 8601, 2016-02-04 or 2016-02-04T09:30:00+03:30, as \
             in a feed, Thu, 4 Feb 2016 09:30:00 GMT, or with its month in letters",
            quoted(published)
        ))
    })
}

/// The moment of a date and time, as it is written there.
pub(crate) fn moment(now: &str) -> Result<DateTime> {
    let given = iso(now);
    let read = || read(given)?.get(..MOMENT)?.parse().ok();
    given.parse().ok().filter(|_| given.contains(':')).or_else(read).ok_or_else(|| {
        Error::config(format!(
            "now {} is no date and time that are certain: write them as in ISO 8601, 2016-02-04T09:30, as in a feed, Thu, 4 Feb \
             2016 09:30:00 GMT, or with the month in letters",
            quoted(now)
        ))
    })
}

/// Bytes of a day in ISO 8601, and of a day and a time of day.
const DAY: usize = "2016-02-04".len();
const MOMENT: usize = "2016-02-04T09:30".len();

/// Longer text is more than a date.
const LONGEST_BYTES: usize = 100;

/// What feeds, pages and people write, read as the fields of a document are: the time of publication, else the first, in ISO 8601.
fn read(given: &str) -> Option<String> {
    if given.len() > LONGEST_BYTES {
        return None;
    }
    let context = Context { packs: &Packs::embedded(), lang: None, published: None, now: None };
    let mut times = timestamps(given, "", &context);
    let first = times.iter().position(|time| time.kind == TimestampKind::Published).unwrap_or_default();
    (first < times.len()).then(|| times.swap_remove(first).iso)?
}

/// Text of ISO 8601 without the zone, which jiff reads only where it also knows how far it is off.
fn iso(given: &str) -> &str {
    let given = given.trim();
    [" UTC", " GMT", "Z", "z"].iter().find_map(|zone| given.strip_suffix(zone)).unwrap_or(given)
}

#[cfg(test)]
mod tests {
    use super::{day, moment};

    #[test]
    fn moments_need_a_time_of_day() {
        for given in [
            "2016-02-04T09:30",
            "2016-02-04 09:30:00Z",
            "2016-02-04T09:30+03:30",
            "Thu, 4 Feb 2016 09:30:00 +0330",
            "4 Feb 16 09:30 EST",
        ] {
            assert_eq!(
                moment(given).map(|now| now.to_string()).ok().as_deref(),
                Some("2016-02-04T09:30:00"),
                "{given:?}"
            );
        }
        for given in ["", "2016-02-04", "now", "4 Feb 2016"] {
            assert!(moment(given).is_err_and(|error| error.to_string().contains(&format!("{given:?}"))), "{given:?}");
        }
    }

    #[test]
    fn dates_and_times_give_the_day_written() {
        for given in [
            "2016-02-04",
            " 2016-02-04\n",
            "2016-02-04T23:30:00Z",
            "2016-02-04 01:30:00+03:30",
            "2016-02-04T09:30",
            "2016-02-04T09:30:00.123456789",
            "2016-02-04T09:30:00+0330",
            "2016-02-04 09:30:00 UTC",
            "20160204",
        ] {
            assert_eq!(day(given).map(|day| day.to_string()).ok().as_deref(), Some("2016-02-04"), "{given:?}");
        }
    }

    #[test]
    fn dates_of_feeds_give_the_day_written() {
        for given in [
            "Tue, 14 May 2024 09:30:00 GMT",
            "Tue, 14 May 2024 23:59:59 -0800",
            "Tue, 14 May 2024 00:00:01 +0200",
            "14 May 2024 09:30:00 +0200",
            "14 May 2024 09:30 EST",
            "Tue, 14 May 24 09:30:00 UT",
            "tue, 14 may 2024 09:30:00 gmt",
            " Tue, 14 May 2024 09:30:00 CEST ",
            "Tue, 14 May 2024 09:30:00",
            "Tue, 14 May 2024 09:30:00 Z",
            "14 May 2024",
            // The weekday is another day's.
            "Mon, 14 May 2024 09:30:00 GMT",
        ] {
            assert_eq!(day(given).map(|day| day.to_string()).ok().as_deref(), Some("2024-05-14"), "{given:?}");
        }
    }

    #[test]
    fn dates_of_pages_and_people_are_read_where_they_are_certain() {
        for given in [
            "Di, 14 Mai 2024 11:41:36",
            "Tue, May 14 2024 02:54:55 MST",
            "May 14, 2024",
            "2024/5/14 15:07:41",
            "14. Mai 2024,16.00 Uhr",
            "14/05/2024 a les 10:19h",
            "14/05/2024 01:57 | Actualizado a 15/05/2024 19:20",
            "2024年5月14日 09:30",
            "14 mai 2024 à 9h30",
            "Published: May 14th, 2024",
        ] {
            assert_eq!(day(given).map(|day| day.to_string()).ok().as_deref(), Some("2024-05-14"), "{given:?}");
        }
        for (given, want) in
            [("May 14, 2024 4:05 pm", "2024-05-14T16:05:00"), ("14. Mai 2024, 9.30 Uhr", "2024-05-14T09:30:00")]
        {
            assert_eq!(moment(given).map(|now| now.to_string()).ok().as_deref(), Some(want), "{given:?}");
        }
        for given in ["04/05/2024", "yesterday", "May 14", "14 May"] {
            assert!(day(given).is_err(), "{given:?}");
        }
    }

    #[test]
    fn an_error_names_what_was_given() {
        let long = "4 Feb 2016 ".repeat(50);
        for given in ["", "yesterday", "2016-02-30", "04/02/2016", "Tue, 30 Feb 2016 09:30:00 GMT", "May 2024", &long] {
            let named = &given[..given.len().min(100)];
            assert!(day(given).is_err_and(|error| error.to_string().contains(named)), "{given:?}");
        }
    }
}
