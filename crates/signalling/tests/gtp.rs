//! Whole GTP and PFCP messages, built by hand with fictional identities (MCC 001, country code 999), and those of other stacks beside the project.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::type_complexity,
    reason = "a test stops at its first fault"
)]

use core::net::IpAddr;
use std::collections::BTreeMap;

use signalling::anomaly::Anomaly;
use signalling::file::FileReader;
use signalling::gap::{Gap, Reason};
use signalling::gtp::{Arrival, GtpState, Port, decode};
use signalling::ip::Fragments;
use signalling::link::{self, Payload};
use signalling::message::{Exposes, Message, Node, Protocol};
use signalling::sink::{Sink, Tunnel};
use signalling::udp;

const SGW: [u8; 4] = [192, 0, 2, 1];
const PGW: [u8; 4] = [192, 0, 2, 2];
const IMSI: [u8; 8] = [0x00, 0x11, 0x21, 0x43, 0x65, 0x87, 0x09, 0xf1];

/// Rows without their borrow: `Node::Name` is kept apart.
#[derive(Default)]
struct Rows {
    messages: Vec<Message<'static>>,
    names: Vec<Vec<u8>>,
    gaps: Vec<Gap>,
    tunnels: Vec<Tunnel>,
}

impl Sink for Rows {
    fn message(&mut self, message: &Message<'_>) {
        if let Node::Name(name) = message.serving_node {
            self.names.push(name.to_vec());
        }
        self.messages.push(Message {
            protocol: message.protocol,
            frame: message.frame,
            index: message.index,
            interface: message.interface,
            message_type: message.message_type,
            operation: message.operation,
            operation_code: message.operation_code,
            error_code: message.error_code,
            source_ip: message.source_ip,
            originating_transaction: message.originating_transaction,
            destination_transaction: message.destination_transaction,
            teid: message.teid,
            sequence: message.sequence,
            imsi: message.imsi,
            msisdn: message.msisdn,
            imei: message.imei,
            visited_plmn: message.visited_plmn,
            cell: message.cell,
            apn: message.apn,
            gsn_address: message.gsn_address,
            rat: message.rat,
            vectors: message.vectors,
            exposes: message.exposes,
            anomalies: message.anomalies,
            length: message.length,
            request_frame: message.request_frame,
            delay: message.delay,
            ..Message::default()
        });
    }

    fn gap(&mut self, gap: Gap) {
        self.gaps.push(gap);
    }

    fn tunnel(&mut self, tunnel: Tunnel) {
        self.tunnels.push(tunnel);
    }
}

/// A world of two nodes.
#[derive(Default)]
struct Bench {
    state: GtpState,
    rows: Rows,
    frame: u64,
}

impl Bench {
    fn take(&mut self, port: Port, from: [u8; 4], to: [u8; 4], bytes: &[u8], missing: usize) {
        self.frame += 1;
        let number = match port {
            Port::Control => 2123,
            Port::User => 2152,
            Port::Prime => 3386,
            Port::Pfcp => 8805,
        };
        let envelope = Message {
            frame: self.frame,
            observed_at: i64::try_from(self.frame).unwrap() * 1_000,
            source_ip: Some(IpAddr::from(from)),
            destination_ip: Some(IpAddr::from(to)),
            source_port: Some(number),
            destination_port: Some(number),
            ..Message::default()
        };
        decode(bytes, Arrival { port, missing }, &envelope, &mut self.state, &mut self.rows);
    }

    fn finish(mut self) -> Rows {
        self.state.finish(&mut self.rows);
        self.rows
    }
}

/// The rows of one datagram from the SGW.
fn rows(port: Port, bytes: &[u8]) -> Rows {
    let mut bench = Bench::default();
    bench.take(port, SGW, PGW, bytes, 0);
    bench.finish()
}

/// The only row of one datagram.
fn row(port: Port, bytes: &[u8]) -> Message<'static> {
    let mut rows = rows(port, bytes);
    assert_eq!((rows.messages.len(), rows.gaps.len()), (1, 0), "{:?}", rows.gaps);
    rows.messages.remove(0)
}

fn told(message: &Message<'_>) -> Vec<Anomaly> {
    message.anomalies.iter().collect()
}

fn reasons(rows: &Rows) -> Vec<Reason> {
    rows.gaps.iter().map(|gap| gap.reason).collect()
}

fn be16(value: usize) -> [u8; 2] {
    u16::try_from(value).unwrap().to_be_bytes()
}

// Version 2.

fn element(kind: u8, instance: u8, value: &[u8]) -> Vec<u8> {
    let length = be16(value.len());
    [&[kind, length[0], length[1], instance], value].concat()
}

fn version_2(kind: u8, teid: u32, sequence: u8, body: &[Vec<u8>]) -> Vec<u8> {
    let body = body.concat();
    let length = be16(8 + body.len());
    [&[0x48, kind, length[0], length[1]], &teid.to_be_bytes()[..], &[0, 0, sequence, 0], &body].concat()
}

fn endpoint(instance: u8, interface: u8, teid: u8, address: [u8; 4]) -> Vec<u8> {
    element(87, instance, &[&[0x80 | interface, 0, 0, 0, teid], &address[..]].concat())
}

fn imsi() -> Vec<u8> {
    element(1, 0, &IMSI)
}

