//! The cleaner: configuration, and the order of the steps.

mod custom;
pub(crate) mod day;
mod explain;
mod fields;
mod head;
mod hints;
mod input;
mod keep;
mod many;
mod parse;
mod prepare;
mod shift;
pub(crate) mod verdict;

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::RULES_VERSION;
use crate::document::{Blocks, Document, Observed, Reasons, Shares, Verdict};
use crate::error::{Error, Result, fail_point};
use crate::fields::Context;
use crate::label::Labeller;
use crate::labels::Label;
use crate::named::named;
use crate::observe::{self, Lines, Scope, observe};
use crate::offsets::{Span, Unit};
use crate::once::Lazy;
use crate::pack::Packs;
use crate::render::{Piece, render};
use crate::segment::cut::{Cutter, each_evidence};
use crate::text::language;
use crate::text::repair::Normalizer;
use crate::weights::{Cuts, Model};

#[cfg(any(feature = "_state", test))]
pub(crate) use explain::by_model as explained_by;
pub use hints::Hints;
pub use input::Input;
pub use many::{Batch, Documents, Item};
#[cfg(feature = "fuzzing")]
pub use parse::parse_title;
pub use parse::{ParseOptions, parse_byline, parse_caption, parse_dateline, parse_inline, parse_timestamps};

use fields::ReadFields;
use keep::Keeper;
use prepare::Prepared;

/// The models that come with the crate, by name.
#[cfg(feature = "cli")]
pub(crate) const MODELS: [&str; 2] = Model::NAMES;

/// Which model labels.
#[derive(Clone, Debug)]
pub(crate) enum Which {
    Named(String),
    /// What is in a file, and its name for messages, where it is known.
    File(Vec<u8>, Option<String>),
}

impl Which {
    /// What tells it from another one: the name of a file does not.
    fn content(&self) -> (Option<&str>, &[u8]) {
        match self {
            Self::Named(name) => (Some(name), &[]),
            Self::File(bytes, _) => (None, bytes),
        }
    }
}

impl PartialEq for Which {
    fn eq(&self, other: &Self) -> bool {
        self.content() == other.content()
    }
}

impl Eq for Which {}

impl Hash for Which {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.content().hash(state);
    }
}

/// A pack of a caller's.
#[derive(Clone, Debug)]
pub(crate) struct OwnPack {
    /// For messages.
    pub name: String,
    pub toml: String,
}

impl PartialEq for OwnPack {
    fn eq(&self, other: &Self) -> bool {
        self.toml == other.toml
    }
}

impl Eq for OwnPack {}

impl Hash for OwnPack {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.toml.hash(state);
    }
}

named! {
    /// Where the line is drawn between losing a story's sentence and letting furniture in. It moves what is kept, never a label.
    ///
    /// ```
    /// use copydesk::{Balance, Cleaner};
    /// let careful = Cleaner::builder().balance("keep_story".parse::<Balance>()?).build()?;
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    #[derive(Default)]
    Balance "balance" {
        /// Rather some furniture than a sentence lost.
        KeepStory = "keep_story",
        /// The best of both.
        #[default]
        Balanced = "balanced",
        /// Rather a sentence lost than furniture.
        DropJunk = "drop_junk",
    }
}

named! {
    /// What becomes of something that can stand in the clean text or be taken out of it. It stays in the document in both.
    #[derive(Default)]
    Keep "choice" {
        /// Left where it stands.
        #[default]
        Keep = "keep",
        /// Taken out of the clean text.
        Strip = "strip",
    }
}

impl Keep {
    /// The choice of that name for `option`, which the error names.
    #[cfg(feature = "python")]
    pub(crate) fn of_option(option: &str, name: &str) -> Result<Self> {
        Self::from_name(name).map_err(|_| Error::unknown(option, name, Self::NAMES))
    }
}

