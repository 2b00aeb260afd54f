//! CAP arguments of every phase, built by hand with fictional identities.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test stops at its first fault")]

mod components;

use components::{
    IMSI, MSC, MSISDN, Row, SCF, VLR, at, begin, components as portion, dialogue, inside, invoke, octets, proceed, row, sequence,
};
use signalling::anomaly::Anomaly;
use signalling::cap::{self, Family};
use signalling::dialogues::Dialogues;
use signalling::message::Exposes;
use signalling::tcap;

/// Encoded names of the gsmSSF to gsmSCF contexts of phases 1 to 4, of short messages and of packet sessions.
const PHASES: [&[u8]; 4] = [&[4, 0, 0, 1, 0, 50, 0], &[4, 0, 0, 1, 0, 50, 1], &[4, 0, 0, 1, 21, 3, 4], &[4, 0, 0, 1, 23, 3, 4]];
const SMS: &[u8] = &[4, 0, 0, 1, 21, 3, 61];
const PACKET: &[u8] = &[4, 0, 0, 1, 21, 3, 50];
/// 99960123456 and 99981112222 as Q.763 writes them.
const A: &[u8] = &[0x84, 0x11, 0x99, 0x69, 0x10, 0x32, 0x54, 0x06];
const B: &[u8] = &[0x84, 0x10, 0x99, 0x89, 0x11, 0x21, 0x22, 0x02];

/// One operation in a message of its own, between an MSC and a service control function.
fn cap(context: &[u8], code: u8, argument: &[u8]) -> Row {
    let message = begin(&[1], &[dialogue(context, None), portion(&[invoke(1, code, argument)])]);
    let envelope = components::envelope(1, ("99970001002", 100, 146), ("99950002009", 200, 146));
    let mut rows = components::Rows::default();
    tcap::decode(&message, &envelope, &mut Dialogues::default(), &mut rows);
    assert_eq!((rows.rows.len(), rows.gaps.len()), (1, 0));
    rows.rows.remove(0)
}

fn initial(event: u8, more: &[Vec<u8>]) -> Vec<u8> {
    let first = [at(0, &[1]), at(2, B), at(3, A), at(28, &[event])];
    sequence(&[&first[..], more].concat())
}

#[test]
fn the_table_has_every_code_of_the_standard_once_and_in_order() {
    let codes: Vec<i64> = cap::operations().map(|operation| operation.code).collect();
    assert_eq!(codes.len(), 54);
    assert!(codes.is_sorted());
    assert!(codes.iter().all(|code| cap::operation(*code).is_some_and(|operation| operation.code == *code)));
    let of = |family| cap::operations().filter(|operation| operation.family == family).count();
    assert_eq!((of(Family::Call), of(Family::ShortMessage), of(Family::Packet)), (32, 8, 14));
}

#[test]
fn an_initial_detection_point_names_who_where_and_by_which_exchange() {
    let location = inside(52, &[vec![2, 1, 3], at(1, VLR), inside(3, &[at(0, &[0x00, 0xf1, 0x10, 0x12, 0x34, 0x56, 0x78])])]);
    let argument = initial(2, &[at(50, IMSI), location, at(55, MSC), inside(59, &[at(3, &[0x53; 8])])]);
    for phase in PHASES {
        let row = cap(phase, 0, &argument);
        assert_eq!((row.protocol.as_str(), row.operation.as_str()), ("cap", "initialDP"));
        assert_eq!((row.imsi.as_str(), row.msisdn.as_str(), row.imei.len()), ("001010123456789", "99960123456", 16));
        assert_eq!((row.serving.as_str(), row.age, row.cell.2), ("99970001001", Some(3), Some(0x5678)));
        assert_eq!((row.exposes, row.anomalies), (Exposes::IDENTITY | Exposes::LOCATION, vec![]));
    }
    let without_location = cap(PHASES[1], 0, &initial(2, &[at(50, IMSI), at(55, MSC)]));
    assert_eq!(without_location.serving, "99970001002");
}

#[test]
fn the_subscriber_is_the_called_party_at_a_terminating_point_and_the_redirecting_one_in_a_forwarded_call() {
    assert_eq!(cap(PHASES[1], 0, &initial(12, &[at(50, IMSI)])).msisdn, "99981112222");
    let forwarded = initial(2, &[at(29, &[0x04, 0x10, 0x99, 0x59, 0x00, 0x10]), at(50, IMSI), inside(59, &[at(1, B)])]);
    let forwarded = cap(PHASES[1], 0, &forwarded);
    assert_eq!((forwarded.msisdn.as_str(), forwarded.forwarded.as_str()), ("99950001", "99981112222"));
}

