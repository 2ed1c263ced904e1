//! t
#![allow(dead_code)]
mod batch;
mod cleaner;
#[cfg(feature = "cli")]
pub mod cli;
mod document;
mod error;
#[cfg(feature = "cli")]
mod eval;
mod evidence;
#[cfg(feature = "cli")]
mod io;
mod label;
mod labels;
mod observe;
mod offsets;
mod pack;
#[cfg(feature = "python")]
mod python;
mod read;
mod render;
mod segment;
mod text;
mod weights;

/// Changes whenever any output may change.
pub const RULES_VERSION: &str = "1";

pub use cleaner::{Balance, Cleaner, CleanerBuilder, Hints, Input, Keep, clean, parse_dateline};
pub use document::*;
pub use error::{Error, Result};
pub use labels::*;
pub use offsets::*;
pub use text::repair::{Bidi, Change, Dashes, Form, Normalized, Normalizer, Quotes};
