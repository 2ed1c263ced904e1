//! What a pair of neighbouring lines shows: how the upper one ends and the lower one begins, how long they are, and what the
//! lines around them do. Each figure is one of a few kinds, so that a weight for each is all that a score takes.

use wide::{CmpEq, CmpGt, i8x16};

use super::RawLine;
use super::wrap::{columns, opens_item};
use crate::text::kinds::{ALPHABETIC, LOWER, NUMERIC, UPPER, is_unspaced, kind};
use crate::text::part::PartOf;
use crate::text::sentence;

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum End {
    Stop,
    ClosedStop,
    Abbreviation,
    Ellipsis,
    Colon,
    Comma,
    Semicolon,
    ClosedQuote,
    ClosedBracket,
    Opening,
    Hyphen,
    Dash,
    Digit,
    SmallWord,
    Word,
    Name,
    Capitals,
    Unspaced,
    Caseless,
    Other,
}

const ENDS: usize = End::Other as usize + 1;

/// What several ends have in common.
const END_KINDS: usize = 6;

impl End {
    fn kind(self) -> usize {
        match self {
            Self::Stop | Self::ClosedStop | Self::Ellipsis => 0,
            Self::Comma | Self::Semicolon | Self::SmallWord | Self::Word => 1,
            Self::Abbreviation | Self::Digit | Self::Name | Self::Capitals => 2,
            Self::Opening | Self::Hyphen | Self::Dash => 3,
            Self::Colon | Self::ClosedQuote | Self::ClosedBracket | Self::Other => 4,
            Self::Unspaced | Self::Caseless => 5,
        }
    }
}

/// How a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Begin {
    Small,
    Capital,
    Capitals,
    Digit,
    Mark,
    Closing,
    OpenQuote,
    OpenBracket,
    Dash,
    Item,
    Apostrophe,
    Unspaced,
    Caseless,
    Other,
    OnlyMarks,
}

const BEGINS: usize = Begin::OnlyMarks as usize + 1;

/// What several beginnings have in common.
const BEGIN_KINDS: usize = 5;

impl Begin {
    fn kind(self) -> usize {
        match self {
            Self::Small | Self::Apostrophe => 0,
            Self::Mark | Self::Closing | Self::OnlyMarks => 1,
            Self::Capital | Self::Capitals | Self::Digit => 2,
            Self::OpenQuote | Self::OpenBracket | Self::Dash | Self::Item | Self::Other => 3,
            Self::Unspaced | Self::Caseless => 4,
        }
    }
}

/// What a line shows by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineFigures {
    pub begin: Begin,
    pub end: End,
    /// In columns, its indentation among them, at most `WIDEST`.
    width: usize,
    /// Of its first word, in columns.
    word: usize,
    style: usize,
    open: usize,
    closes: bool,
    indent: usize,
    set_off: bool,
    /// Whether its second sentence begins with a small letter, where it has one.
    small_sentence: Option<bool>,
}

/// Lines are seen no further than this: a wider one is a paragraph.
const WIDEST: usize = 300;
/// No prose is wrapped narrower.
const NARROWEST: usize = 20;
/// No text is wrapped wider.
const WIDEST_WRAP: usize = 130;

impl LineFigures {
    pub fn at(text: &str, line: &RawLine) -> Self {
        let content = text.part(line.span.range());
        let marks = Marks::of(content);
        let word = marks.first_word(content);
        let indent = line.indent.min(8);
        // Not all of a long line needs to be counted.
        let width = if content.len() > 4 * WIDEST { WIDEST } else { (indent + marks.columns(content)).min(WIDEST) };
        let short_word = if word.len() > 4 * WIDEST { WIDEST } else { marks.columns(word).min(WIDEST) };
        let (open, closes) = open(content, &marks);
        Self {
            begin: begin(content),
            end: end(content),
            width,
            word: short_word,
            style: style(content, &marks),
            open,
            closes,
            indent: line.indent,
            set_off: line.set_off,
            small_sentence: small_sentence(content, &marks),
        }
    }
}

/// Marks of a line that are counted or sought, all in one pass.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    opened: u32,
    closed: u32,
    quotes: u32,
    /// Some byte is of no ASCII.
    high: bool,
    /// Where the first byte stands that may be white space, or belong to it.
    white: Option<usize>,
    /// Where the first full stop stands with a space after it.
    stop: Option<usize>,
    /// What stands after each of the first spaces: so many.
    after: [usize; SPACES],
    spaces: usize,
}

