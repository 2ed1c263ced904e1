//! How much memory a piece of work has at once: an allocator that counts, thread by thread.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, with counts.
pub struct Counting;

/// Bytes of one thread.
#[derive(Clone, Copy, Default)]
struct Counts {
    now: isize,
    most: isize,
}

thread_local! {
    static COUNTS: Cell<Counts> = const { Cell::new(Counts { now: 0, most: 0 }) };
}

fn count(change: isize) {
    // At the end of a thread the counts may be gone, and nobody asks for them any more.
    let _ = COUNTS.try_with(|counts| {
        let mut it = counts.get();
        it.now += change;
        it.most = it.most.max(it.now);
        counts.set(it);
    });
}

// Sizes of allocations are at most isize::MAX by the rules of `Layout`.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(at, layout) }
    }

    // Large blocks, which are those that count, grow by having their pages moved: there are never two.
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size as isize - layout.size() as isize);
        unsafe { System.realloc(at, layout, size) }
    }
}

/// Does `work`, and says the most bytes it held at once beside those held before. What it gives is dropped before the count ends,
/// and is part of the most.
pub fn used<T>(work: impl FnOnce() -> T) -> usize {
    let before = COUNTS.with(|counts| {
        let it = counts.get();
        counts.set(Counts { most: it.now, ..it });
        it
    });
    drop(std::hint::black_box(work()));
    let after = COUNTS.with(Cell::get);
    usize::try_from(after.most - before.now).unwrap_or(0)
}
