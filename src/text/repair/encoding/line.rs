//! One layer of one line: which characters of it are sequences of UTF-8 read in some encoding.
//!
//! A line is read as a chain of stretches that are sound and stretches that are damaged. What stands in a text costs what
//! its characters cost, each behind the one before it (`chars::pair`); damaged stretches cost what their sequences cost
//! when they are read, and something more for being damaged. The cheapest reading is found by going through the line once
//! (Viterbi), with one state for each encoding that fits anywhere.
//!
//! Within a damaged stretch everything outside ASCII is part of a sequence: what spoilt one character spoilt all. So a line
//! that is damaged as a whole needs little evidence, and one that changes between sound and damaged needs more.

use super::chars::{EDGE, ENCODINGS, Set, Tables, WINDOWS_1252, behind, pair, tables};
use super::sequence::{LONGEST, LOST, Sequence, accent, grave_a, may_begin, read};
use super::tables::{CODECS, CURRENCY, HIGH, NO_BREAK, SIGN, SPACE};
use super::{EncodingOptions, Mended, Step};
use crate::text::repair::tape::{self, Run, push};

/// What it costs, in eighths of a bit, that a line is damaged from its start, by encoding.
const WHOLE: [i32; ENCODINGS] = [88, 112, 112, 112, 112, 112, 120, 120, 112, 112];
/// That a line becomes damaged somewhere behind sound characters.
const FIRST: i32 = 108;
/// And that it does so in one encoding behind damage in another.
const OTHER: i32 = 64;
/// That a damaged line becomes sound.
const SOUND: i32 = 44;
/// That it becomes damaged again.
const AGAIN: i32 = 52;
/// That a space was a byte of a longer sequence.
const RESTORED: i32 = 64;
/// That `Ã` stands alone before a word, or `Â` before a sign: no language has them so.
const ALONE: i32 = 64;
/// That a currency sign is part of a sequence of two.
const PRICE: i32 = 64;
/// That a sequence has lost a byte.
const LOSS: i32 = 80;
/// So much that costs are to be made smaller.
const LARGE: i32 = 1 << 24;
/// Out of reach.
const NEVER: i32 = i32::MAX / 4;

/// The states: sound so far; and for each candidate, damaged in that encoding, and sound behind such damage.
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
const _: () = assert!(LONGEST < RING);

/// How a state was reached at a position: by a step of so many characters, or from another state at the same position.
type Way = u8;
const SWITCH: Way = 0x80;

/// One place of a line.
#[derive(Clone, Copy)]
struct Place {
    c: char,
    /// Its byte in the line.
    at: usize,
    /// Whether it is the first of a region; others stand right behind the one before.
    begins: bool,
}

/// The encodings in which some sequence of `line` may be read; most lines have none.
pub(super) fn candidates(line: &str) -> Set {
    let tables = tables();
    let mut found = 0;
    let mut at = 0;
    let bytes = line.as_bytes();
    while let Some(len) = bytes[at..].iter().position(|byte| !byte.is_ascii()) {
        at += len;
        let mut chars = line[at..].chars();
        let (Some(first), second, third) = (chars.next(), chars.next(), chars.next()) else { break };
        found |= may_begin(tables, first, second, third);
        at += first.len_utf8();
    }
    found
}

/// Reads one layer of `line`; `None` when it is best as it is.
pub(super) fn read_layer(line: &str, options: EncodingOptions) -> Option<Mended> {
    let found = candidates(line);
    if found == 0 {
        return None;
    }
    let tables = tables();
    let places = places(line);
    let encodings = distinct(tables, &places, found);
    let chars: Vec<char> = places.iter().map(|place| place.c).collect();
    let search = Search { tables, line, places: &places, chars: &chars, encodings: &encodings, options };
    let reading = search.cheapest()?;
    Some(search.rewrite(&reading))
}

/// The places outside ASCII, with the ASCII right behind that may belong to a sequence.
fn places(line: &str) -> Vec<Place> {
    let mut places = Vec::new();
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(len) = bytes[at..].iter().position(|byte| !byte.is_ascii()) {
        at += len;
        let mut begins = true;
        // How much ASCII may still be taken.
        let mut ahead = 0;
        for c in line[at..].chars() {
            if !c.is_ascii() {
                ahead = 2;
            } else if matches!(c, ' ' | '?') && ahead > 0 {
                ahead -= 1;
            } else {
                break;
            }
            places.push(Place { c, at, begins });
            begins = false;
            at += c.len_utf8();
        }
    }
    places
}

