//! Python's `str`, which can hold surrogates that no Rust `str` can.

use std::ops::Range;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

/// A `str`: U+FFFD, which is as long in code points and in bytes, stands in for each surrogate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Written {
    pub text: String,
    /// Byte position and code of each surrogate, in order.
    pub surrogates: Vec<(usize, u16)>,
}

impl Written {
    pub fn read(given: &Bound<'_, PyString>) -> PyResult<Self> {
        if let Ok(text) = given.to_str() {
            return Ok(text.to_owned().into());
        }
        let encoded = given.call_method1("encode", ("utf-8", "surrogatepass"))?;
        let mut bytes = encoded.cast::<PyBytes>()?.as_bytes().to_vec();
        let mut surrogates = Vec::new();
        // In UTF-8 the byte ED begins U+D000 to U+DFFF, and ED A0 onwards the surrogates.
        for at in memchr::memchr_iter(0xED, &bytes.clone()) {
            if let [_, second @ 0xA0..=0xBF, third] = bytes[at..at + 3] {
                surrogates.push((at, 0xD000 | u16::from(second & 0x3F) << 6 | u16::from(third & 0x3F)));
                bytes[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
            }
        }
        Ok(Self { text: String::from_utf8(bytes)?, surrogates })
    }

    /// A stretch of `text`, in which U+FFFD stands for `surrogates`.
    pub fn slice(text: &str, surrogates: &[(usize, u16)], range: Range<usize>) -> Self {
        let from = surrogates.partition_point(|(at, _)| *at < range.start);
        let to = surrogates.partition_point(|(at, _)| *at < range.end);
        let surrogates = surrogates[from..to].iter().map(|(at, code)| (at - range.start, *code)).collect();
        Self { text: text.get(range).unwrap_or_default().to_owned(), surrogates }
    }

    pub fn to_python<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        if self.surrogates.is_empty() {
            return Ok(PyString::new(py, &self.text));
        }
        let mut bytes = self.text.clone().into_bytes();
        for (at, code) in &self.surrogates {
            let low = |shift: u16| 0x80 | (code >> shift & 0x3F) as u8;
            bytes[*at..at + 3].copy_from_slice(&[0xED, low(6), low(0)]);
        }
        let text = PyBytes::new(py, &bytes).call_method1("decode", ("utf-8", "surrogatepass"))?;
        Ok(text.cast_into::<PyString>()?)
    }
}

impl From<String> for Written {
    fn from(text: String) -> Self {
        Self { text, surrogates: Vec::new() }
    }
}
