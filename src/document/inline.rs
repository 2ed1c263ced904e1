//! What stands inside a block and is no part of its sentences.

use serde::{Deserialize, Serialize};

use crate::offsets::Span;

/// Something inside a block that is no part of its sentences: a dateline, a credit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it stands, in the input: with the white space before it, or behind it where it opens the block.
    #[serde(flatten)]
    pub span: Span,
}

/// What an [`Inline`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InlineKind {
    /// The dateline of the story.
    Dateline,
    /// A picture credit or an agency: "(AFP photo)".
    Credit,
    /// The headline of another story: "READ MORE: …".
    ReadMore,
    /// `[Advertisement]`, "Story continues below".
    Ad,
    /// A button: "(click to enlarge)".
    Ui,
    /// The mark of a footnote: `[1]`.
    Footnote,
    /// The address of an embedded picture or post: "pic.twitter.com/…".
    Embed,
}

impl InlineKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Dateline, Self::Credit, Self::ReadMore, Self::Ad, Self::Ui, Self::Footnote, Self::Embed];

    /// "dateline", "credit", "read_more", "ad", "ui", "footnote" or "embed".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dateline => "dateline",
            Self::Credit => "credit",
            Self::ReadMore => "read_more",
            Self::Ad => "ad",
            Self::Ui => "ui",
            Self::Footnote => "footnote",
            Self::Embed => "embed",
        }
    }
}
