//! Products of a matrix with the vectors of many lines, in 16-bit integers summed in 32 bits.
//!
//! Sums are exact modulo 2^32, so neither their order nor the width of the processor's vectors can matter. Every processor
//! multiplies 16-bit numbers and adds them in pairs, and this is all there is to do; those with 256-bit vectors are asked
//! at run time and do it twice as fast.

use wide::{i16x8, i32x4};

use crate::weights::Dense;

/// So many outputs are worked out together.
pub(super) const TILE: usize = 16;

/// Weights of a pair of inputs for the outputs of a tile.
type Pairs = [i16; 2 * TILE];

/// A matrix, arranged for multiplying: for each tile of outputs, for each pair of inputs.
#[derive(Debug)]
pub(super) struct Matrix {
    inputs: usize,
    tiles: usize,
    pairs: Vec<Pairs>,
}

impl Matrix {
    /// Of a weight for each output and input; the number of inputs is even.
    pub fn of(inputs: usize, outputs: usize, weight: impl Fn(usize, usize) -> i16) -> Self {
        let tiles = outputs.div_ceil(TILE);
        let at = |output: usize, input: usize| if output < outputs { weight(output, input) } else { 0 };
        let pairs = |tile: usize, pair: usize| std::array::from_fn(|i| at(tile * TILE + i / 2, 2 * pair + i % 2));
        let each = (0..tiles).flat_map(|tile| (0..inputs / 2).map(move |pair| (tile, pair)));
        Self { inputs, tiles, pairs: each.map(|(tile, pair)| pairs(tile, pair)).collect() }
    }

    /// Of a layer's weights.
    pub fn of_layer(layer: &Dense) -> Self {
        Self::of(layer.inputs, layer.outputs(), |output, input| layer.weights[output * layer.inputs + input])
    }

    /// How many numbers a line has.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many sums a line has: the outputs, padded to whole tiles.
    pub fn padded(&self) -> usize {
        self.tiles * TILE
    }

    /// Adds to the sums of each line the products with its inputs.
    pub fn add(&self, machine: Machine, lines: &[i16], sums: &mut [i32]) {
        debug_assert_eq!(lines.len() / self.inputs, sums.len() / self.padded());
        match machine {
            Machine::Any => self.run::<_, 2>(Narrow, lines, sums),
            #[cfg(target_arch = "x86_64")]
            Machine::V3(v3) => machine.vectorize(
                #[inline(always)]
                || self.run::<_, 4>(v3, lines, sums),
            ),
        }
    }

    #[inline(always)]
    fn run<M: Multiply, const LINES: usize>(&self, by: M, lines: &[i16], sums: &mut [i32]) {
        let padded = self.padded();
        for (tile, pairs) in self.pairs.chunks_exact((self.inputs / 2).max(1)).enumerate() {
            let mut from = lines.chunks_exact(LINES * self.inputs);
            let mut to = sums.chunks_exact_mut(LINES * padded);
            for (from, to) in from.by_ref().zip(to.by_ref()) {
                tile_of::<M, LINES>(by, pairs, from, &mut to[tile * TILE..], padded);
            }
            let rest = from.remainder().chunks_exact(self.inputs);
            for (from, to) in rest.zip(to.into_remainder().chunks_exact_mut(padded)) {
                tile_of::<M, 1>(by, pairs, from, &mut to[tile * TILE..], padded);
            }
        }
    }
}

/// One tile of outputs for a few lines.
#[inline(always)]
fn tile_of<M: Multiply, const LINES: usize>(by: M, pairs: &[Pairs], from: &[i16], to: &mut [i32], padded: usize) {
    let (from, _) = from.as_chunks::<2>();
    let lines: [&[[i16; 2]]; LINES] = std::array::from_fn(|i| &from[i * pairs.len()..(i + 1) * pairs.len()]);
    let mut sums = [by.zero(); LINES];
    for (at, pairs) in pairs.iter().enumerate() {
        let weights = by.weights(pairs);
        for i in 0..LINES {
            by.add(&mut sums[i], weights, lines[i][at]);
        }
    }
    for (i, sums) in sums.into_iter().enumerate() {
        let to = &mut to[i * padded..][..TILE];
        for (to, sum) in to.iter_mut().zip(by.sums(sums)) {
            *to = to.wrapping_add(sum);
        }
    }
}

/// What the processor can do.
#[derive(Clone, Copy, Debug)]
pub(super) enum Machine {
    /// Vectors of 128 bits.
    Any,
    /// Vectors of 256 bits.
    #[cfg(target_arch = "x86_64")]
    V3(pulp::x86::V3),
}

