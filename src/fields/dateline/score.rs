//! Decides whether what was read is a dateline, and how sure that is.

use super::tail::{Separator, separator};
use super::{LONGEST, Name, Parts, Reading};
use crate::fields::Context;
use crate::fields::date::{self, DateMatch as Found};
use crate::fields::place::{Places, is_domain};
use crate::fields::tokens::{Head, Kind, is_small, is_title_case};
use crate::pack;
use crate::text::part::PartOf;
use crate::text::sentence::{ends_sentence, is_closing, is_stop};

/// The dateline that was read, when it is one.
pub(super) fn score(head: &Head, reading: Reading, cut: bool, context: &Context) -> Option<Parts> {
    let (separator, story) = separator(head, reading.next);
    if reading.is_bare() && !reading.by_staff && !may_end_here(&reading.places, separator) {
        return None;
    }
    let end = head.start(story);
    if head.text.part(..end).chars().nth(LONGEST).is_some() {
        return None;
    }
    let rest = Rest::new(head, story, cut, context);
    let sure = date_or_wire(&reading);
    // `Hamburg (HSV) - Kiel (KSV) 1:2`, `Ada Brandt, Kaduna — `
    if !sure && (is_a_score(head, story) || is_a_reporter(&reading.places, context)) {
        return None;
    }
    let Reading { date, agency, .. } = &reading;
    let score = if let Some(agency) = agency {
        with_agency(head, &reading, agency, separator, &rest, context)?
    } else if let Some((found, _)) = date {
        with_date(head, &reading, *found, separator, story, &rest, context)?
    } else {
        bare(head, &reading, separator, story, &rest, context)?
    };
    let date = date.as_ref().map(|(found, span)| found.partial(head.text.part(span.range()), context));
    let agency = reading.agency.map(|name| name.text);
    Some(Parts { places: reading.places, date, agency, end, score })
}

/// Whether a date or a known agency was read.
fn date_or_wire(reading: &Reading) -> bool {
    reading.date.is_some() || reading.agency.as_ref().is_some_and(|agency| agency.known)
}

/// Whether two play each other: a bracket and a score stand soon behind.
fn is_a_score(head: &Head, story: usize) -> bool {
    let mut opened = false;
    head.tokens(story).take(10).any(|(at, token)| {
        opened |= token.kind == Kind::Open;
        let goals = token.kind == Kind::Colon && !head.spaced(at) && !head.spaced(at + 1);
        opened && goals && at > story && head.is(at - 1, Kind::Number) && head.is(at + 1, Kind::Number)
    })
}

/// Whether the first name is a person's, and the place the one where that person is: two or three words that nobody knows for a
/// place, none of them in capitals, and a city where a state would stand. American cities share their names with states.
fn is_a_reporter(places: &Places, context: &Context) -> bool {
    let [place] = &places.places[..] else { return false };
    let city = place.qualifier.as_deref().and_then(|qualifier| pack::place(qualifier.split(',').next()?.trim()));
    let Some(city) = city.filter(|known| known.city) else { return false };
    let wires = &context.packs.wires;
    let words = || place.name.split(' ');
    let named = words().all(is_title_case);
    let placed = words().any(|word| wires.is_place_word(word) || wires.is_particle(word));
    let american = city.area.is_some_and(|area| wires.is_named_as_people(pack::country(area)));
    (2..=3).contains(&words().count()) && named && !placed && !american && pack::place(&place.name).is_none()
}

/// Whether this separator may stand behind places and nothing else. It is asked before the story is looked at, which costs
/// more.
fn may_end_here(places: &Places, separator: Separator) -> bool {
    let known = places.known_city || places.known_qualifier;
    match separator {
        Separator::Dash | Separator::DotDash | Separator::Dot => known || places.caps,
        Separator::Colon => places.known_city,
        Separator::Pipe => known,
        Separator::Bullet => known || places.caps,
        Separator::Slash | Separator::None => false,
    }
}

