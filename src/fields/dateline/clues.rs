//! What speaks for and against what was read being a dateline: [`Clues`], which [`decide`](super::decide) weighs.

use super::tail::{Separator, separator};
use super::{LONGEST_CHARS, Name, Parts, Reading};
use crate::document::{Clue, Clues};
use crate::fields::Context;
use crate::fields::date::{self, DateMatch};
use crate::fields::place::{Places, is_domain};
use crate::fields::tokens::{Head, Kind, is_small, is_title_case};
use crate::pack;
use crate::text::part::PartOf;
use crate::text::sentence::{ends_sentence, is_closing, is_stop};

/// What was read, with its clues; `None` where the grammar has no such dateline.
pub(super) fn observed(head: &Head, reading: Reading, cut: bool, context: &Context) -> Option<Parts> {
    let (separator, story) = separator(head, reading.next);
    if !may_end_here(&reading, separator) {
        return None;
    }
    let end = head.start(story);
    if head.text.part(..end).chars().nth(LONGEST_CHARS).is_some() {
        return None;
    }
    // `Hamburg (HSV) - Kiel (KSV) 1:2`, `Ada Brandt, Kaduna — `
    if !date_or_wire(&reading) && (is_a_score(head, story) || is_a_reporter(&reading.places, context)) {
        return None;
    }
    let mut clues = clues_of(head, &reading, context);
    separator_clues(&mut clues, head, separator, story, context);
    story_clues(&mut clues, head, story, cut, context);
    Some(Parts::of(head, reading, end, clues, context))
}

/// The clues in what was read, whatever stands after it.
pub(super) fn clues_of(head: &Head, reading: &Reading, context: &Context) -> Clues {
    let mut clues = Clues::default();
    clues.set(Clue::PlaceAlone, reading.is_bare());
    clues.set(Clue::Staff, reading.by_staff);
    if let Some(agency) = &reading.agency {
        agency_clues(&mut clues, agency, context);
        clues.set(Clue::AgencyFirst, reading.agency_first);
    }
    if let Some((found, _)) = &reading.date {
        clues.set(Clue::DateAlone, reading.agency.is_none());
        date_clues(&mut clues, head, reading, found);
    }
    place_clues(&mut clues, &reading.places, context);
    clues
}

fn agency_clues(clues: &mut Clues, agency: &Name, context: &Context) {
    let wires = &context.packs.wires;
    let name = &*agency.text;
    let letters = name.chars().count();
    let one_word = !name.contains(' ');
    let is_source = name.split(' ').skip(1).any(|word| wires.is_agency_word(word)) || is_run_together(name, context);
    clues.set(Clue::KnownAgency, agency.known);
    clues.set(Clue::UnknownAgency, !agency.known);
    clues.set(Clue::MarkedAgency, agency.marked);
    clues.set(Clue::SourceName, is_source);
    clues.set(Clue::SmallAgency, !name.contains(char::is_uppercase));
    clues.set(Clue::ShortAgency, letters <= 5);
    clues.set(Clue::OneWordAgency, one_word && letters <= 12);
    clues.set(Clue::CallLetters, (3..=5).contains(&letters) && name.bytes().all(|byte| byte.is_ascii_uppercase()));
    clues.set(Clue::BodyForAgency, wires.is_organisation(name));
}

fn date_clues(clues: &mut Clues, head: &Head, reading: &Reading, found: &DateMatch) {
    clues.set(Clue::Date, true);
    clues.set(Clue::Year, found.year.is_some());
    clues.set(Clue::Day, found.day.is_some());
    clues.set(Clue::DateInBrackets, head.is(0, Kind::Open));
    clues.set(Clue::DateAfterDash, reading.dash_before_date);
    clues.set(Clue::ShortenedDate, head.is(reading.next.saturating_sub(1), Kind::Dot));
}

