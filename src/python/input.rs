//! What callers hand over: text or bytes, hints, iterables of them. Whatever is refused is refused by its name.

use std::fmt::{self, Display};
use std::ops::Deref;
use std::path::PathBuf;

use jiff::civil::{Date, DateTime};
use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyException, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{
    PyByteArray, PyBytes, PyDate, PyDateAccess, PyDateTime, PyDict, PyFloat, PyFrozenSet, PyIterator, PyMemoryView,
    PySet, PyString, PyTimeAccess, PyType,
};

use super::written::Written;
use crate::cleaner::UpTo;
use crate::cleaner::day::moment;
use crate::{Cleaner, Document, Error, Hints, Input, Lang};

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

/// What texts are, and what errors call them: one, many, and where one comes from.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub one: &'static str,
    pub many: &'static str,
    sources: (&'static str, &'static str),
    is_html: bool,
}

/// Plain text.
pub(super) const TEXT: Form = Form { one: "text", many: "texts", sources: ("source", "sources"), is_html: false };
/// HTML.
pub(super) const HTML: Form = Form { one: "html", many: "pages", sources: ("url", "urls"), is_html: true };

/// A text of which the core makes a document.
pub(super) struct Text {
    given: Chars,
    is_html: bool,
}

enum Chars {
    Str(Str),
    Bytes(PyBackedBytes),
}

impl Text {
    /// `given`, of this form.
    pub fn read(given: &Bound<'_, PyAny>, form: Form) -> PyResult<Self> {
        Self::read_if(given, form)?.ok_or_else(|| wrong_text(given, form.one, "str or bytes"))
    }

    /// `given`, of which errors speak as `name`, or nothing where it is missing.
    pub fn read_or_missing(given: &Bound<'_, PyAny>, form: Form, name: impl Display) -> PyResult<Option<Self>> {
        match Self::read_if(given, form)? {
            None if there(given)?.is_some() => Err(wrong_text(given, name, "str, bytes or None")),
            text => Ok(text),
        }
    }

    /// Nothing for another type, and for what is missing.
    fn read_if(given: &Bound<'_, PyAny>, form: Form) -> PyResult<Option<Self>> {
        let chars = if let Ok(text) = given.cast::<PyString>() {
            Chars::Str(Str::read(text)?)
        } else if let Ok(bytes) = given.cast::<PyBytes>() {
            Chars::Bytes(bytes.clone().into())
        } else if let Ok(bytes) = given.cast::<PyByteArray>() {
            Chars::Bytes(bytes.clone().into())
        } else if given.is_instance_of::<PyMemoryView>() {
            Chars::Bytes(given.call_method0("tobytes")?.cast_into::<PyBytes>()?.into())
        } else {
            return match unwrapped(given)? {
                Some(inner) => Self::read_if(&inner, form),
                None => Ok(None),
            };
        };
        Ok(Some(Self { given: chars, is_html: form.is_html }))
    }

    fn input(&self) -> Input<'_> {
        let input = match &self.given {
            Chars::Str(text) => Input::from(&**text),
            Chars::Bytes(bytes) => Input::from(&**bytes),
        };
        if self.is_html { Input::html(input) } else { input }
    }

    /// The document, its positions counted as Python counts them.
    pub fn clean(&self, cleaner: &Cleaner, hints: &Hints) -> Document {
        let document = cleaner.clean_with(self.input(), hints);
        match &self.given {
            Chars::Str(text) => document.into_chars(text),
            Chars::Bytes(_) => document,
        }
    }

    /// Its clean text alone.
    pub fn clean_text(&self, cleaner: &Cleaner, hints: &Hints) -> String {
        cleaner.clean_up_to(UpTo::Text, &self.input(), hints).text
    }

    /// The text as it came, with U+FFFD for what is no character.
    pub fn as_given(&self) -> String {
        match &self.given {
            Chars::Str(text) => text.to_string(),
            Chars::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        }
    }

    /// Bytes held.
    pub fn len(&self) -> usize {
        match &self.given {
            Chars::Str(text) => text.len(),
            Chars::Bytes(bytes) => bytes.len(),
        }
    }
}

/// True for `None`, NaN of every kind, NaT, and what like pandas' NA answers any comparison with itself.
fn is_missing(given: &Bound<'_, PyAny>) -> bool {
    if given.is_none() {
        return true;
    }
    if let Ok(number) = given.cast::<PyFloat>() {
        return number.value().is_nan();
    }
    let unequal = given.rich_compare(given, CompareOp::Ne);
    // NumPy's numbers and times, pandas' NaT, which is a datetime, and Decimal's NaN say True; an array says neither.
    unequal.is_ok_and(|unequal| {
        unequal.is(given) || (!given.hasattr("__len__").unwrap_or(true) && unequal.is_truthy().unwrap_or(false))
    })
}

