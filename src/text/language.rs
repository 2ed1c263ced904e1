//! The language of a text: by its script where only one language writes it, else by its commonest words, by the endings of its
//! longer words and by its letters.
//!
//! Grammar words ("the", "und", "что") make a third of most prose, so that a count of them over one paragraph tells its language,
//! and tells it even where names and numbers outweigh them. Languages that build their grammar into the words show it in the
//! endings. An answer has to be sure: the language has clearly more of all this than any other, and about as much of it as its
//! own stories have. What is written in a language that packs/languages.toml does not list has less, and is left open.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::kinds::{ALPHABETIC, kind};
use super::table::HashTable;
use super::words::{hash_word, is_unspaced, join_hash, split_words};
use crate::once::Lazy;
use crate::text::part::{PartOf, first_bytes};

/// Bytes to look at: more only where less leaves it open.
const LOOKS: [usize; 3] = [200, 600, 1000];

/// The language of a text of these lines, an ISO 639-1 code (639-3 where there is none), `None` when unsure.
pub(crate) fn detect<'a>(lines: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let sample = sample(lines);
    let mut seen = 0;
    LOOKS.into_iter().find_map(|len| {
        let look = first_bytes(&sample, len);
        let more = look.len() > seen;
        seen = look.len();
        if more { by_script(look).or_else(|| by_marks(look)) } else { None }
    })
}

/// So few words need not hold any of the commonest ones of their language.
const FEW_WORDS: usize = 8;

/// Whether a text of these lines may be in a language, where [`detect`] is unsure: it is written in its script, and holds some of its
/// marks unless it is short.
pub(crate) fn may_be<'a>(code: &str, lines: impl Iterator<Item = &'a str>) -> bool {
    let sample = sample(lines);
    let letters = || sample.chars().filter(|c| c.is_alphabetic());
    let half = |is: &dyn Fn(char) -> bool| letters().filter(|c| is(*c)).count() * 2 >= letters().count();
    let mut scripts = SCRIPTS.iter().filter(|(_, _, of)| *of == code).peekable();
    if scripts.peek().is_some() {
        // Japanese has ideographs beside its kana.
        return scripts
            .any(|(first, last, _)| half(&|c| (*first..=*last).contains(&c) || code == "ja" && is_unspaced(c)));
    }
    let known = &*KNOWN;
    let of_code = |at: usize| known.all.get(at).is_some_and(|language| language.code == code);
    let Some(language) = known.all.iter().find(|language| language.code == code) else { return true };
    if !half(&|c| is_latin(c) == language.is_latin) {
        return false;
    }
    let mut words = Vec::new();
    split_words(&sample, &mut words);
    words.retain(|word| !word.is_digits());
    let mut hashes =
        words.iter().flat_map(|word| [Some(word.hash), ending(word.of(&sample)).map(hash_ending)]).flatten();
    words.len() < FEW_WORDS
        || hashes.any(|hash| known.at(known.place(hash)).iter().any(|language| of_code(usize::from(*language))))
}

fn is_latin(c: char) -> bool {
    c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c)
}

/// So many lines at most make a sample.
const LINES: usize = 8;

/// The beginning of the longest line; when that is short, with other long lines, in the order of the text. So prose is the same in
/// one line and with a line for each sentence, and menus beside it have no say.
fn sample<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    // The longest first; of equals, the one that came first.
    let mut longest: [(usize, &str); LINES] = Default::default();
    for (at, line) in lines.enumerate() {
        if line.len() > longest[LINES - 1].1.len() {
            let place = longest.partition_point(|(_, other)| other.len() >= line.len());
            longest[place..].rotate_right(1);
            longest[place] = (at, line);
        }
    }
    let enough = LOOKS[LOOKS.len() - 1];
    let least = longest[0].1.len() / 3;
    let (mut taken, mut len) = (0, 0);
    while taken < LINES && len < enough && longest[taken].1.len() > least {
        len += longest[taken].1.len() + 1;
        taken += 1;
    }
    longest[..taken].sort_unstable_by_key(|(at, _)| *at);
    let mut sample = String::with_capacity(enough + 4);
    for (_, line) in &longest[..taken] {
        sample.push_str(first_bytes(line, enough.saturating_sub(sample.len())));
        sample.push('\n');
    }
    sample
}

