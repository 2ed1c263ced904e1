//! Lines of a stream, in chunks that are worked on in parallel.

use std::io::{self, BufRead, Read};
use std::ops::Range;

/// A chunk is full when it holds so many bytes, and ends with the line that filled it.
pub(crate) const CHUNK_BYTES: usize = 4 << 20;
/// Or so many lines.
const CHUNK_LINES: usize = 4096;

/// So much is kept of a line that is too long, to be shown.
const SHOWN: usize = 1000;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The lines of a stream. A line ends with `\n` or `\r\n`; a byte order mark at its head is not part of it:
/// streams that were put together have several.
pub(crate) struct Lines<R> {
    from: R,
    limits: Limits,
    /// Lines read.
    count: u64,
    /// What the stream said after the lines that were given.
    broken: Option<io::Error>,
}

/// How much is read at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of a chunk, which ends with the line that filled it.
    pub bytes: usize,
    /// Lines of a chunk.
    pub lines: usize,
    /// Bytes of a line, its end included; of a longer one only the head is kept.
    pub line: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: CHUNK_BYTES, lines: CHUNK_LINES, line: usize::MAX }
    }
}

/// Some lines that follow one another.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    bytes: Vec<u8>,
    lines: Vec<Range<usize>>,
    /// Those that were too long.
    long: Vec<usize>,
    /// Number of the first line, from 1.
    first: u64,
}

impl<R: BufRead> Lines<R> {
    pub fn new(from: R) -> Self {
        Self::within(from, Limits::default())
    }

    pub fn within(from: R, limits: Limits) -> Self {
        Self { from, limits, count: 0, broken: None }
    }

    /// Lines that were read.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The next lines, `None` at the end of the stream.
    ///
    /// # Errors
    /// What the stream says, when the whole lines before were given; the stream has ended then.
    pub fn next_chunk(&mut self) -> io::Result<Option<Chunk>> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        let mut chunk = Chunk { first: self.count + 1, ..Chunk::default() };
        while chunk.bytes.len() < self.limits.bytes && chunk.lines.len() < self.limits.lines {
            let start = chunk.bytes.len();
            match self.line(&mut chunk.bytes) {
                Ok(Line::None) => break,
                Ok(Line::Whole) => {}
                Ok(Line::Long) => chunk.long.push(chunk.lines.len()),
                Err(error) if chunk.lines.is_empty() => return Err(error),
                Err(error) => {
                    self.broken = Some(error);
                    break;
                }
            }
            let line = &chunk.bytes[start..];
            let skip = if line.starts_with(BOM) { BOM.len() } else { 0 };
            let text = line.strip_suffix(b"\n").unwrap_or(line);
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            let end = start + text.len();
            chunk.lines.push((start + skip).min(end)..end);
            self.count += 1;
        }
        Ok((!chunk.lines.is_empty()).then_some(chunk))
    }

    /// Reads a line with its end, or the head of one that is too long.
    fn line(&mut self, to: &mut Vec<u8>) -> io::Result<Line> {
        let start = to.len();
        let most = self.limits.line as u64;
        if (&mut self.from).take(most).read_until(b'\n', to)? == 0 {
            return Ok(Line::None);
        }
        if to.ends_with(b"\n") || ((to.len() - start) as u64) < most {
            return Ok(Line::Whole);
        }
        to.truncate(start + SHOWN.min(self.limits.line));
        self.from.skip_until(b'\n')?;
        Ok(Line::Long)
    }
}

enum Line {
    None,
    Whole,
    Long,
}

impl Chunk {
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Bytes that it holds.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// All of them, as they were read.
    pub fn all(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether line `i` was too long, and is only its head.
    pub fn is_cut(&self, i: usize) -> bool {
        self.long.binary_search(&i).is_ok()
    }

    /// Line `i` of the chunk, without its end.
    pub fn line(&self, i: usize) -> &[u8] {
        &self.bytes[self.lines[i].clone()]
    }

    /// Its number in the stream, from 1.
    pub fn number(&self, i: usize) -> u64 {
        self.first + i as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lose_their_ends_and_marks() {
        let mut lines = Lines::new(&b"\xef\xbb\xbfone\r\n\r\n\xef\xbb\xbftwo\n\xff"[..]);
        let chunk = lines.next_chunk().unwrap().unwrap();
        let found: Vec<&[u8]> = (0..chunk.len()).map(|i| chunk.line(i)).collect();
        assert_eq!(found, [&b"one"[..], b"", b"two", b"\xff"]);
        assert_eq!(chunk.number(3), 4);
        assert!(lines.next_chunk().unwrap().is_none());
    }

    #[test]
    fn a_stream_that_breaks_gives_the_lines_before() {
        struct Broken;
        impl io::Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let whole = io::Read::chain(&b"one\ntwo\nhal"[..], io::BufReader::new(Broken));
        let mut lines = Lines::new(whole);
        let chunk = lines.next_chunk().unwrap().unwrap();
        assert_eq!((chunk.len(), chunk.line(1)), (2, &b"two"[..]));
        assert_eq!(lines.next_chunk().unwrap_err().to_string(), "broken");
    }

    #[test]
    fn of_a_line_that_is_too_long_the_head_is_kept() {
        let text = format!("one\n{}\ntwo\n{}", "x".repeat(9000), "y".repeat(5000));
        for (line, cut) in [(5000, [false, true, false, true]), (5001, [false, true, false, false])] {
            let mut lines = Lines::within(text.as_bytes(), Limits { line, ..Limits::default() });
            let chunk = lines.next_chunk().unwrap().unwrap();
            assert_eq!([0, 1, 2, 3].map(|i| chunk.is_cut(i)), cut);
            assert_eq!((chunk.line(1).len(), chunk.line(2)), (SHOWN, &b"two"[..]));
            assert!(lines.next_chunk().unwrap().is_none());
        }
    }

    #[test]
    fn chunks_are_bounded() {
        let text = "x\n".repeat(CHUNK_LINES + 1);
        let mut lines = Lines::new(text.as_bytes());
        assert_eq!(lines.next_chunk().unwrap().unwrap().len(), CHUNK_LINES);
        let last = lines.next_chunk().unwrap().unwrap();
        assert_eq!((last.len(), last.number(0)), (1, CHUNK_LINES as u64 + 1));
        let text = format!("{}\nx", "y".repeat(CHUNK_BYTES));
        assert_eq!(Lines::new(text.as_bytes()).next_chunk().unwrap().unwrap().len(), 1);
    }
}
