//! Rows of columns: to lines as records are, and to columns with what is added beside what was there.

use super::work::{Making, Place, Worker};
use crate::error::Error;
use crate::io::columns::{Columns, Made as MadeColumns};
use crate::io::input::Source;
use crate::io::record::Record;
use crate::io::sheet::Block;
use crate::io::unit::At;

/// The clean text of a row, and what is added to it.
pub(super) type Cells = (Option<String>, Option<String>);

impl<'w> Worker<'w> {
    /// Cleans the rows of some columns.
    pub(super) fn rows(&'w self, making: &mut Making<'w>, columns: &Columns, source: &Source, input: usize) {
        let to_columns = making.format.is_columnar();
        let names = self.names();
        let mut rows = Vec::new();
        for row in 0..columns.len() {
            let place = Place { source, input, at: At::Number(columns.first + row as u64) };
            // To columns all others are carried as they are.
            let fields = columns.fields(row, to_columns.then_some(&names));
            let raw = || std::borrow::Cow::Owned(columns.fields(row, None).map(|all| lines(&all)).unwrap_or_default());
            let before = making.cells.len();
            match &fields {
                Ok(fields) => making.record(place, raw, || {
                    let mut task = self.of_record(Record::from_fields(fields)?)?;
                    task.to_cells = to_columns;
                    Ok(Some(task))
                }),
                Err(error) => making.record(place, raw, || Err(Error::format(error.to_string()))),
            }
            rows.extend((making.cells.len() > before).then_some(row));
        }
        if to_columns && !rows.is_empty() {
            let (texts, added): (Vec<_>, Vec<_>) = std::mem::take(&mut making.cells).into_iter().unzip();
            let placed = self.args.records.text_to.as_deref().map(|name| (name, &*texts));
            let field = self.added.as_ref().map(|field| (field, &*added));
            match MadeColumns::of(columns, &rows, placed, field) {
                Ok(made) => making.columns = Some(Block::Columns(made)),
                Err(error) => making.made.failed.push(error.context(source.shown()).to_string()),
            }
        }
    }

    /// The fields that are read of a record.
    fn names(&self) -> Vec<&str> {
        let args = &self.args.records;
        let hints = [&args.title_field, &args.lang_field, &args.date_field, &args.source_field];
        let text = args.html_field.as_ref().unwrap_or(&args.field);
        std::iter::once(&**text).chain(hints.into_iter().flatten().map(|name| &**name)).collect()
    }
}

/// A row as a line of JSON.
fn lines(fields: &[(String, String)]) -> Vec<u8> {
    let mut line = Vec::new();
    if let Ok(record) = Record::from_fields(fields) {
        record.write_with(None, None, &mut line);
    }
    line
}
