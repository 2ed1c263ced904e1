//! Batches in parallel: the same answers in the same order as one after the other, for any number of threads. And the one
//! place where a panic is caught.
//!
//! A batch starts its threads and ends them. What is kept from one to the next could be half made while the process forks.

#[cfg(feature = "cli")]
mod flow;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

#[cfg(feature = "cli")]
pub(crate) use flow::flow;

/// How often a batch asks whether it should stop.
const ASK_EVERY: Duration = Duration::from_millis(50);

/// A thread takes so many items at once at most, and no more than make this many turns for each thread: whoever has the
/// largest item leaves the others to the rest.
const MOST_TAKEN: usize = 8;
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
/// those there are do the work. A caller that runs in a pool of rayon's has the work done there. The answer is the same.
///
/// `stop` is called at the start and about every 50 ms, on the calling thread.
#[cfg(any(feature = "cli", test))]
pub(crate) fn map<R: Send>(
    len: usize,
    threads: Option<usize>,
    stop: impl FnMut() -> bool,
    f: impl Fn(usize) -> R + Sync,
) -> Option<Vec<Result<R>>> {
    each(len, threads, stop, f).into_iter().collect()
}

/// The same, with what was made before `stop` said so; `None` is what was not begun.
pub(crate) fn each<R: Send>(
    len: usize,
    threads: Option<usize>,
    mut stop: impl FnMut() -> bool,
    f: impl Fn(usize) -> R + Sync,
) -> Vec<Option<Result<R>>> {
    let mut all: Vec<Option<Result<R>>> = (0..len).map(|_| None).collect();
    if len == 0 || stop() {
        return all;
    }
    let pool = pool();
    let most = pool.unwrap_or_else(|| (4 * processors()).max(64));
    let threads = threads.or(pool).unwrap_or_else(processors).min(most).min(len);
    let (stopped, next) = (AtomicBool::new(false), AtomicUsize::new(0));
    let step = (len / (threads * TURNS)).clamp(1, MOST_TAKEN);
    let work = |stop: &mut dyn FnMut() -> bool| {
        let mut made = Vec::new();
        loop {
            let from = next.fetch_add(step, Ordering::Relaxed);
            if from >= len {
                return made;
            }
            for i in from..len.min(from + step) {
                if stopped.load(Ordering::Relaxed) || stop() {
                    stopped.store(true, Ordering::Relaxed);
                    return made;
                }
                made.push((i, guarded(|| f(i))));
            }
        }
    };
    let help = || work(&mut || false);
    let mut put = |made: Vec<_>| made.into_iter().for_each(|(i, made)| all[i] = Some(made));
    let begun = match pool {
        _ if threads < 2 => false,
        Some(_) => {
            in_pool(threads - 1, &help, || work(&mut every(ASK_EVERY, &mut stop))).into_iter().for_each(put);
            return all;
        }
        None => thread::scope(|scope| {
            let (done, wait) = channel();
            let start = |i| {
                let done = done.clone();
                // The receiver waits for this, and for nothing else.
                let run = move || done.send(help()).unwrap_or_default();
                thread::Builder::new().name(format!("copydesk-{i}")).spawn_scoped(scope, run).is_ok()
            };
            // No more than the work lasts for.
            let started = (0..threads).take_while(|i| next.load(Ordering::Relaxed) < len && start(*i)).count();
            drop(done);
            loop {
                match wait.recv_timeout(ASK_EVERY) {
                    Ok(made) => put(made),
                    Err(RecvTimeoutError::Timeout) if !stopped.load(Ordering::Relaxed) => {
                        stopped.store(stop(), Ordering::Relaxed);
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break started > 0,
                }
            }
        }),
    };
    if !begun {
        put(work(&mut every(ASK_EVERY, &mut stop)));
    }
    all
}

/// Asks `stop` so often.
fn every(often: Duration, stop: &mut dyn FnMut() -> bool) -> impl FnMut() -> bool {
    let mut asked = Instant::now();
    move || {
        if asked.elapsed() < often {
            return false;
        }
        asked = Instant::now();
        stop()
    }
}

/// Threads of the pool that the caller runs in, where it runs in one.
fn pool() -> Option<usize> {
    #[cfg(feature = "parallel")]
    return rayon_core::current_thread_index().map(|_| rayon_core::current_num_threads());
    #[cfg(not(feature = "parallel"))]
    None
}

/// What `own` makes on the calling thread, and `help` on as many others of its pool as come to it.
#[cfg(feature = "parallel")]
fn in_pool<R: Send>(helpers: usize, help: &(impl Fn() -> R + Sync), own: impl FnOnce() -> R) -> Vec<R> {
    let (done, wait) = channel();
    let own = rayon_core::in_place_scope(|scope| {
        for _ in 0..helpers {
            let done = done.clone();
            scope.spawn(move |_| done.send(help()).unwrap_or_default());
        }
        own()
    });
    drop(done);
    wait.into_iter().chain([own]).collect()
}

#[cfg(not(feature = "parallel"))]
fn in_pool<R: Send>(_: usize, _: &(impl Fn() -> R + Sync), own: impl FnOnce() -> R) -> Vec<R> {
    vec![own()]
}

/// A chunk of what is read ahead, to be worked on together: it is full with the first of these, items, bytes, and time spent
/// waiting for them. It has one item at least.
pub(crate) struct Chunk {
    items: usize,
    bytes: usize,
    since: Instant,
}

impl Chunk {
    /// The most items of one.
    pub const ITEMS: usize = 1024;
    const BYTES: usize = 8 << 20;
    const WAIT: Duration = Duration::from_millis(20);

    /// An empty one.
    pub fn new() -> Self {
        Self { items: 0, bytes: 0, since: Instant::now() }
    }

    /// Whether another item should be waited for.
    pub fn has_room(&self) -> bool {
        self.items == 0 || self.items < Self::ITEMS && self.bytes < Self::BYTES && self.since.elapsed() < Self::WAIT
    }

    /// Takes in an item of so many bytes.
    pub fn add(&mut self, bytes: usize) {
        self.items += 1;
        self.bytes += bytes;
    }
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
    fn what_was_made_before_a_stop_is_kept() {
        for threads in [Some(1), Some(2)] {
            let begun = AtomicUsize::new(0);
            let slow = |i| {
                begun.fetch_add(1, Ordering::Relaxed);
                thread::sleep(Duration::from_millis(5));
                i
            };
            let made = each(100_000, threads, || begun.load(Ordering::Relaxed) > 0, slow);
            let done: Vec<_> = made.iter().enumerate().filter_map(|(i, made)| Some((i, made.as_ref()?))).collect();
            assert_eq!(made.len(), 100_000);
            assert_eq!(done.len(), begun.load(Ordering::Relaxed));
            assert!(!done.is_empty() && done.iter().all(|(i, made)| made.as_ref().is_ok_and(|made| made == i)));
        }
        assert!(each(10, Some(2), || true, |_| panic!("begun")).iter().all(Option::is_none));
    }

    #[cfg(feature = "parallel")]
    #[test]
    fn a_callers_pool_does_the_work() {
        let name = || thread::current().name().unwrap_or_default().to_owned();
        for size in [1, 3] {
            let named = |i| format!("pool-{i}");
            let pool = rayon_core::ThreadPoolBuilder::new().num_threads(size).thread_name(named).build().unwrap();
            for threads in [None, Some(1), Some(2), Some(50)] {
                let made = pool.install(|| map(500, threads, || false, |i| (i, name())));
                for (i, (made, name)) in whole(made).unwrap().into_iter().enumerate() {
                    assert_eq!(made, i);
                    assert!(name.starts_with("pool-"), "{name}");
                }
                let slow = |_| thread::sleep(Duration::from_millis(5));
                let begun = Instant::now();
                let late = || begun.elapsed() > Duration::from_millis(60);
                assert!(pool.install(|| map(100_000, threads, late, slow)).is_none());
                let made = pool.install(|| map(100, threads, || false, |i| assert_ne!(i, 3))).unwrap();
                assert!(made.iter().enumerate().all(|(i, made)| made.is_err() == (i == 3)));
            }
            // A batch in a batch, as when texts of many files are cleaned file by file.
            let inner = || whole(map(40, None, || false, |i| i)).map(|made| made.into_iter().sum::<usize>());
            let made = pool.install(|| map(20, None, || false, |_| inner()));
            assert_eq!(whole(made).unwrap(), vec![Some(780); 20]);
        }
    }

    #[test]
    fn a_chunk_is_full_with_its_items_or_its_bytes() {
        let mut chunk = Chunk::new();
        while chunk.has_room() && chunk.items < 5000 {
            chunk.since = Instant::now();
            chunk.add(1);
        }
        assert_eq!(chunk.items, Chunk::ITEMS);
        let mut chunk = Chunk::new();
        chunk.add(1 << 30);
        assert!(!chunk.has_room());
        let late = Chunk { items: 1, bytes: 1, since: Instant::now().checked_sub(Chunk::WAIT).unwrap() };
        assert!(!late.has_room() && Chunk { items: 0, ..late }.has_room());
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
