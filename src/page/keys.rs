//! By what keys pages say what of their story, and how far each is trusted: the one table of them.

use crate::document::FieldName::{
    self, Byline, Deck, Image, Lang, Published, Section, Site, Tags, Title, Updated, Url,
};

/// A way to say a field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// In small letters for meta tags, as schema.org writes it for linked data.
    pub name: &'static str,
    pub of: FieldName,
    /// From 1, hardly, to 6: what is likeliest to be right where sources differ.
    pub trust: u8,
}

const fn key(name: &'static str, of: FieldName, trust: u8) -> Key {
    Key { name, of, trust }
}

/// Of meta tags and of elements with a property (`itemprop`). Between `:`, `.`, `-` and `_` there is no difference.
const META: &[Key] = &[
    key("og:title", Title, 5),
    key("twitter:title", Title, 4),
    key("dc.title", Title, 3),
    key("headline", Title, 5),
    key("title", Title, 3),
    key("parsely-title", Title, 5),
    key("sailthru.title", Title, 4),
    key("dcterms.title", Title, 3),
    key("citation_title", Title, 5),
    key("og:description", Deck, 4),
    key("description", Deck, 3),
    key("twitter:description", Deck, 3),
    key("dc.description", Deck, 3),
    key("sailthru.description", Deck, 4),
    key("dcterms.description", Deck, 3),
    key("author", Byline, 4),
    key("article:author", Byline, 3),
    key("og:article:author", Byline, 3),
    key("dc.creator", Byline, 4),
    key("parsely-author", Byline, 5),
    key("byl", Byline, 5),
    key("sailthru.author", Byline, 5),
    key("dcterms.creator", Byline, 4),
    key("article:author_name", Byline, 4),
    key("citation_author", Byline, 5),
    key("cxenseparse:author", Byline, 4),
    // "Written by", in the language of the site.
    key("twitter:data1", Byline, 2),
    key("article:published_time", Published, 6),
    key("article:published", Published, 5),
    key("og:published_time", Published, 5),
    key("og:article:published_time", Published, 5),
    key("og:pubdate", Published, 5),
    key("datepublished", Published, 6),
    key("rnews:datepublished", Published, 5),
    key("parsely-pub-date", Published, 6),
    key("sailthru.date", Published, 5),
    key("publish_date", Published, 5),
    key("publishdate", Published, 5),
    key("published_time", Published, 5),
    key("published_date", Published, 5),
    key("published", Published, 4),
    key("publication_date", Published, 5),
    key("publicationdate", Published, 5),
    key("pubdate", Published, 5),
    key("pub_date", Published, 5),
    key("cxenseparse:recs:publishtime", Published, 5),
    key("cxenseparse:publishtime", Published, 5),
    key("originalpublicationdate", Published, 5),
    key("article_date_original", Published, 5),
    key("article.created", Published, 4),
    key("citation_publication_date", Published, 5),
    key("citation_online_date", Published, 5),
    key("citation_date", Published, 4),
    key("dc.date.issued", Published, 5),
    key("dc.date.created", Published, 4),
    key("dc.date", Published, 4),
    key("dc.created", Published, 4),
    key("dcterms.issued", Published, 5),
    key("dcterms.created", Published, 4),
    key("dcterms.date", Published, 4),
    key("dcterms.available", Published, 4),
    key("datecreated", Published, 4),
    key("uploaddate", Published, 4),
    key("created", Published, 3),
    key("date", Published, 4),
    key("article:modified_time", Updated, 6),
    key("article:modified", Updated, 5),
    key("og:updated_time", Updated, 4),
    key("og:article:modified_time", Updated, 5),
    key("datemodified", Updated, 6),
    key("modified_time", Updated, 4),
    key("dc.date.modified", Updated, 4),
    key("dcterms.modified", Updated, 4),
    key("lastmod", Updated, 4),
    key("moddate", Updated, 4),
    key("revised", Updated, 3),
    key("last-modified", Updated, 2),
    key("og:site_name", Site, 6),
    key("application-name", Site, 4),
    key("apple-mobile-web-app-title", Site, 3),
    key("dc.publisher", Site, 3),
    key("dcterms.publisher", Site, 3),
    key("publisher", Site, 3),
    key("citation_journal_title", Site, 4),
    key("og:locale", Lang, 3),
    key("content-language", Lang, 3),
    key("inlanguage", Lang, 3),
    key("dc.language", Lang, 3),
    key("dcterms.language", Lang, 3),
    key("language", Lang, 2),
    key("og:url", Url, 5),
    key("twitter:url", Url, 3),
    key("parsely-link", Url, 4),
    key("article:section", Section, 5),
    key("og:article:section", Section, 5),
    key("articlesection", Section, 5),
    key("parsely-section", Section, 5),
    key("section", Section, 3),
    key("article:tag", Tags, 6),
    key("og:article:tag", Tags, 6),
    key("parsely-tags", Tags, 5),
    key("sailthru.tags", Tags, 4),
    key("news_keywords", Tags, 5),
    key("keywords", Tags, 3),
    key("og:image", Image, 5),
    key("og:image:url", Image, 5),
    key("og:image:secure_url", Image, 5),
    key("twitter:image", Image, 4),
    key("twitter:image:src", Image, 4),
    key("parsely-image-url", Image, 4),
    key("sailthru.image.full", Image, 4),
    key("thumbnailurl", Image, 2),
    key("thumbnail", Image, 2),
    key("image", Image, 3),
];

