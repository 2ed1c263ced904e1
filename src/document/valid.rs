//! Whether a value that was read from a pickle is one that copydesk can have made: so that all its methods work.

use super::blocks::BlockData;
use super::{Byline, Caption, Dateline, Document, Evidence, Inline, PartialDate, Person, Place, Side, Timestamp};
use crate::offsets::Span;

/// What can be checked by itself.
pub(crate) trait Valid {
    /// # Errors
    /// What is wrong with it.
    fn check(&self) -> Result<(), &'static str>;
}

/// `otherwise`, where that does not hold.
pub(super) fn ensure(holds: bool, otherwise: &'static str) -> Result<(), &'static str> {
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
        ensure(self.blocks.are_whole(), "a block lacks a part")?;
        let end = self.map.source_end();
        let blocks = self.blocks.iter().len();
        let (mut text, mut source) = (0, 0);
        for (at, block) in self.blocks.iter().enumerate() {
            block.check(self.blocks.inline(at))?;
            ensure(self.repaired.get(block.text.range()).is_some(), "the text of a block is cut wrongly")?;
            ensure(text <= block.text.start && source <= block.span.start, "its blocks are not in order")?;
            (text, source) = (block.text.end, block.span.end);
        }
        ensure(source <= end, "a block stands after the end of the input")?;
        self.check_rendered()?;
        probability(self.verdict_score)?;
        self.reasons.check(&self.repaired, blocks)?;
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
        let fields = &self.fields;
        fields.dateline.as_ref().map_or(Ok(()), Valid::check)?;
        let is_of_block = |caption: &Caption| caption.block < self.blocks.iter().len();
        ensure(fields.captions.iter().all(is_of_block), "a caption is of no block")?;
        let mut spans = Vec::new();
        fields.clone().each_span(|span| spans.push(*span));
        spans.iter().try_for_each(Valid::check)?;
        ensure(spans.iter().all(|span| span.end <= end), "a field stands after the end of the input")
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

    fn edit(state: &mut Vec<u8>, at: usize, how: u8) {
        if state.is_empty() {
            return;
        }
        let at = at % state.len();
        match how % 8 {
            0 => state[at] = state[at].wrapping_add(1),
            1 => state[at] = state[at].wrapping_sub(1),
            2 => state[at] = how,
            3 => state[at] |= 0x80,
            4 => drop(state.remove(at)),
            5 => state.insert(at, how),
            6 => state.extend_from_within(at..),
            _ => state.truncate(at),
        }
    }

    fn read(state: &[u8]) -> Result<Document, String> {
        Document::from_state(state, crate::cleaner::explained_by)
    }

    #[test]
    fn what_was_made_is_valid() {
        for document in documents() {
            assert_eq!(document.check(), Ok(()));
            let state = document.to_state().unwrap();
            let again = read(&state).unwrap();
            assert_eq!((again.check(), &again, again.to_state()), (Ok(()), &document, Ok(state)));
            assert!(again.blocks().zip(document.blocks()).all(|(it, that)| it.evidence() == that.evidence()));
            ask(&again);
        }
    }

    #[test]
    fn a_block_alone_says_the_same() {
        for document in documents() {
            for (at, block) in document.blocks().enumerate() {
                let alone = document.only(at).unwrap();
                assert_eq!(alone.check(), Ok(()));
                let again = read(&alone.to_state().unwrap()).unwrap();
                assert_eq!((again.blocks().len(), again.block(0)), (1, Some(block)));
                assert_eq!((again.text(), again.block(0).unwrap().evidence()), ("", &[][..]));
            }
        }
    }

    /// The form of a state is held by its first byte: who changes the form sees this fail, and raises `FORM`.
    #[test]
    fn the_form_of_a_state_is_as_it_was() {
        let state = crate::cleaner::clean("It rained.").to_state().unwrap();
        let version = [&[3, crate::RULES_VERSION.len() as u8], crate::RULES_VERSION.as_bytes()].concat();
        let rest = state.strip_prefix(&*version).unwrap();
        let rest = rest.strip_prefix(b"\x00\x0aIt rained.\x00\x01\x00\x00\x01\x01\x0a\x0a\x01").unwrap();
        assert!(rest.ends_with(b"\x01\x07default\x00\x01\x00\x00\x00\x00"), "{rest:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn an_edited_state_is_refused_or_works(
            which in 0..8usize,
            edits in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..4),
        ) {
            thread_local! {
                static STATES: Vec<Vec<u8>> = documents().map(|it| it.to_state().unwrap()).collect();
            }
            let mut state = STATES.with(|states| states[which].clone());
            for (at, how) in edits {
                edit(&mut state, at, how);
            }
            if let Ok(document) = read(&state) {
                ask(&document);
            }
        }
    }
}
