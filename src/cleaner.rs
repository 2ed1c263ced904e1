//! The cleaner: configuration, and the order of the steps.

use std::sync::Arc;

use crate::document::{BlockData, Document, Inline, Verdict};
use crate::error::{Error, Result};
use crate::label::{Labelled, Labeller};
use crate::labels::Label;
use crate::observe::{self, observe};
use crate::offsets::{OffsetMap, Span, Unit};
use crate::pack::Packs;
use crate::render::{Piece, render};
use crate::segment::segment;
use crate::weights::Weights;

/// Where the line is drawn between losing a story's sentence and letting furniture in. It moves what is kept, never a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Balance {
    /// Rather some furniture than a sentence lost.
    KeepStory,
    /// The best of both.
    #[default]
    Balanced,
    /// Rather a sentence lost than furniture.
    DropJunk,
}

impl Balance {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::KeepStory, Self::Balanced, Self::DropJunk];

    /// "keep_story", "balanced" or "drop_junk".
    pub const fn name(self) -> &'static str {
        match self {
            Self::KeepStory => "keep_story",
            Self::Balanced => "balanced",
            Self::DropJunk => "drop_junk",
        }
    }

    /// The balance of that name.
    ///
    /// # Errors
    /// When none is called so; the message lists the names.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|balance| balance.name() == name)
            .ok_or_else(|| Error::unknown("balance", name, Self::ALL.map(Self::name)))
    }
}

/// Text or bytes to clean.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// Text.
    Text(&'a str),
    /// Bytes of a charset that is to be found out.
    Bytes(&'a [u8]),
}

macro_rules! input_from {
    ($($type:ty => $variant:ident,)*) => {
        $(impl<'a> From<&'a $type> for Input<'a> {
            fn from(given: &'a $type) -> Self {
                Self::$variant(given)
            }
        })*
    };
}
input_from! { str => Text, String => Text, [u8] => Bytes, Vec<u8> => Bytes, }

/// What a caller knows of a text beside the text. All of it may be left out.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Site or file it came from.
    pub source: Option<String>,
    /// Its language, ISO 639-1; detected when not given.
    pub lang: Option<String>,
    /// The day it was published: resolves dates that name no year.
    pub published: Option<jiff::civil::Date>,
    /// Its headline: helps to find it among the lines.
    pub title: Option<String>,
}

/// Options of a [`Cleaner`]; every one has a default.
#[derive(Clone, Debug)]
pub struct CleanerBuilder {
    keep: Vec<Label>,
    balance: Balance,
    separator: String,
    model: Option<Vec<u8>>,
}

impl Default for CleanerBuilder {
    fn default() -> Self {
        Self {
            keep: vec![Label::Body, Label::Heading],
            balance: Balance::Balanced,
            separator: "\n\n".to_owned(),
            model: None,
        }
    }
}

impl CleanerBuilder {
    /// Labels that make the clean text. Default: body and heading.
    pub fn keep(&mut self, labels: impl IntoIterator<Item = Label>) -> &mut Self {
        self.keep = labels.into_iter().collect();
        self
    }

    /// Default: [`Balance::Balanced`].
    pub fn balance(&mut self, balance: Balance) -> &mut Self {
        self.balance = balance;
        self
    }

    /// What joins the kept blocks. Default: a blank line.
    pub fn separator(&mut self, separator: impl Into<String>) -> &mut Self {
        self.separator = separator.into();
        self
    }

    /// A model made by training, as the bytes of its file. Default: the one that comes with the crate.
    pub fn model_bytes(&mut self, bytes: impl Into<Vec<u8>>) -> &mut Self {
        self.model = Some(bytes.into());
        self
    }

    /// The cleaner. The builder can be used again.
    ///
    /// # Errors
    /// When the model's bytes are no model, or one learnt on another table of evidence.
    pub fn build(&self) -> Result<Cleaner> {
        let weights = match &self.model {
            Some(bytes) => Arc::new(Weights::from_bytes(bytes)?),
            None => Weights::embedded(),
        };
        Ok(Cleaner(Arc::new(Inner {
            options: self.clone(),
            packs: Packs::embedded(),
            labeller: Labeller::new(weights),
        })))
    }
}

/// Cleans texts: see the [crate's front page](crate). Cheap to clone; `Send` and `Sync`.
#[derive(Clone, Debug)]
pub struct Cleaner(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: CleanerBuilder,
    packs: Arc<Packs>,
    labeller: Labeller,
}

