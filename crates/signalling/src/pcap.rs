//! The libpcap capture format, draft-ietf-opsawg-pcap (2025): both byte orders, micro- and nanoseconds, the Kuznetzov variant.

use crate::budget::MAX_PACKET;
use crate::bytes::Reader;
use crate::file::{FileError, Order, Stamp, Step};
use crate::gap::Reason;
use crate::link;

/// A larger record is believed only by a file whose snap length allows it: hardly any tool writes one.
const MAX_ORIGINAL: u32 = 1 << 24;
/// How far a record may lie from the one before it when the place of a record is guessed after damage.
const MAX_JUMP_SECONDS: u32 = 86_400;

/// How the writers of old files ordered the two lengths of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lengths {
    /// Captured length first.
    Standard,
    /// Original length first: versions before 2.3.
    Swapped,
    /// Version 2.3 was written both ways; the captured length is the smaller one.
    Either,
}

/// A pcap file after its header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pcap {
    order: Order,
    /// Fractions of a second that make a microsecond: 1, or 1,000 for nanoseconds.
    divisor: u32,
    record_header: usize,
    lengths: Lengths,
    snap_length: u32,
    link_type: u32,
    last_seconds: Option<u32>,
    damaged: u64,
}

#[derive(Clone, Copy, Debug)]
struct Record {
    seconds: u32,
    fraction: u32,
    captured: u32,
    original: u32,
}

impl Pcap {
    /// Octets of the file header.
    pub(crate) const HEADER: usize = 24;

    pub(crate) fn is_magic(bytes: [u8; 4]) -> bool {
        format_of(bytes).is_some()
    }

    pub(crate) fn open(header: [u8; Self::HEADER]) -> Result<Self, FileError> {
        let cut = |_| FileError::HeaderCut { length: 24 };
        let mut reader = Reader::new(&header);
        let magic = reader.array::<4>().map_err(cut)?;
        let (order, divisor, record_header) = format_of(magic).ok_or(FileError::NotACapture { found: magic })?;
        let major = order.u16(&mut reader).map_err(cut)?;
        let minor = order.u16(&mut reader).map_err(cut)?;
        reader.skip(8).map_err(cut)?; // time zone and accuracy: zero in every file, and ignored by every reader
        let snap_length = order.u32(&mut reader).map_err(cut)?;
        // The upper six bits tell the length of a frame check sequence, which the layers above cut off by their own lengths.
        let link_type = order.u32(&mut reader).map_err(cut)? & 0x03ff_ffff;
        if major != 2 {
            return Err(FileError::Version { major, minor, offset: 4 });
        }
        if !link::is_supported(link_type) {
            return Err(FileError::LinkType { link_type, offset: 20 });
        }
        let lengths = match minor {
            0..=2 => Lengths::Swapped,
            3 => Lengths::Either,
            _ => Lengths::Standard,
        };
        Ok(Self { order, divisor, record_header, lengths, snap_length, link_type, last_seconds: None, damaged: 0 })
    }

    /// Bytes passed over in search of the next record.
    pub(crate) const fn damaged(&self) -> u64 {
        self.damaged
    }

    pub(crate) fn step<'a>(&mut self, bytes: &'a [u8]) -> Step<'a> {
        let Ok(record) = self.record(bytes) else { return Step::Need(self.record_header) };
        if self.damaged > 0 {
            return self.search(bytes);
        }
        let captured = usize::try_from(record.captured).unwrap_or(usize::MAX);
        if captured > MAX_PACKET {
            let whole = u64::from(record.captured).saturating_add(u64::try_from(self.record_header).unwrap_or(0));
            // Within the snap length of its file such a packet may be real; beyond it, its header is damaged.
            return if record.captured <= self.snap_length.min(record.original).min(MAX_ORIGINAL) {
                Step::Lost { pass: whole, length: whole, reason: Reason::TooManyElements, is_frame: true }
            } else {
                self.damaged = 1;
                Step::Pass(1)
            };
        }
        let length = self.record_header.saturating_add(captured);
        let Some(packet) = bytes.get(self.record_header..length) else { return Step::Need(length) };
        self.last_seconds = Some(record.seconds);
        let micros = i64::from(record.fraction.checked_div(self.divisor).unwrap_or(0));
        let observed_at = i64::from(record.seconds).saturating_mul(1_000_000).saturating_add(micros);
        let stamp = Stamp { observed_at, link_type: self.link_type, original_length: record.original };
        Step::Packet { length, stamp, bytes: packet }
    }

    fn record(&self, bytes: &[u8]) -> Result<Record, Reason> {
        let mut reader = Reader::new(bytes.get(..self.record_header).ok_or(Reason::Truncated)?);
        let seconds = self.order.u32(&mut reader)?;
        let fraction = self.order.u32(&mut reader)?;
        let first = self.order.u32(&mut reader)?;
        let second = self.order.u32(&mut reader)?;
        let swapped = match self.lengths {
            Lengths::Standard => false,
            Lengths::Swapped => true,
            Lengths::Either => first > second,
        };
        let (captured, original) = if swapped { (second, first) } else { (first, second) };
        Ok(Record { seconds, fraction, captured, original })
    }

    /// Look for the next record that may be one: sound lengths and a time near the last.
    fn search<'a>(&mut self, bytes: &'a [u8]) -> Step<'a> {
        let mut offset = 0_usize;
        while let Ok(record) = self.record(bytes.get(offset..).unwrap_or_default()) {
            if self.is_plausible(record) {
                let pass = u64::try_from(offset).unwrap_or(u64::MAX);
                let length = core::mem::take(&mut self.damaged).saturating_add(pass);
                return Step::Lost { pass, length, reason: Reason::DamagedFile, is_frame: false };
            }
            offset = offset.saturating_add(1);
        }
        let pass = u64::try_from(offset).unwrap_or(u64::MAX);
        self.damaged = self.damaged.saturating_add(pass);
        Step::Pass(pass)
    }

    fn is_plausible(&self, record: Record) -> bool {
        record.captured > 0
            && usize::try_from(record.captured).is_ok_and(|captured| captured <= MAX_PACKET)
            && record.captured <= record.original
            && record.original <= MAX_ORIGINAL
            && record.fraction.checked_div(self.divisor).is_some_and(|micros| micros < 1_000_000)
            && self.last_seconds.is_none_or(|last| record.seconds.abs_diff(last) <= MAX_JUMP_SECONDS)
    }
}

/// Byte order, fractions a microsecond, octets of a record header.
const fn format_of(magic: [u8; 4]) -> Option<(Order, u32, usize)> {
    match magic {
        [0xa1, 0xb2, 0xc3, 0xd4] => Some((Order::Big, 1, 16)),
        [0xd4, 0xc3, 0xb2, 0xa1] => Some((Order::Little, 1, 16)),
        [0xa1, 0xb2, 0x3c, 0x4d] => Some((Order::Big, 1_000, 16)),
        [0x4d, 0x3c, 0xb2, 0xa1] => Some((Order::Little, 1_000, 16)),
        // Kuznetzov's patch of 1999: interface, protocol and packet type follow the lengths.
        [0xa1, 0xb2, 0xcd, 0x34] => Some((Order::Big, 1, 24)),
        [0x34, 0xcd, 0xb2, 0xa1] => Some((Order::Little, 1, 24)),
        _ => None,
    }
}
