//! Reads a page: the lines of its text, where in its HTML each of their characters stands, and what its markup says of them.

mod attributes;
mod head;
mod keys;
mod lines;
mod linked;
pub(crate) mod marked;
mod markup;
mod names;
mod nodes;
pub(crate) mod observe;
mod pictures;
pub(crate) mod said;
mod shown;
mod tables;
mod tokens;
mod tree;

use html5gum::Tokenizer;

use crate::document::Markup;
use crate::offsets::OffsetMap;
use lines::Line;
use nodes::Nodes;
use pictures::Picture;
use said::Said;
use tokens::Tokens;

/// What a page says of its lines and of itself.
pub(crate) struct Page {
    pub lines: Vec<Line>,
    pub nodes: Nodes,
    pub said: Said,
    /// What stands for pictures where they are not seen.
    pub alts: Vec<String>,
    pub pictures: Vec<Picture>,
    /// What it shows of its lines.
    pub markup: Markup,
}

/// Reads a page, in time linear in its length: its text, a line feed between lines, the way back from it to the page, and what the page
/// says of it.
pub(crate) fn read(html: &str) -> (String, OffsetMap, Page) {
    let mut tokens = Tokens::of(html);
    let Ok(()) = Tokenizer::new_with_emitter(html, &mut tokens).finish();
    tokens.tree.done()
}

#[cfg(test)]
mod tests;
