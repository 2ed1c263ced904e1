//! What ends a run from outside: Ctrl-C, `kill`, a terminal that is closed.

use std::time::Duration;

use super::say;
use crate::io::output::{kept, settle};
use crate::shown;

/// How long is waited for a line that is being written.
const PATIENCE: Duration = Duration::from_millis(300);

/// So many files are named that are left.
const MOST_NAMED: usize = 8;

/// Says what is left, so that the run can be continued.
pub(super) fn tell_kept() {
    let kept = kept();
    if !kept.is_empty() {
        let mut names: Vec<_> = kept.iter().take(MOST_NAMED).map(|path| shown::name(path)).collect();
        if kept.len() > MOST_NAMED {
            names.push(format!("and {} others", kept.len() - MOST_NAMED));
        }
        say(
            "stopped",
            &format!("the same command with --resume goes on from here; until then these stay: {}", names.join(", ")),
        );
    }
}

/// Ends the program by that signal, with nothing half written left: a shell goes on with its script when a program only exits
/// with 128 and the number.
#[cfg(unix)]
fn end(signal: i32) -> ! {
    let _quiet = settle(PATIENCE);
    tell_kept();
    let _ = signal_hook::low_level::emulate_default_handler(signal);
    std::process::exit(128 + signal)
}

/// From now on signals end the program in order.
#[cfg(unix)]
pub(super) fn listen() {
    use signal_hook::consts::signal::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    // A file that may not grow further is an error in writing, which is told.
    let _ = signal_hook::flag::register(SIGXFSZ, std::sync::Arc::default());
    let ignored = ignored();
    let heard: Vec<i32> =
        [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0).collect();
    // Where that is refused, they end the program as they end any.
    let Ok(mut signals) = signal_hook::iterator::Signals::new(heard) else { return };
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            end(signal);
        }
    };
    let _ = std::thread::Builder::new().name("copydesk-signals".to_owned()).spawn(wait);
}

/// The signals that this program was told to ignore, a bit each: `nohup` does so, and shells for what runs after.
#[cfg(unix)]
fn ignored() -> u64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let bits = told.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    // Where it cannot be asked, no terminal that was closed ends what `nohup` began.
    bits.unwrap_or(1 << (signal_hook::consts::signal::SIGHUP - 1))
}

/// From now on Ctrl-C and a closed console end the program in order.
#[cfg(not(unix))]
pub(super) fn listen() {
    // Refused only where the process has a handler already, which then stays.
    let _ = ctrlc::set_handler(|| {
        let _quiet = settle(PATIENCE);
        tell_kept();
        std::process::exit(130)
    });
}