/// The encodings of `found` that read the line in different ways.
fn distinct(tables: &Tables, places: &[Place], found: Set) -> Vec<usize> {
    let like_1252 =
        !places.iter().filter(|place| !place.c.is_ascii()).fold(0, |set, place| set | tables.bytes(place.c).differs);
    let kept = if found & 1 != 0 { found & !like_1252 | 1 } else { found };
    (0..ENCODINGS).filter(|encoding| kept & 1 << encoding != 0).collect()
}

struct Search<'t> {
    tables: &'t Tables,
    line: &'t str,
    places: &'t [Place],
    chars: &'t [char],
    encodings: &'t [usize],
    options: EncodingOptions,
}

/// A sequence to be read, and where it begins, in places.
struct Found {
    place: usize,
    sequence: Sequence,
}

/// The cheapest reading.
struct Reading {
    sequences: Vec<Found>,
    /// The encoding of all of the line, if there is one.
    whole: Option<usize>,
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
    fn cheapest(&self) -> Option<Reading> {
        let states = 1 + 2 * self.encodings.len();
        let mut ways: Vec<Way> = Vec::with_capacity(self.places.len() * states);
        let mut ring = [Front::EMPTY; RING];
        ring[0].cost[UNTOUCHED] = 0;
        for (i, &encoding) in self.encodings.iter().enumerate() {
            ring[0].cost[damaged(i)] = WHOLE[encoding];
        }
        for (place, &Place { c, at, begins }) in self.places.iter().enumerate() {
            let mut here = std::mem::replace(&mut ring[place % RING], Front::EMPTY);
            if begins {
                here.last = [self.left(at); STATES];
            }
            self.switch(&mut here);
            ways.extend_from_slice(&here.way[..states]);
            let ends = self.places.get(place + 1).is_none_or(|next| next.begins);
            let (kind, own) = self.tables.kind(c);
            let next = &mut ring[(place + 1) % RING];
            for state in 0..states {
                if candidate(state).is_none() || c.is_ascii() {
                    let kind = behind(here.last[state], kind);
                    let cost = here.cost[state] + own + pair(here.last[state], kind);
                    next.offer(state, cost, kind, 1);
                }
            }
            if !c.is_ascii() && self.tables.bytes(c).leads() != 0 {
                self.step_over_sequences(place, &here, &mut ring);
            }
            if ends {
                let next = &mut ring[(place + 1) % RING];
                let right = self.line[at + c.len_utf8()..].chars().next().map_or(EDGE, |c| self.tables.kind(c).0);
                for state in 0..states {
                    let last = next.last[state];
                    next.cost[state] = (next.cost[state] + pair(last, behind(last, right))).min(NEVER);
                }
            }
            self.rebase(&mut ring, (place + 1) % RING);
        }
        let last = &ring[self.places.len() % RING];
        let best = (0..states).min_by_key(|&state| last.cost[state])?;
        (best != UNTOUCHED).then(|| self.trace(best, &last.way, &ways, states))
    }

    /// The kind of the character before byte `at`.
    fn left(&self, at: usize) -> u8 {
        let mut before = self.line[..at].chars().rev().map(|c| self.tables.kind(c).0);
        let Some(left) = before.next() else { return EDGE };
        before.next().map_or(left, |first| behind(first, left))
    }

    /// Changes between sound and damaged, in front of a place.
    fn switch(&self, here: &mut Front) {
        if !self.options.decode_inconsistent_utf8 {
            return;
        }
        // The cheapest way to be in a sound stretch, from where any encoding may begin.
        let sound =
            (0..1 + 2 * self.encodings.len()).step_by(2).min_by_key(|&state| here.cost[state]).unwrap_or(UNTOUCHED);
        let before = *here;
        for (i, &encoding) in self.encodings.iter().enumerate() {
            let (bad, again) = (damaged(i), damaged(i) + 1);
            let other = if sound == UNTOUCHED { 0 } else { OTHER };
            let first = before.cost[sound] + FIRST + other + WHOLE[encoding] - WHOLE[WINDOWS_1252];
            here.offer(bad, first, before.last[sound], SWITCH | sound as u8);
            here.offer(bad, before.cost[again] + AGAIN, before.last[again], SWITCH | again as u8);
            here.offer(again, before.cost[bad] + SOUND, before.last[bad], SWITCH | bad as u8);
        }
    }

    fn step_over_sequences(&self, place: usize, here: &Front, ring: &mut [Front; RING]) {
        for (i, &encoding) in self.encodings.iter().enumerate() {
            let state = damaged(i);
            let Some(sequence) = self.sequence(place, encoding) else { continue };
            let (kind, own) = self.tables.kind(sequence.c);
            let kind = behind(here.last[state], kind);
            let cost = here.cost[state] + own + pair(here.last[state], kind) + self.extra(place, &sequence);
            ring[(place + sequence.len) % RING].offer(state, cost, kind, sequence.len as Way);
        }
    }

