//! The clean text as paragraphs: what each is, what it stands in, and its parts.

use super::written::Written;
use super::{Document, MarkdownOptions};
use crate::document::{ContainerKind, Markup, NONE, Picture};
use crate::labels::Label;
use crate::offsets::Span;

/// A stretch of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'d> {
    pub text: &'d str,
    /// Where in the repaired text it stands; none where what is shown of it does not count.
    pub at: Option<usize>,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'d> {
    Text,
    Heading(u8),
    /// A line of code, and the number of what holds its lines.
    Code(u32),
    /// A row, whether it heads its table, the number of that, and its own.
    Row(bool, u32, u32),
    Picture(&'d Picture),
}

/// A quote or an item that a paragraph stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Two of the same number are the same one.
    pub id: u64,
    pub kind: StepKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepKind {
    Quote,
    /// Of the list of that number, with its own number where it is ordered.
    Item(u64, Option<u32>),
}

#[derive(Clone, Debug)]
pub(super) struct Paragraph<'d> {
    pub kind: Kind<'d>,
    /// Outermost first.
    pub path: Vec<Step>,
    pub parts: Vec<Part<'d>>,
}

/// Deeper quotes and items stand beside, not within.
const DEEPEST: usize = 16;

pub(super) fn of(document: &Document, options: MarkdownOptions) -> Vec<Paragraph<'_>> {
    let rows = document.markup.as_deref().filter(|_| options.tables).map(rows).unwrap_or_default();
    let mut reading = Reading { document, options, rows, made: Vec::new(), open: None, ended: 0 };
    if let Some(title) = document.title().filter(|_| options.title && !keeps_title(document)) {
        let part = Part { text: title, at: None };
        reading.made.push(Paragraph { kind: Kind::Heading(1), path: Vec::new(), parts: vec![part] });
    }
    reading.read();
    let mut made = reading.made;
    if document.markup.is_none() {
        read_written(&mut made, options);
    }
    made
}

fn keeps_title(document: &Document) -> bool {
    document.blocks.iter().any(|block| block.kept && block.label == Label::Title)
}

struct Reading<'d> {
    document: &'d Document,
    options: MarkdownOptions,
    /// Of each container, whether it is a row of a table that holds data.
    rows: Vec<bool>,
    made: Vec<Paragraph<'d>>,
    /// The container of the last paragraph, while it can go on.
    open: Option<u32>,
    /// Where the last stretch ends in the repaired text.
    ended: usize,
}

impl<'d> Reading<'d> {
    fn read(&mut self) {
        let document = self.document;
        let (repaired, text) = (&*document.repaired, &*document.text);
        let mut written = 0;
        for at in 0..document.rendered.len() {
            let Some((start, piece)) = document.rendered.get(at) else { break };
            let Some(stretch) = repaired.get(piece.range()) else { continue };
            let joint = text.get(written..start).unwrap_or_default();
            written = start + piece.len();
            if stretch.trim().is_empty() {
                self.join(stretch);
                continue;
            }
            let between = repaired.get(self.ended..piece.start).unwrap_or_default();
            if self.made.is_empty() || between.contains('\n') {
                self.open = None;
            }
            self.pictures(piece.start);
            self.join(joint);
            self.stretch(piece);
            self.ended = piece.end;
        }
    }

    /// Goes on with what stands between two parts of a paragraph.
    fn join(&mut self, joint: &'d str) {
        if let Some(paragraph) = self.made.last_mut().filter(|_| self.open.is_some() && !joint.is_empty()) {
            paragraph.parts.push(Part { text: joint, at: None });
        }
    }

    /// A stretch of a block: cut where another line of the page begins that is of something else.
    fn stretch(&mut self, piece: Span) {
        let label = self.label(piece.start);
        let repaired = &*self.document.repaired;
        let lines = self.markup().map_or(&[][..], |markup| {
            let first = markup.lines.partition_point(|(at, _)| *at as usize <= piece.start);
            markup.lines.get(first..).unwrap_or_default()
        });
        let mut start = piece.start;
        for (at, _) in lines.iter().take_while(|(at, _)| (*at as usize) < piece.end) {
            let at = *at as usize;
            let (Some(line), Some(next)) = (repaired.get(start..at), repaired.get(at..piece.end)) else { continue };
            // Where a word was put together again the line goes on.
            if line.ends_with(char::is_whitespace) && !next.trim().is_empty() {
                self.line(start, line, label, true);
                self.open = None;
                start = at;
            }
        }
        self.line(start, repaired.get(start..piece.end).unwrap_or_default(), label, false);
    }

