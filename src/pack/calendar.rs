//! Names of months, of days and of the halves of the day, by language. One word can mean two things in two languages: that of
//! the text decides, and where it does not know the word, all that do must agree.

use super::wires::with_folded;
use super::{DateWords, Pack};
use crate::text::hash::{Map, Set};
use crate::text::words::is_unspaced;

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    One(u8),
    /// One thing in one language, another in the next.
    Several,
}

impl Named {
    /// What it means, when that is certain.
    pub fn one(self) -> Option<u8> {
        match self {
            Self::One(value) => Some(value),
            Self::Several => None,
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    Am,
    Pm,
    /// From evening to morning: twelve is midnight.
    Night,
    /// Around twelve, which is noon.
    Noon,
    /// Hours are counted from six in the morning, or from midnight: nobody can tell.
    FromDawn,
}

const HALVES: [Half; 5] = [Half::Am, Half::Pm, Half::Night, Half::Noon, Half::FromDawn];

/// What one word means in one language.
#[derive(Clone, Copy, Debug)]
struct Meaning {
    language: u16,
    value: u8,
    /// Counts in its own language alone.
    own: bool,
}

/// Words, and what they mean by language.
#[derive(Debug, Default)]
struct Names(Map<String, Vec<Meaning>>);

impl Names {
    fn add(&mut self, name: &str, meaning: Meaning) {
        with_folded(name, |name| self.0.entry(name.to_owned()).or_default().push(meaning));
    }

    fn of(&self, name: &str) -> &[Meaning] {
        with_folded(name, |name| self.0.get(name)).map_or(&[], Vec::as_slice)
    }

    /// What `name` means in a language, else in all that have it.
    fn get(&self, name: &str, language: Option<u16>) -> Option<Named> {
        let meanings = self.of(name);
        let own = meanings.iter().find(|meaning| Some(meaning.language) == language);
        let any = || meanings.iter().any(|meaning| !meaning.own).then(|| agreed(meanings.iter())).flatten();
        own.map(|meaning| Named::One(meaning.value)).or_else(any)
    }
}

/// What all the meanings are.
fn agreed<'m>(mut meanings: impl Iterator<Item = &'m Meaning>) -> Option<Named> {
    let first = meanings.next()?.value;
    Some(if meanings.all(|meaning| meaning.value == first) { Named::One(first) } else { Named::Several })
}

/// Look-up of the names in times and dates.
#[derive(Debug, Default)]
pub(crate) struct Calendar {
    languages: Vec<String>,
    months: Names,
    weekdays: Names,
    short_weekdays: Names,
    halves: Names,
    /// Months in scripts without spaces, longest first.
    unspaced: Vec<(String, u8)>,
    /// Parts of the day in such scripts, longest first.
    unspaced_halves: Vec<(String, u8)>,
    at: Set<String>,
    oclock: Set<String>,
    hour_signs: Set<String>,
    ordinals: Set<String>,
    of: Set<String>,
    year_words: Set<String>,
    /// After a number of a year, a month, a day, an hour, a minute.
    marks: [Set<String>; 5],
    eras: Vec<(String, i16)>,
}

/// What a mark after a number says that it counts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mark {
    Year,
    Month,
    Day,
    Hour,
    Minute,
}

impl Calendar {
    pub fn new(packs: &[Pack]) -> Self {
        let words = |list: fn(&DateWords) -> &Vec<String>| -> Set<String> {
            packs.iter().flat_map(|pack| list(&pack.dates)).map(|word| with_folded(word, str::to_owned)).collect()
        };
        let mut calendar = Self {
            at: words(|dates| &dates.at),
            oclock: words(|dates| &dates.oclock),
            hour_signs: words(|dates| &dates.hour_signs),
            ordinals: words(|dates| &dates.ordinals),
            of: words(|dates| &dates.of),
            year_words: words(|dates| &dates.year_words),
            marks: [
                words(|dates| &dates.year_marks),
                words(|dates| &dates.month_marks),
                words(|dates| &dates.day_marks),
                words(|dates| &dates.hour_marks),
                words(|dates| &dates.minute_marks),
            ],
            eras: packs.iter().flat_map(|pack| pack.dates.eras.clone()).collect(),
            ..Self::default()
        };
        packs.iter().for_each(|pack| calendar.add(pack));
        calendar.unspaced.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        calendar.unspaced_halves.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        calendar
    }