/// The story behind a dateline.
struct Rest {
    empty: bool,
    /// Opens as a sentence does: no small letter.
    opens: bool,
    /// Nearly every longer word has a capital.
    headline: bool,
    /// No small letter in it.
    shouts: bool,
    /// Long enough for a paragraph, or ends as a sentence does.
    sentence: bool,
    /// Ends with a stop.
    stopped: bool,
    /// Words of its first sentence, as far as they are counted.
    words: usize,
    /// Opens with a word that may be a name: newspapers do not write it small.
    named: bool,
    /// Opens with a quotation mark.
    quoted: bool,
    /// A second dash stands soon behind the first.
    aside: bool,
}

/// Words of a sentence that are counted.
const COUNTED: usize = 12;

impl Rest {
    fn new(head: &Head, story: usize, cut: bool, context: &Context) -> Self {
        let text = head.text.part(head.start(story)..);
        let words = || head.tokens(story).map(|(_, token)| token).filter(|token| token.kind == Kind::Word);
        let first_letter = text.chars().find(|c| c.is_alphanumeric());
        let (mut long, mut capital) = (0, 0);
        for token in words().skip(1).take(14) {
            let word = head.text.part(token.start..token.end);
            if word.chars().count() >= 4 {
                long += 1;
                capital += usize::from(word.chars().next().is_some_and(char::is_uppercase));
            }
        }
        let cased = text.chars().any(char::is_uppercase);
        // The dots of `U.N.` and `St.` end no sentence.
        let stops = |at: usize, kind: Kind| {
            let before = if at > story { head.word(at - 1) } else { "" };
            let short = before.contains('.') || before.chars().count() <= 2 && !before.chars().any(char::is_lowercase);
            kind == Kind::Dot && head.spaced(at + 1) && !short
        };
        let sentence = head.tokens(story).take_while(|(at, token)| !stops(*at, token.kind));
        Self {
            empty: text.trim().is_empty(),
            opens: first_letter.is_some_and(|c| !is_small(c)) || opens_as_a_brand(text),
            headline: long >= 3 && capital * 10 >= long * 8,
            shouts: cased && !text.chars().any(char::is_lowercase),
            sentence: cut || text.trim_end().ends_with(|c| is_stop(c) || is_closing(c) || c == ':') || text.len() > 160,
            stopped: cut || ends_sentence(text),
            words: sentence.filter(|(_, token)| token.kind == Kind::Word).take(COUNTED).count(),
            named: is_title_case(head.word(story)) && !context.packs.wires.is_common_word(head.word(story)),
            quoted: head.is(story, Kind::Quote),
            aside: has_second_dash(head, story),
        }
    }

    /// Says something in a sentence of its own.
    fn tells(&self) -> bool {
        self.sentence && self.words >= 5
    }
}

/// `iPhone`: a small letter, then a capital.
fn opens_as_a_brand(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_lowercase) && letters.next().is_some_and(char::is_uppercase)
}

/// Another dash soon behind the first, with no end of a sentence between: an aside, no dateline.
fn has_second_dash(head: &Head, story: usize) -> bool {
    let near = head.tokens(story).take(16);
    near.take_while(|(at, token)| !(token.kind == Kind::Dot && head.spaced(at + 1)))
        .any(|(_, token)| token.kind == Kind::Dash && token.spaced)
}

