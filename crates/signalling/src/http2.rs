//! HTTP/2, RFC 9113, as 5G service-based interfaces and N32 use it: connections, frames, requests and their answers.
//!
//! A request or answer is a row when its stream ends there, with the frame and time of its last part; bodies are searched for who is
//! named in them, and dropped.

mod connection;
mod exchange;
mod frame;
mod part;

use crate::gap::{Gap, Reason};
use crate::hashing::{FastMap, retire};
use crate::message::{Message, Protocol};
use crate::sink::Sink;
use crate::tcp::Taken;
use connection::Connection;
use exchange::Asked;
use part::Part;

/// Octets held for header tables, header blocks and unfinished messages, over all connections; the ones silent longest are given up.
const MAX_HELD: usize = 32 << 20;

/// The HTTP/2 connections of a capture.
#[derive(Default)]
pub struct Connections {
    open: FastMap<u64, Connection>,
    held: usize,
}

impl Connections {
    /// Take bytes of one direction, those not consumed before in front, and give each request and answer that ends in them as a row.
    /// Unless `synchronised`, bytes before these were lost.
    pub fn bytes(
        &mut self,
        connection: u64,
        upward: bool,
        bytes: &[u8],
        synchronised: bool,
        envelope: &Message<'_>,
        sink: &mut impl Sink,
    ) -> Taken {
        if self.held > MAX_HELD {
            for (_, given_up) in retire(&mut self.open, |connection| connection.last_frame) {
                self.held = self.held.saturating_sub(given_up.held());
                let length = given_up.exchanges.values().filter(|exchange| exchange.is_open()).count();
                if length > 0 {
                    let reason = Reason::ReassemblyIncomplete;
                    sink.gap(Gap { frame: given_up.last_frame, offset: 0, length, protocol: Protocol::Http2, reason });
                }
            }
        }
        let known = self.open.entry(connection).or_insert_with(|| Connection::new(envelope));
        let before = if known.last_frame == 0 { 0 } else { known.held() };
        known.last_frame = envelope.frame.max(1);
        let mut rows = Rows { envelope, sink, count: 0 };
        let taken = known.bytes(upward, bytes, synchronised, &mut rows);
        self.held = self.held.saturating_sub(before).saturating_add(known.held());
        taken
    }

    /// Say that `length` bytes of one direction were lost, before the bytes behind them are given. A hole that has no room for a header
    /// block leaves the header table as it was: captures that were filtered lack acknowledgements of settings.
    pub fn lost(&mut self, connection: u64, upward: bool, length: usize) {
        if let Some(known) = self.open.get_mut(&connection) {
            known.lost(upward, length);
        }
    }

    /// A connection has ended: what never became whole is a row as far as it came.
    pub fn closed(&mut self, connection: u64, envelope: &Message<'_>, sink: &mut impl Sink) {
        if let Some(mut known) = self.open.remove(&connection) {
            self.held = self.held.saturating_sub(known.held());
            let mut rows = Rows { envelope, sink, count: 0 };
            known.flush(&mut rows);
        }
    }

    /// The capture has ended.
    pub fn finish(&mut self, envelope: &Message<'_>, sink: &mut impl Sink) {
        let mut open: Vec<u64> = self.open.keys().copied().collect();
        open.sort_unstable();
        let mut rows = Rows { envelope, sink, count: 0 };
        for connection in open {
            if let Some(mut known) = self.open.remove(&connection) {
                known.flush(&mut rows);
            }
        }
        self.held = 0;
    }
}

/// Where the rows of one call go.
struct Rows<'r, 'm, S> {
    envelope: &'r Message<'m>,
    sink: &'r mut S,
    count: u32,
}

impl<S: Sink> Rows<'_, '_, S> {
    /// Give a row, and say which interface it was on.
    fn give(&mut self, part: &Part, asked: Option<Asked>) -> Option<&'static str> {
        let mut row = part.row(self.envelope);
        row.index = self.envelope.index.saturating_add(self.count);
        if let Some(asked) = asked {
            row.request_frame = Some(asked.frame);
            row.delay = Some(row.observed_at.saturating_sub(asked.observed_at));
        }
        self.count = self.count.saturating_add(1);
        self.sink.message(&row);
        row.interface
    }

    fn lose(&mut self, length: usize, reason: Reason) {
        if length > 0 {
            self.sink.gap(Gap { frame: self.envelope.frame, offset: 0, length, protocol: Protocol::Http2, reason });
        }
    }
}
