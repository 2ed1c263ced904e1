//! Batches in parallel: the same answers in the same order as one after the other, for any number of threads.
//!
//! The pool is made at the first batch and never at import. It is kept by process: a child made by `fork`, which has none of
//! its parent's threads, makes its own.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// How often a batch asks whether it should stop.
const ASK_EVERY: Duration = Duration::from_millis(50);

/// `f(0), f(1), … f(len - 1)` on `threads` threads (`None`: one a processor), or `None` when `stop` said so on the way.
///
/// Of more than four threads a processor (64 on small machines), four a processor are started; the answer is the same.
///
/// `stop` is called about every 50 ms, on the calling thread.
pub(crate) fn map<R: Send>(
    len: usize,
    threads: Option<usize>,
    mut stop: impl FnMut() -> bool,
    f: impl Fn(usize) -> R + Sync,
) -> Option<Vec<R>> {
    let stopped = AtomicBool::new(false);
    let pool = match threads {
        Some(1) => None,
        _ if len < 2 => None,
        _ => pool(threads.unwrap_or(0).min(most_threads())),
    };
    let Some(pool) = pool else {
        let mut asked = std::time::Instant::now();
        let mut made = Vec::with_capacity(len);
        for i in 0..len {
            if asked.elapsed() >= ASK_EVERY {
                if stop() {
                    return None;
                }
                asked = std::time::Instant::now();
            }
            made.push(f(i));
        }
        return Some(made);
    };
    let work = || {
        let each = |i| (!stopped.load(Ordering::Relaxed)).then(|| f(i));
        pool.install(|| (0..len).into_par_iter().map(each).collect::<Option<Vec<R>>>())
    };
    std::thread::scope(|scope| {
        let (done, wait) = channel();
        let worker = scope.spawn(move || {
            let made = work();
            // The receiver waits for this, and for nothing else.
            let _ = done.send(());
            made
        });
        while let Err(RecvTimeoutError::Timeout) = wait.recv_timeout(ASK_EVERY) {
            if stop() {
                stopped.store(true, Ordering::Relaxed);
            }
        }
        match worker.join() {
            Ok(made) => made,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// More threads are not started, whatever is asked for: they would only wait for one another.
fn most_threads() -> usize {
    std::thread::available_parallelism().map_or(64, |processors| (4 * processors.get()).max(64))
}

/// A pool of one process and one number of threads, and the next one made. Only ever added to, without a lock: a lock held
/// by another thread while the process forks would never be released in the child.
struct Node {
    process: u32,
    threads: usize,
    pool: ThreadPool,
    next: OnceLock<Box<Node>>,
}

static POOLS: OnceLock<Box<Node>> = OnceLock::new();

/// The pool for that many threads in this process, 0 for one a processor; `None` where no thread can be started.
fn pool(threads: usize) -> Option<&'static ThreadPool> {
    let process = std::process::id();
    let mut place = &POOLS;
    let mut made = None;
    loop {
        while let Some(node) = place.get() {
            if node.process == process && node.threads == threads {
                return Some(&node.pool);
            }
            place = &node.next;
        }
        let node = match made.take() {
            Some(node) => node,
            None => {
                let name = |i| format!("copydesk-{i}");
                let pool = ThreadPoolBuilder::new().num_threads(threads).thread_name(name).build().ok()?;
                Box::new(Node { process, threads, pool, next: OnceLock::new() })
            }
        };
        // When another thread was quicker, its node is looked at next and this one offered behind it.
        made = place.set(node).err();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_for_any_number_of_threads() {
        let want: Vec<usize> = (0..1000).map(|i| i * i).collect();
        for threads in [None, Some(1), Some(2), Some(7), Some(1_000_000)] {
            assert_eq!(map(1000, threads, || false, |i| i * i).as_ref(), Some(&want));
        }
        assert_eq!(map(0, None, || false, |i| i), Some(vec![]));
    }

    #[test]
    fn a_batch_can_be_stopped() {
        for threads in [Some(1), Some(2)] {
            let slow = |_| std::thread::sleep(Duration::from_millis(5));
            assert_eq!(map(100_000, threads, || true, slow), None);
        }
    }

    #[test]
    #[should_panic(expected = "item 3")]
    fn a_panic_in_an_item_comes_through() {
        map(10, Some(2), || false, |i| assert_ne!(i, 3, "item 3"));
    }
}