fn create_session_request() -> Vec<u8> {
    let bearer = [element(73, 0, &[5]), element(80, 0, &[0; 22]), endpoint(2, 4, 9, SGW)].concat();
    version_2(
        32,
        0,
        1,
        &[
            imsi(),
            element(76, 0, &[0x99, 0x79, 0x10, 0x32, 0x54, 0x76]),
            element(75, 0, &[0x53, 0x01, 0x10, 0x00, 0x00, 0x10, 0x32, 0xf4]),
            element(86, 0, &[0x18, 0x00, 0xf1, 0x10, 0x12, 0x34, 0x00, 0xf1, 0x10, 0x01, 0x23, 0x45, 0x67]),
            element(83, 0, &[0x00, 0xf1, 0x10]),
            element(82, 0, &[6]),
            endpoint(0, 6, 7, SGW),
            element(71, 0, b"\x08internet\x06mnc001\x06mcc001\x04gprs"),
            element(79, 0, &[1, 0, 0, 0, 0]),
            element(93, 0, &bearer),
            element(3, 0, &[7]),
        ],
    )
}

fn create_session_response() -> Vec<u8> {
    let bearer = [element(73, 0, &[5]), element(2, 0, &[16, 0]), endpoint(2, 5, 9, PGW)].concat();
    version_2(33, 7, 1, &[element(2, 0, &[16, 0]), endpoint(1, 7, 8, PGW), element(79, 0, &[1, 10, 0, 0, 1]), element(93, 0, &bearer)])
}

#[test]
fn a_session_request_gives_every_column_of_its_elements() {
    let bytes = create_session_request();
    let message = row(Port::Control, &bytes);
    assert_eq!(
        (message.protocol, message.message_type, message.operation),
        (Protocol::GtpV2, Some("request"), Some("Create Session Request"))
    );
    assert_eq!((message.operation_code, message.teid, message.sequence), (Some(32), Some(0), Some(1)));
    assert_eq!(usize::try_from(message.length), Ok(bytes.len()));
    assert_eq!((message.imsi.as_bytes(), message.msisdn.as_bytes()), (&b"001112345678901"[..], &b"999701234567"[..]));
    assert_eq!(message.imei.as_bytes(), b"351001000001234");
    assert_eq!((message.visited_plmn.as_bytes(), message.rat), (&b"00101"[..], Some(6)));
    assert_eq!((message.cell.plmn.as_bytes(), message.cell.area, message.cell.cell), (&b"00101"[..], Some(0x1234), Some(0x0123_4567)));
    assert_eq!(message.apn.unwrap().as_bytes(), b"internet.mnc001.mcc001.gprs");
    assert_eq!((message.gsn_address, message.originating_transaction), (Some(IpAddr::from(SGW)), Some(7)));
    assert_eq!(message.interface, Some("S5/S8"));
    assert_eq!(message.exposes.0, Exposes::IDENTITY | Exposes::LOCATION | Exposes::PROFILE | Exposes::USER_TRAFFIC);
    assert_eq!(told(&message), []);
}

#[test]
fn an_answer_finds_its_request_and_its_reference_point() {
    let mut bench = Bench::default();
    bench.take(Port::Control, SGW, PGW, &create_session_request(), 0);
    bench.take(Port::Control, SGW, PGW, &create_session_request(), 0);
    bench.take(Port::Control, PGW, SGW, &create_session_response(), 0);
    bench.take(Port::Control, PGW, SGW, &create_session_response(), 0);
    let release = version_2(37, 7, 2, &[element(2, 0, &[64, 0])]);
    bench.take(Port::Control, PGW, SGW, &release, 0);
    let rows = bench.finish();
    for answer in &rows.messages[2..4] {
        assert_eq!((answer.message_type, answer.error_code, answer.interface), (Some("answer"), Some(16), Some("S5/S8")));
        assert_eq!((answer.request_frame, told(answer)), (Some(1), vec![]), "a repeated request keeps its first frame");
    }
    assert_eq!((rows.messages[2].delay, rows.messages[3].delay), (Some(2_000), Some(3_000)));
    assert_eq!((rows.messages[4].request_frame, rows.messages[4].interface), (None, None), "an answer that nobody asked for");
}

#[test]
fn the_reference_point_is_told_where_the_endpoints_tell_it() {
    let bearer = |interface| element(93, 0, &endpoint(0, interface, 3, SGW));
    let interface = |kind, body: &[Vec<u8>]| row(Port::Control, &version_2(kind, 1, 1, body)).interface;
    assert_eq!(interface(32, &[endpoint(0, 10, 1, SGW), endpoint(1, 7, 0, PGW)]), Some("S11"));
    assert_eq!(interface(33, &[endpoint(0, 11, 1, SGW), bearer(1)]), Some("S11"));
    assert_eq!(interface(33, &[endpoint(0, 11, 1, SGW), bearer(16)]), Some("S4"));
    assert_eq!(interface(33, &[endpoint(0, 11, 1, SGW)]), None);
    assert_eq!(interface(34, &[bearer(0)]), Some("S11"));
    assert_eq!(interface(95, &[bearer(5)]), Some("S5/S8"));
    assert_eq!(interface(133, &[endpoint(0, 12, 1, SGW)]), Some("S10"));
    assert_eq!(interface(130, &[endpoint(0, 14, 1, SGW)]), Some("S3"));
    assert_eq!(interface(36, &[]), None);
}

#[test]
fn every_form_of_location_is_read() {
    let place = |value: &[u8]| {
        let cell = row(Port::Control, &version_2(38, 1, 1, &[imsi(), element(86, 0, value)])).cell;
        (String::from_utf8_lossy(cell.plmn.as_bytes()).into_owned(), cell.area, cell.cell)
    };
    let plmn = [0x00, 0xf1, 0x10];
    let with = |flags: u8, tail: &[u8]| [&[flags], &plmn[..], tail].concat();
    let test = || "00101".to_owned();
    assert_eq!(place(&with(0x01, &[0, 1, 0, 2])), (test(), Some(1), Some(2)));
    assert_eq!(place(&with(0x02, &[0, 1, 0, 2])), (test(), Some(1), Some(2)));
    assert_eq!(place(&with(0x04, &[0, 1, 2, 0xff])), (test(), Some(1), None));
    assert_eq!(place(&with(0x08, &[0, 1])), (test(), Some(1), None));
    assert_eq!(place(&with(0x10, &[0xf1, 2, 3, 4])), (test(), None, Some(0x0102_0304)));
    assert_eq!(place(&with(0x20, &[0, 1])), (test(), Some(1), None));
    assert_eq!(place(&with(0x40, &[1, 2, 3])), (test(), None, None));
    let all = [&with(0x09, &[0, 1, 0, 2])[..], &plmn, &[0, 7]].concat();
    assert_eq!(place(&all), (test(), Some(7), None), "the evolved network goes before the old one");
    let faulty = row(Port::Control, &version_2(38, 1, 1, &[element(86, 0, &[0x08, 0x00, 0xf1])]));
    assert_eq!(told(&faulty), [Anomaly::GtpElementFault]);
}

