//! From blocks back to lines: a line has the label of the blocks that cover most of it.

use super::gold::Guess;
use crate::document::{Block, Document};
use crate::labels::Label;
use crate::offsets::{CharIndex, Span};

/// The text that lines make, and where each stands in it, in code points.
pub(crate) fn joined(lines: &[String], separator: &str) -> (String, Vec<Span>) {
    let gap = separator.chars().count();
    let mut start = 0;
    let spans = lines.iter().map(|line| {
        let span = Span::new(start, start + line.chars().count());
        start = span.end + gap;
        span
    });
    let spans = spans.collect();
    (lines.join(separator), spans)
}

/// A guess for each stretch of `text`, the text that was cleaned to `document`: what the block says that [`covering`] finds;
/// "none" where no block is.
pub(crate) fn project(document: &Document, text: &str, lines: &[Span]) -> Vec<Guess> {
    let index = CharIndex::new(text);
    let blocks: Vec<Block<'_>> = document.blocks().collect();
    let said = |block: &Block<'_>| (index.span(block.span()), block.label(), block.kept());
    let guess = |at: Option<usize>| match at.and_then(|at| blocks.get(at)) {
        Some(block) => Guess { label: block.label().name().to_owned(), kept: block.kept() },
        None => Guess { label: "none".to_owned(), kept: false },
    };
    covering(blocks.iter().map(said), lines).into_iter().map(guess).collect()
}

/// For each line the number of the block that says what it is: of the label and decision that cover most of the line, the first of
/// equals, the block that covers most; none where no block is. Lines and blocks are in order, and counted in one unit.
pub(crate) fn covering(blocks: impl Iterator<Item = (Span, Label, bool)>, lines: &[Span]) -> Vec<Option<usize>> {
    let blocks: Vec<_> = blocks.collect();
    let mut first = 0;
    lines
        .iter()
        .map(|line| {
            while blocks.get(first).is_some_and(|(block, ..)| block.end <= line.start) {
                first += 1;
            }
            let over = blocks.iter().enumerate().skip(first).take_while(|(_, (block, ..))| block.start < line.end);
            most(over.map(|(at, (block, label, kept))| {
                (at, line.end.min(block.end) - line.start.max(block.start), (*label, *kept))
            }))
        })
        .collect()
}

/// A label and decision: how much of a line they cover, and the block of them that covers most, with its share.
struct Covered {
    said: (Label, bool),
    sum: usize,
    most: usize,
    block: usize,
}

/// The block with the largest share among those that say what most of the line says, the first of equals.
fn most(shares: impl Iterator<Item = (usize, usize, (Label, bool))>) -> Option<usize> {
    let mut all: Vec<Covered> = Vec::new();
    for (block, share, said) in shares {
        match all.iter_mut().find(|known| known.said == said) {
            Some(known) => {
                known.sum += share;
                if share > known.most {
                    (known.most, known.block) = (share, block);
                }
            }
            None => all.push(Covered { said, sum: share, most: share, block }),
        }
    }
    let best = all.into_iter().reduce(|best, next| if next.sum > best.sum { next } else { best });
    best.map(|best| best.block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_in_code_points() {
        let (text, spans) = joined(&["Käse".to_owned(), String::new(), "x".to_owned()], "\n\n");
        assert_eq!(text, "Käse\n\n\n\nx");
        assert_eq!(spans, [Span::new(0, 4), Span::new(6, 6), Span::new(8, 9)]);
    }

    #[test]
    fn shares_are_summed_and_the_first_of_equals_wins() {
        let (ad, nav) = ((Label::Ad, false), (Label::Nav, false));
        assert_eq!(most([(4, 2, ad), (5, 3, nav), (6, 2, ad)].into_iter()), Some(4));
        assert_eq!(most([(4, 1, ad), (5, 3, nav), (6, 4, ad)].into_iter()), Some(6));
        assert_eq!(most([(4, 2, nav), (5, 2, ad)].into_iter()), Some(4));
        assert_eq!(most([(4, 2, ad), (5, 3, (Label::Ad, true))].into_iter()), Some(5));
        assert_eq!(most(std::iter::empty()), None);
    }

    #[test]
    fn a_line_has_the_block_that_covers_most_of_it() {
        let blocks = [(0, 4, Label::Title), (4, 10, Label::Body), (12, 20, Label::Nav)];
        let blocks = blocks.map(|(start, end, label)| (Span::new(start, end), label, label == Label::Body));
        let lines = [(0, 3), (3, 10), (10, 12), (11, 20), (20, 25)].map(|(start, end)| Span::new(start, end));
        assert_eq!(covering(blocks.into_iter(), &lines), [Some(0), Some(1), None, Some(2), None]);
    }
}
