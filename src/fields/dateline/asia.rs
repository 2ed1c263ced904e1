//! Datelines of Chinese, Japanese and Korean wires, which set no spaces and no separators that others know.

use super::Parts;
use crate::document::{Clue, Clues, PartialDate, Place};
use crate::fields::tokens::{Head, Kind, window};
use crate::fields::{Context, date};
use crate::pack::{self, Use};
use crate::text::part::PartOf;
use crate::text::words::is_unspaced;

/// The dateline at the head of `text`, in one of the shapes of East Asia.
pub(super) fn parse(text: &str, context: &Context) -> Option<Parts> {
    match text.chars().next()? {
        '(' | '[' => korean(text, context).or_else(|| japanese(text, context)).or_else(|| chinese(text, context)),
        '（' | '【' | '［' | '〔' => {
            korean(text, context).or_else(|| japanese(text, context)).or_else(|| chinese(text, context))
        }
        c if is_unspaced(c) || c == '《' => chinese(text, context),
        _ => None,
    }
}

/// What was read in one of these shapes.
fn parts(
    shape: Clue,
    places: Vec<Place>,
    date: Option<PartialDate>,
    agency: Option<&str>,
    known: bool,
    end: usize,
) -> Parts {
    let mut clues: Clues = [shape].into_iter().collect();
    clues.set(Clue::Date, date.is_some());
    clues.set(Clue::NoPlace, places.is_empty());
    clues.set(Clue::KnownAgency, known);
    clues.set(Clue::UnknownAgency, agency.is_some() && !known);
    Parts { places, date, agency: agency.map(str::to_owned), end, clues }
}

fn places(names: &str, separators: &[char]) -> Vec<Place> {
    let place = |name: &str| {
        let code = pack::place(name).and_then(|known| known.code.or(known.area));
        let country = code.map(|code| pack::country(code).to_owned());
        Place {
            name: name.to_owned(),
            qualifier: None,
            country,
            region: code.and_then(pack::region).map(str::to_owned),
        }
    };
    let names = names.split(separators).map(str::trim).filter(|name| !name.is_empty());
    names.map(place).collect()
}

fn trim_end_to(text: &str, at: usize) -> usize {
    at + (text.part(at..).len() - text.part(at..).trim_start().len())
}

/// `新华社北京1月27日电（记者…）`, also in brackets.
fn chinese(text: &str, context: &Context) -> Option<Parts> {
    let opened = text.chars().next().filter(|c| matches!(c, '(' | '（' | '【' | '〔'));
    let start = opened.map_or(0, char::len_utf8);
    let near = window(text.part(start..), 48);
    let wires = &context.packs.wires;
    let is_mark = |c: char| wires.words(Use::Mark).iter().any(|mark| mark.starts_with(c));
    if let Some((at, mark)) = near.char_indices().find(|(_, c)| is_mark(*c))
        && let Some(own) = own_report(near.part(..at), near.part(at + mark.len_utf8()..), opened, context)
    {
        return Some(own.after(text, start, context));
    }
    let first_digit = near.char_indices().find(|(_, c)| crate::fields::tokens::digit(*c).is_some())?.0;
    // The date ends where the mark stands.
    let (end_mark, mark) = near.char_indices().find(|(at, c)| *at > first_digit && is_mark(*c))?;
    let dated = near.part(first_digit..end_mark);
    let head = Head::new(dated, 24);
    let found = date::at(&head, 0, context)?;
    // `（中央社倫敦4日綜合外電報導）`
    let more = dated.part(head.end_before(found.next)..).chars().count();
    if more > if opened.is_some() { 4 } else { 0 } {
        return None;
    }
    let dated = dated.part(..head.end_before(found.next));
    let lead = near.part(..first_digit).trim();
    // `【东京3月4日电】`: no source, and a place of which there is no doubt.
    let city = || opened.is_some() && pack::place(lead).is_some_and(|known| known.city || known.is_area());
    let (agency, place) = source_and_place(lead, context).or_else(|| city().then_some(("", lead)))?;
    let place = after_reporter(place, context)?;
    if place.chars().count() > 12 {
        return None;
    }
    let mut end = start + end_mark + mark.len_utf8();
    // `1月27日讯电`
    end += text.part(end..).chars().next().filter(|c| matches!(c, '电' | '電')).map_or(0, char::len_utf8);
    end = trim_end_to(text, end);
    let tail = text.part(end..);
    if let Some(close) = reporter_note(tail, context) {
        end += close;
    }
    if opened.is_some() {
        let mut after = text.part(end..).char_indices().take(4);
        let (at, closing) = after.find(|(_, c)| matches!(c, ')' | '）' | '】' | '〕'))?;
        end += at + closing.len_utf8();
    }
    let known = context.packs.wires.agency(agency).is_some();
    let (places, date) = (places(place, &['、', '/', '／']), Some(found.partial(dated, context)));
    let agency = Some(agency).filter(|agency| !agency.is_empty());
    Some(parts(Clue::Chinese, places, date, agency, known, trim_end_to(text, end)))
}

