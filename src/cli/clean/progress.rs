//! What a run shows of itself while it works, and at its end.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::args::Args;
use super::plan::Plan;
use super::tally::{Counts, Tally};
use crate::cli::paint;
use crate::error::Result;
use crate::io::input::Count;
use crate::io::output::{Output, finish};

/// How often a terminal is written to, and a file.
const LIVE: Duration = Duration::from_millis(200);
const LINES: Duration = Duration::from_secs(30);
/// A run that is over before shows nothing.
const SHORT: Duration = Duration::from_secs(2);

/// What is shown of a run.
pub(super) struct Progress {
    begun: Instant,
    shown: Instant,
    count: Arc<Count>,
    /// What an earlier run had done, and in how long.
    before: Tally,
    seconds_before: f64,
    /// Bytes of all inputs.
    bytes: Option<u64>,
    files: usize,
    live: bool,
    /// A line stands on the terminal.
    drawn: bool,
    quiet: bool,
    summary: Option<Output>,
}

impl Progress {
    /// # Errors
    /// When the file of the summary cannot be written.
    pub fn new(args: &Args, plan: &Plan, count: Arc<Count>, before: Tally, seconds: f64) -> Result<Self> {
        let now = Instant::now();
        Ok(Self {
            begun: now,
            shown: now,
            count,
            before,
            seconds_before: seconds,
            bytes: plan.bytes.filter(|bytes| *bytes > 0),
            files: plan.inputs.iter().map(Vec::len).sum(),
            live: std::io::stderr().is_terminal(),
            drawn: false,
            quiet: args.manner.quiet,
            summary: plan.summary.as_ref().map(Output::begin).transpose()?,
        })
    }

    /// How long it has taken until now, with what an earlier run took.
    pub fn seconds(&self) -> f64 {
        self.seconds_before + self.begun.elapsed().as_secs_f64()
    }

    /// Shows how far it is, when it is time to; `files` are done.
    pub fn show(&mut self, tally: &Tally, files: usize) {
        let every = if self.live { LIVE } else { LINES };
        if self.quiet || self.shown.elapsed() < every || self.begun.elapsed() < SHORT {
            return;
        }
        self.shown = Instant::now();
        let line = self.line(tally, files);
        // Where standard error is closed, nobody is there to see it.
        let _ = if self.live {
            let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
            let line = crate::cli::columns::cut(&line, width.saturating_sub(1));
            self.drawn = true;
            write!(std::io::stderr(), "\r\x1b[K{line}")
        } else {
            writeln!(std::io::stderr(), "{line}")
        };
    }

    /// Takes the line away that stands on the terminal, so that something else can be written there.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }

    fn line(&self, tally: &Tally, files: usize) -> String {
        let seconds = self.begun.elapsed().as_secs_f64().max(1e-3);
        let read = self.count.bytes();
        let mut line = String::new();
        // Writing to a string does not fail.
        if let Some(all) = self.bytes {
            let part = read as f64 / all as f64;
            let _ = write!(line, "{:3.0} % of {}, ", 100.0 * part.min(1.0), size(all));
        } else {
            let _ = write!(line, "{}, ", size(read));
        }
        if self.files > 1 {
            let _ = write!(line, "{files} of {} files, ", number(self.files as u64));
        }
        let _ = write!(line, "{} documents, ", number(tally.records));
        let done = (tally.records - self.before.records) as f64 / seconds;
        let text = (tally.text_bytes - self.before.text_bytes) as f64 / seconds;
        let _ = write!(line, "{} a second, {} a second", number(done as u64), size(text as u64));
        let (kept, removed) = (sum(&tally.words_kept), sum(&tally.words_removed));
        if kept + removed > 0 {
            let _ = write!(line, ", {:.0} % of words kept", 100.0 * kept as f64 / (kept + removed) as f64);
        }
        if let Some(all) = self.bytes.filter(|all| read > 0 && read < *all) {
            let left = seconds * (all - read) as f64 / read as f64;
            let _ = write!(line, ", {} left", time(left));
        }
        line
    }

