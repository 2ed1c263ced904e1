//! What is read of a file at once, to be worked on by one thread.

use std::sync::Arc;

use super::lines::Chunk;
use super::warc;

/// A unit is full when it holds so many bytes, and ends with the record that filled it.
pub(crate) const UNIT_BYTES: usize = 512 << 10;
/// Or so many records.
pub(crate) const UNIT_ITEMS: usize = 1024;

/// Some records that follow one another. Where one ends and the next begins depends on what is read alone, so that a run can be
/// continued after any of them.
#[derive(Debug)]
pub(crate) struct Unit {
    /// The output that it is for.
    pub job: usize,
    /// Its number in that, from 0.
    pub number: u64,
    /// The input that it is of, by its place in the job; of files, the first one.
    pub source: usize,
    /// Of all that was read of the job up to its end, where some of that is standard input.
    pub digest: u32,
    pub items: Items,
}

/// The records.
#[derive(Debug)]
pub(crate) enum Items {
    /// Lines of JSON.
    Lines(Chunk),
    /// Rows of a table of texts.
    Rows(Rows),
    /// Records of a crawl.
    Pages(warc::Pages),
    /// Whole files, each one article or page.
    Files(Vec<Whole>),
    #[cfg(feature = "columnar")]
    Columns(super::columns::Columns),
    /// Nothing more can be read of this input.
    Broken(Broken),
    /// Nothing more comes for the output.
    End,
}

/// Where a record stands in its file, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// The line that it begins in.
    Line(u64),
    /// Its number, where there are no lines.
    Number(u64),
}

impl At {
    /// The line, or the number.
    pub const fn parts(self) -> (Option<u64>, Option<u64>) {
        match self {
            Self::Line(line) => (Some(line), None),
            Self::Number(number) => (None, Some(number)),
        }
    }
}

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Number(number) => write!(f, "record {number}"),
        }
    }
}

/// Rows of a table of texts; none where it holds names alone.
#[derive(Debug)]
pub(crate) struct Rows {
    pub names: Arc<[String]>,
    pub rows: Vec<Row>,
}

/// A row of a table of texts.
#[derive(Debug)]
pub(crate) struct Row {
    /// Its number in the file, from 1; the names are none.
    pub at: u64,
    pub values: csv::ByteRecord,
}

/// A file that is one article or page.
#[derive(Debug)]
pub(crate) struct Whole {
    /// The input, by its place in the job.
    pub source: usize,
    pub bytes: Vec<u8>,
    pub html: bool,
}

/// Why no more can be read of an input.
#[derive(Debug)]
pub(crate) struct Broken {
    /// Where that is.
    pub at: At,
    /// Something was read before.
    pub some: bool,
    pub reason: String,
    /// The input is damaged; else it could not be read at all.
    pub damaged: bool,
}

impl Items {
    /// Bytes that it holds.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Lines(chunk) => chunk.bytes(),
            Self::Rows(table) => table.rows.iter().map(|row| row.values.as_slice().len()).sum(),
            Self::Pages(pages) => pages.pages.iter().map(warc::Page::bytes).sum(),
            Self::Files(files) => files.iter().map(|file| file.bytes.len()).sum(),
            #[cfg(feature = "columnar")]
            Self::Columns(columns) => columns.bytes(),
            Self::Broken(_) | Self::End => 0,
        }
    }

    /// Adds all of it to what tells an input from another one.
    pub fn hash(&self, to: &mut crc32fast::Hasher) {
        match self {
            Self::Lines(chunk) => to.update(chunk.all()),
            Self::Rows(table) => {
                // What no UTF-8 holds stands after each value.
                let mut add = |value: &[u8]| [value, b"\xff"].into_iter().for_each(|bytes| to.update(bytes));
                table.names.iter().for_each(|name| add(name.as_bytes()));
                table.rows.iter().flat_map(|row| &row.values).for_each(add);
            }
            Self::Pages(pages) => pages.pages.iter().for_each(|page| to.update(page.raw())),
            Self::Files(files) => files.iter().for_each(|file| to.update(&file.bytes)),
            #[cfg(feature = "columnar")]
            Self::Columns(columns) => {
                (0..columns.len()).flat_map(|row| columns.fields(row, None)).flatten().for_each(|(name, json)| {
                    [name.as_bytes(), b"\xff", json.as_bytes(), b"\xff"].iter().for_each(|bytes| to.update(bytes))
                })
            }
            Self::Broken(_) | Self::End => {}
        }
    }
}
