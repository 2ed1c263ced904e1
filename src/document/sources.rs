//! Where the fields of a document were taken from.

use serde::de::Error as _;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::named::named;

named! {
    /// A field of a [`Document`](super::Document) that more than one place can tell.
    #[non_exhaustive]
    FieldName "field" {
        /// [`title`](super::Document::title).
        Title = "title",
        /// [`deck`](super::Document::deck).
        Deck = "deck",
        /// [`byline`](super::Document::byline).
        Byline = "byline",
        /// [`published`](super::Document::published).
        Published = "published",
        /// [`updated`](super::Document::updated).
        Updated = "updated",
        /// [`site`](super::Document::site).
        Site = "site",
        /// [`lang`](super::Document::lang).
        Lang = "lang",
        /// [`url`](super::Document::url).
        Url = "url",
        /// [`section`](super::Document::section).
        Section = "section",
        /// [`tags`](super::Document::tags).
        Tags = "tags",
        /// [`image`](super::Document::image).
        Image = "image",
    }
}

named! {
    /// Where a field was taken from.
    #[non_exhaustive]
    FieldSource "source of a field" {
        /// A line of the text or page, which readers see.
        Line = "line",
        /// Linked data of the page (JSON-LD).
        JsonLd = "json_ld",
        /// A meta tag: Open Graph, Dublin Core and the like, or a property of an element (`itemprop`).
        Meta = "meta",
        /// Other HTML: `<title>`, `<html lang>`, `<time datetime>`, `<link rel=canonical>`.
        Html = "html",
        /// The address of the page.
        Url = "url",
        /// The words of the text: its language was detected.
        Words = "words",
        /// Who called said so: a hint.
        Given = "given",
    }
}

/// The source of each field that was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sources([Option<FieldSource>; FieldName::COUNT]);

impl Sources {
    pub fn get(&self, field: FieldName) -> Option<FieldSource> {
        self.0.get(field as usize).copied().flatten()
    }

    pub fn set(&mut self, field: FieldName, source: Option<FieldSource>) {
        if let Some(known) = self.0.get_mut(field as usize) {
            *known = source;
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (FieldName, FieldSource)> + '_ {
        FieldName::ALL.into_iter().filter_map(|field| Some((field, self.get(field)?)))
    }
}

/// An object: of each field that was found its source.
impl Serialize for Sources {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.iter().count()))?;
        for (field, source) in self.iter() {
            map.serialize_entry(field.name(), source.name())?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Sources {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut sources = Self::default();
        for (field, source) in std::collections::BTreeMap::<String, FieldSource>::deserialize(from)? {
            sources.set(FieldName::from_name(&field).map_err(D::Error::custom)?, Some(source));
        }
        Ok(sources)
    }
}
