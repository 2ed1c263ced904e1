//! The drop-in for ftfy, with any options. The first four bytes are the options, the rest is the text.
#![no_main]

use copydesk::fuzzing::{DropIn, PASSES, drop_in, pass};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((bits, text)) = bytes.split_first_chunk() else { return };
    let (bits, text) = (u32::from_le_bytes(*bits), &*String::from_utf8_lossy(text));
    let made = drop_in(text, bits);
    let DropIn { text: fixed, lines, segment, explained, steps, given, lines_are_alone, .. } = &made;
    if *lines_are_alone {
        assert_eq!(fixed, lines, "a text is fixed as its lines are");
    }
    assert!(*steps > 0 || explained == given, "a change that no step accounts for: {explained:?}");
    assert_eq!(segment, explained, "the same, with and without steps");
    assert_eq!(made, drop_in(text, bits), "fixed twice");
    for name in PASSES {
        let once = pass(name, text);
        // An entity may stand for the beginning of another, and an escape taken out may join two halves of one.
        if !matches!(name, "unescape_html" | "remove_terminal_escapes" | "remove_bom") {
            assert_eq!(pass(name, &once), once, "{name} twice");
        }
    }
});
