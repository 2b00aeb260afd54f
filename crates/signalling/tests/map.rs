//! MAP arguments and results in every version, built by hand with fictional identities.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test stops at its first fault")]

mod components;

use components::{
    FORWARDED, HLR, IMSI, MSC, MSISDN, Row, SCF, VLR, at, begin, components as portion, context, decode, inside, invoke, map, octets,
    proceed, result, row, sequence, tlv,
};
use signalling::anomaly::Anomaly;
use signalling::map::{self, errors};
use signalling::message::Exposes;

const NAME: &str = "001010123456789";
const CGI: &[u8] = &[0x00, 0xf1, 0x10, 0x12, 0x34, 0x56, 0x78];

/// A result in the message that begins, so that it needs no dialogue.
fn answer(number: u8, version: u8, code: u8, parameter: &[u8]) -> Row {
    row(&begin(&[0, 0, 0, 1], &[context(number, version, None), portion(&[result(1, code, parameter)])]))
}

#[test]
fn the_table_has_every_code_of_the_standard_once_and_in_order() {
    let codes: Vec<i64> = map::operations().map(|operation| operation.code).collect();
    let expected: Vec<i64> = (2..=26).chain(28..=81).chain(83..=89).chain(109..=126).collect();
    assert_eq!(codes, expected);
    assert!(codes.iter().all(|code| map::operation(*code).is_some_and(|operation| operation.code == *code)));
    assert!([-1, 0, 1, 27, 82, 90, 108, 127, 300].iter().all(|code| map::operation(*code).is_none()));
}

#[test]
fn names_follow_the_version() {
    let name = |code, version| map::operation(code).unwrap().name_in(version);
    assert_eq!((name(46, Some(1)), name(46, Some(2)), name(46, Some(3))), ("forwardSM", "forwardSM", "mo-forwardSM"));
    assert_eq!((name(47, Some(1)), name(47, None)), ("setMessageWaitingData", "reportSM-DeliveryStatus"));
    assert_eq!(name(56, None), "sendAuthenticationInfo");
}

#[test]
fn errors_have_their_names() {
    assert_eq!(errors::name(1), Some("unknownSubscriber"));
    assert_eq!(errors::name(72), Some("ussd-Busy"));
    assert_eq!((errors::name(0), errors::name(41)), (None, None));
    assert!(errors::ERRORS.is_sorted());
}

#[test]
fn update_location_names_subscriber_and_nodes_in_every_version() {
    let third =
        row(&map(1, 3, 2, &sequence(&[octets(IMSI), at(1, MSC), octets(VLR), at(10, &[1, 2, 3, 4]), inside(13, &[at(0, &[0x53; 8])])])));
    assert_eq!((third.operation.as_str(), third.interface), ("updateLocation", Some("D")));
    assert_eq!((third.imsi.as_str(), third.serving.as_str(), third.imei.len()), (NAME, "99970001001", 16));
    assert_eq!(third.exposes, Exposes::IDENTITY | Exposes::LOCATION);
    assert_eq!(third.anomalies, []);
    let first = row(&map(1, 1, 2, &sequence(&[octets(IMSI), at(0, MSC), octets(VLR)])));
    assert_eq!((first.imsi.as_str(), first.serving.as_str(), first.anomalies), (NAME, "99970001001", vec![]));
    assert_eq!(answer(1, 3, 2, &sequence(&[octets(HLR)])).home, "99950002001");
    assert_eq!(answer(1, 2, 2, &octets(HLR)).home, "99950002001");
}

