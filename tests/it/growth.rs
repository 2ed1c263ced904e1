//! Whether work grows as its text does. No limit of time: a text is compared with one that is several times as long, by the time
//! that this thread had a processor, so that other work on the machine counts for neither. Used by the unit tests too.

use std::time::Duration;

/// The longer text is so many times as long.
const TIMES: usize = 8;
/// It may take so many times as long: what is linear takes 8 times, what is quadratic 64.
const MOST: f64 = 24.0;
/// What is quicker than that counts as that: the clock, and what is made on first use.
const LEAST: Duration = Duration::from_millis(1);
/// One good try is enough: noise comes and goes, what is quadratic stays so.
const TRIES: usize = 5;

/// Time that this thread has worked so far; where the system does not tell, time that has passed.
pub fn worked() -> Duration {
    #[cfg(unix)]
    {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or_default())
    }
    #[cfg(not(unix))]
    {
        static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
        START.get_or_init(std::time::Instant::now).elapsed()
    }
}

/// What some work takes of the processor.
pub fn cost(work: impl FnOnce()) -> Duration {
    let start = worked();
    work();
    worked().saturating_sub(start)
}

/// Whether work on a text of some bytes, and on one of eight times as many, shows that it is linear; what was measured, where not.
pub fn is_linear(bytes: usize, make: impl Fn(usize) -> String, work: impl Fn(&str)) -> Result<(), String> {
    let [small, large] = [make(bytes), make(bytes * TIMES)];
    let mut ratios = Vec::new();
    for _ in 0..TRIES {
        let [less, more] = [&small, &large].map(|text| cost(|| work(text)).max(LEAST));
        ratios.push(more.as_secs_f64() / less.as_secs_f64());
        if ratios.iter().any(|ratio| *ratio <= MOST) {
            return Ok(());
        }
    }
    let head: String = large.chars().take(20).collect();
    Err(format!("{head:?}: {TIMES} times as long takes {ratios:.0?} times as long"))
}

#[test]
fn what_is_quadratic_is_told_from_what_is_linear() {
    let bytes = |text: &str| text.bytes().map(|byte| u64::from(std::hint::black_box(byte))).sum::<u64>();
    let linear = |text: &str| assert!((0..100).map(|_| bytes(text)).sum::<u64>() > 0);
    let quadratic = |text: &str| assert!((0..text.len()).step_by(8).map(|at| bytes(&text[at..])).sum::<u64>() > 0);
    let make = |size: usize| "a".repeat(size);
    assert_eq!(is_linear(4_000, make, linear), Ok(()));
    assert!(is_linear(4_000, make, quadratic).unwrap_err().contains("8 times as long takes"));
}
