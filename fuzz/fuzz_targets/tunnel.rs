//! GRE, VXLAN and Geneve.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::tunnel;

fuzz_target!(|data: &[u8]| {
    let _ = tunnel::gre(data);
    let _ = tunnel::vxlan(data);
    let _ = tunnel::geneve(data);
});
