//! Whole captures, built by hand, through every layer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test stops at its first fault")]

mod wire;

use signalling::file::{FileError, Packet};
use signalling::gap::Gap;
use signalling::message::Message;
use signalling::pipeline::{Decoder, Options};
use signalling::sink::{Sink, Tunnel};
use wire::{data, ethernet, ipv4, m3ua, pcap, sctp, tcp, udp, udt, watchdog};

/// Rows as words: `frame.index protocol anomalies`; gaps as `frame protocol:reason:length`.
#[derive(Default)]
struct Words(Vec<String>);

impl Sink for Words {
    fn message(&mut self, message: &Message<'_>) {
        let mut word = format!("{}.{} {}", message.frame, message.index, message.protocol.name());
        for anomaly in
            message.anomalies.iter().filter(|one| one.name().contains("ip_") || one.name().contains("tcp_") || one.name().contains("sctp_"))
        {
            word = format!("{word} {}", anomaly.name());
        }
        self.0.push(word);
    }

    fn gap(&mut self, gap: Gap) {
        self.0.push(format!("{} {}:{}:{}", gap.frame, gap.protocol.name(), gap.reason.name(), gap.length));
    }

    fn tunnel(&mut self, tunnel: Tunnel) {
        self.0.push(format!("{} tunnel {}", tunnel.first_frame, tunnel.packets));
    }
}

fn decode_with(options: &Options, file: &[u8]) -> Vec<String> {
    let (mut words, mut decoder) = (Words::default(), Decoder::new(options));
    decoder.push(file, &mut words).unwrap();
    decoder.finish(&mut words).unwrap();
    words.0
}

fn decode(packets: &[Vec<u8>]) -> Vec<String> {
    decode_with(&Options::default(), &pcap(1, packets))
}

fn packet(protocol: u8, payload: &[u8]) -> Vec<u8> {
    ethernet(&ipv4(protocol, payload))
}

fn diameter_packet() -> Vec<u8> {
    ipv4(132, &sctp(3868, 3868, 7, &data(3, 1, 46, &watchdog(1))))
}

#[test]
fn mirrors_and_tunnels_are_opened_as_deep_as_the_budget_goes() {
    let inner = diameter_packet();
    for outer in [
        packet(17, &udp(40_000, 4789, &[&[8, 0, 0, 0, 0, 0, 7, 0][..], &ethernet(&inner)].concat())),
        packet(17, &udp(40_000, 6081, &[&[0, 0, 0x65, 0x58, 0, 0, 7, 0][..], &ethernet(&inner)].concat())),
        packet(47, &[&[0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 0, 0, 0, 0, 0, 0, 0][..], &ethernet(&inner)].concat()),
        packet(4, &ipv4(4, &ipv4(4, &inner))),
        packet(17, &udp(9899, 40_000, &inner[20..])),
    ] {
        assert_eq!(decode(&[outer]), ["1.0 diameter"]);
    }
    let mut deep = inner;
    for _ in 0..8 {
        deep = ipv4(4, &deep);
    }
    assert_eq!(decode(&[ethernet(&deep)]), ["1 ip:too_deep:180"]);
}

#[test]
fn encrypted_traffic_is_a_gap() {
    assert_eq!(decode(&[packet(50, &[1; 40])]), ["1 ip:encrypted:40"]);
    assert_eq!(decode(&[packet(6, &tcp(40_000, 5868, 1, 24, &[9; 10]))]), ["1 diameter:encrypted:10"]);
    assert_eq!(decode(&[packet(6, &tcp(40_000, 5868, 1, 2, b""))]), Vec::<String>::new());
    assert_eq!(decode(&[packet(132, &sctp(1, 2, 7, &data(3, 1, 47, &[9; 10])))]), ["1 diameter:encrypted:10"]);
    let send = |sequence, payload: &[u8]| packet(6, &tcp(40_000, 3868, sequence, 24, payload));
    let opened = packet(6, &tcp(40_000, 3868, 0, 2, b""));
    let handshake = [&[22, 3, 1, 0, 90][..], &[9; 20]].concat();
    let rows = decode(&[opened, send(1, &handshake), send(26, &[9; 40]), send(66, &watchdog(1))]);
    assert_eq!(rows, ["2 diameter:encrypted:25", "3 diameter:encrypted:40", "4.0 diameter"]);
}

