//! Honest probabilities: a chain that adds up what evidence, network and neighbours say counts much of it twice, and is too
//! sure of itself. Raised to the inverse of a temperature above 1 and made to sum to 1 again, its probabilities are right as
//! often as they say (temperature scaling: Guo et al., 2017). No order changes, so neither does a label.

use super::chain::Lanes;
use super::number::Exp;
use crate::labels::Label;
use crate::number::ln;

/// An inverse temperature, above 0 and at most 1, made ready to raise to.
#[derive(Debug)]
pub(super) struct InverseTemperature {
    inverse: f32,
    /// Logarithms of the middles of so many steps from 1 to 2.
    logs: Box<[f32; STEPS]>,
    exp: Exp,
}

const STEPS: usize = 1 << STEP_BITS;
const STEP_BITS: u32 = 10;
/// Units a nat of the exponents.
const SCALE: i32 = 2048;

impl InverseTemperature {
    /// None for 1, which changes nothing.
    pub fn new(inverse: f32) -> Option<Self> {
        let logs = || std::array::from_fn(|i| ln(1.0 + (i as f64 + 0.5) / STEPS as f64) as f32);
        (inverse != 1.0).then(|| Self { inverse, logs: Box::new(logs()), exp: Exp::new(SCALE) })
    }

    /// What shares of a total are in proportion to when each is raised to it.
    pub fn scaled(&self, shares: &Lanes) -> Lanes {
        let logs = shares.map(|share| self.log(share));
        let best = logs[..Label::COUNT].iter().copied().fold(f32::MIN, f32::max);
        let mut raised = Lanes::default();
        for (raised, log) in raised.iter_mut().zip(&logs[..Label::COUNT]) {
            *raised = self.exp.up_to_one(((log - best) * self.inverse * SCALE as f32) as i32);
        }
        raised
    }

    /// The logarithm of a number that is not negative, right to 1/2000; -88 for 0.
    fn log(&self, x: f32) -> f32 {
        let bits = x.to_bits();
        let step = (bits >> (f32::MANTISSA_DIGITS - 1 - STEP_BITS)) as usize % STEPS;
        let exponent = (bits >> (f32::MANTISSA_DIGITS - 1)) as i32 - 127;
        exponent as f32 * std::f32::consts::LN_2 + self.logs[step]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_raised() {
        assert!(InverseTemperature::new(1.0).is_none());
        let mut shares = Lanes::default();
        for (i, share) in shares[..Label::COUNT].iter_mut().enumerate() {
            *share = [0.0, 1e-30, 0.25, 0.001, 0.7][i % 5] / (i + 1) as f32;
        }
        let raised = InverseTemperature::new(0.5).unwrap().scaled(&shares);
        let best = shares.iter().copied().fold(0.0, f32::max);
        for (share, raised) in shares.iter().zip(raised) {
            let want = (share / best).sqrt();
            assert!((raised - want).abs() < 1e-3 * want + 1e-12, "{share}: {raised} {want}");
        }
    }
}
