//! What each step says of single characters.

/// True for the characters that end a line.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// True for the spaces of Unicode and the tab: what stands within a line.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// True for characters that steer devices and processes, and are not text: C0 and C1 but tab and line ends, DEL, the
/// byte order mark, the deprecated format characters, the anchors of annotations and objects.
pub(super) fn is_control(c: char) -> bool {
    match c {
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' => true,
        _ => false,
    }
}

/// True for the joiner, the non-joiner and the zero-width space: what is spelling in some scripts.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}')
}

/// True for letters and marks of the scripts that write with joiners.
fn joins(c: char) -> bool {
    // Indic; Burmese, Khmer, Mongolian.
    is_arabic(c)
        || matches!(
            c,
            '\u{900}'..='\u{963}' | '\u{971}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}'
                | '\u{1820}'..='\u{18aa}' | '\u{a840}'..='\u{a8ff}' | '\u{10ac0}'..='\u{10aff}' | '\u{11000}'..='\u{11fff}'
        )
}

/// True for letters and marks of Arabic, Syriac, Mandaic, Adlam, and presentation forms.
fn is_arabic(c: char) -> bool {
    matches!(
        c,
        '\u{620}'..='\u{65f}' | '\u{66e}'..='\u{6d3}' | '\u{6d5}'..='\u{6ef}' | '\u{6fa}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}' | '\u{1e900}'..='\u{1e95f}'
    )
}

/// True for what emoji sequences are made of.
fn is_of_emoji(c: char) -> bool {
    matches!(
        c,
        '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}'
            | '\u{e0020}'..='\u{e007f}'
    )
}

/// True for letters and marks of Thai, Lao, Burmese and Khmer, which set no spaces between words.
fn is_of_words_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}' | '\u{19e0}'..='\u{19ff}')
}

/// Whether `joiner` may stand after `before`, whatever comes next.
pub(super) fn may_join(before: char, joiner: char) -> bool {
    match joiner {
        '\u{200b}' => is_of_words_unspaced(before),
        _ => joins(before) || is_of_emoji(before) || before.is_alphanumeric(),
    }
}

/// Whether `joiner`, which may stand after `before`, does so when `next` follows or the text ends.
pub(super) fn is_spelling(before: char, joiner: char, next: Option<char>) -> bool {
    // A mark with a place in the order of marks may change places with one of the right script.
    let is_ordered = |c: char| c >= '\u{300}' && unicode_normalization::char::canonical_combining_class(c) != 0;
    let next_joins = next.is_some_and(|c| joins(c) || is_ordered(c));
    match joiner {
        '\u{200b}' => next.is_some_and(|c| is_of_words_unspaced(c) || is_ordered(c)),
        // An Arabic letter in its initial form; a consonant without its vowel, at the end of a word too.
        '\u{200d}' if is_arabic(before) || unicode_normalization::char::canonical_combining_class(before) == 9 => true,
        '\u{200c}' if joins(before) => next.is_some_and(|c| !is_space(c) && !is_break(c)),
        _ if joins(before) => next_joins,
        _ if is_of_emoji(before) => next.is_some_and(is_of_emoji),
        // Latin letters and figures before Persian endings.
        _ => next_joins && !next.is_some_and(unicode_normalization::char::is_combining_mark),
    }
}

/// True for the punctuation of Chinese, Japanese and Korean that has the width of a letter, and their space: sound beside
/// their letters, and nowhere else.
pub(super) fn is_wide_mark(c: char) -> bool {
    matches!(
        c,
        '\u{3000}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff5e}'
    )
}

/// True for what is written in Chinese, Japanese and Korean, their wide marks included.
pub(super) fn is_of_cjk(c: char) -> bool {
    // Marks may change places with others.
    let is_mark = matches!(c, '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}');
    let is_letter = matches!(
        c,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3001}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe4f}' | '\u{ff61}'..='\u{ffdc}' | '\u{20000}'..='\u{3ffff}'
    );
    is_letter && !is_mark || is_wide_mark(c)
}

