//! Bytes per second of the whole pipeline and of repair alone, on one core: `cargo bench`.
//!
//! Texts: the articles under examples/, and ../shared/data/lines/{corpus,dev.pages}.jsonl where they are (COPYDESK_SHARED
//! names another folder). The model is the default one, or the one that COPYDESK_MODEL names: "fast", or a file. Each figure
//! is the median of five runs. Under `cargo test --benches` everything runs once.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() {
    let runs = if std::env::args().any(|arg| arg == "--bench") { 5 } else { 1 };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("COPYDESK_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    report("examples", &examples(&root.join("examples")), runs);
    for name in ["corpus", "dev.pages"] {
        let path = shared.join(format!("data/lines/{name}.jsonl"));
        match std::fs::read_to_string(&path) {
            Ok(lines) if runs > 1 => report(name, &lines.lines().map(text).collect::<Vec<_>>(), runs),
            Ok(_) => {}
            Err(_) => println!("{name:10} skipped: there is no {}", path.display()),
        }
    }
}

fn examples(folder: &Path) -> Vec<String> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// The text of a record: its `text`, or its `lines`.
fn text(record: &str) -> String {
    let record: serde_json::Value = serde_json::from_str(record).unwrap();
    match &record["lines"] {
        serde_json::Value::Array(lines) => lines.iter().filter_map(|line| line.as_str()).collect::<Vec<_>>().join("\n"),
        _ => record["text"].as_str().unwrap_or_default().to_owned(),
    }
}

fn report(name: &str, texts: &[String], runs: usize) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let lines: usize = texts.iter().map(|text| text.lines().filter(|line| !line.trim().is_empty()).count()).sum();
    let cleaner = cleaner();
    let normalizer = copydesk::Normalizer::default();
    let clean = median(runs, || texts.iter().for_each(|text| drop(black_box(cleaner.clean(text)))));
    let repair = median(runs, || texts.iter().for_each(|text| drop(black_box(normalizer.normalize(text)))));
    let speed = |seconds: f64| bytes as f64 / 1e6 / seconds;
    println!(
        "{name:10} {:6} texts {:6.2} MB   clean {:7.1} MB/s, {:5.2} µs a line   normalize {:7.1} MB/s",
        texts.len(),
        bytes as f64 / 1e6,
        speed(clean),
        clean * 1e6 / lines as f64,
        speed(repair)
    );
}

fn cleaner() -> copydesk::Cleaner {
    let mut builder = copydesk::Cleaner::builder();
    match std::env::var("COPYDESK_MODEL") {
        Ok(file) if Path::new(&file).is_file() => builder.model_bytes(std::fs::read(file).unwrap()),
        Ok(name) => builder.model(name),
        Err(_) => &mut builder,
    };
    builder.build().unwrap()
}

/// Seconds.
fn median(runs: usize, mut work: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[runs / 2]
}
