//! Parts of a text by their bytes, and of a list by its places. A place that was counted wrongly must not cost a document.

use std::slice::SliceIndex;

/// What `text[range]` gives, without its panic.
pub(crate) trait PartOf {
    /// The stretch of it. Where that is none (after the end, or inside a character) somebody miscounted: loud in tests,
    /// nothing elsewhere.
    fn part(&self, range: impl SliceIndex<Self, Output = Self>) -> &Self;
}

impl<T> PartOf for [T] {
    #[inline]
    #[track_caller]
    fn part(&self, range: impl SliceIndex<Self, Output = Self>) -> &Self {
        let part = self.get(range);
        debug_assert!(part.is_some(), "no stretch of a list of {}", self.len());
        part.unwrap_or_default()
    }
}

impl PartOf for str {
    #[inline]
    #[track_caller]
    fn part(&self, range: impl SliceIndex<Self, Output = Self>) -> &Self {
        let part = self.get(range);
        debug_assert!(part.is_some(), "no stretch of {self:?}");
        part.unwrap_or_default()
    }
}

/// The first bytes of `text`, at most so many, in whole characters.
pub(crate) fn first_bytes(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.part(..end)
}

/// What `text.split('\n')` gives, sooner.
pub(crate) fn split_lines(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut start = 0;
    memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]).map(move |end| {
        let line = text.part(start..end);
        start = end + 1;
        line
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        for text in ["", "a", "\n", "a\n\nb\r\n", "née\nnée"] {
            assert!(split_lines(text).eq(text.split('\n')), "{text:?}");
        }
    }

    #[test]
    fn parts() {
        assert_eq!([1, 2, 3].part(1..), [2, 3]);
        assert_eq!(("née".part(1..3), "née".part(3..), "née".part(..1), "".part(0..)), ("é", "e", "n", ""));
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic = "no stretch of \"née\""]
    fn is_loud_in_tests() {
        "née".part(2..);
    }

    #[test]
    #[cfg(not(debug_assertions))]
    fn is_harmless_elsewhere() {
        assert_eq!(("née".part(2..), "née".part(..9)), ("", ""));
    }
}
