//! What can be added to a record.

use serde::Serialize;

use super::tally::words;
use crate::document::{Document, MarkdownOptions, written};
use crate::named::named;

named! {
    /// A part of what was made of a text.
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
        /// Nothing.
        None = "none",
    }
}

impl Field {
    /// Those that are added when none are named.
    pub fn usual() -> Vec<Self> {
        let seldom = [Self::Markdown, Self::Words, Self::Removed, Self::Blocks, Self::None];
        Self::ALL.into_iter().filter(|field| !seldom.contains(field)).collect()
    }

    /// It of a document, as JSON.
    fn push(self, document: &Document, markdown: MarkdownOptions, to: &mut Vec<u8>) {
        match self {
            Self::Text => push(to, document.text()),
            Self::Markdown => push(to, &document.markdown_with(markdown)),
            Self::Url => push(to, &document.url()),
            Self::Section => push(to, &document.section()),
            Self::Tags => push(to, document.tags()),
            Self::Image => push(to, &document.image()),
            Self::Verdict => push(to, &document.verdict()),
            Self::VerdictScore => push(to, &written(document.verdict_score())),
            Self::Lang => push(to, &document.lang()),
            Self::Title => push(to, &document.title()),
            Self::Site => push(to, &document.site()),
            Self::Deck => push(to, &document.deck()),
            Self::Byline => push(to, &document.byline()),
            Self::Published => push(to, &document.published()),
            Self::Updated => push(to, &document.updated()),
            Self::Dateline => push(to, &document.dateline()),
            Self::Captions => push(to, &document.captions()),
            Self::RulesVersion => push(to, document.rules_version()),
            Self::Words => push(to, &words(document.text())),
            Self::Removed => {
                let removed =
                    document.removed().map(|block| Removed { label: block.label().name(), text: block.text() });
                push(to, &removed.collect::<Vec<_>>());
            }
            Self::Blocks => push(to, &Blocks(document)),
            Self::None => to.extend_from_slice(b"null"),
        }
    }
}

#[derive(Serialize)]
struct Removed<'d> {
    label: &'d str,
    text: &'d str,
}

/// The blocks, as the JSON of the document has them.
struct Blocks<'d>(&'d Document);

impl Serialize for Blocks<'_> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.blocks_json().serialize(to)
    }
}

fn push(to: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    // Numbers, texts and keys that are texts: none of it can fail.
    let _ = serde_json::to_writer(to, value);
}

/// An object of those parts of a document.
pub(super) fn object(fields: &[Field], document: &Document, markdown: MarkdownOptions) -> String {
    let mut to = Vec::with_capacity(document.text().len() + 512);
    to.push(b'{');
    for field in fields {
        if to.len() > 1 {
            to.push(b',');
        }
        push(&mut to, field.name());
        to.push(b':');
        field.push(document, markdown, &mut to);
    }
    to.push(b'}');
    // It is JSON, which is text.
    String::from_utf8(to).unwrap_or_default()
}
