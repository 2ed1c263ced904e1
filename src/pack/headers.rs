//! Keys of the headers that extractors, archives and newsrooms put above a story.

use serde::Deserialize;

use super::embedded;
use crate::error::{Error, Result};
use crate::text::hash::Map;

const HEADERS: &str = packed!("headers");

/// What the value after a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Title,
    Byline,
    Published,
    Updated,
    Deck,
    Dateline,
    /// What an agency tells the desks.
    Note,
    /// Sections, tags, names of sites.
    Section,
    /// What a letter is about, or a story.
    Subject,
    /// What only programs and archives want.
    Other,
    /// The story itself, in the lines after it.
    Text,
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub holds: Holds,
    /// Nobody writes it but a program or an archive.
    pub sure: bool,
    /// Archives write it, below the name of the paper and the day.
    pub archive: bool,
    /// It stands above letters, or what is posted to newsgroups.
    pub mail: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Vec<String>,
    byline: Vec<String>,
    published: Vec<String>,
    updated: Vec<String>,
    deck: Vec<String>,
    dateline: Vec<String>,
    note: Vec<String>,
    section: Vec<String>,
    subject: Vec<String>,
    other: Vec<String>,
    text: Vec<String>,
    sure: Vec<String>,
    archive: Vec<String>,
    mail: Vec<String>,
}

/// The keys by name: lower case, spaces for hyphens and underscores.
#[derive(Debug)]
pub(crate) struct Headers(Map<String, Key>);

/// No key has more bytes.
const LONGEST_BYTES: usize = 48;

impl Headers {
    /// From the embedded file.
    pub fn embedded() -> Result<Self> {
        let wrong = |why: &str| Error::format(format!("packs/headers.toml: {why}"));
        let file: File = embedded::read("headers", HEADERS)?;
        let mut keys = Map::default();
        for (holds, names) in [
            (Holds::Title, file.title),
            (Holds::Byline, file.byline),
            (Holds::Published, file.published),
            (Holds::Updated, file.updated),
            (Holds::Deck, file.deck),
            (Holds::Dateline, file.dateline),
            (Holds::Note, file.note),
            (Holds::Section, file.section),
            (Holds::Subject, file.subject),
            (Holds::Other, file.other),
            (Holds::Text, file.text),
        ] {
            for name in names {
                let [sure, archive, mail] = [&file.sure, &file.archive, &file.mail].map(|names| names.contains(&name));
                let key = Key { holds, sure, archive, mail };
                if keys.insert(name.clone(), key).is_some() {
                    return Err(wrong(&format!("the key {name:?} stands twice")));
                }
            }
        }
        if let Some(name) =
            file.sure.iter().chain(&file.archive).chain(&file.mail).find(|name| !keys.contains_key(*name))
        {
            return Err(wrong(&format!("the key {name:?} holds nothing: put it into another list too")));
        }
        Ok(Self(keys))
    }

    /// The key so named, however it is written: "Load-Date", "published_time", "og:title".
    pub fn key(&self, name: &str) -> Option<Key> {
        if name.len() > LONGEST_BYTES {
            return None;
        }
        let mut folded = String::with_capacity(name.len());
        for c in name.trim().chars() {
            match c {
                '-' | '_' | ':' | '(' | ' ' if !folded.ends_with(' ') => folded.push(' '),
                '-' | '_' | ':' | '(' | ')' | ' ' => {}
                _ => folded.extend(c.to_lowercase()),
            }
        }
        self.0.get(folded.trim_end()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        let headers = Headers::embedded().unwrap();
        let holds = |name: &str| headers.key(name).map(|key| key.holds);
        for (name, want) in [
            ("title", Some(Holds::Title)),
            ("HEADLINE", Some(Holds::Title)),
            ("Author(s)", Some(Holds::Byline)),
            ("published_time", Some(Holds::Published)),
            ("Load-Date", Some(Holds::Other)),
            ("og:title", Some(Holds::Title)),
            ("Автор", Some(Holds::Byline)),
            ("mayor", None),
            ("", None),
        ] {
            assert_eq!(holds(name), want, "{name}");
        }
        assert!(headers.key("URL Source").unwrap().sure);
    }
}
