//! The one error of the crate: configuration, files and misuse. Input text never causes one, unless copydesk has a fault.

use std::fmt;
use std::hash::{DefaultHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::shown;

/// What went wrong, in a sentence that says what was given, why it is refused and what to do.
///
/// ```
/// let error = copydesk::Balance::from_name("everything").unwrap_err();
/// assert!(error.is_config());
/// assert_eq!(
///     error.to_string(),
///     "balance \"everything\" is not known: use one of keep_story, balanced, drop_junk"
/// );
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    message: String,
    source: Option<std::io::Error>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Config,
    Format,
    Io,
    Fault,
    Cancelled,
}

/// `Result` with the error of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// What was given, for a message: in quotation marks, and no more of it than a person reads.
pub(crate) fn quoted(given: &str) -> String {
    const MOST: usize = 200;
    match given.char_indices().nth(MOST).and_then(|(at, _)| given.split_at_checked(at)) {
        Some((start, _)) => format!("{start:?}\u{2026}"),
        None => format!("{given:?}"),
    }
}

impl Error {
    /// An option, a name or a value that is refused.
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Config, message.into(), None)
    }

    /// `given` is not one of the `accepted` names for `what`.
    pub(crate) fn unknown<'a>(what: &str, given: &str, accepted: impl IntoIterator<Item = &'a str>) -> Self {
        let accepted: Vec<_> = accepted.into_iter().collect();
        Self::config(format!("{what} {} is not known: use one of {}", quoted(given), accepted.join(", ")))
    }

    /// Bytes (of a model, a pack, a record) that are not what they should be.
    pub(crate) fn format(message: impl Into<String>) -> Self {
        Self::new(Kind::Format, message.into(), None)
    }

    /// A file that cannot be read or written; `doing` is "read", "write", …
    #[allow(dead_code, reason = "files are opened only in io and cli, which are features")]
    pub(crate) fn io(doing: &str, path: &std::path::Path, source: std::io::Error) -> Self {
        let message = format!("cannot {doing} {}: {source}", path.display());
        Self::new(Kind::Io, message, Some(source))
    }

    /// A panic with that message, which no text should cause.
    pub(crate) fn fault(panic: &str) -> Self {
        let message = format!(
            "copydesk failed on this text, though no text should make it fail: {panic}; the text was left out: please report \
             this, with the text"
        );
        Self::new(Kind::Fault, message, None)
    }

    /// A batch that its caller gave up, before this text was begun.
    pub(crate) fn cancelled() -> Self {
        Self::new(Kind::Cancelled, "the batch was cancelled before this text: clean it again".to_owned(), None)
    }

    fn new(kind: Kind, message: String, source: Option<std::io::Error>) -> Self {
        Self(Box::new(Inner { kind, message, source }))
    }

    /// Puts what was being done in front of the message.
    pub(crate) fn context(mut self, doing: impl fmt::Display) -> Self {
        self.0.message = format!("{doing}: {}", self.0.message);
        self
    }

    /// True for a wrong option, name or value.
    pub fn is_config(&self) -> bool {
        self.0.kind == Kind::Config
    }

    /// True for bytes that are not a model, a language pack or a record as they should be.
    pub fn is_format(&self) -> bool {
        self.0.kind == Kind::Format
    }

    /// True for a file that cannot be read or written.
    pub fn is_io(&self) -> bool {
        self.0.kind == Kind::Io
    }

    /// True for a fault of copydesk itself: it failed on a text, which no text should make it do.
    pub fn is_fault(&self) -> bool {
        self.0.kind == Kind::Fault
    }

    /// True for a text that a batch did not come to, because its caller cancelled it.
    pub fn is_cancelled(&self) -> bool {
        self.0.kind == Kind::Cancelled
    }

    /// The operating system's error after an [`is_io`](Self::is_io) one.
    pub fn io_error(&self) -> Option<&std::io::Error> {
        self.0.source.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown::text(&self.0.message))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}

/// The hash of the text that is to fail, 0 for none.
static FAIL_ON: AtomicU64 = AtomicU64::new(0);

/// Makes that text fail from now on, `None` no text: how the tests see to it that a fault costs one text and no more.
#[cfg(any(feature = "fuzzing", feature = "python", debug_assertions))]
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "the tests of the library alone fail no text"))]
pub fn fail_on(text: Option<&[u8]>) {
    FAIL_ON.store(text.map_or(0, hash), Ordering::Relaxed);
}

/// Panics for the text that is to fail.
pub(crate) fn fail_point(text: &[u8]) {
    let wanted = FAIL_ON.load(Ordering::Relaxed);
    assert!(wanted == 0 || hash(text) != wanted, "this text was to fail");
}

fn hash(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text);
    hasher.finish().max(1)
}
