//! Reassembly of SCCP segments, ITU-T Q.714 (05/2001) §4.1.1: one message in up to sixteen XUDT, LUDT or CLDT.

use crate::anomaly::{Anomalies, Anomaly};
use crate::budget::MAX_SEGMENT_BYTES;
use crate::gap::{Gap, Reason};
use crate::hashing::{FastMap, fingerprint, retire};
use crate::message::Protocol;
use crate::sccp::LinkKey;
use crate::sink::Sink;

/// T(reass) is at most 20 s (Q.714 annex C); counted from the last segment, because a patient sender is an evasion too.
const TIMEOUT: u64 = 20_000_000;
/// Memory that one kept segment or one open message costs beside its bytes.
const OVERHEAD: usize = 128;
/// Losses kept until they are reported; beyond it they are added up in the last one.
const MAX_LOST: usize = 1 << 16;

/// What the segmentation parameter says. Ref: Q.713 §3.17.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segmentation {
    /// True in the first segment only.
    pub first: bool,
    /// Segments still to come.
    pub remaining: u8,
    /// The sender's number for the whole message.
    pub local_reference: u32,
}

/// One segment with what places it.
pub(crate) struct Segment<'a> {
    pub segmentation: Segmentation,
    pub calling: &'a [u8],
    pub called: &'a [u8],
    /// True for a segment of a returned message.
    pub is_service: bool,
    pub payload: &'a [u8],
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    association: u64,
    originating_point_code: u32,
    destination_point_code: u32,
    /// Q.714 §4.1.1.2.3: the calling party address and the local reference name a reassembly.
    calling: u64,
    local_reference: u32,
    is_service: bool,
}

struct Part {
    remaining: u8,
    print: u64,
    bytes: Vec<u8>,
}

struct Open {
    parts: Vec<Part>,
    /// Number of segments less one, once the first segment said it.
    announced: Option<u8>,
    previous: u8,
    called: u64,
    is_done: bool,
    anomalies: Anomalies,
    last_at: i64,
    arrival: u64,
    frame: u64,
}

impl Open {
    fn length(&self) -> usize {
        self.parts.iter().fold(0, |sum, part| sum.saturating_add(part.bytes.len()))
    }

    fn cost(&self) -> usize {
        self.parts.len().saturating_add(1).saturating_mul(OVERHEAD).saturating_add(self.length())
    }
}

/// Messages waiting for their other segments, within a budget of bytes and of capture time.
#[derive(Default)]
pub struct Segments {
    open: FastMap<Key, Open>,
    whole: Vec<u8>,
    held: usize,
    arrivals: u64,
    swept_at: i64,
    lost: Vec<Gap>,
    connection_oriented: u64,
}

impl Segments {
    /// Nothing open yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Connection-oriented messages passed over so far.
    #[must_use]
    pub const fn connection_oriented(&self) -> u64 {
        self.connection_oriented
    }

    pub(crate) const fn count_connection_oriented(&mut self) {
        self.connection_oriented = self.connection_oriented.saturating_add(1);
    }

    /// Hand over what was given up since the last call.
    pub fn report(&mut self, sink: &mut impl Sink) {
        for gap in self.lost.drain(..) {
            sink.gap(gap);
        }
    }

    /// Give up what is still open, at the end of a capture.
    pub fn finish(&mut self, sink: &mut impl Sink) {
        let mut rest: Vec<Open> = self.open.drain().map(|(_, open)| open).collect();
        rest.sort_by_key(|open| open.arrival);
        for open in &rest {
            self.give_up(open);
        }
        self.held = 0;
        self.report(sink);
    }

    /// Take a segment; the whole message when it was the last one missing, with what was odd on the way.
    pub(crate) fn add(&mut self, segment: &Segment<'_>, link: LinkKey, observed_at: i64) -> Option<(&[u8], Anomalies)> {
        self.sweep(observed_at);
        let key = Key {
            association: link.association,
            originating_point_code: link.originating_point_code,
            destination_point_code: link.destination_point_code,
            calling: fingerprint(segment.calling),
            local_reference: segment.segmentation.local_reference,
            is_service: segment.is_service,
        };
        self.arrivals = self.arrivals.saturating_add(1);
        let mut open = self.open.remove(&key).map_or_else(
            || started(segment, link, self.arrivals),
            |open| {
                self.held = self.held.saturating_sub(open.cost());
                open
            },
        );
        if is_reused(&open, segment) {
            self.give_up(&open);
            open = started(segment, link, self.arrivals);
        }
        open.last_at = observed_at;
        let finished = place(&mut open, segment) && self.join(&open);
        let anomalies = open.anomalies;
        if finished {
            // What follows under the same name is a repetition, until the name is used anew.
            open.is_done = true;
            open.parts.iter_mut().for_each(|part| part.bytes = Vec::new());
        }
        self.held = self.held.saturating_add(open.cost());
        self.open.insert(key, open);
        if self.held > MAX_SEGMENT_BYTES {
            for (_, old) in retire(&mut self.open, |open| open.arrival) {
                self.held = self.held.saturating_sub(old.cost());
                self.give_up(&old);
            }
        }
        finished.then_some((self.whole.as_slice(), anomalies))
    }

