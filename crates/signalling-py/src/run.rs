//! A run: one thread reads and decodes, another takes what it makes.

use core::sync::atomic::Ordering;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use arrow_array::RecordBatch;
use signalling::pipeline::{Counts, Decoder, Options};
use signalling::sink::Sink;

use crate::captures::{Captures, Listed};
use crate::fault::Fault;
use crate::input::Monitor;
use crate::mask::Mask;
use crate::output::{Meaning, Memory, Output, TableSizes};
use crate::sink::{Batch, ColumnSink, Kind};
use crate::summary::Tally;

/// Batches between the two threads: one being taken, one waiting.
const BATCHES_AHEAD: usize = 2;

/// What every run says when it is over.
#[derive(Default)]
pub(crate) struct Outcome {
    pub counts: Counts,
    /// Files that were no captures, while others were.
    pub refused: Vec<Fault>,
}

/// Decode into memory.
pub(crate) fn read(listed: &[Listed], options: Options, mask: Option<Mask>, monitor: &Arc<Monitor>) -> Result<(Memory, Outcome), Fault> {
    let mut memory = Memory::default();
    let outcome = batches(listed, options, mask, monitor, |kind, batch| {
        memory.keep(kind, batch);
        Ok(())
    })?;
    Ok((memory, outcome))
}

/// Decode into Parquet files in `folder`; rows of each table.
pub(crate) fn write(
    listed: &[Listed],
    options: Options,
    mask: Option<Mask>,
    folder: &Path,
    meanings: &[Meaning],
    monitor: &Arc<Monitor>,
) -> Result<(TableSizes, Outcome), Fault> {
    let mut output = Output::create(folder, meanings)?;
    let outcome = batches(listed, options, mask, monitor, |kind, batch| output.write(kind, &batch))?;
    Ok((output.close()?, outcome))
}

/// Decode and only count.
pub(crate) fn count(listed: &[Listed], options: &Options, monitor: &Arc<Monitor>) -> Result<(Tally, Outcome), Fault> {
    let mut captures = Captures::open(listed, monitor)?;
    let mut tally = Tally::new(captures.origins.clone());
    let outcome = decode(&mut captures, options, &mut tally)?;
    Ok((tally, outcome))
}

/// Decode on a thread of its own and give each batch to `take` on this one.
fn batches(
    listed: &[Listed],
    options: Options,
    mask: Option<Mask>,
    monitor: &Arc<Monitor>,
    take: impl FnMut(Kind, RecordBatch) -> Result<(), Fault>,
) -> Result<Outcome, Fault> {
    let mut captures = Captures::open(listed, monitor)?;
    let path = listed.first().map(|first| first.path.clone()).unwrap_or_default();
    let (sender, receiver) = sync_channel(BATCHES_AHEAD);
    let decoding = thread::spawn(move || {
        let mut sink = ColumnSink::new(captures.origins.clone(), mask, sender);
        let outcome = decode(&mut captures, &options, &mut sink);
        sink.finish();
        outcome
    });
    let taken = take_all(&receiver, take);
    if taken.is_err() {
        monitor.cancelled.store(true, Ordering::Relaxed);
    }
    drop(receiver);
    let outcome = decoding.join().map_err(|_| Fault::ours(&path, "it stopped"))?;
    taken?;
    outcome
}

fn take_all(receiver: &Receiver<Batch>, mut take: impl FnMut(Kind, RecordBatch) -> Result<(), Fault>) -> Result<(), Fault> {
    for (kind, batch) in receiver {
        take(kind, batch.map_err(|error| Fault::ours(kind.name(), error))?)?;
    }
    Ok(())
}

fn decode(captures: &mut Captures, options: &Options, sink: &mut impl Sink) -> Result<Outcome, Fault> {
    let mut decoder = Decoder::new(options);
    captures.run(&mut |packet| decoder.packet(packet, sink))?;
    // The files have ended each for itself; what the decoder adds is about none of them.
    let _ = decoder.finish(sink);
    Ok(Outcome { counts: *decoder.counts(), refused: core::mem::take(&mut captures.refused) })
}
