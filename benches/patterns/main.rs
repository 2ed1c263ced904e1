//! Texts made of one thing over and over, at three sizes: how much time and memory they take beside ordinary text, and whether
//! that grows faster than they do. `cargo bench --bench patterns`; docs/reliability.md shows the tables.
//!
//! Words after `--` choose kinds by parts of their names: `-- byline "one a line"`. Options: `--sizes 1,4` (megabytes),
//! `--only clean` or `--only normalize`, `--write PAGE` puts the tables between the marks in a page. Ends with 1 when a limit
//! is broken. Under `cargo test --benches` one kind runs once.

mod heap;
mod kinds;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use copydesk::{Cleaner, Normalizer};
use kinds::{Arrangement, KINDS, most_memory, prose};

#[global_allocator]
static HEAP: heap::Counting = heap::Counting;

/// Growth of time with size, as a power: more is broken, in what takes as long as ordinary text. What is quicker mostly waits for
/// memory, of which a larger text gets a fresh one each time.
const EXPONENT: f64 = 1.1;

/// A figure over a limit is measured so often before it is believed; the least counts.
const TRIES: usize = 3;

/// So many of the worst patterns are shown.
const WORST: usize = 24;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    Clean,
    Normalize,
}

impl Work {
    const ALL: [Self; 2] = [Self::Clean, Self::Normalize];

    const fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Normalize => "normalize",
        }
    }

    fn run(self, cleaner: &Cleaner, normalizer: &Normalizer, text: &str) {
        match self {
            Self::Clean => drop(black_box(cleaner.clean(text))),
            Self::Normalize => drop(black_box(normalizer.normalize(text))),
        }
    }
}

struct Options {
    words: Vec<String>,
    sizes: Vec<usize>,
    works: Vec<Work>,
    page: Option<String>,
}

impl Options {
    fn of(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { words: Vec::new(), sizes: Vec::new(), works: Work::ALL.to_vec(), page: None };
        let mut sizes = vec![16 << 10];
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("{arg} wants a value"));
            match arg.as_str() {
                "--bench" if options.sizes.is_empty() => sizes = vec![1 << 20, 4 << 20, 16 << 20],
                "--bench" => {}
                "--sizes" => {
                    let of = |size: &str| size.parse::<f64>().map(|size| (size * f64::from(1 << 20)) as usize);
                    options.sizes = value()?
                        .split(',')
                        .map(of)
                        .collect::<Result<_, _>>()
                        .map_err(|error| format!("--sizes: {error}"))?;
                }
                "--only" => {
                    let name = value()?;
                    options.works.retain(|work| work.name() == name);
                    if options.works.is_empty() {
                        return Err(format!("--only {name}: use clean or normalize"));
                    }
                }
                "--write" => options.page = Some(value()?),
                _ if arg.starts_with('-') => {
                    return Err(format!("{arg} is not known: see the head of benches/patterns/main.rs"));
                }
                _ => options.words.push(arg),
            }
        }
        if options.sizes.is_empty() {
            if sizes.len() == 1 && options.words.is_empty() {
                options.words.push("relative time".to_owned());
            }
            options.sizes = sizes;
        }
        Ok(options)
    }

    fn wants(&self, kind: &str, arrangement: Arrangement) -> bool {
        self.words.is_empty()
            || self.words.iter().any(|word| kind.contains(word.as_str()) || arrangement.name() == word)
    }
}

/// What one pattern took.
struct Row {
    kind: &'static str,
    arrangement: Arrangement,
    work: Work,
    /// Nanoseconds a byte at the largest size.
    time: f64,
    /// Time a byte over that of cleaning ordinary text.
    ratio: f64,
    /// Growth of time between the two largest sizes.
    exponent: f64,
    /// The most memory over the size of the input, of all sizes.
    memory: f64,
    limits: Limits,
}

#[derive(Clone, Copy)]
struct Limits {
    ratio: f64,
    memory: f64,
}

impl Limits {
    fn of(kind: &str, arrangement: Arrangement, text: &str) -> Self {
        let ratio = if kind == "eight letters" && arrangement == Arrangement::Lines { 5.0 } else { 15.0 };
        Self { ratio, memory: most_memory(kind, text) }
    }
}

