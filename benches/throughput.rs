//! Bytes per second of what the machine can do at all, of each stage by itself, of the whole pipeline with both models, of batches, and
//! of repair, on one core but for batches: `cargo bench --features fuzzing --bench throughput`. Words after `--` name the stages wanted: `-- clean`.
//!
//! Texts: the articles under examples/, and ../shared/data/lines/{corpus,dev.pages}.jsonl where they are (COPYDESK_SHARED
//! names another folder). Each figure is the median of five runs; the stages take turns. Under `cargo test --benches` everything
//! runs once, on the examples.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use copydesk::fuzzing::{Stages, decoded_len, segmented};
use copydesk::{Cleaner, Detail, Document, Input, Normalizer};

/// What runs a stage for all the texts, once: how many seconds it took.
type Run = fn(&Texts) -> f64;

const STAGES: [(&str, Run); 17] = [
    ("memcpy", memcpy),
    ("newlines", newlines),
    ("utf8", utf8),
    ("decode", decode),
    ("segment", segment),
    ("normalize", normalize),
    ("observe", observe),
    ("label-chain", label_chain),
    ("label-network", label_network),
    ("fields", fields),
    ("evidence", evidence),
    ("json", json),
    ("clean", clean),
    ("clean-fast", clean_fast),
    ("texts", clean_texts),
    ("texts-fast", clean_texts_fast),
    ("batch", batch),
];

/// What is run over, and with what.
struct Texts {
    all: Vec<String>,
    default: Cleaner,
    fast: Cleaner,
}

