//! Lines that are alike, and whose neighbours are alike: what is worked out for one of them holds for all.
//!
//! A page can hold one line a million times. What is said of a line follows from its own evidence and from that of the lines so
//! far away that they are seen; so lines are put in groups, first by their evidence, then by the groups of the lines around.

use std::collections::HashMap;

use crate::observations::Observations;

/// The groups of the lines of a stretch.
#[derive(Debug)]
pub(super) struct Groups {
    /// Of each line.
    of: Vec<u32>,
    /// A line of each group.
    examples: Vec<usize>,
}

/// Lines are grouped where there are at least so many, and so many times as many as groups.
const FEWEST: usize = 256;
const TIMES: usize = 4;

/// No line.
const NONE: u32 = u32::MAX;

impl Groups {
    /// Lines of the same evidence; none where too few are alike.
    pub fn by_evidence(observed: &Observations) -> Option<Self> {
        let lines = observed.len();
        if lines < FEWEST {
            return None;
        }
        let mut groups = Self { of: Vec::with_capacity(lines), examples: Vec::new() };
        let mut known: HashMap<u64, u32> = HashMap::new();
        for line in 0..lines {
            let alike = line.checked_sub(1).filter(|before| observed.are_alike(*before, line)).map(|at| groups.of[at]);
            let group = match alike {
                Some(group) => group,
                None => {
                    let next = groups.examples.len() as u32;
                    let group = *known.entry(observed.digest(line)).or_insert(next);
                    let example = groups.examples.get(group as usize);
                    // Two that only have the same digest are not alike.
                    if example.is_some_and(|example| observed.are_alike(*example, line)) { group } else { next }
                }
            };
            groups.put(line, group);
            if groups.examples.len() * TIMES > lines {
                return None;
            }
        }
        Some(groups)
    }

    /// Lines of one group, with lines of one group `far` before and after them; none where too few are alike.
    pub fn seeing(&self, far: usize) -> Option<Self> {
        let lines = self.of.len();
        let mut groups = Self { of: Vec::with_capacity(lines), examples: Vec::new() };
        let mut known: HashMap<[u32; 3], u32> = HashMap::new();
        let mut last = ([NONE; 3], 0);
        for line in 0..lines {
            let seen = self.around(line, far);
            if seen != last.0 {
                let next = groups.examples.len() as u32;
                last = (seen, *known.entry(seen).or_insert(next));
            }
            groups.put(line, last.1);
            if groups.examples.len() * TIMES > lines {
                return None;
            }
        }
        Some(groups)
    }

    /// The groups of the lines before, here and after, of which there may be none.
    fn around(&self, line: usize, far: usize) -> [u32; 3] {
        let group = |at: Option<usize>| at.and_then(|at| self.of.get(at)).copied().unwrap_or(NONE);
        [group(line.checked_sub(far)), group(Some(line)), group(line.checked_add(far))]
    }

    /// The same as places among the groups.
    pub fn seen(&self, line: usize, far: usize) -> [Option<usize>; 3] {
        self.around(line, far).map(|group| (group != NONE).then_some(group as usize))
    }

    fn put(&mut self, line: usize, group: u32) {
        self.of.push(group);
        if group as usize == self.examples.len() {
            self.examples.push(line);
        }
    }

    /// The group of a line.
    pub fn of(&self, line: usize) -> usize {
        self.of[line] as usize
    }

    /// A line of each group.
    pub fn examples(&self) -> &[usize] {
        &self.examples
    }
}
