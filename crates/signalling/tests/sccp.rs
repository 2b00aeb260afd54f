//! Whole SCCP messages, built by hand with fictional identities (country code 999).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test stops at its first fault"
)]

use signalling::anomaly::Anomaly;
use signalling::gap::{Gap, Reason};
use signalling::message::Message;
use signalling::sccp::{self, LinkKey, UnitData};
use signalling::segments::Segments;
use signalling::sink::{Sink, Tunnel};

/// HLR, E.164 international, even: 99970123456 7.
const CALLED: &[u8] = &[0x12, 6, 0, 0x12, 4, 0x99, 0x79, 0x10, 0x32, 0x54, 0x76];
/// VLR, E.164 international, odd: 99970000001.
const CALLING: &[u8] = &[0x12, 7, 0, 0x11, 4, 0x99, 0x79, 0x00, 0x00, 0x00, 0x01];
/// A whole TCAP message of no meaning.
const BEGIN: &[u8] = &[0x62, 6, 0x48, 4, 1, 2, 3, 4];
const LINK: LinkKey = LinkKey { frame: 1, association: 0, originating_point_code: 10, destination_point_code: 100, variant: None };
const SECOND: i64 = 1_000_000;

fn short(value: &[u8]) -> Vec<u8> {
    [&[u8::try_from(value.len()).expect("short")], value].concat()
}

fn octet(value: usize) -> u8 {
    u8::try_from(value).expect("fits")
}

fn unit_data(kind: u8, class_or_cause: u8, payload: &[u8]) -> Vec<u8> {
    let (called, calling, data) = (short(CALLED), short(CALLING), short(payload));
    let calling_at = octet(2 + called.len());
    let data_at = octet(1 + called.len() + calling.len());
    [&[kind, class_or_cause, 3, calling_at, data_at], &called[..], &calling, &data].concat()
}

fn extended(kind: u8, payload: &[u8], options: &[u8]) -> Vec<u8> {
    let (called, calling, data) = (short(CALLED), short(CALLING), short(payload));
    let optional_at = if options.is_empty() { 0 } else { octet(1 + called.len() + calling.len() + data.len()) };
    let pointers = [4, octet(3 + called.len()), octet(2 + called.len() + calling.len()), optional_at];
    [&[kind, 0x81, 15], &pointers[..], &called, &calling, &data, options].concat()
}

fn long(payload: &[u8], options: &[u8]) -> Vec<u8> {
    let (called, calling) = (short(CALLED), short(CALLING));
    let length = u16::try_from(payload.len()).expect("fits");
    let data = [&length.to_le_bytes()[..], payload].concat();
    let at = |distance: usize| u16::try_from(distance).expect("fits").to_le_bytes();
    let optional_at = if options.is_empty() { [0, 0] } else { at(1 + called.len() + calling.len() + data.len()) };
    let pointers = [at(7), at(5 + called.len()), at(3 + called.len() + calling.len()), optional_at].concat();
    [&[0x13, 1, 15], &pointers[..], &called, &calling, &data, options].concat()
}

fn segment(first: bool, remaining: u8, payload: &[u8]) -> Vec<u8> {
    extended(0x11, payload, &[0x10, 4, u8::from(first) << 7 | 0x40 | remaining, 0xab, 0xcd, 0xef, 0])
}

fn decode<'a>(bytes: &'a [u8], segments: &'a mut Segments) -> UnitData<'a> {
    sccp::decode(bytes, segments, LINK, 0).expect("decodable").expect("a message")
}

fn anomalies(unit: &UnitData<'_>) -> Vec<Anomaly> {
    unit.anomalies.iter().collect()
}

type Whole = (Vec<u8>, Vec<Anomaly>);

/// What reassembly gives for messages at their seconds: payloads with their anomalies, then the gaps.
fn reassemble(messages: &[(i64, Vec<u8>)]) -> (Vec<Whole>, Vec<Gap>) {
    let mut segments = Segments::new();
    let mut whole = Vec::new();
    for (at, bytes) in messages {
        if let Some(unit) = sccp::decode(bytes, &mut segments, LINK, at * SECOND).expect("decodable") {
            whole.push((unit.payload.to_vec(), anomalies(&unit)));
        }
    }
    let mut kept = Gaps::default();
    segments.finish(&mut kept);
    (whole, kept.0)
}

