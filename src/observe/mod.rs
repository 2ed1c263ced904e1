//! Observes: every line's evidence, from its own look, its words, and its place in the document.

mod context;
mod cut;
mod look;
mod marks;
mod shape;
mod table;
mod vocabulary;
mod word;

use std::cell::RefCell;

use crate::evidence::{Cue, Look, Observations};
use crate::pack::Packs;

/// What is known of a line beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Line<'a> {
    /// Repaired.
    pub text: &'a str,
    /// Which leftovers of markup stood in it: a bit for each value of the row "markup".
    pub markup: u8,
}

/// All evidence for the labels of `lines`. With `spelled`, words are kept beside their hashes.
pub(crate) fn observe(lines: &[Line<'_>], title: Option<&str>, packs: &Packs, spelled: bool) -> Observations {
    thread_local! {
        static ROOM: RefCell<Room> = RefCell::default();
    }
    ROOM.with_borrow_mut(|room| {
        let observations = room.observe(lines, title, packs, spelled);
        if room.facts.capacity() > MANY_LINES || room.line.cut.blocks.capacity() > LONG_LINE {
            *room = Room::default();
        }
        observations
    })
}

/// A document of more lines, or with a line of more bytes, does not leave its room to the next one.
const MANY_LINES: usize = 1 << 12;
const LONG_LINE: usize = 1 << 16;

/// Room that is used again for every document of a thread.
#[derive(Default)]
struct Room {
    line: look::Scratch,
    facts: Vec<look::Facts>,
    /// The content words of all lines.
    contents: Vec<u32>,
    document: context::Room,
}

impl Room {
    fn observe(&mut self, lines: &[Line<'_>], title: Option<&str>, packs: &Packs, spelled: bool) -> Observations {
        let mut observations = Observations::with_capacity(lines.len(), spelled);
        self.facts.clear();
        self.contents.clear();
        for line in lines {
            self.line.cut.cut(line.text);
            let mut fact = look::look(line.text, packs, &mut self.line, &mut observations);
            for mark in (0..7).filter(|mark| line.markup & (1 << mark) != 0) {
                observations.push_look(Look::Markup.feature(mark));
            }
            // Head and tail of a line say what kind of line it is, all of it only what the story is about.
            let start = self.contents.len();
            self.contents.extend_from_slice(self.line.cut.content());
            fact.content = start..self.contents.len();
            self.facts.push(fact);
            let whole = word::observe(line.text, &self.line.cut.words, &mut observations);
            observations.end_look(whole);
        }
        let document = context::Context::new(lines, &self.facts, &self.contents, title, &mut self.document);
        (0..lines.len()).for_each(|i| document.observe(i, &mut observations));
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
