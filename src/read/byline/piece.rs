//! One piece of a byline: a person, what they are, whom they write for, or nothing of it.

use super::super::phrase;
use super::cut::{Cut, joined};
use super::{Reader, Segment, text_of, words};
use crate::document::Person;

/// A role has at most so many words.
const LONGEST_ROLE: usize = 10;

impl Reader<'_> {
    pub(super) fn take(&mut self, piece: Cut, segment: &Segment) {
        let piece = end_trimmed(piece.trim());
        let mut all = piece.words();
        if all.is_empty() || all.len() > 24 {
            return;
        }
        if let Some(at) = all.iter().position(|word| word.text.contains('@')) {
            return self.take_address(piece, &all, at, segment);
        }
        if words::is_suffix(piece.text) {
            return self.lengthen(piece, segment);
        }
        if let Some((owner, rest)) = self.possessive(&all) {
            let first = self.people.len();
            self.take(joined(piece, &all[rest..]), segment);
            return self.employ(owner.text, first);
        }
        if self.is_agency(piece.text) {
            return self.take_employer(piece, segment);
        }
        if words::is_nobody(piece.text, self.context) {
            return if words::is_role(piece.text, self.context) {
                self.take_role(piece, segment)
            } else {
            };
        }
        // `Ann Orla Follow`, `Ann Orla MD`, `Ann Orla 12`
        while all.len() > 1 {
            let last = all[all.len() - 1].text;
            let noise = words::is_nobody(last, self.context) && !words::is_role(last, self.context);
            if !(noise || words::is_degree(last) || last.bytes().all(|byte| byte.is_ascii_digit())) {
                break;
            }
            all.pop();
        }
        let piece = joined(piece, &all);
        let staff = |word: &Cut| words::is_staff(word.text, self.context);
        if all.first().is_some_and(staff) && all.len() < 5
            || all.last().is_some_and(staff)
            || words::is_degree(piece.text)
        {
            return;
        }
        if self.take_with_preposition(piece, &all, segment) {
            return;
        }
        let opens = segment.led && self.people.len() == segment.first;
        if self.context.packs.wires.place(piece.text).is_some() && !(opens && all.len() > 1) {
            return;
        }
        if self.take_with_agency(piece, &all, segment) {
            return;
        }
        if all.iter().any(|word| words::is_role(word.text, self.context)) {
            return self.take_titled(piece, &all, segment);
        }
        let outlet = |word: &Cut| words::is_outlet(word.text, self.context);
        if all.iter().any(outlet) || all.len() > 1 && is_article(all[0].text) && !opens {
            // `By Ann Orla Harbour Herald & Gazette`
            let named = opens && all.len() >= 4 && words::is_name(&all[..2], false, self.context);
            if named && !is_article(all[0].text) && self.context.packs.wires.place(text_of(piece, &all[..2])).is_none()
            {
                let from = all.iter().position(|word| is_article(word.text)).filter(|at| *at >= 2).unwrap_or(2);
                self.person(joined(piece, &all[..from]), None, segment);
                return self.employ(text_of(piece, &all[from..]), segment.first);
            }
            if all.len() > 1 || words::is_domain(piece.text) || !segment.led {
                self.employ(piece.text, segment.first);
            }
            return;
        }
        if words::is_name(&all, opens, self.context) {
            if segment.aside {
                return self.employ(piece.text, segment.first);
            }
            return self.person(piece, None, segment);
        }
        if opens && all.len() == 1 && is_user(piece.text) {
            self.person(piece, None, segment);
        }
    }

    pub(super) fn is_agency(&self, name: &str) -> bool {
        self.context.packs.wires.agency(name).is_some()
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
        if let Some(person) = self.people[segment.first..].last_mut() {
            person.span.end = suffix.span().end;
            person.name = segment.line.text[person.span.range()].to_owned();
        }
    }

    /// `nora@orla.example`, `@nora`, `Nora Quill@nora`, and what stands before and behind.
    fn take_address(&mut self, piece: Cut, all: &[Cut], at: usize, segment: &Segment) {
        let word = all[at].text.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '@' | '_')));
        let (left, right) = word.split_once('@').unwrap_or((word, ""));
        let right = right.trim_start_matches('@');
        let is_email = !left.is_empty() && right.contains('.');
        let glued = !left.is_empty() && !is_email;
        let start = all[at].text.find(left).unwrap_or(0);
        let before = if glued {
            let end = all[at].at + start + left.len() - piece.at;
            piece.upto(end)
        } else {
            joined(piece, &all[..at])
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
            self.take(joined(piece, &all[at + 1..]), segment);
        }
    }

    /// `Orla Radio's Nora Quill`: the owner, and where the rest begins.
    fn possessive<'t>(&self, all: &[Cut<'t>]) -> Option<(Cut<'t>, usize)> {
        let at = all.iter().position(|word| word.text.ends_with("'s") || word.text.ends_with("\u{2019}s"))?;
        let named = all.len() > at + 2 && words::capital(all[at + 1].text) && words::capital(all[at + 2].text);
        if !named || at > 3 {
            return None;
        }
        let first = all[0];
        let end = all[at].at + all[at].text.rfind(['\'', '\u{2019}'])?;
        let len: usize = end - first.at;
        // The owner is one stretch of the line.
        (at == 0).then(|| (first.upto(len.min(first.text.len())), at + 1))
    }

    /// `Ann Orla of The Orla Times`, `Ann Orla for AP`, `Ann Orla in Orla`, `Special to The Times`.
    fn take_with_preposition(&mut self, piece: Cut, all: &[Cut], segment: &Segment) -> bool {
        let between = self.context.packs.reading.between(self.context.lang);
        let is = |word: &Cut, words| {
            word.text.starts_with(char::is_lowercase)
                && phrase::longest_at_start(word.text, words) == Some(word.text.len())
        };
        if let Some(len) = phrase::longest_at_start(piece.text, &self.context.packs.reading.role_phrases) {
            let last = piece.text[..len].rsplit(char::is_whitespace).next().unwrap_or_default();
            let rest = piece.from(len).trim();
            if last.len() < len && !words::is_role(last, self.context) && words::capital(rest.text) {
                self.take_employer(rest, segment);
                return true;
            }
        }
        let Some(at) = (1..all.len()).find(|at| is(&all[*at], &between.employer) || is(&all[*at], &between.place))
        else {
            return false;
        };
        let role = all[..at].iter().any(|word| words::is_role(word.text, self.context));
        let name = words::is_name(&all[..at], segment.led && self.people.len() == segment.first, self.context);
        if !(name || role && at > 1) {
            return false;
        }
        let titled = role && !self.holds_a_name(&all[..at]);
        if titled {
            return false;
        }
        let first = self.people.len();
        self.take(joined(piece, &all[..at]), segment);
        let mut from = at;
        while from < all.len() {
            let next =
                (from + 1..all.len()).find(|at| is(&all[*at], &between.employer) || is(&all[*at], &between.place));
            let to = next.unwrap_or(all.len());
            let right = joined(piece, &all[from + 1..to]);
            let small = right.text.starts_with(char::is_lowercase) && !right.text.contains(char::is_uppercase);
            if is(&all[from], &between.employer) && !right.text.is_empty() && !small {
                let segment = Segment { first, ..*segment };
                self.take_employer(right, &segment);
            }
            from = to;
        }
        true
    }

    /// Two words with capitals that are no role side by side.
    fn holds_a_name(&self, all: &[Cut]) -> bool {
        let plain = |word: &Cut| {
            words::capital(word.text)
                && !words::is_role(word.text, self.context)
                && !words::is_title(word.text, self.context)
        };
        all.windows(2).any(|two| two.iter().all(plain))
    }

    /// `Ann Orla The Associated Press`, `Associated Press writer Ann Orla`.
    fn take_with_agency(&mut self, piece: Cut, all: &[Cut], segment: &Segment) -> bool {
        let shown = |name: &str| {
            let short = name.chars().count() <= 4;
            self.is_agency(name) && (!short || name.chars().all(char::is_uppercase) || name == "dpa")
        };
        let suffix = (1..all.len()).find(|at| shown(text_of(piece, &all[*at..])));
        let prefix = || (1..all.len()).rev().find(|at| shown(text_of(piece, &all[..*at])));
        let (name, employer) = match (suffix, prefix()) {
            (Some(at), _) => (&all[..at], &all[at..]),
            (None, Some(at)) => (&all[at..], &all[..at]),
            (None, None) => return false,
        };
        let first = self.people.len();
        self.take(joined(piece, name), segment);
        let segment = Segment { first: if self.people.len() > first { first } else { segment.first }, ..*segment };
        self.take_employer(joined(piece, employer), &segment);
        true
    }

    /// A piece with a role in it: a name and its title, or a title alone.
    fn take_titled(&mut self, piece: Cut, all: &[Cut], segment: &Segment) {
        let role = |word: &Cut| words::is_role(word.text, self.context);
        let before_role = |word: &Cut| role(word) || words::is_title(word.text, self.context) || word.text == "&";
        let Some(last) = all.iter().rposition(role) else { return };
        // `Senior Editor Ann Orla`
        let behind = &all[last + 1..];
        if behind.len() >= 2 && words::is_name(behind, false, self.context) {
            let title = joined(piece, &all[..=last]).trim();
            let name = joined(piece, behind);
            return self.person(name, (last < LONGEST_ROLE).then_some(title.text), segment);
        }
        let Some(first) = all.iter().position(role) else { return };
        let mut start = first;
        while start > 0 && before_role(&all[start - 1]) {
            start -= 1;
        }
        // `Ann Orla Globe Correspondent`: a name of two words, then what its bearer is.
        let plain = |word: &Cut| {
            let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
            letters > 1 && words::capital(word.text) && !words::is_acronym(word.text)
        };
        let opens = segment.led && self.people.len() == segment.first;
        if start == first && start >= 3 && all[..start].iter().all(plain) && opens {
            start = 2;
        }
        let named = start >= 2 && words::is_name(&all[..start], false, self.context);
        if named && self.context.packs.wires.place(text_of(piece, &all[..start])).is_none() {
            let title = joined(piece, &all[start..]).trim();
            let short = all.len() - start <= LONGEST_ROLE;
            return self.person(joined(piece, &all[..start]), short.then_some(title.text), segment);
        }
        if all.len() <= LONGEST_ROLE {
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
        for person in &mut self.people[from..] {
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

/// Without the full stop of a sentence; that of an initial or `Jr.` stays.
fn end_trimmed(piece: Cut) -> Cut {
    let Some(rest) = piece.text.strip_suffix(['.', '…']) else { return piece };
    let last = rest.rsplit(|c: char| c.is_whitespace() || c == '.').next().unwrap_or_default();
    let initial = last.chars().count() <= 2 || words::is_suffix(last);
    if initial { piece } else { piece.upto(rest.len()) }
}

/// Opens the name of a paper.
fn is_article(word: &str) -> bool {
    ["The", "El", "Los", "Las", "Le", "Les", "Die", "Der", "Das", "Il", "Het", "THE"].contains(&word)
}

/// The name of a user: `nora84`, `NoraQ`.
fn is_user(word: &str) -> bool {
    word.chars().count() > 2
        && word.starts_with(char::is_alphabetic)
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && (word.contains(|c: char| c.is_ascii_digit())
            || word[1..].contains(char::is_uppercase) && word.contains(char::is_lowercase))
        && !words::is_domain(word)
}