#[test]
fn an_identifier_that_is_not_the_contents_is_told() {
    let identified = |payload_protocol| decode(&[packet(132, &sctp(9, 9, 7, &data(3, 1, payload_protocol, &watchdog(1))))]);
    assert_eq!(identified(46), ["1.0 diameter"]);
    assert_eq!(identified(0), ["1.0 diameter"]);
    assert_eq!(identified(3), ["1.0 diameter sctp_ppid_mismatch"]);
    assert_eq!(identified(46 << 24), ["1.0 diameter sctp_ppid_mismatch"]);
    assert_eq!(identified(99), ["1.0 diameter sctp_ppid_mismatch"]);
    assert_eq!(decode(&[packet(132, &sctp(9, 9, 7, &data(3, 1, 18, b"S1AP")))]), ["1 sctp:unsupported:4"]);
}

#[test]
fn messages_of_one_frame_are_numbered() {
    let chunks = [data(3, 1, 46, &watchdog(1)), data(3, 2, 46, &[watchdog(2), watchdog(3)].concat())].concat();
    let packets = [packet(132, &sctp(3868, 3868, 7, &chunks)), packet(132, &sctp(3868, 3868, 7, &data(3, 3, 46, &watchdog(4))))];
    assert_eq!(decode(&packets), ["1.0 diameter", "1.1 diameter", "1.2 diameter", "2.0 diameter"]);
}

#[test]
fn streams_are_recognised_on_any_port_and_resynchronised() {
    let message = watchdog(1);
    let length = u32::try_from(message.len()).unwrap();
    let send = |port, sequence, payload: &[u8]| packet(6, &tcp(40_000, port, sequence, 24, payload));
    assert_eq!(decode(&[send(9, 1, &message), send(9, 1 + length, &message)]), ["1.0 diameter", "2.0 diameter"]);
    let options = Options { recognise: false, ..Options::default() };
    assert_eq!(decode_with(&options, &pcap(1, &[send(9, 1, &message)])), Vec::<String>::new());
    let middle = [&message[20..], &message].concat();
    let lost = length - 20;
    assert_eq!(decode(&[send(3868, 1, &middle)]), [format!("1 diameter:missing_bytes:{lost}"), "1.0 diameter".into()]);
    let damaged = [packet(6, &tcp(40_000, 3868, 0, 2, b"")), send(3868, 1, &[&message[..], b"??????", &message].concat())];
    assert_eq!(decode(&damaged), ["2.0 diameter", "2 diameter:not_this_protocol:6", "2.1 diameter"]);
}

#[test]
fn a_message_behind_lost_bytes_keeps_its_own_frame_and_ends() {
    struct Ends(Vec<(u64, i64, Option<u16>, Option<u16>)>);
    impl Sink for Ends {
        fn message(&mut self, message: &Message<'_>) {
            self.0.push((message.frame, message.observed_at % 1_000_000, message.source_port, message.destination_port));
        }
        fn gap(&mut self, _gap: Gap) {}
        fn tunnel(&mut self, _tunnel: Tunnel) {}
    }
    let message = watchdog(1);
    let mut answer = packet(6, &tcp(3868, 40_000, 1, 24, &message));
    answer[14 + 20 + 8..14 + 20 + 12].copy_from_slice(&9_000_u32.to_be_bytes());
    answer[26..34].copy_from_slice(&[198, 51, 100, 2, 192, 0, 2, 1]);
    let file = [
        packet(6, &tcp(40_000, 3868, 1, 24, &message)),
        packet(6, &tcp(40_000, 3868, 1_001, 24, &message)),
        packet(17, &udp(53, 53, b"")),
        packet(17, &udp(53, 53, b"")),
        answer,
    ];
    let (mut ends, mut decoder) = (Ends(Vec::new()), Decoder::new(&Options::default()));
    decoder.push(&pcap(1, &file), &mut ends).unwrap();
    decoder.finish(&mut ends).unwrap();
    let (there, back) = ((Some(40_000), Some(3868)), (Some(3868), Some(40_000)));
    assert_eq!(ends.0, [(1, 0, there.0, there.1), (5, 4_000, back.0, back.1), (2, 1_000, there.0, there.1)]);
}