#[test]
fn keys_are_counted_and_dropped() {
    let key = [0xa5; 16];
    let context = |kind, second| element(kind, 0, &[&[0x80, second][..], &key, &key].concat());
    let vectors = |kind, second| {
        let message = row(Port::Control, &version_2(131, 1, 1, &[context(kind, second)]));
        assert_eq!(message.exposes.0 & Exposes::CREDENTIAL, Exposes::CREDENTIAL);
        assert!(!format!("{message:?}").contains("165, 165"));
        (message.vectors.count, message.vectors.kind)
    };
    assert_eq!(vectors(107, 0b0010_1000), (3, Some("eps")));
    assert_eq!(vectors(106, 0b0110_0000), (3, Some("quintuplet")));
    assert_eq!(vectors(103, 0b1010_0000), (5, Some("triplet")));
}

#[test]
fn faults_of_version_2_are_told_and_decoding_goes_on() {
    let told = |bytes: &[u8]| told(&row(Port::Control, bytes));
    let sound = version_2(38, 1, 1, &[imsi()]);
    assert_eq!(told(&sound), []);
    let change = |at: usize, octet: u8| {
        let mut bytes = sound.clone();
        bytes[at] = octet;
        bytes
    };
    assert_eq!(told(&change(0, 0x4a)), [Anomaly::GtpSpareBits]);
    assert_eq!(told(&change(11, 0x10)), [Anomaly::GtpSpareBits]);
    assert_eq!(told(&[&change(0, 0x4c)[..11], &[0x70], &sound[12..]].concat()), [], "a message priority");
    assert_eq!(told(&change(15, 0x01)), [Anomaly::GtpUnexpectedInstance]);
    assert_eq!(told(&change(15, 0x20)), [Anomaly::GtpSpareBits]);
    assert_eq!(told(&change(20, 0xfa)), [Anomaly::GtpIdentityOdd]);
    assert_eq!(told(&[&sound[..], &[0; 6]].concat()), [Anomaly::GtpLengthMismatch]);
    assert_eq!(told(&change(3, 40)), [Anomaly::GtpLengthMismatch]);
    let other = element(1, 0, &[0x00, 0x11, 0x99, 0x99, 0x99, 0x99, 0x99, 0xf9]);
    let twice = row(Port::Control, &version_2(38, 1, 1, &[imsi(), other]));
    assert_eq!(
        (twice.anomalies.iter().collect::<Vec<_>>(), twice.imsi.as_bytes()),
        (vec![Anomaly::GtpDuplicateElement], &b"001112345678901"[..])
    );
    assert_eq!(told(&version_2(99, 1, 1, &[element(73, 0, &[5]), element(73, 0, &[6])])), [], "a list");
    assert_eq!(told(&version_2(36, 0, 1, &[])), [Anomaly::GtpTeidZero]);
    assert_eq!(told(&version_2(33, 0, 1, &[element(2, 0, &[16, 0])])), [Anomaly::GtpTeidZero]);
    assert_eq!(told(&version_2(33, 0, 1, &[element(2, 0, &[64, 0])])), [], "a refusal has no context");
    assert_eq!(told(&version_2(32, 0, 1, &[imsi(), endpoint(0, 6, 0, SGW)])), [Anomaly::GtpTeidZero]);
    assert_eq!(told(&version_2(32, 0, 1, &[imsi(), endpoint(0, 6, 1, PGW)])), [Anomaly::GtpSourceNotEndpoint]);
    assert_eq!(told(&version_2(130, 0, 1, &[endpoint(0, 12, 1, PGW)])), [], "a context request may be relayed");
    assert_eq!(told(&[0x40, 38, 0, 4, 0, 0, 1, 0]), [Anomaly::GtpHeaderFlag]);
    assert_eq!(told(&[0x40, 36, 0, 4, 0, 0, 1, 0]), [Anomaly::GtpTeidZero, Anomaly::GtpHeaderFlag]);
    assert_eq!(told(&version_2(1, 5, 1, &[])), [Anomaly::GtpHeaderFlag]);
    assert_eq!(told(&[&[0x40, 1, 0, 9, 0, 0, 1, 0][..], &element(3, 0, &[1])].concat()), []);
    assert_eq!(told(&[&[0x40, 1, 0, 9, 0, 0, 1, 0][..], &element(255, 0, &[1])].concat()), [Anomaly::GtpEchoPayload]);
    assert_eq!(told(&version_2(32, 0, 1, &[imsi(), element(83, 0, &[0x00, 0xf0, 0x00])])), [Anomaly::PlmnInvalid]);
}

