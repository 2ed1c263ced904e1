//! Where text comes from: a file or standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::codec::Codec;
use super::descriptors::{self, Descriptor};
use super::format::{Format, begins_record};
use super::kind::{HEAD, Kind, Way, begins_page};
use crate::cleaner::Input;
use crate::error::{Error, Result};
use crate::shown;

/// Read at once from a file.
const BUFFER: usize = 1 << 18;

/// A file, or standard input, which is named "-".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Stdin,
    File(PathBuf),
}

impl Source {
    /// The source of that name.
    pub fn named(name: &Path) -> Self {
        if name == Path::new("-") { Self::Stdin } else { Self::File(name.to_owned()) }
    }

    /// The sources of those names; standard input where none is given.
    pub fn all(names: &[PathBuf]) -> Vec<Self> {
        if names.is_empty() { vec![Self::Stdin] } else { names.iter().map(|name| Self::named(name)).collect() }
    }

    /// For messages: the name as given, or "standard input".
    pub fn shown(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => shown::name(path),
        }
    }

    /// The file, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin => None,
            Self::File(path) => Some(path),
        }
    }

    /// What it holds, to be cleaned: a page, HTML, by its name, because it begins as pages do, or because `html` says so; else text.
    pub fn input<'c>(&self, content: &'c [u8], html: bool) -> Input<'c> {
        let is_page = html || self.path().and_then(Format::of_name) == Some(Format::Html) || begins_page(content);
        if is_page { Input::html(content) } else { Input::from(content) }
    }

    /// Opens it for reading, whatever it holds.
    ///
    /// # Errors
    /// When the file is not there, may not be read or is a directory.
    pub fn open(&self) -> Result<Box<dyn BufRead + Send>> {
        match self {
            Self::Stdin if descriptors::was_closed(Descriptor::Stdin) => {
                Err(self.error(io::Error::other("it is closed; give a file, or something to read")))
            }
            Self::Stdin => Ok(Box::new(BufReader::with_capacity(BUFFER, io::stdin()))),
            Self::File(path) => {
                let file = File::open(path).map_err(|error| self.error(error))?;
                if file.metadata().is_ok_and(|about| about.is_dir()) {
                    return Err(self.error(io::ErrorKind::IsADirectory.into()));
                }
                Ok(Box::new(BufReader::with_capacity(BUFFER, file)))
            }
        }
    }

    /// Opens it for reading, and looks whether it can be text.
    ///
    /// # Errors
    /// As [`open`](Self::open); when it cannot be read; and when it is compressed, or something else that is not text.
    pub fn open_checked(&self) -> Result<Box<dyn BufRead + Send>> {
        self.open_but(Kind::of)
    }

    /// The same for JSON lines, which are read as UTF-8.
    ///
    /// # Errors
    /// As [`open_checked`](Self::open_checked), and when it is UTF-16.
    pub fn open_lines(&self) -> Result<Box<dyn BufRead + Send>> {
        self.open_but(Kind::of_lines)
    }

    /// Opens it for reading, unless it is of a kind that cannot be read.
    fn open_but(&self, kind: impl Fn(&[u8]) -> Option<&'static Kind>) -> Result<Box<dyn BufRead + Send>> {
        let mut from = self.open()?;
        let mut head = Vec::with_capacity(HEAD);
        (&mut from).take(HEAD as u64).read_to_end(&mut head).map_err(|error| self.error(error))?;
        match kind(&head) {
            Some(kind) => Err(self.error(io::Error::new(io::ErrorKind::InvalidData, self.advice(kind)))),
            None => Ok(Box::new(Cursor::new(head).chain(from))),
        }
    }

    /// Opens it for reading: unpacked, as what it is by `format`, else by its first bytes, its name, or its first line.
    ///
    /// # Errors
    /// As [`open`](Self::open); when it cannot be read; and when it is of a kind that cannot be read.
    pub fn open_any(&self, format: Option<Format>, count: &Arc<Count>) -> Result<Opened> {
        let mut from: Box<dyn BufRead + Send> =
            Box::new(BufReader::with_capacity(BUFFER, Counted { from: self.open()?, count: Arc::clone(count) }));
        let head = self.head(&mut from)?;
        let codec = Codec::of_head(&head);
        let mut from: Box<dyn BufRead + Send> = Box::new(Cursor::new(head.clone()).chain(from));
        let mut head = head;
        if codec != Codec::Plain {
            from = codec.unpack(from).map_err(|error| self.error(error))?;
            let mut plain = Vec::with_capacity(HEAD);
            // What is damaged in its first bytes is for the reader to tell, after what could be read: a decoder says it once.
            let rest = match (&mut from).take(HEAD as u64).read_to_end(&mut plain) {
                Ok(_) => from,
                Err(error) => Box::new(Damaged(error)),
            };
            from = Box::new(Cursor::new(plain.clone()).chain(rest));
            head = plain;
        }
        let by_name = || self.path().and_then(Format::of_name);
        let by_line = || if begins_record(&head) { Format::Jsonl } else { Format::Text };
        let format = format
            .or_else(|| Format::of_head(&head).filter(|_| by_name().is_none_or(|name| !name.has_fields())))
            .or_else(by_name);
        let format = format.unwrap_or_else(by_line);
        let kind = match format {
            Format::Jsonl | Format::Csv | Format::Tsv => Kind::of_lines(&head),
            Format::Text | Format::Html => Kind::of(&head),
            _ => None,
        };
        match kind {
            Some(kind) => Err(self.error(io::Error::new(io::ErrorKind::InvalidData, self.advice(kind)))),
            None => Ok(Opened { format, codec, from }),
        }
    }

    fn head(&self, from: &mut impl Read) -> Result<Vec<u8>> {
        let mut head = Vec::with_capacity(HEAD);
        from.take(HEAD as u64).read_to_end(&mut head).map_err(|error| self.error(error))?;
        Ok(head)
    }

    /// What it is, where that can be looked at without taking anything from what is read later; else what its name says.
    ///
    /// # Errors
    /// As [`open_any`](Self::open_any).
    pub fn look_any(&self, format: Option<Format>) -> Result<Option<Format>> {
        let named = || format.or_else(|| self.path().and_then(Format::of_name));
        match self {
            Self::File(path) if path.metadata().map_or(true, |about| about.is_file() || about.is_dir()) => {
                self.open_any(format, &Arc::default()).map(|opened| Some(opened.format))
            }
            _ => Ok(named()),
        }
    }

    /// Looks whether it could be opened now, for JSON `lines` or for text, where that takes nothing from what is read later.
    ///
    /// # Errors
    /// As [`open_checked`](Self::open_checked) and [`open_lines`](Self::open_lines).
    pub fn look(&self, lines: bool) -> Result<()> {
        match self {
            Self::File(path) if path.metadata().map_or(true, |about| about.is_file() || about.is_dir()) => {
                if lines { self.open_lines() } else { self.open_checked() }.map(drop)
            }
            _ => Ok(()),
        }
    }

    /// All of its bytes, which may be anything that is not known to be something else: those of a model.
    ///
    /// # Errors
    /// As [`open`](Self::open), when reading fails on the way, and when it is compressed or of another known kind.
    pub fn read_model(&self) -> Result<Vec<u8>> {
        self.rest(self.open_but(Kind::marked)?)
    }

    /// All of its bytes, which may be text.
    ///
    /// # Errors
    /// As [`open_checked`](Self::open_checked), and when reading fails on the way.
    pub fn read_checked(&self) -> Result<Vec<u8>> {
        self.rest(self.open_checked()?)
    }

    fn rest(&self, mut from: impl Read) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).map_err(|error| self.error(error))?;
        Ok(bytes)
    }

    /// All of it, as text in UTF-8.
    ///
    /// # Errors
    /// As [`read_checked`](Self::read_checked), and when it is not UTF-8.
    pub fn read_text(&self) -> Result<String> {
        String::from_utf8(self.read_checked()?)
            .map_err(|_| Error::format(format!("{} is not UTF-8 text", self.shown())))
    }

    /// What the operating system said when this was read.
    pub fn error(&self, error: io::Error) -> Error {
        let error = match error.kind() {
            io::ErrorKind::IsADirectory => io::Error::new(error.kind(), "it is a directory; name the files in it"),
            _ => error,
        };
        Error::io("read", Path::new(&self.shown()), error)
    }

    /// What this is, and how to come by the text in it.
    fn advice(&self, kind: &Kind) -> String {
        let is = kind.is;
        let plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte));
        let name = self.path().and_then(Path::to_str).filter(|name| plain(name)).unwrap_or("FILE");
        match kind.way {
            Way::Unpack(command) => format!("it is {is}; unpack it first, as in: {command} {name}"),
            Way::Recode(from) => {
                format!("it is {is}; write it as UTF-8 first, as in: iconv -f {from} -t utf-8 {name}")
            }
            Way::Export => format!("it is {is}; write its records as JSON lines first, a text in each"),
            Way::Convert(program) => format!("it is {is}; make text of it first, as {program} does"),
            Way::None => format!("it is {is}, not text; give text, or JSON lines"),
        }
    }
}

