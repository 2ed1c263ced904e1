//! The way back: which stretch of a source every stretch of a result stands for.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::named::named;

/// A half-open stretch `start..end` of a text. Bytes, unless the [`Document`](crate::Document) that holds it says
/// [`Unit::Char`].
///
/// ```
/// use copydesk::Span;
/// let span = Span::new(3, 7);
/// assert_eq!((&"the tunnel"[span.range()], span.len()), (" tun", 4));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    /// First position.
    pub start: usize,
    /// Position after the last.
    pub end: usize,
}

impl Span {
    /// `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// As a range, to slice with.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Number of positions.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// True when it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// Many stretches, held in half the room while no position is above 4 GB.
#[derive(Clone, Debug)]
pub(crate) enum Spans {
    Narrow(Vec<[u32; 2]>),
    Wide(Vec<Span>),
}

impl Default for Spans {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

impl Spans {
    /// None yet, with room for so many.
    pub fn with_capacity(count: usize) -> Self {
        Self::Narrow(Vec::with_capacity(count))
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Narrow(spans) => spans.len(),
            Self::Wide(spans) => spans.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Stretch `at`; none after the last.
    pub fn get(&self, at: usize) -> Option<Span> {
        match self {
            Self::Narrow(spans) => spans.get(at).map(wide),
            Self::Wide(spans) => spans.get(at).copied(),
        }
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = Span> + DoubleEndedIterator + Clone + '_ {
        (0..self.len()).map(|at| self.get(at).unwrap_or_default())
    }

    /// How many stretches at the head are such as `is_before` says; those that are stand before all others.
    pub fn partition_point(&self, mut is_before: impl FnMut(Span) -> bool) -> usize {
        match self {
            Self::Narrow(spans) => spans.partition_point(|span| is_before(wide(span))),
            Self::Wide(spans) => spans.partition_point(|span| is_before(*span)),
        }
    }

    pub fn push(&mut self, span: Span) {
        match (&mut *self, narrow(span)) {
            (Self::Narrow(spans), Some(span)) => spans.push(span),
            (Self::Narrow(spans), None) => {
                let mut spans: Vec<Span> = spans.iter().map(wide).collect();
                spans.push(span);
                *self = Self::Wide(spans);
            }
            (Self::Wide(spans), _) => spans.push(span),
        }
    }

    /// Lets `change` change each stretch.
    pub fn each(&mut self, mut change: impl FnMut(&mut Span)) {
        for at in 0..self.len() {
            let mut span = self.get(at).unwrap_or_default();
            change(&mut span);
            match (&mut *self, narrow(span)) {
                (Self::Narrow(spans), Some(span)) => spans[at] = span,
                (Self::Narrow(spans), None) => {
                    let mut spans: Vec<Span> = spans.iter().map(wide).collect();
                    spans[at] = span;
                    *self = Self::Wide(spans);
                }
                (Self::Wide(spans), _) => spans[at] = span,
            }
        }
    }
}

impl Serialize for Spans {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Spans {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Vec::<Span>::deserialize(from)?.into_iter().collect())
    }
}

impl PartialEq for Spans {
    fn eq(&self, that: &Self) -> bool {
        self.iter().eq(that.iter())
    }
}

impl FromIterator<Span> for Spans {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let spans = spans.into_iter();
        let mut made = Self::with_capacity(spans.size_hint().0);
        spans.for_each(|span| made.push(span));
        made
    }
}

fn wide([start, end]: &[u32; 2]) -> Span {
    Span::new(*start as usize, *end as usize)
}

fn narrow(span: Span) -> Option<[u32; 2]> {
    Some([u32::try_from(span.start).ok()?, u32::try_from(span.end).ok()?])
}

named! {
    /// What positions in the input count.
    Unit "unit" {
        /// Bytes: Rust, and Python `bytes`.
        Byte = "byte",
        /// Unicode code points: Python `str`.
        Char = "char",
    }
}

/// Maps positions of a text that was made from a source back to that source, in runs: a stretch that was copied is one
/// run however long it is, and a text that is its source's copy has one run in all.
///
/// The positions of the text made are bytes; those of the source are of the map's [`Unit`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffsetMap {
    unit: Unit,
    runs: Vec<Run>,
    /// Where the text and the source end.
    end: (usize, usize),
}

/// From `(out, src)` on, steps of `step.0` bytes made stand for steps of `step.1` positions of the source, up to the
/// next run. `(1, 1)` is a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    out: usize,
    src: usize,
    step: (u32, u32),
}

