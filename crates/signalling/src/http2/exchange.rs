//! Requests and their answers on the streams of a connection, RFC 9113 §5 and §8.1: header blocks put together, parts begun and ended.

use super::Rows;
use super::connection::{Connection, Unfinished};
use super::frame::{self, Header};
use super::part::Part;
use crate::anomaly::Anomaly;
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::hpack::Faults;
use crate::n32::Api;
use crate::sink::Sink;

/// Octets of one header block; stacks refuse more than 64 KiB.
const MAX_BLOCK: usize = 64 << 10;
/// Exchanges open on one connection; stacks allow 100 to 250 at once.
const MAX_EXCHANGES: usize = 512;
/// SETTINGS_HEADER_TABLE_SIZE (RFC 9113 §6.5.2).
const HEADER_TABLE_SIZE: u16 = 1;

/// A request and its answer.
#[derive(Default)]
pub(super) struct Exchange {
    request: Option<Part>,
    answer: Option<Part>,
    asked: Option<Asked>,
}

/// What an answer needs of a request that is a row already.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub frame: u64,
    pub observed_at: i64,
    api: Api,
}

impl Exchange {
    /// The part that goes this way.
    pub fn part(&mut self, upward: bool) -> Option<&mut Part> {
        [&mut self.request, &mut self.answer].into_iter().flatten().find(|part| part.upward == upward)
    }

    /// Give the request as a row, if it is not one yet.
    fn give_request<S: Sink>(&mut self, rows: &mut Rows<'_, '_, S>) {
        if let Some(request) = self.request.take() {
            let interface = rows.give(&request, None);
            let (frame, observed_at) = (rows.envelope.frame, rows.envelope.observed_at);
            self.asked = Some(Asked { frame, observed_at, api: Api { interface, ..request.api.unwrap_or_default() } });
        }
    }

    /// Give both, as far as they came.
    pub fn give<S: Sink>(&mut self, rows: &mut Rows<'_, '_, S>) {
        self.give_request(rows);
        if let Some(mut answer) = self.answer.take() {
            answer.api = self.asked.map(|asked| asked.api);
            rows.give(&answer, self.asked);
        }
    }

    pub const fn is_open(&self) -> bool {
        self.request.is_some() || self.answer.is_some()
    }
}

impl Connection {
    /// Take a whole frame that is not DATA.
    pub(super) fn frame<S: Sink>(&mut self, upward: bool, header: Header, payload: &[u8], rows: &mut Rows<'_, '_, S>) {
        let half = self.half(upward);
        let continues = half.unfinished.is_some_and(|unfinished| unfinished.stream == header.stream);
        let is_misplaced = half.unfinished.is_some() != (header.kind == frame::CONTINUATION);
        if !header.is_lawful() || is_misplaced || header.kind == frame::CONTINUATION && !continues {
            half.anomalies.add(Anomaly::HttpFrameFault);
        }
        match header.kind {
            frame::HEADERS | frame::PUSH_PROMISE => {
                // A block that another one cuts short leaves the table behind.
                if half.unfinished.take().is_some() {
                    half.headers.lose();
                    half.block.clear();
                }
                let Ok(fragment) = fragment(header, payload) else {
                    half.anomalies.add(Anomaly::HttpFrameFault);
                    half.headers.lose();
                    return rows.lose(payload.len(), Reason::LengthMismatch);
                };
                let is_promise = header.kind == frame::PUSH_PROMISE;
                let unfinished =
                    Unfinished { stream: header.stream, ends_stream: !is_promise && header.has(frame::END_STREAM), is_promise };
                self.fragment(upward, unfinished, header, fragment, rows);
            }
            frame::CONTINUATION => match half.unfinished {
                Some(unfinished) if continues => self.fragment(upward, unfinished, header, payload, rows),
                _ => half.headers.lose(),
            },
            frame::RST_STREAM => {
                if let Some(mut exchange) = self.exchanges.remove(&header.stream) {
                    exchange.give(rows);
                }
            }
            frame::SETTINGS if !header.has(frame::ACKNOWLEDGEMENT) => self.settings(upward, payload),
            _ => {}
        }
    }

    /// What a receiver allows binds the other direction.
    fn settings(&mut self, upward: bool, payload: &[u8]) {
        let mut reader = Reader::new(payload);
        while let (Ok(setting), Ok(value)) = (reader.u16(), reader.u32()) {
            if setting == HEADER_TABLE_SIZE {
                self.half(!upward).headers.allow(value);
            }
        }
    }

