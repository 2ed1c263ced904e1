//! The rewriter: characters go in one by one, the text made is a stack, and every rule looks at nothing but
//! the top of that stack and the character that arrives.
//!
//! That is why repair is idempotent. When the rewriter is done, no rule fired on any start of the text made, or that start
//! would have been rewritten; so none fires when the text made is read again. It is also why repair takes linear time:
//! a rule that fires makes the text shorter and looks back over a bounded stretch.
//!
//! Characters that a rule yields go to an agenda and pass through the same door as those of the source, so that what one
//! step makes another step sees: `&amp;nbsp;` becomes a space.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::chars::{
    ascii_dash, curly_quote, is_bidi, is_break, is_control, is_joiner, is_mongolian, is_of_cjk, is_space, is_spelling,
    is_wide_mark, ligature, may_join, ordinary_width, straight_quote, voiced,
};
use super::output::{self, OutputStack, Steps};
use super::prefilter::RepairPrefilter;
use super::seam::sets_space;
use super::{Bidi, Dashes, Form, Normalizer, Quotes, entities, escapes};
use crate::text::part::PartOf;

pub(super) struct Rewriter<'n, 's, 'o> {
    options: &'n Normalizer,
    prefilter: RepairPrefilter,
    source: &'s str,
    /// Where the next character of the source stands.
    at: usize,
    pub output: OutputStack<'s, 'o>,
    agenda: Vec<char>,
    /// Where a base begins whose marks are not in their form yet.
    cluster: Option<usize>,
    /// Where wide marks and spaces begin that stand after nothing that they belong to, and may stand before something.
    pending: Option<usize>,
    /// Directional characters that nothing has closed in this line.
    openers: Vec<char>,
    isolates: usize,
    /// Whether entities are decoded; if not, `saw_entity` says whether one could have been.
    entities: bool,
    pub saw_entity: bool,
    /// Whether line ends are to become spaces.
    joins_lines: bool,
    /// Stretches of the source that are markup, to be passed over.
    markup: &'n [Range<usize>],
    /// Whether stretches are copied without a look at each character; for tests.
    pub bulk: bool,
}

impl<'n, 's, 'o> Rewriter<'n, 's, 'o> {
    pub(super) fn new(options: &'n Normalizer, source: &'s str, out: &'o mut String, entities: bool) -> Self {
        Self {
            options,
            prefilter: RepairPrefilter::of_rewriter(options),
            source,
            at: 0,
            output: OutputStack::new(source, out),
            agenda: Vec::new(),
            cluster: None,
            pending: None,
            openers: Vec::new(),
            isolates: 0,
            entities,
            saw_entity: false,
            joins_lines: false,
            markup: &[],
            bulk: true,
        }
    }

    /// Makes line ends spaces, and passes over `markup`, sorted and disjoint.
    pub(super) fn for_block(mut self, markup: &'n [Range<usize>]) -> Self {
        self.joins_lines = true;
        self.prefilter.joins_lines = memchr::memchr(b'\n', self.source.as_bytes()).is_some();
        self.markup = markup;
        self
    }

    pub(super) fn run(&mut self) {
        let mut next_markup = 0;
        while self.at < self.source.len() {
            let mut limit = self.source.len();
            if let Some(markup) = self.markup.get(next_markup) {
                if markup.start <= self.at {
                    next_markup += 1;
                    if self.at < markup.end {
                        self.delete_source(markup.end, output::MARKUP);
                    }
                    continue;
                }
                limit = markup.start;
            }
            if self.bulk && self.is_quiet() {
                let prev = self.output.last_char();
                let len = self.prefilter.plain(prev, self.source.part(self.at..limit));
                if len > 0 {
                    self.output.copy(len);
                    self.at += len;
                    continue;
                }
            }
            self.step();
        }
        self.finish();
    }

    /// True when the next character can be taken by itself.
    fn is_quiet(&self) -> bool {
        !self.output.is_open()
            && self.cluster.is_none()
            && self.pending.is_none()
            && self.openers.is_empty()
            && !self.output.last_char().is_some_and(is_joiner)
    }

