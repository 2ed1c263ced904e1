//! docs/document.schema.json holds for what Rust and the command write. The Python tests ask the schema with a validator; here the
//! keys are compared.

use copydesk::{Cleaner, FieldName, FieldSource, InlineKind};
use serde_json::Value;

use crate::support::root;

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join("docs/document.schema.json")).unwrap()).unwrap()
}

/// The page's example: the text, and the JSON without `blocks`.
fn example() -> (String, String) {
    let page = std::fs::read_to_string(root().join("docs/document.md")).unwrap();
    let block = |kind: &str| page.split_once(kind).unwrap().1.split_once("\n```").unwrap().0.to_owned();
    (block("```text\n"), block("```json\n"))
}

/// Panics where an object lacks a key that is required, or has one that the schema does not know.
fn check(value: &Value, schema: &Value, whole: &Value, path: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        return check(value, &whole["$defs"][name], whole, path);
    }
    if let Some(one) = schema["oneOf"].as_array() {
        return if value.is_null() {
        } else {
            check(value, &one[1], whole, path)
        };
    }
    if let Some(known) = schema["enum"].as_array() {
        assert!(known.contains(value), "{path}: {value} is none of {known:?}");
    }
    match value {
        Value::Object(entries) if schema["properties"].is_object() => {
            for key in schema["required"].as_array().unwrap() {
                assert!(entries.contains_key(key.as_str().unwrap()), "{path}: no {key}");
            }
            for (key, value) in entries {
                let property = &schema["properties"][key];
                assert!(property.is_object(), "{path}: the schema does not know {key}");
                check(value, property, whole, &format!("{path}.{key}"));
            }
        }
        Value::Array(items) if schema["items"].is_object() => {
            items.iter().for_each(|item| check(item, &schema["items"], whole, path));
        }
        _ => {}
    }
}

#[test]
fn documents_have_the_keys_of_the_schema() {
    let (schema, cleaner) = (schema(), Cleaner::default());
    let mut texts = vec![String::new(), example().0];
    for entry in std::fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            texts.push(std::fs::read_to_string(path).unwrap());
        }
    }
    assert!(texts.len() >= 7, "the examples are here");
    for text in texts {
        let document: Value = serde_json::from_str(&cleaner.clean(&text).to_json()).unwrap();
        check(&document, &schema, &schema, "document");
    }
}

#[test]
fn the_schema_and_the_page_list_the_kinds_of_inline() {
    let names: Vec<Value> = InlineKind::ALL.iter().map(|kind| kind.name().into()).collect();
    let inline = &schema()["properties"]["blocks"]["items"]["properties"]["inline"]["items"];
    assert_eq!(inline["properties"]["kind"]["enum"].as_array(), Some(&names));
    let page = std::fs::read_to_string(root().join("docs/document.md")).unwrap();
    for kind in InlineKind::ALL {
        assert!(page.contains(&format!("| `{}` |", kind.name())), "docs/document.md: no {}", kind.name());
    }
}

#[test]
fn the_schema_lists_the_fields_and_their_sources() {
    let schema = schema();
    let sources = &schema["properties"]["sources"];
    assert_eq!(sources["propertyNames"]["enum"], serde_json::json!(FieldName::NAMES));
    assert_eq!(sources["additionalProperties"]["enum"], serde_json::json!(FieldSource::NAMES));
    let page = "<html lang=en><meta name=date content=2024-05-17><meta name=author content='Nora Quill'><h1>Tunnel closes</h1>\
                <meta property=article:tag content=Tunnel><meta property=og:url content=https://orla.example/a>";
    let document: Value = serde_json::from_str(&copydesk::clean_html(page).to_json()).unwrap();
    check(&document, &schema, &schema, "document");
    let told = serde_json::json!({
        "title": "line", "byline": "meta", "published": "meta", "lang": "html", "url": "meta", "tags": "meta"
    });
    assert_eq!(document["sources"], told);
}

#[test]
fn the_example_of_the_page_is_what_comes_out() {
    let (text, json) = example();
    let document = copydesk::clean(&text).into_chars(&text);
    // In the order of the keys, which a `Value` does not keep.
    let whole = serde_json::to_string_pretty(&document).unwrap();
    let made = whole.split_once(",\n  \"blocks\": [").unwrap().0.to_owned() + "\n}";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let path = root().join("docs/document.md");
        let page = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, page.replace(&json, &made)).unwrap();
    }
    assert_eq!(example().1, made, "docs/document.md: run UPDATE_DOCS=1 cargo test --features cli schema");
}
