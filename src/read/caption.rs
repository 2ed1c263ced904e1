//! Captions: the sentence told from the picture credit, and the people and agencies the credit names.

use super::{Context, phrase};
use crate::document::CaptionKind;
use crate::offsets::Span;

/// A credit is no longer than this many bytes.
const LONGEST: usize = 160;

/// A caption in its parts, as spans of the text given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CaptionParts {
    /// The sentence; empty when the line is a credit alone.
    pub text: Span,
    /// The credit, without brackets.
    pub credit: Option<Span>,
    /// People and agencies.
    pub credits: Vec<String>,
    pub kind: CaptionKind,
}

/// Parts a caption from its credit.
pub(crate) fn caption(text: &str, context: &Context) -> CaptionParts {
    let all = trimmed(text, Span::new(0, text.len()));
    let (start, label) = opening(text, all, context);
    let body = trimmed(text, Span::new(start, all.end));
    let found = brackets(text, body, context)
        .or_else(|| marked(text, body, context))
        .or_else(|| whole(text, body, context))
        .or_else(|| tail(text, body, context));
    let (sentence, credit) = match found {
        Some((sentence, credit)) => (sentence, Some(credit)),
        None => (body, None),
    };
    let credits = credit.map_or_else(Vec::new, |credit| names(&text[credit.range()], context));
    let kind = label
        .or_else(|| credit.and_then(|credit| kind_of(&text[credit.range()], context)))
        .unwrap_or(CaptionKind::Unknown);
    CaptionParts { text: trimmed(text, sentence), credit, credits, kind }
}

/// The credit in brackets behind the last sentence of a paragraph: the brackets too, and the white space before them. One
/// before the full stop is part of the sentence: "joined the agency (AP)."
pub(crate) fn trailing_credit(text: &str, context: &Context) -> Option<Span> {
    // Most paragraphs end with a letter or mark that is no bracket.
    let closing = text.bytes().rev().find(|byte| !matches!(byte, b'.' | b' '))?;
    if closing.is_ascii_graphic() && !matches!(closing, b')' | b']') {
        return None;
    }
    let all = trimmed(text, Span::new(0, text.len()));
    let (sentence, credit) = bracketed(text, all)?;
    let before = text[..sentence.end].trim_end();
    let quoted = before.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', '\u{bb}']);
    let stops = quoted.ends_with(['.', '!', '?', '\u{2026}', '\u{3002}', '\u{ff01}', '\u{ff1f}']);
    (stops && is_credit(&text[credit.range()], context)).then(|| Span::new(before.len(), all.end))
}

fn trimmed(text: &str, span: Span) -> Span {
    let inside = &text[span.range()];
    let start = span.start + (inside.len() - inside.trim_start().len());
    Span::new(start, start + inside.trim().len())
}

/// `FILE PHOTO: …`: where the caption goes on, and what the label says.
fn opening(text: &str, all: Span, context: &Context) -> (usize, Option<CaptionKind>) {
    let inside = &text[all.range()];
    let reading = &context.packs.reading;
    let kinds = [
        (&reading.photo, CaptionKind::Photo),
        (&reading.video, CaptionKind::Video),
        (&reading.graphic, CaptionKind::Graphic),
    ];
    for (words, kind) in kinds {
        let Some(len) = phrase::longest_at_start(inside, words) else { continue };
        let rest = inside[len..].trim_start();
        let Some(rest) = rest.strip_prefix([':', '：', '|', '—', '–']) else { continue };
        // `Photo: Ann Orla/Reuters` is a credit, `FILE PHOTO: A man walks …` a caption.
        if rest.split_whitespace().count() > 6 && !is_credit(inside, context) {
            return (all.end - rest.trim_start().len(), Some(kind));
        }
    }
    (all.start, None)
}

/// `… (AP Photo/Ann Orla)`: the sentence and the credit inside the brackets.
fn brackets(text: &str, all: Span, context: &Context) -> Option<(Span, Span)> {
    bracketed(text, all).filter(|(_, credit)| is_credit(&text[credit.range()], context))
}

