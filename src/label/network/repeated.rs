//! The network over a stretch in which most lines are like others: each vector is worked out once for all lines that have it.

use super::{Chosen, Runner, TOGETHER, Taps};
use crate::label::alike::Groups;
use crate::label::score::Scores;
use crate::observations::Observations;
use crate::weights::LANES;

impl Runner {
    /// The groups of lines that have the same vectors after each layer, of lines with the same evidence; none where too few are
    /// alike.
    pub fn groups(&self, alike: &Groups) -> Option<Vec<Groups>> {
        let mut layers: Vec<Groups> = Vec::with_capacity(self.taps.len());
        for taps in &self.taps {
            let next = layers.last().unwrap_or(alike).seeing(taps.far)?;
            layers.push(next);
        }
        Some(layers)
    }

    /// What the evidence of some lines and their neighbours adds to the lines' scores by itself.
    pub fn add_wide_of(&self, observed: &Observations, lines: &[usize], scores: &mut [Scores]) {
        let mut chosen = Chosen::default();
        for (line, scores) in lines.iter().zip(scores) {
            // The line stands in the middle of five, of which its neighbours tell it what they show.
            let mut five = [[0; LANES]; 5];
            for (place, at) in [(1, line.checked_sub(1)), (2, Some(*line)), (3, Some(line + 1))] {
                if let Some(at) = at.filter(|at| *at < observed.len()) {
                    self.choose(observed, at, &mut chosen);
                    self.add_wide(&chosen, place, &mut five);
                }
            }
            (0..LANES).for_each(|i| scores[i] += five[2][i]);
        }
    }

    /// What the layers make of the groups of lines: scores of the groups after the last of them.
    pub fn scores_of(&self, observed: &Observations, alike: &Groups, layers: &[Groups]) -> Vec<Scores> {
        let width = self.network.width;
        let first = self.first_vectors_of(observed, alike.examples());
        let (mut last, mut before) = (first.clone(), alike);
        for (taps, groups) in self.taps.iter().zip(layers) {
            last = self.look_around_of(taps, &last, before, groups);
            before = groups;
        }
        let firsts = before.examples().iter().flat_map(|line| &first[alike.of(*line) * width..][..width]);
        let firsts: Vec<i16> = firsts.copied().collect();
        let mut scores = vec![[0; LANES]; before.examples().len()];
        self.add_last(&firsts, &last, &mut scores);
        scores
    }

    /// The first vectors of some lines.
    fn first_vectors_of(&self, observed: &Observations, lines: &[usize]) -> Vec<i16> {
        let mut vectors = Vec::with_capacity(lines.len() * self.network.width);
        let mut chosen = Chosen::default();
        let (mut bags, mut sums) = (Vec::new(), Vec::new());
        for lines in lines.chunks(TOGETHER) {
            bags.resize(lines.len() * self.network.bag, 0);
            for (line, bag) in lines.iter().zip(bags.chunks_exact_mut(self.network.bag)) {
                self.choose(observed, *line, &mut chosen);
                self.fill_bag(&chosen, bag);
            }
            self.first_of(&bags, &mut sums, &mut vectors);
        }
        vectors
    }

    /// A layer that looks around: the vectors of `groups`, from those of the groups before it.
    fn look_around_of(&self, taps: &Taps, vectors: &[i16], before: &Groups, groups: &Groups) -> Vec<i16> {
        let width = self.network.width;
        let mut made = Vec::with_capacity(groups.examples().len() * width);
        let (mut seen, mut sums) = ([const { Vec::new() }; 3], Vec::new());
        for lines in groups.examples().chunks(TOGETHER) {
            seen.iter_mut().for_each(Vec::clear);
            for line in lines {
                for (seen, group) in seen.iter_mut().zip(before.seen(*line, taps.far)) {
                    let vector = group.and_then(|group| vectors.get(group * width..(group + 1) * width));
                    // Lines outside the document are 0.
                    seen.extend_from_slice(vector.unwrap_or(&super::ZEROS[..width]));
                }
            }
            let [one, here, other] = &seen;
            self.multiply(&taps.before, one, &mut sums);
            taps.here.add(self.machine, here, &mut sums);
            taps.after.add(self.machine, other, &mut sums);
            let start = made.len();
            made.extend_from_slice(here);
            for (vector, sums) in made[start..].chunks_exact_mut(width).zip(sums.chunks_exact(taps.here.padded())) {
                self.add_seen(taps, sums, vector);
            }
        }
        made
    }
}
