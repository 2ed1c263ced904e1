//! Bytes per second of the whole pipeline, with both models, and of repair alone, on one core: `cargo bench`.
//!
//! Texts: the articles under examples/, and ../shared/data/lines/{corpus,dev.pages}.jsonl where they are (COPYDESK_SHARED
//! names another folder). Each figure is the median of five runs; the models take turns. Under `cargo test --benches` everything runs once.

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

const MODELS: [&str; 2] = ["default", "fast"];

fn report(name: &str, texts: &[String], runs: usize) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let lines: usize = texts.iter().map(|text| text.lines().filter(|line| !line.trim().is_empty()).count()).sum();
    let speed = |seconds: f64| bytes as f64 / 1e6 / seconds;
    print!("{name:10} {:5} texts {:5.2} MB", texts.len(), bytes as f64 / 1e6);
    let cleaners = MODELS.map(|model| copydesk::Cleaner::builder().model(model).build().unwrap());
    let mut works =
        cleaners.each_ref().map(|cleaner| move || texts.iter().for_each(|text| drop(black_box(cleaner.clean(text)))));
    for (model, seconds) in MODELS.iter().zip(medians(runs, &mut works)) {
        print!("   {model} {:6.1} MB/s, {:5.2} µs a line", speed(seconds), seconds * 1e6 / lines as f64);
    }
    let normalizer = copydesk::Normalizer::default();
    let mut repair = [|| texts.iter().for_each(|text| drop(black_box(normalizer.normalize(text))))];
    println!("   normalize {:7.1} MB/s", speed(medians(runs, &mut repair)[0]));
}

/// Seconds, each the median of so many runs; the works take turns.
fn medians<const N: usize>(runs: usize, works: &mut [impl FnMut(); N]) -> [f64; N] {
    let mut seconds = [const { Vec::new() }; N];
    for _ in 0..runs {
        for (work, seconds) in works.iter_mut().zip(&mut seconds) {
            let start = Instant::now();
            work();
            seconds.push(start.elapsed().as_secs_f64());
        }
    }
    seconds.map(|mut seconds| {
        seconds.sort_by(f64::total_cmp);
        seconds[runs / 2]
    })
}
