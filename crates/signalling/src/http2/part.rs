//! One request or answer as it grows: what its fields and the beginning of its body say. Texts are dropped with it.

use core::net::IpAddr;

use crate::anomaly::{Anomalies, Anomaly};
use crate::budget::MAX_ROUTE_RECORDS;
use crate::diameter::identities::network_of;
use crate::digits::Digits;
use crate::message::{Apn, Cell, Exposes, Message, Protocol, Vectors};
use crate::n32::{self, Api};

/// Octets of a body that are searched for identities: the JSON part of a message comes first and is smaller than this.
const MAX_BODY: usize = 4 << 10;
/// Octets kept of one field; TS 29.500 fields are host names and short lists.
const MAX_FIELD: usize = 512;
/// Keys of a body that hold what proves who a subscriber is (TS 29.503 §6.3.6, TS 29.509 §6.1.6).
const KEYS: [&[u8]; 4] = [b"\"autn\"", b"\"kausf\"", b"\"kseaf\"", b"\"kasme\""];
/// Digits of an IMSI, an MSISDN and an equipment identity, with room for odd ones.
const IMSI: core::ops::RangeInclusive<usize> = 5..=20;
const MSISDN: core::ops::RangeInclusive<usize> = 5..=15;
const IMEI: core::ops::RangeInclusive<usize> = 14..=16;

/// Methods by name: what is not listed has no name in the table.
const METHODS: [&str; 9] = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "CONNECT", "TRACE"];

/// Where a message came from and went to.
#[derive(Clone, Copy, Default)]
pub(super) struct Ends {
    pub source: (Option<IpAddr>, Option<u16>),
    pub destination: (Option<IpAddr>, Option<u16>),
}

impl Ends {
    pub const fn of(envelope: &Message<'_>) -> Self {
        Self { source: (envelope.source_ip, envelope.source_port), destination: (envelope.destination_ip, envelope.destination_port) }
    }
}

/// One request or answer.
#[derive(Default)]
pub(super) struct Part {
    pub is_request: bool,
    /// The direction it goes.
    pub upward: bool,
    /// What its path stands for; an answer is told by its request.
    pub api: Option<Api>,
    pub ends: Ends,
    pub status: Option<i64>,
    /// Every octet of it: header blocks as they were coded, and the body.
    pub length: usize,
    pub anomalies: Anomalies,
    method: Option<&'static str>,
    authority: Option<Box<[u8]>>,
    target: Option<Box<[u8]>>,
    agent: Option<Box<[u8]>>,
    via: Vec<Box<[u8]>>,
    imsi: Digits,
    msisdn: Digits,
    apn: Option<Apn>,
    /// The network that asks.
    from: Digits,
    has_regular: bool,
    body: Vec<u8>,
}

impl Part {
    /// Begin a part whose header block has `length` octets.
    pub fn new(upward: bool, ends: Ends, length: usize, anomalies: Anomalies) -> Self {
        Self { upward, ends, length, anomalies, ..Self::default() }
    }

    /// Take one header field.
    pub fn field(&mut self, name: &[u8], value: &[u8]) {
        let is_pseudo = name.first() == Some(&b':');
        self.has_regular |= !is_pseudo;
        if is_pseudo && self.has_regular || name.iter().any(u8::is_ascii_uppercase) {
            self.anomalies.add(Anomaly::HttpMessageFault);
        }
        match name {
            b":method" => self.is_twice_else(|part| part.method.is_some(), |part| part.method = method(value)),
            b":path" => self.is_twice_else(|part| part.api.is_some(), |part| part.path(value)),
            b":authority" => self.is_twice_else(|part| part.authority.is_some(), |part| part.authority = kept(value)),
            b":status" => self.is_twice_else(|part| part.status.is_some(), |part| part.status = status(value)),
            b"host" => self.authority = self.authority.take().or_else(|| kept(value)),
            b"3gpp-sbi-target-apiroot" => self.target = self.target.take().or_else(|| kept(host_of(value))),
            b"user-agent" => self.agent = kept(agent(value)),
            b"via" => self.relays(value),
            b"3gpp-sbi-originating-network-id" => self.from = originating(value).unwrap_or(self.from),
            b"3gpp-sbi-discovery-requester-plmn-list" => self.from = n32::network(&n32::unescaped(value)).unwrap_or(self.from),
            b"location" => self.names(value),
            b"connection" | b"transfer-encoding" | b"keep-alive" | b"upgrade" | b"proxy-connection" => {
                self.anomalies.add(Anomaly::HttpMessageFault);
            }
            _ => {}
        }
    }

    /// Pseudo-fields stand once (RFC 9113 §8.3); the first one counts.
    fn is_twice_else(&mut self, is_twice: impl Fn(&Self) -> bool, take: impl FnOnce(&mut Self)) {
        if is_twice(self) {
            self.anomalies.add(Anomaly::HttpMessageFault);
        } else {
            take(self);
        }
    }

