//! Diameter, RFC 6733, with the applications of 3GPP that a dictionary describes.

mod avp;
mod dictionary;
mod entries;
mod fields;
pub mod identities;
mod location;
mod requests;
mod session_id;
mod table;
mod walk;

pub use dictionary::{Dictionary, Fault};
pub use entries::{Entry, Field, Kind, Role};
pub use requests::Requests;

use crate::anomaly::Anomaly;
use crate::budget::MAX_DIAMETER;
use crate::bytes::Reader;
use crate::gap::{Gap, Reason};
use crate::message::{ApplicationContext, Exposes, Message, Node, Protocol};
use crate::sink::Sink;
use dictionary::Command;
use walk::{Stop, Walk};

/// Octets of the header.
pub const HEADER: usize = 20;

const REQUEST: u8 = 0x80;
const PROXIABLE: u8 = 0x40;
const ERROR: u8 = 0x20;
const RETRANSMITTED: u8 = 0x10;
const RESERVED: u8 = 0x0f;

/// Messages read from one user message of SCTP; RFC 6733 §2.1.1 puts one, some stacks put what they have.
const MAX_MESSAGES: u32 = 64;

/// Length of the message that begins here, for streams: None below four octets, or when it cannot be a header.
#[must_use]
pub fn length(header: &[u8]) -> Option<usize> {
    let [version, a, b, c] = *header.first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes([0, a, b, c])).ok()?;
    (version == 1 && (HEADER..=MAX_DIAMETER).contains(&length)).then_some(length)
}

/// True when a message may begin here: to find the next one in a stream that lost bytes. Wants 28 octets for its best judgement.
#[must_use]
pub fn plausible_header(bytes: &[u8]) -> bool {
    length(bytes).is_some() && is_plausible_behind_version(bytes)
}

fn is_plausible_behind_version(bytes: &[u8]) -> bool {
    let mut reader = Reader::new(bytes);
    let Ok([_, l0, l1, l2, flags, c0, c1, c2, ..]) = reader.array::<HEADER>() else { return false };
    let length = usize::try_from(u32::from_be_bytes([0, l0, l1, l2])).unwrap_or(usize::MAX);
    let command = u32::from_be_bytes([0, c0, c1, c2]);
    // RFC 6733 §3.1 and §11.2: commands begin at 256; what is below was RADIUS.
    let is_header = (HEADER..=MAX_DIAMETER).contains(&length)
        && length.is_multiple_of(4)
        && flags & RESERVED == 0
        && flags & (REQUEST | ERROR) != REQUEST | ERROR
        && command >= 256;
    let Ok([_, _, _, _, avp_flags, a0, a1, a2]) = reader.array() else { return is_header };
    let avp_length = usize::try_from(u32::from_be_bytes([0, a0, a1, a2])).unwrap_or(usize::MAX);
    is_header && (length == HEADER || avp_flags.trailing_zeros() >= 5 && (8..=length.saturating_sub(HEADER)).contains(&avp_length))
}

/// Read the messages in `bytes`, which a stream's framing or SCTP cut out, and give each as a row. Returns how many rows there were.
///
/// `envelope` has the frame, time, addresses and ports. Requests wait in `requests` for their answers.
pub fn decode<'a>(bytes: &'a [u8], envelope: &Message<'a>, dictionary: &Dictionary, requests: &mut Requests, sink: &mut impl Sink) -> u32 {
    let mut rest = bytes;
    let mut rows = 0_u32;
    while !rest.is_empty() && rows < MAX_MESSAGES {
        let offset = bytes.len().saturating_sub(rest.len());
        let mut lost = |at: usize, length: usize, reason: Reason| {
            let offset = offset.saturating_add(at);
            sink.gap(Gap { frame: envelope.frame, offset, length, protocol: Protocol::Diameter, reason });
        };
        let length = match frame(rest) {
            Ok(length) => length,
            Err(reason) => {
                lost(0, rest.len(), reason);
                return rows;
            }
        };
        let (own, others) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        let mut message = envelope.clone();
        message.index = envelope.index.saturating_add(rows);
        if let Some(stop) = one(own, length, &mut message, dictionary, requests) {
            lost(stop.offset, stop.length, stop.reason);
        }
        sink.message(&message);
        rows = rows.saturating_add(1);
        rest = others;
    }
    if !rest.is_empty() {
        let offset = bytes.len().saturating_sub(rest.len());
        let reason = Reason::TooManyElements;
        sink.gap(Gap { frame: envelope.frame, offset, length: rest.len(), protocol: Protocol::Diameter, reason });
    }
    rows
}

/// The length that the header says, or why this is no header.
fn frame(bytes: &[u8]) -> Result<usize, Reason> {
    // TLS and DTLS records: content types 20 to 23 and a version 3.x, or 254.x.
    if let [20..=23, 3 | 254, ..] = bytes {
        return Err(Reason::Encrypted);
    }
    let Some(header) = bytes.first_chunk::<HEADER>() else { return Err(Reason::Truncated) };
    let [version, a, b, c, ..] = *header;
    let length = usize::try_from(u32::from_be_bytes([0, a, b, c])).map_err(|_| Reason::LengthMismatch)?;
    if version != 1 && !is_plausible_behind_version(bytes) {
        return Err(Reason::NotThisProtocol);
    }
    if (HEADER..=MAX_DIAMETER).contains(&length) { Ok(length) } else { Err(Reason::LengthMismatch) }
}