/// Options of a [`Cleaner`]; every one has a default. Two are equal whose cleaners answer the same: files and packs count by what is
/// in them, not by their names.
///
/// ```
/// use copydesk::{Balance, Cleaner, Label};
/// let cleaner = Cleaner::builder()
///     .keep([Label::Title, Label::Body, Label::Heading])
///     .balance(Balance::KeepStory)
///     .separator("\n")
///     .build()?;
/// # Ok::<(), copydesk::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanerBuilder {
    /// In the order of [`Label::ALL`], each once.
    pub(crate) keep: Vec<Label>,
    pub(crate) balance: Balance,
    pub(crate) dateline: Keep,
    pub(crate) inline: Keep,
    pub(crate) markup: Keep,
    pub(crate) separator: String,
    pub(crate) normalizer: Normalizer,
    pub(crate) model: Which,
    pub(crate) packs: Vec<OwnPack>,
}

impl Hash for CleanerBuilder {
    /// Of what differs between the cleaners of one program.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.keep, self.balance.name(), &self.separator, &self.model, &self.packs).hash(state);
    }
}

impl Default for CleanerBuilder {
    fn default() -> Self {
        Self {
            keep: in_order(&[Label::Body, Label::Heading]),
            balance: Balance::default(),
            dateline: Keep::Keep,
            inline: Keep::Keep,
            markup: Keep::Strip,
            separator: "\n\n".to_owned(),
            normalizer: Normalizer::default(),
            model: Which::Named("default".to_owned()),
            packs: Vec::new(),
        }
    }
}

/// Those labels in the order of all, each once.
fn in_order(labels: &[Label]) -> Vec<Label> {
    Label::ALL.into_iter().filter(|label| labels.contains(label)).collect()
}

impl CleanerBuilder {
    /// Labels that make the clean text. Default: body and heading.
    pub fn keep(&mut self, labels: impl IntoIterator<Item = Label>) -> &mut Self {
        self.keep = in_order(&labels.into_iter().collect::<Vec<_>>());
        self
    }

    /// Where the line between story and furniture is drawn. Default: [`Balance::Balanced`].
    pub fn balance(&mut self, balance: Balance) -> &mut Self {
        self.balance = balance;
        self
    }

    /// Whether the dateline that opens a paragraph stays in the clean text. Default: [`Keep::Keep`].
    pub fn dateline(&mut self, dateline: Keep) -> &mut Self {
        self.dateline = dateline;
        self
    }

    /// Whether furniture inside kept paragraphs stays in the clean text: credits, "READ MORE: …", advertisements, marks of
    /// footnotes (all kinds of [`InlineKind`](crate::InlineKind) but the dateline). Default: [`Keep::Keep`].
    pub fn inline(&mut self, inline: Keep) -> &mut Self {
        self.inline = inline;
        self
    }

    /// Whether leftovers of Markdown and HTML stay in the blocks: links, images, headings, emphasis, tags. Default:
    /// [`Keep::Strip`], which leaves the words that a reader would have seen. They are evidence for the labels in both. Tags of blocks
    /// (`<p>`, `<br>`) are line ends, and stand in no block.
    pub fn markup(&mut self, markup: Keep) -> &mut Self {
        self.markup = markup;
        self
    }

    /// What joins the kept blocks; blocks of one line stay together as they stood. Default: a blank line.
    pub fn separator(&mut self, separator: impl Into<String>) -> &mut Self {
        self.separator = separator.into();
        self
    }

    /// How characters are repaired. Default: [`Normalizer::default`].
    pub fn normalizer(&mut self, normalizer: Normalizer) -> &mut Self {
        self.normalizer = normalizer;
        self
    }

    /// A model that comes with the crate: "default", or "fast", which is quicker and errs more. Default: "default".
    pub fn model(&mut self, name: impl Into<String>) -> &mut Self {
        self.model = Which::Named(name.into());
        self
    }

    /// A model made by training, as the bytes of its file: a chain or a network.
    pub fn model_bytes(&mut self, bytes: impl Into<Vec<u8>>) -> &mut Self {
        self.model = Which::File(bytes.into(), None);
        self
    }

    /// The same with the name of the file, for messages.
    #[cfg(feature = "cli")]
    pub(crate) fn model_file(&mut self, name: String, bytes: Vec<u8>) -> &mut Self {
        self.model = Which::File(bytes, Some(name));
        self
    }

