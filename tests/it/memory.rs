//! Memory of texts made of one thing over and over (benches/patterns, docs/reliability.md): bytes asked for are the same on every
//! machine and in every build, so that this part of the bench can be a test.

use copydesk::{Cleaner, Normalizer};

#[path = "../../benches/patterns/heap.rs"]
mod heap;
#[path = "../../benches/patterns/kinds.rs"]
mod kinds;

use heap::used;
use kinds::{Arrangement, KINDS, prose};

#[global_allocator]
static HEAP: heap::Counting = heap::Counting;

const SMALL: usize = 16 << 10;
const LARGE: usize = 64 << 10;

/// The most that bytes asked for may grow with size, as a power.
const EXPONENT: f64 = 1.1;

/// What each byte more takes at the most: what is made once, or for the first lines, is left out of the sum.
fn memory_a_byte(small: &str, large: &str, work: impl Fn(&str)) -> f64 {
    let [less, more] = [small, large].map(|text| used(|| work(text)).most as f64);
    (more - less) / (large.len() - small.len()) as f64
}

#[test]
#[ignore = "until blocks are slim"]
fn memory_keeps_to_its_limits_whatever_a_text_is_made_of() {
    let cleaner = Cleaner::default();
    let normalizer = Normalizer::default();
    cleaner.clean(&prose(SMALL));
    let mut wrong = Vec::new();
    for (kind, token) in KINDS {
        let [small, large] = [SMALL, LARGE].map(|size| Arrangement::Lines.text(token, size));
        let limit = if token.len() + 1 < 8 { 40.0 } else { 12.0 };
        let clean = memory_a_byte(&small, &large, |text| drop(cleaner.clean(text)));
        let repair = memory_a_byte(&small, &large, |text| drop(normalizer.normalize(text)));
        for (work, found) in [("clean", clean), ("normalize", repair)] {
            if found > limit {
                wrong.push(format!("{work}: {kind}: {found:.1} bytes for each byte; at most {limit}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_asked_for_grows_as_the_text_does() {
    let cleaner = Cleaner::builder().model("fast").build().unwrap();
    cleaner.clean(&prose(SMALL));
    let mut wrong = Vec::new();
    for (kind, token) in KINDS {
        let [small, large] = [SMALL, LARGE].map(|size| Arrangement::Endless.text(token, size));
        let [less, more] = [&small, &large].map(|text| used(|| cleaner.clean(text)).asked as f64);
        let exponent = (more / less).ln() / (large.len() as f64 / small.len() as f64).ln();
        if exponent > EXPONENT {
            wrong.push(format!("{kind}: bytes asked for grow with the power {exponent:.2}; at most {EXPONENT}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
