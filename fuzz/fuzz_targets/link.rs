//! Ethernet, cooked, MTP2 and other links: the first four octets name the link type.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::link;

fuzz_target!(|data: &[u8]| {
    if let Some((link_type, bytes)) = data.split_first_chunk::<4>() {
        let _ = link::strip(u32::from_be_bytes(*link_type), bytes);
    }
});
