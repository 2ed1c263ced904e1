//! Options that several subcommands share, and how their values are read.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cleaner::{Balance, CleanerBuilder, Keep};
use crate::error::{Error, Result};
use crate::io::configuration;
use crate::io::input::Source;
use crate::labels::Label;

/// The model and where it draws the line.
#[derive(clap::Args, Debug)]
pub(super) struct ModelArgs {
    /// "default", "fast", or the file of a model made by training
    #[arg(long, value_name = "FILE", default_value = "default")]
    model: PathBuf,
    /// Where the line between story and furniture is drawn; it moves what is kept, never a label
    #[arg(long, value_name = "NAME", default_value = Balance::Balanced.name(), value_parser = balance())]
    balance: Balance,
    /// A pack of your own, phrases by label and site; may be given several times (docs/packs.md)
    #[arg(long = "pack", value_name = "FILE")]
    packs: Vec<PathBuf>,
}

impl ModelArgs {
    /// Sets them.
    ///
    /// # Errors
    /// When a file cannot be read, and when a pack is not text in UTF-8.
    pub fn apply(&self, builder: &mut CleanerBuilder) -> Result<()> {
        builder.balance(self.balance);
        configuration::set_model(builder, &self.model)?;
        self.packs.iter().try_for_each(|path| configuration::add_pack(builder, path))
    }

    /// The files that are read for it.
    pub fn files(&self) -> impl Iterator<Item = Source> {
        let model = Some(&self.model).filter(|model| !configuration::is_named(model));
        model.into_iter().chain(&self.packs).map(|path| Source::File(path.clone()))
    }
}

/// How many threads work.
#[derive(clap::Args)]
pub(super) struct ThreadArgs {
    /// Threads that work; the answer is the same for any number [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
}

impl ThreadArgs {
    pub fn count(&self) -> Option<usize> {
        self.threads.map(usize::from)
    }
}

pub(super) fn label() -> impl TypedValueParser<Value = Label> {
    PossibleValuesParser::new(Label::ALL.map(Label::name)).try_map(|name| Label::from_name(&name))
}

pub(super) fn balance() -> impl TypedValueParser<Value = Balance> {
    PossibleValuesParser::new(Balance::ALL.map(Balance::name)).try_map(|name| Balance::from_name(&name))
}

pub(super) fn keep() -> impl TypedValueParser<Value = Keep> {
    PossibleValuesParser::new(Keep::ALL.map(Keep::name)).try_map(|name| Keep::from_name(&name))
}

/// Text with `\n`, `\t`, `\r` and `\\` in it.
pub(super) fn escaped(given: &str) -> Result<String> {
    let mut text = String::with_capacity(given.len());
    let mut chars = given.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('\\') => text.push('\\'),
            Some(other) => return Err(Error::config(format!(r"\{other} is not known: use \n, \t, \r or \\"))),
            None => return Err(Error::config(r"it ends in a lone \: use \\ for a backslash")),
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        assert_eq!(escaped(r"\n\t\\n x").unwrap(), "\n\t\\n x");
        assert!(escaped(r"\q").unwrap_err().to_string().contains(r"\q is not known"));
        assert!(escaped("\\").is_err());
    }
}
