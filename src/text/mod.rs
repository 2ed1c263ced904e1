//! What copydesk knows of text: its bytes, its characters, its language, its words.

pub(crate) mod address;
pub(crate) mod character;
pub(crate) mod decode;
pub(crate) mod elements;
pub(crate) mod hash;
pub(crate) mod kinds;
pub(crate) mod lang;
pub(crate) mod language;
pub(crate) mod markup;
pub(crate) mod part;
pub(crate) mod prefilter;
pub(crate) mod repair;
pub(crate) mod sentence;
pub(crate) mod table;
pub(crate) mod words;
