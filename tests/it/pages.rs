//! Pages: what holds for any HTML.

use std::path::PathBuf;

use copydesk::{Cleaner, Document, Input, Label, Span, clean_html};

use crate::grammar::Random;
use crate::growth::is_linear;
use crate::known;
use crate::support::root;

/// What pages are made of, and what they should not be.
const PARTS: [&str; 84] = [
    "<!DOCTYPE html>",
    "<html lang=en>",
    "<head>",
    "</head>",
    "<body class='single post'>",
    "</body></html>",
    "<title>A &amp; B</title>",
    "<meta charset=utf-8>",
    "<meta property=\"og:title\" content=\"Ferries\">",
    "<link rel=canonical href=\"/a?b&c\">",
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferries\"}</script>",
    "<script>if (a < b) document.write('<p>x</p>')</script>",
    "<style>p{}</style>",
    "<p>",
    "</p>",
    "<p class=\"lead\nstory\">",
    "<div>",
    "</div>",
    "<div id=comments hidden>",
    "<aside>",
    "</aside>",
    "<figure><img src=a.jpg alt=\"A ferry in the harbour\">",
    "<figcaption>",
    "</figcaption></figure>",
    "<a href=/x>",
    "</a>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<ul><li>",
    "<li>",
    "</ul>",
    "<table><tr><td>",
    "<td>",
    "<tr><th>",
    "</table>",
    "<br>",
    "<br/>",
    "<hr>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h2>",
    "<svg><title>x</title>",
    "</svg>",
    "<math><mi>x</mi>",
    "<template>",
    "</template>",
    "<noscript>",
    "</noscript>",
    "<select><option>",
    "</select>",
    "<textarea>",
    "</textarea>",
    "<pre>",
    "</pre>",
    "<button>",
    "</button>",
    "<form>",
    "</form>",
    "<x-card>",
    "</x-card>",
    "<!-- it rained -->",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "</>",
    "<",
    ">",
    "&",
    "&amp;",
    "&nbsp;",
    "&#8217;",
    "&#x0;",
    "&#55555555;",
    "&notit;",
    "\0",
    "\r\n",
    "\u{feff}",
    "\u{202e}",
    " é東京 ",
    "It rained all day in Orla, the mayor said.",
    "Share this article",
    "By Marta Quill",
];

fn page(random: &mut Random<'_>, parts: usize) -> String {
    (0..parts).map(|_| if random.once_in(3) { "It rained again. " } else { random.pick(&PARTS) }).collect()
}

/// All that holds for the document of a page of so many bytes.
fn laws(bytes: usize, document: &Document) {
    let mut at = 0;
    for block in document.blocks() {
        let span = block.span();
        assert!(at <= span.start && span.start < span.end && span.end <= bytes, "{span:?} after {at}");
        assert!(!block.text().contains('\n'), "{:?}", block.text());
        at = span.end;
    }
    let mut before = Span::new(0, 0);
    for (at, c) in document.text().char_indices() {
        let span = document.source_span(at, at + c.len_utf8());
        assert!(before.start <= span.start && span.start <= span.end && span.end <= bytes, "{c:?}: {span:?}");
        before = span;
    }
}

#[test]
fn any_page_is_read() {
    let cleaner = Cleaner::builder().model("fast").keep(Label::ALL).build().unwrap();
    for seed in 0..if cfg!(debug_assertions) { 400 } else { 4000 } {
        let mut random = Random::new(seed);
        let parts = random.below(60);
        let html = page(&mut random, parts);
        let document = cleaner.clean_html(&*html);
        laws(html.len(), &document);
        let of_bytes = cleaner.clean_html(html.as_bytes());
        if !html.starts_with('\u{feff}') {
            assert_eq!(document, of_bytes, "{html:?}");
        }
        let again = cleaner.clean_many([Input::html(&*html)]).remove(0).unwrap();
        assert_eq!(document, again, "{html:?}");
        for block in document.blocks().take(3) {
            assert!(block.evidence().iter().all(|reason| reason.weight.is_finite()));
        }
        let chars = document.into_chars(&html);
        assert!(chars.blocks().all(|block| block.span().end <= html.chars().count()));
    }
}

