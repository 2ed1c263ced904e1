//! Networks of random weights, for tests.

use std::sync::Arc;

use super::super::seal;
use super::{Network, OWN};
use crate::features::{Family, family_hash, schema};
use crate::labels::Label;
use crate::text::words::hash_word;

/// What a test wants of a network: sizes, and how large weights may be.
#[derive(Clone)]
pub(crate) struct Recipe {
    pub seed: u32,
    /// Hashes.
    pub words: Vec<u32>,
    pub bag: usize,
    pub width: usize,
    pub dilations: Vec<usize>,
    pub chain: bool,
    pub features: i32,
    pub first: i32,
    pub taps: i32,
    pub last: i32,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            seed: 1,
            words: Vec::new(),
            bag: 16,
            width: 24,
            dilations: vec![1, 3],
            chain: false,
            features: 160,
            first: 600,
            taps: 300,
            last: 700,
        }
    }
}

/// The hashes of some words, in order.
pub(crate) fn words_of(words: &[&str]) -> Vec<u32> {
    let mut hashes: Vec<u32> = words.iter().map(|word| family_hash(Family::Word, hash_word(word))).collect();
    hashes.sort_unstable();
    hashes
}

impl Recipe {
    /// The network's file.
    pub fn bytes(&self) -> Vec<u8> {
        seal::sealed(seal::Kind::Network, &self.rest())
    }

    /// What stands after its first line.
    pub fn rest(&self) -> Vec<u8> {
        let (d, h, labels) = (self.bag, self.width, Label::COUNT);
        let header = serde_json::json!({
            "schema": schema(), "labels": Label::ALL.map(Label::name), "words": self.words.len(), "bag": d, "width": h,
            "dilations": self.dilations, "bound": 16383, "chain": self.chain,
            "bits": {"words": 5, "word_scores": 6, "features": 8, "feature_scores": 8, "bag": 8, "lines": 9, "first": 10,
                     "taps": vec![10; self.dilations.len()], "last": 9},
            "thresholds": {"keep_story": 0.1, "balanced": 0.4, "drop_junk": 0.85},
        });
        let mut out = format!("{header}\n").into_bytes();
        let mut state = self.seed;
        let mut next = |most: i32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as i32 % (2 * most + 1) - most
        };
        self.words.iter().for_each(|hash| out.extend(hash.to_le_bytes()));
        out.extend((0..self.words.len() * (d + labels)).map(|_| next(60) as i8 as u8));
        let mut narrow = |out: &mut Vec<u8>, count: usize, most: i32| {
            out.extend((0..count).flat_map(|_| (next(most) as i16).to_le_bytes()));
        };
        let bias =
            |out: &mut Vec<u8>, count: usize| out.extend((0..count).flat_map(|i| (i as i32 * 97 % 400).to_le_bytes()));
        narrow(&mut out, OWN * d, self.features);
        narrow(&mut out, 3 * OWN * labels, self.features);
        bias(&mut out, d);
        narrow(&mut out, h * d, self.first);
        bias(&mut out, h);
        for _ in &self.dilations {
            narrow(&mut out, h * 3 * h, self.taps);
            bias(&mut out, h);
        }
        narrow(&mut out, labels * 2 * h, self.last);
        bias(&mut out, labels);
        out
    }

    pub fn network(&self) -> Arc<Network> {
        Arc::new(Network::from_bytes(&self.bytes()).expect("the recipe is right"))
    }
}