    /// Join the segments of `open` when none is missing; without a first one, only when they make a whole transaction message.
    fn join(&mut self, open: &Open) -> bool {
        let highest = open.announced.or_else(|| open.parts.iter().map(|part| part.remaining).max()).unwrap_or(0);
        self.whole.clear();
        for wanted in (0..=highest).rev() {
            let Some(part) = open.parts.iter().find(|part| part.remaining == wanted) else {
                return false;
            };
            self.whole.extend_from_slice(&part.bytes);
        }
        open.announced.is_some() || is_whole_transaction(&self.whole)
    }

    fn sweep(&mut self, observed_at: i64) {
        if observed_at.abs_diff(self.swept_at) < TIMEOUT / 8 {
            return;
        }
        self.swept_at = observed_at;
        let mut old: Vec<Open> =
            self.open.extract_if(|_, open| open.last_at.abs_diff(observed_at) > TIMEOUT).map(|(_, open)| open).collect();
        old.sort_by_key(|open| open.arrival);
        for open in old {
            self.held = self.held.saturating_sub(open.cost());
            self.give_up(&open);
        }
    }

    fn give_up(&mut self, open: &Open) {
        if open.is_done {
            return;
        }
        let length = open.length();
        if self.lost.len() >= MAX_LOST {
            if let Some(last) = self.lost.last_mut() {
                last.length = last.length.saturating_add(length);
            }
            return;
        }
        self.lost.push(Gap { frame: open.frame, offset: 0, length, protocol: Protocol::Sccp, reason: Reason::ReassemblyIncomplete });
    }
}

fn started(segment: &Segment<'_>, link: LinkKey, arrival: u64) -> Open {
    Open {
        parts: Vec::new(),
        announced: None,
        previous: segment.segmentation.remaining.saturating_add(1),
        called: fingerprint(segment.called),
        is_done: false,
        anomalies: Anomalies::default(),
        last_at: 0,
        arrival,
        frame: link.frame,
    }
}

/// True when a first segment opens another message under the name of an earlier one.
fn is_reused(open: &Open, segment: &Segment<'_>) -> bool {
    segment.segmentation.first && (open.is_done || open.announced.is_some_and(|_| !holds(open, segment)))
}

fn holds(open: &Open, segment: &Segment<'_>) -> bool {
    let print = fingerprint(segment.payload);
    open.parts.iter().any(|part| part.remaining == segment.segmentation.remaining && part.print == print)
}

/// Put a segment in its place; false when it brings nothing new. The first of two that differ is kept.
fn place(open: &mut Open, segment: &Segment<'_>) -> bool {
    let Segmentation { first, remaining, .. } = segment.segmentation;
    let in_order = if open.parts.is_empty() { first } else { !first && remaining.checked_add(1) == Some(open.previous) };
    if !in_order || fingerprint(segment.called) != open.called {
        open.anomalies.add(Anomaly::SccpSegmentOrder);
    }
    if open.is_done || open.parts.iter().any(|part| part.remaining == remaining) {
        return false;
    }
    open.previous = remaining;
    if first {
        open.announced = Some(remaining);
    }
    open.parts.push(Part { remaining, print: fingerprint(segment.payload), bytes: segment.payload.to_vec() });
    true
}

/// A TCAP message tag of Q.773 or T1.114 whose length ends with the bytes: what an element that never saw a first segment would act on.
fn is_whole_transaction(bytes: &[u8]) -> bool {
    let [0x60..=0x67 | 0xe1..=0xe6, rest @ ..] = bytes else { return false };
    match rest {
        [0x80, .., 0, 0] => true,
        [0x82, high, low, content @ ..] => usize::from(u16::from_be_bytes([*high, *low])) == content.len(),
        [0x81, length, content @ ..] | [length @ 0..=0x7f, content @ ..] => usize::from(*length) == content.len(),
        _ => false,
    }
}