#[test]
fn any_bytes_are_read() {
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let mut bytes = page(&mut random, 20).into_bytes();
        for _ in 0..random.below(12) {
            let at = random.below(bytes.len() + 1);
            bytes.insert(at, random.below(256) as u8);
        }
        laws(bytes.len(), &clean_html(&*bytes));
    }
}

/// The text between tags that a character or reference stands for is where the document says that it is.
#[test]
fn characters_lead_to_what_was_written() {
    let html = "<meta charset=windows-1252><p>Caf&eacute; <b>au</b>\n lait &#8211; d\u{2019}Orla, every single morning of the year.";
    let (bytes, _, _) = (html.replace('\u{2019}', "\u{92}"), 0, 0);
    let bytes: Vec<u8> = bytes.chars().map(|c| c as u8).collect();
    let document = Cleaner::builder().keep(Label::ALL).build().unwrap().clean_html(&*bytes);
    let text = document.text();
    assert_eq!(text, "Café au lait – d’Orla, every single morning of the year.");
    for (part, written) in
        [("é", &b"&eacute;"[..]), ("au", b"au"), ("–", b"&#8211;"), ("’", b"\x92"), (" lait", b"\n lait")]
    {
        let at = text.find(part).unwrap();
        let span = document.source_span(at, at + part.len());
        assert_eq!(&bytes[span.range()], written, "{part}");
    }
}

#[test]
fn charsets_that_pages_name_are_read() {
    let page = |name: &str, text: &[u8]| [format!("<meta {name}><p>").as_bytes(), text, b"</p>"].concat();
    let first = |bytes: &[u8]| clean_html(bytes).blocks().next().unwrap().text().to_owned();
    assert_eq!(first(&page("charset=koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4")), "Привет");
    assert_eq!(
        first(&page("http-equiv=content-type content='text/html; charset=gb2312'", b"\xc4\xe3\xba\xc3")),
        "你好"
    );
    // Named wrongly: it is UTF-8.
    assert_eq!(first(&page("charset=iso-8859-1", "Käse".as_bytes())), "Käse");
}

#[test]
fn pages_take_time_as_they_are_long() {
    for part in [
        "<div>",
        "<p>",
        "<p>a<b>",
        "<a href=x>",
        "<table><tr><td>",
        "<li>a",
        "<ul><li>a",
        "<svg><g>",
        "<template>",
        "<x-y>a",
        "</p>",
        "&",
        "&amp",
        "<",
        "<!--",
        "<a b",
        "<script>",
        "a <br>",
        "<span hidden>a</span>",
        "<dd>",
        "<button>",
        "<select><option>",
        "<td>a",
        "<h1>a",
        "<time>a</time>b ",
        "<label>a</label><input>",
        "</div>",
        "<p class='a b c'>it rained</p>",
        "<p>it rained<meta name=author content='Ann Li'><meta property=og:title content='It rained'>",
        "<script type=application/ld+json>{\"@type\":\"Product\",\"name\":\"a\"}</script><p>it rained",
    ] {
        let make = |bytes: usize| part.repeat(bytes / part.len());
        let work = |html: &str| drop(clean_html(html));
        if let Err(told) = is_linear(20_000, make, work) {
            panic!("{part}: {told}");
        }
    }
}

/// What pages say of themselves, in lists without end.
#[test]
fn what_pages_say_takes_time_as_it_is_long() {
    let keywords = |bytes: usize| {
        let words: Vec<_> = (0..bytes / 12).map(|at| format!("bridge{at}")).collect();
        format!("<meta name=keywords content=\"{}\"><p>It rained.", words.join(","))
    };
    let references = |bytes: usize| {
        let names = vec!["\"Ann Li\""; bytes / 16].join(",");
        let works = vec!["{\"@type\":\"NewsArticle\",\"author\":[{\"@id\":\"x\"}]}"; bytes / 100].join(",");
        format!("<script type=application/ld+json>[{{\"@id\":\"x\",\"name\":[{names}]}},{works}]</script><p>It rained.")
    };
    for make in [&keywords as &dyn Fn(usize) -> String, &references] {
        if let Err(told) = is_linear(40_000, make, |html: &str| drop(clean_html(html))) {
            panic!("{}: {told}", &make(40)[..40]);
        }
    }
    let base = format!("<base href='https://orla.example/{}'>", "a/".repeat(5_000));
    let page =
        base + &"<p>The <a href=x>council</a> met on Monday, and it said so to the press at noon.</p>".repeat(50);
    let links = clean_html(&*page)
        .blocks()
        .map(|block| block.links().iter().map(|link| link.url.len()).sum::<usize>())
        .sum::<usize>();
    assert!(links < page.len());
}