#[derive(Default)]
struct Gaps(Vec<Gap>);

impl Sink for Gaps {
    fn message(&mut self, _: &Message<'_>) {}
    fn gap(&mut self, gap: Gap) {
        self.0.push(gap);
    }
    fn tunnel(&mut self, _: Tunnel) {}
}

#[test]
fn unit_data_gives_both_addresses_and_its_data() {
    let bytes = unit_data(0x09, 0x81, BEGIN);
    let mut segments = Segments::new();
    let unit = decode(&bytes, &mut segments);
    assert_eq!((unit.message_type, unit.protocol_class, unit.return_cause), ("udt", Some(0x81), None));
    assert_eq!(unit.called.global_title.as_bytes(), b"999701234567");
    assert_eq!((unit.called.subsystem_number, unit.called.numbering_plan, unit.called.nature_of_address), (Some(6), Some(1), Some(4)));
    assert_eq!((unit.calling.global_title.as_bytes(), unit.calling.subsystem_number), (&b"99970000001"[..], Some(7)));
    assert_eq!((unit.called.translation_type, unit.called.point_code), (Some(0), None));
    assert_eq!(unit.payload, BEGIN);
    assert!(unit.anomalies.is_empty());
}

#[test]
fn service_messages_carry_their_cause_and_the_returned_data() {
    let mut segments = Segments::new();
    let bytes = unit_data(0x0a, 7, BEGIN);
    let unit = decode(&bytes, &mut segments);
    assert_eq!((unit.message_type, unit.return_cause, unit.payload), ("udts", Some(7), BEGIN));
    let bytes = extended(0x12, BEGIN, &[]);
    assert_eq!(decode(&bytes, &mut segments).message_type, "xudts");
    let mut bytes = long(BEGIN, &[]);
    bytes[0] = 0x14;
    assert_eq!(decode(&bytes, &mut segments).message_type, "ludts");
}

#[test]
fn extended_and_long_messages_carry_their_options() {
    let mut segments = Segments::new();
    let bytes = extended(0x11, BEGIN, &[0x12, 1, 5, 0]);
    let unit = decode(&bytes, &mut segments);
    assert_eq!((unit.message_type, unit.hop_counter, unit.importance, unit.payload), ("xudt", Some(15), Some(5), BEGIN));
    assert!(unit.anomalies.is_empty());
    let payload = [BEGIN, &[7; 400]].concat();
    let bytes = long(&payload, &[0x12, 1, 3, 0]);
    let unit = decode(&bytes, &mut segments);
    assert_eq!((unit.message_type, unit.importance, unit.payload), ("ludt", Some(3), &payload[..]));
    assert!(unit.anomalies.is_empty());
}

#[test]
fn connection_oriented_messages_are_counted_and_passed_over() {
    let mut segments = Segments::new();
    for bytes in [&[1, 0, 0, 1, 2, 2, 0, 2, 0x42, 6][..], &[6, 0, 0, 1, 0, 1, 1, 9], &[5, 0, 0, 1, 0, 0, 2], &[0x10]] {
        assert_eq!(sccp::decode(bytes, &mut segments, LINK, 0), Ok(None));
    }
    assert_eq!(segments.connection_oriented(), 4);
    assert_eq!(sccp::decode(&[0x15, 0], &mut segments, LINK, 0), Err(Reason::InvalidValue));
}

#[test]
fn management_is_told_from_transactions() {
    let bytes = [&[0x09, 0, 3, 5, 7][..], &[2, 0x42, 1, 2, 0x42, 1, 5, 1, 254, 0x64, 0, 0]].concat();
    assert!(decode(&bytes, &mut Segments::new()).is_management());
    let bytes = unit_data(0x09, 0, BEGIN);
    assert!(!decode(&bytes, &mut Segments::new()).is_management());
}

#[test]
fn strictness_of_the_frame_is_told() {
    let told = |bytes: &[u8]| anomalies(&decode(bytes, &mut Segments::new()));
    assert_eq!(told(&unit_data(0x09, 0x02, BEGIN)), [Anomaly::SccpProtocolClass]);
    assert_eq!(told(&[unit_data(0x09, 0, BEGIN), vec![0; 2]].concat()), []);
    assert_eq!(told(&[unit_data(0x09, 0, BEGIN), vec![0; 3]].concat()), [Anomaly::SccpUnusedBytes]);
    let mut hops = extended(0x11, BEGIN, &[]);
    hops[2] = 0;
    assert_eq!(told(&hops), [Anomaly::SccpHopCounter]);
    assert_eq!(told(&extended(0x11, BEGIN, &[0x12, 1, 5])), [Anomaly::SccpOptionalFault]);
    assert_eq!(told(&extended(0x11, BEGIN, &[0x12, 2, 5, 5, 0])), [Anomaly::SccpOptionalFault]);
    assert_eq!(told(&extended(0x11, BEGIN, &[0x12, 1, 5, 0x12, 1, 6, 0])), [Anomaly::SccpOptionalFault]);
    // Both addresses behind one pointer, the data pointer backwards, a byte between parameters.
    assert_eq!(told(&[9, 0, 3, 2, 4, 2, 0x42, 6, 1, 0x62]), [Anomaly::SccpPointerOverlap]);
    assert_eq!(told(&[9, 0, 5, 7, 1, 1, 0x62, 2, 0x42, 6, 2, 0x42, 7]), [Anomaly::SccpPointerOverlap]);
    assert_eq!(told(&[9, 0, 3, 6, 8, 2, 0x42, 6, 0xff, 2, 0x42, 7, 1, 0x62]), [Anomaly::SccpUnusedBytes]);
}

#[test]
fn pointers_out_of_the_message_are_refused() {
    let mut segments = Segments::new();
    assert_eq!(sccp::decode(&[9, 0, 3, 5, 200, 2, 0x42, 6, 2, 0x42, 7], &mut segments, LINK, 0), Err(Reason::Truncated));
    assert_eq!(sccp::decode(&[9, 0, 3, 5, 0, 2, 0x42, 6, 2, 0x42, 7], &mut segments, LINK, 0), Err(Reason::InvalidValue));
    let whole = unit_data(0x09, 0, BEGIN);
    for end in 0..whole.len() {
        assert_eq!(sccp::decode(&whole[..end], &mut segments, LINK, 0), Err(Reason::Truncated));
    }
}

#[test]
fn segments_in_order_make_one_message() {
    let (whole, gaps) =
        reassemble(&[(0, segment(true, 2, &BEGIN[..3])), (0, segment(false, 1, &BEGIN[3..5])), (0, segment(false, 0, &BEGIN[5..]))]);
    assert_eq!(whole, [(BEGIN.to_vec(), vec![])]);
    assert!(gaps.is_empty());
    let alone = segment(true, 0, BEGIN);
    assert_eq!(reassemble(&[(0, alone)]).0, [(BEGIN.to_vec(), vec![])]);
}

#[test]
fn long_messages_are_segmented_too() {
    let part = |first: u8, payload: &[u8]| long(payload, &[0x10, 4, first, 1, 2, 3, 0]);
    let (whole, gaps) = reassemble(&[(0, part(0x81, &[1; 300])), (0, part(0x00, &[2; 300]))]);
    assert_eq!(whole, [([[1; 300], [2; 300]].concat(), vec![])]);
    assert!(gaps.is_empty());
}

#[test]
fn segments_out_of_order_or_repeated_still_make_the_message_and_are_told() {
    let parts = [segment(true, 2, &BEGIN[..3]), segment(false, 1, &BEGIN[3..5]), segment(false, 0, &BEGIN[5..])];
    for order in [&[0, 2, 1][..], &[2, 1, 0], &[1, 0, 2], &[0, 0, 1, 2], &[0, 1, 1, 2, 2, 1]] {
        let messages: Vec<_> = order.iter().map(|part| (0, parts[*part].clone())).collect();
        let (whole, gaps) = reassemble(&messages);
        assert_eq!(whole, [(BEGIN.to_vec(), vec![Anomaly::SccpSegmentOrder])], "{order:?}");
        assert!(gaps.is_empty(), "{order:?}");
    }
}

#[test]
fn a_repetition_of_the_whole_is_a_second_message() {
    let parts = [(0, segment(true, 1, &BEGIN[..3])), (0, segment(false, 0, &BEGIN[3..]))];
    let (whole, gaps) = reassemble(&[parts.clone(), parts].concat());
    assert_eq!((whole.len(), gaps.len()), (2, 0));
}

#[test]
fn a_message_whose_first_bit_is_never_set_is_made_when_it_is_whole() {
    let (whole, gaps) = reassemble(&[(0, segment(false, 1, &BEGIN[..3])), (0, segment(false, 0, &BEGIN[3..]))]);
    assert_eq!(whole, [(BEGIN.to_vec(), vec![Anomaly::SccpSegmentOrder])]);
    assert!(gaps.is_empty());
    assert_eq!(reassemble(&[(0, segment(false, 0, BEGIN))]).0, [(BEGIN.to_vec(), vec![Anomaly::SccpSegmentOrder])]);
}

#[test]
fn what_never_completes_is_a_gap() {
    let (whole, gaps) =
        reassemble(&[(0, segment(true, 1, &BEGIN[..3])), (0, segment(true, 1, &[9; 4])), (0, segment(false, 0, &BEGIN[3..]))]);
    assert_eq!((whole.len(), gaps.len(), gaps[0].reason, gaps[0].length), (1, 1, Reason::ReassemblyIncomplete, 3));
    let (whole, gaps) = reassemble(&[(0, segment(true, 1, &BEGIN[..3])), (21, segment(false, 0, &BEGIN[3..]))]);
    assert_eq!((whole.len(), gaps.len()), (0, 2), "the capture's clock ends a reassembly after twenty seconds");
    let (whole, _) = reassemble(&[(0, segment(true, 1, &BEGIN[..3])), (19, segment(false, 0, &BEGIN[3..]))]);
    assert_eq!(whole.len(), 1);
}

#[test]
fn links_and_local_references_keep_messages_apart() {
    let mut segments = Segments::new();
    let (first, last) = (segment(true, 1, &BEGIN[..3]), segment(false, 0, &BEGIN[3..]));
    let elsewhere = LinkKey { destination_point_code: 101, ..LINK };
    assert_eq!(sccp::decode(&first, &mut segments, LINK, 0), Ok(None));
    assert_eq!(sccp::decode(&last, &mut segments, elsewhere, 0), Ok(None));
    let mut other = last.clone();
    let reference = other.len() - 2;
    other[reference] = 0;
    assert_eq!(sccp::decode(&other, &mut segments, LINK, 0), Ok(None));
    assert!(sccp::decode(&last, &mut segments, LINK, 0).is_ok_and(|unit| unit.is_some()));
}

#[test]
fn the_memory_of_reassembly_is_bounded() {
    let mut segments = Segments::new();
    let mut kept = Gaps::default();
    for reference in 0..60_000_u32 {
        let [_, a, b, c] = reference.to_be_bytes();
        let bytes = extended(0x11, &[7; 200], &[0x10, 4, 0x83, a, b, c, 0]);
        assert_eq!(sccp::decode(&bytes, &mut segments, LINK, 0), Ok(None));
    }
    segments.report(&mut kept);
    assert!(kept.0.len() > 20_000, "the oldest were given up: {}", kept.0.len());
    segments.finish(&mut kept);
    assert_eq!(kept.0.len(), 60_000);
}

#[test]
fn any_bytes_give_a_message_a_reason_or_nothing() {
    let mut segments = Segments::new();
    let mut seed = 1_u64;
    for start in [unit_data(0x09, 0, BEGIN), segment(true, 3, BEGIN), long(BEGIN, &[0x10, 4, 0x81, 0, 0, 0, 0])] {
        for _ in 0..20_000 {
            let mut bytes = start.clone();
            for _ in 0..3 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = usize::try_from(seed >> 33).expect("64 bits") % bytes.len();
                bytes[at] = seed.to_le_bytes()[7];
            }
            let _ = sccp::decode(&bytes, &mut segments, LINK, i64::from(seed.to_le_bytes()[6]) * SECOND);
        }
    }
}

#[test]
fn a_printed_message_shows_no_more_than_the_operator() {
    let bytes = unit_data(0x09, 0, BEGIN);
    let printed = format!("{:?}", decode(&bytes, &mut Segments::new()));
    assert!(printed.contains("99970…") && !printed.contains("999701"), "{printed}");
}
