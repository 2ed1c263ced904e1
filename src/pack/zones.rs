//! Abbreviations of time zones and how far from Greenwich they are (`packs/zones.toml`).

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::embedded;
use crate::error::Result;
use crate::text::hash::Map;

const ZONES: &str = packed!("zones");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    minutes: BTreeMap<String, i32>,
    american: BTreeMap<String, i32>,
    seasonal: BTreeMap<String, i32>,
    changed: BTreeMap<String, Changed>,
    several: Several,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    minutes: i32,
    not: [i16; 2],
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Several {
    names: Vec<String>,
}

/// How far from Greenwich.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Minutes to the east.
    Minutes(i32),
    /// An abbreviation of America's that others use too: certain only beside a date written as Americans do.
    American(i32),
    /// America's `ET`: so many minutes in winter, 60 more in summer.
    Seasonal(i32),
    /// So many minutes, but in the years from the first to the last.
    Changed(i32, i16, i16),
    /// `CST`, `IST`, `BST`: known, and meaning several zones; or none that can be.
    Unclear,
}

impl Zone {
    /// Whether none but Americans use it.
    pub fn is_american(self) -> bool {
        matches!(self, Self::Seasonal(_))
    }

    /// Minutes to the east on that day, when that is certain. `month_first`: whether the date is written as Americans do.
    pub fn minutes(self, day: Date, month_first: bool) -> Option<i32> {
        match self {
            Self::Minutes(minutes) => Some(minutes),
            Self::American(minutes) => month_first.then_some(minutes),
            Self::Seasonal(minutes) => in_summer_time(day).map(|summer| minutes + if summer { 60 } else { 0 }),
            Self::Changed(minutes, first, last) => (!(first..=last).contains(&day.year())).then_some(minutes),
            Self::Unclear => None,
        }
    }
}

/// Whether America has summer time on that day, by the law of 2007; `None` before it and on the days of the change.
fn in_summer_time(day: Date) -> Option<bool> {
    let sunday = |month, nth| Date::new(day.year(), month, 1).ok()?.nth_weekday_of_month(nth, Weekday::Sunday).ok();
    let (begins, ends) = (sunday(3, 2)?, sunday(11, 1)?);
    (day.year() >= 2007 && day != begins && day != ends).then_some(begins < day && day < ends)
}

/// Look-up of abbreviations, as printed.
#[derive(Debug)]
pub(crate) struct Zones(Map<String, Zone>);

impl Zones {
    pub fn embedded() -> Result<Self> {
        let file: File = embedded::read("zones", ZONES)?;
        let of = |names: BTreeMap<String, i32>, zone: fn(i32) -> Zone| {
            names.into_iter().map(move |(name, minutes)| (name, zone(minutes)))
        };
        let changed = file.changed.into_iter();
        let changed = changed.map(|(name, zone)| (name, Zone::Changed(zone.minutes, zone.not[0], zone.not[1])));
        let several = file.several.names.into_iter().map(|name| (name, Zone::Unclear));
        let zones = of(file.minutes, Zone::Minutes)
            .chain(of(file.american, Zone::American))
            .chain(of(file.seasonal, Zone::Seasonal));
        Ok(Self(zones.chain(changed).chain(several).collect()))
    }

    /// The zone of that name.
    pub fn get(&self, name: &str) -> Option<Zone> {
        self.0.get(name).copied()
    }
}
