//! Stretches of a line that know where they stand in it.

use super::super::tokens::is_dash;
use crate::offsets::Span;
use crate::text::part::PartOf;

/// A stretch of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut<'t> {
    /// Where it begins in the line.
    pub at: usize,
    pub text: &'t str,
}

impl<'t> Cut<'t> {
    pub fn span(self) -> Span {
        Span::new(self.at, self.at + self.text.len())
    }

    /// Bytes `start..end` of it.
    pub fn slice(self, start: usize, end: usize) -> Self {
        Self { at: self.at + start, text: self.text.part(start..end) }
    }

    pub fn from(self, start: usize) -> Self {
        self.slice(start, self.text.len())
    }

    pub fn upto(self, end: usize) -> Self {
        self.slice(0, end)
    }

    /// Without white space and the marks that stand around names.
    pub fn trim(self) -> Self {
        let mark = |c: char| {
            c.is_whitespace()
                || is_dash(c)
                || matches!(
                    c,
                    ':' | '：'
                        | '՝'
                        | '"'
                        | '\u{201c}'
                        | '\u{201d}'
                        | '«'
                        | '»'
                        | '*'
                        | '='
                        | '＝'
                        | ','
                        | '/'
                        | '／'
                        | '_'
                        | '#'
                        | '©'
                )
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '●' | '■' | '◆')
        };
        let open = self.text.trim_start_matches(|c| mark(c) || matches!(c, '.' | '…' | '(' | '[' | '【' | '（'));
        let cut = self.from(self.text.len() - open.len());
        let end = if open.contains(['(', '[', '【', '（']) {
            open.trim_end_matches(mark)
        } else {
            open.trim_end_matches(|c| mark(c) || matches!(c, ')' | ']' | '】' | '）'))
        };
        cut.upto(end.len())
    }

    /// The words of it.
    pub fn words(self) -> Vec<Self> {
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in self.text.char_indices().chain([(self.text.len(), ' ')]) {
            match (c.is_whitespace(), start) {
                (true, Some(from)) => {
                    words.push(self.slice(from, at));
                    start = None;
                }
                (false, None) => start = Some(at),
                _ => {}
            }
        }
        words
    }
}

/// From the first of the cuts to the last, in the cut they were made from.
pub(super) fn joined<'t>(whole: Cut<'t>, words: &[Cut<'t>]) -> Cut<'t> {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => whole.slice(first.at - whole.at, last.at + last.text.len() - whole.at),
        _ => whole.upto(0),
    }
}
