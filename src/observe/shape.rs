//! The form of a line: how it begins and ends, its case, its digits, and the telling forms of the row "pattern".
//!
//! Letters and digits of ASCII are counted by the block; only its marks and the characters outside ASCII are looked at.

use super::cut::Cut;
use super::marks::{Script, ends, is_arrow, is_bullet, is_quote, script, starts};
use crate::text::kinds::{ALPHABETIC, Block, Kind, LOWER, NUMERIC, SPACE, UPPER, bits, kind};
use crate::text::part::PartOf;
use crate::text::sentence::{is_stop, is_wide_stop};
use crate::text::words::{Word, hash_form};

/// What one pass over a line gives.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Values of the rows "starts" and "ends"; no start in an empty line.
    pub starts: Option<u16>,
    pub ends: u16,
    pub chars: usize,
    pub letters: usize,
    pub digits: usize,
    pub commas: usize,
    /// Sentence ends inside the line.
    pub sentences: usize,
    /// A bit for each value of the row "pattern".
    pub patterns: u32,
    pub script: Script,
    /// Where the first mark stands that can end a dateline, when it stands near the head.
    pub dash: Option<usize>,
    /// Whether there is a capital, another one, a small letter.
    has_upper: bool,
    has_uppers: bool,
    has_lower: bool,
    starts_upper: bool,
    /// Where the first colon stands.
    colon: Option<usize>,
}

/// Bits of the row "pattern".
mod pattern {
    pub const LONE_NUMBER: u32 = 1 << 0;
    pub const CLOCK: u32 = 1 << 1;
    pub const YEAR: u32 = 1 << 2;
    pub const DIGIT_DATE: u32 = 1 << 3;
    pub const PLAYING_TIME: u32 = 1 << 4;
    pub const WEB: u32 = 1 << 5;
    pub const EMAIL: u32 = 1 << 6;
    pub const HANDLE: u32 = 1 << 7;
    pub const HASHTAG: u32 = 1 << 8;
    pub const COPYRIGHT: u32 = 1 << 9;
    pub const BAR: u32 = 1 << 10;
    pub const BULLET: u32 = 1 << 11;
    pub const ARROW: u32 = 1 << 12;
    pub const SLASH: u32 = 1 << 13;
    pub const COLON: u32 = 1 << 14;
    pub const BRACKETS: u32 = 1 << 15;
    pub const LIST_NUMBER: u32 = 1 << 16;
    pub const MONEY: u32 = 1 << 17;
    pub const NAME: u32 = 1 << 18;
    pub const SYMBOLS: u32 = 1 << 19;
    pub const QUOTED: u32 = 1 << 20;
    pub const SQUARE: u32 = 1 << 21;
    pub const ONLY_WEB: u32 = 1 << 23;
}

/// A dateline ends within so many bytes.
const HEAD: usize = 90;

impl Shape {
    pub fn of(text: &str, cut: &Cut) -> Self {
        let mut shape = Self { starts: text.chars().next().map(starts), ends: ends(text), ..Self::default() };
        let blocks = cut.blocks.all();
        shape.characters(text, blocks);
        shape.starts_upper = shape.starts == Some(0);
        let one_word = blocks.iter().all(|block| block.spaces == 0);
        shape.forms(text, cut, one_word);
        shape
    }

    /// Counts, script, sentence ends and single telling characters.
    fn characters(&mut self, text: &str, blocks: &[Block]) {
        // Letters by script: the script of most of them is the line's.
        let mut scripts = [0; 9];
        self.chars = text.len();
        for (i, block) in blocks.iter().enumerate() {
            let start = i * Block::SIZE;
            let letters = block.letters().count_ones() as usize;
            self.uppers(block.upper != 0, block.upper & block.upper.wrapping_sub(1) != 0);
            self.has_lower |= block.lower != 0;
            self.letters += letters;
            scripts[Script::Latin as usize] += letters;
            if block.digits != 0 {
                self.digits += block.digits.count_ones() as usize;
            }
            for at in bits(block.marks() & !block.apostrophes) {
                self.mark(text, start + at);
            }
            for at in bits(block.high) {
                // None inside a character.
                if let Some(c) = text.get(start + at..).and_then(|rest| rest.chars().next()) {
                    self.chars -= c.len_utf8() - 1;
                    self.high(text, start + at, c, &mut scripts);
                }
            }
        }
        if self.letters > 0 {
            let most = (0..9).max_by_key(|&i| (scripts[i], 9 - i)).unwrap_or(0);
            self.script = [
                Script::Latin,
                Script::Cyrillic,
                Script::Greek,
                Script::ArabicHebrew,
                Script::HanKana,
                Script::Hangul,
                Script::Indic,
                Script::Other,
                Script::None,
            ][most];
        }
    }

