//! What is written as JSON, as Python objects.

use pyo3::prelude::*;
use serde::Serialize;

/// As `dict`, `list`, `str`, `int`, `float`, `bool` and `None`.
pub(super) fn to_python<'py>(py: Python<'py>, it: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    Ok(pythonize::pythonize(py, it)?)
}
