//! Where the bytes of a stream go, and when they were captured.

use super::{Stream, Upper};
use crate::gap::{Gap, Reason};
use crate::message::Protocol;

/// Where bytes go and how they are called.
pub(super) struct Context<'u, U: Upper> {
    /// Of the frame at hand.
    pub stream: Stream,
    pub upper: &'u mut U,
}

impl<U: Upper> Context<'_, U> {
    /// Tell bytes that gave nothing.
    pub(super) fn gap(&mut self, at: At, length: usize, reason: Reason) {
        let stream = Stream { frame: at.frame, observed_at: at.observed_at, ..self.stream };
        self.upper.gap(stream, Gap { frame: at.frame, offset: 0, length, protocol: Protocol::Tcp, reason });
    }

    pub(super) const fn now(&self) -> At {
        At { frame: self.stream.frame, observed_at: self.stream.observed_at }
    }
}

/// When bytes were captured.
#[derive(Clone, Copy, Default)]
pub(super) struct At {
    pub frame: u64,
    pub observed_at: i64,
}
