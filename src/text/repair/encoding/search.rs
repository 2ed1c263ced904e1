//! The cheapest reading of a line.
//!
//! A line is read as a chain of stretches that are sound and stretches that are damaged. What stands in a text costs what
//! its characters cost, each after the one before it; damaged stretches cost what their sequences cost when they are read,
//! and something more for being damaged. Within a damaged stretch everything outside ASCII is part of a sequence: what
//! spoilt one character spoilt all. So a line that is damaged as a whole needs little evidence, and one that changes between
//! sound and damaged needs more.

use super::chars::{EDGE, ENCODINGS, WINDOWS_1252, after, is_set, pair};
use super::line::{EncodedLine, LineReading, Place, PlacedSequence};
use super::prefilter;
use super::sequence::LONGEST_CHARS;

/// What it costs, in eighths of a bit, that a line is damaged from its start, by encoding.
const WHOLE: [i32; ENCODINGS] = [88, 112, 112, 112, 112, 112, 140, 152, 112, 112];
/// That a line becomes damaged somewhere after sound characters.
const FIRST: i32 = 104;
/// And that it does so in one encoding after damage in another.
const OTHER: i32 = 64;
/// That a damaged line becomes sound.
const SOUND: i32 = 24;
/// That it becomes damaged again.
const AGAIN: i32 = 48;
/// That it changes right after a character outside ASCII.
const MIDDLE: i32 = 56;
/// That it does so beside a mark that programs set for a plain one, sound beside what others spoilt.
const BESIDE_SET: i32 = 16;
/// That no language writes all the letters that are read, when encodings are compared, or all those of a line as it is.
const NO_ALPHABET: i32 = 40;
/// So much that costs are to be made smaller.
const LARGE: i32 = 1 << 24;
/// Out of reach.
const NEVER: i32 = i32::MAX / 4;

/// The states: sound so far; and for each candidate, damaged in that encoding, and sound after such damage.
const STATES: usize = 1 + 2 * ENCODINGS;
const UNTOUCHED: usize = 0;

const fn damaged(candidate: usize) -> usize {
    1 + 2 * candidate
}

/// The candidate of a damaged state.
const fn candidate(state: usize) -> Option<usize> {
    if state % 2 == 1 { Some(state / 2) } else { None }
}

/// Positions whose costs are still needed.
const RING: usize = 8;
const _: () = assert!(LONGEST_CHARS < RING);

/// How a state was reached at a position: by a step of so many characters, or from another state at the same position.
type Way = u8;
const SWITCH: Way = 0x80;

/// The cheapest reading of `line`, when one in some of `encodings` is cheaper than the line as it is.
pub(super) fn cheapest(line: &EncodedLine, encodings: &[usize], parts: bool) -> Option<LineReading> {
    // A line that can be read as a whole needs no search.
    whole(line, encodings).or_else(|| if parts { in_parts(line, encodings) } else { None })
}

/// Whether some language writes all the letters of what a reading makes, or it is to be read again.
fn is_written(line: &EncodedLine, reading: &LineReading) -> bool {
    line.has_alphabet(reading) || prefilter::any(&line.rewrite(reading).text)
}

/// The cheapest encoding in which all of the line can be read.
fn whole(line: &EncodedLine, encodings: &[usize]) -> Option<LineReading> {
    let mut best: Option<(i64, LineReading)> = None;
    for &encoding in encodings {
        if let Some((cost, sequences)) = read_whole(line, encoding) {
            let reading = LineReading { sequences, whole: Some(encoding), cost };
            let cost = if is_written(line, &reading) { cost } else { cost + i64::from(NO_ALPHABET) };
            if best.as_ref().is_none_or(|best| cost < best.0) {
                best = Some((cost, reading));
            }
        }
    }
    let (_, reading) = best?;
    let mut sum = Sum::default();
    for place in 0..line.places.len() {
        sum.begin(line, place);
        sum.add(line.as_it_is(place, sum.last));
        sum.end(line, place);
    }
    (reading.cost < sum.cost).then_some(reading)
}

