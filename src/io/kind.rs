//! What a file is, by its first bytes.

/// So many bytes tell what it is.
pub(crate) const HEAD: usize = 8192;

/// A kind of file that is not text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    /// "it is …"
    pub is: &'static str,
    pub way: Way,
    /// Where the mark stands, and the mark.
    mark: (usize, &'static [u8]),
}

/// How to come by the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// A command unpacks it, or the files in it.
    Unpack(&'static str),
    /// It is text in a charset that is not read, by its name for `iconv`.
    Recode(&'static str),
    /// It holds records.
    Export,
    /// Some other program can turn it into text.
    Convert(&'static str),
    /// It holds no text.
    None,
}

const fn kind(is: &'static str, way: Way, at: usize, mark: &'static [u8]) -> Kind {
    Kind { is, way, mark: (at, mark) }
}

/// The kinds that are known.
const KINDS: [Kind; 38] = [
    kind("compressed with gzip", Way::Unpack("gzip -dc"), 0, b"\x1f\x8b"),
    kind("compressed with zstd", Way::Unpack("zstd -dc"), 0, b"\x28\xb5\x2f\xfd"),
    kind("compressed with xz", Way::Unpack("xz -dc"), 0, b"\xfd7zXZ\0"),
    kind("compressed with bzip2", Way::Unpack("bzip2 -dc"), 4, b"1AY&SY"),
    kind("compressed with bzip2, and empty", Way::None, 4, b"\x17\x72\x45\x38\x50\x90"),
    kind("compressed with lz4", Way::Unpack("lz4 -dc"), 0, b"\x04\x22\x4d\x18"),
    kind("compressed with lzip", Way::Unpack("lzip -dc"), 0, b"LZIP\x01"),
    kind("compressed with compress", Way::Unpack("gzip -dc"), 0, b"\x1f\x9d"),
    kind("a zip archive (as documents of office programs are, too)", Way::Unpack("unzip"), 0, b"PK\x03\x04"),
    kind("an empty zip archive", Way::None, 0, b"PK\x05\x06"),
    kind("a 7z archive", Way::Unpack("7z x"), 0, b"7z\xbc\xaf\x27\x1c"),
    kind("a rar archive", Way::Unpack("unrar x"), 0, b"Rar!\x1a\x07"),
    kind("a tar archive", Way::Unpack("tar -xf"), 257, b"ustar\0"),
    kind("a tar archive", Way::Unpack("tar -xf"), 257, b"ustar  \0"),
    kind("a PDF document", Way::Convert("pdftotext"), 0, b"%PDF-1."),
    kind("a PDF document", Way::Convert("pdftotext"), 0, b"%PDF-2."),
    kind(
        "an old document of an office program",
        Way::Convert("libreoffice --convert-to txt"),
        0,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ),
    kind("a Parquet file", Way::Export, 0, b"PAR1"),
    kind("an Arrow file", Way::Export, 0, b"ARROW1"),
    kind("a Feather file", Way::Export, 0, b"FEA1"),
    kind("an Avro file", Way::Export, 0, b"Obj\x01"),
    kind("an SQLite database", Way::Export, 0, b"SQLite format 3\0"),
    kind("an HDF5 file", Way::Export, 0, b"\x89HDF\r\n\x1a\n"),
    kind("a NumPy array", Way::Export, 0, b"\x93NUMPY"),
    kind("a Python pickle", Way::Export, 0, b"\x80\x04\x95"),
    kind("a Python pickle", Way::Export, 0, b"\x80\x05\x95"),
    kind("a PNG image", Way::None, 0, b"\x89PNG\r\n\x1a\n"),
    kind("a JPEG image", Way::None, 0, b"\xff\xd8\xff"),
    kind("a GIF image", Way::None, 0, b"GIF87a"),
    kind("a GIF image", Way::None, 0, b"GIF89a"),
    kind("a WebP image", Way::None, 8, b"WEBPVP8"),
    kind("a TIFF image", Way::None, 0, b"II*\0"),
    kind("a TIFF image", Way::None, 0, b"MM\0*"),
    kind("an Ogg file", Way::None, 0, b"OggS\0"),
    kind("a program", Way::None, 0, b"\x7fELF"),
    kind("a program", Way::None, 0, b"\xcf\xfa\xed\xfe"),
    kind("a program of WebAssembly", Way::None, 0, b"\0asm"),
    // With its bytes the other way round it is read as UTF-16 with a NUL after each character, which repair takes out.
    kind("text in UTF-32", Way::Recode("utf-32"), 0, b"\0\0\xfe\xff"),
];

/// What is not text, and of no kind that is known.
const BINARY: Kind = kind("binary data", Way::None, 0, b"");

/// What only a text as a whole may be in: a line of it that is cut off is none.
const UTF16: Kind = kind("text in UTF-16", Way::Recode("utf-16"), 0, b"");

/// Of so many bytes one may be a control character that no text has, and so many may be in any file: those that were damaged
/// hold some. Of random bytes one in nine is.
const CONTROLS: usize = 20;
const FEW_CONTROLS: usize = 16;

impl Kind {
    /// What a file is that begins so, `None` for text.
    pub fn of(head: &[u8]) -> Option<&'static Self> {
        Self::marked(head).or_else(|| is_binary(head).then_some(&BINARY))
    }

    /// The same for a file of which each line is read for itself.
    pub fn of_lines(head: &[u8]) -> Option<&'static Self> {
        Self::of(head).or_else(|| (is_utf16(head) && !has_record(head)).then_some(&UTF16))
    }

    /// What a file is by its mark, `None` for all others.
    pub fn marked(head: &[u8]) -> Option<&'static Self> {
        let marked = |kind: &&Self| {
            let (at, mark) = kind.mark;
            head.get(at..).is_some_and(|rest| rest.starts_with(mark))
        };
        // A text may begin with the same letters.
        let by_letters = |kind: &&Self| kind.mark.1.iter().all(u8::is_ascii_alphanumeric);
        KINDS.iter().find(marked).filter(|kind| !by_letters(kind) || !is_plain(head))
    }
}

