//! Which lines were torn: a logistic regression over what a pair of lines shows (`figures.rs`), in two rounds. The second one
//! knows what the first one says of the pairs around and of the document. `training/join.py` learns the weights.

use std::collections::HashMap;

use super::RawLine;
use super::figures::{Begin, End, FIGURES, FIRST, Pairs, Values, begin, end, ends_open};
use super::wrap::{goes_on_lines, wrap_width};
use crate::error::{Error, Result};
use crate::offsets::Span;
use crate::once::Lazy;
use crate::text::part::PartOf;

/// So many times the threshold must be passed where neither stops nor the case of letters tell prose from a list.
const BARE: i32 = 3;

/// Joins the lines that were torn.
pub(super) fn join(text: &str, lines: &[RawLine]) -> Vec<Span> {
    let mut blocks: Vec<Span> = Vec::with_capacity(lines.len());
    if !lines.windows(2).any(|pair| may_be_torn(text, pair)) {
        blocks.extend(lines.iter().map(|line| line.span));
        return blocks;
    }
    let weights = JoinWeights::embedded();
    let pairs = Pairs::of(text, lines, wrapped(text, lines));
    let scores = weights.scores(&pairs);
    for (i, line) in lines.iter().enumerate() {
        let torn = i.checked_sub(1).filter(|_| !line.ended).is_some_and(|before| {
            let bound = if pairs.is_bare(before) { BARE } else { 1 } * weights.threshold;
            scores.get(before).is_some_and(|score| *score > bound) && !pairs.is_among_scraps(before)
        });
        match blocks.last_mut() {
            Some(block) if torn => block.end = line.span.end,
            _ => blocks.push(line.span),
        }
    }
    blocks
}

/// Which lines go on the one before, when the document as a whole is hard-wrapped.
fn wrapped(text: &str, lines: &[RawLine]) -> Option<Vec<bool>> {
    wrap_width(text, lines).map(|width| goes_on_lines(text, lines, width))
}

/// A cheap look at a pair, to pass over documents that have no torn line.
fn may_be_torn(text: &str, pair: &[RawLine]) -> bool {
    let [upper, lower] = pair else { return false };
    let begin = begin(text.part(lower.span.range()));
    let opens = || ends_open(text.part(upper.span.range()));
    let stops = || matches!(end(text.part(upper.span.range())), End::Stop | End::ClosedStop | End::Ellipsis);
    match begin {
        Begin::Small | Begin::Unspaced | Begin::Caseless => !stops(),
        Begin::Mark | Begin::Closing | Begin::OnlyMarks | Begin::Apostrophe => true,
        _ => opens(),
    }
}

/// The learnt weights, in 1/256 nats: a weight for each value of each figure, in each round.
struct JoinWeights {
    rounds: [Round; 2],
    /// Pairs with a higher score are joined.
    threshold: i32,
}

#[derive(Default)]
struct Round {
    bias: i32,
    figures: Vec<Vec<i32>>,
}

impl Round {
    /// What the figures of the first round say.
    fn first(&self, values: &Values) -> i32 {
        self.bias + sum(&self.figures[..FIRST], &values[..FIRST])
    }

    /// What the others say.
    fn second(&self, values: &Values) -> i32 {
        sum(&self.figures[FIRST..], &values[FIRST..])
    }
}

/// The weights of these values.
fn sum(figures: &[Vec<i32>], values: &[u16]) -> i32 {
    let weights = figures.iter().zip(values);
    weights.map(|(weights, value)| weights.get(usize::from(*value)).copied().unwrap_or(0)).sum()
}

