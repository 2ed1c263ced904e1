//! Repair with any options: twice is once, changes replay, every character knows where it is from.
//! The first four bytes are the options, the rest is the text.
#![no_main]

#[allow(dead_code, reason = "each target holds some of the laws")]
#[path = "../../tests/it/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((bits, text)) = bytes.split_first_chunk() else { return };
    let text = String::from_utf8_lossy(text);
    laws::normalize(&laws::options(u32::from_le_bytes(*bits)), &text);
    laws::normalize(&copydesk::Normalizer::default(), &text);
});