/// What stands before the brackets at the end, and what is inside them.
fn bracketed(text: &str, all: Span) -> Option<(Span, Span)> {
    let inside = &text[all.range()];
    let closed = inside.trim_end_matches(['.', ' ']);
    let last = closed.chars().next_back()?;
    let (open, close) = match last {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        '）' => ('（', '）'),
        '】' => ('【', '】'),
        _ => return None,
    };
    let mut depth = 0;
    let mut start = None;
    for (at, c) in closed.char_indices().rev().take(LONGEST) {
        if c == close {
            depth += 1;
        } else if c == open {
            depth -= 1;
            if depth == 0 {
                start = Some(at);
                break;
            }
        }
    }
    let start = start?;
    let credit =
        trimmed(text, Span::new(all.start + start + open.len_utf8(), all.start + closed.len() - close.len_utf8()));
    Some((Span::new(all.start, all.start + start), credit))
}

/// A credit behind its mark: `© Reuters`, `Photo: Ann Orla`, `Image credit: …`, `Courtesy of …`, at the start of the line
/// or behind the end of a sentence.
fn marked(text: &str, all: Span, context: &Context) -> Option<(Span, Span)> {
    let from = floor(text, all.end.saturating_sub(LONGEST).max(all.start));
    for (at, c) in text[from..all.end].char_indices() {
        let at = from + at;
        // Most characters can begin no mark, whatever stands before them.
        if !(matches!(c, '©' | 'Ⓒ' | '(') || c.is_uppercase() || at == all.start) {
            continue;
        }
        let before = text[all.start..at].trim_end();
        let glued = before.len() == at - all.start;
        let rest = &text[at..all.end];
        let sign = matches!(c, '©' | 'Ⓒ') || rest.starts_with("(c) ") || rest.starts_with("(C) ");
        let fresh = before.is_empty()
            || before
                .ends_with(['.', '!', '?', '"', '\u{201d}', '|', '•', '·', '—', '–', '。', ')', '»', '/', '\u{2026}'])
            || before.ends_with('-') && !glued;
        let word = c.is_uppercase() && (fresh || glued && before.ends_with(char::is_lowercase));
        let found = sign
            || (word || fresh && c.is_alphabetic() && before.is_empty())
                && lead(rest, context).is_some_and(|lead| lead.sure);
        if found && words(rest) <= 20 {
            let cut = before.trim_end_matches(['|', '•', '·', '—', '–', '-', '/', ' ']);
            return Some((Span::new(all.start, all.start + cut.len()), Span::new(at, all.end)));
        }
    }
    None
}

/// A line that is a credit: `Ann Orla / Reuters`, `Getty Images`.
fn whole(text: &str, all: Span, context: &Context) -> Option<(Span, Span)> {
    let inside = &text[all.range()];
    let short = words(inside) <= 12 && !inside.trim_end().ends_with(['.', '!', '?']);
    let one = short && (is_credit(inside, context) || is_name_and_house(inside));
    one.then_some((Span::new(all.start, all.start), all))
}

/// `Ann Orla/The Orla Times`: a person of two or three names, a slash, a house; alone on a line.
fn is_name_and_house(text: &str) -> bool {
    let Some((name, house)) = text.split_once('/') else { return false };
    let capitals = |part: &str| part.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    (2..=3).contains(&words(name)) && (1..=4).contains(&words(house)) && capitals(name) && capitals(house)
}

