//! Rows of columns: to lines as records are, and to columns with what is added beside what was there.

use super::work::{Making, Place, Worker};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::io::columns::made::{Building, Only};
use crate::io::columns::{Columns, Made as MadeColumns};
use crate::io::input::Source;
use crate::io::record::Record;
use crate::io::sheet::Block;
use crate::io::unit::At;

/// What comes to rows of columns.
#[derive(Default)]
pub(super) struct Cells {
    /// Clean texts that are put into a column.
    texts: Vec<Option<String>>,
    /// What is added.
    added: Option<Building>,
    pub rows: usize,
}

impl Worker<'_> {
    /// The next row.
    ///
    /// # Errors
    /// When it cannot be held.
    pub(super) fn push(&self, cells: &mut Cells, document: Option<&Document>) -> Result<()> {
        if let Some(added) = &self.added {
            let building = match &mut cells.added {
                Some(building) => building,
                none => none.insert(added.building()?),
            };
            match added.fields {
                Some(_) => building.push(&Only(&added.name, document.map(|document| self.fields_of(document))))?,
                None => building.push(&Only(&added.name, document.map(|document| document.with(self.detail()))))?,
            }
        }
        if self.args.records.text_to.is_some() {
            cells.texts.push(document.map(|document| document.text().to_owned()));
        }
        cells.rows += 1;
        Ok(())
    }
}

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
            let before = making.cells.rows;
            match &fields {
                Ok(fields) => making.record(place, raw, || {
                    let mut task = self.of_record(Record::from_fields(fields)?)?;
                    task.to_cells = to_columns;
                    Ok(Some(task))
                }),
                Err(error) => making.record(place, raw, || Err(Error::format(error.to_string()))),
            }
            rows.extend((making.cells.rows > before).then_some(row));
        }
        if to_columns && !rows.is_empty() {
            let Cells { texts, added, .. } = std::mem::take(&mut making.cells);
            let placed = self.args.records.text_to.as_deref().map(|name| (name, &*texts));
            let field = self.added.as_ref().zip(added);
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