/// Read one message: `bytes` may be shorter than the `length` that its header says.
fn one<'a>(bytes: &'a [u8], length: usize, message: &mut Message<'a>, dictionary: &Dictionary, requests: &mut Requests) -> Option<Stop> {
    let (header, avps) = bytes.split_first_chunk::<HEADER>()?;
    let [version, _, _, _, flags, c0, c1, c2, a0, a1, a2, a3, h0, h1, h2, h3, e0, e1, e2, e3] = *header;
    let application = u32::from_be_bytes([a0, a1, a2, a3]);
    let code = u32::from_be_bytes([0, c0, c1, c2]);
    let is_request = flags & REQUEST != 0;
    let (command, belongs) = dictionary.command(application, code);
    message.protocol = Protocol::Diameter;
    message.interface = dictionary.interface(application);
    message.message_type = Some(if is_request { "request" } else { "answer" });
    message.operation_code = Some(i64::from(code));
    message.operation = command.map(|command| command.name);
    message.application_context = ApplicationContext::Application(application);
    message.hop_by_hop = Some(u32::from_be_bytes([h0, h1, h2, h3]));
    message.end_to_end = Some(u32::from_be_bytes([e0, e1, e2, e3]));
    message.length = u32::try_from(length).unwrap_or(u32::MAX);
    if version != 1 {
        message.anomalies.add(Anomaly::DiameterVersion);
    }
    if !length.is_multiple_of(4) {
        message.anomalies.add(Anomaly::DiameterLengthUnaligned);
    }
    if !belongs {
        message.anomalies.add(Anomaly::DiameterApplicationMismatch);
    }
    let is_cut = bytes.len() < length;
    let mut walk = Walk::new(message, dictionary, is_cut);
    walk.is_from_mobile = command.and_then(|command| command.sender(is_request)) == Some(Role::ServingNode);
    walk.whole(avps, HEADER);
    let (session_id, mut stop) = (walk.session_id, walk.stop);
    if is_cut && stop.is_none_or(|stop| stop.reason == Reason::Truncated) {
        let offset = stop.map_or(bytes.len(), |stop| stop.offset);
        stop = Some(Stop { offset, length: length.saturating_sub(offset), reason: Reason::Truncated });
    }
    judge_flags(flags, command, message);
    judge_identities(session_id, command, is_request, message);
    tell_nodes(command, is_request, message);
    tell_exposed(message);
    if is_request {
        requests.ask(message);
    } else {
        requests.answer(message);
    }
    stop
}

/// RFC 6733 §3: which flags may stand together.
fn judge_flags(flags: u8, command: Option<Command>, message: &mut Message<'_>) {
    let (is_request, is_error) = (flags & REQUEST != 0, flags & ERROR != 0);
    let is_protocol_error = message.error_code.map(|code| (3_000..4_000).contains(&code));
    let is_fault = flags & RESERVED != 0
        || is_request && is_error
        || !is_request && flags & RETRANSMITTED != 0
        || !is_request && is_protocol_error.is_some_and(|is_protocol_error| is_protocol_error != is_error)
        || command.and_then(|command| command.is_proxiable).is_some_and(|wanted| wanted != (flags & PROXIABLE != 0));
    if is_fault {
        message.anomalies.add(Anomaly::DiameterFlagFault);
    }
}

fn judge_identities(session_id: Option<&[u8]>, command: Option<Command>, is_request: bool, message: &mut Message<'_>) {
    let is_apart = |host: Option<&[u8]>, realm: Option<&[u8]>| match (host, realm) {
        (Some(host), Some(realm)) => !identities::is_below(host, realm),
        _ => false,
    };
    if is_apart(message.origin_host, message.origin_realm) {
        message.anomalies.add(Anomaly::DiameterOriginMismatch);
    }
    if is_apart(message.destination_host, message.destination_realm) {
        message.anomalies.add(Anomaly::DiameterDestinationMismatch);
    }
    if let Some(session_id) = session_id {
        let form = session_id::judge(session_id, message.imsi.as_bytes(), message.origin_host.unwrap_or_default());
        message.session_id_form = Some(form.name());
        if !form.is_standard {
            message.anomalies.add(Anomaly::DiameterSessionIdForm);
        }
        if form.has_imsi {
            message.anomalies.add(Anomaly::DiameterImsiInSessionId);
        }
    }
    let is_nameless = message.imsi.is_empty() && message.msisdn.is_empty() && message.imei.is_empty();
    if is_request && is_nameless && command.is_some_and(|command| command.is_about_subscriber) {
        message.anomalies.add(Anomaly::MapIdentityMissing);
    }
}

/// Who sends a command says what its hosts are, where no AVP named the node.
fn tell_nodes(command: Option<Command>, is_request: bool, message: &mut Message<'_>) {
    let Some(command) = command else { return };
    let roles = [(command.sender(is_request), message.origin_host), (command.sender(!is_request), message.destination_host)];
    for (role, host) in roles {
        let (Some(role), Some(host)) = (role, host) else { continue };
        let slot = match role {
            Role::ServingNode => &mut message.serving_node,
            Role::HomeNode => &mut message.home_node,
            Role::GmlcOrScf => &mut message.gmlc_or_scf,
        };
        if *slot == Node::Absent {
            *slot = Node::Name(host);
        }
    }
}

/// Data classes of the fields that are there; keys, profiles and texts were told where they stood.
fn tell_exposed(message: &mut Message<'_>) {
    if !(message.imsi.is_empty() && message.msisdn.is_empty() && message.imei.is_empty()) {
        message.exposes.add(Exposes::IDENTITY);
    }
    if message.serving_node != Node::Absent || !message.visited_plmn.is_empty() {
        message.exposes.add(Exposes::LOCATION);
    }
}
