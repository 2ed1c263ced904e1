//! The types of columns: those of what is added to a record, from the schema of its JSON, and those of records of JSON, from the first of
//! them.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields};
use serde_json::Value;

use crate::once::Lazy;

static DOCUMENT: Lazy<Value> = Lazy::new(|| {
    let schema = include_str!("../../../docs/document.schema.json");
    serde_json::from_str(schema).unwrap_or_default()
});

/// The type of the field that is added, an object of those parts.
pub(super) fn added(parts: &[&str]) -> DataType {
    let kind = |part: &str| match part {
        "words" => DataType::Int64,
        "removed" => list(object(["label", "text"].map(|name| (name, DataType::Utf8)))),
        part => of(&DOCUMENT["properties"][part]),
    };
    object(parts.iter().map(|part| (*part, kind(part))))
}

/// The type of a whole document.
pub(super) fn whole() -> DataType {
    of(&DOCUMENT)
}

fn list(of: DataType) -> DataType {
    DataType::List(Arc::new(Field::new_list_field(of, true)))
}

fn object<'n>(fields: impl IntoIterator<Item = (&'n str, DataType)>) -> DataType {
    DataType::Struct(fields.into_iter().map(|(name, kind)| Field::new(name, kind, true)).collect::<Fields>())
}

/// The type that holds what a part of the schema allows. What it leaves open is a text, JSON.
fn of(schema: &Value) -> DataType {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        return of(&DOCUMENT["$defs"][name]);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        return choices.iter().find(|choice| choice["type"] != "null").map_or(DataType::Null, of);
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        kind => kind.as_str(),
    };
    match kind {
        Some("integer") => DataType::Int64,
        Some("number") => DataType::Float64,
        Some("boolean") => DataType::Boolean,
        Some("array") => {
            let items = schema["prefixItems"].get(0).unwrap_or(&schema["items"]);
            list(of(items))
        }
        Some("object") if schema["properties"].is_object() => {
            let empty = serde_json::Map::new();
            let fields = schema["properties"].as_object().unwrap_or(&empty);
            object(fields.iter().map(|(name, schema)| (&**name, of(schema))))
        }
        _ if schema["const"].is_number() => DataType::Int64,
        _ => DataType::Utf8,
    }
}

/// The type of a column in which there are those values of JSON.
pub(super) fn seen<'v>(values: impl Iterator<Item = &'v Value>) -> DataType {
    let mut kind = None;
    for value in values {
        let next = match value {
            Value::Null => continue,
            Value::Bool(_) => DataType::Boolean,
            Value::Number(number) if number.is_i64() => DataType::Int64,
            Value::Number(_) => DataType::Float64,
            _ => DataType::Utf8,
        };
        kind = Some(match kind {
            None => next,
            Some(kind) if kind == next => kind,
            Some(DataType::Int64 | DataType::Float64) if matches!(next, DataType::Int64 | DataType::Float64) => {
                DataType::Float64
            }
            Some(_) => return DataType::Utf8,
        });
    }
    kind.unwrap_or(DataType::Utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_of_the_document_gives_types() {
        let DataType::Struct(fields) = added(&["text", "verdict_score", "byline", "captions", "words"]) else {
            panic!()
        };
        let kind = |name: &str| fields.find(name).unwrap().1.data_type().clone();
        assert_eq!(
            (kind("text"), kind("verdict_score"), kind("words")),
            (DataType::Utf8, DataType::Float64, DataType::Int64)
        );
        let DataType::Struct(byline) = kind("byline") else { panic!() };
        let DataType::List(people) = byline.find("people").unwrap().1.data_type() else { panic!() };
        assert!(matches!(people.data_type(), DataType::Struct(_)));
        assert!(matches!(whole(), DataType::Struct(_)));
    }

    #[test]
    fn columns_are_of_what_was_seen() {
        let of = |json: &str| seen(serde_json::from_str::<Vec<Value>>(json).unwrap().iter());
        assert_eq!(of("[1, null, 2]"), DataType::Int64);
        assert_eq!(of("[1, 2.5]"), DataType::Float64);
        assert_eq!(of("[true]"), DataType::Boolean);
        assert_eq!((of("[]"), of("[1, \"a\"]"), of("[{}]")), (DataType::Utf8, DataType::Utf8, DataType::Utf8));
    }
}
