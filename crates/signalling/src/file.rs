//! Capture files as they arrive: chunks of any size give the same packets.

mod error;

use crate::budget::MAX_PACKET;
use crate::bytes::Reader;
use crate::gap::{Gap, Reason};
use crate::message::Protocol;
use crate::pcap::Pcap;
use crate::pcapng::Pcapng;

pub use error::FileError;

/// One captured packet, or the note of a stretch that gave none.
#[derive(Clone, Copy)]
pub struct Packet<'a> {
    /// Number of the frame in its capture, from 1.
    pub frame: u64,
    /// Microseconds since 1970, UTC.
    pub observed_at: i64,
    /// Link type, as tcpdump.org registers them.
    pub link_type: u32,
    /// Bytes that were on the wire.
    pub original_length: u32,
    /// Bytes that were captured.
    pub bytes: &'a [u8],
    /// Set when this is not a packet: what the file could not give. `bytes` is empty then.
    pub gap: Option<Gap>,
}

/// Payloads hold identities: only their length is printed.
impl core::fmt::Debug for Packet<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Packet")
            .field("frame", &self.frame)
            .field("observed_at", &self.observed_at)
            .field("link_type", &self.link_type)
            .field("gap", &self.gap)
            .field("bytes", &format_args!("{} bytes", self.bytes.len()))
            .finish_non_exhaustive()
    }
}

/// Byte order of a file or section: that of the machine that wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Big,
    Little,
}

impl Order {
    pub(crate) fn u16(self, reader: &mut Reader<'_>) -> Result<u16, Reason> {
        match self {
            Self::Big => reader.u16(),
            Self::Little => reader.u16_le(),
        }
    }

    pub(crate) fn u32(self, reader: &mut Reader<'_>) -> Result<u32, Reason> {
        match self {
            Self::Big => reader.u32(),
            Self::Little => reader.u32_le(),
        }
    }
}

/// Where and when a packet was captured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stamp {
    pub observed_at: i64,
    pub link_type: u32,
    pub original_length: u32,
}

/// What a format makes of the bytes at its position. Only the bytes asked for may decide it, so that chunks cannot matter.
pub(crate) enum Step<'a> {
    /// Nothing can be said before this many bytes are there.
    Need(usize),
    /// Nothing to tell about this many bytes.
    Pass(u64),
    /// A packet within the first `length` bytes.
    Packet { length: usize, stamp: Stamp, bytes: &'a [u8] },
    /// Pass over `pass` bytes; the `length` bytes before the position then reached gave no packet.
    Lost { pass: u64, length: u64, reason: Reason, is_frame: bool },
}

enum Format {
    Unknown,
    Pcap(Pcap),
    Pcapng(Pcapng),
}

/// Largest record that is held in memory: a packet and the headers and options around it.
pub(crate) const MAX_RECORD: usize = MAX_PACKET + (1 << 16);

/// Reads a capture that is pushed in chunks, holding at most one record.
pub struct FileReader {
    format: Format,
    /// Bytes of a record whose end has not come yet.
    carry: Vec<u8>,
    /// Bytes of `carry` that are done with.
    start: usize,
    /// Bytes the next step needs.
    need: usize,
    /// Bytes still to be passed over.
    pass: u64,
    /// Offset of the next step in the file.
    offset: u64,
    frame: u64,
    error: Option<FileError>,
}

impl Default for FileReader {
    fn default() -> Self {
        Self::new()
    }
}

impl FileReader {
    /// Wait for the first bytes of a file.
    #[must_use]
    pub const fn new() -> Self {
        Self { format: Format::Unknown, carry: Vec::new(), start: 0, need: 4, pass: 0, offset: 0, frame: 0, error: None }
    }

    /// True once a byte was pushed.
    #[must_use]
    pub const fn has_begun(&self) -> bool {
        !matches!(self.format, Format::Unknown) || !self.carry.is_empty() || self.error.is_some()
    }

    /// Take the next bytes of the file and hand out every packet that is whole. Fails once and for all.
    pub fn push(&mut self, bytes: &[u8], each: &mut dyn FnMut(Packet<'_>)) -> Result<(), FileError> {
        let result = self.take(bytes, each);
        if let Err(error) = result {
            self.error = Some(error);
            self.carry = Vec::new();
        }
        result
    }

    /// Say that the file has ended: what its end lacks, or that it never was a capture.
    pub fn finish(&mut self) -> Result<Option<Gap>, FileError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let held = u64::try_from(self.held()).unwrap_or(u64::MAX);
        let damaged = match &self.format {
            Format::Unknown if held == 0 => return Err(FileError::Empty),
            Format::Unknown => return Err(FileError::HeaderCut { length: held }),
            Format::Pcap(pcap) => pcap.damaged(),
            Format::Pcapng(pcapng) if !pcapng.is_open() => return Err(FileError::HeaderCut { length: held }),
            Format::Pcapng(pcapng) => pcapng.damaged(),
        };
        self.carry = Vec::new();
        self.start = 0;
        let reason = if damaged == 0 { Reason::Truncated } else { Reason::DamagedFile };
        let length = damaged.saturating_add(held);
        let end = self.offset.saturating_add(held);
        if length == 0 && self.pass == 0 {
            return Ok(None);
        }
        Ok(Some(gap(self.frame.saturating_add(1), end.saturating_sub(length), length, reason)))
    }

