//! Phrases of words, and how they are found in a line.

use crate::features::Cue;
use crate::labels::Label;
use crate::text::hash::Sieve;
use crate::text::table::HashTable;
use crate::text::words::{Word, hash_words, join_hash};

/// Phrases as rows of word hashes: every prefix of a phrase is an entry of one table.
///
/// Most words begin no phrase; a small sieve, which stays in a near cache, says so without a look at the table.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    /// Words that begin no phrase have no cues.
    prefixes: HashTable<0>,
    /// First words, and the first two.
    firsts: Sieve<2048>,
    seconds: Sieve<4096>,
}

/// Which cues the words up to here are a phrase of, a bit each, and [`GOES_ON`].
pub(super) type Cues = u32;

/// A longer phrase goes on.
pub(super) const GOES_ON: Cues = 1 << 31;

const _: () = assert!(Cue::ALL.len() <= 31 && Label::COUNT <= 31);

/// Longer phrases are cut here: no cue needs more words.
pub(super) const LONGEST_WORDS: usize = 24;

impl Phrases {
    pub fn add(&mut self, phrase: &str, cue: Cue) {
        self.add_bit(phrase, cue as u32);
    }

    /// The same for any set of at most 31 kinds.
    pub fn add_bit(&mut self, phrase: &str, bit: u32) {
        let (mut words, mut count) = ([0; LONGEST_WORDS], 0);
        hash_words(phrase, |word| {
            if let Some(place) = words.get_mut(count) {
                *place = word;
                count += 1;
            }
        });
        for (i, (hash, cues)) in entries(words[..count].iter().copied(), bit).enumerate() {
            match i {
                0 => self.firsts.insert(words[0]),
                1 => self.seconds.insert(hash),
                _ => {}
            }
            *self.prefixes.entry(hash) |= cues;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.prefixes.is_empty()
    }

    pub fn scan(&self, words: &[Word], mut found: impl FnMut(Cue, usize, usize)) {
        self.scan_bits(words, |bit, first, len| found(Cue::ALL[bit as usize], first, len));
    }

    /// The same at the first word alone.
    pub fn scan_first(&self, words: &[Word], mut found: impl FnMut(Cue, usize)) {
        if let Some(first) = words.first().filter(|first| self.may_begin(first.hash)) {
            self.phrases_at(words, 0, self.get(join_hash(0, first.hash)), &mut |bit, _, len| {
                found(Cue::ALL[bit as usize], len)
            });
        }
    }
}

impl PhraseTable for Phrases {
    fn get(&self, hash: u32) -> Cues {
        self.prefixes.get(hash)
    }

    fn may_begin(&self, first: u32) -> bool {
        self.firsts.may_have(first)
    }

    fn may_go_on(&self, two: u32) -> bool {
        self.seconds.may_have(two)
    }
}

/// The entries of a phrase of words of these hashes: those of its first word, its first two, …, each with its cues.
pub(super) fn entries(words: impl ExactSizeIterator<Item = u32>, bit: u32) -> impl Iterator<Item = (u32, Cues)> {
    let count = words.len().min(LONGEST_WORDS);
    let mut hash = 0;
    (1..=count).zip(words).map(move |(len, word)| {
        hash = join_hash(hash, word);
        (hash, if len == count { 1 << bit } else { GOES_ON })
    })
}

/// So few words are looked up one by one.
const FEW: usize = 4;

/// What phrases are looked up in.
pub(crate) trait PhraseTable {
    /// The cues of the words with that hash; none when no phrase begins with them.
    fn get(&self, hash: u32) -> Cues;

    /// Whether a phrase may begin with the word of that hash; a guess that is quicker than a look.
    fn may_begin(&self, _first: u32) -> bool {
        true
    }

    /// The same of the first two words.
    fn may_go_on(&self, _two: u32) -> bool {
        true
    }

    /// Calls `found` for the longest phrase of each kind at each word: the kind, the first word and how many.
    fn scan_bits(&self, words: &[Word], mut found: impl FnMut(u32, usize, usize)) {
        if words.len() <= FEW {
            for (first, word) in words.iter().enumerate().filter(|(_, word)| self.may_begin(word.hash)) {
                self.phrases_at(words, first, self.get(join_hash(0, word.hash)), &mut found);
            }
            return;
        }
        // Whether a word begins a phrase cannot be foreseen: those that may are set apart without a branch.
        let (mut firsts, mut known) = ([0; 64], [0; 64]);
        for (chunk, some) in words.chunks(firsts.len()).enumerate() {
            let mut count = 0;
            for (i, word) in some.iter().enumerate() {
                firsts[count] = i;
                count += usize::from(self.may_begin(word.hash));
            }
            // Nor is the table in the nearest cache: it is asked about all of them before anything is done with an answer.
            for (cues, first) in known.iter_mut().zip(&firsts[..count]) {
                *cues = self.get(join_hash(0, some[*first].hash));
            }
            for (first, cues) in firsts.iter().zip(&known[..count]).filter(|(_, cues)| **cues != 0) {
                self.phrases_at(words, chunk * firsts.len() + first, *cues, &mut found);
            }
        }
    }

    /// Calls `found` for the longest phrase of each cue that begins with a word, whose own cues are known.
    fn phrases_at(&self, words: &[Word], first: usize, cues: Cues, found: &mut impl FnMut(u32, usize, usize)) {
        let mut tell = |mut cues: Cues, len: usize| {
            while cues != 0 {
                found(cues.trailing_zeros(), first, len);
                cues &= cues - 1;
            }
        };
        let mut hash = join_hash(0, words[first].hash);
        let goes_on = |second: &Word| cues & GOES_ON != 0 && self.may_go_on(join_hash(hash, second.hash));
        if !words.get(first + 1).is_some_and(goes_on) {
            return tell(cues & !GOES_ON, 1);
        }
        let mut ends = [0; LONGEST_WORDS];
        ends[0] = cues;
        let mut longest = 1;
        while ends[longest - 1] & GOES_ON != 0 && longest < LONGEST_WORDS && first + longest < words.len() {
            hash = join_hash(hash, words[first + longest].hash);
            ends[longest] = self.get(hash);
            longest += 1;
        }
        // The longest phrase of a cue says most; the shorter ones inside it add nothing.
        let mut told = GOES_ON;
        for len in (1..=longest).rev() {
            tell(ends[len - 1] & !told, len);
            told |= ends[len - 1];
        }
    }
}
