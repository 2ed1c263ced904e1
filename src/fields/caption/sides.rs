//! Where in the picture someone stands: "(L)", ", second from right,", "links", "左から".

use super::line::{CaptionLine, gap};
use crate::document::Side;
use crate::fields::Context;
use crate::offsets::Span;
use crate::pack::{Pack, SIDES, caption_kind as kind};
use crate::text::part::PartOf;

/// Names so short are abbreviations, which say something in brackets alone and in their own language.
const SHORT: usize = 2;

/// The first of the sides that say how a row of people is to be read.
const ROW: usize = 5;

/// The side hints among words `from..to`; spans are of the line's text.
pub(super) fn sides(line: &CaptionLine<'_>, from: usize, to: usize, context: &Context) -> Vec<Side> {
    let mut sides = Vec::new();
    let mut short = Vec::new();
    let mut until = from;
    for phrase in line.found().iter().filter(|phrase| phrase.kind & kind::SIDE != 0) {
        let (first, end) = (phrase.first, phrase.first + phrase.len);
        // Of one word, the longest phrase comes first.
        if first < until || end > to {
            continue;
        }
        let side = (phrase.kind & kind::SIDE).trailing_zeros() - kind::FIRST_SIDE;
        let side = side as usize;
        let Some(name) = SIDES.get(side) else { continue };
        let (before, after) = (line.gap(first), line.gap(end));
        let inside = before & gap::OPEN != 0 && after & gap::CLOSE != 0;
        let opens = before & (gap::OPEN | gap::COMMA | gap::STOP | gap::EDGE | gap::COLON) != 0;
        let closes = after & (gap::CLOSE | gap::COMMA | gap::STOP | gap::EDGE | gap::COLON) != 0;
        let text = line.stretch(first, end);
        let is_short = text.len() <= SHORT && text.is_ascii();
        let stands = if is_short {
            inside && in_language(text, side, context)
        } else if side >= ROW {
            opens || closes
        } else {
            inside || opens && closes && before & gap::EDGE == 0 && after & gap::COLON == 0
        };
        if stands {
            until = end;
            if is_short && !line.text.part(line.end(end)..).starts_with('.') {
                short.push((sides.len(), text));
            }
            sides.push(Side { side: (*name).into(), span: Span::new(line.start(first), line.end(end)) });
        }
    }
    // A letter alone may be a party: "(R)". With an L beside it, it is not.
    if let [(only, text)] = short[..]
        && text != "L"
        && text != "l"
    {
        sides.remove(only);
    }
    sides
}

/// Whether the document's language abbreviates so; of an unknown one, whether English does.
fn in_language(text: &str, side: usize, context: &Context) -> bool {
    let told = |pack: &&Pack| pack.caption.sides.lists().iter().any(|list| !list.is_empty());
    let pack = context.packs.language(context.lang.unwrap_or("en")).filter(told);
    let pack = pack.or_else(|| context.packs.language("en"));
    let lists = pack.map(|pack| pack.caption.sides.lists());
    let known = lists.as_ref().and_then(|lists| lists.get(side));
    known.is_some_and(|known| known.iter().any(|known| known.eq_ignore_ascii_case(text)))
}
