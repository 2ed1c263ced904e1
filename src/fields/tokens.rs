//! The head of a line as tokens: what all readers parse, so that none of them looks further than a line's first words.

use std::cell::RefCell;

use crate::offsets::count_bytes;
use crate::text::part::PartOf;
use crate::text::words::is_unspaced;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with the apostrophes, hyphens and dots inside; one character in scripts without spaces.
    Word,
    /// Digits of any script.
    Number,
    Comma,
    Dot,
    Colon,
    Slash,
    /// A run of hyphens and dashes.
    Dash,
    Pipe,
    Open,
    Close,
    Quote,
    At,
    Star,
    Other,
}

/// A token and where it stands, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// White space stands before it.
    pub spaced: bool,
}

/// The first tokens of a text. They are read as they are asked for: most questions are answered by the first few.
#[derive(Debug)]
pub(super) struct Head<'t> {
    pub text: &'t str,
    tokens: RefCell<Vec<Token>>,
}

/// Room made for tokens at once: as many as are mostly asked for.
const FIRST: usize = 16;

/// The first `limit` characters of `text`, or all of them.
pub(super) fn window(text: &str, limit: usize) -> &str {
    match text.as_bytes().get(..limit) {
        None => text,
        Some(bytes) if bytes.is_ascii() => text.part(..limit),
        Some(bytes) => {
            let begins = |byte: u8| byte as i8 >= -0x40;
            let mut left = limit - count_bytes(bytes, begins);
            let more = text.as_bytes().part(limit..).iter().position(|byte| {
                let after = begins(*byte) && left == 0;
                left -= usize::from(begins(*byte) && left > 0);
                after
            });
            more.map_or(text, |more| text.part(..limit + more))
        }
    }
}

impl<'t> Head<'t> {
    /// Tokens of the first `limit` characters.
    pub fn new(text: &'t str, limit: usize) -> Self {
        Self { text: window(text, limit), tokens: RefCell::default() }
    }

    /// Token `i`, `None` after the last.
    pub fn token(&self, i: usize) -> Option<Token> {
        if let Some(token) = self.tokens.borrow().get(i) {
            return Some(*token);
        }
        let mut tokens = self.tokens.borrow_mut();
        while tokens.len() <= i {
            let next = next_token(self.text, tokens.last().map_or(0, |last| last.end))?;
            if tokens.is_empty() {
                tokens.reserve(FIRST);
            }
            tokens.push(next);
        }
        tokens.get(i).copied()
    }

    /// The tokens from the `first` on, each with its number.
    pub fn tokens(&self, first: usize) -> impl Iterator<Item = (usize, Token)> {
        (first..).map_while(|i| Some((i, self.token(i)?)))
    }

    /// The text of token `i`, "" after the last.
    pub fn word(&self, i: usize) -> &'t str {
        self.token(i).map_or("", |token| self.text.part(token.start..token.end))
    }

    /// The text from token `first` up to token `end`, without it.
    pub fn slice(&self, first: usize, end: usize) -> &'t str {
        match (self.token(first), end.checked_sub(1).and_then(|last| self.token(last))) {
            (Some(first), Some(last)) if first.start < last.end => self.text.part(first.start..last.end),
            _ => "",
        }
    }

    /// The kind of token `i`, `None` after the last.
    pub fn kind(&self, i: usize) -> Option<Kind> {
        self.token(i).map(|token| token.kind)
    }

    /// Whether token `i` is of this kind.
    pub fn is(&self, i: usize, kind: Kind) -> bool {
        self.kind(i) == Some(kind)
    }

    /// Whether white space stands before token `i`; true after the last.
    pub fn spaced(&self, i: usize) -> bool {
        self.token(i).is_none_or(|token| token.spaced)
    }

    /// The byte where token `i` begins.
    pub fn start(&self, i: usize) -> usize {
        self.token(i).map_or(self.text.len(), |token| token.start)
    }

    /// The byte where the token before `i` ends.
    pub fn end_before(&self, i: usize) -> usize {
        i.checked_sub(1).and_then(|last| self.token(last)).map_or(0, |token| token.end)
    }

    /// The first token from `i` on that begins at byte `at` or later.
    pub fn after(&self, i: usize, at: usize) -> usize {
        self.tokens(i).find(|(_, token)| token.start >= at).map_or(self.tokens(i).count() + i, |(next, _)| next)
    }

    /// The number at token `i`, when it has at most four digits.
    pub fn number(&self, i: usize) -> Option<u32> {
        if !self.is(i, Kind::Number) {
            return None;
        }
        let word = self.word(i);
        (word.chars().count() <= 4)
            .then(|| word.chars().try_fold(0, |sum, c| digit(c).map(|digit| sum * 10 + digit)))
            .flatten()
    }

    /// The bracket that closes the one at token `i`, at most `reach` tokens on; none inside it.
    pub fn close(&self, i: usize, reach: usize) -> Option<usize> {
        if !self.is(i, Kind::Open) {
            return None;
        }
        let inside = self.tokens(i + 1).take(reach);
        inside
            .take_while(|(_, token)| token.kind != Kind::Open)
            .find(|(_, token)| token.kind == Kind::Close)
            .map(|(at, _)| at)
    }
}