/// So many words after the first one tell how a line is written.
const SPACES: usize = 10;

impl Marks {
    fn of(line: &str) -> Self {
        let mut marks = Self::default();
        // Whether the byte before was a full stop.
        let mut stop_before = 0;
        let (whole, rest) = line.as_bytes().as_chunks::<16>();
        let mut last = [b'x'; 16];
        last[..rest.len()].copy_from_slice(rest);
        for (i, sixteen) in whole.iter().chain([&last]).enumerate() {
            let bytes = i8x16::new(sixteen.map(|byte| byte as i8));
            let mask = |bytes: i8x16| bytes.move_mask() as u32 & 0xffff;
            let are = |byte: u8| bytes.cmp_eq(i8x16::splat(byte as i8));
            let (opened, closed, quotes) = (are(b'('), are(b')'), are(b'"'));
            // Most stretches have none of them.
            if mask(opened | closed | quotes) != 0 {
                marks.opened += mask(opened).count_ones();
                marks.closed += mask(closed).count_ones();
                marks.quotes += mask(quotes).count_ones();
            }
            marks.high |= mask(bytes) != 0;
            let mut spaces = mask(are(b' '));
            let stops = mask(are(b'.')) << 1 | stop_before;
            stop_before = stops >> 16;
            if spaces & stops != 0 && marks.stop.is_none() {
                marks.stop = (16 * i + (spaces & stops).trailing_zeros() as usize).checked_sub(1);
            }
            if marks.white.is_none() {
                // Bytes of other characters are negative.
                let low = mask(i8x16::splat(b' ' as i8 + 1).cmp_gt(bytes));
                marks.white = (low != 0).then(|| 16 * i + low.trailing_zeros() as usize);
            }
            while spaces != 0 && marks.spaces < SPACES {
                marks.after[marks.spaces] = 16 * i + spaces.trailing_zeros() as usize + 1;
                marks.spaces += 1;
                spaces &= spaces - 1;
            }
        }
        marks
    }

    /// What stands before the first white space.
    fn first_word<'t>(&self, line: &'t str) -> &'t str {
        match self.white {
            None => line,
            Some(white) if line.as_bytes().get(white) == Some(&b' ') => line.part(..white),
            Some(_) => line.split(char::is_whitespace).next().unwrap_or_default(),
        }
    }

    /// Columns that a part of the line takes.
    fn columns(&self, part: &str) -> usize {
        if self.high { columns(part) } else { part.len() }
    }
}

/// An ellipsis is told apart.
fn is_stop(c: char) -> bool {
    sentence::is_stop(c) && !matches!(c, '\u{2026}' | '\u{22ef}')
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '\u{60c}' | '\u{3001}' | '\u{ff0c}')
}

/// A quotation mark, whichever way it is turned: languages differ.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}')
        || matches!(c, '\u{300c}'..='\u{300f}')
}

fn is_open_bracket(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '\u{3010}' | '\u{300a}' | '\u{ff08}' | '\u{bf}' | '\u{a1}')
}

fn is_closed_bracket(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '\u{3011}' | '\u{300b}' | '\u{ff09}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}')
}

/// A letter that stands between spaces in a script without case.
fn is_caseless(c: char) -> bool {
    kind(c) & (ALPHABETIC | LOWER | UPPER) == ALPHABETIC
}

