//! What stands above a story and shows by itself what it is: the header of an extractor or an archive, a headline that ends in
//! "(PHOTOS, VIDEO)", and what a player says, which is no headline. It shifts the labels of those lines, whatever the model.

use super::shift::{self, shift};
use crate::document::Evidence;
use crate::label::{Labelled, Labels};
use crate::labels::Label;
use crate::observe::Lines;
use crate::pack::Packs;
use crate::read::front::{Field, Front, front};
use crate::read::title::{is_player, is_slug, media_mark};
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
    let headlines = headlines(lines, &labels.labels, packs);
    let fields = front.fields.iter().map(|field| (field.line, field.label));
    for (at, label) in fields.chain(headlines.into_iter().map(|(at, label, _)| (at, label))) {
        labels.change(at, |labelled| shift(labelled, [(label, SURE)]));
    }
}

/// Adds what did it to the evidence of the lines' labels, which the model gave.
pub(super) fn explain(explained: &mut [(Labelled, Vec<Evidence>)], lines: Lines<'_>, packs: &Packs) {
    let labels: Vec<_> = explained.iter().map(|(labelled, _)| labelled.label).collect();
    let front = read(lines, packs);
    let told = front.fields.iter().map(|field| (field.line, field.label, detail(field, lines.get(field.line).text)));
    for (at, label, detail) in told.chain(headlines(lines, &labels, packs)) {
        if let Some(line) = explained.get_mut(at) {
            shift::explain(line, &[(label, SURE)], |_| (format!("front.{label}"), detail.clone()));
        }
    }
}

fn detail(field: &Field, text: &str) -> String {
    match text.part(field.key.range()) {
        "" if field.goes_on => "goes on with a key of the header".to_owned(),
        "" => "a mark around a header".to_owned(),
        key => format!("a key of the header: \u{201c}{key}\u{201d}"),
    }
}

/// Lines that are headlines although the model says otherwise, or are none although it does, and why.
fn headlines(lines: Lines<'_>, labels: &[Label], packs: &Packs) -> Vec<(usize, Label, String)> {
    let titles = labels.iter().enumerate().filter(|(_, label)| **label == Label::Title).map(|(at, _)| at);
    let none = titles.filter_map(|at| {
        let text = lines.get(at).text;
        let told = |label, why: &str| Some((at, label, why.to_owned()));
        match () {
            () if is_player(text, packs) => told(Label::Ui, "what a player says where it cannot play"),
            () if is_slug(text) => told(Label::Nav, "the slug of an agency"),
            () => None,
        }
    });
    // One with pictures opens the text, and no other headline stands near it.
    let first = labels.get(..FIRST.min(labels.len())).unwrap_or_default();
    let before = first.iter().take_while(|label| **label != Label::Body).count().max(1).min(labels.len());
    let alone = !first.contains(&Label::Title);
    let pictures = (0..before).filter(|_| alone).find_map(|at| {
        let mark = media_mark(lines.get(at).text, packs)?;
        let mark = lines.get(at).text.part(mark.range());
        Some((at, Label::Title, format!("a headline that says what it has beside it: \u{201c}{mark}\u{201d}")))
    });
    none.chain(pictures).collect()
}
