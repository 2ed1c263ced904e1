//! Who wrote a story, and when.

use serde::{Deserialize, Serialize};

use crate::named::named;
use crate::offsets::Span;

/// Who wrote the story, and who else had a part in it.
///
/// ```
/// let document = copydesk::clean("Tunnel closes for a month\n\nBy Nora Quill and Tom Berg\n\nIt will close on Monday, the city said.");
/// let names = document.byline().into_iter().flat_map(|byline| &byline.people).map(|person| &*person.name);
/// assert_eq!(names.collect::<Vec<_>>(), ["Nora Quill", "Tom Berg"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// As written, repaired; several lines joined by a line feed.
    pub text: String,
    /// From the first of its lines to the last: in the text that was parsed, or in a document's input. What stands between
    /// the lines of a byline that is not in one place lies inside.
    #[serde(flatten)]
    pub span: Span,
    /// The people named, in the order written.
    pub people: Vec<Person>,
    /// The agencies named, as written.
    pub agencies: Vec<String>,
}

impl Byline {
    /// Gives its span and those of its people by what `moved` makes of them.
    pub(crate) fn each_span(&mut self, mut change: impl FnMut(&mut Span)) {
        change(&mut self.span);
        self.people.iter_mut().for_each(|person| change(&mut person.span));
    }
}

/// A person named in a byline.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    /// As written; [`recased`](Self::recased) gives it without capitals throughout.
    pub name: String,
    /// Where the name stands: in the text that was parsed, or in a document's input.
    #[serde(flatten)]
    pub span: Span,
    /// What the person did for the story.
    pub part: Part,
    /// What the byline says the person is or did: "Senior Editor", "Additional reporting".
    pub role: Option<String>,
    /// Whom the person writes for.
    pub organisation: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// "@name".
    pub handle: Option<String>,
}

impl Person {
    /// The name with its words in capitals written as in a sentence: "NORA O'QUILL" is "Nora O'Quill", "Léa DUPONT" is "Léa
    /// Dupont". Initials, "III" and words that have small letters stay as they are. It is a guess: "MACDONALD" gives
    /// "Macdonald", and nothing tells the "DE" of "De Witt" from that of "de la Vega", which comes out small.
    ///
    /// ```
    /// let found = copydesk::parse_byline("BY J.R. VAN DER BERG AND LÉA MCQUILL", &Default::default()).unwrap();
    /// assert_eq!(found.people[0].recased(), "J.R. van der Berg");
    /// assert_eq!(found.people[1].recased(), "Léa McQuill");
    /// ```
    pub fn recased(&self) -> String {
        let shouted = !self.name.contains(char::is_lowercase);
        let words = self.name.split(' ').enumerate();
        words.map(|(i, word)| recased(word, i == 0, shouted)).collect::<Vec<_>>().join(" ")
    }
}

/// A word of a name; `shouted` when all the name is in capitals.
fn recased(word: &str, first: bool, shouted: bool) -> String {
    const SMALL: [&str; 18] = [
        "AF", "AV", "BIN", "DA", "DE", "DEL", "DELLA", "DEN", "DER", "DI", "DO", "DOS", "DU", "LA", "TEN", "TER",
        "VAN", "VON",
    ];
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let vowel = word.contains(['A', 'E', 'I', 'O', 'U', 'Y']) || !word.is_ascii();
    let initials = letters < 2 || word.contains('.') || letters == 2 && (!shouted || !vowel);
    if word.contains(char::is_lowercase) || initials || matches!(word, "II" | "III" | "IV") {
        return word.to_owned();
    }
    let small = |word: &str| word.to_lowercase().replace("i\u{307}", "i");
    if shouted && !first && SMALL.contains(&word) {
        return small(word);
    }
    let mut begins = true;
    let mut name = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        let irish = word.starts_with("MC") && at == 2 && letters > 3;
        if begins || irish {
            name.push(c)
        } else {
            name.push_str(&small(c.encode_utf8(&mut [0; 4])))
        }
        begins = !c.is_alphabetic()
            && !matches!(c, '\u{2019}' | '\'' if word.get(at..).is_some_and(|rest| rest.chars().count() < 3));
    }
    name
}

named! {
    /// What a [`Person`] did for the story.
    #[derive(Default)]
    #[non_exhaustive]
    Part "part" {
        /// Wrote it: also who is named with no word of what they did.
        #[default]
        Author = "author",
        /// Helped to report it: "with", "additional reporting by", "contributed to this report".
        Contributor = "contributor",
        /// Edited or checked it: "Editing by", "Fact checked by".
        Editor = "editor",
        /// Translated it.
        Translator = "translator",
        /// Took its photographs or shot its video.
        Photographer = "photographer",
        /// Drew its pictures or charts.
        Illustrator = "illustrator",
    }
}

/// A time of publication or update.
///
/// ```
/// let times = copydesk::parse_timestamps("Updated 4 May 2016 09:30 GMT", &Default::default());
/// assert_eq!(times[0].text, "4 May 2016 09:30 GMT");
/// assert_eq!(times[0].iso.as_deref(), Some("2016-05-04T09:30+00:00"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timestamp {
    /// As written, repaired: the date and the time of day, without the words that lead to them.
    pub text: String,
    /// Where `text` stands: in the text that was parsed, or in a document's input.
    #[serde(flatten)]
    pub span: Span,
    /// ISO 8601, as much as is certain: `2016-02`, `2016-02-04`, `2016-02-04T09:30`, `2016-02-04T09:30:00+03:30`. `None` when
    /// the day is not known, as of "2 hours ago" with no time to count from; when the day does not exist ("31 February");
    /// when a year is not of the Gregorian calendar; and of "03/04/2016" where nothing tells the day from the month.
    pub iso: Option<String>,
    /// What it is the time of.
    pub kind: TimestampKind,
}

named! {
    /// What a [`Timestamp`] is the time of.
    #[non_exhaustive]
    TimestampKind "kind of time" {
        /// First publication, or a bare date.
        Published = "published",
        /// A later change.
        Updated = "updated",
        /// Something else.
        Other = "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_are_written_small() {
        for (name, want) in [
            ("NORA QUILL", "Nora Quill"),
            ("Nora Quill", "Nora Quill"),
            ("Léa DUPRÉ-VIAL", "Léa Dupré-Vial"),
            ("DESMOND O'HARA", "Desmond O'Hara"),
            ("J.R. VAN DER BERG III", "J.R. van der Berg III"),
            ("JD QUILL", "JD Quill"),
            ("AJ Quill", "AJ Quill"),
            ("ED MCQUILL", "Ed McQuill"),
            ("İREM ŞAHİN", "İrem Şahin"),
            ("ИРИНА ЛУГОВА", "Ирина Лугова"),
            ("王小明", "王小明"),
            ("", ""),
        ] {
            assert_eq!(Person { name: name.to_owned(), ..Person::default() }.recased(), want);
        }
    }
}
