//! Paragraphs, put into quotes, lists, tables and blocks of code.

use super::escape::{close_heading, longest_run};
use super::inline::Inlines;
use super::paragraphs::{Kind, Paragraph, Part, Step, StepKind};
use super::{Document, MarkdownOptions};
use crate::document::Markup;

pub(super) fn write(paragraphs: &[Paragraph<'_>], document: &Document, options: MarkdownOptions) -> String {
    let inlines = Inlines { document, options };
    let mut page =
        Sheet { out: String::with_capacity(document.text.len() + 16 * paragraphs.len()), open: Vec::new(), kind: None };
    let mut rest = paragraphs;
    while let Some(first) = rest.first() {
        // The lines of a block of code, the rows of a table.
        let same = |it: &&Paragraph<'_>| match (first.kind, it.kind) {
            (Kind::Code(one), Kind::Code(other)) => one == other,
            (Kind::Row(_, one, _), Kind::Row(_, other, _)) => one == other && first.path == it.path,
            _ => false,
        };
        let many = 1 + rest.iter().skip(1).take_while(same).count();
        let (group, after) = rest.split_at_checked(many).unwrap_or((rest, &[]));
        rest = after;
        let lines = match first.kind {
            Kind::Text => vec![inlines.write(&first.parts, false, false)],
            Kind::Heading(level) => {
                let mut line = inlines.write(&first.parts, true, false);
                close_heading(&mut line);
                line.insert(0, ' ');
                line.insert_str(0, "######".get(..usize::from(level.clamp(1, 6))).unwrap_or_default());
                vec![line]
            }
            Kind::Code(_) => code(group, document),
            Kind::Row(..) => table(group, &inlines),
            Kind::Picture(picture) => document.markup.iter().map(|markup| inlines.picture(markup, picture)).collect(),
        };
        if lines.iter().any(|line| !line.trim().is_empty()) {
            page.put(&first.path, first.kind, &lines);
        }
    }
    page.out
}

/// Where the Markdown is put together.
struct Sheet<'d> {
    out: String,
    /// The quotes and items that the last paragraph stands in, with the mark of each.
    open: Vec<(Step, String)>,
    /// What the last paragraph is.
    kind: Option<Kind<'d>>,
}

impl<'d> Sheet<'d> {
    fn put(&mut self, path: &[Step], kind: Kind<'d>, lines: &[String]) {
        let common = self.open.iter().zip(path).take_while(|((open, _), step)| open == *step).count();
        if let Some(last) = self.kind {
            let tight = self.is_tight(path, common, last);
            if !tight {
                let prefix: String = self.open.iter().take(common).map(|(step, mark)| going_on(step, mark)).collect();
                self.out.push_str(prefix.trim_end());
                self.out.push('\n');
            }
        }
        let beside = self.open.get(common).cloned();
        self.open.truncate(common);
        let mut prefix: String = self.open.iter().map(|(step, mark)| going_on(step, mark)).collect();
        for (at, step) in path.iter().enumerate().skip(common) {
            let mark = mark(step, beside.as_ref().filter(|_| at == common));
            prefix.push_str(&mark);
            self.open.push((*step, mark));
        }
        let rest: String = self.open.iter().map(|(step, mark)| going_on(step, mark)).collect();
        for (at, line) in lines.iter().enumerate() {
            let start = self.out.len();
            self.out.push_str(if at == 0 { &prefix } else { &rest });
            self.out.push_str(line);
            if line.is_empty() {
                let end = self.out.trim_end_matches(' ').len().max(start);
                self.out.truncate(end);
            }
            self.out.push('\n');
        }
        self.kind = Some(kind);
    }

    /// Whether no blank line is wanted: before the next item of a list, and before a list that begins in an item.
    fn is_tight(&self, path: &[Step], common: usize, last: Kind<'_>) -> bool {
        let Some(StepKind::Item(list, number)) = path.get(common).map(|step| step.kind) else { return false };
        match self.open.get(common) {
            Some((Step { kind: StepKind::Item(before, _), .. }, _)) => *before == list,
            Some(_) => false,
            // Within a paragraph only a list that begins with 1 is one.
            None => {
                let in_item = common.checked_sub(1).and_then(|at| self.open.get(at));
                matches!(in_item, Some((Step { kind: StepKind::Item(..), .. }, _)))
                    && matches!(last, Kind::Text)
                    && number.is_none_or(|number| number == 1)
            }
        }
    }
}

/// What a line begins with that goes on a quote or an item.
fn going_on(step: &Step, mark: &str) -> String {
    match step.kind {
        StepKind::Quote => mark.to_owned(),
        StepKind::Item(..) => " ".repeat(mark.len()),
    }
}

/// What a quote or an item begins with, after another one at that depth.
fn mark(step: &Step, beside: Option<&(Step, String)>) -> String {
    const MOST: u32 = 999_999_999;
    let StepKind::Item(list, number) = step.kind else { return "> ".to_owned() };
    let [usual, other] = if number.is_some() { ['.', ')'] } else { ['-', '*'] };
    // Two lists one after the other are two by their marks.
    let mark = match beside {
        Some((Step { kind: StepKind::Item(before, _), .. }, used)) => {
            let used = used.trim_end().chars().next_back();
            let wanted = if *before == list { other } else { usual };
            if used == Some(wanted) { other } else { usual }
        }
        _ => usual,
    };
    match number {
        Some(number) if number <= MOST => format!("{number}{mark} "),
        Some(_) => format!("1{mark} "),
        None => format!("{mark} "),
    }
}

