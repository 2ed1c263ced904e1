//! The place of a line in its document: the story's core, what stands above, what repeats.
//!
//! All lines are seen first, in order, and a few bits of each are kept. From them, and from a look at a stretch of lines, comes
//! what a line's place in the document says of it.

use std::ops::Range;

use super::cut::Cut;
use super::line::Facts;
use super::vocabulary::Vocabulary;
use super::{Lies, Lines, bit, bucket};
use crate::features::{ContextFeature, Cue};
use crate::observations::Observations;
use crate::text::part::PartOf;
use crate::text::table::HashTable;

/// What is known of a document when all its lines have been seen.
pub(super) struct DocumentContext<'a> {
    room: &'a mut Room,
    /// How many lines there are, how many of them are running text, and how many are nothing but a clock time.
    all: usize,
    prose: usize,
    clocks: usize,
    /// How many lines are long, and how many of them end as sentences do.
    long: usize,
    stopped: usize,
    /// How many pieces are not all of their line; the first piece of the line in hand, and where it begins.
    parts: usize,
    line: (usize, usize),
    /// The first and last line of running text.
    prose_ends: Option<(usize, usize)>,
    /// The first line that opens a section, for each kind.
    opened: [Option<usize>; UNDER.len()],
    densest: Densest,
    /// First and last line of the densest stretch of running text.
    core: Option<(usize, usize)>,
    headline: Option<usize>,
    has_headline: bool,
    given: Option<Given>,
}

/// Room that is used again for every document.
#[derive(Debug, Default)]
pub(super) struct Room {
    briefs: Vec<Brief>,
    story: Vocabulary,
    headline: Vocabulary,
    lines: HashTable<NONE>,
    openings: HashTable<NONE>,
    /// What the lines after say of those of a stretch.
    prose_after: Vec<u16>,
}

impl Room {
    /// Gives back what a long document took.
    pub fn shrink(&mut self) {
        self.story.shrink();
        self.headline.shrink();
        if self.briefs.capacity() > super::MANY_LINES {
            self.briefs = Vec::new();
        }
    }
}

/// All that is kept of a line while others are looked at; as in [`Facts`] where nothing is said.
#[derive(Clone, Copy, Debug, Default)]
struct Brief {
    /// The kinds of sections that it opens, a bit each.
    opens: u16,
    kind: u8,
    prose: u8,
    /// One above the value of the rows "repeats" and "opens", 0 for none.
    repeats: u8,
    begins: u8,
    /// Where it lies in its line, one above the value of the row "piece", 0 where it is all of it; and the value of the row
    /// "piece.within".
    piece: u8,
    within: u8,
    /// Short, and no sentence.
    is_short: bool,
    /// Of a headline's length, and whether it ends as a sentence does.
    is_headline: Option<bool>,
}

struct Given {
    line: Option<u32>,
    text: String,
}

/// The rows "under": which cue opens the section.
const UNDER: [(Cue, ContextFeature); 9] = [
    (Cue::Related, ContextFeature::UnderRelated),
    (Cue::Comments, ContextFeature::UnderComments),
    (Cue::Promo, ContextFeature::UnderPromo),
    (Cue::Nav, ContextFeature::UnderNav),
    (Cue::Bio, ContextFeature::UnderBio),
    (Cue::Share, ContextFeature::UnderShare),
    (Cue::Deck, ContextFeature::UnderDeck),
    (Cue::Ad, ContextFeature::UnderAd),
    (Cue::Legal, ContextFeature::UnderLegal),
];

/// The cues of those rows, a bit each.
const SECTIONS: u32 = {
    let mut cues = 0;
    let mut i = 0;
    while i < UNDER.len() {
        cues |= bit(UNDER[i].0);
        i += 1;
    }
    cues
};

/// No line.
const NONE: u32 = u32::MAX;

/// A line of so many words is long.
const LONG: usize = 12;

/// Of a given title that is not a title but a text, only so many characters are compared with every line.
const LONGEST_TITLE_CHARS: usize = 400;

/// No feature tells lines apart that are farther away than this.
const FAR: usize = 17;

impl<'a> DocumentContext<'a> {
    /// Of a document of so many lines, of which none has been seen.
    pub fn new(room: &'a mut Room, all: usize) -> Self {
        room.briefs.clear();
        room.briefs.reserve_exact(all);
        room.lines.reset(all);
        room.openings.reset(all);
        Self {
            room,
            all,
            prose: 0,
            clocks: 0,
            long: 0,
            stopped: 0,
            parts: 0,
            line: (0, 0),
            prose_ends: None,
            opened: [None; UNDER.len()],
            densest: Densest::default(),
            core: None,
            headline: None,
            has_headline: false,
            given: None,
        }
    }