/// Scripts that hardly any other language writes, by their first and last character, in order.
pub(super) const SCRIPTS: [(char, char, &str); 19] = [
    ('\u{370}', '\u{3ff}', "el"),
    ('\u{530}', '\u{58f}', "hy"),
    ('\u{780}', '\u{7bf}', "dv"),
    ('\u{a00}', '\u{a7f}', "pa"),
    ('\u{a80}', '\u{aff}', "gu"),
    ('\u{b00}', '\u{b7f}', "or"),
    ('\u{b80}', '\u{bff}', "ta"),
    ('\u{c00}', '\u{c7f}', "te"),
    ('\u{c80}', '\u{cff}', "kn"),
    ('\u{d00}', '\u{d7f}', "ml"),
    ('\u{d80}', '\u{dff}', "si"),
    ('\u{e00}', '\u{e7f}', "th"),
    ('\u{e80}', '\u{eff}', "lo"),
    ('\u{1000}', '\u{109f}', "my"),
    ('\u{10a0}', '\u{10ff}', "ka"),
    ('\u{1780}', '\u{17ff}', "km"),
    (KANA.0, KANA.1, "ja"),
    ('\u{ac00}', '\u{d7a3}', "ko"),
    ('\u{1c90}', '\u{1cbf}', "ka"),
];

const KANA: (char, char) = ('\u{3041}', '\u{30fa}');

/// The language whose script half of the letters are of. Kana are Japanese, however many ideographs and names in Latin letters
/// stand among them: a tenth of the letters is enough.
fn by_script(look: &str) -> Option<&'static str> {
    if look.is_ascii() {
        return None;
    }
    let mut letters = 0;
    let mut counts = [0; SCRIPTS.len()];
    for c in look.chars() {
        // Of other scripts, letters alone count; of these, vowel signs too.
        let is_of = |(first, last, _): &(char, char, _)| (*first..=*last).contains(&c);
        let script = if c < SCRIPTS[0].0 { None } else { SCRIPTS.iter().position(is_of) };
        match script {
            Some(script) => {
                counts[script] += 1;
                letters += 1;
            }
            None => letters += usize::from(kind(c) & ALPHABETIC != 0),
        }
    }
    SCRIPTS.iter().zip(counts).find_map(|((first, _, code), count)| {
        let share = if *first == KANA.0 { 10 } else { 2 };
        (count >= 8 && count * share >= letters).then_some(*code)
    })
}

/// More languages than this are not read from packs/languages.toml.
const LANGUAGES: usize = 192;

/// Languages, a bit each.
type Set = [u64; LANGUAGES / 64];

/// Letters from here on tell no language.
const LETTERS: usize = 0x3000;

/// What packs/languages.toml holds, by code.
type Lists<'a> = BTreeMap<&'a str, List<'a>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List<'a> {
    share: u32,
    #[serde(borrow)]
    letters: Cow<'a, str>,
    #[serde(borrow)]
    words: Cow<'a, str>,
    #[serde(borrow)]
    endings: Cow<'a, str>,
}

/// The same for look-up.
struct Languages {
    all: Vec<Language>,
    /// Hashes of words and endings, and where their languages stand in `members`, which is never at 0.
    marks: HashTable<0>,
    /// The languages of each mark, after their number.
    members: Vec<u8>,
    /// For each character the place of its languages in `sets`.
    letters: Vec<u16>,
    sets: Vec<Set>,
}

struct Language {
    code: String,
    /// Where the first list with this code stands.
    first: usize,
    /// Marks and words of its letters, in a hundred words of its stories.
    share: u32,
    is_latin: bool,
}

static KNOWN: Lazy<Languages> = Lazy::new(|| Languages::parse(packed!("languages")));

