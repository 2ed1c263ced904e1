//! Two rewritings, one after the other, as one.

use super::output::{Run, push};

/// The runs from `source` to `text`, of which `first` leads to a text between and `second` on from there.
pub(super) fn compose(first: &[Run], second: &[Run], source: &str, text: &str) -> Vec<Run> {
    let mut composed = Vec::with_capacity(first.len().max(second.len()));
    let (mut first, mut second) = (Cursor::new(first), Cursor::new(second));
    // How far both have come in the source and the text; between, they stand at the same place.
    let (mut src, mut out) = (0, 0);
    loop {
        let whole = match (first.peek(), second.peek()) {
            (None, None) => return composed,
            (Some(one), Some(two)) if one.is_copy() && two.is_copy() => {
                let count = one.count.min(two.count);
                first.take(count);
                second.take(count);
                Run { count, ..one }
            }
            (Some(one), _) if one.out == 0 => first.take(one.count),
            (_, Some(two)) if two.src == 0 => second.take(two.count),
            _ => meet(&mut first, &mut second),
        };
        let (src_end, out_end) = (src + whole.count * whole.src, out + whole.count * whole.out);
        if source.as_bytes()[src..src_end] == text.as_bytes()[out..out_end] {
            push(&mut composed, Run { count: src_end - src, out: 1, src: 1, steps: 0 });
        } else {
            push(&mut composed, whole);
        }
        (src, out) = (src_end, out_end);
    }
}

/// Goes on with both until an atom of each ends at the same place of the text between: one atom from end to end.
fn meet(first: &mut Cursor, second: &mut Cursor) -> Run {
    let mut atom = Run { count: 1, out: 0, src: 0, steps: 0 };
    let (mut made, mut used) = (0, 0);
    loop {
        if made <= used
            && let Some(one) = first.peek()
        {
            let count = if one.is_copy() { one.count.min((used - made).max(1)) } else { 1 };
            let taken = first.take(count);
            made += taken.out * count;
            atom.src += taken.src * count;
            atom.steps |= taken.steps;
        } else if let Some(two) = second.peek() {
            let count = if two.is_copy() { two.count.min(made - used) } else { 1 };
            let taken = second.take(count);
            used += taken.src * count;
            atom.out += taken.out * count;
            atom.steps |= taken.steps;
        } else {
            debug_assert!(false, "one rewriting reads what the other made");
            return atom;
        }
        if made == used {
            return atom;
        }
    }
}

/// A place in a row of runs.
struct Cursor<'r> {
    runs: &'r [Run],
    /// Atoms of the first of them that are after.
    taken: usize,
}

impl<'r> Cursor<'r> {
    fn new(runs: &'r [Run]) -> Self {
        Self { runs, taken: 0 }
    }

    /// What is left of the run under way.
    fn peek(&self) -> Option<Run> {
        self.runs.first().map(|run| Run { count: run.count - self.taken, ..*run })
    }

    /// Goes over `count` atoms of it.
    fn take(&mut self, count: usize) -> Run {
        let run = self.runs[0];
        self.taken += count;
        if self.taken == run.count {
            self.runs = &self.runs[1..];
            self.taken = 0;
        }
        Run { count, ..run }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(count: usize) -> Run {
        Run { count, out: 1, src: 1, steps: 0 }
    }

    fn edit(out: usize, src: usize, steps: u32) -> Run {
        Run { count: 1, out, src, steps }
    }

    #[test]
    fn copies_pass_through() {
        assert_eq!(compose(&[copy(5)], &[copy(5)], "abcde", "abcde"), [copy(5)]);
        assert_eq!(compose(&[], &[], "", ""), []);
    }

    #[test]
    fn what_one_changed_the_other_may_change_again() {
        // Ã© x → é x → é, and & made of an entity of two atoms.
        let first = [copy(1), edit(2, 4, 1), copy(2)];
        let second = [copy(3), edit(0, 2, 2)];
        assert_eq!(compose(&first, &second, "aÃ© x", "aé"), [copy(1), edit(2, 4, 1), edit(0, 2, 2)]);
        assert_eq!(compose(&first, &[copy(1), edit(1, 4, 2)], "aÃ© x", "ae"), [copy(1), edit(1, 6, 3)]);
    }

    #[test]
    fn deletions_and_insertions_stand_alone() {
        assert_eq!(
            compose(&[edit(0, 2, 1), copy(1)], &[edit(1, 0, 2), copy(1)], "xya", "ba"),
            [edit(0, 2, 1), edit(1, 0, 2), copy(1)]
        );
    }

    #[test]
    fn what_comes_back_to_the_source_is_a_copy() {
        assert_eq!(compose(&[edit(1, 2, 1)], &[edit(2, 1, 2)], "--", "--"), [copy(2)]);
    }
}
