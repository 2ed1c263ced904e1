//! Lists of hosts and addresses, by which records are kept or left out.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::net::IpAddr;
use std::path::Path;

use super::args::Filters;
use super::punycode;
use crate::error::{Error, Result};
use crate::io::format::Format;
use crate::io::input::{Count, Source};
use crate::pack::host;
use crate::shown;
use crate::text::part::PartOf;

/// The lists of a run.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<List>);

#[derive(Debug)]
struct List {
    /// As the summary calls it.
    option: &'static str,
    what: What,
    /// What is in it is kept; else it is left out.
    keeps: bool,
    /// Hashes of all that is in it, in order. Where it holds a million, one name of 18 million million others is mistaken for one of them.
    known: Vec<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// Hosts, each with those below it.
    Hosts,
    /// Addresses.
    Urls,
}

impl Lists {
    /// Reads those that are asked for.
    ///
    /// # Errors
    /// When one cannot be read, or a line of it is neither empty, nor a comment, nor what it should hold.
    pub fn read(filters: &Filters) -> Result<Self> {
        let lists = filters.lists().into_iter().filter_map(|(option, path)| Some((option, path?)));
        lists.map(|(option, path)| List::read(option, path)).collect::<Result<_>>().map(Self)
    }

    /// The option by which a record of that address is left out. One without an address is in no list.
    pub fn refuses(&self, address: Option<&str>) -> Option<&'static str> {
        if self.0.is_empty() {
            return None;
        }
        let (host, url) = (address.and_then(name), address.and_then(plain));
        let holds = |list: &List| match list.what {
            What::Hosts => host.as_deref().is_some_and(|host| list.holds_host(host)),
            What::Urls => url.as_deref().is_some_and(|url| list.holds(url)),
        };
        self.0.iter().find(|list| holds(list) != list.keeps).map(|list| list.option)
    }
}

impl List {
    fn read(option: &'static str, path: &Path) -> Result<Self> {
        let source = Source::named(path);
        let mut text = String::new();
        let mut from = source.open_any(Some(Format::Text), &std::sync::Arc::<Count>::default())?.from;
        from.read_to_string(&mut text).map_err(|error| source.error(error))?;
        let what = if option.ends_with("hosts") { What::Hosts } else { What::Urls };
        let mut known = Vec::new();
        for (i, line) in text.strip_prefix('\u{feff}').unwrap_or(&text).lines().enumerate() {
            // An address may hold the mark of a comment; before one stands white space.
            let line = line.split_once(" #").map_or(line, |(before, _)| before).trim();
            if line.is_empty() || line.starts_with(['#', '!']) || line.starts_with("[Adblock") {
                continue;
            }
            // As tables and mails have them; no address holds these.
            let line = line.trim_matches(['"', '<', '>']);
            let found = match what {
                What::Hosts => listed_host(line),
                What::Urls => plain(line),
            };
            let Some(found) = found else {
                let what = if what == What::Hosts { "host" } else { "address" };
                let (file, line) = (source.shown(), crate::error::quoted(line));
                return Err(Error::config(format!("{file}, line {}: {line} is no {what}", i + 1)));
            };
            known.push(hash(&found));
        }
        if known.is_empty() {
            return Err(Error::config(format!("nothing is in the list {}", shown::name(path))));
        }
        known.sort_unstable();
        known.dedup();
        Ok(Self { option, what, keeps: !option.starts_with("not"), known })
    }

    fn holds(&self, name: &str) -> bool {
        self.known.binary_search(&hash(name)).is_ok()
    }

    /// Whether it holds a host, or one that is above it.
    fn holds_host(&self, host: &str) -> bool {
        let mut rest = Some(host);
        while let Some(name) = rest {
            if self.holds(name) {
                return true;
            }
            rest = name.split_once('.').map(|(_, above)| above);
        }
        false
    }
}

/// The same in every run of one build.
fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// The host of a line: of a list of names, of a hosts file (`0.0.0.0 orla.example`), or of a filter of whole hosts
/// (`||orla.example^`).
fn listed_host(line: &str) -> Option<String> {
    if let Some(filter) = line.strip_prefix("||") {
        return name(filter.strip_suffix('^')?);
    }
    let mut words = line.split_whitespace();
    let listed = match (words.next()?, words.next(), words.next()) {
        (only, None, _) => only,
        // An address of the network may name its device: `fe80::1%lo0`.
        (first, Some(second), None) => first.split('%').next()?.parse::<IpAddr>().ok().map(|_| second)?,
        _ => return None,
    };
    name(listed.trim_start_matches("*.").trim_start_matches('.'))
}

/// The host of an address, in ASCII: a list and a record may write one name in two ways.
fn name(address: &str) -> Option<String> {
    Some(punycode::ascii_host(&host(address)?))
}

/// An address without what two ways of writing it differ in: scheme, user, "www.", usual port, fragment, slash at the end, and
/// bytes that need not be written in hexadecimal or may be (RFC 3986, 6.2.2).
fn plain(address: &str) -> Option<String> {
    let name = name(address)?;
    let rest = address.trim();
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest).trim_start_matches('/');
    let (rest, _) = rest.split_once('#').unwrap_or((rest, ""));
    let at = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(at)?;
    let host_and_port = authority.rsplit('@').next()?;
    let port = host_and_port.rsplit(']').next()?.split_once(':').map(|(_, port)| port);
    let port = port.filter(|port| !matches!(*port, "" | "80" | "443")).map(|port| format!(":{port}"));
    Some(format!("{name}{}{}", port.unwrap_or_default(), unescaped(path.trim_end_matches('/'))))
}

