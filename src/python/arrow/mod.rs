//! Tables of Arrow, from whichever library they come and to whichever they go.

mod capsule;
mod repair;

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, BooleanArray, RecordBatch, RecordBatchOptions, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, Field as Column, Fields, Schema, SchemaRef};
use arrow_select::nullif::nullif;
use pyo3::exceptions::{PyKeyboardInterrupt, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyString};

use self::capsule::Arrays;
pub(super) use self::repair::_normalize_arrow;
use super::batch;
use super::input::names;
use crate::batch::{Chunk, guarded};
use crate::document::MarkdownOptions;
use crate::io::columns::clean::{Names, OnRowError, Plan, Wanted};
use crate::io::fields::Field;
use crate::{Cleaner, Error};

/// What is asked for of a table.
pub(super) struct Asked<'a, 'py> {
    pub text: String,
    pub html: Option<String>,
    pub source: Option<String>,
    pub title: Option<String>,
    pub lang: Option<String>,
    pub published: Option<String>,
    pub fields: Option<&'a Bound<'py, PyAny>>,
    pub into: Option<String>,
    pub on_error: &'a str,
    pub threads: Option<i64>,
}

/// The stream of what is made of a table.
pub(super) fn clean(data: &Bound<'_, PyAny>, cleaner: &Cleaner, asked: Asked<'_, '_>) -> PyResult<ArrowStream> {
    let alone = asked.fields.and_then(|fields| fields.cast::<PyString>().ok());
    let fields = match alone {
        Some(name) => vec![Field::from_name(name.to_str()?)?],
        None => match names(asked.fields, "fields")? {
            None => Field::usual(),
            Some(names) => names.iter().map(|name| Field::from_name(name)).collect::<Result<_, _>>()?,
        },
    };
    if fields.is_empty() {
        return Err(Error::config(format!("fields is empty: name some of {}", Field::NAMES.join(", "))).into());
    }
    if let Some(twice) = fields.iter().enumerate().find_map(|(i, field)| fields[..i].contains(field).then_some(field)) {
        return Err(Error::config(format!("fields names {twice} twice: name it once")).into());
    }
    let columns = Names {
        is_html: asked.html.is_some(),
        text: asked.html.unwrap_or(asked.text),
        source: asked.source,
        title: asked.title,
        lang: asked.lang,
        published: asked.published,
    };
    let (on_error, threads) = (OnRowError::from_name(asked.on_error)?, batch::threads(asked.threads)?);
    let Some(arrays) = capsule::taken(data)? else {
        let kind = data.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "data must be a table, a column or a stream of Arrow, of Polars, pandas, DuckDB or another library that exports one by \
             __arrow_c_stream__ or __arrow_c_array__, not {kind}: give lists of texts to clean_many"
        )));
    };
    let schema = match arrays.field.data_type() {
        // What can be null in a struct that can be is what a table must say of its columns.
        DataType::Struct(columns) => Schema::new_with_metadata(
            columns.iter().map(|column| column.as_ref().clone().with_nullable(true)).collect::<Fields>(),
            arrays.field.metadata().clone(),
        ),
        kind => Schema::new(vec![Column::new(&columns.text, kind.clone(), true)]),
    };
    let markdown = MarkdownOptions::default();
    let plan = Plan::new(
        &schema,
        Wanted { names: columns, fields, alone: alone.is_some(), into: asked.into, on_error, markdown },
    )?;
    let (given, schema) = (Arc::new(schema), plan.schema());
    let mut reader = Reader { arrays, given, plan, cleaner: cleaner.clone(), threads, left: None, before: 0 };
    Ok(ArrowStream::new(schema, move || reader.made()))
}

#[doc = stub!(ArrowStream)]
#[pyclass(frozen, module = "copydesk")]
pub(super) struct ArrowStream {
    schema: SchemaRef,
    reader: Mutex<Option<Batches>>,
}

type Batches = Box<dyn RecordBatchReader + Send>;

impl ArrowStream {
    /// Of the batches that `make` makes, one after the other, until there are none or one fails.
    fn new(schema: SchemaRef, make: impl FnMut() -> Made + Send + 'static) -> Self {
        let reader = Reading { schema: Arc::clone(&schema), make, over: false };
        Self { schema, reader: Mutex::new(Some(Box::new(reader))) }
    }
}

/// A batch, none after the last.
type Made = Result<Option<RecordBatch>, ArrowError>;

/// The batches that a function makes.
struct Reading<F> {
    schema: SchemaRef,
    make: F,
    over: bool,
}

