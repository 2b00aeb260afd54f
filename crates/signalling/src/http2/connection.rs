//! One HTTP/2 connection: bytes of both directions cut into frames, RFC 9113 §3 to §6.

use std::collections::BTreeMap;

use super::Rows;
use super::exchange::Exchange;
use super::frame::{self, Guess, HEADER, Header, PREFACE, begins, guess};
use super::part::Ends;
use crate::anomaly::{Anomalies, Anomaly};
use crate::gap::Reason;
use crate::hpack::Decoder;
use crate::message::Message;
use crate::sink::Sink;
use crate::tcp::Taken;

/// What an open exchange is taken to hold: two bodies' beginnings and some fields.
const EXCHANGE: usize = 10 << 10;

/// Both directions of one connection, and what is exchanged on it.
pub(super) struct Connection {
    down: Half,
    up: Half,
    pub(super) exchanges: BTreeMap<u32, Exchange>,
    /// The direction that asks, once it is known.
    pub(super) client_is_up: Option<bool>,
    pub(super) ends: Ends,
    pub(super) last_frame: u64,
    is_encrypted: bool,
}

/// One direction.
pub(super) struct Half {
    pub(super) headers: Decoder,
    pub(super) block: Vec<u8>,
    /// A header block that is not yet whole: RFC 9113 §6.10 lets nothing stand between its frames.
    pub(super) unfinished: Option<Unfinished>,
    data: Option<Data>,
    has_begun: bool,
    /// Bytes that were given and not yet taken.
    waiting: usize,
    /// What was lost last held no header block.
    is_harmless: bool,
    /// Why the place of frames is not known.
    lost: Option<Reason>,
    /// What was odd in frames that belong to no message; the next message tells it.
    pub(super) anomalies: Anomalies,
}

#[derive(Clone, Copy)]
pub(super) struct Unfinished {
    pub(super) stream: u32,
    pub(super) ends_stream: bool,
    pub(super) is_promise: bool,
}

/// A DATA frame that is passing.
#[derive(Clone, Copy)]
struct Data {
    stream: u32,
    left: usize,
    padding: usize,
    ends_stream: bool,
}

impl Half {
    fn new() -> Self {
        Self {
            headers: Decoder::new(true),
            block: Vec::new(),
            unfinished: None,
            data: None,
            has_begun: false,
            waiting: 0,
            is_harmless: false,
            lost: None,
            anomalies: Anomalies::default(),
        }
    }

    /// Bytes were lost: blocks and frames that were under way are not whole, and the table is not what the sender's is.
    fn lose(&mut self) {
        self.headers.lose();
        self.block.clear();
        (self.unfinished, self.data) = (None, None);
    }
}

impl Connection {
    pub(super) fn new(envelope: &Message<'_>) -> Self {
        let (down, up, ends) = (Half::new(), Half::new(), Ends::of(envelope));
        Self { down, up, exchanges: BTreeMap::new(), client_is_up: None, ends, last_frame: 0, is_encrypted: false }
    }

    pub(super) fn held(&self) -> usize {
        let half = |half: &Half| half.headers.held().saturating_add(half.block.capacity()).saturating_add(size_of::<Half>());
        half(&self.down).saturating_add(half(&self.up)).saturating_add(self.exchanges.len().saturating_mul(EXCHANGE))
    }

    /// Bytes were lost before those that come next.
    pub(super) const fn lost(&mut self, upward: bool, length: usize) {
        let half = self.half(upward);
        half.is_harmless = length <= HEADER && half.waiting == 0 && half.data.is_none() && half.unfinished.is_none();
    }

    pub(super) const fn half(&mut self, upward: bool) -> &mut Half {
        if upward { &mut self.up } else { &mut self.down }
    }

    pub(super) fn bytes<S: Sink>(&mut self, upward: bool, bytes: &[u8], synchronised: bool, rows: &mut Rows<'_, '_, S>) -> Taken {
        if self.is_encrypted {
            rows.lose(bytes.len(), Reason::Encrypted);
            return Taken { consumed: bytes.len(), synchronised: true };
        }
        self.ends = Ends::of(rows.envelope);
        let half = self.half(upward);
        let is_harmless = core::mem::take(&mut half.is_harmless) && begins(bytes);
        if !synchronised && !is_harmless && half.lost.is_none() {
            half.lost = Some(Reason::MissingBytes);
        }
        let mut rest = bytes;
        loop {
            let half = self.half(upward);
            if let Some(reason) = half.lost {
                half.lose();
                let (skipped, found) = search(rest);
                rows.lose(skipped, reason);
                rest = rest.get(skipped..).unwrap_or_default();
                if !found {
                    break;
                }
                (half.lost, half.has_begun) = (None, true);
            }
            match self.step(upward, rest, rows) {
                Step::Taken(length) => rest = rest.get(length..).unwrap_or_default(),
                Step::Wait => break,
                Step::Encrypted => {
                    self.is_encrypted = true;
                    rows.lose(rest.len(), Reason::Encrypted);
                    return Taken { consumed: bytes.len(), synchronised: true };
                }
                Step::Lost => self.half(upward).lost = Some(Reason::NotThisProtocol),
            }
        }
        let half = self.half(upward);
        half.waiting = rest.len();
        Taken { consumed: bytes.len().saturating_sub(rest.len()), synchronised: half.lost.is_none() }
    }

