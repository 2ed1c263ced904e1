//! How good the labels are: figures of labels against gold.
//!
//! A keep-or-remove decision is right or wrong and weighs as many words as its line has; lines that gold calls "embed" do
//! not count in it, for an editor may want them or not.

mod figures;
mod gold;
mod project;
mod words;

pub(crate) use figures::{Figures, figures, wrong_words};
pub(crate) use gold::{Gold, Group, Guess, Guesses, is_kept};
#[cfg(feature = "python")]
pub(crate) use project::covering;
pub(crate) use project::{joined, project};
pub(crate) use words::words;
