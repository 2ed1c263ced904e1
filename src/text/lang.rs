//! A language as callers name it: by a code, a tag or its name.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Result, quoted};
use crate::once::Lazy;

/// A language, held as its code: ISO 639-1, or ISO 639-3 where there is none.
///
/// It is read from whatever data calls a language: a code of ISO 639-1, 639-2 or 639-3 ("en", "eng", "ger"), a tag or locale that
/// begins with one ("en-GB", "en_US.UTF-8", "zh-Hant"), or its name, in English or in itself ("German", "Deutsch"), whatever
/// the case. packs/language_names.tsv lists them: some 640 languages. Languages that copydesk's packs do not tell apart have one
/// code: "no" is read as `nb`, "yue" as `zh`.
///
/// ```
/// use copydesk::Lang;
/// for given in ["English", "eng", "en-GB", "en_US.UTF-8", " EN "] {
///     assert_eq!(given.parse::<Lang>()?.code(), "en");
/// }
/// assert!("Englsh".parse::<Lang>().unwrap_err().to_string().contains("did you mean English?"));
/// # Ok::<(), copydesk::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang(&'static str);

impl Lang {
    /// Its code, in small letters: two of ISO 639-1, or three of ISO 639-3.
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// What a hint says: nothing where it is blank, or one of the codes for no language and for an unknown one.
    ///
    /// # Errors
    /// As [`from_str`](Self::from_str).
    pub(crate) fn hint(given: &str) -> Result<Option<Self>> {
        let said = given.trim();
        if said.is_empty() || NONE.iter().any(|none| said.eq_ignore_ascii_case(none)) {
            return Ok(None);
        }
        given.parse().map(Some)
    }
}

impl FromStr for Lang {
    type Err = Error;

    /// The language that is called so.
    ///
    /// # Errors
    /// When none is; the message says what is understood.
    fn from_str(given: &str) -> Result<Self> {
        find(given).map(Self).ok_or_else(|| unknown(given))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// Codes of ISO 639 for no language, for many, for one that has no code and for an unknown one.
const NONE: [&str; 4] = ["zxx", "mul", "mis", "und"];

/// No name has so many bytes.
const LONGEST_NAME_BYTES: usize = 64;

/// Names are as they are written, keys in small letters; a code is its own name.
struct Known {
    codes: HashMap<String, &'static str>,
    names: Vec<&'static str>,
}

static KNOWN: Lazy<Known> = Lazy::new(|| {
    let mut known = Known { codes: HashMap::new(), names: Vec::new() };
    for row in include_str!("../../packs/language_names.tsv").lines().filter(|row| !row.starts_with('#')) {
        let mut cells = row.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        let (code, others, names) = (cell(), cell(), cell());
        known.names.extend(names.split("; ").filter(|name| !name.is_empty()));
        let all = others.split(' ').chain(names.split("; ")).chain([code]).filter(|name| !name.is_empty());
        known.codes.extend(all.map(|name| (name.to_lowercase(), code)));
    }
    known
});

fn find(given: &str) -> Option<&'static str> {
    let given = given.trim();
    if given.len() > LONGEST_NAME_BYTES {
        return None;
    }
    let folded = given.to_lowercase();
    // What fastText puts before its codes.
    let folded = folded.strip_prefix("__label__").unwrap_or(&folded);
    // "Portuguese (Brazil)", "Norwegian, Bokmål", "en, fr".
    let head = folded.split(['(', ',', ';']).next().unwrap_or_default().trim();
    let tag = head.split(['-', '_', '.', '@']).next().unwrap_or_default();
    let is_code = matches!(tag.len(), 2 | 3) && tag.len() < head.len();
    [Some(folded), Some(head), is_code.then_some(tag)]
        .into_iter()
        .flatten()
        .find_map(|key| KNOWN.codes.get(key).copied())
}

/// Why `given` is no language.
fn unknown(given: &str) -> Error {
    let near = nearest(given).map(|name| format!(" (did you mean {name}?)")).unwrap_or_default();
    Error::config(format!(
        "lang {} is not known{near}: use a code of ISO 639 such as en, eng or ger, a tag such as en-GB, or the name of the \
         language in English or in itself, such as German or Deutsch",
        quoted(given)
    ))
}

/// The name of a language that differs from `given` by a slip of the hand: two letters at most, and not the first.
fn nearest(given: &str) -> Option<&'static str> {
    let letters: Vec<char> = given.trim().to_lowercase().chars().take(LONGEST_NAME_BYTES).collect();
    let first = letters.first()?;
    let slips = letters.len().min(8) / 4;
    let like = |name: &&&str| name.chars().flat_map(char::to_lowercase).next() == Some(*first);
    let near = KNOWN.names.iter().filter(like).map(|name| (edits(&letters, &name.to_lowercase()), *name));
    near.filter(|(edits, _)| *edits <= slips).min_by_key(|(edits, _)| *edits).map(|(_, name)| name)
}

