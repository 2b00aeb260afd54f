//! The whole: a capture file to rows, whole and in pieces.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::pipeline::Decoder;
use signalling_fuzz::{Rows, options};

fn decode<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> Rows {
    let (mut decoder, mut rows) = (Decoder::new(&options()), Rows::default());
    for chunk in chunks {
        if decoder.push(chunk, &mut rows).is_err() {
            break;
        }
    }
    let _ = decoder.finish(&mut rows);
    rows
}

fuzz_target!(|data: &[u8]| {
    let whole = decode(core::iter::once(data));
    whole.hold(data.len());
    let size = usize::from(data.last().copied().unwrap_or(0)) + 1;
    assert_eq!(decode(data.chunks(size)).fingerprint, whole.fingerprint);
});
