//! What comes out: the annotated document and its parts.
//!
//! Positions in the *input* are of the document's [`Unit`]: bytes in Rust. Positions in [`Document::text`] are bytes.

use std::borrow::Cow;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::labels::Label;
use crate::offsets::{CharIndex, OffsetMap, Span, Unit};
use crate::once::Once;

use valid::Valid;

pub(crate) use blocks::{BlockData, Blocks, Shares};
pub use byline::{Byline, Part, Person, Timestamp, TimestampKind};
pub use caption::{Caption, CaptionKind, Side};
pub use inline::{Inline, InlineKind};
pub(crate) use rendered::Rendered;

mod blocks;
mod byline;
mod caption;
mod inline;
mod rendered;
pub(crate) mod valid;

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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Document {
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
    pub(crate) title: Option<String>,
    pub(crate) title_span: Option<Span>,
    pub(crate) site: Option<String>,
    pub(crate) deck: Option<String>,
    pub(crate) deck_span: Option<Span>,
    pub(crate) byline: Option<Byline>,
    pub(crate) published: Option<Timestamp>,
    pub(crate) updated: Option<Timestamp>,
    pub(crate) dateline: Option<Dateline>,
    pub(crate) captions: Vec<Caption>,
    pub(crate) reasons: Reasons,
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

    /// The blocks that are not in [`text`](Self::text).
    pub fn removed(&self) -> impl Iterator<Item = Block<'_>> {
        self.blocks().filter(|block| !block.kept())
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
        self.title.as_deref()
    }

    /// Where [`title`](Self::title) stands in the input; none when it was given and no line has it.
    pub fn title_span(&self) -> Option<Span> {
        self.title_span
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
        self.site.as_deref()
    }

    /// The standfirst; its lines joined by a line feed. None of more than 1,000 characters.
    pub fn deck(&self) -> Option<&str> {
        self.deck.as_deref()
    }

    /// Where [`deck`](Self::deck) stands in the input, from its first line to its last.
    pub fn deck_span(&self) -> Option<Span> {
        self.deck_span
    }

    /// Who wrote it.
    pub fn byline(&self) -> Option<&Byline> {
        self.byline.as_ref()
    }

    /// When it was published.
    pub fn published(&self) -> Option<&Timestamp> {
        self.published.as_ref()
    }

    /// When it was last updated.
    pub fn updated(&self) -> Option<&Timestamp> {
        self.updated.as_ref()
    }

    /// The dateline that opens the story, kept in [`text`](Self::text) or not.
    pub fn dateline(&self) -> Option<&Dateline> {
        self.dateline.as_ref()
    }

    /// The captions, in reading order.
    pub fn captions(&self) -> &[Caption] {
        &self.captions
    }

    /// What the positions in the input count.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The rules that it was made by: [`RULES_VERSION`](crate::RULES_VERSION), which changes whenever any output may change.
    pub const fn rules_version(&self) -> &'static str {
        crate::RULES_VERSION
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
        // In the separator behind piece `i`: it stands for the gap up to the next piece.
        let gap_start = self.map.source_span(&self.repaired, piece.start, piece.end).end;
        match self.rendered.get(i + 1) {
            Some((_, next)) if as_end => self.map.source_span(&self.repaired, next.start, next.end).start,
            _ => gap_start,
        }
    }

    /// The document as one JSON object; its schema is in docs/document.schema.json.
    pub fn to_json(&self) -> String {
        // Block by block: a value of a document of a million lines would take gigabytes.
        let mut json = self.head().to_string();
        json.pop();
        json.push_str(",\"blocks\":[");
        for (i, block) in self.blocks().enumerate() {
            if i > 0 {
                json.push(',');
            }
            json.push_str(&block.to_value().to_string());
        }
        json.push_str("]}");
        json
    }

    /// The document as a JSON value: what [`to_json`](Self::to_json) prints.
    pub fn to_value(&self) -> serde_json::Value {
        let mut value = self.head();
        value["blocks"] = self.blocks().map(|block| block.to_value()).collect();
        value
    }

    /// All of the JSON but the blocks.
    fn head(&self) -> serde_json::Value {
        serde_json::json!({
            "schema": SCHEMA_VERSION,
            "rules_version": crate::RULES_VERSION,
            "unit": self.unit,
            "lang": self.lang,
            "verdict": self.verdict,
            "verdict_score": as_number(self.verdict_score),
            "title": self.title,
            "title_span": self.title_span.map(as_pair),
            "site": self.site,
            "deck": self.deck,
            "deck_span": self.deck_span.map(as_pair),
            "byline": self.byline,
            "published": self.published,
            "updated": self.updated,
            "dateline": self.dateline.as_ref().map(Dateline::to_value),
            "captions": self.captions,
            "text": self.text,
        })
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
        self.blocks.move_spans(|span| index.span(span));
        if let Some(dateline) = &mut self.dateline {
            dateline.span = index.span(dateline.span);
        }
        if let Some(byline) = &mut self.byline {
            byline.move_spans(|span| index.span(span));
        }
        for time in self.published.iter_mut().chain(&mut self.updated) {
            time.span = index.span(time.span);
        }
        for caption in &mut self.captions {
            caption.each_span(|span| *span = index.span(*span));
        }
        for span in [&mut self.title_span, &mut self.deck_span].into_iter().flatten() {
            *span = index.span(*span);
        }
        self.map = self.map.into_chars(&index);
        self.unit = Unit::Char;
        self
    }
}

