//! The header that an extractor, an archive or a newsroom put above a story: front matter between `---` lines, "Title: …" and
//! "URL Source: …", "BYLINE: …" and "LENGTH: 512 words".
//!
//! A key alone proves nothing: in an interview somebody may be called Title. Front matter has its marks; elsewhere a header opens the
//! text with two keys or more, or has one that only programs and archives write, and every value is of the kind that its key tells.

use crate::labels::Label;
use crate::offsets::Span;
use crate::pack::{Headers, Holds, Key};
use crate::text::part::PartOf;

/// Front matter ends within so many lines.
const FENCED: usize = 64;
/// A header without marks stands in so many of the first lines.
const OPEN: usize = 24;
/// A sign stands within so many bytes.
const SIGN: usize = 256;
/// No value of a header has more characters; no headline, no names, no time.
const LONGEST_CHARS: usize = 2000;
const LONGEST_TITLE_CHARS: usize = 300;
const LONGEST_NAMES_CHARS: usize = 200;
const LONGEST_TIME_CHARS: usize = 80;
/// Names have no more words.
const MOST_NAMES: usize = 24;

/// A line of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub line: usize,
    pub label: Label,
    /// The key with its colon, in the line; empty where none stands.
    pub key: Span,
    /// What stands after it, without quotation marks.
    pub value: Span,
    /// The value goes on from the line before.
    pub goes_on: bool,
    /// The time is one of an update.
    pub updated: bool,
}

/// What was found above a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Front {
    /// In the order of their lines.
    pub fields: Vec<Field>,
    /// A dump counted the lines: "[1] …", "Line 2: …".
    numbered: bool,
}

impl Front {
    /// The field in line `at`.
    pub fn field(&self, at: usize) -> Option<&Field> {
        let found = self.fields.binary_search_by_key(&at, |field| field.line).ok()?;
        self.fields.get(found)
    }

    /// What line `at` says, without key and number.
    pub fn value(&self, at: usize, text: &str) -> Span {
        match self.field(at) {
            Some(field) => field.value,
            None if self.numbered => Span::new(number(text).map_or(0, |(_, end)| end), text.len()),
            None => Span::new(0, text.len()),
        }
    }

    /// The same of a line that may hold a list: `['Ann Tully', 'Tom Vale']`.
    pub fn values(&self, at: usize, text: &str) -> Vec<Span> {
        let whole = self.value(at, text);
        if self.field(at).is_none() {
            return vec![whole];
        }
        let value = text.part(whole.range());
        let Some(inside) = value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) else {
            return vec![whole];
        };
        let mut start = whole.start + 1;
        let mut spans = Vec::new();
        for part in inside.split(',') {
            spans.push(unquoted(text, Span::new(start, start + part.len())));
            start += part.len() + 1;
        }
        spans
    }
}

/// Finds the header in the lines of a text.
pub(crate) fn front<'t>(lines: impl Iterator<Item = &'t str> + Clone, headers: &Headers) -> Front {
    let head: Vec<&str> = lines.clone().take(FENCED).collect();
    let numbered = is_numbered(&head);
    let reader = Reader { headers, numbered };
    if let Some(fields) = reader.fenced(&head) {
        return Front { fields, numbered };
    }
    let (mut fields, archived) = reader.open(&head);
    if archived {
        let last = fields.last().map_or(0, |field| field.line);
        fields.extend(lines.enumerate().skip(last + 1).filter_map(|(at, line)| reader.after(at, line)));
    }
    Front { fields, numbered }
}

struct Reader<'h> {
    headers: &'h Headers,
    numbered: bool,
}

/// A line with a key.
#[derive(Clone, Copy, Debug)]
struct Keyed<'t> {
    key: Key,
    name: &'t str,
    field: Field,
    has_value: bool,
}

