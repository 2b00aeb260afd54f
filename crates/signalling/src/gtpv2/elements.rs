//! Information elements of GTPv2-C. Ref: TS 29.274 §8.

use core::net::IpAddr;

use super::interface;
use super::location::location;
use crate::anomaly::Anomaly;
use crate::budget::MAX_GTP_ELEMENTS;
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::gtp::classic::vectors;
use crate::gtp::fields::{Identity, Networks, apn, compare_endpoint, identity};
use crate::message::{Exposes, Message};

/// Type of a user location, which has a second instance for the SGW.
const LOCATION: u8 = 86;
/// Types of which a message has one for each instance (§7 tables): IMSI, cause, recovery, APN, AMBR, MEI, MSISDN, indication, protocol options,
/// PAA, RAT, serving network, location, F-TEID, charging id, charging characteristics, PDN type, time zone, APN restriction. EBI, bearer
/// contexts and many others come as lists.
const SINGLE: [u8; 19] = [1, 2, 3, 71, 72, 75, 76, 77, 78, 79, 82, 83, LOCATION, 87, 94, 95, 99, 114, 127];
/// Place of each type in the set of those seen; the last place is for those that may be repeated.
const PLACES: [u8; 256] = places();
const REPEATABLE: u8 = 31;

#[allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed when compiled"
)]
const fn places() -> [u8; 256] {
    let mut places = [REPEATABLE; 256];
    let mut place = 0;
    while place < SINGLE.len() {
        places[SINGLE[place] as usize] = place as u8;
        place += 1;
    }
    places
}

/// Type, octet of the instance, value.
type Element<'a> = (u8, u8, &'a [u8]);

/// Take the next element. None at the end.
fn next<'a>(body: &mut &'a [u8]) -> Result<Option<Element<'a>>, Reason> {
    let [kind, high, low, instance, rest @ ..] = *body else {
        return if body.is_empty() { Ok(None) } else { Err(Reason::Truncated) };
    };
    let (value, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes([*high, *low]))).ok_or(Reason::Truncated)?;
    *body = rest;
    Ok(Some((*kind, *instance, value)))
}

/// A fully qualified tunnel endpoint identifier.
#[derive(Clone, Copy)]
struct Endpoint {
    interface: u8,
    teid: u32,
    v4: Option<[u8; 4]>,
    v6: Option<[u8; 16]>,
}

impl Endpoint {
    fn address(&self) -> Option<IpAddr> {
        self.v4.map(IpAddr::from).or(self.v6.map(IpAddr::from))
    }
}

/// What the elements of one message said together.
pub(super) struct Elements {
    kind: u8,
    left: u32,
    /// Types seen at the level of the message, by instance.
    seen: [u32; 4],
    sender: Option<Endpoint>,
    /// The PGW's, which stands for the sender's in its own answer.
    gateway: Option<Endpoint>,
    /// Address of a bearer's or connection's endpoint, where the message itself has none.
    nested_address: Option<IpAddr>,
    bearers: u64,
    networks: Networks,
    beyond_recovery: bool,
}

impl Elements {
    pub(super) fn new(kind: u8) -> Self {
        Self {
            kind,
            left: MAX_GTP_ELEMENTS,
            seen: [0; 4],
            sender: None,
            gateway: None,
            nested_address: None,
            bearers: 0,
            networks: Networks::default(),
            beyond_recovery: false,
        }
    }

    /// True when no element was read.
    pub(super) const fn is_nothing(&self) -> bool {
        self.left == MAX_GTP_ELEMENTS
    }

    /// Go through the elements of a message.
    pub(super) fn read(&mut self, body: &[u8], message: &mut Message<'_>) -> Result<(), Reason> {
        let mut rest = body;
        while let Some((kind, instance, value)) = next(&mut rest)? {
            self.left = self.left.checked_sub(1).ok_or(Reason::TooManyElements)?;
            if instance != 0 {
                instances(kind, instance, message);
            }
            if self.is_repeated(kind, instance & 0x0f) {
                message.anomalies.add(Anomaly::GtpDuplicateElement);
                continue;
            }
            self.element(kind, instance & 0x0f, value, message)?;
        }
        Ok(())
    }

    /// True for an element that was there before: §7.7.10 lets only the first count. Instances beyond the fourth are not watched.
    fn is_repeated(&mut self, kind: u8, instance: u8) -> bool {
        let place = if instance > 3 { REPEATABLE } else { PLACES.get(usize::from(kind)).copied().unwrap_or(REPEATABLE) };
        let bit = 1_u32 << (place & 31);
        let Some(seen) = self.seen.get_mut(usize::from(instance & 3)) else { return false };
        let before = *seen;
        *seen = before | bit;
        before & bit != 0 && place != REPEATABLE
    }

    fn element(&mut self, kind: u8, instance: u8, value: &[u8], message: &mut Message<'_>) -> Result<(), Reason> {
        match kind {
            1 => identity(Identity::Imsi, value, message),
            76 => identity(Identity::Msisdn, value, message),
            75 => identity(Identity::Imei, value, message),
            2 if instance == 0 => message.error_code = value.first().copied().map(i64::from),
            71 => apn(value, message),
            82 if instance == 0 => message.rat = value.first().copied(),
            83 => self.serving_network(value, message),
            LOCATION if instance != 1 => location(value, &mut self.networks, message),
            72 | 79 | 80 | 95 => message.exposes.add(Exposes::PROFILE),
            87 => self.endpoint(instance, value, message),
            93 => self.bearer(value, message)?,
            103 => mobility_context("triplet", false, value, message),
            104..=106 => mobility_context("quintuplet", false, value, message),
            107 | 108 => mobility_context("eps", true, value, message),
            109 => self.connection(value, message)?,
            3 | 152 => return Ok(()), // Recovery, Sending Node Features
            _ => {}
        }
        self.beyond_recovery = true;
        Ok(())
    }

