//! ISUP.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::isup;
use signalling::message::Message;
use signalling_fuzz::Rows;

fuzz_target!(|data: &[u8]| {
    let mut rows = Rows::default();
    isup::decode(data, &Message::default(), &mut rows);
    rows.hold(data.len());
});
