//! Places as datelines name them: `CITY`, `CITY, State`, `CITY (Region)`, `A/B`, `A AND B, State`.

use super::Context;
use super::date;
use super::tokens::{Head, Kind, is_bullet, is_small};
use crate::document::Place;
use crate::pack::{self, Code, Known, Use};
use crate::text::part::PartOf;

/// No name of a place has more words.
pub(super) const LONGEST_WORDS: usize = 8;
/// No dateline has more parts between commas.
const MOST_PARTS: usize = 6;

/// The places at the head of a dateline, and what speaks for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub places: Vec<Place>,
    /// Token after them.
    pub next: usize,
    /// All names are in capitals.
    pub caps: bool,
    /// The script tells capitals from small letters.
    pub cased: bool,
    /// A known state or country stands after a name.
    pub known_qualifier: bool,
    /// Every name is a known city.
    pub known_city: bool,
    /// Every name is a city that agencies print alone.
    pub famous: bool,
}

/// A run of name words: tokens `first..end`.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    first: usize,
    end: usize,
}

/// A few runs.
#[derive(Clone, Debug, Default)]
struct Runs {
    runs: [Run; MOST_PARTS],
    len: usize,
}

impl Runs {
    /// Adds one, while there is room.
    fn push(&mut self, run: Run) {
        if let Some(free) = self.runs.get_mut(self.len) {
            *free = run;
            self.len += 1;
        }
    }

    fn is_full(&self) -> bool {
        self.len == MOST_PARTS
    }
}

impl std::ops::Deref for Runs {
    type Target = [Run];

    fn deref(&self) -> &[Run] {
        self.runs.part(..self.len)
    }
}

/// A city of this name, when one is known.
pub(super) fn known(name: &str) -> Option<Places> {
    let known = pack::place(name).filter(|known| known.city)?;
    let code = known.code;
    Some(Places {
        places: vec![Place {
            country: code.map(|code| pack::country(code).to_owned()),
            region: code.and_then(pack::region).map(str::to_owned),
            ..place(name)
        }],
        caps: is_caps(name),
        cased: name.chars().any(|c| c.is_uppercase() || is_small(c)),
        known_city: true,
        famous: known.alone,
        ..Places::default()
    })
}

/// `Orla.com`, `ORLA.NET`: the name of a site.
pub(super) fn is_domain(name: &str, context: &Context) -> bool {
    let ends = |end: &str| context.packs.wires.ends_a_domain(end);
    !name.contains(' ') && name.rsplit_once('.').is_some_and(|(left, end)| left.len() > 2 && ends(end))
}

/// Where places stand, before it is read which.
#[derive(Clone, Debug)]
pub(super) struct PlaceMatch {
    names: Runs,
    parts: Runs,
    known_qualifier: bool,
    /// Token after them.
    pub next: usize,
}

/// The places that begin at token `i`.
pub(super) fn at(head: &Head, i: usize, context: &Context) -> Option<Places> {
    find(head, i, context).map(|found| found.read(head, context))
}

/// Where the places that begin at token `i` stand: takes no memory, as most texts turn out to have none.
pub(super) fn find(head: &Head, i: usize, context: &Context) -> Option<PlaceMatch> {
    let wires = &context.packs.wires;
    let mut names = Runs::default();
    let first = run(head, i, context)?;
    names.push(first);
    let mut next = first.end;
    while (head.is(next, Kind::Slash) || head.word(next) == "&") && !names.is_full() {
        let Some(name) = run(head, next + 1, context) else { break };
        // `إسطنبول / الأناضول`
        if (1..=3).any(|len| wires.agency(head.slice(name.first, name.first + len)).is_some()) {
            break;
        }
        // What is an agency to a slash is none to a place: `CITY /TASS/`.
        if head.is(next, Kind::Slash) && head.spaced(next) && !head.spaced(next + 1) {
            break;
        }
        next = name.end;
        names.push(name);
    }
    let mut parts = Runs::default();
    let mut known_qualifier = false;
    while let Some(close) = head.close(next, 6).filter(|_| !parts.is_full()) {
        let inside = head.slice(next + 1, close);
        // `RECIFE (PE)`, `Frankfurt (Oder)`
        let sure = is_state_in_brackets(head, names.runs.first(), inside, context) || is_river(inside, context);
        let known = sure || is_area(inside);
        let more = head.is(close + 1, Kind::Comma) || head.is(close + 1, Kind::Open);
        if !sure && wires.agency(inside).is_some() || !(known || more) || date::at(head, next + 1, context).is_some() {
            break;
        }
        if run(head, next + 1, context).is_none_or(|run| run.end != close) {
            break;
        }
        known_qualifier |= known;
        parts.push(Run { first: next + 1, end: close });
        next = close + 1;
    }
    while !parts.is_full() {
        // `PALO ALTO, Calif. and DENVER`
        let joined = parts.len > 0 && wires.is_joiner(head.word(next));
        if !joined && !head.is(next, Kind::Comma) {
            break;
        }
        let Some((part, after)) = qualifier(head, next + 1, context) else { break };
        parts.push(Run { first: part.first - usize::from(joined), ..part });
        next = after;
    }
    Some(PlaceMatch { names, parts, known_qualifier, next })
}

