//! TCAP messages built by hand with fictional identities (MCC 001, country code 999), and the rows they give.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "each test uses its part, and stops at its first fault"
)]

use signalling::anomaly::Anomaly;
use signalling::dialogues::Dialogues;
use signalling::digits::Digits;
use signalling::gap::Gap;
use signalling::message::{ApplicationContext, Message, Node};
use signalling::sink::{Sink, Tunnel};
use signalling::tcap;

/// IMSI 001010123456789.
pub const IMSI: &[u8] = &[0x00, 0x01, 0x01, 0x21, 0x43, 0x65, 0x87, 0xf9];
/// 99970001001, the VLR.
pub const VLR: &[u8] = &[0x91, 0x99, 0x79, 0x00, 0x10, 0x00, 0xf1];
/// 99970001002, the MSC.
pub const MSC: &[u8] = &[0x91, 0x99, 0x79, 0x00, 0x10, 0x00, 0xf2];
/// 99950002001, the HLR.
pub const HLR: &[u8] = &[0x91, 0x99, 0x59, 0x00, 0x20, 0x00, 0xf1];
/// 99950002009, a gsmSCF, GMLC or service centre.
pub const SCF: &[u8] = &[0x91, 0x99, 0x59, 0x00, 0x20, 0x00, 0xf9];
/// 99960123456, the subscriber.
pub const MSISDN: &[u8] = &[0x91, 0x99, 0x69, 0x10, 0x32, 0x54, 0xf6];
/// 99981112222, where calls go.
pub const FORWARDED: &[u8] = &[0x91, 0x99, 0x89, 0x11, 0x21, 0x22, 0xf2];

/// One element with its shortest length.
pub fn tlv(tag: &[u8], content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let octets = match length {
        0..0x80 => vec![u8::try_from(length).unwrap()],
        0x80..0x100 => vec![0x81, u8::try_from(length).unwrap()],
        _ => [&[0x82][..], &u16::try_from(length).unwrap().to_be_bytes()].concat(),
    };
    [tag, &octets, content].concat()
}

/// A primitive with context tag `number`.
pub fn at(number: u8, content: &[u8]) -> Vec<u8> {
    if number < 31 { tlv(&[0x80 | number], content) } else { tlv(&[0x9f, number], content) }
}

/// A constructed element with context tag `number`.
pub fn inside(number: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    if number < 31 { tlv(&[0xa0 | number], &parts.concat()) } else { tlv(&[0xbf, number], &parts.concat()) }
}

pub fn octets(content: &[u8]) -> Vec<u8> {
    tlv(&[4], content)
}

pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(&[0x30], &parts.concat())
}

/// AARQ for a MAP context, with a destination reference where one is given.
pub fn context(number: u8, version: u8, reference: Option<&[u8]>) -> Vec<u8> {
    dialogue(&[4, 0, 0, 1, 0, number, version], reference)
}

/// AARQ for an encoded object identifier.
pub fn dialogue(name: &[u8], reference: Option<&[u8]>) -> Vec<u8> {
    let mut parts = vec![at(0, &[7, 0x80]), inside(1, &[tlv(&[6], name)])];
    if let Some(reference) = reference {
        let open = inside(0, &[inside(0, &[at(0, reference)])]);
        parts.push(inside(30, &[tlv(&[0x28], &[tlv(&[6], &[4, 0, 0, 1, 1, 1, 1]), open].concat())]));
    }
    let request = tlv(&[0x60], &parts.concat());
    let external = [tlv(&[6], &[0, 0x11, 0x86, 5, 1, 1, 1]), inside(0, &[request])].concat();
    tlv(&[0x6b], &tlv(&[0x28], &external))
}

pub fn invoke(id: u8, code: u8, parameter: &[u8]) -> Vec<u8> {
    inside(1, &[vec![2, 1, id, 2, 1, code], parameter.to_vec()])
}

pub fn result(id: u8, code: u8, parameter: &[u8]) -> Vec<u8> {
    inside(2, &[vec![2, 1, id], sequence(&[vec![2, 1, code], parameter.to_vec()])])
}

pub fn components(components: &[Vec<u8>]) -> Vec<u8> {
    tlv(&[0x6c], &components.concat())
}

pub fn begin(origin: &[u8], portions: &[Vec<u8>]) -> Vec<u8> {
    tlv(&[0x62], &[tlv(&[0x48], origin), portions.concat()].concat())
}

pub fn end(destination: &[u8], portions: &[Vec<u8>]) -> Vec<u8> {
    tlv(&[0x64], &[tlv(&[0x49], destination), portions.concat()].concat())
}

pub fn proceed(origin: &[u8], destination: &[u8], portions: &[Vec<u8>]) -> Vec<u8> {
    tlv(&[0x65], &[tlv(&[0x48], origin), tlv(&[0x49], destination), portions.concat()].concat())
}

/// One operation of a MAP context in a message of its own.
pub fn map(number: u8, version: u8, code: u8, argument: &[u8]) -> Vec<u8> {
    begin(&[0, 0, 0, 1], &[context(number, version, None), components(&[invoke(1, code, argument)])])
}

