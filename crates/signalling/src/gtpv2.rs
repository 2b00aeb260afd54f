//! GTPv2-C, TS 29.274 (Rel-17): sessions and bearers of the evolved packet core.

mod elements;
mod interface;
mod location;

use crate::anomaly::Anomaly;
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::gtp::names::version_2;
use crate::gtp::{Unit, title};
use crate::message::Message;
use elements::Elements;

/// Flag of the header: another message follows.
const PIGGYBACK: u8 = 0x10;
/// Flag of the header: a tunnel endpoint identifier is there.
const TEID: u8 = 0x08;
/// Flag of the header: a message priority is there.
const PRIORITY: u8 = 0x04;
/// Bits of the header that mean nothing.
const SPARE: u8 = 0x03;

/// Fill the row of a message. `missing` bytes of the datagram were not captured.
pub(crate) fn decode(bytes: &[u8], missing: usize, message: &mut Message<'_>) -> Result<Unit, Reason> {
    let mut reader = Reader::new(bytes);
    let flags = reader.u8()?;
    let kind = reader.u8()?;
    let declared = usize::from(reader.u16()?);
    if flags >> 5 != 2 {
        return Err(Reason::NotThisProtocol);
    }
    let (has_teid, is_followed) = (flags & TEID != 0, flags & PIGGYBACK != 0);
    if declared < if has_teid { 8 } else { 4 } {
        return Err(Reason::NotThisProtocol);
    }
    let present = reader.remaining();
    let total = present.saturating_add(missing);
    let is_exact = if is_followed { declared < total } else { declared == total };
    let mut body = Reader::new(reader.take(declared.min(present))?);
    message.teid = if has_teid { Some(body.u32()?) } else { None };
    message.sequence = Some(body.u24()?);
    let last = body.u8()?;
    message.length = u32::try_from(declared.min(total).saturating_add(4)).unwrap_or(u32::MAX);
    let name = version_2(kind);
    let role = title(kind, name, message);
    // §5.4: the upper half of the last octet is the priority when its flag is set; the rest is spare.
    let has_spare = flags & SPARE != 0 || last & if flags & PRIORITY == 0 { 0xff } else { 0x0f } != 0;
    if has_spare {
        message.anomalies.add(Anomaly::GtpSpareBits);
    }
    if !is_exact {
        message.anomalies.add(Anomaly::GtpLengthMismatch);
    }
    let is_empty = body.is_empty();
    let mut elements = Elements::new(kind);
    let cut = elements.read(body.rest(), message).err();
    let is_cut_by_capture = declared <= total && declared > present;
    // Ports are also what other programs happen to use. A header without a fault speaks for itself, others need a length or elements that fit.
    let is_sound = !has_spare && has_teid != matches!(kind, 1..=3);
    let is_nothing = elements.is_nothing() && !is_empty && !is_cut_by_capture;
    if name.is_none() && (!is_exact || cut.is_some()) || (!is_exact && is_nothing && cut.is_some() && !is_sound) {
        return Err(Reason::NotThisProtocol);
    }
    if cut == Some(Reason::Truncated) && !is_cut_by_capture {
        message.anomalies.add(Anomaly::GtpLengthMismatch);
    }
    elements.conclude(message);
    endpoint(kind, has_teid, message);
    Ok(Unit { role, consumed: declared.saturating_add(4).min(bytes.len()), is_followed, cut })
}

/// §5.5.1: messages about the path have no endpoint identifier, all others have one, and only those that begin a session have zero.
fn endpoint(kind: u8, has_teid: bool, message: &mut Message<'_>) {
    if has_teid == matches!(kind, 1..=3) {
        message.anomalies.add(Anomaly::GtpHeaderFlag);
    }
    let needs_endpoint = match kind {
        34 | 36 | 64 | 66 | 68 | 95 | 97 | 99 | 170 => true,
        // Causes 16 to 63 accept.
        33 => matches!(message.error_code, Some(16..=63)),
        _ => false,
    };
    if needs_endpoint && message.teid.unwrap_or(0) == 0 {
        message.anomalies.add(Anomaly::GtpTeidZero);
    }
}
