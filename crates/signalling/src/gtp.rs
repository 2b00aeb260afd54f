//! GTP over UDP: which version speaks, and rows and tunnels from it. TS 29.060, TS 29.274, TS 29.281, TS 32.295; PFCP, TS 29.244.

pub(crate) mod classic;
pub(crate) mod fields;
pub(crate) mod inner;
pub(crate) mod names;
mod requests;
mod tunnels;

use crate::anomaly::Anomaly;
use crate::budget::MAX_ENCAPSULATION;
use crate::gap::{Gap, Reason};
use crate::message::{Message, Protocol};
use crate::sink::Sink;
use crate::{gtp_prime, gtpu, gtpv0, gtpv1, gtpv2, pfcp};
use names::Role;
use requests::Requests;
use tunnels::{Packet, Tunnels};

/// What the port of a datagram is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// 2123: GTP-C of versions 1 and 2.
    Control,
    /// 2152: GTP-U.
    User,
    /// 3386: GTP version 0 and GTP′.
    Prime,
    /// 8805: PFCP.
    Pfcp,
}

/// How a datagram came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// What its port is for.
    pub port: Port,
    /// Bytes that were sent and not captured.
    pub missing: usize,
}

/// Requests that wait for answers, and tunnels.
#[derive(Default)]
pub struct GtpState {
    requests: Requests,
    tunnels: Tunnels,
}

impl GtpState {
    /// Nothing seen yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Write the tunnels out, at the end of a capture.
    pub fn finish(&mut self, sink: &mut impl Sink) {
        self.tunnels.finish(sink);
    }
}

/// One message of a datagram, once its row is filled.
pub(crate) struct Unit {
    pub role: Role,
    /// Bytes it took.
    pub consumed: usize,
    /// True when it says that another message follows in the same datagram.
    pub is_followed: bool,
    /// Why decoding ended before the message did.
    pub cut: Option<Reason>,
}

/// Give the rows of a datagram: a message, two where one rides on the other, a packet counted for its tunnel, or a gap.
///
/// `envelope` has the frame, its time and the addresses and ports. `teid` of a row is that of the header; `originating_transaction` is the endpoint
/// identifier that the sender gives itself, which later headers carry. Ref: TS 29.274 §5.5, TS 29.060 §6.
pub fn decode(bytes: &[u8], arrival: Arrival, envelope: &Message<'_>, state: &mut GtpState, sink: &mut impl Sink) {
    datagram(bytes, arrival, envelope, 0, state, sink);
}

fn datagram(bytes: &[u8], arrival: Arrival, envelope: &Message<'_>, depth: u32, state: &mut GtpState, sink: &mut impl Sink) {
    match (version(bytes, arrival.port), bytes.get(1)) {
        (Err((protocol, reason)), _) => gap(envelope, protocol, 0, bytes.len(), reason, sink),
        (Ok(Protocol::GtpU), Some(255)) => packet(bytes, arrival, envelope, depth, state, sink, gtpu::packet),
        (Ok(Protocol::GtpV0), Some(255)) => packet(bytes, arrival, envelope, depth, state, sink, gtpv0::packet),
        (Ok(protocol), _) => messages(bytes, protocol, arrival, envelope, state, sink),
    }
}

