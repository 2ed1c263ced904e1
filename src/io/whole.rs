//! Small files, read whole: models and language packs.

use std::path::Path;

use crate::error::{Error, Result};

/// The bytes of a file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| Error::io("read", path, error))
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String> {
    String::from_utf8(bytes(path)?).map_err(|_| Error::format(format!("{} is not UTF-8 text", path.display())))
}
