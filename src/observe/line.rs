//! The features of one line by itself.

use std::ops::Range;

use super::cut::Cut;
use super::shape::Shape;
use super::{bit, bucket};
use crate::features::{ContextFeature, Cue, LineFeature};
use crate::observations::Observations;
use crate::pack::Packs;
use crate::text::kinds::{UPPER, kind};
use crate::text::part::PartOf;
use crate::text::words::Word;

/// A line cut up, and room that is used again for every line.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub cut: Cut,
    head_and_tail: Vec<Word>,
}

/// What the document needs to know of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// Where its content words stand among those of the document.
    pub content: Range<usize>,
    /// The hash of its words, and of the first few when it has more; none when it has no more.
    pub line: Option<u32>,
    pub opening: Option<u32>,
    /// Features that are not observed on its neighbours.
    pub context: [u16; 5],
    /// Words, two characters of an unspaced script counting one.
    pub length: usize,
    /// Which length it has in the rhythm of short lines and long ones.
    pub kind: u16,
    /// 2: running text; 1: nearly; 0: not.
    pub prose: u8,
    /// Nothing but a clock time.
    pub clock: bool,
    /// Ends as a sentence does.
    pub stops: bool,
    /// Cues that are the whole line or open it, a bit each.
    pub leads: u32,
    /// Cues found anywhere.
    pub cues: u32,
}

/// Of longer lines, only this many words from either end are searched for cues.
const HEAD: usize = 20;
const TAIL: usize = 14;

/// Pushes the features that are also observed on the neighbours.
pub(super) fn observe(text: &str, packs: &Packs, scratch: &mut Scratch, observations: &mut Observations) -> Facts {
    let words = &scratch.cut.words;
    let shape = Shape::of(text, &scratch.cut);
    let unspaced = scratch.cut.unspaced;
    let length = words.len() - unspaced / 2;
    let mut facts = Facts {
        length,
        kind: bucket(length, &[3, 7, 15]),
        line: scratch.cut.line(),
        opening: scratch.cut.opening(),
        ..Facts::default()
    };

    // Cues. Lone numbers at either end ("Share 12", "3 comments") are passed over.
    let (cued, small) = cues(packs, scratch, &mut facts, observations);
    let words = &scratch.cut.words;
    let small = (small * 100).checked_div(cued).unwrap_or(0);
    facts.stops = matches!(shape.ends, 0..=3 | 7);
    let spaced_prose = facts.length >= 12 && small >= 12;
    let unspaced_prose = unspaced * 2 > words.len() && facts.length >= 14;
    let other_prose = facts.length >= 16 && scratch.cut.lower * 2 > words.len();
    // A script without case, in a language that may have no pack.
    let caseless = scratch.cut.lower + scratch.cut.upper == 0 && shape.letters > 0;
    let other_prose = other_prose || (caseless && facts.length >= 10);
    facts.prose = match (spaced_prose || unspaced_prose || other_prose, facts.stops) {
        (true, true) => 2,
        (true, false) if facts.length >= 20 => 1,
        _ if facts.stops && facts.length >= 6 => 1,
        _ => 0,
    };

    observations.push_line_feature(
        LineFeature::Words.feature(bucket(facts.length, &[1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 80])),
    );
    if let Some(starts) = shape.starts {
        observations.push_line_feature(LineFeature::Starts.feature(starts));
        observations.push_line_feature(LineFeature::Ends.feature(shape.ends));
    }
    observations.push_line_feature(LineFeature::Case.feature(shape.case(&scratch.cut)));
    observations.push_line_feature(LineFeature::Sentences.feature(shape.sentences.min(3) as u16));
    observations.push_line_feature(LineFeature::Prose.feature(2 - u16::from(facts.prose)));
    facts.clock = shape.is_clock(words.len());
    let mut patterns = shape.patterns;
    if facts.length >= 8 && looks_like_dateline(text, words, shape.dash, facts.cues) {
        patterns |= 1 << 22;
    }
    while patterns != 0 {
        observations.push_line_feature(LineFeature::Pattern.feature(patterns.trailing_zeros() as u16));
        patterns &= patterns - 1;
    }

    let digits = (shape.digits * 10).checked_div(shape.digits + shape.letters).unwrap_or(0);
    let digits = if shape.digits == 0 { 0 } else { 1 + bucket(digits, &[1, 3, 6]) };
    facts.context = [
        ContextFeature::Chars.feature(bucket(shape.chars, &[2, 4, 8, 16, 32, 64, 128, 256, 512])),
        ContextFeature::Digits.feature(digits),
        ContextFeature::Commas.feature(shape.commas.min(3) as u16),
        ContextFeature::Small.feature(if small == 0 { 0 } else { 1 + bucket(small, &[10, 20, 30, 40]) }),
        ContextFeature::Script.feature(shape.script as u16),
    ];
    facts
}

/// Finds the cues of a line: how many words were searched, and how many of them are frequent small words.
fn cues(packs: &Packs, scratch: &mut Scratch, facts: &mut Facts, observations: &mut Observations) -> (usize, usize) {
    let all = scratch.cut.words.len();
    let words = if all > HEAD + TAIL {
        scratch.head_and_tail.clear();
        scratch.head_and_tail.extend_from_slice(&scratch.cut.words[..HEAD]);
        scratch.head_and_tail.extend_from_slice(&scratch.cut.words[all - TAIL..]);
        &scratch.head_and_tail
    } else {
        &scratch.cut.words
    };
    let first = words.iter().position(|word| !word.is_digits()).unwrap_or(0);
    let last = words.iter().rposition(|word| !word.is_digits()).map_or(0, |at| at + 1);
    let mut found = [0u32; 4];
    let mut small = 0;
    packs.cues(words, |cue, at, len| {
        if cue == Cue::Function {
            small += len;
        }
        let place = match (at <= first, at + len >= last) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        found[place] |= bit(cue);
    });
    for (place, mut set) in (0..).zip(found) {
        while set != 0 {
            observations.push_line_feature(Cue::ALL[set.trailing_zeros() as usize].feature(place));
            set &= set - 1;
        }
    }
    facts.leads = found[0] | found[1];
    facts.cues = found.iter().fold(0, |all, set| all | set);
    (words.len(), small)
}

/// A cheap look: capitals, an agency, a month or brackets before a dash or colon near the head of a long line.
fn looks_like_dateline(text: &str, words: &[Word], dash: Option<usize>, cues: u32) -> bool {
    let Some(at) = dash else { return text.starts_with('(') && cues & bit(Cue::Agency) != 0 };
    let place = text.part(..at);
    let first = words.first().map_or("", |word| word.of(text));
    let capitals = first.chars().count() >= 3 && first.chars().all(|c| kind(c) & UPPER != 0);
    at >= 3
        && (capitals
            || place.trim_end().ends_with([')', '/'])
            || (cues & (bit(Cue::Agency) | bit(Cue::Month)) != 0 && place.split_whitespace().count() <= 6)
            || place.starts_with(['【', '［', '(']))
}
