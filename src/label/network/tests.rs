//! The network against its definition, line by line, and what is said of its reasons against what they do.

use super::matrix::Machine;
use super::*;
use crate::document::Evidence;
use crate::features::{FEATURE_TABLE, SEEN_AROUND};
use crate::label::Labeller;
use crate::label::chain::Lanes;
use crate::observe::{self, Lines, Scope, observe};
use crate::offsets::{Span, Spans};
use crate::pack::Packs;
use crate::weights::network::testing::Recipe;
use crate::weights::{Dense, Model};

macro_rules! texts {
    ($($name:literal)*) => { [$(include_str!(concat!("../../../tests/goldens/", $name, ".txt")),)*] };
}

/// Some of the project's goldens, of all kinds.
const GOLDENS: [&str; 18] = texts! {
    "01-ferry-wire-story"
    "03-share-prices"
    "05-whole-sentence-captions"
    "08-live-blog-election"
    "10-hochwasser-dpa"
    "12-regatta-table"
    "14-comments"
    "16-stray-tags"
    "19-listicle"
    "20-wolf-teaserliste"
    "23-volcan-efe"
    "26-phare-abonnes"
    "30-pociag-pap"
    "31-morskoy-muzey"
    "32-eki-no-neko"
    "34-nakhla"
    "39-furniture-only"
    "40-one-line"
};

/// Their lines.
fn goldens() -> Vec<Vec<String>> {
    let lines = |text: &&str| {
        let rows = text.lines().filter(|row| !row.starts_with("# "));
        let texts = rows.filter_map(|row| Some(row.split_once('|')?.1.trim().to_owned()));
        texts.filter(|text| !text.is_empty()).collect()
    };
    GOLDENS.iter().map(lines).collect()
}

/// Lines in one text, and where they stand in it.
fn joined(lines: &[String]) -> (String, Spans) {
    let (mut text, mut spans) = (String::new(), Spans::default());
    for line in lines {
        spans.push(Span::new(text.len(), text.len() + line.len()));
        text += line;
    }
    (text, spans)
}

fn observed(lines: &[String]) -> Observations {
    let (text, spans) = joined(lines);
    observe(Lines { text: &text, spans: &spans, marks: &[] }, None, &Packs::embedded(), true)
}

fn scores_of(runner: &Runner, observed: &Observations) -> Vec<Scores> {
    let mut scores = vec![[0; LANES]; observed.len()];
    runner.add_scores(observed, &mut scores);
    scores
}

/// Every fourth word of the goldens.
fn lexicon() -> Vec<u32> {
    let observed: Vec<_> = goldens().iter().map(|lines| self::observed(lines)).collect();
    let words = observed.iter().flat_map(|it| (0..it.len()).flat_map(|line| it.own_words(line).iter().copied()));
    let set: std::collections::BTreeSet<u32> = words.filter(|word| word % 4 == 0).collect();
    set.into_iter().collect()
}

/// What a layer makes of its inputs, as the definition has it.
fn layer(layer: &Dense, inputs: &[i16], bound: i16) -> Vec<i16> {
    let sums = layer.weights.chunks_exact(layer.inputs).zip(&layer.bias).map(|(row, bias)| {
        let sum: i64 = row.iter().zip(inputs).map(|(a, b)| i64::from(*a) * i64::from(*b)).sum();
        (sum + i64::from(*bias) + ((1 << layer.shift) >> 1)) >> layer.shift
    });
    sums.map(|sum| sum.clamp(0, i64::from(bound)) as i16).collect()
}