    fn uppers(&mut self, one: bool, more: bool) {
        self.has_uppers |= more | (self.has_upper & one);
        self.has_upper |= one;
    }

    /// What an ASCII character tells that is not a letter, digit or space.
    fn mark(&mut self, text: &str, at: usize) {
        let (before, after) = (&text.as_bytes()[..at], &text.as_bytes()[at + 1..]);
        let after_space = matches!(before, [] | [.., b' ']);
        match text.as_bytes()[at] {
            b',' => self.commas += 1,
            b'.' => {
                self.stop(text, at, 1);
                if after.starts_with(b"- ") {
                    self.dateline(text, at, 3);
                }
                if before.ends_with(b"www") {
                    self.patterns |= pattern::WEB;
                }
            }
            b'!' | b'?' => self.stop(text, at, 1),
            b':' => {
                self.colon = self.colon.or(Some(at));
                if after.starts_with(b" ") {
                    self.dateline(text, at, 2);
                } else if after.starts_with(b"//") {
                    self.patterns |= pattern::WEB;
                }
            }
            b'-' if after.starts_with(b"-") => self.dateline(text, at, 2),
            b'-' if before.ends_with(b" ") && after.starts_with(b" ") => self.dateline(text, at - 1, 3),
            b'=' if after.starts_with(b" ") => self.dateline(text, at, 2),
            b'|' => self.patterns |= pattern::BAR,
            b'%' | b'$' => self.patterns |= pattern::MONEY,
            b'[' => self.patterns |= pattern::SQUARE,
            b'(' if after.starts_with(b"c)") || after.starts_with(b"C)") => self.patterns |= pattern::COPYRIGHT,
            b'/' if after_space && after.starts_with(b" ") => self.patterns |= pattern::SLASH,
            b'@' if kind_before(text, at) & (ALPHABETIC | NUMERIC) != 0 => self.patterns |= pattern::EMAIL,
            b'@' => self.patterns |= pattern::HANDLE,
            b'#' if text.part(at + 1..).starts_with(|c| kind(c) & ALPHABETIC != 0) => self.patterns |= pattern::HASHTAG,
            b'*' if at > 0 => self.patterns |= pattern::BULLET,
            b'>' if at > 0 => self.patterns |= pattern::ARROW,
            _ => {}
        }
    }

    /// What a character outside ASCII tells.
    fn high(&mut self, text: &str, at: usize, c: char, scripts: &mut [usize; 9]) {
        let kind = kind(c);
        if matches!(c, '\u{2013}' | '\u{2014}' | '\u{ff0d}' | '】' | '］' | '電' | '电') {
            self.dateline(text, at, c.len_utf8());
        }
        if kind & ALPHABETIC != 0 {
            self.letters += 1;
            self.has_lower |= kind & LOWER != 0;
            self.uppers(kind & UPPER != 0, false);
            scripts[script(c) as usize] += 1;
            return;
        }
        if kind & NUMERIC != 0 {
            self.digits += 1;
            return;
        }
        // A full-width stop needs no white space after it.
        if is_wide_stop(c) {
            self.sentences += usize::from(opens_sentence(text.part(at + c.len_utf8()..), true));
        } else if is_stop(c) {
            self.stop(text, at, c.len_utf8());
        }
        self.patterns |= match c {
            '\u{3001}' | '\u{ff0c}' | '\u{60c}' => {
                self.commas += 1;
                0
            }
            '\u{ff5c}' => pattern::BAR,
            '\u{a9}' => pattern::COPYRIGHT,
            '\u{20ac}' | '\u{a3}' | '\u{a5}' | '\u{20b9}' => pattern::MONEY,
            _ if at > 0 && is_bullet(c) => pattern::BULLET,
            _ if at > 0 && is_arrow(c) && c != '\u{bb}' => pattern::ARROW,
            _ => 0,
        };
    }

