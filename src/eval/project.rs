//! From blocks back to lines: a line has the label of the block that covers most of it.

use super::gold::Guess;
use crate::document::Document;
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

/// A guess for each stretch of `text`, the text that was cleaned to `document`: the label and decision that cover most of its
/// code points, the first of equals; "none" where no block is.
pub(crate) fn project(document: &Document, text: &str, lines: &[Span]) -> Vec<Guess> {
    let index = CharIndex::new(text);
    let blocks: Vec<(Span, Guess)> = document
        .blocks()
        .map(|block| (index.span(block.span()), Guess { label: block.label().name().to_owned(), kept: block.kept() }))
        .collect();
    let mut first = 0;
    lines
        .iter()
        .map(|line| {
            while blocks.get(first).is_some_and(|(block, _)| block.end <= line.start) {
                first += 1;
            }
            let over = blocks.iter().skip(first).take_while(|(block, _)| block.start < line.end);
            most(over.map(|(block, guess)| (line.end.min(block.end) - line.start.max(block.start), guess)))
        })
        .collect()
}

/// The guess with the largest share in all, the first of equals.
fn most<'a>(shares: impl Iterator<Item = (usize, &'a Guess)>) -> Guess {
    let mut sums: Vec<(usize, &Guess)> = Vec::new();
    for (share, guess) in shares {
        match sums.iter_mut().find(|(_, known)| *known == guess) {
            Some((sum, _)) => *sum += share,
            None => sums.push((share, guess)),
        }
    }
    let best = sums.into_iter().reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map_or_else(|| Guess { label: "none".to_owned(), kept: false }, |(_, guess)| guess.clone())
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
        let guess = |label: &str| Guess { label: label.to_owned(), kept: false };
        let (a, b) = (guess("ad"), guess("nav"));
        assert_eq!(most([(2, &a), (3, &b), (2, &a)].into_iter()), a);
        assert_eq!(most([(2, &b), (2, &a)].into_iter()), b);
        assert_eq!(most(std::iter::empty()), guess("none"));
    }
}
