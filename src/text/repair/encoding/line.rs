//! A line, as what there may be to read in it.

use super::chars::{EDGE, ENCODINGS, Set, Tables, WINDOWS_1252, after, languages, pair, tables};
use super::sequence::{LONGEST_CHARS, LOST, Sequence, accent, grave_a, read};
use super::tables::{CODECS, CONTROL, HIGH};
use super::{EncodingOptions, Mended, Step};
use crate::text::part::PartOf;
use crate::text::prefilter::each_high;
use crate::text::repair::output::{self, Run, push};

/// What it costs, in eighths of a bit, that a control stands in a text.
const UNREAD: i32 = 64;
/// That a quotation mark stands between letters, a currency after a letter and before no figure, `Ã` after a small letter.
const MISPLACED: i32 = 48;
/// That `Â` stands alone before a sign: no language has it so.
const ALONE: i32 = 64;
/// That `Ã` stands alone before a word.
const GRAVE: i32 = 96;
/// That a space was a byte of a longer sequence.
const RESTORED: i32 = 64;
/// That a sequence has lost a byte: one that begins with a letter of Latin, another one.
const LOSS: i32 = 24;
const LOSS_OF_OTHERS: i32 = 80;

/// One place of a line.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub c: char,
    /// Its byte in the line.
    pub at: usize,
    /// Whether it is the first of a region; others stand right after the one before.
    pub begins: bool,
}

/// A sequence to be read, and where it begins, in places.
pub(super) struct PlacedSequence {
    pub place: usize,
    pub sequence: Sequence,
    pub encoding: usize,
}

/// A way to read a line.
#[derive(Default)]
pub(super) struct LineReading {
    pub sequences: Vec<PlacedSequence>,
    /// The encoding of all of the line, if there is one.
    pub whole: Option<usize>,
    /// What it costs.
    pub cost: i64,
}

pub(super) struct EncodedLine<'t> {
    pub tables: &'static Tables,
    pub text: &'t str,
    options: EncodingOptions,
    pub places: Vec<Place>,
    pub chars: Vec<char>,
}

impl<'t> EncodedLine<'t> {
    pub(super) fn new(text: &'t str, options: EncodingOptions) -> Self {
        let places = places(text);
        let chars = places.iter().map(|place| place.c).collect();
        Self { tables: tables(), text, options, places, chars }
    }

    /// What may belong to a sequence that begins at byte `at`.
    pub(super) fn around(text: &'t str, at: usize) -> Self {
        let places: Vec<_> = region(text, at).take(LONGEST_CHARS).collect();
        let chars = places.iter().map(|place| place.c).collect();
        Self { tables: tables(), text, options: EncodingOptions::default(), places, chars }
    }

    /// The encodings of `found` that read the line in different ways.
    pub(super) fn distinct(&self, found: Set) -> Vec<usize> {
        let above = self.chars.iter().filter(|c| !c.is_ascii());
        let differ = above.fold(0, |set, c| set | self.tables.bytes(*c).differs);
        let kept = if found & 1 == 0 { found } else { found & differ | 1 };
        (0..ENCODINGS).filter(|encoding| kept & 1 << encoding != 0).collect()
    }

    /// The kind of the character before byte `at`.
    pub(super) fn left(&self, at: usize) -> u8 {
        let mut before = self.text.part(..at).chars().rev().map(|c| self.tables.kind(c).0);
        let Some(left) = before.next() else { return EDGE };
        before.next().map_or(left, |first| after(first, left))
    }

    /// Whether a region ends after place `place`, and the kind of what stands there.
    pub(super) fn right(&self, place: usize) -> Option<u8> {
        let Place { c, at, .. } = self.places[place];
        let ends = self.places.get(place + 1).is_none_or(|next| next.begins);
        ends.then(|| self.text.part(at + c.len_utf8()..).chars().next().map_or(EDGE, |c| self.tables.kind(c).0))
    }

    /// What the character of a place costs after one of kind `left`, as it is, and its kind.
    pub(super) fn as_it_is(&self, place: usize, left: u8) -> (i32, u8) {
        let (kind, own) = self.tables.kind(self.chars[place]);
        let kind = after(left, kind);
        let unread = if kind == CONTROL { UNREAD } else { self.misplaced(place) };
        (pair(left, kind) + own + unread, kind)
    }

