//! What a page says of its story: linked data (schema.org), Open Graph and other meta tags, its title. It is evidence, and can be wrong.

use serde_json::Value;

use super::head::Head;

/// What a page says of its story; each thing in the order in which it is trusted.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Said {
    pub headlines: Vec<String>,
    pub descriptions: Vec<String>,
    pub authors: Vec<String>,
    /// The text of the story.
    pub body: Option<String>,
    pub captions: Vec<String>,
    /// What kind of page it is, in small letters: of linked data, of Open Graph.
    pub kinds: Vec<String>,
}

/// So many things of a kind are looked at: a list of a thousand products says nothing of a story.
const MOST: usize = 16;

/// So deep is linked data read.
const DEEPEST: usize = 16;

impl Said {
    pub fn of(head: &Head) -> Self {
        let mut said = Self::default();
        for data in &head.data {
            if let Some(data) = json(data) {
                said.read(&data, 0);
            }
        }
        for (key, content) in &head.meta {
            let content = || decoded(content);
            match &**key {
                "og:title" | "twitter:title" | "dc.title" | "headline" | "title" => said.headlines.push(content()),
                "og:description" | "description" | "twitter:description" | "dc.description" => {
                    said.descriptions.push(content());
                }
                "author" | "article:author" | "og:article:author" | "dc.creator" | "parsely-author" | "byl"
                | "sailthru.author" => said.authors.push(content()),
                "og:type" => said.kinds.push(content().to_lowercase()),
                _ => {}
            }
        }
        if !head.title.trim().is_empty() {
            said.headlines.push(head.title.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        said.kinds.sort_unstable();
        said.kinds.dedup();
        // Every line is compared with all of them.
        for all in [&mut said.headlines, &mut said.descriptions, &mut said.authors, &mut said.kinds] {
            all.truncate(MOST);
        }
        said
    }

    fn read(&mut self, data: &Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match data {
            Value::Array(all) => all.iter().for_each(|one| self.read(one, depth + 1)),
            Value::Object(fields) => {
                let kinds: Vec<_> = fields.get("@type").map(texts).unwrap_or_default();
                if kinds.iter().any(|kind| is_work(kind)) {
                    self.kinds.extend(kinds.iter().map(|kind| kind.to_lowercase()));
                    self.read_work(data);
                }
                for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"] {
                    if let Some(inner) = fields.get(key) {
                        self.read(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn read_work(&mut self, data: &Value) {
        let of = |key: &str| data.get(key).map(texts).unwrap_or_default();
        self.headlines.extend(of("headline"));
        if data.get("headline").is_none() {
            self.headlines.extend(of("name"));
        }
        self.descriptions.extend(of("description"));
        self.authors.extend(data.get("author").map(names).unwrap_or_default());
        for key in ["image", "associatedMedia", "video"] {
            let captions = |of: &Value| {
                ["caption", "description", "name"].map(|key| of.get(key).map(texts).unwrap_or_default()).concat()
            };
            match data.get(key) {
                Some(Value::Array(all)) => self.captions.extend(all.iter().flat_map(captions)),
                Some(one) => self.captions.extend(captions(one)),
                None => {}
            }
        }
        let longest = of("articleBody").into_iter().max_by_key(String::len);
        if longest.as_ref().map(String::len) > self.body.as_ref().map(String::len) {
            self.body = longest;
        }
    }
}

/// Whether a kind of linked data is what a page is about.
fn is_work(kind: &str) -> bool {
    let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
    kind.ends_with("Article")
        || kind.ends_with("Posting")
        || kind.ends_with("WebPage")
        || kind.ends_with("Page")
        || matches!(kind, "Review" | "Report" | "VideoObject" | "Recipe" | "Product" | "Course" | "Event" | "Question")
}

/// Linked data, with line ends inside its strings, as it is often written.
fn json(data: &str) -> Option<Value> {
    let data = data.trim().trim_start_matches("<!--").trim_end_matches("-->");
    serde_json::from_str(data).ok().or_else(|| {
        let plain: String = data.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(
            plain.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim_end_matches(';'),
        )
        .ok()
    })
}

/// The texts of a value: it, or its items.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![decoded(text)],
        Value::Array(all) => {
            all.iter().filter_map(Value::as_str).filter(|text| !text.trim().is_empty()).map(decoded).collect()
        }
        _ => Vec::new(),
    }
}

/// The names of a value: of persons, of organisations.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().flat_map(names).collect(),
        Value::Object(fields) => fields.get("name").map(texts).unwrap_or_default(),
        value => texts(value),
    }
}

/// Character references written out: linked data and meta tags are often encoded twice.
fn decoded(text: &str) -> String {
    html_escape::decode_html_entities(text.trim()).into_owned()
}
