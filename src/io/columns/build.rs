//! Columns made of values of JSON.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, ListArray, NullArray, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::DataType;
use serde_json::Value;

use crate::error::Error;

/// A column of that type, which is one that `schema` gives. What is no text is one as JSON where texts are wanted.
///
/// # Errors
/// When a value is of another type: its row, and why.
pub(super) fn column(kind: &DataType, values: &[Option<&Value>]) -> std::result::Result<ArrayRef, (usize, Error)> {
    let wrong = |row: usize, wanted: &str| {
        let found = values.get(row).copied().flatten().map(Value::to_string).unwrap_or_default();
        (row, Error::format(format!("{} is not {wanted}, as in the first records", crate::error::quoted(&found))))
    };
    let known = |value: &Option<&Value>| value.is_some_and(|value| !value.is_null());
    macro_rules! numbers {
        ($array:ty, $read:ident, $wanted:literal) => {{
            let mut made = Vec::with_capacity(values.len());
            for (row, value) in values.iter().enumerate() {
                made.push(match value {
                    Some(value) if !value.is_null() => Some(value.$read().ok_or_else(|| wrong(row, $wanted))?),
                    _ => None,
                });
            }
            Arc::new(<$array>::from(made)) as ArrayRef
        }};
    }
    Ok(match kind {
        DataType::Boolean => numbers!(BooleanArray, as_bool, "true or false"),
        DataType::Int64 => numbers!(Int64Array, as_i64, "a whole number"),
        DataType::Float64 => numbers!(Float64Array, as_f64, "a number"),
        DataType::List(item) => {
            let (mut all, mut lengths) = (Vec::new(), Vec::with_capacity(values.len()));
            let (mut nulls, mut rows) = (Vec::with_capacity(values.len()), Vec::new());
            for (row, value) in values.iter().enumerate() {
                let items = match value {
                    Some(Value::Array(items)) => &items[..],
                    _ if !known(value) => &[],
                    _ => return Err(wrong(row, "a list")),
                };
                nulls.push(known(value));
                lengths.push(items.len());
                all.extend(items.iter().map(Some));
                rows.resize(all.len(), row);
            }
            let items =
                column(item.data_type(), &all).map_err(|(at, error)| (rows.get(at).copied().unwrap_or(0), error))?;
            Arc::new(ListArray::new(
                Arc::clone(item),
                OffsetBuffer::from_lengths(lengths),
                items,
                Some(NullBuffer::from(nulls)),
            ))
        }
        DataType::Struct(fields) => {
            if let Some(row) = values.iter().position(|value| known(value) && !value.is_some_and(Value::is_object)) {
                return Err(wrong(row, "an object"));
            }
            let of =
                |name: &str| values.iter().map(|value| value.and_then(|value| value.get(name))).collect::<Vec<_>>();
            let columns = fields.iter().map(|field| column(field.data_type(), &of(field.name())));
            let columns = columns.collect::<std::result::Result<Vec<_>, _>>()?;
            let nulls = NullBuffer::from(values.iter().map(known).collect::<Vec<_>>());
            Arc::new(StructArray::new(fields.clone(), columns, Some(nulls)))
        }
        DataType::Null => Arc::new(NullArray::new(values.len())),
        _ => {
            let texts = values.iter().map(|value| match value {
                Some(Value::String(text)) => Some(std::borrow::Cow::Borrowed(&**text)),
                Some(value) if !value.is_null() => Some(std::borrow::Cow::Owned(value.to_string())),
                _ => None,
            });
            Arc::new(texts.collect::<StringArray>())
        }
    })
}
