//! Hand-made messages through the sink: what each column holds, and what none may hold.

use core::net::IpAddr;
use std::sync::mpsc::sync_channel;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use signalling::anomaly::Anomaly;
use signalling::digits::Digits;
use signalling::gap::{Gap, Reason};
use signalling::message::{ApplicationContext, Cell, Exposes, Message, Node, PartyAddress, Protocol, Vectors};
use signalling::sink::{Sink, Tunnel};

use super::{ColumnSink, Kind};
use crate::column::BATCH_ROWS;
use crate::mask::Mask;
use crate::origin::Origins;

fn digits(text: &str) -> Digits {
    Digits::from_ascii(text.as_bytes()).unwrap_or_default()
}

fn party(title: &str) -> PartyAddress {
    PartyAddress { global_title: digits(title), numbering_plan: Some(1), subsystem_number: Some(6), ..PartyAddress::default() }
}

fn answer<'a>() -> Message<'a> {
    let mut message = Message {
        frame: Origins::number(1, 7),
        observed_at: 1_700_000_000_000_000,
        protocol: Protocol::Map,
        message_type: Some("end"),
        component: Some("return_result"),
        operation_code: Some(56),
        application_context: ApplicationContext::Object { arcs: [0, 4, 0, 0, 1, 0, 14, 3, 0, 0, 0, 0, 0, 0, 0, 0], count: 8 },
        source_ip: Some(IpAddr::from([192, 0, 2, 1])),
        calling: party("999100200300"),
        called: party("999445566778"),
        originating_transaction: Some(u64::MAX),
        imsi: digits("001011234567890"),
        msisdn: digits("999445566778"),
        serving_node: Node::Name(b"mme\x1b.example"),
        route_record: vec![b"dra1.example", b"dra2.example"],
        cell: Cell { plmn: digits("001011"), area: Some(7), cell: Some(9) },
        vectors: Vectors { count: 5, kind: Some("quintuplet") },
        exposes: Exposes(Exposes::CREDENTIAL | Exposes::IDENTITY),
        request_frame: Some(Origins::number(1, 3)),
        delay: Some(1500),
        ..Message::default()
    };
    message.anomalies.add(Anomaly::BerTrailingBytes);
    message.anomalies.add(Anomaly::GtpNested);
    message
}

fn batches(mask: Option<Mask>, feed: impl FnOnce(&mut ColumnSink)) -> Vec<(Kind, RecordBatch)> {
    let (sender, receiver) = sync_channel(64);
    let mut sink = ColumnSink::new(Origins::new(["a.pcap", "b.pcap"]), mask, sender);
    feed(&mut sink);
    sink.finish();
    drop(sink);
    receiver.into_iter().filter_map(|(kind, batch)| Some((kind, batch.ok()?))).collect()
}

fn shown(batch: &RecordBatch, column: &str, row: usize) -> Option<String> {
    let array = batch.column_by_name(column)?;
    if array.is_null(row) {
        return None;
    }
    if let Some(numbers) = array.as_primitive_opt::<Int64Type>() {
        return Some(numbers.value(row).to_string());
    }
    if let Some(flags) = array.as_boolean_opt() {
        return Some(flags.value(row).to_string());
    }
    if let Some(labels) = array.as_dictionary_opt::<Int32Type>() {
        let key = usize::try_from(labels.keys().value(row)).ok()?;
        return Some(labels.values().as_string::<i32>().value(key).to_owned());
    }
    if let Some(lists) = array.as_list_opt::<i32>() {
        let list = lists.value(row);
        return Some(list.as_string::<i32>().iter().flatten().collect::<Vec<_>>().join(" "));
    }
    Some(array.as_string::<i32>().value(row).to_owned())
}

/// One value of one batch.
fn value(found: &[(Kind, RecordBatch)], batch: usize, column: &str, row: usize) -> Option<String> {
    found.get(batch).and_then(|(_, batch)| shown(batch, column, row))
}

