//! Cuts lines into pieces: where a headline, a button or a credit stands in one line with a paragraph, it is a piece of its own.
//!
//! A cut is possible at a gap between words where something new may begin: after a stop, before a capital, a digit, a bracket.
//! What stands on both sides speaks for or against it (a logistic regression over hashed evidence, learnt from lines that were
//! glued together). Long lines are also cut at the ends of sentences, so that no small thing decides over a large one. Pieces of
//! one line that get one label are one block again, so that a cut too many costs nothing but time.

use std::sync::Arc;

use crate::offsets::Span;
use crate::pack::Packs;
use crate::text::kinds::{ALPHABETIC, Block, Blocks, LOWER, NUMERIC, SPACE, UPPER, WORD, bits, is_unspaced, kind};
use crate::text::part::{PartOf, first_bytes};
use crate::text::sentence::{is_closing, is_stop, is_wide_stop};
use crate::text::words::{Word, hash_ascii, hash_word, join_hash};
use crate::weights::Cuts;

/// A place where a line may be cut: the end of what stands before it, and the start of what stands after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub end: usize,
    pub start: usize,
}

/// Shorter lines stay whole.
const SHORTEST_BYTES: usize = 40;

/// From this score on a line is cut, and a long one, in units of 1/1024 nats: what stands in a line of usual length is mostly one
/// thing.
const SCORE: [i32; 2] = [256, -768];

/// What a cut in the middle of a word needs more, in a line that is not long.
const RUN_ON: i32 = 1536;

/// Lines longer than this, in bytes, are also cut where nothing but a sentence ends.
const LONG: usize = 700;
/// What such a line's piece should not exceed where sentences end.
const PIECE: usize = 350;
/// A longer piece is cut at the last gap, whatever stands there.
const WORDS: usize = 1200;

/// How much less a cut needs for each byte that a piece of a long line is longer than [`PIECE`].
const EASE: i32 = 12;

/// What the marks at a gap leave open is decided by the two words next to it, then by how those go together, and last by the words
/// further off: so much each is let change.
const OPEN: [i32; 3] = [2048, 1792, 1536];

/// Learnt weights, made ready to cut with.
#[derive(Debug)]
pub(crate) struct Cutter {
    cuts: Arc<Cuts>,
    /// What the marks on both sides of a gap say, by how the one side ends and the other begins.
    marks: Vec<i32>,
}

impl Cutter {
    pub fn new(cuts: Arc<Cuts>) -> Self {
        let mut marks = vec![0; (ENDS * 2 * STARTS) as usize];
        for (at, sum) in (0..).zip(&mut marks) {
            let sides = (at / STARTS, at % STARTS);
            *sum = cuts.sum(&Marks { ends: sides.0, starts: sides.1 }.evidence());
        }
        Self { cuts, marks }
    }

    /// One that never cuts.
    pub fn none() -> Self {
        Self::new(Arc::default())
    }