fn with_agency(
    head: &Head,
    reading: &Reading,
    agency: &Name,
    separator: Separator,
    rest: &Rest,
    context: &Context,
) -> Option<f32> {
    let wires = &context.packs.wires;
    let Places { caps, known_city, known_qualifier, cased, ref places, .. } = reading.places;
    let named = !places.is_empty();
    let dated = reading.date.is_some();
    if agency.known && rest.shouts {
        return None;
    }
    let first = places.first().map_or("", |place| place.name.as_str());
    if named && (wires.is_kicker(first) || wires.is_organisation(first) && !known_city) {
        return None;
    }
    let one_word = named && !first.contains(' ');
    // `QLM (NYX) — `: a ticker.
    let unknown = named
        && !agency.known
        && !dated
        && places.first().is_none_or(|place| place.country.is_none())
        && !known_city
        && !known_qualifier;
    let tiny = unknown && first.chars().count() <= 3;
    match separator {
        _ if tiny => None,
        // `NASA — which runs the bridge — said`: a bare name may open an aside.
        Separator::Dash | Separator::DotDash if !agency.marked && !named && !dated => {
            let known = agency.known || is_domain(&agency.text, context);
            (rest.opens && rest.sentence && !rest.aside && !rest.headline && (known || rest.words >= 8)).then_some(0.8)
        }
        Separator::Dash | Separator::DotDash if agency.known => Some(0.99),
        Separator::Dash | Separator::DotDash if named || dated => {
            let domain = is_domain(&agency.text, context) && one_word;
            if dated || domain || (caps || known_city || known_qualifier) && rest.sentence {
                return Some(0.97);
            }
            // `Name (Party) - `, `Film (Germany) - `: a lower-case or short word in the brackets is an agency.
            // A company and its ticker have several words: `Orla Inc (ORL) - `.
            let small = !agency.text.contains(char::is_uppercase);
            let short = small || one_word && agency.text.chars().count() <= 5;
            let body = wires.is_organisation(&agency.text);
            (short && !body && rest.opens && !rest.headline && rest.sentence && cased).then_some(0.8)
        }
        Separator::Dash | Separator::DotDash => (agency.text.chars().next().is_some_and(char::is_uppercase)
            && rest.opens
            && rest.sentence
            && !rest.headline)
            .then_some(0.7),
        Separator::Colon if agency.known && (named || dated) => Some(0.95),
        // `（ブルームバーグ）：`
        Separator::Colon if agency.known && agency.marked => rest.tells().then_some(0.9),
        Separator::Colon if agency.marked && known_city => (rest.opens && rest.tells()).then_some(0.85),
        Separator::Dot if agency.known => Some(0.97),
        Separator::Dot if named => {
            let short = agency.text.chars().count() <= 12 && agency.marked && !agency.text.contains(' ');
            (short && rest.opens && rest.sentence && (caps || agency.text.chars().all(|c| !c.is_uppercase())))
                .then_some(0.8)
        }
        Separator::Slash => (agency.marked && dated && rest.opens && (agency.known || named)).then_some(0.97),
        Separator::None if rest.empty => (agency.known && agency.marked && (named && dated)).then_some(0.9),
        // `Jordan (Reuters) Smith`: nothing ends the dateline, and a name goes on.
        Separator::None if named && !dated && !caps && !known_city && !known_qualifier && one_word && rest.named => {
            None
        }
        Separator::None if agency.known && agency.marked && rest.opens => {
            // Behind a bracket a story may follow at once; a name before it may also be an aside: `Orla (AP) said`.
            Some(if named && !dated && !reading.agency_first { 0.9 } else { 0.95 })
        }
        Separator::None if agency.known && named && (dated || known_city) => {
            // `حلب-سانا`, `Baku, June 12, AZERTAC `
            (rest.opens && rest.tells()).then_some(0.85)
        }
        Separator::None if agency.marked && rest.opens && dated && named => {
            (caps || known_city || known_qualifier || one_word).then_some(0.85)
        }
        // `TULSA, Okla. (KQLL) The mayor said`: a station's letters behind a state.
        Separator::None if caps && known_qualifier && agency.marked && rest.opens && !rest.headline => {
            let letters = agency.text.bytes().all(|byte| byte.is_ascii_uppercase());
            (letters && (3..=5).contains(&agency.text.len()) && rest.tells()).then_some(0.85)
        }
        Separator::None if reading.agency_first && rest.opens && rest.sentence && !rest.headline => {
            let word = |w: &str| wires.is_agency_word(w);
            let source = agency.text.split(' ').skip(1).any(word) || is_run_together(&agency.text, context);
            (source && head.text.len() > 80).then_some(0.7)
        }
        _ => None,
    }
}

