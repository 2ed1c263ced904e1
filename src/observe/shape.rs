//! The form of a line: how it begins and ends, its case, its digits, and the telling forms of the row "pattern".

use crate::text::words::Word;

/// What one pass over the characters gives.
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
    /// Words whose first letter is small, and whose first letter is a capital.
    pub lower_words: usize,
    upper_words: usize,
    upper: usize,
    lower: usize,
    starts_upper: bool,
}

/// Values of the row "script".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Greek,
    ArabicHebrew,
    HanKana,
    Hangul,
    Indic,
    Other,
    #[default]
    None,
}

fn script(c: char) -> Script {
    match c {
        '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{590}'..='\u{8ff}' => Script::ArabicHebrew,
        '\u{900}'..='\u{dff}' => Script::Indic,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => Script::HanKana,
        '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        _ => Script::Other,
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{300c}'..='\u{300f}' | '\u{2039}' | '\u{203a}')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '\u{3002}' | '\u{ff01}' | '\u{ff1f}' | '\u{964}' | '\u{6d4}' | '\u{61f}' | '\u{2026}')
}

fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '\u{2022}' | '\u{b7}' | '\u{25cf}' | '\u{25cb}' | '\u{25aa}' | '\u{25a0}' | '\u{30fb}' | '\u{2023}' | '*'
    )
}

fn is_arrow(c: char) -> bool {
    matches!(
        c,
        '\u{203a}' | '\u{bb}' | '>' | '\u{2190}'..='\u{21ff}' | '\u{25b6}' | '\u{25ba}' | '\u{27a1}' | '\u{2794}'
    )
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{ff0d}')
}

/// Values of the row "starts".
fn starts(c: char) -> u16 {
    match c {
        _ if c.is_uppercase() => 0,
        _ if c.is_lowercase() => 1,
        _ if c.is_numeric() => 3,
        _ if c.is_alphabetic() => 2,
        _ if is_quote(c) => 4,
        _ if is_bullet(c) => 5,
        _ if is_dash(c) => 6,
        '(' | '[' | '{' | '\u{3010}' | '\u{ff3b}' | '\u{ff08}' => 7,
        '@' => 8,
        '#' => 9,
        '\u{a9}' => 10,
        _ if is_arrow(c) => 11,
        _ => 12,
    }
}

