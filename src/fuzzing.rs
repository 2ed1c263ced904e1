//! Doors to rooms that have none in Rust, for the fuzz targets, the project's own tests and benches. No user turns the feature on.

use std::borrow::Cow;

use crate::error::Result;
use crate::io::lines::Lines;
use crate::io::record::Record;
use crate::text::repair::Form;
use crate::text::repair::ftfy::{Account, Config, EncodingOptions, Fixer, StandIns, Unescape, fix_by_name, is_bad};

pub use crate::cleaner::parse_title;
pub use crate::cleaner::stages::{Stages, decoded_len, lines as segmented};
pub use crate::error::fail_on;
pub use crate::pack::check::Entry as PackEntry;

/// Every entry of the language packs, with how often `texts` hold it.
pub fn pack_entries(texts: &mut dyn Iterator<Item = String>) -> Vec<PackEntry> {
    crate::pack::check::entries(texts)
}

/// The pages under docs/ that are made from tables of this crate: their names and texts.
pub fn generated_docs() -> [(&'static str, String); 3] {
    [
        ("labels.md", crate::Label::markdown()),
        ("evidence.md", crate::features::markdown()),
        ("datelines.md", crate::fields::dateline::markdown()),
    ]
}

/// What the drop-in for ftfy makes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropIn {
    /// `fix_text`: line by line.
    pub text: String,
    /// `fix_text` of each line, joined.
    pub lines: String,
    /// `fix_text_segment`: all at once.
    pub segment: String,
    /// The same from `fix_and_explain`.
    pub explained: String,
    /// How many steps that took.
    pub steps: usize,
    /// `fix_encoding`.
    pub encoding: String,
    /// What was repaired: the text given, with stand-ins for surrogates.
    pub given: String,
    /// Whether entities are decoded wherever they stand or nowhere, so that no line depends on another.
    pub lines_are_alone: bool,
}

/// The names of the repairs that can be asked for by themselves.
pub const PASSES: [&str; 9] = [
    "unescape_html",
    "remove_bom",
    "fix_c1_controls",
    "fix_latin_ligatures",
    "fix_character_width",
    "uncurl_quotes",
    "fix_line_breaks",
    "remove_terminal_escapes",
    "remove_control_chars",
];

/// Runs the drop-in, with options from 32 bits. The first characters for private use (U+E000 to U+E7FF) are taken for surrogates,
/// as Python's `str` may hold them.
pub fn drop_in(text: &str, bits: u32) -> DropIn {
    let stand_ins = StandIns::for_text(text);
    let given: String = text.chars().map(|c| surrogate(c, stand_ins).unwrap_or(c)).collect();
    let text = &*given;
    let is = |bit: u32| bits >> bit & 1 == 0;
    let unescape = [Unescape::Auto, Unescape::Always, Unescape::Never][(bits >> 20) as usize % 3];
    let encoding = EncodingOptions {
        restore_byte_a0: is(0),
        replace_lossy_sequences: is(1),
        decode_inconsistent_utf8: is(2),
        fix_c1_controls: is(3),
        nel_ends_lines: false,
    };
    let fixer = Fixer::new(Config {
        unescape_html: unescape,
        remove_terminal_escapes: is(4),
        fix_encoding: is(5),
        encoding,
        fix_c1_controls: is(3),
        fix_latin_ligatures: is(6),
        fix_character_width: is(7),
        uncurl_quotes: is(8),
        fix_line_breaks: is(9),
        fix_surrogates: is(10),
        remove_control_chars: is(11),
        normalization: [Form::Nfc, Form::Nfd, Form::Nfkc, Form::Nfkd, Form::None][(bits >> 22) as usize % 5],
        max_decode_length: if is(12) { 1_000_000 } else { 1 + (bits >> 24) as usize % 32 },
    });
    let mut account = Account { encodings: is(13), ..Account::default() };
    let explained = fixer.fix_segment(text, stand_ins, Some(&mut account)).into_owned();
    let mut steps = Account::default();
    fixer.explain_encoding(text, stand_ins, &mut steps);
    is_bad(text);
    DropIn {
        text: fixer.fix_text(text, stand_ins).into_owned(),
        lines: text.split_inclusive('\n').map(|line| fixer.fix_text(line, stand_ins)).collect(),
        segment: fixer.fix_segment(text, stand_ins, None).into_owned(),
        explained,
        steps: account.steps.len(),
        encoding: fixer.fix_encoding(text, stand_ins).into_owned(),
        given: given.clone(),
        lines_are_alone: unescape != Unescape::Auto,
    }
}

fn surrogate(c: char, stand_ins: Option<StandIns>) -> Option<char> {
    let number = u16::try_from(u32::from(c)).ok()?;
    let surrogate = matches!(number, 0xe000..=0xe7ff).then(|| number - 0x800)?;
    Some(stand_ins?.stand_in(surrogate))
}

/// One repair of the drop-in by itself: the text it makes.
pub fn pass<'t>(name: &str, text: &'t str) -> Cow<'t, str> {
    fix_by_name(name, text, None).flatten().map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A record with one field more, and the text of a field.
///
/// # Errors
/// Why the line is not a record.
pub fn record(line: &[u8], read: &str, field: &str, value: &str) -> Result<(Result<String>, Vec<u8>)> {
    let record = Record::of(line)?;
    let mut out = Vec::new();
    record.write_with(None, Some((field, value)), &mut out);
    Ok((record.text(read), out))
}

/// The lines of a stream, without their ends.
pub fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut lines = Lines::new(bytes);
    let mut all = Vec::new();
    while let Ok(Some(chunk)) = lines.next_chunk() {
        all.extend((0..chunk.len()).map(|i| chunk.line(i).to_vec()));
    }
    all
}

/// The document of a document's pickle.
///
/// # Errors
/// Why there is none, which is a fault.
pub fn unpickled(document: &crate::Document) -> std::result::Result<crate::Document, String> {
    crate::Document::from_state(&document.to_state()?, crate::cleaner::explained_by)
}

/// Whether each block that is pickled by itself comes back as it was.
pub fn blocks_come_back(document: &crate::Document) -> bool {
    (0..document.blocks().len()).all(|at| {
        let alone = document.only(at).and_then(|alone| unpickled(&alone).ok());
        alone.is_some_and(|alone| alone.block(0) == document.block(at))
    })
}