/// Which protocol the first octets speak on this port.
fn version(bytes: &[u8], port: Port) -> Result<Protocol, (Protocol, Reason)> {
    let expected = match port {
        Port::Control => Protocol::GtpV2,
        Port::User => Protocol::GtpU,
        Port::Prime => Protocol::GtpPrime,
        Port::Pfcp => Protocol::Pfcp,
    };
    let [flags, kind, ..] = bytes else { return Err((expected, Reason::Truncated)) };
    let is_gtp = flags & 0x10 != 0;
    match (port, flags >> 5, is_gtp) {
        (Port::Pfcp, 1, _) => Ok(Protocol::Pfcp),
        (Port::Pfcp, _, _) => Err((expected, Reason::NotThisProtocol)),
        // The flag that tells GTP′ from GTP is another one in version 2, whose types are others too.
        (Port::Prime, 0 | 1, false) => Ok(Protocol::GtpPrime),
        (Port::Prime, 2, false) if gtp_prime::has_type(*kind) => Ok(Protocol::GtpPrime),
        (_, 0, true) => Ok(Protocol::GtpV0),
        (_, 1, true) => {
            // Echo belongs to both planes: the port tells.
            let is_user = matches!(kind, 26 | 31 | 253..=255) || (port == Port::User && matches!(kind, 1 | 2));
            Ok(if is_user { Protocol::GtpU } else { Protocol::GtpV1 })
        }
        (_, 2, _) => Ok(Protocol::GtpV2),
        _ => Err((expected, Reason::NotThisProtocol)),
    }
}

/// True on the port that IANA gave to the protocol. Supported Extension Headers Notification is of both planes.
const fn is_at_home(protocol: Protocol, kind: u8, port: Port) -> bool {
    match protocol {
        Protocol::GtpU => matches!(port, Port::User) || (kind == 31 && matches!(port, Port::Control)),
        Protocol::GtpV1 | Protocol::GtpV2 => matches!(port, Port::Control),
        Protocol::Pfcp => matches!(port, Port::Pfcp),
        _ => matches!(port, Port::Prime),
    }
}

fn messages(bytes: &[u8], protocol: Protocol, arrival: Arrival, envelope: &Message<'_>, state: &mut GtpState, sink: &mut impl Sink) {
    let (mut rest, mut index, mut carrier) = (bytes, envelope.index, None);
    loop {
        let mut text = None;
        let mut message = Message { index, protocol, ..envelope.clone() };
        let kind = rest.get(1).copied().unwrap_or(0);
        if !is_at_home(protocol, kind, arrival.port) {
            message.anomalies.add(Anomaly::GtpWrongPort);
        }
        let unit = match protocol {
            Protocol::GtpV2 => gtpv2::decode(rest, arrival.missing, &mut message),
            Protocol::GtpV1 | Protocol::GtpU => gtpv1::decode(rest, arrival.missing, &mut message),
            Protocol::GtpV0 => gtpv0::decode(rest, arrival.missing, &mut message),
            Protocol::GtpPrime => gtp_prime::decode(rest, arrival.missing, &mut message),
            _ => pfcp::decode(rest, arrival.missing, &mut message, text.insert([0; pfcp::NODE_NAME])),
        };
        let offset = bytes.len().saturating_sub(rest.len());
        let unit = match unit {
            Ok(unit) => unit,
            Err(reason) => return gap(envelope, protocol, offset, rest.len(), reason, sink),
        };
        rest = rest.get(unit.consumed..).unwrap_or_default();
        let next = rest.get(1).copied().filter(|_| unit.is_followed);
        if protocol == Protocol::GtpV2 && !(may_ride(carrier, kind) && next.is_none_or(|next| may_ride(Some(kind), next))) {
            message.anomalies.add(Anomaly::GtpPiggyback);
        }
        state.requests.pair(&mut message, unit.role);
        sink.message(&message);
        if let Some(reason) = unit.cut {
            gap(envelope, protocol, offset, unit.consumed, reason, sink);
        }
        if !unit.is_followed || rest.is_empty() {
            return;
        }
        if index.saturating_sub(envelope.index) >= MAX_ENCAPSULATION {
            return gap(envelope, protocol, offset, rest.len(), Reason::TooManyElements, sink);
        }
        (index, carrier) = (index.saturating_add(1), Some(kind));
    }
}

/// TS 29.274 §5.5.1: Create Bearer Request on Create Session Response, Modify Bearer Request on Create Bearer Response; nothing on what rides.
const fn may_ride(carrier: Option<u8>, kind: u8) -> bool {
    matches!((carrier, kind), (None, _) | (Some(33), 95) | (Some(96), 34))
}

