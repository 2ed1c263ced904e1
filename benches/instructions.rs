//! Cleans the same texts a number of times, for benches/instructions.py, which counts the instructions that it takes: `instructions default 2`.
//! The first word is a model, or `page` for HTML by the default one. Prints the bytes of one pass, and what of the processor is found,
//! for the code that runs follows from it.
//!
//! Texts: the articles under examples/ and tests/goldens/, the pages under tests/pages/; nothing of ../shared.

use std::hint::black_box;
use std::path::Path;

use copydesk::Cleaner;

fn main() {
    let args: Vec<_> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let kind = args.first().map_or("default", |kind| kind);
    let passes: usize = args.get(1).map_or(1, |passes| passes.parse().expect("a number of passes"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cleaner = Cleaner::builder().model(if kind == "fast" { "fast" } else { "default" }).build().unwrap();
    let is_page = kind == "page";
    let mut texts = Vec::new();
    match is_page {
        true => read(&root.join("tests/pages"), "html", &mut texts),
        false => ["examples", "tests/goldens"].iter().for_each(|folder| read(&root.join(folder), "txt", &mut texts)),
    }
    // A third word is a JSONL file whose texts are cleaned instead.
    if let Some(path) = args.get(2) {
        let lines = std::fs::read_to_string(path).expect("a JSONL file");
        texts = lines.lines().map(text).collect();
    }
    for _ in 0..passes {
        for text in &texts {
            match is_page {
                true => drop(black_box(cleaner.clean_html(text.as_str()))),
                false => drop(black_box(cleaner.clean(text.as_str()))),
            }
        }
    }
    println!("bytes {}", texts.iter().map(String::len).sum::<usize>());
    println!("processor {}", processor());
}

/// The text of a record.
fn text(line: &str) -> String {
    let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
    record["text"].as_str().expect("a text").to_owned()
}

/// The files of a folder with an extension, by name.
fn read(folder: &Path, extension: &str, texts: &mut Vec<String>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    texts.extend(paths.iter().map(|path| std::fs::read_to_string(path).unwrap()));
}

/// The architecture, and whether the wider vectors are found, for which there is other code.
fn processor() -> String {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        return "x86_64 with AVX2".to_owned();
    }
    std::env::consts::ARCH.to_owned()
}
