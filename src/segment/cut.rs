//! Cuts lines into pieces: where a headline, a button or a credit stands in one line with a paragraph, it is a piece of its own.
//!
//! A cut is possible at a gap between words where something new may begin: behind a stop, before a capital, a digit, a bracket.
//! What stands on both sides speaks for or against it (a logistic regression over hashed evidence, learnt from lines that were
//! glued together). Long lines are also cut at the ends of sentences, so that no small thing decides over a large one. Pieces of
//! one line that get one label are one block again, so that a cut too many costs nothing but time.

use crate::offsets::Span;
use crate::pack::Packs;
use crate::text::kinds::{ALPHABETIC, LOWER, NUMERIC, SPACE, UPPER, WORD, is_unspaced, kind};
use crate::text::part::PartOf;
use crate::text::sentence::{is_closing, is_stop, is_wide_stop};
use crate::text::words::{hash_word, join_hash, split_words};
use crate::weights::Cuts;

/// A place where a line may be cut: the end of what stands before it, and the start of what stands behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub end: usize,
    pub start: usize,
}

/// Shorter lines stay whole.
const SHORTEST: usize = 32;

/// From this score on a line is cut, and a long one, in units of 1/1024 nats: what stands in a line of usual length is mostly one
/// thing.
const SCORE: [i32; 2] = [512, -768];

/// Lines longer than this, in bytes, are also cut where nothing but a sentence ends.
const LONG: usize = 700;
/// What such a line's piece should not exceed where sentences end, and where none do.
const PIECE: usize = 350;
const WORDS: usize = 1200;

/// How much less a cut needs for each byte that a piece of a long line is longer than [`PIECE`].
const EASE: i32 = 12;

/// What the words next to a gap leave open is decided by those further off: so much they can change.
const OPEN: i32 = 4 * 1024;

/// Cuts `line`, of a document of so many lines, and gives its pieces to `take`, in order: all of it where nothing is to be cut.
pub(crate) fn cut(line: &str, lines: usize, packs: &Packs, cuts: &Cuts, mut take: impl FnMut(Span)) {
    let mut start = 0;
    if line.len() >= SHORTEST && !cuts.is_empty() {
        let long = line.len() > LONG;
        let least = SCORE[usize::from(long)];
        let mut spare = None;
        each_gap(line, lines, |gap, sides| {
            let piece = gap.start - start;
            let ease = if long && sides.stops { EASE * piece.saturating_sub(PIECE / 2).min(PIECE * 2) as i32 } else { 0 };
            let mut score = ease;
            sides.near(&mut |evidence| score += cuts.weight(evidence));
            if score + OPEN >= least {
                sides.far(packs, &mut |evidence| score += cuts.weight(evidence));
            }
            if score >= least {
                take(Span::new(start, gap.end));
                start = gap.start;
                spare = None;
            } else if piece > WORDS {
                let Gap { end, start: next } = spare.filter(|spare: &Gap| spare.end > start).unwrap_or(gap);
                take(Span::new(start, end));
                start = next;
                spare = Some(gap);
            } else {
                spare = Some(gap);
            }
        });
    }
    take(Span::new(start, line.len()));
}

/// What speaks for and against each cut of a line, a hash each, for training.
pub(crate) fn each_evidence(line: &str, lines: usize, packs: &Packs, mut found: impl FnMut(Gap, &[u32])) {
    let mut evidence = Vec::new();
    each_gap(line, lines, |gap, sides| {
        evidence.clear();
        sides.near(&mut |hash| evidence.push(hash));
        sides.far(packs, &mut |hash| evidence.push(hash));
        found(gap, &evidence);
    });
}

