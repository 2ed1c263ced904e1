//! Repair: what scraping, copying and wrong decoding did to the characters of a text, undone.

mod chars;
mod compose;
pub(crate) mod encoding;
mod entities;
mod escapes;
#[cfg(any(test, feature = "fuzzing", feature = "python"))]
pub(crate) mod ftfy;
mod machine;
mod normalized;
mod options;
mod scan;
mod seam;
pub(crate) mod tape;
#[cfg(test)]
mod tests;

pub use normalized::{Change, Normalized};
pub use options::{Bidi, Dashes, Form, Normalizer, Quotes};
