//! The cutting of a line into segments: at bars, dates, and words like "edited by".

use super::super::phrase;
use super::super::tokens::is_dash;
use super::cut::Cut;
use super::known::Known;
use super::words;
use crate::document::Part;
use crate::offsets::Span;
use crate::text::part::PartOf;
use crate::text::words::is_unspaced;

/// The stretches that part a line: dates, "3 min read", "20 comments".
pub(super) fn breaks(text: &str, mut dates: Vec<Span>, known: &Known<'_>) -> Vec<Span> {
    let reading = &known.packs.reading;
    let mut digits = None;
    for (at, c) in text.char_indices() {
        if c.is_numeric() {
            digits.get_or_insert(at);
            continue;
        }
        let Some(start) = digits.take() else { continue };
        let open = text.part(at..).trim_start_matches(|c: char| c.is_whitespace() || c == '-');
        let len = [&reading.minutes, &*reading.nobodies]
            .into_iter()
            .filter_map(|words| phrase::longest_at_start(open, words))
            .max();
        if let Some(len) = len.filter(|_| !dates.iter().any(|date| date.start <= start && start < date.end)) {
            dates.push(Span::new(start, text.len() - open.len() + len));
        }
    }
    dates.sort_unstable_by_key(|date| date.start);
    dates
}

/// What stands before a stretch of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    Nothing,
    Bar,
    /// Between names of one kind.
    Semicolon,
}

/// The stretches of a line between bars, bullets, semicolons, dashes with spaces around, dates, and words like "edited by".
/// With each, what stands before it.
pub(super) fn segments<'t>(line: Cut<'t>, dates: &[Span], known: &Known<'_>) -> Vec<(Cut<'t>, Before)> {
    let mut segments = Vec::new();
    let text = line.text;
    let (mut start, mut barred) = (0, Before::Nothing);
    let mut dates = dates.iter().peekable();
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        if let Some(date) = dates.next_if(|date| date.start <= at) {
            segments.push((before_date(line.slice(start, at), known), barred));
            (start, skip_to, barred) = (date.end.max(at), date.end, Before::Nothing);
            continue;
        }
        let before = text.part(..at);
        let after = text.part(at + c.len_utf8()..);
        let open = |c: Option<char>| c.is_none_or(|c| c.is_whitespace());
        let apart = || open(before.chars().next_back()) && open(after.chars().next());
        let bar = match c {
            '|' | '｜' | '│' | '•' | '●' | '▪' | '■' | '◆' | ';' | '；' | '\t' | '»' | '›' | '►' | '〉' | '。' => {
                true
            }
            '·' | '∙' | '・' | '‧' => {
                let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
                !(letter(before.chars().next_back()) && letter(after.chars().next()))
            }
            '/' => after.starts_with('/') || before.ends_with('/'),
            _ if is_dash(c) => {
                apart()
                    || !c.is_ascii()
                        && c != '\u{2010}'
                        && c != '\u{2011}'
                        && c != '\u{2012}'
                        && (open(before.chars().next_back()) || open(after.chars().next()))
            }
            _ => false,
        };
        if bar {
            segments.push((line.slice(start, at), barred));
            (start, barred) =
                (at + c.len_utf8(), if matches!(c, ';' | '；') { Before::Semicolon } else { Before::Bar });
            continue;
        }
        let begins = c.is_alphabetic() && before.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        if !begins {
            continue;
        }
        if text.part(start..at).trim_start_matches(|c: char| !c.is_alphanumeric()).is_empty() {
            skip_to = at + lead(text.part(at..), known).unwrap_or(0);
        } else if let Some(len) = opens_a_part(before, text.part(at..), known) {
            segments.push((line.slice(start, at), barred));
            (start, barred, skip_to) = (at, Before::Nothing, at + len);
        }
    }
    segments.push((line.slice(start.min(text.len()), text.len()), barred));
    segments.retain(|(cut, _)| !cut.text.trim().is_empty());
    segments
}

/// Without the words that lead to the date after it: "le", "updated on".
fn before_date<'t>(cut: Cut<'t>, known: &Known<'_>) -> Cut<'t> {
    let reading = &known.packs.reading;
    let mut text = cut.text.trim_end();
    loop {
        let leads = [&reading.published, &reading.updated, &reading.other];
        let lead = leads.into_iter().filter_map(|words| phrase::last(text, words)).find(|hit| hit.end == text.len());
        let small = || {
            let (_, word) = text.rsplit_once(char::is_whitespace)?;
            if known.packs.wires.agency(word).is_some() {
                return None;
            }
            // `d'Orville` is a name.
            (word.starts_with(char::is_lowercase) && !word.contains(char::is_uppercase) && !word.contains('@'))
                .then_some(text.len() - word.len())
        };
        match lead.map(|hit| hit.start).or_else(small) {
            Some(at) if at > 0 => {
                text = text.part(..at).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ','))
            }
            _ => return cut.upto(text.len()),
        }
    }
}

/// The length of the lead that opens `text`.
fn lead(text: &str, known: &Known<'_>) -> Option<usize> {
    known.opener(text, true).map(|opener| opener.len)
}

/// `edited by Tom Berg`, `Foto: Tom Berg` inside a line: the length of the words before the name.
fn opens_a_part(before: &str, text: &str, known: &Known<'_>) -> Option<usize> {
    let opener = known.opener(text, true)?;
    let len = opener.len;
    let (lead, rest) = text.split_at(len);
    let open = rest.trim_start();
    // `Executive Editor: Ann Orla`
    let role = lead.split_whitespace().any(|word| words::is_role(word, known))
        && !before.trim_end().ends_with([',', '.', ';', ':']);
    if open.starts_with([':', '：', '/', '／', '＝']) && !open.starts_with("//") && !role {
        return (open.len() > 1 && (!open.starts_with('/') || lead.starts_with(is_unspaced))).then_some(len);
    }
    // `Ann Orla, fot. Tom Berg`
    if let Some(open) = rest.strip_prefix('.').filter(|_| opener.part != Part::Author && lead.chars().count() <= 6) {
        let name = open.trim_start().starts_with(char::is_uppercase);
        return (name && known.is_spoken(text, &opener)).then_some(len + 1);
    }
    let last = lead.rsplit(char::is_whitespace).next().unwrap_or_default();
    let named = || words::capital(open.split_whitespace().next().unwrap_or_default());
    // `by`, but not `von`, which is inside names too.
    let small = lead.starts_with(char::is_lowercase);
    let single = last.len() == lead.len();
    if single {
        let by = small && words::is_by(lead, known) && !known.packs.wires.is_name_particle(lead);
        return (by && named()).then_some(len);
    }
    (words::is_by(last, known) && named()).then_some(len)
}