    /// Takes the next character of the source.
    fn step(&mut self) {
        let rest = self.source.part(self.at..);
        let Some(c) = rest.chars().next() else { return };
        if c == '\u{1b}' && self.options.terminal_escapes {
            return self.delete_source(self.at + escapes::length(rest), output::TERMINAL_ESCAPES);
        }
        if self.joins_lines && is_break(c) {
            return self.join_lines();
        }
        self.output.begin();
        let mut len = c.len_utf8();
        if c == '\r' && self.options.line_breaks && rest.part(1..).starts_with('\n') {
            self.output.note(output::LINE_BREAKS);
            len = 2;
        }
        self.agenda.push(c);
        self.drain();
        self.at += len;
        self.output.end(self.at);
    }

    /// Passes over the source up to `to`.
    fn delete_source(&mut self, to: usize, step: Steps) {
        self.output.begin();
        self.output.note(step);
        self.at = to;
        self.output.end(self.at);
    }

    /// Takes a line end and the white space around it: one space, or nothing where a word was divided or none is set.
    fn join_lines(&mut self) {
        self.settle();
        self.flush_pending();
        let rest = self.source.part(self.at..);
        let gap = rest.find(|c| !is_space(c) && !is_break(c)).unwrap_or(rest.len());
        let next = rest.part(gap..).chars().next();
        let white = self.source.part(..self.at).trim_end_matches(is_space).len();
        let soft = self.source.part(..white).ends_with('\u{ad}');
        self.output.begin();
        self.output.note(output::LINE_BREAKS);
        let made = self.output.made().trim_end_matches(is_space);
        let mut back = made.chars().rev();
        let ends_joined = matches!((back.next(), back.next()), (Some(joiner), Some(before)) if is_joiner(joiner) && is_spelling(before, joiner, Some('\n')));
        let kept = if ends_joined { made.len() } else { made.trim_end_matches(|c| is_space(c) || is_joiner(c)).len() };
        self.output.take_back(self.output.base + kept);
        if kept > 0 && next.is_some() {
            let word = next.is_some_and(char::is_alphabetic);
            if self.options.dehyphenate && word && (soft || self.ends_divided(next)) {
                self.output.note(output::DEHYPHENATE);
            } else if sets_space(self.output.made(), self.source.part(white..self.at + gap), rest.part(gap..)) {
                self.output.out.push(' ');
            }
        }
        self.at += gap;
        self.output.end(self.at);
    }

    /// True when the text made ends in a hyphen between small letters, the second of which is `next`.
    fn ends_divided(&self, next: Option<char>) -> bool {
        let mut back = self.output.made().chars().rev();
        matches!(back.next(), Some('-' | '\u{2010}'))
            && back.next().is_some_and(char::is_lowercase)
            && next.is_some_and(char::is_lowercase)
    }

    fn finish(&mut self) {
        self.settle();
        self.flush_pending();
        self.drop_joiner(None);
        if self.options.spaces {
            self.drop_spaces();
        }
        if !self.openers.is_empty() {
            self.output.begin();
            self.close_openers();
            self.output.end(self.at);
        }
    }

    fn drain(&mut self) {
        while let Some(c) = self.agenda.pop() {
            self.write(c);
        }
    }

    /// Puts characters that a rule made in front of all others.
    fn yield_chars(&mut self, chars: &[Option<char>]) {
        self.agenda.extend(chars.iter().rev().flatten());
    }

    /// Puts what is written in its final form, for `c`, which does not add to it.
    fn make_way(&mut self, c: char) {
        self.settle();
        self.drop_joiner(Some(c));
    }

