//! Lines that a scraper glued together: `Nora QuillNews Reporter`, `May 3, 20163:30 PM`, `Published20 hours ago`.

use std::borrow::Cow;

use super::tokens::digit;
use super::{Context, phrase};
use crate::offsets::Span;
use crate::pack::with_lower;
use crate::text::part::PartOf;

/// A text with a mark put in wherever two things were glued, and the way back.
#[derive(Debug)]
pub(super) struct Unglued<'t> {
    pub text: Cow<'t, str>,
    /// Where the marks stand in `text`.
    marks: Vec<usize>,
}

impl<'t> Unglued<'t> {
    /// `mark` is a character of ASCII.
    pub fn new(text: &'t str, mark: char, context: &Context) -> Self {
        let seams = seams(text, context);
        if seams.is_empty() {
            return Self { text: Cow::Borrowed(text), marks: seams };
        }
        let mut apart = String::with_capacity(text.len() + seams.len());
        let mut marks = Vec::with_capacity(seams.len());
        let mut from = 0;
        for seam in seams {
            apart.push_str(text.part(from..seam));
            marks.push(apart.len());
            apart.push(mark);
            from = seam;
        }
        apart.push_str(text.part(from..));
        Self { text: Cow::Owned(apart), marks }
    }

    /// Where a stretch of `text` that begins and ends with no mark stands in the text given.
    pub fn back(&self, span: Span) -> Span {
        let before = |at: usize| self.marks.partition_point(|mark| *mark < at);
        Span::new(span.start - before(span.start), span.end - before(span.end))
    }
}

/// Where one thing ends and another begins with nothing between.
fn seams(text: &str, context: &Context) -> Vec<usize> {
    let mut seams = Vec::new();
    let mut before = None;
    // The number of digits before this character, and where they begin.
    let mut digits = (0, 0);
    for (at, c) in text.char_indices() {
        if digit(c).is_some() {
            if digits.0 == 0 {
                digits.1 = at;
                let month = || {
                    let letters = text.part(..at).rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
                    context.packs.is_month(letters)
                };
                if before.is_some_and(char::is_alphabetic) && (dated(text.part(at..), context) || month()) {
                    seams.push(at);
                }
            }
            digits.0 += 1;
        } else {
            // `20163:30`
            if (5..=6).contains(&digits.0) && matches!(c, ':' | '/') && text.is_char_boundary(digits.1 + 4) {
                let year = text.part(digits.1..digits.1 + 4).parse();
                if year.is_ok_and(|year: u16| (1950..2100).contains(&year)) {
                    seams.push(digits.1 + 4);
                }
            }
            digits.0 = 0;
            // `5:30 PMTags`
            let small = text.part(at + c.len_utf8()..).starts_with(char::is_lowercase);
            let after_half = || {
                let open = text.part(..at).trim_end_matches(|c: char| c.is_ascii_uppercase());
                let half = text.part(open.len()..at);
                !half.is_empty()
                    && open.ends_with(|c: char| c == ' ' || c.is_ascii_digit())
                    && context.packs.calendar.half(half, Some("en")).is_some()
            };
            // `20:15 UhrLesedauer`
            let after_hour = || {
                let word = text.part(..at).rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
                context.packs.calendar.is_oclock(word)
            };
            let anew = || before.is_some_and(char::is_lowercase) && begins_anew(text, at, context);
            if c.is_uppercase() && (small && (after_half() || after_hour()) || anew()) {
                seams.push(at);
            }
        }
        before = Some(c);
    }
    seams
}