impl Languages {
    /// What it cannot read it passes over: the tests see to it that there is no such thing.
    fn parse(json: &str) -> Self {
        let tables: Lists = serde_json::from_str(json).unwrap_or_default();
        let (mut all, mut marks) = (Vec::new(), Vec::new());
        let (mut letters, mut sets) = (vec![0; LETTERS], vec![Set::default()]);
        for (at, (code, list)) in tables.iter().take(LANGUAGES).enumerate() {
            marks.extend(list.words.split_whitespace().map(|word| (hash_word(word), at as u8)));
            marks.extend(list.endings.split_whitespace().map(|ending| (hash_ending(ending), at as u8)));
            for c in list.letters.chars().flat_map(|c| c.to_uppercase().chain([c])) {
                let Some(set) = letters.get_mut(c as usize) else { continue };
                if *set == 0 {
                    *set = sets.len() as u16;
                    sets.push(Set::default());
                }
                sets[usize::from(*set)][at / 64] |= 1 << (at % 64);
            }
            // Two lists of one language have its code, and something after a hyphen.
            let code = code.split('-').next().unwrap_or_default().to_owned();
            let is_latin = list.words.trim_start().starts_with(is_latin);
            let first = all.iter().position(|known: &Language| known.code == code).unwrap_or(at);
            all.push(Language { code, first, share: list.share, is_latin });
        }
        marks.sort_unstable();
        marks.dedup();
        let of_hash = || marks.chunk_by(|a, b| a.0 == b.0);
        let (mut places, mut members) = (HashTable::with_capacity(of_hash().count()), vec![0]);
        for of_one in of_hash() {
            *places.entry(of_one[0].0) = members.len() as u32;
            members.push(of_one.len() as u8);
            members.extend(of_one.iter().map(|(_, language)| language));
        }
        Self { all, marks: places, members, letters, sets }
    }

    /// Where the languages that have a mark stand.
    fn place(&self, hash: u32) -> usize {
        self.marks.get(hash) as usize
    }

    /// The languages that stand at a place.
    fn at(&self, first: usize) -> &[u8] {
        let count = usize::from(self.members[first]);
        self.members.part(first + 1..first + 1 + count)
    }

    /// The languages that have all letters of a word that are not ASCII; none when it has no such letters.
    fn of_letters(&self, word: &str) -> Set {
        let mut all = [u64::MAX; LANGUAGES / 64];
        let mut any = false;
        // The splitter takes these for an apostrophe and for "i".
        for c in word.chars().filter(|c| !c.is_ascii() && !matches!(c, '\u{2019}' | 'İ' | 'ı')) {
            if let Some(set) = self.letters.get(c as usize) {
                all.iter_mut().zip(&self.sets[usize::from(*set)]).for_each(|(all, these)| *all &= these);
                any = true;
            }
        }
        if any { all } else { Set::default() }
    }
}

/// Endings are not words.
fn hash_ending(ending: &str) -> u32 {
    join_hash(hash_word(ending), 1)
}

/// The last three letters of a word of six or more.
fn ending(word: &str) -> Option<&str> {
    if word.is_ascii() {
        return (word.len() >= 6).then(|| word.part(word.len() - 3..));
    }
    let mut places = word.char_indices().rev().map(|(at, _)| at);
    let last = places.nth(2)?;
    places.nth(2).map(|_| word.part(last..))
}

/// With fewer words and endings of a language nothing is told.
const LEAST_MARKS: u32 = 3;

