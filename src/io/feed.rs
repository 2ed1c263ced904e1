//! The inputs of a run, unit by unit.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use super::format::Format;
use super::input::{Count, Source};
use super::lines::{Limits, Lines};
use super::unit::{At, Broken, Items, Row, Rows, UNIT_BYTES, UNIT_ITEMS, Unit, Whole};
use super::warc;

/// How inputs are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// What all of them are, whatever they are called.
    pub format: Option<Format>,
    /// Texts are pages.
    pub html: bool,
    /// The largest record, in bytes.
    pub record: usize,
    /// A file that unpacks to more than this times its size is damaged on purpose.
    pub ratio: u64,
}

/// A file may unpack to so much whatever its size.
const HARMLESS: u64 = 1 << 30;

/// Gives the units of some outputs, each with inputs of its own.
pub(crate) struct Feed {
    jobs: Vec<Vec<Source>>,
    reading: Reading,
    count: Arc<Count>,
    job: usize,
    source: usize,
    number: u64,
    /// Where an earlier run had come to in this job.
    before: Option<Before>,
    /// What was read of this job.
    digest: crc32fast::Hasher,
    /// What is wrong with what was to be read again.
    pub other: Arc<Other>,
    open: Option<Open>,
    /// Files that were read, and fill no unit yet.
    files: Vec<Whole>,
    /// What comes after those.
    next: Option<(usize, Items)>,
}

/// What an earlier run had read of a job.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before {
    /// Units, which are read again and passed over.
    pub units: u64,
    /// Of what was in them.
    pub digest: u32,
}

/// Whether what was to be read again is something else. Then nothing is given.
#[derive(Debug, Default)]
pub(crate) struct Other(AtomicU8);

impl Other {
    const SHORTER: u8 = 1;
    const CHANGED: u8 = 2;

    /// Less was there than an earlier run had read.
    pub fn is_shorter(&self) -> bool {
        self.0.load(Ordering::Relaxed) == Self::SHORTER
    }

    /// It was as much, and not the same.
    pub fn is_changed(&self) -> bool {
        self.0.load(Ordering::Relaxed) == Self::CHANGED
    }

    fn is(&self, what: u8) {
        self.0.store(what, Ordering::Relaxed);
    }
}

/// An input that is being read.
struct Open {
    reader: Reader,
    unpacked: bool,
}

enum Reader {
    Lines(Lines<Box<dyn BufRead + Send>>),
    Rows(RowReader),
    Pages(warc::Records<Box<dyn BufRead + Send>>),
    #[cfg(feature = "columnar")]
    Columns(super::columns::Reader),
}

/// The rows of a table of texts.
struct RowReader {
    names: Arc<[String]>,
    reader: csv::Reader<Bounded>,
    read: u64,
    /// Something was given.
    begun: bool,
    broken: Option<io::Error>,
}

impl Feed {
    /// The units of those jobs, from `job` on: of that the ones that come after what was read `before`.
    pub fn new(
        jobs: Vec<Vec<Source>>,
        reading: Reading,
        count: Arc<Count>,
        job: usize,
        before: Option<Before>,
    ) -> Self {
        Self {
            jobs,
            reading,
            count,
            job,
            source: 0,
            number: 0,
            before,
            digest: crc32fast::Hasher::new(),
            other: Arc::default(),
            open: None,
            files: Vec::new(),
            next: None,
        }
    }

    /// The next unit, and the bytes it holds.
    pub fn next(&mut self) -> Option<(Unit, usize)> {
        if let Some(before) = self.before.take() {
            self.pass_over(before);
        }
        if self.other.is_shorter() || self.other.is_changed() || self.job >= self.jobs.len() {
            return None;
        }
        let (source, items) = self.items();
        // Files are known by their size and time.
        let is_stdin = |i: usize| self.jobs[self.job].get(i) == Some(&Source::Stdin);
        let has_stdin = match &items {
            Items::Files(files) => files.iter().any(|file| is_stdin(file.source)),
            _ => is_stdin(source),
        };
        if has_stdin {
            items.hash(&mut self.digest);
        }
        let digest = self.digest.clone().finalize();
        let unit = Unit { job: self.job, number: self.number, source, digest, items };
        self.number += 1;
        if matches!(unit.items, Items::End) {
            (self.job, self.source, self.number) = (self.job + 1, 0, 0);
            self.digest = crc32fast::Hasher::new();
        }
        let bytes = unit.items.bytes();
        Some((unit, bytes))
    }

