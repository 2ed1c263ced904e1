//! A stretch as JSON has it where it stands by itself: `[start, end]`.

use serde::{Deserialize, Deserializer, Serializer};

use crate::offsets::Span;

pub(crate) fn serialize<S: Serializer>(span: &Span, to: S) -> Result<S::Ok, S::Error> {
    // A list in every form, where serde takes an array for a tuple.
    to.collect_seq([span.start, span.end])
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Span, D::Error> {
    <[usize; 2]>::deserialize(from).map(|[start, end]| Span { start, end })
}

/// The same of one that may be missing.
pub(crate) mod or_none {
    use super::{Deserialize, Deserializer, Serializer, Span};

    pub(crate) fn serialize<S: Serializer>(span: &Option<Span>, to: S) -> Result<S::Ok, S::Error> {
        match span {
            Some(span) => super::serialize(span, to),
            None => to.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Span>, D::Error> {
        Ok(Option::<[usize; 2]>::deserialize(from)?.map(|[start, end]| Span { start, end }))
    }
}
