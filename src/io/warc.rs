//! Crawls: the records of WARC files that hold pages, and those of WET files that hold their texts.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use super::kind::{begins_page, begins_text};
use super::unit::{UNIT_BYTES, UNIT_ITEMS};
use crate::cleaner::Input;
use crate::error::{Error, Result};

/// A longer header is none.
const MOST_HEADER: usize = 1 << 20;
/// A page that is packed in a record is unpacked to so much at most.
const MOST_UNPACKED: u64 = 256 << 20;
/// Read at once of a page in brotli.
const BROTLI_BUFFER: usize = 4096;

/// What is written of a header: names in the output, and in the header.
const SAID: [(&str, &str); 3] = [("url", "warc-target-uri"), ("warc_date", "warc-date"), ("warc_id", "warc-record-id")];

/// A record that holds a page or its text.
#[derive(Debug)]
pub(crate) struct Page {
    /// Its number in the file, from 1.
    pub at: u64,
    header: Fields,
    block: Vec<u8>,
    /// Why it is none.
    broken: Option<String>,
}

/// Records that follow one another.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    pub pages: Vec<Page>,
    /// Records among them that hold neither page nor text.
    pub passed: u64,
}

/// Named fields of a header.
#[derive(Debug, Default)]
struct Fields(Vec<(String, String)>);

impl Fields {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }

    /// The type of what follows, without what is said of it.
    fn kind(&self) -> &str {
        self.get("content-type").unwrap_or_default().split(';').next().unwrap_or_default().trim()
    }

    /// A line as "name: value"; one that begins with white space goes on with the one before.
    fn push(&mut self, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        match text.split_once(':') {
            _ if text.starts_with([' ', '\t']) => {
                if let Some((_, value)) = self.0.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            }
            Some((name, value)) => self.0.push((name.trim().to_owned(), value.trim().to_owned())),
            None => {}
        }
    }
}

/// Reads the records of a file.
pub(super) struct Records<R> {
    from: R,
    /// Records begun.
    count: u64,
    /// The longest block that is kept.
    most: usize,
    /// A line that was read and begins the next record.
    ahead: Option<Vec<u8>>,
    broken: Option<io::Error>,
    /// Records that hold neither page nor text, since the last page.
    passed: u64,
}

impl<R: BufRead> Records<R> {
    pub fn new(from: R, most: usize) -> Self {
        Self { from, count: 0, most, ahead: None, broken: None, passed: 0 }
    }

    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The next pages, nothing at the end.
    ///
    /// # Errors
    /// What the stream says, when the records before were given.
    pub fn next_pages(&mut self) -> io::Result<Option<Pages>> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        let (mut pages, mut bytes) = (Vec::new(), 0);
        while bytes < UNIT_BYTES && pages.len() < UNIT_ITEMS {
            match self.next() {
                Ok(Some(page)) => {
                    bytes += page.bytes();
                    pages.push(page);
                }
                Ok(None) => break,
                Err(error) if pages.is_empty() => return Err(error),
                Err(error) => {
                    self.broken = Some(error);
                    break;
                }
            }
        }
        let passed = std::mem::take(&mut self.passed);
        Ok((!pages.is_empty() || passed > 0).then_some(Pages { pages, passed }))
    }

    /// The next record that holds a page or a text.
    fn next(&mut self) -> io::Result<Option<Page>> {
        loop {
            let Some(line) = self.first_line()? else { return Ok(None) };
            self.count += 1;
            let mut page = Page { at: self.count, header: Fields::default(), block: Vec::new(), broken: None };
            if !line.starts_with(b"WARC/") {
                page.broken = Some("no WARC record begins here".to_owned());
                page.block = line;
                // On with the next that does.
                while let Some(line) = self.line()? {
                    if line.starts_with(b"WARC/") {
                        self.ahead = Some(line);
                        break;
                    }
                }
                return Ok(Some(page));
            }
            if !self.header(&mut page.header)? {
                page.broken = Some("the record is cut short in its header".to_owned());
                return Ok(Some(page));
            }
            let Some(length) = page.header.get("content-length").and_then(|length| length.parse::<u64>().ok()) else {
                page.broken = Some("the record says no Content-Length".to_owned());
                return Ok(Some(page));
            };
            let wanted = match page.header.get("warc-type").unwrap_or_default() {
                "response" => page.header.kind().eq_ignore_ascii_case("application/http"),
                "resource" => is_page(page.header.kind()),
                "conversion" => page.header.kind().eq_ignore_ascii_case("text/plain"),
                _ => false,
            };
            let kept = if wanted { length.min(self.most as u64) } else { 0 };
            let mut read = (&mut self.from).take(kept).read_to_end(&mut page.block)? as u64;
            if read == kept {
                read += io::copy(&mut (&mut self.from).take(length - kept), &mut io::sink())?;
            }
            if read < length {
                page.broken = Some(format!("the record is cut short: {read} of its {length} bytes are there"));
                return Ok(Some(page));
            }
            if !wanted {
                self.passed += 1;
                continue;
            }
            if kept < length {
                page.block.truncate(1000);
                page.broken = Some(format!("the record has {length} bytes: --max-record allows {}", self.most));
            }
            return Ok(Some(page));
        }
    }

    /// The next line that is not empty.
    fn first_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        if let Some(line) = self.ahead.take() {
            return Ok(Some(line));
        }
        loop {
            match self.line()? {
                Some(line) if line.is_empty() => {}
                line => return Ok(line),
            }
        }
    }

    /// A line, or as much of it as a header may have.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        if (&mut self.from).take(MOST_HEADER as u64).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            line.pop();
        }
        Ok(Some(line))
    }

    /// Reads the lines of a header; whether it has an end.
    fn header(&mut self, header: &mut Fields) -> io::Result<bool> {
        let mut size = 0;
        while let Some(line) = self.line()? {
            if line.is_empty() {
                return Ok(true);
            }
            size += line.len();
            if size > MOST_HEADER {
                return Ok(false);
            }
            header.push(&line);
        }
        Ok(false)
    }
}

