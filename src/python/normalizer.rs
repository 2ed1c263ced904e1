//! Repair of characters.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString};
use std::borrow::Cow;
use std::ops::Range;

use super::batch;
use super::input::{Str, only_str, position, rows, there, wrong_text};
use super::json;
use super::state::{self, Reduced};
use super::written::Written;
use crate::offsets::{CharIndex, OffsetMap, Unit};
use crate::once::Once;
use crate::{Bidi, Dashes, Error, Form, Quotes};

#[doc = stub!(Normalizer)]
#[pyclass(frozen, eq, module = "copydesk")]
#[derive(Clone, PartialEq)]
pub(super) struct Normalizer(pub crate::Normalizer);

#[pymethods]
impl Normalizer {
    #[new]
    #[pyo3(signature = (*, encoding = true, entities = true, control = true, terminal_escapes = true, surrogates = true,
        line_breaks = true, spaces = true, zero_width = true, bidi = "balance", ligatures = true, widths = true,
        soft_hyphens = true, marks = 8, dehyphenate = true, quotes = "keep", dashes = "keep", form = "NFC"))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments, one a step")]
    fn new(
        encoding: bool,
        entities: bool,
        control: bool,
        terminal_escapes: bool,
        surrogates: bool,
        line_breaks: bool,
        spaces: bool,
        zero_width: bool,
        bidi: &str,
        ligatures: bool,
        widths: bool,
        soft_hyphens: bool,
        marks: Option<i64>,
        dehyphenate: bool,
        quotes: &str,
        dashes: &str,
        form: &str,
    ) -> PyResult<Self> {
        let marks = marks.map(|marks| {
            usize::try_from(marks)
                .map_err(|_| Error::config(format!("marks {marks} is too few: use 0 or more, or None for all")))
        });
        Ok(Self(crate::Normalizer {
            encoding,
            entities,
            control,
            terminal_escapes,
            surrogates,
            line_breaks,
            spaces,
            zero_width,
            bidi: Bidi::from_name(bidi)?,
            ligatures,
            widths,
            soft_hyphens,
            marks: marks.transpose()?,
            dehyphenate,
            quotes: Quotes::from_name(quotes)?,
            dashes: Dashes::from_name(dashes)?,
            form: Form::from_name(form)?,
        }))
    }

    #[doc = stub!(Normalizer.normalize)]
    fn normalize(&self, py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Normalized> {
        let text = only_str(text)?;
        let repaired = match Str::read(text)? {
            Str::Kept(source) => batch::guarded(py, || Repaired::of(&source, &[], &self.0))?,
            Str::Mended(_) => {
                let source = Written::read(text)?;
                batch::guarded(py, || Repaired::of(&source.text, &source.surrogates, &self.0))?
            }
        };
        Ok(Normalized(repaired.map_or_else(|| Made::Sound(text.clone().unbind()), Made::Repaired)))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Normalizer({})", super::keywords(&self.options(py)?)?))
    }

    fn __hash__(&self) -> PyResult<u64> {
        state::hash(&self.0)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<super::Rebuilt<'py>> {
        super::rebuild(slf.as_any(), slf.get().options(slf.py())?)
    }
}

impl Normalizer {
    /// The options that are not the defaults.
    fn options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let options = |it: &crate::Normalizer| json::to_python(py, it)?.cast_into::<PyDict>().map_err(PyErr::from);
        let (ours, default) = (options(&self.0)?, options(&crate::Normalizer::default())?);
        let changed = PyDict::new(py);
        for (name, value) in &ours {
            if !default.get_item(&name)?.is_some_and(|default| default.eq(&value).unwrap_or(false)) {
                changed.set_item(name, value)?;
            }
        }
        Ok(changed)
    }
}

#[doc = stub!(Normalized)]
#[pyclass(frozen, module = "copydesk")]
pub(super) struct Normalized(Made);

enum Made {
    /// The text given, in which nothing was to be repaired: it is all there is to keep.
    Sound(Py<PyString>),
    Repaired(Repaired),
}

struct Repaired {
    text: Written,
    changes: Vec<Change>,
    /// To code points of the input.
    map: OffsetMap,
    /// Of the text, made when a position in it is first asked for.
    index: Once<Vec<usize>>,
}

impl PartialEq for Repaired {
    fn eq(&self, that: &Self) -> bool {
        (&self.text, &self.changes, &self.map) == (&that.text, &that.changes, &that.map)
    }
}

