//! Values inside MAP and CAP arguments: identities, addresses, locations. TS 29.002 §17.7.8, TS 23.003, Q.763.

use core::net::IpAddr;

use crate::anomaly::Anomaly;
use crate::bytes::Reader;
use crate::digits::Digits;
use crate::grammar::{Kind, Walk};
use crate::message::{Apn, Exposes, Node};
use crate::plmn::plmn;
use crate::sms::{Sender, header};

mod numbers;

use numbers::{generic, party};

macro_rules! values {
    ($($variant:ident $constant:ident $meaning:literal;)*) => {
        /// A value that is kept, or looked at for what its presence says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Value { $(#[doc = $meaning] $variant,)* }
        $(#[doc = $meaning] pub(crate) const $constant: Kind = Kind::Keep(Value::$variant);)*
    };
}

values! {
    Imsi IMSI "IMSI, TBCD-STRING.";
    Msisdn MSISDN "The subscriber's ISDN-AddressString.";
    Imei IMEI "IMEI or IMEISV.";
    Lmsi LMSI "LMSI or TMSI: it names the subscriber to one node only, and is not kept.";
    ServingNode SERVING_NODE "ISDN-AddressString of a VLR, MSC, SGSN or MME.";
    VlrNumber VLR_NUMBER "The VLR's, which goes before the MSC's.";
    ServingName SERVING_NAME "Diameter identity of an MME, SGSN or AMF.";
    HomeNode HOME_NODE "ISDN-AddressString of an HLR or CSS.";
    ServiceNode SERVICE_NODE "ISDN-AddressString of a gsmSCF or GMLC.";
    ServiceCentre SERVICE_CENTRE "AddressString of a service centre: it stands where a gsmSCF or GMLC would.";
    CentreDestination CENTRE_DESTINATION "Service centre as the destination of a short message.";
    CentreOrigin CENTRE_ORIGIN "Service centre as the origin of a short message.";
    ForwardedTo FORWARDED_TO "AddressString to which calls go: forwarded-to number or roaming number.";
    VisitedPlmn VISITED_PLMN "PLMN-Id of the network that asks.";
    CellOrArea CELL_OR_AREA "Cell global identity, service area identity or location area identity, told apart by length.";
    RoutingArea ROUTING_AREA "Routeing area identity.";
    TrackingArea TRACKING_AREA "Tracking area identity, of two or three octets.";
    EutranCell EUTRAN_CELL "E-UTRAN cell global identity.";
    NrCell NR_CELL "NR cell global identity.";
    Age AGE "Age of location information in minutes.";
    Apn APN "Access point name.";
    GsnAddress GSN_ADDRESS "GSN-Address.";
    RatType RAT_TYPE "Used-RAT-Type.";
    Tpdu TPDU "SM-RP-UI: a short message transfer layer unit.";
    UssdString USSD_STRING "A USSD string: measured, never kept.";
    CalledParty CALLED_PARTY "Called party number of Q.763.";
    CallingParty CALLING_PARTY "Calling party number of Q.763.";
    RedirectingParty REDIRECTING_PARTY "Redirecting number of Q.763.";
    RoutingAddress ROUTING_ADDRESS "Number of Q.763 to which a call is routed.";
    GenericAddress GENERIC_ADDRESS "Generic number of Q.763 to which a call is routed.";
    Event EVENT "Event type at a detection point.";
    SmsParty SMS_PARTY "AddressString of the short message's sender.";
    SmsDestination SMS_DESTINATION "Called party BCD number of a short message.";
    SmsProtocol SMS_PROTOCOL "TP-PID.";
    SmsCoding SMS_CODING "TP-DCS, or the data coding scheme of a USSD string.";
}

impl Walk<'_, '_> {
    /// Keep one value.
    pub(crate) fn keep(&mut self, value: Value, bytes: &[u8]) {
        match value {
            Value::Imsi | Value::Imei => self.identity(value, bytes),
            Value::Msisdn => {
                let digits = self.address(bytes, true);
                if digits.is_empty() {
                    self.reading.note(Anomaly::MapIdentityOdd);
                } else {
                    self.name(Value::Msisdn, digits);
                }
            }
            Value::Lmsi => self.has_temporary_identity = true,
            Value::Tpdu => {
                let sender = self.sender.unwrap_or(Sender::Mobile);
                if header(bytes, sender, &mut self.message.sms, &mut self.reading.anomalies) {
                    self.message.exposes.add(Exposes::SMS);
                }
            }
            Value::UssdString => {
                self.message.sms.direction = Some("ussd");
                self.message.sms.length = u32::try_from(bytes.len()).ok();
            }
            Value::Apn => self.apn(bytes),
            Value::GsnAddress => self.gsn_address(bytes),
            Value::RatType => self.message.rat = bytes.first().copied(),
            Value::Event => self.event = bytes.first().copied().map(i64::from),
            Value::SmsProtocol => self.message.sms.pid = bytes.first().copied(),
            Value::SmsCoding => self.message.sms.dcs = bytes.first().copied(),
            Value::ServingName => {}
            _ => self.place(value, bytes),
        }
    }

    fn place(&mut self, value: Value, bytes: &[u8]) {
        match value {
            Value::VisitedPlmn => {
                let plmn = self.plmn(&mut Reader::new(bytes));
                self.message.visited_plmn = plmn.unwrap_or_default();
            }
            Value::CellOrArea => self.area(bytes, 2, if bytes.len() > 5 { 2 } else { 0 }, 16),
            Value::RoutingArea => self.area(bytes, 2, 0, 0),
            Value::TrackingArea => self.area(bytes, if bytes.len() > 5 { 3 } else { 2 }, 0, 0),
            Value::EutranCell => self.area(bytes, 0, 4, 28),
            Value::NrCell => self.area(bytes, 0, 5, 36),
            Value::Age => {
                let (age, first) = (number(bytes), self.message.location_age);
                self.message.location_age = first.or(i64::try_from(age).ok());
            }
            Value::CalledParty => self.called = party(bytes),
            Value::CallingParty => self.calling = party(bytes),
            Value::RedirectingParty => self.redirecting = party(bytes),
            Value::RoutingAddress if self.message.forwarded_to.is_empty() => self.message.forwarded_to = party(bytes),
            Value::GenericAddress if self.message.forwarded_to.is_empty() => self.message.forwarded_to = generic(bytes),
            Value::SmsParty => self.calling = self.address(bytes, false),
            Value::SmsDestination => self.called = self.address(bytes, false),
            _ => self.node(value, bytes),
        }
    }

    fn node(&mut self, value: Value, bytes: &[u8]) {
        let digits = self.address(bytes, !matches!(value, Value::ForwardedTo));
        if digits.is_empty() {
            return;
        }
        let message = &mut *self.message;
        let node = match value {
            Value::ForwardedTo if message.forwarded_to.is_empty() => {
                message.forwarded_to = digits;
                return;
            }
            Value::VlrNumber => {
                message.serving_node = Node::Number(digits);
                return;
            }
            Value::ServingNode => &mut message.serving_node,
            Value::HomeNode => &mut message.home_node,
            Value::CentreDestination => {
                self.sender = Some(Sender::Mobile);
                &mut message.gmlc_or_scf
            }
            Value::CentreOrigin => {
                self.sender = Some(Sender::Centre);
                &mut message.gmlc_or_scf
            }
            Value::ServiceNode | Value::ServiceCentre => &mut message.gmlc_or_scf,
            _ => return,
        };
        if *node == Node::Absent {
            *node = Node::Number(digits);
        }
    }

    /// IMSI: 6 to 15 digits (TS 23.003 §2.2). IMEI: 14 to 16 (§6.2), with a spare digit that may be filler.
    fn identity(&mut self, value: Value, bytes: &[u8]) {
        let Ok(digits) = Digits::from_tbcd(bytes) else { return self.reading.note(Anomaly::MapIdentityOdd) };
        let lengths = if value == Value::Imsi { 6..=15 } else { 14..=16 };
        if !lengths.contains(&digits.len()) || !digits.is_decimal() {
            self.reading.note(Anomaly::MapIdentityOdd);
        }
        if !digits.is_empty() {
            self.name(value, digits);
        }
    }

    /// The first identity of a kind is kept; another one that differs is an anomaly in an argument about one subscriber.
    fn name(&mut self, value: Value, digits: Digits) {
        let slot = match value {
            Value::Imsi => &mut self.message.imsi,
            Value::Imei => &mut self.message.imei,
            _ => &mut self.message.msisdn,
        };
        if slot.is_empty() {
            *slot = digits;
        } else if *slot != digits && self.is_about_subscriber {
            self.reading.note(Anomaly::MapDuplicateIdentity);
        }
    }

    /// AddressString: nature and numbering plan in the first octet, then digits. Node numbers are international E.164 (TS 23.003 §5).
    fn address(&mut self, bytes: &[u8], is_international: bool) -> Digits {
        let Some((form, rest)) = bytes.split_first() else { return Digits::default() };
        let Ok(digits) = Digits::from_tbcd(rest) else {
            self.reading.note(Anomaly::MapIdentityOdd);
            return Digits::default();
        };
        if is_international {
            if *form != 0x91 {
                self.reading.note(Anomaly::MapAddressForm);
            }
            if !digits.is_decimal() || digits.len() > 15 {
                self.reading.note(Anomaly::MapIdentityOdd);
            }
        }
        digits
    }

    /// A network identity, then an area of `area` octets and a cell of `cell` octets, of which `bits` count.
    /// The first area and cell of one network are kept.
    fn area(&mut self, bytes: &[u8], area: usize, cell: usize, bits: u32) {
        let mut reader = Reader::new(bytes);
        let Some(plmn) = self.plmn(&mut reader) else { return };
        let mut read = |octets: usize| reader.take(octets).ok().filter(|taken| !taken.is_empty()).map(number);
        let (area, cell) = (read(area).and_then(|area| u32::try_from(area).ok()), read(cell));
        let cell = cell.map(|cell| cell & !(u64::MAX << bits));
        let known = &mut self.message.cell;
        if known.plmn.is_empty() || known.plmn == plmn {
            known.plmn = plmn;
            known.area = known.area.or(area);
            known.cell = known.cell.or(cell);
        }
    }

    fn plmn(&mut self, reader: &mut Reader<'_>) -> Option<Digits> {
        let (digits, is_valid) = plmn(reader.array().ok()?);
        if !is_valid {
            self.reading.note(Anomaly::PlmnInvalid);
        }
        Some(digits)
    }

    /// Labels with their lengths (TS 23.003 §9.1) become text with dots.
    fn apn(&mut self, bytes: &[u8]) {
        let (mut text, mut length, mut reader) = ([0_u8; Apn::CAPACITY], 0_usize, Reader::new(bytes));
        while let Ok(octets) = reader.u8() {
            let octets = usize::from(octets).min(reader.remaining());
            let label = reader.take(octets).unwrap_or_default();
            let dot: &[u8] = if length == 0 { b"" } else { b"." };
            for octet in dot.iter().chain(label) {
                if let Some(slot) = text.get_mut(length) {
                    *slot = *octet;
                    length = length.saturating_add(1);
                }
            }
        }
        if self.message.apn.is_none() && length > 0 {
            self.message.apn = text.get(..length).map(Apn::new);
        }
    }

    /// Address type and length in the first octet (TS 23.003 §5.1).
    fn gsn_address(&mut self, bytes: &[u8]) {
        let address = match bytes.split_first() {
            Some((0x04, rest)) => <[u8; 4]>::try_from(rest).ok().map(IpAddr::from),
            Some((0x50, rest)) => <[u8; 16]>::try_from(rest).ok().map(IpAddr::from),
            _ => None,
        };
        self.message.gsn_address = self.message.gsn_address.or(address);
    }
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |value, octet| value << 8 | u64::from(*octet))
}
