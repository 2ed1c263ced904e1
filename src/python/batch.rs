//! Batches: many texts at once, the interpreter free meanwhile, and an ear for Ctrl-C.

use std::collections::VecDeque;
use std::sync::{Mutex, TryLockError};

use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError};
use pyo3::prelude::*;

use super::document::Document;
pub(super) use super::guard::guarded;
use super::input::{Feed, Item, OnError, Text};
use crate::batch::Chunk;
use crate::{Cleaner, Error, Hints, Result};

/// Threads above this are not started: more than any machine has use for.
const MOST_THREADS: usize = 512;

/// The number of threads asked for.
pub(super) fn threads(given: Option<i64>) -> PyResult<Option<usize>> {
    match given {
        None => Ok(None),
        Some(given @ 1..) => Ok(Some(usize::try_from(given).unwrap_or(MOST_THREADS).min(MOST_THREADS))),
        Some(given) => {
            let message = format!("threads {given} is too few: use 1 or more, or None for one a processor");
            Err(Error::config(message).into())
        }
    }
}

/// `f(0), f(1), … f(len - 1)`, without the interpreter; `KeyboardInterrupt` gets through.
pub(super) fn map<R: Send>(
    py: Python<'_>,
    len: usize,
    threads: Option<usize>,
    f: impl Fn(usize) -> R + Sync + Send,
) -> PyResult<Vec<Result<R>>> {
    let mut raised = None;
    let listen = || match Python::attach(|py| py.check_signals()) {
        Ok(()) => false,
        Err(error) => {
            raised.get_or_insert(error);
            true
        }
    };
    let made = py.detach(|| crate::batch::map(len, threads, listen, f));
    match (made, raised) {
        (Some(made), None) => Ok(made),
        (_, Some(error)) => Err(error),
        (None, None) => Err(PyKeyboardInterrupt::new_err(())),
    }
}

/// The whole of a batch, `None` where a text is missing; the error of the first that failed, which names it as one of `many`.
pub(super) fn whole<R>(made: Vec<Result<R>>, many: &str) -> Result<Vec<R>> {
    made.into_iter().enumerate().map(|(i, made)| made.map_err(|fault| named(fault, many, i))).collect()
}

fn named(fault: Error, many: &str, i: usize) -> Error {
    fault.context(format_args!("{many}[{i}]"))
}

/// What becomes of a text, which may be missing.
type Made<R> = Result<Option<R>>;

/// Makes something of each text that a feed gave; of one that is kept as it is, without hints.
fn make<R: Send>(
    py: Python<'_>,
    items: &[Item],
    threads: Option<usize>,
    on_error: OnError,
    of: impl Fn(&Text, Option<&Hints>) -> Option<R> + Sync + Send,
) -> PyResult<Vec<Made<R>>> {
    let made = map(py, items.len(), threads, |i| items[i].as_ref().and_then(|(text, hints)| of(text, hints.as_ref())))?;
    let instead = |item: &Item| match on_error {
        OnError::Keep => item.as_ref().and_then(|(text, _)| of(text, None)),
        OnError::Null | OnError::Raise => None,
    };
    Ok(match on_error {
        OnError::Raise => made,
        _ => made.into_iter().zip(items).map(|(made, item)| made.or_else(|_| Ok(instead(item)))).collect(),
    })
}

/// What is made of all texts of a feed.
fn many<R: Send>(
    py: Python<'_>,
    mut feed: Feed,
    threads: Option<usize>,
    of: impl Fn(&Text, Option<&Hints>) -> Option<R> + Sync + Send,
) -> PyResult<Vec<Option<R>>> {
    let mut items = Vec::new();
    while let Some(item) = feed.next(py)? {
        items.push(item);
        if items.len() % Chunk::ITEMS == 0 {
            py.check_signals()?;
        }
    }
    Ok(whole(make(py, &items, threads, feed.on_error, of)?, feed.form.many)?)
}

/// All documents of a feed.
pub(super) fn clean_many(
    py: Python<'_>,
    cleaner: &Cleaner,
    feed: Feed,
    threads: Option<usize>,
) -> PyResult<Vec<Option<Document>>> {
    many(py, feed, threads, |text, hints| Some(Document::new(text.clean(cleaner, hints?))))
}

/// All clean texts of a feed.
pub(super) fn clean_texts(
    py: Python<'_>,
    cleaner: &Cleaner,
    feed: Feed,
    threads: Option<usize>,
) -> PyResult<Vec<Option<String>>> {
    let of = |text: &Text, hints: Option<&Hints>| {
        Some(hints.map_or_else(|| text.as_given(), |hints| text.clean_text(cleaner, hints)))
    };
    many(py, feed, threads, of)
}

/// The documents of a feed one by one, read and cleaned a chunk at a time.
#[pyclass(frozen, module = "copydesk._core", name = "_CleanIter")]
pub(super) struct CleanIter(Mutex<State>);

struct State {
    cleaner: Cleaner,
    threads: Option<usize>,
    on_error: OnError,
    /// What errors call the texts.
    many: &'static str,
    feed: Option<Feed>,
    /// What was read and is not cleaned yet: after Ctrl-C the next call goes on here.
    items: Vec<Item>,
    ready: VecDeque<Made<Document>>,
    /// How many were given.
    given: usize,
    /// What the feed raised, to be raised after what it gave before.
    raised: Option<PyErr>,
}

impl CleanIter {
    pub fn new(cleaner: Cleaner, feed: Feed, threads: Option<usize>) -> Self {
        let (on_error, many) = (feed.on_error, feed.form.many);
        let (feed, items, ready) = (Some(feed), Vec::new(), VecDeque::new());
        Self(Mutex::new(State { cleaner, threads, on_error, many, feed, items, ready, given: 0, raised: None }))
    }
}

#[pymethods]
impl CleanIter {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    /// `None` for a missing text, so the outer one says whether there is a next.
    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Option<Document>>> {
        match self.0.try_lock() {
            Ok(mut state) => state.next(py),
            Err(TryLockError::WouldBlock) => Err(PyRuntimeError::new_err("clean_iter is being read by another caller")),
            Err(TryLockError::Poisoned(state)) => state.into_inner().next(py),
        }
    }
}

impl State {
    fn next(&mut self, py: Python<'_>) -> PyResult<Option<Option<Document>>> {
        if self.ready.is_empty() {
            if self.items.is_empty() && self.raised.is_none() {
                self.read(py);
            }
            let clean = |text: &Text, hints: Option<&Hints>| Some(Document::new(text.clean(&self.cleaner, hints?)));
            self.ready = make(py, &self.items, self.threads, self.on_error, clean)?.into();
            self.items.clear();
        }
        match self.ready.pop_front() {
            Some(made) => {
                self.given += 1;
                // The next call goes on after a text that failed.
                Ok(Some(made.map_err(|fault| named(fault, self.many, self.given - 1))?))
            }
            None => self.raised.take().map_or(Ok(None), Err),
        }
    }

    /// Reads the next chunk.
    fn read(&mut self, py: Python<'_>) {
        let Some(feed) = &mut self.feed else { return };
        let mut chunk = Chunk::new();
        while chunk.has_room() {
            match feed.next(py) {
                Ok(Some(item)) => {
                    chunk.add(item.as_ref().map_or(0, |(text, _)| text.len()));
                    self.items.push(item);
                }
                end => {
                    self.raised = end.err();
                    self.feed = None;
                    break;
                }
            }
        }
    }
}