#[test]
fn a_message_that_ends_early_gives_a_row_and_a_gap() {
    let mut bytes = version_2(38, 1, 1, &[imsi(), element(83, 0, &[0x00, 0xf1, 0x10])]);
    let last = bytes.len() - 6;
    bytes[last] = 9;
    let rows = rows(Port::Control, &bytes);
    assert_eq!((rows.messages[0].imsi.len(), told(&rows.messages[0])), (15, vec![Anomaly::GtpLengthMismatch]));
    assert_eq!(reasons(&rows), [Reason::Truncated]);
    let mut bench = Bench::default();
    let whole = create_session_request();
    bench.take(Port::Control, SGW, PGW, &whole[..60], whole.len() - 60);
    let rows = bench.finish();
    assert_eq!((rows.messages[0].imsi.len(), told(&rows.messages[0])), (15, vec![]), "the capture cut it, not the sender");
    assert_eq!(reasons(&rows), [Reason::Truncated]);
    let many = version_2(38, 1, 1, &vec![element(73, 0, &[5]); 600]);
    assert_eq!(reasons(&rows_of(&many)), [Reason::TooManyElements]);
}

fn rows_of(bytes: &[u8]) -> Rows {
    rows(Port::Control, bytes)
}

#[test]
fn a_second_message_rides_where_it_may() {
    let piggyback = |first: &[u8], second: &[u8]| {
        let mut first = first.to_vec();
        first[0] |= 0x10;
        [&first, second].concat()
    };
    let response = version_2(33, 7, 1, &[element(2, 0, &[16, 0])]);
    let bearer = version_2(95, 7, 2, &[element(73, 0, &[5])]);
    let rows = rows_of(&piggyback(&response, &bearer));
    let seen: Vec<_> = rows.messages.iter().map(|message| (message.index, message.operation_code, told(message))).collect();
    assert_eq!(seen, [(0, Some(33), vec![]), (1, Some(95), vec![])]);
    let rows = rows_of(&piggyback(&version_2(36, 7, 1, &[]), &create_session_request()));
    assert_eq!(rows.messages.iter().map(told).collect::<Vec<_>>(), [[Anomaly::GtpPiggyback], [Anomaly::GtpPiggyback]]);
    assert_eq!(rows.messages[1].imsi.len(), 15);
    let chain = (0..20).fold(response.clone(), |chain, _| piggyback(&response, &chain));
    let rows = rows_of(&chain);
    assert_eq!((rows.messages.len(), reasons(&rows)), (7, vec![Reason::TooManyElements]));
    let rows = rows_of(&piggyback(&response, &[0x48, 95]));
    assert_eq!((rows.messages.len(), reasons(&rows)), (1, vec![Reason::Truncated]));
    assert_eq!((rows.gaps[0].offset, rows.gaps[0].length), (response.len(), 2));
}

// Versions 1 and 0.

fn version_1(kind: u8, teid: u32, body: &[u8]) -> Vec<u8> {
    let length = be16(4 + body.len());
    [&[0x32, kind, length[0], length[1]], &teid.to_be_bytes()[..], &[0, 1, 0, 0], body].concat()
}

fn long(kind: u8, value: &[u8]) -> Vec<u8> {
    [&[kind], &be16(value.len())[..], value].concat()
}

fn create_context_request() -> Vec<u8> {
    let body = [
        [&[2][..], &IMSI].concat(),
        vec![3, 0x00, 0xf1, 0x10, 0x12, 0x34, 0x05],
        vec![14, 7, 15, 1],
        vec![16, 0, 0, 0, 9],
        vec![17, 0, 0, 0, 8],
        vec![20, 5],
        long(128, &[0xf1, 0x21]),
        long(131, b"\x08internet"),
        long(133, &SGW),
        long(133, &SGW),
        long(134, &[0x91, 0x99, 0x79, 0x10, 0x32, 0x54, 0x76]),
        long(135, &[0; 12]),
        long(151, &[1]),
        long(152, &[0, 0x00, 0xf1, 0x10, 0x12, 0x34, 0x00, 0x42]),
        long(154, &[0x53, 0x01, 0x10, 0x00, 0x00, 0x10, 0x32, 0xf4]),
    ];
    version_1(16, 0, &body.concat())
}

#[test]
fn a_context_request_gives_every_column_of_its_elements() {
    let message = row(Port::Control, &create_context_request());
    assert_eq!(
        (message.protocol, message.message_type, message.operation),
        (Protocol::GtpV1, Some("request"), Some("Create PDP Context Request"))
    );
    assert_eq!(
        (message.teid, message.sequence, message.originating_transaction, message.interface),
        (Some(0), Some(1), Some(8), Some("Gn/Gp"))
    );
    assert_eq!((message.imsi.as_bytes(), message.msisdn.as_bytes()), (&b"001112345678901"[..], &b"999701234567"[..]));
    assert_eq!((message.imei.as_bytes(), message.visited_plmn.as_bytes(), message.rat), (&b"351001000001234"[..], &b"00101"[..], Some(1)));
    assert_eq!((message.cell.area, message.cell.cell), (Some(0x1234), Some(0x42)));
    assert_eq!((message.apn.unwrap().as_bytes(), message.gsn_address), (&b"internet"[..], Some(IpAddr::from(SGW))));
    assert_eq!(message.exposes.0, Exposes::IDENTITY | Exposes::LOCATION | Exposes::PROFILE | Exposes::USER_TRAFFIC);
    assert_eq!(told(&message), []);
}

