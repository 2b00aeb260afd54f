//! HTTP/2: two directions of one connection, in pieces that the target chooses, some of them lost.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::http2::Connections;
use signalling::message::Message;
use signalling_fuzz::{Rows, packets};

fuzz_target!(|data: &[u8]| {
    let (mut connections, mut rows) = (Connections::default(), Rows::default());
    let mut envelope = Message::default();
    let mut waiting = [Vec::new(), Vec::new()];
    for packet in packets(data) {
        let Some((first, bytes)) = packet.split_first() else { continue };
        envelope.frame += 1;
        let side = usize::from(first & 1);
        if first & 2 != 0 {
            connections.lost(1, side == 0, bytes.len());
            waiting[side].clear();
            continue;
        }
        waiting[side].extend_from_slice(bytes);
        let taken = connections.bytes(1, side == 0, &waiting[side], first & 4 == 0, &envelope, &mut rows);
        waiting[side].drain(..taken.consumed);
    }
    connections.closed(1, &envelope, &mut rows);
    rows.hold(data.len());
});