/// So many letters are to be put in, left out or changed to make one text of the other.
fn edits(one: &[char], other: &str) -> usize {
    let mut row: Vec<usize> = (0..=one.len()).collect();
    for (i, c) in other.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, letter) in one.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (above + 1).min(row[j] + 1).min(corner + usize::from(*letter != c));
            corner = above;
        }
    }
    row[one.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_codes_its_tags_and_its_names() {
        for (given, code) in [
            ("en", "en"),
            ("EN", "en"),
            ("eng", "en"),
            ("English", "en"),
            ("en-GB", "en"),
            ("en_US.UTF-8", "en"),
            ("eng_Latn", "en"),
            ("__label__en", "en"),
            ("sr@latin", "sr"),
            ("pt_BR", "pt"),
            ("Portuguese (Brazil)", "pt"),
            ("British English", "en"),
            ("ger", "de"),
            ("deu", "de"),
            ("DEUTSCH", "de"),
            ("español", "es"),
            ("русский", "ru"),
            ("中文", "zh"),
            ("zh-Hant-TW", "zh"),
            ("yue", "zh"),
            ("no", "nb"),
            ("Norwegian", "nb"),
            ("nn", "nn"),
            ("iw", "he"),
            ("fil", "tl"),
            // A code before a name: Ga is a language too.
            ("ga", "ga"),
            ("ceb", "ceb"),
            ("Greek", "el"),
            ("de, en;q=0.9", "de"),
        ] {
            assert_eq!(given.parse::<Lang>().map(Lang::code).ok(), Some(code), "{given}");
        }
    }

    #[test]
    fn what_is_no_language_is_named_with_what_is_understood() {
        for given in ["", "xx", "Klingonese", "english text", "x-default", "q-en", "e", "12", &"en".repeat(60)] {
            let error = given.parse::<Lang>().unwrap_err();
            assert!(error.is_config());
            let error = error.to_string();
            let start: String = given.chars().take(60).collect();
            assert!(error.starts_with(&format!("lang \"{start}")) && error.contains("en-GB"), "{error}");
        }
        for (given, name) in [("Germn", "German"), ("portugese", "Portuguese"), ("Deutch", "Deutsch")] {
            assert!(
                unknown(given).to_string().contains(&format!("did you mean {name}?")),
                "{given}: {}",
                unknown(given)
            );
        }
        assert!(!unknown("xy").to_string().contains("mean"));
    }

    #[test]
    fn blank_hints_and_codes_for_no_language_say_nothing() {
        for given in ["", " \n", "und", "MUL", "zxx", "mis"] {
            assert!(Lang::hint(given).is_ok_and(|lang| lang.is_none()), "{given:?}");
        }
        assert!(Lang::hint("unknown").is_err());
        assert_eq!(Lang::hint("fr").unwrap().map(|lang| lang.to_string()).as_deref(), Some("fr"));
    }

    #[test]
    fn every_row_is_read_whole() {
        let mut seen = HashMap::new();
        for row in include_str!("../../packs/language_names.tsv").lines().skip(1) {
            let cells: Vec<_> = row.split('\t').collect();
            assert_eq!(cells.len(), 3, "{row}");
            let all = [cells[0]].into_iter().chain(cells[1].split(' ')).chain(cells[2].split("; "));
            for name in all.filter(|name| !name.is_empty()) {
                assert_eq!(find(name), Some(cells[0]), "{row}");
                assert!(name.len() <= LONGEST_NAME_BYTES, "{name}");
                let before = seen.insert(name.to_lowercase(), cells[0]);
                assert!(before.is_none_or(|code| code == cells[0]), "{name} stands for two languages");
            }
        }
    }

    #[test]
    fn every_language_that_is_told_or_has_a_pack_is_its_own() {
        let tables: serde_json::Map<String, serde_json::Value> = serde_json::from_str(packed!("languages")).unwrap();
        let told = tables.keys().map(|key| key.split('-').next().unwrap_or_default());
        let by_script = super::super::language::SCRIPTS.iter().map(|(_, _, code)| *code);
        let packs = crate::pack::Packs::embedded();
        for code in told.chain(by_script).chain(packs.codes()) {
            assert_eq!(find(code), Some(code));
        }
    }
}
