//! The clean text: the kept blocks' stretches of the repaired text, joined by the separator where a line ends between them.

use crate::document::Rendered;
use crate::offsets::Span;
use crate::text::part::PartOf;
use crate::text::words::is_unspaced;

/// A block to render: its stretch of the repaired text, and the stretches inside it to leave out, in order, each with the number
/// of its block.
#[derive(Clone, Copy)]
pub(crate) struct Piece<'a> {
    pub text: Span,
    pub without: &'a [(usize, Span)],
}

/// The text, and which stretch of `repaired` stands where in it: starts in the text and stretches, in order.
pub(crate) fn render<'a>(
    repaired: &str,
    pieces: impl Iterator<Item = Piece<'a>> + Clone,
    separator: &str,
) -> (String, Rendered) {
    let (count, len) = pieces.clone().fold((0, 0), |(count, len), piece| (count + 1, len + piece.text.len()));
    let mut text = String::with_capacity(len + count * separator.len());
    let mut rendered = Rendered::default();
    // Where the last stretch ends.
    let mut last: Option<usize> = None;
    for piece in pieces {
        let mut first = true;
        let mut put = |start: usize, end: usize| {
            if start == end {
                return;
            }
            if first && let Some(last) = last {
                let between = Span::new(last, start);
                match repaired.part(between.range()) {
                    // Blocks of one line stay together as they stood; what was removed from between them leaves a space.
                    stood if memchr::memchr(b'\n', stood.as_bytes()).is_some() => text.push_str(separator),
                    stood if stood.trim_start().is_empty() => {
                        rendered.push(text.len(), between);
                        text.push_str(stood);
                    }
                    _ => text.push(' '),
                }
            } else if !first && is_word_run_on(&text, repaired.part(start..end)) {
                text.push(' ');
            }
            first = false;
            rendered.push(text.len(), Span::new(start, end));
            text.push_str(repaired.part(start..end));
            last = Some(end);
        };
        let mut start = piece.text.start;
        for (_, gap) in piece.without {
            put(start, gap.start.clamp(start, piece.text.end));
            start = gap.end.clamp(start, piece.text.end);
        }
        put(start, piece.text.end);
    }
    (text, rendered)
}

/// Whether `next` would run into what is there: "month.Engineers". Scripts without spaces need none.
fn is_word_run_on(text: &str, next: &str) -> bool {
    let before = text.chars().next_back().is_some_and(|c| !c.is_whitespace() && !is_unspaced(c));
    before && next.starts_with(|c: char| c.is_alphanumeric() && !is_unspaced(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_left_out_and_blocks_that_become_empty_add_nothing() {
        let repaired = "PARIS (AFP) - It rained.\ngone\nIt stopped. (AFP photo)";
        let pieces = [
            (Span::new(0, 24), vec![(0, Span::new(0, 14))]),
            (Span::new(25, 29), vec![(1, Span::new(25, 29))]),
            (Span::new(30, 53), vec![(2, Span::new(41, 53))]),
        ];
        let (text, rendered) =
            render(repaired, pieces.iter().map(|(text, without)| Piece { text: *text, without }), "\n\n");
        assert_eq!(text, "It rained.\n\nIt stopped.");
        assert_eq!(rendered, [(0, Span::new(14, 24)), (12, Span::new(30, 41))].into_iter().collect());
    }

    #[test]
    fn what_is_left_does_not_run_together() {
        let without = [(0, Span::new(10, 12))];
        for (repaired, want) in [
            ("It rained.AdIt stopped.", "It rained. It stopped."),
            ("It rained.Ad It stopped.", "It rained. It stopped."),
            ("It rained.¹, it stopped.", "It rained., it stopped."),
        ] {
            let text = Span::new(0, repaired.len());
            let (text, _) = render(repaired, [Piece { text, without: &without }].into_iter(), "\n\n");
            assert_eq!(text, want);
        }
    }
}
