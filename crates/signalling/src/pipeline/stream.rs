//! What stands above TCP and SCTP: messages cut out of streams, and dispatched.

use super::Counting;
use super::protocols::Protocols;
use super::recognition::{DIAMETER_HEADER, Kind, begins_diameter, diameter_length, kind};
use crate::anomaly::{Anomalies, Anomaly};
use crate::gap::{Gap, Reason};
use crate::message::Protocol;
use crate::sctp::{self, UserMessage};
use crate::sink::Sink;
use crate::tcp::{self, Stream, Taken};

/// Tag of a TCP connection that carries Diameter.
pub(super) const DIAMETER: u8 = 1;
/// Tag of a TCP connection that carries HTTP/2.
pub(super) const HTTP2: u8 = 2;

/// Tag of a TCP connection that carries GTP: TS 32.295 §5.2 allows it for GTP′.
pub(super) const GTP: u8 = 3;

/// The protocols above the transport of the packet at hand.
pub(super) struct Above<'d, 's, S: Sink> {
    pub protocols: &'d mut Protocols,
    pub sink: &'d mut Counting<'s, S>,
    /// What the ports are for.
    pub uses: u16,
    /// What was odd below.
    pub anomalies: Anomalies,
}

impl<S: Sink> Above<'_, '_, S> {
    fn anomalies(&self, more: Anomalies) -> Anomalies {
        let mut all = self.anomalies;
        all.merge(more);
        all
    }

    fn lose(&mut self, protocol: Protocol, length: usize, reason: Reason) {
        if length > 0 {
            let gap = self.protocols.gap(protocol, length, reason);
            self.sink.gap(gap);
        }
    }

    /// Cut GTP messages out of a stream by their length.
    fn gtp(&mut self, bytes: &[u8], anomalies: Anomalies) -> Taken {
        let anomalies = self.anomalies(anomalies);
        let mut rest = bytes;
        while let Some(length) = gtp_length(rest) {
            if length == 0 {
                self.lose(Protocol::Tcp, rest.len(), Reason::NotThisProtocol);
                rest = &[];
                break;
            }
            let Some((message, after)) = rest.split_at_checked(length) else { break };
            self.protocols.gtp(message, 0, self.uses, anomalies, self.sink);
            rest = after;
        }
        Taken { consumed: bytes.len().saturating_sub(rest.len()), synchronised: true }
    }

    /// Cut Diameter messages out of a stream by their length; find the next header when the place is not known.
    fn diameter(&mut self, connection: u64, bytes: &[u8], mut synchronised: bool, anomalies: Anomalies) -> Taken {
        if self.protocols.encrypted.contains(&connection) {
            // What looks like a record may have been one damaged message: plain text again ends it.
            if begins_diameter(bytes) != Ok(true) {
                self.lose(Protocol::Diameter, bytes.len(), Reason::Encrypted);
                return Taken { consumed: bytes.len(), synchronised: true };
            }
            self.protocols.encrypted.remove(&connection);
        }
        let anomalies = self.anomalies(anomalies);
        let mut rest = bytes;
        let mut reason = Reason::MissingBytes;
        loop {
            if !synchronised {
                let (skipped, found) = next_diameter(rest);
                self.lose(Protocol::Diameter, skipped, reason);
                rest = rest.get(skipped..).unwrap_or_default();
                if !found {
                    break;
                }
                synchronised = true;
            }
            if rest.len() < DIAMETER_HEADER {
                break;
            }
            let Some(length) = diameter_length(rest) else {
                if is_tls(rest) {
                    self.protocols.encrypted.insert(connection);
                    self.lose(Protocol::Diameter, rest.len(), Reason::Encrypted);
                    return Taken { consumed: bytes.len(), synchronised: true };
                }
                (synchronised, reason) = (false, Reason::NotThisProtocol);
                continue;
            };
            let Some((message, after)) = rest.split_at_checked(length) else { break };
            self.protocols.diameter(message, anomalies, self.sink);
            rest = after;
        }
        Taken { consumed: bytes.len().saturating_sub(rest.len()), synchronised }
    }
}