    /// Takes one character through the steps, in order; each may delete it, replace it or put others in its place.
    fn write(&mut self, mut c: char) {
        let options = self.options;
        if self.pending.is_some() && self.deletion(c).is_none() && !self.keeps_pending(c) {
            self.agenda.push(c);
            return self.settle_pending();
        }
        if c.is_ascii_alphanumeric() {
            self.make_way(c);
            return self.output.out.push(c);
        }
        if let Some(step) = self.deletion(c) {
            return self.output.note(step);
        }
        if is_break(c) {
            if options.line_breaks && c != '\n' {
                self.output.note(output::LINE_BREAKS);
                c = '\n';
            }
            if self.joins_lines {
                self.output.note(output::LINE_BREAKS);
                c = ' ';
            }
        }
        if is_space(c) && options.spaces {
            if self.output.last_char().is_none_or(|last| matches!(last, ' ' | '\u{3000}') || is_break(last)) {
                return self.output.note(output::SPACES);
            }
            if c != ' ' && self.stay(c) == Stay::No {
                self.output.note(output::SPACES);
                c = ' ';
            }
        }
        let stay = self.stay(c);
        if stay == Stay::No {
            match self.replace(c) {
                Some(same) => c = same,
                None => return,
            }
        }
        if is_combining_mark(c) {
            self.drop_joiner(Some(c));
            if !self.admit_mark(c) {
                return;
            }
        }
        if options.zero_width && is_joiner(c) {
            self.make_way(c);
            if !self.admit_joiner(c) {
                return;
            }
        }
        match self.combining(c) {
            Combining::Reorders => self.open_cluster(),
            combining => {
                self.make_way(c);
                if combining == Combining::Composes {
                    self.cluster = self.output.last_char().map(|last| self.output.out.len() - last.len_utf8());
                }
            }
        }
        if is_break(c) {
            if options.spaces {
                self.drop_spaces();
            }
            self.close_openers();
        }
        if options.bidi == Bidi::Balance && is_bidi(c) && !self.admit_bidi(c) {
            return self.output.note(output::BIDI);
        }
        if stay == Stay::Pending {
            self.pending = Some(self.output.out.len());
        }
        self.output.out.push(c);
        if c == ';' && options.entities {
            self.decode_entity();
        }
    }

    /// The step that deletes `c` wherever it stands.
    fn deletion(&self, c: char) -> Option<Steps> {
        let options = self.options;
        match c {
            '\u{1b}' if options.terminal_escapes => Some(output::TERMINAL_ESCAPES),
            '\u{ad}' if options.soft_hyphens => Some(output::SOFT_HYPHENS),
            '\u{2060}' if options.zero_width => Some(output::ZERO_WIDTH),
            _ if options.control && is_control(c) => Some(output::CONTROL),
            _ if options.bidi == Bidi::Strip && is_bidi(c) => Some(output::BIDI),
            _ => None,
        }
    }

    /// What `c` is to be written as, or `None` when others have been put on the agenda in its place.
    fn replace(&mut self, c: char) -> Option<char> {
        let options = self.options;
        if options.ligatures
            && let Some(letters) = ligature(c)
        {
            self.output.note(output::LIGATURES);
            self.agenda.extend(letters.chars().rev());
            return None;
        }
        if options.widths
            && let Some(ordinary) = ordinary_width(c)
        {
            self.output.note(output::WIDTHS);
            let last = self.output.last_char();
            let voiced = last.and_then(|last| voiced(last, c));
            if let (Some(last), Some(_)) = (last, voiced) {
                self.output.take_back(self.output.out.len() - last.len_utf8());
            }
            self.yield_chars(&[voiced.or(Some(ordinary))]);
            return None;
        }
        let quote = match options.quotes {
            Quotes::Keep => None,
            Quotes::Straight => straight_quote(c),
            Quotes::Curly => curly_quote(c, self.output.last_char()),
        };
        if let Some(quote) = quote {
            self.output.note(output::QUOTES);
            return Some(quote);
        }
        if options.dashes == Dashes::Ascii
            && let Some(dash) = ascii_dash(c)
        {
            self.output.note(output::DASHES);
            self.agenda.extend(dash.chars());
            return None;
        }
        if c < '\u{a0}' {
            return Some(c);
        }
        let parts = match options.form {
            Form::None => return Some(c),
            Form::Nfc if is_nfc_quick([c].into_iter()) != IsNormalized::No => return Some(c),
            Form::Nfkc if unicode_normalization::is_nfkc_quick([c].into_iter()) != IsNormalized::No => return Some(c),
            Form::Nfc | Form::Nfd => {
                let mut parts = Vec::new();
                decompose_canonical(c, |part| parts.push(part));
                parts
            }
            Form::Nfkc | Form::Nfkd => std::iter::once(c).nfkd().collect(),
        };
        if parts == [c] {
            return Some(c);
        }
        self.output.note(output::FORM);
        self.agenda.extend(parts.iter().rev().copied());
        None
    }

