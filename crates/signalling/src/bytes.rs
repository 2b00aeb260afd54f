//! Checked reading of a byte slice: the only way this crate touches input.

use crate::gap::Reason;

/// A position in a slice that never reads past its end. Cheap to copy, so a caller may look ahead.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    /// Start at the first byte.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0 }
    }

    /// Bytes read so far.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Bytes not read yet.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.offset..).unwrap_or_default()
    }

    /// How many bytes are left.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.rest().len()
    }

    /// True when every byte was read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest().is_empty()
    }

    /// Read `length` bytes.
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], Reason> {
        let end = self.offset.checked_add(length).ok_or(Reason::Truncated)?;
        let taken = self.bytes.get(self.offset..end).ok_or(Reason::Truncated)?;
        self.offset = end;
        Ok(taken)
    }

    /// Pass over `length` bytes.
    pub fn skip(&mut self, length: usize) -> Result<(), Reason> {
        self.take(length).map(|_| ())
    }

    /// Read exactly `N` bytes.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Reason> {
        self.take(N)?.try_into().map_err(|_| Reason::Truncated)
    }

    /// Read one octet.
    pub fn u8(&mut self) -> Result<u8, Reason> {
        self.array::<1>().map(|[value]| value)
    }

    /// Read two octets, most significant first.
    pub fn u16(&mut self) -> Result<u16, Reason> {
        self.array().map(u16::from_be_bytes)
    }

    /// Read three octets, most significant first.
    pub fn u24(&mut self) -> Result<u32, Reason> {
        self.array::<3>().map(|[a, b, c]| u32::from_be_bytes([0, a, b, c]))
    }

    /// Read four octets, most significant first.
    pub fn u32(&mut self) -> Result<u32, Reason> {
        self.array().map(u32::from_be_bytes)
    }

    /// Read eight octets, most significant first.
    pub fn u64(&mut self) -> Result<u64, Reason> {
        self.array().map(u64::from_be_bytes)
    }

    /// Read two octets, least significant first (MTP, SCCP, pcap).
    pub fn u16_le(&mut self) -> Result<u16, Reason> {
        self.array().map(u16::from_le_bytes)
    }

    /// Read four octets, least significant first.
    pub fn u32_le(&mut self) -> Result<u32, Reason> {
        self.array().map(u32::from_le_bytes)
    }

    /// Look at the next octet without reading it.
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }
}
