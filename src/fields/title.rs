//! The headline separated from the name of the site beside it: "Headline - Site", "Site | Headline".
//!
//! No list of sites: a part is a site's name when the document says so elsewhere (the headline stands on a line without it; a
//! copyright line, a menu or the source's host name has it), or when it looks so: after a bar, a domain, "… News". Many
//! headlines have a dash of their own, so when nothing speaks for it, the whole is the headline.

use super::phrase;
use crate::offsets::Span;
use crate::pack::{Packs, Wires, host};
use crate::text::part::PartOf;
use crate::text::sentence::is_stop;
use crate::text::words::is_unspaced;

/// What is known beside the line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known<'a> {
    /// Other lines of the document that are headlines of the story, and a headline that was given.
    pub titles: &'a [&'a str],
    /// Lines of the document that belong to the site: menus, copyright lines.
    pub furniture: &'a [&'a str],
    /// Address or host name of the source.
    pub source: Option<&'a str>,
}

/// A headline in its parts, as spans of the text given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TitleParts {
    pub headline: Span,
    pub site: Option<Span>,
}

/// Longer lines are not headlines.
const LONGEST_BYTES: usize = 400;

/// A site's name has no more words.
const WORDS: usize = 6;

/// Parts a headline from its site.
pub(crate) fn title(text: &str, known: &Known<'_>, wires: &Wires) -> TitleParts {
    let whole = trimmed(text, Span::new(0, text.len()));
    let none = TitleParts { headline: whole, site: None };
    let parts = if text.len() <= LONGEST_BYTES { parts(text, whole) } else { Vec::new() };
    let [first, .., last] = parts[..] else { return none };
    // From the first of the parts to the last.
    let span = |some: &[Part]| match some {
        [one] => one.span,
        [first, .., last] => Span::new(first.span.start, last.span.end),
        [] => whole,
    };
    let count = parts.len();
    let of = |span: Span| text.part(span.range());
    // A line that is the headline alone.
    let stands = |headline: Span| known.titles.iter().any(|title| is_same(title, of(headline)));
    for cut in 1..count {
        if stands(span(parts.part(..cut))) {
            return TitleParts { headline: span(parts.part(..cut)), site: named(of(last.span)).then_some(last.span) };
        }
        if stands(span(parts.part(cut..))) {
            // Of "Home » Local » Headline" nothing is a site.
            let site = cut == 1 && named(of(first.span)) && !matches!(last.mark, '»' | '›' | '>');
            return TitleParts { headline: span(parts.part(cut..)), site: site.then_some(first.span) };
        }
    }
    let site = of(last.span);
    let told = is_said(site, known, wires);
    if named(site) && (told || is_like_a_site(site, of(span(parts.part(..count - 1))), last.mark, wires)) {
        return TitleParts { headline: span(parts.part(..headline_end(&parts, told))), site: Some(last.span) };
    }
    let site = of(first.span);
    if named(site) && is_said(site, known, wires) && words(of(span(parts.part(1..)))) > 2 {
        return TitleParts { headline: span(parts.part(1..)), site: Some(first.span) };
    }
    none
}

/// No headline has more characters, and one of several sentences has fewer.
const MOST: usize = 300;
const MOST_OF_SENTENCES: usize = 160;

/// Whether a line can be a headline: a paragraph that was taken for one is none.
pub(crate) fn is_headline(text: &str) -> bool {
    let longer = |most: usize| text.len() > most && text.chars().nth(most).is_some();
    !(longer(MOST) || longer(MOST_OF_SENTENCES) && stops(text) > 1)
}

/// Whether a line is what a player says where it cannot play: "Media playback is not supported on your device".
pub(crate) fn is_player(text: &str, packs: &Packs) -> bool {
    let text = text.trim_start();
    text.len() <= LONGEST_BYTES && phrase::longest_at_start(text, packs.wires.players()).is_some()
}

/// Ends of sentences inside a line: a stop, after a word of more than a few letters, and a capital after it.
fn stops(text: &str) -> usize {
    let mut stops = 0;
    let mut word = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            _ if !c.is_ascii() && is_stop(c) && c != '…' => stops += usize::from(chars.peek().is_some()),
            '.' | '!' | '?' if word > 3 && chars.peek() == Some(&' ') => {
                chars.next();
                stops += usize::from(chars.peek().is_some_and(|next| !next.is_lowercase()));
                word = 0;
            }
            _ if c.is_alphanumeric() => word += 1,
            _ => word = 0,
        }
    }
    stops
}