/// Lines of code, fenced.
fn code(lines: &[Paragraph<'_>], document: &Document) -> Vec<String> {
    let white = document.markup.as_ref().map_or(&[][..], |markup| &markup.white);
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        for part in &line.parts {
            push_code(part, white, &mut text);
        }
    }
    let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
    let mut made = vec![fence.clone()];
    made.extend(text.split('\n').map(|line| line.trim_end().to_owned()));
    // White space before the first line is of what stands before it.
    while made.get(1).is_some_and(|line| line.is_empty()) && made.len() > 2 {
        made.remove(1);
    }
    made.push(fence);
    made
}

/// A stretch of code, with its white space as it was.
fn push_code(part: &Part<'_>, white: &[(u32, String)], text: &mut String) {
    let Some(start) = part.at else {
        text.push_str(part.text);
        return;
    };
    let end = start + part.text.len();
    let first = white.partition_point(|(at, _)| (*at as usize) < start);
    let mut from = 0;
    for (at, white) in white.get(first..).unwrap_or_default().iter().take_while(|(at, _)| (*at as usize) < end) {
        let at = *at as usize - start;
        let Some(before) = part.text.get(from..at) else { continue };
        text.push_str(before);
        from = at;
        // A word that was put together again stays together.
        if !text.is_empty() && !text.ends_with(char::is_whitespace) {
            continue;
        }
        if text.ends_with(' ') {
            text.pop();
        }
        text.extend(white.chars().filter(|c| matches!(c, ' ' | '\t' | '\n')));
    }
    text.push_str(part.text.get(from..).unwrap_or_default());
}

/// Rows, as a table.
fn table(rows: &[Paragraph<'_>], inlines: &Inlines<'_>) -> Vec<String> {
    let Some(markup) = inlines.document.markup.as_deref() else { return Vec::new() };
    let rows: Vec<_> = rows.iter().map(|row| (matches!(row.kind, Kind::Row(true, ..)), cells(row, markup))).collect();
    // Columns in which no cell begins are none.
    let mut columns: Vec<u16> = rows.iter().flat_map(|(_, cells)| cells.iter().map(|(column, _)| *column)).collect();
    columns.sort_unstable();
    columns.dedup();
    let width = columns.len().max(1);
    let mut written = rows.iter().map(|(_, cells)| {
        let mut line = String::from("|");
        let mut at = 0;
        for (column, parts) in cells {
            let to = columns.binary_search(column).unwrap_or(at);
            line.push_str(&"  |".repeat(to.saturating_sub(at)));
            line.push(' ');
            line.push_str(&inlines.write(parts, false, true));
            line.push_str(" |");
            at = to + 1;
        }
        (line, at)
    });
    let mut lines = Vec::with_capacity(rows.len() + 2);
    if rows.first().is_some_and(|(heads, _)| *heads)
        && let Some((mut head, at)) = written.next()
    {
        // What has more columns than the head would be lost.
        head.push_str(&"  |".repeat(width.saturating_sub(at)));
        lines.push(head);
    } else {
        lines.push(format!("|{}", "  |".repeat(width)));
    }
    lines.push(format!("|{}", " --- |".repeat(width)));
    lines.extend(written.map(|(line, _)| line));
    lines
}

/// The cells of a row: the column of each, and its parts.
fn cells<'d>(row: &Paragraph<'d>, markup: &Markup) -> Vec<(u16, Vec<Part<'d>>)> {
    let mut cells: Vec<(u16, Vec<Part<'d>>)> = Vec::new();
    for part in &row.parts {
        let Some(start) = part.at else {
            if let Some((_, parts)) = cells.last_mut() {
                parts.push(*part);
            }
            continue;
        };
        let end = start + part.text.len();
        let first = markup.cells.partition_point(|(at, _)| *at as usize <= start);
        let column =
            |cell: Option<usize>| cell.and_then(|cell| markup.cells.get(cell)).map_or(0, |(_, column)| *column);
        let mut from = start;
        let mut at_column = column(first.checked_sub(1));
        let mut push = |from: usize, to: usize, column: u16| {
            let Some(text) = part.text.get(from - start..to - start) else { return };
            let part = Part { text, at: Some(from) };
            match cells.last_mut() {
                // A part of a cell, or one that does not stand after the last.
                Some((last, parts)) if *last >= column => parts.push(part),
                _ => cells.push((column, vec![part])),
            }
        };
        let of = markup.cells.get(first..).unwrap_or_default();
        for (at, next) in of.iter().take_while(|(at, _)| (*at as usize) < end) {
            let at = *at as usize;
            if part.text.get(..at - start).is_some_and(|before| before.ends_with(char::is_whitespace)) {
                push(from, at, at_column);
                (from, at_column) = (at, *next);
            }
        }
        push(from, end, at_column);
    }
    cells
}