    /// Sees the next line.
    pub fn see(&mut self, fact: &Facts, lies: Lies) {
        let at = self.room.briefs.len();
        if lies.begins {
            self.line = (at, lies.span.start);
        }
        let mut brief = Brief {
            kind: fact.kind as u8,
            prose: fact.prose,
            is_short: fact.length < 9 && !fact.stops,
            is_headline: (3..=30).contains(&fact.length).then_some(fact.stops),
            piece: match (lies.begins, lies.ends) {
                (true, true) => 0,
                (true, false) => 1,
                (false, false) => 2,
                (false, true) => 3,
            },
            ..Brief::default()
        };
        if fact.prose == 2 {
            self.prose += 1;
            self.prose_ends = Some((self.prose_ends.map_or(at, |(first, _)| first), at));
        }
        self.clocks += usize::from(fact.clock);
        self.long += usize::from(fact.length >= LONG);
        self.stopped += usize::from(fact.length >= LONG && fact.stops);
        self.parts += usize::from(brief.piece > 0);
        if fact.length <= 8 && fact.leads & SECTIONS != 0 {
            for (section, (cue, _)) in UNDER.iter().enumerate() {
                if fact.leads & bit(*cue) != 0 {
                    brief.opens |= 1 << section;
                    self.opened[section].get_or_insert(at);
                }
            }
        }
        self.densest.add(at, fact);
        let Room { briefs, lines, openings, .. } = &mut *self.room;
        briefs.push(brief);
        if lies.ends && !lies.begins {
            let within = bucket(lies.span.end - self.line.1, &[100, 200, 400, 800, 1600, 3200]) as u8;
            briefs.iter_mut().skip(self.line.0).for_each(|brief| brief.within = within);
        }
        // Whether the same words stand above or below again.
        again(lines, fact.line, at, briefs, |brief| &mut brief.repeats);
        again(openings, fact.opening, at, briefs, |brief| &mut brief.begins);
    }