    /// Shows the summary, where the run took long or much, and writes it to its file.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn end(mut self, tally: &Tally, finished: usize, tell: bool) -> Result<()> {
        self.clear();
        let seconds = self.seconds();
        if !self.quiet && tell {
            let _ = write!(anstream::stderr(), "{}", table(tally, finished, seconds));
        }
        if let Some(mut output) = self.summary.take() {
            let summary = Summary {
                counts: tally,
                duplicates: tally.left_out.get("dedup").copied().unwrap_or_default(),
                files_finished_before: finished,
                seconds: (seconds * 1e3).round() / 1e3,
                text_bytes_a_second: (tally.text_bytes as f64 / seconds.max(1e-3)) as u64,
            };
            let json = serde_json::to_string(&summary).unwrap_or_default() + "\n";
            output.write(json.as_bytes())?;
            finish([output])?;
        }
        Ok(())
    }
}

/// The summary for people.
fn table(tally: &Tally, finished: usize, seconds: f64) -> String {
    let mut table = String::new();
    let mut row = |name: &str, value: String| {
        let _ = writeln!(table, "{}{name:<15}{} {value}", paint::STRONG, paint::STRONG.render_reset());
    };
    let rate = tally.records as f64 / seconds.max(1e-3);
    let bytes = tally.text_bytes as f64 / seconds.max(1e-3);
    row(
        "documents",
        format!(
            "{} read, {} written, {} rejected, in {}: {} and {} of text a second",
            number(tally.records),
            number(tally.written),
            number(tally.rejected),
            time(seconds),
            number(rate as u64),
            size(bytes as u64)
        ),
    );
    for (name, counts) in [
        ("verdicts", &tally.verdicts),
        ("languages", &tally.langs),
        ("words kept", &tally.words_kept),
        ("words removed", &tally.words_removed),
        ("fields found", &tally.fields),
        ("left out", &tally.left_out),
        ("hints not read", &tally.hints_unread),
    ] {
        if !counts.is_empty() {
            row(name, list(counts));
        }
    }
    if tally.null > 0 {
        row("without text", number(tally.null));
    }
    if finished > 0 {
        row("finished before", format!("{} files", number(finished as u64)));
    }
    if tally.passed_over > 0 {
        row("passed over", format!("{} records of crawls that hold no page", number(tally.passed_over)));
    }
    table
}

/// The summary as JSON.
#[derive(Serialize)]
struct Summary<'t> {
    #[serde(flatten)]
    counts: &'t Tally,
    duplicates: u64,
    files_finished_before: usize,
    seconds: f64,
    text_bytes_a_second: u64,
}

/// That there is nothing to do.
pub(super) fn finished(plan: &Plan) -> String {
    match &plan.outputs[..] {
        [planned] => format!("{} is there already: nothing to do", planned.target.shown()),
        all => format!("all {} files are there already: nothing to do", number(all.len() as u64)),
    }
}

fn sum(counts: &Counts) -> u64 {
    counts.values().sum()
}

/// The largest counts first.
fn list(counts: &Counts) -> String {
    const MOST: usize = 8;
    let mut all: Vec<_> = counts.iter().collect();
    all.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    let mut shown: Vec<_> = all.iter().take(MOST).map(|(name, count)| format!("{name} {}", number(**count))).collect();
    if all.len() > MOST {
        let rest: u64 = all.iter().skip(MOST).map(|(_, count)| **count).sum();
        shown.push(format!("{} others {}", all.len() - MOST, number(rest)));
    }
    shown.join(", ")
}

/// "1,234,567".
fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut shown = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// "1.2 GB".
fn size(bytes: u64) -> String {
    let (mut value, mut unit) = (bytes as f64, "B");
    for next in ["kB", "MB", "GB", "TB"] {
        if value < 1000.0 {
            break;
        }
        (value, unit) = (value / 1000.0, next);
    }
    if value < 10.0 && unit != "B" { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") }
}

/// "2 h 05 min".
fn time(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    match whole {
        0..60 => format!("{seconds:.0} s"),
        60..3600 => format!("{} min {:02} s", whole / 60, whole % 60),
        _ => format!("{} h {:02} min", whole / 3600, whole / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_read_them() {
        assert_eq!([0, 999, 1000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([0, 999, 1234, 56_789_000].map(size), ["0 B", "999 B", "1.2 kB", "57 MB"]);
        assert_eq!([0.4, 65.0, 7500.0].map(time), ["0 s", "1 min 05 s", "2 h 05 min"]);
    }
}