    fn fragment<S: Sink>(&mut self, upward: bool, unfinished: Unfinished, header: Header, fragment: &[u8], rows: &mut Rows<'_, '_, S>) {
        let half = self.half(upward);
        let is_last = header.has(frame::END_HEADERS);
        if is_last && half.block.is_empty() {
            half.unfinished = None;
            return self.block(upward, unfinished, fragment, rows);
        }
        if half.block.len().saturating_add(fragment.len()) > MAX_BLOCK {
            half.headers.lose();
            (half.block, half.unfinished) = (Vec::new(), None);
            return rows.lose(fragment.len(), Reason::TooManyElements);
        }
        half.block.extend_from_slice(fragment);
        half.unfinished = Some(unfinished);
        if is_last {
            half.unfinished = None;
            let block = core::mem::take(&mut half.block);
            self.block(upward, unfinished, &block, rows);
        }
    }

    /// Take a whole header block.
    fn block<S: Sink>(&mut self, upward: bool, unfinished: Unfinished, block: &[u8], rows: &mut Rows<'_, '_, S>) {
        let ends = self.ends;
        let half = self.half(upward);
        let anomalies = core::mem::take(&mut half.anomalies);
        let mut part = Part::new(upward, ends, block.len(), anomalies);
        let faults = half.headers.decode(block, |name, value| part.field(name, value));
        tell(faults, &mut part);
        if faults.is_endless {
            rows.lose(block.len(), Reason::TooManyElements);
        }
        if unfinished.is_promise {
            return;
        }
        self.place(unfinished.stream, part, rows);
        if unfinished.ends_stream {
            self.end(upward, unfinished.stream, rows);
        }
    }

    /// Put a part where it belongs: a request, an answer, or the trailers of either.
    fn place<S: Sink>(&mut self, stream: u32, mut part: Part, rows: &mut Rows<'_, '_, S>) {
        part.is_request = if part.looks_like_request() {
            self.client_is_up = Some(part.upward);
            true
        } else {
            part.status.is_none() && self.client_is_up == Some(part.upward)
        };
        if !self.exchanges.contains_key(&stream) && self.exchanges.len() >= MAX_EXCHANGES {
            // Waiting for an answer that never came costs nothing but its place; what is unfinished becomes a row.
            if let Some((_, mut eldest)) = self.exchanges.pop_first() {
                eldest.give(rows);
            }
        }
        let exchange = self.exchanges.entry(stream).or_default();
        let known = exchange.part(part.upward);
        match known {
            Some(known) if !known.is_interim() => {
                known.length = known.length.saturating_add(part.length);
                known.anomalies.merge(part.anomalies);
            }
            _ if part.is_request => exchange.request = Some(part),
            _ => {
                exchange.give_request(rows);
                exchange.answer = Some(part);
            }
        }
    }

    /// A stream ends in one direction: its part is whole.
    pub(super) fn end<S: Sink>(&mut self, upward: bool, stream: u32, rows: &mut Rows<'_, '_, S>) {
        let Some(exchange) = self.exchanges.get_mut(&stream) else { return };
        match exchange.part(upward).map(|part| part.is_request) {
            Some(true) => exchange.give_request(rows),
            Some(false) => {
                exchange.give(rows);
                self.exchanges.remove(&stream);
            }
            None => {}
        }
    }

    /// Give everything as far as it came.
    pub(super) fn flush<S: Sink>(&mut self, rows: &mut Rows<'_, '_, S>) {
        for mut exchange in core::mem::take(&mut self.exchanges).into_values() {
            exchange.give(rows);
        }
    }
}

/// The part of a header block in a HEADERS or PUSH_PROMISE frame.
fn fragment(header: Header, payload: &[u8]) -> Result<&[u8], Reason> {
    let mut reader = Reader::new(payload);
    let padding = if header.has(frame::PADDED) { usize::from(reader.u8()?) } else { 0 };
    if header.kind == frame::PUSH_PROMISE {
        reader.skip(4)?;
    } else if header.has(frame::HAS_PRIORITY) {
        reader.skip(5)?;
    }
    let length = reader.remaining().checked_sub(padding).ok_or(Reason::LengthMismatch)?;
    reader.take(length)
}

fn tell(faults: Faults, part: &mut Part) {
    if faults.is_malformed {
        part.anomalies.add(Anomaly::HttpHeaderFault);
    }
    if faults.is_unknown {
        part.anomalies.add(Anomaly::HttpUnknownEntry);
    }
}
