//! The place of a line in its document: the story's core, what stands above, what repeats.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::look::Facts;
use super::vocabulary::{Spread, Vocabulary};
use super::{Line, bit, bucket, words_of};
use crate::evidence::{Cue, Observations, Place};
use crate::text::words::{Word, join_hash, split_words};

/// What is known of a document before any line is labelled.
pub(super) struct Context<'a> {
    lines: &'a [Line<'a>],
    facts: &'a [Facts],
    words: &'a [Word],
    /// First and last line of the densest stretch of running text.
    core: Option<(usize, usize)>,
    story: Vocabulary,
    headline: Option<usize>,
    headline_words: Vocabulary,
    has_headline: bool,
    given: Option<Given>,
    places: Vec<[u16; 5]>,
    under: Vec<[u16; UNDER.len()]>,
    prose_share: u16,
    clocks: u16,
}

struct Given {
    hash: u32,
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

/// Of a given title that is no title but a text, only so many characters are compared with every line.
const LONGEST_TITLE: usize = 400;

/// A line opens like another when so many words are the same.
const OPENING: usize = 5;

/// No feature.
const NONE: u16 = u16::MAX;

impl<'a> Context<'a> {
    pub fn new(lines: &'a [Line<'a>], facts: &'a [Facts], words: &'a [Word], title: Option<&str>) -> Self {
        let core = core(facts);
        let mut story = Vocabulary::default();
        if let Some((first, last)) = core {
            for i in (first..=last).filter(|&i| facts[i].prose > 0) {
                story.add(i, lines[i].text, words_of(&facts[i], words));
            }
        }
        let mut headline_words = Vocabulary::default();
        let mut own = Vec::new();
        let given = title.map(|title| {
            let title = &title[..title.char_indices().nth(LONGEST_TITLE).map_or(title.len(), |(at, _)| at)];
            split_words(title, &mut own);
            headline_words.add(0, title, &own);
            Given { hash: line_hash(&own), text: title.trim().to_owned() }
        });
        let headline = likeliest_headline(lines, facts, words, core, &story);
        if let (Some(at), None) = (headline, &given) {
            headline_words.add(0, lines[at].text, words_of(&facts[at], words));
        }
        let prose = facts.iter().filter(|fact| fact.prose == 2).count();
        let prose_share = match prose * 100 / facts.len().max(1) {
            0 if prose == 0 => 0,
            share => 1 + bucket(share, &[10, 25, 50, 75]),
        };
        let mut context = Self {
            lines,
            facts,
            words,
            core,
            story,
            headline,
            has_headline: headline.is_some() || given.is_some(),
            headline_words,
            given,
            places: vec![[NONE; 5]; lines.len()],
            under: vec![[NONE; UNDER.len()]; lines.len()],
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
            self.places[i][0] = Place::ProseBefore.feature(near(last.map(|last| i - last)));
            if self.facts[i].prose == 2 {
                last = Some(i);
            }
        }
        let mut next = None;
        for i in (0..self.facts.len()).rev() {
            self.places[i][1] = Place::ProseAfter.feature(near(next.map(|next: usize| next - i)));
            if self.facts[i].prose == 2 {
                next = Some(i);
            }
        }
    }

    /// Lines since a short line that opens a section.
    fn sections(&mut self) {
        let mut opened = [None; UNDER.len()];
        for (i, fact) in self.facts.iter().enumerate() {
            for ((cue, row), (opened, under)) in UNDER.iter().zip(opened.iter_mut().zip(&mut self.under[i])) {
                if let Some(at) = *opened {
                    *under = row.feature(bucket(i - at, &[2, 4, 8, 16]));
                }
                if fact.leads & bit(*cue) != 0 && fact.length <= 8 {
                    *opened = Some(i);
                }
            }
        }
    }

    /// Lines that stand twice or open alike, and rows of lines of one kind.
    fn repeats(&mut self) {
        self.seen_again(2, Place::Repeats, 1, |words| words);
        self.seen_again(4, Place::Opens, OPENING, |words| &words[..OPENING]);
        let short = |fact: &Facts| fact.length < 9 && !fact.stops;
        let mut from = 0;
        for i in 1..=self.facts.len() {
            if i < self.facts.len() && short(&self.facts[i]) == short(&self.facts[from]) {
                continue;
            }
            let value =
                if short(&self.facts[from]) { bucket(i - from, &[3, 5, 9, 17]) } else { 5 + bucket(i - from, &[2, 4]) };
            self.places[from..i].iter_mut().for_each(|places| places[3] = Place::Run.feature(value));
            from = i;
        }
    }

