//! What a page shows of its text, carried over to the document, and the pictures that captions belong to.

use super::Hints;
use super::prepare::Prepared;
use crate::document::{Blocks, Caption, Markup, is_of_web, resolve};

/// A longer address of a page is none.
const LONGEST_BASE_BYTES: usize = 2048;

/// What the page shows, in places of the repaired text; nothing of a text.
pub(super) fn markup(prepared: &mut Prepared<'_>, hints: &Hints) -> Option<Box<Markup>> {
    let markup = std::mem::take(&mut prepared.page.as_mut()?.markup);
    let mut markup = markup.moved(prepared.repairs());
    let page = hints.source.as_deref().filter(|source| is_of_web(source));
    markup.base = match &markup.base {
        Some(base) => Some(resolve(page, base)).filter(|base| is_of_web(base)),
        None => page.map(str::to_owned),
    }
    // Every address would be as long.
    .filter(|base| base.len() <= LONGEST_BASE_BYTES);
    Some(Box::new(markup))
}

/// Tells captions the addresses of their pictures.
pub(super) fn pictures(captions: &mut [Caption], blocks: &Blocks, prepared: &Prepared<'_>, markup: &Markup) {
    let Some(page) = &prepared.page else { return };
    for caption in captions {
        let line = blocks.texts.get(caption.block).and_then(|text| prepared.page_line(text));
        let image = line.and_then(|line| page.picture_of(line));
        caption.image = image.map(|address| resolve(markup.base.as_deref(), address));
    }
}
