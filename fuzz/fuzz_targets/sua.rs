//! SUA, its segments among them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::sccp::LinkKey;
use signalling::segments::Segments;
use signalling::sua;
use signalling_fuzz::{Rows, packets};

fuzz_target!(|data: &[u8]| {
    let (mut segments, mut rows, mut frame) = (Segments::new(), Rows::default(), 0_u64);
    for packet in packets(data) {
        frame += 1;
        let key = LinkKey { frame, ..LinkKey::default() };
        if let Ok(Some(unit)) = sua::decode(packet, &mut segments, key, frame as i64 * 1000) {
            assert!(unit.payload.len() <= data.len());
        }
        segments.report(&mut rows);
    }
    segments.finish(&mut rows);
    rows.hold(data.len());
});
