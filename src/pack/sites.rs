//! Phrases of single sites: of many sites few phrases each, and of all of them one document needs those of its own.

use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use super::host::host;
use super::label_phrases::each_phrase;
use super::phrases::{Cues, PhraseTable, entries};
use crate::error::{Error, Result, quoted};
use crate::text::hash::Map;

/// A site as a pack says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The site's host name.
    source: String,
    /// Phrases by label.
    #[serde(default)]
    cues: HashMap<String, Vec<String>>,
}

/// The sites of a pack, taken up one by one while it is read.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    hosts: Vec<Box<str>>,
    /// The entries of the phrases, with the number of their host.
    entries: Vec<(u32, u32, Cues)>,
    /// How many phrases they have.
    pub phrases: usize,
    /// Whether the pack's text says anything of sites, were it an empty list.
    pub said: bool,
    /// The first thing that was wrong.
    fault: Option<String>,
}

impl Gathered {
    fn add(&mut self, site: &Entry) -> Result<()> {
        let Some(host) = host(&site.source) else {
            let source = quoted(&site.source);
            return Err(Error::format(format!(
                "site {source} names no host: write its host name, as in source = \"example.com\""
            )));
        };
        let number = self.hosts.len() as u32;
        let mut count = 0;
        each_phrase(&site.cues, |_, words, label| {
            count += 1;
            self.entries.extend(
                entries(words.iter().map(|word| word.hash), label as u32).map(|(hash, cues)| (number, hash, cues)),
            );
        })
        .map_err(|error| error.context(format!("site {host}")))?;
        if count == 0 {
            return Err(Error::format(format!("site {host} has no phrase: give it a section [site.cues]")));
        }
        self.phrases += count;
        self.hosts.push(host.into());
        Ok(())
    }

    /// Takes up the sites of another part of the pack.
    pub fn append(&mut self, other: Self) {
        let first = self.hosts.len() as u32;
        self.hosts.extend(other.hosts);
        self.entries.extend(other.entries.into_iter().map(|(number, hash, cues)| (first + number, hash, cues)));
        self.phrases += other.phrases;
        self.said |= other.said;
        self.fault = self.fault.take().or(other.fault);
    }
}

/// The header of a site's section.
const HEADER: &str = "[[site]]";

/// Sections are read this many bytes at a time.
const PIECE: usize = 1 << 16;

/// A pack of many sites in parts: what stands before the first one, and the sites. A pack's text as a whole becomes a tree of thirty
/// times its size, a few sections at a time do not. `None` where that is not certain to be the same, or where something is wrong:
/// then the whole is read, and says what.
pub(super) fn apart(text: &str) -> Option<(&str, Gathered)> {
    // Inside a string of several lines a line could look like a header.
    if text.len() <= PIECE || text.contains("\"\"\"") || text.contains("'''") {
        return None;
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sections {
        site: Gathered,
    }
    let headers = text.match_indices(HEADER).map(|(at, _)| at);
    let mut headers = headers.filter(|at| *at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n')).peekable();
    let (head, _) = text.split_at_checked(*headers.peek()?)?;
    let mut gathered = Gathered::default();
    while let Some(start) = headers.next() {
        while headers.peek().is_some_and(|next| next - start < PIECE) {
            headers.next();
        }
        let piece = text.get(start..headers.peek().copied().unwrap_or(text.len()))?;
        gathered.append(toml::from_str::<Sections>(piece).ok()?.site);
        if gathered.fault.is_some() {
            return None;
        }
    }
    Some((head, gathered))
}

impl<'de> Deserialize<'de> for Gathered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = Gathered;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("sections [[site]]")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Gathered, A::Error> {
                let mut gathered = Gathered { said: true, ..Gathered::default() };
                while let Some(site) = list.next_element::<Entry>()? {
                    if gathered.fault.is_none() {
                        gathered.fault = gathered.add(&site).err().map(|error| error.to_string());
                    }
                }
                Ok(gathered)
            }
        }

        deserializer.deserialize_seq(List)
    }
}

/// All sites of all packs of the caller's. What a site costs is its name and its phrases' entries.
#[derive(Debug, Default)]
pub(super) struct Sites {
    /// The numbers of the sites by host.
    numbers: Map<Box<str>, u32>,
    /// Where the entries of each site begin; those of the last one end where the entries do.
    starts: Vec<u32>,
    /// By site, and by hash in each.
    entries: Vec<(u32, Cues)>,
}

