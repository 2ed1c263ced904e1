//! e to the power of sums of weights, from tables.

use crate::number;
use crate::number::exp;

/// e to the power of an integer number of small units, from two tables.
#[derive(Debug)]
pub(super) struct Exp {
    coarse: Box<[f32; COARSE]>,
    fine: Box<[f32; FINE]>,
    /// The bounds, in units.
    lowest: i32,
    highest: i32,
}

/// Weights of one vector lie within so many nats of one another; what lies lower counts as this low.
pub(super) const LOWEST: i32 = -30;
const HIGHEST: i32 = 34;
const FINE: usize = 256;
/// Room for a step of the coarse table every 1/8 nat.
const COARSE: usize = 512;

impl Exp {
    /// For units of 1/`scale`, at most 2048 a nat.
    pub fn new(scale: i32) -> Self {
        let unit = 1.0 / f64::from(scale);
        let (lowest, highest) = (LOWEST * scale, HIGHEST * scale);
        let coarse = std::array::from_fn(|i| exp(f64::from(lowest + (i * FINE) as i32) * unit) as f32);
        let fine = std::array::from_fn(|i| exp(i as f64 * unit) as f32);
        Self { coarse: Box::new(coarse), fine: Box::new(fine), lowest, highest }
    }

    /// e to `x` units, held between e^-30 and e^34.
    pub fn of(&self, x: i32) -> f32 {
        self.up_to_one(x.min(self.highest))
    }

    /// The same for a number that is not positive.
    pub fn up_to_one(&self, x: i32) -> f32 {
        let above = (x - self.lowest).max(0) as u32;
        self.coarse[above as usize / FINE % COARSE] * self.fine[above as usize % FINE]
    }
}

/// The natural logarithm, in the precision of the chain.
pub(super) fn ln(x: f32) -> f32 {
    number::ln(f64::from(x)) as f32
}

/// Shares of a total in units of 1/10000, rounded as [`four_places`](crate::document::four_places) rounds them; `inverse` is one
/// by the total. There is no branch and no call in it, so it is done several at a time.
pub(super) fn four_places_each<const N: usize>(values: &[f32], inverse: f32) -> [u16; N] {
    /// From here on a `f64` has no room for a fraction: what is added to it is rounded.
    const WHOLE: f64 = (1u64 << 52) as f64;
    let mut places = [0; N];
    for (place, value) in places.iter_mut().zip(values) {
        let above = f64::from(value * inverse) * 1e4 + 0.5;
        let rounded = (above + WHOLE) - WHOLE;
        let down = if rounded > above { rounded - 1.0 } else { rounded };
        // By way of a wider number, which vectors can be made of.
        *place = down as i32 as u16;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_and_ln_are_close_to_the_systems() {
        let table = Exp::new(1024);
        for x in (-30 * 1024..34 * 1024).step_by(97) {
            let want = (f64::from(x) / 1024.0).exp();
            let got = f64::from(table.of(x));
            assert!((got / want - 1.0).abs() < 1e-6, "{x}: {got} {want}");
            assert!((f64::from(ln(got as f32)) - f64::from(x) / 1024.0).abs() < 1e-5);
        }
        assert_eq!(table.of(i32::MIN + 1), table.of(-30 * 1024));
        assert_eq!(table.of(i32::MAX), table.of(34 * 1024));
        assert_eq!(table.of(0), 1.0);
    }

    #[test]
    fn places_are_those_of_one_value() {
        use crate::document::four_places;
        let ties = (0..=32).map(|i| i as f32 / 32.0);
        let whole = (0..=10_000).map(|i| i as f32 / 1e4);
        let any = (0..1_000_000u32).map(|i| f32::from_bits(i.wrapping_mul(0x9e37_79b1) % 1.0f32.to_bits()));
        for value in ties.chain(whole).chain(any) {
            let [places] = four_places_each::<1>(&[value], 1.0);
            assert_eq!((f64::from(places) / 1e4) as f32, four_places(value), "{value}");
        }
    }
}
