//! The network's file, read from bytes.
//!
//! A line that names the format and holds a checksum (`seal.rs`), a line of JSON (the header: schema of the evidence, labels, sizes, how many binary places
//! each table has, thresholds), and then the tables, little-endian, without gaps. With `d` numbers in the bag of a line, `h`
//! in its vector, `n` words, `own` features (those of the evidence but the looks of the neighbours) and `l` labels:
//!
//! | table | numbers | |
//! |---|---|---|
//! | hashes of the words, ascending | n | u32 |
//! | what a word adds to the bag | n × d | i8 |
//! | what a word adds to the scores | n × l | i8 |
//! | what a feature adds to the bag | own × d | i16 |
//! | what a feature adds to the scores of its line, of the line after it, of the line before it | 3 × own × l | i16 |
//! | the bag's bias | d | i32 |
//! | first layer: weights, bias | h × d, h | i16, i32 |
//! | for each dilation: weights (of the line before, the line, the line after, side by side), bias | h × 3h, h | i16, i32 |
//! | last layer: weights (of the line's vector, of its first vector), bias | l × 2h, l | i16, i32 |
//!
//! A row is what makes one number. A number of a table stands for itself by 2 to the table's binary places (`bits` in the
//! header); a bias has the places of the sum it is added to. What is left of the file is the file of the chain model to whose
//! scores the network's are added; where nothing is left and the header says "chain", that is the "fast" model of the crate.
//! `training/network_file.py` writes it.

#[cfg(test)]
pub(crate) mod testing;

use std::sync::Arc;

use serde::Deserialize;

use super::{ChainWeights, Lexicon, MOST_WORDS, Thresholds, check_schema, cut, take_line};
use crate::error::{Error, Result};
use crate::features::{FEATURES, SEEN_AROUND};
use crate::labels::Label;

/// Of a line so many features and so many words are looked at; it has no more, as things are.
pub(crate) const MOST: usize = 512;

/// The largest weight of a feature by size: 16 of them can be added in 16 bits.
const FEATURE_BOUND: u16 = 2047;

/// How many features a line can have of its own.
const OWN: usize = (FEATURES - 2 * SEEN_AROUND) as usize;

/// A learnt network, as its file has it.
#[derive(Debug)]
pub(crate) struct Network {
    /// Numbers in the bag of a line.
    pub bag: usize,
    /// Numbers in the vector of a line.
    pub width: usize,
    /// How far away the lines stand that each layer looks at.
    pub dilations: Vec<usize>,
    /// No activation is larger.
    pub bound: i16,
    pub bits: Bits,
    lexicon: Lexicon,
    /// `bag` numbers a word.
    pub words: Vec<i8>,
    /// A number for each label a word.
    pub word_scores: Vec<i8>,
    /// `bag` numbers a feature: the looks, then the places.
    pub features: Vec<i16>,
    /// A number for each label a feature: for its own line, the line after, the line before.
    pub feature_scores: [Vec<i16>; 3],
    pub bag_bias: Vec<i32>,
    pub first: Dense,
    /// One a dilation.
    pub taps: Vec<Dense>,
    pub last: Dense,
    pub thresholds: Thresholds,
    /// The chain whose scores are added.
    pub chain: Option<Arc<ChainWeights>>,
    /// To which the probabilities are raised, to be honest.
    pub inverse_temperature: f32,
}

/// Binary places of the tables and of the activations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bits {
    pub words: u32,
    pub word_scores: u32,
    pub features: u32,
    pub feature_scores: u32,
    /// Of the bag, as the first layer reads it.
    pub bag: u32,
    /// Of the lines' vectors.
    pub lines: u32,
    pub first: u32,
    pub taps: Vec<u32>,
    pub last: u32,
}

impl Bits {
    /// Those of the sum that makes a bag.
    pub fn bag_sum(&self) -> u32 {
        self.words.max(self.features)
    }
}

/// Binary places of the scores: they are in the units of the chain's weights.
pub(crate) const SCORE_BITS: u32 = super::SCALE.ilog2();

/// A layer: a row of weights for each output.
#[derive(Clone, Debug)]
pub(crate) struct Dense {
    pub inputs: usize,
    pub weights: Vec<i16>,
    pub bias: Vec<i32>,
    /// How many binary places a sum has more than what is made of it.
    pub shift: u32,
}

