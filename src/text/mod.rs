//! What copydesk knows of text: words.
pub(crate) mod interim;
pub(crate) mod language;
pub(crate) mod words;
pub use interim::Normalizer;
pub(crate) mod decode {
    pub(crate) fn decode(bytes: &[u8]) -> super::interim::Decoded<'_> {
        super::interim::Decoded { text: String::from_utf8_lossy(bytes), map: None }
    }
}
