//! What pages are read as, by short ones.

use super::*;
use crate::document::{ContainerKind, Run, Style};
use crate::offsets::Span;

fn lines(html: &str) -> Vec<String> {
    let (text, _, page) = read(html);
    let of_text = text.split('\n').filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let of_lines: Vec<_> = page.lines.iter().map(|line| text[line.span.range()].to_owned()).collect();
    assert_eq!(of_text, of_lines, "{html}");
    of_lines
}

/// What each character of the text stands for.
fn sources(html: &str) -> Vec<(char, &str)> {
    let (text, map, _) = read(html);
    text.char_indices().map(|(at, c)| (c, &html[map.source_span(&text, at, at + c.len_utf8()).range()])).collect()
}

#[test]
fn lines_end_at_blocks_and_breaks() {
    for (html, expected) in [
        ("<p>One <b>two</b>\n three<br>four</p>five<div>six</div>", &["One two three", "four", "five", "six"][..]),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", &["a", "b", "c", "d"]),
        ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", &["a", "b", "c", "d"]),
        ("<p>a<p>b</p>c<h1>d</h1>e", &["a", "b", "c", "d", "e"]),
        ("<select><option>a<option>b</select>", &["a", "b"]),
        ("<pre>a  b\nc</pre>", &["a b", "c"]),
        ("a<!-- b -->c<![CDATA[d]]></>e", &["ace"]),
        ("a &amp; b &lt;c&gt; &notin; &nosuch; &#x41;", &["a & b <c> ∉ &nosuch; A"]),
        ("<x-card><p>a</p></x-card><x-card>b</x-card>", &["a", "b"]),
        ("<x-card><template shadowrootmode=open><p>a</template></x-card>b", &["a", "b"]),
    ] {
        assert_eq!(lines(html), expected, "{html}");
    }
}

#[test]
fn dates_and_buttons_stand_apart_where_nothing_runs_on() {
    for (html, expected) in [
        (
            "<div>PUBLISHED: <time>May 5</time> | UPDATED: <time>May 6</time></div>",
            &["PUBLISHED:", "May 5", "| UPDATED:", "May 6"][..],
        ),
        ("<div><span>Published</span><time>17 May, 12:17</time></div>", &["Published", "17 May, 12:17"]),
        ("By <a>Ann Orla</a> <time>May 5</time>", &["By Ann Orla", "May 5"]),
        ("<button>Share</button><button> Save </button>", &["Share", "Save"]),
        ("<label>Name</label><input><label>Town</label>", &["Name", "Town"]),
        ("<input type=radio> Yes <input type=radio> No", &["Yes", "No"]),
        ("<p><time>May 5</time></p>b", &["May 5", "b"]),
        // A sentence that mentions a date, or has a button in it.
        ("<ul><li>Until <time>4 May</time> the bridge is open<li>b</ul>", &["Until 4 May the bridge is open", "b"]),
        ("<p>From <time>4 May</time> to <time>9 May</time></p>b", &["From 4 May to 9 May", "b"]),
        (
            "<p>Council closes the old bridge on <time>4 May</time></p>b",
            &["Council closes the old bridge on 4 May", "b"],
        ),
        ("<p><time>4 May</time>, Orla (Reuters)</p>b", &["4 May, Orla (Reuters)", "b"]),
        ("<h2>What happens <time>6 May</time></h2>b", &["What happens 6 May", "b"]),
        ("<figcaption>The <time>2024</time> Bridge</figcaption>b", &["The 2024 Bridge", "b"]),
        ("<p>Mix<label>ed</label>case</p>b", &["Mixedcase", "b"]),
        ("<p>On <time>5 May</time>, he went to Orla.</p>", &["On 5 May, he went to Orla."]),
        ("<p>Rates (<time>5 May</time>) stay where they are.<br>b", &["Rates (5 May) stay where they are.", "b"]),
        ("<table><tr><td>a <time>5 May</time> b</table>", &["a 5 May b"]),
    ] {
        assert_eq!(lines(html), expected, "{html}");
    }
    let long = "it rained and rained ".repeat(9);
    assert_eq!(lines(&format!("<p>On <time>5 May</time> {long}</p>")), [format!("On 5 May {}", long.trim_end())]);
    assert_eq!(lines(&format!("<p>{long}<button>term</button> b</p>")), [format!("{long}term b")]);
    assert_eq!(lines(&format!("<button>{long}{long}{long}</button>b")), [format!("{long}{long}{long}b")]);
}

