//! Linked data (JSON-LD): read as it is written, mended where it is written wrongly, and what its values say.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::said::Form;
use crate::document::FieldName;
use crate::offsets::Span;

/// So many items of a list are looked at.
const MOST: usize = 16;

/// So deep is linked data read.
pub(super) const DEEPEST: usize = 16;

/// A script of linked data.
pub(super) struct Script<'d> {
    text: &'d str,
    span: Span,
    /// Things by their `@id`.
    named: HashMap<&'d str, &'d Value>,
    /// Up to where its texts have been found.
    read: usize,
    /// How many things have been read, of this script and those before it.
    pub things: usize,
}

impl<'d> Script<'d> {
    pub fn of(text: &'d str, span: Span, data: &'d Value, things: usize) -> Self {
        let mut named = HashMap::new();
        name(data, &mut named, 0);
        Self { text, span, named, read: 0, things }
    }

    /// Where a text of it stands in the page; all of it, where the text is not written there as it is.
    pub fn place(&mut self, text: &str) -> Span {
        // Most are read in the order in which they are written.
        let find = |text: &str, from: usize| {
            Some(from + memchr::memmem::find(self.text.as_bytes().get(from..)?, text.as_bytes())?)
        };
        let whole = format!("\"{text}\"");
        let quoted = find(&whole, self.read).or_else(|| find(&whole, 0)).map(|at| at + 1);
        let Some(at) = quoted.or_else(|| find(text, self.read)).or_else(|| find(text, 0)) else { return self.span };
        self.read = at;
        Span::new(self.span.start + at, self.span.start + at + text.len())
    }

    /// A thing, where nothing but its `@id` stands here: as it is told elsewhere.
    pub fn thing<'v>(&self, value: &'v Value) -> &'v Value
    where
        'd: 'v,
    {
        let told = |fields: &Map<String, Value>| fields.keys().any(|key| !key.starts_with('@'));
        let elsewhere = value.as_object().filter(|fields| !told(fields)).and_then(|fields| fields.get("@id"));
        elsewhere.and_then(Value::as_str).and_then(|id| self.named.get(id).copied()).unwrap_or(value)
    }

    /// The names of persons or organisations.
    pub fn names(&self, value: &Value, depth: usize) -> Vec<String> {
        match value {
            _ if depth > DEEPEST => Vec::new(),
            Value::Array(all) => all.iter().take(MOST).flat_map(|one| self.names(one, depth + 1)).collect(),
            Value::Object(_) => self.thing(value).get("name").map(texts).unwrap_or_default(),
            value => texts(value),
        }
    }

    /// What a value says of a field: it, its names, its addresses.
    pub fn values(&self, of: FieldName, value: &Value, depth: usize) -> Vec<(Form, String)> {
        let text = |form: Form, value: &Value| texts(value).into_iter().map(move |text| (form, text)).collect();
        match value {
            _ if depth > DEEPEST => Vec::new(),
            Value::Array(all) => all.iter().take(MOST).flat_map(|one| self.values(of, one, depth + 1)).collect(),
            Value::Object(fields) => {
                let kinds = fields.get("@type").map(texts).unwrap_or_default();
                let keys: &[&str] = match of {
                    FieldName::Byline | FieldName::Site | FieldName::Tags | FieldName::Section => &["name"],
                    FieldName::Lang => &["alternateName", "name"],
                    FieldName::Image => &["url", "contentUrl", "@id"],
                    FieldName::Url => &["@id", "url"],
                    _ => &["@value"],
                };
                let Some(inner) = keys.iter().find_map(|key| fields.get(*key)) else {
                    // It stands elsewhere.
                    let named = fields.get("@id").and_then(Value::as_str).and_then(|id| self.named.get(id));
                    return named.map(|named| self.values(of, named, depth + 1)).unwrap_or_default();
                };
                let form = match of {
                    FieldName::Byline if kinds.iter().any(|kind| kind.ends_with("Organization")) => Form::Organisation,
                    FieldName::Byline => Form::Person,
                    _ => Form::Text,
                };
                match inner {
                    Value::Object(_) => self.values(of, inner, depth + 1),
                    inner => text(form, inner),
                }
            }
            value => text(Form::Text, value),
        }
    }
}

/// Finds the things of linked data that can be named elsewhere: those that have a name or an address.
fn name<'d>(data: &'d Value, named: &mut HashMap<&'d str, &'d Value>, depth: usize) {
    match data {
        _ if depth > DEEPEST => {}
        Value::Array(all) => all.iter().for_each(|one| name(one, named, depth + 1)),
        Value::Object(fields) => {
            let told = ["name", "url", "contentUrl"].into_iter().any(|key| fields.contains_key(key));
            if let Some(id) = fields.get("@id").and_then(Value::as_str).filter(|_| told) {
                named.entry(id).or_insert(data);
            }
            fields.values().for_each(|inner| name(inner, named, depth + 1));
        }
        _ => {}
    }
}

