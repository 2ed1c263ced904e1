//! Readers for callers who hold one line and want one field of it.

use crate::document::{Caption, Dateline, Inline};
use crate::pack::Packs;
use crate::read::Context;
use crate::read::caption::caption;
use crate::read::dateline::dateline;
use crate::read::inline::inline;
use crate::read::title::{Known, title};

/// The dateline at the head of a paragraph, `None` when it opens with none.
///
/// `lang` is the language of the text, ISO 639-1, and `published` the day of publication, which resolves a date without a
/// year; either may be left out. The span is one of bytes of `text`. The text is read as it stands: nothing is repaired.
///
/// ```
/// let found = copydesk::parse_dateline("PARIS, May 4 (Reuters) - It rained all day.", None, None).unwrap();
/// assert_eq!(found.places[0].name, "PARIS");
/// assert_eq!(found.agency_id.as_deref(), Some("reuters"));
/// assert_eq!(found.raw, "PARIS, May 4 (Reuters) - ");
/// ```
pub fn parse_dateline(text: &str, lang: Option<&str>, published: Option<jiff::civil::Date>) -> Option<Dateline> {
    dateline(text, &Context { packs: &Packs::embedded(), lang, published })
}

/// A caption in its parts: the sentence, the credit, who is named in it. `lang` is its language, ISO 639-1, if it is known; spans
/// are of bytes of `text`, which is read as it stands.
///
/// ```
/// let caption = copydesk::parse_caption("The harbour of Orla. (AP Photo/Nora Quill)", None);
/// assert_eq!(caption.text, "The harbour of Orla.");
/// assert_eq!(caption.credits, ["AP", "Nora Quill"]);
/// ```
pub fn parse_caption(text: &str, lang: Option<&str>) -> Caption {
    let parts = caption(text, &Context { packs: &Packs::embedded(), lang, published: None });
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
    inline(text, &Context { packs: &Packs::embedded(), lang, published: None })
}

/// A headline and the site's name beside it; `titles` are other headlines of the document, `furniture` its menus and copyright lines,
/// `source` its address. For the project's own tests.
#[doc(hidden)]
pub fn parse_title<'t>(
    text: &'t str,
    titles: &[&str],
    furniture: &[&str],
    source: Option<&str>,
) -> (&'t str, Option<&'t str>) {
    let parts = title(text, &Known { titles, furniture, source }, &Packs::embedded().wires);
    (&text[parts.headline.range()], parts.site.map(|span| &text[span.range()]))
}
