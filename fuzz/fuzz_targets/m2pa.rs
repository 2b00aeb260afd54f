//! M2PA.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::m2pa;

fuzz_target!(|data: &[u8]| {
    if let Ok(Some(transfer)) = m2pa::decode(data) {
        assert!(transfer.payload.len() <= data.len());
    }
});