impl Reader<'_> {
    /// Front matter: lines between `---` and `---`, or between `+++` and `+++`.
    fn fenced(&self, head: &[&str]) -> Option<Vec<Field>> {
        let mark = mark(head.first()?)?;
        let close = head.iter().skip(1).position(|line| self::mark(line) == Some(mark) || *line == "...")? + 1;
        let mut fields = vec![marks(0, head.first()?)];
        let (mut known, mut strange) = (0, 0);
        // What the last key holds: lines without one go on with it.
        let mut last: Option<Field> = None;
        for (at, line) in head.iter().enumerate().take(close).skip(1) {
            if let Some(keyed) = self.keyed(at, line, mark) {
                known += 1;
                let holds = label_of(keyed.key.holds, true);
                last = Some(Field { label: holds, ..keyed.field });
                fields.push(keyed.field);
            } else if let Some(end) = strange_key(line, mark) {
                strange += 1;
                let field = Field { label: Label::Ui, key: Span::new(0, end), ..plain(at, line) };
                last = Some(field);
                fields.push(field);
            } else {
                let last = last?;
                let item = line.trim_start_matches(['-', '*', ' ']);
                let value = unquoted(line, Span::new(line.len() - item.len(), line.len()));
                fields.push(Field {
                    label: last.label,
                    value,
                    goes_on: true,
                    updated: last.updated,
                    ..plain(at, line)
                });
            }
        }
        fields.push(marks(close, head.get(close)?));
        (known >= 2 || known == 1 && (strange > 0 || close == 2)).then_some(fields)
    }

    /// A header without marks, and whether an archive or a program wrote it.
    fn open(&self, head: &[&str]) -> (Vec<Field>, bool) {
        let opens = usize::from(head.first().is_some_and(|line| mark(line).is_some()));
        let keyed: Vec<_> = head
            .iter()
            .take(OPEN)
            .enumerate()
            .map(|(at, line)| self.keyed(at, line, '-').filter(|keyed| is_plausible(keyed, line)))
            .collect();
        let run = |from: usize| {
            let mut end = from;
            while let Some(Some(keyed)) = keyed.get(end) {
                end += 1;
                if keyed.key.holds == Holds::Text {
                    break;
                }
            }
            end
        };
        let of = |from: usize, to: usize| keyed.get(from..to).unwrap_or_default().iter().flatten();
        let named = |from: usize, to: usize, is_one: fn(&Key) -> bool| {
            let mut names: Vec<_> = of(from, to).filter(|keyed| is_one(&keyed.key)).map(|keyed| keyed.name).collect();
            names.sort_unstable();
            names.dedup();
            names.len()
        };
        let end = run(opens);
        let tells: fn(&Key) -> bool =
            |key| matches!(key.holds, Holds::Title | Holds::Byline | Holds::Published | Holds::Updated) || key.sure;
        let sure = named(0, keyed.len(), |key| key.sure) > 0;
        let archived = sure || named(0, keyed.len(), |key| key.archive) > 1;
        let fields_of = |from: usize, to: usize| {
            let letter = of(from, to).any(|keyed| keyed.key.mail);
            of(from, to).map(move |keyed| match keyed.key.holds {
                Holds::Subject if letter && keyed.has_value => Field { label: Label::Title, ..keyed.field },
                _ => keyed.field,
            })
        };
        let mut fields: Vec<Field> = Vec::new();
        if archived {
            // The runs of lines with keys that have one of an archive's: what stands beside it is its too.
            let mut from = 0;
            while from < keyed.len() {
                let to = run(from).max(from + 1);
                if of(from, to).any(|keyed| keyed.key.sure || keyed.key.archive) {
                    fields.extend(fields_of(from, to));
                }
                from = to;
            }
        } else if named(opens, end, |_| true) > 1 && named(opens, end, tells) > 0 {
            fields.extend(fields_of(opens, end));
        } else if end == 1 && opens == 0 {
            // "Title: …" above the story, and nothing else.
            fields.extend(of(0, 1).filter(|keyed| keyed.key.holds == Holds::Title).map(|keyed| keyed.field));
        }
        let after = fields.last().map_or(0, |field| field.line + 1);
        if after > 0 {
            if let Some(line) = head.get(after).filter(|line| mark(line).is_some()) {
                fields.push(marks(after, line));
            }
            if let Some(line) =
                head.first().filter(|_| opens == 1 && fields.first().is_some_and(|field| field.line == 1))
            {
                fields.insert(0, marks(0, line));
            }
        }
        if archived {
            // "Body", with no sign after it.
            let is_text = |line: &&&str| {
                !line.contains([':', '：']) && self.headers.key(line).is_some_and(|key| key.holds == Holds::Text)
            };
            let bare = |at: usize| Some(marks(at, head.get(at).filter(is_text)?));
            let bare: Vec<_> = fields.iter().filter_map(|field| bare(field.line + 1)).collect();
            fields.extend(bare);
            fields.sort_by_key(|field| field.line);
        }
        (fields, archived)
    }

    /// What an archive puts under the story: "LOAD-DATE: …".
    fn after(&self, at: usize, line: &str) -> Option<Field> {
        let keyed = self.keyed(at, line, '-')?;
        let capitals = !keyed.name.chars().any(char::is_lowercase);
        let furniture = matches!(keyed.field.label, Label::Nav | Label::Ui);
        (furniture && keyed.has_value && (keyed.key.sure || capitals) && is_plausible(&keyed, line))
            .then_some(keyed.field)
    }

    /// A line that opens with a known key. In front matter between `+++` lines "=" stands after a key.
    fn keyed<'t>(&self, at: usize, line: &'t str, mark: char) -> Option<Keyed<'t>> {
        // Most lines have no sign near their head.
        let head = line.as_bytes().get(..SIGN).unwrap_or(line.as_bytes());
        memchr::memchr3(b':', b'=', 0xef, head)?;
        let start = if self.numbered { number(line).map_or(0, |(_, end)| end) } else { 0 };
        let bare = line.part(start..);
        let open = bare.trim_start_matches(['*', '•', '#', ' ']);
        let start = start + bare.len() - open.len();
        let is_sign = |c: &char| if mark == '+' { *c == '=' } else { matches!(c, ':' | '：') };
        // "og:title: …" has a sign inside its key.
        let signs = open.char_indices().take(48).filter(|(_, c)| is_sign(c)).take(3);
        let (key, name, after) = signs
            .filter_map(|(sign, c)| {
                let name = open.part(..sign).trim_end();
                Some((self.headers.key(name)?, name, sign + c.len_utf8()))
            })
            .last()?;
        let value = unquoted(line, Span::new(start + after, line.len()));
        let has_value = !matches!(
            line.part(value.range()),
            "" | "[]" | "null" | "None" | "~" | ">" | "|" | ">-" | "|-" | ">+" | "|+"
        );
        let field = Field {
            line: at,
            label: label_of(key.holds, has_value),
            key: Span::new(start, start + after),
            value,
            goes_on: false,
            updated: key.holds == Holds::Updated,
        };
        Some(Keyed { key, name, field, has_value })
    }
}