/// Pages written for the project.
pub fn written_pages() -> Vec<PathBuf> {
    let written = std::fs::read_dir(root().join("tests/pages")).unwrap().map(|page| page.unwrap().path());
    let pages = written.filter(|path| path.extension().is_some_and(|extension| extension == "html"));
    let mut pages: Vec<_> = pages.chain([root().join("examples/page.html")]).collect();
    pages.sort();
    pages
}

/// Of pages written for the project: `<!--= caption -->` before a text says what it is, and all that follows up to the next such mark.
#[test]
fn labels_of_written_pages() {
    let cleaner = Cleaner::default();
    let (mut all, mut told) = (0, Vec::new());
    let pages = written_pages();
    assert!(pages.len() >= 13);
    for path in &pages {
        let html = std::fs::read_to_string(path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        for block in cleaner.clean_html(&*html).blocks() {
            let before = &html[..block.span().start];
            let mark = before.rfind("<!--= ").map(|at| &before[at + "<!--= ".len()..]);
            let truth: Label = mark.and_then(|mark| mark.split(' ').next()).unwrap().parse().unwrap();
            all += 1;
            if truth != block.label() {
                told.push((name, format!("{truth} expected, {} found: {}", block.label(), block.text())));
            }
        }
    }
    eprintln!("pages: {} of {all} lines right", all - told.len());
    told.iter().for_each(|(name, told)| eprintln!("{name}: {told}"));
    for name in pages.iter().map(|path| path.file_stem().unwrap().to_str().unwrap()) {
        known::check(&format!("page {name}"), told.iter().filter(|(page, _)| *page == name).count());
    }
}

const TUNNEL: &str =
    "The tunnel under the harbour will close on Monday for at least a month, the city said on Friday evening.";
const PUMPS: &str =
    "Engineers found cracks in three of the four pumps last week, and nobody wanted to wait for the fourth.";
const FERRIES: &str =
    "The ferries will run every ten minutes until the tunnel is open again, she told reporters on the quay.";

/// Shapes of pages on which extractors have lost text, after what their users tell; each with what must be in the clean text, and what must not.
fn shapes() -> Vec<(String, Vec<&'static str>, Vec<&'static str>)> {
    let [one, two, three] = [TUNNEL, PUMPS, FERRIES].map(|text| format!("<p>{text}</p>"));
    let shape = |html: String, kept: &[&'static str], removed: &[&'static str]| (html, kept.to_vec(), removed.to_vec());
    vec![
        shape(
            format!("<h1>Tunnel closes</h1>{one}<p>Three things will change, first to last.<ol><li>The toll is lifted</li><li>Ferries run all night</li><li>Bicycles travel free</li></ol>The mayor wished there were ten.</p>{three}"),
            &["The toll is lifted", "Bicycles travel free", "The mayor wished there were ten."],
            &[],
        ),
        shape(
            "<title>x</title><h1>What the port admitted</h1>Some time ago the port authority was asked about the pumps, and it answered in six points.<ul><li>The pumps were never tested under load, and the log shows it.<li>Nobody kept the spare parts that were paid for in spring.</ul>George asked researchers to look again, and they did so at once.".into(),
            &["never tested under load", "spare parts", "George asked"],
            &[],
        ),
        shape(
            "<table class=main><tr><td class=side><a href=/>Home</a> <a href=/a>Archive</a></td><td class=content><h1>Gears</h1><p>Mount the <i>small</i> gear on the left <b>knob</b> and the large one on the right, and turn both slowly.<p>If the left knob turns at rate <i>r</i>, the right one turns at rate 3<i>r</i>/2, which draws a line.</td></tr></table>".into(),
            &["gear on the left knob and the large one", "turns at rate 3r/2, which draws a line"],
            &["Archive"],
        ),
        shape(
            format!("<article><h1>Your rights</h1>{one}<ul><li><span class=t>You have the right to know what the port holds about you.</span></li><li><span class=t>You have the right to have it corrected at any time.</span></li></ul>{two}</article>"),
            &["right to know what the port holds", "have it corrected"],
            &[],
        ),
        shape(
            "<table><tr><td><a href=#1>1</a></td><td>港口下面的隧道从星期一起关闭，至少要关一个月，市政府星期五晚上说，轮渡会一直开到深夜。</td></tr><tr><td><a href=#2>2</a></td><td>上个星期工程师在四台水泵里的三台上发现了裂缝，谁也不愿意等到第四台也坏了再说。</td></tr></table>".into(),
            &["港口下面的隧道", "上个星期工程师"],
            &[],
        ),
        shape(
            format!("<div id=story><font size=2>{TUNNEL}<br><br>{PUMPS}<br><br>{FERRIES}</font></div><div><a href=/>Home</a> | <a href=/n>News</a></div>"),
            &[TUNNEL, PUMPS, FERRIES],
            &["| News"],
        ),
        shape(format!("<h2>Hello harbour</><h2>and some more of it</h2><div>{one}{two}</div>"), &[TUNNEL, PUMPS], &[]),
        shape(
            format!("<main><article><h2>What we collect</h2>{one}</article><article><h2>Why we collect it</h2>{two}</article><article><h2>How long</h2>{three}</article></main>"),
            &["What we collect", TUNNEL, PUMPS, FERRIES],
            &[],
        ),
        shape(
            format!("<h1>Tunnel</h1>{one}<h2><a name=x>Ferries every ten minutes</a></h2>{two}"),
            &["Ferries every ten minutes", PUMPS],
            &[],
        ),
        shape(
            "<pre>\n1.  Introduction\n\n   The tunnel under the harbour will close on Monday for at least a\n   month, the city said, and the ferries will run every ten minutes\n   until it is open again.\n\n   Nobody wanted to wait for the fourth pump, which is as old as the\n   other three and was made in the same year.\n</pre>".into(),
            &["at least a month, the city said", "as old as the other three"],
            &[],
        ),
        shape(
            "<h1>Kredit</h1><p>Mit dem Kredit fördern wir Unter&shy;nehmen sowie Frei&shy;berufler, die seit mindestens <span>5&nbsp;Jahren</span> am Markt aktiv sind.</p><p>Der Antrag wird über die Hausbank gestellt, und sie entscheidet binnen vier Wochen über ihn.</p>".into(),
            &["Unternehmen sowie Freiberufler"],
            &[],
        ),
        shape(
            format!("<article><h1>Orla win</h1>{one}<table><tr><th>Team</th><th>Goals</th></tr><tr><td>Orla</td><td>3</td></tr><tr><td>Hohwerder</td><td>1</td></tr></table>{two}</article>"),
            &["Team Goals", "Orla 3", "Hohwerder 1"],
            &[],
        ),
        shape(
            format!("<article><h1>Seven in court</h1>{one}<div class=markup><p><a href=/live><strong>On Friday seven men from the harbour district, all between 30 and 54, denied that they had opened the lock.</strong></a></p></div>{two}{three}</article>"),
            &["denied that they had opened the lock"],
            &[],
        ),
        shape(
            format!("<h1>Privacy at the port</h1><section>{TUNNEL}</section><section>{PUMPS}</section><section>{FERRIES}</section>"),
            &[TUNNEL, PUMPS, FERRIES],
            &[],
        ),
        shape(
            format!("<main><h1>Leasing</h1>{one}<div class=accordion><h3><button aria-expanded=false>What speaks for cash</button></h3><div class=panel hidden>{two}</div></div><div class=accordion><h3><button>What speaks for leasing</button></h3><div class=panel hidden>{three}</div></div></main>"),
            &["What speaks for cash", PUMPS, FERRIES],
            &[],
        ),
        shape(
            format!("<main><article><h1>Tunnel closes</h1>{one}{two}<h2>When the ticket office is open</h2><table><tr><td>Mon</td><td><ul><li>10:00 AM - 8:00 PM</li></ul></td></tr><tr><td>Tue</td><td><ul><li>Closed</li></ul></td></tr></table>{three}</article></main>"),
            &["Mon 10:00 AM - 8:00 PM", "Tue Closed", FERRIES],
            &[],
        ),
        shape(
            format!("<main><article><h1>Tunnel closes</h1>{one}{two}<dl><dt>When does the tunnel close?</dt><dd>On the first Monday of May, after the last bus.</dd><dt>Where do I catch the ferry?</dt><dd>At the fish market, ten minutes on foot from the station.</dd></dl>{three}</article></main>"),
            &["On the first Monday of May", "At the fish market", FERRIES],
            &[],
        ),
        shape(
            format!("<main><h1>Tunnel closes</h1><div class=topic-post><div class=names><a>noraq</a></div><div class=cooked><aside class=quote data-username=dax><div class=title><img class=avatar> dax:</div><blockquote>{one}</blockquote></aside>{two}{three}</div></div></main>"),
            &[TUNNEL, PUMPS, FERRIES],
            &["noraq"],
        ),
        shape(
            "<body><div class=cookie-banner role=region aria-label='Cookie Consent'><p>We use some essential cookies to make this service work. We would also like to use analytics cookies so we can understand how you use the service and make improvements. You can change your cookie settings at any time. To learn more about how we use cookies, read our cookie policy.</p><button>Accept</button><button>Reject</button></div><header><a href=/>Bank of Orla</a></header><main><h1>Statement on the house of Vell</h1><p>Published on 10 March 2023</p><p>The bank has placed the savings house of Vell under its care, absent any meaningful further information.</p><p>The house has a small presence here and holds no roles that the financial system depends on.</p></main><footer><a>Privacy</a></footer></body>".into(),
            &["placed the savings house of Vell under its care", "has a small presence here"],
            &["essential cookies", "cookie policy"],
        ),
        shape(
            format!("<main><article><h1>Tunnel closes</h1>{one}{two}{three}<div class=story-source><div class=storytimestamp>OrlaMoney (New Orla) <span>First published November 29, 2016: 3:33 AM ET</span></div></div></article></main>"),
            &[FERRIES],
            &["First published"],
        ),
        shape(
            format!("<main><article><h1>Tunnel closes</h1>{one}<div class=wp-caption><figure><img src=a.jpg><figcaption></figcaption></figure>Workers at the north portal of the tunnel on Monday. Photo: Wim Torv</div>{two}{three}</article></main>"),
            &[TUNNEL, PUMPS],
            &["Wim Torv"],
        ),
        // A box ends, and the story goes on.
        shape(
            format!("<header><a href=/>The Orla Gazette</a><nav><a href=/n>News</a> <a href=/s>Sport</a></nav></header><main><article><h1>Tunnel closes</h1>{one}{two}<div class=newsletter-inline><h3>Get the Orla Letter</h3><p>Every morning, the stories that matter by the sea, in your inbox. No spam, and you can leave at any time.</p><form><input type=email><button>Sign up</button></form></div>{three}</article></main><footer><p>&copy; 2024 The Orla Gazette</p></footer>"),
            &[TUNNEL, PUMPS, FERRIES],
            &["Every morning"],
        ),
        shape(
            format!("<header><a href=/>The Orla Gazette</a></header><main><article><h1>Tunnel closes</h1>{one}{two}<div class=list><ul><li><a href=/1>Storm sinks two boats off the harbour wall</a></li><li><a href=/2>Why the pumps are failing: an engineer explains</a></li></ul></div>{three}</article></main>"),
            &[TUNNEL, PUMPS, FERRIES],
            &["Storm sinks two boats", "an engineer explains"],
        ),
    ]
}

#[test]
fn shapes_that_others_lose_are_kept() {
    let cleaner = Cleaner::default();
    let mut wrong = Vec::new();
    for (html, kept, removed) in shapes() {
        let text = cleaner.clean_html(&*html).text().to_owned();
        let lost = kept.iter().filter(|part| !text.contains(**part));
        let left = removed.iter().filter(|part| text.contains(**part));
        if let Some(part) = lost.chain(left).next() {
            wrong.push(format!("{part:?} in {html}"));
        }
    }
    eprintln!("{}", wrong.join("\n"));
    known::check("shapes of pages", wrong.len());
}