/// True for letters and marks of Mongolian, between which a narrow no-break space parts an ending from its word.
pub(super) fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1800}'..='\u{18af}')
}

/// True for all bidirectional controls: marks, embeddings, overrides, isolates and their ends.
pub(super) fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The letters of a Latin ligature or digraph that Unicode holds for the sake of older character sets.
pub(super) fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{132}' => "IJ",
        '\u{133}' => "ij",
        '\u{149}' => "\u{2bc}n",
        '\u{1c4}' => "D\u{17d}",
        '\u{1c5}' => "D\u{17e}",
        '\u{1c6}' => "d\u{17e}",
        '\u{1c7}' => "LJ",
        '\u{1c8}' => "Lj",
        '\u{1c9}' => "lj",
        '\u{1ca}' => "NJ",
        '\u{1cb}' => "Nj",
        '\u{1cc}' => "nj",
        '\u{1f1}' => "DZ",
        '\u{1f2}' => "Dz",
        '\u{1f3}' => "dz",
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' => "\u{17f}t",
        '\u{fb06}' => "st",
        _ => return None,
    })
}

/// True for full-width and half-width characters that have an ordinary form, which is their compatibility form.
pub(super) fn is_width_form(c: char) -> bool {
    match c {
        '\u{3000}' => true,
        '\u{ff01}'..='\u{ffee}' => {
            let mut form = None;
            unicode_normalization::char::decompose_compatible(c, |part| form = form.or(Some(part)));
            form != Some(c)
        }
        _ => false,
    }
}

/// The ordinary form of a full-width or half-width character.
pub(super) fn ordinary_width(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        // Sound marks that follow no letter they could join.
        '\u{ff9e}' => Some('\u{309b}'),
        '\u{ff9f}' => Some('\u{309c}'),
        // Of which the compatibility form is a space with a mark.
        '\u{ffe3}' => Some('\u{af}'),
        _ if is_width_form(c) => {
            let mut form = None;
            unicode_normalization::char::decompose_compatible(c, |c| form = Some(c));
            form
        }
        _ => None,
    }
}

/// The letter that a half-width sound mark makes of the kana before it.
pub(super) fn voiced(kana: char, mark: char) -> Option<char> {
    match mark {
        '\u{ff9e}' => unicode_normalization::char::compose(kana, '\u{3099}'),
        '\u{ff9f}' => unicode_normalization::char::compose(kana, '\u{309a}'),
        _ => None,
    }
}

/// The typewriter's form of a quotation mark or apostrophe.
pub(super) fn straight_quote(c: char) -> Option<char> {
    match c {
        '\u{2bc}' | '\u{2018}'..='\u{201b}' => Some('\''),
        '\u{201c}'..='\u{201f}' => Some('"'),
        _ => None,
    }
}

/// The typographic form of a straight quotation mark after `left`: it opens at the start, after white space, an
/// opening bracket or a dash; else it closes, or is an apostrophe.
pub(super) fn curly_quote(c: char, left: Option<char>) -> Option<char> {
    let opens = left.is_none_or(|left| {
        is_space(left) || is_break(left) || matches!(left, '(' | '[' | '{' | '\u{2014}' | '\u{201c}' | '\u{2018}' | '<')
    });
    match c {
        '"' => Some(if opens { '\u{201c}' } else { '\u{201d}' }),
        '\'' => Some(if opens { '\u{2018}' } else { '\u{2019}' }),
        _ => None,
    }
}

/// The typewriter's form of a dash: two hyphens for an em dash, as on the wires, one for the others.
pub(super) fn ascii_dash(c: char) -> Option<&'static str> {
    match c {
        '\u{2010}'..='\u{2013}' | '\u{2212}' => Some("-"),
        '\u{2014}' | '\u{2015}' => Some("--"),
        _ => None,
    }
}
