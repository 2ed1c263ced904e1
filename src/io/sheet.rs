//! What is written to one output, unit by unit: lines, or rows of a table.

use std::io;

use super::codec::Codec;
use super::fields::Field;
use super::format::Format;
use super::record::text_of;

/// What was made of a unit.
#[derive(Debug)]
pub(crate) enum Block {
    /// Texts or lines, ready to be written.
    Bytes(Bytes),
    /// Rows: names, and values as JSON.
    Table(Vec<Vec<(String, String)>>),
    #[cfg(feature = "columnar")]
    Columns(super::columns::Made),
}

/// Texts or lines that follow one another.
#[derive(Debug, Default)]
pub(crate) struct Bytes {
    plain: Vec<u8>,
    /// Where each record ends.
    ends: Vec<usize>,
    /// All of it, compressed.
    packed: Vec<u8>,
}

impl Bytes {
    /// The next record, which `write` writes.
    pub fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.plain);
        self.ends.push(self.plain.len());
    }

    /// Compresses it. Units are compressed each for itself, so that many threads do it, and an output can be cut after any of them.
    ///
    /// # Errors
    /// When no memory can be had for it.
    pub fn pack(&mut self, codec: Codec) -> io::Result<()> {
        if codec != Codec::Plain && !self.plain.is_empty() {
            self.packed = codec.pack(&self.plain)?;
        }
        Ok(())
    }
}

impl Block {
    /// Records that it holds.
    pub fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.ends.len(),
            Self::Table(rows) => rows.len(),
            #[cfg(feature = "columnar")]
            Self::Columns(made) => made.len(),
        }
    }
}

/// The field that is added to records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Added {
    pub name: String,
    /// What is in it; nothing where it is the whole document.
    pub fields: Option<Vec<Field>>,
}

/// How an output is written.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub format: Format,
    pub codec: Codec,
    /// Whether texts have line feeds between them.
    pub gaps: bool,
    #[cfg_attr(not(feature = "columnar"), allow(dead_code, reason = "what is in a field has a type in columns alone"))]
    pub added: Option<Added>,
}

/// An output under way.
pub(crate) struct Sheet {
    codec: Codec,
    /// Nothing was written yet.
    empty: bool,
    kind: Kind,
}

enum Kind {
    Bytes {
        /// Each text has a line feed before it, which the first needs not.
        gaps: bool,
    },
    Table {
        delimiter: u8,
        names: Option<Vec<String>>,
    },
    #[cfg(feature = "columnar")]
    Columns(Box<super::columns::Writer>),
}

/// A row that could not be written, by its place in its unit, and why.
pub(crate) type Refused = (usize, String);

impl Sheet {
    /// One of that form; where something was written `before`, the columns of it.
    pub fn new(form: Form, before: Option<Vec<String>>, empty: bool) -> Self {
        let Form { format, codec, gaps, .. } = form;
        let kind = match format {
            Format::Csv => Kind::Table { delimiter: b',', names: before },
            Format::Tsv => Kind::Table { delimiter: b'\t', names: before },
            #[cfg(feature = "columnar")]
            format if format.is_columnar() => Kind::Columns(Box::new(super::columns::Writer::new(format, form.added))),
            _ => Kind::Bytes { gaps },
        };
        Self { codec, empty, kind }
    }

    /// Whether it can be continued where it was cut.
    pub const fn continues(&self) -> bool {
        #[cfg(feature = "columnar")]
        return !matches!(self.kind, Kind::Columns(_));
        #[cfg(not(feature = "columnar"))]
        true
    }

    /// Whether nothing was written yet.
    pub const fn is_empty(&self) -> bool {
        self.empty
    }

    /// Its columns, to continue it with.
    pub fn names(&self) -> Option<Vec<String>> {
        match &self.kind {
            Kind::Table { names, .. } => names.clone(),
            _ => None,
        }
    }

    /// What is to be written of a block, the records that `keep` says; and those that cannot be. `keep` is asked once of each record
    /// that can be written, in their order.
    ///
    /// # Errors
    /// When it cannot be made: no memory can be had, or the block is of other columns than those before.
    pub fn write(&mut self, block: Block, mut keep: impl FnMut(usize) -> bool) -> io::Result<(Vec<u8>, Vec<Refused>)> {
        let mut refused = Vec::new();
        let bytes = match (&mut self.kind, block) {
            (Kind::Bytes { gaps }, Block::Bytes(mut bytes)) => {
                let first = *gaps && self.empty && bytes.plain.starts_with(b"\n");
                let kept: Vec<bool> = (0..bytes.ends.len()).map(keep).collect();
                let all = !kept.contains(&false);
                if !all {
                    let (mut plain, mut start) = (Vec::with_capacity(bytes.plain.len()), 0);
                    for (kept, end) in kept.iter().zip(&bytes.ends) {
                        if *kept {
                            plain.extend_from_slice(&bytes.plain[start..*end]);
                        }
                        start = *end;
                    }
                    bytes.plain = plain;
                }
                if first && bytes.plain.starts_with(b"\n") {
                    bytes.plain.remove(0);
                }
                if self.codec == Codec::Plain || bytes.plain.is_empty() {
                    bytes.plain
                } else if all && !first && !bytes.packed.is_empty() {
                    bytes.packed
                } else {
                    self.codec.pack(&bytes.plain)?
                }
            }
            (Kind::Table { delimiter, names }, Block::Table(rows)) => {
                let mut to = csv::WriterBuilder::new().delimiter(*delimiter).flexible(true).from_writer(Vec::new());
                for (i, row) in rows.iter().enumerate() {
                    match refusal(names.as_deref(), row) {
                        Some(reason) => refused.push((i, reason)),
                        None if keep(i) => write_row(&mut to, names, row),
                        None => {}
                    }
                }
                let plain = to.into_inner().map_err(|error| error.into_error())?;
                if plain.is_empty() { plain } else { self.codec.pack(&plain)? }
            }
            #[cfg(feature = "columnar")]
            (Kind::Columns(writer), block) => writer.write(block, keep, &mut refused)?,
            _ => return Err(io::Error::other("a block of another format")),
        };
        self.empty &= bytes.is_empty() && self.continues();
        Ok((bytes, refused))
    }