    /// Adds a pack of your own: a name for messages, and its TOML text (docs/packs.md says what may stand in it). Its phrases
    /// are evidence as those of the language packs are, and on lines that they are, open or end they weigh more.
    ///
    /// ```
    /// use copydesk::{Cleaner, Hints, Label};
    /// let pack = "[[site]]\nsource = \"harbour.example\"\ncues.promo = [\"the harbour letter\"]";
    /// let cleaner = Cleaner::builder().pack("harbour.toml", pack).build()?;
    /// let hints = Hints::new().with_source("https://www.harbour.example/news/1");
    /// let document = cleaner.clean_with("The Harbour Letter", &hints);
    /// assert_eq!(document.blocks().next().unwrap().label(), Label::Promo);
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    pub fn pack(&mut self, name: impl Into<String>, toml: impl Into<String>) -> &mut Self {
        self.packs.push(OwnPack { name: name.into(), toml: toml.into() });
        self
    }

    /// The cleaner. The builder can be used again.
    ///
    /// # Errors
    /// When no model has the name that was given; when the model's bytes are no model, or one learnt on another table of evidence; when a pack is no pack.
    pub fn build(&self) -> Result<Cleaner> {
        let model = match &self.model {
            Which::Named(name) => Model::named(name)?,
            Which::File(bytes, None) => Model::from_bytes(bytes)?,
            Which::File(bytes, Some(name)) => Model::from_bytes(bytes).map_err(|error| error.context(name))?,
        };
        let packs = if self.packs.is_empty() {
            Packs::embedded()
        } else {
            let own: Vec<_> = self.packs.iter().map(|pack| (&*pack.name, &*pack.toml)).collect();
            Arc::new(Packs::with(&own)?)
        };
        let labeller = Labeller::new(&model);
        let keeper = Keeper::new(self.keep.clone(), self.balance, model.thresholds());
        let cutter = Cutter::new(model.cuts());
        Ok(Cleaner(Arc::new(Inner { options: self.clone(), packs, labeller, cutter, keeper })))
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
    cutter: Cutter,
    keeper: Keeper,
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

    /// What it was made with.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "for pickles"))]
    pub(crate) fn options(&self) -> &CleanerBuilder {
        &self.0.options
    }

    /// Annotates and cleans one text: any text, any bytes, in time linear in their length.
    ///
    /// ```
    /// let cleaner = copydesk::Cleaner::default();
    /// let from_text = cleaner.clean("Un caf\u{e9}, s'il vous pla\u{ee}t.");
    /// let from_bytes = cleaner.clean(b"Un caf\xe9, s'il vous pla\xeet.");
    /// assert_eq!(from_text.blocks().next().unwrap().text(), from_bytes.blocks().next().unwrap().text());
    /// ```
    pub fn clean<'a>(&self, input: impl Into<Input<'a>>) -> Document {
        self.clean_with(input, &Hints::default())
    }