    /// What it costs that a mark stands where no typesetter puts it.
    fn misplaced(&self, place: usize) -> i32 {
        let Place { c, at, .. } = self.places[place];
        if c == 'Ã' && self.text.part(..at).ends_with(char::is_lowercase) {
            return 2 * MISPLACED;
        }
        let glued = matches!(c, '“' | '”' | '„' | '‚' | '«' | '»' | '‹' | '›' | '¡' | '¿' | '™' | '®');
        if !glued && !matches!(c, '€' | '£' | '¥' | '¢') {
            return 0;
        }
        let before = self.text.part(..at).chars().next_back();
        let after = self.text.part(at + c.len_utf8()..).chars().next();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        if is_letter(before) && if glued { is_letter(after) } else { !after.is_some_and(|c| c.is_ascii_digit()) } {
            MISPLACED
        } else {
            0
        }
    }

    /// What a sequence costs when it is read.
    pub(super) fn as_read(&self, place: usize, sequence: &Sequence, left: u8) -> (i32, u8) {
        let (kind, own) = self.tables.kind(sequence.c);
        let kind = after(left, kind);
        (pair(left, kind) + own + self.extra(place, sequence), kind)
    }

    /// What a sequence costs that is not a plain one.
    fn extra(&self, place: usize, sequence: &Sequence) -> i32 {
        let chars = &self.chars[place..place + sequence.len];
        let before = self.text.part(..self.places[place].at).chars().next_back();
        let is_word = |c: char| c.is_alphanumeric();
        match sequence.c {
            LOST if chars.last() == Some(&'?') => 0,
            LOST if chars[0].is_alphabetic() && chars[0] < '\u{250}' => LOSS,
            LOST => LOSS_OF_OTHERS,
            'à' if sequence.restored && !before.is_some_and(is_word) => {
                let after = self.text.part(self.places[place].at + "Ã ".len()..);
                if after.starts_with(|c: char| c.is_lowercase() || c.is_numeric() || c == ' ') { -GRAVE } else { 0 }
            }
            // Å ends words, and is one.
            c if sequence.restored && !matches!(c, 'à' | '\u{a0}') => RESTORED,
            _ if sequence.len != 2 => 0,
            // The same letter of other encodings, but for the space, before which it is a word.
            c if matches!(chars[0], 'В' | 'Β' | 'Ā')
                && c == chars[1]
                && is_sign(c)
                && c != '\u{a0}'
                && !before.is_some_and(is_word) =>
            {
                -ALONE
            }
            _ if chars[0] != 'Â' => 0,
            _ if chars[1] == ' ' && !self.is_stray(place) => ALONE,
            // What is itself after Â, and the space that was one.
            c if c == chars[1] && is_sign(c) || chars[1] == ' ' => match before {
                Some('Â') => -2 * ALONE,
                Some(c) if c.is_uppercase() => 0,
                _ => -ALONE,
            },
            _ => 0,
        }
    }

    /// Whether `Â` before a space is not a word, as it is in Welsh: it ends one, or stands among small letters.
    fn is_stray(&self, place: usize) -> bool {
        let (before, after) = self.text.split_at(self.places[place].at);
        let next = after.part("Â ".len()..).chars().next();
        let mut back = before.chars().rev();
        match back.next() {
            Some(' ') => {
                back.next().is_some_and(|c| c.is_lowercase() || c.is_ascii_punctuation())
                    && !next.is_some_and(char::is_uppercase)
            }
            last => last.is_some(),
        }
    }

    /// Whether a sequence may begin at a place.
    pub(super) fn may_begin(&self, place: usize) -> bool {
        self.tables.bytes(self.chars[place]).leads() != 0
    }

    /// The sequence that begins at a place in `encoding`.
    pub(super) fn sequence(&self, place: usize, encoding: usize) -> Option<Sequence> {
        // Up to the end of the region.
        let after = &self.places[place + 1..];
        let len = 1 + after.iter().take(LONGEST_CHARS - 1).take_while(|next| !next.begins).count();
        let chars = &self.chars[place..place + len];
        if chars[0] == 'Ã'
            && encoding == WINDOWS_1252
            && self.options.restore_byte_a0
            && chars.get(1) == Some(&' ')
            && chars.get(2).is_none_or(|c| accent(*c).is_none())
        {
            let (before, after) = self.text.split_at(self.places[place].at);
            return Some(grave_a(before, after.part('Ã'.len_utf8() + 1..)));
        }
        read(self.tables, chars, encoding, self.options)
    }