impl PlaceMatch {
    /// The places.
    pub fn read(self, head: &Head, context: &Context) -> Places {
        let Self { names, parts, known_qualifier, next } = self;
        read(head, &names, &parts, known_qualifier, next, context)
    }
}

fn read(head: &Head, names: &[Run], parts: &[Run], known: bool, next: usize, context: &Context) -> Places {
    let wires = &context.packs.wires;
    let mut known_qualifier = known;
    let mut found = Places { next, known_city: true, famous: true, ..Places::default() };
    let text = |run: Run| head.slice(run.first, run.end);
    let several = parts.iter().any(|part| wires.is_joiner(head.word(part.first)));
    found.places = names_of(head, names, context);
    if several {
        for part in parts {
            let first = part.first + usize::from(wires.is_joiner(head.word(part.first)));
            let name = text(Run { first, ..*part });
            let region = is_area(name);
            match found.places.last_mut() {
                Some(place) if region && place.qualifier.is_none() => place.qualifier = Some(name.to_owned()),
                _ if name.is_empty() => {}
                _ => found.places.push(place(name)),
            }
        }
    } else if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
        let mut qualifier = text(Run { first: first.first, end: last.end });
        qualifier = qualifier.strip_suffix(')').filter(|q| !q.contains('(')).unwrap_or(qualifier);
        if head.is(first.end, Kind::Close) && parts.len() > 1 {
            qualifier = text(*first);
        }
        let count = found.places.len();
        for (i, place) in found.places.iter_mut().enumerate() {
            // `DENVER AND BOULDER, Colo.` lie both there; `NEW YORK and TEL AVIV, Israel` do not.
            let known = pack::place(&place.name).and_then(|known| known.code);
            let there = || {
                code(None, Some(qualifier), context).is_none_or(|area| known.is_none_or(|known| lies_in(known, area)))
            };
            if i + 1 == count || names.len() == 1 && there() {
                place.qualifier = Some(qualifier.to_owned());
            }
        }
        known_qualifier |= parts.iter().any(|part| is_area(text(*part)));
    } else if let [only] = &mut found.places[..] {
        split_state(only);
    }
    for place in &mut found.places {
        let known = pack::place(&place.name);
        found.known_city &= known.is_some_and(|known| known.city);
        found.famous &= known.is_some_and(|known| known.alone);
        let code = code(known, place.qualifier.as_deref(), context);
        known_qualifier |= place.qualifier.is_some() && code.is_some() && known.is_some_and(|known| known.city);
        place.country = code.map(|code| pack::country(code).to_owned());
        place.region = code.and_then(pack::region).map(str::to_owned);
    }
    found.known_qualifier = known_qualifier;
    found.caps = found.places.iter().take(names.len()).all(|place| is_caps(&place.name))
        && names.last().is_some_and(|name| is_caps(text(*name)));
    found.cased = names.iter().take(1).flat_map(|name| text(*name).chars()).any(|c| c.is_uppercase() || is_small(c));
    found
}

/// Whether it is the name of a country or state that needs no city to tell which.
fn is_area(name: &str) -> bool {
    pack::place(name).is_some_and(|known| known.area.is_some() || !known.areas.is_empty() && name.len() > 2)
}

/// Whether it is a river that tells a town from others of its name: `Frankfurt (Oder)`.
fn is_river(name: &str, context: &Context) -> bool {
    context.packs.wires.is(Use::River, name)
}