const COPY: (u32, u32) = (1, 1);

impl OffsetMap {
    /// A map with nothing in it yet, of a source that is read from `start` on.
    pub fn starting_at(start: usize) -> Self {
        Self { unit: Unit::Byte, runs: Vec::new(), end: (0, start) }
    }

    /// The map of a text of `len` bytes that is its source.
    #[cfg(any(feature = "python", test))]
    pub fn identity(len: usize) -> Self {
        let mut map = Self::starting_at(0);
        map.push_copy(len);
        map
    }

    /// The map of a text of `len` bytes that stands as one for a stretch of its source, but for parts of it, in order, that stand each
    /// for a part of that.
    #[cfg(any(feature = "_state", test))]
    pub fn of_parts(unit: Unit, len: usize, source: Span, parts: &[(Span, Span)]) -> Self {
        let mut map = Self { unit, ..Self::starting_at(source.start) };
        for (part, of) in parts {
            let (out, src) = map.end;
            map.push_edit(part.start.saturating_sub(out), of.start.saturating_sub(src));
            map.push_edit(part.end.saturating_sub(part.start.max(out)), of.end.saturating_sub(of.start.max(src)));
        }
        let (out, src) = map.end;
        map.push_edit(len.saturating_sub(out), source.end.saturating_sub(src));
        map
    }

