//! Words of a line, the weight of a decision.

/// Languages written without spaces between words: two characters of them count as a word.
const UNSPACED: [&str; 3] = ["ja", "zh", "ko"];

/// Words of `text`, a text of language `lang`: stretches between white space, at least one; in Japanese, Chinese and Korean
/// half of its code points, rounded down.
pub(crate) fn words(text: &str, lang: &str) -> usize {
    let words = if UNSPACED.contains(&lang) {
        text.chars().count() / 2
    } else {
        text.split(is_white).filter(|word| !word.is_empty()).count()
    };
    words.max(1)
}

/// White space as Python's `str.split` has it: Unicode's, and the four separators of ASCII.
fn is_white(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        for (text, lang, count) in [
            ("", "en", 1),
            (" \u{a0}one  two\u{1f}three\u{3000}four\n", "en", 4),
            ("one\u{200b}word", "en", 1),
            ("東京の天気", "ja", 2),
            ("東", "zh", 1),
            ("서울은 비", "ko", 2),
        ] {
            assert_eq!(words(text, lang), count, "{text:?}");
        }
    }
}
