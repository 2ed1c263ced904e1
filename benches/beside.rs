//! The batch, for what is measured beside it: `benches/adapters.py` starts this and asks, so that both run in turn.
//!
//!     cargo bench --bench beside -- FILE < QUESTIONS
//!
//! FILE is lines of JSON with a "text". Each line that is read asks: `texts` or `documents` and the number of threads, as in
//! `texts 2`. The answer is the seconds that it took to make them of all texts: until the last is made, as who asks measures too, and
//! not until all are freed.

use std::io::{BufRead, Write};
use std::time::Instant;

use copydesk::Cleaner;

fn main() {
    let args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    // Under `cargo test --benches` there is no file.
    for path in args {
        answer(&texts(&path));
    }
}

fn texts(path: &str) -> Vec<String> {
    let text = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        record["text"].as_str().unwrap().to_owned()
    };
    std::fs::read_to_string(path).unwrap().lines().map(text).collect()
}

fn answer(texts: &[String]) {
    let cleaner = Cleaner::default();
    for question in std::io::stdin().lock().lines() {
        let question = question.unwrap();
        let (what, threads) = question.split_once(' ').expect("texts or documents, and how many threads");
        let batch = cleaner.batch().threads(threads.parse().unwrap());
        let all = || texts.iter().map(String::as_str);
        let took = match what {
            "texts" => timed(|| batch.clean_texts(all())),
            "documents" => timed(|| batch.clean_many(all())),
            _ => panic!("{what}: texts or documents"),
        };
        println!("{took}");
        std::io::stdout().flush().unwrap();
    }
}

/// How many seconds it takes to make something.
fn timed<T>(make: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let made = make();
    let took = start.elapsed().as_secs_f64();
    drop(std::hint::black_box(made));
    took
}
