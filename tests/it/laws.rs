//! What holds for any text (DESIGN.md, docs/reliability.md). A law that is broken panics and says how.
//!
//! The fuzz targets under fuzz/ use this room too.

use std::sync::LazyLock;

use copydesk::{
    Balance, Bidi, Caption, Cleaner, Dashes, Document, Form, Hints, Keep, Label, Lang, Normalizer, ParseOptions,
    Quotes, Span, Unit,
};
use jiff::civil::{Date, DateTime};

/// Cleaners of different options, the default first.
static CLEANERS: LazyLock<Vec<Cleaner>> = LazyLock::new(|| {
    let plain = Normalizer { spaces: false, form: Form::None, encoding: false, ..Normalizer::default() };
    let mut builders = [Cleaner::builder(), Cleaner::builder(), Cleaner::builder()];
    builders[1].model("fast").keep(Label::ALL).dateline(Keep::Strip).inline(Keep::Strip).balance(Balance::KeepStory);
    builders[2].model("fast").keep(Label::ALL).markup(Keep::Keep).separator("").normalizer(plain);
    builders.iter().map(|builder| builder.build().expect("these options are right")).collect()
});

/// All that holds for a text and its document.
pub fn text(text: &str) {
    for (i, cleaner) in CLEANERS.iter().enumerate() {
        let document = cleaner.clean(text);
        blocks(text, &document);
        sources(text, &document);
        fields(text, &document);
        assert_eq!(view(&document), view(&cleaner.clean(text)), "cleaned twice, with cleaner {i}");
        if is_read_as_utf8(text) {
            let of_bytes = cleaner.clean(text.as_bytes());
            assert_eq!(view(&document), view(&of_bytes), "the text and its bytes, with cleaner {i}");
        }
        if i == 0 {
            in_chars(text, &document);
        }
        // Evidence takes long, and is the same work for every text.
        if i > 0 && text.len() % 8 == i {
            written(&document);
        }
    }
}

/// All that holds for bytes of any charset.
pub fn bytes(bytes: &[u8]) {
    if let Ok(it) = std::str::from_utf8(bytes) {
        text(it);
        return;
    }
    for cleaner in &*CLEANERS {
        let document = cleaner.clean(bytes);
        let mut at = 0;
        for block in document.blocks() {
            let span = block.span();
            assert!(at <= span.start && span.start <= span.end && span.end <= bytes.len(), "{span:?}");
            assert!(!block.text().contains('\n'), "a line end in {:?}", block.text());
            at = span.end;
        }
        let mut before = Span::new(0, 0);
        for (at, c) in document.text().char_indices() {
            let span = document.source_span(at, at + c.len_utf8());
            assert!(before.start <= span.start && span.start <= span.end && span.end <= bytes.len(), "{c:?}: {span:?}");
            before = span;
        }
        all_spans(&document, |what, span| {
            assert!(span.start <= span.end && span.end <= bytes.len(), "{what}: {span:?}");
        });
        assert_eq!(view(&document), view(&cleaner.clean(bytes)), "cleaned twice");
    }
}

/// Whether bytes of a text are taken for UTF-8, whole: escapes may be ISO-2022-JP, and a byte order mark is no text.
fn is_read_as_utf8(text: &str) -> bool {
    !text.contains('\u{1b}') && !text.starts_with('\u{feff}')
}

/// What is to be the same for the same text: all but the evidence.
fn view(document: &Document) -> impl PartialEq + std::fmt::Debug + use<> {
    let blocks = |block: copydesk::Block<'_>| {
        (
            block.label(),
            block.kept(),
            block.probabilities(),
            block.text().to_owned(),
            block.span(),
            block.inline().to_vec(),
        )
    };
    let texts = (document.lang(), document.title(), document.site(), document.deck());
    let texts = [texts.0, texts.1, texts.2, texts.3].map(|text| text.map(str::to_owned));
    let times = (document.published().cloned(), document.updated().cloned());
    let read = (document.byline().cloned(), document.dateline().cloned(), document.captions().to_vec());
    (
        (document.text().to_owned(), document.verdict(), document.verdict_score()),
        document.blocks().map(blocks).collect::<Vec<_>>(),
        (texts, times, read, document.title_span(), document.deck_span()),
    )
}

fn knowing(lang: Option<&str>, published: Option<Date>, now: Option<DateTime>) -> ParseOptions {
    let mut known = ParseOptions::new();
    (known.lang, known.published, known.now) = (lang.and_then(|lang| lang.parse().ok()), published, now);
    known
}