/// What a record says.
pub(crate) struct Content<'p> {
    /// Names, and values as JSON.
    pub fields: Vec<(&'static str, String)>,
    pub url: Option<&'p str>,
    pub lang: Option<&'p str>,
    pub input: Input<'p>,
}

impl Page {
    pub fn bytes(&self) -> usize {
        self.block.len() + 256
    }

    /// Its bytes as they are in the file, for a reject.
    pub fn raw(&self) -> &[u8] {
        &self.block
    }

    /// What its header says, under the name that it has in the output.
    pub fn said(&self, name: &str) -> Option<&str> {
        let (_, header) = SAID.into_iter().find(|(known, _)| *known == name)?;
        let value = self.header.get(header)?;
        Some(if name == "url" { value.trim_start_matches('<').trim_end_matches('>') } else { value })
    }

    /// What it says; nothing where it is no page.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn content(&self) -> Result<Option<Content<'_>>> {
        if let Some(reason) = &self.broken {
            return Err(Error::format(reason.clone()));
        }
        let of = |name: &str| self.header.get(name);
        let text =
            |value: Option<&str>| value.map_or_else(|| "null".to_owned(), |value| serde_json::json!(value).to_string());
        let url = self.said("url");
        let mut fields: Vec<_> = SAID.into_iter().map(|(name, _)| (name, text(self.said(name)))).collect();
        let (input, kind, status, lang) = match of("warc-type") {
            Some("response") => {
                let Some((status, header, body)) = http(&self.block) else {
                    return Err(Error::format("the record holds no answer of HTTP"));
                };
                let kind = header.kind().to_owned();
                if !kind.is_empty() && !is_page(&kind) {
                    return Ok(None);
                }
                let body = plain(&header, body)?;
                if kind.is_empty() && !begins_page(&body) {
                    return Ok(None);
                }
                (page(&header, body), kind, status, None)
            }
            Some("conversion") => {
                let langs = of("warc-identified-content-language");
                let lang = langs.and_then(|langs| langs.split(',').next()).filter(|lang| !lang.is_empty());
                (Input::from(&self.block[..]), self.header.kind().to_owned(), None, lang)
            }
            _ => (page(&self.header, Cow::Borrowed(&self.block)), self.header.kind().to_owned(), None, None),
        };
        fields.push(("status", status.map_or_else(|| "null".to_owned(), |status: u16| status.to_string())));
        fields.push(("content_type", text(Some(&*kind).filter(|kind| !kind.is_empty()))));
        Ok(Some(Content { fields, url, lang, input }))
    }
}

fn is_page(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
}

/// The status, the header and the body of an answer.
fn http(block: &[u8]) -> Option<(Option<u16>, Fields, &[u8])> {
    if !block.starts_with(b"HTTP/") {
        return None;
    }
    let (mut header, mut status, mut rest) = (Fields::default(), None, block);
    loop {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        let line = line.trim_ascii_end();
        if status.is_none() {
            let number = line.split(|byte| *byte == b' ').nth(1);
            status = Some(number.and_then(|number| std::str::from_utf8(number).ok()?.parse().ok()));
        } else if !line.is_empty() {
            header.push(line);
        }
        rest = after;
        if line.is_empty() || rest.is_empty() {
            return Some((status.flatten(), header, rest));
        }
    }
}

