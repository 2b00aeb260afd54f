//! What a run counted, as Python values.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use signalling::pipeline::Counts;

use super::settings::CLASSES;
use crate::fault::Fault;
use crate::run::Outcome;
use crate::summary::Tally;

/// A fault as the arguments of its exception.
pub(super) type Told = (String, String, Option<u64>, &'static str, bool);

pub(super) fn told(fault: Fault) -> Told {
    (fault.path, fault.problem, fault.offset, fault.hint, fault.is_output)
}

/// What every run counts.
pub(super) fn outcome(py: Python<'_>, outcome: Outcome) -> PyResult<Bound<'_, PyDict>> {
    let Counts { frames, bytes, cut_frames, other_frames, clock_steps, first_at, last_at, messages, gaps, .. } = outcome.counts;
    let all = PyDict::new(py);
    let numbers = [
        ("frames", frames),
        ("bytes", bytes),
        ("cut_frames", cut_frames),
        ("other_frames", other_frames),
        ("clock_steps", clock_steps),
        ("messages", messages),
        ("gaps", gaps),
    ];
    for (name, number) in numbers {
        all.set_item(name, number)?;
    }
    all.set_item("first_at", first_at)?;
    all.set_item("last_at", last_at)?;
    all.set_item("refused", outcome.refused.into_iter().map(told).collect::<Vec<_>>())?;
    Ok(all)
}

/// Add what a summary counts.
pub(super) fn tally(all: &Bound<'_, PyDict>, tally: &Tally) -> PyResult<()> {
    let place = |frame: u64| {
        let (file, frame) = tally.origins.locate(frame);
        (String::from_utf8_lossy(tally.origins.name(file)).into_owned(), frame)
    };
    let digits = |network: &[u8]| String::from_utf8_lossy(network).into_owned();
    let flows = tally.flows.iter().map(|(protocol, flow)| (protocol.name(), flow.messages, flow.requests, flow.answers, flow.paired));
    all.set_item("flows", flows.collect::<Vec<_>>())?;
    let operations = tally.operations.iter().map(|(kind, count)| (kind.protocol, kind.name, kind.code, *count));
    all.set_item("operations", operations.collect::<Vec<_>>())?;
    let gaps =
        tally.gaps.iter().map(|((protocol, reason), seen)| (protocol.name(), reason.name(), seen.count, seen.bytes, place(seen.first)));
    all.set_item("gap_kinds", gaps.collect::<Vec<_>>())?;
    let anomalies = tally.anomalies.iter().map(|(anomaly, seen)| (anomaly.name(), anomaly.meaning(), seen.count, place(seen.first)));
    all.set_item("anomalies", anomalies.collect::<Vec<_>>())?;
    let homes = tally.homes.iter().map(|(network, home)| (digits(network), home.subscribers, home.messages));
    all.set_item("homes", homes.collect::<Vec<_>>())?;
    all.set_item("visited", tally.visited.iter().map(|(network, count)| (digits(network), *count)).collect::<Vec<_>>())?;
    all.set_item("realms", tally.realms.iter().map(|(network, count)| (digits(network), *count)).collect::<Vec<_>>())?;
    let exposes = CLASSES.iter().map(|(class, bit)| {
        let place = usize::try_from(bit.trailing_zeros()).unwrap_or(usize::MAX);
        (*class, tally.exposes.get(place).copied().unwrap_or(0))
    });
    all.set_item("exposes", exposes.collect::<Vec<_>>())?;
    let tunnels = tally.tunnels;
    all.set_item("tunnels", (tunnels.count, tunnels.packets, tunnels.bytes, tunnels.nested))?;
    all.set_item("subscribers", (tally.subscribers(), tally.is_at_least))
}