    /// What is to be written after all blocks.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn end(&mut self) -> io::Result<Vec<u8>> {
        match &mut self.kind {
            #[cfg(feature = "columnar")]
            Kind::Columns(writer) => writer.end(),
            // An empty file is none of a codec.
            _ if self.empty && self.codec != Codec::Plain => self.codec.pack(b""),
            _ => Ok(Vec::new()),
        }
    }
}

/// Why a row cannot be written: its names are not those of the first one.
fn refusal(names: Option<&[String]>, row: &[(String, String)]) -> Option<String> {
    let (name, _) = row.iter().find(|(name, _)| names.is_some_and(|names| !names.contains(name)))?;
    Some(format!("the field {name:?} is not among the columns, which are those of the first record"))
}

/// Writes a row, before the first one their names.
fn write_row(to: &mut csv::Writer<Vec<u8>>, names: &mut Option<Vec<String>>, row: &[(String, String)]) {
    // Writing to a vector does not fail.
    if names.is_none() {
        let first: Vec<String> = row.iter().map(|(name, _)| name.clone()).collect();
        let _ = to.write_record(&first);
        *names = Some(first);
    }
    let names = names.as_deref().unwrap_or_default();
    let same = row.len() == names.len() && row.iter().zip(names).all(|((one, _), name)| one == name);
    let value = |i: usize, name: &String| {
        let found = if same { row.get(i) } else { row.iter().rev().find(|(one, _)| one == name) };
        found.map(|(_, json)| cell(json)).unwrap_or_default()
    };
    let _ = to.write_record(names.iter().enumerate().map(|(i, name)| value(i, name)));
}

/// A value of JSON in a table of texts: a text as it is, null as nothing, all else as JSON.
fn cell(json: &str) -> String {
    if json == "null" { String::new() } else { text_of(json).unwrap_or_else(|| json.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(records: &[&str], codec: Codec) -> Block {
        let mut bytes = Bytes::default();
        records.iter().for_each(|record| bytes.push(|to| to.extend_from_slice(record.as_bytes())));
        bytes.pack(codec).unwrap();
        Block::Bytes(bytes)
    }

    fn begun(format: Format, codec: Codec, gaps: bool) -> Sheet {
        Sheet::new(Form { format, codec, gaps, added: None }, None, true)
    }

    #[test]
    fn texts_have_gaps_between_them() {
        let mut sheet = begun(Format::Text, Codec::Plain, true);
        let mut all = Vec::new();
        for texts in [&[""][..], &["\none\n", "\ntwo\n"], &["", "\nthree\n"]] {
            all.extend(sheet.write(bytes(texts, Codec::Plain), |_| true).unwrap().0);
        }
        assert_eq!(String::from_utf8(all).unwrap(), "one\n\ntwo\n\nthree\n");
    }

    #[test]
    fn what_is_left_out_is_not_in_what_was_packed() {
        let want = Codec::Gzip.pack(b"1\n3\n").unwrap();
        let mut sheet = begun(Format::Jsonl, Codec::Gzip, false);
        assert_eq!(sheet.write(bytes(&["1\n", "2\n", "3\n"], Codec::Gzip), |i| i != 1).unwrap().0, want);
        assert_eq!(sheet.write(bytes(&["1\n", "3\n"], Codec::Gzip), |_| true).unwrap().0, want);
        assert!(sheet.end().unwrap().is_empty());
        let mut empty = begun(Format::Jsonl, Codec::Gzip, false);
        assert_eq!(empty.end().unwrap(), Codec::Gzip.pack(b"").unwrap());
    }

    #[test]
    fn rows_keep_to_the_names_of_the_first() {
        let row = |fields: &[(&str, &str)]| fields.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let rows = vec![
            row(&[("id", "1"), ("text", r#""He said \"no\",\nand went.""#), ("more", r#"{"a":[1]}"#)]),
            row(&[("text", "\"ü\""), ("id", "null")]),
            row(&[("id", "3"), ("other", "1")]),
        ];
        let mut sheet = begun(Format::Csv, Codec::Plain, false);
        let (written, refused) = sheet.write(Block::Table(rows), |_| true).unwrap();
        assert_eq!(
            String::from_utf8(written).unwrap(),
            "id,text,more\n1,\"He said \"\"no\"\",\nand went.\",\"{\"\"a\"\":[1]}\"\n,ü,\n"
        );
        assert_eq!((refused.len(), refused[0].0), (1, 2));
        assert_eq!(sheet.names().unwrap(), ["id", "text", "more"]);
    }
}