impl Machine {
    /// The best that it can do.
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(v3) = pulp::x86::V3::try_new() {
            return Self::V3(v3);
        }
        Self::Any
    }

    /// Runs plain code, compiled for the processor.
    #[inline(always)]
    pub fn vectorize<T>(self, code: impl FnOnce() -> T) -> T {
        match self {
            Self::Any => code(),
            #[cfg(target_arch = "x86_64")]
            Self::V3(v3) => v3.vectorize(code),
        }
    }
}

/// Multiplies in pairs, for the outputs of a tile.
trait Multiply: Copy {
    type WeightVectors: Copy;
    type Sums: Copy;
    fn zero(self) -> Self::Sums;
    fn weights(self, pairs: &Pairs) -> Self::WeightVectors;
    fn add(self, sums: &mut Self::Sums, weights: Self::WeightVectors, inputs: [i16; 2]);
    fn sums(self, sums: Self::Sums) -> [i32; TILE];
}

/// By vectors of 128 bits.
#[derive(Clone, Copy)]
struct Narrow;

impl Multiply for Narrow {
    type WeightVectors = [i16x8; 4];
    type Sums = [i32x4; 4];

    #[inline(always)]
    fn zero(self) -> Self::Sums {
        [i32x4::ZERO; 4]
    }

    #[inline(always)]
    fn weights(self, pairs: &Pairs) -> Self::WeightVectors {
        let (eights, _) = pairs.as_chunks::<8>();
        [eights[0], eights[1], eights[2], eights[3]].map(i16x8::new)
    }

    #[inline(always)]
    fn add(self, sums: &mut Self::Sums, weights: Self::WeightVectors, inputs: [i16; 2]) {
        let inputs: i16x8 = bytemuck::cast(i32x4::splat(bytemuck::cast(inputs)));
        for (sum, weights) in sums.iter_mut().zip(weights) {
            *sum += weights.dot(inputs);
        }
    }

    #[inline(always)]
    fn sums(self, sums: Self::Sums) -> [i32; TILE] {
        let fours = sums.map(i32x4::to_array);
        std::array::from_fn(|i| fours[i / 4][i % 4])
    }
}

#[cfg(target_arch = "x86_64")]
impl Multiply for pulp::x86::V3 {
    type WeightVectors = [std::arch::x86_64::__m256i; 2];
    type Sums = [std::arch::x86_64::__m256i; 2];

    #[inline(always)]
    fn zero(self) -> Self::Sums {
        [self.avx._mm256_setzero_si256(); 2]
    }

    #[inline(always)]
    fn weights(self, pairs: &Pairs) -> Self::WeightVectors {
        bytemuck::cast(*pairs)
    }

    #[inline(always)]
    fn add(self, sums: &mut Self::Sums, weights: Self::WeightVectors, inputs: [i16; 2]) {
        let inputs = self.avx._mm256_set1_epi32(bytemuck::cast(inputs));
        for (sum, weights) in sums.iter_mut().zip(weights) {
            *sum = self.avx2._mm256_add_epi32(*sum, self.avx2._mm256_madd_epi16(weights, inputs));
        }
    }

    #[inline(always)]
    fn sums(self, sums: Self::Sums) -> [i32; TILE] {
        bytemuck::cast(sums)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_rows_on_every_machine() {
        let mut random = 1u32;
        let mut next = || {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 16) as i16
        };
        for (inputs, outputs, count) in [(8, 8, 1), (64, 64, 3), (192, 64, 9), (128, 19, 4), (24, 40, 0), (256, 256, 2)]
        {
            let weights: Vec<i16> = (0..inputs * outputs).map(|_| next()).collect();
            let lines: Vec<i16> = (0..inputs * count).map(|_| next()).collect();
            let matrix = Matrix::of(inputs, outputs, |output, input| weights[output * inputs + input]);
            for machine in [Machine::Any, Machine::best()] {
                let mut sums = vec![7; count * matrix.padded()];
                matrix.add(machine, &lines, &mut sums);
                for (line, sums) in lines.chunks_exact(inputs).zip(sums.chunks_exact(matrix.padded())) {
                    for (row, sum) in weights.chunks_exact(inputs).zip(sums) {
                        let products = row.iter().zip(line).map(|(a, b)| i32::from(*a) * i32::from(*b));
                        assert_eq!(*sum, products.fold(7i32, i32::wrapping_add));
                    }
                    assert!(sums[outputs..].iter().all(|sum| *sum == 7));
                }
            }
        }
    }
}
