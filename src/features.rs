//! The one table of features: everything that can speak for or against a label. The model's schema, the explanations and
//! the docs follow from it.
//!
//! A row has values; a value of a row, seen on a line, is a *feature*, a number that the model has weights for. *Line features*
//! are of the line itself and are also observed on its neighbours; *context features* tell where it stands in the document, and are
//! observed on it alone. Words are evidence too: which of them count, and for what, is learnt and stands in the model's lexicon.

use crate::error::{Error, Result};
use crate::labels::Label;
use crate::once::Lazy;

macro_rules! cues {
    ($($variant:ident $name:literal $meaning:literal)*) => {
        /// A kind of phrase in the language packs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Cue { $(#[doc = $meaning] $variant,)* }

        impl Cue {
            pub const ALL: &'static [Cue] = &[$(Cue::$variant,)*];
            const NAMES: &'static [&'static str] = &[$($name,)*];
        }

        const CUE_ROWS: &[Row] = &[$(Row { name: concat!("cue.", $name), meaning: $meaning, values: CUE_POSITIONS },)*];
    };
}

/// Where in a line a phrase can stand.
const CUE_POSITIONS: &[&str] = &["the whole line", "opens it", "ends it", "inside"];

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
    Byline "byline" "words before an author's name"
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
    /// The key of the cue in a pack's `[cues]`, and the end of its name in evidence.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|cue| cue.name() == name)
            .ok_or_else(|| Error::unknown("cue", name, Self::NAMES.iter().copied()))
    }

    /// The feature "a phrase of this cue stands there"; `place` is an index into the values of the cue's row.
    pub const fn feature(self, place: u16) -> u16 {
        SEEN_AROUND_ROWS_END + self as u16 * CUE_POSITIONS.len() as u16 + place
    }
}

/// A row of the table.
pub(crate) struct Row {
    /// Stable id.
    pub name: &'static str,
    /// One phrase for people.
    pub meaning: &'static str,
    /// What can be observed, one feature each.
    pub values: &'static [&'static str],
}

macro_rules! rows {
    ($table:ident $kind:ident $first:expr; $($variant:ident $name:literal $meaning:literal [$($value:literal)*])*) => {
        const $table: &[Row] = &[$(Row { name: $name, meaning: $meaning, values: &[$($value),*] },)*];

        /// Rows of the table, to name them in code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub(crate) enum $kind { $(#[doc = $meaning] $variant,)* }

        impl $kind {
            const BASES: [u16; $table.len()] = bases($table, $first);

            /// The feature "this row has that value"; `value` is an index into the row's values.
            pub const fn feature(self, value: u16) -> u16 {
                debug_assert!((value as usize) < $table[self as usize].values.len());
                Self::BASES[self as usize] + value
            }
        }
    };
}

const fn bases<const N: usize>(rows: &[Row], first: u16) -> [u16; N] {
    let mut bases = [0; N];
    let mut next = first;
    let mut i = 0;
    while i < N {
        bases[i] = next;
        next += rows[i].values.len() as u16;
        i += 1;
    }
    bases
}

const fn count_values(rows: &[Row]) -> u16 {
    let mut n = 0;
    let mut i = 0;
    while i < rows.len() {
        n += rows[i].values.len() as u16;
        i += 1;
    }
    n
}

