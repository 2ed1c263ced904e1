//! The output stack: the text being made, with what each stretch of it was made of. It is written and taken back at its end.

use crate::text::part::PartOf;

/// A set of steps: one bit each, in the order of [`NAMES`].
pub(crate) type Steps = u32;

macro_rules! steps {
    ($($constant:ident $name:literal),* $(,)?) => {
        /// Names of the steps, by bit.
        pub(super) const NAMES: &[&str] = &[$($name),*];
        steps!(@bits 0; $($constant)*);
    };
    (@bits $n:expr; $first:ident $($rest:ident)*) => {
        pub(super) const $first: Steps = 1 << $n;
        steps!(@bits $n + 1; $($rest)*);
    };
    (@bits $n:expr;) => {};
}

steps! {
    MARKUP "markup", TERMINAL_ESCAPES "terminal_escapes", ENTITIES "entities", ENCODING "encoding",
    CONTROL "control", LINE_BREAKS "line_breaks", SPACES "spaces", ZERO_WIDTH "zero_width", BIDI "bidi",
    SOFT_HYPHENS "soft_hyphens", DEHYPHENATE "dehyphenate", LIGATURES "ligatures", WIDTHS "widths",
    QUOTES "quotes", DASHES "dashes", MARKS "marks", FORM "form",
}

/// `count` equal atoms in a row: each is `out` bytes made of `src` bytes of the source by `steps`. A copy has no steps
/// and atoms of one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub count: usize,
    pub out: usize,
    pub src: usize,
    pub steps: Steps,
}

impl Run {
    pub(super) fn is_copy(&self) -> bool {
        self.steps == 0
    }
}

/// Adds a run, or lengthens the last one.
pub(super) fn push(runs: &mut Vec<Run>, run: Run) {
    if run.count == 0 {
        return;
    }
    if let Some(last) = runs.last_mut() {
        if last.steps == run.steps && last.out == 0 && run.out == 0 {
            last.src = last.src * last.count + run.src * run.count;
            last.count = 1;
            return;
        }
        if (last.out, last.src, last.steps) == (run.out, run.src, run.steps) {
            last.count += run.count;
            return;
        }
    }
    runs.push(run);
}

/// An atom under way: what is written from `out` on stands for the source from `src` on.
#[derive(Clone, Copy)]
struct Open {
    out: usize,
    src: usize,
    steps: Steps,
}

pub(super) struct OutputStack<'s, 'o> {
    source: &'s str,
    pub out: &'o mut String,
    /// Where the text made begins in `out`; nothing before is read or changed.
    pub base: usize,
    pub runs: Vec<Run>,
    /// How far the source has been used up.
    src: usize,
    open: Option<Open>,
}

impl<'s, 'o> OutputStack<'s, 'o> {
    pub(super) fn new(source: &'s str, out: &'o mut String) -> Self {
        let base = out.len();
        Self { source, out, base, runs: Vec::new(), src: 0, open: None }
    }

    /// The text made so far.
    pub(super) fn made(&self) -> &str {
        self.out.part(self.base..)
    }

    pub(super) fn last_char(&self) -> Option<char> {
        self.made().chars().next_back()
    }

    /// The next `len` bytes of the source are copied.
    pub(super) fn copy(&mut self, len: usize) {
        debug_assert!(self.open.is_none());
        self.out.push_str(self.source.part(self.src..self.src + len));
        self.src += len;
        push(&mut self.runs, Run { count: len, out: 1, src: 1, steps: 0 });
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Begins an atom, unless one is under way.
    pub(super) fn begin(&mut self) {
        if self.open.is_none() {
            self.open = Some(Open { out: self.out.len(), src: self.src, steps: 0 });
        }
    }

    /// A step had part in the atom under way.
    pub(super) fn note(&mut self, steps: Steps) {
        if let Some(open) = &mut self.open {
            open.steps |= steps;
        }
    }

    /// Ends the atom under way: it stands for the source up to `src`.
    pub(super) fn end(&mut self, src: usize) {
        let Some(open) = self.open.take() else { return };
        self.src = src;
        let (out_len, src_len) = (self.out.len() - open.out, src - open.src);
        if self.out.as_bytes()[open.out..] == self.source.as_bytes()[open.src..src] {
            push(&mut self.runs, Run { count: out_len, out: 1, src: 1, steps: 0 });
        } else {
            debug_assert!(open.steps != 0, "an edit without a step");
            push(&mut self.runs, Run { count: 1, out: out_len, src: src_len, steps: open.steps });
        }
    }

    /// Takes back what was made from byte `from` of `out` on; the source it came from goes to the atom under way.
    pub(super) fn take_back(&mut self, from: usize) {
        self.begin();
        let Some(open) = &mut self.open else { return };
        while open.out > from {
            let Some(last) = self.runs.last_mut() else { break };
            let atoms = match last.out {
                0 => last.count,
                size => (open.out - from).div_ceil(size).min(last.count),
            };
            open.out -= atoms * last.out;
            open.src -= atoms * last.src;
            open.steps |= last.steps;
            last.count -= atoms;
            if last.count == 0 {
                self.runs.pop();
            }
        }
        self.out.truncate(from);
    }

    /// Replaces the text made from byte `from` of `out` on by `new`: an atom of its own where nothing is written yet in
    /// the one under way, else part of that.
    pub(super) fn replace_tail(&mut self, from: usize, new: &str, step: Steps) {
        let resumed = self.open.filter(|open| open.out == self.out.len());
        if let Some(open) = resumed {
            self.open = None;
            self.src = open.src;
        }
        let own = self.open.is_none();
        self.take_back(from);
        self.out.push_str(new);
        self.note(step);
        if own {
            self.end(self.src);
        }
        if let Some(open) = resumed {
            self.open = Some(Open { out: self.out.len(), ..open });
        }
    }
}
