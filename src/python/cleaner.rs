//! The cleaner and its configuration.

use std::path::PathBuf;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::batch::{self, CleanIter};
use super::document::Document;
use super::input::{self, Feed, Text};
use super::normalizer::Normalizer;
use crate::cleaner::MODELS;
use crate::io::input::Source;
use crate::{Balance, Hints, Keep, Label, Result};

#[doc = stub!(Cleaner)]
#[pyclass(frozen, eq, hash, module = "copydesk")]
pub(super) struct Cleaner {
    cleaner: crate::Cleaner,
    options: Options,
}

impl PartialEq for Cleaner {
    fn eq(&self, other: &Self) -> bool {
        self.options == other.options
    }
}

impl std::hash::Hash for Cleaner {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.options.keep, &self.options.model, self.options.balance.name()).hash(state);
    }
}

/// What a cleaner was made with: its pickle.
#[derive(PartialEq)]
struct Options {
    keep: Vec<Label>,
    model: String,
    balance: Balance,
    dateline: Keep,
    inline: Keep,
    markup: Keep,
    separator: String,
    packs: Vec<String>,
    normalizer: Option<Normalizer>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            keep: vec![Label::Heading, Label::Body],
            model: "default".to_owned(),
            balance: Balance::default(),
            dateline: Keep::Keep,
            inline: Keep::Keep,
            markup: Keep::Strip,
            separator: "\n\n".to_owned(),
            packs: Vec::new(),
            normalizer: None,
        }
    }
}

impl Options {
    fn build(&self) -> Result<crate::Cleaner> {
        let mut builder = crate::Cleaner::builder();
        builder.keep(self.keep.iter().copied()).balance(self.balance).separator(&*self.separator);
        builder.dateline(self.dateline).inline(self.inline).markup(self.markup);
        if MODELS.contains(&&*self.model) {
            builder.model(&*self.model);
        } else {
            let source = Source::File(PathBuf::from(&*self.model));
            builder.model_file(source.shown(), source.read_model()?);
        }
        for pack in &self.packs {
            builder.pack(&**pack, Source::File(PathBuf::from(&**pack)).read_text()?);
        }
        if let Some(Normalizer(normalizer)) = &self.normalizer {
            builder.normalizer(normalizer.clone());
        }
        builder.build()
    }

    /// Those that are not the defaults.
    fn changed<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (default, changed) = (Self::default(), PyDict::new(py));
        if self.keep != default.keep {
            changed.set_item("keep", PyTuple::new(py, self.keep.iter().map(|label| label.name()))?)?;
        }
        let names = [
            ("model", &*self.model, &*default.model),
            ("balance", self.balance.name(), default.balance.name()),
            ("dateline", self.dateline.name(), default.dateline.name()),
            ("inline", self.inline.name(), default.inline.name()),
            ("separator", &*self.separator, &*default.separator),
            ("markup", self.markup.name(), default.markup.name()),
        ];
        for (option, ours, default) in names {
            if ours != default {
                changed.set_item(option, ours)?;
            }
        }
        if !self.packs.is_empty() {
            changed.set_item("packs", PyTuple::new(py, &self.packs)?)?;
        }
        if let Some(normalizer) = &self.normalizer {
            changed.set_item("normalizer", normalizer.clone())?;
        }
        Ok(changed)
    }
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
        let default = Options::default();
        let keep = match input::names(keep, "keep")? {
            Some(names) => names.iter().map(|name| Label::from_name(name)).collect::<Result<Vec<_>>>()?,
            None => default.keep,
        };
        let options = Options {
            keep: Label::ALL.into_iter().filter(|label| keep.contains(label)).collect(),
            model: model.map_or(Ok(default.model), |model| input::path(model, "model"))?,
            balance: Balance::from_name(balance)?,
            dateline: Keep::from_name("dateline", dateline)?,
            inline: Keep::from_name("inline", inline)?,
            markup: Keep::from_name("markup", markup)?,
            separator: separator.to_owned(),
            packs: input::names(packs, "packs")?.unwrap_or_default(),
            normalizer: normalizer.map(|normalizer| normalizer.clone()),
        };
        let cleaner = batch::guarded(py, || options.build())??;
        Ok(Self { cleaner, options })
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
        clean_with(&self.cleaner, text, source, lang, published, title)
    }

    #[doc = stub!(Cleaner.clean_many)]
    #[pyo3(signature = (texts, *, sources = None, threads = None))]
    fn clean_many(
        &self,
        texts: &Bound<'_, PyAny>,
        sources: Option<&Bound<'_, PyAny>>,
        threads: Option<i64>,
    ) -> PyResult<Vec<Option<Document>>> {
        let threads = batch::threads(threads)?;
        batch::clean_many(texts.py(), &self.cleaner, Feed::new(texts, sources)?, threads)
    }

    #[doc = stub!(Cleaner.clean_iter)]
    #[pyo3(signature = (texts, *, sources = None, threads = None))]
    fn clean_iter(
        &self,
        texts: &Bound<'_, PyAny>,
        sources: Option<&Bound<'_, PyAny>>,
        threads: Option<i64>,
    ) -> PyResult<CleanIter> {
        let threads = batch::threads(threads)?;
        Ok(CleanIter::new(self.cleaner.clone(), Feed::new(texts, sources)?, threads))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Cleaner({})", super::keywords(&self.options.changed(py)?)?))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<super::Rebuilt<'py>> {
        super::rebuild(slf.as_any(), slf.get().options.changed(slf.py())?)
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
    let cleaner = batch::guarded(text.py(), crate::cleaner::standard)?;
    clean_with(cleaner, text, source, lang, published, title)
}

fn clean_with(
    cleaner: &crate::Cleaner,
    text: &Bound<'_, PyAny>,
    source: Option<&Bound<'_, PyAny>>,
    lang: Option<&Bound<'_, PyAny>>,
    published: Option<&Bound<'_, PyAny>>,
    title: Option<&Bound<'_, PyAny>>,
) -> PyResult<Document> {
    let hints = Hints {
        source: input::hint(source, "source")?,
        lang: input::hint(lang, "lang")?,
        published: input::published(published)?,
        title: input::hint(title, "title")?,
    };
    let read = Text::read(text, "text")?;
    Ok(batch::guarded(text.py(), || Document::new(read.clean(cleaner, &hints)))?)
}
