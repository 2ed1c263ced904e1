//! Repair: what scraping, copying and wrong decoding did to the characters of a text, undone.

mod chars;
mod compose;
pub(crate) mod encoding;
mod entities;
mod escapes;
#[cfg(any(test, feature = "fuzzing", feature = "python"))]
pub(crate) mod ftfy;
mod normalized;
mod options;
pub(crate) mod output;
mod prefilter;
mod rewriter;
mod seam;
#[cfg(test)]
mod tests;

pub use normalized::{Change, Normalized};
pub use options::{Bidi, Dashes, Form, Normalizer, Quotes};
