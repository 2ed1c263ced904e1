//! The repairs of ftfy one by one, each over a whole text. `None` says that there is nothing to do.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization as _, is_nfc, is_nfd, is_nfkc, is_nfkd};

use super::super::chars::{is_break, is_control, is_width_form, ligature, straight_quote};
use super::super::{Form, entities, escapes};
use crate::text::part::PartOf;

/// Edits of a text, in order.
struct Edits<'t> {
    text: &'t str,
    made: String,
    /// How far the text has been used up.
    done: usize,
}

impl<'t> Edits<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, made: String::new(), done: 0 }
    }

    /// Puts `new` in the place of a stretch that is not empty.
    fn put(&mut self, stretch: Range<usize>, new: impl IntoIterator<Item = char>) {
        self.made.push_str(self.text.part(self.done..stretch.start));
        self.made.extend(new);
        self.done = stretch.end;
    }

    fn finish(mut self) -> Option<String> {
        (self.done > 0).then(|| {
            self.made.push_str(self.text.part(self.done..));
            self.made
        })
    }
}

/// Puts what `change` says in the place of single characters.
fn change_chars<N: IntoIterator<Item = char>>(text: &str, change: impl Fn(char) -> Option<N>) -> Option<String> {
    let mut edits = Edits::of(text);
    for (at, c) in text.char_indices() {
        if let Some(new) = change(c) {
            edits.put(at..at + c.len_utf8(), new);
        }
    }
    edits.finish()
}

/// The entity that begins `text`: its length, and what it stands for.
pub(super) fn entity(text: &str) -> Option<(usize, entities::Chars)> {
    let window = &text.as_bytes()[..text.len().min(entities::LONGEST_BYTES)];
    let end = memchr::memchr(b';', window)?;
    match entities::at_end(text.part(..=end))? {
        (0, chars) => Some((end + 1, chars)),
        _ => None,
    }
}

/// Decodes entities that end in `;`, one layer of them.
pub(super) fn unescape_html(text: &str) -> Option<String> {
    let mut edits = Edits::of(text);
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if let Some((len, chars)) = entity(text.part(at..)) {
            edits.put(at..at + len, chars.into_iter().flatten());
        }
    }
    edits.finish()
}

/// Decodes entities of entities as well: what one stands for may be the start of the next.
pub(super) fn unescape_html_wholly(text: &str) -> Option<String> {
    let mut edits = Edits::of(text);
    for at in memchr::memchr_iter(b';', text.as_bytes()) {
        // Most of the time the entity stands in the text; if not, its end does.
        let made = edits.made.len();
        edits.made.push_str(text.part(edits.done..=at));
        match entities::at_end(&edits.made) {
            Some((start, chars)) => {
                edits.made.truncate(start);
                edits.made.extend(chars.into_iter().flatten());
                edits.done = at + 1;
            }
            None if edits.done == 0 => edits.made.truncate(made),
            None => edits.done = at + 1,
        }
    }
    edits.finish()
}

/// Puts what windows-1252 has in the place of C1 controls.
pub(super) fn fix_c1_controls(text: &str) -> Option<String> {
    change_chars(text, |c| entities::windows_1252(c).filter(|&new| new != c).map(|new| [new]))
}

pub(super) fn fix_latin_ligatures(text: &str) -> Option<String> {
    change_chars(text, |c| ligature(c).map(str::chars))
}

pub(super) fn fix_character_width(text: &str) -> Option<String> {
    change_chars(text, |c| is_width_form(c).then(|| std::iter::once(c).nfkc()))
}

pub(super) fn uncurl_quotes(text: &str) -> Option<String> {
    change_chars(text, |c| straight_quote(c).map(|quote| [quote]))
}

/// True for what [`fix_line_breaks`] makes a line feed: page and column feeds stay.
pub(super) fn is_foreign_break(c: char) -> bool {
    is_break(c) && !matches!(c, '\n' | '\u{b}' | '\u{c}')
}

