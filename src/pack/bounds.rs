//! How much a pack of the caller's may hold. Where it is more, an error says so before it costs much.

use super::Pack;
use crate::error::{Error, Result, quoted};

/// Bytes of the file: 200,000 sites of a phrase or two.
const SIZE: usize = 16 << 20;
/// Phrases of all lists together.
const PHRASES: usize = 1 << 20;
/// Bytes of a phrase: 24 words have fewer.
const PHRASE: usize = 1000;
/// Phrases of a list of small words, which is compiled for every language or asked from end to end.
const SMALL: usize = 1000;
/// Characters of a message about what cannot be read: a line and what is wrong with it.
const MESSAGE: usize = 1000;

/// Whether a file is of a size that is read at all.
pub(super) fn check_size(text: &str) -> Result<()> {
    if text.len() <= SIZE {
        return Ok(());
    }
    Err(Error::format(format!(
        "it has {} bytes, and at most {SIZE} are read: give it as several packs, or leave out what no text of yours holds",
        text.len()
    )))
}

/// Whether what was read is as much as can be looked up.
pub(super) fn check(pack: &Pack) -> Result<()> {
    let mut phrases = pack.site.phrases;
    for (name, list) in lists(pack) {
        phrases += list.len();
        if let Some(long) = list.iter().find(|phrase| phrase.len() > PHRASE) {
            return Err(Error::format(format!(
                "{name}: the phrase {} has {} bytes, and at most {PHRASE} are read: shorten it or take it out",
                quoted(long),
                long.len()
            )));
        }
    }
    for (name, list) in small_lists(pack) {
        if list.len() > SMALL {
            return Err(Error::format(format!(
                "{name} has {} phrases, and at most {SMALL} are read: it is for the small words of one language; leave out the rest",
                list.len()
            )));
        }
    }
    if phrases > PHRASES {
        return Err(Error::format(format!(
            "it has {phrases} phrases, and at most {PHRASES} are read: give it as several packs, or leave out what no text of yours \
             holds"
        )));
    }
    Ok(())
}

/// All lists of phrases but those of sites, each with its name.
fn lists(pack: &Pack) -> Vec<(String, &Vec<String>)> {
    let (byline, caption, dates) = (&pack.byline, &pack.caption, &pack.dates);
    let mut lists: Vec<_> = pack.cues.iter().map(|(cue, list)| (format!("cues.{cue}"), list)).collect();
    let mut add = |name: &str, list| lists.push((name.to_owned(), list));
    for (name, list) in byline
        .lists()
        .into_iter()
        .chain(caption.lists())
        .chain(pack.inline.lists())
        .chain(dates.lists())
        .chain(pack.dateline.lists())
    {
        add(name, list);
    }
    add("byline.lead", &byline.lead);
    add("byline.roles", &byline.roles);
    add("dates.published", &dates.published);
    add("dates.updated", &dates.updated);
    add("dates.relative", &dates.relative);
    dates.months.iter().for_each(|list| add("dates.months", list));
    dates.weekdays.iter().for_each(|list| add("dates.weekdays", list));
    dates.more_months.iter().for_each(|list| add("dates.more_months", list));
    dates.more_weekdays.iter().for_each(|list| add("dates.more_weekdays", list));
    lists
}

/// Those that are for small words.
fn small_lists(pack: &Pack) -> impl Iterator<Item = (&'static str, &Vec<String>)> {
    let between = ["byline.joiners", "byline.with", "byline.employer", "byline.place"];
    let lists = pack.byline.lists().into_iter().filter(move |(name, _)| between.contains(name));
    lists.chain(pack.caption.lists().into_iter().filter(|(name, _)| name.starts_with("caption.sides.")))
}

/// What is wrong with a pack, by the reader of TOML: with the line, where it is one that a person can read.
pub(super) fn told(text: &str, error: &toml::de::Error) -> Error {
    let whole = error.to_string();
    let told = if whole.len() <= MESSAGE {
        whole
    } else {
        let before = error.span().and_then(|span| text.as_bytes().get(..span.start));
        let line = before.map_or(String::new(), |before| {
            format!("line {}: ", 1 + before.iter().filter(|byte| **byte == b'\n').count())
        });
        format!("{line}{}", error.message().chars().take(MESSAGE).collect::<String>())
    };
    Error::format(format!("{}\ndocs/packs.md says what a pack is", told.trim_end()))
}
