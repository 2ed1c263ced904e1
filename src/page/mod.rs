//! Reads a page: the lines of its text, where in its HTML each of their characters stands, and what its markup says of them.

mod attributes;
mod head;
mod lines;
mod nodes;
mod tokens;
mod tree;

use html5gum::Tokenizer;

use tokens::Tokens;
pub(crate) use tree::Read;

/// Reads a page: any text, in time linear in its length.
pub(crate) fn read(html: &str) -> Read {
    let mut tokens = Tokens::of(html);
    let Ok(()) = Tokenizer::new_with_emitter(html, &mut tokens).finish();
    tokens.tree.done()
}

#[cfg(test)]
mod tests;
