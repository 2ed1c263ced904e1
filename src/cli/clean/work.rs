//! What one thread makes of a unit: its records cleaned, and as they will be written.

use std::collections::BTreeMap;

use super::args::{Args, Filters, TextFormat};
use super::lists::Lists;
use super::plan::Plan;
use super::raw::Raw;
use super::same::mixed;
use super::tally::{Example, Tally, add};
use crate::batch::guarded;
use crate::cleaner::day::day;
use crate::cleaner::{Cleaner, Hints, Input};
use crate::document::{Detail, Document};
use crate::error::{Error, Result};
use crate::io::fields::{Field, FieldsOf, words};
use crate::io::format::Format;
use crate::io::input::Source;
use crate::io::record::{Held, Record};
use crate::io::sheet::{Added, Block, Bytes};
use crate::io::unit::{At, Broken, Items, Row, Unit};
use crate::shown;

/// Makes what is written of units.
pub(super) struct Worker<'a> {
    pub args: &'a Args,
    pub plan: &'a Plan,
    pub cleaner: &'a Cleaner,
    pub fields: &'a [Field],
    pub lists: &'a Lists,
    /// The field that is added.
    pub added: Option<Added>,
    /// The documents are to be shown.
    pub shows: bool,
}

/// What was made of a unit.
pub(super) struct Made {
    pub job: usize,
    pub number: u64,
    /// Of all that was read of the job up to here, where some of that is standard input.
    pub digest: u32,
    pub block: Option<Block>,
    /// The same where it is for several folders and is no text.
    pub split: Vec<Split>,
    /// What was written, each in the order of the block.
    pub records: Vec<Stood>,
    /// The columns of a table, should no row be written.
    pub names: Option<Vec<String>>,
    pub rejects: Vec<Reject>,
    /// Documents that are to be shown, with their places.
    pub documents: Vec<(String, Document)>,
    /// Texts that could not be cleaned, and files that could not be read.
    pub failed: Vec<String>,
    /// It is the end of its output.
    pub end: bool,
    /// An input could be read.
    pub read: bool,
    pub tally: Tally,
}

/// A record that is to be written: where it stood, and what it is known by.
#[derive(Clone, Debug)]
pub(super) struct Stood {
    /// The input, by its place in the job.
    pub input: usize,
    pub at: At,
    /// The number of its unit, and its own in that.
    pub order: (u64, u64),
    /// What its --id-field holds, as JSON.
    pub id: Option<Box<str>>,
    /// What tells it from others, where that is asked for.
    pub keys: Vec<u64>,
    /// Whose folder it goes to, with --by.
    pub value: String,
}

/// Rows for one folder.
pub(super) struct Split {
    pub value: String,
    pub block: Block,
    /// The records that they are, by their places in the unit.
    pub records: Vec<usize>,
    /// Bytes that it holds.
    pub bytes: usize,
}

/// A record that was refused.
pub(super) struct Reject {
    pub source: Source,
    pub at: At,
    /// The number of its unit, and its own in that.
    pub order: (u64, u64),
    pub id: Option<String>,
    pub reason: String,
    pub record: Vec<u8>,
}

/// A record that was read.
pub(super) struct Task<'r> {
    record: Record<'r>,
    /// Its text; nothing where that is null.
    input: Option<Input<'r>>,
    hints: Hints,
    /// Fields of hints that could not be read.
    unread: Vec<&'r str>,
    /// The file that it is all of.
    file: Option<&'r Source>,
    /// Only what comes to it is written, beside what it is.
    #[cfg(feature = "columnar")]
    pub to_cells: bool,
}

impl<'r> Task<'r> {
    fn new(record: Record<'r>, input: Option<Input<'r>>) -> Self {
        Self {
            record,
            input,
            hints: Hints::new(),
            unread: Vec::new(),
            file: None,
            #[cfg(feature = "columnar")]
            to_cells: false,
        }
    }
}

