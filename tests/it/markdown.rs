//! Markdown: read by a parser of CommonMark, it has the words of the clean text, whatever stands in it.

use copydesk::{Cleaner, Document, Hints, Input, Label, MarkdownOptions};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::grammar::Random;
use crate::growth::is_linear;
use crate::pages::written_pages;
use crate::support::root;

/// What a parser shows of Markdown: its text, and the names of what else it found.
fn shown(markdown: &str) -> (String, Vec<&'static str>) {
    let (mut text, mut found, mut pictures) = (String::new(), Vec::new(), 0);
    for event in
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS)
    {
        match event {
            Event::Start(Tag::Image { .. }) => {
                pictures += 1;
                found.push("image");
            }
            Event::End(TagEnd::Image) => pictures -= 1,
            _ if pictures > 0 => {}
            Event::Text(more) | Event::Code(more) => text.push_str(&more),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::Start(Tag::Emphasis) => found.push("emphasis"),
            Event::Start(Tag::Strong) => found.push("strong"),
            Event::Start(Tag::Link { .. }) => found.push("link"),
            Event::Start(Tag::Table(_)) => found.push("table"),
            Event::Start(Tag::Strikethrough) => found.push("strikethrough"),
            Event::Start(Tag::HtmlBlock) | Event::Html(_) | Event::InlineHtml(_) => found.push("html"),
            Event::Rule => found.push("rule"),
            Event::TaskListMarker(_) => found.push("task"),
            Event::Start(Tag::CodeBlock(_)) => found.push("code block"),
            Event::Start(_) => text.push(' '),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Strikethrough) => {}
            Event::End(_) => text.push('\n'),
            _ => found.push("something else"),
        }
    }
    (text, found)
}

/// The words, but for those that are marks of lists and quotes in a text.
fn words(text: &str, but_marks: bool) -> Vec<String> {
    let is_mark = |word: &&str| {
        let number =
            word.strip_suffix(['.', ')']).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        number || matches!(*word, "-" | "*" | "+" | ">" | "•" | "·" | "▪" | "◦" | "‣" | "●" | "○" | "■" | "∙")
    };
    let words = text.split_whitespace().filter(|word| !(but_marks && is_mark(word)));
    words.map(|word| word.replace('\0', "\u{fffd}")).collect()
}

/// The law.
pub fn shows_the_text(document: &Document, is_text: bool, input: &str) {
    let all = MarkdownOptions::default().links(true).images(true);
    let none = [MarkdownOptions::headings, MarkdownOptions::lists, MarkdownOptions::quotes, MarkdownOptions::tables];
    let none = none
        .iter()
        .fold(all.links(false).images(false).code(false).emphasis(false), |options, off| off(options, false));
    for options in [MarkdownOptions::default(), all, none] {
        let markdown = document.markdown_with(options);
        let (text, found) = shown(&markdown);
        assert_eq!(words(&text, is_text), words(document.text(), is_text), "{options:?} of {input:?}\n{markdown}");
        let mut never = vec!["html", "rule", "task", "strikethrough", "something else"];
        if is_text {
            never.extend(["emphasis", "strong", "link", "image", "table", "code block"]);
        } else if options != all {
            never.extend(["link", "image"]);
        }
        let wrong = found.iter().find(|found| never.contains(found));
        assert_eq!(wrong, None, "{options:?} of {input:?}\n{markdown}");
    }
    assert_eq!(document.markdown(), document.markdown_with(MarkdownOptions::default()));
}

/// What Markdown is written with, and what it is not.
const PARTS: [&str; 76] = [
    "*",
    "**",
    "***",
    "_",
    "__",
    "`",
    "``",
    "```",
    "~",
    "~~",
    "~~~",
    "#",
    "##",
    " #",
    "-",
    "--",
    "---",
    "- - -",
    "+",
    "=",
    "===",
    ">",
    "> ",
    "<",
    "<b>",
    "</b>",
    "<!-- ",
    " -->",
    "<http://a.example>",
    "&",
    "&amp;",
    "&#35;",
    "&copy",
    ";",
    "[",
    "]",
    "](",
    "[a](b)",
    "![",
    "[a]: b",
    "[^1]",
    "[ ] ",
    "(",
    ")",
    "!",
    "\\",
    "\\\\",
    "|",
    "|---|",
    "| a | b |",
    "1.",
    "1. ",
    "12) ",
    "2016. ",
    "• ",
    "- ",
    "* ",
    ":",
    "\"",
    "“",
    "”",
    "…",
    "。",
    "「",
    "」",
    "é",
    "東京",
    "ा",
    "a",
    "b c",
    " ",
    "  ",
    "\t",
    "https://a.example/~b_c*d",
    "It rained.",
    "$x$",
];

fn line(random: &mut Random<'_>) -> String {
    let parts = random.below(9);
    (0..parts).map(|_| if random.once_in(4) { " " } else { random.pick(&PARTS) }).collect()
}

/// How many texts are tried.
const MANY: u64 = if cfg!(debug_assertions) { 1500 } else { 40_000 };

/// The law of a text, all of it kept.
pub fn text_is_shown(text: &str) {
    thread_local! {
        static CLEANER: Cleaner = Cleaner::builder().model("fast").keep(Label::ALL).markup(copydesk::Keep::Keep).build().unwrap();
    }
    shows_the_text(&CLEANER.with(|cleaner| cleaner.clean(text)), true, text);
}

