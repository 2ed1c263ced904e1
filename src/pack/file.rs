//! One language pack, as its TOML file says it: read, and checked.

use std::collections::HashMap;

use serde::Deserialize;

use super::captions::CaptionWords;
use super::inline::InlineWords;
use super::sections::{BylineWords, DateWords, DatelineWords};
use super::{bounds, embedded, label_phrases, sites};
use crate::error::{Error, Result};

/// One language pack, as its TOML file says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pack {
    /// A caller's pack that is of no language leaves it out.
    #[serde(default)]
    pub code: String,
    #[allow(dead_code, reason = "for people who read the file")]
    #[serde(default)]
    pub name: String,
    /// Whether its words are evidence for labels. The models have learnt with those of most packs; of the others the readers of
    /// fields alone make use.
    #[serde(default = "super::yes")]
    pub evidence: bool,
    #[serde(default)]
    pub cues: HashMap<String, Vec<String>>,
    #[serde(default)]
    pub byline: BylineWords,
    #[serde(default)]
    pub caption: CaptionWords,
    #[serde(default)]
    pub inline: InlineWords,
    #[serde(default)]
    pub dates: DateWords,
    #[serde(default)]
    pub dateline: DatelineWords,
    /// Phrases of single sites; in a caller's packs.
    #[serde(default)]
    pub site: sites::Gathered,
}

impl Default for Pack {
    fn default() -> Self {
        Self {
            code: String::new(),
            name: String::new(),
            evidence: true,
            cues: HashMap::new(),
            byline: BylineWords::default(),
            caption: CaptionWords::default(),
            inline: InlineWords::default(),
            dates: DateWords::default(),
            dateline: DatelineWords::default(),
            site: sites::Gathered::default(),
        }
    }
}

impl Pack {
    /// One that comes with the crate.
    pub(super) fn embedded(name: &str, json: &str) -> Result<Self> {
        let pack: Self = embedded::read(name, json)?;
        pack.check()?;
        Ok(pack)
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        let pack: Self = toml::from_str(text).map_err(|error| bounds::told(text, &error))?;
        pack.check()?;
        Ok(pack)
    }

    /// A pack of the caller's, which may be of any size.
    pub(super) fn of_caller(text: &str) -> Result<Self> {
        bounds::check_size(text)?;
        let pack = match sites::apart(text) {
            Some((head, sites)) => {
                let mut pack = Self::parse(head)?;
                if pack.site.said {
                    // Sites that are given as a list cannot be given as sections too: the whole says so.
                    Self::parse(text)?
                } else {
                    pack.site.append(sites);
                    pack
                }
            }
            None => Self::parse(text)?,
        };
        bounds::check(&pack)?;
        Ok(pack)
    }

    /// Lets go of what was compiled for look-up, and keeps what is asked by language.
    pub(super) fn keep_what_is_asked(&mut self) {
        let sides = std::mem::take(&mut self.caption.sides);
        let order = std::mem::take(&mut self.dates.order);
        *self = Self {
            code: std::mem::take(&mut self.code),
            caption: CaptionWords { sides, ..CaptionWords::default() },
            dates: DateWords { order, ..DateWords::default() },
            ..Self::default()
        };
    }

    fn check(&self) -> Result<()> {
        for cue in self.cues.keys() {
            label_phrases::check_key(cue)?;
        }
        for (what, given, want) in [
            ("months", self.dates.months.len(), 12),
            ("weekdays", self.dates.weekdays.len(), 7),
            ("more_months", self.dates.more_months.len(), 12),
            ("more_weekdays", self.dates.more_weekdays.len(), 7),
        ] {
            if given != 0 && given != want {
                return Err(Error::format(format!("{what} has {given} lists: give {want}, one a name")));
            }
        }
        if !["", "dmy", "mdy", "ymd"].contains(&self.dates.order.as_str()) {
            return Err(Error::unknown("order", &self.dates.order, ["dmy", "mdy", "ymd"]));
        }
        Ok(())
    }
}
