//! Pages: what the page shows weighs in where the words alone have labelled its lines.

use super::prepare::Prepared;
use crate::document::Shares;
use crate::page::observe::{Observed, Piece, observe};

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
