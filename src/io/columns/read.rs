//! Rows of Parquet and Arrow files, some at a time.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::SchemaRef;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::reader::ChunkReader;

use super::{failed, json};
use crate::error::Result;
use crate::io::format::Format;
use crate::io::input::{Count, Source};
use crate::io::unit::{UNIT_BYTES, UNIT_ITEMS};

/// Some rows that follow one another.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(super) batch: RecordBatch,
    /// The number of the first row, from 1.
    pub first: u64,
    bytes: usize,
}

/// Reads a file.
pub(in crate::io) struct Reader {
    batches: Box<dyn Iterator<Item = io::Result<RecordBatch>> + Send>,
    /// What is left of a batch, and the bytes of one of its rows.
    left: Option<(RecordBatch, usize)>,
    read: u64,
    /// What a row adds to what was read of the file, whose reader is not counted.
    row_bytes: f64,
    count: Arc<Count>,
}

/// A file that can be read anywhere, or what was read of a stream.
trait Anywhere: ChunkReader + Send + 'static {}
impl<T: ChunkReader + Send + 'static> Anywhere for T {}

impl Reader {
    /// Opens what `from` begins; where it is a file, it is opened anew, because it is read from its end.
    ///
    /// # Errors
    /// When it cannot be read, or is not what it says.
    pub fn open(
        format: Format,
        source: &Source,
        mut from: Box<dyn BufRead + Send>,
        packed: bool,
        count: &Arc<Count>,
    ) -> io::Result<Self> {
        let file = source.path().filter(|path| !packed && path.is_file()).map(File::open).transpose()?;
        let size = file.as_ref().and_then(|file| file.metadata().ok()).map_or(0, |about| about.len());
        let mut whole = Vec::new();
        if file.is_none() && format != Format::Arrows {
            from.read_to_end(&mut whole)?;
        }
        let mut rows = 0;
        let batches: Box<dyn Iterator<Item = io::Result<RecordBatch>> + Send> = match (format, file) {
            (Format::Parquet, Some(file)) => parquet(file, &mut rows)?,
            (Format::Parquet, None) => parquet(bytes::Bytes::from(whole), &mut rows)?,
            (Format::Arrow, Some(file)) => {
                let reader = FileReader::try_new(BufReader::new(file), None).map_err(failed)?;
                Box::new(reader.map(|batch| batch.map_err(failed)))
            }
            (Format::Arrow, None) => {
                let reader = FileReader::try_new(Cursor::new(whole), None).map_err(failed)?;
                Box::new(reader.map(|batch| batch.map_err(failed)))
            }
            _ => {
                let reader = StreamReader::try_new(from, None).map_err(failed)?;
                Box::new(reader.map(|batch| batch.map_err(failed)))
            }
        };
        let row_bytes = if rows > 0 { size as f64 / rows as f64 } else { 0.0 };
        Ok(Self { batches, left: None, read: 0, row_bytes, count: Arc::clone(count) })
    }

    /// The next rows, `None` at the end.
    ///
    /// # Errors
    /// What the file says.
    pub fn next(&mut self) -> io::Result<Option<Columns>> {
        while self.left.is_none() {
            let Some(batch) = self.batches.next().transpose()? else { return Ok(None) };
            if batch.num_rows() > 0 {
                let each = batch.get_array_memory_size() / batch.num_rows();
                self.left = Some((batch, each.max(1)));
            }
        }
        Ok(self.left.take().map(|(batch, each)| {
            let rows = (UNIT_BYTES / each).clamp(1, UNIT_ITEMS).min(batch.num_rows());
            let first = self.read + 1;
            self.read += rows as u64;
            self.count.add((rows as f64 * self.row_bytes) as u64);
            if rows < batch.num_rows() {
                self.left = Some((batch.slice(rows, batch.num_rows() - rows), each));
            }
            Columns { batch: batch.slice(0, rows), first, bytes: rows * each }
        }))
    }

    /// Rows that were read.
    pub const fn read(&self) -> u64 {
        self.read
    }
}

fn parquet(
    from: impl Anywhere,
    rows: &mut u64,
) -> io::Result<Box<dyn Iterator<Item = io::Result<RecordBatch>> + Send>> {
    let damaged = |error: parquet::errors::ParquetError| io::Error::new(io::ErrorKind::InvalidData, error.to_string());
    let builder = ParquetRecordBatchReaderBuilder::try_new(from).map_err(damaged)?;
    let groups = builder.metadata().row_groups();
    let bytes: i64 = groups.iter().map(|group| group.total_byte_size()).sum();
    let all: i64 = groups.iter().map(|group| group.num_rows()).sum();
    *rows = u64::try_from(all).unwrap_or(0);
    let each = usize::try_from(bytes / all.max(1)).unwrap_or(1).max(1);
    let at_once = (UNIT_BYTES / each).clamp(1, UNIT_ITEMS);
    let reader = builder.with_batch_size(at_once).build().map_err(damaged)?;
    let _: SchemaRef = reader.schema();
    Ok(Box::new(reader.map(|batch| batch.map_err(failed))))
}

impl Columns {
    pub fn len(&self) -> usize {
        self.batch.num_rows()
    }

    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// The fields of a row, as JSON: all of them, or those that are named.
    ///
    /// # Errors
    /// When a value cannot be shown.
    pub fn fields(&self, row: usize, named: Option<&[&str]>) -> Result<Vec<(String, String)>> {
        let schema = self.batch.schema();
        let fields = schema.fields().iter().zip(self.batch.columns());
        let asked = |name: &str| named.is_none_or(|named| named.contains(&name));
        fields
            .filter(|(field, _)| asked(field.name()))
            .map(|(field, column)| Ok((field.name().clone(), json::of(column, row)?)))
            .collect()
    }
}
