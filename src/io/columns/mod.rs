//! Tables that are stored by their columns: Arrow in memory, and Arrow and Parquet in files. Columns are carried through with their
//! types; those that are added have the types of [`schema`](super::schema), whatever is in them.

#[cfg(feature = "columnar")]
mod build;
#[cfg(feature = "python")]
pub(crate) mod clean;
#[cfg(feature = "columnar")]
mod json;
pub(crate) mod made;
#[cfg(feature = "columnar")]
mod read;
#[cfg(feature = "columnar")]
mod seen;
#[cfg(feature = "python")]
pub(crate) mod texts;
#[cfg(feature = "columnar")]
mod write;

#[cfg(feature = "columnar")]
pub(crate) use read::Columns;
#[cfg(feature = "columnar")]
pub(super) use read::Reader;
#[cfg(feature = "columnar")]
pub(crate) use write::Made;
#[cfg(feature = "columnar")]
pub(super) use write::Writer;

/// What is said of columns by those who wrote them, which new ones would make wrong.
const SAID: [&str; 2] = ["huggingface", "pandas"];

/// What a reader or a writer of columns says.
#[cfg(feature = "columnar")]
fn failed(error: arrow_schema::ArrowError) -> std::io::Error {
    match error {
        arrow_schema::ArrowError::IoError(_, error) => error,
        error => std::io::Error::new(std::io::ErrorKind::InvalidData, error.to_string()),
    }
}
