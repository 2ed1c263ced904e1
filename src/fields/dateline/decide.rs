//! Whether what was read is a dateline: a logistic regression over its clues. `training/dateline.py` fits it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use crate::document::{Clue, Clues, Dateline, Evidence, four_places};
use crate::error::{Error, Result};
use crate::number::exp;
use crate::once::Lazy;

/// What kind of dateline it would be. A clue may weigh more, or less, in one of them: what follows a bare name matters more than what
/// follows the name of an agency.
const FORMS: [Clue; 5] = [Clue::KnownAgency, Clue::UnknownAgency, Clue::DateAlone, Clue::PlaceAlone, Clue::OwnLine];

/// What a clue weighs in all forms, in the file.
const ALL_FORMS: &str = "all";

/// The name of what counts for everything that the grammar reads.
const BIAS: &str = "bias";

/// What `model/dateline.toml` holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    threshold: f64,
    bias: f64,
    clue: BTreeMap<String, BTreeMap<String, f64>>,
}

/// The learnt weights, in nats of log odds.
struct Weights {
    /// From this probability on it is a dateline.
    threshold: f64,
    bias: f64,
    /// In the order of the table of clues.
    clues: [Row; Clue::ALL.len()],
}

/// What one clue weighs.
struct Row {
    all: f64,
    /// More than that in each form.
    more: [f64; FORMS.len()],
}

impl Weights {
    /// A clue that the file does not name weighs nothing: so that training can run after the table has changed. A test says when the
    /// file is out of date.
    fn parse(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|error| Self::refused(&error.to_string()))?;
        let is_form = |name: &String| name == ALL_FORMS || FORMS.iter().any(|form| form.name() == name);
        if let Some(name) = file.clue.values().flat_map(BTreeMap::keys).find(|name| !is_form(name)) {
            return Err(Self::refused(&format!("no form is called {name:?}")));
        }
        let clues = Clue::ALL.map(|clue| {
            let weight = |form| file.clue.get(clue.name()).and_then(|row| row.get(form)).copied().unwrap_or_default();
            Row { all: weight(ALL_FORMS), more: FORMS.map(|form| weight(form.name())) }
        });
        Ok(Self { threshold: file.threshold, bias: file.bias, clues })
    }

    fn refused(why: &str) -> Error {
        Error::format(format!("the weights of datelines cannot be read: {why}; make them with training/dateline.py"))
    }

    fn embedded() -> &'static Self {
        static WEIGHTS: Lazy<Weights> = Lazy::new(|| {
            Weights::parse(include_str!("../../../model/dateline.toml")).expect("the embedded weights are tested")
        });
        &WEIGHTS
    }

    /// The clues that were seen, with what each weighs among the others.
    fn weighed(&self, clues: Clues) -> impl Iterator<Item = (Clue, f64)> {
        let read = FORMS.map(|form| if clues.has(form) { 1.0 } else { 0.0 });
        clues.iter().filter_map(move |clue| {
            let row = self.clues.get(clue as usize)?;
            Some((clue, row.more.iter().zip(read).fold(row.all, |sum, (weight, read)| sum + weight * read)))
        })
    }

    /// The probability of a dateline with these clues.
    fn probability(&self, clues: Clues) -> f64 {
        let score = self.weighed(clues).fold(self.bias, |sum, (_, weight)| sum + weight);
        1.0 / (1.0 + exp(-score))
    }
}

/// How sure it is that what has these clues is a dateline; `None` where it is held to be none.
pub(super) fn decide(clues: Clues) -> Option<f32> {
    let weights = Weights::embedded();
    let score = weights.probability(clues);
    (score >= weights.threshold).then_some(four_places(score as f32))
}

impl Dateline {
    /// What spoke for it and against it, heaviest first: clues and what they weigh, in nats of log odds. `score` is the logistic of
    /// their sum. The list is made anew each time.
    ///
    /// ```
    /// let dateline = copydesk::parse_dateline("PARIS (Reuters) - It rained.", &Default::default()).unwrap();
    /// for clue in dateline.evidence() {
    ///     println!("{:+.2} {}", clue.weight, clue.detail);
    /// }
    /// ```
    pub fn evidence(&self) -> Vec<Evidence> {
        let weights = Weights::embedded();
        let evidence = |name, detail, weight: f64| Evidence {
            name: Cow::Borrowed(name),
            weight: four_places(weight as f32),
            detail: Cow::Borrowed(detail),
            over: None,
        };
        let clues = weights.weighed(self.clues).map(|(clue, weight)| evidence(clue.name(), clue.words(), weight));
        let bias = evidence(BIAS, "what counts for all that reads like one", weights.bias);
        let mut all: Vec<_> = std::iter::once(bias).chain(clues).collect();
        all.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
        all
    }
}

