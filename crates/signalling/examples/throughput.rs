//! How fast captures become rows, on one core: `cargo run --release -p signalling --example throughput [packets]`.
//!
//! The capture is made in memory, with fictional identities (MCC 001), so that only decoding is measured.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a bench"
)]

#[path = "../tests/dictionary/mod.rs"]
mod dictionary;

use std::sync::OnceLock;
use std::time::Instant;

use signalling::anomaly::Anomalies;
use signalling::file::{FileReader, Packet};
use signalling::gap::Gap;
use signalling::ip::Fragments;
use signalling::link::{self, Payload};
use signalling::message::Message;
use signalling::pipeline::{Decoder, Options};
use signalling::sctp::{self, Associations, UserMessage};
use signalling::sink::{Sink, Tunnel};
use signalling::tcp::{self, Stream, Streams, Taken};

#[derive(Default)]
struct Count {
    messages: u64,
    gaps: u64,
}

impl Sink for Count {
    fn message(&mut self, message: &Message<'_>) {
        self.messages += u64::from(message.frame > 0);
    }

    fn gap(&mut self, _gap: Gap) {
        self.gaps += 1;
    }

    fn tunnel(&mut self, _tunnel: Tunnel) {}
}

fn be16(value: usize) -> [u8; 2] {
    u16::try_from(value).unwrap().to_be_bytes()
}

fn frame(protocol: u8, is_answer: bool, payload: &[u8]) -> Vec<u8> {
    let total = be16(20 + payload.len());
    let header = [0x45, 0, total[0], total[1], 0, 1, 0x40, 0, 64, protocol, 0, 0];
    let (asks, answers) = ([192, 0, 2, 1], [198, 51, 100, 2]);
    let (source, destination) = if is_answer { (answers, asks) } else { (asks, answers) };
    [&[2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0][..], &header, &source, &destination, payload].concat()
}

fn udp(port: u16, is_answer: bool, payload: &[u8]) -> Vec<u8> {
    let port = port.to_be_bytes();
    frame(17, is_answer, &[&port[..], &port, &be16(8 + payload.len()), &[0, 0], payload].concat())
}

/// One packet a chunk.
fn sctp(port: u16, ppid: u8, first_tsn: u32, is_answer: bool, flags_and_payloads: &[(u8, &[u8])]) -> Vec<Vec<u8>> {
    let port = port.to_be_bytes();
    let mut tsn = first_tsn;
    let mut packets = Vec::new();
    for (flags, payload) in flags_and_payloads {
        let length = be16(16 + payload.len());
        let mut bytes = [
            &port[..],
            &port,
            &[0, 0, 1, u8::from(is_answer), 0, 0, 0, 0],
            &[0, *flags, length[0], length[1]],
            &tsn.to_be_bytes(),
            &[0, 1, 0, 0, 0, 0, 0, ppid],
            payload,
        ]
        .concat();
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        packets.push(frame(132, is_answer, &bytes));
        tsn = tsn.wrapping_add(1);
    }
    packets
}

fn tcp(sequence: u32, is_answer: bool, payload: &[u8]) -> Vec<u8> {
    let (port, other) = (3868_u16.to_be_bytes(), 40_000_u16.to_be_bytes());
    let (from, to) = if is_answer { (port, other) } else { (other, port) };
    frame(6, is_answer, &[&from[..], &to, &sequence.to_be_bytes(), &[0; 4], &[0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0], payload].concat())
}

