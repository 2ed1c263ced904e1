//! The cleaner and its configuration.

use std::path::Path;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use super::arrow::{self, ArrowStream, Asked};
use super::batch::{self, CleanIter};
use super::document::Document;
use super::input::{self, Feed, Form, Given, HTML, OnError, TEXT, Text};
use super::normalizer::Normalizer;
use super::state::{self, Reduced};
use crate::cleaner::{CleanerBuilder, ModelChoice, OwnPack};
use crate::io::configuration;
use crate::{Balance, Keep, Label, Result};

#[doc = stub!(Cleaner)]
#[pyclass(frozen, eq, hash, module = "copydesk")]
pub(super) struct Cleaner(crate::Cleaner);

impl Cleaner {
    pub fn core(&self) -> &crate::Cleaner {
        &self.0
    }
}

impl PartialEq for Cleaner {
    fn eq(&self, other: &Self) -> bool {
        self.0.options() == other.0.options()
    }
}

impl std::hash::Hash for Cleaner {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.options().hash(state);
    }
}

/// The options that are not the defaults, but for what is in files.
fn changed<'py>(py: Python<'py>, options: &CleanerBuilder) -> PyResult<Bound<'py, PyDict>> {
    let (default, changed) = (CleanerBuilder::default(), PyDict::new(py));
    if options.keep != default.keep {
        changed.set_item("keep", PyTuple::new(py, options.keep.iter().map(|label| label.name()))?)?;
    }
    let names = [
        ("balance", options.balance.name(), default.balance.name()),
        ("dateline", options.dateline.name(), default.dateline.name()),
        ("inline", options.inline.name(), default.inline.name()),
        ("separator", &*options.separator, &*default.separator),
        ("markup", options.markup.name(), default.markup.name()),
    ];
    for (option, ours, default) in names {
        if ours != default {
            changed.set_item(option, ours)?;
        }
    }
    match &options.model {
        ModelChoice::Named(name) if options.model != default.model => changed.set_item("model", name)?,
        _ => {}
    }
    if options.normalizer != default.normalizer {
        changed.set_item("normalizer", Normalizer(options.normalizer.clone()))?;
    }
    Ok(changed)
}

/// The file of a model in a pickle: its name for messages, and what is in it.
type ModelFile<'py> = Option<(Option<String>, Bound<'py, PyBytes>)>;

/// Packs in a pickle: their names for messages, and their texts.
type PackFiles = Vec<(String, String)>;

/// A pickled cleaner put together again: its options, and what was in its files.
#[pyfunction]
#[pyo3(signature = (options, model, packs, /))]
pub(super) fn _cleaner(options: &Bound<'_, PyDict>, model: ModelFile<'_>, packs: PackFiles) -> PyResult<Cleaner> {
    let py = options.py();
    let plain = py.get_type::<Cleaner>().call((), Some(options))?.cast_into::<Cleaner>()?;
    let mut builder = plain.get().0.options().clone();
    if let Some((name, bytes)) = model {
        builder.model = ModelChoice::File(bytes.as_bytes().to_vec(), name);
    }
    builder.packs.extend(packs.into_iter().map(|(name, toml)| OwnPack { name, toml }));
    Ok(Cleaner(batch::guarded(py, || builder.build())??))
}