    /// The label of the block that a place is in.
    fn label(&self, at: usize) -> Option<Label> {
        let blocks = &self.document.blocks;
        let block = blocks.texts.partition_point(|text| text.end <= at);
        blocks.get(block).map(|block| block.label)
    }

    fn markup(&self) -> Option<&'d Markup> {
        self.document.markup.as_deref()
    }

    /// Text of one line, `ended` where the line ends behind it.
    fn line(&mut self, at: usize, text: &'d str, label: Option<Label>, ended: bool) {
        let text = if ended { text.trim_end() } else { text };
        let part = Part { text, at: Some(at) };
        let container = self.markup().map_or(NONE, |markup| markup.container(at));
        let kind = self.kind(container, label);
        if let (Kind::Row(..), Some(row)) = (kind, self.made.last_mut().filter(|last| last.kind == kind)) {
            if self.open.is_none() {
                row.parts.push(Part { text: " ", at: None });
            }
            row.parts.push(part);
            self.open = Some(container);
            return;
        }
        // A heading that stands in a line with a paragraph is one by itself, unless no white space is between.
        if let Some(last) = self.made.last_mut().filter(|_| self.open == Some(container)) {
            let apart = last.parts.last().is_none_or(|part| part.text.ends_with(char::is_whitespace));
            if last.kind == kind || !apart {
                last.parts.push(part);
                return;
            }
        }
        let path = self.path(if let Kind::Row(_, table, _) = kind { table } else { container });
        self.made.push(Paragraph { kind, path, parts: vec![part] });
        self.open = Some(container);
    }

    fn kind(&self, container: u32, label: Option<Label>) -> Kind<'d> {
        let Some(markup) = self.markup() else { return self.kind_by_label(label) };
        let mut up = markup.up(container);
        let row = up.find_map(|(number, kind)| match kind {
            ContainerKind::Row(heads) => Some((heads, number)),
            _ => None,
        });
        if let Some((heads, row)) = row.filter(|(_, row)| self.rows.get(*row as usize) == Some(&true))
            && let Some((table, _)) = up.find(|(_, kind)| *kind == ContainerKind::Table)
        {
            return Kind::Row(heads, table, row);
        }
        for (number, kind) in markup.up(container) {
            match kind {
                ContainerKind::Heading(level) if self.options.headings => return Kind::Heading(level),
                ContainerKind::Heading(_) => return Kind::Text,
                ContainerKind::Pre if self.options.code => return Kind::Code(number),
                ContainerKind::Item(_) => return Kind::Text,
                _ => {}
            }
        }
        self.kind_by_label(label)
    }

    fn kind_by_label(&self, label: Option<Label>) -> Kind<'d> {
        match label {
            Some(Label::Title) if self.options.headings => Kind::Heading(1),
            Some(Label::Heading) if self.options.headings => Kind::Heading(2),
            _ => Kind::Text,
        }
    }

    /// The quotes and items that a container is or stands in.
    fn path(&self, container: u32) -> Vec<Step> {
        let Some(markup) = self.markup() else { return Vec::new() };
        let options = self.options;
        let mut path: Vec<_> = markup
            .up(container)
            .filter_map(|(number, kind)| {
                let kind = match kind {
                    ContainerKind::Quote if options.quotes => StepKind::Quote,
                    ContainerKind::Item(of) if options.lists => {
                        let list = markup.containers.get(number as usize).map_or(NONE, |item| item.parent);
                        StepKind::Item(u64::from(list), of)
                    }
                    _ => return None,
                };
                Some(Step { id: u64::from(number), kind })
            })
            .collect();
        path.reverse();
        path.truncate(DEEPEST);
        path
    }

    /// The pictures between the last stretch and `next`, where what stands beside them is of the story.
    fn pictures(&mut self, next: usize) {
        let Some(markup) = self.markup().filter(|_| self.options.images) else { return };
        let from = if self.made.is_empty() { 0 } else { self.ended };
        let first = markup.pictures.partition_point(|picture| (picture.at as usize) < from);
        let of = markup.pictures.get(first..).unwrap_or_default();
        for picture in of.iter().take_while(|picture| (picture.at as usize) <= next) {
            // One that opens the line that was read last stood before it.
            if !picture.inline && self.is_amid(picture.at as usize) {
                self.made.push(Paragraph { kind: Kind::Picture(picture), path: Vec::new(), parts: Vec::new() });
                self.open = None;
            }
        }
    }

    /// Whether the nearest blocks to a place, but for captions and what pages put between paragraphs, are of the article.
    fn is_amid(&self, at: usize) -> bool {
        use Label::{Ad, Body, Byline, Caption, Dateline, Deck, Heading, Promo, Share, Timestamp, Title, Ui};
        const NEAREST: usize = 6;
        let blocks = &self.document.blocks;
        let after = blocks.texts.partition_point(|text| text.start < at);
        let is_of_story = |at: usize| {
            let block = blocks.get(at)?;
            match block.label {
                _ if block.kept => Some(true),
                Body | Byline | Dateline | Deck | Heading | Timestamp | Title => Some(true),
                Ad | Caption | Promo | Share | Ui => None,
                _ => Some(false),
            }
        };
        let before = (0..after).rev().take(NEAREST).find_map(is_of_story);
        let behind = (after..blocks.iter().len()).take(NEAREST).find_map(is_of_story);
        before == Some(true) && behind == Some(true)
    }
}

