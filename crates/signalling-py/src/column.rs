//! Columns under construction. A column that a row does not touch costs that row nothing: nulls are filled in later, many at once.

mod strings;

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, BooleanArray, Int64Array, new_null_array};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType};

/// Rows of one batch: enough to write a column at a stretch, few enough to stay in the cache.
pub(crate) const BATCH_ROWS: usize = 1 << 14;

pub(crate) use strings::{Addresses, Labels, TextLists, Texts, Words};

/// A column of one table.
pub(crate) trait Column: Default {
    /// The Arrow type of its values.
    fn data_type() -> DataType;
    /// The column of `rows` rows, at most [`BATCH_ROWS`]; the next one begins empty.
    fn finish(&mut self, rows: usize) -> Result<ArrayRef, ArrowError>;
}

/// Which rows have a value: a bit a row.
#[derive(Default)]
struct Presence {
    words: Vec<u64>,
}

impl Presence {
    /// Say that `row` has a value.
    #[inline]
    fn set(&mut self, row: usize) {
        if self.words.is_empty() {
            self.words.resize(BATCH_ROWS.div_ceil(64), 0);
        }
        if let Some(word) = self.words.get_mut(row >> 6) {
            *word |= 1 << (row & 63);
        }
    }

    /// The rows that have none; nothing when all have one.
    fn finish(&mut self, rows: usize) -> Option<NullBuffer> {
        let words = core::mem::take(&mut self.words);
        let nulls = NullBuffer::new(BooleanBuffer::new(Buffer::from(words), 0, rows));
        (nulls.null_count() > 0).then_some(nulls)
    }

    const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// A value in each row of a batch, zero until it is set.
#[derive(Default)]
struct Slots<T> {
    values: Vec<T>,
}

impl<T: Clone + Default> Slots<T> {
    #[inline]
    fn set(&mut self, row: usize, value: T) {
        if self.values.is_empty() {
            self.values.resize(BATCH_ROWS, T::default());
        }
        if let Some(slot) = self.values.get_mut(row) {
            *slot = value;
        }
    }

    fn finish(&mut self, rows: usize) -> Vec<T> {
        let mut values = core::mem::take(&mut self.values);
        values.resize(rows, T::default());
        values
    }
}

/// A column without values, made once and shared by all batches that have none.
fn absent(shared: &mut Option<ArrayRef>, data_type: &DataType, rows: usize) -> ArrayRef {
    let array = shared.take().filter(|array| array.len() >= rows).unwrap_or_else(|| new_null_array(data_type, rows));
    let slice = array.slice(0, rows);
    *shared = Some(array);
    slice
}

/// Signed 64-bit integers: Spark has no others, and SQL sums of narrower ones overflow.
#[derive(Default)]
pub(crate) struct Integers {
    presence: Presence,
    values: Slots<i64>,
    absent: Option<ArrayRef>,
}

impl Integers {
    #[inline]
    pub(crate) fn set(&mut self, row: usize, value: impl Into<i64>) {
        self.presence.set(row);
        self.values.set(row, value.into());
    }

    /// Set a number that may use all 64 bits: the same bits, read as two's complement.
    #[inline]
    pub(crate) fn set_bits(&mut self, row: usize, value: u64) {
        self.set(row, value.cast_signed());
    }

    #[inline]
    pub(crate) fn maybe(&mut self, row: usize, value: Option<impl Into<i64>>) {
        if let Some(value) = value {
            self.set(row, value);
        }
    }
}

impl Column for Integers {
    fn data_type() -> DataType {
        DataType::Int64
    }

    fn finish(&mut self, rows: usize) -> Result<ArrayRef, ArrowError> {
        if self.presence.is_empty() {
            return Ok(absent(&mut self.absent, &DataType::Int64, rows));
        }
        let values = self.values.finish(rows);
        Ok(Arc::new(Int64Array::try_new(ScalarBuffer::from(values), self.presence.finish(rows))?))
    }
}

/// True and false.
#[derive(Default)]
pub(crate) struct Flags {
    presence: Presence,
    values: Presence,
}

impl Flags {
    pub(crate) fn set(&mut self, row: usize, value: bool) {
        self.presence.set(row);
        if value {
            self.values.set(row);
        }
    }
}

impl Column for Flags {
    fn data_type() -> DataType {
        DataType::Boolean
    }

    fn finish(&mut self, rows: usize) -> Result<ArrayRef, ArrowError> {
        if self.presence.is_empty() {
            return Ok(new_null_array(&DataType::Boolean, rows));
        }
        let mut words = core::mem::take(&mut self.values.words);
        words.resize(rows.div_ceil(64), 0);
        let values = BooleanBuffer::new(Buffer::from(words), 0, rows);
        Ok(Arc::new(BooleanArray::new(values, self.presence.finish(rows))))
    }
}
