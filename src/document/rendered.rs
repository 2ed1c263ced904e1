//! Which stretch of the repaired text stands where in the clean text.

use serde::{Deserialize, Serialize};

use crate::offsets::{Span, Spans};

/// The stretches in order, and where each stands in the clean text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rendered {
    places: Spans,
    pieces: Spans,
}

impl Rendered {
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Where stretch `at` begins in the clean text, and the stretch.
    pub fn get(&self, at: usize) -> Option<(usize, Span)> {
        Some((self.places.get(at)?.start, self.pieces.get(at)?))
    }

    #[cfg(any(feature = "_state", test))]
    pub fn iter(&self) -> impl Iterator<Item = (usize, Span)> {
        (0..self.pieces.len()).filter_map(|at| self.get(at))
    }

    /// The stretch that stands in the clean text before or at a place: its number.
    pub fn before(&self, place: usize) -> usize {
        self.places.partition_point(|span| span.start <= place).saturating_sub(1)
    }

    /// `piece` begins at `start` of the clean text, after all others.
    pub fn push(&mut self, start: usize, piece: Span) {
        self.places.push(Span::new(start, start));
        self.pieces.push(piece);
    }
}

impl FromIterator<(usize, Span)> for Rendered {
    fn from_iter<I: IntoIterator<Item = (usize, Span)>>(pieces: I) -> Self {
        let mut made = Self::default();
        pieces.into_iter().for_each(|(start, piece)| made.push(start, piece));
        made
    }
}
