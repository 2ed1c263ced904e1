//! Every golden through the library: the labels an editor gave, and laws that hold for any text.
//!
//! Where the program errs, the golden's gutter says so (`body>caption`: it is body, the program says caption), and the error
//! is expected: a mark whose error is gone fails too. `COPYDESK_MARK=1 cargo test --features cli goldens` writes the marks
//! anew; look at the difference before you keep it. There are never more of them than tests/known-errors.json says.

use copydesk::{Cleaner, Document, Label};

use crate::golden::{Golden, Gutter};
use crate::known;
use crate::laws::is_between;

#[test]
fn labels() {
    let cleaner = Cleaner::default();
    let mark = std::env::var_os("COPYDESK_MARK").is_some();
    let mut faults = Vec::new();
    let (mut right, mut all, mut marks) = (0, 0, 0);
    let mut goldens = Golden::all();
    for golden in &mut goldens {
        let found = labels_of(golden, &cleaner.clean(golden.text()));
        for (i, found) in found {
            let name = golden.name();
            let row = &mut golden.rows[i];
            let Gutter::Label { truth, known } = &mut row.gutter else { continue };
            all += 1;
            right += usize::from(*truth == found);
            marks += usize::from(known.is_some());
            let expected = known.as_ref().unwrap_or(truth);
            if *expected != found {
                let head: String = row.text.chars().take(60).collect();
                let hint = if *truth == found { " (right now: take the mark away)" } else { "" };
                faults.push(format!("{name}, row {}: {expected} expected, {found} found{hint}: {head}", i + 1));
            }
            if mark {
                *known = (*truth != found).then_some(found);
            }
        }
    }
    eprintln!("goldens: {right} of {all} lines right");
    if mark {
        known::lower("goldens", all - right);
        goldens.iter().for_each(|golden| std::fs::write(&golden.path, golden.to_file()).unwrap());
        return;
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    known::check("goldens", marks);
}

/// The label of the block that each labelled row stands in, by number of the row.
fn labels_of(golden: &Golden, document: &Document) -> Vec<(usize, String)> {
    let starts: Vec<usize> = golden
        .rows
        .iter()
        .scan(0, |next, row| {
            let start = *next + row.text.len() - row.text.trim_start().len();
            *next += row.text.len() + golden.between.len();
            Some(start)
        })
        .collect();
    // Tags of blocks lie between the blocks: of a row, what is first in a block tells.
    let label = |row: usize| {
        let (start, end) = (starts[row], starts[row] + golden.rows[row].text.trim_start().len());
        let block = document.blocks().find(|block| block.span().start < end && start < block.span().end);
        block.map_or_else(|| "none".to_owned(), |block| block.label().to_string())
    };
    golden.labels().into_iter().map(|(i, _)| (i, label(i))).collect()
}

#[test]
fn blocks_and_white_space_rebuild_the_input() {
    let cleaner = Cleaner::default();
    for golden in Golden::all() {
        let text = golden.text();
        let mut end = 0;
        for block in cleaner.clean(&text).blocks() {
            let span = block.span();
            assert!(end <= span.start && !span.is_empty(), "{}: {span:?} after {end}", golden.name());
            assert!(is_between(&text[end..span.start]), "{}: before {span:?}", golden.name());
            end = span.end;
        }
        assert!(is_between(&text[end..]), "{}: at the end", golden.name());
    }
}

#[test]
fn every_character_of_the_text_leads_back_to_its_source() {
    let whole = Cleaner::builder().keep(Label::ALL).separator("\n").build().unwrap();
    for cleaner in [whole, Cleaner::default()] {
        for golden in Golden::all() {
            let input = golden.text();
            let document = cleaner.clean(&input);
            let mut last = 0;
            for (at, c) in document.text().char_indices() {
                let span = document.source_span(at, at + c.len_utf8());
                let source = &input[span.range()];
                assert!(last <= span.start, "{}: {c:?} at {at} goes back to {span:?}", golden.name());
                last = span.start;
                let repaired = source.contains('&') || !source.is_ascii() || source.contains(char::is_control);
                let space = c.is_whitespace() && source.chars().all(char::is_whitespace);
                // What a separator stands for is the gap between two blocks, with whatever was removed in it.
                let between = c == '\n';
                let name = golden.name();
                assert!(source.contains(c) || repaired || space || between, "{name}: {c:?} at {at} from {source:?}");
            }
        }
    }
}

/// Labels and texts of the blocks.
fn seen(document: &Document) -> Vec<(Label, &str)> {
    document.blocks().map(|block| (block.label(), block.text())).collect()
}

#[test]
fn line_ends_and_more_blank_lines_change_nothing() {
    let cleaner = Cleaner::default();
    for golden in Golden::all() {
        let text = golden.text();
        let plain = cleaner.clean(&text);
        for (what, other) in [("CRLF", text.replace('\n', "\r\n")), ("blank lines", text.replace("\n\n", "\n\n\n"))] {
            assert_eq!(seen(&plain), seen(&cleaner.clean(&other)), "{}: {what}", golden.name());
        }
    }
}