impl Default for Cleaner {
    fn default() -> Self {
        CleanerBuilder::default().build().expect("the defaults are tested")
    }
}

impl Cleaner {
    /// Options, to change and build.
    pub fn builder() -> CleanerBuilder {
        CleanerBuilder::default()
    }

    /// Annotates and cleans one text.
    pub fn clean<'a>(&self, input: impl Into<Input<'a>>) -> Document {
        self.clean_with(input, &Hints::default())
    }

    /// The same with what is known of the text.
    pub fn clean_with<'a>(&self, input: impl Into<Input<'a>>, hints: &Hints) -> Document {
        let text = match input.into() {
            Input::Text(text) => text.into(),
            Input::Bytes(bytes) => String::from_utf8_lossy(bytes),
        };
        let copy = Copy::of(&text);
        let observed = observe(&copy.lines(), hints.title.as_deref(), &self.0.packs, false);
        let labelled = self.0.labeller.label(&observed);
        self.assemble(copy, labelled)
    }

    fn assemble(&self, copy: Copy, labelled: Vec<Labelled>) -> Document {
        let options = &self.0.options;
        let thresholds = &self.0.labeller.weights().thresholds;
        let threshold = match options.balance {
            Balance::KeepStory => thresholds.keep_story,
            Balance::Balanced => thresholds.balanced,
            Balance::DropJunk => thresholds.drop_junk,
        };
        let blocks: Vec<BlockData> = labelled
            .into_iter()
            .zip(copy.spans.iter().zip(&copy.texts))
            .map(|(labelled, (span, text))| {
                let kept: f64 =
                    options.keep.iter().map(|label| f64::from(labelled.probabilities[*label as usize])).sum();
                BlockData {
                    label: labelled.label,
                    kept: kept >= threshold,
                    probabilities: labelled.probabilities,
                    text: *text,
                    span: *span,
                    evidence: labelled.evidence,
                    inline: Vec::<Inline>::new(),
                }
            })
            .collect();
        let kept = blocks.iter().filter(|block| block.kept).map(|block| Piece { text: block.text, without: &[] });
        let (text, rendered) = render(&copy.repaired, kept, &options.separator);
        Document {
            unit: Unit::Byte,
            text,
            repaired: copy.repaired,
            map: copy.map,
            blocks,
            rendered,
            lang: None,
            verdict: Verdict::Story,
            verdict_score: 0.0,
            title: None,
            deck: None,
            byline: None,
            published: None,
            updated: None,
            dateline: None,
            captions: Vec::new(),
        }
    }
}

/// A text cut into blocks and repaired.
struct Copy {
    spans: Vec<Span>,
    repaired: String,
    texts: Vec<Span>,
    map: OffsetMap,
}

impl Copy {
    fn of(text: &str) -> Self {
        let spans = segment(text);
        let mut repaired = String::with_capacity(text.len());
        let mut map = OffsetMap::starting_at(0);
        let mut texts = Vec::with_capacity(spans.len());
        for span in &spans {
            let gap = span.start - map.source_end();
            if texts.is_empty() {
                map.push_edit(0, gap);
            } else {
                repaired.push('\n');
                map.push_edit(1, gap);
            }
            let start = repaired.len();
            crate::text::interim::repair_block(&text[span.range()], &mut repaired, &mut map);
            texts.push(Span::new(start, repaired.len()));
        }
        Self { spans, repaired, texts, map }
    }

    fn lines(&self) -> Vec<observe::Line<'_>> {
        self.texts.iter().map(|span| observe::Line { text: &self.repaired[span.range()], markup: 0 }).collect()
    }
}

/// [`Cleaner::clean`] with the default options.
pub fn clean<'a>(input: impl Into<Input<'a>>) -> Document {
    static CLEANER: std::sync::LazyLock<Cleaner> = std::sync::LazyLock::new(Cleaner::default);
    CLEANER.clean(input)
}

/// The evidence of every block, for training: the block's span, and its features and words by name. Needs no model.
pub(crate) fn observe_text(text: &str) -> Vec<(Span, Vec<String>)> {
    let copy = Copy::of(text);
    let observed = observe(&copy.lines(), None, &Packs::embedded(), true);
    let table = &*crate::evidence::FEATURE_TABLE;
    let named = |line: usize| {
        let features = observed.features(line).iter().map(|feature| table[usize::from(*feature)].id.clone());
        features.chain(observed.spelled(line).iter().cloned()).collect()
    };
    copy.spans.iter().enumerate().map(|(line, span)| (*span, named(line))).collect()
}
