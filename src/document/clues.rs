//! What speaks for and against a dateline: the one table of clues, and the set of those that were seen.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! clues {
    ($($variant:ident $name:literal $words:literal)*) => {
        /// Something that speaks for or against a dateline.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Clue { $(#[doc = $words] $variant,)* }

        impl Clue {
            /// All of them, in order.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// Its stable name: what `model/dateline.toml` and JSON call it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The one of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|clue| clue.name() == name)
            }

            /// What it says, for people.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }
        }
    };
}

clues! {
    // What was read.
    KnownAgency "known_agency" "a known agency"
    UnknownAgency "unknown_agency" "a name that is no known agency's, where agencies stand"
    DateAlone "date_alone" "a date and no agency"
    PlaceAlone "place_alone" "a place, with neither date nor agency"
    Date "date" "a date"
    NoPlace "no_place" "no place"
    // The agency.
    MarkedAgency "marked_agency" "brackets or slashes around the agency"
    AgencyFirst "agency_first" "the agency stands first"
    SourceName "source_name" "the agency is called as sources are: Orla News, Orla.com"
    SmallAgency "small_agency" "no capital in the agency's name"
    ShortAgency "short_agency" "an agency's name of five characters at most"
    OneWordAgency "one_word_agency" "an agency's name of one word, twelve characters at most"
    CallLetters "call_letters" "three to five capitals for an agency, as stations have"
    BodyForAgency "body_for_agency" "an organisation that news are about, where agencies stand"
    Staff "staff" "somebody of the paper in brackets"
    // The date.
    Year "year" "the date has a year"
    Day "day" "the date has a day"
    DateInBrackets "date_in_brackets" "a bracket opens before the date"
    DateAfterDash "date_after_dash" "a dash before the date"
    ShortenedDate "shortened_date" "the stop of a shortened month or year ends it"
    // The place.
    Capitals "capitals" "the place in capitals"
    KnownCity "known_city" "a known city; on a line of its own, a known state or country too"
    Famous "famous" "a city that agencies print alone"
    KnownArea "known_area" "a known state or country"
    Qualifier "qualifier" "something after the name of the place says which"
    Country "country" "it is certain in which country the place lies"
    Uncased "uncased" "a script without capitals"
    Several "several" "several places"
    OneWord "one_word" "one word for the place"
    FourWords "four_words" "four words or more for the place"
    SixWords "six_words" "six words or more for the place"
    ThreeLetters "three_letters" "three characters at most for the place, as tickers have"
    FourLetters "four_letters" "four letters at most for the place"
    CommonWord "common_word" "newspapers write the name of the place small"
    Kicker "kicker" "the name heads columns: BREAKING, ANALYSIS"
    Organisation "organisation" "the name is an organisation's"
    Month "month" "the name is a month's"
    PlaceShape "place_shape" "the name is made as those of places are"
    NoPersonsName "no_persons_name" "a known city, and people are not called so"
    // What ends it.
    Dash "dash" "a dash after it"
    StopDash "stop_dash" "a stop and a dash after it"
    Stop "stop" "a stop after it"
    Colon "colon" "a colon after it"
    Bar "bar" "a bar after it"
    Slash "slash" "a slash after it"
    Bullet "bullet" "a bullet after it"
    NoMark "no_mark" "no mark after it"
    WireStyle "wire_style" "a known place in capitals and a dash after it, as agencies write"
    Hyphen "hyphen" "the dash is a hyphen without spaces"
    StopIsUsual "stop_is_usual" "newspapers of the language set a stop after a place"
    // The story after it.
    Nothing "nothing" "nothing after it"
    SmallStart "small_start" "what follows begins with a small letter"
    Headline "headline" "what follows has capitals throughout, as headlines have"
    Shouts "shouts" "what follows is all in capitals"
    Sentence "sentence" "what follows is long, or ends as sentences do"
    EndStop "end_stop" "what follows ends with a stop"
    Tells "tells" "a sentence of five words or more follows"
    EightWords "eight_words" "a sentence of eight words or more follows"
    Long "long" "the line has more than 160 bytes"
    Name "name" "what follows opens with a capital, and with no word that newspapers write small"
    Quote "quote" "what follows opens with a quotation"
    Aside "aside" "a second dash soon after, and no place in capitals"
    Speech "speech" "what follows opens as speech does"
    DateAfter "date_after" "what follows opens with a date"
    DayAfter "day_after" "what follows opens with the number of a day"
    // Other shapes.
    Chinese "chinese" "the word for a report that Chinese wires end with"
    OwnReport "own_report" "the words for the paper's own report"
    Korean "korean" "place and source in brackets, an equals sign between, as in Korean"
    Japanese "japanese" "brackets around place, day and source, as in Japanese"
    OwnLine "own_line" "a line of its own"
    Labelled "labelled" "the line is labelled a dateline"
}

/// A set of clues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clues(u128);

impl Clues {
    /// Adds a clue, where it was seen.
    pub fn set(&mut self, clue: Clue, seen: bool) {
        self.0 |= u128::from(seen) << clue as u8;
    }

    /// Whether it was seen.
    pub const fn has(self, clue: Clue) -> bool {
        self.0 >> clue as u8 & 1 == 1
    }

    /// The clues, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = Clue> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let clue = Clue::ALL.get(left.trailing_zeros() as usize).copied()?;
            left &= left - 1;
            Some(clue)
        })
    }
}

impl FromIterator<Clue> for Clues {
    fn from_iter<I: IntoIterator<Item = Clue>>(clues: I) -> Self {
        let mut all = Self::default();
        clues.into_iter().for_each(|clue| all.set(clue, true));
        all
    }
}

/// Their names.
impl Serialize for Clues {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().map(Clue::name))
    }
}

impl<'de> Deserialize<'de> for Clues {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let named = |name: &String| {
            Clue::from_name(name).ok_or_else(|| D::Error::custom(format_args!("no clue is called {name:?}")))
        };
        Vec::<String>::deserialize(from)?.iter().map(named).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_written_by_name() {
        let mut clues: Clues = [Clue::Dash, Clue::KnownAgency].into_iter().collect();
        clues.set(Clue::Labelled, true);
        clues.set(Clue::Stop, false);
        let json = serde_json::to_string(&clues).unwrap();
        assert_eq!(json, r#"["known_agency","dash","labelled"]"#);
        assert_eq!(serde_json::from_str::<Clues>(&json).unwrap(), clues);
        assert!(serde_json::from_str::<Clues>(r#"["dish"]"#).unwrap_err().to_string().contains("\"dish\""));
        assert_eq!(Clue::ALL.into_iter().collect::<Clues>().iter().count(), Clue::ALL.len());
        assert!(Clue::ALL.len() <= 128);
    }

    #[test]
    fn no_name_stands_twice() {
        let mut names: Vec<_> = Clue::ALL.map(Clue::name).to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Clue::ALL.len());
    }
}