fn place_clues(clues: &mut Clues, places: &Places, context: &Context) {
    let wires = &context.packs.wires;
    let Some(place) = places.places.first() else { return clues.set(Clue::NoPlace, true) };
    let name = &*place.name;
    let words = name.split_whitespace().count();
    let common = words == 1 && wires.is_common_word(name);
    // `MOBILE`, `READING`
    let known = places.famous || places.known_city && !(common && place.qualifier.is_none());
    // Where English is spoken towns are called as people are.
    let as_people = || place.country.as_deref().is_none_or(|code| wires.is_named_as_people(code));
    clues.set(Clue::Capitals, places.caps);
    clues.set(Clue::KnownCity, known);
    clues.set(Clue::Famous, places.famous);
    clues.set(Clue::KnownArea, places.known_qualifier);
    clues.set(Clue::Qualifier, place.qualifier.is_some());
    clues.set(Clue::Country, place.country.is_some());
    clues.set(Clue::Uncased, !places.cased);
    clues.set(Clue::Several, places.places.len() > 1);
    clues.set(Clue::OneWord, words == 1);
    clues.set(Clue::FourWords, words >= 4);
    clues.set(Clue::SixWords, words >= 6);
    clues.set(Clue::ThreeLetters, name.chars().count() <= 3);
    clues.set(Clue::FourLetters, name.chars().filter(|c| c.is_alphabetic()).count() <= 4);
    clues.set(Clue::CommonWord, common);
    clues.set(Clue::Kicker, wires.is_kicker(name));
    clues.set(Clue::Organisation, wires.is_organisation(name));
    clues.set(Clue::Month, context.packs.is_month(name));
    clues.set(Clue::PlaceShape, has_a_places_shape(name, context));
    clues.set(Clue::NoPersonsName, known && (!places.cased || !as_people()));
}

/// The clues in what ends it; the story begins at token `story`.
pub(super) fn separator_clues(clues: &mut Clues, head: &Head, separator: Separator, story: usize, context: &Context) {
    let clue = match separator {
        Separator::Dash => Clue::Dash,
        Separator::DotDash => Clue::StopDash,
        Separator::Dot => Clue::Stop,
        Separator::Colon => Clue::Colon,
        Separator::Pipe => Clue::Bar,
        Separator::Slash => Clue::Slash,
        Separator::Bullet => Clue::Bullet,
        Separator::None => Clue::NoMark,
    };
    clues.set(clue, true);
    let is_known = clues.has(Clue::KnownCity) || clues.has(Clue::KnownArea);
    let dash = matches!(separator, Separator::Dash | Separator::DotDash);
    clues.set(Clue::WireStyle, clues.has(Clue::Capitals) && is_known && dash);
    let mark = story.saturating_sub(1);
    clues.set(Clue::Hyphen, separator == Separator::Dash && head.word(mark) == "-" && !head.spaced(mark));
    let usual =
        || context.lang.and_then(|lang| context.packs.language(lang)).is_some_and(|pack| pack.dateline.full_stop);
    clues.set(Clue::StopIsUsual, separator == Separator::Dot && usual());
}

/// Whether this separator may stand after what was read: after places and nothing else, only where they are known or in capitals.
/// It is asked before the story is looked at, which costs more.
fn may_end_here(reading: &Reading, separator: Separator) -> bool {
    let places = &reading.places;
    let ends = !matches!(separator, Separator::Slash | Separator::None);
    let known = places.known_city || places.known_qualifier || places.caps || reading.by_staff;
    !reading.is_bare() || ends && known && !places.places.is_empty()
}

/// Whether a date or a known agency was read.
fn date_or_wire(reading: &Reading) -> bool {
    reading.date.is_some() || reading.agency.as_ref().is_some_and(|agency| agency.known)
}

/// Whether two play each other: a bracket and a score stand soon after.
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

/// Words of a sentence that are counted.
const COUNTED: usize = 12;

