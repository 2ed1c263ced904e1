//! Who wrote the story: people, what they are, whom they write for; agencies.

use super::date;
use super::tokens::{Head, Kind, window};
use super::{Context, phrase};
use crate::document::{Byline, Person};
use crate::pack::with_lower;

/// Of a line, so many characters can be a byline.
const LIMIT: usize = 400;
/// More lines are none.
const MOST_LINES: usize = 12;
/// More people are none.
const MOST_PEOPLE: usize = 40;

/// The byline in lines labelled as one; `None` when they name nobody.
pub(crate) fn byline(lines: &[&str], context: &Context) -> Option<Byline> {
    let mut reader = Reader { context, people: Vec::new(), agencies: Vec::new() };
    for line in lines.iter().take(MOST_LINES) {
        reader.line(window(line.trim(), LIMIT));
    }
    let Reader { people, agencies, .. } = reader;
    if people.is_empty() && agencies.is_empty() {
        return None;
    }
    let text = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n");
    Some(Byline { text, people, agencies })
}

struct Reader<'a> {
    context: &'a Context<'a>,
    people: Vec<Person>,
    agencies: Vec<String>,
}

/// What a piece between commas is.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'t> {
    Email(&'t str),
    Handle(&'t str),
    Agency(&'t str),
    Role(&'t str),
    Name(&'t str),
    Organisation(&'t str),
    Unknown,
}

impl Reader<'_> {
    fn line(&mut self, line: &str) {
        for segment in segments(line) {
            self.segment(segment);
        }
    }

    /// A stretch between bars, bullets and semicolons: a lead, then names with what belongs to them.
    fn segment(&mut self, segment: &str) {
        let (task, rest) = self.lead(segment);
        let rest = rest.unwrap_or(segment);
        let led = rest.len() < segment.len();
        let rest = before_date(rest, self.context);
        let first = self.people.len();
        for piece in self.pieces(rest) {
            if self.people.len() >= MOST_PEOPLE {
                return;
            }
            self.take(piece, first, led);
        }
        if let Some(task) = task {
            for person in &mut self.people[first..] {
                person.role.get_or_insert_with(|| task.to_owned());
            }
        }
    }

    /// What a task asks for ("Editing"), and the segment behind the words before the name.
    fn lead<'t>(&self, segment: &'t str) -> (Option<&'t str>, Option<&'t str>) {
        let packs = &self.context.packs;
        let open = segment.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let behind = |len: usize| {
            open[len..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—'))
        };
        if let Some(len) = phrase::longest_at_start(open, &packs.wires.tasks) {
            let task = &open[..len];
            let task = task
                .rsplit_once(' ')
                .filter(|(_, last)| last.eq_ignore_ascii_case("by"))
                .map_or(task, |(task, _)| task.trim_end());
            return (Some(task), Some(behind(len)));
        }
        let leads = &packs.reading.leads;
        if let Some(len) = phrase::longest_at_start(open, leads) {
            // `By` before a small letter is a word of a sentence: `by the way`.
            return (None, Some(behind(len)));
        }
        // Glued by a scraper: `ByAnn Orla`; or without spaces at all: `记者王`.
        let glued = leads.alike(open).filter_map(|lead| phrase::at_start(open, lead)).max().filter(|&len| {
            let next = open[len..].chars().next();
            let unspaced = open.chars().next().is_some_and(crate::text::words::is_unspaced);
            next.is_some_and(char::is_uppercase)
                && open[..len].chars().all(char::is_alphabetic)
                && open[..len].ends_with(char::is_lowercase)
                || unspaced
        });
        (None, glued.map(behind))
    }

    /// The stretches between commas, joiners and `&`.
    fn pieces<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let joiners = &self.context.packs.wires.people_joiners;
        let mut pieces = Vec::new();
        let mut start = 0;
        let mut skip_to = 0;
        for (at, c) in text.char_indices() {
            if at < skip_to {
                continue;
            }
            let len = match c {
                ',' | '、' | '，' | '،' | '&' | '+' | '(' | ')' | '（' | '）' | '[' | ']' | '<' | '>' | '/' => {
                    Some(c.len_utf8())
                }
                _ if c.is_whitespace() && text[..at].ends_with(is_cjk) => Some(c.len_utf8()),
                _ if c.is_alphabetic() && text[..at].ends_with(char::is_whitespace) => {
                    let word = text[at..].split(char::is_whitespace).next().unwrap_or_default();
                    // `AND` in capitals; but `A` is an initial.
                    let known =
                        joiners.contains(word) || word.len() > 1 && with_lower(word, |word| joiners.contains(word));
                    (at + word.len() < text.len() && known).then_some(word.len())
                }
                _ => None,
            };
            // A slash inside a name of an agency or address belongs to it.
            if c == '/' && self.context.packs.wires.agency(text[start..].trim()).is_some() {
                continue;
            }
            if let Some(len) = len {
                pieces.push(text[start..at].trim());
                start = at + len;
                skip_to = start;
            }
        }
        pieces.push(text[start..].trim());
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }

    fn take(&mut self, text: &str, first: usize, led: bool) {
        let text = text.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '.' | ':' | '"' | '\u{201c}' | '\u{201d}' | '-' | '–' | '—' | '*' | '=')
        });
        // `Ann Orla of The Orla Times`, `Ann Orla for AP`, `Ann Orla in Orla`
        if let Some((name, word, rest)) = self.preposition(text)
            && matches!(Self::classify(self.context, name, led), Piece::Name(_))
            && rest.starts_with(char::is_uppercase)
        {
            self.take(name, first, led);
            if self.context.packs.wires.for_words.contains(word) {
                let employer = self.preposition(rest).map_or(rest, |(employer, ..)| employer);
                self.take_employer(employer, first);
            }
            return;
        }
        // An address or a handle behind the name, with no comma.
        if let Some((name, last)) = text.rsplit_once(char::is_whitespace)
            && last.contains('@')
        {
            self.take(name, first, led);
            self.take(last, first, led);
            return;
        }
        let count = self.people.len();
        // A single word is a name only right behind `By`.
        let led = led && count == first;
        let last = if count > 0 { self.people.get_mut(count - 1) } else { None };
        match Self::classify(self.context, text, led) {
            Piece::Email(email) => {
                if let Some(person) = last {
                    person.email = person.email.take().or_else(|| Some(email.to_owned()))
                }
            }
            Piece::Handle(handle) => {
                if let Some(person) = last {
                    person.handle = person.handle.take().or_else(|| Some(handle.to_owned()))
                }
            }
            Piece::Agency(agency) => self.take_employer(agency, first),
            Piece::Role(role) => {
                let (title, name) = title_and_name(role, led, self.context);
                match (name, last) {
                    (Some(name), _) => self.people.push(Person {
                        name: name.to_owned(),
                        role: title.map(str::to_owned),
                        ..Person::default()
                    }),
                    (None, Some(person)) => person.role = person.role.take().or_else(|| Some(role.to_owned())),
                    (None, None) => {}
                }
            }
            Piece::Name(name) => self.people.push(Person { name: name.to_owned(), ..Person::default() }),
            Piece::Organisation(name) => self.organisation(name, first),
            Piece::Unknown => {}
        }
    }

    /// Whom the people of this segment, or the last one before it, write for.
    fn organisation(&mut self, name: &str, first: usize) {
        let from = first.min(self.people.len().saturating_sub(1));
        for person in &mut self.people[from..] {
            person.organisation.get_or_insert_with(|| name.to_owned());
        }
    }

    fn take_employer(&mut self, name: &str, first: usize) {
        if self.context.packs.wires.agency(name).is_some() && !self.agencies.iter().any(|known| known == name) {
            self.agencies.push(name.to_owned());
        }
        self.organisation(name, first);
    }

    /// Parts `Ann Orla for The Orla Times` at its first preposition.
    fn preposition<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
        let wires = &self.context.packs.wires;
        let mut end = 0;
        for piece in text.split_inclusive(char::is_whitespace) {
            let start = end;
            end += piece.len();
            let word = piece.trim_end();
            if start > 0 && (wires.for_words.contains(word) || wires.in_words.contains(word)) {
                return Some((text[..start].trim_end(), word, text[end..].trim_start()));
            }
        }
        None
    }

    fn classify<'t>(context: &Context, text: &'t str, led: bool) -> Piece<'t> {
        let wires = &context.packs.wires;
        if let Some((left, right)) = text.split_once('@') {
            if text.contains(char::is_whitespace) {
                return Piece::Unknown;
            }
            return match left {
                "" if !right.is_empty() => Piece::Handle(text),
                "" => Piece::Unknown,
                _ if right.contains('.') => Piece::Email(text),
                _ => Piece::Unknown,
            };
        }
        if wires.agency(text).is_some() {
            return Piece::Agency(text);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.iter().any(|word| is_role(word, context)) {
            return if words.len() <= 8 { Piece::Role(text) } else { Piece::Unknown };
        }
        if words.len() > 1 && words.iter().any(|word| wires.is_agency_word(word))
            || text.starts_with("The ") && words.len() > 1
        {
            return Piece::Organisation(text);
        }
        if is_name(&words, led, context) { Piece::Name(text) } else { Piece::Unknown }
    }
}