/// What a scalar of Arrow holds.
fn unwrapped<'py>(given: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    given.getattr_opt("as_py")?.map(|as_py| as_py.call0()).transpose()
}

/// What is given, out of its wrapping; nothing where it is missing.
pub(super) fn there<'py>(given: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if given.is_instance_of::<PyString>() {
        return Ok(Some(given.clone()));
    }
    if is_missing(given) {
        return Ok(None);
    }
    let inner = unwrapped(given)?;
    Ok(inner.map_or_else(|| Some(given.clone()), |inner| Some(inner).filter(|inner| !is_missing(inner))))
}

/// `text`, which can be nothing but a `str`.
pub(super) fn only_str<'a, 'py>(text: &'a Bound<'py, PyAny>) -> PyResult<&'a Bound<'py, PyString>> {
    text.cast::<PyString>().map_err(|_| wrong_text(text, "text", "str"))
}

pub(super) fn wrong_type(given: &Bound<'_, PyAny>, name: impl Display, wanted: &str) -> PyErr {
    PyTypeError::new_err(format!("{name} must be {wanted}, not {}", type_of(given)))
}

/// The same for a text or what is known of one, with what to do.
pub(super) fn wrong_text(given: &Bound<'_, PyAny>, name: impl Display, wanted: &str) -> PyErr {
    let cure = Kind::of(given).and_then(Kind::cure_of_one).map(|cure| format!(": {cure}")).unwrap_or_default();
    PyTypeError::new_err(format!("{name} must be {wanted}, not {}{cure}", type_of(given)))
}

fn type_of(given: &Bound<'_, PyAny>) -> String {
    given.get_type().name().map_or_else(|_| "another type".to_owned(), |name| name.to_string())
}

/// What people hold texts in, told by what it can do.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Frame,
    Mapping,
    Set,
    File,
    Path,
    Many,
}

impl Kind {
    fn of(given: &Bound<'_, PyAny>) -> Option<Self> {
        // A class has attributes for its objects.
        let is_class = given.is_instance_of::<PyType>();
        let has = |name| !is_class && given.hasattr(name).unwrap_or(false);
        if given.is_instance_of::<PyString>() || is_bytes(given) {
            None
        } else if has("column_names") || has("columns") && has("__getitem__") {
            Some(Self::Frame)
        } else if given.is_instance_of::<PyDict>() || has("keys") && has("items") && !has("dtype") {
            Some(Self::Mapping)
        } else if given.is_instance_of::<PySet>() || given.is_instance_of::<PyFrozenSet>() {
            Some(Self::Set)
        } else if has("readline") && has("read") {
            Some(Self::File)
        } else if has("__fspath__") {
            Some(Self::Path)
        } else {
            (has("__iter__") && !has("__index__")).then_some(Self::Many)
        }
    }

    /// What to do where one text was wanted.
    fn cure_of_one(self) -> Option<&'static str> {
        match self {
            Self::Frame => Some("give one of its columns to clean_many, as in df[\"text\"]"),
            Self::Mapping => Some("give what is in it, as in record[\"text\"]"),
            Self::File => Some("give what is in it, file.read()"),
            Self::Path => Some("give what is in the file, path.read_bytes()"),
            Self::Set | Self::Many => Some("many texts go to clean_many, each as one item"),
        }
    }

    /// Why it cannot be meant where many were wanted, and what to do; nothing where it can.
    fn cure_of_many(self) -> Option<&'static str> {
        match self {
            Self::Frame => {
                Some("it would give the names of its columns, or rows: give one of its columns, as in df[\"text\"]")
            }
            Self::Mapping => Some(
                "it would give its keys: give list(it.values()), or of many records [record[\"text\"] for record in records]",
            ),
            Self::Set => {
                Some("it has no order, so that nobody could tell which answer is whose: give a list, as in sorted(it)")
            }
            Self::File => Some("it would give its lines: give [file.read()], or list(file) if each line is one"),
            Self::Path => Some("give what is in the file, [path.read_bytes()]"),
            Self::Many => None,
        }
    }
}

fn is_bytes(given: &Bound<'_, PyAny>) -> bool {
    given.is_instance_of::<PyBytes>() || given.is_instance_of::<PyByteArray>() || given.is_instance_of::<PyMemoryView>()
}

/// An iterator over `given`, which must not be one text: its characters are hardly ever meant.
fn items<'py>(given: &Bound<'py, PyAny>, name: &str) -> PyResult<Bound<'py, PyIterator>> {
    if given.is_instance_of::<PyString>() || is_bytes(given) {
        return Err(wrong_type(given, name, &format!("an iterable such as [{name}]")));
    }
    given.try_iter().map_err(|_| wrong_type(given, name, "an iterable"))
}