impl Repaired {
    /// What becomes of `source`, in which U+FFFD stands for `surrogates`; `None` for a text that needs no repair.
    fn of(source: &str, surrogates: &[(usize, u16)], normalizer: &crate::Normalizer) -> Option<Self> {
        let normalized = normalizer.normalize(source);
        if !normalized.is_changed() && (surrogates.is_empty() || !normalizer.surrogates) {
            return None;
        }
        let index = CharIndex::new(source);
        let mut changes = Vec::new();
        let mut text = Written::default();
        let mut coming = surrogates.iter().peekable();
        // Where the text stands to the source after the changes so far.
        let (mut from, mut to) = (0, 0);
        let change = |step: &str, range: Range<usize>, after: &str| Change {
            step: step.to_owned(),
            start: index.chars(range.start),
            end: index.chars(range.end),
            before: Written::slice(source, surrogates, range),
            after: after.to_owned().into(),
        };
        let mut copied = |until: usize, (from, to): (usize, usize), changes: &mut Vec<Change>| {
            while let Some((at, code)) = coming.next_if(|(at, _)| *at < until) {
                if *at < from {
                    continue;
                }
                if normalizer.surrogates {
                    changes.push(change("surrogates", *at..at + 3, "\u{FFFD}"));
                } else {
                    text.surrogates.push((at - from + to, *code));
                }
            }
        };
        for made in normalized.changes() {
            copied(made.start, (from, to), &mut changes);
            changes.push(change(&made.step, made.start..made.end, made.after));
            to += made.start - from + made.after.len();
            from = made.end;
        }
        copied(source.len(), (from, to), &mut changes);
        let (made, map) = normalized.into_parts();
        text.text = made.into_owned();
        let map = map.into_chars(&index);
        Some(Self { text, changes, map, index: Once::new() })
    }
}

impl Normalized {
    /// The object of that pickle.
    pub fn restore(text: &Bound<'_, PyString>, changes: &Bound<'_, PyList>, map: Option<&[u8]>) -> PyResult<Self> {
        let Some(map) = map else {
            return match changes.is_empty() {
                true => Ok(Self(Made::Sound(text.clone().unbind()))),
                false => Err(state::refused("it has changes and no map").into()),
            };
        };
        let changes: Vec<Change> =
            changes.iter().map(|change| Ok(change.cast::<Change>()?.get().clone())).collect::<PyResult<_>>()?;
        let text = Written::read(text)?;
        let map: OffsetMap = state::read(map)?;
        map.check(&text.text).map_err(state::refused)?;
        let end = changes.iter().try_fold(0, |end, change| (end <= change.start).then_some(change.end));
        if map.unit() != Unit::Char || end.is_none_or(|end| end > map.source_end()) {
            return Err(state::refused("its changes are not those of its text").into());
        }
        Ok(Self(Made::Repaired(Repaired { text, changes, map, index: Once::new() })))
    }
}

#[pymethods]
impl Normalized {
    #[doc = stub!(Normalized.text)]
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        match &self.0 {
            Made::Sound(text) => Ok(text.bind(py).clone()),
            Made::Repaired(it) => it.text.to_python(py),
        }
    }

    #[doc = stub!(Normalized.changes)]
    #[getter]
    fn changes(&self) -> Vec<Change> {
        match &self.0 {
            Made::Sound(_) => Vec::new(),
            Made::Repaired(it) => it.changes.clone(),
        }
    }

    #[doc = stub!(Normalized.source_span)]
    fn source_span(&self, py: Python<'_>, start: i64, end: i64) -> PyResult<(usize, usize)> {
        let (start, end) = (position(start)?, position(end)?);
        match &self.0 {
            Made::Sound(text) => {
                let end = end.min(text.bind(py).len()?);
                Ok((start.min(end), end))
            }
            Made::Repaired(it) => {
                let text = &it.text.text;
                let marks = it.index.get_or_init(|| Box::new(CharIndex::new(text).into_marks()));
                let index = CharIndex::with_marks(text, marks);
                let span = crate::batch::guarded(|| it.map.source_span(text, index.byte(start), index.byte(end)))?;
                Ok((span.start, span.end))
            }
        }
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        match (&self.0, &other.get().0) {
            (Made::Sound(text), Made::Sound(that)) => text.bind(py).as_any().eq(that),
            (Made::Repaired(it), Made::Repaired(that)) => Ok(it == that),
            _ => Ok(false),
        }
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.text(py)?.hash()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let text = Written::read(&self.text(py)?)?.text;
        Ok(format!("<Normalized: {} changes, {:?}>", self.changes().len(), crate::document::shortened(&text)))
    }

    #[allow(clippy::type_complexity, reason = "the three fields")]
    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> Reduced<'py, (Bound<'py, PyString>, Vec<Change>, Option<Bound<'py, PyBytes>>)> {
        let map = match &self.0 {
            Made::Sound(_) => None,
            Made::Repaired(it) => Some(state::save(py, &it.map)?),
        };
        state::reduce(py, "_normalized", (self.text(py)?, self.changes(), map))
    }
}

