//! What copydesk knows of text: words.
pub(crate) mod interim;
pub(crate) mod words;
