//! Columns of texts repaired: what `normalize_many` does, without an object of Python's for each text.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::prelude::*;

use super::capsule::{self, Arrays};
use super::{ArrowStream, Made, raised, refused};
use crate::Error;
use crate::batch::Chunk;
use crate::io::columns::texts::Texts;
use crate::python::batch;
use crate::python::normalizer::repair;

/// A stream with one column of strings, `text`, of a column of strings.
#[pyfunction]
#[pyo3(signature = (column, /, *, threads = None))]
pub(in crate::python) fn _normalize_arrow(column: &Bound<'_, PyAny>, threads: Option<i64>) -> PyResult<ArrowStream> {
    let threads = batch::threads(threads)?;
    let arrays = capsule::taken(column)?.ok_or_else(|| Error::config("column exports no column of Arrow"))?;
    if !holds_strings(arrays.field.data_type()) {
        let kind = arrays.field.data_type();
        return Err(Error::config(format!("the column is of the type {kind}, which holds no strings: cast it")).into());
    }
    let schema: SchemaRef = Arc::new(Schema::new(vec![Field::new("text", DataType::Utf8, true)]));
    let mut reader = Reader { arrays, schema: Arc::clone(&schema), threads, left: None };
    Ok(ArrowStream::new(schema, move || reader.made()))
}

fn holds_strings(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, values) => holds_strings(values),
        _ => false,
    }
}

/// Reads a column and repairs it, some rows at a time.
struct Reader {
    arrays: Arrays,
    schema: SchemaRef,
    threads: Option<usize>,
    /// What is left of an array that was read.
    left: Option<ArrayRef>,
}

impl Reader {
    fn made(&mut self) -> Made {
        let Some(array) = self.read()? else { return Ok(None) };
        let head = array.slice(0, array.len().min(Chunk::ITEMS));
        let rows = Texts::of(&head).at_once(head.len());
        if rows < array.len() {
            self.left = Some(array.slice(rows, array.len() - rows));
        }
        let texts = Texts::of(&array.slice(0, rows));
        // Nothing where the text is sound, or missing.
        let mended = |row| match texts.text(row)? {
            Cow::Borrowed(text) => repair(text),
            Cow::Owned(text) => Some(repair(&text).unwrap_or(text)),
        };
        let made = Python::attach(|py| batch::map(py, rows, self.threads, mended).map_err(|error| raised(py, &error)))?;
        let mut column =
            StringBuilder::with_capacity(rows, (0..rows).filter_map(|row| texts.get(row)).map(<[u8]>::len).sum());
        for (row, made) in made.into_iter().enumerate() {
            match made.map_err(|fault| refused(fault.context(format_args!("row {row}"))))? {
                Some(text) => column.append_value(text),
                None => column.append_option(texts.text(row)),
            }
        }
        RecordBatch::try_new(Arc::clone(&self.schema), vec![Arc::new(column.finish())]).map(Some)
    }

    /// The array that comes next, or what is left of the last.
    fn read(&mut self) -> Result<Option<ArrayRef>, ArrowError> {
        if let Some(left) = self.left.take() {
            return Ok(Some(left));
        }
        loop {
            match self.arrays.read()? {
                Some(array) if array.is_empty() => {}
                array => return Ok(array),
            }
        }
    }
}
