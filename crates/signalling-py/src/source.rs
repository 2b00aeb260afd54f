//! One capture file as a run of packets that can be held back until their time has come.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use signalling::file::{FileError, FileReader, Packet};
use signalling::gap::{Gap, Reason};
use signalling::message::Protocol;

use crate::fault::Fault;
use crate::input::{End, Input, Monitor};
use crate::origin::Origins;

/// An open capture file.
pub(crate) struct Source {
    /// Its number among the files of the capture.
    pub file: usize,
    path: String,
    input: Input,
    reader: FileReader,
    chunk: Vec<u8>,
    held: Held,
    latest: i64,
    frames: u64,
    is_over: bool,
}

/// Packets read and not yet handed on.
#[derive(Default)]
struct Held {
    bytes: Vec<u8>,
    packets: VecDeque<(Packet<'static>, i64, Range<usize>)>,
}

impl Held {
    fn push(&mut self, packet: &Packet<'_>, time: i64) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(packet.bytes);
        self.packets.push_back((Packet { bytes: &[], ..*packet }, time, start..self.bytes.len()));
    }

    fn next_time(&self) -> Option<i64> {
        self.packets.front().map(|(_, time, _)| *time)
    }

    /// Hand on the packets until `limit`.
    fn release(&mut self, file: usize, limit: i64, each: &mut dyn FnMut(&Packet<'_>)) {
        while self.next_time().is_some_and(|time| time <= limit) {
            if let Some((packet, _, range)) = self.packets.pop_front() {
                each(&tagged(&Packet { bytes: self.bytes.get(range).unwrap_or_default(), ..packet }, file));
            }
        }
        if self.packets.is_empty() {
            self.bytes.clear();
        }
    }
}

impl Source {
    pub(crate) fn open(path: &str, monitor: &Arc<Monitor>) -> Result<Self, Fault> {
        Ok(Self {
            file: 0,
            path: path.to_owned(),
            input: Input::open(path, monitor)?,
            reader: FileReader::new(),
            chunk: Vec::new(),
            held: Held::default(),
            latest: i64::MIN,
            frames: 0,
            is_over: false,
        })
    }

    /// True when it can be closed now and opened again later.
    pub(crate) const fn is_regular(&self) -> bool {
        self.input.is_regular
    }

    /// Time of the next packet, `None` when there is none any more. Fails when the file is no capture.
    pub(crate) fn next_time(&mut self) -> Result<Option<i64>, Fault> {
        while self.held.packets.is_empty() && !self.is_over {
            self.read(None, &mut |_| {})?;
        }
        Ok(self.held.next_time())
    }

    /// Time of the first packet that has one, among those of the first chunk.
    pub(crate) fn begins_at(&mut self) -> Result<i64, Fault> {
        self.next_time()?;
        let first = self.held.packets.iter().find(|(packet, ..)| packet.gap.is_none());
        Ok(first.map_or(i64::MAX, |(_, time, _)| *time))
    }

    /// Hand on the packets up to and including the time `limit`, at least those of one chunk.
    pub(crate) fn run(&mut self, limit: i64, each: &mut dyn FnMut(&Packet<'_>)) -> Result<(), Fault> {
        self.held.release(self.file, limit, each);
        if self.held.packets.is_empty() && !self.is_over {
            self.read(Some(limit), each)?;
        }
        Ok(())
    }

    fn read(&mut self, limit: Option<i64>, each: &mut dyn FnMut(&Packet<'_>)) -> Result<(), Fault> {
        let Self { file, input, reader, chunk, held, latest, frames, .. } = self;
        let mut hand_on = |packet: Packet<'_>| {
            *frames = frames.saturating_add(1);
            // A stretch that gave no packet has no time of its own.
            *latest = if packet.gap.is_some() { *latest } else { packet.observed_at };
            if held.packets.is_empty() && limit.is_some_and(|limit| *latest <= limit) {
                each(&tagged(&packet, *file));
            } else {
                held.push(&packet, *latest);
            }
        };
        let end = match input.read(core::mem::take(chunk))? {
            Ok(bytes) => {
                *chunk = bytes;
                reader.push(chunk, &mut hand_on).err().map(Err)
            }
            Err(end) => Some(Ok((end, reader.finish()))),
        };
        match end {
            None => {}
            Some(Err(error)) => self.end(None, Err(error))?,
            Some(Ok((end, last))) => self.end(Some(end), last)?,
        }
        Ok(())
    }

    /// Note how the file ended; a file that gave not one packet and cannot be understood is refused.
    fn end(&mut self, end: Option<End>, last: Result<Option<Gap>, FileError>) -> Result<(), Fault> {
        self.is_over = true;
        let broken = match end {
            Some(End::Broken(reason)) => Some(reason),
            Some(End::Whole) => None,
            None => Some(Reason::DamagedFile),
        };
        let next = self.frames.saturating_add(1);
        let gap = Gap { frame: next, offset: 0, length: 0, protocol: Protocol::File, reason: broken.unwrap_or(Reason::DamagedFile) };
        let gap = match last {
            Err(error) if self.frames == 0 => return Err(Fault::file(&self.path, &error)),
            Err(error) => Some(Gap { offset: usize::try_from(error.offset()).unwrap_or(usize::MAX), ..gap }),
            Ok(Some(found)) => Some(Gap { reason: broken.unwrap_or(found.reason), ..found }),
            Ok(None) => broken.map(|_| gap),
        };
        if let Some(gap) = gap {
            let note = Packet { frame: gap.frame, observed_at: self.latest, link_type: 0, original_length: 0, bytes: &[], gap: Some(gap) };
            self.held.push(&note, self.latest);
        }
        Ok(())
    }
}

/// The packet with its frame numbered among all files.
fn tagged<'a>(packet: &Packet<'a>, file: usize) -> Packet<'a> {
    let gap = packet.gap.map(|gap| Gap { frame: Origins::number(file, gap.frame), ..gap });
    Packet { frame: Origins::number(file, packet.frame), gap, ..*packet }
}
