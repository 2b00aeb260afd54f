//! SCCP with its global titles and segments, under every kind of point code.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::mtp3::Variant;
use signalling::sccp::{self, LinkKey};
use signalling::segments::Segments;
use signalling_fuzz::{Rows, packets};

fuzz_target!(|data: &[u8]| {
    let (mut segments, mut rows, mut frame) = (Segments::new(), Rows::default(), 0_u64);
    let variants = [None, Some(Variant::Itu), Some(Variant::Ansi), Some(Variant::China), Some(Variant::Japan)];
    for packet in packets(data) {
        frame += 1;
        let variant = variants[data.len() % variants.len()];
        let key = LinkKey { frame, variant, ..LinkKey::default() };
        if let Ok(Some(unit)) = sccp::decode(packet, &mut segments, key, frame as i64 * 1000) {
            assert!(unit.payload.len() <= data.len());
        }
        segments.report(&mut rows);
    }
    segments.finish(&mut rows);
    rows.hold(data.len());
});
