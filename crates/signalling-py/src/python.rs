//! The door to Python: three functions, two types, one exception. The interpreter is free while they work.

mod account;
mod settings;
mod table;

use core::sync::atomic::Ordering;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use signalling::anomaly::Anomaly;
use signalling::gap::Reason;

use crate::captures::Listed;
use crate::fault::Fault;
use crate::input::Monitor;
use crate::output::{Meaning, TableSizes};
use crate::run;
use crate::sink::Kind;
use settings::{Dictionary, masking, options};
use table::Table;

/// How often a run is asked whether it was interrupted and how far it is.
const HEARTBEAT: Duration = Duration::from_millis(100);
/// How long an interrupted run may take to let go; one that waits for standard input never does.
const PATIENCE: Duration = Duration::from_secs(2);

create_exception!(ipxray_signalling, CaptureFault, PyException, "A file that cannot be used: path, problem, offset, hint, is_output.");

impl From<Fault> for PyErr {
    fn from(fault: Fault) -> Self {
        CaptureFault::new_err(account::told(fault))
    }
}

/// Decode files, given as (path, name), into memory: messages, gaps, tunnels, and what was counted.
#[pyfunction]
#[pyo3(signature = (files, *, dictionary=None, ports=None, mask=None, progress=None))]
fn read<'py>(
    py: Python<'py>,
    files: Vec<(String, String)>,
    dictionary: Option<&Bound<'py, Dictionary>>,
    ports: Option<&Bound<'py, PyDict>>,
    mask: Option<Vec<u8>>,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<(Table, Table, Table, Bound<'py, PyDict>)> {
    let (listed, options, mask) = (listed(files), options(dictionary, ports)?, masking(mask)?);
    let (memory, outcome) = supervise(py, progress, move |monitor| run::read(&listed, options, mask, monitor))?;
    let [messages, gaps, tunnels] = memory.tables();
    let told = account::outcome(py, outcome)?;
    Ok((Table::new(Kind::Messages, messages), Table::new(Kind::Gaps, gaps), Table::new(Kind::Tunnels, tunnels), told))
}

/// Decode files into a Parquet file a table in `folder`: rows of each, and what was counted.
#[pyfunction]
#[pyo3(signature = (files, folder, *, meanings, dictionary=None, ports=None, mask=None, progress=None))]
#[allow(clippy::too_many_arguments, reason = "keyword arguments of Python")]
fn write<'py>(
    py: Python<'py>,
    files: Vec<(String, String)>,
    folder: String,
    meanings: Vec<(String, String)>,
    dictionary: Option<&Bound<'py, Dictionary>>,
    ports: Option<&Bound<'py, PyDict>>,
    mask: Option<Vec<u8>>,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<(TableSizes, Bound<'py, PyDict>)> {
    let (listed, options, mask) = (listed(files), options(dictionary, ports)?, masking(mask)?);
    let meanings: Vec<Meaning> = meanings.into_iter().map(|(table, text)| Meaning { table, text }).collect();
    let work = move |monitor: &Arc<Monitor>| run::write(&listed, options, mask, Path::new(&folder), &meanings, monitor);
    let (rows, outcome) = supervise(py, progress, work)?;
    Ok((rows, account::outcome(py, outcome)?))
}

/// Decode files and only count.
#[pyfunction]
#[pyo3(signature = (files, *, dictionary=None, ports=None, progress=None))]
fn count<'py>(
    py: Python<'py>,
    files: Vec<(String, String)>,
    dictionary: Option<&Bound<'py, Dictionary>>,
    ports: Option<&Bound<'py, PyDict>>,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let (listed, options) = (listed(files), options(dictionary, ports)?);
    let (tally, outcome) = supervise(py, progress, move |monitor| run::count(&listed, &options, monitor))?;
    let told = account::outcome(py, outcome)?;
    account::tally(&told, &tally)?;
    Ok(told)
}

/// Name, Arrow type and whether it may be null, for every column of a table.
#[pyfunction]
fn columns(table: &str) -> PyResult<Vec<(String, String, bool)>> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == table).ok_or_else(|| PyValueError::new_err("no such table"))?;
    let described = |field: &Arc<arrow_schema::Field>| (field.name().clone(), field.data_type().to_string(), field.is_nullable());
    Ok(kind.schema().fields().iter().map(described).collect())
}

/// Every reason of a gap.
#[pyfunction]
fn reasons() -> Vec<&'static str> {
    Reason::ALL.into_iter().map(Reason::name).collect()
}

/// Every anomaly with its meaning.
#[pyfunction]
fn anomalies() -> Vec<(&'static str, &'static str)> {
    Anomaly::ALL.iter().map(|anomaly| (anomaly.name(), anomaly.meaning())).collect()
}

/// Work on another thread; this one listens for Ctrl-C and tells how many bytes were read.
fn supervise<T: Send + 'static>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Arc<Monitor>) -> Result<T, Fault> + Send + 'static,
) -> PyResult<T> {
    let monitor = Arc::new(Monitor::default());
    let (sender, mut receiver) = channel();
    let watched = Arc::clone(&monitor);
    thread::spawn(move || {
        // Nobody listens any more when the run was interrupted.
        let _ = sender.send(work(&watched));
    });
    loop {
        let waiting = &mut receiver;
        match py.detach(move || waiting.recv_timeout(HEARTBEAT)) {
            Ok(result) => return result.map_err(PyErr::from),
            Err(RecvTimeoutError::Disconnected) => return Err(Fault::ours("", "it stopped").into()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let heard = py.check_signals().and_then(|()| match progress {
            Some(progress) => progress.call1((monitor.read.load(Ordering::Relaxed),)).map(drop),
            None => Ok(()),
        });
        if let Err(interrupted) = heard {
            monitor.cancelled.store(true, Ordering::Relaxed);
            py.detach(move || drop(receiver.recv_timeout(PATIENCE)));
            return Err(interrupted);
        }
    }
}

fn listed(files: Vec<(String, String)>) -> Vec<Listed> {
    files.into_iter().map(|(path, name)| Listed { path, name }).collect()
}

#[pymodule]
fn ipxray_signalling(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("CaptureFault", module.py().get_type::<CaptureFault>())?;
    module.add_class::<Table>()?;
    module.add_class::<Dictionary>()?;
    module.add_function(wrap_pyfunction!(columns, module)?)?;
    module.add_function(wrap_pyfunction!(reasons, module)?)?;
    module.add_function(wrap_pyfunction!(anomalies, module)?)?;
    module.add_function(wrap_pyfunction!(read, module)?)?;
    module.add_function(wrap_pyfunction!(write, module)?)?;
    module.add_function(wrap_pyfunction!(count, module)?)
}
