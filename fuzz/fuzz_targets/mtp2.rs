//! MTP2.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::mtp2::{self, Sequence};

fuzz_target!(|data: &[u8]| {
    let _ = mtp2::decode(data, Sequence::Basic);
    let _ = mtp2::decode(data, Sequence::Extended);
});