/// Values of the row "ends".
fn ends(text: &str) -> u16 {
    let mut back = text.chars().rev();
    let Some(last) = back.next() else { return 13 };
    match last {
        '.' if text.ends_with("...") => 3,
        '.' | '\u{3002}' | '\u{964}' | '\u{6d4}' => 0,
        '?' | '\u{ff1f}' | '\u{61f}' => 1,
        '!' | '\u{ff01}' => 2,
        '\u{2026}' => 3,
        ':' | '\u{ff1a}' => 4,
        ',' | ';' | '\u{3001}' | '\u{ff0c}' | '\u{60c}' => 5,
        _ if is_quote(last) => {
            let before = back.find(|c| !is_quote(*c) && !c.is_whitespace());
            if before.is_some_and(is_stop) { 7 } else { 6 }
        }
        ')' | ']' | '}' | '\u{ff09}' | '\u{3011}' => 8,
        _ if is_dash(last) => 9,
        _ if last.is_numeric() => 10,
        _ if last.is_alphabetic() => 11,
        _ if is_arrow(last) => 12,
        _ => 13,
    }
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

impl Shape {
    pub fn of(text: &str, words: &[Word]) -> Self {
        let mut shape = Self { starts: text.chars().next().map(starts), ends: ends(text), ..Self::default() };
        shape.characters(text);
        shape.starts_upper = shape.starts == Some(0);
        for word in words {
            match text[word.start as usize..].chars().next() {
                Some(c) if c.is_uppercase() => shape.upper_words += 1,
                Some(c) if c.is_lowercase() => shape.lower_words += 1,
                _ => {}
            }
        }
        shape.forms(text, words);
        shape
    }

    /// One pass over the characters: counts, script, sentence ends and single telling characters.
    fn characters(&mut self, text: &str) {
        // Letters by script: the script of most of them is the line's.
        let mut scripts = [0usize; 9];
        let mut before = ' ';
        // 1: a stop was passed, 2: white space behind it.
        let mut sentence = 0;
        for (at, c) in text.char_indices() {
            self.chars += 1;
            if sentence == 2 && !c.is_whitespace() {
                self.sentences += usize::from(!c.is_lowercase() && !c.is_numeric());
                sentence = 0;
            }
            if c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic()) {
                self.letters += 1;
                if c.is_lowercase() {
                    self.lower += 1;
                } else if c.is_uppercase() {
                    self.upper += 1;
                }
                scripts[script(c) as usize] += 1;
                sentence = 0;
            } else if c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric()) {
                self.digits += 1;
                sentence = 0;
            } else if c.is_whitespace() {
                sentence = if sentence > 0 { 2 } else { 0 };
            } else {
                // A full-width stop needs no white space behind it.
                if matches!(c, '\u{3002}' | '\u{ff01}' | '\u{ff1f}') {
                    sentence = 2;
                } else if is_stop(c) && !before.is_uppercase() {
                    sentence = 1;
                } else if !(is_quote(c) || c == ')') {
                    sentence = 0;
                }
                self.patterns |= match c {
                    ',' | '\u{3001}' | '\u{ff0c}' | '\u{60c}' => {
                        self.commas += 1;
                        0
                    }
                    '|' | '\u{ff5c}' => pattern::BAR,
                    '\u{a9}' => pattern::COPYRIGHT,
                    '%' | '$' | '\u{20ac}' | '\u{a3}' | '\u{a5}' | '\u{20b9}' => pattern::MONEY,
                    '[' => pattern::SQUARE,
                    '/' if before == ' ' && text[at + 1..].starts_with(' ') => pattern::SLASH,
                    '@' if before.is_alphanumeric() => pattern::EMAIL,
                    '@' => pattern::HANDLE,
                    '#' if text[at + 1..].starts_with(char::is_alphabetic) => pattern::HASHTAG,
                    _ if at > 0 && is_bullet(c) => pattern::BULLET,
                    _ if at > 0 && is_arrow(c) && c != '\u{bb}' => pattern::ARROW,
                    _ => 0,
                };
            }
            before = c;
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

    /// The forms that need more than one character.
    fn forms(&mut self, text: &str, words: &[Word]) {
        use pattern::*;
        let bytes = text.as_bytes();
        let set = |found: bool, bit: u32| if found { bit } else { 0 };
        let digits_only = |word: &Word| bytes[word.start as usize..word.end as usize].iter().all(u8::is_ascii_digit);
        let mut found = set(self.letters == 0 && self.digits > 0 && words.len() <= 2, LONE_NUMBER);
        found |= set(self.letters + self.digits == 0 && self.chars > 0, SYMBOLS);
        for word in words.iter().filter(|word| word.end - word.start == 4 && digits_only(word)) {
            found |= set(matches!(&bytes[word.start as usize..word.start as usize + 2], b"19" | b"20"), YEAR);
        }
        // Two numbers with a colon between, or three with points, strokes or hyphens.
        for pair in words.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if b.start == a.end + 1 && a.end - a.start <= 2 && digits_only(&a) {
                let minutes = bytes.get(b.start as usize..b.start as usize + 2);
                let two = minutes.is_some_and(|m| m.iter().all(u8::is_ascii_digit));
                found |= set(two && bytes[a.end as usize] == b':', CLOCK);
            }
        }
        for three in words.windows(3) {
            let glued = three[1].start == three[0].end + 1 && three[2].start == three[1].end + 1;
            if glued && three.iter().all(digits_only) {
                let marks = (bytes[three[0].end as usize], bytes[three[1].end as usize]);
                found |= set(matches!(marks, (b'.', b'.') | (b'/', b'/') | (b'-', b'-')), DIGIT_DATE);
            }
        }
        found |= set(found & CLOCK != 0 && self.letters == 0 && words.len() <= 3 && self.chars <= 8, PLAYING_TIME);
        found |= set(text.contains("://") || text.contains("www.") || bare_address(text), WEB);
        found |= set(found & WEB != 0 && !text.contains(' '), ONLY_WEB);
        found |= set(text.contains("(c)") || text.contains("(C)"), COPYRIGHT);
        if let Some(colon) = bytes.iter().take(48).position(|&byte| byte == b':') {
            let behind = words.partition_point(|word| (word.end as usize) <= colon);
            found |= set((1..=4).contains(&behind) && bytes.get(colon + 1) == Some(&b' '), COLON);
        }
        found |= set(text.ends_with([')', ']', '\u{ff09}']) && !text.starts_with(['(', '[', '\u{ff08}']), BRACKETS);
        if let Some(first) = words.first().filter(|first| first.start == 0 && first.end <= 3 && digits_only(first)) {
            let mark = bytes.get(first.end as usize);
            found |=
                set(matches!(mark, Some(b'.' | b')')) && bytes.get(first.end as usize + 1) == Some(&b' '), LIST_NUMBER);
        }
        found |= set((2..=4).contains(&words.len()) && self.upper_words == words.len() && is_name(text), NAME);
        let quoted = text.starts_with(is_quote) && text.ends_with(is_quote) && self.chars > 2;
        found |= set(quoted, QUOTED);
        self.patterns |= found;
    }

    /// A clock time and at most one word beside it ("17:30 Uhr", "9:15 pm").
    pub fn is_clock(&self, words: usize) -> bool {
        self.patterns & pattern::CLOCK != 0 && words <= 4 && self.chars <= 12
    }

    /// Value of the row "case".
    pub fn case(&self, words: usize) -> u16 {
        let cased = self.upper_words + self.lower_words;
        match () {
            () if self.upper + self.lower == 0 || cased == 0 => 6,
            () if self.lower == 0 && self.upper > 1 => 0,
            () if self.lower_words == 0 => 1,
            () if self.upper_words * 10 >= words * 6 => 2,
            () if self.upper_words >= 2 => 3,
            () if self.starts_upper || self.upper_words == 1 => 4,
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
    text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '\u{2019}'))
}

/// The collapsed form of a short line: `Aa 9, 9999`.
pub(super) fn collapse(text: &str) -> String {
    let mut form = String::with_capacity(24);
    let mut same = 0;
    for c in text.chars() {
        let kind = match c {
            _ if c.is_uppercase() => 'A',
            _ if c.is_lowercase() => 'a',
            _ if c.is_numeric() => '9',
            _ if c.is_alphabetic() => 'x',
            _ if c.is_whitespace() => ' ',
            _ => c,
        };
        let last = form.chars().next_back();
        same = if last == Some(kind) { same + 1 } else { 0 };
        let most = match kind {
            '9' => 4,
            'A' => 2,
            _ => 1,
        };
        if same < most {
            form.push(kind);
        }
        if form.len() >= 24 {
            break;
        }
    }
    form
}