/// `【本報訊】`, `本报讯 `: the paper's own report, which names no place.
struct OwnReport<'t> {
    agency: &'t str,
    /// Bytes after the opening bracket.
    len: usize,
    bracketed: bool,
}

fn own_report<'t>(before: &'t str, after: &str, opened: Option<char>, context: &Context) -> Option<OwnReport<'t>> {
    let own = context.packs.wires.is(Use::Own, before);
    let ends = match opened {
        Some(_) => after.chars().next().filter(|c| matches!(c, '】' | '〕' | '）' | ')')),
        None => after.chars().next().filter(|c| c.is_whitespace() || matches!(c, '（' | '(')),
    };
    let len = before.len() + "讯".len() + opened.and(ends).map_or(0, char::len_utf8);
    (own && ends.is_some()).then(|| OwnReport { agency: before, len, bracketed: opened.is_some() })
}

impl OwnReport<'_> {
    fn after(self, text: &str, start: usize, context: &Context) -> Parts {
        let mut end = trim_end_to(text, start + self.len);
        end += reporter_note(text.part(end..), context).unwrap_or(0);
        let agency = Some(self.agency);
        let mut parts = parts(Clue::OwnReport, Vec::new(), None, agency, false, trim_end_to(text, end));
        parts.clues.set(Clue::MarkedAgency, self.bracketed);
        parts
    }
}

/// The place after `記者王小明`, whose name has two to four characters: the known place at the end.
fn after_reporter<'t>(place: &'t str, context: &Context) -> Option<&'t str> {
    let reporters = context.packs.wires.words(Use::Reporter);
    let Some(named) = reporters.iter().find_map(|word| place.strip_prefix(word.as_str())) else {
        return (!reporters.iter().any(|word| place.contains(word.as_str()))).then_some(place);
    };
    let begins = named.char_indices().map(|(at, _)| at).skip(2);
    begins
        .map(|at| named.part(at..))
        .find(|place| pack::place(place).is_some_and(|known| known.city || known.is_area()))
}

/// Parts `新华社北京`: a known agency, else what ends with a word for one.
fn source_and_place<'t>(lead: &'t str, context: &Context) -> Option<(&'t str, &'t str)> {
    if let Some(agency) = context.packs.wires.agency_at_start(lead) {
        return Some((lead.part(..agency.len()), lead.part(agency.len()..).trim()));
    }
    if lead.chars().count() > 28 {
        return None;
    }
    // 》 closes the name of a programme or a paper.
    let ends = |c: char| c == '》' || context.packs.wires.words(Use::Source).iter().any(|end| end.starts_with(c));
    let at = lead.char_indices().rfind(|(_, c)| ends(*c)).map(|(at, c)| at + c.len_utf8())?;
    Some((lead.part(..at), lead.part(at..).trim()))
}

/// `（记者王东）` at the start of `text`: its length.
fn reporter_note(text: &str, context: &Context) -> Option<usize> {
    let inside = text.strip_prefix(['（', '('])?;
    let close = window(inside, 60).char_indices().find(|(_, c)| matches!(c, '）' | ')'))?;
    let words = inside.part(..close.0);
    let named = [Use::Reporter, Use::Helper].map(|used| context.packs.wires.words(used));
    let note = named.into_iter().flatten().any(|word| words.contains(word.as_str()));
    // `（王小明 李丽）`
    let names = words.split([' ', '、', '\u{3000}']);
    let names = words.chars().all(|c| is_unspaced(c) || matches!(c, ' ' | '、' | '\u{3000}'))
        && names.clone().count() <= 3
        && names.into_iter().all(|name| (2..=4).contains(&name.chars().count()));
    (note || names).then(|| text.len() - inside.len() + close.0 + close.1.len_utf8())
}

