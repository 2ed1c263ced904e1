//! Whether a text holds a story.

use serde::{Deserialize, Serialize};

/// Whether a text holds a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A story.
    Story,
    /// A teaser or the start of one.
    Stub,
    /// None: a cookie notice, an error page, a list of links.
    NoStory,
}

impl Verdict {
    /// "story", "stub" or "no_story".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Stub => "stub",
            Self::NoStory => "no_story",
        }
    }
}
