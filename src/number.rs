//! Arithmetic that gives the same bits on every platform: only sums, products and quotients, which IEEE 754 fixes, never
//! the system's `exp` and `ln`, which it does not.

/// e^x by halving the argument and squaring the result of a Taylor series; arguments below -700 and above 700 count as
/// those.
pub(crate) fn exp(x: f64) -> f64 {
    let small = x.clamp(-700.0, 700.0) / 1024.0;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..12 {
        term = term * small / f64::from(n);
        sum += term;
    }
    (0..10).fold(sum, |power, _| power * power)
}

/// The natural logarithm of a positive number: exponent and a series for the rest; -88 for what has none.
pub(crate) fn ln(x: f64) -> f64 {
    if x.is_nan() || x < f64::MIN_POSITIVE {
        return -88.0;
    }
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let rest = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | (1023 << 52));
    // ln r = 2 artanh((r - 1) / (r + 1)), r in 1..2.
    let y = (rest - 1.0) / (rest + 1.0);
    let square = y * y;
    let mut term = y;
    let mut sum = 0.0;
    for n in 0..16 {
        sum += term / f64::from(2 * n + 1);
        term *= square;
    }
    2.0 * sum + exponent as f64 * std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_and_ln_are_close_to_the_systems() {
        for i in -600..600 {
            let x = f64::from(i) / 10.0 + 0.013;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-11, "{x}");
            assert!((ln(x.exp()) - x).abs() < 1e-11, "{x}");
        }
        assert_eq!((exp(0.0), ln(1.0), ln(0.0), ln(f64::NAN)), (1.0, 0.0, -88.0, -88.0));
        assert!(exp(f64::INFINITY).is_finite() && exp(-1e9) > 0.0);
    }
}