#[test]
fn vectors_are_counted_by_kind_and_their_bytes_go_nowhere() {
    let secret = [0x5e, 0xc2, 0xe7, 0x5e, 0xc2, 0xe7, 0x5e, 0xc2];
    let triplet = sequence(&[octets(&secret.repeat(2)), octets(&secret[..4]), octets(&secret)]);
    let quintuplet = sequence(&[
        octets(&secret.repeat(2)),
        octets(&secret),
        octets(&secret.repeat(2)),
        octets(&secret.repeat(2)),
        octets(&secret.repeat(2)),
    ]);
    let eps = sequence(&[octets(&secret.repeat(2)), octets(&secret), octets(&secret.repeat(2)), octets(&secret.repeat(4))]);
    let old = answer(14, 2, 56, &sequence(&[triplet.clone(), triplet.clone()]));
    let triplets = answer(14, 3, 56, &inside(3, &[inside(0, &[triplet.clone(), triplet.clone(), triplet.clone()])]));
    let both = answer(14, 3, 56, &inside(3, &[inside(1, &vec![quintuplet; 5]), inside(2, &vec![eps; 2])]));
    assert_eq!((old.vectors, triplets.vectors, both.vectors), ((2, Some("triplet")), (3, Some("triplet")), (7, Some("eps"))));
    assert!([&old, &triplets, &both].iter().all(|row| row.exposes & Exposes::CREDENTIAL != 0));
    assert!(!format!("{old:?}{triplets:?}{both:?}").to_lowercase().contains("5ec2"));
    let identified = answer(15, 2, 55, &sequence(&[octets(IMSI), sequence(std::slice::from_ref(&triplet))]));
    assert_eq!((identified.imsi.as_str(), identified.vectors), (NAME, (1, Some("triplet"))));
    let sent = answer(14, 1, 9, &sequence(&[at(0, IMSI), inside(1, std::slice::from_ref(&triplet)), inside(1, &[triplet])]));
    assert_eq!((sent.vectors, sent.operation.as_str()), ((2, Some("triplet")), "sendParameters"));
}

#[test]
fn the_key_itself_or_a_security_context_exposes_credentials_without_a_vector() {
    let key = answer(14, 1, 9, &sequence(&[at(4, &[7; 16])]));
    let handover = row(&map(11, 3, 68, &inside(3, &[at(0, CGI), at(4, IMSI), at(5, &[7; 20])])));
    let current = answer(15, 3, 55, &inside(3, &[octets(IMSI), inside(2, &[inside(0, &[octets(&[7; 8])])])]));
    assert!([&key, &handover, &current].iter().all(|row| row.exposes & Exposes::CREDENTIAL != 0 && row.vectors.0 == 0));
    assert_eq!(handover.cell, ("00101".into(), Some(0x1234), Some(0x5678)));
}

#[test]
fn send_authentication_info_names_the_network_that_asks() {
    let argument = sequence(&[at(0, IMSI), vec![2, 1, 5], at(3, &[2]), at(4, &[0x00, 0x31, 0x21])]);
    let third = row(&map(14, 3, 56, &argument));
    assert_eq!((third.imsi.as_str(), third.visited.as_str(), third.anomalies), (NAME, "001123", vec![]));
    let empty = row(&map(14, 3, 56, &sequence(&[at(0, IMSI), at(4, &[0, 0, 0])])));
    assert_eq!((empty.visited.as_str(), empty.anomalies), ("000000", vec![Anomaly::PlmnInvalid]));
    assert_eq!(row(&map(14, 2, 56, &octets(IMSI))).imsi, NAME);
}

#[test]
fn an_argument_in_the_form_of_another_version_is_read_and_told() {
    let third = row(&map(14, 2, 56, &sequence(&[at(0, IMSI), vec![2, 1, 5]])));
    assert_eq!((third.imsi.as_str(), third.anomalies), (NAME, vec![Anomaly::MapVersionMismatch]));
    let second = row(&map(14, 3, 56, &octets(IMSI)));
    assert_eq!((second.imsi.as_str(), second.anomalies), (NAME, vec![Anomaly::MapVersionMismatch]));
    let cancel = row(&map(2, 3, 3, &octets(IMSI)));
    assert_eq!((cancel.imsi.as_str(), cancel.anomalies), (NAME, vec![Anomaly::MapVersionMismatch]));
}

#[test]
fn cancel_location_reads_both_identities_of_every_version() {
    let with_lmsi = sequence(&[octets(IMSI), octets(&[1, 2, 3, 4])]);
    for (version, argument) in [(1, octets(IMSI)), (2, with_lmsi.clone()), (3, inside(3, &[octets(IMSI)])), (3, inside(3, &[with_lmsi]))] {
        let row = row(&map(2, version, 3, &argument));
        assert_eq!((row.imsi.as_str(), row.anomalies), (NAME, vec![]), "version {version}");
    }
    let moved = row(&map(2, 3, 3, &inside(3, &[octets(IMSI), vec![10, 1, 0], at(3, MSC), at(4, VLR)])));
    assert_eq!(moved.serving, "99970001001");
}

