//! What was observed of a document: for each line the numbers of its features, and the hashes of its words.

use crate::features::{Family, SEEN_AROUND, family_hash};

/// What was observed of a document, line by line: features of the table and hashes of words.
///
/// What a line shows to its neighbours is held once, with the line that shows it.
#[derive(Debug, Default)]
pub(crate) struct Observations {
    line_features: Vec<u16>,
    context_features: Vec<u16>,
    words: Vec<u32>,
    lines: Vec<LineEnd>,
    /// The words after the hashes, "family=word", when they are asked for (training).
    spelled: Option<Vec<String>>,
}

/// Where a line's own features and words end, and its words as one when it is short.
#[derive(Clone, Copy, Debug, Default)]
struct LineEnd {
    line_features: usize,
    context_features: usize,
    words: usize,
    whole: Option<u32>,
}

impl Observations {
    /// None yet, with room for so many lines; with `spelled`, the words themselves are kept beside their hashes.
    pub fn with_capacity(lines: usize, spelled: bool) -> Self {
        Self {
            line_features: Vec::with_capacity(lines * 16),
            context_features: Vec::with_capacity(lines * 24),
            words: Vec::with_capacity(lines * 24),
            lines: Vec::with_capacity(lines),
            spelled: spelled.then(Vec::new),
        }
    }

    /// Forgets all lines.
    pub fn clear(&mut self) {
        self.line_features.clear();
        self.context_features.clear();
        self.words.clear();
        self.lines.clear();
        self.spelled.iter_mut().for_each(Vec::clear);
    }

    /// How many lines were observed.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Adds a feature of the line itself.
    pub fn push_line_feature(&mut self, feature: u16) {
        self.line_features.push(feature);
    }

    /// Adds words of a family.
    pub fn push_words<T>(
        &mut self,
        family: Family,
        words: impl Iterator<Item = T> + Clone,
        hash: impl Fn(T) -> u32,
        spell: impl Fn(T) -> String,
    ) {
        if let Some(spelled) = &mut self.spelled {
            spelled.extend(words.clone().map(|word| format!("{}={}", family.name(), spell(word))));
        }
        self.words.extend(words.map(|word| family_hash(family, hash(word))));
    }

    /// The features and words of the line itself are complete; `whole` is the hash of all its words when it is short.
    pub fn end_line(&mut self, whole: Option<u32>) {
        self.lines.push(LineEnd {
            line_features: self.line_features.len(),
            context_features: 0,
            words: self.words.len(),
            whole,
        });
    }

    /// Adds the features that are not observed on the neighbours: line by line, when those of all lines themselves are complete.
    pub fn push_context(&mut self, line: usize, features: &[u16]) {
        self.context_features.extend_from_slice(features);
        self.lines[line].context_features = self.context_features.len();
    }

    fn start(&self, line: usize) -> LineEnd {
        line.checked_sub(1).map_or_else(LineEnd::default, |before| self.lines[before])
    }

    /// The features of a line itself.
    pub fn line_features(&self, line: usize) -> &[u16] {
        &self.line_features[self.start(line).line_features..self.lines[line].line_features]
    }

    /// The features of a line that are not observed on its neighbours.
    pub fn context_features(&self, line: usize) -> &[u16] {
        &self.context_features[self.start(line).context_features..self.lines[line].context_features]
    }

    /// The hashes of a line's own words.
    pub fn own_words(&self, line: usize) -> &[u32] {
        &self.words[self.start(line).words..self.lines[line].words]
    }

    /// The hashes of the short lines around a line.
    pub fn words_around(&self, line: usize) -> impl Iterator<Item = u32> {
        let whole = |(at, family): (Option<usize>, Family)| Some(family_hash(family, self.lines.get(at?)?.whole?));
        around(line).into_iter().filter_map(whole)
    }

    /// Whether all that was observed of two lines by themselves is the same.
    pub fn are_alike(&self, one: usize, other: usize) -> bool {
        self.line_features(one) == self.line_features(other)
            && self.context_features(one) == self.context_features(other)
            && self.own_words(one) == self.own_words(other)
            && self.lines[one].whole == self.lines[other].whole
    }