#[test]
fn fragments_of_ip_and_of_sctp_make_one_message() {
    let whole = diameter_packet();
    let mut first = ipv4(132, &whole[20..60]);
    first[6] = 0x20;
    let mut second = ipv4(132, &whole[52..]);
    (second[6], second[7]) = (0, 4);
    assert_eq!(decode(&[ethernet(&first), ethernet(&second)]), ["2.0 diameter ip_fragment_overlap"]);
    let message = watchdog(1);
    let parts = [data(2, 1, 46, &message[..30]), data(0, 2, 46, &message[30..60]), data(1, 3, 46, &message[60..])];
    let packets: Vec<_> = parts.iter().rev().map(|part| packet(132, &sctp(3868, 3868, 7, part))).collect();
    assert_eq!(decode(&packets), ["3.0 diameter"]);
}

#[test]
fn what_never_became_whole_is_told_at_the_end() {
    let mut fragment = ipv4(132, &[1; 16]);
    fragment[6] = 0x20;
    let message = watchdog(1);
    let packets = [
        ethernet(&fragment),
        packet(132, &sctp(3868, 3868, 7, &data(2, 1, 46, &message[..30]))),
        packet(6, &tcp(40_000, 3868, 0, 2, b"")),
        packet(6, &tcp(40_000, 3868, 1, 24, &message[..40])),
    ];
    let expected = ["1 ip:reassembly_incomplete:16", "4 tcp:reassembly_incomplete:40", "2 sctp:reassembly_incomplete:30"];
    assert_eq!(decode(&packets), expected);
}

#[test]
fn links_without_ip_carry_signalling_too() {
    let unit = udt(&[0x62, 4, 0x48, 2, 1, 1]);
    let mtp3 = [&[0x83, 0x01, 0x44, 0x80, 0x50][..], &unit].concat();
    let mtp2 = [&[0x80, 0x80, u8::try_from(mtp3.len()).unwrap()][..], &mtp3].concat();
    let pseudo = [&[0, 0, 0, 1][..], &mtp2].concat();
    let whole = decode(&[packet(132, &sctp(2905, 2905, 7, &data(3, 1, 3, &m3ua(3, &unit))))]);
    assert_eq!(whole.len(), 1);
    for (link_type, bytes) in [(142, unit), (141, mtp3), (140, mtp2), (139, pseudo)] {
        assert_eq!(decode_with(&Options::default(), &pcap(link_type, &[bytes])), whole, "link type {link_type}");
    }
}

#[test]
fn files_follow_each_other_with_frames_numbered_on() {
    let message = watchdog(1);
    let file = pcap(1, &[packet(132, &sctp(3868, 3868, 7, &data(2, 1, 46, &message[..30])))]);
    let next = pcap(1, &[packet(132, &sctp(3868, 3868, 7, &data(1, 2, 46, &message[30..])))]);
    let (mut words, mut decoder) = (Words::default(), Decoder::new(&Options::default()));
    decoder.push(&file, &mut words).unwrap();
    decoder.next_file(&mut words).unwrap();
    decoder.push(&next, &mut words).unwrap();
    decoder.finish(&mut words).unwrap();
    assert_eq!(words.0, ["2.0 diameter"]);
    assert_eq!((decoder.counts().frames, decoder.counts().messages), (2, 1));
}

#[test]
fn packets_may_come_without_a_file() {
    let bytes = ethernet(&diameter_packet());
    let (mut words, mut decoder) = (Words::default(), Decoder::new(&Options::default()));
    let packet = Packet { frame: 1, observed_at: 5, link_type: 1, original_length: 900, bytes: &bytes, gap: None };
    decoder.packet(&packet, &mut words);
    decoder.packet(&Packet { frame: 2, observed_at: -5_000_000, bytes: &bytes[..13], ..packet }, &mut words);
    decoder.finish(&mut words).unwrap();
    assert_eq!(words.0, ["1.0 diameter", "2 link:truncated:13"]);
    let counts = decoder.counts();
    assert_eq!((counts.frames, counts.bytes, counts.cut_frames, counts.clock_steps), (2, 1_800, 2, 1));
    assert_eq!((counts.first_at, counts.last_at, counts.messages, counts.gaps), (Some(-5_000_000), Some(5), 1, 1));
}

