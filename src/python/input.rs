//! What callers hand over: text or bytes, hints, iterables of them. Whatever is refused is refused by its name.

use std::fmt::Display;
use std::ops::Deref;
use std::path::PathBuf;

use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{
    PyByteArray, PyBytes, PyDate, PyDateAccess, PyDateTime, PyFloat, PyIterator, PyMemoryView, PyString, PyTimeAccess,
};

use super::written::Written;
use crate::cleaner::day::{day, moment};
use crate::{Cleaner, Document, Hints};

/// A `str` that can be read without the interpreter, for as long as this lives.
pub(super) enum Str {
    /// As it is.
    Kept(PyBackedStr),
    /// With U+FFFD for surrogates.
    Mended(String),
}

impl Str {
    pub fn read(given: &Bound<'_, PyString>) -> PyResult<Self> {
        match PyBackedStr::try_from(given.clone()) {
            Ok(text) => Ok(Self::Kept(text)),
            Err(_) => Ok(Self::Mended(Written::read(given)?.text)),
        }
    }
}

impl Deref for Str {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Kept(text) => text,
            Self::Mended(text) => text,
        }
    }
}

/// A text of which the core makes a document.
pub(super) enum Text {
    Str(Str),
    Bytes(PyBackedBytes),
}

impl Text {
    /// `given`, of which errors speak as `name`.
    pub fn read(given: &Bound<'_, PyAny>, name: impl Display) -> PyResult<Self> {
        match Self::read_if(given)? {
            Some(text) => Ok(text),
            None => Err(wrong_type(given, name, "str or bytes")),
        }
    }

    /// `given`, or nothing where it is `None`, NaN or NA.
    pub fn read_or_missing(given: &Bound<'_, PyAny>, name: impl Display) -> PyResult<Option<Self>> {
        match Self::read_if(given)? {
            None if is_missing(given) => Ok(None),
            None => Err(wrong_type(given, name, "str, bytes or None")),
            text => Ok(text),
        }
    }

    fn read_if(given: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        Ok(Some(if let Ok(text) = given.cast::<PyString>() {
            Self::Str(Str::read(text)?)
        } else if let Ok(bytes) = given.cast::<PyBytes>() {
            Self::Bytes(bytes.clone().into())
        } else if let Ok(bytes) = given.cast::<PyByteArray>() {
            Self::Bytes(bytes.clone().into())
        } else if given.is_instance_of::<PyMemoryView>() {
            Self::Bytes(given.call_method0("tobytes")?.cast_into::<PyBytes>()?.into())
        } else {
            return Ok(None);
        }))
    }

    /// The document, its positions counted as Python counts them.
    pub fn clean(&self, cleaner: &Cleaner, hints: &Hints) -> Document {
        match self {
            Self::Str(text) => cleaner.clean_with(&**text, hints).into_chars(text),
            Self::Bytes(bytes) => cleaner.clean_with(&**bytes, hints),
        }
    }

    /// Bytes held.
    pub fn len(&self) -> usize {
        match self {
            Self::Str(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }
}

/// True for `None`, NaN, and what like pandas' NA answers any comparison with itself.
pub(super) fn is_missing(given: &Bound<'_, PyAny>) -> bool {
    if given.is_none() {
        return true;
    }
    if let Ok(number) = given.cast::<PyFloat>() {
        return number.value().is_nan();
    }
    let unequal = given.rich_compare(given, CompareOp::Ne);
    // NumPy's numbers, pandas' NaT and Decimal's NaN say True; an array says neither.
    unequal.is_ok_and(|unequal| {
        unequal.is(given) || (!given.hasattr("__len__").unwrap_or(true) && unequal.is_truthy().unwrap_or(false))
    })
}

/// `text`, which can be nothing but a `str`.
pub(super) fn only_str<'a, 'py>(text: &'a Bound<'py, PyAny>) -> PyResult<&'a Bound<'py, PyString>> {
    text.cast::<PyString>().map_err(|_| wrong_type(text, "text", "str"))
}

pub(super) fn wrong_type(given: &Bound<'_, PyAny>, name: impl Display, wanted: &str) -> PyErr {
    let found = given.get_type().name().map_or_else(|_| "another type".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("{name} must be {wanted}, not {found}"))
}

/// An iterator over `given`, which must not be one text: its characters are hardly ever meant.
pub(super) fn items<'py>(given: &Bound<'py, PyAny>, name: &str) -> PyResult<Bound<'py, PyIterator>> {
    let one = given.is_instance_of::<PyString>() || given.is_instance_of::<PyBytes>();
    if one || given.is_instance_of::<PyByteArray>() || given.is_instance_of::<PyMemoryView>() {
        return Err(wrong_type(given, name, &format!("an iterable such as [{name}]")));
    }
    given.try_iter().map_err(|_| wrong_type(given, name, "an iterable"))
}