/// The state that the letters in brackets stand for, in the country where the city lies or of the language.
fn state_in_brackets(lies: Option<Code>, letters: &str, context: &Context) -> Option<Code> {
    let wires = &context.packs.wires;
    let here = lies.map(pack::country).filter(|country| wires.has_states_in_brackets(country));
    let country = here.or_else(|| context.lang.and_then(|lang| wires.states_of(lang)))?;
    pack::state(country, letters)
}

fn is_state_in_brackets(head: &Head, name: Option<&Run>, letters: &str, context: &Context) -> bool {
    let city = name.and_then(|name| pack::place(head.slice(name.first, name.end))).filter(|known| known.city);
    state_in_brackets(city.and_then(|city| city.code), letters, context).is_some()
}

/// Whether what has the first code lies in what has the second.
fn lies_in(place: Code, area: Code) -> bool {
    place == area || pack::region(area).is_none() && pack::country(place) == area
}

/// The code of a place: the state's, else the country's, `None` where neither is certain.
fn code(city: Option<&Known>, qualifier: Option<&str>, context: &Context) -> Option<Code> {
    let city = city.filter(|known| known.city || known.area.is_some());
    let lies = city.and_then(|city| if city.city { city.code } else { city.area });
    let Some(qualifier) = qualifier.filter(|qualifier| !is_river(qualifier, context)) else { return lies };
    if let Some(state) = state_in_brackets(lies, qualifier, context) {
        return Some(state);
    }
    let parts = qualifier.split([',', '(', '[', '/']).map(|part| part.trim_matches([' ', ')', ']', '.']));
    let mut found: Option<Code> = None;
    for part in parts {
        // `Milan, IT`
        if let Some(lies) = lies.filter(|lies| part.eq_ignore_ascii_case(pack::country(lies))) {
            found = found.or(Some(pack::country(lies)));
            continue;
        }
        // `SOUTHERN NEW MEXICO`
        let end = || part.split_once(' ').and_then(|(_, end)| pack::place(end)).filter(|known| known.is_area());
        let Some(known) = pack::place(part).or_else(end) else { continue };
        // `Georgia`, `WA`: the city may say which.
        let agrees = |area: Code| lies.is_some_and(|lies| lies_in(lies, area));
        let said = known.area.iter().chain(&known.areas).copied().find(|area| agrees(area)).or(known.area);
        // `MONOPOLI (BARI)`: a town by its city.
        let said = said.or(known.code.filter(|_| known.city && !known.is_area()).map(pack::country));
        found = match (found, said) {
            (Some(before), Some(said)) if pack::country(before) != pack::country(said) => return None,
            (Some(before), Some(said)) if pack::region(before).is_none() => Some(said),
            (before, said) => before.or(said),
        };
    }
    // The country is said, and the city is known to lie in a state of it.
    match (found, lies) {
        (Some(country), Some(lies)) if pack::region(country).is_none() && pack::country(lies) == country => Some(lies),
        _ => found,
    }
}

/// True for letters of which none is small and two or more are capitals.
pub(super) fn is_caps(text: &str) -> bool {
    // A lower-case c or n of a name is a rare slip of the key; "McALLEN" is none.
    let small = text.replace("Mc", "").chars().filter(|c| c.is_lowercase()).count();
    small == 0 && text.chars().filter(|c| c.is_uppercase()).count() >= 2
}

fn place(name: &str) -> Place {
    Place { name: name.to_owned(), qualifier: None, country: None, region: None }
}

/// The names between slashes, and those that a small word joins.
fn names_of(head: &Head, names: &[Run], context: &Context) -> Vec<Place> {
    let wires = &context.packs.wires;
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return Vec::new() };
    let all = head.slice(first.first, last.end);
    if names.len() > 1 && wires.is_whole(all) {
        return vec![place(all)];
    }
    let mut places = Vec::new();
    // `Nora QUILL / ADANA`: who reports, then where from.
    let text = |name: &Run| head.slice(name.first, name.end);
    let known = |name: &Run| pack::place(text(name)).is_some_and(|known| known.city);
    let reporter =
        |name: &Run| text(name).split_once(' ').is_some_and(|(given, family)| !is_caps(given) && is_caps(family));
    let by = usize::from(names.len() == 2 && reporter(first) && known(last));
    for name in names.part(by..) {
        let joiner = (name.first + 1..name.end.saturating_sub(1)).find(|&i| wires.is_joiner(head.word(i)));
        match joiner.filter(|_| pack::place(head.slice(name.first, name.end)).is_none()) {
            Some(joiner) => {
                places.push(place(head.slice(name.first, joiner)));
                places.push(place(head.slice(joiner + 1, name.end)));
            }
            None => places.push(place(head.slice(name.first, name.end))),
        }
    }
    places
}