/// User traffic of one packet, as its header says.
pub(crate) struct UserPacket<'a> {
    pub teid: u32,
    /// Bytes of the inner packet.
    pub length: usize,
    pub inner: &'a [u8],
    pub anomalies: crate::anomaly::Anomalies,
}

/// Count user traffic, and look whether it is GTP again.
fn packet(
    bytes: &[u8],
    arrival: Arrival,
    envelope: &Message<'_>,
    depth: u32,
    state: &mut GtpState,
    sink: &mut impl Sink,
    read: impl Fn(&[u8], usize) -> Result<UserPacket<'_>, Reason>,
) {
    let protocol = if bytes.first().is_some_and(|flags| flags >> 5 == 0) { Protocol::GtpV0 } else { Protocol::GtpU };
    let packet = match read(bytes, arrival.missing) {
        Ok(packet) => packet,
        Err(reason) => return gap(envelope, protocol, 0, bytes.len(), reason, sink),
    };
    let (Some(source), Some(destination)) = (envelope.source_ip, envelope.destination_ip) else {
        return gap(envelope, protocol, 0, bytes.len(), Reason::Unsupported, sink);
    };
    let nested = inner::gtp(packet.inner);
    let mut anomalies = packet.anomalies;
    anomalies.merge(envelope.anomalies);
    if !is_at_home(protocol, 255, arrival.port) {
        anomalies.add(Anomaly::GtpWrongPort);
    }
    if nested.is_some() {
        anomalies.add(Anomaly::GtpNested);
    }
    let counted = Packet {
        source,
        destination,
        teid: packet.teid,
        bytes: u64::try_from(packet.length).unwrap_or(0),
        inner_version: packet.inner.first().map_or(0, |octet| if matches!(octet >> 4, 4 | 6) { octet >> 4 } else { 0 }),
        nested: nested.is_some(),
        observed_at: envelope.observed_at,
        frame: envelope.frame,
        anomalies,
    };
    let mut index = envelope.index;
    if state.tunnels.count(&counted, sink) {
        // A packet has a row of its own only when it is the first of its tunnel to show an anomaly.
        let name = if protocol == Protocol::GtpU { "G-PDU" } else { "T-PDU" };
        let mut message = Message { protocol, anomalies, teid: Some(packet.teid), ..envelope.clone() };
        (message.message_type, message.operation, message.operation_code) = (Some(name), Some(name), Some(255));
        message.length = u32::try_from(bytes.len().saturating_add(arrival.missing)).unwrap_or(u32::MAX);
        message.exposes.add(crate::message::Exposes::USER_TRAFFIC);
        sink.message(&message);
        index = index.saturating_add(1);
    }
    let Some(nested) = nested else { return };
    if depth >= MAX_ENCAPSULATION {
        return gap(envelope, protocol, 0, bytes.len(), Reason::TooDeep, sink);
    }
    let mut within = Message { index, ..envelope.clone() };
    (within.source_ip, within.destination_ip) = (Some(nested.source), Some(nested.destination));
    (within.source_port, within.destination_port) = (Some(nested.source_port), Some(nested.destination_port));
    within.anomalies.add(Anomaly::GtpNested);
    let arrival = Arrival { port: nested.port, missing: nested.missing };
    datagram(nested.bytes, arrival, &within, depth.saturating_add(1), state, sink);
}

fn gap(envelope: &Message<'_>, protocol: Protocol, offset: usize, length: usize, reason: Reason, sink: &mut impl Sink) {
    sink.gap(Gap { frame: envelope.frame, offset, length, protocol, reason });
}

/// Name the message, and say what it is in its exchange.
pub(crate) fn title(kind: u8, name: Option<(&'static str, Role)>, message: &mut Message<'_>) -> Role {
    let (operation, role) = name.map_or((None, Role::Single), |(name, role)| (Some(name), role));
    message.operation_code = Some(i64::from(kind));
    message.operation = operation;
    message.message_type = match role {
        Role::Request => Some("request"),
        Role::Answer(_) => Some("answer"),
        Role::Single => operation,
    };
    role
}