/// `NaturalNews`, `Orla.com`: a name that only a source is written like.
fn is_run_together(name: &str, context: &Context) -> bool {
    let mut before = ' ';
    let mut inner = 0;
    for c in name.chars() {
        inner += usize::from(c.is_uppercase() && before.is_lowercase());
        before = c;
    }
    !name.contains(' ') && (inner > 0 || is_domain(name, context))
}

fn with_date(
    head: &Head,
    reading: &Reading,
    found: Found,
    separator: Separator,
    story: usize,
    rest: &Rest,
    context: &Context,
) -> Option<f32> {
    let places = &reading.places;
    let named = !places.places.is_empty();
    let bracketed = head.is(0, Kind::Open);
    let sure = places.caps || places.known_city || places.known_qualifier;
    if rest.empty && !places.caps && !places.known_city {
        return None;
    }
    if named
        && !places.known_qualifier
        && places.places.first().is_some_and(|place| context.packs.wires.is_kicker(&place.name))
    {
        return None;
    }
    match separator {
        Separator::Dash | Separator::DotDash if !named => (bracketed && rest.opens).then_some(0.85),
        Separator::Dash | Separator::DotDash => {
            // A span of days: `Orla, March 3 - 5`, `Orla, March 3 - April 2`.
            if head.is(story, Kind::Number) && head.number(story).is_some_and(|n| n <= 31) && !places.caps {
                return None;
            }
            if sure {
                return Some(0.98);
            }
            // `Nora Quill, 4 May 2020 - I was there`: who wrote a letter or a comment.
            if opens_speech(head, story, context) {
                return None;
            }
            (rest.opens && !rest.shouts || rest.sentence).then_some(0.9)
        }
        Separator::Colon if named && !reading.dash_before_date => (rest.opens && rest.sentence && sure).then_some(0.85),
        Separator::Dot if named && found.year.is_some() => {
            (rest.opens && rest.sentence && !rest.headline).then_some(0.85)
        }
        // `Lima, jun. 9. `
        Separator::Dot if named && found.day.is_some() && !reading.dash_before_date => {
            (sure && rest.opens && rest.tells() && !rest.headline).then_some(0.8)
        }
        Separator::None if named && head.is(reading.next.saturating_sub(1), Kind::Dot) && found.year.is_some() => {
            (rest.opens && rest.sentence).then_some(0.8)
        }
        // The dot of a shortened month or year: `Lima, 9 jun. `
        Separator::None if named && head.is(reading.next.saturating_sub(1), Kind::Dot) => {
            (sure && rest.opens && rest.tells() && !rest.headline).then_some(0.75)
        }
        _ => None,
    }
}

