//! What copydesk knows of text: its bytes, its characters, its words.
pub(crate) mod decode;
pub(crate) mod markup;
pub(crate) mod repair;
pub(crate) mod words;
