//! Information elements that versions 0 and 1 code alike. Ref: GSM 09.60 §7.9, TS 29.060 §7.7.

use core::net::IpAddr;

use super::fields::{Identity, address, apn, compare_endpoint, identity, network, place};
use crate::anomaly::Anomaly;
use crate::budget::MAX_GTP_ELEMENTS;
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::message::{Cell, Exposes, Message, Vectors};

/// Element types that a message may not repeat: identities, endpoints and what decides about them.
const SINGLE: [u8; 15] = [1, 2, 3, 14, 15, 16, 17, 127, 131, 134, 148, 149, 151, 152, 154];

/// How far a walk over elements came.
pub(crate) struct Walked {
    pub elements: u32,
    /// Why it ended before the bytes did.
    pub cut: Option<Reason>,
}

/// Go through type-value and type-length-value elements: a type below 128 has the length of its type.
pub(crate) fn walk<'a>(mut reader: Reader<'a>, length_of: fn(u8) -> Option<usize>, mut each: impl FnMut(u8, &'a [u8])) -> Walked {
    let mut elements = 0;
    while let Ok(kind) = reader.u8() {
        if elements >= MAX_GTP_ELEMENTS {
            return Walked { elements, cut: Some(Reason::TooManyElements) };
        }
        let length = match kind {
            0..=127 => match length_of(kind) {
                Some(length) => Ok(length),
                None => return Walked { elements, cut: Some(Reason::InvalidValue) },
            },
            141 => reader.u8().map(usize::from), // Extension Header Type List, TS 29.060 §7.7.40
            _ => reader.u16().map(usize::from),
        };
        let Ok(value) = length.and_then(|length| reader.take(length)) else {
            return Walked { elements, cut: Some(Reason::Truncated) };
        };
        each(kind, value);
        elements = elements.saturating_add(1);
    }
    Walked { elements, cut: None }
}

/// What the elements of one message said together.
#[derive(Default)]
pub(crate) struct Facts {
    seen: [u64; 4],
    previous: u8,
    /// Address of the sender's control plane: the first address.
    pub endpoint: Option<IpAddr>,
    /// The sender's control endpoint identifier.
    pub control_teid: Option<u32>,
    /// The sender's user endpoint identifier.
    pub user_teid: Option<u32>,
    /// An element other than a recovery counter.
    pub beyond_recovery: bool,
}

impl Facts {
    /// Take one element.
    pub(crate) fn take(&mut self, kind: u8, value: &[u8], message: &mut Message<'_>) {
        if kind < self.previous {
            message.anomalies.add(Anomaly::GtpElementOrder);
        }
        self.previous = kind;
        self.beyond_recovery |= kind != 14;
        let is_repeated = self.mark(kind);
        if is_repeated && SINGLE.contains(&kind) {
            // TS 29.060 §11.1.13: only the first of a repeated element counts.
            return message.anomalies.add(Anomaly::GtpDuplicateElement);
        }
        match kind {
            1 => message.error_code = value.first().copied().map(i64::from),
            2 => identity(Identity::Imsi, value, message),
            3 => routeing_area(value, message),
            9 => vectors(1, "triplet", message),
            16 => self.user_teid = number(value),
            17 => self.control_teid = number(value),
            130 => message.exposes.add(Exposes::USER_TRAFFIC | Exposes::PROFILE),
            129 => mobility_context(value, message),
            131 => apn(value, message),
            133 => self.gsn_address(value, message),
            // The first octet says nature and numbering plan.
            134 => identity(Identity::Msisdn, value.get(1..).unwrap_or_default(), message),
            136 => vectors(1, "quintuplet", message),
            26 | 128 | 135 => message.exposes.add(Exposes::PROFILE),
            151 => message.rat = value.first().copied(),
            152 => location(value, message),
            154 => identity(Identity::Imei, value, message),
            _ => {}
        }
    }

    fn mark(&mut self, kind: u8) -> bool {
        let Some(seen) = self.seen.get_mut(usize::from(kind >> 6)) else { return false };
        let bit = 1_u64 << (kind & 63);
        core::mem::replace(seen, *seen | bit) & bit != 0
    }

    fn gsn_address(&mut self, value: &[u8], message: &mut Message<'_>) {
        let Some(address) = address(value) else { return message.anomalies.add(Anomaly::GtpElementFault) };
        self.endpoint = self.endpoint.or(Some(address));
        message.gsn_address = message.gsn_address.or(Some(address));
    }

    /// What can be judged when all elements were read. `names_sender`: the first address is the sender's.
    pub(crate) fn conclude(&self, names_sender: bool, message: &mut Message<'_>) {
        if self.user_teid.is_some() {
            message.exposes.add(Exposes::USER_TRAFFIC);
        }
        message.originating_transaction = self.control_teid.or(self.user_teid).map(u64::from);
        if names_sender {
            if let Some(endpoint) = self.endpoint {
                compare_endpoint(endpoint, message);
            }
            if self.control_teid == Some(0) {
                message.anomalies.add(Anomaly::GtpTeidZero);
            }
        }
        if matches!(message.operation_code, Some(1 | 2)) && self.beyond_recovery {
            message.anomalies.add(Anomaly::GtpEchoPayload);
        }
    }
}

/// An endpoint identifier of four octets, or a flow label of two.
fn number(value: &[u8]) -> Option<u32> {
    let label = || <[u8; 2]>::try_from(value).map(|octets| u32::from(u16::from_be_bytes(octets)));
    <[u8; 4]>::try_from(value).map(u32::from_be_bytes).or_else(|_| label()).ok()
}

/// §7.7.3: network, location area, routeing area.
fn routeing_area(value: &[u8], message: &mut Message<'_>) {
    let mut reader = Reader::new(value);
    let (Some(plmn), Ok(area)) = (network(&mut reader, &mut message.anomalies), reader.u16()) else {
        return message.anomalies.add(Anomaly::GtpElementFault);
    };
    message.visited_plmn = plmn;
    place(plmn, Some(u32::from(area)), None, message);
}

/// §7.7.51: 0 cell, 1 service area, 2 routeing area.
fn location(value: &[u8], message: &mut Message<'_>) {
    let mut reader = Reader::new(value);
    let (Ok(form), Some(plmn), Ok(area)) = (reader.u8(), network(&mut reader, &mut message.anomalies), reader.u16()) else {
        return message.anomalies.add(Anomaly::GtpElementFault);
    };
    let cell = if form < 2 { reader.u16().ok().map(u64::from) } else { None };
    if message.visited_plmn.is_empty() {
        message.visited_plmn = plmn;
    }
    // More exact than the routeing area that came before it.
    if cell.is_some() {
        message.cell = Cell::default();
    }
    place(plmn, Some(u32::from(area)), cell, message);
}

/// Count authentication vectors; they themselves are passed over.
pub(crate) fn vectors(count: u32, kind: &'static str, message: &mut Message<'_>) {
    let Vectors { count: before, kind: first } = message.vectors;
    message.vectors = Vectors { count: before.saturating_add(count), kind: first.or(Some(kind)) };
    message.exposes.add(Exposes::CREDENTIAL);
}

/// §7.7.28: the security mode (1 and 3 are of GSM, and mode 1 carries triplets), the number of vectors.
fn mobility_context(value: &[u8], message: &mut Message<'_>) {
    let Some(second) = value.get(1) else { return message.anomalies.add(Anomaly::GtpElementFault) };
    let kind = if second >> 6 == 1 { "triplet" } else { "quintuplet" };
    vectors(u32::from(second >> 3 & 7), kind, message);
}
