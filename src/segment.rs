//! Cuts a text into blocks: one line is one block; lines are joined only where the document as a whole is hard-wrapped.

pub(crate) mod cut;
mod marks;

use memchr::memmem;

use crate::offsets::{Span, count_bytes};
use crate::text::part::PartOf;
use crate::text::survey::Survey;

/// The blocks of `text`, in order: each begins and ends with a character that is no white space, and nothing but white
/// space lies between them.
/// `survey` is of `text`.
pub(crate) fn segment(text: &str, survey: &Survey) -> Vec<Span> {
    let lines = lines(text, survey);
    match wrap_width(text, &lines) {
        Some(width) => unwrap(text, &lines, width),
        None => lines.into_iter().map(|line| line.span).collect(),
    }
}

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    /// Columns of white space before it.
    indent: usize,
    /// A blank line, or the start of the text, stands before it.
    set_off: bool,
}

/// The lines of `text` that are not blank, trimmed.
fn lines(text: &str, survey: &Survey) -> Vec<Line> {
    let bytes = text.as_bytes();
    // Tabs and the like are counted too, and would ask for more than there are lines of.
    let mut lines = Vec::with_capacity(survey.count_controls().min(text.len() / 16) + 1);
    let mut set_off = true;
    let mut add = |start: usize, end: usize| {
        let raw = text.part(start..end);
        // Most lines begin and end with a letter or mark of ASCII.
        let body = if raw.bytes().next().is_some_and(is_graphic) { raw } else { raw.trim_start() };
        if body.is_empty() {
            // The empty stretch inside CRLF is no blank line; an empty line otherwise is.
            set_off |= !(raw.is_empty() && bytes[..start].ends_with(b"\r") && bytes[end..].starts_with(b"\n"));
            return;
        }
        let from = end - body.len();
        let len = if body.bytes().next_back().is_some_and(is_graphic) { body.len() } else { body.trim_end().len() };
        let indent = text.part(start..from).chars().map(|c| if c == '\t' { 8 } else { 1 }).sum();
        lines.push(Line { span: Span::new(from, from + len), indent, set_off });
        set_off = false;
    };
    // A line is cut again where a line end is written out; what stands for one may hold line ends itself.
    let mut written = marks::written_ends(text, survey).into_iter().peekable();
    let mut seen_to = 0;
    let mut take = |start: usize, end: usize| {
        let mut start = start.max(seen_to);
        while let Some(mark) = written.next_if(|mark| mark.start < end) {
            if start <= mark.start {
                add(start, mark.start);
            }
            seen_to = mark.end.max(seen_to);
            start = start.max(seen_to);
        }
        if start <= end {
            add(start, end);
        }
    };
    let mut start = 0;
    if survey.rare_breaks {
        for (at, c) in text.char_indices() {
            if matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                take(start, at);
                start = at + c.len_utf8();
            }
        }
    } else {
        survey.each_control(|at| {
            if matches!(bytes[at], b'\n' | b'\r' | 0x0b | 0x0c) {
                take(start, at);
                start = at + 1;
            }
        });
    }
    take(start, text.len());
    lines
}

fn is_graphic(byte: u8) -> bool {
    byte.is_ascii_graphic()
}

/// Columns between which the lines of hard-wrapped prose end.
const WRAP: std::ops::RangeInclusive<usize> = 55..=90;

/// The width at which the document is hard-wrapped, or `None` when it is not: most of its long lines must end between
/// columns 55 and 90 without an end stop, go on in the next line, and hardly any line may be longer.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    // A line over four bytes a column is too long whatever it holds; one such line in twenty is let pass.
    let too_long = lines.iter().filter(|line| line.span.len() > 4 * WRAP.end()).count();
    if lines.len() < 6 || too_long * 20 > lines.len() {
        return None;
    }
    let (mut long, mut longer) = (0, 0);
    // The lines of a wrapped one's width, each with the one that follows.
    let mut within = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let content = text.part(line.span.range());
        if content.len() < 40 {
            continue;
        }
        let width = line.indent.min(8) + columns(content);
        if width < 40 {
            continue;
        }
        long += 1;
        longer += usize::from(width > *WRAP.end());
        // Few documents need more than a look at their first paragraphs.
        if longer * 20 > lines.len() {
            return None;
        }
        if let Some(next) = lines.get(i + 1).filter(|next| !next.set_off && WRAP.contains(&width)) {
            within.push((content, width, next));
        }
    }
    // Most documents show by the lengths of their lines alone that nothing is wrapped.
    let enough = |wrapped: usize| wrapped >= 4 && wrapped * 10 >= long * 4 && longer * 10 <= long;
    if !enough(within.len()) {
        return None;
    }
    let (mut wrapped, mut small) = (0, 0);
    let mut widths = [0usize; *WRAP.end() + 1];
    for (content, width, next) in within {
        if !ends_sentence(content) && is_running(content) {
            wrapped += 1;
            widths[width] += 1;
            small += usize::from(text.part(next.span.start..).starts_with(goes_on));
        }
    }
    if !enough(wrapped) {
        return None;
    }
    // The width that nine in ten keep within: a stray longer line must not stretch it.
    let mut seen = 0;
    let width = widths.iter().position(|&n| {
        seen += n;
        seen * 10 >= wrapped * 9
    })?;
    // A program breaks a line only where the next word no longer fits; headlines in a list end anywhere.
    let pairs = || lines.windows(2).filter(|pair| !pair[1].set_off);
    let full = pairs().filter(|pair| is_full(text, &pair[0], &pair[1], width)).count();
    // Where hardly a line could have held a word more, that alone tells; else most of the long lines must be wrapped, and the
    // middle of a sentence mostly goes on with a small letter, where the script has any: headlines, contacts and the rows of a
    // table do not.
    let (of_long, over, of_small) = if full * 20 >= pairs().count() * 19 { (4, 10, 25) } else { (6, 20, 40) };
    let is_wrapped = full * 10 >= wrapped * 8
        && wrapped * 10 >= long * of_long
        && longer * over <= long
        && small * 100 >= wrapped * of_small;
    is_wrapped.then_some(width)
}