#[test]
fn any_text_is_shown_as_it_is() {
    for seed in 0..MANY {
        let mut random = Random::new(seed);
        let lines = 1 + random.below(4);
        let text: String = (0..lines).map(|_| line(&mut random) + "\n").collect();
        text_is_shown(&text);
    }
}

const TAGS: [&str; 64] = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<strong>",
    "</strong>",
    "<i>",
    "</i>",
    "<em>",
    "</em>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<a href=/x>",
    "<a href='b (c) d&amp;e'>",
    "<a>",
    "</a>",
    "<ul>",
    "<ol>",
    "<ol start=7>",
    "<ol reversed>",
    "<li>",
    "<li value=40>",
    "</li>",
    "</ul>",
    "</ol>",
    "<blockquote>",
    "</blockquote>",
    "<table>",
    "<thead>",
    "<tr>",
    "<th>",
    "<td>",
    "<td colspan=2>",
    "<td rowspan=2>",
    "</tr>",
    "</table>",
    "<h1>",
    "<h2>",
    "</h2>",
    "<h6>",
    "</h6>",
    "<br>",
    "<hr>",
    "<img src=a.jpg alt='a ] b'>",
    "<figure>",
    "<figcaption>",
    "</figure>",
    "<span hidden>",
    "</span>",
    "<div>",
    "</div>",
    "<dl><dt>",
    "<dd>",
    "<base href=https://a.example/b/>",
    "<img data-src=b.jpg>",
    "<noscript>",
    "</noscript>",
    "\n",
    "\n    ",
    "&nbsp;",
    "&lt;",
    "<tt>",
];

#[test]
fn any_page_is_shown_as_it_is() {
    let cleaner = Cleaner::builder().model("fast").keep(Label::ALL).build().unwrap();
    for seed in 0..MANY {
        let mut random = Random::new(seed);
        let parts = 2 + random.below(24);
        let html: String = (0..parts)
            .map(|_| match random.below(5) {
                0 | 1 => random.pick(&TAGS).to_owned(),
                2 => line(&mut random).replace("<!--", "<"),
                3 => random.pick(&["it", " rained", "day ", "”no", "(so)"]).to_owned(),
                _ => " ".to_owned(),
            })
            .collect();
        shows_the_text(&cleaner.clean_html(&*html), false, &html);
    }
}

#[test]
fn markdown_takes_time_as_it_is_long() {
    let cleaner = Cleaner::builder().model("fast").keep(Label::ALL).build().unwrap();
    let all = MarkdownOptions::default().title(true).links(true).images(true);
    for part in [
        "<blockquote>a",
        "<ol><li>a",
        "<ol reversed><li>a",
        "<b>a</b>b ",
        "<b>a <i>b</i></b> <i>c</i>",
        "<a href=/x>a</a>[b](c)",
        "<img src=a.jpg>a ",
        "<p><img data-src=a.jpg>",
        "<pre> a\n",
        "<table><tr><td>a<td>b",
        "<tr><td rowspan=99 colspan=99>a<td>b",
        "<code>a</code>`",
        "&amp;amp",
        "**a",
        "&lt;![",
        "<h2>a #",
    ] {
        let make = |bytes: usize| part.repeat(bytes / part.len());
        // What is read is measured elsewhere: here it is one document that is shown.
        let work = |html: &str| drop(cleaner.clean_html(html).markdown_with(all));
        if let Err(told) = is_linear(10_000, make, work) {
            panic!("{part}: {told}");
        }
    }
}

/// Each page written for the project has its Markdown beside it, with all that can be shown: tests/pages/NAME.md. UPDATE_DOCS=1 writes them anew.
#[test]
fn written_pages_are_shown_as_they_were() {
    for path in written_pages() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let html = std::fs::read_to_string(&path).unwrap();
        let hints = Hints::new().with_source(format!("https://orla.example/pages/{name}.html"));
        let document = Cleaner::default().clean_with(Input::html(&*html), &hints);
        shows_the_text(&document, false, &html);
        let made = document.markdown_with(MarkdownOptions::default().title(true).links(true).images(true));
        let golden = root().join("tests/pages").join(name).with_extension("md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&golden, &made).unwrap();
        }
        let kept = std::fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(kept, made, "{name}: run UPDATE_DOCS=1 cargo test --features cli,fuzzing markdown");
    }
}

/// A page that a converter made wrong Markdown of, after what its users tell: where they do, and what is right.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    from: String,
    html: String,
    markdown: String,
    #[serde(default)]
    links: bool,
}

#[test]
fn what_others_make_wrong_is_right() {
    let cleaner = Cleaner::builder().keep(Label::ALL).build().unwrap();
    let cases = std::fs::read_to_string(root().join("tests/pages/markdown.jsonl")).unwrap();
    let mut wrong = Vec::new();
    for line in cases.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let document = cleaner.clean_html(&*case.html);
        shows_the_text(&document, false, &case.html);
        let made = document.markdown_with(MarkdownOptions::default().links(case.links));
        if made != case.markdown {
            wrong.push(format!("{}: {}\n--- expected\n{}--- made\n{made}", case.from, case.html, case.markdown));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