#[test]
fn a_location_is_read_from_every_answer_that_has_one() {
    let circuit = inside(0, &[vec![2, 1, 7], at(0, &[0x10; 8]), at(1, VLR), inside(3, &[at(0, CGI)]), at(6, MSC)]);
    let asked = answer(28, 3, 70, &sequence(&[sequence(&[circuit, at(5, &[0x53; 8])])]));
    assert_eq!((asked.cell, asked.age, asked.serving.as_str()), (("00101".into(), Some(0x1234), Some(0x5678)), Some(7), "99970001001"));
    assert_eq!(asked.exposes, Exposes::IDENTITY | Exposes::LOCATION);
    let packet = inside(3, &[inside(0, &[at(1, &CGI[..5])]), at(1, &[0x00, 0xf1, 0x10, 0x12, 0x34, 9]), at(3, MSC), at(9, &[0, 200])]);
    let interrogated = answer(29, 3, 71, &sequence(&[sequence(&[packet])]));
    assert_eq!((interrogated.cell, interrogated.age), (("00101".into(), Some(0x1234), None), Some(200)));
    let evolved =
        inside(13, &[at(0, &[0x00, 0xf1, 0x10, 0xf1, 2, 3, 4]), at(1, &[0x00, 0xf1, 0x10, 0xab, 0xcd]), at(7, b"mme1.example.test")]);
    let evolved = answer(29, 3, 71, &sequence(&[sequence(&[evolved])]));
    assert_eq!((evolved.cell, evolved.serving.as_str()), (("00101".into(), Some(0xabcd), Some(0x0102_0304)), "name mme1.example.test"));
    let shape = answer(38, 3, 83, &sequence(&[octets(&[0x10; 7]), at(0, &[3]), inside(6, &[at(0, CGI)])]));
    assert_eq!((shape.age, shape.cell.2, shape.exposes), (Some(3), Some(0x5678), Exposes::LOCATION));
    let only_shape = answer(38, 3, 83, &sequence(&[octets(&[0x10; 7])]));
    assert_eq!(only_shape.exposes, Exposes::LOCATION);
}

#[test]
fn who_asks_is_named() {
    let interrogation = row(&map(29, 3, 71, &sequence(&[inside(0, &[at(1, MSISDN)]), inside(1, &[at(0, &[])]), at(3, SCF)])));
    assert_eq!((interrogation.msisdn.as_str(), interrogation.service.as_str()), ("99960123456", "99950002009"));
    let location = sequence(&[sequence(&[at(0, &[0])]), octets(SCF), inside(0, &[at(0, &[0])]), at(2, IMSI), at(3, MSISDN)]);
    let location = row(&map(38, 3, 83, &location));
    assert_eq!((location.imsi.as_str(), location.service.as_str(), location.interface), (NAME, "99950002009", Some("Lg")));
    assert_eq!(location.anomalies, []);
    let routing = row(&map(20, 3, 45, &sequence(&[at(0, MSISDN), at(1, &[0xff]), at(2, SCF)])));
    assert_eq!((routing.msisdn.as_str(), routing.service.as_str(), routing.interface), ("99960123456", "99950002009", Some("C")));
}

#[test]
fn routing_information_gives_identity_and_node() {
    let third = answer(20, 3, 45, &sequence(&[octets(IMSI), inside(0, &[at(1, MSC), octets(&[1, 2, 3, 4])])]));
    assert_eq!((third.imsi.as_str(), third.serving.as_str(), third.exposes), (NAME, "99970001002", Exposes::IDENTITY | Exposes::LOCATION));
    let location = answer(37, 3, 85, &sequence(&[inside(0, &[at(0, IMSI)]), inside(1, &[octets(MSC)])]));
    assert_eq!((location.imsi.as_str(), location.serving.as_str()), (NAME, "99970001002"));
    assert_eq!(answer(26, 2, 58, &octets(IMSI)).imsi, NAME);
    let gprs = answer(33, 3, 24, &sequence(&[at(0, &[4, 192, 0, 2, 7])]));
    assert_eq!(gprs.gsn, "192.0.2.7");
}

