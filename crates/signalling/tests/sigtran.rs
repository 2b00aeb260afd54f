//! M3UA, M2PA, M2UA and SUA: hand-built messages, and the test vectors of other stacks where they lie beside the project.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test stops at its first fault"
)]

use signalling::anomaly::Anomaly;
use signalling::gap::Reason;
use signalling::mtp3::{Transfer, Variant};
use signalling::sccp::{self, LinkKey};
use signalling::segments::Segments;
use signalling::{m2pa, m2ua, m3ua, sua};

const UDT: &[u8] = &[0x09, 0, 3, 5, 7, 2, 0x42, 8, 2, 0x42, 6, 1, 0x64];

fn parameter(tag: u16, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len() + 4).unwrap().to_be_bytes();
    let padding = vec![0; value.len().wrapping_neg() & 3];
    [&tag.to_be_bytes()[..], &length, value, &padding].concat()
}

fn message(class: u8, kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
    [&[1, 0, class, kind], &length[..], body].concat()
}

fn protocol_data(service: u8) -> Vec<u8> {
    parameter(0x0210, &[&[0, 0, 0, 10, 0, 0, 0, 100, service, 2, 0, 5][..], UDT].concat())
}

fn anomalies(transfer: &Transfer<'_>) -> Vec<Anomaly> {
    transfer.anomalies.iter().collect()
}

/// The vectors of one stack, with what they say they are; none, with a notice, where they are not beside the project.
fn vectors(stack: &str) -> Vec<(Vec<u8>, String)> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var("IPXRAY_SHARED").unwrap_or_else(|_| beside.into());
    let Ok(text) = std::fs::read_to_string(format!("{folder}/vectors/{stack}.txt")) else {
        eprintln!("skipped: the vectors of {stack} (../shared/vectors, or $IPXRAY_SHARED) are not beside the project");
        return Vec::new();
    };
    let octets = |text: &str| (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap()).collect();
    let lines = text.lines().filter_map(|line| line.split_once('#')).map(|(bytes, what)| (bytes.trim(), what.trim()));
    lines.filter(|(bytes, _)| !bytes.is_empty()).map(|(bytes, what)| (octets(bytes), what.into())).collect()
}

#[test]
fn m3ua_data_gives_the_label_and_the_user_message() {
    let before = [parameter(0x0200, &[0, 0, 0, 7]), parameter(6, &[0, 0, 0, 9])].concat();
    let bytes = message(1, 1, &[before, protocol_data(3), parameter(0x13, &[0, 0, 0, 1])].concat());
    let transfer = m3ua::decode(&bytes).unwrap().unwrap();
    assert_eq!((transfer.originating_point_code, transfer.destination_point_code), (10, 100));
    assert_eq!((transfer.service_indicator, transfer.network_indicator, transfer.signalling_link_selection), (3, 2, 5));
    assert_eq!((transfer.network_appearance, transfer.routing_context, transfer.correlation), (Some(7), Some(9), Some(1)));
    assert_eq!(transfer.payload, UDT);
    assert!(transfer.anomalies.is_empty());
}

#[test]
fn m3ua_management_is_recognised_and_passed_over() {
    let mut names = std::collections::BTreeSet::new();
    for (class, kinds) in [(0, 0..=1), (2, 1..=6), (3, 1..=6), (4, 1..=4), (9, 1..=4)] {
        for kind in kinds {
            let bytes = message(class, kind, &parameter(6, &[0, 0, 0, 9]));
            assert_eq!(m3ua::decode(&bytes), Ok(None));
            names.insert(m3ua::management_name(&bytes).unwrap());
        }
    }
    assert_eq!(names.len(), 22);
    assert_eq!(m3ua::decode(&message(3, 7, &[])), Err(Reason::InvalidValue));
    assert_eq!(m3ua::decode(&message(1, 2, &[])), Err(Reason::InvalidValue));
    assert_eq!(m3ua::decode(&message(11, 1, &[])), Err(Reason::NotThisProtocol));
    assert_eq!(m3ua::decode(b"GET / HTTP/1.1\r\n"), Err(Reason::NotThisProtocol));
}

#[test]
fn m3ua_faults_are_told_and_decoding_goes_on() {
    let told = |body: &[Vec<u8>]| anomalies(&m3ua::decode(&message(1, 1, &body.concat())).unwrap().unwrap());
    assert_eq!(told(&[protocol_data(3), protocol_data(3)]), [Anomaly::SigtranParameterFault]);
    assert_eq!(told(&[parameter(6, &[0; 8]), protocol_data(3)]), [Anomaly::SigtranParameterFault]);
    assert_eq!(told(&[protocol_data(15)]), [Anomaly::Mtp3UnknownService]);
    assert_eq!(told(&[parameter(0x0099, &[1, 2, 3]), protocol_data(3)]), []);
    let mut short = message(1, 1, &protocol_data(3));
    short[7] -= 3;
    assert_eq!(m3ua::decode(&short).unwrap().unwrap().payload, UDT, "the last padding may stay out of the length");
    let hidden = [message(1, 1, &protocol_data(3)), vec![7; 8]].concat();
    assert_eq!(anomalies(&m3ua::decode(&hidden).unwrap().unwrap()), [Anomaly::SigtranParameterFault]);
    assert_eq!(m3ua::decode(&message(1, 1, &parameter(6, &[0, 0, 0, 9]))), Err(Reason::InvalidValue));
    assert_eq!(m3ua::decode(&message(1, 1, &[2, 0x10, 0, 3])), Err(Reason::LengthMismatch));
}

