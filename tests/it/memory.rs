//! Memory of texts made of one thing over and over (benches/patterns, docs/reliability.md): bytes held are the same on every
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

/// What each byte more takes at the most: what is made once, or for the first lines, is left out of the sum.
fn memory_a_byte(small: &str, large: &str, work: impl Fn(&str)) -> f64 {
    let [less, more] = [small, large].map(|text| used(|| work(text)) as f64);
    (more - less) / (large.len() - small.len()) as f64
}

#[test]
fn memory_keeps_to_its_limits_whatever_a_text_is_made_of() {
    let cleaner = Cleaner::default();
    let normalizer = Normalizer::default();
    cleaner.clean(&prose(SMALL));
    let mut wrong = Vec::new();
    for (kind, token) in KINDS {
        for arrangement in [Arrangement::Endless, Arrangement::Lines] {
            let [small, large] = [SMALL, LARGE].map(|size| arrangement.text(token, size));
            let limit = if arrangement == Arrangement::Lines && token.len() + 1 < 8 { 40.0 } else { 12.0 };
            let clean = memory_a_byte(&small, &large, |text| drop(cleaner.clean(text)));
            let repair = memory_a_byte(&small, &large, |text| drop(normalizer.normalize(text)));
            for (work, found) in [("clean", clean), ("normalize", repair)] {
                if found > limit {
                    let arrangement = arrangement.name();
                    wrong.push(format!("{work}: {kind}, {arrangement}: {found:.1} bytes a byte; at most {limit}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