    /// What source positions count.
    #[cfg(any(feature = "_state", test))]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// Length in bytes of the text made.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.end.0
    }

    /// Position up to which the source has been read.
    pub fn source_end(&self) -> usize {
        self.end.1
    }

    /// True when the text made is a plain copy of one stretch of the source.
    #[cfg(test)]
    pub fn is_copy(&self) -> bool {
        self.runs.len() <= 1 && self.runs.iter().all(|run| run.step == COPY)
    }

    /// The next `bytes` are copied.
    pub fn push_copy(&mut self, bytes: usize) {
        self.push_steps(bytes, COPY);
    }

    /// The next `out` bytes stand as one for the next `src` positions; either may be 0.
    pub fn push_edit(&mut self, out: usize, src: usize) {
        if (out, src) == (1, 1) {
            self.push_copy(1);
        } else if (out, src) != (0, 0) {
            // Steps are 32 bits wide: an edit of 4 GB is cut into several, each side by the same count.
            let parts = (out.max(src) / u32::MAX as usize + 1).max(1);
            for part in 0..parts {
                let share = |n: usize| n * (part + 1) / parts - n * part / parts;
                self.push_run((share(out) as u32, share(src) as u32), share(out), share(src));
            }
        }
    }

    /// The next `count` atoms are of `step.0` bytes each and stand each for `step.1` positions.
    pub fn push_steps(&mut self, count: usize, step: (u32, u32)) {
        if count > 0 {
            self.push_run(step, count * step.0 as usize, count * step.1 as usize);
        }
    }

    fn push_run(&mut self, step: (u32, u32), out: usize, src: usize) {
        let joins = self.runs.last().is_some_and(|last| last.step == step && (step.0 > 0 || src == 0));
        if !joins {
            self.runs.push(Run { out: self.end.0, src: self.end.1, step });
        }
        self.end.0 += out;
        self.end.1 += src;
    }

    /// Adds another map after this one; its source goes on where this one's ends.
    #[cfg(test)]
    pub fn append(&mut self, next: &OffsetMap) {
        for (i, run) in next.runs.iter().enumerate() {
            let (out, src) = next.run_end(i);
            self.push_run(run.step, out - run.out, src - run.src);
        }
    }

    fn run_end(&self, i: usize) -> (usize, usize) {
        self.runs.get(i + 1).map_or(self.end, |next| (next.out, next.src))
    }

    /// The smallest stretch of the source that made `start..end` of `text`, the text that this map is of.
    ///
    /// Positions inside a character, after the end or in the wrong order are moved to the nearest that make sense.
    pub fn source_span(&self, text: &str, start: usize, end: usize) -> Span {
        let end = end.min(self.end.0);
        let start = start.min(end);
        let from = self.locate(text, start, false);
        if start == end {
            return Span::new(from, from);
        }
        Span::new(from, self.locate(text, end, true).max(from))
    }

    /// The source position of byte `at`: where its step begins, or where the step before it ends.
    fn locate(&self, text: &str, at: usize, as_end: bool) -> usize {
        // The last run that begins at or before the byte looked for; runs that made nothing (deletions) are passed over.
        let probe = if as_end { at - 1 } else { at };
        let i = self.runs.partition_point(|run| run.out <= probe);
        let Some(run) = i.checked_sub(1).map(|i| self.runs[i]) else {
            return self.runs.first().map_or(self.end.1, |run| run.src);
        };
        if at >= self.end.0 && !as_end {
            return self.end.1;
        }
        let within = at - run.out;
        if run.step == COPY {
            return run.src
                + match self.unit {
                    Unit::Byte => within,
                    // A run of as many characters as bytes is ASCII.
                    Unit::Char if self.run_end(i - 1).0 - run.out == self.run_end(i - 1).1 - run.src => within,
                    Unit::Char => text.get(run.out..at).map_or(0, |s| s.chars().count()),
                };
        }
        let step = run.step.0.max(1) as usize;
        let steps = if as_end { within.div_ceil(step) } else { within / step };
        run.src + steps * run.step.1 as usize
    }

    /// Where in the text made stands what was made of the source from position `at` on.
    pub fn place(&self, at: usize) -> usize {
        let i = self.runs.partition_point(|run| run.src <= at);
        let Some(i) = i.checked_sub(1) else { return 0 };
        let run = self.runs[i];
        let (out, src) = (run.step.0 as usize, run.step.1.max(1) as usize);
        (run.out + (at - run.src) / src * out).min(self.run_end(i).0)
    }

    /// Whether the map, which was read from a file, can be one of `text`.
    ///
    /// # Errors
    /// What is wrong with it.
    #[cfg(any(feature = "_state", test))]
    pub(crate) fn check(&self, text: &str) -> std::result::Result<(), &'static str> {
        let first = self.runs.first().map_or(0, |run| run.out);
        if first != 0 || self.end.0 != text.len() || (self.runs.is_empty() && !text.is_empty()) {
            return Err("its map is of another text");
        }
        let is_run = |i: usize| {
            let run = self.runs[i];
            let (end, src_end) = self.run_end(i);
            let (out, src) = (end.checked_sub(run.out)?, src_end.checked_sub(run.src)?);
            if run.step == COPY {
                let copied = text.get(run.out..end)?;
                let is_exact = self.unit == Unit::Byte || copied.chars().count() == src;
                return Some(is_exact && (self.unit == Unit::Char || out == src));
            }
            // What makes nothing is one step.
            let count = out.checked_div(run.step.0 as usize).unwrap_or(1);
            let is_whole = |step: u32, len| count.checked_mul(step as usize) == Some(len);
            Some(is_whole(run.step.0, out) && is_whole(run.step.1, src))
        };
        if (0..self.runs.len()).all(|i| is_run(i) == Some(true)) {
            return Ok(());
        }
        Err("its map does not fit together")
    }

    /// This map of a text made from `inner`'s text, as a map back to `inner`'s source.
    pub fn through(&self, inner: &OffsetMap) -> OffsetMap {
        debug_assert_eq!((self.unit, inner.unit), (Unit::Byte, Unit::Byte));
        let at = |pos: usize, as_end: bool| inner.locate("", pos, as_end);
        let first = self.runs.first().map_or(self.end.1, |run| run.src);
        let mut made = OffsetMap::starting_at(at(first, false));
        let mut j = 0;
        for (i, run) in self.runs.iter().enumerate() {
            let (out_end, src_end) = self.run_end(i);
            if run.step != COPY {
                // An edit, or a row of them: each step goes to wherever its source stretch came from.
                let (out, src) = (run.step.0 as usize, run.step.1 as usize);
                let count = (out_end - run.out).checked_div(out).unwrap_or(1);
                let whole = if out > 0 { src } else { src_end - run.src };
                for n in 0..count {
                    let to = run.src + (n + 1) * whole;
                    if whole > 0 {
                        made.push_edit(0, at(to - whole, false).saturating_sub(made.end.1));
                    }
                    // What is left of an atom that is deleted in part keeps its source.
                    let end = if to == run.src { made.end.1 } else { at(to, out > 0).max(made.end.1) };
                    made.push_edit(out, end - made.end.1);
                }
                continue;
            }
            // A copy: take over inner's runs where they lie under it.
            let mut pos = run.src;
            while pos < src_end {
                while j + 1 < inner.runs.len() && inner.runs[j + 1].out <= pos {
                    j += 1;
                }
                let under = inner.runs[j];
                let mut stop = inner.run_end(j).0.min(src_end);
                let step = under.step.0.max(1) as usize;
                made.push_edit(0, at(pos, false).saturating_sub(made.end.1));
                let cut = (pos - under.out) % step;
                if cut == 0 && stop - pos >= step {
                    let count = (stop - pos) / step;
                    made.push_steps(count, under.step);
                    stop = pos + count * step;
                } else {
                    // Part of an atom stands for all of it.
                    stop = stop.min(pos + step - cut);
                    made.push_edit(stop - pos, at(stop, true).saturating_sub(made.end.1));
                }
                pos = stop;
            }
        }
        made
    }

    /// Adds a copy of bytes `source` of the text that `index` is of, counted in code points. A long one is cut, so that no
    /// look-up has to count over more than a short stretch.
    fn push_counted_copy(&mut self, source: Range<usize>, index: &CharIndex<'_>) {
        let mut start = source.start;
        while start < source.end {
            let mut end = source.end.min(start + 4 * STRIDE);
            while !index.text.is_char_boundary(end) {
                end += 1;
            }
            let chars = index.chars(end) - index.chars(start);
            if start > source.start && !(index.marks.is_empty()) {
                self.runs.push(Run { out: self.end.0, src: self.end.1, step: COPY });
                self.end.0 += end - start;
                self.end.1 += chars;
            } else {
                self.push_run(COPY, end - start, chars);
            }
            start = end;
        }
    }

    /// The same map with positions of the source counted in code points.
    pub(crate) fn into_chars(mut self, index: &CharIndex<'_>) -> OffsetMap {
        debug_assert_eq!(self.unit, Unit::Byte);
        let mut made = OffsetMap { unit: Unit::Char, runs: Vec::with_capacity(self.runs.len()), end: (0, 0) };
        made.end.1 = index.chars(self.runs.first().map_or(self.end.1, |run| run.src));
        for (i, run) in self.runs.iter().enumerate() {
            let (out_end, src_end) = self.run_end(i);
            if run.step == COPY {
                made.push_counted_copy(run.src..src_end, index);
            } else if run.step.0 == 0 || out_end - run.out == run.step.0 as usize {
                let src = index.chars(src_end) - index.chars(run.src);
                let out = out_end - run.out;
                made.push_run((out as u32, src as u32), out, src);
            } else {
                for n in 0..(out_end - run.out) / run.step.0 as usize {
                    let (a, b) = (run.src + n * run.step.1 as usize, run.src + (n + 1) * run.step.1 as usize);
                    let src = index.chars(b) - index.chars(a);
                    made.push_run((run.step.0, src as u32), run.step.0 as usize, src);
                }
            }
        }
        self.runs.clear();
        made
    }
}

