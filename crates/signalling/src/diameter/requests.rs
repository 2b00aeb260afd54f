//! Requests and answers of Diameter, found again by their identifiers and peers. Ref: RFC 6733 §6.2.

use core::net::IpAddr;

use crate::budget::MAX_OPEN_TRANSACTIONS;
use crate::hashing::{FastMap, retire};
use crate::message::{ApplicationContext, Message};

/// Microseconds after which an answer is taken for that of another request with the same identifiers. RFC 6733 sets no limit;
/// relays give a request up after tens of seconds.
const MAX_DELAY: i64 = 600_000_000;
/// Associations told apart that share identifiers, ports and command; more than these overwrite one another.
const ALIKE: u8 = 4;

/// What names a request from the side of its answer. Addresses stand in the value: an association may have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Name {
    hop_by_hop: u32,
    end_to_end: u32,
    ports: u32,
    command: u32,
    application: u32,
    alike: u8,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    source_ip: Option<IpAddr>,
    destination_ip: Option<IpAddr>,
    frame: u64,
    observed_at: i64,
}

/// How well an answer fits an open request.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// One of two addresses: the association has several.
    OneAddress,
    /// Both.
    BothAddresses,
}

/// Requests that wait for their answer.
#[derive(Debug, Default)]
pub struct Requests {
    open: FastMap<Name, Open>,
}

impl Requests {
    /// Nothing waits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.open.len()
    }

    /// True when none waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Keep a request until its answer comes; the same identifiers once more mean the newer one.
    pub(super) fn ask(&mut self, message: &Message<'_>) {
        let Some(mut name) = name_of(message, message.source_port, message.destination_port) else { return };
        let open = Open {
            source_ip: message.source_ip,
            destination_ip: message.destination_ip,
            frame: message.frame,
            observed_at: message.observed_at,
        };
        if self.open.len() >= MAX_OPEN_TRANSACTIONS {
            drop(retire(&mut self.open, |open| open.frame));
        }
        for alike in 0..ALIKE {
            name.alike = alike;
            match self.open.get(&name) {
                Some(known) if !is_same_way(known, &open) && !is_late(known, open.observed_at) => {}
                _ => {
                    self.open.insert(name, open);
                    return;
                }
            }
        }
        self.open.insert(name, open);
    }

    /// Give an answer its request and its delay.
    pub(super) fn answer(&mut self, message: &mut Message<'_>) {
        let Some(mut name) = name_of(message, message.destination_port, message.source_port) else { return };
        let mut best: Option<(Fit, Name, Open)> = None;
        for alike in 0..ALIKE {
            name.alike = alike;
            let Some(open) = self.open.get(&name) else { continue };
            let Some(fit) = fit_of(open, message) else { continue };
            let is_sure = fit == Fit::BothAddresses;
            if best.as_ref().is_none_or(|(known, ..)| *known < fit) {
                best = Some((fit, name, *open));
            }
            if is_sure {
                break;
            }
        }
        let Some((_, name, open)) = best else { return };
        self.open.remove(&name);
        if is_late(&open, message.observed_at) {
            return;
        }
        message.request_frame = Some(open.frame);
        message.delay = Some(message.observed_at.saturating_sub(open.observed_at));
    }
}

fn name_of(message: &Message<'_>, asking: Option<u16>, asked: Option<u16>) -> Option<Name> {
    let ApplicationContext::Application(application) = message.application_context else { return None };
    Some(Name {
        hop_by_hop: message.hop_by_hop?,
        end_to_end: message.end_to_end?,
        ports: u32::from(asking.unwrap_or(0)) << 16 | u32::from(asked.unwrap_or(0)),
        command: u32::try_from(message.operation_code?).ok()?,
        application,
        alike: 0,
    })
}

fn is_same_way(a: &Open, b: &Open) -> bool {
    a.source_ip == b.source_ip && a.destination_ip == b.destination_ip
}

