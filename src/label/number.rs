//! e to the power of sums of weights, from tables.

use crate::number;
use crate::number::exp;

/// e to the power of an integer number of small units, from two tables.
#[derive(Debug)]
pub(super) struct Exp {
    coarse: Vec<f32>,
    fine: Vec<f32>,
}

/// Weights of one vector lie within so many nats of one another; what lies lower counts as this low.
const LOWEST: i32 = -30;
const HIGHEST: i32 = 34;
const FINE: i32 = 256;

impl Exp {
    /// For units of 1/`scale`.
    pub fn new(scale: i32) -> Self {
        let unit = 1.0 / f64::from(scale);
        let coarse = (LOWEST * scale / FINE..=HIGHEST * scale / FINE).map(|i| exp(f64::from(i * FINE) * unit) as f32);
        let fine = (0..FINE).map(|i| exp(f64::from(i) * unit) as f32);
        Self { coarse: coarse.collect(), fine: fine.collect() }
    }

    /// e to `x` units, held between e^-30 and e^34.
    pub fn of(&self, x: i32) -> f32 {
        let lowest = (self.coarse.len() as i32 - 1) * LOWEST / (HIGHEST - LOWEST);
        let row = x.div_euclid(FINE) - lowest;
        let row_held = row.clamp(0, self.coarse.len() as i32 - 1);
        let fine = if row == row_held { x.rem_euclid(FINE) } else { 0 };
        self.coarse[row_held as usize] * self.fine[fine as usize]
    }
}

/// The natural logarithm, in the precision of the chain.
pub(super) fn ln(x: f32) -> f32 {
    number::ln(f64::from(x)) as f32
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
}