#[test]
fn faults_of_version_1_are_told_and_decoding_goes_on() {
    let told = |bytes: &[u8]| told(&row(Port::Control, bytes));
    assert_eq!(told(&version_1(18, 1, &[14, 7, 3, 0x00, 0xf1, 0x10, 0x12, 0x34, 0x05])), [Anomaly::GtpElementOrder]);
    let twice = [[&[2][..], &IMSI].concat(), [&[2][..], &IMSI].concat()].concat();
    assert_eq!(told(&version_1(18, 1, &twice)), [Anomaly::GtpDuplicateElement]);
    assert_eq!(told(&version_1(20, 0, &[])), [Anomaly::GtpTeidZero]);
    assert_eq!(told(&version_1(17, 0, &[1, 128])), [Anomaly::GtpTeidZero]);
    assert_eq!(told(&version_1(17, 0, &[1, 199])), []);
    let elsewhere = [&[17, 0, 0, 0, 0][..], &long(133, &PGW)].concat();
    assert_eq!(told(&version_1(16, 0, &elsewhere)), [Anomaly::GtpSourceNotEndpoint, Anomaly::GtpTeidZero]);
    assert_eq!(told(&version_1(2, 0, &[14, 1])), []);
    assert_eq!(told(&version_1(1, 0, &long(255, &[0, 9, 1, 2, 3]))), [Anomaly::GtpEchoPayload]);
    assert_eq!(told(&[0x30, 20, 0, 0, 0, 0, 0, 1]), [Anomaly::GtpHeaderFlag]);
    assert_eq!(told(&[0x3a, 20, 0, 4, 0, 0, 0, 1, 0, 1, 0, 0]), [Anomaly::GtpSpareBits]);
    assert_eq!(told(&[&version_1(20, 1, &[])[..], &[0; 2]].concat()), [Anomaly::GtpLengthMismatch]);
    let unknown = rows_of(&version_1(16, 0, &[2, 0x00, 0x11, 0x21, 0x43, 0x65, 0x87, 0x09, 0xf1, 99, 1, 2]));
    assert_eq!(
        (unknown.messages[0].imsi.len(), reasons(&unknown)),
        (15, vec![Reason::InvalidValue]),
        "a type without length ends the reading"
    );
    let context = version_1(51, 1, &[&[1, 128][..], &long(129, &[&[0, 0b0101_1000][..], &[0xa5; 8]].concat())].concat());
    let vectors = row(Port::Control, &context).vectors;
    assert_eq!((vectors.count, vectors.kind), (3, Some("triplet")));
}

#[test]
fn version_0_names_the_subscriber_in_its_header() {
    let header = |kind: u8, body: &[u8]| {
        let length = be16(body.len());
        let tunnel = [0x00, 0x11, 0x21, 0x43, 0x65, 0x87, 0x09, 0x51];
        [&[0x1e, kind, length[0], length[1], 0, 7, 0, 9, 0xff, 0xff, 0xff, 0xff], &tunnel[..], body].concat()
    };
    let message = row(Port::Prime, &header(16, &[14, 1]));
    assert_eq!((message.protocol, message.operation), (Protocol::GtpV0, Some("Create PDP Context Request")));
    assert_eq!((message.imsi.as_bytes(), message.teid, message.sequence), (&b"001112345678901"[..], Some(9), Some(7)));
    assert_eq!(told(&message), []);
    assert_eq!(told(&row(Port::Control, &header(16, &[14, 1]))), [Anomaly::GtpWrongPort]);
    let mut bench = Bench::default();
    bench.take(Port::Prime, SGW, PGW, &header(255, &[0x45, 0, 0, 4]), 0);
    let tunnels = bench.finish().tunnels;
    assert_eq!((tunnels[0].teid, tunnels[0].bytes, tunnels[0].inner_version), (9, 4, 4));
}

// GTP-U.

fn user_packet(teid: u32, inner: &[u8]) -> Vec<u8> {
    let length = be16(inner.len());
    [&[0x30, 255, length[0], length[1]], &teid.to_be_bytes()[..], inner].concat()
}

fn inner_udp(port: u16, payload: &[u8]) -> Vec<u8> {
    let (total, length, port) = (be16(28 + payload.len()), be16(8 + payload.len()), port.to_be_bytes());
    let header = [0x45, 0, total[0], total[1], 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2];
    [&header[..], &[0xc0, 0], &port, &length, &[0, 0], payload].concat()
}

#[test]
fn user_packets_are_summed_by_tunnel() {
    let mut bench = Bench::default();
    bench.take(Port::User, SGW, PGW, &user_packet(7, &[0x45; 40]), 0);
    bench.take(Port::User, SGW, PGW, &user_packet(7, &[0x45; 60]), 0);
    bench.take(Port::User, SGW, PGW, &user_packet(8, &[0x60; 60])[..28], 40);
    bench.take(Port::User, PGW, SGW, &user_packet(7, &[0x11; 5]), 0);
    let rows = bench.finish();
    let seen: Vec<_> =
        rows.tunnels.iter().map(|t| (t.source_ip, t.teid, t.packets, t.bytes, t.inner_version, t.first_at, t.last_at)).collect();
    let [sgw, pgw] = [SGW, PGW].map(IpAddr::from);
    assert_eq!(seen, [(sgw, 7, 2, 100, 4, 1_000, 2_000), (sgw, 8, 1, 60, 6, 3_000, 3_000), (pgw, 7, 1, 5, 0, 4_000, 4_000)]);
    assert_eq!((rows.messages.len(), rows.gaps.len()), (0, 0));
}

#[test]
fn a_packet_of_another_length_is_believed_when_it_carries_ip() {
    let longer = |inner: &[u8]| rows(Port::User, &[&user_packet(7, inner)[..], &[0; 3]].concat());
    let ip = longer(&[0x45; 40]);
    assert_eq!((ip.tunnels[0].bytes, told(&ip.messages[0])), (40, vec![Anomaly::GtpLengthMismatch]));
    assert_eq!(reasons(&longer(&[0x11; 40])), [Reason::NotThisProtocol]);
}

#[test]
fn extension_headers_are_passed_over() {
    let inner = [0x45, 0, 0, 4];
    let chain = [&[0x34, 255, 0, 20, 0, 0, 0, 7, 0, 0, 0, 0x85][..], &[1, 0, 9, 0xc0, 2, 1, 2, 3, 4, 5, 6, 0], &inner].concat();
    assert_eq!(rows(Port::User, &chain).tunnels[0].bytes, 4);
    let endless = [&[0x34, 255, 0, 64, 0, 0, 0, 7, 0, 0, 0, 0x85][..], &[1, 0, 9, 0x85].repeat(15)].concat();
    assert_eq!(reasons(&rows(Port::User, &endless)), [Reason::TooDeep]);
    let zero = [0x34, 255, 0, 8, 0, 0, 0, 7, 0, 0, 0, 0x85, 0, 0, 0, 0];
    assert_eq!(reasons(&rows(Port::User, &zero)), [Reason::LengthMismatch]);
}

