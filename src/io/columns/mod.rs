//! Tables that are stored by their columns: Parquet and Arrow. Columns are carried through with their types.

mod build;
mod json;
mod read;
mod schema;
mod write;

pub(crate) use read::Columns;
pub(super) use read::Reader;
pub(crate) use write::Made;
pub(super) use write::Writer;

use arrow_schema::ArrowError;

/// What a reader or a writer of columns says.
fn failed(error: ArrowError) -> std::io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        error => std::io::Error::new(std::io::ErrorKind::InvalidData, error.to_string()),
    }
}
