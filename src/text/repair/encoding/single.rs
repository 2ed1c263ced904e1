//! Mojibake: UTF-8 that was read as windows-1252 or Latin-1, told from real text one character at a time.
//!
//! A character of UTF-8 read so is a lead (`Â` to `ô`) and one to three followers (`€` to `¿`). Precision comes first:
//! what may be real text, such as a capital `Ã` before a closing quotation mark, is left alone.

/// What windows-1252 has at 0x80 to 0x9F; NUL where it has nothing.
const HIGH: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// True for the characters that the first byte of a sequence is read as.
pub(in crate::text::repair) fn is_lead(c: char) -> bool {
    matches!(c, '\u{c2}'..='\u{f4}')
}

/// The byte 0x80 to 0xBF that was read as `c`: by windows-1252, or by Latin-1, which leaves C1 controls.
pub(in crate::text::repair) fn follower(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{bf}' => Some(c as u8),
        '\u{152}'..='\u{2122}' => HIGH.iter().position(|&high| high == c).map(|i| 0x80 + i as u8),
        _ => None,
    }
}

/// What to do with characters that begin with a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::text::repair) enum Verdict {
    /// They are these characters, and none is to come.
    Read(char, Option<char>),
    /// What follows decides.
    Wait,
    /// They are what they seem.
    Leave,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// Read alone.
    Strong,
    /// Read where another of the same script stands next to it.
    Weak,
    No,
}

/// Judges `window`, which begins with a lead and stands behind `left`.
pub(in crate::text::repair) fn judge(left: Option<char>, window: &[char]) -> Verdict {
    let size = size(window[0]);
    if window.len() < size {
        return if window[1..].iter().all(|&c| follower(c).is_some()) { Verdict::Wait } else { Verdict::Leave };
    }
    let (first, rest) = window.split_at(size);
    let Some(one) = decode(first) else { return Verdict::Leave };
    match strength(left, first, one) {
        Strength::No => Verdict::Leave,
        Strength::Strong if rest.is_empty() => Verdict::Read(one, None),
        _ => {
            let Some(&lead) = rest.first() else { return Verdict::Wait };
            if !is_lead(lead) || rest[1..].iter().any(|&c| follower(c).is_none()) {
                return Verdict::Leave;
            }
            if rest.len() < self::size(lead) {
                return Verdict::Wait;
            }
            match decode(rest) {
                Some(two)
                    if script(one) == script(two) && strength(first.last().copied(), rest, two) != Strength::No =>
                {
                    Verdict::Read(one, Some(two))
                }
                _ => Verdict::Leave,
            }
        }
    }
}

/// The longest stretch that [`judge_tail`] looks at, in characters: what stands before, and two sequences.
pub(in crate::text::repair) const WINDOW: usize = 9;

/// Judges the sequence that ends `tail`, the last characters of a text: how many characters of it are to be replaced,
/// and by what.
pub(in crate::text::repair) fn judge_tail(tail: &[char]) -> Option<(usize, char, Option<char>)> {
    let start = sequence_start(tail)?;
    let last = &tail[start..];
    let two = decode(last)?;
    let left = start.checked_sub(1).map(|i| tail[i]);
    match strength(left, last, two) {
        Strength::Strong => Some((last.len(), two, None)),
        Strength::No => None,
        Strength::Weak => {
            let before = &tail[..start];
            let first = sequence_start(before)?;
            let one = decode(&before[first..])?;
            let left = first.checked_sub(1).map(|i| tail[i]);
            let paired = script(one) == script(two) && strength(left, &before[first..], one) != Strength::No;
            paired.then_some((tail.len() - first, one, Some(two)))
        }
    }
}

/// Where the complete sequence that ends `tail` begins.
fn sequence_start(tail: &[char]) -> Option<usize> {
    let followers = tail.iter().rev().take(3).take_while(|&&c| follower(c).is_some()).count();
    let start = tail.len().checked_sub(followers + 1)?;
    (followers > 0 && is_lead(tail[start]) && size(tail[start]) == followers + 1).then_some(start)
}

/// Characters in the sequence that `lead` begins.
fn size(lead: char) -> usize {
    match lead {
        '\u{f0}'.. => 4,
        '\u{e0}'.. => 3,
        _ => 2,
    }
}

fn decode(sequence: &[char]) -> Option<char> {
    let mut bytes = [0; 4];
    bytes[0] = sequence[0] as u8;
    for (byte, &c) in bytes[1..].iter_mut().zip(&sequence[1..]) {
        *byte = follower(c)?;
    }
    std::str::from_utf8(&bytes[..sequence.len()]).ok()?.chars().next()
}

/// Scripts and kinds of symbols that mojibake is told by; a neighbour of the same is evidence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin1,
    Latin,
    Mark,
    Symbol,
    Emoji,
    Vietnamese,
    /// By block.
    Other(u32),
    None,
}

