//! Whole HTTP/2 connections, put together by hand: service-based interfaces and N32 with fictional identities (MCC 001 and 999).
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    reason = "a test stops at its first fault"
)]

use signalling::anomaly::{Anomalies, Anomaly};
use signalling::gap::{Gap, Reason};
use signalling::http2::Connections;
use signalling::message::{Exposes, Message};
use signalling::sink::{Sink, Tunnel};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const SETTINGS: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];
const ACKNOWLEDGED: &[u8] = &[0, 0, 0, 4, 1, 0, 0, 0, 0];

const HEADERS: u8 = 1;
const END: u8 = 1;
const WHOLE: u8 = 4;

const IMSI: &str = "001010123456789";

#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    frame: u64,
    index: u32,
    message_type: Option<&'static str>,
    interface: Option<&'static str>,
    component: Option<&'static str>,
    operation: Option<&'static str>,
    status: Option<i64>,
    ports: (Option<u16>, Option<u16>),
    origin_host: String,
    destination: (String, String),
    via: Vec<String>,
    subscriber: (String, String, String),
    visited_plmn: String,
    cell: (String, Option<u32>, Option<u64>),
    apn: String,
    rat: Option<u8>,
    vectors: (u32, Option<&'static str>),
    exposes: u8,
    length: u32,
    paired: (Option<u64>, Option<i64>),
    anomalies: Vec<Anomaly>,
    printed: String,
}

#[derive(Default)]
struct Rows {
    rows: Vec<Row>,
    gaps: Vec<Gap>,
}