/// How `line`, which is not blank, begins.
pub(super) fn begin(line: &str) -> Begin {
    let mut chars = line.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else { return Begin::Other };
    let by_letter = |c: char| {
        let of = kind(c);
        if of & LOWER != 0 {
            Begin::Small
        } else if of & UPPER != 0 {
            if second.is_some_and(|c| kind(c) & UPPER != 0) { Begin::Capitals } else { Begin::Capital }
        } else if is_unspaced(c) {
            Begin::Unspaced
        } else {
            Begin::Caseless
        }
    };
    if kind(first) & ALPHABETIC != 0 {
        return by_letter(first);
    }
    let is_mark = |c: char| is_stop(c) || is_comma(c) || matches!(c, ':' | ';' | '\u{ff1a}' | '\u{ff1b}');
    if is_quote(first) || is_closed_bracket(first) || (is_mark(first) && !second.is_some_and(char::is_alphanumeric)) {
        // A closing mark alone, or several.
        if line.len() <= 16 && line.chars().all(|c| is_mark(c) || is_quote(c) || is_closed_bracket(c)) {
            let opens = matches!(first, '\u{201c}' | '\u{201e}' | '\u{ab}' | '\u{2018}' | '\u{300c}' | '\u{300e}');
            return if opens { Begin::OpenQuote } else { Begin::OnlyMarks };
        }
        if is_mark(first) {
            return Begin::Mark;
        }
        if matches!(first, '\'' | '\u{2019}') && second.is_some_and(char::is_lowercase) {
            return Begin::Apostrophe;
        }
        let opens = is_quote(first)
            && (second.is_some_and(|c| c.is_alphanumeric() || is_quote(c) || is_open_bracket(c) || c == '\u{2026}')
                || matches!(first, '\u{300c}' | '\u{300e}' | '\u{201e}'));
        return if opens { Begin::OpenQuote } else { Begin::Closing };
    }
    if opens_item(line) {
        return if is_dash(first) { Begin::Dash } else { Begin::Item };
    }
    match first {
        _ if first.is_numeric() => Begin::Digit,
        _ if is_open_bracket(first) => Begin::OpenBracket,
        _ if is_dash(first) => Begin::Dash,
        _ => Begin::Other,
    }
}

/// Whether `line` ends in a mark that opens something.
pub(super) fn ends_open(line: &str) -> bool {
    let mut back = line.chars().rev();
    let (Some(last), before) = (back.next(), back.next()) else { return false };
    if is_open_bracket(last) || matches!(last, '\u{201e}' | '\u{ab}' | '\u{300c}' | '\u{300e}' | '\u{201c}' | '"') {
        // A quotation mark after a space, or alone, opens; one after a word or mark closes.
        let alone = before.is_none_or(|c| c.is_whitespace() || is_open_bracket(c));
        return alone || is_open_bracket(last) || matches!(last, '\u{201e}' | '\u{300c}' | '\u{300e}');
    }
    false
}

/// How `line`, which is not blank, ends.
pub(super) fn end(line: &str) -> End {
    let Some(last) = line.chars().next_back() else { return End::Other };
    if ends_open(line) {
        return End::Opening;
    }
    let bare = line.trim_end_matches(|c| is_quote(c) || is_closed_bracket(c));
    let closed = bare.len() < line.len();
    let mut back = bare.chars().rev();
    let Some(c) = back.next() else { return End::ClosedQuote };
    if c == '\u{2026}' || bare.ends_with("...") {
        return End::Ellipsis;
    }
    if is_stop(c) {
        if closed {
            return End::ClosedStop;
        }
        // "Mr." and "J."; not the last word of a sentence, which is small or long.
        let word = last_word(bare);
        let short = word.len() <= 5 && word.chars().next().is_some_and(char::is_uppercase);
        return if c == '.' && short && word.chars().count() <= 4 { End::Abbreviation } else { End::Stop };
    }
    if closed {
        return if is_quote(last) { End::ClosedQuote } else { End::ClosedBracket };
    }
    match c {
        ':' | '\u{ff1a}' => End::Colon,
        ';' | '\u{ff1b}' | '\u{61b}' => End::Semicolon,
        _ if is_comma(c) => End::Comma,
        _ if is_dash(c) => {
            if back.next().is_some_and(char::is_alphanumeric) && !matches!(c, '\u{2014}' | '\u{2015}') {
                End::Hyphen
            } else {
                End::Dash
            }
        }
        _ if kind(c) & NUMERIC != 0 => End::Digit,
        _ if kind(c) & ALPHABETIC == 0 && !is_vowel_sign(c) => End::Other,
        _ if is_unspaced(c) => End::Unspaced,
        _ if is_caseless(c) || is_vowel_sign(c) => End::Caseless,
        _ => {
            let word = last_word(bare);
            let is_capital = |c: char| kind(c) & UPPER != 0;
            match word.chars().find(|c| kind(*c) & ALPHABETIC != 0) {
                Some(first) if is_capital(first) && is_capital(c) => End::Capitals,
                Some(first) if is_capital(first) => End::Name,
                _ if word.chars().nth(3).is_none() => End::SmallWord,
                _ => End::Word,
            }
        }
    }
}

/// Marks of Indic and Semitic scripts that end words and are not letters.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{5b0}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{94d}' | '\u{980}'..='\u{dff}')
}

