//! What stands above a story and shows by itself what it is: the header of an extractor or an archive, and a headline that
//! ends in "(PHOTOS, VIDEO)". It shifts the labels of those lines, whatever the model.

use super::shift::{self, shift};
use crate::document::Evidence;
use crate::label::{Labelled, Labels};
use crate::labels::Label;
use crate::observe::Lines;
use crate::pack::Packs;
use crate::read::front::{Field, Front, front};
use crate::read::title::media_mark;
use crate::text::part::PartOf;

/// In nats for the label against every other: a line of a header is what its key says.
const SURE: f32 = 20.0;
/// A headline with pictures stands among so many first lines.
const FIRST: usize = 4;

/// The header in these lines.
pub(super) fn read(lines: Lines<'_>, packs: &Packs) -> Front {
    front(lines.iter().map(|line| line.text), &packs.headers)
}

/// Shifts the labels of those lines.
pub(super) fn weigh(labels: &mut Labels, lines: Lines<'_>, front: &Front, packs: &Packs) {
    for field in &front.fields {
        labels.change(field.line, |labelled| shift(labelled, [(field.label, SURE)]));
    }
    if let Some(at) = headline(lines, |at| labels.labels.get(at).copied(), packs) {
        labels.change(at, |labelled| shift(labelled, [(Label::Title, SURE)]));
    }
}

/// Adds what did it to the evidence of the lines' labels, which the model gave.
pub(super) fn explain(explained: &mut [(Labelled, Vec<Evidence>)], lines: Lines<'_>, packs: &Packs) {
    for field in &read(lines, packs).fields {
        if let Some(line) = explained.get_mut(field.line) {
            let tell = |_| (format!("front.{}", field.label), detail(field, lines.get(field.line).text));
            shift::explain(line, &[(field.label, SURE)], tell);
        }
    }
    if let Some(at) = headline(lines, |at| Some(explained.get(at)?.0.label), packs)
        && let Some(line) = explained.get_mut(at)
    {
        let mark = media_mark(lines.get(at).text, packs).map_or("", |mark| lines.get(at).text.part(mark.range()));
        let tell = |_| ("front.title".to_owned(), format!("a headline says that it has pictures: \u{201c}{mark}\u{201d}"));
        shift::explain(line, &[(Label::Title, SURE)], tell);
    }
}

fn detail(field: &Field, text: &str) -> String {
    match text.part(field.key.range()) {
        "" if field.goes_on => "goes on with a key of the header".to_owned(),
        "" => "a mark around a header".to_owned(),
        key => format!("a key of the header: \u{201c}{key}\u{201d}"),
    }
}

/// The line that is a headline with pictures although the model took it for their credit: it opens the text, and no other
/// headline stands near it.
fn headline(lines: Lines<'_>, label: impl Fn(usize) -> Option<Label>, packs: &Packs) -> Option<usize> {
    let labels = || (0..FIRST.min(lines.len())).map_while(&label);
    if labels().any(|label| label == Label::Title) {
        return None;
    }
    let before = labels().take_while(|label| *label != Label::Body).count();
    (0..before.max(1).min(lines.len())).find(|at| media_mark(lines.get(*at).text, packs).is_some())
}