/// A letter that may stand in the middle of a sentence for all that its case says: a small one, or one of a script without case.
fn goes_on(c: char) -> bool {
    c.is_lowercase() || (c.is_alphabetic() && !c.is_uppercase())
}

/// Words with one space between: no row of a table, no code, no address. Scripts that set no spaces are never taken as
/// hard-wrapped: the space that joins two lines would be wrong in them.
fn is_running(line: &str) -> bool {
    memchr::memchr2(b'|', b'\t', line.as_bytes()).is_none()
        && memmem::find(line.as_bytes(), b"   ").is_none()
        && line.split_ascii_whitespace().take(5).count() == 5
}

/// Whether the first word of `next` would not have fitted behind `line`.
fn is_full(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let content = text.part(line.span.range());
    if content.len() > 4 * (WRAP.end() + 30) {
        return false;
    }
    let word = text.part(next.span.range()).split_whitespace().next().unwrap_or("");
    let used = line.indent.min(8) + columns(content);
    used <= width + 12 && used + 1 + columns(word) > width
}

/// Joins the lines of each paragraph. A line is a paragraph's last when a blank line or an indented line follows, or when
/// the first word of the next line would still have fitted behind it.
fn unwrap(text: &str, lines: &[Line], width: usize) -> Vec<Span> {
    // The margin: the indentation of most lines. A line set in further opens a paragraph.
    let mut indents: Vec<usize> = lines.iter().map(|line| line.indent).collect();
    indents.sort_unstable();
    let margin = indents[indents.len() / 2];
    let mut blocks: Vec<Span> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let joins = i > 0
            && !line.set_off
            && line.indent <= margin + 1
            && is_full(text, &lines[i - 1], line, width)
            && !opens_item(text.part(line.span.range()));
        match blocks.last_mut() {
            Some(block) if joins => block.end = line.span.end,
            _ => blocks.push(line.span),
        }
    }
    blocks
}

/// Columns a text takes: characters, wide ones counting two.
fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // By the bytes of UTF-8: of the characters below U+2E80, which is 0xe2 0xba …, only Hangul that begins with 0xe1 is wide.
    let bytes = text.as_bytes();
    if memchr::memchr(0xe1, bytes).is_none() {
        let chars = count_bytes(bytes, |byte| byte as i8 >= -0x40);
        let wide = count_bytes(bytes, |byte| byte >= 0xe3);
        let radicals = memchr::memchr_iter(0xe2, bytes).filter(|at| bytes[at + 1] >= 0xba).count();
        return chars + wide + radicals;
    }
    text.chars().map(|c| 1 + usize::from(('\u{1100}'..='\u{115f}').contains(&c) || c >= '\u{2e80}')).sum()
}

/// Ends as a sentence does, closing quotes and brackets passed over.
fn ends_sentence(text: &str) -> bool {
    let rest = text.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', '\u{bb}', ')', ']']);
    rest.ends_with(['.', '!', '?', '\u{2026}', ':', '\u{3002}', '\u{ff01}', '\u{ff1f}', '\u{964}'])
}