/// A record as it will be written.
enum Written {
    Line(Vec<u8>),
    Fields(Vec<(String, String)>),
    /// A row of columns, to which the document comes.
    #[cfg(feature = "columnar")]
    Cells,
}

/// What became of a record.
enum Done {
    Written {
        row: Written,
        id: Option<Box<str>>,
        keys: Vec<u64>,
        value: String,
        document: Option<Box<Document>>,
    },
    /// The option that left it out.
    LeftOut(&'static str),
}

/// Where a record stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    pub source: &'p Source,
    /// The same, by its place in the job.
    pub input: usize,
    pub at: At,
}

impl<'w> Worker<'w> {
    /// What is written of a unit.
    pub fn make(&'w self, unit: Unit) -> Made {
        let planned = &self.plan.outputs[unit.job];
        let sources = &self.plan.inputs[unit.job];
        let mut made = Making {
            worker: self,
            format: planned.format,
            bytes: Bytes::default(),
            table: Vec::new(),
            seen: 0,
            #[cfg(feature = "columnar")]
            cells: Vec::new(),
            #[cfg(feature = "columnar")]
            columns: None,
            made: Made {
                job: unit.job,
                number: unit.number,
                digest: unit.digest,
                block: None,
                split: Vec::new(),
                records: Vec::new(),
                names: None,
                rejects: Vec::new(),
                documents: Vec::new(),
                failed: Vec::new(),
                end: matches!(unit.items, Items::End),
                read: !matches!(unit.items, Items::End | Items::Broken(_)),
                tally: Tally::default(),
            },
        };
        let input = unit.source;
        let source = sources.get(input);
        match (unit.items, source) {
            (Items::Lines(chunk), Some(source)) => {
                for i in 0..chunk.len() {
                    let line = chunk.line(i);
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    let place = Place { source, input, at: At::Line(chunk.number(i)) };
                    made.record(place, Raw::Line(line), || match chunk.is_cut(i) {
                        true => Err(self.too_long()),
                        false => self.of_record(Record::of(line)?).map(Some),
                    });
                }
            }
            (Items::Rows(table), Some(source)) => {
                if table.rows.is_empty() {
                    made.made.names = self.names_with(table.names.iter().map(String::as_str));
                }
                for row in &table.rows {
                    let place = Place { source, input, at: At::Number(row.at) };
                    let raw = Raw::Row(&table.names, row);
                    match fields_of(&table.names, row) {
                        Ok(fields) => {
                            made.record(place, raw, || self.of_record(Record::from_fields(&fields)?).map(Some));
                        }
                        Err(error) => made.record(place, raw, || Err(error)),
                    }
                }
            }
            (Items::Pages(pages), Some(source)) => {
                made.made.tally.passed_over += pages.passed;
                for page in &pages.pages {
                    let place = Place { source, input, at: At::Number(page.at) };
                    let raw = Raw::Page(page);
                    match guarded(|| page.content()).and_then(|content| content) {
                        Ok(Some(content)) => made.record(place, raw, || {
                            let mut task = Task::new(Record::from_fields(&content.fields)?, Some(content.input));
                            task.hints.source = content.url.map(str::to_owned);
                            task.hints.lang = content.lang.and_then(|lang| lang.parse().ok());
                            Ok(Some(task))
                        }),
                        Ok(None) => made.made.tally.leave_out("no page", || Example::new(source, place.at, None)),
                        Err(error) => made.record(place, raw, || Err(error)),
                    }
                }
            }
            (Items::Files(files), _) => {
                for file in &files {
                    let input = file.source;
                    let Some(source) = sources.get(input) else { continue };
                    let name = source.path().map_or_else(|| "null".to_owned(), |path| text(&shown::json_name(path)));
                    let fields = [("file", shown::json(name))];
                    let place = Place { source, input, at: At::Number(1) };
                    made.record(place, Raw::File, || {
                        let text = if file.html { Input::html(&*file.bytes) } else { Input::from(&*file.bytes) };
                        let task = Task::new(Record::from_fields(&fields)?, Some(text));
                        Ok(Some(Task { file: Some(source), ..task }))
                    });
                }
                made.made.read = made.made.failed.len() < files.len();
            }
            #[cfg(feature = "columnar")]
            (Items::Columns(columns), Some(source)) => self.rows(&mut made, &columns, source, input),
            (Items::Broken(Broken { at, some, reason, damaged }), Some(source)) => {
                made.made.read = some;
                if damaged {
                    made.made.read = true;
                    made.made.tally.records += 1;
                    made.made.tally.reject(|| Example::new(source, at, None));
                    let (source, record) = (source.clone(), Vec::new());
                    made.made.rejects.push(Reject { source, at, order: (unit.number, 0), id: None, reason, record });
                } else {
                    made.made.tally.files_failed += 1;
                    made.made.failed.push(reason);
                }
            }
            _ => {}
        }
        made.end()
    }