rows! { LINE_ROWS LineFeature 0;
    Words "length.words" "words in the line (two characters of an unspaced script count one)"
        ["0" "1" "2" "3" "4" "5 or 6" "7 to 9" "10 to 14" "15 to 19" "20 to 29" "30 to 49" "50 to 79" "80 or more"]
    Ends "ends" "how the line ends"
        ["full stop" "question mark" "exclamation mark" "ellipsis" "colon" "comma or semicolon" "quotation mark"
         "stop and quotation mark" "bracket" "dash" "digit" "letter" "arrow" "symbol"]
    Starts "starts" "how the line begins"
        ["capital" "small letter" "letter without case" "digit" "quotation mark" "bullet" "dash" "bracket" "at sign"
         "hash" "copyright sign" "arrow" "symbol"]
    Case "case" "capitals among the first letters of the words"
        ["all letters capital" "every word" "most words" "some words" "the first only" "no word" "a script without case"]
    Sentences "sentences" "sentence ends inside the line"
        ["none" "1" "2" "3 or more"]
    Prose "prose" "reads as running text: long enough, small words, an end stop"
        ["yes" "nearly" "no"]
    Pattern "pattern" "a telling form"
        ["a lone number" "a clock time" "a year" "a date in digits" "a playing time" "web address" "e-mail address"
         "@handle" "#hashtag" "copyright sign" "upright bar" "bullet inside" "arrow inside" "slash between words"
         "colon after the first words" "brackets at the end" "a list number" "percent or money" "a name: two to four capitalised words"
         "nothing but symbols" "in quotation marks" "square brackets" "looks like a dateline"
         "nothing but a web address"]
    Markup "markup" "leftovers of markup"
        ["link" "image" "heading" "emphasis" "tag" "quote" "list"]
}

rows! { CONTEXT_ROWS ContextFeature SEEN_AROUND * 3;
    Chars "length.chars" "characters in the line"
        ["0 or 1" "2 or 3" "4 to 7" "8 to 15" "16 to 31" "32 to 63" "64 to 127" "128 to 255" "256 to 511" "512 or more"]
    Digits "digits" "digits among the letters and digits" ["none" "under 1 in 10" "under 3 in 10" "under 6 in 10" "most"]
    Commas "commas" "commas in the line" ["none" "1" "2" "3 or more"]
    Small "small words" "frequent small words among the words"
        ["none" "under 1 in 10" "under 2 in 10" "under 3 in 10" "under 4 in 10" "more"]
    Script "script" "script of the line's letters"
        ["Latin" "Cyrillic" "Greek" "Arabic or Hebrew" "Han or kana" "Hangul" "Indic" "other" "no letters"]
    FromStart "place.from start" "lines before it"
        ["none" "1" "2" "3" "4 or 5" "6 to 8" "9 to 14" "15 to 29" "30 or more"]
    FromEnd "place.from end" "lines after it"
        ["none" "1" "2" "3" "4 or 5" "6 to 8" "9 to 14" "15 to 29" "30 or more"]
    Tenth "place.tenth" "tenth of the document it stands in" ["1" "2" "3" "4" "5" "6" "7" "8" "9" "10"]
    Core "place.core" "where it stands to the story's core, the densest stretch of running text"
        ["16 or more lines before" "8 to 15 before" "4 to 7 before" "2 or 3 before" "just before" "its first line" "inside"
         "its last line" "just behind" "2 or 3 behind" "4 to 7 behind" "8 to 15 behind" "16 or more behind" "there is none"]
    ProseBefore "place.prose before" "lines since running text last stood" ["1" "2" "3" "4 to 7" "8 to 15" "16 or more" "never"]
    ProseAfter "place.prose after" "lines until running text stands again" ["1" "2" "3" "4 to 7" "8 to 15" "16 or more" "never"]
    Vocabulary "vocabulary" "its content words that the story's core uses"
        ["no content words" "none" "under 1 in 5" "under 2 in 5" "under 3 in 5" "under 4 in 5" "nearly all"]
    Headline "headline" "its content words that the headline (given, or the likeliest line) uses"
        ["it is the likeliest headline" "no content words" "none" "under 1 in 3" "under 2 in 3" "most" "the same words"]
    Given "given title" "likeness to the title that was given" ["the same" "holds it" "part of it"]
    Repeats "repeats" "the same line elsewhere in the document" ["above" "below" "both"]
    Opens "opens like" "its first five words open another line of the document too" ["one above" "one below" "both"]
    Run "run" "neighbouring lines of the same kind, in a row"
        ["short: 1 or 2" "short: 3 or 4" "short: 5 to 8" "short: 9 to 16" "short: 17 or more" "long: 1" "long: 2 or 3" "long: 4 or more"]
    Rhythm "rhythm" "lines of alternating kinds around it, as in lists of teasers" ["every second line" "every third line"]
    Clocks "clocks" "a clock time alone on the line, and how many lines of the document are one"
        ["1" "2 or 3" "4 or more"]
    UnderRelated "under.related" "lines since a line that leads to other stories" ["1" "2 or 3" "4 to 7" "8 to 15" "16 or more"]
    UnderComments "under.comments" "lines since a line that opens the comments" ["1" "2 or 3" "4 to 7" "8 to 15" "16 or more"]
    UnderPromo "under.promo" "lines since a line of a newsletter box or the like" ["1" "2 or 3" "4 to 7" "8 to 15" "16 or more"]
    UnderNav "under.nav" "lines since a line of a menu" ["1" "2 or 3" "4 to 7" "8 to 15" "16 or more"]
    UnderBio "under.bio" "lines since a line that opens an author box" ["1" "2 or 3" "4 to 7" "8 to 15" "16 or more"]
    UnderShare "under.share" "lines since a share button" ["1" "2 or 3" "4 to 7" "8 to 15" "16 or more"]
    UnderDeck "under.deck" "lines since a line that heads a summary" ["1" "2 or 3" "4 to 7" "8 to 15" "16 or more"]
    UnderAd "under.ad" "lines since a line of an advertisement" ["1" "2 or 3" "4 to 7" "8 to 15" "16 or more"]
    UnderLegal "under.legal" "lines since a line of copyright or terms" ["1" "2 or 3" "4 to 7" "8 to 15" "16 or more"]
    Lines "document.lines" "lines in the document" ["1" "2 to 4" "5 to 9" "10 to 19" "20 to 39" "40 to 79" "80 to 159" "160 or more"]
    ProseShare "document.prose" "running text among the document's lines"
        ["none" "under 1 in 10" "under 1 in 4" "under 1 in 2" "under 3 in 4" "nearly all"]
    Stops "document.stops" "long lines of the document that end as sentences do"
        ["there are no long lines" "under 1 in 10" "under 1 in 2" "under 9 in 10" "nearly all"]
    Parts "document.parts" "parts of lines among the document's pieces"
        ["none" "under 1 in 4" "under 3 in 4" "nearly all"]
    Piece "piece" "how it lies in its line, where it is not all of it"
        ["its first part" "in the middle" "its last part"]
    Within "piece.within" "length of that line in bytes"
        ["under 100" "under 200" "under 400" "under 800" "under 1,600" "under 3,200" "3,200 or more"]
}

