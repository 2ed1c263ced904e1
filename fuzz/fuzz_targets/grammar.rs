//! All laws hold of texts of the grammar. The fuzzer's bytes are the numbers that choose, so that what covers new code is varied.
#![no_main]

use std::sync::LazyLock;

#[allow(dead_code, reason = "numbers come from the fuzzer here")]
#[path = "../../tests/it/grammar.rs"]
mod grammar;
#[path = "../../tests/it/laws.rs"]
#[allow(dead_code, reason = "each target holds some of the laws")]
mod laws;

static GRAMMAR: LazyLock<grammar::Grammar> =
    LazyLock::new(|| grammar::Grammar::of(copydesk::fuzzing::pack_entries(&mut std::iter::empty())));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut random = grammar::Random::of(bytes);
    let text = GRAMMAR.text(&mut random);
    let choice = random.next();
    laws::text(&text);
    laws::parse(&text, choice as usize);
    laws::normalize(&laws::options(choice as u32), &text);
});
