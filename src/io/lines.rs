//! Lines of a stream, in chunks that are worked on in parallel.

use std::io::{self, BufRead};
use std::ops::Range;

/// A chunk is full when it holds so many bytes, and ends with the line that filled it.
pub(crate) const CHUNK_BYTES: usize = 4 << 20;
/// Or so many lines.
const CHUNK_LINES: usize = 4096;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The lines of a stream. A line ends with `\n` or `\r\n`; a byte order mark at its head is not part of it:
/// streams that were put together have several.
pub(crate) struct Lines<R> {
    from: R,
    /// Lines read.
    count: u64,
    /// What the stream said after the lines that were given.
    broken: Option<io::Error>,
}

/// Some lines that follow one another.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    bytes: Vec<u8>,
    lines: Vec<Range<usize>>,
    /// Number of the first line, from 1.
    first: u64,
}

impl<R: BufRead> Lines<R> {
    pub fn new(from: R) -> Self {
        Self { from, count: 0, broken: None }
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
        while chunk.bytes.len() < CHUNK_BYTES && chunk.lines.len() < CHUNK_LINES {
            let start = chunk.bytes.len();
            match self.from.read_until(b'\n', &mut chunk.bytes) {
                Ok(0) => break,
                Ok(_) => {}
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
}

impl Chunk {
    pub fn len(&self) -> usize {
        self.lines.len()
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
