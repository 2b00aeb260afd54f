//! GTP′, TS 32.295 (Rel-17): charging records on their way to a gateway. The records are measured, never read.

use crate::anomaly::Anomaly;
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::gtp::classic::{Walked, walk};
use crate::gtp::fields::address;
use crate::gtp::names::version_1;
use crate::gtp::{Unit, title};
use crate::message::{Exposes, Message};

/// Octets after the short header of version 0 in its long form.
const LONG: usize = 14;
/// A packet of charging data records.
const DATA_RECORD_PACKET: u8 = 252;
/// Address of another gateway.
const RECOMMENDED_NODE: u8 = 254;

/// True for a message type of GTP′: path management, node alive, redirection, data record transfer.
pub(crate) const fn has_type(kind: u8) -> bool {
    matches!(kind, 1..=7 | 240 | 241)
}

/// Fill the row of a message.
pub(crate) fn decode(bytes: &[u8], missing: usize, message: &mut Message<'_>) -> Result<Unit, Reason> {
    let mut reader = Reader::new(bytes);
    let flags = reader.u8()?;
    let kind = reader.u8()?;
    let declared = usize::from(reader.u16()?);
    let sequence = reader.u16()?;
    // §6.1.1: version 0 has twenty octets of header unless its last bit says six.
    if flags >> 5 == 0 && flags & 1 == 0 {
        reader.skip(LONG)?;
    }
    let Some(name) = version_1(kind).filter(|_| has_type(kind)) else { return Err(Reason::NotThisProtocol) };
    let present = reader.remaining();
    let total = present.saturating_add(missing);
    let header = reader.offset();
    let role = title(kind, Some(name), message);
    message.sequence = Some(u32::from(sequence));
    message.interface = Some("Ga");
    message.length = u32::try_from(declared.min(total).saturating_add(header)).unwrap_or(u32::MAX);
    if flags & 0x0e != 0x0e {
        message.anomalies.add(Anomaly::GtpSpareBits);
    }
    if declared != total {
        message.anomalies.add(Anomaly::GtpLengthMismatch);
    }
    let is_echo = matches!(kind, 1 | 2);
    let body = Reader::new(reader.take(declared.min(present))?);
    let is_empty = body.is_empty();
    let Walked { elements, cut } = walk(body, length_of, |kind, value| match kind {
        1 => message.error_code = value.first().copied().map(i64::from),
        // What a record holds is not looked at; that there is one gives away who used what.
        DATA_RECORD_PACKET => message.exposes.add(Exposes::IDENTITY | Exposes::PROFILE),
        RECOMMENDED_NODE => message.gsn_address = message.gsn_address.or(address(value)),
        14 => {}
        _ if is_echo => message.anomalies.add(Anomaly::GtpEchoPayload),
        _ => {}
    });
    if missing == 0 && declared != total && (cut.is_some() || (elements == 0 && !is_empty)) {
        return Err(Reason::NotThisProtocol);
    }
    Ok(Unit { role, consumed: bytes.len(), is_followed: false, cut })
}

/// Octets of the elements that have no length field: cause, recovery, packet transfer command, charging id.
const fn length_of(kind: u8) -> Option<usize> {
    match kind {
        1 | 14 | 126 => Some(1),
        127 => Some(4),
        _ => None,
    }
}
