//! What AVPs say to the message table. Ref: RFC 6733, TS 29.272 §7.3, TS 29.061 §16.4.7, RFC 8506 §8.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::entries::{Field, Kind};
use super::identities::{Subscriber, imsi_of_user, is_imsi_length, is_well_formed, network_of, subscriber_of_uri};
use super::location;
use super::walk::{Together, Walk};
use crate::anomaly::{Anomalies, Anomaly};
use crate::budget::MAX_ROUTE_RECORDS;
use crate::digits::Digits;
use crate::gap::Reason;
use crate::message::{Apn, ApplicationContext, Cell, Exposes, Node};
use crate::plmn::is_assignable;
use crate::sms::{self, Sender};

impl<'a> Walk<'_, '_, 'a> {
    /// Give the table what one AVP says.
    pub(super) fn feed(&mut self, field: Field, kind: Kind, key: u64, value: &'a [u8], together: &mut Together<'a>) {
        let message = &mut *self.message;
        match field {
            Field::SessionId => {
                self.session_id.get_or_insert(value);
            }
            Field::OriginHost => named(&mut message.origin_host, value, &mut message.anomalies),
            Field::OriginRealm if is_end_of(message.origin_host, value) => {
                message.origin_realm.get_or_insert(value);
            }
            Field::OriginRealm => named(&mut message.origin_realm, value, &mut message.anomalies),
            Field::DestinationHost => named(&mut message.destination_host, value, &mut message.anomalies),
            Field::DestinationRealm => named(&mut message.destination_realm, value, &mut message.anomalies),
            Field::RouteRecord => self.route(value),
            Field::UserName => self.imsi(imsi_of_user(value)),
            Field::Imsi => self.imsi(digits(kind, value)),
            Field::PublicIdentity => match subscriber_of_uri(value) {
                Some(Subscriber::Msisdn(number)) => self.msisdn(Some(number)),
                Some(Subscriber::Imsi(imsi)) => self.imsi(Some(imsi)),
                None => {}
            },
            Field::Msisdn => self.msisdn(digits(kind, value)),
            Field::Imei => self.imei(digits(kind, value)),
            Field::SubscriptionIdType | Field::SubscriptionIdData | Field::EquipmentType | Field::EquipmentValue => {
                together.keep(field, value);
            }
            Field::Application => self.application(number(value)),
            Field::ResultCode => {
                message.error_code = number(value).map(i64::from).or(message.error_code);
            }
            Field::ExperimentalResultCode => {
                message.error_code = message.error_code.or_else(|| number(value).map(i64::from));
            }
            Field::VisitedPlmn => self.visited(kind, value),
            Field::VectorEps => self.vector("eps"),
            Field::VectorQuintuplet => self.vector("quintuplet"),
            Field::VectorTriplet => self.vector("triplet"),
            Field::EutranCell => self.place(location::eutran_cell(value).map(Some)),
            Field::TrackingArea => self.place(location::tracking_area(value).map(Some)),
            Field::Cell => self.place(location::cell(value).map(Some)),
            Field::Area => self.place(location::area(value).map(Some)),
            Field::UserLocation => self.place(location::user_location(value)),
            Field::LocationAge => message.location_age = message.location_age.or_else(|| number(value).map(i64::from)),
            Field::ServingNode => node(&mut message.serving_node, kind, value),
            Field::HomeNode => node(&mut message.home_node, kind, value),
            Field::GmlcOrScf => node(&mut message.gmlc_or_scf, kind, value),
            Field::Apn => {
                message.apn.get_or_insert_with(|| Apn::new(value));
            }
            Field::Rat => {
                let access = if let [octet] = value { Some(*octet) } else { number(value).and_then(location::radio_access) };
                message.rat = message.rat.or(access);
            }
            Field::Address => message.gsn_address = message.gsn_address.or_else(|| address(value)),
            Field::ShortMessage => {
                let sender = if self.is_from_mobile { Sender::Mobile } else { Sender::Centre };
                if sms::header(value, sender, &mut message.sms, &mut message.anomalies) {
                    message.exposes.add(Exposes::SMS);
                }
            }
            Field::Detail => {
                let name = number(value).and_then(|number| self.dictionary.value(key, number));
                message.component = message.component.or(name);
            }
            Field::Offending => {}
        }
    }

