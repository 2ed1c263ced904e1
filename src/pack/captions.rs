//! The words by which captions and their credits are read, of all packs together: one look at a word says all that they know
//! of the phrases it begins.

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
    /// Stands behind the one who is named: "photo", "撮影".
    pub const BEHIND: Kinds = 1 << 4;
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
}

/// Where someone stands in a picture, by name. The lists of the packs are called so too.
pub(crate) const SIDES: [&str; 8] =
    ["left", "right", "center", "top", "bottom", "from_left", "from_right", "clockwise"];

/// A phrase found: what it is, its first word and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
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
        for pack in packs {
            let words = &pack.caption;
            for (kind, list) in [
                (kind::MARK, &words.marks),
                (kind::MARK, &words.sure),
                (kind::SURE, &words.sure),
                (kind::FROM, &words.from),
                (kind::FILLER, &words.fillers),
                (kind::BEHIND, &words.behind),
                (kind::SENTENCE, &words.sentence),
                (kind::SMALL, &words.small),
                (kind::SMALL, &pack.byline.joiners),
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
    pub fn find(&self, words: &[Word], found: &mut Vec<Found>) {
        found.clear();
        self.0.scan_bits(words, |bit, first, len| found.push(Found { kind: 1 << bit, first, len }));
    }

    /// What a word is by itself.
    pub fn kinds(&self, word: &str) -> Kinds {
        self.0.get(join_hash(0, hash_word(word))) & !super::GOES_ON
    }
}
