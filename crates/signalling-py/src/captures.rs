//! Many files as one capture: packets in the order of time, with only those files open that overlap.

use core::sync::atomic::Ordering;
use std::sync::Arc;

use signalling::file::Packet;

use crate::fault::Fault;
use crate::input::Monitor;
use crate::origin::Origins;
use crate::source::Source;

/// Files whose packets are put in order at one time; each costs a chunk, and a compressed one its window.
/// More are read all the same, those that begin later a little after their time.
const MAX_OVERLAPPING: usize = 16;

/// A file to read: where it lies, and what the tables call it.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub path: String,
    pub name: String,
}

/// Files that are captures, in the order of their first packets, and those that are not.
pub(crate) struct Captures {
    waiting: Vec<Waiting>,
    active: Vec<Source>,
    monitor: Arc<Monitor>,
    /// What the tables call each file.
    pub origins: Origins,
    /// Files that were refused.
    pub refused: Vec<Fault>,
}

struct Waiting {
    listed: Listed,
    begins_at: i64,
    /// Open still, when it cannot be opened twice.
    source: Option<Source>,
    file: usize,
}

impl Captures {
    /// Look into every file. Fails when not one is a capture.
    pub(crate) fn open(listed: &[Listed], monitor: &Arc<Monitor>) -> Result<Self, Fault> {
        let mut waiting = Vec::new();
        let mut refused = Vec::new();
        for entry in listed {
            if monitor.cancelled.load(Ordering::Relaxed) {
                break;
            }
            match look(entry, monitor, listed.len() == 1) {
                Ok(found) => waiting.push(found),
                Err(fault) => refused.push(fault),
            }
        }
        if waiting.is_empty() {
            let nothing = Fault::input("", "no capture file was named", "name at least one");
            return Err(refused.into_iter().next().unwrap_or(nothing));
        }
        waiting.sort_by(|a, b| (a.begins_at, &a.listed.name).cmp(&(b.begins_at, &b.listed.name)));
        let origins = Origins::new(waiting.iter().map(|entry| entry.listed.name.as_str()));
        for (file, entry) in waiting.iter_mut().enumerate() {
            entry.file = file;
        }
        waiting.reverse();
        Ok(Self { waiting, active: Vec::new(), monitor: Arc::clone(monitor), origins, refused })
    }

    /// Hand on every packet of every file.
    pub(crate) fn run(&mut self, each: &mut dyn FnMut(&Packet<'_>)) -> Result<(), Fault> {
        while !self.monitor.cancelled.load(Ordering::Relaxed) {
            self.activate()?;
            match self.turn()? {
                Some((position, limit)) => {
                    if let Some(source) = self.active.get_mut(position) {
                        source.run(limit, each)?;
                    }
                }
                None if self.waiting.is_empty() => break,
                None => {}
            }
        }
        Ok(())
    }

    /// Open the files whose time has come.
    fn activate(&mut self) -> Result<(), Fault> {
        let mut earliest = i64::MAX;
        for source in &mut self.active {
            earliest = earliest.min(source.next_time()?.unwrap_or(i64::MAX));
        }
        while let Some(next) = self.waiting.last() {
            if !self.active.is_empty() && (next.begins_at > earliest || self.active.len() >= MAX_OVERLAPPING) {
                break;
            }
            let Some(next) = self.waiting.pop() else { break };
            let mut source = match next.source {
                Some(source) => source,
                None => Source::open(&next.listed.path, &self.monitor)?,
            };
            source.file = next.file;
            earliest = earliest.min(next.begins_at);
            self.active.push(source);
        }
        Ok(())
    }

    /// Whose turn it is, and until when.
    fn turn(&mut self) -> Result<Option<(usize, i64)>, Fault> {
        let mut times = Vec::with_capacity(self.active.len());
        for source in &mut self.active {
            times.push(source.next_time()?);
        }
        let mut present = times.iter().map(Option::is_some);
        self.active.retain(|_| present.next().unwrap_or(false));
        let times: Vec<i64> = times.into_iter().flatten().collect();
        let first = times.iter().enumerate().min_by_key(|(_, time)| **time).map(|(position, _)| position);
        let Some(first) = first else {
            return Ok(None);
        };
        let others = times.iter().enumerate().filter(|(position, _)| *position != first).map(|(_, time)| *time).min();
        let next = self.waiting.last().map(|next| next.begins_at);
        Ok(Some((first, others.unwrap_or(i64::MAX).min(next.unwrap_or(i64::MAX)))))
    }
}

fn look(listed: &Listed, monitor: &Arc<Monitor>, is_only: bool) -> Result<Waiting, Fault> {
    let mut source = Source::open(&listed.path, monitor)?;
    let begins_at = source.begins_at()?;
    let keep = is_only || !source.is_regular();
    Ok(Waiting { listed: listed.clone(), begins_at, source: keep.then_some(source), file: 0 })
}
