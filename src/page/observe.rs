//! What a page shows of each line, beside the words of the line: evidence for its label.
//!
//! Every family of evidence stands in one table, and takes values that are words. Which of them count, and for what, is learnt, and
//! stands in the lexicon of the model: so no element, class or attribute decides anything by itself.

use std::collections::{HashMap, HashSet};

use super::Page;
use super::attributes::Attribute;
use super::lines::Line;
use super::names::Names;
use super::nodes::NO_NODE;
use super::said::Said;
use crate::document::Shares;
use crate::features::PageFamily as Family;
use crate::labels::Label;
use crate::text::elements::{Element, Kind};
use crate::text::words::{Word, hash_form, split_words};
use crate::weights::value_hash;

/// What pages show of lines: values of families, by their hashes.
pub(crate) struct Observed {
    hashes: Vec<u32>,
    ends: Vec<usize>,
    /// As they are written, for training.
    spelled: Option<Vec<String>>,
    /// The hashes of the names of the families.
    families: [u32; Family::ALL.len()],
}

impl Observed {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn range(&self, line: usize) -> std::ops::Range<usize> {
        let start = line.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[line]
    }

    pub fn of(&self, line: usize) -> &[u32] {
        &self.hashes[self.range(line)]
    }

    pub fn spelled(&self, line: usize) -> &[String] {
        self.spelled.as_ref().map_or(&[], |spelled| &spelled[self.range(line)])
    }

    fn add(&mut self, family: Family, value: &str) {
        self.add_hashed(family, value, hash_form(value));
    }

    /// The same of a value whose hash is known.
    fn add_hashed(&mut self, family: Family, value: &str, hash: u32) {
        self.hashes.push(value_hash(self.families[family as usize], hash));
        if let Some(spelled) = &mut self.spelled {
            spelled.push(format!("{}={value}", Family::ALL[family as usize].0));
        }
    }
}

/// One line, or a part of one, as the words alone have it labelled.
pub(crate) struct Piece<'a> {
    pub text: &'a str,
    /// Its line, by number, and whether it is all of it.
    pub line: usize,
    pub whole: bool,
    pub shares: &'a Shares,
}

impl Piece<'_> {
    /// How likely it is of the story.
    fn kept(&self) -> f32 {
        self.shares.get(Label::Body) + self.shares.get(Label::Heading)
    }

    /// About how many words it has.
    fn weight(&self) -> f32 {
        self.text.len() as f32
    }
}

/// What is known of an element from the lines in it.
#[derive(Clone, Copy)]
struct Sums {
    bytes: f32,
    linked: f32,
    /// Bytes expected to be of the story.
    story: f32,
    /// The first and the last line in it.
    first: u32,
    last: u32,
}

impl Default for Sums {
    fn default() -> Self {
        Self { bytes: 0.0, linked: 0.0, story: 0.0, first: u32::MAX, last: 0 }
    }
}

/// What the page shows of each piece.
pub(crate) fn observe(page: &Page, pieces: &[Piece<'_>], spelled: bool) -> Observed {
    let mut observed = Observed {
        hashes: Vec::with_capacity(pieces.len() * 64),
        ends: Vec::with_capacity(pieces.len()),
        spelled: spelled.then(Vec::new),
        families: std::array::from_fn(|family| hash_form(Family::ALL[family].0)),
    };
    let whole = Whole::of(page, pieces);
    let mut names = Names::of_page(page, spelled);
    let mut room = Room::default();
    for piece in pieces {
        if let (Some(place), Some(line)) = (whole.places.get(piece.line), page.lines.get(piece.line)) {
            whole.elements(line, place, &mut names, &mut observed);
            whole.surroundings(piece, line, place, &mut observed);
            whole.alike(piece, place, &mut observed);
            whole.position(piece, line, &mut observed);
            whole.told.tell(piece, place, &mut room, &mut observed);
            whole.talk(piece, &mut observed);
            let length = LENGTHS[bucket(piece.text.len() as u32, &[20, 50, 100, 200, 400])];
            observed.add(Family::Form, &format!("{} {length}", place.element));
            if !piece.whole {
                observed.add(Family::Piece, "part");
            }
        }
        observed.ends.push(observed.hashes.len());
    }
    observed
}

/// Used again for every piece.
#[derive(Default)]
struct Room {
    words: Vec<Word>,
    hashes: Vec<u32>,
    set: Vec<u32>,
}

const LENGTHS: [&str; 6] = ["0", "1", "2", "3", "4", "5"];

/// What is known of the page as a whole.
struct Whole<'p> {
    page: &'p Page,
    told: Told,
    kinds: &'p [String],
    /// Of each line.
    places: Vec<Place>,
    /// Of each element.
    sums: Vec<Sums>,
    /// Pieces by their signature: how many there are, and how many of them are expected to be of the story.
    alike: HashMap<u64, (u32, f32)>,
    core: u32,
    /// The first and last line in the core.
    core_lines: Option<(usize, usize)>,
    first_heading: Option<usize>,
    talk: &'static str,
}

