//! GTPv1-C, TS 29.060 (Rel-17), and the header it shares with GTP-U.

use crate::anomaly::{Anomalies, Anomaly};
use crate::budget::MAX_ENCAPSULATION;
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::gtp::classic::{Facts, Walked, walk};
use crate::gtp::names::{Role, version_1};
use crate::gtp::{Unit, title};
use crate::message::{Message, Protocol};

/// The header with its extensions read. Ref: §6, TS 29.281 §5.
pub(crate) struct Header<'a> {
    pub kind: u8,
    pub teid: u32,
    pub sequence: Option<u16>,
    /// True when the length field is that of the datagram.
    pub is_exact: bool,
    /// What follows the header and its extensions, as far as it was captured.
    pub body: Reader<'a>,
    /// Bytes of the body that were sent and not captured.
    pub missing: usize,
    /// Bytes of the whole message.
    pub length: usize,
    pub anomalies: Anomalies,
}

/// Read the header, the optional octets and the chain of extension headers.
pub(crate) fn header(bytes: &[u8], missing: usize) -> Result<Header<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    let mut anomalies = Anomalies::default();
    let flags = reader.u8()?;
    let kind = reader.u8()?;
    let declared = usize::from(reader.u16()?);
    let teid = reader.u32()?;
    if flags & 0x08 != 0 {
        anomalies.add(Anomaly::GtpSpareBits);
    }
    let present = reader.remaining();
    let total = present.saturating_add(missing);
    if declared != total {
        anomalies.add(Anomaly::GtpLengthMismatch);
    }
    let mut body = Reader::new(reader.take(declared.min(present))?);
    let uncaptured = declared.min(total).saturating_sub(present);
    // A header that promises more than its length allows is none.
    let short = |reason| if reason == Reason::Truncated && uncaptured == 0 { Reason::NotThisProtocol } else { reason };
    let mut sequence = None;
    if flags & 0x07 != 0 {
        let number = body.u16().map_err(short)?;
        sequence = (flags & 0x02 != 0).then_some(number);
        body.skip(1).map_err(short)?; // N-PDU number
        let next = body.u8().map_err(short)?;
        if flags & 0x04 != 0 {
            extensions(next, &mut body).map_err(short)?;
        }
    }
    let length = declared.min(total).saturating_add(8);
    Ok(Header { kind, teid, sequence, is_exact: declared == total, body, missing: uncaptured, length, anomalies })
}

/// TS 29.281 §5.2.1: each has its length in units of four octets, and the type of the next at its end.
fn extensions(mut next: u8, body: &mut Reader<'_>) -> Result<(), Reason> {
    for _ in 0..MAX_ENCAPSULATION {
        if next == 0 {
            return Ok(());
        }
        let content = usize::from(body.u8()?).checked_mul(4).and_then(|length| length.checked_sub(2)).ok_or(Reason::LengthMismatch)?;
        body.skip(content)?;
        next = body.u8()?;
    }
    if next == 0 { Ok(()) } else { Err(Reason::TooDeep) }
}

/// Fill the row of a control message, or of one of GTP-U's own.
pub(crate) fn decode(bytes: &[u8], missing: usize, message: &mut Message<'_>) -> Result<Unit, Reason> {
    let Header { kind, teid, sequence, is_exact, body, missing, length, anomalies } = header(bytes, missing)?;
    let name = version_1(kind);
    let role = title(kind, name, message);
    message.teid = Some(teid);
    message.sequence = sequence.map(u32::from);
    message.length = u32::try_from(length).unwrap_or(u32::MAX);
    message.anomalies.merge(anomalies);
    let is_empty = body.is_empty();
    let mut facts = Facts::default();
    let Walked { elements, cut } = walk(body, length_of, |kind, value| facts.take(kind, value, message));
    let is_nothing = elements == 0 && !is_empty;
    // Port 2123 and 2152 are also what other programs happen to use: without name, fitting length and elements it is none of ours.
    if missing == 0 && cut.is_some() && (name.is_none() || (!is_exact && is_nothing)) || (name.is_none() && !is_exact) {
        return Err(Reason::NotThisProtocol);
    }
    if cut.is_some() && missing == 0 {
        message.anomalies.add(Anomaly::GtpLengthMismatch);
    }
    // §7.3: create and update PDP context, PDU notification, forward relocation begin with the address of who sends them.
    let names_sender = matches!(kind, 16 | 17 | 27 | 53 | 54) || (matches!(kind, 18 | 19) && facts.control_teid.is_some());
    facts.conclude(names_sender, message);
    if message.protocol == Protocol::GtpV1 {
        message.interface = Some(if matches!(kind, 32..=37) { "Gc" } else { "Gn/Gp" });
        if sequence.is_none() {
            message.anomalies.add(Anomaly::GtpHeaderFlag); // §6: control messages are numbered
        }
    }
    if teid == 0 && needs_endpoint(kind, message.error_code) {
        message.anomalies.add(Anomaly::GtpTeidZero);
    }
    Ok(Unit { role: if sequence.is_some() { role } else { Role::Single }, consumed: length.min(bytes.len()), is_followed: false, cut })
}

/// §6: requests about a context that exists, and the answer that accepts a new one (causes 128 to 191).
fn needs_endpoint(kind: u8, cause: Option<i64>) -> bool {
    matches!(kind, 18 | 20 | 22) || (kind == 17 && matches!(cause, Some(128..=191)))
}

/// Octets of the elements that have no length field. Ref: §7.7 table 37.
const fn length_of(kind: u8) -> Option<usize> {
    Some(match kind {
        1 | 8 | 11 | 13 | 14 | 15 | 19 | 20 | 21 | 23 | 24 | 29 | 126 => 1,
        25..=28 => 2,
        12 => 3,
        4 | 5 | 16 | 17 | 127 => 4,
        18 => 5,
        3 => 6,
        2 => 8,
        22 => 9,
        9 => 28,
        _ => return None,
    })
}