const SEEN_AROUND_ROWS_END: u16 = count_values(LINE_ROWS);

/// Features of a line that are also observed on the line before (`+ SEEN_AROUND`) and after (`+ 2 * SEEN_AROUND`).
pub(crate) const SEEN_AROUND: u16 = SEEN_AROUND_ROWS_END + (Cue::ALL.len() * CUE_POSITIONS.len()) as u16;

/// How many features the table has.
pub(crate) const FEATURES: u16 = SEEN_AROUND * 3 + count_values(CONTEXT_ROWS);

macro_rules! families {
    ($($variant:ident $name:literal $meaning:literal)*) => {
        /// A kind of word evidence; its values are learnt, not listed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Family { $(#[doc = $meaning] $variant,)* }

        impl Family {
            pub const ALL: &'static [Family] = &[$(Family::$variant,)*];
        }

        const FAMILY_ROWS: &[Row] = &[$(Row { name: $name, meaning: $meaning, values: &[] },)*];
    };
}

families! {
    Word "word" "a word of the line's head or tail"
    First "word.first" "the first word"
    Last "word.last" "the last word"
    Pair "word.pair" "two words in a row"
    Line "word.line" "all words of a short line"
    Before "word.before" "all words of a short line before"
    After "word.after" "all words of a short line after"
    Shape "shape" "the form of a short line: A capital, a small letters, 9 digits, the rest as it stands"
}