    /// What a sequence costs that is no plain one.
    fn extra(&self, place: usize, sequence: &Sequence) -> i32 {
        let chars = &self.chars[place..place + sequence.len];
        let before = self.line[..self.places[place].at].chars().next_back();
        let is_word = |c: char| c.is_alphanumeric();
        match sequence.c {
            LOST if chars.last() == Some(&'?') => 0,
            LOST => LOSS,
            'à' if sequence.restored && !before.is_some_and(is_word) => {
                let behind = &self.line[self.places[place].at + "Ã ".len()..];
                if behind.starts_with(|c: char| c.is_lowercase() || c.is_numeric()) { -ALONE } else { 0 }
            }
            _ if sequence.restored && sequence.len > 2 => RESTORED,
            _ if sequence.len != 2 => 0,
            _ => match self.tables.kind(chars[1]).0 {
                CURRENCY if before.is_some_and(is_word) => PRICE,
                CURRENCY | SIGN | NO_BREAK | SPACE if chars[0] == 'Â' && !before.is_some_and(char::is_uppercase) => {
                    -ALONE
                }
                _ => 0,
            },
        }
    }

    fn sequence(&self, place: usize, encoding: usize) -> Option<Sequence> {
        // Up to the end of the region.
        let behind = &self.places[place + 1..];
        let len = 1 + behind.iter().take(LONGEST - 1).take_while(|next| !next.begins).count();
        let chars = &self.chars[place..place + len];
        if chars[0] == 'Ã'
            && encoding == WINDOWS_1252
            && self.options.restore_byte_a0
            && chars.get(1) == Some(&' ')
            && chars.get(2).is_none_or(|c| accent(*c).is_none())
        {
            let (before, behind) = self.line.split_at(self.places[place].at);
            return Some(grave_a(before, &behind['Ã'.len_utf8() + 1..]));
        }
        read(self.tables, chars, encoding, self.options)
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
    fn trace(&self, mut state: usize, last: &[Way; STATES], ways: &[Way], states: usize) -> Reading {
        let mut place = self.places.len();
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
                && !self.chars[place].is_ascii()
            {
                let encoding = self.encodings[i];
                sequences.extend(self.sequence(place, encoding).map(|sequence| Found { place, sequence }));
            }
        }
        sequences.reverse();
        Reading { sequences, whole }
    }

    fn rewrite(&self, reading: &Reading) -> Mended {
        let mut text = String::with_capacity(self.line.len());
        let mut runs = Vec::new();
        let mut copied = 0;
        let copy = |runs: &mut Vec<Run>, text: &mut String, from: usize, to: usize| {
            text.push_str(&self.line[from..to]);
            push(runs, Run { count: to - from, out: 1, src: 1, steps: 0 });
        };
        for Found { place, sequence } in &reading.sequences {
            let start = self.places[*place].at;
            let end = self.places[place + sequence.len - 1];
            let end = end.at + end.c.len_utf8();
            copy(&mut runs, &mut text, copied, start);
            text.push(sequence.c);
            push(&mut runs, Run { count: 1, out: sequence.c.len_utf8(), src: end - start, steps: tape::ENCODING });
            copied = end;
        }
        copy(&mut runs, &mut text, copied, self.line.len());
        Mended { text, runs, plan: self.plan(reading) }
    }

    fn plan(&self, reading: &Reading) -> Vec<Step> {
        let Some(encoding) = reading.whole else { return vec![Step::Apply("decode_inconsistent_utf8")] };
        let mut codec = CODECS[encoding];
        if encoding == WINDOWS_1252 {
            let mut above = self.chars.iter().filter(|c| !c.is_ascii());
            if above.clone().all(|c| *c <= '\u{ff}') {
                codec = "latin-1";
            } else if above.any(|c| matches!(c, '\u{80}'..='\u{9f}') && HIGH[0][*c as usize - 0x80] != *c as u16) {
                // Both at once, which is no encoding.
                return vec![Step::Apply("decode_inconsistent_utf8")];
            }
        }
        let any = |test: fn(&Sequence) -> bool| reading.sequences.iter().any(|found| test(&found.sequence));
        let mut plan = vec![Step::Encode(codec)];
        if any(|sequence| sequence.restored) {
            plan.push(Step::Transcode("restore_byte_a0"));
        }
        if any(|sequence| sequence.c == LOST) {
            plan.push(Step::Transcode("replace_lossy_sequences"));
        }
        plan.push(Step::Decode(if any(|sequence| sequence.variant) { "utf-8-variants" } else { "utf-8" }));
        plan
    }
}
