//! A document as JSON; its schema is in docs/document.schema.json.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{
    Block, Byline, Caption, Dateline, Document, Evidence, Inline, Link, Sources, Timestamp, Verdict, decimal, pair,
};
use crate::labels::Label;
use crate::offsets::{Span, Unit};

/// Version of the JSON: raised when a key changes its meaning or goes.
pub(crate) const SCHEMA_VERSION: u32 = 3;

/// What the JSON of a document says of its blocks beside what it always says. By default nothing: the reasons take longer than
/// all of the rest.
///
/// ```
/// use copydesk::Detail;
/// let document = copydesk::clean("Share this article");
/// assert!(!document.to_json().contains("evidence"));
/// assert!(document.to_json_with(Detail::default().evidence(true)).contains("evidence"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Detail {
    evidence: bool,
    probabilities: bool,
    links: bool,
}

impl Detail {
    /// Whether each block has its [`evidence`](Block::evidence). Default: no.
    pub fn evidence(self, evidence: bool) -> Self {
        Self { evidence, ..self }
    }

    /// Whether each block has its [`probabilities`](Block::probabilities) that are above 0. Default: no.
    pub fn probabilities(self, probabilities: bool) -> Self {
        Self { probabilities, ..self }
    }

    /// Whether each block has its [`links`](Block::links). Default: no.
    pub fn links(self, links: bool) -> Self {
        Self { links, ..self }
    }
}

impl Document {
    /// The document as one JSON object.
    ///
    /// ```
    /// assert!(copydesk::clean("It rained.").to_json().starts_with("{\"schema\":3,"));
    /// ```
    pub fn to_json(&self) -> String {
        self.to_json_with(Detail::default())
    }

    /// The same with more about the blocks.
    pub fn to_json_with(&self, detail: Detail) -> String {
        // Numbers, texts and keys that are texts: none of it can fail.
        serde_json::to_string(&self.with(detail)).unwrap_or_default()
    }

    /// Its blocks alone, as they are written.
    #[cfg(feature = "cli")]
    pub(crate) fn blocks_json(&self) -> impl Serialize + '_ {
        BlocksOf(self, Detail::default())
    }

    /// What is written of it.
    pub(crate) fn with(&self, detail: Detail) -> impl Serialize + '_ {
        let fields = &self.fields;
        Written {
            schema: SCHEMA_VERSION,
            rules_version: &self.rules_version,
            unit: self.unit,
            lang: self.lang(),
            verdict: self.verdict,
            verdict_score: self.verdict_score,
            title: self.title(),
            title_span: fields.title_span,
            site: self.site(),
            deck: self.deck(),
            deck_span: fields.deck_span,
            byline: fields.byline.as_ref(),
            published: fields.published.as_ref(),
            updated: fields.updated.as_ref(),
            dateline: fields.dateline.as_ref(),
            captions: &fields.captions,
            url: self.url(),
            section: self.section(),
            tags: &fields.tags,
            image: self.image(),
            sources: fields.sources,
            text: &self.text,
            blocks: BlocksOf(self, detail),
        }
    }
}

/// What [`to_json`](Document::to_json) says.
impl Serialize for Document {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.with(Detail::default()).serialize(to)
    }
}

#[derive(serde::Serialize)]
struct Written<'d> {
    schema: u32,
    rules_version: &'d str,
    unit: Unit,
    lang: Option<&'d str>,
    verdict: Verdict,
    #[serde(serialize_with = "decimal::serialize")]
    verdict_score: f32,
    title: Option<&'d str>,
    #[serde(serialize_with = "pair::or_none::serialize")]
    title_span: Option<Span>,
    site: Option<&'d str>,
    deck: Option<&'d str>,
    #[serde(serialize_with = "pair::or_none::serialize")]
    deck_span: Option<Span>,
    byline: Option<&'d Byline>,
    published: Option<&'d Timestamp>,
    updated: Option<&'d Timestamp>,
    dateline: Option<&'d Dateline>,
    captions: &'d [Caption],
    url: Option<&'d str>,
    section: Option<&'d str>,
    tags: &'d [String],
    image: Option<&'d str>,
    sources: Sources,
    text: &'d str,
    blocks: BlocksOf<'d>,
}

struct BlocksOf<'d>(&'d Document, Detail);

impl Serialize for BlocksOf<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(document, detail) = self;
        to.collect_seq(document.blocks().map(|block| WrittenBlock {
            label: block.label(),
            kept: block.kept(),
            score: block.score(),
            probabilities: detail.probabilities.then_some(ProbabilitiesOf(block)),
            text: block.text(),
            start: block.span().start,
            end: block.span().end,
            evidence: detail.evidence.then(|| block.evidence()),
            inline: block.inline(),
            links: detail.links.then(|| block.links()),
        }))
    }
}

#[derive(serde::Serialize)]
struct WrittenBlock<'d> {
    label: Label,
    kept: bool,
    #[serde(serialize_with = "decimal::serialize")]
    score: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    probabilities: Option<ProbabilitiesOf<'d>>,
    text: &'d str,
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'d [Evidence]>,
    inline: &'d [Inline],
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Vec<Link>>,
}

/// Those above 0.
struct ProbabilitiesOf<'d>(Block<'d>);

impl Serialize for ProbabilitiesOf<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (label, p) in Label::ALL.into_iter().zip(self.0.probabilities()).filter(|(_, p)| *p > 0.0) {
            map.serialize_entry(label.name(), &decimal::written(p))?;
        }
        map.end()
    }
}