/// What a headline says of the pictures beside it: "(PHOTOS, VIDEO)", "[+VIDEO]", "| Photos", "- VIDEO".
pub(crate) fn media_mark(text: &str, packs: &Packs) -> Option<Span> {
    let text = text.trim_end();
    if text.len() > LONGEST_BYTES {
        return None;
    }
    let start = match text.chars().next_back()? {
        ')' | '）' => text.rfind(['(', '（'])?,
        ']' | '】' => text.rfind(['[', '【'])?,
        _ => text.rfind(['|', '-', '–', '—']).filter(|at| text.part(..*at).ends_with(' '))?,
    };
    let (headline, mark) = (text.part(..start).trim_end(), text.part(start..));
    let mut named = mark
        .split(|c: char| !c.is_alphanumeric() && !('\u{300}'..'\u{dff}').contains(&c))
        .filter(|word| !word.is_empty())
        .peekable();
    let stands_apart = text.part(..start).ends_with(' ') || !mark.is_ascii();
    let is_mark = named.peek().is_some() && stands_apart && named.all(|word| packs.wires.is_media(word));
    let is_headline = words(headline) > 3 && !headline.ends_with(['.', '。', '।', '۔', ',', ':']);
    (is_mark && is_headline).then(|| Span::new(start, text.len()))
}

/// A part, and the mark that stands before it.
#[derive(Clone, Copy, Debug)]
struct Part {
    span: Span,
    mark: char,
}

/// The parts between marks that have a space on either side.
fn parts(text: &str, whole: Span) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut start, mut mark) = (whole.start, ' ');
    for (at, c) in text.part(whole.range()).char_indices() {
        let at = whole.start + at;
        let is_mark = matches!(c, '|' | '｜' | '-' | '–' | '—' | '»' | '›' | '‹' | '•' | '·' | ':');
        if !is_mark || at < start {
            continue;
        }
        let len = if text.part(at..).starts_with("::") { 2 } else { c.len_utf8() };
        let spaced =
            text.part(..at).ends_with(char::is_whitespace) && text.part(at + len..).starts_with(char::is_whitespace);
        if c == ':' && len == 1 || !spaced && c != '｜' {
            continue;
        }
        parts.push(Part { span: trimmed(text, Span::new(start, at)), mark });
        (start, mark) = (at + len, if c == '｜' { '|' } else { c });
    }
    parts.push(Part { span: trimmed(text, Span::new(start, whole.end)), mark });
    if parts.iter().any(|part| part.span.is_empty()) {
        parts.clear();
    }
    parts
}

/// How many parts are the headline's: a section may stand between it and the site, "Headline — Local — Site".
fn headline_end(parts: &[Part], told: bool) -> usize {
    let [first, between @ .., section, site] = parts else { return parts.len().saturating_sub(1) };
    let stands = section.mark == site.mark
        && section.span.len() * 2 <= first.span.len()
        && (told || section.span.len() <= 20)
        && !between.iter().any(|part| part.mark == site.mark);
    parts.len() - if stands { 2 } else { 1 }
}

fn trimmed(text: &str, span: Span) -> Span {
    let inside = text.part(span.range());
    let start = span.start + (inside.len() - inside.trim_start().len());
    Span::new(start, start + inside.trim().len())
}

fn words(text: &str) -> usize {
    let unspaced = text.chars().filter(|c| is_unspaced(*c)).count();
    text.split_whitespace().count().max(unspaced / 2)
}

/// Whether a part can be a name: short, without figures alone and without the marks of a sentence.
fn named(part: &str) -> bool {
    (1..=WORDS).contains(&words(part))
        && part.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !part.contains(['?', '!', ':', '"', '\u{201c}', '\u{201d}', '\u{201e}', '«', '/', ';'])
        && !part.starts_with(char::is_lowercase) | is_domain(part)
}