/// What a line is whose key holds this.
fn label_of(holds: Holds, has_value: bool) -> Label {
    match holds {
        Holds::Section | Holds::Subject => Label::Nav,
        _ if !has_value => Label::Ui,
        Holds::Title => Label::Title,
        Holds::Byline => Label::Byline,
        Holds::Published | Holds::Updated => Label::Timestamp,
        Holds::Deck => Label::Deck,
        Holds::Dateline => Label::Dateline,
        Holds::Note => Label::Note,
        Holds::Other => Label::Ui,
        Holds::Text => Label::Body,
    }
}

/// Whether a value is one that its key may have, where no mark says that it stands in a header.
fn is_plausible(keyed: &Keyed<'_>, line: &str) -> bool {
    let value = line.part(keyed.field.value.range());
    let at_most = |most: usize| value.chars().nth(most).is_none();
    let digit = || value.contains(|c: char| c.is_numeric());
    let names = || {
        at_most(LONGEST_NAMES_CHARS) && !value.contains(['?', '!']) && value.split_whitespace().count() <= MOST_NAMES
    };
    match keyed.key.holds {
        Holds::Text => true,
        Holds::Section | Holds::Subject => at_most(LONGEST_CHARS),
        Holds::Other if keyed.name.eq_ignore_ascii_case("length") => digit() && at_most(LONGEST_TIME_CHARS),
        Holds::Other => at_most(LONGEST_CHARS),
        _ if !keyed.has_value => false,
        Holds::Title => at_most(LONGEST_TITLE_CHARS),
        Holds::Byline => names(),
        Holds::Published | Holds::Updated => digit() && at_most(LONGEST_TIME_CHARS),
        Holds::Deck | Holds::Note => at_most(LONGEST_CHARS),
        Holds::Dateline => at_most(LONGEST_TIME_CHARS),
    }
}

/// What a line of nothing but marks is made of: `---`, `+++`.
fn mark(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(|c| matches!(c, '-' | '+'))?;
    (line.len() >= 3 && line.chars().all(|c| c == mark)).then_some(mark)
}

/// A line around a header.
fn marks(at: usize, line: &str) -> Field {
    Field { label: Label::Ui, ..plain(at, line) }
}

