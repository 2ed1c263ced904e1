//! Readers of one field of one line.

use pyo3::prelude::*;

use super::batch::guarded;
use super::fields::{Byline, Caption, Dateline, Inline, Timestamp};
use super::input::{self, Str};
use crate::ParseOptions;
use crate::offsets::{CharIndex, Span};

/// Positions in bytes of `source` as code points.
fn in_chars(source: &str) -> impl Fn(Span) -> Span {
    let index = CharIndex::new(source);
    move |span| index.span(span)
}

#[doc = stub!(parse_dateline)]
#[pyfunction]
#[pyo3(signature = (text, *, lang = None, published = None))]
pub(super) fn parse_dateline(
    text: &Bound<'_, PyAny>,
    lang: Option<&Bound<'_, PyAny>>,
    published: Option<&Bound<'_, PyAny>>,
) -> PyResult<Option<Dateline>> {
    let (lang, published) = (input::lang(lang, "lang")?, input::published(published, "published")?);
    let source = Str::read(input::only_str(text)?)?;
    Ok(guarded(text.py(), || {
        let mut found = crate::parse_dateline(&source, &ParseOptions { lang, published, now: None })?;
        found.span = in_chars(&source)(found.span);
        Some(Dateline(found))
    })?)
}

#[doc = stub!(parse_byline)]
#[pyfunction]
#[pyo3(signature = (text, *, lang = None))]
pub(super) fn parse_byline(text: &Bound<'_, PyAny>, lang: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Byline>> {
    let lang = input::lang(lang, "lang")?;
    let source = Str::read(input::only_str(text)?)?;
    Ok(guarded(text.py(), || {
        let mut found = crate::parse_byline(&source, &ParseOptions { lang, ..ParseOptions::new() })?;
        let place = in_chars(&source);
        found.each_span(|span| *span = place(*span));
        Some(Byline(found))
    })?)
}

#[doc = stub!(parse_timestamps)]
#[pyfunction]
#[pyo3(signature = (text, *, lang = None, published = None, now = None))]
pub(super) fn parse_timestamps(
    text: &Bound<'_, PyAny>,
    lang: Option<&Bound<'_, PyAny>>,
    published: Option<&Bound<'_, PyAny>>,
    now: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<Timestamp>> {
    let (lang, published) = (input::lang(lang, "lang")?, input::published(published, "published")?);
    let now = input::now(now)?;
    let source = Str::read(input::only_str(text)?)?;
    Ok(guarded(text.py(), || {
        let place = in_chars(&source);
        let found = crate::parse_timestamps(&source, &ParseOptions { lang, published, now });
        let placed = found.into_iter().map(|time| crate::Timestamp { span: place(time.span), ..time });
        placed.map(Timestamp).collect()
    })?)
}

#[doc = stub!(parse_caption)]
#[pyfunction]
#[pyo3(signature = (text, *, lang = None))]
pub(super) fn parse_caption(text: &Bound<'_, PyAny>, lang: Option<&Bound<'_, PyAny>>) -> PyResult<Caption> {
    let lang = input::lang(lang, "lang")?;
    let source = Str::read(input::only_str(text)?)?;
    Ok(guarded(text.py(), || {
        let mut found = crate::parse_caption(&source, &ParseOptions { lang, ..ParseOptions::new() });
        let place = in_chars(&source);
        found.each_span(|span| *span = place(*span));
        Caption(found)
    })?)
}

#[doc = stub!(parse_inline)]
#[pyfunction]
#[pyo3(signature = (text, *, lang = None))]
pub(super) fn parse_inline(text: &Bound<'_, PyAny>, lang: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<Inline>> {
    let lang = input::lang(lang, "lang")?;
    let source = Str::read(input::only_str(text)?)?;
    Ok(guarded(text.py(), || {
        let place = in_chars(&source);
        let found = crate::parse_inline(&source, &ParseOptions { lang, ..ParseOptions::new() });
        found.into_iter().map(|inline| Inline(crate::Inline { span: place(inline.span), ..inline })).collect()
    })?)
}