/// The scores as the definition has them.
fn plainly(network: &Network, observed: &Observations) -> Vec<Vec<i64>> {
    let (bits, lines, bound) = (&network.bits, observed.len(), network.bound);
    let labels = Label::COUNT;
    let mut scores = vec![vec![0i64; labels]; lines];
    let mut first = Vec::new();
    for line in 0..lines {
        let mut bag: Vec<i64> = network.bag_bias.iter().map(|bias| i64::from(*bias)).collect();
        for feature in observed.line_features(line).iter().chain(observed.context_features(line)) {
            let row = Network::own(*feature);
            for (i, sum) in bag.iter_mut().enumerate() {
                *sum += i64::from(network.features[row * network.bag + i]) << (bits.bag_sum() - bits.features);
            }
            for (table, to) in network.feature_scores.iter().zip([Some(line), Some(line + 1), line.checked_sub(1)]) {
                let Some(scores) = to.and_then(|to| scores.get_mut(to)) else { continue };
                for (i, score) in scores.iter_mut().enumerate() {
                    *score += i64::from(table[row * labels + i]) << (SCORE_BITS - bits.feature_scores);
                }
            }
        }
        let mut words = Vec::new();
        network.find_words(observed.own_words(line), &mut words);
        for row in words {
            for (i, sum) in bag.iter_mut().enumerate() {
                *sum += i64::from(network.words[row * network.bag + i]) << (bits.bag_sum() - bits.words);
            }
            for (i, score) in scores[line].iter_mut().enumerate() {
                *score += i64::from(network.word_scores[row * labels + i]) << (SCORE_BITS - bits.word_scores);
            }
        }
        let down = bits.bag_sum() - bits.bag;
        let half = (1 << down) >> 1;
        let bag: Vec<_> = bag.iter().map(|sum| ((sum + half) >> down).clamp(0, i64::from(bound)) as i16).collect();
        first.push(layer(&network.first, &bag, bound));
    }
    let mut vectors = first.clone();
    for (far, taps) in network.dilations.iter().zip(&network.taps) {
        let outside = vec![0; network.width];
        let at = |line: Option<usize>| line.and_then(|line| vectors.get(line)).unwrap_or(&outside);
        let next = (0..lines).map(|line| {
            let inputs = [at(line.checked_sub(*far)), at(Some(line)), at(Some(line + far))].map(|it| &it[..]).concat();
            let seen = layer(taps, &inputs, bound);
            vectors[line].iter().zip(seen).map(|(here, seen)| (here + seen).min(bound)).collect()
        });
        vectors = next.collect();
    }
    for ((scores, last), first) in scores.iter_mut().zip(&vectors).zip(&first) {
        let inputs = [&last[..], first].concat();
        let half = (1i64 << network.last.shift) >> 1;
        for ((score, row), bias) in
            scores.iter_mut().zip(network.last.weights.chunks(inputs.len())).zip(&network.last.bias)
        {
            let sum: i64 = row.iter().zip(&inputs).map(|(a, b)| i64::from(*a) * i64::from(*b)).sum();
            *score += (sum + i64::from(*bias) + half) >> network.last.shift;
        }
    }
    scores
}

#[test]
fn scores_are_those_of_the_definition_on_every_machine() {
    let words = lexicon();
    for (seed, bag, width, dilations) in
        [(1, 16, 24, vec![1, 3]), (2, 64, 64, vec![1, 2, 4, 8, 16]), (3, 8, 8, vec![]), (4, 40, 32, vec![4096, 5, 7])]
    {
        let recipe =
            Recipe { seed, bag, width, dilations, words: words.clone(), taps: 150, first: 300, ..Recipe::default() };
        let network = recipe.network();
        let mut runner = Runner::new(network.clone());
        for lines in goldens() {
            let observed = observed(&lines);
            let plain = plainly(&network, &observed);
            for machine in [Machine::best(), Machine::Any] {
                runner.machine = machine;
                let scores = scores_of(&runner, &observed);
                assert!(scores.len() == lines.len() && scores[0][0] != scores[0][1]);
                for (scores, plain) in scores.iter().zip(&plain) {
                    assert!(scores[..Label::COUNT].iter().map(|score| i64::from(*score)).eq(plain.iter().copied()));
                }
            }
        }
        assert!(scores_of(&runner, &Observations::with_capacity(0, false)).is_empty());
    }
}

#[test]
fn long_documents_are_worked_out_in_blocks() {
    let network = Recipe { dilations: vec![1, 90, 200], ..Recipe::default() }.network();
    let lines: Vec<String> =
        (0..700).map(|i| ["Share", "A line of a story, no. ", "7:30"][i * i % 3].to_owned() + &i.to_string()).collect();
    let observed = observed(&lines);
    for (scores, plain) in scores_of(&Runner::new(network.clone()), &observed).iter().zip(plainly(&network, &observed))
    {
        assert!(scores[..Label::COUNT].iter().map(|score| i64::from(*score)).eq(plain));
    }
}

/// What a document is without pieces of evidence of one line.
fn without(observed: &Observations, line: usize, evidence: &Evidence) -> Option<Observations> {
    let features = observed.line_features(line).iter().chain(observed.context_features(line));
    let feature = features.copied().find(|feature| FEATURE_TABLE[usize::from(*feature)].detail == evidence.detail);
    let spelled = observed.spelled(line);
    let own = observed.own_words(line).iter().zip(&spelled);
    let named = |spelled: &str| {
        let (name, detail) = super::super::explain::spell(spelled);
        name == evidence.name && detail == evidence.detail
    };
    let word = own.clone().find(|(_, spelled)| named(spelled)).map(|(word, _)| *word);
    (feature.is_some() || word.is_some()).then(|| observed.without(line, feature, word))
}