fn avp(code: u32, vendor: u32, value: &[u8]) -> Vec<u8> {
    let header = if vendor == 0 { 8 } else { 12 };
    let length = u32::try_from(header + value.len()).unwrap().to_be_bytes();
    let flags = if vendor == 0 { 0x40 } else { 0xc0 };
    let mut bytes = [&code.to_be_bytes()[..], &[flags, length[1], length[2], length[3]]].concat();
    if vendor != 0 {
        bytes.extend(vendor.to_be_bytes());
    }
    bytes.extend(value);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

/// An Authentication-Information-Request.
fn diameter(number: u32) -> Vec<u8> {
    let imsi = format!("00101{:010}", number % 1_000_000);
    let session = format!("mme.example.org;{number};1;app");
    let body = [
        avp(263, 0, session.as_bytes()),
        avp(277, 0, &[0, 0, 0, 1]),
        avp(264, 0, b"mme01.epc.mnc001.mcc001.3gppnetwork.org"),
        avp(296, 0, b"epc.mnc001.mcc001.3gppnetwork.org"),
        avp(283, 0, b"epc.mnc002.mcc001.3gppnetwork.org"),
        avp(1, 0, imsi.as_bytes()),
        avp(1407, 10_415, &[0, 0xf1, 0x10]),
        avp(1408, 10_415, &[avp(1410, 10_415, &[0, 0, 0, 1]), avp(1412, 10_415, &[0, 0, 0, 0])].concat()),
        avp(282, 0, b"dra1.ipx.example.org"),
        avp(282, 0, b"dra2.ipx.example.org"),
    ]
    .concat();
    let length = u32::try_from(20 + body.len()).unwrap().to_be_bytes();
    let header = [1, length[1], length[2], length[3], 0xc0, 0, 1, 62, 1, 0, 0, 35];
    [&header[..], &number.to_be_bytes(), &number.to_be_bytes(), &body].concat()
}

/// Its answer, without vectors: an unknown user.
fn diameter_answer(number: u32) -> Vec<u8> {
    let session = format!("mme.example.org;{number};1;app");
    let body = [
        avp(263, 0, session.as_bytes()),
        avp(277, 0, &[0, 0, 0, 1]),
        avp(264, 0, b"hss01.epc.mnc002.mcc001.3gppnetwork.org"),
        avp(296, 0, b"epc.mnc002.mcc001.3gppnetwork.org"),
        avp(297, 0, &[avp(266, 0, &[0, 0, 40, 175]), avp(298, 0, &[0, 0, 19, 137])].concat()),
    ]
    .concat();
    let length = u32::try_from(20 + body.len()).unwrap().to_be_bytes();
    let header = [1, length[1], length[2], length[3], 0x40, 0, 1, 62, 1, 0, 0, 35];
    [&header[..], &number.to_be_bytes(), &number.to_be_bytes(), &body].concat()
}

/// TCAP in SCCP UDT in M3UA; the answer goes the other way.
fn ss7(is_answer: bool, tcap: &[u8]) -> Vec<u8> {
    let address = |ssn: u8, last: u8| [11, 0x12, ssn, 0, 0x11, 0x04, 0x99, 0x89, 0x67, 0x45, 0x23, last];
    let (vlr, hlr, asks, answers) = (address(7, 2), address(6, 1), [0, 0, 4, 1], [0, 0, 8, 2]);
    let (called, calling, origin, destination) = if is_answer { (vlr, hlr, answers, asks) } else { (hlr, vlr, asks, answers) };
    let udt = [&[9, 0, 3, 14, 25][..], &called, &calling, &[u8::try_from(tcap.len()).unwrap()], tcap].concat();
    let data = [&origin[..], &destination, &[3, 2, 0, 5], &udt].concat();
    let mut value = [&[2, 0x10][..], &be16(4 + data.len()), &data].concat();
    value.resize(value.len().next_multiple_of(4), 0);
    let length = u32::try_from(8 + value.len()).unwrap().to_be_bytes();
    [&[1, 0, 1, 1][..], &length, &value].concat()
}

/// MAP version 3 sendAuthenticationInfo in a TCAP begin.
fn map(number: u32) -> Vec<u8> {
    let digit = |shift: u32| u8::try_from(number >> shift & 7).unwrap();
    let imsi = [0x00, 0x01, 0x11, digit(0), digit(3), digit(6), digit(9), 0xf0 | digit(12)];
    let parameter = [&[0x30, 13, 0x80, 8][..], &imsi, &[0x02, 1, 1]].concat();
    let invoke = [&[0xa1, 21, 2, 1, 1, 2, 1, 56][..], &parameter].concat();
    let components = [&[0x6c, 23][..], &invoke].concat();
    let context = [0xa1, 9, 6, 7, 4, 0, 0, 1, 0, 14, 3];
    let dialogue = [&[0x6b, 30, 0x28, 28, 6, 7, 0, 0x11, 0x86, 5, 1, 1, 1, 0xa0, 17, 0x60, 15, 0x80, 2, 7, 0x80][..], &context].concat();
    ss7(false, &[&[0x62, 63, 0x48, 4][..], &number.to_be_bytes(), &dialogue, &components].concat())
}

/// Its answer in a TCAP end, without vectors.
fn map_answer(number: u32) -> Vec<u8> {
    ss7(true, &[&[0x64, 13, 0x49, 4][..], &number.to_be_bytes(), &[0x6c, 5, 0xa2, 3, 2, 1, 1]].concat())
}

/// A Create Session Request.
fn gtp(number: u32) -> Vec<u8> {
    let digit = |shift: u32| u8::try_from(number >> shift & 7).unwrap();
    let element = |kind: u8, instance: u8, value: &[u8]| [&[kind, 0, u8::try_from(value.len()).unwrap(), instance], value].concat();
    let body = [
        element(1, 0, &[0x00, 0x01, 0x11, digit(0), digit(3), digit(6), digit(9), 0xf0 | digit(12)]),
        element(76, 0, &[0x99, 0x89, 0x67, 0x45, 0x23, digit(1)]),
        element(75, 0, &[0x53, 0x02, 0, 0, 0, 0, 0, 0x10]),
        element(86, 0, &[0x18, 0, 0xf1, 0x10, 0, 1, 0, 0xf1, 0x10, 0, 0, 1, 2]),
        element(83, 0, &[0, 0xf1, 0x10]),
        element(82, 0, &[6]),
        element(87, 0, &[0x86, 0, 0, 0, 9, 192, 0, 2, 1]),
        element(71, 0, b"\x08internet\x06mnc001\x06mcc001\x04gprs"),
        element(128, 0, &[0]),
        element(99, 0, &[1]),
        element(79, 0, &[1, 0, 0, 0, 0]),
        element(127, 0, &[0]),
        element(72, 0, &[0, 0, 0, 1, 0, 0, 0, 1]),
        element(93, 0, &[&element(73, 0, &[5])[..], &element(80, 0, &[0; 22])].concat()),
        element(3, 0, &[1]),
    ]
    .concat();
    let length = be16(8 + body.len());
    let n = number.to_be_bytes();
    [&[0x48, 32, length[0], length[1], 0, 0, 0, 0, n[1], n[2], n[3], 0][..], &body].concat()
}

/// Its response.
fn gtp_answer(number: u32) -> Vec<u8> {
    let element = |kind: u8, instance: u8, value: &[u8]| [&[kind, 0, u8::try_from(value.len()).unwrap(), instance], value].concat();
    let body = [
        element(2, 0, &[16, 0]),
        element(87, 1, &[0x87, 0, 0, 0, 7, 198, 51, 100, 2]),
        element(79, 0, &[1, 10, 0, 0, 9]),
        element(127, 0, &[0]),
        element(
            93,
            0,
            &[&element(73, 0, &[5])[..], &element(2, 0, &[16, 0]), &element(87, 2, &[0x85, 0, 0, 0, 8, 198, 51, 100, 2])].concat(),
        ),
        element(3, 0, &[1]),
    ]
    .concat();
    let length = be16(8 + body.len());
    let n = number.to_be_bytes();
    [&[0x48, 33, length[0], length[1], 0, 0, 0, 9, n[1], n[2], n[3], 0][..], &body].concat()
}

struct Capture {
    bytes: Vec<u8>,
    packets: u64,
    messages: u64,
}

impl Capture {
    fn new(make: impl Fn(u32, &mut Vec<Vec<u8>>) -> u64, packets: u64) -> Self {
        let header = [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0];
        let mut capture = Self { bytes: header.to_vec(), packets: 0, messages: 0 };
        let mut number = 0;
        let mut frames = Vec::new();
        while capture.packets < packets {
            capture.messages += make(number, &mut frames);
            for frame in frames.drain(..) {
                let length = u32::try_from(frame.len()).unwrap().to_le_bytes();
                capture.bytes.extend(
                    [(1_700_000_000 + number / 10_000).to_le_bytes(), (number % 10_000 * 100).to_le_bytes(), length, length].concat(),
                );
                capture.bytes.extend(frame);
                capture.packets += 1;
            }
            number += 1;
        }
        capture
    }
}

/// Makes the packets of one exchange, and says how many messages they hold.
type Make = fn(u32, &mut Vec<Vec<u8>>) -> u64;

const CHUNK: usize = 1 << 18;
const RUNS: usize = 5;

/// Seconds this thread has had a processor, so that neighbours do not count; seconds that have passed where Linux does not tell.
fn processor_time() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|text| text.split(' ').next().and_then(|first| first.parse::<f64>().ok()));
    nanos.map_or_else(|| START.get_or_init(Instant::now).elapsed().as_secs_f64(), |nanos| nanos / 1e9)
}