    fn too_long(&self) -> Error {
        Error::format(format!("the record is larger than --max-record allows, {} bytes", self.args.form.max_record))
    }

    /// What is to be cleaned of a record with fields.
    pub(super) fn of_record<'r>(&'r self, record: Record<'r>) -> Result<Task<'r>> {
        let args = &self.args.records;
        let input = match &args.html_field {
            Some(field) => record.held(field).map(|held| of_held(held).map(Input::html)),
            None => record.held(&args.field).map(|held| of_held(held).map(Input::from)),
        }?;
        let (hints, unread) = self.hints(&record);
        Ok(Task { hints, unread, ..Task::new(record, input) })
    }

    /// What the record's fields say of its text, and the fields that are there and cannot be read.
    fn hints(&self, record: &Record<'_>) -> (Hints, Vec<&str>) {
        let args = &self.args.records;
        let mut hints = Hints::new();
        let mut bad = Vec::new();
        for (field, read) in [
            (&args.source_field, take_source as fn(&mut Hints, String) -> bool),
            (&args.title_field, take_title),
            (&args.lang_field, take_lang),
            (&args.date_field, take_date),
        ] {
            let Some(field) = field else { continue };
            let good = match record.held(field) {
                Ok(Held::Null) => true,
                Ok(Held::Text(text)) => text.trim().is_empty() || read(&mut hints, text),
                Err(_) => false,
            };
            if !good {
                bad.push(&**field);
            }
        }
        (hints, bad)
    }
}

fn take_source(hints: &mut Hints, text: String) -> bool {
    hints.source = Some(text);
    true
}

fn take_title(hints: &mut Hints, text: String) -> bool {
    hints.title = Some(text);
    true
}

fn take_lang(hints: &mut Hints, text: String) -> bool {
    hints.lang = text.parse().ok();
    hints.lang.is_some()
}

fn take_date(hints: &mut Hints, text: String) -> bool {
    hints.published = day(&text).ok();
    hints.published.is_some()
}

fn of_held(held: Held) -> Option<String> {
    match held {
        Held::Text(text) => Some(text),
        Held::Null => None,
    }
}

/// A text as JSON.
fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The fields of a row; what its header has no name for has none.
fn fields_of<'n>(names: &'n [String], row: &Row) -> Result<Vec<(&'n str, String)>> {
    if row.values.len() > names.len() {
        let (has, names) = (row.values.len(), names.len());
        return Err(Error::format(format!("the row has {has} values, and the first row {names} names")));
    }
    let value = |(name, value)| {
        let value = std::str::from_utf8(value).map_err(|error| {
            Error::format(format!("not UTF-8 from byte {} of the field {name:?}", error.valid_up_to() + 1))
        })?;
        Ok((name, text(value)))
    };
    names.iter().map(String::as_str).zip(&row.values).map(value).collect()
}

/// A unit under way.
pub(super) struct Making<'w> {
    worker: &'w Worker<'w>,
    pub format: Format,
    bytes: Bytes,
    table: Vec<Vec<(String, String)>>,
    /// Records that were seen.
    seen: u64,
    #[cfg(feature = "columnar")]
    pub cells: Vec<Option<Box<Document>>>,
    /// Rows with what comes to them.
    #[cfg(feature = "columnar")]
    pub columns: Option<Block>,
    pub made: Made,
}