#[test]
fn what_is_named_as_evidence_moves_the_probability_that_way() {
    let words = lexicon();
    // Smaller weights than a learnt network has would say nothing; larger ones decide everything at once.
    let random = |chain| {
        let recipe = Recipe { chain, words: words.clone(), taps: 60, features: 100, last: 300, ..Recipe::default() };
        Model::from_bytes(&recipe.bytes()).unwrap()
    };
    let learnt = Model::named("default").unwrap();
    for (name, model) in [("network", random(false)), ("both", random(true)), ("default", learnt)] {
        let labeller = Labeller::new(&model);
        let (mut right, mut all, mut off) = (0, 0, Vec::new());
        for lines in goldens().iter().step_by(3) {
            let observed = observed(lines);
            let shares = |observed: &Observations| {
                let mut said: Vec<_> = labeller.scores(observed).iter().map(|of| labeller.chain.said(of)).collect();
                let mut shares = vec![Lanes::default(); said.len()];
                labeller.chain.run(&mut said, |at, line| {
                    shares[at] = line.joint;
                    Default::default()
                });
                shares
            };
            let probabilities = shares(&observed);
            for (line, (_, evidence)) in labeller.explain(&observed).iter().enumerate() {
                assert!(evidence.is_sorted_by(|a, b| a.weight.abs() >= b.weight.abs()));
                let first = super::super::chain::best_but(&probabilities[line], Label::COUNT);
                let second = super::super::chain::best_but(&probabilities[line], first);
                let odds =
                    |lanes: &Lanes| super::super::number::ln(lanes[first]) - super::super::number::ln(lanes[second]);
                assert!(evidence.iter().all(|evidence| evidence.over == Some(Label::ALL[second])), "{name}");
                for evidence in evidence.iter().filter(|evidence| evidence.weight.abs() > 0.05) {
                    let Some(less) = without(&observed, line, evidence) else { continue };
                    let moved = odds(&probabilities[line]) - odds(&shares(&less)[line]);
                    all += 1;
                    right += usize::from(moved * evidence.weight > 0.0);
                    off.push((evidence.weight / labeller.inverse_temperature / moved - 1.0).abs());
                }
            }
        }
        off.sort_by(f32::total_cmp);
        let off = off[off.len() / 2];
        eprintln!("{name}: {right} of {all} pieces move the odds as they say, half of them {off:.3} off or less");
        assert!(all > 400 && right * 100 >= all * 95 && off < 0.25, "{name}: {right} of {all}, {off:.3} off");
    }
}

#[test]
fn lines_that_are_alike_get_the_scores_of_each() {
    let goldens = goldens();
    let mut lines = Vec::new();
    for (count, line) in [(9000, 0), (1, 3), (9000, 1), (2000, 2)] {
        (0..count).for_each(|at| lines.push(goldens[line][if line == 2 { at % 3 } else { 0 }].clone()));
    }
    let (text, spans) = joined(&lines);
    let lines = Lines { text: &text, spans: &spans, marks: &[] };
    observe::with(lines, None, &Packs::embedded(), false, Scope::Stretches, |mut observer| {
        for model in ["default", "fast"].map(|name| Model::named(name).unwrap()) {
            let labeller = Labeller::new(&model);
            for stretch in [5000..6000, 8600..9600, 18_500..19_300] {
                let observed = observer.observe(stretch);
                let mut said = Vec::new();
                let wanted = 40..observed.len();
                labeller.say_of_alike(observed, wanted.clone(), &mut said).expect("most of the lines are alike");
                let scores = labeller.scores(observed);
                assert!(
                    said.iter().eq(scores[wanted]
                        .iter()
                        .map(|scores| labeller.chain.said(scores))
                        .collect::<Vec<_>>()
                        .iter())
                );
            }
        }
    });
}

#[test]
fn leaving_nothing_out_changes_nothing_and_context_features_have_rows() {
    assert_eq!(Network::own(SEEN_AROUND - 1) + 1, Network::own(3 * SEEN_AROUND));
    let labeller = Labeller::new(&Model::Network(Recipe { dilations: vec![2], ..Recipe::default() }.network()));
    let one = observed(&["A lone line".to_owned()]);
    let evidence = labeller.explain(&one);
    assert!(evidence[0].1.iter().all(|evidence| !evidence.name.starts_with("sequence")), "{evidence:?}");
}
