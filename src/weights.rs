//! Learnt weights: the model file, read from bytes.
//!
//! A file is one line that names the format and holds a checksum (`seal.rs`), one line of JSON (the header: schema of the evidence,
//! labels, thresholds, where it was learnt), then the words of its lexicon, a line each, and then the weights as 16-bit integers,
//! little-endian, in units of 1/[`SCALE`] nats, a row of one weight a label: the bias, the transitions from each label, the
//! features of the table, the lexicon; and, after them, the weights of cuts inside lines (`cuts.rs`). `training/` writes it.

mod cuts;
pub(crate) mod network;
mod page;
mod seal;

use std::sync::Arc;

use serde::Deserialize;

use crate::error::{Error, Result, quoted};
use crate::features::{FEATURES, Family, family_hash, schema};
use crate::labels::Label;
use crate::once::Lazy;
use crate::text::hash::Sieve;
use crate::text::table::HashTable;
use crate::text::words::{hash_form, hash_words, join_hash};

pub(crate) use cuts::Cuts;
pub(crate) use network::{Dense, MOST, Network, SCORE_BITS};
pub(crate) use page::{PageWeights, value_hash};

/// One nat in the units of the weights.
pub(crate) const SCALE: i32 = 1024;

/// The most weights of cuts that a model can have.
const MOST_CUTS: usize = 1 << 20;

/// The most words that a model can know.
const MOST_WORDS: usize = 1 << 20;

/// The weights of the transitions lie within so many nats of one another: what both neighbours say, multiplied, stays a number of
/// 32 bits.
const SPREAD: i32 = 32;

/// Labels are padded to whole vectors.
pub(crate) const LANES: usize = 24;

/// A weight for each label.
pub(crate) type Row = [i16; LANES];

/// The learnt model.
#[derive(Debug)]
pub(crate) struct ChainWeights {
    pub bias: Row,
    /// `transitions[from][to]`.
    pub transitions: [Row; Label::COUNT],
    /// By number of the feature.
    pub features: Vec<Row>,
    /// By number of the word.
    pub words: Vec<Row>,
    lexicon: Lexicon,
    /// For lines that are cut into pieces.
    pub cuts: Arc<Cuts>,
    pub thresholds: Thresholds,
    /// To which the probabilities are raised, to be honest: above 0, at most 1.
    pub inverse_temperature: f32,
}

/// From which P(kept) on a block is kept, for each balance.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Thresholds {
    pub keep_story: f64,
    pub balanced: f64,
    pub drop_junk: f64,
}

#[derive(Deserialize)]
struct Header {
    schema: String,
    labels: Vec<String>,
    lexicon: usize,
    thresholds: Thresholds,
    /// The file names it by what it does: it raises probabilities.
    #[serde(rename = "power", default = "one")]
    inverse_temperature: f32,
    /// How many weights of cuts there are.
    #[serde(default)]
    cuts: usize,
}

fn one() -> f32 {
    1.0
}

/// Whether it is one that makes probabilities less sure, or leaves them.
fn is_inverse_temperature(inverse: f32) -> bool {
    inverse > 0.0 && inverse <= 1.0
}

impl Thresholds {
    /// Whether all are probabilities.
    fn check(&self) -> Result<()> {
        let all = [self.keep_story, self.balanced, self.drop_junk];
        if all.iter().all(|threshold| (0.0..=1.0).contains(threshold)) {
            return Ok(());
        }
        Err(Error::format("the model's header is wrong: the \"thresholds\" must be from 0 to 1"))
    }
}

/// The files of the models that come with the crate.
const DEFAULT: &[u8] = include_bytes!("../model/default.model");
const FAST: &[u8] = include_bytes!("../model/fast.model");

/// A model of either kind; which one a file holds stands in its first line.
#[derive(Clone, Debug)]
pub(crate) enum Model {
    Chain(Arc<ChainWeights>),
    Network(Arc<Network>),
}

impl Model {
    /// The names of the models that come with the crate.
    pub const NAMES: [&str; 2] = ["default", "fast"];

    /// The model of that name that comes with the crate.
    pub fn named(name: &str) -> Result<Self> {
        static MODEL: Lazy<Model> = Lazy::new(|| Model::from_bytes(DEFAULT).expect("the embedded model is tested"));
        match name {
            "default" => Ok(MODEL.clone()),
            "fast" => Ok(Self::Chain(ChainWeights::embedded())),
            _ => Err(Error::unknown("model", name, Self::NAMES)),
        }
    }

