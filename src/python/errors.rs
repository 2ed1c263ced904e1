//! The crate's error as Python exceptions.

use pyo3::PyErr;

use crate::error::Error;

mod raised {
    pyo3::import_exception!(copydesk._errors, ConfigError);
    pyo3::import_exception!(copydesk._errors, FormatError);
    pyo3::import_exception!(copydesk._errors, FileError);
    pyo3::import_exception!(copydesk._errors, FaultError);
}

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        let message = error.to_string();
        match error.io_error().map(|io| io.raw_os_error()) {
            Some(Some(number)) => raised::FileError::new_err((number, message)),
            Some(None) => raised::FileError::new_err(message),
            None if error.is_fault() => raised::FaultError::new_err(message),
            None if error.is_format() => raised::FormatError::new_err(message),
            None => raised::ConfigError::new_err(message),
        }
    }
}
