//! One block of a document.

use std::fmt;

use super::blocks::BlockData;
use super::{Document, Evidence, Inline, Link, Probabilities, shortened, written};
use crate::labels::Label;
use crate::offsets::Span;

/// A line of the input; several where a line was torn, a part of one where a line holds several things.
///
/// ```
/// let input = "Tunnel closes for a month\n\nShare this article";
/// for block in copydesk::clean(input).blocks() {
///     println!("{} {:.2} {:?}", block.label(), block.score(), &input[block.span().range()]);
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Block<'d> {
    pub(super) document: &'d Document,
    pub(super) at: usize,
    pub(super) data: BlockData<'d>,
}

impl<'d> Block<'d> {
    /// What it is to an editor: the most probable label.
    pub fn label(&self) -> Label {
        self.data.label
    }

    /// Whether it is in the clean text: whether its probabilities of the labels that are kept reach the balance's threshold together, or
    /// its label is one of them (not with [`Balance::DropJunk`](crate::Balance::DropJunk), where the threshold alone decides).
    pub fn kept(&self) -> bool {
        self.data.kept
    }

    /// Probability of [`label`](Self::label), rounded to 4 places.
    pub fn score(&self) -> f32 {
        self.data.shares.get(self.data.label)
    }

    /// Probability of every label, rounded to 4 places, in the order of [`Label::ALL`].
    pub fn probabilities(&self) -> Probabilities {
        self.data.shares.probabilities()
    }

    /// The text, repaired.
    pub fn text(&self) -> &'d str {
        self.document.repaired.get(self.data.text.range()).unwrap_or_default()
    }

    /// Where it stands in the input, in the document's [`Unit`](crate::Unit).
    pub fn span(&self) -> Span {
        self.data.span
    }

    /// The pieces of evidence that weighed most for the label against the runner-up, heaviest first.
    ///
    /// They are made for all blocks of the document when one is first asked for its own, which takes up to three times as long as to
    /// clean the text; from then on they are kept. A block that was pickled without its document has none.
    pub fn evidence(&self) -> &'d [Evidence] {
        self.document.reasons().get(self.at).map_or(&[], Vec::as_slice)
    }

    /// The links of a page that stand in the block, in order; none of a text. They are made when asked for.
    pub fn links(&self) -> Vec<Link> {
        let document = self.document;
        let Some(markup) = &document.markup else { return Vec::new() };
        let link = |(span, number): (Span, u32)| Link {
            text: document.repaired.get(span.range()).unwrap_or_default().to_owned(),
            url: markup.address(number),
            span: document.map.source_span(&document.repaired, span.start, span.end),
        };
        markup.links_in(self.data.text).into_iter().map(link).collect()
    }

    /// What stands inside the block and is not part of its sentences.
    pub fn inline(&self) -> &'d [Inline] {
        self.document.blocks.inline(self.at)
    }
}

/// What they say; reasons are made anew from that.
impl PartialEq for Block<'_> {
    fn eq(&self, other: &Self) -> bool {
        let (it, that) = (self.data, other.data);
        (it.label, it.kept, it.span, self.text()) == (that.label, that.kept, that.span, other.text())
            && (it.shares, self.inline(), self.links()) == (that.shares, other.inline(), other.links())
    }
}

/// What an editor would say of it, on one line.
impl fmt::Debug for Block<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (label, score, span) = (self.label(), written(self.score()), self.span());
        let kept = if self.kept() { "kept" } else { "removed" };
        write!(f, "<Block {label} {score}, {kept}, {}:{} {:?}>", span.start, span.end, shortened(self.text()))
    }
}
