//! The types of columns of records of JSON, from the first of them.

use arrow_schema::DataType;
use serde_json::Value;

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
    fn columns_are_of_what_was_seen() {
        let of = |json: &str| seen(serde_json::from_str::<Vec<Value>>(json).unwrap().iter());
        assert_eq!(of("[1, null, 2]"), DataType::Int64);
        assert_eq!(of("[1, 2.5]"), DataType::Float64);
        assert_eq!(of("[true]"), DataType::Boolean);
        assert_eq!((of("[]"), of("[1, \"a\"]"), of("[{}]")), (DataType::Utf8, DataType::Utf8, DataType::Utf8));
    }
}