    /// A stop; after a capital it is that of an abbreviation.
    fn stop(&mut self, text: &str, at: usize, len: usize) {
        if kind_before(text, at) & UPPER == 0 {
            self.sentences += usize::from(opens_sentence(text.part(at + len..), false));
        }
    }

    /// A mark of so many bytes that can end a dateline.
    fn dateline(&mut self, text: &str, at: usize, len: usize) {
        let ends_in_head = at + len <= HEAD && (text.len() <= HEAD || at + len <= floor(text, HEAD));
        if ends_in_head && self.dash.is_none_or(|first| at < first) {
            self.dash = Some(at);
        }
    }

    /// The forms that need more than one character.
    fn forms(&mut self, text: &str, cut: &Cut, one_word: bool) {
        let words = &cut.words;
        use pattern::*;
        let bytes = text.as_bytes();
        let set = |found: bool, bit: u32| if found { bit } else { 0 };
        let mut found = set(self.letters == 0 && self.digits > 0 && words.len() <= 2, LONE_NUMBER);
        found |= set(self.letters + self.digits == 0 && self.chars > 0, SYMBOLS);
        if self.digits > 0 {
            found |= numbers(bytes, words);
        }
        found |= set(found & CLOCK != 0 && self.letters == 0 && words.len() <= 3 && self.chars <= 8, PLAYING_TIME);
        found |= set(one_word && bare_address(text), WEB);
        found |= set(one_word && (found | self.patterns) & WEB != 0, ONLY_WEB);
        if let Some(colon) = self.colon.filter(|colon| *colon < 48 && bytes.get(colon + 1) == Some(&b' ')) {
            let after = words.partition_point(|word| (word.end as usize) <= colon);
            found |= set((1..=4).contains(&after), COLON);
        }
        found |= set(text.ends_with([')', ']', '\u{ff09}']) && !text.starts_with(['(', '[', '\u{ff08}']), BRACKETS);
        if let Some(first) = words.first().filter(|first| first.start == 0 && first.end <= 3 && first.is_digits()) {
            let mark = bytes.get(first.end as usize);
            found |=
                set(matches!(mark, Some(b'.' | b')')) && bytes.get(first.end as usize + 1) == Some(&b' '), LIST_NUMBER);
        }
        found |= set((2..=4).contains(&words.len()) && cut.upper == words.len() && is_name(text), NAME);
        let quoted = self.starts == Some(4) && self.chars > 2 && text.ends_with(is_quote);
        found |= set(quoted, QUOTED);
        self.patterns |= found;
    }

    /// A clock time and at most one word beside it ("17:30 Uhr", "9:15 pm").
    pub fn is_clock(&self, words: usize) -> bool {
        self.patterns & pattern::CLOCK != 0 && words <= 4 && self.chars <= 12
    }

    /// Value of the row "case".
    pub fn case(&self, cut: &Cut) -> u16 {
        match () {
            () if !(self.has_upper || self.has_lower) || cut.upper + cut.lower == 0 => 6,
            () if !self.has_lower && self.has_uppers => 0,
            () if cut.lower == 0 => 1,
            () if cut.upper * 10 >= cut.words.len() * 6 => 2,
            () if cut.upper >= 2 => 3,
            () if self.starts_upper || cut.upper == 1 => 4,
            () => 5,
        }
    }
}

/// One word with points inside, the last part of letters: "example.org/path".
fn bare_address(text: &str) -> bool {
    text.len() <= 80
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && text.split('/').next().and_then(|host| host.rsplit_once('.')).is_some_and(|(name, tld)| {
            name.len() >= 3 && (2..=6).contains(&tld.len()) && tld.bytes().all(|byte| byte.is_ascii_lowercase())
        })
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| kind(c) & ALPHABETIC != 0 || matches!(c, ' ' | '.' | '-' | '\'' | '\u{2019}'))
}