/// The cheapest reading of parts of the line.
fn in_parts(line: &EncodedLine, encodings: &[usize]) -> Option<LineReading> {
    let reading = match (Search { line, encodings, odds: 0 }.cheapest()) {
        Some(reading) => reading,
        // A line in no one's letters may be damaged so much the rather.
        None if !line.has_alphabet(&LineReading::default()) => {
            let search = Search { line, encodings, odds: NO_ALPHABET };
            return search.cheapest().filter(|reading| line.has_alphabet(reading));
        }
        None => return None,
    };
    if is_written(line, &reading) {
        return Some(reading);
    }
    let is_used = |encoding: &usize| reading.sequences.iter().any(|found| found.encoding == *encoding);
    let others: Vec<usize> = encodings.iter().copied().filter(|encoding| !is_used(encoding)).collect();
    let other = if others.is_empty() { None } else { Search { line, encodings: &others, odds: 0 }.cheapest() };
    let other = other.filter(|other| other.cost < reading.cost + i64::from(NO_ALPHABET) && is_written(line, other));
    other.or(Some(reading))
}

/// What a line costs when all of it is read, and its sequences.
fn read_whole(line: &EncodedLine, encoding: usize) -> Option<(i64, Vec<PlacedSequence>)> {
    let mut sum = Sum { cost: WHOLE[encoding].into(), last: EDGE };
    let mut sequences = Vec::with_capacity(line.places.len() / 2);
    let mut place = 0;
    while place < line.places.len() {
        sum.begin(line, place);
        if line.chars[place].is_ascii() {
            sum.add(line.as_it_is(place, sum.last));
            sum.end(line, place);
            place += 1;
        } else {
            let sequence = line.sequence(place, encoding)?;
            sum.add(line.as_read(place, &sequence, sum.last));
            sum.end(line, place + sequence.len - 1);
            sequences.push(PlacedSequence { place, sequence, encoding });
            place += sequence.len;
        }
    }
    Some((sum.cost, sequences))
}

/// What a stretch costs so far, and the kind of its last character.
#[derive(Default)]
struct Sum {
    cost: i64,
    last: u8,
}

impl Sum {
    fn begin(&mut self, line: &EncodedLine, place: usize) {
        if line.places[place].begins {
            self.last = line.left(line.places[place].at);
        }
    }

    fn add(&mut self, (cost, kind): (i32, u8)) {
        self.cost += i64::from(cost);
        self.last = kind;
    }

    fn end(&mut self, line: &EncodedLine, place: usize) {
        if let Some(right) = line.right(place) {
            self.cost += i64::from(pair(self.last, after(self.last, right)));
        }
    }
}

/// The search for the cheapest chain of stretches (Viterbi), with states for each encoding that fits anywhere.
struct Search<'t> {
    line: &'t EncodedLine<'t>,
    encodings: &'t [usize],
    /// What speaks against the line as it is.
    odds: i32,
}

/// The cheapest ways to one place.
#[derive(Clone, Copy)]
struct Front {
    cost: [i32; STATES],
    /// The kind of the last character.
    last: [u8; STATES],
    way: [Way; STATES],
}

impl Front {
    const EMPTY: Self = Self { cost: [NEVER; STATES], last: [EDGE; STATES], way: [0; STATES] };

    #[inline]
    fn offer(&mut self, state: usize, cost: i32, last: u8, way: Way) {
        if cost < self.cost[state] {
            (self.cost[state], self.last[state], self.way[state]) = (cost, last, way);
        }
    }
}

