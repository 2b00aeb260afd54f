//! SCTP, RFC 9260 and RFC 8260: user messages out of bundled, fragmented and repeated chunks.

mod checksum;
mod fragments;
mod window;

use crate::anomaly::{Anomalies, Anomaly};
use crate::budget::MAX_STREAM_BYTES;
use crate::bytes::Reader;
use crate::gap::{Gap, Reason};
use crate::hashing::{FastMap, fingerprint, retire};
use crate::message::Protocol;

use fragments::{Begun, Fragment, Fragments, data, i_data};
use window::{Sight, Window};

const DATA: u8 = 0;
const ABORT: u8 = 6;
const SHUTDOWN_COMPLETE: u8 = 14;
const I_DATA: u8 = 64;

const ENDS: u8 = 1;
const BEGINS: u8 = 2;
const UNORDERED: u8 = 4;

/// Directions of associations remembered at once; the ones silent longest are forgotten first.
const MAX_DIRECTIONS: usize = 1 << 16;

/// The common header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Sender's port.
    pub source_port: u16,
    /// Receiver's port.
    pub destination_port: u16,
    /// Tells the association to its receiver; zero only in an INIT.
    pub verification_tag: u32,
}

/// A packet after its common header.
#[derive(Clone, Copy)]
pub struct Packet<'a> {
    /// The common header.
    pub header: Header,
    chunks: Reader<'a>,
    is_cut: bool,
    anomalies: Anomalies,
}

/// Chunks hold identities: only their length is printed.
impl core::fmt::Debug for Packet<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Packet({:?}, {} bytes)", self.header, self.chunks.remaining())
    }
}

/// Read the common header of a packet of which `missing` bytes were not captured.
pub fn decode(bytes: &[u8], missing: usize, check: bool) -> Result<Packet<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    let source_port = reader.u16()?;
    let destination_port = reader.u16()?;
    let verification_tag = reader.u32()?;
    reader.skip(4)?;
    let mut anomalies = Anomalies::default();
    if check && missing == 0 && !checksum::fits(bytes) {
        anomalies.add(Anomaly::SctpChecksum);
    }
    let header = Header { source_port, destination_port, verification_tag };
    Ok(Packet { header, chunks: reader, is_cut: missing > 0, anomalies })
}

/// A whole user message.
#[derive(Clone, Copy)]
pub struct UserMessage<'a> {
    /// Payload protocol identifier as the sender wrote it.
    pub payload_protocol: u32,
    /// Stream identifier.
    pub stream: u16,
    /// The message.
    pub bytes: &'a [u8],
    /// What was odd about its transport.
    pub anomalies: Anomalies,
}

/// Payloads hold identities: only their length is printed.
impl core::fmt::Debug for UserMessage<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("UserMessage")
            .field("payload_protocol", &self.payload_protocol)
            .field("stream", &self.stream)
            .field("anomalies", &self.anomalies)
            .field("bytes", &format_args!("{} bytes", self.bytes.len()))
            .finish_non_exhaustive()
    }
}

/// The protocol above SCTP.
pub trait Upper {
    /// A user message, as soon as its last byte has come.
    fn message(&mut self, message: UserMessage<'_>);
    /// Chunks that gave no message.
    fn gap(&mut self, gap: Gap);
}

/// One direction of an association. A second path of a multi-homed host keeps the tag, so addresses do not count.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    ports_and_tag: u64,
    /// Only without a tag, as hand-made captures have it: then the addresses must do.
    addresses: u64,
}

#[derive(Default)]
struct Direction {
    window: Window,
    fragments: Fragments,
    last_frame: u64,
}

/// The associations of a capture.
#[derive(Default)]
pub struct Associations {
    directions: FastMap<Key, Direction>,
    held: usize,
    swept_at: i64,
    packets_since: usize,
}

impl Associations {
    /// Take one packet between `addresses` (any number that tells the pair) and hand out the messages it completes.
    pub fn packet(&mut self, packet: Packet<'_>, addresses: impl Fn() -> u64, frame: u64, observed_at: i64, upper: &mut impl Upper) {
        let Header { source_port, destination_port, verification_tag } = packet.header;
        let ports_and_tag = u64::from(source_port) << 48 | u64::from(destination_port) << 32 | u64::from(verification_tag);
        let key = Key { ports_and_tag, addresses: if verification_tag == 0 { addresses() } else { 0 } };
        let mut reader = packet.chunks;
        while !reader.is_empty() {
            let offset = reader.offset();
            let left = reader.remaining();
            match chunk(&mut reader) {
                Ok((kind @ (DATA | I_DATA), flags, value)) => {
                    if let Err(reason) = self.data(key, kind, flags, value, packet.anomalies, frame, observed_at, upper) {
                        upper.gap(Gap { frame, offset, length: value.len(), protocol: Protocol::Sctp, reason });
                    }
                }
                Ok((ABORT | SHUTDOWN_COMPLETE, ..)) => self.end(key, upper),
                Ok(_) => {}
                Err(reason) => {
                    let reason = if packet.is_cut { Reason::Truncated } else { reason };
                    upper.gap(Gap { frame, offset, length: left, protocol: Protocol::Sctp, reason });
                    break;
                }
            }
        }
        if self.held > 0 {
            self.sweep(observed_at, upper);
        }
    }