impl Making<'_> {
    /// Cleans a record that `read` reads, and puts it where it will be written.
    pub fn record<'r>(&mut self, place: Place<'_>, raw: Raw<'_>, read: impl FnOnce() -> Result<Option<Task<'r>>>) {
        let (worker, format) = (self.worker, self.format);
        let id_field = worker.args.records.id_field.as_deref();
        let id = || id_field.and_then(|field| raw.id(field));
        let example = || Example::new(place.source, place.at, id().as_deref());
        let Made { number, tally, names, records, documents, rejects, failed, .. } = &mut self.made;
        tally.records += 1;
        self.seen += 1;
        if !worker.args.filters.takes(place) {
            return tally.leave_out("sample", example);
        }
        let mut is_file = false;
        let done = guarded(|| {
            let Some(task) = read()? else { return Ok(None) };
            is_file = task.file.is_some();
            if names.is_none() && is_table(format) {
                *names = worker.names_with(task.record.fields().map(|(name, _)| name));
            }
            worker.clean(task, format, tally).map(Some)
        });
        match done.and_then(|done| done) {
            Ok(None) => {}
            Ok(Some(Done::LeftOut(option))) => tally.leave_out(option, example),
            Ok(Some(Done::Written { row, id, keys, value, document })) => {
                let shown = || format!("{}, {}:", place.source.shown(), place.at);
                if worker.shows {
                    documents.extend(document.as_deref().map(|document| (shown(), document.clone())));
                }
                tally.written += 1;
                let (input, at, order) = (place.input, place.at, (*number, self.seen));
                records.push(Stood { input, at, order, id, keys, value });
                match row {
                    Written::Line(line) => self.bytes.push(|to| to.extend(line)),
                    Written::Fields(fields) => self.table.push(fields),
                    #[cfg(feature = "columnar")]
                    Written::Cells => self.cells.push(document),
                }
            }
            // A file is told of by its name.
            Err(error) if is_file => failed.push(error.context(place.source.shown()).to_string()),
            Err(error) => {
                tally.reject(example);
                let (source, record, reason) = (place.source.clone(), raw.bytes().into_owned(), error.to_string());
                rejects.push(Reject { source, at: place.at, order: (*number, self.seen), id: id(), reason, record });
            }
        }
    }

    /// Nothing can be written of the unit, and its output is not made.
    #[cfg(feature = "columnar")]
    pub fn give_up(&mut self, error: &Error) {
        let made = &mut self.made;
        made.failed.push(error.to_string());
        made.tally.written -= made.records.len() as u64;
        made.records.clear();
        made.split.clear();
        self.columns = None;
    }

    fn end(mut self) -> Made {
        let planned = &self.worker.plan.outputs[self.made.job];
        let by_folders = self.worker.args.form.by.is_some();
        let is_table = is_table(self.format);
        if by_folders && self.format.is_columnar() && !self.table.is_empty() {
            self.made.split = split(std::mem::take(&mut self.table), &self.made.records);
        }
        let mut block = if is_table { Block::Table(self.table) } else { Block::Bytes(self.bytes) };
        if let Block::Bytes(bytes) = &mut block
            && !by_folders
            && let Err(error) = bytes.pack(planned.packing)
        {
            self.made.failed.push(error.to_string());
        }
        #[cfg(feature = "columnar")]
        if let Some(columns) = self.columns {
            block = columns;
        }
        self.made.block = (block.len() > 0).then_some(block);
        self.made
    }
}

/// Whether rows have columns, which all of them share.
const fn is_table(format: Format) -> bool {
    matches!(format, Format::Csv | Format::Tsv) || format.is_columnar()
}

