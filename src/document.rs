//! What comes out: the annotated document and its parts.
//!
//! Positions in the *input* are of the document's [`Unit`]: bytes in Rust. Positions in [`Document::text`] are bytes.

use std::borrow::Cow;
use std::fmt;

use crate::labels::Label;
use crate::offsets::{CharIndex, OffsetMap, Span, Unit};

pub(crate) use address::{is_of_web, leads, resolve};
pub use block::Block;
pub(crate) use blocks::{Blocks, Shares};
pub use byline::{Byline, Part, Person, Timestamp, TimestampKind};
pub use caption::{Caption, CaptionKind, Side};
pub(crate) use clues::{Clue, Clues};
pub use dateline::{Dateline, PartialDate, Place};
pub(crate) use decimal::{four_places, written};
pub(crate) use fields::Fields;
pub use inline::{Inline, InlineKind};
pub use json::Detail;
#[cfg(feature = "cli")]
pub(crate) use json::SCHEMA_VERSION;
pub use markdown::MarkdownOptions;
pub use markup::Link;
pub(crate) use markup::{Container, ContainerKind, Markup, NONE, Picture, Run, Style};
pub use reasons::Evidence;
pub(crate) use reasons::{Explain, Observed, Reasons, Shown};
pub(crate) use rendered::Rendered;
pub(crate) use sources::Sources;
pub use sources::{FieldName, FieldSource};
pub use verdict::Verdict;

mod address;
mod block;
mod blocks;
mod byline;
mod caption;
mod clues;
mod dateline;
pub(crate) mod decimal;
mod fields;
mod inline;
mod json;
mod markdown;
mod markup;
mod pair;
mod reasons;
mod rendered;
mod sources;
#[cfg(any(feature = "_state", test))]
mod state;
#[cfg(any(feature = "_state", test))]
pub(crate) mod valid;
mod verdict;

/// A probability for each label, in the order of [`Label::ALL`]; they sum to 1 but for rounding.
pub type Probabilities = [f32; Label::COUNT];

/// An annotated text: every line with its label, the story alone, and the fields read from it.
///
/// ```
/// let document = copydesk::clean("A first line that says something of the world.\n\nShare this article");
/// assert_eq!(document.blocks().len(), 2);
/// for block in document.blocks() {
///     println!("{:9} {:.2} {}", block.label(), block.score(), block.text());
/// }
/// ```
#[derive(Clone)]
pub struct Document {
    /// Of the rules that made it.
    pub(crate) rules_version: Cow<'static, str>,
    pub(crate) unit: Unit,
    pub(crate) text: String,
    /// The repaired text of all blocks, one after the other, a line feed between.
    pub(crate) repaired: String,
    /// From `repaired` to the input.
    pub(crate) map: OffsetMap,
    pub(crate) blocks: Blocks,
    /// Which stretch of `repaired` stands where in `text`, in order.
    pub(crate) rendered: Rendered,
    pub(crate) lang: Option<String>,
    pub(crate) verdict: Verdict,
    pub(crate) verdict_score: f32,
    pub(crate) fields: Fields,
    pub(crate) reasons: Reasons,
    /// What the page shows of its text; none of a text.
    pub(crate) markup: Option<Box<Markup>>,
}