#[test]
fn what_is_no_capture_is_an_error() {
    let (mut words, mut decoder) = (Words::default(), Decoder::new(&Options::default()));
    assert_eq!(decoder.finish(&mut words), Err(FileError::Empty));
    let mut decoder = Decoder::new(&Options::default());
    assert_eq!(decoder.push(b"text", &mut words), Err(FileError::NotACapture { found: *b"text" }));
    assert_eq!(decoder.finish(&mut words), Err(FileError::NotACapture { found: *b"text" }));
}

/// A generator of numbers, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

/// Packets of every kind this crate reads.
fn zoo() -> Vec<Vec<u8>> {
    let mut packets = vec![
        packet(17, &udp(40_000, 4789, &[&[8, 0, 0, 0, 0, 0, 7, 0][..], &ethernet(&diameter_packet())].concat())),
        packet(17, &udp(40_000, 6081, &[&[0, 0, 0x65, 0x58, 0, 0, 7, 0][..], &ethernet(&diameter_packet())].concat())),
        packet(47, &[&[0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 0, 0, 0, 0, 0, 0, 0][..], &ethernet(&diameter_packet())].concat()),
        packet(17, &udp(9899, 9899, &sctp(2905, 2905, 9, &data(3, 1, 3, &m3ua(3, &udt(&[0x62, 4, 0x48, 2, 1, 1])))))),
        packet(
            132,
            &sctp(
                2905,
                2905,
                9,
                &[data(2, 2, 3, &m3ua(3, &udt(&[0x62; 40]))[..30]), data(1, 3, 3, &m3ua(3, &udt(&[0x62; 40]))[30..])].concat(),
            ),
        ),
        packet(132, &sctp(3868, 3868, 8, &data(3, 1, 0, &[watchdog(1), watchdog(2)].concat()))),
        packet(6, &tcp(40_000, 3868, 99, 2, b"")),
        packet(17, &udp(2123, 2123, &[0x48, 1, 0, 9, 0, 0, 0, 0, 0, 0, 1, 0, 3, 0, 1, 0, 5])),
        packet(17, &udp(2152, 2152, &[0x30, 255, 0, 4, 0, 0, 0, 1, 0x45, 0, 0, 4])),
        packet(17, &udp(8805, 8805, &[0x20, 1, 0, 4, 0, 0, 1, 0])),
        packet(6, &tcp(40_001, 7777, 1, 24, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0")),
    ];
    let stream = [watchdog(1), watchdog(2), watchdog(3)].concat();
    let segments = stream
        .chunks(50)
        .enumerate()
        .map(|(index, part)| packet(6, &tcp(40_000, 3868, u32::try_from(100 + index * 50).unwrap(), 24, part)));
    packets.extend(segments);
    let whole = diameter_packet();
    let mut first = ipv4(132, &whole[20..60]);
    first[6] = 0x20;
    let mut second = ipv4(132, &whole[60..]);
    second[7] = 5;
    packets.extend([ethernet(&first), ethernet(&second)]);
    packets
}

#[test]
fn any_bytes_give_rows_and_gaps_and_any_chunking_the_same() {
    let mut numbers = Numbers(7);
    let file = pcap(1, &zoo());
    for _ in 0..3_000 {
        let mut bytes = file.clone();
        for _ in 0..=numbers.next(6) {
            let place = 24 + numbers.next(bytes.len() - 24);
            bytes[place] = [0, 0xff, 0x80, 1, u8::try_from(numbers.next(256)).unwrap()][numbers.next(5)];
        }
        if numbers.next(4) == 0 {
            bytes.truncate(24 + numbers.next(bytes.len() - 24));
        }
        let whole = decode_with(&Options::default(), &bytes);
        let (mut words, mut decoder) = (Words::default(), Decoder::new(&Options::default()));
        for chunk in bytes.chunks(1 + numbers.next(200)) {
            decoder.push(chunk, &mut words).unwrap();
        }
        decoder.finish(&mut words).unwrap();
        assert_eq!(words.0, whole);
    }
}