impl<F: FnMut() -> Made> Iterator for Reading<F> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        // Whoever calls this is no Rust, and cannot be told of a panic.
        let next = guarded(&mut self.make).unwrap_or_else(|fault| Err(refused(fault))).transpose();
        self.over = !matches!(next, Some(Ok(_)));
        next
    }
}

impl<F: FnMut() -> Made> RecordBatchReader for Reading<F> {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

#[pymethods]
impl ArrowStream {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Another type may be asked for; what is asked for need not be given.
        let _ = requested_schema;
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner).take();
        let reader = reader.ok_or_else(|| {
            PyValueError::new_err(
                "this stream was read already: call clean_arrow again, or keep what was read in a table",
            )
        })?;
        capsule::stream(py, reader)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.schema)
    }

    fn __repr__(&self) -> String {
        let names = self.schema.fields().iter().map(|column| column.name().as_str());
        format!("<copydesk.ArrowStream {}>", names.collect::<Vec<_>>().join(", "))
    }
}

/// Reads a table and cleans it, some rows at a time.
struct Reader {
    arrays: Arrays,
    /// What they are as tables.
    given: SchemaRef,
    plan: Plan,
    cleaner: Cleaner,
    threads: Option<usize>,
    /// A batch that was read, and how many of its rows were taken.
    left: Option<(RecordBatch, usize)>,
    /// Rows that were cleaned.
    before: usize,
}

impl Reader {
    /// What was made of the next rows.
    fn made(&mut self) -> Made {
        let Some((batch, taken)) = self.read()? else { return Ok(None) };
        let head = batch.slice(taken, (batch.num_rows() - taken).min(Chunk::ITEMS));
        let rows = self.plan.at_once(&head);
        if taken + rows < batch.num_rows() {
            self.left = Some((batch, taken + rows));
        }
        let batch = head.slice(0, rows);
        let told = self.plan.rows(&batch);
        let clean = |row| told.clean(&self.cleaner, row);
        let made = Python::attach(|py| batch::map(py, rows, self.threads, clean).map_err(|error| raised(py, &error)))?;
        let made = made.into_iter().map(|made| made.and_then(|made| made)).collect();
        let made = self.plan.table(&batch, &told, self.before, made).map_err(refused)?;
        self.before += rows;
        Ok(Some(made))
    }

    /// The batch that comes next, or the one that was begun, with how many of its rows were taken.
    fn read(&mut self) -> Result<Option<(RecordBatch, usize)>, ArrowError> {
        if let Some(left) = self.left.take() {
            return Ok(Some(left));
        }
        loop {
            let Some(array) = self.arrays.read()? else { return Ok(None) };
            if !array.is_empty() {
                return table(&array, &self.given).map(|batch| Some((batch, 0)));
            }
        }
    }
}

/// An array as a table: its members, where it is a struct, else one column.
fn table(array: &ArrayRef, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let columns = match array.as_struct_opt() {
        Some(rows) => members(rows)?,
        None => vec![array.clone()],
    };
    let options = RecordBatchOptions::new().with_row_count(Some(array.len()));
    RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)
}

/// The members of a struct, null where it is.
fn members(rows: &StructArray) -> Result<Vec<ArrayRef>, ArrowError> {
    let Some(nulls) = rows.nulls().filter(|nulls| nulls.null_count() > 0) else { return Ok(rows.columns().to_vec()) };
    let missing = BooleanArray::new(!nulls.inner(), None);
    let null = |column: &ArrayRef| match column.data_type() {
        // They have no bits that say what is null.
        DataType::Union(..) | DataType::RunEndEncoded(..) => Ok(Arc::clone(column)),
        _ => nullif(column, &missing),
    };
    rows.columns().iter().map(null).collect()
}

/// What a stream says of an error of ours.
fn refused(error: Error) -> ArrowError {
    ArrowError::InvalidArgumentError(error.to_string())
}

/// What a stream says of an exception. Through a stream none can be raised: Ctrl-C is given back, to be raised when the interpreter
/// next runs. Until then nothing of Python's may run here, or it would be raised here and be lost.
fn raised(py: Python<'_>, error: &PyErr) -> ArrowError {
    let says = error.to_string();
    if error.is_instance_of::<PyKeyboardInterrupt>(py)
        && let Ok(thread) = py.import("_thread")
    {
        // It can only fail to be given back.
        let _ = thread.call_method0("interrupt_main");
    }
    ArrowError::InvalidArgumentError(says)
}
