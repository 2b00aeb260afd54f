//! One direction of a TCP connection: what came too early waits, what never comes is given up.

use std::collections::VecDeque;

use super::context::{At, Context};
use super::recent::Recent;
use super::{Stream, Taken, Upper};
use crate::anomaly::{Anomalies, Anomaly};
use crate::budget::MAX_DIAMETER;
use crate::gap::Reason;

/// Bytes that may wait behind a hole, beyond which it is given up: four times a common receive window.
const MAX_HELD: usize = 1 << 18;
/// Segments that may wait behind a hole.
const MAX_HELD_SEGMENTS: usize = 1_024;
/// A sequence number farther away belongs to another connection of the same ports.
const MAX_DISTANCE: u32 = 1 << 24;
/// Bytes that an upper protocol may leave for later: its longest message and a segment.
const MAX_PENDING: usize = MAX_DIAMETER + (1 << 16);
/// A hole this old is given up even if nobody has acknowledged what is behind it: several retransmission timeouts.
const MAX_HOLE_MICROSECONDS: i64 = 3_000_000;
/// A hole that the receiver has acknowledged is given up after this: two captured interfaces may be out of step.
const ACKNOWLEDGED_HOLE_MICROSECONDS: i64 = 1_000;
/// What a waiting segment costs beside its bytes.
const HELD_OVERHEAD: usize = 64;

struct Held {
    sequence: u32,
    at: At,
    bytes: Vec<u8>,
    missing: usize,
}

#[derive(Default)]
pub(super) struct Direction {
    /// Sequence number of the next byte to hand out.
    next: Option<u32>,
    /// Where the stream begins, or where the capture first saw it.
    first: u32,
    /// True when nothing before `first` is wanted: its opening was captured, or lies far behind.
    opened: bool,
    closed: bool,
    synchronised: bool,
    /// Bytes that the upper protocol has not consumed.
    pending: Vec<u8>,
    /// The latest capture among them.
    pending_at: At,
    /// Segments behind a hole, by sequence number.
    held: VecDeque<Held>,
    held_bytes: usize,
    held_since: i64,
    /// The last bytes before `next`.
    recent: Recent,
    acknowledged: Option<u32>,
    anomalies: Anomalies,
}

impl Direction {
    pub(super) fn cost(&self) -> usize {
        let waiting = self.held.len().saturating_mul(HELD_OVERHEAD).saturating_add(self.held_bytes);
        self.pending.len().saturating_add(self.recent.len()).saturating_add(waiting)
    }

    pub(super) fn has_hole(&self) -> bool {
        !self.held.is_empty()
    }

    /// True when an opening with this number is not that of the stream already known.
    pub(super) fn is_other_opening(&self, sequence: u32) -> bool {
        self.next.is_some() && self.first != sequence.wrapping_add(1)
    }

    pub(super) fn open(&mut self, sequence: u32) {
        if self.next.is_none() {
            self.start(sequence.wrapping_add(1), true);
        }
    }

    pub(super) const fn close(&mut self) {
        self.closed = true;
    }

    pub(super) const fn is_closed(&self) -> bool {
        self.closed
    }

    /// RFC 9293 §3.5.3: a reset outside the window is somebody else's.
    pub(super) fn accepts_reset(&self, sequence: u32) -> bool {
        self.next.is_none_or(|next| sequence.wrapping_sub(next) <= 0xffff)
    }

    pub(super) fn take<U: Upper>(&mut self, sequence: u32, bytes: &[u8], missing: usize, context: &mut Context<'_, U>) {
        if bytes.is_empty() && missing == 0 {
            return;
        }
        let next = match self.next {
            Some(next) if sequence.wrapping_sub(next).min(next.wrapping_sub(sequence)) <= MAX_DISTANCE => next,
            Some(_) => {
                self.flush(context);
                self.start(sequence, false);
                sequence
            }
            None => {
                self.start(sequence, false);
                sequence
            }
        };
        let at = context.now();
        if sequence.wrapping_sub(next).cast_signed() > 0 {
            self.hold(next, Held { sequence, at, bytes: bytes.to_vec(), missing });
        } else {
            self.deliver_from(sequence, bytes, missing, at, context);
            self.release(context);
        }
        self.give_up_holes(context);
    }