/// Places and a separator, nothing else.
fn bare(
    head: &Head,
    reading: &Reading,
    separator: Separator,
    story: usize,
    rest: &Rest,
    context: &Context,
) -> Option<f32> {
    let wires = &context.packs.wires;
    let places = &reading.places;
    let name = &places.places.first()?.name;
    let words = name.split_whitespace().count();
    // `READING`, `MOBILE`: a city, and a word that heads a column.
    let bare = places.places.first().is_none_or(|place| place.qualifier.is_none());
    let word = words == 1 && bare && wires.is_common_word(name);
    let known = places.famous || places.known_city && !word;
    let organisation = wires.is_organisation(name) && !known && !places.known_qualifier;
    if rest.shouts || wires.is_kicker(name) || organisation || context.packs.is_month(name) {
        return None;
    }
    if rest.empty {
        let own_line = places.caps && (known || places.known_qualifier || name.len() >= 5);
        return (own_line && separator == Separator::Dash).then_some(0.6);
    }
    // A caption: `CITY, STATE - MAY 4: A man walks`.
    if !rest.opens || date::at(head, story, context).is_some() {
        return None;
    }
    // Where English is spoken towns are called as people are.
    let country = places.places.first().and_then(|place| place.country.as_deref());
    let no_name_of_people = known && (!places.cased || country.is_some_and(|code| !wires.is_named_as_people(code)));
    let speaks = opens_speech(head, story, context);
    if reading.by_staff {
        let ends = matches!(separator, Separator::Colon | Separator::Dash | Separator::DotDash);
        return (ends && (places.caps || known) && rest.tells() && !rest.headline).then_some(0.9);
    }
    match separator {
        Separator::Dash | Separator::DotDash => {
            if places.caps && (known || places.known_qualifier) {
                // `PARIS - 12.5 - 13.1`, `LONDON – Full time`: a row of a table.
                return (rest.sentence || rest.words >= 8 || places.known_qualifier).then_some(0.97);
            }
            if places.caps {
                let letters = name.chars().filter(|c| c.is_alphabetic()).count();
                let wide = head.word(story - 1) != "-" || head.spaced(story - 1);
                let long = letters >= 5 && words <= 5;
                let plain = long && wide && rest.sentence && !rest.headline;
                let several = places.places.len() > 1 || !bare;
                return (plain && !speaks && may_be_a_place(name, context)).then_some(if several {
                    0.85
                } else {
                    0.75
                });
            }
            if !places.cased {
                return (known && rest.tells() && !rest.aside).then_some(0.8);
            }
            if places.known_qualifier {
                // `Ann Orla, Chicago – “I saw it.”`: a voice from the street.
                return (rest.sentence && !rest.aside && !rest.quoted && words <= 4).then_some(0.85);
            }
            ((places.famous || no_name_of_people) && rest.tells() && !rest.aside && !rest.headline).then_some(0.8)
        }
        // `CHELSEA: Of course`
        Separator::Colon if speaks || wires.is_organisation(name) => None,
        Separator::Colon if places.caps && places.famous || no_name_of_people && (places.caps || !places.cased) => {
            (rest.sentence && !rest.headline).then_some(0.85)
        }
        // `Lagos: `
        Separator::Colon
            if places.famous
                && no_name_of_people
                && rest.tells()
                && rest.stopped
                && rest.words >= 8
                && !rest.headline
                && !rest.aside =>
        {
            Some(0.65)
        }
        Separator::Colon if places.famous => (rest.sentence && !rest.headline && head.text.len() > 160).then_some(0.65),
        Separator::Bullet => {
            let sure = known || places.known_qualifier || places.caps && may_be_a_place(name, context);
            (sure && rest.tells() && !rest.headline && !speaks).then_some(0.8)
        }
        Separator::Pipe => ((known || places.known_qualifier) && rest.sentence && !rest.headline).then_some(0.75),
        Separator::Dot if places.caps || places.known_city => {
            // `Berlin. Der Senat`
            let language = context.lang.and_then(|lang| context.packs.language(lang));
            let with_stop =
                language.is_some_and(|pack| pack.dateline.full_stop) && words == 1 && name.chars().count() >= 4;
            let sure = places.famous || known && !places.cased || with_stop && (known || places.caps && !word);
            (sure && words <= 3 && rest.tells() && !rest.headline).then_some(0.7)
        }
        _ => None,
    }
}

/// Whether somebody speaks: `CHELSEA: I think`.
fn opens_speech(head: &Head, story: usize, context: &Context) -> bool {
    let first = story + usize::from(head.is(story, Kind::Quote));
    head.is(first, Kind::Word) && context.packs.wires.opens_speech(head.word(first))
}

/// Whether a name in capitals that nobody knows may be a place: no word that newspapers write small, and of several words
/// one that makes it a place's.
fn may_be_a_place(name: &str, context: &Context) -> bool {
    let wires = &context.packs.wires;
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    if words.iter().all(|word| wires.is_common_word(word) || wires.is_kicker(word)) {
        return false;
    }
    let ends = [words.first(), words.last()];
    let inside = words.iter().skip(1).any(|word| wires.is_particle(word));
    words.len() == 1
        || name.contains(['-', '.'])
        || inside
        || ends.into_iter().flatten().any(|word| wires.is_place_word(word))
}
