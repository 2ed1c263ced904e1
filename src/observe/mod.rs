//! Observes: every line's evidence, from its own features, its words, and those of its context.

mod context;
mod cut;
mod line;
mod marks;
mod shape;
mod vocabulary;
mod word;

use std::cell::RefCell;
use std::ops::Range;

use crate::features::{Cue, LineFeature};
use crate::observations::Observations;
use crate::offsets::{Span, Spans};
use crate::pack::Packs;
use crate::text::part::PartOf;
use context::DocumentContext;

/// What is known of a line beside its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// Repaired.
    pub text: &'a str,
    /// Which leftovers of markup stood in it: a bit for each value of the row "markup".
    pub markup: u8,
}

/// The lines of a document, or the pieces that lines were cut into: its repaired text, where they stand in it, and the marks of
/// each. Between lines a line feed stands in the text, between pieces of one line none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines<'a> {
    pub text: &'a str,
    pub spans: &'a Spans,
    pub marks: &'a [u8],
}

impl<'a> Lines<'a> {
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Line `at`; an empty one after the last.
    pub fn get(&self, at: usize) -> Line<'a> {
        let text = self.spans.get(at).and_then(|span| self.text.get(span.range()));
        Line { text: text.unwrap_or_default(), markup: self.marks.get(at).copied().unwrap_or_default() }
    }

    /// How piece `at` lies in its line.
    pub fn lies(&self, at: usize) -> Lies {
        let span = self.spans.get(at).unwrap_or_default();
        let before = self.text.part(..span.start);
        let after = self.text.part(span.end..);
        Lies {
            span,
            begins: before.is_empty() || before.ends_with('\n'),
            ends: after.is_empty() || after.starts_with('\n'),
        }
    }

    pub fn iter(self) -> impl Iterator<Item = Line<'a>> + Clone {
        (0..self.len()).map(move |at| self.get(at))
    }
}

/// How a piece lies in its line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lies {
    pub span: Span,
    /// It begins the line, and ends it: it is all of it where both hold.
    pub begins: bool,
    pub ends: bool,
}

/// How much of a document is observed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// All of it: what is seen of a line is kept while the others are looked at.
    Whole,
    /// The lines that are asked for: each line is looked at a second time then, and little is kept of it between.
    Stretches,
}

/// All evidence for the labels of `lines`. With `spelled`, words are kept beside their hashes.
pub(crate) fn observe(lines: Lines<'_>, title: Option<&str>, packs: &Packs, spelled: bool) -> Observations {
    with(lines, title, packs, spelled, Scope::Whole, |mut observer| {
        observer.observe(0..lines.len());
        observer.observations
    })
}

