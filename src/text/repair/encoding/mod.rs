//! Mojibake: UTF-8 that was read as one of the single-byte encodings, and what of it can be read again.
//!
//! Judged line by line, over as many layers as there are; nothing is carried from one line to the next.

mod single;

use super::tape::Run;

pub(super) use single::{Verdict, WINDOW, follower, is_lead, judge, judge_tail};

/// Which kinds of damage are mended; all by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code)] // Not used yet.
pub(crate) struct EncodingOptions {
    /// A space where the byte A0 belongs: `voilÃ  tout` → `voilà tout`.
    pub restore_byte_a0: bool,
    /// U+FFFD for a sequence of which a byte was lost.
    pub replace_lossy_sequences: bool,
    /// Mojibake in lines that are sound elsewhere.
    pub decode_inconsistent_utf8: bool,
    /// C1 controls as the characters that windows-1252 has in their place.
    pub fix_c1_controls: bool,
}

impl Default for EncodingOptions {
    fn default() -> Self {
        Self {
            restore_byte_a0: true,
            replace_lossy_sequences: true,
            decode_inconsistent_utf8: true,
            fix_c1_controls: true,
        }
    }
}

/// One step of what was done, by the names of Python's codecs and of ftfy's repairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code)] // Not used yet.
pub(crate) enum Step {
    /// To bytes: "latin-1", "sloppy-windows-1252", "macroman" …
    Encode(&'static str),
    /// From bytes: "utf-8", "utf-8-variants", "sloppy-windows-1252".
    Decode(&'static str),
    /// Bytes to bytes: "restore_byte_a0", "replace_lossy_sequences".
    Transcode(&'static str),
    /// Text to text: "decode_inconsistent_utf8", "fix_c1_controls".
    Apply(&'static str),
}

/// A text that was mended.
#[derive(Clone, Debug)]
#[allow(dead_code)] // Not used yet.
pub(crate) struct Mended {
    pub text: String,
    /// From the text given to the one made.
    pub runs: Vec<Run>,
    /// How the text given becomes the one made, when all of its lines did so in the same way; else what comes nearest.
    pub plan: Vec<Step>,
}

/// `text` with its mojibake read as what it was; `None` when there is none.
#[allow(dead_code)] // Not called yet.
pub(crate) fn mend(_text: &str, _options: EncodingOptions) -> Option<Mended> {
    None
}

/// Whether `text` looks like mojibake.
#[allow(dead_code)] // Not called yet.
pub(crate) fn is_bad(_text: &str) -> bool {
    false
}
