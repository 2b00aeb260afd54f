//! M3UA.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::m3ua;

fuzz_target!(|data: &[u8]| {
    let _ = m3ua::management_name(data);
    if let Ok(Some(transfer)) = m3ua::decode(data) {
        assert!(transfer.payload.len() <= data.len());
    }
});
