//! IPv4 and IPv6, RFC 791 and RFC 8200: datagrams, with their fragments put together.

mod reassembly;

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::borrow::Cow;
use std::collections::VecDeque;

use crate::anomaly::Anomalies;
use crate::budget::MAX_FRAGMENT_BYTES;
use crate::bytes::Reader;
use crate::gap::{Gap, Reason};
use crate::hashing::FastMap;
use crate::message::Protocol;
use reassembly::Reassembly;

/// Fragments that have waited longer are given up; Linux waits 30 seconds for IPv4 and 60 for IPv6.
const MAX_WAIT_MICROSECONDS: i64 = 60_000_000;
/// Extension headers followed in one packet; RFC 8200 §4.1 knows seven, each at most twice.
const MAX_EXTENSION_HEADERS: u32 = 16;

/// An IP datagram without its headers.
#[derive(Clone, PartialEq, Eq)]
pub struct Datagram<'a> {
    /// Sender.
    pub source: IpAddr,
    /// Receiver.
    pub destination: IpAddr,
    /// Protocol of the payload, after extension headers.
    pub protocol: u8,
    /// The payload as far as it was captured.
    pub payload: Cow<'a, [u8]>,
    /// Bytes of the payload that were sent and not captured.
    pub missing: usize,
    /// What was odd about it.
    pub anomalies: Anomalies,
}

/// Payloads hold identities: only their length is printed.
impl core::fmt::Debug for Datagram<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Datagram")
            .field("source", &self.source)
            .field("destination", &self.destination)
            .field("protocol", &self.protocol)
            .field("missing", &self.missing)
            .field("anomalies", &self.anomalies)
            .field("payload", &format_args!("{} bytes", self.payload.len()))
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy)]
struct Fragment {
    identification: u32,
    offset: usize,
    more: bool,
}

struct Header<'a> {
    source: IpAddr,
    destination: IpAddr,
    protocol: u8,
    payload: &'a [u8],
    missing: usize,
    fragment: Option<Fragment>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    source: IpAddr,
    destination: IpAddr,
    identification: u32,
    /// IPv4 only: the fragments of an IPv6 datagram may name different ones (RFC 8200 §4.5).
    protocol: u8,
}

/// Datagrams of which some fragments have come.
#[derive(Default)]
pub struct Fragments {
    open: FastMap<Key, Reassembly>,
    /// By age; entries whose datagram is complete are passed over.
    queue: VecDeque<(Key, u64)>,
    held: usize,
    lost: Vec<Gap>,
}

impl Fragments {
    /// Read one packet. `None` when it is a fragment and others are wanted.
    pub fn datagram<'a>(&mut self, bytes: &'a [u8], frame: u64, observed_at: i64) -> Result<Option<Datagram<'a>>, Reason> {
        let header = match bytes.first().ok_or(Reason::Truncated)? >> 4 {
            4 => version_4(bytes)?,
            6 => version_6(bytes)?,
            _ => return Err(Reason::InvalidValue),
        };
        if let Some(fragment) = header.fragment {
            return self.fragment(&header, fragment, frame, observed_at);
        }
        let Header { source, destination, protocol, payload, missing, .. } = header;
        Ok(Some(Datagram { source, destination, protocol, payload: Cow::Borrowed(payload), missing, anomalies: Anomalies::default() }))
    }

    /// What was given up since the last call.
    pub fn gaps(&mut self) -> impl Iterator<Item = Gap> + '_ {
        self.lost.drain(..)
    }

    /// Give up everything that is still waiting.
    pub fn finish(&mut self) {
        while self.give_up_oldest() {}
    }

    fn fragment(&mut self, header: &Header<'_>, fragment: Fragment, frame: u64, now: i64) -> Result<Option<Datagram<'static>>, Reason> {
        if header.missing > 0 {
            return Err(Reason::Truncated);
        }
        self.expire(now);
        let (source, destination) = (header.source, header.destination);
        let protocol = if source.is_ipv4() { header.protocol } else { 0 };
        let key = Key { source, destination, identification: fragment.identification, protocol };
        let queue = &mut self.queue;
        let reassembly = self.open.entry(key).or_insert_with(|| {
            queue.push_back((key, frame));
            Reassembly::new(frame, now)
        });
        if fragment.offset == 0 {
            reassembly.protocol = header.protocol;
        }
        let before = reassembly.cost();
        let result = reassembly.add(fragment, header.payload);
        self.held = self.held.saturating_sub(before).saturating_add(reassembly.cost());
        match result {
            Ok(true) => Ok(Some(self.complete(key)?)),
            Ok(false) => {
                while self.held > MAX_FRAGMENT_BYTES && self.give_up_oldest() {}
                Ok(None)
            }
            Err(reason) => {
                self.held = self.open.remove(&key).map_or(self.held, |dropped| self.held.saturating_sub(dropped.cost()));
                Err(reason)
            }
        }
    }

    fn complete(&mut self, key: Key) -> Result<Datagram<'static>, Reason> {
        let reassembly = self.open.remove(&key).ok_or(Reason::ReassemblyIncomplete)?;
        self.held = self.held.saturating_sub(reassembly.cost());
        let Key { source, destination, .. } = key;
        let Reassembly { mut protocol, anomalies, .. } = reassembly;
        let mut payload = reassembly.joined();
        if source.is_ipv6() {
            // Extension headers that travelled inside the fragments, RFC 8200 §4.5.
            let (inner, rest, _) = extensions(protocol, &payload)?;
            let skipped = payload.len().saturating_sub(rest.len());
            protocol = inner;
            payload.drain(..skipped);
        }
        Ok(Datagram { source, destination, protocol, payload: Cow::Owned(payload), missing: 0, anomalies })
    }

    fn expire(&mut self, now: i64) {
        while let Some((key, frame)) = self.queue.front() {
            let waiting = self.open.get(key).filter(|reassembly| reassembly.first_frame == *frame);
            match waiting {
                Some(reassembly) if now.saturating_sub(reassembly.first_at) > MAX_WAIT_MICROSECONDS => {
                    self.give_up_oldest();
                }
                Some(_) => break,
                None => {
                    self.queue.pop_front();
                }
            }
        }
        if self.queue.len() > self.open.len().saturating_mul(2).saturating_add(1_024) {
            let open = &self.open;
            self.queue.retain(|(key, frame)| open.get(key).is_some_and(|reassembly| reassembly.first_frame == *frame));
        }
    }

    /// False when nothing is left.
    fn give_up_oldest(&mut self) -> bool {
        let Some((key, frame)) = self.queue.pop_front() else { return false };
        if self.open.get(&key).is_none_or(|reassembly| reassembly.first_frame != frame) {
            return true;
        }
        if let Some(dropped) = self.open.remove(&key) {
            self.held = self.held.saturating_sub(dropped.cost());
            let reason = Reason::ReassemblyIncomplete;
            self.lost.push(Gap { frame, offset: 0, length: dropped.covered, protocol: Protocol::Ip, reason });
        }
        true
    }
}

