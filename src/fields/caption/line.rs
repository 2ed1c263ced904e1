//! A caption as words, what the packs know of them, and what stands between them.

use crate::fields::phrase;
use crate::pack::{CaptionKinds as Kinds, CaptionPhrase, Packs, caption_kind as kind};
use crate::text::part::PartOf;
use crate::text::words::{Word, split_words};

/// What stands between two words: a set of the constants of [`gap`].
pub(super) type Gap = u16;

pub(super) mod gap {
    use super::Gap;

    /// The end of a sentence.
    pub const STOP: Gap = 1 << 0;
    pub const COMMA: Gap = 1 << 1;
    pub const COLON: Gap = 1 << 2;
    pub const BAR: Gap = 1 << 3;
    /// A dash, or a hyphen between spaces.
    pub const DASH: Gap = 1 << 4;
    pub const SLASH: Gap = 1 << 5;
    pub const OPEN: Gap = 1 << 6;
    pub const CLOSE: Gap = 1 << 7;
    /// The copyright sign.
    pub const SIGN: Gap = 1 << 8;
    pub const JOIN: Gap = 1 << 9;
    pub const LINE: Gap = 1 << 10;
    pub const QUOTE: Gap = 1 << 11;
    pub const SPACE: Gap = 1 << 12;
    /// Either end of the text.
    pub const EDGE: Gap = 1 << 13;
    pub const EQUALS: Gap = 1 << 14;
    /// Something may begin after them.
    pub const FRESH: Gap = STOP | BAR | DASH | CLOSE | LINE | QUOTE | SLASH;
    /// Names end there.
    pub const APART: Gap = STOP | COMMA | COLON | BAR | DASH | SLASH | OPEN | CLOSE | SIGN | JOIN | LINE | EDGE;
}

/// Words that may stand in small letters in a credit.
const AT_HOME: Kinds = kind::MARK
    | kind::SURE
    | kind::FROM
    | kind::FILLER
    | kind::AFTER
    | kind::HOUSE
    | kind::SMALL
    | kind::PHOTO
    | kind::VIDEO
    | kind::GRAPHIC;

/// What the words of a stretch are, taken together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weight {
    /// Words in small letters that no credit has.
    pub foreign: usize,
    /// Whether an agency stands by itself among them.
    pub agency: bool,
    pub slashes: usize,
    /// All are words of credits that name nobody, or houses.
    pub fillers: bool,
    /// Words, two characters of a script without spaces being one.
    pub words: usize,
}

pub(super) struct CaptionLine<'t> {
    pub text: &'t str,
    pub words: Vec<Word>,
    found: Vec<CaptionPhrase>,
    /// What the phrases are that each word is part of.
    covers: Vec<Kinds>,
    packs: &'t Packs,
}

impl<'t> CaptionLine<'t> {
    pub fn of(text: &'t str, packs: &'t Packs) -> Self {
        let mut words = Vec::with_capacity(text.len() / 4);
        split_words(text, &mut words);
        let mut found = Vec::with_capacity(words.len());
        packs.captions.find(&words, &mut found);
        let covers = vec![0; words.len()];
        let mut line = Self { text, words, found, covers, packs };
        line.settle();
        line
    }

    /// No phrase goes on after a colon or bracket: "Image: courtesy of the artist".
    fn settle(&mut self) {
        const ENDS: Gap = gap::COLON | gap::OPEN | gap::CLOSE | gap::BAR | gap::LINE | gap::SIGN;
        let mut found = std::mem::take(&mut self.found);
        found.retain(|phrase| {
            let words = phrase.first..phrase.first + phrase.len;
            let whole = words.clone().skip(1).all(|i| self.gap(i) & ENDS == 0);
            if whole {
                self.covers.get_mut(words).unwrap_or_default().iter_mut().for_each(|kinds| *kinds |= phrase.kind);
            }
            whole
        });
        self.found = found;
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Word `i`; an empty one after the last.
    pub fn nth(&self, i: usize) -> Word {
        debug_assert!(i < self.words.len(), "word {i} of {}", self.words.len());
        self.words.get(i).copied().unwrap_or_default()
    }

    pub fn word(&self, i: usize) -> &'t str {
        self.nth(i).of(self.text)
    }

