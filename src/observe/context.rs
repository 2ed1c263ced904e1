//! The place of a line in its document: the story's core, what stands above, what repeats.

use super::cut::Cut;
use super::look::Facts;
use super::table::{NONE, Table};
use super::vocabulary::Vocabulary;
use super::{Line, bit, bucket};
use crate::evidence::{Cue, Observations, Place};
use crate::text::part::PartOf;
use crate::text::words::{Word, join_hash};

/// What is known of a document before any line is labelled.
pub(super) struct Context<'a> {
    lines: &'a [Line<'a>],
    facts: &'a [Facts],
    contents: &'a [u32],
    room: &'a mut Room,
    /// First and last line of the densest stretch of running text.
    core: Option<(usize, usize)>,
    headline: Option<usize>,
    has_headline: bool,
    given: Option<Given>,
    prose_share: u16,
    clocks: u16,
}

/// Room that is used again for every document.
#[derive(Debug, Default)]
pub(super) struct Room {
    story: Vocabulary,
    headline: Vocabulary,
    seen: Table,
    places: Vec<Places>,
}

/// Features of a line that take a walk over all lines; [`ABSENT`] where there is none.
#[derive(Clone, Copy, Debug)]
struct Places {
    walked: [u16; 5],
    under: [u16; UNDER.len()],
}

struct Given {
    line: Option<u32>,
    text: String,
}