#[test]
fn numbers_to_which_calls_go_are_read_wherever_they_stand() {
    let feature = |tag: u8| sequence(&[at(4, &[7]), at(tag, FORWARDED)]);
    let roaming = answer(5, 3, 22, &inside(3, &[at(9, IMSI), octets(FORWARDED), at(2, MSC)]));
    let forwarding = answer(5, 3, 22, &inside(3, &[at(9, IMSI), sequence(&[at(5, FORWARDED), at(6, &[0])])]));
    let camel = answer(5, 3, 22, &inside(3, &[inside(8, &[sequence(&[at(5, FORWARDED)]), inside(0, &[])])]));
    let old = answer(5, 2, 22, &sequence(&[octets(IMSI), octets(FORWARDED)]));
    let registered = row(&map(18, 2, 10, &sequence(&[octets(&[0x21]), at(4, FORWARDED)])));
    let listed = answer(18, 2, 14, &inside(3, &[feature(5)]));
    let confirmed = answer(18, 2, 10, &inside(0, &[octets(&[0x21]), sequence(&[feature(5)])]));
    let long = answer(18, 2, 14, &inside(3, &[feature(9)]));
    let number = answer(3, 3, 4, &sequence(&[octets(FORWARDED)]));
    for row in [roaming, forwarding, camel, old, registered, listed, confirmed, long, number] {
        assert_eq!(row.forwarded, "99981112222", "{} {}", row.operation, row.component.unwrap());
    }
}

#[test]
fn a_profile_shows_its_forwarding_its_service_node_and_its_access_points() {
    let forwarding = inside(7, &[inside(0, &[octets(&[0x21]), sequence(&[sequence(&[at(4, &[7]), at(5, FORWARDED)])])])]);
    let trigger = sequence(&[vec![10, 1, 2], vec![2, 1, 9], at(0, SCF), at(1, &[0])]);
    let camel = inside(13, &[inside(0, &[sequence(&[trigger])])]);
    let gprs = inside(16, &[inside(1, &[sequence(&[vec![2, 1, 1], at(16, &[1, 0x21]), at(20, b"\x03iot\x07example")])])]);
    let row = row(&map(16, 3, 7, &sequence(&[at(0, IMSI), at(1, MSISDN), at(2, &[10]), forwarding, camel, gprs])));
    assert_eq!((row.imsi.as_str(), row.msisdn.as_str(), row.forwarded.as_str()), (NAME, "99960123456", "99981112222"));
    assert_eq!((row.service.as_str(), row.apn.as_str()), ("99950002009", "iot.example"));
    assert_eq!((row.exposes, row.anomalies), (Exposes::IDENTITY | Exposes::PROFILE, vec![]));
}

#[test]
fn a_subscriber_named_by_the_dialogue_is_named_by_the_row() {
    let by_imsi = [&[0x96][..], IMSI].concat();
    let argument = sequence(&[octets(&[0x0f]), octets(&[0xaa; 5])]);
    let ussd = row(&begin(&[1], &[context(19, 2, Some(&by_imsi)), portion(&[invoke(1, 59, &argument)])]));
    assert_eq!((ussd.imsi.as_str(), ussd.sms.direction, ussd.sms.length, ussd.sms.dcs), (NAME, Some("ussd"), Some(5), Some(15)));
    assert_eq!(ussd.anomalies, []);
    let by_number = row(&begin(&[1], &[context(18, 2, Some(MSISDN)), portion(&[invoke(1, 14, &sequence(&[octets(&[0x21])]))])]));
    assert_eq!((by_number.msisdn.as_str(), by_number.anomalies), ("99960123456", vec![]));
    let nobody = row(&map(18, 2, 14, &sequence(&[octets(&[0x21])])));
    assert_eq!(nobody.anomalies, [Anomaly::MapIdentityMissing]);
}

