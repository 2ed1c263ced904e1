//! What `copydesk.ftfy` is made of; the names and the manners of ftfy are given in Python.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyString;
use unicode_width::UnicodeWidthStr as _;

use super::batch::guarded;
use super::input::{only_str, wrong_type};
use super::written::Written;
use crate::text::repair::ftfy::{Account, Config, EncodingOptions, StandIns, Step, Unescape, fix_by_name, is_bad};
use crate::{Error, Form};

/// A `str` in which surrogates, if there are any, have stand-ins.
struct Given<'py> {
    given: Bound<'py, PyString>,
    text: Text,
    stand_ins: Option<StandIns>,
}

enum Text {
    Kept(PyBackedStr),
    Made(String),
}

impl<'py> Given<'py> {
    fn read(given: &Bound<'py, PyAny>) -> PyResult<Self> {
        let given = only_str(given)?.clone();
        if let Ok(text) = PyBackedStr::try_from(given.clone()) {
            return Ok(Self { given, text: Text::Kept(text), stand_ins: None });
        }
        let Written { text, surrogates } = Written::read(&given)?;
        let Some(stand_ins) = StandIns::for_text(&text) else {
            return Ok(Self { given, text: Text::Made(text), stand_ins: None });
        };
        let mut made = String::with_capacity(text.len() + surrogates.len());
        let mut done = 0;
        for (at, surrogate) in surrogates {
            made.push_str(text.get(done..at).unwrap_or_default());
            made.push(stand_ins.stand_in(surrogate));
            done = at + char::REPLACEMENT_CHARACTER.len_utf8();
        }
        made.push_str(text.get(done..).unwrap_or_default());
        Ok(Self { given, text: Text::Made(made), stand_ins: Some(stand_ins) })
    }

    /// What `work`, which is done without the interpreter, makes of the text: the object given when that is nothing else.
    fn map<T: Send>(
        self,
        work: impl for<'t> Fn(&'t str, Option<StandIns>) -> (Cow<'t, str>, T) + Send + Sync,
    ) -> PyResult<(Bound<'py, PyString>, T)> {
        let py = self.given.py();
        let text = match &self.text {
            Text::Kept(text) => &**text,
            Text::Made(text) => text,
        };
        let stand_ins = self.stand_ins;
        let (made, more) = guarded(py, || work(text, stand_ins))?;
        Ok(match (made, stand_ins) {
            (Cow::Borrowed(_), _) => (self.given, more),
            (Cow::Owned(made), None) => (PyString::new(py, &made), more),
            (Cow::Owned(made), Some(stand_ins)) => (written(&made, stand_ins).to_python(py)?, more),
        })
    }
}

/// The text with surrogates instead of their stand-ins.
fn written(text: &str, stand_ins: StandIns) -> Written {
    let mut written = Written::default();
    for c in text.chars() {
        match stand_ins.surrogate(c) {
            Some(surrogate) => {
                written.surrogates.push((written.text.len(), surrogate));
                written.text.push(char::REPLACEMENT_CHARACTER);
            }
            None => written.text.push(c),
        }
    }
    written
}

/// A `TextFixerConfig`, ready for use.
#[pyclass(frozen, module = "copydesk._core")]
pub(super) struct Fixer(crate::text::repair::ftfy::Fixer);

