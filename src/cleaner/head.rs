//! Lines that show by themselves what they are: the header of an extractor or an archive above a story, a headline that ends in
//! "(PHOTOS, VIDEO)", what a player says, which is not a headline, the marks of newsrooms, and what feeds add below a story. It shifts
//! their labels, whatever the model.

use std::borrow::Cow;

use super::shift::{self, shift};
use crate::document::Evidence;
use crate::fields::front::{Field, Front, front};
use crate::fields::marks::{is_end, is_highlight, is_slug};
use crate::fields::title::{is_player, media_mark};
use crate::label::{Labelled, Labels};
use crate::labels::Label;
use crate::observe::Lines;
use crate::pack::Packs;
use crate::text::part::{PartOf, split_lines};

/// In nats for the label against every other: a line of a header is what its key says.
const SURE: f32 = 20.0;
/// A headline with pictures stands among so many first lines.
const FIRST: usize = 4;

/// The header in these lines.
pub(super) fn read(lines: Lines<'_>, packs: &Packs) -> Front {
    front(split_lines(lines.text), &packs.headers)
}

/// Numbers the fields by the blocks in which their lines begin, no longer by their lines.
pub(super) fn by_blocks(front: &mut Front, blocks: Lines<'_>) {
    let firsts: Vec<_> = fields(front, blocks).filter(|(at, _)| blocks.lies(*at).begins).map(|(at, _)| at).collect();
    front.fields.iter_mut().zip(firsts).for_each(|(field, at)| field.line = at);
}

/// The pieces of the header's lines, each with the field of its line.
fn fields<'f>(front: &'f Front, pieces: Lines<'f>) -> impl Iterator<Item = (usize, &'f Field)> {
    let last = front.fields.last().map_or(0, |field| field.line + 1);
    let line = move |line: &mut usize, at: usize| {
        *line += usize::from(at > 0 && pieces.lies(at).begins);
        (*line < last).then_some((at, *line))
    };
    (0..pieces.len()).scan(0, line).filter_map(|(at, line)| Some((at, front.field(line)?)))
}

/// Shifts the labels of those lines.
pub(super) fn weigh(labels: &mut Labels, lines: Lines<'_>, front: &Front, packs: &Packs) {
    let marks = marks(lines, &labels.labels, packs);
    let fields = fields(front, lines).map(|(at, field)| (at, field.label));
    for (at, label) in fields.chain(marks.into_iter().map(|(at, label, _)| (at, label))) {
        labels.change(at, |labelled| shift(labelled, [(label, SURE)]));
    }
}

/// Adds what did it to the evidence of the lines' labels, which the model gave.
pub(super) fn explain(explained: &mut [(Labelled, Vec<Evidence>)], lines: Lines<'_>, packs: &Packs) {
    let labels: Vec<_> = explained.iter().map(|(labelled, _)| labelled.label).collect();
    let front = read(lines, packs);
    let whole = |at: usize| lines.text.part(lines.lies(at).span.start..).split('\n').next().unwrap_or_default();
    let told = fields(&front, lines).map(|(at, field)| {
        let begins = lines.lies(at).begins;
        (
            at,
            field.label,
            if begins { detail(field, whole(at)) } else { Cow::Borrowed("goes on with a key of the header") },
        )
    });
    for (at, label, detail) in told.chain(marks(lines, &labels, packs)) {
        if let Some(line) = explained.get_mut(at) {
            shift::explain(line, &[(label, SURE)], |_| (format!("front.{label}"), detail.to_string()));
        }
    }
}

fn detail(field: &Field, text: &str) -> Cow<'static, str> {
    match text.part(field.key.range()) {
        "" if field.goes_on => Cow::Borrowed("goes on with a key of the header"),
        "" => Cow::Borrowed("a mark around a header"),
        key => Cow::Owned(format!("a key of the header: \u{201c}{key}\u{201d}")),
    }
}

/// Lines that are headlines although the model says otherwise, or are none although it does; the marks around copy; and why.
fn marks(lines: Lines<'_>, labels: &[Label], packs: &Packs) -> Vec<(usize, Label, Cow<'static, str>)> {
    let told = |(at, label): (usize, &Label)| {
        let text = lines.get(at).text;
        let told = |label, why: &'static str| Some((at, label, Cow::Borrowed(why)));
        match label {
            Label::Title if is_player(text, packs) => told(Label::Ui, "what a player says where it cannot play"),
            Label::Title if is_slug(text) => told(Label::Nav, "the slug of an agency"),
            _ if packs.feeds.is(text) => told(Label::Note, "the sentence that feeds add below a story"),
            Label::Ui => None,
            _ if is_end(text, &packs.wires) => told(Label::Ui, "a mark that says that copy ends or goes on"),
            _ => None,
        }
    };
    let mut found: Vec<_> = labels.iter().enumerate().filter_map(told).collect();
    for at in (0..lines.len()).filter(|at| is_highlight(lines.get(*at).text)) {
        let pieces = (at + 1..lines.len()).take_while(|next| *next == at + 1 || !lines.lies(*next).begins);
        let points = pieces.map(|next| (next, Label::Deck, Cow::Borrowed("a point of the summary, below its mark")));
        found.push((at, Label::Ui, Cow::Borrowed("a mark before a point of the summary")));
        found.extend(points);
    }
    // One with pictures opens the text, and no other headline stands near it.
    let first = labels.get(..FIRST.min(labels.len())).unwrap_or_default();
    let before = first.iter().take_while(|label| **label != Label::Body).count().max(1).min(labels.len());
    if !first.contains(&Label::Title) {
        found.extend((0..before).find_map(|at| {
            let text = lines.get(at).text;
            let mark = text.part(media_mark(text, packs)?.range());
            Some((
                at,
                Label::Title,
                Cow::Owned(format!("a headline that says what it has beside it: \u{201c}{mark}\u{201d}")),
            ))
        }));
    }
    found
}