impl Family {
    /// Stable id.
    pub fn name(self) -> &'static str {
        FAMILY_ROWS[self as usize].name
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|family| family.name() == name)
    }
}

/// What weighs on a line from its neighbours' labels, in the explanation of a label.
const SEQUENCE_ROWS: &[Row] = &[
    Row { name: "sequence.before", meaning: "the labels of the lines before it", values: &[] },
    Row { name: "sequence.after", meaning: "the labels of the lines after it", values: &[] },
];

/// Name and meaning of the evidence that the neighbours' labels give: from before, from after.
pub(crate) const SEQUENCE: [(&str, &str); 2] =
    [(SEQUENCE_ROWS[0].name, SEQUENCE_ROWS[0].meaning), (SEQUENCE_ROWS[1].name, SEQUENCE_ROWS[1].meaning)];

/// The table as docs/evidence.md shows it.
#[cfg(feature = "fuzzing")]
pub(crate) fn markdown() -> String {
    let mut page = String::from(
        "# Evidence\n\nEverything that can speak for or against a label: one table, from which the model's schema, the \
         explanations and this page are made (`UPDATE_DOCS=1 cargo test --features cli docs` writes it). Each value of a row \
         is one feature. The features of the line itself are also observed on the line before it and after it, under the names \
         `before.…` and `after.…`; words and forms are learnt, so their values are in the model.\n\n\
         A weight is in nats of log odds: it says by how much this one thing makes the block's label likelier than the one in `over`, the \
         next most probable of the line (or than all others where that is null); a negative weight speaks for the other label. 0.69 doubles \
         the odds, 2.3 makes them ten times as high. `copydesk inspect --why` shows the weights below the two labels: `for body \
         over caption:`.\n\n\
         | name | what it is | values | around |\n|---|---|---|---|\n",
    );
    let around = LINE_ROWS.iter().chain(CUE_ROWS).map(|row| (row, "yes"));
    let rows = around.chain(CONTEXT_ROWS.iter().chain(FAMILY_ROWS).chain(SEQUENCE_ROWS).map(|row| (row, "")));
    for (row, around) in rows {
        let values = if row.values.is_empty() { "learnt".to_owned() } else { row.values.join(" · ") };
        page += &format!("| `{}` | {} | {values} | {around} |\n", row.name, row.meaning);
    }
    page += "\nOf pages (docs/pages.md) what the HTML shows is evidence beside what the words alone say of a line, which is one sum there. Which \
             values count is learnt, and they stand in `model/page.model`.\n\n| name | what it is |\n|---|---|\n\
             | `page.words` | what its words alone say |\n";
    for (name, meaning) in PageFamily::ALL {
        page += &format!("| `{name}` | {meaning} |\n");
    }
    page
}

macro_rules! page_families {
    ($($variant:ident $name:literal $meaning:literal)*) => {
        /// What pages show of a line: families whose values are words, of which the model of pages knows those that count.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum PageFamily {
            $(#[doc = $meaning] $variant,)*
        }

        impl PageFamily {
            /// Name and meaning of each.
            pub const ALL: &'static [(&'static str, &'static str)] = &[$(($name, $meaning)),*];
        }
    };
}

