//! One record of a JSONL file: an object whose fields keep their order, and the very characters they were written with.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::{Error, Result};

/// A JSON object, read only so far as it is asked about.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    /// Names as written, with their quotes and escapes; and values as written.
    fields: Vec<(Cow<'a, str>, &'a RawValue)>,
}

/// What a field holds that may be a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Held {
    Text(String),
    Null,
}

impl<'a> Record<'a> {
    /// Reads a line.
    ///
    /// # Errors
    /// Why the line is not a record.
    pub fn of(line: &'a [u8]) -> Result<Self> {
        let text = std::str::from_utf8(line)
            .map_err(|error| Error::format(format!("not UTF-8 from byte {}", error.valid_up_to() + 1)))?;
        if text.trim().is_empty() {
            return Err(Error::format("an empty line"));
        }
        serde_json::from_str(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => Error::format("not a JSON object"),
            _ => Error::format(format!("not JSON: {error}")),
        })
    }

    /// A record of those fields: names, and values in JSON.
    ///
    /// # Errors
    /// When a value is no JSON.
    pub fn from_fields(fields: &'a [(impl AsRef<str>, String)]) -> Result<Self> {
        let raw = |value: &'a str| {
            serde_json::from_str::<&RawValue>(value).map_err(|error| Error::format(format!("not JSON: {error}")))
        };
        let field = |(name, value): &'a (_, String)| Ok((Cow::Borrowed(AsRef::<str>::as_ref(name)), raw(value)?));
        Ok(Self { fields: fields.iter().map(field).collect::<Result<_>>()? })
    }

    /// Names and values as they were written, in their order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.fields.iter().map(|(name, value)| (&**name, value.get()))
    }

    /// The text in a field, or that it is null.
    ///
    /// # Errors
    /// When there is no such field, or something else in it.
    pub fn held(&self, field: &str) -> Result<Held> {
        match self.get(field) {
            Some(raw) if raw.get() == "null" => Ok(Held::Null),
            _ => self.text(field).map(Held::Text),
        }
    }

    /// The text in a field. Half of a surrogate pair, which is not a character, becomes U+FFFD.
    ///
    /// # Errors
    /// When there is no such field, or no text in it.
    pub fn text(&self, field: &str) -> Result<String> {
        let Some(raw) = self.get(field) else {
            return Err(Error::format(format!("no field {field:?}")));
        };
        let found = match raw.get().as_bytes().first() {
            Some(b'"') => {
                return string(raw).ok_or_else(|| Error::format(format!("the field {field:?} cannot be read")));
            }
            Some(b'n') => "null",
            Some(b't' | b'f') => "a boolean",
            Some(b'[') => "an array",
            Some(b'{') => "an object",
            _ => "a number",
        };
        Err(Error::format(format!("the field {field:?} is {found}, not a string")))
    }

    /// What is in a field, as JSON; nothing where it is null, or not there.
    pub fn json(&self, field: &str) -> Option<&'a str> {
        self.get(field).map(RawValue::get).filter(|json| *json != "null")
    }

    /// The last field of that name, which is the one that other readers of JSON take.
    fn get(&self, field: &str) -> Option<&'a RawValue> {
        self.fields.iter().rev().find(|(name, _)| name == field).map(|(_, value)| *value)
    }

    /// Writes the record with a field `added` at its end, a name and a JSON value, in place of any that was called so; and with another one
    /// `placed` where a field of its name stands, or else before that.
    pub fn write_with(&self, placed: Option<(&str, &str)>, added: Option<(&str, &str)>, to: &mut Vec<u8>) {
        to.push(b'{');
        let begin = to.len();
        self.each_with(placed, added, |name, value| {
            if to.len() > begin {
                to.push(b',');
            }
            to.extend_from_slice(serde_json::Value::from(name).to_string().as_bytes());
            to.push(b':');
            to.extend_from_slice(value.as_bytes());
        });
        to.push(b'}');
    }

    /// The fields that [`write_with`](Self::write_with) writes, in their order.
    pub fn each_with(
        &self,
        mut placed: Option<(&str, &str)>,
        added: Option<(&str, &str)>,
        mut each: impl FnMut(&str, &str),
    ) {
        for (name, raw) in self.fields.iter().filter(|(name, _)| added.is_none_or(|(added, _)| name != added)) {
            // One field of the name is enough.
            match placed.take_if(|(placed, _)| placed == name) {
                Some((name, value)) => each(name, value),
                None => each(name, raw.get()),
            }
        }
        for (name, value) in placed.into_iter().chain(added) {
            each(name, value);
        }
    }
}