impl Row {
    fn most_exponent(&self) -> f64 {
        if self.ratio < 1.0 { f64::INFINITY } else { EXPONENT }
    }

    fn broken(&self) -> Vec<String> {
        [
            ("times the time of ordinary text", self.ratio, self.limits.ratio),
            ("as the exponent of time", self.exponent, self.most_exponent()),
            ("times its size in memory", self.memory, self.limits.memory),
        ]
        .into_iter()
        .filter(|(_, found, limit)| found > limit)
        .map(|(what, found, limit)| {
            let (kind, arrangement, work) = (self.kind, self.arrangement.name(), self.work.name());
            format!("{work}: {kind}, {arrangement}: {found:.2} {what}; at most {limit}")
        })
        .collect()
    }
}

fn main() -> ExitCode {
    let options = match Options::of(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let cleaner = Cleaner::default();
    let normalizer = Normalizer::default();
    let ordinary = prose(options.sizes.iter().copied().max().unwrap_or(0).min(4 << 20));
    // What is made once is made here.
    Work::Clean.run(&cleaner, &normalizer, &prose(1 << 14));
    let mut rows = Vec::new();
    for (kind, token) in KINDS {
        let wanted: Vec<_> = Arrangement::ALL.into_iter().filter(|it| options.wants(kind, *it)).collect();
        if wanted.is_empty() {
            continue;
        }
        // The machine's speed changes with the hour, so that ordinary text has its turn beside every kind.
        let usual = seconds(|| Work::Clean.run(&cleaner, &normalizer, &ordinary)) / ordinary.len() as f64;
        for arrangement in wanted {
            for work in &options.works {
                let row = measure(kind, token, arrangement, *work, &options.sizes, usual, &|text| {
                    work.run(&cleaner, &normalizer, text);
                });
                eprintln!(
                    "{:9} {kind:22} {:18} {:8.1} ns/B {:6.2} x time  {:5.2} exponent {:7.2} x memory",
                    work.name(),
                    arrangement.name(),
                    row.time,
                    row.ratio,
                    row.exponent,
                    row.memory
                );
                rows.push(row);
            }
        }
    }
    let tables = tables(&rows, &options.sizes);
    println!("{tables}");
    if let Some(page) = &options.page
        && let Err(error) = write(page, &tables)
    {
        eprintln!("{page}: {error}");
        return ExitCode::from(2);
    }
    let broken: Vec<_> = rows.iter().flat_map(Row::broken).collect();
    broken.iter().for_each(|line| eprintln!("broken: {line}"));
    // Times of one small size say nothing.
    if broken.is_empty() || options.sizes.len() == 1 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn measure(
    kind: &'static str,
    token: &str,
    arrangement: Arrangement,
    work: Work,
    sizes: &[usize],
    usual: f64,
    run: &dyn Fn(&str),
) -> Row {
    let texts: Vec<_> = sizes.iter().map(|size| arrangement.text(token, *size)).collect();
    let mut times = vec![f64::INFINITY; texts.len()];
    let mut memory = 0.0_f64;
    let limits = Limits::of(kind, arrangement, &texts[0]);
    for turn in 0..TRIES {
        for (text, time) in texts.iter().zip(&mut times) {
            let used = heap::used(|| *time = time.min(seconds(|| run(text))));
            if turn == 0 {
                memory = memory.max(used as f64 / text.len() as f64);
            }
        }
        let row = row(kind, arrangement, work, &texts, &times, usual, memory, limits);
        let timely = row.ratio <= limits.ratio && row.exponent <= row.most_exponent();
        // What is far over its limit will not come down to it.
        if timely || row.ratio > 2.0 * limits.ratio || turn + 1 == TRIES {
            return row;
        }
    }
    unreachable!("the last turn returns")
}

#[allow(clippy::too_many_arguments, reason = "one for each column")]
fn row(
    kind: &'static str,
    arrangement: Arrangement,
    work: Work,
    texts: &[String],
    times: &[f64],
    usual: f64,
    memory: f64,
    limits: Limits,
) -> Row {
    let last = texts.len() - 1;
    let before = last.saturating_sub(1);
    let size = |i: usize| texts[i].len() as f64;
    let time = times[last] / size(last);
    let exponent =
        if last == before { 1.0 } else { (times[last] / times[before]).ln() / (size(last) / size(before)).ln() };
    Row { kind, arrangement, work, time: time * 1e9, ratio: time / usual, exponent, memory, limits }
}

/// Seconds of the processor that a piece of work takes; of the clock, where the system does not tell. Short ones are done again.
fn seconds(work: impl Fn()) -> f64 {
    let mut least = f64::INFINITY;
    let mut all = 0.0;
    // What is told is exact to some milliseconds.
    let mut times = 0_u32;
    while times == 0 || (all < 0.1 && times < 64) {
        let (clock, processor) = (Instant::now(), processor_time());
        work();
        let took = match (processor, processor_time()) {
            (Some(before), Some(after)) if after > before => (after - before).as_secs_f64(),
            _ => clock.elapsed().as_secs_f64(),
        };
        least = least.min(clock.elapsed().as_secs_f64());
        all += took;
        times += 1;
    }
    // Sums are better than single figures where the steps of the system's count show.
    least.min(all / f64::from(times))
}

/// How long this thread has run.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn tables(rows: &[Row], sizes: &[usize]) -> String {
    let mut out = String::new();
    let sizes: Vec<_> = sizes.iter().map(|size| format!("{}", *size as f64 / f64::from(1 << 20))).collect();
    let broken = rows.iter().filter(|row| !row.broken().is_empty()).count();
    out += &format!("{} patterns at {} MB; {broken} over a limit.\n\n", rows.len(), sizes.join(", "));
    for work in Work::ALL {
        let mut of: Vec<_> = rows.iter().filter(|row| row.work == work).collect();
        if of.is_empty() {
            continue;
        }
        let badness = |row: &Row| {
            (row.ratio / row.limits.ratio)
                .max(row.memory / row.limits.memory)
                .max((row.exponent - 1.0) / (row.most_exponent() - 1.0))
        };
        of.sort_by(|a, b| badness(b).total_cmp(&badness(a)));
        out += &format!("The patterns of `{}` nearest to their limits, or over them:\n\n", work.name());
        out += "| kind | arrangement | ns a byte | × ordinary text | exponent | × memory |\n|---|---|---:|---:|---:|---:|\n";
        for row in of.iter().take(WORST) {
            out += &format!(
                "| {} | {} | {:.0} | {} | {} | {} |\n",
                row.kind,
                row.arrangement.name(),
                row.time,
                marked(row.ratio, row.limits.ratio),
                marked(row.exponent, row.most_exponent()),
                marked(row.memory, row.limits.memory)
            );
        }
        out.push('\n');
    }
    out += "Each kind, the worst of its arrangements (time × that of ordinary text, exponent, memory × the input):\n\n";
    out += "| kind | clean | | | normalize | | |\n|---|---:|---:|---:|---:|---:|---:|\n";
    for (kind, _) in KINDS {
        if !rows.iter().any(|row| row.kind == kind) {
            continue;
        }
        out += &format!("| {kind} |");
        for work in Work::ALL {
            let of = || rows.iter().filter(|row| row.kind == kind && row.work == work);
            let worst = |figure: fn(&Row) -> f64| of().map(figure).fold(f64::NAN, f64::max);
            let figures = [worst(|row| row.ratio), worst(|row| row.exponent), worst(|row| row.memory)];
            figures.iter().for_each(|figure| {
                out += &if figure.is_nan() { " |".to_owned() } else { format!(" {figure:.2} |") };
            });
        }
        out.push('\n');
    }
    out
}

/// A figure, in bold where it is over its limit.
fn marked(figure: f64, limit: f64) -> String {
    if figure > limit { format!("**{figure:.2}**") } else { format!("{figure:.2}") }
}

const MARKS: [&str; 2] = ["<!-- patterns -->\n", "<!-- end of patterns -->"];

/// Puts the tables between the marks in a page.
fn write(page: &str, tables: &str) -> std::io::Result<()> {
    let text = std::fs::read_to_string(page)?;
    let wrong = || std::io::Error::other(format!("it has no {:?} with {:?} after it", MARKS[0], MARKS[1]));
    let (head, rest) = text.split_once(MARKS[0]).ok_or_else(wrong)?;
    let (_, tail) = rest.split_once(MARKS[1]).ok_or_else(wrong)?;
    std::fs::write(page, format!("{head}{}\n{tables}\n{}{tail}", MARKS[0], MARKS[1]))
}