/// The evidence of a document's blocks, made when it is first asked for: few ask, and it is most of the work.
#[derive(Clone, Default)]
pub(crate) struct Reasons {
    known: Once<Vec<Vec<Evidence>>>,
    explain: Option<Arc<dyn Explain>>,
}

/// Says why the blocks of a document have their labels. Every kind of model has its own way: one whose scores are sums reads
/// the weights, another may leave pieces of evidence out and score again.
pub(crate) trait Explain: Send + Sync + UnwindSafe + RefUnwindSafe {
    /// The evidence of each block, heaviest first. The document must not be asked for its evidence meanwhile.
    fn explain(&self, document: &Document) -> Vec<Vec<Evidence>>;
}

impl Reasons {
    /// To be found by `explain`.
    pub fn by(explain: Arc<dyn Explain>) -> Self {
        Self { known: Once::new(), explain: Some(explain) }
    }
}

impl std::fmt::Debug for Reasons {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.known.get() {
            Some(known) => known.fmt(f),
            None => f.write_str("not asked for"),
        }
    }
}

impl Serialize for Reasons {
    /// Those that are known: the document sees to it that they are.
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.known.get().map_or(&[][..], Vec::as_slice).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Reasons {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self { known: Once::with_value(Box::deserialize(from)?), explain: None })
    }
}

impl Document {
    fn reasons(&self) -> &[Vec<Evidence>] {
        let explain = || self.reasons.explain.as_ref().map(|explain| explain.explain(self)).unwrap_or_default();
        self.reasons.known.get_or_init(|| Box::new(explain()))
    }
}

impl Serialize for Document {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.reasons();
        Self::serialize(self, to)
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let document = Self::deserialize(from)?;
        document.check().map_err(serde::de::Error::custom)?;
        Ok(document)
    }
}

impl PartialEq for Document {
    fn eq(&self, that: &Self) -> bool {
        let story = |it: &Self| (it.unit, it.verdict, it.verdict_score);
        let texts = |it: &Self| [&it.lang, &it.title, &it.site, &it.deck].map(Option::clone);
        story(self) == story(that)
            && (&self.text, &self.repaired, &self.map) == (&that.text, &that.repaired, &that.map)
            && (&self.blocks, &self.rendered, &self.captions) == (&that.blocks, &that.rendered, &that.captions)
            && texts(self) == texts(that)
            && (self.title_span, self.deck_span) == (that.title_span, that.deck_span)
            && (&self.byline, &self.dateline) == (&that.byline, &that.dateline)
            && (&self.published, &self.updated) == (&that.published, &that.updated)
            && self.reasons() == that.reasons()
    }
}

/// Version of the JSON of a document: raised when a key changes its meaning or goes.
pub(crate) const SCHEMA_VERSION: u32 = 2;

/// A line of the input; several where a line was torn, a part of one where a line holds several things.
#[derive(Clone, Copy, Debug)]
pub struct Block<'d> {
    document: &'d Document,
    at: usize,
    data: BlockData<'d>,
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

    /// Where it stands in the input, in the document's [`Unit`].
    pub fn span(&self) -> Span {
        self.data.span
    }

    /// The pieces of evidence that weighed most for the label against the runner-up, heaviest first.
    ///
    /// They are made for all blocks of the document when one is first asked for its own, which takes about as long as to
    /// label the document; from then on they are kept.
    pub fn evidence(&self) -> &'d [Evidence] {
        self.document.reasons().get(self.at).map_or(&[], Vec::as_slice)
    }

    /// What stands inside the block and is no part of its sentences.
    pub fn inline(&self) -> &'d [Inline] {
        self.document.blocks.inline(self.at)
    }

    fn to_value(self) -> serde_json::Value {
        let probabilities: serde_json::Map<_, _> = Label::ALL
            .into_iter()
            .zip(self.probabilities())
            .filter(|(_, p)| *p > 0.0)
            .map(|(label, p)| (label.name().to_owned(), as_number(p)))
            .collect();
        serde_json::json!({
            "label": self.label(),
            "kept": self.kept(),
            "score": as_number(self.score()),
            "probabilities": probabilities,
            "text": self.text(),
            "start": self.span().start,
            "end": self.span().end,
            "evidence": self.evidence(),
            "inline": self.inline(),
        })
    }
}