    /// Cuts `line`, of a document of so many lines, and gives its pieces to `take`, in order: all of it where nothing is to be
    /// cut.
    pub fn cut(&self, line: &str, lines: usize, packs: &Packs, blocks: &mut Blocks, mut take: impl FnMut(Span)) {
        let mut start = 0;
        if line.len() >= SHORTEST_BYTES && !self.cuts.is_empty() {
            let long = line.len() > LONG;
            let least = SCORE[usize::from(long)];
            let document = document(line, lines);
            let mut of_document = [None; 2];
            let mut spare = None;
            // Where a sentence ends that a feed has added: it is a piece by itself.
            let mut feed = packs.feeds.sentence(line);
            each_gap(line, blocks, |gap, marks, stops, seen| {
                if feed.is_some_and(|end| gap.start < end) {
                    return;
                }
                let begun = packs.feeds.sentence(line.part(gap.start..));
                if feed.take().is_some() || begun.is_some() {
                    take(Span::new(start, gap.end));
                    start = gap.start;
                    spare = None;
                    feed = begun.map(|len| gap.start + len);
                    return;
                }
                let piece = gap.start - start;
                let ease = if long && stops { EASE * piece.saturating_sub(PIECE / 2).min(PIECE * 2) as i32 } else { 0 };
                let at = (marks.ends * STARTS + marks.starts) as usize;
                let of_document = *of_document[usize::from(stops)]
                    .get_or_insert_with(|| self.cuts.sum(&document_evidence(document, stops)));
                let mut score = ease + of_document + self.marks.get(at).copied().unwrap_or(0);
                if score + OPEN[0] >= least {
                    let mut sides = Sides::of(seen, gap, marks, stops);
                    score += self.cuts.sum(&sides.words());
                    if score + OPEN[1] >= least {
                        score += self.cuts.sum(&sides.near());
                        if score + OPEN[2] >= least {
                            score += self.cuts.sum(&sides.far(packs));
                        }
                    }
                }
                // Words that run together are mostly a name.
                let bound = if gap.start == gap.end && !stops && !long { least + RUN_ON } else { least };
                if score >= bound && !is_before_dash(line, gap) {
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
}

/// What speaks for and against each cut of a line, a hash each, for training.
pub(crate) fn each_evidence(line: &str, lines: usize, packs: &Packs, mut found: impl FnMut(Gap, &[u32])) {
    let mut evidence = Vec::new();
    let document = document(line, lines);
    each_gap(line, &mut Blocks::default(), |gap, marks, stops, seen| {
        evidence.clear();
        evidence.extend(marks.evidence());
        evidence.extend(document_evidence(document, stops));
        let mut sides = Sides::of(seen, gap, marks, stops);
        evidence.extend(sides.words());
        evidence.extend(sides.near());
        evidence.extend(sides.far(packs));
        found(gap, &evidence);
    });
}

/// The length of a line and how many lines there are.
fn document(line: &str, lines: usize) -> u32 {
    join_hash(bucket(lines, &[2, 5, 10, 20]), bucket(line.len(), &[100, 200, 400, 800, 1600]))
}

fn document_evidence(document: u32, stops: bool) -> [u32; 2] {
    rows(4, [document, join_hash(document, stops.into())])
}

/// In the middle of a line that may be a paragraph, so many blocks of bytes from either end, nothing begins between two words
/// without a mark.
const MIDDLE: usize = 1;
/// Longer lines, in bytes, are no paragraphs.
const PARAGRAPH: usize = 2000;

/// A line, and a part of it that is cut into blocks.
#[derive(Clone, Copy)]
struct Seen<'t> {
    line: &'t str,
    blocks: &'t Blocks,
    /// Where the part begins and ends.
    from: usize,
    to: usize,
}

/// Calls `found` for each gap of a line: with the marks at it, whether a sentence ends there, and what is at hand of the line.
fn each_gap(line: &str, blocks: &mut Blocks, mut found: impl FnMut(Gap, Marks, bool, Seen<'_>)) {
    let bytes = line.as_bytes();
    // Of a text in small letters, what stands after a stop may begin too: as its first window shows.
    let mut is_small = None;
    let mut from = 0;
    while from < line.len() {
        let part = first_bytes(line.part(from..), PART);
        blocks.cut(part);
        let all = blocks.all();
        let seen = Seen { line, blocks, from, to: from + part.len() };
        let small = *is_small.get_or_insert_with(|| all.iter().all(|block| block.upper == 0));
        // Whether the byte before was a space, a small letter or another mark; and the two before no letters of ASCII.
        let before = |back: usize, is: fn(u8) -> bool| {
            u64::from(from.checked_sub(back).is_some_and(|at| bytes.get(at).is_some_and(|byte| is(*byte))))
        };
        let (mut space, mut lower) = (before(1, |byte| byte == b' '), before(1, |byte| byte.is_ascii_lowercase()));
        let mut mark = before(1, |byte| {
            byte.is_ascii() && byte != b' ' && (byte.is_ascii_digit() || !byte.is_ascii_alphanumeric())
        });
        let is_marked: fn(u8) -> bool = |byte| byte != b' ' && !byte.is_ascii_alphanumeric();
        let mut marked = before(2, is_marked) | before(1, is_marked) << 1;
        for (i, block) in all.iter().enumerate() {
            let middle = line.len() <= PARAGRAPH && (MIDDLE..all.len().saturating_sub(MIDDLE)).contains(&i);
            let after_space = block.spaces << 1 | space;
            let after_lower = block.lower << 1 | lower;
            let marks = block.marks();
            let after_mark = (marks | block.digits) << 1 | mark;
            let after_marked = (marks | block.high) << 2 | marked;
            (space, lower, mark) = (block.spaces >> 63, block.lower >> 63, (marks | block.digits) >> 63);
            marked = (marks | block.high) >> 62;
            let after_space = if middle { after_space & after_marked } else { after_space };
            let mut may = after_space & (block.upper | block.digits | marks)
                | block.upper & (after_lower | after_mark)
                | block.high;
            if small {
                may |= after_space & block.lower;
            }
            for bit in bits(may) {
                let mut found = |gap, marks, stops| found(gap, marks, stops, seen);
                gap_at(line, from + i * Block::SIZE + bit, middle, small, &mut found);
            }
        }
        from += part.len();
    }
}

/// So much of a line is looked at together, in bytes.
const PART: usize = 1 << 14;
const _: () = assert!(PART > PARAGRAPH);

/// Calls `found` when there is a gap before a place.
fn gap_at(line: &str, at: usize, middle: bool, small: bool, found: &mut impl FnMut(Gap, Marks, bool)) {
    let bytes = line.as_bytes();
    if at == 0 || !line.is_char_boundary(at) || (small && bytes[at].is_ascii_lowercase() && !is_after_stop(bytes, at)) {
        return;
    }
    let gap = ascii_gap(line, at, middle).unwrap_or_else(|| rare_gap(line, at, middle));
    if let Some((gap, marks, stops)) = gap {
        found(gap, marks, stops);
    }
}

/// A gap, the marks at it, and whether a sentence ends there.
type MarkedGap = (Gap, Marks, bool);

/// The gap before a place, if there is one.
#[inline(never)]
fn rare_gap(line: &str, at: usize, middle: bool) -> Option<MarkedGap> {
    let c = line.part(at..).chars().next()?;
    let of = kind(c);
    let head = line.part(..at);
    // Inside a word only a capital begins something.
    let in_word = |c: char| kind(c) & (ALPHABETIC | NUMERIC) != 0;
    if of & UPPER == 0 && head.chars().next_back().is_some_and(in_word) {
        return None;
    }
    let spaced = head.as_bytes().last().is_some_and(|byte| *byte == b' ' || !byte.is_ascii());
    let head = if spaced { head.trim_end() } else { head };
    let mut back = head.chars().rev();
    let before = back.next().filter(|_| of & SPACE == 0)?;
    let before_that = back.next().unwrap_or(' ');
    let apart = middle && at > head.len() && kind(before) & (LOWER | UPPER | NUMERIC | ALPHABETIC) != 0;
    (!apart && may_begin(before_that, before, at > head.len(), c, of)).then(|| {
        let gap = Gap { end: head.len(), start: at };
        let stops = is_stop(before) || (is_closing(before) && is_stop(before_that));
        let ends = last_of(before, before_that, back.next()) * 2 + u32::from(gap.end == gap.start);
        (gap, Marks { ends, starts: first_of(line.part(at..)) }, stops)
    })
}

/// The same where what stands around is ASCII, as most of it is; none where it is not.
#[inline]
#[expect(clippy::option_option, reason = "whether there is a gap may be left open")]
fn ascii_gap(line: &str, at: usize, middle: bool) -> Option<Option<MarkedGap>> {
    let bytes = line.as_bytes();
    let is = |at: usize| bytes.get(at).and_then(|byte| ASCII.get(usize::from(*byte)));
    let of = is(at)?;
    let mut end = at;
    if bytes.get(at.wrapping_sub(1)) == Some(&b' ') {
        while end > 0 && is(end - 1)?.is & WHITE != 0 {
            end -= 1;
        }
    }
    let Some(last) = end.checked_sub(1) else { return Some(None) };
    let before = is(last)?;
    let before_that = if last > 0 { is(last - 1)?.is } else { WHITE };
    let begins = if end == at {
        of.is & CAPITAL != 0
            && (before.is & SMALL != 0 || (before_that & SMALL != 0 && before.is & (STOP | CLOSING) != 0))
    } else if before.is & STOP != 0 {
        of.is & (CLOSING | WHITE) == 0 || of.is & QUOTE != 0
    } else {
        before.is & COMMA == 0 && of.is & OPENS != 0 && !(middle && before.is & (CAPITAL | SMALL | DIGIT) != 0)
    };
    if !begins {
        return Some(None);
    }
    let closes = before.is & CLOSING != 0 && before_that & STOP != 0;
    let ends = match bytes[last] {
        byte if closes => 1 + u32::from(byte == b')'),
        b'.' if last > 1 && !bytes[last - 2].is_ascii() => return None,
        b'.' => {
            let back = |by: usize| last.checked_sub(by).map(|at| char::from(bytes[at]));
            last_of('.', back(1).unwrap_or(' '), back(2))
        }
        _ => before.ends.into(),
    };
    let next = bytes.get(at + 1).copied().unwrap_or(b' ');
    let starts = if of.is & QUOTE != 0 || (of.is & CAPITAL != 0 && !next.is_ascii()) {
        first_of(line.part(at..))
    } else {
        u32::from(of.starts) + u32::from(of.is & CAPITAL != 0 && next.is_ascii_uppercase())
    };
    let marks = Marks { ends: ends * 2 + u32::from(end == at), starts };
    Some(Some((Gap { end, start: at }, marks, before.is & STOP != 0 || closes)))
}

/// What an ASCII character is beside a gap: a set of the constants below; and how a side ends or begins with it where no
/// other character has a say.
#[derive(Clone, Copy)]
struct Ascii {
    is: u16,
    ends: u8,
    starts: u8,
}

const STOP: u16 = 1 << 0;
const CLOSING: u16 = 1 << 1;
/// `"` and `'`.
const QUOTE: u16 = 1 << 2;
const COMMA: u16 = 1 << 3;
const CAPITAL: u16 = 1 << 4;
const SMALL: u16 = 1 << 5;
const DIGIT: u16 = 1 << 6;
const WHITE: u16 = 1 << 7;
/// After white space, something may begin with it though no sentence ends there.
const OPENS: u16 = 1 << 8;

/// [`may_begin`], [`last_of`] and [`first_of`] say the same of these.
const ASCII: [Ascii; 128] = {
    let mut table = [Ascii { is: 0, ends: 19, starts: 0 }; 128];
    let mut byte = 0;
    while byte < 128 {
        let (is, ends, starts) = match byte as u8 {
            b'.' => (STOP, 7, 0),
            b'!' | b'?' => (STOP, 3, 0),
            b'"' | b'\'' => (CLOSING | QUOTE | OPENS, 12, 6),
            b')' | b']' => (CLOSING, 11, 0),
            b'}' => (CLOSING, 12, 0),
            b',' => (COMMA, 10, 0),
            b';' => (0, 10, 0),
            b':' => (0, 9, 0),
            b'%' | b'&' | b'+' | b'=' => (0, 19, 0),
            b'(' | b'[' => (OPENS, 19, 12),
            b'-' => (OPENS, 13, 13),
            b'@' | b'#' => (OPENS, 19, 14),
            b'|' | b'*' | b'>' | b'/' => (OPENS, 14, 16),
            b'a'..=b'z' => (SMALL, 15, 1),
            b'A'..=b'Z' => (CAPITAL | OPENS, 16, 2),
            b'0'..=b'9' => (DIGIT | OPENS, 17, 4),
            b'\t'..=b'\r' | b' ' => (WHITE, 19, 0),
            _ => (OPENS, 19, 0),
        };
        table[byte] = Ascii { is, ends, starts };
        byte += 1;
    }
    table
};

/// Whether a stop or a closing quotation mark stands before the space before a place.
fn is_after_stop(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(2).is_some_and(|before| !bytes[before].is_ascii_alphanumeric() && bytes[before] != b',')
}

/// Whether something new may begin with `c`, with or without white space before it.
fn may_begin(before_that: char, before: char, spaced: bool, c: char, of: u8) -> bool {
    let before_kind = kind(before);
    if spaced {
        return match of {
            _ if is_stop(before) => !is_closing(c) || matches!(c, '"' | '\'' | '\u{201c}'),
            _ if before == ',' || is_stop(c) => false,
            _ if of & LOWER != 0 => false,
            _ if of & (UPPER | NUMERIC) != 0 => true,
            // A script without case.
            _ if of & ALPHABETIC != 0 => is_closing(before) || before_kind & NUMERIC != 0 || is_mark(before),
            _ => opens(c),
        };
    }
    match () {
        () if is_stop(c) || is_closing(c) => false,
        () if is_wide_stop(before) || (is_closing(before) && is_wide_stop(before_that)) => true,
        () if of & UPPER == 0 => false,
        () => before_kind & LOWER != 0 || (kind(before_that) & LOWER != 0 && (is_stop(before) || is_closing(before))),
    }
}

/// A bar, bullet, arrow or the like.
fn is_mark(c: char) -> bool {
    matches!(c, '|' | '*' | '>' | '/' | '\u{b7}' | '\u{2022}' | '\u{bb}' | '\u{203a}' | '\u{25b6}'..='\u{25cf}' | '\u{2190}'..='\u{21ff}' | '\u{ff5c}')
}

/// A mark that something may begin with.
fn opens(c: char) -> bool {
    !matches!(
        c,
        ',' | ';'
            | ':'
            | '%'
            | '&'
            | '+'
            | '='
            | ')'
            | ']'
            | '}'
            | '\u{2019}'
            | '\u{201d}'
            | '\u{3001}'
            | '\u{ff0c}'
            | '\u{60c}'
    )
}

/// Whether a dateline may be going on there: near the head of a line, a dash stands a few words after.
fn is_before_dash(line: &str, gap: Gap) -> bool {
    const HEAD: usize = 100;
    const DATELINE: usize = 48;
    let after = first_bytes(line.part(gap.start..), DATELINE);
    let dashes = ["- ", "\u{2013} ", "\u{2014}", "_ "];
    gap.start <= HEAD && dashes.iter().any(|dash| after.find(dash).is_some_and(|at| at > 0))
}

/// How one side of a gap ends and the other begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Marks {
    /// Below [`ENDS`], twice, and one more where no white space stands between.
    ends: u32,
    /// Below [`STARTS`].
    starts: u32,
}

impl Marks {
    fn evidence(self) -> [u32; 4] {
        rows(0, [0, self.ends, self.starts, join_hash(self.ends, self.starts)])
    }
}

/// Words that are looked at on each side.
const AROUND: usize = 3;

/// What stands on both sides of a gap, and how it lies in the line.
struct Sides<'t> {
    seen: Seen<'t>,
    gap: Gap,
    /// Where what stands before and after the words looked at so far ends and begins.
    rest: Gap,
    before: [Token; AROUND],
    after: [Token; AROUND],
    marks: Marks,
    /// A sentence ends before it.
    stops: bool,
    /// How near the gap is to the line's ends.
    place: u32,
}

impl<'t> Sides<'t> {
    #[inline]
    fn of(seen: Seen<'t>, gap: Gap, marks: Marks, stops: bool) -> Self {
        let near_end = bucket(seen.line.len() - gap.start, &[24, 48, 96, 192]);
        let place = join_hash(bucket(gap.start, &[24, 48, 96, 192]), 1 + near_end);
        let (before, after) = ([Token::default(); AROUND], [Token::default(); AROUND]);
        Self { seen, gap, rest: gap, before, after, marks, stops, place }
    }

    /// What stands before the gap, as far as it is looked at.
    fn head(&self) -> &'t str {
        last_bytes(self.seen.line.part(..self.gap.end), WINDOW)
    }

    /// The next word before the gap.
    #[inline]
    fn word_before(&mut self) -> Token {
        let end = self.rest.end;
        match self.seen.word_before(end).filter(|(start, _)| *start + WINDOW >= self.gap.end) {
            Some((start, word)) => {
                self.rest.end = start;
                word
            }
            None => self.rare_word_before(),
        }
    }

    #[inline(never)]
    fn rare_word_before(&mut self) -> Token {
        let start = self.gap.end - self.head().len();
        let mut words = [Token::default()];
        self.rest.end = start + words_before(self.seen.line.part(start..self.rest.end), &mut words).len();
        words[0]
    }

    /// The next word after the gap.
    #[inline]
    fn word_after(&mut self) -> Token {
        let start = self.rest.start;
        match self.seen.word_after(start).filter(|(end, _)| *end <= self.gap.start + WINDOW) {
            Some((end, word)) => {
                self.rest.start = end;
                word
            }
            None => self.rare_word_after(),
        }
    }

    #[inline(never)]
    fn rare_word_after(&mut self) -> Token {
        let end = self.gap.start + first_bytes(self.seen.line.part(self.gap.start..), WINDOW).len();
        let mut words = [Token::default()];
        self.rest.start = end - words_after(self.seen.line.part(self.rest.start..end), &mut words).len();
        words[0]
    }

    /// What the two words say.
    #[inline]
    fn words(&mut self) -> [u32; 2] {
        (self.before[0], self.after[0]) = (self.word_before(), self.word_after());
        rows(6, [self.before[0].hash, self.after[0].hash])
    }

    /// How they go with the marks and with each other, and where the gap lies.
    fn near(&self) -> [u32; 6] {
        let (before, after, stops) = (self.before[0].hash, self.after[0].hash, u32::from(self.stops));
        let Marks { ends, starts } = self.marks;
        // How long ago the last sentence ended.
        let head = self.head().as_bytes();
        let inside = &head[..head.len().saturating_sub(1)];
        let stop = memchr::memrchr3(b'.', b'!', b'?', inside);
        let since = bucket(stop.map_or(WINDOW, |stop| inside.len() - stop), &[24, 48, 96, WINDOW]);
        rows(
            8,
            [
                join_hash(before, ends),
                join_hash(before, starts),
                join_hash(after, ends),
                join_hash(before, after),
                join_hash(since, stops),
                join_hash(self.place, stops),
            ],
        )
    }

    /// What those further off say.
    fn far(&mut self, packs: &Packs) -> [u32; 14] {
        for at in 1..AROUND {
            (self.before[at], self.after[at]) = (self.word_before(), self.word_after());
        }
        let Marks { ends, starts } = self.marks;
        let cased = |words: &[Token]| words.iter().fold(1, |all, word| all * 8 + word.case);
        let (case_before, case_after) = (cased(&self.before), cased(&self.after));
        let ([before, second, third], [after, next, last]) =
            (self.before.map(|word| word.hash), self.after.map(|word| word.hash));
        // Phrases that packs know: those that end before the gap, and those that begin after it.
        let (mut ending, mut beginning) = (0, 0);
        let words = [third, second, before].map(Word::of_hash);
        packs.cues(&words, |cue, at, len| ending |= u32::from(at + len == AROUND) << cue as u32);
        let words = [after, next, last].map(Word::of_hash);
        packs.opening_cues(&words, |cue, _| beginning |= 1 << cue as u32);
        rows(
            14,
            [
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
                join_hash(ending, starts),
                join_hash(beginning, ends),
                join_hash(ending, 1 + beginning),
            ],
        )
    }
}

/// Evidence of rows of their own, the first of which is after so many others.
fn rows<const N: usize>(first: u32, values: [u32; N]) -> [u32; N] {
    let mut row = first;
    values.map(|value| {
        row += 1;
        value.wrapping_add(row.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b).rotate_left(13)
    })
}

/// So many bytes on each side are looked at.
const WINDOW: usize = 4 * LONGEST_BYTES;

fn last_bytes(text: &str, most: usize) -> &str {
    let mut start = text.len().saturating_sub(most);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.part(start..)
}

/// A word as a cut sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Token {
    hash: u32,
    /// 0: there is none; small, capital, all capitals, digits, without case.
    case: u32,
}

/// Longer words are cut off here, in bytes.
const LONGEST_BYTES: usize = 48;

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

fn is_ascii_mark(byte: &u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric()
}

fn is_in_word(c: char) -> bool {
    kind(c) & (WORD | ALPHABETIC | NUMERIC) != 0
}

/// The last words of a text, the very last first, and what stands before them.
fn words_before<'t>(text: &'t str, words: &mut [Token]) -> &'t str {
    let mut rest = text;
    for word in words {
        let marks = rest.bytes().rev().take_while(is_ascii_mark).count();
        rest = rest.part(..rest.len() - marks);
        let ascii = rest.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        if (1..LONGEST_BYTES).contains(&ascii)
            && rest.as_bytes().get(rest.len().wrapping_sub(ascii + 1)).is_none_or(u8::is_ascii)
        {
            *word = Token::of(rest.part(rest.len() - ascii..));
            rest = rest.part(..rest.len() - ascii);
            continue;
        }
        let trimmed = rest.trim_end_matches(|c| !is_in_word(c));
        if trimmed.is_empty() {
            return trimmed;
        }
        let start = trimmed
            .char_indices()
            .rev()
            .take_while(|(at, c)| is_in_word(*c) && trimmed.len() - at <= LONGEST_BYTES)
            .enumerate()
            .take_while(|(i, (_, c))| *i == 0 || !is_unspaced(*c))
            .last()
            .map_or(trimmed.len(), |(_, (at, _))| at);
        *word = Token::of(trimmed.part(start..));
        rest = trimmed.part(..start);
    }
    rest
}

