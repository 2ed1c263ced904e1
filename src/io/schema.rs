//! The types of what is written of a document, which hang on no data: from the schema of its JSON (docs/document.schema.json).

use std::fmt::{self, Display};

use serde_json::Value;

use super::fields::Field;
use crate::once::Lazy;

/// What a column or a part of one holds. All of it may be null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    /// Of 64 bits.
    Integer,
    /// Of 64 bits.
    Number,
    Boolean,
    List(Box<Type>),
    Struct(Vec<(String, Type)>),
}

static DOCUMENT: Lazy<Value> = Lazy::new(|| {
    let schema = include_str!("../../docs/document.schema.json");
    serde_json::from_str(schema).unwrap_or_default()
});

impl Type {
    /// That of a field.
    pub fn of_field(field: Field) -> Self {
        match field {
            Field::Markdown => Self::Text,
            Field::Words => Self::Integer,
            Field::Removed => {
                Self::list(Self::Struct(["label", "text"].map(|name| (name.to_owned(), Self::Text)).into()))
            }
            field => of(&DOCUMENT["properties"][field.name()], false),
        }
    }

    /// That of some fields together.
    pub fn of_fields(fields: &[Field]) -> Self {
        Self::Struct(fields.iter().map(|field| (field.name().to_owned(), Self::of_field(*field))).collect())
    }

    /// That of a whole document, with all that can be asked for.
    #[cfg_attr(not(feature = "columnar"), allow(dead_code, reason = "whole documents are in files of columns alone"))]
    pub fn whole() -> Self {
        of(&DOCUMENT, true)
    }

    fn list(item: Self) -> Self {
        Self::List(Box::new(item))
    }
}

/// As Arrow's and Parquet's readers write it: `list<struct<name: string>>`.
impl Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("string"),
            Self::Integer => f.write_str("int64"),
            Self::Number => f.write_str("double"),
            Self::Boolean => f.write_str("bool"),
            Self::List(item) => write!(f, "list<{item}>"),
            Self::Struct(fields) => {
                f.write_str("struct<")?;
                for (i, (name, kind)) in fields.iter().enumerate() {
                    write!(f, "{}{name}: {kind}", if i > 0 { ", " } else { "" })?;
                }
                f.write_str(">")
            }
        }
    }
}

/// The type that holds what a part of the schema allows; with what is there only where it is asked for (`all`), or without.
fn of(schema: &Value, all: bool) -> Type {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        return of(&DOCUMENT["$defs"][name], all);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        return choices.iter().find(|choice| choice["type"] != "null").map_or(Type::Text, |one| of(one, all));
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        kind => kind.as_str(),
    };
    match kind {
        Some("integer") => Type::Integer,
        Some("number") => Type::Number,
        Some("boolean") => Type::Boolean,
        Some("array") => Type::list(of(schema["prefixItems"].get(0).unwrap_or(&schema["items"]), all)),
        Some("object") => Type::Struct(members(schema, all)),
        _ if schema["const"].is_number() => Type::Integer,
        _ => Type::Text,
    }
}

/// The members of an object: those that are named, or all that its names may be.
fn members(schema: &Value, all: bool) -> Vec<(String, Type)> {
    let Some(named) = schema["properties"].as_object() else {
        let names = &schema["propertyNames"];
        let names = names["$ref"]
            .as_str()
            .and_then(|name| name.strip_prefix("#/$defs/"))
            .map_or(names, |name| &DOCUMENT["$defs"][name]);
        let kind = of(&schema["additionalProperties"], all);
        let names = names["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        return names.map(|name| (name.to_owned(), kind.clone())).collect();
    };
    // In the order of those that are always there, which is that of the JSON.
    let always = || schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let others = named.keys().map(String::as_str).filter(|name| all && always().all(|one| one != *name));
    always().chain(others).map(|name| (name.to_owned(), of(&named[name], all))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_of_the_document_gives_types() {
        let shown = |field: Field| Type::of_field(field).to_string();
        assert_eq!(
            (&*shown(Field::Text), &*shown(Field::VerdictScore), &*shown(Field::Words)),
            ("string", "double", "int64")
        );
        assert_eq!(shown(Field::Tags), "list<string>");
        assert!(shown(Field::Byline).contains("people: list<struct<name: string"), "{}", shown(Field::Byline));
        let blocks = shown(Field::Blocks);
        assert!(
            blocks.contains("kept: bool") && blocks.contains("label: string") && !blocks.contains("evidence"),
            "{blocks}"
        );
        let whole = Type::whole().to_string();
        assert!(
            whole.contains("probabilities: struct<title: double") && whole.contains("sources: struct<title: string"),
            "{whole}"
        );
    }

    #[test]
    fn every_field_has_a_type_that_says_what_it_holds() {
        for field in Field::ALL {
            assert_ne!(Type::of_field(field), Type::Struct(Vec::new()), "{field}");
            // What stands open would be text without being one.
            assert!(
                !matches!(Type::of_field(field), Type::Text)
                    || ["$ref", "type", "enum"]
                        .iter()
                        .any(|key| { !DOCUMENT["properties"][field.name()][*key].is_null() })
                    || field == Field::Markdown,
                "{field}"
            );
        }
    }
}