#[derive(Deserialize)]
struct Header {
    schema: String,
    labels: Vec<String>,
    words: usize,
    bag: usize,
    width: usize,
    dilations: Vec<usize>,
    bound: i16,
    bits: Bits,
    thresholds: Thresholds,
    /// Whether there is a chain to add the scores to: the one after the tables, else the one of "fast".
    #[serde(default)]
    chain: bool,
    #[serde(rename = "power", default = "super::one")]
    inverse_temperature: f32,
}

impl Network {
    /// Reads a network's file.
    #[cfg(test)]
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        use super::seal;
        match seal::open(bytes)? {
            (seal::Kind::Network, rest) => Self::read(rest),
            (seal::Kind::Chain | seal::Kind::Page, _) => Err(Error::format("not a network")),
        }
    }

    /// Reads what stands after the first line.
    pub(super) fn read(mut rest: &[u8]) -> Result<Self> {
        let header: Header = serde_json::from_str(take_line(&mut rest, "header")?)
            .map_err(|error| Error::format(format!("the network's header cannot be read: {}", cut(&error))))?;
        check_schema(&header.schema, &header.labels)?;
        header.check()?;
        header.thresholds.check()?;
        let (d, h, labels) = (header.bag, header.width, Label::COUNT);
        let needed = header.bytes();
        let (tables, chain) = rest.split_at_checked(needed).ok_or_else(|| {
            Error::format(format!(
                "the network is cut short: {} bytes of tables, where its header needs {needed}; copy the file again",
                rest.len()
            ))
        })?;
        let mut tables = Tables(tables);
        let hashes: Vec<u32> = tables.take(header.words, u32::from_le_bytes);
        if !hashes.is_sorted_by(|a, b| a < b) {
            return Err(Error::format("the network's words are not in ascending order, each once: write it again"));
        }
        let bits = &header.bits;
        let words = tables.take(header.words * d, i8::from_le_bytes);
        let word_scores = tables.take(header.words * labels, i8::from_le_bytes);
        let features = tables.take(OWN * d, i16::from_le_bytes);
        let feature_scores = std::array::from_fn(|_| tables.take(OWN * labels, i16::from_le_bytes));
        let bag_bias = tables.take(d, i32::from_le_bytes);
        let bound = header.bound;
        let first = tables.dense(d, h, bits.bag + bits.first - bits.lines);
        first.check("first layer", bound)?;
        let taps: Vec<_> = bits.taps.iter().map(|bits| tables.dense(3 * h, h, *bits)).collect();
        taps.iter().try_for_each(|taps| taps.check_taps(bound))?;
        let last = tables.dense(2 * h, labels, bits.lines + bits.last - SCORE_BITS);
        last.check("last layer", bound)?;
        let too_large = |weight: &i16| weight.unsigned_abs() > FEATURE_BOUND;
        if features.iter().chain(feature_scores.iter().flatten()).any(too_large) {
            return Err(Error::format(format!(
                "a feature of the network weighs more than {FEATURE_BOUND}: write it with fewer binary places"
            )));
        }
        if bag_bias.iter().any(|bias| bias.unsigned_abs() > 1 << 29) {
            return Err(Error::format("the network's bag could overflow: its bias is too large"));
        }
        let chain = match (header.chain, chain.is_empty()) {
            (false, true) => None,
            (false, false) => {
                return Err(Error::format("the network holds a chain, but its header does not say \"chain\": true"));
            }
            (true, true) => Some(ChainWeights::embedded()),
            (true, false) => {
                Some(Arc::new(ChainWeights::from_bytes(chain).map_err(|error| error.context("the network's chain"))?))
            }
        };
        Ok(Self {
            bag: d,
            width: h,
            lexicon: Lexicon::of(hashes.into_iter().zip(0..u32::MAX)),
            words,
            word_scores,
            features,
            feature_scores,
            bag_bias,
            first,
            taps,
            last,
            chain,
            bound,
            dilations: header.dilations,
            bits: header.bits,
            thresholds: header.thresholds,
            inverse_temperature: header.inverse_temperature,
        })
    }

    /// Adds the numbers of those words that have one.
    pub fn find_words(&self, hashes: &[u32], numbers: &mut Vec<usize>) {
        self.lexicon.find(hashes, numbers);
    }

    /// The row of a feature, which is none of those observed on neighbours.
    pub fn own(feature: u16) -> usize {
        usize::from(if feature < SEEN_AROUND { feature } else { feature - 2 * SEEN_AROUND })
    }
}

