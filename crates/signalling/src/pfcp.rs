//! PFCP, TS 29.244 (Rel-17): recognised: type, session and sequence, node and subscriber. Rules of the user plane are passed over.

use crate::anomaly::Anomaly;
use crate::budget::MAX_GTP_ELEMENTS;
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::gtp::fields::{Identity, address, apn, identity, labels};
use crate::gtp::names::pfcp;
use crate::gtp::{Unit, title};
use crate::message::{Message, Node};

/// Most octets of a node's name (TS 23.003 §19.4.2: a host name).
pub(crate) const NODE_NAME: usize = 255;

const CAUSE: u16 = 19;
const SESSION_ENDPOINT: u16 = 57;
const NODE_ID: u16 = 60;
const USER_ID: u16 = 141;
const APN: u16 = 159;

/// Fill the row of a message. `text` holds the node's name while the row lives.
pub(crate) fn decode<'m>(bytes: &[u8], missing: usize, message: &mut Message<'m>, text: &'m mut [u8; NODE_NAME]) -> Result<Unit, Reason> {
    let mut reader = Reader::new(bytes);
    let flags = reader.u8()?;
    let kind = reader.u8()?;
    let declared = usize::from(reader.u16()?);
    let has_session = flags & 0x01 != 0;
    let is_followed = flags & 0x04 != 0;
    let Some(name) = pfcp(kind) else { return Err(Reason::NotThisProtocol) };
    let present = reader.remaining();
    let total = present.saturating_add(missing);
    if flags >> 5 != 1 || declared < if has_session { 12 } else { 4 } {
        return Err(Reason::NotThisProtocol);
    }
    let is_exact = if is_followed { declared < total } else { declared == total };
    let mut body = Reader::new(reader.take(declared.min(present))?);
    let session = if has_session { Some(body.u64()?) } else { None };
    let sequence = body.u24()?;
    let last = body.u8()?;
    let role = title(kind, Some(name), message);
    message.sequence = Some(sequence);
    message.destination_transaction = session;
    message.length = u32::try_from(declared.min(total).saturating_add(4)).unwrap_or(u32::MAX);
    // §7.2.2.1: messages of a session have its identifier, messages of a node have none.
    if has_session != (kind >= 50) {
        message.anomalies.add(Anomaly::GtpHeaderFlag);
    }
    let spare = if flags & 0x02 == 0 { last } else { last & 0x0f };
    if flags & 0x18 != 0 || spare != 0 {
        message.anomalies.add(Anomaly::GtpSpareBits);
    }
    if !is_exact {
        message.anomalies.add(Anomaly::GtpLengthMismatch);
    }
    let (node, cut) = elements(body, message);
    if !is_exact && missing == 0 && cut.is_some() {
        return Err(Reason::NotThisProtocol);
    }
    if let Some(name) = node.and_then(|name| labels(name, text)) {
        message.serving_node = Node::Name(name);
    }
    Ok(Unit { role, consumed: declared.saturating_add(4).min(bytes.len()), is_followed, cut })
}

/// The elements of the message itself: the name of its node, and why reading them ended early.
fn elements<'a>(mut body: Reader<'a>, message: &mut Message<'_>) -> (Option<&'a [u8]>, Option<Reason>) {
    let mut node = None;
    for _ in 0..MAX_GTP_ELEMENTS {
        if body.is_empty() {
            return (node, None);
        }
        let Ok((kind, value)) = element(&mut body) else { return (node, Some(Reason::Truncated)) };
        match kind {
            CAUSE => message.error_code = message.error_code.or(value.first().copied().map(i64::from)),
            SESSION_ENDPOINT => session_endpoint(value, message),
            // §8.2.38: 0 IPv4, 1 IPv6, 2 a name.
            NODE_ID => match value.split_first().map(|(form, rest)| (form & 0x0f, rest)) {
                Some((2, name)) => node = node.or(Some(name)),
                Some((form, octets)) if (form, octets.len()) == (0, 4) || (form, octets.len()) == (1, 16) => {
                    message.gsn_address = message.gsn_address.or(address(octets));
                }
                _ => message.anomalies.add(Anomaly::GtpElementFault),
            },
            USER_ID => user(value, message).unwrap_or_else(|_| message.anomalies.add(Anomaly::GtpElementFault)),
            APN => apn(value, message),
            _ => {}
        }
    }
    (node, Some(Reason::TooManyElements))
}

fn element<'a>(body: &mut Reader<'a>) -> Result<(u16, &'a [u8]), Reason> {
    let kind = body.u16()?;
    let length = usize::from(body.u16()?);
    Ok((kind, body.take(length)?))
}

/// §8.2.37: the sender's session identifier.
fn session_endpoint(value: &[u8], message: &mut Message<'_>) {
    let identifier = value.get(1..9).and_then(|octets| <[u8; 8]>::try_from(octets).ok()).map(u64::from_be_bytes);
    message.originating_transaction = message.originating_transaction.or(identifier);
}

/// §8.2.101: each identity behind its length.
fn user(value: &[u8], message: &mut Message<'_>) -> Result<(), Reason> {
    let mut reader = Reader::new(value);
    let flags = reader.u8()?;
    for (bit, kind) in [(1, Identity::Imsi), (2, Identity::Imei), (4, Identity::Msisdn)] {
        if flags & bit != 0 {
            let length = usize::from(reader.u8()?);
            identity(kind, reader.take(length)?, message);
        }
    }
    Ok(())
}