impl Search<'_> {
    fn cheapest(&self) -> Option<LineReading> {
        let states = 1 + 2 * self.encodings.len();
        let mut ways: Vec<Way> = Vec::with_capacity(self.line.places.len() * states);
        let mut ring = [Front::EMPTY; RING];
        ring[0].cost[UNTOUCHED] = self.odds;
        for (i, &encoding) in self.encodings.iter().enumerate() {
            ring[0].cost[damaged(i)] = WHOLE[encoding];
        }
        for place in 0..self.line.places.len() {
            let mut here = std::mem::replace(&mut ring[place % RING], Front::EMPTY);
            let Place { c, at, begins } = self.line.places[place];
            if begins {
                here.last = [self.line.left(at); STATES];
            }
            let at_word = begins || c.is_ascii() || self.line.chars[place - 1].is_ascii();
            let set = !at_word && (is_set(c) || is_set(self.line.chars[place - 1]));
            self.switch(
                &mut here,
                if at_word {
                    0
                } else if set {
                    BESIDE_SET
                } else {
                    MIDDLE
                },
            );
            ways.extend_from_slice(&here.way[..states]);
            let next = &mut ring[(place + 1) % RING];
            for state in 0..states {
                if candidate(state).is_none() || c.is_ascii() {
                    let (cost, kind) = self.line.as_it_is(place, here.last[state]);
                    next.offer(state, here.cost[state] + cost, kind, 1);
                }
            }
            if self.line.may_begin(place) {
                self.step_over_sequences(place, &here, &mut ring);
            }
            let next = &mut ring[(place + 1) % RING];
            if let Some(right) = self.line.right(place) {
                for (cost, last) in next.cost[..states].iter_mut().zip(next.last) {
                    *cost = (*cost + pair(last, after(last, right))).min(NEVER);
                }
            }
            self.rebase(&mut ring, (place + 1) % RING);
        }
        let last = &ring[self.line.places.len() % RING];
        let best = (0..states).min_by_key(|&state| last.cost[state])?;
        // Against what the line costs as it is, so that the costs of two searches can be compared.
        let cost = i64::from(last.cost[best]) - i64::from(last.cost[UNTOUCHED]);
        (best != UNTOUCHED).then(|| self.trace(best, &last.way, &ways, states, cost))
    }

    /// Changes between sound and damaged, in front of a place.
    fn switch(&self, here: &mut Front, more: i32) {
        // The cheapest way to be in a sound stretch, from where any encoding may begin.
        let sound =
            (0..1 + 2 * self.encodings.len()).step_by(2).min_by_key(|&state| here.cost[state]).unwrap_or(UNTOUCHED);
        let before = *here;
        for (i, &encoding) in self.encodings.iter().enumerate() {
            let (bad, again) = (damaged(i), damaged(i) + 1);
            let other = if sound == UNTOUCHED { 0 } else { OTHER };
            let first = before.cost[sound] + FIRST + more + other + WHOLE[encoding] - WHOLE[WINDOWS_1252];
            here.offer(bad, first, before.last[sound], SWITCH | sound as u8);
            here.offer(bad, before.cost[again] + AGAIN + more, before.last[again], SWITCH | again as u8);
            here.offer(again, before.cost[bad] + SOUND + more, before.last[bad], SWITCH | bad as u8);
        }
    }

    fn step_over_sequences(&self, place: usize, here: &Front, ring: &mut [Front; RING]) {
        for (i, &encoding) in self.encodings.iter().enumerate() {
            let state = damaged(i);
            let Some(sequence) = self.line.sequence(place, encoding) else { continue };
            let (cost, kind) = self.line.as_read(place, &sequence, here.last[state]);
            ring[(place + sequence.len) % RING].offer(state, here.cost[state] + cost, kind, sequence.len as Way);
        }
    }

    /// Keeps costs small, however long the line.
    fn rebase(&self, ring: &mut [Front; RING], next: usize) {
        let least = ring[next].cost[UNTOUCHED];
        if least > LARGE {
            for cost in ring.iter_mut().flat_map(|front| &mut front.cost) {
                *cost = if *cost < NEVER { *cost - least } else { NEVER };
            }
        }
    }

    /// Goes back from the end of the line, where `state` is best.
    fn trace(&self, mut state: usize, last: &[Way; STATES], ways: &[Way], states: usize, cost: i64) -> LineReading {
        let mut place = self.line.places.len();
        let mut sequences = Vec::new();
        let mut whole = candidate(state).map(|i| self.encodings[i]);
        let mut ways_here = last.as_slice();
        while place > 0 {
            let way = ways_here[state];
            if way & SWITCH != 0 {
                state = usize::from(way & !SWITCH);
                whole = None;
                continue;
            }
            place -= usize::from(way);
            ways_here = &ways[place * states..(place + 1) * states];
            // ASCII in a damaged stretch is a step of one character, as a sequence may be: `Ã` before a space.
            if let Some(i) = candidate(state)
                && !self.line.chars[place].is_ascii()
            {
                let encoding = self.encodings[i];
                sequences.extend(self.line.sequence(place, encoding).map(|sequence| PlacedSequence {
                    place,
                    sequence,
                    encoding,
                }));
            }
        }
        sequences.reverse();
        LineReading { sequences, whole, cost }
    }
}
