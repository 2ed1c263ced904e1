//! The words by which captions and their credits are read, of all packs together: one look at a word says all that they know
//! of the phrases it begins.

use serde::Deserialize;

use super::phrases::{GOES_ON, PhraseTable as _};
use super::{Pack, Phrases, Wires};
use crate::text::words::{Word, hash_word, join_hash};

/// What a phrase is to a caption: a set of the constants of [`kind`].
pub(crate) type Kinds = u32;

/// What a phrase can be.
pub(crate) mod kind {
    use super::Kinds;

    /// Stands before a credit and a colon: "photo".
    pub const MARK: Kinds = 1 << 0;
    /// Stands before a credit and needs no colon: "photo by".
    pub const SURE: Kinds = 1 << 1;
    /// Stands between those a credit names: "via".
    pub const FROM: Kinds = 1 << 2;
    /// Part of a credit that names nobody: "handout".
    pub const FILLER: Kinds = 1 << 3;
    /// Stands after the one who is named: "photo", "撮影".
    pub const AFTER: Kinds = 1 << 4;
    /// Stands before the sentence: "image caption".
    pub const SENTENCE: Kinds = 1 << 5;
    /// A button or the like: "hide caption".
    pub const BUTTON: Kinds = 1 << 6;
    /// Named in credits beside agencies, and other words of credits.
    pub const HOUSE: Kinds = 1 << 7;
    /// A name of an agency, in any case.
    pub const AGENCY: Kinds = 1 << 8;
    /// A small word between names or inside them: "and", "van".
    pub const SMALL: Kinds = 1 << 9;
    /// Says what it is the caption of.
    pub const PHOTO: Kinds = 1 << 10;
    pub const VIDEO: Kinds = 1 << 11;
    pub const GRAPHIC: Kinds = 1 << 12;
    /// The first of [`SIDES`](super::SIDES).
    pub const FIRST_SIDE: u32 = 13;
    /// Any of them.
    pub const SIDE: Kinds = ((1 << super::SIDES.len()) - 1) << FIRST_SIDE;
    /// A sentence after the credit: "used with permission".
    pub const RIGHTS: Kinds = 1 << 21;
}

/// Where someone stands in a picture, by name. The lists of the packs are called so too.
pub(crate) const SIDES: [&str; 8] =
    ["left", "right", "center", "top", "bottom", "from_left", "from_right", "clockwise"];

/// Words of captions and credits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CaptionWords {
    /// Words of credits: a cue for the labels, and names to the reader.
    pub credit: Vec<String>,
    /// That say what it is the caption of.
    pub photo: Vec<String>,
    pub video: Vec<String>,
    pub graphic: Vec<String>,
    /// Before a colon and a credit: "photo".
    pub marks: Vec<String>,
    /// Before a credit, with a colon or without: "photo by".
    pub sure: Vec<String>,
    /// Between the names of a credit: "via".
    pub from: Vec<String>,
    /// Name nobody: "handout".
    pub fillers: Vec<String>,
    /// After a name: "photo", "撮影".
    pub after: Vec<String>,
    /// Before the sentence: "image caption".
    pub sentence: Vec<String>,
    /// After the credit: "used with permission".
    pub rights: Vec<String>,
    /// In small letters inside the names of houses: "of".
    pub small: Vec<String>,
    pub sides: SideWords,
}

