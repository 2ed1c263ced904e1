//! A record as it was read, for what is told of it.

use std::borrow::Cow;

#[cfg(feature = "columnar")]
use crate::io::columns::Columns;
use crate::io::record::Record;
use crate::io::unit::Row;
use crate::io::warc::Page;

/// A record as it was read.
#[derive(Clone, Copy)]
pub(super) enum Raw<'r> {
    Line(&'r [u8]),
    /// The names of a table, and a row of it.
    Row(&'r [String], &'r Row),
    Page(&'r Page),
    /// A file, which is told of by its name.
    File,
    /// A row of columns.
    #[cfg(feature = "columnar")]
    Columns(&'r Columns, usize),
}

impl<'r> Raw<'r> {
    /// As much of it as a reject shows.
    pub fn bytes(self) -> Cow<'r, [u8]> {
        match self {
            Self::Line(line) => Cow::Borrowed(line),
            Self::Row(_, row) => Cow::Owned(row.values.iter().collect::<Vec<_>>().join(&b'\t')),
            Self::Page(page) => Cow::Borrowed(page.raw()),
            Self::File => Cow::Borrowed(&[]),
            #[cfg(feature = "columnar")]
            Self::Columns(columns, row) => {
                let fields = columns.fields(row, None).unwrap_or_default();
                let mut line = Vec::new();
                if let Ok(record) = Record::from_fields(&fields) {
                    record.write_with(None, None, &mut line);
                }
                Cow::Owned(line)
            }
        }
    }

    /// What is in a field, as JSON; nothing where that is null, or cannot be read.
    pub fn id(self, field: &str) -> Option<String> {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Line(line) => Record::of(line).ok()?.json(field).map(str::to_owned),
            Self::Row(names, row) => {
                let at = names.iter().rposition(|name| name == field)?;
                row.values.get(at).map(|value| text(&String::from_utf8_lossy(value)))
            }
            Self::Page(page) => page.said(field).map(text),
            Self::File => None,
            #[cfg(feature = "columnar")]
            Self::Columns(columns, row) => {
                let fields = columns.fields(row, Some(&[field])).ok()?;
                fields.into_iter().next_back().map(|(_, json)| json).filter(|json| json != "null")
            }
        }
    }
}
