//! What callers know of a text, and how they write it.

use jiff::civil::Date;

use super::day::day;
use crate::error::Result;
use crate::text::lang::Lang;

/// What a caller knows of a text beside the text. All of it may be left out, and what is blank says nothing.
///
/// The language and the day are values that are known to be good, so that no clean can fail on them: where they are read from
/// data, [`with_lang`](Self::with_lang) and [`with_published`](Self::with_published) say what is wrong with it, and the caller
/// decides whether that costs the record or the hint alone.
///
/// ```
/// use copydesk::Hints;
/// let hints = Hints::new()
///     .with_source("https://harbour.example/news/1")
///     .with_title("Tunnel closes for a month")
///     .with_lang("en_GB")?
///     .with_published("Tue, 14 May 2024 09:30:00 GMT")?;
/// assert_eq!(hints.lang.unwrap().code(), "en");
/// assert_eq!(hints.published.unwrap().to_string(), "2024-05-14");
/// // For data of which a part may be wrong: the hint or nothing.
/// let hints = Hints::new();
/// let hints = hints.clone().with_lang("Klingonese").unwrap_or(hints);
/// assert_eq!(hints.lang, None);
/// # Ok::<(), copydesk::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hints {
    /// Site or file it came from: an address, or a host name. Phrases that your own packs give for its site count; site
    /// profiles, which will read it too, are not there yet.
    pub source: Option<String>,
    /// Its language; detected when not given.
    pub lang: Option<Lang>,
    /// The day it was published, by the clock of its readers: resolves dates that name no year.
    pub published: Option<Date>,
    /// Its headline: helps to find it among the lines.
    pub title: Option<String>,
}

impl Hints {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with the site or file it came from.
    #[must_use]
    pub fn with_source(self, source: impl Into<String>) -> Self {
        Self { source: Some(source.into()), ..self }
    }

    /// The same with its headline.
    #[must_use]
    pub fn with_title(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..self }
    }

    /// The same with its language, in whatever way [`Lang`] reads. Blank text, and the codes for no language ("und", "mul", "mis",
    /// "zxx"), leave it to be detected.
    ///
    /// # Errors
    /// When no language is called so; the message says what is understood.
    pub fn with_lang(self, lang: &str) -> Result<Self> {
        Ok(Self { lang: Lang::hint(lang)?, ..self })
    }

    /// The same with the day it was published, from a date or a date and time of ISO 8601 ("2024-05-14T09:30:00+02:00") or of a
    /// feed ("Tue, 14 May 2024 09:30:00 GMT"), or as pages write it ("14. Mai 2024"), where it is certain. It is the day as
    /// written: a zone does not move it. Blank text says nothing.
    ///
    /// # Errors
    /// When it is not a date; the message says what is understood.
    pub fn with_published(self, published: &str) -> Result<Self> {
        let published = if published.trim().is_empty() { None } else { Some(day(published)?) };
        Ok(Self { published, ..self })
    }

    /// The same without hints that are blank.
    pub(super) fn tidied(&self) -> Self {
        let tidied = |hint: &Option<String>| hint.clone().filter(|hint| !hint.trim().is_empty());
        Self { source: tidied(&self.source), title: tidied(&self.title), ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_hints_are_none() {
        let hints =
            Hints::new().with_title(" \n").with_source("").with_lang(" ").unwrap().with_published("\t").unwrap();
        assert_eq!(hints.tidied(), Hints::default());
        let hints = Hints::new().with_title("A").with_source("b").with_lang("French").unwrap();
        assert_eq!(hints.tidied(), hints);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (error, given) in [
            (Hints::new().with_lang("Klingonese").unwrap_err(), "lang \"Klingonese\""),
            (Hints::new().with_published("soon").unwrap_err(), "published \"soon\""),
        ] {
            assert!(error.is_config() && error.to_string().starts_with(given), "{error}");
        }
    }
}