impl Header {
    /// Whether sizes and binary places are such that nothing can overflow, beside what the tables themselves decide.
    fn check(&self) -> Result<()> {
        let bits = &self.bits;
        let fault = if [self.bag, self.width].iter().any(|size| size % 8 != 0 || !(8..=256).contains(size)) {
            "\"bag\" and \"width\" must be multiples of 8, from 8 to 256"
        } else if self.words > MOST_WORDS {
            "\"words\" must be at most 1048576"
        } else if self.dilations.len() > 16 || self.dilations.iter().any(|far| !(1..=4096).contains(far)) {
            "\"dilations\" must be at most 16 numbers from 1 to 4096"
        } else if bits.taps.len() != self.dilations.len() {
            "\"bits\" must hold as many \"taps\" as there are dilations"
        } else if !(1..=16383).contains(&self.bound) {
            "\"bound\" must be from 1 to 16383"
        } else if bits.words.max(bits.features).max(bits.lines).max(bits.first).max(bits.last) > 20
            || bits.taps.iter().any(|bits| *bits > 20)
        {
            "no table can have more than 20 binary places"
        } else if bits.words.abs_diff(bits.features) > 6 {
            "the binary places of \"words\" and \"features\" must be within 6 of one another"
        } else if bits.bag > bits.bag_sum() {
            "\"bag\" cannot have more binary places than both \"words\" and \"features\""
        } else if !(4..=SCORE_BITS).contains(&bits.word_scores) || !(4..=SCORE_BITS).contains(&bits.feature_scores) {
            "\"word_scores\" and \"feature_scores\" must have 4 to 10 binary places"
        } else if bits.bag + bits.first < bits.lines || bits.bag + bits.first - bits.lines > 24 {
            "\"bag\" and \"first\" together must have as many binary places as \"lines\", and at most 24 more"
        } else if !(SCORE_BITS + 2..=SCORE_BITS + 24).contains(&(bits.lines + bits.last)) {
            "\"lines\" and \"last\" together must have 12 to 34 binary places"
        } else if !super::is_inverse_temperature(self.inverse_temperature) {
            "\"power\" must be above 0 and at most 1"
        } else {
            return Ok(());
        };
        Err(Error::format(format!("the network's header is wrong: {fault}")))
    }

    /// How long the tables are.
    fn bytes(&self) -> usize {
        let (d, h, labels) = (self.bag, self.width, Label::COUNT);
        let dense = |inputs: usize, outputs: usize| outputs * (2 * inputs + 4);
        self.words * (4 + d + labels)
            + OWN * 2 * (d + 3 * labels)
            + 4 * d
            + dense(d, h)
            + self.dilations.len() * dense(3 * h, h)
            + dense(2 * h, labels)
    }
}

impl Dense {
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// No sum may overflow.
    fn check(&self, name: &str, most: i16) -> Result<()> {
        let half = (1 << self.shift) / 2;
        for (row, bias) in self.weights.chunks_exact(self.inputs).zip(&self.bias) {
            let weights: i64 = row.iter().map(|weight| i64::from(weight.unsigned_abs())).sum();
            if weights * i64::from(most) + i64::from(bias.unsigned_abs()) + half > i64::from(i32::MAX) {
                return Err(Error::format(format!(
                    "the network's {name} could overflow: write it with fewer binary places or a smaller bound"
                )));
            }
        }
        Ok(())
    }

    /// The same for a layer over neighbours, where two lines are worked out at once: in their sums everything counts twice,
    /// and the weights of the three lines are added.
    fn check_taps(&self, bound: i16) -> Result<()> {
        self.check("layers", 2 * bound)?;
        let width = self.inputs / 3;
        for row in self.weights.chunks_exact(self.inputs) {
            let around = |i: usize| i32::from(row[i]) + i32::from(row[i + 2 * width]);
            let too_large = |i: usize| around(i).abs() + i32::from(row[i + width]).abs() > i32::from(i16::MAX);
            if (0..width).any(too_large) {
                return Err(Error::format(
                    "a layer of the network has weights that are too large for 16 bits together",
                ));
            }
        }
        Ok(())
    }
}

/// Tables of numbers, one after the other.
struct Tables<'a>(&'a [u8]);

impl Tables<'_> {
    fn take<T, const N: usize>(&mut self, count: usize, read: impl Fn([u8; N]) -> T) -> Vec<T> {
        let (head, tail) = self.0.split_at_checked(count * N).unwrap_or((&[], &[]));
        self.0 = tail;
        head.as_chunks().0.iter().map(|bytes| read(*bytes)).collect()
    }

    fn dense(&mut self, inputs: usize, outputs: usize, shift: u32) -> Dense {
        let weights = self.take(inputs * outputs, i16::from_le_bytes);
        Dense { inputs, weights, bias: self.take(outputs, i32::from_le_bytes), shift }
    }
}