page_families! {
    Element "page.element" "the block that it stands in"
    Inline "page.inline" "the element inside the block that all of it stands in"
    Within "page.within" "an element that it stands in, at any depth"
    Class "page.class" "a word of the class, id, role or label of the block, or of what all of it stands in, and the words of one together"
    ClassNear "page.class.near" "the same of the two elements around the block"
    ClassAround "page.class.around" "the same of any element further out"
    Link "page.link" "a word of the class or address of the first link in it"
    Order "page.order" "whether it is the first or the last line in the element around its block"
    Linked "page.linked" "how much of it is links"
    LinkedBox "page.linked.box" "how much of what stands in the element around its block is links"
    LinkedBoxes "page.linked.boxes" "the same two elements further out"
    Strong "page.strong" "how much of it is bold"
    Images "page.images" "pictures between the line before and it"
    Hidden "page.hidden" "whether it is shown"
    Alike "page.alike" "how many lines of the page stand in the same kind of element"
    AlikeKept "page.alike.kept" "how likely those are of the story, by their words"
    Box "page.box" "how likely what stands in the element around its block is of the story, by its words"
    Boxes "page.boxes" "the same two elements further out"
    Core "page.core" "where it lies to the element that holds most of the story"
    Title "page.title" "its likeness to what the page gives as headline"
    Description "page.description" "its likeness to what the page gives as description"
    Author "page.author" "whether it names whom the page gives as author"
    Article "page.article" "how much of it stands in the text that the page gives as its story"
    Caption "page.caption" "whether it is what the page gives as the description of a picture"
    Kind "page.kind" "what the page says it is"
    Tenth "page.tenth" "tenth of the page's lines that it stands in"
    Heading "page.heading" "lines since the first heading of the first rank"
    Form "page.form" "its length in the block that it stands in"
    Talk "page.talk" "how much of what words say is story or comments is comments, on the whole page; and whether it is one, by its words"
    Piece "page.piece" "whether it is a part of a line"
}

/// A feature in words.
pub(crate) struct Feature {
    /// Name of its row, "before." or "after." in front when it is observed on a neighbour.
    pub name: String,
    /// For people: "ends: full stop".
    pub detail: String,
    /// For files: "ends=full stop".
    pub id: String,
}

/// Every feature of the table, by number.
pub(crate) static FEATURE_TABLE: Lazy<Vec<Feature>> = Lazy::new(|| {
    let mut features = Vec::with_capacity(FEATURES.into());
    let mut add = |row: &Row, prefix: &str, spoken: &str| {
        for value in row.values {
            let name = format!("{prefix}{}", row.name);
            let detail = format!("{spoken}{}: {value}", row.meaning);
            features.push(Feature { id: format!("{name}={value}"), name, detail });
        }
    };
    for (prefix, spoken) in [("", ""), ("before.", "line before: "), ("after.", "line after: ")] {
        LINE_ROWS.iter().chain(CUE_ROWS).for_each(|row| add(row, prefix, spoken));
    }
    CONTEXT_ROWS.iter().for_each(|row| add(row, "", ""));
    features
});

/// A short digest of the table: a model learnt on another table is refused.
pub(crate) fn schema() -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    FEATURE_TABLE.iter().for_each(|feature| eat(&feature.id));
    FAMILY_ROWS.iter().for_each(|row| eat(row.name));
    Label::ALL.iter().for_each(|label| eat(label.name()));
    format!("{hash:016x}")
}

/// The hash under which a word of a family stands in the lexicon.
pub(crate) fn family_hash(family: Family, hash: u32) -> u32 {
    (hash ^ (family as u32 + 1).wrapping_mul(0x85eb_ca6b)).wrapping_mul(0xc2b2_ae35).rotate_left(13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_and_rows_agree() {
        assert_eq!(FEATURE_TABLE.len(), usize::from(FEATURES));
        assert_eq!(FEATURE_TABLE[LineFeature::Ends.feature(0) as usize].id, "ends=full stop");
        assert_eq!(FEATURE_TABLE[Cue::Share.feature(0) as usize].id, "cue.share=the whole line");
        assert_eq!(FEATURE_TABLE[(Cue::Share.feature(0) + SEEN_AROUND) as usize].id, "before.cue.share=the whole line");
        assert_eq!(FEATURE_TABLE[ContextFeature::Lines.feature(0) as usize].id, "document.lines=1");
    }

    #[test]
    fn ids_are_unique() {
        let ids: std::collections::HashSet<_> = FEATURE_TABLE.iter().map(|feature| &feature.id).collect();
        assert_eq!(ids.len(), FEATURE_TABLE.len());
    }
}
