//! Rows of columns: to lines as records are, and to columns with what is added beside what was there.

use super::raw::Raw;
use super::work::{Making, Place, Split, Worker};
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
    /// The rows, by their places in the columns and among the records that are written.
    rows: Vec<usize>,
    records: Vec<usize>,
    /// Bytes that the texts have.
    bytes: usize,
}

impl Worker<'_> {
    /// The next row, by its place in the columns and among the records.
    ///
    /// # Errors
    /// When it cannot be held.
    pub(super) fn push(&self, cells: &mut Cells, document: Option<&Document>, row: usize, record: usize) -> Result<()> {
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
        cells.rows.push(row);
        cells.records.push(record);
        cells.bytes += document.map_or(0, |document| document.text().len());
        Ok(())
    }
}

impl<'w> Worker<'w> {
    /// Cleans the rows of some columns.
    pub(super) fn rows(&'w self, making: &mut Making<'w>, columns: &Columns, source: &Source, input: usize) {
        let to_columns = making.format.is_columnar();
        let names = self.names();
        for row in 0..columns.len() {
            let place = Place { source, input, at: At::Number(columns.first + row as u64) };
            // To columns all others are carried as they are.
            let fields = columns.fields(row, to_columns.then_some(&names));
            let raw = Raw::Columns(columns, row);
            match &fields {
                Ok(fields) => making.record(place, raw, || {
                    let mut task = self.of_record(Record::from_fields(fields)?)?;
                    task.to_cells = to_columns;
                    Ok(Some(task))
                }),
                Err(error) => making.record(place, raw, || Err(Error::format(error.to_string()))),
            }
        }
        let by_folders = self.args.form.by.is_some();
        let each = columns.bytes() / columns.len().max(1);
        for (value, Cells { texts, added, rows, records, bytes }) in std::mem::take(&mut making.cells) {
            let placed = self.args.records.text_to.as_deref().map(|name| (name, &*texts));
            let field = self.added.as_ref().zip(added);
            match MadeColumns::of(columns, &rows, placed, field) {
                Ok(made) if by_folders => {
                    let bytes = bytes + each * rows.len();
                    making.made.split.push(Split { value, block: Block::Columns(made), records, bytes });
                }
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
        let hints = hints.into_iter().chain([&args.id_field]);
        std::iter::once(&**text).chain(hints.flatten().map(|name| &**name)).collect()
    }
}
