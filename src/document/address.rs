//! Addresses: what a link or a picture on a page leads to.

/// The address that `reference`, which a page writes, stands for on a page of address `base`: as RFC 3986 resolves it, and as browsers
/// read what it does not allow: white space around it, line ends and backslashes in it. Without a base it stays as it is written.
pub(crate) fn resolve(base: Option<&str>, reference: &str) -> String {
    let reference = tidied(reference);
    if scheme(&reference).is_some() {
        return reference;
    }
    let Some((start, rest)) = base.and_then(|base| Some((scheme(base)?, base))) else { return reference };
    let base = Parts::of(rest);
    let reference = reference.replace('\\', "/");
    if reference.starts_with("//") {
        return format!("{start}:{reference}");
    }
    let of = Parts::of(&reference);
    let (path, query) = match of.path {
        "" => (base.path.to_owned(), of.query.or(base.query)),
        path if path.starts_with('/') => (without_dots(path), of.query),
        path => {
            let folder = base.path.rfind('/').map_or("/", |at| base.path.get(..=at).unwrap_or_default());
            (without_dots(&format!("{folder}{path}")), of.query)
        }
    };
    let mut made = format!("{}{path}", base.front);
    for (mark, part) in [('?', query), ('#', of.fragment)] {
        if let Some(part) = part {
            made.push(mark);
            made.push_str(part);
        }
    }
    made
}

/// Whether an address is one of the web, which others can be resolved against.
pub(crate) fn is_of_web(address: &str) -> bool {
    scheme(address).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && Parts::of(address).front.contains("://")
}

/// Whether an address leads anywhere: a script and data do not.
pub(crate) fn leads(address: &str) -> bool {
    const NOWHERE: [&str; 5] = ["javascript", "data", "about", "blob", "vbscript"];
    let address = address.trim_start_matches(|c: char| c <= ' ');
    let Some(first) = address.bytes().next() else { return false };
    // Nearly all addresses are told by their first letter.
    let is_first = |scheme: &&&str| scheme.as_bytes().first() == Some(&first.to_ascii_lowercase());
    let Some(none) = NOWHERE.iter().find(is_first) else { return true };
    !scheme(&tidied(address)).is_some_and(|scheme| scheme.eq_ignore_ascii_case(none))
}

/// Without white space around it and line ends in it, and with that within it written as addresses write it.
fn tidied(address: &str) -> String {
    let address = address.trim_matches(|c: char| c <= ' ');
    address.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).fold(String::new(), |mut made, c| {
        if c == ' ' {
            made.push_str("%20")
        } else {
            made.push(c)
        }
        made
    })
}

/// The scheme that an address begins with.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(of_scheme)).then_some(scheme)
}

/// An address, taken apart.
struct Parts<'a> {
    /// Scheme and host, with the marks between.
    front: &'a str,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(address: &'a str) -> Self {
        let (rest, fragment) = split(address, '#');
        let (rest, query) = split(rest, '?');
        let host = rest.find("//").filter(|at| *at == 0 || rest.get(..*at).is_some_and(|before| before.ends_with(':')));
        let from = host.map_or_else(|| scheme(rest).map_or(0, |scheme| scheme.len() + 1), |at| at + 2);
        let end = match host {
            Some(_) => rest.get(from..).and_then(|rest| rest.find('/')).map_or(rest.len(), |at| from + at),
            None => from,
        };
        let (front, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
        Self { front, path: if path.is_empty() && host.is_some() { "/" } else { path }, query, fragment }
    }
}

fn split(text: &str, mark: char) -> (&str, Option<&str>) {
    text.split_once(mark).map_or((text, None), |(before, after)| (before, Some(after)))
}

/// A path without `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut made: Vec<&str> = Vec::new();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            "." | ".." => {
                if part == ".." {
                    made.pop();
                }
                if last {
                    made.push("");
                }
            }
            part => made.push(part),
        }
    }
    format!("/{}", made.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_resolved() {
        // The examples of RFC 3986, section 5.4.
        let base = Some("http://a/b/c/d;p?q");
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g#s", "http://a/b/c/g#s"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            (";x", "http://a/b/c/;x"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("..g", "http://a/b/c/..g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/./h", "http://a/b/c/g/h"),
            ("g/../h", "http://a/b/c/h"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
        ] {
            assert_eq!(resolve(base, reference), expected, "{reference}");
        }
    }

    #[test]
    fn what_browsers_read_is_read() {
        for (base, reference, expected) in [
            (Some("https://orla.example"), "news", "https://orla.example/news"),
            (Some("https://orla.example?a"), "#b", "https://orla.example/?a#b"),
            (Some("https://orla.example/a/b"), " \n../c d\n", "https://orla.example/c%20d"),
            (Some("https://orla.example/a"), "\\b\\c", "https://orla.example/b/c"),
            (Some("orla.example"), "/a", "/a"),
            (None, "../a", "../a"),
            (Some("https://orla.example/"), "mailto:a@b", "mailto:a@b"),
            (Some("https://orla.example/港/"), "è", "https://orla.example/港/è"),
        ] {
            assert_eq!(resolve(base, reference), expected, "{reference}");
        }
        assert!(is_of_web("https://orla.example/a") && !is_of_web("orla.example") && !is_of_web("mailto:a@b"));
        assert!(!leads(" JavaScript:void(0)") && !leads("data:image/gif;base64,R0") && !leads(" ") && leads("#a"));
    }
}
