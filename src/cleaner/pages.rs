//! Pages: what the page shows weighs in where the words alone have labelled its lines.

use super::prepare::Prepared;
use crate::document::{Shares, Shown};
use crate::label::{Labels, PageLabeller};
use crate::once::Lazy;
use crate::page::observe::{Observed, Piece, observe};
use crate::weights::PageWeights;

/// What a page shows of its pieces, which words alone have labelled.
pub(super) fn observed(prepared: &Prepared<'_>, shares: &[Shares], spelled: bool) -> Option<Observed> {
    let page = prepared.page.as_ref()?;
    let lines = prepared.lines();
    let pieces: Vec<_> = prepared
        .page_lines()
        .into_iter()
        .zip(shares)
        .enumerate()
        .map(|(at, (line, shares))| {
            let lies = lines.lies(at);
            Piece { text: lines.get(at).text, line, whole: lies.begins && lies.ends, shares }
        })
        .collect();
    Some(observe(page, &pieces, spelled))
}

/// What labels the pieces of pages.
pub(super) fn labeller() -> &'static PageLabeller {
    static LABELLER: Lazy<PageLabeller> = Lazy::new(|| PageLabeller::new(PageWeights::embedded()));
    &LABELLER
}

/// Labels the pieces of a page anew, and gives what the page shows of them; nothing of a text.
pub(super) fn weigh(labels: &mut Labels, prepared: &Prepared<'_>) -> Option<Shown> {
    let observed = observed(prepared, &labels.shares, false)?;
    let mut shown = Shown::default();
    (0..observed.len()).for_each(|at| shown.push(labeller().numbers(observed.of(at))));
    *labels = labeller().label(&labels.shares, |at| shown.of(at));
    Some(shown)
}