/// `(서울=연합뉴스) 홍길동 기자 = `.
fn korean(text: &str, context: &Context) -> Option<Parts> {
    let open = text.chars().next().map_or(0, char::len_utf8);
    let inside = window(text.part(open..), 48);
    let (close, closing) = inside.char_indices().find(|(_, c)| matches!(c, ')' | ']' | '】' | '］' | '）'))?;
    let (place, agency) = inside.part(..close).split_once('=')?;
    let (place, agency) = (place.trim(), agency.trim());
    let hangul = |text: &str| text.chars().any(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
    if context.packs.wires.is_kicker(place)
        || place.is_empty()
        || agency.is_empty()
        || !hangul(inside.part(..close))
        || agency.chars().count() > 20
    {
        return None;
    }
    let reporters = context.packs.wires.words(Use::Reporter);
    // `[부산=오를라신문 홍길동 기자]`: the reporter stands inside.
    let agency = match reporters
        .iter()
        .find_map(|word| agency.strip_suffix(word.as_str()))
        .map(str::trim_end)
        .and_then(|left| left.rsplit_once(' '))
    {
        Some((left, _)) => left.trim_end(),
        None => agency,
    };
    let mut end = open + close + closing.len_utf8();
    // The reporters, up to the sign that ends the dateline.
    let after = window(text.part(end..), 50);
    if let Some(sign) = after.find('=') {
        let names = after.part(..sign);
        let reported = reporters.iter().any(|word| names.contains(word.as_str()));
        if (reported || names.trim().is_empty()) && !names.contains(['.', '"']) {
            end += sign + 1;
        }
    }
    let known = agency.split(' ').any(|word| context.packs.wires.agency(word).is_some());
    let places = places(place, &['·', '/', ',', 'ㆍ']);
    Some(parts(Clue::Korean, places, None, Some(agency), known, trim_end_to(text, end)))
}

/// `【ソウル＝小池和樹】`, `【6月18日 AFP】`, `【ワシントン共同】`, `［北京　２０日　ロイター］ - `.
fn japanese(text: &str, context: &Context) -> Option<Parts> {
    let wires = &context.packs.wires;
    let open = text.chars().next()?;
    let inside = window(text.part(open.len_utf8()..), 48);
    let (close, closing) = inside.char_indices().find(|(_, c)| matches!(c, '】' | '］' | '〕' | ']' | '）' | ')'))?;
    let inside = inside.part(..close);
    let (mut name, mut found, mut agency, mut reporter) = ("", None, None, false);
    let pieces: Vec<&str> = match inside.split_once(['＝', '=']) {
        Some((left, _)) => {
            reporter = true;
            left.split_whitespace().collect()
        }
        None => inside.split_whitespace().collect(),
    };
    let east = inside.chars().any(is_unspaced);
    for piece in pieces {
        let head = Head::new(piece, 24);
        if let Some(date) =
            date::at(&head, 0, context).filter(|date| head.token(date.next).is_none() && found.is_none())
        {
            found = Some(date.partial(piece, context));
        } else if wires.agency(piece).is_some() {
            agency = Some(piece);
        } else if let Some(known) = wires.agency_at_end(piece) {
            let at = piece.len() - known.len();
            name = piece.part(..at);
            agency = Some(piece.part(at..));
        } else if name.is_empty() {
            name = piece;
        } else {
            return None;
        }
    }
    let sure = agency.is_some() || (found.is_some() && !name.is_empty()) || (reporter && !name.is_empty());
    if !east || !sure || name.chars().count() > 12 || (open == '(' || open == '（') && agency.is_none() {
        return None;
    }
    let mut end = trim_end_to(text, open.len_utf8() + close + closing.len_utf8());
    // `【6月18日 AFP】（更新）`
    let note = text.part(end..).strip_prefix('（').and_then(|more| more.split_once('）'));
    if let Some((note, _)) = note.filter(|(note, _)| wires.is(Use::Note, note)) {
        end = trim_end_to(text, end + note.len() + 2 * "（".len());
    }
    let head = Head::new(text.part(end..), 6);
    if head.is(0, Kind::Dash) || head.is(0, Kind::Colon) {
        end = trim_end_to(text, end + head.end_before(1));
    }
    let places = places(name, &['、', '・', '/', '／']);
    Some(parts(Clue::Japanese, places, found, agency, agency.is_some(), end))
}
