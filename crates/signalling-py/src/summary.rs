//! What a capture holds, counted while it is decoded: no row and no identity is kept.

use core::hash::Hash;
use std::collections::HashSet;

use signalling::anomaly::Anomaly;
use signalling::diameter::identities::network_of;
use signalling::gap::{Gap, Reason};
use signalling::hashing::{FastMap, Keyed, fingerprint};
use signalling::message::{Message, Protocol};
use signalling::sink::{Sink, Tunnel};

use crate::origin::Origins;

/// Subscribers told apart, 16 bytes each; a day of a large operator has fewer roamers.
const MAX_SUBSCRIBERS: usize = 1 << 21;
/// Kinds of a thing that are counted apart: standards define some hundreds, a sender can make up any number.
const MAX_KINDS: usize = 1 << 12;
/// Digits of an IMSI that hold every network: MCC and the longest MNC.
const NETWORK_DIGITS: usize = 6;

/// Where something was seen first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub count: u64,
    pub bytes: u64,
    /// Frame among all files.
    pub first: u64,
}

impl Seen {
    fn add(&mut self, frame: u64, bytes: u64) {
        if self.count == 0 || frame < self.first {
            self.first = frame;
        }
        self.count = self.count.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
    }
}

/// The messages of one protocol.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flow {
    pub messages: u64,
    pub requests: u64,
    pub answers: u64,
    /// Answers whose request was found.
    pub paired: u64,
}

/// A kind of message: its operation, or its name where it has none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    pub name: Option<&'static str>,
    pub code: Option<i64>,
    pub messages: u64,
}

/// What tells kinds of messages apart. The same word has the same address, which is cheaper to look up than its letters.
type OperationKey = (Protocol, usize, i64);

/// What is known of one home network.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Home {
    pub subscribers: u64,
    pub messages: u64,
}

/// Counts by a network's digits.
pub(crate) type Networks<V> = FastMap<[u8; NETWORK_DIGITS], V>;

/// The counts of one capture.
#[derive(Default)]
pub(crate) struct Tally {
    pub origins: Origins,
    pub flows: FastMap<Protocol, Flow>,
    pub operations: FastMap<OperationKey, Operation>,
    pub gaps: FastMap<(Protocol, Reason), Seen>,
    pub anomalies: FastMap<Anomaly, Seen>,
    pub homes: Networks<Home>,
    pub visited: Networks<u64>,
    pub exposes: [u64; 8],
    pub tunnels: Tunnels,
    /// Networks of realms by a print of the realm, so that each is taken apart once.
    realms: FastMap<u64, (Option<[u8; NETWORK_DIGITS]>, u64)>,
    subscribers: HashSet<u64, Keyed>,
    /// Set when there were more subscribers than are told apart.
    pub is_at_least: bool,
}

/// GTP-U, all tunnels together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tunnels {
    pub count: u64,
    pub packets: u64,
    pub bytes: u64,
    pub nested: u64,
}

impl Tally {
    pub(crate) fn new(origins: Origins) -> Self {
        Self { origins, ..Self::default() }
    }

    pub(crate) fn subscribers(&self) -> usize {
        self.subscribers.len()
    }

    /// Messages by the network of their realms.
    pub(crate) fn realms(&self) -> Networks<u64> {
        let mut networks = Networks::default();
        for (network, count) in self.realms.values() {
            if let Some(network) = network {
                let total: &mut u64 = networks.entry(*network).or_default();
                *total = total.saturating_add(*count);
            }
        }
        networks
    }

    fn flow(&mut self, message: &Message<'_>) {
        let flow = self.flows.entry(message.protocol).or_default();
        bump(&mut flow.messages);
        match direction(message) {
            Some(true) => bump(&mut flow.requests),
            Some(false) => bump(&mut flow.answers),
            None => {}
        }
        if message.delay.is_some() {
            bump(&mut flow.paired);
        }
    }

    fn operation(&mut self, message: &Message<'_>) {
        let name = message.operation.or(message.message_type);
        let key = (message.protocol, name.map_or(0, |name| name.as_ptr().addr()), message.operation_code.unwrap_or(i64::MIN));
        if let Some(operation) = kind(&mut self.operations, key, || Operation { name, code: message.operation_code, messages: 0 }) {
            bump(&mut operation.messages);
        }
    }

