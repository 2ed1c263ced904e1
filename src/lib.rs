//! Scraped news in, clean copy out.
//!
//! A text goes through seven steps:
//!
//! 1. **decode**: bytes become text, by byte order mark, as UTF-8, or by a charset that is detected;
//! 2. **segment**: one line is one block; the lines of a hard-wrapped document are joined;
//! 3. **normalize**: each block's characters are repaired, with a map back to the input;
//! 4. **observe**: the evidence of each block is gathered: the features of its line, its words, its context in the document;
//! 5. **label**: a sequence model turns the evidence into a probability for each [`Label`];
//! 6. **read**: dateline, byline, times and credits are read from the blocks that hold them;
//! 7. **render**: the kept blocks become the clean text.
//!
//! ```
//! let document = copydesk::clean(
//!     "Harbour tunnel closes for a month\n\n\
//!      The tunnel under the harbour will close on Monday for at least a month, the city said.\n\n\
//!      SHARE THIS ARTICLE",
//! );
//! assert_eq!(document.removed().last().unwrap().label(), copydesk::Label::Share);
//! ```
//!
//! What is taken out of the story stays in the [`Document`], and every block and character knows its place in the input.
//! No input is an error: any text and any bytes get an answer, in time linear in their length.
#![deny(missing_docs)]
// But for one file of the Python module, which takes over what other libraries hand it.
#![cfg_attr(not(feature = "python"), forbid(unsafe_code))]
#![cfg_attr(feature = "python", deny(unsafe_code))]
// A slice by a place that was miscounted is a panic: `text::part` has what gives "" instead. Tests may be loud.
#![cfg_attr(not(test), deny(clippy::string_slice))]
// The README's Rust example is a test.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

/// What a file under packs/ holds: build.rs has made JSON of its TOML.
macro_rules! packed {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/packs/", $name, ".json"))
    };
}

mod batch;
mod cleaner;
#[cfg(feature = "cli")]
mod cli;
mod document;
mod error;
#[cfg(feature = "cli")]
mod eval;
mod features;
mod fields;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
#[cfg(test)]
#[path = "../tests/it/growth.rs"]
mod growth;
#[cfg(feature = "cli")]
mod io;
mod label;
mod labels;
mod named;
mod number;
mod observations;
mod observe;
mod offsets;
mod once;
mod pack;
mod page;
#[cfg(feature = "python")]
mod python;

mod render;
mod segment;
mod shown;
mod text;
mod weights;

/// Changes whenever any output may change.
pub const RULES_VERSION: &str = "7";

pub use cleaner::{
    Balance, Batch, Cleaner, CleanerBuilder, Documents, Hints, Input, Item, Keep, ParseOptions, clean, clean_html,
    parse_byline, parse_caption, parse_dateline, parse_inline, parse_timestamps,
};
pub use document::*;
pub use error::{Error, Result};

/// The crate that dates and times are of: `Hints` takes them and [`PartialDate`] gives them.
pub use jiff;
pub use labels::Label;
pub use offsets::{Span, Unit};
pub use text::lang::Lang;
pub use text::repair::{Bidi, Change, Dashes, Form, Normalized, Normalizer, Quotes};

/// The command `copydesk`, for its binary alone: the arguments with the program's name first; the exit code.
#[cfg(feature = "cli")]
#[doc(hidden)]
pub fn __command(args: impl Iterator<Item = std::ffi::OsString>) -> i32 {
    cli::main(args)
}
