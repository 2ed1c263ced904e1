//! What copydesk knows of text: words.
pub(crate) mod words;
