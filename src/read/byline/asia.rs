//! Bylines of East Asia: names without spaces, and what their bearers are glued before or behind.

use super::super::phrase;
use super::cut::Cut;
use super::{Reader, Segment, words};
use crate::document::{Part, Person};
use crate::text::words::is_unspaced;

/// What a word of such a byline is.
enum Word<'t> {
    Name(Cut<'t>),
    /// Before or behind names.
    Role(&'t str),
    Part(Part),
    Agency(Cut<'t>),
    Organisation(Cut<'t>),
    Nothing,
}

impl Reader<'_> {
    pub(super) fn east_asian(&mut self, cut: Cut, segment: &Segment) {
        let japanese = self.context.lang == Some("ja") || cut.text.chars().any(is_kana);
        let tokens = tokens(cut);
        let mut part = segment.part;
        let mut role: Option<&str> = None;
        let mut employer: Option<&str> = None;
        // People since the last comma: a word behind them is for all.
        let mut since = self.people.len();
        let mut i = 0;
        while i < tokens.len() {
            let (mut token, comma) = tokens[i];
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
            let (before, token, behind) = self.stripped(token, next);
            if let Some((lead_part, lead_role)) = before {
                part = lead_part.unwrap_or(part);
                role = lead_role;
                since = self.people.len();
            }
            if token.text.is_empty() {
                continue;
            }
            match self.word(token) {
                Word::Role(word) => {
                    let before = &mut self.people[since..];
                    if before.is_empty() {
                        role = Some(word);
                    }
                    before.iter_mut().for_each(|person| {
                        person.role.get_or_insert_with(|| word.to_owned());
                    });
                }
                Word::Part(word) => {
                    let before = &mut self.people[since..];
                    if before.is_empty() {
                        part = word;
                    }
                    before.iter_mut().for_each(|person| person.part = word);
                }
                Word::Agency(name) => {
                    if self.people.len() == segment.first && next.is_some() {
                        employer = Some(name.text);
                        role = behind.and_then(|(_, role)| role).or(role);
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
                    let told = alone || behind.is_some() || before.is_some() || employer.is_some() || role.is_some();
                    let followed = next.is_some_and(|next| {
                        matches!(self.word(next), Word::Role(_) | Word::Part(_)) || next.text.contains('@')
                    });
                    let listed = next.is_some_and(|next| matches!(self.word(next), Word::Name(_)));
                    if hangul && !told && !followed && !listed && self.people.len() == segment.first {
                        employer = Some(name.text);
                        continue;
                    }
                    // `半月谈记者 史卫燕`: what the reporter before the name is of.
                    if let (Some((None, Some(word))), Some(next)) = (behind, next)
                        && !tokens[i].1
                        && matches!(self.word(next), Word::Name(_))
                        && !japanese
                        && !hangul
                    {
                        employer = Some(name.text);
                        role = Some(word);
                        continue;
                    }
                    let (own_part, own_role) = behind.map_or((part, role), |(p, r)| (p.unwrap_or(part), r.or(role)));
                    self.east_asian_person(name, own_part, own_role, &mut employer);
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

    /// A token without the lead or role glued before or behind it: what the one and the other say.
    #[allow(clippy::type_complexity, reason = "three values that are used once")]
    fn stripped<'t>(
        &self,
        token: Cut<'t>,
        next: Option<Cut<'t>>,
    ) -> (Option<(Option<Part>, Option<&'t str>)>, Cut<'t>, Option<(Option<Part>, Option<&'t str>)>) {
        let reading = &self.context.packs.reading;
        let whole = token.text.chars().count();
        let parts = || reading.parts.iter().filter(|(part, _)| *part != Part::Author);
        let before = parts().filter_map(|(part, words)| Some((unspaced_start(token.text, words)?, Some(*part), None)));
        let leads = [&reading.leads, &reading.parts[0].1];
        let before =
            before.chain(leads.into_iter().filter_map(|words| Some((unspaced_start(token.text, words)?, None, None))));
        let roles = unspaced_start(token.text, &reading.role_phrases).map(|len| (len, None, Some(&token.text[..len])));
        let before = before.chain(roles).max_by_key(|(len, part, _)| (*len, part.is_some()));
        let fits = |len: usize| whole > 1 && len < token.text.len() && token.text[len..].chars().count() >= 2;
        let (lead, token) = match before.filter(|(len, ..)| fits(*len)) {
            Some((len, part, role)) => (Some((part, role)), token.from(len)),
            None => (None, token),
        };
        let _ = next;
        // The longest role or part that ends it.
        let ends = token.text.char_indices().skip(2).map(|(at, _)| at);
        let behind = ends.into_iter().find_map(|at| {
            let rest = &token.text[at..];
            let exact = |words| phrase::longest_at_start(rest, words) == Some(rest.len());
            let part = parts().find(|(_, words)| exact(words)).map(|(part, _)| *part);
            let role = exact(&reading.role_phrases).then_some(rest);
            let author = rest == "著" || rest == "作" || rest == "文";
            (part.is_some() || role.is_some() || author).then_some((at, part, role))
        });
        match behind {
            Some((at, part, role)) if !self.is_agency(token.text) && !is_company(token.text, self) => {
                (lead, token.upto(at), Some((part, role)))
            }
            _ => (lead, token, None),
        }
    }

    fn word<'t>(&self, token: Cut<'t>) -> Word<'t> {
        let reading = &self.context.packs.reading;
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
        if text == "著" || exact(&reading.parts[0].1) {
            return Word::Part(Part::Author);
        }
        if exact(&reading.role_phrases) || exact(&reading.leads) {
            return Word::Role(text);
        }
        if is_company(text, self) {
            return Word::Organisation(token);
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
        let named = dot && kana(text[..at].chars().next_back()) && kana(text[at + c.len_utf8()..].chars().next());
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
    let outlets = &reader.context.packs.reading.outlets;
    let ends = text.char_indices().skip(1).any(|(at, _)| outlets.contains(&text[at..]));
    let begins = text.char_indices().skip(2).any(|(at, _)| {
        outlets.contains(&text[..at]) && (text[..at].chars().count() > 2 || text.starts_with(words::is_hangul))
    });
    ends || begins || outlets.contains(text) || words::is_domain(text)
}

fn is_short_han(text: &str) -> bool {
    (1..=3).contains(&text.chars().count()) && text.chars().all(is_unspaced)
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}