    fn path(&mut self, value: &[u8]) {
        let (path, query) = n32::path_and_query(value);
        self.api = Some(n32::api(&path));
        self.names(&path);
        self.names(&query);
        self.apn = after(&query, b"dnn=").map(Apn::new);
        self.from = after(&query, b"requester-plmn-list=").and_then(n32::network).unwrap_or(self.from);
    }

    /// Who is named in `text`: the first of each kind.
    fn names(&mut self, text: &[u8]) {
        if self.imsi.is_empty() {
            self.imsi = n32::imsi(text).unwrap_or_default();
        }
        if self.msisdn.is_empty() {
            self.msisdn = n32::digits_behind(text, b"msisdn-", MSISDN).unwrap_or_default();
        }
    }

    /// RFC 9110 §7.6.3: `2.0 sepp.example:80 (comment)`, several joined by commas.
    fn relays(&mut self, value: &[u8]) {
        for relay in value.split(|octet| *octet == b',') {
            let mut words = relay.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
            let Some(host) = words.by_ref().nth(1).and_then(kept) else { continue };
            if self.via.contains(&host) || self.via.len() >= MAX_ROUTE_RECORDS {
                self.anomalies.add(Anomaly::HttpMessageFault);
            }
            if self.via.len() < MAX_ROUTE_RECORDS {
                self.via.push(host);
            }
        }
    }

    /// Take more of the body.
    pub fn body(&mut self, bytes: &[u8]) {
        self.length = self.length.saturating_add(bytes.len());
        let room = MAX_BODY.saturating_sub(self.body.len());
        self.body.extend(bytes.iter().take(room));
    }

    /// True for an answer that another one follows (RFC 9110 §15.2).
    pub fn is_interim(&self) -> bool {
        self.status.is_some_and(|status| (100..200).contains(&status))
    }

    /// True when the part says it is a request, or only requests have what it has.
    pub const fn looks_like_request(&self) -> bool {
        self.method.is_some() || self.api.is_some() || self.authority.is_some() && self.status.is_none()
    }

    /// The part as a row. Its operation is that of its request.
    pub fn row<'p>(&'p self, envelope: &Message<'p>) -> Message<'p> {
        let api = self.api.unwrap_or_default();
        let host = self.target.as_deref().or(self.authority.as_deref());
        let named = self.agent.as_deref();
        let (imsi, msisdn) = (self.imsi, self.msisdn);
        let mut row = Message { protocol: Protocol::Http2, imsi, msisdn, apn: self.apn, ..envelope.clone() };
        row.anomalies.merge(self.anomalies);
        (row.source_ip, row.source_port) = self.ends.source;
        (row.destination_ip, row.destination_port) = self.ends.destination;
        row.message_type = Some(if self.is_request { "request" } else { "answer" });
        (row.interface, row.operation) = (api.interface, api.operation);
        (row.component, row.error_code) = (self.method, self.status);
        (row.origin_host, row.origin_realm) = (named, named.and_then(realm));
        (row.destination_host, row.destination_realm) = (self.authority.as_deref(), host.and_then(realm));
        row.route_record = self.via.iter().map(Box::as_ref).collect();
        row.length = u32::try_from(self.length).unwrap_or(u32::MAX);
        row.visited_plmn = self.from;
        self.tell_body(api, &mut row);
        if row.visited_plmn.is_empty() {
            row.visited_plmn = row.origin_realm.and_then(network_of).unwrap_or_default();
        }
        if row.interface != Some("N32-c") && self.is_between_networks() {
            row.interface = Some("N32-f");
        }
        if !(row.imsi.is_empty() && row.msisdn.is_empty() && row.imei.is_empty()) {
            row.exposes.add(Exposes::IDENTITY);
        }
        row
    }

    /// TS 29.573 §5.3: with TLS, a message between networks is what it was inside one, sent to the other network's SEPP.
    fn is_between_networks(&self) -> bool {
        let Some(host) = self.authority.as_deref().map(host_of) else { return false };
        let is_proxy = host.split(|octet| *octet == b'.').any(|label| label.starts_with(b"sepp"));
        let own = if self.from.is_empty() { self.agent.as_deref().and_then(network_of) } else { Some(self.from) };
        is_proxy && own.is_none_or(|own| network_of(host) != Some(own))
    }

