//! TCP: many segments between two hosts; an upper layer that takes some octets, all, or none.
#![no_main]

use core::net::{IpAddr, Ipv4Addr};

use libfuzzer_sys::fuzz_target;
use signalling::anomaly::Anomalies;
use signalling::gap::Gap;
use signalling::tcp::{Stream, Streams, Taken, Upper, decode};
use signalling_fuzz::packets;

#[derive(Default)]
struct Count {
    octets: usize,
    gaps: usize,
}

impl Upper for Count {
    fn bytes(&mut self, _stream: Stream, bytes: &[u8], synchronised: bool, _anomalies: Anomalies) -> Taken {
        let consumed = match bytes.first() {
            Some(0) => 0,
            Some(1) => bytes.len() / 2,
            _ => bytes.len(),
        };
        self.octets += consumed;
        Taken { consumed, synchronised: synchronised || consumed > 0 }
    }

    fn gap(&mut self, _stream: Stream, _gap: Gap) {
        self.gaps += 1;
    }

    fn closed(&mut self, _connection: u64) {}
}

fuzz_target!(|data: &[u8]| {
    let hosts = [IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), IpAddr::V4(Ipv4Addr::new(198, 51, 100, 2))];
    let (mut streams, mut count, mut frame) = (Streams::default(), Count::default(), 0_u64);
    for packet in packets(data) {
        frame += 1;
        let Some((first, rest)) = packet.split_first() else { continue };
        let (source, destination) = if first & 1 == 0 { (hosts[0], hosts[1]) } else { (hosts[1], hosts[0]) };
        if let Ok(segment) = decode(rest, usize::from(first >> 5)) {
            streams.segment(1, source, destination, &segment, frame, frame as i64 * 1000, &mut count);
        }
    }
    streams.finish(&mut count);
    assert!(count.octets <= data.len() && count.gaps <= data.len());
});
