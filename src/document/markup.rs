//! What a page shows of its text beside the characters: which lines are headings, items and rows, what is emphasized, linked and
//! pictured. A text has none of it.

use serde::{Deserialize, Serialize};

use super::address::resolve;
use crate::offsets::{OffsetMap, Span};

/// The number of none.
pub(crate) const NONE: u32 = u32::MAX;

/// Positions are those of the repaired text; of the page's text until [`Markup::moved`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Markup {
    /// What relative addresses are resolved against.
    pub base: Option<String>,
    /// Where lines begin, and the container that each stands in: of lines that stand in none, the first.
    pub lines: Vec<(u32, u32)>,
    pub containers: Vec<Container>,
    /// Stretches that are emphasized or linked, in order; none holds a line end.
    pub runs: Vec<Run>,
    /// Where the cells of rows begin, in order, and the column of each.
    pub cells: Vec<(u32, u16)>,
    /// White space that stands before a place in text whose white space counts, where it is not a space or a line end alone.
    pub white: Vec<(u32, String)>,
    pub pictures: Vec<Picture>,
    /// Where links and pictures lead, as the page writes it.
    pub addresses: Vec<String>,
}

/// What lines stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Container {
    /// What it stands in itself: one before it, or [`NONE`].
    pub parent: u32,
    pub kind: ContainerKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ContainerKind {
    Quote,
    List,
    /// Of a list that is ordered, with its number.
    Item(Option<u32>),
    /// Of this level, 1 to 6.
    Heading(u8),
    /// Text whose line ends and white space count.
    Pre,
    Table,
    /// Of a table, and whether it heads it.
    Row(bool),
}

/// A stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    pub start: u32,
    pub end: u32,
    pub style: Style,
    /// Where it leads: the number of an address, or [`NONE`]. Each link of the page has a number of its own.
    pub link: u32,
}

/// How text is set: flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Style(u8);

impl Style {
    pub const STRONG: Self = Self(1);
    pub const EMPHASIS: Self = Self(2);
    pub const CODE: Self = Self(4);

    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub const fn but(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What both are.
    pub const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Picture {
    /// It stands before this place: within a line, or between two.
    pub at: u32,
    pub inline: bool,
    /// The number of its address.
    pub address: u32,
    /// What stands for it where it is not seen.
    pub alt: String,
}

/// A link inside a block of a page.
///
/// ```
/// let html = "<base href=https://orla.example/news/><p>The tunnel closes on Monday, <a href=council>the council</a> said.";
/// let document = copydesk::clean_html(html);
/// let links = document.blocks().next().unwrap().links();
/// assert_eq!((&*links[0].text, &*links[0].url), ("the council", "https://orla.example/news/council"));
/// assert_eq!(&html[links[0].span.range()], "the council");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its text, repaired.
    pub text: String,
    /// Where it leads: resolved against the page's `<base>` and the address given with it; as it is written where there is neither.
    pub url: String,
    /// Where its text stands, in the input.
    #[serde(flatten)]
    pub span: Span,
}

impl Markup {
    /// The same with positions of the text that `map` leads back from.
    pub fn moved(mut self, map: &OffsetMap) -> Self {
        let place = |at: &mut u32| *at = u32::try_from(map.place(*at as usize)).unwrap_or(NONE);
        self.lines.iter_mut().for_each(|(at, _)| place(at));
        self.cells.iter_mut().for_each(|(at, _)| place(at));
        self.white.iter_mut().for_each(|(at, _)| place(at));
        self.pictures.iter_mut().for_each(|picture| place(&mut picture.at));
        for run in &mut self.runs {
            place(&mut run.start);
            place(&mut run.end);
        }
        self.runs.retain(|run| run.start < run.end);
        self
    }

    /// The address of that number, resolved.
    pub fn address(&self, at: u32) -> String {
        let address = self.addresses.get(at as usize).map_or("", String::as_str);
        resolve(self.base.as_deref(), address)
    }

    /// The container of the line that a place is in.
    pub fn container(&self, at: usize) -> u32 {
        let before = self.lines.partition_point(|(start, _)| *start as usize <= at);
        before.checked_sub(1).and_then(|line| self.lines.get(line)).map_or(NONE, |(_, container)| *container)
    }

    /// A container and those that it stands in, innermost first.
    pub fn up(&self, at: u32) -> impl Iterator<Item = (u32, ContainerKind)> {
        let get = |at: u32| self.containers.get(at as usize).map(|container| (at, *container));
        // One stands behind what it stands in, so that this ends.
        std::iter::successors(get(at), move |(at, of)| get(of.parent).filter(|(above, _)| above < at))
            .map(|(at, of)| (at, of.kind))
    }

    /// The runs that have some of a stretch.
    pub fn runs_in(&self, span: Span) -> impl Iterator<Item = Run> {
        let first = self.runs.partition_point(|run| run.end as usize <= span.start);
        let of = self.runs.get(first..).unwrap_or_default();
        of.iter().copied().take_while(move |run| (run.start as usize) < span.end)
    }

    /// The links that have some of a stretch, each with its stretch and its number.
    pub fn links_in(&self, span: Span) -> Vec<(Span, u32)> {
        let mut links: Vec<(Span, u32)> = Vec::new();
        for run in self.runs_in(span).filter(|run| run.link != NONE) {
            let part = Span::new((run.start as usize).max(span.start), (run.end as usize).min(span.end));
            match links.last_mut() {
                Some((link, number)) if *number == run.link => link.end = part.end,
                _ => links.push((part, run.link)),
            }
        }
        links
    }

    /// What is known of a stretch alone: its links.
    #[cfg(any(feature = "_state", test))]
    pub fn only(&self, span: Span) -> Self {
        let mut alone = Self { base: self.base.clone(), ..Self::default() };
        for (link, number) in self.links_in(span) {
            let at = alone.addresses.len() as u32;
            alone.addresses.extend(self.addresses.get(number as usize).cloned());
            let (start, end) = ((link.start - span.start) as u32, (link.end - span.start) as u32);
            alone.runs.push(Run { start, end, style: Style::default(), link: at });
        }
        alone
    }

    /// Whether its parts fit together, for a text of so many bytes.
    ///
    /// # Errors
    /// What does not.
    #[cfg(any(feature = "_state", test))]
    pub fn check(&self) -> Result<(), &'static str> {
        use super::valid::ensure;
        ensure(self.lines.is_sorted_by_key(|(at, _)| *at), "its lines are not in order")?;
        ensure(self.cells.is_sorted_by_key(|(at, _)| *at), "its cells are not in order")?;
        ensure(self.white.is_sorted_by_key(|(at, _)| *at), "its white space is not in order")?;
        ensure(self.white.iter().all(|(_, white)| white.trim().is_empty()), "its white space has a character")?;
        ensure(self.pictures.is_sorted_by_key(|picture| picture.at), "its pictures are not in order")?;
        let runs = self.runs.iter().map(|run| (run.start, run.end));
        ensure(runs.clone().all(|(start, end)| start < end), "a run ends before it starts")?;
        ensure(runs.clone().zip(runs.skip(1)).all(|(it, next)| it.1 <= next.0), "its runs are not in order")
    }
}
