//! HPACK, RFC 7541: header fields from header blocks, also when the capture began in the middle of a connection.

mod huffman;
mod known;

use std::collections::VecDeque;

use crate::bytes::Reader;
use crate::gap::Reason;
use known::STATIC;

/// Octets of one dynamic table; RFC 9113 §6.5.2 begins with 4,096 and the peer may allow more, which no 5G stack does.
const MAX_TABLE: usize = 16 << 10;
/// Fields of one block; real ones have some twenty.
const MAX_FIELDS: u32 = 1_024;
/// Octets that an entry costs beside its text (RFC 7541 §4.1).
const OVERHEAD: usize = 32;

/// A name and a value.
type Known<'t> = (&'t [u8], &'t [u8]);

/// What a header block had that it should not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// A field that the standard does not allow; what came behind it was not read.
    pub is_malformed: bool,
    /// A field that points at an entry from before the capture began, or from a part that was lost.
    pub is_unknown: bool,
    /// More fields than the budget allows.
    pub is_endless: bool,
}

/// An entry of the dynamic table: name and value in one piece. An empty name stands for one that was never captured.
struct Entry {
    text: Box<[u8]>,
    name: usize,
}

impl Entry {
    fn parts(&self) -> Known<'_> {
        self.text.split_at_checked(self.name).unwrap_or_default()
    }

    fn size(&self) -> usize {
        self.text.len().saturating_add(OVERHEAD)
    }
}

/// One direction of a connection.
pub struct Decoder {
    /// Newest first.
    entries: VecDeque<Entry>,
    size: usize,
    maximum: usize,
    /// What the receiver allows.
    limit: usize,
    /// Every block of the connection was seen.
    is_whole: bool,
    name: Vec<u8>,
    value: Vec<u8>,
}

impl Decoder {
    /// A table for a connection seen from its first byte, or not.
    #[must_use]
    pub const fn new(is_whole: bool) -> Self {
        Self { entries: VecDeque::new(), size: 0, maximum: 4_096, limit: 4_096, is_whole, name: Vec::new(), value: Vec::new() }
    }

    /// Octets that the table holds.
    #[must_use]
    pub fn held(&self) -> usize {
        self.size.saturating_add(self.name.capacity()).saturating_add(self.value.capacity())
    }

    /// The receiver's SETTINGS_HEADER_TABLE_SIZE.
    pub fn allow(&mut self, size: u32) {
        self.limit = usize::try_from(size).unwrap_or(usize::MAX);
        if self.maximum > self.limit {
            self.resize(self.limit);
        }
    }

    /// Blocks were lost: what the table holds stands at unknown places.
    pub fn lose(&mut self) {
        self.entries.clear();
        (self.size, self.is_whole) = (0, false);
    }

    /// Give each field of a block to `each`, as far as it can be read.
    pub fn decode(&mut self, block: &[u8], mut each: impl FnMut(&[u8], &[u8])) -> Faults {
        let mut faults = Faults::default();
        let mut reader = Reader::new(block);
        let mut fields = 0_u32;
        while !reader.is_empty() {
            if fields == MAX_FIELDS {
                faults.is_endless = true;
                break;
            }
            fields = fields.saturating_add(1);
            if self.field(&mut reader, &mut faults, &mut each).is_err() {
                faults.is_malformed = true;
                break;
            }
        }
        if faults.is_malformed || faults.is_endless {
            // What was not read may have changed the table.
            self.lose();
        }
        // A long field was a field of this block alone.
        for text in [&mut self.name, &mut self.value] {
            text.clear();
            text.shrink_to(1 << 10);
        }
        faults
    }

