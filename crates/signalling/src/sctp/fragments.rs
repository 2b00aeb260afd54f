//! Fragments of user messages: DATA by transmission sequence number, RFC 9260 §6.9; I-DATA by message identifier, RFC 8260 §2.1.

use crate::budget::MAX_DIAMETER;
use crate::bytes::Reader;
use crate::gap::{Gap, Reason};
use crate::hashing::FastMap;
use crate::message::Protocol;

use super::{BEGINS, ENDS, UNORDERED};

/// Fragments that have waited longer are given up; RFC 9260 §16 gives a retransmission up to 60 seconds.
const MAX_WAIT_MICROSECONDS: i64 = 60_000_000;
/// What a waiting fragment costs beside its bytes.
const PART_OVERHEAD: usize = 96;

/// Which message a fragment belongs to: stream and order, and for I-DATA the message identifier.
type Message = u64;
const INTERLEAVED: Message = 1 << 63;

pub(super) struct Fragment<'a> {
    message: Message,
    /// TSN, or the fragment sequence number of an I-DATA chunk.
    sequence: u32,
    flags: u8,
    pub stream: u16,
    pub payload_protocol: u32,
    pub bytes: &'a [u8],
}

/// A message whose beginning has come.
pub(super) struct Begun {
    pub stream: u16,
    pub payload_protocol: u32,
    pub bytes: Vec<u8>,
    frame: u64,
    at: i64,
}

/// A fragment that came before the one in front of it.
struct Early {
    bytes: Vec<u8>,
    ends: bool,
    frame: u64,
    at: i64,
}

/// The fragments of one direction of an association that wait for others.
#[derive(Default)]
pub(super) struct Fragments {
    /// By the fragment that must come next.
    begun: FastMap<(Message, u32), Begun>,
    early: FastMap<(Message, u32), Early>,
    held: usize,
}

impl Fragments {
    pub(super) const fn held(&self) -> usize {
        self.held
    }

    /// Add a fragment; the message when this completes it.
    pub(super) fn add(&mut self, fragment: &Fragment<'_>, frame: u64, at: i64) -> Result<Option<Begun>, Reason> {
        let Fragment { message, sequence, flags, stream, payload_protocol, bytes } = *fragment;
        let mut begun = if flags & BEGINS != 0 {
            Begun { stream, payload_protocol, bytes: bytes.to_vec(), frame, at }
        } else if let Some(mut begun) = self.begun.remove(&(message, sequence)) {
            self.release(begun.bytes.len());
            begun.bytes.extend_from_slice(bytes);
            begun
        } else {
            let early = Early { bytes: bytes.to_vec(), ends: flags & ENDS != 0, frame, at };
            if let Some(before) = self.early.insert((message, sequence), early) {
                self.release(before.bytes.len());
            }
            self.hold(bytes.len());
            return Ok(None);
        };
        let mut ends = flags & ENDS != 0;
        let mut next = sequence.wrapping_add(1);
        while !ends {
            let Some(early) = self.early.remove(&(message, next)) else { break };
            self.release(early.bytes.len());
            begun.bytes.extend_from_slice(&early.bytes);
            ends = early.ends;
            next = next.wrapping_add(1);
        }
        if begun.bytes.len() > MAX_DIAMETER {
            return Err(Reason::ReassemblyIncomplete);
        }
        if ends {
            return Ok(Some(begun));
        }
        self.hold(begun.bytes.len());
        if let Some(before) = self.begun.insert((message, next), begun) {
            self.release(before.bytes.len());
        }
        Ok(None)
    }

    const fn hold(&mut self, length: usize) {
        self.held = self.held.saturating_add(length).saturating_add(PART_OVERHEAD);
    }

    const fn release(&mut self, length: usize) {
        self.held = self.held.saturating_sub(length).saturating_sub(PART_OVERHEAD);
    }

    pub(super) fn expire(&mut self, now: i64, gaps: &mut Vec<Gap>) {
        let is_old = |at: i64| now.saturating_sub(at) > MAX_WAIT_MICROSECONDS;
        let mut freed = 0_usize;
        let mut give_up = |frame, length: usize| {
            gaps.push(incomplete(frame, length));
            freed = freed.saturating_add(length).saturating_add(PART_OVERHEAD);
        };
        self.begun.extract_if(|_, begun| is_old(begun.at)).for_each(|(_, begun)| give_up(begun.frame, begun.bytes.len()));
        self.early.extract_if(|_, early| is_old(early.at)).for_each(|(_, early)| give_up(early.frame, early.bytes.len()));
        self.held = self.held.saturating_sub(freed);
    }

    pub(super) fn incomplete(&self, gaps: &mut Vec<Gap>) {
        gaps.extend(self.begun.values().map(|begun| incomplete(begun.frame, begun.bytes.len())));
        gaps.extend(self.early.values().map(|early| incomplete(early.frame, early.bytes.len())));
    }
}

const fn incomplete(frame: u64, length: usize) -> Gap {
    Gap { frame, offset: 0, length, protocol: Protocol::Sctp, reason: Reason::ReassemblyIncomplete }
}

pub(super) fn data(flags: u8, value: &[u8]) -> Result<(u32, Fragment<'_>), Reason> {
    let mut reader = Reader::new(value);
    let tsn = reader.u32()?;
    let stream = reader.u16()?;
    reader.skip(2)?;
    let payload_protocol = reader.u32()?;
    let message = u64::from(stream) << 1 | u64::from(flags & UNORDERED != 0);
    Ok((tsn, Fragment { message, sequence: tsn, flags, stream, payload_protocol, bytes: content(reader)? }))
}

pub(super) fn i_data(flags: u8, value: &[u8]) -> Result<(u32, Fragment<'_>), Reason> {
    let mut reader = Reader::new(value);
    let tsn = reader.u32()?;
    let stream = reader.u16()?;
    reader.skip(2)?;
    let identifier = reader.u32()?;
    let field = reader.u32()?;
    let (sequence, payload_protocol) = if flags & BEGINS != 0 { (0, field) } else { (field, 0) };
    let message = INTERLEAVED | u64::from(identifier) << 17 | u64::from(stream) << 1 | u64::from(flags & UNORDERED != 0);
    Ok((tsn, Fragment { message, sequence, flags, stream, payload_protocol, bytes: content(reader)? }))
}

/// RFC 9260 §3.3.1: a chunk without user data is a fault.
fn content(reader: Reader<'_>) -> Result<&[u8], Reason> {
    if reader.is_empty() { Err(Reason::LengthMismatch) } else { Ok(reader.rest()) }
}
