//! What the tests of this floor share.

use std::sync::Arc;

use super::Context;
use crate::pack::Packs;

/// The packs that come with the crate.
pub(super) fn packs() -> Arc<Packs> {
    Packs::embedded()
}

/// A context that knows nothing but the packs.
pub(super) fn context(packs: &Packs) -> Context<'_> {
    Context { packs, lang: None, published: None, now: None }
}
