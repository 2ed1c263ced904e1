//! What is made once, when it is first asked for, and safe over `fork`: a child has none of its parent's threads, and must not
//! wait for what one of them was making.
//!
//! No lock is held while something is made. Whoever comes first says in which process, the others of that process wait, and a
//! child makes it anew.

use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use once_cell::race::OnceBox;

/// How long one waits for another thread before one makes the thing oneself: so often, so long.
const WAITS: u32 = 20_000;
const WAIT: Duration = Duration::from_micros(500);

/// For values that cost little, and where they stand in an object: threads that ask at once may each make one, and one stays.
pub(crate) type Once<T> = OnceBox<T>;

/// For statics.
pub(crate) struct Lazy<T> {
    made: OnceBox<T>,
    make: fn() -> T,
    /// The process that a thread is making it in, 0 for none.
    maker: AtomicU32,
}

impl<T> Lazy<T> {
    pub const fn new(make: fn() -> T) -> Self {
        Self { made: OnceBox::new(), make, maker: AtomicU32::new(0) }
    }

    #[cold]
    fn make_or_wait(&self) -> &T {
        // Only where processes fork do they need to be told apart.
        let process = if cfg!(unix) { std::process::id() } else { 1 };
        for _ in 0..WAITS {
            let maker = self.maker.load(Ordering::Acquire);
            let is_mine = maker != process
                && self.maker.compare_exchange(maker, process, Ordering::Relaxed, Ordering::Relaxed).is_ok();
            if is_mine {
                break;
            }
            std::thread::sleep(WAIT);
            if let Some(made) = self.made.get() {
                return made;
            }
        }
        // When it cannot be made, the next one tries at once.
        let _leave = Leave(&self.maker);
        self.made.get_or_init(|| Box::new((self.make)()))
    }
}

/// Says that nobody makes it any more, also when making it has panicked.
struct Leave<'a>(&'a AtomicU32);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.0.store(0, Ordering::Release);
    }
}

impl<T> Deref for Lazy<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self.made.get() {
            Some(made) => made,
            None => self.make_or_wait(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[test]
    fn threads_wait_for_the_one_that_makes_it() {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        static SLOW: Lazy<usize> = Lazy::new(|| {
            std::thread::sleep(Duration::from_millis(30));
            MADE.fetch_add(1, Ordering::Relaxed) + 7
        });
        let start = Barrier::new(8);
        let ask = || {
            start.wait();
            assert_eq!(*SLOW, 7);
        };
        std::thread::scope(|scope| (0..8).for_each(|_| drop(scope.spawn(ask))));
        assert_eq!(MADE.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn what_another_process_left_half_made_is_made_anew() {
        static LEFT: Lazy<u8> = Lazy::new(|| 3);
        // As a child of `fork` finds it.
        LEFT.maker.store(std::process::id() + 1, Ordering::Relaxed);
        assert_eq!(*LEFT, 3);
    }
}
