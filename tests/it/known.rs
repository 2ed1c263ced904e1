//! How many errors of each file of cases are known, in tests/known-errors.json: the numbers may only go down. Who mends an error
//! lowers its number; a number that rises is written by hand, with the reason in the commit.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::support::root;

fn path() -> PathBuf {
    root().join("tests/known-errors.json")
}

fn bounds() -> BTreeMap<String, usize> {
    serde_json::from_str(&std::fs::read_to_string(path()).unwrap()).unwrap()
}

/// What is wrong with a file that has so many known errors where so many are allowed.
fn fault(name: &str, count: usize, bound: usize) -> Option<String> {
    let says = format!("{name} has {count} known errors, and tests/known-errors.json says {bound}");
    match count.cmp(&bound) {
        std::cmp::Ordering::Greater => Some(format!("{says}: mend the new ones")),
        std::cmp::Ordering::Less => Some(format!("{says}: write {count} there, so that they stay mended")),
        std::cmp::Ordering::Equal => None,
    }
}

/// Fails where a file has other than its number of known errors.
pub fn check(name: &str, count: usize) {
    let bound = bounds().get(name).copied().unwrap_or_default();
    assert_eq!(fault(name, count, bound), None);
}

/// Lowers the number of a file, before its errors are marked anew; fails where it would rise.
pub fn lower(name: &str, count: usize) {
    let mut bounds = bounds();
    let bound = bounds.get(name).copied().unwrap_or_default();
    assert!(count <= bound, "nothing is marked: {}", fault(name, count, bound).unwrap_or_default());
    bounds.insert(name.to_owned(), count);
    std::fs::write(path(), serde_json::to_string_pretty(&bounds).unwrap() + "\n").unwrap();
}

#[test]
fn known_errors_only_go_down() {
    assert_eq!(fault("a", 3, 3), None);
    assert!(fault("a", 4, 3).unwrap().ends_with("mend the new ones"));
    assert!(fault("a", 2, 3).unwrap().contains("write 2 there"));
}