/// Whether a kind of linked data is what a page is about.
pub(super) fn is_work(kind: &str) -> bool {
    let kind = bare(kind);
    is_story(kind)
        || kind.ends_with("WebPage")
        || kind.ends_with("Page")
        || matches!(kind, "VideoObject" | "Recipe" | "Product" | "Course" | "Event" | "Question")
}

/// Whether it is a story.
pub(super) fn is_story(kind: &str) -> bool {
    let kind = bare(kind);
    kind.ends_with("Article") || kind.ends_with("Posting") || matches!(kind, "Review" | "Report")
}

/// A kind without the address of its vocabulary.
fn bare(kind: &str) -> &str {
    kind.rsplit(['/', ':']).next().unwrap_or(kind)
}

/// Linked data, with line ends inside its strings, as it is often written.
pub(super) fn json(data: &str) -> Option<Value> {
    let data = data.trim().trim_start_matches("<!--").trim_end_matches("-->");
    serde_json::from_str(data).ok().or_else(|| {
        let plain: String = data.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(
            plain.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim_end_matches(';'),
        )
        .ok()
    })
}

/// Linked data as it is often written wrongly: without comments, without commas before what closes, without what stands behind it, its
/// control characters as spaces.
pub(super) fn mended(data: &str) -> String {
    let mut mended = String::with_capacity(data.len());
    let mut chars = data.chars().peekable();
    // Commas that are written once something follows them, and how many brackets are open.
    let (mut comma, mut open) = (false, 0_usize);
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                if std::mem::take(&mut comma) {
                    mended.push(',');
                }
                mended.push(c);
                while let Some(inside) = chars.next() {
                    mended.push(if inside.is_control() { ' ' } else { inside });
                    match inside {
                        '\\' => mended.extend(chars.next()),
                        '"' => break,
                        _ => {}
                    }
                }
            }
            '/' if chars.peek() == Some(&'/') => chars.by_ref().take_while(|c| *c != '\n').for_each(drop),
            '/' if chars.peek() == Some(&'*') => {
                let mut star = false;
                chars
                    .by_ref()
                    .skip(1)
                    .take_while(|c| !std::mem::replace(&mut star, *c == '*') || *c != '/')
                    .for_each(drop);
            }
            ',' => comma = true,
            c if c.is_whitespace() || c.is_control() => mended.push(' '),
            c => {
                if std::mem::take(&mut comma) && !matches!(c, '}' | ']') {
                    mended.push(',');
                }
                open = match c {
                    '{' | '[' => open + 1,
                    '}' | ']' => open.saturating_sub(1),
                    _ => open,
                };
                // What stands before and behind it is none of it: `<!--`, `;`.
                if open > 0 || matches!(c, '}' | ']') {
                    mended.push(c);
                }
                if open == 0 && matches!(c, '}' | ']') {
                    break;
                }
            }
        }
    }
    mended
}

/// The texts of a value: it, or its items.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![decoded(text)],
        Value::Array(all) => {
            let texts = all.iter().filter_map(Value::as_str).filter(|text| !text.trim().is_empty());
            texts.take(MOST).map(decoded).collect()
        }
        _ => Vec::new(),
    }
}

/// Character references written out: linked data and meta tags are often encoded twice.
pub(super) fn decoded(text: &str) -> String {
    html_escape::decode_html_entities(text.trim()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_data_that_is_written_wrongly_is_mended() {
        for (written, want) in [
            (r#"{"a": 1,}"#, r#"{"a":1}"#),
            (r#"{"a": [1, 2, ], };"#, r#"{"a":[1,2]}"#),
            ("// one\n{\"a\": \"b // c, }\"} // two", r#"{"a":"b // c, }"}"#),
            ("/* one */ {\"a\": /* * / */ \"\\\",]\"}", r#"{"a":"\",]"}"#),
            ("<!-- {\"a\": \"two\nlines\"} -->", r#"{"a":"two lines"}"#),
            ("[{\"a\": 1}, {\"b\": 2},]", r#"[{"a":1},{"b":2}]"#),
        ] {
            let read: Value = serde_json::from_str(&mended(written)).unwrap();
            assert_eq!(read.to_string(), want, "{written}");
        }
        for written in ["", "{", "\"", "\"\\", "}", "/*", "//", ",,,,", "{\"a\""] {
            assert!(serde_json::from_str::<Value>(&mended(written)).is_err(), "{written}");
        }
    }
}
