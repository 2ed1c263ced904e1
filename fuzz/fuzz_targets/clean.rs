//! Any bytes can be cleaned, and all laws hold of what comes out.
#![no_main]

#[allow(dead_code, reason = "each target holds some of the laws")]
#[path = "../../tests/it/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::bytes(bytes));
