//! Documents of thousands of lines, which are observed and labelled a stretch at a time: the answers are those that were
//! given when every line was held at once.

use copydesk::{Cleaner, Document, Hints};

const WORDS: [&str; 40] = [
    "harbour",
    "council",
    "the",
    "night",
    "of",
    "ferry",
    "said",
    "Monday",
    "bridge",
    "a",
    "Orla",
    "mayor",
    "2016",
    "and",
    "old",
    "railway",
    "to",
    "was",
    "in",
    "petition",
    "Quill",
    "Alder",
    "that",
    "bread",
    "museum",
    "for",
    "twelve",
    "storm",
    "on",
    "It",
    "die",
    "Brücke",
    "und",
    "port",
    "le",
    "стол",
    "港町",
    "per",
    "cent",
    "fishermen",
];

const LINES: [&str; 40] = [
    "By Jane Alder",
    "Photo: Nora Quill/AFP",
    "ORLA, March 3 (Reuters) - The ferry was late again, the harbour office said.",
    "Updated 2 days ago",
    "Share",
    "a",
    "Home",
    "Advertisement",
    "3 comments",
    "March 3, 2016 09:30",
    "Read more:",
    "Related",
    "© 2016 The Orla Times. All rights reserved.",
    "**The bridge** is _closed_",
    "<b>Old</b> bread &amp; butter",
    "Subscribe to our newsletter",
    "Follow @orlatimes on Twitter",
    "港町の夜行連絡船が三十年ぶりに運航を再開した。",
    "17:30",
    "b",
    "Harbour tunnel closes for a month",
    "Most read",
    "Comments",
    "Jane Alder is a reporter in Orla.",
    "ORLA — The mayor spoke.",
    "“It rained,” he said. (AFP photo)",
    "READ MORE: The bridge that fell",
    "Von Paul Birke",
    "  Indented line of some words  ",
    "•  a list item",
    "1.",
    "cafe\u{301} and schÃ¶n",
    "https://example.org/news/1",
    "Tags: harbour, ferry",
    "LIVE",
    "Next",
    "…",
    "Video: the storm on the old pier",
    "Editing by Nora Quill",
    "Terms of use | Privacy | Contact",
];

/// Numbers that look random and are always the same.
struct Numbers(u32);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % n
    }
}

/// Stretches of prose, of furniture, of one line again and again.
fn text(lines: usize, seed: u32) -> String {
    let mut numbers = Numbers(seed);
    let mut text = String::new();
    let mut left = 0;
    let (mut kind, mut same) = (0, LINES[0]);
    for _ in 0..lines {
        if left == 0 {
            left = [1, 3, 12, 40, 300][numbers.below(5)];
            kind = numbers.below(4);
            same = LINES[numbers.below(LINES.len())];
        }
        left -= 1;
        match kind {
            0 | 1 => {
                for word in 0..[3, 6, 12, 25, 60][numbers.below(5)] {
                    text += if word == 0 { "" } else { " " };
                    text += WORDS[numbers.below(WORDS.len())];
                }
                text += ["", ".", "?", ":"][numbers.below(4)];
            }
            2 => text += LINES[numbers.below(LINES.len())],
            _ => text += same,
        }
        text += ["\n", "\n", "\n\n", "\r\n", " \n"][numbers.below(5)];
    }
    text
}

/// All that a document says of its lines and fields, as one number.
fn digest(document: &Document, evidence: bool) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |text: &str| {
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for block in document.blocks() {
        let bits = block.probabilities().map(f32::to_bits);
        eat(&format!(
            "{} {} {bits:?} {:?} {} {:?}",
            block.label(),
            block.kept(),
            block.span(),
            block.text(),
            block.inline()
        ));
        if evidence {
            // What a reason is and weighs; how it is put into words may change.
            let reasons = block.evidence().iter().map(|reason| (&reason.name, reason.weight));
            eat(&format!("{:?}", reasons.collect::<Vec<_>>()));
        }
    }
    eat(document.text());
    eat(&format!("{:?} {:?} {:?}", document.lang(), document.verdict(), document.verdict_score()));
    eat(&format!("{:?} {:?} {:?}", document.title(), document.title_span(), document.site()));
    eat(&format!("{:?} {:?} {:?}", document.deck(), document.deck_span(), document.byline()));
    eat(&format!("{:?} {:?} {:?}", document.published(), document.updated(), document.dateline()));
    // Of a text no caption has a picture.
    eat(&format!("{:?}", document.captions()).replace("image: None, ", ""));
    let len = document.text().len();
    for at in (0..len).step_by(len / 97 + 1) {
        eat(&format!("{:?}", document.source_span(at, at + 40)));
    }
    format!("{hash:016x}")
}

#[test]
fn answers_of_long_documents_are_those_of_the_whole() {
    let title = Hints::new().with_title("Harbour tunnel closes for a month");
    let none = Hints::default();
    let made: Vec<_> = [
        ("default", 4300, 1, &none, false),
        ("fast", 4700, 2, &title, false),
        ("default", 250, 3, &title, true),
        ("fast", 2048, 4, &none, false),
        ("fast", 2049, 5, &none, false),
        ("fast", 2150, 6, &none, false),
    ]
    .into_iter()
    .map(|(model, lines, seed, hints, evidence)| {
        let document = Cleaner::builder().model(model).build().unwrap().clean_with(text(lines, seed), hints);
        digest(&document, evidence)
    })
    .collect();
    let want = [
        "bace3a430f51d00a",
        "094f31ee1f018d65",
        "1b3ee33d63e5ee3c",
        "5d95c434f6887af8",
        "388f509747bd9d33",
        "a9a8b28cc94ef6bd",
    ];
    assert_eq!(made, want);
}

/// The chain alone labels thousands of scraps; a document of as many lines that are lines is labelled by the network too.
#[test]
fn thousands_of_scraps_are_left_to_the_chain() {
    let [default, fast] = ["default", "fast"].map(|model| Cleaner::builder().model(model).build().unwrap());
    let labels = |cleaner: &Cleaner, text: &str| {
        let said = |block: copydesk::Block<'_>| (block.label(), block.probabilities());
        cleaner.clean(text).blocks().map(said).collect::<Vec<_>>()
    };
    let mut numbers = Numbers(7);
    let scraps: String = (0..2100).map(|_| format!("{}\n", WORDS[numbers.below(WORDS.len())])).collect();
    assert_eq!(labels(&default, &scraps), labels(&fast, &scraps));
    let document = default.clean(&scraps);
    assert!(document.blocks().nth(1000).unwrap().evidence().len() > 1);
    // A line that is one makes all of them lines: a story among a long menu is the network's.
    let story = format!("{scraps}The old ferry of Orla was late again on Monday, the harbour office said.\n");
    let few: String = scraps.split_inclusive('\n').take(2000).collect();
    for other in [story, few] {
        assert_ne!(labels(&default, &other), labels(&fast, &other));
    }
}
