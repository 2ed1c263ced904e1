//! Probabilities and weights as a person would write them: four decimal places and no more.

use serde::Serializer;

/// Rounded to 4 decimal places.
pub(crate) fn four_places(x: f32) -> f32 {
    written(x) as f32
}

/// The number that is written.
pub(crate) fn written(x: f32) -> f64 {
    (f64::from(x) * 1e4).round() / 1e4
}

/// For serde's `serialize_with`.
pub(crate) fn serialize<S: Serializer>(x: &f32, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64(written(*x))
}
