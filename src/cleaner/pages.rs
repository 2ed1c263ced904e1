//! Pages: what the page shows weighs in where the words alone have labelled its lines.

use super::Cleaner;
use super::prepare::Prepared;
use crate::document::Shares;
use crate::page::observe::{Observed, Piece, observe};

/// What a page shows of its pieces, which words alone have labelled.
fn observed(prepared: &Prepared<'_>, shares: &[Shares], spelled: bool) -> Option<Observed> {
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

/// A piece of a page, for training: its text, what words alone say of it, and what the page shows.
#[cfg(feature = "python")]
pub(crate) struct ObservedPiece {
    pub text: String,
    pub shares: Shares,
    pub shown: Vec<String>,
}

#[cfg(feature = "python")]
impl Cleaner {
    /// The pieces of a page, for training.
    pub(crate) fn observe_page(&self, html: &[u8]) -> Vec<ObservedPiece> {
        let options = &self.0.options;
        let input = super::Input::html(html);
        let prepared = Prepared::of(&input, &options.normalizer, options.markup, &self.0.packs, &self.0.cutter);
        let labels = self.0.label(&prepared, None);
        let Some(observed) = observed(&prepared, &labels.shares, true) else { return Vec::new() };
        let piece = |(at, shares): (usize, &Shares)| ObservedPiece {
            text: prepared.lines().get(at).text.to_owned(),
            shares: *shares,
            shown: observed.spelled(at).to_vec(),
        };
        labels.shares.iter().enumerate().map(piece).collect()
    }
}
