//! Datelines: where, when and by which agency a story was reported.

use serde::{Deserialize, Serialize};

use super::{Clues, decimal};
use crate::offsets::Span;

/// Place, date and agency at the head of a story.
///
/// ```
/// let text = "PARIS, May 4 (Reuters) - It rained all day.";
/// let dateline = copydesk::parse_dateline(text, &Default::default()).unwrap();
/// assert_eq!(&text[dateline.span.end..], "It rained all day.");
/// assert_eq!((&*dateline.places[0].name, dateline.agency.as_deref()), ("PARIS", Some("Reuters")));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dateline {
    /// As written, with the separator and the white space after it.
    pub raw: String,
    /// Where `raw` stands: in the text that was parsed, or in a document's input. The story proper begins at its end. Reporters
    /// and hours that stand inside are in `raw` alone.
    #[serde(flatten)]
    pub span: Span,
    /// In the order written.
    pub places: Vec<Place>,
    /// The date, when there is one.
    pub date: Option<PartialDate>,
    /// The agency as written.
    pub agency: Option<String>,
    /// A stable id for the agency ("reuters"), when it is a known one.
    pub agency_id: Option<String>,
    /// How sure: a probability, rounded to 4 places.
    #[serde(serialize_with = "decimal::serialize")]
    pub score: f32,
    /// What the score follows from; [`evidence`](Self::evidence) says it in words.
    pub(crate) clues: Clues,
}

/// A place of report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// As written.
    pub name: String,
    /// State, province or country as written after the name.
    pub qualifier: Option<String>,
    /// ISO 3166-1 alpha-2, where certain: what stands after the name says so, or the name is that of one large place.
    /// "Birmingham" alone has none.
    pub country: Option<String>,
    /// ISO 3166-2, where certain: known for cities in the United States, Canada, Australia, Germany, Austria, Switzerland,
    /// India, Brazil, Mexico, Spain and the United Kingdom, and wherever a state stands after the name.
    pub region: Option<String>,
}

/// A date of which parts may be unknown.
///
/// ```
/// let known = copydesk::ParseOptions::new().with_published("2016-05-06")?;
/// let date = copydesk::parse_dateline("PARIS, May 4 (Reuters) - It rained.", &known).unwrap().date.unwrap();
/// assert_eq!((date.month, date.day, date.year), (Some(5), Some(4), None));
/// assert_eq!(date.resolved.unwrap().to_string(), "2016-05-04");
/// # Ok::<(), copydesk::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartialDate {
    /// As written.
    pub raw: String,
    /// 1 to 12.
    pub month: Option<i8>,
    /// 1 to 31.
    pub day: Option<i8>,
    /// Four digits.
    pub year: Option<i16>,
    /// The day meant, where the date is full or a day of publication is known. An impossible date stays unresolved.
    #[serde(with = "iso_date")]
    pub resolved: Option<jiff::civil::Date>,
}

/// `jiff`'s dates as ISO 8601 text, without its serde feature.
mod iso_date {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(date: &Option<jiff::civil::Date>, to: S) -> Result<S::Ok, S::Error> {
        date.map(|date| date.to_string()).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<jiff::civil::Date>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
    }
}
