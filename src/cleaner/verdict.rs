//! Whether a text holds a story, the start of one, or none: a multinomial logistic regression over a handful of figures of
//! the labelled document. `training/verdict.py` fits it, on documents that were labelled by models of other publishers.

use serde::Deserialize;

use crate::document::{Blocks, Document, Verdict, four_places};
use crate::error::{Error, Result};
use crate::labels::Label;
use crate::number::{exp, ln};
use crate::offsets::count_bytes;
use crate::once::Lazy;
use crate::text::part::PartOf;
use crate::text::sentence;

macro_rules! figures {
    ($($variant:ident $name:literal $meaning:literal)*) => {
        /// The one table of figures.
        #[derive(Clone, Copy)]
        #[repr(usize)]
        enum Figure { $(#[doc = $meaning] $variant,)* }

        /// Their names, in order: the names in `model/verdict.toml`.
        pub(crate) const FIGURES: [&str; COUNT] = [$($name,)*];
    };
}

const COUNT: usize = 14;

figures! {
    Story "story words" "ln(1 + words expected to be body)"
    StorySquared "story words squared" "the square of the same"
    Share "share" "of all words, those expected to be body"
    Sentences "sentences" "ln(1 + sentences expected to be body)"
    Length "sentence length" "ln(1 + words to a sentence of what is expected to be body)"
    Ellipses "ellipses" "ln(1 + blocks that end in an ellipsis and are expected to be body)"
    After "words behind" "ln(1 + words after the story's last block)"
    PromoBefore "promo before" "ln(1 + words expected to be promotion up to the story's last block)"
    PromoNext "promo next" "the highest probability of promotion among the three blocks after the story's last"
    Related "related words" "ln(1 + words expected to lead to other stories)"
    RelatedNext "related next" "the highest probability of a link to another story among the two blocks after the story's last"
    Furniture "furniture" "ln(1 + words expected to be menus, buttons and legal lines)"
    Title "title" "the highest probability of a headline"
    Sign "sign" "the highest probability of a byline or a time"
}

/// So many blocks after the story's last one are near it: for promotion, for other stories.
const NEAR: [usize; 2] = [3, 2];

/// A block is of the story from this probability of body on; where none is, the one that adds most words to the story may
/// stand for it, from the second on.
const STORY: [f32; 2] = [0.5, 0.1];

/// The story's last block, and what was counted up to its end.
#[derive(Clone, Copy, Default)]
struct End {
    next: usize,
    words: f64,
    promo: f64,
}

/// What the verdict follows from.
pub(crate) fn figures(blocks: &Blocks, repaired: &str) -> [f64; COUNT] {
    let (mut all, mut longest, mut counted, mut ellipses) = (0.0, 0.0, 0.0, 0.0);
    let (mut story, mut promo, mut related, mut furniture) = (0.0, 0.0, 0.0, 0.0);
    let (mut title, mut sign) = (0f32, 0f32);
    let (mut last, mut likeliest) = (None, None);
    for (i, block) in blocks.iter().enumerate() {
        let of = |label: Label| block.shares.get(label);
        let text = repaired.part(block.text.range());
        let (words, body) = (words(text), of(Label::Body));
        all += words;
        story += words * f64::from(body);
        if body > 0.0 {
            counted += sentence::count(text) as f64 * f64::from(body);
        }
        promo += words * f64::from(of(Label::Promo));
        related += words * f64::from(of(Label::Related));
        furniture += words * f64::from(of(Label::Nav) + of(Label::Ui) + of(Label::Legal) + of(Label::Share));
        title = title.max(of(Label::Title));
        sign = sign.max(of(Label::Byline) + of(Label::Timestamp));
        if body > 0.0 && ends_in_ellipsis(text) {
            ellipses += f64::from(body);
        }
        let end = Some(End { next: i + 1, words: all, promo });
        if body >= STORY[0] {
            last = end;
        }
        if words * f64::from(body) > longest {
            longest = words * f64::from(body);
            likeliest = end.filter(|_| body > STORY[1]);
        }
    }
    let end = last.or(likeliest).unwrap_or_default();
    let near = |label: Label, so_many: usize| {
        let near = (end.next..end.next + so_many).filter_map(|at| blocks.get(at));
        f64::from(near.map(|block| block.shares.get(label)).fold(0.0, f32::max))
    };
    let log = |count: f64| ln(1.0 + f64::max(count, 0.0));
    let mut figures = [0.0; COUNT];
    for (figure, value) in [
        (Figure::Story, log(story)),
        (Figure::StorySquared, log(story) * log(story)),
        (Figure::Share, if all > 0.0 { story / all } else { 0.0 }),
        (Figure::Sentences, log(counted)),
        (Figure::Length, log(story / f64::max(counted, 1.0))),
        (Figure::Ellipses, log(ellipses)),
        (Figure::After, log(all - end.words)),
        (Figure::PromoBefore, log(end.promo)),
        (Figure::PromoNext, near(Label::Promo, NEAR[0])),
        (Figure::Related, log(related)),
        (Figure::RelatedNext, near(Label::Related, NEAR[1])),
        (Figure::Furniture, log(furniture)),
        (Figure::Title, f64::from(title)),
        (Figure::Sign, f64::from(sign)),
    ] {
        figures[figure as usize] = value;
    }
    figures
}

/// Whether a text breaks off in an ellipsis; brackets around it are passed over.
fn ends_in_ellipsis(text: &str) -> bool {
    let bare = text.trim_end_matches([' ', ')', ']']);
    bare.ends_with("...") || bare.ends_with(['\u{2026}', '\u{22ef}'])
}

/// Words of a repaired text, in which one space stands between words. Where hardly any stand, two characters of Han or kana
/// count one word, counted by the first bytes of their UTF-8 (E3 to E9).
fn words(text: &str) -> f64 {
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return 0.0;
    }
    let spaced = 1 + count_bytes(bytes, |byte| byte == b' ');
    let unspaced = if text.is_ascii() { 0 } else { count_bytes(bytes, |byte| byte.wrapping_sub(0xe3) <= 6) };
    if unspaced > spaced * 4 { unspaced as f64 / 2.0 } else { spaced as f64 }
}

/// The figures of a document, for training: what its verdict follows from, in the order of [`FIGURES`].
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "training is in Python"))]
pub(crate) fn figures_of(document: &Document) -> [f64; COUNT] {
    figures(&document.blocks, &document.repaired)
}