/// The rows "under": which cue opens the section.
const UNDER: [(Cue, Place); 9] = [
    (Cue::Related, Place::UnderRelated),
    (Cue::Comments, Place::UnderComments),
    (Cue::Promo, Place::UnderPromo),
    (Cue::Nav, Place::UnderNav),
    (Cue::Bio, Place::UnderBio),
    (Cue::Share, Place::UnderShare),
    (Cue::Deck, Place::UnderDeck),
    (Cue::Ad, Place::UnderAd),
    (Cue::Legal, Place::UnderLegal),
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

/// Of a given title that is no title but a text, only so many characters are compared with every line.
const LONGEST_TITLE: usize = 400;

/// A line opens like another when so many words are the same.
const OPENING: usize = 5;

/// No feature.
const ABSENT: u16 = u16::MAX;

impl<'a> Context<'a> {
    /// `contents` holds the content words of all lines.
    pub fn new(
        lines: &'a [Line<'a>],
        facts: &'a [Facts],
        contents: &'a [u32],
        title: Option<&str>,
        room: &'a mut Room,
    ) -> Self {
        let core = core(facts);
        let content_of = |i: usize| &contents[facts[i].content.clone()];
        let in_core = core.map_or(0..0, |(first, last)| first..last + 1).filter(|&i| facts[i].prose > 0);
        room.story.reset(in_core.clone().map(|i| content_of(i).len()).sum());
        in_core.for_each(|i| room.story.add(i, content_of(i)));
        let mut own = Vec::new();
        let given = title.map(|title| {
            let title = title.part(..title.char_indices().nth(LONGEST_TITLE).map_or(title.len(), |(at, _)| at));
            let mut cut = Cut::default();
            cut.cut(title);
            own.extend_from_slice(cut.content());
            Given { line: cut.line(), text: title.trim().to_owned() }
        });
        let headline = likeliest_headline(facts, contents, core, &room.story);
        let headline_words = match headline {
            Some(at) if given.is_none() => content_of(at),
            _ => &own,
        };
        room.headline.reset(headline_words.len());
        room.headline.add(0, headline_words);
        let prose = facts.iter().filter(|fact| fact.prose == 2).count();
        let prose_share = match prose * 100 / facts.len().max(1) {
            0 if prose == 0 => 0,
            share => 1 + bucket(share, &[10, 25, 50, 75]),
        };
        room.places.clear();
        room.places.resize(lines.len(), Places { walked: [ABSENT; 5], under: [ABSENT; UNDER.len()] });
        let mut context = Self {
            lines,
            facts,
            contents,
            room,
            core,
            headline,
            has_headline: headline.is_some() || given.is_some(),
            given,
            prose_share,
            clocks: bucket(facts.iter().filter(|fact| fact.clock).count(), &[2, 4]),
        };
        context.distances();
        context.sections();
        context.repeats();
        context
    }

    /// Lines since and until running text.
    fn distances(&mut self) {
        let near = |gap: Option<usize>| gap.map_or(6, |gap| bucket(gap, &[2, 3, 4, 8, 16]));
        let mut last = None;
        for i in 0..self.facts.len() {
            self.room.places[i].walked[0] = Place::ProseBefore.feature(near(last.map(|last| i - last)));
            if self.facts[i].prose == 2 {
                last = Some(i);
            }
        }
        let mut next = None;
        for i in (0..self.facts.len()).rev() {
            self.room.places[i].walked[1] = Place::ProseAfter.feature(near(next.map(|next: usize| next - i)));
            if self.facts[i].prose == 2 {
                next = Some(i);
            }
        }
    }

    /// Lines since a short line that opens a section.
    fn sections(&mut self) {
        let mut opened = [0; UNDER.len()];
        let mut any = 0u32;
        for (i, fact) in self.facts.iter().enumerate() {
            if any != 0 {
                let under = self.room.places[i].under.iter_mut().zip(&UNDER).zip(&opened).enumerate();
                for (_, ((under, (_, row)), at)) in under.filter(|(section, _)| any & 1 << section != 0) {
                    *under = row.feature(bucket(i - at, &[2, 4, 8, 16]));
                }
            }
            if fact.length <= 8 && fact.leads & SECTIONS != 0 {
                for (section, _) in UNDER.iter().enumerate().filter(|(_, (cue, _))| fact.leads & bit(*cue) != 0) {
                    opened[section] = i;
                    any |= 1 << section;
                }
            }
        }
    }

    /// Lines that stand twice or open alike, and rows of lines of one kind.
    fn repeats(&mut self) {
        self.seen_again(2, Place::Repeats, |fact| fact.line);
        self.seen_again(4, Place::Opens, |fact| fact.opening);
        let short = |fact: &Facts| fact.length < 9 && !fact.stops;
        let mut from = 0;
        for i in 1..=self.facts.len() {
            if i < self.facts.len() && short(&self.facts[i]) == short(&self.facts[from]) {
                continue;
            }
            let value =
                if short(&self.facts[from]) { bucket(i - from, &[3, 5, 9, 17]) } else { 5 + bucket(i - from, &[2, 4]) };
            self.room.places[from..i].iter_mut().for_each(|places| places.walked[3] = Place::Run.feature(value));
            from = i;
        }
    }

    /// Whether the same hash stands above or below again.
    fn seen_again(&mut self, slot: usize, row: Place, hash: impl Fn(&Facts) -> Option<u32>) {
        let Room { seen, places, .. } = &mut *self.room;
        seen.reset(self.facts.len());
        for (i, fact) in self.facts.iter().enumerate() {
            let Some(hash) = hash(fact) else { continue };
            let last = std::mem::replace(seen.value(hash), i as u32);
            if last != NONE {
                let above = &mut places[last as usize].walked[slot];
                *above = row.feature(if *above == ABSENT { 1 } else { 2 });
                places[i].walked[slot] = row.feature(0);
            }
        }
    }

    /// Pushes the features of line `i`.
    pub fn observe(&self, i: usize, observations: &mut Observations) {
        let fact = &self.facts[i];
        let content = &self.contents[fact.content.clone()];
        let all = self.facts.len();
        let edge = |n: usize| bucket(n, &[1, 2, 3, 4, 6, 9, 15, 30]);
        let mut features = [0; 32];
        let mut count = 0;
        let mut push = |feature: u16| {
            features[count] = feature;
            count += 1;
        };
        fact.places.iter().for_each(|feature| push(*feature));
        push(Place::FromStart.feature(edge(i)));
        push(Place::FromEnd.feature(edge(all - 1 - i)));
        push(Place::Tenth.feature((i * 10 / all) as u16));
        push(Place::Lines.feature(bucket(all, &[2, 5, 10, 20, 40, 80, 160])));
        push(Place::ProseShare.feature(self.prose_share));
        push(Place::Core.feature(self.core_value(i)));
        let places = &self.room.places[i];
        places.walked.iter().chain(&places.under).filter(|f| **f != ABSENT).for_each(|f| push(*f));
        if fact.clock {
            push(Place::Clocks.feature(self.clocks));
        }
        if let Some(value) = self.rhythm(i) {
            push(Place::Rhythm.feature(value));
        }

        // A line of the core knows its own words: they must stand in another line too.
        let inside = self.core.is_some_and(|(first, last)| (first..=last).contains(&i)) && fact.prose > 0;
        push(Place::Vocabulary.feature(match (content.len(), self.room.story.known(content, inside)) {
            (0, _) => 0,
            (_, 0) => 1,
            (all, known) => 2 + bucket(known * 5, &[all, 2 * all, 3 * all, 4 * all]),
        }));
        if self.has_headline {
            push(Place::Headline.feature(match (content.len(), self.room.headline.known(content, false)) {
                _ if self.headline == Some(i) => 0,
                (0, _) => 1,
                (_, 0) => 2,
                (all, known) if known == all && fact.length > 2 => 6,
                (all, known) => 3 + bucket(known * 3, &[all, 2 * all]),
            }));
        }
        if let Some(given) = &self.given {
            let text = self.lines[i].text;
            if fact.line == given.line {
                push(Place::Given.feature(0));
            } else if given.text.len() >= 12 && text.contains(&given.text) {
                push(Place::Given.feature(1));
            } else if text.len() >= 12 && given.text.contains(text) {
                push(Place::Given.feature(2));
            }
        }
        observations.push_places(i, &features[..count]);
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
        let kind = |at: usize| self.facts.get(at).map(|fact| fact.kind);
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

/// The first words of a line as one hash, when it has so many.
pub(super) fn opening_hash(words: &[Word]) -> Option<u32> {
    Some(words.get(..OPENING)?.iter().fold(OPENING as u32, |hash, word| join_hash(hash, word.hash)))
}

/// The stretch of lines in which running text outweighs the rest most (Kadane's maximal sum).
fn core(facts: &[Facts]) -> Option<(usize, usize)> {
    let mut best: Option<(i64, usize, usize)> = None;
    let (mut sum, mut from) = (0i64, 0);
    for (i, fact) in facts.iter().enumerate() {
        let words = fact.length as i64;
        let furniture = bit(Cue::Related) | bit(Cue::Comments) | bit(Cue::Legal) | bit(Cue::Bio);
        let gain = match fact.prose {
            2 => words.min(60),
            1 => words.min(20) / 2,
            _ if fact.leads & furniture != 0 && fact.length <= 6 => -24,
            _ => -6,
        };
        if sum <= 0 {
            (sum, from) = (0, i);
        }
        sum += gain;
        if gain > 0 && best.is_none_or(|(most, ..)| sum > most) {
            best = Some((sum, from, i));
        }
    }
    best.map(|(_, first, last)| (first, last))
}

/// The line near the top that reads as a headline and shares most words with the core.
fn likeliest_headline(
    facts: &[Facts],
    contents: &[u32],
    core: Option<(usize, usize)>,
    story: &Vocabulary,
) -> Option<usize> {
    let (first, _) = core?;
    let mut best = None;
    for (i, fact) in facts.iter().enumerate().take(first).skip(first.saturating_sub(24)) {
        if !(3..=30).contains(&fact.length) {
            continue;
        }
        let content = &contents[fact.content.clone()];
        let known = story.known(content, false);
        let share = known * 100 / content.len().max(1);
        let score = known.min(6) * share / if fact.stops { 2 } else { 1 };
        if known > 0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, i));
        }
    }
    best.map(|(_, i)| i)
}
