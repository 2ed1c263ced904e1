//! Rows of tables of texts, CSV and TSV: as people write them, with quotation marks only where they are needed.

use std::collections::HashMap;

use super::record::text_of;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Commas; a value with a comma, a quotation mark or a line end stands in quotation marks.
    Csv,
    /// Tabs; a value with a tab or a line end, or that begins with a quotation mark.
    Tsv,
}

/// The columns of a table, which are those of its first row.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    dialect: Dialect,
    names: Option<Vec<String>>,
    /// Where each name stands; of one that stands twice, the first place.
    places: HashMap<String, usize>,
}

impl Table {
    pub fn new(dialect: Dialect, names: Option<Vec<String>>) -> Self {
        let places = names.as_deref().map(places).unwrap_or_default();
        Self { dialect, names, places }
    }

    /// Its columns; nothing before the first row.
    pub fn names(&self) -> Option<&[String]> {
        self.names.as_deref()
    }

    /// Its first line: the names, or those where there was no row.
    pub fn header(&self, otherwise: &[String]) -> Vec<u8> {
        let mut to = Vec::new();
        self.line(self.names.as_deref().unwrap_or(otherwise).iter().map(String::as_str), &mut to);
        to
    }

    /// Why a row cannot be written: its names are not those of the first one.
    pub fn refusal(&self, row: &[(String, String)]) -> Option<String> {
        let (name, _) = row.iter().find(|(name, _)| self.names.is_some() && !self.places.contains_key(name))?;
        Some(format!("the field {name:?} is not among the columns, which are those of the first record"))
    }

    /// Writes a row: names, and values as JSON.
    pub fn row(&mut self, row: &[(String, String)], to: &mut Vec<u8>) {
        let names = self.names.get_or_insert_with(|| {
            let names: Vec<String> = row.iter().map(|(name, _)| name.clone()).collect();
            self.places = places(&names);
            names
        });
        let mut values = vec![String::new(); names.len()];
        let same = row.len() == names.len() && row.iter().zip(&*names).all(|((one, _), name)| one == name);
        for (i, (name, json)) in row.iter().enumerate() {
            let at = if same { Some(i) } else { self.places.get(name).copied() };
            if let Some(value) = at.and_then(|at| values.get_mut(at)) {
                *value = cell(json);
            }
        }
        self.line(values.iter().map(String::as_str), to);
    }

    fn line<'v>(&self, values: impl ExactSizeIterator<Item = &'v str>, to: &mut Vec<u8>) {
        // Else the line would be empty, and none.
        let alone = values.len() == 1;
        for (i, value) in values.enumerate() {
            if i > 0 {
                to.push(self.dialect.delimiter());
            }
            if self.dialect.quotes(value) || alone && value.is_empty() {
                to.push(b'"');
                to.extend_from_slice(value.replace('"', "\"\"").as_bytes());
                to.push(b'"');
            } else {
                to.extend_from_slice(value.as_bytes());
            }
        }
        to.push(b'\n');
    }
}

fn places(names: &[String]) -> HashMap<String, usize> {
    // The first one is put last.
    names.iter().enumerate().rev().map(|(at, name)| (name.clone(), at)).collect()
}

impl Dialect {
    pub const fn delimiter(self) -> u8 {
        match self {
            Self::Csv => b',',
            Self::Tsv => b'\t',
        }
    }

    fn quotes(self, value: &str) -> bool {
        let line_end = |byte: u8| matches!(byte, b'\n' | b'\r');
        match self {
            Self::Csv => value.bytes().any(|byte| matches!(byte, b',' | b'"') || line_end(byte)),
            // Readers take a quotation mark for one that opens only where the value begins.
            Self::Tsv => value.starts_with('"') || value.bytes().any(|byte| byte == b'\t' || line_end(byte)),
        }
    }
}

/// A value of JSON in a table of texts: a text as it is, null as nothing, all else as JSON.
fn cell(json: &str) -> String {
    if json == "null" { String::new() } else { text_of(json).unwrap_or_else(|| json.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let values = [
            "",
            "plain",
            "a,b",
            "say \"no\"",
            "\"quoted\" first",
            "two\nlines",
            "a\tb",
            "\r",
            "\\n",
            "{\"a\":[1]}",
            "ü",
        ];
        for dialect in [Dialect::Csv, Dialect::Tsv] {
            for width in [1, 3] {
                let mut table = Table::new(dialect, None);
                let mut written = Vec::new();
                for chunk in values.chunks(width) {
                    let field = |(i, value): (usize, &&str)| (i.to_string(), serde_json::json!(value).to_string());
                    table.row(&chunk.iter().enumerate().map(field).collect::<Vec<_>>(), &mut written);
                }
                let mut reader =
                    csv::ReaderBuilder::new().delimiter(dialect.delimiter()).has_headers(false).from_reader(&*written);
                let read: Vec<String> = reader
                    .records()
                    .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
                    .collect();
                assert_eq!(read[..values.len()], values, "{dialect:?}");
            }
        }
    }

    #[test]
    fn tabs_need_fewer_quotation_marks() {
        let row = [("id".to_owned(), "1".to_owned()), ("said".to_owned(), "{\"a\":\"b, c\"}".to_owned())];
        for (dialect, want) in
            [(Dialect::Csv, "1,\"{\"\"a\"\":\"\"b, c\"\"}\"\n"), (Dialect::Tsv, "1\t{\"a\":\"b, c\"}\n")]
        {
            let mut written = Vec::new();
            Table::new(dialect, None).row(&row, &mut written);
            assert_eq!(String::from_utf8(written).unwrap(), want);
        }
    }
}
