//! What is known of each character: which byte it is in which encoding, and how likely it stands where it stands.

use super::tables::{
    ALPHABETS, CAPITALS, CODECS, COSTS, HIGH, KINDS, LATIN_CAPITALS, LATIN_UPPER, NOTHING, OWN, PAIRS, RUNS, SPACE,
    UPPER,
};
use crate::once::Lazy;

/// How many encodings there are.
pub(super) const ENCODINGS: usize = CODECS.len();
/// windows-1252 and, as it takes C1 controls for the bytes of their number, Latin-1.
pub(super) const WINDOWS_1252: usize = 0;
/// Mac OS Roman.
pub(super) const MACROMAN: usize = ENCODINGS - 2;
/// Encodings whose byte A0 is a no-break space, which a space may have taken the place of: all but the last two.
pub(super) const A0: u16 = (1 << (ENCODINGS - 2)) - 1;

/// A set of encodings, one bit each.
pub(super) type Set = u16;

/// What a character is as a byte, in each encoding.
#[derive(Clone, Copy, Default)]
pub(super) struct Bytes {
    /// The character.
    code: u16,
    /// The encodings in which it begins a sequence of two, three or four bytes.
    pub leads: [Set; 3],
    /// Those in which it begins one of two with a space in the place of the other.
    pub before_space: Set,
    /// Those in which it goes on with one.
    pub follows: Set,
    /// Those that do not have it as the same byte as windows-1252.
    pub differs: Set,
    /// The byte, 0 where there is none.
    pub bytes: [u8; ENCODINGS],
}

impl Bytes {
    /// The encodings in which it begins a sequence.
    pub(super) fn leads(&self) -> Set {
        self.leads[0] | self.leads[1] | self.leads[2]
    }
}

/// What is known of one character.
#[derive(Clone, Copy, Default)]
struct Info {
    /// Its row in `Tables::bytes`; the first one is for characters that are in no encoding.
    row: u16,
    kind: u8,
    cost: u8,
}

/// The generated tables, spread out for the basic plane.
pub(super) struct Tables {
    infos: Vec<Info>,
    bytes: Vec<Bytes>,
}

const PLANE: u32 = 0x1_0000;

static TABLES: Lazy<Tables> = Lazy::new(Tables::new);

/// The tables, made when first asked for.
pub(super) fn tables() -> &'static Tables {
    &TABLES
}

impl Tables {
    fn new() -> Self {
        let mut infos = vec![Info::default(); PLANE as usize];
        for (i, &(from, kind)) in RUNS.iter().enumerate() {
            let to = RUNS.get(i + 1).map_or(PLANE, |next| next.0).min(PLANE);
            for code in from..to {
                infos[code as usize] = Info { row: 0, kind, cost: COSTS[usize::from(kind)] };
            }
        }
        for (code, cost) in OWN {
            infos[usize::from(code)].cost = cost;
        }
        let mut tables = Self { infos, bytes: vec![Bytes { differs: Set::MAX, ..Bytes::default() }] };
        for (encoding, chars) in HIGH.iter().enumerate() {
            for (byte, &code) in (0x80..=0xff).zip(chars) {
                tables.add(code, encoding, byte);
            }
        }
        // Latin-1 has controls where windows-1252 has other characters.
        for byte in 0x80..0xa0 {
            tables.add(u16::from(byte), WINDOWS_1252, byte);
        }
        for bytes in &mut tables.bytes[1..] {
            // Â before a space is damage; В is a word.
            let latin = bytes.code < 0x250;
            for (encoding, &byte) in bytes.bytes.iter().enumerate() {
                let set = 1 << encoding;
                match byte {
                    0x80..=0xbf => bytes.follows |= set,
                    // C0 begins the NUL of Java.
                    0xc0 | 0xc2..=0xdf => bytes.leads[0] |= set,
                    0xe0..=0xef => bytes.leads[1] |= set,
                    0xf0..=0xf4 => bytes.leads[2] |= set,
                    _ => {}
                }
                if is_before_space(byte) && (latin || byte != 0xc2) {
                    bytes.before_space |= set & A0;
                }
                if byte != bytes.bytes[WINDOWS_1252] {
                    bytes.differs |= set;
                }
            }
        }
        tables
    }

    fn add(&mut self, code: u16, encoding: usize, byte: u8) {
        let info = &mut self.infos[usize::from(code)];
        if info.row == 0 {
            info.row = self.bytes.len() as u16;
            self.bytes.push(Bytes { code, ..Bytes::default() });
        }
        self.bytes[usize::from(info.row)].bytes[encoding] = byte;
    }

    #[inline]
    pub(super) fn bytes(&self, c: char) -> &Bytes {
        let row = self.infos.get(c as usize).map_or(0, |info| info.row);
        &self.bytes[usize::from(row)]
    }

    /// Whether a character may be of a text, or of a layer of one: Mac OS Roman has one for private use.
    pub(super) fn is_assigned(&self, c: char) -> bool {
        match c {
            '\u{f8ff}' => true,
            '\u{e000}'..='\u{f8fe}' | '\u{f0000}'.. => false,
            _ => self.kind(c).0 != NOTHING,
        }
    }

    /// The kind of a character, and what it costs that it is just this one of its kind.
    #[inline]
    pub(super) fn kind(&self, c: char) -> (u8, i32) {
        if let Some(info) = self.infos.get(c as usize) {
            return (info.kind, i32::from(info.cost));
        }
        let run = RUNS.partition_point(|run| run.0 <= c as u32) - 1;
        (RUNS[run].1, i32::from(COSTS[usize::from(RUNS[run].1)]))
    }
}

/// Whether a lead and the byte A0, for which a space may stand, are a character in use: the no-break space, à, Š, Π, Р, נ, ٠.
fn is_before_space(lead: u8) -> bool {
    matches!(lead, 0xc2 | 0xc3 | 0xc5 | 0xce | 0xd0 | 0xd7 | 0xd9)
}

/// The languages that write a letter of Latin, one bit each, when some do.
pub(super) fn languages(letter: char) -> Option<u64> {
    let found = ALPHABETS.binary_search_by_key(&(letter as u32), |letter| letter.0.into());
    found.ok().map(|found| ALPHABETS[found].1)
}

/// Whether a mark is one that is set for a plain one, or after a word.
pub(super) fn is_set(mark: char) -> bool {
    matches!(
        mark,
        '…' | '–'
            | '—'
            | '’'
            | '‘'
            | '”'
            | '“'
            | '„'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '\u{a0}'
            | '™'
            | '®'
            | '•'
            | '·'
    )
}

/// What it costs that a character of one kind stands before one of another, in eighths of a bit.
#[inline]
pub(super) fn pair(left: u8, right: u8) -> i32 {
    i32::from(PAIRS[usize::from(left) % KINDS][usize::from(right) % KINDS])
}

/// The kind of a character after one of `left`: a capital may be one of several.
#[inline]
pub(super) fn after(left: u8, kind: u8) -> u8 {
    match (left, kind) {
        (UPPER | LATIN_UPPER | CAPITALS | LATIN_CAPITALS, UPPER) => CAPITALS,
        (UPPER | LATIN_UPPER | CAPITALS | LATIN_CAPITALS, LATIN_UPPER) => LATIN_CAPITALS,
        _ => kind,
    }
}

/// The kind of what is before the beginning and after the end of a line.
pub(super) const EDGE: u8 = SPACE;
