//! Fields of pages: tests/fields/pages.jsonl, and what holds for any page. tests/python/test_fields.py reads the cases through the other doors.

use std::collections::HashSet;

use copydesk::{Cleaner, Document, FieldName, FieldSource, Hints, Input, clean, clean_html};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::root;

/// A page and what is to be read from it. A key that is not known is an error.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(rename = "kind")]
    _kind: Kind,
    url: Option<String>,
    /// Attributes of `<html>`.
    #[serde(default)]
    html: String,
    head: String,
    /// `{story}` stands for a story.
    body: String,
    /// The fields that are compared, exactly; of the sources those that are named.
    want: serde_json::Map<String, Value>,
    /// Why it is not read rightly yet. A case that is read rightly and has this is an error.
    known: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Wild,
    Synthetic,
    Negative,
}

const STORY: &str = "<p>The tunnel under the harbour will close on Monday for at least a month, the city said on Friday.</p>\
    <p>Engineers found cracks in three of the four pumps last week, and the mayor said that nobody wanted to wait for the \
    fourth.</p><p>The ferries will run every ten minutes until the tunnel is open again, she told reporters.</p>";

impl Case {
    fn page(&self) -> String {
        let Self { html, head, body, .. } = self;
        format!("<!DOCTYPE html><html{html}><head>{head}</head><body>{}</body></html>", body.replace("{story}", STORY))
    }

    fn hints(&self) -> Hints {
        self.url.as_ref().map_or_else(Hints::new, |url| Hints::new().with_source(url.clone()))
    }

    /// What was found of what is wanted.
    fn found(&self, document: &Document) -> serde_json::Map<String, Value> {
        let iso = |time: Option<&copydesk::Timestamp>| json!(time.and_then(|time| time.iso.clone()));
        let people =
            || document.byline().map(|byline| byline.people.iter().map(|person| person.name.clone()).collect());
        let found = |key: &String, want: &Value| match &**key {
            "title" => json!(document.title()),
            "deck" => json!(document.deck()),
            "byline" => json!(document.byline().map(|byline| &byline.text)),
            "people" => json!(people().unwrap_or_else(Vec::<String>::new)),
            "agencies" => json!(document.byline().map(|byline| byline.agencies.clone()).unwrap_or_default()),
            "published" => iso(document.published()),
            "updated" => iso(document.updated()),
            "site" => json!(document.site()),
            "lang" => json!(document.lang()),
            "url" => json!(document.url()),
            "section" => json!(document.section()),
            "tags" => json!(document.tags()),
            "image" => json!(document.image()),
            "sources" => {
                let named = want.as_object().unwrap().keys();
                let source = |name: &String| document.source_of(name.parse().unwrap()).map(FieldSource::name);
                named.map(|name| (name.clone(), json!(source(name)))).collect::<serde_json::Map<_, _>>().into()
            }
            key => panic!("{}: there is no {key}", self.name),
        };
        self.want.iter().map(|(key, want)| (key.clone(), found(key, want))).collect()
    }
}

fn cases() -> Vec<Case> {
    let text = std::fs::read_to_string(root().join("tests/fields/pages.jsonl")).unwrap();
    let cases: Vec<Case> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: HashSet<_> = cases.iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), cases.len(), "a name stands twice");
    assert!(cases.len() >= 50);
    cases
}