/// Lets `run` ask for the evidence of stretches of `lines`.
pub(crate) fn with<T>(
    lines: Lines<'_>,
    title: Option<&str>,
    packs: &Packs,
    spelled: bool,
    scope: Scope,
    run: impl FnOnce(Observer<'_>) -> T,
) -> T {
    thread_local! {
        static ROOM: RefCell<Room> = RefCell::default();
    }
    ROOM.with_borrow_mut(|room| {
        let held = if scope == Scope::Whole { lines.len() } else { 0 };
        let observations = Observations::with_capacity(held, spelled);
        let Room { desk, document } = room;
        let mut observer =
            Observer { lines, packs, scope, desk, context: DocumentContext::new(document, lines.len()), observations };
        observer.look_over(title);
        let result = run(observer);
        if room.desk.facts.capacity() > MANY_LINES || room.desk.line.cut.blocks.capacity() > LONG_LINE {
            *room = Room::default();
        }
        room.document.shrink();
        result
    })
}

/// A document of more lines, or with a line of more bytes, does not leave its room to the next one.
const MANY_LINES: usize = 1 << 12;
const LONG_LINE: usize = 1 << 16;

/// Room that is used again for every document of a thread.
#[derive(Default)]
struct Room {
    desk: Desk,
    document: context::Room,
}

/// Where lines are looked at.
#[derive(Default)]
struct Desk {
    line: line::Scratch,
    /// Of the lines at hand.
    facts: Vec<line::Facts>,
    /// Their content words.
    contents: Vec<u32>,
}

impl Desk {
    fn clear(&mut self) {
        self.facts.clear();
        self.contents.clear();
    }

    /// Looks at one line.
    fn look(&mut self, line: Line<'_>, packs: &Packs, observations: &mut Observations) {
        self.line.cut.cut(line.text);
        let mut fact = line::observe(line.text, packs, &mut self.line, observations);
        for mark in (0..7).filter(|mark| line.markup & (1 << mark) != 0) {
            observations.push_line_feature(LineFeature::Markup.feature(mark));
        }
        // Head and tail of a line say what kind of line it is, all of it only what the story is about.
        let start = self.contents.len();
        self.contents.extend_from_slice(self.line.cut.content());
        fact.content = start..self.contents.len();
        self.facts.push(fact);
    }

    /// Looks at a line that is as the last one was.
    fn look_again(&mut self) {
        let Some(fact) = self.facts.last() else { return };
        let start = self.contents.len();
        self.contents.extend_from_within(fact.content.clone());
        let fact = line::Facts { content: start..self.contents.len(), ..fact.clone() };
        self.facts.push(fact);
    }

    /// The words of the line that was looked at last.
    fn words(&self, line: Line<'_>, observations: &mut Observations) {
        let whole = word::observe(line.text, &self.line.cut.words, observations);
        observations.end_line(whole);
    }
}

/// A document whose lines can be observed.
pub(crate) struct Observer<'a> {
    lines: Lines<'a>,
    packs: &'a Packs,
    scope: Scope,
    desk: &'a mut Desk,
    context: DocumentContext<'a>,
    observations: Observations,
}

impl Observer<'_> {
    /// A first look at every line, from which what concerns the whole document follows.
    fn look_over(&mut self, title: Option<&str>) {
        let Self { lines, packs, scope, desk, context, observations } = self;
        let whole = *scope == Scope::Whole;
        desk.clear();
        let mut before = None;
        for (at, line) in lines.iter().enumerate() {
            let again = before.replace(line) == Some(line);
            if whole && again {
                desk.look_again();
                observations.repeat_line();
            } else if whole {
                desk.look(line, packs, observations);
                desk.words(line, observations);
            } else if !again {
                desk.clear();
                observations.clear();
                desk.look(line, packs, observations);
            }
            if let Some(fact) = desk.facts.last() {
                context.see(fact, lines.lies(at));
            }
        }
        context.settle(title, |at, take| {
            if whole {
                let content = desk.facts.get(at).and_then(|fact| desk.contents.get(fact.content.clone()));
                take(content.unwrap_or_default());
            } else {
                desk.line.cut.cut(lines.get(at).text);
                take(desk.line.cut.content());
            }
        });
    }

    /// The evidence of a stretch of the lines, numbered from its first; of all of them where the whole is observed at once. What
    /// its first and last lines see of their neighbours outside is not in it.
    pub fn observe(&mut self, stretch: Range<usize>) -> &Observations {
        let Self { lines, packs, scope, desk, context, observations } = self;
        if *scope == Scope::Stretches {
            desk.clear();
            observations.clear();
            let mut before = None;
            for line in stretch.clone().map(|at| lines.get(at)) {
                if before.replace(line) == Some(line) {
                    desk.look_again();
                    observations.repeat_line();
                } else {
                    desk.look(line, packs, observations);
                    desk.words(line, observations);
                }
            }
        }
        context.observe(stretch, *lines, &desk.facts, &desk.contents, observations);
        observations
    }
}

/// A bit for a cue, to remember which were found.
const fn bit(cue: Cue) -> u32 {
    1 << cue as u32
}

/// The index of the first bound that is above `n`; how many bounds there are when none is.
fn bucket(n: usize, bounds: &[usize]) -> u16 {
    bounds.partition_point(|bound| *bound <= n) as u16
}
