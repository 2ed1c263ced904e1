//! The document and its blocks.

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use super::batch::guarded;
use super::fields::{Byline, Caption, Dateline, Evidence, Inline, Timestamp, pair};
use super::input::position;
use super::json;
use super::state::{self, Reduced};
use crate::document::{self as core, written};
use crate::error::Result;
use crate::labels::Label;
use crate::offsets::CharIndex;
use crate::once::Once;

#[doc = stub!(Document)]
#[pyclass(frozen, module = "copydesk")]
pub(super) struct Document(pub core::Document, Once<Vec<usize>>);

impl Document {
    pub fn new(document: core::Document) -> Self {
        Self(document, Once::new())
    }

    /// The index of the clean text, made when first asked for: a walk over all its characters asks for each.
    fn index(&self) -> CharIndex<'_> {
        let text = self.0.text();
        CharIndex::with_marks(text, self.1.get_or_init(|| Box::new(CharIndex::new(text).into_marks())))
    }
}

#[pymethods]
impl Document {
    #[doc = stub!(Document.text)]
    #[getter]
    fn text(&self) -> &str {
        self.0.text()
    }

    #[doc = stub!(Document.blocks)]
    #[getter]
    fn blocks(slf: &Bound<'_, Self>) -> Vec<Block> {
        Block::all(slf, |_| true)
    }

    #[doc = stub!(Document.removed)]
    #[getter]
    fn removed(slf: &Bound<'_, Self>) -> Vec<Block> {
        Block::all(slf, |block| !block.kept())
    }

    #[doc = stub!(Document.lang)]
    #[getter]
    fn lang(&self) -> Option<&str> {
        self.0.lang()
    }

    #[doc = stub!(Document.verdict)]
    #[getter]
    fn verdict(&self) -> &'static str {
        self.0.verdict().name()
    }

    #[doc = stub!(Document.verdict_score)]
    #[getter]
    fn verdict_score(&self) -> f64 {
        written(self.0.verdict_score())
    }

    #[doc = stub!(Document.title)]
    #[getter]
    fn title(&self) -> Option<&str> {
        self.0.title()
    }

    #[doc = stub!(Document.title_span)]
    #[getter]
    fn title_span(&self) -> Option<(usize, usize)> {
        self.0.title_span().map(pair)
    }

    #[doc = stub!(Document.site)]
    #[getter]
    fn site(&self) -> Option<&str> {
        self.0.site()
    }

    #[doc = stub!(Document.deck_span)]
    #[getter]
    fn deck_span(&self) -> Option<(usize, usize)> {
        self.0.deck_span().map(pair)
    }

    #[doc = stub!(Document.deck)]
    #[getter]
    fn deck(&self) -> Option<&str> {
        self.0.deck()
    }

    #[doc = stub!(Document.byline)]
    #[getter]
    fn byline(&self) -> Option<Byline> {
        self.0.byline().cloned().map(Byline)
    }

    #[doc = stub!(Document.published)]
    #[getter]
    fn published(&self) -> Option<Timestamp> {
        self.0.published().cloned().map(Timestamp)
    }

    #[doc = stub!(Document.updated)]
    #[getter]
    fn updated(&self) -> Option<Timestamp> {
        self.0.updated().cloned().map(Timestamp)
    }

    #[doc = stub!(Document.dateline)]
    #[getter]
    fn dateline(&self) -> Option<Dateline> {
        self.0.dateline().cloned().map(Dateline)
    }

    #[doc = stub!(Document.captions)]
    #[getter]
    fn captions(&self) -> Vec<Caption> {
        self.0.captions().iter().cloned().map(Caption).collect()
    }

    #[doc = stub!(Document.source_span)]
    fn source_span(&self, start: i64, end: i64) -> PyResult<(usize, usize)> {
        let text = self.index();
        let (start, end) = (position(start)?, position(end)?);
        let span = crate::batch::guarded(|| self.0.source_span(text.byte(start), text.byte(end)))?;
        Ok(pair(span))
    }

    #[doc = stub!(Document.to_dict)]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &guarded(py, || self.0.to_value())?)
    }

    #[doc = stub!(Document.to_json)]
    fn to_json(&self, py: Python<'_>) -> Result<String> {
        guarded(py, || self.0.to_json())
    }

    fn __repr__(&self) -> String {
        let kept = self.0.blocks().filter(core::Block::kept).count();
        let what = self.0.verdict().name().replace('_', " ");
        let lang = self.0.lang().map(|lang| format!(" in {lang}")).unwrap_or_default();
        let opening = super::shortened(self.0.title().unwrap_or_else(|| self.0.text()));
        format!("<Document: {what}{lang}, {kept} of {} blocks kept, {opening:?}>", self.0.blocks().len())
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("copydesk._notebook")?.getattr("document")?.call1((slf,))
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        let that = &other.get().0;
        Ok(guarded(py, || self.0 == *that)?)
    }

    fn __hash__(&self) -> PyResult<u64> {
        state::hash(&self.0)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (&'static str, Bound<'py, PyBytes>)> {
        state::reduce(py, "_restore", ("Document", state::save(py, &self.0)?))
    }
}

