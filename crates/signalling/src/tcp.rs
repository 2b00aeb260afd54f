//! TCP, RFC 9293: segments, and the streams of both directions put in order.

mod context;
mod direction;
mod key;
mod recent;

use core::net::IpAddr;

use crate::anomaly::Anomalies;
use crate::budget::MAX_STREAM_BYTES;
use crate::bytes::Reader;
use crate::gap::{Gap, Reason};
use crate::hashing::{FastMap, retire};

use context::Context;
use direction::Direction;
use key::Key;

const FIN: u8 = 1;
const SYN: u8 = 2;
const RST: u8 = 4;
const ACK: u8 = 16;

/// Connections remembered at once; the ones silent longest are forgotten first.
const MAX_CONNECTIONS: usize = 1 << 16;

/// A TCP segment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Sender's port.
    pub source_port: u16,
    /// Receiver's port.
    pub destination_port: u16,
    /// Sequence number of the first byte.
    pub sequence: u32,
    /// Next sequence number that the sender expects.
    pub acknowledgement: u32,
    /// Control bits.
    pub flags: u8,
    /// The payload as far as it was captured.
    pub payload: &'a [u8],
    /// Bytes of the payload that were sent and not captured.
    pub missing: usize,
}

/// Payloads hold identities: only their length is printed.
impl core::fmt::Debug for Segment<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Segment")
            .field("source_port", &self.source_port)
            .field("destination_port", &self.destination_port)
            .field("sequence", &self.sequence)
            .field("acknowledgement", &self.acknowledgement)
            .field("flags", &self.flags)
            .field("missing", &self.missing)
            .field("payload", &format_args!("{} bytes", self.payload.len()))
            .finish_non_exhaustive()
    }
}

/// Read a segment of which `missing` bytes were not captured.
pub fn decode(bytes: &[u8], missing: usize) -> Result<Segment<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    let source_port = reader.u16()?;
    let destination_port = reader.u16()?;
    let sequence = reader.u32()?;
    let acknowledgement = reader.u32()?;
    let header_length = usize::from(reader.u8()? >> 4).saturating_mul(4);
    let flags = reader.u8()?;
    reader.skip(6)?;
    reader.skip(header_length.checked_sub(20).ok_or(Reason::LengthMismatch)?)?;
    Ok(Segment { source_port, destination_port, sequence, acknowledgement, flags, payload: reader.rest(), missing })
}

/// Bytes of one direction of one connection: whose they are, and when the last of them was captured.
///
/// Bytes that waited behind a hole keep the frame and time of their own capture, so they may be older than what came before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Number of the connection; a port pair used again gets a new one.
    pub connection: u64,
    /// True from the lower to the higher endpoint: tells the two directions apart, not who opened.
    pub upward: bool,
    /// What the caller said of the connection when it was first seen.
    pub tag: u8,
    /// Sender.
    pub source: (IpAddr, u16),
    /// Receiver.
    pub destination: (IpAddr, u16),
    /// Frame of the last byte.
    pub frame: u64,
    /// Time of that frame.
    pub observed_at: i64,
}

/// How far an upper protocol came with the bytes it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Bytes that are done with; the others come again, with more behind them.
    pub consumed: usize,
    /// True when the next byte begins a message.
    pub synchronised: bool,
}

/// The protocol above TCP.
pub trait Upper {
    /// Bytes in order, those not consumed before in front. Unless `synchronised`, they may begin inside a message: bytes before them were lost.
    fn bytes(&mut self, stream: Stream, bytes: &[u8], synchronised: bool, anomalies: Anomalies) -> Taken;
    /// Bytes that the stream could not give, or that no message was made of.
    fn gap(&mut self, stream: Stream, gap: Gap);
    /// The connection has ended, and so has its state.
    fn closed(&mut self, connection: u64);
}

struct Connection {
    number: u64,
    tag: u8,
    low: (IpAddr, u16),
    high: (IpAddr, u16),
    last_frame: u64,
    last_at: i64,
    up: Direction,
    down: Direction,
    ended: bool,
}

/// The connections of a capture.
#[derive(Default)]
pub struct Streams {
    connections: FastMap<Key, Connection>,
    opened: u64,
    held: usize,
    /// Connections in which bytes wait behind a hole.
    holes: usize,
    swept_at: i64,
    segments_since: usize,
}

impl Streams {
    /// What the caller said of the connection that a segment belongs to.
    #[must_use]
    pub fn tag(&self, source: IpAddr, destination: IpAddr, segment: &Segment<'_>) -> Option<u8> {
        let (key, _) = Key::of(source, destination, segment);
        self.connections.get(&key).map(|connection| connection.tag)
    }

