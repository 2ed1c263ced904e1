//! The day of publication as a caller writes it.

use crate::error::{Error, Result};

/// The day of an ISO 8601 date or date and time, as it is written there: a time zone does not move it.
pub(crate) fn day(published: &str) -> Result<jiff::civil::Date> {
    let given = published.trim();
    given.strip_suffix(['Z', 'z']).unwrap_or(given).parse().map_err(|_| {
        Error::config(format!(
            "published {published:?} is not a date: write it as in ISO 8601, 2016-02-04 or 2016-02-04T09:30:00+03:30"
        ))
    })
}

/// The moment of an ISO 8601 date and time, as it is written there.
pub(crate) fn moment(now: &str) -> Result<jiff::civil::DateTime> {
    let given = now.trim();
    let told = given.contains(':');
    given.strip_suffix(['Z', 'z']).unwrap_or(given).parse().ok().filter(|_| told).ok_or_else(|| {
        Error::config(format!("now {now:?} is not a date and a time: write it as in ISO 8601, 2016-02-04T09:30"))
    })
}

#[cfg(test)]
mod tests {
    use super::{day, moment};

    #[test]
    fn moments_need_a_time_of_day() {
        for given in ["2016-02-04T09:30", "2016-02-04 09:30:00Z", "2016-02-04T09:30+03:30"] {
            assert_eq!(
                moment(given).map(|now| now.to_string()).ok().as_deref(),
                Some("2016-02-04T09:30:00"),
                "{given:?}"
            );
        }
        for given in ["", "2016-02-04", "now"] {
            assert!(moment(given).is_err_and(|error| error.to_string().contains(&format!("{given:?}"))));
        }
    }

    #[test]
    fn dates_and_times_give_the_day_written() {
        for given in
            ["2016-02-04", " 2016-02-04\n", "2016-02-04T23:30:00Z", "2016-02-04 01:30:00+03:30", "2016-02-04T09:30"]
        {
            assert_eq!(day(given).map(|day| day.to_string()).ok().as_deref(), Some("2016-02-04"), "{given:?}");
        }
    }

    #[test]
    fn an_error_names_what_was_given() {
        for given in ["", "yesterday", "2016-02-30", "04/02/2016"] {
            assert!(day(given).is_err_and(|error| error.to_string().contains(&format!("{given:?}"))));
        }
    }
}