/// A credit behind the last sentence: `A man walks. Ann Orla/Getty Images`.
fn tail(text: &str, all: Span, context: &Context) -> Option<(Span, Span)> {
    let from = floor(text, all.end.saturating_sub(LONGEST).max(all.start));
    let window = &text[from..all.end];
    for (at, c) in window.char_indices() {
        if !matches!(c, '.' | '!' | '?' | '"' | '\u{201d}' | '。' | '|') {
            continue;
        }
        let end = from + at + c.len_utf8();
        let rest = text[end..all.end].trim_start();
        let start = all.end - rest.len();
        let names = words(rest);
        if (1..=10).contains(&names)
            && rest.starts_with(char::is_uppercase)
            && !rest.contains(". ")
            && is_credit(rest, context)
        {
            let sentence = if c == '|' { end - 1 } else { end };
            return Some((Span::new(all.start, sentence), Span::new(start, all.end)));
        }
    }
    None
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Words up to a few more than a credit can have.
fn words(text: &str) -> usize {
    const ENOUGH: usize = 30;
    if !text.is_ascii() {
        return text.split_whitespace().take(ENOUGH).count();
    }
    let (mut count, mut inside) = (0, false);
    for byte in text.bytes() {
        let more = !matches!(byte, b'\t'..=b'\r' | b' ');
        count += usize::from(more && !inside);
        inside = more;
        if count == ENOUGH {
            break;
        }
    }
    count
}

/// The mark before a name.
struct Lead {
    len: usize,
    /// A colon, a "by" or "of" makes it a credit without doubt.
    sure: bool,
}

fn lead(text: &str, context: &Context) -> Option<Lead> {
    let marks = &context.packs.reading.credit;
    let len = phrase::longest_at_start(text, marks)?;
    let mut end = len;
    // `Image credit:`, `Photo courtesy of`: a second mark behind the first.
    while let Some(more) = {
        let rest = &text[end..];
        let space = rest.len() - rest.trim_start().len();
        phrase::longest_at_start(rest.trim_start(), marks).map(|len| space + len)
    } {
        end += more;
    }
    let rest = text[end..].trim_start();
    let colon = rest.starts_with([':', '：']);
    let rest = rest.trim_start_matches([':', '：']).trim_start();
    let ends = |word: &str| end.checked_sub(word.len()).and_then(|at| text.as_bytes().get(at..end));
    let by = ["by", "of"].iter().any(|word| phrase::at_start(&text[..end], word).is_some())
        || [" by", " of"].iter().any(|word| ends(word).is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes())));
    let later = ["by ", "via "].iter().find_map(|word| phrase::at_start(rest, word));
    let sure = colon || by || later.is_some();
    let len = text.len() - rest.len() + later.unwrap_or(0);
    Some(Lead { len, sure: sure && !text[len..].trim().is_empty() })
}

/// Whether a short text is a credit.
fn is_credit(text: &str, context: &Context) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let count = words(text);
    if count == 0 || count > 18 {
        return false;
    }
    if text.starts_with(['©', 'Ⓒ']) || lead(text, context).is_some_and(|lead| lead.sure && count <= 14) {
        return true;
    }
    if context.packs.wires.is_credit_filler(text) {
        return true;
    }
    if phrase::at_start(text, "via ").is_some() || phrase::at_start(text, "courtesy").is_some() {
        return text.split_whitespace().nth(1).is_some();
    }
    // An agency among the parts, or the last words of one; the rest are names.
    let named = |part: &str| {
        part.split_whitespace().all(|word| !word.starts_with(char::is_lowercase) || is_small(word, context))
    };
    count <= 12 && parts(text).any(|part| is_agency(part, context)) && parts(text).all(named)
}

/// A word in small letters that a credit may hold.
fn is_small(word: &str, context: &Context) -> bool {
    let wires = &context.packs.wires;
    wires.is_credit_filler(word)
        || wires.is_name_particle(word)
        || wires.agency(word).is_some()
        || matches!(word, "images" | "and" | "via" | "for" | "of")
}

