//! Columns made of documents.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_schema::{DataType, Field, FieldRef, Fields};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_arrow::ArrayBuilder;

use crate::error::{Error, Result};
use crate::io::schema::Type;

impl From<&Type> for DataType {
    fn from(kind: &Type) -> Self {
        match kind {
            Type::Text => Self::Utf8,
            Type::Integer => Self::Int64,
            Type::Number => Self::Float64,
            Type::Boolean => Self::Boolean,
            Type::List(item) => Self::List(Arc::new(Field::new_list_field((&**item).into(), true))),
            Type::Struct(fields) => Self::Struct(columns(fields)),
        }
    }
}

/// Columns of those names and types.
pub(crate) fn columns(fields: &[(String, Type)]) -> Fields {
    fields.iter().map(|(name, kind)| Field::new(name, kind.into(), true)).collect()
}

/// Columns under way: a row for each that is pushed.
#[derive(Debug)]
pub(crate) struct Building(ArrayBuilder);

impl Building {
    /// Of those columns.
    ///
    /// # Errors
    /// When one is of a type that cannot be built.
    pub fn new(columns: &[FieldRef]) -> Result<Self> {
        ArrayBuilder::from_arrow(columns).map(Self).map_err(failed)
    }

    /// The next row: an object of the columns. One that it lacks is null.
    ///
    /// # Errors
    /// When it holds something of another type, or more than a column can hold, 2 GB.
    pub fn push(&mut self, row: &impl Serialize) -> Result<()> {
        self.0.push(row).map_err(failed)
    }

    /// The columns, of all that was pushed.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn end(mut self) -> Result<Vec<ArrayRef>> {
        self.0.to_arrow().map_err(failed)
    }
}

fn failed(error: serde_arrow::Error) -> Error {
    Error::format(error.message().to_owned())
}

/// A row with one column, or with none that is known.
pub(crate) struct Only<'n, T>(pub &'n str, pub Option<T>);

impl<T: Serialize> Serialize for Only<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let mut to = to.serialize_map(None)?;
        if let Some(value) = &self.1 {
            to.serialize_entry(self.0, value)?;
        }
        to.end()
    }
}
