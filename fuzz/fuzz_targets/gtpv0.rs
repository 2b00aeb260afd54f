//! GTP version 0: several datagrams of one state; the first octet is made to name the version.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::gtp::Port;
use signalling_fuzz::datagrams;

fuzz_target!(|data: &[u8]| datagrams(data, Port::Prime, 0x1e, 0x1f));