    pub(super) fn acknowledge<U: Upper>(&mut self, acknowledgement: u32, context: &mut Context<'_, U>) {
        if self.acknowledged.is_none_or(|before| acknowledgement.wrapping_sub(before).cast_signed() > 0) {
            self.acknowledged = Some(acknowledgement);
        }
        self.give_up_holes(context);
    }

    /// Nothing more will come: hand out what waits behind holes, and tell what no message was made of.
    pub(super) fn flush<U: Upper>(&mut self, context: &mut Context<'_, U>) {
        while !self.held.is_empty() {
            self.lose_hole(context);
        }
        if !self.pending.is_empty() {
            context.gap(self.pending_at, self.pending.len(), Reason::ReassemblyIncomplete);
            self.pending = Vec::new();
            self.synchronised = false;
        }
        if !core::mem::take(&mut self.anomalies).is_empty() {
            context.gap(context.now(), 0, Reason::ReassemblyConflict);
        }
        self.recent = Recent::default();
    }

    fn start(&mut self, sequence: u32, opened: bool) {
        self.next = Some(sequence);
        self.first = sequence;
        self.opened = opened;
        self.synchronised = opened;
        self.closed = false;
        self.acknowledged = None;
        self.recent.clear();
    }

    /// Hand out the part of a segment that lies at the stream's position; what lies before it came already.
    fn deliver_from<U: Upper>(&mut self, sequence: u32, bytes: &[u8], missing: usize, at: At, context: &mut Context<'_, U>) {
        let next = self.next.unwrap_or(sequence);
        let behind = usize::try_from(next.wrapping_sub(sequence)).unwrap_or(usize::MAX);
        if behind == 0 {
            return self.deliver(bytes, missing, at, context);
        }
        if behind == 1 && bytes.len() <= 1 && missing == 0 {
            return; // a keep-alive: one byte of anything, RFC 1122 §4.2.3.6
        }
        if self.recent.contradicts(behind, bytes) {
            self.anomalies.add(Anomaly::TcpOverlap);
        }
        let unseen = self.first.wrapping_sub(sequence).cast_signed();
        if unseen > 0 && !self.opened {
            // The capture began between this segment and those after it.
            let unseen = usize::try_from(unseen).unwrap_or(0).min(bytes.len().saturating_add(missing));
            context.gap(at, unseen, Reason::MissingBytes);
        }
        match bytes.get(behind..) {
            Some(fresh) => self.deliver(fresh, missing, at, context),
            None => self.deliver(&[], missing.saturating_sub(behind.saturating_sub(bytes.len())), at, context),
        }
    }

    fn deliver<U: Upper>(&mut self, bytes: &[u8], missing: usize, at: At, context: &mut Context<'_, U>) {
        if !bytes.is_empty() {
            self.recent.remember(bytes);
            self.advance(bytes.len());
            self.hand_over(bytes, at, context);
        }
        if missing > 0 {
            self.lose(missing, at, context);
        }
    }

    fn hand_over<U: Upper>(&mut self, bytes: &[u8], at: At, context: &mut Context<'_, U>) {
        let (synchronised, anomalies) = (self.synchronised, self.anomalies);
        let at = if self.pending.is_empty() || at.frame >= self.pending_at.frame { at } else { self.pending_at };
        let stream = Stream { frame: at.frame, observed_at: at.observed_at, ..context.stream };
        let Taken { consumed, synchronised } = if self.pending.is_empty() {
            let taken = context.upper.bytes(stream, bytes, synchronised, anomalies);
            self.pending.extend_from_slice(bytes.get(taken.consumed..).unwrap_or_default());
            taken
        } else {
            self.pending.extend_from_slice(bytes);
            let taken = context.upper.bytes(stream, &self.pending, synchronised, anomalies);
            self.pending.drain(..taken.consumed.min(self.pending.len()));
            taken
        };
        self.pending_at = at;
        self.synchronised = synchronised;
        if consumed > 0 {
            self.anomalies = Anomalies::default();
        }
        if self.pending.is_empty() {
            // Capacity is not counted among the bytes held, so a large buffer is not kept.
            self.pending.shrink_to(1 << 14);
        } else if self.pending.len() > MAX_PENDING {
            context.gap(at, self.pending.len(), Reason::ReassemblyIncomplete);
            self.pending = Vec::new();
            self.synchronised = false;
        }
    }

