//! A stream of work: one thread reads, many work, the caller's writes what they made, in the order in which it was read.
//!
//! What is read and not yet written is bounded by its bytes, so that a slow writer, or one piece that takes long, stops the
//! reader and not the machine.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::{guarded, processors};
use crate::error::{Error, Result};

/// How often the writer is called when nothing came for it.
const IDLE: Duration = Duration::from_millis(100);

/// So many bytes, and so many more for each thread, are read ahead at most. One piece is read in any case.
const AHEAD: usize = 16 << 20;
const AHEAD_EACH: usize = 4 << 20;

/// What is shared by the threads.
struct Shared<I, R> {
    state: Mutex<State<I, R>>,
    /// Room was made for the reader.
    room: Condvar,
    /// There is something to work on, or nothing will come.
    work: Condvar,
    /// Something was made.
    made: Condvar,
}

struct State<I, R> {
    /// Read, and not begun.
    waiting: VecDeque<(u64, usize, I)>,
    /// Made, and not written, by the place in the order.
    made: BTreeMap<u64, (usize, Result<R>)>,
    /// Bytes read and not written.
    held: usize,
    /// Pieces read.
    read: u64,
    /// The reader gave its last, or failed.
    ended: bool,
    /// Nobody wants more.
    stopped: bool,
    fault: Option<Error>,
}

impl<I, R> Shared<I, R> {
    fn lock(&self) -> MutexGuard<'_, State<I, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake_all(&self) {
        self.room.notify_all();
        self.work.notify_all();
        self.made.notify_all();
    }
}

/// Gives each piece that `read` reads, with the bytes it holds, to one of `threads` threads (`None`: one a processor) that `work`
/// on it, and what they made to `write`, in order, on the calling thread; with `None` whenever nothing has come for a while.
///
/// Where `write` ends it, the reader is left behind: it may wait for input that never comes.
///
/// # Errors
/// What `write` says, which ends it all; and a panic anywhere in it.
pub(crate) fn flow<I: Send + 'static, R: Send + 'static>(
    threads: Option<usize>,
    mut read: impl FnMut() -> Option<(I, usize)> + Send + 'static,
    work: impl Fn(I) -> R + Sync,
    mut write: impl FnMut(Option<R>) -> Result<()>,
) -> Result<()> {
    let threads = threads.unwrap_or_else(processors).clamp(1, (4 * processors()).max(64));
    let most = AHEAD + threads * AHEAD_EACH;
    let shared = Arc::new(Shared {
        state: Mutex::new(State {
            waiting: VecDeque::new(),
            made: BTreeMap::new(),
            held: 0,
            read: 0,
            ended: false,
            stopped: false,
            fault: None,
        }),
        room: Condvar::new(),
        work: Condvar::new(),
        made: Condvar::new(),
    });
    let reading = Arc::clone(&shared);
    let (shared, work) = (&*shared, &work);
    thread::scope(|scope| {
        let worker = |i| {
            let run = move || works(shared, work);
            thread::Builder::new().name(format!("copydesk-{i}")).spawn_scoped(scope, run).is_ok()
        };
        let workers = (0..threads).take_while(|i| worker(*i)).count();
        let reader =
            thread::Builder::new().name("copydesk-reader".to_owned()).spawn(move || reads(&reading, most, &mut read));
        let done = match reader {
            Ok(_) if workers > 0 => writes(shared, &mut write),
            Ok(_) => Err(Error::io("start", "a thread".as_ref(), std::io::ErrorKind::OutOfMemory.into())),
            Err(error) => Err(Error::io("start", "a thread".as_ref(), error)),
        };
        let mut state = shared.lock();
        state.stopped = true;
        let fault = state.fault.take();
        drop(state);
        shared.wake_all();
        done.and(fault.map_or(Ok(()), Err))
    })
}

