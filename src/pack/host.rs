//! Host names, by which the sites of packs are found.

/// Longest name that is taken for a host.
const LONGEST_HOST_BYTES: usize = 253;

/// The host name of an address or of what begins with a host name: lower case, without "www.", user, port and path. An address of IPv6 has
/// hyphens for colons, so that it can be the name of a folder.
pub(crate) fn host(source: &str) -> Option<String> {
    let rest = source.trim();
    // A file of this machine, and what is named but nowhere.
    let is_elsewhere =
        |scheme: &&str| rest.get(..scheme.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(scheme));
    if ["file:", "urn:", "data:", "mailto:", "dns:", "about:"].iter().any(is_elsewhere) {
        return None;
    }
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest).trim_start_matches('/');
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let rest = rest.rsplit('@').next().unwrap_or_default();
    let rest = match rest.strip_prefix('[') {
        Some(numbers) => numbers.split(']').next().unwrap_or_default().replace(':', "-"),
        None => rest.split(':').next().unwrap_or_default().trim_end_matches('.').to_owned(),
    };
    let rest = rest.to_lowercase();
    let name = rest.strip_prefix("www.").unwrap_or(&rest);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    (!name.is_empty() && name.len() <= LONGEST_HOST_BYTES && name.chars().all(is_name)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for (source, want) in [
            ("example.com", Some("example.com")),
            ("https://www.Example.com:8080/a/b?c#d", Some("example.com")),
            ("//m.example.com", Some("m.example.com")),
            ("http://user:word@example.com./", Some("example.com")),
            ("bücher.example", Some("bücher.example")),
            ("", None),
            ("http://[2001:DB8::1]:8080/a", Some("2001-db8--1")),
            ("a site", None),
            ("file:///home/orla/a.html", None),
            ("urn:uuid:2f1c", None),
            ("dns:orla.example", None),
            ("URN:ISBN:1", None),
            ("https://", None),
        ] {
            assert_eq!(host(source).as_deref(), want, "{source:?}");
        }
    }
}
