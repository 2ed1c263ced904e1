//! Bylines of East Asia: names without spaces, and what their bearers are glued before or after.

use super::super::phrase;
use super::cut::Cut;
use super::{Reader, Segment, words};
use crate::document::{Part, Person};
use crate::pack::place;
use crate::text::part::PartOf;
use crate::text::words::is_unspaced;

/// What a word of such a byline is.
enum Word<'t> {
    Name(Cut<'t>),
    /// Before or after names.
    Role(&'t str),
    Part(Part),
    Agency(Cut<'t>),
    Organisation(Cut<'t>),
    Nothing,
}

/// What is glued before or after a name says.
#[derive(Clone, Copy, Debug)]
struct Affix<'t> {
    part: Option<Part>,
    role: Option<&'t str>,
}

impl Reader<'_> {
    pub(super) fn east_asian(&mut self, cut: Cut, segment: &Segment) {
        let japanese = self.known.context.lang == Some("ja") || cut.text.chars().any(is_kana);
        let tokens = tokens(cut);
        let mut part = segment.part;
        let mut role: Option<&str> = None;
        let mut employer: Option<&str> = None;
        // People since the last comma: a word after them is for all.
        let mut since = self.people.len();
        let mut i = 0;
        while let Some((mut token, comma)) = tokens.get(i).copied() {
            i += 1;
            if comma {
                since = self.people.len();
            }
            if token.text.contains('@') {
                if let Some(person) = self.people.last_mut() {
                    let email = token.text.contains('.').then(|| token.text.to_owned());
                    person.email = person.email.take().or(email);
                }
                continue;
            }
            // Words of another script are one name.
            if token.text.starts_with(|c: char| c.is_alphabetic() && !words::is_east_asian_letter(c)) {
                let mut end = token;
                while let Some((next, false)) =
                    tokens.get(i).filter(|(next, _)| !words::is_east_asian(next.text) && !next.text.contains('@'))
                {
                    end = *next;
                    i += 1;
                }
                let name = cut.slice(token.at - cut.at, end.at + end.text.len() - cut.at);
                let mut all = *segment;
                all.part = part;
                self.take(name, &all);
                continue;
            }
            // The family's name and the given name.
            if japanese
                && is_short_han(token.text)
                && let Some((given, false)) = tokens.get(i)
                && is_short_han(given.text)
                && !matches!(self.word(*given), Word::Role(_) | Word::Part(_) | Word::Agency(_))
                && !matches!(self.word(token), Word::Role(_) | Word::Part(_) | Word::Agency(_))
            {
                token = cut.slice(token.at - cut.at, given.at + given.text.len() - cut.at);
                i += 1;
                self.east_asian_person(token, part, role, &mut employer);
                continue;
            }
            let alone = tokens.len() == 1 || segment.led;
            let next = tokens.get(i).map(|(next, _)| *next);
            let (before, token, after) = self.stripped(token);
            if let Some(lead) = before {
                part = lead.part.unwrap_or(part);
                role = lead.role;
                since = self.people.len();
            }
            if token.text.is_empty() {
                continue;
            }
            match self.word(token) {
                Word::Role(word) => {
                    let before = self.people.get_mut(since..).unwrap_or_default();
                    if before.is_empty() {
                        role = Some(word);
                    }
                    before.iter_mut().for_each(|person| {
                        person.role.get_or_insert_with(|| word.to_owned());
                    });
                }
                Word::Part(word) => {
                    let before = self.people.get_mut(since..).unwrap_or_default();
                    if before.is_empty() {
                        part = word;
                    }
                    before.iter_mut().for_each(|person| person.part = word);
                }
                Word::Agency(name) => {
                    if self.people.len() == segment.first && next.is_some() {
                        employer = Some(name.text);
                        role = after.and_then(|affix| affix.role).or(role);
                    }
                    self.take_employer(name, segment);
                }
                Word::Organisation(name) => {
                    if self.people.len() > segment.first && next.is_none() {
                        self.employ(name.text, segment.first);
                    } else {
                        employer = Some(name.text);
                    }
                }
                Word::Name(name) => {
                    let hangul = name.text.chars().all(words::is_hangul);
                    let told = alone || after.is_some() || before.is_some() || employer.is_some() || role.is_some();
                    let followed = next.is_some_and(|next| {
                        matches!(self.word(next), Word::Role(_) | Word::Part(_)) || next.text.contains('@')
                    });
                    let listed = next.is_some_and(|next| matches!(self.word(next), Word::Name(_)));
                    if hangul && !told && !followed && !listed && self.people.len() == segment.first {
                        employer = Some(name.text);
                        continue;
                    }
                    // `晚报记者 王小明`: what the reporter before the name is of.
                    if let (Some(Affix { part: None, role: Some(word) }), Some(next)) = (after, next)
                        && tokens.get(i).is_some_and(|(_, comma)| !comma)
                        && matches!(self.word(next), Word::Name(_))
                        && !japanese
                        && !hangul
                    {
                        employer = Some(name.text);
                        role = Some(word);
                        continue;
                    }
                    let own = after.unwrap_or(Affix { part: None, role: None });
                    self.east_asian_person(name, own.part.unwrap_or(part), own.role.or(role), &mut employer);
                }
                Word::Nothing => {}
            }
        }
    }

    fn east_asian_person(&mut self, name: Cut, part: Part, role: Option<&str>, employer: &mut Option<&str>) {
        self.people.push(Person {
            name: name.text.to_owned(),
            span: name.span(),
            part,
            role: role.map(str::to_owned),
            organisation: employer.map(str::to_owned),
            ..Person::default()
        });
    }

    /// A token without what is glued before or after it, and what that says.
    fn stripped<'t>(&self, token: Cut<'t>) -> (Option<Affix<'t>>, Cut<'t>, Option<Affix<'t>>) {
        let reading = &self.known.packs.reading;
        let parts = || reading.parts.iter().filter(|(part, _)| *part != Part::Author);
        let starts = |words| unspaced_start(token.text, words);
        let with_part =
            parts().filter_map(|(part, words)| Some((starts(words)?, Affix { part: Some(*part), role: None })));
        let leads = [&reading.leads, &reading.parts[0].1].into_iter();
        let leads = leads.filter_map(|words| Some((starts(words)?, Affix { part: None, role: None })));
        let role =
            starts(&reading.role_phrases).map(|len| (len, Affix { part: None, role: Some(token.text.part(..len)) }));
        let before = with_part.chain(leads).chain(role).max_by_key(|(len, affix)| (*len, affix.part.is_some()));
        let (lead, token) = match before.filter(|(len, _)| token.text.part(*len..).chars().count() >= 2) {
            Some((len, affix)) => (Some(affix), token.from(len)),
            None => (None, token),
        };
        // The longest role or part that ends it.
        let after = token.text.char_indices().skip(2).find_map(|(at, _)| {
            let rest = token.text.part(at..);
            let exact = |words| phrase::longest_at_start(rest, words) == Some(rest.len());
            let part = parts().find(|(_, words)| exact(words)).map(|(part, _)| *part);
            let role = exact(&reading.role_phrases).then_some(rest);
            let author = exact(&reading.parts[0].1);
            (part.is_some() || role.is_some() || author).then_some((at, Affix { part, role }))
        });
        match after.filter(|_| !self.is_agency(token.text) && !is_company(token.text, self)) {
            Some((at, affix)) => (lead, token.upto(at), Some(affix)),
            None => (lead, token, None),
        }
    }

    /// `北京报道`: where a report is from.
    fn is_report(&self, text: &str) -> bool {
        text.char_indices()
            .skip(1)
            .any(|(at, _)| place(text.part(..at)).is_some() && words::is_nobody(text.part(at..), &self.known))
    }

    fn word<'t>(&self, token: Cut<'t>) -> Word<'t> {
        let reading = &self.known.packs.reading;
        let text = token.text;
        let exact = |words| phrase::longest_at_start(text, words) == Some(text.len());
        if self.is_agency(text) {
            return Word::Agency(token);
        }
        if exact(&reading.nobodies) && !exact(&reading.role_phrases) {
            return Word::Nothing;
        }
        if let Some((part, _)) = reading.parts.iter().find(|(part, words)| *part != Part::Author && exact(words)) {
            return Word::Part(*part);
        }
        if exact(&reading.parts[0].1) {
            return Word::Part(Part::Author);
        }
        if exact(&reading.role_phrases) || exact(&reading.leads) {
            return Word::Role(text);
        }
        if is_company(text, self) {
            return Word::Organisation(token);
        }
        if place(text).is_some() || self.is_report(text) {
            return Word::Nothing;
        }
        let count = text.chars().count();
        let han = text.chars().all(is_unspaced);
        let katakana = text.chars().any(is_kana);
        let most = if katakana { 14 } else { 4 };
        let named = han && (2..=most).contains(&count)
            || katakana
                && (2..=most).contains(&count)
                && text.chars().all(|c| is_unspaced(c) || matches!(c, '・' | 'ー' | '·'));
        let hangul = text.chars().all(words::is_hangul) && (2..=4).contains(&count);
        if named || hangul { Word::Name(token) } else { Word::Nothing }
    }
}

