//! A model's file is taken or refused; one that is taken gives probabilities.
//!
//! The first byte says what the rest is: a file of its own, or changes of a shipped model, four bytes each (three for the place,
//! one for the byte) with the checksum put right again.
#![no_main]

use copydesk::Cleaner;

const SHIPPED: [&[u8]; 2] = [include_bytes!("../../model/fast.model"), include_bytes!("../../model/default.model")];

const TEXT: &str = "Harbour tunnel closes for a month\n\nBy Jane Alder\n\nThe tunnel under the harbour will close on Monday, the city \
    said.\n\nShare this article";

/// The shipped model with some bytes changed, cut off, or a stretch put in twice.
fn changed(shipped: &[u8], changes: &[u8]) -> Vec<u8> {
    let line = shipped.iter().position(|byte| *byte == b'\n').expect("a model begins with a line") + 1;
    let mut rest = shipped[line..].to_vec();
    for change in changes.chunks_exact(4) {
        let place = usize::from(change[0]) << 16 | usize::from(change[1]) << 8 | usize::from(change[2]);
        // The header is short and the most interesting: half of all places are in it.
        let header = rest.iter().position(|byte| *byte == b'\n').unwrap_or(0).max(1);
        let place = if place % 2 == 0 { place / 2 % header } else { place / 2 % rest.len().max(1) };
        match (place, change[3]) {
            (place, 0xff) => rest.truncate(place),
            (place, 0xfe) => drop(rest.drain(place..(place + 1).min(rest.len()))),
            (place, byte) if place < rest.len() => rest[place] = byte,
            _ => {}
        }
    }
    sealed(&shipped[..line], &rest)
}

/// The file with the checksum of what it holds.
fn sealed(first: &[u8], rest: &[u8]) -> Vec<u8> {
    let mark = b"crc32:";
    let at = first.windows(mark.len()).position(|it| it == mark).expect("the first line has a checksum") + mark.len();
    [&first[..at], format!("{:08x}\n", crc32fast::hash(rest)).as_bytes(), rest].concat()
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else { return };
    let model = match which % 4 {
        0 => rest.to_vec(),
        1 => sealed(b"copydesk model 2 crc32:00000000\n", rest),
        2 => changed(SHIPPED[0], rest),
        _ => changed(SHIPPED[1], rest),
    };
    match Cleaner::builder().model_bytes(model).build() {
        Ok(cleaner) => {
            let document = cleaner.clean(TEXT);
            assert_eq!(document.blocks().len(), 4);
            for block in document.blocks() {
                let sum: f32 = block.probabilities().iter().sum();
                assert!(block.probabilities().iter().all(|p| (0.0..=1.0).contains(p)), "{:?}", block.probabilities());
                assert!((sum - 1.0).abs() < 0.01, "{sum}");
                block.evidence();
            }
        }
        Err(error) => {
            let message = error.to_string();
            assert!(error.is_format(), "{message}");
            assert!(!message.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "{message:?} holds a control");
            assert!(message.len() < 2000, "{} bytes of message", message.len());
        }
    }
});