#[test]
fn every_column_holds_what_the_message_says() {
    let found = batches(None, |sink| {
        sink.message(&Message { frame: 1, ..Message::default() });
        sink.message(&answer());
        sink.message(&Message { frame: 2, ..Message::default() });
    });
    assert_eq!(found.len(), 1);
    let Some((_, batch)) = found.first() else { return };
    let expected = [
        ("capture", "b.pcap"),
        ("frame", "7"),
        ("protocol", "map"),
        ("component", "return_result"),
        ("application_context", "0.4.0.0.1.0.14.3"),
        ("source_ip", "192.0.2.1"),
        ("calling_global_title", "999100200300"),
        ("called_subsystem_number", "6"),
        ("originating_transaction", "-1"),
        ("imsi", "001011234567890"),
        ("serving_node", "mme\\u{1b}.example"),
        ("route_record", "dra1.example dra2.example"),
        ("cell_mcc", "001"),
        ("cell_mnc", "011"),
        ("cell_area", "7"),
        ("authentication_vectors_count", "5"),
        ("authentication_vectors_kind", "quintuplet"),
        ("exposes", "17"),
        ("anomalies", "ber_trailing_bytes gtp_nested"),
        ("request_frame", "3"),
        ("delay", "1500"),
    ];
    for (column, value) in expected {
        assert_eq!(shown(batch, column, 1).as_deref(), Some(value), "{column}");
    }
    for row in [0, 2] {
        let filled = ["capture", "frame", "index", "observed_at", "protocol", "route_record", "exposes", "anomalies", "length"];
        for field in batch.schema().fields() {
            let is_filled = filled.contains(&field.name().as_str());
            assert_eq!(shown(batch, field.name(), row).is_some(), is_filled, "{}", field.name());
            assert_eq!(field.is_nullable(), !is_filled, "{}", field.name());
        }
    }
}

#[test]
fn a_request_in_another_file_is_not_named_by_a_frame_of_this_one() {
    let found = batches(None, |sink| sink.message(&Message { request_frame: Some(3), ..answer() }));
    assert_eq!(value(&found, 0, "request_frame", 0), None);
    assert_eq!(value(&found, 0, "delay", 0).as_deref(), Some("1500"));
}

#[test]
fn under_a_mask_no_subscriber_is_left() {
    let mask = Mask::new(&[7; 32]);
    assert!(mask.is_some());
    let mut answer = answer();
    answer.imei = digits("990000004567123");
    answer.forwarded_to = digits("999445566779");
    answer.sms.direction = Some("deliver");
    answer.sms.originator = digits("999445566770");
    let found = batches(mask, |sink| sink.message(&answer));
    for column in ["imsi", "msisdn", "imei", "forwarded_to", "sms_originator", "called_global_title"] {
        let text = value(&found, 0, column, 0).unwrap_or_default();
        assert!(text.contains('~') && !text.contains("4567"), "{column}: {text}");
    }
    assert_eq!(value(&found, 0, "called_global_title", 0), value(&found, 0, "msisdn", 0));
    assert_eq!(value(&found, 0, "calling_global_title", 0).as_deref(), Some("999100200300"));
}

#[test]
fn a_batch_ends_when_it_is_full_and_the_next_begins_empty() {
    let found = batches(None, |sink| {
        for _ in 0..BATCH_ROWS {
            sink.message(&answer());
        }
        sink.message(&Message { frame: 1, ..Message::default() });
    });
    assert_eq!(found.iter().map(|(_, batch)| batch.num_rows()).collect::<Vec<_>>(), [BATCH_ROWS, 1]);
    assert_eq!(value(&found, 1, "imsi", 0), None);
    assert_eq!(value(&found, 1, "anomalies", 0).as_deref(), Some(""));
}

#[test]
fn a_flood_of_names_ends_a_batch_early() {
    let long = [b'x'; 255];
    let flood = Message { origin_host: Some(&long), route_record: vec![&long; 16], ..Message::default() };
    let found = batches(None, |sink| (0..BATCH_ROWS).for_each(|_| sink.message(&flood)));
    assert!(found.len() > 1);
    assert_eq!(found.iter().map(|(_, batch)| batch.num_rows()).sum::<usize>(), BATCH_ROWS);
}

#[test]
fn gaps_and_tunnels_have_tables_of_their_own() {
    let found = batches(None, |sink| {
        sink.gap(Gap { frame: 4, offset: 14, length: 60, protocol: Protocol::Sccp, reason: Reason::Truncated });
        sink.tunnel(Tunnel {
            source_ip: IpAddr::from([192, 0, 2, 1]),
            destination_ip: IpAddr::from([192, 0, 2, 2]),
            teid: u32::MAX,
            packets: 2,
            bytes: 100,
            first_at: 5,
            last_at: 6,
            first_frame: 9,
            inner_version: 4,
            nested: true,
        });
    });
    assert_eq!(found.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [Kind::Gaps, Kind::Tunnels]);
    assert_eq!(value(&found, 0, "reason", 0).as_deref(), Some("truncated"));
    assert_eq!(value(&found, 0, "length", 0).as_deref(), Some("60"));
    assert_eq!(value(&found, 1, "teid", 0).as_deref(), Some("4294967295"));
    assert_eq!(value(&found, 1, "nested", 0).as_deref(), Some("true"));
    assert_eq!(value(&found, 1, "first_frame", 0).as_deref(), Some("9"));
}