/// The text that a JSON string stands for; nothing where it is none.
pub(crate) fn text_of(json: &str) -> Option<String> {
    json.starts_with('"').then(|| serde_json::from_str(json).ok().and_then(string)).flatten()
}

fn string(raw: &RawValue) -> Option<String> {
    struct Text;
    impl Visitor<'_> for Text {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        // Half a surrogate pair comes as the three bytes that UTF-8 would give it.
        fn visit_bytes<E>(self, bytes: &[u8]) -> std::result::Result<String, E> {
            let mut text = String::with_capacity(bytes.len());
            for chunk in bytes.utf8_chunks() {
                text.push_str(chunk.valid());
                if chunk.invalid().first() == Some(&0xed) {
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
            Ok(text)
        }
    }
    serde_json::Deserializer::from_str(raw.get()).deserialize_bytes(Text).ok()
}

impl<'de: 'a, 'a> Deserialize<'de> for Record<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Record<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Record<'de>, A::Error> {
                let mut fields = Vec::with_capacity(map.size_hint().unwrap_or(8));
                while let Some(Name(name)) = map.next_key()? {
                    fields.push((name, map.next_value()?));
                }
                Ok(Record { fields })
            }
        }
        from.deserialize_map(Fields)
    }
}

/// A field's name, borrowed where it was written without escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> std::result::Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> std::result::Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        from.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_as_it_was_written() {
        let line =
            r#"{"n": 1.10000000000000000000001, "n":2e400,"a\"b":"\ud800 \u00e4","copydesk":0 , "o":{"z":1,"a":[ ]}}"#;
        let record = Record::of(line.as_bytes()).unwrap();
        let mut out = Vec::new();
        record.write_with(None, Some(("copydesk", "{}")), &mut out);
        let want =
            r#"{"n":1.10000000000000000000001,"n":2e400,"a\"b":"\ud800 \u00e4","o":{"z":1,"a":[ ]},"copydesk":{}}"#;
        assert_eq!(String::from_utf8(out).unwrap(), want);
        assert_eq!(record.text("a\"b").unwrap(), "\u{fffd} ä");
    }

    #[test]
    fn empty_objects_get_their_field() {
        let mut out = Vec::new();
        Record::of(b" {} ").unwrap().write_with(None, Some(("x", "1")), &mut out);
        assert_eq!(out, br#"{"x":1}"#);
        for (record, want) in [
            (r#"{"a":1,"text":"old","b":2}"#, r#"{"a":1,"text":"new","b":2,"x":1}"#),
            (r#"{"a":1}"#, r#"{"a":1,"text":"new","x":1}"#),
        ] {
            let mut out = Vec::new();
            Record::of(record.as_bytes()).unwrap().write_with(Some(("text", "\"new\"")), Some(("x", "1")), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), want);
        }
    }

    #[test]
    fn what_is_no_record_says_why() {
        for (line, why) in [
            (&b""[..], "an empty line"),
            (b" \t", "an empty line"),
            (b"{\"a\": \xff}", "not UTF-8 from byte 7"),
            (b"[1]", "not a JSON object"),
            (b"\"text\"", "not a JSON object"),
            (b"{\"text\": \"cut of", "not JSON: EOF while parsing a string at line 1 column 16"),
        ] {
            assert_eq!(Record::of(line).unwrap_err().to_string(), why);
        }
        let record = Record::of(br#"{"a": null, "b": 1, "c": [], "d": {}, "e": false}"#).unwrap();
        for (field, why) in [
            ("text", "no field \"text\""),
            ("a", "the field \"a\" is null, not a string"),
            ("b", "the field \"b\" is a number, not a string"),
            ("c", "the field \"c\" is an array, not a string"),
            ("d", "the field \"d\" is an object, not a string"),
            ("e", "the field \"e\" is a boolean, not a string"),
        ] {
            assert_eq!(record.text(field).unwrap_err().to_string(), why);
        }
    }
}