    /// Whether a wide mark or space stays: one after what it belongs to does, until the next character is known.
    fn stay(&self, c: char) -> Stay {
        if !self.is_kept_wide(c) {
            return Stay::No;
        }
        let last = self.output.last_char();
        match c {
            '\u{202f}' if last.is_some_and(is_mongolian) => Stay::Pending,
            '\u{3000}' if last.is_some_and(is_of_cjk) && self.pending.is_none() => Stay::Pending,
            '\u{202f}' | '\u{3000}' => Stay::No,
            _ if self.pending.is_some() || last.is_some_and(is_of_cjk) => Stay::Yes,
            _ => Stay::Pending,
        }
    }

    /// Whether `c` is of those that some step would narrow.
    fn is_kept_wide(&self, c: char) -> bool {
        // The compatibility forms have none of them.
        if matches!(self.options.form, Form::Nfkc | Form::Nfkd) {
            return false;
        }
        match c {
            '\u{202f}' => self.options.spaces,
            '\u{3000}' => self.options.spaces || self.options.widths,
            _ => self.options.widths && is_wide_mark(c),
        }
    }

    /// Whether what is pending goes on or stays when `c` comes.
    fn keeps_pending(&mut self, c: char) -> bool {
        let Some(first) = self.pending.and_then(|start| self.output.out.part(start..).chars().next()) else {
            return true;
        };
        match first {
            '\u{3000}' if is_space(c) && self.options.spaces => return true,
            '\u{202f}' if !is_mongolian(c) => return false,
            '\u{202f}' => {}
            _ if c == '\u{3000}' || !is_of_cjk(c) => return false,
            // One more of them.
            _ if is_wide_mark(c) && first != '\u{3000}' => return true,
            _ => {}
        }
        self.pending = None;
        true
    }

    /// Makes what is pending narrow.
    fn settle_pending(&mut self) {
        let Some(start) = self.pending.take() else { return };
        let narrow = |c: char| if is_space(c) { Some(' ') } else { ordinary_width(c) };
        let new: String = self.output.out.part(start..).chars().filter_map(narrow).collect();
        let step = if self.output.out.part(start..).starts_with(is_space) && self.options.spaces {
            output::SPACES
        } else {
            output::WIDTHS
        };
        self.output.replace_tail(start, &new, step);
        // What ends an entity, or a mark that is set otherwise, goes through the door like any other.
        if let Some(at) = new.find([';', '"', '\'']) {
            let from = start + at;
            let again: Vec<char> = self.output.out.part(from..).chars().collect();
            self.output.take_back(from);
            self.output.note(step);
            self.agenda.extend(again.iter().rev());
        }
    }

    /// The same when no character follows.
    fn flush_pending(&mut self) {
        if self.pending.is_some() {
            self.settle_pending();
            self.output.begin();
            self.drain();
            self.output.end(self.at);
        }
    }

    /// False when the mark `c` is one too many.
    fn admit_mark(&mut self, c: char) -> bool {
        let Some(cap) = self.options.marks else { return true };
        let mut count = self.marks_in(c);
        for before in self.output.made().chars().rev() {
            if count > cap {
                break;
            }
            count += self.marks_in(before);
            if !is_combining_mark(before) {
                break;
            }
        }
        if count > cap {
            self.output.note(output::MARKS);
        }
        count <= cap
    }

    /// Marks in `c`, those it is composed of included, so that the count is the same before and after composition.
    fn marks_in(&self, c: char) -> usize {
        let mut count = 0;
        if self.options.form == Form::None || c < '\u{c0}' {
            count += usize::from(is_combining_mark(c));
        } else {
            decompose_canonical(c, |part| count += usize::from(is_combining_mark(part)));
        }
        count
    }

    /// False when a joiner has nothing to join before it.
    fn admit_joiner(&mut self, joiner: char) -> bool {
        let admitted = self.output.last_char().is_some_and(|last| may_join(last, joiner));
        if !admitted {
            self.output.note(output::ZERO_WIDTH);
        }
        admitted
    }

