//! Whole Diameter messages, put together by hand with fictional identities (MCC 001 and 999).
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    reason = "a test stops at its first fault"
)]

mod dictionary;

use std::path::{Path, PathBuf};

use dictionary::build::{S6A, avp, group, message, number};
use signalling::anomaly::{Anomalies, Anomaly};
use signalling::diameter::{Dictionary, Entry, Fault, Field, Kind, Requests, decode, length, plausible_header};
use signalling::gap::{Gap, Reason};
use signalling::message::{ApplicationContext, Exposes, Message, Node};
use signalling::sink::{Sink, Tunnel};

const HOST: &[u8] = b"mme1.epc.mnc001.mcc001.3gppnetwork.org";
const REALM: &[u8] = b"epc.mnc001.mcc001.3gppnetwork.org";
const HSS: &[u8] = b"hss1.epc.mnc070.mcc999.3gppnetwork.org";
const HOME: &[u8] = b"epc.mnc070.mcc999.3gppnetwork.org";
const IMSI: &[u8] = b"999700123456789";
const PLMN: [u8; 3] = [0x00, 0xf1, 0x10];
const V: u32 = 10_415;

/// What a test asks of a row, without its borrow.
#[derive(Clone, Debug, Default)]
struct Row {
    interface: Option<&'static str>,
    message_type: Option<&'static str>,
    component: Option<&'static str>,
    operation: Option<&'static str>,
    error_code: Option<i64>,
    application: ApplicationContext,
    hosts: [Option<Vec<u8>>; 4],
    route_record: Vec<Vec<u8>>,
    session_id_form: Option<&'static str>,
    imsi: Vec<u8>,
    msisdn: Vec<u8>,
    imei: Vec<u8>,
    visited_plmn: Vec<u8>,
    serving_node: Vec<u8>,
    home_node: Vec<u8>,
    gmlc_or_scf: Vec<u8>,
    cell: (Vec<u8>, Option<u32>, Option<u64>),
    location_age: Option<i64>,
    apn: Vec<u8>,
    gsn_address: Option<String>,
    rat: Option<u8>,
    vectors: (u32, Option<&'static str>),
    exposes: u8,
    sms: (Option<&'static str>, Vec<u8>, Option<u32>),
    anomalies: Vec<Anomaly>,
    length: u32,
    index: u32,
    request_frame: Option<u64>,
    delay: Option<i64>,
    printed: String,
}

fn node(node: &Node<'_>) -> Vec<u8> {
    match node {
        Node::Absent => Vec::new(),
        Node::Number(digits) => digits.as_bytes().to_vec(),
        Node::Name(name) => name.to_vec(),
    }
}

#[derive(Default)]
struct Rows {
    rows: Vec<Row>,
    gaps: Vec<Gap>,
}

impl Sink for Rows {
    fn message(&mut self, message: &Message<'_>) {
        let hosts = [message.origin_host, message.origin_realm, message.destination_host, message.destination_realm];
        self.rows.push(Row {
            interface: message.interface,
            message_type: message.message_type,
            component: message.component,
            operation: message.operation,
            error_code: message.error_code,
            application: message.application_context,
            hosts: hosts.map(|host| host.map(<[u8]>::to_vec)),
            route_record: message.route_record.iter().map(|host| host.to_vec()).collect(),
            session_id_form: message.session_id_form,
            imsi: message.imsi.as_bytes().to_vec(),
            msisdn: message.msisdn.as_bytes().to_vec(),
            imei: message.imei.as_bytes().to_vec(),
            visited_plmn: message.visited_plmn.as_bytes().to_vec(),
            serving_node: node(&message.serving_node),
            home_node: node(&message.home_node),
            gmlc_or_scf: node(&message.gmlc_or_scf),
            cell: (message.cell.plmn.as_bytes().to_vec(), message.cell.area, message.cell.cell),
            location_age: message.location_age,
            apn: message.apn.map(|apn| apn.as_bytes().to_vec()).unwrap_or_default(),
            gsn_address: message.gsn_address.map(|address| address.to_string()),
            rat: message.rat,
            vectors: (message.vectors.count, message.vectors.kind),
            exposes: message.exposes.0,
            sms: (message.sms.direction, message.sms.originator.as_bytes().to_vec(), message.sms.length),
            anomalies: message.anomalies.iter().collect(),
            length: message.length,
            index: message.index,
            request_frame: message.request_frame,
            delay: message.delay,
            printed: format!("{message:?}"),
        });
    }

    fn gap(&mut self, gap: Gap) {
        self.gaps.push(gap);
    }

    fn tunnel(&mut self, _: Tunnel) {}
}

fn read(bytes: &[u8]) -> Rows {
    let mut rows = Rows::default();
    decode(bytes, &Message { frame: 1, ..Message::default() }, &dictionary::shipped(), &mut Requests::new(), &mut rows);
    rows
}

/// The one row of a message that leaves no gap.
fn row(bytes: &[u8]) -> Row {
    let mut rows = read(bytes);
    assert_eq!(rows.gaps, []);
    assert_eq!(rows.rows.len(), 1);
    rows.rows.remove(0)
}

fn session() -> Vec<u8> {
    avp(263, 0, &[HOST, b";1876543210;523"].concat())
}

fn application(id: u32) -> Vec<u8> {
    group(260, 0, &[number(266, 0, V), number(258, 0, id)])
}

fn head(application_id: u32) -> Vec<Vec<u8>> {
    vec![session(), application(application_id), number(277, 0, 1), avp(264, 0, HOST), avp(296, 0, REALM), avp(283, 0, HOME)]
}

fn request(application_id: u32, code: u32, own: &[Vec<u8>]) -> Vec<u8> {
    message(0xc0, code, application_id, &[&head(application_id)[..], own].concat())
}

fn answer(application_id: u32, code: u32, own: &[Vec<u8>]) -> Vec<u8> {
    let head = [session(), application(application_id), avp(264, 0, HSS), avp(296, 0, HOME)];
    message(0x40, code, application_id, &[&head[..], own].concat())
}

fn authentication_request() -> Vec<u8> {
    let wanted = group(1408, V, &[number(1410, V, 2), number(1412, V, 0)]);
    request(S6A, 318, &[avp(1, 0, IMSI), wanted, avp(1407, V, &PLMN), avp(282, 0, b"dra1.ipx.example"), avp(282, 0, b"dra2.ipx.example")])
}

#[test]
fn an_authentication_request_gives_every_column() {
    let bytes = authentication_request();
    let row = row(&bytes);
    assert_eq!((row.interface, row.message_type, row.operation), (Some("S6a"), Some("request"), Some("Authentication-Information")));
    assert_eq!(row.application, ApplicationContext::Application(S6A));
    assert_eq!(row.hosts.map(Option::unwrap_or_default), [HOST, REALM, b"", HOME].map(<[u8]>::to_vec));
    assert_eq!(row.route_record, [b"dra1.ipx.example".to_vec(), b"dra2.ipx.example".to_vec()]);
    assert_eq!(row.session_id_form, Some("rfc6733"));
    assert_eq!((row.imsi, row.visited_plmn), (IMSI.to_vec(), b"00101".to_vec()));
    assert_eq!((row.serving_node, row.home_node), (HOST.to_vec(), Vec::new()));
    assert_eq!(row.vectors, (0, None), "what is asked for is not carried");
    assert_eq!(row.exposes, Exposes::IDENTITY | Exposes::LOCATION);
    assert_eq!(usize::try_from(row.length), Ok(bytes.len()));
    assert_eq!(row.anomalies, []);
}

#[test]
fn vectors_are_counted_and_no_key_leaves() {
    let key = b"\xde\xad\xbe\xef\xfe\xed\xfa\xce";
    let keys = |codes: &[u32]| codes.iter().map(|code| avp(*code, V, key)).collect::<Vec<_>>();
    let four = group(1414, V, &keys(&[1447, 1448, 1449, 1450]));
    let three = group(1415, V, &keys(&[1447, 1448, 1449, 625, 626]));
    let two = group(1416, V, &keys(&[1447, 1453, 1454]));
    let bytes = answer(S6A, 318, &[number(268, 0, 2_001), group(1413, V, &[two.clone(), three, four.clone(), four])]);
    let row = row(&bytes);
    assert_eq!(row.vectors, (4, Some("eps")));
    assert_eq!((row.error_code, row.message_type), (Some(2_001), Some("answer")));
    assert_eq!(row.home_node, HSS);
    assert_eq!(row.exposes, Exposes::CREDENTIAL);
    assert_eq!(row.anomalies, []);
    let values: Vec<String> = key.iter().map(u8::to_string).collect();
    assert!(!row.printed.contains(&values.join(", ")));
    let bytes = answer(S6A, 318, &[number(268, 0, 2_001), group(1413, V, &[two])]);
    assert_eq!(self::row(&bytes).vectors, (1, Some("triplet")));
}

fn profile() -> Vec<u8> {
    let configuration = |name: &[u8]| group(1430, V, &[number(1423, V, 1), avp(493, 0, name), group(1435, V, &[number(516, V, 1)])]);
    let names = group(1429, V, &[configuration(b"internet.example"), configuration(b"ims")]);
    group(1400, V, &[avp(701, V, &[0x99, 0x79, 0x00, 0x21, 0x43, 0xf5]), names])
}

#[test]
fn a_profile_gives_number_access_point_and_its_class() {
    let row = row(&answer(S6A, 316, &[number(268, 0, 2_001), number(1406, V, 1), profile()]));
    assert_eq!((row.msisdn, row.apn), (b"99970012345".to_vec(), b"internet.example".to_vec()));
    assert_eq!(row.exposes, Exposes::PROFILE | Exposes::IDENTITY);
    assert_eq!(row.anomalies, []);
}

#[test]
fn an_update_tells_equipment_radio_and_node() {
    let terminal = group(1401, V, &[avp(1402, V, b"35000000000001"), avp(1403, V, b"01")]);
    let own =
        [avp(1, 0, IMSI), number(1032, V, 1_004), number(1405, V, 34), avp(1407, V, &PLMN), terminal, avp(1645, V, &[0x10, 0x32, 0x54])];
    let row = row(&request(S6A, 316, &own));
    assert_eq!((row.imei, row.rat, row.serving_node), (b"35000000000001".to_vec(), Some(6), b"012345".to_vec()));
    assert_eq!(row.anomalies, []);
}

#[test]
fn a_location_answer_gives_cell_area_and_age() {
    let cell = avp(1602, V, &[&PLMN[..], &[0x01, 0x02, 0x03, 0x04]].concat());
    let area = avp(1603, V, &[&PLMN[..], &[0x12, 0x34]].concat());
    let place = group(1496, V, &[group(1600, V, &[cell, area, number(1611, V, 5)])]);
    let row = row(&answer(S6A, 319, &[number(268, 0, 2_001), place]));
    assert_eq!((row.cell, row.location_age), ((b"00101".to_vec(), Some(0x1234), Some(0x0102_0304)), Some(5)));
    assert_eq!(row.exposes, Exposes::LOCATION);
    assert_eq!(row.anomalies, []);
}

#[test]
fn location_services_give_estimate_cell_and_serving_nodes() {
    let cell = avp(2517, V, &[&PLMN[..], &[0, 0, 1, 1]].concat());
    let estimate = avp(1242, V, &[0x10, 0, 0, 0, 0, 0, 0]);
    let provided = row(&answer(16_777_255, 8_388_620, &[number(268, 0, 2_001), estimate, cell]));
    assert_eq!((provided.interface, provided.operation), (Some("SLg"), Some("Provide-Location")));
    assert_eq!((provided.cell.2, provided.exposes), (Some(0x101), Exposes::LOCATION));
    let serving = group(2401, V, &[avp(2402, V, HOST), avp(2408, V, REALM)]);
    let other = group(2406, V, &[avp(1489, V, &[0x10, 0x32])]);
    let routed = row(&answer(16_777_291, 8_388_622, &[number(268, 0, 2_001), avp(1, 0, IMSI), serving, other]));
    assert_eq!((routed.operation, routed.serving_node), (Some("LCS-Routing-Info"), HOST.to_vec()));
    assert_eq!((provided.anomalies, routed.anomalies), (vec![], vec![]));
}

#[test]
fn charging_gives_what_stands_deep_in_its_groups() {
    let identity = |kind: u32, value: &[u8]| group(443, 0, &[number(450, 0, kind), avp(444, 0, value)]);
    let equipment = group(458, 0, &[number(459, 0, 0), avp(460, 0, b"3500000000000101")]);
    let place = [&[130][..], &PLMN, &[0, 9], &PLMN, &[0, 0, 1, 2]].concat();
    let session = group(
        874,
        V,
        &[
            avp(1228, V, &[0, 1, 192, 0, 2, 7]),
            avp(847, V, &[0, 1, 192, 0, 2, 8]),
            avp(18, V, b"00101"),
            avp(30, 0, b"internet.example"),
            avp(21, V, &[6]),
            avp(22, V, &place),
        ],
    );
    let own = [number(416, 0, 1), number(415, 0, 0), identity(1, IMSI), identity(0, b"99970012345"), equipment, group(873, V, &[session])];
    let head = [self::session(), avp(264, 0, HOST), avp(296, 0, REALM), avp(283, 0, HOME), number(258, 0, 4)];
    let row = row(&message(0xc0, 272, 4, &[&head[..], &own].concat()));
    assert_eq!((row.interface, row.operation, row.component), (Some("Gy"), Some("Credit-Control"), Some("INITIAL_REQUEST")));
    assert_eq!((row.imsi, row.msisdn, row.imei), (IMSI.to_vec(), b"99970012345".to_vec(), b"3500000000000101".to_vec()));
    assert_eq!((row.apn, row.rat, row.visited_plmn), (b"internet.example".to_vec(), Some(6), b"00101".to_vec()));
    assert_eq!(row.gsn_address.as_deref(), Some("192.0.2.7"));
    assert_eq!(row.cell, (b"00101".to_vec(), Some(9), Some(0x102)));
    assert_eq!(row.anomalies, []);
}

#[test]
fn a_short_message_is_told_and_its_text_dropped() {
    let secret = b"\x24\x0b\x99\x99\x79\x00\x21\x43\xf5\x00\x00\x32\x10\x10\x00\x00\x00\x00\x05\xd4\xf2\x9c\x4e\x07";
    let own = [avp(1, 0, IMSI), avp(3300, V, &[0x99, 0x79]), avp(3301, V, secret), number(3308, V, 0)];
    let row = row(&request(16_777_313, 8_388_646, &own));
    assert_eq!((row.interface, row.operation, row.component), (Some("SGd"), Some("MT-Forward-Short-Message"), Some("SM_DELIVER")));
    assert_eq!(row.exposes & Exposes::SMS, Exposes::SMS);
    assert_eq!(row.sms, (Some("deliver"), b"99970012345".to_vec(), Some(5)));
    assert!(!row.printed.contains("212, 242, 156, 78, 7"));
    assert_eq!(row.anomalies, []);
    let submit = b"\x01\x07\x0b\x91\x99\x79\x00\x21\x43\xf5\x00\x00\x05\xd4\xf2\x9c\x4e\x07";
    let user = group(3102, V, &[avp(1, 0, IMSI)]);
    let sent = self::row(&request(16_777_313, 8_388_645, &[avp(3300, V, &[0x99, 0x79]), user, avp(3301, V, submit)]));
    assert_eq!((sent.sms.0, sent.imsi, sent.serving_node), (Some("submit"), IMSI.to_vec(), HOST.to_vec()));
    let report = self::row(&answer(16_777_313, 8_388_645, &[number(268, 0, 2_001), avp(3301, V, &[1, 0, 0x32, 0x10, 0x10, 0, 0, 0, 0])]));
    assert_eq!((report.sms.0, report.exposes & Exposes::SMS), (Some("submit_report"), 0));
}

#[test]
fn ims_names_its_subscriber_by_uri_and_private_identity() {
    let private = avp(1, 0, b"999700123456789@ims.mnc070.mcc999.3gppnetwork.org");
    let own = [private, avp(601, V, b"sip:+99970012345@ims.example"), avp(600, V, b"ims.mnc001.mcc001.3gppnetwork.org")];
    let cx = row(&request(16_777_216, 300, &own));
    assert_eq!((cx.interface, cx.operation), (Some("Cx"), Some("User-Authorization")));
    assert_eq!((cx.imsi, cx.msisdn, cx.visited_plmn), (IMSI.to_vec(), b"99970012345".to_vec(), b"00101".to_vec()));
    let item = group(612, V, &[avp(608, V, b"Digest-AKAv1-MD5"), avp(609, V, &[7; 32]), avp(625, V, &[8; 16])]);
    let keys = row(&answer(16_777_216, 303, &[number(268, 0, 2_001), item.clone(), item]));
    assert_eq!((keys.vectors, keys.exposes), ((2, Some("quintuplet")), Exposes::CREDENTIAL));
    let user = group(700, V, &[avp(701, V, &[0x99, 0x79, 0x00, 0x21, 0x43, 0xf5])]);
    let sh = row(&request(16_777_217, 306, &[user, number(703, V, 14)]));
    assert_eq!((sh.interface, sh.msisdn), (Some("Sh"), b"99970012345".to_vec()));
    assert_eq!((cx.anomalies, keys.anomalies, sh.anomalies), (vec![], vec![], vec![]));
}

#[test]
fn exposure_functions_and_their_data_are_told() {
    let user = group(3102, V, &[avp(1, 0, IMSI)]);
    let row = row(&request(16_777_346, 8_388_733, &[user, avp(4315, V, b"payload")]));
    assert_eq!((row.interface, row.operation, row.imsi), (Some("T6a"), Some("MO-Data"), IMSI.to_vec()));
    assert_eq!(row.exposes & Exposes::USER_TRAFFIC, Exposes::USER_TRAFFIC);
    let own = [group(3102, V, &[avp(3111, V, b"meter1@example")]), group(3122, V, &[avp(3125, V, b"scef.example")])];
    let row = self::row(&request(16_777_345, 8_388_718, &own));
    assert_eq!((row.gmlc_or_scf, row.exposes), (b"scef.example".to_vec(), Exposes::IDENTITY));
}

#[test]
fn a_cancellation_says_why() {
    let own = [avp(293, 0, b"mme1.epc.mnc070.mcc999.3gppnetwork.org"), avp(1, 0, IMSI), number(1420, V, 2)];
    let row = row(&request(S6A, 317, &own));
    assert_eq!((row.operation, row.component), (Some("Cancel-Location"), Some("SUBSCRIPTION_WITHDRAWAL")));
    assert_eq!((row.home_node, row.serving_node), (HOST.to_vec(), b"mme1.epc.mnc070.mcc999.3gppnetwork.org".to_vec()));
}

#[test]
fn an_experimental_result_is_a_result() {
    let own = [group(297, 0, &[number(266, 0, V), number(298, 0, 5_001)])];
    let row = row(&answer(S6A, 316, &own));
    assert_eq!((row.error_code, row.anomalies), (Some(5_001), vec![]));
}

/// A sound request with one thing changed, and the one anomaly that this must bring.
#[test]
#[allow(clippy::too_many_lines, reason = "one table, a line a difference")]
fn every_strict_difference_is_told_and_none_else() {
    let imsi = avp(1, 0, IMSI);
    let sound = [head(S6A), vec![imsi.clone(), avp(1407, V, &PLMN)]].concat();
    let with = |avps: &[Vec<u8>]| message(0xc0, 318, S6A, &[&sound[..], avps].concat());
    let put = |at: usize, avp: Vec<u8>| {
        let mut avps = sound.clone();
        avps[at] = avp;
        message(0xc0, 318, S6A, &avps)
    };
    let patch = |at: usize, octet: u8| {
        let mut bytes = with(&[]);
        bytes[at] = octet;
        bytes
    };
    let unaligned = {
        let mut bytes = with(&[avp(1429, V, b"")[..12].to_vec(), avp(9_999, 0, b"x")[..9].to_vec()]);
        let length = u32::try_from(bytes.len()).unwrap();
        bytes[..4].copy_from_slice(&(1 << 24 | length).to_be_bytes());
        bytes
    };
    let overrun = {
        let mut last = avp(9_999, 0, b"abcd");
        last[7] = 200;
        with(&[last])
    };
    let inside = {
        let mut own = avp(1402, V, b"35000000000001");
        own[7] = 99;
        with(&[avp(1401, V, &own)])
    };
    let fallen = {
        group(
            1401,
            V,
            &[{
                let mut own = avp(1402, V, b"35000000000001");
                own[4] = 0xc1;
                own
            }],
        )
    };
    let route = |host: &[u8]| avp(282, 0, host);
    let many: Vec<Vec<u8>> = (0..17).map(|number| route(format!("dra{number}.ipx.example").as_bytes())).collect();
    let told: Vec<(&str, Vec<u8>, Vec<Anomaly>)> = vec![
        ("sound", with(&[]), vec![]),
        ("version 2", patch(0, 2), vec![Anomaly::DiameterVersion]),
        ("reserved flag", patch(4, 0xc1), vec![Anomaly::DiameterFlagFault]),
        ("error in a request", patch(4, 0xe0), vec![Anomaly::DiameterFlagFault]),
        ("not proxiable", patch(4, 0x80), vec![Anomaly::DiameterFlagFault]),
        ("retransmitted", patch(4, 0xd0), vec![]),
        ("another application in the header", patch(11, 0xff), vec![Anomaly::DiameterApplicationMismatch]),
        ("command of none", patch(6, 0xff), vec![Anomaly::DiameterApplicationMismatch]),
        (
            "application 0",
            {
                let mut bytes = with(&[]);
                bytes[8..12].fill(0);
                bytes
            },
            vec![Anomaly::DiameterApplicationMismatch],
        ),
        ("application in the group", put(1, application(16_777_252)), vec![Anomaly::DiameterApplicationMismatch]),
        ("length", unaligned, vec![Anomaly::DiameterLengthUnaligned]),
        ("overrun", overrun, vec![Anomaly::DiameterAvpOverrun]),
        ("overrun inside a group", inside, vec![Anomaly::DiameterAvpOverrun]),
        ("reserved AVP flag inside a group", with(&[fallen]), vec![Anomaly::DiameterFlagFault]),
        ("vendor 0", put(6, [&[0, 0, 0, 1, 0xc0, 0, 0, 27, 0, 0, 0, 0][..], IMSI, &[0]].concat()), vec![Anomaly::DiameterVendorZero]),
        (
            "mandatory flag",
            put(6, {
                let mut avp = imsi.clone();
                avp[4] = 0;
                avp
            }),
            vec![Anomaly::DiameterFlagFault],
        ),
        ("vendor left away", put(7, avp(1407, 0, &PLMN)), vec![Anomaly::DiameterFlagFault]),
        ("two names", with(&[imsi]), vec![Anomaly::DiameterDuplicateAvp]),
        (
            "two names that differ",
            with(&[avp(1, 0, b"999700123456780")]),
            vec![Anomaly::MapDuplicateIdentity, Anomaly::DiameterDuplicateAvp],
        ),
        ("two realms", with(&[avp(296, 0, REALM)]), vec![Anomaly::DiameterDuplicateAvp]),
        ("no name", put(6, avp(9_999, 0, b"")), vec![Anomaly::MapIdentityMissing]),
        ("a short name", put(6, avp(1, 0, b"99970012")), vec![Anomaly::MapIdentityOdd]),
        ("a network of zeros", put(7, avp(1407, V, &[0, 0, 0])), vec![Anomaly::PlmnInvalid]),
        ("a network of two octets", put(7, avp(1407, V, &[0, 0])), vec![Anomaly::PlmnInvalid]),
        ("another realm", put(4, avp(296, 0, HOME)), vec![Anomaly::DiameterOriginMismatch]),
        (
            "a realm that only ends alike",
            put(3, avp(264, 0, b"hss.evilepc.mnc001.mcc001.3gppnetwork.org")),
            vec![Anomaly::DiameterOriginMismatch],
        ),
        ("capitals", put(3, avp(264, 0, b"MME1.epc.mnc001.mcc001.3gppnetwork.org")), vec![Anomaly::DiameterIdentityForm]),
        ("a final dot", put(5, avp(283, 0, b"epc.mnc070.mcc999.3gppnetwork.org.")), vec![Anomaly::DiameterIdentityForm]),
        ("a network code of two digits", put(5, avp(283, 0, b"epc.mnc70.mcc999.3gppnetwork.org")), vec![Anomaly::DiameterIdentityForm]),
        ("a destination elsewhere", with(&[avp(293, 0, b"hss.example")]), vec![Anomaly::DiameterDestinationMismatch]),
        (
            "a loop",
            with(&[route(b"dra1.ipx.example"), route(b"dra1.IPX.example")]),
            vec![Anomaly::DiameterIdentityForm, Anomaly::DiameterRouteLoop],
        ),
        ("too many relays", with(&many), vec![Anomaly::DiameterRouteLoop]),
        ("a session of its own form", put(0, avp(263, 0, b"session-1")), vec![Anomaly::DiameterSessionIdForm]),
        ("the subscriber in the session", put(0, avp(263, 0, &[HOST, b";1;2;", IMSI].concat())), vec![Anomaly::DiameterImsiInSessionId]),
        ("a number of three octets", with(&[avp(1405, V, &[0, 0, 1])]), vec![Anomaly::DiameterValueForm]),
    ];
    for (what, bytes, anomalies) in told {
        let row = row(&bytes);
        assert_eq!(row.anomalies, anomalies, "{what}");
        assert_eq!(row.operation.is_some(), what != "command of none", "{what}");
    }
}

#[test]
fn flags_of_answers_follow_their_result() {
    let with =
        |flags: u32, result: u32| row(&message(flags, 318, S6A, &[session(), avp(264, 0, HSS), avp(296, 0, HOME), number(268, 0, result)]));
    assert_eq!(with(0x40, 2_001).anomalies, []);
    assert_eq!(with(0x60, 3_002).anomalies, []);
    for (flags, result) in [(0x60, 2_001), (0x40, 3_002), (0x50, 2_001)] {
        assert_eq!(with(flags, result).anomalies, [Anomaly::DiameterFlagFault], "{flags:x} {result}");
    }
}

#[test]
fn a_capabilities_exchange_may_list_many_applications() {
    let own = [application(S6A), application(16_777_252), number(258, 0, 4), avp(257, 0, &[0, 1, 192, 0, 2, 1])];
    let exchange = |flags| row(&message(flags, 257, 0, &[&[avp(264, 0, HOST), avp(296, 0, REALM)][..], &own].concat()));
    assert_eq!((exchange(0x80).interface, exchange(0x80).operation), (Some("Diameter"), Some("Capabilities-Exchange")));
    assert_eq!(exchange(0x80).anomalies, []);
    assert_eq!(exchange(0xc0).anomalies, [Anomaly::DiameterFlagFault]);
}

#[test]
fn only_what_a_group_holds_feeds_from_inside_it() {
    let hidden = avp(1, 0, b"999700999999999");
    let strays = [
        group(279, 0, core::slice::from_ref(&hidden)),
        group(284, 0, &[avp(280, 0, b"dra1.ipx.example"), hidden.clone()]),
        group(1400, V, &[hidden.clone(), group(297, 0, &[number(298, 0, 5_001)])]),
    ];
    let row = row(&request(S6A, 319, &[&[avp(1, 0, IMSI)][..], &strays].concat()));
    assert_eq!((row.imsi, row.error_code, row.anomalies), (IMSI.to_vec(), None, vec![]));
}

#[test]
fn nesting_and_number_of_avps_have_an_end() {
    let mut deep = avp(1, 0, IMSI);
    for _ in 0..40 {
        deep = avp(260, 0, &deep);
    }
    let nested = Dictionary::new(
        [
            Entry::Application { id: S6A, interface: "S6a" },
            entry(260, "Vendor-Specific-Application-Id", Kind::Grouped, None, vec!["Vendor-Specific-Application-Id", "User-Name"]),
            entry(1, "User-Name", Kind::Utf8, Some(Field::UserName), vec![]),
        ]
        .into_iter(),
    )
    .unwrap();
    let mut rows = Rows::default();
    decode(&message(0xc0, 318, S6A, &[deep]), &Message::default(), &nested, &mut Requests::new(), &mut rows);
    assert_eq!((rows.rows.len(), rows.gaps[0].reason), (1, Reason::TooDeep));
    let many = vec![avp(9_999, 0, b""); 9_000];
    let rows = read(&message(0xc0, 318, S6A, &[&[avp(1, 0, IMSI)][..], &many].concat()));
    assert_eq!((rows.rows[0].imsi.as_slice(), rows.gaps[0].reason), (IMSI, Reason::TooManyElements));
    assert_eq!(rows.gaps[0].offset + rows.gaps[0].length, 20 + 24 + 9_000 * 8);
}

#[test]
fn a_message_cut_anywhere_gives_what_is_there_and_one_gap() {
    let bytes = authentication_request();
    for end in 1..bytes.len() {
        let rows = read(&bytes[..end]);
        assert_eq!(rows.gaps.len(), 1, "{end}");
        assert_eq!((rows.gaps[0].reason, rows.rows.len()), (Reason::Truncated, usize::from(end >= 20)), "{end}");
        if let Some(row) = rows.rows.first() {
            assert!(row.anomalies.iter().all(|anomaly| *anomaly == Anomaly::MapIdentityMissing), "{end}: {:?}", row.anomalies);
        }
    }
}

#[test]
fn several_messages_in_one_piece_are_several_rows() {
    let one = authentication_request();
    let rows = read(&[&one[..], &one, &one[..30]].concat());
    assert_eq!(rows.rows.iter().map(|row| row.index).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!((rows.gaps.len(), rows.gaps[0].offset), (1, 2 * one.len() + 20));
    let rows = read(&[&one[..], b"garbage that is no header at all"].concat());
    assert_eq!((rows.rows.len(), rows.gaps[0].reason), (1, Reason::NotThisProtocol));
}

#[test]
fn what_is_encrypted_or_something_else_is_said_to_be() {
    let reason = |bytes: &[u8]| read(bytes).gaps[0].reason;
    assert_eq!(reason(&[0x16, 3, 1, 0, 200, 1, 0, 0]), Reason::Encrypted);
    assert_eq!(reason(&[0x17, 0xfe, 0xfd, 0, 0, 0, 0, 0]), Reason::Encrypted);
    assert_eq!(reason(b"GET / HTTP/1.1\r\nHost: example\r\n\r\n"), Reason::NotThisProtocol);
    assert_eq!(reason(&[1, 0, 0, 12, 0x80, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), Reason::LengthMismatch);
    assert_eq!(reason(&[1, 0, 0]), Reason::Truncated);
}

#[test]
fn a_stream_finds_its_messages() {
    let one = authentication_request();
    assert_eq!(length(&one[..4]), Some(one.len()));
    assert_eq!((length(&one[..3]), length(&[2, 0, 0, 20]), length(&[1, 0, 0, 19]), length(&[1, 255, 255, 255])), (None, None, None, None));
    assert!(plausible_header(&one));
    let found: Vec<usize> = (0..one.len()).filter(|at| plausible_header(&one[*at..])).collect();
    assert_eq!(found, [0]);
}

#[test]
fn an_answer_knows_its_request() {
    let (mut rows, mut requests, dictionary) = (Rows::default(), Requests::new(), dictionary::shipped());
    let at = |frame, observed_at, source_port, destination_port| Message {
        frame,
        observed_at,
        source_port: Some(source_port),
        destination_port: Some(destination_port),
        ..Message::default()
    };
    let answered = answer(S6A, 318, &[number(268, 0, 2_001)]);
    decode(&authentication_request(), &at(10, 1_000, 40_000, 3_868), &dictionary, &mut requests, &mut rows);
    decode(&answered, &at(12, 4_500, 3_868, 40_000), &dictionary, &mut requests, &mut rows);
    decode(&answered, &at(13, 4_600, 3_868, 40_000), &dictionary, &mut requests, &mut rows);
    let paired: Vec<_> = rows.rows.iter().map(|row| (row.request_frame, row.delay)).collect();
    assert_eq!(paired, [(None, None), (Some(10), Some(3_500)), (None, None)]);
}

fn entry<'t>(code: u32, name: &'t str, kind: Kind, field: Option<Field>, holds: Vec<&'t str>) -> Entry<'t> {
    let (exposes, values) = (Exposes::default(), Vec::new());
    Entry::Avp { code, vendor: 0, name, kind, field, exposes, is_single: false, is_mandatory: None, holds, values }
}

#[test]
fn an_avp_and_a_command_are_added_without_code() {
    let text = "application = [\n  { id = 77, interface = \"X1\" },\n]\ncommand = [\n  { code = 5000, name = \"Ask\", applications = [\"X1\"] },\n]\n\
                avp = [\n  { code = 60001, vendor = 9, name = \"Who\", type = \"tbcd\", field = \"imsi\", exposes = [\"sms\"] },\n]\n";
    let own = Dictionary::new(dictionary::entries(text).into_iter()).unwrap();
    let mut rows = Rows::default();
    let who = avp(60_001, 9, &[0x99, 0x79, 0x00, 0x21, 0x43, 0x65, 0x87, 0xf9]);
    decode(&message(0x80, 5_000, 77, &[who]), &Message::default(), &own, &mut Requests::new(), &mut rows);
    let row = rows.rows.remove(0);
    assert_eq!((row.interface, row.operation, row.imsi), (Some("X1"), Some("Ask"), b"999700123456789".to_vec()));
    assert_eq!((row.exposes, row.anomalies), (Exposes::SMS | Exposes::IDENTITY, vec![]));
}

#[test]
fn every_fault_of_a_dictionary_is_told() {
    let command = |code, application| Entry::Command {
        code,
        name: "Ask",
        applications: vec![application],
        is_proxiable: None,
        origin: None,
        destination: None,
        is_about_subscriber: false,
    };
    let rows = [
        Entry::Application { id: 1, interface: "X1" },
        Entry::Application { id: 1, interface: "X2" },
        command(300, "X1"),
        command(300, "X1"),
        command(301, "X9"),
        entry(1, "One", Kind::U32, None, vec![]),
        entry(1, "Two", Kind::U32, None, vec!["Three"]),
    ];
    let faults = Dictionary::new(rows.into_iter()).unwrap_err();
    let expected = [
        Fault::RepeatedApplication("X2".into()),
        Fault::RepeatedAvp("Two".into()),
        Fault::RepeatedCommand("Ask".into()),
        Fault::UnknownApplication { command: "Ask".into(), application: "X9".into() },
        Fault::UnknownAvp { group: "Two".into(), avp: "Three".into() },
    ];
    assert_eq!(faults, expected);
    assert_eq!(faults[4].to_string(), "AVP Two: it holds Three, which no row defines");
}

/// A generator that needs no crate: Marsaglia's xorshift.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below).unwrap()).unwrap()
    }
}

#[test]
fn any_bytes_give_rows_and_gaps() {
    let sound = [
        authentication_request(),
        answer(S6A, 316, &[number(268, 0, 2_001), profile()]),
        request(4, 272, &[group(873, V, &[group(874, V, &[avp(22, V, &[130; 13])])])]),
    ];
    let (dictionary, mut requests, mut dice) = (dictionary::shipped(), Requests::new(), Dice(0x9e37_79b9_7f4a_7c15));
    for round in 0..30_000 {
        let mut bytes = sound[round % sound.len()].clone();
        for _ in 0..=dice.throw(6) {
            let at = dice.throw(bytes.len());
            bytes[at] = u8::try_from(dice.throw(256)).unwrap();
        }
        bytes.truncate(dice.throw(bytes.len() + 1).max(dice.throw(bytes.len() + 1)));
        let mut rows = Rows::default();
        decode(&bytes, &Message::default(), &dictionary, &mut requests, &mut rows);
        assert!(bytes.is_empty() || !rows.rows.is_empty() || !rows.gaps.is_empty());
        let _ = (length(&bytes), plausible_header(&bytes), Anomalies::default());
    }
}

fn shared(path: &str) -> Option<PathBuf> {
    let folder =
        std::env::var_os("IPXRAY_SHARED").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = folder.join(path);
    if !path.exists() {
        eprintln!("skipped: the reference material (../shared, or IPXRAY_SHARED) is not there");
        return None;
    }
    Some(path)
}

#[test]
fn messages_of_other_stacks_are_read() {
    let Some(path) = shared("vectors/scapy.txt") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let whole = text.lines().filter(|line| line.contains("[whole] Diameter"));
    let mut read_whole = 0;
    for line in whole {
        let hex = line.split_whitespace().next().unwrap();
        let bytes: Vec<u8> = (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect();
        let rows = read(&bytes);
        assert_eq!((rows.rows.len(), rows.gaps.len()), (1, 0), "{line}");
        assert_eq!(rows.rows[0].message_type, Some(if bytes[4] & 0x80 != 0 { "request" } else { "answer" }));
        read_whole += 1;
    }
    assert_eq!(read_whole, 8);
}