/// The body without what it was sent in. Crawlers undo that, and leave the header as it was: what is not so packed is taken as
/// it is.
fn plain<'b>(header: &Fields, body: &'b [u8]) -> Result<Cow<'b, [u8]>> {
    let says = |name: &str| header.get(name).unwrap_or_default().to_ascii_lowercase();
    let mut body = Cow::Borrowed(body);
    if says("transfer-encoding").contains("chunked")
        && let Some(whole) = unchunked(&body)
    {
        body = Cow::Owned(whole);
    }
    for coding in says("content-encoding").rsplit(',').map(str::trim) {
        let unpacked = match coding {
            "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => unpack(flate2::read::MultiGzDecoder::new(&*body)),
            "deflate" if body.first().is_some_and(|byte| byte & 15 == 8) => {
                unpack(flate2::read::ZlibDecoder::new(&*body))
            }
            "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => {
                zstd::Decoder::with_buffer(&*body).map_or_else(|error| Err(Error::format(error.to_string())), unpack)
            }
            // Nothing marks it: it is if what comes out is text.
            "br" if std::str::from_utf8(&body).is_err() => {
                match unpack(brotli_decompressor::Decompressor::new(&*body, BROTLI_BUFFER)) {
                    Ok(page) if begins_text(&page) => Ok(page),
                    _ if begins_text(&body) => continue,
                    _ => Err(not_packed(coding)),
                }
            }
            "gzip" | "x-gzip" | "deflate" | "zstd" if !begins_text(&body) => Err(not_packed(coding)),
            _ => continue,
        };
        body = Cow::Owned(unpacked?);
    }
    Ok(body)
}

fn not_packed(coding: &str) -> Error {
    Error::format(format!("the page is neither compressed with {coding}, as its header says, nor text"))
}

/// What is in a body, or as much of it as is there.
fn unpack(mut from: impl Read) -> Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    match from.by_ref().take(MOST_UNPACKED).read_to_end(&mut unpacked) {
        Err(error) if unpacked.is_empty() => Err(Error::format(format!("the page cannot be unpacked: {error}"))),
        _ if unpacked.len() as u64 == MOST_UNPACKED => {
            Err(Error::format("the page is larger than 256 MiB when unpacked"))
        }
        _ => Ok(unpacked),
    }
}

/// A body that was sent in chunks; nothing where it was not.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let (mut whole, mut rest) = (Vec::with_capacity(body.len()), body);
    loop {
        let Some(end) = memchr::memchr(b'\n', rest.get(..rest.len().min(256))?) else {
            // Cut between chunks: what came before is there.
            return (!whole.is_empty()).then_some(whole);
        };
        // A line that says no size, or is no text, ends what was sent in chunks.
        let line = std::str::from_utf8(&rest[..end]).unwrap_or_default();
        let size = line.split(';').next().and_then(|size| usize::from_str_radix(size.trim(), 16).ok());
        let size = match size {
            Some(0) => return Some(whole),
            Some(size) => size,
            None if whole.is_empty() => return None,
            None => return Some(whole),
        };
        let chunk = &rest[end + 1..];
        whole.extend_from_slice(&chunk[..size.min(chunk.len())]);
        let Some(after) = chunk.get(size..) else { return Some(whole) };
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
    }
}