/// The first words of a text, and what stands after them.
fn words_after<'t>(text: &'t str, words: &mut [Token]) -> &'t str {
    let mut rest = text;
    for word in words {
        let marks = rest.bytes().take_while(is_ascii_mark).count();
        rest = rest.part(marks..);
        let ascii = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if (1..LONGEST_BYTES).contains(&ascii) && rest.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
            *word = Token::of(rest.part(..ascii));
            rest = rest.part(ascii..);
            continue;
        }
        let trimmed = rest.trim_start_matches(|c| !is_in_word(c));
        if trimmed.is_empty() {
            return trimmed;
        }
        let end = trimmed
            .char_indices()
            .enumerate()
            .find(|(i, (at, c))| !is_in_word(*c) || *at >= LONGEST_BYTES || (*i > 0 && is_unspaced(*c)))
            .map_or(trimmed.len(), |(_, (at, _))| at);
        *word = Token::of(trimmed.part(..end));
        rest = trimmed.part(end..);
    }
    rest
}

impl Seen<'_> {
    /// The last word before a place, and where it begins; none where that takes more than a look at 64 bytes.
    #[inline]
    fn word_before(&self, end: usize) -> Option<(usize, Token)> {
        let at = end.checked_sub(self.from)?;
        let bits = Bits::before(self.blocks.all(), at);
        let marks = (bits.alphanumeric() | bits.high).leading_zeros();
        let run = bits.alphanumeric().checked_shl(marks)?.leading_ones();
        let len = (run as usize).min(LONGEST_BYTES);
        if run == 0 {
            return None;
        }
        // What stands before a word must be known, but for the line's beginning, and nothing that may belong to it.
        let (used, start) = (marks + run, at.checked_sub(marks as usize + len)?);
        let sure = len == LONGEST_BYTES
            || (used < u64::BITS && (bits.high << used) >> 63 == 0 && (start > 0 || self.from == 0));
        sure.then(|| (self.from + start, self.token(&bits, u64::BITS as usize - marks as usize - len, start, len)))
    }

    /// The first word after a place, and where it ends; none where that takes more than a look at 64 bytes.
    #[inline]
    fn word_after(&self, start: usize) -> Option<(usize, Token)> {
        let at = start.checked_sub(self.from).filter(|_| start < self.to)?;
        let bits = Bits::after(self.blocks.all(), at);
        let marks = (bits.alphanumeric() | bits.high).trailing_zeros();
        let run = bits.alphanumeric().checked_shr(marks)?.trailing_ones();
        let len = (run as usize).min(LONGEST_BYTES);
        if run == 0 {
            return None;
        }
        let (used, end) = (marks + run, start + marks as usize + len);
        let sure = len == LONGEST_BYTES
            || (used < u64::BITS && bits.high >> used & 1 == 0 && (end < self.to || self.to == self.line.len()));
        sure.then(|| (end, self.token(&bits, marks as usize, at + marks as usize, len)))
    }

    /// The word of so many bytes that begins at a place of the part, and at a bit of those around.
    #[inline]
    fn token(&self, bits: &Bits, first: usize, start: usize, len: usize) -> Token {
        let (all, is_first) = (((1 << len) - 1) << first, 1 << first);
        let case = match () {
            () if bits.lower & is_first != 0 => 1,
            () if bits.upper & is_first != 0 => 3 - u32::from(bits.lower & all != 0),
            () => 4,
        };
        let digits = len <= 4 && bits.digits & all == all;
        let hash = if digits { len as u32 } else { hash_ascii(self.blocks, start, start + len) };
        Token { hash, case }
    }
}

