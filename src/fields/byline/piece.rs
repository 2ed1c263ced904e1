//! One piece of a byline: a person, what they are, whom they write for, or nothing of it.

use super::super::phrase;
use super::cut::{Cut, joined};
use super::{Reader, Segment, text_of, words};
use crate::document::{Part, Person};
use crate::pack::place;
use crate::text::part::PartOf;

/// A role has at most so many words.
const LONGEST_ROLE_WORDS: usize = 10;

impl Reader<'_> {
    pub(super) fn take(&mut self, piece: Cut, segment: &Segment) {
        let piece = self.end_trimmed(piece.trim());
        let mut all = piece.words();
        if all.is_empty() || all.len() > 24 {
            return;
        }
        if let Some(at) = all.iter().position(|word| word.text.contains('@')) {
            return self.take_address(piece, &all, at, segment);
        }
        if self.known.packs.names.is_suffix(piece.text) {
            return self.lengthen(piece, segment);
        }
        if let Some((owner, rest)) = self.possessive(&all) {
            let first = self.people.len();
            self.take(joined(piece, all.part(rest..)), segment);
            let first = if self.people.len() > first { first } else { segment.first };
            return self.take_employer(owner, &Segment { first, ..*segment });
        }
        if self.is_agency(piece.text) {
            return self.take_employer(piece, segment);
        }
        if self.take_part(piece, segment)
            || self.take_more_of_agency(piece, &all, segment)
            || self.take_named_in_spite(piece, &all, segment)
            || self.take_in_parts(piece, &all, segment)
        {
            return;
        }
        // `Ann Orla is a reporter`: what is told of a person who is named.
        let told = |person: &Person| {
            let rest = piece.text.strip_prefix(&*person.name).and_then(|rest| rest.strip_prefix(' '));
            rest.is_some_and(|rest| rest.starts_with(char::is_lowercase)) && all.len() > 3
        };
        if self.people.iter().any(told) {
            return;
        }
        let roles = &self.known.packs.reading.role_phrases;
        if phrase::longest_at_start(piece.text, roles) == Some(piece.text.len()) && self.people.len() > segment.first {
            return self.take_role(piece, segment);
        }
        if words::is_nobody(piece.text, &self.known) {
            if words::is_role(piece.text, &self.known) {
                self.take_role(piece, segment);
            }
            return;
        }
        self.drop_noise(&mut all);
        let piece = joined(piece, &all);
        let staff = |word: &Cut| words::is_staff(word.text, &self.known);
        let titled = |word: &Cut| words::is_role(word.text, &self.known) && !words::is_staff(word.text, &self.known);
        if all.first().is_some_and(staff) && all.len() < 5 && !all.iter().any(titled)
            || all.last().is_some_and(staff)
            || self.known.packs.names.is_degree(piece.text)
        {
            return self.take_with_staff(piece, &all, segment);
        }
        if self.take_with_preposition(piece, &all, segment) {
            return;
        }
        if place(piece.text).is_some() && !(segment.opens && all.len() > 1) {
            return;
        }
        if self.take_with_agency(piece, &all, segment) {
            return;
        }
        if all.iter().any(|word| words::is_role(word.text, &self.known)) {
            return self.take_titled(piece, &all, segment);
        }
        if self.take_organisation(piece, &all, segment) {
            return;
        }
        // `Ann Orla on`, `Ann Orla about stars`: up to the first small word that is not part of a name.
        let small = |word: &Cut| word.text.starts_with(char::is_lowercase) && !words::capital(word.text);
        let end = (2..all.len())
            .rev()
            .find(|end| small(&nth(&all, *end)) && words::is_name(all.part(..*end), segment.opens, &self.known));
        let all = match end {
            Some(end) if !words::is_name(&all, segment.opens, &self.known) => all.part(..end),
            _ => &all[..],
        };
        let piece = joined(piece, all);
        let shouted = |text: &str| !text.contains(char::is_lowercase) && text.contains(char::is_uppercase);
        if words::is_name(all, segment.opens, &self.known) {
            let before = self.people.part(segment.first..).last();
            let unlike = before.is_some_and(|person| !shouted(&person.name))
                && !segment.among
                && words::is_acronym(nth(all, 0).text)
                && !self.known.packs.names.is_given(nth(all, 0).text)
                && shouted(piece.text);
            // `By Ann Orla | Tom Berg`
            let beside = segment.beside || segment.aside && !self.known.packs.names.is_given(nth(all, 0).text);
            if beside || unlike {
                return self.employ(piece.text, segment.first);
            }
            return self.person(piece, None, segment);
        }
        if segment.opens && all.len() == 1 && is_user(piece.text) {
            return self.person(piece, None, segment);
        }
        // `By Ann Orla | WORL`
        let inner = piece.text.chars().skip(1).any(char::is_uppercase) && piece.text.chars().all(char::is_alphabetic);
        let inner = inner && (piece.text.contains(char::is_lowercase) || words::is_acronym(piece.text));
        if all.len() == 1 && !segment.opens && inner && piece.text.len() > 3 && words::capital(piece.text) {
            self.employ(piece.text, segment.first);
        }
    }

    /// Without the full stop of a sentence; that of an initial or `Jr.` stays.
    fn end_trimmed<'t>(&self, piece: Cut<'t>) -> Cut<'t> {
        let piece = piece.upto(piece.text.strip_suffix("...").unwrap_or(piece.text).len());
        let Some(rest) = piece.text.strip_suffix(['.', '…']) else { return piece };
        let last = rest.rsplit(|c: char| c.is_whitespace() || c == '.').next().unwrap_or_default();
        let initial = last.chars().count() <= 2 || self.known.packs.names.is_suffix(last);
        if initial { piece } else { piece.upto(rest.len()) }
    }

    /// A name with a word in it that a list has: `Petra Krüger`, `Rebecca Sun`; and what stands after it. Whether it is one.
    fn take_named_in_spite(&mut self, piece: Cut, all: &[Cut], segment: &Segment) -> bool {
        let end = words::named_in_spite(all, segment.among, &self.known);
        if end == 0 || segment.aside || segment.beside {
            return false;
        }
        let first = self.people.len();
        self.person(joined(piece, all.part(..end)), None, segment);
        let Some(next) = all.get(end) else { return true };
        let rest = joined(piece, all.part(end..));
        let between = &self.known.packs.reading.between_all;
        let spoken = self.known.spoken;
        let is = |word: &Cut, list| phrase::longest_spoken(word.text, list, spoken) == Some(word.text.len());
        let small = next.text.starts_with(char::is_lowercase);
        let segment = Segment { first, beside: true, opens: false, among: false, ..*segment };
        if small && is(next, &between.employer) {
            let place = |at: &usize| all.get(*at).is_some_and(|word| is(word, &between.place));
            let to = (end + 1..all.len()).find(place).unwrap_or(all.len());
            let employer = joined(piece, all.part(end + 1..to));
            if words::capital(employer.text) {
                self.take_employer(employer, &segment);
            }
        } else if !small || words::is_role(next.text, &self.known) {
            self.take(rest, &segment);
        }
        true
    }

    /// `(Fotos)`: what the one before did.
    fn take_part(&mut self, piece: Cut, segment: &Segment) -> bool {
        let parts = self.known.packs.reading.parts.iter();
        let found = parts.filter(|(part, _)| segment.beside && *part != Part::Author);
        let mut found =
            found.filter(|(_, words)| phrase::longest_at_start(piece.text, words) == Some(piece.text.len()));
        let (Some((part, _)), Some(person)) = (found.next(), self.people.last_mut()) else { return false };
        person.part = *part;
        person.role.get_or_insert_with(|| piece.text.to_owned());
        true
    }

    /// `dpa/afp`: after an agency, one that is written small.
    fn take_more_of_agency(&mut self, piece: Cut, all: &[Cut], segment: &Segment) -> bool {
        let small = all.len() == 1 && piece.text.len() <= 4 && piece.text.bytes().all(|byte| byte.is_ascii_lowercase());
        let after = self.people.len() == segment.first
            && self
                .agencies
                .last()
                .is_some_and(|last| segment.line.text.part(..piece.at).trim_end_matches('/').ends_with(last.as_str()));
        let is_one = small && after && self.is_agency(&piece.text.to_uppercase());
        if is_one && !self.agencies.iter().any(|known| known == piece.text) {
            self.agencies.push(piece.text.to_owned());
        }
        is_one
    }

    /// A name, and after it what its bearer is, where that begins with no role: `ANN ORLA Envoyée spéciale`,
    /// `Ann Orla South of Orla editor`, `Ann Orla Special to The Times`.
    fn take_in_parts(&mut self, piece: Cut, all: &[Cut], segment: &Segment) -> bool {
        let known = self.known;
        let shouted = |word: &Cut| {
            word.text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.text.chars().any(char::is_lowercase)
        };
        let capitals = all.iter().take_while(|word| shouted(word)).count();
        let goes_on = all.get(capitals).is_some_and(|word| {
            words::capital(word.text) && (words::is_title(word.text, &known) || words::is_role(word.text, &known))
        });
        let region = || {
            let at = (2..all.len()).find(|at| known.packs.names.is_direction(nth(all, *at).text))?;
            let role = all.last().is_some_and(|word| words::is_role(word.text, &known));
            (role && all.part(at..).iter().any(|word| word.text.starts_with(char::is_lowercase))).then_some(at)
        };
        let special = || {
            (2..all.len()).find(|at| {
                let rest = text_of(piece, all.part(*at..));
                let len = phrase::longest_at_start(rest, &known.packs.reading.role_phrases).unwrap_or(0);
                let last = rest.part(..len).rsplit(' ').next().unwrap_or_default();
                last.len() < len
                    && last.starts_with(char::is_lowercase)
                    && words::capital(rest.part(len..).trim_start())
            })
        };
        let at = if (2..=4).contains(&capitals) && goes_on { Some(capitals) } else { region().or_else(special) };
        let Some(at) = at.filter(|at| words::is_name(all.part(..*at), segment.opens, &known)) else { return false };
        if segment.aside || segment.beside {
            return false;
        }
        let first = self.people.len();
        let rest = joined(piece, all.part(at..));
        self.person(joined(piece, all.part(..at)), None, segment);
        let segment = Segment { first, beside: true, opens: false, among: false, ..*segment };
        if known.packs.names.is_direction(nth(all, at).text) && !words::is_role(nth(all, at).text, &known) {
            self.take_role(rest, &segment);
        } else {
            self.take(rest, &segment);
        }
        true
    }

    /// `Ann Orla Harbour Herald Staff`: the person.
    fn take_with_staff(&mut self, piece: Cut, all: &[Cut], segment: &Segment) {
        let named = all.len() >= 4 && !segment.aside && words::is_name(all.part(..2), false, &self.known);
        let titled = all.iter().take(2).any(|word| words::is_title(word.text, &self.known));
        if named && !titled && !self.begins_a_place(nth(all, 0).text) {
            self.person(joined(piece, all.part(..2)), None, segment);
        }
    }

    /// Takes away what scrapers leave after names: `Ann Orla Follow`, `Ann Orla MD`, `Ann Orla12`.
    fn drop_noise(&self, all: &mut Vec<Cut>) {
        let noise = |word: &str| words::is_nobody(word, &self.known) && !words::is_role(word, &self.known);
        if let Some(at) = (2..all.len()).find(|at| noise(nth(all, *at).text) && words::capital(nth(all, *at).text)) {
            all.truncate(at);
        }
        while all.len() > 1 {
            let Some(last) = all.last().map(|word| word.text) else { break };
            if !(noise(last)
                || all.len() > 2 && self.known.packs.names.is_degree(last)
                || last.bytes().all(|byte| byte.is_ascii_digit()))
            {
                break;
            }
            all.pop();
        }
        if all.len() > 1
            && let Some(last) = all.last_mut()
        {
            *last = last.upto(last.text.trim_end_matches(|c: char| c.is_ascii_digit()).len());
        }
    }

    /// The name of a paper, firm or office, or a person's with one after it; whether it is.
    fn take_organisation(&mut self, piece: Cut, all: &[Cut], segment: &Segment) -> bool {
        let outlet = |word: &Cut| words::is_outlet(word.text, &self.known);
        let article = (2..all.len()).find(|at| nth(all, *at).text == "The");
        let opens = !segment.aside && !segment.beside && self.people.len() == segment.first;
        // `Ann Orla The Harbour Herald`, `Ann Orla Harbour Herald & Gazette`
        let least = if segment.opens { 4 } else { 5 };
        let split = article.or_else(|| (all.len() >= least && all.iter().any(outlet)).then_some(2));
        if let Some(at) = split.filter(|_| opens)
            && words::is_name(all.part(..at), false, &self.known)
            && !self.begins_a_place(nth(all, 0).text)
            && place(text_of(piece, all.part(..2))).is_none()
        {
            self.person(joined(piece, all.part(..at)), None, segment);
            self.employ(text_of(piece, all.part(at..)), segment.first);
            return true;
        }
        let named = all.iter().any(outlet)
            || all.len() > 1 && self.known.packs.names.is_article(nth(all, 0).text) && !segment.opens;
        if named && (all.len() > 1 || words::is_domain(piece.text) || !segment.led) {
            self.employ(piece.text, segment.first);
        }
        named && !(all.len() == 1 && segment.opens && !words::is_domain(piece.text))
    }

    /// Opens the name of a place.
    fn begins_a_place(&self, word: &str) -> bool {
        self.known.packs.names.is_direction(word) || self.known.packs.names.is_article(word)
    }

    pub(super) fn is_agency(&self, name: &str) -> bool {
        self.known.packs.wires.agency(name).is_some()
    }

    fn person(&mut self, name: Cut, role: Option<&str>, segment: &Segment) {
        self.people.push(Person {
            name: name.text.to_owned(),
            span: name.span(),
            part: segment.part,
            role: role.map(str::to_owned),
            ..Person::default()
        });
    }

    /// `Ann Orla, Jr.`
    fn lengthen(&mut self, suffix: Cut, segment: &Segment) {
        if let Some(person) = self.people.iter_mut().skip(segment.first).last() {
            person.span.end = suffix.span().end;
            person.name = segment.line.text.part(person.span.range()).to_owned();
        }
    }

    /// `nora@orla.example`, `@nora`, `Nora Quill@nora`, and what stands before and after.
    fn take_address(&mut self, piece: Cut, all: &[Cut], at: usize, segment: &Segment) {
        let word = nth(all, at).text.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '@' | '_')));
        let (left, right) = word.split_once('@').unwrap_or((word, ""));
        let right = right.trim_start_matches('@');
        let is_email = !left.is_empty() && right.contains('.');
        let glued = !left.is_empty() && !is_email;
        let start = nth(all, at).text.find(left).unwrap_or(0);
        let before = if glued {
            let end = nth(all, at).at + start + left.len() - piece.at;
            piece.upto(end)
        } else {
            joined(piece, all.part(..at))
        };
        self.take(before, segment);
        if let Some(person) = self.people.last_mut() {
            let slot = if is_email { &mut person.email } else { &mut person.handle };
            let address = if is_email { word.to_owned() } else { format!("@{right}") };
            if slot.is_none() && !right.is_empty() {
                *slot = Some(address);
            }
        }
        if at + 1 < all.len() {
            self.take(joined(piece, all.part(at + 1..)), segment);
        }
    }

    /// `Orla Radio's Nora Quill`: the owner, and where the rest begins.
    fn possessive<'t>(&self, all: &[Cut<'t>]) -> Option<(Cut<'t>, usize)> {
        let at = all.iter().position(|word| word.text.ends_with("'s") || word.text.ends_with("\u{2019}s"))?;
        let named =
            all.len() > at + 2 && words::capital(nth(all, at + 1).text) && words::capital(nth(all, at + 2).text);
        if !named || at > 3 {
            return None;
        }
        let first = nth(all, 0);
        let end = nth(all, at).at + nth(all, at).text.rfind(['\'', '\u{2019}'])?;
        let len: usize = end - first.at;
        // The owner is one stretch of the line.
        (at == 0).then(|| (first.upto(len.min(first.text.len())), at + 1))
    }

    /// `Ann Orla of The Orla Times`, `Ann Orla for AP`, `Ann Orla in Orla`, `Special to The Times`.
    fn take_with_preposition(&mut self, piece: Cut, all: &[Cut], segment: &Segment) -> bool {
        let between = &self.known.packs.reading.between_all;
        let spoken = self.known.spoken;
        let is = |word: &Cut, words| {
            word.text.starts_with(char::is_lowercase)
                && phrase::longest_spoken(word.text, words, spoken) == Some(word.text.len())
        };
        if let Some(len) = phrase::longest_at_start(piece.text, &self.known.packs.reading.role_phrases) {
            let last = piece.text.part(..len).rsplit(char::is_whitespace).next().unwrap_or_default();
            let rest = piece.from(len).trim();
            if last.len() < len && !words::is_role(last, &self.known) && words::capital(rest.text) {
                self.take_employer(rest, segment);
                return true;
            }
        }
        let Some(at) =
            (1..all.len()).find(|at| is(&nth(all, *at), &between.employer) || is(&nth(all, *at), &between.place))
        else {
            return false;
        };
        let role = all.part(..at).iter().any(|word| words::is_role(word.text, &self.known));
        let name = words::is_name(all.part(..at), segment.opens, &self.known);
        if !(name || role && at > 1) {
            return false;
        }
        let titled = role && !self.holds_a_name(all.part(..at));
        if titled {
            return false;
        }
        let first = self.people.len();
        self.take(joined(piece, all.part(..at)), segment);
        let mut from = at;
        while from < all.len() {
            let next = (from + 1..all.len())
                .find(|at| is(&nth(all, *at), &between.employer) || is(&nth(all, *at), &between.place));
            let to = next.unwrap_or(all.len());
            let right = joined(piece, all.part(from + 1..to));
            let small = right.text.starts_with(char::is_lowercase) && !right.text.contains(char::is_uppercase);
            if is(&nth(all, from), &between.employer) && !right.text.is_empty() && !small {
                let segment = Segment { first, ..*segment };
                self.take_employer(right, &segment);
            }
            from = to;
        }
        true
    }

    /// Two words with capitals, side by side, that are not a role.
    fn holds_a_name(&self, all: &[Cut]) -> bool {
        let plain = |word: &Cut| {
            words::capital(word.text)
                && !words::is_role(word.text, &self.known)
                && !words::is_title(word.text, &self.known)
        };
        all.windows(2).any(|two| two.iter().all(plain))
    }

    /// `Ann Orla The Associated Press`, `Associated Press writer Ann Orla`.
    fn take_with_agency(&mut self, piece: Cut, all: &[Cut], segment: &Segment) -> bool {
        let shown = |name: &str| {
            let short = name.chars().count() <= 4;
            self.is_agency(name) && (!short || name.chars().all(char::is_uppercase) || name == "dpa")
        };
        let suffix = (1..all.len()).find(|at| shown(text_of(piece, all.part(*at..))));
        let prefix = || (1..all.len()).rev().find(|at| shown(text_of(piece, all.part(..*at))));
        let (name, employer) = match (suffix, prefix()) {
            (Some(at), _) => (all.part(..at), all.part(at..)),
            (None, Some(at)) => (all.part(at..), all.part(..at)),
            (None, None) => return false,
        };
        // `AFP Long Reads Historian` is a title and no more.
        let role = name.iter().rposition(|word| words::is_role(word.text, &self.known));
        if suffix.is_none() && role.is_some_and(|last| !words::is_name(name.part(last + 1..), false, &self.known)) {
            self.take_role(piece, segment);
            self.take_employer(joined(piece, employer), segment);
            return true;
        }
        let first = self.people.len();
        self.take(joined(piece, name), segment);
        // After the last name of several it is for all of them.
        let first = if suffix.is_none() && self.people.len() > first { first } else { segment.first };
        self.take_employer(joined(piece, employer), &Segment { first, ..*segment });
        true
    }

    /// A piece with a role in it: a name and its title, or a title alone.
    fn take_titled(&mut self, piece: Cut, all: &[Cut], segment: &Segment) {
        let role = |word: &Cut| words::is_role(word.text, &self.known);
        let before_role = |word: &Cut| role(word) || words::is_title(word.text, &self.known) || word.text == "&";
        let Some(last) = all.iter().rposition(role) else { return };
        // `Senior Editor Ann Orla`
        let rest = all.part(last + 1..);
        // `Ann Orla, reporter for …`: what stands after the small word belongs to it.
        let belongs = self.people.len() > segment.first && nth(all, 0).text.starts_with(char::is_lowercase);
        let article = rest.first().is_some_and(|word| self.known.packs.names.is_article(word.text));
        let aside = segment.aside || segment.beside;
        if rest.len() >= 2 && !belongs && !article && !aside && words::is_name(rest, segment.led, &self.known) {
            let title = joined(piece, all.part(..=last)).trim();
            let name = joined(piece, rest);
            return self.person(name, (last < LONGEST_ROLE_WORDS).then_some(title.text), segment);
        }
        let Some(first) = all.iter().position(role) else { return };
        let mut start = (2..first).find(|at| before_role(&nth(all, *at))).unwrap_or(first);
        // `Ann Orla Globe Correspondent`: a name of two words, then what its bearer is.
        let plain = |word: &Cut| {
            let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
            letters > 1 && words::capital(word.text) && !words::is_acronym(word.text)
        };
        if start == first && start >= 3 && all.part(..start).iter().all(plain) && self.people.len() == segment.first {
            start = 2;
        }
        let named = start >= 2 && words::is_name(all.part(..start), false, &self.known);
        if named && !aside && place(text_of(piece, all.part(..start))).is_none() {
            let title = joined(piece, all.part(start..)).trim();
            let short = all.len() - start <= LONGEST_ROLE_WORDS;
            return self.person(joined(piece, all.part(..start)), short.then_some(title.text), segment);
        }
        // `Ann Orla is the editor of …`
        let small = (2..all.len()).find(|at| nth(all, *at).text.starts_with(char::is_lowercase));
        if let Some(end) =
            small.filter(|end| !aside && *end < first && words::is_name(all.part(..*end), false, &self.known))
        {
            return self.person(joined(piece, all.part(..end)), None, segment);
        }
        if all.len() <= LONGEST_ROLE_WORDS && !self.known.packs.names.is_article(nth(all, 0).text) {
            self.take_role(piece, segment);
        }
    }

    /// What the last person named is.
    fn take_role(&mut self, role: Cut, segment: &Segment) {
        let from = if segment.led { segment.first } else { 0 };
        if let Some(person) = self.people.iter_mut().skip(from).last() {
            person.role.get_or_insert_with(|| role.text.to_owned());
        }
    }

    /// Whom the people from `first` on, or the last one before, write for.
    pub(super) fn employ(&mut self, name: &str, first: usize) {
        let from = first.min(self.people.len().saturating_sub(1));
        for person in self.people.get_mut(from..).unwrap_or_default() {
            person.organisation.get_or_insert_with(|| name.to_owned());
        }
    }

    pub(super) fn take_employer(&mut self, name: Cut, segment: &Segment) {
        let name = name.trim().text;
        if self.is_agency(name) && !self.agencies.iter().any(|known| known == name) {
            self.agencies.push(name.to_owned());
        }
        self.employ(name, segment.first);
    }
}

/// Word `at` of a piece; nothing, where there is none.
fn nth<'t>(all: &[Cut<'t>], at: usize) -> Cut<'t> {
    debug_assert!(at < all.len(), "word {at} of {}", all.len());
    all.get(at).copied().unwrap_or(Cut { at: 0, text: "" })
}

/// The name of a user: `nora84`, `NoraQ`.
fn is_user(word: &str) -> bool {
    word.chars().count() > 2
        && word.starts_with(char::is_alphabetic)
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && (word.contains(|c: char| c.is_ascii_digit())
            || word.chars().skip(1).any(char::is_uppercase) && word.contains(char::is_lowercase))
        && !words::is_domain(word)
}
