//! The one table of labels: what a line can be to an editor. Every list of labels elsewhere (the model's, the CLI's, the
//! Python stubs', the docs') is made from this one.

use crate::named::named;

macro_rules! labels {
    ($($variant:ident $name:literal $meaning:literal)*) => {
        named! {
            /// What a line is to an editor, in the order of the label guide (docs/labels.md).
            ///
            /// ```
            /// use copydesk::Label;
            /// assert_eq!(Label::Caption.name(), "caption");
            /// assert_eq!("caption".parse::<Label>()?, Label::Caption);
            /// # Ok::<(), copydesk::Error>(())
            /// ```
            #[derive(PartialOrd, Ord)]
            #[repr(u8)]
            Label "label" {
                $(#[doc = $meaning] $variant = $name,)*
            }
        }

        const MEANINGS: [&str; Label::COUNT] = [$($meaning,)*];
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
    /// One sentence for people.
    pub const fn meaning(self) -> &'static str {
        MEANINGS[self as usize]
    }

    /// The table as docs/labels.md shows it.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn markdown() -> String {
        let mut page = String::from(
            "# Labels\n\nWhat a line is to an editor. The clean text is made of `body` and `heading`, unless `keep=` says \
             otherwise. A dateline that opens a paragraph does not change what that line is: it is body. This page is made \
             from the one table of labels (`UPDATE_DOCS=1 cargo test --features cli docs` writes it). How lines are labelled by people, \
             case by case, is described in [label-guide.md](label-guide.md).\n\n\
             | label | what it is |\n|---|---|\n",
        );
        for label in Self::ALL {
            page += &format!("| `{label}` | {} |\n", label.meaning());
        }
        page
    }
}
