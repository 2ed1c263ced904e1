//! Furniture inside a story's paragraphs: credits after the last sentence, headlines of other stories, advertisements, buttons,
//! marks of footnotes, addresses of embedded pictures.
//!
//! A sentence of the story that looks like furniture must stay whole, so a phrase counts only where its extent is certain: in
//! brackets of its own, or from the end of a sentence to the end of the paragraph.

use memchr::{memchr2_iter, memchr3_iter, memmem::Finder};

use super::caption::trailing_credit;
use super::{Context, phrase};
use crate::document::{Inline, InlineKind};
use crate::offsets::Span;
use crate::once::Lazy;
use crate::pack::Inlines;
use crate::text::part::PartOf;
use crate::text::sentence::begins_high;

/// What stands in brackets, and a headline of another story, is no longer than this many bytes.
const LONGEST_BYTES: usize = 240;

/// What stands inside a paragraph, in order; spans are of bytes of `text`.
pub(crate) fn inline(text: &str, context: &Context) -> Vec<Inline> {
    let mut found = Finding { text, packs: &context.packs.inline, found: Vec::new() };
    found.between(0);
    memchr3_iter(b'.', b'[', b'(', text.as_bytes()).for_each(|at| match text.as_bytes().get(at) {
        Some(b'.') => found.stop(at, 1),
        _ => found.brackets(at),
    });
    memchr2_iter(b'!', b'?', text.as_bytes()).for_each(|at| found.between(at + 1));
    if !text.is_ascii() {
        found.stops_of_other_scripts();
    }
    let mut found = found.found;
    if let Some(credit) = trailing_credit(text, context) {
        found.push(Inline { kind: InlineKind::Credit, span: credit });
    }
    in_order(found)
}

/// In order of place; of two that overlap, the first and longer one.
fn in_order(mut found: Vec<Inline>) -> Vec<Inline> {
    found.sort_by_key(|inline| (inline.span.start, std::cmp::Reverse(inline.span.end)));
    let mut end = 0;
    found.retain(|inline| {
        let apart = inline.span.start >= end;
        end = end.max(inline.span.end);
        apart
    });
    found
}

struct Finding<'t> {
    text: &'t str,
    packs: &'t Inlines,
    found: Vec<Inline>,
}