/// What may lie between two blocks.
fn is_white(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\u{200b}\u{feff}\u{2060}\u{200e}\u{200f}\u{ad}".contains(c)
}

/// What data sets write for line ends.
const WRITTEN: [&str; 14] =
    ["[SEP]", "[sep]", "[PAR]", "[NEWLINE]", "<|endofparagraph|>", "&lt;", "|", "¶", "␤", "¦", "｜", "•", "·", "*"];

/// White space and written-out line ends: tags of blocks, `\\n`, bars, what stands between the strings of a printed list.
pub fn is_between(gap: &str) -> bool {
    let mut rest = gap.trim_start_matches(is_white);
    while let Some(mark) = rest.chars().next() {
        let after = &rest[mark.len_utf8()..];
        let end = match mark {
            '<' | '&' if rest.starts_with("&lt;") || mark == '<' => {
                let close = if mark == '<' { ">" } else { "&gt;" };
                rest.find(close).map(|at| at + close.len())
            }
            '\\' => {
                let letter = after.trim_start_matches('\\');
                letter.starts_with(['n', 'r', 't']).then(|| rest.len() - letter.len() + 1)
            }
            '[' | ']' | '\'' | '"' | ',' | '●' | '▪' | '■' => Some(mark.len_utf8()),
            _ => None,
        };
        let written = || WRITTEN.iter().find(|written| rest.starts_with(**written)).map(|written| written.len());
        let Some(end) = written().filter(|_| mark != '&' && mark != '<').or(end).or_else(written) else { return false };
        rest = rest[end..].trim_start_matches(is_white);
    }
    true
}

/// Blocks and the white space and line ends between them are the whole input.
fn blocks(input: &str, document: &Document) {
    assert_eq!(document.unit(), Unit::Byte);
    let mut at = 0;
    for block in document.blocks() {
        let span = block.span();
        assert!(at <= span.start && span.start <= span.end, "block {span:?} after {at}");
        let gap = input.get(at..span.start).expect("a block begins inside a character");
        assert!(is_between(gap), "{gap:?} is lost before block {span:?}");
        let source = input.get(span.range()).expect("a block ends inside a character");
        assert!(!source.is_empty(), "an empty block at {}", span.start);
        let sum: f32 = block.probabilities().iter().sum();
        assert!(block.probabilities().iter().all(|p| (0.0..=1.0).contains(p)), "{:?}", block.probabilities());
        assert!((sum - 1.0).abs() < 0.01, "probabilities sum to {sum}");
        assert!(
            block.probabilities().iter().all(|p| *p <= block.score()),
            "{} is not the most probable",
            block.label()
        );
        for inline in block.inline() {
            let (in_span, out_span) = (inline.span, span);
            assert!(
                out_span.start <= in_span.start && in_span.start <= in_span.end && in_span.end <= out_span.end,
                "{inline:?} of block {span:?}"
            );
        }
        at = span.end;
    }
    let story = document.verdict() != copydesk::Verdict::NoStory;
    let kept = |block: &copydesk::Block<'_>| block.kept();
    assert!(
        !story || document.blocks().any(|block| kept(&block)),
        "a {:?} of which nothing is kept",
        document.verdict()
    );
    let gap = input.get(at..).expect("the last block ends inside a character");
    assert!(is_between(gap), "{gap:?} is lost at the end");
}

/// Every character of the clean text is found where it came from, in order.
fn sources(input: &str, document: &Document) {
    let mut before = 0;
    for (at, c) in document.text().char_indices() {
        let span = document.source_span(at, at + c.len_utf8());
        let source = input.get(span.range());
        let source = source.unwrap_or_else(|| panic!("{c:?} at {at} comes from {span:?}, which cuts a character"));
        assert!(span.start >= before, "{c:?} at {at} comes from {span:?}, before {before}");
        before = span.start;
        let mut chars = source.chars();
        if let (Some(given), None) = (chars.next(), chars.next())
            && given.is_ascii_alphanumeric()
        {
            assert_eq!(given, c, "{c:?} at {at} comes from {span:?}");
        }
    }
    let all = document.source_span(0, document.text().len());
    assert!(all.start <= all.end && all.end <= input.len(), "{all:?}");
    let kept = document.blocks().filter(|block| block.kept());
    let empty = kept.clone().all(|block| block.text().is_empty());
    assert!(!empty || document.text().trim().is_empty(), "text of no block: {:?}", document.text());
}

