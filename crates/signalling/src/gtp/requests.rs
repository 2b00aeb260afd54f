//! Requests and their answers: the same two addresses, the requester's port, the sequence number, the type. Ref: TS 29.274 §7.6, TS 29.060 §7.6.

use core::hash::BuildHasher;
use core::net::IpAddr;
use std::collections::VecDeque;

use super::names::Role;
use crate::budget::MAX_OPEN_TRANSACTIONS;
use crate::hashing::{FastMap, Keyed, retire};
use crate::message::{Message, Protocol};

/// A node sends a request N3 times, T3 apart: at most five times five seconds in practice. Older than this, the number was used anew.
const LIFETIME: u64 = 60_000_000;
/// Answered requests remembered, so that a repeated answer finds its request too.
const ANSWERED: usize = 1_024;

/// Small, because this table is as large as the cache of a processor: the addresses stand in it as a print of 64 bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    /// Requester and responder.
    nodes: u64,
    /// Requester's port, protocol, type and sequence number.
    exchange: u64,
}

struct Open {
    frame: u64,
    observed_at: i64,
    interface: Interface,
    is_answered: bool,
}

/// Requests that wait for their answers, within a budget of number and of capture time.
#[derive(Default)]
pub(crate) struct Requests {
    open: FastMap<Key, Open>,
    answered: VecDeque<Key>,
    prints: Keyed,
    swept_at: i64,
}

impl Requests {
    /// Remember a request, or tell an answer which request it is for.
    pub(crate) fn pair(&mut self, message: &mut Message<'_>, role: Role) {
        let (Some(source), Some(destination), Some(sequence)) = (message.source_ip, message.destination_ip, message.sequence) else {
            return;
        };
        let code = message.operation_code.and_then(|code| u8::try_from(code).ok()).unwrap_or(0);
        match role {
            Role::Single => {}
            Role::Request => {
                let exchange = exchange(message.source_port, message.protocol, code, sequence);
                self.ask(Key { nodes: self.nodes(source, destination), exchange }, message);
            }
            Role::Answer(request) => {
                let exchange = exchange(message.destination_port, message.protocol, request, sequence);
                self.answer(Key { nodes: self.nodes(destination, source), exchange }, message);
            }
        }
    }

    fn nodes(&self, requester: IpAddr, responder: IpAddr) -> u64 {
        self.prints.hash_one((wide(requester), wide(responder)))
    }

    fn ask(&mut self, key: Key, message: &Message<'_>) {
        let Message { frame, observed_at, .. } = *message;
        let interface = Interface::of(message.interface);
        if observed_at.abs_diff(self.swept_at) > LIFETIME {
            self.swept_at = observed_at;
            self.open.retain(|_, open| open.observed_at.abs_diff(observed_at) <= LIFETIME);
            self.answered.retain(|key| self.open.contains_key(key));
        }
        if self.open.len() >= MAX_OPEN_TRANSACTIONS {
            retire(&mut self.open, |open| open.frame);
        }
        let open = self.open.entry(key).or_insert(Open { frame, observed_at, interface, is_answered: false });
        // A repeated request keeps the frame of the first one.
        if open.observed_at.abs_diff(observed_at) > LIFETIME {
            *open = Open { frame, observed_at, interface, is_answered: open.is_answered };
        }
    }

    fn answer(&mut self, key: Key, message: &mut Message<'_>) {
        let Some(open) = self.open.get_mut(&key) else { return };
        if open.observed_at.abs_diff(message.observed_at) > LIFETIME {
            return;
        }
        message.request_frame = Some(open.frame);
        message.delay = Some(message.observed_at.saturating_sub(open.observed_at));
        message.interface = message.interface.or(open.interface.name());
        if core::mem::replace(&mut open.is_answered, true) {
            return;
        }
        self.answered.push_back(key);
        if self.answered.len() > ANSWERED
            && let Some(oldest) = self.answered.pop_front()
        {
            self.open.remove(&oldest);
        }
    }
}

/// The reference points of requests whose answers do not tell theirs, in one octet.
#[derive(Clone, Copy)]
struct Interface(u8);

impl Interface {
    const NAMES: [&'static str; 10] = ["S5/S8", "S11", "S10", "S3", "S4", "S16", "S2a", "S2b", "N26", "Sm"];

    fn of(name: Option<&'static str>) -> Self {
        let position = name.and_then(|name| Self::NAMES.iter().position(|known| *known == name));
        Self(position.and_then(|position| u8::try_from(position).ok()).unwrap_or(u8::MAX))
    }

    fn name(self) -> Option<&'static str> {
        Self::NAMES.get(usize::from(self.0)).copied()
    }
}

fn wide(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn exchange(port: Option<u16>, protocol: Protocol, code: u8, sequence: u32) -> u64 {
    let version = match protocol {
        Protocol::GtpV0 => 0,
        Protocol::GtpV1 => 1,
        Protocol::GtpV2 => 2,
        Protocol::GtpU => 3,
        Protocol::GtpPrime => 4,
        _ => 5,
    };
    u64::from(port.unwrap_or(0)) << 48 | version << 40 | u64::from(code) << 32 | u64::from(sequence)
}
