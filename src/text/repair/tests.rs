//! Cases sorted by where they come from, and the laws of repair.

use proptest::prelude::*;

use super::rewriter::Rewriter;
use super::*;
use crate::growth::is_linear;
use crate::offsets::{OffsetMap, Span};
use crate::text::markup::leftovers;
use crate::text::prefilter::Prefilter;

/// As a scraper would leave it: (name, input, expected).
const WILD_LOOKING: &[(&str, &str, &str)] = &[
    ("sound", "Nothing to do here.\nNor here.", "Nothing to do here.\nNor here."),
    ("entity in a name", "Marks &amp; Spencer", "Marks & Spencer"),
    ("entity encoded twice", "the &amp;quot;best&amp;quot; one", "the \"best\" one"),
    ("no-break entity", "5&nbsp;000&#160;km", "5 000 km"),
    ("windows entity", "don&#146;t &#x96; stop", "don\u{2019}t \u{2013} stop"),
    ("apostrophe read as windows-1252", "donâ€™t", "don’t"),
    ("apostrophe read as Latin-1", "donâ\u{80}\u{99}t", "don’t"),
    ("accent", "cafÃ© olÃ©", "café olé"),
    ("accent, two layers", "cafÃƒÂ©", "café"),
    ("quotes with an undefined byte", "â€œHeâ€\u{9d} said", "“He” said"),
    ("accent before a no-break space", "voilÃ\u{a0} tout", "voilà tout"),
    ("emoji", "ok ðŸ˜€!", "ok 😀!"),
    ("cyrillic", "Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
    ("kanji", "æ—¥æœ¬", "日本"),
    ("polish", "zÅ‚oty", "złoty"),
    ("byte order mark as text", "ï»¿Hello", "Hello"),
    ("pound sign", "cost Â£100", "cost £100"),
    ("capitals", "KÃ–LN, ESPAÃ‘A, Ã‰tat", "KÖLN, ESPAÑA, État"),
    ("mojibake by entities", "caf&Atilde;&copy;", "café"),
    ("white space", " a \t b\u{a0}\u{2009}c \r\n\r\n  d ", "a b c\n\nd"),
    ("line ends", "a\rb\u{2028}c\u{85}d\u{c}e", "a\nb\nc\nd\ne"),
    ("decomposed", "cafe\u{301}", "café"),
    ("ligatures", "e\u{fb03}cient \u{133}s", "efficient ijs"),
    ("soft hyphen", "news\u{ad}paper", "newspaper"),
    ("zero width", "news\u{200b}paper\u{feff}\u{2060}", "newspaper"),
    ("persian keeps its non-joiner", "می\u{200c}خواهم", "می\u{200c}خواهم"),
    ("non-joiner in Latin", "ab\u{200c}c\u{200d}", "abc"),
    ("family", "👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧"),
    ("colours", "\u{1b}[1;31mred\u{1b}[0m \u{1b}]0;title\u{7}x", "red x"),
    ("full width", "ＡＢＣ１２３！ ｶﾞﾊﾟｱ。", "ABC123! ガパア。"),
];

/// Made up to be hard.
const SYNTHETIC: &[(&str, &str, &str)] = &[
    ("nested", "&amp;amp;amp;lt;", "<"),
    ("numbered nesting", "&#38;#38;#38;#60;", "<"),
    ("an entity completed by an entity", "&amp&#59;", "&"),
    ("an entity split by what goes", "&am\u{200b}p;", "&"),
    ("an entity in full width", "＆ａｍｐ；", "&"),
    ("a Greek question mark ends an entity", "&lt\u{37e}", "<"),
    ("mojibake split by what goes", "caf\u{c3}\u{200b}\u{a9}", "café"),
    ("mojibake by composition", "A\u{303}\u{a9}", "é"),
    ("a space that goes reveals none", "a \u{200b} b", "a b"),
    (
        "marks",
        "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        "á\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    ),
    ("embedding left open", "a \u{202b}b \nc\u{202c}", "a \u{202b}b\u{202c}\nc"),
    ("escape left alone", "a\u{1b}b", "ab"),
    ("a tag keeps entities", "<b>x &amp; y</b>", "<b>x &amp; y</b>"),
    ("a tag that was encoded", "&lt;b&gt; &amp;", "<b> &"),
];

/// What must stay.
const NEGATIVE: &[&str] = &[
    "SÃO PAULO",
    "“AMANHÃ”",
    "IRMÃ’S",
    "«Â»",
    "AHÅ™, the new sofa",
    "il est là… «marché» là»",
    "«está»…",
    "AT&T; R&D; a & b;",
    "&notanentity; &#; &#x; &#-1;",
    "“Quotes” – and — dashes…",
    "1 < 2 > 0",
    "naïve über façade",
    "हिन्दी में क्\u{200d}ष",
    "שלום עולם",
    "日本語。「はい」",
];

#[test]
fn repairs() {
    let normalizer = Normalizer::default();
    for (name, input, expected) in WILD_LOOKING.iter().chain(SYNTHETIC) {
        assert_eq!(normalizer.normalize(input).text(), *expected, "{name}");
    }
    for input in NEGATIVE {
        assert_eq!(normalizer.normalize(input).text(), *input);
    }
}

#[test]
fn names_of_cases_differ() {
    let mut names: Vec<_> = WILD_LOOKING.iter().chain(SYNTHETIC).map(|case| case.0).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), WILD_LOOKING.len() + SYNTHETIC.len());
}