fn script(c: char) -> Script {
    let code = c as u32;
    match code {
        0xa0..=0xff => Script::Latin1,
        0x100..=0x24f => Script::Latin,
        0x300..=0x36f => Script::Mark,
        0x370..=0x3ff | 0x1f00..=0x1fff => Script::Other(0x370),
        0x400..=0x52f => Script::Other(0x400),
        0x531..=0x58f => Script::Other(0x530),
        0x5d0..=0x5f4 => Script::Other(0x590),
        0x600..=0x6ff => Script::Other(0x600),
        0x900..=0x109f => Script::Other(code & !0x7f),
        0x10a0..=0x10ff => Script::Other(0x10a0),
        0x1780..=0x17ff => Script::Other(0x1780),
        0x1e00..=0x1eff => Script::Vietnamese,
        0x2000..=0x206f | 0x20a0..=0x20c0 | 0x2100..=0x214f | 0x2190..=0x23ff | 0x2500..=0x27bf | 0x2b00..=0x2bff => {
            Script::Symbol
        }
        0x3000..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0xff01..=0xff9f => Script::Other(0x3000),
        0xac00..=0xd7a3 => Script::Other(0xac00),
        0xfb00..=0xfb06 | 0xfeff | 0xfffd => Script::Symbol,
        0xfe0f | 0x1f000..=0x1faff => Script::Emoji,
        _ => Script::None,
    }
}

/// Followers that may stand behind a word in real text: quotation marks, dashes, the ellipsis, small raised letters.
fn follows_words(c: char) -> bool {
    matches!(
        c,
        '…' | '‘'
            | '’'
            | '“'
            | '”'
            | '•'
            | '–'
            | '—'
            | '‹'
            | '›'
            | '«'
            | '»'
            | '\u{a0}'
            | '·'
            | 'ª'
            | 'º'
            | '°'
            | '™'
            | '®'
            | '©'
    )
}

fn strength(left: Option<char>, sequence: &[char], c: char) -> Strength {
    let kind = script(c);
    let lead = sequence[0];
    let ambiguous = sequence[1..].iter().all(|&c| follows_words(c));
    let after = |test: fn(char) -> bool| left.is_some_and(test);
    let same_script = left.is_some_and(|left| script(left) == kind);
    match kind {
        Script::None => Strength::No,
        Script::Latin1 if lead == 'Â' => latin_symbol(left, c),
        Script::Latin1 => latin_letter(left, sequence[1]),
        // zÅ‚oty: a capital inside a word; Å¡koda: a capital before a symbol.
        Script::Latin if after(char::is_lowercase) => Strength::Strong,
        Script::Latin if !ambiguous && !after(char::is_alphabetic) => Strength::Strong,
        Script::Latin => Strength::Weak,
        Script::Mark if !ambiguous && after(char::is_lowercase) => Strength::Strong,
        Script::Mark => Strength::No,
        Script::Symbol | Script::Vietnamese if !ambiguous => Strength::Strong,
        Script::Symbol => Strength::No,
        Script::Vietnamese => Strength::Weak,
        Script::Emoji if c == '\u{fe0f}' && !after(|left| matches!(script(left), Script::Symbol | Script::Emoji)) => {
            Strength::No
        }
        Script::Emoji => Strength::Strong,
        Script::Other(_) if same_script => Strength::Strong,
        Script::Other(_) => Strength::Weak,
    }
}

/// `Â` and a symbol of Latin-1: `Â£`, `Â°`, `Â` and a no-break space.
fn latin_symbol(left: Option<char>, symbol: char) -> Strength {
    match left {
        // «Â» speaks of the letter.
        Some('«') if symbol == '»' => Strength::No,
        // Behind another lead it is the second layer of a sequence; behind other capitals it may end their word.
        Some(left) if left.is_uppercase() && !is_lead(left) => Strength::No,
        _ => Strength::Strong,
    }
}

/// `Ã` and a follower: a letter of Latin-1.
fn latin_letter(left: Option<char>, follower: char) -> Strength {
    if !follows_words(follower) {
        return Strength::Strong;
    }
    match left {
        // A capital inside a word of small letters.
        Some(left) if left.is_lowercase() => Strength::Strong,
        // Nothing opens a quotation, and no dash stands, right behind a letter; what closes one does.
        Some(left) if left.is_alphabetic() => match follower {
            '“' | '‘' | '–' | '©' | '®' | 'ª' | 'º' | '°' => Strength::Strong,
            _ => Strength::No,
        },
        // “Ã” speaks of the letter.
        Some('“' | '”' | '‘' | '’' | '„' | '«' | '»' | '‹' | '›') if is_quote(follower) => Strength::No,
        _ if matches!(follower, '’' | '”' | '•' | '›' | '·') => Strength::No,
        _ => Strength::Strong,
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '‹' | '›' | '«' | '»')
}
