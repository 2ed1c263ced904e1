//! Readers for callers who hold one line and want one field of it.

use jiff::civil::{Date, DateTime};

use super::day::{day, moment};
use crate::document::{Byline, Caption, Dateline, Inline, Timestamp};
use crate::error::{Result, fail_point};
use crate::fields::Context;
use crate::fields::byline::byline;
use crate::fields::caption::caption;
use crate::fields::dateline::{clues_in, dateline};
use crate::fields::inline::inline;
use crate::fields::timestamp::timestamps;
use crate::pack::Packs;
use crate::text::lang::Lang;

/// What is known of a line that is read by itself. All of it may be left out.
///
/// ```
/// use copydesk::ParseOptions;
/// let known = ParseOptions::new().with_lang("de")?.with_now("2016-05-04T01:15")?;
/// let times = copydesk::parse_timestamps("vor 2 Stunden", &known);
/// assert_eq!(times[0].iso.as_deref(), Some("2016-05-03T23:15"));
/// # Ok::<(), copydesk::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseOptions {
    /// The language of the line: decides between words and dates that several languages write alike.
    pub lang: Option<Lang>,
    /// The day of publication: resolves dates without a year, "today" and "3 days ago".
    pub published: Option<Date>,
    /// When the line was read, by the clock of its readers: does the same, and resolves "2 hours ago" too.
    pub now: Option<DateTime>,
}

impl ParseOptions {
    /// Nothing is known yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with the language, in whatever way [`Lang`] reads; blank text says nothing.
    ///
    /// # Errors
    /// When no language is called so; the message says what is understood.
    pub fn with_lang(self, lang: &str) -> Result<Self> {
        Ok(Self { lang: Lang::hint(lang)?, ..self })
    }

    /// The same with the day of publication, as [`Hints::with_published`](crate::Hints::with_published) reads it.
    ///
    /// # Errors
    /// When it is not a date; the message says what is understood.
    pub fn with_published(self, published: &str) -> Result<Self> {
        Ok(Self { published: Some(day(published)?), ..self })
    }

    /// The same with the moment when the line was read, of ISO 8601 or of a feed, as its clock shows it.
    ///
    /// # Errors
    /// When it is not a date with a time; the message says what is understood.
    pub fn with_now(self, now: &str) -> Result<Self> {
        Ok(Self { now: Some(moment(now)?), ..self })
    }

    fn context<'p>(&self, packs: &'p Packs) -> Context<'p> {
        Context { packs, lang: self.lang.map(Lang::code), published: self.published, now: self.now }
    }
}

/// The dateline at the head of a paragraph, `None` when it opens with none.
///
/// `published` resolves a date without a year. The span is one of bytes of `text`. The text is read as it stands: nothing is
/// repaired.
///
/// ```
/// let found = copydesk::parse_dateline("PARIS, May 4 (Reuters) - It rained all day.", &Default::default()).unwrap();
/// assert_eq!(found.places[0].name, "PARIS");
/// assert_eq!(found.agency_id.as_deref(), Some("reuters"));
/// assert_eq!(found.raw, "PARIS, May 4 (Reuters) - ");
/// ```
pub fn parse_dateline(text: &str, known: &ParseOptions) -> Option<Dateline> {
    fail_point(text.as_bytes());
    dateline(text, &known.context(&Packs::embedded()))
}

/// What datelines are decided by, for training: where the story begins, and the names of the clues in what the grammar reads at the
/// head of a text, or on a line of its own that has the label of a dateline or not.
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "training is in Python"))]
pub(crate) fn dateline_clues(
    text: &str,
    labelled: Option<bool>,
    known: &ParseOptions,
) -> Option<(usize, Vec<&'static str>)> {
    clues_in(text, labelled, &known.context(&Packs::embedded()))
}

