//! What elements are called: the words of their classes, ids, roles and labels, and of the addresses that links lead to.

use std::collections::HashMap;

use super::Page;
use super::attributes::Attribute;
use crate::text::words::hash_form;

/// The names of elements and their hashes, each element read once.
#[derive(Default)]
pub(super) struct Names(HashMap<u32, Vec<(String, u32)>>);

impl Names {
    pub fn of(&mut self, page: &Page, node: u32) -> &[(String, u32)] {
        let read = || read(page, node).into_iter().map(|name| (hash_form(&name), name));
        self.0.entry(node).or_insert_with(|| read().map(|(hash, name)| (name, hash)).collect())
    }
}

/// So many names of an element are read, and words so long.
const MOST: usize = 24;
const LONGEST_BYTES: usize = 24;
/// A name of more words is a sentence.
const MOST_WORDS: usize = 3;

fn read(page: &Page, node: u32) -> Vec<String> {
    let mut names = Vec::new();
    for (attribute, value) in page.nodes.attributes(node) {
        // One that was too long was cut anywhere.
        let value = value.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        match attribute {
            Attribute::Class | Attribute::Id | Attribute::DataComponent | Attribute::DataTestid => {
                value.split_ascii_whitespace().for_each(|token| add("", token, &mut names));
            }
            Attribute::Itemprop | Attribute::Property => add("itemprop:", value, &mut names),
            Attribute::Itemtype => add("itemtype:", value.rsplit('/').next().unwrap_or_default(), &mut names),
            Attribute::Rel => add("rel:", value, &mut names),
            Attribute::Role => add("role:", value, &mut names),
            Attribute::AriaLabel => add("label:", value, &mut names),
            Attribute::Href => address(value, &mut names),
            _ => {}
        }
    }
    names.truncate(MOST);
    names
}

/// Adds the words of a value, and where they are few all of them together: `post`, `author`, `post-author`.
fn add(prefix: &str, value: &str, names: &mut Vec<String>) {
    let mut together = prefix.to_owned();
    let mut count = 0;
    each_word(value, |word| {
        if names.len() >= MOST {
            return;
        }
        push(format!("{prefix}{word}"), names);
        count += 1;
        if count <= MOST_WORDS {
            if count > 1 {
                together.push('-');
            }
            together += word;
        }
    });
    if (2..=MOST_WORDS).contains(&count) {
        push(together, names);
    }
}

fn push(name: String, names: &mut Vec<String>) {
    if names.len() < MOST && !names.contains(&name) {
        names.push(name);
    }
}

/// The words of a name: letters of ASCII, in small ones; a capital behind a small letter begins another word.
fn each_word(value: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut last_lower = false;
    for c in value.chars().chain([' ']) {
        let parts = !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && last_lower);
        if parts && !word.is_empty() {
            if (2..=LONGEST_BYTES).contains(&word.len()) {
                each(&word);
            }
            word.clear();
        }
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        }
        last_lower = c.is_ascii_lowercase();
    }
}

/// Adds what the address of a link says: its scheme, the words of its host and of the short parts of its path, a date in it.
fn address(value: &str, names: &mut Vec<String>) {
    let value = value.trim();
    if value.starts_with('#') {
        return push("to:here".to_owned(), names);
    }
    let rest = match value.split_once(':') {
        Some(("http" | "https", rest)) => rest,
        Some((scheme, _)) if scheme.len() <= 12 && scheme.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            return push(format!("to:{}", scheme.to_ascii_lowercase()), names);
        }
        _ => value,
    };
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let rest = rest.get(..end).unwrap_or_default();
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            each_word(host, |word| push(format!("host:{word}"), names));
            path
        }
        None => rest,
    };
    for part in path.split('/').filter(|part| !part.is_empty()).take(6) {
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number {
            push(if part.len() == 4 { "to:year".to_owned() } else { "to:number".to_owned() }, names);
        } else if part.bytes().filter(|byte| matches!(byte, b'-' | b'_' | b'+' | b'%')).count() >= MOST_WORDS {
            push("to:words".to_owned(), names);
        } else {
            each_word(part, |word| push(format!("to:{word}"), names));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(read: impl Fn(&mut Vec<String>)) -> Vec<String> {
        let mut names = Vec::new();
        read(&mut names);
        names
    }

    #[test]
    fn words_stand_alone_and_together() {
        assert_eq!(names(|names| add("", "post__authorName", names)), ["post", "author", "name", "post-author-name"]);
        assert_eq!(names(|names| add("rel:", "author", names)), ["rel:author"]);
        assert_eq!(names(|names| add("label:", "More of what we wrote", names)).len(), 5);
        assert_eq!(names(|names| add("", "x 12 -- é", names)), [""; 0]);
    }

    #[test]
    fn addresses_are_read() {
        for (value, expected) in [
            ("#comments", &["to:here"][..]),
            ("mailto:ann@orla.example", &["to:mailto"]),
            ("/author/ann-orla", &["to:author", "to:ann", "to:orla"]),
            (
                "https://www.share.example/sharer.php?u=x",
                &["host:www", "host:share", "host:example", "to:sharer", "to:php"],
            ),
            ("/2024/05/tunnel-closes-for-a-month/", &["to:year", "to:number", "to:words"]),
            ("", &[]),
            ("//", &[]),
        ] {
            assert_eq!(names(|names| address(value, names)), expected, "{value}");
        }
    }
}