    /// Where word `i` begins; the end of the text for the one after the last.
    pub fn start(&self, i: usize) -> usize {
        self.words.get(i).map_or(self.text.len(), |word| word.start as usize)
    }

    /// Where the word before `i` ends.
    pub fn end(&self, i: usize) -> usize {
        i.checked_sub(1).map_or(0, |before| self.nth(before).end as usize)
    }

    pub fn covers(&self, i: usize) -> Kinds {
        self.covers.get(i).copied().unwrap_or_default()
    }

    pub fn found(&self) -> &[CaptionPhrase] {
        &self.found
    }

    /// What the packs say of a word that is part of one here.
    pub fn kinds_of(&self, word: &str) -> Kinds {
        self.packs.captions.kinds(word)
    }

    fn at(&self, i: usize) -> impl Iterator<Item = &CaptionPhrase> {
        let from = self.found.partition_point(|phrase| phrase.first < i);
        self.found.part(from..).iter().take_while(move |phrase| phrase.first == i)
    }

    /// How many words the longest phrase of these kinds has that begins with word `i`.
    pub fn phrase(&self, i: usize, kinds: Kinds) -> Option<usize> {
        if self.covers.get(i).is_none_or(|covers| covers & kinds == 0) {
            return None;
        }
        self.at(i).filter(|phrase| phrase.kind & kinds != 0).map(|phrase| phrase.len).max()
    }

    /// The same for phrases that end before word `to`.
    pub fn phrase_within(&self, i: usize, to: usize, kinds: Kinds) -> Option<usize> {
        if i >= to || self.covers(i) & kinds == 0 {
            return None;
        }
        let within = self.at(i).filter(|phrase| phrase.kind & kinds != 0 && i + phrase.len <= to);
        within.map(|phrase| phrase.len).max()
    }

    /// How many words the longest phrase of these kinds has that begins at `from` or later and ends before word `end`.
    pub fn phrase_before(&self, from: usize, end: usize, kinds: Kinds) -> Option<usize> {
        if end <= from || self.covers(end - 1) & kinds == 0 {
            return None;
        }
        let first = from.max(end.saturating_sub(6));
        let begun = self.found.partition_point(|phrase| phrase.first < first);
        let upto = self.found.part(begun..).iter().take_while(|phrase| phrase.first < end);
        let ends = upto.filter(|phrase| phrase.kind & kinds != 0 && phrase.first + phrase.len == end);
        ends.map(|phrase| phrase.len).max()
    }

    /// How many words the agency's name has that begins with word `i`, in the case it is printed in.
    pub fn agency(&self, i: usize) -> Option<usize> {
        if self.covers.get(i).is_none_or(|covers| covers & kind::AGENCY == 0) {
            return None;
        }
        self.agency_within(i, self.words.len())
    }

    /// The same for names that end before word `to`.
    pub fn agency_within(&self, i: usize, to: usize) -> Option<usize> {
        let mut named = self.at(i).filter(|phrase| phrase.kind == kind::AGENCY && i + phrase.len <= to);
        named.find(|phrase| self.packs.wires.agency(self.stretch(i, i + phrase.len)).is_some()).map(|phrase| phrase.len)
    }

    /// Whether words `from..to` are an agency's name.
    pub fn is_agency(&self, from: usize, to: usize) -> bool {
        self.packs.wires.agency(self.stretch(from, to)).is_some()
    }

