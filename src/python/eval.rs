//! The figures of `copydesk eval`, for training and its gate: one way to count for all.

use pyo3::prelude::*;

use super::batch;
use super::document::Document;
use crate::eval::{Gold, Guess, covering, figures, words};
use crate::offsets::Span;

/// How good labels are, as the JSON that `copydesk eval --json` prints: of documents, each its language, its lines and a label a
/// line; and of guesses, a label and whether it is kept for each line of each.
#[pyfunction]
pub(super) fn line_figures(
    py: Python<'_>,
    documents: Vec<(String, Vec<String>, Vec<String>)>,
    guesses: Vec<Vec<(String, bool)>>,
) -> PyResult<String> {
    let made = batch::guarded(py, || {
        let mut gold = Vec::with_capacity(documents.len());
        for (number, (lang, lines, labels)) in documents.into_iter().enumerate() {
            gold.push(Gold::new(format!("document {number}"), lang, lines, labels)?);
        }
        let as_guess = |(label, kept)| Guess { label, kept };
        let guesses: Vec<Vec<Guess>> = guesses.into_iter().map(|of| of.into_iter().map(as_guess).collect()).collect();
        Gold::check_guesses(&gold, &guesses)?;
        let found = figures(gold.iter().zip(guesses.iter().map(Vec::as_slice)));
        Ok::<_, crate::Error>(serde_json::to_string(&found).unwrap_or_default())
    })??;
    Ok(made)
}

/// For each line, a start and an end in the text, the number of the document's block that says what it is, as `copydesk eval` has it;
/// none where no block is.
#[pyfunction]
pub(super) fn line_blocks(
    py: Python<'_>,
    document: &Document,
    lines: Vec<(usize, usize)>,
) -> PyResult<Vec<Option<usize>>> {
    let said = || document.0.blocks().map(|block| (block.span(), block.label(), block.kept()));
    let lines: Vec<Span> = lines.into_iter().map(|(start, end)| Span::new(start, end.max(start))).collect();
    Ok(batch::guarded(py, || covering(said(), &lines))?)
}

/// The weight of a line of that language, in words: stretches between white space; in Japanese, Chinese and Korean two
/// characters are one.
#[pyfunction]
pub(super) fn line_words(text: &str, lang: &str) -> usize {
    words(text, lang)
}
