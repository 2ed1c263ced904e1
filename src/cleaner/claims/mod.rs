//! Fields of pages: what a page says of itself, weighed against its lines and against itself.
//!
//! What a page says can be wrong: the description of the whole site, the headline of a teaser, an account for an author, the day on which
//! the page was built. So everything that tells a field is a voice with its trust, voices of different sources that agree are stronger
//! together ([`voices`]), and what cannot be is not heard.

mod addresses;
mod authors;
mod days;
pub(super) mod language;
mod texts;
mod topics;
mod voices;

use std::cell::OnceCell;
use std::collections::HashSet;

use super::prepare::Prepared;
use crate::document::{Blocks, FieldName, Fields};
use crate::fields::Context;
use crate::labels::Label;
use crate::offsets::Span;
use crate::page::marked::{self, CLASS, Mark, Marks};
use crate::page::said::{Claim, Said};
use crate::text::repair::Normalizer;
use crate::text::{address, part::PartOf};

pub(super) use days::day;

/// How far lines are trusted, on the scale of what pages say (src/page/keys.rs).
const LINE: [(FieldName, u8); 5] = [
    (FieldName::Title, 7),
    (FieldName::Byline, 6),
    (FieldName::Published, 6),
    (FieldName::Updated, 6),
    (FieldName::Site, 3),
];
/// The day in the address of a page; what a caller gave.
const ADDRESS: u8 = 4;
const GIVEN: u8 = 9;

fn of_line(field: FieldName) -> u8 {
    LINE.iter().find(|(of, _)| *of == field).map_or(1, |(_, trust)| *trust)
}

/// The things of linked data that are of another story: their headlines are not this one's.
type Others = HashSet<usize>;

/// A page whose lines have been read.
pub(super) struct Page<'p> {
    pub said: &'p Said,
    pub prepared: &'p Prepared<'p>,
    pub blocks: &'p Blocks,
    pub normalizer: &'p Normalizer,
    pub context: &'p Context<'p>,
    /// What its elements say of its lines; found when first asked for.
    pub marks: OnceCell<Marks<'p>>,
    /// Where it stands and when it was published, as given.
    pub source: Option<&'p str>,
    pub published: Option<jiff::civil::Date>,
}

impl<'p> Page<'p> {
    fn claims(&self, of: FieldName) -> impl Iterator<Item = &'p Claim> + use<'p> {
        let said = self.said;
        said.claims.iter().filter(move |claim| claim.of == of)
    }

    /// The claims of a field, but those of other stories.
    fn claims_of_story<'o>(&self, of: FieldName, others: &'o Others) -> impl Iterator<Item = &'p Claim> + use<'p, 'o> {
        self.claims(of).filter(move |claim| claim.thing.is_none_or(|thing| !others.contains(&thing)))
    }

    /// What is written in a claim, repaired, in one line.
    fn text(&self, written: &str) -> String {
        let one_line = written.split_whitespace().collect::<Vec<_>>().join(" ");
        self.normalizer.normalize(&one_line).into_text().trim().to_owned()
    }

    /// The address that was given, if it is one.
    fn address(&self) -> Option<&'p str> {
        self.source.filter(|source| address::is_whole(source))
    }

    /// The texts of the blocks of the story.
    fn story(&self) -> impl Iterator<Item = &'p str> {
        let (blocks, prepared) = (self.blocks, self.prepared);
        blocks.iter().filter(|block| block.kept && block.label == Label::Body).map(|block| prepared.text(block.text))
    }

    /// The first block that does not end before a place of the page.
    fn block_at(&self, place: Span) -> usize {
        self.blocks.spans.partition_point(|block| block.end <= place.start)
    }
}

/// A short line that the markup says is of a field.
struct MarkedLine<'p> {
    mark: Mark,
    text: &'p str,
    /// Where it stands in the input.
    span: Span,
}

/// Longer lines tell no name and no time.
const LONGEST_MARKED_BYTES: usize = 120;

impl<'p> Page<'p> {
    /// Whether a stretch of the repaired text stands in the topmost heading.
    fn is_top_heading(&self, stretch: Span) -> bool {
        let line = self.prepared.page_line(stretch);
        self.prepared.page.as_ref().zip(line).is_some_and(|(page, line)| marked::is_top_heading(page, line))
    }

    /// The only topmost heading, and where it stands in the input.
    fn top_heading(&self) -> Option<(&'p str, Span)> {
        let mut headings = self.blocks.iter().filter(|block| self.is_top_heading(block.text));
        let (heading, more) = (headings.next()?, headings.next());
        more.is_none().then(|| (self.prepared.text(heading.text), heading.span))
    }

    fn marks(&self) -> Option<&Marks<'p>> {
        let page = self.prepared.page.as_ref()?;
        let story = || self.blocks.iter().find(|block| block.kept && block.label == Label::Body);
        Some(self.marks.get_or_init(|| Marks::of(page, story().and_then(|block| self.prepared.page_line(block.text)))))
    }

    /// The lines that the markup says are of a field, but those of other things on the page.
    fn marked(&self, of: FieldName) -> impl Iterator<Item = MarkedLine<'p>> {
        let others = |label| matches!(label, Label::Comments | Label::Related | Label::Nav | Label::Legal | Label::Ad);
        let short = self.blocks.iter().filter(|block| block.text.len() <= LONGEST_MARKED_BYTES);
        short.filter_map(move |block| {
            let mark = self.marks()?.mark(self.prepared.page_line(block.text)?)?;
            let line = MarkedLine { mark, text: self.prepared.text(block.text), span: block.span };
            // A property says what it is wherever it stands.
            (mark.of == of && (mark.trust > CLASS || !others(block.label))).then_some(line)
        })
    }

    /// Whether a place stands in something else than the story: a comment, a teaser.
    fn is_elsewhere(&self, place: Span) -> bool {
        let Some(block) = self.blocks.get(self.block_at(place)) else { return false };
        let by_markup =
            self.marks().zip(self.prepared.page_line(block.text)).map(|(marks, line)| marks.is_elsewhere(line));
        by_markup == Some(true) || matches!(block.label, Label::Comments | Label::Related)
    }
}

/// Fills the fields of a page, its lines' already read, from all that it says.
pub(super) fn fill(page: &Page<'_>, fields: &mut Fields) {
    addresses::url(page, fields);
    texts::site(page, fields);
    let others = &texts::title(page, fields);
    texts::deck(page, fields, others);
    authors::byline(page, fields, others);
    days::published(page, fields, others);
    days::updated(page, fields, others);
    topics::section(page, fields, others);
    topics::tags(page, fields, others);
    addresses::image(page, fields, others);
}

/// Letters and figures in small letters: what ways to write a text have in common.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two texts, by their letters, are one: the same, or one cut short or with something beside it.
fn are_alike(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && (short == long || short.len() >= 12 && short.len() * 2 >= long.len() && long.contains(short))
}

/// The start of a text, of at most so many characters.
fn start(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| text.part(..at))
}