    /// Words `from..to` with what is between them.
    pub fn stretch(&self, from: usize, to: usize) -> &'t str {
        if from >= to { "" } else { self.text.part(self.start(from)..self.end(to)) }
    }

    /// What stands before word `i`; after the last word for the number of words.
    pub fn gap(&self, i: usize) -> Gap {
        let (start, end) = (self.end(i), self.start(i));
        let edge = if i == 0 || i == self.words.len() { gap::EDGE } else { 0 };
        let between = self.text.part(start..end);
        if between == " " {
            return edge | gap::SPACE;
        }
        let mut gap = edge;
        for (at, c) in between.char_indices().take(16) {
            gap |= match c {
                // Inside "stock.adobe.com" it ends nothing.
                '.' if between.len() == 1 && self.is_dotted(i) => 0,
                '.' | '!' | '?' | '\u{2026}' | '。' | '！' | '？' | '।' | '؟' | '۔' | '．' => gap::STOP,
                ',' | ';' | '、' | '،' | '；' | '，' => gap::COMMA,
                ':' | '：' | '∶' | '՝' => gap::COLON,
                '=' | '＝' => gap::COLON | gap::EQUALS,
                '|' | '•' | '·' | '｜' | '∙' | '●' | '▲' | '■' => gap::BAR,
                '—' | '–' | '―' => gap::DASH,
                '-' if between.part(..at).ends_with(char::is_whitespace)
                    && between.part(at + 1..).starts_with(char::is_whitespace) =>
                {
                    gap::DASH
                }
                '/' | '／' | '\\' => gap::SLASH,
                '(' | '[' | '（' | '【' | '［' | '〔' => gap::OPEN,
                ')' | ']' | '）' | '】' | '］' | '〕' => gap::CLOSE,
                '©' => gap::SIGN,
                '&' | '+' | '＋' => gap::JOIN,
                '\n' => gap::LINE,
                '"' | '\u{201c}' | '\u{201d}' | '»' | '\u{203a}' | '」' => gap::QUOTE,
                _ if c.is_whitespace() => gap::SPACE,
                _ => 0,
            };
        }
        gap
    }

    /// Whether a full stop alone before word `i` ends nothing: "stock.adobe.com", "D.C."
    fn is_dotted(&self, i: usize) -> bool {
        let Some((before, word)) = i.checked_sub(1).and_then(|at| self.words.get(at)).zip(self.words.get(i)) else {
            return false;
        };
        !before.is_unspaced() && (!word.is_upper() || before.len() == 1)
    }

    /// Whether word `i` says that there is a picture or a film, and no more.
    pub fn is_medium(&self, i: usize) -> bool {
        self.packs.wires.is_media(self.word(i)) && self.covers(i) & (kind::PHOTO | kind::VIDEO | kind::GRAPHIC) != 0
    }

    /// Whether word `i` is in small letters: "iStock" and "dHarbour" are names.
    pub fn is_small(&self, i: usize) -> bool {
        self.nth(i).is_lower() && !self.word(i).chars().any(char::is_uppercase)
    }

    /// Whether word `i` can begin a name: a capital, or a script that has none.
    pub fn is_name(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|word| !self.is_small(i) && !word.is_digits())
    }

    /// Whether word `i` is an "and".
    pub fn is_joining(&self, i: usize) -> bool {
        let and = &self.packs.reading.between(None).and;
        phrase::longest_at_start(self.word(i), and) == Some(self.word(i).len())
    }

    /// What words `from..to` are.
    pub fn weigh(&self, from: usize, to: usize) -> Weight {
        let mut weight = Weight { fillers: from < to, ..Weight::default() };
        let mut halves = 0;
        let mut agency_until = from;
        for i in from..to {
            let (word, covers) = (self.nth(i), self.covers(i));
            halves += if word.is_unspaced() { 1 } else { 2 };
            if i > from && self.gap(i) & gap::SLASH != 0 {
                weight.slashes += 1;
            }
            if covers & kind::AGENCY != 0
                && i >= agency_until
                && let Some(len) = self.agency(i).filter(|len| i + len <= to)
            {
                agency_until = i + len;
                let before = i == from || self.parts(i, from) || word.is_unspaced();
                let after = agency_until == to
                    || self.gap(agency_until) & gap::APART != 0
                    || self.covers(agency_until) & (kind::MARK | kind::FILLER | kind::AFTER | kind::FROM | kind::SMALL)
                        != 0
                    || self.nth(agency_until).is_digits();
                weight.agency |= before && after;
            }
            if self.is_small(i) && covers & AT_HOME == 0 && i >= agency_until {
                weight.foreign += 1;
            }
            weight.fillers &= covers & (kind::FILLER | kind::MARK | kind::SURE | kind::HOUSE | kind::FROM) != 0;
        }
        weight.words = halves / 2 + halves % 2;
        weight
    }

    /// Whether one name ends before word `i` and another may begin with it.
    fn parts(&self, i: usize, from: usize) -> bool {
        let before = self.covers(i - 1) & (kind::MARK | kind::FILLER | kind::FROM | kind::SMALL) != 0;
        i > from && (before || self.gap(i) & gap::APART != 0)
    }
}