    /// A number that is the same for lines that are alike, and hardly ever for others.
    pub fn digest(&self, line: usize) -> u64 {
        let whole = self.lines[line].whole.map_or(0, |whole| u64::from(whole) + 1);
        let add = |hash: u64, next: u64| (hash.rotate_left(5) ^ next).wrapping_mul(0x517c_c1b7_2722_0a95);
        let features = self
            .line_features(line)
            .iter()
            .chain(self.context_features(line))
            .fold(whole, |hash, next| add(hash, (*next).into()));
        self.own_words(line).iter().fold(features, |hash, next| add(hash, (*next).into()))
    }

    /// Adds a line of the same features and words as the last one.
    pub fn repeat_line(&mut self) {
        let Some(last) = self.len().checked_sub(1) else { return };
        let (start, end) = (self.start(last), self.lines[last]);
        self.line_features.extend_from_within(start.line_features..end.line_features);
        self.words.extend_from_within(start.words..end.words);
        if let Some(spelled) = &mut self.spelled {
            spelled.extend_from_within(start.words..end.words);
        }
        self.end_line(end.whole);
    }

    /// All features of a line, by number: its own, those of the lines before and after it, those of its context.
    pub fn features(&self, line: usize) -> impl Iterator<Item = u16> {
        let shown = |at: usize, shift: u16| self.line_features(at).iter().map(move |feature| feature + shift);
        let before = line.checked_sub(1).into_iter().flat_map(move |at| shown(at, SEEN_AROUND));
        let after = Some(line + 1).filter(|at| *at < self.len());
        let after = after.into_iter().flat_map(move |at| shown(at, 2 * SEEN_AROUND));
        shown(line, 0).chain(before).chain(after).chain(self.context_features(line).iter().copied())
    }

    /// The hashes of all words of a line.
    pub fn words(&self, line: usize) -> impl Iterator<Item = u32> {
        self.own_words(line).iter().copied().chain(self.words_around(line))
    }

    /// The same without a feature and a word of a line's own.
    #[cfg(test)]
    pub fn without(&self, line: usize, feature: Option<u16>, word: Option<u32>) -> Self {
        let mut less = Self::with_capacity(self.len(), false);
        let kept = |at: usize, known: &u16| at != line || feature != Some(*known);
        for at in 0..self.len() {
            less.line_features.extend(self.line_features(at).iter().filter(|known| kept(at, known)));
            less.words.extend(self.own_words(at).iter().filter(|known| at != line || word != Some(**known)));
            less.end_line(self.lines[at].whole);
        }
        for at in 0..self.len() {
            let features: Vec<u16> =
                self.context_features(at).iter().copied().filter(|known| kept(at, known)).collect();
            less.push_context(at, &features);
        }
        less
    }

    /// Word `at` of a line as "family=word"; none unless they were asked for.
    pub fn spelled_word(&self, line: usize, at: usize) -> Option<String> {
        let own = self.spelled.as_ref()?.get(self.start(line).words..self.lines.get(line)?.words)?;
        own.get(at).cloned().or_else(|| self.spelled(line).into_iter().nth(at))
    }

    /// All words of a line as "family=word"; none unless they were asked for.
    pub fn spelled(&self, line: usize) -> Vec<String> {
        let Some(spelled) = &self.spelled else { return Vec::new() };
        let own = |line: usize| &spelled[self.start(line).words..self.lines[line].words];
        let whole = |(at, family): (Option<usize>, Family)| {
            let words = own(at.filter(|at| *at < self.len())?);
            let whole = words.iter().find_map(|word| word.strip_prefix(Family::Line.name())?.strip_prefix('='))?;
            Some(format!("{}={whole}", family.name()))
        };
        own(line).iter().cloned().chain(around(line).into_iter().filter_map(whole)).collect()
    }
}

/// The lines around a line, and the families of their words.
fn around(line: usize) -> [(Option<usize>, Family); 2] {
    [(line.checked_sub(1), Family::Before), (Some(line + 1), Family::After)]
}