/// The people and agencies that a byline names, `None` when it names nobody.
///
/// `text` is one line or several: a byline can be spread over a line for the name and one for the role. Whether the text is
/// a byline at all is not asked: of a line that is none, something may be taken for a name. `lang` decides between words that
/// several languages write alike ("en" is "and" in one and "in" in another). The spans are of bytes of `text`. Names stay as they are written; [`Person::recased`](crate::Person::recased) gives them without
/// capitals throughout.
///
/// ```
/// let known = copydesk::ParseOptions::new().with_lang("en")?;
/// let found = copydesk::parse_byline("By Nora Quill and TOM BERG, Senior Editor | Editing by Ann Li", &known).unwrap();
/// let people: Vec<_> = found.people.iter().map(|person| (&*person.name, person.part.name())).collect();
/// assert_eq!(people, [("Nora Quill", "author"), ("TOM BERG", "author"), ("Ann Li", "editor")]);
/// assert_eq!(found.people[1].role.as_deref(), Some("Senior Editor"));
/// assert_eq!(found.people[1].recased(), "Tom Berg");
/// assert!(copydesk::parse_byline("By our correspondent", &known).is_none());
/// # Ok::<(), copydesk::Error>(())
/// ```
pub fn parse_byline(text: &str, known: &ParseOptions) -> Option<Byline> {
    fail_point(text.as_bytes());
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            lines.push((at, line.trim_end_matches(['\n', '\r'])));
        }
        at += line.len();
    }
    byline(&lines, false, &known.context(&Packs::embedded()))
}

/// The times that a line tells, in its order; empty when it tells none.
///
/// `lang` decides which number of `03/04/2016` is the month. `published` resolves dates without a year (to the nearest such day),
/// "today", "yesterday" and "3 days ago"; `now` does the same, and resolves "2 hours ago" too. What neither these
/// nor the line make certain is left out of [`iso`](Timestamp::iso), which says when it is `None`. Zones are certain only
/// where an abbreviation has one meaning: `EST`, `MST` and `PST` beside a date written month first; `ET`, `CT` and `PT` since
/// 2007; `CST`, `IST`, `BST` and `AST` never. The spans are of bytes of `text`.
///
/// ```
/// let known = copydesk::ParseOptions::new().with_lang("en")?;
/// let times = copydesk::parse_timestamps("Published 3 May 2016, updated 4 May 2016 09:30 GMT", &known);
/// assert_eq!(times[0].iso.as_deref(), Some("2016-05-03"));
/// assert_eq!(times[1].iso.as_deref(), Some("2016-05-04T09:30+00:00"));
/// assert_eq!(times[1].kind, copydesk::TimestampKind::Updated);
/// # Ok::<(), copydesk::Error>(())
/// ```
pub fn parse_timestamps(text: &str, known: &ParseOptions) -> Vec<Timestamp> {
    fail_point(text.as_bytes());
    timestamps(text, "", &known.context(&Packs::embedded()))
}

/// A caption in its parts: the sentence, the credit, who is named in it. Spans
/// are of bytes of `text`, which is read as it stands.
///
/// ```
/// let caption = copydesk::parse_caption("The harbour of Orla. (AP Photo/Nora Quill)", &Default::default());
/// assert_eq!(caption.text, "The harbour of Orla.");
/// assert_eq!(caption.credits, ["AP", "Nora Quill"]);
/// ```
pub fn parse_caption(text: &str, known: &ParseOptions) -> Caption {
    fail_point(text.as_bytes());
    caption(text, &known.context(&Packs::embedded())).of(text, 0)
}

/// What stands inside a paragraph and is not part of its sentences: credits, "READ MORE: …", advertisements, marks of footnotes.
/// Spans are of bytes of `text`, which is read as it stands.
///
/// ```
/// let text = "It rained all day. (AFP photo)";
/// let inline = copydesk::parse_inline(text, &Default::default());
/// assert_eq!(inline[0].kind.name(), "credit");
/// assert_eq!(&text[inline[0].span.range()], " (AFP photo)");
/// ```
pub fn parse_inline(text: &str, known: &ParseOptions) -> Vec<Inline> {
    fail_point(text.as_bytes());
    inline(text, &known.context(&Packs::embedded()))
}

/// A headline and the site's name beside it; `titles` are other headlines of the document, `furniture` its menus and copyright lines,
/// `source` its address. For the project's own tests.
#[cfg(feature = "fuzzing")]
pub fn parse_title<'t>(
    text: &'t str,
    titles: &[&str],
    furniture: &[&str],
    source: Option<&str>,
) -> (&'t str, Option<&'t str>) {
    use crate::fields::title::{Known, title};
    use crate::text::part::PartOf;
    let parts = title(text, &Known { titles, furniture, source }, &Packs::embedded().wires);
    (text.part(parts.headline.range()), parts.site.map(|span| text.part(span.range())))
}