const VERDICTS: [Verdict; 3] = [Verdict::Story, Verdict::Stub, Verdict::NoStory];

/// The learnt weights: for each verdict a bias, and a weight a figure.
struct VerdictWeights {
    /// From this probability on there is no story.
    no_story_from: f64,
    bias: [f64; VERDICTS.len()],
    figures: [[f64; VERDICTS.len()]; COUNT],
}

/// What `model/verdict.toml` holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    no_story_from: f64,
    figure: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    story: f64,
    stub: f64,
    no_story: f64,
}

/// The name of the row that is not a figure.
const BIAS: &str = "bias";

impl VerdictWeights {
    /// Figures are told by name, and one that the file does not know weighs nothing: so that training can run after the
    /// table has changed. A test says when the file is out of date.
    fn parse(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|error| {
            Error::format(format!("the verdict's weights cannot be read: {error}; make them with training/verdict.py"))
        })?;
        let of = |name: &str| {
            let row = file.figure.iter().find(|row| row.name == name);
            row.map_or([0.0; VERDICTS.len()], |row| [row.story, row.stub, row.no_story])
        };
        Ok(Self { no_story_from: file.no_story_from, bias: of(BIAS), figures: FIGURES.map(of) })
    }

    fn embedded() -> &'static Self {
        static WEIGHTS: Lazy<VerdictWeights> = Lazy::new(|| {
            VerdictWeights::parse(include_str!("../../model/verdict.toml")).expect("the embedded weights are tested")
        });
        &WEIGHTS
    }

    /// The probability of each verdict.
    fn judge(&self, figures: &[f64; COUNT]) -> [f64; VERDICTS.len()] {
        let mut scores = self.bias;
        for (figure, weights) in figures.iter().zip(&self.figures) {
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += figure * weight);
        }
        let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let odds = scores.map(|score| exp(score - best));
        let sum: f64 = odds.iter().sum();
        odds.map(|odds| odds / sum)
    }
}

/// The verdict and its probability. A text without a word holds no story, for certain.
pub(super) fn verdict(blocks: &Blocks, repaired: &str) -> (Verdict, f32) {
    if blocks.iter().all(|block| block.text.is_empty()) {
        return (Verdict::NoStory, 1.0);
    }
    let weights = VerdictWeights::embedded();
    let [story, stub, no_story] = weights.judge(&figures(blocks, repaired));
    let (verdict, probability) = match () {
        // A story that is taken for none is thrown away whole: it is worse than a page that is taken for a story.
        () if no_story >= weights.no_story_from => (Verdict::NoStory, no_story),
        () if stub > story => (Verdict::Stub, stub),
        () => (Verdict::Story, story),
    };
    (verdict, four_places(probability as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_of_the_table_of_figures() {
        let text = include_str!("../../model/verdict.toml");
        let file: File = toml::from_str(text).unwrap();
        let want = std::iter::once(BIAS).chain(FIGURES);
        assert!(file.figure.iter().map(|row| &*row.name).eq(want), "make model/verdict.toml with training/verdict.py");
        assert!(text.lines().next().unwrap().contains("training/verdict.py"));
        let weights = VerdictWeights::parse(text).unwrap();
        assert!(weights.figures.iter().flatten().chain(&weights.bias).all(|weight| weight.is_finite()));
        assert!(
            VerdictWeights::parse("figure = 3").is_err_and(|error| error.to_string().contains("training/verdict.py"))
        );
    }

    #[test]
    fn ellipses() {
        for (text, want) in [
            ("The end of the\u{2026}", true),
            ("The end of the [...]", true),
            ("The end of the [\u{2026}]", true),
            ("The end.", false),
            ("", false),
        ] {
            assert_eq!(ends_in_ellipsis(text), want, "{text}");
        }
    }

    #[test]
    fn words_of_any_script() {
        for (text, want) in
            [("", 0.0), ("one", 1.0), ("one two three", 3.0), ("港町の夜行連絡船が", 4.5), ("서울 시장은", 2.0)]
        {
            assert_eq!(words(text), want, "{text}");
        }
    }
}
