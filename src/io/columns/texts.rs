//! Texts and days in columns of Arrow, whatever their type.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray};
use arrow_schema::{DataType, TimeUnit};
use jiff::civil::Date;

use crate::batch::Chunk;
use crate::cleaner::Input;
use crate::cleaner::day::day;
use crate::error::{Error, Result};

/// A column of texts. They are read as bytes: who made the column says that they are UTF-8, and may be wrong.
pub(crate) enum Texts {
    Small(BinaryArray),
    Large(LargeBinaryArray),
    View(BinaryViewArray),
    Dictionary(Vec<usize>, ArrayRef, Box<Texts>),
    Missing,
}

/// Whether a column of that type can be one of texts.
pub(super) fn holds_texts(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::Null => true,
        DataType::Dictionary(_, values) => holds_texts(values),
        _ => false,
    }
}

impl Texts {
    /// Those of a column; nothing is copied. Of a column that [`holds_texts`] refuses all are missing.
    pub fn of(column: &ArrayRef) -> Self {
        match column.data_type() {
            DataType::Utf8 => Self::Small(column.as_string::<i32>().clone().into()),
            DataType::LargeUtf8 => Self::Large(column.as_string::<i64>().clone().into()),
            DataType::Utf8View => Self::View(column.as_string_view().clone().to_binary_view()),
            DataType::Binary => Self::Small(column.as_binary().clone()),
            DataType::LargeBinary => Self::Large(column.as_binary().clone()),
            DataType::BinaryView => Self::View(column.as_binary_view().clone()),
            DataType::Dictionary(_, _) => {
                let dictionary = column.as_any_dictionary();
                if dictionary.values().is_empty() {
                    return Self::Missing;
                }
                let keys = dictionary.normalized_keys();
                Self::Dictionary(keys, column.clone(), Box::new(Self::of(dictionary.values())))
            }
            _ => Self::Missing,
        }
    }

    /// That of a row, nothing where it is missing.
    pub fn get(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Small(all) => all.is_valid(row).then(|| all.value(row)),
            Self::Large(all) => all.is_valid(row).then(|| all.value(row)),
            Self::View(all) => all.is_valid(row).then(|| all.value(row)),
            Self::Dictionary(keys, column, values) => {
                keys.get(row).filter(|_| column.is_valid(row)).and_then(|key| values.get(*key))
            }
            Self::Missing => None,
        }
    }

    /// How many of the first rows, of so many, are worked on together.
    pub fn at_once(&self, rows: usize) -> usize {
        let mut chunk = Chunk::new();
        let mut fits = |row: &usize| {
            let fits = chunk.has_room();
            chunk.add(self.get(*row).map_or(0, <[u8]>::len));
            fits
        };
        (0..rows).take_while(|row| fits(row)).count()
    }

    /// The same to be cleaned.
    pub fn input(&self, row: usize) -> Option<Input<'_>> {
        self.get(row).map(|bytes| std::str::from_utf8(bytes).map_or_else(|_| Input::from(bytes), Input::from))
    }

    /// The same as a text.
    pub fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        self.get(row).map(String::from_utf8_lossy)
    }
}

/// A column of days.
pub(super) enum Days {
    Written(Texts),
    Counted(ArrayRef),
}

/// Whether a column of that type can be one of days.
pub(super) fn holds_days(kind: &DataType) -> bool {
    matches!(kind, DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, _)) || holds_texts(kind)
}

impl Days {
    pub fn of(column: &ArrayRef) -> Self {
        match column.data_type() {
            DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, _) => Self::Counted(column.clone()),
            _ => Self::Written(Texts::of(column)),
        }
    }

    /// That of a row, nothing where it is missing; of a moment, its day in UTC.
    ///
    /// # Errors
    /// When it is written and cannot be read.
    pub fn get(&self, row: usize) -> Result<Option<Date>> {
        let counted = match self {
            Self::Written(texts) => {
                let text = texts.text(row).filter(|text| !text.trim().is_empty());
                return text.map(|text| day(&text)).transpose();
            }
            Self::Counted(column) if column.is_null(row) => return Ok(None),
            Self::Counted(column) => column,
        };
        const SECONDS: i64 = 24 * 60 * 60;
        macro_rules! of {
            ($type:ty, $in_a_day:expr) => {
                i64::from(counted.as_primitive::<$type>().value(row)).div_euclid($in_a_day)
            };
        }
        let days = match counted.data_type() {
            DataType::Date32 => of!(Date32Type, 1),
            DataType::Date64 => of!(Date64Type, SECONDS * 1_000),
            DataType::Timestamp(TimeUnit::Second, _) => of!(TimestampSecondType, SECONDS),
            DataType::Timestamp(TimeUnit::Millisecond, _) => of!(TimestampMillisecondType, SECONDS * 1_000),
            DataType::Timestamp(TimeUnit::Microsecond, _) => of!(TimestampMicrosecondType, SECONDS * 1_000_000),
            _ => of!(TimestampNanosecondType, SECONDS * 1_000_000_000),
        };
        let day = jiff::Span::new().try_days(days).and_then(|days| jiff::civil::date(1970, 1, 1).checked_add(days));
        day.map(Some).map_err(|_| Error::config(format!("published is {days} days after 1970-01-01, which is no date")))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{
        DictionaryArray, LargeStringArray, StringArray, StringViewArray, TimestampMillisecondArray, types::Int32Type,
    };

    use super::*;

    #[test]
    fn texts_are_the_same_in_every_type() {
        let given = [Some("Rain"), None, Some("")];
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from(given.to_vec())),
            Arc::new(LargeStringArray::from(given.to_vec())),
            Arc::new(StringViewArray::from(given.to_vec())),
            Arc::new(BinaryArray::from_iter(given)),
            Arc::new(LargeBinaryArray::from_iter(given)),
            Arc::new(BinaryViewArray::from_iter(given)),
            Arc::new(given.into_iter().collect::<DictionaryArray<Int32Type>>()),
        ];
        let sliced = StringArray::from(vec![Some("before"), Some("Rain"), None, Some(""), None]);
        columns.push(Arc::new(sliced.slice(1, 3)));
        for column in columns {
            assert!(holds_texts(column.data_type()));
            let texts = Texts::of(&column);
            assert_eq!(
                [0, 1, 2].map(|row| texts.text(row)),
                given.map(|text| text.map(Cow::from)),
                "{:?}",
                column.data_type()
            );
        }
    }

    #[test]
    fn a_dictionary_of_nothing_holds_nothing() {
        let column: ArrayRef = Arc::new([None::<&str>, None].into_iter().collect::<DictionaryArray<Int32Type>>());
        assert!((0..2).all(|row| Texts::of(&column).get(row).is_none()));
    }

    #[test]
    fn days_are_counted_from_1970() {
        let column: ArrayRef =
            Arc::new(TimestampMillisecondArray::from(vec![Some(-1), None, Some(86_400_000), Some(i64::MAX)]));
        let days = Days::of(&column);
        let day = |row| days.get(row).unwrap().map(|day| day.to_string());
        assert_eq!((day(0).as_deref(), day(1), day(2).as_deref()), (Some("1969-12-31"), None, Some("1970-01-02")));
        assert!(days.get(3).is_err());
    }
}