#[test]
fn sound_text_is_borrowed() {
    for text in ["", "a b c.\nd", "“Größe” – 日本", "हिन्दी"] {
        assert!(matches!(Normalizer::default().normalize(text).into_text(), std::borrow::Cow::Borrowed(_)), "{text}");
    }
}

#[test]
fn options_choose() {
    let with = |change: fn(&mut Normalizer), text: &str| {
        let mut options = Normalizer::default();
        change(&mut options);
        options.normalize(text).text().to_string()
    };
    assert_eq!(with(|o| o.quotes = Quotes::Straight, "“a” ‘b’"), "\"a\" 'b'");
    assert_eq!(with(|o| o.quotes = Quotes::Curly, "\"a\" it's ('b')"), "“a” it’s (‘b’)");
    assert_eq!(with(|o| o.dashes = Dashes::Ascii, "a — b–c"), "a -- b-c");
    assert_eq!(with(|o| o.form = Form::Nfd, "é"), "e\u{301}");
    assert_eq!(with(|o| o.form = Form::Nfkc, "x²\u{3392}"), "x2MHz");
    assert_eq!(with(|o| o.form = Form::None, "e\u{301}"), "e\u{301}");
    assert_eq!(with(|o| o.bidi = Bidi::Strip, "a\u{200e}\u{202a}b"), "ab");
    assert_eq!(with(|o| o.spaces = false, " a\t b "), " a\t b ");
    assert_eq!(with(|o| o.line_breaks = false, "a \r\nb"), "a\r\nb");
    assert_eq!(with(|o| o.marks = Some(0), "e\u{301}"), "e");
    assert_eq!(with(|o| o.encoding = false, "cafÃ©"), "cafÃ©");
    assert!(Quotes::from_name("wavy").unwrap_err().is_config());
}

fn block(source: &str, strip: bool) -> (String, OffsetMap) {
    let (mut out, mut map) = (String::from("before\n"), OffsetMap::starting_at(0));
    map.push_edit(7, 10);
    let markup = if strip { leftovers(source, true).1 } else { Vec::new() };
    Normalizer::default().repair_block(source, &markup, &mut out, &mut map);
    assert_eq!((map.len(), map.source_end()), (out.len(), 10 + source.len()), "{source:?}");
    (out.split_off(7), map)
}