/// Where no text is.
const NO_BLOCK: Block = Block { upper: 0, lower: 0, digits: 0, high: 0, apostrophes: 0, spaces: 0, bytes: 0 };

/// What 64 bytes are: a bit each, the first one's lowest.
#[derive(Clone, Copy)]
struct Bits {
    upper: u64,
    lower: u64,
    digits: u64,
    high: u64,
}

impl Bits {
    /// Of the bytes before a place; none where the part begins.
    #[inline]
    fn before(blocks: &[Block], at: usize) -> Self {
        let (last, shift) = (at.wrapping_sub(1) / Block::SIZE, at % Block::SIZE);
        let of = |at: usize| blocks.get(at).unwrap_or(&NO_BLOCK);
        let (upper, lower) = (of(last), of(last.wrapping_sub(1)));
        // With a shift of 0 all is of one block.
        let (left, keep) = ((Block::SIZE - shift) % Block::SIZE, if shift == 0 { 0 } else { u64::MAX });
        let join = |high: u64, low: u64| high << left | (low >> shift & keep);
        Self {
            upper: join(upper.upper, lower.upper),
            lower: join(upper.lower, lower.lower),
            digits: join(upper.digits, lower.digits),
            high: join(upper.high, lower.high),
        }
    }

    /// Of the bytes from a place on; none where the part ends.
    #[inline]
    fn after(blocks: &[Block], at: usize) -> Self {
        let (first, shift) = (at / Block::SIZE, at % Block::SIZE);
        let of = |at: usize| blocks.get(at).unwrap_or(&NO_BLOCK);
        let (lower, upper) = (of(first), of(first + 1));
        let (left, keep) = ((Block::SIZE - shift) % Block::SIZE, if shift == 0 { 0 } else { u64::MAX });
        let join = |low: u64, high: u64| low >> shift | (high << left & keep);
        Self {
            upper: join(lower.upper, upper.upper),
            lower: join(lower.lower, upper.lower),
            digits: join(lower.digits, upper.digits),
            high: join(lower.high, upper.high),
        }
    }