    /// The same with what is known of the text.
    ///
    /// ```
    /// use copydesk::{Cleaner, Hints};
    /// let hints = Hints::new().with_lang("English")?.with_published("Tue, 14 May 2024 09:30:00 GMT")?;
    /// let document = Cleaner::default().clean_with("Harbour tunnel closes for a month", &hints);
    /// assert_eq!(document.lang(), Some("en"));
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    pub fn clean_with<'a>(&self, input: impl Into<Input<'a>>, hints: &Hints) -> Document {
        self.clean_input(&input.into(), hints)
    }

    fn clean_input(&self, input: &Input<'_>, hints: &Hints) -> Document {
        let options = &self.0.options;
        let hints = &hints.tidied();
        fail_point(input.bytes());
        let prepared = Prepared::of(input, &options.normalizer, options.markup, &self.0.packs, &self.0.cutter);
        let lines = prepared.lines();
        let labeller = self.0.labeller.of_lines(&prepared.texts);
        let scope = if labeller.takes_whole(lines.len()) { Scope::Whole } else { Scope::Stretches };
        let mut labels = observe::with(lines, hints.title.as_deref(), &self.0.packs, false, scope, |mut observer| {
            labeller.label(lines.len(), |stretch, take| take(observer.observe(stretch)))
        });
        let mut front = head::read(lines, &self.0.packs);
        head::weigh(&mut labels, lines, &front, &self.0.packs);
        custom::weigh(&mut labels, lines, &self.0.packs.custom, hints.source.as_deref());
        let lang = match &hints.lang {
            Some(lang) => Some(lang.code().to_owned()),
            None => language::detect(lines.iter().map(|line| line.text)).map(str::to_owned),
        };
        let context = Context { packs: &self.0.packs, lang: lang.as_deref(), published: hints.published, now: None };
        let mut prepared = prepared;
        let pieces = prepared.has_parts().then(|| prepared.texts.clone());
        let (texts, spans) = (std::mem::take(&mut prepared.texts), std::mem::take(&mut prepared.spans));
        let keeper = &self.0.keeper;
        let keeps = |label, shares: &Shares| keeper.keeps(label, shares);
        let mut blocks = Blocks::new(labels.labels, labels.shares, texts, spans, keeps);
        if let Some(pieces) = &pieces {
            let lines = Lines { text: &prepared.repaired, spans: pieces, marks: &prepared.marks };
            blocks.merge(|at| !lines.lies(at).begins);
            let lines = Lines { spans: &blocks.texts, ..lines };
            head::by_blocks(&mut front, lines);
        }
        let (verdict, verdict_score) = verdict::verdict(&blocks, &prepared.repaired);
        if verdict != Verdict::NoStory && keeper.wants_story() && blocks.kept().next().is_none() {
            // A document that holds a story gives some of it back: what is likeliest to be of it.
            let most = blocks.iter().map(|block| keeper.probability(block.shares)).fold(0.0, f64::max);
            blocks.keep(|shares| keeper.probability(shares) * 2.0 >= most);
        }
        let reading = ReadFields::of(&blocks, &prepared, &front, hints, &context);
        let gaps = reading.gaps(options.dateline, options.inline);
        let kept = blocks.kept().map(|(i, text)| {
            let from = gaps.partition_point(|(at, _)| *at < i);
            let to = from + gaps[from..].partition_point(|(at, _)| *at == i);
            Piece { text, without: &gaps[from..to] }
        });
        let (text, rendered) = render(&prepared.repaired, kept, &options.separator);
        let fields = reading.place(&prepared, &mut blocks);
        let observed =
            Observed { pieces, marks: prepared.marks, title: hints.title.clone(), source: hints.source.clone() };
        Document {
            rules_version: Cow::Borrowed(RULES_VERSION),
            unit: Unit::Byte,
            text,
            rendered,
            lang,
            verdict,
            verdict_score,
            fields,
            blocks,
            reasons: Reasons::by(observed, self.0.clone()),
            map: prepared.map,
            repaired: prepared.repaired,
        }
    }
}

/// [`Cleaner::clean`] with the default options.
pub fn clean<'a>(input: impl Into<Input<'a>>) -> Document {
    standard().clean(input)
}

/// The cleaner with the default options, made once.
pub(crate) fn standard() -> &'static Cleaner {
    static CLEANER: Lazy<Cleaner> = Lazy::new(Cleaner::default);
    &CLEANER
}

/// The evidence of every piece of a text, for training: the piece's span in bytes, and its evidence by name. Needs no model; lines are
/// cut by `cuts`, the bytes of their weights.
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "training is in Python"))]
pub(crate) fn observe_text(text: &str, cuts: &[u8]) -> Result<Vec<(Span, Vec<String>)>> {
    let input = Input::from(text);
    let prepared = Prepared::of(
        &input,
        &Normalizer::default(),
        Keep::Strip,
        &Packs::embedded(),
        &Cutter::new(Arc::new(Cuts::from_bytes(cuts)?)),
    );
    let observed = observe(prepared.lines(), None, &Packs::embedded(), true);
    let table = &*crate::features::FEATURE_TABLE;
    let named = |line: usize| {
        let features = observed.features(line).map(|feature| table[usize::from(feature)].id.clone());
        features.chain(observed.spelled(line)).collect()
    };
    Ok(prepared.spans.iter().enumerate().map(|(line, span)| (span, named(line))).collect())
}