/// The items of an iterable of names, such as labels or paths.
pub(super) fn names(given: Option<&Bound<'_, PyAny>>, name: &str) -> PyResult<Option<Vec<String>>> {
    let Some(given) = given else { return Ok(None) };
    let read = |(i, item): (usize, PyResult<Bound<'_, PyAny>>)| {
        let item = item?;
        path(&item, format!("{name}[{i}]"))
    };
    items(given, name)?.enumerate().map(read).collect::<PyResult<_>>().map(Some)
}

/// A `str` or `os.PathLike`.
pub(super) fn path(given: &Bound<'_, PyAny>, name: impl Display) -> PyResult<String> {
    if let Ok(text) = given.extract::<String>() {
        return Ok(text);
    }
    let path: PathBuf = given.extract().map_err(|_| wrong_type(given, &name, "str"))?;
    path.into_os_string().into_string().map_err(|_| PyValueError::new_err(format!("{name} is not Unicode text")))
}

/// The day of a `date`, a `datetime` or ISO 8601 text.
pub(super) fn published(given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<jiff::civil::Date>> {
    let Some(given) = given else { return Ok(None) };
    if let Ok(text) = given.cast::<PyString>() {
        return Ok(Some(day(&Str::read(text)?)?));
    }
    let wanted = "a date, a datetime or a str such as 2016-02-04";
    let date = given.cast::<PyDate>().map_err(|_| wrong_type(given, "published", wanted))?;
    Ok(Some(day(&format!("{:04}-{:02}-{:02}", date.get_year(), date.get_month(), date.get_day()))?))
}

/// The moment of a `datetime`, as its clock shows it, or of ISO 8601 text.
pub(super) fn now(given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<jiff::civil::DateTime>> {
    let Some(given) = given else { return Ok(None) };
    if let Ok(text) = given.cast::<PyString>() {
        return Ok(Some(moment(&Str::read(text)?)?));
    }
    let wanted = "a datetime or a str such as 2016-02-04T09:30";
    let time = given.cast::<PyDateTime>().map_err(|_| wrong_type(given, "now", wanted))?;
    let date = format!("{:04}-{:02}-{:02}", time.get_year(), time.get_month(), time.get_day());
    let clock = format!("{:02}:{:02}:{:02}", time.get_hour(), time.get_minute(), time.get_second());
    Ok(Some(moment(&format!("{date}T{clock}"))?))
}

/// A position in a text. Behind the end is fine, before the start is not.
pub(super) fn position(given: i64) -> PyResult<usize> {
    let error = |_| crate::Error::config(format!("position {given} is before the start: count from 0"));
    Ok(usize::try_from(given).map_err(error)?)
}

/// A hint: text, or nothing.
pub(super) fn hint(given: Option<&Bound<'_, PyAny>>, name: impl Display) -> PyResult<Option<String>> {
    match given {
        Some(given) => match given.cast::<PyString>() {
            Ok(text) => Ok(Some(Str::read(text)?.to_owned())),
            Err(_) if is_missing(given) => Ok(None),
            Err(_) => Err(wrong_type(given, name, "str or None")),
        },
        None => Ok(None),
    }
}

/// Texts and their sources, read in step.
pub(super) struct Feed {
    texts: Py<PyIterator>,
    sources: Option<Py<PyIterator>>,
    read: usize,
}

/// One of a [`Feed`]: the text, `None` where it is missing, and its hints.
pub(super) type Item = (Option<Text>, Hints);

impl Feed {
    pub fn new(texts: &Bound<'_, PyAny>, sources: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let sources = sources.map(|sources| items(sources, "sources")).transpose()?;
        Ok(Self { texts: items(texts, "texts")?.unbind(), sources: sources.map(Bound::unbind), read: 0 })
    }

    /// The next item, `None` behind the last.
    pub fn next(&mut self, py: Python<'_>) -> PyResult<Option<Item>> {
        let text = self.texts.bind(py).clone().next().transpose()?;
        let source = match &self.sources {
            Some(sources) => match (sources.bind(py).clone().next().transpose()?, &text) {
                (None, Some(_)) => return Err(self.unequal("fewer")),
                (Some(_), None) => return Err(self.unequal("more")),
                (source, _) => hint(source.as_ref(), format_args!("sources[{}]", self.read))?,
            },
            None => None,
        };
        let Some(text) = text else { return Ok(None) };
        let text = Text::read_or_missing(&text, format_args!("texts[{}]", self.read))?;
        self.read += 1;
        Ok(Some((text, Hints { source, ..Hints::default() })))
    }

    fn unequal(&self, which: &str) -> PyErr {
        let message = format!("there are {which} sources than texts: one ended behind {} items", self.read);
        crate::Error::config(message).into()
    }
}
