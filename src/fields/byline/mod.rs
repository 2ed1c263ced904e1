//! Who wrote the story: people, what they are and did, whom they write for; agencies.

use self::cut::{Cut, joined};
use self::known::Known;
use self::segments::{Before, breaks, segments};
use self::split::Join;
use super::timestamp::stretches;
use super::tokens::window;
use super::unglue::Unglued;
use super::{Context, phrase};
use crate::document::{Byline, Part, Person};
use crate::offsets::Span;
use crate::text::part::PartOf;

mod asia;
mod cut;
mod known;
mod opener;
mod piece;
mod segments;
mod split;
#[cfg(test)]
mod tests;
mod words;

/// Of a line, so many characters can be a byline.
const LIMIT: usize = 400;
/// A name of one word has no more bytes.
const LONGEST_WORD_BYTES: usize = 60;
/// More lines are none.
const MOST_LINES: usize = 12;
/// More people are none.
const MOST_PEOPLE: usize = 40;

/// The byline in lines labelled as one, each with where it begins; `None` when they name nobody. `labelled`: a model says that
/// it is a byline, so that a line of one word or of initials is somebody.
pub(crate) fn byline(lines: &[(usize, &str)], labelled: bool, context: &Context) -> Option<Byline> {
    let mut reader = Reader {
        known: Known::of(lines.part(..lines.len().min(MOST_LINES)), context),
        people: Vec::new(),
        agencies: Vec::new(),
        waiting: None,
    };
    for (at, line) in lines.iter().take(MOST_LINES) {
        reader.line(*at, window(line, LIMIT));
    }
    if labelled && reader.people.is_empty() && reader.agencies.is_empty() {
        reader.take_alone(lines);
    }
    let Reader { people, agencies, .. } = reader;
    if people.is_empty() && agencies.is_empty() {
        return None;
    }
    let text = lines.iter().map(|(_, line)| line.trim()).collect::<Vec<_>>().join("\n");
    let start = |(at, line): &(usize, &str)| at + (line.len() - line.trim_start().len());
    let end = |line: &(usize, &str)| start(line) + line.1.trim().len();
    Some(Byline {
        text,
        span: Span::new(lines.first().map_or(0, start), lines.last().map_or(0, end)),
        people,
        agencies,
    })
}

/// Whether a name is one of writers who are not named, or of a paper: "Editorial Team".
pub(crate) fn is_team(name: &str, context: &Context) -> bool {
    let known = Known::of(&[(0, name)], context);
    words::is_nobody(name, &known)
        || name.split_whitespace().any(|word| words::is_staff(word, &known) || words::is_outlet(word, &known))
}

struct Reader<'a> {
    known: Known<'a>,
    people: Vec<Person>,
    agencies: Vec<String>,
    /// A lead with no name after it: the name is on the next line, or after a bar.
    waiting: Option<Waiting>,
}

/// A lead that waits for its name.
#[derive(Debug)]
struct Waiting {
    part: Part,
    task: Option<String>,
    /// For the rest of the line alone: something stood after the lead that was no name.
    here: bool,
}

/// The segment that is being read.
#[derive(Clone, Copy, Debug)]
struct Segment<'t> {
    /// The line it is of.
    line: Cut<'t>,
    /// The people from here on are of this segment.
    first: usize,
    /// A word for "by" stands before it.
    led: bool,
    /// What people of it did.
    part: Part,
    /// After a bar, and a word for "by" stands before that: what follows is rather a paper than a person.
    aside: bool,
    /// The piece that is read is the first after the word for "by".
    opens: bool,
    /// It stands where people do: there, or beside an "and" after it.
    among: bool,
    /// The piece that is read stands in brackets after a name.
    beside: bool,
}

/// What the words before a name say.
#[derive(Debug)]
struct Lead<'t> {
    part: Part,
    /// "Additional reporting": the words, without "by".
    task: Option<String>,
    rest: Cut<'t>,
}