    fn field(&mut self, reader: &mut Reader<'_>, faults: &mut Faults, each: &mut impl FnMut(&[u8], &[u8])) -> Result<(), Reason> {
        let first = reader.u8()?;
        if first & 0x80 != 0 {
            let index = integer(first, 7, reader)?;
            match self.entry(index)? {
                Some((name, value)) if !name.is_empty() => each(name, value),
                _ => faults.is_unknown = true,
            }
            return Ok(());
        }
        if first & 0xe0 == 0x20 {
            let size = integer(first, 5, reader)?;
            // RFC 7541 §4.2; how much the receiver allows is only known when its settings were seen.
            if self.is_whole && size > self.limit.max(4_096) {
                return Err(Reason::InvalidValue);
            }
            self.resize(size);
            return Ok(());
        }
        let is_kept = first & 0x40 != 0;
        let index = integer(first, if is_kept { 6 } else { 4 }, reader)?;
        let mut name = core::mem::take(&mut self.name);
        let mut value = core::mem::take(&mut self.value);
        let outcome = self.literal(index, reader, &mut name, &mut value);
        if outcome.is_ok() {
            if name.is_empty() {
                faults.is_unknown = true;
            } else {
                each(&name, &value);
            }
            if is_kept {
                self.insert(&name, &value);
            }
        }
        (self.name, self.value) = (name, value);
        outcome
    }

    /// Read a field that brings its value, and its name unless `index` points at one.
    fn literal(&self, index: usize, reader: &mut Reader<'_>, name: &mut Vec<u8>, value: &mut Vec<u8>) -> Result<(), Reason> {
        name.clear();
        value.clear();
        if index == 0 {
            string(reader, name)?;
            if name.is_empty() {
                return Err(Reason::InvalidValue);
            }
        } else if let Some((known, _)) = self.entry(index)? {
            name.extend_from_slice(known);
        }
        string(reader, value)
    }

    /// The entry of an index; None when it was never captured.
    fn entry(&self, index: usize) -> Result<Option<Known<'_>>, Reason> {
        let place = index.checked_sub(1).ok_or(Reason::InvalidValue)?;
        if let Some(field) = STATIC.get(place) {
            return Ok(Some(*field));
        }
        let entry = self.entries.get(place.saturating_sub(STATIC.len())).map(Entry::parts);
        if entry.is_none() && self.is_whole && self.limit <= MAX_TABLE { Err(Reason::InvalidValue) } else { Ok(entry) }
    }

    fn insert(&mut self, name: &[u8], value: &[u8]) {
        let entry = Entry { text: [name, value].concat().into_boxed_slice(), name: name.len() };
        self.size = self.size.saturating_add(entry.size());
        self.entries.push_front(entry);
        self.evict();
    }

    fn resize(&mut self, size: usize) {
        self.maximum = size;
        self.evict();
    }

    fn evict(&mut self) {
        let maximum = self.maximum.min(MAX_TABLE);
        while self.size > maximum
            && let Some(entry) = self.entries.pop_back()
        {
            self.size = self.size.saturating_sub(entry.size());
        }
    }
}

/// RFC 7541 §5.1: an integer that begins in the low bits of an octet.
fn integer(first: u8, prefix: u32, reader: &mut Reader<'_>) -> Result<usize, Reason> {
    let mask = u32::from(u8::MAX.wrapping_shr(8_u32.saturating_sub(prefix)));
    let mut value = u32::from(first) & mask;
    let mut shift = 0_u32;
    while value >= mask || shift > 0 {
        let octet = reader.u8()?;
        let more = u32::from(octet & 0x7f).checked_shl(shift).filter(|more| more >> shift == u32::from(octet & 0x7f));
        value = value.checked_add(more.ok_or(Reason::InvalidValue)?).ok_or(Reason::InvalidValue)?;
        if octet & 0x80 == 0 {
            break;
        }
        shift = shift.saturating_add(7);
    }
    usize::try_from(value).map_err(|_| Reason::InvalidValue)
}

/// RFC 7541 §5.2: a text as it is, or Huffman coded.
fn string(reader: &mut Reader<'_>, text: &mut Vec<u8>) -> Result<(), Reason> {
    let first = reader.u8()?;
    let length = integer(first, 7, reader)?;
    let coded = reader.take(length)?;
    if first & 0x80 != 0 {
        return huffman::decode(coded, text);
    }
    text.extend_from_slice(coded);
    Ok(())
}

#[cfg(test)]
mod tests;
