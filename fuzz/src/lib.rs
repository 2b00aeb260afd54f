//! What every target checks of the rows it gets, and how one input becomes many packets.
#![allow(clippy::panic, reason = "a target stops at its first fault")]

use signalling::dialogues::Dialogues;
use signalling::diameter::Dictionary;
use signalling::gap::Gap;
use signalling::gtp::{self, Arrival, GtpState, Port};
use signalling::message::{Exposes, Message};
use signalling::pipeline::Options;
use signalling::sink::{Sink, Tunnel};
use signalling::tcap;

#[path = "../../crates/signalling/tests/dictionary/mod.rs"]
mod dictionary;

/// Every class that a message can give away.
const CLASSES: u8 = Exposes::CREDENTIAL | Exposes::LOCATION | Exposes::SMS | Exposes::USER_TRAFFIC | Exposes::IDENTITY | Exposes::PROFILE;

/// Counts rows, and holds them to what every row promises.
#[derive(Default)]
pub struct Rows {
    pub messages: usize,
    pub gaps: usize,
    pub tunnels: usize,
    /// Rows so far, folded into one number.
    pub fingerprint: u64,
}

impl Rows {
    fn fold(&mut self, text: &str) {
        for octet in text.bytes() {
            self.fingerprint = (self.fingerprint ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// An input cannot give more rows than it has octets, and a few for its end.
    pub fn hold(&self, octets: usize) {
        let rows = self.messages + self.gaps + self.tunnels;
        assert!(rows <= octets + 16, "{rows} rows of {octets} octets");
    }
}

impl Sink for Rows {
    fn message(&mut self, message: &Message<'_>) {
        self.messages += 1;
        let text = format!("{message:?}");
        assert_eq!(message.exposes.0 & !CLASSES, 0, "{text}");
        assert!(message.route_record.len() <= signalling::budget::MAX_ROUTE_RECORDS, "{text}");
        // A printed row never shows a whole identity.
        for digits in [&message.imsi, &message.msisdn, &message.imei] {
            let whole = String::from_utf8_lossy(digits.as_bytes()).into_owned();
            assert!(whole.len() <= 32);
        }
        self.fold(&text);
    }

    fn gap(&mut self, gap: Gap) {
        self.gaps += 1;
        self.fold(&format!("{gap:?}"));
    }

    fn tunnel(&mut self, tunnel: Tunnel) {
        self.tunnels += 1;
        assert!(tunnel.packets > 0 && tunnel.first_at <= tunnel.last_at);
        self.fold(&format!("{tunnel:?}"));
    }
}

/// Cut an input into packets: two octets of length, then as many octets, or what is left.
pub fn packets(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = data;
    core::iter::from_fn(move || {
        let ([high, low], after) = rest.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(after.len());
        let (packet, left) = after.split_at(length);
        rest = left;
        Some(packet)
    })
}

/// The shipped Diameter dictionary, read once.
pub fn dictionary() -> &'static Dictionary {
    static SHIPPED: std::sync::OnceLock<Dictionary> = std::sync::OnceLock::new();
    SHIPPED.get_or_init(dictionary::shipped)
}

/// Datagrams of GTP on one port; the bits of the first octet that are not in `mask` are those of `flags`.
pub fn datagrams(data: &[u8], port: Port, flags: u8, mask: u8) {
    let (mut state, mut rows) = (GtpState::new(), Rows::default());
    let mut envelope = Message::default();
    for packet in packets(data) {
        envelope.frame += 1;
        envelope.observed_at += 1000;
        let mut bytes = packet.to_vec();
        if let Some(first) = bytes.first_mut() {
            *first = flags & !mask | *first & mask;
        }
        gtp::decode(&bytes, Arrival { port, missing: 0 }, &envelope, &mut state, &mut rows);
    }
    state.finish(&mut rows);
    rows.hold(data.len());
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or(u16::MAX).to_be_bytes();
    let mut bytes = vec![tag, 0x82, length[0], length[1]];
    bytes.extend_from_slice(content);
    bytes
}

/// One component with its parameter, in a begin that names its application context and, for answers, in the end after it.
pub fn component(operation: u8, kind: u8, context: &[u8], subsystem_number: u8, parameter: &[u8]) {
    let parameter = &parameter[..parameter.len().min(60_000)];
    let code = [2, 1, operation];
    let component = match kind % 4 {
        0 => element(0xa1, &[&[2, 1, 1][..], &code, parameter].concat()),
        1 => element(0xa2, &[&[2, 1, 1][..], &element(0x30, &[&code[..], parameter].concat())].concat()),
        2 => element(0xa3, &[&[2, 1, 1, 2, 1, operation][..], parameter].concat()),
        _ => element(0xa1, &[&[2, 1, 1, 0x80, 1, 0][..], &code, parameter].concat()),
    };
    let name = [&[6, u8::try_from(context.len()).unwrap_or(0)][..], context].concat();
    let dialogue = element(0x60, &[&[0x80, 2, 7, 0x80][..], &element(0xa1, &name)].concat());
    let external = element(0x28, &[&[6, 7, 0, 0x11, 0x86, 5, 1, 1, 1][..], &element(0xa0, &dialogue)].concat());
    let begin = element(0x62, &[&[0x48, 1, 9][..], &element(0x6b, &external), &element(0x6c, &component)].concat());
    let end = element(0x64, &[&[0x49, 1, 9][..], &element(0x6c, &component)].concat());
    let mut envelope = Message::default();
    (envelope.called.subsystem_number, envelope.calling.subsystem_number) = (Some(subsystem_number), Some(subsystem_number));
    let (mut dialogues, mut rows) = (Dialogues::default(), Rows::default());
    for bytes in [begin, end] {
        envelope.frame += 1;
        tcap::decode(&bytes, &envelope, &mut dialogues, &mut rows);
    }
    rows.hold(parameter.len());
}

/// How captures are decoded.
pub fn options() -> Options {
    Options { dictionary: Some(dictionary().clone()), ..Options::default() }
}
