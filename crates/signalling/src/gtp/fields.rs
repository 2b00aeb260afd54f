//! Values that all versions code alike: identities, networks, access point names, addresses.

use core::net::IpAddr;

use crate::anomaly::{Anomalies, Anomaly};
use crate::bytes::Reader;
use crate::digits::Digits;
use crate::message::{Apn, Exposes, Message};
use crate::plmn::plmn;

/// Which identity a field holds. Ref: TS 23.003 §2.2, §3.3, §6.2.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Identity {
    Imsi,
    Msisdn,
    Imei,
}

/// Keep an identity in TBCD, the first of its kind; what no subscriber has is told.
pub(crate) fn identity(kind: Identity, bytes: &[u8], message: &mut Message<'_>) {
    // Filler fills whole octets where the field has a fixed length.
    let mut bytes = bytes;
    while let [rest @ .., 0xff] = bytes {
        bytes = rest;
    }
    let Ok(digits) = Digits::from_tbcd(bytes) else { return message.anomalies.add(Anomaly::GtpIdentityOdd) };
    let (slot, is_sound) = match kind {
        Identity::Imsi => (&mut message.imsi, matches!(digits.len(), 6..=15)),
        Identity::Msisdn => (&mut message.msisdn, matches!(digits.len(), 1..=15)),
        Identity::Imei => (&mut message.imei, matches!(digits.len(), 14..=16)),
    };
    if slot.is_empty() && !digits.is_empty() {
        *slot = digits;
        message.exposes.add(Exposes::IDENTITY);
    }
    if !is_sound || !digits.is_decimal() {
        message.anomalies.add(Anomaly::GtpIdentityOdd);
    }
}

/// A network identity of three octets; one that no network has is told.
pub(crate) fn network(reader: &mut Reader<'_>, anomalies: &mut Anomalies) -> Option<Digits> {
    let (digits, is_assignable) = plmn(reader.array().ok()?);
    if !is_assignable {
        anomalies.add(Anomaly::PlmnInvalid);
    }
    Some(digits)
}

/// Labels with their lengths (TS 23.003 §9.1) become text with dots. Bytes that are no labels stand as they are, and are told.
pub(crate) fn apn(bytes: &[u8], message: &mut Message<'_>) {
    let mut text = [0_u8; Apn::CAPACITY];
    let name = labels(bytes, &mut text);
    if name.is_none() {
        message.anomalies.add(Anomaly::GtpElementFault);
    }
    if message.apn.is_none() && !bytes.is_empty() {
        message.apn = Some(Apn::new(name.unwrap_or(bytes)));
    }
    message.exposes.add(Exposes::PROFILE);
}

/// Write labels as text into `text`: each length but the first becomes a dot. None where the lengths do not fit the bytes.
pub(crate) fn labels<'t>(bytes: &[u8], text: &'t mut [u8]) -> Option<&'t [u8]> {
    let Some((first, rest)) = bytes.split_first() else { return Some(&[]) };
    let name = text.get_mut(..rest.len())?;
    name.copy_from_slice(rest);
    let mut end = usize::from(*first);
    while end < name.len() {
        let length = core::mem::replace(name.get_mut(end)?, b'.');
        end = end.checked_add(1)?.checked_add(usize::from(length))?;
    }
    (end == name.len()).then_some(name)
}

/// The last network read: a message names the same one several times.
#[derive(Default)]
pub(crate) struct Networks {
    octets: [u8; 3],
    digits: Digits,
}

impl Networks {
    /// A network identity of three octets.
    pub(crate) fn read(&mut self, reader: &mut Reader<'_>, anomalies: &mut Anomalies) -> Option<Digits> {
        let mut ahead = *reader;
        let octets = ahead.array().ok()?;
        if octets == self.octets && !self.digits.is_empty() {
            *reader = ahead;
            return Some(self.digits);
        }
        self.digits = network(reader, anomalies)?;
        self.octets = octets;
        Some(self.digits)
    }
}

/// An IPv4 or IPv6 address, by its length.
pub(crate) fn address(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    v4.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok()
}

/// Keep area and cell of a location, the first that names them.
pub(crate) fn place(plmn: Digits, area: Option<u32>, cell: Option<u64>, message: &mut Message<'_>) {
    let known = &mut message.cell;
    if known.plmn.is_empty() {
        known.plmn = plmn;
    }
    if known.plmn == plmn {
        known.area = known.area.or(area);
        known.cell = known.cell.or(cell);
    }
    message.exposes.add(Exposes::LOCATION);
}

/// Tell when the address that a message gives for its sender is not where it came from. Families that differ tell nothing.
pub(crate) fn compare_endpoint(endpoint: IpAddr, message: &mut Message<'_>) {
    if message.source_ip.is_some_and(|source| source.is_ipv4() == endpoint.is_ipv4() && source != endpoint) {
        message.anomalies.add(Anomaly::GtpSourceNotEndpoint);
    }
}
