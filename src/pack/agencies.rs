//! News agencies, which are the same in all languages: packs/common.toml.

use serde::Deserialize;

use super::embedded::{self, COMMON};
use crate::error::Result;

/// What packs/common.toml holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Common {
    #[serde(default)]
    pub agency: Vec<Agency>,
}

/// A news agency.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agency {
    /// Stable: "reuters".
    pub id: String,
    /// As printed.
    pub names: Vec<String>,
    /// Names that are read and no evidence for a label.
    #[serde(default)]
    pub more: Vec<String>,
    /// Whether a name of it needs no further sign that an agency is meant.
    #[serde(default = "super::yes")]
    pub sure: bool,
    /// What it sends out.
    #[serde(default)]
    pub kind: AgencyKind,
}

/// What an agency sends out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AgencyKind {
    /// Reports of its own.
    #[default]
    News,
    /// Pictures.
    Photo,
    /// What others pay it to spread.
    Pr,
}

impl Common {
    pub fn embedded() -> Result<Self> {
        embedded::read("common", COMMON)
    }
}
