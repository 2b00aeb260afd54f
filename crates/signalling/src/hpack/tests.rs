//! HPACK against the examples of RFC 7541 appendix C, and what breaks it.

use super::*;

fn read(decoder: &mut Decoder, block: &[u8]) -> (Vec<String>, Faults) {
    let mut fields = Vec::new();
    let faults = decoder.decode(block, |name, value| fields.push(format!("{}: {}", name.escape_ascii(), value.escape_ascii())));
    (fields, faults)
}

/// RFC 7541 appendix C.4: three requests on one connection.
const FIRST: &[u8] = &[0x82, 0x86, 0x84, 0x41, 0x8c, 0xf1, 0xe3, 0xc2, 0xe5, 0xf2, 0x3a, 0x6b, 0xa0, 0xab, 0x90, 0xf4, 0xff];
const SECOND: &[u8] = &[0x82, 0x86, 0x84, 0xbe, 0x58, 0x86, 0xa8, 0xeb, 0x10, 0x64, 0x9c, 0xbf];
const THIRD: &[u8] = &[
    0x82, 0x87, 0x85, 0xbf, 0x40, 0x88, 0x25, 0xa8, 0x49, 0xe9, 0x5b, 0xa9, 0x7d, 0x7f, 0x89, 0x25, 0xa8, 0x49, 0xe9, 0x5b, 0xb8, 0xe8,
    0xb4, 0xbf,
];

#[test]
fn the_requests_of_the_standard_are_read() {
    let mut decoder = Decoder::new(true);
    let head = [":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"];
    assert_eq!(read(&mut decoder, FIRST), (head.map(String::from).to_vec(), Faults::default()));
    let (fields, _) = read(&mut decoder, SECOND);
    assert_eq!(fields.last().map(String::as_str), Some("cache-control: no-cache"));
    let (fields, faults) = read(&mut decoder, THIRD);
    assert_eq!(fields, [":method: GET", ":scheme: https", ":path: /index.html", ":authority: www.example.com", "custom-key: custom-value"]);
    assert_eq!((faults, decoder.size), (Faults::default(), 164));
}

#[test]
fn an_eviction_follows_the_size_that_was_agreed() {
    let mut decoder = Decoder::new(true);
    decoder.allow(64);
    read(&mut decoder, FIRST);
    assert_eq!(decoder.size, 57);
    let (fields, faults) = read(&mut decoder, SECOND);
    assert_eq!((fields.len(), faults, decoder.entries.len()), (5, Faults::default(), 1));
    let (_, faults) = read(&mut decoder, THIRD);
    assert!(faults.is_malformed);
}

#[test]
fn from_the_middle_unknown_entries_are_told_and_the_rest_is_read() {
    let mut decoder = Decoder::new(false);
    let (fields, faults) = read(&mut decoder, SECOND);
    assert_eq!(fields, [":method: GET", ":scheme: http", ":path: /", "cache-control: no-cache"]);
    assert_eq!(faults, Faults { is_unknown: true, ..Faults::default() });
    let (fields, faults) = read(&mut decoder, &[0xbe]);
    assert_eq!((fields.len(), faults), (1, Faults::default()));
    let (fields, faults) = read(&mut decoder, &[0x7f, 0x20, 1, b'x', 0xbe]);
    assert_eq!((fields.len(), faults.is_unknown, faults.is_malformed), (0, true, false));
}

#[test]
fn what_is_malformed_ends_the_block_and_never_the_process() {
    for block in [&[0x80][..], &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff], &[0x40, 0], &[0x40, 0x85, 0x1f], &[0x3f, 0xff, 0xff, 0x7f], &[0xc0]] {
        assert!(read(&mut Decoder::new(true), block).1.is_malformed, "{block:x?}");
    }
    let endless = vec![0x82; 5_000];
    let (fields, faults) = read(&mut Decoder::new(true), &endless);
    assert_eq!((fields.len(), faults.is_endless), (1_024, true));
}

#[test]
fn the_table_stays_within_its_budget() {
    let mut decoder = Decoder::new(true);
    decoder.allow(u32::MAX);
    read(&mut decoder, &[0x3f, 0xe1, 0xff, 0x03]);
    for _ in 0..200 {
        let block = [&[0x40, 1, b'n', 0x7f, 0x81, 0x01][..], &[b'v'; 256]].concat();
        assert_eq!(read(&mut decoder, &block).1, Faults::default());
    }
    assert!(decoder.held() <= MAX_TABLE + 4_096);
}