/// The last word of a line; of a very long one its end.
fn last_word(line: &str) -> &str {
    const LONGEST_CHARS: usize = 40;
    let is_end = |byte: u8| !byte.is_ascii() || matches!(byte, b'\t'..=b'\r' | b' ');
    match line.bytes().rev().take(LONGEST_CHARS).position(is_end).map(|back| line.len() - 1 - back) {
        None => return line,
        Some(at) if line.as_bytes()[at].is_ascii() => return line.part(at + 1..),
        // Another character may be white space too.
        Some(_) => {}
    }
    let from = line.char_indices().rev().take(LONGEST_CHARS).find(|(_, c)| c.is_whitespace());
    from.map_or(line, |(at, c)| line.part(at + c.len_utf8()..))
}

/// How the words of a line are written, of its first ten: too few to tell, most of them with capitals, mostly small, without case.
fn style(line: &str, marks: &Marks) -> usize {
    let (mut small, mut capital, mut caseless) = (0, 0, 0);
    for after in &marks.after[..marks.spaces] {
        match line.part(*after..).chars().next().map_or(0, kind) {
            of if of & LOWER != 0 => small += 1,
            of if of & UPPER != 0 => capital += 1,
            of if of & ALPHABETIC != 0 => caseless += 1,
            _ => {}
        }
    }
    match (small, capital, caseless) {
        (_, _, 3..) if caseless > small + capital => 3,
        _ if small + capital < 3 => 0,
        _ if capital > small => 1,
        _ => 2,
    }
}

/// What a line leaves open: nothing, a quotation, a bracket; and whether it closes one that it has not opened.
fn open(line: &str, marks: &Marks) -> (usize, bool) {
    let bytes = line.as_bytes();
    let Marks { opened, closed, .. } = *marks;
    let odd = marks.quotes % 2 == 1;
    let mut balance = 0i32;
    let others = if marks.high { bytes } else { &[] };
    for at in memchr::memchr3_iter(0xe2, 0xc2, 0xe3, others) {
        match bytes.get(at..at + 3) {
            Some([0xe2, 0x80, 0x9c] | [0xc2, 0xab, _] | [0xe3, 0x80, 0x8c]) => balance += 1,
            Some([0xe2, 0x80, 0x9d] | [0xc2, 0xbb, _] | [0xe3, 0x80, 0x8d]) => balance -= 1,
            None if bytes.get(at..) == Some("\u{ab}".as_bytes()) => balance += 1,
            None if bytes.get(at..) == Some("\u{bb}".as_bytes()) => balance -= 1,
            _ => {}
        }
    }
    let open = match () {
        () if opened > closed => 2,
        () if odd || balance > 0 => 1,
        () => 0,
    };
    (open, closed > opened || odd || balance < 0)
}

/// Whether the second sentence of a line begins with a small letter.
fn small_sentence(line: &str, marks: &Marks) -> Option<bool> {
    let next = kind(line.part(marks.stop? + 2..).chars().next()?);
    (next & (LOWER | UPPER) != 0).then_some(next & LOWER != 0)
}

/// The place of `value` among the bounds.
fn step(value: usize, bounds: &[usize]) -> usize {
    bounds.iter().take_while(|bound| value > **bound).count()
}

/// A share in tenths that rise quickly.
fn share(part: usize, whole: usize) -> usize {
    let of = |per_mille: usize| part * 1000 > whole * per_mille;
    [20, 100, 250, 450, 700].into_iter().take_while(|bound| of(*bound)).count()
}

const SHARES: usize = 6;

const LENGTHS: [usize; 10] = [2, 5, 10, 20, 30, 45, 60, 75, 95, 150];
const LENGTH_STEPS: usize = LENGTHS.len() + 1;
const COARSE: [usize; 5] = [5, 15, 30, 60, 110];
const COARSE_STEPS: usize = COARSE.len() + 1;

/// How much room is left after a line for the next word: none, little, much; and for lines that no wrapping explains.
const ROOMS: usize = 5;

fn room(upper: &LineFigures, lower: &LineFigures, width: usize) -> usize {
    if upper.width > WIDEST_WRAP || width == 0 {
        return 4;
    }
    let used = upper.width + 1 + lower.word;
    if used > width { 0 } else { 1 + step(width - used, &[3, 12]) }
}