#[test]
fn where_a_call_is_sent_instead_is_read() {
    let connect = cap(PHASES[1], 20, &sequence(&[inside(0, &[octets(B)])]));
    assert_eq!((connect.operation.as_str(), connect.forwarded.as_str()), ("connect", "99981112222"));
    let attempt = cap(PHASES[3], 32, &sequence(&[inside(0, &[octets(B)]), at(52, SCF)]));
    assert_eq!((attempt.forwarded.as_str(), attempt.service.as_str()), ("99981112222", "99950002009"));
    // A generic number: a qualifier, then the number (Q.763 §3.26).
    let temporary = cap(PHASES[1], 17, &sequence(&[at(0, &[&[0x06], B].concat())]));
    assert_eq!(temporary.forwarded, "99981112222");
    let unanswered = cap(PHASES[1], 24, &sequence(&[at(0, &[14]), inside(2, &[inside(9, &[at(52, B)])])]));
    assert_eq!(unanswered.forwarded, "99981112222");
}

#[test]
fn an_event_that_locates_gives_the_cell() {
    let cell = inside(3, &[at(0, &[0x00, 0xf1, 0x10, 0x12, 0x34, 0x56, 0x78])]);
    let row = cap(PHASES[3], 24, &sequence(&[at(0, &[50]), inside(2, &[inside(50, &[inside(50, &[cell])])])]));
    assert_eq!((row.cell.1, row.exposes), (Some(0x1234), Exposes::LOCATION));
}

#[test]
fn short_message_control_names_both_parties_and_the_coding() {
    let argument = |event: u8| {
        sequence(&[
            at(0, &[1]),
            at(1, &[0x91, 0x99, 0x89, 0x11, 0x21, 0x22, 0xf2]),
            at(2, MSISDN),
            at(3, &[event]),
            at(4, IMSI),
            at(7, SCF),
            at(10, &[0x7f]),
            at(11, &[0x16]),
            at(15, MSC),
            at(20, &[0x91, 0x99, 0x79, 0x00, 0x10, 0x00, 0xf7]),
        ])
    };
    let submit = cap(SMS, 60, &argument(1));
    assert_eq!((submit.imsi.as_str(), submit.service.as_str(), submit.serving.as_str()), ("001010123456789", "99950002009", "99970001002"));
    assert_eq!((submit.sms.direction, submit.sms.pid, submit.sms.dcs), (Some("submit"), Some(0x7f), Some(0x16)));
    assert_eq!((submit.originator.as_str(), submit.anomalies), ("99981112222", vec![]));
    let deliver = cap(SMS, 60, &argument(11));
    assert_eq!(
        (deliver.sms.direction, deliver.originator.as_str(), deliver.msisdn.as_str()),
        (Some("deliver"), "99960123456", "99970001007")
    );
    assert_eq!(cap(SMS, 62, &sequence(&[at(1, &[0x91, 0x99, 0x89]), at(2, SCF)])).service, "99950002009");
}

#[test]
fn packet_control_names_subscriber_access_point_and_place() {
    let location = inside(12, &[at(0, &[0x00, 0xf1, 0x10, 0x12, 0x34, 0x56, 0x78]), at(3, MSC)]);
    let argument =
        sequence(&[at(0, &[1]), at(1, &[1]), at(2, MSISDN), at(3, IMSI), at(8, b"\x03web\x04test"), location, at(15, &[4, 192, 0, 2, 9])]);
    let row = cap(PACKET, 78, &argument);
    assert_eq!((row.operation.as_str(), row.interface, row.apn.as_str()), ("initialDPGPRS", Some("Ge"), "web.test"));
    assert_eq!((row.imsi.as_str(), row.msisdn.as_str(), row.gsn.as_str()), ("001010123456789", "99960123456", "192.0.2.9"));
    assert_eq!((row.cell, row.serving.as_str()), (("00101".into(), Some(0x1234), Some(0x5678)), "99970001002"));
    assert_eq!(row.anomalies, []);
}

