//! The one table of labels: what a line can be to an editor. Every list of labels elsewhere (the model's, the CLI's, the
//! Python stubs', the docs') is made from this one.

use crate::error::{Error, Result};

macro_rules! labels {
    ($($variant:ident $name:literal $meaning:literal)*) => {
        /// What a line is to an editor, in the order of the label guide (docs/labels.md).
        ///
        /// ```
        /// use copydesk::Label;
        /// assert_eq!(Label::Caption.name(), "caption");
        /// assert_eq!(Label::from_name("caption").unwrap(), Label::Caption);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Label {
            $(#[doc = $meaning] $variant,)*
        }

        impl Label {
            /// All labels, in order.
            pub const ALL: [Label; Label::COUNT] = [$(Label::$variant,)*];

            const NAMES: [&'static str; Label::COUNT] = [$($name,)*];
            const MEANINGS: [&'static str; Label::COUNT] = [$($meaning,)*];
        }
    };
}

labels! {
    Title "title" "the story's own headline, repeats of it near the top and page titles that hold it"
    Deck "deck" "standfirst, sub-headline or summary shown above the story"
    Byline "byline" "who wrote or edited it, an agency as author too"
    Timestamp "timestamp" "date or time of publication or update, reading time"
    Dateline "dateline" "a place of report on a line of its own"
    Heading "heading" "a crosshead inside the story"
    Body "body" "the story's own running text: paragraphs, lists, quotes, tables"
    Caption "caption" "caption or credit of a picture, video or graphic of the story"
    Embed "embed" "an embedded social post or widget content"
    Note "note" "an editorial note on the story: correction, disclosure, contact for tips"
    Share "share" "share, save, print and like buttons and their counts"
    Related "related" "links to other stories, their teasers, most-read lists"
    Promo "promo" "newsletter, subscription, app, donation, log-in, follow-us"
    Nav "nav" "menus, breadcrumbs, section names, tags, pagination"
    Legal "legal" "copyright, terms, disclaimers, site addresses"
    Comments "comments" "reader comments and the furniture around them"
    Ad "ad" "advertisements, sponsored content, price boxes"
    Bio "bio" "about the author"
    Ui "ui" "player controls, buttons, cookie banners, counters, stray symbols"
}

impl Label {
    /// How many labels there are.
    pub const COUNT: usize = 19;

    /// The stable name, lower case: what JSON, Python and the CLI show.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// One sentence for people.
    pub const fn meaning(self) -> &'static str {
        Self::MEANINGS[self as usize]
    }

    /// The table as docs/labels.md shows it.
    pub(crate) fn markdown() -> String {
        let mut page = String::from(
            "# Labels\n\nWhat a line is to an editor. The clean text is made of `body` and `heading`, unless `keep=` says \
             otherwise. A dateline that opens a paragraph does not change what that line is: it is body. This page is made \
             from the one table of labels (`UPDATE_DOCS=1 cargo test --features cli docs` writes it). How lines are labelled by people, \
             case by case, stands in [label-guide.md](label-guide.md).\n\n\
             | label | what it is |\n|---|---|\n",
        );
        for label in Self::ALL {
            page += &format!("| `{label}` | {} |\n", label.meaning());
        }
        page
    }

    /// The label of that name.
    ///
    /// # Errors
    /// When no label is called so; the message lists the names.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|label| label.name() == name)
            .ok_or_else(|| Error::unknown("label", name, Self::NAMES))
    }
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl std::str::FromStr for Label {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::from_name(name)
    }
}

impl serde::Serialize for Label {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Label {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        Self::from_name(&name).map_err(serde::de::Error::custom)
    }
}
