//! IPv4 and IPv6 with fragments: many packets, a millisecond apart.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::ip::Fragments;
use signalling_fuzz::packets;

fuzz_target!(|data: &[u8]| {
    let mut fragments = Fragments::default();
    let (mut frame, mut observed_at) = (0, 0);
    for packet in packets(data) {
        (frame, observed_at) = (frame + 1, observed_at + 1000);
        if let Ok(Some(datagram)) = fragments.datagram(packet, frame, observed_at) {
            assert!(datagram.payload.len() <= data.len());
        }
        assert!(fragments.gaps().count() <= data.len());
    }
    fragments.finish();
    assert!(fragments.gaps().count() <= data.len());
});
