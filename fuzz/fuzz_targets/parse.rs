//! What the readers of lines find (dateline, byline, times, caption, inline, title) stands in the line.
//! The first byte chooses the language and the days, the rest is the line.
#![no_main]

#[allow(dead_code, reason = "each target holds some of the laws")]
#[path = "../../tests/it/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((choice, text)) = bytes.split_first() else { return };
    laws::parse(&String::from_utf8_lossy(text), usize::from(*choice));
});