/// The kind of the character before a place; a line begins as if a space stood before it.
fn kind_before(text: &str, at: usize) -> Kind {
    kind(text.part(..at).chars().next_back().unwrap_or(' '))
}

/// The last place up to `at` that lies between characters.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a sentence begins after a stop: after white space (`spaced` when none is needed), not with a small letter or a
/// digit. A further stop is asked for itself, so that no text is read twice.
fn opens_sentence(after: &str, mut spaced: bool) -> bool {
    for c in after.chars() {
        let kind = kind(c);
        if kind & SPACE != 0 {
            spaced = true;
        } else if spaced {
            return kind & (LOWER | NUMERIC) == 0;
        } else if !is_quote(c) && c != ')' {
            return false;
        }
    }
    false
}

/// A year; two numbers with a colon between, or three with points, strokes or hyphens.
fn numbers(bytes: &[u8], words: &[Word]) -> u32 {
    let mut found = 0;
    let digit = |at: u32| bytes.get(at as usize).is_some_and(u8::is_ascii_digit);
    for (i, word) in words.iter().enumerate().filter(|(_, word)| word.is_digits()) {
        let from = &bytes[word.start as usize..];
        if word.len() == 4 && matches!(from, [b'1', b'9', ..] | [b'2', b'0', ..]) {
            found |= pattern::YEAR;
        }
        let glued = |(a, b): (&Word, &Word)| (b.start == a.end + 1).then(|| bytes[a.end as usize]);
        let (Some(mark), Some(next)) =
            (words[i..].iter().zip(&words[i + 1..]).next().and_then(glued), words.get(i + 1))
        else {
            continue;
        };
        if mark == b':' && word.len() <= 2 && digit(next.start) && digit(next.start + 1) {
            found |= pattern::CLOCK;
        }
        if let Some(last) = words.get(i + 2)
            && matches!(mark, b'.' | b'/' | b'-')
            && glued((next, last)) == Some(mark)
            && next.is_digits()
            && last.is_digits()
        {
            found |= pattern::DIGIT_DATE;
        }
    }
    found
}

/// What an ASCII character is in a collapsed form.
const FORMS: [u8; 128] = {
    let mut forms = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        forms[byte as usize] = match byte {
            b'A'..=b'Z' => b'A',
            b'a'..=b'z' => b'a',
            b'0'..=b'9' => b'9',
            b'\t'..=b'\r' | b' ' => b' ',
            _ => byte,
        };
        byte += 1;
    }
    forms
};

/// The collapsed form of a short line: `Aa 9, 9999`.
pub(super) struct Form {
    text: [u8; Form::MOST + 4],
    len: usize,
}

impl Form {
    /// It is cut after the character that reaches so many bytes.
    const MOST: usize = 24;

    pub fn of(text: &str) -> Self {
        let mut form = Self { text: [0; Self::MOST + 4], len: 0 };
        let (mut last, mut same) = (None, 0);
        for c in text.chars() {
            let kind = match FORMS.get(c as usize) {
                Some(form) => char::from(*form),
                None => match kind(c) {
                    kind if kind & UPPER != 0 => 'A',
                    kind if kind & LOWER != 0 => 'a',
                    kind if kind & NUMERIC != 0 => '9',
                    kind if kind & ALPHABETIC != 0 => 'x',
                    kind if kind & SPACE != 0 => ' ',
                    _ => c,
                },
            };
            same = if last == Some(kind) { same + 1 } else { 0 };
            last = Some(kind);
            let most = match kind {
                '9' => 4,
                'A' => 2,
                _ => 1,
            };
            if same < most {
                form.len += kind.encode_utf8(&mut form.text[form.len..]).len();
            }
            if form.len >= Self::MOST {
                break;
            }
        }
        form
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..self.len]).unwrap_or_default()
    }

    pub fn hash(&self) -> u32 {
        hash_form(self.as_str())
    }
}
