//! The day of publication as a caller writes it.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822::DateTimeParser;

use crate::error::{Error, Result, quoted};

/// The day of a date or date and time, as it is written there: a time zone does not move it.
pub(crate) fn day(published: &str) -> Result<Date> {
    let given = iso(published);
    given.parse().ok().or_else(|| feed(given).map(DateTime::date)).ok_or_else(|| {
        Error::config(format!(
            "published {} is not a date: write it as in ISO 8601, 2016-02-04 or 2016-02-04T09:30:00+03:30, or as in a feed, \
             Thu, 4 Feb 2016 09:30:00 GMT",
            quoted(published)
        ))
    })
}

/// The moment of a date and time, as it is written there.
pub(crate) fn moment(now: &str) -> Result<DateTime> {
    let given = iso(now);
    let told = given.contains(':');
    given.parse().ok().or_else(|| feed(given)).filter(|_| told).ok_or_else(|| {
        Error::config(format!(
            "now {} is not a date and a time: write it as in ISO 8601, 2016-02-04T09:30, or as in a feed, Thu, 4 Feb 2016 \
             09:30:00 GMT",
            quoted(now)
        ))
    })
}

/// Text of ISO 8601 without the zone, which jiff reads only where it also knows how far it is off.
fn iso(given: &str) -> &str {
    let given = given.trim();
    [" UTC", " GMT", "Z", "z"].iter().find_map(|zone| given.strip_suffix(zone)).unwrap_or(given)
}

/// The moment of a feed: RFC 2822, though the day of the week be wrong, the zone or the whole time missing.
fn feed(given: &str) -> Option<DateTime> {
    const LONGEST: usize = 100;
    const PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    if given.len() > LONGEST {
        return None;
    }
    let as_written = PARSER.parse_zoned_datetime(given);
    let with = |rest: &str| PARSER.parse_zoned_datetime(format!("{given} {rest}"));
    as_written.or_else(|_| with("+0000")).or_else(|_| with("00:00 +0000")).ok().map(|moment| moment.datetime())
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
    fn an_error_names_what_was_given() {
        let long = "4 Feb 2016 ".repeat(50);
        for given in
            ["", "yesterday", "2016-02-30", "04/02/2016", "Tue, 30 Feb 2016 09:30:00 GMT", "14 Mai 2024", &long]
        {
            let named = &given[..given.len().min(100)];
            assert!(day(given).is_err_and(|error| error.to_string().contains(named)), "{given:?}");
        }
    }
}
