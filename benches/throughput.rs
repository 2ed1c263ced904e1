//! Bytes per second of the whole pipeline, with both models, and of repair alone, on one core: `cargo bench`. Words after
//! `--` name the parts wanted: `cargo bench -- repair`.
//!
//! Texts: the articles under examples/, and ../shared/data/lines/{corpus,dev.pages}.jsonl where they are (COPYDESK_SHARED
//! names another folder). Each figure is the median of five runs; the models take turns. Under `cargo test --benches` everything runs once.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let runs = if args.iter().any(|arg| arg == "--bench") { 5 } else { 1 };
    let wanted = |part: &str| args.iter().all(|arg| arg.starts_with('-')) || args.iter().any(|arg| arg == part);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("COPYDESK_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let own = examples(&root.join("examples"));
    if wanted("clean") {
        report("examples", &own, runs);
    }
    if wanted("repair") {
        report_repair("examples", &own, runs);
    }
    for name in ["corpus", "dev.pages"] {
        let path = shared.join(format!("data/lines/{name}.jsonl"));
        match std::fs::read_to_string(&path) {
            Ok(lines) if runs > 1 => {
                let texts: Vec<_> = lines.lines().map(text).collect();
                if wanted("clean") {
                    report(name, &texts, runs);
                }
                if wanted("repair") {
                    report_repair(name, &texts, 4 * runs);
                }
            }
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
    println!();
}

type Make = fn(&str) -> String;

/// Repair of the texts as they came, and of what is made of them: the kinds of benches/peers/repair.py.
fn report_repair(name: &str, texts: &[String], runs: usize) {
    const KINDS: [(&str, Make); 4] =
        [("ascii", ascii), ("scraped", str::to_owned), ("curly", curly), ("mojibake", mojibake)];
    print!("{name:10} repair");
    for (kind, make) in KINDS {
        let texts: Vec<_> = texts.iter().map(|text| make(text)).collect();
        let bytes: usize = texts.iter().map(String::len).sum();
        let normalizer = copydesk::Normalizer::default();
        let mut repair = [|| texts.iter().for_each(|text| drop(black_box(normalizer.normalize(text))))];
        print!("   {kind} {:7.1} MB/s", bytes as f64 / 1e6 / medians(runs, &mut repair)[0]);
    }
    println!();
}

/// The ASCII of a text, repaired, so that there is nothing to do; quotation marks and dashes are written plainly.
fn ascii(text: &str) -> String {
    let plain = |c| match c {
        '‘' | '’' => '\'',
        '“' | '”' | '„' => '"',
        '–' | '—' => '-',
        '\u{a0}' => ' ',
        _ => c,
    };
    let text: String = text.chars().map(plain).filter(char::is_ascii).collect();
    copydesk::Normalizer::default().normalize(&text).into_text().into_owned()
}

/// A text with curly quotation marks and apostrophes.
fn curly(text: &str) -> String {
    let normalizer =
        copydesk::Normalizer { quotes: copydesk::Quotes::Curly, spaces: false, ..copydesk::Normalizer::default() };
    normalizer.normalize(text).into_text().into_owned()
}

/// A text of which the UTF-8 was read as windows-1252.
fn mojibake(text: &str) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
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