#[test]
fn what_is_no_text_is_no_line() {
    for html in [
        "<script>a < b && '</div>'</script>",
        "<style>p { }</style>",
        "<template><p>a</p></template>",
        "<svg><title>a</title><text>b</text><style>c</style></svg>",
        "<svg><g><a><text>b</text></a></g>",
        "<head><title>a</title>",
        "<textarea>a</textarea>",
        "<iframe>a</iframe><noframes>b</noframes>",
        "<canvas>a</canvas><datalist><option>b</datalist>",
        "<!doctype html><!-- a --> <?php b ?>",
        "",
        "\0",
    ] {
        assert_eq!(lines(html), [""; 0], "{html}");
        assert_eq!(lines(&format!("{html}</svg></template><p>it rained")), ["it rained"], "{html}");
    }
}

#[test]
fn rows_of_data_are_lines_and_cells_of_a_layout_are_not() {
    let data = "<table><tr><th>Team<th>Goals<tr><td>Orla<td>2</table>";
    assert_eq!(lines(data), ["Team\tGoals", "Orla\t2"]);
    let layout = "<table><tr><td><p>Menu<p>Home<td><p>It rained.<p>It rained again.</table>";
    assert_eq!(lines(layout), ["Menu", "Home", "It rained.", "It rained again."]);
    let nested = "<table><tr><td>a<td><table><tr><td>b<td>c</table><td>d</table>";
    assert_eq!(lines(nested), ["a", "b\tc", "d"]);
}

#[test]
fn misnested_markup_is_read_as_browsers_do() {
    for (html, expected) in [
        ("<a href=x><div>a</a>b</div><div>c</div>", &["ab", "c"][..]),
        ("<b><p>a</b>b</p><p>c", &["ab", "c"]),
        ("<div><span>a</div>b</span>c", &["a", "bc"]),
        ("<table><td>a</div></p>b</table>c", &["a", "b", "c"]),
        ("<p><table><tr><td>a</table>b", &["a", "b"]),
        ("</p></div></body>a</html>b", &["a", "b"]),
        ("<form><div>a</form>b</div>c", &["a", "b", "c"]),
        ("<svg><circle><div>a</div>b", &["a", "b"]),
        ("<div><svg><path></div>a", &["a"]),
    ] {
        assert_eq!(lines(html), expected, "{html}");
    }
}

#[test]
fn links_and_hidden_elements_are_known() {
    let of = |html: &str| {
        let page = read(html).2;
        page.lines.iter().map(|line| (line.linked, page.nodes.is_hidden(line.node))).collect::<Vec<_>>()
    };
    assert_eq!(of("<p>one <a href=x>two three</a></p>"), [(10, false)]);
    assert_eq!(of("<a href=x><div>a</a>b</div>c"), [(1, false), (0, false)]);
    assert_eq!(of("a<span hidden>b</span>c"), [(0, false), (0, true), (0, false)]);
    assert_eq!(of("<div style='DISPLAY : none'>a<p>b</div>c"), [(0, true), (0, true), (0, false)]);
    assert_eq!(
        of("<noscript>a</noscript><p aria-hidden=true>b<p aria-hidden=false>c"),
        [(0, true), (0, true), (0, false)]
    );
}

