//! Captions: sentence, credit, who stands where.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::pair;
use crate::named::named;
use crate::offsets::Span;

/// A caption, its credit separated from its sentence.
///
/// ```
/// let text = "Ada Brandt, left, at the tunnel. (AFP/Nora Quill)";
/// let caption = copydesk::parse_caption(text, &Default::default());
/// assert_eq!(caption.text, "Ada Brandt, left, at the tunnel.");
/// assert_eq!(caption.credits, ["AFP", "Nora Quill"]);
/// assert_eq!(&text[caption.sides[0].span.range()], "left");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    /// Without the credit.
    pub text: String,
    /// As written, without the brackets around it.
    pub credit: Option<String>,
    /// The people and agencies of the credit.
    pub credits: Vec<String>,
    /// What it is the caption of.
    pub kind: CaptionKind,
    /// Who stands where, as far as the text says.
    pub sides: Vec<Side>,
    /// The address of the picture that it stands under, on a page; resolved as that of a [`Link`](crate::Link) is. None where the page
    /// names none near it, and in a text.
    #[serde(default)]
    pub image: Option<String>,
    /// Index into [`Document::blocks`](crate::Document::blocks).
    pub block: usize,
    /// Where the whole caption stands, in the input.
    #[serde(flatten)]
    pub span: Span,
    /// Where its text stands; empty when it has none.
    #[serde(with = "pair")]
    pub text_span: Span,
    /// Where its credit stands.
    #[serde(with = "pair::or_none")]
    pub credit_span: Option<Span>,
}

impl Caption {
    /// Calls `change` for every span.
    pub(crate) fn each_span(&mut self, mut change: impl FnMut(&mut Span)) {
        change(&mut self.span);
        change(&mut self.text_span);
        self.credit_span.as_mut().map(&mut change);
        self.sides.iter_mut().for_each(|side| change(&mut side.span));
    }
}

/// A word of a caption that says where in the picture someone stands: "(L)", "second from right".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// "left", "right", "center", "top", "bottom"; "from_left", "from_right" and "clockwise" for the order of several, or the
    /// place of one in it.
    pub side: Cow<'static, str>,
    /// Where it stands, without brackets and commas, in the input.
    #[serde(flatten)]
    pub span: Span,
}

named! {
    /// What a [`Caption`] stands under.
    #[non_exhaustive]
    CaptionKind "kind of caption" {
        /// A photograph.
        Photo = "photo",
        /// A video.
        Video = "video",
        /// A chart, map or drawing.
        Graphic = "graphic",
        /// The text does not say.
        Unknown = "unknown",
    }
}
