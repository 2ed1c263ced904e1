//! What a page shows of its text as it is read: emphasis, links, cells, white space that counts.

use crate::document::{NONE, Run, Style};
use crate::offsets::Span;

/// How text is set, and where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Inline {
    pub style: Style,
    /// The number of the link, or [`NONE`].
    pub link: u32,
}

/// Positions are those of the page's text; none is noted of what stands behind 4 GB.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub runs: Vec<Run>,
    pub cells: Vec<(u32, u16)>,
    pub white: Vec<(u32, String)>,
    /// White space since the last word, where white space counts.
    passed: Vec<u8>,
}

impl Shown {
    /// A word, and whether it goes on a line.
    pub fn mark(&mut self, word: Span, inline: Inline, goes_on: bool) {
        let Inline { style, link } = inline;
        if style == Style::default() && link == NONE {
            return;
        }
        let (Ok(start), Ok(end)) = (u32::try_from(word.start), u32::try_from(word.end)) else { return };
        match self.runs.last_mut() {
            // Up to this word but for a space.
            Some(run) if goes_on && (run.style, run.link) == (style, link) && run.end + 1 >= start => run.end = end,
            _ => self.runs.push(Run { start, end, style, link }),
        }
    }

    /// The cell of that column begins at a place.
    pub fn cell(&mut self, at: usize, column: u16) {
        if let Ok(at) = u32::try_from(at) {
            self.cells.push((at, column));
        }
    }

    pub fn begin_white(&mut self) {
        self.passed.clear();
    }

    pub fn pass_white(&mut self, white: &[u8]) {
        self.passed.extend_from_slice(white);
    }

    /// A word begins at a place, and goes on a line or not: what stands before it is noted where it is more than one stands for.
    pub fn end_white(&mut self, at: usize, goes_on: bool) {
        let mut passed = self.passed.as_slice();
        if !goes_on {
            // The line end before it is shown by the line; the first one in the element does not count.
            let end = memchr::memchr(b'\n', passed).map(|end| end + 1);
            passed = passed.get(end.unwrap_or(0)..).unwrap_or_default();
        }
        let plain = if goes_on { passed == b" " } else { passed.is_empty() };
        if !plain
            && !passed.is_empty()
            && let (Ok(at), Ok(white)) = (u32::try_from(at), std::str::from_utf8(passed))
        {
            self.white.push((at, white.replace('\r', "")));
        }
        self.passed.clear();
    }
}