impl Document {
    /// The kept blocks, repaired, joined by the separator; nothing else.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All blocks in reading order; they, the white space and the written-out line ends between them are the whole input.
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = Block<'_>> + DoubleEndedIterator + Clone {
        self.blocks.iter().enumerate().map(|(at, data)| Block { document: self, at, data })
    }

    /// The block of that number.
    #[cfg(any(feature = "_state", test))]
    pub(crate) fn block(&self, at: usize) -> Option<Block<'_>> {
        Some(Block { document: self, at, data: self.blocks.get(at)? })
    }

    /// The blocks that are not in [`text`](Self::text).
    pub fn removed(&self) -> impl Iterator<Item = Block<'_>> {
        self.blocks().filter(|block| !block.kept())
    }

    /// Version of the rules that made it: [`RULES_VERSION`](crate::RULES_VERSION) at that time.
    pub fn rules_version(&self) -> &str {
        &self.rules_version
    }

    /// The language, an ISO 639-1 code (639-3 where there is none): as given, else as detected, `None` when unsure.
    pub fn lang(&self) -> Option<&str> {
        self.lang.as_deref()
    }

    /// Whether the text holds a story.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Probability of [`verdict`](Self::verdict), rounded to 4 places.
    pub fn verdict_score(&self) -> f32 {
        self.verdict_score
    }

    /// The headline: as given, else as found, of at most 300 characters; without the name of the site, where it is certain.
    pub fn title(&self) -> Option<&str> {
        self.fields.title.as_deref()
    }

    /// Where [`title`](Self::title) stands in the input; none when it was given and no line has it.
    pub fn title_span(&self) -> Option<Span> {
        self.fields.title_span
    }

    /// The name of the site that stood beside the headline: "Headline - Site".
    ///
    /// ```
    /// use copydesk::{Cleaner, Hints};
    /// let hints = Hints::new().with_title("Tunnel closes for a month | The Orla Times");
    /// let document = Cleaner::default().clean_with("It closes on Monday.", &hints);
    /// assert_eq!(document.title(), Some("Tunnel closes for a month"));
    /// assert_eq!(document.site(), Some("The Orla Times"));
    /// ```
    pub fn site(&self) -> Option<&str> {
        self.fields.site.as_deref()
    }

    /// The standfirst; its lines joined by a line feed. None of more than 1,000 characters.
    pub fn deck(&self) -> Option<&str> {
        self.fields.deck.as_deref()
    }

    /// Where [`deck`](Self::deck) stands in the input, from its first line to its last.
    pub fn deck_span(&self) -> Option<Span> {
        self.fields.deck_span
    }

    /// Who wrote it.
    pub fn byline(&self) -> Option<&Byline> {
        self.fields.byline.as_ref()
    }

    /// When it was published.
    pub fn published(&self) -> Option<&Timestamp> {
        self.fields.published.as_ref()
    }

    /// When it was last updated.
    pub fn updated(&self) -> Option<&Timestamp> {
        self.fields.updated.as_ref()
    }

    /// The dateline that opens the story, kept in [`text`](Self::text) or not.
    pub fn dateline(&self) -> Option<&Dateline> {
        self.fields.dateline.as_ref()
    }

    /// The canonical address of a page: as it says itself, where that is plausible, else as given. Of a text: none.
    ///
    /// ```
    /// use copydesk::{Cleaner, Hints, Input};
    /// let html = "<link rel=canonical href=/news/tunnel><meta property=og:image content=/i/tunnel.jpg><p>It closes on Monday.";
    /// let hints = Hints::new().with_source("https://orla.example/news/tunnel?from=feed");
    /// let document = Cleaner::default().clean_with(Input::html(html), &hints);
    /// assert_eq!(document.url(), Some("https://orla.example/news/tunnel"));
    /// assert_eq!(document.image(), Some("https://orla.example/i/tunnel.jpg"));
    /// ```
    pub fn url(&self) -> Option<&str> {
        self.fields.url.as_deref()
    }

    /// The section of the site that a page says it stands in: "Politics".
    pub fn section(&self) -> Option<&str> {
        self.fields.section.as_deref()
    }

    /// What a page says it is about: keywords, in its order; empty where it says nothing, or the same of all its site.
    pub fn tags(&self) -> &[String] {
        &self.fields.tags
    }

    /// The address of a page's lead image, as the page says.
    pub fn image(&self) -> Option<&str> {
        self.fields.image.as_deref()
    }

    /// Where a field was taken from; none where the document does not have it.
    ///
    /// ```
    /// use copydesk::{FieldName, FieldSource};
    /// let html = "<html lang=en><meta property=article:section content=Harbour><h1>Tunnel closes</h1>";
    /// let document = copydesk::clean_html(html);
    /// assert_eq!(document.section(), Some("Harbour"));
    /// assert_eq!(document.source_of(FieldName::Section), Some(FieldSource::Meta));
    /// assert_eq!(document.source_of(FieldName::Lang), Some(FieldSource::Html));
    /// assert_eq!(document.source_of(FieldName::Byline), None);
    /// ```
    pub fn source_of(&self, field: FieldName) -> Option<FieldSource> {
        self.fields.sources.get(field)
    }

    /// The captions, in reading order.
    pub fn captions(&self) -> &[Caption] {
        &self.fields.captions
    }

    /// What the positions in the input count.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The smallest stretch of the input that made bytes `start..end` of [`text`](Self::text).
    ///
    /// A separator that copydesk put in stands for the stretch of the input between the blocks it joins.
    ///
    /// ```
    /// let input = "It was  a caf\u{65}\u{301} that sold bread &amp; milk to the whole street, every day.";
    /// let document = copydesk::Cleaner::builder().keep(copydesk::Label::ALL).build()?.clean(input);
    /// let at = document.text().find("café").unwrap();
    /// let span = document.source_span(at, at + "café".len());
    /// assert_eq!(&input[span.range()], "cafe\u{301}");
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    pub fn source_span(&self, start: usize, end: usize) -> Span {
        let end = end.min(self.text.len());
        let start = start.min(end);
        if self.rendered.is_empty() {
            let at = self.map.source_end();
            return Span::new(at, at);
        }
        if start == end {
            let at = self.source_edge(start, false);
            return Span::new(at, at);
        }
        let from = self.source_edge(start, false);
        Span::new(from, self.source_edge(end, true).max(from))
    }

    /// The source position where byte `at` of `text` begins, or where the byte before it ends.
    fn source_edge(&self, at: usize, as_end: bool) -> usize {
        let probe = if as_end { at - 1 } else { at };
        let i = self.rendered.before(probe);
        let Some((text_start, piece)) = self.rendered.get(i) else { return self.map.source_end() };
        if at.saturating_sub(text_start) <= piece.len() && probe < text_start + piece.len() {
            let to = piece.start + (at - text_start);
            let span = if as_end {
                self.map.source_span(&self.repaired, to - 1, to)
            } else {
                self.map.source_span(&self.repaired, to, (to + 1).min(piece.end))
            };
            return if as_end { span.end } else { span.start };
        }
        // In the separator after piece `i`: it stands for the gap up to the next piece.
        let gap_start = self.map.source_span(&self.repaired, piece.start, piece.end).end;
        match self.rendered.get(i + 1) {
            Some((_, next)) if as_end => self.map.source_span(&self.repaired, next.start, next.end).start,
            _ => gap_start,
        }
    }

    /// The same document with positions in the input counted in code points; `input` is the text it was made from.
    ///
    /// ```
    /// let input = "É uma manhã fria na cidade velha, e o mercado abre às seis.";
    /// let document = copydesk::clean(input).into_chars(input);
    /// assert_eq!(document.blocks().next().unwrap().span().end, input.chars().count());
    /// ```
    pub fn into_chars(mut self, input: &str) -> Self {
        let index = CharIndex::new(input);
        self.blocks.each_span(|span| *span = index.span(*span));
        self.fields.each_span(|span| *span = index.span(*span));
        self.map = self.map.into_chars(&index);
        self.unit = Unit::Char;
        self
    }
}

/// What they say; the reasons are made anew from that.
impl PartialEq for Document {
    fn eq(&self, that: &Self) -> bool {
        let story = |it: &Self| (it.unit, it.verdict, it.verdict_score);
        story(self) == story(that)
            && (&self.rules_version, &self.lang, &self.text) == (&that.rules_version, &that.lang, &that.text)
            && (&self.repaired, &self.map) == (&that.repaired, &that.map)
            && (&self.blocks, &self.rendered, &self.fields) == (&that.blocks, &that.rendered, &that.fields)
            && self.markup == that.markup
    }
}

/// What an editor would say of it, on one line.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = self.blocks.kept().count();
        let what = self.verdict.name().replace('_', " ");
        let lang = self.lang().map(|lang| format!(" in {lang}")).unwrap_or_default();
        let opening = shortened(self.title().unwrap_or(&self.text));
        write!(f, "<Document: {what}{lang}, {kept} of {} blocks kept, {opening:?}>", self.blocks.iter().len())
    }
}

/// The start of a text, for one line.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
