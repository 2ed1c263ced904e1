//! Names of places with their ISO codes: cities that datelines name, and the states and countries after them.

use unicode_normalization::UnicodeNormalization as _;

use crate::once::Lazy;
use crate::text::hash::Map;

const TABLE: &str = include_str!("../../packs/places.tsv");

/// An ISO 3166-1 code, or one of ISO 3166-2: "DE", "US-PA".
pub(crate) type Code = &'static str;

/// What a name can mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// A city is so called.
    pub city: bool,
    /// A city that is printed without a qualifier.
    pub alone: bool,
    /// The one place that the city's name means, when that is certain.
    pub code: Option<Code>,
    /// The country or state so called, when that is certain.
    pub area: Option<Code>,
    /// Countries and states so called that only the city in front can tell.
    pub areas: Vec<Code>,
}

impl Known {
    /// A country or state is so called.
    pub fn is_area(&self) -> bool {
        self.area.is_some() || !self.areas.is_empty()
    }
}

/// The country of a code.
pub(crate) fn country(code: Code) -> Code {
    code.split('-').next().unwrap_or(code)
}

/// The state of a code, `None` for a country's.
pub(crate) fn region(code: Code) -> Option<Code> {
    code.contains('-').then_some(code)
}

/// The state of a country that has this code there: "PE" in Brazil.
pub(crate) fn state(country: &str, letters: &str) -> Option<Code> {
    static STATES: Lazy<Map<&str, ()>> = Lazy::new(|| {
        let codes = TABLE.lines().skip(1).filter_map(|row| row.split('\t').nth(1));
        codes.filter_map(region).map(|code| (code, ())).collect()
    });
    let mut code = [0; 6];
    let len = country.len() + 1 + letters.len();
    let code = code.get_mut(..len)?;
    let bytes = country.bytes().chain([b'-']).chain(letters.bytes());
    code.iter_mut().zip(bytes).for_each(|(to, byte)| *to = byte);
    STATES.get_key_value(std::str::from_utf8(code).ok()?).map(|(code, ())| *code)
}

/// Read when a name is first looked up: most lines are none that name a place.
static PLACES: Lazy<Map<&str, Known>> = Lazy::new(|| {
    let mut table: Map<&str, Known> = Map::with_capacity_and_hasher(24_000, Default::default());
    for row in TABLE.lines().skip(1) {
        let mut cells = row.split('\t');
        let (Some(kind), Some(code), Some(names)) = (cells.next(), cells.next(), cells.next()) else { continue };
        for name in names.split('|') {
            let known = table.entry(name).or_default();
            match kind {
                "=" => known.area = Some(code),
                "~" => known.areas.push(code),
                _ => {
                    known.city = true;
                    known.alone = kind == "*";
                    known.code = (code != "-").then_some(code);
                }
            }
        }
    }
    table
});

/// What is known of a name, as written.
pub(crate) fn place(name: &str) -> Option<&'static Known> {
    // No name in the table is longer.
    if name.len() > 96 {
        return None;
    }
    let mut folded = [0; 48];
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b' ' || byte == b'-';
    if name.len() <= folded.len() && name.bytes().all(plain) {
        let folded = &mut folded[..name.len()];
        for (to, byte) in folded.iter_mut().zip(name.bytes()) {
            *to = if byte == b'-' { b' ' } else { byte.to_ascii_lowercase() };
        }
        return std::str::from_utf8(folded).ok().and_then(|name| PLACES.get(name));
    }
    PLACES.get(fold(name).as_str())
}

/// Small letters, hyphens as spaces, without dots, vowel signs, and accents on Latin and Greek letters; one form of the
/// letters that Arabic and Persian write differently.
fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut takes_accents = false;
    for c in name.to_lowercase().nfd() {
        match c {
            '\u{300}'..='\u{36f}' if takes_accents => continue,
            '\u{64b}'..='\u{65f}' | '.' | '\u{640}' | '\u{200c}'..='\u{200f}' | '\u{61c}' => continue,
            '-' | '\u{a0}' => folded.push(' '),
            '\u{2018}' | '\u{2019}' | 'ʻ' => folded.push('\''),
            'ı' => folded.push('i'),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ς' => folded.push('σ'),
            'ى' | 'ی' => folded.push('ي'),
            'ک' => folded.push('ك'),
            'ة' | 'ہ' | 'ە' => folded.push('ه'),
            _ => folded.push(c),
        }
        takes_accents = matches!(c, 'a'..='z' | 'α'..='ω');
    }
    folded.nfc().collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str) -> Option<Code> {
        place(name).and_then(|known| known.code)
    }

    fn area(name: &str) -> Option<Code> {
        place(name).and_then(|known| known.area)
    }

    #[test]
    fn the_table_is_folded_and_sound() {
        assert!(TABLE.len() <= 300_000);
        assert!(TABLE.lines().next().is_some_and(|line| line.starts_with("# ") && line.contains("CC BY 4.0")));
        for row in TABLE.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [kind, code, names] = cells[..] else { panic!("{row}") };
            assert!(["=", "~", "*", "+"].contains(&kind), "{row}");
            let (country, region) = code.split_once('-').unwrap_or((code, ""));
            let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
            assert!(code == "-" || is_code && region.len() <= 3, "{row}");
            for name in names.split('|') {
                assert_eq!(fold(name), name);
                assert!(!name.is_empty() && name.len() <= 96, "{name}");
            }
        }
    }

    #[test]
    fn cities_in_many_scripts() {
        for name in ["Moscow", "MOSKAU", "Moscú", "МОСКВА", "موسكو", "莫斯科", "モスクワ", "모스크바", "मॉस्को", "Μόσχα"]
        {
            assert_eq!(code(name).map(country), Some("RU"), "{name}");
        }
        for (name, want) in [
            ("ST. LOUIS", Some("US-MO")),
            ("Philadelphia", Some("US-PA")),
            ("Winnipeg", Some("CA-MB")),
            ("Düsseldorf", Some("DE-NW")),
            ("DUESSELDORF", Some("DE-NW")),
            ("NAIROBI", Some("KE")),
            ("İSTANBUL", Some("TR")),
            ("القاهرة", Some("EG")),
            ("مشهد", Some("IR")),
            ("Port-au-Prince", Some("HT")),
            ("Hong Kong", Some("HK")),
            ("Birmingham", None),
            ("Hyderabad", None),
            ("Nowhere", None),
        ] {
            assert_eq!(code(name), want, "{name}");
        }
        assert!(place("Birmingham").is_some_and(|known| known.city));
    }

    #[test]
    fn states_and_countries() {
        for (name, want) in [
            ("Calif.", Some("US-CA")),
            ("N.Y.", Some("US-NY")),
            ("W.Va.", Some("US-WV")),
            ("dc", Some("US-DC")),
            ("Ontario", Some("CA-ON")),
            ("Jal.", Some("MX-JAL")),
            ("Uttar Pradesh", Some("IN-UP")),
            ("Russland", Some("RU")),
            ("ALEMANIA", Some("DE")),
            ("Côte d’Ivoire", Some("CI")),
            ("UK", Some("GB")),
            ("Georgia", None),
            ("Nowhere", None),
        ] {
            assert_eq!(area(name), want, "{name}");
        }
        assert_eq!(place("Georgia").map(|known| known.areas.clone()), Some(vec!["GE", "US-GA"]));
        assert_eq!((state("BR", "PE"), state("BR", "XX"), state("BR", "PERNAMBUCO")), (Some("BR-PE"), None, None));
        assert_eq!((country("US-PA"), region("US-PA"), region("DE")), ("US", Some("US-PA"), None));
    }
}