#[test]
fn another_subscriber_in_the_dialogue_than_in_the_argument_is_told() {
    let other = [0x96, 0x00, 0x01, 0x01, 0x99, 0x99, 0x99, 0x99, 0xf9];
    let row = row(&begin(&[1], &[context(28, 3, Some(&other)), portion(&[invoke(1, 70, &sequence(&[at(0, IMSI)]))])]));
    assert_eq!((row.imsi.as_str(), row.anomalies), (NAME, vec![Anomaly::MapDuplicateIdentity]));
}

#[test]
fn no_way_to_write_the_identity_hides_it() {
    let plain = sequence(&[at(0, IMSI), inside(2, &[at(0, &[])])]);
    let high = sequence(&[tlv(&[0x9f, 0x00], IMSI), inside(2, &[at(0, &[])])]);
    let long = sequence(&[[&[0x80, 0x81, 8][..], IMSI].concat(), inside(2, &[])]);
    let longer = sequence(&[[&[0x80, 0x82, 0, 8][..], IMSI].concat(), inside(2, &[])]);
    let parts = sequence(&[inside(0, &[octets(&IMSI[..3]), octets(&IMSI[3..])]), inside(2, &[])]);
    let indefinite = [&[0x30, 0x80][..], &at(0, IMSI), &[0xa2, 0x80, 0, 0], &[0, 0]].concat();
    let late = sequence(&[inside(2, &[]), at(0, IMSI)]);
    let after_unknown = sequence(&[octets(&[1]), at(0, IMSI)]);
    let twice = sequence(&[at(0, IMSI), at(0, IMSI)]);
    let ways: [(Vec<u8>, &[Anomaly]); 9] = [
        (plain, &[]),
        (high, &[Anomaly::BerHighTagForm]),
        (long, &[Anomaly::BerNonMinimalLength]),
        (longer, &[Anomaly::BerNonMinimalLength]),
        (parts, &[Anomaly::BerConstructedString]),
        (indefinite, &[Anomaly::BerIndefiniteLength]),
        (late, &[]),
        (after_unknown, &[Anomaly::BerUnknownElement]),
        (twice, &[Anomaly::BerDuplicateElement]),
    ];
    for (argument, anomalies) in ways {
        let row = row(&map(28, 3, 70, &argument));
        assert_eq!((row.imsi.as_str(), row.anomalies.as_slice()), (NAME, anomalies), "{argument:02x?}");
    }
}

#[test]
fn two_identities_that_differ_are_told_and_the_first_is_kept() {
    let other = [0x00, 0x01, 0x01, 0x99, 0x99, 0x99, 0x99, 0xf9];
    let row = row(&map(28, 3, 70, &sequence(&[at(0, IMSI), at(0, &other)])));
    assert_eq!(row.imsi, NAME);
    assert_eq!(row.anomalies, [Anomaly::BerDuplicateElement, Anomaly::MapDuplicateIdentity]);
}

#[test]
fn a_missing_an_odd_or_a_temporary_identity_is_told() {
    let asked = |argument: &[Vec<u8>]| row(&map(28, 3, 70, &sequence(argument)));
    assert_eq!(asked(&[inside(2, &[])]).anomalies, [Anomaly::MapIdentityMissing]);
    assert_eq!(asked(&[at(0, &[])]).anomalies, [Anomaly::MapIdentityMissing, Anomaly::MapIdentityOdd]);
    assert_eq!(asked(&[at(1, &[1, 2, 3, 4])]).anomalies, [Anomaly::MapIdentityTemporary]);
    let filler = asked(&[at(0, &[0x00, 0x01, 0xf1, 0x21, 0x43, 0x65, 0x87, 0xf9])]);
    let sixteen = asked(&[at(0, &[0x00, 0x01, 0x01, 0x21, 0x43, 0x65, 0x87, 0x09])]);
    let hexadecimal = asked(&[at(0, &[0x00, 0x01, 0x01, 0x21, 0x43, 0x6b, 0x87, 0xf9])]);
    let short = asked(&[at(0, &[0x00, 0x01])]);
    assert!([filler, sixteen, hexadecimal, short].iter().all(|row| row.anomalies == [Anomaly::MapIdentityOdd]));
}