#[test]
fn gtp_inside_a_tunnel_is_noticed_and_read() {
    let outer = user_packet(7, &inner_udp(2123, &create_session_request()));
    let rows_seen = rows(Port::User, &outer);
    assert!(rows_seen.tunnels[0].nested);
    let [outside, inside] = &rows_seen.messages[..] else { unreachable!("{} rows", rows_seen.messages.len()) };
    assert_eq!((outside.operation, outside.index, told(outside)), (Some("G-PDU"), 0, vec![Anomaly::GtpNested]));
    assert_eq!((inside.operation_code, inside.index, inside.source_ip), (Some(32), 1, Some(IpAddr::from([10, 0, 0, 1]))));
    assert_eq!(told(inside), [Anomaly::GtpNested, Anomaly::GtpSourceNotEndpoint]);
    let twice = user_packet(7, &inner_udp(2152, &user_packet(9, &inner_udp(2152, &user_packet(11, &[0x45; 20])))));
    let rows_seen = rows(Port::User, &twice);
    assert_eq!(
        rows_seen.tunnels.iter().map(|tunnel| (tunnel.teid, tunnel.nested)).collect::<Vec<_>>(),
        [(7, true), (9, true), (11, false)]
    );
    let deep = (0..20).fold(user_packet(1, &[0x45; 20]), |packet, _| user_packet(1, &inner_udp(2152, &packet)));
    assert_eq!(reasons(&rows(Port::User, &deep)), [Reason::TooDeep]);
    let else_ = user_packet(7, &inner_udp(2152, b"not a header of GTP"));
    assert_eq!((rows(Port::User, &else_).messages.len(), rows(Port::User, &else_).tunnels[0].nested), (0, false));
}

#[test]
fn messages_of_the_user_plane_have_rows() {
    let error = version_1(26, 0, &[&[16, 0, 0, 0, 9][..], &long(133, &SGW)].concat());
    let message = row(Port::User, &error);
    assert_eq!(
        (message.protocol, message.operation, message.message_type),
        (Protocol::GtpU, Some("Error Indication"), Some("Error Indication"))
    );
    assert_eq!((message.originating_transaction, message.gsn_address), (Some(9), Some(IpAddr::from(SGW))));
    assert_eq!(told(&message), []);
    assert_eq!(row(Port::User, &[0x30, 254, 0, 0, 0, 0, 0, 9]).operation, Some("End Marker"));
    assert_eq!(row(Port::User, &version_1(31, 0, &[141, 1, 0x85])).operation, Some("Supported Extension Headers Notification"));
    let mut bench = Bench::default();
    bench.take(Port::User, SGW, PGW, &version_1(1, 0, &[]), 0);
    bench.take(Port::User, PGW, SGW, &version_1(2, 0, &[14, 0]), 0);
    let rows = bench.finish();
    assert_eq!((rows.messages[1].protocol, rows.messages[1].request_frame, told(&rows.messages[1])), (Protocol::GtpU, Some(1), vec![]));
}

#[test]
fn a_version_on_the_port_of_another_is_told() {
    assert_eq!(told(&row(Port::User, &create_session_request())), [Anomaly::GtpWrongPort]);
    assert_eq!(told(&row(Port::User, &create_context_request())), [Anomaly::GtpWrongPort]);
    assert_eq!(told(&row(Port::Prime, &create_context_request())), [Anomaly::GtpWrongPort]);
    assert_eq!(told(&row(Port::Prime, &create_session_request())), [Anomaly::GtpWrongPort]);
    assert_eq!(reasons(&rows(Port::Pfcp, &create_session_request())), [Reason::NotThisProtocol]);
    let mut bench = Bench::default();
    for _ in 0..3 {
        bench.take(Port::Control, SGW, PGW, &user_packet(7, &[0x45; 40]), 0);
    }
    let rows = bench.finish();
    assert_eq!((rows.tunnels[0].packets, rows.messages.len()), (3, 1), "told once a tunnel");
    assert_eq!(told(&rows.messages[0]), [Anomaly::GtpWrongPort]);
}

// GTP′ and PFCP.

#[test]
fn charging_records_are_recognised_and_not_read() {
    let packet = [&[126, 1][..], &long(252, &[0xa5; 60])].concat();
    let length = be16(packet.len());
    let message = row(Port::Prime, &[&[0x2e, 240, length[0], length[1], 0, 4], &packet[..]].concat());
    assert_eq!((message.protocol, message.operation), (Protocol::GtpPrime, Some("Data Record Transfer Request")));
    assert_eq!((message.sequence, message.interface, told(&message)), (Some(4), Some("Ga"), vec![]));
    let answer = row(Port::Prime, &[&[0x0f, 241, 0, 7, 0, 4, 1, 128][..], &long(253, &[0, 4])].concat());
    assert_eq!((answer.message_type, answer.error_code), (Some("answer"), Some(128)));
    let old = row(Port::Prime, &[&[0x0e, 1, 0, 0, 0, 4][..], &[0; 14]].concat());
    assert_eq!((old.operation, told(&old)), (Some("Echo Request"), vec![]));
}

fn pfcp_element(kind: u16, value: &[u8]) -> Vec<u8> {
    [&kind.to_be_bytes()[..], &be16(value.len()), value].concat()
}

