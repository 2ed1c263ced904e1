//! What the reading of a line may come to.

use super::chars::tables;
use super::tables::{LATIN, SCRIPT_COUNT, SCRIPTS};

/// Whether `new`, made of `line`, is text where it is new: without characters that are none, and without a lone letter of a
/// script that nothing else in it is written in.
pub(super) fn is_text(line: &str, new: &str) -> bool {
    nones(new) <= nones(line) && !has_stranger(line, new)
}

/// How many characters are not text: controls, unassigned ones, those of private use.
fn nones(text: &str) -> usize {
    let is_none = |c: &char| match *c {
        '\u{1}'..='\u{7f}' => false,
        '\0' | '\u{80}'..='\u{9f}' | '\u{f8ff}' => true,
        c => !tables().is_assigned(c),
    };
    text.chars().filter(is_none).count()
}

/// Whether `new` has one letter of a script, neither Latin nor Greek, and `line` has not.
fn has_stranger(line: &str, new: &str) -> bool {
    let mut found = [(0_usize, '\0'); SCRIPT_COUNT];
    for c in new.chars().filter(|c| !c.is_ascii()) {
        let (count, last) = &mut found[usize::from(SCRIPTS[usize::from(tables().kind(c).0)])];
        *count += 1;
        *last = c;
    }
    let lone = found.iter().skip(usize::from(LATIN) + 1).filter(|(count, _)| *count == 1);
    new.contains(|c: char| c.is_ascii_alphanumeric()) && lone.into_iter().any(|(_, c)| !line.contains(*c))
}
