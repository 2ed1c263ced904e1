//! The files of a cleaner's configuration: models and packs of one's own.

use std::path::Path;

use super::input::Source;
use crate::cleaner::{CleanerBuilder, MODELS};
use crate::error::Result;
use crate::shown;

/// Whether a model of that name comes with the crate.
pub(crate) fn is_named(model: &Path) -> bool {
    MODELS.into_iter().any(|name| model == Path::new(name))
}

/// Sets a model by its name or by the path of its file, which is read.
///
/// # Errors
/// When it is not a name and its file cannot be read; where there is no such file, with the names that there are.
pub(crate) fn set_model(builder: &mut CleanerBuilder, model: &Path) -> Result<()> {
    if let Some(name) = MODELS.into_iter().find(|name| model == Path::new(name)) {
        builder.model(name);
        return Ok(());
    }
    let bytes = Source::File(model.to_owned()).read_model().map_err(|error| {
        let missing = error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound);
        if !missing {
            return error;
        }
        error.context(format_args!(
            "model {:?} is not known: use one of {}, or the path of a file made by training",
            shown::name(model),
            MODELS.join(", ")
        ))
    })?;
    builder.model_file(shown::name(model), bytes);
    Ok(())
}

/// Adds the pack in a file.
///
/// # Errors
/// When the file cannot be read, or is not text in UTF-8.
pub(crate) fn add_pack(builder: &mut CleanerBuilder, path: &Path) -> Result<()> {
    let text = Source::File(path.to_owned()).read_text()?;
    builder.pack(shown::name(path), text);
    Ok(())
}
