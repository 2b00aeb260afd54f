//! M2UA.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::m2ua;

fuzz_target!(|data: &[u8]| {
    if let Ok(Some(transfer)) = m2ua::decode(data) {
        assert!(transfer.payload.len() <= data.len());
    }
});