    fn take(&mut self, mut bytes: &[u8], each: &mut dyn FnMut(Packet<'_>)) -> Result<(), FileError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        while self.held() > 0 {
            let wanted = self.need.saturating_sub(self.held()).min(bytes.len());
            let (head, tail) = bytes.split_at_checked(wanted).unwrap_or((bytes, &[]));
            self.carry.extend_from_slice(head);
            bytes = tail;
            if self.held() < self.need {
                return Ok(());
            }
            let carry = core::mem::take(&mut self.carry);
            let passed = self.walk(carry.get(self.start..).unwrap_or_default(), each)?;
            self.carry = carry;
            self.start = self.start.saturating_add(passed);
            // Moved only when half is done with, so that a search through damage stays linear.
            if self.start.saturating_mul(2) >= self.carry.len() {
                self.carry.drain(..self.start.min(self.carry.len()));
                self.start = 0;
            }
        }
        let passed = self.walk(bytes, each)?;
        self.carry.extend_from_slice(bytes.get(passed..).unwrap_or_default());
        Ok(())
    }

    const fn held(&self) -> usize {
        self.carry.len().saturating_sub(self.start)
    }

    /// Step through `bytes` as far as they go; the number of bytes passed, after which `need` bytes are wanted.
    fn walk(&mut self, bytes: &[u8], each: &mut dyn FnMut(Packet<'_>)) -> Result<usize, FileError> {
        let mut passed = 0_usize;
        loop {
            let rest = bytes.get(passed..).unwrap_or_default();
            if self.pass > 0 {
                let step = usize::try_from(self.pass).unwrap_or(usize::MAX).min(rest.len());
                self.advance(step, &mut passed);
                self.pass = self.pass.saturating_sub(u64::try_from(step).unwrap_or(u64::MAX));
                if self.pass > 0 {
                    self.need = 0;
                    return Ok(passed);
                }
                continue;
            }
            let step = match &mut self.format {
                Format::Unknown => {
                    match open(rest)? {
                        Ok((format, length)) => {
                            self.format = format;
                            self.advance(length, &mut passed);
                        }
                        Err(need) => {
                            self.need = need;
                            return Ok(passed);
                        }
                    }
                    continue;
                }
                Format::Pcap(pcap) => pcap.step(rest),
                Format::Pcapng(pcapng) => pcapng.step(rest, self.offset)?,
            };
            match step {
                Step::Need(need) => {
                    self.need = need;
                    return Ok(passed);
                }
                Step::Pass(length) => self.pass = length,
                Step::Packet { length, stamp, bytes } => {
                    self.frame = self.frame.saturating_add(1);
                    self.advance(length, &mut passed);
                    each(packet(self.frame, stamp, bytes, None));
                }
                Step::Lost { pass, length, reason, is_frame } => {
                    let offset = self.offset.saturating_add(pass).saturating_sub(length);
                    let frame = self.frame.saturating_add(1);
                    self.pass = pass;
                    let stamp = Stamp { observed_at: 0, link_type: 0, original_length: 0 };
                    each(packet(frame, stamp, &[], Some(gap(frame, offset, length, reason))));
                    if is_frame {
                        self.frame = frame;
                    }
                }
            }
        }
    }

    fn advance(&mut self, step: usize, passed: &mut usize) {
        *passed = passed.saturating_add(step);
        self.offset = self.offset.saturating_add(u64::try_from(step).unwrap_or(u64::MAX));
    }
}

/// Tell the format from the first bytes, or how many bytes that takes.
fn open(bytes: &[u8]) -> Result<Result<(Format, usize), usize>, FileError> {
    let Some(magic) = bytes.first_chunk::<4>() else { return Ok(Err(4)) };
    if *magic == crate::pcapng::SECTION_HEADER {
        return Ok(Ok((Format::Pcapng(Pcapng::new()), 0)));
    }
    if !Pcap::is_magic(*magic) {
        return Err(FileError::NotACapture { found: *magic });
    }
    match bytes.first_chunk::<{ Pcap::HEADER }>() {
        Some(header) => Ok(Ok((Format::Pcap(Pcap::open(*header)?), Pcap::HEADER))),
        None => Ok(Err(Pcap::HEADER)),
    }
}

const fn packet(frame: u64, stamp: Stamp, bytes: &[u8], gap: Option<Gap>) -> Packet<'_> {
    let Stamp { observed_at, link_type, original_length } = stamp;
    Packet { frame, observed_at, link_type, original_length, bytes, gap }
}

fn gap(frame: u64, offset: u64, length: u64, reason: Reason) -> Gap {
    let size = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
    Gap { frame, offset: size(offset), length: size(length), protocol: Protocol::File, reason }
}