    fn advance(&mut self, length: usize) {
        let step = u32::try_from(length).unwrap_or(u32::MAX);
        self.next = self.next.map(|next| next.wrapping_add(step));
        self.opened |= self.next.is_some_and(|next| next.wrapping_sub(self.first) > MAX_DISTANCE);
    }

    fn hold(&mut self, next: u32, segment: Held) {
        let distance = |held: &Held| held.sequence.wrapping_sub(next);
        let index = self.held.partition_point(|held| distance(held) < distance(&segment));
        if let Some(same) = self.held.get(index).filter(|held| held.sequence == segment.sequence) {
            if same.bytes.iter().zip(&segment.bytes).any(|(old, again)| old != again) {
                self.anomalies.add(Anomaly::TcpOverlap);
            }
            if same.bytes.len() >= segment.bytes.len() {
                return;
            }
        }
        if self.held.is_empty() {
            self.held_since = segment.at.observed_at;
        }
        self.held_bytes = self.held_bytes.saturating_add(segment.bytes.len());
        self.held.insert(index, segment);
    }

    /// Hand out waiting segments that the stream has reached.
    fn release<U: Upper>(&mut self, context: &mut Context<'_, U>) {
        let Some(mut next) = self.next else { return };
        while self.held.front().is_some_and(|held| held.sequence.wrapping_sub(next).cast_signed() <= 0) {
            let Some(held) = self.held.pop_front() else { break };
            self.held_bytes = self.held_bytes.saturating_sub(held.bytes.len());
            self.held_since = context.stream.observed_at;
            self.deliver_from(held.sequence, &held.bytes, held.missing, held.at, context);
            next = self.next.unwrap_or(next);
        }
    }

    /// Go on behind holes that will not be filled.
    pub(super) fn give_up_holes<U: Upper>(&mut self, context: &mut Context<'_, U>) {
        while let Some(held) = self.held.front() {
            let age = context.stream.observed_at.saturating_sub(self.held_since);
            let is_acknowledged = self.acknowledged.is_some_and(|number| number.wrapping_sub(held.sequence).cast_signed() >= 0);
            let is_due = is_acknowledged && age >= ACKNOWLEDGED_HOLE_MICROSECONDS;
            let is_hopeless = self.held_bytes > MAX_HELD || self.held.len() > MAX_HELD_SEGMENTS || age > MAX_HOLE_MICROSECONDS;
            if !(is_due || is_hopeless) {
                return;
            }
            self.lose_hole(context);
        }
    }

    /// Go on behind the first hole: it was seen when the segment behind it came.
    fn lose_hole<U: Upper>(&mut self, context: &mut Context<'_, U>) {
        let (Some(next), Some(held)) = (self.next, self.held.front()) else { return };
        let at = held.at;
        let hole = usize::try_from(held.sequence.wrapping_sub(next)).unwrap_or(0);
        self.lose(hole, at, context);
        self.release(context);
    }

    /// Bytes at the stream's position were never captured; the message they belong to is lost.
    fn lose<U: Upper>(&mut self, length: usize, at: At, context: &mut Context<'_, U>) {
        context.gap(at, length.saturating_add(self.pending.len()), Reason::MissingBytes);
        self.pending = Vec::new();
        self.recent.clear();
        self.synchronised = false;
        self.advance(length);
    }
}