fn plain(at: usize, line: &str) -> Field {
    let value = Span::new(0, line.len());
    Field { line: at, label: Label::Ui, key: Span::default(), value, goes_on: false, updated: false }
}

/// Where the key ends that no list has: "permalink_name: …".
fn strange_key(line: &str, mark: char) -> Option<usize> {
    let sign = if mark == '+' { '=' } else { ':' };
    let (key, _) = line.split_once(sign)?;
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let key = key.trim_end();
    (!key.is_empty() && key.len() <= 32 && key.chars().all(is_key)).then(|| line.find(sign).map_or(0, |at| at + 1))
}

/// A stretch of a line without the white space, the comma and the quotation marks around it.
fn unquoted(line: &str, span: Span) -> Span {
    let trim = |span: Span| {
        let text = line.part(span.range());
        let start = span.start + (text.len() - text.trim_start().len());
        Span::new(start, start + text.trim().len())
    };
    let mut span = trim(span);
    for (open, close) in [('"', '"'), ('\'', '\''), ('\u{201c}', '\u{201d}'), ('«', '»'), ('„', '“')] {
        let text = line.part(span.range());
        let bare = text.strip_suffix(',').filter(|_| text.starts_with(open)).unwrap_or(text);
        if let Some(inside) = bare.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
            && !inside.contains([open, close])
        {
            span = trim(Span::new(span.start + open.len_utf8(), span.start + open.len_utf8() + inside.len()));
            break;
        }
    }
    span
}

/// The number that a dump put before a line, and where the line itself begins: "[2] ", "2. ", "Line 2: ".
fn number(line: &str) -> Option<(u32, usize)> {
    let (rest, close): (&str, &[char]) = match line {
        _ if line.starts_with('[') => (line.part(1..), &[']']),
        _ if line.starts_with('(') => (line.part(1..), &[')']),
        _ if line.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("line ")) => (line.part(5..), &[':', '.']),
        _ => (line, &['.', ')', ':']),
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.part(..digits).parse().ok().filter(|_| digits <= 6)?;
    let after = rest.part(digits..).strip_prefix(close)?;
    let line_itself = after.trim_start();
    (line_itself.len() < after.len()).then(|| (number, line.len() - line_itself.len()))
}