/// Opens a list item or a quoted mail line, which is never the middle of a paragraph.
fn opens_item(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('*' | '\u{2022}' | '>' | '-' | '\u{2013}' | '\u{b7}') => chars.next().is_some_and(char::is_whitespace),
        // 12. or 3) and a space; a number alone may be the middle of a sentence.
        Some('0'..='9') => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            text.len() - rest.len() <= 3 && (rest.starts_with(". ") || rest.starts_with(") "))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<&str> {
        segment(text, &Survey::of(text)).into_iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn columns_by_bytes_and_by_characters() {
        for (text, want) in
            [("ab", 2), ("é“—”", 4), ("日本 x", 6), ("⺀⹿", 3), ("ᄀᅠ", 3), ("한", 2), ("😀", 2), ("ạ", 1), ("", 0)]
        {
            assert_eq!(columns(text), want, "{text}");
        }
    }

    #[test]
    fn every_kind_of_line_break() {
        let want = ["a", "b c", "d"];
        for text in
            ["a\nb c\nd", "a\r\nb c\r\nd\r\n", "\u{a0}a \r b c\r\r d", "a\u{2028}b c\u{2029}d", "a\u{85}b c\u{c}d"]
        {
            assert_eq!(blocks(text), want, "{text:?}");
        }
    }

    #[test]
    fn blank_texts_have_no_blocks() {
        for text in ["", " ", "\n\n", " \u{a0}\u{3000}\r\n\t"] {
            assert!(segment(text, &Survey::of(text)).is_empty(), "{text:?}");
        }
    }

    const WIRE: &str = "\
Harbour council votes to keep the night ferry

    The harbour council voted on Thursday night to keep the last ferry of
the day, after three hours of speeches and a petition that had been signed
by more than nine thousand people from both banks of the river.
    Opponents of the line had called it a luxury. The mayor said that a city
which sends its nurses home on foot could not speak of luxury, and that the
money would be found.
    The ferry leaves at half past midnight.
";

    #[test]
    fn hard_wrapped_paragraphs_are_joined() {
        let blocks = blocks(WIRE);
        assert_eq!(blocks.len(), 4, "{blocks:#?}");
        assert!(blocks[1].starts_with("The harbour council") && blocks[1].ends_with("of the river."));
        assert!(blocks[2].ends_with("would be found."));
    }

    #[test]
    fn crlf_does_not_hide_wrapping_nor_make_blank_lines() {
        assert_eq!(blocks(&WIRE.replace('\n', "\r\n")).len(), 4);
    }

    /// Breaks a text where a program would.
    fn wrapped(text: &str, width: usize) -> String {
        let mut out = String::new();
        let mut used = 0;
        for word in text.split(' ') {
            let fits = used > 0 && used + 1 + columns(word) <= width;
            out += if fits {
                " "
            } else if used > 0 {
                "\n"
            } else {
                ""
            };
            used = columns(word) + if fits { used + 1 } else { 0 };
            out += word;
        }
        out
    }

    #[test]
    fn scripts_without_case_are_joined_too() {
        let arabic = "قررت بلدية المدينة إبقاء العبارة الليلية الأخيرة بعد ثلاث ساعات من الخطب وعريضة وقعها أكثر من تسعة آلاف \
                      شخص من ضفتي النهر وقال رئيس البلدية إن المال سيوجد في ميزانية العام المقبل على الأرجح رغم كل شيء.";
        let korean = "항구 도시 의회는 목요일 밤 세 시간의 연설 끝에 하루의 마지막 연락선을 유지하기로 결정했다 그리고 강 양쪽에서 \
                      구천 명이 넘는 사람들이 청원서에 서명했다고 시장은 말했다 그는 돈을 찾을 수 있을 것이라고 덧붙였다.";
        for paragraph in [arabic, korean] {
            let text = [wrapped(paragraph, 72), wrapped(paragraph, 72), wrapped(paragraph, 72)].join("\n\n");
            assert!(text.lines().count() >= 9, "{text}");
            assert_eq!(blocks(&text).len(), 3, "{text}");
        }
    }

    #[test]
    fn full_lines_tell_where_capitals_do_not() {
        // Every other line begins with a capital, as in texts full of names.
        let names = "Then came Anna Alder, Bruno Birch, Clara Cedar, Dora Dogwood, Emil Elder, Frida Fir, Georg Gorse, Hanna \
                     Hazel, Igor Ivy, Julia Juniper, Karl Kapok, Laura Larch, Marta Maple, Nils Neem, Olga Oak and Paul Pine, \
                     who had all of them sailed with Quentin Quince, Rosa Rowan, Stefan Spruce and Tilda Teak before.";
        let text = [wrapped(names, 72), "A line".to_owned(), wrapped(names, 72)].join("\n\n");
        assert_eq!(blocks(&text).len(), 3, "{text}");
    }

    #[test]
    fn lines_of_one_width_are_not_wrapped() {
        let rows = |row: &dyn Fn(usize) -> String| (10..22).map(|i| row(i) + "\n").collect::<String>();
        for text in [
            rows(&|i| format!("{i}. The council of the harbour city said that it would keep the ferry {i}")),
            rows(&|i| format!("Ministers of the harbour city agree on a plan for the old railway {i}")),
            rows(&|i| format!("| Lower Tarn | {i} | 12 | a very good season for the club | {i} points |")),
            rows(&|i| format!("https://example.org/archive/of/the/harbour/paper/2019/05/{i}/index.html")),
            rows(&|i| format!("港町の夜行連絡船が三十年ぶりに運航を再開し市民が歓迎の催しを開く見通し{i}")),
        ] {
            assert_eq!(blocks(&text).len(), 12, "{text}");
        }
    }

    #[test]
    fn a_list_of_headlines_is_not_wrapped() {
        let list = "Ministers agree on a plan for the railways after a long night of talks\n".repeat(3)
            + "Short one\nThe old bridge opens again to cyclists and walkers\n"
            + "A very long line that runs on far beyond any column at which a text could have been wrapped by a program, \
               because it is a paragraph.\n";
        assert_eq!(blocks(&list).len(), 6);
    }
}