/// Octets of the GTP message whose header begins here: TS 29.060 §6, TS 29.274 §5.1, TS 32.295 §6.1.1. Zero when none does.
fn gtp_length(bytes: &[u8]) -> Option<usize> {
    let [flags, _, high, low] = bytes.first_chunk::<4>()?;
    let header = match (flags >> 5, flags & 0x10) {
        (0, 0x10) => 20,
        (0..=2, 0) => {
            if flags & 1 == 1 || flags >> 5 > 0 {
                6
            } else {
                20
            }
        }
        (1, _) => 8,
        (2, _) => 4,
        _ => return Some(0),
    };
    Some(usize::from(u16::from_be_bytes([*high, *low])).saturating_add(header))
}

/// How many bytes to pass over, and whether a message surely begins behind them.
fn next_diameter(bytes: &[u8]) -> (usize, bool) {
    let mut offset = 0_usize;
    while let Some(rest) = bytes.get(offset..).filter(|rest| !rest.is_empty()) {
        match begins_diameter(rest) {
            Ok(true) => return (offset, true),
            Ok(false) => offset = offset.saturating_add(1),
            Err(_) => return (offset, false),
        }
    }
    (bytes.len(), false)
}

/// A TLS record: handshake, alert, cipher change or data, of versions 1.0 to 1.3.
fn is_tls(bytes: &[u8]) -> bool {
    matches!(bytes, [0x14..=0x17, 3, 0..=4, ..])
}

impl<S: Sink> tcp::Upper for Above<'_, '_, S> {
    fn bytes(&mut self, stream: Stream, bytes: &[u8], synchronised: bool, anomalies: Anomalies) -> Taken {
        // Bytes that waited have another frame, and those of the other direction other ends, than the packet at hand.
        let ((source, source_port), (destination, destination_port)) = (stream.source, stream.destination);
        self.protocols.begin(stream.frame, stream.observed_at);
        self.protocols.between(source, destination, source_port, destination_port);
        if stream.tag == HTTP2 {
            let anomalies = self.anomalies(anomalies);
            return self.protocols.http2(stream, bytes, synchronised, anomalies, self.sink);
        }
        if stream.tag == GTP {
            return self.gtp(bytes, anomalies);
        }
        self.diameter(stream.connection, bytes, synchronised, anomalies)
    }

    fn gap(&mut self, _stream: Stream, gap: Gap) {
        self.sink.gap(gap);
    }

    fn closed(&mut self, connection: u64) {
        self.protocols.closed(connection, self.sink);
    }
}

impl<S: Sink> sctp::Upper for Above<'_, '_, S> {
    fn message(&mut self, message: UserMessage<'_>) {
        let UserMessage { payload_protocol, stream: _, bytes, anomalies } = message;
        let mut anomalies = self.anomalies(anomalies);
        let (kind, is_mismatch) = kind(payload_protocol, self.uses, bytes);
        if is_mismatch {
            anomalies.add(Anomaly::SctpPpidMismatch);
        }
        match kind {
            Some(Kind::Diameter) => {
                // One message a user message; some stacks send several.
                let mut rest = bytes;
                while let Some((message, after)) = diameter_length(rest).and_then(|length| rest.split_at_checked(length)) {
                    self.protocols.diameter(message, anomalies, self.sink);
                    rest = after;
                }
                if !rest.is_empty() {
                    self.protocols.diameter(rest, anomalies, self.sink);
                }
            }
            Some(Kind::Encrypted) => self.lose(Protocol::Diameter, bytes.len(), Reason::Encrypted),
            Some(kind) => self.protocols.adaptation(kind, bytes, anomalies, self.sink),
            None => self.lose(Protocol::Sctp, bytes.len(), Reason::Unsupported),
        }
    }

    fn gap(&mut self, gap: Gap) {
        self.sink.gap(gap);
    }
}