/// The same for what stands in the rows of a table, texts or what is known of them: what would give something else is refused.
pub(super) fn rows<'py>(given: &Bound<'py, PyAny>, name: &str) -> PyResult<Bound<'py, PyIterator>> {
    match Kind::of(given).and_then(Kind::cure_of_many) {
        Some(cure) => Err(PyTypeError::new_err(format!("{name} must be a list, not {}: {cure}", type_of(given)))),
        None => items(given, name),
    }
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

/// A date or time as text: as `str` gives one of NumPy's.
fn written(given: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if let Ok(text) = given.cast::<PyString>() {
        return Ok(Some(Str::read(text)?.to_owned()));
    }
    let kind = given.getattr_opt("dtype")?.map(|dtype| dtype.getattr("kind")).transpose()?;
    let is_time = kind.is_some_and(|kind| kind.eq("M").unwrap_or(false)) && !given.hasattr("__iter__").unwrap_or(true);
    Ok(if is_time { Some(given.str()?.to_string()) } else { None })
}

/// The day of a `date`, a `datetime`, a time of NumPy or Arrow, or text.
pub(super) fn published(given: Option<&Bound<'_, PyAny>>, name: impl Display) -> PyResult<Option<Date>> {
    let Some(given) = given.map(there).transpose()?.flatten() else { return Ok(None) };
    if let Ok(date) = given.cast::<PyDate>() {
        let year = i16::try_from(date.get_year()).unwrap_or(i16::MAX);
        let (month, day) = (date.get_month() as i8, date.get_day() as i8);
        return Ok(Date::new(year, month, day).ok());
    }
    // What feedparser makes of a date: a `time.struct_time`.
    if let (Some(year), Some(month), Some(day)) =
        (given.getattr_opt("tm_year")?, given.getattr_opt("tm_mon")?, given.getattr_opt("tm_mday")?)
    {
        return Ok(Date::new(year.extract()?, month.extract()?, day.extract()?).ok());
    }
    let Some(text) = written(&given)? else {
        return Err(wrong_text(&given, name, "a date, a datetime or a str such as 2016-02-04"));
    };
    Ok(Hints::new().with_published(&text).map_err(|error| named(error, "published", name))?.published)
}

/// The moment of a `datetime`, as its clock shows it, or of text.
pub(super) fn now(given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<DateTime>> {
    let Some(given) = given.map(there).transpose()?.flatten() else { return Ok(None) };
    if let Some(text) = written(&given)? {
        return Ok(if text.trim().is_empty() { None } else { Some(moment(&text)?) });
    }
    let wanted = "a datetime or a str such as 2016-02-04T09:30";
    let time = given.cast::<PyDateTime>().map_err(|_| wrong_type(&given, "now", wanted))?;
    let date = format!("{:04}-{:02}-{:02}", time.get_year(), time.get_month(), time.get_day());
    let clock = format!("{:02}:{:02}:{:02}", time.get_hour(), time.get_minute(), time.get_second());
    Ok(Some(moment(&format!("{date}T{clock}"))?))
}

/// A position in a text. After the end is fine, before the start is not.
pub(super) fn position(given: i64) -> PyResult<usize> {
    let error = |_| Error::config(format!("position {given} is before the start: count from 0"));
    Ok(usize::try_from(given).map_err(error)?)
}

/// Text of which nothing is left where it is blank or missing.
fn hint(given: Option<&Bound<'_, PyAny>>, name: impl Display) -> PyResult<Option<String>> {
    let Some(given) = given.map(there).transpose()?.flatten() else { return Ok(None) };
    let text = given.cast::<PyString>().map_err(|_| wrong_text(&given, name, "str or None"))?;
    Ok(Some(Str::read(text)?.to_owned()).filter(|text| !text.trim().is_empty()))
}

/// A language.
pub(super) fn lang(given: Option<&Bound<'_, PyAny>>, name: impl Display) -> PyResult<Option<Lang>> {
    let Some(text) = hint(given, &name)? else { return Ok(None) };
    Ok(Lang::hint(&text).map_err(|error| named(error, "lang", name))?)
}

/// An error that speaks of `hint`, in a batch with the name of the row.
fn named(error: Error, hint: &str, name: impl Display) -> Error {
    let name = name.to_string();
    if name == hint { error } else { error.context(name) }
}

/// What is known of texts beside where they come from: the names of the arguments for one text and for many.
const HINTS: [(&str, &str); 3] = [("title", "titles"), ("lang", "langs"), ("published", "published")];

impl Form {
    /// The names of all arguments that say what is known.
    fn hints(self) -> [(&'static str, &'static str); 1 + HINTS.len()] {
        let [title, lang, published] = HINTS;
        [self.sources, title, lang, published]
    }
}

/// One argument for each of [`Form::hints`].
pub(super) type Given<'a, 'py> = [Option<&'a Bound<'py, PyAny>>; 1 + HINTS.len()];

/// Reads the hints of one text, or of a row of many. This is the one place that does.
pub(super) fn hints(given: Given<'_, '_>, form: Form, row: Option<usize>) -> PyResult<Hints> {
    let name = |at: usize| match (form.hints()[at], row) {
        ((one, _), None) => one.to_owned(),
        ((_, many), Some(row)) => format!("{many}[{row}]"),
    };
    let mut hints = Hints::new();
    hints.source = hint(given[0], Name(&|| name(0)))?;
    hints.title = hint(given[1], Name(&|| name(1)))?;
    hints.lang = lang(given[2], Name(&|| name(2)))?;
    hints.published = published(given[3], Name(&|| name(3)))?;
    Ok(hints)
}

/// A name that is made when an error needs it.
struct Name<'a>(&'a dyn Fn() -> String);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&(self.0)())
    }
}

