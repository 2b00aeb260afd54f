//! The sink that builds Arrow batches.

use std::sync::mpsc::SyncSender;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use signalling::gap::Gap;
use signalling::message::Message;
use signalling::sink::{Sink, Tunnel};

use crate::column::{Addresses, BATCH_ROWS, Flags, Integers, Labels, Words};
use crate::mask::Mask;
use crate::messages::Messages;
use crate::origin::Origins;
use crate::table::{Rows, table};

/// Bytes of hostile text that end a batch early: a row may carry kilobytes of names.
const BATCH_TEXT: usize = 16 << 20;

table! {
    /// Rows of gaps.
    Gaps {
        capture: Labels<u32>, required;
        frame: Integers, required;
        offset: Integers, required;
        length: Integers, required;
        protocol: Words, required;
        reason: Words, required;
    }
}

table! {
    /// Rows of GTP-U tunnels.
    Tunnels {
        capture: Labels<u32>, required;
        source_ip: Addresses, required;
        destination_ip: Addresses, required;
        teid: Integers, required;
        packets: Integers, required;
        bytes: Integers, required;
        first_at: Integers, required;
        last_at: Integers, required;
        first_frame: Integers, required;
        inner_version: Integers, required;
        nested: Flags, required;
    }
}

/// Which table a batch belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Messages,
    Gaps,
    Tunnels,
}

impl Kind {
    /// Every table, in the order in which they are numbered.
    pub(crate) const ALL: [Self; 3] = [Self::Messages, Self::Gaps, Self::Tunnels];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Gaps => "gaps",
            Self::Tunnels => "tunnels",
        }
    }

    pub(crate) fn schema(self) -> SchemaRef {
        match self {
            Self::Messages => Messages::schema(),
            Self::Gaps => Gaps::schema(),
            Self::Tunnels => Tunnels::schema(),
        }
    }
}

/// A batch on its way, or why there is none.
pub(crate) type Batch = (Kind, Result<RecordBatch, ArrowError>);

/// Builds batches and sends each when it is full.
pub(crate) struct ColumnSink {
    origins: Origins,
    mask: Option<Mask>,
    messages: Messages,
    gaps: Gaps,
    tunnels: Tunnels,
    batches: SyncSender<Batch>,
}

impl ColumnSink {
    pub(crate) fn new(origins: Origins, mask: Option<Mask>, batches: SyncSender<Batch>) -> Self {
        Self { origins, mask, messages: Messages::default(), gaps: Gaps::default(), tunnels: Tunnels::default(), batches }
    }

    /// Send what has not filled a batch.
    pub(crate) fn finish(&mut self) {
        self.flush(Kind::Messages);
        self.flush(Kind::Gaps);
        self.flush(Kind::Tunnels);
    }

    fn flush(&mut self, kind: Kind) {
        let rows: &mut dyn Flush = match kind {
            Kind::Messages => &mut self.messages,
            Kind::Gaps => &mut self.gaps,
            Kind::Tunnels => &mut self.tunnels,
        };
        if let Some(batch) = rows.flush() {
            // Nobody takes it when the run is being cancelled.
            let _ = self.batches.send((kind, batch));
        }
    }
}

trait Flush {
    fn flush(&mut self) -> Option<Result<RecordBatch, ArrowError>>;
}

impl<R: Rows> Flush for R {
    fn flush(&mut self) -> Option<Result<RecordBatch, ArrowError>> {
        (self.len() > 0).then(|| self.finish())
    }
}

impl Sink for ColumnSink {
    fn message(&mut self, message: &Message<'_>) {
        self.messages.push(message, &self.origins, self.mask.as_ref());
        if self.messages.len() >= BATCH_ROWS || self.messages.text_size() >= BATCH_TEXT {
            self.flush(Kind::Messages);
        }
    }

    fn gap(&mut self, gap: Gap) {
        let rows = &mut self.gaps;
        let row = rows.rows;
        let (capture, frame) = self.origins.locate(gap.frame);
        rows.rows = row.saturating_add(1);
        rows.capture.set(row, capture, |out| out.extend_from_slice(self.origins.name(capture)));
        rows.frame.set_bits(row, frame);
        rows.offset.set(row, i64::try_from(gap.offset).unwrap_or(i64::MAX));
        rows.length.set(row, i64::try_from(gap.length).unwrap_or(i64::MAX));
        rows.protocol.word(row, gap.protocol.name());
        rows.reason.word(row, gap.reason.name());
        if rows.rows >= BATCH_ROWS {
            self.flush(Kind::Gaps);
        }
    }

    fn tunnel(&mut self, tunnel: Tunnel) {
        let rows = &mut self.tunnels;
        let row = rows.rows;
        let (capture, frame) = self.origins.locate(tunnel.first_frame);
        rows.rows = row.saturating_add(1);
        rows.capture.set(row, capture, |out| out.extend_from_slice(self.origins.name(capture)));
        rows.source_ip.address(row, tunnel.source_ip);
        rows.destination_ip.address(row, tunnel.destination_ip);
        rows.teid.set(row, tunnel.teid);
        rows.packets.set_bits(row, tunnel.packets);
        rows.bytes.set_bits(row, tunnel.bytes);
        rows.first_at.set(row, tunnel.first_at);
        rows.last_at.set(row, tunnel.last_at);
        rows.first_frame.set_bits(row, frame);
        rows.inner_version.set(row, tunnel.inner_version);
        rows.nested.set(row, tunnel.nested);
        if rows.rows >= BATCH_ROWS {
            self.flush(Kind::Tunnels);
        }
    }
}

#[cfg(test)]
mod tests;