/// Byte positions of a text as code points, each in constant time.
pub(crate) struct CharIndex<'t> {
    text: &'t str,
    /// Code points before every `STRIDE`th byte; empty for ASCII.
    marks: Cow<'t, [usize]>,
}

const STRIDE: usize = 256;

impl<'t> CharIndex<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut chars = 0;
            marks.reserve(text.len() / STRIDE + 1);
            for chunk in text.as_bytes().chunks(STRIDE) {
                marks.push(chars);
                chars += leading_bytes(chunk);
            }
        }
        Self { text, marks: marks.into() }
    }

    /// The index of a text that has been indexed before: `marks` are those of its [`into_marks`](Self::into_marks).
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "Python keeps the index of a document"))]
    pub(crate) fn with_marks(text: &'t str, marks: &'t [usize]) -> Self {
        Self { text, marks: marks.into() }
    }

    /// What to keep of the index while the text is kept elsewhere.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "Python keeps the index of a document"))]
    pub(crate) fn into_marks(self) -> Vec<usize> {
        self.marks.into_owned()
    }

    /// Code points before byte `at`.
    pub(crate) fn chars(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if self.marks.is_empty() {
            return at;
        }
        let mark = (at / STRIDE).min(self.marks.len() - 1);
        self.marks[mark] + leading_bytes(&self.text.as_bytes()[mark * STRIDE..at])
    }

    /// The byte at which code point `nth` begins; after the last, the length of the text.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "Python counts code points"))]
    pub(crate) fn byte(&self, nth: usize) -> usize {
        if self.marks.is_empty() {
            return nth.min(self.text.len());
        }
        let mark = self.marks.partition_point(|before| *before <= nth).saturating_sub(1);
        let mut left = nth - self.marks[mark];
        // The first bytes after a mark may end the character before it.
        let tail = &self.text.as_bytes()[mark * STRIDE..];
        for (i, byte) in tail.iter().enumerate() {
            if (*byte as i8) >= -0x40 {
                if left == 0 {
                    return mark * STRIDE + i;
                }
                left -= 1;
            }
        }
        self.text.len()
    }

    pub(crate) fn span(&self, span: Span) -> Span {
        Span::new(self.chars(span.start), self.chars(span.end))
    }
}

