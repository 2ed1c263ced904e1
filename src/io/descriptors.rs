//! The three descriptors that a program is started with. Where one was closed, the next file that is opened takes its place,
//! and what was meant for a terminal lands in that file.

use std::fs::Metadata;
use std::sync::atomic::{AtomicBool, Ordering};

/// One that something depends on. Its number is its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Descriptor {
    Stdin,
    Stdout,
}

static CLOSED: [AtomicBool; 3] = [const { AtomicBool::new(false) }; 3];

/// Puts the null device where one was closed. Before `main` of a program in Rust its runtime has done so; inside another
/// program, such as Python, nobody has.
#[cfg(unix)]
pub(crate) fn make_sure() {
    use std::os::fd::{AsRawFd, IntoRawFd};
    // The lowest number that is free is given out first.
    while let Ok(null) = std::fs::File::options().read(true).write(true).open("/dev/null") {
        let Some(closed) = usize::try_from(null.as_raw_fd()).ok().and_then(|number| CLOSED.get(number)) else { break };
        closed.store(true, Ordering::Relaxed);
        // Stays open as long as the program runs.
        let _ = null.into_raw_fd();
    }
}

#[cfg(not(unix))]
pub(crate) fn make_sure() {}

/// Whether it was closed, as far as that can be known.
pub(crate) fn was_closed(descriptor: Descriptor) -> bool {
    CLOSED.get(descriptor as usize).is_some_and(|closed| closed.load(Ordering::Relaxed))
}

/// What it leads to.
#[cfg(unix)]
pub(crate) fn about(descriptor: Descriptor) -> Option<Metadata> {
    use std::os::fd::AsFd;
    let copy = match descriptor {
        Descriptor::Stdin => std::io::stdin().as_fd().try_clone_to_owned(),
        Descriptor::Stdout => std::io::stdout().as_fd().try_clone_to_owned(),
    };
    std::fs::File::from(copy.ok()?).metadata().ok()
}

#[cfg(not(unix))]
pub(crate) fn about(_: Descriptor) -> Option<Metadata> {
    None
}