/// The words of such a byline; with each, whether a comma stands before it.
fn tokens(cut: Cut) -> Vec<(Cut, bool)> {
    let mut tokens = Vec::new();
    let (mut start, mut comma) = (0, false);
    let text = cut.text;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_comma = matches!(c, '、' | ',' | '，' | '；' | ';' | '。');
        let dot = c == '・' || c == '·';
        let kana = |c: Option<char>| c.is_some_and(is_kana);
        let named =
            dot && kana(text.part(..at).chars().next_back()) && kana(text.part(at + c.len_utf8()..).chars().next());
        let ends = c.is_whitespace()
            || is_comma
            || dot && !named
            || matches!(
                c,
                '/' | '／'
                    | ':'
                    | '：'
                    | '='
                    | '＝'
                    | '('
                    | ')'
                    | '（'
                    | '）'
                    | '['
                    | ']'
                    | '【'
                    | '】'
                    | '《'
                    | '》'
                    | '●'
                    | '—'
                    | '－'
                    | '&'
                    | '＆'
                    | '「'
                    | '」'
            );
        if ends {
            if start < at {
                tokens.push((cut.slice(start, at), comma));
                comma = false;
            }
            comma |= is_comma;
            start = at + if at < text.len() { c.len_utf8() } else { 0 };
        }
    }
    tokens
}

/// How far the longest of the phrases goes from the start of a text without spaces.
fn unspaced_start(text: &str, words: &crate::pack::Openers) -> Option<usize> {
    words.alike(text).filter_map(|lead| phrase::at_start(text, lead)).max().filter(|len| *len > 0)
}

/// Ends or begins as firms, papers and offices do.
fn is_company(text: &str, reader: &Reader) -> bool {
    let outlets = &reader.known.packs.reading.outlets;
    let ends = text.char_indices().skip(1).any(|(at, _)| outlets.contains(text.part(at..)));
    let begins = text.char_indices().skip(2).any(|(at, _)| {
        outlets.contains(text.part(..at)) && (text.part(..at).chars().count() > 2 || text.starts_with(words::is_hangul))
    });
    ends || begins || outlets.contains(text) || words::is_domain(text)
}

fn is_short_han(text: &str) -> bool {
    (1..=3).contains(&text.chars().count()) && text.chars().all(is_unspaced)
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}