    /// Take one segment of a connection that is known as `tag`, and hand its bytes upwards as soon as they are in order.
    #[allow(clippy::too_many_arguments, reason = "who, what and when of one segment")]
    pub fn segment(
        &mut self,
        tag: u8,
        source: IpAddr,
        destination: IpAddr,
        segment: &Segment<'_>,
        frame: u64,
        observed_at: i64,
        upper: &mut impl Upper,
    ) {
        if self.holes > 0 {
            self.sweep(observed_at, upper);
        }
        let (key, upward) = Key::of(source, destination, segment);
        let opens = segment.flags & SYN != 0;
        let ends = [(source, segment.source_port), (destination, segment.destination_port)];
        let connection = match self.connections.get_mut(&key) {
            Some(connection) => connection,
            None if !opens && segment.payload.is_empty() && segment.missing == 0 => return,
            None => {
                if self.connections.len() >= MAX_CONNECTIONS {
                    self.forget_oldest(upper);
                }
                self.opened = self.opened.saturating_add(1);
                self.connections.entry(key).or_insert_with(|| Connection::new(self.opened, tag, ends, upward))
            }
        };
        let (before, waited) = (connection.cost(), connection.has_hole());
        let direction = if upward { &connection.up } else { &connection.down };
        if opens && direction.is_other_opening(segment.sequence) {
            connection.end(upper);
            self.opened = self.opened.saturating_add(1);
            *connection = Connection::new(self.opened, tag, ends, upward);
        }
        (connection.last_frame, connection.last_at) = (frame, observed_at);
        connection.take(upward, segment, upper);
        self.held = self.held.saturating_sub(before).saturating_add(connection.cost());
        self.holes = self.holes.saturating_sub(usize::from(waited)).saturating_add(usize::from(connection.has_hole()));
        if self.held > MAX_STREAM_BYTES {
            self.forget_oldest(upper);
        }
    }

    /// End every connection, in the order they were first seen.
    pub fn finish(&mut self, upper: &mut impl Upper) {
        let mut connections: Vec<Connection> = self.connections.drain().map(|(_, connection)| connection).collect();
        connections.sort_by_key(|connection| connection.number);
        for connection in &mut connections {
            connection.end(upper);
        }
        (self.held, self.holes) = (0, 0);
    }

    fn forget_oldest(&mut self, upper: &mut impl Upper) {
        for (_, mut connection) in retire(&mut self.connections, |connection| connection.last_frame) {
            self.held = self.held.saturating_sub(connection.cost());
            self.holes = self.holes.saturating_sub(usize::from(connection.has_hole()));
            connection.end(upper);
        }
    }

    /// Give up the holes of connections that have fallen silent: once a second of the capture, and never so often that looking
    /// costs more than segments do.
    fn sweep(&mut self, now: i64, upper: &mut impl Upper) {
        self.segments_since = self.segments_since.saturating_add(1);
        if now.abs_diff(self.swept_at) < 1_000_000 || self.segments_since < self.connections.len() {
            return;
        }
        (self.swept_at, self.segments_since) = (now, 0);
        let mut waiting: Vec<&mut Connection> = self.connections.values_mut().filter(|connection| connection.has_hole()).collect();
        waiting.sort_by_key(|connection| connection.number);
        for connection in waiting {
            let before = connection.cost();
            connection.give_up_holes(now, upper);
            self.held = self.held.saturating_sub(before).saturating_add(connection.cost());
            self.holes = self.holes.saturating_sub(usize::from(!connection.has_hole()));
        }
    }
}

impl Connection {
    fn new(number: u64, tag: u8, [source, destination]: [(IpAddr, u16); 2], upward: bool) -> Self {
        let (low, high) = if upward { (source, destination) } else { (destination, source) };
        let (up, down) = (Direction::default(), Direction::default());
        Self { number, tag, low, high, last_frame: 0, last_at: 0, up, down, ended: false }
    }

    const fn stream(&self, upward: bool) -> Stream {
        let (source, destination) = if upward { (self.low, self.high) } else { (self.high, self.low) };
        let Self { number, tag, last_frame, last_at, .. } = *self;
        Stream { connection: number, upward, tag, source, destination, frame: last_frame, observed_at: last_at }
    }

    fn cost(&self) -> usize {
        self.up.cost().saturating_add(self.down.cost())
    }

    fn has_hole(&self) -> bool {
        self.up.has_hole() || self.down.has_hole()
    }

    fn take(&mut self, upward: bool, segment: &Segment<'_>, upper: &mut impl Upper) {
        let (stream, back) = (self.stream(upward), self.stream(!upward));
        let (own, other) = if upward { (&mut self.up, &mut self.down) } else { (&mut self.down, &mut self.up) };
        let mut sequence = segment.sequence;
        if segment.flags & SYN != 0 {
            own.open(sequence);
            sequence = sequence.wrapping_add(1);
        }
        own.take(sequence, segment.payload, segment.missing, &mut Context { stream, upper });
        if segment.flags & ACK != 0 {
            other.acknowledge(segment.acknowledgement, &mut Context { stream: back, upper });
        }
        if segment.flags & FIN != 0 {
            own.close();
        }
        let is_reset = segment.flags & RST != 0 && own.accepts_reset(segment.sequence);
        if (is_reset || own.is_closed() && other.is_closed()) && !self.ended {
            self.end(upper);
        }
    }

    fn give_up_holes(&mut self, now: i64, upper: &mut impl Upper) {
        for upward in [true, false] {
            let stream = Stream { observed_at: now, ..self.stream(upward) };
            let direction = if upward { &mut self.up } else { &mut self.down };
            direction.give_up_holes(&mut Context { stream, upper });
        }
    }

    /// Hand out what can still be handed out, and tell the rest as gaps.
    fn end(&mut self, upper: &mut impl Upper) {
        for upward in [true, false] {
            let stream = self.stream(upward);
            let direction = if upward { &mut self.up } else { &mut self.down };
            direction.flush(&mut Context { stream, upper });
        }
        if !core::mem::replace(&mut self.ended, true) {
            upper.closed(self.number);
        }
    }
}
