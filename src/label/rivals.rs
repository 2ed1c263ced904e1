//! The two labels that an explanation weighs against each other.

use super::chain::Marginal;

/// The label of a line and its runner-up, by their numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rivals {
    pub first: usize,
    pub second: usize,
}

impl Rivals {
    /// Of a line of which the chain says so much.
    pub fn of(marginal: &Marginal) -> Self {
        Self { first: marginal.best(), second: marginal.best_but(marginal.best()) }
    }
}
