//! The whole, packet by packet: the first octet chooses the link, the rest is packets. Deeper than the target that must make a file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::file::Packet;
use signalling::pipeline::Decoder;
use signalling_fuzz::{Rows, options, packets};

const LINKS: [u32; 6] = [228, 1, 141, 142, 139, 113];

fuzz_target!(|data: &[u8]| {
    let Some((link, rest)) = data.split_first() else { return };
    let link_type = LINKS[usize::from(*link) % LINKS.len()];
    let (mut decoder, mut rows, mut frame) = (Decoder::new(&options()), Rows::default(), 0_u64);
    for bytes in packets(rest) {
        frame += 1;
        let original_length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let packet = Packet { frame, observed_at: frame as i64 * 1000, link_type, original_length, bytes, gap: None };
        decoder.packet(&packet, &mut rows);
    }
    let _ = decoder.finish(&mut rows);
    rows.hold(data.len());
});
