//! Rows written to Parquet and Arrow files.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, RecordBatch, UInt32Array};
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::filter::filter_record_batch;
use arrow_select::take::take_record_batch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use serde_json::Value;

use super::made::Building;
use super::{Columns, SAID, build, failed, seen};
use crate::error::{Error, Result};
use crate::io::format::Format;
use crate::io::schema::Type;
use crate::io::sheet::{Added, Block, Refused};

/// A row group is written when so much of it is waiting.
const GROUP_BYTES: usize = 32 << 20;

/// Rows that were read as columns, with what is added to them.
#[derive(Debug)]
pub(crate) struct Made(RecordBatch);

impl Made {
    /// The `rows` of what was read, each with a text in the column `placed` and what is added.
    ///
    /// # Errors
    /// When the columns do not go together.
    pub fn of(
        columns: &Columns,
        rows: &[usize],
        placed: Option<(&str, &[Option<String>])>,
        added: Option<(&Added, Building)>,
    ) -> Result<Self> {
        let wrong = |error: arrow_schema::ArrowError| Error::format(error.to_string());
        let indices: UInt32Array = rows.iter().map(|row| u32::try_from(*row).ok()).collect();
        let batch = if rows.len() == columns.len() {
            columns.batch.clone()
        } else {
            take_record_batch(&columns.batch, &indices).map_err(wrong)?
        };
        let old = batch.schema();
        let mut fields: Vec<Arc<Field>> = old.fields().iter().cloned().collect();
        let mut all: Vec<ArrayRef> = batch.columns().to_vec();
        let mut put = |name: &str, column: ArrayRef, at_end: bool| {
            let field = Arc::new(Field::new(name, column.data_type().clone(), true));
            match fields.iter().position(|field| field.name() == name) {
                Some(at) if at_end => {
                    fields.remove(at);
                    all.remove(at);
                }
                Some(at) => {
                    fields[at] = field;
                    all[at] = column;
                    return;
                }
                None => {}
            }
            fields.push(field);
            all.push(column);
        };
        if let Some((name, texts)) = placed {
            put(name, Arc::new(texts.iter().map(Option::as_deref).collect::<arrow_array::StringArray>()), false);
        }
        if let Some((added, building)) = added {
            building.end()?.into_iter().for_each(|column| put(&added.name, column, true));
        }
        let mut said = old.metadata().clone();
        said.retain(|key, _| !SAID.contains(&&**key));
        let schema = Arc::new(Schema::new_with_metadata(fields, said));
        RecordBatch::try_new(schema, all).map(Self).map_err(wrong)
    }

    pub fn len(&self) -> usize {
        self.0.num_rows()
    }
}

/// The type of the field that is added.
fn kind(added: &Added) -> DataType {
    match &added.fields {
        Some(fields) => (&Type::of_fields(fields)).into(),
        None => (&Type::whole()).into(),
    }
}

impl Added {
    /// The column of it, to be made.
    ///
    /// # Errors
    /// When it cannot be.
    pub fn building(&self) -> Result<Building> {
        Building::new(&[Arc::new(Field::new(&self.name, kind(self), true))])
    }
}

/// Writes a file. What was written is taken from it after each step.
pub(in crate::io) struct Writer {
    format: Format,
    added: Option<Added>,
    open: Option<(SchemaRef, Open)>,
}

enum Open {
    Parquet(ArrowWriter<Vec<u8>>),
    File(FileWriter<Vec<u8>>),
    Stream(StreamWriter<Vec<u8>>),
}

impl Writer {
    pub const fn new(format: Format, added: Option<Added>) -> Self {
        Self { format, added, open: None }
    }

