//! The Python door: thin wrappers around the core. What the names mean is said in `python/copydesk/_core.pyi`, and what is said
//! there is what `help()` shows: `#[doc = stub!(Cleaner.clean)]`.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

// The macro `stub!`, made by build.rs.
include!(concat!(env!("OUT_DIR"), "/stub.rs"));

mod arrow;
mod batch;
mod cleaner;
mod document;
mod errors;
mod eval;
mod fields;
mod ftfy;
mod guard;
mod input;
mod json;
mod normalizer;
mod parse;
mod state;
mod written;

// The extension module; `copydesk` shows its public names as its own.
#[doc = stub!(module)]
#[pymodule(gil_used = false)]
mod _core {
    use pyo3::exceptions::PyTypeError;
    use pyo3::prelude::*;
    use pyo3::types::{PyBytes, PyList, PyString, PyTuple};

    #[pymodule_export]
    use super::arrow::{_normalize_arrow, ArrowStream};
    use super::batch;
    #[pymodule_export]
    use super::cleaner::{_cleaner, Cleaner, clean, clean_html, clean_many, clean_texts};
    #[pymodule_export]
    use super::document::{Block, Document};
    #[pymodule_export]
    use super::eval::{line_blocks, line_figures, line_words};
    #[pymodule_export]
    use super::fields::{
        Byline, Caption, Dateline, Evidence, Inline, Link, PartialDate, Person, Place, Side, Timestamp,
    };
    #[pymodule_export]
    use super::ftfy::{Fixer, display_width, ftfy_fix, ftfy_is_bad};
    #[pymodule_export]
    use super::normalizer::{Change, Normalized, Normalizer, normalize, normalize_many};
    #[pymodule_export]
    use super::parse::{parse_byline, parse_caption, parse_dateline, parse_inline, parse_timestamps};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("rules_version", crate::RULES_VERSION)?;
        module.add("LABELS", PyTuple::new(module.py(), crate::Label::ALL.map(crate::Label::name))?)?;
        // For training.
        module.add("SCHEMA", crate::features::schema())?;
        module.add("FEATURES", crate::features::FEATURE_TABLE.iter().map(|row| &*row.id).collect::<Vec<_>>())?;
        module.add("JOIN_FIGURES", crate::segment::join::figures())?;
        module.add("VERDICT_FIGURES", crate::cleaner::verdict::FIGURES.to_vec())?;
        module.add("DATELINE_CLUES", crate::document::Clue::ALL.map(crate::document::Clue::name).to_vec())
    }

    /// What the verdict on a document follows from, for training: a number for each name of `VERDICT_FIGURES`.
    #[pyfunction]
    fn verdict_figures(document: &Document) -> PyResult<Vec<f64>> {
        Ok(crate::batch::guarded(|| crate::cleaner::verdict::figures_of(&document.0).to_vec())?)
    }

    /// The clues that datelines are decided by, for training: where the story begins, in code points, and the names of those seen
    /// in what the grammar reads at the head of a text; with `labelled`, on a line of its own that has the label or not.
    #[pyfunction]
    #[pyo3(signature = (text, lang = None, labelled = None))]
    fn dateline_clues(
        py: Python<'_>,
        text: &str,
        lang: Option<&str>,
        labelled: Option<bool>,
    ) -> PyResult<Option<(usize, Vec<&'static str>)>> {
        let known = lang.map_or(Ok(crate::ParseOptions::new()), |lang| crate::ParseOptions::new().with_lang(lang))?;
        let (found, index) = batch::guarded(py, || {
            (crate::cleaner::dateline_clues(text, labelled, &known), crate::offsets::CharIndex::new(text))
        })?;
        Ok(found.map(|(end, names)| (index.span(crate::offsets::Span::new(end, end)).end, names)))
    }

    /// What pairs of neighbouring lines show, for training: the values of `JOIN_FIGURES`, little-endian `u16`, of each pair;
    /// those of the first round alone without its `scores`.
    #[pyfunction]
    #[pyo3(signature = (text, scores=None))]
    fn join_values<'py>(py: Python<'py>, text: &str, scores: Option<Vec<i32>>) -> PyResult<Bound<'py, PyBytes>> {
        let values = batch::guarded(py, || crate::segment::join::values_of(text, scores.as_deref()))?;
        Ok(PyBytes::new(py, &values.into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()))
    }

    /// The evidence of every block, for training: start and end in bytes of UTF-8, and names.
    #[pyfunction]
    #[pyo3(signature = (text, cuts = None))]
    fn observe(py: Python<'_>, text: &str, cuts: Option<&[u8]>) -> PyResult<Vec<(usize, usize, Vec<String>)>> {
        let observed = batch::guarded(py, || crate::cleaner::observe_text(text, cuts.unwrap_or_default()))??;
        Ok(observed.into_iter().map(|(span, names)| (span.start, span.end, names)).collect())
    }

    /// The same as numbers: start and end in code points; features but those of the neighbours, as little-endian `u16`; hashes
    /// of words, as little-endian `u32`, of the line alone.
    #[pyfunction]
    #[pyo3(signature = (text, cuts = None))]
    fn observe_ids<'py>(py: Python<'py>, text: &str, cuts: Option<&[u8]>) -> PyResult<Vec<ObservedIds<'py>>> {
        let observed = batch::guarded(py, || crate::cleaner::observe_numbers(text, cuts.unwrap_or_default()))??;
        let index = crate::offsets::CharIndex::new(text);
        let ids = |(span, features, words): crate::cleaner::Numbers| {
            let features: Vec<u8> = features.into_iter().flat_map(u16::to_le_bytes).collect();
            let words: Vec<u8> = words.into_iter().flat_map(u32::to_le_bytes).collect();
            let span = index.span(span);
            (span.start, span.end, PyBytes::new(py, &features), PyBytes::new(py, &words))
        };
        Ok(observed.into_iter().map(ids).collect())
    }

    /// What speaks for and against each cut that is possible in a text: where what stands after it begins, in code points, and
    /// hashes as little-endian `u32`.
    #[pyfunction]
    fn observe_cuts<'py>(py: Python<'py>, text: &str) -> PyResult<Vec<(usize, Bound<'py, PyBytes>)>> {
        let (observed, index) =
            batch::guarded(py, || (crate::cleaner::observe_cuts(text), crate::offsets::CharIndex::new(text)))?;
        let ids = |(at, evidence): (usize, Vec<u32>)| {
            let evidence: Vec<u8> = evidence.into_iter().flat_map(u32::to_le_bytes).collect();
            (index.span(crate::offsets::Span::new(at, at)).start, PyBytes::new(py, &evidence))
        };
        Ok(observed.into_iter().map(ids).collect())
    }

    /// The lines of a page.
    #[pyfunction]
    fn page_lines(py: Python<'_>, html: &[u8]) -> PyResult<Vec<String>> {
        Ok(batch::guarded(py, || crate::cleaner::page_lines(html))?)
    }

    /// A piece of a page: text, what words alone say of it, what the page shows, its line.
    type ToldPiece = (String, Vec<u16>, String, usize);

    /// The pieces of a page, for training: text, what words alone say of it in units of 1/10000, what the page shows, a line each,
    /// and the line that it is of.
    #[pyfunction]
    fn observe_page(cleaner: PyRef<'_, Cleaner>, html: &[u8]) -> PyResult<Vec<ToldPiece>> {
        let core = cleaner.core().clone();
        let pieces = batch::guarded(cleaner.py(), move || core.observe_page(html))?;
        let told = |piece: crate::cleaner::ObservedPiece| {
            (piece.text, piece.shares.0.to_vec(), piece.shown.join("\n"), piece.line)
        };
        Ok(pieces.into_iter().map(told).collect())
    }

    /// The language of a text, as documents tell it. Needs no model.
    #[pyfunction]
    fn language(py: Python<'_>, text: &str) -> PyResult<Option<&'static str>> {
        Ok(batch::guarded(py, || crate::text::language::detect(text.lines()))?)
    }

    /// The scores that the network in a file gives each block: 19 numbers in 1/1024 nats, to compare with
    /// training/network_file.py.
    #[pyfunction]
    fn network_logits(py: Python<'_>, text: &str, path: std::path::PathBuf) -> PyResult<Vec<Vec<i32>>> {
        let scores = batch::guarded(py, || {
            let bytes = crate::io::input::Source::File(path).read_model()?;
            crate::cleaner::network_scores(text, &bytes)
        })??;
        Ok(scores.into_iter().map(Vec::from).collect())
    }

    type ObservedIds<'py> = (usize, usize, Bound<'py, PyBytes>, Bound<'py, PyBytes>);

    /// The command line: arguments with the program's name first, exit code.
    #[pyfunction]
    fn main(py: Python<'_>, args: Vec<std::ffi::OsString>) -> PyResult<i32> {
        Ok(batch::guarded(py, || crate::cli::main(args.into_iter()))?)
    }

    /// Pickled objects put together again.
    #[pyfunction]
    #[pyo3(signature = (class_, state, /), text_signature = "(class_, state, /)")]
    fn _restore<'py>(py: Python<'py>, class_: &str, state: &[u8]) -> PyResult<Bound<'py, PyAny>> {
        let document = || Bound::new(py, super::document::restore(py, state)?);
        match class_ {
            "Document" => return Ok(document()?.into_any()),
            "Block" => return Ok(Bound::new(py, Block::only(document()?.unbind())?)?.into_any()),
            _ => {}
        }
        let unknown = || PyTypeError::new_err(format!("copydesk has no class {class_:?} to restore"));
        super::fields::restore(py, class_, state)?.ok_or_else(unknown)
    }

    /// Makes that text fail from now on, for the tests of what a fault costs.
    #[pyfunction]
    fn _fail_on(text: Option<&[u8]>) {
        crate::error::fail_on(text);
    }

    #[pyfunction]
    fn _normalized(
        text: &Bound<'_, PyString>,
        changes: &Bound<'_, PyList>,
        map: Option<&[u8]>,
    ) -> PyResult<Normalized> {
        Normalized::restore(text, changes, map)
    }

    #[pyfunction]
    fn _change(
        step: String,
        start: usize,
        end: usize,
        before: &Bound<'_, PyString>,
        after: &Bound<'_, PyString>,
    ) -> PyResult<Change> {
        Change::restore(step, start, end, before, after)
    }
}