impl JoinWeights {
    /// The file holds a line for each figure of each round: its round, its name, a colon and its weights, those of 0 at the end
    /// left out. A figure that the file does not know weighs nothing, so that training can run after the table has changed.
    fn parse(text: &str) -> Result<Self> {
        let wrong = |line: &str| {
            Error::format(format!(
                "the weights of torn lines cannot be read at {line:?}; make them with training/join.py"
            ))
        };
        let mut rows: HashMap<&str, Vec<i32>> = HashMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (name, numbers) = line.split_once(':').ok_or_else(|| wrong(line))?;
            let numbers = numbers.split_ascii_whitespace().map(|number| number.parse::<i16>().map(i32::from));
            rows.insert(name, numbers.collect::<std::result::Result<_, _>>().map_err(|_| wrong(line))?);
        }
        let one = |name: &str| rows.get(name).and_then(|row| row.first()).copied().unwrap_or_default();
        let (threshold, biases) = (one("threshold"), [one("1 bias"), one("2 bias")]);
        let mut round = |number: usize, bias: i32| Round {
            bias,
            figures: FIGURES.map(|(name, _)| rows.remove(&*format!("{number} {name}")).unwrap_or_default()).into(),
        };
        Ok(Self { rounds: [round(1, biases[0]), round(2, biases[1])], threshold })
    }

    fn embedded() -> &'static Self {
        static WEIGHTS: Lazy<JoinWeights> = Lazy::new(|| {
            JoinWeights::parse(include_str!("../../model/join.txt")).expect("the embedded weights are tested")
        });
        &WEIGHTS
    }

    /// A score for each pair: of the second round, which knows those of the first; once more, with its own.
    fn scores(&self, pairs: &Pairs) -> Vec<i32> {
        let mut values: Vec<Values> = (0..pairs.len()).map(|at| pairs.values(at)).collect();
        let [first, second] = &self.rounds;
        let mut scores: Vec<i32> = values.iter().map(|values| first.first(values) + first.second(values)).collect();
        let known: Vec<i32> = values.iter().map(|values| second.first(values)).collect();
        for _ in 0..2 {
            pairs.add_scores(&scores, &mut values);
            scores.clear();
            scores.extend(known.iter().zip(&values).map(|(known, values)| known + second.second(values)));
        }
        scores
    }
}

/// For training: the values of a text's pairs, those of the second round when the scores of the first are given.
#[cfg(feature = "python")]
pub(crate) fn values_of(text: &str, scores: Option<&[i32]>) -> Vec<u16> {
    let lines = super::lines(text, &crate::text::prefilter::Prefilter::of(text));
    let pairs = Pairs::of(text, &lines, wrapped(text, &lines));
    let mut values: Vec<Values> = (0..pairs.len()).map(|at| pairs.values(at)).collect();
    match scores {
        Some(scores) => {
            pairs.add_scores(scores, &mut values);
            values.into_iter().flatten().collect()
        }
        None => values.into_iter().flat_map(|values| values.into_iter().take(FIRST)).collect(),
    }
}

