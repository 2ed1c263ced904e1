//! Whether a value that was read from a pickle is one that copydesk can have made: so that all its methods work.

use super::{
    BlockData, Byline, Caption, Dateline, Document, Evidence, Inline, PartialDate, Person, Place, Side, Timestamp,
};
use crate::offsets::Span;

/// What can be checked by itself.
pub(crate) trait Valid {
    /// # Errors
    /// What is wrong with it.
    fn check(&self) -> Result<(), &'static str>;
}

fn ensure(holds: bool, otherwise: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(otherwise) }
}

impl Valid for Span {
    fn check(&self) -> Result<(), &'static str> {
        ensure(self.start <= self.end, "a span ends before it starts")
    }
}

fn probability(p: f32) -> Result<(), &'static str> {
    ensure((0.0..=1.0).contains(&p), "a probability is not between 0 and 1")
}

impl Valid for Evidence {
    fn check(&self) -> Result<(), &'static str> {
        ensure(self.weight.is_finite(), "a weight is no finite number")
    }
}

impl Valid for Inline {
    fn check(&self) -> Result<(), &'static str> {
        self.span.check()
    }
}

impl Valid for Side {
    fn check(&self) -> Result<(), &'static str> {
        self.span.check()
    }
}

impl Valid for Person {
    fn check(&self) -> Result<(), &'static str> {
        self.span.check()
    }
}

impl Valid for Place {
    fn check(&self) -> Result<(), &'static str> {
        Ok(())
    }
}

impl Valid for Timestamp {
    fn check(&self) -> Result<(), &'static str> {
        self.span.check()
    }
}

impl Valid for PartialDate {
    fn check(&self) -> Result<(), &'static str> {
        let years = 1..=9999;
        let is_day = self.resolved.is_none_or(|day| years.contains(&day.year()));
        ensure(is_day, "a date is not in the years 1 to 9999")?;
        ensure(self.month.is_none_or(|month| (1..=12).contains(&month)), "a month is not one of 1 to 12")?;
        ensure(self.day.is_none_or(|day| (1..=31).contains(&day)), "a day is not one of 1 to 31")
    }
}

impl Valid for Dateline {
    fn check(&self) -> Result<(), &'static str> {
        self.span.check()?;
        probability(self.score)?;
        self.date.as_ref().map_or(Ok(()), Valid::check)
    }
}

impl Valid for Byline {
    fn check(&self) -> Result<(), &'static str> {
        self.span.check()?;
        self.people.iter().try_for_each(Valid::check)
    }
}

impl Valid for Caption {
    fn check(&self) -> Result<(), &'static str> {
        let mut spans = Vec::new();
        self.clone().each_span(|span| spans.push(*span));
        spans.iter().try_for_each(Valid::check)
    }
}

impl Valid for Document {
    fn check(&self) -> Result<(), &'static str> {
        ensure(self.map.unit() == self.unit, "its positions are of two units")?;
        self.map.check(&self.repaired)?;
        let end = self.map.source_end();
        let (mut text, mut source) = (0, 0);
        for (at, block) in self.blocks.iter().enumerate() {
            block.check(self.blocks.inline(at))?;
            ensure(self.repaired.get(block.text.range()).is_some(), "the text of a block is cut wrongly")?;
            ensure(text <= block.text.start && source <= block.span.start, "its blocks are not in order")?;
            (text, source) = (block.text.end, block.span.end);
        }
        ensure(source <= end, "a block stands behind the end of the input")?;
        self.check_rendered()?;
        probability(self.verdict_score)?;
        let known = self.reasons.known.get().map_or(&[][..], Vec::as_slice);
        ensure([0, self.blocks.iter().len()].contains(&known.len()), "its evidence is of other blocks")?;
        known.iter().flatten().try_for_each(Valid::check)?;
        self.check_fields(end)
    }
}

impl Document {
    /// The clean text is made of stretches of the repaired one.
    fn check_rendered(&self) -> Result<(), &'static str> {
        let mut at = 0;
        for (i, (start, piece)) in self.rendered.iter().enumerate() {
            piece.check()?;
            ensure(at <= start && (i > 0 || start == 0), "its clean text is not in order")?;
            let written = start.checked_add(piece.len()).and_then(|end| self.text.get(start..end));
            ensure(
                written.is_some() && written == self.repaired.get(piece.range()),
                "its clean text is of other blocks",
            )?;
            at = start + piece.len();
        }
        ensure(at == self.text.len(), "its clean text has another end")
    }

    /// Everything read from the text stands in an input that ends at `end`.
    fn check_fields(&self, end: usize) -> Result<(), &'static str> {
        let mut spans: Vec<Span> = [self.title_span, self.deck_span].into_iter().flatten().collect();
        for time in self.published.iter().chain(&self.updated) {
            spans.push(time.span);
        }
        if let Some(byline) = &self.byline {
            byline.check()?;
            spans.push(byline.span);
            spans.extend(byline.people.iter().map(|person| person.span));
        }
        if let Some(dateline) = &self.dateline {
            dateline.check()?;
            spans.push(dateline.span);
        }
        for caption in &self.captions {
            ensure(caption.block < self.blocks.iter().len(), "a caption is of no block")?;
            caption.clone().each_span(|span| spans.push(*span));
        }
        spans.iter().try_for_each(Valid::check)?;
        ensure(spans.iter().all(|span| span.end <= end), "a field stands behind the end of the input")
    }
}