#[pymethods]
impl Cleaner {
    #[new]
    #[pyo3(signature = (*, keep = None, model = None, balance = "balanced", dateline = "keep", inline = "keep",
        separator = "\n\n", profile = None, packs = None, normalizer = None, markup = "strip"))]
    #[pyo3(text_signature = "(*, keep=('body', 'heading'), model='default', balance='balanced', dateline='keep', \
        inline='keep', separator='\\n\\n', profile=None, packs=(), normalizer=None, markup='strip')")]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments")]
    fn new(
        py: Python<'_>,
        keep: Option<&Bound<'_, PyAny>>,
        model: Option<&Bound<'_, PyAny>>,
        balance: &str,
        dateline: &str,
        inline: &str,
        separator: &str,
        profile: Option<&Bound<'_, PyAny>>,
        packs: Option<&Bound<'_, PyAny>>,
        normalizer: Option<PyRef<'_, Normalizer>>,
        markup: &str,
    ) -> PyResult<Self> {
        if profile.is_some() {
            return Err(PyTypeError::new_err("profile must be None: this version has no site profiles yet"));
        }
        let mut builder = crate::Cleaner::builder();
        if let Some(names) = input::names(keep, "keep")? {
            builder.keep(names.iter().map(|name| Label::from_name(name)).collect::<Result<Vec<_>>>()?);
        }
        builder.balance(Balance::from_name(balance)?).dateline(Keep::of_option("dateline", dateline)?);
        builder.inline(Keep::of_option("inline", inline)?).markup(Keep::of_option("markup", markup)?);
        builder.separator(separator);
        if let Some(Normalizer(normalizer)) = normalizer.as_deref() {
            builder.normalizer(normalizer.clone());
        }
        let model = model.map(|model| input::path(model, "model")).transpose()?;
        let packs = input::names(packs, "packs")?.unwrap_or_default();
        let build = || {
            if let Some(model) = &model {
                configuration::set_model(&mut builder, Path::new(model))?;
            }
            packs.iter().try_for_each(|pack| configuration::add_pack(&mut builder, Path::new(pack)))?;
            builder.build()
        };
        Ok(Self(batch::guarded(py, build)??))
    }

    #[doc = stub!(Cleaner.clean)]
    #[pyo3(signature = (text, *, source = None, lang = None, published = None, title = None))]
    fn clean(
        &self,
        text: &Bound<'_, PyAny>,
        source: Option<&Bound<'_, PyAny>>,
        lang: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        title: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Document> {
        clean_with(&self.0, text, TEXT, [source, title, lang, published])
    }

    #[doc = stub!(Cleaner.clean_many)]
    #[pyo3(signature = (texts, *, sources = None, titles = None, langs = None, published = None, threads = None,
        on_error = "raise"))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments")]
    fn clean_many(
        &self,
        texts: &Bound<'_, PyAny>,
        sources: Option<&Bound<'_, PyAny>>,
        titles: Option<&Bound<'_, PyAny>>,
        langs: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        threads: Option<i64>,
        on_error: &str,
    ) -> PyResult<Vec<Option<Document>>> {
        let threads = batch::threads(threads)?;
        let feed = Feed::new(texts, TEXT, [sources, titles, langs, published], OnError::of_documents(on_error)?)?;
        batch::clean_many(texts.py(), &self.0, feed, threads)
    }

    #[doc = stub!(Cleaner.clean_texts)]
    #[pyo3(signature = (texts, *, sources = None, titles = None, langs = None, published = None, threads = None,
        on_error = "raise"))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments")]
    fn clean_texts(
        &self,
        texts: &Bound<'_, PyAny>,
        sources: Option<&Bound<'_, PyAny>>,
        titles: Option<&Bound<'_, PyAny>>,
        langs: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        threads: Option<i64>,
        on_error: &str,
    ) -> PyResult<Vec<Option<String>>> {
        let threads = batch::threads(threads)?;
        let feed = Feed::new(texts, TEXT, [sources, titles, langs, published], OnError::of_texts(on_error)?)?;
        batch::clean_texts(texts.py(), &self.0, feed, threads)
    }

    #[doc = stub!(Cleaner.clean_iter)]
    #[pyo3(signature = (texts, *, sources = None, titles = None, langs = None, published = None, threads = None,
        on_error = "raise"))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments")]
    fn clean_iter(
        &self,
        texts: &Bound<'_, PyAny>,
        sources: Option<&Bound<'_, PyAny>>,
        titles: Option<&Bound<'_, PyAny>>,
        langs: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        threads: Option<i64>,
        on_error: &str,
    ) -> PyResult<CleanIter> {
        let threads = batch::threads(threads)?;
        let feed = Feed::new(texts, TEXT, [sources, titles, langs, published], OnError::of_documents(on_error)?)?;
        Ok(CleanIter::new(self.0.clone(), feed, threads))
    }

    #[doc = stub!(Cleaner.clean_html)]
    #[pyo3(signature = (html, *, url = None, lang = None, published = None, title = None))]
    fn clean_html(
        &self,
        html: &Bound<'_, PyAny>,
        url: Option<&Bound<'_, PyAny>>,
        lang: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        title: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Document> {
        clean_with(&self.0, html, HTML, [url, title, lang, published])
    }

    #[doc = stub!(Cleaner.clean_html_many)]
    #[pyo3(signature = (pages, *, urls = None, titles = None, langs = None, published = None, threads = None,
        on_error = "raise"))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments")]
    fn clean_html_many(
        &self,
        pages: &Bound<'_, PyAny>,
        urls: Option<&Bound<'_, PyAny>>,
        titles: Option<&Bound<'_, PyAny>>,
        langs: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        threads: Option<i64>,
        on_error: &str,
    ) -> PyResult<Vec<Option<Document>>> {
        let threads = batch::threads(threads)?;
        let feed = Feed::new(pages, HTML, [urls, titles, langs, published], OnError::of_documents(on_error)?)?;
        batch::clean_many(pages.py(), &self.0, feed, threads)
    }

    #[doc = stub!(Cleaner.clean_html_iter)]
    #[pyo3(signature = (pages, *, urls = None, titles = None, langs = None, published = None, threads = None,
        on_error = "raise"))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments")]
    fn clean_html_iter(
        &self,
        pages: &Bound<'_, PyAny>,
        urls: Option<&Bound<'_, PyAny>>,
        titles: Option<&Bound<'_, PyAny>>,
        langs: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        threads: Option<i64>,
        on_error: &str,
    ) -> PyResult<CleanIter> {
        let threads = batch::threads(threads)?;
        let feed = Feed::new(pages, HTML, [urls, titles, langs, published], OnError::of_documents(on_error)?)?;
        Ok(CleanIter::new(self.0.clone(), feed, threads))
    }

    #[doc = stub!(Cleaner.clean_arrow)]
    #[pyo3(signature = (data, *, text = String::from("text"), html = None, source = None, title = None, lang = None,
        published = None, fields = None, into = None, threads = None, on_error = "raise"))]
    #[pyo3(
        text_signature = "($self, data, *, text='text', html=None, source=None, title=None, lang=None, published=None, \
        fields=None, into=None, threads=None, on_error='raise')"
    )]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments")]
    fn clean_arrow(
        &self,
        data: &Bound<'_, PyAny>,
        text: String,
        html: Option<String>,
        source: Option<String>,
        title: Option<String>,
        lang: Option<String>,
        published: Option<String>,
        fields: Option<&Bound<'_, PyAny>>,
        into: Option<String>,
        threads: Option<i64>,
        on_error: &str,
    ) -> PyResult<ArrowStream> {
        let asked = Asked { text, html, source, title, lang, published, fields, into, on_error, threads };
        arrow::clean(data, &self.0, asked)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let options = self.0.options();
        let shown = changed(py, options)?;
        if let ModelChoice::File(_, Some(name)) = &options.model {
            shown.set_item("model", name)?;
        }
        if !options.packs.is_empty() {
            shown.set_item("packs", PyTuple::new(py, options.packs.iter().map(|pack| &*pack.name))?)?;
        }
        Ok(format!("Cleaner({})", super::keywords(&shown)?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Bound<'py, PyDict>, ModelFile<'py>, PackFiles)> {
        let options = self.0.options();
        let model = match &options.model {
            ModelChoice::Named(_) => None,
            ModelChoice::File(bytes, name) => Some((name.clone(), PyBytes::new(py, bytes))),
        };
        let packs = options.packs.iter().map(|pack| (pack.name.clone(), pack.toml.clone())).collect();
        state::reduce(py, "_cleaner", (changed(py, options)?, model, packs))
    }
}

#[doc = stub!(clean)]
#[pyfunction]
#[pyo3(signature = (text, *, source = None, lang = None, published = None, title = None))]
pub(super) fn clean(
    text: &Bound<'_, PyAny>,
    source: Option<&Bound<'_, PyAny>>,
    lang: Option<&Bound<'_, PyAny>>,
    published: Option<&Bound<'_, PyAny>>,
    title: Option<&Bound<'_, PyAny>>,
) -> PyResult<Document> {
    clean_with(standard(text.py())?, text, TEXT, [source, title, lang, published])
}

#[doc = stub!(clean_html)]
#[pyfunction]
#[pyo3(signature = (html, *, url = None, lang = None, published = None, title = None))]
pub(super) fn clean_html(
    html: &Bound<'_, PyAny>,
    url: Option<&Bound<'_, PyAny>>,
    lang: Option<&Bound<'_, PyAny>>,
    published: Option<&Bound<'_, PyAny>>,
    title: Option<&Bound<'_, PyAny>>,
) -> PyResult<Document> {
    clean_with(standard(html.py())?, html, HTML, [url, title, lang, published])
}

#[doc = stub!(clean_many)]
#[pyfunction]
#[pyo3(signature = (texts, *, sources = None, titles = None, langs = None, published = None, threads = None,
    on_error = "raise"))]