/// Of what linked data says of a work.
pub(super) const DATA: &[Key] = &[
    key("headline", Title, 6),
    key("description", Deck, 5),
    key("author", Byline, 6),
    key("creator", Byline, 4),
    key("datePublished", Published, 6),
    key("uploadDate", Published, 5),
    key("dateCreated", Published, 4),
    key("dateModified", Updated, 6),
    key("publisher", Site, 5),
    key("inLanguage", Lang, 3),
    key("url", Url, 4),
    key("mainEntityOfPage", Url, 4),
    key("articleSection", Section, 6),
    key("keywords", Tags, 5),
    key("image", Image, 6),
    key("thumbnailUrl", Image, 3),
];

/// The name of what linked data describes: a work, and a site.
pub(super) const NAME: Key = key("name", Title, 4);
pub(super) const SITE: Key = key("name", Site, 4);

/// Of other HTML.
pub(super) const TITLE: Key = key("<title>", Title, 3);
pub(super) const LANG: Key = key("<html lang>", Lang, 4);
pub(super) const CANONICAL: Key = key("<link rel=canonical>", Url, 6);
pub(super) const IMAGE: Key = key("<link rel=image_src>", Image, 3);
/// A time that says what it is the time of, and one that does not.
pub(super) const PUBLISHED: Key = key("<time pubdate>", Published, 5);
pub(super) const UPDATED: Key = key("<time class=updated>", Updated, 5);
pub(super) const TIME: Key = key("<time datetime>", Published, 2);

/// What a meta tag of this name says.
pub(super) fn of_meta(name: &str) -> Option<&'static Key> {
    META.iter().find(|key| is_alike(key.name, name))
}

/// Whether two keys are the same but for the marks between their words.
fn is_alike(one: &str, other: &str) -> bool {
    let mark = |byte: u8| matches!(byte, b':' | b'.' | b'-' | b'_');
    one.len() == other.len() && one.bytes().zip(other.bytes()).all(|(a, b)| a == b || mark(a) && mark(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_stands_once_and_is_found() {
        for (at, key) in META.iter().enumerate() {
            assert!(META[..at].iter().all(|before| !is_alike(before.name, key.name)), "{}", key.name);
            assert_eq!(key.name, key.name.to_ascii_lowercase());
            assert!((1..=6).contains(&key.trust));
        }
        assert_eq!(of_meta("dc:date").map(|key| key.of), Some(Published));
        assert_eq!(of_meta("og.title").map(|key| key.of), Some(Title));
        assert!(of_meta("ogtitle").is_none());
    }
}
