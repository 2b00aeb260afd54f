//! Every MAP operation: the first two octets choose operation and component, the rest is its parameter.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling_fuzz::component;

const CONTEXTS: &[u8] = &[1, 2, 3, 5, 14, 16, 20, 25, 29, 37, 38];

fuzz_target!(|data: &[u8]| {
    if let [operation, kind, version, parameter @ ..] = data {
        let context = CONTEXTS[usize::from(*version) / 4 % CONTEXTS.len()];
        component(*operation, *kind, &[4, 0, 0, 1, 0, context, version % 4], 7, parameter);
    }
});