/// The table of clues with their weights, as docs/datelines.md shows it.
#[cfg(feature = "fuzzing")]
pub(crate) fn markdown() -> String {
    let weights = Weights::embedded();
    let forms = FORMS.map(Clue::name).join("` | `");
    let mut page = format!(
        "# Datelines\n\nA grammar reads what may be a dateline at the head of a paragraph, or on a line of its own: places, a date, an \
         agency, a mark after them. Whether it is one is weighed then, by clues: a logistic regression that `training/dateline.py` \
         fits (training/datelines.md says on what, and how good it is). This page is made from its table of clues and its weights \
         (`UPDATE_DOCS=1 cargo test --features cli docs` writes it).\n\nA clue that was seen adds its weight in `all`, and what stands \
         for it in each form that was read: `known_agency`, `unknown_agency`, `date_alone`, `place_alone`, `own_line`. Weights are in \
         nats of log odds: 0.69 doubles the odds, 2.3 makes them ten times as high. {:.2} counts for anything that the grammar \
         reads. The logistic of the sum is `Dateline.score`, and a dateline is what has {} or more. `Dateline.evidence` lists the \
         clues that were seen, each with what it weighed, and the JSON of a document names them in `clues`.\n\n\
         | clue | what it says | all | `{forms}` |\n|---|---|---|{}\n",
        weights.bias,
        weights.threshold,
        "---|".repeat(FORMS.len())
    );
    let shown = |weight: &f64| if *weight == 0.0 { String::new() } else { format!("{weight:.2}") };
    for (clue, row) in Clue::ALL.into_iter().zip(&weights.clues) {
        let more = row.more.iter().map(shown).collect::<Vec<_>>().join(" | ");
        page += &format!("| `{}` | {} | {} | {more} |\n", clue.name(), clue.words(), shown(&row.all));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_of_the_table_of_clues() {
        let text = include_str!("../../../model/dateline.toml");
        assert!(text.lines().next().unwrap().contains("training/dateline.py"));
        let file: File = toml::from_str(text).unwrap();
        let mut want = Clue::ALL.map(Clue::name);
        want.sort_unstable();
        assert!(file.clue.keys().eq(&want), "make model/dateline.toml with training/dateline.py");
        assert!((0.0..1.0).contains(&file.threshold));
        assert!(file.clue.values().flat_map(BTreeMap::values).all(|weight| weight.is_finite()));
        for wrong in ["bias = 3", "threshold = 0.5\nbias = 1.0\n[clue.dash]\ndish = 1.0"] {
            assert!(Weights::parse(wrong).is_err_and(|error| error.to_string().contains("training/dateline.py")));
        }
    }

    #[test]
    fn a_clue_weighs_more_in_its_form() {
        let text = "threshold = 0.5\nbias = -1.0\n[clue.dash]\nall = 0.5\nplace_alone = 2.5\n[clue.date]\nall = 1.0";
        let weights = Weights::parse(text).unwrap();
        let odds = |clues: &[Clue]| weights.probability(clues.iter().copied().collect());
        let even = |p: f64| (p - 0.5).abs() < 1e-12;
        assert!(even(odds(&[Clue::Date])));
        assert!(odds(&[Clue::Dash]) < 0.4);
        assert!(odds(&[Clue::Dash, Clue::PlaceAlone]) > 0.88);
    }

    /// What is said to have decided is what has decided.
    #[test]
    fn evidence_adds_up_to_the_score() {
        let packs = crate::pack::Packs::embedded();
        let context = crate::fields::testing::context(&packs);
        for text in
            ["PARIS (Reuters) - It rained.", "新华社北京1月27日电 市长说", "TEHRAN - The mayor said so on Monday."]
        {
            let found = super::super::dateline(text, &context).unwrap();
            let evidence = found.evidence();
            let sum: f64 = evidence.iter().map(|clue| f64::from(clue.weight)).sum();
            assert!((f64::from(found.score) - 1.0 / (1.0 + (-sum).exp())).abs() < 1e-3, "{text}: {evidence:?}");
            assert!(evidence.iter().any(|clue| clue.name == BIAS) && evidence.iter().all(|clue| clue.over.is_none()));
            assert!(evidence.is_sorted_by(|one, other| one.weight.abs() >= other.weight.abs()));
        }
    }
}