/// What the page shows of each stretch that is set or linked: bold "b", italic "i", code "c", and where it leads.
fn runs(html: &str) -> Vec<(String, String)> {
    let (text, _, page) = read(html);
    let of = |run: &Run| {
        let marks = [(Style::STRONG, "b"), (Style::EMPHASIS, "i"), (Style::CODE, "c")];
        let marks: String = marks.iter().filter(|(style, _)| run.style.has(*style)).map(|(_, mark)| *mark).collect();
        let link = page.markup.addresses.get(run.link as usize).map_or(String::new(), |link| format!(" {link}"));
        (text[run.start as usize..run.end as usize].to_owned(), marks + &link)
    };
    page.markup.runs.iter().map(of).collect()
}

#[test]
fn what_is_set_and_linked_is_known() {
    for (html, expected) in [
        ("a <b>b </b>c <i>d</i><em> e</em>", &[("b", "b"), ("d e", "i")][..]),
        ("<b>a<br>b <i>c</i></b>d", &[("a", "b"), ("b", "b"), ("c", "bi")]),
        ("<a href=/x>a <b>b</b></a> <a href=/y>c</a>", &[("a", " /x"), ("b", "b /x"), ("c", " /y")]),
        ("<a>a</a><a href='javascript:b()'>b</a><tt>c</tt>", &[("c", "c")]),
        ("<a href=/x><div>a</a>b</div>", &[("a", " /x")]),
    ] {
        let expected: Vec<_> = expected.iter().map(|(text, marks)| ((*text).to_owned(), (*marks).to_owned())).collect();
        assert_eq!(runs(html), expected, "{html}");
    }
}

#[test]
fn items_are_numbered_as_browsers_do() {
    let numbers = |html: &str| {
        let markup = read(html).2.markup;
        let items = markup.containers.iter().filter_map(|container| match container.kind {
            ContainerKind::Item(number) => Some(number),
            _ => None,
        });
        items.collect::<Vec<_>>()
    };
    for (html, expected) in [
        ("<ul><li>a<li>b</ul>", &[None, None][..]),
        ("<ol><li>a<li>b</ol>", &[Some(1), Some(2)]),
        ("<ol start=7><li>a<li value=20>b<li>c</ol>", &[Some(7), Some(20), Some(21)]),
        ("<ol reversed><li>a<li>b<li>c</ol>", &[Some(3), Some(2), Some(1)]),
        ("<ol start='-1'><li>a<li>b</ol>", &[None, Some(0)]),
        ("<ol><li>a<ol><li>b</ol><li>c</ol>", &[Some(1), Some(1), Some(2)]),
        ("<ol start=x><li><li>b</ol><li>c", &[Some(2), None]),
    ] {
        assert_eq!(numbers(html), expected, "{html}");
    }
}

#[test]
fn pictures_have_the_addresses_that_are_theirs() {
    for (html, expected) in [
        ("<img src=a.jpg>", &["a.jpg"][..]),
        ("<img src=spacer.gif data-src=a.jpg>", &["a.jpg"]),
        ("<img src='data:image/gif;base64,R0' srcset='a.jpg 1x, b.jpg 2x'>", &["b.jpg"]),
        ("<picture><source srcset='a.webp 1x'><source srcset=b.webp><img alt=x></picture>", &["a.webp"]),
        ("<p><img class=lazy><noscript><img src=a.jpg></noscript>", &["a.jpg"]),
        ("<p><img data-src=a.jpg><noscript><img src=b.jpg></noscript>", &["a.jpg"]),
        ("<noscript><img src=a.jpg></noscript>", &["a.jpg"]),
        ("<amp-img src=a.jpg><noscript><img src=b.jpg></noscript></amp-img>", &["a.jpg"]),
        (
            "<img src=count.gif width=1 height=1><img src='data:image/gif;base64,R0'><div hidden><img src=b.jpg></div>",
            &[],
        ),
        ("<template><img src=a.jpg></template><svg><image src=b.jpg></svg>", &[]),
    ] {
        let markup = read(html).2.markup;
        let found: Vec<_> =
            markup.pictures.iter().map(|picture| markup.addresses[picture.address as usize].as_str()).collect();
        assert_eq!(found, expected, "{html}");
    }
}