#[test]
fn an_operation_of_another_family_a_later_phase_or_no_context_is_told() {
    assert_eq!(cap(PHASES[1], 60, &sequence(&[at(4, IMSI)])).anomalies, [Anomaly::TcapOperationOutsideContext]);
    assert_eq!(cap(PHASES[0], 35, &sequence(&[])).anomalies, [Anomaly::TcapOperationOutsideContext]);
    assert_eq!(cap(PHASES[1], 21, &sequence(&[])).anomalies, [Anomaly::TcapOperationOutsideContext]);
    assert_eq!(cap(&[4, 0, 0, 1, 0, 50, 1, 9], 31, &[]).anomalies, [Anomaly::TcapExtendedApplicationContext]);
    let envelope = components::envelope(1, ("99970001002", 100, 146), ("99950002009", 200, 146));
    let mut rows = components::Rows::default();
    let bare = begin(&[1], &[portion(&[invoke(1, 0, &initial(2, &[at(50, IMSI)]))])]);
    tcap::decode(&bare, &envelope, &mut Dialogues::default(), &mut rows);
    assert_eq!(
        (rows.rows[0].operation.as_str(), rows.rows[0].anomalies.as_slice()),
        ("initialDP", &[Anomaly::TcapMissingApplicationContext][..])
    );
}

#[test]
fn several_operations_in_one_message_are_the_rule_here() {
    let events = invoke(1, 23, &sequence(&[inside(0, &[sequence(&[at(0, &[5]), at(1, &[0])])])]));
    let message = begin(&[1], &[dialogue(PHASES[1], None), portion(&[events, invoke(2, 31, &[])])]);
    let rows = components::decode(&message);
    assert_eq!(rows.rows.iter().map(|row| row.operation.as_str()).collect::<Vec<_>>(), ["requestReportBCSMEvent", "continue"]);
    assert!(rows.rows.iter().all(|row| !row.anomalies.contains(&Anomaly::TcapSeveralComponents)));
}

#[test]
fn a_national_subsystem_is_known_from_the_dialogues_that_explained_it() {
    let envelope = |frame| components::envelope(frame, ("99970001002", 100, 152), ("99950002009", 200, 200));
    let report = proceed(&[3], &[4], &[portion(&[invoke(3, 36, &octets(&[1])), invoke(4, 24, &sequence(&[at(0, &[7])]))])]);
    let (mut rows, mut dialogues) = (components::Rows::default(), Dialogues::default());
    tcap::decode(&report, &envelope(1), &mut dialogues, &mut rows);
    tcap::decode(&begin(&[1], &[dialogue(PHASES[1], None), portion(&[invoke(1, 31, &[])])]), &envelope(2), &mut dialogues, &mut rows);
    tcap::decode(&report, &envelope(3), &mut dialogues, &mut rows);
    let told: Vec<_> = rows.rows.iter().map(|row| (row.protocol.as_str(), row.operation.as_str())).collect();
    assert_eq!(told[..2], [("tcap", ""), ("tcap", "")]);
    assert_eq!(told[3..], [("cap", "applyChargingReport"), ("cap", "eventReportBCSM")]);
    assert!(rows.rows.iter().all(|row| row.anomalies.is_empty()));
}

#[test]
fn an_initial_detection_point_without_subscriber_is_told() {
    assert_eq!(cap(PHASES[1], 0, &sequence(&[at(0, &[1])])).anomalies, [Anomaly::MapIdentityMissing]);
}

#[test]
fn a_map_subsystem_with_cap_inside_is_told() {
    let message = begin(&[1], &[dialogue(PHASES[1], None), portion(&[invoke(1, 31, &[])])]);
    assert_eq!(row(&message).anomalies, [Anomaly::SccpSubsystemContradictsContext]);
}

#[test]
fn parameters_of_another_implementation_give_a_row_under_every_operation() {
    let Some(vectors) = components::vectors("jss7_cap.txt") else { return };
    let mut located = 0;
    for (bytes, origin) in &vectors {
        for operation in cap::operations() {
            let context = match operation.family {
                Family::Call => PHASES[3],
                Family::ShortMessage => SMS,
                Family::Packet => PACKET,
            };
            let message = begin(&[1], &[dialogue(context, None), portion(&[invoke(1, u8::try_from(operation.code).unwrap(), bytes)])]);
            let rows = components::decode(&message);
            assert_eq!(rows.rows.len(), 1, "{origin}");
            let is_own = operation.code == 0 && origin.contains("InitialDPRequestTest") && bytes.first() == Some(&0x30);
            located += usize::from(is_own && !rows.rows[0].imsi.is_empty());
        }
    }
    assert!(located > 0);
}