#[test]
fn fields_of_pages() {
    let cleaner = Cleaner::default();
    let mut wrong = Vec::new();
    for case in cases() {
        let page = case.page();
        let document = cleaner.clean_with(Input::html(&page), &case.hints());
        let found = case.found(&document);
        match (&case.known, found == case.want) {
            (None, false) => {
                wrong.push(format!("{}:\n  wanted {}\n  found  {}", case.name, json!(case.want), json!(found)))
            }
            (Some(_), true) => wrong.push(format!("{}: it is read rightly now: take its \"known\" out", case.name)),
            _ => {}
        }
        // Bytes are read as text is, and a field that is found says where.
        let of_bytes = cleaner.clean_with(Input::html(page.as_bytes()), &case.hints());
        assert_eq!(document, of_bytes, "{}", case.name);
        says_where(&document, &page, &case.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every field that is found has a source, and what stands in the page stands where its span says.
fn says_where(document: &Document, page: &str, name: &str) {
    let of = |field| document.source_of(field);
    let found = [
        (FieldName::Title, document.title().is_some()),
        (FieldName::Deck, document.deck().is_some()),
        (FieldName::Byline, document.byline().is_some()),
        (FieldName::Published, document.published().is_some()),
        (FieldName::Updated, document.updated().is_some()),
        (FieldName::Site, document.site().is_some()),
        (FieldName::Lang, document.lang().is_some()),
        (FieldName::Url, document.url().is_some()),
        (FieldName::Section, document.section().is_some()),
        (FieldName::Tags, !document.tags().is_empty()),
        (FieldName::Image, document.image().is_some()),
    ];
    assert_eq!(found.len(), FieldName::COUNT);
    for (field, found) in found {
        assert_eq!(of(field).is_some(), found, "{name}: {field}");
    }
    for time in document.published().iter().chain(&document.updated()) {
        let stands = &page[time.span.range()];
        assert!(
            stands.is_empty() && of(FieldName::Published) == Some(FieldSource::Url) || stands.contains(&time.text),
            "{name}: {stands}"
        );
    }
    for person in document.byline().iter().flat_map(|byline| &byline.people) {
        assert!(page[person.span.range()].contains(&person.name), "{name}: {:?}", &page[person.span.range()]);
    }
}

#[test]
fn a_field_stands_where_the_page_says_it() {
    let html = "<head><meta property='og:title' content='Ferry &amp; quay collide'><meta name=date content=2024-05-17>\
                <script type=application/ld+json>{\"@type\": \"NewsArticle\", \"author\": {\"name\": \"Nora Quill\"}}</script></head>";
    let document = clean_html(html);
    let (title, published) = (document.title_span().unwrap(), document.published().unwrap());
    // A value that is not written as it reads stands in its tag.
    assert_eq!(&html[title.range()], "<meta property='og:title' content='Ferry &amp; quay collide'>");
    assert_eq!((&*published.text, &html[published.span.range()]), ("2024-05-17", "2024-05-17"));
    let byline = document.byline().unwrap();
    assert_eq!((&html[byline.span.range()], &html[byline.people[0].span.range()]), ("Nora Quill", "Nora Quill"));
    let chars = document.clone().into_chars(html);
    assert_eq!(chars.title_span(), document.title_span());
}

#[test]
fn what_is_given_is_believed() {
    let html = "<html lang=de><title>Ferry hits quay</title><meta name=date content=2024-05-17><p>Ferry 12</p>";
    let hints = Hints::new().with_title("Tunnel closes").with_lang("fr").unwrap().with_published("2024-05-18").unwrap();
    let hints = hints.with_source("https://orla.example/a#b");
    let document = Cleaner::default().clean_with(Input::html(html), &hints);
    assert_eq!((document.title(), document.lang()), (Some("Tunnel closes"), Some("fr")));
    assert_eq!(document.published().unwrap().iso.as_deref(), Some("2024-05-18"));
    assert_eq!(document.url(), Some("https://orla.example/a"));
    for field in [FieldName::Title, FieldName::Lang, FieldName::Published, FieldName::Url] {
        assert_eq!(document.source_of(field), Some(FieldSource::Given), "{field}");
    }
}

#[test]
fn a_text_says_nothing_of_itself() {
    let document =
        clean("Tunnel closes for a month\n\nBy Nora Quill\n\n17 May 2024\n\nIt closes on Monday, the city said.");
    assert_eq!(document.source_of(FieldName::Byline), Some(FieldSource::Line));
    assert_eq!(document.source_of(FieldName::Published), Some(FieldSource::Line));
    assert_eq!((document.url(), document.section(), document.image(), document.tags().len()), (None, None, None, 0));
}

#[test]
fn what_a_page_says_changes_no_line() {
    let words = |head: &str| {
        let page = format!("<head>{head}</head><h1>Tunnel closes</h1>{STORY}");
        let document = clean_html(&page);
        (document.text().to_owned(), document.blocks().map(|block| block.text().to_owned()).collect::<Vec<_>>())
    };
    let said = "<meta name=author content='Nora Quill'><meta name=date content=2024-05-17><html lang=fr>";
    assert_eq!(words(said), words(""));
}
