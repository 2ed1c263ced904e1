//! Rows of columns: to lines as records are, and to columns with what is added beside what was there.

use std::collections::BTreeMap;

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

/// Rows that go to one place.
#[derive(Default)]
struct Rows {
    rows: Vec<usize>,
    /// The same by their places among the records that are written.
    records: Vec<usize>,
    /// Clean texts that are put into a column.
    texts: Vec<Option<String>>,
    /// What is added.
    added: Option<Building>,
    bytes: usize,
}

impl<'w> Worker<'w> {
    /// Cleans the rows of some columns.
    pub(super) fn rows(&'w self, making: &mut Making<'w>, columns: &Columns, source: &Source, input: usize) {
        let to_columns = making.format.is_columnar();
        let names = self.names();
        // The rows that are written, and where they go.
        let mut rows: BTreeMap<String, Rows> = BTreeMap::new();
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
            if let Some(document) = making.cells.pop()
                && let Some(stood) = making.made.records.last()
            {
                let to = rows.entry(stood.value.clone()).or_default();
                if let Err(error) = self.push(to, document.as_deref()) {
                    return making.give_up(&error.context(source.shown()));
                }
                to.rows.push(row);
                to.records.push(making.made.records.len() - 1);
            }
        }
        let by_folders = self.args.form.by.is_some();
        let each = columns.bytes() / columns.len().max(1);
        for (value, Rows { rows, records, texts, added, bytes }) in rows {
            let placed = self.args.records.text_to.as_deref().map(|name| (name, &*texts));
            let field = self.added.as_ref().zip(added);
            match MadeColumns::of(columns, &rows, placed, field) {
                Ok(made) if by_folders => {
                    let bytes = bytes + each * rows.len();
                    making.made.split.push(Split { value, block: Block::Columns(made), records, bytes });
                }
                Ok(made) => making.columns = Some(Block::Columns(made)),
                Err(error) => return making.give_up(&error.context(source.shown())),
            }
        }
    }

    /// What comes to the next of some rows.
    ///
    /// # Errors
    /// When it cannot be held.
    fn push(&self, to: &mut Rows, document: Option<&Document>) -> Result<()> {
        if let Some(added) = &self.added {
            let building = match &mut to.added {
                Some(building) => building,
                none => none.insert(added.building()?),
            };
            match added.fields {
                Some(_) => building.push(&Only(&added.name, document.map(|document| self.fields_of(document))))?,
                None => building.push(&Only(&added.name, document.map(|document| document.with(self.detail()))))?,
            }
        }
        if self.args.records.text_to.is_some() {
            to.texts.push(document.map(|document| document.text().to_owned()));
        }
        to.bytes += document.map_or(0, |document| document.text().len());
        Ok(())
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