    /// What is to be written now of a block.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn write(
        &mut self,
        block: Block,
        mut keep: impl FnMut(usize) -> bool,
        refused: &mut Vec<Refused>,
    ) -> io::Result<Vec<u8>> {
        // The rows that can be written, and their places in the block.
        let (places, batch) = match block {
            Block::Columns(Made(batch)) => ((0..batch.num_rows()).collect(), batch),
            Block::Table(rows) => match self.table(rows, refused).map_err(failed)? {
                Some(found) => found,
                None => return Ok(Vec::new()),
            },
            Block::Bytes(_) => return Err(io::Error::other("a block of another format")),
        };
        if self.open.as_ref().is_some_and(|(schema, _)| schema.fields() != batch.schema().fields()) {
            let why =
                "its columns are not those of the first file: write them into a folder, each to a file of its own";
            refused.extend(places.into_iter().map(|place| (place, why.to_owned())));
            return Ok(Vec::new());
        }
        let mask: BooleanArray = places.into_iter().map(|place| Some(keep(place))).collect();
        let batch = filter_record_batch(&batch, &mask).map_err(failed)?;
        let (schema, open) = match &mut self.open {
            Some(open) => open,
            none => none.insert((batch.schema(), Open::new(self.format, &batch.schema())?)),
        };
        let batch = RecordBatch::try_new(Arc::clone(schema), batch.columns().to_vec()).map_err(failed)?;
        open.write(&batch)
    }

    /// Rows of JSON as columns: of the types of the first ones.
    fn table(
        &self,
        rows: Vec<Vec<(String, String)>>,
        refused: &mut Vec<Refused>,
    ) -> std::result::Result<Option<(Vec<usize>, RecordBatch)>, arrow_schema::ArrowError> {
        let read = |row: Vec<(String, String)>| {
            let value = |(name, json): (String, String)| (name, serde_json::from_str(&json).unwrap_or_default());
            row.into_iter().map(value).collect::<Vec<(String, Value)>>()
        };
        let mut rows: Vec<(usize, Vec<(String, Value)>)> =
            rows.into_iter().enumerate().map(|(i, row)| (i, read(row))).collect();
        if rows.is_empty() {
            return Ok(None);
        }
        let known = self.open.as_ref().map(|(schema, _)| Arc::clone(schema));
        let schema = known.unwrap_or_else(|| Arc::new(self.seen(&rows)));
        let places: HashMap<&str, usize> =
            schema.fields().iter().enumerate().map(|(at, field)| (field.name().as_str(), at)).collect();
        rows.retain(|(i, row)| match row.iter().find(|(name, _)| !places.contains_key(name.as_str())) {
            Some((name, _)) => {
                let why = format!("the field {name:?} is not among the columns, which are those of the first records");
                refused.push((*i, why));
                false
            }
            None => true,
        });
        // Without what is of another type there is nothing wrong a second time.
        loop {
            let mut cells: Vec<Vec<Option<&Value>>> = vec![vec![None; rows.len()]; schema.fields().len()];
            for (row, (_, fields)) in rows.iter().enumerate() {
                for (name, value) in fields {
                    if let Some(cell) = places.get(name.as_str()).and_then(|at| cells.get_mut(*at)?.get_mut(row)) {
                        *cell = Some(value);
                    }
                }
            }
            let mut reasons: BTreeMap<usize, String> = BTreeMap::new();
            let mut made = |(field, values): (&Arc<Field>, &Vec<Option<&Value>>)| {
                let mut wrong = build::Wrong::new();
                let column = build::column(field.data_type(), values, &mut wrong);
                for (row, why) in wrong {
                    reasons.entry(row).or_insert_with(|| format!("the field {:?}: {why}", field.name()));
                }
                column
            };
            let columns: Vec<ArrayRef> = schema.fields().iter().zip(&cells).map(&mut made).collect();
            if rows.is_empty() {
                return Ok(None);
            }
            if reasons.is_empty() {
                let places = rows.iter().map(|(i, _)| *i).collect();
                return RecordBatch::try_new(Arc::clone(&schema), columns).map(|batch| Some((places, batch)));
            }
            let mut row = 0..;
            rows.retain(|(i, _)| match row.next().and_then(|row| reasons.remove(&row)) {
                Some(why) => {
                    refused.push((*i, why));
                    false
                }
                None => true,
            });
        }
    }

    /// The columns of the first rows.
    fn seen(&self, rows: &[(usize, Vec<(String, Value)>)]) -> Schema {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in rows.iter().flat_map(|(_, row)| row) {
            if !names.contains(&&**name) {
                names.push(name);
            }
        }
        let kind = |name: &str| match &self.added {
            Some(added) if added.name == name => kind(added),
            _ => {
                seen::seen(rows.iter().flat_map(|(_, row)| row).filter(|(one, _)| one == name).map(|(_, value)| value))
            }
        };
        Schema::new(names.iter().map(|name| Field::new(*name, kind(name), true)).collect::<Vec<_>>())
    }

    /// What is to be written at the end.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn end(&mut self) -> io::Result<Vec<u8>> {
        let (_, open) = match &mut self.open {
            Some(open) => open,
            none => {
                let empty = Arc::new(Schema::empty());
                none.insert((Arc::clone(&empty), Open::new(self.format, &empty)?))
            }
        };
        open.end()
    }
}

fn parquet_failed(error: ParquetError) -> io::Error {
    io::Error::other(error.to_string())
}

impl Open {
    fn new(format: Format, schema: &SchemaRef) -> io::Result<Self> {
        let options = || {
            let packed = IpcWriteOptions::default().try_with_compression(Some(CompressionType::LZ4_FRAME));
            packed.map_err(failed)
        };
        Ok(match format {
            Format::Arrow => {
                Self::File(FileWriter::try_new_with_options(Vec::new(), schema, options()?).map_err(failed)?)
            }
            Format::Arrows => {
                Self::Stream(StreamWriter::try_new_with_options(Vec::new(), schema, options()?).map_err(failed)?)
            }
            _ => {
                let level = ZstdLevel::try_new(3).map_err(parquet_failed)?;
                let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
                let writer = ArrowWriter::try_new(Vec::new(), Arc::clone(schema), Some(properties));
                Self::Parquet(writer.map_err(parquet_failed)?)
            }
        })
    }

    fn write(&mut self, batch: &RecordBatch) -> io::Result<Vec<u8>> {
        match self {
            Self::Parquet(writer) => {
                writer.write(batch).map_err(parquet_failed)?;
                if writer.in_progress_size() > GROUP_BYTES {
                    writer.flush().map_err(parquet_failed)?;
                }
                Ok(std::mem::take(writer.inner_mut()))
            }
            Self::File(writer) => {
                writer.write(batch).map_err(failed)?;
                Ok(std::mem::take(writer.get_mut()))
            }
            Self::Stream(writer) => {
                writer.write(batch).map_err(failed)?;
                Ok(std::mem::take(writer.get_mut()))
            }
        }
    }

    fn end(&mut self) -> io::Result<Vec<u8>> {
        match self {
            Self::Parquet(writer) => {
                writer.finish().map_err(parquet_failed)?;
                Ok(std::mem::take(writer.inner_mut()))
            }
            Self::File(writer) => {
                writer.finish().map_err(failed)?;
                Ok(std::mem::take(writer.get_mut()))
            }
            Self::Stream(writer) => {
                writer.finish().map_err(failed)?;
                Ok(std::mem::take(writer.get_mut()))
            }
        }
    }
}
