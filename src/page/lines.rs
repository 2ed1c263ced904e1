//! Text of a page to lines: white space as a browser shows it, with the way back.

use super::nodes::{NO_NODE, Nodes};
use super::shown::{Inline, Shown};
use crate::offsets::{OffsetMap, Span};
use crate::text::sentence::ends_sentence;

/// A line of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Where in the text it stands.
    pub span: Span,
    /// The innermost element that all of it stands in.
    pub node: u32,
    /// Bytes of it that stand in links, and that are emphasized.
    pub linked: u32,
    pub strong: u32,
    /// Pictures between it and the line before.
    pub images: u16,
    /// The first link in it.
    pub link: u32,
}

impl Line {
    /// One that begins there.
    fn at(start: usize, node: u32, images: u16) -> Self {
        Self { span: Span::new(start, start), node, linked: 0, strong: 0, images, link: NO_NODE }
    }
}

/// What text stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    /// The innermost element.
    pub node: u32,
    /// The link, where it is one, and whether it is emphasis.
    pub link: u32,
    pub strong: bool,
    /// A date, a button, or the name of a field.
    pub apart: bool,
    pub inline: Inline,
}

/// What was read of a line that may be cut, in order.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A word: where among those held it stands, and the white space before it, in the page.
    Word { held: Span, source: Span, copied: bool, marks: Marks, space: Option<Span> },
    /// So many pictures.
    Images(u16),
    /// Something that stands apart begins or ends.
    Cut,
}

/// The line at hand from where something that stands apart begins in it: whether it is cut there is known at its end.
#[derive(Default)]
struct Held {
    steps: Vec<Step>,
    words: Vec<u8>,
    /// Bytes of the whole line that do not stand apart, and whether they end as a sentence does.
    running: usize,
    ends_sentence: bool,
    /// What stands apart is amid a sentence: "Until *4 May* the bridge is open".
    runs_on: bool,
    /// The last word stands apart; if it does not, whether it begins with a small letter.
    is_apart: bool,
    is_small: bool,
}

/// Where lines are put together.
pub(super) struct Writer<'h> {
    html: &'h str,
    out: Vec<u8>,
    map: OffsetMap,
    lines: Vec<Line>,
    /// The line at hand, when something of it has been written.
    line: Option<Line>,
    /// White space that was read and not written, in the page.
    space: Option<Span>,
    /// How many elements are open whose line ends are kept.
    pub pre: u32,
    images: u16,
    rows: Vec<Row>,
    held: Held,
    /// The cells of open rows, those of each after one another: lines written before each, and its column.
    cells: Vec<(usize, u16)>,
    shown: Shown,
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// Lines written before it, and before its last cell.
    first: usize,
    cell: usize,
    cells: usize,
    /// Where its cells begin among those of all open rows.
    from: usize,
    /// No cell of it has more than one line, or a long one.
    short: bool,
    /// No cell of it has many lines, a long one, or a table.
    small: bool,
}

/// A line in which more bytes run on beside what stands apart in it is a paragraph that mentions a date.
const LONGEST_RUNNING_BYTES: usize = 120;
/// So is one with so much before the date, up to a small letter: "… closes the old bridge on *4 May*".
const LONG_ENOUGH_BYTES: usize = 24;
/// So is one that ends as a sentence does and is longer than a notice.
const LONGEST_NOTICE_BYTES: usize = 16;
/// What is longer is no date and no button.
const LONGEST_HELD_BYTES: usize = 400;

/// A cell with more bytes is no entry of a table.
const LONGEST_CELL_BYTES: usize = 160;
/// A cell with more lines is none of a table that holds data.
const MOST_CELL_LINES: usize = 8;

impl<'h> Writer<'h> {
    pub fn of(html: &'h str) -> Self {
        Self {
            html,
            out: Vec::with_capacity(html.len() / 8),
            map: OffsetMap::starting_at(0),
            lines: Vec::new(),
            line: None,
            space: None,
            pre: 0,
            images: 0,
            rows: Vec::new(),
            held: Held::default(),
            cells: Vec::new(),
            shown: Shown::default(),
        }
    }

    /// Text that stands at `source` in the page.
    pub fn text(&mut self, text: &[u8], source: Span, copied: bool, marks: Marks, nodes: &Nodes) {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
        let place = |from: usize, to: usize| {
            if copied { Span::new(source.start + from, source.start + to) } else { source }
        };
        let mut at = 0;
        while at < text.len() {
            let white = text[at..].iter().take_while(|byte| is_space(byte)).count();
            if white > 0 {
                let read = &text[at..at + white];
                if self.pre > 0 {
                    self.shown.pass_white(read);
                }
                if self.pre > 0 && read.contains(&b'\n') {
                    self.end_line(nodes);
                } else if (self.line.is_some() || !self.held.words.is_empty()) && self.space.is_none() {
                    self.space = Some(place(at, at + white));
                }
                at += white;
                continue;
            }
            let word = text[at..].iter().take_while(|byte| !is_space(byte)).count();
            let (written, source) = (&text[at..at + word], place(at, at + word));
            if self.held.steps.is_empty() {
                self.word(written, source, copied, marks, nodes);
            } else {
                self.hold(written, source, copied, marks, nodes);
            }
            at += word;
        }
    }

