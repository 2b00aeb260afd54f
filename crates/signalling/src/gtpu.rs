//! GTP-U, TS 29.281 (Rel-17): user packets in tunnels. Its messages are read with the elements of version 1.

use crate::gap::Reason;
use crate::gtp::UserPacket;
use crate::gtpv1::{Header, header};

/// Read a G-PDU up to the packet it carries. One whose length is wrong is believed only when it carries IP.
pub(crate) fn packet(bytes: &[u8], missing: usize) -> Result<UserPacket<'_>, Reason> {
    let Header { teid, is_exact, body, missing, anomalies, .. } = header(bytes, missing)?;
    let inner = body.rest();
    if !is_exact && inner.first().is_some_and(|octet| !matches!(octet >> 4, 4 | 6)) {
        return Err(Reason::NotThisProtocol);
    }
    Ok(UserPacket { teid, length: inner.len().saturating_add(missing), inner, anomalies })
}
