//! What is written to one output, unit by unit: lines, or rows of a table.

use std::io;

use super::codec::{Codec, Packing};
use super::fields::Field;
use super::format::Format;
use super::table::{Dialect, Table};

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
    pub fn pack(&mut self, packing: Packing) -> io::Result<()> {
        if packing.codec != Codec::Plain && !self.plain.is_empty() {
            self.packed = packing.pack(&self.plain)?;
        }
        Ok(())
    }

    /// Each record for itself, not compressed.
    pub fn records(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.plain.get(start..*end).unwrap_or_default())
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
    pub packing: Packing,
    /// Whether texts have line feeds between them.
    pub gaps: bool,
    #[cfg_attr(not(feature = "columnar"), allow(dead_code, reason = "what is in a field has a type in columns alone"))]
    pub added: Option<Added>,
}

/// An output under way.
pub(crate) struct Sheet {
    packing: Packing,
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
        table: Table,
        /// Columns of a table without rows.
        otherwise: Option<Vec<String>>,
    },
    #[cfg(feature = "columnar")]
    Columns(Box<super::columns::Writer>),
}

/// A row that could not be written, by its place in its unit, and why.
pub(crate) type Refused = (usize, String);

impl Sheet {
    /// One of that form; where something was written `before`, the columns of it.
    pub fn new(form: Form, before: Option<Vec<String>>, empty: bool) -> Self {
        let Form { format, packing, gaps, .. } = form;
        let kind = match format {
            Format::Csv => Kind::Table { table: Table::new(Dialect::Csv, before), otherwise: None },
            Format::Tsv => Kind::Table { table: Table::new(Dialect::Tsv, before), otherwise: None },
            #[cfg(feature = "columnar")]
            format if format.is_columnar() => Kind::Columns(Box::new(super::columns::Writer::new(format, form.added))),
            _ => Kind::Bytes { gaps },
        };
        Self { packing, empty, kind }
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
            Kind::Table { table, .. } => table.names().map(<[String]>::to_vec),
            _ => None,
        }
    }

    /// Says what the columns of a table are should no row come: the first time it is said counts.
    pub fn offer(&mut self, names: &[String]) {
        if let Kind::Table { otherwise: otherwise @ None, .. } = &mut self.kind {
            *otherwise = Some(names.to_vec());
        }
    }

    /// What was said of that, to continue it with.
    pub fn offered(&self) -> Option<Vec<String>> {
        match &self.kind {
            Kind::Table { otherwise, .. } => otherwise.clone(),
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
                if self.packing.codec == Codec::Plain || bytes.plain.is_empty() {
                    bytes.plain
                } else if all && !first && !bytes.packed.is_empty() {
                    bytes.packed
                } else {
                    self.packing.pack(&bytes.plain)?
                }
            }
            (Kind::Table { table, .. }, Block::Table(rows)) => {
                let mut plain = Vec::new();
                for (i, row) in rows.iter().enumerate() {
                    match table.refusal(row) {
                        Some(reason) => refused.push((i, reason)),
                        None if keep(i) => table.row(row, &mut plain),
                        None => {}
                    }
                }
                if self.empty && !plain.is_empty() {
                    plain.splice(..0, table.header(&[]));
                }
                if plain.is_empty() { plain } else { self.packing.pack(&plain)? }
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
            Kind::Table { table, otherwise: Some(names) } if self.empty => self.packing.pack(&table.header(names)),
            // An empty file is none of a codec.
            _ if self.empty && self.packing.codec != Codec::Plain => self.packing.pack(b""),
            _ => Ok(Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(records: &[&str], codec: Codec) -> Block {
        let mut bytes = Bytes::default();
        records.iter().for_each(|record| bytes.push(|to| to.extend_from_slice(record.as_bytes())));
        bytes.pack(Packing::new(codec, None)).unwrap();
        Block::Bytes(bytes)
    }

    fn begun(format: Format, codec: Codec, gaps: bool) -> Sheet {
        Sheet::new(Form { format, packing: Packing::new(codec, None), gaps, added: None }, None, true)
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
        let pack = |plain: &[u8]| Packing::new(Codec::Gzip, None).pack(plain).unwrap();
        let want = pack(b"1\n3\n");
        let mut sheet = begun(Format::Jsonl, Codec::Gzip, false);
        assert_eq!(sheet.write(bytes(&["1\n", "2\n", "3\n"], Codec::Gzip), |i| i != 1).unwrap().0, want);
        assert_eq!(sheet.write(bytes(&["1\n", "3\n"], Codec::Gzip), |_| true).unwrap().0, want);
        assert!(sheet.end().unwrap().is_empty());
        let mut empty = begun(Format::Jsonl, Codec::Gzip, false);
        assert_eq!(empty.end().unwrap(), pack(b""));
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
        assert!(sheet.end().unwrap().is_empty());
    }

    #[test]
    fn a_table_without_rows_has_columns() {
        let mut sheet = begun(Format::Tsv, Codec::Plain, false);
        for names in [["id", "text"], ["other", "names"]] {
            sheet.offer(&names.map(str::to_owned));
        }
        assert_eq!((sheet.is_empty(), sheet.end().unwrap().as_slice()), (true, &b"id\ttext\n"[..]));
    }
}
