//! Short message headers, built by hand: features only.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test stops at its first fault")]

mod components;

use components::{IMSI, MSISDN, SCF, at, begin, components as portion, context, decode, invoke, map, octets, result, row, sequence};
use signalling::anomaly::{Anomalies, Anomaly};
use signalling::message::{Exposes, Sms};
use signalling::sms::{Sender, header};

/// A sender of eleven digits, 99960123456.
const ADDRESS: &[u8] = &[11, 0x91, 0x99, 0x69, 0x10, 0x32, 0x54, 0xf6];
const TIME: [u8; 7] = [0x52, 0x10, 0x10, 0x21, 0x43, 0x65, 0x00];

struct Read {
    sms: Sms,
    has_user_data: bool,
    is_faulty: bool,
}

fn read(tpdu: &[u8], sender: Sender) -> Read {
    let (mut sms, mut anomalies) = (Sms::default(), Anomalies::default());
    let has_user_data = header(tpdu, sender, &mut sms, &mut anomalies);
    assert!(anomalies.iter().all(|anomaly| anomaly == Anomaly::SmsHeaderFault));
    Read { sms, has_user_data, is_faulty: !anomalies.is_empty() }
}

/// A DELIVER with this first octet, protocol, coding, length and user data.
fn deliver(first: u8, pid: u8, dcs: u8, length: u8, user_data: &[u8]) -> Vec<u8> {
    [&[first][..], ADDRESS, &[pid, dcs], &TIME, &[length], user_data].concat()
}

#[test]
fn a_delivered_text_is_measured_and_its_sender_kept() {
    let read = read(&deliver(0x04, 0, 0, 5, &[0xe8, 0x32, 0x9b, 0xfd, 0x06]), Sender::Centre);
    assert_eq!((read.sms.direction, read.sms.pid, read.sms.dcs, read.sms.length), (Some("deliver"), Some(0), Some(0), Some(5)));
    assert_eq!((read.sms.originator.as_bytes(), read.sms.alphanumeric), (&b"99960123456"[..], false));
    assert_eq!((read.sms.is_binary, read.sms.toolkit_application), (Some(false), None));
    assert!(read.has_user_data && !read.is_faulty);
}

#[test]
fn a_name_as_sender_is_flagged_and_not_kept() {
    let tpdu = [&[0x04, 10, 0xd0][..], &[0x41, 0x42, 0x43, 0x44, 0x45], &[0, 0], &TIME, &[0]].concat();
    let read = read(&tpdu, Sender::Centre);
    assert_eq!((read.sms.alphanumeric, read.sms.originator.is_empty(), read.is_faulty), (true, true, false));
    assert!(!read.has_user_data);
}

#[test]
fn a_submission_has_every_form_of_validity() {
    for (validity, octets) in [(0x00, 0), (0x10, 1), (0x08, 7), (0x18, 7)] {
        let tpdu = [&[0x01 | validity, 9][..], ADDRESS, &[0, 4], &vec![0xaa; octets], &[3, 1, 2, 3]].concat();
        let read = read(&tpdu, Sender::Mobile);
        assert_eq!((read.sms.direction, read.sms.length, read.sms.is_binary), (Some("submit"), Some(3), Some(true)));
        assert!(read.has_user_data && !read.is_faulty, "{validity:02x}");
    }
}

#[test]
fn a_status_report_and_a_command_are_recognised() {
    let report = [&[0x02, 7][..], ADDRESS, &TIME, &TIME, &[0]].concat();
    let report = read(&report, Sender::Centre);
    assert_eq!(
        (report.sms.direction, report.sms.originator.len(), report.has_user_data, report.is_faulty),
        (Some("status_report"), 11, false, false)
    );
    let command = [&[0x02, 7, 0, 1, 5][..], ADDRESS, &[2, 1, 2]].concat();
    let command = read(&command, Sender::Mobile);
    assert_eq!((command.sms.direction, command.sms.length, command.is_faulty), (Some("command"), Some(2), false));
}

#[test]
fn reports_are_told_from_messages_by_who_sends_them() {
    let positive = read(&[0x00, 0x00], Sender::Mobile);
    assert_eq!((positive.sms.direction, positive.has_user_data, positive.is_faulty), (Some("deliver_report"), false, false));
    let negative = read(&[0x00, 0xd3, 0x07, 0x7f, 0xf6, 2, 1, 2], Sender::Mobile);
    assert_eq!((negative.sms.pid, negative.sms.length, negative.has_user_data), (Some(0x7f), Some(2), true));
    let accepted = read(&[&[0x01, 0x00][..], &TIME].concat(), Sender::Centre);
    assert_eq!((accepted.sms.direction, accepted.is_faulty), (Some("submit_report"), false));
}

#[test]
fn a_command_packet_for_the_sim_gives_its_application_and_nothing_else() {
    // Length 0x0e, header 0x0d, SPI 00 01, KIc, KID, TAR 505348, counter, padding.
    let packet = [0x00, 0x0e, 0x0d, 0x00, 0x01, 0x00, 0x00, 0x50, 0x53, 0x48, 0, 0, 0, 0, 0, 0];
    let user_data = [&[0x02, 0x70, 0x00][..], &packet].concat();
    let framed = read(&deliver(0x44, 0x7f, 0x16, 19, &user_data), Sender::Centre);
    assert_eq!((framed.sms.pid, framed.sms.dcs, framed.sms.is_binary), (Some(0x7f), Some(0x16), Some(true)));
    assert_eq!((framed.sms.toolkit_application, framed.is_faulty), (Some(0x0050_5348), false));
    let bare = read(&deliver(0x04, 0x7f, 0x16, 16, &packet), Sender::Centre);
    assert_eq!((bare.sms.toolkit_application, bare.is_faulty), (Some(0x0050_5348), false));
    let second = [&[0x07, 0x00, 0x03, 0x2a, 0x02, 0x02, 0x70, 0x00][..], &packet].concat();
    let second = read(&deliver(0x44, 0x7f, 0x16, 24, &second), Sender::Centre);
    assert_eq!((second.sms.toolkit_application, second.is_faulty), (None, false));
}

