//! Columns made of values of JSON.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, ListArray, NullArray, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::DataType;
use serde_json::Value;

use crate::error::quoted;

/// Rows whose value is of another type than its column, and why that is wrong; a row may be there twice.
pub(super) type Wrong = Vec<(usize, String)>;

/// A column of that type, which is one that `seen` or the schema gives. What is no text is one as JSON where texts are wanted; what is of
/// another type is null, and told.
pub(super) fn column(kind: &DataType, values: &[Option<&Value>], wrong: &mut Wrong) -> ArrayRef {
    let known = |value: &Option<&Value>| value.is_some_and(|value| !value.is_null());
    let mut is_not = |row: usize, value: &Value, wanted: &str| {
        let found = quoted(&value.to_string());
        wrong.push((row, format!("{found} is not {wanted}, as in the first records")));
    };
    macro_rules! numbers {
        ($array:ty, $read:ident, $wanted:literal) => {{
            let mut read = |(row, value): (usize, &Option<&Value>)| {
                let value = value.filter(|value| !value.is_null())?;
                let read = value.$read();
                if read.is_none() {
                    is_not(row, value, $wanted);
                }
                read
            };
            Arc::new(values.iter().enumerate().map(&mut read).collect::<$array>()) as ArrayRef
        }};
    }
    match kind {
        DataType::Boolean => numbers!(BooleanArray, as_bool, "true or false"),
        DataType::Int64 => numbers!(Int64Array, as_i64, "a whole number"),
        DataType::Float64 => numbers!(Float64Array, as_f64, "a number"),
        DataType::List(item) => {
            let (mut all, mut lengths) = (Vec::new(), Vec::with_capacity(values.len()));
            let (mut nulls, mut rows) = (Vec::with_capacity(values.len()), Vec::new());
            for (row, value) in values.iter().enumerate() {
                let items = match value {
                    Some(Value::Array(items)) => &items[..],
                    Some(value) if !value.is_null() => {
                        is_not(row, value, "a list");
                        &[]
                    }
                    _ => &[],
                };
                nulls.push(known(value));
                lengths.push(items.len());
                all.extend(items.iter().map(Some));
                rows.resize(all.len(), row);
            }
            let mut inside = Wrong::new();
            let items = column(item.data_type(), &all, &mut inside);
            wrong.extend(inside.into_iter().map(|(at, why)| (rows.get(at).copied().unwrap_or(0), why)));
            let (offsets, nulls) = (OffsetBuffer::from_lengths(lengths), Some(NullBuffer::from(nulls)));
            Arc::new(ListArray::new(Arc::clone(item), offsets, items, nulls))
        }
        DataType::Struct(fields) => {
            for (row, value) in values.iter().enumerate() {
                if let Some(value) = value.filter(|value| !value.is_null() && !value.is_object()) {
                    is_not(row, value, "an object");
                }
            }
            let mut of = |field: &Arc<arrow_schema::Field>| {
                let values: Vec<_> =
                    values.iter().map(|value| value.and_then(|value| value.get(field.name()))).collect();
                column(field.data_type(), &values, wrong)
            };
            let columns = fields.iter().map(&mut of).collect();
            let nulls = NullBuffer::from(values.iter().map(known).collect::<Vec<_>>());
            Arc::new(StructArray::new(fields.clone(), columns, Some(nulls)))
        }
        DataType::Null => Arc::new(NullArray::new(values.len())),
        _ => {
            let texts = values.iter().map(|value| match value {
                Some(Value::String(text)) => Some(Cow::Borrowed(&**text)),
                Some(value) if !value.is_null() => Some(Cow::Owned(value.to_string())),
                _ => None,
            });
            Arc::new(texts.collect::<StringArray>())
        }
    }
}
