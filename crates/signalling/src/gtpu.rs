//! GTP-U, TS 29.281 (Rel-17): user packets in tunnels. Its messages are read with the elements of version 1.

use crate::gap::Reason;
use crate::gtp::UserPacket;
use crate::gtpv1::{Header, header};

/// Read a G-PDU up to the packet it carries.
pub(crate) fn packet(bytes: &[u8], missing: usize) -> Result<UserPacket<'_>, Reason> {
    let Header { teid, body, missing, anomalies, .. } = header(bytes, missing)?;
    let inner = body.rest();
    Ok(UserPacket { teid, length: inner.len().saturating_add(missing), inner, anomalies })
}