/// The stretches of a line between bars, bullets, semicolons and dashes with spaces around.
fn segments(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '•', '·', ';', '；', '｜', '\n', '\t'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" — "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The text up to its first date, weekday or clock.
fn before_date<'t>(text: &'t str, context: &Context) -> &'t str {
    let head = Head::new(text, LIMIT);
    for (i, _) in head.tokens(0) {
        let dated = date::at(&head, i, context).is_some() || context.packs.is_weekday(head.word(i));
        let clock = head.is(i, Kind::Number) && head.is(i + 1, Kind::Colon) && head.is(i + 2, Kind::Number);
        if dated || clock {
            return without_date_words(text[..head.start(i)].trim_end(), context);
        }
    }
    text
}

/// The text without the words that lead to a date: "le", "updated on".
fn without_date_words<'t>(mut text: &'t str, context: &Context) -> &'t str {
    while let Some((rest, last)) = text.rsplit_once(char::is_whitespace) {
        // `d'Orville` is a name.
        if last.contains(char::is_uppercase) || !last.starts_with(char::is_lowercase) {
            break;
        }
        text = rest.trim_end();
    }
    phrase::last(text, &context.packs.reading.dated).map_or(text, |hit| text[..hit.start].trim_end())
}

fn is_cjk(c: char) -> bool {
    crate::text::words::is_unspaced(c)
}