impl Finding<'_> {
    fn push(&mut self, kind: InlineKind, start: usize, end: usize) {
        self.found.push(Inline { kind, span: Span::new(start, end) });
    }

    fn stops_of_other_scripts(&mut self) {
        static STOPS: Lazy<[Finder<'static>; 3]> = Lazy::new(|| ["。", "।", "؟"].map(Finder::new));
        // Their first bytes; those of the marks of European texts, quotes and dashes, are 0xC2 and 0xE2. By the block, without a
        // branch a byte.
        let foreign = |block: &[u8]| block.iter().fold(false, |any, byte| any | (*byte >= 0xd8) & (*byte != 0xe2));
        if !self.text.as_bytes().chunks(64).any(foreign) {
            return;
        }
        for stop in STOPS.iter() {
            for at in stop.find_iter(self.text.as_bytes()) {
                self.between(at + stop.needle().len());
            }
        }
        for (at, _) in self.text.match_indices('（') {
            self.brackets(at);
        }
    }

    /// At a full stop: the end of a sentence, or a part of an address.
    fn stop(&mut self, at: usize, len: usize) {
        let (before, after) = (self.text.part(..at), self.text.part(at..));
        match after.as_bytes().get(1) {
            Some(b't') if after.starts_with(".twitter.com/") && before.ends_with("pic") => self.address(at - 3),
            Some(b'c') if after.starts_with(".co/") && before.ends_with("https://t") => self.address(at - 9),
            Some(b'a'..=b'z' | b'0'..=b'9') => {}
            _ => self.between(at + len),
        }
    }

    /// The address that begins at byte `start`, with the white space before it.
    fn address(&mut self, start: usize) {
        let space = self.text.part(..start).trim_end().len();
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b':');
        let len =
            self.text.as_bytes().part(start..).iter().take(LONGEST_BYTES).take_while(|byte| is_part(byte)).count();
        let end = start + len;
        // "…e5." ends a sentence.
        let end = start + self.text.part(start..end).trim_end_matches('.').len();
        self.push(InlineKind::Embed, if space == 0 { start } else { space }, end);
    }

    /// Between two sentences: byte `at` is after the end of one, or the start of the text.
    fn between(&mut self, at: usize) {
        let bytes = self.text.as_bytes();
        let mut start = at + usize::from(bytes.get(at) == Some(&b' '));
        // Most sentences go on with a letter.
        if bytes.get(start).is_some_and(u8::is_ascii_alphabetic) && !self.packs.between.may_be(bytes.part(start..)) {
            return;
        }
        while bytes.get(start).is_some_and(|byte| matches!(byte, b' ' | b'"' | b')' | b']' | b'\'')) {
            start += 1;
        }
        if matches!(bytes.get(start), Some(0xc2 | 0xe2)) {
            self.superscript(start);
        }
        if !self.packs.between.may_be(bytes.part(start..)) {
            return;
        }
        let closers: &[char] = &['\u{201d}', '\u{2019}', '»', ' ', '\u{a0}', '」', '』'];
        let rest = self.text.part(start..).trim_start_matches(closers);
        let (begin, rest) = match rest.strip_prefix('【') {
            Some(inside) => (self.text.len() - rest.len(), inside),
            None => (self.text.len() - rest.len(), rest),
        };
        if at > 0 && self.read_more(begin, rest) {
            return;
        }
        self.ad(begin, rest);
    }

    /// `READ MORE: Ferry hits quay`, from the end of a sentence to the end of the text.
    fn read_more(&mut self, begin: usize, rest: &str) -> bool {
        if rest.len() > LONGEST_BYTES {
            return false;
        }
        let Some(headline) = self.headline(rest).filter(|headline| is_headline(headline)) else { return false };
        debug_assert!(!headline.is_empty());
        let start = self.text.part(..begin).trim_end().len();
        self.push(InlineKind::ReadMore, start, self.text.trim_end().len());
        true
    }

    /// What follows "Read more:" and the like.
    fn headline<'r>(&self, rest: &'r str) -> Option<&'r str> {
        let len = phrase::longest_at_start(rest, &self.packs.read_more)?;
        let lead = rest.part(..len);
        let after = rest.part(len..).trim_start();
        let headline = after.strip_prefix([':', '：', '|', '｜', '›', '»', '】'])?.trim_start();
        // One word has to shout: "RELATED:", never "More:".
        let cased = lead.chars().any(char::is_lowercase);
        (!cased || lead.contains(' ')).then_some(headline)
    }

    /// `Advertisement` and the like between two sentences or at the end.
    fn ad(&mut self, begin: usize, rest: &str) {
        let Some((len, several)) = self.ad_len(rest) else { return };
        let after = rest.part(len..);
        let next = after.trim_start();
        let before = self.text.part(..begin).trim_end().len();
        if begin == 0 {
            // A line that is nothing else was told from the story by its label.
            if several && !next.is_empty() {
                self.push(InlineKind::Ad, 0, self.text.len() - next.len());
            }
        } else if several || next.is_empty() {
            self.push(InlineKind::Ad, before, begin + len);
        }
    }

    /// The length of the phrase, when what follows is the start of a sentence or nothing, and whether it may stand before a
    /// sentence: in German every noun has a capital, so one word has to shout.
    fn ad_len(&self, rest: &str) -> Option<(usize, bool)> {
        let opens = |text: &str| {
            text.starts_with(|c: char| c.is_uppercase() || matches!(c, '\u{201c}' | '"' | '«' | '„' | '「'))
        };
        if let Some(len) = phrase::longest_at_start(rest, &self.packs.ad) {
            let (lead, after) = rest.split_at(len);
            let alone = || phrase::longest_at_start(lead, &self.packs.ad_alone) == Some(len);
            let several = lead.contains(' ') || !lead.chars().any(char::is_lowercase) || alone();
            let next = after.trim_start();
            return (next.is_empty() || opens(next)).then_some((len, several));
        }
        // "AdvertisementThe mayor": no word ends there.
        let begun = self.packs.ad_alone.alike(rest).filter_map(|phrase| phrase::at_start(rest, phrase)).max()?;
        (rest.part(..begun).ends_with(char::is_lowercase) && opens(rest.part(begun..))).then_some((begun, true))
    }

    /// What opens with a bracket at byte `at`.
    fn brackets(&mut self, at: usize) {
        let open = self.text.part(at..).chars().next().unwrap_or('(');
        let close = match open {
            '[' => ']',
            '（' => '）',
            _ => ')',
        };
        let inside = self.text.part(at + open.len_utf8()..);
        let footnote = open == '[' && inside.as_bytes().first().is_some_and(u8::is_ascii_digit);
        if !footnote && !self.packs.enclosed.may_be(inside.trim_start().as_bytes()) {
            return;
        }
        let end = inside
            .as_bytes()
            .iter()
            .take(LONGEST_BYTES)
            .position(|byte| matches!(byte, b'(' | b'[' | b')' | b']' | 0xef));
        let Some(len) = end.filter(|len| inside.part(*len..).starts_with(close)) else { return };
        let content = inside.part(..len).trim();
        let end = at + open.len_utf8() + len + close.len_utf8();
        let before = self.text.part(..at).trim_end();
        let tight = before.len() == at;
        if open == '[' && tight && self.is_footnote(before, content) {
            return self.push(InlineKind::Footnote, at, end);
        }
        let stopped = before.is_empty() || ends_sentence(before);
        let Some(kind) = self.kind_in_brackets(content, open == '[', stopped) else { return };
        if before.is_empty() {
            let after = self.text.part(end..).trim_start().len();
            self.push(kind, 0, self.text.len() - after);
        } else {
            self.push(kind, before.len(), end);
        }
    }

    fn kind_in_brackets(&self, content: &str, square: bool, stopped: bool) -> Option<InlineKind> {
        let whole = |list| phrase::longest_at_start(content, list) == Some(content.len());
        let several = content.contains(' ');
        if whole(&self.packs.ad) && (square || several || stopped) {
            return Some(InlineKind::Ad);
        }
        if whole(&self.packs.ui) && (square || several) {
            return Some(InlineKind::Ui);
        }
        let names_story =
            || self.headline(content).is_some_and(|headline| begins_high(headline) && headline.contains(' '));
        let whole_phrase = whole(&self.packs.read_more) && several;
        (stopped && (names_story() || whole_phrase)).then_some(InlineKind::ReadMore)
    }

    /// `[1]` or `[citation needed]` after a word of at least two letters, or after a mark.
    fn is_footnote(&self, before: &str, content: &str) -> bool {
        let number = (1..=3).contains(&content.len())
            && content.bytes().all(|byte| byte.is_ascii_digit())
            && !content.starts_with('0');
        let mut letters = before.chars().rev();
        let last = letters.next();
        let second = letters.next().is_some_and(char::is_alphanumeric);
        let place = match last {
            Some(c) if c.is_alphabetic() => second,
            Some(c) => matches!(c, '.' | ',' | ';' | '!' | '?' | ']' | '"' | '\u{201d}' | ')' | '»' | '。'),
            None => false,
        };
        place && (number || phrase::longest_at_start(content, &self.packs.footnotes) == Some(content.len()))
    }

    /// `¹` after the end of a sentence.
    fn superscript(&mut self, at: usize) {
        let bytes = self.text.as_bytes();
        // Of the marks that begin so, most are quotes: 0xE2 0x80.
        if !matches!(bytes.get(at..at + 2), Some([0xc2, 0xb2 | 0xb3 | 0xb9] | [0xe2, 0x81])) {
            return;
        }
        let digits = self.text.part(at..).chars().take_while(|c| matches!(c, '¹' | '²' | '³' | '⁴'..='⁹' | '⁰'));
        let len: usize = digits.map(char::len_utf8).sum();
        let after = self.text.part(at + len..).chars().next();
        let tight = at > 0 && !self.text.part(..at).ends_with(char::is_whitespace);
        if len > 0 && tight && after.is_none_or(char::is_whitespace) {
            self.push(InlineKind::Footnote, at, at + len);
        }
    }
}