/// What `__reduce__` gives for an object made again by its constructor from keyword arguments.
type Rebuilt<'py> = (Bound<'py, PyAny>, (Bound<'py, PyType>, Bound<'py, PyTuple>, Bound<'py, PyDict>));

fn rebuild<'py>(it: &Bound<'py, PyAny>, keywords: Bound<'py, PyDict>) -> PyResult<Rebuilt<'py>> {
    let py = it.py();
    Ok((py.import("copyreg")?.getattr("__newobj_ex__")?, (it.get_type(), PyTuple::empty(py), keywords)))
}

/// `a=1, b='x'`
fn keywords(given: &Bound<'_, PyDict>) -> PyResult<String> {
    let each = |(name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| Ok(format!("{}={}", name.str()?, value.repr()?));
    Ok(given.iter().map(each).collect::<PyResult<Vec<_>>>()?.join(", "))
}

/// `Class(a=1, b='x')` of the attributes that are not `None`.
fn repr(it: &Bound<'_, PyAny>, class: &str, names: &[&str]) -> PyResult<String> {
    let shown = PyDict::new(it.py());
    for name in names {
        let value = it.getattr(*name)?;
        if !value.is_none() {
            shown.set_item(name, value)?;
        }
    }
    Ok(format!("{class}({})", keywords(&shown)?))
}