    /// All lines have been seen; `content` gives the content words of any of them.
    pub fn settle(&mut self, title: Option<&str>, mut content: impl FnMut(usize, &mut dyn FnMut(&[u32]))) {
        let Room { briefs, story, headline: words, lines, openings, .. } = &mut *self.room;
        lines.shrink();
        openings.shrink();
        self.core = self.densest.found();
        let in_core = self.core.map_or(0..0, |(first, last)| first..last + 1);
        story.reset(in_core.len() * USUAL_WORDS);
        for at in in_core.filter(|at| briefs[*at].prose > 0) {
            content(at, &mut |content| story.add(at, content));
        }
        let mut own = Vec::new();
        self.given = title.map(|title| {
            let title = title.part(..title.char_indices().nth(LONGEST_TITLE_CHARS).map_or(title.len(), |(at, _)| at));
            let mut cut = Cut::default();
            cut.cut(title);
            own.extend_from_slice(cut.content());
            Given { line: cut.line(), text: title.trim().to_owned() }
        });
        // The line near the top that reads as a headline and shares most words with the core.
        let mut best = None;
        let near = self.core.map_or(0..0, |(first, _)| first.saturating_sub(24)..first);
        for at in near {
            let Some(stops) = briefs[at].is_headline else { continue };
            content(at, &mut |content| {
                let known = story.known(content, false);
                let share = known * 100 / content.len().max(1);
                let score = known.min(6) * share / if stops { 2 } else { 1 };
                if known > 0 && best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, at));
                }
            });
        }
        self.headline = best.map(|(_, at)| at);
        self.has_headline = self.headline.is_some() || self.given.is_some();
        if let (Some(at), None) = (self.headline, &self.given) {
            content(at, &mut |content| own.extend_from_slice(content));
        }
        words.reset(own.len());
        words.add(0, &own);
    }

    /// Pushes the features of the lines of a stretch, of which `facts` and `contents` are.
    pub fn observe(
        &mut self,
        stretch: Range<usize>,
        lines: Lines<'_>,
        facts: &[Facts],
        contents: &[u32],
        observations: &mut Observations,
    ) {
        self.look_after(stretch.clone());
        let briefs = &self.room.briefs;
        let is_prose = |at: &usize| briefs.get(*at).is_some_and(|brief| brief.prose == 2);
        let first = self.prose_ends.map(|(first, _)| first).filter(|first| *first < stretch.start);
        let mut last_prose = back(stretch.start).find(is_prose).or(first);
        let mut opened = self.opened_before(stretch.start);
        let mut run = Run::around(briefs, stretch.start);
        let prose_share = match self.prose * 100 / self.all.max(1) {
            0 if self.prose == 0 => 0,
            share => 1 + bucket(share, &[10, 25, 50, 75]),
        };
        let clocks = bucket(self.clocks, &[2, 4]);
        let stops = match (self.stopped * 100).checked_div(self.long) {
            None => 0,
            Some(share) => 1 + bucket(share, &[10, 50, 90]),
        };
        let parts = match self.parts * 100 / self.all.max(1) {
            0 if self.parts == 0 => 0,
            share => 1 + bucket(share, &[25, 75]),
        };
        for (at, fact) in stretch.clone().zip(facts) {
            let Some(brief) = briefs.get(at) else { break };
            let content = contents.get(fact.content.clone()).unwrap_or_default();
            let edge = |n: usize| bucket(n, &[1, 2, 3, 4, 6, 9, 15, 30]);
            let mut features = [0; 40];
            let mut count = 0;
            let mut push = |feature: u16| {
                features[count] = feature;
                count += 1;
            };
            fact.context.iter().for_each(|feature| push(*feature));
            push(ContextFeature::FromStart.feature(edge(at)));
            push(ContextFeature::FromEnd.feature(edge(self.all - 1 - at)));
            push(ContextFeature::Tenth.feature((at * 10 / self.all) as u16));
            push(ContextFeature::Lines.feature(bucket(self.all, &[2, 5, 10, 20, 40, 80, 160])));
            push(ContextFeature::ProseShare.feature(prose_share));
            push(ContextFeature::Stops.feature(stops));
            push(ContextFeature::Parts.feature(parts));
            if let Some(piece) = brief.piece.checked_sub(1) {
                push(ContextFeature::Piece.feature(piece.into()));
                push(ContextFeature::Within.feature(brief.within.into()));
            }
            push(ContextFeature::Core.feature(self.core_value(at)));
            push(ContextFeature::ProseBefore.feature(near(last_prose.map(|last| at - last))));
            push(ContextFeature::ProseAfter.feature(self.room.prose_after[at - stretch.start]));
            if brief.repeats > 0 {
                push(ContextFeature::Repeats.feature(u16::from(brief.repeats) - 1));
            }
            if at >= run.end {
                run = Run::around(briefs, at);
            }
            push(ContextFeature::Run.feature(run.value()));
            if brief.begins > 0 {
                push(ContextFeature::Opens.feature(u16::from(brief.begins) - 1));
            }
            for (opened, (_, row)) in opened.iter().zip(&UNDER) {
                if let Some(opened) = opened {
                    push(row.feature(bucket(at - opened, &[2, 4, 8, 16])));
                }
            }
            if fact.clock {
                push(ContextFeature::Clocks.feature(clocks));
            }
            if let Some(value) = self.rhythm(at) {
                push(ContextFeature::Rhythm.feature(value));
            }
            if brief.prose == 2 {
                last_prose = Some(at);
            }
            if brief.opens != 0 {
                let open = opened.iter_mut().enumerate().filter(|(section, _)| brief.opens & 1 << section != 0);
                open.for_each(|(_, opened)| *opened = Some(at));
            }

            // A line of the core knows its own words: they must stand in another line too.
            let inside = self.core.is_some_and(|(first, last)| (first..=last).contains(&at)) && fact.prose > 0;
            push(ContextFeature::Vocabulary.feature(match (content.len(), self.room.story.known(content, inside)) {
                (0, _) => 0,
                (_, 0) => 1,
                (all, known) => 2 + bucket(known * 5, &[all, 2 * all, 3 * all, 4 * all]),
            }));
            if self.has_headline {
                push(ContextFeature::Headline.feature(
                    match (content.len(), self.room.headline.known(content, false)) {
                        _ if self.headline == Some(at) => 0,
                        (0, _) => 1,
                        (_, 0) => 2,
                        (all, known) if known == all && fact.length > 2 => 6,
                        (all, known) => 3 + bucket(known * 3, &[all, 2 * all]),
                    },
                ));
            }
            if let Some(given) = &self.given {
                let text = lines.get(at).text;
                if fact.line == given.line {
                    push(ContextFeature::Given.feature(0));
                } else if given.text.len() >= 12 && text.contains(&given.text) {
                    push(ContextFeature::Given.feature(1));
                } else if text.len() >= 12 && given.text.contains(text) {
                    push(ContextFeature::Given.feature(2));
                }
            }
            observations.push_context(at - stretch.start, &features[..count]);
        }
    }

    /// What the lines after say of those of a stretch: lines until running text.
    fn look_after(&mut self, stretch: Range<usize>) {
        let Room { briefs, prose_after, .. } = &mut *self.room;
        let is_prose = |at: &usize| briefs.get(*at).is_some_and(|brief| brief.prose == 2);
        let last = self.prose_ends.map(|(_, last)| last).filter(|last| *last >= stretch.end);
        let mut next = (stretch.end..stretch.end + FAR).find(is_prose).or(last);
        prose_after.clear();
        for at in stretch.rev() {
            prose_after.push(near(next.map(|next| next - at)));
            if is_prose(&at) {
                next = Some(at);
            }
        }
        prose_after.reverse();
    }

    /// For each kind of section, the last line before `at` that opens one.
    fn opened_before(&self, at: usize) -> [Option<usize>; UNDER.len()] {
        let opens =
            |at: &usize, section: usize| self.room.briefs.get(*at).is_some_and(|brief| brief.opens & 1 << section != 0);
        std::array::from_fn(|section| {
            let first = self.opened[section].filter(|first| *first < at)?;
            // A line that is far away is as good as any other.
            back(at).find(|at| opens(at, section)).or(Some(first))
        })
    }

    fn core_value(&self, i: usize) -> u16 {
        let Some((first, last)) = self.core else { return 13 };
        let near = |gap: usize| bucket(gap, &[2, 4, 8, 16]);
        match i {
            _ if i < first => 4 - near(first - i),
            _ if i > last => 8 + near(i - last),
            _ if i == first => 5,
            _ if i == last => 7,
            _ => 6,
        }
    }

    /// Whether the kinds of lines alternate around `i`.
    fn rhythm(&self, i: usize) -> Option<u16> {
        let kind = |at: usize| self.room.briefs.get(at).map(|brief| brief.kind);
        let every = |n: usize| i >= n && kind(i - n) == kind(i) && kind(i + n) == kind(i);
        if every(2) && kind(i - 1) == kind(i + 1) && kind(i + 1) != kind(i) {
            Some(0)
        } else if every(3) && kind(i - 1) == kind(i + 2) && (kind(i + 1) != kind(i) || kind(i + 2) != kind(i)) {
            Some(1)
        } else {
            None
        }
    }
}

