//! What is left of markup in a plain text: Markdown from converters, tags that an extractor missed.

use crate::text::elements::{Element, Kind};
use crate::text::part::PartOf;
use std::ops::Range;

/// What a block holds of markup: evidence for the labeller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Markup {
    pub link: bool,
    pub image: bool,
    pub heading: bool,
    pub emphasis: bool,
    pub tag: bool,
    pub quote: bool,
    pub list: bool,
}

impl Markup {
    /// A bit for each value of the evidence row "markup", in its order.
    pub(crate) fn bits(self) -> u8 {
        u8::from(self.link)
            | u8::from(self.image) << 1
            | u8::from(self.heading) << 2
            | u8::from(self.emphasis) << 3
            | u8::from(self.tag) << 4
            | u8::from(self.quote) << 5
            | u8::from(self.list) << 6
    }
}

/// What the text of one block, as scraped, holds of markup, and the stretches that it is: sorted and disjoint; what they mark
/// stays, bullets too. `marked` tells whether it holds a character that markup is made of; most blocks do not.
pub(crate) fn leftovers(text: &str, marked: bool) -> (Markup, Vec<Range<usize>>) {
    // Most blocks begin with a letter.
    let lettered = text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let list = !lettered && starts_item(text.trim_start());
    if !marked {
        return (Markup { list, ..Markup::default() }, Vec::new());
    }
    let mut reader = Reader::default();
    reader.read(text);
    reader.ranges.sort_unstable_by_key(|range| range.start);
    (Markup { list, ..reader.found }, reader.ranges)
}

/// True when the text holds a tag of HTML.
pub(crate) fn holds_tag(text: &str) -> bool {
    let mut tags = Tags::default();
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| tags.end(text, at).is_some())
}

/// Calls `found` with the place of each tag of a block or a line end, escaped ones too, in order.
pub(crate) fn each_block_tag(text: &str, mut found: impl FnMut(Range<usize>)) {
    let mut tags = Tags::default();
    let mut seen_to = 0;
    for at in memchr::memchr2_iter(b'<', b'&', text.as_bytes()) {
        let (end, name) = match text.as_bytes()[at] {
            _ if at < seen_to => continue,
            b'<' => (tags.end(text, at), at + 1),
            _ => (escaped_tag(text, at), at + "&lt;".len()),
        };
        let Some(end) = end else { continue };
        seen_to = end;
        let name = text.part(name..end).trim_start_matches('/');
        let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if element(name.part(..len).as_bytes()).is_some_and(|element| element.is(Kind::BLOCK)) {
            found(at..end);
        }
    }
}

/// True for the bullets and numbers of list items.
fn starts_item(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('-' | '*' | '+' | '•' | '‣' | '◦' | '▪' | '●' | '–') => {
            matches!(chars.next(), Some(' ' | '\t' | '\u{a0}'))
        }
        Some('0'..='9') => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            digits <= 3 && (text.part(digits..).starts_with(". ") || text.part(digits..).starts_with(") "))
        }
        _ => false,
    }
}

#[derive(Default)]
struct Reader {
    found: Markup,
    ranges: Vec<Range<usize>>,
    /// Brackets that are open, with the `!` of an image.
    brackets: Vec<usize>,
    /// The last run of stars or underscores that may open emphasis: by character and length.
    openers: [[Option<usize>; 3]; 2],
    tags: Tags,
}