impl Reader<'_> {
    fn line(&mut self, start: usize, line: &str) {
        let apart = Unglued::new(line, ',', self.known.context);
        let whole = Cut { at: 0, text: &apart.text };
        let dates = breaks(&apart.text, stretches(&apart.text, self.known.context), &self.known);
        let first = self.people.len();
        let mut by = false;
        let mut before_it: Option<Part> = None;
        for (segment, before) in segments(whole, &dates, &self.known) {
            if let Some(part) = before_it.filter(|_| before == Before::Semicolon && self.waiting.is_none()) {
                self.waiting = Some(Waiting { part, task: None, here: true });
            }
            let among = self.people.len();
            by |= self.segment(whole, segment, before == Before::Bar && by);
            before_it = self.people.part(among..).last().map(|person| person.part).filter(|_| by);
        }
        self.waiting = self.waiting.take().filter(|waiting| !waiting.here);
        for person in self.people.get_mut(first..).unwrap_or_default() {
            let span = apart.back(person.span);
            person.span = Span::new(start + span.start, start + span.end);
        }
        self.merge();
    }

    /// `Jules`, `amw`: the only word there is.
    fn take_alone(&mut self, lines: &[(usize, &str)]) {
        let mut lines = lines.iter().filter(|(_, line)| !line.trim().is_empty());
        let (Some((start, line)), None) = (lines.next(), lines.next()) else { return };
        let cut = Cut { at: start + (line.len() - line.trim_start().len()), text: line.trim() };
        if cut.text.len() > LONGEST_WORD_BYTES {
            return;
        }
        let letters = cut.text.chars().filter(|c| c.is_alphabetic()).count();
        let lettered = cut.text.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-'));
        let small = cut.text.chars().all(|c| !c.is_uppercase());
        let cased = |c: char| c.is_lowercase() || c.is_uppercase();
        // A name has one capital; initials are up to four small letters.
        let name = letters > 2 && !small && cut.text.chars().skip(1).all(|c| !c.is_uppercase());
        let dotted = cut.text.ends_with('.') && cut.text.matches('.').count() == letters;
        let initials = (2..=4).contains(&letters) && (small || dotted);
        if lettered
            && cut.text.starts_with(cased)
            && (name || initials)
            && !words::is_listed(cut.text, &self.known)
            && !words::is_domain(cut.text)
            && crate::pack::place(cut.text).is_none()
            && !self.known.packs.wires.is_kicker(cut.text)
            && !(name && self.known.packs.wires.is_common_word(cut.text))
        {
            self.people.push(Person { name: cut.text.to_owned(), span: cut.span(), ..Person::default() });
        }
    }

    /// A person named twice is one; what is told the second time is added.
    fn merge(&mut self) {
        let mut people: Vec<Person> = Vec::with_capacity(self.people.len());
        for person in self.people.drain(..) {
            let same = |known: &&mut Person| known.name.to_lowercase() == person.name.to_lowercase();
            match people.iter_mut().find(same) {
                Some(known) => {
                    let role = person.role.filter(|_| known.part == person.part);
                    known.role = known.role.take().or(role);
                    known.organisation = known.organisation.take().or(person.organisation);
                    known.email = known.email.take().or(person.email);
                    known.handle = known.handle.take().or(person.handle);
                }
                None => people.push(person),
            }
        }
        self.people = people;
    }

    /// Reads a stretch between bars; returns whether it names people with a word for "by".
    fn segment(&mut self, line: Cut, segment: Cut, aside: bool) -> bool {
        let segment = segment.trim();
        if segment.text.is_empty() || self.people.len() >= MOST_PEOPLE {
            return false;
        }
        // `Source: Reuters`
        if let Some((word, rest)) = segment.text.split_once([':', '：'])
            && words::is_nobody(word, &self.known)
            && self.lead_at_start(segment.text, true).is_none()
        {
            self.segment(line, segment.from(segment.text.len() - rest.len()), true);
            return false;
        }
        // `Analysis: Ann Orla`
        if let Some((word, rest)) = segment.text.split_once([':', '：'])
            && self.known.packs.wires.is_kicker(word)
            && self.lead_at_start(segment.text, true).is_none()
        {
            return self.segment(line, segment.from(segment.text.len() - rest.len()), aside);
        }
        let waiting = self.waiting.take();
        let lead = self.lead(line, segment);
        if lead.as_ref().is_some_and(|lead| lead.rest.text.is_empty()) {
            self.waiting = lead.map(|lead| Waiting { part: lead.part, task: lead.task, here: false });
            return false;
        }
        if self.is_joiner(segment.text) {
            let part = self.people.last().map_or(Part::Author, |person| person.part);
            self.waiting = Some(Waiting { part, task: None, here: false });
            return false;
        }
        let rest = lead.as_ref().map_or(segment, |lead| lead.rest);
        let led = lead.is_some() || waiting.is_some();
        let (part, task) = match (lead, waiting) {
            // `Photographs` and, on the next line, `by Ann Orla`.
            (Some(lead), Some(waiting)) if lead.part == Part::Author => (waiting.part, waiting.task),
            (Some(lead), _) => (lead.part, lead.task),
            (None, Some(waiting)) => (waiting.part, waiting.task),
            (None, None) => (Part::Author, None),
        };
        let (rest, part) = match phrase::last(rest.text, &self.known.packs.reading.contributed) {
            Some(hit) => (rest.upto(hit.start), Part::Contributor),
            None => (rest, part),
        };
        let (first, agencies) = (self.people.len(), self.agencies.len());
        let mut segment =
            Segment { line, first, led, part, aside: aside && !led, opens: led, among: led, beside: false };
        if words::is_east_asian(rest.text) {
            self.east_asian(rest, &segment);
        } else if led || !self.is_aside(rest) {
            let pieces = self.pieces(rest);
            for (at, (piece, join)) in pieces.iter().copied().enumerate() {
                // `in News, Business`
                if at > 0 && self.is_place(piece.trim()) {
                    break;
                }
                segment.opens = led && at == 0;
                let joins = |join: &Join| *join == Join::And;
                segment.among =
                    segment.opens || led && (joins(&join) || pieces.get(at + 1).is_some_and(|(_, join)| joins(join)));
                // `By signing up, you agree`
                if segment.opens && self.is_sentence(piece.trim()) {
                    break;
                }
                segment.aside &= join != Join::And;
                segment.beside = join == Join::Open && self.people.len() > segment.first;
                if join == Join::With && segment.part == Part::Author {
                    segment.part = Part::Contributor;
                }
                self.take(piece, &segment);
            }
        }
        for person in self.people.get_mut(segment.first..).unwrap_or_default() {
            person.role = person.role.take().or_else(|| task.clone());
        }
        // `Translated from the Danish by Ann Orla`
        if self.people.len() == segment.first && part != Part::Author && self.agencies.len() == agencies {
            self.waiting = Some(Waiting { part, task, here: true });
        }
        led && self.people.len() > segment.first
    }

    /// A segment that begins with a small word is one of where the story stands: `in Business`.
    fn is_aside(&self, rest: Cut) -> bool {
        let words = rest.words();
        let Some(first) = words.first().map(|word| word.text) else { return true };
        let small = first.starts_with(char::is_lowercase) && !words::capital(first) && !rest.text.contains('@');
        let named = words.iter().skip(1).any(|word| words::is_role(word.text, &self.known));
        let with = &self.known.packs.reading.between_all.with;
        small
            && !named
            && !words::is_role(first, &self.known)
            && self.known.packs.wires.agency(rest.text).is_none()
            && phrase::longest_spoken(rest.text, with, self.known.spoken).is_none()
            && !self.known.packs.wires.is_name_particle(first)
            && !first.contains('/')
    }

    /// Begins with a small word for "in".
    fn is_place(&self, piece: Cut) -> bool {
        let place = &self.known.packs.reading.between_all.place;
        let len = phrase::longest_spoken(piece.text, place, self.known.spoken);
        piece.text.starts_with(char::is_lowercase)
            && len.is_some_and(|len| piece.text.part(len..).starts_with(char::is_whitespace))
    }

    /// Small words, where a name is to be.
    fn is_sentence(&self, piece: Cut) -> bool {
        let words = piece.words();
        let small = |word: &Cut| word.text.starts_with(char::is_lowercase) && !words::capital(word.text);
        let known = |word: &Cut| {
            words::is_role(word.text, &self.known) || word.text.contains(['@', '/']) || self.is_agency(word.text)
        };
        words.len() > 1 && words.iter().take(2).all(small) && !words.iter().any(known)
    }

    fn is_joiner(&self, text: &str) -> bool {
        let and = &self.known.packs.reading.between_all.and;
        matches!(text, "&" | "+" | ",") || phrase::longest_spoken(text, and, self.known.spoken) == Some(text.len())
    }

    /// The words before the names of a segment.
    fn lead<'t>(&self, line: Cut, segment: Cut<'t>) -> Option<Lead<'t>> {
        let mut found: Option<Lead> = None;
        for _ in 0..3 {
            let open = found.as_ref().map_or(segment, |lead| lead.rest);
            let Some((part, task, len)) = self.lead_at_start(open.text, found.is_none()) else { break };
            let rest = open.from(len).trim();
            found = Some(match found {
                Some(first) if first.part != Part::Author => Lead { rest, ..first },
                _ => Lead { part, task, rest },
            });
        }
        found.or_else(|| self.strange_lead(line, segment))
    }

    /// `Egilea: Ane Orla`, in a language that nobody has told us of: a word, a colon and a name.
    fn strange_lead<'t>(&self, line: Cut, segment: Cut<'t>) -> Option<Lead<'t>> {
        let (word, rest) = segment.text.split_once([':', '：', '՝'])?;
        let opens = line.text.part(..segment.at).chars().all(|c| !c.is_alphanumeric());
        if !opens || !self.known.is_strange() || self.known.packs.wires.is_common_word(word) {
            return None;
        }
        let lettered = word.chars().all(|c| c.is_alphabetic() || c == ' ') && word.split(' ').count() <= 2;
        let rest = segment.from(segment.text.len() - rest.len()).trim();
        let named = self.pieces(rest).first().is_some_and(|(piece, _)| {
            let words = piece.trim().words();
            words::is_name(&words, false, &self.known)
        });
        (lettered && named && !words::is_outlet(word, &self.known)).then_some(Lead {
            part: Part::Author,
            task: None,
            rest,
        })
    }

    /// What the lead at the start of `text` says, and its length.
    fn lead_at_start(&self, text: &str, first: bool) -> Option<(Part, Option<String>, usize)> {
        let reading = &self.known.packs.reading;
        let opener = self.known.opener(text, first);
        let whole = opener.map(|opener| (opener.len, opener.part));
        // The article in `By The Associated Press` is a part of the name.
        let article = |len: &usize| text.part(..*len).ends_with(" The");
        let whole = whole.map(|(len, part)| (if article(&len) { len - " The".len() } else { len }, part));
        // `von Redaktion Hafenblatt`
        let (by, staff) = whole.and_then(|(len, _)| text.part(..len).rsplit_once(' ')).unwrap_or_default();
        let goes_on = whole.is_some_and(|(len, _)| text.part(len..).trim_start().starts_with(char::is_alphabetic));
        if goes_on && words::is_staff(staff, &self.known) && words::is_by(by, &self.known) {
            return Some((Part::Author, None, by.len()));
        }
        if let Some((len, part)) = whole.filter(|(len, _)| {
            self.leads_to_a_name(text, *len, opener.is_some_and(|opener| self.known.is_spoken(text, &opener)))
        }) {
            return Some((part, (part != Part::Author).then(|| self.task(text.part(..len))), len));
        }
        // `de Ann Orla`
        let by = text.split_whitespace().next().unwrap_or_default();
        let named = |rest: &str| rest.trim_start().starts_with(char::is_uppercase);
        if by.starts_with(char::is_lowercase) && words::is_by(by, &self.known) && named(text.part(by.len()..)) {
            return Some((Part::Author, None, by.len()));
        }
        // `Features Director: Ann Orla`
        if let Some((role, rest)) = text.split_once([':', '：'])
            && role.split_whitespace().count() <= 5
            && !rest.starts_with("//")
            && role.split_whitespace().any(|word| words::is_role(word, &self.known))
            && !text.starts_with(crate::text::words::is_unspaced)
        {
            let says = |part: &Part| {
                let (_, words) = reading.parts.iter().find(|(one, _)| one == part)?;
                role.split_whitespace().find(|word| phrase::longest_at_start(word, words).is_some())
            };
            let parts = [Part::Editor, Part::Translator, Part::Photographer, Part::Illustrator];
            let part = parts.into_iter().find(|part| says(part).is_some()).unwrap_or_default();
            return Some((part, Some(role.trim().to_owned()), text.len() - rest.len()));
        }
        // Glued by a scraper: `ByAnn Orla`.
        let lists = reading.parts.iter().map(|(part, words)| (*part, words)).chain([(Part::Author, &reading.leads)]);
        let glued = lists.flat_map(|(part, words)| words.alike(text).map(move |lead| (part, lead)));
        let glued = glued.filter_map(|(part, lead)| Some((phrase::at_start(text, lead)?, part))).filter(|(len, _)| {
            let (lead, rest) = text.split_at(*len);
            let last = lead.rsplit(' ').next().unwrap_or_default();
            let single = last.len() == lead.len();
            rest.starts_with(char::is_uppercase)
                && lead.ends_with(char::is_lowercase)
                && words::is_by(last, &self.known)
                && !(single && self.known.packs.wires.is_name_particle(lead))
                && !(single && self.known.packs.names.is_given_too(lead))
        });
        let (len, part) = glued.max_by_key(|(len, part)| (*len, *part != Part::Author))?;
        Some((part, (part != Part::Author).then(|| self.task(text.part(..len))), len))
    }

    /// Whether the lead of `len` bytes is one: a noun (`Editor`) needs a colon or a name after it, and may be a role then.
    fn leads_to_a_name(&self, text: &str, len: usize, spoken: bool) -> bool {
        let (lead, rest) = text.split_at(len);
        // `oprac. Jan Górny`
        let open = rest.trim_start_matches(['.', ' ', '\u{a0}']);
        let unspaced = lead.starts_with(words::is_east_asian_letter);
        // `Editor-in-Chief`, `Foto.example`
        let compound =
            rest.strip_prefix(['-', '\u{2010}', '.']).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if compound && !unspaced {
            return false;
        }
        if open.is_empty()
            || open.starts_with([':', '：', '՝', '=', '＝', '-', '–', '—', '/', '●', '・', '|', '@', '(', '['])
            || unspaced
        {
            return true;
        }
        if lead.split_whitespace().any(|word| words::is_by(word, &self.known)) {
            return true;
        }
        let role =
            lead.split_whitespace().any(|word| words::is_role(word, &self.known) || words::is_staff(word, &self.known));
        let mut next = open.split_whitespace();
        spoken && !role && next.next().is_some_and(words::capital) && next.next().is_some()
    }

    /// The words of a lead without its "by".
    fn task(&self, lead: &str) -> String {
        let by = lead.rsplit_once(char::is_whitespace).filter(|(_, last)| words::is_by(last, &self.known));
        by.map_or(lead, |(task, _)| task.trim_end()).to_owned()
    }
}

/// What an organisation is glued from: the words as one.
fn text_of<'t>(whole: Cut<'t>, words: &[Cut<'t>]) -> &'t str {
    joined(whole, words).text
}
