//! Addresses: one written beside another made whole, and the day that one names.

use jiff::civil::Date;

use crate::document;

/// Longer ones are not read.
const LONGEST_BYTES: usize = 2048;

/// The parts of an address that are resolved against.
struct Parts<'a> {
    host: &'a str,
    /// With the slash before it; without what is asked and the fragment.
    path: &'a str,
}

impl<'a> Parts<'a> {
    fn of(address: &'a str) -> Option<Self> {
        let (_, rest) = address.split_once("://").filter(|(scheme, _)| is_of_web(scheme))?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at_checked(end)?;
        let path = path.split(['?', '#']).next().unwrap_or_default();
        (!host.is_empty()).then_some(Self { host, path })
    }
}

fn is_of_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Whether a text is a whole address of the web.
pub(crate) fn is_whole(address: &str) -> bool {
    address.len() <= LONGEST_BYTES && Parts::of(address).is_some_and(|parts| !parts.host.contains(char::is_whitespace))
}

/// The whole address that `written` means on a page at `base`; none where it means none of the web, or where it is not known where the
/// page stands.
pub(crate) fn resolve(base: Option<&str>, written: &str) -> Option<String> {
    let written = written.trim();
    if written.is_empty() || written.len() > LONGEST_BYTES || written.contains(char::is_whitespace) {
        return None;
    }
    Some(document::resolve(base.map(str::trim), written)).filter(|whole| is_whole(whole))
}

/// Whether an address is that of a whole site: it has no path.
pub(crate) fn is_front(address: &str) -> bool {
    Parts::of(address).is_some_and(|parts| parts.path.trim_matches('/').is_empty())
}

/// The day that the path of an address names: `/2024/05/17/`, `/2024-05-17-ferry`, `/20240517/`.
pub(crate) fn day(address: &str) -> Option<Date> {
    let path = Parts::of(address)?.path;
    let bytes = path.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let number = |from: usize, to: usize| path.get(from..to)?.parse::<i16>().ok();
    let digits = |from: usize| (from..bytes.len()).take_while(|at| is_digit(*at)).count();
    let starts = (1..bytes.len()).filter(|at| is_digit(*at) && !is_digit(at - 1));
    for start in starts {
        let (year, month, day, end) = match digits(start) {
            4 => {
                let mark = bytes.get(start + 4).copied().filter(|mark| matches!(mark, b'/' | b'-' | b'_'));
                let of_month = digits(start + 5);
                let of_day = digits(start + 6 + of_month);
                let same = mark.is_some() && bytes.get(start + 5 + of_month).copied() == mark;
                if !same || !(1..=2).contains(&of_month) || !(1..=2).contains(&of_day) {
                    continue;
                }
                let (day, end) = (start + 6 + of_month, start + 6 + of_month + of_day);
                (number(start, start + 4), number(start + 5, start + 5 + of_month), number(day, end), end)
            }
            8 => (number(start, start + 4), number(start + 4, start + 6), number(start + 6, start + 8), start + 8),
            _ => continue,
        };
        let stands = matches!(bytes.get(start - 1), Some(b'/' | b'-' | b'_'))
            && matches!(bytes.get(end), None | Some(b'/' | b'-' | b'_' | b'.'));
        if let (Some(year @ 1990..2100), Some(month), Some(day)) = (year, month, day)
            && stands
            && let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day))
            && let Ok(found) = Date::new(year, month, day)
        {
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_whole() {
        let base = "https://orla.example/news/2024/tunnel?a=/b#c";
        for (written, want) in [
            ("https://quay.example/x", Some("https://quay.example/x")),
            ("//img.orla.example/a.jpg", Some("https://img.orla.example/a.jpg")),
            ("/a.jpg?w=1", Some("https://orla.example/a.jpg?w=1")),
            ("a.jpg", Some("https://orla.example/news/2024/a.jpg")),
            ("./a.jpg", Some("https://orla.example/news/2024/a.jpg")),
            ("../../../a.jpg", Some("https://orla.example/a.jpg")),
            ("..", Some("https://orla.example/news/")),
            ("?p=2", Some("https://orla.example/news/2024/tunnel?p=2")),
            ("data:image/png;base64,AAAA", None),
            ("mailto:a@orla.example", None),
            ("javascript:void(0)", None),
            ("a b", None),
            ("", None),
            ("//", None),
        ] {
            assert_eq!(resolve(Some(base), written).as_deref(), want, "{written}");
        }
        assert_eq!(resolve(Some("https://orla.example"), "a").as_deref(), Some("https://orla.example/a"));
        assert_eq!(resolve(None, "/a"), None);
        assert_eq!(resolve(Some("news.html"), "/a"), None);
        assert_eq!(resolve(None, "http://orla.example").as_deref(), Some("http://orla.example"));
    }

    #[test]
    fn days_of_addresses() {
        for (path, want) in [
            ("/2024/05/17/tunnel", Some("2024-05-17")),
            ("/news/2024/5/7/", Some("2024-05-07")),
            ("/news/2024-05-17-tunnel.html", Some("2024-05-17")),
            ("/news/tunnel-2024-05-17", Some("2024-05-17")),
            ("/news/20240517/tunnel", Some("2024-05-17")),
            ("/a/20241317/x", None),
            ("/2024/05/tunnel", None),
            ("/2024/05-17/tunnel", None),
            ("/id/120240517", None),
            ("/id-1987654320", None),
            ("/2024/02/30/x", None),
            ("/x?d=2024/05/17", None),
            ("/2024/05/17th", None),
        ] {
            let found = day(&format!("https://orla.example{path}")).map(|day| day.to_string());
            assert_eq!(found.as_deref(), want, "{path}");
        }
    }

    #[test]
    fn fronts() {
        for (address, is) in
            [("https://orla.example", true), ("https://orla.example/?a", true), ("https://orla.example/a", false)]
        {
            assert_eq!(is_front(address), is);
        }
    }
}