/// For training: the figures, their names and how many values each has; so many are of the first round.
#[cfg(feature = "python")]
pub(crate) fn figures() -> (Vec<(&'static str, usize)>, usize) {
    (FIGURES.to_vec(), FIRST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::segment;
    use crate::segment::wrap::columns;
    use crate::text::prefilter::Prefilter;

    fn blocks(text: &str) -> Vec<&str> {
        segment(text, &Prefilter::of(text)).into_iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn the_weights_are_of_the_table_of_figures() {
        let text = include_str!("../../model/join.txt");
        assert!(text.lines().next().unwrap().contains("training/join.py"));
        let weights = JoinWeights::parse(text).unwrap();
        assert!(weights.threshold > 0);
        for (number, round) in (1..).zip(&weights.rounds) {
            let known = if number == 1 { FIRST } else { FIGURES.len() };
            for ((name, size), row) in FIGURES.iter().zip(&round.figures).take(known) {
                assert!((1..=*size).contains(&row.len()), "{number} {name}: make model/join.txt with training/join.py");
            }
        }
        assert!(JoinWeights::parse("figure = 3").is_err_and(|error| error.to_string().contains("training/join.py")));
    }

    #[test]
    fn a_short_text_torn_at_its_links() {
        let text = "Quay closes for a year\nMarch 12, 2013\nThe north quay of Port Ellin was closed on Monday by order of\n\
                    Judge Tom Vale\n, who signed the paper after reading\nthe divers' report\n.\n\
                    \"Nobody was asked,\" said Lena Orr, who sells fish there.";
        let want = ["Quay closes", "March", "The north quay", "\"Nobody was"];
        let blocks = blocks(text);
        assert_eq!(blocks.len(), want.len(), "{blocks:#?}");
        assert!(blocks.iter().zip(want).all(|(block, want)| block.starts_with(want)), "{blocks:#?}");
    }

    #[test]
    fn a_quotation_mark_alone_on_its_line() {
        let text = "Harbour Master Lena Orr said on Tuesday, \u{201c}\nThis quay has carried us for a century.\n\u{201d}\n\
                    Traders have two weeks to leave the sheds.";
        assert_eq!(blocks(text).len(), 2, "{:#?}", blocks(text));
    }

    #[test]
    fn a_brief_that_is_wrapped() {
        let text = "RAIL OPERATOR ENDS MERGER TALKS\nThe regional rail operator said on Monday that\nit had dropped plans to \
                    merge with a smaller rival after six\nmonths of talks.\n    Directors could not agree on who would run the \
                    combined group,\nthe company said in a statement to the exchange.\n    Shares in the operator fell 3 \
                    percent in early trading, while\nthose of the rival were unchanged at 41 crowns.\n";
        assert_eq!(blocks(text).len(), 4, "{:#?}", blocks(text));
    }

    /// Breaks a text where a program would.
    fn wrapped(text: &str, width: usize) -> String {
        let (mut out, mut used) = (String::new(), 0);
        let spaced = text.contains(' ');
        let words: Vec<String> = if spaced {
            text.split(' ').map(str::to_owned).collect()
        } else {
            text.chars().map(String::from).collect()
        };
        for word in words {
            let space = usize::from(spaced);
            let fits = used > 0 && used + space + columns(&word) <= width;
            out += if used == 0 || fits && !spaced {
                ""
            } else if fits {
                " "
            } else {
                "\n"
            };
            used = columns(&word) + if fits { used + space } else { 0 };
            out += &word;
        }
        out
    }

    const PARAGRAPHS: [&str; 5] = [
        "The harbour council voted on Thursday night to keep the last ferry of the day, after three hours of speeches and a \
         petition that had been signed by more than nine thousand people from both banks of the river.",
        "Der Rat der Hafenstadt hat am Donnerstag beschlossen, die letzte Fähre des Tages zu behalten, nachdem mehr als \
         neuntausend Menschen von beiden Ufern eine Bittschrift unterschrieben hatten, wie der Bürgermeister sagte.",
        "Совет портового города решил в четверг сохранить последний вечерний паром после трёх часов выступлений и прошения, \
         которое подписали более девяти тысяч человек с обоих берегов реки, сообщил мэр города.",
        "قررت بلدية المدينة إبقاء العبارة الليلية الأخيرة بعد ثلاث ساعات من الخطب وعريضة وقعها أكثر من تسعة آلاف شخص من \
         ضفتي النهر وقال رئيس البلدية إن المال سيوجد في ميزانية العام المقبل على الأرجح رغم كل شيء.",
        "港町の市議会は木曜日の夜、三時間にわたる議論のすえ、両岸の九千人を超える人々が署名した請願を受けて、一日の最後の連絡船を残すことを決めたと市長が述べ、費用は来年の予算から出るだろうと付け加えた。",
    ];

    #[test]
    fn wrapped_at_forty_columns_in_many_scripts() {
        for paragraph in PARAGRAPHS {
            let text = [wrapped(paragraph, 40), wrapped(paragraph, 40), wrapped(paragraph, 40)].join("\n");
            let blocks = blocks(&text);
            assert!((1..=5).contains(&blocks.len()), "{blocks:#?}");
        }
    }

    #[test]
    fn lines_that_are_lines_stay() {
        for text in [
            "Ferry kept for a year\nBy Lena Orr\nMarch 12, 2013\nThe harbour council voted to keep the last ferry.",
            "Home\nNews\nSport\nWeather\nContact us\nAbout\nPrivacy",
            "Ministers agree on plan for railways\nOld bridge opens to cyclists\nWhy the night ferry matters to nurses\n\
             Council to vote on harbour budget",
            "Port Ellin 3 1\nLower Tarn 2 2\nUpper Tarn 0 4\nGrey Quay 1 1",
            "The divers found cracks.\nThe quay was closed.\nTraders have two weeks.\nThe council meets on Friday.",
            "I went down to the water\nTo see the ferry leave\nI stood there with my daughter\nAnd tugged her by the sleeve",
            "A diver at the north quay on Monday. Photo: Lena Orr\nThe harbour board will meet on Friday to hear the divers.",
        ] {
            assert_eq!(blocks(text).len(), text.lines().count(), "{text}");
        }
    }

    #[test]
    fn any_lines_at_all() {
        for text in ["\"\n\"\n\"", "a\n,\n,\n.", ".\n.", "(\n)", "\u{201c}\n\u{201c}", "-\n-", "1\n2\n3", "a", ""] {
            let spans = segment(text, &Prefilter::of(text));
            assert!(spans.windows(2).all(|pair| pair[0].end < pair[1].start), "{text:?}");
        }
    }
}