/// What is read from a text stands in it.
fn fields(input: &str, document: &Document) {
    all_spans(document, |what, span| {
        assert!(input.get(span.range()).is_some(), "{what}: {span:?} of {} bytes", input.len());
    });
}

fn all_spans(document: &Document, check: impl Fn(&str, Span)) {
    let optional = [("title", document.title_span()), ("deck", document.deck_span())];
    optional.into_iter().filter_map(|(what, span)| Some((what, span?))).for_each(|(what, span)| check(what, span));
    if let Some(byline) = document.byline() {
        check("byline", byline.span);
        byline.people.iter().for_each(|person| check("person", person.span));
    }
    document.published().into_iter().for_each(|time| check("published", time.span));
    document.updated().into_iter().for_each(|time| check("updated", time.span));
    document.dateline().into_iter().for_each(|dateline| check("dateline", dateline.span));
    document.captions().iter().for_each(|caption| caption_spans(caption, &check));
    for block in document.blocks() {
        check("block", block.span());
        block.inline().iter().for_each(|inline| check("inline", inline.span));
    }
}

fn caption_spans(caption: &Caption, check: impl Fn(&str, Span)) {
    check("caption", caption.span);
    check("caption's text", caption.text_span);
    caption.credit_span.into_iter().for_each(|span| check("credit", span));
    caption.sides.iter().for_each(|side| check("side", side.span));
}

/// Positions in code points lead to the same places.
fn in_chars(input: &str, document: &Document) {
    let chars = document.clone().into_chars(input);
    let count = |at: usize| input[..at].chars().count();
    assert_eq!(document.blocks().len(), chars.blocks().len());
    for (in_bytes, in_chars) in document.blocks().zip(chars.blocks()) {
        let (bytes, chars) = (in_bytes.span(), in_chars.span());
        assert_eq!((count(bytes.start), count(bytes.end)), (chars.start, chars.end), "{bytes:?}");
    }
    let all = document.text().len();
    let (in_bytes, in_chars) = (document.source_span(0, all), chars.source_span(0, all));
    assert_eq!((count(in_bytes.start), count(in_bytes.end)), (in_chars.start, in_chars.end), "{in_bytes:?}");
}

/// A document is its JSON, and comes back from its pickle.
fn written(document: &Document) {
    let json: serde_json::Value = serde_json::from_str(&document.to_json()).expect("to_json gives JSON");
    assert_eq!(json, serde_json::to_value(document).expect("a document can be written"));
    assert!(copydesk::fuzzing::unpickled(document).as_ref() == Ok(document), "a document does not come back");
    assert!(copydesk::fuzzing::blocks_come_back(document), "a block does not come back");
}

/// A batch is what one text after the other gives, for any number of threads.
pub fn batch(texts: &[String]) {
    let many: Vec<_> = CLEANERS[0].clean_many(texts).into_iter().map(|made| made.expect("no fault")).collect();
    assert_eq!(many.len(), texts.len());
    for (text, document) in texts.iter().zip(&many) {
        assert_eq!(view(document), view(&CLEANERS[0].clean(text)), "{text:?} in a batch");
    }
}

/// Repair: twice is once, the changes lead from one to the other, and every character knows where it is from.
pub fn normalize(options: &Normalizer, text: &str) {
    let once = options.normalize(text);
    assert_eq!(options.normalize(once.text()).text(), once.text(), "repaired twice with {options:?}");
    let mut replayed = String::new();
    let mut at = 0;
    for change in once.changes() {
        assert!(at <= change.start && change.start <= change.end, "{change:?} after {at}");
        assert_eq!(text.get(change.start..change.end), Some(change.before));
        assert!(!change.step.is_empty() && change.before != change.after, "{change:?} changes nothing");
        replayed.push_str(text.get(at..change.start).expect("a change begins inside a character"));
        replayed.push_str(change.after);
        at = change.end;
    }
    replayed.push_str(text.get(at..).expect("a change ends inside a character"));
    assert_eq!(replayed, once.text(), "the changes replayed, with {options:?}");
    assert!(once.is_changed() || once.text() == text);
    let mut before = 0;
    for (at, c) in once.text().char_indices() {
        let span = once.source_span(at, at + c.len_utf8());
        assert!(text.get(span.range()).is_some() && span.start >= before, "{c:?} at {at} comes from {span:?}");
        before = span.start;
    }
}