#[cfg(test)]
mod tests {
    use super::super::seal;
    use super::testing::{Recipe, words_of};
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        let error = Network::from_bytes(bytes).unwrap_err();
        assert!(error.is_format());
        error.to_string()
    }

    #[test]
    fn a_file_is_read() {
        let recipe = Recipe { words: words_of(&["the", "ferry", "share"]), ..Recipe::default() };
        let network = Network::from_bytes(&recipe.bytes()).unwrap();
        assert_eq!((network.bag, network.width, &network.dilations[..]), (16, 24, &[1, 3][..]));
        let mut found = Vec::new();
        network.find_words(&[1, 2, 3], &mut found);
        assert!(found.is_empty());
        network.find_words(&recipe.words, &mut found);
        assert_eq!(found, [0, 1, 2]);
        assert!(network.chain.is_none());
        let mixed = Recipe { chain: true, ..Recipe::default() };
        assert!(Arc::ptr_eq(&Network::from_bytes(&mixed.bytes()).unwrap().chain.unwrap(), &ChainWeights::embedded()));
        let own_chain = seal::sealed(seal::Kind::Network, &[&mixed.rest()[..], super::super::FAST].concat());
        assert!(!Arc::ptr_eq(&Network::from_bytes(&own_chain).unwrap().chain.unwrap(), &ChainWeights::embedded()));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said() {
        let rest = Recipe::default().rest();
        let sealed = |rest: &[u8]| seal::sealed(seal::Kind::Network, rest);
        let with = |from: &str, to: &str| {
            let head = memchr::memchr(b'\n', &rest).unwrap();
            let text = std::str::from_utf8(&rest[..head]).unwrap();
            assert!(text.contains(from), "{text}");
            [text.replacen(from, to, 1).as_bytes(), &rest[head..]].concat()
        };
        let changed = |from: &str, to: &str| sealed(&with(from, to));
        for (file, wanted) in [
            (changed("\"bag\":", "\"bog\":"), "header cannot be read: missing field `bag`"),
            (changed(&crate::features::schema(), "0123"), "its schema is \"0123\""),
            (changed("\"title\"", "\"headline\""), "another table of evidence"),
            (changed("\"bag\":16", "\"bag\":12"), "multiples of 8"),
            (changed("\"width\":24", "\"width\":512"), "multiples of 8"),
            (changed("[1,3]", "[1,0]"), "numbers from 1 to 4096"),
            (changed("[1,3]", "[1]"), "as many \"taps\""),
            (changed("\"bound\":16383", "\"bound\":-1"), "\"bound\" must be"),
            (changed("\"chain\":false", "\"power\":1.5"), "\"power\" must be above 0 and at most 1"),
            (changed("\"lines\":9", "\"lines\":21"), "20 binary places"),
            (changed("\"balanced\":0.4", "\"balanced\":-1"), "must be from 0 to 1"),
            (changed("\"words\":0", "\"words\":1048577"), "at most 1048576"),
            (changed("\"words\":0", "\"words\":1000000"), "cut short"),
            (sealed(&rest[..rest.len() - 1]), "cut short"),
            (sealed(&[&rest[..], b"x"].concat()), "does not say"),
            (sealed(b""), "it ends in header"),
            (rest.clone(), "not a copydesk model"),
        ] {
            let said = refused(&file);
            assert!(said.contains(wanted), "{said:?}, not {wanted:?}");
        }
        let chain = [&with("\"chain\":false", "\"chain\":true")[..], b"poem\n"].concat();
        assert!(refused(&sealed(&chain)).starts_with("the network's chain: not a copydesk model"));
    }

    #[test]
    fn no_sum_can_overflow() {
        for (heavy, what) in [
            (Recipe { first: 32767, ..Recipe::default() }, "first layer could overflow"),
            (Recipe { taps: 32767, ..Recipe::default() }, "layers could overflow"),
            (Recipe { last: 32767, ..Recipe::default() }, "last layer could overflow"),
            (Recipe { features: 4000, ..Recipe::default() }, "weighs more than 2047"),
        ] {
            assert!(refused(&heavy.bytes()).contains(what));
        }
    }
}