    fn subscriber(&mut self, imsi: &[u8]) {
        let Some(network) = network(imsi) else { return };
        let is_new = if self.subscribers.len() < MAX_SUBSCRIBERS {
            self.subscribers.insert(fingerprint(imsi))
        } else {
            self.is_at_least |= !self.subscribers.contains(&fingerprint(imsi));
            false
        };
        if let Some(home) = kind(&mut self.homes, network, Home::default) {
            bump(&mut home.messages);
            home.subscribers = home.subscribers.saturating_add(u64::from(is_new));
        }
    }

    fn realm(&mut self, realm: &[u8]) {
        let found = || (network_of(realm).map(|digits| padded(digits.as_bytes())), 0);
        if let Some((_, count)) = kind(&mut self.realms, fingerprint(realm), found) {
            bump(count);
        }
    }
}

impl Sink for Tally {
    fn message(&mut self, message: &Message<'_>) {
        self.flow(message);
        self.operation(message);
        if message.exposes.0 != 0 {
            for (bit, count) in self.exposes.iter_mut().enumerate() {
                *count = count.saturating_add(u64::from(message.exposes.0 >> bit & 1));
            }
        }
        if !message.anomalies.is_empty() {
            for anomaly in message.anomalies.iter() {
                self.anomalies.entry(anomaly).or_default().add(message.frame, 0);
            }
        }
        self.subscriber(message.imsi.as_bytes());
        if !message.visited_plmn.is_empty() {
            kind(&mut self.visited, padded(message.visited_plmn.as_bytes()), u64::default).map(bump);
        }
        for realm in [message.origin_realm, message.destination_realm].into_iter().flatten() {
            self.realm(realm);
        }
    }

    fn gap(&mut self, gap: Gap) {
        let length = u64::try_from(gap.length).unwrap_or(u64::MAX);
        self.gaps.entry((gap.protocol, gap.reason)).or_default().add(gap.frame, length);
    }

    fn tunnel(&mut self, tunnel: Tunnel) {
        let all = &mut self.tunnels;
        bump(&mut all.count);
        all.packets = all.packets.saturating_add(tunnel.packets);
        all.bytes = all.bytes.saturating_add(tunnel.bytes);
        all.nested = all.nested.saturating_add(u64::from(tunnel.nested));
    }
}

/// True for a request, false for an answer, None where the message is neither.
fn direction(message: &Message<'_>) -> Option<bool> {
    // CAP answers an invoke with invokes of its own.
    if message.protocol == Protocol::Cap {
        return None;
    }
    match (message.message_type, message.component) {
        (Some("request"), _) | (_, Some("invoke")) => Some(true),
        (Some("answer" | "response"), _) | (_, Some("return_result" | "return_error" | "reject")) => Some(false),
        _ if message.request_frame.is_some() => Some(false),
        (Some(name), _) if name.ends_with("request") || name.ends_with("Request") => Some(true),
        (Some(name), _) if name.ends_with("response") || name.ends_with("Response") => Some(false),
        _ => None,
    }
}

fn bump(count: &mut u64) {
    *count = count.saturating_add(1);
}

/// The first digits of an IMSI; None unless they are decimal.
fn network(imsi: &[u8]) -> Option<[u8; NETWORK_DIGITS]> {
    imsi.first_chunk().copied().filter(|network| network.iter().all(u8::is_ascii_digit))
}

/// A network of five or six digits in six places.
fn padded(digits: &[u8]) -> [u8; NETWORK_DIGITS] {
    let mut network = [b' '; NETWORK_DIGITS];
    for (slot, digit) in network.iter_mut().zip(digits) {
        *slot = *digit;
    }
    network
}

/// The count of `key`, unless there are too many kinds already.
fn kind<K: Eq + Hash, V>(map: &mut FastMap<K, V>, key: K, new: impl FnOnce() -> V) -> Option<&mut V> {
    if map.len() >= MAX_KINDS && !map.contains_key(&key) {
        return None;
    }
    Some(map.entry(key).or_insert_with(new))
}
