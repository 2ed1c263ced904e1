//! The verdict on articles that it has not been fitted on: the goldens. All of them hold a story but three.

use copydesk::Verdict;

use crate::golden::Golden;

/// One line out of a story stands for nothing certain; it is left out.
const UNCERTAIN: &str = "40-one-line";

#[test]
fn goldens_get_their_verdicts() {
    let (mut right, mut all) = (0, 0);
    for golden in Golden::all().iter().filter(|golden| golden.name() != UNCERTAIN) {
        let document = copydesk::clean(golden.text());
        let name = golden.name();
        let want = match name.as_str() {
            "38-stub" => Verdict::Stub,
            "39-furniture-only" => Verdict::NoStory,
            _ => Verdict::Story,
        };
        assert!(want == Verdict::Story || document.verdict() == want, "{name}: {:?}", document.verdict());
        assert!(document.verdict_score() > 1.0 / 3.0 && document.verdict_score() <= 1.0, "{name}");
        right += usize::from(document.verdict() == want);
        all += 1;
    }
    // Six briefs with more furniture around them than story are taken for starts of stories.
    assert!(right + 6 >= all, "only {right} of {all}");
}

#[test]
fn a_text_without_a_word_holds_no_story_for_certain() {
    for text in ["", " \n\n\t"] {
        let document = copydesk::clean(text);
        assert_eq!((document.verdict(), document.verdict_score()), (Verdict::NoStory, 1.0), "{text:?}");
    }
}
