//! The articles under examples/, which the demo shows: every line has the label that an editor gives it. Where the program errs on one,
//! another example is wanted, so there is no list of known errors.

use copydesk::Verdict;

use crate::support::root;

/// The labels of each article's lines, as runs: "share*4" stands for four lines.
const EXAMPLES: [(&str, &str); 5] = [
    (
        "wire-story",
        "nav title byline*2 timestamp share caption body*3 caption body*2 ad body*2 related body*2 ui byline promo legal",
    ),
    (
        "captions-and-shares",
        "nav title deck byline timestamp share*4 caption body*2 caption body related body caption ui caption ui caption ui \
         caption body*2 promo*3 nav bio*2 share*2 related*3 legal",
    ),
    (
        "live-blog",
        "nav*2 title deck byline timestamp share*2 timestamp heading body timestamp heading body caption timestamp heading body \
         timestamp heading body embed*2 timestamp heading body timestamp heading body promo related*3 legal",
    ),
    (
        "german",
        "nav title deck byline timestamp*2 share*3 caption body*2 related body ad heading body caption body*2 promo*2 related*3 \
         nav comments legal*2",
    ),
    (
        "spanish",
        "nav title deck byline timestamp share*4 caption body*3 related heading body caption body*2 promo related*3 nav legal",
    ),
];

#[test]
fn every_line_of_the_examples_is_right() {
    let files = std::fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let texts = files.filter(|path| path.extension().is_some_and(|extension| extension == "txt")).count();
    assert_eq!(texts, EXAMPLES.len());
    for (name, runs) in EXAMPLES {
        let text = std::fs::read_to_string(root().join(format!("examples/{name}.txt"))).unwrap();
        let document = copydesk::clean(&text);
        let run = |run: &'static str| {
            let (label, times) = run.split_once('*').unwrap_or((run, "1"));
            std::iter::repeat_n(label, times.parse().unwrap())
        };
        let wanted: Vec<_> = runs.split_whitespace().flat_map(run).collect();
        let found: Vec<_> = document.blocks().map(|block| block.label().name()).collect();
        assert_eq!(found, wanted, "{name}");
        for block in document.blocks() {
            let is_story = matches!(block.label().name(), "body" | "heading");
            assert_eq!(block.kept(), is_story, "{name}: {}", block.text());
        }
        assert_eq!(document.verdict(), Verdict::Story, "{name}");
        assert!(document.title().is_some() && document.byline().is_some(), "{name}");
        assert!(document.published().or(document.updated()).is_some(), "{name}");
    }
}
