//! Documents as they came and as they would be written, side by side.

use std::io::IsTerminal;

use super::plan::Plan;
use super::work::Worker;
use crate::cli::columns::{printable, wrap};
use crate::cli::paint::{self, Color, QUIET, STRONG, paint};
use crate::cli::{Exit, tell};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::io::feed::Feed;
use crate::io::output::Output;

/// Columns of a line where there is no terminal.
const WIDTH: usize = 120;
/// Of each side at least.
const LEAST: usize = 20;

/// Shows the first documents.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn show(worker: &Worker<'_>, plan: &Plan, mut feed: Feed, most: u64) -> Result<Exit> {
    let mut output = Output::through(anstream::AutoStream::new(std::io::stdout(), Color::Auto.choice()))?;
    let (mut left, mut exit) = (most, if plan.failed { Exit::Failed } else { Exit::Done });
    while left > 0
        && let Some((unit, _)) = feed.next()
    {
        let made = worker.make(unit);
        for (place, document) in made.documents.iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
            output.write(side_by_side(place, document, width()).as_bytes())?;
            left -= 1;
        }
        for reject in made.rejects {
            tell(&Error::format(format!("{}, {}: {}", reject.source.shown(), reject.at, reject.reason)));
            exit = if exit == Exit::Done { Exit::Rejected } else { exit };
        }
        for message in made.failed {
            tell(&Error::format(message));
            exit = Exit::Failed;
        }
    }
    Ok(exit)
}

fn width() -> usize {
    let known = std::io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    known.map_or(WIDTH, |(width, _)| usize::from(width.0))
}

/// All blocks on the left; those that are kept on the right, as they are in the clean text.
fn side_by_side(place: &str, document: &Document, width: usize) -> String {
    let side = (width.saturating_sub(3) / 2).max(LEAST);
    let lang = document.lang().unwrap_or("und");
    let mut shown = paint(STRONG, &format!("{} {}, {lang}", printable(place), document.verdict())) + "\n";
    for block in document.blocks() {
        let text = printable(&format!("{}: {}", block.label(), block.text()));
        let kept = if block.kept() { printable(block.text()) } else { String::new() };
        let (before, after) = (wrap(&text, side), wrap(&kept, side));
        for row in 0..before.len().max(after.len()) {
            let (one, two) = (before.get(row).copied().unwrap_or(""), after.get(row).copied().unwrap_or(""));
            let style = if block.kept() { paint::label(block.label()) } else { QUIET };
            let pad = " ".repeat(side.saturating_sub(crate::cli::columns::width(one)));
            shown += &format!("{}{pad} | {two}\n", paint(style, one));
        }
    }
    shown + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_on_the_left_alone() {
        let document = crate::clean("The ferry left the harbour at half past six in the rain.\n\nShare this article");
        let shown = anstream::adapter::strip_str(&side_by_side("a.txt", &document, 80)).to_string();
        assert!(shown.starts_with("a.txt ") && shown.lines().next().unwrap().ends_with(", en"), "{shown}");
        assert_eq!((shown.matches("harbour").count(), shown.matches("Share this article").count()), (2, 1));
        assert!(
            shown.lines().skip(1).filter(|line| !line.is_empty()).all(|line| line.find(" | ") == Some(38)),
            "{shown}"
        );
    }
}
