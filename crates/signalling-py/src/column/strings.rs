//! Columns of text: each row its own, many rows the same, or a list in each row.

use core::hash::Hash;
use core::net::IpAddr;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, ListArray, PrimitiveArray, StringArray};
use arrow_buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field};
use signalling::hashing::FastMap;

use super::{Column, Presence, Slots, absent};
use crate::text;

/// Pieces of text, end to end.
#[derive(Default)]
struct Pieces {
    bytes: Vec<u8>,
    ends: Vec<i32>,
}

impl Pieces {
    /// End a piece here; `count` of them when they are empty.
    fn end(&mut self, count: usize) {
        // The batch ends long before its text reaches 2 GiB.
        let end = i32::try_from(self.bytes.len()).unwrap_or(i32::MAX);
        self.ends.resize(self.ends.len().saturating_add(count), end);
    }

    fn finish(&mut self, nulls: Option<NullBuffer>) -> Result<StringArray, ArrowError> {
        let mut offsets = Vec::with_capacity(self.ends.len().saturating_add(1));
        offsets.push(0);
        offsets.append(&mut self.ends);
        let fresh = Vec::with_capacity(self.bytes.capacity());
        let bytes = core::mem::replace(&mut self.bytes, fresh);
        StringArray::try_new(OffsetBuffer::new(ScalarBuffer::from(offsets)), bytes.into(), nulls)
    }
}

/// Text of its own in each row.
#[derive(Default)]
pub(crate) struct Texts {
    presence: Presence,
    pieces: Pieces,
    absent: Option<ArrayRef>,
}

impl Texts {
    /// Set text that is clean: digits, names of this crate's own.
    pub(crate) fn set(&mut self, row: usize, value: &[u8]) {
        self.write(row, |out| out.extend_from_slice(value));
    }

    /// Set text that came off the wire.
    pub(crate) fn set_hostile(&mut self, row: usize, value: &[u8]) {
        self.write(row, |out| text::append(value, out));
    }

    pub(crate) fn write(&mut self, row: usize, value: impl FnOnce(&mut Vec<u8>)) {
        self.presence.set(row);
        let absent = row.saturating_sub(self.pieces.ends.len());
        if absent > 0 {
            self.pieces.end(absent);
        }
        value(&mut self.pieces.bytes);
        self.pieces.end(1);
    }

    /// Bytes of text held.
    pub(crate) const fn size(&self) -> usize {
        self.pieces.bytes.len()
    }
}

impl Column for Texts {
    fn data_type() -> DataType {
        DataType::Utf8
    }

    fn finish(&mut self, rows: usize) -> Result<ArrayRef, ArrowError> {
        if self.presence.is_empty() {
            return Ok(absent(&mut self.absent, &DataType::Utf8, rows));
        }
        let missing = rows.saturating_sub(self.pieces.ends.len());
        self.pieces.end(missing);
        let nulls = self.presence.finish(rows);
        Ok(Arc::new(self.pieces.finish(nulls)?))
    }
}

/// Text that many rows share, written once a batch: a dictionary whose keys come cheaper than the text does.
pub(crate) struct Labels<K> {
    presence: Presence,
    keys: Slots<i32>,
    pieces: Pieces,
    seen: FastMap<K, i32>,
    latest: Option<(K, i32)>,
    absent: Option<ArrayRef>,
}

impl<K> Default for Labels<K> {
    fn default() -> Self {
        Self {
            presence: Presence::default(),
            keys: Slots::default(),
            pieces: Pieces::default(),
            seen: FastMap::default(),
            latest: None,
            absent: None,
        }
    }
}

impl<K: Copy + Eq + Hash> Labels<K> {
    /// Set the text that `key` stands for; `write` is asked for it once.
    pub(crate) fn set(&mut self, row: usize, key: K, write: impl FnOnce(&mut Vec<u8>)) {
        self.presence.set(row);
        let number = match self.latest {
            Some((latest, number)) if latest == key => number,
            _ => {
                let next = i32::try_from(self.seen.len()).unwrap_or(i32::MAX);
                let pieces = &mut self.pieces;
                let number = *self.seen.entry(key).or_insert_with(|| {
                    write(&mut pieces.bytes);
                    pieces.end(1);
                    next
                });
                self.latest = Some((key, number));
                number
            }
        };
        self.keys.set(row, number);
    }
}

impl<K: Copy + Eq + Hash> Column for Labels<K> {
    fn data_type() -> DataType {
        DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
    }

    fn finish(&mut self, rows: usize) -> Result<ArrayRef, ArrowError> {
        if self.presence.is_empty() {
            return Ok(absent(&mut self.absent, &Self::data_type(), rows));
        }
        self.seen.clear();
        self.latest = None;
        let keys = self.keys.finish(rows);
        let keys = PrimitiveArray::<Int32Type>::try_new(ScalarBuffer::from(keys), self.presence.finish(rows))?;
        Ok(Arc::new(DictionaryArray::try_new(keys, Arc::new(self.pieces.finish(None)?))?))
    }
}

/// Words of the decoder: the same word has the same address, which is cheaper to look up than its letters.
pub(crate) type Words = Labels<(usize, usize)>;

impl Words {
    pub(crate) fn word(&mut self, row: usize, word: &'static str) {
        self.set(row, (word.as_ptr().addr(), word.len()), |out| out.extend_from_slice(word.as_bytes()));
    }

    pub(crate) fn maybe(&mut self, row: usize, word: Option<&'static str>) {
        if let Some(word) = word {
            self.word(row, word);
        }
    }
}

/// IP addresses as text, looked up by version and number.
pub(crate) type Addresses = Labels<(bool, u128)>;

impl Addresses {
    pub(crate) fn address(&mut self, row: usize, address: IpAddr) {
        let key = match address {
            IpAddr::V4(four) => (false, u128::from(four.to_bits())),
            IpAddr::V6(six) => (true, six.to_bits()),
        };
        self.set(row, key, |out| out.extend_from_slice(address.to_string().as_bytes()));
    }

    pub(crate) fn maybe(&mut self, row: usize, address: Option<IpAddr>) {
        if let Some(address) = address {
            self.address(row, address);
        }
    }
}

/// A list of texts in each row; no row is without a list.
#[derive(Default)]
pub(crate) struct TextLists {
    pieces: Pieces,
    ends: Vec<i32>,
}

impl TextLists {
    pub(crate) fn set<T: AsRef<[u8]>>(&mut self, row: usize, values: impl IntoIterator<Item = T>) {
        self.fill(row);
        for value in values {
            text::append(value.as_ref(), &mut self.pieces.bytes);
            self.pieces.end(1);
        }
        self.fill(row.saturating_add(1));
    }

    pub(crate) const fn size(&self) -> usize {
        self.pieces.bytes.len()
    }

    fn fill(&mut self, rows: usize) {
        let end = i32::try_from(self.pieces.ends.len()).unwrap_or(i32::MAX);
        self.ends.resize(rows, end);
    }

    fn item() -> Arc<Field> {
        Arc::new(Field::new("item", DataType::Utf8, false))
    }
}

impl Column for TextLists {
    fn data_type() -> DataType {
        DataType::List(Self::item())
    }

    fn finish(&mut self, rows: usize) -> Result<ArrayRef, ArrowError> {
        self.fill(rows);
        let mut offsets = Vec::with_capacity(rows.saturating_add(1));
        offsets.push(0);
        offsets.append(&mut self.ends);
        let values = self.pieces.finish(None)?;
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        Ok(Arc::new(ListArray::try_new(Self::item(), offsets, Arc::new(values), None)?))
    }
}
