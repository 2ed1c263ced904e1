//! Mojibake: UTF-8 that was read as one of the single-byte encodings, and what of it can be read again.
//!
//! Each line is judged by itself, one layer after the other, until it is best as it is. Evidence are the kinds of the
//! characters that stand side by side: the sequences of UTF-8 that a line holds are read where that makes what stands there
//! so much likelier (`line`). How likely what is was counted in real text (`tables`).

mod chars;
mod controls;
mod line;
mod lone;
mod outcome;
mod prefilter;
mod search;
mod sequence;
mod tables;

use line::EncodedLine;
pub(super) use prefilter::letters;

use super::compose::compose;
use super::output::{Run, push};
use crate::text::part::PartOf;

/// Which kinds of damage are mended; all by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EncodingOptions {
    /// A space where the byte A0 belongs: `voilÃ  tout` → `voilà tout`.
    pub restore_byte_a0: bool,
    /// U+FFFD for a sequence of which a byte was lost.
    pub replace_lossy_sequences: bool,
    /// Mojibake in lines that are sound elsewhere.
    pub decode_inconsistent_utf8: bool,
    /// C1 controls as the characters that windows-1252 has in their place.
    pub fix_c1_controls: bool,
    /// Whether NEL is a line end where it is the only C1 control of a line; else an ellipsis, as in windows-1252.
    pub nel_ends_lines: bool,
}

impl Default for EncodingOptions {
    fn default() -> Self {
        Self {
            restore_byte_a0: true,
            replace_lossy_sequences: true,
            decode_inconsistent_utf8: true,
            fix_c1_controls: true,
            nel_ends_lines: true,
        }
    }
}

/// One step of what was done, by the names of Python's codecs and of ftfy's repairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
pub(crate) struct Mended {
    pub text: String,
    /// From the text given to the one made.
    pub runs: Vec<Run>,
    /// How the text given becomes the one made, when all of its lines do so in the same way; else what comes nearest.
    pub plan: Vec<Step>,
}

/// How many layers are read. Damage that lies deeper is no one's text: each layer makes two characters of one. Such a line
/// is left as it is, so that mending twice is mending once.
const DEEPEST: usize = 16;

/// The length in bytes from which on a line is read in pieces.
const LONG: usize = 1 << 20;

/// `text` with its mojibake read as what it was; `None` when there is none.
pub(crate) fn mend(text: &str, options: EncodingOptions) -> Option<Mended> {
    if !(prefilter::any(text) || options.fix_c1_controls && controls::any(text)) {
        return None;
    }
    let mut mended: Option<Mended> = None;
    let mut copied = 0;
    let mut sound_above_ascii = false;
    let mut start = 0;
    for line in text.split_inclusive('\n').flat_map(pieces) {
        let end = start + line.len();
        match mend_line(line, options) {
            None => sound_above_ascii |= !line.is_ascii(),
            Some(new) => {
                let mended = mended.get_or_insert_with(|| Mended {
                    text: String::with_capacity(text.len()),
                    runs: Vec::new(),
                    plan: new.plan.clone(),
                });
                copy(mended, text.part(copied..start));
                mended.text += &new.text;
                for run in new.runs {
                    push(&mut mended.runs, run);
                }
                if mended.plan != new.plan {
                    mended.plan = vec![Step::Apply("decode_inconsistent_utf8")];
                }
                copied = end;
            }
        }
        start = end;
    }
    let mut mended = mended?;
    copy(&mut mended, text.part(copied..));
    if sound_above_ascii && mended.plan.iter().any(|step| matches!(step, Step::Encode(_))) {
        mended.plan = vec![Step::Apply("decode_inconsistent_utf8")];
    }
    Some(mended)
}

/// A line, in pieces if it is longer than any a person writes, so that the work on it needs little memory. Pieces end after
/// ASCII that is part of no sequence.
fn pieces(mut line: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let ends = |byte: &u8| byte.is_ascii() && !matches!(byte, b' ' | b'?');
        let end = line.as_bytes().iter().skip(LONG).position(ends).map_or(line.len(), |more| LONG + more + 1);
        let (piece, rest) = line.split_at(end);
        line = rest;
        (!piece.is_empty()).then_some(piece)
    })
}

fn copy(mended: &mut Mended, text: &str) {
    mended.text += text;
    push(&mut mended.runs, Run { count: text.len(), out: 1, src: 1, steps: 0 });
}

/// All layers of one line, down to the last that makes text of it.
fn mend_line(line: &str, options: EncodingOptions) -> Option<Mended> {
    let mut mended: Option<Mended> = None;
    let mut text: Option<Mended> = None;
    for layer in 0.. {
        let now = mended.as_ref().map_or(line, |mended| &mended.text);
        let next = read_layer(now, options)
            .or_else(|| if options.fix_c1_controls { controls::replace(now, options.nel_ends_lines) } else { None });
        let Some(next) = next else { break };
        if layer == DEEPEST {
            return None;
        }
        let next = match mended {
            None => next,
            Some(mut before) => {
                before.plan.extend(next.plan);
                Mended { runs: compose(&before.runs, &next.runs, line, &next.text), text: next.text, plan: before.plan }
            }
        };
        // Beside the last that was text, and not the line: mending that again must come to the same.
        let before = text.as_ref().map_or(line, |text| &text.text);
        if outcome::is_text(before, &next.text) {
            text = Some(next.clone());
        }
        mended = Some(next);
    }
    text
}

/// One layer of a line; `None` when it is best as it is.
fn read_layer(text: &str, options: EncodingOptions) -> Option<Mended> {
    if !prefilter::any(text) {
        return None;
    }
    let line = EncodedLine::new(text, options);
    let encodings = line.distinct(prefilter::encodings(text));
    let reading = search::cheapest(&line, &encodings, options.decode_inconsistent_utf8)?;
    lone::is_sure(&line, &reading).then(|| line.rewrite(&reading))
}

/// Whether `text` looks like mojibake: whether there is anything to mend.
#[allow(dead_code, reason = "of the Python door alone")]
pub(crate) fn is_bad(text: &str) -> bool {
    mend(text, EncodingOptions::default()).is_some()
}

/// Whether there is anything in `text` that may have to be mended.
pub(super) fn may_hold(text: &str) -> bool {
    prefilter::any(text) || controls::any(text)
}

/// Whether at byte `at` there begins what may be mojibake, or stands a control that may be replaced: a prefilter that never says
/// no where there is something to mend.
#[inline]
pub(super) fn may_begin(text: &str, at: usize) -> bool {
    let controls = matches!(text.as_bytes()[at..], [0xc2, 0x80..=0x9f, ..]);
    controls || prefilter::begins(text, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_mended_is_left() {
        // Two layers, the second of which leaves one Cyrillic letter alone.
        let line = "cafÐ\u{93}Â©s, thÐ\u{93}Â©, Ð\u{93}Â©tÐ\u{93}Â© and Ð¶ of it";
        let once = mend(line, EncodingOptions::default()).unwrap().text;
        assert_eq!(mend(&once, EncodingOptions::default()).map(|twice| twice.text), None, "{once}");
    }
}
