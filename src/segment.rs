//! Cuts a text into lines: by its line ends, by those that are written out, and lines that were torn are joined. Lines in which
//! several things stand are cut again, once they are repaired (`cut.rs`).

pub(crate) mod cut;
mod figures;
pub(crate) mod join;
mod marks;
mod wrap;

use crate::offsets::Span;
use crate::text::part::PartOf;
use crate::text::prefilter::Prefilter;

/// The lines of `text` as an editor sees them, in order: each begins and ends with a character that is not white space, and nothing
/// but white space and written-out line ends lies between them. `prefilter` is of `text`.
pub(crate) fn segment(text: &str, prefilter: &Prefilter) -> Vec<Span> {
    let mut lines = lines(text, prefilter);
    close_header(text, &mut lines);
    join::join(text, &lines)
}

/// Front matter is within so many lines.
const HEADER: usize = 64;

/// Nothing is torn in the front matter between two lines of `---`.
fn close_header(text: &str, lines: &mut [RawLine]) {
    let is_fence = |line: &RawLine| matches!(text.part(line.span.range()), "---" | "+++");
    if !lines.first().is_some_and(is_fence) {
        return;
    }
    if let Some(end) = lines.iter().take(HEADER).skip(1).position(is_fence) {
        lines.iter_mut().take(end + 3).for_each(|line| line.ended = true);
    }
}

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
struct RawLine {
    span: Span,
    /// Columns of white space before it.
    indent: usize,
    /// A blank line, or the start of the text, stands before it.
    set_off: bool,
    /// Nothing is torn before it: a line end is written out there, or it is of a header.
    ended: bool,
}

/// The lines of `text` that are not blank, trimmed.
fn lines(text: &str, prefilter: &Prefilter) -> Vec<RawLine> {
    let bytes = text.as_bytes();
    // Tabs and the like are counted too, and would ask for more than there are lines of.
    let mut lines = Vec::with_capacity(prefilter.count_controls().min(text.len() / 16) + 1);
    let mut set_off = true;
    let mut ended = false;
    let mut add = |start: usize, end: usize, written: bool| {
        ended |= written;
        let raw = text.part(start..end);
        // Most lines begin and end with a letter or mark of ASCII.
        let body = if raw.bytes().next().is_some_and(is_graphic) { raw } else { raw.trim_start() };
        if body.is_empty() {
            // The empty stretch inside CRLF is not a blank line; an empty line otherwise is.
            set_off |= !(raw.is_empty() && bytes[..start].ends_with(b"\r") && bytes[end..].starts_with(b"\n"));
            return;
        }
        let from = end - body.len();
        let len = if body.bytes().next_back().is_some_and(is_graphic) { body.len() } else { body.trim_end().len() };
        let indent = text.part(start..from).chars().map(|c| if c == '\t' { 8 } else { 1 }).sum();
        lines.push(RawLine { span: Span::new(from, from + len), indent, set_off, ended });
        (set_off, ended) = (false, false);
    };
    // A line is cut again where a line end is written out; what stands for one may hold line ends itself.
    let mut written = marks::written_ends(text, prefilter).into_iter().peekable();
    let mut seen_to = 0;
    let mut take = |start: usize, end: usize| {
        let mut after = start < seen_to;
        let mut start = start.max(seen_to);
        while let Some(mark) = written.next_if(|mark| mark.start < end) {
            if start <= mark.start {
                add(start, mark.start, after);
            }
            after = true;
            seen_to = mark.end.max(seen_to);
            start = start.max(seen_to);
        }
        if start <= end {
            add(start, end, after);
        }
    };
    let mut start = 0;
    if prefilter.rare_breaks {
        for (at, c) in text.char_indices() {
            if matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                take(start, at);
                start = at + c.len_utf8();
            }
        }
    } else {
        prefilter.each_control(|at| {
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

#[cfg(test)]
mod tests {
    use super::wrap::columns;
    use super::*;

    fn blocks(text: &str) -> Vec<&str> {
        segment(text, &Prefilter::of(text)).into_iter().map(|span| &text[span.range()]).collect()
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
            assert!(segment(text, &Prefilter::of(text)).is_empty(), "{text:?}");
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
