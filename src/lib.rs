//! t
#![allow(dead_code)]
mod document;
mod error;
mod evidence;
mod labels;
mod offsets;
mod pack;
mod text;
pub const RULES_VERSION: &str = "1";
pub use document::*;
pub use error::{Error, Result};
pub use labels::*;
pub use offsets::*;
pub use text::repair::{Bidi, Change, Dashes, Form, Normalized, Normalizer, Quotes};