    fn word(&mut self, word: &[u8], source: Span, copied: bool, marks: Marks, nodes: &Nodes) {
        let Marks { node, link, strong, inline, .. } = marks;
        if word == b"\0" {
            return;
        }
        let mut written = word.len();
        let goes_on = self.line.is_some();
        if let Some(line) = &mut self.line {
            if line.node != node {
                line.node = nodes.common(line.node, node);
            }
            if let Some(space) = self.space.take() {
                self.pass(0, space.start);
                self.out.push(b' ');
                self.map.push_edit(1, space.len());
                written += 1;
            }
            self.pass(0, source.start);
        } else {
            let begun = !self.lines.is_empty();
            if begun {
                self.out.push(b'\n');
            }
            self.pass(usize::from(begun), source.start);
            let start = self.out.len();
            let images = std::mem::take(&mut self.images);
            self.line = Some(Line::at(start, node, images));
        }
        let start = self.out.len();
        self.out.extend_from_slice(word);
        if self.pre > 0 {
            self.shown.end_white(start, goes_on);
        }
        self.shown.mark(Span::new(start, self.out.len()), inline, goes_on);
        if copied {
            self.map.push_copy(word.len());
        } else {
            self.map.push_edit(word.len(), source.len());
        }
        if let Some(line) = &mut self.line {
            line.linked += if link == NO_NODE { 0 } else { written as u32 };
            if line.link == NO_NODE {
                line.link = link;
            }
            line.strong += if strong { written as u32 } else { 0 };
        }
    }

    /// Passes over what stands in the page before `to`, for which `out` bytes stand.
    fn pass(&mut self, out: usize, to: usize) {
        self.map.push_edit(out, to.saturating_sub(self.map.source_end()));
    }

    /// Something that stands apart begins or ends here.
    pub fn part(&mut self) {
        let written = self.line.map_or(0, |line| self.out.len() - line.span.start);
        if self.pre > 0 || !self.rows.is_empty() || written > LONGEST_RUNNING_BYTES {
            return;
        }
        if self.held.steps.is_empty() {
            let last = self.out[self.out.len() - written..].rsplit(|byte| *byte == b' ').next();
            self.held = Held { running: written, is_small: last.is_some_and(begins_small), ..Held::default() };
        }
        if !matches!(self.held.steps.last(), Some(Step::Cut)) {
            self.held.steps.push(Step::Cut);
        }
    }

    /// Holds a word back until it is known whether its line is cut.
    fn hold(&mut self, word: &[u8], source: Span, copied: bool, marks: Marks, nodes: &Nodes) {
        let held = &mut self.held;
        let start = held.words.len();
        held.words.extend_from_slice(word);
        let at = Span::new(start, held.words.len());
        let is_glued = self.space.is_none();
        held.steps.push(Step::Word { held: at, source, copied, marks, space: self.space.take() });
        if marks.apart {
            held.runs_on |= !held.is_apart && held.is_small && held.running >= LONG_ENOUGH_BYTES;
        } else {
            held.runs_on |= held.is_apart && goes_on(word, is_glued);
            held.running += word.len() + 1;
            held.ends_sentence = std::str::from_utf8(word).is_ok_and(ends_sentence);
            held.is_small = begins_small(word);
        }
        held.is_apart = marks.apart;
        if held.running > LONGEST_RUNNING_BYTES || held.words.len() > LONGEST_HELD_BYTES {
            self.settle(false, nodes);
        }
    }

    /// Writes what is held back, cut or not.
    fn settle(&mut self, cut: bool, nodes: &Nodes) {
        let held = std::mem::take(&mut self.held);
        let waiting = self.space.take();
        for step in &held.steps {
            match *step {
                Step::Word { held: at, source, copied, marks, space } => {
                    self.space = space.filter(|_| self.line.is_some());
                    self.word(&held.words[at.range()], source, copied, marks, nodes);
                }
                Step::Images(count) => self.images = self.images.saturating_add(count),
                Step::Cut if cut => self.close_line(),
                Step::Cut => {}
            }
        }
        self.space = waiting.filter(|_| self.line.is_some());
    }