#[test]
fn an_equipment_identity_has_fourteen_to_sixteen_digits() {
    let check = |imei: &[u8]| row(&map(13, 3, 43, &sequence(&[octets(imei), vec![3, 2, 6, 0x80]])));
    let whole = check(&[0x53; 8]);
    assert_eq!((whole.imei.len(), whole.exposes, whole.anomalies), (16, Exposes::IDENTITY, vec![]));
    assert_eq!(check(&[0x53; 6]).anomalies, [Anomaly::MapIdentityOdd]);
    assert_eq!(row(&map(13, 2, 43, &octets(&[0x53; 8]))).imei.len(), 16);
}

#[test]
fn a_profile_that_goes_on_in_its_dialogue_needs_no_identity() {
    let argument = sequence(&[at(2, &[10])]);
    let alone = row(&map(16, 3, 7, &argument));
    let later = row(&proceed(&[2], &[1], &[portion(&[invoke(2, 7, &argument)])]));
    assert_eq!((alone.anomalies, later.anomalies), (vec![Anomaly::MapIdentityMissing], vec![]));
    assert_eq!(later.exposes, Exposes::PROFILE);
}

#[test]
fn a_number_that_is_not_marked_international_is_told() {
    let national = [&[0xa1][..], &MSISDN[1..]].concat();
    let row = row(&map(20, 3, 45, &sequence(&[at(0, &national), at(1, &[0xff]), at(2, SCF)])));
    assert_eq!((row.msisdn.as_str(), row.anomalies), ("99960123456", vec![Anomaly::MapAddressForm]));
}

#[test]
fn an_operation_outside_its_context_or_without_one_is_told() {
    let outside = row(&map(19, 2, 70, &sequence(&[at(0, IMSI)])));
    assert_eq!(outside.anomalies, [Anomaly::TcapOperationOutsideContext]);
    let too_early = row(&map(14, 1, 56, &octets(IMSI)));
    assert!(too_early.anomalies.contains(&Anomaly::TcapOperationOutsideContext));
    let unallocated = row(&map(28, 3, 27, &sequence(&[at(0, IMSI)])));
    assert_eq!((unallocated.operation.as_str(), unallocated.anomalies), ("", vec![Anomaly::TcapOperationOutsideContext]));
    let without = row(&begin(&[1], &[portion(&[invoke(1, 70, &sequence(&[at(0, IMSI)]))])]));
    assert_eq!((without.imsi.as_str(), without.anomalies), (NAME, vec![Anomaly::TcapMissingApplicationContext]));
    let first = row(&begin(&[1], &[portion(&[invoke(1, 2, &sequence(&[octets(IMSI), at(1, MSC), octets(VLR)]))])]));
    assert_eq!((first.imsi.as_str(), first.anomalies), (NAME, vec![]));
}

#[test]
fn a_secured_operation_says_so() {
    let row = row(&map(40, 3, 79, &sequence(&[sequence(&[]), octets(&[9; 40])])));
    assert_eq!((row.operation.as_str(), row.anomalies), ("secureTransportClass2", vec![Anomaly::MapSecured]));
}

#[test]
fn an_argument_that_ends_too_early_gives_what_was_whole_and_a_gap() {
    let whole = map(1, 3, 2, &sequence(&[octets(IMSI), at(1, MSC), octets(VLR)]));
    let rows = decode(&whole[..whole.len() - 3]);
    assert_eq!((rows.rows[0].imsi.as_str(), rows.rows[0].serving.as_str()), (NAME, "99970001002"));
    assert_eq!(rows.gaps.len(), 1);
}