#[test]
fn m2pa_gives_the_message_behind_its_priority() {
    let numbers = [0, 0, 0, 7, 0, 0, 0, 8];
    let label = [0x83, 0x64, 0x80, 0x02, 0x50];
    let bytes = message(11, 1, &[&numbers[..], &[0], &label, UDT].concat());
    let transfer = m2pa::decode(&bytes).unwrap().unwrap();
    assert_eq!((transfer.originating_point_code, transfer.destination_point_code, transfer.variant), (10, 100, Some(Variant::Itu)));
    assert_eq!(transfer.payload, UDT);
    assert_eq!(m2pa::decode(&message(11, 1, &numbers)), Ok(None), "an acknowledgement");
    assert_eq!(m2pa::decode(&message(11, 2, &[&numbers[..], &[0, 0, 0, 3]].concat())), Ok(None), "link status");
    assert_eq!(m2pa::decode(&message(11, 3, &numbers)), Err(Reason::InvalidValue));
    assert_eq!(m2pa::decode(&message(1, 1, &numbers)), Err(Reason::NotThisProtocol));
    let wide = message(11, 1, &[&numbers[..], &[0, 0x83, 1, 2, 3, 4, 5, 6, 7], UDT].concat());
    assert_eq!(m2pa::decode(&wide).unwrap().unwrap().variant, Some(Variant::China));
    assert_eq!(m2pa::decode_as(&wide, Some(Variant::Ansi)).unwrap().unwrap().destination_point_code, 0x03_0201);
}

#[test]
fn m2ua_gives_the_message_of_data() {
    let itu = [&[0x83, 0x64, 0x80, 0x02, 0x50][..], UDT].concat();
    let bytes = message(6, 1, &[parameter(1, &[0; 4]), parameter(0x0300, &itu), parameter(0x13, &[0, 0, 0, 4])].concat());
    let transfer = m2ua::decode(&bytes).unwrap().unwrap();
    assert_eq!((transfer.originating_point_code, transfer.destination_point_code, transfer.correlation), (10, 100, Some(4)));
    let japan = [&[63, 0x83, 0xaa, 0x0a, 0xbb, 0x0b, 0][..], UDT].concat();
    let bytes = message(6, 1, &parameter(0x0301, &japan));
    let transfer = m2ua::decode(&bytes).unwrap().unwrap();
    assert_eq!((transfer.destination_point_code, transfer.originating_point_code, transfer.payload), (0x0aaa, 0x0bbb, UDT));
    let mistagged = [&[63][..], &itu].concat();
    let bytes = message(6, 1, &parameter(0x0301, &mistagged));
    let transfer = m2ua::decode(&bytes).unwrap().unwrap();
    assert_eq!((transfer.variant, transfer.payload), (Some(Variant::Itu), UDT), "what a label of another form carries is read");
    assert_eq!(anomalies(&transfer), [Anomaly::SigtranParameterFault]);
    for kind in 2..=15 {
        assert_eq!(m2ua::decode(&message(6, kind, &[])), Ok(None));
    }
    assert_eq!(m2ua::decode(&message(10, 1, &[])), Ok(None));
    assert_eq!(m2ua::decode(&message(6, 16, &[])), Err(Reason::InvalidValue));
}

/// E.164 international 9997012 with a subsystem, as RFC 3868 writes it.
fn sua_address(tag: u16, subsystem: u8) -> Vec<u8> {
    let title = parameter(0x8001, &[0, 0, 0, 4, 7, 0, 1, 4, 0x99, 0x79, 0x10, 0x02]);
    parameter(tag, &[&[0, 1, 0, 5][..], &title, &parameter(0x8002, &[0, 0, 0, 10]), &parameter(0x8003, &[0, 0, 0, subsystem])].concat())
}

fn cldt(options: &[u8], payload: &[u8]) -> Vec<u8> {
    let class = parameter(0x0115, &[0, 0, 0, 0x81]);
    message(7, 1, &[&class[..], &sua_address(0x0102, 7), &sua_address(0x0103, 6), options, &parameter(0x010b, payload)].concat())
}