/// A row as text and numbers.
#[derive(Debug, Default)]
pub struct Row {
    pub index: u32,
    pub protocol: String,
    pub interface: Option<&'static str>,
    pub message_type: Option<&'static str>,
    pub component: Option<&'static str>,
    pub code: Option<i64>,
    pub operation: String,
    pub context: Vec<u32>,
    pub error: Option<i64>,
    pub transactions: (Option<u64>, Option<u64>),
    pub invoke_id: Option<i64>,
    pub imsi: String,
    pub msisdn: String,
    pub imei: String,
    pub visited: String,
    pub serving: String,
    pub home: String,
    pub service: String,
    pub cell: (String, Option<u32>, Option<u64>),
    pub age: Option<i64>,
    pub forwarded: String,
    pub apn: String,
    pub gsn: String,
    pub vectors: (u32, Option<&'static str>),
    pub sms: signalling::message::Sms,
    pub originator: String,
    pub exposes: u8,
    pub anomalies: Vec<Anomaly>,
    pub length: u32,
    pub request_frame: Option<u64>,
    pub delay: Option<i64>,
}

fn text(digits: &Digits) -> String {
    String::from_utf8_lossy(digits.as_bytes()).into_owned()
}

fn node(node: &Node<'_>) -> String {
    match node {
        Node::Absent => String::new(),
        Node::Number(digits) => text(digits),
        Node::Name(name) => format!("name {}", name.escape_ascii()),
    }
}

#[derive(Default)]
pub struct Rows {
    pub rows: Vec<Row>,
    pub gaps: Vec<Gap>,
}

impl Sink for Rows {
    fn message(&mut self, message: &Message<'_>) {
        let context = match message.application_context {
            ApplicationContext::Object { arcs, count } => arcs[..usize::from(count)].to_vec(),
            _ => Vec::new(),
        };
        self.rows.push(Row {
            index: message.index,
            protocol: message.protocol.name().to_owned(),
            interface: message.interface,
            message_type: message.message_type,
            component: message.component,
            code: message.operation_code,
            operation: message.operation.unwrap_or_default().to_owned(),
            context,
            error: message.error_code,
            transactions: (message.originating_transaction, message.destination_transaction),
            invoke_id: message.invoke_id,
            imsi: text(&message.imsi),
            msisdn: text(&message.msisdn),
            imei: text(&message.imei),
            visited: text(&message.visited_plmn),
            serving: node(&message.serving_node),
            home: node(&message.home_node),
            service: node(&message.gmlc_or_scf),
            cell: (text(&message.cell.plmn), message.cell.area, message.cell.cell),
            age: message.location_age,
            forwarded: text(&message.forwarded_to),
            apn: message.apn.map(|apn| String::from_utf8_lossy(apn.as_bytes()).into_owned()).unwrap_or_default(),
            gsn: message.gsn_address.map(|address| address.to_string()).unwrap_or_default(),
            vectors: (message.vectors.count, message.vectors.kind),
            sms: message.sms,
            originator: text(&message.sms.originator),
            exposes: message.exposes.0,
            anomalies: message.anomalies.iter().collect(),
            length: message.length,
            request_frame: message.request_frame,
            delay: message.delay,
        });
    }

    fn gap(&mut self, gap: Gap) {
        self.gaps.push(gap);
    }

    fn tunnel(&mut self, _tunnel: Tunnel) {}
}

/// What SCCP and MTP3 would say: a global title, a point code and a subsystem number for each side.
pub fn envelope(frame: u64, calling: (&str, u32, u8), called: (&str, u32, u8)) -> Message<'static> {
    let mut row = Message { frame, observed_at: i64::try_from(frame).unwrap() * 1_000, ..Message::default() };
    row.calling.global_title = Digits::from_ascii(calling.0.as_bytes()).unwrap();
    row.called.global_title = Digits::from_ascii(called.0.as_bytes()).unwrap();
    (row.originating_point_code, row.destination_point_code) = (Some(calling.1), Some(called.1));
    (row.calling.subsystem_number, row.called.subsystem_number) = (Some(calling.2), Some(called.2));
    row
}

pub const VISITED: (&str, u32, u8) = ("99970001001", 100, 7);
pub const HOME: (&str, u32, u8) = ("99950002001", 200, 6);

/// Decode one message between a VLR and an HLR.
pub fn decode(payload: &[u8]) -> Rows {
    let mut rows = Rows::default();
    let count = tcap::decode(payload, &envelope(1, VISITED, HOME), &mut Dialogues::default(), &mut rows);
    assert_eq!(usize::try_from(count).unwrap(), rows.rows.len());
    rows
}

/// Decode a message that gives one row and no gap.
pub fn row(payload: &[u8]) -> Row {
    let mut rows = decode(payload);
    assert_eq!((rows.rows.len(), rows.gaps.len()), (1, 0), "{:?}", rows.gaps);
    rows.rows.remove(0)
}

/// The lines of one file of third-party vectors, as bytes and origin; None, said aloud, when the material is not beside the project.
pub fn vectors(name: &str) -> Option<Vec<(Vec<u8>, String)>> {
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("IPXRAY_SHARED").map_or(beside, std::path::PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join("vectors").join(name)) else {
        eprintln!("skipped: the reference material (../shared, or IPXRAY_SHARED) has no vectors/{name}");
        return None;
    };
    let line = |line: &str| {
        let (hex, origin) = line.split_once("  # ")?;
        let octet = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        Some((hex.as_bytes().chunks(2).map(octet).collect::<Option<Vec<u8>>>()?, origin.to_owned()))
    };
    Some(text.lines().filter_map(line).collect())
}
