//! The `[cues]` of a caller's packs: phrases by label.

use std::collections::HashMap;

use super::phrases::LONGEST_WORDS;
use crate::error::{Error, Result, quoted};
use crate::features::Cue;
use crate::labels::Label;
use crate::text::words::{Word, split_words};

/// The label that a key of `[cues]` speaks for: the label of that name, or the one that a cue leads to; none for what only
/// the model weighs.
fn label(key: &str) -> Option<Label> {
    Label::from_name(key).ok().or_else(|| match Cue::from_name(key).ok()? {
        Cue::Credit => Some(Label::Caption),
        Cue::Published => Some(Label::Timestamp),
        _ => None,
    })
}

/// Refuses what is neither a label nor a cue.
pub(super) fn check_key(key: &str) -> Result<()> {
    match label(key) {
        Some(_) => Ok(()),
        None => Cue::from_name(key).map(drop).map_err(|_| {
            let names = Label::ALL.iter().map(|label| label.name());
            Error::unknown("cue", key, names.chain(["role", "credit", "published", "relative", "agency", "function"]))
        }),
    }
}

/// Calls `add` for each phrase that speaks for a label, with its words.
pub(super) fn each_phrase(
    cues: &HashMap<String, Vec<String>>,
    mut add: impl FnMut(&str, &[Word], Label),
) -> Result<()> {
    let mut words = Vec::new();
    for (key, list) in cues {
        check_key(key)?;
        for phrase in list {
            split_words(phrase, &mut words);
            let why = match words.len() {
                0 => "has no word",
                n if n > LONGEST_WORDS => "has more than 24 words",
                _ => "",
            };
            if !why.is_empty() {
                let phrase = quoted(phrase);
                return Err(Error::format(format!("cues.{key}: the phrase {phrase} {why}: mend it or take it out")));
            }
            if let Some(label) = label(key) {
                add(phrase, &words, label);
            }
        }
    }
    Ok(())
}