/// What becomes of a row that is refused, or that copydesk fails on.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum OnError {
    Raise,
    Null,
    /// Its text is what was given.
    Keep,
}

impl OnError {
    /// Where texts are made.
    pub fn of_texts(name: &str) -> Result<Self, Error> {
        match name {
            "raise" => Ok(Self::Raise),
            "null" => Ok(Self::Null),
            "keep" => Ok(Self::Keep),
            _ => Err(Error::unknown("on_error", name, ["raise", "null", "keep"])),
        }
    }

    /// Where documents are made: none is what was given.
    pub fn of_documents(name: &str) -> Result<Self, Error> {
        match name {
            "raise" => Ok(Self::Raise),
            "null" => Ok(Self::Null),
            "keep" => Err(Error::config(
                "on_error \"keep\" is for clean_texts and for columns: of documents use \"null\", which gives None in its place",
            )),
            _ => Err(Error::unknown("on_error", name, ["raise", "null"])),
        }
    }
}

/// Texts and what is known of them, read in step.
pub(super) struct Feed {
    pub form: Form,
    texts: Py<PyIterator>,
    hints: [Option<Py<PyIterator>>; 1 + HINTS.len()],
    read: usize,
    pub on_error: OnError,
}

/// One of a [`Feed`]: the text and its hints, which are `None` where they are refused and the text is kept; `None` where it is missing,
/// or refused and that costs no more than the row.
pub(super) type Item = Option<(Text, Option<Hints>)>;

impl Feed {
    pub fn new(texts: &Bound<'_, PyAny>, form: Form, hints: Given<'_, '_>, on_error: OnError) -> PyResult<Self> {
        let mut feed = Self {
            form,
            texts: rows(texts, form.many)?.unbind(),
            hints: [const { None }; 1 + HINTS.len()],
            read: 0,
            on_error,
        };
        for ((place, given), (_, name)) in feed.hints.iter_mut().zip(hints).zip(form.hints()) {
            *place =
                given.filter(|given| !given.is_none()).map(|given| rows(given, name)).transpose()?.map(Bound::unbind);
        }
        Ok(feed)
    }

    /// The next item, `None` after the last.
    pub fn next(&mut self, py: Python<'_>) -> PyResult<Option<Item>> {
        let next = |items: &Py<PyIterator>| items.bind(py).clone().next().transpose();
        let text = next(&self.texts)?;
        let mut given = [const { None }; 1 + HINTS.len()];
        for ((given, hints), (_, name)) in given.iter_mut().zip(&self.hints).zip(self.form.hints()) {
            let Some(hints) = hints else { continue };
            *given = next(hints)?;
            let which = match (&given, &text) {
                (None, Some(_)) => "fewer",
                (Some(_), None) => "more",
                _ => continue,
            };
            let texts = self.form.many;
            let message = format!("there are {which} {name} than {texts}: one ended after {} items", self.read);
            return Err(Error::config(message).into());
        }
        let Some(text) = text else { return Ok(None) };
        let row = self.read;
        self.read += 1;
        self.item(&text, given.each_ref().map(Option::as_ref), row).map(Some)
    }

    fn item(&self, text: &Bound<'_, PyAny>, given: Given<'_, '_>, row: usize) -> PyResult<Item> {
        let costs_the_row =
            |error: &PyErr| self.on_error != OnError::Raise && error.is_instance_of::<PyException>(text.py());
        let text = match Text::read_or_missing(text, self.form, format_args!("{}[{row}]", self.form.many)) {
            Ok(Some(text)) => text,
            // Of no text there is nothing to know.
            Ok(None) => return Ok(None),
            Err(error) if costs_the_row(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        match hints(given, self.form, Some(row)) {
            Ok(hints) => Ok(Some((text, Some(hints)))),
            Err(error) if costs_the_row(&error) => Ok((self.on_error == OnError::Keep).then_some((text, None))),
            Err(error) => Err(error),
        }
    }
}
