//! Readers for callers who hold one line and want one field of it.

use jiff::civil::{Date, DateTime};

use crate::document::{Byline, Caption, Dateline, Inline, Timestamp};
use crate::error::fail_point;
use crate::pack::Packs;
use crate::read::Context;
use crate::read::byline::byline;
use crate::read::caption::caption;
use crate::read::dateline::dateline;
use crate::read::inline::inline;
use crate::read::timestamp::timestamps;
use crate::text::lang::Lang;

/// The code of the language that is called so.
fn code(lang: Option<&str>) -> Option<&'static str> {
    lang.and_then(|lang| lang.parse::<Lang>().ok()).map(Lang::code)
}

/// The dateline at the head of a paragraph, `None` when it opens with none.
///
/// `lang` is the language of the text, in any way that [`Lang`] reads (what names no language says nothing), and `published` the day of publication, which resolves a date without a
/// year; either may be left out. The span is one of bytes of `text`. The text is read as it stands: nothing is repaired.
///
/// ```
/// let found = copydesk::parse_dateline("PARIS, May 4 (Reuters) - It rained all day.", None, None).unwrap();
/// assert_eq!(found.places[0].name, "PARIS");
/// assert_eq!(found.agency_id.as_deref(), Some("reuters"));
/// assert_eq!(found.raw, "PARIS, May 4 (Reuters) - ");
/// ```
pub fn parse_dateline(text: &str, lang: Option<&str>, published: Option<Date>) -> Option<Dateline> {
    fail_point(text.as_bytes());
    dateline(text, &Context { packs: &Packs::embedded(), lang: code(lang), published, now: None })
}

/// The people and agencies that a byline names, `None` when it names nobody.
///
/// `text` is one line or several: a byline can be spread over a line for the name and one for the role. Whether the text is
/// a byline at all is not asked: of a line that is none, something may be taken for a name. `lang` is its language, ISO
/// 639-1, and decides between words that several languages write alike ("en" is "and" in one and "in" in another). The spans
/// are of bytes of `text`. Names stay as they are written; [`Person::recased`](crate::Person::recased) gives them without
/// capitals throughout.
///
/// ```
/// let found = copydesk::parse_byline("By Nora Quill and TOM BERG, Senior Editor | Editing by Ann Li", Some("en")).unwrap();
/// let people: Vec<_> = found.people.iter().map(|person| (&*person.name, person.part.name())).collect();
/// assert_eq!(people, [("Nora Quill", "author"), ("TOM BERG", "author"), ("Ann Li", "editor")]);
/// assert_eq!(found.people[1].role.as_deref(), Some("Senior Editor"));
/// assert_eq!(found.people[1].recased(), "Tom Berg");
/// assert!(copydesk::parse_byline("By our correspondent", None).is_none());
/// ```
pub fn parse_byline(text: &str, lang: Option<&str>) -> Option<Byline> {
    fail_point(text.as_bytes());
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            lines.push((at, line.trim_end_matches(['\n', '\r'])));
        }
        at += line.len();
    }
    byline(&lines, false, &Context { packs: &Packs::embedded(), lang: code(lang), published: None, now: None })
}

/// The times that a line tells, in its order; empty when it tells none.
///
/// `lang` is the language of the line: it decides which number of `03/04/2016` is the month. `published` is the day of
/// publication; it resolves dates without a year (to the nearest such day), "today", "yesterday" and "3 days ago". `now` is
/// when the line was read, in the clock of its readers; it does the same, and resolves "2 hours ago" too. What neither these
/// nor the line make certain is left out of [`iso`](Timestamp::iso), which says when it is `None`. Zones are certain only
/// where an abbreviation has one meaning: `EST`, `MST` and `PST` beside a date written month first; `ET`, `CT` and `PT` since
/// 2007; `CST`, `IST`, `BST` and `AST` never. The spans are of bytes of `text`.
///
/// ```
/// let times = copydesk::parse_timestamps("Published 3 May 2016, updated 4 May 2016 09:30 GMT", Some("en"), None, None);
/// assert_eq!(times[0].iso.as_deref(), Some("2016-05-03"));
/// assert_eq!(times[1].iso.as_deref(), Some("2016-05-04T09:30+00:00"));
/// assert_eq!(times[1].kind, copydesk::TimestampKind::Updated);
/// let now = jiff::civil::date(2016, 5, 4).at(1, 15, 0, 0);
/// let times = copydesk::parse_timestamps("vor 2 Stunden", Some("de"), None, Some(now));
/// assert_eq!(times[0].iso.as_deref(), Some("2016-05-03T23:15"));
/// ```
pub fn parse_timestamps(
    text: &str,
    lang: Option<&str>,
    published: Option<Date>,
    now: Option<DateTime>,
) -> Vec<Timestamp> {
    fail_point(text.as_bytes());
    timestamps(text, "", &Context { packs: &Packs::embedded(), lang: code(lang), published, now })
}

/// A caption in its parts: the sentence, the credit, who is named in it. `lang` is its language, if it is known; spans
/// are of bytes of `text`, which is read as it stands.
///
/// ```
/// let caption = copydesk::parse_caption("The harbour of Orla. (AP Photo/Nora Quill)", None);
/// assert_eq!(caption.text, "The harbour of Orla.");
/// assert_eq!(caption.credits, ["AP", "Nora Quill"]);
/// ```
pub fn parse_caption(text: &str, lang: Option<&str>) -> Caption {
    fail_point(text.as_bytes());
    let parts = caption(text, &Context { packs: &Packs::embedded(), lang: code(lang), published: None, now: None });
    parts.of(text, 0)
}

/// What stands inside a paragraph and is no part of its sentences: credits, "READ MORE: …", advertisements, marks of footnotes.
/// The arguments are those of [`parse_caption`].
///
/// ```
/// let text = "It rained all day. (AFP photo)";
/// let inline = copydesk::parse_inline(text, None);
/// assert_eq!(inline[0].kind.name(), "credit");
/// assert_eq!(&text[inline[0].span.range()], " (AFP photo)");
/// ```
pub fn parse_inline(text: &str, lang: Option<&str>) -> Vec<Inline> {
    fail_point(text.as_bytes());
    inline(text, &Context { packs: &Packs::embedded(), lang: code(lang), published: None, now: None })
}

/// A headline and the site's name beside it; `titles` are other headlines of the document, `furniture` its menus and copyright lines,
/// `source` its address. For the project's own tests.
#[cfg(any(feature = "fuzzing", test))]
pub fn parse_title<'t>(
    text: &'t str,
    titles: &[&str],
    furniture: &[&str],
    source: Option<&str>,
) -> (&'t str, Option<&'t str>) {
    use crate::read::title::{Known, title};
    use crate::text::part::PartOf;
    let parts = title(text, &Known { titles, furniture, source }, &Packs::embedded().wires);
    (text.part(parts.headline.range()), parts.site.map(|span| text.part(span.range())))
}