/// `ORLA DC`: a state's two letters after the name without a comma.
fn split_state(place: &mut Place) {
    let Some((name, state)) = place.name.rsplit_once(' ') else { return };
    let letters: String = state.chars().filter(|c| *c != '.').collect();
    let two = letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_uppercase());
    if two && pack::place(&letters).and_then(|known| known.area).is_some_and(|area| pack::region(area).is_some()) {
        place.qualifier = Some(state.to_owned());
        place.name.truncate(name.len());
    }
}

/// The words of one name from token `i` on.
fn run(head: &Head, i: usize, context: &Context) -> Option<Run> {
    let wires = &context.packs.wires;
    let mut end = i;
    while end - i < LONGEST_WORDS && head.is(end, Kind::Word) {
        let word = head.word(end);
        let first = end == i;
        if date::at(head, end, context).is_some() {
            break;
        }
        if !is_name_word(word) && (first || !wires.is_particle(word)) {
            // `New orla`: a slip of the key in a name that the packs know.
            let slip = end == i + 1 && pack::place(head.slice(i, end + 1)).is_some_and(|known| known.city);
            if !slip {
                break;
            }
        }
        // `Orla CNN — `: a bare agency ends the name.
        if !first && head.spaced(end) && head.is(end + 1, Kind::Dash) && wires.agency(word).is_some() {
            break;
        }
        // `أبوظبي في 14 مايو`
        if !first && wires.is_before_dates(word) && head.is(end + 1, Kind::Number) {
            break;
        }
        end += 1;
        // `ST. ORLA`, `F. E. WARREN`, `Ft. Orla`: the dot of an abbreviation inside the name.
        if head.is(end, Kind::Dot) && !head.spaced(end) && head.is(end + 1, Kind::Word) {
            let short = word.chars().count() <= 2 || wires.is_short_name(word);
            if short && date::at(head, end + 1, context).is_none() && (head.spaced(end + 1) || word.len() <= 2) {
                end += 1;
            }
        }
    }
    (end > i && head.is(end - 1, Kind::Word)).then_some(Run { first: i, end })
}

/// A part after a comma, and the token after it: a state or country, its abbreviation's dot with it.
fn qualifier(head: &Head, i: usize, context: &Context) -> Option<(Run, usize)> {
    if date::at(head, i, context).is_some() || context.packs.is_weekday(head.word(i)) {
        return None;
    }
    let mut part = run(head, i, context)?;
    let text = head.slice(part.first, part.end);
    if is_domain(text, context) || context.packs.wires.agency(text).is_some() && pack::place(text).is_none() {
        return None;
    }
    let dot = part.end;
    if head.is(dot, Kind::Dot) && !head.spaced(dot) {
        let known = pack::place(text).is_some() || text.contains('.');
        let after = dot + 1;
        // `Orla, Calif.--(WIRE)` against `ORLA, HONDURAS.- `: a hyphen alone, glued, is the separator's dot.
        let goes_on = match head.kind(after) {
            Some(Kind::Comma | Kind::Open | Kind::Slash) => true,
            Some(Kind::Other) => is_bullet(head.word(after)),
            Some(Kind::Dash | Kind::Pipe) => {
                head.spaced(after) || (known && text.chars().count() <= 5) || head.word(after) != "-"
            }
            Some(Kind::Word | Kind::Number) => {
                date::at(head, after, context).is_some() || context.packs.wires.is_joiner(head.word(after))
            }
            _ => false,
        };
        if goes_on {
            part.end += 1;
        }
    }
    Some((part, part.end))
}

/// True for a word that can open a name: a capital, or a script without capitals.
fn is_name_word(word: &str) -> bool {
    let mut chars = word.chars();
    match chars.next() {
        Some(c) if is_small(c) => {
            // `al-Orla`, `d'Orla`
            word.split(['-', '\'', '\u{2019}'])
                .nth(1)
                .and_then(|rest| rest.chars().next())
                .is_some_and(char::is_uppercase)
        }
        Some(c) => c.is_alphabetic(),
        None => false,
    }
}