/// Options of repair from 32 bits.
pub fn options(bits: u32) -> Normalizer {
    let is = |bit: u32| bits >> bit & 1 == 0;
    let pick = |at: u32, of: usize| (bits >> at) as usize % of;
    Normalizer {
        encoding: is(0),
        entities: is(1),
        control: is(2),
        terminal_escapes: is(3),
        surrogates: is(4),
        line_breaks: is(5),
        spaces: is(6),
        zero_width: is(7),
        ligatures: is(8),
        widths: is(9),
        soft_hyphens: is(10),
        dehyphenate: is(11),
        bidi: [Bidi::Balance, Bidi::Strip, Bidi::Keep][pick(12, 3)],
        quotes: [Quotes::Keep, Quotes::Straight, Quotes::Curly][pick(15, 3)],
        dashes: [Dashes::Keep, Dashes::Ascii][pick(18, 2)],
        form: [Form::Nfc, Form::Nfd, Form::Nfkc, Form::Nfkd, Form::None][pick(20, 5)],
        marks: [Some(8), Some(0), Some(1), Some(3), None][pick(24, 5)],
    }
}

/// Languages to read lines in: none, those that have readers of their own, one that does not exist.
const LANGUAGES: [Option<&str>; 12] = [
    None,
    Some("en"),
    Some("de"),
    Some("fr"),
    Some("es"),
    Some("ru"),
    Some("ar"),
    Some("zh"),
    Some("ja"),
    Some("ko"),
    Some("tr"),
    Some("xx"),
];

/// A text given as a language or a day is one, says nothing where it is blank, or is refused by name.
fn hints(text: &str) {
    let refused = |error: &copydesk::Error, what: &str| {
        assert!(error.is_config() && error.to_string().starts_with(&format!("{what} \"")), "{text:?}: {error}");
    };
    match Hints::new().with_lang(text) {
        Ok(hints) => assert!(hints.lang.is_none_or(|lang| lang.code().parse().is_ok_and(|same: Lang| same == lang))),
        Err(error) => refused(&error, "lang"),
    }
    match Hints::new().with_published(text) {
        Ok(hints) => assert_eq!(hints.published.is_none(), text.trim().is_empty(), "{text:?}"),
        Err(error) => refused(&error, "published"),
    }
}

/// What the readers of single lines find stands in the line. `choice` picks the language, and whether a day is given.
pub fn parse(text: &str, choice: usize) {
    hints(text);
    let lang = LANGUAGES[choice % LANGUAGES.len()];
    let published = choice.is_multiple_of(2).then(|| Date::constant(2016, 2, 29));
    let now = choice.is_multiple_of(3).then(|| DateTime::constant(2016, 12, 31, 23, 59, 59, 0));
    let slice = |what: &str, span: Span| {
        text.get(span.range()).unwrap_or_else(|| panic!("{what}: {span:?} of {} bytes", text.len()))
    };
    if let Some(dateline) = copydesk::parse_dateline(text, &knowing(lang, published, None)) {
        assert_eq!(slice("dateline", dateline.span), dateline.raw);
        assert!((0.0..=1.0).contains(&dateline.score), "{dateline:?}");
    }
    if let Some(byline) = copydesk::parse_byline(text, &knowing(lang, None, None)) {
        slice("byline", byline.span);
        assert!(!byline.people.is_empty() || !byline.agencies.is_empty(), "nobody: {byline:?}");
        for person in &byline.people {
            slice("person", person.span);
            assert!(byline.span.start <= person.span.start && person.span.end <= byline.span.end, "{byline:?}");
            assert!(!person.name.trim().is_empty(), "a person of no name: {byline:?}");
            person.recased();
        }
    }
    let mut at = 0;
    for time in copydesk::parse_timestamps(text, &knowing(lang, published, now)) {
        assert_eq!(slice("time", time.span), time.text);
        assert!(at <= time.span.start && !time.span.is_empty(), "times overlap at {at}: {time:?}");
        at = time.span.end;
    }
    caption_spans(&copydesk::parse_caption(text, &knowing(lang, None, None)), |what, span| {
        slice(what, span);
    });
    at = 0;
    for inline in copydesk::parse_inline(text, &knowing(lang, None, None)) {
        slice("inline", inline.span);
        assert!(at <= inline.span.start && !inline.span.is_empty(), "{inline:?} after {at}");
        at = inline.span.end;
    }
    let (headline, site) = copydesk::fuzzing::parse_title(
        text,
        &[text],
        &[text],
        choice.is_multiple_of(5).then_some("https://www.orla.example"),
    );
    assert!(text.contains(headline) && site.is_none_or(|site| text.contains(site)), "{headline:?} {site:?}");
}