    fn alphanumeric(&self) -> u64 {
        self.upper | self.lower | self.digits
    }
}

/// How what stands before a gap ends: by its last characters, the very last first.
fn last_of(last: char, before: char, before_that: Option<char>) -> u32 {
    match last {
        _ if is_closing(last) && is_stop(before) => 1 + u32::from(last == ')'),
        '!' | '?' => 3,
        '.' if before == '.' => 4,
        // An abbreviation: a capital, or a single letter.
        '.' if kind(before) & UPPER != 0 => 5,
        '.' if before_that.is_none_or(|c| kind(c) & ALPHABETIC == 0) => 6,
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

/// One above the highest of them.
const ENDS: u32 = 20;

/// How what stands after a gap begins.
fn first_of(text: &str) -> u32 {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or(' ');
    let cased = |first: char, next: Option<char>| match kind(first) {
        of if of & LOWER != 0 => 1,
        of if of & UPPER != 0 && next.is_some_and(|c| kind(c) & UPPER != 0) => 3,
        of if of & UPPER != 0 => 2,
        of if of & NUMERIC != 0 => 4,
        of if of & ALPHABETIC != 0 => 5,
        _ => 0,
    };
    match first {
        '"' | '\'' | '\u{201c}' | '\u{2018}' | '\u{ab}' | '\u{201e}' => {
            6 + chars.next().map_or(0, |inside| cased(inside, chars.next()))
        }
        '(' | '[' => 12,
        '-' | '\u{2013}' | '\u{2014}' => 13,
        '@' | '#' => 14,
        '\u{a9}' => 15,
        c if is_mark(c) => 16,
        c => cased(c, chars.next()),
    }
}

/// One above the highest of them.
const STARTS: u32 = 17;

/// The index of the first bound that is above `n`.
fn bucket(n: usize, bounds: &[usize]) -> u32 {
    bounds.partition_point(|bound| *bound <= n) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn gaps(line: &str) -> Vec<&str> {
        let mut found = Vec::new();
        each_gap(line, &mut Blocks::default(), |gap, _, _, _| found.push(&line[gap.start..]));
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

    proptest! {
        #[test]
        fn gaps_of_ascii_are_those_of_any_text(line in "([ -~]|[a-zA-Z]| |[.,'\")(]|\t|é){1,12}", middle: bool) {
            for at in (1..line.len()).filter(|at| line.is_char_boundary(*at)) {
                if let Some(found) = ascii_gap(&line, at, middle) {
                    prop_assert_eq!(found, rare_gap(&line, at, middle), "{:?} {}", line, at);
                }
            }
        }

        #[test]
        fn words_of_blocks_are_those_of_the_characters(line in "([a-zA-Z0-9]{0,9}|[a-zB]{40,60})([ ,.é—東]{0,3}[a-zA-Z0-9]{0,12}){0,20}") {
            let mut blocks = Blocks::default();
            blocks.cut(&line);
            let seen = Seen { line: &line, blocks: &blocks, from: 0, to: line.len() };
            for at in (0..=line.len()).filter(|at| line.is_char_boundary(*at)) {
                let mut words = [Token::default()];
                if let Some((start, word)) = seen.word_before(at) {
                    prop_assert_eq!(start, words_before(&line[..at], &mut words).len());
                    prop_assert_eq!(word, words[0]);
                }
                if let Some((end, word)) = seen.word_after(at) {
                    prop_assert_eq!(line.len() - end, words_after(&line[at..], &mut words).len());
                    prop_assert_eq!(word, words[0]);
                }
            }
        }
    }
}
