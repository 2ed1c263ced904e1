//! Words: the unit of cues and of word evidence. A word is a run of letters, digits and marks; in scripts written without
//! spaces every character is one.

/// A word of a text: where it stands, and the hash of its lower-case form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub start: u32,
    pub end: u32,
    pub hash: u32,
}

/// What a character is to the word splitter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    /// A word of its own: ideographs, kana, Thai, Lao, Khmer, Burmese.
    Alone,
    Apostrophe,
    Other,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Letter,
        '\'' | '\u{2019}' => Class::Apostrophe,
        '\0'..='\u{bf}' => match c {
            'ª' | 'µ' | 'º' => Class::Letter,
            _ => Class::Other,
        },
        _ if is_unspaced(c) => Class::Alone,
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' => Class::Letter,
        _ if c.is_alphanumeric() => Class::Letter,
        // Marks of the Indic and Semitic scripts are not alphabetic all of them, but never end a word.
        '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}' => Class::Letter,
        _ => Class::Other,
    }
}

/// True for characters of scripts that set no space between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

const SEED: u32 = 0x811c_9dc5;

fn mix(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// FNV-1a of the lower-case form; an apostrophe counts as `'` whichever way it is written.
fn mix_char(mut hash: u32, c: char) -> u32 {
    if c.is_ascii() {
        return mix(hash, c.to_ascii_lowercase() as u8);
    }
    if c == '\u{2019}' {
        return mix(hash, b'\'');
    }
    // The two Turkish letters i, so that a headline in capitals meets its phrase.
    if matches!(c, 'İ' | 'ı') {
        return mix(hash, b'i');
    }
    let mut buffer = [0; 4];
    for lower in c.to_lowercase() {
        for byte in lower.encode_utf8(&mut buffer).bytes() {
            hash = mix(hash, byte);
        }
    }
    hash
}

/// The hash of a word given alone.
pub(crate) fn hash_word(word: &str) -> u32 {
    word.chars().fold(SEED, mix_char)
}

/// Puts two hashes, in order, into one.
pub(crate) fn join_hash(a: u32, b: u32) -> u32 {
    (a ^ b.rotate_left(15)).wrapping_mul(0x9e37_79b1) ^ (a >> 13)
}

/// The words of `text`, into `words`, which is cleared first. Texts over 4 GB are read up to there.
pub(crate) fn split_words(text: &str, words: &mut Vec<Word>) {
    words.clear();
    let mut start = None;
    let mut hash = SEED;
    let mut chars = text.char_indices().peekable();
    let mut push = |start: usize, end: usize, hash: u32| {
        if end <= u32::MAX as usize {
            words.push(Word { start: start as u32, end: end as u32, hash });
        }
    };
    while let Some((at, c)) = chars.next() {
        match class(c) {
            Class::Letter => {
                start.get_or_insert(at);
                hash = mix_char(hash, c);
                continue;
            }
            // An apostrophe inside a word belongs to it: don't, l'État.
            Class::Apostrophe
                if start.is_some() && chars.peek().is_some_and(|(_, next)| class(*next) == Class::Letter) =>
            {
                hash = mix_char(hash, c);
                continue;
            }
            Class::Alone => {
                if let Some(start) = start.take() {
                    push(start, at, hash);
                }
                push(at, at + c.len_utf8(), mix_char(SEED, c));
            }
            Class::Apostrophe | Class::Other => {
                if let Some(start) = start.take() {
                    push(start, at, hash);
                }
            }
        }
        hash = SEED;
    }
    if let Some(start) = start {
        push(start, text.len(), hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut words = Vec::new();
        split_words(text, &mut words);
        words.iter().map(|word| &text[word.start as usize..word.end as usize]).collect()
    }

    #[test]
    fn splits() {
        assert_eq!(
            words("Don't \"stop\", l\u{2019}État's AFP/dpa 3,5"),
            ["Don't", "stop", "l\u{2019}État's", "AFP", "dpa", "3", "5"]
        );
        assert_eq!(words("東京 tower"), ["東", "京", "tower"]);
        assert_eq!(words("(서울=연합뉴스)"), ["서울", "연합뉴스"]);
        assert_eq!(words("हिन्दी में"), ["हिन्दी", "में"]);
        assert_eq!(words("' '' -- "), [""; 0]);
    }

    #[test]
    fn hash_folds_case_and_apostrophes() {
        let mut found = Vec::new();
        split_words("ÜBER don\u{2019}t", &mut found);
        assert_eq!(found[0].hash, hash_word("über"));
        assert_eq!(found[1].hash, hash_word("Don't"));
        assert_eq!(hash_word("İLGİLİ"), hash_word("ilgili"));
    }
}
