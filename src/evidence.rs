//! evidence (wip)
use crate::error::{Error, Result};

macro_rules! cues {
    ($($variant:ident $name:literal $meaning:literal)*) => {
        /// A kind of phrase in the language packs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Cue { $(#[doc = $meaning] $variant,)* }

        impl Cue {
            pub const ALL: &'static [Cue] = &[$(Cue::$variant,)*];
            const NAMES: &'static [&'static str] = &[$($name,)*];
            const MEANINGS: &'static [&'static str] = &[$($meaning,)*];
        }
    };
}

cues! {
    Share "share" "words of share buttons"
    Related "related" "words that lead to other stories"
    Promo "promo" "words of newsletters, subscriptions and apps"
    Nav "nav" "words of menus"
    Legal "legal" "words of copyright and terms"
    Comments "comments" "words around reader comments"
    Ad "ad" "words of advertisements"
    Bio "bio" "words of author boxes"
    Ui "ui" "words of buttons, players and cookie banners"
    Note "note" "words of editorial notes"
    Embed "embed" "words of embedded posts"
    Deck "deck" "words that head a summary"
    Title "title" "words before a headline"
    BylineLead "byline" "words before an author's name"
    Role "role" "what a writer is"
    Credit "credit" "words before a picture credit"
    Caption "caption" "words that point at a picture"
    Published "published" "words before a date of publication or update"
    Relative "relative" "words of relative times"
    Weekday "weekday" "a day of the week"
    Month "month" "a month"
    Agency "agency" "a news agency"
    Function "function" "the most frequent small words of a language"
}

impl Cue {
    /// The key of the cue in a pack's `[cues]`, and its name in evidence.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// One phrase for people.
    pub const fn meaning(self) -> &'static str {
        Self::MEANINGS[self as usize]
    }

    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|cue| cue.name() == name)
            .ok_or_else(|| Error::unknown("cue", name, Self::NAMES.iter().copied()))
    }
}