pub(super) fn fix_line_breaks(text: &str) -> Option<String> {
    let mut edits = Edits::of(text);
    for (at, c) in text.char_indices() {
        if is_foreign_break(c) {
            let pair = text.part(at..).starts_with("\r\n");
            edits.put(at..at + if pair { 2 } else { c.len_utf8() }, ['\n']);
        }
    }
    edits.finish()
}

pub(super) fn remove_terminal_escapes(text: &str) -> Option<String> {
    let mut edits = Edits::of(text);
    for at in memchr::memchr_iter(0x1b, text.as_bytes()) {
        if let Some(len) = escapes::numbers(text.part(at..)) {
            edits.put(at..at + len, []);
        }
    }
    edits.finish()
}

/// True for what [`remove_control_chars`] removes: C1 controls stay, which may be a trace of mojibake.
pub(super) fn is_removed(c: char) -> bool {
    c == '\u{b}' || is_control(c) && !matches!(c, '\u{80}'..='\u{9f}')
}

pub(super) fn remove_control_chars(text: &str) -> Option<String> {
    change_chars(text, |c| is_removed(c).then_some([]))
}

pub(super) fn remove_bom(text: &str) -> Option<String> {
    let rest = text.trim_start_matches('\u{feff}');
    (rest.len() < text.len()).then(|| rest.to_owned())
}

/// Puts `text` in a normalization form.
pub(super) fn normalize(text: &str, form: Form) -> Option<String> {
    match form {
        Form::None => None,
        Form::Nfc => (!is_nfc(text)).then(|| text.nfc().collect()),
        Form::Nfd => (!is_nfd(text)).then(|| text.nfd().collect()),
        Form::Nfkc => (!is_nfkc(text)).then(|| text.nfkc().collect()),
        Form::Nfkd => (!is_nfkd(text)).then(|| text.nfkd().collect()),
    }
}

/// Characters that stand in for the surrogates of Python's `str`, U+D800 first: of those that nobody uses, 2048 that are
/// not in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StandIns(u32);

impl StandIns {
    pub(crate) const COUNT: u32 = 0x800;

    /// Those for `text`, unless all candidates are in it.
    pub(crate) fn for_text(text: &str) -> Option<Self> {
        // Planes 15 and 16 are for private use.
        let mut used = [false; 0x2_0000 / Self::COUNT as usize];
        for c in text.chars() {
            if let Some(at) = (c as u32).checked_sub(0xf_0000) {
                used[(at / Self::COUNT) as usize] = true;
            }
        }
        let free = used.iter().rposition(|used| !used)?;
        Some(Self(0xf_0000 + free as u32 * Self::COUNT))
    }

    /// The surrogate that `c` stands in for.
    pub(crate) fn surrogate(self, c: char) -> Option<u16> {
        let at = (c as u32).checked_sub(self.0).filter(|at| *at < Self::COUNT)?;
        Some(0xd800 + at as u16)
    }

    /// What stands in for a surrogate.
    pub(crate) fn stand_in(self, surrogate: u16) -> char {
        let at = u32::from(surrogate).wrapping_sub(0xd800) % Self::COUNT;
        char::from_u32(self.0 + at).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

/// Joins surrogates to characters; those that stand alone become U+FFFD.
pub(super) fn fix_surrogates(text: &str, stand_ins: StandIns) -> Option<String> {
    let mut edits = Edits::of(text);
    for (at, c) in text.char_indices() {
        let Some(high) = stand_ins.surrogate(c).filter(|_| at >= edits.done) else { continue };
        let mut end = at + c.len_utf8();
        let mut joined = char::REPLACEMENT_CHARACTER;
        if let Some(next) = text.part(end..).chars().next()
            && let Some(low) = stand_ins.surrogate(next)
            && let Some(Ok(c)) = char::decode_utf16([high, low]).next()
        {
            joined = c;
            end += next.len_utf8();
        }
        edits.put(at..end, [joined]);
    }
    edits.finish()
}