/// A page in the charset that the header names, which counts more than what the page says itself; but bytes that are UTF-8 are.
fn page<'p>(header: &Fields, body: Cow<'p, [u8]>) -> Input<'p> {
    let kind = header.get("content-type").unwrap_or_default();
    let named = kind.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    });
    match named.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes())) {
        Some(encoding) if encoding != encoding_rs::UTF_8 && std::str::from_utf8(&body).is_err() => {
            Input::Html(Cow::Owned(encoding.decode(&body).0.into_owned()))
        }
        _ => Input::HtmlBytes(body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::codec::{Codec, Packing};

    fn record(kind: &str, content: &str, block: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://orla.example/1\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n\
             Content-Type: {content}\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn response(header: &str, body: &[u8]) -> Vec<u8> {
        let block = [format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n").as_bytes(), body].concat();
        record("response", "application/http; msgtype=response", &block)
    }

    fn pages(file: &[u8]) -> Vec<Page> {
        Records::new(file, 1 << 20).next_pages().unwrap().unwrap().pages
    }

    fn html(file: &[u8]) -> String {
        let pages = pages(file);
        let content = pages[0].content().unwrap().unwrap();
        match &content.input {
            Input::Html(text) => text.to_string(),
            input => String::from_utf8(input.bytes().to_vec()).unwrap(),
        }
    }

    #[test]
    fn pages_are_taken_out_of_what_they_were_sent_in() {
        let page = "<p>It rained in Köln.</p>";
        let chunked = format!("5\r\n{}\r\n{:x};x=y\r\n{}\r\n0\r\n\r\n", &page[..5], page.len() - 5, &page[5..]);
        let packed = Packing::new(Codec::Gzip, None).pack(page.as_bytes()).unwrap();
        let sent = [format!("{:X}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(page);
        for (header, body) in [
            ("Content-Type: text/html", page.as_bytes()),
            ("Content-Type: TEXT/HTML; charset=utf-8", page.as_bytes()),
            ("Content-Type: text/html\r\nTransfer-Encoding: chunked", chunked.as_bytes()),
            ("Content-Type: text/html\r\nTransfer-Encoding: chunked", page.as_bytes()),
            ("Content-Type: text/html\r\nContent-Encoding: gzip", &packed),
            ("Content-Type: text/html\r\nContent-Encoding: gzip", page.as_bytes()),
            ("content-type: text/html\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked", &sent),
            ("Content-Type: text/html;charset=\"iso-8859-1\"", &latin),
        ] {
            assert_eq!(html(&response(header, body)), page, "{header}");
        }
        // "<p>It rained in Köln.</p>", by the encoder of brotli's authors.
        let brotli = b"\x8b\x0c\x80\x3c\x70\x3e\x49\x74\x20\x72\x61\x69\x6e\x65\x64\x20\x69\x6e\x20\x4b\xc3\xb6\x6c\x6e\x2e\x3c\x2f\x70\x3e\x03";
        assert_eq!(html(&response("Content-Type: text/html\r\nContent-Encoding: br", brotli)), page);
        let zstd = Packing::new(Codec::Zstd, None).pack(page.as_bytes()).unwrap();
        assert_eq!(html(&response("Content-Type: text/html\r\nContent-Encoding: zstd", &zstd)), page);
    }

    #[test]
    fn good_chunks_stay_and_what_is_not_unpacked_is_no_page() {
        let page = "<p>It rained in Orla.</p>";
        for line in [&b"\xff\xfe\r\n"[..], b"no size\r\n", b"fffffffffffffffffffff\r\n"] {
            let sent = [format!("{:x}\r\n{page}\r\n", page.len()).as_bytes(), line, b"rest"].concat();
            assert_eq!(html(&response("Content-Type: text/html\r\nTransfer-Encoding: chunked", &sent)), page);
        }
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
        for coding in ["gzip", "deflate", "zstd", "br"] {
            let sent =
                |kind: &str| response(&format!("Content-Type: {kind}\r\nContent-Encoding: {coding}"), &noise[1..]);
            let why = pages(&sent("text/html"))[0].content().err().unwrap().to_string();
            assert!(why.contains(coding), "{why}");
            assert!(pages(&sent("image/png"))[0].content().unwrap().is_none());
        }
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode("<p>It rained in Köln.</p>");
        let sent = response("Content-Type: text/html; charset=iso-8859-1\r\nContent-Encoding: gzip", &latin);
        assert_eq!(html(&sent), "<p>It rained in Köln.</p>");
    }

    #[test]
    fn what_holds_no_page_is_passed_over() {
        let file = [
            record("warcinfo", "application/warc-fields", b"software: x\r\n"),
            record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
            response("Content-Type: image/png", b"\x89PNG"),
            record("conversion", "text/plain", "It rained.\n".as_bytes()),
        ]
        .concat();
        let mut records = Records::new(&file[..], 1 << 20);
        let Pages { pages, passed } = records.next_pages().unwrap().unwrap();
        assert_eq!((pages.len(), pages[0].at, pages[1].at, passed), (2, 3, 4, 2));
        assert!(pages[0].content().unwrap().is_none());
        let text = pages[1].content().unwrap().unwrap();
        assert_eq!((text.input.bytes(), text.url), (&b"It rained.\n"[..], Some("https://orla.example/1")));
        assert!(records.next_pages().unwrap().is_none());
    }

    #[test]
    fn what_is_broken_says_why_and_the_next_is_read() {
        let good = response("Content-Type: text/html", b"<p>It rained.");
        let long = response("Content-Type: text/html", &vec![b'x'; 2 << 20]);
        let file = [&b"rubbish\nmore\n"[..], &good, &long, &good, &good[..good.len() - 10]].concat();
        let all = pages(&file);
        let why = |at: usize| all[at].content().err().map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(why(0), "no WARC record begins here");
        assert!(why(2).contains("--max-record"), "{}", why(2));
        assert!(why(4).starts_with("the record is cut short: "), "{}", why(4));
        assert!([1, 3].into_iter().all(|at| why(at).is_empty()) && all.len() == 5);
    }
}