impl BlockData<'_> {
    fn check(&self, inside: &[Inline]) -> Result<(), &'static str> {
        self.text.check()?;
        self.span.check()?;
        self.shares.probabilities().iter().try_for_each(|p| probability(*p))?;
        for inline in inside {
            inline.check()?;
            let is_inside = self.span.start <= inline.span.start && inline.span.end <= self.span.end;
            ensure(is_inside, "what stands inside a block is outside it")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    const TEXTS: [&str; 4] = [
        "Harbour tunnel closes for a month\n\nBy Nora Quill and Tom Berg\n4 February 2016\n\nA ferry waits. (AFP photo)\n\n\
         PORT ELLEN, Scotland (Reuters) - The tunnel under the harbour will close on Monday for a month &amp; more, the \
         city said.\n\nSHARE THIS ARTICLE",
        "É uma manhã fria na cidade velha, e o mercado abre às seis &eacute; meia.\n\nPartilhe 😀 este artigo",
        "\u{feff}caf\u{65}\u{301} schÃ¶n\r\n\r\n<b>港町</b>の夜行連絡船が出る。\r\n\u{202e}x",
        "",
    ];

    fn documents() -> impl Iterator<Item = Document> {
        TEXTS.into_iter().flat_map(|text| {
            let document = crate::cleaner::clean(text);
            [document.clone().into_chars(text), document]
        })
    }

    /// Whatever can be asked of it.
    fn ask(document: &Document) {
        for start in 0..=document.text().len() + 1 {
            for end in [start, start + 1, usize::MAX] {
                let span = document.source_span(start, end);
                assert!(span.start <= span.end && span.end <= document.map.source_end());
            }
        }
        for block in document.blocks() {
            let _ = (block.text(), block.score(), block.evidence(), block.inline(), block.span().len());
        }
        let _ = (document.to_json(), format!("{document:?}"), document == &document.clone());
        for person in document.byline().iter().flat_map(|byline| &byline.people) {
            person.recased();
        }
    }

    /// Every place in a value, as a pointer.
    fn places(value: &Value, at: &str, found: &mut Vec<String>) {
        found.push(at.to_owned());
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, item)| places(item, &format!("{at}/{i}"), found))
            }
            Value::Object(fields) => {
                fields.iter().for_each(|(name, item)| places(item, &format!("{at}/{name}"), found))
            }
            _ => {}
        }
    }

    fn edit(value: &mut Value, how: u8) {
        let numbers = [0u64, 1, 2, 3, 1 << 31, u64::from(u32::MAX), 1 << 63, u64::MAX];
        match value {
            Value::Number(number) => {
                let old = number.as_u64().unwrap_or(0);
                *value = match how % 12 {
                    8 => old.wrapping_add(1).into(),
                    9 => old.wrapping_sub(1).into(),
                    10 => serde_json::json!(-1.5e300),
                    11 => old.wrapping_mul(2).into(),
                    n => numbers[usize::from(n)].into(),
                };
            }
            Value::String(text) => match how % 4 {
                0 => drop(text.pop()),
                1 => text.push('é'),
                2 => text.clear(),
                _ => text.insert_str(0, "日\n"),
            },
            Value::Array(items) if !items.is_empty() => {
                let i = usize::from(how) / 4 % items.len();
                match how % 4 {
                    0 => drop(items.remove(i)),
                    1 => items.insert(i, items[i].clone()),
                    2 => items.reverse(),
                    _ => items.clear(),
                }
            }
            Value::Object(fields) if !fields.is_empty() => {
                let name = fields.keys().nth(usize::from(how) % fields.len()).cloned().unwrap_or_default();
                fields.remove(&name);
            }
            Value::Bool(truth) => *truth = !*truth,
            other => *other = if how < 128 { Value::Null } else { 7.into() },
        }
    }

    #[test]
    fn what_was_made_is_valid() {
        for document in documents() {
            assert_eq!(document.check(), Ok(()));
            let again: Document = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
            assert_eq!((again.check(), &again), (Ok(()), &document));
            ask(&again);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn an_edited_state_is_refused_or_works(which in 0..8usize, edits in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..4)) {
            thread_local! {
                static STATES: Vec<Value> = documents().map(|it| serde_json::to_value(it).unwrap()).collect();
            }
            let mut state = STATES.with(|states| states[which].clone());
            for (at, how) in edits {
                let mut all = Vec::new();
                places(&state, "", &mut all);
                edit(state.pointer_mut(&all[usize::from(at) % all.len()]).unwrap(), how);
            }
            if let Ok(document) = serde_json::from_value::<Document>(state) {
                ask(&document);
            }
        }
    }
}