#[test]
fn packet_forwarding_control_is_recognised() {
    let user = [&[3, 8][..], &IMSI, &[8, 0x53, 0x01, 0x10, 0x00, 0x00, 0x10, 0x32, 0xf4]].concat();
    let body = [
        pfcp_element(60, b"\x02\x03upf\x06mnc001\x06mcc001"),
        pfcp_element(57, &[&[2, 0, 0, 0, 0, 0, 0, 0, 5][..], &SGW].concat()),
        pfcp_element(141, &user),
        pfcp_element(159, b"\x08internet"),
    ]
    .concat();
    let length = be16(12 + body.len());
    let establish = [&[0x21, 50, length[0], length[1], 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 3, 0], &body[..]].concat();
    let mut bench = Bench::default();
    bench.take(Port::Pfcp, SGW, PGW, &establish, 0);
    bench.take(Port::Pfcp, PGW, SGW, &[&[0x21, 51, 0, 17, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 3, 0][..], &pfcp_element(19, &[1])].concat(), 0);
    let rows_seen = bench.finish();
    let [request, answer] = &rows_seen.messages[..] else { unreachable!("{} rows", rows_seen.messages.len()) };
    assert_eq!((request.operation, request.sequence), (Some("Session Establishment Request"), Some(3)));
    assert_eq!((request.destination_transaction, request.originating_transaction), (Some(9), Some(5)));
    assert_eq!(
        (request.imsi.as_bytes(), request.imei.len(), request.apn.unwrap().as_bytes()),
        (&b"001112345678901"[..], 15, &b"internet"[..])
    );
    assert_eq!((rows_seen.names[0].as_slice(), told(request)), (&b"upf.mnc001.mcc001"[..], vec![]));
    assert_eq!((answer.error_code, answer.request_frame), (Some(1), Some(1)));
    let heartbeat = [0x20, 1, 0, 4, 0, 0, 1, 0];
    assert_eq!(told(&row(Port::Pfcp, &heartbeat)), []);
    let two = [&[0x24, 1, 0, 4, 0, 0, 1, 0], &heartbeat[..]].concat();
    assert_eq!(rows(Port::Pfcp, &two).messages.len(), 2);
}

// What is not GTP.

#[test]
fn what_only_shares_a_port_is_refused() {
    let refused = |port, bytes: &[u8]| {
        let rows = rows(port, bytes);
        assert_eq!((rows.messages.len(), rows.gaps.len()), (0, 1));
        rows.gaps[0].reason
    };
    assert_eq!(refused(Port::Control, b"GET / HTTP/1.1\r\n\r\n"), Reason::NotThisProtocol);
    assert_eq!(refused(Port::User, &[0x6b, 0xcb, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 4, b'a']), Reason::NotThisProtocol);
    assert_eq!(refused(Port::Control, &[0x37, 3, 0, 0, 0x42, 0, 0, 0]), Reason::NotThisProtocol);
    assert_eq!(refused(Port::Control, &[0x46, 1, 0, 0, 2, 0x79, 3, 0, 0xc8, 0]), Reason::NotThisProtocol);
    assert_eq!(refused(Port::Prime, &[0x2f, 0, 0, 0, 2, 0xc1, 0x0f, 0, 0xc8, 0]), Reason::NotThisProtocol);
    assert_eq!(refused(Port::Pfcp, &[0x40, 1, 0, 4, 0, 0, 1, 0]), Reason::NotThisProtocol);
    assert_eq!(refused(Port::Control, &[0x48]), Reason::Truncated);
    assert_eq!(refused(Port::Control, &[]), Reason::Truncated);
}

#[test]
fn a_type_of_the_future_has_a_row_when_its_form_fits() {
    let message = row(Port::Control, &version_2(250, 1, 1, &[imsi()]));
    assert_eq!((message.operation, message.operation_code, message.imsi.len()), (None, Some(250), 15));
    assert_eq!(reasons(&rows_of(&[&version_2(250, 1, 1, &[imsi()])[..], &[1]].concat())), [Reason::NotThisProtocol]);
}

#[test]
fn every_cut_and_every_change_gives_a_row_or_a_gap() {
    let starts = [
        (Port::Control, create_session_request()),
        (Port::Control, create_context_request()),
        (Port::User, user_packet(7, &inner_udp(2123, &create_session_request()))),
        (Port::Prime, vec![0x2e, 240, 0, 7, 0, 4, 126, 1, 252, 0, 2, 1, 1]),
        (
            Port::Pfcp,
            [&[0x21, 50, 0, 25, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 3, 0][..], &pfcp_element(141, &[1, 7, 1, 2, 3, 4, 5, 6, 7])].concat(),
        ),
    ];
    let mut bench = Bench::default();
    let mut seed = 3_u64;
    for (port, start) in starts {
        for end in 0..start.len() {
            for missing in [0, start.len() - end] {
                bench.rows = Rows::default();
                bench.take(port, SGW, PGW, &start[..end], missing);
                let is_packet = port == Port::User && end >= 8;
                assert!(is_packet || !bench.rows.messages.is_empty() || !bench.rows.gaps.is_empty(), "silence at {end}");
            }
        }
        for _ in 0..20_000 {
            let mut bytes = start.clone();
            for _ in 0..3 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = usize::try_from(seed >> 33).unwrap() % bytes.len();
                bytes[at] = seed.to_le_bytes()[7];
            }
            bench.rows = Rows::default();
            bench.take(port, SGW, PGW, &bytes, 0);
        }
    }
}

#[test]
fn memory_is_bounded_whatever_comes() {
    let mut bench = Bench::default();
    for teid in 0..300_000 {
        bench.take(Port::User, SGW, PGW, &user_packet(teid, &[0x45; 4]), 0);
    }
    assert!(bench.rows.tunnels.len() > 60_000, "the longest silent were written out");
    assert_eq!(bench.finish().tunnels.iter().map(|tunnel| tunnel.packets).sum::<u64>(), 300_000);
}

// Other stacks' messages and captures.

