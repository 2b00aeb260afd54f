//! MTP3 under every label.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::mtp3::{self, Variant};

fuzz_target!(|data: &[u8]| {
    for variant in [None, Some(Variant::Itu), Some(Variant::Ansi), Some(Variant::China), Some(Variant::Japan)] {
        if let Ok(transfer) = mtp3::decode_as(data, variant) {
            assert!(transfer.payload.len() < data.len());
        }
    }
});