fn text(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

impl Sink for Rows {
    fn message(&mut self, message: &Message<'_>) {
        let name = |name: Option<&[u8]>| name.map(text).unwrap_or_default();
        self.rows.push(Row {
            frame: message.frame,
            index: message.index,
            message_type: message.message_type,
            interface: message.interface,
            component: message.component,
            operation: message.operation,
            status: message.error_code,
            ports: (message.source_port, message.destination_port),
            origin_host: name(message.origin_host),
            destination: (name(message.destination_host), name(message.destination_realm)),
            via: message.route_record.iter().map(|host| text(host)).collect(),
            subscriber: (text(message.imsi.as_bytes()), text(message.msisdn.as_bytes()), text(message.imei.as_bytes())),
            visited_plmn: text(message.visited_plmn.as_bytes()),
            cell: (text(message.cell.plmn.as_bytes()), message.cell.area, message.cell.cell),
            apn: message.apn.map(|apn| text(apn.as_bytes())).unwrap_or_default(),
            rat: message.rat,
            vectors: (message.vectors.count, message.vectors.kind),
            exposes: message.exposes.0,
            length: message.length,
            paired: (message.request_frame, message.delay),
            anomalies: message.anomalies.iter().collect(),
            printed: format!("{message:?}"),
        });
    }

    fn gap(&mut self, gap: Gap) {
        self.gaps.push(gap);
    }

    fn tunnel(&mut self, _: Tunnel) {}
}

/// A connection as TCP gives it: what is not consumed comes again.
#[derive(Default)]
struct Wire {
    connections: Connections,
    rows: Rows,
    frame: u64,
    waiting: [Vec<u8>; 2],
    synchronised: [Option<bool>; 2],
}

impl Wire {
    fn envelope(&self, upward: bool) -> Message<'static> {
        let ports = if upward { (40_000, 7_777) } else { (7_777, 40_000) };
        Message {
            frame: self.frame,
            observed_at: i64::try_from(self.frame).unwrap() * 1_000,
            source_port: Some(ports.0),
            destination_port: Some(ports.1),
            ..Message::default()
        }
    }

    fn send(&mut self, upward: bool, bytes: &[u8]) -> &mut Self {
        self.frame += 1;
        let side = usize::from(upward);
        let mut all = std::mem::take(&mut self.waiting[side]);
        all.extend(bytes);
        let synchronised = self.synchronised[side].unwrap_or(true);
        let envelope = self.envelope(upward);
        let taken = self.connections.bytes(7, upward, &all, synchronised, &envelope, &mut self.rows);
        self.waiting[side] = all.split_off(taken.consumed);
        self.synchronised[side] = Some(taken.synchronised);
        self
    }

    fn client(&mut self, bytes: &[u8]) -> &mut Self {
        self.send(true, bytes)
    }

    fn server(&mut self, bytes: &[u8]) -> &mut Self {
        self.send(false, bytes)
    }

    fn lose(&mut self, upward: bool, length: usize) -> &mut Self {
        self.connections.lost(7, upward, length);
        self.waiting[usize::from(upward)].clear();
        self.synchronised[usize::from(upward)] = Some(false);
        self
    }

    fn begun() -> Self {
        let mut wire = Self::default();
        wire.client(&[PREFACE, SETTINGS].concat()).server(&[SETTINGS, ACKNOWLEDGED].concat());
        wire
    }
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// Fields that no table keeps.
fn fields(fields: &[(&str, &str)]) -> Vec<u8> {
    let text = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
    fields.iter().flat_map(|(name, value)| [&[0][..], &text(name), &text(value)].concat()).collect()
}

fn request(stream: u32, method: &str, path: &str, more: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let head = [&[(":method", method), (":scheme", "http"), (":path", path), (":authority", "udm.example:7777")][..], more].concat();
    message(stream, &fields(&head), body)
}

fn answer(stream: u32, status: &str, more: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    message(stream, &fields(&[&[(":status", status)][..], more].concat()), body)
}

fn message(stream: u32, block: &[u8], body: &[u8]) -> Vec<u8> {
    if body.is_empty() {
        return frame(HEADERS, WHOLE | END, stream, block);
    }
    [frame(HEADERS, WHOLE, stream, block), frame(0, END, stream, body)].concat()
}

fn path(rest: &str) -> String {
    format!("/nudm-sdm/v2/imsi-{IMSI}/{rest}")
}

#[test]
fn a_request_and_its_answer_are_two_rows_that_know_each_other() {
    let mut wire = Wire::begun();
    let asked = request(1, "GET", &path("am-data?plmn-id=1"), &[("via", "2.0 scp.example, 2.0 sepp1.example:80 (x)")], b"");
    wire.client(&asked).server(&answer(1, "200", &[], b"{\"gpsis\":[\"msisdn-99970012345\"]}"));
    let [first, second] = wire.rows.rows.as_slice() else { panic!("{:?}", wire.rows.rows) };
    assert_eq!((first.frame, first.message_type, first.interface), (3, Some("request"), Some("Nudm")));
    assert_eq!((first.component, first.operation), (Some("GET"), Some("nudm-sdm/am-data")));
    assert_eq!(first.destination, ("udm.example:7777".into(), String::new()));
    assert_eq!(first.via, ["scp.example", "sepp1.example:80"]);
    assert_eq!(first.subscriber.0, IMSI);
    assert_eq!((first.exposes, first.ports), (Exposes::IDENTITY, (Some(40_000), Some(7_777))));
    assert_eq!((second.frame, second.message_type, second.status), (4, Some("answer"), Some(200)));
    assert_eq!((second.interface, second.operation, second.paired), (Some("Nudm"), Some("nudm-sdm/am-data"), (Some(3), Some(1_000))));
    assert_eq!((second.subscriber.1.as_str(), second.exposes), ("99970012345", Exposes::IDENTITY | Exposes::PROFILE));
    assert!(wire.rows.gaps.is_empty());
    assert!(wire.rows.rows.iter().all(|row| row.anomalies.is_empty() && !row.printed.contains(IMSI)));
}

#[test]
fn any_chunking_gives_the_same_rows() {
    let block = fields(&[(":method", "POST"), (":path", "/nsmf-pdusession/v1/pdu-sessions"), (":authority", "smf.example")]);
    let (head, tail) = block.split_at(20);
    let body = format!("{{\"supi\":\"imsi-{IMSI}\",\"pei\":\"imeisv-3500000000000101\",\"dnn\":\"internet\",\"ratType\":\"NR\"}}");
    let (one, two) = body.as_bytes().split_at(15);
    let padded = [&[3][..], two, &[0; 3]].concat();
    let client = [
        PREFACE.to_vec(),
        SETTINGS.to_vec(),
        frame(HEADERS, 0x28, 1, &[&[4, 0, 0, 0, 0, 15][..], &head[..10], &[0; 4]].concat()),
        frame(9, 0, 1, &head[10..]),
        frame(9, WHOLE, 1, tail),
        frame(0, 0, 1, one),
        frame(6, 0, 0, &[1; 8]),
        frame(0, 8 | END, 1, &padded),
        frame(0x10, 0, 0, b"extension"),
    ]
    .concat();
    let read = |size: usize| {
        let mut wire = Wire::default();
        for chunk in client.chunks(size) {
            wire.client(chunk);
        }
        assert_eq!(wire.rows.gaps, []);
        assert_eq!(wire.waiting[1], []);
        let mut row = wire.rows.rows.remove(0);
        assert!(wire.rows.rows.is_empty());
        (row.frame, row.printed) = (0, String::new());
        row.clone()
    };
    let whole = read(client.len());
    assert_eq!(whole.subscriber, (IMSI.into(), String::new(), "3500000000000101".into()));
    assert_eq!((whole.apn.as_str(), whole.rat, whole.operation), ("internet", Some(10), Some("nsmf-pdusession/pdu-sessions")));
    assert_eq!(usize::try_from(whole.length), Ok(block.len() + body.len()));
    for size in 1..client.len() {
        assert_eq!(read(size), whole, "{size}");
    }
}

#[test]
fn a_handshake_tells_its_security_and_forwarding_its_interface() {
    let mut wire = Wire::begun();
    let offer = b"{\"sender\":\"sepp1.5gc.mnc001.mcc001.3gppnetwork.org\",\"supportedSecCapabilityList\":[\"TLS\",\"PRINS\"]}";
    wire.client(&request(1, "POST", "/n32c-handshake/v1/exchange-capability", &[], offer));
    wire.server(&answer(1, "200", &[], b"{\"sender\":\"x\",\"selectedSecCapability\":\"PRINS\"}"));
    wire.client(&request(3, "POST", "/n32f-forward/v1/n32f-process", &[], b"{\"reformattedData\":{}}"));
    let told: Vec<_> = wire.rows.rows.iter().map(|row| (row.interface, row.operation, row.component)).collect();
    assert_eq!(
        told,
        [
            (Some("N32-c"), Some("n32c-handshake/exchange-capability"), Some("TLS,PRINS")),
            (Some("N32-c"), Some("n32c-handshake/exchange-capability"), Some("PRINS")),
            (Some("N32-f"), Some("n32f-forward/n32f-process"), Some("POST")),
        ]
    );
}

#[test]
fn the_networks_at_both_ends_are_told() {
    let mut wire = Wire::begun();
    let remote = "sepp1.sepp.5gc.mnc070.mcc999.3gppnetwork.org";
    let head = [
        (":method", "POST"),
        (":path", "/nausf-auth/v1/ue-authentications"),
        (":authority", remote),
        ("3gpp-sbi-target-apiroot", "https://ausf.5gc.mnc070.mcc999.3gppnetwork.org:443/x"),
        ("3gpp-sbi-originating-network-id", "001-01; src=SEPP-sepp1"),
        ("user-agent", "AMF-1 amf1.5gc.mnc001.mcc001.3gppnetwork.org"),
    ];
    let body = b"{\"supiOrSuci\":\"suci-0-999-70-0-0-0-0000021309\",\"servingNetworkName\":\"5G:mnc001.mcc001.3gppnetwork.org\"}";
    wire.client(&message(1, &fields(&head), body));
    let row = &wire.rows.rows[0];
    assert_eq!((row.interface, row.operation), (Some("N32-f"), Some("nausf-auth/ue-authentications")));
    assert_eq!(row.destination, (remote.into(), "5gc.mnc070.mcc999.3gppnetwork.org".into()));
    assert_eq!(row.origin_host, "amf1.5gc.mnc001.mcc001.3gppnetwork.org");
    assert_eq!((row.visited_plmn.as_str(), row.subscriber.0.as_str()), ("00101", "999700000021309"));
}

#[test]
fn keys_are_counted_and_places_read() {
    let mut wire = Wire::begun();
    wire.client(&request(1, "POST", "/nudm-ueau/v1/suci-0-999-70-0-0-0-0000021309/security-information/generate-auth-data", &[], b"{}"));
    let keys = b"{\"authenticationVector\":{\"rand\":\"AABBCCDD\",\"autn\":\"EEFF0011\",\"kausf\":\"22334455\"},\"supi\":\"imsi-999700000021309\"}";
    wire.server(&answer(1, "200", &[], keys));
    let location = b"{\"nrLocation\":{\"tai\":{\"plmnId\":{\"mcc\":\"001\",\"mnc\":\"01\"},\"tac\":\"00000a\"},\"ncgi\":{\"nrCellId\":\"000000010\"}}}";
    wire.client(&request(3, "POST", &format!("/namf-loc/v1/imsi-{IMSI}/provide-loc-info"), &[], b"{}"));
    wire.server(&answer(3, "200", &[], location));
    let rows = &wire.rows.rows;
    assert_eq!(rows[0].subscriber.0, "999700000021309");
    assert_eq!((rows[1].vectors, rows[1].exposes), ((1, Some("5g")), Exposes::CREDENTIAL | Exposes::IDENTITY));
    assert_eq!((rows[3].cell.clone(), rows[3].exposes), (("00101".into(), Some(10), Some(16)), Exposes::LOCATION));
    assert!(!rows[1].printed.contains("AABBCCDD") && !rows[1].printed.contains("22334455"));
}

/// `:path` and `:authority` are put into the table by the first request and taken from it by the second.
fn with_table() -> (Vec<u8>, Vec<u8>) {
    let literal = |index: u8, text: &str| [&[0x40 | index, u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
    let first = [&[0x82, 0x86][..], &literal(4, &path("am-data")), &literal(1, "udm.example")].concat();
    (frame(HEADERS, WHOLE | END, 1, &first), frame(HEADERS, WHOLE | END, 3, &[0x82, 0x86, 0xbf, 0xbe]))
}

#[test]
fn from_the_middle_what_is_unknown_is_told_and_the_rest_is_read() {
    let (_, second) = with_table();
    let mut wire = Wire { synchronised: [Some(false); 2], ..Wire::default() };
    let later = request(5, "GET", &path("nssai"), &[], b"");
    wire.client(&[b"the end of some frame", &second[..], &later].concat());
    assert_eq!(wire.rows.gaps.iter().map(|gap| (gap.length, gap.reason)).collect::<Vec<_>>(), [(21, Reason::MissingBytes)]);
    let told: Vec<_> = wire.rows.rows.iter().map(|row| (row.component, row.operation, row.anomalies.clone())).collect();
    assert_eq!(told, [(Some("GET"), None, vec![Anomaly::HttpUnknownEntry]), (Some("GET"), Some("nudm-sdm/nssai"), vec![])]);
}

#[test]
fn a_hole_without_room_for_fields_leaves_the_table_whole() {
    let (first, second) = with_table();
    let mut wire = Wire::begun();
    wire.client(&first).lose(true, 9).client(&second);
    assert_eq!(wire.rows.rows[1].operation, Some("nudm-sdm/am-data"));
    let mut wire = Wire::begun();
    wire.client(&first).lose(true, 40).client(&second);
    assert_eq!((wire.rows.rows[1].operation, wire.rows.rows[1].anomalies.as_slice()), (None, &[Anomaly::HttpUnknownEntry][..]));
    let mut wire = Wire::begun();
    wire.client(&first).client(&second[..4]).lose(true, 5).client(&second[9..]);
    assert_eq!(wire.rows.rows.len(), 1);
}

#[test]
fn what_rfc_9113_forbids_is_told_and_still_read() {
    let get = |more: &[(&str, &str)]| request(1, "GET", &path("am-data"), more, b"");
    let late = fields(&[(":method", "GET"), ("accept", "x"), (":path", &path("am-data"))]);
    let cases: Vec<(&str, Vec<u8>, Vec<Anomaly>)> = vec![
        ("sound", get(&[]), vec![]),
        ("capital letters", get(&[("Accept", "x")]), vec![Anomaly::HttpMessageFault]),
        ("a field of the connection", get(&[("connection", "close")]), vec![Anomaly::HttpMessageFault]),
        ("two paths", get(&[(":path", "/other")]), vec![Anomaly::HttpMessageFault]),
        ("a late path", message(1, &late, b""), vec![Anomaly::HttpMessageFault]),
        ("a ping of four octets", [frame(6, 0, 0, &[0; 4]), get(&[])].concat(), vec![Anomaly::HttpFrameFault]),
        ("a continuation of nothing", [frame(9, WHOLE, 1, b""), get(&[])].concat(), vec![Anomaly::HttpFrameFault]),
        (
            "a frame inside a block",
            {
                let block = fields(&[(":method", "GET"), (":path", &path("am-data"))]);
                [frame(HEADERS, END, 1, &block[..9]), frame(6, 0, 0, &[0; 8]), frame(9, WHOLE, 1, &block[9..])].concat()
            },
            vec![Anomaly::HttpFrameFault],
        ),
        (
            "an index of nothing",
            message(1, &[&fields(&[(":method", "GET"), (":path", &path("am-data"))])[..], &[0xff, 0x20]].concat(), b""),
            vec![Anomaly::HttpHeaderFault],
        ),
    ];
    for (what, bytes, anomalies) in cases {
        let mut wire = Wire::begun();
        wire.client(&bytes);
        assert_eq!(wire.rows.rows.len(), 1, "{what}");
        assert_eq!((wire.rows.rows[0].operation, wire.rows.rows[0].subscriber.0.as_str()), (Some("nudm-sdm/am-data"), IMSI), "{what}");
        assert_eq!(wire.rows.rows[0].anomalies, anomalies, "{what}");
    }
}

#[test]
fn interim_answers_trailers_and_promises_change_nothing() {
    let mut wire = Wire::begun();
    wire.client(&request(1, "GET", &path("am-data"), &[], b""));
    wire.server(&frame(HEADERS, WHOLE, 1, &fields(&[(":status", "103")])));
    wire.server(&frame(5, WHOLE, 1, &[&[0, 0, 0, 2][..], &fields(&[(":method", "GET"), (":path", "/promised")])].concat()));
    wire.server(&frame(HEADERS, WHOLE, 1, &fields(&[(":status", "200")]))).server(&frame(0, 0, 1, b"{}"));
    wire.server(&frame(HEADERS, WHOLE | END, 1, &fields(&[("grpc-status", "0")])));
    let told: Vec<_> = wire.rows.rows.iter().map(|row| (row.message_type, row.status)).collect();
    assert_eq!(told, [(Some("request"), None), (Some("answer"), Some(200))]);
}

#[test]
fn what_never_ends_is_a_row_when_something_else_tells_its_end() {
    let open = frame(HEADERS, WHOLE, 1, &fields(&[(":method", "POST"), (":path", &path("sdm-subscriptions"))]));
    let mut wire = Wire::begun();
    wire.client(&open).server(&answer(1, "503", &[], b""));
    assert_eq!(wire.rows.rows.iter().map(|row| row.message_type).collect::<Vec<_>>(), [Some("request"), Some("answer")]);
    assert_eq!(wire.rows.rows.iter().map(|row| row.index).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(wire.rows.rows[0].ports, (Some(40_000), Some(7_777)));
    let mut wire = Wire::begun();
    wire.client(&open).client(&frame(3, 0, 1, &[0, 0, 0, 8]));
    assert_eq!(wire.rows.rows.len(), 1);
    let mut wire = Wire::begun();
    wire.client(&open);
    assert!(wire.rows.rows.is_empty());
    let envelope = wire.envelope(true);
    wire.connections.closed(7, &envelope, &mut wire.rows);
    assert_eq!(wire.rows.rows.len(), 1);
    let mut wire = Wire::begun();
    wire.client(&open);
    wire.connections.finish(&envelope, &mut wire.rows);
    wire.connections.finish(&envelope, &mut wire.rows);
    assert_eq!(wire.rows.rows.len(), 1);
}

#[test]
fn what_is_encrypted_or_something_else_is_said_to_be() {
    let reasons = |parts: &[&[u8]]| {
        let mut wire = Wire::default();
        for part in parts {
            wire.client(part);
        }
        assert!(wire.rows.rows.is_empty());
        wire.rows.gaps.iter().map(|gap| gap.reason).collect::<Vec<_>>()
    };
    assert_eq!(reasons(&[&[0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0], &[1, 2, 3]]), [Reason::Encrypted, Reason::Encrypted]);
    assert_eq!(
        reasons(&[b"GET / HTTP/1.1\r\nHost: example\r\n\r\n", b"more of the same\r\n"]),
        [Reason::NotThisProtocol, Reason::NotThisProtocol]
    );
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
fn any_bytes_in_any_order_give_rows_and_gaps() {
    let (first, second) = with_table();
    let body = format!("{{\"supi\":\"imsi-{IMSI}\"}}");
    let client = [PREFACE, SETTINGS, &first, &second, &request(5, "POST", &path("nssai"), &[], body.as_bytes())].concat();
    let server = [SETTINGS, &answer(1, "200", &[], b"{}"), &answer(3, "404", &[], b"{}")].concat();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut connections = Connections::default();
    let mut rows = Rows::default();
    for round in 0..20_000 {
        for (upward, sound) in [(true, &client), (false, &server)] {
            let mut bytes = sound.clone();
            for _ in 0..dice.throw(5) {
                let at = dice.throw(bytes.len());
                bytes[at] = u8::try_from(dice.throw(256)).unwrap();
            }
            let envelope = Message { frame: round, anomalies: Anomalies::default(), ..Message::default() };
            let (mut start, mut synchronised) = (0, true);
            while start < bytes.len() {
                let end = (start + 1 + dice.throw(200)).min(bytes.len());
                let taken = connections.bytes(round, upward, &bytes[start..end], synchronised, &envelope, &mut rows);
                assert!(taken.consumed <= end - start);
                synchronised = taken.synchronised;
                if taken.consumed == 0 {
                    synchronised = false;
                    connections.lost(round, upward, end - start);
                    start = end;
                }
                start += taken.consumed;
            }
        }
        rows.rows.clear();
        rows.gaps.clear();
    }
    connections.finish(&Message::default(), &mut rows);
}