    /// §7.2.1: a bearer context, which holds no further group.
    fn bearer(&mut self, mut value: &[u8], message: &mut Message<'_>) -> Result<(), Reason> {
        while let Some((kind, _, value)) = next(&mut value)? {
            self.left = self.left.checked_sub(1).ok_or(Reason::TooManyElements)?;
            match kind {
                80 => message.exposes.add(Exposes::PROFILE),
                87 => self.nested_endpoint(value, message),
                _ => {}
            }
        }
        Ok(())
    }

    /// §7.3.1: a PDN connection, which holds bearer contexts.
    fn connection(&mut self, mut value: &[u8], message: &mut Message<'_>) -> Result<(), Reason> {
        while let Some((kind, _, value)) = next(&mut value)? {
            self.left = self.left.checked_sub(1).ok_or(Reason::TooManyElements)?;
            match kind {
                71 => apn(value, message),
                72 => message.exposes.add(Exposes::PROFILE),
                87 => self.nested_endpoint(value, message),
                93 => self.bearer(value, message)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn serving_network(&mut self, value: &[u8], message: &mut Message<'_>) {
        match self.networks.read(&mut Reader::new(value), &mut message.anomalies) {
            Some(plmn) => {
                message.visited_plmn = plmn;
                message.exposes.add(Exposes::LOCATION);
            }
            None => message.anomalies.add(Anomaly::GtpElementFault),
        }
    }

    fn endpoint(&mut self, instance: u8, value: &[u8], message: &mut Message<'_>) {
        let Some(endpoint) = read_endpoint(value, message) else { return };
        if interface::is_user(endpoint.interface) {
            message.exposes.add(Exposes::USER_TRAFFIC);
        }
        message.gsn_address = message.gsn_address.or(endpoint.address());
        match instance {
            0 => self.sender = Some(endpoint),
            1 => self.gateway = Some(endpoint),
            _ => {}
        }
    }

    fn nested_endpoint(&mut self, value: &[u8], message: &mut Message<'_>) {
        let Some(endpoint) = read_endpoint(value, message) else { return };
        self.bearers |= 1 << endpoint.interface;
        self.nested_address = self.nested_address.or(endpoint.address());
        if interface::is_user(endpoint.interface) {
            message.exposes.add(Exposes::USER_TRAFFIC);
        }
    }

    /// What can be judged when all elements were read.
    pub(super) fn conclude(&self, message: &mut Message<'_>) {
        message.gsn_address = message.gsn_address.or(self.nested_address);
        if message.visited_plmn.is_empty() {
            message.visited_plmn = message.cell.plmn;
        }
        if matches!(self.kind, 1 | 2) && self.beyond_recovery {
            message.anomalies.add(Anomaly::GtpEchoPayload);
        }
        // §7.2.1 and §7.2.2: the sender's endpoint has instance 0, on S5/S8 the PGW answers with instance 1 alone.
        let sender = match self.kind {
            33 => self.sender.or(self.gateway),
            32 | 34 | 36 | 130 | 131 | 133 | 134 => self.sender,
            _ => None,
        };
        message.interface = interface::control(sender.map(|sender| sender.interface), self.bearers);
        let Some(sender) = sender else { return };
        message.originating_transaction = Some(u64::from(sender.teid));
        if sender.teid == 0 {
            message.anomalies.add(Anomaly::GtpTeidZero);
        }
        // A context request may be relayed inside a pool (§7.3.5), so its sender is another node.
        let same_family = match message.source_ip {
            Some(IpAddr::V4(_)) => sender.v4.map(IpAddr::from),
            Some(IpAddr::V6(_)) => sender.v6.map(IpAddr::from),
            None => None,
        };
        if let Some(address) = same_family.filter(|_| self.kind != 130) {
            compare_endpoint(address, message);
        }
    }
}

/// The upper half of the octet is spare, and some types have instance 0 alone.
#[cold]
fn instances(kind: u8, octet: u8, message: &mut Message<'_>) {
    if octet & 0xf0 != 0 {
        message.anomalies.add(Anomaly::GtpSpareBits);
    }
    let instance = octet & 0x0f;
    if matches!(kind, 1 | 71 | 75 | 76 | 79 | 83) && instance != 0 || kind == LOCATION && instance > 1 {
        message.anomalies.add(Anomaly::GtpUnexpectedInstance);
    }
}

fn read_endpoint(value: &[u8], message: &mut Message<'_>) -> Option<Endpoint> {
    let mut reader = Reader::new(value);
    let mut read = || -> Result<Endpoint, Reason> {
        let flags = reader.u8()?;
        let teid = reader.u32()?;
        let v4 = if flags & 0x80 != 0 { Some(reader.array()?) } else { None };
        let v6 = if flags & 0x40 != 0 { Some(reader.array()?) } else { None };
        Ok(Endpoint { interface: flags & 0x3f, teid, v4, v6 })
    };
    let endpoint = read().ok();
    if endpoint.is_none() {
        message.anomalies.add(Anomaly::GtpElementFault);
    }
    endpoint
}

/// §8.38: the second octet counts triplets or quintuplets in its upper bits, and quadruplets of EPS below them. Keys are passed over.
fn mobility_context(kind: &'static str, has_quadruplets: bool, value: &[u8], message: &mut Message<'_>) {
    let Some(second) = value.get(1) else { return message.anomalies.add(Anomaly::GtpElementFault) };
    let quadruplets = if has_quadruplets { second >> 2 & 7 } else { 0 };
    vectors(u32::from(second >> 5).saturating_add(u32::from(quadruplets)), kind, message);
}