/// The best of several runs, in packets a second of processor time.
fn report(name: &str, capture: &Capture, mut run: impl FnMut(&[u8]) -> Count) {
    let mut best = f64::MAX;
    let mut count = Count::default();
    for _ in 0..RUNS {
        let start = processor_time();
        count = run(&capture.bytes);
        best = best.min(processor_time() - start);
    }
    let rate = capture.packets as f64 / best / 1e6;
    let (nanos, megabytes) = (best * 1e9 / capture.packets as f64, capture.bytes.len() as f64 / best / 1e6);
    println!(
        "{name:47} {rate:7.2} M packets/s  {nanos:6.0} ns/packet  {megabytes:6.0} MB/s  {:>9} messages of {:>9}, {} gaps",
        count.messages, capture.messages, count.gaps
    );
}

fn decode(bytes: &[u8], options: &Options) -> Count {
    let mut count = Count::default();
    let mut decoder = Decoder::new(options);
    for chunk in bytes.chunks(CHUNK) {
        decoder.push(chunk, &mut count).unwrap();
    }
    decoder.finish(&mut count).unwrap();
    count
}

fn main() {
    let packets = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(500_000);
    let options = Options { dictionary: Some(dictionary::shipped()), ..Options::default() };
    let run = |name: &str, capture: &Capture| report(name, capture, |bytes| decode(bytes, &options));

    let silent = Capture::new(
        |number, out| {
            out.push(udp(53, false, &gtp(number)));
            0
        },
        packets,
    );
    report("file only", &silent, |bytes| {
        let (mut reader, mut seen) = (FileReader::new(), 0_u64);
        for chunk in bytes.chunks(CHUNK) {
            reader.push(chunk, &mut |packet| seen += u64::from(packet.original_length)).unwrap();
        }
        Count { messages: 0, gaps: u64::from(seen == 0) }
    });
    run("file, Ethernet, IP, UDP: nothing above", &silent);
    for (name, make) in [
        ("SCTP, whole", diameter_exchange as Make),
        ("SCTP, two fragments each", fragmented),
        ("TCP, a segment each", segmented),
        ("TCP, cut and out of order", disordered),
    ] {
        let capture = Capture::new(make, packets);
        report(&format!("transport, left: {name}"), &capture, |bytes| transport(bytes, false));
        report(&format!("transport, in order: {name}"), &capture, |bytes| transport(bytes, true));
    }
    run("GTPv2 over UDP", &Capture::new(gtp_exchange, packets));
    run("MAP over SCTP, whole", &Capture::new(map_exchange, packets));
    run("Diameter over SCTP, whole", &Capture::new(diameter_exchange, packets));
    run("Diameter over SCTP, two fragments each", &Capture::new(fragmented, packets));
    run("Diameter over TCP, a segment each", &Capture::new(segmented, packets));
    run("Diameter over TCP, cut and out of order", &Capture::new(disordered, packets));
    let mixed = |number: u32, out: &mut Vec<Vec<u8>>| match number % 10 {
        0..4 => gtp_exchange(number, out),
        4..7 => diameter_exchange(number, out),
        _ => map_exchange(number, out),
    };
    run("mixed: 40 % GTPv2, 30 % Diameter, 30 % MAP", &Capture::new(mixed, packets));
}