impl<'p> Whole<'p> {
    fn of(page: &'p Page, pieces: &[Piece<'_>]) -> Self {
        let said = &page.said;
        let places: Vec<Place> = page.lines.iter().map(|line| Place::of(page, line.node)).collect();
        let mut alike: HashMap<u64, (u32, f32)> = HashMap::new();
        for piece in pieces {
            if let Some(place) = places.get(piece.line) {
                let (count, kept) = alike.entry(place.signature).or_default();
                *count += 1;
                *kept += piece.kept();
            }
        }
        let sums = sums(page, pieces);
        let core = core(page, &sums);
        Self {
            told: Told::of(said, page),
            kinds: &said.kinds,
            first_heading: places.iter().position(|place| place.element == "h1"),
            core_lines: core_lines(page, core),
            talk: talk(pieces),
            page,
            places,
            sums,
            alike,
            core,
        }
    }

    /// The elements that a line stands in, and the words of their classes.
    fn elements(&self, line: &Line, place: &Place, names: &mut Names, observed: &mut Observed) {
        observed.add(Family::Element, place.element);
        observed.add(Family::Inline, place.inline);
        let mut seen = [false; Element::COUNT];
        for (at, (number, node)) in self.page.nodes.up(line.node).take(FURTHEST).enumerate() {
            if let Some(element) = node.element {
                let seen = &mut seen[element as usize];
                if !*seen && number != place.block {
                    observed.add(Family::Within, element.name());
                }
                *seen = true;
            }
            let family = match at {
                _ if at <= place.blocks => Family::Class,
                _ if at <= place.blocks + 2 => Family::ClassNear,
                _ => Family::ClassAround,
            };
            for (hash, name) in names.of(self.page, number) {
                observed.add_hashed(family, name, hash);
            }
        }
        if self.page.nodes.is_hidden(line.node) {
            observed.add(Family::Hidden, "hidden");
        }
        for (hash, name) in names.of(self.page, line.link) {
            observed.add_hashed(Family::Link, name, hash);
        }
    }

    /// Links, bold text, pictures, and the story, in a line and in the elements around its block.
    fn surroundings(&self, piece: &Piece<'_>, line: &Line, place: &Place, observed: &mut Observed) {
        let length = line.span.len().max(1) as f32;
        observed.add(Family::Linked, share(line.linked as f32 / length));
        let around = self.page.nodes.get(place.block).map_or(NO_NODE, |node| node.parent);
        let further = up(self.page, around, 2);
        for (node, linked, story) in
            [(around, Family::LinkedBox, Family::Box), (further, Family::LinkedBoxes, Family::Boxes)]
        {
            let sums = self.sums.get(node as usize).copied().unwrap_or_default();
            let bytes = sums.bytes.max(1.0);
            observed.add(linked, share(sums.linked / bytes));
            observed.add(story, tenth(sums.story / bytes));
        }
        if let Some(sums) = self.sums.get(around as usize) {
            let order = match (piece.line == sums.first as usize, piece.line == sums.last as usize) {
                (true, true) => "only",
                (true, false) => "first",
                (false, true) => "last",
                (false, false) => "amid",
            };
            observed.add(Family::Order, order);
        }
        observed.add(Family::Strong, share(line.strong as f32 / length));
        observed.add(Family::Images, ["0", "1", "2", "more"][usize::from(line.images).min(3)]);
    }

    /// The lines in elements of the same kind.
    fn alike(&self, piece: &Piece<'_>, place: &Place, observed: &mut Observed) {
        let (count, kept) = self.alike.get(&place.signature).copied().unwrap_or((1, 0.0));
        let counts = ["1", "2", "3 or 4", "5 to 9", "10 to 29", "30 or more"];
        observed.add(Family::Alike, counts[bucket(count, &[2, 3, 5, 10, 30])]);
        if count >= 3 {
            // The others, without it.
            observed.add(Family::AlikeKept, tenth((kept - piece.kept()) / (count - 1) as f32));
        }
    }

    /// Where a line stands on the page, and what kind of page it is.
    fn position(&self, piece: &Piece<'_>, line: &Line, observed: &mut Observed) {
        observed.add(Family::Core, where_to_core(self.page, line.node, self.core, piece.line, self.core_lines));
        for kind in self.kinds {
            observed.add(Family::Kind, kind);
        }
        let tenths = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
        observed.add(Family::Tenth, tenths[piece.line * 10 / self.page.lines.len().max(1)]);
        observed.add(Family::Heading, since(self.first_heading, piece.line));
    }

    /// Whether it is a comment, by its words, and whether the page has much else.
    fn talk(&self, piece: &Piece<'_>, observed: &mut Observed) {
        observed.add(Family::Talk, self.talk);
        if piece.shares.get(Label::Comments) >= LIKELY_COMMENT {
            observed.add(Family::Talk, &format!("comment {}", self.talk));
        }
    }
}