#[test]
fn sua_gives_the_same_unit_data() {
    let mut segments = Segments::new();
    let options = [parameter(0x0101, &[0, 0, 0, 9]), parameter(0x0113, &[0, 0, 0, 4])].concat();
    let bytes = cldt(&options, &[0x62, 0]);
    let unit = sua::decode(&bytes, &mut segments, LinkKey::default(), 0).unwrap().unwrap();
    assert_eq!((unit.message_type, unit.protocol_class, unit.hop_counter, unit.importance), ("cldt", Some(0x81), Some(9), Some(4)));
    assert_eq!(
        (unit.called.global_title.as_bytes(), unit.called.subsystem_number, unit.called.point_code),
        (&b"9997012"[..], Some(6), Some(10))
    );
    assert_eq!((unit.calling.nature_of_address, unit.calling.numbering_plan, unit.calling.translation_type), (Some(4), Some(1), Some(0)));
    assert_eq!(unit.payload, [0x62, 0]);
    assert!(unit.anomalies.is_empty(), "{:?}", unit.anomalies);
    let addresses = [sua_address(0x0102, 6), sua_address(0x0103, 7)].concat();
    let returned = message(7, 2, &[parameter(0x0106, &[0, 0, 1, 3]), addresses, parameter(0x010b, &[0x62, 0])].concat());
    let unit = sua::decode(&returned, &mut segments, LinkKey::default(), 0).unwrap().unwrap();
    assert_eq!((unit.message_type, unit.return_cause), ("cldr", Some(3)));
    assert_eq!(sua::decode(&message(8, 1, &[]), &mut segments, LinkKey::default(), 0), Ok(None));
    assert_eq!(sua::decode(&message(3, 1, &[]), &mut segments, LinkKey::default(), 0), Ok(None));
    assert_eq!(segments.connection_oriented(), 1);
    assert_eq!(sua::decode(&message(7, 3, &[]), &mut segments, LinkKey::default(), 0), Err(Reason::InvalidValue));
}

#[test]
fn sua_segments_are_joined() {
    let mut segments = Segments::new();
    let first = cldt(&parameter(0x0117, &[0x81, 0, 0, 1]), &[0x62, 2]);
    let last = cldt(&parameter(0x0117, &[0x00, 0, 0, 1]), &[0x48, 0]);
    assert_eq!(sua::decode(&first, &mut segments, LinkKey::default(), 0), Ok(None));
    assert_eq!(sua::decode(&last, &mut segments, LinkKey::default(), 0).unwrap().unwrap().payload, [0x62, 2, 0x48, 0]);
}

#[test]
fn any_bytes_give_a_message_a_reason_or_nothing() {
    let mut segments = Segments::new();
    let mut seed = 7_u64;
    for start in [message(1, 1, &protocol_data(3)), cldt(&parameter(0x0117, &[0x81, 0, 0, 1]), UDT), message(6, 1, &parameter(0x0300, UDT))]
    {
        for _ in 0..20_000 {
            let mut bytes = start.clone();
            for _ in 0..3 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = usize::try_from(seed >> 33).unwrap() % bytes.len();
                bytes[at] = seed.to_le_bytes()[7];
            }
            let _ = (m3ua::decode(&bytes), m2pa::decode(&bytes), m2ua::decode(&bytes));
            let _ = sua::decode(&bytes, &mut segments, LinkKey::default(), 0);
        }
    }
}

#[test]
fn the_messages_of_other_m3ua_stacks_decode() {
    let mut data = 0;
    for (bytes, what) in ["go-m3ua", "jss7_tcap_sccp_m3ua", "pycrate"].map(vectors).concat() {
        // Class 7 is SUA's, and two of go-m3ua's headers are of no class.
        if !what.starts_with("[whole] M3UA")
            || bytes[2] == 7
            || ["generic_test.go", "header_test.go"].iter().any(|test| what.contains(test))
        {
            continue;
        }
        let decoded = m3ua::decode(&bytes).unwrap_or_else(|reason| unreachable!("{what}: {reason:?}"));
        let Some(transfer) = decoded else { continue };
        data += 1;
        // go-m3ua puts letters where SCCP would be.
        if transfer.service_indicator == 3 && !what.contains("messages/data_test.go") {
            let mut segments = Segments::new();
            let read = sccp::decode(transfer.payload, &mut segments, LinkKey::default(), 0);
            assert!(read.is_ok(), "{what}: {read:?}");
        }
    }
    assert!(data == 0 || data >= 6, "{data}");
}

#[test]
fn the_messages_of_other_sccp_stacks_decode() {
    let mut seen = 0;
    for (bytes, what) in ["jss7_tcap_sccp_m3ua", "pycrate", "libosmo-sccp"].map(vectors).concat() {
        let is_whole = ["Udt", "Xudt", "Ludt", "sccp_pdu[", "bssmap_", "ludt_"].iter().any(|name| what.contains(name));
        if !what.starts_with("SCCP") || !is_whole || what.contains("Src") || what.contains("sua_addr") {
            continue;
        }
        let mut segments = Segments::new();
        let read = sccp::decode(&bytes, &mut segments, LinkKey::default(), 0);
        assert!(read.is_ok(), "{what}: {read:?}");
        seen += 1;
    }
    assert!(seen == 0 || seen >= 20, "{seen}");
}
