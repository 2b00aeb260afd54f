//! What paths and bodies of service-based interfaces name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::n32;

fuzz_target!(|data: &[u8]| {
    let (path, query) = n32::path_and_query(data);
    assert!(path.len() + query.len() <= data.len());
    assert!(n32::unescaped(data).len() <= data.len());
    let _ = n32::imsi(data);
    let _ = n32::network(data);
    let _ = n32::security(data);
    let _ = n32::text_of(data, "supi");
});
