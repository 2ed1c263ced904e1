//! Lines that the markup says are of an author or a time, by attributes and by the words of classes.

use super::Page;
use super::attributes::Attribute;
use super::nodes::NO_NODE;
use crate::document::FieldName;
use crate::text::elements::Element;

/// What the elements around a line say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub of: FieldName,
    /// On the scale of what pages say: a relation or property says more than a class.
    pub trust: u8,
}

/// So many elements around a line are asked what it is, and so many whether it is of something else.
const NEAR: usize = 4;
const AROUND: usize = 12;

/// Words of classes and ids, as what they mark, and of what is another thing than the story.
const CLASSES: [(&str, FieldName); 10] = [
    ("author", FieldName::Byline),
    ("authors", FieldName::Byline),
    ("byline", FieldName::Byline),
    ("writer", FieldName::Byline),
    ("date", FieldName::Published),
    ("pubdate", FieldName::Published),
    ("published", FieldName::Published),
    ("posted", FieldName::Published),
    ("updated", FieldName::Updated),
    ("modified", FieldName::Updated),
];
const OTHERS: [&str; 10] =
    ["comment", "comments", "related", "teaser", "sidebar", "widget", "recommended", "popular", "card", "testimonial"];

/// What a line of this number is, as its elements say.
pub(crate) fn mark(page: &Page, line: usize) -> Option<Mark> {
    let node = page.lines.get(line)?.node;
    let mut found: Option<Mark> = None;
    for (at, (number, _)) in page.nodes.up(node).enumerate().take(AROUND) {
        for (attribute, value) in page.nodes.attributes(number) {
            let value = std::str::from_utf8(value).unwrap_or_default();
            match attribute {
                Attribute::Rel | Attribute::Itemprop | Attribute::Property if at < NEAR => {
                    let said = |word: &str| value.split_ascii_whitespace().any(|said| said.eq_ignore_ascii_case(word));
                    let of = match () {
                        () if said("author") => FieldName::Byline,
                        () if said("datePublished") => FieldName::Published,
                        () if said("dateModified") => FieldName::Updated,
                        () => continue,
                    };
                    found = stronger(found, Mark { of, trust: 4 });
                }
                Attribute::Class | Attribute::Id => {
                    let words = class_words(value);
                    if is_of_others(&words) {
                        return None;
                    }
                    let named = CLASSES.iter().rev().find(|(name, _)| words.iter().any(|word| word == name));
                    if let Some((_, of)) = named.filter(|_| at < NEAR) {
                        found = stronger(found, Mark { of: *of, trust: 2 });
                    }
                }
                _ => {}
            }
        }
    }
    found
}

fn is_of_others(words: &[String]) -> bool {
    OTHERS.iter().any(|other| words.iter().any(|word| word == other))
}

/// Whether a line stands in something else than the story, as classes say.
pub(crate) fn is_elsewhere(page: &Page, line: usize) -> bool {
    let node = page.lines.get(line).map_or(NO_NODE, |line| line.node);
    let classes = |number| {
        let of_class = |(attribute, _): &(Attribute, &[u8])| matches!(attribute, Attribute::Class | Attribute::Id);
        page.nodes.attributes(number).filter(of_class).map(|(_, value)| class_words(std::str::from_utf8(value).unwrap_or_default()))
    };
    page.nodes.up(node).take(AROUND).any(|(number, _)| classes(number).any(|words| is_of_others(&words)))
}

/// Whether a line stands in the topmost heading of a page, or of a part of it.
pub(crate) fn is_top_heading(page: &Page, line: usize) -> bool {
    let node = page.lines.get(line).map_or(NO_NODE, |line| line.node);
    page.nodes.up(node).take(NEAR).any(|(_, node)| node.element == Some(Element::H1))
}

/// The stronger of two; of equals, the one that stands nearer to the line.
fn stronger(known: Option<Mark>, next: Mark) -> Option<Mark> {
    Some(known.filter(|known| known.trust >= next.trust).unwrap_or(next))
}

/// The words of a class, in small letters: `postAuthor`, `entry-date`.
fn class_words(value: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in value.chars() {
        if (!c.is_ascii_alphabetic() || c.is_ascii_uppercase() && was_small) && words.last().is_some_and(|it| !it.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphabetic()) {
            word.push(c.to_ascii_lowercase());
        }
        was_small = c.is_ascii_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::read;

    #[test]
    fn marks_of_lines() {
        let told = |html: &str| mark(&read(html).2, 0).map(|mark| (mark.of, mark.trust));
        for (html, want) in [
            ("<a rel=author href=/x>Nora Quill</a>", Some((FieldName::Byline, 4))),
            ("<p class=entry-authorName><b>Nora Quill</b>", Some((FieldName::Byline, 2))),
            ("<p class=author><span itemprop=datePublished>4 May</span>", Some((FieldName::Published, 4))),
            ("<div class='post-date updated'>4 May</div>", Some((FieldName::Updated, 2))),
            ("<div class=comment-list><p class=author>Nora Quill", None),
            ("<p class=authority>Nora Quill", None),
        ] {
            assert_eq!(told(html), want, "{html}");
        }
    }
}