    /// For lines of at least `least` words: whether the words that `part` takes of them stand above or below again.
    fn seen_again(&mut self, slot: usize, row: Place, least: usize, part: impl Fn(&[Word]) -> &[Word]) {
        type Seen = HashMap<u32, (usize, usize), BuildHasherDefault<Spread>>;
        let hash = |fact: &Facts| {
            let words = words_of(fact, self.words);
            (words.len() >= least).then(|| line_hash(part(words)))
        };
        let hashes: Vec<_> = self.facts.iter().map(hash).collect();
        let mut seen = Seen::default();
        for (i, hash) in hashes.iter().enumerate() {
            if let Some(hash) = hash {
                seen.entry(*hash).and_modify(|span| span.1 = i).or_insert((i, i));
            }
        }
        for (i, hash) in hashes.iter().enumerate() {
            let Some((first, last)) = hash.and_then(|hash| seen.get(&hash).copied()) else { continue };
            self.places[i][slot] = match (first < i, last > i) {
                (true, true) => row.feature(2),
                (true, false) => row.feature(0),
                (false, true) => row.feature(1),
                (false, false) => NONE,
            };
        }
    }

    /// Pushes the features of line `i`.
    pub fn observe(&self, i: usize, observations: &mut Observations) {
        let fact = &self.facts[i];
        let text = self.lines[i].text;
        let words = words_of(fact, self.words);
        let all = self.facts.len();
        let edge = |n: usize| bucket(n, &[1, 2, 3, 4, 6, 9, 15, 30]);
        observations.push(Place::FromStart.feature(edge(i)));
        observations.push(Place::FromEnd.feature(edge(all - 1 - i)));
        observations.push(Place::Tenth.feature((i * 10 / all) as u16));
        observations.push(Place::Lines.feature(bucket(all, &[2, 5, 10, 20, 40, 80, 160])));
        observations.push(Place::ProseShare.feature(self.prose_share));
        observations.push(Place::Core.feature(self.core_value(i)));
        self.places[i].iter().chain(&self.under[i]).filter(|f| **f != NONE).for_each(|f| observations.push(*f));
        if fact.clock {
            observations.push(Place::Clocks.feature(self.clocks));
        }
        if let Some(value) = self.rhythm(i) {
            observations.push(Place::Rhythm.feature(value));
        }

        // A line of the core knows its own words: they must stand in another line too.
        let inside = self.core.is_some_and(|(first, last)| (first..=last).contains(&i)) && fact.prose > 0;
        let (content, known) = self.story.share(text, words, 1 + u32::from(inside));
        observations.push(Place::Vocabulary.feature(match (content, known) {
            (0, _) => 0,
            (_, 0) => 1,
            _ => 2 + bucket(known * 5, &[content, 2 * content, 3 * content, 4 * content]),
        }));
        if self.has_headline {
            let (content, known) = self.headline_words.share(text, words, 1);
            observations.push(Place::Headline.feature(match (content, known) {
                _ if self.headline == Some(i) => 0,
                (0, _) => 1,
                (_, 0) => 2,
                _ if known == content && fact.length > 2 => 6,
                _ => 3 + bucket(known * 3, &[content, 2 * content]),
            }));
        }
        if let Some(given) = &self.given {
            let value = if line_hash(words) == given.hash {
                Some(0)
            } else if given.text.len() >= 12 && text.contains(&given.text) {
                Some(1)
            } else if text.len() >= 12 && given.text.contains(text) {
                Some(2)
            } else {
                None
            };
            value.into_iter().for_each(|value| observations.push(Place::Given.feature(value)));
        }
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
        let kind = |at: usize| self.facts.get(at).map(|fact| bucket(fact.length, &[3, 7, 15]));
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

/// A line's words as one hash.
fn line_hash(words: &[Word]) -> u32 {
    words.iter().fold(words.len() as u32, |hash, word| join_hash(hash, word.hash))
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
    lines: &[Line<'_>],
    facts: &[Facts],
    words: &[Word],
    core: Option<(usize, usize)>,
    story: &Vocabulary,
) -> Option<usize> {
    let (first, _) = core?;
    let mut best = None;
    for i in first.saturating_sub(24)..first {
        let fact = &facts[i];
        if !(3..=30).contains(&fact.length) {
            continue;
        }
        let (content, known) = story.share(lines[i].text, words_of(fact, words), 1);
        let share = known * 100 / content.max(1);
        let score = known.min(6) * share / if fact.stops { 2 } else { 1 };
        if known > 0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, i));
        }
    }
    best.map(|(_, i)| i)
}