    /// Whether one language writes all the letters of Latin that the line then has.
    pub(super) fn has_alphabet(&self, reading: &LineReading) -> bool {
        let mut next = reading.sequences.iter().peekable();
        let mut common = u64::MAX;
        let mut place = 0;
        while place < self.chars.len() {
            let c = match next.next_if(|found| found.place == place) {
                Some(found) => {
                    place += found.sequence.len;
                    found.sequence.c
                }
                None => {
                    place += 1;
                    self.chars[place - 1]
                }
            };
            common &= languages(c).unwrap_or(u64::MAX);
        }
        common != 0
    }

    /// The line with its sequences read.
    pub(super) fn rewrite(&self, reading: &LineReading) -> Mended {
        let mut text = String::with_capacity(self.text.len());
        let mut runs = Vec::new();
        let mut copied = 0;
        let copy = |runs: &mut Vec<Run>, text: &mut String, from: usize, to: usize| {
            text.push_str(self.text.part(from..to));
            push(runs, Run { count: to - from, out: 1, src: 1, steps: 0 });
        };
        for PlacedSequence { place, sequence, .. } in &reading.sequences {
            let start = self.places[*place].at;
            let end = self.places[place + sequence.len - 1];
            let end = end.at + end.c.len_utf8();
            copy(&mut runs, &mut text, copied, start);
            text.push(sequence.c);
            push(&mut runs, Run { count: 1, out: sequence.c.len_utf8(), src: end - start, steps: output::ENCODING });
            copied = end;
        }
        copy(&mut runs, &mut text, copied, self.text.len());
        Mended { text, runs, plan: self.plan(reading) }
    }

    fn plan(&self, reading: &LineReading) -> Vec<Step> {
        let Some(encoding) = reading.whole else { return vec![Step::Apply("decode_inconsistent_utf8")] };
        let mut codec = CODECS[encoding];
        if encoding == WINDOWS_1252 {
            let mut above = self.chars.iter().filter(|c| !c.is_ascii());
            if above.clone().all(|c| *c <= '\u{ff}') {
                codec = "latin-1";
            } else if above.any(|c| matches!(c, '\u{80}'..='\u{9f}') && HIGH[0][*c as usize - 0x80] != *c as u16) {
                // Both at once, which is not an encoding.
                return vec![Step::Apply("decode_inconsistent_utf8")];
            }
        }
        let any = |test: fn(&Sequence) -> bool| reading.sequences.iter().any(|found| test(&found.sequence));
        let mut plan = vec![Step::Encode(codec)];
        if any(|sequence| sequence.restored) {
            plan.push(Step::Transcode("restore_byte_a0"));
        }
        if any(|sequence| sequence.c == LOST) {
            plan.push(Step::Transcode("replace_lossy_sequences"));
        }
        plan.push(Step::Decode(if any(|sequence| sequence.variant) { "utf-8-variants" } else { "utf-8" }));
        plan
    }
}

/// The signs of Latin-1 and the no-break space.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{bf}') && c != '\u{ad}'
}

/// The places outside ASCII, with the ASCII right after that may belong to a sequence.
fn places(text: &str) -> Vec<Place> {
    let mut places = Vec::new();
    each_high(text.as_bytes(), |at| {
        places.extend(region(text, at));
        places.last().map(|last: &Place| last.at + last.c.len_utf8() - at)
    });
    places
}

/// The places from byte `start` on that stand right after one another.
fn region(text: &str, start: usize) -> impl Iterator<Item = Place> {
    // How much ASCII may still be taken.
    let mut ahead = 0;
    text.part(start..).char_indices().map_while(move |(i, c)| {
        if !c.is_ascii() {
            ahead = 2;
        } else if matches!(c, ' ' | '?') && ahead > 0 {
            ahead -= 1;
        } else {
            return None;
        }
        Some(Place { c, at: start + i, begins: i == 0 })
    })
}