#[test]
fn concatenation_and_ports_are_walked() {
    let ports = [0x0b, 0x00, 0x03, 0x12, 0x02, 0x01, 0x05, 0x04, 0x0b, 0x84, 0x23, 0xf0, 0x41];
    let read = read(&deliver(0x44, 0, 0x04, 13, &ports), Sender::Centre);
    assert_eq!((read.sms.is_binary, read.is_faulty), (Some(true), false));
}

#[test]
fn headers_that_contradict_themselves_are_told() {
    let text = [0xe8, 0x32, 0x9b, 0xfd, 0x06];
    let faulty = [
        deliver(0x04, 0, 0, 9, &text),
        deliver(0x04, 0, 4, 4, &text),
        deliver(0x04, 0, 4, 141, &[0x55; 141]),
        deliver(0x44, 0, 4, 5, &[0x20, 1, 2, 3, 4]),
        deliver(0x44, 0, 4, 6, &[0x05, 0x00, 0x03, 1, 2, 3]),
        [&[0x04, 21, 0x91][..], &[0x11; 11], &[0, 0], &TIME, &[0]].concat(),
        vec![0x03, 0],
        vec![0x04, 11],
        Vec::new(),
    ];
    for tpdu in faulty {
        assert!(read(&tpdu, Sender::Centre).is_faulty, "{tpdu:02x?}");
    }
}

#[test]
fn coding_schemes_say_text_or_binary() {
    for (dcs, is_binary) in [
        (0x00, false),
        (0x04, true),
        (0x08, false),
        (0x15, true),
        (0x16, true),
        (0xf0, false),
        (0xf5, true),
        (0xf6, true),
        (0xe0, false),
        (0xc8, false),
    ] {
        let length = if is_binary || matches!(dcs, 0x08 | 0xe0) { 7 } else { 8 };
        let read = read(&deliver(0x04, 0, dcs, length, &[0x55; 7]), Sender::Centre);
        assert_eq!((read.sms.is_binary, read.is_faulty), (Some(is_binary), false), "{dcs:02x}");
    }
}

#[test]
fn forwarding_operations_know_the_direction_in_every_version() {
    let unit = deliver(0x04, 0, 0, 5, &[0xe8, 0x32, 0x9b, 0xfd, 0x06]);
    let submission = [&[0x01, 9][..], ADDRESS, &[0, 0, 5], &[0xe8, 0x32, 0x9b, 0xfd, 0x06]].concat();
    let terminated = sequence(&[at(0, IMSI), at(4, SCF), octets(&unit)]);
    let originated = sequence(&[at(4, SCF), at(2, MSISDN), octets(&submission)]);
    for (number, version, code, argument, direction) in [
        (25, 3, 44, &terminated, "deliver"),
        (25, 2, 46, &terminated, "deliver"),
        (21, 3, 46, &originated, "submit"),
        (21, 1, 46, &originated, "submit"),
    ] {
        let row = row(&map(number, version, code, argument));
        assert_eq!((row.sms.direction, row.service.as_str(), row.sms.length), (Some(direction), "99950002009", Some(5)));
        assert_eq!((row.exposes, row.anomalies), (Exposes::IDENTITY | Exposes::SMS, vec![]));
    }
}

#[test]
fn a_report_in_the_result_is_read_and_a_locally_named_subscriber_told() {
    let report = sequence(&[octets(&[0x00, 0x00])]);
    let report = row(&begin(&[1], &[context(25, 3, None), portion(&[result(1, 44, &report)])]));
    assert_eq!((report.sms.direction, report.exposes), (Some("deliver_report"), 0));
    let unit = deliver(0x04, 0, 0, 0, &[]);
    let local = row(&map(25, 3, 44, &sequence(&[at(1, &[1, 2, 3, 4]), at(4, SCF), octets(&unit)])));
    assert_eq!((local.anomalies, local.exposes), (vec![Anomaly::MapIdentityTemporary], 0));
}

#[test]
fn the_text_reaches_no_row_and_no_debug_output() {
    let text = *b"\xc8\x32\x9b\xfd\x65\x4e\xd7";
    let unit = deliver(0x04, 0, 4, 7, &text);
    let rows =
        decode(&begin(&[1], &[context(25, 3, None), portion(&[invoke(1, 44, &sequence(&[at(0, IMSI), at(4, SCF), octets(&unit)]))])]));
    let shown = format!("{:?}", rows.rows);
    assert!(!shown.contains("200, 50, 155, 253"));
    assert!(!shown.to_lowercase().contains("c8329bfd"));
}

#[test]
fn any_bytes_are_read_without_panic() {
    let Some(mut vectors) = components::vectors("libosmocore-sms.txt") else { return };
    vectors.push((deliver(0x44, 0x7f, 0x16, 5, &[2, 0x70, 0, 1, 2]), String::new()));
    for (bytes, _) in &vectors {
        for first in 0..=255 {
            let mut bytes = bytes.clone();
            bytes[0] = first;
            for length in 0..=bytes.len() {
                read(&bytes[..length], Sender::Centre);
                read(&bytes[..length], Sender::Mobile);
            }
        }
    }
}
