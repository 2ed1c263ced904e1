//! Fields of a document by their names: what records and columns are given of it.

use std::cell::RefCell;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::cleaner::UpTo;
use crate::document::{Document, MarkdownOptions, written};
use crate::named::named;
use crate::text::words::{Word, split_words};

named! {
    /// A field of what was made of a text.
    Field "field" {
        /// The clean text.
        Text = "text",
        /// The same as Markdown.
        Markdown = "markdown",
        /// Whether it holds a story.
        Verdict = "verdict",
        /// How probable that is.
        VerdictScore = "verdict_score",
        /// The language.
        Lang = "lang",
        /// The headline.
        Title = "title",
        /// The name of the site beside it.
        Site = "site",
        /// The standfirst.
        Deck = "deck",
        /// Who wrote it.
        Byline = "byline",
        /// When it was published.
        Published = "published",
        /// When it was updated.
        Updated = "updated",
        /// The canonical address, of a page.
        Url = "url",
        /// The section, of a page.
        Section = "section",
        /// The keywords, of a page.
        Tags = "tags",
        /// The address of the lead picture, of a page.
        Image = "image",
        /// Place, date and agency at the head of the story.
        Dateline = "dateline",
        /// Captions of pictures, with their credits.
        Captions = "captions",
        /// Version of the rules.
        RulesVersion = "rules_version",
        /// Words of the clean text.
        Words = "words",
        /// What is not in the clean text: a label and a text each.
        Removed = "removed",
        /// All blocks, with their labels and places.
        Blocks = "blocks",
    }
}

impl Field {
    /// Those that are given when none are named.
    pub fn usual() -> Vec<Self> {
        let seldom = [Self::Markdown, Self::Words, Self::Removed, Self::Blocks];
        Self::ALL.into_iter().filter(|field| !seldom.contains(field)).collect()
    }

    /// How far a document must be read for it.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "columns alone ask"))]
    pub fn needs(self) -> UpTo {
        match self {
            Self::Text | Self::Words | Self::Removed | Self::RulesVersion => UpTo::Text,
            Self::Verdict | Self::VerdictScore => UpTo::Verdict,
            Self::Lang => UpTo::Lang,
            _ => UpTo::Fields,
        }
    }
}

/// An object of fields of a document.
pub(crate) struct FieldsOf<'d> {
    pub document: &'d Document,
    pub fields: &'d [Field],
    pub markdown: MarkdownOptions,
}

impl Serialize for FieldsOf<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { document, fields, markdown } = *self;
        let mut to = to.serialize_struct("Document", fields.len())?;
        for field in fields {
            macro_rules! put {
                ($value:expr) => {
                    to.serialize_field(field.name(), $value)?
                };
            }
            match field {
                Field::Text => put!(document.text()),
                Field::Markdown => put!(&document.markdown_with(markdown)),
                Field::Url => put!(&document.url()),
                Field::Section => put!(&document.section()),
                Field::Tags => put!(document.tags()),
                Field::Image => put!(&document.image()),
                Field::Verdict => put!(&document.verdict()),
                Field::VerdictScore => put!(&written(document.verdict_score())),
                Field::Lang => put!(&document.lang()),
                Field::Title => put!(&document.title()),
                Field::Site => put!(&document.site()),
                Field::Deck => put!(&document.deck()),
                Field::Byline => put!(&document.byline()),
                Field::Published => put!(&document.published()),
                Field::Updated => put!(&document.updated()),
                Field::Dateline => put!(&document.dateline()),
                Field::Captions => put!(document.captions()),
                Field::RulesVersion => put!(document.rules_version()),
                Field::Words => put!(&words(document.text())),
                Field::Removed => put!(&RemovedOf(document)),
                Field::Blocks => put!(&document.blocks_json()),
            }
        }
        to.end()
    }
}

/// The blocks that are not in the clean text.
struct RemovedOf<'d>(&'d Document);

impl Serialize for RemovedOf<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.removed().map(|block| Removed { label: block.label().name(), text: block.text() }))
    }
}

#[derive(serde::Serialize)]
struct Removed<'d> {
    label: &'d str,
    text: &'d str,
}

/// Words of a text; of scripts that set no spaces, characters.
pub(crate) fn words(text: &str) -> u64 {
    thread_local!(static WORDS: RefCell<Vec<Word>> = const { RefCell::new(Vec::new()) });
    WORDS.with_borrow_mut(|words| {
        words.clear();
        split_words(text, words);
        words.len() as u64
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_counted() {
        assert_eq!((words(""), words("It rained, and rained."), words("東京の天気")), (0, 4, 5));
    }
}