fn main() {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let runs = if args.iter().any(|arg| arg == "--bench") { 5 } else { 1 };
    let wanted = |stage: &str| args.iter().all(|arg| arg.starts_with('-')) || args.iter().any(|arg| arg == stage);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("COPYDESK_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let mut texts = Texts { all: examples(&root.join("examples")), default: cleaner("default"), fast: cleaner("fast") };
    report("examples", &texts, runs, &wanted);
    for name in ["corpus", "dev.pages"] {
        let path = shared.join(format!("data/lines/{name}.jsonl"));
        match std::fs::read_to_string(&path) {
            Ok(lines) if runs > 1 => {
                texts.all = lines.lines().map(text).collect();
                report(name, &texts, runs, &wanted);
            }
            Ok(_) => {}
            Err(_) => println!("{name:10} skipped: there is no {}", path.display()),
        }
    }
}

fn cleaner(model: &str) -> Cleaner {
    Cleaner::builder().model(model).build().unwrap()
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

fn report(name: &str, texts: &Texts, runs: usize, wanted: &impl Fn(&str) -> bool) {
    let bytes: usize = texts.all.iter().map(String::len).sum();
    let lines: usize = texts.all.iter().map(|text| text.lines().filter(|line| !line.trim().is_empty()).count()).sum();
    println!("{name}: {} texts, {lines} lines, {:.2} MB", texts.all.len(), bytes as f64 / 1e6);
    let stages: Vec<_> = STAGES.iter().filter(|(stage, _)| wanted(stage)).collect();
    let mut seconds = vec![Vec::new(); stages.len()];
    for _ in 0..runs {
        stages.iter().zip(&mut seconds).for_each(|((_, run), seconds)| seconds.push(run(texts)));
    }
    for ((stage, _), seconds) in stages.iter().zip(&mut seconds) {
        say(stage, bytes, lines, median(seconds));
    }
    if wanted("repair") {
        report_repair(&texts.all, runs);
    }
}

fn say(stage: &str, bytes: usize, lines: usize, seconds: f64) {
    println!(
        "  {stage:14} {:8.1} MB/s {:8.2} ns a byte {:8.2} µs a line",
        bytes as f64 / 1e6 / seconds,
        seconds * 1e9 / bytes as f64,
        seconds * 1e6 / lines as f64
    );
}

/// Does something with each text.
fn each<T>(texts: &Texts, work: impl Fn(&str) -> T) {
    texts.all.iter().for_each(|text| drop(black_box(work(text))));
}

/// How many seconds it takes.
fn timed(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// What this machine can do at all: a copy of each text.
fn memcpy(texts: &Texts) -> f64 {
    let mut copy = vec![0; texts.all.iter().map(String::len).max().unwrap_or_default()];
    machine(texts, |text| {
        copy[..text.len()].copy_from_slice(text);
        black_box(&mut copy).len()
    })
}

/// The ends of all lines.
fn newlines(texts: &Texts) -> f64 {
    machine(texts, |text| memchr::memchr_iter(b'\n', text).count())
}

/// Whether it is UTF-8, by the standard library.
fn utf8(texts: &Texts) -> f64 {
    machine(texts, |text| usize::from(std::str::from_utf8(text).is_ok()))
}

/// Seconds of what is so fast that it is done many times.
fn machine(texts: &Texts, mut work: impl FnMut(&[u8]) -> usize) -> f64 {
    const TIMES: u32 = 20;
    let all = || (0..TIMES).flat_map(|_| &texts.all);
    timed(|| all().for_each(|text| _ = black_box(work(black_box(text.as_bytes()))))) / f64::from(TIMES)
}

/// From bytes to text.
fn decode(texts: &Texts) -> f64 {
    timed(|| each(texts, |text| decoded_len(text.as_bytes())))
}

/// From text to lines: cut at their ends, and torn ones joined.
fn segment(texts: &Texts) -> f64 {
    timed(|| each(texts, segmented))
}

/// Repair of a text as a whole.
fn normalize(texts: &Texts) -> f64 {
    let normalizer = Normalizer::default();
    timed(|| each(texts, |text| normalizer.normalize(text).into_text().len()))
}

/// The evidence that the models see.
fn observe(texts: &Texts) -> f64 {
    prepared(texts, &texts.fast, |stages| stages.observe())
}

/// From evidence to labels, by the chain alone.
fn label_chain(texts: &Texts) -> f64 {
    prepared(texts, &texts.fast, |stages| stages.label())
}

/// The same with the network.
fn label_network(texts: &Texts) -> f64 {
    prepared(texts, &texts.default, |stages| stages.label())
}

/// Fields out of labelled lines.
fn fields(texts: &Texts) -> f64 {
    prepared(texts, &texts.default, |stages| usize::from(stages.fields()))
}

/// One step of texts of which all steps before were done.
fn prepared(texts: &Texts, cleaner: &Cleaner, step: impl Fn(&Stages<'_>) -> usize) -> f64 {
    let mut seconds = 0.0;
    for text in &texts.all {
        let input = Input::from(text.as_str());
        if let Some(stages) = Stages::of(cleaner, &input) {
            seconds += timed(|| {
                black_box(step(&stages));
            });
        }
    }
    seconds
}

/// The reasons of labels, which a document makes when they are asked for.
fn evidence(texts: &Texts) -> f64 {
    documents(texts, |document| document.blocks().map(|block| block.evidence().len()).sum())
}

/// A document as JSON, without reasons.
fn json(texts: &Texts) -> f64 {
    documents(texts, |document| document.to_json_with(Detail::default()).len())
}

/// Something made of each document.
fn documents(texts: &Texts, make: impl Fn(&Document) -> usize) -> f64 {
    let mut seconds = 0.0;
    for text in &texts.all {
        let document = texts.default.clean(text);
        seconds += timed(|| {
            black_box(make(&document));
        });
    }
    seconds
}

/// All of it, from text to document.
fn clean(texts: &Texts) -> f64 {
    timed(|| each(texts, |text| texts.default.clean(text)))
}

/// The same by the chain alone.
fn clean_fast(texts: &Texts) -> f64 {
    timed(|| each(texts, |text| texts.fast.clean(text)))
}

/// The clean texts alone.
fn clean_texts(texts: &Texts) -> f64 {
    texts_by(&texts.default, texts)
}

/// The same by the chain alone.
fn clean_texts_fast(texts: &Texts) -> f64 {
    texts_by(&texts.fast, texts)
}

fn texts_by(cleaner: &Cleaner, texts: &Texts) -> f64 {
    let all = texts.all.iter().map(String::as_str);
    timed(|| drop(black_box(cleaner.batch().threads(1).clean_texts(all))))
}

/// All texts at once, on as many threads as there are processors.
fn batch(texts: &Texts) -> f64 {
    timed(|| drop(black_box(texts.default.clean_many(texts.all.iter().map(String::as_str)))))
}

type Make = fn(&str) -> String;

/// Repair of the texts as they came, and of what is made of them: the kinds of benches/peers/repair.py.
fn report_repair(texts: &[String], runs: usize) {
    const KINDS: [(&str, Make); 4] =
        [("ascii", ascii), ("scraped", str::to_owned), ("curly", curly), ("mojibake", mojibake)];
    print!("  repair");
    for (kind, make) in KINDS {
        let texts: Vec<_> = texts.iter().map(|text| make(text)).collect();
        let bytes: usize = texts.iter().map(String::len).sum();
        let normalizer = Normalizer::default();
        let repair = |_| timed(|| texts.iter().for_each(|text| drop(black_box(normalizer.normalize(text)))));
        let mut seconds: Vec<_> = (0..4 * runs).map(repair).collect();
        print!("   {kind} {:7.1} MB/s", bytes as f64 / 1e6 / median(&mut seconds));
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
    Normalizer::default().normalize(&text).into_text().into_owned()
}

/// A text with curly quotation marks and apostrophes.
fn curly(text: &str) -> String {
    let normalizer = Normalizer { quotes: copydesk::Quotes::Curly, spaces: false, ..Normalizer::default() };
    normalizer.normalize(text).into_text().into_owned()
}

/// A text of which the UTF-8 was read as windows-1252.
fn mojibake(text: &str) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

/// The median of some runs.
fn median(seconds: &mut [f64]) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