/// Letters and figures in small letters: what two ways to write a name have in common.
fn bare(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn is_same(a: &str, b: &str) -> bool {
    bare(a).eq(bare(b)) && bare(a).next().is_some()
}

/// Whether the document or its source names the site so.
fn is_said(part: &str, known: &Known<'_>, wires: &Wires) -> bool {
    let name: String = bare(part).collect();
    // `Le Courrier d'Orla` is at `courrier-orla.example`.
    let small =
        |word: &&str| !wires.is_particle(word) && !wires.is_name_particle(word) && word.chars().nth(1).is_some();
    let plain: String = part.split([' ', '\'', '\u{2019}']).filter(small).flat_map(bare).collect();
    let host_says = known.source.and_then(host).is_some_and(|host| {
        host.split('.').rev().skip(1).map(|label| bare(label).collect::<String>()).any(|label| {
            let alike = label == name || label == plain || label.len() >= 4 && name.starts_with(&label);
            label.len() >= 2 && (alike || name.len() >= 4 && label.starts_with(&name))
        })
    });
    let line_says = |line: &&str| {
        let lower = line.to_lowercase();
        let signed = lower.contains('©') || lower.contains("(c)") || lower.contains("copyright");
        is_same(line, part) && words(part) > 1 || signed && line.len() <= LONGEST_BYTES && holds(line, part)
    };
    host_says || known.furniture.iter().any(line_says)
}

/// Whether `part` stands in `line` as whole words.
fn holds(line: &str, part: &str) -> bool {
    line.match_indices(part).any(|(at, _)| {
        let joins = |c: char| c.is_alphanumeric() && !is_unspaced(c);
        !line.part(..at).ends_with(joins) && !line.part(at + part.len()..).starts_with(joins)
    })
}

/// `orla.com`: words of ASCII with full stops between, the last of two to six letters.
fn is_domain(part: &str) -> bool {
    let Some((name, top)) = part.rsplit_once('.') else { return false };
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    name.split('.').all(is_label) && (2..=6).contains(&top.len()) && top.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether the last part looks like a site's name although nothing else says so.
fn is_like_a_site(part: &str, headline: &str, mark: char, wires: &Wires) -> bool {
    if words(headline) < 3 || wires.is_kicker(part) || part.len() > headline.len() {
        return false;
    }
    if is_domain(part) {
        return true;
    }
    let small = |word: &str| wires.is_particle(word) || wires.is_name_particle(word);
    let capital = part
        .split_whitespace()
        .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || small(word));
    if !capital {
        return false;
    }
    let mut words = part.split_whitespace();
    let (first, last) = (words.next().unwrap_or_default(), words.next_back());
    let media = wires.is_agency_word(last.unwrap_or_default()) || last.is_some() && wires.is_agency_word(first);
    let bar = matches!(mark, '|' | ':' | '‹') && !headline.contains(" | ");
    media || bar || mark == '|' && wires.agency(part).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_input() {
        let packs = Packs::embedded();
        for text in ["", " ", "|", " | ", " - | - ", &" - ".repeat(100_000), &"a | ".repeat(50_000), &"é ".repeat(150)]
        {
            let parts = title(text, &Known::default(), &packs.wires);
            assert!(parts.headline.end <= text.len(), "{text:?}");
        }
    }
    #[test]
    fn headlines_with_pictures() {
        let packs = Packs::embedded();
        for (text, want) in [
            ("Lights streak over the harbour at night (PHOTOS, VIDEO)", Some("(PHOTOS, VIDEO)")),
            ("Lights streak over the harbour [+VIDEO]", Some("[+VIDEO]")),
            ("Lights streak over the harbour - VIDEO", Some("- VIDEO")),
            ("Lights streak over the harbour | Photos and video", Some("| Photos and video")),
            ("В порту Орлы затонул старый паром (ФОТО, ВИДЕО)", Some("(ФОТО, ВИДЕО)")),
            ("Lights streak over the harbour (AFP photo)", None),
            ("Lights streak over the harbour. (Video)", None),
            ("Lights streak over the harbour (2013)", None),
            ("It takes us 15 to 21 Tag(e)", None),
            ("Photos (video)", None),
            ("Lights over the harbour town", None),
            ("", None),
            ("()", None),
        ] {
            assert_eq!(media_mark(text, &packs).map(|span| &text[span.range()]), want, "{text}");
        }
    }

    #[test]
    fn players() {
        let packs = Packs::embedded();
        for text in ["Media playback is unsupported on your device", "此视频无法播放", "Это видео нельзя воспроизвести"]
        {
            assert!(is_player(text, &packs), "{text}");
        }
        for text in ["Media playback is a business of its own", "Video shows cracks in the quay", ""] {
            assert!(!is_player(text, &packs), "{text}");
        }
    }

    #[test]
    fn paragraphs_are_no_headlines() {
        assert!(is_headline("They closed the quay. Now they want it back. Who pays for St. Orla?"));
        assert!(is_headline(&"harbour ".repeat(37)));
        assert!(!is_headline(&"harbour ".repeat(38)));
        let sentence = "The harbour board of Port Ellin voted on Tuesday to close the north quay for a year. ";
        assert!(is_headline(sentence) && !is_headline(&sentence.repeat(3)));
        assert!(!is_headline(&"港湾局は火曜日、北埠頭を一年間閉鎖すると決めた。".repeat(8)));
    }
}
