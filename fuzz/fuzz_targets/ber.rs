//! The lenient BER reader: its elements never go on for ever, and never hold more than they were given.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::ber::{Element, Elements, Joined, Reading, integer, object};

fn walk(bytes: &[u8], depth: u32, reading: &mut Reading) {
    let mut elements = Elements::new(bytes);
    while let Some(element) = elements.next(reading) {
        let Element { content, .. } = element;
        assert!(content.len() <= bytes.len());
        let _ = integer(element, reading);
        let _ = object(content);
        if let Some(joined) = Joined::new(element, reading) {
            assert!(joined.as_bytes().len() <= bytes.len());
        }
        if depth > 0 {
            walk(content, depth - 1, reading);
        }
    }
}

fuzz_target!(|data: &[u8]| walk(data, 8, &mut Reading::default()));