    /// One step through bytes that begin a frame, or stand inside a DATA frame.
    fn step<S: Sink>(&mut self, upward: bool, bytes: &[u8], rows: &mut Rows<'_, '_, S>) -> Step {
        if bytes.is_empty() {
            return Step::Wait;
        }
        if self.half(upward).data.is_some() {
            return self.pass_data(upward, bytes, rows);
        }
        if !self.half(upward).has_begun {
            if bytes.len() < PREFACE.len() && PREFACE.starts_with(bytes) {
                return Step::Wait;
            }
            if let [20..=23, 3, 0..=4, ..] = bytes {
                return Step::Encrypted;
            }
            if !begins(bytes) {
                return if bytes.len() < HEADER { Step::Wait } else { Step::Lost };
            }
            self.half(upward).has_begun = true;
        }
        if bytes.starts_with(PREFACE) {
            self.client_is_up = Some(upward);
            return Step::Taken(PREFACE.len());
        }
        let Some(header) = Header::read(bytes) else { return Step::Wait };
        if header.kind == frame::DATA {
            return self.begin_data(upward, header, bytes, rows);
        }
        if header.is_absurd() {
            return Step::Lost;
        }
        let Some(payload) = bytes.get(HEADER..HEADER.saturating_add(header.length)) else { return Step::Wait };
        self.frame(upward, header, payload, rows);
        Step::Taken(HEADER.saturating_add(header.length))
    }

    fn begin_data<S: Sink>(&mut self, upward: bool, header: Header, bytes: &[u8], rows: &mut Rows<'_, '_, S>) -> Step {
        let mut consumed = HEADER;
        let mut padding = 0;
        let mut left = header.length;
        if header.has(frame::PADDED) && left > 0 {
            let Some(octet) = bytes.get(HEADER) else { return Step::Wait };
            (padding, left, consumed) = (usize::from(*octet), left.saturating_sub(1), consumed.saturating_add(1));
        }
        let half = self.half(upward);
        if !header.is_lawful() || padding > left || half.unfinished.is_some() {
            half.anomalies.add(Anomaly::HttpFrameFault);
        }
        let data = Data { stream: header.stream, left, padding: padding.min(left), ends_stream: header.has(frame::END_STREAM) };
        half.data = Some(data);
        if left == 0 {
            self.end_data(upward, data, rows);
        }
        Step::Taken(consumed)
    }

    fn pass_data<S: Sink>(&mut self, upward: bool, bytes: &[u8], rows: &mut Rows<'_, '_, S>) -> Step {
        let Some(mut data) = self.half(upward).data else { return Step::Wait };
        let passing = bytes.get(..data.left.min(bytes.len())).unwrap_or_default();
        let content = data.left.saturating_sub(data.padding).min(passing.len());
        if let Some(part) = self.exchanges.get_mut(&data.stream).and_then(|exchange| exchange.part(upward)) {
            part.body(passing.get(..content).unwrap_or_default());
        }
        data.left = data.left.saturating_sub(passing.len());
        data.padding = data.padding.min(data.left);
        self.half(upward).data = Some(data);
        if data.left == 0 {
            self.end_data(upward, data, rows);
        }
        Step::Taken(passing.len())
    }

    fn end_data<S: Sink>(&mut self, upward: bool, data: Data, rows: &mut Rows<'_, '_, S>) {
        self.half(upward).data = None;
        if data.ends_stream {
            self.end(upward, data.stream, rows);
        }
    }
}

/// How far a step came.
enum Step {
    /// So many bytes are done with.
    Taken(usize),
    /// More bytes are wanted.
    Wait,
    /// TLS.
    Encrypted,
    /// No frame begins here.
    Lost,
}

/// How many bytes to pass over, and whether frames surely begin behind them.
fn search(bytes: &[u8]) -> (usize, bool) {
    let mut offset = 0_usize;
    while let Some(rest) = bytes.get(offset..).filter(|rest| !rest.is_empty()) {
        match guess(rest) {
            Guess::Frame => return (offset, true),
            // The bytes that decide come with the next segments: at most one frame of them.
            Guess::Perhaps => return (offset, false),
            Guess::Other => offset = offset.saturating_add(1),
        }
    }
    (bytes.len(), false)
}