    /// Reads a model file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        Ok(match seal::open(bytes)? {
            (seal::Kind::Network, rest) => Self::Network(Arc::new(Network::read(rest)?)),
            (seal::Kind::Chain, rest) => Self::Chain(Arc::new(ChainWeights::read(rest)?)),
            (seal::Kind::Page, _) => return Err(Error::format("not a model of lines but the weights of pages")),
        })
    }

    /// What lines are cut by; nothing in a network without a chain.
    pub fn cuts(&self) -> Arc<Cuts> {
        match self {
            Self::Chain(weights) => weights.cuts.clone(),
            Self::Network(network) => network.chain.as_ref().map(|chain| chain.cuts.clone()).unwrap_or_default(),
        }
    }

    pub fn thresholds(&self) -> &Thresholds {
        match self {
            Self::Chain(weights) => &weights.thresholds,
            Self::Network(network) => &network.thresholds,
        }
    }
}

/// The next line of a file.
fn take_line<'a>(rest: &mut &'a [u8], what: &str) -> Result<&'a str> {
    let end = memchr::memchr(b'\n', rest).ok_or_else(|| {
        Error::format(format!("not a copydesk model: it ends in {what}; make one with training/train.py"))
    })?;
    let (head, tail) = rest.split_at(end);
    *rest = tail.get(1..).unwrap_or_default();
    std::str::from_utf8(head).map_err(|_| {
        Error::format(format!("not a copydesk model: its {what} is no text; make one with training/train.py"))
    })
}

/// What serde says, without all that a file may hold.
fn cut(error: &serde_json::Error) -> String {
    error.to_string().chars().take(300).collect()
}

/// Whether a model was learnt on this version's table of evidence.
fn check_schema(learnt: &str, labels: &[String]) -> Result<()> {
    if learnt != schema() || !labels.iter().map(String::as_str).eq(Label::ALL.map(Label::name)) {
        return Err(Error::format(format!(
            "the model was learnt on another table of evidence (its schema is {}, this version's is {}): train it \
             again with this version of copydesk",
            quoted(learnt),
            schema()
        )));
    }
    Ok(())
}

/// Rows of a weight for each label.
fn rows(bytes: &[u8]) -> impl Iterator<Item = Row> {
    bytes.chunks_exact(Label::COUNT * 2).map(|bytes| {
        let mut row = [0; LANES];
        for (weight, pair) in row.iter_mut().zip(bytes.as_chunks::<2>().0) {
            *weight = i16::from_le_bytes(*pair);
        }
        row
    })
}

/// Whether what both neighbours say can be multiplied.
fn check_transitions(transitions: &[Row; Label::COUNT]) -> Result<()> {
    let weights = || transitions.iter().flat_map(|row| &row[..Label::COUNT]).copied().map(i32::from);
    let (least, most) = (weights().min().unwrap_or(0), weights().max().unwrap_or(0));
    if most - least > SPREAD * SCALE {
        return Err(Error::format(format!(
            "the model's transitions are too far apart: they weigh from {:.1} to {:.1} nats, and {SPREAD} between them are read; \
             train it again",
            f64::from(least) / f64::from(SCALE),
            f64::from(most) / f64::from(SCALE)
        )));
    }
    Ok(())
}

impl ChainWeights {
    /// The model that comes with the crate.
    pub fn embedded() -> Arc<Self> {
        static WEIGHTS: Lazy<Arc<ChainWeights>> =
            Lazy::new(|| Arc::new(ChainWeights::from_bytes(FAST).expect("the embedded model is tested")));
        WEIGHTS.clone()
    }

    /// Reads the file of a chain.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        match seal::open(bytes)? {
            (seal::Kind::Chain, rest) => Self::read(rest),
            (seal::Kind::Network, _) => Err(Error::format("not a chain but a network: give the chain's own file")),
            (seal::Kind::Page, _) => {
                Err(Error::format("not a chain but the weights of pages: give the chain's own file"))
            }
        }
    }

    /// Reads what stands after the first line.
    fn read(mut rest: &[u8]) -> Result<Self> {
        let header: Header = serde_json::from_str(take_line(&mut rest, "header")?)
            .map_err(|error| Error::format(format!("the model's header cannot be read: {}", cut(&error))))?;
        check_schema(&header.schema, &header.labels)?;
        if !is_inverse_temperature(header.inverse_temperature) {
            return Err(Error::format("the model's header is wrong: \"power\" must be above 0 and at most 1"));
        }
        header.thresholds.check()?;
        if header.lexicon > MOST_WORDS {
            return Err(Error::format(format!(
                "the model's lexicon is too large: {} words, at most {MOST_WORDS} are read; train it on fewer",
                header.lexicon
            )));
        }
        let spelled = (0..header.lexicon).map(|_| take_line(&mut rest, "lexicon")).collect::<Result<Vec<_>>>()?;
        let rows = 1 + Label::COUNT + usize::from(FEATURES) + header.lexicon;
        let needed = rows * Label::COUNT * 2 + header.cuts.min(MOST_CUTS) * Cuts::SIZE;
        if rest.len() != needed {
            return Err(Error::format(format!(
                "the model is cut short or too long: {} bytes of weights, where its header needs {needed}; copy the file again",
                rest.len()
            )));
        }
        let (rows, cuts) = rest.split_at(rows * Label::COUNT * 2);
        let cuts = Arc::new(Cuts::from_bytes(cuts)?);
        let mut rows = self::rows(rows);
        let mut take = || rows.next().unwrap_or([0; LANES]);
        let bias = take();
        let transitions = std::array::from_fn(|_| take());
        check_transitions(&transitions)?;
        let features = (0..FEATURES).map(|_| take()).collect();
        let words = (0..header.lexicon).map(|_| take()).collect();
        let lexicon = Lexicon::of_spelled(&spelled)?;
        Ok(Self {
            bias,
            transitions,
            features,
            words,
            lexicon,
            cuts,
            thresholds: header.thresholds,
            inverse_temperature: header.inverse_temperature,
        })
    }

    /// The number of a word, by the hash of its family and spelling.
    pub fn word(&self, hash: u32) -> Option<usize> {
        self.lexicon.seen.may_have(hash).then(|| self.lexicon.get(hash))?
    }

    /// Adds the numbers of those words that have one.
    pub fn find_words(&self, hashes: &[u32], numbers: &mut Vec<usize>) {
        self.lexicon.find(hashes, numbers);
    }
}

