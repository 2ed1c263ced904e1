//! What speaks for and against a cut inside a line: learnt weights. They are part of a chain's file; `training/cuts.py` learns them.

use super::Lexicon;
use crate::error::{Error, Result};

/// A weight for each piece of evidence that has one, by its hash, in units of 1/[`SCALE`](super::SCALE) nats.
#[derive(Debug)]
pub(crate) struct Cuts {
    /// Its numbers are the weights, as 16 bits without a sign: one look finds both.
    known: Lexicon,
    count: usize,
}

impl Default for Cuts {
    fn default() -> Self {
        Self { known: Lexicon::of(std::iter::empty()), count: 0 }
    }
}

impl Cuts {
    /// The bytes of one: a hash of 32 bits and a weight of 16, little-endian.
    pub const SIZE: usize = 6;

    /// Reads them.
    ///
    /// # Errors
    /// When the bytes are not whole ones.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let (all, rest) = bytes.as_chunks::<{ Self::SIZE }>();
        if !rest.is_empty() {
            let what = format!("the weights of cuts are {} bytes, and each takes {}", bytes.len(), Self::SIZE);
            return Err(Error::format(what));
        }
        let weights = all
            .iter()
            .map(|[a, b, c, d, e, f]| (u32::from_le_bytes([*a, *b, *c, *d]), u16::from_le_bytes([*e, *f]).into()));
        Ok(Self { known: Lexicon::of(weights), count: all.len() })
    }

    /// Whether nothing was learnt: then no line is cut.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The weights of pieces of evidence together; 0 for those of which none was learnt.
    #[inline]
    pub fn sum<const N: usize>(&self, evidence: &[u32; N]) -> i32 {
        let mut sum = 0;
        self.known.each::<N>(evidence, |weight| sum += i32::from((weight as u16).cast_signed()));
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_ones_are_read() {
        let cuts = Cuts::from_bytes(&[7, 0, 0, 0, 255, 255, 1, 1, 0, 0, 2, 0]).unwrap();
        assert_eq!([7, 257, 8].map(|hash| cuts.sum(&[hash])), [-1, 2, 0]);
        assert_eq!(cuts.sum(&[8, 7, 9, 257, 1, 7]), 0);
        assert!(!cuts.is_empty() && Cuts::default().is_empty());
        assert!(Cuts::from_bytes(&[0; 7]).is_err());
    }
}
