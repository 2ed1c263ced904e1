//! The document and its blocks.

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use super::fields::{Byline, Caption, Dateline, Evidence, Inline, Link, Timestamp, pair};
use super::guard::guarded;
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
    fn index(&self, py: Python<'_>) -> Result<CharIndex<'_>> {
        let text = self.0.text();
        let marks = match self.1.get() {
            Some(marks) => marks,
            None => guarded(py, || self.1.get_or_init(|| Box::new(CharIndex::new(text).into_marks())))?,
        };
        Ok(CharIndex::with_marks(text, marks))
    }

    /// Finds the evidence of its blocks, without the interpreter.
    fn find_evidence(&self, py: Python<'_>) -> Result<()> {
        guarded(py, || self.0.blocks().next().map_or(0, |block| block.evidence().len()))?;
        Ok(())
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

    #[doc = stub!(Document.rules_version)]
    #[getter]
    fn rules_version(&self) -> &str {
        self.0.rules_version()
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

    #[doc = stub!(Document.url)]
    #[getter]
    fn url(&self) -> Option<&str> {
        self.0.url()
    }

    #[doc = stub!(Document.section)]
    #[getter]
    fn section(&self) -> Option<&str> {
        self.0.section()
    }

    #[doc = stub!(Document.tags)]
    #[getter]
    fn tags(&self) -> Vec<&str> {
        self.0.tags().iter().map(String::as_str).collect()
    }

    #[doc = stub!(Document.image)]
    #[getter]
    fn image(&self) -> Option<&str> {
        self.0.image()
    }

    #[doc = stub!(Document.sources)]
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for field in core::FieldName::ALL {
            if let Some(source) = self.0.source_of(field) {
                dict.set_item(field.name(), source.name())?;
            }
        }
        Ok(dict)
    }

    #[doc = stub!(Document.captions)]
    #[getter]
    fn captions(&self) -> Vec<Caption> {
        self.0.captions().iter().cloned().map(Caption).collect()
    }

    #[doc = stub!(Document.markdown)]
    #[getter]
    fn markdown(&self, py: Python<'_>) -> Result<String> {
        guarded(py, || self.0.markdown())
    }

    #[doc = stub!(Document.to_markdown)]
    #[pyo3(signature = (*, title = false, headings = true, lists = true, quotes = true, tables = true, code = true, emphasis = true, links = false, images = false))]
    #[expect(clippy::too_many_arguments, reason = "keywords")]
    fn to_markdown(
        &self,
        py: Python<'_>,
        title: bool,
        headings: bool,
        lists: bool,
        quotes: bool,
        tables: bool,
        code: bool,
        emphasis: bool,
        links: bool,
        images: bool,
    ) -> Result<String> {
        let options = core::MarkdownOptions::default().title(title).headings(headings).lists(lists).quotes(quotes);
        let options = options.tables(tables).code(code).emphasis(emphasis).links(links).images(images);
        guarded(py, || self.0.markdown_with(options))
    }

    #[doc = stub!(Document.source_span)]
    fn source_span(&self, py: Python<'_>, start: i64, end: i64) -> PyResult<(usize, usize)> {
        let text = self.index(py)?;
        let (start, end) = (position(start)?, position(end)?);
        let span = crate::batch::guarded(|| self.0.source_span(text.byte(start), text.byte(end)))?;
        Ok(pair(span))
    }

    #[doc = stub!(Document.to_dict)]
    #[pyo3(signature = (*, evidence = false, probabilities = false, links = false))]
    fn to_dict<'py>(
        &self,
        py: Python<'py>,
        evidence: bool,
        probabilities: bool,
        links: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        if evidence {
            self.find_evidence(py)?;
        }
        json::to_python(py, &self.0.with(detail(evidence, probabilities, links)))
    }

    #[doc = stub!(Document.to_json)]
    #[pyo3(signature = (*, evidence = false, probabilities = false, links = false))]
    fn to_json(&self, py: Python<'_>, evidence: bool, probabilities: bool, links: bool) -> Result<String> {
        guarded(py, || self.0.to_json_with(detail(evidence, probabilities, links)))
    }

    fn __repr__(&self) -> String {
        format!("{:?}", self.0)
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("copydesk._notebook")?.getattr("document")?.call1((slf,))
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        let that = &other.get().0;
        Ok(guarded(py, || self.0 == *that)?)
    }

    fn __hash__(&self, py: Python<'_>) -> Result<u64> {
        guarded(py, || state::hash_of(&(self.0.text(), self.0.lang(), self.0.title(), self.0.blocks().len())))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (&'static str, Bound<'py, PyBytes>)> {
        let state = guarded(py, || self.0.to_state())?.map_err(state::not_written)?;
        state::reduce(py, "_restore", ("Document", PyBytes::new(py, &state)))
    }
}

/// What a state says the document is.
pub(super) fn restore(py: Python<'_>, state: &[u8]) -> Result<Document> {
    let document = guarded(py, || core::Document::from_state(state, crate::cleaner::explained_by))?;
    Ok(Document::new(document.map_err(state::refused)?))
}

fn detail(evidence: bool, probabilities: bool, links: bool) -> core::Detail {
    core::Detail::default().evidence(evidence).probabilities(probabilities).links(links)
}

// It holds on to its document; one that was unpickled to a document of it alone.
#[doc = stub!(Block)]
#[pyclass(frozen, module = "copydesk")]
pub(super) struct Block {
    document: Py<Document>,
    at: usize,
}

impl Block {
    /// The only block of a document.
    pub fn only(document: Py<Document>) -> PyResult<Self> {
        let block = Self { document, at: 0 };
        block.core().map(|_| ())?;
        Ok(block)
    }

    fn all(document: &Bound<'_, Document>, wanted: impl Fn(&core::Block<'_>) -> bool) -> Vec<Self> {
        let blocks = document.get().0.blocks().enumerate().filter(|(_, block)| wanted(block));
        blocks.map(|(at, _)| Self { document: document.clone().unbind(), at }).collect()
    }

    fn core(&self) -> PyResult<core::Block<'_>> {
        self.document.get().0.block(self.at).ok_or_else(|| PyIndexError::new_err("no such block"))
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
        self.document.get().find_evidence(py)?;
        Ok(self.core()?.evidence().iter().cloned().map(Evidence).collect())
    }

    #[doc = stub!(Block.inline)]
    #[getter]
    fn inline(&self) -> PyResult<Vec<Inline>> {
        Ok(self.core()?.inline().iter().cloned().map(Inline).collect())
    }

    #[doc = stub!(Block.links)]
    #[getter]
    fn links(&self) -> PyResult<Vec<Link>> {
        Ok(self.core()?.links().into_iter().map(Link).collect())
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!("{:?}", self.core()?))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        Ok(self.core()? == other.get().core()?)
    }

    fn __hash__(&self) -> PyResult<u64> {
        let block = self.core()?;
        Ok(state::hash_of(&(block.label(), block.span(), block.text())))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (&'static str, Bound<'py, PyBytes>)> {
        let alone = self.document.get().0.only(self.at).ok_or_else(|| PyIndexError::new_err("no such block"))?;
        let state = alone.to_state().map_err(state::not_written)?;
        state::reduce(py, "_restore", ("Block", PyBytes::new(py, &state)))
    }
}