#[test]
fn blocks() {
    for (source, expected) in [
        ("plain", "plain"),
        ("two \r\n  lines", "two lines"),
        ("well-\nknown", "well-known"),
        ("Anglo-\nDutch", "Anglo- Dutch"),
        ("news\u{ad}\npaper", "newspaper"),
        ("see [the &amp;\nreport](http://x.y/z)", "see the & report"),
        ("<p>a &amp; b</p>", "a & b"),
        ("## **A** heading", "A heading"),
        ("Ã\n©", "Ã ©"),
        ("e\u{301}\n\u{301}", "é \u{301}"),
    ] {
        assert_eq!(block(source, true).0, expected, "{source}");
    }
    assert_eq!(block("<p>a &amp; **b**</p>", false).0, "<p>a &amp; **b**</p>");
    let (out, map) = block("ab \n  cd", false);
    assert_eq!(out, "ab cd");
    assert_eq!(map.source_span(&format!("before\n{out}"), 9, 10), crate::Span::new(12, 16));
}

#[test]
fn linear_time() {
    let normalizer = Normalizer::default();
    for unit in [
        "&amp;",
        "&amp",
        "&#59",
        "\u{301}",
        " ",
        "Ã",
        "Ã©",
        "ÃƒÂ",
        "\u{1b}[",
        "\u{1b}]",
        "\u{202a}",
        "\u{200d}",
        "<",
        "<b",
        "<!--",
        "[",
        "](",
        "[](",
        "**a",
        "_",
        "\u{1161}",
        "é\u{323}",
        "\u{fdfa}",
        "\r\n",
        "\0",
        "à»\u{a0}",
        "ðŸ",
        "&lt;!--",
        "&lt;b ",
        "e\u{301}&shy;",
    ] {
        let repair = |text: &str| {
            let _ = normalizer.normalize(text);
            let (mut out, mut map) = (String::new(), OffsetMap::starting_at(0));
            normalizer.repair_block(text, &leftovers(text, true).1, &mut out, &mut map);
        };
        assert_eq!(is_linear(25_000, |size| unit.repeat(size / unit.len()), repair), Ok(()));
    }
}

/// Pieces that the steps care about, so that chance puts them together.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => proptest::sample::select(vec![
            "&", "amp", ";", "#", "38", "59", "#x200b", "x3c", "lt", "shy", "nbsp", "&amp;", "&lt;b&gt;", "<b>", "</p>",
            "<", ">", " ", "  ", "\n", "\r", "\r\n", "\t", "\u{a0}", "\u{3000}", "\u{200b}", "\u{200c}", "\u{200d}",
            "\u{feff}", "\u{ad}", "\0", "\u{7f}", "\u{85}", "\u{81}", "\u{9d}", "\u{1b}", "[", "[31m", "]0;", "\u{7}",
            "\u{1b}[1m", "\u{202a}", "\u{202c}", "\u{2067}", "\u{2069}", "\u{200e}", "\u{61c}",
        ]),
        5 => proptest::sample::select(vec![
            "Ã", "Â", "â", "€", "™", "©", "ƒ", "š", "S", "A", "Z", "\u{30c}", "\u{303}", "ð", "Ÿ", "˜", "Ð", "¿", "Ñ", "é", "»",
            "…", "“", "”", "’", "–", "—", "\"", "'", "ï", "æ", "å", "—¥", "¬", "\u{fb01}", "ij", "\u{133}", "＆", "；", "ａ",
            "\u{37e}", "\u{212a}", "\u{212b}", "\u{2000}", "\u{b4}", "ｶ", "\u{ff9e}", "カ", "\u{3099}",
        ]),
        4 => proptest::sample::select(vec![
            "a", "e", "\u{301}", "\u{323}", "\u{338}", "\u{327}", "\u{308}", "\u{344}", "\u{1100}", "\u{1161}", "\u{11a8}",
            "가", "क", "\u{93c}", "\u{958}", "\u{94d}", "\u{9c7}", "\u{9be}", "\u{bc6}", "\u{bbe}", "م", "😀", "\u{fe0f}",
            "\u{149}", "\u{1c4}", "\u{2bc}", "\u{ffe3}", "\u{ffa1}", "\u{ffc2}", "&#0;", "&SZLIG;",
            "\u{fdfa}", "日", "ệ", "\u{1e9b}", "ǖ", "-", "Â©", "ÃƒÂ©", "â€™",
        ]),
        1 => any::<char>().prop_map(|c| Box::leak(c.to_string().into_boxed_str()) as &'static str),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn options() -> impl Strategy<Value = Normalizer> {
    let flags = proptest::collection::vec(proptest::bool::weighted(0.8), 11);
    let marks = prop_oneof![4 => Just(Some(8)), 1 => Just(None), 1 => (0usize..3).prop_map(Some)];
    let bidi = proptest::sample::select(vec![Bidi::Balance, Bidi::Balance, Bidi::Strip, Bidi::Keep]);
    let quotes = proptest::sample::select(vec![Quotes::Keep, Quotes::Keep, Quotes::Straight, Quotes::Curly]);
    let dashes = proptest::sample::select(vec![Dashes::Keep, Dashes::Ascii]);
    let form = proptest::sample::select(vec![Form::Nfc, Form::Nfc, Form::Nfd, Form::Nfkc, Form::Nfkd, Form::None]);
    (flags, marks, bidi, quotes, dashes, form).prop_map(|(f, marks, bidi, quotes, dashes, form)| Normalizer {
        encoding: f[0],
        entities: f[1],
        control: f[2],
        terminal_escapes: f[3],
        line_breaks: f[4],
        spaces: f[5],
        zero_width: f[6],
        ligatures: f[7],
        widths: f[8],
        soft_hyphens: f[9],
        dehyphenate: f[10],
        surrogates: true,
        bidi,
        quotes,
        dashes,
        marks,
        form,
    })
}

