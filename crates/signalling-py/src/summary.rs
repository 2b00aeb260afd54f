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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Operation {
    pub protocol: &'static str,
    pub name: Option<&'static str>,
    pub code: Option<i64>,
}

/// A network by its digits, MCC first.
type Digits = Vec<u8>;

/// What is known of one home network.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Home {
    pub subscribers: u64,
    pub messages: u64,
}

/// The counts of one capture.
#[derive(Default)]
pub(crate) struct Tally {
    pub origins: Origins,
    pub flows: FastMap<Protocol, Flow>,
    pub operations: FastMap<Operation, u64>,
    pub gaps: FastMap<(Protocol, Reason), Seen>,
    pub anomalies: FastMap<Anomaly, Seen>,
    pub homes: FastMap<Digits, Home>,
    pub visited: FastMap<Digits, u64>,
    pub realms: FastMap<Digits, u64>,
    pub exposes: [u64; 8],
    pub tunnels: Tunnels,
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

    fn subscriber(&mut self, imsi: &[u8]) {
        let Some(network) = imsi.get(..NETWORK_DIGITS).filter(|network| network.iter().all(u8::is_ascii_digit)) else { return };
        let is_new = if self.subscribers.len() < MAX_SUBSCRIBERS {
            self.subscribers.insert(fingerprint(imsi))
        } else {
            self.is_at_least = true;
            false
        };
        if let Some(home) = kind(&mut self.homes, network) {
            home.messages = home.messages.saturating_add(1);
            home.subscribers = home.subscribers.saturating_add(u64::from(is_new));
        }
    }
}

impl Sink for Tally {
    fn message(&mut self, message: &Message<'_>) {
        let flow = self.flows.entry(message.protocol).or_default();
        flow.messages = flow.messages.saturating_add(1);
        match direction(message) {
            Some(true) => flow.requests = flow.requests.saturating_add(1),
            Some(false) => flow.answers = flow.answers.saturating_add(1),
            None => {}
        }
        flow.paired = flow.paired.saturating_add(u64::from(message.delay.is_some()));
        let operation =
            Operation { protocol: message.protocol.name(), name: message.operation.or(message.message_type), code: message.operation_code };
        if self.operations.len() < MAX_KINDS || self.operations.contains_key(&operation) {
            bump(self.operations.entry(operation).or_default());
        }
        for (bit, count) in self.exposes.iter_mut().enumerate() {
            *count = count.saturating_add(u64::from(message.exposes.0 >> bit & 1));
        }
        for anomaly in message.anomalies.iter() {
            self.anomalies.entry(anomaly).or_default().add(message.frame, 0);
        }
        self.subscriber(message.imsi.as_bytes());
        if !message.visited_plmn.is_empty() {
            kind(&mut self.visited, message.visited_plmn.as_bytes()).map(bump);
        }
        for realm in [message.origin_realm, message.destination_realm].into_iter().flatten() {
            if let Some(network) = network_of(realm) {
                kind(&mut self.realms, network.as_bytes()).map(bump);
            }
        }
    }

    fn gap(&mut self, gap: Gap) {
        let length = u64::try_from(gap.length).unwrap_or(u64::MAX);
        self.gaps.entry((gap.protocol, gap.reason)).or_default().add(gap.frame, length);
    }

    fn tunnel(&mut self, tunnel: Tunnel) {
        let all = &mut self.tunnels;
        all.count = all.count.saturating_add(1);
        all.packets = all.packets.saturating_add(tunnel.packets);
        all.bytes = all.bytes.saturating_add(tunnel.bytes);
        all.nested = all.nested.saturating_add(u64::from(tunnel.nested));
    }
}

/// True for a request, false for an answer, None where the message is neither.
fn direction(message: &Message<'_>) -> Option<bool> {
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

/// The count of `key`, unless there are too many kinds already.
fn kind<'m, V: Default>(map: &'m mut FastMap<Vec<u8>, V>, key: &[u8]) -> Option<&'m mut V> {
    if !map.contains_key(key) {
        if map.len() >= MAX_KINDS {
            return None;
        }
        map.insert(key.to_vec(), V::default());
    }
    map.get_mut(key)
}
