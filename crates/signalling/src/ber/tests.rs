//! Every way to write an element, and what a reading costs.

use super::*;

fn first(bytes: &[u8]) -> (Option<Element<'_>>, Reading) {
    let mut reading = Reading::default();
    let element = Elements::new(bytes).next(&mut reading);
    (element, reading)
}

fn shown(reading: &Reading) -> Vec<Anomaly> {
    reading.anomalies.iter().collect()
}

#[test]
fn every_way_to_write_one_element_gives_the_same_tag_and_content() {
    let ways: [(&[u8], &[Anomaly]); 6] = [
        (&[0x80, 0x02, 0x13, 0x32], &[]),
        (&[0x9f, 0x00, 0x02, 0x13, 0x32], &[Anomaly::BerHighTagForm]),
        (&[0x9f, 0x80, 0x00, 0x02, 0x13, 0x32], &[Anomaly::BerHighTagForm]),
        (&[0x80, 0x81, 0x02, 0x13, 0x32], &[Anomaly::BerNonMinimalLength]),
        (&[0x80, 0x82, 0x00, 0x02, 0x13, 0x32], &[Anomaly::BerNonMinimalLength]),
        (&[0x9f, 0x00, 0x83, 0x00, 0x00, 0x02, 0x13, 0x32], &[Anomaly::BerHighTagForm, Anomaly::BerNonMinimalLength]),
    ];
    for (bytes, anomalies) in ways {
        let (element, reading) = first(bytes);
        assert_eq!(element.map(|element| (element.tag, element.content)), Some((Tag::context(0), &[0x13, 0x32][..])));
        assert_eq!(shown(&reading), anomalies);
        assert_eq!(reading.fault, None);
    }
}

#[test]
fn thirty_is_the_last_number_of_the_low_form() {
    let (element, reading) = first(&[0x9f, 0x1e, 0x01, 0x07]);
    assert_eq!(element.map(|element| element.tag), Some(Tag::context(30)));
    assert_eq!(shown(&reading), [Anomaly::BerHighTagForm]);
    assert!(first(&[0x9f, 0x1f, 0x01, 0x07]).1.anomalies.is_empty());
}

#[test]
fn a_tag_number_above_thirty_in_the_high_form_is_no_anomaly() {
    let (element, reading) = first(&[0x9f, 0x32, 0x01, 0x07]);
    assert_eq!(element.map(|element| element.tag), Some(Tag::context(50)));
    assert!(reading.anomalies.is_empty());
}

#[test]
fn an_indefinite_length_ends_at_its_own_end_of_contents() {
    let bytes = [0x30, 0x80, 0x30, 0x80, 0x04, 0x01, 0x00, 0x00, 0x00, 0x02, 0x01, 0x05, 0x00, 0x00, 0x04, 0x00];
    let mut reading = Reading::default();
    let mut elements = Elements::new(&bytes);
    let outer = elements.next(&mut reading).map(|element| element.content.len());
    assert_eq!(outer, Some(10));
    assert_eq!(elements.next(&mut reading).map(|element| element.tag), Some(Tag::OCTETS));
    assert!(elements.next(&mut reading).is_none());
    assert_eq!(shown(&reading), [Anomaly::BerIndefiniteLength]);
}

#[test]
fn a_string_in_parts_is_put_together() {
    let (element, mut reading) = first(&[0xa0, 0x06, 0x04, 0x01, 0x13, 0x04, 0x01, 0x32]);
    let joined = element.and_then(|element| Joined::new(element, &mut reading));
    assert_eq!(joined.map(|joined| joined.as_bytes().to_vec()), Some(vec![0x13, 0x32]));
    assert_eq!(shown(&reading), [Anomaly::BerConstructedString]);
}

#[test]
fn an_element_that_runs_past_its_bytes_is_marked_and_told() {
    let (element, reading) = first(&[0x04, 0x05, 0x01]);
    assert_eq!(element.map(|element| (element.complete, element.content)), Some((false, &[0x01][..])));
    assert_eq!(reading.fault, Some(Reason::Truncated));
}

#[test]
fn integers_keep_their_value_in_any_length() {
    let ways: [(&[u8], Option<i64>, bool); 7] = [
        (&[0x02, 0x01, 0x46], Some(70), false),
        (&[0x02, 0x02, 0x00, 0x46], Some(70), true),
        (&[0x02, 0x04, 0x00, 0x00, 0x00, 0x46], Some(70), true),
        (&[0x02, 0x01, 0xff], Some(-1), false),
        (&[0x02, 0x02, 0x00, 0xff], Some(255), false),
        (&[0x02, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7], Some(7), true),
        (&[0x02, 0x00], None, false),
    ];
    for (bytes, value, padded) in ways {
        let (element, mut reading) = first(bytes);
        assert_eq!(element.and_then(|element| integer(element, &mut reading)), value);
        assert_eq!(shown(&reading).contains(&Anomaly::BerNonMinimalInteger), padded);
    }
}

#[test]
fn nesting_and_number_of_elements_have_a_budget() {
    let deep: Vec<u8> = [0x30, 0x80].repeat(20_000);
    assert_eq!(first(&deep).1.fault, Some(Reason::TooDeep));
    let many: Vec<u8> = [0x05, 0x00].repeat(20_000);
    let mut reading = Reading::default();
    let mut elements = Elements::new(&many);
    while elements.next(&mut reading).is_some() {}
    assert_eq!(reading.fault, Some(Reason::TooManyElements));
}

#[test]
fn object_identifiers_become_arcs() {
    let (arcs, count) = object(&[0x04, 0x00, 0x00, 0x01, 0x00, 0x0e, 0x03]);
    assert_eq!(arcs.get(..usize::from(count)), Some(&[0, 4, 0, 0, 1, 0, 14, 3][..]));
    let (arcs, count) = object(&[0x00, 0x11, 0x86, 0x05, 0x01, 0x01, 0x01]);
    assert_eq!(arcs.get(..usize::from(count)), Some(&[0, 0, 17, 773, 1, 1, 1][..]));
}
