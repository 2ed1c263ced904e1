//! What stands inside a block and is not part of its sentences.

use serde::{Deserialize, Serialize};

use crate::named::named;
use crate::offsets::Span;

/// Something inside a block that is not part of its sentences: a dateline, a credit.
///
/// ```
/// let text = "It rained all day.[1] READ MORE: Ferry hits quay";
/// for inline in copydesk::parse_inline(text, &Default::default()) {
///     println!("{}: {:?}", inline.kind, &text[inline.span.range()]);
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it stands, in the input: with the white space before it, or after it where it opens the block.
    #[serde(flatten)]
    pub span: Span,
}

named! {
    /// What an [`Inline`] is.
    #[non_exhaustive]
    InlineKind "kind of inline furniture" {
        /// The dateline of the story.
        Dateline = "dateline",
        /// A picture credit or an agency: "(AFP photo)".
        Credit = "credit",
        /// The headline of another story: "READ MORE: …".
        ReadMore = "read_more",
        /// `[Advertisement]`, "Story continues below".
        Ad = "ad",
        /// A button: "(click to enlarge)".
        Ui = "ui",
        /// The mark of a footnote: `[1]`.
        Footnote = "footnote",
        /// The address of an embedded picture or post: "pic.twitter.com/…".
        Embed = "embed",
    }
}