    fn add(&mut self, pack: &Pack) {
        let known = self.languages.iter().position(|code| *code == pack.code && !code.is_empty());
        let language = known.unwrap_or_else(|| {
            self.languages.push(pack.code.clone());
            self.languages.len() - 1
        }) as u16;
        let dates = &pack.dates;
        // Three letters of ASCII that no label rests on are a word in too many languages.
        let short = |name: &str| name.len() <= 3;
        let lists = [(&dates.months, !pack.evidence), (&dates.more_months, true)];
        for (value, names, rare) in
            lists.iter().flat_map(|(list, rare)| (1..).zip(*list).map(move |(i, names)| (i, names, *rare)))
        {
            for name in names {
                self.months.add(name, Meaning { language, value, own: rare && short(name) });
                if name.chars().next().is_some_and(is_unspaced) && !name.chars().any(|c| c.is_ascii_digit()) {
                    self.unspaced.push((name.clone(), value));
                }
            }
        }
        for (value, names) in (1..).zip(&dates.weekdays) {
            names.iter().for_each(|name| self.weekdays.add(name, Meaning { language, value, own: false }));
        }
        for (value, names) in (1..).zip(&dates.more_weekdays) {
            names.iter().for_each(|name| self.short_weekdays.add(name, Meaning { language, value, own: false }));
        }
        let halves = [&dates.am, &dates.pm, &dates.night, &dates.noon, &dates.from_dawn];
        for (value, words) in (0..).zip(halves) {
            for word in words {
                let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
                // English halves stand in texts of all languages, `de` and `SA` mean other things in most.
                let own = letters.len() <= 2 && letters.is_ascii() && pack.code != "en";
                if word.chars().next().is_some_and(is_unspaced) {
                    self.unspaced_halves.push((word.clone(), value));
                }
                self.halves.add(&letters, Meaning { language, value, own });
            }
        }
    }

    fn language(&self, code: Option<&str>) -> Option<u16> {
        code.and_then(|code| self.languages.iter().position(|known| known == code)).map(|at| at as u16)
    }

    /// The month that a word names in a language, else in all that have it.
    pub fn month(&self, name: &str, lang: Option<&str>) -> Option<Named> {
        self.months.get(name, self.language(lang))
    }

    /// The month that a word of few letters shortens, where another sign says that it does.
    pub fn short_month(&self, name: &str, lang: Option<&str>) -> Option<Named> {
        self.month(name, lang).or_else(|| agreed(self.months.of(name).iter()))
    }

    /// The name of a month that `text` opens with, in a script without spaces: its bytes, and which.
    pub fn unspaced_month(&self, text: &str) -> Option<(usize, u8)> {
        if !text.chars().next().is_some_and(is_unspaced) {
            return None;
        }
        self.unspaced.iter().find(|(name, _)| text.starts_with(name)).map(|(name, month)| (name.len(), *month))
    }

    /// The day of the week, Monday 1 to Sunday 7, that a word names in a language, else in all that have it.
    pub fn weekday(&self, name: &str, lang: Option<&str>) -> Option<u8> {
        self.weekdays.get(name, self.language(lang)).and_then(Named::one)
    }

    /// Whether a word names a day of the week in any language.
    pub fn is_weekday(&self, name: &str) -> bool {
        !self.weekdays.of(name).is_empty()
    }

    /// The day that a short name is of; a date must stand beside it.
    pub fn short_weekday(&self, name: &str, lang: Option<&str>) -> Option<Named> {
        self.short_weekdays.get(name, self.language(lang))
    }