/// Figures of a pair by itself and by its surroundings: each one's name and how many values it has.
pub(super) const FIGURES: [(&str, usize); COUNT] = [
    ("end and beginning", ENDS * BEGINS),
    ("upper length", LENGTH_STEPS * END_KINDS * BEGIN_KINDS),
    ("lower length", LENGTH_STEPS * END_KINDS * BEGIN_KINDS),
    ("lengths", COARSE_STEPS * COARSE_STEPS),
    ("upper beginning", BEGINS * END_KINDS * BEGIN_KINDS),
    ("lower end", ENDS * BEGIN_KINDS),
    ("upper style", 4 * END_KINDS * BEGIN_KINDS),
    ("lower style", 4 * END_KINDS * BEGIN_KINDS),
    ("open", 3 * 2 * BEGIN_KINDS),
    ("blank line", 2 * SHARES * BEGIN_KINDS),
    ("indent", 4 * END_KINDS),
    ("room among near lines", ROOMS * END_KINDS * BEGIN_KINDS),
    ("room among far lines", ROOMS * END_KINDS * BEGIN_KINDS),
    ("room in the document", ROOMS * END_KINDS * BEGIN_KINDS),
    ("room before", ROOMS * BEGINS * BEGIN_KINDS),
    ("room behind", ROOMS * END_KINDS * BEGIN_KINDS),
    ("wrapping around", 6 * 6 * 2),
    ("stops of long lines", SHARES * END_KINDS * BEGIN_KINDS),
    ("small beginnings", SHARES * END_KINDS * BEGIN_KINDS),
    ("small behind stops", SHARES * BEGIN_KINDS),
    ("capital beginnings", SHARES * END_KINDS * BEGIN_KINDS),
    ("wrapped document", 3 * 2),
    ("alike", 5 * BEGIN_KINDS),
    ("lines", 5 * BEGIN_KINDS),
    // From here on the scores of a first round are known.
    ("score before", SCORES * END_KINDS),
    ("score behind", SCORES * BEGIN_KINDS),
    ("scores beside", SCORES * SCORES),
    ("torn in the document", SHARES * END_KINDS * BEGIN_KINDS),
    ("torn around", 6 * END_KINDS * BEGIN_KINDS),
];

const COUNT: usize = 29;
/// Figures of the first round.
pub(super) const FIRST: usize = 24;
const SCORES: usize = 8;

/// A figure's value of each kind.
pub(super) type Values = [u16; COUNT];

/// How far "near" and "far" lines are.
const NEAR: usize = 2;
const FAR: usize = 6;

/// A document's lines as pairs.
pub(super) struct Pairs {
    of_lines: Vec<LineFigures>,
    /// Which lines go on the one before where the document as a whole is hard-wrapped.
    wrapped: Option<Vec<bool>>,
    /// The width that most of the lines that could be wrapped keep within.
    width: usize,
    set_off: usize,
    /// Of lines of 30 columns and more: how many, and how many end in no stop.
    long: usize,
    unstopped: usize,
    /// Of pairs of which the upper line is long: how many have a small letter at the lower one's beginning.
    small: usize,
    /// Letters after stops, and how many of them are small. Where all is written small, small letters say nothing.
    stopped: usize,
    small_after_stop: usize,
    /// Of lines that begin with a letter that has case: how many, and how many with a capital.
    cased: usize,
    capital: usize,
}

impl Pairs {
    pub fn of(text: &str, lines: &[RawLine], wrapped: Option<Vec<bool>>) -> Self {
        let of_lines: Vec<LineFigures> = lines.iter().map(|line| LineFigures::at(text, line)).collect();
        let mut counts = [0usize; WIDEST_WRAP + 1];
        let (mut long, mut unstopped, mut small, mut wrappable) = (0, 0, 0, 0);
        let (mut stopped, mut small_after_stop, mut cased, mut capital) = (0, 0, 0, 0);
        for (line, next) in of_lines.iter().zip(of_lines.iter().skip(1)) {
            if line.width >= 30 {
                long += 1;
                unstopped += usize::from(line.end.kind() != 0);
                small += usize::from(line.end.kind() != 0 && matches!(next.begin.kind(), 0 | 1 | 4));
            }
            stopped += usize::from(line.small_sentence.is_some());
            small_after_stop += usize::from(line.small_sentence == Some(true));
            let (is_small, is_capital) =
                (next.begin == Begin::Small, matches!(next.begin, Begin::Capital | Begin::Capitals));
            if is_small || is_capital {
                cased += 1;
                capital += usize::from(is_capital);
                stopped += usize::from(line.end.kind() == 0);
                small_after_stop += usize::from(line.end.kind() == 0 && is_small);
            }
            if let (true, Some(count)) = (line.width >= 25, counts.get_mut(line.width)) {
                *count += 1;
                wrappable += 1;
            }
        }
        let mut seen = 0;
        let within = counts.iter().position(|&n| {
            seen += n;
            seen > 0 && seen * 20 >= wrappable * 19
        });
        let set_off = of_lines.iter().filter(|line| line.set_off).count();
        let width = within.unwrap_or_default();
        Self { of_lines, wrapped, width, set_off, long, unstopped, small, stopped, small_after_stop, cased, capital }
    }

