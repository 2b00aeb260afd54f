//! UDP.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::udp;

fuzz_target!(|data: &[u8]| {
    if let Ok(datagram) = udp::decode(data) {
        assert!(datagram.payload.len() <= data.len());
    }
});