/// Calls `found` for each gap of a line, with what stands on its sides.
fn each_gap(line: &str, lines: usize, mut found: impl FnMut(Gap, &mut Sides<'_>)) {
    let document = join_hash(bucket(lines, &[2, 5, 10, 20]), bucket(line.len(), &[100, 200, 400, 800, 1600]));
    let mut stop = 0;
    // The last character that is no white space, the one before it, and where it ends.
    let (mut before, mut before_that, mut end) = (' ', ' ', 0);
    for (at, c) in line.char_indices() {
        let of = kind(c);
        if of & SPACE != 0 {
            continue;
        }
        if end > 0 && may_begin(before_that, before, at > end, c, of) {
            let gap = Gap { end, start: at };
            let stops = is_stop(before) || (is_closing(before) && is_stop(before_that));
            found(gap, &mut Sides::of(line, gap, document, end - stop, stops));
        }
        if is_stop(c) {
            stop = at;
        }
        (before_that, before, end) = (before, c, at + c.len_utf8());
    }
}

/// Whether something new may begin with `c`, with or without white space before it.
fn may_begin(before_that: char, before: char, spaced: bool, c: char, of: u8) -> bool {
    let behind = kind(before);
    if spaced {
        return match of {
            _ if is_stop(before) => !is_closing(c) || matches!(c, '"' | '\'' | '\u{201c}'),
            _ if before == ',' || is_stop(c) => false,
            _ if of & LOWER != 0 => false,
            _ if of & (UPPER | NUMERIC) != 0 => true,
            // A script without case.
            _ if of & ALPHABETIC != 0 => is_closing(before) || behind & NUMERIC != 0 || is_mark(before),
            _ => opens(c),
        };
    }
    match () {
        () if is_stop(c) || is_closing(c) => false,
        () if is_wide_stop(before) || (is_closing(before) && is_wide_stop(before_that)) => true,
        () if of & UPPER == 0 => false,
        () => behind & LOWER != 0 || (kind(before_that) & LOWER != 0 && (is_stop(before) || is_closing(before))),
    }
}

/// A bar, bullet, arrow or the like.
fn is_mark(c: char) -> bool {
    matches!(c, '|' | '*' | '>' | '/' | '\u{b7}' | '\u{2022}' | '\u{bb}' | '\u{203a}' | '\u{25b6}'..='\u{25cf}' | '\u{2190}'..='\u{21ff}' | '\u{ff5c}')
}

/// A mark that something may begin with.
fn opens(c: char) -> bool {
    !matches!(c, ',' | ';' | ':' | '%' | '&' | '+' | '=' | ')' | ']' | '}' | '\u{2019}' | '\u{201d}' | '\u{3001}' | '\u{ff0c}' | '\u{60c}')
}

/// Words that are looked at on each side.
const AROUND: usize = 3;

/// What stands on both sides of a gap, and how it lies in the line.
struct Sides<'t> {
    head: &'t str,
    tail: &'t str,
    before: [Token; AROUND],
    after: [Token; AROUND],
    /// How the one side ends and the other begins.
    ends: u32,
    starts: u32,
    /// A sentence ends before it.
    stops: bool,
    /// The length of the line, and how many lines there are.
    document: u32,
    /// How near the gap is to the line's ends, and to the last stop.
    place: u32,
    since: u32,
}

impl<'t> Sides<'t> {
    fn of(line: &'t str, gap: Gap, document: u32, behind_stop: usize, stops: bool) -> Self {
        let (head, tail) = (last_bytes(line.part(..gap.end)), first_bytes(line.part(gap.start..)));
        let (mut before, mut after) = ([Token::default(); AROUND], [Token::default(); AROUND]);
        words_before(head, &mut before[..1]);
        words_after(tail, &mut after[..1]);
        let near_end = bucket(line.len() - gap.start, &[24, 48, 96, 192]);
        Self {
            ends: join_hash(last_of(head), u32::from(gap.start == gap.end)),
            starts: first_of(tail, &after[0]),
            head,
            tail,
            before,
            after,
            stops,
            document,
            place: join_hash(bucket(gap.start, &[24, 48, 96, 192]), 1 + near_end),
            since: bucket(behind_stop, &[24, 48, 96, 192, 384]),
        }
    }

