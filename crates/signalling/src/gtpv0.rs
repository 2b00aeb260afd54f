//! GTP version 0, GSM 09.60 (Rel-99): one port for both planes, and the IMSI in every header.

use crate::anomaly::{Anomalies, Anomaly};
use crate::bytes::Reader;
use crate::digits::Digits;
use crate::gap::Reason;
use crate::gtp::classic::{Facts, Walked, walk};
use crate::gtp::names::version_0;
use crate::gtp::{Unit, UserPacket, title};
use crate::message::{Exposes, Message};

/// Octets of the header.
const HEADER: usize = 20;

struct Header<'a> {
    kind: u8,
    sequence: u16,
    flow_label: u16,
    /// IMSI and NSAPI.
    tunnel: &'a [u8],
    is_exact: bool,
    body: Reader<'a>,
    missing: usize,
    length: usize,
    anomalies: Anomalies,
}

/// §6: version, type, length, sequence number, flow label, SNDCP number, three spare octets, tunnel identifier.
fn header(bytes: &[u8], missing: usize) -> Result<Header<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    let mut anomalies = Anomalies::default();
    let flags = reader.u8()?;
    let kind = reader.u8()?;
    let declared = usize::from(reader.u16()?);
    let sequence = reader.u16()?;
    let flow_label = reader.u16()?;
    reader.skip(1)?;
    let spare = reader.u24()?;
    let tunnel = reader.take(8)?;
    // Spare bits of version 0 are ones.
    if flags & 0x0e != 0x0e || spare != 0x00ff_ffff {
        anomalies.add(Anomaly::GtpSpareBits);
    }
    let present = reader.remaining();
    let total = present.saturating_add(missing);
    if declared != total {
        anomalies.add(Anomaly::GtpLengthMismatch);
    }
    let body = Reader::new(reader.take(declared.min(present))?);
    let uncaptured = declared.min(total).saturating_sub(present);
    let length = declared.min(total).saturating_add(HEADER);
    Ok(Header { kind, sequence, flow_label, tunnel, is_exact: declared == total, body, missing: uncaptured, length, anomalies })
}

/// Fill the row of a signalling message.
pub(crate) fn decode(bytes: &[u8], missing: usize, message: &mut Message<'_>) -> Result<Unit, Reason> {
    let header = header(bytes, missing)?;
    let name = version_0(header.kind);
    let role = title(header.kind, name, message);
    message.teid = Some(u32::from(header.flow_label));
    message.sequence = Some(u32::from(header.sequence));
    message.length = u32::try_from(header.length).unwrap_or(u32::MAX);
    message.anomalies.merge(header.anomalies);
    let is_empty = header.body.is_empty();
    let mut facts = Facts::default();
    let Walked { elements, cut } = walk(header.body, length_of, |kind, value| facts.take(kind, value, message));
    let is_nothing = elements == 0 && !is_empty;
    if header.missing == 0 && cut.is_some() && (name.is_none() || (!header.is_exact && is_nothing)) || (name.is_none() && !header.is_exact)
    {
        return Err(Reason::NotThisProtocol);
    }
    if cut.is_some() && header.missing == 0 {
        message.anomalies.add(Anomaly::GtpLengthMismatch);
    }
    // §12: the tunnel identifier names the subscriber; messages about the path have zeros.
    if message.imsi.is_empty() && header.tunnel.iter().any(|octet| *octet != 0) {
        subscriber(header.tunnel, message);
    }
    facts.conclude(matches!(header.kind, 16..=19), message);
    message.interface = Some(if matches!(header.kind, 32..=37) { "Gc" } else { "Gn/Gp" });
    Ok(Unit { role, consumed: header.length.min(bytes.len()), is_followed: false, cut })
}

/// Fifteen semi-octets of IMSI with filler behind, then the NSAPI. Anonymous access has other digits there.
fn subscriber(tunnel: &[u8], message: &mut Message<'_>) {
    let digits = Digits::from_semi_octets(tunnel, 15).unwrap_or_default();
    let end = digits.as_bytes().iter().position(|digit| *digit == b'F').unwrap_or(digits.len());
    let imsi = Digits::from_semi_octets(tunnel, end).unwrap_or_default();
    if imsi.is_decimal() && imsi.len() >= 6 {
        message.imsi = imsi;
        message.exposes.add(Exposes::IDENTITY);
    } else {
        message.anomalies.add(Anomaly::GtpIdentityOdd);
    }
}

/// Read a T-PDU up to the packet it carries: the flow label names its tunnel.
pub(crate) fn packet(bytes: &[u8], missing: usize) -> Result<UserPacket<'_>, Reason> {
    let header = header(bytes, missing)?;
    let inner = header.body.rest();
    if !header.is_exact && missing == 0 {
        return Err(Reason::NotThisProtocol);
    }
    let length = inner.len().saturating_add(header.missing);
    Ok(UserPacket { teid: u32::from(header.flow_label), length, inner, anomalies: header.anomalies })
}

/// Octets of the elements that have no length field. Ref: §7.9 table 38.
const fn length_of(kind: u8) -> Option<usize> {
    Some(match kind {
        1 | 8 | 11 | 13 | 14 | 15 | 19 => 1,
        16 | 17 => 2,
        6 | 12 | 18 => 3,
        4 | 5 | 127 => 4,
        3 => 6,
        2 => 8,
        9 => 28,
        _ => return None,
    })
}