/// Everything below signalling, with streams and associations put in order or left as they come.
struct Transport {
    puts_in_order: bool,
    streams: Streams,
    associations: Associations,
    above: Above,
}

#[derive(Default)]
struct Above {
    bytes: usize,
    gaps: u64,
}

impl tcp::Upper for Above {
    fn bytes(&mut self, _: Stream, bytes: &[u8], _: bool, _: Anomalies) -> Taken {
        self.bytes += bytes.len();
        Taken { consumed: bytes.len(), synchronised: true }
    }

    fn gap(&mut self, _: Stream, _: Gap) {
        self.gaps += 1;
    }

    fn closed(&mut self, _: u64) {}
}

impl sctp::Upper for Above {
    fn message(&mut self, message: UserMessage<'_>) {
        self.bytes += message.bytes.len();
    }

    fn gap(&mut self, _: Gap) {
        self.gaps += 1;
    }
}

impl Transport {
    fn packet(&mut self, packet: &Packet<'_>, fragments: &mut Fragments) {
        let Ok(Payload::Ip(bytes)) = link::strip(packet.link_type, packet.bytes) else { return };
        let (frame, at) = (packet.frame, packet.observed_at);
        let Ok(Some(datagram)) = fragments.datagram(bytes, frame, at) else { return };
        if datagram.protocol == 6 {
            let segment = tcp::decode(&datagram.payload, datagram.missing).unwrap();
            self.above.bytes += 1;
            if self.puts_in_order {
                self.streams.segment(0, datagram.source, datagram.destination, &segment, frame, at, &mut self.above);
            }
        } else {
            let packet = sctp::decode(&datagram.payload, datagram.missing, false).unwrap();
            self.above.bytes += usize::from(packet.header.source_port);
            if self.puts_in_order {
                self.associations.packet(packet, || 0, frame, at, &mut self.above);
            }
        }
    }
}

