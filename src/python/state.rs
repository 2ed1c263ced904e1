//! Pickling: an object is its class's name and its state, and one function puts it together again.

use std::fmt::Display;
use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::batch::guarded;
use crate::document::valid::Valid;
use crate::error::{Error, Result};

/// What `__reduce__` gives: the function, and what it is called with.
pub(super) type Reduced<'py, Args> = PyResult<(Bound<'py, PyAny>, Args)>;

/// `_core.<function>` and its arguments.
pub(super) fn reduce<'py, Args>(py: Python<'py>, function: &str, args: Args) -> Reduced<'py, Args> {
    Ok((py.import("copydesk._core")?.getattr(function)?, args))
}

/// The state of an object: the same bytes for equal objects.
pub(super) fn save<'py>(py: Python<'py>, it: &impl Serialize) -> PyResult<Bound<'py, PyBytes>> {
    Ok(PyBytes::new(py, &bytes(it)?))
}

/// The object of that state.
pub(super) fn load<T: DeserializeOwned + Valid>(state: &[u8]) -> Result<T> {
    let it: T = read(state)?;
    it.check().map_err(refused)?;
    Ok(it)
}

/// The same of what can be checked only beside something else.
pub(super) fn read<T: DeserializeOwned>(state: &[u8]) -> Result<T> {
    serde_json::from_slice(state).map_err(refused)
}

/// Why a pickle cannot be read.
pub(super) fn refused(why: impl Display) -> Error {
    Error::format(format!(
        "a pickle of another version of copydesk, or of something else, cannot be read: {why}; make it again from the text"
    ))
}

/// Equal for equal states.
pub(super) fn hash(it: &impl Serialize) -> PyResult<u64> {
    Ok(hash_of(&bytes(it)?))
}

/// The same of what can be hashed.
pub(super) fn hash_of(it: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    it.hash(&mut hasher);
    hasher.finish()
}

fn bytes(it: &impl Serialize) -> Result<Vec<u8>> {
    guarded(|| serde_json::to_vec(it))?.map_err(not_written)
}

/// Why there is no pickle.
pub(super) fn not_written(why: impl Display) -> Error {
    Error::format(format!("cannot be pickled: {why}"))
}