/// `20 hours`, `22 Dec`, `1:39 pm`, `2023.11.02`.
fn dated(text: &str, context: &Context) -> bool {
    let end = text.find(|c| digit(c).is_none()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let next = rest.chars().next();
    let more = rest.part(next.map_or(0, char::len_utf8)..).starts_with(|c| digit(c).is_some());
    match number.chars().count() {
        1 | 2 if next.is_some_and(char::is_whitespace) => {
            let word = rest.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            let reading = &context.packs.reading;
            let unit = [&reading.minutes, &reading.hours, &reading.days]
                .iter()
                .any(|units| phrase::longest_at_start(rest.trim_start(), units) == Some(word.len()));
            context.packs.is_month(word) || unit && !word.is_empty()
        }
        1 | 2 => matches!(next, Some(':' | '.' | '/')) && more,
        4 => matches!(next, Some('.' | '-' | '/' | '年' | '년')) && more,
        _ => false,
    }
}

/// Whether the capital at byte `at`, inside a word, begins another one: a month, a weekday, a role, a lead, an article; or a
/// second name, where two words stand on either side.
fn begins_anew(text: &str, at: usize, context: &Context) -> bool {
    let rest = text.part(at..);
    let letters = rest.part(..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()));
    // `WriterPhotographer`: up to the next such capital.
    let small = letters
        .char_indices()
        .skip(1)
        .find(|(at, c)| c.is_uppercase() && letters.part(..*at).ends_with(char::is_lowercase));
    let word = small.map_or(letters, |(at, _)| letters.part(..at));
    let reading = &context.packs.reading;
    let led = |text: &str| {
        [&reading.published, &reading.updated].iter().any(|leads| phrase::longest_at_start(text, leads).is_some())
    };
    let role = |word: &str| with_lower(word, |word| reading.roles.contains(word));
    let staff = |word: &str| with_lower(word, |word| reading.staff.contains(word));
    let title = |word: &str| with_lower(word, |word| reading.titles.contains(word));
    let words = rest.part(letters.len()..).split_whitespace().take(4);
    let next = || words.clone().next();
    let before = text.part(..at).rsplit(|c: char| !(c.is_alphabetic() || c == '\'')).next().unwrap_or_default();
    let capital = |word: &str| {
        let word = word.trim_end_matches([',', ';', '.']);
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '\'')
    };
    // A name goes before: two words of it.
    let follows = before.chars().count() > 2
        && before.starts_with(char::is_uppercase)
        && text.part(..at - before.len()).split_whitespace().next_back().is_some_and(capital);
    word.chars().count() > 2
        && (context.packs.is_month(word)
            || context.packs.is_weekday(word)
            || role(word) && before.chars().count() > 2
            || title(word) && words.clone().any(role) && follows
            || before.chars().count() > 3 && phrase::longest_at_start(word, &reading.nobodies) == Some(word.len())
            || !context.packs.names.is_prefix(before)
                && follows
                && (next().is_some_and(|word| role(word) && !staff(word)) || next().is_some_and(capital)))
        || led(rest)
        || rest.split_once(' ').is_some_and(|(article, _)| context.packs.wires.is_article(article))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::testing::{context, packs};

    #[test]
    fn parts_what_is_glued() {
        let packs = packs();
        for (text, want) in [
            ("Nora QuillNews Reporter", "Nora Quill News Reporter"),
            ("May 3, 20163:30 PM", "May 3, 2016 3:30 PM"),
            ("Published20 hours ago", "Published 20 hours ago"),
            ("Nora Quill22 Dec 2016", "Nora Quill 22 Dec 2016"),
            ("입력2023.11.02.", "입력 2023.11.02."),
            ("Nora McDonald", "Nora McDonald"),
            ("sailor1984", "sailor1984"),
            ("May 3, 5:30 PMTags", "May 3, 5:30 PM Tags"),
            ("13November2021", "13November 2021"),
            ("20:15 UhrLesedauer: 3 Min.", "20:15 Uhr Lesedauer: 3 Min."),
            ("Nora McDonald Reporter", "Nora McDonald Reporter"),
            ("Nora QuillTom Berg, The Orla Times", "Nora Quill Tom Berg, The Orla Times"),
            ("HarbourFeed News Reporter", "HarbourFeed News Reporter"),
            ("Nora DiBiase and Tom O'Quill", "Nora DiBiase and Tom O'Quill"),
        ] {
            let apart = Unglued::new(text, ' ', &context(&packs));
            assert_eq!(apart.text, want);
            for (at, c) in apart.text.char_indices().filter(|(_, c)| *c != ' ') {
                let back = apart.back(Span::new(at, at + c.len_utf8()));
                assert_eq!(text[back.range()], apart.text[at..at + c.len_utf8()], "{text}");
            }
        }
    }
}