    /// What the nearest words say.
    fn near(&self, put: &mut impl FnMut(u32)) {
        let (before, after, stops) = (self.before[0].hash, self.after[0].hash, u32::from(self.stops));
        rows(0, put, [
            0,
            self.ends,
            self.starts,
            join_hash(self.ends, self.starts),
            before,
            after,
            join_hash(before, self.ends),
            join_hash(before, self.starts),
            join_hash(after, self.ends),
            join_hash(before, after),
            join_hash(self.since, stops),
            join_hash(self.place, stops),
            self.document,
            join_hash(self.document, stops),
        ]);
    }

    /// What those further off say.
    fn far(&mut self, packs: &Packs, put: &mut impl FnMut(u32)) {
        words_before(self.head, &mut self.before);
        words_after(self.tail, &mut self.after);
        let cased = |words: &[Token]| words.iter().fold(1, |all, word| all * 8 + word.case);
        let (case_before, case_after) = (cased(&self.before), cased(&self.after));
        let ([before, second, third], [after, next, last]) =
            (self.before.map(|word| word.hash), self.after.map(|word| word.hash));
        // Phrases that packs know: those that end before the gap, and those that begin behind it.
        let (mut ending, mut beginning) = (0, 0);
        let mut words = Vec::new();
        split_words(short(self.head, false), &mut words);
        packs.cues(&words, |cue, at, len| ending |= u32::from(at + len == words.len()) << cue as u32);
        split_words(short(self.tail, true), &mut words);
        packs.cues(&words, |cue, at, _| beginning |= u32::from(at == 0) << cue as u32);
        rows(14, put, [
            second,
            next,
            join_hash(second, before),
            join_hash(after, next),
            case_before,
            case_after,
            join_hash(case_before, join_hash(case_after, u32::from(self.stops))),
            join_hash(third, join_hash(second, before)),
            join_hash(after, join_hash(next, last)),
            ending,
            beginning,
            join_hash(ending, self.starts),
            join_hash(beginning, self.ends),
            join_hash(ending, 1 + beginning),
        ]);
    }
}

/// Evidence of rows of their own, the first of which is behind so many others.
fn rows<const N: usize>(first: u32, put: &mut impl FnMut(u32), values: [u32; N]) {
    for (row, value) in (first + 1..).zip(values) {
        put(value.wrapping_add(row.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b).rotate_left(13));
    }
}

/// The end or the start of a text, for phrases.
fn short(text: &str, start: bool) -> &str {
    const PHRASE: usize = 40;
    match start {
        true => text.part(..text.floor_char_boundary(PHRASE)),
        false => text.part(text.ceil_char_boundary(text.len().saturating_sub(PHRASE))..),
    }
}

/// So many bytes on each side are looked at.
const WINDOW: usize = 4 * LONGEST;

fn last_bytes(text: &str) -> &str {
    text.part(text.ceil_char_boundary(text.len().saturating_sub(WINDOW))..)
}

fn first_bytes(text: &str) -> &str {
    text.part(..text.floor_char_boundary(WINDOW))
}

/// A word as a cut sees it.
#[derive(Clone, Copy, Debug, Default)]
struct Token {
    hash: u32,
    /// 0: there is none; small, capital, all capitals, digits, without case.
    case: u32,
}

/// Longer words are cut off here, in bytes.
const LONGEST: usize = 48;

impl Token {
    fn of(word: &str) -> Self {
        let mut chars = word.chars();
        let first = chars.next().map_or(0, kind);
        let case = match first {
            _ if first & LOWER != 0 => 1,
            _ if first & UPPER != 0 && chars.clone().any(|c| kind(c) & LOWER != 0) => 2,
            _ if first & UPPER != 0 => 3,
            _ if first & NUMERIC != 0 => 4,
            _ => 5,
        };
        // Numbers count by how long they are.
        let digits = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        Self { hash: if digits { word.len() as u32 } else { hash_word(word) }, case }
    }
}

fn is_in_word(c: char) -> bool {
    kind(c) & (WORD | ALPHABETIC | NUMERIC) != 0
}