fn leading_bytes(bytes: &[u8]) -> usize {
    count_bytes(bytes, |byte| (byte as i8) >= -0x40)
}

/// How many of `bytes` are `wanted`. Stretches are counted in one byte each, so that sixteen and more go at a time.
pub(crate) fn count_bytes(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> usize {
    let stretch = |stretch: &[u8]| stretch.iter().fold(0u8, |count, byte| count + u8::from(wanted(*byte)));
    bytes.chunks(128).map(|bytes| usize::from(stretch(bytes))).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Copy, Debug)]
    enum Op {
        Copy(usize),
        Edit(usize, usize),
        Steps(usize, u32, u32),
    }

    fn op() -> impl Strategy<Value = Op> {
        prop_oneof![
            (0usize..9).prop_map(Op::Copy),
            (0usize..5, 0usize..5).prop_map(|(out, src)| Op::Edit(out, src)),
            (0usize..4, 1u32..4, 0u32..4).prop_map(|(count, out, src)| Op::Steps(count, out, src)),
        ]
    }

    /// The map, and for every byte of the text made the stretch of the source that its atom stands for.
    fn build(start: usize, ops: &[Op]) -> (OffsetMap, Vec<(usize, usize)>) {
        let mut map = OffsetMap::starting_at(start);
        let mut model = Vec::new();
        let mut src = start;
        for &op in ops {
            let (count, step) = match op {
                Op::Copy(len) => {
                    map.push_copy(len);
                    (len, (1, 1))
                }
                Op::Edit(out, by) => {
                    map.push_edit(out, by);
                    (1, (out, by))
                }
                Op::Steps(count, out, by) => {
                    map.push_steps(count, (out, by));
                    (count, (out as usize, by as usize))
                }
            };
            for _ in 0..count {
                model.extend(std::iter::repeat_n((src, src + step.1), step.0));
                src += step.1;
            }
        }
        assert_eq!((map.len(), map.source_end()), (model.len(), src));
        (map, model)
    }

    fn modelled(model: &[(usize, usize)], start: usize, end: usize) -> Span {
        Span::new(model[start].0, model[end - 1].1)
    }

    fn check(map: &OffsetMap, text: &str, model: &[(usize, usize)]) -> std::result::Result<(), TestCaseError> {
        for start in 0..model.len() {
            for end in start + 1..=model.len() {
                prop_assert_eq!(map.source_span(text, start, end), modelled(model, start, end), "{}..{}", start, end);
            }
        }
        Ok(())
    }

    fn ops() -> impl Strategy<Value = Vec<Op>> {
        proptest::collection::vec(op(), 0..8)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn is_its_model(start in 0usize..5, ops in ops()) {
            let (map, model) = build(start, &ops);
            check(&map, "", &model)?;
        }

        #[test]
        fn a_place_is_where_its_characters_are_made(start in 0usize..5, ops in ops()) {
            let (map, model) = build(start, &ops);
            for at in 0..=map.source_end() {
                let place = map.place(at);
                // All that was made of what stands before it stands before its place, and all that was made of the rest does not.
                prop_assert!(model.iter().take(place).all(|(from, _)| *from <= at), "{}", at);
                prop_assert!(model.iter().skip(place).all(|(_, to)| *to >= at), "{}", at);
            }
        }

        #[test]
        fn append_is_concatenation(a in ops(), b in ops()) {
            let (mut map, _) = build(0, &a);
            map.append(&build(map.source_end(), &b).0);
            let (_, model) = build(0, &[a, b].concat());
            check(&map, "", &model)?;
        }

        #[test]
        fn through_is_composition(start in 0usize..5, inner in ops(), outer in ops()) {
            let (inner, inner_model) = build(start, &inner);
            // The outer map reads the whole of what the inner one made.
            let mut left = inner.len();
            let mut fitted = Vec::new();
            for op in outer {
                let op = match op {
                    Op::Copy(len) => Op::Copy(len.min(left)),
                    Op::Edit(out, src) => Op::Edit(out, src.min(left)),
                    Op::Steps(count, out, src) if count * src as usize <= left => Op::Steps(count, out, src),
                    Op::Steps(..) => Op::Copy(0),
                };
                left -= match op {
                    Op::Copy(len) => len,
                    Op::Edit(_, src) => src,
                    Op::Steps(count, _, src) => count * src as usize,
                };
                fitted.push(op);
            }
            fitted.push(Op::Copy(left));
            let (outer, outer_model) = build(0, &fitted);
            let map = outer.through(&inner);
            prop_assert_eq!(map.len(), outer.len());
            // Each byte stands for what its atom stood for; what stood for nothing stands in a gap.
            let (mut before, mut taken) = (0, 0);
            for (at, &(from, to)) in outer_model.iter().enumerate() {
                let span = map.source_span("", at, at + 1);
                if from < to {
                    let exact = modelled(&inner_model, from, to);
                    // An atom that is cut between two others goes to the first.
                    if at == 0 || outer_model[at - 1] != (from, to) {
                        before = taken;
                    }
                    taken = exact.end;
                    let cut = exact.start < before;
                    if cut {
                        continue;
                    }
                    prop_assert!(span.start <= exact.start && span.end >= exact.end, "byte {}: {:?} {:?}", at, span, exact);
                    prop_assert_eq!(span, exact, "byte {}", at);
                }
            }
        }

        #[test]
        fn into_chars_counts_characters(source in "[aé日😀]{0,12}", picks in proptest::collection::vec(0u8..4, 12)) {
            let mut map = OffsetMap::starting_at(0);
            let mut text = String::new();
            let mut model = Vec::new();
            for (i, (c, pick)) in source.chars().zip(picks).enumerate() {
                match pick {
                    0 => map.push_edit(0, c.len_utf8()),
                    1 => {
                        text.push('x');
                        map.push_edit(1, c.len_utf8());
                    }
                    2 => {
                        text.push('ß');
                        map.push_steps(1, (2, c.len_utf8() as u32));
                    }
                    _ => {
                        text.push(c);
                        map.push_copy(c.len_utf8());
                    }
                }
                model.resize(text.len(), (i, i + 1));
            }
            let map = map.into_chars(&CharIndex::new(&source));
            prop_assert_eq!(map.source_end(), source.chars().count());
            for (at, c) in text.char_indices() {
                prop_assert_eq!(map.source_span(&text, at, at + c.len_utf8()), modelled(&model, at, at + 1));
            }
        }
    }

    #[test]
    fn long_copies_in_characters() {
        let text = "aé日😀 and so on, ".repeat(500);
        let map = OffsetMap::identity(text.len()).into_chars(&CharIndex::new(&text));
        assert!(map.runs.len() > 5);
        for (nth, (at, c)) in text.char_indices().enumerate() {
            assert_eq!(map.source_span(&text, at, at + c.len_utf8()), Span::new(nth, nth + 1));
        }
    }

    #[test]
    fn char_index() {
        let text = "aé日😀".repeat(100);
        let index = CharIndex::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!((index.chars(at), index.byte(n)), (n, at));
        }
        assert_eq!((index.chars(usize::MAX), index.byte(400), index.byte(500)), (400, text.len(), text.len()));
    }

    #[test]
    fn stretches_of_any_size_are_held() {
        let far = u32::MAX as usize;
        let all = [Span::new(0, 3), Span::new(5, far), Span::new(far, far + 1), Span::new(far + 2, far + 9)];
        for count in 0..=all.len() {
            let mut spans: Spans = all[..count].iter().copied().collect();
            assert_eq!(matches!(spans, Spans::Narrow(_)), count < 3);
            assert!(spans.iter().eq(all[..count].iter().copied()));
            assert_eq!((spans.len(), spans.get(count)), (count, None));
            assert_eq!(spans.partition_point(|span| span.start < 5), count.min(1));
            spans.each(|span| *span = Span::new(span.start + 7, span.end + 7));
            assert!(spans.iter().eq(all[..count].iter().map(|span| Span::new(span.start + 7, span.end + 7))));
        }
    }

    #[test]
    fn compresses() {
        let mut map = OffsetMap::starting_at(0);
        for _ in 0..1000 {
            map.push_steps(1, (3, 2));
            map.push_edit(3, 2);
        }
        assert_eq!(map.runs.len(), 1);
    }
}