/// Whether a dump counted the lines: the first three, one after the other, from 0 or 1 on.
fn is_numbered(head: &[&str]) -> bool {
    let first = head.first().and_then(|line| number(line)).map_or(2, |(number, _)| number);
    first < 2
        && head.len() > 2
        && (first..).zip(head.iter().take(3)).all(|(want, line)| number(line).is_some_and(|(number, _)| number == want))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    fn read(text: &str) -> Vec<(usize, Label, &str)> {
        let front = front(text.lines(), &Packs::embedded().headers);
        let line = |at| text.lines().nth(at).unwrap();
        front.fields.iter().map(|field| (field.line, field.label, &line(field.line)[field.value.range()])).collect()
    }

    #[test]
    fn front_matter() {
        use Label::{Byline, Nav, Timestamp, Title, Ui};
        let text = "---\ntitle: \"Quay: closed\"\nauthors:\n- Ann Tully\nlayout: 'post'\nodd_key: 3\ndate: 2013-03-12\ntags: [a, b]\n---\nDate: I never knew.";
        let want = [
            (0, Ui, "---"),
            (1, Title, "Quay: closed"),
            (2, Ui, ""),
            (3, Byline, "Ann Tully"),
            (4, Ui, "post"),
            (5, Ui, "odd_key: 3"),
            (6, Timestamp, "2013-03-12"),
            (7, Nav, "[a, b]"),
            (8, Ui, "---"),
        ];
        assert_eq!(read(text), want);
        assert_eq!(read("---\nThe quay closed.\nNobody knew: not even the mayor.\n---\nMore"), []);
        let toml = "+++\ntitle = \"Quay closes\"\ndate = 2013-03-12\n+++\nThe quay closed.";
        assert_eq!(read(toml)[1..3], [(1, Title, "Quay closes"), (2, Timestamp, "2013-03-12")]);
        let folded = "---\ntitle: >-\nQuay closes\nfor a year\nurl: https://orla.example/a\n---";
        assert_eq!(read(folded)[1..4], [(1, Ui, ">-"), (2, Title, "Quay closes"), (3, Title, "for a year")]);
    }

    #[test]
    fn headers() {
        use Label::{Byline, Nav, Timestamp, Title, Ui};
        let reader = "Title: Quay closes\nURL Source: https://orla.example/quay\nPublished Time: 2013-03-12T10:00:00Z\nMarkdown Content:\nThe quay closed.";
        let want = [
            (0, Title, "Quay closes"),
            (1, Ui, "https://orla.example/quay"),
            (2, Timestamp, "2013-03-12T10:00:00Z"),
            (3, Ui, ""),
        ];
        assert_eq!(read(reader), want);
        let archive = "Orla Post\nMarch 12, 2013 Tuesday\nQuay closes\nBYLINE: By ANN TULLY\nSECTION: NEWS; Pg. 4\nLENGTH: 512 words\nThe quay closed.\nLOAD-DATE: March 13, 2013";
        let want =
            [(3, Byline, "By ANN TULLY"), (4, Nav, "NEWS; Pg. 4"), (5, Ui, "512 words"), (7, Ui, "March 13, 2013")];
        assert_eq!(read(archive), want);
        let numbered = "[1] Title: Quay closes\n[2] By: Ann Tully\n[3] It closed.";
        assert_eq!(read(numbered), [(0, Title, "Quay closes"), (1, Byline, "Ann Tully")]);
        assert_eq!(read("Title: Quay closes\nIt closed."), [(0, Title, "Quay closes")]);
        let archive = "Quay closes\nSection: NEWS\nLength: 512 words\nBody\nThe quay closed.";
        assert_eq!(read(archive).last(), Some(&(3, Ui, "Body")));
        assert_eq!(read("Autor: Ann Tully\nDatum: 12. März 2013\nEs schloss.")[0], (0, Byline, "Ann Tully"));
    }

    #[test]
    fn letters() {
        use Label::{Byline, Nav, Timestamp, Title, Ui};
        let posted = "Newsgroups: orla.quay\nSubject: Quay closes\nFrom: news@orla.example (Ann Tully)\nDate: Tue, 12 Mar 1996 14:02:10 PDT\n\
                      Lines: 14\nThe quay closed.";
        let want = [
            (0, Ui, "orla.quay"),
            (1, Title, "Quay closes"),
            (2, Byline, "news@orla.example (Ann Tully)"),
            (3, Timestamp, "Tue, 12 Mar 1996 14:02:10 PDT"),
            (4, Ui, "14"),
        ];
        assert_eq!(read(posted), want);
        let sent = "Von: Ann Tully\nGesendet: 12. März 2013 10:00\nAn: alle\nBetreff: Kai gesperrt\nDer Kai ist zu.";
        assert_eq!(read(sent)[3], (3, Title, "Kai gesperrt"));
        // In an archive it is what the story is about.
        assert_eq!(read("LENGTH: 512 words\nSECTION: NEWS\nSUBJECT: QUAYS (90%)")[2], (2, Nav, "QUAYS (90%)"));
    }

    #[test]
    fn prose_is_no_header() {
        for text in [
            "An evening with the duo\nTitle: I never knew.\nDate: I never knew either.\nTitle: So we went home.",
            "Date: I never knew.\nTitle: Nor did I.",
            "Source: the harbour board, which closed the quay.\nIt closed.",
            "Date: 12 March\nVenue: Harbour Hall\nIt closed.",
            "Length: it goes on and on.\nSection: the second.\nIt closed.",
            "Text: it is here.",
            "From: here on the quay is closed.\nIt closed.",
            "To: and fro it went, from: quay to quay.\nLines: were long.\nIt closed.",
            "Eds, said Title: I knew.\nTitle: So did I.",
            "---",
            "---\n---",
            "",
            ":",
            "title:",
            "[1] ",
            "：：：",
        ] {
            assert_eq!(read(text), [], "{text:?}");
        }
    }

    #[test]
    fn lists() {
        let text = "authors: ['Ann Tully', \"Tom Vale\"]";
        let front = front([text, "date: 2013-03-12"].into_iter(), &Packs::embedded().headers);
        let names: Vec<_> = front.values(0, text).into_iter().map(|span| &text[span.range()]).collect();
        assert_eq!(names, ["Ann Tully", "Tom Vale"]);
        let dump = ["1. Quay closes", "2. By Ann Tully", "3. It closed."];
        let front = super::front(dump.into_iter(), &Packs::embedded().headers);
        assert_eq!(&dump[0][front.value(0, dump[0]).range()], "Quay closes");
    }
}
