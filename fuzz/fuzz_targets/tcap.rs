//! TCAP, and MAP and CAP inside it: several messages of one dialogue table.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::dialogues::Dialogues;
use signalling::message::Message;
use signalling::tcap;
use signalling_fuzz::{Rows, packets};

fuzz_target!(|data: &[u8]| {
    let (mut dialogues, mut rows) = (Dialogues::default(), Rows::default());
    let mut envelope = Message::default();
    for packet in packets(data) {
        envelope.frame += 1;
        envelope.observed_at += 1000;
        let before = rows.messages;
        let told = tcap::decode(packet, &envelope, &mut dialogues, &mut rows);
        assert_eq!(usize::try_from(told).ok(), Some(rows.messages - before));
    }
    rows.hold(data.len());
});