/// The last words of a text, the very last first; what is no word between them is passed over, but not much of it.
fn words_before(text: &str, words: &mut [Token]) {
    let mut rest = text;
    for word in words {
        let trimmed = rest.trim_end_matches(|c| !is_in_word(c));
        if trimmed.is_empty() {
            return;
        }
        let start = trimmed
            .char_indices()
            .rev()
            .take_while(|(at, c)| is_in_word(*c) && trimmed.len() - at <= LONGEST)
            .enumerate()
            .take_while(|(i, (_, c))| *i == 0 || !is_unspaced(*c))
            .last()
            .map_or(trimmed.len(), |(_, (at, _))| at);
        *word = Token::of(trimmed.part(start..));
        rest = trimmed.part(..start);
    }
}

/// The first words of a text.
fn words_after(text: &str, words: &mut [Token]) {
    let mut rest = text;
    for word in words {
        let trimmed = rest.trim_start_matches(|c| !is_in_word(c));
        if trimmed.is_empty() {
            return;
        }
        let end = trimmed
            .char_indices()
            .enumerate()
            .find(|(i, (at, c))| !is_in_word(*c) || *at >= LONGEST || (*i > 0 && is_unspaced(*c)))
            .map_or(trimmed.len(), |(_, (at, _))| at);
        *word = Token::of(trimmed.part(..end));
        rest = trimmed.part(end..);
    }
}

/// How what stands before a gap ends.
fn last_of(text: &str) -> u32 {
    let mut back = text.chars().rev();
    let last = back.next().unwrap_or(' ');
    let before = back.next().unwrap_or(' ');
    match last {
        _ if is_closing(last) && is_stop(before) => 1 + u32::from(last == ')'),
        '!' | '?' => 3,
        '.' if before == '.' => 4,
        // An abbreviation: a capital, or a single letter.
        '.' if kind(before) & UPPER != 0 => 5,
        '.' if back.next().is_none_or(|c| kind(c) & ALPHABETIC == 0) => 6,
        '.' => 7,
        '\u{2026}' => 4,
        _ if is_stop(last) => 8,
        ':' => 9,
        ';' | ',' => 10,
        ')' | ']' => 11,
        _ if is_closing(last) => 12,
        '-' | '\u{2013}' | '\u{2014}' => 13,
        _ if is_mark(last) => 14,
        _ if kind(last) & LOWER != 0 => 15,
        _ if kind(last) & UPPER != 0 => 16,
        _ if kind(last) & NUMERIC != 0 => 17,
        _ if kind(last) & ALPHABETIC != 0 => 18,
        _ => 19,
    }
}

/// How what stands behind a gap begins.
fn first_of(text: &str, word: &Token) -> u32 {
    match text.chars().next().unwrap_or(' ') {
        '"' | '\'' | '\u{201c}' | '\u{2018}' | '\u{ab}' | '\u{201e}' => 8 + word.case,
        '(' | '[' => 16,
        '-' | '\u{2013}' | '\u{2014}' => 17,
        '@' | '#' => 18,
        '\u{a9}' => 19,
        c if is_mark(c) => 20,
        c if is_in_word(c) => word.case,
        _ => 21,
    }
}

/// The index of the first bound that is above `n`.
fn bucket(n: usize, bounds: &[usize]) -> u32 {
    bounds.partition_point(|bound| *bound <= n) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(line: &str) -> Vec<&str> {
        let mut found = Vec::new();
        each_gap(line, 1, |gap, _| found.push(&line[gap.start..]));
        found.iter().map(|rest| rest.split(' ').next().unwrap()).collect()
    }

    #[test]
    fn gaps_stand_where_something_may_begin() {
        for (line, want) in [
            ("the ferry left, Orr said. It was late", &["It"][..]),
            ("gone for good.Share this", &["Share"]),
            ("the end of itBy Ann Tully (AFP)", &["By", "Ann", "Tully", "(AFP)"]),
            ("渡し船は出た。遅かった。", &["遅かった。"]),
            ("መርከቡ ሄደ። ዘግይቷል።", &["ዘግይቷል።"]),
            ("", &[]),
        ] {
            assert_eq!(gaps(line), want, "{line}");
        }
    }
}