/// Hashes of words to their numbers.
///
/// Most words are in no lexicon; a small sieve, which stays in a near cache, says so of most of them.
#[derive(Debug)]
struct Lexicon {
    numbers: HashTable<FREE>,
    seen: Sieve<4096>,
}

/// So many words are looked up together.
const AT_ONCE: usize = 64;

/// No number.
const FREE: u32 = u32::MAX;

impl Lexicon {
    /// Of words and their numbers.
    fn of(numbers: impl ExactSizeIterator<Item = (u32, u32)>) -> Self {
        let mut lexicon = Self { numbers: HashTable::with_capacity(numbers.len()), seen: Sieve::default() };
        for (hash, number) in numbers {
            let known = lexicon.numbers.entry(hash);
            // Two words of one hash: the first one wins, as it would in training.
            if *known == FREE {
                *known = number;
                lexicon.seen.insert(hash);
            }
        }
        lexicon
    }

    fn of_spelled(spelled: &[&str]) -> Result<Self> {
        let hash = |entry: &&str| {
            spelled_hash(entry).ok_or_else(|| {
                Error::format(format!("the model's lexicon holds {}, which is no family=word", quoted(entry)))
            })
        };
        let hashes = spelled.iter().map(hash).collect::<Result<Vec<_>>>()?;
        Ok(Self::of(hashes.into_iter().zip(0..u32::MAX)))
    }

    /// Adds the numbers of those words that have one.
    fn find(&self, hashes: &[u32], numbers: &mut Vec<usize>) {
        for hashes in hashes.chunks(AT_ONCE) {
            let mut found = [0; AT_ONCE];
            let mut count = 0;
            self.each::<AT_ONCE>(hashes, |number| {
                found[count] = number as usize;
                count += 1;
            });
            numbers.extend_from_slice(&found[..count]);
        }
    }

    /// Calls `found` with the numbers of those of the first `N` words that have one.
    #[inline]
    fn each<const N: usize>(&self, hashes: &[u32], mut found: impl FnMut(u32)) {
        // Whether a word is in the lexicon cannot be foreseen: those that may be are set apart without a branch.
        let mut likely = [0; N];
        let mut count = 0;
        for hash in hashes.iter().take(N) {
            likely[count] = *hash;
            count += usize::from(self.seen.may_have(*hash));
        }
        // Nor is the table in the nearest cache: all slots are asked for before any is looked at.
        let mut slots = [(0, FREE); N];
        for (slot, hash) in slots.iter_mut().zip(&likely[..count]) {
            *slot = self.numbers.first_look(*hash);
        }
        for ((known, number), hash) in slots.into_iter().zip(&likely[..count]) {
            if number == FREE {
                continue;
            }
            if known == *hash {
                found(number);
            } else if let Some(number) = self.get(*hash) {
                found(number as u32);
            }
        }
    }

    fn get(&self, hash: u32) -> Option<usize> {
        Some(self.numbers.get(hash)).filter(|number| *number != FREE).map(|number| number as usize)
    }
}

/// The hash that observing makes of what a lexicon entry spells.
fn spelled_hash(entry: &str) -> Option<u32> {
    let (family, value) = entry.split_once('=')?;
    let family = Family::from_name(family)?;
    let hash = match family {
        Family::Shape => hash_form(value),
        Family::Word | Family::First | Family::Last => {
            let mut first = None;
            hash_words(value, |hash| first = first.or(Some(hash)));
            first?
        }
        Family::Pair | Family::Line | Family::Before | Family::After => {
            let mut all = 0;
            hash_words(value, |hash| all = join_hash(all, hash));
            all
        }
    };
    Some(family_hash(family, hash))
}