/// What stands between slashes, commas, bars and joiners.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['/', ',', '|', ';', '&', '•', '、', '／', '–', '—'])
        .flat_map(|part| split_at(part, " via "))
        .flat_map(|part| split_at(part, " and "))
        .flat_map(|part| split_at(part, " - "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The text between words, each of which begins with a space: for texts so short that the search of the standard library would
/// take longer to make ready than to run.
fn split_at<'t>(text: &'t str, word: &'static str) -> impl Iterator<Item = &'t str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let bytes = text.as_bytes();
        let at = (0..bytes.len()).find(|at| bytes[*at] == b' ' && bytes[*at..].starts_with(word.as_bytes()));
        rest = at.map(|at| &text[at + word.len()..]);
        Some(&text[..at.unwrap_or(text.len())])
    })
}

/// `AP`, `AP Photo`, `AFP photo`, `Getty Images`, `Ann Orla Reuters`? The last is none: a name needs a slash.
fn is_agency(part: &str, context: &Context) -> bool {
    let wires = &context.packs.wires;
    let bare = without_photo(part, context);
    wires.agency(part).is_some() || bare.len() < part.len() && wires.agency(bare).is_some()
}

/// The part without "Photo", "File" and the like before or behind it.
fn without_photo<'t>(part: &'t str, context: &Context) -> &'t str {
    let mut part = part.trim();
    let filler = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        context.packs.wires.is_credit_filler(word) || !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
    };
    while let Some((rest, last)) = part.rsplit_once(char::is_whitespace) {
        if !filler(last) {
            break;
        }
        part = rest.trim_end();
    }
    while let Some((first, rest)) = part.split_once(char::is_whitespace) {
        if !filler(first) {
            break;
        }
        part = rest.trim_start();
    }
    part
}

/// The people and agencies of a credit.
fn names(credit: &str, context: &Context) -> Vec<String> {
    let mut rest = credit.trim_start_matches(['©', 'Ⓒ', ' ', ':']);
    rest = rest.strip_prefix("(c)").or_else(|| rest.strip_prefix("(C)")).unwrap_or(rest).trim_start();
    if let Some(lead) = lead(rest, context).filter(|lead| lead.sure) {
        rest = &rest[lead.len..];
    }
    for word in ["courtesy of ", "courtesy ", "via ", "by "] {
        if let Some(len) = phrase::at_start(rest.trim_start(), word) {
            rest = &rest.trim_start()[len..];
        }
    }
    let mut found: Vec<String> = Vec::new();
    for part in parts(rest) {
        let part = part
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '.' | ':' | '©' | '"'));
        let known = context.packs.wires.agency(part).is_some() && !part.to_lowercase().ends_with("photo");
        let name = if known { part } else { without_photo(part, context) };
        let filler = context.packs.wires.is_credit_filler(name) || !name.chars().any(char::is_alphabetic);
        if !filler && words(name) <= 8 && !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    }
    found
}