fn check_laws(options: &Normalizer, text: &str) -> std::result::Result<(), TestCaseError> {
    let once = options.normalize(text);
    let twice = options.normalize(once.text());
    prop_assert_eq!(once.text(), twice.text(), "not idempotent on {:?} with {:?}", text, options);

    let mut replayed = String::new();
    let mut at = 0;
    for change in once.changes() {
        prop_assert!(change.start >= at && change.end >= change.start);
        prop_assert_eq!(change.before, &text[change.start..change.end]);
        prop_assert!(!change.step.is_empty() && change.before != change.after);
        replayed.push_str(&text[at..change.start]);
        replayed.push_str(change.after);
        at = change.end;
    }
    replayed.push_str(&text[at..]);
    prop_assert_eq!(&replayed, once.text());
    prop_assert_eq!(once.clone().into_parts().1.source_end(), text.len());

    let mut before = 0;
    for (at, c) in once.text().char_indices() {
        let span = once.source_span(at, at + c.len_utf8());
        let source = text.get(span.range());
        prop_assert!(source.is_some() && span.start >= before, "{:?} of {:?}", span, text);
        before = span.start;
    }
    prop_assert_eq!(once.source_span(0, once.text().len()).end <= text.len(), true);

    // Copying in bulk is only faster.
    let mut out = String::new();
    let mut rewriter = Rewriter::new(options, text, &mut out, options.entities);
    rewriter.bulk = false;
    rewriter.run();
    let mut bulk = String::new();
    Rewriter::new(options, text, &mut bulk, options.entities).run();
    prop_assert_eq!(out, bulk);

    // A line that is left by the look over the text is one that repair gives back.
    let prefilter = Prefilter::of(text);
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        if options.leaves(text, Span::new(start, start + line.len()), &prefilter) {
            let (mut out, mut map) = (String::new(), OffsetMap::starting_at(0));
            options.repair_block(line, &[], &mut out, &mut map);
            prop_assert_eq!((&*out, map.is_copy()), (line, true));
        }
    }
    Ok(())
}

fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(3000);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn laws_by_default(text in pieces()) {
        check_laws(&Normalizer::default(), &text)?;
    }

    #[test]
    fn laws_with_any_options(text in pieces(), options in options()) {
        check_laws(&options, &text)?;
    }

    #[test]
    fn laws_of_any_text(text in any::<String>(), options in options()) {
        check_laws(&options, &text)?;
    }

    #[test]
    fn blocks_end_where_their_source_ends(text in pieces()) {
        for strip in [false, true] {
            let (made, _) = block(&text, strip);
            prop_assert!(!made.contains('\n') && !made.ends_with(' ') && !made.starts_with(' '));
        }
    }
}