    pub fn len(&self) -> usize {
        self.of_lines.len().saturating_sub(1)
    }

    /// Whether a pair stands among scraps, none of which could be a line that was torn.
    pub fn is_among_scraps(&self, at: usize) -> bool {
        self.near(at, FAR).iter().all(|line| line.width < NARROWEST)
    }

    /// Whether the lower line of a pair begins with a letter of a script without case, and no line around ends with a stop.
    pub fn is_bare(&self, at: usize) -> bool {
        self.of_lines.get(at + 1).is_some_and(|lower| lower.begin.kind() == 4)
            && self.near(at, FAR).iter().all(|line| line.end.kind() != 0)
    }

    /// The lines no further than `far` from a pair.
    fn near(&self, at: usize, far: usize) -> &[LineFigures] {
        self.of_lines.part(at.saturating_sub(far).min(self.of_lines.len())..(at + far + 2).min(self.of_lines.len()))
    }

    /// The widest of the lines that could be wrapped, no further than `far` from the pair.
    fn widest(&self, at: usize, far: usize) -> usize {
        self.near(at, far).iter().map(|line| line.width).filter(|width| *width <= WIDEST_WRAP).max().unwrap_or_default()
    }

    /// The values of the figures that a pair shows by itself and by its surroundings.
    pub fn values(&self, at: usize) -> Values {
        let (Some(upper), Some(lower)) = (self.of_lines.get(at), self.of_lines.get(at + 1)) else { return [0; COUNT] };
        let (ends, begins) = (upper.end.kind(), lower.begin.kind());
        let both = ends * BEGIN_KINDS + begins;
        let with_both = |value: usize| value * END_KINDS * BEGIN_KINDS + both;
        let far = self.widest(at, FAR);
        let far_room = room(upper, lower, far);
        // In wrapped prose a line that has room left ends a paragraph, and so mostly with a stop.
        let (mut full, mut broken) = (0, 0);
        let near = self.near(at, FAR);
        for (a, b) in near.iter().zip(near.iter().skip(1)) {
            if a.end.kind() != 0 {
                match room(a, b, far) {
                    0 => full += usize::from(matches!(b.begin.kind(), 0 | 1 | 4)),
                    _ => broken += 1,
                }
            }
        }
        let before = at.checked_sub(1).and_then(|at| self.of_lines.get(at));
        let after = self.of_lines.get(at + 2);
        let alike = |a: Option<&LineFigures>, b: &LineFigures| {
            usize::from(a.is_some_and(|a| a.begin == b.begin && a.end == b.end && a.width.abs_diff(b.width) <= 12))
        };
        let likeness = alike(Some(upper), lower) + alike(before, upper) + alike(after, lower) + alike(before, lower);
        let indent = match () {
            () if lower.indent == upper.indent => 0,
            () if lower.indent > upper.indent + 3 => 3,
            () if lower.indent > upper.indent => 2,
            () => 1,
        };
        let wrapped = self.wrapped.as_ref().map_or(0, |wrapped| 1 + usize::from(wrapped.get(at) == Some(&true)));
        // That no blank line stands here where others do says something of wrapped documents alone: pages set some of their lines
        // off and others not.
        let set_off = share(self.set_off, self.of_lines.len());
        let blank = match lower.set_off {
            true => SHARES + set_off,
            false if self.wrapped.is_some() => set_off,
            false => 0,
        };
        let first = [
            upper.end as usize * BEGINS + lower.begin as usize,
            with_both(step(upper.width, &LENGTHS)),
            with_both(step(lower.width, &LENGTHS)),
            step(upper.width, &COARSE) * COARSE_STEPS + step(lower.width, &COARSE),
            with_both(upper.begin as usize),
            lower.end as usize * BEGIN_KINDS + begins,
            with_both(upper.style),
            with_both(lower.style),
            (upper.open * 2 + usize::from(lower.closes)) * BEGIN_KINDS + begins,
            blank * BEGIN_KINDS + begins,
            indent * END_KINDS + ends,
            with_both(room(upper, lower, self.widest(at, NEAR))),
            with_both(far_room),
            with_both(room(upper, lower, self.width)),
            (before.map_or(4, |before| room(before, upper, far)) * BEGINS + upper.begin as usize) * BEGIN_KINDS
                + begins,
            (after.map_or(4, |after| room(lower, after, far)) * END_KINDS + lower.end.kind()) * BEGIN_KINDS + begins,
            (full.min(5) * 6 + broken.min(5)) * 2 + usize::from(far_room == 0),
            with_both(share(self.unstopped, self.long)),
            with_both(share(self.small, self.long)),
            share(self.small_after_stop, self.stopped) * BEGIN_KINDS + begins,
            with_both(share(self.capital, self.cased)),
            wrapped * 2 + usize::from(lower.set_off),
            likeness * BEGIN_KINDS + begins,
            step(self.of_lines.len(), &[4, 10, 30, 100]) * BEGIN_KINDS + begins,
        ];
        let mut values = [0; COUNT];
        values.iter_mut().zip(first).for_each(|(value, first)| *value = first as u16);
        values
    }

