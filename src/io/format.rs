//! Formats of files, by their names, their first bytes, or as a user says.

use std::path::Path;

use super::codec::Codec;
use super::kind::begins_page;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// An article
    Text,
    /// A page
    Html,
    /// JSON lines, a record each
    Jsonl,
    /// Values with commas between, the first row their names
    Csv,
    /// The same with tabs
    Tsv,
    /// A crawl: WARC, of which the pages are read, or WET
    Warc,
    /// Parquet
    #[cfg(feature = "columnar")]
    Parquet,
    /// Arrow IPC, also called Feather
    #[cfg(feature = "columnar")]
    Arrow,
    /// Arrow IPC as a stream
    #[cfg(feature = "columnar")]
    Arrows,
}

impl Format {
    #[cfg(not(feature = "columnar"))]
    const ALL: [Self; 6] = [Self::Text, Self::Html, Self::Jsonl, Self::Csv, Self::Tsv, Self::Warc];
    #[cfg(feature = "columnar")]
    const ALL: [Self; 9] = [
        Self::Text,
        Self::Html,
        Self::Jsonl,
        Self::Csv,
        Self::Tsv,
        Self::Warc,
        Self::Parquet,
        Self::Arrow,
        Self::Arrows,
    ];

    /// What names end in, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt", "text", "md"],
            Self::Html => &["html", "htm", "xhtml", "shtml"],
            Self::Jsonl => &["jsonl", "ndjson", "json"],
            Self::Csv => &["csv"],
            Self::Tsv => &["tsv", "tab"],
            Self::Warc => &["warc", "wet"],
            #[cfg(feature = "columnar")]
            Self::Parquet => &["parquet", "pq"],
            #[cfg(feature = "columnar")]
            Self::Arrow => &["arrow", "feather", "ipc"],
            #[cfg(feature = "columnar")]
            Self::Arrows => &["arrows"],
        }
    }

    /// What a name says, that of a codec at its end aside.
    pub fn of_name(name: &Path) -> Option<Self> {
        let stem = if Codec::of_name(name) == Codec::Plain { name } else { Path::new(name.file_stem()?) };
        let extension = stem.extension()?;
        let says = |format: &Self| format.extensions().iter().any(|known| extension.eq_ignore_ascii_case(known));
        Self::ALL.into_iter().find(says)
    }

    /// What the first bytes say, where they say it: those of a text say nothing.
    pub fn of_head(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"WARC/") {
            return Some(Self::Warc);
        }
        #[cfg(feature = "columnar")]
        {
            let marked = |mark: &[u8]| head.starts_with(mark) && std::str::from_utf8(head).is_err();
            if marked(b"PAR1") {
                return Some(Self::Parquet);
            }
            if marked(b"ARROW1") {
                return Some(Self::Arrow);
            }
            if head.starts_with(b"\xff\xff\xff\xff") {
                return Some(Self::Arrows);
            }
        }
        begins_page(head).then_some(Self::Html)
    }

    /// Whether it holds records, each with fields of its own.
    pub const fn has_fields(self) -> bool {
        !matches!(self, Self::Text | Self::Html)
    }

    /// Whether files of it can be read only as a whole, and say how they are packed inside.
    pub const fn is_columnar(self) -> bool {
        #[cfg(feature = "columnar")]
        return matches!(self, Self::Parquet | Self::Arrow | Self::Arrows);
        #[cfg(not(feature = "columnar"))]
        false
    }
}

/// Why a file of that name is not written, where its name promises something else than would be in it.
pub(crate) fn refusal(name: &Path) -> Option<String> {
    const PACKED: [&str; 8] = ["7z", "br", "bz2", "lz", "rar", "tar", "xz", "zip"];
    const COLUMNS: [&str; 6] = ["arrow", "arrows", "feather", "ipc", "parquet", "pq"];
    let extension = name.extension()?.to_str()?.to_ascii_lowercase();
    if PACKED.contains(&&*extension) {
        return Some(format!(".{extension} is not written: use .gz, .zst or .lz4"));
    }
    (cfg!(not(feature = "columnar")) && COLUMNS.contains(&&*extension)).then(|| {
        format!(".{extension} is not written by this build of copydesk, which is without the feature `columnar`; use .jsonl.gz")
    })
}

/// Whether a first line is a record of JSON.
pub(crate) fn begins_record(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let whole = || serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    // A line that is longer than what was read of it.
    head.starts_with(b"{") && (whole() || line.len() == head.len() && head.len() > 4096 && head.starts_with(b"{\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_in_a_file() {
        for (name, format) in [
            ("a.jsonl", Some(Format::Jsonl)),
            ("crawl/a.b.NDJSON.gz", Some(Format::Jsonl)),
            ("a.warc.gz", Some(Format::Warc)),
            ("CC-MAIN-0.warc.wet.gz", Some(Format::Warc)),
            ("a.txt.zst", Some(Format::Text)),
            ("page.HTM", Some(Format::Html)),
            ("a.tsv.lz4", Some(Format::Tsv)),
            ("a", None),
            ("a.gz", None),
            ("jsonl", None),
        ] {
            assert_eq!(Format::of_name(Path::new(name)), format, "{name}");
        }
    }

    #[test]
    fn first_bytes_say_it_too() {
        assert_eq!(Format::of_head(b"WARC/1.0\r\n"), Some(Format::Warc));
        assert_eq!(Format::of_head(b"<!doctype html>\n"), Some(Format::Html));
        assert_eq!(Format::of_head(b"It rained."), None);
        for head in ["{\"text\": 1}\n{", "\n {\"a\":\"b\"}", "{}"] {
            assert!(begins_record(head.as_bytes()), "{head}");
        }
        let cut = format!("{{\"text\": \"{}", "x".repeat(8000));
        assert!(begins_record(cut.as_bytes()));
        for head in ["", "{", "{\"text\": \"cut", "{It} rained.\n", "[1]\n", "{\n\"text\": 1}\n"] {
            assert!(!begins_record(head.as_bytes()), "{head}");
        }
    }
}