/// Test classes whose parameters are whole arguments or results: name, context, version, operation, and whether it is a result.
const VECTORS: &[(&str, u8, u8, u8, bool)] = &[
    ("UpdateLocationRequestTest:67", 1, 3, 2, false),
    ("UpdateLocationRequestTest:84", 1, 1, 2, false),
    ("SendAuthenticationInfoRequestTest:53", 14, 3, 56, false),
    ("SendAuthenticationInfoRequestTest:62", 14, 2, 56, false),
    ("SendAuthenticationInfoResponseTest:55", 14, 3, 56, true),
    ("SendAuthenticationInfoResponseTest:60", 14, 3, 56, true),
    ("SendAuthenticationInfoResponseTest:66", 14, 2, 56, true),
    ("CancelLocationRequestTest:64", 2, 3, 3, false),
    ("CancelLocationRequestTest:70", 2, 3, 3, false),
    ("CancelLocationRequestTest:76", 2, 2, 3, false),
    ("CancelLocationRequestTest:80", 2, 2, 3, false),
    ("PurgeMSRequestTest:50", 27, 2, 67, false),
    ("PurgeMSRequestTest:54", 27, 3, 67, false),
    ("RestoreDataRequestTest:52", 1, 3, 57, false),
    ("RestoreDataResponseTest:48", 1, 3, 57, true),
    ("CheckImeiRequestTest:52", 13, 2, 43, false),
    ("CheckImeiRequestTest:57", 13, 3, 43, false),
    ("SendIdentificationResponseTest:62", 15, 2, 55, true),
    ("AuthenticationFailureReportRequestTest:52", 39, 3, 15, false),
    ("DeleteSubscriberDataRequestTest:65", 16, 3, 8, false),
    ("InsertSubscriberDataRequestTest", 16, 3, 7, false),
    ("ActivateTraceModeRequestTest:75", 17, 3, 50, false),
    ("SendImsiRequestTest:46", 26, 2, 58, false),
    ("SendImsiResponseTest:44", 26, 2, 58, true),
    ("ProvideSubscriberInfoRequestTest:49", 28, 3, 70, false),
    ("AnyTimeInterrogationRequestTest:52", 29, 3, 71, false),
    ("AnyTimeInterrogationResponseTest:69", 29, 3, 71, true),
    ("SendRoutingInfoForLCSRequestTest:76", 37, 3, 85, false),
    ("SendRoutingInfoForLCSResponseTest:82", 37, 3, 85, true),
    ("ProvideSubscriberLocationRequestTest:120", 38, 3, 83, false),
    ("ProvideSubscriberLocationResponseTest:85", 38, 3, 83, true),
    ("SendRoutingInformationResponseTest:151", 5, 3, 22, true),
    ("SendRoutingInformationResponseTest:147", 5, 2, 22, true),
    ("ProvideRoamingNumberResponseTest:77", 3, 3, 4, true),
    ("ProvideRoamingNumberResponseTest:83", 3, 2, 4, true),
    ("AlertServiceCentreRequestTest:51", 23, 2, 64, false),
    ("ResetRequestTest:50", 10, 2, 37, false),
];

#[test]
fn parameters_of_another_implementation_say_something_and_fit_their_types() {
    let Some(vectors) = components::vectors("jss7_map.txt") else { return };
    let mut seen = 0;
    for (bytes, origin) in &vectors {
        let Some((name, number, version, code, is_result)) =
            VECTORS.iter().find(|(name, ..)| origin.contains(&format!("{name} ")) || origin.ends_with(name))
        else {
            continue;
        };
        let component = if *is_result { result(1, *code, bytes) } else { invoke(1, *code, bytes) };
        let row = row(&begin(&[1], &[context(*number, *version, None), portion(&[component])]));
        let says = row.exposes != 0 || !row.home.is_empty() || !row.forwarded.is_empty();
        assert!(says, "{name} says nothing");
        let strict = [Anomaly::MapVersionMismatch, Anomaly::BerUnknownElement, Anomaly::BerElementOrder, Anomaly::MapIdentityMissing];
        assert!(!row.anomalies.iter().any(|anomaly| strict.contains(anomaly)), "{name}: {:?}", row.anomalies);
        seen += 1;
    }
    assert!(seen >= VECTORS.len() - 1, "{seen} of {}", VECTORS.len());
}

#[test]
fn any_parameter_under_any_operation_gives_a_row_and_no_panic() {
    let Some(vectors) = components::vectors("jss7_map.txt") else { return };
    for (bytes, _) in &vectors {
        for code in (0..128).step_by(7).chain([2, 7, 22, 44, 45, 46, 56, 70, 71, 83]) {
            for message in [map(1, 3, code, bytes), begin(&[1], &[context(1, 3, None), portion(&[result(1, code, bytes)])])] {
                assert_eq!(decode(&message).rows.len(), 1);
            }
        }
    }
}
