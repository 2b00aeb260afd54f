//! How fast GTP becomes rows, on one core, decoding alone: `cargo run --release -p signalling --example gtp_throughput [millions] [part of a name]`.
//!
//! The messages are made in memory with fictional identities (MCC 001); each has its own sequence number, and each request its answer.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a bench"
)]

use core::net::IpAddr;
use std::time::{Duration, Instant};

use signalling::gap::Gap;
use signalling::gtp::{Arrival, GtpState, Port, decode};
use signalling::message::Message;
use signalling::sink::{Sink, Tunnel};

#[derive(Default)]
struct Count {
    messages: u64,
    subscribers: u64,
    paired: u64,
    gaps: u64,
    tunnels: u64,
}

impl Sink for Count {
    fn message(&mut self, message: &Message<'_>) {
        self.messages += 1;
        self.subscribers += u64::from(message.imsi.len() == 15);
        self.paired += u64::from(message.request_frame.is_some());
    }

    fn gap(&mut self, _gap: Gap) {
        self.gaps += 1;
    }

    fn tunnel(&mut self, _tunnel: Tunnel) {
        self.tunnels += 1;
    }
}

fn element(kind: u8, instance: u8, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).unwrap().to_be_bytes();
    [&[kind, length[0], length[1], instance], value].concat()
}

fn version_2(kind: u8, teid: u32, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(8 + body.len()).unwrap().to_be_bytes();
    [&[0x48, kind, length[0], length[1]], &teid.to_be_bytes()[..], &[0, 0, 0, 0], body].concat()
}

/// As an SGW sends it over S8.
fn create_session_request() -> Vec<u8> {
    let bearer = [element(73, 0, &[5]), element(80, 0, &[0; 22]), element(87, 2, &[0x84, 0, 0, 0, 9, 192, 0, 2, 2])].concat();
    let body = [
        element(1, 0, &[0x00, 0x11, 0x21, 0x43, 0x65, 0x87, 0x09, 0xf1]),
        element(76, 0, &[0x99, 0x79, 0x10, 0x32, 0x54, 0x76]),
        element(75, 0, &[0x53, 0x01, 0x10, 0x00, 0x00, 0x10, 0x32, 0x54]),
        element(86, 0, &[0x18, 0x00, 0xf1, 0x10, 0x12, 0x34, 0x00, 0xf1, 0x10, 0x01, 0x23, 0x45, 0x67]),
        element(83, 0, &[0x00, 0xf1, 0x10]),
        element(82, 0, &[6]),
        element(77, 0, &[0; 3]),
        element(87, 0, &[0x86, 0, 0, 0, 7, 192, 0, 2, 1]),
        element(71, 0, b"\x08internet\x06mnc001\x06mcc001\x04gprs"),
        element(128, 0, &[0]),
        element(99, 0, &[1]),
        element(79, 0, &[1, 0, 0, 0, 0]),
        element(127, 0, &[0]),
        element(72, 0, &[0; 8]),
        element(78, 0, &[0x80; 30]),
        element(93, 0, &bearer),
        element(3, 0, &[7]),
        element(114, 0, &[0, 0]),
        element(95, 0, &[8, 0]),
    ];
    version_2(32, 0, &body.concat())
}

fn create_session_response() -> Vec<u8> {
    let bearer =
        [element(73, 0, &[5]), element(2, 0, &[16, 0]), element(87, 2, &[0x85, 0, 0, 0, 9, 192, 0, 2, 3]), element(94, 0, &[0; 4])]
            .concat();
    let body = [
        element(2, 0, &[16, 0]),
        element(87, 1, &[0x87, 0, 0, 0, 8, 192, 0, 2, 2]),
        element(79, 0, &[1, 10, 0, 0, 1]),
        element(127, 0, &[0]),
        element(78, 0, &[0x80; 30]),
        element(93, 0, &bearer),
        element(3, 0, &[7]),
    ];
    version_2(33, 7, &body.concat())
}

/// Time on the processor, so that neighbours on the machine do not count; Linux tells it, elsewhere the clock on the wall does.
fn processor_time(begin: Instant) -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).map_or_else(|| begin.elapsed(), Duration::from_nanos)
}

fn measure(name: &str, rounds: u64, mut each: impl FnMut(u64, &mut GtpState, &mut Count)) {
    if !name.contains(&std::env::args().nth(2).unwrap_or_default()) {
        return;
    }
    let (mut state, mut count) = (GtpState::new(), Count::default());
    let origin = Instant::now();
    let begin = processor_time(origin);
    for round in 0..rounds {
        each(round, &mut state, &mut count);
    }
    state.finish(&mut count);
    let seconds = processor_time(origin).saturating_sub(begin).as_secs_f64();
    let Count { messages, subscribers, paired, gaps, tunnels } = count;
    println!(
        "{name}: {:.2} M/s   ({messages} rows, {subscribers} with IMSI, {paired} paired, {tunnels} tunnels, {gaps} gaps, {seconds:.2} s)",
        rounds as f64 / seconds / 1e6
    );
}

fn main() {
    let millions: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(4);
    let rounds = if millions == 0 { 20_000 } else { millions * 1_000_000 };
    let [sgw, pgw] = [[192, 0, 2, 1], [192, 0, 2, 2]].map(IpAddr::from);
    let envelope = |frame: u64, from: IpAddr, to: IpAddr, port: u16| Message {
        frame,
        observed_at: i64::try_from(frame).unwrap() * 10,
        source_ip: Some(from),
        destination_ip: Some(to),
        source_port: Some(port),
        destination_port: Some(port),
        ..Message::default()
    };
    let control = Arrival { port: Port::Control, missing: 0 };
    let [mut request, mut response] = [create_session_request(), create_session_response()];
    println!("one message is {} bytes, its answer {}; a row is {} bytes", request.len(), response.len(), size_of::<Message<'_>>());
    measure("create session requests, 256 open", rounds, |round, state, count| {
        request[9..11].copy_from_slice(&u16::try_from(round & 0xff).unwrap().to_be_bytes());
        decode(&request, control, &envelope(round, sgw, pgw, 2123), state, count);
    });
    measure("create session, request + answer", rounds, |round, state, count| {
        let number = u16::try_from(round >> 1 & 0xffff).unwrap().to_be_bytes();
        let (bytes, from, to) = if round & 1 == 0 { (&mut request, sgw, pgw) } else { (&mut response, pgw, sgw) };
        bytes[9..11].copy_from_slice(&number);
        decode(bytes, control, &envelope(round, from, to, 2123), state, count);
    });
    let mut packet = [&[0x34, 0xff, 0, 48, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 9, 0, 0x45, 0, 0, 40][..], &[6; 36]].concat();
    measure("G-PDU in 65,536 tunnels         ", rounds, |round, state, count| {
        packet[4..8].copy_from_slice(&u32::try_from((round * 7919) & 0xffff).unwrap().to_be_bytes());
        let user = Arrival { port: Port::User, missing: 0 };
        decode(&packet, user, &envelope(round, sgw, pgw, 2152), state, count);
    });
}