impl CaptionWords {
    /// All lists by name.
    pub fn lists(&self) -> [(&'static str, &Vec<String>); 20] {
        let sides = &self.sides;
        [
            ("caption.credit", &self.credit),
            ("caption.photo", &self.photo),
            ("caption.video", &self.video),
            ("caption.graphic", &self.graphic),
            ("caption.marks", &self.marks),
            ("caption.sure", &self.sure),
            ("caption.from", &self.from),
            ("caption.fillers", &self.fillers),
            ("caption.after", &self.after),
            ("caption.sentence", &self.sentence),
            ("caption.rights", &self.rights),
            ("caption.small", &self.small),
            ("caption.sides.left", &sides.left),
            ("caption.sides.right", &sides.right),
            ("caption.sides.center", &sides.center),
            ("caption.sides.top", &sides.top),
            ("caption.sides.bottom", &sides.bottom),
            ("caption.sides.from_left", &sides.from_left),
            ("caption.sides.from_right", &sides.from_right),
            ("caption.sides.clockwise", &sides.clockwise),
        ]
    }
}

/// Where in a picture someone stands.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SideWords {
    pub left: Vec<String>,
    pub right: Vec<String>,
    pub center: Vec<String>,
    pub top: Vec<String>,
    pub bottom: Vec<String>,
    /// "from left to right", "second from left".
    pub from_left: Vec<String>,
    pub from_right: Vec<String>,
    pub clockwise: Vec<String>,
}

impl SideWords {
    /// In the order of [`SIDES`].
    pub fn lists(&self) -> [&Vec<String>; SIDES.len()] {
        [
            &self.left,
            &self.right,
            &self.center,
            &self.top,
            &self.bottom,
            &self.from_left,
            &self.from_right,
            &self.clockwise,
        ]
    }
}

/// A phrase found: what it is, its first word and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CaptionPhrase {
    pub kind: Kinds,
    pub first: usize,
    pub len: usize,
}

/// The phrases of all packs.
#[derive(Debug)]
pub(crate) struct Captions(Phrases);

impl Captions {
    pub fn new(packs: &[Pack], wires: &Wires) -> Self {
        let mut phrases = Phrases::default();
        let mut add = |kind: Kinds, list: &mut dyn Iterator<Item = &str>| {
            list.for_each(|phrase| phrases.add_bit(phrase, kind.trailing_zeros()));
        };
        // "in" is an "and" of Slovenian; in English it goes on with the sentence.
        let english = packs.iter().find(|pack| pack.code == "en").map_or(&[][..], |pack| &pack.byline.place);
        for pack in packs {
            let words = &pack.caption;
            let joiners: Vec<String> =
                pack.byline.joiners.iter().filter(|word| !english.contains(word)).cloned().collect();
            for (kind, list) in [
                (kind::MARK, &words.marks),
                (kind::MARK, &words.sure),
                (kind::SURE, &words.sure),
                (kind::FROM, &words.from),
                (kind::FILLER, &words.fillers),
                (kind::AFTER, &words.after),
                (kind::SENTENCE, &words.sentence),
                (kind::RIGHTS, &words.rights),
                (kind::SMALL, &words.small),
                (kind::SMALL, &joiners),
                (kind::SMALL, &pack.byline.with),
                (kind::BUTTON, &pack.inline.ui),
                (kind::HOUSE, &words.credit),
                (kind::PHOTO, &words.photo),
                (kind::VIDEO, &words.video),
                (kind::GRAPHIC, &words.graphic),
            ] {
                add(kind, &mut list.iter().map(String::as_str));
            }
            for (i, list) in (0..).zip(words.sides.lists()) {
                add(1 << (kind::FIRST_SIDE + i), &mut list.iter().map(String::as_str));
            }
        }
        add(kind::AGENCY, &mut wires.agency_names());
        add(kind::SMALL, &mut wires.name_particles());
        Self(phrases)
    }

    /// The longest phrase of each kind at each word, in the order of the words; of one word, the longest first.
    pub fn find(&self, words: &[Word], found: &mut Vec<CaptionPhrase>) {
        found.clear();
        self.0.scan_bits(words, |bit, first, len| found.push(CaptionPhrase { kind: 1 << bit, first, len }));
    }

    /// What a word is by itself.
    pub fn kinds(&self, word: &str) -> Kinds {
        self.0.get(join_hash(0, hash_word(word))) & !GOES_ON
    }
}
