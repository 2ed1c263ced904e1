//! Streams and arrays of Arrow handed from one library to another, as the PyCapsule interface says
//! (arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html). Here alone memory is taken over from others, which no
//! compiler can check.
#![allow(unsafe_code, reason = "structs of C that other libraries fill")]

use std::ffi::CStr;
use std::ptr::NonNull;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{ArrayRef, RecordBatchReader, make_array};
use arrow_schema::{ArrowError, Field, FieldRef, Schema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// Arrays of one type, one after the other.
pub(super) struct Arrays {
    pub field: FieldRef,
    pub next: Box<dyn Iterator<Item = Result<ArrayRef, ArrowError>> + Send>,
}

impl Arrays {
    /// The next one.
    pub fn read(&mut self) -> Result<Option<ArrayRef>, ArrowError> {
        // Who exports them may want the interpreter, in another thread, too.
        Python::attach(|py| py.detach(|| self.next.next())).transpose()
    }
}

/// The arrays of something that exports them; nothing where it does not.
pub(super) fn taken(given: &Bound<'_, PyAny>) -> PyResult<Option<Arrays>> {
    if let Some(export) = given.getattr_opt("__arrow_c_stream__")? {
        let capsule = export.call0()?;
        let pointer = pointer(&capsule, STREAM)?;
        // SAFETY: a capsule of this name holds a valid struct of this type; it is moved out, and the capsule is left with one that is
        // released, as the interface wants it.
        let reader = unsafe { ArrayStreamReader::from_raw(pointer.as_ptr().cast::<FFI_ArrowArrayStream>()) };
        let reader = reader.map_err(failed)?;
        let field = arrow_array::ArrayReader::field(&reader).clone();
        return Ok(Some(Arrays { field, next: Box::new(reader) }));
    }
    let Some(export) = given.getattr_opt("__arrow_c_array__")? else { return Ok(None) };
    let pair = export.call0()?.cast_into::<PyTuple>()?;
    let (schema, array) = (pair.get_item(0)?, pair.get_item(1)?);
    let (schema, array) = (pointer(&schema, SCHEMA)?, pointer(&array, ARRAY)?);
    // SAFETY: as above.
    let (schema, array) =
        unsafe { (FFI_ArrowSchema::from_raw(schema.as_ptr().cast()), FFI_ArrowArray::from_raw(array.as_ptr().cast())) };
    if schema.release().is_none() || array.is_released() {
        return Err(PyValueError::new_err(
            "the array was taken already: __arrow_c_array__ must give a new one each time",
        ));
    }
    let field = Field::try_from(&schema).map_err(failed)?;
    // SAFETY: neither is released, and both belong together.
    let array = unsafe { from_ffi(array, &schema) }.map_err(failed)?;
    Ok(Some(Arrays { field: field.into(), next: Box::new(std::iter::once(Ok(make_array(array)))) }))
}

fn pointer(capsule: &Bound<'_, PyAny>, name: &'static CStr) -> PyResult<NonNull<std::ffi::c_void>> {
    capsule.cast::<PyCapsule>()?.pointer_checked(Some(name))
}

/// A stream to be handed over.
pub(super) fn stream<'py>(
    py: Python<'py>,
    reader: Box<dyn RecordBatchReader + Send>,
) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), STREAM)
}

/// A schema to be handed over.
pub(super) fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowSchema::try_from(schema).map_err(failed)?, SCHEMA)
}

fn failed(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}
