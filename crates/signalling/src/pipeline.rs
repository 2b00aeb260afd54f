//! From the bytes of a capture to its rows: one decoder holds the state of every protocol, and hands rows out in the order of their frames.
//!
//! A message that came in parts has the frame and time of the part that came last. Two kinds of rows come late, with the frame that is
//! theirs: gaps for parts that never came (frame of the first part), and messages that waited behind lost bytes of their TCP stream.

mod network;
mod options;
mod protocols;
mod recognition;
mod stream;

use crate::file::{FileError, FileReader, Packet};
use crate::gap::Gap;
use crate::message::Message;
use crate::sink::{Sink, Tunnel};

use network::Network;
pub use options::{Options, Ports};
use protocols::Protocols;

/// A clock that went back by more than this was set, and not merely read by two interfaces.
const CLOCK_STEP_MICROSECONDS: i64 = 1_000_000;

/// What a capture held, whether or not it gave rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Frames, those that could not be read among them.
    pub frames: u64,
    /// Bytes that were on the wire.
    pub bytes: u64,
    /// Frames of which the capture holds only a part.
    pub cut_frames: u64,
    /// Frames that carry nothing this crate is about.
    pub other_frames: u64,
    /// Times the clock went back by more than a second.
    pub clock_steps: u64,
    /// Earliest frame, microseconds since 1970.
    pub first_at: Option<i64>,
    /// Latest frame.
    pub last_at: Option<i64>,
    /// Rows handed out.
    pub messages: u64,
    /// Gaps handed out.
    pub gaps: u64,
}

/// Decodes one capture, in one file or several.
pub struct Decoder {
    reader: FileReader,
    network: Network,
    protocols: Protocols,
    counts: Counts,
    previous_at: i64,
    /// Frames of the files before this one.
    frames_before: u64,
    frame: u64,
}

impl Decoder {
    /// Wait for the first bytes.
    #[must_use]
    pub fn new(options: &Options) -> Self {
        Self {
            reader: FileReader::new(),
            network: Network::new(options),
            protocols: Protocols::new(options),
            counts: Counts::default(),
            previous_at: i64::MIN,
            frames_before: 0,
            frame: 0,
        }
    }

    /// Take the next bytes of a capture file.
    pub fn push(&mut self, bytes: &[u8], sink: &mut impl Sink) -> Result<(), FileError> {
        let Self { reader, network, protocols, counts, previous_at, frames_before, frame } = self;
        reader.push(bytes, &mut |packet| {
            let packet = Packet { frame: packet.frame.saturating_add(*frames_before), ..packet };
            *frame = packet.frame;
            take(&packet, network, protocols, counts, previous_at, sink);
        })
    }

    /// Take one packet that was read elsewhere: from several files in the order of time, or from an interface.
    pub fn packet(&mut self, packet: &Packet<'_>, sink: &mut impl Sink) {
        self.frame = packet.frame;
        take(packet, &mut self.network, &mut self.protocols, &mut self.counts, &mut self.previous_at, sink);
    }

    /// End this file and wait for the next one of the same capture: frames are numbered on, and nothing that waits is given up.
    pub fn next_file(&mut self, sink: &mut impl Sink) -> Result<(), FileError> {
        let end = core::mem::take(&mut self.reader).finish()?;
        if let Some(gap) = end {
            Counting::new(sink, &mut self.counts).gap(Gap { frame: gap.frame.saturating_add(self.frames_before), ..gap });
        }
        self.frames_before = self.frame;
        Ok(())
    }

    /// Say that the capture has ended: what never became whole is told, and tunnels are written out.
    pub fn finish(&mut self, sink: &mut impl Sink) -> Result<(), FileError> {
        // Packets handed in one by one need no file.
        let is_file = self.counts.frames == 0 || self.reader.has_begun();
        let end = if is_file { self.next_file(sink) } else { Ok(()) };
        let mut sink = Counting::new(sink, &mut self.counts);
        self.network.finish(&mut self.protocols, &mut sink);
        self.protocols.finish(&mut sink);
        end
    }

    /// What was counted so far.
    #[must_use]
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }
}

fn take(
    packet: &Packet<'_>,
    network: &mut Network,
    protocols: &mut Protocols,
    counts: &mut Counts,
    previous_at: &mut i64,
    sink: &mut impl Sink,
) {
    if let Some(gap) = packet.gap {
        return Counting::new(sink, counts).gap(Gap { frame: packet.frame, ..gap });
    }
    let now = packet.observed_at;
    counts.frames = counts.frames.saturating_add(1);
    counts.bytes = counts.bytes.saturating_add(u64::from(packet.original_length));
    let is_cut = u32::try_from(packet.bytes.len()).is_ok_and(|captured| captured < packet.original_length);
    counts.cut_frames = counts.cut_frames.saturating_add(u64::from(is_cut));
    counts.clock_steps = counts.clock_steps.saturating_add(u64::from(now.saturating_add(CLOCK_STEP_MICROSECONDS) < *previous_at));
    counts.first_at = Some(counts.first_at.map_or(now, |first| first.min(now)));
    counts.last_at = Some(counts.last_at.map_or(now, |last| last.max(now)));
    *previous_at = now;
    let mut sink = Counting::new(sink, counts);
    let is_ours = network.frame(packet, protocols, &mut sink);
    counts.other_frames = counts.other_frames.saturating_add(u64::from(!is_ours));
}

/// A sink that knows how many rows the frame at hand has given.
pub(crate) struct Counting<'s, S: Sink> {
    sink: &'s mut S,
    counts: &'s mut Counts,
    /// Frame of the last message, and index of the next one in it.
    frame: u64,
    index: u32,
}

impl<'s, S: Sink> Counting<'s, S> {
    const fn new(sink: &'s mut S, counts: &'s mut Counts) -> Self {
        Self { sink, counts, frame: 0, index: 0 }
    }

    /// Index of the next message of `frame`.
    pub(crate) const fn index(&mut self, frame: u64) -> u32 {
        if self.frame != frame {
            (self.frame, self.index) = (frame, 0);
        }
        self.index
    }
}

impl<S: Sink> Sink for Counting<'_, S> {
    fn message(&mut self, message: &Message<'_>) {
        self.index = self.index.saturating_add(1);
        self.counts.messages = self.counts.messages.saturating_add(1);
        self.sink.message(message);
    }

    fn gap(&mut self, gap: Gap) {
        self.counts.gaps = self.counts.gaps.saturating_add(1);
        self.sink.gap(gap);
    }

    fn tunnel(&mut self, tunnel: Tunnel) {
        self.sink.tunnel(tunnel);
    }
}