fn is_role(word: &str, context: &Context) -> bool {
    let known = |word: &str| context.packs.reading.roles.contains(word);
    with_lower(word.trim_matches(|c: char| !c.is_alphanumeric()), |word| {
        let parts = || word.rsplit_once('-');
        known(word) || parts().is_some_and(|(left, right)| known(right) || left.split('-').next().is_some_and(known))
    })
}

/// `Senior Editor Ann Orla`: the title and the name; all the words a title: no name.
fn title_and_name<'t>(text: &'t str, led: bool, context: &Context) -> (Option<&'t str>, Option<&'t str>) {
    let mut last_role = None;
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        at += word.len();
        if is_role(word.trim_end(), context) {
            last_role = Some(at);
        }
    }
    let Some(end) = last_role else { return (None, None) };
    let words: Vec<&str> = text[end..].split_whitespace().collect();
    // `Editor at Large`, `Reporter Metro`: a name has two words, each with a capital.
    let named = words.len() >= 2 && is_name(&words, false, context);
    // `Ann Orla Globe Correspondent`: a name of two words, then what its bearer is.
    let mut all = text.split_whitespace();
    if let (false, Some(first), Some(second), Some(third)) = (named, all.next(), all.next(), all.next())
        && words.is_empty()
        && all.next().is_some()
        && is_name(&[first, second], false, context)
        && ![first, second].iter().any(|word| is_role(word, context))
        && !context.packs.wires.is_agency_word(second)
        && !context.packs.reading.role_phrases.alike(text).any(|role| phrase::at_start(text, role).is_some())
        && led
        && let (Some(at), Some(to)) = (text.find(third), text.find(second))
        && at > to
    {
        return (Some(text[at..].trim()), Some(text[..at].trim()));
    }
    if named {
        (Some(text[..end].trim_end_matches([' ', ':'])), Some(text[end..].trim_start()))
    } else {
        (Some(text), None)
    }
}

