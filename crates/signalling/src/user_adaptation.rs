//! The header and parameters that M3UA, M2UA, SUA and M2PA share, RFC 4666 §3.1 and §3.2, RFC 4165 §2.1.

use crate::anomaly::{Anomalies, Anomaly};
use crate::bytes::Reader;
use crate::gap::Reason;

/// Octets of the common header.
const HEADER: usize = 8;
/// Padding after the last parameter that some stacks leave out of the message length (RFC 4666 §3.2 wants it in).
const PADDING: usize = 3;

/// Class of management messages.
pub(crate) const MANAGEMENT: u8 = 0;
/// Class of transfer messages.
pub(crate) const TRANSFER: u8 = 1;
/// Class of signalling network management.
pub(crate) const NETWORK_MANAGEMENT: u8 = 2;
/// Class of application server process state.
pub(crate) const PROCESS_STATE: u8 = 3;
/// Class of application server process traffic.
pub(crate) const PROCESS_TRAFFIC: u8 = 4;
/// Class of MTP2 user adaptation.
pub(crate) const MTP2_USER: u8 = 6;
/// Class of SUA connectionless messages.
pub(crate) const CONNECTIONLESS: u8 = 7;
/// Class of SUA connection-oriented messages.
pub(crate) const CONNECTION_ORIENTED: u8 = 8;
/// Class of routing key management.
pub(crate) const ROUTING_KEY: u8 = 9;
/// Class of interface identifier management.
pub(crate) const INTERFACE_IDENTIFIER: u8 = 10;
/// Class of M2PA.
pub(crate) const MTP2_PEER: u8 = 11;

/// A message without its common header.
pub(crate) struct Unit<'a> {
    pub class: u8,
    pub kind: u8,
    pub body: Reader<'a>,
    pub anomalies: Anomalies,
}

/// Read the common header and end the body where its length says.
pub(crate) fn unit(bytes: &[u8]) -> Result<Unit<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    let mut anomalies = Anomalies::default();
    let [version, _reserved, class, kind] = reader.array()?;
    // Version 1 is the only one there is; another says that the payload protocol identifier lies.
    if version != 1 {
        return Err(Reason::NotThisProtocol);
    }
    let declared = usize::try_from(reader.u32()?).map_err(|_| Reason::LengthMismatch)?;
    let length = declared.checked_sub(HEADER).ok_or(Reason::LengthMismatch)?;
    let present = reader.remaining();
    if length > present || present.saturating_sub(length) > PADDING {
        anomalies.add(Anomaly::SigtranParameterFault);
    }
    let body = Reader::new(reader.take(length.min(present))?);
    Ok(Unit { class, kind, body, anomalies })
}

/// One parameter and its value; padding is passed over. None at the end.
pub(crate) fn parameter<'a>(reader: &mut Reader<'a>, anomalies: &mut Anomalies) -> Result<Option<(u16, &'a [u8])>, Reason> {
    if reader.remaining() < 4 {
        if reader.rest().iter().any(|octet| *octet != 0) {
            anomalies.add(Anomaly::SigtranParameterFault);
        }
        return Ok(None);
    }
    let tag = reader.u16()?;
    let length = usize::from(reader.u16()?).checked_sub(4).ok_or(Reason::LengthMismatch)?;
    let value = reader.take(length)?;
    let padding = length.wrapping_neg() & 3;
    reader.skip(padding.min(reader.remaining()))?;
    Ok(Some((tag, value)))
}

/// A parameter that is one 32-bit number, or a list of them of which the first counts.
pub(crate) fn number(value: &[u8]) -> Result<u32, Reason> {
    Reader::new(value).u32()
}

/// Name of a management message that the layers share; None for what no layer defines. Ref: RFC 4666 §3.1.2, RFC 3331 §3.1.3.
pub(crate) const fn management_name(class: u8, kind: u8) -> Option<&'static str> {
    Some(match (class, kind) {
        (MANAGEMENT, 0) => "error",
        (MANAGEMENT, 1) => "notify",
        (MANAGEMENT, 2) => "tei_status_request",
        (MANAGEMENT, 3) => "tei_status_confirm",
        (MANAGEMENT, 4) => "tei_status_indication",
        (NETWORK_MANAGEMENT, 1) => "destination_unavailable",
        (NETWORK_MANAGEMENT, 2) => "destination_available",
        (NETWORK_MANAGEMENT, 3) => "destination_state_audit",
        (NETWORK_MANAGEMENT, 4) => "signalling_congestion",
        (NETWORK_MANAGEMENT, 5) => "destination_user_part_unavailable",
        (NETWORK_MANAGEMENT, 6) => "destination_restricted",
        (PROCESS_STATE, 1) => "asp_up",
        (PROCESS_STATE, 2) => "asp_down",
        (PROCESS_STATE, 3) => "heartbeat",
        (PROCESS_STATE, 4) => "asp_up_acknowledgement",
        (PROCESS_STATE, 5) => "asp_down_acknowledgement",
        (PROCESS_STATE, 6) => "heartbeat_acknowledgement",
        (PROCESS_TRAFFIC, 1) => "asp_active",
        (PROCESS_TRAFFIC, 2) => "asp_inactive",
        (PROCESS_TRAFFIC, 3) => "asp_active_acknowledgement",
        (PROCESS_TRAFFIC, 4) => "asp_inactive_acknowledgement",
        (ROUTING_KEY | INTERFACE_IDENTIFIER, 1) => "registration_request",
        (ROUTING_KEY | INTERFACE_IDENTIFIER, 2) => "registration_response",
        (ROUTING_KEY | INTERFACE_IDENTIFIER, 3) => "deregistration_request",
        (ROUTING_KEY | INTERFACE_IDENTIFIER, 4) => "deregistration_response",
        _ => return None,
    })
}

/// Accept a management message: nothing to decode when it is known, its reason when it is not.
pub(crate) const fn managed(class: u8, kind: u8) -> Result<(), Reason> {
    if management_name(class, kind).is_some() { Ok(()) } else { Err(Reason::InvalidValue) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_padding_may_be_missing() {
        let mut anomalies = Anomalies::default();
        let mut reader = Reader::new(&[0, 6, 0, 6, 1, 2, 0, 0, 0, 7, 0, 5, 9]);
        assert_eq!(parameter(&mut reader, &mut anomalies), Ok(Some((6, &[1, 2][..]))));
        assert_eq!(parameter(&mut reader, &mut anomalies), Ok(Some((7, &[9][..]))));
        assert_eq!(parameter(&mut reader, &mut anomalies), Ok(None));
        assert!(anomalies.is_empty());
    }

    #[test]
    fn a_length_below_its_own_header_is_refused() {
        let mut anomalies = Anomalies::default();
        assert_eq!(parameter(&mut Reader::new(&[0, 6, 0, 3]), &mut anomalies), Err(Reason::LengthMismatch));
        assert_eq!(unit(&[1, 0, 1, 1, 0, 0, 0, 7]).err(), Some(Reason::LengthMismatch));
        assert_eq!(unit(&[2, 0, 1, 1, 0, 0, 0, 8]).err(), Some(Reason::NotThisProtocol));
    }

    #[test]
    fn a_length_that_is_not_that_of_the_bytes_is_an_anomaly() {
        for (length, extra, odd) in [(8, 0, false), (8, 3, false), (8, 4, true), (9, 0, true)] {
            let bytes = [&[1, 0, 3, 1, 0, 0, 0, length][..], &vec![0; extra]].concat();
            assert_eq!(unit(&bytes).map(|unit| unit.anomalies.is_empty()), Ok(!odd));
        }
    }
}