impl PartialEq for Block<'_> {
    fn eq(&self, other: &Self) -> bool {
        let (it, that) = (self.data, other.data);
        (it.label, it.kept, it.span, self.text()) == (that.label, that.kept, that.span, other.text())
            && (it.shares, self.inline()) == (that.shares, other.inline())
            && self.evidence() == other.evidence()
    }
}

/// A probability or weight rounded to 4 decimal places.
pub(crate) fn four_places(x: f32) -> f32 {
    written(x) as f32
}

/// A probability or weight as the number that a person would write: four decimal places and no more.
pub(crate) fn written(x: f32) -> f64 {
    (f64::from(x) * 1e4).round() / 1e4
}

/// The same as a JSON number.
pub(crate) fn as_number(x: f32) -> serde_json::Value {
    serde_json::Number::from_f64(written(x)).map_or(serde_json::Value::Null, Into::into)
}

/// One reason for a label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Stable id from the one table of evidence (docs/evidence.md).
    pub name: Cow<'static, str>,
    /// For the label, against the runner-up: nats of log odds, rounded to 4 places.
    #[serde(serialize_with = "as_four_places")]
    pub weight: f32,
    /// For people.
    pub detail: Cow<'static, str>,
}

fn as_four_places<S: serde::Serializer>(x: &f32, to: S) -> Result<S::Ok, S::Error> {
    as_number(*x).serialize(to)
}

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

/// Place, date and agency at the head of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dateline {
    /// As written, with the separator and the white space behind it.
    pub raw: String,
    /// Where `raw` stands: in the text that was parsed, or in a document's input. The story proper begins at its end. Reporters
    /// and hours that stand inside are in `raw` alone.
    pub span: Span,
    /// In the order written.
    pub places: Vec<Place>,
    /// The date, when there is one.
    pub date: Option<PartialDate>,
    /// The agency as written.
    pub agency: Option<String>,
    /// A stable id for the agency ("reuters"), when it is a known one.
    pub agency_id: Option<String>,
    /// How sure: 0 to 1, rounded to 4 places.
    pub score: f32,
}

impl Dateline {
    pub(crate) fn to_value(&self) -> serde_json::Value {
        serde_json::json!({
            "raw": self.raw,
            "start": self.span.start,
            "end": self.span.end,
            "places": self.places,
            "date": self.date,
            "agency": self.agency,
            "agency_id": self.agency_id,
            "score": as_number(self.score),
        })
    }
}

/// A place of report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// As written.
    pub name: String,
    /// State, province or country as written behind the name.
    pub qualifier: Option<String>,
    /// ISO 3166-1 alpha-2, where certain: what stands behind the name says so, or the name is that of one large place.
    /// "Birmingham" alone has none.
    pub country: Option<String>,
    /// ISO 3166-2, where certain: known for cities in the United States, Canada, Australia, Germany, Austria, Switzerland,
    /// India, Brazil, Mexico, Spain and the United Kingdom, and wherever a state stands behind the name.
    pub region: Option<String>,
}

/// A date of which parts may be unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartialDate {
    /// As written.
    pub raw: String,
    /// 1 to 12.
    pub month: Option<i8>,
    /// 1 to 31.
    pub day: Option<i8>,
    /// Four digits.
    pub year: Option<i16>,
    /// The day meant, where the date is full or a day of publication is known. An impossible date stays unresolved.
    #[serde(with = "iso_date")]
    pub resolved: Option<jiff::civil::Date>,
}

/// `jiff`'s dates as ISO 8601 text, without its serde feature.
mod iso_date {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(date: &Option<jiff::civil::Date>, to: S) -> Result<S::Ok, S::Error> {
        date.map(|date| date.to_string()).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<jiff::civil::Date>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
    }
}

fn as_pair(span: Span) -> [usize; 2] {
    [span.start, span.end]
}