#[doc = stub!(Block)]
#[pyclass(frozen, module = "copydesk")]
pub(super) struct Block {
    document: Py<Document>,
    at: usize,
}

impl Block {
    /// The block of that number, as a pickle names it.
    pub fn new(document: Py<Document>, at: usize) -> PyResult<Self> {
        let block = Self { document, at };
        block.core().map(|_| ())?;
        Ok(block)
    }

    fn all(document: &Bound<'_, Document>, wanted: impl Fn(&core::Block<'_>) -> bool) -> Vec<Self> {
        let blocks = document.get().0.blocks().enumerate().filter(|(_, block)| wanted(block));
        blocks.map(|(at, _)| Self { document: document.clone().unbind(), at }).collect()
    }

    fn core(&self) -> PyResult<core::Block<'_>> {
        self.document.get().0.blocks().nth(self.at).ok_or_else(|| PyIndexError::new_err("no such block"))
    }
}

#[pymethods]
impl Block {
    #[doc = stub!(Block.label)]
    #[getter]
    fn label(&self) -> PyResult<&'static str> {
        Ok(self.core()?.label().name())
    }

    #[doc = stub!(Block.kept)]
    #[getter]
    fn kept(&self) -> PyResult<bool> {
        Ok(self.core()?.kept())
    }

    #[doc = stub!(Block.score)]
    #[getter]
    fn score(&self) -> PyResult<f64> {
        Ok(written(self.core()?.score()))
    }

    #[doc = stub!(Block.probabilities)]
    #[getter]
    fn probabilities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (label, probability) in Label::ALL.into_iter().zip(self.core()?.probabilities()) {
            dict.set_item(label.name(), written(probability))?;
        }
        Ok(dict)
    }

    #[doc = stub!(Block.text)]
    #[getter]
    fn text(&self) -> PyResult<&str> {
        Ok(self.core()?.text())
    }

    #[doc = stub!(Block.start)]
    #[getter]
    fn start(&self) -> PyResult<usize> {
        Ok(self.core()?.span().start)
    }

    #[doc = stub!(Block.end)]
    #[getter]
    fn end(&self) -> PyResult<usize> {
        Ok(self.core()?.span().end)
    }

    #[doc = stub!(Block.evidence)]
    #[getter]
    fn evidence(&self, py: Python<'_>) -> PyResult<Vec<Evidence>> {
        let block = self.core()?;
        Ok(guarded(py, || block.evidence().iter().cloned().map(Evidence).collect())?)
    }

    #[doc = stub!(Block.inline)]
    #[getter]
    fn inline(&self) -> PyResult<Vec<Inline>> {
        Ok(self.core()?.inline().iter().cloned().map(Inline).collect())
    }

    fn __repr__(&self) -> PyResult<String> {
        let block = self.core()?;
        let (kept, text) = (if block.kept() { "kept" } else { "removed" }, super::shortened(block.text()));
        let (label, score, span) = (block.label(), written(block.score()), block.span());
        Ok(format!("<Block {label} {score}, {kept}, {}:{} {text:?}>", span.start, span.end))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        let (it, that) = (self.core()?, other.get().core()?);
        Ok(crate::batch::guarded(|| it == that)?)
    }

    fn __hash__(&self) -> PyResult<u64> {
        let block = self.core()?;
        state::hash(&(block.label(), block.span(), block.text()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> Reduced<'py, (Py<Document>, usize)> {
        let it = slf.get();
        state::reduce(slf.py(), "_block", (it.document.clone_ref(slf.py()), it.at))
    }
}