#[doc = stub!(Change)]
#[pyclass(frozen, eq, hash, module = "copydesk")]
#[derive(Clone, PartialEq, Hash)]
pub(super) struct Change {
    step: String,
    start: usize,
    end: usize,
    before: Written,
    after: Written,
}

impl Change {
    /// The object of that pickle.
    pub fn restore(
        step: String,
        start: usize,
        end: usize,
        before: &Bound<'_, PyString>,
        after: &Bound<'_, PyString>,
    ) -> PyResult<Self> {
        if end.checked_sub(start) != Some(before.len()?) {
            return Err(state::refused("a change has another length than what it changed").into());
        }
        Ok(Self { step, start, end, before: Written::read(before)?, after: Written::read(after)? })
    }
}

#[pymethods]
impl Change {
    #[doc = stub!(Change.step)]
    #[getter]
    fn step(&self) -> &str {
        &self.step
    }

    #[doc = stub!(Change.start)]
    #[getter]
    fn start(&self) -> usize {
        self.start
    }

    #[doc = stub!(Change.end)]
    #[getter]
    fn end(&self) -> usize {
        self.end
    }

    #[doc = stub!(Change.before)]
    #[getter]
    fn before<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        self.before.to_python(py)
    }

    #[doc = stub!(Change.after)]
    #[getter]
    fn after<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        self.after.to_python(py)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        super::repr(slf.as_any(), "Change", &["step", "start", "end", "before", "after"])
    }

    #[allow(clippy::type_complexity, reason = "the five fields")]
    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> Reduced<'py, (&str, usize, usize, Bound<'py, PyString>, Bound<'py, PyString>)> {
        let (before, after) = (self.before.to_python(py)?, self.after.to_python(py)?);
        state::reduce(py, "_change", (&*self.step, self.start, self.end, before, after))
    }
}

#[doc = stub!(normalize)]
#[pyfunction]
pub(super) fn normalize<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    let text = only_str(text)?;
    let source = Str::read(text)?;
    repaired(text, &source, batch::guarded(text.py(), || repair(&source))?)
}

#[doc = stub!(normalize_many)]
#[pyfunction]
#[pyo3(signature = (texts, *, threads = None))]
pub(super) fn normalize_many<'py>(
    texts: &Bound<'py, PyAny>,
    threads: Option<i64>,
) -> PyResult<Vec<Option<Bound<'py, PyString>>>> {
    let threads = batch::threads(threads)?;
    let mut given = Vec::new();
    let mut sources = Vec::new();
    for (i, item) in rows(texts, "texts")?.enumerate() {
        let wrong = |item: Bound<'py, PyAny>| wrong_text(&item, format_args!("texts[{i}]"), "str or None");
        let text =
            there(&item?)?.map(|item| item.cast_into().map_err(|error| wrong(error.into_inner()))).transpose()?;
        sources.push(text.as_ref().map(Str::read).transpose()?);
        given.push(text);
    }
    let made = batch::map(texts.py(), sources.len(), threads, |i| sources[i].as_deref().map(repair))?;
    let made = batch::whole(made, "texts")?;
    let whole = given.into_iter().zip(&sources).zip(made).map(|((text, source), made)| match (text, source, made) {
        (Some(text), Some(source), Some(made)) => repaired(&text, source, made).map(Some),
        _ => Ok(None),
    });
    whole.collect()
}

/// The repaired text, `None` for one that is sound.
pub(super) fn repair(source: &str) -> Option<String> {
    match crate::Normalizer::default().normalize(source).into_text() {
        Cow::Owned(text) => Some(text),
        Cow::Borrowed(_) => None,
    }
}

fn repaired<'py>(given: &Bound<'py, PyString>, source: &Str, made: Option<String>) -> PyResult<Bound<'py, PyString>> {
    Ok(match (made, source) {
        (Some(text), _) => PyString::new(given.py(), &text),
        (None, Str::Kept(_)) => given.clone(),
        (None, Str::Mended(text)) => PyString::new(given.py(), text),
    })
}