/// What the words of a credit say it is the credit of.
fn kind_of(credit: &str, context: &Context) -> Option<CaptionKind> {
    let reading = &context.packs.reading;
    let kinds = [
        (&reading.video, CaptionKind::Video),
        (&reading.graphic, CaptionKind::Graphic),
        (&reading.photo, CaptionKind::Photo),
    ];
    kinds.into_iter().find(|(words, _)| phrase::last(credit, words).is_some()).map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::testing::{context, packs};

    /// Sentence, credit, names and kind of a caption.
    fn read(text: &str) -> (String, Option<String>, Vec<String>, CaptionKind) {
        let packs = packs();
        let parts = caption(text, &context(&packs));
        let slice = |span: Span| text[span.range()].to_owned();
        (slice(parts.text), parts.credit.map(slice), parts.credits, parts.kind)
    }

    #[test]
    fn parts_captions() {
        use CaptionKind::{Graphic, Photo, Unknown};
        type Case = (&'static str, &'static str, Option<&'static str>, &'static [&'static str], CaptionKind);
        let cases: &[Case] = &[
            ("(AFP photo)", "", Some("AFP photo"), &["AFP"], Photo),
            (
                "A man walks in Orla. (AP Photo/Nora Quill, File)",
                "A man walks in Orla.",
                Some("AP Photo/Nora Quill, File"),
                &["AP", "Nora Quill"],
                Photo,
            ),
            (
                "Photo: Nora Quill/Getty Images",
                "",
                Some("Photo: Nora Quill/Getty Images"),
                &["Nora Quill", "Getty Images"],
                Photo,
            ),
            ("© Reuters", "", Some("© Reuters"), &["Reuters"], Unknown),
            ("Ein Haus in Orla. Foto: dpa", "Ein Haus in Orla.", Some("Foto: dpa"), &["dpa"], Photo),
            (
                "The harbour of Orla. (Image credit: Tom Berg)",
                "The harbour of Orla.",
                Some("Image credit: Tom Berg"),
                &["Tom Berg"],
                Photo,
            ),
            ("Nora Quill/ORLA", "", Some("Nora Quill/ORLA"), &["Nora Quill", "ORLA"], Unknown),
            ("Nora Quill / Reuters", "", Some("Nora Quill / Reuters"), &["Nora Quill", "Reuters"], Unknown),
            (
                "The team waits at the gate. Tom Berg/Getty Images",
                "The team waits at the gate.",
                Some("Tom Berg/Getty Images"),
                &["Tom Berg", "Getty Images"],
                Unknown,
            ),
            (
                "The team waits at the gate.Photo: Tom Berg",
                "The team waits at the gate.",
                Some("Photo: Tom Berg"),
                &["Tom Berg"],
                Photo,
            ),
            (
                "Ein Haus am See | © Orla Verlag/Getty Images",
                "Ein Haus am See",
                Some("© Orla Verlag/Getty Images"),
                &["Orla Verlag", "Getty Images"],
                Unknown,
            ),
            (
                "FILE PHOTO: A man walks along the old harbour of Orla, May 4, 2016. REUTERS/Nora Quill",
                "A man walks along the old harbour of Orla, May 4, 2016.",
                Some("REUTERS/Nora Quill"),
                &["REUTERS", "Nora Quill"],
                Photo,
            ),
            ("Graphic: Orla Times", "", Some("Graphic: Orla Times"), &["Orla Times"], Graphic),
            ("Courtesy of Nora Quill", "", Some("Courtesy of Nora Quill"), &["Nora Quill"], Unknown),
            (
                "A man walks in Orla, which (they say) is old.",
                "A man walks in Orla, which (they say) is old.",
                None,
                &[],
                Unknown,
            ),
            (
                "The harbour (left) and the tower (right)",
                "The harbour (left) and the tower (right)",
                None,
                &[],
                Unknown,
            ),
            ("", "", None, &[], Unknown),
        ];
        for (text, sentence, credit, credits, kind) in cases {
            let got = read(text);
            assert_eq!(
                (got.0.as_str(), got.1.as_deref(), got.2.as_slice(), got.3),
                (*sentence, *credit, &credits.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..], *kind),
                "{text}"
            );
        }
    }

    #[test]
    fn trailing() {
        let packs = packs();
        let credit = |text: &str| trailing_credit(text, &context(&packs)).map(|span| text[span.range()].to_owned());
        assert_eq!(credit("It ended late. (AFP)").as_deref(), Some(" (AFP)"));
        assert_eq!(credit("It ended late. (Photo by Nora Quill).").as_deref(), Some(" (Photo by Nora Quill)."));
        assert_eq!(credit("It was told by the Associated Press (AP)."), None);
        assert_eq!(credit("She joined the agency (Reuters)"), None);
        assert_eq!(credit("It ended late (as all such evenings do)."), None);
        assert_eq!(credit("The mayor (Labour)"), None);
        assert_eq!(credit("It ended late."), None);
    }

    #[test]
    fn any_input() {
        for text in [
            "(".repeat(100_000),
            ")".repeat(100_000),
            "(a)".repeat(30_000),
            "é.".repeat(50_000),
            "Photo: ".repeat(20_000),
            "©".repeat(50_000),
        ] {
            let _ = read(&text);
        }
    }
}