/// The rows of each folder.
fn split(rows: Vec<Vec<(String, String)>>, records: &[Stood]) -> Vec<Split> {
    let mut found: BTreeMap<&str, (Vec<_>, Vec<usize>, usize)> = BTreeMap::new();
    for (i, (row, stood)) in rows.into_iter().zip(records).enumerate() {
        let (rows, records, bytes) = found.entry(&stood.value).or_default();
        *bytes += row.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>();
        rows.push(row);
        records.push(i);
    }
    let one = |(value, (rows, records, bytes)): (&str, _)| Split {
        value: value.to_owned(),
        block: Block::Table(rows),
        records,
        bytes,
    };
    found.into_iter().map(one).collect()
}

impl Worker<'_> {
    /// Cleans what was read.
    fn clean(&self, mut task: Task<'_>, format: Format, tally: &mut Tally) -> Result<Done> {
        let Args { filters, records, form, .. } = self.args;
        for field in &task.unread {
            add(&mut tally.hints_unread, field, 1);
        }
        let source = task.hints.source.take();
        if let Some(option) = self.lists.refuses(source.as_deref()) {
            return Ok(Done::LeftOut(option));
        }
        let id: Option<Box<str>> = records.id_field.as_deref().and_then(|field| Some(task.record.json(field)?.into()));
        let value = |document| form.by.map(|by| by.value(document, source.as_deref())).unwrap_or_default();
        let Some(input) = task.input.take() else {
            tally.null += 1;
            let (row, value) = (self.written(&task, None, format), value(None));
            return Ok(Done::Written { row, id, keys: Vec::new(), value, document: None });
        };
        let bytes = input.bytes().len();
        task.hints.source.clone_from(&source);
        let document = self.cleaner.clean_with(input, &task.hints);
        tally.add(&document, bytes);
        if let Some(option) = filters.refuses(&document) {
            return Ok(Done::LeftOut(option));
        }
        let keys = filters.dedup.map_or_else(Vec::new, |dedup| dedup.of(document.text(), id.as_deref()));
        let (row, value) = (self.written(&task, Some(&document), format), value(Some(&document)));
        Ok(Done::Written { row, id, keys, value, document: Some(Box::new(document)) })
    }

    /// The columns of a table with records of those fields.
    fn names_with<'n>(&self, names: impl Iterator<Item = &'n str>) -> Option<Vec<String>> {
        let null = "null";
        let fields: Vec<(&str, String)> = names.map(|name| (name, null.to_owned())).collect();
        let record = Record::from_fields(&fields).ok()?;
        let placed = self.args.records.text_to.as_deref().map(|name| (name, null));
        let added = self.added.as_ref().map(|field| (&*field.name, null));
        let mut names = Vec::new();
        record.each_with(placed, added, |name, _| names.push(name.to_owned()));
        Some(names)
    }

    /// A record with what is added to it.
    fn row(&self, record: &Record<'_>, document: Option<&Document>, format: Format) -> Written {
        let args = &self.args.records;
        let null = || "null".to_owned();
        let added = self.added.as_ref().map(|field| (&*field.name, self.added_to(document).unwrap_or_else(null)));
        let added = added.as_ref().map(|(name, added)| (*name, &**added));
        let clean = document.map_or_else(null, |document| shown::json(text(document.text())));
        let placed = args.text_to.as_deref().map(|name| (name, &*clean));
        if is_table(format) {
            let mut fields = Vec::new();
            record.each_with(placed, added, |name, value| fields.push((name.to_owned(), value.to_owned())));
            return Written::Fields(fields);
        }
        let mut line = Vec::with_capacity(1024);
        record.write_with(placed, added, &mut line);
        line.push(b'\n');
        Written::Line(line)
    }

    /// What is added to a record, as JSON.
    fn added_to(&self, document: Option<&Document>) -> Option<String> {
        document.map(|document| match self.args.form.json {
            true => shown::json(self.whole(document)),
            // Numbers, texts and keys that are texts: none of it can fail.
            false => shown::json(serde_json::to_string(&self.fields_of(document)).unwrap_or_default()),
        })
    }

    /// What is written of a record that was read.
    fn written(&self, task: &Task<'_>, document: Option<&Document>, format: Format) -> Written {
        #[cfg(feature = "columnar")]
        if task.to_cells {
            return Written::Cells;
        }
        match (task.file, document) {
            (Some(source), Some(document)) if format == Format::Text => {
                Written::Line(self.text_lines(source, document).into_bytes())
            }
            (Some(_), Some(document)) if self.args.form.json && format == Format::Jsonl => {
                Written::Line(self.json_line(&task.record, document))
            }
            _ => self.row(&task.record, document, format),
        }
    }

    /// The fields that are asked for.
    pub(super) fn fields_of<'d>(&'d self, document: &'d Document) -> FieldsOf<'d> {
        FieldsOf { document, fields: self.fields, markdown: self.args.markdown() }
    }

    /// What a whole document says.
    pub(super) fn detail(&self) -> Detail {
        let form = &self.args.form;
        Detail::default().evidence(form.evidence).probabilities(form.probabilities).links(form.links)
    }

    /// The document as JSON.
    fn whole(&self, document: &Document) -> String {
        document.to_json_with(self.detail())
    }

    /// The same as a line, with the file it came from.
    fn json_line(&self, record: &Record<'_>, document: &Document) -> Vec<u8> {
        let json = shown::json(self.whole(document));
        let file = record.fields().find(|(_, value)| *value != "null");
        match (file, json.strip_prefix('{')) {
            (Some((name, value)), Some(rest)) => format!("{{\"{name}\":{value},{rest}\n").into_bytes(),
            _ => (json + "\n").into_bytes(),
        }
    }

    /// The clean text of a file, with a line feed before it.
    fn text_lines(&self, source: &Source, document: &Document) -> String {
        let heading = if self.args.form.heading { format!("==> {} <==\n", source.shown()) } else { String::new() };
        let markdown =
            (self.args.form.format == TextFormat::Markdown).then(|| document.markdown_with(self.args.markdown()));
        let text = markdown.as_deref().map_or(document.text(), str::trim_end);
        if heading.is_empty() && text.is_empty() {
            return String::new();
        }
        let end = if text.is_empty() { "" } else { "\n" };
        format!("\n{heading}{text}{end}")
    }
}

