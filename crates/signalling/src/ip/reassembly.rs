//! One datagram in the making: its fragments in order, the first to come winning over those that overlap it.

use crate::anomaly::{Anomalies, Anomaly};
use crate::gap::Reason;

use super::Fragment;

/// The longest datagram that fragments can make: their offsets have 13 bits of 8 octets.
const MAX_DATAGRAM: usize = 65_535;
/// What a part costs beside its bytes.
const PART_OVERHEAD: usize = 64;

struct Part {
    start: usize,
    bytes: Vec<u8>,
}

impl Part {
    const fn end(&self) -> usize {
        self.start.saturating_add(self.bytes.len())
    }
}

pub(super) struct Reassembly {
    pub first_frame: u64,
    pub first_at: i64,
    /// Of the first fragment.
    pub protocol: u8,
    /// In order, never overlapping.
    parts: Vec<Part>,
    /// Bytes that have come.
    pub covered: usize,
    total: Option<usize>,
    pub anomalies: Anomalies,
}

impl Reassembly {
    pub(super) fn new(first_frame: u64, first_at: i64) -> Self {
        Self { first_frame, first_at, protocol: 0, parts: Vec::new(), covered: 0, total: None, anomalies: Anomalies::default() }
    }

    /// The bytes of a complete datagram.
    pub(super) fn joined(&self) -> Vec<u8> {
        let mut payload = Vec::with_capacity(self.covered);
        for part in &self.parts {
            payload.extend_from_slice(&part.bytes);
        }
        payload
    }

    pub(super) const fn cost(&self) -> usize {
        self.covered.saturating_add(self.parts.len().saturating_add(1).saturating_mul(PART_OVERHEAD))
    }

    /// Add a fragment; true when the datagram is complete. Bytes that came first win, as most receivers have it.
    pub(super) fn add(&mut self, fragment: Fragment, bytes: &[u8]) -> Result<bool, Reason> {
        // Offsets count eight octets: what stands beyond a multiple of them is never delivered.
        let usable = if fragment.more { bytes.len() & !7 } else { bytes.len() };
        let bytes = bytes.get(..usable).unwrap_or_default();
        let end = fragment.offset.saturating_add(bytes.len());
        if end > MAX_DATAGRAM {
            return Err(Reason::LengthMismatch);
        }
        let last = self.parts.last().map_or(0, Part::end);
        if !fragment.more {
            if self.total.is_some_and(|total| total != end) || last > end {
                return Err(Reason::ReassemblyConflict);
            }
            self.total = Some(end);
        } else if self.total.is_some_and(|total| end > total) {
            return Err(Reason::ReassemblyConflict);
        }
        self.place(fragment.offset, bytes);
        Ok(self.total == Some(self.covered))
    }

    fn place(&mut self, start: usize, bytes: &[u8]) {
        let end = start.saturating_add(bytes.len());
        let mut index = self.parts.partition_point(|part| part.end() <= start);
        if self.parts.get(index).is_some_and(|part| part.start == start && part.bytes == bytes) {
            return;
        }
        let mut cursor = start;
        while let Some((from, to)) = self.parts.get(index).map(|part| (part.start, part.end())).filter(|(from, _)| *from < end) {
            self.anomalies.add(Anomaly::IpFragmentOverlap);
            if from > cursor {
                self.insert(index, cursor, bytes.get(cursor.saturating_sub(start)..from.saturating_sub(start)));
                index = index.saturating_add(1);
            }
            cursor = to;
            index = index.saturating_add(1);
        }
        self.insert(index, cursor, bytes.get(cursor.saturating_sub(start)..));
    }

    fn insert(&mut self, index: usize, start: usize, bytes: Option<&[u8]>) {
        if let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) {
            self.covered = self.covered.saturating_add(bytes.len());
            self.parts.insert(index.min(self.parts.len()), Part { start, bytes: bytes.to_vec() });
        }
    }
}