/// Whether the words are a person's name.
fn is_name(words: &[&str], led: bool, context: &Context) -> bool {
    let Some(first) = words.first() else { return false };
    let chars = first.chars().count();
    if first.chars().all(is_cjk) {
        return words.len() == 1 && (2..=5).contains(&chars);
    }
    let letters = |word: &str| {
        word.chars().all(|c| {
            super::tokens::is_letter(c)
                || matches!(c, '.' | '\'' | '\u{2019}' | '-' | '\u{ad}' | '"' | '\u{201c}' | '\u{201d}')
        })
    };
    let capital = |word: &str| {
        let first = word.chars().find(|c| c.is_alphabetic());
        first.is_some_and(|c| !c.is_lowercase())
            || word.contains(['\'', '\u{2019}']) && word.contains(char::is_uppercase)
    };
    let shaped = words.iter().enumerate().all(|(i, word)| {
        letters(word)
            && (capital(word)
                || (i > 0 && i + 1 < words.len() || words.len() > 2) && context.packs.wires.is_name_particle(word))
    });
    let least = if led { 1 } else { 2 };
    shaped && (least..=6).contains(&words.len()) && capital(words[words.len() - 1]) && (words.len() > 1 || chars > 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::testing::{context, packs};

    fn read(lines: &[&str]) -> Option<Byline> {
        let packs = packs();
        byline(lines, &context(&packs))
    }

    /// `name/role/organisation/email/handle`, each person on its own, then the agencies.
    fn shown(lines: &[&str]) -> String {
        let Some(byline) = read(lines) else { return "none".to_owned() };
        let or = |part: &Option<String>| part.clone().unwrap_or_default();
        let people = byline.people.iter().map(|p| {
            let all = [p.name.clone(), or(&p.role), or(&p.organisation), or(&p.email), or(&p.handle)];
            all.join("/").trim_end_matches('/').to_owned()
        });
        let mut all: Vec<String> = people.collect();
        all.extend(byline.agencies.iter().map(|agency| format!("[{agency}]")));
        all.join(" ")
    }

    #[test]
    fn reads() {
        let cases: &[(&[&str], &str)] = &[
            (&["By Nora Quill"], "Nora Quill"),
            (&["BY NORA QUILL"], "NORA QUILL"),
            (&["BY NORA A QUILL AND TOM BERG"], "NORA A QUILL TOM BERG"),
            (&["ByNora Quill"], "Nora Quill"),
            (&["Nora Quill"], "Nora Quill"),
            (
                &["By Nora Quill and Tom van der Berg, Associated Press"],
                "Nora Quill//Associated Press Tom van der Berg//Associated Press [Associated Press]",
            ),
            (&["Nora Quill | Senior Editor"], "Nora Quill/Senior Editor"),
            (
                &["By Nora Quill, Senior Reporter, nora@orla.example, @noraq"],
                "Nora Quill/Senior Reporter//nora@orla.example/@noraq",
            ),
            (&["By Nora Quill nora@orla.example"], "Nora Quill///nora@orla.example"),
            (&["Editor-in-Chief Nora Quill"], "Nora Quill/Editor-in-Chief"),
            (&["Reporting by Nora Quill in Orla; Editing by Tom Berg"], "Nora Quill/Reporting Tom Berg/Editing"),
            (
                &["(Reporting by Nora Quill and Ann Li; editing by Tom Berg)"],
                "Nora Quill/Reporting Ann Li/Reporting Tom Berg/editing",
            ),
            (&["Von Jürgen Beispiel und Eva Muster"], "Jürgen Beispiel Eva Muster"),
            (&["Por Ana de la Vega"], "Ana de la Vega"),
            (&["Par Léa d'Orville le 14.09.2020 à 11h46"], "Léa d'Orville"),
            (&["记者 王小明 李丽"], "王小明 李丽"),
            (&["记者王小明、李丽"], "王小明 李丽"),
            (&["By Nora Quill | Jan 3, 2020 | 20 Comments"], "Nora Quill"),
            (&["By Nora Quill", "The Orla Herald"], "Nora Quill//The Orla Herald"),
            (&["Associated Press"], "[Associated Press]"),
            (&["AFP"], "[AFP]"),
            (&["By Nora Quill for The Orla Times"], "Nora Quill//The Orla Times"),
            (&["By Nora Quill for AFP in Orla"], "Nora Quill//AFP [AFP]"),
            (&["Por Ana Ruiz en Orla"], "Ana Ruiz"),
            (&["Por Ana da Silva e Rui Costa"], "Ana da Silva Rui Costa"),
            (&["Features Director: Nora Quill"], "Nora Quill/Features Director"),
            (&["By Nora Quill Globe Correspondent"], "Nora Quill/Globe Correspondent"),
            (&["By"], "none"),
            (&["20 Comments"], "none"),
            (&["3 min read"], "none"),
            (&["follow us"], "none"),
            (&["by the way"], "none"),
            (&[], "none"),
        ];
        for (lines, want) in cases {
            assert_eq!(shown(lines), *want, "{lines:?}");
        }
    }

    #[test]
    fn keeps_the_text() {
        let found = read(&[" By Nora Quill ", "AFP"]);
        assert_eq!(found.map(|byline| byline.text).as_deref(), Some("By Nora Quill\nAFP"));
    }

    #[test]
    fn any_input() {
        for text in ["@".repeat(5000), ",".repeat(10_000), "By ".repeat(5000), "((((".repeat(2000), "é; ".repeat(4000)]
        {
            let _ = read(&[&text]);
        }
    }
}
