//! Work without the interpreter, whose panics become errors.

use pyo3::prelude::*;

use crate::Result;

/// What `work` gives, which is done without the interpreter.
pub(super) fn guarded<R: Send>(py: Python<'_>, work: impl FnOnce() -> R + Send) -> Result<R> {
    py.detach(|| crate::batch::guarded(work))
}