    /// What was read before is read again, and passed over: how long a unit is depends on what is in it.
    fn pass_over(&mut self, before: Before) {
        let mut digest = self.digest.clone().finalize();
        for _ in 0..before.units {
            match self.next() {
                Some((unit, _)) if !matches!(unit.items, Items::End) => digest = unit.digest,
                _ => return self.other.is(Other::SHORTER),
            }
        }
        if digest != before.digest {
            self.other.is(Other::CHANGED);
        }
    }

    fn items(&mut self) -> (usize, Items) {
        if let Some(next) = self.next.take() {
            return next;
        }
        let mut held = 0;
        loop {
            let Some(source) = self.jobs.get(self.job).and_then(|sources| sources.get(self.source)).cloned() else {
                return self.after_files(self.source, Items::End);
            };
            let at = self.source;
            let broken = |at, some, reason, damaged| Items::Broken(Broken { at, some, reason, damaged });
            if let Some(open) = &mut self.open {
                match open.reader.next() {
                    Ok(Some(items)) => return (at, items),
                    Ok(None) => {
                        self.end();
                        continue;
                    }
                    Err(error) => {
                        let damaged = is_damage(&error, open.unpacked, &self.count);
                        let (place, some) = open.reader.at();
                        self.end();
                        return (at, broken(place, some, source.error(error).to_string(), damaged));
                    }
                }
            }
            match self.open(&source) {
                Ok(Some(whole)) => {
                    held += whole.bytes.len();
                    self.files.push(Whole { source: at, ..whole });
                    self.end();
                    if held >= UNIT_BYTES || self.files.len() >= UNIT_ITEMS {
                        let first = self.files.first().map_or(at, |file| file.source);
                        return (first, Items::Files(std::mem::take(&mut self.files)));
                    }
                }
                Ok(None) if self.files.is_empty() => {}
                Ok(None) => {
                    let first = self.files.first().map_or(at, |file| file.source);
                    return (first, Items::Files(std::mem::take(&mut self.files)));
                }
                Err((reason, damaged)) => {
                    self.end();
                    return self.after_files(at, broken(At::Line(1), false, reason, damaged));
                }
            }
        }
    }

    /// The files that wait, where there are any, and `items` after them.
    fn after_files(&mut self, at: usize, items: Items) -> (usize, Items) {
        match self.files.first().map(|file| file.source) {
            None => (at, items),
            Some(first) => {
                self.next = Some((at, items));
                (first, Items::Files(std::mem::take(&mut self.files)))
            }
        }
    }

    fn end(&mut self) {
        self.open = None;
        self.source += 1;
    }

    /// Opens an input; one that is an article or a page is read whole, and given.
    fn open(&mut self, source: &Source) -> Result<Option<Whole>, (String, bool)> {
        self.count.begin();
        let before = self.count.bytes();
        let opened = source.open_any(self.reading.format, &self.count).map_err(|error| (error.to_string(), false))?;
        let unpacked = opened.codec != super::codec::Codec::Plain;
        let fails = |error: io::Error| (source.error(error).to_string(), unpacked && !self.count.failed());
        let mut from = opened.from;
        if unpacked {
            let limited =
                Limited { from, count: Arc::clone(&self.count), before, unpacked: 0, ratio: self.reading.ratio.max(1) };
            from = Box::new(io::BufReader::with_capacity(1 << 18, limited));
        }
        let reader = match opened.format {
            Format::Text | Format::Html => {
                let mut bytes = Vec::new();
                let most = self.reading.record as u64;
                from.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(fails)?;
                if bytes.len() as u64 > most {
                    return Err((format!("{} is larger than --max-record allows, {most} bytes", source.shown()), true));
                }
                let html = self.reading.html || opened.format == Format::Html;
                return Ok(Some(Whole { source: 0, bytes, html }));
            }
            Format::Jsonl => {
                let limits = Limits { bytes: UNIT_BYTES, lines: UNIT_ITEMS, line: self.reading.record };
                Reader::Lines(Lines::within(from, limits))
            }
            Format::Csv | Format::Tsv => {
                let rows = RowReader::new(from, opened.format == Format::Tsv, self.reading.record);
                let fails = |error| (is_damage(&error, unpacked, &self.count), source.error(error).to_string());
                Reader::Rows(rows.map_err(fails).map_err(|(damaged, reason)| (reason, damaged))?)
            }
            Format::Warc => Reader::Pages(warc::Records::new(from, self.reading.record)),
            #[cfg(feature = "columnar")]
            format => Reader::Columns(
                super::columns::Reader::open(format, source, from, unpacked, &self.count).map_err(fails)?,
            ),
        };
        self.open = Some(Open { reader, unpacked });
        Ok(None)
    }
}