/// The token that begins at byte `from` of `text` or after the white space there.
fn next_token(text: &str, from: usize) -> Option<Token> {
    let rest = text.part(from..);
    let open = match rest.as_bytes() {
        [b' ', b'!'..=b'~', ..] => rest.part(1..),
        [b'!'..=b'~', ..] => rest,
        _ => rest.trim_start_matches(is_space),
    };
    let start = text.len() - open.len();
    let mut chars = open.chars();
    let first = chars.next()?;
    let kind = kind(first);
    // Letters and digits of ASCII go on with a word; digits with a number.
    let goes_on: fn(&&u8) -> bool = match kind {
        Kind::Word if first.is_ascii() => |byte| byte.is_ascii_alphanumeric(),
        Kind::Number => |byte| byte.is_ascii_digit(),
        _ => |_| false,
    };
    let more = chars.as_str().as_bytes().iter().take_while(goes_on).count();
    chars = chars.as_str().part(more..).chars();
    let alone = is_unspaced(first);
    // Marks of direction are not space: `3\u{200f}/1\u{200f}/2016`.
    let spaced = rest.part(..rest.len() - open.len()).contains(|c: char| c.is_whitespace() || c == '\u{200b}');
    loop {
        let end = text.len() - chars.as_str().len();
        let token = Token { kind, start, end, spaced };
        let Some(next) = chars.next() else { return Some(token) };
        let more = match kind {
            Kind::Number => digit(next).is_some(),
            Kind::Dash => is_dash(next),
            Kind::Word if alone => false,
            Kind::Word => {
                is_letter(next) && !is_unspaced(next)
                    || digit(next).is_some()
                    || matches!(next, '\'' | '\u{2019}' | '-' | '.' | '\u{2010}' | '\u{2011}' | '&')
                        && chars.as_str().chars().next().is_some_and(|after| is_letter(after) && !is_unspaced(after))
            }
            _ => false,
        };
        if !more {
            return Some(token);
        }
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// True for what words are made of: letters, and the marks set on or between them.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{963}' | '\u{970}'..='\u{dff}')
            && digit(c).is_none()
}

/// True for a small letter of a script in which sentences and names open with a capital. Georgian has capitals, and does
/// not.
pub(super) fn is_small(c: char) -> bool {
    c.is_lowercase() && !matches!(c, '\u{10d0}'..='\u{10ff}')
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{2500}')
}

/// True for a capital and small letters after it.
pub(super) fn is_title_case(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
}

/// A mark that some papers set after the place.
pub(super) fn is_bullet(mark: &str) -> bool {
    matches!(mark, "•" | "●" | "■" | "▪")
}

/// The value of a digit in the scripts that news is printed in.
pub(super) fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{9e6}'..='\u{9ef}' => '\u{9e6}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

fn kind(c: char) -> Kind {
    match c {
        'a'..='z' | 'A'..='Z' => Kind::Word,
        _ if digit(c).is_some() => Kind::Number,
        _ if is_letter(c) => Kind::Word,
        ',' | '\u{60c}' | '\u{3001}' | '\u{ff0c}' => Kind::Comma,
        '.' | '\u{3002}' | '\u{964}' | '\u{6d4}' | '\u{589}' => Kind::Dot,
        ':' | '\u{ff1a}' => Kind::Colon,
        '/' | '\u{ff0f}' => Kind::Slash,
        _ if is_dash(c) => Kind::Dash,
        '|' | '\u{ff5c}' | '\u{2502}' => Kind::Pipe,
        '(' | '[' | '\u{ff08}' | '\u{ff3b}' | '\u{3010}' => Kind::Open,
        ')' | ']' | '\u{ff09}' | '\u{ff3d}' | '\u{3011}' => Kind::Close,
        '"' | '\u{201c}'..='\u{201f}' | '«' | '»' | '\u{2018}' | '\u{2019}' | '\'' => Kind::Quote,
        '@' => Kind::At,
        '*' => Kind::Star,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits() {
        let head = Head::new("ST. ORLA, N.J., Mar 4 (AP) -- It's", 200);
        let words: Vec<_> = head.tokens(0).map(|(i, _)| head.word(i)).collect();
        let want = ["ST", ".", "ORLA", ",", "N.J", ".", ",", "Mar", "4", "(", "AP", ")", "--", "It's"];
        assert_eq!(words, want);
        assert_eq!(head.close(9, 5), Some(11));
        assert_eq!(head.slice(0, 3), "ST. ORLA");
        assert!(head.spaced(9) && !head.spaced(10));
        assert_eq!(Head::new("２０日", 9).number(0), Some(20));
        assert_eq!(Head::new("ab cd", 3).tokens(0).count(), 1);
        assert_eq!((window("abc", 2), window("abc", 3), window("é日c", 2), window("é", 9)), ("ab", "abc", "é日", "é"));
        for text in ["aé日😀bcé", "😀😀😀", "日本語", "abé", "éab"] {
            for limit in 0..9 {
                assert_eq!(window(text, limit), text.chars().take(limit).collect::<String>());
            }
        }
    }
}