    /// Adds to the values of each pair those that follow from the scores of a first round.
    pub fn add_scores(&self, scores: &[i32], values: &mut [Values]) {
        let torn = share(scores.iter().filter(|score| **score > 0).count(), scores.len());
        let of = |at: Option<usize>| match at.and_then(|at| scores.get(at)) {
            None => 0,
            Some(score) => 1 + [-1500, -700, -200, 200, 700, 1500].iter().take_while(|bound| *score > **bound).count(),
        };
        for (at, (values, (upper, lower))) in
            values.iter_mut().zip(self.of_lines.iter().zip(self.of_lines.iter().skip(1))).enumerate()
        {
            let (ends, begins) = (upper.end.kind(), lower.begin.kind());
            let with_both = |value: usize| (value * END_KINDS + ends) * BEGIN_KINDS + begins;
            let (before, after) = (of(at.checked_sub(1)), of(Some(at + 1)));
            let near = scores.iter().take(at + FAR + 1).skip(at.saturating_sub(FAR));
            let around = near.filter(|score| **score > 0).count();
            let itself = usize::from(scores.get(at).is_some_and(|score| *score > 0));
            let second = [
                before * END_KINDS + ends,
                after * BEGIN_KINDS + begins,
                before * SCORES + after,
                with_both(torn),
                with_both(step(around - itself, &[0, 1, 3, 5, 8])),
            ];
            values.iter_mut().skip(FIRST).zip(second).for_each(|(value, second)| *value = second as u16);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn one_look_sees_what_others_would(line in "([ -~]|[.] ?|[ ()\"]|[\té—。\u{3000}]){0,60}") {
            let marks = Marks::of(&line);
            let count = |mark: char| line.matches(mark).count() as u32;
            prop_assert_eq!([marks.opened, marks.closed, marks.quotes], ['(', ')', '"'].map(count));
            prop_assert_eq!(marks.high, !line.is_ascii());
            prop_assert_eq!(marks.stop, line.find(". "));
            prop_assert_eq!(marks.first_word(&line), line.split(char::is_whitespace).next().unwrap());
            let after: Vec<_> = line.match_indices(' ').map(|(at, _)| at + 1).take(SPACES).collect();
            prop_assert_eq!(&marks.after[..marks.spaces], &after);
            prop_assert_eq!(marks.columns(&line), columns(&line));
        }

        #[test]
        fn the_last_word_stands_after_the_last_white_space(line in "[a-zé\u{3000} .]{0,60}") {
            let last = line.rsplit(char::is_whitespace).next().unwrap();
            let near = line.char_indices().rev().take(40).any(|(_, c)| c.is_whitespace());
            prop_assert_eq!(last_word(&line), if near { last } else { &line });
        }
    }
}
