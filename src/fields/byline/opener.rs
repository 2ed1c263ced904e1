//! The words before names that open a byline or a part of it, and the languages that they are of.

use super::super::phrase;
use super::known::Known;
use super::words;
use crate::document::Part;
use crate::fields::Context;
use crate::pack::Languages;

/// Words before names, as found at the start of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opener {
    pub len: usize,
    pub part: Part,
    of: Languages,
}

impl<'a> Known<'a> {
    pub fn of(lines: &[(usize, &str)], context: &'a Context<'a>) -> Self {
        let packs = context.packs;
        let reading = &packs.reading;
        let own = context.lang.map_or(0, |lang| reading.language(lang));
        let known = Self { context, packs, own, spoken: Languages::MAX };
        let openers = lines.iter().fold(0, |all, (_, line)| all | known.language_of(line));
        if own | openers == 0 {
            return known;
        }
        Self { spoken: own | openers | reading.language("en"), ..known }
    }

    /// The languages of what opens a line; none when nothing does.
    fn language_of(&self, line: &str) -> Languages {
        let line = line.trim_start_matches(|c: char| !c.is_alphabetic());
        let Some(opener) = self.opener(line, true) else { return 0 };
        let (lead, rest) = line.split_at(opener.len);
        let told = lead.contains(char::is_whitespace)
            || words::is_by(lead, self)
            || rest.trim_start().is_empty()
            || rest.trim_start().starts_with([':', '：', '՝', '/', '=']);
        if told { opener.of } else { 0 }
    }

    /// The longest words before names that open a text. `first`: nothing of the kind stands before it.
    pub fn opener(&self, text: &str, first: bool) -> Option<Opener> {
        let reading = &self.packs.reading;
        let lists = reading.parts.iter().map(|(part, words)| (*part, words)).chain([(Part::Author, &reading.leads)]);
        let found = lists.flat_map(|(part, words)| words.alike(text).map(move |phrase| (part, words, phrase)));
        let found = found.filter_map(|(part, words, phrase)| {
            let len = phrase::at_start(text, phrase).filter(|len| *len > 0 && phrase::is_edge(text, *len))?;
            let opener = Opener { len, part, of: words.of(phrase) };
            self.is_opener(text, &opener, first).then_some(opener)
        });
        // Of two that are as long, the one that says more; the languages of both.
        found.fold(None, |best: Option<Opener>, one| match best {
            Some(best) if best.len > one.len => Some(best),
            Some(best) if best.len == one.len => {
                let part = if best.part == Part::Author { one.part } else { best.part };
                Some(Opener { part, of: best.of | one.of, ..best })
            }
            _ => Some(one),
        })
    }

    /// Whether a word that is a name or a part of one too opens the text all the same: `Di Ann Orla`, but `Di Orla`.
    fn is_opener(&self, text: &str, opener: &Opener, first: bool) -> bool {
        let (lead, rest) = text.split_at(opener.len);
        let rest = rest.trim_start();
        let given = self.packs.names.is_given_too(lead);
        let particle = self.packs.wires.is_name_particle(lead);
        if lead.contains(char::is_whitespace) || !given && !particle {
            return true;
        }
        if rest.is_empty() || rest.starts_with([':', '：', '՝', '=']) {
            return true;
        }
        if !first {
            return false;
        }
        if lead.starts_with(char::is_lowercase) {
            return true;
        }
        if opener.of & self.own != 0 {
            return true;
        }
        let mut after = rest.split_whitespace();
        let two = after.next().is_some_and(|word| words::capital(word) && !word.ends_with([',', ';']))
            && after.next().is_some_and(|word| words::capital(word) && !words::is_listed(word, self));
        two && (self.own == 0 || given && particle)
    }

    /// Whether `opener`, which opens `text`, is of a language that counts.
    pub fn is_spoken(&self, text: &str, opener: &Opener) -> bool {
        opener.of & self.spoken != 0 || !text.starts_with(words::is_latin)
    }
}