fn transport(bytes: &[u8], puts_in_order: bool) -> Count {
    let (streams, associations, above) = (Streams::default(), Associations::default(), Above::default());
    let mut transport = Transport { puts_in_order, streams, associations, above };
    let (mut reader, mut fragments) = (FileReader::new(), Fragments::default());
    for chunk in bytes.chunks(CHUNK) {
        reader.push(chunk, &mut |packet| transport.packet(&packet, &mut fragments)).unwrap();
    }
    assert!(transport.above.bytes > 0);
    Count { messages: 0, gaps: transport.above.gaps }
}

fn gtp_exchange(number: u32, out: &mut Vec<Vec<u8>>) -> u64 {
    out.extend([udp(2123, false, &gtp(number)), udp(2123, true, &gtp_answer(number))]);
    2
}

fn map_exchange(number: u32, out: &mut Vec<Vec<u8>>) -> u64 {
    out.extend(sctp(2905, 3, number, false, &[(3, &map(number))]));
    out.extend(sctp(2905, 3, number, true, &[(3, &map_answer(number))]));
    2
}

fn diameter_exchange(number: u32, out: &mut Vec<Vec<u8>>) -> u64 {
    out.extend(sctp(3868, 46, number, false, &[(3, &diameter(number))]));
    out.extend(sctp(3868, 46, number, true, &[(3, &diameter_answer(number))]));
    2
}

fn fragmented(number: u32, out: &mut Vec<Vec<u8>>) -> u64 {
    for (is_answer, message) in [(false, diameter(number)), (true, diameter_answer(number))] {
        let (a, b) = message.split_at(message.len() / 2);
        out.extend(sctp(3868, 46, number.wrapping_mul(2), is_answer, &[(2, a), (1, b)]));
    }
    2
}

/// A number of fixed width makes every message as long as the others.
const WIDE: u32 = 10_000_000;

fn segmented(number: u32, out: &mut Vec<Vec<u8>>) -> u64 {
    for (is_answer, message) in [(false, diameter(WIDE + number)), (true, diameter_answer(WIDE + number))] {
        let length = u32::try_from(message.len()).unwrap();
        out.push(tcp(number.wrapping_mul(length), is_answer, &message));
    }
    2
}

/// Two messages in three segments, the last two out of order.
fn disordered(number: u32, out: &mut Vec<Vec<u8>>) -> u64 {
    for is_answer in [false, true] {
        let make = if is_answer { diameter_answer } else { diameter };
        let messages = [make(WIDE + number * 2), make(WIDE + number * 2 + 1)].concat();
        let sequence = number.wrapping_mul(u32::try_from(messages.len()).unwrap());
        let third = messages.len() / 3;
        let part = |from: usize, to: usize| tcp(sequence.wrapping_add(u32::try_from(from).unwrap()), is_answer, &messages[from..to]);
        out.extend([part(0, third), part(third * 2, messages.len()), part(third, third * 2)]);
    }
    4
}