    /// Takes back a joiner at the end that is none before `next`.
    fn drop_joiner(&mut self, next: Option<char>) {
        let mut back = self.output.made().chars().rev();
        if self.options.zero_width
            && let Some(last) = back.next()
            && is_joiner(last)
            && !back.next().is_some_and(|before| is_spelling(before, last, next))
        {
            self.output.replace_tail(self.output.out.len() - last.len_utf8(), "", output::ZERO_WIDTH);
        }
    }

    fn drop_spaces(&mut self) {
        let kept = self.output.base + self.output.made().trim_end_matches(' ').len();
        if kept < self.output.out.len() {
            self.output.replace_tail(kept, "", output::SPACES);
        }
    }

    /// Keeps count of what is open in this line; false when `c` closes nothing.
    fn admit_bidi(&mut self, c: char) -> bool {
        match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => self.openers.push(c),
            '\u{2066}'..='\u{2068}' => {
                self.openers.push(c);
                self.isolates += 1;
            }
            '\u{202c}' => {
                if self.openers.last().is_none_or(|&opener| is_isolate(opener)) {
                    return false;
                }
                self.openers.pop();
            }
            '\u{2069}' => {
                if self.isolates == 0 {
                    return false;
                }
                // An isolate that ends ends the embeddings in it.
                while self.openers.pop().is_some_and(|opener| !is_isolate(opener)) {}
                self.isolates -= 1;
            }
            _ => {}
        }
        true
    }

    /// Closes what is open at the end of a line.
    fn close_openers(&mut self) {
        self.isolates = 0;
        while let Some(opener) = self.openers.pop() {
            self.output.note(output::BIDI);
            self.output.out.push(if is_isolate(opener) { '\u{2069}' } else { '\u{202c}' });
        }
    }

    fn combining(&self, c: char) -> Combining {
        match self.options.form {
            _ if c < '\u{300}' => Combining::No,
            Form::None => Combining::No,
            _ if canonical_combining_class(c) != 0 => Combining::Reorders,
            Form::Nfc | Form::Nfkc if is_nfc_quick([c].into_iter()) == IsNormalized::Maybe => Combining::Composes,
            _ => Combining::No,
        }
    }

    /// A mark arrives: from its base on, what is written is to be put in form.
    fn open_cluster(&mut self) {
        if self.cluster.is_some() {
            return;
        }
        let mut start = self.output.out.len();
        for before in self.output.made().chars().rev().take(LONGEST_CLUSTER_CHARS) {
            start -= before.len_utf8();
            if canonical_combining_class(before) == 0 {
                break;
            }
        }
        self.cluster = Some(start);
    }

    /// Puts the cluster at the end in form.
    fn settle(&mut self) {
        let Some(start) = self.cluster.take() else { return };
        let written = self.output.out.part(start..);
        let composed = matches!(self.options.form, Form::Nfc | Form::Nfkc);
        if composed && is_nfc_quick(written.chars()) == IsNormalized::Yes {
            return;
        }
        let mut chars = written.chars();
        let new: String = match (chars.next(), chars.next(), chars.next()) {
            // The usual case, a letter and an accent, needs no buffers.
            (Some(base), Some(mark), None) if composed && base.is_ascii() => match compose(base, mark) {
                Some(letter) => letter.into(),
                None => return,
            },
            _ if composed => written.nfc().collect(),
            _ => written.nfd().collect(),
        };
        if new != written {
            self.output.replace_tail(start, &new, output::FORM);
        }
    }

    fn decode_entity(&mut self) {
        if let Some((start, chars)) = entities::at_end(self.output.made()) {
            if !self.entities {
                self.saw_entity = true;
                return;
            }
            self.output.take_back(self.output.base + start);
            self.output.note(output::ENTITIES);
            self.yield_chars(&chars);
        }
    }
}

/// The most characters looked back over for the base of a mark; reached only when marks are not capped.
const LONGEST_CLUSTER_CHARS: usize = 1024;

/// Whether a wide mark or space stays as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stay {
    No,
    /// For what stands before it.
    Yes,
    /// If what comes next is of its kind.
    Pending,
}

/// How a character acts on the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Combining {
    No,
    /// It is a mark with a place in the order of marks.
    Reorders,
    /// It may become one with what stands right before it.
    Composes,
}

fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2068}')
}
