//! Short message headers, from either side.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::anomaly::Anomalies;
use signalling::message::Sms;
use signalling::sms::{self, Sender};

fuzz_target!(|data: &[u8]| {
    for sender in [Sender::Centre, Sender::Mobile] {
        let (mut sms, mut anomalies) = (Sms::default(), Anomalies::default());
        sms::header(data, sender, &mut sms, &mut anomalies);
    }
});