#[test]
fn captions_find_their_pictures() {
    let of = |html: &str, line: usize| read(html).2.picture_of(line).map(str::to_owned);
    let figures = "<figure><img src=a.jpg><figcaption>A</figcaption></figure><figure><img src=b.jpg><figcaption>B</figcaption></figure>";
    assert_eq!(of(figures, 0).as_deref(), Some("a.jpg"));
    assert_eq!(of(figures, 1).as_deref(), Some("b.jpg"));
    let above = "<div><div><p>A</p><img src=a.jpg></div><div><p>B</p><img src=b.jpg></div></div>";
    assert_eq!(of(above, 0).as_deref(), Some("a.jpg"));
    assert_eq!(of(above, 1).as_deref(), Some("b.jpg"));
    assert_eq!(of("<p>A</p>", 0), None);
}

#[test]
fn every_character_leads_back() {
    assert_eq!(
        sources("<p>a&amp;<i>b</i>  c</p>\n<p>&#8217;&nbsp;d"),
        [
            ('a', "a"),
            ('&', "&amp;"),
            ('b', "b"),
            (' ', "  "),
            ('c', "c"),
            ('\n', "</p>\n<p>"),
            ('’', "&#8217;"),
            ('\u{a0}', "&nbsp;"),
            ('d', "d")
        ]
    );
    assert_eq!(sources("</>a&lt"), [('a', "a"), ('<', "&lt")]);
    assert_eq!(sources("a<é>b"), [('a', "a"), ('<', "<"), ('é', "é"), ('>', ">"), ('b', "b")]);
    assert_eq!(read("<p>one</p><p>two").1.source_span("one\ntwo", 4, 7), Span::new(13, 16));
}

#[test]
fn the_head_is_read() {
    let html = "<html><head><title> A &amp; B </title><meta property=og:title content='C'>\
                <script type='application/ld+json'>{\"@type\": \"Article\", \"headline\": \"<b>\"}</script><body><title>E</title>";
    let said = read(html).2.said;
    assert_eq!(said.headlines, ["<b>", "C", "A & B"]);
    let claims: Vec<_> = said.claims.iter().map(|claim| (&*claim.text, &html[claim.span.range()])).collect();
    assert_eq!(claims, [("<b>", "<b>"), ("C", "C"), ("A & B", " A &amp; B ")]);
}

#[test]
fn what_stands_elsewhere_in_linked_data_is_found() {
    let graph = r##"[{"@type":"NewsArticle","headline":"Quay closes","author":[{"@id":"#nora"},{"name":"Tam Orrin","@id":"#tam"}],
        "image":{"@type":"ImageObject","@id":"#one"}},
        {"@type":"Person","@id":"#nora","name":"Nora Quill"},{"@type":"Person","@id":"#tam","name":"Another"},
        {"@type":"ImageObject","@id":"#one","url":"/one.jpg","caption":"The quay in May."}]"##;
    let html = format!("<script type='application/ld+json'>{{\"@graph\":{graph}}}</script>");
    let said = super::read(&html).2.said;
    assert_eq!(said.authors, ["Nora Quill", "Tam Orrin"]);
    assert_eq!(said.captions, ["The quay in May."]);
}

#[test]
fn depth_costs_nothing() {
    for open in ["<div>", "<p><b>", "<table><tr><td>", "<a><i>", "<li>", "<svg><g>", "<template>", "<x-y>", "<ul><li>"]
    {
        let html =
            open.repeat(100_000) + "it rained</template></svg>" + &"</div></p></b></x-y>".repeat(50_000) + "<p>twice";
        let (text, ..) = read(&html);
        assert!(text.contains("it rained") || open.contains("template") || open.contains("svg"), "{open}");
    }
}