/// A path in which those bytes are written as they are that mean nothing in an address.
fn unescaped(path: &str) -> String {
    let mut parts = path.split('%');
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let byte = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte {
            Some(byte) if byte >= 0x80 || byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(byte);
                out.extend_from_slice(part.part(2..).as_bytes());
            }
            _ => {
                out.push(b'%');
                let digits = part.len().min(if byte.is_some() { 2 } else { 0 });
                out.extend(part.part(..digits).bytes().map(|digit| digit.to_ascii_uppercase()));
                out.extend_from_slice(part.part(digits..).as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(option: &'static str, names: &[&str]) -> Lists {
        let path = std::env::temp_dir().join(format!("copydesk-list-{option}-{}", std::process::id()));
        std::fs::write(&path, names.join("\n")).unwrap();
        let list = List::read(option, &path);
        std::fs::remove_file(path).unwrap();
        Lists(vec![list.unwrap()])
    }

    #[test]
    fn a_host_means_those_below_it() {
        let names =
            ["\u{feff}# ours", "Orla.example", "https://www.skerry.example/path", "", "*.port.example # and all"];
        for (address, held) in [
            ("https://orla.example/1", true),
            ("news.orla.example", true),
            ("http://www.ORLA.example:8080/", true),
            ("notorla.example", false),
            ("example", false),
            ("skerry.example", true),
            ("a.b.port.example", true),
        ] {
            let refused = |option| list(option, &names).refuses(Some(address));
            assert_eq!((refused("hosts").is_none(), refused("not_hosts").is_some()), (held, held), "{address}");
        }
        assert_eq!(list("hosts", &names).refuses(None), Some("hosts"));
        assert_eq!(list("not_hosts", &names).refuses(None), None);
    }

    #[test]
    fn an_address_is_the_same_however_it_is_written() {
        let names = ["https://www.orla.example/a/?p=1#top", "skerry.example"];
        for (address, held) in [
            ("http://orla.example:80/a/?p=1", true),
            ("http://orla.example/%61/?p=%31", true),
            ("http://orla.example/a%2f?p=1", false),
            ("//user@orla.example/a/?p=1#end", true),
            ("https://orla.example/a/?p=2", false),
            ("https://orla.example/A/?p=1", false),
            ("https://orla.example:8443/a/?p=1", false),
            ("https://skerry.example/", true),
            ("https://skerry.example/b", false),
            ("no address at all", false),
        ] {
            assert_eq!(list("urls", &names).refuses(Some(address)).is_none(), held, "{address}");
        }
    }

    #[test]
    fn lists_that_were_made_for_other_tools() {
        let names = [
            "[Adblock Plus 2.0]",
            "! Title: hosts that sell",
            "127.0.0.1 localhost",
            "fe80::1%lo0\tlocalhost",
            "0.0.0.0 Orla.example # sells",
            "::1  skerry.example",
            "||lund.example^",
            "b\u{fc}cher.example",
            "xn--mnchen-3ya.example",
            "\"grey.example\"",
            "http://[2001:db8::1]/",
        ];
        for (address, held) in [
            ("https://orla.example/1", true),
            ("https://skerry.example/1", true),
            ("https://news.lund.example/1", true),
            ("https://xn--bcher-kva.example/1", true),
            ("https://M\u{dc}NCHEN.example/1", true),
            ("https://grey.example/1", true),
            ("http://[2001:DB8::1]:8080/1", true),
            ("http://[2001:db8::2]/1", false),
            ("https://bucher.example/1", false),
        ] {
            assert_eq!(list("not_hosts", &names).refuses(Some(address)).is_some(), held, "{address}");
        }
        let urls = ["https://b\u{fc}cher.example/k\u{fc}ste/?q=%C3%BC+%26", "<https://[2001:db8::1]:8080/a>"];
        for (address, held) in [
            ("http://xn--bcher-kva.example/k%c3%bcste/?q=\u{fc}+%26", true),
            ("http://xn--bcher-kva.example/k%c3%bcste/?q=\u{fc}+&", false),
            ("http://xn--bcher-kva.example/k%c3%bcste/?q=%C3%BC+%2", false),
            ("http://[2001:db8::1]:8080/a", true),
            ("http://[2001:db8::1]/a", false),
        ] {
            assert_eq!(list("not_urls", &urls).refuses(Some(address)).is_some(), held, "{address}");
        }
    }

    #[test]
    fn what_is_no_host_is_told_with_its_line() {
        let path = std::env::temp_dir().join(format!("copydesk-list-wrong-{}", std::process::id()));
        for (text, why) in [
            ("orla.example\n1,skerry.example\n", "line 2: "),
            ("||orla.example^$image\n", "line 1: "),
            ("local-zone: \"orla.example\" redirect\n", "line 1: "),
            ("# none\n", "nothing is in"),
        ] {
            std::fs::write(&path, text).unwrap();
            let told = List::read("not_hosts", &path).unwrap_err().to_string();
            assert!(told.contains(why), "{told}");
        }
        std::fs::remove_file(path).unwrap();
    }
}
