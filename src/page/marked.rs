//! Lines that the markup says are of an author or a time, by attributes and by the words of classes.

use super::Page;
use super::attributes::Attribute;
use super::names::each_word;
use super::nodes::NO_NODE;
use crate::document::FieldName;
use crate::text::elements::Element;

/// What the elements around a line say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub of: FieldName,
    /// On the scale of what pages say.
    pub trust: u8,
}

/// A relation or property says more than a class.
const PROPERTY: u8 = 4;
pub(crate) const CLASS: u8 = 2;

/// So many elements around a line are asked what it is.
const NEAR: usize = 4;

/// What the elements of a page say.
pub(crate) struct Marks<'p> {
    page: &'p Page,
    /// Of each element.
    own: Vec<Option<Mark>>,
    /// Of each element, whether it is of something else than the story: it, or one that it stands in, is called so.
    elsewhere: Vec<bool>,
}

impl<'p> Marks<'p> {
    /// Reads them once; `story` is a line of the story: what holds it is not something else, whatever it is called.
    pub fn of(page: &'p Page, story: Option<usize>) -> Self {
        let count = page.nodes.len();
        let (mut own, mut elsewhere) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut holds_story = vec![false; count];
        let line = story.and_then(|line| page.lines.get(line));
        for (number, _) in line.into_iter().flat_map(|line| page.nodes.up(line.node)) {
            if let Some(holds) = holds_story.get_mut(number as usize) {
                *holds = true;
            }
        }
        for (number, holds_story) in (0..).zip(holds_story) {
            let (mark, other) = read(page, number);
            let parent = page.nodes.get(number).map_or(NO_NODE, |node| node.parent);
            let around = elsewhere.get(parent as usize).copied().unwrap_or(false);
            own.push(mark);
            elsewhere.push(!holds_story && (other || around));
        }
        Self { page, own, elsewhere }
    }

    /// What a line of this number is, as its elements say: the strongest, and of equals the nearest; nothing where it is of something
    /// else than the story.
    pub fn mark(&self, line: usize) -> Option<Mark> {
        if self.is_elsewhere(line) {
            return None;
        }
        let node = self.page.lines.get(line)?.node;
        let marks = self.page.nodes.up(node).take(NEAR).filter_map(|(number, _)| *self.own.get(number as usize)?);
        marks.reduce(|known, next| if next.trust > known.trust { next } else { known })
    }

    /// Whether a line is of something else than the story, as classes say.
    pub fn is_elsewhere(&self, line: usize) -> bool {
        let node = self.page.lines.get(line).map_or(NO_NODE, |line| line.node);
        self.elsewhere.get(node as usize).copied().unwrap_or(false)
    }
}

/// Whether a line stands in the topmost heading of a page, or of a part of it.
pub(crate) fn is_top_heading(page: &Page, line: usize) -> bool {
    let node = page.lines.get(line).map_or(NO_NODE, |line| line.node);
    page.nodes.up(node).take(NEAR).any(|(_, node)| node.element == Some(Element::H1))
}

/// What an element says of itself, and whether it is called something else than the story.
fn read(page: &Page, node: u32) -> (Option<Mark>, bool) {
    let (mut found, mut other) = (None, false);
    for (attribute, value) in page.nodes.attributes(node) {
        match attribute {
            Attribute::Rel | Attribute::Itemprop | Attribute::Property => {
                for word in value.split(u8::is_ascii_whitespace) {
                    let of = match word.to_ascii_lowercase().as_slice() {
                        b"author" => FieldName::Byline,
                        b"datepublished" => FieldName::Published,
                        b"datemodified" => FieldName::Updated,
                        _ => continue,
                    };
                    found = Some(Mark { of, trust: PROPERTY });
                }
            }
            Attribute::Class | Attribute::Id => {
                each_word(value, |word| match word {
                    // Not "widget" and "card": some builders of pages call all that they place so.
                    "comment" | "comments" | "related" | "teaser" | "sidebar" | "recommended" | "popular"
                    | "testimonial" => other = true,
                    "author" | "authors" | "byline" | "writer" => {
                        found.get_or_insert(Mark { of: FieldName::Byline, trust: CLASS });
                    }
                    "date" | "pubdate" | "published" | "posted" => {
                        found.get_or_insert(Mark { of: FieldName::Published, trust: CLASS });
                    }
                    // "post-date updated"
                    "updated" | "modified" if found.is_none_or(|found| found.trust == CLASS) => {
                        found = Some(Mark { of: FieldName::Updated, trust: CLASS });
                    }
                    _ => {}
                });
            }
            _ => {}
        }
    }
    (found, other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::read;

    #[test]
    fn marks_of_lines() {
        let told = |html: &str| Marks::of(&read(html).2, None).mark(0).map(|mark| (mark.of, mark.trust));
        for (html, want) in [
            ("<a rel=author href=/x>Nora Quill</a>", Some((FieldName::Byline, PROPERTY))),
            ("<p class=entry-authorName><b>Nora Quill</b>", Some((FieldName::Byline, CLASS))),
            ("<p class=author><span itemprop=datePublished>4 May</span>", Some((FieldName::Published, PROPERTY))),
            ("<div class='post-date updated'>4 May</div>", Some((FieldName::Updated, CLASS))),
            ("<div class=comment-list><p class=author>Nora Quill", None),
            ("<p class=authority>Nora Quill", None),
            ("<p class=authoritativelyauthor>Nora Quill", None),
        ] {
            assert_eq!(told(html), want, "{html}");
        }
    }

    #[test]
    fn what_holds_the_story_is_not_elsewhere() {
        let page = read("<body class=has-sidebar><p class=author>Nora Quill</p><p>It rained.</p>").2;
        assert_eq!(Marks::of(&page, None).mark(0), None);
        assert_eq!(Marks::of(&page, Some(1)).mark(0), Some(Mark { of: FieldName::Byline, trust: CLASS }));
    }
}
