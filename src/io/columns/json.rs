//! Values of columns as JSON.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, TimeUnit};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// A value as JSON. What JSON has no kind for, times and decimals, is a text; bytes are one where they are UTF-8.
///
/// # Errors
/// When it cannot be shown.
pub(super) fn of(column: &ArrayRef, row: usize) -> Result<String> {
    // The longest of all, and no need to copy it twice.
    if let Some(text) = text(column, row) {
        return serde_json::to_string(text).map_err(|error| Error::format(error.to_string()));
    }
    value(column, row).map(|value| value.to_string())
}

fn text(column: &ArrayRef, row: usize) -> Option<&str> {
    if column.is_null(row) {
        return None;
    }
    Some(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row),
        DataType::LargeUtf8 => column.as_string::<i64>().value(row),
        DataType::Utf8View => column.as_string_view().value(row),
        _ => return None,
    })
}

fn value(column: &ArrayRef, row: usize) -> Result<Value> {
    macro_rules! number {
        ($type:ty) => {
            Value::from(column.as_primitive::<$type>().value(row))
        };
    }
    if let Some(text) = text(column, row) {
        return Ok(Value::from(text));
    }
    if column.is_null(row) {
        return Ok(Value::Null);
    }
    let list =
        |values: ArrayRef| (0..values.len()).map(|i| value(&values, i)).collect::<Result<Vec<_>>>().map(Value::from);
    Ok(match column.data_type() {
        DataType::Null => Value::Null,
        DataType::Boolean => Value::from(column.as_boolean().value(row)),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float16 => Value::from(column.as_primitive::<Float16Type>().value(row).to_f64()),
        DataType::Float32 => number!(Float32Type),
        DataType::Float64 => number!(Float64Type),
        DataType::Binary => bytes(column.as_binary::<i32>().value(row))?,
        DataType::LargeBinary => bytes(column.as_binary::<i64>().value(row))?,
        DataType::BinaryView => bytes(column.as_binary_view().value(row))?,
        DataType::List(_) => list(column.as_list::<i32>().value(row))?,
        DataType::LargeList(_) => list(column.as_list::<i64>().value(row))?,
        DataType::FixedSizeList(_, _) => list(column.as_fixed_size_list().value(row))?,
        DataType::Struct(fields) => {
            let mut object = Map::new();
            for (field, column) in fields.iter().zip(column.as_struct().columns()) {
                object.insert(field.name().clone(), value(column, row)?);
            }
            Value::Object(object)
        }
        DataType::Dictionary(_, _) => {
            let dictionary = column.as_any_dictionary();
            let keys = dictionary.normalized_keys();
            match keys.get(row) {
                Some(key) => value(dictionary.values(), *key)?,
                None => Value::Null,
            }
        }
        DataType::Timestamp(unit, Some(_)) => {
            // The moment itself: names of zones would need tables.
            macro_rules! moment {
                ($type:ty) => {
                    Arc::new(column.as_primitive::<$type>().clone().with_timezone("+00:00"))
                };
            }
            let moments: ArrayRef = match unit {
                TimeUnit::Second => moment!(TimestampSecondType),
                TimeUnit::Millisecond => moment!(TimestampMillisecondType),
                TimeUnit::Microsecond => moment!(TimestampMicrosecondType),
                TimeUnit::Nanosecond => moment!(TimestampNanosecondType),
            };
            shown(&moments, row)?
        }
        _ => shown(column, row)?,
    })
}

/// A value as people write it.
fn shown(column: &ArrayRef, row: usize) -> Result<Value> {
    let failed = |error: arrow_schema::ArrowError| Error::format(error.to_string());
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(column.as_ref(), &options).map_err(failed)?;
    Ok(Value::from(formatter.value(row).try_to_string().map_err(failed)?))
}

fn bytes(bytes: &[u8]) -> Result<Value> {
    let text = std::str::from_utf8(bytes);
    text.map(Value::from).map_err(|error| Error::format(format!("not UTF-8 from byte {}", error.valid_up_to() + 1)))
}