/// Whether what is wrong is the content of the file, and what was read of it before can be used.
fn is_damage(error: &io::Error, unpacked: bool, count: &Count) -> bool {
    (unpacked || error.kind() == io::ErrorKind::InvalidData) && !count.failed()
}

impl Reader {
    fn next(&mut self) -> io::Result<Option<Items>> {
        Ok(match self {
            Self::Lines(lines) => lines.next_chunk()?.map(Items::Lines),
            Self::Rows(rows) => rows.next()?,
            Self::Pages(records) => records.next_pages()?.map(Items::Pages),
            #[cfg(feature = "columnar")]
            Self::Columns(reader) => reader.next()?.map(Items::Columns),
        })
    }

    /// Where the next record is, and whether there was one before.
    fn at(&self) -> (At, bool) {
        match self {
            Self::Lines(lines) => (At::Line(lines.count() + 1), lines.count() > 0),
            Self::Rows(rows) => (At::Number(rows.read + 1), rows.read > 0),
            Self::Pages(records) => (At::Number(records.count()), records.count() > 1),
            #[cfg(feature = "columnar")]
            Self::Columns(reader) => (At::Number(reader.read() + 1), reader.read() > 0),
        }
    }
}

impl RowReader {
    fn new(from: Box<dyn BufRead + Send>, tabs: bool, most: usize) -> io::Result<Self> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if tabs { b'\t' } else { b',' })
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(Bounded { from, since: 0, most });
        let names = reader.byte_headers().map_err(plain)?;
        let names = names.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        Ok(Self { names, reader, read: 0, begun: false, broken: None })
    }

    fn next(&mut self) -> io::Result<Option<Items>> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        let (mut rows, mut bytes) = (Vec::new(), 0);
        while bytes < UNIT_BYTES && rows.len() < UNIT_ITEMS {
            let mut values = csv::ByteRecord::new();
            self.reader.get_mut().since = 0;
            match self.reader.read_byte_record(&mut values) {
                Ok(false) => break,
                Ok(true) => {
                    self.read += 1;
                    let at = self.read;
                    bytes += values.as_slice().len();
                    rows.push(Row { at, values });
                }
                Err(error) if rows.is_empty() => return Err(plain(error)),
                Err(error) => {
                    self.broken = Some(plain(error));
                    break;
                }
            }
        }
        // Names without rows are something, too.
        let some = !rows.is_empty() || !std::mem::replace(&mut self.begun, true);
        Ok(some.then(|| Items::Rows(Rows { names: Arc::clone(&self.names), rows })))
    }
}

/// Ends where no row ends: a quotation mark that is never closed makes one row of the rest.
struct Bounded {
    from: Box<dyn BufRead + Send>,
    since: usize,
    most: usize,
}

impl Read for Bounded {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.since > self.most {
            let why = format!("a row is larger than --max-record allows, {} bytes", self.most);
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        let read = self.from.read(to)?;
        self.since += read;
        Ok(read)
    }
}

/// What the system said.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::new(io::ErrorKind::InvalidData, format!("{kind:?}")),
    }
}

/// Stops what unpacks to much more than it should.
struct Limited {
    from: Box<dyn BufRead + Send>,
    count: Arc<Count>,
    /// Bytes that had been read before this file.
    before: u64,
    unpacked: u64,
    ratio: u64,
}

impl Read for Limited {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(to)?;
        self.unpacked += read as u64;
        let packed = self.count.bytes().saturating_sub(self.before);
        if self.unpacked > HARMLESS && self.unpacked / self.ratio > packed {
            let ratio = self.ratio;
            let why = format!("it unpacks to more than {ratio} times its size; --max-ratio allows more");
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(read)
    }
}