/// A file that was opened.
pub(crate) struct Opened {
    pub format: Format,
    pub codec: Codec,
    pub from: Box<dyn BufRead + Send>,
}

/// What cannot be read on, and says so whenever it is asked.
struct Damaged(io::Error);

impl Damaged {
    fn error(&self) -> io::Error {
        io::Error::new(self.0.kind(), self.0.to_string())
    }
}

impl Read for Damaged {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.error())
    }
}

impl BufRead for Damaged {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Err(self.error())
    }

    fn consume(&mut self, _: usize) {}
}

/// What was read of files, before it was unpacked.
#[derive(Debug, Default)]
pub(crate) struct Count {
    bytes: AtomicU64,
    failed: AtomicBool,
}

impl Count {
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Counts what was read in another way.
    #[cfg(feature = "columnar")]
    pub fn add(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Another file is read now.
    pub fn begin(&self) {
        self.failed.store(false, Ordering::Relaxed);
    }

    /// Whether the system could not read on in this file: what is wrong then is not its content.
    pub fn failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }
}

/// Counts what is read.
struct Counted<R> {
    from: R,
    count: Arc<Count>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        match self.from.read(to) {
            Ok(read) => {
                self.count.bytes.fetch_add(read as u64, Ordering::Relaxed);
                Ok(read)
            }
            Err(error) => {
                if error.kind() != io::ErrorKind::Interrupted {
                    self.count.failed.store(true, Ordering::Relaxed);
                }
                Err(error)
            }
        }
    }
}
