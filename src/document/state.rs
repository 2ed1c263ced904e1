//! A document as bytes: the state that a pickle holds. It says what the document says, and what its reasons are made from, not the
//! reasons themselves.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::blocks::Blocks;
use super::fields::Fields;
use super::reasons::Observed;
use super::rendered::Rendered;
use super::valid::{Valid, ensure};
use super::{Document, Explain, Reasons, Verdict};
use crate::offsets::{OffsetMap, Span, Unit};

/// The first byte of a state: raised when the form of the rest changes, which the order of the labels is part of.
const FORM: u8 = 3;

#[derive(Serialize, Deserialize)]
struct State<'d> {
    rules_version: Cow<'d, str>,
    unit: Unit,
    repaired: Cow<'d, str>,
    map: Cow<'d, OffsetMap>,
    blocks: Cow<'d, Blocks>,
    rendered: Cow<'d, Rendered>,
    /// What stands in the clean text between the stretches of the repaired one.
    between: String,
    lang: Option<Cow<'d, str>>,
    verdict: Verdict,
    verdict_score: f32,
    #[serde(with = "as_json")]
    fields: Cow<'d, Fields>,
    /// The model, and what else its reasons are made from.
    reasons: Option<(Cow<'d, str>, Cow<'d, Observed>)>,
}

impl Document {
    /// The state of the document.
    ///
    /// # Errors
    /// When it cannot be written, which no document is known to cause.
    pub(crate) fn to_state(&self) -> Result<Vec<u8>, String> {
        let reasons = self.reasons.source();
        let state = State {
            rules_version: Cow::Borrowed(&self.rules_version),
            unit: self.unit,
            repaired: Cow::Borrowed(&self.repaired),
            map: Cow::Borrowed(&self.map),
            blocks: Cow::Borrowed(&self.blocks),
            rendered: Cow::Borrowed(&self.rendered),
            between: self.between(),
            lang: self.lang.as_deref().map(Cow::Borrowed),
            verdict: self.verdict,
            verdict_score: self.verdict_score,
            fields: Cow::Borrowed(&self.fields),
            reasons: reasons.map(|(model, observed)| (Cow::Borrowed(model), Cow::Borrowed(observed))),
        };
        let room = 64 + self.repaired.len() + 64 * self.blocks.iter().len();
        let mut bytes = Vec::with_capacity(room);
        bytes.push(FORM);
        postcard::to_extend(&state, bytes).map_err(|error| error.to_string())
    }

    /// The document of a state; `explain` gives what explains the labels of a model of that name.
    ///
    /// # Errors
    /// Why the bytes are the state of none.
    pub(crate) fn from_state(
        state: &[u8],
        explain: impl FnOnce(&str) -> Option<std::sync::Arc<dyn Explain>>,
    ) -> Result<Self, String> {
        let rest = state.strip_prefix(&[FORM]).ok_or("its form is another one")?;
        let (state, rest) = postcard::take_from_bytes::<State<'_>>(rest).map_err(|error| error.to_string())?;
        ensure(rest.is_empty(), "there is something after its end")?;
        let (repaired, rendered) = (state.repaired.into_owned(), state.rendered.into_owned());
        let text = clean_text(&repaired, &rendered, &state.between).ok_or("its clean text is of other blocks")?;
        let rules_version = state.rules_version;
        // Other rules would give other reasons.
        let reasons = state.reasons.filter(|_| rules_version == crate::RULES_VERSION).and_then(|(model, observed)| {
            let explain = explain(&model)?;
            Some(Reasons::by(observed.into_owned(), explain))
        });
        let document = Self {
            rules_version: Cow::Owned(rules_version.into_owned()),
            unit: state.unit,
            text,
            repaired,
            map: state.map.into_owned(),
            blocks: state.blocks.into_owned(),
            rendered,
            lang: state.lang.map(Cow::into_owned),
            verdict: state.verdict,
            verdict_score: state.verdict_score,
            fields: state.fields.into_owned(),
            reasons: reasons.unwrap_or_default(),
        };
        document.check()?;
        Ok(document)
    }

    fn between(&self) -> String {
        let mut between = String::new();
        let mut at = 0;
        for (start, piece) in self.rendered.iter() {
            between.push_str(self.text.get(at..start).unwrap_or_default());
            at = start + piece.len();
        }
        between
    }

    /// A document of block `at` alone, of which everything can be asked that a block can be asked, but its evidence.
    pub(crate) fn only(&self, at: usize) -> Option<Self> {
        let block = self.blocks.get(at)?;
        let repaired = self.repaired.get(block.text.range())?.to_owned();
        Some(Self {
            rules_version: self.rules_version.clone(),
            unit: self.unit,
            text: String::new(),
            map: OffsetMap::of_one(self.unit, repaired.len(), block.span),
            blocks: self.blocks.only(at, Span::new(0, repaired.len()))?,
            repaired,
            rendered: Rendered::default(),
            lang: None,
            verdict: self.verdict,
            verdict_score: self.verdict_score,
            fields: Fields::default(),
            reasons: Reasons::default(),
        })
    }
}

/// The clean text: the stretches in their places, and what stands between them. None where they do not fit.
fn clean_text(repaired: &str, rendered: &Rendered, mut between: &str) -> Option<String> {
    let mut text = String::with_capacity(repaired.len().min(1 << 30));
    let mut end = 0;
    for (start, piece) in rendered.iter() {
        let (before, rest) = between.split_at_checked(start.checked_sub(text.len())?)?;
        text.push_str(before);
        between = rest;
        // Each stretch once, so that no state makes a text that is longer than itself.
        text.push_str(repaired.get(piece.range()).filter(|_| end <= piece.start)?);
        end = piece.end;
    }
    between.is_empty().then_some(text)
}

/// For serde's `with`: what has keys that may be left out, in a form of bytes that has none.
pub(super) mod as_json {
    use serde::de::{DeserializeOwned, Error as _};
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<T: Serialize, S: Serializer>(it: &T, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&serde_json::to_string(it).map_err(S::Error::custom)?)
    }

    pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        let json = std::borrow::Cow::<str>::deserialize(from)?;
        serde_json::from_str(&json).map_err(D::Error::custom)
    }
}
