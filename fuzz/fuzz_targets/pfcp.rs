//! PFCP: several datagrams of one state; the first octet is made to name the version.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::gtp::Port;
use signalling_fuzz::datagrams;

fuzz_target!(|data: &[u8]| datagrams(data, Port::Pfcp, 0x20, 0x1f));