    /// Ends the line at hand.
    pub fn end_line(&mut self, nodes: &Nodes) {
        if !self.held.steps.is_empty() {
            let is_sentence = self.held.ends_sentence && self.held.running > LONGEST_NOTICE_BYTES;
            self.settle(!is_sentence && !self.held.runs_on, nodes);
        }
        self.close_line();
    }

    fn close_line(&mut self) {
        self.space = None;
        if let Some(mut line) = self.line.take() {
            line.span.end = self.out.len();
            self.lines.push(line);
        }
    }

    /// A picture stands here.
    pub fn image(&mut self) {
        match self.held.steps.last_mut() {
            None => self.images = self.images.saturating_add(1),
            Some(Step::Images(count)) => *count = count.saturating_add(1),
            Some(_) => self.held.steps.push(Step::Images(1)),
        }
    }

    /// Where what is read now will stand, and whether in the midst of a line.
    pub fn place(&self) -> (usize, bool) {
        (self.out.len(), self.line.is_some())
    }

    /// Text whose line ends are kept begins.
    pub fn begin_pre(&mut self) {
        self.pre += 1;
        self.shown.begin_white();
    }

    pub fn begin_row(&mut self) {
        let first = self.lines.len();
        self.rows.push(Row { first, cell: first, cells: 0, from: self.cells.len(), short: true, small: true });
    }

    /// A cell begins, in that column.
    pub fn begin_cell(&mut self, column: u16) {
        self.end_cell();
        let written = self.lines.len();
        if let Some(row) = self.rows.last_mut() {
            row.cell = written;
            row.cells += 1;
            self.cells.push((written, column));
        }
    }

    fn end_cell(&mut self) {
        let Self { rows, lines, .. } = self;
        if let Some(row) = rows.last_mut() {
            let of_cell = lines.get(row.cell..).unwrap_or_default();
            let narrow = of_cell.iter().all(|line| line.span.len() <= LONGEST_CELL_BYTES);
            row.short &= of_cell.len() <= 1 && narrow;
            row.small &= of_cell.len() <= MOST_CELL_LINES && narrow;
        }
    }

    /// Ends a row: one of a table that holds data is one line, its cells a tab apart.
    pub fn end_row(&mut self, nodes: &Nodes) {
        self.end_cell();
        let Some(row) = self.rows.pop() else { return };
        let cells = self.cells.split_off(row.from.min(self.cells.len()));
        let of_row = self.lines.get(row.first..).unwrap_or_default();
        if row.small && row.cells >= 2 {
            let ends = cells.iter().skip(1).map(|(line, _)| *line).chain([self.lines.len()]);
            for ((line, column), _) in cells.iter().zip(ends).filter(|((line, _), end)| line < end) {
                self.shown.cell(self.lines[*line].span.start, *column);
            }
        }
        if !row.short || row.cells < 2 || of_row.len() < 2 {
            if let Some(around) = self.rows.last_mut() {
                // A table in a cell.
                around.short &= of_row.is_empty();
                around.small &= of_row.is_empty();
            }
            return;
        }
        let mut whole = of_row[0];
        for line in &of_row[1..] {
            self.out[line.span.start - 1] = b'\t';
            whole.linked += line.linked;
            whole.link = if whole.link == NO_NODE { line.link } else { whole.link };
            whole.strong += line.strong;
            whole.span.end = line.span.end;
            whole.images = whole.images.saturating_add(line.images);
            whole.node = nodes.common(whole.node, line.node);
        }
        self.lines.truncate(row.first);
        self.lines.push(whole);
        if let Some(around) = self.rows.last_mut() {
            (around.short, around.small) = (false, false);
        }
    }

    pub fn done(mut self, nodes: &Nodes) -> (String, OffsetMap, Vec<Line>, Shown) {
        self.end_line(nodes);
        self.pass(0, self.html.len());
        let text = String::from_utf8(self.out).unwrap_or_else(|error| {
            // Cannot be: stretches of a text that begin and end at bytes of ASCII, and what references stand for.
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        });
        (text, self.map, self.lines, self.shown)
    }
}

/// Whether a word begins with a small letter.
fn begins_small(word: &[u8]) -> bool {
    first(word).is_some_and(char::is_lowercase)
}

/// Whether a word goes on with the sentence before it: with a small letter, a mark that ends or parts clauses, or without white space.
fn goes_on(word: &[u8], is_glued: bool) -> bool {
    first(word).is_some_and(|c| {
        c.is_lowercase() || matches!(c, ',' | '.' | ';' | ')' | '、' | '，' | '。') || is_glued && c.is_alphanumeric()
    })
}

fn first(word: &[u8]) -> Option<char> {
    word.utf8_chunks().next()?.valid().chars().next()
}