/// Which containers are rows that have cells, of tables of which some row is one line.
fn rows(markup: &Markup) -> Vec<bool> {
    let of = |at: u32| {
        let mut up = markup.up(markup.container(at as usize));
        let (row, _) = up.find(|(_, kind)| matches!(kind, ContainerKind::Row(_)))?;
        let (table, _) = up.find(|(_, kind)| *kind == ContainerKind::Table)?;
        Some((row as usize, table as usize))
    };
    let mut rows = vec![None; markup.containers.len()];
    let mut holds_data = vec![false; markup.containers.len()];
    let mut before = None;
    for (at, _) in &markup.cells {
        let line = markup.lines.partition_point(|(start, _)| start <= at);
        if let Some((row, table)) = of(*at) {
            rows[row] = Some(table);
            holds_data[table] |= before == Some((line, row));
            before = Some((line, row));
        }
    }
    rows.into_iter().map(|table| table.is_some_and(|table: usize| holds_data[table])).collect()
}

/// Reads lists and quotes that a text writes out.
fn read_written(paragraphs: &mut [Paragraph<'_>], options: MarkdownOptions) {
    let marks: Vec<_> = paragraphs
        .iter()
        .map(|paragraph| {
            let first = paragraph.parts.first().filter(|_| paragraph.kind == Kind::Text)?;
            Written::of(first.text)
        })
        .collect();
    let (mut list, mut last, mut id) = (0, None, 1 << 32);
    for (at, paragraph) in paragraphs.iter_mut().enumerate() {
        let beside = |at: Option<usize>| at.and_then(|at| marks.get(at).copied().flatten());
        let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let mark = beside(Some(at)).filter(|mark| mark.holds(before, after));
        let wanted = |mark: &Written| match mark {
            Written::Quote(_) => options.quotes,
            _ => options.lists,
        };
        let Some(mark) = mark.filter(wanted) else {
            last = None;
            continue;
        };
        // A list goes on while its marks are of one kind.
        let goes_on = match (last, mark) {
            (Some(Written::Bullet(_)), Written::Bullet(_)) | (Some(Written::Dash(_)), Written::Dash(_)) => true,
            (Some(Written::Quote(_)), Written::Quote(_)) => true,
            (Some(Written::Number(before, _)), Written::Number(number, _)) => before.checked_add(1) == Some(number),
            _ => false,
        };
        id += 1;
        if !goes_on {
            list = id;
        }
        let (step, len) = match mark {
            Written::Bullet(len) | Written::Dash(len) => (Step { id, kind: StepKind::Item(list, None) }, len),
            Written::Number(number, len) => (Step { id, kind: StepKind::Item(list, Some(number)) }, len),
            Written::Quote(len) => (Step { id: list, kind: StepKind::Quote }, len),
        };
        if let Some(first) = paragraph.parts.first_mut() {
            first.text = first.text.get(len..).unwrap_or_default();
            first.at = first.at.map(|at| at + len);
        }
        paragraph.path = vec![step];
        last = Some(mark);
    }
}