impl Filters {
    /// Whether a record is among those that are looked at.
    fn takes(&self, place: Place<'_>) -> bool {
        let Some(rate) = self.sample else { return true };
        let mut hash = mixed(self.seed ^ 0x636f_7079_6465_736b);
        for byte in place.source.shown().bytes() {
            hash = mixed(hash ^ u64::from(byte));
        }
        let (At::Line(at) | At::Number(at)) = place.at;
        // 53 bits are what a number of this kind holds.
        ((mixed(hash ^ at) >> 11) as f64) < rate * (1u64 << 53) as f64
    }

    /// The option that leaves a document out.
    fn refuses(&self, document: &Document) -> Option<&'static str> {
        if !self.verdict.is_empty() && !self.verdict.contains(&document.verdict()) {
            return Some("verdict");
        }
        if !self.lang.is_empty() && !self.lang.iter().any(|lang| lang == document.lang().unwrap_or("und")) {
            return Some("lang");
        }
        (self.min_words > 0 && words(document.text()) < self.min_words).then_some("min_words")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_of_the_size_that_was_asked_for() {
        let filters = |rate, seed| Filters { sample: Some(rate), seed, ..Filters::default() };
        let source = Source::Stdin;
        let count = |filters: Filters| {
            (0..100_000).filter(|at| filters.takes(Place { source: &source, input: 0, at: At::Number(*at) })).count()
        };
        assert_eq!((count(filters(0.0, 0)), count(filters(1.0, 0))), (0, 100_000));
        let (one, two) = (count(filters(0.1, 0)), count(filters(0.1, 1)));
        assert!((9_500..10_500).contains(&one) && (9_500..10_500).contains(&two) && one != two, "{one} {two}");
    }
}
