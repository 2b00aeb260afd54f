//! HPACK: many header blocks of one table, which stays within its bound.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::hpack::Decoder;
use signalling_fuzz::packets;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let mut decoder = Decoder::new(first & 1 == 0);
    for block in packets(rest) {
        if block.len() == 4 {
            decoder.allow(u32::from_be_bytes([block[0], block[1], block[2], block[3]]));
        }
        let mut octets = 0_usize;
        decoder.decode(block, |name, value| octets += name.len() + value.len());
        // An index of one octet may stand for a whole entry; a table holds no more than its bound.
        assert!(octets <= block.len().saturating_mul(1 << 17), "{octets} of {}", block.len());
        assert!(decoder.held() <= 1 << 20, "{}", decoder.held());
    }
});
