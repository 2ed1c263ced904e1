//! Voices that tell one field, and which of them is believed.

use crate::document::FieldSource;

/// One way in which a field is told.
#[derive(Clone, Debug)]
pub(super) struct Voice<T> {
    pub value: T,
    pub from: FieldSource,
    pub trust: u8,
}

/// The voice that is believed: where the trust in it and in those of other sources that say the same comes to most, the
/// one of these that is trusted most; of equals, the first.
pub(super) fn best<T>(voices: &[Voice<T>], same: impl Fn(&T, &T) -> bool) -> Option<&Voice<T>> {
    let strength = |voice: &Voice<T>| -> u32 {
        let trust = |from: FieldSource| {
            let agree = voices.iter().filter(|other| other.from == from && same(&voice.value, &other.value));
            agree.map(|other| u32::from(other.trust)).max().unwrap_or(0)
        };
        FieldSource::ALL.into_iter().map(trust).sum()
    };
    let mut best: Option<(u32, &Voice<T>)> = None;
    for voice in voices {
        let strength = strength(voice);
        if best.is_none_or(|(most, known)| (strength, voice.trust) > (most, known.trust)) {
            best = Some((strength, voice));
        }
    }
    let (_, chosen) = best?;
    let mut group = voices.iter().filter(|other| same(&chosen.value, &other.value));
    let first = group.next()?;
    Some(group.fold(first, |most, voice| if voice.trust > most.trust { voice } else { most }))
}

/// Whether a line says the same as another source.
pub(super) fn agreed<T>(voices: &[Voice<T>], same: impl Fn(&T, &T) -> bool) -> bool {
    let mut lines = voices.iter().filter(|voice| voice.from == FieldSource::Line);
    lines.any(|line| voices.iter().any(|other| other.from != line.from && same(&line.value, &other.value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::FieldSource::{Html, JsonLd, Line, Meta};

    #[test]
    fn agreement_is_believed_and_the_most_trusted_speaks_for_it() {
        let voice = |value, from, trust| Voice { value, from, trust };
        let believed = |voices: &[Voice<char>]| best(voices, |a, b| a.eq_ignore_ascii_case(b)).map(|it| it.value);
        assert_eq!(believed(&[]), None);
        assert_eq!(believed(&[voice('a', Html, 3), voice('b', Meta, 5)]), Some('b'));
        assert_eq!(believed(&[voice('a', JsonLd, 5), voice('b', Meta, 5)]), Some('a'));
        // Two against one.
        assert_eq!(believed(&[voice('a', Line, 6), voice('b', Meta, 4), voice('B', JsonLd, 5)]), Some('B'));
        // One source that says it twice is one.
        assert_eq!(believed(&[voice('a', Line, 6), voice('b', Meta, 4), voice('b', Meta, 4)]), Some('a'));
    }
}