    /// Tell what is still incomplete.
    pub fn finish(&mut self, upper: &mut impl Upper) {
        let mut gaps = Vec::new();
        for (_, direction) in self.directions.drain() {
            direction.fragments.incomplete(&mut gaps);
        }
        self.held = 0;
        tell(gaps, upper);
    }

    #[allow(clippy::too_many_arguments, reason = "who, what and when of one chunk")]
    fn data(
        &mut self,
        key: Key,
        kind: u8,
        flags: u8,
        value: &[u8],
        mut anomalies: Anomalies,
        frame: u64,
        now: i64,
        upper: &mut impl Upper,
    ) -> Result<(), Reason> {
        let (tsn, fragment) = if kind == DATA { data(flags, value)? } else { i_data(flags, value)? };
        if self.directions.len() >= MAX_DIRECTIONS && !self.directions.contains_key(&key) {
            self.forget_oldest(upper);
        }
        let direction = self.directions.entry(key).or_default();
        direction.last_frame = frame;
        // Without a tag nothing says that two packets belong together, so none repeats another.
        let sight = if key.addresses == 0 { direction.window.see(tsn, fingerprint(value)) } else { Sight::First };
        let is_whole = flags & (BEGINS | ENDS) == BEGINS | ENDS;
        match sight {
            Sight::First => {}
            Sight::Again => return Ok(()),
            Sight::Other if is_whole => anomalies.add(Anomaly::SctpTsnReused),
            Sight::Other => return Err(Reason::ReassemblyConflict),
        }
        if is_whole {
            let Fragment { stream, payload_protocol, bytes, .. } = fragment;
            upper.message(UserMessage { payload_protocol, stream, bytes, anomalies });
            return Ok(());
        }
        let before = direction.fragments.held();
        let result = direction.fragments.add(&fragment, frame, now);
        self.held = self.held.saturating_sub(before).saturating_add(direction.fragments.held());
        if let Some(Begun { stream, payload_protocol, bytes, .. }) = result? {
            upper.message(UserMessage { payload_protocol, stream, bytes: &bytes, anomalies });
        }
        if self.held > MAX_STREAM_BYTES {
            self.forget_oldest(upper);
        }
        Ok(())
    }

    fn end(&mut self, key: Key, upper: &mut impl Upper) {
        if let Some(direction) = self.directions.remove(&key) {
            self.held = self.held.saturating_sub(direction.fragments.held());
            let mut gaps = Vec::new();
            direction.fragments.incomplete(&mut gaps);
            tell(gaps, upper);
        }
    }

    fn forget_oldest(&mut self, upper: &mut impl Upper) {
        let mut gaps = Vec::new();
        for (_, direction) in retire(&mut self.directions, |direction| direction.last_frame) {
            self.held = self.held.saturating_sub(direction.fragments.held());
            direction.fragments.incomplete(&mut gaps);
        }
        tell(gaps, upper);
    }

    /// Give up what has waited too long: looked at a few times a minute of the capture, and never so often that looking costs more than packets do.
    fn sweep(&mut self, now: i64, upper: &mut impl Upper) {
        self.packets_since = self.packets_since.saturating_add(1);
        if now.abs_diff(self.swept_at) < 10_000_000 || self.packets_since < self.directions.len() {
            return;
        }
        (self.swept_at, self.packets_since) = (now, 0);
        let mut gaps = Vec::new();
        let mut freed = 0_usize;
        for direction in self.directions.values_mut().filter(|direction| direction.fragments.held() > 0) {
            let before = direction.fragments.held();
            direction.fragments.expire(now, &mut gaps);
            freed = freed.saturating_add(before.saturating_sub(direction.fragments.held()));
        }
        self.held = self.held.saturating_sub(freed);
        tell(gaps, upper);
    }
}

/// Tables have no order, so gaps are put in one.
fn tell(mut gaps: Vec<Gap>, upper: &mut impl Upper) {
    gaps.sort_by_key(|gap| (gap.frame, gap.length));
    for gap in gaps {
        upper.gap(gap);
    }
}

/// Type, flags and value of the next chunk.
fn chunk<'a>(reader: &mut Reader<'a>) -> Result<(u8, u8, &'a [u8]), Reason> {
    let kind = reader.u8()?;
    let flags = reader.u8()?;
    let length = usize::from(reader.u16()?);
    let value = reader.take(length.checked_sub(4).ok_or(Reason::LengthMismatch)?).map_err(|_| Reason::LengthMismatch)?;
    // §3.2: padded to four octets, and the padding of the last chunk may be cut off.
    let padding = (length.wrapping_neg() & 3).min(reader.remaining());
    reader.skip(padding)?;
    Ok((kind, flags, value))
}