    fn route(&mut self, host: &'a [u8]) {
        let message = &mut *self.message;
        let is_known = message.route_record.iter().any(|known| known.eq_ignore_ascii_case(host));
        if is_known || message.route_record.len() >= MAX_ROUTE_RECORDS {
            message.anomalies.add(Anomaly::DiameterRouteLoop);
        }
        if message.origin_host != Some(host) && !is_well_formed(host) {
            message.anomalies.add(Anomaly::DiameterIdentityForm);
        }
        if message.route_record.len() < MAX_ROUTE_RECORDS {
            message.route_record.push(host);
        }
    }

    fn imsi(&mut self, imsi: Option<Digits>) {
        let Some(imsi) = imsi else { return };
        if !is_imsi_length(imsi.as_bytes()) || !imsi.is_decimal() {
            self.message.anomalies.add(Anomaly::MapIdentityOdd);
        }
        if self.message.imsi.is_empty() {
            self.message.imsi = imsi;
        } else if self.message.imsi != imsi {
            self.message.anomalies.add(Anomaly::MapDuplicateIdentity);
        }
    }

    fn msisdn(&mut self, number: Option<Digits>) {
        let Some(number) = number else { return };
        if !number.is_decimal() {
            self.message.anomalies.add(Anomaly::MapIdentityOdd);
        }
        if self.message.msisdn.is_empty() {
            self.message.msisdn = number;
        }
    }

    fn imei(&mut self, imei: Option<Digits>) {
        let Some(imei) = imei else { return };
        if !(14..=16).contains(&imei.len()) || !imei.is_decimal() {
            self.message.anomalies.add(Anomaly::MapIdentityOdd);
        }
        if self.message.imei.is_empty() {
            self.message.imei = imei;
        }
    }

    /// The header's application against one that the message names; a capabilities exchange lists many under application 0.
    fn application(&mut self, named: Option<u32>) {
        if let (ApplicationContext::Application(header), Some(named)) = (self.message.application_context, named)
            && header != 0
            && header != named
        {
            self.message.anomalies.add(Anomaly::DiameterApplicationMismatch);
        }
    }

    fn visited(&mut self, kind: Kind, value: &[u8]) {
        let (network, is_valid) = if kind == Kind::Plmn {
            location::network(value)
        } else if let Some(network) = network_of(value) {
            (network, is_assignable(network.as_bytes()))
        } else if let Some(network) = Digits::from_ascii(value) {
            (network, is_assignable(network.as_bytes()))
        } else {
            return; // a domain that is not one of a mobile network
        };
        if !is_valid {
            self.message.anomalies.add(Anomaly::PlmnInvalid);
        }
        if self.message.visited_plmn.is_empty() {
            self.message.visited_plmn = network;
        }
    }

    /// Count a vector; its keys are not looked at. The kind is that of the strongest.
    fn vector(&mut self, kind: &'static str) {
        let vectors = &mut self.message.vectors;
        vectors.count = vectors.count.saturating_add(1);
        vectors.kind = match (vectors.kind, kind) {
            (Some("eps"), _) => Some("eps"),
            (Some("quintuplet"), "triplet") => Some("quintuplet"),
            _ => Some(kind),
        };
        self.message.exposes.add(Exposes::CREDENTIAL);
    }

    /// Fill what is still missing of the place: a cell and its area come in two AVPs.
    fn place(&mut self, found: Result<Option<Cell>, Reason>) {
        match found {
            Ok(Some(found)) => {
                let cell = &mut self.message.cell;
                if cell.plmn.is_empty() {
                    cell.plmn = found.plmn;
                }
                if cell.cell.is_none() && found.cell.is_some() {
                    cell.cell = found.cell;
                    cell.area = found.area.or(cell.area);
                }
                cell.area = cell.area.or(found.area);
                self.message.exposes.add(Exposes::LOCATION);
            }
            Ok(None) => {}
            Err(_) => self.message.anomalies.add(Anomaly::DiameterValueForm),
        }
    }

