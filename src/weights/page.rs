//! What pages add to words: the weights of the second model, read from bytes.
//!
//! A file is one line that names the format and holds a checksum (`seal.rs`), one line of JSON (the header), the values of its lexicon, a
//! line each (`page.class=byline`), and then weights as in the file of a chain: the bias, what each label that the words say adds, the
//! transitions from each label, the values. `training/pages.py` writes it.

use std::sync::Arc;

use serde::Deserialize;

use super::{FREE, LANES, Row, Thresholds, check_transitions, cut, rows, seal, take_line};
use crate::error::{Error, Result, quoted};
use crate::labels::Label;
use crate::once::Lazy;
use crate::text::table::HashTable;
use crate::text::words::{hash_form, join_hash};

const EMBEDDED: &[u8] = include_bytes!("../../model/page.model");

/// The most values that a model can know.
const MOST_VALUES: usize = 1 << 18;

/// The learnt weights of what pages show.
#[derive(Debug)]
pub(crate) struct PageWeights {
    pub bias: Row,
    /// `said[label]`: what the logarithm of its probability by the words is worth for each label.
    pub said: [Row; Label::COUNT],
    /// `transitions[from][to]`.
    pub transitions: [Row; Label::COUNT],
    /// By number of the value.
    pub values: Vec<Row>,
    /// As they are written.
    pub spelled: Vec<String>,
    numbers: HashTable<FREE>,
    pub thresholds: Thresholds,
    /// To which the probabilities are raised, to be honest.
    pub inverse_temperature: f32,
}

#[derive(Deserialize)]
struct Header {
    labels: Vec<String>,
    values: usize,
    thresholds: Thresholds,
    inverse_temperature: f32,
}

impl PageWeights {
    /// The weights that come with the crate.
    pub fn embedded() -> Arc<Self> {
        static WEIGHTS: Lazy<Arc<PageWeights>> =
            Lazy::new(|| Arc::new(PageWeights::from_bytes(EMBEDDED).expect("the embedded weights are tested")));
        WEIGHTS.clone()
    }

    /// Reads a file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let (seal::Kind::Page, mut rest) = seal::open(bytes)? else {
            return Err(Error::format("not the weights of pages but a model of lines: give the file of pages"));
        };
        let header: Header = serde_json::from_str(take_line(&mut rest, "header")?)
            .map_err(|error| Error::format(format!("the model's header cannot be read: {}", cut(&error))))?;
        if !header.labels.iter().map(String::as_str).eq(Label::ALL.map(Label::name)) {
            return Err(Error::format(
                "the model was learnt on other labels: train it again with this version of copydesk",
            ));
        }
        if !super::is_inverse_temperature(header.inverse_temperature) {
            return Err(Error::format(
                "the model's header is wrong: \"inverse_temperature\" must be above 0 and at most 1",
            ));
        }
        header.thresholds.check()?;
        if header.values > MOST_VALUES {
            return Err(Error::format(format!(
                "the model's lexicon is too large: {} values, at most {MOST_VALUES} are read; train it on fewer",
                header.values
            )));
        }
        let spelled: Vec<String> =
            (0..header.values).map(|_| take_line(&mut rest, "lexicon").map(str::to_owned)).collect::<Result<_>>()?;
        let needed = (1 + 2 * Label::COUNT + header.values) * Label::COUNT * 2;
        if rest.len() != needed {
            return Err(Error::format(format!(
                "the model is cut short or too long: {} bytes of weights, where its header needs {needed}; copy the file again",
                rest.len()
            )));
        }
        let mut numbers = HashTable::with_capacity(spelled.len());
        for (spelled, number) in spelled.iter().zip(0..) {
            let Some((family, value)) = spelled.split_once('=') else {
                let message = format!("the model's lexicon holds {}, which is no family=value", quoted(spelled));
                return Err(Error::format(message));
            };
            let known = numbers.entry(value_hash(hash_form(family), hash_form(value)));
            if *known == FREE {
                *known = number;
            }
        }
        let mut rows = rows(rest);
        let mut take = || rows.next().unwrap_or([0; LANES]);
        let bias = take();
        let said = std::array::from_fn(|_| take());
        let transitions = std::array::from_fn(|_| take());
        check_transitions(&transitions)?;
        let values = (0..header.values).map(|_| take()).collect();
        let Header { thresholds, inverse_temperature, .. } = header;
        Ok(Self { bias, said, transitions, values, spelled, numbers, thresholds, inverse_temperature })
    }

    /// The number of a value, by its hash.
    pub fn value(&self, hash: u32) -> Option<u32> {
        Some(self.numbers.get(hash)).filter(|number| *number != FREE)
    }
}

/// The hash under which a value of a family is looked up, of the hashes of both.
pub(crate) fn value_hash(family: u32, value: u32) -> u32 {
    join_hash(family, value)
}
