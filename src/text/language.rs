//! The language of a text: by its smallest words where they leave no doubt, else by the crate whatlang.
//!
//! Grammar words ("the", "und", "что") make a third of any prose, so that a count of them over one paragraph tells its
//! language, and tells it even where names and numbers outweigh them. That is a hundred times cheaper than the comparison of
//! letter sequences that whatlang makes for each language it knows, which is left for what has few such words: headlines,
//! neighbours such as Danish and Norwegian, the languages that packs/languages.toml does not list. Scripts that only one
//! language writes cost nothing there.

use std::sync::LazyLock;

use super::words::{hash_word, split_words};
use crate::text::part::PartOf;

/// A stretch of text to guess from: more is no better and only slower.
const SAMPLE: usize = 400;

/// The language of the longest of `lines`, an ISO 639-1 code (639-3 where there is none), `None` when unsure.
pub(crate) fn detect<'a>(lines: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let longest = lines.max_by_key(|line| line.len())?;
    let sample = start(longest, SAMPLE);
    // Half of it mostly has small words enough.
    let by_words = || by_small_words(start(sample, SAMPLE / 2)).or_else(|| by_small_words(sample));
    by_kana(sample).or_else(by_words).or_else(|| by_letters(sample))
}

/// The first bytes of `text`, at most `len`.
fn start(text: &str, len: usize) -> &str {
    let mut end = text.len().min(len);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.part(..end)
}

/// Kana are Japanese, however many names in Latin letters stand among them: a tenth of the letters is enough.
fn by_kana(sample: &str) -> Option<&'static str> {
    if sample.is_ascii() {
        return None;
    }
    let kana = sample.chars().filter(|c| matches!(c, '\u{3041}'..='\u{30fa}')).count();
    let japanese = kana >= 8 && kana * 10 >= sample.chars().filter(|c| c.is_alphabetic()).count();
    japanese.then_some("ja")
}

/// What whatlang says, when it is sure.
fn by_letters(sample: &str) -> Option<&'static str> {
    let info = whatlang::detect(sample)?;
    info.is_reliable().then(|| iso_639_1(info.lang().code()))
}

/// The words of packs/languages.toml.
struct SmallWords {
    /// Codes of the languages, in the order of their bits.
    languages: Vec<String>,
    /// Hashes of words and the languages each belongs to, a bit each: open addressing, at most a quarter full. A slot is free
    /// when it has no language.
    table: Vec<(u32, u64)>,
}

static SMALL_WORDS: LazyLock<SmallWords> =
    LazyLock::new(|| SmallWords::parse(include_str!("../../packs/languages.toml")));

impl SmallWords {
    /// What it cannot read it passes over: the tests see to it that there is no such thing.
    fn parse(text: &'static str) -> Self {
        let lists: toml::Table = text.parse().unwrap_or_default();
        let all: usize =
            lists.values().map(|words| words.as_str().unwrap_or_default().split_whitespace().count()).sum();
        let mut small = Self { languages: Vec::new(), table: vec![(0, 0); (all * 4 + 1).next_power_of_two()] };
        for (code, words) in lists.iter().take(u64::BITS as usize) {
            for word in words.as_str().unwrap_or_default().split_whitespace() {
                let hash = hash_word(word);
                let at = small.find(hash);
                small.table[at] = (hash, small.table[at].1 | 1 << small.languages.len());
            }
            small.languages.push(code.clone());
        }
        small
    }

    /// Where a hash stands or would.
    fn find(&self, hash: u32) -> usize {
        let last = self.table.len() - 1;
        let mut at = hash as usize & last;
        while (self.table[at].1 != 0) & (self.table[at].0 != hash) {
            at = (at + 1) & last;
        }
        at
    }
}

/// The language of which `sample` has so many small words that it can be no other: at least four, one word in eight, and
/// three more than of any other language.
///
/// Where these bounds are met, they agree with every one of the texts labelled by people that are in one language alone.
fn by_small_words(sample: &str) -> Option<&'static str> {
    let small = &*SMALL_WORDS;
    let mut words = Vec::new();
    split_words(sample, &mut words);
    let mut counts = [0u32; u64::BITS as usize];
    for word in &words {
        let mut languages = small.table[small.find(word.hash)].1;
        while languages != 0 {
            counts[languages.trailing_zeros() as usize] += 1;
            languages &= languages - 1;
        }
    }
    let best = (0..small.languages.len()).max_by_key(|&i| counts[i])?;
    let most = counts[best];
    let others = counts.iter().enumerate().filter(|(i, _)| *i != best);
    let second = others.map(|(_, count)| *count).max().unwrap_or(0);
    let clear = most >= 4 && most as usize * 8 >= words.len() && most >= second + 3;
    clear.then(|| small.languages[best].as_str())
}

/// The two-letter code for a three-letter one, where there is one.
fn iso_639_1(code: &'static str) -> &'static str {
    const CODES: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    CODES.iter().find(|(three, _)| *three == code).map_or(code, |(_, two)| two)
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
    fn small_words_tell_a_language_or_nothing() {
        for (text, code) in [
            ("The ferry leaves the harbour at half past six in the morning, whatever the weather.", Some("en")),
            ("Паром отходит из порта в половине седьмого утра, но не в шторм, как это сказал он.", Some("ru")),
            // Danish and Norwegian share most of them; so do Spanish and Catalan.
            ("Det er en dag for alle som har tid, og de kan komme til byen med et skib.", None),
            ("La de que en la de el.", None),
            // A headline has too few.
            ("Mayor opens the bridge", None),
            ("", None),
        ] {
            assert_eq!(by_small_words(text), code, "{text}");
        }
    }

    #[test]
    fn the_lists_are_read_whole() {
        let lists: toml::Table = include_str!("../../packs/languages.toml").parse().unwrap();
        assert_eq!(lists.len(), SMALL_WORDS.languages.len());
        for (code, words) in &lists {
            let words: Vec<_> = words.as_str().unwrap().split_whitespace().collect();
            let mut once = words.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), words.len(), "{code}: a word stands twice");
            assert!(words.iter().all(|word| *word == word.to_lowercase()), "{code}");
            // A word is one to the splitter too, or it would never be met.
            let mut split = Vec::new();
            split_words(&words.join(" "), &mut split);
            assert_eq!(split.len(), words.len(), "{code}");
        }
    }

    #[test]
    fn whatlang_and_the_lists_use_the_same_codes() {
        for code in &SMALL_WORDS.languages {
            let known = whatlang::Lang::all().iter().any(|lang| iso_639_1(lang.code()) == *code);
            assert!(known, "{code}");
        }
    }
}