    /// Identities whose type stands beside them.
    pub(super) fn pair(&mut self, together: &Together<'a>) {
        if let (Some(kind), Some(value)) = (together.subscription_type, together.subscription) {
            match kind {
                0 => self.msisdn(Digits::from_ascii(value.strip_prefix(b"+").unwrap_or(value))),
                1 => self.imsi(Digits::from_ascii(value)),
                2 | 3 => match subscriber_of_uri(value) {
                    Some(Subscriber::Msisdn(number)) => self.msisdn(Some(number)),
                    Some(Subscriber::Imsi(imsi)) => self.imsi(Some(imsi)),
                    None => self.imsi(imsi_of_user(value)),
                },
                _ => {}
            }
        }
        // Type 0 is IMEISV; the other types are addresses of interfaces.
        if let (Some(0), Some(value)) = (together.equipment_type, together.equipment) {
            self.imei(unpacked(value).or_else(|| digits(Kind::Octets, value)));
            if unpacked(value).is_some() {
                self.message.anomalies.add(Anomaly::MapIdentityOdd);
            }
        }
    }
}

/// The first name wins, as it does in the stacks that stop at the first match; its form is judged.
fn named<'a>(slot: &mut Option<&'a [u8]>, value: &'a [u8], anomalies: &mut Anomalies) {
    if !is_well_formed(value) {
        anomalies.add(Anomaly::DiameterIdentityForm);
    }
    slot.get_or_insert(value);
}

/// True when `realm` is the end of a host that was judged already: it has nothing odd that the host has not.
fn is_end_of(host: Option<&[u8]>, realm: &[u8]) -> bool {
    realm.first().is_some_and(|first| *first != b'.') && host.is_some_and(|host| host.ends_with(realm))
}

fn node<'a>(slot: &mut Node<'a>, kind: Kind, value: &'a [u8]) {
    if *slot != Node::Absent || value.is_empty() {
        return;
    }
    *slot = match kind {
        Kind::Tbcd => Digits::from_tbcd(value).map_or(Node::Absent, Node::Number),
        _ => Node::Name(value),
    };
}

/// Digits as text, in semi-octets, or, for octets of either form, as they look.
fn digits(kind: Kind, value: &[u8]) -> Option<Digits> {
    let found = match kind {
        Kind::Tbcd => Digits::from_tbcd(value).ok(),
        Kind::Octets if !value.iter().all(u8::is_ascii_digit) => Digits::from_tbcd(value).ok(),
        _ => Digits::from_ascii(value),
    };
    found.filter(|digits| !digits.is_empty())
}

/// A digit an octet: no standard has it, a gateway in the field sends it.
fn unpacked(value: &[u8]) -> Option<Digits> {
    if !(14..=16).contains(&value.len()) || value.iter().any(|octet| *octet > 9) {
        return None;
    }
    let mut digits = Digits::default();
    for octet in value {
        digits.push(*octet).ok()?;
    }
    Some(digits)
}

pub(super) fn number(value: &[u8]) -> Option<u32> {
    value.try_into().ok().map(u32::from_be_bytes)
}

/// An address with its family (RFC 6733 §4.3.1), or as RADIUS had it: four or sixteen octets.
fn address(value: &[u8]) -> Option<IpAddr> {
    let plain = match value {
        [0, 1, rest @ ..] if rest.len() == 4 => rest,
        [0, 2, rest @ ..] if rest.len() == 16 => rest,
        _ => value,
    };
    let four = plain.try_into().ok().map(|octets: [u8; 4]| IpAddr::V4(Ipv4Addr::from(octets)));
    four.or_else(|| plain.try_into().ok().map(|octets: [u8; 16]| IpAddr::V6(Ipv6Addr::from(octets))))
}