#[pymethods]
impl Fixer {
    #[new]
    fn new(config: &Bound<'_, PyAny>) -> PyResult<Self> {
        let is = |name: &str| config.getattr(name)?.is_truthy();
        let unescape = config.getattr("unescape_html")?;
        let auto = unescape.cast::<PyString>().is_ok_and(|text| text == "auto");
        let form = config.getattr("normalization")?;
        let form: Option<String> = if form.is_none() {
            None
        } else {
            Some(form.extract().map_err(|_| wrong_type(&form, "normalization", "str or None"))?)
        };
        Ok(Self(crate::text::repair::ftfy::Fixer::new(Config {
            unescape_html: match auto {
                true => Unescape::Auto,
                false if unescape.is_truthy()? => Unescape::Always,
                false => Unescape::Never,
            },
            remove_terminal_escapes: is("remove_terminal_escapes")?,
            fix_encoding: is("fix_encoding")?,
            encoding: encoding_options(is)?,
            fix_c1_controls: is("fix_c1_controls")?,
            fix_latin_ligatures: is("fix_latin_ligatures")?,
            fix_character_width: is("fix_character_width")?,
            uncurl_quotes: is("uncurl_quotes")?,
            fix_line_breaks: is("fix_line_breaks")?,
            fix_surrogates: is("fix_surrogates")?,
            remove_control_chars: is("remove_control_chars")?,
            normalization: match form.as_deref() {
                None => Form::None,
                Some(name @ ("NFC" | "NFD" | "NFKC" | "NFKD")) => Form::from_name(name)?,
                Some(name) => {
                    let message = format!("normalization {name:?} is no form: use NFC, NFD, NFKC, NFKD or None");
                    return Err(Error::config(message).into());
                }
            },
            max_decode_length: config.getattr("max_decode_length")?.extract()?,
        })))
    }

    fn fix_text<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
        Ok(Given::read(text)?.map(|text, stand_ins| (self.0.fix_text(text, stand_ins), ()))?.0)
    }

    fn fix_segment<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
        Ok(Given::read(text)?.map(|text, stand_ins| (self.0.fix_segment(text, stand_ins, None), ()))?.0)
    }

    fn explain_segment<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        encodings: bool,
    ) -> PyResult<(Bound<'py, PyString>, Vec<Step>)> {
        Given::read(text)?.map(|text, stand_ins| {
            let mut account = Account { encodings, ..Account::default() };
            (self.0.fix_segment(text, stand_ins, Some(&mut account)), account.steps)
        })
    }

    fn fix_encoding<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
        Ok(Given::read(text)?.map(|text, stand_ins| (self.0.fix_encoding(text, stand_ins), ()))?.0)
    }

    fn explain_encoding<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        encodings: bool,
    ) -> PyResult<(Bound<'py, PyString>, Vec<Step>)> {
        Given::read(text)?.map(|text, stand_ins| {
            let mut account = Account { encodings, ..Account::default() };
            (self.0.explain_encoding(text, stand_ins, &mut account), account.steps)
        })
    }
}

fn encoding_options(is: impl Fn(&str) -> PyResult<bool>) -> PyResult<EncodingOptions> {
    Ok(EncodingOptions {
        restore_byte_a0: is("restore_byte_a0")?,
        replace_lossy_sequences: is("replace_lossy_sequences")?,
        decode_inconsistent_utf8: is("decode_inconsistent_utf8")?,
        fix_c1_controls: is("fix_c1_controls")?,
        nel_ends_lines: false,
    })
}

/// One repair of ftfy's module `fixes` by name.
#[pyfunction]
pub(super) fn ftfy_fix<'py>(name: &str, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    let (fixed, known) = Given::read(text)?.map(|text, stand_ins| match fix_by_name(name, text, stand_ins) {
        Some(Some(fixed)) => (Cow::Owned(fixed), true),
        unchanged => (Cow::Borrowed(text), unchanged.is_some()),
    })?;
    match known {
        true => Ok(fixed),
        false => {
            Err(Error::config(format!("there is no repair {name:?}: the module fixes has those there are")).into())
        }
    }
}

/// Whether a text looks like mojibake.
#[pyfunction]
pub(super) fn ftfy_is_bad(text: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(Given::read(text)?.map(|text, _| (Cow::Borrowed(text), is_bad(text)))?.1)
}

/// How many cells of a terminal a text takes up; -1 where it holds a control character.
#[pyfunction]
pub(super) fn display_width(text: &Bound<'_, PyAny>) -> PyResult<i64> {
    // NUL, which takes no room, is none.
    let width = |text: &str| match text.chars().any(|c| c.is_control() && c != '\0') {
        true => -1,
        false => i64::try_from(text.width()).unwrap_or(i64::MAX),
    };
    Ok(Given::read(text)?.map(|text, _| (Cow::Borrowed(text), width(text)))?.1)
}
