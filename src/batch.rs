//! Batches in parallel: the same answers in the same order as one after the other, for any number of threads. And the one
//! place where a panic is caught.
//!
//! A batch starts its threads and ends them. What is kept from one to the next could be half made while the process forks.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// How often a batch asks whether it should stop.
const ASK_EVERY: Duration = Duration::from_millis(50);

/// A thread takes so many items at once at most, and no more than make this many turns for each thread: whoever has the
/// largest item leaves the others to the rest.
const MOST_TAKEN: usize = 16;
const TURNS: usize = 32;

/// What `work` gives; a panic, which no text should cause, becomes an [`Error`] that asks for a report.
///
/// # Errors
/// When `work` panics.
pub(crate) fn guarded<R>(work: impl FnOnce() -> R) -> Result<R> {
    // What the work has changed when it fails is its own, or is looked at under `Error` only.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| Error::fault(message(&*panic)))
}

/// What the panic says.
fn message(panic: &(dyn Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without a message")
}

/// `f(0), f(1), … f(len - 1)` on `threads` threads (`None`: one a processor), or `None` when `stop` said so on the way. A
/// panic costs the one item.
///
/// Of more than four threads a processor (64 on small machines), four a processor are started; where fewer can be started,
/// those there are do the work. The answer is the same.
///
/// `stop` is called about every 50 ms, on the calling thread.
pub(crate) fn map<R: Send>(
    len: usize,
    threads: Option<usize>,
    mut stop: impl FnMut() -> bool,
    f: impl Fn(usize) -> R + Sync,
) -> Option<Vec<Result<R>>> {
    let processors = processors();
    let threads = threads.unwrap_or(processors).min((4 * processors).max(64)).min(len);
    let each = |i| guarded(|| f(i));
    if threads < 2 {
        return one_by_one(len, stop, each);
    }
    let (stopped, next) = (AtomicBool::new(false), AtomicUsize::new(0));
    let step = (len / (threads * TURNS)).clamp(1, MOST_TAKEN);
    let work = || {
        let mut made = Vec::new();
        loop {
            let from = next.fetch_add(step, Ordering::Relaxed);
            if from >= len {
                return made;
            }
            for i in from..len.min(from + step) {
                if stopped.load(Ordering::Relaxed) {
                    return made;
                }
                made.push((i, each(i)));
            }
        }
    };
    let work = &work;
    // Each in its place; where one is missing, the batch was stopped.
    let mut all: Vec<Option<Result<R>>> = (0..len).map(|_| None).collect();
    let started = thread::scope(|scope| {
        let (done, wait) = channel();
        let start = |i| {
            let done = done.clone();
            // The receiver waits for this, and for nothing else.
            let run = move || done.send(work()).unwrap_or_default();
            thread::Builder::new().name(format!("copydesk-{i}")).spawn_scoped(scope, run).is_ok()
        };
        // No more than the work lasts for.
        let started = (0..threads).take_while(|i| next.load(Ordering::Relaxed) < len && start(*i)).count();
        drop(done);
        loop {
            match wait.recv_timeout(ASK_EVERY) {
                Ok(made) => made.into_iter().for_each(|(i, made)| all[i] = Some(made)),
                Err(RecvTimeoutError::Timeout) if !stopped.load(Ordering::Relaxed) => {
                    stopped.store(stop(), Ordering::Relaxed);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break started,
            }
        }
    });
    if started == 0 {
        return one_by_one(len, stop, each);
    }
    all.into_iter().collect()
}

/// The same on the calling thread.
fn one_by_one<R>(len: usize, mut stop: impl FnMut() -> bool, each: impl Fn(usize) -> R) -> Option<Vec<R>> {
    let mut asked = Instant::now();
    let mut made = Vec::with_capacity(len);
    for i in 0..len {
        if asked.elapsed() >= ASK_EVERY {
            if stop() {
                return None;
            }
            asked = Instant::now();
        }
        made.push(each(i));
    }
    Some(made)
}

/// How many threads can run at once. Asked for once: the system takes as long for it as a short document.
fn processors() -> usize {
    static KNOWN: AtomicUsize = AtomicUsize::new(0);
    match KNOWN.load(Ordering::Relaxed) {
        0 => {
            let processors = thread::available_parallelism().map_or(1, usize::from);
            KNOWN.store(processors, Ordering::Relaxed);
            processors
        }
        known => known,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole<R>(made: Option<Vec<Result<R>>>) -> Option<Vec<R>> {
        made.map(|made| made.into_iter().map(|made| made.expect("no panic")).collect())
    }

    #[test]
    fn order_is_kept_for_any_number_of_threads() {
        for len in [0, 1, 2, 3, 65, 1000, 5000] {
            let want: Vec<usize> = (0..len).map(|i| i * i).collect();
            for threads in [None, Some(1), Some(2), Some(7), Some(1_000_000)] {
                assert_eq!(whole(map(len, threads, || false, |i| i * i)).as_ref(), Some(&want));
            }
        }
    }

    #[test]
    fn a_batch_can_be_stopped() {
        for threads in [Some(1), Some(2)] {
            let slow = |_| thread::sleep(Duration::from_millis(5));
            assert!(map(100_000, threads, || true, slow).is_none());
        }
    }

    #[test]
    fn a_panic_costs_one_item() {
        for threads in [Some(1), Some(2), Some(64)] {
            let made = map(100, threads, || false, |i| assert_ne!(i, 3, "item 3")).unwrap();
            assert_eq!(made.len(), 100);
            for (i, made) in made.iter().enumerate() {
                assert_eq!(made.as_ref().is_err_and(Error::is_fault), i == 3, "{i}");
            }
            let error = made[3].as_ref().unwrap_err().to_string();
            assert!(error.contains("item 3") && error.contains("report"), "{error}");
        }
    }

    #[test]
    fn what_a_panic_says_is_told() {
        let says = |work: fn()| guarded(work).unwrap_err().to_string();
        assert!(says(|| panic!("plain words")).contains("plain words"));
        assert!(says(|| panic!("number {}", 7)).contains("number 7"));
        assert!(says(|| std::panic::panic_any(7)).contains("without a message"));
    }

    #[test]
    fn one_large_item_keeps_no_small_ones() {
        for len in [10, 81, 5000] {
            let small = AtomicUsize::new(0);
            let f = |i| {
                if i > 0 {
                    small.fetch_add(1, Ordering::Relaxed);
                    return true;
                }
                // The first item is done when all the others are but those that its thread has taken with it.
                let end = Instant::now() + Duration::from_secs(30);
                while small.load(Ordering::Relaxed) + MOST_TAKEN.min(len / 2) < len && Instant::now() < end {
                    thread::sleep(Duration::from_millis(1));
                }
                Instant::now() < end
            };
            assert!(whole(map(len, Some(2), || false, f)).unwrap()[0], "{len}");
        }
    }
}