fn shared() -> String {
    std::env::var("IPXRAY_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into())
}

#[test]
fn the_messages_of_other_stacks_decode() {
    let mut seen = 0;
    for stack in ["go-gtp", "pycrate", "scapy"] {
        let Ok(text) = std::fs::read_to_string(format!("{}/vectors/{stack}.txt", shared())) else {
            eprintln!("skipped: the vectors of {stack} (../shared/vectors, or $IPXRAY_SHARED) are not beside the project");
            return;
        };
        for (bytes, what) in text.lines().filter_map(|line| line.split_once('#')) {
            let (bytes, what) = (bytes.trim(), what.trim());
            if !what.starts_with("[whole]") || !["GTP", "PFCP"].iter().any(|name| what.contains(name)) {
                continue;
            }
            let bytes: Vec<u8> = (0..bytes.len() / 2).map(|at| u8::from_str_radix(&bytes[2 * at..2 * at + 2], 16).unwrap()).collect();
            let port = match bytes[0] >> 5 {
                _ if what.contains("PFCP") => Port::Pfcp,
                0 => Port::Prime,
                1 if matches!(bytes[1], 26 | 31 | 254 | 255) => Port::User,
                _ => Port::Control,
            };
            let rows = rows(port, &bytes);
            seen += 1;
            // The header tests of go-gtp carry letters where elements would be: a row, and a gap for the rest.
            let whole =
                rows.gaps.is_empty() || what.contains("header_test.go") || what.contains("generic_test.go") || !rows.messages.is_empty();
            assert!(whole && rows.messages.len() + rows.tunnels.len() > 0, "{what}: {:?}", rows.gaps);
        }
    }
    assert!(seen > 100, "{seen}");
}

/// Rows by operation, packets in tunnels, and gaps of a capture's GTP and PFCP.
fn capture(path: &str) -> Option<(BTreeMap<String, usize>, u64, Vec<Reason>)> {
    let Ok(bytes) = std::fs::read(format!("{}/captures/{path}", shared())) else {
        eprintln!("skipped: {path} (../shared/captures, or $IPXRAY_SHARED) is not beside the project");
        return None;
    };
    let (mut reader, mut fragments, mut bench) = (FileReader::new(), Fragments::default(), Bench::default());
    reader
        .push(&bytes, &mut |packet| {
            let Ok(Payload::Ip(ip)) = link::strip(packet.link_type, packet.bytes) else { return };
            let Ok(Some(ip)) = fragments.datagram(ip, packet.frame, packet.observed_at) else { return };
            let Ok(datagram) = udp::decode(&ip.payload) else { return };
            let ports = [datagram.destination_port, datagram.source_port];
            let port = [(2123, Port::Control), (2152, Port::User), (3386, Port::Prime), (8805, Port::Pfcp)];
            let Some((_, port)) = port.into_iter().find(|(number, _)| ip.protocol == 17 && ports.contains(number)) else { return };
            let envelope = Message {
                frame: packet.frame,
                observed_at: packet.observed_at,
                source_ip: Some(ip.source),
                destination_ip: Some(ip.destination),
                source_port: Some(datagram.source_port),
                destination_port: Some(datagram.destination_port),
                ..Message::default()
            };
            decode(datagram.payload, Arrival { port, missing: datagram.missing }, &envelope, &mut bench.state, &mut bench.rows);
        })
        .unwrap();
    let rows = bench.finish();
    let mut counts = BTreeMap::new();
    for message in rows.messages.iter().filter(|message| message.operation_code != Some(255)) {
        *counts.entry(message.operation.unwrap_or("?").to_owned()).or_insert(0) += 1;
    }
    Some((counts, rows.tunnels.iter().map(|tunnel| tunnel.packets).sum(), reasons(&rows)))
}

#[test]
fn captures_give_what_their_list_says() {
    let expected: [(&str, &[(&str, usize)], u64, usize); 7] = [
        (
            "lte_epc/open5gs__testattach.pcapng",
            &[
                ("Create Session Request", 20),
                ("Create Session Response", 20),
                ("Modify Bearer Request", 10),
                ("Modify Bearer Response", 10),
                ("Delete Session Request", 20),
                ("Delete Session Response", 20),
                ("Release Access Bearers Request", 3),
                ("Release Access Bearers Response", 3),
            ],
            12,
            0,
        ),
        (
            "peer_generated/osmo-ggsn_sgsnemu_gtpv1_gtpv0.pcap",
            &[
                ("Echo Request", 5),
                ("Echo Response", 5),
                ("Create PDP Context Request", 9),
                ("Create PDP Context Response", 9),
                ("Delete PDP Context Request", 8),
                ("Delete PDP Context Response", 8),
            ],
            9,
            0,
        ),
        ("gtp/arkime__gtp-u.pcap", &[], 102, 0),
        ("gtp/ntop__gtp_c.pcap", &[("Create Session Request", 1), ("Delete Session Response", 1)], 0, 0),
        // The list has an Echo Request and a Version Not Supported: lengths of zero that only look like headers.
        ("gtp/ntop__gtp_false_positive.pcapng", &[("Echo Request", 0), ("Version Not Supported", 0)], 0, 7),
        ("gtp/zeek__gtp3_false_gtp.pcap", &[], 0, 1),
        ("gtp/zeek__gtp8_teredo.pcap", &[], 10, 0),
    ];
    for (path, counts, packets, gaps) in expected {
        let Some((seen, in_tunnels, reasons)) = capture(path) else { return };
        for (operation, count) in counts {
            assert_eq!(seen.get(*operation).copied().unwrap_or(0), *count, "{path}: {operation}");
        }
        assert_eq!((in_tunnels, reasons.len()), (packets, gaps), "{path}: {reasons:?}");
        assert!(reasons.iter().all(|reason| *reason == Reason::NotThisProtocol));
    }
}
