//! A repaired text, with every change that was made to it.

use std::borrow::Cow;

use super::output::{NAMES, Run, Steps};
use crate::offsets::{OffsetMap, Span};

/// A repaired text: what [`Normalizer::normalize`](super::Normalizer::normalize) gives.
///
/// ```
/// let normalized = copydesk::Normalizer::default().normalize("caf\u{65}\u{301} &amp;\u{a0}bar");
/// assert_eq!(normalized.text(), "café & bar");
/// let changes: Vec<_> = normalized.changes().map(|change| (change.step.into_owned(), change.before)).collect();
/// assert_eq!(changes[0], ("form".to_string(), "e\u{301}"));
/// assert_eq!(changes[1], ("entities".to_string(), "&amp;"));
/// assert_eq!(changes[2], ("spaces".to_string(), "\u{a0}"));
/// assert_eq!(normalized.source_span(0, 5), copydesk::Span::new(0, 6));
/// ```
#[derive(Clone, Debug)]
pub struct Normalized<'t> {
    source: &'t str,
    text: Cow<'t, str>,
    runs: Vec<Run>,
    /// `None` where the text is the input itself.
    map: Option<OffsetMap>,
}

/// One stretch of a text that was changed. Positions are bytes of the *input*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'t> {
    /// The step that made it, by the name of its option; where several worked on one stretch, their names joined by
    /// "+", in the order of the steps.
    pub step: Cow<'static, str>,
    /// Where it begins, in the input.
    pub start: usize,
    /// Where it ends, in the input.
    pub end: usize,
    /// What stood there: the input's `start..end`.
    pub before: &'t str,
    /// What stands in the text instead.
    pub after: &'t str,
}

impl<'t> Normalized<'t> {
    /// The text that needed no repair.
    pub(super) fn unchanged(source: &'t str) -> Self {
        Self { source, text: Cow::Borrowed(source), runs: Vec::new(), map: None }
    }

    pub(super) fn new(source: &'t str, text: String, runs: Vec<Run>) -> Self {
        let mut map = OffsetMap::starting_at(0);
        extend(&mut map, &runs);
        Self { source, text: Cow::Owned(text), runs, map: Some(map) }
    }

    /// The repaired text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The repaired text by itself; borrowed from the input when nothing was changed.
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// Whether anything was changed.
    pub fn is_changed(&self) -> bool {
        matches!(self.text, Cow::Owned(_))
    }

    /// The changes in order. They are disjoint, and putting each `after` in the place of `start..end` of the input
    /// gives the text. A change with nothing in `before` put something in. Changes of one kind and size that stand side by side
    /// are told as one: a million carriage returns in a row are one change.
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        let (mut src, mut out) = (0, 0);
        self.runs.iter().filter_map(move |run| {
            let (start, at) = (src, out);
            src += run.count * run.src;
            out += run.count * run.out;
            (!run.is_copy()).then(|| Change {
                step: name(run.steps),
                start,
                end: src,
                before: self.source.get(start..src).unwrap_or_default(),
                after: self.text.get(at..out).unwrap_or_default(),
            })
        })
    }

    /// The smallest stretch of the input that made bytes `start..end` of the text.
    pub fn source_span(&self, start: usize, end: usize) -> Span {
        match &self.map {
            Some(map) => map.source_span(&self.text, start, end),
            None => {
                let end = end.min(self.text.len());
                Span::new(start.min(end), end)
            }
        }
    }

    /// The repaired text and the way back from it to the input.
    #[cfg(any(test, feature = "python"))]
    pub(crate) fn into_parts(self) -> (Cow<'t, str>, OffsetMap) {
        let map = self.map.unwrap_or_else(|| OffsetMap::identity(self.text.len()));
        (self.text, map)
    }
}

/// Adds `runs` to the way back.
pub(super) fn extend(map: &mut OffsetMap, runs: &[Run]) {
    for run in runs {
        match (u32::try_from(run.out), u32::try_from(run.src)) {
            (Ok(out), Ok(src)) if run.count > 1 => map.push_steps(run.count, (out, src)),
            _ => (0..run.count).for_each(|_| map.push_edit(run.out, run.src)),
        }
    }
}

fn name(steps: Steps) -> Cow<'static, str> {
    let mut names = (0..NAMES.len()).filter(|bit| steps & 1 << bit != 0).map(|bit| NAMES[bit]);
    match (names.next(), names.next()) {
        (None, _) => Cow::Borrowed(""),
        (Some(only), None) => Cow::Borrowed(only),
        (Some(first), Some(second)) => {
            let mut joined = format!("{first}+{second}");
            for name in names {
                joined.push('+');
                joined.push_str(name);
            }
            Cow::Owned(joined)
        }
    }
}