const fn is_late(open: &Open, now: i64) -> bool {
    now.saturating_sub(open.observed_at).saturating_abs() > MAX_DELAY
}

fn fit_of(open: &Open, answer: &Message<'_>) -> Option<Fit> {
    match (open.source_ip == answer.destination_ip, open.destination_ip == answer.source_ip) {
        (true, true) => Some(Fit::BothAddresses),
        (false, false) => None,
        _ => Some(Fit::OneAddress),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::net::Ipv4Addr;

    fn message(frame: u64, source: u8, destination: u8, is_request: bool) -> Message<'static> {
        let (source_port, destination_port) = if is_request { (5_000, 3_868) } else { (3_868, 5_000) };
        Message {
            frame,
            observed_at: i64::try_from(frame).unwrap_or(0).saturating_mul(1_000),
            source_ip: Some(Ipv4Addr::new(192, 0, 2, source).into()),
            destination_ip: Some(Ipv4Addr::new(192, 0, 2, destination).into()),
            source_port: Some(source_port),
            destination_port: Some(destination_port),
            hop_by_hop: Some(7),
            end_to_end: Some(8),
            operation_code: Some(316),
            application_context: ApplicationContext::Application(16_777_251),
            ..Message::default()
        }
    }

    fn answered(requests: &mut Requests, mut answer: Message<'_>) -> (Option<u64>, Option<i64>) {
        requests.answer(&mut answer);
        (answer.request_frame, answer.delay)
    }

    #[test]
    fn an_answer_finds_its_request_once() {
        let mut requests = Requests::new();
        requests.ask(&message(1, 1, 2, true));
        assert_eq!(answered(&mut requests, message(4, 2, 1, false)), (Some(1), Some(3_000)));
        assert_eq!(answered(&mut requests, message(5, 2, 1, false)), (None, None));
        assert!(requests.is_empty());
    }

    #[test]
    fn the_same_identifiers_between_other_peers_are_another_request() {
        let mut requests = Requests::new();
        requests.ask(&message(1, 1, 2, true));
        requests.ask(&message(2, 3, 4, true));
        assert_eq!(requests.len(), 2);
        assert_eq!(answered(&mut requests, message(3, 4, 3, false)), (Some(2), Some(1_000)));
        assert_eq!(answered(&mut requests, message(4, 2, 1, false)), (Some(1), Some(3_000)));
        assert_eq!(answered(&mut requests, message(5, 9, 9, false)), (None, None));
    }

    #[test]
    fn an_answer_from_another_address_of_the_same_peer_still_finds_it() {
        let mut requests = Requests::new();
        requests.ask(&message(1, 1, 2, true));
        assert_eq!(answered(&mut requests, message(2, 3, 1, false)), (Some(1), Some(1_000)));
    }

    #[test]
    fn identifiers_used_again_mean_the_newer_request_and_stale_ones_none() {
        let mut requests = Requests::new();
        requests.ask(&message(1, 1, 2, true));
        requests.ask(&message(2, 1, 2, true));
        assert_eq!(answered(&mut requests, message(3, 2, 1, false)), (Some(2), Some(1_000)));
        requests.ask(&message(4, 1, 2, true));
        assert_eq!(answered(&mut requests, message(700_000, 2, 1, false)), (None, None));
        assert!(requests.is_empty());
    }

    #[test]
    fn what_is_never_answered_is_given_up_oldest_first() {
        let mut requests = Requests::new();
        for frame in 0..u64::try_from(MAX_OPEN_TRANSACTIONS).unwrap_or(0).saturating_add(9) {
            let mut request = message(frame, 1, 2, true);
            request.hop_by_hop = u32::try_from(frame).ok();
            requests.ask(&request);
        }
        assert!(requests.len() <= MAX_OPEN_TRANSACTIONS);
        let mut first = message(9, 2, 1, false);
        first.hop_by_hop = Some(0);
        assert_eq!(answered(&mut requests, first).0, None);
    }
}
