//! Time a byte as inputs grow, for benches/growth.py: `cargo bench --bench growth -- [--most BYTES]`. Lines of JSON: axis, model, size, and
//! nanoseconds a byte, the least of some runs. Four axes, each size ten times the one before:
//!
//! - `document`: one text of so many bytes, or several of them;
//! - `lines`: one text of so many lines, short ones and long ones in turn, or several of them;
//! - `batch`: articles of so many bytes together, one after the other, as a corpus streams;
//! - `languages`: articles in so many languages in turn, as many bytes of each number.
//!
//! Texts are those under tests/goldens/. `--most` (64,000,000 by default) is the largest text; a batch may have sixteen times as much.
//! Without `--bench` (under `cargo test --benches`) everything runs once, and is small.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use copydesk::Cleaner;

/// Work goes on for so many seconds, or twice where once is longer.
const SECONDS: f64 = 0.5;

/// Articles by language.
type Articles = BTreeMap<String, Vec<String>>;

fn main() {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let measures = args.iter().any(|arg| arg == "--bench");
    let most = args.iter().position(|arg| arg == "--most").and_then(|at| args.get(at + 1));
    let most = most.map_or(64_000_000, |most| most.parse().expect("a number of bytes"));
    let most = if measures { most } else { 10_000 };
    let articles = articles();
    let seconds = if measures { SECONDS } else { 0.0 };
    for model in ["default", "fast"] {
        let cleaner = Cleaner::builder().model(model).build().unwrap();
        let say = |axis: &str, size: usize, texts: &[String], times: usize| {
            let nanoseconds = nanoseconds_a_byte(&cleaner, texts, times, seconds);
            println!(r#"{{"axis": "{axis}", "model": "{model}", "size": {size}, "ns_per_byte": {nanoseconds:.3}}}"#);
        };
        // What is made on first use is made.
        nanoseconds_a_byte(&cleaner, &mixed(&articles, 20, 200_000), 1, 0.0);
        for size in sizes(1_000, most) {
            let all = mixed(&articles, 1, size.max(OTHERS)).join("\n\n");
            say("document", size, &pieces(&all, size), 1);
        }
        for lines in sizes(10, most / 60) {
            let all = of_lines(&articles, lines.max(OTHERS / 60));
            let all: Vec<_> = all.split_inclusive('\n').collect();
            let texts: Vec<_> = all.chunks_exact(lines).map(<[_]>::concat).collect();
            say("lines", lines, &texts, 1);
        }
        for size in sizes(OTHERS, most * 16) {
            let texts = mixed(&articles, 1, OTHERS);
            say("batch", size, &texts, size.div_ceil(OTHERS));
        }
        for languages in [1, 2, 4, 8, articles.len()] {
            say("languages", languages, &mixed(&articles, languages, most.min(1_000_000)), 1);
        }
    }
}

/// A processor remembers how the branches of a text went that it has just read, and reads it at twice the pace: small texts are many,
/// together of so many bytes.
const OTHERS: usize = 1_000_000;

/// A text cut into texts of about so many bytes.
fn pieces(text: &str, size: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in text.chars() {
        if pieces.last().is_some_and(|piece| piece.len() >= size) {
            pieces.push(String::new());
        }
        pieces.last_mut().unwrap().push(c);
    }
    pieces
}

/// Ten times as much each, and the most.
fn sizes(least: usize, most: usize) -> Vec<usize> {
    let mut sizes: Vec<_> =
        std::iter::successors(Some(least), |size| Some(size * 10)).take_while(|size| *size <= most).collect();
    if sizes.last().is_some_and(|last| most >= last * 3) {
        sizes.push(most);
    }
    sizes
}

/// The least of all runs over all texts, `times` times each.
fn nanoseconds_a_byte(cleaner: &Cleaner, texts: &[String], times: usize, seconds: f64) -> f64 {
    let bytes = times * texts.iter().map(String::len).sum::<usize>();
    let (mut least, mut all, mut runs) = (f64::INFINITY, 0.0, 0);
    while runs < 2 || all < seconds {
        let start = Instant::now();
        for text in (0..times).flat_map(|_| texts) {
            drop(black_box(cleaner.clean(text.as_str())));
        }
        let took = start.elapsed().as_secs_f64();
        (least, all, runs) = (took.min(least), all + took, runs + 1);
    }
    least * 1e9 / bytes as f64
}

/// Articles of the first languages (English first) in turn, until there are so many bytes; the last one is cut.
fn mixed(articles: &Articles, languages: usize, bytes: usize) -> Vec<String> {
    let first = articles.get_key_value("en").into_iter();
    let names: Vec<_> = first.chain(articles.iter().filter(|(lang, _)| *lang != "en")).take(languages).collect();
    let (mut texts, mut left) = (Vec::new(), bytes);
    for at in 0.. {
        let (_, of_language) = names[at % names.len()];
        let mut text = of_language[at / names.len() % of_language.len()].clone();
        let end = (0..=left.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        text.truncate(end);
        left -= end;
        if end == 0 {
            break;
        }
        texts.push(text);
    }
    texts
}

/// A text of so many lines.
fn of_lines(articles: &Articles, lines: usize) -> String {
    let all = articles["en"].iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty());
    let all: Vec<_> = all.collect();
    let mut text = String::new();
    for at in 0..lines {
        text += all[at % all.len()];
        text.push('\n');
    }
    text
}

/// The goldens without the labels before their lines.
fn articles() -> Articles {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let mut articles = Articles::new();
    for path in paths {
        let text = std::fs::read_to_string(path).unwrap();
        let Some(lang) = text.lines().find_map(|line| line.strip_prefix("# lang: ")) else { continue };
        let lines = text.lines().filter_map(|line| line.split_once('|')).map(|(_, line)| line.trim_start_matches(' '));
        articles.entry(lang.to_owned()).or_default().push(lines.collect::<Vec<_>>().join("\n"));
    }
    articles
}
