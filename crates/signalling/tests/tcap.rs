//! Whole TCAP messages, built by hand, and the dialogues they make.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test stops at its first fault")]

mod components;

use components::{
    HLR, HOME, IMSI, MSC, Rows, VISITED, VLR, at, begin, components as portion, context, decode, dialogue, end, envelope, inside, invoke,
    map, octets, proceed, result, row, sequence, tlv,
};
use signalling::anomaly::Anomaly;
use signalling::dialogues::Dialogues;
use signalling::gap::Reason;
use signalling::message::Message;
use signalling::tcap;

/// Messages of one capture in order, each with its envelope.
fn exchange(messages: &[(Message<'static>, Vec<u8>)]) -> Rows {
    let (mut rows, mut dialogues) = (Rows::default(), Dialogues::default());
    for (envelope, payload) in messages {
        tcap::decode(payload, envelope, &mut dialogues, &mut rows);
    }
    rows
}

fn asked() -> Vec<u8> {
    sequence(&[at(0, IMSI), vec![2, 1, 1]])
}

#[test]
fn each_kind_of_message_has_its_name_and_its_ids() {
    let bare = |tag: u8, ids: &[Vec<u8>]| tlv(&[tag], &ids.concat());
    let (origin, destination) = (tlv(&[0x48], &[1, 2, 3, 4]), tlv(&[0x49], &[5, 6]));
    let kinds = [
        ("begin", bare(0x62, std::slice::from_ref(&origin)), (Some(0x0102_0304), None)),
        ("continue", bare(0x65, &[origin, destination.clone()]), (Some(0x0102_0304), Some(0x0506))),
        ("end", bare(0x64, std::slice::from_ref(&destination)), (None, Some(0x0506))),
        ("abort", bare(0x67, &[destination, vec![0x4a, 1, 1]]), (None, Some(0x0506))),
    ];
    for (name, message, transactions) in kinds {
        let row = row(&message);
        assert_eq!((row.message_type, row.transactions, row.protocol.as_str()), (Some(name), transactions, "tcap"));
        assert_eq!(row.error, (name == "abort").then_some(1));
        assert_eq!(row.anomalies, []);
    }
    let alone = row(&tlv(&[0x61], &portion(&[invoke(1, 37, &sequence(&[octets(HLR)]))])));
    assert_eq!((alone.message_type, alone.operation.as_str()), (Some("unidirectional"), "reset"));
}

#[test]
fn an_answer_knows_its_question_its_context_and_its_delay() {
    let rows = exchange(&[
        (envelope(4, VISITED, HOME), begin(&[1, 2, 3, 4], &[context(14, 3, None), portion(&[invoke(7, 56, &asked())])])),
        (envelope(9, HOME, VISITED), end(&[1, 2, 3, 4], &[portion(&[inside(2, &[vec![2, 1, 7]])])])),
    ]);
    let answer = &rows.rows[1];
    assert_eq!((answer.operation.as_str(), answer.code, answer.component), ("sendAuthenticationInfo", Some(56), Some("return_result")));
    assert_eq!((answer.context.as_slice(), answer.request_frame, answer.delay), (&[0, 4, 0, 0, 1, 0, 14, 3][..], Some(4), Some(5_000)));
    assert_eq!(answer.interface, Some("D"));
}

#[test]
fn an_error_and_a_reject_name_the_operation_they_refuse() {
    let error = inside(3, &[vec![2, 1, 7, 2, 1, 1]]);
    let reject = inside(4, &[vec![2, 1, 7], at(1, &[2])]);
    for (component, name, code) in [(error, "return_error", 1), (reject, "reject", 0x102)] {
        let rows = exchange(&[
            (envelope(1, VISITED, HOME), begin(&[1], &[context(28, 3, None), portion(&[invoke(7, 70, &asked())])])),
            (envelope(2, HOME, VISITED), end(&[1], &[portion(&[component])])),
        ]);
        let row = &rows.rows[1];
        assert_eq!((row.component, row.operation.as_str(), row.error), (Some(name), "provideSubscriberInfo", Some(code)));
        assert_eq!(row.request_frame, Some(1));
    }
}

#[test]
fn a_dialogue_of_four_messages_is_followed_from_both_ends() {
    let profile = sequence(&[at(0, IMSI), at(2, &[10])]);
    let update = sequence(&[octets(IMSI), at(1, MSC), octets(VLR)]);
    let rows = exchange(&[
        (envelope(1, VISITED, HOME), begin(&[1], &[context(1, 3, None), portion(&[invoke(1, 2, &update)])])),
        (envelope(2, HOME, VISITED), proceed(&[9], &[1], &[context(1, 3, None), portion(&[invoke(1, 7, &profile)])])),
        (envelope(3, VISITED, HOME), proceed(&[1], &[9], &[portion(&[inside(2, &[vec![2, 1, 1]])])])),
        (envelope(4, HOME, VISITED), end(&[1], &[portion(&[result(1, 2, &sequence(&[octets(HLR)]))])])),
    ]);
    let told: Vec<_> = rows.rows.iter().map(|row| (row.operation.as_str(), row.component.unwrap(), row.request_frame)).collect();
    assert_eq!(
        told,
        [
            ("updateLocation", "invoke", None),
            ("insertSubscriberData", "invoke", None),
            ("insertSubscriberData", "return_result", Some(2)),
            ("updateLocation", "return_result", Some(1)),
        ]
    );
    assert!(rows.rows.iter().all(|row| row.context == [0, 4, 0, 0, 1, 0, 1, 3] && row.anomalies.is_empty()));
}

#[test]
fn the_opener_may_end_with_the_id_of_the_other_side() {
    let rows = exchange(&[
        (envelope(1, HOME, VISITED), begin(&[1], &[context(25, 3, None)])),
        (envelope(2, VISITED, HOME), proceed(&[9], &[1], &[])),
        (envelope(3, HOME, VISITED), end(&[9], &[])),
    ]);
    assert_eq!(rows.rows[2].context, [0, 4, 0, 0, 1, 0, 25, 3]);
    assert_eq!((rows.rows[1].request_frame, rows.rows[2].request_frame), (Some(1), None));
}

#[test]
fn one_id_used_by_two_nodes_makes_two_dialogues() {
    let other = ("99970009009", 100, 7);
    let rows = exchange(&[
        (envelope(1, VISITED, HOME), begin(&[1], &[context(14, 3, None), portion(&[invoke(1, 56, &asked())])])),
        (envelope(2, other, HOME), begin(&[1], &[context(28, 3, None), portion(&[invoke(1, 70, &asked())])])),
        (envelope(3, HOME, VISITED), end(&[1], &[portion(&[inside(2, &[vec![2, 1, 1]])])])),
        (envelope(4, HOME, other), end(&[1], &[portion(&[inside(2, &[vec![2, 1, 1]])])])),
    ]);
    assert_eq!((rows.rows[2].request_frame, rows.rows[3].request_frame), (Some(1), Some(2)));
    assert_eq!((rows.rows[2].code, rows.rows[3].code), (Some(56), Some(70)));
}

#[test]
fn an_id_used_again_belongs_to_the_newer_dialogue() {
    let answer = || end(&[1], &[portion(&[inside(2, &[vec![2, 1, 1]])])]);
    let rows = exchange(&[
        (envelope(1, VISITED, HOME), begin(&[1], &[context(14, 3, None), portion(&[invoke(1, 56, &asked())])])),
        (envelope(2, VISITED, HOME), begin(&[1], &[context(27, 3, None), portion(&[invoke(1, 67, &asked())])])),
        (envelope(3, HOME, VISITED), answer()),
        // A mirror behind the transfer point shows the end once more.
        (envelope(4, HOME, VISITED), answer()),
    ]);
    assert!(rows.rows[2..].iter().all(|row| (row.code, row.request_frame) == (Some(67), Some(2))));
}

#[test]
fn a_translated_title_still_finds_its_dialogue_by_the_point_codes() {
    let translated = ("970001001", VISITED.1, 7);
    let rows = exchange(&[
        (envelope(1, VISITED, HOME), begin(&[1], &[context(14, 3, None), portion(&[invoke(1, 56, &asked())])])),
        (envelope(2, ("99950004444", HOME.1, 6), translated), end(&[1], &[portion(&[inside(2, &[vec![2, 1, 1]])])])),
        (envelope(3, ("99950007777", 201, 6), ("99971111111", 101, 7)), end(&[1], &[portion(&[inside(2, &[vec![2, 1, 1]])])])),
    ]);
    assert_eq!((rows.rows[1].code, rows.rows[2].code), (Some(56), None));
}

#[test]
fn a_responder_may_answer_from_another_address_but_may_not_change_it_again() {
    let translated = ("99950002002", HOME.1, 6);
    let forger = ("99988880000", 300, 6);
    let rows = exchange(&[
        (envelope(1, VISITED, HOME), begin(&[1], &[context(1, 3, None)])),
        (envelope(2, translated, VISITED), proceed(&[9], &[1], &[])),
        (envelope(3, forger, VISITED), end(&[1], &[portion(&[invoke(2, 7, &asked())])])),
    ]);
    assert_eq!(rows.rows[1].anomalies, []);
    assert_eq!(rows.rows[2].anomalies, [Anomaly::TcapPeerChanged]);
}

#[test]
fn open_dialogues_have_a_limit_and_the_oldest_goes_first() {
    let mut dialogues = Dialogues::with_limit(100);
    let mut rows = Rows::default();
    for id in 0..1_000_u32 {
        let message = begin(&id.to_be_bytes(), &[context(14, 3, None), portion(&[invoke(1, 56, &asked())])]);
        tcap::decode(&message, &envelope(1, VISITED, HOME), &mut dialogues, &mut rows);
        assert!(dialogues.open() <= 100);
    }
    for id in [899_u32, 900, 999] {
        let message = end(&id.to_be_bytes(), &[portion(&[inside(2, &[vec![2, 1, 1]])])]);
        tcap::decode(&message, &envelope(2, HOME, VISITED), &mut dialogues, &mut rows);
    }
    let codes: Vec<_> = rows.rows[1_000..].iter().map(|row| row.code).collect();
    assert_eq!((codes.as_slice(), dialogues.open()), (&[None, Some(56), Some(56)][..], 98));
}

#[test]
fn many_nodes_that_share_one_id_cost_a_bounded_search() {
    let mut dialogues = Dialogues::default();
    let mut rows = Rows::default();
    let node = |number: u32| (format!("9997{number:07}"), number, 7_u8);
    for number in 0..2_000 {
        let (title, code, subsystem) = node(number);
        let message = begin(&[1], &[context(14, 3, None), portion(&[invoke(1, 56, &asked())])]);
        tcap::decode(&message, &envelope(1, (&title, code, subsystem), HOME), &mut dialogues, &mut rows);
    }
    assert!(dialogues.open() <= 65, "{}", dialogues.open());
    let (title, code, subsystem) = node(1_999);
    let answer = end(&[1], &[portion(&[inside(2, &[vec![2, 1, 1]])])]);
    tcap::decode(&answer, &envelope(2, HOME, (&title, code, subsystem)), &mut dialogues, &mut rows);
    assert_eq!(rows.rows.last().unwrap().code, Some(56));
}

#[test]
fn long_and_empty_transaction_ids_are_read_and_told() {
    let long = row(&begin(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], &[]));
    assert_eq!((long.transactions.0, long.anomalies), (Some(0x0304_0506_0708_090a), vec![Anomaly::TcapLongTransactionId]));
    assert_eq!(row(&begin(&[1, 2, 3, 4, 5], &[])).anomalies, [Anomaly::TcapLongTransactionId]);
    let empty = row(&begin(&[], &[]));
    assert_eq!((empty.transactions.0, empty.anomalies), (Some(0), vec![Anomaly::TcapEmptyTransactionId]));
}

#[test]
fn a_global_code_is_resolved_to_its_last_arc_and_told() {
    let global = inside(1, &[vec![2, 1, 1], tlv(&[6], &[4, 0, 0, 1, 0, 70]), asked()]);
    let row = row(&begin(&[1], &[context(28, 3, None), portion(&[global])]));
    assert_eq!((row.operation.as_str(), row.imsi.as_str()), ("provideSubscriberInfo", "001010123456789"));
    assert_eq!(row.anomalies, [Anomaly::TcapGlobalOperationCode]);
}

#[test]
fn an_operation_code_in_more_octets_than_it_needs_is_read_and_told() {
    for code in [&[2, 2, 0, 70][..], &[2, 4, 0, 0, 0, 70], &[2, 0x81, 1, 70]] {
        let row = row(&begin(&[1], &[context(28, 3, None), portion(&[inside(1, &[vec![2, 1, 1], code.to_vec(), asked()])])]));
        assert_eq!(row.operation, "provideSubscriberInfo");
        assert!(row.anomalies == [Anomaly::BerNonMinimalInteger] || row.anomalies == [Anomaly::BerNonMinimalLength]);
    }
}

#[test]
fn an_invoke_id_of_two_octets_is_read_and_told() {
    let row = row(&begin(&[1], &[context(28, 3, None), portion(&[inside(1, &[vec![2, 2, 1, 0], vec![2, 1, 70], asked()])])]));
    assert_eq!((row.invoke_id, row.anomalies), (Some(256), vec![Anomaly::TcapInvokeIdRange]));
}

#[test]
fn arcs_behind_a_registered_context_are_kept_and_told() {
    let row = row(&begin(&[1], &[dialogue(&[4, 0, 0, 1, 0, 28, 3, 7, 0x81, 0x00], None), portion(&[invoke(1, 70, &asked())])]));
    assert_eq!(row.context, [0, 4, 0, 0, 1, 0, 28, 3, 7, 128]);
    assert_eq!((row.operation.as_str(), row.anomalies), ("provideSubscriberInfo", vec![Anomaly::TcapExtendedApplicationContext]));
}

#[test]
fn a_dialogue_portion_of_another_syntax_is_read_and_told() {
    let mut message = map(28, 3, 70, &asked());
    let place = message.windows(3).position(|window| window == [0x11, 0x86, 5]).unwrap();
    message[place + 2] = 6;
    let row = row(&message);
    assert_eq!((row.context.len(), row.anomalies), (8, vec![Anomaly::TcapDialogueSyntax]));
}

#[test]
fn every_component_is_a_row_and_several_invokes_are_told() {
    let second = sequence(&[octets(IMSI)]);
    let rows = decode(&begin(&[1], &[context(28, 3, None), portion(&[invoke(1, 70, &asked()), invoke(2, 67, &second), vec![0xa9, 0]])]));
    assert_eq!(rows.rows.iter().map(|row| (row.index, row.code)).collect::<Vec<_>>(), [(0, Some(70)), (1, Some(67))]);
    assert!(rows.rows.iter().all(|row| row.anomalies.contains(&Anomaly::TcapSeveralComponents)));
    assert!(rows.rows.iter().all(|row| row.anomalies.contains(&Anomaly::TcapUnknownTag)));
    assert_eq!(rows.rows[0].length, u32::try_from(invoke(1, 70, &asked()).len()).unwrap());
    assert!(rows.rows[1].anomalies.contains(&Anomaly::TcapOperationOutsideContext));
}

#[test]
fn a_second_component_portion_hides_nothing() {
    let rows = decode(&begin(&[1], &[context(28, 3, None), portion(&[invoke(1, 70, &asked())]), portion(&[invoke(2, 71, &asked())])]));
    assert_eq!(rows.rows.iter().map(|row| row.code).collect::<Vec<_>>(), [Some(70), Some(71)]);
    assert!(rows.rows.iter().all(|row| row.anomalies.contains(&Anomaly::BerDuplicateElement)));
    let backwards = row(&begin(&[1], &[portion(&[invoke(1, 70, &asked())]), context(28, 3, None)]));
    assert_eq!((backwards.imsi.as_str(), backwards.anomalies), ("001010123456789", vec![Anomaly::BerElementOrder]));
}

#[test]
fn an_invoke_linked_to_nothing_is_told() {
    let linked = |code: u8, argument: &[u8]| inside(1, &[vec![2, 1, 2], at(0, &[1]), vec![2, 1, code], argument.to_vec()]);
    let alone = row(&begin(&[1], &[context(28, 3, None), portion(&[linked(70, &asked())])]));
    assert_eq!((alone.operation.as_str(), alone.anomalies), ("provideSubscriberInfo", vec![Anomaly::TcapLinkedInvoke]));
    let ussd = sequence(&[octets(&[15]), octets(&[0xaa])]);
    let reference = [&[0x96][..], IMSI].concat();
    let rows = exchange(&[
        (envelope(1, VISITED, HOME), begin(&[1], &[context(19, 2, Some(&reference)), portion(&[invoke(1, 59, &ussd)])])),
        (envelope(2, HOME, VISITED), proceed(&[2], &[1], &[portion(&[linked(60, &ussd)])])),
    ]);
    assert!(rows.rows.iter().all(|row| row.anomalies.is_empty()));
}

#[test]
fn a_result_and_an_invoke_in_one_message_are_no_anomaly() {
    let rows = exchange(&[
        (envelope(1, VISITED, HOME), begin(&[1], &[context(1, 3, None), portion(&[invoke(1, 57, &sequence(&[octets(IMSI)]))])])),
        (envelope(2, HOME, VISITED), proceed(&[2], &[1], &[portion(&[result(1, 57, &sequence(&[octets(HLR)])), invoke(2, 7, &asked())])])),
    ]);
    assert!(rows.rows.iter().all(|row| row.anomalies.is_empty()));
}

#[test]
fn the_content_decides_where_the_subsystem_number_misleads() {
    let message = map(28, 3, 70, &asked());
    let mut rows = Rows::default();
    let wrong = (VISITED.0, VISITED.1, 254);
    tcap::decode(&message, &envelope(1, wrong, HOME), &mut Dialogues::default(), &mut rows);
    assert_eq!((rows.rows[0].protocol.as_str(), rows.rows[0].imsi.as_str()), ("map", "001010123456789"));
    assert_eq!(rows.rows[0].anomalies, [Anomaly::SccpSubsystemContradictsContext]);
    // Version 1, with no subsystem number at all.
    let mut bare = envelope(2, VISITED, HOME);
    (bare.calling.subsystem_number, bare.called.subsystem_number) = (None, None);
    let first = begin(&[1], &[portion(&[invoke(1, 2, &sequence(&[octets(IMSI), at(1, MSC), octets(VLR)]))])]);
    tcap::decode(&first, &bare, &mut Dialogues::default(), &mut rows);
    assert_eq!(rows.rows[1].operation, "updateLocation");
}

#[test]
fn a_refused_dialogue_says_why() {
    let refused = [
        at(0, &[7, 0x80]),
        inside(1, &[tlv(&[6], &[4, 0, 0, 1, 0, 14, 2])]),
        inside(2, &[vec![2, 1, 1]]),
        inside(3, &[inside(1, &[vec![2, 1, 2]])]),
    ];
    let external = [tlv(&[6], &[0, 0x11, 0x86, 5, 1, 1, 1]), inside(0, &[tlv(&[0x61], &refused.concat())])].concat();
    let row = row(&tlv(&[0x67], &[tlv(&[0x49], &[1]), tlv(&[0x6b], &tlv(&[0x28], &external))].concat()));
    assert_eq!((row.message_type, row.error, row.context[7]), (Some("abort"), Some(2), 2));
}

#[test]
fn what_is_not_tcap_is_a_gap() {
    for (bytes, reason) in [
        (&[][..], Reason::Truncated),
        (&[0x62], Reason::Truncated),
        (&[0x30, 3, 2, 1, 1], Reason::NotThisProtocol),
        (&[0x69, 2, 0x48, 0], Reason::NotThisProtocol),
        (&[0x64, 4, 0x48, 2, 1, 2], Reason::InvalidValue),
        (&[0x62, 0xff, 1], Reason::InvalidValue),
    ] {
        let rows = decode(bytes);
        assert_eq!((rows.rows.len(), rows.gaps.iter().map(|gap| gap.reason).collect::<Vec<_>>()), (0, vec![reason]), "{bytes:02x?}");
    }
}

#[test]
fn a_message_cut_at_any_octet_gives_rows_and_a_gap_but_never_a_wrong_identity() {
    let whole = map(1, 3, 2, &sequence(&[octets(IMSI), at(1, MSC), octets(VLR)]));
    for length in 0..whole.len() {
        let rows = decode(&whole[..length]);
        assert!(!rows.gaps.is_empty(), "{length}");
        assert!(rows.rows.iter().all(|row| row.imsi.is_empty() || row.imsi == "001010123456789"));
    }
}

#[test]
fn one_broken_component_does_not_take_the_others_with_it() {
    let broken = inside(1, &[vec![4, 1, 1]]);
    let rows = decode(&begin(&[1], &[context(28, 3, None), portion(&[broken, invoke(2, 70, &asked())])]));
    assert_eq!((rows.rows.len(), rows.rows[0].imsi.as_str(), rows.gaps.len()), (1, "001010123456789", 1));
    assert!(rows.gaps[0].offset > 0);
}

#[test]
fn ansi_packages_are_recognised_and_counted() {
    let invoke = tlv(&[0xe9], &[&[0xcf, 1, 5][..], &[0xd1, 2, 9, 0x35], &[0xf2, 0]].concat());
    let query = tlv(&[0xe2], &[tlv(&[0xc7], &[0, 0, 0, 9]), tlv(&[0xe8], &[invoke.clone(), invoke].concat())].concat());
    let rows = decode(&query);
    assert_eq!(rows.rows.len(), 2);
    let first = &rows.rows[0];
    assert_eq!((first.message_type, first.component, first.code), (Some("query_with_permission"), Some("invoke"), Some(0x0935)));
    assert_eq!((first.transactions, first.invoke_id, first.protocol.as_str()), ((Some(9), None), Some(5), "tcap"));
    let response = row(&tlv(&[0xe4], &tlv(&[0xc7], &[0, 0, 0, 9])));
    assert_eq!((response.message_type, response.transactions), (Some("response"), (None, Some(9))));
    let conversation = row(&tlv(&[0xe5], &tlv(&[0xc7], &[0, 0, 0, 9, 0, 0, 0, 8])));
    assert_eq!(conversation.transactions, (Some(9), Some(8)));
    assert_eq!(decode(&[0xff, 0x81, 0]).gaps.len(), 1);
}

#[test]
fn whole_messages_of_other_implementations_give_rows() {
    let Some(mut vectors) = components::vectors("jss7_tcap_sccp_m3ua.txt") else { return };
    vectors.extend(components::vectors("pycrate.txt").unwrap());
    vectors.retain(|(bytes, origin)| {
        origin.contains("TCAP") && !origin.contains("[part]") && matches!(bytes[0], 0x61..=0x67) && bytes.len() > 5
    });
    let mut rows = 0;
    for (bytes, origin) in &vectors {
        let decoded = decode(bytes);
        // Application protocol units share their tags with messages: DialogAbort, DialogResponse.
        assert!(!decoded.rows.is_empty() || origin.contains("Dialog"), "{origin}");
        rows += decoded.rows.len();
    }
    assert!(rows > 40, "{rows}");
}

#[test]
fn any_bytes_give_rows_and_gaps_and_no_panic() {
    let whole = [map(14, 3, 56, &asked()), map(16, 3, 7, &sequence(&[at(0, IMSI), inside(13, &[inside(0, &[])])]))];
    let mut dialogues = Dialogues::with_limit(50);
    let mut rows = Rows::default();
    let mut state = 1_u64;
    for round in 0..20_000 {
        let mut bytes = whole[round % 2].clone();
        for _ in 0..=round % 4 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let place = usize::try_from(state >> 33).unwrap() % bytes.len();
            bytes[place] = u8::try_from(state >> 24 & 0xff).unwrap();
        }
        tcap::decode(&bytes, &envelope(1, VISITED, HOME), &mut dialogues, &mut rows);
        assert!(dialogues.open() <= 50);
    }
}