/// The language of whose words, endings and letters `look` has so much that it can be no other.
///
/// Three words or endings ([`LEAST_MARKS`]); 60 % of what its stories have; more than the next language by three and by a tenth, or by
/// two when it has twice as much. With twice as much, and four more, 40 % do: prose full of names. These bounds were chosen with lists learnt
/// from half of the stories, on the other half, and with the list of each story's own language taken away: what was told then
/// were sisters of it, nearly always.
fn by_marks(look: &str) -> Option<&'static str> {
    let known = &*KNOWN;
    let mut words = Vec::with_capacity(look.len() / 4);
    split_words(look, &mut words);
    words.retain(|word| !word.is_digits());
    // A word and its ending are two marks at most.
    if words.len() * 2 < LEAST_MARKS as usize {
        return None;
    }
    let (mut marks, mut counts) = ([0_u32; LANGUAGES], [0_u32; LANGUAGES]);
    let mut hashes = Vec::with_capacity(2 * words.len());
    for word in &words {
        hashes.push(word.hash);
        let text = word.of(look);
        hashes.extend(ending(text).map(hash_ending));
        if !text.is_ascii() {
            for (part, mut set) in known.of_letters(text).into_iter().enumerate() {
                while set != 0 {
                    counts[part * 64 + set.trailing_zeros() as usize] += 1;
                    set &= set - 1;
                }
            }
        }
    }
    // The table is in no near cache: it is asked for all of them before anything is done with an answer.
    let places: Vec<_> = hashes.into_iter().map(|hash| known.place(hash)).collect();
    for place in places {
        known.at(place).iter().for_each(|language| marks[usize::from(*language)] += 1);
    }
    counts.iter_mut().zip(&marks).for_each(|(count, marks)| *count += marks);
    // Of equals, the last.
    let most = *counts.iter().max()?;
    let best =
        known.all.len().checked_sub(1).and_then(|last| counts[..=last].iter().rposition(|count| *count == most))?;
    let language = &known.all[best];
    let others =
        known.all.iter().zip(&counts).map(|(other, count)| if other.first == language.first { 0 } else { *count });
    let second = others.max().unwrap_or(0);
    let twice = most >= second * 2;
    let clear = most >= second + 3 && most * 10 >= second * 11 || twice && most >= second + 2;
    let least = if twice && most >= second + 4 { 40 } else { 60 };
    let enough = marks[best] >= LEAST_MARKS && most as usize * 10_000 >= words.len() * least * language.share as usize;
    (enough && clear).then_some(language.code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, code) in [
            ("The ferry leaves the harbour at half past six in the morning, whatever the weather.", Some("en")),
            ("Die Fähre verlässt den Hafen um halb sieben Uhr morgens, bei jedem Wetter.", Some("de")),
            ("フェリーは天候にかかわらず、午前六時半に港を出ます。", Some("ja")),
            ("次の Example Meeting は Rust と Python を Windows や Linux で使う人のための会です。", Some("ja")),
            ("12 34", None),
        ] {
            assert_eq!(detect([text, "x"].into_iter()), code, "{text}");
        }
    }

    #[test]
    fn what_a_text_may_be() {
        let german = "Fähre nach Orla fällt heute wegen Sturm aus";
        for (text, code, may) in [
            (german, "de", true),
            (german, "ru", false),
            (german, "ja", false),
            (german, "xx", true),
            ("Паром", "en", false),
            ("Паром", "ru", true),
            ("港町の夜行連絡船", "ja", true),
            ("Ferry", "en", true),
            ("Ένα πλοίο", "el", true),
            ("Kapal feri ke Orla batal berangkat malam ini karena badai besar", "en", false),
        ] {
            assert_eq!(may_be(code, [text].into_iter()), may, "{text} {code}");
        }
    }

    #[test]
    fn a_sample_is_the_long_lines_in_their_order() {
        let lines =
            ["Menu", "One sentence of the story.", "Log in", "And then the next of them.", "The last one, too long."];
        assert_eq!(sample(lines.into_iter()), format!("{}\n{}\n{}\n", lines[1], lines[3], lines[4]));
        let (long, short) = ("é".repeat(900), "x".repeat(500));
        assert_eq!(sample([&*short, &long].into_iter()), format!("{}\n", "é".repeat(500)));
        assert_eq!(sample([&*long, &short, &short].into_iter()), format!("{}\n", "é".repeat(500)));
        assert_eq!(sample(["", ""].into_iter()), "");
        assert_eq!(sample(["ab"; 20].into_iter()), "ab\n".repeat(LINES));
    }

    #[test]
    fn marks_tell_a_language_or_nothing() {
        for (text, code) in [
            ("The ferry leaves the harbour at half past six in the morning, whatever the weather.", Some("en")),
            ("Паром отходит из порта в половине седьмого утра, но не в шторм, как это сказал он.", Some("ru")),
            ("La de que en la de el.", None),
            // A headline has too few.
            ("Mayor opens the bridge", None),
            ("", None),
        ] {
            assert_eq!(by_marks(text), code, "{text}");
        }
    }

    #[test]
    fn the_lists_are_read_whole() {
        let tables: Lists = serde_json::from_str(packed!("languages")).unwrap();
        assert_eq!(tables.len(), KNOWN.all.len());
        for (code, list) in &tables {
            let words: Vec<_> = list.words.split_whitespace().collect();
            // A word is one to the splitter too, or it would never be met.
            let mut split = Vec::new();
            split_words(&words.join(" "), &mut split);
            assert_eq!(split.len(), words.len(), "{code}");
            assert!(list.endings.split_whitespace().all(|ending| ending.chars().count() == 3), "{code}");
            assert!(list.share > 0, "{code}");
        }
    }

    #[test]
    fn an_ending_is_three_letters_of_six() {
        assert_eq!((ending("harbour"), ending("harbor"), ending("ferry")), (Some("our"), Some("bor"), None));
        assert_eq!((ending("выходит"), ending("утро")), (Some("дит"), None));
    }
}
