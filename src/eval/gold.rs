//! Gold documents, and guesses at their labels.

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::labels::Label;

/// Whether an editor keeps lines of that label.
pub(crate) fn is_kept(label: &str) -> bool {
    matches!(label, "body" | "heading")
}

/// A document whose lines were labelled by people.
#[derive(Debug, Deserialize)]
pub(crate) struct Gold {
    pub id: String,
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub publisher_key: Option<String>,
    pub lang: String,
    pub lines: Vec<String>,
    /// One for each line.
    pub labels: Vec<String>,
}

impl Gold {
    /// Reads one from a record.
    ///
    /// # Errors
    /// When a field is missing or of another type, when there are not as many labels as lines, and when a label is none.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let gold: Self =
            serde_json::from_slice(json).map_err(|error| Error::format(format!("no gold document: {error}")))?;
        gold.checked()
    }

    /// One of these lines.
    ///
    /// # Errors
    /// When there are not as many labels as lines, and when a label is none.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "training is in Python"))]
    pub fn new(id: String, lang: String, lines: Vec<String>, labels: Vec<String>) -> Result<Self> {
        Self { id, source: None, publisher_key: None, lang, lines, labels }.checked()
    }

    fn checked(self) -> Result<Self> {
        self.must_have(self.labels.len())?;
        for label in &self.labels {
            Label::from_name(label).map_err(|error| error.context(self.id.escape_debug()))?;
        }
        Ok(self)
    }

    fn must_have(&self, labels: usize) -> Result<()> {
        let (id, lines) = (self.id.escape_debug(), self.lines.len());
        if labels == lines { Ok(()) } else { Err(Error::format(format!("{id}: {labels} labels for {lines} lines"))) }
    }

    /// # Errors
    /// When there are not as many lists of guesses as documents, and when one has not as many as its document has lines.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "training is in Python"))]
    pub fn check_guesses(gold: &[Self], guesses: &[Vec<Guess>]) -> Result<()> {
        if gold.len() != guesses.len() {
            return Err(Error::format(format!("guesses for {} documents, of {}", guesses.len(), gold.len())));
        }
        gold.iter().zip(guesses).try_for_each(|(gold, guesses)| gold.must_have(guesses.len()))
    }
}

/// What documents can be grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Publisher,
    Source,
    Lang,
}

impl Group {
    pub const ALL: [Self; 3] = [Self::Publisher, Self::Source, Self::Lang];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Source => "source",
            Self::Lang => "lang",
        }
    }

    /// The group that a document belongs to; documents that do not say make a group of their own.
    pub fn of(self, gold: &Gold) -> &str {
        let key = match self {
            Self::Publisher => gold.publisher_key.as_deref(),
            Self::Source => gold.source.as_deref(),
            Self::Lang => Some(gold.lang.as_str()),
        };
        key.unwrap_or("(none)")
    }
}

/// What was said of a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Guess {
    pub label: String,
    pub kept: bool,
}

/// Guesses for one document, as a file of predictions holds them.
#[derive(Debug, Deserialize)]
pub(crate) struct Guesses {
    pub id: String,
    labels: Vec<String>,
    #[serde(default)]
    kept: Option<Vec<bool>>,
}

impl Guesses {
    /// Reads them from a record.
    ///
    /// # Errors
    /// When a field is missing or of another type, and when `kept` does not go with the labels.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let guesses: Self =
            serde_json::from_slice(json).map_err(|error| Error::format(format!("no predictions: {error}")))?;
        match &guesses.kept {
            Some(kept) if !kept.is_empty() && kept.len() != guesses.labels.len() => {
                let (kept, labels) = (kept.len(), guesses.labels.len());
                Err(Error::format(format!("{}: kept says {kept} of {labels} lines", guesses.id.escape_debug())))
            }
            _ => Ok(guesses),
        }
    }

    /// A guess a line. Where the file does not say what is kept, it is what an editor keeps.
    pub fn into_lines(self) -> Vec<Guess> {
        let kept = match self.kept {
            Some(kept) if !kept.is_empty() => kept,
            _ => self.labels.iter().map(|label| is_kept(label)).collect(),
        };
        self.labels.into_iter().zip(kept).map(|(label, kept)| Guess { label, kept }).collect()
    }
}