/// The clues in the story, which begins at token `story`; `cut` says that more of it stands after what is looked at.
fn story_clues(clues: &mut Clues, head: &Head, story: usize, cut: bool, context: &Context) {
    let text = head.text.part(head.start(story)..);
    if text.trim().is_empty() {
        return clues.set(Clue::Nothing, true);
    }
    let first_letter = text.chars().find(|c| c.is_alphanumeric());
    let opens = first_letter.is_some_and(|c| !is_small(c)) || opens_as_a_brand(text);
    let sentence = cut || text.trim_end().ends_with(|c| is_stop(c) || is_closing(c) || c == ':') || text.len() > 160;
    let words = words_of_sentence(head, story);
    let shouts = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    let first = head.word(story);
    clues.set(Clue::SmallStart, !opens);
    clues.set(Clue::Headline, has_capitals_throughout(head, story));
    clues.set(Clue::Shouts, shouts);
    clues.set(Clue::Sentence, sentence);
    clues.set(Clue::EndStop, cut || ends_sentence(text));
    clues.set(Clue::Tells, sentence && words >= 5);
    clues.set(Clue::EightWords, words >= 8);
    clues.set(Clue::Long, head.text.len() > 160);
    clues.set(Clue::Name, is_title_case(first) && !context.packs.wires.is_common_word(first));
    clues.set(Clue::Quote, head.is(story, Kind::Quote));
    // What agencies and papers write in capitals is no part of a sentence.
    clues.set(Clue::Aside, !clues.has(Clue::Capitals) && has_second_dash(head, story));
    clues.set(Clue::Speech, opens_speech(head, story, context));
    clues.set(Clue::DateAfter, date::at(head, story, context).is_some());
    clues.set(Clue::DayAfter, head.number(story).is_some_and(|day| day <= 31));
}

/// Words of the sentence that begins at token `story`, as far as they are counted.
fn words_of_sentence(head: &Head, story: usize) -> usize {
    // The dots of `U.N.` and `St.` end no sentence.
    let stops = |at: usize, kind: Kind| {
        let before = if at > story { head.word(at - 1) } else { "" };
        let short = before.contains('.') || before.chars().count() <= 2 && !before.chars().any(char::is_lowercase);
        kind == Kind::Dot && head.spaced(at + 1) && !short
    };
    let sentence = head.tokens(story).take_while(|(at, token)| !stops(*at, token.kind));
    sentence.filter(|(_, token)| token.kind == Kind::Word).take(COUNTED).count()
}

/// Whether nearly every longer word has a capital.
fn has_capitals_throughout(head: &Head, story: usize) -> bool {
    let words = head.tokens(story).filter(|(_, token)| token.kind == Kind::Word);
    let (mut long, mut capital) = (0, 0);
    for (at, _) in words.skip(1).take(14) {
        let word = head.word(at);
        if word.chars().nth(3).is_some() {
            long += 1;
            capital += usize::from(word.starts_with(char::is_uppercase));
        }
    }
    long >= 3 && capital * 10 >= long * 8
}

/// `iPhone`: a small letter, then a capital.
fn opens_as_a_brand(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_lowercase) && letters.next().is_some_and(char::is_uppercase)
}

/// Another dash soon after the first, with no end of a sentence between: an aside, no dateline.
fn has_second_dash(head: &Head, story: usize) -> bool {
    let near = head.tokens(story).take(16);
    near.take_while(|(at, token)| !(token.kind == Kind::Dot && head.spaced(at + 1)))
        .any(|(_, token)| token.kind == Kind::Dash && token.spaced)
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

/// Whether somebody speaks: `CHELSEA: I think`.
fn opens_speech(head: &Head, story: usize, context: &Context) -> bool {
    let first = story + usize::from(head.is(story, Kind::Quote));
    head.is(first, Kind::Word) && context.packs.wires.opens_speech(head.word(first))
}

/// Whether a name that nobody knows may be a place's: no word that newspapers write small, and of several words one that makes it a
/// place's.
fn has_a_places_shape(name: &str, context: &Context) -> bool {
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
