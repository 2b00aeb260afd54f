//! Global titles and party addresses, octet by octet.

use super::*;

fn read(bytes: &[u8], party: Party) -> (PartyAddress, Vec<Anomaly>) {
    let mut anomalies = Anomalies::default();
    (address(bytes, party, None, &mut anomalies), anomalies.iter().collect())
}

fn called(bytes: &[u8]) -> (PartyAddress, Vec<Anomaly>) {
    read(bytes, Party::Called)
}

#[test]
fn every_title_indicator_gives_its_parts() {
    let title = |bytes| {
        let (address, anomalies) = called(bytes);
        assert!(anomalies.is_empty(), "{anomalies:?}");
        let text = String::from_utf8_lossy(address.global_title.as_bytes()).into_owned();
        (address.translation_type, address.numbering_plan, address.nature_of_address, text)
    };
    assert_eq!(title(&[0x06, 6, 0x04, 0x99, 0x09]), (None, None, Some(4), "9990".into()));
    assert_eq!(title(&[0x06, 6, 0x84, 0x99, 0x09]), (None, None, Some(4), "999".into()));
    assert_eq!(title(&[0x0a, 6, 0x00, 0x99, 0xf9]), (Some(0), None, None, "999".into()));
    assert_eq!(title(&[0x0e, 6, 0x00, 0x62, 0x00, 0x11]), (Some(0), Some(6), None, "0011".into()));
    assert_eq!(title(&[0x12, 6, 0x00, 0x11, 0x04, 0x99, 0x09]), (Some(0), Some(1), Some(4), "999".into()));
}

#[test]
fn the_point_code_has_the_width_that_fits() {
    assert_eq!(called(&[0x43, 0x64, 0x00, 8]).0.point_code, Some(100));
    assert_eq!(
        called(&[0x43, 3, 2, 1, 8]).0,
        PartyAddress { point_code: Some(0x01_0203), subsystem_number: Some(8), ..PartyAddress::default() }
    );
    let (china, anomalies) = called(&[0x13, 3, 2, 1, 8, 0, 0x12, 4, 0x99, 0x19]);
    assert_eq!((china.point_code, china.subsystem_number, china.global_title.len()), (Some(0x01_0203), Some(8), 4));
    assert!(anomalies.is_empty());
}

#[test]
fn the_national_bit_turns_the_order_round() {
    let (ansi, anomalies) = called(&[0xc3, 8, 3, 2, 1]);
    assert_eq!((ansi.subsystem_number, ansi.point_code), (Some(8), Some(0x01_0203)));
    assert!(anomalies.is_empty());
    let (ansi, _) = called(&[0x85, 6, 0x0e, 0x62, 0x00, 0x11]);
    assert_eq!((ansi.subsystem_number, ansi.translation_type, ansi.numbering_plan), (Some(6), Some(14), Some(6)));
    assert_eq!(ansi.global_title.as_bytes(), b"0011");
    // Title indicator 4 is none of ANSI's: an ITU address with the reserved bit set.
    let (itu, _) = called(&[0x92, 6, 0x00, 0x11, 0x04, 0x99, 0x09]);
    assert_eq!((itu.subsystem_number, itu.nature_of_address), (Some(6), Some(4)));
}

#[test]
fn digits_against_their_scheme_are_kept_and_told() {
    let title = |bytes| called(bytes).0.global_title;
    let odd = [0x12, 6, 0, 0x11, 4, 0x99, 0x59];
    assert_eq!((title(&odd).as_bytes(), called(&odd).1), (&b"999"[..], vec![Anomaly::SccpOddEvenMismatch]));
    let even = [0x12, 6, 0, 0x12, 4, 0x99, 0xf9];
    assert_eq!((title(&even).as_bytes(), called(&even).1), (&b"999"[..], vec![Anomaly::SccpOddEvenMismatch]));
    let hexadecimal = [0x12, 6, 0, 0x12, 4, 0xa9, 0x9f];
    assert_eq!((title(&hexadecimal).as_bytes(), called(&hexadecimal).1), (&b"9AF9"[..], vec![Anomaly::SccpHexDigits]));
    let long = [&[0x12, 6, 0, 0x12, 4][..], &[0x99; 20]].concat();
    assert_eq!((title(&long).len(), called(&long).1), (32, vec![Anomaly::SccpLongGlobalTitle]));
}

#[test]
fn contradictions_are_told() {
    assert_eq!(called(&[0x52, 6, 0, 0x12, 4, 0x99]).1, [Anomaly::SccpRoutingContradiction]);
    assert_eq!(called(&[0x02, 6]).1, [Anomaly::SccpRoutingContradiction]);
    assert_eq!(called(&[0x41, 1, 0]).1, [Anomaly::SccpMissingSubsystem]);
    assert_eq!(called(&[0x42, 0]).1, [Anomaly::SccpMissingSubsystem]);
    assert_eq!(called(&[0x10, 0, 0x12, 4, 0x99]).1, [Anomaly::SccpSubsystemUnknown]);
    assert_eq!(called(&[0x42, 20]).1, [Anomaly::SccpReservedSubsystem]);
    assert_eq!(called(&[0x12, 6, 0, 0x12, 9, 0x99]).1, [Anomaly::SccpUnknownNature]);
    assert_eq!(called(&[0x12, 6, 0, 0x92, 4, 0x99]).1, [Anomaly::SccpUnknownPlan]);
    assert_eq!(called(&[0x16, 6, 0, 0x12]).1, [Anomaly::SccpUnknownIndicator]);
    assert_eq!(called(&[0x42, 6, 1]).1, [Anomaly::SccpAddressTrailing]);
    assert_eq!(called(&[0x12, 6, 0]).1, [Anomaly::SccpAddressTruncated]);
    assert_eq!(called(&[]).1, [Anomaly::SccpAddressTruncated]);
}

#[test]
fn a_caller_may_withhold_its_address() {
    assert_eq!(read(&[0], Party::Calling), (PartyAddress::default(), vec![]));
    assert_eq!(read(&[0, 1], Party::Calling).1, [Anomaly::SccpAddressTrailing]);
}