fn version_4(bytes: &[u8]) -> Result<Header<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    let header_length = usize::from(reader.u8()? & 0x0f).saturating_mul(4);
    reader.skip(1)?;
    let total = usize::from(reader.u16()?);
    let identification = u32::from(reader.u16()?);
    let flags = reader.u16()?;
    reader.skip(1)?;
    let protocol = reader.u8()?;
    reader.skip(2)?;
    let source = IpAddr::V4(Ipv4Addr::from(reader.array::<4>()?));
    let destination = IpAddr::V4(Ipv4Addr::from(reader.array::<4>()?));
    reader.skip(header_length.checked_sub(20).ok_or(Reason::InvalidValue)?)?;
    // A total of zero: captured before the interface split a large segment.
    let length = if total == 0 { reader.remaining() } else { total.checked_sub(header_length).ok_or(Reason::LengthMismatch)? };
    let (payload, missing) = cut(reader.rest(), length);
    let offset = usize::from(flags & 0x1fff).saturating_mul(8);
    let more = flags & 0x2000 != 0;
    let fragment = (more || offset > 0).then_some(Fragment { identification, offset, more });
    if protocol == 51 && fragment.is_none() {
        let (protocol, payload, _) = extensions(protocol, payload)?;
        return Ok(Header { source, destination, protocol, payload, missing, fragment: None });
    }
    Ok(Header { source, destination, protocol, payload, missing, fragment })
}

fn version_6(bytes: &[u8]) -> Result<Header<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    reader.skip(4)?;
    let length = usize::from(reader.u16()?);
    let next = reader.u8()?;
    reader.skip(1)?;
    let source = IpAddr::V6(Ipv6Addr::from(reader.array::<16>()?));
    let destination = IpAddr::V6(Ipv6Addr::from(reader.array::<16>()?));
    // A length of zero: a jumbogram, or captured before the interface split a large segment.
    let length = if length == 0 { reader.remaining() } else { length };
    let (payload, missing) = cut(reader.rest(), length);
    let (protocol, payload, fragment) = extensions(next, payload)?;
    Ok(Header { source, destination, protocol, payload, missing, fragment })
}

/// Pass over extension headers, as far as a fragment header whose datagram is not whole.
fn extensions(mut next: u8, bytes: &[u8]) -> Result<(u8, &[u8], Option<Fragment>), Reason> {
    let mut reader = Reader::new(bytes);
    for _ in 0..MAX_EXTENSION_HEADERS {
        match next {
            // Hop-by-hop, routing, destination options, mobility, HIP, Shim6.
            0 | 43 | 60 | 135 | 139 | 140 => {
                next = reader.u8()?;
                let length = usize::from(reader.u8()?).saturating_mul(8).saturating_add(6);
                reader.skip(length)?;
            }
            44 => {
                next = reader.u8()?;
                reader.skip(1)?;
                let field = reader.u16()?;
                let identification = reader.u32()?;
                let (offset, more) = (usize::from(field & 0xfff8), field & 1 == 1);
                if offset > 0 || more {
                    return Ok((next, reader.rest(), Some(Fragment { identification, offset, more })));
                }
            }
            51 => {
                next = reader.u8()?;
                let length = usize::from(reader.u8()?).saturating_mul(4).saturating_add(6);
                reader.skip(length)?;
            }
            _ => return Ok((next, reader.rest(), None)),
        }
    }
    Err(Reason::TooDeep)
}

/// The payload of `length` bytes, and how many of them were not captured. What stands behind it is padding of the link.
fn cut(rest: &[u8], length: usize) -> (&[u8], usize) {
    (rest.get(..length).unwrap_or(rest), length.saturating_sub(rest.len()))
}
