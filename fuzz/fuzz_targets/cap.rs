//! Every CAP operation: the first two octets choose operation and component, the rest is its parameter.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling_fuzz::component;

const CONTEXTS: &[[u8; 7]] = &[
    [4, 0, 0, 1, 0, 50, 0],
    [4, 0, 0, 1, 0, 50, 1],
    [4, 0, 0, 1, 21, 3, 4],
    [4, 0, 0, 1, 21, 3, 50],
    [4, 0, 0, 1, 23, 3, 4],
    [4, 0, 0, 1, 23, 3, 61],
];

fuzz_target!(|data: &[u8]| {
    if let [operation, kind, version, parameter @ ..] = data {
        component(*operation, *kind, &CONTEXTS[usize::from(*version) % CONTEXTS.len()], 146, parameter);
    }
});
