//! Datelines in whole documents; the cases of tests/fields/datelines.jsonl are read in `fields`.

use copydesk::ParseOptions;

use crate::growth::is_linear;
use crate::support::knowing;

const STORY: &str =
    "The mayor said on Monday that the old bridge would open again before the summer, after two years of work.";
const MORE: &str =
    "Workers had found cracks in two of the pillars in March, and the council closed the bridge to all traffic.";

fn document(first: &str) -> String {
    format!(
        "Old bridge to open before summer\n\nBy Nora Quill\n\n{first}{STORY}\n\n{MORE}\n\nIt was built in 1911, and {MORE}"
    )
}

#[test]
fn stripping_leaves_the_sentence_as_it_was_written() {
    let cleaner = copydesk::Cleaner::builder().dateline(copydesk::Keep::Strip).build().unwrap();
    for head in [
        "ORLAVILLE, Ind. (AP) — ",
        "LONDON, May 4 (Reuters) - ",
        "Berlin (dpa) - ",
        "  TEHRAN –  ",
        "<b>PARIS</b> (AP) — ",
        "<strong>PARIS —</strong> ",
        "**CAIRO** — ",
        "[CAIRO](https://a.example/cairo) — ",
        "SÃO PAULO,\u{a0}4&nbsp;mai (Lusa) - ",
    ] {
        let input = document(head);
        let document = cleaner.clean(&input);
        let dateline = document.dateline().unwrap_or_else(|| panic!("{head:?} is none"));
        let at = input.find(&STORY[..20]).unwrap();
        assert_eq!(&input[dateline.span.range()], dateline.raw, "{head:?}");
        assert_eq!(dateline.span.end, at, "{head:?}: {:?}", dateline.raw);
        for (open, close) in [('<', '>'), ('[', ']'), ('(', ')')] {
            assert_eq!(dateline.raw.matches(open).count(), dateline.raw.matches(close).count(), "{:?}", dateline.raw);
        }
        let text = document.text();
        assert!(text.starts_with(STORY), "{head:?}: {text}");
        assert!(!text.contains('—') && text.contains(MORE));
        let span = document.source_span(0, STORY.len());
        assert_eq!((span.start, span.end), (at, at + STORY.len()), "{head:?}");
        let block = document.blocks().find(|block| block.text().contains(STORY)).unwrap();
        assert!(
            block
                .inline()
                .iter()
                .any(|inline| inline.kind == copydesk::InlineKind::Dateline && inline.span == dateline.span)
        );
        assert_eq!(copydesk::clean(&input).dateline(), Some(dateline), "kept or stripped, the field is the same");
    }
}

#[test]
fn a_second_story_has_its_own() {
    let second = "LIMA, Peru (AP) — ";
    let input = format!(
        "{}\n\nHarbour tunnel closes for a month\n\nBy Orla Berg\n\n{second}{MORE}\n\n{STORY}\n",
        document("LONDON (AP) — ")
    );
    let cleaner = copydesk::Cleaner::builder().dateline(copydesk::Keep::Strip).build().unwrap();
    let document = cleaner.clean(&input);
    let spans: Vec<_> = document
        .blocks()
        .flat_map(|block| block.inline().to_vec())
        .filter(|inline| inline.kind == copydesk::InlineKind::Dateline)
        .map(|inline| &input[inline.span.range()])
        .collect();
    assert_eq!(spans, ["LONDON (AP) — ", second]);
    assert_eq!(document.dateline().unwrap().raw, "LONDON (AP) — ");
    assert!(!document.text().contains("(AP)"));
}

#[test]
fn bad_input_is_answered_in_linear_time() {
    let capitals = STORY.to_uppercase() + " ";
    for (head, unit, and) in [
        ("", &*capitals, ""),
        ("", ",", ""),
        ("LONDON", ", ", ""),
        ("LONDON", ", PARIS", ""),
        ("LONDON (", "(", ")"),
        ("", "LONDON / ", ""),
        ("", "LONDON & ", ""),
        ("", "(LONDON = ", ""),
        ("", "- 4 ", ""),
        ("", "新华社5月", ""),
        ("", "【本報訊", ""),
        ("", "القاهرة، ١٤ مايو ٢٠٢١ - ", ""),
        ("", "\u{200f}القاهرة ", ""),
    ] {
        let make = |size: usize| {
            let times = size / (unit.len() + and.len());
            [head, &unit.repeat(times), &and.repeat(times)].concat()
        };
        let read = |text: &str| {
            let found = copydesk::parse_dateline(text, &ParseOptions::new());
            assert!(found.is_none_or(|found| found.span.end <= text.len()));
        };
        assert_eq!(is_linear(25_000, make, read), Ok(()));
    }
    let rtl = copydesk::parse_dateline(
        "القاهرة، ١٤ مايو ٢٠٢١ (رويترز) - قال رئيس البلدية إن الجسر سيفتح.",
        &knowing(Some("ar"), None, None),
    );
    assert_eq!(
        rtl.and_then(|found| found.date).and_then(|date| date.resolved).map(|day| day.to_string()).as_deref(),
        Some("2021-05-14")
    );
    assert_eq!(copydesk::parse_dateline("WASHINGTON", &ParseOptions::new()), None);
    assert_eq!(copydesk::parse_dateline(&STORY.to_uppercase(), &ParseOptions::new()), None);
}
