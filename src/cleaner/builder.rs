//! Options of a cleaner, and the cleaner made by them.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::keep::Keeper;
use super::{Balance, Cleaner, Inner, Keep, UpTo};
use crate::error::Result;
use crate::label::Labeller;
use crate::labels::Label;
use crate::pack::Packs;
use crate::segment::cut::Cutter;
use crate::text::repair::Normalizer;
use crate::weights::Model;

/// Which model labels.
#[derive(Clone, Debug)]
pub(crate) enum ModelChoice {
    Named(String),
    /// What is in a file, and its name for messages, where it is known.
    File(Vec<u8>, Option<String>),
}

impl ModelChoice {
    /// What tells it from another one: the name of a file does not.
    fn content(&self) -> (Option<&str>, &[u8]) {
        match self {
            Self::Named(name) => (Some(name), &[]),
            Self::File(bytes, _) => (None, bytes),
        }
    }
}

impl PartialEq for ModelChoice {
    fn eq(&self, other: &Self) -> bool {
        self.content() == other.content()
    }
}

impl Eq for ModelChoice {}

impl Hash for ModelChoice {
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
    pub(crate) model: ModelChoice,
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
            model: ModelChoice::Named("default".to_owned()),
            packs: Vec::new(),
        }
    }
}

/// Those labels in the order of all, each once.
fn in_order(labels: &[Label]) -> Vec<Label> {
    Label::ALL.into_iter().filter(|label| labels.contains(label)).collect()
}

impl CleanerBuilder {
    /// What must be known of a document for its clean text.
    pub(super) fn needs(&self) -> UpTo {
        if [self.dateline, self.inline].contains(&Keep::Strip) { UpTo::Fields } else { UpTo::Text }
    }

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
        self.model = ModelChoice::Named(name.into());
        self
    }

    /// A model made by training, as the bytes of its file: a chain or a network.
    pub fn model_bytes(&mut self, bytes: impl Into<Vec<u8>>) -> &mut Self {
        self.model = ModelChoice::File(bytes.into(), None);
        self
    }

    /// The same with the name of the file, for messages.
    #[cfg(feature = "cli")]
    pub(crate) fn model_file(&mut self, name: String, bytes: Vec<u8>) -> &mut Self {
        self.model = ModelChoice::File(bytes, Some(name));
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
    /// When no model has the name that was given; when the model's bytes are not a model, or are one learnt on another table of evidence; when a pack is not a pack.
    pub fn build(&self) -> Result<Cleaner> {
        let model = match &self.model {
            ModelChoice::Named(name) => Model::named(name)?,
            ModelChoice::File(bytes, None) => Model::from_bytes(bytes)?,
            ModelChoice::File(bytes, Some(name)) => Model::from_bytes(bytes).map_err(|error| error.context(name))?,
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