impl Reader {
    fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = self.read_heading(text);
        let mut line_start = at == 0;
        while at < bytes.len() {
            if line_start {
                at = self.read_quote(bytes, at);
                line_start = false;
                continue;
            }
            match bytes[at] {
                b'\n' => line_start = true,
                b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
                b'<' => {
                    if let Some(end) = self.tags.end(text, at) {
                        self.found.tag = true;
                        self.ranges.push(at..end);
                        at = end;
                        continue;
                    }
                }
                b'&' => {
                    if let Some(end) = escaped_tag(text, at) {
                        self.found.tag = true;
                        self.ranges.push(at..end);
                        at = end;
                        continue;
                    }
                }
                b'[' => self.brackets.push(at),
                b']' => {
                    if let Some(end) = self.read_link(bytes, at) {
                        at = end;
                        continue;
                    }
                }
                b'*' | b'_' => {
                    at = self.read_emphasis(text, at);
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// `## Heading`: the length of its marks.
    fn read_heading(&mut self, text: &str) -> usize {
        let indent = text.len() - text.trim_start().len();
        let marks = text.part(indent..).bytes().take_while(|&byte| byte == b'#').count();
        let rest = text.part(indent + marks..);
        let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if !(1..=6).contains(&marks) || space == 0 || space == rest.len() {
            return 0;
        }
        self.found.heading = true;
        self.ranges.push(indent..indent + marks + space);
        indent + marks + space
    }

    /// `> ` at the start of a line, once or more.
    fn read_quote(&mut self, bytes: &[u8], line: usize) -> usize {
        let spaces = |at: usize| bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let start = line + spaces(line);
        let mut at = start;
        while bytes.get(at) == Some(&b'>') && matches!(bytes.get(at + 1), Some(b' ' | b'\t' | b'>')) {
            at += 1;
            at += spaces(at);
        }
        if at > start {
            self.found.quote = true;
            self.ranges.push(start..at);
        }
        at
    }

    /// The target of a link or image whose text ends at the bracket `at`: where it ends.
    fn read_link(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let open = self.brackets.pop()?;
        let target = bytes.get(at + 1..)?.strip_prefix(b"(")?;
        let len = target_len(target)?;
        let image = open > 0 && bytes[open - 1] == b'!';
        let found = if image { &mut self.found.image } else { &mut self.found.link };
        *found = true;
        let end = at + 2 + len + 1;
        self.ranges.push(open - usize::from(image)..open + 1);
        self.ranges.push(at..end);
        Some(end)
    }

    /// A run of stars or underscores: where it ends.
    fn read_emphasis(&mut self, text: &str, at: usize) -> usize {
        let mark = text.as_bytes()[at];
        let len = text.part(at..).bytes().take_while(|&byte| byte == mark).count();
        let end = at + len;
        if len > 3 {
            return end;
        }
        let before = text.part(..at).chars().next_back();
        let after = text.part(end..).chars().next();
        let opens = !before.is_some_and(char::is_alphanumeric) && after.is_some_and(|c| !c.is_whitespace());
        let closes = !after.is_some_and(char::is_alphanumeric) && before.is_some_and(|c| !c.is_whitespace());
        let kind = usize::from(mark == b'_');
        if closes
            && let Some(opener) = self.openers[kind][len - 1]
            && opener + len < at
        {
            self.found.emphasis = true;
            self.ranges.push(opener..opener + len);
            self.ranges.push(at..end);
            // What was opened inside and not closed is not emphasis.
            for inner in self.openers.iter_mut().flatten() {
                inner.take_if(|inner| *inner >= opener);
            }
            return end;
        }
        if opens {
            self.openers[kind][len - 1] = Some(at);
        }
        end
    }
}

/// The length of a link's target up to its closing parenthesis: an address without white space, but for a line end after a hyphen, and, after a space, a
/// title in quotation marks.
fn target_len(target: &[u8]) -> Option<usize> {
    let mut depth = 0;
    let mut at = 0;
    loop {
        match target.get(at)? {
            b'(' if depth == 0 => depth = 1,
            b')' if depth == 0 => return (at > 0).then_some(at),
            b')' => depth = 0,
            b' ' if at > 0 => break,
            // Where a program broke the line at a hyphen of the address.
            b'\n' if at > 0 && target[at - 1] == b'-' => {}
            b'(' | b'[' | b']' | b'<' | 0..=b' ' => return None,
            _ => {}
        }
        at += 1;
    }
    let quote = *target.get(at + 1).filter(|quote| matches!(quote, b'"' | b'\''))?;
    let title = at + 2;
    let len = target[title..].iter().take_while(|byte| !matches!(byte, b'[' | b']' | b'\n') && **byte != quote).count();
    let end = title + len + 1;
    (target.get(end - 1) == Some(&quote) && target.get(end) == Some(&b')')).then_some(end)
}

/// Finds where tags end.
#[derive(Default)]
struct Tags {
    /// Known not to be in the rest of the text: the end of a comment.
    no_comment_end: bool,
}

impl Tags {
    /// Where the tag or comment that begins at `at`, a `<`, ends. Every search stops at the next `<`, or is made once.
    fn end(&mut self, text: &str, at: usize) -> Option<usize> {
        let rest = &text.as_bytes()[at + 1..];
        if rest.starts_with(b"!--") {
            if self.no_comment_end {
                return None;
            }
            let end = memchr::memmem::find(&rest[3..], b"-->");
            self.no_comment_end = end.is_none();
            return end.map(|end| at + 1 + 3 + end + 3);
        }
        let closing = usize::from(rest.first() == Some(&b'/'));
        let name = rest[closing..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        element(&rest[closing..closing + name])?;
        let inside = &rest[closing + name..];
        let len = memchr::memchr2(b'<', b'>', inside)?;
        if inside[len] == b'<' {
            return None;
        }
        let attributes = inside[..len].strip_suffix(b"/").unwrap_or(&inside[..len]);
        let is_tag = attributes.trim_ascii().is_empty()
            || (closing == 0 && attributes[0].is_ascii_whitespace() && attributes.contains(&b'='));
        is_tag.then_some(at + 1 + closing + name + len + 1)
    }
}

/// Where the tag ends that begins at `at` and whose brackets were made entities, once more than a page needs: `&lt;br /&gt;`.
fn escaped_tag(text: &str, at: usize) -> Option<usize> {
    let inside = text.part(at..).strip_prefix("&lt;")?;
    let mut entities = memchr::memchr_iter(b'&', inside.as_bytes());
    let len =
        entities.find(|len| inside.part(*len..).starts_with("&gt;") || inside.part(*len..).starts_with("&lt;"))?;
    let tag = format!("<{}>", inside.part(..len));
    let closed = inside.part(len..).starts_with("&gt;") && !tag.starts_with("<!");
    (closed && Tags::default().end(&tag, 0) == Some(tag.len())).then_some(at + 2 * "&lt;".len() + len)
}

/// The element of this name, of those that texts are written with.
fn element(name: &[u8]) -> Option<Element> {
    Element::of(name).filter(|element| element.is(Kind::WRITTEN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> String {
        let mut left = String::new();
        let mut at = 0;
        for range in leftovers(text, true).1 {
            left.push_str(&text[at..range.start]);
            at = range.end;
        }
        left + &text[at..]
    }

    #[test]
    fn strips_markup() {
        for (text, expected) in [
            ("See [the report](https://example.org/a_(b)?c=*d*) now", "See the report now"),
            ("[t](u \"a title\") x", "t x"),
            ("![A bridge](/img/1.jpg)", "A bridge"),
            ("[![alt](a.png)](b)", "alt"),
            ("## A heading", "A heading"),
            ("**Bold** and *slanted*, __both__ _ways_.", "Bold and slanted, both ways."),
            ("***all*** of it", "all of it"),
            ("> quoted\n> again", "quoted\nagain"),
            ("a <b>b</b><br/> <a href=\"x\">c</a><!-- d -->", "a b c"),
            ("a &lt;b&gt;b&lt;/b&gt;&lt;br /&gt; &lt;a href=&quot;x&quot;&gt;c&lt;/a&gt;", "a b c"),
            ("- item", "- item"),
        ] {
            assert_eq!(stripped(text), expected, "{text}");
        }
    }

    #[test]
    fn leaves_text() {
        for text in [
            "<GENE.O> said a < b and c > d, <3 <b and c>",
            "&lt;GENE.O&gt; a &lt; b &gt; c, &lt;b and &lt;i x=1",
            "snake_case_name and a * b * c, 5*3*2",
            "price* and cost*",
            "*terms apply",
            "#hashtag and #1",
            "[sic] (he said)",
            "[a] [b](",
            "[a](not a link)",
            "**** ____ ...",
            "\\*not emphasis\\*",
        ] {
            assert_eq!(stripped(text), text);
        }
    }

    #[test]
    fn finds() {
        let found = |text: &str| leftovers(text, true).0;
        assert_eq!(found("plain"), Markup::default());
        assert_eq!(found("* item"), Markup { list: true, ..Markup::default() });
        assert_eq!(found("12. item"), Markup { list: true, ..Markup::default() });
        assert_eq!(found("2016. was"), Markup::default());
        assert!(found("[a](b)").link);
        assert!(holds_tag("x </P> y") && holds_tag("<br />") && !holds_tag("a<b"));
    }
}
