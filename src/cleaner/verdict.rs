//! Whether a text holds a story: from how many story words can be expected in it.

use super::copy::Copy;
use crate::document::{BlockData, Verdict, four_places};
use crate::labels::Label;
use crate::offsets::count_bytes;
use crate::text::words::is_unspaced;

/// Words below which there is no story, and below which there is only the start of one. First values, set by hand on the
/// project's own articles: nothing has been learnt for them yet.
const NO_STORY: f64 = 25.0;
const STUB: f64 = 80.0;

/// The verdict and its probability, from the expected number of story words: each block's words times the probability that
/// it is body. Each bound is a soft one: at the bound both sides are equally likely, at twice as many words nine to one.
pub(super) fn verdict(blocks: &[BlockData], copy: &Copy<'_>) -> (Verdict, f32) {
    let words: f64 = blocks
        .iter()
        .map(|block| words(copy.text(block.text)) * f64::from(block.probabilities[Label::Body as usize]))
        .sum();
    // 1 / (1 + (bound / words)^3): no power function, so that every platform gives the same bits.
    let above =
        |bound: f64| if words > 0.0 { 1.0 / (1.0 + (bound / words) * (bound / words) * (bound / words)) } else { 0.0 };
    let (some, story) = (above(NO_STORY), above(STUB));
    let scores = [(Verdict::Story, story), (Verdict::Stub, some - story), (Verdict::NoStory, 1.0 - some)];
    let (verdict, score) = scores.into_iter().fold(scores[0], |best, next| if next.1 > best.1 { next } else { best });
    (verdict, four_places(score as f32))
}

/// Words of a repaired text, in which one space stands between words; two characters of an unspaced script count one.
fn words(text: &str) -> f64 {
    let spaced = if text.is_empty() { 0 } else { count_bytes(text.as_bytes(), |byte| byte == b' ') + 1 };
    // Characters of unspaced scripts begin with these bytes of UTF-8, others too: few of them need no closer look.
    let high = count_bytes(text.as_bytes(), |byte| byte >= 0xe0 && byte != 0xe2);
    if high <= spaced * 4 {
        return spaced as f64;
    }
    let unspaced = text.chars().filter(|c| is_unspaced(*c)).count();
    if unspaced > spaced * 4 { unspaced as f64 / 2.0 } else { spaced as f64 }
}
