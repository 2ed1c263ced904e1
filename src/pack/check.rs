//! What the packs hold, entry by entry, for the project's own tests: whether an entry can be hit, and how often texts hit it.

use std::collections::HashMap;

use super::phrases::LONGEST_WORDS;
use super::{AgencyKind, Common, Packs};
use crate::features::Cue;
use crate::text::words::{join_hash, split_words};

/// An entry of a pack.
#[derive(Debug)]
pub struct Entry {
    /// The pack's code; "common" for what is the same in every language.
    pub pack: String,
    /// "cues.share", "dates.months".
    pub section: String,
    /// As written.
    pub phrase: String,
    /// Why it can never be hit, when it cannot.
    pub broken: Option<&'static str>,
    /// How often the texts hold it.
    pub hits: usize,
}

/// Every entry of the packs that come with the crate, with how often `texts` hold it.
pub(crate) fn entries(texts: &mut dyn Iterator<Item = String>) -> Vec<Entry> {
    let packs = Packs::embedded();
    let mut entries = Vec::new();
    let mut add = |pack: &str, section: &str, phrase: &str, cue: Option<Cue>| {
        let broken = broken(&packs, phrase, cue);
        entries.push(Entry { pack: pack.into(), section: section.into(), phrase: phrase.into(), broken, hits: 0 });
    };
    for pack in &packs.packs {
        let evident = |cue: Cue| Some(cue).filter(|_| pack.evidence);
        for (name, list) in &pack.cues {
            let cue = Cue::from_name(name).ok();
            list.iter().for_each(|phrase| add(&pack.code, &format!("cues.{name}"), phrase, cue));
        }
        let (byline, caption, dates) = (&pack.byline, &pack.caption, &pack.dates);
        for (section, cue, list) in [
            ("byline.lead", Some(Cue::Byline), &byline.lead),
            ("byline.roles", Some(Cue::Role), &byline.roles),
            ("dates.published", Some(Cue::Published), &dates.published),
            ("dates.updated", Some(Cue::Published), &dates.updated),
            ("dates.relative", Some(Cue::Relative), &dates.relative),
        ] {
            list.iter().for_each(|phrase| add(&pack.code, section, phrase, cue.and_then(evident)));
        }
        for (section, list) in byline.lists().into_iter().chain(dates.lists()).chain(pack.dateline.lists()) {
            list.iter().for_each(|phrase| add(&pack.code, section, phrase, None));
        }
        for (section, list) in caption.lists().into_iter().chain(pack.inline.lists()) {
            let cue = (section == "caption.credit").then_some(Cue::Credit);
            list.iter().for_each(|phrase| add(&pack.code, section, phrase, cue));
        }
        dates.months.iter().flatten().for_each(|name| add(&pack.code, "dates.months", name, evident(Cue::Month)));
        dates.weekdays.iter().flatten().for_each(|name| add(&pack.code, "dates.weekdays", name, evident(Cue::Weekday)));
        dates.more_months.iter().flatten().for_each(|name| add(&pack.code, "dates.more_months", name, None));
        dates.more_weekdays.iter().flatten().for_each(|name| add(&pack.code, "dates.more_weekdays", name, None));
    }
    let common = Common::embedded().unwrap_or_default();
    for agency in &common.agency {
        let cue = agency.sure.then_some(match agency.kind {
            AgencyKind::Photo => Cue::Credit,
            AgencyKind::News | AgencyKind::Pr => Cue::Agency,
        });
        agency.names.iter().for_each(|name| add("common", &format!("agency.{}", agency.id), name, cue));
    }
    count(&mut entries, texts);
    entries
}

/// Why a phrase given alone as a line does not give its cue, the whole line of it.
fn broken(packs: &Packs, phrase: &str, cue: Option<Cue>) -> Option<&'static str> {
    let mut words = Vec::new();
    split_words(phrase, &mut words);
    let mut given = cue.is_none();
    packs.cues(&words, |found, at, len| given |= Some(found) == cue && at == 0 && len == words.len());
    match words.len() {
        0 => Some("it has no word"),
        n if n > LONGEST_WORDS => Some("it has too many words"),
        _ if !given => Some("given alone, it does not give its cue"),
        _ => None,
    }
}

/// Counts the entries in every line of the texts.
fn count(entries: &mut [Entry], texts: &mut dyn Iterator<Item = String>) {
    #[derive(Default)]
    struct Node {
        entries: Vec<usize>,
        goes_on: bool,
    }
    let mut nodes: HashMap<u32, Node> = HashMap::new();
    let mut words = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        split_words(&entry.phrase, &mut words);
        let mut hash = 0;
        for (i, word) in words.iter().enumerate() {
            hash = join_hash(hash, word.hash);
            let node = nodes.entry(hash).or_default();
            if i + 1 == words.len() {
                node.entries.push(number);
            } else {
                node.goes_on = true;
            }
        }
    }
    for text in texts {
        for line in text.lines() {
            split_words(line, &mut words);
            for first in 0..words.len() {
                let mut hash = 0;
                for word in &words[first..] {
                    hash = join_hash(hash, word.hash);
                    let Some(node) = nodes.get(&hash) else { break };
                    node.entries.iter().for_each(|&number| entries[number].hits += 1);
                    if !node.goes_on {
                        break;
                    }
                }
            }
        }
    }
}