/// Whether a text ends as a sentence does.
fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', '»', ')', ']', '」']);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔', ':'])
}

/// Whether a text is the headline of another story, and no sentence of this one: it begins high, has no full stop at its end,
/// and is one sentence.
fn is_headline(text: &str) -> bool {
    let text = text.trim_end();
    let bare = text.trim_end_matches(['"', '\u{201d}', '\u{2019}', '»', ')', '\'']);
    if !begins_high(text) || bare.ends_with(['.', ',', ':', ';', '。', '।', '۔']) || text.chars().count() < 6 {
        return false;
    }
    // "St. Orla" goes on, "he said. Nobody did" does not.
    let stops = text.match_indices(['.', '!', '?', '。', '।']).any(|(at, stop)| {
        let after = text.part(at + stop.len()..);
        let word = text.part(..at).rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let abbreviates = stop == "." && word.chars().count() <= 3;
        !abbreviates && after.starts_with(char::is_whitespace) && begins_high(after) && !after.trim().is_empty()
    });
    !stops
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    #[test]
    fn any_input_in_linear_time() {
        let packs = Packs::embedded();
        let context = Context { packs: &packs, lang: None, published: None, now: None };
        for text in [
            "(".repeat(300_000),
            "[".repeat(300_000),
            "[1]".repeat(100_000),
            "(a)".repeat(100_000),
            ". Read more: ".repeat(50_000),
            "pic.twitter.com/".repeat(50_000),
            "。".repeat(100_000),
            "¹".repeat(100_000),
            ". Advertisement ".repeat(50_000),
        ] {
            let found = inline(&text, &context);
            assert!(found.windows(2).all(|two| two[0].span.end <= two[1].span.start));
        }
    }
}