#[allow(clippy::too_many_arguments, reason = "keyword arguments")]
pub(super) fn clean_many(
    texts: &Bound<'_, PyAny>,
    sources: Option<&Bound<'_, PyAny>>,
    titles: Option<&Bound<'_, PyAny>>,
    langs: Option<&Bound<'_, PyAny>>,
    published: Option<&Bound<'_, PyAny>>,
    threads: Option<i64>,
    on_error: &str,
) -> PyResult<Vec<Option<Document>>> {
    let feed = Feed::new(texts, TEXT, [sources, titles, langs, published], OnError::of_documents(on_error)?)?;
    batch::clean_many(texts.py(), standard(texts.py())?, feed, batch::threads(threads)?)
}

#[doc = stub!(clean_texts)]
#[pyfunction]
#[pyo3(signature = (texts, *, sources = None, titles = None, langs = None, published = None, threads = None,
    on_error = "raise"))]
#[allow(clippy::too_many_arguments, reason = "keyword arguments")]
pub(super) fn clean_texts(
    texts: &Bound<'_, PyAny>,
    sources: Option<&Bound<'_, PyAny>>,
    titles: Option<&Bound<'_, PyAny>>,
    langs: Option<&Bound<'_, PyAny>>,
    published: Option<&Bound<'_, PyAny>>,
    threads: Option<i64>,
    on_error: &str,
) -> PyResult<Vec<Option<String>>> {
    let feed = Feed::new(texts, TEXT, [sources, titles, langs, published], OnError::of_texts(on_error)?)?;
    batch::clean_texts(texts.py(), standard(texts.py())?, feed, batch::threads(threads)?)
}

fn standard(py: Python<'_>) -> Result<&'static crate::Cleaner> {
    batch::guarded(py, crate::cleaner::standard)
}

fn clean_with(
    cleaner: &crate::Cleaner,
    text: &Bound<'_, PyAny>,
    form: Form,
    hints: Given<'_, '_>,
) -> PyResult<Document> {
    let hints = input::hints(hints, form, None)?;
    let read = Text::read(text, form)?;
    Ok(batch::guarded(text.py(), || Document::new(read.clean(cleaner, &hints)))?)
}
