//! Gold documents, and guesses at their labels.

use serde::Deserialize;

use super::figures::is_kept;
use crate::error::{Error, Result};
use crate::labels::Label;

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
        if gold.labels.len() != gold.lines.len() {
            let (labels, lines) = (gold.labels.len(), gold.lines.len());
            return Err(Error::format(format!("{}: {labels} labels for {lines} lines", gold.id.escape_debug())));
        }
        for label in &gold.labels {
            Label::from_name(label).map_err(|error| error.context(gold.id.escape_debug()))?;
        }
        Ok(gold)
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
