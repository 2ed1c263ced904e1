//! Terminal escape sequences: colours, cursor moves, window titles.

/// Length of the escape sequence that begins `text` with ESC; 1 when it is ESC alone.
///
/// Each sequence ends before the next control character, so that a text of many beginnings is read once.
pub(super) fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.get(1) {
        // CSI: parameters, intermediates, one final byte.
        Some(b'[') => {
            let body = bytes[2..].iter().take_while(|byte| (0x20..0x40).contains(*byte)).count();
            match bytes.get(2 + body) {
                Some(0x40..=0x7e) => 3 + body,
                _ => 1,
            }
        }
        // OSC, DCS, SOS, PM, APC: a string up to BEL or ST.
        Some(b']' | b'P' | b'X' | b'^' | b'_') => {
            let body = bytes[2..].iter().take_while(|byte| **byte >= 0x20 && **byte != 0x7f).count();
            match bytes.get(2 + body..) {
                Some([0x07, ..]) => 3 + body,
                Some([0x1b, b'\\', ..]) => 4 + body,
                _ => 1,
            }
        }
        // Choice of a character set: ESC ( B.
        Some(0x28..=0x2f) if matches!(bytes.get(2), Some(0x30..=0x7e)) => 3,
        _ => 1,
    }
}

/// Length of the escape sequence that begins `text` with ESC, if it is one of colours and cursor moves with nothing but
/// numbers in it: `ESC [ 1 ; 31 m`.
#[cfg(any(test, feature = "fuzzing", feature = "python"))]
pub(super) fn numbers(text: &str) -> Option<usize> {
    let body = text.strip_prefix("\u{1b}[")?;
    let numbers = body.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    body.as_bytes().get(numbers).filter(|last| last.is_ascii_alphabetic()).map(|_| numbers + 3)
}