    /// Whether a day of the week is so called for short in this language.
    pub fn has_short_weekday(&self, name: &str, lang: Option<&str>) -> bool {
        let language = self.language(lang);
        language.is_some() && self.short_weekdays.of(name).iter().any(|meaning| Some(meaning.language) == language)
    }

    /// The part of the day that `word`, letters alone, names.
    pub fn half(&self, word: &str, lang: Option<&str>) -> Option<Half> {
        let found = self.halves.get(word, self.language(lang));
        // `6:40 CH` where nothing says which language it is.
        let shouted = || lang.is_none() && word.chars().all(char::is_uppercase);
        let found = found.or_else(|| agreed(self.halves.of(word).iter().filter(|_| shouted())));
        found.and_then(Named::one).and_then(|value| HALVES.get(usize::from(value)).copied())
    }

    /// The part of the day that `text` opens with, in a script without spaces: its bytes, and which.
    pub fn unspaced_half(&self, text: &str) -> Option<(usize, Half)> {
        if !text.chars().next().is_some_and(is_unspaced) {
            return None;
        }
        let (word, value) = self.unspaced_halves.iter().find(|(word, _)| text.starts_with(word))?;
        Some((word.len(), *HALVES.get(usize::from(*value))?))
    }

    /// Whether it stands before a time of day: "at".
    pub fn is_at(&self, word: &str) -> bool {
        with_folded(word, |word| self.at.contains(word))
    }

    /// Whether it makes the hour before it a time of day: "o'clock".
    pub fn is_oclock(&self, word: &str) -> bool {
        with_folded(word, |word| self.oclock.contains(word))
    }

    /// Whether it can stand after an hour or a time of day: "h".
    pub fn is_hour_sign(&self, word: &str) -> bool {
        with_folded(word, |word| self.hour_signs.contains(word))
    }

    /// Whether it makes a number a day, glued to it: "th".
    pub fn is_ordinal(&self, word: &str) -> bool {
        with_folded(word, |word| self.ordinals.contains(word))
    }

    /// Whether it stands between a day and a month: "of".
    pub fn is_of(&self, word: &str) -> bool {
        with_folded(word, |word| self.of.contains(word))
    }

    /// Whether it may stand after a year: "г."
    pub fn is_year_word(&self, word: &str) -> bool {
        with_folded(word, |word| self.year_words.contains(word))
    }

    /// Whether it says, glued after a number, what that counts.
    pub fn is_mark(&self, mark: Mark, word: &str) -> bool {
        self.marks.get(mark as usize).is_some_and(|marks| marks.contains(word))
    }

    /// What the years of an era of this name are counted from.
    pub fn era(&self, name: &str) -> Option<i16> {
        self.eras.iter().find(|(era, _)| era == name).map(|(_, year)| *year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    #[test]
    fn one_word_in_two_languages() {
        let packs = Packs::embedded();
        let month = |name, lang| packs.calendar.month(name, lang);
        assert_eq!(month("listopada", Some("pl")), Some(Named::One(11)));
        assert_eq!(month("listopada", Some("hr")), Some(Named::One(10)));
        assert_eq!(month("listopada", Some("en")), Some(Named::Several));
        assert_eq!(month("set", Some("pt")), Some(Named::One(9)));
        assert_eq!(month("set", Some("en")), None);
        assert_eq!(packs.calendar.short_month("set", Some("en")), Some(Named::One(9)));
        assert_eq!(packs.calendar.unspaced_month("เมษายน 2022"), Some((18, 4)));
    }

    #[test]
    fn halves_of_the_day() {
        let packs = Packs::embedded();
        for (word, lang, want) in [
            ("pm", Some("fr"), Some(Half::Pm)),
            ("ch", Some("vi"), Some(Half::Pm)),
            ("CH", None, Some(Half::Pm)),
            ("ch", None, None),
            ("CH", Some("de"), None),
            ("밤", None, Some(Half::Night)),
            ("jioni", Some("sw"), Some(Half::FromDawn)),
            ("de", Some("es"), None),
        ] {
            assert_eq!(packs.calendar.half(word, lang), want, "{word}");
        }
    }
}