/// From this probability on the words say that it is a comment.
const LIKELY_COMMENT: f32 = 0.4;

/// How much of the story and the comments is comments: a forum has nothing else.
fn talk(pieces: &[Piece<'_>]) -> &'static str {
    let (mut comments, mut story) = (0.0, 0.0);
    for piece in pieces {
        comments += piece.weight() * piece.shares.get(Label::Comments);
        story += piece.weight() * piece.kept();
    }
    tenth(comments / (comments + story).max(1.0))
}

/// So many elements around a line are looked at.
const FURTHEST: usize = 24;

/// Where a line stands.
struct Place {
    /// The block, by number and name.
    block: u32,
    element: &'static str,
    /// The element in the block that all of the line stands in.
    inline: &'static str,
    /// How many elements stand between the line and the block.
    blocks: usize,
    /// What lines in the same kind of element have in common.
    signature: u64,
}

impl Place {
    fn of(page: &Page, node: u32) -> Self {
        let mut place = Self { block: NO_NODE, element: "none", inline: "none", blocks: 0, signature: 0 };
        let mut beyond = 0;
        let mut signature: u64 = 0xcbf2_9ce4_8422_2325;
        let mut mix = |bytes: &[u8]| {
            for byte in bytes.iter().chain([&b'/']) {
                signature = (signature ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        };
        for (at, (number, node)) in page.nodes.up(node).enumerate() {
            let name = node.element.map_or("custom", |element| element.name());
            mix(name.as_bytes());
            for (attribute, value) in page.nodes.attributes(number) {
                if attribute == Attribute::Class {
                    mix(value);
                }
            }
            let is_block = node.element.is_some_and(|element| element.is(Kind::BLOCK));
            if place.block == NO_NODE {
                if is_block {
                    (place.block, place.element, place.blocks) = (number, name, at);
                } else if at == 0 {
                    place.inline = name;
                }
            } else {
                beyond += 1;
            }
            if beyond >= 2 {
                break;
            }
        }
        place.signature = signature;
        place
    }
}

/// The element so many further out.
fn up(page: &Page, node: u32, steps: usize) -> u32 {
    page.nodes.up(node).nth(steps).map_or(NO_NODE, |(at, _)| at)
}

/// What stands in each element.
fn sums(page: &Page, pieces: &[Piece<'_>]) -> Vec<Sums> {
    let mut sums = vec![Sums::default(); page.nodes.len()];
    for piece in pieces {
        let Some(line) = page.lines.get(piece.line) else { continue };
        let Some(sum) = sums.get_mut(line.node as usize) else { continue };
        let share = piece.weight() / line.span.len().max(1) as f32;
        sum.bytes += piece.weight();
        sum.linked += line.linked as f32 * share;
        sum.story += piece.weight() * piece.kept();
        sum.first = sum.first.min(piece.line as u32);
        sum.last = sum.last.max(piece.line as u32);
    }
    // An element stands behind those that it stands in.
    for at in (0..sums.len()).rev() {
        let own = sums[at];
        let parent = page.nodes.get(at as u32).map_or(NO_NODE, |node| node.parent);
        if let Some(sum) = sums.get_mut(parent as usize) {
            sum.bytes += own.bytes;
            sum.linked += own.linked;
            sum.story += own.story;
            sum.first = sum.first.min(own.first);
            sum.last = sum.last.max(own.last);
        }
    }
    sums
}

/// Of the story that words expect, so much stands in its core.
const CORE: f32 = 0.85;

/// The innermost element that holds most of the story.
fn core(page: &Page, sums: &[Sums]) -> u32 {
    let whole: f32 = sums
        .iter()
        .zip(0..)
        .filter(|(_, at)| page.nodes.get(*at).is_some_and(|node| node.parent == NO_NODE))
        .map(|(sum, _)| sum.story)
        .sum();
    let holds = |at: &u32| sums[*at as usize].story >= CORE * whole;
    (0..sums.len() as u32)
        .filter(|at| whole > 0.0 && holds(at))
        .max_by_key(|at| page.nodes.get(*at).map(|node| node.depth))
        .unwrap_or(NO_NODE)
}

/// The first and last line in the core.
fn core_lines(page: &Page, core: u32) -> Option<(usize, usize)> {
    let inside = |node: u32| page.nodes.up(node).any(|(at, _)| at == core);
    let first = page.lines.iter().position(|line| inside(line.node))?;
    let last = page.lines.iter().rposition(|line| inside(line.node))?;
    Some((first, last))
}

fn where_to_core(page: &Page, node: u32, core: u32, line: usize, lines: Option<(usize, usize)>) -> &'static str {
    let Some((first, last)) = lines else { return "there is none" };
    if let Some(depth) = page.nodes.up(node).position(|(at, _)| at == core) {
        return ["it", "in it", "2 deep", "3 deep", "4 or 5 deep", "deeper"][bucket(depth as u32, &[1, 2, 3, 4, 6])];
    }
    let common = page.nodes.common(node, core);
    let out = page.nodes.up(core).position(|(at, _)| at == common).unwrap_or(9);
    let near = out <= 2;
    match (line < first, line > last, near) {
        (true, _, true) => "just before",
        (true, _, false) => "before",
        (_, true, true) => "just after",
        (_, true, false) => "after",
        _ => "amid",
    }
}

fn bucket(n: u32, bounds: &[u32]) -> usize {
    bounds.partition_point(|bound| *bound <= n)
}

fn share(share: f32) -> &'static str {
    match share {
        share if share <= 0.0 => "none",
        share if share < 0.2 => "a little",
        share if share < 0.5 => "some",
        share if share < 0.9 => "most",
        _ => "all",
    }
}

fn tenth(share: f32) -> &'static str {
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"][((share * 10.0 + 0.5) as usize).min(10)]
}

fn since(first: Option<usize>, line: usize) -> &'static str {
    let Some(first) = first else { return "there is none" };
    if line < first {
        return ["just before", "before"][usize::from(first - line > 3)];
    }
    ["it", "1", "2 to 4", "5 to 9", "more"][bucket((line - first) as u32, &[1, 2, 5, 10])]
}

/// What the page says of its story, made ready to be compared with lines.
struct Told {
    headlines: Vec<Vec<u32>>,
    descriptions: Vec<Vec<u32>>,
    authors: Vec<Vec<u32>>,
    /// Four words in a row of the story.
    article: Option<HashSet<u64>>,
    captions: HashSet<u64>,
}

/// A story of fewer words is no story.
const SHORTEST_ARTICLE_WORDS: usize = 40;

impl Told {
    fn of(said: &Said, page: &Page) -> Self {
        let sets = |texts: &[String]| texts.iter().map(|text| word_set(text)).filter(|set| !set.is_empty()).collect();
        let article = said.body.as_ref().map(|body| words(body)).filter(|words| words.len() >= SHORTEST_ARTICLE_WORDS);
        Self {
            headlines: sets(&said.headlines),
            descriptions: sets(&said.descriptions),
            authors: sets(&said.authors),
            article: article.map(|words| shingles(&words).collect()),
            captions: said.captions.iter().chain(&page.alts).map(|text| whole(&words(text))).collect(),
        }
    }

    fn tell(&self, piece: &Piece<'_>, place: &Place, room: &mut Room, observed: &mut Observed) {
        let Room { words: split, hashes: words, set, .. } = room;
        split_words(piece.text, split);
        words.clear();
        words.extend(split.iter().map(|word| word.hash));
        set.clone_from(words);
        set.sort_unstable();
        set.dedup();
        let likest = |texts: &[Vec<u32>]| texts.iter().map(|text| likeness(set, text)).max().unwrap_or(0);
        if !self.headlines.is_empty() {
            observed.add(Family::Title, LIKENESS[likest(&self.headlines)]);
        }
        if !self.descriptions.is_empty() {
            observed.add(Family::Description, LIKENESS[likest(&self.descriptions)]);
        }
        let named = |author: &Vec<u32>| author.len() >= 2 && author.iter().all(|word| set.binary_search(word).is_ok());
        if self.authors.iter().any(named) {
            observed.add(Family::Author, if set.len() <= 8 { "it and little more" } else { "among others" });
        }
        if words.len() >= 3 && self.captions.contains(&whole(words)) {
            observed.add(Family::Caption, "same");
        }
        if let Some(article) = &self.article {
            let (mut all, mut found) = (0, 0);
            for shingle in shingles(words) {
                all += 1;
                found += usize::from(article.contains(&shingle));
            }
            let value = match (all, found * 10) {
                (0, _) => "too short",
                (all, found) if found >= all * 8 => "all",
                (all, found) if found >= all * 3 => "some",
                _ => "none",
            };
            observed.add(Family::Article, value);
            let of_element = format!("{value} {}", place.element);
            observed.add(Family::Article, &of_element);
        }
    }
}

const LIKENESS: [&str; 5] = ["none", "a little", "part of it", "holds it", "the same"];

/// How like a line is to a text, both by their words, in order: an index of [`LIKENESS`].
fn likeness(line: &[u32], text: &[u32]) -> usize {
    let common = line.iter().filter(|word| text.binary_search(word).is_ok()).count();
    let (of_line, of_text) = (common as f32 / line.len().max(1) as f32, common as f32 / text.len().max(1) as f32);
    match (of_line, of_text) {
        (line, text) if line >= 0.8 && text >= 0.8 => 4,
        (_, text) if text >= 0.8 && common >= 3 => 3,
        (line, _) if line >= 0.8 && common >= 3 => 2,
        (line, text) if line.max(text) >= 0.4 && common >= 3 => 1,
        _ => 0,
    }
}

fn words(text: &str) -> Vec<u32> {
    let mut words = Vec::new();
    split_words(text, &mut words);
    words.iter().map(|word| word.hash).collect()
}

fn word_set(text: &str) -> Vec<u32> {
    let mut set = words(text);
    set.sort_unstable();
    set.dedup();
    set
}

/// A number for words in a row.
fn whole(words: &[u32]) -> u64 {
    words.iter().fold(0, |sum: u64, word| (sum.rotate_left(7) ^ u64::from(*word)).wrapping_mul(0x517c_c1b7_2722_0a95))
}

/// Four words in a row.
fn shingles(words: &[u32]) -> impl Iterator<Item = u64> {
    words.windows(4).map(whole)
}
