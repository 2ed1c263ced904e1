//! The language of a page, where its words do not tell it: as the page says.

use crate::document::{FieldName, FieldSource};
use crate::page::said::{Claim, Said};
use crate::text::lang::Lang;
use crate::text::language;

use super::voices::{Voice, best};

/// The language that a page says it is in, unless its lines are not written as that language is.
pub(crate) fn said<'a>(
    said: &Said,
    lines: impl Iterator<Item = &'a str> + Clone,
) -> Option<(&'static str, FieldSource)> {
    let voice = |claim: &Claim| {
        let code = Lang::hint(&claim.text).ok()??.code();
        language::may_be(code, lines.clone()).then_some(Voice { value: code, from: claim.from, trust: claim.trust })
    };
    let voices: Vec<_> = said.claims.iter().filter(|claim| claim.of == FieldName::Lang).filter_map(voice).collect();
    best(&voices, |one, other| one == other).map(|voice| (voice.value, voice.from))
}
