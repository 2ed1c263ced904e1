//! What elements are called: the words of their classes, ids, roles and labels, and of the addresses that links lead to.

use super::Page;
use super::attributes::Attribute;
use crate::text::words::hash_form;

/// The names of elements by their hashes, each element read once.
pub(super) struct Names {
    /// Of each element that was read, where its names stand among all.
    ranges: Vec<Option<(usize, usize)>>,
    hashes: Vec<u32>,
    /// As they are written, for training.
    spelled: Option<Vec<String>>,
    /// Where the first name of the element at hand stands.
    first: usize,
    /// The name at hand.
    name: String,
}

/// So many names of an element are read, and words so long.
const MOST: usize = 24;
const LONGEST_BYTES: usize = 24;
/// A name of more words is a sentence.
const MOST_WORDS: usize = 3;

impl Names {
    pub fn of_page(page: &Page, spelled: bool) -> Self {
        let ranges = vec![None; page.nodes.len()];
        Self { ranges, hashes: Vec::new(), spelled: spelled.then(Vec::new), first: 0, name: String::new() }
    }

    /// The names of an element: the hash of each, and how it is written where that is asked for.
    pub fn of(&mut self, page: &Page, node: u32) -> impl Iterator<Item = (u32, &str)> {
        let known = self.ranges.get(node as usize).copied().flatten();
        let (first, end) = known.unwrap_or_else(|| {
            self.first = self.hashes.len();
            self.read(page, node);
            let read = (self.first, self.hashes.len());
            if let Some(range) = self.ranges.get_mut(node as usize) {
                *range = Some(read);
            }
            read
        });
        let Self { hashes, spelled, .. } = &*self;
        (first..end).map(move |at| (hashes[at], spelled.as_ref().map_or("", |spelled| &*spelled[at])))
    }

    fn read(&mut self, page: &Page, node: u32) {
        for (attribute, value) in page.nodes.attributes(node) {
            match attribute {
                Attribute::Class | Attribute::Id | Attribute::DataComponent | Attribute::DataTestid => {
                    value.split(u8::is_ascii_whitespace).for_each(|token| self.add("", token));
                }
                Attribute::Itemprop | Attribute::Property => self.add("itemprop:", value),
                Attribute::Itemtype => {
                    self.add("itemtype:", value.rsplit(|byte| *byte == b'/').next().unwrap_or_default());
                }
                Attribute::Rel => self.add("rel:", value),
                Attribute::Role => self.add("role:", value),
                Attribute::AriaLabel => self.add("label:", value),
                // One that was too long was cut anywhere.
                Attribute::Href => self.address(value.utf8_chunks().next().map_or("", |chunk| chunk.valid())),
                _ => {}
            }
        }
    }

    /// Adds the words of a value, and where they are few all of them together: `post`, `author`, `post-author`.
    fn add(&mut self, prefix: &str, value: &[u8]) {
        let mut together = String::new();
        let mut count = 0;
        each_word(value, |word| {
            if self.is_full() {
                return;
            }
            self.push(prefix, word);
            count += 1;
            if count <= MOST_WORDS {
                if count > 1 {
                    together.push('-');
                }
                together += word;
            }
        });
        if (2..=MOST_WORDS).contains(&count) {
            self.push(prefix, &together);
        }
    }

    fn is_full(&self) -> bool {
        self.hashes.len() - self.first >= MOST
    }

    fn push(&mut self, prefix: &str, word: &str) {
        self.name.clear();
        self.name += prefix;
        self.name += word;
        let hash = hash_form(&self.name);
        if self.is_full() || self.hashes[self.first..].contains(&hash) {
            return;
        }
        self.hashes.push(hash);
        if let Some(spelled) = &mut self.spelled {
            spelled.push(self.name.clone());
        }
    }

    /// Adds what the address of a link says: its scheme, the words of its host and of the short parts of its path, a date in it.
    fn address(&mut self, value: &str) {
        let value = value.trim();
        if value.starts_with('#') {
            return self.push("to:", "here");
        }
        let rest = match value.split_once(':') {
            Some(("http" | "https", rest)) => rest,
            Some((scheme, _)) if scheme.len() <= 12 && scheme.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                return self.push("to:", &scheme.to_ascii_lowercase());
            }
            _ => value,
        };
        let end = rest.find(['?', '#']).unwrap_or(rest.len());
        let rest = rest.get(..end).unwrap_or_default();
        let path = match rest.strip_prefix("//") {
            Some(rest) => {
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                each_word(host.as_bytes(), |word| self.push("host:", word));
                path
            }
            None => rest,
        };
        for part in path.split('/').filter(|part| !part.is_empty()).take(6) {
            if part.bytes().all(|byte| byte.is_ascii_digit()) {
                self.push("to:", if part.len() == 4 { "year" } else { "number" });
            } else if part.bytes().filter(|byte| matches!(byte, b'-' | b'_' | b'+' | b'%')).count() >= MOST_WORDS {
                self.push("to:", "words");
            } else {
                each_word(part.as_bytes(), |word| self.push("to:", word));
            }
        }
    }
}

/// The words of a name, in small letters: letters of ASCII, two at least; a capital behind a small letter begins another word.
pub(super) fn each_word(value: &[u8], mut take: impl FnMut(&str)) {
    let (mut word, mut len, mut was_small) = ([0; LONGEST_BYTES], 0, false);
    for byte in value.iter().chain([&b' ']) {
        let is_letter = byte.is_ascii_alphabetic();
        if len > 0 && (!is_letter || byte.is_ascii_uppercase() && was_small) {
            if (2..=LONGEST_BYTES).contains(&len) {
                take(std::str::from_utf8(&word[..len]).unwrap_or_default());
            }
            len = 0;
        }
        if is_letter {
            if let Some(letter) = word.get_mut(len) {
                *letter = byte.to_ascii_lowercase();
            }
            len += 1;
        }
        was_small = byte.is_ascii_lowercase();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(read: impl Fn(&mut Names)) -> Vec<String> {
        let mut names = Names::of_page(&crate::page::read("").2, true);
        read(&mut names);
        names.spelled.unwrap()
    }

    #[test]
    fn words_stand_alone_and_together() {
        assert_eq!(names(|names| names.add("", b"post__authorName")), ["post", "author", "name", "post-author-name"]);
        assert_eq!(names(|names| names.add("rel:", b"author")), ["rel:author"]);
        assert_eq!(names(|names| names.add("label:", b"More of what we wrote")).len(), 5);
        assert_eq!(names(|names| names.add("", "x 12 -- é".as_bytes())), [""; 0]);
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
            assert_eq!(names(|names| names.address(value)), expected, "{value}");
        }
    }
}