/// A piece's span, features and words.
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "training is in Python"))]
pub(crate) type Numbers = (Span, Vec<u16>, Vec<u32>);

/// The same as numbers: the span; the features of the line's own and of its context by their numbers in the table, which its
/// neighbours' features follow from; the hashes of its own words as the lexicon has them, without those of the lines around it.
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "training is in Python"))]
pub(crate) fn observe_numbers(text: &str, cuts: &[u8]) -> Result<Vec<Numbers>> {
    let input = Input::from(text);
    let prepared = Prepared::of(
        &input,
        &Normalizer::default(),
        Keep::Strip,
        &Packs::embedded(),
        &Cutter::new(Arc::new(Cuts::from_bytes(cuts)?)),
    );
    let observed = observe(prepared.lines(), None, &Packs::embedded(), false);
    let numbers = |(line, span): (usize, Span)| {
        (
            span,
            [observed.line_features(line), observed.context_features(line)].concat(),
            observed.own_words(line).to_vec(),
        )
    };
    Ok(prepared.spans.iter().enumerate().map(numbers).collect())
}

/// What speaks for and against each cut that is possible in a text, for training: where in the text, in bytes, what stands after
/// it begins, and the hashes of the evidence. Needs no weights.
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "training is in Python"))]
pub(crate) fn observe_cuts(text: &str) -> Vec<(usize, Vec<u32>)> {
    let input = Input::from(text);
    let prepared = Prepared::of(&input, &Normalizer::default(), Keep::Strip, &Packs::embedded(), &Cutter::none());
    let mut found = Vec::new();
    let mut start = 0;
    let lines = prepared.repaired.split('\n').count();
    for line in prepared.repaired.split('\n') {
        each_evidence(line, lines, &Packs::embedded(), |gap, evidence| {
            let at = start + gap.start;
            found.push((prepared.in_input(Span::new(at, at + 1)).start, evidence.to_vec()));
        });
        start += line.len() + 1;
    }
    found
}

/// The scores that a network's file gives the labels of every block, in 1/1024 nats, to compare with the reference.
///
/// # Errors
/// When the bytes are no network.
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "the reference is in Python"))]
pub(crate) fn network_scores(text: &str, model: &[u8]) -> Result<Vec<[i32; Label::COUNT]>> {
    let model = Model::from_bytes(model)?;
    let input = Input::from(text);
    let prepared =
        Prepared::of(&input, &Normalizer::default(), Keep::Strip, &Packs::embedded(), &Cutter::new(model.cuts()));
    let observed = observe(prepared.lines(), None, &Packs::embedded(), false);
    let scores = Labeller::new(&model).network_scores(&observed);
    scores.ok_or_else(|| Error::format("the model is a chain: only a network has scores of its own"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_opens_a_text_is_none_of_its_characters() {
        for text in [
            "\u{feff}It rained &amp; rained.\n\nShare this",
            "\u{feff}",
            "\u{feff}\u{feff}one",
            "\u{feff} \r\n<b>two</b>",
        ] {
            let (of_text, of_bytes) = (clean(text), clean(text.as_bytes()));
            let blocks =
                |it: &Document| it.blocks().map(|block| (block.text().to_owned(), block.span())).collect::<Vec<_>>();
            assert_eq!(blocks(&of_text), blocks(&of_bytes), "{text:?}");
            let sources = |it: &Document| (0..it.text().len()).map(|at| it.source_span(at, at + 1)).collect::<Vec<_>>();
            assert_eq!(sources(&of_text), sources(&of_bytes), "{text:?}");
        }
        assert_eq!(clean("\u{feff}one").blocks().next().unwrap().span(), Span::new(3, 6));
    }
}
