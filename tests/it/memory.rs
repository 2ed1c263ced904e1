//! Memory of texts made of one thing over and over (benches/patterns, docs/reliability.md): bytes held are the same on every
//! machine and in every build, so that this part of the bench can be a test. The bench takes every kind; here is one of each way
//! in which a text makes much of itself, as a build for tests is slow.

use copydesk::{Cleaner, Normalizer};

#[path = "../../benches/patterns/heap.rs"]
pub mod heap;
#[path = "../../benches/patterns/kinds.rs"]
mod kinds;

use heap::used;
use kinds::{Arrangement, KINDS, most_memory, prose};

#[global_allocator]
static HEAP: heap::Counting = heap::Counting;

/// The larger is a power of two of the smaller, so that lists that double as they grow are as full in both.
const SMALL: usize = 16 << 10;
const LARGE: usize = 64 << 10;

/// Of cleaning: what has fields, what is many blocks, what is much repair.
const CLEANED: [&str; 8] = [
    "byline with role",
    "caption",
    "credit in brackets",
    "footnote",
    "tag and end",
    "carriage return",
    "ligature",
    "eight letters",
];

/// Of repair, which is quick: one of each kind of change.
const REPAIRED: [&str; 8] = [
    "entity of entities",
    "CSI",
    "OSC without end",
    "carriage return",
    "tab",
    "embedding",
    "mojibake pair",
    "half-width katakana",
];

/// What each byte more takes at the most: what is made once, or for the first lines, is left out of the sum.
fn memory_a_byte(small: &str, large: &str, work: impl Fn(&str)) -> f64 {
    let [less, more] = [small, large].map(|text| used(|| work(text)) as f64);
    (more - less) / (large.len() - small.len()) as f64
}

/// Which patterns of these kinds go over their limits.
fn over(kinds: &[&str], work: impl Fn(&str)) -> Vec<String> {
    let mut over = Vec::new();
    for kind in kinds {
        let (_, token) = KINDS.iter().find(|(name, _)| name == kind).expect("the bench has this kind");
        for arrangement in [Arrangement::Endless, Arrangement::Lines] {
            let [small, large] = [SMALL, LARGE].map(|size| arrangement.text(token, size));
            let (found, limit) = (memory_a_byte(&small, &large, &work), most_memory(kind, &large));
            if found > limit {
                over.push(format!("{kind}, {}: {found:.1} bytes a byte; at most {limit}", arrangement.name()));
            }
        }
    }
    over
}

#[test]
fn cleaning_keeps_to_its_limits_of_memory_whatever_a_text_is_made_of() {
    let cleaner = Cleaner::default();
    cleaner.clean(prose(SMALL));
    assert_eq!(over(&CLEANED, |text| drop(cleaner.clean(text))), [""; 0]);
}

#[test]
fn repair_keeps_to_its_limits_of_memory_whatever_a_text_is_made_of() {
    let normalizer = Normalizer::default();
    normalizer.normalize(&prose(SMALL));
    assert_eq!(over(&REPAIRED, |text| drop(normalizer.normalize(text))), [""; 0]);
}