fn reads<I, R>(shared: &Shared<I, R>, most: usize, read: &mut dyn FnMut() -> Option<(I, usize)>) {
    loop {
        let next = guarded(&mut *read);
        let mut state = shared.lock();
        let (item, bytes) = match next {
            Ok(Some(next)) if !state.stopped => next,
            ended => {
                state.fault = ended.err();
                state.ended = true;
                shared.wake_all();
                return;
            }
        };
        while state.held > 0 && state.held + bytes > most && !state.stopped {
            state = shared.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let place = state.read;
        state.read += 1;
        state.held += bytes;
        state.waiting.push_back((place, bytes, item));
        shared.work.notify_one();
    }
}

fn works<I, R>(shared: &Shared<I, R>, work: &impl Fn(I) -> R) {
    let mut state = shared.lock();
    loop {
        if state.stopped {
            return;
        }
        if let Some((place, bytes, item)) = state.waiting.pop_front() {
            drop(state);
            let made = guarded(|| work(item));
            state = shared.lock();
            state.made.insert(place, (bytes, made));
            shared.made.notify_one();
        } else if state.ended {
            return;
        } else {
            state = shared.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn writes<I, R>(shared: &Shared<I, R>, write: &mut dyn FnMut(Option<R>) -> Result<()>) -> Result<()> {
    let mut next = 0;
    let mut state = shared.lock();
    loop {
        if let Some((bytes, made)) = state.made.remove(&next) {
            drop(state);
            next += 1;
            write(Some(made?))?;
            state = shared.lock();
            // Only now: what is written slowly holds up what is read.
            state.held -= bytes;
            shared.room.notify_one();
        } else if state.ended && next == state.read {
            return Ok(());
        } else {
            let (waited, timeout) = shared.made.wait_timeout(state, IDLE).unwrap_or_else(PoisonError::into_inner);
            state = waited;
            if timeout.timed_out() && !state.made.contains_key(&next) {
                drop(state);
                write(None)?;
                state = shared.lock();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn run(
        threads: Option<usize>,
        len: usize,
        size: usize,
        work: impl Fn(usize) -> usize + Sync,
    ) -> Result<Vec<usize>> {
        let (mut next, mut all) = (0..len, Vec::new());
        flow(
            threads,
            move || Some((next.next()?, size)),
            work,
            |made| {
                all.extend(made);
                Ok(())
            },
        )
        .map(|()| all)
    }

    #[test]
    fn order_is_kept_for_any_number_of_threads() {
        for len in [0, 1, 2, 1000] {
            let want: Vec<usize> = (0..len).map(|i| i * i).collect();
            for threads in [None, Some(1), Some(2), Some(7)] {
                for size in [0, 1, AHEAD, usize::MAX >> 1] {
                    assert_eq!(run(threads, len, size, |i| i * i).unwrap(), want);
                }
            }
        }
    }

    #[test]
    fn no_more_is_held_than_was_said() {
        let counts: Arc<[AtomicUsize; 2]> = Arc::default();
        let (mut left, counted) = (200, Arc::clone(&counts));
        let read = move || {
            left -= 1;
            let [held, most] = &*counted;
            most.fetch_max(held.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            (left > 0).then_some(((), AHEAD_EACH))
        };
        let write = |made: Option<()>| {
            counts[0].fetch_sub(usize::from(made.is_some()), Ordering::SeqCst);
            thread::sleep(Duration::from_micros(200));
            Ok(())
        };
        flow(Some(2), read, |()| (), write).unwrap();
        let (most, bound) = (counts[1].load(Ordering::SeqCst), (AHEAD + 2 * AHEAD_EACH) / AHEAD_EACH);
        // One more is in the hands of the reader, and one in those of the writer.
        assert!((2..=bound + 2).contains(&most), "{most}");
    }

    #[test]
    fn a_reader_that_waits_is_not_waited_for() {
        let (hold, held) = std::sync::mpsc::channel::<()>();
        let mut first = true;
        let read = move || {
            if !std::mem::take(&mut first) {
                let _ = held.recv();
            }
            Some(((), 1))
        };
        let closed = |made: Option<()>| made.map_or(Ok(()), |()| Err(Error::config("closed")));
        assert!(flow(Some(2), read, |()| (), closed).unwrap_err().is_config());
        drop(hold);
    }

    #[test]
    fn an_error_or_a_panic_ends_it() {
        for threads in [1, 3] {
            let mut written = 0;
            let failed = flow(
                Some(threads),
                || Some(((), 1)),
                |()| (),
                |made| {
                    written += usize::from(made.is_some());
                    if written < 10 { Ok(()) } else { Err(Error::config("full")) }
                },
            );
            assert!(failed.unwrap_err().is_config());
            assert!(run(Some(threads), 100, 1, |i| if i == 7 { panic!("seven") } else { i }).unwrap_err().is_fault());
            let read = || -> Option<((), usize)> { panic!("reading") };
            assert!(flow(Some(threads), read, |()| (), |_| Ok(())).unwrap_err().is_fault());
        }
    }
}
