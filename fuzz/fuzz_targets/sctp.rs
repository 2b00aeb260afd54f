//! SCTP: many packets; chunks joined, told once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::gap::Gap;
use signalling::sctp::{Associations, Upper, UserMessage, decode};
use signalling_fuzz::packets;

#[derive(Default)]
struct Count {
    octets: usize,
    gaps: usize,
}

impl Upper for Count {
    fn message(&mut self, message: UserMessage<'_>) {
        self.octets += message.bytes.len();
    }

    fn gap(&mut self, _gap: Gap) {
        self.gaps += 1;
    }
}

fuzz_target!(|data: &[u8]| {
    let (mut associations, mut count, mut frame) = (Associations::default(), Count::default(), 0_u64);
    for packet in packets(data) {
        frame += 1;
        if let Ok(packet) = decode(packet, 0, frame % 2 == 0) {
            associations.packet(packet, || 7, frame, frame as i64 * 1000, &mut count);
        }
    }
    associations.finish(&mut count);
    assert!(count.octets <= data.len() && count.gaps <= data.len());
});