impl Sites {
    /// Adds the sites of a pack. Sites of one host become one.
    pub fn add(&mut self, gathered: Gathered) -> Result<()> {
        if let Some(fault) = gathered.fault {
            return Err(Error::format(fault));
        }
        if gathered.hosts.is_empty() {
            return Ok(());
        }
        let mut all = std::mem::take(&mut self.entries).into_iter();
        let mut rows = Vec::with_capacity(all.len() + gathered.entries.len());
        for (site, start) in self.starts.iter().enumerate() {
            let end = self.starts.get(site + 1).map_or(usize::MAX, |end| *end as usize);
            rows.extend(all.by_ref().take(end - *start as usize).map(|(hash, cues)| (site as u32, hash, cues)));
        }
        let mut number_of = Vec::with_capacity(gathered.hosts.len());
        for host in gathered.hosts {
            let next = self.numbers.len() as u32;
            number_of.push(*self.numbers.entry(host).or_insert(next));
        }
        let numbered = |(site, hash, cues): (u32, u32, Cues)| {
            (number_of.get(site as usize).copied().unwrap_or_default(), hash, cues)
        };
        rows.extend(gathered.entries.into_iter().map(numbered));
        rows.sort_unstable();
        rows.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 |= next.2;
            }
            same
        });
        self.starts.clear();
        for (at, (site, ..)) in rows.iter().enumerate() {
            if *site as usize == self.starts.len() {
                self.starts.push(at as u32);
            }
        }
        self.entries = rows.into_iter().map(|(_, hash, cues)| (hash, cues)).collect();
        Ok(())
    }

    /// The sites that a host is or is a part of.
    pub fn of_host<'a>(&'a self, host: &str) -> Vec<Site<'a>> {
        let after_dots = host.match_indices('.').filter_map(|(at, dot)| host.get(at + dot.len()..));
        let numbers = std::iter::once(host).chain(after_dots).filter_map(|name| self.numbers.get(name));
        numbers.filter_map(|number| self.site(*number as usize)).collect()
    }

    fn site(&self, number: usize) -> Option<Site<'_>> {
        let start = *self.starts.get(number)? as usize;
        let end = self.starts.get(number + 1).map_or(self.entries.len(), |end| *end as usize);
        self.entries.get(start..end).map(Site)
    }
}

/// The phrases of a site: a sorted list of their entries.
pub(super) struct Site<'a>(&'a [(u32, Cues)]);

impl PhraseTable for Site<'_> {
    fn get(&self, hash: u32) -> Cues {
        let found = self.0.binary_search_by_key(&hash, |(hash, _)| *hash);
        found.ok().and_then(|at| self.0.get(at)).map_or(0, |(_, cues)| *cues)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::split_words;

    #[derive(Deserialize)]
    struct File {
        site: Gathered,
    }

    fn gathered(sites: &[(&str, &str)]) -> Gathered {
        let section =
            |(host, phrase): &(&str, &str)| format!("[[site]]\nsource = \"{host}\"\ncues.nav = [\"{phrase}\"]\n");
        toml::from_str::<File>(&sites.iter().map(section).collect::<String>()).unwrap().site
    }

    #[test]
    fn a_host_is_of_its_sites() {
        let mut sites = Sites::default();
        sites.add(gathered(&[("b.example", "ebb"), ("m.a.example", "flow")])).unwrap();
        sites
            .add(gathered(&[("a.example", "tide"), ("b.example", "flow and ebb"), ("a.example", "neap tide")]))
            .unwrap();
        let mut words = Vec::new();
        split_words("ebb flow tide neap tide", &mut words);
        let found = |host: &str| {
            let mut found = Vec::new();
            for site in sites.of_host(host) {
                site.scan_bits(&words, |_, first, len| found.push((first, len)));
            }
            found
        };
        assert_eq!(found("b.example"), [(0, 1)]);
        assert_eq!(found("a.example"), [(2, 1), (3, 2), (4, 1)]);
        assert_eq!(found("m.a.example"), [(1, 1), (2, 1), (3, 2), (4, 1)]);
        assert_eq!(found("www.m.b.example"), [(0, 1)]);
        for host in ["xb.example", "example", "", "b.example.org"] {
            assert_eq!(found(host), [], "{host}");
        }
    }
}