/// Whether what is said to be compressed begins as text instead: of that few characters are damaged, of compressed bytes one in nine
/// is a control character.
pub(crate) fn begins_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    is_plain(head) || is_utf16(head) || (Kind::marked(head).is_none() && 2 * CONTROLS * controls(head) <= head.len())
}

fn controls(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| matches!(byte, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f)).count()
}

/// Whether it is UTF-8 without NUL, where the last character may be cut.
fn is_plain(head: &[u8]) -> bool {
    !head.contains(&0) && std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// Whether there are NUL bytes, and more control characters than damage explains. Text in UTF-16 is text, and so are lines of
/// JSON with rubbish between them: each is for its own record to answer for.
fn is_binary(head: &[u8]) -> bool {
    let too_many = |bytes: &[u8]| controls(bytes) > FEW_CONTROLS && controls(bytes) * CONTROLS > bytes.len();
    // What a text ends in when it was cut on a disk that failed.
    let end = head.iter().rposition(|byte| *byte != 0).map_or(head.len(), |last| last + 1);
    head.contains(&0) && too_many(&head[..end]) && !is_utf16(head) && !has_record(head)
}

/// A byte order mark, or the NUL bytes that go with the letters of ASCII: one in half of the pairs, always on the same side.
fn is_utf16(head: &[u8]) -> bool {
    let (pairs, _) = head.as_chunks::<2>();
    let letter = |byte: u8| byte >= b' ' || byte.is_ascii_whitespace();
    let (mut first, mut second) = (0, 0);
    for pair in pairs {
        first += usize::from(pair[0] == 0 && letter(pair[1]));
        second += usize::from(pair[1] == 0 && letter(pair[0]));
    }
    let (more, less) = (first.max(second), first.min(second));
    head.starts_with(b"\xff\xfe")
        || head.starts_with(b"\xfe\xff")
        || (more > 0 && 2 * more >= pairs.len() && 50 * less <= pairs.len())
}

/// Whether a line begins like a record of JSON.
fn has_record(head: &[u8]) -> bool {
    head.split(|byte| *byte == b'\n').any(|line| line.trim_ascii_start().starts_with(b"{\""))
}

/// Whether a text begins as a page does: with its document type or its outermost element, after white space, comments and the
/// declaration of XML.
pub(crate) fn begins_page(text: &[u8]) -> bool {
    let mut rest = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start();
    while let Some(end) = [(&b"<!--"[..], &b"-->"[..]), (b"<?", b"?>")].into_iter().find_map(|(begin, end)| {
        let inside = rest.get(..HEAD.min(rest.len()))?.strip_prefix(begin)?;
        Some(memchr::memmem::find(inside, end)? + begin.len() + end.len())
    }) {
        rest = rest.get(end..).unwrap_or_default().trim_ascii_start();
    }
    let begins = |name: &[u8]| {
        let after = rest.get(name.len()).is_some_and(|byte| *byte == b'>' || byte.is_ascii_whitespace());
        after && rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
    };
    begins(b"<!doctype html") || begins(b"<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(head: &[u8]) -> Option<&'static str> {
        Kind::of(head).map(|kind| kind.is)
    }

    #[test]
    fn kinds_are_known_by_their_marks() {
        assert_eq!(is(b"\x1f\x8b\x08\0"), Some("compressed with gzip"));
        assert_eq!(is(b"BZh91AY&SY\xff"), Some("compressed with bzip2"));
        assert_eq!(is(&[&[b'x'; 257][..], b"ustar\x0000"].concat()), Some("a tar archive"));
        assert_eq!(is(b"%PDF-1.7\n"), Some("a PDF document"));
        for kind in &KINDS {
            let head = [&vec![b' '; kind.mark.0][..], kind.mark.1, b"\0"].concat();
            assert_eq!(is(&head), Some(kind.is));
        }
    }

    #[test]
    fn what_is_unknown_and_no_text_is_binary() {
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for head in [&[0, 1, 2, 3, 4].repeat(4)[..], &b"\0\x01\x02\x03rest".repeat(5), &[0; HEAD], &noise] {
            assert_eq!(is(head), Some("binary data"), "{head:?}");
        }
    }

    #[test]
    fn lines_are_not_utf16() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        for head in [wide("\u{feff}{\"text\": \"One.\"}\n"), wide("{\"text\": \"One.\"}\n")] {
            assert_eq!((is(&head), Kind::of_lines(&head)), (None, Some(&UTF16)));
        }
        for head in [&b""[..], b"{\"text\": \"One.\"}\n", b"\0\n{\"text\": \"One.\"}\n", b"\0x\0y\n{\"a\":1}\n"] {
            assert_eq!(Kind::of_lines(head), None, "{head:?}");
        }
    }

    #[test]
    fn pages_are_known_by_their_beginning() {
        for page in
            ["<!DOCTYPE html>", "\u{feff}\n<!doctype HTML public>", "<html>", "<?xml?>\n<!-- a --> <html lang=en>"]
        {
            assert!(begins_page(page.as_bytes()), "{page}");
        }
        for text in ["", "<", "<htmlx>", "It rained. <html>", "<!-- <html>", "<p>It rained."] {
            assert!(!begins_page(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn text_is_text() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let long = format!("A page of text, and one NUL.\0{}", "It rained. ".repeat(20));
        for head in [
            &b""[..],
            b"PK is a name, GIF89 another, and this is a line.\n",
            b"GIF89a is a format of pictures.\n",
            "PAR1SIENNE, the café at the corner".as_bytes(),
            b"ARROW1 flew",
            b"FEA1 ",
            b"OK this WEBPVP8 is a codec.",
            b"%PDF-files are read by many programs.",
            // Cut in the middle of a character.
            "PAR1 à".as_bytes().split_last().unwrap().1,
            b"caf\xe9 au lait",
            "東京の天気 \x1b[1mfett\x1b[0m\r\n\x0c".as_bytes(),
            long.as_bytes(),
            &[long.as_bytes(), &[0; 500]].concat(),
            b"\x1b]0;title\x07\x01\0",
            &wide("\u{feff}東京\u{1}"),
            &wide("Grüße aus Köln.\r\n"),
            b"\0\0\0\0\0\0\0\0\n{\"text\": \"One.\"}\n",
        ] {
            assert_eq!(is(head), None, "{head:?}");
        }
    }
}
