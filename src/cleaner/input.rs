//! What is given to be cleaned.

use std::borrow::Cow;
use std::sync::Arc;

/// Text or bytes to clean, borrowed or owned: every type of text and of bytes becomes one.
///
/// ```
/// use copydesk::{Input, clean};
/// assert_eq!(clean("Caf\u{e9}").blocks().next().unwrap().text(), "Caf\u{e9}");
/// assert_eq!(clean(b"Caf\xe9 au lait, s'il vous pla\xeet").blocks().len(), 1);
/// assert!(matches!(Input::from(String::from("owned")), Input::Text(_)));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Input<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// Bytes of a charset that is to be found out.
    Bytes(Cow<'a, [u8]>),
    /// A page: HTML.
    Html(Cow<'a, str>),
    /// A page of a charset that it names, or that is to be found out.
    HtmlBytes(Cow<'a, [u8]>),
}

impl<'a> Input<'a> {
    /// The same as a page: what was text or bytes is HTML.
    ///
    /// ```
    /// use copydesk::{Cleaner, Input};
    /// let pages = ["<p>It rained.</p>", "<p>It rained &amp; rained.</p>"].map(Input::html);
    /// let documents = Cleaner::default().clean_many(pages);
    /// assert_eq!(documents[1].as_ref().unwrap().blocks().next().unwrap().text(), "It rained & rained.");
    /// ```
    pub fn html(page: impl Into<Input<'a>>) -> Self {
        match page.into() {
            Self::Text(text) => Self::Html(text),
            Self::Bytes(bytes) => Self::HtmlBytes(bytes),
            page => page,
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) | Self::Html(text) => text.as_bytes(),
            Self::Bytes(bytes) | Self::HtmlBytes(bytes) => bytes,
        }
    }
}

macro_rules! input_from {
    ($($variant:ident: $($borrowed:ty)*, $($owned:ty)*;)*) => {
        $($(impl<'a> From<&'a $borrowed> for Input<'a> {
            fn from(given: &'a $borrowed) -> Self {
                Self::$variant(Cow::Borrowed(given))
            }
        })*
        $(impl<'a> From<$owned> for Input<'a> {
            fn from(given: $owned) -> Self {
                Self::$variant(given.into())
            }
        })*)*
    };
}
input_from! {
    Text: str &str String Cow<'_, str> Box<str> Arc<str>, String Cow<'a, str>;
    Bytes: [u8] &[u8] Vec<u8> Cow<'_, [u8]> Box<[u8]> Arc<[u8]>, Vec<u8> Cow<'a, [u8]>;
}

impl From<Box<str>> for Input<'_> {
    fn from(given: Box<str>) -> Self {
        given.into_string().into()
    }
}

impl From<Box<[u8]>> for Input<'_> {
    fn from(given: Box<[u8]>) -> Self {
        given.into_vec().into()
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Input<'a> {
    fn from(given: &'a [u8; N]) -> Self {
        Self::Bytes(Cow::Borrowed(given))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_text_is_an_input() {
        let (text, bytes) = ("caf\u{e9}", "caf\u{e9}".as_bytes());
        let (string, cow, boxed): (String, Cow<'_, str>, Box<str>) = (text.into(), text.into(), text.into());
        let counted: Arc<str> = text.into();
        for input in [
            Input::from(text),
            (&text).into(),
            (&string).into(),
            (&cow).into(),
            (&boxed).into(),
            (&counted).into(),
            string.clone().into(),
            cow.clone().into(),
            boxed.clone().into(),
        ] {
            assert!(matches!(input, Input::Text(_)));
            assert_eq!(input.bytes(), bytes);
        }
        let (vec, boxed) = (bytes.to_vec(), Box::<[u8]>::from(bytes));
        for input in [
            Input::from(bytes),
            (&bytes).into(),
            (&vec).into(),
            (&boxed).into(),
            vec.clone().into(),
            boxed.clone().into(),
        ] {
            assert!(matches!(input, Input::Bytes(_)));
            assert_eq!(input.bytes(), bytes);
        }
        assert_eq!(Input::from(b"abc").bytes(), b"abc");
    }
}
