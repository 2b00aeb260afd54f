//! Diameter with the shipped dictionary: several messages of one request table.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::diameter::{self, Requests};
use signalling::message::Message;
use signalling_fuzz::{Rows, dictionary, packets};

fuzz_target!(|data: &[u8]| {
    let (mut requests, mut rows) = (Requests::new(), Rows::default());
    let mut envelope = Message::default();
    for packet in packets(data) {
        envelope.frame += 1;
        envelope.observed_at += 1000;
        let _ = diameter::length(packet);
        diameter::decode(packet, &envelope, dictionary(), &mut requests, &mut rows);
    }
    rows.hold(data.len());
});