/// Content words of a line, as they usually are.
const USUAL_WORDS: usize = 16;

/// So much of a row is looked at together.
const LONGEST_RUN_LINES: usize = 1 << 10;

/// The lines before `at` that are not far, the nearest first.
fn back(at: usize) -> impl Iterator<Item = usize> {
    (at.saturating_sub(FAR)..at).rev()
}

/// How near running text is: a value of the rows "prose before" and "prose after".
fn near(gap: Option<usize>) -> u16 {
    gap.map_or(6, |gap| bucket(gap, &[2, 3, 4, 8, 16]))
}

/// Notes in the briefs that the words of line `at` stood above already.
fn again(
    seen: &mut HashTable<NONE>,
    hash: Option<u32>,
    at: usize,
    briefs: &mut [Brief],
    of: impl Fn(&mut Brief) -> &mut u8,
) {
    let Some(hash) = hash else { return };
    let last = std::mem::replace(seen.entry(hash), at as u32);
    if last != NONE {
        if let Some(above) = briefs.get_mut(last as usize).map(&of) {
            *above = if *above == 0 { 2 } else { 3 };
        }
        if let Some(here) = briefs.get_mut(at).map(of) {
            *here = 1;
        }
    }
}

/// A row of lines that are all short or all not; of one that begins or ends far away, the part that is near.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
    is_short: bool,
}

impl Run {
    /// The row that line `at` is in.
    fn around(briefs: &[Brief], at: usize) -> Self {
        let is_short = briefs.get(at).is_some_and(|brief| brief.is_short);
        let same = |at: &usize| briefs.get(*at).is_some_and(|brief| brief.is_short == is_short);
        let start = back(at).take_while(same).last().unwrap_or(at);
        Self { start, end: at + (at..at + LONGEST_RUN_LINES).take_while(same).count(), is_short }
    }

    /// A value of the row "run".
    fn value(self) -> u16 {
        let lines = self.end - self.start;
        if self.is_short { bucket(lines, &[3, 5, 9, 17]) } else { 5 + bucket(lines, &[2, 4]) }
    }
}

/// The stretch of lines in which running text outweighs the rest most (Kadane's maximal sum).
#[derive(Default)]
struct Densest {
    best: Option<(i64, usize, usize)>,
    sum: i64,
    from: usize,
}

impl Densest {
    /// Adds the next line.
    fn add(&mut self, at: usize, fact: &Facts) {
        let words = fact.length as i64;
        let furniture = bit(Cue::Related) | bit(Cue::Comments) | bit(Cue::Legal) | bit(Cue::Bio);
        let gain = match fact.prose {
            2 => words.min(60),
            1 => words.min(20) / 2,
            _ if fact.leads & furniture != 0 && fact.length <= 6 => -24,
            _ => -6,
        };
        if self.sum <= 0 {
            (self.sum, self.from) = (0, at);
        }
        self.sum += gain;
        if gain > 0 && self.best.is_none_or(|(most, ..)| self.sum > most) {
            self.best = Some((self.sum, self.from, at));
        }
    }

    /// Its first and last line.
    fn found(&self) -> Option<(usize, usize)> {
        self.best.map(|(_, first, last)| (first, last))
    }
}