    fn tell_body(&self, api: Api, row: &mut Message<'_>) {
        let body = self.body.as_slice();
        if body.is_empty() {
            return;
        }
        row.exposes.add(if self.is_request { api.request_exposes } else { api.answer_exposes });
        if row.imsi.is_empty() {
            row.imsi = n32::digits_behind(body, b"imsi-", IMSI).or_else(|| n32::imsi(body)).unwrap_or_default();
        }
        if row.msisdn.is_empty() {
            row.msisdn = n32::digits_behind(body, b"msisdn-", MSISDN).unwrap_or_default();
        }
        row.imei = n32::digits_behind(body, b"imeisv-", IMEI).or_else(|| n32::digits_behind(body, b"imei-", IMEI)).unwrap_or_default();
        if api.interface == Some("N32-c") {
            row.component = n32::security(body).or(row.component);
        }
        if let Some(serving) = n32::text_of(body, "servingNetworkName") {
            row.visited_plmn = network_of(serving.strip_prefix(b"5G:").unwrap_or(serving)).unwrap_or(row.visited_plmn);
        }
        row.apn = row.apn.or_else(|| n32::text_of(body, "dnn").map(Apn::new));
        row.rat = n32::text_of(body, "ratType").and_then(radio_access);
        if KEYS.iter().any(|key| n32::position(body, key).is_some()) {
            row.vectors = Vectors { count: 1, kind: Some("5g") };
            row.exposes.add(Exposes::CREDENTIAL);
        }
        row.cell = cell(body).unwrap_or_default();
        if row.cell != Cell::default() {
            row.exposes.add(Exposes::LOCATION);
        }
    }
}

/// NCGI or ECGI with its tracking area (TS 29.571 §5.4.4): hexadecimal text.
fn cell(body: &[u8]) -> Option<Cell> {
    let place = n32::position(body, b"\"nrLocation\"").or_else(|| n32::position(body, b"\"eutraLocation\""))?;
    let location = body.get(place..)?;
    let hexadecimal = |key| {
        let text = core::str::from_utf8(n32::text_of(location, key)?).ok()?;
        u64::from_str_radix(text, 16).ok()
    };
    let cell = hexadecimal("nrCellId").or_else(|| hexadecimal("eutraCellId"));
    let area = hexadecimal("tac").and_then(|area| u32::try_from(area).ok());
    Some(Cell { plmn: n32::network(location).unwrap_or_default(), area, cell })
}

/// The numbers of TS 29.274 §8.17, which the other protocols of the table use.
fn radio_access(text: &[u8]) -> Option<u8> {
    Some(match text {
        b"NR" => 10,
        b"EUTRA" => 6,
        b"WLAN" => 3,
        b"VIRTUAL" => 7,
        b"NBIOT" => 8,
        b"LTE-M" => 9,
        b"UTRA" => 1,
        b"GERA" => 2,
        _ => return None,
    })
}

fn method(value: &[u8]) -> Option<&'static str> {
    METHODS.iter().copied().find(|name| name.as_bytes() == value).or(Some("other"))
}

fn status(value: &[u8]) -> Option<i64> {
    core::str::from_utf8(value).ok()?.parse().ok()
}

fn kept(value: &[u8]) -> Option<Box<[u8]>> {
    value.get(..value.len().min(MAX_FIELD)).filter(|value| !value.is_empty()).map(Box::from)
}

/// The host of `https://host:port/prefix`.
fn host_of(root: &[u8]) -> &[u8] {
    let start = n32::position(root, b"://").map_or(0, |place| place.saturating_add(3));
    root.get(start..).and_then(|rest| rest.split(|octet| matches!(octet, b'/' | b':')).next()).unwrap_or_default()
}

/// The host name in a User-Agent of TS 29.500 §5.2.2: `AMF-<instance> <FQDN>`; without one, nothing.
fn agent(value: &[u8]) -> &[u8] {
    let is_host = |word: &&[u8]| word.contains(&b'.') && !word.contains(&b'/');
    value.split(u8::is_ascii_whitespace).find(is_host).unwrap_or_default()
}

/// The part of a host from `5gc.` on: TS 23.003 §28.2.
fn realm(host: &[u8]) -> Option<&[u8]> {
    network_of(host_of(host))?;
    let host = host_of(host);
    let place = if host.starts_with(b"5gc.") { 0 } else { n32::position(host, b".5gc.").map_or(0, |place| place.saturating_add(1)) };
    host.get(place..)
}

/// `001-01; src=SEPP-…` (TS 29.500 §5.2.3.3.8).
fn originating(value: &[u8]) -> Option<Digits> {
    let network = value.split(|octet| *octet == b';').next()?.trim_ascii();
    let (country, rest) = network.split_first_chunk::<3>()?;
    let code = rest.strip_prefix(b"-")?.split(|octet| *octet == b'-').next()?;
    (2..=3).contains(&code.len()).then(|| Digits::from_ascii(&[&country[..], code].concat())).flatten()
}

/// What stands behind `name` in a query, up to the next field.
fn after<'q>(query: &'q [u8], name: &[u8]) -> Option<&'q [u8]> {
    let value = query.get(n32::position(query, name)?.saturating_add(name.len())..)?;
    value.split(|octet| *octet == b'&').next()
}
